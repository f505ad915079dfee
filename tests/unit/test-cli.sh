#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The command line program, run as people run it: what it prints, where, and how it ends.
#   test-cli.sh ZIFU_CLI SOURCE_ROOT

set -u
cli=$1
root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config HOME=$work
export ZIFU_POLICY_DIR=$root/data/policies
unset LANG LC_MESSAGES
n=0

report() {   # TEXT: the last command decides
  local status=$?
  n=$((n + 1))
  if [ $status -eq 0 ]; then
    echo "ok $n - $1"
  else
    echo "not ok $n - $1"
    echo "#   exit status $code"
    sed 's/^/#   out: /' "$work/out" | head -n 5
    sed 's/^/#   err: /' "$work/err" | head -n 5
  fi
}

run() {
  "$cli" "$@" >"$work/out" 2>"$work/err"
  code=$?
}

# Bad input: exit status 2, nothing printed, one line that begins as all our messages do and holds the text.
refused() {   # TEXT ARGUMENTS...
  local text=$1
  shift
  run "$@"
  [ $code -eq 2 ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/err")" -eq 1 ] &&
    grep -q '^zifu-cli: ' "$work/err" && grep -qF -- "$text" "$work/err"
}

printed() {   # TEXT STATUS
  [ $code -eq "$2" ] && [ ! -s "$work/err" ] && grep -qF -- "$1" "$work/out"
}

make_case() {   # FILE SED-SCRIPT
  sed "$2" >"$1" <<'END'
{
  "id": "stay", "source": "made here", "rows": ["R11"], "policy": "110000",
  "person": {"insurance": "310", "status": "active", "account": {"balance": "100.00"}},
  "visit": {"date": "2026-03-02", "care": "inpatient", "class": "3", "bill": {"total": "45000.00", "out": "0"}},
  "expect": {"fund_pay_sumamt": "38145.00", "psn_part_amt": "6855.00", "psn_cash_pay": "6755.00"}
}
END
}

good=$work/good.json
bad=$work/bad.json
make_case "$good" ''

# ---- results
run settle --case "$good"
printed '"fund_pay_sumamt": "38145.00"' 0
report 'settle prints the result under the names of the platform (R11)'

run settle "$good"
printed '"psn_part_amt": "6855.00"' 0
report 'settle takes the file without an option, too'

"$cli" settle --case - <"$good" >"$work/out" 2>"$work/err"
code=$?
printed '"acct_pay": "100.00"' 0
report 'settle reads the standard input'

run settle --case "$good" --no-trace
printed '"psn_cash_pay": "6755.00"' 0 && ! grep -q '"trace"' "$work/out"
report 'settle leaves the steps out'

run settle --case "$good" --check
[ $code -eq 0 ] && [ ! -s "$work/out" ] && [ ! -s "$work/err" ]
report '--check says nothing when all is as expected'

make_case "$bad" 's/"38145.00"/"38145.01"/; s/"6755.00"/"1.00"/'
run settle --check --case "$bad"
printed 'stay /fund_pay_sumamt: expected "38145.01", got "38145.00"' 1 && grep -qF '/psn_cash_pay' "$work/out" &&
  [ "$(wc -l <"$work/out")" -eq 2 ]
report '--check names each difference and ends with 1'

run settle --case "$good" --text --lang en
printed '38,145.00' 0 && printed '6,855.00' 0
report '--text tells people (English)'

if [ -f "${ZIFU_LOCALE_DIR:-/nonexistent}/zh_CN/LC_MESSAGES/zifu.mo" ]; then
  run settle --case "$good" --text --lang zh_CN
  printed '38,145.00' 0 && LC_ALL=C.UTF-8 grep -q '基金' "$work/out"
  report '--text tells people (Chinese)'
  LC_ALL=C "$cli" settle --text --case "$good" --lang zh_CN >"$work/out" 2>"$work/err"
  code=$?
  LC_ALL=C.UTF-8 grep -q '基金' "$work/out"
  report '--lang works in the plain C locale'
  make_case "$bad" 's/"out"/"outs"/'
  refused "bad.json#/visit/bill/outs：" settle --case "$bad" --lang zh_CN || refused "bad.json#/visit/bill/outs" settle --case "$bad" --lang zh_CN
  report 'a message in Chinese keeps file and pointer'
