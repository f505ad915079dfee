/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <glib/gi18n-lib.h>

/*
 * The shape of the file, step by step.  A step that was published is never edited: what must change is a new step.
 *
 * Tables and columns carry the names of the national platform where it has one: psn_b (person), acct_incexpd_d (movements
 * of the account; the platform keeps acct_inc_detl_d and acct_pay_detl_d, here they are one), setl_d (settlement),
 * setldetail (its funds), feedetl_d (lines of the bill), psn_clct_detl_d (contributions), cum_d (yearly totals).  Amounts
 * are whole fen, days are yyyy-MM-dd, months yyyyMM, ratios and counters exact fractions as text.
 */

#define PROVENANCE "provenance TEXT NOT NULL CHECK (provenance IN ('typed', 'imported', 'synced', 'sample'))"
#define MONEY_LIMIT "9999999999999999"

static const char step_1[] =
  "CREATE TABLE psn_b ("
  "  psn_no INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  psn_name TEXT NOT NULL CHECK (psn_name <> ''),"
  "  relation TEXT NOT NULL,"
  "  gend TEXT NOT NULL CHECK (gend IN ('0', '1', '2', '9')),"
  "  brdy TEXT,"
  "  insu_admdvs TEXT NOT NULL,"
  "  insutype TEXT NOT NULL,"
  "  status TEXT NOT NULL CHECK (status IN ('active', 'retired', 'flexible', 'resident')),"
  "  resident_class TEXT,"
  "  psn_type TEXT GENERATED ALWAYS AS (CASE status WHEN 'active' THEN '11' WHEN 'flexible' THEN '1103' WHEN 'retired' THEN '12'"
  "    ELSE CASE resident_class WHEN 'student' THEN '14' WHEN 'minor' THEN '14' WHEN 'elderly' THEN '16' ELSE '15' END END) VIRTUAL,"
  "  psn_clctstd INTEGER CHECK (psn_clctstd BETWEEN 0 AND " MONEY_LIMIT "),"
  "  acct_flag INTEGER NOT NULL CHECK (acct_flag IN (0, 1)),"
  "  " PROVENANCE
  ") STRICT;"

  "CREATE TABLE setl_d ("
  "  setl_id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  psn_no INTEGER NOT NULL REFERENCES psn_b (psn_no),"
  "  setl_time TEXT NOT NULL,"
  "  begndate TEXT NOT NULL,"
  "  care TEXT NOT NULL,"
  "  med_type TEXT NOT NULL,"
  "  fixmedins_name TEXT,"
  "  fixmedins_class TEXT,"
  "  insu_admdvs TEXT NOT NULL,"
  "  insutype TEXT NOT NULL,"
  "  medfee_sumamt INTEGER NOT NULL CHECK (medfee_sumamt BETWEEN 0 AND " MONEY_LIMIT "),"
  "  fulamt_ownpay_amt INTEGER NOT NULL CHECK (fulamt_ownpay_amt >= 0),"
  "  overlmt_selfpay INTEGER NOT NULL CHECK (overlmt_selfpay >= 0),"
  "  preselfpay_amt INTEGER NOT NULL CHECK (preselfpay_amt >= 0),"
  "  inscp_scp_amt INTEGER NOT NULL CHECK (inscp_scp_amt >= 0),"
  "  act_pay_dedc INTEGER NOT NULL CHECK (act_pay_dedc >= 0),"
  "  fund_pay_sumamt INTEGER NOT NULL CHECK (fund_pay_sumamt >= 0),"
  "  hosp_part_amt INTEGER NOT NULL CHECK (hosp_part_amt >= 0),"
  "  psn_part_amt INTEGER NOT NULL CHECK (psn_part_amt >= 0),"
  "  own_acct_pay INTEGER NOT NULL CHECK (own_acct_pay >= 0),"
  "  acct_mulaid_pay INTEGER NOT NULL CHECK (acct_mulaid_pay >= 0),"
  "  acct_pay INTEGER GENERATED ALWAYS AS (own_acct_pay + acct_mulaid_pay) VIRTUAL,"
  "  psn_cash_pay INTEGER NOT NULL CHECK (psn_cash_pay >= 0),"
  "  stay INTEGER,"
  "  refd_setl_flag TEXT NOT NULL DEFAULT '0' CHECK (refd_setl_flag IN ('0', '1')),"
  "  unverified INTEGER NOT NULL CHECK (unverified IN (0, 1)),"
  "  " PROVENANCE ","
  "  CHECK (medfee_sumamt = fulamt_ownpay_amt + overlmt_selfpay + preselfpay_amt + inscp_scp_amt),"
  "  CHECK (medfee_sumamt = fund_pay_sumamt + hosp_part_amt + psn_part_amt),"
  "  CHECK (psn_part_amt = own_acct_pay + acct_mulaid_pay + psn_cash_pay)"
  ") STRICT;"
  "CREATE INDEX setl_d_by_person ON setl_d (psn_no, setl_time);"

  "CREATE TABLE setldetail ("
  "  setl_id INTEGER NOT NULL REFERENCES setl_d (setl_id),"
  "  seq INTEGER NOT NULL,"
  "  payout TEXT NOT NULL CHECK (payout IN ('now', 'later', 'claim')),"
  "  layer TEXT NOT NULL,"
  "  payer TEXT NOT NULL,"
  "  fund_pay_type TEXT,"
  "  fund_payamt INTEGER NOT NULL CHECK (fund_payamt >= 0),"
  "  PRIMARY KEY (setl_id, seq)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE feedetl_d ("
  "  setl_id INTEGER NOT NULL REFERENCES setl_d (setl_id),"
  "  feedetl_sn INTEGER NOT NULL,"
  "  det_item_fee_sumamt INTEGER NOT NULL,"
  "  cnt TEXT NOT NULL,"
  "  fulamt_ownpay_amt INTEGER,"
  "  overlmt_amt INTEGER,"
  "  preselfpay_amt INTEGER,"
  "  PRIMARY KEY (setl_id, feedetl_sn)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE acct_incexpd_d ("
  "  rid INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  psn_no INTEGER NOT NULL REFERENCES psn_b (psn_no),"
  "  acct_modi_date TEXT NOT NULL,"
  "  kind TEXT NOT NULL CHECK (kind IN ('credit', 'outpatient', 'pharmacy', 'inpatient', 'family', 'transfer', 'refund', 'interest',"
  "    'premium', 'opening')),"
  "  acct_incexpd_type TEXT NOT NULL,"
  "  inc_sumamt INTEGER NOT NULL CHECK (inc_sumamt BETWEEN 0 AND " MONEY_LIMIT "),"
  "  pay_sumamt INTEGER NOT NULL CHECK (pay_sumamt BETWEEN 0 AND " MONEY_LIMIT "),"
  "  balc INTEGER NOT NULL CHECK (balc BETWEEN -" MONEY_LIMIT " AND " MONEY_LIMIT "),"
  "  fixmedins_name TEXT,"
  "  memo TEXT,"
  "  cashym TEXT,"
  "  psn_clctstd INTEGER CHECK (psn_clctstd >= 0),"
  "  relt_psn_no INTEGER REFERENCES psn_b (psn_no),"
  "  setl_id INTEGER REFERENCES setl_d (setl_id),"
  "  init_rid INTEGER REFERENCES acct_incexpd_d (rid),"
  "  " PROVENANCE ","
  "  CHECK (inc_sumamt = 0 OR pay_sumamt = 0)"
  ") STRICT;"
  /* The first index holds all that balances and monthly sums need, so that a million rows are added up without reading the table. */
  "CREATE INDEX acct_incexpd_d_by_day ON acct_incexpd_d (psn_no, acct_modi_date, rid, inc_sumamt, pay_sumamt, balc);"
  "CREATE INDEX acct_incexpd_d_by_kind ON acct_incexpd_d (psn_no, kind, acct_modi_date, rid);"
  "CREATE INDEX acct_incexpd_d_by_relative ON acct_incexpd_d (relt_psn_no, psn_no) WHERE relt_psn_no IS NOT NULL;"
  "CREATE INDEX acct_incexpd_d_by_settlement ON acct_incexpd_d (setl_id) WHERE setl_id IS NOT NULL;"
  "CREATE UNIQUE INDEX acct_incexpd_d_by_original ON acct_incexpd_d (init_rid) WHERE init_rid IS NOT NULL;"

  "CREATE TABLE psn_clct_detl_d ("
  "  psn_no INTEGER NOT NULL REFERENCES psn_b (psn_no),"
  "  cashym TEXT NOT NULL,"
  "  clct_time TEXT,"
  "  clct_flag TEXT NOT NULL DEFAULT '1',"
  "  revs_flag TEXT NOT NULL DEFAULT 'Z',"
  "  psn_clctstd INTEGER CHECK (psn_clctstd >= 0),"
  "  psn_clct_into_acct_amt INTEGER CHECK (psn_clct_into_acct_amt >= 0),"
  "  " PROVENANCE ","
  "  PRIMARY KEY (psn_no, cashym)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE psn_mulaid_d ("
  "  psn_no INTEGER NOT NULL REFERENCES psn_b (psn_no),"
  "  relt_psn_no INTEGER NOT NULL REFERENCES psn_b (psn_no),"
  "  quota INTEGER CHECK (quota BETWEEN 0 AND " MONEY_LIMIT "),"
  "  begndate TEXT NOT NULL,"
  "  " PROVENANCE ","
  "  PRIMARY KEY (psn_no, relt_psn_no),"
  "  CHECK (psn_no <> relt_psn_no)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX psn_mulaid_d_by_relative ON psn_mulaid_d (relt_psn_no);"

  "CREATE TABLE cum_d ("
  "  psn_no INTEGER NOT NULL REFERENCES psn_b (psn_no),"
  "  cum_type_code TEXT NOT NULL,"
  "  cum TEXT NOT NULL,"
  "  since TEXT,"
  "  " PROVENANCE ","
  "  PRIMARY KEY (psn_no, cum_type_code)"
  ") STRICT, WITHOUT ROWID;"

  /* Rows of history stay as they were written.  Deleting a whole person is the one exception: it puts a row here, deletes and takes
   * the row away again in one transaction, so that nobody else ever sees it. */
  "CREATE TABLE unlock_d (reason TEXT NOT NULL) STRICT;"
  "CREATE TRIGGER acct_incexpd_d_stays BEFORE DELETE ON acct_incexpd_d WHEN NOT EXISTS (SELECT 1 FROM unlock_d)"
  "  BEGIN SELECT RAISE (ABORT, 'entries are append-only'); END;"
  "CREATE TRIGGER acct_incexpd_d_fixed BEFORE UPDATE OF rid, psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt,"
  "  fixmedins_name, memo, cashym, psn_clctstd, relt_psn_no, setl_id, init_rid, provenance ON acct_incexpd_d"
  "  WHEN NOT EXISTS (SELECT 1 FROM unlock_d)"
  "  BEGIN SELECT RAISE (ABORT, 'entries are append-only'); END;"
  "CREATE TRIGGER setl_d_stays BEFORE DELETE ON setl_d WHEN NOT EXISTS (SELECT 1 FROM unlock_d)"
  "  BEGIN SELECT RAISE (ABORT, 'settlements are append-only'); END;"
  "CREATE TRIGGER setl_d_fixed BEFORE UPDATE OF setl_id, psn_no, setl_time, begndate, care, med_type, fixmedins_name, fixmedins_class,"
  "  insu_admdvs, insutype, medfee_sumamt, fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt, inscp_scp_amt, act_pay_dedc,"
  "  fund_pay_sumamt, hosp_part_amt, psn_part_amt, own_acct_pay, acct_mulaid_pay, psn_cash_pay, stay, unverified, provenance ON setl_d"
  "  BEGIN SELECT RAISE (ABORT, 'settlements are append-only'); END;"
  "CREATE TRIGGER setldetail_stays BEFORE DELETE ON setldetail WHEN NOT EXISTS (SELECT 1 FROM unlock_d)"
  "  BEGIN SELECT RAISE (ABORT, 'settlements are append-only'); END;"
  "CREATE TRIGGER setldetail_fixed BEFORE UPDATE ON setldetail"
  "  BEGIN SELECT RAISE (ABORT, 'settlements are append-only'); END;"
  "CREATE TRIGGER feedetl_d_stays BEFORE DELETE ON feedetl_d WHEN NOT EXISTS (SELECT 1 FROM unlock_d)"
  "  BEGIN SELECT RAISE (ABORT, 'settlements are append-only'); END;"
  "CREATE TRIGGER feedetl_d_fixed BEFORE UPDATE ON feedetl_d"
  "  BEGIN SELECT RAISE (ABORT, 'settlements are append-only'); END;";

