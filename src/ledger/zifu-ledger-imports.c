/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <glib/gi18n-lib.h>

/*
 * Many entries at once.  Everything between zifu_ledger_begin_import() and zifu_ledger_commit_import() is one transaction; the statements
 * are prepared once, and texts and people are looked up once.
 *
 * Rows that come in the order of their days get their balances on the way.  When one is older than what stands there already, the balances
 * of its account are worked out at the end, in one pass.
 */

typedef struct {
  gboolean  has_account;
  gboolean  in_order;
  ZifuDate  newest;  /* day of the newest row */
  ZifuDate  from;    /* first day from which the balances must be worked out again */
  ZifuMoney balance; /* after the newest row, as long as rows come in order */
  GHashTable *months; /* owned: ZifuMonth -> ZifuMonthSums* that the rows bring */
} Account;

struct _ZifuImportRun {
  gint64        id;
  gint64        member_id; /* 0 = everybody */
  gint64        last_old;  /* number of the last entry that was there before */
  sqlite3_stmt *insert;    /* owned */
  GHashTable   *texts;     /* owned: text -> number (gint64*) */
  GHashTable   *accounts;  /* owned: id of a member (gint64*) -> Account* */
  guint         n_new;
};

/* Beyond this the texts are looked up in the file: a million different notes must not fill the memory. */
#define MAX_TEXTS 50000

static void
account_free (gpointer data)
{
  g_hash_table_unref (((Account *) data)->months);
  g_free (data);
}

static void
import_run_free (ZifuImportRun *run)
{
  sqlite3_finalize (run->insert);
  g_hash_table_unref (run->texts);
  g_hash_table_unref (run->accounts);
  g_free (run);
}

static gint64 *
key_of (gint64 id)
{
  return g_memdup2 (&id, sizeof id);
}

static gboolean
check_import (const ZifuImport *import, GError **error)
{
  const char *texts[] = { import->time, import->file_name, import->file_hash, import->mapping };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && !g_utf8_validate (texts[i], -1, NULL))
      {
        g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, _("The text is not valid UTF-8."));
        return FALSE;
      }
  return TRUE;
}

static gboolean
start_run (ZifuLedger *self, const ZifuImport *import, GError **error)
{
  ZifuImportRun *run;
  gint64 last_old;

  if (!_zifu_ledger_run (self, error, "INSERT INTO impt_d (psn_no, impt_time, file_name, file_hash, mapping) VALUES (?, ?, ?, ?, ?)",
                         "rtttt", import->member_id, import->time != NULL ? import->time : "",
                         import->file_name != NULL ? import->file_name : "", import->file_hash != NULL ? import->file_hash : "",
                         import->mapping))
    return FALSE;
  run = g_new0 (ZifuImportRun, 1);
  run->id = sqlite3_last_insert_rowid (self->db);
  run->member_id = import->member_id;
  run->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  run->accounts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, account_free);
  self->import = run;

  if (!_zifu_ledger_get_int (self, &last_old, error, "SELECT MAX (rid) FROM acct_incexpd_d", ""))
    return FALSE;
  run->last_old = last_old;
  run->insert = _zifu_ledger_prepare_insert (self, error);
  return run->insert != NULL;
}

/* Pages that a long transaction changes again and again stay in memory until it ends. */
static void
set_cache (ZifuLedger *self, gboolean large)
{
  sqlite3_exec (self->db, large ? "PRAGMA cache_size = -262144" : "PRAGMA cache_size = -4096; PRAGMA shrink_memory", NULL, NULL, NULL);
}

/* Ends the import on the side of the ledger, whatever became of it. */
static gboolean
finish (ZifuLedger *self, gboolean success, GError **error)
{
  g_clear_pointer (&self->import, import_run_free);
  success = _zifu_ledger_end (self, success, error);
  set_cache (self, FALSE);
  return success;
}

