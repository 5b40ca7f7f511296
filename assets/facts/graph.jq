# Excel on Microsoft Graph: a table with the columns ID, Name, Amount and Date (days since 1900) as facts for a hub.
#
# Needs an app registration with Files.Read.All as an application permission. graph.toml:
#   [feed]
#   map = "graph.jq"
#   [[feed.source]]
#   name = "table"
#   url = "https://graph.microsoft.com/v1.0/drives/DRIVE/items/ITEM/workbook/tables/Deals/range"
#   oauth = { token_url = "https://login.microsoftonline.com/TENANT/oauth2/v2.0/token", client_id_file = "ms-id", client_secret_file = "ms-secret", scope = "https://graph.microsoft.com/.default" }
{facts: ([answers("table")[] | answer(.) | need(["values"]; "table") | .values | table("table"; ["ID", "Name", "Amount", "Date"])[]]
  | map(select(.ID | word) | {id: .ID, who: text("Name"), at: reading("Date"; day("sheet")), amount: amount("Amount")})
  | deal_facts)}
