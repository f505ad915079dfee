/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <glib/gi18n-lib.h>

/* acct_incexpd_type of the platform's code table, where a row does not bring its own. */
static const char *
default_incexpd_type (const ZifuEntry *entry)
{
  switch (entry->kind)
    {
    case ZIFU_ENTRY_CREDIT:
      return "101"; /* credited from contributions */
    case ZIFU_ENTRY_OUTPATIENT:
    case ZIFU_ENTRY_PHARMACY:
    case ZIFU_ENTRY_INPATIENT:
    case ZIFU_ENTRY_FAMILY:
      return "201"; /* medical care */
    case ZIFU_ENTRY_TRANSFER:
      return entry->amount < 0 ? "207" : "107"; /* out, in */
    case ZIFU_ENTRY_REFUND:
      return "109"; /* refund of care */
    case ZIFU_ENTRY_INTEREST:
      return "102"; /* yearly interest */
    case ZIFU_ENTRY_PREMIUM:
      return "205"; /* contribution paid for somebody */
    case ZIFU_ENTRY_CORRECTION:
      return "110"; /* adjusted */
    case ZIFU_ENTRY_OPENING:
    default:
      return "111"; /* recorded afterwards */
    }
}

/* Which way an entry of this kind moves the account: 1 in, -1 out, 0 both are possible. */
static int
direction (ZifuEntryKind kind)
{
  switch (kind)
    {
    case ZIFU_ENTRY_CREDIT:
    case ZIFU_ENTRY_INTEREST:
    case ZIFU_ENTRY_OPENING:
      return 1;
    case ZIFU_ENTRY_OUTPATIENT:
    case ZIFU_ENTRY_PHARMACY:
    case ZIFU_ENTRY_INPATIENT:
    case ZIFU_ENTRY_FAMILY:
    case ZIFU_ENTRY_PREMIUM:
      return -1;
    case ZIFU_ENTRY_TRANSFER:
    case ZIFU_ENTRY_REFUND:
    case ZIFU_ENTRY_CORRECTION:
    default:
      return 0;
    }
}

static gboolean
is_text (const char *text)
{
  return text == NULL || g_utf8_validate (text, -1, NULL);
}

/*
 * _zifu_ledger_check_entry:
 *
 * Whether the values of a row make sense by themselves.
 */
gboolean
_zifu_ledger_check_entry (const ZifuEntry *entry, GError **error)
{
  const char *message = NULL;

  if (_zifu_entry_kind_name (entry->kind) == NULL || _zifu_provenance_name (entry->provenance) == NULL)
    message = _("This kind of entry is not known here.");
  else if (entry->date <= 0 || entry->date > zifu_date_new (9999, 12, 31))
    message = _("The day is not a day of the calendar.");
  else if (entry->amount > ZIFU_MONEY_MAX || entry->amount < -ZIFU_MONEY_MAX || entry->base < -1 || entry->base > ZIFU_MONEY_MAX)
    message = _("The amount is too large.");
  else if (entry->amount * direction (entry->kind) < 0)
    message = entry->amount < 0 ? _("An entry of this kind adds to the account; it cannot take away.")
                                : _("An entry of this kind takes from the account; it cannot add.");
  else if ((entry->kind == ZIFU_ENTRY_FAMILY || entry->kind == ZIFU_ENTRY_PREMIUM) &&
           (entry->relative_id == 0 || entry->relative_id == entry->member_id))
    message = _("It must be said which relative this was for.");
  else if (entry->kind != ZIFU_ENTRY_REFUND && entry->original_id != 0)
    message = _("Only a refund reverses another entry.");
  else if (!is_text (entry->institution) || !is_text (entry->note) || !is_text (entry->incexpd_type))
    message = _("The text is not valid UTF-8.");

  if (message != NULL)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, message);
  return message == NULL;
}

/*
 * _zifu_ledger_check_account:
 *
 * Whether the account can take @entry.  Somebody without an account has a history as well, but no money moves in it.  What a platform
 * reports is taken as it is.
 */
gboolean
_zifu_ledger_check_account (ZifuLedger *self, const ZifuEntry *entry, GError **error)
{
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (self, entry->member_id, error);
  gboolean reported = entry->provenance == ZIFU_PROVENANCE_IMPORTED || entry->provenance == ZIFU_PROVENANCE_SYNCED;
  const char *message = NULL;
  ZifuMoney balance, after;

  if (member == NULL || !zifu_ledger_get_balance (self, entry->member_id, &balance, NULL, error))
    return FALSE;

  if (!member->has_account && entry->amount != 0)
    message = _("This person has no personal account.");
  else if (!zifu_money_add (balance, entry->amount, &after) || after > ZIFU_MONEY_MAX || after < -ZIFU_MONEY_MAX)
    message = _("The amount is too large.");
  else if (entry->amount < 0 && after < 0 && !reported)
    message = _("The account does not hold this much.");

  if (message != NULL)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, message);
  return message == NULL;
}

/* The recorded balance of the row before the place where an entry of this day goes. */
static gboolean
read_balance_before (ZifuLedger *self, const ZifuEntry *entry, ZifuMoney *balance, GError **error)
{
  return _zifu_ledger_get_int (self, balance, error,
                               "SELECT balc FROM acct_incexpd_d WHERE psn_no = ? AND acct_modi_date <= ?"
                               " ORDER BY acct_modi_date DESC, rid DESC LIMIT 1",
                               "id", entry->member_id, entry->date);
}

