#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
set -u

here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd) || exit 1
tree=$(cd "$here/../.." && pwd) || exit 1
. "$tree/src/deps.sh"

usage ()
{
  cat <<'TEXT'
Usage: tests/screenshots/run.sh [OPTION]... FOLDER
Start the real program with sample data on a display of its own and write a picture of every page to FOLDER,
as PAGE-LANG-SCHEME-WIDTH.png: Chinese and English, light and dark, 360 and 1100 pixels wide.

  --only PATTERN   only pictures whose name fits the shell pattern, such as 'estimate-zh-*'
  --no-install     never install anything: name what is missing and stop
  -h, --help       show this help

Exit status: 0 all pictures were taken, 1 one was not or the program complained, 2 wrong usage, 4 packages are missing.
TEXT
}

say ()
{
  printf '%s\n' "$*"
}

install=yes only='*' out=''
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --only)
      [ $# -ge 2 ] || { say "--only needs a pattern" >&2; exit 2; }
      only=$2
      shift ;;
    --no-install) install=no ;;
    -*) say "Unknown option: $1 (tests/screenshots/run.sh --help lists them)" >&2; exit 2 ;;
    *) [ -z "$out" ] || { say "One folder, please" >&2; exit 2; }
       out=$1 ;;
  esac
  shift
done
[ -n "$out" ] || { usage >&2; exit 2; }

deps_require "$install" build run test locale shots || exit $?
build=$(realpath -m "${ZIFU_BUILD_DIR:-$tree/_build}")
ZIFU_BUILD_DIR=$build "$tree/src/run.sh" --no-install --build-only || exit 1
ninja -C "$build" tests/screenshots/make-household >/dev/null || exit 1
# The platform to connect with; that of tests/provider/try.sh, which is built with the tests.
provider=${ZIFU_PROVIDER_BUILD_DIR:-$tree/_build-provider}
[ -e "$provider/build.ninja" ] || meson setup -Dwerror=false "$provider" "$tree" >/dev/null || exit 1
ninja -C "$provider" tests/provider/zifu-provider >/dev/null || exit 1
mkdir -p "$out" || exit 1
out=$(cd "$out" && pwd)

private=$(mktemp -d "${TMPDIR:-/tmp}/zifu-shots.XXXXXX") || exit 1
trap 'rm -rf "$private"' EXIT
trap 'exit 130' INT TERM
mkdir -p "$private/home" "$private/cache" "$private/data" "$private/config/gtk-4.0" "$private/locale"
mkdir -m 0700 "$private/runtime"
# No caret blinks, so that a picture that does not change any more is the final one.  Animations stay on: what is still being
# read shows a spinner that turns.
printf '[Settings]\ngtk-cursor-blink=0\n' >"$private/config/gtk-4.0/settings.ini"
# The assistant that connects shows one even while nothing moves: there it stands still.  What it opens in a browser is opened by a
# program that reads the page, and follows where it leads.
mkdir -p "$private/still/gtk-4.0" "$private/data/applications"
printf '[Settings]\ngtk-cursor-blink=0\ngtk-enable-animations=0\n' >"$private/still/gtk-4.0/settings.ini"
printf '[Default Applications]\nx-scheme-handler/http=shots-browser.desktop\n' >"$private/still/mimeapps.list"
printf '[Desktop Entry]\nType=Application\nName=Browser\nExec=curl --silent --location --output /dev/null %%u\nMimeType=x-scheme-handler/http;\n' \
  >"$private/data/applications/shots-browser.desktop"
say "Making the locales"
for locale in zh_CN en_US; do
  localedef -i "$locale" -f UTF-8 "$private/locale/$locale.utf8" >/dev/null 2>&1 || { say "No locale $locale" >&2; exit 1; }
done

export HOME=$private/home XDG_CACHE_HOME=$private/cache XDG_DATA_HOME=$private/data XDG_CONFIG_HOME=$private/config
export XDG_RUNTIME_DIR=$private/runtime LOCPATH=$private/locale
export GSETTINGS_BACKEND=memory GSETTINGS_SCHEMA_DIR=$build/data GIO_USE_VFS=local
export GDK_BACKEND=x11 GSK_RENDERER=cairo GTK_A11Y=none ADW_DISABLE_PORTAL=1 GTK_USE_PORTAL=0 GTK_IM_MODULE=gtk-im-context-simple
export ZIFU_POLICY_DIR=$tree/data/policies ZIFU_SAMPLE_DIR=$tree/data/sample ZIFU_LOCALE_DIR=$build/po TZ=Asia/Shanghai
unset WAYLAND_DISPLAY LANGUAGE
export SHOTS_PROVIDER=$provider/tests/provider/zifu-provider
export SHOTS_FILES=$tree/tests/fixtures/import
export SHOTS_OUT=$out SHOTS_PRIVATE=$private SHOTS_PROGRAM=$build/src/zifu SHOTS_MAKE=$build/tests/screenshots/make-household SHOTS_ONLY=$only

status=0
for size in 360x640 1100x760; do
  SHOTS_WIDTH=${size%x*} SHOTS_HEIGHT=${size#*x} \
    dbus-run-session --config-file="$tree/tests/ui/session.conf" -- xvfb-run -a -s "-screen 0 ${size}x24 -nolisten tcp" "$here/take.sh" || status=1
done
say "$(find "$out" -name '*.png' | wc -l) pictures in $out"
exit $status
