# HubSpot: won deals of this quarter by owner, of all pipelines, one slide per currency: money of two currencies is never
# added. Amounts come as texts, owners as ids; owners who left are in a list of their own.
#
# Needs a private app with crm.objects.deals.read and crm.objects.owners.read; its token in a file. kiosk.toml:
#   [feed]
#   map = "hubspot.jq"
#   interval_s = 60
#   [[feed.source]]
#   name = "deals"
#   url = "https://api.hubapi.com/crm/v3/objects/deals?limit=100&properties=amount,deal_currency_code,closedate,dealstage,hs_is_closed_won,hubspot_owner_id"
#   token_file = "hubspot-token"
#   paging = { cursor = "/paging/next/after", param = "after" }
#   max_pages = 100
#   [[feed.source]]
#   name = "owners"
#   url = "https://api.hubapi.com/crm/v3/owners?limit=500"
#   token_file = "hubspot-token"
#   interval_s = 3600
#   paging = { cursor = "/paging/next/after", param = "after" }
#   [[feed.source]]
#   name = "archived"
#   url = "https://api.hubapi.com/crm/v3/owners?limit=500&archived=true"
#   token_file = "hubspot-token"
#   interval_s = 3600
#   paging = { cursor = "/paging/next/after", param = "after" }

# Stages of the first pipeline that are not won, where a deal does not say whether it is.
def not_won: ["appointmentscheduled", "qualifiedtobuy", "presentationscheduled", "decisionmakerboughtin", "contractsent", "closedlost"];

# Whether a deal is won: HubSpot says so of each pipeline; stages of other pipelines than the first are numbers.
def won: . as $deal | (.hs_is_closed_won | word | if . == null then null else ascii_downcase end) as $won
  | (.dealstage | word) as $stage
  | if $won == "true" then true
    elif $won == "false" then false
    elif $stage == "closedwon" then true
    elif any(not_won[]; . == $stage) then false
    else false | _note("left_out"; "hs_is_closed_won"; "\($deal._at): neither hs_is_closed_won nor dealstage (\($stage // "nothing")) says whether it is won; left out") end;

[rows("owners"; "results"), if .sources | has("archived") then rows("archived"; "results") else [] end | .[]] as $people
| ($people | by_key(.id | word)) as $owners
| ("quarter" | period) as $period
| rows("deals"; "results") | inside("properties") | need(["amount", "closedate", "dealstage", "hubspot_owner_id"])
| map(select(won and within($period; "closedate")) | text("hubspot_owner_id") as $id | $owners[$id // ""] as $owner
   | (if $id != null and $owner == null then
       _note("wrong"; "hubspot_owner_id"; "\(._at): hubspot_owner_id: no owner has the id \($id)") else . end)
   | {who: (if $id then "hs:\($id)" else null end), amount: amount("amount"), currency: text("deal_currency_code"),
      name: ($owner // {} | first_word("\(text("firstName") // "") \(text("lastName") // "")", text("email"), "Owner \($id)"))})
| deals_board({title: "Won this quarter", period: $period, person: "a hubspot_owner_id", currency: "deal_currency_code"})
