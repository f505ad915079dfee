/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zifu-backup-private.h"
#include "zifu-entries-private.h"
#include "zifu-output-private.h"

/*
 * A backup is the ledger's file, copied page by page, under another number of its own in the header (application_id), so that it is
 * neither taken for a ledger nor a ledger for it, with one table more: when it was made, and a hash over everything that it holds.
 */

static char *
format_time (GDateTime *now)
{
  g_autoptr (GDateTime) utc = g_date_time_to_utc (now);

  return g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
}

/* Makes the copy a backup. */
static gboolean
label (ZifuLedger *copy, const char *hash, GDateTime *now, GError **error)
{
  g_autofree char *made_at = format_time (now);
  g_autofree char *pragma = g_strdup_printf ("PRAGMA application_id = %d", ZIFU_BACKUP_APPLICATION_ID);

  /* One plain file: no journal beside it. */
  return _zifu_ledger_exec (copy, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; BEGIN;"
                                  "CREATE TABLE backup_d (made_at TEXT NOT NULL, sha256 TEXT NOT NULL) STRICT;",
                            error) &&
         _zifu_ledger_run (copy, error, "INSERT INTO backup_d (made_at, sha256) VALUES (?, ?)", "tt", made_at, hash) &&
         _zifu_ledger_exec (copy, pragma, error) && _zifu_ledger_exec (copy, "COMMIT", error);
}

static gboolean
set_not_backup (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FORMAT, _("“{1}” is not a backup of this program. Nothing was changed."), name, NULL);
  return FALSE;
}

static gboolean
set_damaged (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_DAMAGED, _("The backup “{1}” is damaged. Nothing was changed."), name, NULL);
  return FALSE;
}

/*
 * _zifu_backup_translate_error:
 *
 * What SQLite says about a file that is no database is said of the backup.
 */
void
_zifu_backup_translate_error (const char *path, GError **error)
{
  GError *reason = error != NULL ? *error : NULL;

  if (reason == NULL || reason->domain != ZIFU_LEDGER_ERROR || reason->code != ZIFU_LEDGER_ERROR_DAMAGED)
    return;
  g_clear_error (error);
  set_damaged (path, error);
}

/* By the header of the file, so that what is damaged further on is still known for a backup. */
static gboolean
check_header (const char *path, GError **error)
{
  static const char magic[16] = "SQLite format 3";
  guchar header[72];
  struct stat status;
  int fd;
  gssize n = -1;
  guint32 id;

  if (zifu_ledger_is_open_at (path))
    return set_not_backup (path, error);
  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0 || fstat (fd, &status) != 0)
    {
      zifu_exchange_set_file_error (error, path, errno);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  if (S_ISREG (status.st_mode))
    n = read (fd, header, sizeof header);
  close (fd);
  if (n != (gssize) sizeof header || memcmp (header, magic, sizeof magic) != 0)
    return set_not_backup (path, error);
  memcpy (&id, header + 68, sizeof id);
  return GUINT32_FROM_BE (id) == ZIFU_BACKUP_APPLICATION_ID || set_not_backup (path, error);
}

/*
 * _zifu_backup_check_schema:
 * @path: for the message
 *
 * Whether this program knows the tables of a backup, or of a ledger that was set aside.
 */
gboolean
_zifu_backup_check_schema (ZifuLedger *database, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  gint64 schema;

  if (!_zifu_ledger_get_int (database, &schema, error, "PRAGMA user_version", ""))
    return FALSE;
  if (schema <= ZIFU_LEDGER_SCHEMA_VERSION)
    return schema > 0 || set_damaged (path, error);
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_NEWER,
                           _("The backup “{1}” was made by a newer version of this program. Update it to use this backup."), name, NULL);
  return FALSE;
}

static gboolean
check_label (ZifuLedger *backup, const char *path, GError **error)
{
  gint64 has_label;

  if (!_zifu_backup_check_schema (backup, path, error) ||
      !_zifu_ledger_get_int (backup, &has_label, error, "SELECT COUNT (*) FROM sqlite_schema WHERE name = 'backup_d'", ""))
    return FALSE;
  return has_label == 1 || set_damaged (path, error);
}

/*
 * _zifu_backup_read_info:
 * @database: a backup, or a ledger
 *
 * Returns: (transfer full) (nullable): what it holds, without made_at and bytes; %NULL with an error
 */
ZifuBackupInfo *
_zifu_backup_read_info (ZifuLedger *database, GError **error)
{
  g_autoptr (ZifuBackupInfo) info = g_new0 (ZifuBackupInfo, 1);
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (
    database, error,
    "SELECT (SELECT COUNT (*) FROM psn_b), (SELECT COUNT (*) FROM acct_incexpd_d), (SELECT COUNT (*) FROM setl_d),"
    " (SELECT MAX (acct_modi_date) FROM acct_incexpd_d), (SELECT user_version FROM pragma_user_version)",
    "");
  gboolean row;

  if (statement == NULL || !_zifu_ledger_step (database, statement, &row, error))
    return NULL;
  info->n_members = sqlite3_column_int64 (statement, 0);
  info->n_entries = sqlite3_column_int64 (statement, 1);
  info->n_settlements = sqlite3_column_int64 (statement, 2);
  info->newest = _zifu_column_date (statement, 3);
  info->schema = sqlite3_column_int (statement, 4);
  return g_steal_pointer (&info);
}

