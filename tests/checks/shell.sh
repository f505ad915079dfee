#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The scripts by which people start and test: their options, and what they say on a machine that lacks something.
#
#   shell.sh ROOT
set -u
root=$1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
count=0 failed=0

ok ()
{
  count=$((count + 1))
  if [ "$1" -eq 0 ]; then
    printf 'ok %d - /checks/shell/%s\n' "$count" "$2"
  else
    printf 'not ok %d - /checks/shell/%s\n' "$count" "$2"
    sed 's/^/# /' "$work/out"
    failed=1
  fi
}

# expect NAME STATUS PATTERN COMMAND...: the exit status, and a line of the output that fits.
expect ()
{
  local name=$1 want=$2 pattern=$3 status
  shift 3
  "$@" >"$work/out" 2>&1
  status=$?
  [ "$status" -eq "$want" ] && { [ -z "$pattern" ] || grep -q -- "$pattern" "$work/out"; }
  ok $? "$name"
}

# A machine with nothing but the basic tools: links to them are all that the search path holds.
bare=$work/bin
mkdir "$bare"
for tool in bash sh env cat cut dirname find grep head id ls mkdir mktemp readlink rm sed sort tail tee tr chmod uname cksum; do
  ln -s "$(command -v "$tool")" "$bare/$tool"
done
stub ()
{
  printf '#!/bin/sh\n%s\n' "$2" >"$bare/$1"
  chmod +x "$bare/$1"
}
release ()
{
  printf '%s\n' "$@" >"$work/os-release"
}
on_bare ()
{
  env -i PATH="$bare" HOME="$work" ZIFU_BUILD_DIR="$work/build" DEPS_OS_RELEASE="$work/os-release" DEPS_SERVICE_RULE="$work/rule" "$bare/bash" "$@"
}

while IFS= read -r script; do
  expect "syntax-${script#"$root"/}" 0 '' bash -n "$script"
done <<LIST
$(find "$root/src" "$root/tests" "$root/.ci" -name '*.sh' -o -path '*/.ci/run' | sort)
LIST

expect run-help 0 '^Usage: src/run.sh' "$root/src/run.sh" --help
expect run-unknown-option 2 '--wrong' "$root/src/run.sh" --wrong
expect run-wrong-language 2 'zh_CN or en' "$root/src/run.sh" --lang xx
expect tests-help 0 '^Usage: tests/run.sh' "$root/tests/run.sh" --help
expect tests-unknown-option 2 '--wrong' "$root/tests/run.sh" --wrong

release ID=fedora VERSION_ID=41
expect fedora-names-packages 4 'dnf install .*gtk4-devel.*meson' on_bare "$root/src/run.sh"
release ID=arch
expect arch-names-packages 4 'pacman -S --needed .*gtk4 .*meson' on_bare "$root/src/run.sh"
release ID=ubuntu ID_LIKE=debian
expect ubuntu-names-packages 4 'apt-get install .*libgtk-4-dev.*meson' on_bare "$root/src/run.sh"
release ID=debian 'VERSION_ID="11"'
expect old-debian-names-packages 4 'apt-get install .*libgtk-4-dev' on_bare "$root/src/run.sh"
release ID=void
expect unknown-names-packages 4 'libgtk-4-dev' on_bare "$root/src/run.sh"

release ID=debian 'VERSION_ID="12"'
stub dpkg-query 'echo "installed libc6"'
expect no-install 4 'apt-get install .*meson' on_bare "$root/src/run.sh" --no-install
stub id 'echo 1000'
expect neither-root-nor-sudo 4 'needs root, and there is no sudo' on_bare "$root/src/run.sh"
stub id 'echo 0'
stub apt-get 'echo "$@" >>"$HOME/apt"; [ -x "$DEPS_SERVICE_RULE" ] && echo held >>"$HOME/apt"; exit 100'
expect failing-installation 4 'apt-get could not install: .*meson' on_bare "$root/src/run.sh"
grep -q -- '--no-install-recommends .*libadwaita-1-dev' "$work/apt"
ok $? installs-without-recommendations
grep -q '^held$' "$work/apt" && [ ! -e "$work/rule" ]
ok $? starts-no-service
printf 'exit 101\n' >"$work/rule"
on_bare "$root/src/run.sh" >/dev/null 2>&1
[ -e "$work/rule" ]
ok $? leaves-a-rule-that-was-there
stub dpkg-query 'echo "deinstall libgtk-4-dev"'
expect removed-package-is-missing 4 'libgtk-4-dev' on_bare "$root/src/run.sh" --no-install

# Every package is named for every distribution, with its reason.
( . "$root/src/deps.sh" && deps_table ) >"$work/table"
awk -F '|' 'NF != 6 { print; bad = 1 } { for (i = 1; i <= NF; i++) if ($i == "") { print; bad = 1 } } END { exit bad }' "$work/table" >"$work/out"
ok $? table-is-complete

# The count of the tests must see failures wherever they stand.
cat >"$work/log.json" <<'LOG'
{"name": "zifu:unit / money", "result": "OK"}
{"name": "zifu:unit / date", "result": "FAIL"}
{"name": "zifu:unit / crash", "result": "ERROR"}
{"name": "zifu:checks / plain", "result": "OK"}
LOG
cat >"$work/log.junit.xml" <<'LOG'
<testsuites><testsuite name="zifu.zifu:unit / money"><testcase name="a"/><testcase name="b"><skipped/></testcase></testsuite>
<testsuite name="zifu.zifu:unit / date"><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite>
<testsuite name="zifu.zifu:unit / crash"><testcase name="a"/></testsuite></testsuites>
LOG
expect count-adds-up 1 '^4 passed, 2 failed, 1 skipped$' /usr/bin/python3 "$root/tests/count.py" "$work/log"
expect count-failed-build 1 '^0 passed, 1 failed$' /usr/bin/python3 "$root/tests/count.py" --failed 1
expect count-elsewhere 1 '^7 passed, 2 failed$' /usr/bin/python3 "$root/tests/count.py" --passed 7 --failed 2
expect count-missing-log 1 '^0 passed, 1 failed$' /usr/bin/python3 "$root/tests/count.py" "$work/nothing"

printf '1..%d\n' "$count"
exit $failed
