/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-estimates.h"

#include <glib/gi18n-lib.h>

#include "zifu-case-text.h"
#include "zifu-ledger-private.h"

/* Estimates that were saved (R42). */

/* The columns of the figures, in the order of ZifuBillPart without the single funds. */
#define FIGURES \
  "medfee_sumamt, fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt, inscp_scp_amt, act_pay_dedc, fund_pay_sumamt, hosp_part_amt," \
  " psn_part_amt, own_acct_pay, acct_mulaid_pay, psn_cash_pay"
#define COLUMNS \
  "p.presetl_id, p.psn_no, p.crte_time, p.setl_time, p.care, p.fixmedins_name, p.fixmedins_class, p.insu_admdvs, p.insutype, p.policy," \
  " p.policy_vers, p.case_text, p.memo, p.unverified, p.provenance," \
  " (SELECT setl_id FROM presetl_pair_d c WHERE c.presetl_id = p.presetl_id AND c.vali_flag = '1')," \
  " " FIGURES

/**
 * zifu_saved_estimate_new:
 * @member: whose
 * @person: as the engine saw them
 * @visit: the visit and its bill
 * @settlement: what came out
 * @institution: (nullable): its name, when it is known
 * @note: (nullable): a word about it
 * @today: the day on which it is saved
 *
 * Returns: (transfer full): an estimate that is not stored yet
 */
ZifuSavedEstimate *
zifu_saved_estimate_new (const ZifuMember *member, const ZifuPerson *person, const ZifuVisit *visit, const ZifuSettlement *settlement,
                         const char *institution, const char *note, ZifuDate today)
{
  ZifuSavedEstimate *estimate;

  g_return_val_if_fail (member != NULL && person != NULL && visit != NULL && settlement != NULL, NULL);

  estimate = g_new0 (ZifuSavedEstimate, 1);
  estimate->member_id = member->id;
  estimate->saved_on = today;
  estimate->date = settlement->date;
  estimate->care = g_strdup (zifu_facts_get_string (visit->facts, "care"));
  estimate->institution = institution != NULL && *institution != '\0' ? g_strdup (institution) : NULL;
  estimate->institution_class = g_strdup (zifu_facts_get_string (visit->facts, "class"));
  estimate->region = g_strdup (member->region);
  estimate->insurance = g_strdup (member->insurance);
  estimate->policy = g_strdup (settlement->pack->id);
  estimate->policy_version = zifu_pack_dup_version (settlement->pack);
  estimate->case_text = zifu_case_text_new (settlement->pack->id, person, visit);
  estimate->note = note != NULL && *note != '\0' ? g_strdup (note) : NULL;
  estimate->figures = zifu_bill_figures_new_from_settlement (settlement);
  estimate->unverified = !zifu_settlement_is_verified (settlement);
  estimate->provenance = member->provenance == ZIFU_PROVENANCE_SAMPLE ? ZIFU_PROVENANCE_SAMPLE : ZIFU_PROVENANCE_TYPED;
  return estimate;
}

/**
 * zifu_saved_estimate_copy:
 * @estimate: an estimate
 *
 * Returns: (transfer full): a copy with the same id
 */
ZifuSavedEstimate *
zifu_saved_estimate_copy (const ZifuSavedEstimate *estimate)
{
  ZifuSavedEstimate *copy;

  g_return_val_if_fail (estimate != NULL, NULL);

  copy = g_memdup2 (estimate, sizeof *estimate);
  copy->care = g_strdup (estimate->care);
  copy->institution = g_strdup (estimate->institution);
  copy->institution_class = g_strdup (estimate->institution_class);
  copy->region = g_strdup (estimate->region);
  copy->insurance = g_strdup (estimate->insurance);
  copy->policy = g_strdup (estimate->policy);
  copy->policy_version = g_strdup (estimate->policy_version);
  copy->case_text = g_strdup (estimate->case_text);
  copy->note = g_strdup (estimate->note);
  copy->figures = zifu_bill_figures_copy (estimate->figures);
  return copy;
}

/**
 * zifu_saved_estimate_free:
 * @estimate: (nullable) (transfer full): an estimate
 *
 * Frees @estimate with everything in it.
 */
void
zifu_saved_estimate_free (ZifuSavedEstimate *estimate)
{
  if (estimate == NULL)
    return;

  g_free (estimate->care);
  g_free (estimate->institution);
  g_free (estimate->institution_class);
  g_free (estimate->region);
  g_free (estimate->insurance);
  g_free (estimate->policy);
  g_free (estimate->policy_version);
  g_free (estimate->case_text);
  g_free (estimate->note);
  g_clear_pointer (&estimate->figures, zifu_bill_figures_free);
  g_free (estimate);
}

