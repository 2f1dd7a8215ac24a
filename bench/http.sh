#!/usr/bin/env bash
# bench/http.sh: CPU microseconds per request of sangu beside a bare epoll server and Fastify.
#
#   bench/http.sh [--rounds N] [--seconds S] [--connections "64 512"] [--server "COMMAND" --database FILE]
#                 [--cookie NAME=VALUE] [PATH…]
#
# COMMAND starts sangu on the port in $PORT (default: build/release/src/app/sangu serve --port $PORT with a database of
# its own); FILE is the SQLite database it uses, which Fastify reads too. Each PATH is measured without the cookie,
# "signed:PATH" with it (default: /healthz). Servers run on core 0, wrk on core 1; rounds are interleaved, so that foreign
# load hits all alike: trust the ratios more than the digits. Needs wrk and taskset; Fastify is measured when `npm ci` was
# run in bench/peers/fastify, and only on pages that are the same as sangu's. SANGU_BENCH_PORT: first of four ports (18480).
set -euo pipefail
cd "$(dirname "$0")/.."

rounds=5 seconds=2 connections="64 512" server="" database="" cookie="" paths=()
first_port=${SANGU_BENCH_PORT:-18480}
sangu_port=$((first_port + 1)) raw_port=$((first_port + 2)) fastify_port=$((first_port + 3))
while [ $# -gt 0 ]; do
  case $1 in
    --rounds) rounds=$2; shift 2 ;;
    --seconds) seconds=$2; shift 2 ;;
    --connections) connections=$2; shift 2 ;;
    --server) server=$2; shift 2 ;;
    --database) database=$2; shift 2 ;;
    --cookie) cookie=$2; shift 2 ;;
    --help) sed -n '2,12p' "$0" | sed 's/^# \{0,1\}//'; exit 0 ;;
    *) paths+=("$1"); shift ;;
  esac
done
[ ${#paths[@]} -gt 0 ] || paths=(/healthz)

work=$(mktemp -d)
pids=()
finish() {
  [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

cmake --preset release -DSANGU_BENCH=ON >/dev/null
ninja -C build/release peer_raw_epoll >/dev/null
if [ -z "$server" ]; then
  ninja -C build/release sangu >/dev/null
  database=$work/sangu.db
  server="build/release/src/app/sangu serve --port \$PORT --database sqlite:$database"
fi

wait_for() { # port
  for _ in $(seq 100); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return 0; fi
    sleep 0.1
  done
  echo "nothing listens on port $1" >&2
  exit 1
}

PORT=$sangu_port; export PORT
taskset -c 0 bash -c "exec $server" >"$work/sangu.log" 2>&1 & sangu=$!; pids+=($sangu)
wait_for $sangu_port

declare -A size # of the body of each path, so that the bare server sends as many bytes
sizes=()
request() { # path with or without "signed:" → curl arguments
  if [[ $1 == signed:* ]]; then echo "-H Cookie:$cookie ${1#signed:}"; else echo "$1"; fi
}
for path in "${paths[@]}"; do
  read -r -a arguments <<<"$(request "$path")"
  target=${arguments[-1]}
  unset 'arguments[-1]'
  size[$path]=$(curl -s "${arguments[@]}" "http://127.0.0.1:$sangu_port$target" | wc -c)
  sizes+=("${size[$path]}")
done
taskset -c 0 build/release/bench/peers/raw_epoll/peer_raw_epoll $raw_port "${sizes[@]}" & raw=$!; pids+=($raw)
wait_for $raw_port
fastify=""
if [ -d bench/peers/fastify/node_modules ] && [ -n "$database" ]; then
  taskset -c 0 node bench/peers/fastify/server.mjs $fastify_port "$database" >"$work/fastify.log" 2>&1 & fastify=$!; pids+=($fastify)
  wait_for $fastify_port
fi

cpu_ns() { cat /proc/"$1"/task/*/schedstat | awk '{ sum += $1 } END { printf "%.0f", sum }'; }

measure() { # name pid port target connections [cookie] → CPU us per request, requests per second
  local before after out count
  before=$(cpu_ns "$2")
  out=$(taskset -c 1 wrk -t1 -c"$5" -d"${seconds}s" ${6:+-H "Cookie: $6"} "http://127.0.0.1:$3$4")
  after=$(cpu_ns "$2")
  count=$(awk '/requests in/ { print $1 }' <<<"$out")
  if grep -q 'Non-2xx' <<<"$out"; then echo "$1 $4: not every reply was good" >&2; fi
  awk -v ns=$((after - before)) -v n="$count" -v s="$seconds" 'BEGIN { printf "%.2f %.0f\n", ns / 1000 / n, n / s }'
}

same_page() { # target [cookie]
  [ "$1" = /healthz ] || node bench/peers/fastify/compare.mjs "http://127.0.0.1:$sangu_port$1" "http://127.0.0.1:$fastify_port$1" "${2:-}"
}

for path in "${paths[@]}"; do
  target=${path#signed:}
  with=""
  [ "$target" = "$path" ] || with=$cookie
  compared=""
  if [ -n "$fastify" ] && same_page "$target" "$with"; then compared=yes; fi
  for c in $connections; do
    for round in $(seq "$rounds"); do
      echo "raw $(measure raw $raw $raw_port "/${size[$path]}" "$c")"
      echo "sangu $(measure sangu $sangu $sangu_port "$target" "$c" "$with")"
      if [ -n "$compared" ]; then echo "fastify $(measure fastify $fastify $fastify_port "$target" "$c" "$with")"; fi
    done >"$work/rounds"
    awk -v path="$path" -v c="$c" -v size="${size[$path]}" '
      { n[$1]++; us[$1, n[$1]] = $2; rate[$1] += $3 }
      function median(name,   i, j, v, t, m) {
        m = n[name]; for (i = 1; i <= m; i++) v[i] = us[name, i]
        for (i = 1; i <= m; i++) for (j = i + 1; j <= m; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
        return v[int((m + 1) / 2)]
      }
      END {
        printf "%s, %d bytes, %d connections:", path, size, c
        base = median("raw")
        for (name in n) printf "  %s %.2f us (%.2f x raw, %.0f/s)", name, median(name), median(name) / base, rate[name] / n[name]
        printf "\n"
      }' "$work/rounds"
  done
done