else
  for text in '--text tells people (Chinese)' '--lang works in the plain C locale' 'a message in Chinese'; do
    n=$((n + 1))
    echo "ok $n - $text # SKIP no catalogue is compiled"
  done
fi

# ---- bad input
make_case "$bad" 's/"out": "0"/"outs": "0"/'
refused "bad.json#/visit/bill/outs: unknown field 'outs'" settle --case "$bad"
report 'an unknown field is refused'

make_case "$bad" 's/"45000.00"/"45000.001"/'
refused 'bad.json#/visit/bill/total' settle --case "$bad"
report 'three decimals are refused'

make_case "$bad" 's/"45000.00"/"-45000.00"/'
refused 'bad.json#/visit/bill/total' settle --case "$bad"
report 'a negative amount is refused'

make_case "$bad" 's/"45000.00"/"100000000000000.00"/'
refused 'bad.json#/visit/bill/total' settle --case "$bad"
report 'ten to the sixteenth fen are refused'

make_case "$bad" 's/"45000.00"/45000.00/'
refused 'bad.json#/visit/bill/total' settle --case "$bad"
report 'a number with a point is refused'

make_case "$bad" 's/"class": "3", //'
refused 'bad.json#/visit' settle --case "$bad" && grep -q 'class' "$work/err"
report 'a missing institution level is refused and named'

make_case "$bad" 's/"110000"/"990000"/'
refused "bad.json#/policy: no pack '990000'" settle --case "$bad"
report 'an unknown region is refused'

make_case "$bad" 's/"110000"/"..\/110000"/'
refused 'bad.json#/policy' settle --case "$bad"
report 'a pack outside the folders is refused'

: >"$bad"
refused 'bad.json: the file is empty' settle --case "$bad"
report 'an empty file is refused'

printf '{"id": "\377"}' >"$bad"
refused 'bad.json: not a UTF-8 text' settle --case "$bad"
report 'a file that is not UTF-8 is refused'

head -c 200000 /dev/zero | tr '\0' '[' >"$bad"
refused 'nested too deeply' settle --case "$bad"
report '200,000 nested lists are refused'

head -c 1000000 /dev/zero | sed 's/\x00/{"a":/g' >"$bad"
refused 'nested too deeply' settle --case "$bad"
report 'a million nested objects are refused'

refused 'no-such-file.json' settle --case "$work/no-such-file.json"
report 'a file that does not exist is refused'

refused "$work" settle --case "$work"
report 'a folder is refused'

make_case "$bad" 's/"out": "0"/"a\\nb\\u001b[31m": "0"/'
refused 'unknown field' settle --case "$bad" && ! grep -q "$(printf '\033')" "$work/err"
report 'a message stays one line without control characters'

refused 'case' settle
report 'settle without a case is refused'

refused 'frobnicate' settle --frobnicate
report 'an unknown option is refused'

refused 'command' frobnicate
report 'an unknown command is refused'

refused '--lang' settle --case "$good" --lang tlh
report 'an unknown language is refused'

# ---- batch
{
  tr -d '\n' <"$good"
  echo
  echo
  echo '{"policy": "110000"'
  tr -d '\n' <"$good"
  echo
} >"$work/many.jsonl"
run settle --batch "$work/many.jsonl" --no-trace
[ $code -eq 2 ] && [ "$(wc -l <"$work/out")" -eq 3 ] && [ "$(grep -c '"fund_pay_sumamt": "38145.00"' "$work/out")" -eq 2 ] &&
  sed -n 2p "$work/out" | grep -qF '{"error": "' && sed -n 2p "$work/out" | grep -qF 'many.jsonl:3: ' && [ ! -s "$work/err" ]
