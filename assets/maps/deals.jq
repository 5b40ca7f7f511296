# A list of deals: CSV or XLSX with a header row, one deal a row. This is also what a feed that ends in .csv or .xlsx
# goes through by itself (`floorcast --feed deals.csv`).
#
# Columns are found by their names, in English or Japanese, in any order and any case:
#   person (needed)  Person, Owner, Deal owner, Rep, Sales rep, Sales agent, Seller, Name …  担当者, 担当, 営業担当, 氏名, 名前
#   amount           Amount, Value, Deal value, Close value, Revenue, Sales, Price, Total …  金額, 売上, 売上高, 受注金額
#   team             Team, Office, Department, Group, Region …                               チーム, 部署, 部門, 拠点, 支店
#   date             Date, Close date, Closed, Won date …                                    日付, 受注日, 成約日, 契約日
#   currency         Currency …                                                              通貨
#   stage            Stage, Status, Deal stage: only won deals count, where any is called so  ステージ, 状態, ステータス
# Without amounts the deals are counted. With dates the month of now counts, or the last month with a deal.
# Money of two currencies is never added: each gets its slides.
#
# kiosk.toml:
#   [feed]
#   map = "deals.jq"
#   [[feed.source]]
#   name = "deals"
#   file = "deals.csv"

def names: {
  person: ["person", "owner", "deal owner", "opportunity owner", "account owner", "rep", "sales rep", "salesrep",
    "sales person", "salesperson", "sales agent", "agent", "seller", "account executive", "employee", "name",
    "担当者", "担当", "営業担当", "営業担当者", "営業", "氏名", "名前", "社員名"],
  amount: ["amount", "value", "deal value", "deal amount", "close value", "closed amount", "revenue", "sales", "price",
    "total", "sum", "金額", "売上", "売上高", "売上金額", "受注金額", "契約金額", "合計"],
  team: ["team", "sales team", "office", "regional office", "department", "group", "region",
    "チーム", "部署", "部門", "グループ", "拠点", "支店"],
  date: ["date", "close date", "closed date", "closedate", "closed", "closed on", "won date", "won on", "won time",
    "日付", "受注日", "成約日", "契約日", "クローズ日", "完了日"],
  currency: ["currency", "currency code", "deal currency", "amount currency", "通貨"],
  stage: ["stage", "status", "deal stage", "stage name", "opportunity stage", "ステージ", "状態", "ステータス", "フェーズ"]
};
def won: ["won", "closed won", "closedwon", "deal won", "gewonnen", "gagné", "ganado", "受注", "成約", "受注済"];

# A name as it is compared.
def norm: tostring | ascii_downcase | gsub("[_\\s-]+"; " ") | gsub("^ | $"; "");

# The first column that has one of these names, in the order of the names.
def column($columns; $wanted): first(($wanted[]) as $name | $columns[] | select(norm == $name)) // null;

# Which sign stands before the decimals, as far as a column tells.
def decimal:
  if any(.[]; test(",[0-9]{1,2}[^0-9.,]*$")) then ","
  elif any(.[]; test("\\.[0-9]{1,2}[^0-9.,]*$")) then "."
  else null end;

# Whether days stand before months in dates with slashes.
def order:
  if any(.[]; test("^(1[3-9]|2[0-9]|3[01])[/-][0-9]{1,2}[/-]")) then "dmy"
  elif any(.[]; test("^[0-9]{1,2}[/-](1[3-9]|2[0-9]|3[01])[/-]")) then "mdy"
  else "" end;

# How many deals have been added up.
def count: total(.count);

# What a table without a row of its own says.
def quoted: map("\"\(.)\"") | join(", ");

(.sources | to_entries[0].value) as $rows
| if ($rows | isarray | not) then error("expected a table of deals, found \($rows | type)") else . end
| if ($rows | length) == 0 then error("the table has a header and no rows") else . end
| ($rows[0] | keys_unsorted) as $columns
| (names | with_entries(.value |= (. as $wanted | column($columns; $wanted)))) as $c
| if $c.person == null then
    error("no column with the person who made the deal; found \($columns | quoted); expected one of \(names.person | quoted)")
  else . end
