#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test-token-store.sh PROGRAM
#
# Keeps tokens in a real keyring on a bus of its own, and where there is none.  Speaks TAP.
set -u

program=$1
number=0
printf 'TAP version 13\n1..6\n'

check ()
{
  number=$((number + 1))
  if "${@:2}" >&2; then printf 'ok %d - %s\n' "$number" "$1"; else printf 'not ok %d - %s\n' "$number" "$1"; fi
}

private=$(mktemp -d) || exit 1
trap 'rm -rf "$private"' EXIT
mkdir -p -m 700 "$private/run" "$private/data/keyrings"
export HOME=$private XDG_RUNTIME_DIR=$private/run XDG_DATA_HOME=$private/data
unset DISPLAY WAYLAND_DISPLAY

without ()
{
  env ZIFU_KEYRING=none "$@"
}
# An address at which nobody listens; a bus on which nobody keeps secrets.
check 'no bus' without DBUS_SESSION_BUS_ADDRESS=unix:path="$private/nobody" "$program" -p /token-store/R40/keep
cat >"$private/bus.conf" <<'XML'
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
XML
check 'a bus without a keyring' without dbus-run-session --config-file="$private/bus.conf" -- "$program" -p /token-store/R40/keep
check 'nothing is left of a run without one' without dbus-run-session --config-file="$private/bus.conf" -- \
  "$program" -p /token-store/R40/find-in-another-run
check 'no file holds it' bash -c '! grep -rqs refresh- "$1"' - "$private"

if ! command -v gnome-keyring-daemon >/dev/null; then
  printf 'ok 5 - keyring # SKIP gnome-keyring is missing\nok 6 - another run # SKIP gnome-keyring is missing\n'
  exit 0
fi
with_keyring ()
{
  # shellcheck disable=SC2016
  dbus-run-session --config-file="$private/bus.conf" -- bash -c '
    # Warnings of the keyring are not ours to die of.
    printf pw | env -u G_DEBUG gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
    daemon=$!
    for _ in $(seq 100); do
      dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
        string:org.freedesktop.secrets 2>/dev/null | grep -q true && break
      sleep 0.05
    done
    "$@"
    status=$?
    kill "$daemon"
    exit $status' - "$@"
}
both ()
{
  with_keyring "$program" -p /token-store/R40/leave && with_keyring "$program" -p /token-store/R40/find-in-another-run &&
    ! grep -rqs refresh-left "$private"
}
check 'keyring' with_keyring "$program" -p /token-store/R40/keep
check 'another run' both
