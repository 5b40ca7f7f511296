#!/bin/sh
# Makes a wall of a machine with Debian 13 or Raspberry Pi OS Lite: run once, as root, at its first boot.
#
#   first-boot.sh [FOLDER]     FOLDER holds the package and perhaps a kiosk.toml; by default /boot/firmware
#
# It installs floorcast_*.deb of this machine's architecture, takes kiosk.toml from the folder, lets the Pi drive its
# HDMI output while the TV is off, and starts the wall. A second run changes nothing that is right already.
set -eu

folder=${1:-/boot/firmware}
die() { echo "first-boot: $*" >&2; exit 1; }

[ "$(id -u)" = 0 ] || die "run it as root"
package=
for file in "$folder"/floorcast_*_"$(dpkg --print-architecture)".deb; do
    [ -e "$file" ] && package=$file
done
[ -n "$package" ] || die "no floorcast_*_$(dpkg --print-architecture).deb in $folder"

# What apt reads must not lie where its own user cannot go.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
chmod 755 "$copy"
cp "$package" "$copy/"
apt-get update -q
DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --allow-downgrades "$copy/$(basename "$package")"

if [ -e "$folder/kiosk.toml" ]; then
    install -m 640 -g kiosk "$folder/kiosk.toml" /etc/floorcast/kiosk.toml
fi

# Without it the output goes with the TV's, and the picture has to be found again.
cmdline=$folder/cmdline.txt
if [ -e "$cmdline" ] && ! grep -q 'video=HDMI-A-1' "$cmdline"; then
    sed -i '1s/$/ video=HDMI-A-1:1920x1080@60D/' "$cmdline"
fi

systemctl enable floorcast.target
if [ -d /run/systemd/system ]; then
    systemctl set-default multi-user.target
    systemctl start floorcast.target
fi
echo "first-boot: the wall is set up; settings: /etc/floorcast/kiosk.toml"
