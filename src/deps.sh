# SPDX-License-Identifier: GPL-3.0-or-later
#
# The one place that knows which packages Zifu needs.  Read by src/run.sh, tests/run.sh and tests/screenshots/run.sh:
#
#   . src/deps.sh
#   deps_require yes build run      (yes: may install on Debian; no: name what is missing and stop)
#
# A row: set | probe | Debian and Ubuntu | Fedora | Arch | why.  The probe finds out on any distribution whether the
# thing is there; on Debian dpkg is asked as well, because a package may bring more than what the probe sees.

DEPS_MISSING_STATUS=4

deps_table ()
{
  cat <<'TABLE'
build|cmd:cc|gcc|gcc|gcc|compiles the program
build|file:/usr/include/stdlib.h|libc6-dev|glibc-devel|glibc|headers of the C library
build|cmd:meson|meson|meson|meson|configures the build
build|cmd:ninja|ninja-build|ninja-build|ninja|runs the build
build|cmd:pkg-config|pkg-config|pkgconf-pkg-config|pkgconf|finds the libraries
build|cmd:msgfmt|gettext|gettext|gettext|compiles the translations
build|cmd:xmllint|libxml2-utils|libxml2|libxml2|strips the window descriptions
build|pc:glib-2.0 >= 2.74|libglib2.0-dev|glib2-devel|glib2|base library
build|pc:json-glib-1.0 >= 1.6|libjson-glib-dev|json-glib-devel|json-glib|reads policy packs and case files
build|pc:sqlite3 >= 3.40|libsqlite3-dev|sqlite-devel|sqlite|keeps the records
build|pc:libarchive >= 3.6|libarchive-dev|libarchive-devel|libarchive|unpacks workbooks that are imported
build|pc:libxml-2.0 >= 2.9.14|libxml2-dev|libxml2-devel|libxml2|reads their sheets
build|pc:cairo >= 1.16|libcairo2-dev|cairo-devel|cairo|draws statements
build|pc:pangocairo >= 1.50|libpango1.0-dev|pango-devel|pango|sets their text
build|pc:libsoup-3.0 >= 3.2|libsoup-3.0-dev|libsoup3-devel|libsoup3|fetches account data
build|pc:libsecret-1 >= 0.20|libsecret-1-dev|libsecret-devel|libsecret|keeps sign-ins in the keyring
build|pc:gtk4 >= 4.8|libgtk-4-dev|gtk4-devel|gtk4|the window
build|pc:libadwaita-1 >= 1.2|libadwaita-1-dev|libadwaita-devel|libadwaita|the window, its adaptive parts
build|cmd:gtk4-update-icon-cache|libgtk-4-bin|gtk4|gtk4|registers the icons
build|cmd:update-desktop-database|desktop-file-utils|desktop-file-utils|desktop-file-utils|registers and checks the desktop entry
run|file:/etc/ssl/certs/ca-certificates.crt|ca-certificates|ca-certificates|ca-certificates|says whom a secure connection may trust
run|pixbuf:svg|librsvg2-common|librsvg2|librsvg|draws the icons
run|font:zh-cn|fonts-noto-cjk|google-noto-sans-cjk-fonts|noto-fonts-cjk|Chinese characters
locale|cmd:localedef|locales|glibc-locale-source|glibc|makes the Chinese locale for this program alone
test|cmd:xvfb-run|xvfb|xorg-x11-server-Xvfb|xorg-server-xvfb|a display for the tests of the window
test|cmd:xauth|xauth|xorg-x11-xauth|xorg-xauth|guards that display
test|cmd:dbus-run-session|dbus-daemon|dbus-daemon|dbus|a session bus of the tests' own
test|cmd:python3|python3|python3|python|checks and the comparison with the reference
test|py:jsonschema|python3-jsonschema|python3-jsonschema|python-jsonschema|validates packs and cases
test|cmd:appstreamcli|appstream|appstream|appstream|validates the software description
test|cmd:pdftotext|poppler-utils|poppler-utils|poppler|reads statements
test|cmd:gnome-keyring-daemon|gnome-keyring|gnome-keyring|gnome-keyring|keeps sign-ins
test|cmd:openssl|openssl|openssl|openssl|makes certificates, and is a server of an old TLS
full|cmd:hledger|hledger|hledger|hledger|reads the journal
full|cmd:ledger|ledger|ledger|ledger|reads the journal
full|cmd:valgrind|valgrind|valgrind|valgrind|looks for memory faults
full|cmd:true|libc6-dbg|glibc|glibc|what valgrind needs of the C library
peers|cmd:node|nodejs|nodejs|nodejs|runs servers and judges that others wrote
peers|cmd:npm|npm|nodejs-npm|npm|installs them
peers|cmd:chromium|chromium|chromium|chromium|a browser to sign in with
peers|cmd:nginx|nginx-light|nginx|nginx|a server that others wrote
peers|cmd:haproxy|haproxy|haproxy|haproxy|makes faults on the way
peers|cmd:gnutls-serv|gnutls-bin|gnutls-utils|gnutls|another TLS
shots|cmd:import|imagemagick|ImageMagick|imagemagick|takes the pictures
shots|cmd:xdotool|xdotool|xdotool|xdotool|waits for the window
next|cmd:debootstrap|debootstrap|debootstrap|debootstrap|makes the next Debian
flatpak|cmd:flatpak|flatpak|flatpak|flatpak|installs and runs the Flatpak
flatpak|cmd:flatpak-builder|flatpak-builder|flatpak-builder|flatpak-builder|builds it
flatpak|cmd:bwrap|bubblewrap|bubblewrap|bubblewrap|its sandbox
flatpak|cmd:ostree|ostree|ostree|ostree|stores what was built
flatpak|cmd:xdg-dbus-proxy|xdg-dbus-proxy|xdg-dbus-proxy|xdg-dbus-proxy|lets it talk to the session, as far as allowed
flatpak|cmd:eu-strip|elfutils|elfutils|elfutils|takes the symbols out
flatpak|cmd:desktop-file-validate|desktop-file-utils|desktop-file-utils|desktop-file-utils|checks the desktop entry
flatpak|cmd:appstream-util|appstream-util|libappstream-glib|appstream-glib|composes the software description
flatpak|file:/usr/libexec/at-spi-bus-launcher|at-spi2-core|at-spi2-core|at-spi2-core|the bus of the accessibility interface
flatpak|cmd:update-mime-database|shared-mime-info|shared-mime-info|shared-mime-info|registers the file types
flatpak|file:/usr/libexec/xdg-desktop-portal|xdg-desktop-portal|xdg-desktop-portal|xdg-desktop-portal|hands out secrets
flatpak|cmd:gnome-keyring-daemon|gnome-keyring|gnome-keyring|gnome-keyring|keeps them
flatpak|py:pyatspi|python3-pyatspi|python3-pyatspi|python-atspi|drives the window through it
flatpak|pc:libsoup-3.0 >= 3.2|libsoup-3.0-dev|libsoup3-devel|libsoup3|part of the runtime
flatpak|file:/usr/lib/x86_64-linux-gnu/gio/modules/libgiognutls.so|glib-networking|glib-networking|glib-networking|part of the runtime
flatpak|pc:libsecret-1|libsecret-1-dev|libsecret-devel|libsecret|part of the runtime
TABLE
}

