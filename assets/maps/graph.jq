# Excel on Microsoft Graph: a table with the columns Name, Amount and Date (days since 1900), this month.
#
# Needs an app registration with Files.Read.All as an application permission. kiosk.toml:
#   [feed]
#   map = "graph.jq"
#   interval_s = 60
#   [[feed.source]]
#   name = "table"
#   url = "https://graph.microsoft.com/v1.0/drives/DRIVE/items/ITEM/workbook/tables/Deals/range"
#   oauth = { token_url = "https://login.microsoftonline.com/TENANT/oauth2/v2.0/token", client_id_file = "ms-id", client_secret_file = "ms-secret", scope = "https://graph.microsoft.com/.default" }
(.sources.table | if has("error") then error("Graph says: \(.error.message)") else .values end) as $values
| ($values[0] // []) as $names
| ("month" | period) as $period
| [$values[1:][] | . as $row | [range($names | length) as $i | {key: $names[$i], value: $row[$i]}] | from_entries
   | select((.Name | word) and (.Date | in_period($period; "sheet")))]
| board([{type: "ranking", title: "Sales", metric: "amount", period: $period, total: {value: total(.Amount | num)},
    rows: [groups(.Name | word; .Amount | num)[] | {name: .key, value: .sum}]}])
| .metrics = {amount: {label: "Sales", unit: "number"}}
