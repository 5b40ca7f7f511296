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

# A sum that takes null for nothing.
def total(f): reduce (.[] | f | values) as $x (0; . + $x);

# Groups in the order of their keys: key, rows, count, sum.
def groups(key; value): group_by(key) | map({key: (.[0] | key), rows: ., count: length, sum: total(value)});

# Rows by a key of theirs, to be looked up: ($owners | by_key(.id)) as $o | … | $o[.owner_id | tostring].
def by_key(key): reduce .[] as $row ({}; ($row | key) as $k | if $k == null then . else .[$k | tostring] = $row end);

# A Salesforce, HubSpot or other answer that is an error: said instead of a board without rows.
def answer(f): if type == "object" and has("error") then error("the source says: \(.error)") else f end;

# A board around slides.
def board($slides): {format: "salesboard/1", tz: $tz, slides: $slides};
