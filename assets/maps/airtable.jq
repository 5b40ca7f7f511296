# Airtable: records with the fields Owner and Amount, added up. A field that is empty is not sent at all.
#
# Needs a personal access token with data.records:read. kiosk.toml:
#   [feed]
#   map = "airtable.jq"
#   interval_s = 60
#   [[feed.source]]
#   name = "records"
#   url = "https://api.airtable.com/v0/BASE/Deals?pageSize=100"
#   token_file = "airtable-token"
#   paging = { cursor = "/offset", param = "offset" }
[.sources.records[] | if .error then error("Airtable says: \(.error.type // .error)") else .records[].fields end
 # A collaborator is an object, a linked record or a look-up a list.
 | {owner: (.Owner | if type == "array" then .[0] else . end | if type == "object" then .name else . end | word), amount: (.Amount | num)}]
| board([{type: "ranking", title: "Deals", metric: "amount", total: {value: total(.amount)},
    rows: [map(select(.owner)) | groups(.owner; .amount)[] | {name: .key, value: .sum}]}])
| .metrics = {amount: {label: "Amount", unit: "number"}}
