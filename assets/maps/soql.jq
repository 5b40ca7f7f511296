# Salesforce SOQL: won amounts by owner this quarter, grouped by Salesforce itself.
#
# Needs a connected app with the client credentials flow. kiosk.toml:
#   [feed]
#   map = "soql.jq"
#   interval_s = 60
#   [[feed.source]]
#   name = "won"
#   url = "https://DOMAIN.my.salesforce.com/services/data/v62.0/query?q=SELECT+Owner.Name+name,SUM(Amount)+amount+FROM+Opportunity+WHERE+IsWon=true+AND+CloseDate=THIS_QUARTER+GROUP+BY+Owner.Name"
#   oauth = { token_url = "https://DOMAIN.my.salesforce.com/services/oauth2/token", client_id_file = "sf-id", client_secret_file = "sf-secret" }
#   paging = { next = "/nextRecordsUrl" }
rows("won"; "records"; .name // .Name)
# An aggregate without an alias is called expr0.
| map((if has("Name") and (has("name") | not) then .name = .Name else . end) | if has("expr0") and (has("amount") | not) then .amount = .expr0 else . end)
| need(["name", "amount"])
| map({name: text("name"), amount: amount("amount")} | .who = .name)
| deals_board({title: "Won this quarter", period: ("quarter" | period), person: "a name"})
