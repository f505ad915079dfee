/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * What a settlement was worked out from: the person as they were before it, and the visit with its bill.  With it the settlement can
 * be worked out again by the same rules, years later, and compared step by step (R42).
 */

/* Where a fact stands: of the person, of the visit, or of a line of its bill. */
typedef struct {
  gint64      settlement_id;
  const char *scope;
  gint64      line; /* from 1; 0 unless @scope is "line" */
} Place;

static gboolean
insert_value (ZifuLedger *self, const Place *place, const char *axis, gint64 ord, const ZifuValue *value, GError **error)
{
  g_autofree char *text = zifu_value_format (value);

  return _zifu_ledger_run (self, error,
                           "INSERT INTO setl_axis_d (setl_id, scope, feedetl_sn, axis, ord, form, value) VALUES (?, ?, ?, ?, ?, ?, ?)",
                           "itititt", place->settlement_id, place->scope, place->line, axis, ord, _zifu_value_form (value), text);
}

static gboolean
insert_facts (ZifuLedger *self, const Place *place, const ZifuFacts *facts, GError **error)
{
  for (guint i = 0; i < zifu_facts_get_size (facts); i++)
    {
      const char *axis = zifu_facts_get_name (facts, i);
      const ZifuValue *value = zifu_facts_get_value (facts, i);

      if (!insert_value (self, place, axis, 0, value, error))
        return FALSE;
      for (guint n = 0; value->kind == ZIFU_VALUE_LIST && n < value->list->len; n++)
        if (!insert_value (self, place, axis, n + 1, g_ptr_array_index (value->list, n), error))
          return FALSE;
    }
  return TRUE;
}

static ZifuMoney
or_null (gboolean has_amount, ZifuMoney amount)
{
  return has_amount ? amount : -1;
}

