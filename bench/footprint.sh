#!/usr/bin/env bash
# bench/footprint.sh <build directory> [--clean-build]: time from start to first page, memory at rest, installed size, bytes of
# the first page over the wire; with --clean-build also the time of a full build without cache and of one touched module.
# Needs curl with brotli; the build is that of the release preset.
set -euo pipefail
build=$(realpath "${1:?build directory}")
clean=${2:-}
cd "$(dirname "$0")/.."
binary=$build/src/app/sangu
work=$(mktemp -d /var/tmp/sangu-footprint-XXXXXX)
pid=""
finish() {
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
port=18491
address=http://127.0.0.1:$port

now_ms() { date +%s%3N; }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
start() { # → milliseconds until the cockpit was read
    local begin
    begin=$(now_ms)
    "$binary" serve --port $port --database "sqlite:$work/sangu.db" --log-level error >/dev/null 2>&1 &
    pid=$!
    until curl -sf -o /dev/null "$address/"; do
        kill -0 "$pid" 2>/dev/null || { echo "sangu did not start" >&2; exit 1; }
        sleep 0.005
    done
    started=$(($(now_ms) - begin))
}
stop() {
    kill "$pid"
    wait "$pid" 2>/dev/null || true
    pid=""
}

start
echo "first start (creates the database, imports the plan) to first page: $started ms"
stop
for _ in 1 2 3 4 5; do
    start
    echo "$started" >>"$work/starts"
    [ "$(wc -l <"$work/starts")" = 5 ] || stop
done
echo "cold start to first page: $(median <"$work/starts") ms (median of 5)"

sleep 3
awk '/^VmRSS|^Threads/ { print "at rest after the first page: " $1, $2, $3 }' "/proc/$pid/status"
awk '/^Pss:/ { printf "at rest after the first page: PSS %d kB\n", $2 }' "/proc/$pid/smaps_rollup"
for _ in $(seq 50); do curl -s -o /dev/null "$address/?x=$RANDOM" -o /dev/null "$address/indicators" -o /dev/null "$address/organisations"; done
sleep 3
awk '/^VmRSS/ { print "after 150 pages: " $1, $2, $3 }' "/proc/$pid/status"

# The first page with everything it loads, as a browser does: HTML, styles, scripts, pictures.
weigh() { # path → bytes of the page and of what it names, brotli where offered
    local page=$work/page.html total part
    total=$(curl -s --compressed -H 'Accept-Encoding: br, gzip' -o "$page" -w '%{size_download} + %{size_header}' "$address$1" | awk '{ print $1 + $3 }')
    for part in $(grep -oE '(src|href)="/assets/[^"]+"' "$page" | grep -vE 'rel="(alternate|canonical)"' | sed -E 's/.*"(.*)"/\1/' | sort -u); do
        total=$((total + $(curl -s -H 'Accept-Encoding: br, gzip' -o /dev/null -w '%{size_download} + %{size_header}' "$address$part" | awk '{ print $1 + $3 }')))
    done
    echo "$total"
}
echo "first page over the wire: $(weigh /) bytes, its HTML $(curl -s -H 'Accept-Encoding: br' -o /dev/null -w '%{size_download}' "$address/") bytes"
chart=$(curl -s "$address/indicators" | grep -oE '/indicators/[A-Za-z0-9_]+' | head -1)
[ -z "$chart" ] || echo "indicator page with its chart ($chart) over the wire: $(weigh "$chart") bytes"
echo "every asset of the program: $(ls -l web/dist 2>/dev/null | awk '/\.br$/ { sum += $5 } END { print sum + 0 }') bytes as brotli"
stop

DESTDIR=$work/installed cmake --install "$build" --strip --prefix /usr >/dev/null
echo "installed: $(du -sk --apparent-size "$work/installed" | cut -f1) kB, of which the program $(stat -c %s "$work/installed/usr/bin/sangu" | awk '{ printf "%d", $1 / 1024 }') kB"
if command -v dpkg-shlibdeps >/dev/null; then
    (cd "$work" && cpack -G DEB --config "$build/CPackConfig.cmake" -B "$work/deb" >/dev/null 2>&1) || true
    deb=$(ls "$work"/deb/*.deb 2>/dev/null | head -1)
    [ -z "$deb" ] || echo ".deb: $(($(stat -c %s "$deb") / 1024)) kB"
fi

if [ "$clean" = --clean-build ]; then
    cmake -S . -B "$work/build" --preset product >/dev/null
    begin=$(now_ms)
    CCACHE_DISABLE=1 ninja -C "$work/build" -j2 sangu >/dev/null
    echo "full build without cache, 2 jobs: $((($(now_ms) - begin) / 1000)) s"
    touch src/modules/indicators/service.cpp
    begin=$(now_ms)
    CCACHE_DISABLE=1 ninja -C "$work/build" -j2 sangu >/dev/null
    echo "one source of a module touched: $((($(now_ms) - begin) / 1000)) s"
fi
