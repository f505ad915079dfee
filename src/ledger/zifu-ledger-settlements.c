/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <glib/gi18n-lib.h>

/* What belongs together while one settlement is written. */
typedef struct {
  gint64                id;
  const ZifuMember     *member;
  const ZifuVisit      *visit;
  const ZifuSettlement *settlement;
  const ZifuPerson     *before; /* as loaded, before anything is written */
  const char           *care;
  const char           *institution;
  ZifuDate              begin;
  ZifuProvenance        provenance;
} Writing;

/*
 * _zifu_med_type_of_care:
 *
 * The code of the platform's table for a kind of care that packs know.
 */
const char *
_zifu_med_type_of_care (const char *care)
{
  static const char *const codes[][2] = {
    { "outpatient", "11" }, { "emergency", "13" }, { "special", "14" }, { "inpatient", "21" }, { "pharmacy", "41" }, { "maternity", "52" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (care, codes[i][0]) == 0)
      return codes[i][1];
  return "11";
}

/*
 * _zifu_entry_kind_of_care:
 *
 * What kind of row a visit makes in the history.
 */
ZifuEntryKind
_zifu_entry_kind_of_care (const char *care)
{
  if (g_strcmp0 (care, "inpatient") == 0)
    return ZIFU_ENTRY_INPATIENT;
  if (g_strcmp0 (care, "pharmacy") == 0)
    return ZIFU_ENTRY_PHARMACY;
  return ZIFU_ENTRY_OUTPATIENT;
}

/*
 * _zifu_fund_pay_type:
 *
 * The code of the platform for a payer of ours; NULL where the table has none.
 */
const char *
_zifu_fund_pay_type (const char *payer, const char *insurance)
{
  static const char *const codes[][2] = {
    { "cvlserv", "320100" }, { "hifob", "330100" }, { "hifdm", "350100" }, { "hifes", "370100" },
    { "hifmi", "390200" },   { "maf", "610100" },   { "oth", "999997" },
  };

  if (g_strcmp0 (payer, "hifp") == 0)
    return g_strcmp0 (insurance, "390") == 0 ? "390100" : "310100";
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (payer, codes[i][0]) == 0)
      return codes[i][1];
  return NULL;
}

/* The purse must hold what it held when the settlement was worked out: otherwise somebody wrote in between. */
static gboolean
check_settlement (ZifuLedger *self, const Writing *writing, GError **error)
{
  const ZifuSettlement *settlement = writing->settlement;
  const char *message = NULL;
  ZifuMoney balance;

  if (!zifu_ledger_get_balance (self, writing->member->id, &balance, NULL, error))
    return FALSE;

  if (settlement->date <= 0 || settlement->date != writing->visit->date || writing->begin < 0 || writing->begin > settlement->date)
    message = _("The days of the visit do not fit together.");
  else if (writing->care == NULL)
    message = _("It must be said which kind of visit this was.");
  else if (writing->institution != NULL && !g_utf8_validate (writing->institution, -1, NULL))
    message = _("The text is not valid UTF-8.");
  else if (!writing->member->has_account && settlement->own_account != 0)
    message = _("This person has no personal account.");
  else if (writing->member->has_account && settlement->balance + settlement->own_account != MAX (balance, 0))
    message = _("The balance has changed since this was worked out. Work it out again.");

  if (message != NULL)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, message);
  return message == NULL;
}

/* The n-th stay of the year, from the counter that every pack keeps. */
static gint64
stay_of (const Writing *writing)
{
  const ZifuValue *stated = zifu_facts_get (writing->visit->facts, "stay");
  GArray *counters = writing->settlement->counters;
  ZifuRational number;

  if (g_strcmp0 (writing->care, "inpatient") != 0)
    return 0;
  if (stated != NULL && zifu_value_to_number (stated, &number) && zifu_rational_is_integer (number))
    return (gint64) (number.num / number.den);
  for (guint i = 0; i < counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (counters, ZifuCounterValue, i);

      if (g_str_equal (counter->name, "stays") && zifu_rational_is_integer (counter->value))
        return (gint64) (counter->value.num / counter->value.den);
    }
  return 0;
}

