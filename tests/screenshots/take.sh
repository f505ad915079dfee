#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Takes the pictures of one window size; called by run.sh inside a session bus and a display of that size.
set -u

# A list that covers the page has no colour; by then the page has been seen.
coloured ()
{
  [ "$grey" = yes ] || [ "$(convert "$1" -colorspace HSB -channel G -separate +channel -format '%[fx:maxima>0.3]' info:)" = 1 ]
}

# frame FILE: the picture of the display, once five in a row are the same and show a page.  A window that is still reading is
# grey all over, and every page has colours; while the assistant waits for somebody it has none, and is told so by $grey.
grey=''
frame ()
{
  local file=$1 last='' now same=0 tries=0
  while [ $tries -lt 300 ]; do
    import -window root -depth 8 "$file" || return 1
    now=$(identify -format '%#' "$file")
    if [ "$now" = "$last" ]; then
      same=$((same + 1))
      [ $same -ge 4 ] && { [ -n "$grey" ] || coloured "$file"; } && return 0
    else
      same=0
    fi
    last=$now
    tries=$((tries + 1))
    sleep 0.05
  done
  return 1
}

# act FILE WORD...: what xdotool does must change what is seen.
act ()
{
  local file=$1 before tries=0
  shift
  before=$(identify -format '%#' "$file")
  xdotool "$@"
  while [ $tries -lt 100 ]; do
    import -window root -depth 8 "$file" || return 1
    if [ "$(identify -format '%#' "$file")" != "$before" ]; then
      frame "$file"
      return
    fi
    tries=$((tries + 1))
    sleep 0.05
  done
  printf '%s: nothing happens upon: %s\n' "${file##*/}" "$*"
  return 1
}

click ()
{
  act "$1" mousemove "$2" "$3" click 1
}

# by_language ZH EN: Chinese lines are taller, so what follows a card stands lower.
by_language ()
{
  case $lang in zh) printf '%s' "$1" ;; *) printf '%s' "$2" ;; esac
}

# scroll FILE X Y TIMES: with the wheel, downwards.
scroll ()
{
  act "$1" mousemove "$2" "$3" click --repeat "$4" --delay 60 5
}

# What is done before the picture is taken.  The places are where the widgets stand in a window of the two sizes.
rest ()
{
  :
}

# The cursor stands in the bill already.
bill ()
{
  act "$1" type 1058
}

# By the keyboard: from the total to what is known of it, and there into the first part.
parts ()
{
  bill "$1" && act "$1" key Tab && act "$1" key space && act "$1" key Tab && act "$1" type 80
}

steps ()
{
  parts "$1" || return 1
  case $SHOTS_WIDTH in
    360) click "$1" 130 255 && scroll "$1" 180 450 6 ;;
    *) click "$1" 700 "$(by_language 669 629)" ;;
  esac
}

# A range has more to say than fits beside the form.
cases ()
{
  bill "$1" || return 1
  case $SHOTS_WIDTH in
    360) click "$1" 130 265 && scroll "$1" 180 450 4 ;;
    *) click "$1" 700 "$(by_language 716 669)" ;;
  esac
}

curve ()
{
  parts "$1" || return 1
  case $SHOTS_WIDTH in
    360) click "$1" 310 255 && scroll "$1" 10 450 2 ;;
    *) click "$1" 945 "$(by_language 557 511)" && scroll "$1" 380 600 10 ;;
  esac
}

detail ()
{
  case $SHOTS_WIDTH in
    360) click "$1" 150 365 ;;
    *) click "$1" 300 641 ;;
  esac
}

family ()
{
  case $SHOTS_WIDTH in
    360) scroll "$1" 180 450 15 ;;
    *) scroll "$1" 550 450 3 ;;
  esac
}

# The first answer that is found, opened: why a payment was refused.
causes ()
{
  act "$1" key ctrl+f && act "$1" type --delay 400 "$(by_language 拒付 refused)" || return 1
  case $SHOTS_WIDTH in
    360) click "$1" 150 180 ;;
    *) click "$1" 550 180 ;;
  esac
}

# The button of the status card.
coverage ()
{
  case $SHOTS_WIDTH in
    360) click "$1" 285 "$(by_language 183 200)" ;;
    *) click "$1" 975 125 ;;
  esac
}

