#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   install.sh SOURCE TARGET
#
# Installs what SOURCE/package.json names, at the versions of SOURCE/package-lock.json, below TARGET/node_modules.  Nothing is done when
# the same set is already there.  Speaks TAP, since it runs as the first of the tests that need it.
set -u

source=$1
target=$2
least=20

fail ()
{
  printf 'not ok 1 - /peers/install\n'
  printf '%s\n' "$*" >&2
  exit 1
}

printf 'TAP version 13\n1..1\n'
command -v node >/dev/null && command -v npm >/dev/null || fail "node and npm are needed: . src/deps.sh; deps_require yes peers"
mkdir -p "$target" || fail "$target cannot be made"
target=$(cd "$target" && pwd)

# Debian 12 has an older Node than these programs want: then one from the same registry stands beside them.
major=$(node -p 'process.versions.node.split(".")[0]')
if [ "$major" -lt "$least" ] && [ ! -x "$target/node/node_modules/node/bin/node" ]; then
  mkdir -p "$target/node"
  npm install --prefix "$target/node" --no-audit --no-fund --loglevel=error node@20.20.2 >&2 || fail "Node $least could not be installed"
fi

wanted=$(cat "$source/package.json" "$source/package-lock.json" | sha256sum | cut -d ' ' -f 1)
if [ "$(cat "$target/installed" 2>/dev/null)" != "$wanted" ]; then
  rm -f "$target/installed"
  cp "$source/package.json" "$source/package-lock.json" "$target/" || fail "$target cannot be written"
  # No script of a package runs at installation.
  (cd "$target" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >&2 || fail "npm ci failed"
  printf '%s\n' "$wanted" >"$target/installed"
fi

# What the tests start: the right Node, whichever it is.
if [ -x "$target/node/node_modules/node/bin/node" ]; then
  ln -sfn "$target/node/node_modules/node/bin/node" "$target/run-node"
else
  ln -sfn "$(command -v node)" "$target/run-node"
fi
"$target/run-node" -e 'process.exit(0)' || fail "$target/run-node does not run"
printf 'ok 1 - /peers/install\n'
