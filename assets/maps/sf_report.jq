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
.sources.report
| if type == "array" then error("Salesforce says: \(.[0].message // .)") else . end
# A report over 2,000 rows is cut, and says so only here.
| if .allData == false then error("the report is cut (allData is false): group or filter it further") else . end
# A table of rows has nothing that is added up by person.
| if .reportMetadata.reportFormat == "TABULAR" or (.groupingsDown.groupings == [] and (.reportMetadata.groupingsDown // []) == [])
  then error("the report is not grouped: make it a summary report grouped by the owner") else . end
| . as $report
| ((.reportMetadata.aggregates // []) | map(. != "RowCount") | index(true) // 0) as $sum
| board([{type: "ranking", title: ((.attributes.reportName | word) // "Report"), metric: "sum",
    rows: [(.groupingsDown.groupings // [])[]
      # The group without an owner has no person.
      | select(.value != null)
      | ($report.factMap["\(.key)!T"].aggregates[$sum] // error("the report has no sum for the group \(.label)")) as $cell
      | {who: "sf:\(.value)", name: .label, value: ($cell.value | num)}]}])
| .metrics = {sum: {label: "Sum", unit: "number"}}
