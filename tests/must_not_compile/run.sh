#!/usr/bin/env bash
# Each file here is a mistake that the compiler must stop, with the message named on its first line.
# usage: run.sh <compiler> <source directory of the headers> <folder of cases>
set -uo pipefail
compiler=$1 headers=$2 cases=$3

check() {
    local expected output
    expected=$(sed -n '1s|^// expect: ||p' "$3")
    [ -n "$expected" ] || { echo "$3: no '// expect:' on the first line"; return 1; }
    if output=$("$1" -std=c++20 -fsyntax-only -I "$2" "$3" 2>&1); then
        echo "$3: compiles, but must not"
        return 1
    fi
    grep -qF -- "$expected" <<<"$output" || { echo "$3: refused without \"$expected\":"; head -5 <<<"$output"; return 1; }
}
export -f check

count=$(find "$cases" -name '*.cpp' | wc -l)
[ "$count" -gt 0 ] || { echo "no cases in $cases"; exit 1; }
find "$cases" -name '*.cpp' -print0 | sort -z | xargs -0 -P 2 -I{} bash -c 'check "$@"' _ "$compiler" "$headers" {} || exit 1
echo "$count mistakes are refused"
