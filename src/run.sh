#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
set -u

tree=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd) || exit 1
. "$tree/src/deps.sh"

usage ()
{
  cat <<'TEXT'
Usage: src/run.sh [OPTION]... [-- ARGUMENT...]
Build Zifu in this tree and start its window.  What is missing is installed first (Debian 12 or later, as root or with sudo).

  --cli ARGUMENT...   build and run the command line program (zifu-cli) instead of the window
  --lang LANG         zh_CN or en, instead of the language of the system
  --build-only        build, start nothing
  --no-install        never install anything: name what is missing and stop
  --clean             build from nothing
  -h, --help          show this help

Arguments after -- go to the program, such as: src/run.sh -- --sample

Exit status: 0 done, 1 the build failed, 2 wrong usage, 3 no display, 4 packages are missing; else the program's own.
The build folder is _build in this tree (ZIFU_BUILD_DIR overrides it).
TEXT
}

say ()
{
  printf '%s\n' "$*" >&2
}

install=yes mode=window lang='' clean=no
arguments=()
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --no-install) install=no ;;
    --build-only) mode=build ;;
    --clean) clean=yes ;;
    --lang)
      [ $# -ge 2 ] || { say "--lang needs zh_CN or en"; exit 2; }
      lang=$2
      shift ;;
    --lang=*) lang=${1#--lang=} ;;
    --cli)
      mode=cli
      shift
      arguments=("$@")
      break ;;
    --)
      shift
      arguments=("$@")
      break ;;
    *)
      say "Unknown option: $1 (src/run.sh --help lists them; arguments for the program stand after --)"
      exit 2 ;;
  esac
  shift
done
case $lang in
  '' | zh_CN | en) ;;
  *) say "--lang takes zh_CN or en, not: $lang"; exit 2 ;;
esac

# 1. What is needed.
sets=(build run)
wanted_locale=
case ${lang:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
  zh_CN*)
    if ! locale -a 2>/dev/null | grep -qix 'zh_CN\.utf-\?8'; then
      wanted_locale=zh_CN
      sets+=(locale)
    fi ;;
esac
deps_require "$install" "${sets[@]}" || exit $?

# 2. Where to build: in the tree, or in the cache when the tree cannot be written.
build=${ZIFU_BUILD_DIR:-}
if [ -z "$build" ]; then
  build=$tree/_build
  if ! { [ -w "$build" ] || { [ ! -e "$build" ] && [ -w "$tree" ]; }; }; then
    build=${XDG_CACHE_HOME:-$HOME/.cache}/zifu/build-$(printf '%s' "$tree" | cksum | cut -d ' ' -f 1)
  fi
fi
stamp=$build/zifu-tree
log=$build/zifu-build.log

run_logged ()
{
  if ! "$@" >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    say "The build failed; the whole log is in $log"
    exit 1
  fi
}

# A folder that was configured for another place (a moved or copied tree) is made anew.
if [ "$clean" = yes ] || { [ -e "$build" ] && [ "$(cat "$stamp" 2>/dev/null)" != "$tree" ]; }; then
  if [ ! -e "$stamp" ] && [ ! -e "$build/meson-private" ] && [ -n "$(ls -A "$build" 2>/dev/null)" ]; then
    say "$build is not a build folder; it is left alone.  Name another one in ZIFU_BUILD_DIR."
    exit 1
  fi
  rm -rf "$build"
fi
if [ ! -e "$build/build.ninja" ]; then
  say "Configuring in $build"
  # A newer compiler may warn about what the one of Debian 12 does not: that stops the tests, not somebody who wants to start.
  mkdir -p "$build" && printf '%s\n' "$tree" >"$stamp" || exit 1
  run_logged meson setup -Dwerror=false -Dtests=none "$build" "$tree"
fi
if [ -t 2 ] || [ ! -e "$build/src/cli/zifu-cli" ]; then
  say "Compiling"
fi
run_logged ninja -C "$build"

# 3. What the program needs to find its data without being installed.
export GSETTINGS_SCHEMA_DIR=$build/data
export ZIFU_POLICY_DIR=$tree/data/policies
export ZIFU_SAMPLE_DIR=$tree/data/sample
export ZIFU_LOCALE_DIR=$build/po

if [ -n "$wanted_locale" ]; then
  # localedef needs no root when it writes into a folder of our own; the folder is named as the C library looks it up.
  locales=${XDG_CACHE_HOME:-$HOME/.cache}/zifu/locale
  if [ ! -d "$locales/zh_CN.utf8" ]; then
    mkdir -p "$locales"
    localedef -i zh_CN -f UTF-8 "$locales/zh_CN.utf8" >/dev/null 2>&1 || say "The Chinese locale could not be made."
  fi
  export LOCPATH=$locales
fi
# The shell itself does not look below LOCPATH and would warn that it cannot follow.
case $lang in
  zh_CN) { export LC_ALL=zh_CN.UTF-8 LANGUAGE=zh_CN; } 2>/dev/null ;;
  en) export LC_ALL=C.UTF-8 LANGUAGE=en ;;
esac

# 4. Start.
has_display ()
{
  local socket number
  if [ -n "${WAYLAND_DISPLAY:-}" ]; then
    case $WAYLAND_DISPLAY in
      /*) socket=$WAYLAND_DISPLAY ;;
      *) socket=${XDG_RUNTIME_DIR:-/nonexistent}/$WAYLAND_DISPLAY ;;
    esac
    [ -S "$socket" ] && return 0
  fi
  case ${DISPLAY:-} in
    '') return 1 ;;
    :* | unix:*)
      number=${DISPLAY##*:}
      number=${number%%.*}
      [ -S "/tmp/.X11-unix/X$number" ] || grep -q "@/tmp/.X11-unix/X$number\$" /proc/net/unix 2>/dev/null ;;
    *) return 0 ;;
  esac
}

case $mode in
  build)
    say "Built: $build/src/zifu and $build/src/cli/zifu-cli"
    exit 0 ;;
  cli)
    exec "$build/src/cli/zifu-cli" ${arguments[@]+"${arguments[@]}"} ;;
  window)
    if ! has_display; then
      say "There is no display here (neither WAYLAND_DISPLAY nor DISPLAY leads to one), so the window cannot open."
      say "The same engine answers on the command line, for example:"
      say "  $0 --cli settle --text --case $tree/tests/cases/beijing/110000-ip-active-45000.json"
      say "  $0 --cli policy list"
      exit 3
    fi
    exec "$build/src/zifu" ${arguments[@]+"${arguments[@]}"} ;;
esac
