#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Takes the pictures of one window size; called by run.sh inside a session bus and a display of that size.
set -u

# frame FILE: the picture of the display, once two in a row are the same and show more than an empty window.
frame ()
{
  local file=$1 last='' now tries=0
  while [ $tries -lt 80 ]; do
    import -window root -depth 8 "$file" || return 1
    now=$(identify -format '%# %k' "$file")
    if [ "$now" = "$last" ] && [ "${now##* }" -gt 40 ]; then
      return 0
    fi
    last=$now
    tries=$((tries + 1))
    sleep 0.1
  done
  return 1
}

# shot NAME LANG SCHEME ARGUMENT...: one start of the program, one picture.
shot ()
{
  local name=$1 lang=$2 scheme=$3 file pid locale log data status=0
  shift 3
  file=$SHOTS_OUT/$name-$lang-$scheme-$SHOTS_WIDTH.png
  # The pattern is meant as one.
  # shellcheck disable=SC2254
  case $name-$lang-$scheme-$SHOTS_WIDTH in $SHOTS_ONLY) ;; *) return 0 ;; esac
  case $lang in zh) locale=zh_CN ;; *) locale=en_US ;; esac
  log=$SHOTS_PRIVATE/log
  data=$SHOTS_PRIVATE/data/$name-$lang-$scheme-$SHOTS_WIDTH
  rm -f "$file"
  mkdir -p "$data"
  LC_ALL=$locale.UTF-8 "$SHOTS_PROGRAM" --today 2026-11-25 --width "$SHOTS_WIDTH" --height "$SHOTS_HEIGHT" --scheme "$scheme" --data "$data" \
    "$@" >"$log" 2>&1 &
  pid=$!
  if ! timeout 20 xdotool search --sync --onlyvisible --pid "$pid" >/dev/null 2>&1; then
    printf '%s: no window\n' "${file##*/}"
    status=1
  elif ! frame "$file"; then
    printf '%s: the window does not come to rest\n' "${file##*/}"
    status=1
  fi
  kill "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  if grep -E 'WARNING|CRITICAL|ERROR' "$log"; then
    printf '%s: the program complained\n' "${file##*/}"
    status=1
  fi
  return $status
}

status=0
for lang in zh en; do
  for scheme in light dark; do
    shot welcome "$lang" "$scheme" || status=1
    for page in account history estimate guide; do
      shot "$page" "$lang" "$scheme" --sample --page "$page" || status=1
    done
    shot steps "$lang" "$scheme" --sample --page steps || status=1
    shot detail "$lang" "$scheme" --sample --page detail || status=1
  done
done
exit $status
