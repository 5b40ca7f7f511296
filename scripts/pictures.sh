#!/usr/bin/env bash
# make pictures: the contact sheets of the README, from the built-in floor: dark, light, upright, Japanese; and one of every
# state that the tests know. A sheet of each other language stays in target/pictures: the README needs none of them.
. "$(dirname "$0")/common.sh"

need_compiler
install_missing python3 pngquant || die "the sheets are made with python3 and pngquant"
install_missing "${RUN_PACKAGES[@]}" || die "nothing to draw with"

say "Building"
cargo build --release --locked
floorcast="${CARGO_TARGET_DIR:-target}/release/floorcast"
out=target/pictures
mkdir -p "$out" assets/readme

# draw NAME FEED SIZE LINE...: every slide of the feed with these lines of kiosk.toml, and a sheet of them.
draw() {
    local name=$1 feed=$2 size=$3
    shift 3
    printf '%s\n' 'screen_inches = 65' "$@" >"$out/$name.toml"
    "$floorcast" shot --config "$out/$name.toml" --feed "$feed" --size "$size" --at 4s --all -o "$out/$name"
    say "$name: $(find "$out/$name" -name '*.png' | wc -l) pictures in $out/$name"
}

# sheet NAME FEED SIZE LINE...: the same, and the sheet into the README.
sheet() {
    draw "$@"
    # Of 256 colours: a quarter of the bytes, alike at the size of a page.
    pngquant --speed 1 --strip --force --output "assets/readme/$1.png" 256 "$out/$1/contact-sheet.png"
}

python3 scripts/make_demo.py --locale ja-JP --to "$out/ja.tape"
mkdir -p "$out/img" && cp assets/img/*.png "$out/img/"
sheet dark demo 1920x1080
sheet light demo 1920x1080 'theme = "light"' 'brand = "#0057B8"'
sheet portrait demo 540x960
sheet ja "$out/ja.tape" 1920x1080

# A deal that lands, on top of the README. pngquant would keep its first moment only.
"$floorcast" shot --config "$out/dark.toml" --feed demo --size 640x360 --at 15.7s --animate 84 --every 150ms -o assets/readme/deal.png

# The feed's own texts stay English: what is looked at are the words of the wall.
for locale in de fr es it nl pt-BR; do
    python3 scripts/make_demo.py --locale "$locale" --to "$out/$locale.tape"
    draw "$locale" "$out/$locale.tape" 1920x1080
done

say "Painting every state"
FLOORCAST_SHEET="$PWD/$out/states.png" cargo test --locked --quiet --test it -- --ignored golden::every_state_on_one_sheet
pngquant --speed 1 --strip --force --output assets/readme/states.png 256 "$out/states.png"
