#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The command "import", run as people run it.
#   test-cli-import.sh ZIFU_CLI SOURCE_ROOT

set -u
cli=$1
root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_DATA_HOME=$work/data XDG_CONFIG_HOME=$work/config HOME=$work
export ZIFU_POLICY_DIR=$root/data/policies
unset LANG LC_MESSAGES
n=0
code=0

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

db=$work/household.db
files=$root/tests/fixtures/import

import() {
  run import --ledger "$db" --lang en "$@"
}

entries() {   # COUNT: how many the first person has, the one with which the person was entered apart
  [ "$("$cli" history --ledger "$db" --person 1 --json | grep -c '"rid"')" -eq "$1" ]
}

# ---- before there is anything
refused 'there are no household data in' import --ledger "$db" "$files/gb18030.csv"
report 'import needs household data'

refused 'say which file to import' import --ledger "$db"
report 'import needs a file'

refused 'too many arguments' import --ledger "$db" --list "$files/gb18030.csv"
report 'the list of imports takes no file'

# ---- a whole household
: >"$db"
chmod 600 "$db"
"$cli" balance --ledger "$db" >/dev/null
/usr/bin/python3 - "$db" <<'SQL'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("INSERT INTO psn_b (psn_no, psn_name, relation, gend, insu_admdvs, insutype, status, acct_flag, provenance)"
           " VALUES (1, '王敏', 'self', '2', '110000', '310', 'active', 1, 'typed')")
db.commit()
SQL
"$cli" export --ledger "$db" --format json --output "$work/whole.json" >/dev/null
run import --lang en --ledger "$work/second.db" "$work/whole.json"
printed 'This is a whole household. With --yes it is read, if there are no household data yet.' 0 && [ ! -e "$work/second.db" ]
report 'a whole household is read only when that is wanted'

run import --lang en --ledger "$work/second.db" "$work/whole.json" --yes
printed 'Read. People: 1, entries: 0' 0
report 'a whole household is read'

refused '' import --lang en --ledger "$work/second.db" "$work/whole.json" --yes
report 'a whole household is not read into another one'

# ---- a dry run writes nothing
import "$files/gb18030.csv"
printed 'Nothing was written. With --yes, lines to be imported: 3.' 0 && printed 'New: 3' 0 && entries 0
report 'without --yes nothing is written'

import "$files/gb18030.csv" --yes --dry-run
printed 'Nothing was written.' 0 && entries 0
report '--dry-run wins over --yes'

import --list
printed 'Nothing was imported so far.' 0
report 'no imports yet'

# ---- import, once more, undo
import "$files/gb18030.csv" --yes
printed 'Imported, lines: 3. To take it back: zifu-cli import --undo 1' 0 && entries 3
report 'GB18030 is imported'

import "$files/gb18030.csv" --yes
printed 'There was nothing to import.' 0 && printed 'There already: 3' 0 && entries 3
report 'importing twice changes nothing'

import --list --json
printed '"n_new": 3' 0 && printed '"undone": false' 0 && printed '"file_name": "gb18030.csv"' 0
report 'imports are listed'

import --undo 1
printed 'Taken back: its entries are no longer in the household data.' 0 && entries 0
report 'an import is taken back'

refused 'There is no such import, or it was undone already.' import --lang en --ledger "$db" --undo 1
report 'an import is taken back once'

import --list
printed 'gb18030.csv, lines: 3 (undone)' 0
report 'the list says what was undone'

# ---- sheets, people
import "$files/sheets.xlsx" --sheet 账户明细 --person 王敏
printed 'Wrong: 1' 1 && printed 'line 8: a line of sums, not an entry' 1 &&
  printed 'The file begins with a balance: ¥1,058.10 is entered as the opening balance.' 1
report 'a sheet is chosen by its name; a line that stays out is said'

refused 'The workbook has no sheet “4”. It has: 说明, 账户明细, 参数' import --lang en --ledger "$db" "$files/sheets.xlsx" --sheet 4
report 'a sheet that is not there is refused'