static gboolean
insert_settlement (ZifuLedger *self, Writing *writing, GError **error)
{
  const ZifuSettlement *settlement = writing->settlement;

  if (!_zifu_ledger_run (self, error,
                         "INSERT INTO setl_d (psn_no, setl_time, begndate, care, med_type, fixmedins_name, fixmedins_class, insu_admdvs,"
                         " insutype, medfee_sumamt, fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt, inscp_scp_amt, act_pay_dedc,"
                         " fund_pay_sumamt, hosp_part_amt, psn_part_amt, own_acct_pay, acct_mulaid_pay, psn_cash_pay, stay, unverified,"
                         " provenance) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         "iddttttttiiiiiiiiiiiirit", writing->member->id, settlement->date, writing->begin, writing->care,
                         _zifu_med_type_of_care (writing->care), writing->institution,
                         zifu_facts_get_string (writing->visit->facts, "class"),
                         writing->member->region, writing->member->insurance, settlement->total, settlement->out, settlement->over_limit,
                         settlement->prior, settlement->in_scope, settlement->deductible, settlement->fund_sum, settlement->hospital,
                         settlement->person, settlement->own_account, settlement->mutual_sum, settlement->cash, stay_of (writing),
                         (gint64) !zifu_settlement_is_verified (settlement), _zifu_provenance_name (writing->provenance)))
    return FALSE;

  writing->id = sqlite3_last_insert_rowid (self->db);
  return TRUE;
}

static gboolean
insert_fund_lines (ZifuLedger *self, const Writing *writing, const char *payout, GArray *lines, gint64 *seq, GError **error)
{
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const ZifuFundLine *line = &g_array_index (lines, ZifuFundLine, i);

      if (!_zifu_ledger_run (self, error,
                             "INSERT INTO setldetail (setl_id, seq, payout, layer, payer, fund_pay_type, fund_payamt)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?)",
                             "iitttti", writing->id, (*seq)++, payout, line->layer, line->payer,
                             _zifu_fund_pay_type (line->payer, writing->member->insurance), line->amount))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_funds (ZifuLedger *self, const Writing *writing, GError **error)
{
  gint64 seq = 0;

  return insert_fund_lines (self, writing, "now", writing->settlement->lines, &seq, error) &&
         insert_fund_lines (self, writing, "later", writing->settlement->later, &seq, error) &&
         insert_fund_lines (self, writing, "claim", writing->settlement->claims, &seq, error);
}

/* Every visit is a row of the patient's history, also when the account was not touched. */
static gboolean
insert_own_entry (ZifuLedger *self, const Writing *writing, GError **error)
{
  ZifuEntry entry = { .base = -1 };

  entry.member_id = writing->member->id;
  entry.date = writing->settlement->date;
  entry.kind = _zifu_entry_kind_of_care (writing->care);
  entry.amount = -writing->settlement->own_account;
  entry.institution = (char *) writing->institution;
  entry.settlement_id = writing->id;
  entry.provenance = writing->provenance;
  return _zifu_ledger_insert_entry (self, &entry, error) != 0;
}

/* What a relative's account paid is a row of the relative's history. */
static gboolean
insert_relatives_entries (ZifuLedger *self, const Writing *writing, GError **error)
{
  GArray *mutual = writing->settlement->mutual;

  for (guint i = 0; mutual != NULL && i < mutual->len; i++)
    {
      const ZifuPayerAmount *paid = &g_array_index (mutual, ZifuPayerAmount, i);
      ZifuEntry entry = { .kind = ZIFU_ENTRY_FAMILY, .base = -1 };
      ZifuMoney balance;

      if (paid->amount == 0)
        continue;

      entry.member_id = _zifu_ledger_find_mutual_owner (self, writing->member->id, paid->payer, error);
      if (entry.member_id == 0 || !zifu_ledger_get_balance (self, entry.member_id, &balance, NULL, error))
        return FALSE;
      if (balance < paid->amount)
        {
          g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT,
                               _("The balance has changed since this was worked out. Work it out again."));
          return FALSE;
        }

      entry.date = writing->settlement->date;
      entry.amount = -paid->amount;
      entry.institution = (char *) writing->institution;
      entry.relative_id = writing->member->id;
      entry.settlement_id = writing->id;
      entry.provenance = writing->provenance;
      if (_zifu_ledger_insert_entry (self, &entry, error) == 0)
        return FALSE;
    }
  return TRUE;
}

