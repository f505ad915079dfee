#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What every test runs under finds what is left behind, and changes nothing else.
#
#   own-tmp.sh WRAPPER
set -u
wrapper=$1
export TMPDIR
TMPDIR=$(mktemp -d) || exit 1
trap 'rm -rf "$TMPDIR"' EXIT
count=0 failed=0

# expect NAME STATUS TEXT COMMAND...: the exit status, the text in what is said, and an empty folder afterwards.
expect ()
{
  local name=$1 want=$2 text=$3 said status
  shift 3
  said=$("$wrapper" "$@" 2>&1)
  status=$?
  count=$((count + 1))
  if [ "$status" -eq "$want" ] && [[ $said == *"$text"* ]] && [ -z "$(ls -A "$TMPDIR")" ]; then
    printf 'ok %d - /checks/own-tmp/%s\n' "$count" "$name"
  else
    printf 'not ok %d - /checks/own-tmp/%s\n# exit status %d: %s\n' "$count" "$name" "$status" "$said"
    failed=1
  fi
}

expect passes 0 '' true
expect says-what-it-says 0 'ok 1' echo 'ok 1'
expect cleans-up 0 '' sh -c 'echo x >"$TMPDIR/x" && rm "$TMPDIR/x"'
expect finds-a-file 1 './x' sh -c 'echo x >"$TMPDIR/x"'
expect finds-a-hidden-file 1 './.x' sh -c 'echo x >"$TMPDIR/.x"'
expect finds-a-folder 1 './a/b' sh -c 'mkdir -p "$TMPDIR/a/b"'
expect keeps-a-failure 3 '' sh -c 'echo x >"$TMPDIR/x"; exit 3'
expect keeps-a-skip 77 '' sh -c 'exit 77'
expect others-pass-through 0 '711' sh -c 'stat -c %a "$TMPDIR"'
expect keeps-arguments 0 '<a b><>' printf '<%s>' 'a b' ''
expect shows-control-characters 0 'a?b?c?d' printf 'a\001b\033c\177d'
expect shows-what-xml-has-no-place-for 0 'a?b' printf 'a\357\277\276b'
expect shows-them-of-complaints-too 4 'a?b' sh -c 'printf "a\001b" >&2; exit 4'
expect leaves-chinese-and-lines 0 $'自付\t一\n二' printf '自付\t一\n二\n'
said=$("$wrapper" sh -c 'echo one; echo two >&2' 2>/dev/null)
count=$((count + 1))
if [ "$said" = one ]; then
  printf 'ok %d - /checks/own-tmp/keeps-complaints-apart\n' "$count"
else
  printf 'not ok %d - /checks/own-tmp/keeps-complaints-apart\n# %s\n' "$count" "$said"
  failed=1
fi
printf '1..%d\n' "$count"
exit "$failed"