report '--batch writes one line for each, errors included, and ends with 2'

tr -d '\n' <"$good" >"$work/one.jsonl"
run settle --batch "$work/one.jsonl" --check
printed '{"id": "stay", "differences": []}' 0
report '--batch --check tells what is equal'

tr -d '\n' <"$good" | sed 's/"38145.00"/"1.00"/' >"$work/one.jsonl"
run settle --batch "$work/one.jsonl" --check
printed '"differences": ["/fund_pay_sumamt: expected \"1.00\", got \"38145.00\""]' 1
report '--batch --check tells what differs and ends with 1'

: >"$work/one.jsonl"
refused 'the file is empty' settle --batch "$work/one.jsonl"
report 'an empty batch is refused'

# ---- the other computations
cat >"$work/credit.json" <<'END'
{"policy": {"pack": "p", "rules": [
  {"id": "c", "kind": "credit", "valid_from": "2020-01-01", "slot": "own", "amount": {"product": [{"axis": "base"}, "0.02"]}},
  {"id": "l", "kind": "coverage", "valid_from": "2020-01-01", "lag": 1}]},
 "person": {"base": "5000.00"}, "compute": "credit", "date": "2025-01-01", "expect": {"total": "100.00", "year": "1200.00"}}
END
run credit --case "$work/credit.json"
printed '"total": "100.00"' 0
report 'credit prints what is credited (R17)'

run credit --case "$work/credit.json" --text --lang en
printed '1200.00' 0
report 'credit tells people (R17)'

sed 's/"credit", "date": "2025-01-01"/"coverage", "date": "2025-03-01", "from": "2025-01", "to": "2025-03"/
     s/"base": "5000.00"/"paid": [{"month": "2025-01"}, {"month": "2025-02"}]/; s/"expect": {.*}}/"expect": {"restored": "2025-02"}}/' \
  "$work/credit.json" >"$work/coverage.json"
run coverage --case "$work/coverage.json" --check
[ $code -eq 0 ]
report 'coverage is compared'

run coverage --case "$work/coverage.json" --text --lang en
printed '2025-02 to 2025-03' 0
report 'coverage tells people'

refused 'coverage.json#/compute' credit --case "$work/coverage.json"
report 'a command refuses a case that asks for something else'

# ---- packs
run policy list
printed '110000' 0 && grep -q '^national' "$work/out"
report 'policy list'

run policy show 110000 --lang en
printed 'Extends: national' 0 && grep -q '^ip-share ' "$work/out"
report 'policy show prints the rules'

run policy show 110000 --rule ip-share --lang en
printed '"bands": [' 0 && printed '110000#/rules/' 0
report 'policy show --rule prints one rule in full'

refused "no rule 'nothing'" policy show 110000 --rule nothing
report 'policy show refuses an unknown rule'

refused "no pack 'nothing'" policy show nothing
report 'policy show refuses an unknown pack'