# deps_family: debian (12 or later: may install), ubuntu, fedora, arch, or other.
deps_family ()
{
  (
    ID='' ID_LIKE='' VERSION_ID=''
    # shellcheck disable=SC1090
    [ -r "${DEPS_OS_RELEASE:-/etc/os-release}" ] && . "${DEPS_OS_RELEASE:-/etc/os-release}"
    case " $ID $ID_LIKE " in
      " debian "*) if [ "${VERSION_ID:-12}" -ge 12 ] 2>/dev/null; then echo debian; else echo ubuntu; fi ;;
      *" ubuntu "* | *" debian "*) echo ubuntu ;;
      *" fedora "* | *" rhel "*) echo fedora ;;
      *" arch "*) echo arch ;;
      *) echo other ;;
    esac
  )
}

deps_probe ()
{
  case $1 in
    cmd:*) command -v "${1#cmd:}" >/dev/null 2>&1 ;;
    file:*) [ -e "${1#file:}" ] ;;
    pc:*) command -v pkg-config >/dev/null 2>&1 && pkg-config --exists "${1#pc:}" ;;
    py:*) /usr/bin/python3 -c "import ${1#py:}" >/dev/null 2>&1 ;;
    font:*) command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list ":lang=${1#font:}" family 2>/dev/null)" ] ;;
    pixbuf:*) [ -n "$(find /usr/lib*/gdk-pixbuf-2.0 /usr/lib/*/gdk-pixbuf-2.0 /usr/lib*/glycin-loaders -name "*${1#pixbuf:}*" 2>/dev/null)" ] ;;
    *) return 1 ;;
  esac
}

