#!/usr/bin/env bash
# Kills the hub at random points of each kind of work, 200 times each unless told otherwise, and looks whether what was
# answered is there: kill_points.sh [POINTS]. Takes some minutes.
cd "$(dirname "$0")/.."
FLOORCAST_KILL_POINTS=${1:-200} exec cargo test --workspace --locked --test it crash:: -- --test-threads=1
