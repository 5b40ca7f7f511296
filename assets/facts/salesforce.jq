# Salesforce SOQL: won opportunities of the last 400 days as facts for a hub, with their owners.
#
# Needs a connected app with the client credentials flow. salesforce.toml:
#   [feed]
#   map = "salesforce.jq"
#   [[feed.source]]
#   name = "won"
#   url = "https://DOMAIN.my.salesforce.com/services/data/v62.0/query?q=SELECT+Id,Name,OwnerId,Owner.Name,Amount,CloseDate+FROM+Opportunity+WHERE+IsWon=true+AND+CloseDate=LAST_N_DAYS:400"
#   oauth = { token_url = "https://DOMAIN.my.salesforce.com/services/oauth2/token", client_id_file = "sf-id", client_secret_file = "sf-secret" }
#   paging = { next = "/nextRecordsUrl" }
# With several currencies: CurrencyIsoCode too, behind CloseDate.
rows("won"; "records"; .Id) | need(["Id", "OwnerId", "Amount", "CloseDate"])
| map({id: .Id, who: text("OwnerId"), name: (.Owner | if type == "object" then .Name | word else null end), at: reading("CloseDate"; day),
       amount: amount("Amount"), currency: text("CurrencyIsoCode"), label: text("Name")})
| {people: [.[] | {key: .who, name} | select(.key and .name)] | unique, facts: deal_facts}
