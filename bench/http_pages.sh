#!/usr/bin/env bash
# bench/http_pages.sh <rounds> <seconds> <directory>: bench/http.sh with the pages of section HTTP in docs/performance.md. Makes
# a database with the plan and a signed-in session of the zone officer first.
#   /healthz      the smallest answer          /              the public cockpit from the cache
#   signed:/      the cockpit made anew        signed:/tasks  the signed-in task list
set -euo pipefail
rounds=$1 seconds=$2 work=$3
cd "$(dirname "$0")/.."
port=${SANGU_BENCH_PORT:-18480}
address=http://127.0.0.1:$port
serve="build/release/src/app/sangu serve --demo --database sqlite:$work/http.db --anonymous-requests-per-minute 1000000 --log-level error"
$serve --first-run --port $port 2>"$work/said" &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
for _ in $(seq 200); do
    curl -sf -o /dev/null "$address/readyz" && break
    sleep 0.1
done
password=$(awk '$1 == "demo.zone" { print $2 }' "$work/said")
token=$(curl -s -c "$work/cookies" "$address/sign-in" | grep -oE 'name="csrf" value="[^"]+"' | head -1 | sed 's/.*value="//; s/"$//')
curl -s -o /dev/null -b "$work/cookies" -c "$work/cookies" --data-urlencode "csrf=$token" --data-urlencode login=demo.zone --data-urlencode "password=$password" "$address/sign-in"
session=$(awk '$6 == "sangu_session" { print $7 }' "$work/cookies")
[ -n "$session" ] || { echo "demo.zone could not sign in" >&2; exit 1; }
kill $server
wait $server || true
bench/http.sh --rounds "$rounds" --seconds "$seconds" --server "$serve --port \$PORT" \
    --database "$work/http.db" --cookie "sangu_session=$session" /healthz / signed:/ signed:/tasks
