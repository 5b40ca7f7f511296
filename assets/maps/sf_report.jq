# Salesforce report: any summary report grouped by owner; the first group names, the first sum counts.
#
# Needs a connected app with the client credentials flow. kiosk.toml:
#   [feed]
#   map = "sf_report.jq"
#   interval_s = 120
#   [[feed.source]]
#   name = "report"
#   url = "https://DOMAIN.my.salesforce.com/services/data/v62.0/analytics/reports/REPORT"
#   oauth = { token_url = "https://DOMAIN.my.salesforce.com/services/oauth2/token", client_id_file = "sf-id", client_secret_file = "sf-secret" }
answers("report") | if length == 0 then board([{type: "ranking", title: "Report", rows: []}]) else .[0] | answer(.)
# A report over 2,000 rows is cut, and says so only here.
| need(["allData"]; "report")
| if .allData == false then refuse("the report is cut (allData is false): group or filter it further")
  elif .allData != true then refuse("expected allData in report to be true, found \(.allData | _kind)") else . end
| object("reportMetadata"; "report") as $metadata
# A table of rows has nothing that is added up by person.
| if $metadata.reportFormat == "TABULAR" or (object("groupingsDown"; "report").groupings == [] and ($metadata.groupingsDown // []) == [])
  then refuse("the report is not grouped: make it a summary report grouped by the owner") else . end
# Which of the figures of a group is its sum; another one counts its rows.
| $metadata.aggregates as $names
| if ($names | type) == "array" and all($names[]; type == "string" and word != null) then .
  else refuse("expected the names of the figures in report.reportMetadata.aggregates, found \($names | if type == "array" then "an empty name" else _kind end)") end
| ($names | map(. != "RowCount") | index(true)) as $sum
| if $sum == null then refuse("the report counts rows and adds up nothing: add a sum of the amounts") else . end
| def figure: if length == ($names | length) then .[$sum]
    else refuse("the report has \(length) figures for a group and the names of \($names | length) in report.reportMetadata.aggregates") end;
  ([.factMap["T!T"]?.aggregates? | arrays | select(length == ($names | length)) | .[$sum].value? | try num(".") catch null] | .[0]) as $total
| first_word(.attributes.reportName?) as $title
| groupings
| map(text("value") as $id | {who: (if $id then "sf:\($id)" else null end), name: (text("label") // "Owner \($id)"),
    amount: ((.cells | figure) + {_at: "\(._at), \($names[$sum])"} | amount("value"))})
| deals_board({title: ($title // "Report"), id: "sum", label: "Sum", person: "an owner (value)"})
| if $total != null then .slides[0].total = {value: $total} else . end
end
