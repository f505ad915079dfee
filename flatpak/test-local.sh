#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
set -u

here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd) || exit 1
tree=$(cd "$here/.." && pwd) || exit 1
. "$tree/src/deps.sh"

usage ()
{
  cat <<'TEXT'
Usage: flatpak/test-local.sh [OPTION]... [FOLDER]
Build the Flatpak of this tree against a runtime made from this machine's packages, bundle it, install it for a user of its own,
use it in Chinese and English, upgrade it, and take it away again.  Nothing is downloaded and the real home is not touched.

  --keep           keep FOLDER with the bundle and the pictures (a temporary one is removed otherwise)
  --no-install     never install a package: name what is missing and stop
  -h, --help       show this help

A runtime that FOLDER holds from an earlier run is used again.
The last line reads "N passed, N failed".  Exit status: 0 everything passed, 1 something failed, 2 wrong usage, 4 packages are missing.
TEXT
}

install=yes keep=no folder=''
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --keep) keep=yes ;;
    --no-install) install=no ;;
    -*) printf 'Unknown option: %s (flatpak/test-local.sh --help lists them)\n' "$1" >&2; exit 2 ;;
    *) [ -z "$folder" ] || { printf 'One folder, please\n' >&2; exit 2; }
       folder=$1; keep=yes ;;
  esac
  shift
done

deps_require "$install" build run test locale shots flatpak || exit $?

# Longer than what a socket may be called, a temporary folder of a user's own would be of no use: it stays short.
if [ -n "$folder" ]; then mkdir -p "$folder" && work=$(cd "$folder" && pwd) || exit 1; else work=$(mktemp -d /tmp/zifu-fp.XXXXXX) || exit 1; fi
[ "$keep" = yes ] || trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

id=org.zifu.Zifu
mkdir -p "$work/home" "$work/log" "$work/pictures"
rm -rf "$work/user" "$work/home" "$work/apps"
mkdir -p "$work/home"
mkdir -m 0700 -p "$work/run"
export HOME=$work/home FLATPAK_USER_DIR=$work/user XDG_RUNTIME_DIR=$work/run
export XDG_DATA_HOME=$HOME/.local/share XDG_CACHE_HOME=$HOME/.cache XDG_CONFIG_HOME=$HOME/.config
export GSETTINGS_BACKEND=memory LC_ALL=C.UTF-8
unset DISPLAY WAYLAND_DISPLAY LANGUAGE LANG

passed=0 failed=0
say ()
{
  printf '[%4d s] %s\n' "$SECONDS" "$*"
}

# check TEXT COMMAND...: counts it; what it printed is shown when it failed.
check ()
{
  local text=$1 output
  shift
  if output=$("$@" 2>&1); then
    passed=$((passed + 1))
    say "ok      $text"
  else
    failed=$((failed + 1))
    say "FAILED  $text"
    printf '%s\n' "$output" | tail -n 25 | sed 's/^/          /'
  fi
}

finish ()
{
  printf '%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
  exit
}

# must TEXT COMMAND...: without it nothing else makes sense.
must ()
{
  local before=$failed
  check "$@"
  [ "$failed" -eq "$before" ] || finish
}

size ()
{
  du -sk --apparent-size "$1" | cut -f 1
}

# The same manifest, with the two names of the runtime replaced.
derive ()
{
  /usr/bin/python3 - "$here/$id.json" "$here/derived-$id.json" <<'PY'
import json, sys
manifest = json.load(open(sys.argv[1], encoding="utf-8"))
manifest.update({"runtime": "org.zifu.LocalPlatform", "sdk": "org.zifu.LocalSdk", "runtime-version": "12"})
json.dump(manifest, open(sys.argv[2], "w", encoding="utf-8"), indent=2)
PY
}

build_app ()
{
  derive || return 1
  dbus-run-session -- flatpak-builder --user --disable-rofiles-fuse --force-clean --default-branch=stable --disable-download \
    --keep-build-dirs --repo="$work/apps" --state-dir="$work/state" "$work/build" "$here/derived-$id.json" >"$work/log/build.log" 2>&1
  local status=$?
  rm -f "$here/derived-$id.json"
  [ $status -eq 0 ] || tail -n 30 "$work/log/build.log"
  return $status
}

