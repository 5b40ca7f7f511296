# A list of labels and values, as a Smashing widget has it ({"items": [{"label", "value"}]}), or a Grafana table
# ([{"columns": [{"text"}], "rows": [[…]]}]): the first column of texts names, the last of numbers counts.
#
# kiosk.toml:
#   [feed]
#   map = "list.jq"
#   [[feed.source]]
#   name = "list"
#   url = "https://dash.example/list.json"
# The figure of a row; what cannot be read is a dash.
def figure: reading("value"; . as $found | num // error("\($found | tojson | .[:60]) is not a number"));

.sources.list
| (if . == null then []
   elif type == "object" then answer(.) | need(["items"]; "list") | .items
     | if type == "array" then . else refuse("expected a list in list.items, found \(_kind)") end
     | records("list.items") | need(["label", "value"]) | map({name: text("label"), value: figure, _at})
   elif type == "array" then .[0] // {rows: []} | need(["rows"]; "list[0]") | .rows
     | if type == "array" then . else refuse("expected a list in list[0].rows, found \(_kind)") end
     | to_entries | map(.key as $i | .value | {_at: "list[0].rows[\($i)]", name: first(.[]? | strings | select(word)) // null, value: [.[]? | numbers] | .[-1]}
         | {name, value: figure, _at})
   else refuse("expected an object with items or a Grafana table, found \(_kind)") end)
| map(if .name | word then {name: (.name | word), value} else _note("left_out"; "label"; "\(._at): no label; left out") | empty end)
| board([{type: "ranking", title: "List", rows: .}])
