/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

/*
 * Step 7: accounts that are fetched from a source.
 *
 * sync_d says where the account of a person comes from; nothing secret is in it, and no token.  sync_row_d holds the rows of the source as
 * it sent them.  Rows of the generation @gen of their connection are in force; those of the next one belong to a full pass that is under
 * way and take their place at its end.  A row that the source took back stays with vali_flag 0, so that an older state of it does not come
 * back.
 * What the checks need stands beside the text: movements have their own columns; of a settlement inc_sumamt is acct_mulaid_pay, pay_sumamt
 * acct_pay and refer_id init_setl_id; of months inc_sumamt and pay_sumamt are the first and the last one.  @fresh: not yet part of what
 * people see.
 */
const char _zifu_ledger_sync_step[] =
  "CREATE TABLE sync_d ("
  "  sync_id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  psn_no INTEGER NOT NULL UNIQUE REFERENCES psn_b (psn_no),"
  "  name TEXT NOT NULL CHECK (name <> ''),"
  "  base_url TEXT NOT NULL CHECK (base_url <> ''),"
  "  issuer TEXT,"
  "  api_base TEXT,"
  "  client_id TEXT NOT NULL,"
  "  fund_includes_acct INTEGER NOT NULL CHECK (fund_includes_acct BETWEEN 0 AND 2)," /* 0 = not said, 1 = no, 2 = yes */
  "  acct_includes_mulaid INTEGER NOT NULL CHECK (acct_includes_mulaid BETWEEN 0 AND 2),"
  "  hosp_part_within_psn_part INTEGER NOT NULL CHECK (hosp_part_within_psn_part BETWEEN 0 AND 2),"
  "  max_limit INTEGER NOT NULL,"
  "  min_interval_s INTEGER NOT NULL,"
  "  automatic INTEGER NOT NULL CHECK (automatic IN (0, 1)),"
  "  on_metered INTEGER NOT NULL CHECK (on_metered IN (0, 1)),"
  "  consent_expires TEXT,"
  "  psn_etag TEXT,"
  "  psn_hash TEXT,"         /* SHA-256 of psn_no at the source: whether it is still the same person */
  "  sign_in TEXT,"          /* under which name the keyring keeps the sign-in: random */
  "  tried_at INTEGER NOT NULL,"
  "  arrived_at INTEGER NOT NULL,"
  "  not_before INTEGER NOT NULL,"
  "  verdict TEXT NOT NULL CHECK (verdict IN ('never', 'unfinished', 'unverified', 'verified', 'unreconciled')),"
  "  place TEXT,"
  "  verified_at INTEGER NOT NULL,"
  "  balc INTEGER NOT NULL," /* of the account, when everything added up last */
  "  problem TEXT,"
  "  gen INTEGER NOT NULL DEFAULT 1,"
  "  state TEXT,"            /* after the last page that was kept */
  "  last_seq INTEGER NOT NULL DEFAULT 0,"
  "  full_run INTEGER NOT NULL DEFAULT 0 CHECK (full_run IN (0, 1))," /* a full pass is under way, in the generation gen + 1 */
  "  full_state TEXT,"
  "  full_seq INTEGER NOT NULL DEFAULT 0,"
  "  needs_full INTEGER NOT NULL DEFAULT 0 CHECK (needs_full IN (0, 1)),"
  "  recheck INTEGER NOT NULL DEFAULT 0 CHECK (recheck IN (0, 1))," /* the source's way of counting is another one now */
  "  open_date TEXT,"        /* the opening balance that was typed, before the source's took its place */
  "  open_amt INTEGER"
  ") STRICT;"

  "CREATE TABLE sync_row_d ("
  "  row_id INTEGER PRIMARY KEY,"
  "  sync_id INTEGER NOT NULL REFERENCES sync_d (sync_id),"
  "  gen INTEGER NOT NULL,"
  "  " ZIFU_SYNC_ROW_COLUMNS
  ") STRICT;"
  "CREATE UNIQUE INDEX sync_row_d_by_id ON sync_row_d (sync_id, gen, type, id);"
  "CREATE INDEX sync_row_d_by_time ON sync_row_d (sync_id, gen, crte_time, seq) WHERE crte_time IS NOT NULL;"
  "CREATE INDEX sync_row_d_by_source ON sync_row_d (sync_id, gen, refer_id) WHERE refer_id IS NOT NULL;"
  "CREATE INDEX sync_row_d_fresh ON sync_row_d (sync_id, gen, type) WHERE fresh = 1;"

  "CREATE TABLE sync_mark_d ("
  "  sync_id INTEGER NOT NULL REFERENCES sync_d (sync_id),"
  "  gen INTEGER NOT NULL,"
  "  " ZIFU_SYNC_MARK_COLUMNS ","
  "  PRIMARY KEY (sync_id, gen, chk, type, id)"
  ") STRICT, WITHOUT ROWID;"

  /* Lines of bills, fetched when somebody looks at them. */
  "CREATE TABLE sync_fee_d ("
  "  sync_id INTEGER NOT NULL REFERENCES sync_d (sync_id),"
  "  source_id TEXT NOT NULL CHECK (source_id <> '')," /* setl_id of the source */
  "  etag TEXT,"
  "  json TEXT NOT NULL,"
  "  PRIMARY KEY (sync_id, source_id)"
  ") STRICT, WITHOUT ROWID;"

  /* A settlement that its source corrects is corrected here too; nobody else may. */
  "DROP TRIGGER setl_d_fixed;"
  "CREATE TRIGGER setl_d_fixed BEFORE UPDATE OF setl_id, psn_no, setl_time, begndate, care, med_type, fixmedins_name, fixmedins_class,"
  "  insu_admdvs, insutype, medfee_sumamt, fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt, inscp_scp_amt, act_pay_dedc,"
  "  fund_pay_sumamt, hosp_part_amt, psn_part_amt, own_acct_pay, acct_mulaid_pay, psn_cash_pay, stay, unverified, provenance ON setl_d"
  "  WHEN OLD.provenance <> 'synced' OR NOT EXISTS (SELECT 1 FROM unlock_d)"
  "  BEGIN SELECT RAISE (ABORT, 'settlements are append-only'); END;"
  "DROP TRIGGER setl_d_unstated_fixed;"
  "CREATE TRIGGER setl_d_unstated_fixed BEFORE UPDATE OF unstated ON setl_d"
  "  WHEN OLD.provenance <> 'synced' OR NOT EXISTS (SELECT 1 FROM unlock_d)"
  "  BEGIN SELECT RAISE (ABORT, 'settlements are append-only'); END;";

/*
 * Step 8: what came from a source says so everywhere.
 *
 * @ver of sync_fee_d: which state of the settlement the lines belong to.
 */
const char _zifu_ledger_sync_more_step[] =
  "ALTER TABLE sync_fee_d ADD COLUMN ver INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE psn_insu_d ADD COLUMN provenance TEXT NOT NULL DEFAULT 'typed' CHECK (provenance IN ('typed', 'synced'));";

/*
 * Step 9: how far the clocks were apart.
 *
 * @clock_skew_s: the provider's clock minus ours when it last answered, when that was much; else 0.
 */
const char _zifu_ledger_sync_clock_step[] = "ALTER TABLE sync_d ADD COLUMN clock_skew_s INTEGER NOT NULL DEFAULT 0;";
