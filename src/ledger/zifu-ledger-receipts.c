/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-estimates.h"

#include <glib/gi18n-lib.h>

#include "zifu-ledger-private.h"

/* Settlements as a receipt states them: nothing of them comes out of the engine. */

/**
 * zifu_settlement_record_get_figures:
 * @record: a settlement
 *
 * Returns: (transfer full): what its receipt states
 */
ZifuBillFigures *
zifu_settlement_record_get_figures (const ZifuSettlementRecord *record)
{
  ZifuBillFigures *figures = zifu_bill_figures_new ();
  const ZifuMoney amounts[ZIFU_N_BILL_PARTS] = {
    [ZIFU_BILL_TOTAL] = record->total,       [ZIFU_BILL_OUT] = record->out,         [ZIFU_BILL_OVER_LIMIT] = record->over_limit,
    [ZIFU_BILL_PRIOR] = record->prior,       [ZIFU_BILL_IN_SCOPE] = record->in_scope, [ZIFU_BILL_DEDUCTIBLE] = record->deductible,
    [ZIFU_BILL_FUND_SUM] = record->fund_sum, [ZIFU_BILL_HOSPITAL] = record->hospital, [ZIFU_BILL_PERSON] = record->person,
    [ZIFU_BILL_ACCOUNT] = record->own_account, [ZIFU_BILL_MUTUAL] = record->mutual, [ZIFU_BILL_CASH] = record->cash,
  };

  for (guint part = 0; part < ZIFU_N_BILL_PARTS; part++)
    if (part != ZIFU_BILL_FUND && (record->unstated & ((gint64) 1 << part)) == 0)
      zifu_bill_figures_set (figures, part, amounts[part]);
  if ((record->unstated & ((gint64) 1 << ZIFU_BILL_FUND)) != 0)
    return figures;
  figures->known[ZIFU_BILL_FUND] = TRUE;
  for (guint i = 0; i < record->funds->len; i++)
    {
      const ZifuPayerAmount *fund = &g_array_index (record->funds, ZifuPayerAmount, i);

      if (!g_str_equal (fund->payer, "hospital"))
        zifu_bill_figures_add_fund (figures, fund->payer, fund->amount);
    }
  return figures;
}

static gboolean
assume_zero (ZifuBillFigures *figures, const ZifuBillPart *parts, guint n)
{
  ZifuBillPart wrong;

  for (guint i = 0; i < n; i++)
    {
      if (!figures->known[parts[i]])
        zifu_bill_figures_set (figures, parts[i], 0);
      if (!zifu_bill_figures_complete (figures, &wrong))
        return FALSE;
    }
  return TRUE;
}

/* A receipt names the hospital's share and relatives' accounts only when they paid.  What else it leaves open is filled so that the sums
 * hold, and marked. */
static gboolean
fill (ZifuBillFigures *figures, gint64 *unstated, GError **error)
{
  static const ZifuBillPart rare[] = { ZIFU_BILL_HOSPITAL, ZIFU_BILL_MUTUAL };
  static const ZifuBillPart open[] = { ZIFU_BILL_ACCOUNT, ZIFU_BILL_OVER_LIMIT, ZIFU_BILL_PRIOR, ZIFU_BILL_OUT, ZIFU_BILL_DEDUCTIBLE };
  ZifuBillPart wrong = ZIFU_BILL_TOTAL;
  const char *message = NULL;

  *unstated = 0;
  if (!zifu_bill_figures_complete (figures, &wrong) || !assume_zero (figures, rare, G_N_ELEMENTS (rare)))
    message = _("The figures of the receipt do not add up.");
  for (guint part = 0; part < ZIFU_N_BILL_PARTS; part++)
    if (!figures->known[part])
      *unstated |= (gint64) 1 << part;
  if (message == NULL && (!figures->known[ZIFU_BILL_TOTAL] || !figures->known[ZIFU_BILL_PERSON]))
    message = _("A receipt needs at least the total, and what the fund or the person paid.");
  if (message == NULL && !assume_zero (figures, open, G_N_ELEMENTS (open)))
    message = _("The figures of the receipt do not add up.");
  for (guint part = 0; part < ZIFU_N_BILL_PARTS && message == NULL; part++)
    if (figures->amount[part] < 0 || figures->amount[part] > ZIFU_MONEY_MAX)
      message = _("The figures of the receipt do not add up.");
  if (message != NULL)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, message);
  return message == NULL;
}

