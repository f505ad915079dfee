/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-purses.h"

#include "zifu-bill-figures.h"
#include "zifu-family.h"
#include "zifu-ledger-private.h"

#include <glib/gi18n-lib.h>

/*
 * Which money of an account is of this benefit year, where the rules care (zifu-division.h).
 *
 * Nothing of it is stored: it follows from the rows since the year began, whenever somebody asks, so that corrections, imports in any order
 * and what a provider sends late count at once.  Stored is only what people state (crtyear_d), and what a settlement of ours itself took
 * from each purse (setl_purse_d).
 */

/**
 * zifu_ledger_get_balance_on:
 * @self: a ledger
 * @member_id: whose account
 * @on: a day
 * @balance: (out): what was recorded at its end, in fen; 0 when there was no entry yet
 * @error: return location for an error of #ZifuLedgerError
 *
 * Returns: whether it could be read
 */
gboolean
zifu_ledger_get_balance_on (ZifuLedger *self, gint64 member_id, ZifuDate on, ZifuMoney *balance, GError **error)
{
  g_return_val_if_fail (ZIFU_IS_LEDGER (self) && balance != NULL, FALSE);

  *balance = 0;
  return _zifu_ledger_read_start (self, member_id, on + 1, balance, error);
}

/* ---- what people state */

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, message);
  return FALSE;
}

static gboolean
check_split (ZifuLedger *self, const ZifuSplit *split, ZifuDate today, GError **error)
{
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (self, split->member_id, error);
  ZifuMoney balance;

  if (member == NULL)
    return FALSE;
  if (!member->has_account)
    return refuse (error, _("This person has no personal account."));
  if (split->date <= 0 || split->date > today)
    return refuse (error, _("Day: it cannot lie in the future."));
  if (split->current < 0 || split->current > ZIFU_MONEY_MAX)
    return refuse (error, _("This year's part: it cannot be this amount."));
  if (!zifu_ledger_get_balance_on (self, split->member_id, split->date, &balance, error))
    return FALSE;
  if (split->current > MAX (balance, 0))
    {
      g_autofree char *text = zifu_money_format (MAX (balance, 0), ZIFU_MONEY_PLAIN);

      /* Translators: %s is an amount in yuan. */
      g_set_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT,
                   _("This year's part: it cannot be more than the balance of that day, %s."), text);
      return FALSE;
    }
  return TRUE;
}

/**
 * zifu_ledger_put_split:
 * @self: a ledger
 * @split: how much of the balance of which day is of this benefit year
 * @today: a day after this one cannot be stated
 * @error: return location for an error: %ZIFU_LEDGER_ERROR_INPUT names what is wrong, %ZIFU_LEDGER_ERROR_NOT_FOUND
 *
 * States how the account is divided at the end of a day.  It counts for what happens afterwards in the same benefit year.  A day that is
 * stated again is what it was stated to be last.
 *
 * Returns: whether it was stored; else nothing was changed
 */
gboolean
zifu_ledger_put_split (ZifuLedger *self, const ZifuSplit *split, ZifuDate today, GError **error)
{
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (split != NULL && _zifu_provenance_name (split->provenance) != NULL, FALSE);

  if (!_zifu_ledger_begin (self, error))
    return FALSE;
  success = check_split (self, split, today, error) &&
            _zifu_ledger_run (self, error,
                              "INSERT INTO crtyear_d (psn_no, balc_date, crtyear_balc, provenance) VALUES (?, ?, ?, ?)"
                              " ON CONFLICT (psn_no, balc_date) DO UPDATE SET crtyear_balc = excluded.crtyear_balc,"
                              " provenance = excluded.provenance",
                              "idit", split->member_id, split->date, split->current, _zifu_provenance_name (split->provenance));
  return _zifu_ledger_end (self, success, error);
}

/**
 * zifu_ledger_drop_split:
 * @self: a ledger
 * @member_id: whose account
 * @date: the day of which it was stated
 * @error: return location for an error; %ZIFU_LEDGER_ERROR_NOT_FOUND when nothing was stated
 *
 * Takes away what zifu_ledger_put_split() stored.
 *
 * Returns: whether it is gone
 */
