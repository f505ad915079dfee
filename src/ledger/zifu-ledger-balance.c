/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

/**
 * zifu_ledger_list_months:
 * @self: a ledger
 * @member_id: whose account
 * @error: return location for an error
 *
 * What came in and went out in each month that has entries, newest first, and what the account held at its end.  A balance
 * that was entered was there before: nothing came in by it.
 *
 * Returns: (transfer full) (element-type ZifuMonthSummary) (nullable): the months, or %NULL with an error
 */
GArray *
zifu_ledger_list_months (ZifuLedger *self, gint64 member_id, GError **error)
{
  g_autoptr (GArray) months = g_array_new (FALSE, FALSE, sizeof (ZifuMonthSummary));
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  /* With a single MAX() SQLite takes the other columns from the row that has it: the last one of the month. */
  statement = _zifu_ledger_prepare (self, error,
                                    "SELECT substr (acct_modi_date, 1, 4) || substr (acct_modi_date, 6, 2) AS month,"
                                    " SUM (CASE kind WHEN 'opening' THEN 0 ELSE inc_sumamt END),"
                                    " SUM (pay_sumamt), COUNT (*), balc, MAX (acct_modi_date || printf ('%020d', rid))"
                                    " FROM acct_incexpd_d WHERE psn_no = ? GROUP BY month ORDER BY month DESC",
                                    "i", member_id);
  if (statement == NULL)
    return NULL;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      ZifuMonthSummary month = { 0 };

      if (!row)
        return g_steal_pointer (&months);

      month.month = _zifu_column_month (statement, 0);
      month.income = sqlite3_column_int64 (statement, 1);
      month.outlay = -sqlite3_column_int64 (statement, 2);
      month.n_entries = sqlite3_column_int (statement, 3);
      month.end_balance = sqlite3_column_int64 (statement, 4);
      g_array_append_val (months, month);
    }
  return NULL;
}

/**
 * zifu_ledger_get_balance:
 * @self: a ledger
 * @member_id: whose account
 * @balance: (out): what it holds, in fen; 0 without an account
 * @as_of: (out) (optional): day of the newest entry; 0 when there is none
 * @error: return location for an error
 *
 * Returns: whether it could be read
 */
gboolean
zifu_ledger_get_balance (ZifuLedger *self, gint64 member_id, ZifuMoney *balance, ZifuDate *as_of, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (balance != NULL, FALSE);

  statement = _zifu_ledger_prepare (self, error,
                                    "SELECT balc, acct_modi_date FROM acct_incexpd_d WHERE psn_no = ?"
                                    " ORDER BY acct_modi_date DESC, rid DESC LIMIT 1",
                                    "i", member_id);
  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return FALSE;

  *balance = row ? sqlite3_column_int64 (statement, 0) : 0;
  if (as_of != NULL)
    *as_of = row ? _zifu_column_date (statement, 1) : 0;
  return TRUE;
}

/**
 * zifu_ledger_check_balance:
 * @self: a ledger
 * @member_id: whose account
 * @out: (out caller-allocates): the first row at which the recorded balance is not the sum of the movements; its entry_id is 0 when
 *   there is none
 * @error: return location for an error
 *
 * Adds up all movements of an account and compares them with the balances that were recorded.
 *
 * Returns: whether it could be read
 */
gboolean
zifu_ledger_check_balance (ZifuLedger *self, gint64 member_id, ZifuBalanceBreak *out, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (out != NULL, FALSE);

  *out = (ZifuBalanceBreak){ 0 };
  statement = _zifu_ledger_prepare (self, error,
                                    "SELECT rid, acct_modi_date, balc, expected FROM ("
                                    "  SELECT rid, acct_modi_date, balc,"
                                    "    SUM (inc_sumamt - pay_sumamt) OVER (ORDER BY acct_modi_date, rid ROWS UNBOUNDED PRECEDING)"
                                    "    AS expected"
                                    "  FROM acct_incexpd_d WHERE psn_no = ?)"
                                    " WHERE balc <> expected ORDER BY acct_modi_date, rid LIMIT 1",
                                    "i", member_id);
  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return FALSE;
  if (row)
    {
      out->entry_id = sqlite3_column_int64 (statement, 0);
      out->date = _zifu_column_date (statement, 1);
      out->recorded = sqlite3_column_int64 (statement, 2);
      out->expected = sqlite3_column_int64 (statement, 3);
    }
  return TRUE;
}
