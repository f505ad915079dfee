/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-estimates.h"

#include <glib/gi18n-lib.h>

#include "zifu-ledger-private.h"

/* What was typed a moment ago and is taken back before anything refers to it: as if it had never been typed. */

/* Only what stands alone: other rows, relatives' accounts and yearly totals would be left with a part of it. */
static gboolean
check_alone (ZifuLedger *self, const ZifuEntry *entry, gint64 settlement_id, GError **error)
{
  gint64 n;

  if (entry->provenance != ZIFU_PROVENANCE_TYPED)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, _("Only what was typed in can be taken back."));
      return FALSE;
    }
  if (!_zifu_ledger_get_int (self, &n, error,
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

/* Unless it was deleted since. */
static gboolean
pair_again (ZifuLedger *self, gint64 estimate_id, gint64 settlement_id, GError **error)
{
  gint64 n;

  if (!_zifu_ledger_get_int (self, &n, error, "SELECT COUNT (*) FROM presetl_d WHERE presetl_id = ?", "i", estimate_id))
    return FALSE;
  return n == 0 || zifu_ledger_set_pair (self, estimate_id, settlement_id, ZIFU_PAIR_CONFIRMED, error);
}

static gboolean
withdraw_reversal (ZifuLedger *self, gint64 reversal_id, gint64 estimate_id, GError **error)
{
  g_autoptr (ZifuEntry) reversal = zifu_ledger_get_entry (self, reversal_id, error);
  g_autoptr (ZifuEntry) original = NULL;

  if (reversal == NULL || (original = zifu_ledger_get_entry (self, reversal->original_id, error)) == NULL ||
      !check_alone (self, reversal, original->settlement_id, error) || !delete_entry (self, reversal, error))
    return FALSE;
  if (original->settlement_id == 0)
    return TRUE;
  return _zifu_ledger_run (self, error, "UPDATE setl_d SET refd_setl_flag = '0' WHERE setl_id = ?", "i", original->settlement_id) &&
         (estimate_id == 0 || pair_again (self, estimate_id, original->settlement_id, error));
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
 * stays.
 *
 * Returns: whether it was taken back; %FALSE with %ZIFU_LEDGER_ERROR_INPUT when it was not typed, and with %ZIFU_LEDGER_ERROR_REFERRED when
 *   other rows, relatives' accounts or yearly totals moved with it or refer to it
 */
gboolean
zifu_ledger_withdraw_receipt (ZifuLedger *self, gint64 settlement_id, gint64 reversal_id, gint64 estimate_id, GError **error)
{
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  if (!_zifu_ledger_begin (self, error))
    return FALSE;

  success = _zifu_ledger_exec (self, "INSERT INTO unlock_d (reason) VALUES ('what was typed is taken back')", error) &&
            (settlement_id == 0 || withdraw_receipt (self, settlement_id, error)) &&
            (reversal_id == 0 || withdraw_reversal (self, reversal_id, estimate_id, error)) && _zifu_ledger_drop_texts (self, error) &&
            _zifu_ledger_exec (self, "DELETE FROM unlock_d", error);
  return _zifu_ledger_end (self, success, error);
}