refused 'In “sheets.xlsx” no columns with a day and an amount were found.' import --lang en --ledger "$db" "$files/sheets.xlsx"
report 'a sheet without a table is refused'

# ---- lines that stay out
printf 'date,amount,note\n2026-01-01,5.00,in\n2026-13-01,-1.00,x\n2099-01-01,-2.00,late\n' >"$work/bad.csv"
import "$work/bad.csv" --yes
printed 'Doubtful: 1' 1 && printed 'Lines that stayed out are in' 1 && entries 1 &&
  grep -qF '"there is no such day: “2026-13-01”"' "$work/bad.csv.report.csv" && [ "$(stat -c %a "$work/bad.csv.report.csv")" = 600 ]
report 'lines that stay out are in a report'

import "$work/bad.csv" --yes --doubtful --report "$work/r.csv" --json
printed '"duplicate": 1' 1 && printed '"doubtful": 1' 1 && printed '"taken": 1' 1 && printed '"reason": "no-such-day"' 1 && entries 2
report 'doubtful lines are imported when that is wanted'

run import --ledger "$db" --lang zh_CN "$work/bad.csv"
printed '第 3 行：没有这一天：“2026-13-01”' 1 && printed '什么都没有写入' 1
report 'the plan is told in Chinese'

# ---- mappings
printf '那天,多少\n03/04/2026,7.00\n' >"$work/own.csv"
refused 'no columns with a day and an amount were found' import --lang en --ledger "$db" "$work/own.csv"
report 'columns that are not known are refused'

cat >"$work/map.json" <<'JSON'
{"format": "zifu-mapping-1", "columns": {"date": "那天", "amount": "多少"}, "dates": "dmy", "plus_is_outlay": true}
JSON
import "$work/own.csv" --mapping "$work/map.json" --save-mapping 'My bank'
printed 'New: 1' 0
report 'a mapping is given as a file'

run import --mappings
printed 'My bank' 0
report 'a mapping is saved by name'

import "$work/own.csv" --mapping 'My bank' --yes
printed 'Imported, lines: 1.' 0 && "$cli" history --ledger "$db" --person 1 --json | grep -q '"2026-04-03"'
report 'a mapping is used by name'

refused 'No mapping is saved under the name “None”.' import --lang en --ledger "$db" "$work/own.csv" --mapping None
report 'a mapping that is not there is refused'

printf '日期,金额\n2026-05-01,7.00\n' >"$work/one-way.csv"
refused 'which column is what could only be guessed' import --lang en --ledger "$db" "$work/one-way.csv" --yes
report 'a guess that is not sure is not followed'

import "$work/one-way.csv" --show-mapping
printed '"amount": "金额"' 0 && cp "$work/out" "$work/shown.json" && import "$work/one-way.csv" --mapping "$work/shown.json" &&
  printed 'New: 1' 0
report 'a guess is shown, and taken once somebody looked at it'

# ---- encodings, separators, account documents
import "$files/semicolon.csv" --separator ';' --encoding UTF-8 --json
printed '"new": 3' 0
report 'encoding and separator can be said'

refused 'takes one plain character' import --lang en --ledger "$db" "$files/semicolon.csv" --separator '；'
report 'a separator is one plain character'

refused 'The encoding “X-1” is not known here' import --lang en --ledger "$db" "$files/semicolon.csv" --encoding X-1
report 'an unknown encoding is refused'

import "$files/feed.json" --json
printed '"new": 7' 0
report 'an account document is imported'

refused 'an account document needs no mapping' import --lang en --ledger "$db" "$files/feed.json" --show-mapping
report 'an account document has no mapping to show'

: >"$work/empty.csv"
refused '“empty.csv” is empty.' import --lang en --ledger "$db" "$work/empty.csv"
report 'an empty file is refused'

echo "1..$n"
