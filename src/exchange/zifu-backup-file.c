/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-backup-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-household-private.h"

/* Pages that are copied, rows that are read, between two questions whether to go on. */
#define PAGES 256
#define ROWS 4096

#define BUSY_MILLISECONDS 2000

/*
 * _zifu_database_open:
 * @flags: of sqlite3_open_v2()
 *
 * Opens a file of SQLite as it is: nothing is migrated, created or checked.
 *
 * Returns: (transfer full) (nullable): it, for the functions of the ledger's private header only; or %NULL with an error
 */
ZifuLedger *
_zifu_database_open (const char *path, int flags, GError **error)
{
  g_autoptr (ZifuLedger) self = g_object_new (ZIFU_TYPE_LEDGER, NULL);
  int code;

  self->path = g_strdup (path);
  code = sqlite3_open_v2 (path, &self->db, flags, NULL);
  if (code != SQLITE_OK)
    {
      _zifu_ledger_set_error (self, code, error);
      return NULL;
    }
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_timeout (self->db, BUSY_MILLISECONDS);
  if (!_zifu_ledger_exec (self, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;", error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
copy_pages (ZifuLedger *to, sqlite3_backup *backup, const ZifuJob *job, GError **error)
{
  int code = SQLITE_OK;

  while (code == SQLITE_OK)
    {
      int total;

      code = sqlite3_backup_step (backup, PAGES);
      total = sqlite3_backup_pagecount (backup);
      if (code == SQLITE_OK && !zifu_job_step (job, total - sqlite3_backup_remaining (backup), total, error))
        return FALSE;
    }
  if (code == SQLITE_DONE)
    return TRUE;

  /* What went wrong is told by the copy when the backup ends, so it is not known to it yet. */
  if ((code & 0xff) == SQLITE_FULL)
    zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FULL, _("There is no space left for the copy."), NULL, NULL);
  else
    _zifu_ledger_set_error (to, code, error);
  return FALSE;
}

/*
 * _zifu_database_copy:
 *
 * Copies all pages by the backup interface of SQLite, of one moment when @from is reading.
 */
gboolean
_zifu_database_copy (ZifuLedger *from, ZifuLedger *to, const ZifuJob *job, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to->db, "main", from->db, "main");
  gboolean success;
  int code;

  if (backup == NULL)
    {
      _zifu_ledger_set_error (to, sqlite3_errcode (to->db), error);
      return FALSE;
    }
  success = copy_pages (to, backup, job, error);
  code = sqlite3_backup_finish (backup);
  if (success && code != SQLITE_OK)
    {
      _zifu_ledger_set_error (to, code, error);
      success = FALSE;
    }
  return success;
}

/*
 * _zifu_database_text:
 *
 * Returns: (transfer full) (nullable): the first column of the first row; %NULL with an error when there is none
 */
char *
_zifu_database_text (ZifuLedger *database, const char *sql, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (database, error, sql, "");
  char *text = NULL;
  gboolean row;

  if (statement == NULL || !_zifu_ledger_step (database, statement, &row, error))
    return NULL;
  if (row)
    text = _zifu_column_text (statement, 0);
  if (text == NULL)
    _zifu_ledger_set_error (database, SQLITE_CORRUPT, error);
  return text;
}

/*
 * _zifu_database_is_whole:
 *
 * Whether every page, row and index is as it must be.
 */
gboolean
_zifu_database_is_whole (ZifuLedger *database, GError **error)
{
  g_autofree char *found = _zifu_database_text (database, "PRAGMA integrity_check (1)", error);
  gint64 broken = 0;

  if (found == NULL)
    return FALSE;
  if (!g_str_equal (found, "ok"))
    {
      /* What was found quotes the file, which is somebody's record. */
      g_debug ("%s: not whole", database->path);
      _zifu_ledger_set_error (database, SQLITE_CORRUPT, error);
      return FALSE;
    }
  if (!_zifu_ledger_get_int (database, &broken, error, "SELECT COUNT (*) FROM pragma_foreign_key_check", ""))
    return FALSE;
  if (broken > 0)
    _zifu_ledger_set_error (database, SQLITE_CORRUPT, error);
  return broken == 0;
}

static void
hash_cell (GChecksum *checksum, sqlite3_stmt *statement, int i)
{
  int type = sqlite3_column_type (statement, i);
  /* Asked for before its length: it may be converted. */
  const void *bytes = sqlite3_column_blob (statement, i);
  gint64 length = sqlite3_column_bytes (statement, i);
  guchar head[9];

  head[0] = (guchar) type;
  memcpy (head + 1, &length, sizeof length);
  g_checksum_update (checksum, head, sizeof head);
  if (length > 0)
    g_checksum_update (checksum, bytes, (gssize) length);
}

static char *
make_order (const GPtrArray *columns)
{
  GString *order = g_string_new (NULL);

  for (int key = 1; key <= (int) columns->len; key++)
    for (guint i = 0; i < columns->len; i++)
      {
        const ZifuHouseholdColumn *column = g_ptr_array_index (columns, i);

        if (column->key == key)
          g_string_append_printf (order, "%s\"%s\"", order->len > 0 ? ", " : " ORDER BY ", column->stored);
      }
  return g_string_free (order, FALSE);
}

static gboolean
hash_table (ZifuLedger *database, const char *table, GChecksum *checksum, const ZifuJob *job, GError **error)
{
  g_autoptr (GPtrArray) columns = _zifu_household_columns (database, table, error);
  g_autofree char *order = columns != NULL ? make_order (columns) : NULL;
  g_autofree char *sql = order != NULL ? g_strdup_printf ("SELECT * FROM \"%s\"%s", table, order) : NULL;
  g_autoptr (sqlite3_stmt) statement = sql != NULL ? _zifu_ledger_prepare (database, error, sql, "") : NULL;
  gint64 n = 0;
  gboolean row;

  if (statement == NULL)
    return FALSE;

  g_checksum_update (checksum, (const guchar *) table, (gssize) strlen (table) + 1);
  while (_zifu_ledger_step (database, statement, &row, error))
    {
      if (!row)
        return TRUE;
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        hash_cell (checksum, statement, i);
      if (++n % ROWS == 0 && !zifu_job_step (job, n, 0, error))
        return FALSE;
    }
  return FALSE;
}

/*
 * _zifu_database_hash:
 *
 * Returns: (transfer full) (nullable): SHA-256 over the content of all tables of the ledger, whatever the pages look like
 */
char *
_zifu_database_hash (ZifuLedger *database, const ZifuJob *job, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (
    database, error,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT IN ('backup_d')"
    " AND name NOT LIKE 'sqlite!_stat%' ESCAPE '!' ORDER BY name",
    "");
  gboolean row;

  if (statement == NULL)
    return NULL;
  do
    {
      if (!_zifu_ledger_step (database, statement, &row, error))
        return NULL;
      if (row)
        g_ptr_array_add (tables, _zifu_column_text (statement, 0));
    }
  while (row);

  for (guint i = 0; i < tables->len; i++)
    if (!hash_table (database, g_ptr_array_index (tables, i), checksum, job, error))
      return NULL;
  return g_strdup (g_checksum_get_string (checksum));
}
