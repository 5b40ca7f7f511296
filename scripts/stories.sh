#!/usr/bin/env bash
# What people do with the hub, in a real browser, with a real mail server and a wall on a screen of its own: installs what is
# missing.
. "$(dirname "$0")/common.sh"
need_compiler
install_missing nodejs npm chromium xvfb python3-venv || die "the stories need a browser, a screen and a mail server"
modules=target/stories
[ -d "$modules/node_modules/oidc-provider" ] || npm install --silent --no-save --prefix "$modules" playwright-core@1 axe-core@4 oidc-provider@9
[ -x "$modules/mail/bin/python" ] || { python3 -m venv "$modules/mail" && "$modules/mail/bin/pip" install --quiet "aiosmtpd==1.4.6"; }
cargo build --locked
STORIES_MODULES="$PWD/$modules" node tests/stories/stories.mjs target/debug/floorcast "$@"