static gboolean
insert_bill (ZifuLedger *self, gint64 settlement_id, const ZifuPerson *before, const ZifuVisit *visit, GError **error)
{
  if (!_zifu_ledger_run (self, error,
                         "INSERT INTO setl_input_d (setl_id, by_lines, medfee_sumamt, fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt,"
                         " inscp_scp_amt, clamp, prepaid, acct_used_flag, mulaid_used_flag, old_balc)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         "iiaaaaaiaiia", settlement_id, (gint64) (visit->lines != NULL), or_null (visit->has_total, visit->total),
                         or_null (visit->has_out, visit->out), or_null (visit->has_over_limit, visit->over_limit),
                         or_null (visit->has_prior, visit->prior), or_null (visit->has_in_scope, visit->in_scope),
                         (gint64) (visit->clamp != FALSE), or_null (visit->has_prepaid, visit->prepaid),
                         (gint64) (visit->use_account != FALSE), (gint64) (visit->use_mutual_aid != FALSE),
                         or_null (before->purses->len > 0, zifu_person_get_balance (before))))
    return FALSE;

  for (guint i = 0; visit->base_paid != NULL && i < visit->base_paid->len; i++)
    {
      const ZifuPayerAmount *paid = &g_array_index (visit->base_paid, ZifuPayerAmount, i);

      if (!_zifu_ledger_run (self, error, "INSERT INTO setl_base_d (setl_id, seq, payer, fund_payamt) VALUES (?, ?, ?, ?)", "iiti",
                             settlement_id, (gint64) i, paid->payer, paid->amount))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_lines (ZifuLedger *self, gint64 settlement_id, const ZifuVisit *visit, GError **error)
{
  for (guint i = 0; visit->lines != NULL && i < visit->lines->len; i++)
    {
      const ZifuBillLine *line = &g_array_index (visit->lines, ZifuBillLine, i);
      g_autofree char *quantity = zifu_rational_format (line->quantity);
      Place place = { settlement_id, "line", i + 1 };

      if (!_zifu_ledger_run (self, error,
                             "INSERT INTO feedetl_d (setl_id, feedetl_sn, det_item_fee_sumamt, cnt, fulamt_ownpay_amt, overlmt_amt,"
                             " preselfpay_amt) VALUES (?, ?, ?, ?, ?, ?, ?)",
                             "iiitaaa", settlement_id, place.line, line->amount, quantity, or_null (line->has_out, line->out),
                             or_null (line->has_over_limit, line->over_limit), or_null (line->has_prior, line->prior)) ||
          !insert_facts (self, &place, line->facts, error))
        return FALSE;
    }
  return TRUE;
}

static const ZifuCounterValue *
find_counter (GArray *counters, const char *name)
{
  for (guint i = 0; i < counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (counters, ZifuCounterValue, i);

      if (g_str_equal (counter->name, name))
        return counter;
    }
  return NULL;
}

static gboolean
insert_counter (ZifuLedger *self, gint64 settlement_id, const char *name, const ZifuCounterValue *old, const ZifuCounterValue *now,
                GError **error)
{
  g_autofree char *old_text = old != NULL ? zifu_rational_format (old->value) : NULL;
  g_autofree char *text = now != NULL ? zifu_rational_format (now->value) : NULL;

  return _zifu_ledger_run (self, error,
                           "INSERT INTO setl_cum_d (setl_id, cum_type_code, old_cum, old_since, cum, since) VALUES (?, ?, ?, ?, ?, ?)",
                           "ittdtd", settlement_id, name, old_text, old != NULL ? old->since : 0, text, now != NULL ? now->since : 0);
}

static gboolean
insert_counters (ZifuLedger *self, gint64 settlement_id, const ZifuPerson *before, const ZifuSettlement *settlement, GError **error)
{
  for (guint i = 0; i < before->counters->len; i++)
    {
      const ZifuCounterValue *old = &g_array_index (before->counters, ZifuCounterValue, i);

      if (!insert_counter (self, settlement_id, old->name, old, find_counter (settlement->counters, old->name), error))
        return FALSE;
    }
  for (guint i = 0; i < settlement->counters->len; i++)
    {
      const ZifuCounterValue *now = &g_array_index (settlement->counters, ZifuCounterValue, i);

      if (find_counter (before->counters, now->name) == NULL && !insert_counter (self, settlement_id, now->name, NULL, now, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_relatives (ZifuLedger *self, gint64 settlement_id, gint64 member_id, const ZifuPerson *before, GError **error)
{
  for (guint i = 0; i < before->mutual->len; i++)
    {
      const ZifuMutualAccount *account = &g_array_index (before->mutual, ZifuMutualAccount, i);
      gint64 owner_id = _zifu_ledger_find_mutual_owner (self, member_id, account->id, error);

      if (owner_id == 0 ||
          !_zifu_ledger_run (self, error, "INSERT INTO setl_mulaid_d (setl_id, seq, psn_no, old_balc, quota) VALUES (?, ?, ?, ?, ?)",
                             "iiiia", settlement_id, (gint64) i, owner_id, account->balance, or_null (account->has_quota, account->quota)))
        return FALSE;
    }
  return TRUE;
}

/* Where the account is one purse, its balance says it all. */
static gboolean
insert_purses (ZifuLedger *self, gint64 settlement_id, const ZifuSettlement *settlement, GError **error)
{
  GArray *before = settlement->purses_before;
  gboolean whole = before->len == 1 && g_str_equal (g_array_index (before, ZifuPurse, 0).name, "balance");

  for (guint i = 0; !whole && i < before->len; i++)
    {
      const ZifuPurse *old = &g_array_index (before, ZifuPurse, i), *now = &g_array_index (settlement->purses, ZifuPurse, i);

      if (!_zifu_ledger_run (self, error, "INSERT INTO setl_purse_d (setl_id, seq, purse, old_balc, balc) VALUES (?, ?, ?, ?, ?)", "iitii",
                             settlement_id, (gint64) i, old->name, old->amount, now->amount))
        return FALSE;
    }
  return TRUE;
}

/*
 * _zifu_ledger_insert_basis:
 * @before: the person as loaded before the settlement is written
 *
 * Keeps what @settlement was worked out from.
 */
gboolean
_zifu_ledger_insert_basis (ZifuLedger *self, gint64 settlement_id, gint64 member_id, const ZifuPerson *before, const ZifuVisit *visit,
                           const ZifuSettlement *settlement, GError **error)
{
  Place of_person = { settlement_id, "person", 0 }, of_visit = { settlement_id, "visit", 0 };

  return insert_bill (self, settlement_id, before, visit, error) && insert_facts (self, &of_person, before->facts, error) &&
         insert_facts (self, &of_visit, visit->facts, error) && insert_lines (self, settlement_id, visit, error) &&
         insert_counters (self, settlement_id, before, settlement, error) &&
         insert_relatives (self, settlement_id, member_id, before, error) &&
         insert_purses (self, settlement_id, settlement, error);
}

static gboolean
load_facts (ZifuLedger *self, const Place *place, ZifuFacts *facts, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error,
                          "SELECT axis, ord, form, value FROM setl_axis_d WHERE setl_id = ? AND scope = ? AND feedetl_sn = ?"
                          " ORDER BY axis, ord",
                          "iti", place->settlement_id, place->scope, place->line);
  ZifuValue *list = NULL;
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      ZifuValue *value;

      if (!row)
        return TRUE;

      value = _zifu_column_value (statement, 2, 3);
      if (sqlite3_column_int (statement, 1) > 0 && list != NULL)
        {
          g_ptr_array_add (list->list, value);
          continue;
        }
      list = value->kind == ZIFU_VALUE_LIST ? value : NULL;
      zifu_facts_take (facts, (const char *) sqlite3_column_text (statement, 0), value);
    }
  return FALSE;
}

static void
read_part (sqlite3_stmt *statement, int column, gboolean *has_amount, ZifuMoney *amount)
{
  *has_amount = sqlite3_column_type (statement, column) != SQLITE_NULL;
  *amount = sqlite3_column_int64 (statement, column);
}

static gboolean
load_bill (ZifuLedger *self, gint64 settlement_id, ZifuPerson *person, ZifuVisit *visit, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error,
                          "SELECT s.setl_time, i.medfee_sumamt, i.fulamt_ownpay_amt, i.overlmt_selfpay, i.preselfpay_amt, i.inscp_scp_amt,"
                          " i.prepaid, i.clamp, i.acct_used_flag, i.mulaid_used_flag, i.old_balc"
                          " FROM setl_d s JOIN setl_input_d i ON i.setl_id = s.setl_id WHERE s.setl_id = ?",
                          "i", settlement_id);
  gboolean row;

  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND,
                           _("What this settlement was worked out from was not recorded."));
      return FALSE;
    }

  visit->date = _zifu_column_date (statement, 0);
  read_part (statement, 1, &visit->has_total, &visit->total);
  read_part (statement, 2, &visit->has_out, &visit->out);
  read_part (statement, 3, &visit->has_over_limit, &visit->over_limit);
  read_part (statement, 4, &visit->has_prior, &visit->prior);
  read_part (statement, 5, &visit->has_in_scope, &visit->in_scope);
  read_part (statement, 6, &visit->has_prepaid, &visit->prepaid);
  visit->clamp = sqlite3_column_int (statement, 7);
  visit->use_account = sqlite3_column_int (statement, 8);
  visit->use_mutual_aid = sqlite3_column_int (statement, 9);
  if (sqlite3_column_type (statement, 10) != SQLITE_NULL && person->purses->len == 0)
    zifu_person_add_purse (person, "balance", sqlite3_column_int64 (statement, 10));
  return TRUE;
}

static gboolean
load_purses (ZifuLedger *self, gint64 settlement_id, ZifuPerson *person, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  if (self->version < ZIFU_LEDGER_PURSES_SINCE)
    return TRUE;
  statement = _zifu_ledger_prepare (self, error, "SELECT purse, old_balc FROM setl_purse_d WHERE setl_id = ? ORDER BY seq", "i",
                                    settlement_id);
  while (statement != NULL && _zifu_ledger_step (self, statement, &row, error))
    {
      if (!row)
        return TRUE;
      zifu_person_add_purse (person, (const char *) sqlite3_column_text (statement, 0), sqlite3_column_int64 (statement, 1));
    }
  return FALSE;
}

static gboolean
load_base_paid (ZifuLedger *self, gint64 settlement_id, ZifuVisit *visit, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error, "SELECT payer, fund_payamt FROM setl_base_d WHERE setl_id = ? ORDER BY seq", "i", settlement_id);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      if (!row)
        return TRUE;
      zifu_visit_add_base_paid (visit, (const char *) sqlite3_column_text (statement, 0), sqlite3_column_int64 (statement, 1));
    }
  return FALSE;
}