/**
 * zifu_ledger_begin_import:
 * @self: a ledger
 * @import: what is imported: whose entries (0 = of several people), when, from which file, by which mapping; id, counts and undone do
 *   not count
 * @error: return location for an error
 *
 * Begins an import.  Until zifu_ledger_commit_import() or zifu_ledger_abort_import() nothing but zifu_ledger_add_import_entry() and
 * zifu_ledger_add_import_contribution() may write to @self: anything else is refused with %ZIFU_LEDGER_ERROR_BUSY.
 *
 * Returns: the number of the import, or 0 with an error; then no import is running
 */
gint64
zifu_ledger_begin_import (ZifuLedger *self, const ZifuImport *import, GError **error)
{
  g_autoptr (ZifuMember) member = NULL;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), 0);
  g_return_val_if_fail (import != NULL, 0);

  if (!check_import (import, error))
    return 0;
  if (import->member_id != 0 && (member = zifu_ledger_get_member (self, import->member_id, error)) == NULL)
    return 0;
  if (!_zifu_ledger_begin (self, error))
    return 0;

  set_cache (self, TRUE);
  if (!start_run (self, import, error))
    {
      finish (self, FALSE, NULL);
      return 0;
    }
  return self->import->id;
}

static Account *
find_account (ZifuLedger *self, gint64 member_id, GError **error)
{
  Account *account = g_hash_table_lookup (self->import->accounts, &member_id);
  g_autoptr (ZifuMember) member = NULL;
  ZifuMoney balance;
  ZifuDate newest;

  if (account != NULL)
    return account;

  member = zifu_ledger_get_member (self, member_id, error);
  if (member == NULL || !zifu_ledger_get_balance (self, member_id, &balance, &newest, error) ||
      !_zifu_ledger_touch (self, member_id, error))
    return NULL;

  account = g_new0 (Account, 1);
  account->has_account = member->has_account;
  account->in_order = TRUE;
  account->newest = newest;
  account->balance = balance;
  account->months = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_insert (self->import->accounts, key_of (member_id), account);
  return account;
}

static gboolean
find_text (ZifuLedger *self, const char *text, gint64 *id, GError **error)
{
  GHashTable *texts = self->import->texts;
  const gint64 *known;

  if (text == NULL || *text == '\0')
    {
      *id = 0;
      return TRUE;
    }
  known = g_hash_table_lookup (texts, text);
  if (known != NULL)
    {
      *id = *known;
      return TRUE;
    }
  if (!_zifu_ledger_put_text (self, text, id, error))
    return FALSE;
  if (g_hash_table_size (texts) >= MAX_TEXTS)
    g_hash_table_remove_all (texts);
  g_hash_table_insert (texts, g_strdup (text), key_of (*id));
  return TRUE;
}

/* Whose entries a file may bring, and what it may take back. */
static gboolean
check_import_entry (ZifuLedger *self, const ZifuEntry *entry, const Account *account, GError **error)
{
  g_autoptr (ZifuEntry) original = NULL;
  const char *message = NULL;

  if (self->import->member_id != 0 && entry->member_id != self->import->member_id)
    message = _("This entry belongs to another person than the import.");
  else if (!account->has_account && entry->amount != 0)
    message = _("This person has no personal account.");
  else if (entry->souc_rid != NULL && (*entry->souc_rid == '\0' || !g_utf8_validate (entry->souc_rid, -1, NULL)))
    message = _("The key of the row at its source is not a text.");
  if (message != NULL)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, message);
      return FALSE;
    }
  if (entry->original_id == 0)
    return TRUE;

  if (!_zifu_ledger_check_refund (self, entry, error))
    return FALSE;
  original = zifu_ledger_get_entry (self, entry->original_id, error);
  if (original == NULL)
    return FALSE;
  if (original->settlement_id != 0)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT,
                           _("A visit that was worked out here is refunded in the history, not by a file."));
      return FALSE;
    }
  return TRUE;
}

