#!/usr/bin/env bash
# make deb: target/debian/floorcast_VERSION_ARCH.deb for this machine; ARCH=arm64 or ARCH=amd64 for another.
. "$(dirname "$0")/common.sh"

declare -A TARGETS=([amd64]=x86_64-unknown-linux-gnu [arm64]=aarch64-unknown-linux-gnu)
host=$(dpkg --print-architecture)
arch=${ARCH:-$host}
target=${TARGETS[$arch]:-}
[ -n "$target" ] || die "ARCH=$arch: expected amd64 or arm64"

need_compiler
install_missing dpkg-dev || die "cargo-deb finds the libraries of the program with dpkg-dev"
cargo deb --version >/dev/null 2>&1 || die "cargo-deb is missing: cargo install cargo-deb --locked"

# The program of this machine writes the manual pages, and is the package where ARCH is its own.
say "Building"
cargo build --release --locked
args=()
if [ "$arch" != "$host" ]; then
    install_missing "gcc-${target%%-*}-linux-gnu" "libc6-dev-$arch-cross" || die "a compiler for $arch is needed"
    rustup target add "$target"
    say "Building for $arch"
    linker=$(tr 'a-z-' 'A-Z_' <<<"CARGO_TARGET_${target}_LINKER")
    export "$linker=${target%%-*}-linux-gnu-gcc" "CC_${target//-/_}=${target%%-*}-linux-gnu-gcc"
    cargo build --release --locked --target "$target"
    args=(--target "$target")
fi

say "Packing"
out=${CARGO_TARGET_DIR:-target}
package=target/package
rm -rf "$package"
"$out/release/floorcast" manual "$package"
version=$(cargo pkgid | sed 's/.*[#@]//')
cat > "$package/changelog" <<EOF
floorcast ($version) stable; urgency=medium

  * CHANGELOG.md, beside this file, says what changed.

 -- $(sed -n 's/^maintainer = "\(.*\)"/\1/p' Cargo.toml)  $(git log -1 --format=%cD 2>/dev/null || date -R)
EOF
# The same sources give the same bytes.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH
cargo deb --no-build --locked --deb-revision "" --output "target/debian/floorcast_${version}_$arch.deb" "${args[@]}"
