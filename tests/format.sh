#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# format.sh [--check] [FILE...]: writes the sources (or those files) as .clang-format says; with --check only names what differs.
# Versions of clang-format differ from each other: it is Debian 12's, number 14.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../app/prepare.sh"

check=0
if [ "${1:-}" = --check ]; then
    check=1
    shift
fi
install_packages format
cd "$root"
files=("$@")
if [ ${#files[@]} -eq 0 ]; then
    while IFS= read -r -d '' file; do files+=("$file"); done < <(find engine ui app tests benchmarks -type f \( -name '*.cpp' -o -name '*.h' \) -print0 | sort -z)
fi
if [ "$check" -eq 0 ]; then
    printf '%s\0' "${files[@]}" | xargs -0 -n 40 -P "$(nproc)" clang-format-14 -i
    exit
fi
wrong=$(printf '%s\0' "${files[@]}" | xargs -0 -n 40 -P "$(nproc)" clang-format-14 --dry-run 2>&1 | sed -n 's/^\([^:]*\):.*clang-format-violations.*/\1/p' | sort | uniq -c || true)
[ -n "$wrong" ] || exit 0
printf '%s\n' "$wrong" >&2
fail "$(wc -l <<<"$wrong") of ${#files[@]} files are not as tests/format.sh would write them"
