# Airtable: records with the fields Owner and Amount, added up. A field that is empty is not sent at all.
#
# Needs a personal access token with data.records:read. kiosk.toml:
#   [feed]
#   map = "airtable.jq"
#   interval_s = 60
#   [[feed.source]]
#   name = "records"
#   url = "https://api.airtable.com/v0/BASE/Deals?pageSize=100"
#   token_file = "airtable-token"
#   paging = { cursor = "/offset", param = "offset" }

# A look-up and a field with several collaborators are lists; one that is alone is meant.
def only: if type == "array" and length < 2 then .[0] else . end;
def several: if type == "array" then error("expected one entry, found \(length)") else . end;

# A linked record comes as its id, which is no name.
def person: several
  | if type == "object" then first_word(.name | select(type == "string")) // error("expected a name, found \(keys_unsorted | join(", "))") else . end
  | if type == "object" or type == "array" or type == "boolean" then error("expected a name, found \(_kind)") else word end
  | if . // "" | test("^rec[A-Za-z0-9]{14}$") then
      error("\(.) is the id of a linked record and no name; add a look-up field for the name and call that Owner") else . end;

rows("records"; "records") | inside("fields") | need_some(["Owner", "Amount"])
| map(.Owner |= only | .Amount |= only
    | {name: (if .Owner | word then reading("Owner"; person) else null end), amount: amount("Amount"; several), is_told: (.Owner | word != null)}
    | .who = .name)
| deals_board({title: "Deals", id: "amount", label: "Amount", person: "an Owner"})
