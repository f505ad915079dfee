/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-withdraw.h"

#include "zifu-ledger-estimates.h"
#include "zifu-ledger-private.h"

/* What taking something back means, said before it is done; and the way back from it. */

/* The receipt that took the place of @original when it was corrected by @reversal, or NULL: the correction writes both rows at once. */
static ZifuEntry *
find_correction (ZifuLedger *self, const ZifuEntry *reversal, const ZifuEntry *original)
{
  g_autoptr (ZifuEntry) next = NULL;

  if (reversal->kind != ZIFU_ENTRY_REFUND || original->settlement_id == 0 || reversal->date != original->date)
    return NULL;
  next = zifu_ledger_get_entry (self, reversal->id + 1, NULL);
  if (next == NULL || next->member_id != original->member_id || next->provenance != ZIFU_PROVENANCE_TYPED ||
      next->kind == ZIFU_ENTRY_FAMILY || !zifu_ledger_is_receipt (self, next->settlement_id))
    return NULL;
  return g_steal_pointer (&next);
}

/* Whether the newest correction of @original stands: it may have been corrected in its turn. */
static gboolean
is_replaced (ZifuLedger *self, const ZifuEntry *reversal, const ZifuEntry *original)
{
  g_autoptr (ZifuEntry) next = find_correction (self, reversal, original);

  while (next != NULL && next->reversed_by != 0)
    {
      g_autoptr (ZifuEntry) again = zifu_ledger_get_entry (self, next->reversed_by, NULL);
      ZifuEntry *after = again != NULL ? find_correction (self, again, next) : NULL;

      zifu_entry_free (next);
      next = after;
    }
  return next != NULL;
}

static gboolean
find_refund (ZifuLedger *self, ZifuWithdrawal *withdrawal, GError **error)
{
  const ZifuEntry *entry = withdrawal->entry;
  g_autoptr (GArray) relatives = NULL;
  gint64 n;

  if (entry->original_id == 0)
    return TRUE;
  withdrawal->original = zifu_ledger_get_entry (self, entry->original_id, error);
  if (withdrawal->original == NULL)
    return FALSE;
  if (withdrawal->original->settlement_id == 0)
    return TRUE;
  relatives = _zifu_ledger_list_relatives_refunds (self, withdrawal->original, error);
  if (relatives == NULL || !_zifu_ledger_get_int (self, &n, error,
                                                  "SELECT COUNT (*) FROM setl_cum_d WHERE setl_id = ? AND cum NOT NULL AND (old_cum IS NULL"
                                                  " OR old_since <> since OR old_cum <> cum)",
                                                  "i", withdrawal->original->settlement_id))
    return FALSE;
  withdrawal->n_relatives = relatives->len;
  withdrawal->moves_totals = n != 0;
  withdrawal->is_replaced = is_replaced (self, entry, withdrawal->original);
  return TRUE;
}

/* What was said of the receipt and of estimates. */
static gboolean
read_pairs (ZifuLedger *self, ZifuWithdrawal *withdrawal, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (
    self, error, "SELECT presetl_id, vali_flag = '1' FROM presetl_pair_d WHERE setl_id = ? ORDER BY presetl_id", "i",
    withdrawal->entry->settlement_id);
  gboolean row;

  while (statement != NULL && _zifu_ledger_step (self, statement, &row, error))
    {
      gint64 id = row ? sqlite3_column_int64 (statement, 0) : 0;

      if (!row)
        return TRUE;
      if (sqlite3_column_int (statement, 1))
        withdrawal->estimate_id = id;
      else
        g_array_append_val (withdrawal->refused, id);
    }
  return FALSE;
}

static gboolean
find_receipt (ZifuLedger *self, ZifuWithdrawal *withdrawal, GError **error)
{
  const ZifuEntry *entry = withdrawal->entry;
  g_autoptr (ZifuEntry) reversal = zifu_ledger_get_entry (self, entry->id - 1, NULL);
  g_autoptr (ZifuEntry) original =
    reversal != NULL && reversal->original_id != 0 ? zifu_ledger_get_entry (self, reversal->original_id, NULL) : NULL;
  g_autoptr (ZifuEntry) correction = original != NULL ? find_correction (self, reversal, original) : NULL;

  withdrawal->is_correction = correction != NULL;
  withdrawal->receipt = zifu_ledger_get_settlement (self, entry->settlement_id, error);
  return withdrawal->receipt != NULL && read_pairs (self, withdrawal, error);
}