tests_ran ()
{
  grep -E '^(Ok|Fail|Timeout):' "$work/log/build.log"
  grep -qE '^Ok: +[1-9]' "$work/log/build.log" && grep -qE '^Fail: +0 *$' "$work/log/build.log"
}

# exported PATH...: what the desktop of the machine gets to see.
exported ()
{
  local path
  for path in "$@"; do
    [ -e "$FLATPAK_USER_DIR/exports/share/$path" ] || { printf 'not exported: %s\n' "$path"; find "$FLATPAK_USER_DIR/exports" -type l; return 1; }
  done
}

inside ()
{
  dbus-run-session -- flatpak run --user --command="$1" "${@:2}"
}

# The permissions that the README explains, and not one more.  Flatpak lists x11 wherever it is a fallback.
permissions ()
{
  local wanted='shared=network;ipc;
sockets=x11;wayland;fallback-x11;
devices=dri;' got
  got=$(flatpak info --user --show-permissions "$id" | grep -E '^(shared|sockets|devices|filesystems|features|persistent|.*=(talk|own|see))' )
  [ "$(sort <<<"$got")" = "$(sort <<<"$wanted")" ] || { printf 'wanted:\n%s\ngot:\n%s\n' "$wanted" "$got"; return 1; }
}

# Files of the person at the machine cannot be seen, not even by name.
home_hidden ()
{
  printf 'secret\n' >"$HOME/diary.txt"
  inside sh "$id" -c "[ ! -e '$HOME/diary.txt' ] && [ -z \"\$(ls -A '$HOME' 2>/dev/null | grep -v '^\.')\" ]"
}

offline_cli ()
{
  local text
  text=$(dbus-run-session -- flatpak run --user --unshare=network --command=zifu-cli "$id" policy list) || return 1
  grep -q 110000 <<<"$text" || { printf '%s\n' "$text"; return 1; }
}

# drive LANGUAGE WIDTH: starts the installed program and has it make an estimate.
drive ()
{
  dbus-run-session -- xvfb-run -a -s "-screen 0 $2x760x24 -nolisten tcp" /usr/bin/python3 "$here/drive.py" "$id" "$1" "$2" "$work/pictures/$1-$2.png"
}

# store TEST [KEYRING]: the test of where sign-ins are kept, as the build made it, run with the permissions of the program.
store ()
{
  local probe
  # The builder calls the folder by a link, which the sandbox cannot be shown.
  probe=$(readlink -f "$work/state/build/zifu/_flatpak_build/tests/unit/test-token-store")
  flatpak run --user --filesystem="$(dirname "$probe")":ro --env=ZIFU_KEYRING="${2:-}" --command="$probe" "$id" --tap -p "/token-store/R40/$1"
}

# A desktop with a keyring and the portals, as far as this machine has them; what is kept is there for another run.
secrets ()
{
  export -f store
  export id work
  # shellcheck disable=SC2016
  XDG_CURRENT_DESKTOP=GNOME timeout 180 dbus-run-session -- bash -c '
    printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null || exit 1
    /usr/libexec/xdg-permission-store & stores=$!
    /usr/libexec/xdg-desktop-portal & portal=$!
    trap "kill \$stores \$portal" EXIT
    gdbus wait --session --timeout 20 org.freedesktop.portal.Desktop && store keep && store leave && store find-in-another-run' || return 1
  local keyring=$HOME/.var/app/$id/data/keyrings/default.keyring
  [ -s "$keyring" ] || { printf 'no %s\n' "$keyring"; return 1; }
  ! grep -rq refresh-left "$HOME/.var" || { printf 'the sign-in is kept in the clear\n'; return 1; }
}

no_secrets ()
{
  export -f store
  export id work
  dbus-run-session -- bash -c 'store keep none'
}

data_at_home ()
{
  local ledger=$HOME/.var/app/$id/data/zifu/household.db others
  [ -s "$ledger" ] || { printf 'no ledger at %s\n' "$ledger"; find "$HOME" -type f; return 1; }
  others=$(find "$HOME" -name '*.db' ! -path "$HOME/.var/app/$id/*")
  [ -z "$others" ] || { printf 'records elsewhere: %s\n' "$others"; return 1; }
  records >"$work/log/records-before"
  [ "$(wc -l <"$work/log/records-before")" -gt 20 ]
}

