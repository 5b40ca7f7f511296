# Google Sheets API: a range with a header row and the columns ID, Name, Value and Date as facts for a hub.
#
# Needs an API key for a sheet that everybody with the link may read. gsheets.toml:
#   [feed]
#   map = "gsheets.jq"
#   [[feed.source]]
#   name = "sheet"
#   url = "https://sheets.googleapis.com/v4/spreadsheets/SHEET/values/Deals!A1:D2000"
#   token_file = "google-key"
#   token_header = "x-goog-api-key"
{facts: ([answers("sheet")[] | answer(.) | need(["values"]; "sheet") | .values | table("sheet"; ["ID", "Name", "Value", "Date"])[]]
  | map(select(.ID | word) | (.Value | currency) as $currency
    | {id: .ID, who: text("Name"), at: reading("Date"; day), amount: reading("Value"; num // error("no number")), $currency})
  | deal_facts)}
