#!/usr/bin/env bash
# What people do with the hub, in a real browser: installs Chromium and three modules of Node where they are missing.
. "$(dirname "$0")/common.sh"
need_compiler
install_missing nodejs npm chromium || die "the stories need a browser"
modules=target/stories
[ -d "$modules/node_modules/oidc-provider" ] || npm install --silent --no-save --prefix "$modules" playwright-core@1 axe-core@4 oidc-provider@9
cargo build --locked
STORIES_MODULES="$PWD/$modules" node tests/stories/stories.mjs target/debug/floorcast "$@"
