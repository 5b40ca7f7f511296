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
[.sources.won[] | if type == "array" then error("Salesforce says: \(.[0].message // .)") else answer(.records)[] end]
# An aggregate without an alias is called expr0; a group without an owner is nobody.
| map({name: (.name // .Name | word), value: (.amount // .expr0 | num("."))} | select(.name)) as $rows
| board([{type: "ranking", title: "Won this quarter", metric: "won", period: ("quarter" | period),
    total: {value: ($rows | total(.value))}, rows: $rows}])
| .metrics = {won: {label: "Won", unit: "number"}}
