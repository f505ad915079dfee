/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

/*
 * Step 6: what happens to somebody around the bills.
 *
 * psn_insu_d is the platform's table of enrolments (crt_insu_date: this enrolment from; paus_insu_date: suspended on; psn_insu_stas: 1 in
 * force, 2 not paid).  For filings (transactions 2501 and following) and moves of the insurance relation the platform has messages, no
 * tables; their columns carry the names of those messages where there is one (mdtrtarea_admvs: place of care).
 */
const char _zifu_ledger_life_step[] =
  "CREATE TABLE psn_insu_d ("
  "  psn_insu_id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  psn_no INTEGER NOT NULL REFERENCES psn_b (psn_no),"
  "  insutype TEXT NOT NULL CHECK (insutype IN ('310', '390')),"
  "  insu_admdvs TEXT CHECK (insu_admdvs <> ''),"
  "  crt_insu_date TEXT NOT NULL,"
  "  paus_insu_date TEXT CHECK (paus_insu_date >= crt_insu_date),"
  "  psn_insu_stas TEXT NOT NULL CHECK (psn_insu_stas IN ('1', '2')),"
  "  work_flag INTEGER NOT NULL CHECK (work_flag IN (0, 1))" /* where the person works, studies or usually lives */
  ") STRICT;"
  "CREATE INDEX psn_insu_d_by_person ON psn_insu_d (psn_no);"

  "CREATE TABLE psn_filg_d ("
  "  filg_id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  psn_no INTEGER NOT NULL REFERENCES psn_b (psn_no),"
  "  remote TEXT NOT NULL CHECK (remote IN ('filed_long', 'filed_temp', 'referred')),"
  "  mdtrtarea_admvs TEXT CHECK (mdtrtarea_admvs <> ''),"
  "  begndate TEXT NOT NULL,"
  "  enddate TEXT CHECK (enddate >= begndate)"
  ") STRICT;"
  "CREATE INDEX psn_filg_d_by_person ON psn_filg_d (psn_no);"

  "CREATE TABLE psn_tras_d ("
  "  tras_id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  psn_no INTEGER NOT NULL REFERENCES psn_b (psn_no),"
  "  insu_admdvs TEXT CHECK (insu_admdvs <> '')," /* to where */
  "  tras_stas TEXT NOT NULL CHECK (tras_stas IN ('requested', 'in_transit', 'arrived')),"
  "  tras_date TEXT NOT NULL,"                    /* requested on */
  "  acct_flag INTEGER CHECK (acct_flag IN (0, 1))" /* whether there are personal accounts there; NULL = not known */
  ") STRICT;"
  "CREATE INDEX psn_tras_d_by_person ON psn_tras_d (psn_no);";
