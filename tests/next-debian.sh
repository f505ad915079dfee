#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
set -u

here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd) || exit 1
tree=$(cd "$here/.." && pwd) || exit 1
. "$tree/src/deps.sh"

usage ()
{
  cat <<'TEXT'
Usage: tests/next-debian.sh [OPTION]... [FOLDER]
Make the next Debian (trixie: GTK 4.18, libadwaita 1.7) in a folder, build this tree there with every warning an error, and run the
tests there: what works today must work tomorrow.  Needs root.  Packages come from where this machine's packages come from.

  --build-only     build, do not run the tests
  --suite NAME     only this suite, as for tests/run.sh; may be given several times
  --no-install     never install a package here: name what is missing and stop
  -h, --help       show this help

FOLDER is kept and used again; without one a temporary folder is used and removed.
Exit status: that of tests/run.sh in there; 2 wrong usage, 3 not root, 4 packages are missing.
TEXT
}

say ()
{
  printf '[%4d s] %s\n' "$SECONDS" "$*"
}

install=yes build_only=no folder='' suites=()
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --build-only) build_only=yes ;;
    --no-install) install=no ;;
    --suite)
      [ $# -ge 2 ] || { say "--suite needs a name" >&2; exit 2; }
      suites+=(--suite "$2")
      shift ;;
    -*) printf 'Unknown option: %s (tests/next-debian.sh --help lists them)\n' "$1" >&2; exit 2 ;;
    *) [ -z "$folder" ] || { printf 'One folder, please\n' >&2; exit 2; }
       folder=$1 ;;
  esac
  shift
done
[ "$(id -u)" -eq 0 ] || { printf 'tests/next-debian.sh needs root: it makes a Debian of its own.\n' >&2; exit 3; }
deps_require "$install" next || exit $?

suite=trixie
if [ -n "$folder" ]; then
  mkdir -p "$folder" && folder=$(cd "$folder" && pwd) || exit 1
else
  folder=$(mktemp -d "${TMPDIR:-/tmp}/zifu-next.XXXXXX") || exit 1
  trap 'umount "$folder/root/proc" 2>/dev/null; rm -rf --one-file-system "$folder"' EXIT
fi
root=$folder/root
trap 'exit 130' INT TERM

# mirror: where apt of this machine reads from.
mirror ()
{
  {
    sed -n 's/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources
    sed -n 's/^deb *\(\[[^]]*\] *\)\?\([^ ]*\).*/\2/p' /etc/apt/sources.list /etc/apt/sources.list.d/*.list
  } 2>/dev/null | grep -E '/debian/?$' | head -n 1
}

if [ ! -e "$root/made" ]; then
  say "Making Debian $suite in $root"
  rm -rf --one-file-system "$root"
  debootstrap --variant=minbase "$suite" "$root" "$(mirror)" >"$folder/debootstrap.log" 2>&1 || { tail -n 20 "$folder/debootstrap.log"; exit 1; }
  # How to reach the mirror is this machine's affair.
  apt-config dump | grep -iE '^Acquire::https?(::[^ ]*)?::(Proxy|Verify|CaInfo)[^ ]* ' >"$root/etc/apt/apt.conf.d/99next"
  cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
  touch "$root/made"
fi
mount -t proc proc "$root/proc" 2>/dev/null || say "No /proc in there: some tests may notice"

say "Copying the tree"
rm -rf "$root/zifu"
mkdir -p "$root/zifu"
(cd "$tree" && { git ls-files -z --cached --others --exclude-standard 2>/dev/null || find . -type f -print0; } \
  | tar --null -T - -c 2>/dev/null) | tar -x -C "$root/zifu" || exit 1

# The programs of this machine are of no use in there, nor is what it set for compilers and languages.
inside ()
{
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 TERM=dumb DEBIAN_FRONTEND=noninteractive \
    chroot "$root" "$@"
}

say "Building and testing in Debian $(cat "$root/etc/debian_version")"
if [ "$build_only" = yes ]; then
  inside /bin/bash -c '. /zifu/src/deps.sh && deps_require yes build run test locale && cd /zifu && meson setup _build-tests --werror && ninja -C _build-tests'
else
  inside /bin/bash /zifu/tests/run.sh "${suites[@]}"
fi
status=$?
umount "$root/proc" 2>/dev/null
say "Libraries: $(inside pkg-config --modversion gtk4 libadwaita-1 glib-2.0 2>/dev/null | tr '\n' ' ')"
exit $status