static gboolean
load_lines (ZifuLedger *self, gint64 settlement_id, ZifuVisit *visit, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error,
                          "SELECT det_item_fee_sumamt, cnt, fulamt_ownpay_amt, overlmt_amt, preselfpay_amt, feedetl_sn FROM feedetl_d"
                          " WHERE setl_id = ? ORDER BY feedetl_sn",
                          "i", settlement_id);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      Place place = { settlement_id, "line", 0 };
      ZifuBillLine *line;

      if (!row)
        return TRUE;

      line = zifu_visit_add_line (visit, sqlite3_column_int64 (statement, 0));
      if (!_zifu_column_rational (statement, 1, &line->quantity, error))
        return FALSE;
      read_part (statement, 2, &line->has_out, &line->out);
      read_part (statement, 3, &line->has_over_limit, &line->over_limit);
      read_part (statement, 4, &line->has_prior, &line->prior);
      place.line = sqlite3_column_int64 (statement, 5);
      if (!load_facts (self, &place, line->facts, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
load_counters (ZifuLedger *self, gint64 settlement_id, ZifuPerson *person, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error, "SELECT cum_type_code, old_cum, old_since FROM setl_cum_d WHERE setl_id = ? AND old_cum NOT NULL",
                          "i", settlement_id);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      ZifuRational value;

      if (!row)
        return TRUE;
      if (!_zifu_column_rational (statement, 1, &value, error))
        return FALSE;
      zifu_person_add_counter (person, (const char *) sqlite3_column_text (statement, 0), value, _zifu_column_date (statement, 2));
    }
  return FALSE;
}