# By the keyboard: the main menu, and in it the entry by its letter.
backups ()
{
  act "$1" key F10 && act "$1" key u
}

# The window that came last gets the keyboard: there is no window manager that would give it.
sheet ()
{
  local windows
  windows=$(xdotool search --onlyvisible --pid "$pid" 2>/dev/null) || return 1
  xdotool windowfocus "$(printf '%s\n' "$windows" | sort -n | tail -n 1)"
}

# settle FILE REQUEST: another step follows upon what the platform is asked there, which it writes down.
settle ()
{
  local tries=0
  until grep -q "$2" "$SHOTS_PRIVATE/requests"; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] || { printf '%s: nobody asks for %s\n' "${1##*/}" "$2"; return 1; }
    sleep 0.1
  done
  sleep 2
  frame "$1"
}

menu_connect ()
{
  act "$1" key F10 && act "$1" key c && frame "$1"
}

# Each step of the assistant has the focus where one goes on.
offer ()
{
  settle "$1" well-known/o && sheet
}

browse ()
{
  local grey=''
  offer "$1" && grey=yes && act "$1" key Return && settle "$1" /authorize
}

sign_in ()
{
  browse "$1" && settle "$1" /v1/person
}

connect ()
{
  local grey=''
  sign_in "$1" && grey=yes && act "$1" key Return && settle "$1" /v1/changes
}

providers ()
{
  connect "$1" && act "$1" key Return && xdotool windowfocus "${window%%$'\n'*}" && act "$1" key F10 && act "$1" key v && frame "$1"
}

# Nine days later, when the platform does not answer any more.
old ()
{
  local grey=''
  connect "$1" || return 1
  kill "$provider" && wait "$provider" 2>/dev/null
  kill "$pid" && wait "$pid" 2>/dev/null
  launch 2026-12-04 --page account && frame "$1"
}

# start_provider FAULTS...: the platform, known on this computer; $base is its address.
start_provider ()
{
  local port=$SHOTS_PRIVATE/port shared=$SHOTS_PRIVATE/share/zifu/providers tries=0
  rm -f "$port"
  "$SHOTS_PROVIDER" --port 0 --port-file "$port" --today 2026-11-25 --seed 7 --entries 300 --lang "$lang" --verbose "$@" >"$SHOTS_PRIVATE/requests" 2>&1 &
  provider=$!
  while [ ! -s "$port" ]; do
    tries=$((tries + 1))
    [ $tries -lt 200 ] || return 1
    sleep 0.05
  done
  base=http://127.0.0.1:$(cat "$port")
  mkdir -p "$shared"
  cat >"$shared/sandbox.json" <<JSON
{
  "name": { "zh": "试用平台", "en": "Platform to try" },
  "about": { "zh": "在本机运行，数据均为虚构", "en": "Runs on this computer; everything in it is invented" },
  "region": "310000",
  "address": "$base"
}
JSON
}

# connecting NAME LANG SCHEME ACTION PROVIDER-OPTIONS ARGUMENT...: a picture of the assistant; @ in an argument is the address.
connecting ()
{
  local name=$1 lang=$2 scheme=$3 action=$4 options=$5 provider='' base='' status
  shift 5
  # shellcheck disable=SC2254
  case $name-$lang-$scheme-$SHOTS_WIDTH in $SHOTS_ONLY) ;; *) return 0 ;; esac
  # shellcheck disable=SC2086
  start_provider $options || { printf '%s: no platform\n' "$name"; return 1; }
  XDG_CONFIG_HOME=$SHOTS_PRIVATE/still XDG_DATA_DIRS=$SHOTS_PRIVATE/share:/usr/local/share:/usr/share \
    shot "$name" "$lang" "$scheme" "$action" "${@/@/$base}"
  status=$?
  kill "$provider" 2>/dev/null && wait "$provider" 2>/dev/null
  return $status
}

# The notice about real bills that came leads to the list of estimates.
estimates ()
{
  grey=yes
  case $SHOTS_WIDTH in
    360) click "$1" 312 "$(by_language 71 71)" ;;
    *) click "$1" 1050 "$(by_language 71 71)" ;;
  esac
}

