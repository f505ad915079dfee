#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes a pair of Flatpak runtimes out of the Debian packages that are installed on this machine, so that the manifest can be
# built, installed and run where no store can be reached.  Nothing of it is ever shipped: who installs Zifu gets the GNOME
# runtime that the manifest names.
#
#   flatpak/local-runtime.sh FOLDER     FOLDER/repo holds org.zifu.LocalPlatform and org.zifu.LocalSdk, branch 12
set -euo pipefail

branch=12
platform=(libadwaita-1-0 libgtk-4-1 libsoup-3.0-0 libjson-glib-1.0-0 libsqlite3-0 libsecret-1-0 libarchive13 libxml2 glib-networking
  gsettings-desktop-schemas adwaita-icon-theme hicolor-icon-theme librsvg2-common shared-mime-info ca-certificates libc-bin
  coreutils bash dconf-gsettings-backend at-spi2-common iso-codes tzdata)
sdk=("${platform[@]}" libgtk-4-dev libadwaita-1-dev libsoup-3.0-dev libjson-glib-dev libsqlite3-dev libsecret-1-dev libarchive-dev
  libxml2-dev gcc libc6-dev binutils pkg-config meson ninja-build python3 gettext libglib2.0-bin libglib2.0-dev-bin
  desktop-file-utils appstream appstream-util libxml2-utils sed grep gawk findutils tar gzip diffutils make elfutils libgtk-4-bin
  gtk-update-icon-cache locales libsysprof-4-dev)

# Left out: what administers a system, the renderer in software (LLVM), and whole languages that nothing here speaks.
skip_packages='^(dpkg|apt|debconf|systemd|udev|adduser|init-system-helpers|perl-modules.*|libllvm.*|libz3-4|libgl1-mesa-dri|guile.*|g\+\+.*|fonts-.*|libstdc\+\+-12-dev)$'
skip_files='NotoSerifCJK|/cursors/|/gir-1.0/|/vulkan/registry/|/guile/|/cc1plus$|/lto1$|lto-dump|lib[tl]san|\.a$|__pycache__|/locale/[a-z]'
keep_files='/(libc|libm|libpthread|libdl|librt|libgcc|libgcc_eh|libc_nonshared|libmvec)\.a$|^/usr/share/locale/(zh_CN|en|en_GB)(/|$)'

say ()
{
  printf '%s\n' "$*"
}

# closure PACKAGE...: these and everything that they depend on, as far as it is installed.
closure ()
{
  apt-cache depends --recurse --installed --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances "$@" \
    | grep -E '^[a-z0-9]' | sed 's/:.*//' | sort -u | grep -vE "$skip_packages"
}

# list_files PACKAGE...: their files, as paths below /usr.  /lib and the like are the folders of the same names below /usr.
list_files ()
{
  local all
  all=$(closure "$@" | { xargs dpkg-query -L 2>/dev/null || true; } | sed -E 's,^/(lib|lib64|bin|sbin)/,/usr/\1/,' | grep '^/usr/' | sort -u)
  grep -vE '^/usr/share/(doc|man|info|lintian|bug|gtk-doc|devhelp)(/|$)|^/usr/(local|games)' <<<"$all" | grep -vE "$skip_files"
  grep -E "$keep_files" <<<"$all" || true
  # Made at installation: no package lists them.
  find /usr/share/glib-2.0/schemas/gschemas.compiled /usr/share/mime /usr/lib/*/gdk-pixbuf-2.0/2.10.0/loaders.cache \
    /usr/lib/*/gio/modules/giomodule.cache /usr/share/icons/{hicolor,Adwaita}/icon-theme.cache /usr/lib/locale/C.utf8 2>/dev/null || true
}

# resolve_alternatives FOLDER: links into /etc/alternatives point at what they mean here; those that mean nothing go.
resolve_alternatives ()
{
  local link target
  find "$1" -type l -lname '/etc/alternatives/*' | while read -r link; do
    target=$(readlink -f "/usr${link#"$1"}" || true)
    if [ -n "$target" ] && [ -e "$target" ]; then ln -sfn "$target" "$link"; else rm -f "$link"; fi
  done
}

# add_etc FOLDER: configuration that programs in the sandbox read, and where Flatpak puts the fonts of the machine.
add_etc ()
{
  local name
  mkdir -p "$1/etc/ssl/certs"
  for name in fonts ld.so.conf ld.so.conf.d nsswitch.conf; do
    if [ -e "/etc/$name" ]; then cp -a "/etc/$name" "$1/etc/"; fi
  done
  cat /usr/share/ca-certificates/mozilla/*.crt >"$1/etc/ssl/certs/ca-certificates.crt"
  cat >"$1/etc/fonts/conf.d/50-flatpak.conf" <<'CONF'
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/run/host/fonts</dir>
  <dir>/run/host/local-fonts</dir>
  <dir>/run/host/user-fonts</dir>
  <cachedir>/run/host/fonts-cache</cachedir>
  <include ignore_missing="yes">/run/host/font-dirs.xml</include>
</fontconfig>
CONF
}

# make_tree FOLDER PACKAGE...: what becomes /usr in the sandbox.
make_tree ()
{
  local usr=$1 folder language
  shift
  mkdir -p "$usr"
  list_files "$@" | sort -u | sed 's,^/usr/,,' | while read -r path; do
    if [ -L "/usr/$path" ] || [ -f "/usr/$path" ]; then printf '%s\n' "$path"; fi
  done | tar -C /usr -c --no-recursion -T - | tar -x -C "$usr"
  for folder in bin sbin lib lib64; do mkdir -p "$usr/$folder"; done
  resolve_alternatives "$usr"
  add_etc "$usr"
  [ -e "$usr/bin/sh" ] || ln -s bash "$usr/bin/sh"
  [ -e "$usr/lib64/ld-linux-x86-64.so.2" ] || ln -sf ../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 "$usr/lib64/"
  mkdir -p "$usr/lib/locale"
  for language in zh_CN en_US; do localedef -i "$language" -f UTF-8 "$usr/lib/locale/$language.utf8" || true; done
}

# export_runtime Platform|Sdk PACKAGE...
export_runtime ()
{
  local kind=$1 arch
  shift
  arch=$(flatpak --default-arch)
  rm -rf "${work:?}/$kind"
  mkdir -p "$work/$kind/files"
  make_tree "$work/$kind/usr" "$@"
  cat >"$work/$kind/metadata" <<META
[Runtime]
name=org.zifu.Local$kind
runtime=org.zifu.LocalPlatform/$arch/$branch
sdk=org.zifu.LocalSdk/$arch/$branch

[Environment]
GI_TYPELIB_PATH=/app/lib/girepository-1.0
XDG_DATA_DIRS=/app/share:/usr/share:/usr/share/runtime/share
META
  flatpak build-export --runtime --arch="$arch" --no-update-summary "$work/repo" "$work/$kind" "$branch"
  rm -rf "${work:?}/$kind"
}

[ $# -eq 1 ] || { say "Usage: flatpak/local-runtime.sh FOLDER" >&2; exit 2; }
mkdir -p "$1"
work=$(cd "$1" && pwd)
[ -e "$work/repo/config" ] || ostree init --mode=bare-user-only --repo="$work/repo"
export_runtime Platform "${platform[@]}"
export_runtime Sdk "${sdk[@]}"
flatpak build-update-repo "$work/repo"
