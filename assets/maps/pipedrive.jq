# Pipedrive: won deals by owner, one slide per currency: money of two currencies is never added.
#
# Needs an API token in a file. kiosk.toml:
#   [feed]
#   map = "pipedrive.jq"
#   interval_s = 60
#   [[feed.source]]
#   name = "deals"
#   url = "https://COMPANY.pipedrive.com/api/v1/deals?status=won&limit=500"
#   token_file = "pipedrive-token"
#   token_header = "x-api-token"
#   paging = { offset = "start", items = "/data" }
("month" | period) as $period
# Its times are UTC and do not say so.
| [.sources.deals[] | answer(.data // [])[]
   | select(.status == "won" and ((.won_time // .close_time // "") | if . == "" then null else sub(" "; "T") + "Z" end | in_period($period)))] as $won
| ($won | group_by(.currency) | sort_by(-length)) as $groups
| board([$groups[] | .[0].currency as $currency | {
    type: "ranking", id: "won\($currency)", title: "Won \($currency)", metric: "won\($currency)", period: $period,
    total: {value: total(.value)},
    rows: [groups(.user_id.id; .value)[] | {who: "pd:\(.key)", name: .rows[0].user_id.name, value: .sum}]
  }])
| if (.slides | length) == 0 then .slides = [{type: "ranking", title: "Won", period: $period, rows: []}] else . end
| .metrics = ([$groups[] | .[0].currency | {"won\(.)": {label: "Won", unit: "currency", currency: ., decimals: 0}}] | add // {})
