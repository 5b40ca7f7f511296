# Airtable: records with the fields Owner, Amount and Date as facts for a hub. A field that is empty is not sent at all.
#
# Needs a personal access token with data.records:read. airtable.toml:
#   [feed]
#   map = "airtable.jq"
#   [[feed.source]]
#   name = "records"
#   url = "https://api.airtable.com/v0/BASE/Deals?pageSize=100"
#   token_file = "airtable-token"
#   paging = { cursor = "/offset", param = "offset" }

# A look-up and a field with several collaborators are lists; one that is alone is meant.
def only: if type == "array" and length < 2 then .[0] else . end;
def person: only | if type == "object" then .name else . end | word;

{facts: (rows("records"; "records") | need(["id", "fields"])
  | map(.id as $id | ._at as $at | .fields + {id: $id, _at: $at} | .Amount |= only | .Date |= only
    | select(.Date | word) | {id, who: (.Owner | person), at: reading("Date"; day), amount: amount("Amount"), label: text("Name")})
  | deal_facts)}
