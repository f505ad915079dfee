#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The commands about household data, run as people run them.
#   test-cli-ledger.sh ZIFU_CLI SOURCE_ROOT

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

skip() {   # TEXT REASON
  n=$((n + 1))
  echo "ok $n - $1 # SKIP $2"
}

db=$work/household.db

# ---- a household of today, with two people of one name
: >"$db"
chmod 600 "$db"
run balance --ledger "$db"
printed 'There is nobody in these household data yet.' 0
report 'balance of household data without people'

run history --ledger "$db"
printed 'No entries.' 0
report 'history of household data without people'

if ! command -v sqlite3 >/dev/null 2>&1; then
  # Python brings SQLite along.
  sqlite3() {
    /usr/bin/python3 -c 'import sqlite3, sys
connection, sql = sqlite3.connect(sys.argv[1]), sys.argv[2]
if sql.startswith("SELECT"):
    for row in connection.execute(sql):
        print(*row, sep="|")
else:
    connection.executescript(sql)' "$1" "$2"
  }
fi
sqlite3 "$db" "
  INSERT INTO psn_b (psn_no, psn_name, relation, gend, insu_admdvs, insutype, status, acct_flag, provenance) VALUES
    (1, 'Wang Fang', 'self', '2', '110000', '310', 'active', 1, 'typed'), (2, 'Li Wei', 'spouse', '1', '110000', '310', 'active', 1, 'typed'),
    (3, 'Li Wei', 'child', '1', '110000', '390', 'resident', 0, 'typed');
  INSERT INTO txt_d (txt_id, txt) VALUES (1, 'Harmony Pharmacy'), (2, 'cough');
  INSERT INTO acct_incexpd_d (rid, psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc, fixmedins_id, memo_id, provenance)
    VALUES (1, 1, '2026-01-01', 'opening', '111', 100000, 0, 100000, NULL, NULL, 'typed'),
    (2, 1, '2026-02-03', 'pharmacy', '201', 0, 1250, 98750, 1, 2, 'typed'), (3, 1, '2026-03-03', 'credit', '101', 24000, 0, 122750, NULL, NULL, 'typed'),
    (4, 2, '2026-03-03', 'opening', '111', 700, 0, 700, NULL, NULL, 'typed');
  INSERT INTO acct_mon_d VALUES (1, '2026-01', 0, 0, 100000, 1), (1, '2026-02', 0, 1250, 0, 1), (1, '2026-03', 24000, 0, 0, 1), (2, '2026-03', 0, 0, 700, 1);
" >/dev/null

run balance --ledger "$db" --lang en
printed 'Wang Fang: 1,227.50, newest entry 2026-03-03' 0 && printed 'Li Wei: no personal account' 0
report 'balance says what each account holds'

run balance --ledger "$db" --person 2 --json
printed '"balc": "7.00"' 0 && printed '"agrees": true' 0 && ! grep -q 'Wang' "$work/out"
report 'balance --json of one person, by number'

# ---- of which year the money is, where rules care: Shanghai
shanghai=$work/shanghai.db
: >"$shanghai"
chmod 600 "$shanghai"
run balance --ledger "$shanghai"
sqlite3 "$shanghai" "
  INSERT INTO psn_b (psn_no, psn_name, relation, gend, insu_admdvs, insutype, status, acct_flag, provenance) VALUES
    (1, 'Zhao Yi', 'self', '2', '310000', '310', 'active', 1, 'typed'), (2, 'Qian Er', 'spouse', '1', '110000', '310', 'active', 1, 'typed');
  INSERT INTO acct_incexpd_d (rid, psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc, provenance)
    VALUES (1, 1, '2020-01-01', 'opening', '111', 100000, 0, 100000, 'typed');
  INSERT INTO acct_mon_d VALUES (1, '2020-01', 0, 0, 100000, 1);
