#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a test with a temporary folder of its own.  A test that passes and leaves anything there fails: what tests store
# looks like people's records, and what the program forgets there would be people's records.
#
#   own-tmp.sh PROGRAM [ARGUMENT]...
#
# Exit status: that of the program; 1 when it is 0 and something was left.
set -u
folder=$(mktemp -d "${TMPDIR:-/tmp}/zifu-test.XXXXXX") || exit 99
trap 'rm -rf "$folder"' EXIT
# Tests of protected folders look at theirs as somebody else.
chmod 0711 "$folder" || exit 99
trap 'exit 130' INT
trap 'exit 143' TERM

TMPDIR=$folder "$@"
status=$?
if [ "$status" -eq 0 ] && [ -n "$(ls -A "$folder")" ]; then
  printf 'Left behind in the temporary folder:\n' >&2
  (cd "$folder" && find . -mindepth 1 | sort | head -n 20) >&2
  status=1
fi
exit "$status"
