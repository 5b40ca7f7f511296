# HubSpot: won deals of this quarter by owner, from two requests. Amounts come as texts, owners as ids.
#
# Needs a private app with crm.objects.deals.read and crm.objects.owners.read; its token in a file. kiosk.toml:
#   [feed]
#   map = "hubspot.jq"
#   interval_s = 60
#   [[feed.source]]
#   name = "deals"
#   url = "https://api.hubapi.com/crm/v3/objects/deals?limit=100&properties=amount,closedate,dealstage,hubspot_owner_id"
#   token_file = "hubspot-token"
#   paging = { cursor = "/paging/next/after", param = "after" }
#   max_pages = 100
#   [[feed.source]]
#   name = "owners"
#   url = "https://api.hubapi.com/crm/v3/owners?limit=500"
#   token_file = "hubspot-token"
(.sources.owners | answer(.results) | by_key(.id)) as $owners
| ("quarter" | period) as $period
| [.sources.deals[] | answer(.results)[].properties
   | select(.dealstage == "closedwon" and (.closedate | in_period($period)))] as $deals
| board([{
    type: "ranking", title: "Won this quarter", metric: "won", period: $period,
    total: {value: ($deals | total(.amount | num(".")))},
    # A deal without an owner counts in the total only.
    rows: [$deals | map(select(.hubspot_owner_id | word)) | groups(.hubspot_owner_id; .amount | num("."))[]
      | $owners[.key] as $o
      | {who: "hs:\(.key)", name: ([("\($o.firstName // "") \($o.lastName // "")" | word), $o.email, "Owner \(.key)"] | map(values) | .[0]),
         value: .sum}]
  }])
| .metrics = {won: {label: "Won", unit: "number"}}