static gboolean
check_estimate (const ZifuSavedEstimate *estimate, GError **error)
{
  const char *message = NULL;

  if (estimate->date <= 0 || estimate->saved_on <= 0)
    message = _("The days of the visit do not fit together.");
  else if (estimate->care == NULL)
    message = _("It must be said which kind of visit this was.");
  else if ((estimate->note != NULL && !g_utf8_validate (estimate->note, -1, NULL)) ||
           (estimate->institution != NULL && !g_utf8_validate (estimate->institution, -1, NULL)))
    message = _("The text is not valid UTF-8.");
  if (message != NULL)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, message);
  return message == NULL;
}

static gboolean
insert_estimate (ZifuLedger *self, const ZifuSavedEstimate *estimate, gint64 *id, GError **error)
{
  const ZifuMoney *amount = estimate->figures->amount;

  if (!_zifu_ledger_run (self, error,
                         "INSERT INTO presetl_d (presetl_id, psn_no, crte_time, setl_time, care, med_type, fixmedins_name,"
                         " fixmedins_class, insu_admdvs, insutype, policy, policy_vers, case_text, memo, unverified, provenance, " FIGURES
                         ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         "riddttttttttttitiiiiiiiiiiii", estimate->id, estimate->member_id, estimate->saved_on, estimate->date,
                         estimate->care, _zifu_med_type_of_care (estimate->care), estimate->institution, estimate->institution_class,
                         estimate->region, estimate->insurance, estimate->policy, estimate->policy_version, estimate->case_text,
                         estimate->note, (gint64) (estimate->unverified != FALSE), _zifu_provenance_name (estimate->provenance),
                         amount[ZIFU_BILL_TOTAL], amount[ZIFU_BILL_OUT], amount[ZIFU_BILL_OVER_LIMIT], amount[ZIFU_BILL_PRIOR],
                         amount[ZIFU_BILL_IN_SCOPE], amount[ZIFU_BILL_DEDUCTIBLE], amount[ZIFU_BILL_FUND_SUM],
                         amount[ZIFU_BILL_HOSPITAL], amount[ZIFU_BILL_PERSON], amount[ZIFU_BILL_ACCOUNT], amount[ZIFU_BILL_MUTUAL],
                         amount[ZIFU_BILL_CASH]))
    return FALSE;

  *id = sqlite3_last_insert_rowid (self->db);
  for (guint i = 0; i < estimate->figures->funds->len; i++)
    {
      const ZifuPayerAmount *fund = &g_array_index (estimate->figures->funds, ZifuPayerAmount, i);

      if (!_zifu_ledger_run (self, error, "INSERT INTO presetldetail (presetl_id, seq, payer, fund_payamt) VALUES (?, ?, ?, ?)", "iiti",
                             *id, (gint64) i, fund->payer, fund->amount))
        return FALSE;
    }
  return TRUE;
}

/* Unless the settlement was taken back since. */
static gboolean
pair_again (ZifuLedger *self, gint64 estimate_id, gint64 settlement_id, GError **error)
{
  gint64 n;

  if (!_zifu_ledger_get_int (self, &n, error, "SELECT COUNT (*) FROM setl_d WHERE setl_id = ?", "i", settlement_id))
    return FALSE;
  return n == 0 || zifu_ledger_set_pair (self, estimate_id, settlement_id, ZIFU_PAIR_CONFIRMED, error);
}

/**
 * zifu_ledger_save_estimate:
 * @self: a ledger
 * @estimate: the estimate; with an id and a settlement that were read before, a deleted one is put back as it was
 * @error: return location for an error
 *
 * Stores an estimate in one transaction.
 *
 * Returns: its id, or 0 with an error
 */
gint64
zifu_ledger_save_estimate (ZifuLedger *self, const ZifuSavedEstimate *estimate, GError **error)
{
  g_autoptr (ZifuMember) member = NULL;
  gboolean success;
  gint64 id = 0;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), 0);
  g_return_val_if_fail (estimate != NULL && estimate->figures != NULL && estimate->case_text != NULL, 0);

  if (!check_estimate (estimate, error) || !_zifu_ledger_begin (self, error))
    return 0;

  member = zifu_ledger_get_member (self, estimate->member_id, error);
  success = member != NULL && insert_estimate (self, estimate, &id, error) &&
            (estimate->settlement_id == 0 || pair_again (self, id, estimate->settlement_id, error));
  return _zifu_ledger_end (self, success, error) ? id : 0;
}

static gboolean
read_funds (ZifuLedger *self, ZifuSavedEstimate *estimate, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (
    self, error, "SELECT payer, fund_payamt FROM presetldetail WHERE presetl_id = ? ORDER BY seq", "i", estimate->id);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  estimate->figures->known[ZIFU_BILL_FUND] = TRUE;
  while (_zifu_ledger_step (self, statement, &row, error))
    {
      if (!row)
        return TRUE;
      zifu_bill_figures_add_fund (estimate->figures, (const char *) sqlite3_column_text (statement, 0),
                                  sqlite3_column_int64 (statement, 1));
    }
  return FALSE;
}

