#!/usr/bin/env bash
# Plays a tape in a window on Xvfb from start to end, and says how it went:
#   benches/tape.sh TAPE [PROGRAM]
# Fails when the program ends before the tape or says anything that is wrong.
set -euo pipefail
cd "$(dirname "$0")/.."

tape=${1:?which tape}
program=${2:-target/release/floorcast}
place=$(mktemp -d)
server='' player=''
trap 'kill $player $server 2>/dev/null || true; rm -rf "$place"' EXIT

exec {ready}<> <(:)
Xvfb -displayfd "$ready" -screen 0 1920x1080x24 -nolisten tcp 2>"$place/xvfb" & server=$!
read -r -u "$ready" number
# The last body stands for a while.
seconds=$(awk -F'[:,]' '{ ms = $2 } END { print int(ms / 1000) + 3 }' "$tape")

DISPLAY=":$number" WAYLAND_DISPLAY='' XDG_STATE_HOME="$place/state" \
    "$program" --feed "$tape" --frame-log "$place/frames" 2>"$place/log" & player=$!
sleep "$seconds"
kill -0 "$player" || { cat "$place/log"; echo "it ended before the tape"; exit 1; }
grep '^Pss:' "/proc/$player/smaps_rollup" || true
kill -TERM "$player"
code=0
wait "$player" || code=$?
player=''

awk -F'\t' 'NR > 1 { n[$5]++; if ($5 ~ /^shown/) { gap = $4 - last; if (last && gap < 500) { moved++; sum += gap }; last = $4 } }
    END { for (o in n) printf "%s: %d frames\n", o, n[o]; printf "while moving: %.1f ms from frame to frame\n", sum / moved }' "$place/frames"
# A processor that draws, and a display without a size, are no faults of the tape.
faults=$(grep -E 'WARN|ERROR|panicked' "$place/log" | grep -vE 'drawing on the processor|XSETTINGS|XRandR' || true)
echo "$seconds s of $tape, exit $code"
[ -z "$faults" ] || { echo "$faults"; exit 1; }
exit "$code"
