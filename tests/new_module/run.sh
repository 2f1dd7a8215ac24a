#!/usr/bin/env bash
# Adding a module is one folder and one line: copies the sources, adds docs/example-module/greetings as
# docs/adding-a-module.md says, and builds and runs that module's library and tests. Usage: run.sh <source folder>
# With ccache only what the new module brings is compiled.
set -euo pipefail
source=$(cd "$1" && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/sangu-new-module-XXXXXX")
trap 'rm -rf "$scratch"' EXIT

mkdir "$scratch/tree"
(cd "$source" && tar -c CMakeLists.txt cmake data src tests/support tools web/CMakeLists.txt) | tar -x -C "$scratch/tree"
cp -r "$source/web/dist" "$scratch/tree/web/" 2>/dev/null || true

cp -r "$source/docs/example-module/greetings" "$scratch/tree/src/modules/"   # one folder
echo 'SANGU_MODULE(greetings)' >>"$scratch/tree/src/app/modules.def"         # one line

mkdir -p "$scratch/tree/tests" && : >"$scratch/tree/tests/CMakeLists.txt"
changed=$(diff -rq "$source/src" "$scratch/tree/src" || true)
[ "$(printf '%s\n' "$changed" | wc -l)" = 2 ] || { printf 'more than a folder and a line:\n%s\n' "$changed" >&2; exit 1; }

# The compiler sees the sources where the existing build saw them, so that ccache knows every object but the new ones.
export CCACHE_BASEDIR=$scratch/tree CCACHE_NOHASHDIR=1
cmake -S "$scratch/tree" -B "$scratch/tree/build/dev" -G Ninja -DCMAKE_BUILD_TYPE=Debug >"$scratch/configure.log" ||
    { tail -20 "$scratch/configure.log" >&2; exit 1; }
ninja -C "$scratch/tree/build/dev" -j2 sangu_greetings test_greetings >"$scratch/build.log" ||
    { grep -E 'error|FAILED' -A5 "$scratch/build.log" | head -60 >&2; exit 1; }
"$scratch/tree/build/dev/src/modules/greetings/test_greetings" --gtest_brief=1
echo "one folder and one line: greetings is built and tested"
