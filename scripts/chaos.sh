#!/usr/bin/env bash
# Leaves a wall to chaos for so many minutes: scripts/chaos.sh [MINUTES] [SEED]. PROGRAM=FILE tries another build.
. "$(dirname "$0")/common.sh"

install_missing python3 xvfb faketime libgl1-mesa-dri mesa-vulkan-drivers || die "these packages are needed"
program=${PROGRAM:-}
if [ -z "$program" ]; then
    need_compiler
    cargo build --locked
    program=${CARGO_TARGET_DIR:-target}/debug/floorcast
fi
exec python3 scripts/chaos.py "$program" "${1:-60}" "${2:-1}"
