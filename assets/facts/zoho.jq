# Zoho CRM: won deals as facts for a hub, with their owners. Without a deal Zoho answers with nothing at all (HTTP 204).
#
# Needs a self client with the scope ZohoCRM.modules.deals.READ; take the addresses of your data centre. zoho.toml:
#   [feed]
#   map = "zoho.jq"
#   [[feed.source]]
#   name = "deals"
#   url = "https://www.zohoapis.eu/crm/v8/Deals?fields=Deal_Name,Amount,Closing_Date,Stage,Owner,Currency&per_page=200"
#   oauth = { token_url = "https://accounts.zoho.eu/oauth/v2/token?soid=ZohoCRM.ORGANIZATION", client_id_file = "zoho-id", client_secret_file = "zoho-secret", scope = "ZohoCRM.modules.deals.READ" }
#   paging = { cursor = "/info/next_page_token", param = "page_token" }
#   max_pages = 100

# What the stages of won deals are called, in lower case; write yours here.
def won: ["closed won"];

rows("deals"; "data") | need(["id", "Amount", "Closing_Date", "Stage", "Owner"])
| map((.Stage | word // "" | ascii_downcase) as $stage | select(any(won[]; . == $stage))
    | ((.Owner | if type == "object" then . else {id: .} end) + {_at: "\(._at).Owner"}) as $owner
    | {id, who: ($owner | text("id")), name: ($owner | first_word(.name, .email)), at: reading("Closing_Date"; day), amount: amount("Amount"),
       currency: text("Currency"), label: text("Deal_Name")})
| {people: [.[] | {key: .who, name} | select(.key and .name)] | unique, facts: deal_facts}
