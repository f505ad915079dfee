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

/* Somebody without an account has a history as well, but no money moves in it.  What a platform reports is taken as it is. */
static gboolean
check_account (ZifuLedger *self, const ZifuEntry *entry, ZifuMoney balance, GError **error)
{
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (self, entry->member_id, error);
  gboolean reported = entry->provenance == ZIFU_PROVENANCE_IMPORTED || entry->provenance == ZIFU_PROVENANCE_SYNCED;
  const char *message = NULL;
  ZifuMoney after;

  if (member == NULL)
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
  gint64 id, institution, note;
  ZifuMoney before;

  if (!_zifu_ledger_touch (self, entry->member_id, error) || !read_balance_before (self, entry, &before, error) ||
      !_zifu_ledger_put_text (self, entry->institution, &institution, error) || !_zifu_ledger_put_text (self, entry->note, &note, error))
    return 0;

  statement = _zifu_ledger_prepare_insert (self, error);
  if (statement == NULL || !_zifu_ledger_run_insert (self, statement, entry, before + entry->amount, institution, note, 0, error))
    return 0;
  id = sqlite3_last_insert_rowid (self->db);

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
  ZifuMoney balance;
  gboolean success;
  gint64 id = 0;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), 0);
  g_return_val_if_fail (entry != NULL, 0);

  if (!_zifu_ledger_check_entry (entry, error) || !_zifu_ledger_begin (self, error))
    return 0;

  success = zifu_ledger_get_balance (self, entry->member_id, &balance, NULL, error) && check_account (self, entry, balance, error) &&
            (entry->original_id == 0 || _zifu_ledger_check_refund (self, entry, error));
  if (success)
    {
      id = _zifu_ledger_insert_entry (self, entry, error);
      success = id != 0 && (entry->original_id == 0 || _zifu_ledger_reverse_settlement (self, entry, error));
    }
  return _zifu_ledger_end (self, success, error) ? id : 0;
}

static guint
days_of_stay (const char *care, ZifuDate begin, ZifuDate end)
{
  return g_strcmp0 (care, "inpatient") == 0 && begin > 0 ? MAX (end - begin, 1) : 0;
}

static ZifuEntry *
read_entry (sqlite3_stmt *statement)
{
  ZifuEntry *entry = zifu_entry_new ();

  entry->id = sqlite3_column_int64 (statement, 0);
  entry->member_id = sqlite3_column_int64 (statement, 1);
  entry->date = _zifu_column_date (statement, 2);
  _zifu_entry_kind_parse ((const char *) sqlite3_column_text (statement, 3), &entry->kind);
  entry->incexpd_type = _zifu_column_text (statement, 4);
  entry->amount = sqlite3_column_int64 (statement, 5);
  entry->balance = sqlite3_column_int64 (statement, 6);
  entry->institution = _zifu_column_text (statement, 7);
  entry->note = _zifu_column_text (statement, 8);
  entry->for_month = _zifu_column_month (statement, 9);
  entry->base = _zifu_column_int (statement, 10, -1);
  entry->relative_id = sqlite3_column_int64 (statement, 11);
  entry->relative_name = _zifu_column_text (statement, 12);
  entry->settlement_id = sqlite3_column_int64 (statement, 13);
  entry->original_id = sqlite3_column_int64 (statement, 14);
  entry->reversed_by = sqlite3_column_int64 (statement, 15);
  entry->person_paid = sqlite3_column_int64 (statement, 16);
  entry->total = sqlite3_column_int64 (statement, 17);
  entry->days = days_of_stay ((const char *) sqlite3_column_text (statement, 18), _zifu_column_date (statement, 19),
                              _zifu_column_date (statement, 20));
  entry->provenance = _zifu_provenance_parse ((const char *) sqlite3_column_text (statement, 21));
  entry->souc_rid = _zifu_column_text (statement, 22);
  entry->impt_id = sqlite3_column_int64 (statement, 23);
  return entry;
}

