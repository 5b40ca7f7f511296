# Zoho CRM: won deals of this month by owner, one slide per currency: money of two currencies is never added. Without a
# deal Zoho answers with nothing at all (HTTP 204): an empty list.
#
# Needs a self client with the scope ZohoCRM.modules.deals.READ; take the addresses of your data centre. kiosk.toml:
#   [feed]
#   map = "zoho.jq"
#   interval_s = 60
#   [[feed.source]]
#   name = "deals"
#   url = "https://www.zohoapis.eu/crm/v8/Deals?fields=Deal_Name,Amount,Closing_Date,Stage,Owner,Currency&per_page=200"
#   oauth = { token_url = "https://accounts.zoho.eu/oauth/v2/token?soid=ZohoCRM.ORGANIZATION", client_id_file = "zoho-id", client_secret_file = "zoho-secret", scope = "ZohoCRM.modules.deals.READ" }
#   paging = { cursor = "/info/next_page_token", param = "page_token" }
#   max_pages = 100

# What the stages of won deals are called, in lower case; write yours here.
def won: ["closed won"];
def is_won: word | ascii_downcase as $stage | any(won[]; . == $stage);

# A list that goes on although no page comes behind it is cut.
(answers("deals") | .[-1] | if type == "object" and (.info | type) == "object" then .info.more_records else null end) as $more
| if $more == true then refuse("the list of deals goes on behind its last page (info.more_records is true and info.next_page_token is missing)") else . end
| ("month" | period) as $period
| rows("deals"; "data") | need(["Amount", "Closing_Date", "Stage", "Owner"])
| ([.[] | .Stage | strings | word | values] | unique) as $stages
| if length > 0 and all($stages[]; is_won | not) then
    note("left_out"; "no deal has the Stage \(won | join(" or ")); there is \($stages | _names)") else . end
| map(text("Stage") as $stage | if $stage then . else _note("left_out"; "Stage"; "\(._at): Stage: nothing is written; left out") | empty end
   | select(($stage | is_won) and within($period; "Closing_Date"))
   | ((.Owner | if type == "object" then . else {id: .} end) + {_at: "\(._at).Owner"}) as $owner
   | ($owner | text("id")) as $id | ($owner | first_word(text("name"), text("email"))) as $name
   | (if $id != null and $name == null then _note("wrong"; "name"; "\($owner._at): no name for the id \($id)")
      elif $id == null and $name != null then _note("wrong"; "id"; "\($owner._at): no id for \($name)") else . end)
   | {who: (if $id then "zoho:\($id)" else null end), name: ($name // "Owner \($id)"), amount: amount("Amount"), currency: text("Currency")})
| deals_board({title: "Won", period: $period, person: "an Owner", currency: "Currency"})