" >/dev/null
run balance --ledger "$shanghai" --lang en
printed "this year's money 0.00, earlier years' money 1,000.00" 0 && [ "$(grep -c "this year's money" "$work/out")" -eq 1 ]
report 'balance tells of which year the money is, where rules care'

run balance --ledger "$shanghai" --person 1 --this-year 300.00 --json
printed '"current": "300.00"' 0 && printed '"earlier": "700.00"' 0 && printed '"balance": "0.00"' 0 && printed '"crtyear_balc": "300.00"' 0
report 'balance --this-year states it'

run balance --ledger "$shanghai" --lang zh_CN
printed '当年账户 300.00，历年账户 700.00' 0
report 'in Chinese'

refused 'name it with --person' balance --ledger "$shanghai" --this-year 1.00
report '--this-year without a person is refused'
refused "This year's part: it cannot be more than the balance of that day, 1000.00." \
  balance --ledger "$shanghai" --person 1 --this-year 1000.01 --lang en
report '--this-year beyond the balance is refused'
refused '--this-year takes an amount' balance --ledger "$shanghai" --person 1 --this-year=-1.00 --lang en
report '--this-year below nothing is refused'
refused 'Day: it cannot lie in the future.' balance --ledger "$shanghai" --person 1 --this-year 1.00 --on 9999-01-01 --lang en
report '--on in the future is refused'
refused '--on takes a day' balance --ledger "$shanghai" --person 1 --this-year 1.00 --on 2026-02-30 --lang en
report '--on that is no day is refused'
refused "do not tell this year's money" balance --ledger "$shanghai" --person 2 --this-year 0.00 --lang en
report '--this-year where no rule cares is refused'

run balance --ledger "$shanghai" --person 1 --this-year none --json
printed '"earlier": "1000.00"' 0 && ! grep -q crtyear_balc "$work/out"
report 'and --this-year none takes it back'

refused 'more than one person is called “Li Wei”' balance --ledger "$db" --person 'Li Wei'
report 'a name that two people have is refused'

refused 'nobody in the household is called “Nobody”' history --ledger "$db" --person Nobody
report 'a name that nobody has is refused'

run history --ledger "$db" --person 'Wang Fang' --from 2026-02 --to 2026-02
printed 'Harmony Pharmacy' 0 && [ "$(wc -l <"$work/out")" -eq 1 ]
report 'history of a month'

run history --ledger "$db" --kind credit --json
printed '"inc_sumamt": "240.00"' 0 && [ "$(wc -l <"$work/out")" -eq 1 ]
report 'history of a kind, for programs'

run history --ledger "$db" --text COUGH
printed '12.50' 0 && [ "$(wc -l <"$work/out")" -eq 1 ]
report 'history finds a text'

run history --ledger "$db" -n 2
[ $code -eq 0 ] && [ "$(wc -l <"$work/out")" -eq 2 ]
report 'history --limit'

refused '--kind takes' history --ledger "$db" --kind nonsense
report 'history refuses a kind that there is not'

refused '--from and --to take a day' history --ledger "$db" --from yesterday
report 'history refuses a day that is none'

refused '--from comes after --to' history --ledger "$db" --from 2026-03 --to 2026-02
report 'history refuses a period that ends before it begins'

refused 'there are no household data in' balance --ledger "$work/nothing.db" && [ ! -e "$work/nothing.db" ]
report 'household data that are not there are not made'

refused 'there are no household data in' balance
report 'the usual place is empty as well'

echo 'this is no database, and long enough not to be taken for an empty one by anybody who looks at it' >"$work/other.db"
refused 'damaged' balance --ledger "$work/other.db"
report 'another kind of file is refused'

# ---- providers to choose from
run sync --providers
printed 'No provider is known on this computer.' 0
report 'no provider is known'

mkdir -p "$work/data/zifu/providers"
cat >"$work/data/zifu/providers/a.json" <<'JSON'
{ "name": { "zh": "某市医保局", "en": "Bureau of a city" }, "address": "https://yibao.example.cn" }
JSON
run sync --providers
printed 'Bureau of a city' 0 && grep -q '^   https://yibao.example.cn$' "$work/out"
report 'a provider that somebody made known'

run sync --providers --json
[ $code -eq 0 ] && /usr/bin/python3 -c 'import json, sys
d = json.load(open(sys.argv[1]))
assert [p["address"] for p in d] == ["https://yibao.example.cn"] and d[0]["region"] is None' "$work/out"
report 'a provider for programs'

echo '{ "name": { "zh": "局", "en": "B" }, "address": "http://yibao.example.cn" }' >"$work/data/zifu/providers/b.json"
run sync --providers
[ $code -eq 2 ] && grep -q 'Bureau of a city' "$work/out" && [ "$(wc -l <"$work/err")" -eq 1 ] &&
  grep -q '^zifu-cli: .*b.json#/address: must be an address that begins with https://' "$work/err"
report 'an entry that cannot be used is named and hides no other'
rm -r "$work/data/zifu/providers"

# ---- export
run export --ledger "$db" --format csv --output "$work/a.csv"
[ $code -eq 0 ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/a.csv")" -eq 5 ] && [ "$(stat -c %a "$work/a.csv")" = 600 ]
report 'export of CSV into a file of mode 0600'

run export --ledger "$db" --format csv --output - --person 2
printed '2,Li Wei,4,2026-03-03,opening' 0
report 'export to the standard output'

run export --ledger "$db" --format json --output "$work/a.json"
[ $code -eq 0 ] && /usr/bin/python3 -c 'import json, sys; d = json.load(open(sys.argv[1])); assert len(d["tables"]["psn_b"]) == 3' "$work/a.json"
report 'export of a household that other programs read'

run export --ledger "$db" --format json --anonymous --output "$work/b.json"
[ $code -eq 0 ] && ! grep -qE 'Wang|Li Wei|Harmony|cough' "$work/b.json" && grep -q '"anonymous": true' "$work/b.json"
report 'export without a name'

run export --ledger "$db" --format journal --output -
printed 'assets:medical:Wang Fang  240.00 CNY = 1227.50 CNY' 0
report 'export of a journal'

run export --ledger "$db" --format pdf --person 1 --from 2026 --to 2026 --output "$work/a.pdf"
[ $code -eq 0 ] && head -c 5 "$work/a.pdf" | grep -q '%PDF-'
report 'export of a statement'

if command -v pdftotext >/dev/null 2>&1; then
  pdftotext "$work/a.pdf" - | grep -q 'Harmony Pharmacy'
  report 'the statement says what it should'
  if [ -f "${ZIFU_LOCALE_DIR:-/nonexistent}/zh_CN/LC_MESSAGES/zifu.mo" ]; then
    run export --ledger "$db" --format pdf --person 1 --output "$work/b.pdf" --lang zh_CN
    [ $code -eq 0 ] && pdftotext "$work/b.pdf" - | LC_ALL=C.UTF-8 grep -q '姓名'
    report 'the statement in Chinese'
  else
    skip 'the statement in Chinese' 'no catalogue is compiled'
  fi
else
  skip 'the statement says what it should' 'pdftotext is not installed'
  skip 'the statement in Chinese' 'pdftotext is not installed'
fi

refused 'a statement is about one person' export --ledger "$db" --format pdf --output "$work/c.pdf" && [ ! -e "$work/c.pdf" ]
report 'a statement of everybody is refused'

refused '--format takes csv, json, journal or pdf' export --ledger "$db" --format xml --output "$work/c"
report 'an unknown format is refused'

refused 'say what to write and where' export --ledger "$db" --format csv
report 'export asks where to'

refused 'no period' export --ledger "$db" --format json --from 2026 --output "$work/c"
report 'a household has no period'

refused 'No such file or directory' export --ledger "$db" --format csv --output "$work/no/such/place.csv"
report 'a folder that is not there'

# ---- backup, restore, verify
run backup --ledger "$db" --output "$work/a.backup"
printed 'people: 3, entries: 4, newest: 2026-03-03' 0
report 'backup says what it holds'

run verify "$work/a.backup"
printed 'whole' 0
report 'verify of a backup'

run verify --ledger "$db"
printed 'Wang Fang: 1,227.50' 0
report 'verify of the household data'

sqlite3 "$db" 'UPDATE acct_incexpd_d SET balc = balc + 5 WHERE rid = 2' >/dev/null
run verify --ledger "$db"
printed 'does not agree from 2026-02-03 (entry 2): recorded 987.55, by the entries 987.50' 1
report 'verify names the first balance that does not agree'

run balance --ledger "$db" --json
printed '"agrees": false' 1 && printed '"rid": 2' 1
report 'and for programs'

sqlite3 "$db" 'UPDATE acct_incexpd_d SET balc = balc - 5 WHERE rid = 2; UPDATE acct_mon_d SET pay_sumamt = 0, inc_sumamt = 0' >/dev/null
run verify --ledger "$db" --lang en
printed '! The sums of 2 months are not those of their entries.' 1 && printed 'Wang Fang: 1,227.50' 1
report 'verify tells of sums that are not those of the entries'

run verify --ledger "$db" --lang en --json
[ $code -eq 1 ] && grep -q 'zifu-cli: The sums of 2 months' "$work/err" && grep -q '"agrees": true' "$work/out"
report 'and for programs'

sqlite3 "$db" 'UPDATE acct_incexpd_d SET balc = balc + 5 WHERE rid = 2' >/dev/null
run restore "$work/a.backup" --ledger "$db"
printed 'Restored. What was there before is now in' 0
report 'restore'

run verify --ledger "$db"
printed 'Wang Fang: 1,227.50' 0
report 'what was restored agrees again'

kept=$(ls "$db".replaced-*)
run restore --undo "$kept" --ledger "$db"
printed 'Put back.' 0
report 'restore --undo'

run verify --ledger "$db"
[ $code -eq 1 ]
report 'what had been replaced is back as it was'

refused 'is not what a restore kept aside' restore --undo "$work/a.backup" --ledger "$db" && [ -f "$work/a.backup" ]
report 'restore --undo refuses a backup'

refused 'is not a backup of this program' restore "$work/a.csv" --ledger "$db"
report 'restore refuses another kind of file'

head -c 20000 "$work/a.backup" >"$work/b.backup"
refused 'is damaged' restore "$work/b.backup" --ledger "$db"
report 'restore refuses half a backup'

run backup --ledger "$db" --daily
[ $code -eq 0 ] && [ "$(ls "$work/backups" | wc -l)" -eq 1 ]
report 'backup --daily'

run backup --ledger "$db" --daily
printed 'The backup of today is there already.' 0
report 'once a day'

refused 'say where to' backup --ledger "$db"
report 'backup asks where to'

refused 'one backup is needed' restore --ledger "$db"
report 'restore asks what'

# ---- restore --salvage
refused 'these household data are not damaged' restore --salvage --ledger "$db"
report 'what is not damaged is not salvaged'

refused 'too many arguments' restore --salvage "$work/a.backup" --ledger "$db"
report 'restore --salvage takes no backup'

hurt=$work/hurt/household.db
mkdir "$work/hurt"
cp "$db" "$hurt"
sqlite3 "$hurt" "PRAGMA journal_mode = DELETE;
  INSERT INTO acct_incexpd_d (psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc, provenance)
  WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 300000)
  SELECT 1, '2026-04-01', 'credit', '101', 0, 0, 0, 'imported' FROM t" >/dev/null
