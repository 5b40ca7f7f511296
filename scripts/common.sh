# What the other scripts share: where the repository is, packages, the compiler. Sourced, not run.
# shellcheck shell=bash

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# rustup's cargo may not be on the path of a machine's own scripts.
if ! command -v cargo >/dev/null && [ -f "${CARGO_HOME:-$HOME/.cargo}/env" ]; then
    # shellcheck disable=SC1091
    . "${CARGO_HOME:-$HOME/.cargo}/env"
fi

# Graphics libraries that the program opens by name at run time (nothing of it is linked).
RUN_PACKAGES=(
    libvulkan1 mesa-vulkan-drivers libegl1 libgles2 libgl1-mesa-dri
    libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrender1 libxfixes3
    libxkbcommon0 libxkbcommon-x11-0 libxcb-xkb1
    libwayland-client0 libwayland-cursor0 libwayland-egl1
    ca-certificates
)

# Brokers, displays without a screen, the examples' language, systemd's own check of its units, and a database server.
TEST_PACKAGES=(python3 mosquitto mosquitto-clients xvfb xauth xdotool faketime cage weston xwayland systemd postgresql util-linux)

say() { printf '\n==> %s\n' "$*"; }
die() { printf '\nerror: %s\n' "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# install_missing PACKAGE...: installs those that are not there; returns non-zero when that is not possible.
install_missing() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "This is not Debian: install what these packages contain: $*"
        return 0
    fi
    local missing=() package
    for package in "$@"; do
        case "$(dpkg-query --show --showformat='${db:Status-Abbrev}' "$package" 2>/dev/null || true)" in
            ?i*) ;;
            *) missing+=("$package") ;;
        esac
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        say "Missing packages: ${missing[*]}"
        echo "There is neither root nor sudo here; run as root: apt-get install ${missing[*]}" >&2
        return 1
    fi
    say "Installing missing packages: ${missing[*]}"
    as_root apt-get update -q </dev/null || say "Cannot update the package lists; trying with the old ones"
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --quiet --no-install-recommends "${missing[@]}" </dev/null
}

# The Rust that Cargo.toml asks for, and a C compiler for the one dependency that has C in it.
need_compiler() {
    command -v cargo >/dev/null || die "cargo is missing; get it from https://rustup.rs"
    local want have
    want=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    have=$(rustc --version | cut -d' ' -f2)
    if [ "$(printf '%s\n%s\n' "$want" "${have%%-*}" | sort --version-sort | head -n1)" != "$want" ]; then
        die "Rust $want or newer is needed, found $have: rustup update stable (https://rustup.rs; Debian's own Rust is too old)"
    fi
    command -v cc >/dev/null || install_missing gcc libc6-dev || die "a C compiler is needed to build"
}