/* What a settlement was worked out from, so that it can be worked out again and compared (R42). */
static const char step_2[] =
  "CREATE TABLE setl_input_d ("
  "  setl_id INTEGER PRIMARY KEY REFERENCES setl_d (setl_id),"
  "  by_lines INTEGER NOT NULL CHECK (by_lines IN (0, 1)),"
  "  medfee_sumamt INTEGER,"
  "  fulamt_ownpay_amt INTEGER,"
  "  overlmt_selfpay INTEGER,"
  "  preselfpay_amt INTEGER,"
  "  inscp_scp_amt INTEGER,"
  "  clamp INTEGER NOT NULL CHECK (clamp IN (0, 1)),"
  "  prepaid INTEGER,"
  "  acct_used_flag INTEGER NOT NULL CHECK (acct_used_flag IN (0, 1)),"
  "  mulaid_used_flag INTEGER NOT NULL CHECK (mulaid_used_flag IN (0, 1)),"
  "  old_balc INTEGER"
  ") STRICT;"

  "CREATE TABLE setl_axis_d ("
  "  setl_id INTEGER NOT NULL REFERENCES setl_d (setl_id),"
  "  scope TEXT NOT NULL CHECK (scope IN ('person', 'visit', 'line')),"
  "  feedetl_sn INTEGER NOT NULL,"
  "  axis TEXT NOT NULL,"
  "  ord INTEGER NOT NULL,"
  "  form TEXT NOT NULL CHECK (form IN ('null', 'string', 'boolean', 'number', 'list')),"
  "  value TEXT,"
  "  PRIMARY KEY (setl_id, scope, feedetl_sn, axis, ord)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE setl_base_d ("
  "  setl_id INTEGER NOT NULL REFERENCES setl_d (setl_id),"
  "  seq INTEGER NOT NULL,"
  "  payer TEXT NOT NULL,"
  "  fund_payamt INTEGER NOT NULL,"
  "  PRIMARY KEY (setl_id, seq)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE setl_cum_d ("
  "  setl_id INTEGER NOT NULL REFERENCES setl_d (setl_id),"
  "  cum_type_code TEXT NOT NULL,"
  "  old_cum TEXT,"
  "  old_since TEXT,"
  "  cum TEXT,"
  "  since TEXT,"
  "  PRIMARY KEY (setl_id, cum_type_code)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE setl_mulaid_d ("
  "  setl_id INTEGER NOT NULL REFERENCES setl_d (setl_id),"
  "  seq INTEGER NOT NULL,"
  "  psn_no INTEGER REFERENCES psn_b (psn_no),"
  "  old_balc INTEGER NOT NULL,"
  "  quota INTEGER,"
  "  PRIMARY KEY (setl_id, seq)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE INDEX setl_mulaid_d_by_person ON setl_mulaid_d (psn_no);";

