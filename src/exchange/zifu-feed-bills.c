/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-feed-bills.h"

#include "zifu-feed-fees.h"
#include "zifu-feed-private.h"

/* The latest bills of a person with their lines, so that the questions of the Guide are answered from them (R25). */

/* A bill that was taken back was not paid.  Read from the lines, which are few: bills may be very many. */
#define BILLS \
  "WITH bill AS (SELECT f.sync_id, f.source_id, s.setl_time, s.care, s.fixmedins_class, s.fixmedins_name, f.ver, f.etag, f.json" \
  "  FROM sync_d c CROSS JOIN sync_fee_d f ON f.sync_id = c.sync_id" \
  "  CROSS JOIN setl_d s ON s.psn_no = c.psn_no AND s.souc_rid = f.source_id" \
  "  WHERE c.psn_no = ?1 AND s.refd_setl_flag = '0' ORDER BY s.setl_time DESC, s.setl_id DESC LIMIT ?2) "

static void
set_text (ZifuFacts *facts, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    zifu_facts_set_string (facts, name, text);
}

/* What is not in scope and of what no part says why: a first share on category B, else out of the catalogue. */
static void
add_line (ZifuVisit *visit, const ZifuFeedFee *fee)
{
  static const char *const categories[][2] = { { "01", "A" }, { "02", "B" }, { "03", "C" } };
  ZifuBillLine *line = zifu_visit_add_line (visit, fee->total);
  ZifuMoney rest = fee->has_parts ? fee->own - fee->out - fee->over_limit - fee->prior : 0;

  set_text (line->facts, "item", fee->name);
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    if (g_strcmp0 (fee->level, categories[i][0]) == 0)
      zifu_facts_set_string (line->facts, "category", categories[i][1]);
  line->has_out = line->has_over_limit = line->has_prior = fee->has_parts || fee->out != 0 || fee->over_limit != 0 || fee->prior != 0;
  line->out = fee->out + (rest > 0 && g_strcmp0 (fee->level, "02") != 0 ? rest : 0);
  line->over_limit = fee->over_limit;
  line->prior = fee->prior + (rest > 0 && g_strcmp0 (fee->level, "02") == 0 ? rest : 0);
}

static gboolean
add_bill (ZifuRecord *record, ZifuLedger *ledger, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (ZifuFeedFees) fees =
    zifu_feed_read_fees (ledger, sqlite3_column_int64 (statement, 0), (const char *) sqlite3_column_text (statement, 1), error);
  g_autoptr (ZifuVisit) visit = zifu_visit_new ();

  if (fees == NULL)
    return FALSE;
  visit->date = _zifu_column_date (statement, 2);
  set_text (visit->facts, "care", (const char *) sqlite3_column_text (statement, 3));
  set_text (visit->facts, "class", (const char *) sqlite3_column_text (statement, 4));
  set_text (visit->facts, "institution", (const char *) sqlite3_column_text (statement, 5));
  for (guint i = 0; i < fees->lines->len; i++)
    add_line (visit, g_ptr_array_index (fees->lines, i));
  if (visit->lines != NULL)
    g_ptr_array_add (record->bills, g_steal_pointer (&visit));
  return TRUE;
}

/**
 * zifu_feed_load_bills:
 * @ledger: a ledger
 * @member_id: whose
 * @record: where the bills go
 * @error: return location for an error of #ZifuLedgerError, #ZifuExchangeError or #ZifuError
 *
 * Adds the latest bills whose lines are kept, the newest first.  Nothing is fetched.  Long bills take a while: see
 * zifu_feed_stamp_bills().
 *
 * Returns: %FALSE when an error was set; what was read until then is there
 */
gboolean
zifu_feed_load_bills (ZifuLedger *ledger, gint64 member_id, ZifuRecord *record, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row = FALSE;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger) && record != NULL, FALSE);

  statement = _zifu_ledger_prepare (ledger, error,
                                    BILLS "SELECT sync_id, source_id, setl_time, care, fixmedins_class, fixmedins_name FROM bill", "ii",
                                    member_id, (gint64) ZIFU_FEED_N_BILLS);
  if (statement == NULL)
    return FALSE;
  while (_zifu_ledger_step (ledger, statement, &row, error))
    if (!row)
      return TRUE;
    else if (!add_bill (record, ledger, statement, error))
      return FALSE;
  return FALSE;
}

/**
 * zifu_feed_stamp_bills:
 * @ledger: a ledger
 * @member_id: whose
 * @size: (out) (optional): length of what zifu_feed_load_bills() would read, in characters
 * @error: return location for a #ZifuLedgerError
 *
 * Lines are fetched by the bill and through another ledger of the same file: who shows them has to ask whether they are still the same.
 *
 * Returns: (transfer full) (nullable): the same text as long as the same lines of the same bills are kept; %NULL with an error
 */
char *
zifu_feed_stamp_bills (ZifuLedger *ledger, gint64 member_id, gint64 *size, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row = FALSE;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), NULL);

  statement = _zifu_ledger_prepare (ledger, error,
                                    BILLS "SELECT IFNULL (group_concat (source_id || ' ' || ver || ' ' || IFNULL (etag, '') || ' ' ||"
                                          " length (json), char (10)), ''), IFNULL (SUM (length (json)), 0) FROM bill",
                                    "ii", member_id, (gint64) ZIFU_FEED_N_BILLS);
  if (statement == NULL || !_zifu_ledger_step (ledger, statement, &row, error))
    return NULL;
  if (size != NULL)
    *size = sqlite3_column_int64 (statement, 1);
  return _zifu_column_text (statement, 0);
}