# The root of the table of the months.
page=$(sqlite3 "$hurt" "SELECT rootpage FROM sqlite_schema WHERE name = 'acct_mon_d'")
head -c 4096 /dev/urandom | dd of="$hurt" bs=4096 seek=$((page - 1)) conv=notrunc status=none
cp "$hurt" "$work/hurt.before"

"$cli" restore --salvage --ledger "$hurt" >"$work/out" 2>"$work/err" &
pid=$!
while kill -0 $pid 2>/dev/null && [ ! -e "$hurt.salvage" ]; do sleep 0.01; done
kill -INT $pid
wait $pid
code=$?
[ $code -eq 2 ] && grep -qF 'Stopped. Nothing was changed.' "$work/err" && cmp -s "$hurt" "$work/hurt.before" &&
  [ "$(ls "$work/hurt")" = household.db ]
report 'Ctrl+C leaves damaged data as they were'

run restore --salvage --ledger "$hurt"
printed 'Entries  saved: 300004 · lost: 0' 0 && cmp -s "$hurt".damaged-* "$work/hurt.before"
report 'restore --salvage'

cat >"$work/case.json" <<'CASE'
{"policy": "110000", "person": {"insurance": "310", "status": "active", "birth": "1980-02-29", "account": {"balance": "86.00"}},
 "visit": {"date": "2026-11-20", "care": "outpatient", "class": "3", "designated": true, "use_account": true,
           "bill": {"total": "4200.00", "out": "100.00", "over_limit": "0.00", "prior": "50.00"}}}