/*
 * Imports, and a history of a million rows.
 *
 * Texts stand once in txt_d: a search looks through the texts, not through the rows.  The sums of each month are kept in acct_mon_d, so
 * that no summary reads the rows (not by triggers: with one, SQLite keeps a journal for each row, and an import takes twice as long).
 * The table of entries is made anew, because a column's CHECK cannot be changed.
 */
static const char step_3[] =
  "CREATE TABLE impt_d ("
  "  impt_id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  psn_no INTEGER REFERENCES psn_b (psn_no),"
  "  impt_time TEXT NOT NULL,"
  "  file_name TEXT NOT NULL,"
  "  file_hash TEXT NOT NULL,"
  "  mapping TEXT,"
  "  n_new INTEGER NOT NULL DEFAULT 0 CHECK (n_new >= 0),"
  "  n_dup INTEGER NOT NULL DEFAULT 0 CHECK (n_dup >= 0),"
  "  n_doubt INTEGER NOT NULL DEFAULT 0 CHECK (n_doubt >= 0),"
  "  n_bad INTEGER NOT NULL DEFAULT 0 CHECK (n_bad >= 0),"
  "  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))"
  ") STRICT;"
  "CREATE INDEX impt_d_by_person ON impt_d (psn_no);"

  "CREATE TABLE txt_d (txt_id INTEGER PRIMARY KEY, txt TEXT NOT NULL UNIQUE CHECK (txt <> '')) STRICT;"

  "CREATE TABLE acct_mon_d ("
  "  psn_no INTEGER NOT NULL REFERENCES psn_b (psn_no),"
  "  ym TEXT NOT NULL,"
  "  inc_sumamt INTEGER NOT NULL,"
  "  pay_sumamt INTEGER NOT NULL,"
  "  adj_sumamt INTEGER NOT NULL," /* balances that were entered or set right: nothing came in or went out by them */
  "  cnt INTEGER NOT NULL,"
  "  PRIMARY KEY (psn_no, ym)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE acct_incexpd_n ("
  "  rid INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  psn_no INTEGER NOT NULL REFERENCES psn_b (psn_no),"
  "  acct_modi_date TEXT NOT NULL,"
  "  kind TEXT NOT NULL CHECK (kind IN ('credit', 'outpatient', 'pharmacy', 'inpatient', 'family', 'transfer', 'refund', 'interest',"
  "    'premium', 'opening', 'correction')),"
  "  acct_incexpd_type TEXT NOT NULL,"
  "  inc_sumamt INTEGER NOT NULL CHECK (inc_sumamt BETWEEN 0 AND " MONEY_LIMIT "),"
  "  pay_sumamt INTEGER NOT NULL CHECK (pay_sumamt BETWEEN 0 AND " MONEY_LIMIT "),"
  "  balc INTEGER NOT NULL CHECK (balc BETWEEN -" MONEY_LIMIT " AND " MONEY_LIMIT "),"
  "  " PROVENANCE ","
  "  impt_id INTEGER REFERENCES impt_d (impt_id),"
  "  souc_rid TEXT CHECK (souc_rid <> ''),"
  "  fixmedins_id INTEGER REFERENCES txt_d (txt_id),"
  "  memo_id INTEGER REFERENCES txt_d (txt_id),"
  "  cashym TEXT,"
  "  psn_clctstd INTEGER CHECK (psn_clctstd >= 0),"
  "  relt_psn_no INTEGER REFERENCES psn_b (psn_no),"
  "  setl_id INTEGER REFERENCES setl_d (setl_id),"
  "  init_rid INTEGER REFERENCES acct_incexpd_n (rid),"
  "  CHECK (inc_sumamt = 0 OR pay_sumamt = 0)"
  ") STRICT;"
  "INSERT INTO txt_d (txt) SELECT fixmedins_name FROM acct_incexpd_d WHERE fixmedins_name <> ''"
  "  UNION SELECT memo FROM acct_incexpd_d WHERE memo <> '';"
  "INSERT INTO acct_incexpd_n (rid, psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc, fixmedins_id, memo_id,"
  "  cashym, psn_clctstd, relt_psn_no, setl_id, init_rid, provenance)"
  "  SELECT rid, psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc,"
  "    (SELECT txt_id FROM txt_d WHERE txt = fixmedins_name), (SELECT txt_id FROM txt_d WHERE txt = memo),"
  "    cashym, psn_clctstd, relt_psn_no, setl_id, init_rid, provenance FROM acct_incexpd_d ORDER BY rid;"
  /* No number is given twice, also when the newest rows are gone. */
  "DELETE FROM sqlite_sequence WHERE name = 'acct_incexpd_n';"
  "INSERT INTO sqlite_sequence (name, seq) SELECT 'acct_incexpd_n', seq FROM sqlite_sequence WHERE name = 'acct_incexpd_d';"
  "DROP TABLE acct_incexpd_d;"
  "ALTER TABLE acct_incexpd_n RENAME TO acct_incexpd_d;"

  /* Each ends with the number of the row, which SQLite adds: whatever is looked for comes in the order of the history. */
  "CREATE INDEX acct_incexpd_d_by_day ON acct_incexpd_d (psn_no, acct_modi_date);"
  "CREATE INDEX acct_incexpd_d_by_kind ON acct_incexpd_d (psn_no, kind, acct_modi_date);"
  "CREATE INDEX acct_incexpd_d_by_amount ON acct_incexpd_d (psn_no, inc_sumamt + pay_sumamt, acct_modi_date);"
  "CREATE INDEX acct_incexpd_d_by_place ON acct_incexpd_d (fixmedins_id, psn_no, acct_modi_date) WHERE fixmedins_id IS NOT NULL;"
  "CREATE INDEX acct_incexpd_d_by_memo ON acct_incexpd_d (memo_id, psn_no, acct_modi_date) WHERE memo_id IS NOT NULL;"
  "CREATE INDEX acct_incexpd_d_by_relative ON acct_incexpd_d (relt_psn_no, psn_no, acct_modi_date) WHERE relt_psn_no IS NOT NULL;"
  "CREATE INDEX acct_incexpd_d_by_settlement ON acct_incexpd_d (setl_id) WHERE setl_id IS NOT NULL;"
  "CREATE UNIQUE INDEX acct_incexpd_d_by_original ON acct_incexpd_d (init_rid) WHERE init_rid IS NOT NULL;"
  "CREATE INDEX acct_incexpd_d_by_import ON acct_incexpd_d (impt_id) WHERE impt_id IS NOT NULL;"
  "CREATE UNIQUE INDEX acct_incexpd_d_by_source ON acct_incexpd_d (psn_no, souc_rid) WHERE souc_rid IS NOT NULL;"

  "INSERT INTO acct_mon_d (psn_no, ym, inc_sumamt, pay_sumamt, adj_sumamt, cnt)"
  "  SELECT psn_no, substr (acct_modi_date, 1, 7) AS ym, SUM (IIF (kind = 'opening', 0, inc_sumamt)),"
  "    SUM (IIF (kind = 'opening', 0, pay_sumamt)), SUM (IIF (kind = 'opening', inc_sumamt - pay_sumamt, 0)), COUNT (*)"
  "  FROM acct_incexpd_d GROUP BY psn_no, ym;"

  "CREATE TRIGGER acct_incexpd_d_stays BEFORE DELETE ON acct_incexpd_d WHEN NOT EXISTS (SELECT 1 FROM unlock_d)"
  "  BEGIN SELECT RAISE (ABORT, 'entries are append-only'); END;"
  "CREATE TRIGGER acct_incexpd_d_fixed BEFORE UPDATE OF rid, psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt,"
  "  fixmedins_id, memo_id, cashym, psn_clctstd, relt_psn_no, setl_id, init_rid, provenance, impt_id, souc_rid ON acct_incexpd_d"
  "  WHEN NOT EXISTS (SELECT 1 FROM unlock_d)"
  "  BEGIN SELECT RAISE (ABORT, 'entries are append-only'); END;"
  "ALTER TABLE psn_b ADD COLUMN arch_flag INTEGER NOT NULL DEFAULT 0 CHECK (arch_flag IN (0, 1));"
  "ALTER TABLE psn_clct_detl_d ADD COLUMN impt_id INTEGER REFERENCES impt_d (impt_id);"
  "CREATE INDEX psn_clct_detl_d_by_import ON psn_clct_detl_d (impt_id) WHERE impt_id IS NOT NULL;"
  "ALTER TABLE setl_d ADD COLUMN impt_id INTEGER REFERENCES impt_d (impt_id);"
  "ALTER TABLE setl_d ADD COLUMN souc_rid TEXT CHECK (souc_rid <> '');"
  "CREATE INDEX setl_d_by_import ON setl_d (impt_id) WHERE impt_id IS NOT NULL;"
  "CREATE UNIQUE INDEX setl_d_by_source ON setl_d (psn_no, souc_rid) WHERE souc_rid IS NOT NULL;"
  "CREATE TRIGGER setl_d_source_fixed BEFORE UPDATE OF impt_id, souc_rid ON setl_d WHEN NOT EXISTS (SELECT 1 FROM unlock_d)"
  "  BEGIN SELECT RAISE (ABORT, 'settlements are append-only'); END;";