static ZifuDate
stored_since (const ZifuPerson *before, const char *name)
{
  for (guint i = 0; i < before->counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (before->counters, ZifuCounterValue, i);

      if (g_str_equal (counter->name, name))
        return counter->since;
    }
  return 0;
}

/* A visit that is entered late, for a period before the one that the totals are in by now, leaves them alone. */
static gboolean
store_counters (ZifuLedger *self, const Writing *writing, GError **error)
{
  GArray *counters = writing->settlement->counters;

  for (guint i = 0; i < counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (counters, ZifuCounterValue, i);
      ZifuDate since = counter->since != 0 ? counter->since : writing->settlement->date;

      if (since >= stored_since (writing->before, counter->name) &&
          !_zifu_ledger_put_counter (self, writing->member->id, counter->name, counter->value, since, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * zifu_ledger_add_settlement:
 * @self: a ledger
 * @member_id: who was treated
 * @visit: the visit and its bill
 * @settlement: what the engine made of them, starting from zifu_ledger_load_person()
 * @institution: (nullable): name of the institution
 * @begin: first day of a stay; 0 = the day of the visit
 * @provenance: where it comes from
 * @error: return location for an error
 *
 * Records a settlement in one transaction: its figures, what each fund paid, the lines of the bill, what it was worked out from, the row in
 * the patient's history, a row of the kind %ZIFU_ENTRY_FAMILY in the history of every relative whose account paid, and the yearly totals
 * after it.
 *
 * Returns: the id of the settlement, or 0 with an error
 */
gint64
zifu_ledger_add_settlement (ZifuLedger *self, gint64 member_id, const ZifuVisit *visit, const ZifuSettlement *settlement,
                            const char *institution, ZifuDate begin, ZifuProvenance provenance, GError **error)
{
  g_autoptr (ZifuMember) member = NULL;
  g_autoptr (ZifuPerson) before = NULL;
  Writing writing = { 0 };
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), 0);
  g_return_val_if_fail (visit != NULL && settlement != NULL, 0);
  g_return_val_if_fail (_zifu_provenance_name (provenance) != NULL, 0);

  if (!_zifu_ledger_begin (self, error))
    return 0;

  member = zifu_ledger_get_member (self, member_id, error);
  before = member != NULL ? zifu_ledger_load_person (self, member_id, error) : NULL;
  success = before != NULL;
  if (success)
    {
      writing = (Writing){ 0, member, visit, settlement, before, zifu_facts_get_string (visit->facts, "care"), institution,
                           begin != 0 ? begin : settlement->date, provenance };
      success = check_settlement (self, &writing, error) && insert_settlement (self, &writing, error) &&
                insert_funds (self, &writing, error) &&
                _zifu_ledger_insert_basis (self, writing.id, member_id, before, visit, settlement, error) &&
                insert_own_entry (self, &writing, error) && insert_relatives_entries (self, &writing, error) &&
                store_counters (self, &writing, error);
    }
  return _zifu_ledger_end (self, success, error) ? writing.id : 0;
}

static void
clear_payer (gpointer data)
{
  g_free (((ZifuPayerAmount *) data)->payer);
}

static GArray *
read_funds (ZifuLedger *self, gint64 settlement_id, GError **error)
{
  g_autoptr (GArray) funds = g_array_new (FALSE, FALSE, sizeof (ZifuPayerAmount));
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error,
                          "SELECT payer, SUM (fund_payamt) FROM setldetail WHERE setl_id = ? AND payout = 'now' GROUP BY payer"
                          " HAVING SUM (fund_payamt) > 0 ORDER BY MIN (seq)",
                          "i", settlement_id);
  gboolean row;

  if (statement == NULL)
    return NULL;

  g_array_set_clear_func (funds, clear_payer);
  while (_zifu_ledger_step (self, statement, &row, error))
    {
      ZifuPayerAmount fund;

      if (!row)
        return g_steal_pointer (&funds);

      fund.payer = _zifu_column_text (statement, 0);
      fund.amount = sqlite3_column_int64 (statement, 1);
      g_array_append_val (funds, fund);
    }
  return NULL;
}

static ZifuSettlementRecord *
read_record (sqlite3_stmt *statement)
{
  ZifuSettlementRecord *record = g_new0 (ZifuSettlementRecord, 1);
  ZifuMoney *amounts[] = {
    &record->total,    &record->out,    &record->over_limit,  &record->prior,  &record->in_scope, &record->deductible, &record->fund_sum,
    &record->hospital, &record->person, &record->own_account, &record->mutual, &record->cash,     &record->balance_after,
  };

  record->id = sqlite3_column_int64 (statement, 0);
  record->member_id = sqlite3_column_int64 (statement, 1);
  record->date = _zifu_column_date (statement, 2);
  record->begin = _zifu_column_date (statement, 3);
  record->care = _zifu_column_text (statement, 4);
  record->med_type = _zifu_column_text (statement, 5);
  record->institution = _zifu_column_text (statement, 6);
  record->institution_class = _zifu_column_text (statement, 7);
  record->region = _zifu_column_text (statement, 8);
  record->stay = sqlite3_column_int (statement, 9);
  record->refunded = sqlite3_column_int (statement, 10);
  record->unverified = sqlite3_column_int (statement, 11);
  record->provenance = _zifu_provenance_parse ((const char *) sqlite3_column_text (statement, 12));
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    *amounts[i] = sqlite3_column_int64 (statement, 13 + i);
  record->unstated = sqlite3_column_int64 (statement, 13 + G_N_ELEMENTS (amounts));
  record->insurance = _zifu_column_text (statement, 14 + G_N_ELEMENTS (amounts));
  record->balance_before = record->balance_after + record->own_account;
  return record;
}

/**
 * zifu_ledger_get_settlement:
 * @self: a ledger
 * @settlement_id: which one
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the settlement as it was recorded, or %NULL with an error (%ZIFU_LEDGER_ERROR_NOT_FOUND when there
 *   is none)
 */
ZifuSettlementRecord *
zifu_ledger_get_settlement (ZifuLedger *self, gint64 settlement_id, GError **error)
{
  g_autoptr (ZifuSettlementRecord) record = NULL;
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  statement = _zifu_ledger_prepare (self, error,
                                    "SELECT s.setl_id, s.psn_no, s.setl_time, s.begndate, s.care, s.med_type, s.fixmedins_name,"
                                    " s.fixmedins_class, s.insu_admdvs, s.stay, s.refd_setl_flag, s.unverified, s.provenance,"
                                    " s.medfee_sumamt, s.fulamt_ownpay_amt,"
                                    " s.overlmt_selfpay, s.preselfpay_amt, s.inscp_scp_amt, s.act_pay_dedc,"
                                    " s.fund_pay_sumamt, s.hosp_part_amt, s.psn_part_amt, s.own_acct_pay, s.acct_mulaid_pay,"
                                    " s.psn_cash_pay,"
                                    " (SELECT e.balc FROM acct_incexpd_d e WHERE e.setl_id = s.setl_id AND e.psn_no = s.psn_no),"
                                    " s.unstated, s.insutype"
                                    " FROM setl_d s WHERE s.setl_id = ?",
                                    "i", settlement_id);
  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return NULL;
  if (!row)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND, _("This settlement is not in the history."));
      return NULL;
    }

  record = read_record (statement);
  record->funds = read_funds (self, settlement_id, error);
  return record->funds != NULL ? g_steal_pointer (&record) : NULL;
}

/**
 * zifu_settlement_record_free:
 * @record: (nullable) (transfer full): a record
 *
 * Frees @record with everything in it.
 */
void
zifu_settlement_record_free (ZifuSettlementRecord *record)
{
  if (record == NULL)
    return;

  g_free (record->care);
  g_free (record->med_type);
  g_free (record->institution);
  g_free (record->institution_class);
  g_free (record->region);
  g_free (record->insurance);
  g_clear_pointer (&record->funds, g_array_unref);
  g_free (record);
}
