#!/usr/bin/env bash
# Tries the packages of target/debian in fresh Debian 13 systems: scripts/try_packages.sh [amd64] [arm64].
#
# As root. Each system is made with mmdebstrap; one of another architecture runs under qemu-user-static. In each: install,
# --version, a picture equal to that of the program outside within tolerance, units, upgrade, downgrade, purge.
. "$(dirname "$0")/common.sh"

[ "$(id -u)" = 0 ] || die "run it as root: it makes systems and changes into them"
[ $# -gt 0 ] || set -- "$(dpkg --print-architecture)"
install_missing mmdebstrap qemu-user-static binfmt-support arch-test imagemagick || die "these packages are needed"

version=$(cargo pkgid | sed 's/.*[#@]//')
program=$(realpath "${CARGO_TARGET_DIR:-target}/release/floorcast")
work=$(mktemp -d)
root=
cleanup() {
    [ -z "$root" ] || umount -q "$root/proc" "$root/dev/shm" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
chmod 755 "$work"

# inside COMMAND...: in the new system, which starts no services of its own.
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp/home LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
# listed: every path of the new system but what apt and the system itself keep.
listed() {
    (cd "$root" && find . -xdev \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./tmp -o -path ./var/cache \
        -o -path ./var/lib/apt -o -path ./var/lib/dpkg -o -path ./var/log -o -path ./run \) -prune -o -print) | sort
}
# renumbered FILE VERSION: the same package under another version.
renumbered() {
    local folder="$work/renumbered"
    rm -rf "$folder"
    dpkg-deb --raw-extract "$1" "$folder"
    sed -i "s/^Version: .*/Version: $2/" "$folder/DEBIAN/control"
    dpkg-deb --root-owner-group --build "$folder" "$root/tmp/floorcast_$2.deb" >/dev/null
}
installed() { inside dpkg-query --show --showformat='${Version}' floorcast; }
install_deb() { inside apt-get install --yes --quiet --allow-downgrades "$1" >"$work/apt.log" 2>&1 || { cat "$work/apt.log"; die "$arch: $1 cannot be installed"; }; }

for arch in "$@"; do
    deb=target/debian/floorcast_${version}_$arch.deb
    [ -e "$deb" ] || die "$deb is missing: ARCH=$arch make deb"
    say "$arch: a fresh Debian 13"
    root=$work/$arch
    tar=${CHROOTS:+$CHROOTS/trixie-$arch.tar}
    if [ -n "$tar" ] && [ -e "$tar" ]; then
        mkdir -p "$root"
        tar --extract --file "$tar" --directory "$root" --exclude './dev/*'
        cp /etc/resolv.conf "$root/etc/resolv.conf"
    else
        mmdebstrap --quiet --architectures="$arch" --variant=apt --include=ca-certificates trixie "$root" "${MIRROR:-http://deb.debian.org/debian}"
    fi
    printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
    chmod 755 "$root/usr/sbin/policy-rc.d"
    [ -e "$root/dev/null" ] || mknod -m 666 "$root/dev/null" c 1 3
    [ -e "$root/dev/urandom" ] || mknod -m 666 "$root/dev/urandom" c 1 9
    mount -t proc proc "$root/proc"
    inside apt-get update -q >/dev/null
    # What it asks for comes first, so that only the package's own files differ before and after.
    cp "$deb" "$root/tmp/"
    mapfile -t others < <(dpkg-deb --field "$deb" Recommends | tr ',' '\n' | sed 's/(.*//; s/[[:space:]]//g')
    inside apt-get install --yes --quiet passwd "${others[@]}" >"$work/apt.log" 2>&1 || { cat "$work/apt.log"; die "$arch: packages cannot be installed"; }
    listed > "$work/before"
    inside cat /etc/passwd > "$work/passwd.before"

    say "$arch: install"
    install_deb "/tmp/$(basename "$deb")"
    inside floorcast --version
    inside floorcast shot --feed demo --slide ranking --at 5s --size 640x360 -o /tmp/shot.png
    # Away from the settings that lie here.
    (cd "$work" && "$program" shot --feed demo --slide ranking --at 5s --size 640x360 -o "$work/shot.png")
    # Another Mesa and another processor round differently: by at most 2 of 255, in few pixels.
    peak=$(compare -metric PAE "$root/tmp/shot.png" "$work/shot.png" null: 2>&1 | sed 's/.*(\(.*\))/\1/') || true
    awk -v peak="$peak" 'BEGIN { exit !(peak * 255 <= 8) }' || die "$arch: the picture differs by $peak"
    echo "the picture differs by at most $(awk -v peak="$peak" 'BEGIN { printf "%.0f", peak * 255 }') of 255"
    said=$(inside sh -c 'systemd-analyze verify --man=no /usr/lib/systemd/system/floorcast* 2>&1' | grep floorcast || true)
    [ -z "$said" ] || die "$arch: units: $said"
    inside test -s /usr/share/man/man1/floorcast-shot.1.gz || die "$arch: no manual page of shot"
    inside bash -n /usr/share/bash-completion/completions/floorcast || die "$arch: bash refuses the completions"
    inside getent passwd kiosk >/dev/null || die "$arch: no user kiosk"

    say "$arch: upgrade and downgrade keep the settings"
    echo '# mine' >> "$root/etc/floorcast/kiosk.toml"
    for other in 99.0 0.0.1 "$version"; do
        renumbered "$deb" "$other"
        install_deb "/tmp/floorcast_$other.deb"
        [ "$(installed)" = "$other" ] || die "$arch: $(installed) is installed instead of $other"
        tail -n1 "$root/etc/floorcast/kiosk.toml" | grep -qx '# mine' || die "$arch: the settings were lost with $other"
    done

    say "$arch: a card's first boot"
    mkdir -p "$root/boot/firmware"
    cp "$deb" "$root/boot/firmware/"
    printf '[[feed]]\nname = "floor"\nurl = "demo"\n' > "$root/boot/firmware/kiosk.toml"
    echo 'console=tty1 rootwait' > "$root/boot/firmware/cmdline.txt"
    for run in first second; do
        inside sh /usr/share/floorcast/first-boot.sh >"$work/boot.log" 2>&1 || { cat "$work/boot.log"; die "$arch: the $run first boot failed"; }
    done
    [ "$(grep -c 'rootwait video=HDMI-A-1' "$root/boot/firmware/cmdline.txt")" = 1 ] || die "$arch: cmdline.txt: $(cat "$root/boot/firmware/cmdline.txt")"
    cmp "$root/boot/firmware/kiosk.toml" "$root/etc/floorcast/kiosk.toml"
    inside systemctl is-enabled floorcast.target >/dev/null || die "$arch: the wall would not start"
    rm -r "$root/boot/firmware"

    say "$arch: purge leaves nothing"
    inside apt-get purge --yes --quiet floorcast >"$work/apt.log" 2>&1 || { cat "$work/apt.log"; die "$arch: purge failed"; }
    listed > "$work/after"
    # Directories and the mirrors of accounts that the system keeps by itself.
    left=$(comm -13 "$work/before" "$work/after" | grep -v -e '^\./etc/\(passwd\|group\|shadow\|gshadow\)-$' || true)
    [ -z "$left" ] || die "$arch: left behind: $left"
    diff "$work/passwd.before" "$root/etc/passwd" || die "$arch: an account is left"
    umount "$root/proc"
    rm -rf "$root"
    root=
done
say "All packages are fine"
