# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by app/run.sh and tests/run.sh: what both need before they start. Not a program of its own.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
logs=$root/.build/logs

# A bare environment (cron, containers, env -i) may lack these.
export PATH="${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin"
if [ -z "${HOME:-}" ]; then
    HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
    export HOME="${HOME:-/tmp}"
fi

say() { printf 'headscope: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# logged NAME COMMAND...: output goes to a log; its end is shown when the command fails.
logged() {
    local log=$logs/$1.log
    shift
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 40 "$log" >&2
        fail "this failed: $*; the whole output is in $log"
    fi
}

# listed SECTION...: package names of those sections of packages.txt.
listed() {
    local section='' line wanted
    while IFS= read -r line || [ -n "$line" ]; do
        line=${line%%#*}
        line=${line//[[:space:]]/}
        case $line in
        '') ;;
        '['*']') section=${line:1:-1} ;;
        *) for wanted in "$@"; do [ "$wanted" != "$section" ] || printf '%s\n' "$line"; done ;;
        esac
    done <"$root/app/packages.txt"
}

# install_packages SECTION...: installs what is missing, and only that.
install_packages() {
    command -v dpkg-query >/dev/null || { say "no dpkg here: the packages of app/packages.txt have to be there already"; return; }
    local package missing=() as_root=()
    while IFS= read -r package; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done < <(listed "$@")
    [ ${#missing[@]} -gt 0 ] || return 0

    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "these packages are missing: ${missing[*]}; install them as root with apt-get install"
        as_root=(sudo)
        # Without a terminal nobody can type a password: fail now instead of waiting.
        if [ ! -t 0 ]; then as_root=(sudo -n); fi
        "${as_root[@]}" true || fail "sudo did not let us in; install as root: apt-get install ${missing[*]}"
    fi
    say "installing ${#missing[@]} packages with apt: ${missing[*]}"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
    logged apt-update "${apt[@]}" update
    logged apt-install "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
}

# build_release TARGET...: configures once and builds; an up-to-date tree costs a second.
build_release() {
    local build=$root/.build/release fresh=()
    if [ -f "$build/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt"; then
        fresh=(--fresh)   # the tree was moved or copied here
    fi
    if [ ! -f "$build/build.ninja" ] || [ ${#fresh[@]} -gt 0 ]; then
        say "configuring"
        (cd "$root" && logged configure cmake --preset release "${fresh[@]}")
    fi
    if [ -f "$build/.ninja_log" ]; then say "checking that the build is up to date"; else say "building, which takes some minutes the first time"; fi
    if [ -t 2 ]; then
        ninja -C "$build" "$@" >&2 </dev/null || fail "the build failed; its messages stand above"
    else
        logged build ninja -C "$build" "$@"
    fi
}

mkdir -p "$logs"