/**
 * zifu_ledger_find_withdrawal:
 * @self: a ledger
 * @entry_id: a row
 * @error: return location for an error
 *
 * Says what zifu_ledger_withdraw() will do.  Nothing is written.
 *
 * Returns: (transfer full) (nullable): what goes and what moves with it, or %NULL with an error, as from zifu_ledger_withdraw(), or with
 *   %ZIFU_LEDGER_ERROR_READ_ONLY
 */
ZifuWithdrawal *
zifu_ledger_find_withdrawal (ZifuLedger *self, gint64 entry_id, GError **error)
{
  g_autoptr (ZifuWithdrawal) withdrawal = g_new0 (ZifuWithdrawal, 1);

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  if (self->read_only)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_READ_ONLY, self->reason);
      return NULL;
    }
  withdrawal->refused = g_array_new (FALSE, FALSE, sizeof (gint64));
  withdrawal->entry = zifu_ledger_get_entry (self, entry_id, error);
  if (withdrawal->entry == NULL || !_zifu_ledger_check_withdrawal (self, withdrawal->entry, error) ||
      !zifu_ledger_get_balance (self, withdrawal->entry->member_id, &withdrawal->before, NULL, error))
    return NULL;
  withdrawal->after = withdrawal->before - withdrawal->entry->amount;
  if (withdrawal->entry->kind == ZIFU_ENTRY_REFUND ? !find_refund (self, withdrawal, error) : !find_receipt (self, withdrawal, error))
    return NULL;
  return g_steal_pointer (&withdrawal);
}

static gboolean
put_receipt_back (ZifuLedger *self, const ZifuWithdrawal *withdrawal, GError **error)
{
  const ZifuSettlementRecord *receipt = withdrawal->receipt;
  g_autoptr (ZifuBillFigures) figures = zifu_settlement_record_get_figures (receipt);
  const ZifuSavedEstimate about = {
    .member_id = receipt->member_id,
    .care = receipt->care,
    .institution_class = receipt->institution_class,
    .region = receipt->region,
    .insurance = receipt->insurance,
  };
  gint64 id = zifu_ledger_add_receipt (self, &about, figures, receipt->date, receipt->institution, ZIFU_PROVENANCE_TYPED, error);

  if (id == 0 || (withdrawal->estimate_id != 0 && !_zifu_ledger_say_again (self, withdrawal->estimate_id, id, ZIFU_PAIR_CONFIRMED, error)))
    return FALSE;
  for (guint i = 0; i < withdrawal->refused->len; i++)
    if (!_zifu_ledger_say_again (self, g_array_index (withdrawal->refused, gint64, i), id, ZIFU_PAIR_REFUSED, error))
      return FALSE;
  return TRUE;
}

/**
 * zifu_ledger_put_back:
 * @self: a ledger
 * @withdrawal: what was taken back since zifu_ledger_find_withdrawal() said so
 * @error: return location for an error
 *
 * Writes once more what zifu_ledger_withdraw() took away, in one transaction: the same day, the same figures, at the end of its day and
 * with a number of its own.
 *
 * Returns: whether it was written; errors are those of zifu_ledger_add_entry() and zifu_ledger_add_receipt()
 */
gboolean
zifu_ledger_put_back (ZifuLedger *self, const ZifuWithdrawal *withdrawal, GError **error)
{
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self) && withdrawal != NULL, FALSE);

  if (!_zifu_ledger_begin (self, error))
    return FALSE;
  success = withdrawal->receipt != NULL ? put_receipt_back (self, withdrawal, error)
                                        : zifu_ledger_add_entry (self, withdrawal->entry, error) != 0;
  return _zifu_ledger_end (self, success, error);
}

/**
 * zifu_withdrawal_free:
 * @withdrawal: (nullable) (transfer full): what was taken back
 *
 * Frees @withdrawal with everything in it.
 */
void
zifu_withdrawal_free (ZifuWithdrawal *withdrawal)
{
  if (withdrawal == NULL)
    return;
  zifu_entry_free (withdrawal->entry);
  zifu_entry_free (withdrawal->original);
  zifu_settlement_record_free (withdrawal->receipt);
  g_clear_pointer (&withdrawal->refused, g_array_unref);
  g_free (withdrawal);
}
