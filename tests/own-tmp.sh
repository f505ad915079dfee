#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs a test with a temporary folder of its own.  A test that passes and leaves anything there fails: what tests store
# looks like people's records, and what the program forgets there would be people's records.  What it prints goes into a log
# in XML, so what may not stand there (a control character from the bytes of a damaged file, say) is shown as a question mark.
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

printable ()
{
  LC_ALL=C exec sed -u 's/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/?/g; s/\xef\xbf[\xbe\xbf]/?/g'
}

exec {out}> >(printable)
out_reader=$!
exec {err}> >(exec {out}>&-; printable >&2)
err_reader=$!
TMPDIR=$folder "$@" >&"$out" 2>&"$err" {out}>&- {err}>&-
status=$?
exec {out}>&- {err}>&-
wait "$out_reader" "$err_reader"
if [ "$status" -eq 0 ] && [ -n "$(ls -A "$folder")" ]; then
  printf 'Left behind in the temporary folder:\n' >&2
  (cd "$folder" && find . -mindepth 1 | sort | head -n 20) >&2
  status=1
fi
exit "$status"