/* What the month of the entry holds of this import so far. */
static ZifuMonthSums *
find_month (Account *account, const ZifuEntry *entry)
{
  gpointer month = GINT_TO_POINTER (zifu_month_of (entry->date));
  ZifuMonthSums *sums = g_hash_table_lookup (account->months, month);

  if (sums == NULL)
    g_hash_table_insert (account->months, month, sums = g_new0 (ZifuMonthSums, 1));
  return sums;
}

static gboolean
place_entry (Account *account, const ZifuEntry *entry, ZifuMoney *balance, GError **error)
{
  ZifuMonthSums sums = *find_month (account, entry);

  if (!_zifu_month_sums_add (&sums, entry) || !zifu_money_add (account->balance, entry->amount, balance) || *balance > ZIFU_MONEY_MAX ||
      *balance < -ZIFU_MONEY_MAX)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, _("The amount is too large."));
      return FALSE;
    }
  return TRUE;
}

static void
remember_place (Account *account, const ZifuEntry *entry, ZifuMoney balance)
{
  _zifu_month_sums_add (find_month (account, entry), entry);
  account->balance = balance;
  if (entry->date >= account->newest)
    {
      account->newest = entry->date;
      return;
    }
  account->from = account->in_order ? entry->date : MIN (account->from, entry->date);
  account->in_order = FALSE;
}

/**
 * zifu_ledger_add_import_entry:
 * @self: a ledger with a running import
 * @entry: the row; souc_rid is its stable key at its source; id, balance, impt_id and what is only filled when read do not count
 * @error: return location for an error
 *
 * Adds a row to the running import.  A row that is refused with %ZIFU_LEDGER_ERROR_INPUT, %ZIFU_LEDGER_ERROR_NOT_FOUND or
 * %ZIFU_LEDGER_ERROR_DUPLICATE (a row with this key is there already) leaves the import as it was, and the next row may follow; after any
 * other error the import must be given up with zifu_ledger_abort_import().  A file is believed when it says that more was taken than the
 * account held.
 *
 * Returns: the id of the entry, or 0 with an error
 */
gint64
zifu_ledger_add_import_entry (ZifuLedger *self, const ZifuEntry *entry, GError **error)
{
  gint64 institution, note;
  ZifuMoney balance;
  Account *account;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), 0);
  g_return_val_if_fail (self->import != NULL, 0);
  g_return_val_if_fail (entry != NULL, 0);

  if (!_zifu_ledger_check_entry (entry, error))
    return 0;
  account = find_account (self, entry->member_id, error);
  if (account == NULL || !check_import_entry (self, entry, account, error) || !place_entry (account, entry, &balance, error) ||
      !find_text (self, entry->institution, &institution, error) || !find_text (self, entry->note, &note, error))
    return 0;

  if (!_zifu_ledger_run_insert (self, self->import->insert, entry, balance, institution, note, self->import->id, error))
    return 0;
  remember_place (account, entry, balance);
  self->import->n_new++;
  return sqlite3_last_insert_rowid (self->db);
}

/**
 * zifu_ledger_add_import_contribution:
 * @self: a ledger with a running import
 * @member_id: whose
 * @month: month for which it was paid (cashym)
 * @paid_on: day on which it was paid (clct_time); 0 = in time
 * @base: its base (psn_clctstd), in fen; -1 = not known
 * @credited: what of it went to the account (psn_clct_into_acct_amt), in fen; -1 = not known
 * @provenance: where it comes from
 * @error: return location for an error
 *
 * Adds a month that was paid to the running import.  What is known of a month already is never replaced: the month is refused with
 * %ZIFU_LEDGER_ERROR_DUPLICATE.  Errors are those of zifu_ledger_add_import_entry().
 *
 * Returns: whether it was added
 */