gboolean
zifu_ledger_drop_split (ZifuLedger *self, gint64 member_id, ZifuDate date, GError **error)
{
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  if (!_zifu_ledger_begin (self, error))
    return FALSE;
  success = _zifu_ledger_run (self, error, "DELETE FROM crtyear_d WHERE psn_no = ? AND balc_date = ?", "id", member_id, date);
  if (success && sqlite3_changes (self->db) == 0)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND, _("This is not there any more."));
      success = FALSE;
    }
  return _zifu_ledger_end (self, success, error);
}

/**
 * zifu_ledger_find_split:
 * @self: a ledger
 * @member_id: whose account
 * @from: first day
 * @to: last day
 * @split: (out caller-allocates): what was stated of the latest day between them; its date is 0 when there is nothing
 * @error: return location for an error of #ZifuLedgerError
 *
 * Returns: whether it could be read
 */
gboolean
zifu_ledger_find_split (ZifuLedger *self, gint64 member_id, ZifuDate from, ZifuDate to, ZifuSplit *split, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self) && split != NULL, FALSE);

  *split = (ZifuSplit){ .member_id = member_id };
  if (self->version < ZIFU_LEDGER_PURSES_SINCE)
    return TRUE;
  statement = _zifu_ledger_prepare (self, error,
                                    "SELECT balc_date, crtyear_balc, provenance FROM crtyear_d WHERE psn_no = ?"
                                    " AND balc_date >= ? AND balc_date < ? ORDER BY balc_date DESC LIMIT 1",
                                    "idd", member_id, from, to + 1);
  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return FALSE;
  if (row)
    {
      split->date = _zifu_column_date (statement, 0);
      split->current = sqlite3_column_int64 (statement, 1);
      split->provenance = _zifu_provenance_parse ((const char *) sqlite3_column_text (statement, 2));
    }
  return TRUE;
}

/* ---- what follows from the rows */

#define PAID_BY(purse) "(SELECT SUM (p.old_balc - p.balc) FROM setl_purse_d p WHERE p.setl_id = s.setl_id AND p.purse = '" purse "')"
#define MOVES(current, earlier, undivided) \
  "SELECT e.rid, e.acct_modi_date, e.kind, e.inc_sumamt - e.pay_sumamt, e.balc, e.init_rid, o.acct_modi_date, s.care," \
  " IIF (s.unstated & ?4, NULL, s.inscp_scp_amt), " current ", " earlier ", " undivided \
  " FROM acct_incexpd_d e LEFT JOIN setl_d s ON s.setl_id = e.setl_id AND s.psn_no = e.psn_no" \
  " LEFT JOIN acct_incexpd_d o ON o.rid = e.init_rid" \
  " WHERE e.psn_no = ?1 AND e.acct_modi_date >= ?2 AND e.acct_modi_date < ?3 ORDER BY e.acct_modi_date, e.rid"

static void
read_move (sqlite3_stmt *rows, ZifuDivisionMove *move)
{
  ZifuEntryKind kind = ZIFU_ENTRY_OPENING;

  _zifu_entry_kind_parse ((const char *) sqlite3_column_text (rows, 2), &kind);
  *move = (ZifuDivisionMove){ .id = sqlite3_column_int64 (rows, 0), .date = _zifu_column_date (rows, 1),
                              .kind = _zifu_movement_kind (kind) };
  move->amount = sqlite3_column_int64 (rows, 3);
  move->balance = sqlite3_column_int64 (rows, 4);
  move->original_id = sqlite3_column_int64 (rows, 5);
  move->original_date = _zifu_column_date (rows, 6);
  move->care = (const char *) sqlite3_column_text (rows, 7);
  if (move->care == NULL && kind == ZIFU_ENTRY_PHARMACY)
    move->care = "pharmacy";
  if (move->care == NULL && kind == ZIFU_ENTRY_INPATIENT)
    move->care = "inpatient";
  move->in_scope = _zifu_column_int (rows, 8, -1);
  for (guint part = 0; part < ZIFU_N_DIVISION_PARTS; part++)
    {
      move->has_paid |= sqlite3_column_type (rows, 9 + (int) part) != SQLITE_NULL;
      move->paid[part] = sqlite3_column_int64 (rows, 9 + (int) part);
    }
}