# deps_missing SET...: a line "PACKAGE|WHY" for each thing that is missing, named as this distribution names it.
deps_missing ()
{
  local family installed wanted set probe debian fedora arch why name
  family=$(deps_family)
  wanted=" $* "
  installed=
  if [ "$family" = debian ]; then
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p')
  fi
  deps_table | while IFS='|' read -r set probe debian fedora arch why; do
    case $wanted in *" $set "*) ;; *) continue ;; esac
    case $family in
      debian)
        case "
$installed
" in
          *"
$debian
"*) continue ;;
        esac
        # Any font with the characters and any compiler will do; a library is trusted only when its package is there.
        case $probe in font:* | cmd:cc | cmd:python3 | cmd:node | cmd:npm | file:*) deps_probe "$probe" && continue ;; esac
        name=$debian ;;
      *)
        deps_probe "$probe" && continue
        case $family in
          fedora) name=$fedora ;;
          arch) name=$arch ;;
          *) name=$debian ;;
        esac ;;
    esac
    printf '%s|%s\n' "$name" "$why"
  done
}

deps_say ()
{
  printf '%s\n' "$*" >&2
}

# deps_install PACKAGE...: as root, or through sudo.
# deps_hold_services yes|no: whether what is being installed starts no service; a rule that is there already stays as it is.
deps_hold_services ()
{
  local rule=${DEPS_SERVICE_RULE:-/usr/sbin/policy-rc.d} mark='# made by Zifu while it installs packages'
  if [ "$1" = yes ] && [ ! -e "$rule" ]; then
    printf '#!/bin/sh\n%s\nexit 101\n' "$mark" | $root tee "$rule" >/dev/null && $root chmod 755 "$rule"
  elif [ "$1" = no ] && grep -qs "$mark" "$rule"; then
    $root rm -f "$rule"
  fi
}

deps_install ()
{
  local root log
  if [ "$(id -u)" -eq 0 ]; then
    root=
  elif command -v sudo >/dev/null 2>&1; then
    root=sudo
  else
    deps_say "Installing needs root, and there is no sudo here.  As root, run:"
    deps_say "  apt-get install --no-install-recommends $*"
    return $DEPS_MISSING_STATUS
  fi
  # Lists older than a day name packages that may be gone from the mirror.
  if [ -z "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -mtime -1 2>/dev/null | head -n 1)" ]; then
    deps_say "Reading the package lists"
    $root env DEBIAN_FRONTEND=noninteractive apt-get -qq update >&2 || deps_say "The package lists could not be read; trying with the old ones."
  fi
  log=$(mktemp) || return 1
  deps_hold_services yes
  if ! $root env DEBIAN_FRONTEND=noninteractive apt-get -y -q install --no-install-recommends "$@" >"$log" 2>&1; then
    deps_hold_services no
    tail -n 15 "$log" >&2
    rm -f "$log"
    deps_say "apt-get could not install: $*"
    deps_say "Another installation may be running, or the network may be down.  Nothing of Zifu was changed; run this again."
    return $DEPS_MISSING_STATUS
  fi
  deps_hold_services no
  rm -f "$log"
}

# deps_require MAY_INSTALL SET...: makes sure that everything of the sets is there, or says what to do and fails.
deps_require ()
{
  local may missing names family
  may=$1
  shift
  missing=$(deps_missing "$@")
  [ -z "$missing" ] && return 0
  family=$(deps_family)
  names=$(printf '%s\n' "$missing" | cut -d '|' -f 1 | sort -u | tr '\n' ' ' | sed 's/ $//')
  deps_say "Missing:"
  printf '%s\n' "$missing" | while IFS='|' read -r name why; do printf '  %-28s %s\n' "$name" "$why" >&2; done
  if [ "$family" = debian ] && [ "$may" = yes ]; then
    deps_say "Installing with apt-get: $names"
    # The names are separate words.
    # shellcheck disable=SC2086
    deps_install $names || return $?
    return 0
  fi
  case $family in
    debian | ubuntu) deps_say "Install them and run this again:" && deps_say "  sudo apt-get install --no-install-recommends $names" ;;
    fedora) deps_say "Install them and run this again:" && deps_say "  sudo dnf install $names" ;;
    arch) deps_say "Install them and run this again:" && deps_say "  sudo pacman -S --needed $names" ;;
    *) deps_say "Install what your distribution calls these (names of Debian shown), and run this again." ;;
  esac
  return $DEPS_MISSING_STATUS
}