CASE
cat >"$work/receipt.json" <<'CASE'
{"setl_time": "2026-11-21", "medfee_sumamt": "4200.00", "fulamt_ownpay_amt": "100.00", "overlmt_selfpay": "0.00", "preselfpay_amt": "50.00",
 "act_pay_dedc": "1800.00", "hifob_pay": "2025.00", "acct_pay": "86.00", "acct_mulaid_pay": "0.00", "hosp_part_amt": "0.00"}
CASE
sed 's/"2025.00"/"2025.00", "psn_cash_pay": "1.00"/' "$work/receipt.json" >"$work/wrong.json"

run estimate list --ledger "$db" --lang en
printed 'No saved estimates.' 0
report 'R42: no estimates yet'

refused 'needs --person and --case' estimate save --ledger "$db"
report 'R42: estimate save asks for whom and what'

run estimate save --ledger "$db" --person 1 --case "$work/case.json" --note knee --lang en
printed 'Saved as estimate 1.' 0
report 'R42: an estimate is saved'

run estimate list --ledger "$db" --person 1 --json
printed '"medfee_sumamt": "4200.00"' 0 && printed '"memo": "knee"' 0 && printed '"policy": "110000"' 0
report 'R42: saved estimates for programs'

run estimate match 1 --ledger "$db" --lang en
printed 'No settlement is near' 0
report 'R42: nothing to match'

