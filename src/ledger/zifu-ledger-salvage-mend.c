/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

/* What the rows that were saved of a damaged file must be to each other. */

/*
 * _zifu_salvage_mend:
 *
 * Rows that say whose they are, though the person could not be read, get a person without a name.  What else is not there any more is no
 * longer referred to; parts of a settlement that is gone go with it.  The sums of the months are those of the rows that are there.
 */
int
_zifu_salvage_mend (sqlite3 *db, int version, ZifuSalvage *report)
{
  static const char people[] =
    "INSERT INTO psn_b (psn_no, psn_name, relation, gend, insu_admdvs, insutype, status, acct_flag, provenance)"
    " SELECT psn_no, '? ' || psn_no, 'other', '0', IFNULL ((SELECT insu_admdvs FROM psn_b LIMIT 1), '110000'), '310', 'active', 1, 'typed'"
    " FROM (SELECT psn_no FROM acct_incexpd_d UNION SELECT psn_no FROM setl_d UNION SELECT psn_no FROM psn_clct_detl_d)"
    " WHERE psn_no NOT IN (SELECT psn_no FROM psn_b)";
  static const char always[] =
    "INSERT INTO unlock_d (reason) VALUES ('a damaged file is salvaged');"
    "UPDATE acct_incexpd_d SET relt_psn_no = NULL WHERE relt_psn_no NOT IN (SELECT psn_no FROM psn_b);"
    "UPDATE acct_incexpd_d SET setl_id = NULL WHERE setl_id NOT IN (SELECT setl_id FROM setl_d);"
    "UPDATE acct_incexpd_d SET init_rid = NULL WHERE init_rid NOT IN (SELECT rid FROM acct_incexpd_d);"
    "DELETE FROM setldetail WHERE setl_id NOT IN (SELECT setl_id FROM setl_d);"
    "DELETE FROM feedetl_d WHERE setl_id NOT IN (SELECT setl_id FROM setl_d);"
    "DELETE FROM psn_mulaid_d WHERE psn_no NOT IN (SELECT psn_no FROM psn_b) OR relt_psn_no NOT IN (SELECT psn_no FROM psn_b);"
    "DELETE FROM cum_d WHERE psn_no NOT IN (SELECT psn_no FROM psn_b);";
  static const char since_2[] =
    "DELETE FROM setl_input_d WHERE setl_id NOT IN (SELECT setl_id FROM setl_d);"
    "DELETE FROM setl_axis_d WHERE setl_id NOT IN (SELECT setl_id FROM setl_d);"
    "DELETE FROM setl_base_d WHERE setl_id NOT IN (SELECT setl_id FROM setl_d);"
    "DELETE FROM setl_cum_d WHERE setl_id NOT IN (SELECT setl_id FROM setl_d);"
    "DELETE FROM setl_mulaid_d WHERE setl_id NOT IN (SELECT setl_id FROM setl_d);"
    "UPDATE setl_mulaid_d SET psn_no = NULL WHERE psn_no NOT IN (SELECT psn_no FROM psn_b);";
  static const char since_3[] =
    "UPDATE impt_d SET psn_no = NULL WHERE psn_no NOT IN (SELECT psn_no FROM psn_b);"
    "UPDATE acct_incexpd_d SET fixmedins_id = NULL WHERE fixmedins_id NOT IN (SELECT txt_id FROM txt_d);"
    "UPDATE acct_incexpd_d SET memo_id = NULL WHERE memo_id NOT IN (SELECT txt_id FROM txt_d);"
    "UPDATE acct_incexpd_d SET impt_id = NULL WHERE impt_id NOT IN (SELECT impt_id FROM impt_d);"
    "UPDATE setl_d SET impt_id = NULL WHERE impt_id NOT IN (SELECT impt_id FROM impt_d);"
    "UPDATE psn_clct_detl_d SET impt_id = NULL WHERE impt_id NOT IN (SELECT impt_id FROM impt_d);"
    "INSERT INTO acct_mon_d (psn_no, ym, inc_sumamt, pay_sumamt, adj_sumamt, cnt)"
    "  SELECT psn_no, substr (acct_modi_date, 1, 7) AS ym, SUM (IIF (kind IN ('opening', 'correction'), 0, inc_sumamt)),"
    "    SUM (IIF (kind IN ('opening', 'correction'), 0, pay_sumamt)),"
    "    SUM (IIF (kind IN ('opening', 'correction'), inc_sumamt - pay_sumamt, 0)), COUNT (*)"
    "  FROM acct_incexpd_d GROUP BY psn_no, ym;";
  static const char since_5[] =
    "DELETE FROM presetl_d WHERE psn_no NOT IN (SELECT psn_no FROM psn_b);"
    "DELETE FROM presetldetail WHERE presetl_id NOT IN (SELECT presetl_id FROM presetl_d);"
    "DELETE FROM presetl_pair_d WHERE presetl_id NOT IN (SELECT presetl_id FROM presetl_d)"
    " OR setl_id NOT IN (SELECT setl_id FROM setl_d);";
  /*
   * What a source sent and could not be read is fetched once more: everything, since nothing tells what is missing.  What is there is
   * looked at again as well: entries may be gone of which the row of the source is not.  Until they are back the balances are those of
   * what is there.
   */
  static const char since_7[] =
    "DELETE FROM sync_d WHERE psn_no NOT IN (SELECT psn_no FROM psn_b);"
    "DELETE FROM sync_row_d WHERE sync_id NOT IN (SELECT sync_id FROM sync_d);"
    "DELETE FROM sync_mark_d WHERE sync_id NOT IN (SELECT sync_id FROM sync_d);"
    "DELETE FROM sync_fee_d WHERE sync_id NOT IN (SELECT sync_id FROM sync_d);"
    "UPDATE sync_row_d SET fresh = 1;"
    "UPDATE acct_incexpd_d SET balc = w.balc FROM (SELECT rid, SUM (inc_sumamt - pay_sumamt) OVER (PARTITION BY psn_no"
    "   ORDER BY acct_modi_date, rid) AS balc FROM acct_incexpd_d WHERE psn_no IN (SELECT psn_no FROM sync_d)) w"
    "  WHERE w.rid = acct_incexpd_d.rid AND w.balc <> acct_incexpd_d.balc;"
    "UPDATE sync_d SET needs_full = 1;";
  static const char since_10[] =
    "DELETE FROM crtyear_d WHERE psn_no NOT IN (SELECT psn_no FROM psn_b);"
    "DELETE FROM setl_purse_d WHERE setl_id NOT IN (SELECT setl_id FROM setl_d);";
  const struct { int since; const char *sql; } parts[] = {
    { 1, always }, { 2, since_2 }, { 3, since_3 }, { 5, since_5 }, { 7, since_7 }, { ZIFU_LEDGER_PURSES_SINCE, since_10 },
  };
  int code = sqlite3_exec (db, people, NULL, NULL, NULL);

  report->nameless = code == SQLITE_OK ? sqlite3_changes (db) : 0;
  for (guint i = 0; i < G_N_ELEMENTS (parts) && code == SQLITE_OK; i++)
    if (version >= parts[i].since)
      code = sqlite3_exec (db, parts[i].sql, NULL, NULL, NULL);
  return code == SQLITE_OK ? sqlite3_exec (db, "DELETE FROM unlock_d", NULL, NULL, NULL) : code;
}
