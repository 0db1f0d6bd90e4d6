#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# smoke.sh [SECONDS [TARGET...]]: builds the fuzz targets with clang and lets each search for its share of the time (300 s in all by
# default, as many targets at once as there are cores). Fails when one finds something, and says how to keep the input.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../app/prepare.sh"

seconds=${1:-300}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || fail "usage: $0 [SECONDS [TARGET...]]"
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(open_file safetensors tokenizer_json sentencepiece project dump_npy containers)

install_packages program fuzz
cd "$root"
build=$root/.build/fuzz
say "building the fuzz targets"
[ -f "$build/build.ninja" ] || logged fuzz-configure cmake --preset fuzz
logged fuzz-build cmake --build --preset fuzz -j "$(nproc)"

work=$build/work
rm -rf "$work/seeds"
"$build/bin/fuzz_seeds" "$work/seeds" >/dev/null
export ASAN_OPTIONS=quarantine_size_mb=16:${ASAN_OPTIONS:-}
export UBSAN_OPTIONS=print_stacktrace=1:${UBSAN_OPTIONS:-}
export LSAN_OPTIONS=suppressions=$root/tests/lsan.supp:${LSAN_OPTIONS:-}
each=$((seconds / ${#targets[@]}))
[ "$each" -ge 1 ] || each=1

# search TARGET: false when it finds something.
search() {
    local target=$1 findings=$work/findings/$1 log=$logs/fuzz-$1.log status=0 tried input words=()
    mkdir -p "$work/corpus/$target" "$findings" "tests/fuzz/corpus/$target"
    rm -f "$findings"/*
    [ ! -f "tests/fuzz/words/$target" ] || words=(-dict="tests/fuzz/words/$target")
    "$build/bin/fuzz_$target" -max_total_time="$each" -timeout=10 -rss_limit_mb=2048 -malloc_limit_mb=1024 -max_len=65536 -print_final_stats=1 \
        "${words[@]}" -artifact_prefix="$findings/" "$work/corpus/$target" "tests/fuzz/corpus/$target" "$work/seeds/$target" >"$log" 2>&1 </dev/null || status=$?
    tried=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    if [ "$status" -eq 0 ]; then
        say "$target: nothing found in $each s, ${tried:-?} inputs"
        return 0
    fi
    grep -m 1 -E 'ERROR|runtime error|broken promise|SUMMARY' "$log" >&2 || true
    say "$target: status $status after ${tried:-some} inputs; log $log"
    for input in "$findings"/*; do
        [ ! -e "$input" ] || say "  the input is $input; when it is mended, keep it in tests/fuzz/corpus/$target"
    done
    return 1
}

say "searching for $seconds s in all"
found=0 running=0
for target in "${targets[@]}"; do
    if [ "$running" -ge "$(nproc)" ]; then
        wait -n || found=$((found + 1))
        running=$((running - 1))
    fi
    search "$target" &
    running=$((running + 1))
done
while [ "$running" -gt 0 ]; do
    wait -n || found=$((found + 1))
    running=$((running - 1))
done
[ "$found" -eq 0 ] || fail "$found of ${#targets[@]} targets found something"
