#!/usr/bin/env bash
# A wall on which nothing changes: frames drawn and processor time over a minute, with a feed asked every two seconds.
#   benches/still.sh [SECONDS] [PROGRAM]
# Bars: no frame but for the clock, at most 0.5 % of a core.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-60}
program=${2:-target/release/floorcast}
place=$(mktemp -d)
server='' web='' wall=''
trap 'kill $wall $web $server 2>/dev/null || true; rm -rf "$place"' EXIT

exec {ready}<> <(:)
Xvfb -displayfd "$ready" -screen 0 1920x1080x24 -nolisten tcp 2>"$place/xvfb" & server=$!
read -r -u "$ready" number
# The demo's first board over HTTP; nobody says how old it is, so each answer is news of the same.
mkdir "$place/www"
python3 - "$place/www/board.json" <<'PY'
import json, sys
with open("assets/demo.tape", encoding="utf-8") as tape:
    body = json.loads(tape.readline())["body"]
body.pop("as_of", None)
body["slides"] = body["slides"][:1]
# No more rows than one page holds: pages take turns.
body["slides"][0]["rows"] = body["slides"][0]["rows"][:8]
for person in body["people"].values():
    person.pop("photo", None)
with open(sys.argv[1], "w", encoding="utf-8") as board:
    json.dump(body, board)
PY
python3 -u -m http.server --bind 127.0.0.1 --directory "$place/www" 0 >"$place/web" 2>"$place/asked" & web=$!
until grep -q port "$place/web"; do sleep 0.1; done
port=$(sed -n 's/.* port \([0-9]*\).*/\1/p' "$place/web")
printf '[feed]\ninterval_s = 2\n' >"$place/kiosk.toml"

DISPLAY=":$number" WAYLAND_DISPLAY='' XDG_STATE_HOME="$place/state" "$program" --config "$place/kiosk.toml" \
    --feed "http://127.0.0.1:$port/board.json" --slide ranking --frame-log "$place/frames" 2>"$place/log" & wall=$!
# Entrance, and the header that dims after a minute.
sleep 70
ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$wall/stat"; }
frames() { grep -c 'shown' "$place/frames"; }
t0=$(ticks) f0=$(frames) a0=$(grep -c GET "$place/asked") m0=$(date +%s)
sleep "$seconds"
t1=$(ticks) f1=$(frames) a1=$(grep -c GET "$place/asked") m1=$(date +%s)
minutes=$((m1 / 60 - m0 / 60))
pss=$(awk '/^Pss:/ { print int($2 / 1024) }' "/proc/$wall/smaps_rollup")
share=$(awk -v t=$((t1 - t0)) -v s="$seconds" -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.2f", 100 * t / hz / s }')
echo "$seconds s still: $((f1 - f0)) frames for $minutes ticks of the clock, $share % of a core, asked $((a1 - a0)) times, $pss MB"
[ $((f1 - f0)) -le $((minutes + 1)) ] && awk -v share="$share" 'BEGIN { exit share > 0.5 }'