# The first of them opened again: the account holds less since.
reopened ()
{
  estimates "$1" && click "$1" 130 90
}

# The bill that may be the real one of the second, line by line: past the first, its receipt, and what can be done with both.
compared ()
{
  estimates "$1" && sheet && act "$1" key --delay 200 Tab Tab Tab Tab Tab && act "$1" key Return
}

# A window of its own needs the keyboard given to it.
receipt ()
{
  grey=yes
  act "$1" key ctrl+n || return 1
  xdotool windowfocus "$(xdotool search --onlyvisible --name "$(by_language 录入票据 'Enter a Receipt')" | tail -1)"
  act "$1" key --delay 200 Tab Tab Tab && act "$1" type 860 && act "$1" key Tab && act "$1" type 12 &&
    act "$1" key Tab && act "$1" type 400 && act "$1" key --delay 200 Tab Tab && act "$1" type 450
}

# The record of the insurance, by the keyboard: past the notice, the coverage, the columns and the credits.
record ()
{
  act "$1" key --delay 200 Tab Tab Tab Tab Tab && act "$1" key Return
}

# The details of the second entry, and at their end what can be done with it.
refund ()
{
  case $SHOTS_WIDTH in
    360) click "$1" 150 "$(by_language 421 430)" && scroll "$1" 180 450 30 && click "$1" 180 600 ;;
    *) click "$1" 300 393 && scroll "$1" 920 500 30 && click "$1" 920 705 ;;
  esac
}

compare ()
{
  parts "$1" || return 1
  case $SHOTS_WIDTH in
    360) click "$1" 220 255 && scroll "$1" 180 450 6 ;;
    *) click "$1" 727 "$(by_language 557 511)" ;;
  esac
}

# From the bill back to the kind of the visit, and to the bill again.
inpatient ()
{
  act "$1" key --delay 200 shift+Tab shift+Tab shift+Tab shift+Tab && act "$1" key space && act "$1" key --delay 200 Down Down Down Return &&
    act "$1" key --delay 400 alt+1 && act "$1" key --delay 200 alt+3 && act "$1" type 20000
}

# The bill line by line: the first line, and what it costs.
lines ()
{
  bill "$1" && act "$1" key --delay 200 Tab Tab space Tab && act "$1" key Return && act "$1" key --delay 200 Tab Tab && act "$1" type 300
}

people ()
{
  act "$1" key ctrl+u
}

# The second of them.
relative ()
{
  people "$1" && act "$1" key --delay 200 Down Return
}

# menu FILE LETTER: an entry of the main menu.  What it opens may have no colour.
menu ()
{
  grey=yes
  act "$1" key F10 && act "$1" key "$2" && frame "$1" && sheet
}

person ()
{
  menu "$1" a
}

leave ()
{
  person "$1" && act "$1" type Wang && act "$1" key Escape
}

shortcuts ()
{
  menu "$1" k
}

imports ()
{
  menu "$1" m
}

# Whom the account may be used by.
tie ()
{
  grey=yes
  family "$1" || return 1
  case $SHOTS_WIDTH in
    360) click "$1" 180 "$(by_language 545 576)" ;;
    *) click "$1" 872 579 ;;
  esac
}

forecast ()
{
  act "$1" key --delay 200 Tab Tab Tab Tab && act "$1" key Return
}

# The first row of the record adds an enrolment; the next one changes the month paid last.
enrolment ()
{
  grey=yes
  record "$1" && sheet && act "$1" key Return
}

months ()
{
  grey=yes
  record "$1" && sheet && act "$1" key Tab && act "$1" key Return
}

# What a file that was named would bring, past its columns.
review ()
{
  case $SHOTS_WIDTH in
    360) click "$1" 290 "$(by_language 23 23)" ;;
    *) click "$1" 562 30 ;;
  esac
}

filter ()
{
  case $SHOTS_WIDTH in
    360) click "$1" 40 "$(by_language 175 185)" ;;
    *) click "$1" 40 170 ;;
  esac
}

nothing ()
{
  grey=yes
  act "$1" key ctrl+f && act "$1" type --delay 100 zzz
}

split ()
{
  grey=yes
  act "$1" key --delay 200 Tab Tab && act "$1" key Return
}

