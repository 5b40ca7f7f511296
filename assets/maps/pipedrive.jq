# Pipedrive: won deals of this month by owner, one slide per currency: money of two currencies is never added. Reads the
# answers of version 2 (owner_id a number, names from the users) and of version 1 (user_id an object).
#
# Needs an API token in a file. kiosk.toml:
#   [feed]
#   map = "pipedrive.jq"
#   interval_s = 60
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
#   interval_s = 3600
# For version 1: /api/v1/deals with paging = { offset = "start", items = "/data" }, without the users.

# A list that is empty is null.
def filled: if type == "object" and .success == true and has("data") and .data == null then .data = [] else . end;
def list($source): .sources[$source] |= (if type == "array" then map(filled) else filled end) | rows($source; "data");

# Times of version 1 are UTC and do not say so.
def utc: tostring | if test("^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]+$") then sub(" "; "T") + "Z" else . end;

(if .sources | has("users") then list("users") | by_key(.id | word) else {} end) as $users
| ("month" | period) as $period
| list("deals") | need(["status", "value", "currency"])
| map(.status as $status | if any("won", "lost", "open", "deleted"; . == $status) then .
     else _note("left_out"; "status"; "\(._at): status: expected won, lost or open, found \($status | tojson | .[:40]); left out") | empty end
   | select(.status == "won" and .is_deleted != true and .deleted != true)
   | .won_time = (.won_time // .close_time)
   | select(within($period; "won_time"; utc))
   | (if has("owner_id") then .owner_id elif has("user_id") then .user_id
      else _note("wrong"; "owner_id"; "\(._at): expected the field owner_id or user_id, found \(_fields)") | null end) as $owner
   | ($owner | if type == "object" then .id // .value else . end | word) as $id
   | ($users[$id // ""] // ($owner | if type == "object" then . else {} end) | text("name")) as $name
   | (if $id != null and $name == null then _note("wrong"; "owner_id"; "\(._at): owner_id: no name for \($id) among the users") else . end)
   | {who: (if $id then "pd:\($id)" else null end), name: ($name // "Owner \($id)"), amount: amount("value"), currency: text("currency")})
| deals_board({title: "Won", period: $period, person: "an owner (owner_id, user_id)", currency: "currency"})
