# Microsoft Dynamics 365 Sales: won opportunities as facts for a hub. Names of owners come beside their ids, as the server
# formats them.
#
# Needs an app registration that is an application user in Dynamics, with a role that may read opportunities. dynamics.toml:
#   [feed]
#   map = "dynamics.jq"
#   [[feed.source]]
#   name = "deals"
#   url = "https://ORG.crm4.dynamics.com/api/data/v9.2/opportunities?$select=opportunityid,name,actualvalue,actualclosedate,statecode,_ownerid_value&$expand=transactioncurrencyid($select=isocurrencycode)&$filter=statecode+eq+1"
#   headers = { Prefer = "odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\",odata.maxpagesize=1000" }
#   oauth = { token_url = "https://login.microsoftonline.com/TENANT/oauth2/v2.0/token", client_id_file = "ms-id", client_secret_file = "ms-secret", scope = "https://ORG.crm4.dynamics.com/.default" }
#   paging = { next = "/@odata.nextLink" }
#   max_pages = 100
rows("deals"; "value"; .opportunityid) | need(["opportunityid", "actualvalue", "actualclosedate", "statecode", "_ownerid_value"])
# 0 is open, 1 won, 2 lost.
| map(select(.statecode | tostring == "1")
    | {id: .opportunityid, who: text("_ownerid_value"), name: text("_ownerid_value@OData.Community.Display.V1.FormattedValue"),
       at: reading("actualclosedate"; day), amount: amount("actualvalue"), label: text("name"),
       currency: (.transactioncurrencyid | if type == "object" then .isocurrencycode else null end)})
| {people: [.[] | {key: .who, name} | select(.key and .name)] | unique, facts: deal_facts}