# household KIND FILE LANG SAMPLES...: what the sample has not; the files named after it are imported.
household ()
{
  local data=$2 sample
  "$SHOTS_MAKE" "$data" "$1" "$3" || return 1
  shift 3
  for sample in "$@"; do
    "${SHOTS_PROGRAM%/*}/cli/zifu-cli" import --yes --ledger="$data" "$sample" >/dev/null || return 1
  done
}

# launch DAY ARGUMENT...: starts the program; $pid and $window are then its own.
launch ()
{
  local day=$1
  shift
  LC_ALL=$locale.UTF-8 "$SHOTS_PROGRAM" --today "$day" --width "$SHOTS_WIDTH" --height "$SHOTS_HEIGHT" --scheme "$scheme" \
    --text-scale "$text" --data "$data" "$@" >>"$log" 2>&1 &
  pid=$!
  if ! window=$(timeout 60 xdotool search --sync --onlyvisible --pid "$pid" 2>/dev/null); then
    printf '%s: no window\n' "${file##*/}"
    return 1
  fi
  # There is no window manager that would give the window the keyboard.
  xdotool windowfocus "${window%%$'\n'*}"
  # Where the pointer rests a hint would appear over the page.
  xdotool mousemove 0 0
}

# shot NAME LANG SCHEME ACTION ARGUMENT...: one start of the program, one picture.
shot ()
{
  local name=$1 lang=$2 scheme=$3 action=$4 file pid locale log data window text=100 status=0
  shift 4
  file=$SHOTS_OUT/$name-$lang-$scheme-$SHOTS_WIDTH.png
  # The pattern is meant as one.
  # shellcheck disable=SC2254
  case $name-$lang-$scheme-$SHOTS_WIDTH in $SHOTS_ONLY) ;; *) return 0 ;; esac
  case $lang in zh) locale=zh_CN ;; *) locale=en_US ;; esac
  grey=no
  log=$SHOTS_PRIVATE/log
  data=$SHOTS_PRIVATE/$name-$lang-$scheme-$SHOTS_WIDTH/household.db
  rm -f "$file"
  # Backups lie beside a ledger: each has a folder of its own.
  mkdir -p "${data%/*}"
  case $name in
    interrupted | coverage | restored) household interrupted "$data" "$lang" || return 1 ;;
    backups) household interrupted "$data" "$lang" && "${SHOTS_PROGRAM%/*}/cli/zifu-cli" backup --daily --ledger="$data" >/dev/null || return 1 ;;
    damaged)
      household interrupted "$data" "$lang" || return 1
      dd if=/dev/zero of="$data" bs=4096 seek=1 count=12 conv=notrunc status=none || return 1 ;;
    imports) household interrupted "$data" "$lang" "$SHOTS_FILES/gb18030.csv" || return 1 ;;
    estimates | reopened | compared | receipt) household estimated "$data" "$lang" || return 1 ;;
    empty) household child "$data" "$lang" || return 1 ;;
    split) household divided "$data" "$lang" || return 1 ;;
    credits | family | tie | causes) household unlucky "$data" "$lang" || return 1 ;;
    large-*) text=150 ;;
  esac
  : >"$log"
  if ! launch 2026-11-25 "$@"; then
    status=1
  else
    if ! frame "$file" || ! "$action" "$file" || ! xdotool mousemove 0 0 || ! frame "$file"; then
      printf '%s: the window does not come to rest\n' "${file##*/}"
      status=1
    fi
  fi
  kill "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
  rm -rf "${data%/*}"
  if grep -E 'WARNING|CRITICAL|ERROR' "$log"; then
    printf '%s: the program complained\n' "${file##*/}"
    status=1
  fi
  return $status
}

