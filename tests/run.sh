#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
set -u

tree=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd) || exit 1
. "$tree/src/deps.sh"

usage ()
{
  cat <<'TEXT'
Usage: tests/run.sh [OPTION]...
Install what is missing (Debian 12 or later), build, and run the tests: headless, in a home of their own, without the network.

  --peers          also: against servers and judges that others wrote
  --flatpak        also: the Flatpak, built, installed, used, upgraded and removed (flatpak/test-local.sh)
  --full           all of that, and: longer comparison with the reference, rules broken on purpose, the address and
                   undefined-behaviour build, valgrind, programs killed a thousand times
  --suite NAME     only this suite (unit, cases, cli, ledger, exchange, sync, ui, checks, random, data); may be given several
                   times
  --no-install     never install anything: name what is missing and stop
  -h, --help       show this help

The last line reads "N passed, N failed" (", N skipped" may follow).
Exit status: 0 everything passed, 1 a test or the build failed, 2 wrong usage, 4 packages are missing.
Build folders: _build-tests and _build-tests-sanitize in this tree (ZIFU_TEST_BUILD_DIR overrides the first).
TEXT
}

say ()
{
  printf '%s\n' "$*"
}

full=no peers=no flatpak=no install=yes
suites=()
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --full) full=yes peers=yes flatpak=yes ;;
    --peers) peers=yes ;;
    --flatpak) flatpak=yes ;;
    --no-install) install=no ;;
    --suite)
      [ $# -ge 2 ] || { say "--suite needs a name" >&2; exit 2; }
      suites+=(--suite "$2")
      shift ;;
    --suite=*) suites+=(--suite "${1#--suite=}") ;;
    *) say "Unknown option: $1 (tests/run.sh --help lists them)" >&2; exit 2 ;;
  esac
  shift
done

sets=(build run test locale)
[ "$full" = yes ] && sets+=(full)
[ "$peers" = yes ] && sets+=(peers)
[ "$flatpak" = yes ] && sets+=(shots flatpak)
deps_require "$install" "${sets[@]}" || exit $?

# Nothing that a test does may reach the real home, the session bus, a display or the language of the person at the machine.
private=$(mktemp -d "${TMPDIR:-/tmp}/zifu-tests.XXXXXX") || exit 1
trap 'rm -rf "$private"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir -p "$private/home" "$private/config" "$private/data" "$private/cache" "$private/state"
mkdir -m 0700 "$private/runtime"
export HOME=$private/home XDG_CONFIG_HOME=$private/config XDG_DATA_HOME=$private/data XDG_CACHE_HOME=$private/cache
export XDG_STATE_HOME=$private/state XDG_RUNTIME_DIR=$private/runtime
export LC_ALL=C.UTF-8 TZ=UTC
unset LANGUAGE LANG DISPLAY WAYLAND_DISPLAY AT_SPI_BUS_ADDRESS
export DBUS_SESSION_BUS_ADDRESS=disabled:

build=$(realpath -m "${ZIFU_TEST_BUILD_DIR:-$tree/_build-tests}")
failed_builds=0 passed_steps=0
logs=()

# prepare FOLDER OPTION...: configure once, anew after the tree was moved, and compile.
prepare ()
{
  local folder=$1
  shift
  if [ -e "$folder" ] && [ "$(cat "$folder/zifu-tree" 2>/dev/null)" != "$tree" ]; then
    if [ ! -e "$folder/zifu-tree" ] && [ ! -e "$folder/meson-private" ] && [ -n "$(ls -A "$folder")" ]; then
      say "$folder is not a build folder; it is left alone" >&2
      return 1
    fi
    rm -rf "$folder"
  fi
  if [ ! -e "$folder/build.ninja" ]; then
    say "== Configuring $(basename "$folder")"
    mkdir -p "$folder" && printf '%s\n' "$tree" >"$folder/zifu-tree" || return 1
    meson setup "$@" "$folder" "$tree" >"$folder/zifu-build.log" 2>&1 || { tail -n 40 "$folder/zifu-build.log"; return 1; }
  fi
  say "== Compiling $(basename "$folder")"
  ninja -C "$folder" >"$folder/zifu-build.log" 2>&1 || { tail -n 60 "$folder/zifu-build.log"; return 1; }
}

# run_tests FOLDER SETUP ARGUMENT...: one run of meson test; its log is kept for the count.
run_tests ()
{
  local folder=$1 setup=$2
  shift 2
  say "== Running the tests in $(basename "$folder"), set-up $setup"
  # meson puts the set-up at the end of the name.
  logs+=("$folder/meson-logs/testlog-$setup")
  rm -f "$folder/meson-logs/testlog-$setup".*
  meson test -C "$folder" --no-rebuild --print-errorlogs --logbase testlog --setup "$setup" "$@"
}

status=0
if prepare "$build"; then
  setup=default
  [ "$full" = yes ] && setup=full
  run_tests "$build" "$setup" ${suites[@]+"${suites[@]}"} || status=1
else
  failed_builds=$((failed_builds + 1))
fi

if [ "$full" = yes ] && [ ${#suites[@]} -eq 0 ]; then
  # Address and undefined-behaviour checks; each fault ends the test that met it.  The comparison is slower here and was run above.
  if prepare "$build-sanitize" -Db_sanitize=address,undefined -Db_lundef=false; then
    ZIFU_RANDOM_COUNT=2000 ZIFU_FUZZ_COUNT=3000 run_tests "$build-sanitize" default --timeout-multiplier 4 --no-suite checks --no-suite data || status=1
  else
    failed_builds=$((failed_builds + 1))
  fi
  if [ -e "$build/build.ninja" ]; then
    run_tests "$build" valgrind || status=1
    run_tests "$build" kills ledger-kills exchange-faults || status=1
  fi
fi

if [ "$peers" = yes ] && [ -e "$build/build.ninja" ]; then
  run_tests "$build" peers --suite peers || status=1
fi

if [ "$flatpak" = yes ]; then
  say "== Building, installing and using the Flatpak"
  "$tree/flatpak/test-local.sh" --no-install 2>&1 | tee "$private/flatpak.log"
  [ "${PIPESTATUS[0]}" -eq 0 ] || status=1
  read -r passed failed < <(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$private/flatpak.log" | tail -n 1)
  passed_steps=${passed:-0}
  # Without its closing line it did not come to its end.
  failed_builds=$((failed_builds + ${failed:-1}))
fi

/usr/bin/python3 "$tree/tests/count.py" --passed "$passed_steps" --failed "$failed_builds" ${logs[@]+"${logs[@]}"} || status=1
exit $status
