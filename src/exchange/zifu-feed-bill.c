/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-feed-bill.h"

#include "zifu-feed-private.h"

/*
 * From an entry of the history back to what its source said: the settlement of the visit, and what the checks found about it.  A bill
 * that does not add up is no receipt here (zifu-feed-settlements.c); its movement names it.  Each lookup goes by a key.
 */

/* A relative's bill came by the relative's connection; what names a row of the own one is not looked for there. */
#define BILL \
  "WITH place AS (SELECT c.sync_id, c.gen, s.souc_rid AS of_receipt, IIF (c.psn_no = e.psn_no, e.souc_rid, NULL) AS row_key" \
  "  FROM acct_incexpd_d e LEFT JOIN setl_d s ON s.setl_id = e.setl_id JOIN sync_d c ON c.psn_no = IFNULL (s.psn_no, e.psn_no)" \
  "  WHERE e.rid = ?1)," \
  " bill AS (SELECT p.sync_id, p.gen, p.row_key, COALESCE (" \
  "  (SELECT id FROM sync_row_d r WHERE r.sync_id = p.sync_id AND r.gen = p.gen AND r.type = 'setlinfo' AND r.id = p.of_receipt" \
  "    AND r.vali_flag = '1')," \
  "  (SELECT id FROM sync_row_d r WHERE r.sync_id = p.sync_id AND r.gen = p.gen AND r.type = 'setlinfo' AND r.id = p.row_key" \
  "    AND r.vali_flag = '1')," \
  "  (SELECT r.id FROM sync_row_d m JOIN sync_row_d r ON r.sync_id = m.sync_id AND r.gen = m.gen AND r.type = 'setlinfo'" \
  "    AND r.id = m.refer_id AND r.vali_flag = '1' WHERE m.sync_id = p.sync_id AND m.gen = p.gen AND m.type = 'acct_detl'" \
  "    AND m.id = p.row_key)) AS setl_id FROM place p) "

/* A reversal that does not undo its original is told beside both. */
#define MARKS(columns) \
  BILL "SELECT " columns " FROM bill b JOIN sync_mark_d m ON m.sync_id = b.sync_id AND m.gen = b.gen AND m.chk IN (2, 3, 6)" \
  "  AND m.type = 'setlinfo' AND m.id = b.setl_id" \
  " UNION ALL SELECT " columns " FROM bill b JOIN sync_row_d r ON r.sync_id = b.sync_id AND r.gen = b.gen AND r.refer_id = b.setl_id" \
  "  AND +r.type = 'setlinfo' JOIN sync_mark_d m ON m.sync_id = b.sync_id AND m.gen = b.gen AND m.chk = 3 AND m.type = 'setlinfo'" \
  "  AND m.id = r.id" \
  " UNION ALL SELECT " columns " FROM bill b JOIN sync_mark_d m ON m.sync_id = b.sync_id AND m.gen = b.gen AND m.chk = 4" \
  "  AND m.type = 'acct_detl' AND m.id = b.row_key"

/**
 * zifu_feed_bill_free:
 * @self: (nullable) (transfer full): what a source says of a visit
 *
 * Frees @self with its marks.
 */
void
zifu_feed_bill_free (ZifuFeedBill *self)
{
  if (self == NULL)
    return;

  g_free (self->setl_id);
  g_ptr_array_unref (self->marks);
  g_free (self);
}

static gboolean
read_place (ZifuFeedBill *self, ZifuLedger *ledger, gint64 entry_id, GError **error)
{
  g_autoptr (sqlite3_stmt) bill = _zifu_ledger_prepare (ledger, error, BILL "SELECT sync_id, setl_id FROM bill", "i", entry_id);
  gboolean row;

  if (bill == NULL || !_zifu_ledger_step (ledger, bill, &row, error))
    return FALSE;
  if (row)
    {
      self->connection_id = sqlite3_column_int64 (bill, 0);
      self->setl_id = _zifu_column_text (bill, 1);
    }
  return TRUE;
}

static gboolean
read_marks (ZifuFeedBill *self, ZifuLedger *ledger, gint64 entry_id, GError **error)
{
  g_autoptr (sqlite3_stmt) marks =
    _zifu_ledger_prepare (ledger, error, MARKS ("m.chk, m.type, m.id, m.field, m.crte_time, m.expected, m.stated"), "i", entry_id);
  gboolean row;

  while (marks != NULL && _zifu_ledger_step (ledger, marks, &row, error))
    {
      if (!row)
        return TRUE;
      g_ptr_array_add (self->marks, _zifu_feed_mark_read (marks));
    }
  return FALSE;
}

/**
 * zifu_feed_find_bill:
 * @ledger: a ledger
 * @entry_id: an entry of it
 * @error: return location for a #ZifuLedgerError
 *
 * Looks what the source of an entry says of the visit behind it.
 *
 * Returns: (transfer full) (nullable): what was found, which may be nothing; %NULL with an error
 */
ZifuFeedBill *
zifu_feed_find_bill (ZifuLedger *ledger, gint64 entry_id, GError **error)
{
  g_autoptr (ZifuFeedBill) self = g_new0 (ZifuFeedBill, 1);

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), NULL);

  self->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_feed_mark_free);
  if (zifu_ledger_get_schema_version (ledger) < ZIFU_LEDGER_SYNC_SINCE)
    return g_steal_pointer (&self);
  if (!read_place (self, ledger, entry_id, error) ||
      (self->connection_id != 0 && !read_marks (self, ledger, entry_id, error)))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
has_marks (ZifuLedger *ledger, gint64 *any, GError **error)
{
  *any = 0;
  return zifu_ledger_get_schema_version (ledger) < ZIFU_LEDGER_SYNC_SINCE ||
         _zifu_ledger_get_int (ledger, any, error, "SELECT EXISTS (SELECT 1 FROM sync_mark_d WHERE chk IN (2, 3, 4, 6))", "");
}

/**
 * zifu_feed_find_doubtful:
 * @ledger: a ledger
 * @entries: (element-type ZifuEntry): a page of the history
 * @error: return location for a #ZifuLedgerError
 *
 * Looks which of some entries have a bill or a movement that does not add up.  Where no check found anything this costs nothing.
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the numbers of those entries, as a set; %NULL with an error
 */
GHashTable *
zifu_feed_find_doubtful (ZifuLedger *ledger, GPtrArray *entries, GError **error)
{
  g_autoptr (GHashTable) doubtful = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (sqlite3_stmt) marks = NULL;
  gint64 any;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger) && entries != NULL, NULL);

  if (!has_marks (ledger, &any, error))
    return NULL;
  if (!any)
    return g_steal_pointer (&doubtful);
  marks = _zifu_ledger_prepare (ledger, error, MARKS ("1") " LIMIT 1", "i", G_GINT64_CONSTANT (0));
  if (marks == NULL)
    return NULL;
  for (guint i = 0; i < entries->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (entries, i);
      gboolean row;

      sqlite3_reset (marks);
      sqlite3_bind_int64 (marks, 1, entry->id);
      if (!_zifu_ledger_step (ledger, marks, &row, error))
        return NULL;
      if (row)
        g_hash_table_add (doubtful, g_memdup2 (&entry->id, sizeof entry->id));
    }
  return g_steal_pointer (&doubtful);
}
