#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is needed, builds everything and runs all tests without a screen. Arguments go to ctest (-L engine, -R name ...).
# What was skipped, and why, is said at the end. HEADSCOPE_NEED_SHARED=1: a test that misses reference data fails instead.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../app/prepare.sh"

install_packages program tests
build_release all

# skips LOG: how many test functions were skipped, and each reason with how often it was given.
skips() {
    local lines
    lines=$(grep '^SKIP ' "$1" | sed -E 's/^SKIP +: ([^(]+)\([^)]*\) (.*)$/\1\t\2/') || { say "no test was skipped"; return; }
    say "$(cut -f 1 <<<"$lines" | sort -u | wc -l) test functions skipped, in whole or for some rows:"
    cut -f 2 <<<"$lines" | sort | uniq -c | sort -rn >&2
}

cd "$root"
say "running the tests"
report=.build/release/Testing/Temporary/LastTest.log
rm -f "$report"
mkdir -p "$logs"
status=0
ctest --preset release "$@" </dev/null | tee "$logs/ctest.log" || status=$?
if [ -e "$report" ]; then skips "$report"; fi
grep '% tests passed' "$logs/ctest.log" || true   # once more, as the last word
exit "$status"
