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
(.sources.sheet | answer(.values // [])) as $values
| ($values[0] // []) as $names
| if any($names[]; . == "Name") and any($names[]; . == "Value") then . else error("expected the columns Name and Value, found \($names | tojson)") end
# Rows end where their last filled cell is.
| [$values[1:][] | . as $row | [range($names | length) as $i | {key: $names[$i], value: $row[$i]}] | from_entries
   | select(.Name | word)] as $rows
# Money of two currencies stands on two slides; one that is not written everywhere stands for all.
| ([$rows[] | .Value | currency | values] | unique) as $written
| [$rows[] | .currency = if $written[1] then .Value | currency else $written[0] end] as $rows
| ($rows | group_by(.currency) | sort_by(-length)) as $groups
| board([$groups[] | .[0].currency as $currency | {
    type: "ranking", id: "sheet\($currency // "")", title: (if ($groups | length) > 1 then "Sheet \($currency // "–")" else "Sheet" end),
    metric: "value\($currency // "")", rows: [.[] | {name: (.Name | word), value: (.Value | num)}]}])
| if (.slides | length) == 0 then .slides = [{type: "ranking", title: "Sheet", rows: []}] else . end
| .metrics = ([$groups[] | .[0].currency | {"value\(. // "")": ({label: "Value"} + if . // "" | test("^[A-Z]{3}$") then {unit: "currency", currency: .} else {unit: "number"} end)}] | add // {})
