#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is needed, builds HeadScope and starts it on the sample model. Arguments go to headscope.
# Without a display it does the same work headless and writes the folder headscope-report.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

install_packages program
build_release headscope headscope-h5probe

program=$root/.build/release/bin/headscope
if [ $# -eq 0 ] && [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
    say "no display here: writing a report instead of opening the window"
    exec "$program" --report "$root/headscope-report"
fi
exec "$program" "$@"
