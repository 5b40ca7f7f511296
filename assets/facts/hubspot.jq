# HubSpot: won deals of all pipelines as facts for a hub, with their owners.
#
# Needs a private app with crm.objects.deals.read and crm.objects.owners.read; its token in a file. hubspot.toml:
#   [feed]
#   map = "hubspot.jq"
#   [[feed.source]]
#   name = "deals"
#   url = "https://api.hubapi.com/crm/v3/objects/deals?limit=100&properties=dealname,amount,deal_currency_code,closedate,hs_is_closed_won,hubspot_owner_id"
#   token_file = "hubspot-token"
#   paging = { cursor = "/paging/next/after", param = "after" }
#   max_pages = 100
#   [[feed.source]]
#   name = "owners"
#   url = "https://api.hubapi.com/crm/v3/owners?limit=500"
#   token_file = "hubspot-token"
#   paging = { cursor = "/paging/next/after", param = "after" }
def name: first_word("\(.firstName // "") \(.lastName // "")", .email);

{people: [rows("owners"; "results")[] | {key: (.id | word), name: name, email: (.email | word)} | select(.key and .name)],
 facts: (rows("deals"; "results") | need(["id"])
   | map(.id as $id | ._at as $at | (.properties | if type == "object" then . else {} end) + {id: $id, _at: $at}
     | select(.hs_is_closed_won | word // "" | ascii_downcase == "true")
     | {id, who: text("hubspot_owner_id"), at: reading("closedate"; day), amount: amount("amount"), currency: text("deal_currency_code"),
        label: text("dealname")})
   | deal_facts)}