/* Goes through the rows from the first day of the benefit year to @on; what was stated of a day counts after its rows. */
static gboolean
walk (ZifuLedger *self, ZifuDivision *division, const ZifuSplit *split, ZifuDate from, ZifuDate on, GError **error)
{
  const char *sql = self->version < ZIFU_LEDGER_PURSES_SINCE ? MOVES ("NULL", "NULL", "NULL")
                                                             : MOVES (PAID_BY ("current"), PAID_BY ("earlier"), PAID_BY ("balance"));
  g_autoptr (sqlite3_stmt) rows = _zifu_ledger_prepare (self, error, sql, "iddi", split->member_id, from, on + 1,
                                                        (gint64) 1 << ZIFU_BILL_IN_SCOPE);
  gboolean stated = split->date == 0, row;

  while (rows != NULL && _zifu_ledger_step (self, rows, &row, error))
    {
      ZifuDivisionMove move = { 0 };

      if (row)
        read_move (rows, &move);
      if (!stated && (!row || move.date > split->date))
        {
          zifu_division_state (division, split->current);
          stated = TRUE;
        }
      if (!row)
        return TRUE;
      zifu_division_move (division, &move);
    }
  return FALSE;
}

/*
 * _zifu_ledger_divide:
 * @pack: the rules
 * @on: the day of the question
 * @person: the person as zifu_ledger_load_person() gives them
 *
 * Divides the purse of @person by the year of its money, if the rules of that day care.
 */
gboolean
_zifu_ledger_divide (ZifuLedger *self, gint64 member_id, ZifuPack *pack, ZifuDate on, ZifuPerson *person, GError **error)
{
  g_autoptr (ZifuDivision) division = NULL;
  ZifuDate from = on > 0 ? zifu_division_first_day (pack, on) : 0;
  ZifuMoney balance, before;
  ZifuSplit split;

  if (person->purses->len == 0 || on <= 0 || !zifu_division_is_wanted (pack, person, on))
    return TRUE;
  if (!zifu_ledger_get_balance (self, member_id, &balance, NULL, error) ||
      !zifu_ledger_get_balance_on (self, member_id, from - 1, &before, error) ||
      !zifu_ledger_find_split (self, member_id, from, on, &split, error))
    return FALSE;

  division = zifu_division_new (pack, person, from, before);
  if (!walk (self, division, &split, from, on, error))
    return FALSE;
  zifu_division_close (division, balance);
  zifu_division_put (division, person);
  return TRUE;
}

/* How much of the account of @owner relatives may use by the rules of the day. */
static gboolean
read_shareable (ZifuLedger *self, const ZifuMember *owner, ZifuPack *pack, ZifuDate on, ZifuMoney *most, GError **error)
{
  g_autoptr (ZifuPerson) person = zifu_ledger_load_person (self, owner->id, error);
  g_autoptr (ZifuRecord) record = NULL;

  if (person == NULL || !_zifu_ledger_divide (self, owner->id, pack, on, person, error))
    return FALSE;
  record = zifu_record_new_for_person (person);
  *most = zifu_family_shareable (pack, record, on).most;
  return TRUE;
}

/*
 * _zifu_ledger_limit_mutual:
 * @pack: the rules
 * @on: the day of the question
 * @person: the person as zifu_ledger_load_person() gives them
 *
 * Cuts the relatives' accounts of @person to what their owners may share: where only earlier years' money is shared, this year's stays out.
 * Money of which the year is not known stays in, as it does when it is used (zifu-division.c).  The rules are those of the region of the
 * person: for an owner who is insured elsewhere they say nothing.
 */
gboolean
_zifu_ledger_limit_mutual (ZifuLedger *self, gint64 member_id, ZifuPack *pack, ZifuDate on, ZifuPerson *person, GError **error)
{
  g_autoptr (ZifuMember) member = person->mutual->len > 0 && on > 0 ? zifu_ledger_get_member (self, member_id, error) : NULL;

  if (member == NULL)
    return person->mutual->len == 0 || on <= 0;
  for (guint i = 0; i < person->mutual->len; i++)
    {
      ZifuMutualAccount *account = &g_array_index (person->mutual, ZifuMutualAccount, i);
      gint64 owner_id = _zifu_ledger_find_mutual_owner (self, member_id, account->id, error);
      g_autoptr (ZifuMember) owner = owner_id != 0 ? zifu_ledger_get_member (self, owner_id, error) : NULL;
      ZifuMoney most = account->balance;

      if (owner == NULL)
        return FALSE;
      if (g_strcmp0 (owner->region, member->region) == 0 && !read_shareable (self, owner, pack, on, &most, error))
        return FALSE;
      account->balance = MIN (account->balance, most);
    }
  return TRUE;
}
