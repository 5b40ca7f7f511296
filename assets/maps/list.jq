# A list of labels and values, as a Smashing widget has it ({"items": [{"label", "value"}]}), or a Grafana table
# ([{"columns": [{"text"}], "rows": [[…]]}]): the first column of texts names, the last of numbers counts.
#
# kiosk.toml:
#   [feed]
#   map = "list.jq"
#   [[feed.source]]
#   name = "list"
#   url = "https://dash.example/list.json"
.sources.list
| (if type == "object" then [.items[] | {name: .label, value: (.value | num)}]
   else .[0] | [.rows[] | {name: ([.[] | strings] | .[0]), value: ([.[] | numbers] | .[-1])}] end) as $rows
| board([{type: "ranking", title: "List", rows: [$rows[] | select(.name | word)]}])
