/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

/*
 * What came in and went out in each month (table acct_mon_d).  Whoever writes rows of history or takes them away keeps the months: so the
 * balance can be compared with all movements, and a year summed up, without reading a million rows.
 */

/*
 * _zifu_month_sums_add:
 *
 * Adds a row to what a month holds.  Nothing comes in or goes out by a balance that is entered or set right.
 *
 * Returns: whether the sums can hold it
 */
gboolean
_zifu_month_sums_add (ZifuMonthSums *sums, const ZifuEntry *entry)
{
  ZifuMoney *sum = entry->amount > 0 ? &sums->income : &sums->outlay;
  ZifuMoney amount = ABS (entry->amount);

  if (entry->kind == ZIFU_ENTRY_OPENING || entry->kind == ZIFU_ENTRY_CORRECTION)
    {
      sum = &sums->adjusted;
      amount = entry->amount;
    }
  if (!zifu_money_add (*sum, amount, sum))
    return FALSE;
  sums->n++;
  return TRUE;
}

static char *
format_month (ZifuMonth month)
{
  int year, month_of_year;

  zifu_month_split (month, &year, &month_of_year);
  return g_strdup_printf ("%04d-%02d", year, month_of_year);
}

/*
 * _zifu_ledger_put_month:
 *
 * Adds @more to what a month of an account holds.
 */
gboolean
_zifu_ledger_put_month (ZifuLedger *self, gint64 member_id, ZifuMonth month, const ZifuMonthSums *more, GError **error)
{
  g_autofree char *text = format_month (month);

  return _zifu_ledger_run (self, error,
                           "INSERT INTO acct_mon_d (psn_no, ym, inc_sumamt, pay_sumamt, adj_sumamt, cnt) VALUES (?, ?, ?, ?, ?, ?)"
                           " ON CONFLICT (psn_no, ym) DO UPDATE SET inc_sumamt = inc_sumamt + excluded.inc_sumamt,"
                           " pay_sumamt = pay_sumamt + excluded.pay_sumamt, adj_sumamt = adj_sumamt + excluded.adj_sumamt,"
                           " cnt = cnt + excluded.cnt",
                           "itiiii", member_id, text, more->income, more->outlay, more->adjusted, more->n);
}

/*
 * _zifu_ledger_count_months:
 *
 * Adds up the months of an account anew, from @from on, after rows were taken away.
 */
gboolean
_zifu_ledger_count_months (ZifuLedger *self, gint64 member_id, ZifuMonth from, GError **error)
{
  g_autofree char *text = format_month (from);

  return _zifu_ledger_run (self, error, "DELETE FROM acct_mon_d WHERE psn_no = ? AND ym >= ?", "it", member_id, text) &&
         _zifu_ledger_run (self, error,
                           "INSERT INTO acct_mon_d (psn_no, ym, inc_sumamt, pay_sumamt, adj_sumamt, cnt)"
                           " SELECT psn_no, substr (acct_modi_date, 1, 7) AS ym,"
                           "   SUM (IIF (kind IN ('opening', 'correction'), 0, inc_sumamt)),"
                           "   SUM (IIF (kind IN ('opening', 'correction'), 0, pay_sumamt)),"
                           "   SUM (IIF (kind IN ('opening', 'correction'), inc_sumamt - pay_sumamt, 0)), COUNT (*)"
                           " FROM acct_incexpd_d WHERE psn_no = ?1 AND acct_modi_date >= ?2 GROUP BY ym",
                           "it", member_id, text);
}

/**
 * zifu_ledger_list_months:
 * @self: a ledger
 * @member_id: whose account
 * @error: return location for an error
 *
 * What came in and went out in each month that has entries, newest first, and what the account held at its end.  A balance
 * that was entered, or set right, was there before: nothing came in or went out by it.
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

  statement = _zifu_ledger_prepare (self, error,
                                    "SELECT ym, inc_sumamt, pay_sumamt, cnt,"
                                    " (SELECT balc FROM acct_incexpd_d e WHERE e.psn_no = m.psn_no AND e.acct_modi_date <= ym || '-99'"
                                    "  ORDER BY e.acct_modi_date DESC, e.rid DESC LIMIT 1)"
                                    " FROM acct_mon_d m WHERE psn_no = ? ORDER BY ym DESC",
                                    "i", member_id);
  if (statement == NULL)
    return NULL;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      ZifuMonthSummary month = { 0 };

      if (!row)
        return g_steal_pointer (&months);

      if (!zifu_month_parse ((const char *) sqlite3_column_text (statement, 0), &month.month))
        month.month = 0;
      month.income = sqlite3_column_int64 (statement, 1);
      month.outlay = -sqlite3_column_int64 (statement, 2);
      month.n_entries = sqlite3_column_int (statement, 3);
      month.end_balance = sqlite3_column_int64 (statement, 4);
      g_array_append_val (months, month);
    }
  return NULL;
}

/**
 * zifu_ledger_list_years:
 * @self: a ledger
 * @member_id: whose account
 * @error: return location for an error
 *
 * What came in and went out in each calendar year that has entries, newest first, and what the account held at its end; as
 * zifu_ledger_list_months() counts.
 *
 * Returns: (transfer full) (element-type ZifuYearSummary) (nullable): the years, or %NULL with an error
 */
GArray *
zifu_ledger_list_years (ZifuLedger *self, gint64 member_id, GError **error)
{
  g_autoptr (GArray) years = g_array_new (FALSE, FALSE, sizeof (ZifuYearSummary));
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  statement = _zifu_ledger_prepare (self, error,
                                    "SELECT substr (ym, 1, 4) AS y, SUM (inc_sumamt), SUM (pay_sumamt), SUM (cnt),"
                                    " (SELECT balc FROM acct_incexpd_d e WHERE e.psn_no = m.psn_no"
                                    "    AND e.acct_modi_date <= substr (m.ym, 1, 4) || '-99'"
                                    "  ORDER BY e.acct_modi_date DESC, e.rid DESC LIMIT 1)"
                                    " FROM acct_mon_d m WHERE psn_no = ? GROUP BY y ORDER BY y DESC",
                                    "i", member_id);
  if (statement == NULL)
    return NULL;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      ZifuYearSummary year = { 0 };

      if (!row)
        return g_steal_pointer (&years);

      year.year = sqlite3_column_int (statement, 0);
      year.income = sqlite3_column_int64 (statement, 1);
      year.outlay = -sqlite3_column_int64 (statement, 2);
      year.n_entries = sqlite3_column_int (statement, 3);
      year.end_balance = sqlite3_column_int64 (statement, 4);
      g_array_append_val (years, year);
    }
  return NULL;
}
