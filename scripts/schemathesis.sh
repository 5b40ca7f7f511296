#!/usr/bin/env bash
# Asks the hub's API whatever its OpenAPI document allows and does not allow, for two minutes: no call may fail on our side, and
# none may be answered by a status or a shape that the document does not have: schemathesis.sh [SECONDS]
. "$(dirname "$0")/common.sh"
need_compiler
install_missing python3-venv curl || die "schemathesis is written in Python"
seconds=${1:-120}
venv=$PWD/target/schemathesis
[ -x "$venv/bin/st" ] || { python3 -m venv "$venv" && "$venv/bin/pip" install --quiet "schemathesis==4.32.5"; }
cargo build --locked
program=$PWD/target/debug/floorcast
folder=$(mktemp -d)
hub=
trap '[ -z "$hub" ] || kill "$hub"; wait; rm -rf "$folder"' EXIT
"$program" hub demo --db "$folder/db"
token() { "$program" hub token --db "$folder/db" --role "$1" --label "$2" | grep -o 'fch_[a-z0-9]*' | head -n 1; }
admin=$(token admin changes) ingest=$(token ingest sends)
"$program" hub --db "$folder/db" --listen 127.0.0.1:0 >"$folder/said" &
hub=$!
at=
for _ in $(seq 300); do
    at=$(grep -o 'http://127[0-9.:]*' "$folder/said" | head -n 1 || true)
    [ -z "$at" ] || break
    sleep 0.1
done
[ -n "$at" ] || die "the hub did not start"
# The limit of calls is one of the hub's own answers; most calls should get further than that.
ask() {
    local token=$1 out=$2
    shift 2
    (cd "$folder" && "$venv/bin/st" run "$at/api/v1/openapi.json" -H "Authorization: Bearer $token" --no-color --seed 7 --continue-on-failure \
        --checks not_a_server_error,status_code_conformance,response_schema_conformance,content_type_conformance \
        --max-time "$seconds" --rate-limit 2900/m "$@") >"$out" 2>&1
}
# Facts are taken from tokens of another role than everything else.
failed=0
ask "$ingest" "$folder/facts" --include-operation-id post & facts=$!
ask "$admin" "$folder/rest" --exclude-operation-id post --workers 2 || failed=1
wait "$facts" || failed=1
sed -n '/FAILURES/,$p;/SUMMARY/,$p' "$folder/rest" "$folder/facts"
[ "$failed" = 0 ] || die "the API and its document differ"
say "The API answers as its document says"