static ZifuSavedEstimate *
read_estimate (sqlite3_stmt *statement)
{
  ZifuSavedEstimate *estimate = g_new0 (ZifuSavedEstimate, 1);
  int column = 16;

  estimate->id = sqlite3_column_int64 (statement, 0);
  estimate->member_id = sqlite3_column_int64 (statement, 1);
  estimate->saved_on = _zifu_column_date (statement, 2);
  estimate->date = _zifu_column_date (statement, 3);
  estimate->care = _zifu_column_text (statement, 4);
  estimate->institution = _zifu_column_text (statement, 5);
  estimate->institution_class = _zifu_column_text (statement, 6);
  estimate->region = _zifu_column_text (statement, 7);
  estimate->insurance = _zifu_column_text (statement, 8);
  estimate->policy = _zifu_column_text (statement, 9);
  estimate->policy_version = _zifu_column_text (statement, 10);
  estimate->case_text = _zifu_column_text (statement, 11);
  estimate->note = _zifu_column_text (statement, 12);
  estimate->unverified = sqlite3_column_int (statement, 13);
  estimate->provenance = _zifu_provenance_parse ((const char *) sqlite3_column_text (statement, 14));
  estimate->settlement_id = sqlite3_column_int64 (statement, 15);
  estimate->figures = zifu_bill_figures_new ();
  for (guint part = 0; part < ZIFU_N_BILL_PARTS; part++)
    if (part != ZIFU_BILL_FUND)
      zifu_bill_figures_set (estimate->figures, part, sqlite3_column_int64 (statement, column++));
  return estimate;
}

/**
 * zifu_ledger_list_estimates:
 * @self: a ledger
 * @member_id: whose; 0 = everybody's
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type ZifuSavedEstimate) (nullable): the saved estimates, the newest first, or %NULL with an error
 */
GPtrArray *
zifu_ledger_list_estimates (ZifuLedger *self, gint64 member_id, GError **error)
{
  g_autoptr (GPtrArray) estimates = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_saved_estimate_free);
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  statement = _zifu_ledger_prepare (self, error,
                                    "SELECT " COLUMNS " FROM presetl_d p WHERE ?1 = 0 OR p.psn_no = ?1"
                                    " ORDER BY p.setl_time DESC, p.presetl_id DESC",
                                    "i", member_id);
  if (statement == NULL)
    return NULL;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      ZifuSavedEstimate *estimate;

      if (!row)
        return g_steal_pointer (&estimates);
      estimate = read_estimate (statement);
      g_ptr_array_add (estimates, estimate);
      if (!read_funds (self, estimate, error))
        return NULL;
    }
  return NULL;
}

/**
 * zifu_ledger_get_estimate:
 * @self: a ledger
 * @estimate_id: which one
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the estimate, or %NULL with an error (%ZIFU_LEDGER_ERROR_NOT_FOUND when there is none)
 */
ZifuSavedEstimate *
zifu_ledger_get_estimate (ZifuLedger *self, gint64 estimate_id, GError **error)
{
  g_autoptr (ZifuSavedEstimate) estimate = NULL;
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  statement = _zifu_ledger_prepare (self, error, "SELECT " COLUMNS " FROM presetl_d p WHERE p.presetl_id = ?", "i", estimate_id);
  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return NULL;
  if (!row)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND, _("This estimate is not there any more."));
      return NULL;
    }
  estimate = read_estimate (statement);
  return read_funds (self, estimate, error) ? g_steal_pointer (&estimate) : NULL;
}

/**
 * zifu_ledger_delete_estimate:
 * @self: a ledger
 * @estimate_id: which one
 * @error: return location for an error
 *
 * Deletes an estimate, and what was said of the settlements that it might belong to.  The settlements stay.
 *
 * Returns: whether it was deleted; %FALSE with %ZIFU_LEDGER_ERROR_NOT_FOUND when there is none
 */
gboolean
zifu_ledger_delete_estimate (ZifuLedger *self, gint64 estimate_id, GError **error)
{
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  if (!_zifu_ledger_begin (self, error))
    return FALSE;

  success = _zifu_ledger_run (self, error, "DELETE FROM presetl_pair_d WHERE presetl_id = ?", "i", estimate_id) &&
            _zifu_ledger_run (self, error, "DELETE FROM presetldetail WHERE presetl_id = ?", "i", estimate_id) &&
            _zifu_ledger_run (self, error, "DELETE FROM presetl_d WHERE presetl_id = ?", "i", estimate_id);
  if (success && sqlite3_changes (self->db) == 0)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND, _("This estimate is not there any more."));
      success = FALSE;
    }
  return _zifu_ledger_end (self, success, error);
}
