#!/usr/bin/env bash
# make run: from a fresh clone to the built-in show on this machine's screen.
. "$(dirname "$0")/common.sh"

need_compiler
install_missing "${RUN_PACKAGES[@]}" || say "Going on without them; there may be no graphics driver"

say "Building (the first time takes some minutes)"
cargo build --release --locked
floorcast="${CARGO_TARGET_DIR:-target}/release/floorcast"
say "The program is $floorcast. To run it by its name: export PATH=\"$(cd "$(dirname "$floorcast")" && pwd):\$PATH\""

pictures() {
    say "$1: writing the show as pictures to target/show/"
    "$floorcast" shot --config kiosk.toml --feed demo --all -o target/show
    ls target/show
}

if [ -z "${WAYLAND_DISPLAY:-}${DISPLAY:-}" ]; then
    pictures "There is no display here (DISPLAY and WAYLAND_DISPLAY are not set)"
    exit 0
fi

say "Opening the show; Ctrl+C here ends it"
code=0
"$floorcast" --config kiosk.toml --feed demo || code=$?
# 130 is the Ctrl+C that was just recommended.
case $code in
    130) exit 0 ;;
    69) pictures "The display cannot be used" ;;
    *) exit "$code" ;;
esac
