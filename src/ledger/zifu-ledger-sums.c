/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-query-private.h"

/* What the rows that fit a filter add up to, and which institutions an account has met: what a page of the history cannot tell. */

static void
append_list (GString *sql, const char *column, GArray *ids)
{
  g_string_append_printf (sql, "%s IN (", column);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (sql, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", g_array_index (ids, gint64, i));
  g_string_append_c (sql, ')');
}

/* Rows of one index; one of these after the other gives all that a search text may mean. */
static void
begin_arm (GString *sql, const ZifuQuery *query, const char *index, gboolean *follows)
{
  g_string_append_printf (sql, "%sSELECT rid FROM acct_incexpd_d INDEXED BY acct_incexpd_d_by_%s WHERE ", *follows ? " UNION ALL " : "",
                          index);
  append_list (sql, "psn_no", query->members);
  *follows = TRUE;
}

static void
append_arm (GString *sql, const ZifuQuery *query, const char *index, const char *column, GArray *ids, gboolean *follows)
{
  if (ids->len == 0)
    return;
  begin_arm (sql, query, index, follows);
  g_string_append (sql, " AND ");
  append_list (sql, column, ids);
}

/* What was found is known by its numbers: rows that carry none of them are not looked at. */
static void
append_found (GString *sql, const ZifuQuery *query)
{
  const ZifuSearch *search = query->ledger->search;
  gboolean follows = FALSE;

  g_string_append (sql, " AND rid IN (");
  append_arm (sql, query, "place", "fixmedins_id", search->texts, &follows);
  append_arm (sql, query, "memo", "memo_id", search->texts, &follows);
  append_arm (sql, query, "relative", "relt_psn_no", search->relatives, &follows);
  if (search->has_amount)
    {
      begin_arm (sql, query, "amount", &follows);
      g_string_append_printf (sql, " AND inc_sumamt + pay_sumamt BETWEEN %" G_GINT64_FORMAT " AND %" G_GINT64_FORMAT, search->amount_from,
                              search->amount_to);
    }
  for (guint i = 0; i < search->spans->len; i++)
    {
      const ZifuSpan *span = &g_array_index (search->spans, ZifuSpan, i);
      g_autofree char *first = zifu_date_format (span->first);
      g_autofree char *last = zifu_date_format (span->last);

      begin_arm (sql, query, "day", &follows);
      g_string_append_printf (sql, " AND acct_modi_date BETWEEN '%s' AND '%s'", first, last);
    }
  g_string_append_c (sql, ')');
}

static char *
make_sum_query (const ZifuQuery *query)
{
  gboolean by_number = query->has_search && query->ledger->search->texts->len <= ZIFU_QUERY_MAX_TEXTS;
  GString *sql = g_string_new ("SELECT substr (acct_modi_date, 1, 7) AS ym, SUM (IIF (kind IN ('opening', 'correction'), 0, inc_sumamt)),"
                               " SUM (IIF (kind IN ('opening', 'correction'), 0, pay_sumamt)), COUNT (*) FROM acct_incexpd_d WHERE ");

  append_list (sql, "psn_no", query->members);
  _zifu_query_append_days (sql, query, query->from, query->to);
  _zifu_query_append_conditions (sql, query, TRUE, TRUE, TRUE, !by_number);
  if (by_number)
    append_found (sql, query);
  g_string_append (sql, " GROUP BY ym ORDER BY ym DESC");
  return g_string_free (sql, FALSE);
}

static gboolean
read_sums (const ZifuQuery *query, GArray *months, GError **error)
{
  g_autofree char *sql = make_sum_query (query);
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (query->ledger, error, sql, "");
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (_zifu_ledger_step (query->ledger, statement, &row, error))
    {
      ZifuMonthSummary month = { 0 };

      if (!row)
        return TRUE;
      if (!zifu_month_parse ((const char *) sqlite3_column_text (statement, 0), &month.month))
        month.month = 0;
      month.income = sqlite3_column_int64 (statement, 1);
      month.outlay = -sqlite3_column_int64 (statement, 2);
      month.n_entries = sqlite3_column_int (statement, 3);
      g_array_append_val (months, month);
    }
  return FALSE;
}

/**
 * zifu_ledger_sum_entries:
 * @self: a ledger
 * @member_id: whose account; 0 = of the whole household, or of the people whom @filter names
 * @filter: (nullable): which rows; its keyset does not matter
 * @error: return location for an error
 *
 * What the rows that zifu_ledger_list_entries() would list come to in each month, newest first, as zifu_ledger_list_months() counts:
 * nothing comes in or goes out by a balance that is entered or set right, but such a row is counted.  end_balance is not filled.  With a
 * filter that many rows fit this reads them all: not for the main thread.
 *
 * Returns: (transfer full) (element-type ZifuMonthSummary) (nullable): the months that have rows, or %NULL with an error
 */
GArray *
zifu_ledger_sum_entries (ZifuLedger *self, gint64 member_id, const ZifuEntryFilter *filter, GError **error)
{
  g_autoptr (GArray) months = g_array_new (FALSE, FALSE, sizeof (ZifuMonthSummary));
  g_auto (ZifuQuery) query = { .ledger = self };
  gboolean alone, success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  alone = sqlite3_get_autocommit (self->db) != 0;
  if (alone && !_zifu_ledger_exec (self, "BEGIN", error))
    return NULL;
  success = _zifu_query_read (&query, member_id, filter, error);
  query.before = (ZifuPlace){ 0 };
  if (success && query.members->len > 0 && !_zifu_query_is_void (&query))
    success = read_sums (&query, months, error);
  if (alone)
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return success ? g_steal_pointer (&months) : NULL;
}

/**
 * zifu_ledger_list_institutions:
 * @self: a ledger
 * @member_id: whose account; 0 = of the whole household
 * @error: return location for an error
 *
 * The institutions that stand in the history, those met last first.
 *
 * Returns: (transfer full) (element-type utf8) (nullable): their names, or %NULL with an error
 */
GPtrArray *
zifu_ledger_list_institutions (ZifuLedger *self, gint64 member_id, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  statement = _zifu_ledger_prepare (self, error,
                                    "SELECT txt, (SELECT MAX (acct_modi_date) FROM acct_incexpd_d e"
                                    "             WHERE e.fixmedins_id = t.txt_id AND (?1 = 0 OR e.psn_no = ?1)) AS last"
                                    " FROM txt_d t WHERE last IS NOT NULL ORDER BY last DESC, txt",
                                    "i", member_id);
  if (statement == NULL)
    return NULL;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&names);
      g_ptr_array_add (names, _zifu_column_text (statement, 0));
    }
  return NULL;
}

/**
 * zifu_ledger_get_size:
 * @self: a ledger
 * @member_id: who
 * @since: first day of the bills that count
 * @n_entries: (out): entries of the account
 * @n_bills: (out): bills from @since on, refunded ones too
 * @error: return location for an error
 *
 * How much there is to read of somebody; takes no time.
 *
 * Returns: whether it could be read
 */
gboolean
zifu_ledger_get_size (ZifuLedger *self, gint64 member_id, ZifuDate since, gint64 *n_entries, gint64 *n_bills, GError **error)
{
  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (n_entries != NULL && n_bills != NULL, FALSE);

  return _zifu_ledger_get_int (self, n_entries, error, "SELECT IFNULL (SUM (cnt), 0) FROM acct_mon_d WHERE psn_no = ?", "i", member_id) &&
         _zifu_ledger_get_int (self, n_bills, error, "SELECT COUNT (*) FROM setl_d WHERE psn_no = ? AND setl_time >= ?", "id", member_id,
                               since);
}
