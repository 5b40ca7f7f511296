#!/usr/bin/env bash
# make release: both packages, their checksums and the notes of this version in target/release-VERSION.
. "$(dirname "$0")/common.sh"

version=$(cargo pkgid | sed 's/.*[#@]//')
notes=$(awk -v head="## [$version]" 'index($0, head) == 1 { on = 1; next } /^## \[/ { on = 0 } on' CHANGELOG.md)
[ -n "${notes//[[:space:]]/}" ] || die "CHANGELOG.md has no section \"## [$version]\" with text: give Unreleased its version first"
folder=target/release-$version
rm -rf "$folder"
mkdir -p "$folder"
for arch in amd64 arm64; do
    ARCH=$arch scripts/deb.sh
    cp "target/debian/floorcast_${version}_$arch.deb" "$folder/"
done
printf '%s\n' "$notes" > "$folder/NOTES.md"
(cd "$folder" && sha256sum ./*.deb > SHA256SUMS)
say "$folder"
ls -l "$folder"
