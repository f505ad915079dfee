/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

/*
 * _zifu_ledger_read_start:
 *
 * The balance recorded before the first row of a day; @balance is left alone when there is none.
 */
gboolean
_zifu_ledger_read_start (ZifuLedger *self, gint64 member_id, ZifuDate from, ZifuMoney *balance, GError **error)
{
  return _zifu_ledger_get_int (self, balance, error,
                               "SELECT balc FROM acct_incexpd_d WHERE psn_no = ? AND acct_modi_date < ?"
                               " ORDER BY acct_modi_date DESC, rid DESC LIMIT 1",
                               "id", member_id, from);
}

static gboolean
put_balance (ZifuLedger *self, sqlite3_stmt *update, ZifuMoney balance, gint64 id, GError **error)
{
  gboolean row, success;

  success = _zifu_ledger_bind (self, update, error, "ii", balance, id) && _zifu_ledger_step (self, update, &row, error);
  sqlite3_reset (update);
  return success;
}

/*
 * _zifu_ledger_shift_balances:
 * @from: first day that is concerned
 * @last_old: entries with a greater number are new: their balances are not known yet
 * @leaving: import whose entries are about to be taken away; 0 = none
 *
 * Moves the recorded balances of an account by what new rows before them bring, or what rows that leave take with them.  A balance that did
 * not agree with the movements before does not agree afterwards, by the same amount: a break is told, never repaired.
 */
gboolean
_zifu_ledger_shift_balances (ZifuLedger *self, gint64 member_id, ZifuDate from, gint64 last_old, gint64 leaving, GError **error)
{
  g_autoptr (sqlite3_stmt) rows =
    _zifu_ledger_prepare (self, error,
                          "SELECT rid, inc_sumamt - pay_sumamt, balc, impt_id FROM acct_incexpd_d WHERE psn_no = ? AND acct_modi_date >= ?"
                          " ORDER BY acct_modi_date, rid",
                          "id", member_id, from);
  g_autoptr (sqlite3_stmt) update = NULL;
  ZifuMoney before = 0, shift = 0;
  gboolean row;

  if (rows != NULL)
    update = _zifu_ledger_prepare (self, error, "UPDATE acct_incexpd_d SET balc = ? WHERE rid = ?", "ii", G_GINT64_CONSTANT (0),
                                   G_GINT64_CONSTANT (0));
  if (update == NULL || !_zifu_ledger_read_start (self, member_id, from, &before, error))
    return FALSE;

  while (_zifu_ledger_step (self, rows, &row, error))
    {
      gint64 id = row ? sqlite3_column_int64 (rows, 0) : 0;
      ZifuMoney amount = row ? sqlite3_column_int64 (rows, 1) : 0, recorded = row ? sqlite3_column_int64 (rows, 2) : 0;

      if (!row)
        return TRUE;
      if (leaving != 0 && sqlite3_column_int64 (rows, 3) == leaving)
        {
          shift -= amount;
          continue;
        }
      if (id > last_old)
        shift += amount;
      before = id > last_old ? before + amount : recorded + shift;
      if (before != recorded && !put_balance (self, update, before, id, error))
        return FALSE;
    }
  return FALSE;
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
