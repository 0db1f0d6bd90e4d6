#!/usr/bin/env bash
# Builds the release preset and prints the whole table of benchmarks. Every figure is a ratio to a limit or a peer measured in the same run.
#   benchmarks/run.sh            all
#   benchmarks/run.sh forward    only bench_forward
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$top"
cmake --preset release -DHEADSCOPE_BENCHMARKS=ON >/dev/null
cmake --build --preset release --target all >/dev/null
bin=.build/release/benchmarks
only=${1:-}
export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8
printf 'HeadScope benchmarks, %s threads, %s\n' "$(nproc)" "$(uname -m)"
failed=0
for program in "$bin"/bench_*; do
  [ -x "$program" ] && [ -f "$program" ] || continue
  name=$(basename "$program")
  [ -z "$only" ] || [ "$name" = "bench_$only" ] || continue
  printf '\n== %s\n' "${name#bench_}"
  "$program" || { printf '%s failed with status %s\n' "$name" "$?"; failed=1; }
done
exit $failed
