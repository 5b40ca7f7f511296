# HubSpot: won deals of this quarter by owner, from two requests, one slide per currency: money of two currencies is never
# added. Amounts come as texts, owners as ids.
#
# Needs a private app with crm.objects.deals.read and crm.objects.owners.read; its token in a file. kiosk.toml:
#   [feed]
#   map = "hubspot.jq"
#   interval_s = 60
#   [[feed.source]]
#   name = "deals"
#   url = "https://api.hubapi.com/crm/v3/objects/deals?limit=100&properties=amount,deal_currency_code,closedate,dealstage,hubspot_owner_id"
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
# An account with one currency says none.
| ($deals | group_by(.deal_currency_code | word) | sort_by(-length)) as $groups
| ([$groups[] | .[0].deal_currency_code | word] | map(. // "")) as $currencies
| board([range($groups | length) as $i | $currencies[$i] as $currency | $groups[$i] | {
    type: "ranking", id: "won\($currency)", title: (["Won this quarter", $currency] | join(" ") | trim), metric: "won\($currency)",
    period: $period, total: {value: total(.amount | num("."))},
    # A deal without an owner counts in the total only.
    rows: [map(select(.hubspot_owner_id | word)) | groups(.hubspot_owner_id; .amount | num("."))[]
      | $owners[.key] as $o
      | {who: "hs:\(.key)", name: ([("\($o.firstName // "") \($o.lastName // "")" | word), $o.email, "Owner \(.key)"] | map(values) | .[0]),
         value: .sum}]
  }])
| if (.slides | length) == 0 then .slides = [{type: "ranking", title: "Won this quarter", period: $period, rows: []}] else . end
| .metrics = ([$currencies[] | {"won\(.)": ({label: "Won"} + if . == "" then {unit: "number"} else {unit: "currency", currency: ., decimals: 0} end)}] | add // {})