/* What the rules of a region ask of a person beyond what every region asks: a plan, the day of retirement, a family doctor. */
static const char step_4[] =
  "CREATE TABLE psn_axis_d ("
  "  psn_no INTEGER NOT NULL REFERENCES psn_b (psn_no),"
  "  axis TEXT NOT NULL CHECK (axis <> ''),"
  "  form TEXT NOT NULL CHECK (form IN ('string', 'boolean', 'number')),"
  "  value TEXT NOT NULL,"
  "  PRIMARY KEY (psn_no, axis)"
  ") STRICT, WITHOUT ROWID;";

/*
 * Estimates that were saved (presetl_d: what the platform works out before a settlement), and which settlement each of them was about.
 * What it was worked out from stands in @case_text as a case file.  A settlement that was typed from a receipt says in @unstated which of
 * its figures the receipt does not state, a bit for each ZifuBillPart; what they hold then only completes the sums.
 */
static const char step_5[] =
  "CREATE TABLE presetl_d ("
  "  presetl_id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  psn_no INTEGER NOT NULL REFERENCES psn_b (psn_no),"
  "  crte_time TEXT NOT NULL,"
  "  setl_time TEXT NOT NULL,"
  "  care TEXT NOT NULL,"
  "  med_type TEXT NOT NULL,"
  "  fixmedins_name TEXT CHECK (fixmedins_name <> ''),"
  "  fixmedins_class TEXT,"
  "  insu_admdvs TEXT NOT NULL,"
  "  insutype TEXT NOT NULL,"
  "  medfee_sumamt INTEGER NOT NULL CHECK (medfee_sumamt BETWEEN 0 AND " MONEY_LIMIT "),"
  "  fulamt_ownpay_amt INTEGER NOT NULL CHECK (fulamt_ownpay_amt >= 0),"
  "  overlmt_selfpay INTEGER NOT NULL CHECK (overlmt_selfpay >= 0),"
  "  preselfpay_amt INTEGER NOT NULL CHECK (preselfpay_amt >= 0),"
  "  inscp_scp_amt INTEGER NOT NULL CHECK (inscp_scp_amt >= 0),"
  "  act_pay_dedc INTEGER NOT NULL CHECK (act_pay_dedc >= 0),"
  "  fund_pay_sumamt INTEGER NOT NULL CHECK (fund_pay_sumamt >= 0),"
  "  hosp_part_amt INTEGER NOT NULL CHECK (hosp_part_amt >= 0),"
  "  psn_part_amt INTEGER NOT NULL CHECK (psn_part_amt >= 0),"
  "  own_acct_pay INTEGER NOT NULL CHECK (own_acct_pay >= 0),"
  "  acct_mulaid_pay INTEGER NOT NULL CHECK (acct_mulaid_pay >= 0),"
  "  psn_cash_pay INTEGER NOT NULL CHECK (psn_cash_pay >= 0),"
  "  policy TEXT NOT NULL,"
  "  policy_vers TEXT NOT NULL,"
  "  case_text TEXT NOT NULL,"
  "  memo TEXT CHECK (memo <> ''),"
  "  unverified INTEGER NOT NULL CHECK (unverified IN (0, 1)),"
  "  " PROVENANCE ","
  "  CHECK (medfee_sumamt = fulamt_ownpay_amt + overlmt_selfpay + preselfpay_amt + inscp_scp_amt),"
  "  CHECK (medfee_sumamt = fund_pay_sumamt + hosp_part_amt + psn_part_amt),"
  "  CHECK (psn_part_amt = own_acct_pay + acct_mulaid_pay + psn_cash_pay)"
  ") STRICT;"
  "CREATE INDEX presetl_d_by_person ON presetl_d (psn_no, setl_time);"

  "CREATE TABLE presetldetail ("
  "  presetl_id INTEGER NOT NULL REFERENCES presetl_d (presetl_id),"
  "  seq INTEGER NOT NULL,"
  "  payer TEXT NOT NULL,"
  "  fund_payamt INTEGER NOT NULL CHECK (fund_payamt >= 0),"
  "  PRIMARY KEY (presetl_id, seq)"
  ") STRICT, WITHOUT ROWID;"

  /* '1': the person said that they belong together; '0': that they do not. */
  "CREATE TABLE presetl_pair_d ("
  "  presetl_id INTEGER NOT NULL REFERENCES presetl_d (presetl_id),"
  "  setl_id INTEGER NOT NULL REFERENCES setl_d (setl_id),"
  "  vali_flag TEXT NOT NULL CHECK (vali_flag IN ('0', '1')),"
  "  PRIMARY KEY (presetl_id, setl_id)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE UNIQUE INDEX presetl_pair_d_by_estimate ON presetl_pair_d (presetl_id) WHERE vali_flag = '1';"
  "CREATE UNIQUE INDEX presetl_pair_d_by_settlement ON presetl_pair_d (setl_id) WHERE vali_flag = '1';"
  "CREATE INDEX presetl_pair_d_of_settlement ON presetl_pair_d (setl_id);"

  "CREATE TRIGGER presetl_d_fixed BEFORE UPDATE ON presetl_d BEGIN SELECT RAISE (ABORT, 'estimates stay as they were saved'); END;"
  "CREATE TRIGGER presetldetail_fixed BEFORE UPDATE ON presetldetail"
  "  BEGIN SELECT RAISE (ABORT, 'estimates stay as they were saved'); END;"

  "ALTER TABLE setl_d ADD COLUMN unstated INTEGER NOT NULL DEFAULT 0 CHECK (unstated >= 0);"
  "CREATE TRIGGER setl_d_unstated_fixed BEFORE UPDATE OF unstated ON setl_d"
  "  BEGIN SELECT RAISE (ABORT, 'settlements are append-only'); END;";