run estimate compare 1 --ledger "$db" --receipt "$work/receipt.json" --lang en
printed 'First difference: Large-amount fund, +450.00' 1 && printed 'community clinic instead of tier-3 hospital' 1
report 'R42: a receipt is compared, and the level explains it'

run estimate compare 1 --ledger "$db" --receipt "$work/receipt.json" --json
printed '"axis": "class"' 1 && printed '"explained": true' 1 && printed '"difference": "450.00"' 1
report 'R42: the same for programs'

refused 'do not add up: psn_part_amt' estimate compare 1 --ledger "$db" --receipt "$work/wrong.json"
report 'R42: a receipt that contradicts itself is refused'

refused 'no settlement is confirmed' estimate compare 1 --ledger "$db"
report 'R42: what to compare with is asked'

refused 'no such estimate and settlement' estimate match 1 --ledger "$db" --settlement 7 --confirm
report 'R42: a settlement that is not there is not confirmed'

refused 'number of an estimate is needed' estimate delete --ledger "$db"
report 'R42: estimate delete asks which'

refused 'takes save, list' estimate nonsense --ledger "$db"
report 'R42: estimate refuses a word that it does not know'

run estimate compare 1 --ledger "$db" --receipt "$work/receipt.json" --record --institution 'City Hospital' --lang en
printed 'First difference' 1 && run history --ledger "$db" --text 'City Hospital' && printed '86.00' 0
report 'R42: a receipt goes into the history'

run estimate match 1 --ledger "$db" --json
printed '"state": "confirmed"' 0
report 'R42: it is the real bill of its estimate'

run estimate compare 1 --ledger "$db" --json
printed '"explained": true' 1
report 'R42: and is compared from now on'

run estimate delete 1 --ledger "$db"
[ $code -eq 0 ] && run estimate list --ledger "$db" --lang en && printed 'No saved estimates.' 0
report 'R42: an estimate is deleted'

for command in history balance estimate export backup restore verify; do
  run $command --help --lang en
  printed '--ledger' 0 || break
done
report 'every command explains itself'

echo "1..$n"
