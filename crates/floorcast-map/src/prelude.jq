# What every map has besides jq. `num`, `num(",")` and `serial_date` are built in.

# Days and moments on the floor; "dmy", "mdy" or "sheet" (numbers are serial days) where that has to be said. Without
# it the feed's `date_order` says which of the first two it is.
def day: _day($tz; $date_order);
def day($order): _day($tz; $order);
def instant: _instant($tz; $date_order);
def instant($order): _instant($tz; $order);

# "month" | period: label, start, end, from, to, days_total, days_left; weeks start on Monday unless it is said.
def period: _period($now; $tz; "monday");
def period($week_start): _period($now; $tz; $week_start);
def in_period($p): day as $d | $d != null and $d >= $p.from and $d < $p.to;
def in_period($p; $order): day($order) as $d | $d != null and $d >= $p.from and $d < $p.to;

# The board of a table of deals: `.sources.deals | deals`, or with its name, which knows the rows of the sheet.
def deals: _deals(""; $now; $tz; $date_order);
def deals($source): _deals($source; $now; $tz; $date_order);

# A text without spaces around it; null where nothing is written.
def word: if . == null then null else tostring | trim | if . == "" then null else . end end;

# The first of several that has something in it: a name with its fall-backs.
# first_word("\(.firstName // "") \(.lastName // "")", .email, "Owner \(.id)")
def first_word(f): [f | word | values] | .[0];

# Ends the map with a line of its own, which is told as it is.
def refuse($text): _refuse($text);

# Something that is wrong with what came, told beside the board: one record is odd, the others count. "left_out" in front:
# it was left out on purpose, and the rest is right. Gives its input back.
def note($text): _note("wrong"; ""; $text);
def note($weight; $text): _note($weight; ""; $text);

# What a value is, as messages say it; and names in a list.
def _kind: {"null": "nothing", boolean: "true or false", number: "a number", string: "a text", array: "a list", object: "an object"}[type];
def _names: map(tostring | if length > 40 then .[:40] + "…" else . end) | if length > 12 then .[:12] + ["…"] else . end
  | if length == 0 then "nothing" else join(", ") end;
def _fields: if type == "object" then del(._at) | keys_unsorted | _names else _kind end;

# Demands fields: one that was renamed at the source must not become a board without rows. Of an object each must be
# there: .sources.x | need(["values"]; "x"). Of records (a list) one at least must have it, and with `need` each that lacks
# it is noted; `need_some` is for sources that do not send what is empty. A field that is there and null is there.
def need($fields; $where):
  reduce $fields[] as $field (.; if type == "object" and has($field) then .
    else refuse("expected the field \($field) in \($where), found \(_fields)") end);
def need_some($fields): reduce $fields[] as $field (.; if length == 0 or any(.[]; has($field)) then .
  else refuse("expected the field \($field) in \(.[0]._at), found \(.[0] | _fields)") end);
def need($fields): need_some($fields) | map(. as $row | reduce ($fields[] | select(. as $field | $row | has($field) | not)) as $field (.;
  _note("wrong"; $field; "\(._at): expected the field \($field), found \($row | _fields)")));

# Objects as records: each knows where it stands (`_at`), for notes. `id` says how people find it at the source.
def records($name; id): to_entries | map(.key as $i | .value
  | if type == "object" then ._at = "\($name)[\($i)]" + (id | word | if . then " (\(.[:40]))" else "" end)
    else _note("left_out"; $name; "\($name)[\($i)]: expected an object, found \(_kind); left out") | empty end);
def records($name): records($name; .id);

# An object inside of an answer, which must be there.
def object($field; $where): need([$field]; $where) | .[$field]
  | if type == "object" then . else refuse("expected an object in \($where).\($field), found \(_kind)") end;

# What one record has inside: deals with their fields in `properties`.
def inside($field): need([$field]) | map(. as $row | .[$field]
  | if type == "object" then ._at = $row._at + "." + $field
    else _note("left_out"; $field; "\($row._at): expected an object in \($field), found \(_kind); left out") | empty end);