status=0
for lang in zh en; do
  for scheme in light dark; do
    shot welcome "$lang" "$scheme" rest || status=1
    shot account "$lang" "$scheme" rest --sample --page account || status=1
    shot people "$lang" "$scheme" people --sample --page account || status=1
    shot relative "$lang" "$scheme" relative --sample --page account || status=1
    shot person "$lang" "$scheme" person --sample --page account || status=1
    shot leave "$lang" "$scheme" leave --sample --page account || status=1
    shot shortcuts "$lang" "$scheme" shortcuts --sample --page account || status=1
    shot history "$lang" "$scheme" rest --sample --page history || status=1
    shot detail "$lang" "$scheme" detail --sample --page history || status=1
    shot refund "$lang" "$scheme" refund --sample --page history || status=1
    shot filter "$lang" "$scheme" filter --sample --page history || status=1
    shot nothing "$lang" "$scheme" nothing --sample --page history || status=1
    shot empty "$lang" "$scheme" rest --page history || status=1
    shot estimate "$lang" "$scheme" parts --sample --page estimate || status=1
    shot range "$lang" "$scheme" bill --sample --page estimate || status=1
    shot cases "$lang" "$scheme" cases --sample --page estimate || status=1
    shot curve "$lang" "$scheme" curve --sample --page estimate || status=1
    shot compare "$lang" "$scheme" compare --sample --page estimate || status=1
    shot inpatient "$lang" "$scheme" inpatient --sample --page estimate || status=1
    shot lines "$lang" "$scheme" lines --sample --page estimate || status=1
    shot steps "$lang" "$scheme" steps --sample --page estimate || status=1
    shot guide "$lang" "$scheme" rest --sample --page guide || status=1
    shot causes "$lang" "$scheme" causes --page guide || status=1
    shot interrupted "$lang" "$scheme" rest --page account || status=1
    shot coverage "$lang" "$scheme" coverage --page account || status=1
    shot restored "$lang" "$scheme" bill --page estimate || status=1
    shot credits "$lang" "$scheme" rest --page account || status=1
    shot family "$lang" "$scheme" family --page account || status=1
    shot tie "$lang" "$scheme" tie --page account || status=1
    shot forecast "$lang" "$scheme" forecast --sample --page account || status=1
    shot split "$lang" "$scheme" split --page account || status=1
    shot backups "$lang" "$scheme" backups --page account || status=1
    shot estimates "$lang" "$scheme" estimates --page estimate || status=1
    shot reopened "$lang" "$scheme" reopened --page estimate || status=1
    shot compared "$lang" "$scheme" compared --page estimate || status=1
    shot receipt "$lang" "$scheme" receipt --page history || status=1
    shot damaged "$lang" "$scheme" rest || status=1
    shot columns "$lang" "$scheme" rest --sample --page account "$SHOTS_FILES/semicolon.csv" || status=1
    shot review "$lang" "$scheme" review --sample --page account "$SHOTS_FILES/gb18030.csv" || status=1
    shot imports "$lang" "$scheme" imports --page account || status=1
    connecting connect-address "$lang" "$scheme" menu_connect '' --sample --page account || status=1
    connecting connect-offer "$lang" "$scheme" offer '' --connect @ || status=1
    connecting connect-browser "$lang" "$scheme" browse '' --connect @ || status=1
    connecting connect-who "$lang" "$scheme" sign_in '--allow owner' --connect @ || status=1
    connecting connect-progress "$lang" "$scheme" connect '--allow owner --max-limit 50 --fault hang,on=changes,skip=3' --connect @ || status=1
    connecting connect-done "$lang" "$scheme" connect '--allow owner' --connect @ || status=1
    connecting connect-doubt "$lang" "$scheme" connect '--allow owner --fault balance' --connect @ || status=1
    connecting providers "$lang" "$scheme" providers '--allow owner --fault skew,on=all' --connect @ || status=1
    connecting old "$lang" "$scheme" old '--allow owner' --connect @ || status=1
    shot record "$lang" "$scheme" record --sample --page account || status=1
    shot enrolment "$lang" "$scheme" enrolment --sample --page account || status=1
    shot months "$lang" "$scheme" months --sample --page account || status=1
    shot large-account "$lang" "$scheme" rest --sample --page account || status=1
    shot large-history "$lang" "$scheme" rest --sample --page history || status=1
    shot large-estimate "$lang" "$scheme" bill --sample --page estimate || status=1
    shot large-guide "$lang" "$scheme" rest --sample --page guide || status=1
    shot large-person "$lang" "$scheme" person --sample --page account || status=1
    shot large-receipt "$lang" "$scheme" receipt --sample --page history || status=1
    shot large-record "$lang" "$scheme" record --sample --page account || status=1
  done
done
exit $status
