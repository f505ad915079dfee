#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# indexes.sh DATADIR: brings what the desktop keeps as an index of everything below a prefix up to date, after an uninstall for instance.
# An index of nothing goes away, and so does a folder that nothing is in.
set -eu

data=${DESTDIR:-}$1

# refresh FOLDER INDEX COMMAND...: anew if the folder holds anything else than its index.
refresh ()
{
  folder=$1 index=$2
  shift 2
  [ -d "$folder" ] || return 0
  if [ -n "$(find "$folder" -type f ! -name "$index" | head -n 1)" ]; then
    "$@"
  else
    rm -rf "$folder"
  fi
}

# Everything below mime but packages is made from packages.
mime ()
{
  [ -d "$data/mime" ] || return 0
  if [ -n "$(find "$data/mime/packages" -type f 2>/dev/null | head -n 1)" ]; then
    update-mime-database "$data/mime"
  else
    rm -rf "$data/mime"
  fi
}

refresh "$data/glib-2.0/schemas" gschemas.compiled glib-compile-schemas "$data/glib-2.0/schemas"
refresh "$data/icons/hicolor" icon-theme.cache gtk4-update-icon-cache -q -t -f "$data/icons/hicolor"
refresh "$data/applications" mimeinfo.cache update-desktop-database -q "$data/applications"
mime
for folder in glib-2.0 icons; do
  [ ! -d "$data/$folder" ] || find "$data/$folder" -depth -type d -empty -delete
done