static const struct {
  int         version;
  const char *sql;
} steps[] = {
  { 1, step_1 },
  { 2, step_2 },
  { 3, step_3 },
  { 4, step_4 },
  { 5, step_5 },
  { 6, _zifu_ledger_life_step },
  { 7, _zifu_ledger_sync_step },
  { 8, _zifu_ledger_sync_more_step },
  { 9, _zifu_ledger_sync_clock_step },
  { 10, _zifu_ledger_purses_step },
};

G_STATIC_ASSERT (G_N_ELEMENTS (steps) == ZIFU_LEDGER_SCHEMA_VERSION);

/* What a file says about itself. */
typedef struct {
  gint64 version, application_id, n_tables;
} Identity;

/* Read at one moment: another program may be creating the file while this one looks. */
static gboolean
read_identity (ZifuLedger *self, Identity *identity, GError **error)
{
  gboolean success;

  if (!_zifu_ledger_exec (self, "BEGIN", error))
    return FALSE;

  success = _zifu_ledger_get_int (self, &identity->version, error, "PRAGMA user_version", "") &&
            _zifu_ledger_get_int (self, &identity->application_id, error, "PRAGMA application_id", "") &&
            _zifu_ledger_get_int (self, &identity->n_tables, error, "SELECT COUNT (*) FROM sqlite_schema", "");
  return _zifu_ledger_exec (self, "ROLLBACK", success ? error : NULL) && success;
}