static gboolean
load_relatives (ZifuLedger *self, gint64 settlement_id, ZifuPerson *person, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error,
                          "SELECT IFNULL (p.psn_name, m.seq), m.old_balc, m.quota FROM setl_mulaid_d m"
                          " LEFT JOIN psn_b p ON p.psn_no = m.psn_no WHERE m.setl_id = ? ORDER BY m.seq",
                          "i", settlement_id);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      ZifuMoney quota;
      gboolean has_quota;

      if (!row)
        return TRUE;

      read_part (statement, 2, &has_quota, &quota);
      zifu_person_add_mutual (person, (const char *) sqlite3_column_text (statement, 0), sqlite3_column_int64 (statement, 1),
                              has_quota ? &quota : NULL);
    }
  return FALSE;
}

/**
 * zifu_ledger_load_basis:
 * @self: a ledger
 * @settlement_id: which settlement
 * @person: (out) (transfer full): the person as they were before it: their axes, purses, relatives' accounts and yearly totals
 * @visit: (out) (transfer full): the visit and its bill
 * @error: return location for an error
 *
 * What a settlement was worked out from.  zifu_settle() with it and the rules of the day gives the settlement again.
 *
 * Returns: whether it could be read; %FALSE with %ZIFU_LEDGER_ERROR_NOT_FOUND when it was not recorded
 */
gboolean
zifu_ledger_load_basis (ZifuLedger *self, gint64 settlement_id, ZifuPerson **person, ZifuVisit **visit, GError **error)
{
  g_autoptr (ZifuPerson) before = zifu_person_new ();
  g_autoptr (ZifuVisit) then = zifu_visit_new ();
  Place of_person = { settlement_id, "person", 0 }, of_visit = { settlement_id, "visit", 0 };

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (person != NULL && visit != NULL, FALSE);

  if (!load_purses (self, settlement_id, before, error) || !load_bill (self, settlement_id, before, then, error) ||
      !load_facts (self, &of_person, before->facts, error) ||
      !load_facts (self, &of_visit, then->facts, error) || !load_base_paid (self, settlement_id, then, error) ||
      !load_lines (self, settlement_id, then, error) || !load_counters (self, settlement_id, before, error) ||
      !load_relatives (self, settlement_id, before, error))
    return FALSE;

  *person = g_steal_pointer (&before);
  *visit = g_steal_pointer (&then);
  return TRUE;
}
