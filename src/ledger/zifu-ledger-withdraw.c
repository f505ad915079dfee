/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-withdraw.h"

#include <glib/gi18n-lib.h>

#include "zifu-ledger-estimates.h"
#include "zifu-ledger-private.h"

/*
 * What somebody typed and takes back, at once or when they find out later that it was wrong: as if it had never been typed.  Nothing is
 * taken back that came from elsewhere, or that something else stands on.
 */

/* Whether the row is somebody's own: typed, not out of a file, and not taken over by a provider. */
static gboolean
check_own (ZifuLedger *self, const ZifuEntry *entry, GError **error)
{
  const char *message = NULL;
  gint64 claimed;

  if (!_zifu_ledger_get_int (self, &claimed, error, "SELECT COUNT (*) FROM setl_d WHERE setl_id = ? AND souc_rid IS NOT NULL", "i",
                             entry->settlement_id))
    return FALSE;
  if (entry->provenance != ZIFU_PROVENANCE_TYPED || entry->impt_id != 0)
    message = _("Only what was typed in can be taken back.");
  else if (entry->souc_rid != NULL || claimed != 0)
    message = _("The provider has this entry as well: what is wrong with it is corrected there. Nothing was changed.");
  if (message != NULL)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, message);
  return message == NULL;
}

static gboolean
is_of_relative (const ZifuEntry *original)
{
  return original->kind == ZIFU_ENTRY_FAMILY && original->settlement_id != 0;
}

static gboolean
check_refund (ZifuLedger *self, const ZifuEntry *entry, GError **error)
{
  g_autoptr (ZifuEntry) original = NULL;

  /* What it took back may be gone: a provider that was disconnected took it along. */
  if (entry->original_id == 0)
    return TRUE;
  original = zifu_ledger_get_entry (self, entry->original_id, error);
  if (original != NULL && is_of_relative (original))
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_REFERRED,
                         _("Take this back in the history of the person who was treated. Nothing was changed."));
  return original != NULL && !is_of_relative (original);
}

/*
 * _zifu_ledger_check_withdrawal:
 *
 * Whether zifu_ledger_withdraw() may take the row back.
 */
gboolean
_zifu_ledger_check_withdrawal (ZifuLedger *self, const ZifuEntry *entry, GError **error)
{
  if (!check_own (self, entry, error))
    return FALSE;
  if (entry->kind == ZIFU_ENTRY_REFUND)
    return check_refund (self, entry, error);
  if (entry->kind == ZIFU_ENTRY_FAMILY || !zifu_ledger_is_receipt (self, entry->settlement_id))
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT,
                         _("Only a refund or a receipt that was typed in can be taken back."));
  else if (entry->reversed_by != 0)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_REFERRED,
                         _("It was refunded: take back that refund first. Nothing was changed."));
  else
    return TRUE;
  return FALSE;
}

/* Only what stands alone: other rows, relatives' accounts and yearly totals would be left with a part of it. */
static gboolean
check_alone (ZifuLedger *self, const ZifuEntry *entry, gint64 settlement_id, GError **error)
{
  gint64 n;

  if (!check_own (self, entry, error) ||
      !_zifu_ledger_get_int (self, &n, error,
                             "SELECT (SELECT COUNT (*) FROM acct_incexpd_d WHERE init_rid = ?1)"
                             "     + (SELECT COUNT (*) FROM acct_incexpd_d WHERE setl_id = ?2 AND rid <> ?1 AND kind = 'family')"
                             "     + (SELECT COUNT (*) FROM setl_cum_d WHERE setl_id = ?2)",
                             "ii", entry->id, settlement_id))
    return FALSE;
  if (n != 0)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_REFERRED, _("Later entries refer to this one. Nothing was changed."));
  return n == 0;
}

/* The balances that were recorded after the row move with it. */
static gboolean
delete_entry (ZifuLedger *self, const ZifuEntry *entry, GError **error)
{
  return _zifu_ledger_touch (self, entry->member_id, error) &&
         _zifu_ledger_run (self, error,
                           "UPDATE acct_incexpd_d SET balc = balc - ?1 WHERE psn_no = ?2"
                           " AND (acct_modi_date > ?3 OR (acct_modi_date = ?3 AND rid > ?4))",
                           "iidi", entry->amount, entry->member_id, entry->date, entry->id) &&
         _zifu_ledger_run (self, error, "DELETE FROM acct_incexpd_d WHERE rid = ?", "i", entry->id) &&
         _zifu_ledger_count_months (self, entry->member_id, zifu_month_of (entry->date), error);
}

