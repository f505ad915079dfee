/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <glib/gi18n-lib.h>

/* What stands beside a person without an origin of its own: yearly totals and ties.  They are sample rows when the person is one. */
#define PROVENANCE_OF_PERSON "IIF ((SELECT provenance FROM psn_b WHERE psn_no = ?1) = 'sample', 'sample', 'typed')"

static gboolean
check_member_exists (ZifuLedger *self, gint64 member_id, GError **error)
{
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (self, member_id, error);

  return member != NULL;
}

/*
 * _zifu_ledger_put_counter:
 *
 * Writes a counter inside a transaction that is running.
 */
gboolean
_zifu_ledger_put_counter (ZifuLedger *self, gint64 member_id, const char *name, ZifuRational value, ZifuDate since, GError **error)
{
  g_autofree char *text = zifu_rational_format (value);

  return _zifu_ledger_run (self, error,
                           "INSERT INTO cum_d (psn_no, cum_type_code, cum, since, provenance)"
                           " VALUES (?1, ?2, ?3, ?4, " PROVENANCE_OF_PERSON ")"
                           " ON CONFLICT (psn_no, cum_type_code) DO UPDATE SET cum = excluded.cum, since = excluded.since",
                           "ittd", member_id, name, text, since);
}

/**
 * zifu_ledger_set_counter:
 * @self: a ledger
 * @member_id: whose
 * @name: name of the counter, as in the pack of the region
 * @value: where it stands: yuan, or a plain count
 * @since: day on which its period began; a counter without one counts in the period of whatever visit comes next
 * @error: return location for an error
 *
 * States a yearly total, for somebody who begins in the middle of a year.
 *
 * Returns: whether it was stored
 */
gboolean
zifu_ledger_set_counter (ZifuLedger *self, gint64 member_id, const char *name, ZifuRational value, ZifuDate since, GError **error)
{
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (name != NULL && *name != '\0', FALSE);

  if (zifu_rational_sign (value) < 0 || since < 0 || since > zifu_date_new (9999, 12, 31))
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, _("A yearly total cannot be this."));
      return FALSE;
    }
  if (!_zifu_ledger_begin (self, error))
    return FALSE;

  success = check_member_exists (self, member_id, error) && _zifu_ledger_put_counter (self, member_id, name, value, since, error);
  return _zifu_ledger_end (self, success, error);
}

/**
 * zifu_ledger_set_tie:
 * @self: a ledger
 * @tie: who lets whom use the account, from which day, and up to how much
 * @error: return location for an error
 *
 * Allows a relative the use of an account, or changes what is allowed.  The quota holds for everything that the relative pays from the
 * account from the first day on.
 *
 * Returns: whether it was stored
 */
gboolean
zifu_ledger_set_tie (ZifuLedger *self, const ZifuMutualTie *tie, GError **error)
{
  g_autoptr (ZifuMember) owner = NULL;
  const char *message = NULL;
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (tie != NULL, FALSE);

  owner = zifu_ledger_get_member (self, tie->owner_id, error);
  if (owner == NULL || !check_member_exists (self, tie->relative_id, error))
    return FALSE;

  if (!owner->has_account)
    message = _("This person has no personal account.");
  else if (tie->owner_id == tie->relative_id)
    message = _("The account already belongs to this person.");
  else if (tie->from <= 0 || tie->from > zifu_date_new (9999, 12, 31))
    message = _("The day is not a day of the calendar.");
  else if (tie->has_quota && (tie->quota < 0 || tie->quota > ZIFU_MONEY_MAX))
    message = _("The limit cannot be this amount.");
  if (message != NULL)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, message);
      return FALSE;
    }

  if (!_zifu_ledger_begin (self, error))
    return FALSE;
  success = _zifu_ledger_run (self, error,
                              "INSERT INTO psn_mulaid_d (psn_no, relt_psn_no, quota, begndate, provenance)"
                              " VALUES (?1, ?2, ?3, ?4, " PROVENANCE_OF_PERSON ")"
                              " ON CONFLICT (psn_no, relt_psn_no) DO UPDATE SET quota = excluded.quota, begndate = excluded.begndate",
                              "iiad", tie->owner_id, tie->relative_id, tie->has_quota ? tie->quota : G_GINT64_CONSTANT (-1), tie->from);
  return _zifu_ledger_end (self, success, error);
}

/**
 * zifu_ledger_end_tie:
 * @self: a ledger
 * @owner_id: whose account
 * @relative_id: who may no longer use it
 * @error: return location for an error
 *
 * Ends what zifu_ledger_set_tie() allowed.  What was paid stays paid.
 *
 * Returns: whether it is ended; %FALSE with %ZIFU_LEDGER_ERROR_NOT_FOUND when nothing was allowed
 */
gboolean
zifu_ledger_end_tie (ZifuLedger *self, gint64 owner_id, gint64 relative_id, GError **error)
{
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  if (!_zifu_ledger_begin (self, error))
    return FALSE;

  success = _zifu_ledger_run (self, error, "DELETE FROM psn_mulaid_d WHERE psn_no = ? AND relt_psn_no = ?", "ii", owner_id, relative_id);
  if (success && sqlite3_changes (self->db) == 0)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND, _("This relative may not use the account anyway."));
      success = FALSE;
    }
  return _zifu_ledger_end (self, success, error);
}

