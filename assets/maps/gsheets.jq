# Google Sheets API: a range with a header row, names in a column "Name" and figures in a column "Value".
# (A sheet that is published as CSV needs no map of its own: url = "https://docs.google.com/…/pub?output=csv" as the only
# source of deals.jq.)
#
# Needs an API key for a sheet that everybody with the link may read. kiosk.toml:
#   [feed]
#   map = "gsheets.jq"
#   interval_s = 30
#   [[feed.source]]
#   name = "sheet"
#   url = "https://sheets.googleapis.com/v4/spreadsheets/SHEET/values/Board!A1:D200"
#   token_file = "google-key"
#   token_header = "x-goog-api-key"
[answers("sheet")[] | answer(.) | need(["values"]; "sheet") | .values | table("sheet"; ["Name", "Value"])[]]
| map(text("Name") as $name | if $name then . else _note("left_out"; "Name"; "\(._at): Name: nothing is written; left out") | empty end
   # An amount is read as the sheet shows it; one that cannot be read is a dash.
   | {$name, currency: (.Value | currency), value: reading("Value"; . as $text | num // error("\($text | tojson | .[:60]) is not a number"))}) as $rows
# Money of two currencies stands on two slides; one that is not written everywhere stands for all.
| ([$rows[] | .currency | values] | unique) as $written
| [$rows[] | .currency |= if $written[1] then . else $written[0] end] as $rows
| ($rows | group_by(.currency) | sort_by(-length)) as $groups
| board([$groups[] | .[0].currency as $currency | {
    type: "ranking", id: "sheet\($currency // "")", title: (if ($groups | length) > 1 then "Sheet \($currency // "–")" else "Sheet" end),
    metric: "value\($currency // "")", rows: [.[] | {name, value}]}])
| if ($groups | length) > 1 and any($groups[]; .[0].currency == null) then note("amounts without a currency in Value are counted apart") else . end
| if (.slides | length) == 0 then .slides = [{type: "ranking", title: "Sheet", rows: []}] else . end
| .metrics = ([$groups[] | .[0].currency | {"value\(. // "")": ({label: "Value"} + if . // "" | test("^[A-Z]{3}$") then {unit: "currency", currency: .} else {unit: "number"} end)}] | add // {})