static ZifuBackupInfo *
verify (ZifuLedger *backup, const char *path, const ZifuJob *job, GError **error)
{
  g_autoptr (ZifuBackupInfo) info = NULL;
  g_autofree char *told = NULL, *found = NULL;

  if (!check_label (backup, path, error) || !_zifu_database_is_whole (backup, error))
    return NULL;
  told = _zifu_database_text (backup, "SELECT sha256 FROM backup_d", error);
  found = told != NULL ? _zifu_database_hash (backup, job, error) : NULL;
  if (found == NULL)
    return NULL;
  if (!g_str_equal (told, found))
    {
      set_damaged (path, error);
      return NULL;
    }
  info = _zifu_backup_read_info (backup, error);
  if (info != NULL)
    info->made_at = _zifu_database_text (backup, "SELECT made_at FROM backup_d", error);
  return info != NULL && info->made_at != NULL ? g_steal_pointer (&info) : NULL;
}

/**
 * zifu_backup_verify:
 * @path: a backup
 * @job: (nullable): a way to give up; progress is told without an end
 * @error: return location for an error: %ZIFU_EXCHANGE_ERROR_FORMAT when it is another kind of file, %ZIFU_EXCHANGE_ERROR_DAMAGED when it
 *   does not hold what it held when it was made, %ZIFU_EXCHANGE_ERROR_NEWER
 *
 * Checks a backup from the first byte to the last: the file, all references, and the hash over its content.
 *
 * Returns: (transfer full) (nullable): what it holds, or %NULL with an error
 */
ZifuBackupInfo *
zifu_backup_verify (const char *path, const ZifuJob *job, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (ZifuLedger) backup = NULL;
  g_autoptr (ZifuBackupInfo) info = NULL;
  GStatBuf status;

  g_return_val_if_fail (path != NULL, NULL);

  if (!check_header (path, error))
    return NULL;
  backup = _zifu_database_open (path, SQLITE_OPEN_READONLY, &reason);
  if (backup != NULL)
    info = verify (backup, path, job, &reason);
  if (info == NULL)
    {
      _zifu_backup_translate_error (path, &reason);
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  if (g_stat (path, &status) == 0)
    info->bytes = status.st_size;
  return g_steal_pointer (&info);
}

/* The copy is looked at through the file, not through what SQLite still has of it in memory. */
static gboolean
check_copy (const char *working, const char *hash, const ZifuJob *job, GError **error)
{
  g_autoptr (ZifuBackupInfo) info = zifu_backup_verify (working, job, error);
  g_autoptr (ZifuLedger) copy = NULL;
  g_autofree char *told = NULL;

  if (info == NULL)
    return FALSE;
  copy = _zifu_database_open (working, SQLITE_OPEN_READONLY, error);
  told = copy != NULL ? _zifu_database_text (copy, "SELECT sha256 FROM backup_d", error) : NULL;
  if (told == NULL)
    return FALSE;
  return g_str_equal (told, hash) || set_damaged (working, error);
}

/* Source and copy are of one moment, so they must have the same hash. */
static gboolean
copy_ledger (ZifuLedger *ledger, const char *working, GDateTime *now, const ZifuJob *job, GError **error)
{
  g_autofree char *hash = _zifu_database_hash (ledger, NULL, error);
  g_autoptr (ZifuLedger) copy = hash != NULL ? _zifu_database_open (working, SQLITE_OPEN_READWRITE, error) : NULL;

  if (copy == NULL || !_zifu_database_copy (ledger, copy, job, error) || !label (copy, hash, now, error))
    return FALSE;
  g_clear_object (&copy);
  return check_copy (working, hash, job, error);
}

/**
 * zifu_backup_write:
 * @ledger: a ledger, used by this thread only
 * @path: the file; what is there is replaced when the new one is complete and verified
 * @now: the time that the backup tells
 * @job: (nullable): progress in pages, and a way to give up
 * @error: return location for a #ZifuExchangeError, a #ZifuLedgerError or %G_IO_ERROR_CANCELLED
 *
 * Writes everything into one file of mode 0600, and reads it again: only a copy that holds the same as the ledger takes its place.  Other
 * programs may go on writing meanwhile; the backup is of the moment at which it began.
 *
 * Returns: whether it is there
 */
gboolean
zifu_backup_write (ZifuLedger *ledger, const char *path, GDateTime *now, const ZifuJob *job, GError **error)
{
  g_autoptr (ZifuOutput) output = NULL;
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), FALSE);
  g_return_val_if_fail (path != NULL && now != NULL, FALSE);

  output = _zifu_output_new (path, error);
  if (output == NULL)
    return FALSE;
  if (_zifu_output_get_working_path (output) == NULL)
    return zifu_exchange_set_file_error (error, path, EINVAL);
  if (!_zifu_reading_begin (ledger, error))
    return FALSE;

  success = copy_ledger (ledger, _zifu_output_get_working_path (output), now, job, error);
  _zifu_reading_end (ledger);
  return success && _zifu_output_commit (output, error);
}

/**
 * zifu_backup_check_ledger:
 * @ledger: a ledger, used by this thread only
 * @error: return location for a #ZifuLedgerError
 *
 * Checks every page, row, index and reference of the file.  Balances are checked by zifu_ledger_check_balance().
 *
 * Returns: whether it is whole
 */
gboolean
zifu_backup_check_ledger (ZifuLedger *ledger, GError **error)
{
  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), FALSE);

  return _zifu_database_is_whole (ledger, error);
}

/**
 * zifu_backup_info_free:
 * @info: (nullable) (transfer full): what a backup holds
 *
 * Frees @info.
 */
void
zifu_backup_info_free (ZifuBackupInfo *info)
{
  if (info == NULL)
    return;

  g_free (info->made_at);
  g_free (info);
}