/**
 * zifu_ledger_list_ties:
 * @self: a ledger
 * @owner_id: whose account; 0 = all ties of the household
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type ZifuMutualTie) (nullable): who may use the account, in the order in which it was allowed, or
 *   %NULL with an error
 */
GArray *
zifu_ledger_list_ties (ZifuLedger *self, gint64 owner_id, GError **error)
{
  g_autoptr (GArray) ties = g_array_new (FALSE, FALSE, sizeof (ZifuMutualTie));
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  statement = _zifu_ledger_prepare (self, error,
                                    "SELECT psn_no, relt_psn_no, quota, begndate FROM psn_mulaid_d WHERE ?1 = 0 OR psn_no = ?1"
                                    " ORDER BY psn_no, begndate, relt_psn_no",
                                    "i", owner_id);
  if (statement == NULL)
    return NULL;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      ZifuMutualTie tie = { 0 };

      if (!row)
        return g_steal_pointer (&ties);

      tie.owner_id = sqlite3_column_int64 (statement, 0);
      tie.relative_id = sqlite3_column_int64 (statement, 1);
      tie.has_quota = sqlite3_column_type (statement, 2) != SQLITE_NULL;
      tie.quota = sqlite3_column_int64 (statement, 2);
      tie.from = _zifu_column_date (statement, 3);
      g_array_append_val (ties, tie);
    }
  return NULL;
}

/*
 * _zifu_ledger_check_contribution:
 *
 * Whether the values of a month make sense.
 */
gboolean
_zifu_ledger_check_contribution (ZifuMonth month, ZifuDate paid_on, ZifuMoney base, ZifuMoney credited, ZifuProvenance provenance,
                                 GError **error)
{
  if (month >= zifu_month_new (1, 1) && month <= zifu_month_new (9999, 12) && paid_on >= 0 && paid_on <= zifu_date_new (9999, 12, 31) &&
      base <= ZIFU_MONEY_MAX && credited <= ZIFU_MONEY_MAX && _zifu_provenance_name (provenance) != NULL)
    return TRUE;

  g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, _("A contribution cannot have these values."));
  return FALSE;
}

/**
 * zifu_ledger_add_contribution:
 * @self: a ledger
 * @member_id: whose
 * @month: month for which it was paid (cashym)
 * @paid_on: day on which it was paid (clct_time); 0 = in time
 * @base: its base (psn_clctstd), in fen; -1 = not known
 * @credited: what of it went to the account (psn_clct_into_acct_amt), in fen; -1 = not known
 * @provenance: where it comes from
 * @error: return location for an error
 *
 * States that a month was paid.  A month that is stated again is what it was stated to be last.
 *
 * Returns: whether it was stored
 */
gboolean
zifu_ledger_add_contribution (ZifuLedger *self, gint64 member_id, ZifuMonth month, ZifuDate paid_on, ZifuMoney base, ZifuMoney credited,
                              ZifuProvenance provenance, GError **error)
{
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  if (!_zifu_ledger_check_contribution (month, paid_on, base, credited, provenance, error) || !_zifu_ledger_begin (self, error))
    return FALSE;

  success = check_member_exists (self, member_id, error) &&
            _zifu_ledger_run (self, error,
                              "INSERT INTO psn_clct_detl_d (psn_no, cashym, clct_time, psn_clctstd, psn_clct_into_acct_amt, provenance)"
                              " VALUES (?, ?, ?, ?, ?, ?)"
                              " ON CONFLICT (psn_no, cashym) DO UPDATE SET clct_time = excluded.clct_time,"
                              " psn_clctstd = excluded.psn_clctstd, psn_clct_into_acct_amt = excluded.psn_clct_into_acct_amt,"
                              " provenance = excluded.provenance, impt_id = NULL",
                              "imdaat", member_id, month, paid_on, base, credited, _zifu_provenance_name (provenance));
  return _zifu_ledger_end (self, success, error);
}

static void
load_facts (ZifuPerson *person, const ZifuMember *member)
{
  zifu_facts_set_string (person->facts, "insurance", member->insurance);
  zifu_facts_set_string (person->facts, "status", member->status);
  if (member->sex != NULL && !g_str_equal (member->sex, "0"))
    zifu_facts_set_string (person->facts, "sex", member->sex);
  if (member->birth != 0)
    {
      g_autofree char *birth = zifu_date_format (member->birth);

      zifu_facts_set_string (person->facts, "birth", birth);
    }
  if (member->resident_class != NULL && *member->resident_class != '\0')
    zifu_facts_set_string (person->facts, "resident_class", member->resident_class);
  if (member->base >= 0)
    {
      g_autofree char *base = zifu_money_format (member->base, ZIFU_MONEY_PLAIN);

      zifu_facts_set_string (person->facts, "base", base);
    }
}

