#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
set -u

here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd) || exit 1
tree=$(cd "$here/.." && pwd) || exit 1
. "$tree/src/deps.sh"

usage ()
{
  cat <<'TEXT'
Usage: tests/release.sh [OPTION]... [FOLDER]
Make the tarball of a release, build it twice from scratch in two places and compare what comes out bit by bit, install it below a
home of its own, run it from there, and uninstall it again.  The tree must be committed.

  --test           also run the tests of the unpacked tarball
  --no-install     never install a package: name what is missing and stop
  -h, --help       show this help

FOLDER keeps the tarball.  The last line reads "N passed, N failed".
TEXT
}

install=yes test=no folder=''
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --test) test=yes ;;
    --no-install) install=no ;;
    -*) printf 'Unknown option: %s (tests/release.sh --help lists them)\n' "$1" >&2; exit 2 ;;
    *) folder=$1 ;;
  esac
  shift
done
deps_require "$install" build run test locale || exit $?

work=$(mktemp -d "${TMPDIR:-/tmp}/zifu-release.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
export HOME=$work/home
mkdir -p "$HOME" "$work/log"
export LC_ALL=C.UTF-8
unset LANGUAGE LANG DESTDIR

passed=0 failed=0
check ()
{
  local text=$1 output
  shift
  if output=$("$@" 2>&1); then
    passed=$((passed + 1))
    printf '[%4d s] ok      %s\n' "$SECONDS" "$text"
  else
    failed=$((failed + 1))
    printf '[%4d s] FAILED  %s\n' "$SECONDS" "$text"
    printf '%s\n' "$output" | tail -n 25 | sed 's/^/          /'
  fi
}

finish ()
{
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
  exit
}

must ()
{
  local before=$failed
  check "$@"
  [ "$failed" -eq "$before" ] || finish
}

# The date of the commit stands for the date of the build.
SOURCE_DATE_EPOCH=$(git -C "$tree" log -1 --format=%ct) || exit 1
export SOURCE_DATE_EPOCH

make_tarball ()
{
  git clone -q "$tree" "$work/clone" && cd "$work/clone" && meson setup -Dtests=none "$work/dist" \
    && meson dist -C "$work/dist" --no-tests --formats xztar && mv "$work"/dist/meson-dist/*.tar.xz "$work/zifu.tar.xz"
}

# build NAME: below another folder each time, so that no path of the build may be in what it makes.
build ()
{
  mkdir -p "$work/$1/source" && tar -C "$work/$1/source" --strip-components=1 -xJf "$work/zifu.tar.xz" \
    && meson setup -Dtests=none --prefix="$HOME/.local" "$work/$1/build" "$work/$1/source" && ninja -C "$work/$1/build" \
    && DESTDIR="$work/$1/image" meson install -C "$work/$1/build" --no-rebuild
}

# sums NAME: of every installed file.
sums ()
{
  (cd "$work/$1/image" && find . -type f -print0 | sort -z | xargs -0 sha256sum)
}

identical ()
{
  sums one >"$work/log/one" && sums two-in-another-folder >"$work/log/two" && [ -s "$work/log/one" ] && diff "$work/log/one" "$work/log/two"
}

has_news ()
{
  tar -xJOf "$work/zifu.tar.xz" --wildcards '*/NEWS' | grep -q 'Version'
}

install_home ()
{
  meson install -C "$work/one/build" --no-rebuild && [ -x "$HOME/.local/bin/zifu" ] && [ -s "$HOME/.local/share/man/zh_CN/man1/zifu-cli.1" ]
}

# Nothing of the build or of the source may be needed any more.
runs_from_home ()
{
  mv "$work/one/source" "$work/one/gone" || return 1
  LC_ALL=C.UTF-8 "$HOME/.local/bin/zifu-cli" policy list --lang en | grep -q 110000
  local status=$?
  mv "$work/one/gone" "$work/one/source"
  return $status
}

uninstall_home ()
{
  ninja -C "$work/one/build" uninstall && ninja -C "$work/one/build" indexes || return 1
  local left
  left=$(find "$HOME/.local" -type f)
  [ -z "$left" ] || { printf 'left behind:\n%s\n' "$left"; return 1; }
}

tests_of_tarball ()
{
  (cd "$work/one/source" && tests/run.sh --no-install)
}

must "a tarball is made" make_tarball
check "it has a NEWS" has_news
must "it builds" build one
must "it builds a second time in another folder" build two-in-another-folder
check "both are the same to the bit" identical
printf '          %s  %s\n' "$(sha256sum <"$work/log/one" | cut -c 1-64)" "first build, $(wc -l <"$work/log/one") files" \
  "$(sha256sum <"$work/log/two" | cut -c 1-64)" "second build"
must "it installs below a home" install_home
check "it runs from there" runs_from_home
check "it leaves nothing behind when it is uninstalled" uninstall_home
[ "$test" = no ] || check "the tests of the tarball pass" tests_of_tarball
if [ -n "$folder" ]; then mkdir -p "$folder" && cp "$work/zifu.tar.xz" "$folder/"; fi
finish