#define ENTRY_QUERY \
  "SELECT e.rid, e.psn_no, e.acct_modi_date, e.kind, e.acct_incexpd_type, e.inc_sumamt - e.pay_sumamt, e.balc, f.txt," \
  " m.txt, e.cashym, e.psn_clctstd, e.relt_psn_no, p.psn_name, e.setl_id, e.init_rid, r.rid, s.psn_part_amt, s.medfee_sumamt, s.care," \
  " s.begndate, s.setl_time, e.provenance, e.souc_rid, e.impt_id" \
  " FROM acct_incexpd_d e LEFT JOIN psn_b p ON p.psn_no = e.relt_psn_no LEFT JOIN setl_d s ON s.setl_id = e.setl_id" \
  " LEFT JOIN acct_incexpd_d r ON r.init_rid = e.rid LEFT JOIN txt_d f ON f.txt_id = e.fixmedins_id" \
  " LEFT JOIN txt_d m ON m.txt_id = e.memo_id"

/* lower() of SQLite knows upper and lower case of ASCII only, which is what is promised; everything else is compared as it is. */
#define TEXT_FILTER \
  " AND (instr (lower (IFNULL (f.txt, '')), lower (?)) OR instr (lower (IFNULL (m.txt, '')), lower (?))" \
  " OR instr (lower (IFNULL (p.psn_name, '')), lower (?)))"

static sqlite3_stmt *
prepare_list (ZifuLedger *self, gint64 member_id, const ZifuEntryFilter *filter, guint limit, GError **error)
{
  gboolean has_kind = filter != NULL && filter->has_kind;
  gboolean has_text = filter != NULL && filter->text != NULL && *filter->text != '\0';
  gboolean has_before = filter != NULL && filter->before_date != 0;
  g_autofree char *before = has_before ? zifu_date_format (filter->before_date) : NULL;
  g_autofree char *sql = g_strconcat (ENTRY_QUERY " WHERE e.psn_no = ?", has_kind ? " AND e.kind = ?" : "",
                                      has_before ? " AND (e.acct_modi_date, e.rid) < (?, ?)" : "", has_text ? TEXT_FILTER : "",
                                      " ORDER BY e.acct_modi_date DESC, e.rid DESC LIMIT ?", NULL);
  g_autoptr (sqlite3_stmt) statement = NULL;
  int i = 1, code;

  code = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);
  if (code != SQLITE_OK)
    {
      _zifu_ledger_set_error (self, code, error);
      return NULL;
    }

  sqlite3_bind_int64 (statement, i++, member_id);
  if (has_kind)
    sqlite3_bind_text (statement, i++, _zifu_entry_kind_name (filter->kind), -1, SQLITE_STATIC);
  if (has_before)
    {
      sqlite3_bind_text (statement, i++, before, -1, SQLITE_TRANSIENT);
      sqlite3_bind_int64 (statement, i++, filter->before_id);
    }
  for (int n = 0; has_text && n < 3; n++)
    sqlite3_bind_text (statement, i++, filter->text, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (statement, i++, limit > 0 ? (gint64) limit : -1);
  return g_steal_pointer (&statement);
}

/**
 * zifu_ledger_list_entries:
 * @self: a ledger
 * @member_id: whose account
 * @filter: (nullable): which rows; %NULL = all
 * @limit: how many at most; 0 = no limit
 * @error: return location for an error
 *
 * A page of the history, newest first.  The next page begins before the last row of this one: before_date and before_id of @filter are
 * its date and id, so that a page costs the same wherever it lies.
 *
 * Returns: (transfer full) (element-type ZifuEntry) (nullable): the rows, or %NULL with an error
 */
GPtrArray *
zifu_ledger_list_entries (ZifuLedger *self, gint64 member_id, const ZifuEntryFilter *filter, guint limit, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_entry_free);
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);
  g_return_val_if_fail (filter == NULL || !filter->has_kind || _zifu_entry_kind_name (filter->kind) != NULL, NULL);

  statement = prepare_list (self, member_id, filter, limit, error);
  if (statement == NULL)
    return NULL;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&entries);
      g_ptr_array_add (entries, read_entry (statement));
    }
  return NULL;
}

/**
 * zifu_ledger_get_entry:
 * @self: a ledger
 * @entry_id: which row
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the row, or %NULL with an error (%ZIFU_LEDGER_ERROR_NOT_FOUND when there is none)
 */
ZifuEntry *
zifu_ledger_get_entry (ZifuLedger *self, gint64 entry_id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  statement = _zifu_ledger_prepare (self, error, ENTRY_QUERY " WHERE e.rid = ?", "i", entry_id);
  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return NULL;
  if (row)
    return read_entry (statement);

  g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND, _("This entry is not in the history."));
  return NULL;
}
