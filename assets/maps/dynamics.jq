# Microsoft Dynamics 365 Sales: won opportunities of this quarter by owner, one slide per currency: money of two currencies
# is never added. Names of owners come beside their ids, as the server formats them.
#
# Needs an app registration that is an application user in Dynamics, with a role that may read opportunities. kiosk.toml:
#   [feed]
#   map = "dynamics.jq"
#   interval_s = 60
#   [[feed.source]]
#   name = "deals"
#   url = "https://ORG.crm4.dynamics.com/api/data/v9.2/opportunities?$select=opportunityid,actualvalue,actualclosedate,statecode,_ownerid_value&$expand=transactioncurrencyid($select=isocurrencycode)&$filter=statecode+eq+1"
#   headers = { Prefer = "odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\",odata.maxpagesize=1000" }
#   oauth = { token_url = "https://login.microsoftonline.com/TENANT/oauth2/v2.0/token", client_id_file = "ms-id", client_secret_file = "ms-secret", scope = "https://ORG.crm4.dynamics.com/.default" }
#   paging = { next = "/@odata.nextLink" }
#   max_pages = 100

# What the server writes for a value.
def shown($field): text("\($field)@OData.Community.Display.V1.FormattedValue");

("quarter" | period) as $period
| rows("deals"; "value"; .opportunityid) | need(["actualvalue", "actualclosedate", "statecode", "_ownerid_value"])
# 0 is open, 1 won, 2 lost.
| map((.statecode | tostring) as $state | if any("0", "1", "2"; . == $state) then .
     else _note("left_out"; "statecode"; "\(._at): statecode: expected 0, 1 or 2, found \($state | tojson | .[:40]); left out") | empty end
   | select($state == "1" and within($period; "actualclosedate"))
   | text("_ownerid_value") as $id | shown("_ownerid_value") as $name
   | (if $id != null and $name == null then _note("wrong"; "_ownerid_value";
       "\(._at): no name for _ownerid_value: expected the field _ownerid_value@OData.Community.Display.V1.FormattedValue, which Prefer asks for") else . end)
   | {who: (if $id then "ms:\($id)" else null end), name: ($name // "Owner \($id | tostring | .[:8])"), amount: amount("actualvalue"),
      currency: (._at as $at | .transactioncurrencyid | if type == "object" then ._at = $at | text("isocurrencycode") else null end)})
| deals_board({title: "Won this quarter", period: $period, person: "an _ownerid_value", currency: "transactioncurrencyid.isocurrencycode"})