records ()
{
  inside zifu-cli "$id" history --json
}

# An upgrade is another commit of the same application; here the same build with one more release note in it.
make_upgrade ()
{
  printf 'An upgrade.\n' >"$work/build/files/share/zifu/UPGRADE" || return 1
  flatpak build-export --arch="$(flatpak --default-arch)" "$work/apps" "$work/build" stable >"$work/log/export.log" 2>&1 \
    && flatpak build-bundle "$work/apps" "$work/$id-2.flatpak" "$id" stable
}

upgrade ()
{
  local before after
  before=$(flatpak info --user --show-commit "$id")
  flatpak --user install -y --noninteractive --or-update --bundle "$work/$id-2.flatpak" || return 1
  after=$(flatpak info --user --show-commit "$id")
  [ "$before" != "$after" ] || { printf 'still %s\n' "$before"; return 1; }
  inside test "$id" -e /app/share/zifu/UPGRADE
}

records_kept ()
{
  records | cmp - "$work/log/records-before" && inside zifu-cli "$id" verify
}

remove_all ()
{
  dbus-run-session -- flatpak --user uninstall -y --noninteractive --delete-data "$id" || return 1
  local left
  left=$(find "$HOME/.var/app/$id" "$FLATPAK_USER_DIR/exports" "$FLATPAK_USER_DIR/app/$id" \( -type f -o -type l \) -path "*$id*" 2>/dev/null)
  [ -z "$left" ] || { printf 'left behind:\n%s\n' "$left"; return 1; }
}

say "Zifu $(git -C "$tree" describe --always --dirty 2>/dev/null)"
[ -e "$work/runtime/repo/refs/heads/runtime/org.zifu.LocalSdk" ] \
  || must "a runtime pair is made from the packages of this machine" "$here/local-runtime.sh" "$work/runtime"
must "the runtimes are installed" bash -c "
  flatpak --user remote-add --no-gpg-verify --if-not-exists local 'file://$work/runtime/repo' \
  && flatpak --user install -y --noninteractive local org.zifu.LocalPlatform//12 org.zifu.LocalSdk//12"
must "the manifest builds" build_app
check "the display-free suites pass in the sandbox of the build" tests_ran
must "a bundle is made" flatpak build-bundle "$work/apps" "$work/$id.flatpak" "$id" stable
must "it is installed for the user" flatpak --user install -y --noninteractive --bundle "$work/$id.flatpak"
say "        bundle $(size "$work/$id.flatpak") KiB, installed $(size "$FLATPAK_USER_DIR/app/$id/current/active/files") KiB"

check "desktop entry, icons, D-Bus service, search provider and file types are exported" exported "applications/$id.desktop" \
  "icons/hicolor/scalable/apps/$id.svg" "icons/hicolor/symbolic/apps/$id-symbolic.svg" "dbus-1/services/$id.service" \
  "gnome-shell/search-providers/$id.search-provider.ini" "mime/packages/$id.xml"
check "metainfo, settings and both translations are installed" inside sh "$id" -c "
  cd /app/share && ls app-info/xmls/$id.xml.gz glib-2.0/schemas/gschemas.compiled locale/zh_CN/LC_MESSAGES/zifu.mo locale/en/LC_MESSAGES/zifu.mo"
check "the desktop entry is valid" desktop-file-validate "$FLATPAK_USER_DIR/exports/share/applications/$id.desktop"
check "it has the permissions that it needs, and no other" permissions
check "files of the home are hidden from it" home_hidden
check "a sign-in is kept by the portal, without a permission, and not in the clear" secrets
check "without the portal it is kept for the run alone" no_secrets
check "zifu-cli runs in it without the network" offline_cli
check "an estimate in Chinese" drive zh_CN 1100
check "an estimate in English, in a narrow window" drive en_US 360
check "the records are in the application's own folder" data_at_home
must "an upgrade is made" make_upgrade
must "it is upgraded from the bundle" upgrade
check "the records are the same afterwards" records_kept
check "the upgraded program makes an estimate" drive zh_CN 360
check "it is removed with its data" remove_all
finish