static gint64
insert_receipt (ZifuLedger *self, const ZifuSavedEstimate *about, const ZifuBillFigures *figures, gint64 unstated, ZifuDate date,
                const char *institution, ZifuProvenance provenance, GError **error)
{
  const ZifuMoney *amount = figures->amount;
  gint64 id;

  if (!_zifu_ledger_run (self, error,
                         "INSERT INTO setl_d (psn_no, setl_time, begndate, care, med_type, fixmedins_name, fixmedins_class, insu_admdvs,"
                         " insutype, medfee_sumamt, fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt, inscp_scp_amt, act_pay_dedc,"
                         " fund_pay_sumamt, hosp_part_amt, psn_part_amt, own_acct_pay, acct_mulaid_pay, psn_cash_pay, unverified,"
                         " provenance, unstated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
                         "iddttttttiiiiiiiiiiiiti", about->member_id, date, date, about->care, _zifu_med_type_of_care (about->care),
                         institution, about->institution_class, about->region, about->insurance, amount[ZIFU_BILL_TOTAL],
                         amount[ZIFU_BILL_OUT], amount[ZIFU_BILL_OVER_LIMIT], amount[ZIFU_BILL_PRIOR], amount[ZIFU_BILL_IN_SCOPE],
                         amount[ZIFU_BILL_DEDUCTIBLE], amount[ZIFU_BILL_FUND_SUM], amount[ZIFU_BILL_HOSPITAL], amount[ZIFU_BILL_PERSON],
                         amount[ZIFU_BILL_ACCOUNT], amount[ZIFU_BILL_MUTUAL], amount[ZIFU_BILL_CASH], _zifu_provenance_name (provenance),
                         unstated))
    return 0;

  id = sqlite3_last_insert_rowid (self->db);
  for (guint i = 0; i < figures->funds->len; i++)
    {
      const ZifuPayerAmount *fund = &g_array_index (figures->funds, ZifuPayerAmount, i);

      if (!_zifu_ledger_run (self, error,
                             "INSERT INTO setldetail (setl_id, seq, payout, layer, payer, fund_pay_type, fund_payamt)"
                             " VALUES (?, ?, 'now', '', ?, ?, ?)",
                             "iitti", id, (gint64) i, fund->payer, _zifu_fund_pay_type (fund->payer, about->insurance), fund->amount))
        return 0;
    }
  return id;
}

/* What the fund paid is one figure: where no receipt says which fund it was, it was the pooled one, and that is marked as not stated. */
static void
add_pooled_fund (ZifuBillFigures *figures)
{
  if (figures->funds->len == 0 && figures->amount[ZIFU_BILL_FUND_SUM] > 0)
    {
      gboolean known = figures->known[ZIFU_BILL_FUND];

      zifu_bill_figures_add_fund (figures, "hifp", figures->amount[ZIFU_BILL_FUND_SUM]);
      figures->known[ZIFU_BILL_FUND] = known;
    }
}

static gboolean
insert_entry (ZifuLedger *self, const ZifuSavedEstimate *about, gint64 settlement_id, ZifuMoney own_account, ZifuDate date,
              const char *institution, ZifuProvenance provenance, GError **error)
{
  ZifuEntry entry = { .base = -1 };

  entry.member_id = about->member_id;
  entry.date = date;
  entry.kind = _zifu_entry_kind_of_care (about->care);
  entry.amount = -own_account;
  entry.institution = (char *) institution;
  entry.settlement_id = settlement_id;
  entry.provenance = provenance;
  return _zifu_ledger_check_account (self, &entry, error) && _zifu_ledger_insert_entry (self, &entry, error) != 0;
}

/**
 * zifu_ledger_add_receipt:
 * @self: a ledger
 * @about: the estimate whose visit took place: person, kind of visit, region and insurance are taken from it
 * @figures: what the receipt states
 * @date: its day
 * @institution: (nullable): name of the institution
 * @provenance: where it comes from
 * @error: return location for an error
 *
 * Records what was charged in one transaction: the settlement as the receipt states it, the row in the history, and that it is the one that
 * the estimate was about.  Yearly totals are left alone: they come from settlements that the rules worked out.
 *
 * Returns: the id of the settlement, or 0 with an error (%ZIFU_LEDGER_ERROR_INPUT when the figures do not add up, or what is typed takes
 *   more than the account holds)
 */