/* Accounts of relatives that @relative_id may use.  Two relatives of one name are told apart by their number. */
static sqlite3_stmt *
prepare_mutual (ZifuLedger *self, gint64 relative_id, GError **error)
{
  return _zifu_ledger_prepare (self, error,
                               "SELECT t.psn_no,"
                               "  IIF ((SELECT COUNT (*) FROM psn_mulaid_d t2 JOIN psn_b p2 ON p2.psn_no = t2.psn_no"
                               "        WHERE t2.relt_psn_no = t.relt_psn_no AND p2.psn_name = p.psn_name) > 1,"
                               "       p.psn_name || ' (' || t.psn_no || ')', p.psn_name),"
                               "  IFNULL ((SELECT balc FROM acct_incexpd_d e WHERE e.psn_no = t.psn_no"
                               "           ORDER BY acct_modi_date DESC, rid DESC LIMIT 1), 0),"
                               "  t.quota - IFNULL ((SELECT SUM (pay_sumamt - inc_sumamt) FROM acct_incexpd_d u"
                               "           WHERE u.psn_no = t.psn_no AND u.relt_psn_no = t.relt_psn_no AND u.kind IN ('family', 'refund')"
                               "             AND u.acct_modi_date >= t.begndate), 0)"
                               " FROM psn_mulaid_d t JOIN psn_b p ON p.psn_no = t.psn_no"
                               " WHERE t.relt_psn_no = ? AND p.acct_flag = 1 ORDER BY t.begndate, t.psn_no",
                               "i", relative_id);
}

static gboolean
load_mutual (ZifuLedger *self, ZifuPerson *person, gint64 member_id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = prepare_mutual (self, member_id, error);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      ZifuMoney balance, quota;

      if (!row)
        return TRUE;

      balance = MAX (sqlite3_column_int64 (statement, 2), 0);
      quota = MAX (sqlite3_column_int64 (statement, 3), 0);
      zifu_person_add_mutual (person, (const char *) sqlite3_column_text (statement, 1), balance,
                              sqlite3_column_type (statement, 3) != SQLITE_NULL ? &quota : NULL);
    }
  return FALSE;
}

/*
 * _zifu_ledger_find_mutual_owner:
 *
 * Whose account zifu_ledger_load_person() called @id for this relative.
 *
 * Returns: the id of the owner; 0 with an error when there is none
 */
gint64
_zifu_ledger_find_mutual_owner (ZifuLedger *self, gint64 relative_id, const char *id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = prepare_mutual (self, relative_id, error);
  gboolean row = FALSE;

  if (statement == NULL)
    return 0;

  while (_zifu_ledger_step (self, statement, &row, error) && row)
    if (g_strcmp0 ((const char *) sqlite3_column_text (statement, 1), id) == 0)
      return sqlite3_column_int64 (statement, 0);

  if (error == NULL || *error == NULL)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, _("A relative's account was used that may not be used."));
  return 0;
}

static gboolean
load_counters (ZifuLedger *self, ZifuPerson *person, gint64 member_id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error, "SELECT cum_type_code, cum, since FROM cum_d WHERE psn_no = ? ORDER BY cum_type_code", "i",
                          member_id);
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
load_payments (ZifuLedger *self, ZifuPerson *person, gint64 member_id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error,
                          "SELECT cashym, clct_time FROM psn_clct_detl_d WHERE psn_no = ? AND clct_flag IN ('1', '4') AND revs_flag = 'Z'"
                          " ORDER BY cashym",
                          "i", member_id);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      ZifuMonth month;
      ZifuDate paid_on;

      if (!row)
        return TRUE;

      month = _zifu_column_month (statement, 0);
      paid_on = _zifu_column_date (statement, 1);
      zifu_person_add_payment (person, month, 1, paid_on != 0 ? zifu_month_of (paid_on) : month);
    }
  return FALSE;
}

/**
 * zifu_ledger_load_person:
 * @self: a ledger
 * @member_id: who
 * @error: return location for an error
 *
 * Somebody as the engine sees them: what is known of them, what their account holds, which relatives' accounts they may use and for how
 * much still (named by the owner), where their yearly totals stand, and which months were paid.  Totals of a period that is over
 * are among them, with the day on which they began: the engine knows when they end, the ledger does not.
 *
 * Returns: (transfer full) (nullable): the person, or %NULL with an error
 */
ZifuPerson *
zifu_ledger_load_person (ZifuLedger *self, gint64 member_id, GError **error)
{
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  g_autoptr (ZifuMember) member = NULL;
  ZifuMoney balance;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  member = zifu_ledger_get_member (self, member_id, error);
  if (member == NULL)
    return NULL;

  load_facts (person, member);
  if (!zifu_ledger_load_axes (self, member_id, person->facts, error))
    return NULL;
  if (member->has_account)
    {
      if (!zifu_ledger_get_balance (self, member_id, &balance, NULL, error))
        return NULL;
      zifu_person_add_purse (person, "balance", MAX (balance, 0));
    }

  if (!load_mutual (self, person, member_id, error) || !load_counters (self, person, member_id, error) ||
      !load_payments (self, person, member_id, error))
    return NULL;
  return g_steal_pointer (&person);
}