static gboolean
withdraw_receipt (ZifuLedger *self, gint64 settlement_id, GError **error)
{
  static const char *const statements[] = {
    "DELETE FROM presetl_pair_d WHERE setl_id = ?",
    "DELETE FROM setldetail WHERE setl_id = ?",
    "DELETE FROM setl_d WHERE setl_id = ?",
  };
  g_autoptr (ZifuEntry) entry = NULL;
  gint64 id;

  if (!_zifu_ledger_get_int (self, &id, error, "SELECT rid FROM acct_incexpd_d WHERE setl_id = ? AND kind <> 'family'", "i", settlement_id))
    return FALSE;
  entry = zifu_ledger_get_entry (self, id, error);
  if (entry == NULL || !check_alone (self, entry, settlement_id, error) || !delete_entry (self, entry, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!_zifu_ledger_run (self, error, statements[i], "i", settlement_id))
      return FALSE;
  return TRUE;
}

/*
 * _zifu_ledger_say_again:
 *
 * Says once more what a person had said of an estimate and a settlement, unless the estimate was deleted or found its settlement since.
 */
gboolean
_zifu_ledger_say_again (ZifuLedger *self, gint64 estimate_id, gint64 settlement_id, ZifuPairState state, GError **error)
{
  gint64 n;

  if (!_zifu_ledger_get_int (self, &n, error,
                             "SELECT COUNT (*) FROM presetl_d WHERE presetl_id = ?1"
                             " AND NOT EXISTS (SELECT 1 FROM presetl_pair_d WHERE presetl_id = ?1 AND vali_flag = '1')",
                             "i", estimate_id))
    return FALSE;
  return n == 0 || zifu_ledger_set_pair (self, estimate_id, settlement_id, state, error);
}

/*
 * _zifu_ledger_list_relatives_refunds:
 *
 * The rows by which accounts of relatives got back what they had paid of the settlement behind @original.
 *
 * Returns: (transfer full) (element-type gint64) (nullable): their numbers, or %NULL with an error
 */
GArray *
_zifu_ledger_list_relatives_refunds (ZifuLedger *self, const ZifuEntry *original, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error,
                          "SELECT r.rid FROM acct_incexpd_d p JOIN acct_incexpd_d r ON r.init_rid = p.rid WHERE p.setl_id = ?"
                          " AND p.kind = 'family' ORDER BY r.rid",
                          "i", original->settlement_id);
  gboolean row;

  while (statement != NULL && _zifu_ledger_step (self, statement, &row, error))
    {
      gint64 id = row ? sqlite3_column_int64 (statement, 0) : 0;

      if (!row)
        return g_steal_pointer (&ids);
      g_array_append_val (ids, id);
    }
  return NULL;
}

static gboolean
delete_relatives_refunds (ZifuLedger *self, const ZifuEntry *original, GError **error)
{
  g_autoptr (GArray) ids = _zifu_ledger_list_relatives_refunds (self, original, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (ZifuEntry) entry = zifu_ledger_get_entry (self, g_array_index (ids, gint64, i), error);

      if (entry == NULL || !check_own (self, entry, error) || !delete_entry (self, entry, error))
        return FALSE;
    }
  return ids != NULL;
}

/* A settlement that a provider has too is refunded, or not, as the provider says. */
static gboolean
clear_flag (ZifuLedger *self, gint64 settlement_id, GError **error)
{
  return _zifu_ledger_run (self, error,
                           "UPDATE setl_d SET refd_setl_flag = IFNULL ((SELECT r.json ->> '$.refd_setl_flag' FROM sync_d c"
                           "  JOIN sync_row_d r ON r.sync_id = c.sync_id AND r.gen = c.gen AND r.type = 'setlinfo'"
                           "  WHERE c.psn_no = setl_d.psn_no AND r.id = setl_d.souc_rid AND r.vali_flag = '1'), '0') WHERE setl_id = ?",
                           "i", settlement_id);
}

/* What the refund did to the settlement behind @original is undone. */
static gboolean
restore_settlement (ZifuLedger *self, const ZifuEntry *original, gint64 refund_id, GError **error)
{
  return original->settlement_id == 0 ||
         (delete_relatives_refunds (self, original, error) && _zifu_ledger_count_settlement_again (self, original, refund_id, error) &&
          clear_flag (self, original->settlement_id, error));
}