run policy check "$root"/data/policies/*.json
[ $code -eq 0 ] && [ ! -s "$work/err" ]
report 'policy check finds no error in the packs that come with the program'

mkdir "$work/packs"
cat >"$work/packs/mine.json" <<'END'
{"pack": "mine", "title": {"zh": "我的", "en": "Mine"}, "extends": "110000", "rules": [
  {"id": "mine-gate", "kind": "gate", "valid_from": "2020-01-01", "founds": "0"}]}
END
run policy check "$work/packs/mine.json"
printed "mine.json#/rules/0/founds: error: unknown field 'founds'" 1
report 'policy check names the place of a mistake and ends with 1'

sed -i 's/"founds"/"fund"/' "$work/packs/mine.json"
make_case "$bad" 's/"110000"/"mine"/'
run settle --case "$bad" --packs "$work/packs"
printed '"fund_pay_sumamt": "0.00"' 0
report '--packs adds a folder of packs'

mkdir -p "$XDG_DATA_HOME/zifu/policies"
cp "$work/packs/mine.json" "$XDG_DATA_HOME/zifu/policies/"
run policy list --lang en
printed 'Mine  (your own)' 0
report 'a pack of the user is shown as such'

# ---- questions about a visit
question=$work/question.json
cat >"$question" <<'END'
{"id": "question", "policy": "110000", "person": {"insurance": "310", "status": "active", "account": {"balance": "3286.40"}},
 "visit": {"date": "2026-03-02", "care": "outpatient", "class": "3", "bill": {"total": "4000.00"}}, "expect": {"psn_part_amt": "0.00"}}
END
run range --case "$question"
printed '"name": "op_ded"' 0 && printed '"psn_part_amt": "1200.00"' 0 && printed '"psn_part_amt": "4000.00"' 0
report 'range: both ends, and what is not known (R41)'

run range --case "$question" --text --lang en
printed 'I will pay, about ¥1,200 – 4,000' 0 && printed 'As stated: 2,460.00' 0 && printed 'What of the bill is out of catalogue: up to' 0
report 'range tells people'

run compare --case "$question" --axis class=3,community
printed '"extra": "440.00"' 0 && printed '"extra": "0.00"' 0
report 'compare: the same visit at two institutions (R10)'

run compare --case "$question" --axis class=3,nowhere --text --lang en
printed '2,460.00' 0 && printed 'not a value that the pack knows' 0
report 'compare says which way is refused'

# The same list as of a single result: what was not found or not calculated, and what is not verified.
sed 's/"policy": "110000", "person": {[^}]*}}/"policy": "310000", "person": {"insurance": "390", "status": "resident", "resident_class": "working", "age": 40}/' \
  "$question" >"$work/resident.json"
no_cap='A yearly limit of the fund: none was found for this kind of care, so the figures go without one'
run range --case "$work/resident.json" --text --lang en
printed "  $no_cap" 0 && printed 'Not Calculated' 0
report 'range says what was not found, as a single result does (R41)'

run range --case "$work/resident.json" --lang en
printed "\"$no_cap\"" 0 && python3 - "$work/out" "$no_cap" <<'EOF'
import json
import sys
told = json.load(open(sys.argv[1], encoding="utf-8"))
assert told["not_calculated"][0] == sys.argv[2] and isinstance(told["unverified"], list)
EOF
report 'range tells programs what was not found'

run range --case "$work/resident.json" --text --lang zh_CN
printed '基金的年度封顶线：没有查到这类就医的，这里按没有封顶线算' 0 && printed "没有算进去的" 0
report 'range says what was not found in Chinese'

run compare --case "$work/resident.json" --axis class=1,3 --text --lang en
printed "  $no_cap" 0 && [ "$(grep -c 'A yearly limit' "$work/out")" -eq 1 ]
report 'compare says once what was not found for any of the institutions'

run compare --case "$work/resident.json" --axis class=1,3 --lang en
printed '"not_calculated": [' 0 && [ "$(grep -c 'A yearly limit' "$work/out")" -eq 2 ] && printed '"unverified": ' 0
report 'compare tells programs what was not found'

run find --case "$question" --goal deductible
printed '"medfee_sumamt": "1800.00"' 0
report 'find: the bill that meets the deductible'

refused 'no bill is large enough' find --case "$question" --goal cap
report 'find says when no bill reaches the goal'

refused '--goal' find --case "$question" --goal everything && refused '--axis' compare --case "$question" --axis class &&
  refused '--case' range
report 'questions need what they need'

sed 's/"visit": \({.*}\), "expect"/"visits": [\1, \1], "expect"/' "$question" >"$work/two.json"
refused 'two.json#/visits: the question is about one visit' range --case "$work/two.json"
report 'a question is about one visit'

# ---- explain: each question of the Guide, to three people, in both languages
for person in employee retired resident-child; do
  for row in R03 R05 R07 R08 R10 R11 R12 R13 R14 R15 R16 R17 R18 R21 R22; do
    for language in en zh_CN; do
      run explain "$row" --person "$root/tests/persons/$person.json" --lang "$language"
      printed "$row  " 0 && ! grep -q '{[0-9]}' "$work/out" && [ "$(wc -l <"$work/out")" -ge 3 ]
      report "explain $row to $person in $language"
    done
  done
done

run explain R17 --person "$root/tests/persons/employee.json" --lang en
printed '240.00 a month. The next credit is expected on 5 December 2026.' 0
report 'explain tells when the next credit comes (R17)'

run explain r17 --person "$root/tests/persons/employee.json" --lang zh_CN
printed '每月 240.00，下一笔预计 2026年12月5日到账。' 0
report 'explain tells it in Chinese (R17)'

run explain R11 --json --person "$root/tests/persons/retired.json" --lang en
printed '"row": "R11"' 0 && python3 -c 'import json, sys; assert len(json.load(open(sys.argv[1]))) == 1' "$work/out"
report 'explain tells programs (R11)'

refused 'no such question' explain R99 --person "$root/tests/persons/employee.json"
report 'explain has no answer to what is no question'

# ---- what the packs know
run policy coverage --date 2026-11-24 --lang en
printed '## 110000 Beijing' 0 && [ "$(grep -cE '^## [1-6][0-9]{3}00 ' "$work/out")" -eq 12 ] &&
  [ "$(grep -c '^| special disease | ' "$work/out")" -ge 12 ] &&
  sed -n '/^## 110000/,/^## 120000/p' "$work/out" | grep -qF '| pharmacy | partly | partly | partly | partly | partly | partly |' &&
  sed -n '/^## 110000/,/^## 120000/p' "$work/out" | grep -q '^| outpatient | verified | unverified | verified | ' &&
  sed -n '/^## 330100/,/^## 420100/p' "$work/out" | grep -qF '| special disease | absent | absent | absent | absent | absent | absent |'
report 'policy coverage prints region, kind of person and question: verified, unverified, partly, absent'

run policy coverage 110000 --date 2026-11-24 --lang zh_CN
printed '## 110000 北京' 0 && [ "$(grep -c '^## ' "$work/out")" -eq 1 ] && printed '| 门诊 | 已核实 | 未核实 |' 0
report 'policy coverage prints one region, in Chinese'

run policy coverage --json --date 2026-11-24
printed '"110000"' 0 && python3 - "$work/out" <<'EOF'
import json
import sys
table = json.load(open(sys.argv[1], encoding="utf-8"))
people = {"active", "flexible", "retired", "working", "student", "elderly"}
states = {"absent", "partly", "unverified", "outdated", "verified", "none"}
assert len([region for region in table if region.isdigit()]) == 12
for region in table.values():
    assert set(region) == people
    for questions in region.values():
        assert len(questions) == 11 and set(questions.values()) <= states
assert table["110000"]["active"]["outpatient"] == "verified"
assert table["110000"]["active"]["unfiled"] == "absent"
assert table["110000"]["working"]["credit"] == "none"
EOF
report 'policy coverage tells programs'

refused 'no such pack' policy coverage 999999
report 'policy coverage knows no other region'
refused '--date takes a day' policy coverage --date 2026-02-30
report 'policy coverage takes a day'

# ---- help
run --version
printed 'zifu-cli ' 0
report '--version'

run --help
printed 'settle' 0 && printed 'policy' 0
report '--help'

for command in settle credit coverage amounts range compare find 'policy check' 'policy list' 'policy show' 'policy coverage'; do
  # shellcheck disable=SC2086
  run $command --help
  printed '--packs' 0
  report "$command --help"
done

"$cli" settle --case "$good" >/dev/full 2>"$work/err"
code=$?
[ $code -eq 2 ] && [ "$(wc -l <"$work/err")" -eq 1 ]
report 'a result that cannot be written is no success'

echo "1..$n"