/* A file of somebody else must not be taken for an empty one. */
static gboolean
is_ours (const Identity *identity)
{
  return identity->application_id == ZIFU_LEDGER_APPLICATION_ID ||
         (identity->application_id == 0 && identity->version == 0 && identity->n_tables == 0);
}

static gboolean
run_step (ZifuLedger *self, guint i, GError **error)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;", ZIFU_LEDGER_APPLICATION_ID,
                                             steps[i].version);
  gint64 version;
  gboolean success;

  if (!_zifu_ledger_begin (self, error))
    return FALSE;

  /* Another program may have done this step while this one waited for its turn. */
  success = _zifu_ledger_get_int (self, &version, error, "PRAGMA user_version", "");
  if (success && version < steps[i].version)
    success = _zifu_ledger_exec (self, steps[i].sql, error) && _zifu_ledger_exec (self, pragma, error);

  return _zifu_ledger_end (self, success, error);
}

/*
 * _zifu_ledger_create:
 *
 * Gives an empty database the shape that files had at @version, in one transaction.
 *
 * Returns: a code of SQLite
 */
int
_zifu_ledger_create (sqlite3 *db, int version)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT;", ZIFU_LEDGER_APPLICATION_ID,
                                             version);
  int code = sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (steps) && code == SQLITE_OK; i++)
    if (steps[i].version <= version)
      code = sqlite3_exec (db, steps[i].sql, NULL, NULL, NULL);
  return code == SQLITE_OK ? sqlite3_exec (db, pragma, NULL, NULL, NULL) : code;
}

/*
 * _zifu_ledger_read_version:
 *
 * Which shape the file has.  A file of another program is refused and left as it is.
 */
gboolean
_zifu_ledger_read_version (ZifuLedger *self, int *version, GError **error)
{
  Identity identity;

  if (!read_identity (self, &identity, error))
    return FALSE;

  *version = (int) identity.version;
  if (is_ours (&identity))
    return TRUE;
  g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DAMAGED, _("This file is a database, but not one with household data."));
  return FALSE;
}

/*
 * _zifu_ledger_migrate:
 *
 * Brings the file to the shape that this program knows: each missing step in a transaction of its own.  The version that was found is in
 * @self already.
 */
gboolean
_zifu_ledger_migrate (ZifuLedger *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (self->version < steps[i].version && !run_step (self, i, error))
      return FALSE;

  self->version = ZIFU_LEDGER_SCHEMA_VERSION;
  return TRUE;
}