static gboolean
withdraw_reversal (ZifuLedger *self, gint64 reversal_id, gint64 estimate_id, GError **error)
{
  g_autoptr (ZifuEntry) reversal = zifu_ledger_get_entry (self, reversal_id, error);
  g_autoptr (ZifuEntry) original = NULL;

  if (reversal == NULL || !check_own (self, reversal, error) || !check_refund (self, reversal, error))
    return FALSE;
  if (reversal->original_id == 0)
    return delete_entry (self, reversal, error);
  original = zifu_ledger_get_entry (self, reversal->original_id, error);
  if (original == NULL)
    return FALSE;
  return delete_entry (self, reversal, error) && restore_settlement (self, original, reversal_id, error) &&
         (estimate_id == 0 || _zifu_ledger_say_again (self, estimate_id, original->settlement_id, ZIFU_PAIR_CONFIRMED, error));
}

static gboolean
unlock (ZifuLedger *self, GError **error)
{
  return _zifu_ledger_exec (self, "INSERT INTO unlock_d (reason) VALUES ('what was typed is taken back')", error);
}

static gboolean
lock_again (ZifuLedger *self, GError **error)
{
  return _zifu_ledger_drop_texts (self, error) && _zifu_ledger_exec (self, "DELETE FROM unlock_d", error);
}

/**
 * zifu_ledger_withdraw_receipt:
 * @self: a ledger
 * @settlement_id: a settlement that was typed; 0 = none
 * @reversal_id: a row that was typed to take another one back; 0 = none
 * @estimate_id: the estimate that the other one was about before, which may be gone; 0 = none
 * @error: return location for an error
 *
 * Takes back what zifu_ledger_add_receipt(), zifu_ledger_correct_receipt() or a refund has just written, in one transaction: nothing of it
 * stays.  With a refund goes all that it did, as in zifu_ledger_withdraw().
 *
 * Returns: whether it was taken back; %FALSE with %ZIFU_LEDGER_ERROR_INPUT when it was not typed, and with %ZIFU_LEDGER_ERROR_REFERRED when
 *   other rows refer to it, or relatives' accounts and yearly totals moved with the settlement
 */
gboolean
zifu_ledger_withdraw_receipt (ZifuLedger *self, gint64 settlement_id, gint64 reversal_id, gint64 estimate_id, GError **error)
{
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  if (!_zifu_ledger_begin (self, error))
    return FALSE;

  success = unlock (self, error) && (settlement_id == 0 || withdraw_receipt (self, settlement_id, error)) &&
            (reversal_id == 0 || withdraw_reversal (self, reversal_id, estimate_id, error)) && lock_again (self, error);
  return _zifu_ledger_end (self, success, error);
}

static gboolean
withdraw (ZifuLedger *self, gint64 entry_id, GError **error)
{
  g_autoptr (ZifuEntry) entry = zifu_ledger_get_entry (self, entry_id, error);

  return entry != NULL && _zifu_ledger_check_withdrawal (self, entry, error) &&
         (entry->kind == ZIFU_ENTRY_REFUND ? withdraw_reversal (self, entry_id, 0, error)
                                           : withdraw_receipt (self, entry->settlement_id, error));
}

/**
 * zifu_ledger_withdraw:
 * @self: a ledger
 * @entry_id: the row of a refund or of a receipt that somebody typed, however long ago
 * @error: return location for an error
 *
 * Takes a row back that was wrong, in one transaction: as if it had never been typed.  The balances recorded after it move with it.  With a
 * refund goes all that it did: what it reversed counts again, relatives' accounts give back what they got, and the yearly totals count the
 * settlement once more.  With a receipt goes its settlement, and what was said of it and of estimates.  zifu_ledger_find_withdrawal() says
 * beforehand what that will be, and keeps what is needed to put it back.
 *
 * Returns: whether it was taken back; %FALSE with %ZIFU_LEDGER_ERROR_INPUT when it is no such row, was not typed, or is the provider's as
 *   well, and with %ZIFU_LEDGER_ERROR_REFERRED when something else stands on it
 */
gboolean
zifu_ledger_withdraw (ZifuLedger *self, gint64 entry_id, GError **error)
{
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  if (!_zifu_ledger_begin (self, error))
    return FALSE;

  success = unlock (self, error) && withdraw (self, entry_id, error) && lock_again (self, error);
  return _zifu_ledger_end (self, success, error);
}

/**
 * zifu_ledger_can_withdraw:
 * @self: a ledger
 * @entry: a row of it
 *
 * Whether to offer zifu_ledger_withdraw().
 *
 * Returns: %TRUE when the row is a refund or the receipt of a visit that stands, and somebody's own; %FALSE when nothing can be written
 */
gboolean
zifu_ledger_can_withdraw (ZifuLedger *self, const ZifuEntry *entry)
{
  g_return_val_if_fail (ZIFU_IS_LEDGER (self) && entry != NULL, FALSE);

  return !self->read_only && _zifu_ledger_check_withdrawal (self, entry, NULL);
}
