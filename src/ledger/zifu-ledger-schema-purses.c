/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

/*
 * Step 10: of which year the money of an account is.
 *
 * crtyear_d holds what people say of a day: so much of its balance (crtyear_balc) is of that benefit year, the rest of earlier ones.  The
 * platform names amounts of the year so (acct_psn_clct_crtyear_inc), but has no column for this one.  Like enrolments it is a statement, no
 * history: it is corrected in its place.
 * setl_purse_d belongs to what a settlement was worked out from: what each purse held before it and after it.  Where the account was one
 * purse, old_balc of setl_input_d says it all, and there are no rows here.
 */
const char _zifu_ledger_purses_step[] =
  "CREATE TABLE crtyear_d ("
  "  psn_no INTEGER NOT NULL REFERENCES psn_b (psn_no),"
  "  balc_date TEXT NOT NULL,"
  "  crtyear_balc INTEGER NOT NULL CHECK (crtyear_balc BETWEEN 0 AND 9999999999999999),"
  "  provenance TEXT NOT NULL CHECK (provenance IN ('typed', 'imported', 'synced', 'sample')),"
  "  PRIMARY KEY (psn_no, balc_date)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE setl_purse_d ("
  "  setl_id INTEGER NOT NULL REFERENCES setl_d (setl_id),"
  "  seq INTEGER NOT NULL,"
  "  purse TEXT NOT NULL CHECK (purse <> ''),"
  "  old_balc INTEGER NOT NULL,"
  "  balc INTEGER NOT NULL,"
  "  PRIMARY KEY (setl_id, seq)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TRIGGER setl_purse_d_stays BEFORE DELETE ON setl_purse_d WHEN NOT EXISTS (SELECT 1 FROM unlock_d)"
  "  BEGIN SELECT RAISE (ABORT, 'settlements are append-only'); END;"
  "CREATE TRIGGER setl_purse_d_fixed BEFORE UPDATE ON setl_purse_d"
  "  BEGIN SELECT RAISE (ABORT, 'settlements are append-only'); END;";
