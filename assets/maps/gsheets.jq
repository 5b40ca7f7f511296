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
| board([{type: "ranking", title: "Sheet", rows: [$rows[] | {name: (.Name | word), value: (.Value | num)}]}])
