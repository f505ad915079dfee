#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
set -u

tree=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd) || exit 1
. "$tree/src/deps.sh"

usage ()
{
  cat <<'TEXT'
Usage: tests/provider/try.sh [OPTION]... [-- PROVIDER-OPTION...]
Build Zifu and a platform to try it with, start the platform on this computer, and start Zifu connected to it.
What is missing is installed first (Debian 12 or later, as root or with sudo).

  --lang LANG         zh_CN or en, instead of the language of the system
  --provider-only     start the platform only; it prints the address to connect to
  --no-install        never install anything: name what is missing and stop
  -h, --help          show this help

After -- stand options of the platform, such as: tests/provider/try.sh -- --entries 5000 --fault unreconciled
Its own --help and --list-faults tell them all.  Exit status: as src/run.sh, or 1 when the platform does not start.
TEXT
}

say ()
{
  printf '%s\n' "$*" >&2
}

install=yes only=no
run=()
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --no-install) install=no run+=(--no-install) ;;
    --provider-only) only=yes ;;
    --lang)
      [ $# -ge 2 ] || { say "--lang needs zh_CN or en"; exit 2; }
      run+=(--lang "$2")
      shift ;;
    --lang=*) run+=("$1") ;;
    --)
      shift
      break ;;
    *)
      say "Unknown option: $1 (tests/provider/try.sh --help lists them; options of the platform stand after --)"
      exit 2 ;;
  esac
  shift
done
deps_require "$install" build || exit $?

# A folder of its own: that of src/run.sh is made without tests.
build=${ZIFU_PROVIDER_BUILD_DIR:-$tree/_build-provider}
if [ ! -e "$build/build.ninja" ]; then
  say "Configuring in $build"
  meson setup -Dwerror=false "$build" "$tree" >&2 || exit 1
fi
ninja -C "$build" tests/provider/zifu-provider >&2 || exit 1
export ZIFU_POLICY_DIR=$tree/data/policies ZIFU_SAMPLE_DIR=$tree/data/sample
provider=$build/tests/provider/zifu-provider
if [ "$only" = yes ]; then
  exec "$provider" --people "$@"
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/zifu-try.XXXXXX") || exit 1
pid=
finish ()
{
  [ -n "$pid" ] && kill "$pid" 2>/dev/null && wait "$pid"
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
"$provider" --people --port-file "$work/port" "$@" &
pid=$!
while [ ! -s "$work/port" ]; do
  kill -0 "$pid" 2>/dev/null || { pid=; say "The platform does not start."; exit 1; }
  sleep 0.1
done
# It can be chosen in the program as well, for as long as it runs.
mkdir -p "$work/share/zifu/providers"
cat > "$work/share/zifu/providers/sandbox.json" <<JSON
{
  "name": { "zh": "试用平台", "en": "Platform to try" },
  "about": { "zh": "在本机运行，数据均为虚构", "en": "Runs on this computer; everything in it is invented" },
  "address": "http://127.0.0.1:$(cat "$work/port")"
}
JSON
export XDG_DATA_DIRS=$work/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
"$tree/src/run.sh" ${run[@]+"${run[@]}"} -- --connect "http://127.0.0.1:$(cat "$work/port")"
