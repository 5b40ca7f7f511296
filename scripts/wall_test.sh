#!/usr/bin/env bash
# Tries the wall under Debian's compositors: TV off, plugs that flap, boot without a screen, a compositor that hangs or dies.
#
# make wall-test, as root. SUITE=sid takes Debian unstable; PROGRAM=FILE another build; ROOT=DIR keeps the system for the next run.
. "$(dirname "$0")/common.sh"

[ "$(id -u)" = 0 ] || die "run it as root: it makes a system and changes into it"
suite=${SUITE:-trixie}
packages=cage,weston,wlr-randr,grim,xwayland,ca-certificates,libvulkan1,mesa-vulkan-drivers,libegl1,libgles2,libgl1-mesa-dri,libwayland-client0,libwayland-cursor0,libwayland-egl1,libxkbcommon0
program=${PROGRAM:-}
if [ -z "$program" ]; then
    need_compiler
    cargo build --locked
    program=${CARGO_TARGET_DIR:-target}/debug/floorcast
fi
if [ -n "${ROOT:-}" ]; then
    root=$ROOT
    keeps=yes
else
    root=$(mktemp -d)
    keeps=
fi
cleanup() {
    umount -q "$root/proc" 2>/dev/null || true
    [ -n "$keeps" ] || rm -rf "$root"
}
trap cleanup EXIT
chmod 755 "$root"
if [ ! -x "$root/usr/bin/cage" ]; then
    install_missing mmdebstrap python3 || die "these packages are needed"
    say "a fresh Debian $suite"
    mmdebstrap --quiet --variant=minbase --include="$packages" "$suite" "$root" "${MIRROR:-http://deb.debian.org/debian}"
fi
for device in "null 3" "zero 5" "full 7" "random 8" "urandom 9"; do
    [ -e "$root/dev/${device% *}" ] || mknod -m 666 "$root/dev/${device% *}" c 1 "${device#* }"
done
mkdir -p "$root/dev/shm" "$root/tmp/.X11-unix"
chmod 1777 "$root/dev/shm" "$root/tmp" "$root/tmp/.X11-unix"
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
install -m 755 "$program" "$root/floorcast"
say "trials on Debian $suite"
python3 scripts/wall_trials.py "$root" "$@"