gboolean
zifu_ledger_add_import_contribution (ZifuLedger *self, gint64 member_id, ZifuMonth month, ZifuDate paid_on, ZifuMoney base,
                                     ZifuMoney credited, ZifuProvenance provenance, GError **error)
{
  gint64 known;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (self->import != NULL, FALSE);

  if (!_zifu_ledger_check_contribution (month, paid_on, base, credited, provenance, error) || find_account (self, member_id, error) == NULL)
    return FALSE;
  if (!_zifu_ledger_get_int (self, &known, error, "SELECT COUNT (*) FROM psn_clct_detl_d WHERE psn_no = ? AND cashym = ?", "im", member_id,
                             month))
    return FALSE;
  if (known != 0)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DUPLICATE, _("This month is there already."));
      return FALSE;
    }
  if (!_zifu_ledger_run (self, error,
                         "INSERT INTO psn_clct_detl_d (psn_no, cashym, clct_time, psn_clctstd, psn_clct_into_acct_amt, provenance, impt_id)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?)",
                         "imdaati", member_id, month, paid_on, base, credited, _zifu_provenance_name (provenance), self->import->id))
    return FALSE;
  self->import->n_new++;
  return TRUE;
}

static gboolean
put_months (ZifuLedger *self, gint64 member_id, Account *account, GError **error)
{
  GHashTableIter iter;
  gpointer month, sums;

  g_hash_table_iter_init (&iter, account->months);
  while (g_hash_table_iter_next (&iter, &month, &sums))
    if (((ZifuMonthSums *) sums)->n > 0 && !_zifu_ledger_put_month (self, member_id, GPOINTER_TO_INT (month), sums, error))
      return FALSE;
  return TRUE;
}

static gboolean
place_accounts (ZifuLedger *self, GError **error)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->import->accounts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      gint64 member_id = *(gint64 *) key;
      Account *account = value;

      if (!put_months (self, member_id, account, error) ||
          (!account->in_order && !_zifu_ledger_shift_balances (self, member_id, account->from, self->import->last_old, 0, error)))
        return FALSE;
    }
  return TRUE;
}

/**
 * zifu_ledger_commit_import:
 * @self: a ledger with a running import
 * @counts: (nullable): n_dup, n_doubt and n_bad of it are kept with the import; how many rows are new the ledger counts itself
 * @error: return location for an error
 *
 * Ends the running import and stores everything of it.  With an error nothing of it is stored.  No import is running afterwards.
 *
 * Returns: whether it was stored
 */
gboolean
zifu_ledger_commit_import (ZifuLedger *self, const ZifuImport *counts, GError **error)
{
  static const ZifuImport none = { 0 };
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (self->import != NULL, FALSE);

  if (counts == NULL)
    counts = &none;
  success = place_accounts (self, error) &&
            _zifu_ledger_run (self, error, "UPDATE impt_d SET n_new = ?, n_dup = ?, n_doubt = ?, n_bad = ? WHERE impt_id = ?", "iiiii",
                              (gint64) self->import->n_new, (gint64) counts->n_dup, (gint64) counts->n_doubt, (gint64) counts->n_bad,
                              self->import->id);
  return finish (self, success, error);
}

/**
 * zifu_ledger_abort_import:
 * @self: a ledger
 *
 * Gives the running import up: nothing of it is stored.  Without a running import nothing happens.
 */
void
zifu_ledger_abort_import (ZifuLedger *self)
{
  g_return_if_fail (ZIFU_IS_LEDGER (self));

  if (self->import != NULL)
    finish (self, FALSE, NULL);
}

/**
 * zifu_ledger_find_source:
 * @self: a ledger
 * @member_id: whose history
 * @souc_rid: stable key of a row at its source
 * @entry_id: (out): the entry that has it; 0 = none
 * @error: return location for an error
 *
 * Whether a row that is about to be imported is there already.
 *
 * Returns: whether it could be read
 */
gboolean
zifu_ledger_find_source (ZifuLedger *self, gint64 member_id, const char *souc_rid, gint64 *entry_id, GError **error)
{
  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (souc_rid != NULL && entry_id != NULL, FALSE);

  return _zifu_ledger_get_int (self, entry_id, error, "SELECT rid FROM acct_incexpd_d WHERE psn_no = ? AND souc_rid = ?", "it", member_id,
                               souc_rid);
}
