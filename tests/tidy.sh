#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tidy.sh [FILE...]: clang-tidy (Debian 12's, number 14) over engine, ui and app, or over those files; fails on a finding. All of them take
# about half an hour on two cores: neighbouring files are read together, as in the build. HEADSCOPE_TIDY_JOBS: how many at once.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../app/prepare.sh"

install_packages program tidy
cd "$root"
files=("$@")
together=ON
[ ${#files[@]} -eq 0 ] || together=OFF
# Without precompiled headers: those of GCC mean nothing to clang.
build=$root/.build/tidy
logged tidy-configure cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DHEADSCOPE_PCH=OFF -DHEADSCOPE_UNITY=$together \
    -DHEADSCOPE_TESTS=OFF -DHEADSCOPE_BENCHMARKS=OFF
if [ ${#files[@]} -eq 0 ]; then
    while IFS= read -r file; do files+=("$file"); done < <(sed -n 's/^ *"file": "\(.*\)",\?$/\1/p' "$build/compile_commands.json" |
        grep -E '/(Unity/|(engine|ui|app)/[^"]*\.cpp$)' | grep -vE '_autogen/|/\.rcc/|cmake_pch' | sort -u)
fi
log=$logs/tidy.log
: >"$log"
status=0
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "${HEADSCOPE_TIDY_JOBS:-$(nproc)}" clang-tidy-14 -p "$build" --quiet >>"$log" 2>/dev/null || status=$?
grep -hE '(warning|error): ' "$log" | sort -u || true
[ "$status" -eq 0 ] || fail "clang-tidy found something in ${#files[@]} files; the whole text is in $log"
say "clang-tidy found nothing in ${#files[@]} files"