gint64
zifu_ledger_add_receipt (ZifuLedger *self, const ZifuSavedEstimate *about, const ZifuBillFigures *figures, ZifuDate date,
                         const char *institution, ZifuProvenance provenance, GError **error)
{
  g_autoptr (ZifuBillFigures) filled = NULL;
  g_autoptr (ZifuMember) member = NULL;
  const char *name = institution != NULL && *institution != '\0' ? institution : NULL;
  gint64 unstated, id = 0;
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self) && about != NULL && figures != NULL, 0);
  g_return_val_if_fail (_zifu_provenance_name (provenance) != NULL, 0);

  filled = zifu_bill_figures_copy (figures);
  if (date <= 0 || (name != NULL && !g_utf8_validate (name, -1, NULL)))
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT,
                           date <= 0 ? _("The days of the visit do not fit together.") : _("The text is not valid UTF-8."));
      return 0;
    }
  if (!fill (filled, &unstated, error) || !_zifu_ledger_begin (self, error))
    return 0;

  add_pooled_fund (filled);
  member = zifu_ledger_get_member (self, about->member_id, error);
  if (member != NULL)
    id = insert_receipt (self, about, filled, unstated, date, name, provenance, error);
  success = id != 0 && insert_entry (self, about, id, filled->amount[ZIFU_BILL_ACCOUNT], date, name, provenance, error) &&
            (about->id == 0 || zifu_ledger_set_pair (self, about->id, id, ZIFU_PAIR_CONFIRMED, error));
  return _zifu_ledger_end (self, success, error) ? id : 0;
}

/**
 * zifu_ledger_is_receipt:
 * @self: a ledger
 * @settlement_id: a settlement
 *
 * Returns: whether it stands as a receipt states it; %FALSE when the rules worked it out, or there is none
 */
gboolean
zifu_ledger_is_receipt (ZifuLedger *self, gint64 settlement_id)
{
  gint64 n = 0;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  return _zifu_ledger_get_int (self, &n, NULL,
                               "SELECT EXISTS (SELECT 1 FROM setl_d WHERE setl_id = ?1)"
                               " AND NOT EXISTS (SELECT 1 FROM setl_input_d WHERE setl_id = ?1)"
                               " AND NOT EXISTS (SELECT 1 FROM setl_cum_d WHERE setl_id = ?1)",
                               "i", settlement_id) &&
         n != 0;
}

static gboolean
check_receipt (ZifuLedger *self, const ZifuEntry *entry, GError **error)
{
  if (zifu_ledger_is_receipt (self, entry->settlement_id))
    return TRUE;
  g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT,
                       _("Only what a receipt states can be corrected; anything else can be refunded."));
  return FALSE;
}

/**
 * zifu_ledger_correct_receipt:
 * @self: a ledger
 * @entry_id: the row of a receipt that was not right
 * @about: as in zifu_ledger_add_receipt()
 * @figures: what the receipt states
 * @date: its day
 * @institution: (nullable): name of the institution
 * @note: (nullable): what stands beside the row that takes the old one back
 * @reversal_id: (out): that row; it names the old one
 * @error: return location for an error
 *
 * Takes a receipt back on its own day and records it as it should have been, in one transaction.  Nothing is overwritten.  The estimate
 * that it was about is free again, unless it is @about.  What the rules worked out moved totals of the year and relatives' accounts, which
 * a receipt does not: it can be refunded only.
 *
 * Returns: the id of the new settlement, or 0 with an error, as from zifu_ledger_add_entry() and zifu_ledger_add_receipt(), and
 *   %ZIFU_LEDGER_ERROR_INPUT when the row is not of a receipt
 */
gint64
zifu_ledger_correct_receipt (ZifuLedger *self, gint64 entry_id, const ZifuSavedEstimate *about, const ZifuBillFigures *figures,
                             ZifuDate date, const char *institution, const char *note, gint64 *reversal_id, GError **error)
{
  ZifuEntry reversal = { .kind = ZIFU_ENTRY_REFUND, .base = -1, .provenance = ZIFU_PROVENANCE_TYPED };
  g_autoptr (ZifuEntry) original = NULL;
  gint64 id = 0;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self) && about != NULL && figures != NULL && reversal_id != NULL, 0);

  if (!_zifu_ledger_begin (self, error))
    return 0;

  *reversal_id = 0;
  original = zifu_ledger_get_entry (self, entry_id, error);
  if (original != NULL && check_receipt (self, original, error))
    {
      reversal.member_id = original->member_id;
      reversal.date = original->date;
      reversal.amount = -original->amount;
      reversal.institution = original->institution;
      reversal.note = (char *) note;
      reversal.original_id = original->id;
      *reversal_id = zifu_ledger_add_entry (self, &reversal, error);
    }
  if (*reversal_id != 0 && _zifu_ledger_run (self, error, "DELETE FROM presetl_pair_d WHERE setl_id = ? AND vali_flag = '1'", "i",
                                             original->settlement_id))
    id = zifu_ledger_add_receipt (self, about, figures, date, institution, ZIFU_PROVENANCE_TYPED, error);
  return _zifu_ledger_end (self, id != 0, error) ? id : 0;
}
