# Pipedrive, version 2: won deals as facts for a hub, with their owners.
#
# Needs an API token in a file. pipedrive.toml:
#   [feed]
#   map = "pipedrive.jq"
#   [[feed.source]]
#   name = "deals"
#   url = "https://COMPANY.pipedrive.com/api/v2/deals?status=won&limit=500"
#   token_file = "pipedrive-token"
#   token_header = "x-api-token"
#   paging = { cursor = "/additional_data/next_cursor", param = "cursor" }
#   max_pages = 100
#   [[feed.source]]
#   name = "users"
#   url = "https://COMPANY.pipedrive.com/api/v1/users"
#   token_file = "pipedrive-token"
#   token_header = "x-api-token"
{people: [rows("users"; "data")[] | {key: (.id | word), name: (.name | word), email: (.email | word)} | select(.key and .name)],
 facts: (rows("deals"; "data") | need(["id", "status", "value", "currency"])
   | map(select(.status == "won" and .is_deleted != true)
     | {id, who: text("owner_id"), at: reading("won_time"; day), amount: amount("value"), currency: text("currency"), label: text("title")})
   | deal_facts)}