/*
 * _zifu_ledger_prepare_insert:
 *
 * The statement that writes a row, for _zifu_ledger_run_insert().
 */
sqlite3_stmt *
_zifu_ledger_prepare_insert (ZifuLedger *self, GError **error)
{
  static const char sql[] = "INSERT INTO acct_incexpd_d (psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc,"
                            " fixmedins_id, memo_id, cashym, psn_clctstd, relt_psn_no, setl_id, init_rid, provenance, impt_id, souc_rid)"
                            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);

  if (code != SQLITE_OK)
    _zifu_ledger_set_error (self, code, error);
  return statement;
}

/* Of one person no two rows have the same key at their source. */
static void
set_insert_error (ZifuLedger *self, const ZifuEntry *entry, int code, GError **error)
{
  if (code == SQLITE_CONSTRAINT_UNIQUE && entry->souc_rid != NULL && strstr (sqlite3_errmsg (self->db), "souc_rid") != NULL)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DUPLICATE, _("This entry is there already."));
  else
    _zifu_ledger_set_error (self, code, error);
}

/*
 * _zifu_ledger_run_insert:
 *
 * Writes a row that was checked, with the balance after it and the numbers of its texts.
 */
gboolean
_zifu_ledger_run_insert (ZifuLedger *self, sqlite3_stmt *statement, const ZifuEntry *entry, ZifuMoney balance, gint64 institution_id,
                         gint64 note_id, gint64 import_id, GError **error)
{
  int code;

  if (!_zifu_ledger_bind (self, statement, error, "idttiiirrmarrrtrt", entry->member_id, entry->date, _zifu_entry_kind_name (entry->kind),
                          entry->incexpd_type != NULL ? entry->incexpd_type : default_incexpd_type (entry), MAX (entry->amount, 0),
                          MAX (-entry->amount, 0), balance, institution_id, note_id, entry->for_month, entry->base, entry->relative_id,
                          entry->settlement_id, entry->original_id, _zifu_provenance_name (entry->provenance), import_id,
                          entry->souc_rid))
    return FALSE;

  code = sqlite3_step (statement);
  if (code != SQLITE_DONE)
    set_insert_error (self, entry, code, error);
  sqlite3_reset (statement);
  return code == SQLITE_DONE;
}

/*
 * _zifu_ledger_insert_entry:
 *
 * Writes a row that was checked, at the end of its day.  The balances recorded on later days move with it.
 *
 * Returns: the id, or 0 with an error
 */
gint64
_zifu_ledger_insert_entry (ZifuLedger *self, const ZifuEntry *entry, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  ZifuMonthSums sums = { 0 };
  gint64 id, institution, note;
  ZifuMoney before;

  if (!_zifu_ledger_touch (self, entry->member_id, error) || !read_balance_before (self, entry, &before, error) ||
      !_zifu_ledger_put_text (self, entry->institution, &institution, error) || !_zifu_ledger_put_text (self, entry->note, &note, error))
    return 0;

  statement = _zifu_ledger_prepare_insert (self, error);
  if (statement == NULL || !_zifu_ledger_run_insert (self, statement, entry, before + entry->amount, institution, note, 0, error))
    return 0;
  id = sqlite3_last_insert_rowid (self->db);

  _zifu_month_sums_add (&sums, entry);
  if (!_zifu_ledger_put_month (self, entry->member_id, zifu_month_of (entry->date), &sums, error))
    return 0;
  if (entry->amount != 0 &&
      !_zifu_ledger_run (self, error, "UPDATE acct_incexpd_d SET balc = balc + ? WHERE psn_no = ? AND acct_modi_date > ?", "iid",
                         entry->amount, entry->member_id, entry->date))
    return 0;
  return id;
}

/**
 * zifu_ledger_add_entry:
 * @self: a ledger
 * @entry: the row; id, balance and what is only filled when read do not count
 * @error: return location for an error
 *
 * Adds a row to the history of an account.  Rows are never changed afterwards: what was wrong is reversed by a row of the kind
 * %ZIFU_ENTRY_REFUND that names the original.  The refund of a settlement reverses all of it: relatives' accounts and yearly totals go
 * back as well.  What is typed in may not take more than the account holds.
 *
 * Returns: the new id, or 0 with an error
 */
gint64
zifu_ledger_add_entry (ZifuLedger *self, const ZifuEntry *entry, GError **error)
{
  gboolean success;
  gint64 id = 0;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), 0);
  g_return_val_if_fail (entry != NULL, 0);

  if (!_zifu_ledger_check_entry (entry, error) || !_zifu_ledger_begin (self, error))
    return 0;

  success = _zifu_ledger_check_account (self, entry, error) &&
            (entry->original_id == 0 || _zifu_ledger_check_refund (self, entry, error));
  if (success)
    {
      id = _zifu_ledger_insert_entry (self, entry, error);
      success = id != 0 && (entry->original_id == 0 || _zifu_ledger_reverse_settlement (self, entry, error));
    }
  return _zifu_ledger_end (self, success, error) ? id : 0;
}