# A column is looked at as far as it takes to know how it is written.
| [limit(200; $rows[] | .[$c.amount // ""] | strings)] as $amounts
# Dates with the year in front leave nothing to find out.
| [limit(200; $rows[] | .[$c.date // ""] | strings | select(.[4:5] != "-" and .[4:5] != "/"))] as $dates
# The spellings of won that this table has; each is looked at once, not in each row.
| (if $c.stage == null then [] else $rows | _texts($c.stage) end) as $stages
| ([$stages[] | select(norm as $s | any(won[]; . == $s)) | {(.): true}] | add // {}) as $won
# Deals added up by person, team, currency and month, and what is wrong with a row.
| ($rows | _deals({columns: $c, decimal: ($amounts | decimal), order: ($dates | order), $tz, today: ($now | day), $won}))
  as {$deals, $problems}
| ($now | day) as $today
# The month that counts, or all.
| ([$deals[] | .newest | values] | max) as $newest
| (if $newest == null then null
   elif $newest[:7] == $today[:7] then "month" | period
   else "month" | _period($newest | instant | todate; $tz; "monday") | del(.days_total, .days_left) end) as $period
| (if $period == null then $deals else [$deals[] | select(.month == $period.from[:7])] end) as $counted
| ($c.person | test("[^\\x00-\\x7f]")) as $japanese
| (if $japanese then {people: "売上ランキング", teams: "チーム別", deals: "件数", amount: "売上"}
   else {people: "Sales", teams: "Teams", deals: "Deals", amount: "Sales"} end) as $say
| ($counted | group_by(.currency) | sort_by(-count)) as $groups
| ($groups | length > 1) as $many
| ([$counted[] | select(.person == null)] | count) as $nobody
| {
    format: "salesboard/1",
    tz: $tz,
    metrics: ({deals: {label: $say.deals}} + ([$groups[] | .[0].currency as $currency
      | {"amount\($currency // "")": ({label: (if $c.amount then $say.amount else $say.deals end)}
        + if $c.amount == null then {}
          elif $currency then {unit: "currency", currency: $currency, decimals: 0}
          else {unit: "number"} end)}] | add // {})),
    teams: ([$deals[] | .team | values] | unique | map({(.): {name: .}}) | add // {}),
    people: ([$deals[] | select(.person)] | group_by(.person)
      | map({(.[0].person): ({name: .[0].person} + (sort_by(.last) | [.[] | .team | values] | if length > 0 then {team: .[-1]} else {} end))}) | add // {}),
    slides: ([
      $groups[] | . as $mine | .[0].currency as $currency | "amount\($currency // "")" as $metric
      | ({metric: $metric} + if $period then {period: $period} else {} end) as $common
      | (if $many then " \($currency // "–")" else "" end) as $suffix
      | ({type: "ranking", id: "people\($currency // "")", title: "\($say.people)\($suffix)",
          total: {value: total(.amount)},
          rows: [map(select(.person)) | groups(.person; .amount)[]
            | {who: .key, value: .sum} + if $c.amount then {also: {deals: (.rows | count)}} else {} end] | sort_by(-.value)} + $common),
        (if any(.[]; .team) then
          {type: "ranking", id: "teams\($currency // "")", of: "teams", title: "\($say.teams)\($suffix)",
           rows: [map(select(.team)) | groups(.team; .amount)[]
             | {who: .key, value: .sum, members: ([.rows[] | .person | values] | unique | length),
                parts: [.rows | map(select(.person)) | groups(.person; .amount)[] | {who: .key, value: .sum}]}] | sort_by(-.value)} + $common
         else empty end)
    ] | if length > 0 then .
        else [{type: "ranking", id: "people", title: $say.people, metric: "deals", rows: []} + if $period then {period: $period} else {} end] end),
    problems: ($problems
      + (if $nobody > 0 then ["\($nobody) deals without a person count in the total only"] else [] end)
      + (if $c.stage and ($won | length) == 0 then ["no row of \"\($c.stage)\" is called won: every row counts"] else [] end)
      + (if $c.amount == null then ["no column with amounts among \($columns | quoted): deals are counted"] else [] end))
  }
