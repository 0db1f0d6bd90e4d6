#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is needed, builds everything and runs all tests without a screen. Arguments go to ctest (-L engine, -R name ...).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../app/prepare.sh"

install_packages program tests
build_release all

cd "$root"
say "running the tests"
exec ctest --preset release "$@" </dev/null
