#!/usr/bin/env bash
# make install: the program, its units and its user on this machine, for a screen on the wall. DESTDIR=… only copies.
. "$(dirname "$0")/common.sh"

root="${DESTDIR:-}"
if [ -z "$root" ]; then
    need_compiler
    install_missing "${RUN_PACKAGES[@]}" cage kbd || die "the wall needs these packages"
    say "Building (the first time takes some minutes)"
    cargo build --release --locked
fi

# put MODE FROM TO: copies one file to its place.
put() {
    if [ -n "$root" ]; then install -D -m "$1" "$2" "$root$3"; else as_root install -D -m "$1" "$2" "$3"; fi
    echo "$root$3"
}

say "Copying"
put 755 "${CARGO_TARGET_DIR:-target}/release/floorcast" /usr/local/bin/floorcast
for unit in floorcast-compositor.service floorcast.service floorcast-kernel.service floorcast-reboot.path \
    floorcast-reboot.service floorcast.target; do
    put 644 "systemd/$unit" "/etc/systemd/system/$unit"
done
put 644 systemd/floorcast.sysusers /etc/sysusers.d/floorcast.conf
put 644 systemd/hardware-watchdog.conf /etc/systemd/system.conf.d/floorcast-watchdog.conf
if [ -e "$root/etc/floorcast/kiosk.toml" ]; then
    echo "$root/etc/floorcast/kiosk.toml is kept as it is"
else
    put 644 kiosk.toml /etc/floorcast/kiosk.toml
fi
[ -z "$root" ] || exit 0

as_root systemd-sysusers
as_root systemctl daemon-reload
say "Set the feed in /etc/floorcast/kiosk.toml, then: sudo systemctl enable --now floorcast.target"