# An answer of a source that is an error: said in its own words instead of a board without rows.
def answer(f): if type == "object" and .error then refuse("the source says: \(_refusal // (.error | tojson | .[:200]))") else f end;

# The answers of a source: its pages, or the one answer that it gives; none where the server had nothing (HTTP 204).
def answers($source): .sources | need([$source]; "sources (see [[feed.source]])") | .[$source]
  | if . == null then [] elif type == "array" then . else [.] end;

# The records of a source, of all its pages, where they stand in a field: rows("deals"; "results").
def rows($source; $field; id): [answers($source)[] | answer(.) | need([$field]; $source) | .[$field]
    | if type == "array" then .[] else refuse("expected a list in \($source).\($field), found \(_kind)") end]
  | records($source; id);
def rows($source; $field): rows($source; $field; .id);

# A table with a header row (a list of lists) as records. These columns must be there, in any order and case, with or
# without accents; rows may be shorter than the header, and empty ones are left out.
def table($name; $columns):
  if type != "array" or any(.[]; type != "array") then refuse("expected rows in \($name), found \(_kind)") else . end
  | . as $rows | (.[0] // [] | map(word)) as $head
  | ($head | map(. // "" | _norm)) as $norms
  | [$columns[] | . as $column | [$norms | indices([$column | _norm])[]] as $at
     | if $at == [] then refuse("expected the column \($column), found \($head | map(values) | _names)")
       elif $at[1] then refuse("the column \($column) stands there twice")
       else {key: "\($at[0])", value: $column} end]
  | from_entries as $named
  | [range(1; $rows | length) as $i | $rows[$i] | select(any(.[]; word))
     | . as $row | "\($name), row \($i + 1)" as $at
     | (if any($row[$head | length:][]; word) then _note("wrong"; $name; "\($at): more cells than the header has") else . end)
     | [range($head | length) as $c | select($head[$c]) | {key: ($named["\($c)"] // $head[$c]), value: $row[$c]}]
     | reverse | from_entries | ._at = $at];

# Of a record: the text in a field, or an id; null where nothing is written, which may be right.
def text($field): . as $row | .[$field] | if type == "object" or type == "array" or type == "boolean" then
    _kind as $kind | null | _note("wrong"; $field; "\($row._at // $field): \($field): expected a text, found \($kind)")
  else word end;

# Of a record: the number in a field, the point in front of its decimals; and any reading of a field. What is empty or
# cannot be read is noted, and null.
def reading($field; f): . as $row | .[$field]
  | if word == null then null | _note("wrong"; $field; "\($row._at): \($field): nothing is written")
    else try f catch (. as $why | null | _note("wrong"; $field; "\($row._at): \($field): \($why)")) end;
def amount($field; f): reading($field; . as $found | f | num(".") // error("\($found | tojson | .[:60]) is not a number"));
def amount($field): amount($field; .);

# Whether the day in a field of a record lies in a period; one without a day that can be read is left out, and said.
def within($period; $field; f): . as $row | .[$field]
  | if word == null then false | _note("left_out"; $field; "\($row._at): \($field): nothing is written; left out")
    else try (f | in_period($period)) catch (. as $why | false | _note("left_out"; $field; "\($row._at): \($field): \($why); left out")) end;
def within($period; $field): within($period; $field; .);

# A sum that takes null for nothing.
def total(f): reduce (.[] | f | values) as $x (0; . + $x);

# Groups in the order of their keys: key, rows, count, sum. A sum of which no part is known is null, shown as a dash.
def groups(key; value): group_by(key)
  | map({key: (.[0] | key), rows: ., count: length, sum: (if any(.[]; value != null) then total(value) else null end)});

# Rows by a key of theirs, to be looked up: ($owners | by_key(.id)) as $o | … | $o[.owner_id | tostring].
def by_key(key): reduce .[] as $row ({}; ($row | key) as $k | if $k == null then . else .[$k | tostring] = $row end);

# The groups of a Salesforce report that is grouped by rows: value, label, and its figures in `cells`.
def groupings: . as $report | object("factMap"; "report") as $facts
  | object("groupingsDown"; "report") | need(["groupings"]; "report.groupingsDown") | .groupings
  | if type == "array" then . else refuse("expected a list in report.groupingsDown.groupings, found \(_kind)") end
  | records("groupings"; .label) | need(["key", "value", "label"])
  | map(.cells = ($facts["\(.key)!T"] // refuse("the report has no sum for the group \(.label)")
      | if type == "object" and has("aggregates") then .aggregates else null end))
  | map(if .cells | type == "array" and all(.[]; type == "object") then .
      elif .cells == null then refuse("the report has no sum for the group \(.label): expected factMap[\"\(.key)!T\"].aggregates")
      else refuse("expected a list of figures in factMap[\"\(.key)!T\"].aggregates, found \(.cells | _kind)") end);

# A board around slides.
def board($slides): {format: "salesboard/1", tz: $tz, slides: $slides};

# A board of deals, {who, name, amount, currency} each: a ranking of people, one for each currency, as money of two is
# never added. A deal without `who` counts in the total only, which is noted unless the deal `is_told`. Of the settings:
# title, id, label, period; `person` and `currency` are what the source calls these fields, for notes.
def deals_board($say):
  ([.[] | select((.who | word | not) and (.is_told | not))] | length) as $nobody
  | (group_by(.currency) | sort_by(-length)) as $groups
  | if $nobody > 0 then _note("left_out"; ""; "\($nobody) of \(length) deals without \($say.person // "a person") count in the total only") else . end
  | if $say.currency == null then .
    elif ($groups | length) > 1 and any($groups[]; .[0].currency == null) then
      _note("wrong"; ""; "deals without \($say.currency) are counted apart")
    elif ($groups | length) == 1 and $groups[0][0].currency == null then
      _note("left_out"; ""; "no deal says its \($say.currency): amounts are added up as one currency")
    else . end
  | reduce ($groups[][0].currency | values | select(test("^[A-Z]{3}$") | not)) as $odd (.;
      _note("wrong"; ""; "\($odd | tojson | .[:40]) in \($say.currency) is no currency like EUR: these amounts are plain numbers"))
  | ($say.id // "won") as $id
  | board([$groups[] | . as $mine | (.[0].currency // "") as $currency | {
      type: "ranking", id: "\($id)\($currency)", title: ([$say.title, $currency] | join(" ") | trim), metric: "\($id)\($currency)",
      rows: ([map(select(.who | word)) | groups(.who | tostring; .amount)[]
        | (.rows | first_word(.[].name)) as $name
        | (if $name == .key then {} else {who: .key} end) + {name: ($name // .key), value: .sum}] | sort_by(.name))
    } + (if any(.[]; .amount != null) then {total: {value: total(.amount)}} else {} end)
      + (if $say.period then {period: $say.period} else {} end)])
  | if (.slides | length) == 0 then
      .slides = [{type: "ranking", title: $say.title, rows: []} + if $say.period then {period: $say.period} else {} end] else . end
  | .metrics = ([$groups[] | (.[0].currency // "") | {"\($id)\(.)": ({label: ($say.label // "Won")}
      + if test("^[A-Z]{3}$") then {unit: "currency", currency: ., decimals: 0} else {unit: "number"} end)}] | add // {});

# Facts of won deals for a hub, {id, who, at, amount, currency, label} each: that there is one, and what it brings. A deal
# whose day cannot be read is none; that was said when it was read.
def deal_facts: [.[] | select(.id != null and .at != null)
  | {ext_id: (.id | tostring), owner: (.who | word), at, label: (.label | word)} as $fact
  | $fact + {metric: "deals"}, if .amount == null then empty else $fact + {metric: "won", value: .amount, currency: (.currency | word)} end];
