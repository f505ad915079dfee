/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <glib/gi18n-lib.h>

/*
 * One write, one transaction.  They nest, so that a whole household can be stored by the same calls as one entry: only the
 * outermost one reaches SQLite, and one that is given up inside gives up the whole.
 */

/*
 * _zifu_ledger_begin:
 *
 * Begins a write.  BEGIN IMMEDIATE takes the right to write at once: a program that has to wait does so here, before it has read
 * anything that may be old when it writes.
 */
gboolean
_zifu_ledger_begin (ZifuLedger *self, GError **error)
{
  if (self->read_only)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_READ_ONLY, self->reason);
      return FALSE;
    }
  if (self->import != NULL)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_BUSY,
                           _("A file is being imported. Nothing was changed; try again when that is done."));
      return FALSE;
    }
  if (self->depth == 0)
    {
      if (!_zifu_ledger_exec (self, "BEGIN IMMEDIATE", error))
        return FALSE;
      self->failed = FALSE;
      g_hash_table_remove_all (self->touched);
    }
  self->depth++;
  return TRUE;
}

/* How far the newest recorded balance is from the sum of all movements: 0 unless the account came apart long ago.  The movements of each
 * month were added up as they came, so that a million rows need not be read for one that is added. */
static gboolean
read_difference (ZifuLedger *self, gint64 member_id, gint64 *difference, GError **error)
{
  return _zifu_ledger_get_int (self, difference, error,
                               "SELECT IFNULL ((SELECT balc FROM acct_incexpd_d WHERE psn_no = ?1"
                               "                ORDER BY acct_modi_date DESC, rid DESC LIMIT 1), 0)"
                               "     - IFNULL ((SELECT SUM (inc_sumamt - pay_sumamt + adj_sumamt) FROM acct_mon_d WHERE psn_no = ?1), 0)",
                               "i", member_id);
}

/*
 * _zifu_ledger_touch:
 *
 * Says that the running transaction is about to move the account of @member_id: the balance is checked against the movements
 * before the transaction ends.
 */
gboolean
_zifu_ledger_touch (ZifuLedger *self, gint64 member_id, GError **error)
{
  gint64 difference;

  g_assert (self->depth > 0);

  if (g_hash_table_contains (self->touched, &member_id))
    return TRUE;
  if (!read_difference (self, member_id, &difference, error))
    return FALSE;

  g_hash_table_insert (self->touched, g_memdup2 (&member_id, sizeof member_id), g_memdup2 (&difference, sizeof difference));
  return TRUE;
}

static gboolean
check_touched (ZifuLedger *self, GError **error)
{
  GHashTableIter iter;
  gpointer member_id, before;
  gint64 after;

  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, &member_id, &before))
    {
      if (!read_difference (self, *(gint64 *) member_id, &after, error))
        return FALSE;
      if (after != *(gint64 *) before)
        {
          g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INTERNAL,
                               _("The balance would no longer agree with the entries. Nothing was changed."));
          return FALSE;
        }
    }
  return TRUE;
}

/*
 * _zifu_ledger_end:
 * @success: whether everything since the matching _zifu_ledger_begin() went well
 * @error: set already when @success is %FALSE
 *
 * Ends a write: stores it, or takes all of it back.
 */
gboolean
_zifu_ledger_end (ZifuLedger *self, gboolean success, GError **error)
{
  g_assert (self->depth > 0);

  self->depth--;
  if (!success)
    self->failed = TRUE;
  if (self->depth > 0)
    return success;

  if (success && self->failed)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INTERNAL, _("A part could not be stored. Nothing was changed."));
      success = FALSE;
    }
  success = success && check_touched (self, error) && _zifu_ledger_exec (self, "COMMIT", error);
  g_hash_table_remove_all (self->touched);

  /* SQLite may have taken the transaction back itself, when the disk is full for example. */
  if (!success && !sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return success;
}
