/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "zifu-feed-private.h"
#include "zifu-words.h"

/*
 * A document out of a file, through the same checks as what a provider sends.  Its rows stand in tables that only this connection to the
 * file sees, under the names of those that are kept, and go when the checks are done.
 */

/* So many places are told one by one. */
#define MAX_TOLD 8

static const char begin[] =
  "CREATE TEMP TABLE sync_row_d (row_id INTEGER PRIMARY KEY, sync_id INTEGER NOT NULL, gen INTEGER NOT NULL, " ZIFU_SYNC_ROW_COLUMNS ");"
  "CREATE UNIQUE INDEX temp.sync_doc_by_id ON sync_row_d (sync_id, gen, type, id);"
  "CREATE INDEX temp.sync_doc_by_source ON sync_row_d (sync_id, gen, refer_id);"
  "CREATE TEMP TABLE sync_mark_d (sync_id INTEGER NOT NULL, gen INTEGER NOT NULL, " ZIFU_SYNC_MARK_COLUMNS ","
  " PRIMARY KEY (sync_id, gen, chk, type, id));";

/* Rows that are not as they must be are told as lines that are wrong; they are not looked at here. */
static gboolean
put_rows (ZifuFeedMirror *mirror, const ZifuFeed *feed, GError **error)
{
  for (guint i = 0; i < feed->rows->len; i++)
    {
      const ZifuFeedRow *row = g_ptr_array_index (feed->rows, i);
      const char *field;

      if (!row->withdrawn && (row->data == NULL || !zifu_feed_check_row (row->type, row->data, &field)))
        continue;
      if (!_zifu_feed_mirror_put (mirror, row, error))
        return FALSE;
    }
  return TRUE;
}

static void
tell (const ZifuFeedVerdict *verdict, GPtrArray *remarks)
{
  guint n = MIN (verdict->marks->len, MAX_TOLD);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (remarks, zifu_feed_mark_describe (g_ptr_array_index (verdict->marks, i)));
  if (verdict->n_marks > n)
    {
      g_autofree char *number = g_strdup_printf ("%u", verdict->n_marks - n);

      g_ptr_array_add (remarks, zifu_words_fill (ngettext ("{1} more place does not add up.", "{1} more places do not add up.",
                                                           verdict->n_marks - n),
                                                 number, NULL));
    }
}

/* Totals that cannot be read are no reason to refuse the rows: zifu-import-feed.c says that they do not agree. */
static gboolean
check_totals (ZifuFeedMirror *mirror, const ZifuFeed *feed, GError **error)
{
  g_autoptr (GError) own_error = NULL;
  ZifuFeedTotals totals;

  if (_zifu_feed_check_totals (mirror, feed->checkpoint, &totals, &own_error) || own_error->domain == ZIFU_EXCHANGE_ERROR)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

static gboolean
check (ZifuLedger *ledger, const ZifuFeed *feed, GPtrArray *remarks, GError **error)
{
  g_autoptr (ZifuFeedMirror) mirror = _zifu_feed_mirror_new (ledger, 0, 0, error);
  g_autoptr (ZifuFeedVerdict) verdict = zifu_feed_verdict_new ();
  gboolean whole = feed->whole && !feed->has_more;

  if (mirror == NULL || !put_rows (mirror, feed, error))
    return FALSE;
  /* Of a part of a history nothing is known but what its rows say by themselves. */
  if (whole && (!_zifu_feed_check_pairs (mirror, error) || !check_totals (mirror, feed, error) ||
                !_zifu_feed_check_movements (mirror, error)))
    return FALSE;
  if (!_zifu_feed_check_months (mirror, error) || !_zifu_feed_mirror_read_marks (mirror, verdict, error))
    return FALSE;
  tell (verdict, remarks);
  return TRUE;
}

/*
 * _zifu_feed_check_document:
 *
 * C2 to C7 of a document; what does not fit becomes a remark.  Nothing is written into the ledger.
 */
gboolean
_zifu_feed_check_document (ZifuLedger *ledger, const ZifuFeed *feed, GPtrArray *remarks, GError **error)
{
  gboolean success = _zifu_ledger_exec (ledger, begin, error) && check (ledger, feed, remarks, error);

  sqlite3_exec (ledger->db, "DROP TABLE IF EXISTS temp.sync_row_d; DROP TABLE IF EXISTS temp.sync_mark_d;", NULL, NULL, NULL);
  return success;
}
