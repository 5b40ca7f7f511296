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
("month" | period) as $period
| [answers("table")[] | answer(.) | need(["values"]; "table") | .values | table("table"; ["Name", "Amount", "Date"])[]]
| map(select(within($period; "Date"; day("sheet"))) | text("Name") as $name | {who: $name, $name, amount: amount("Amount")})
| deals_board({title: "Sales", id: "amount", label: "Sales", period: $period, person: "a Name"})
