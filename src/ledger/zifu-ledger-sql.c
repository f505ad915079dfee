/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

/*
 * A thin layer over SQLite, so that the other files read as what they do.
 *
 * Parameters are described by a string, one letter each:
 *   i gint64 · t text (NULL = null) · r gint64, an id (0 = null) · a gint64, an amount (-1 = null)
 *   d ZifuDate (0 = null) · m ZifuMonth (0 = null)
 */

/*
 * _zifu_ledger_detail:
 *
 * What SQLite says of @code, as it may stand in a log, to be freed.  Of a damaged file it quotes the file, which is somebody's
 * record: then it is the name of the code alone.  Whatever else it says is printable.
 */
char *
_zifu_ledger_detail (ZifuLedger *self, int code)
{
  int primary = code & 0xff;

  if (self->db == NULL || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)
    return g_strdup (sqlite3_errstr (code));
  return g_strescape (sqlite3_errmsg (self->db), NULL);
}

/*
 * _zifu_ledger_set_error:
 *
 * Tells @code of SQLite as one of our errors.  What SQLite says itself goes to the log: people get a sentence that they can act on.
 */
void
_zifu_ledger_set_error (ZifuLedger *self, int code, GError **error)
{
  g_autofree char *detail = _zifu_ledger_detail (self, code);
  int number = self->db != NULL ? sqlite3_system_errno (self->db) : 0;

  g_debug ("SQLite %d: %s (%s)", code, detail, g_strerror (number));

  /* The index of the log is made by the system, and SQLite does not say why it could not be. */
  if (((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN) && (number == ENOSPC || number == EDQUOT))
    code = SQLITE_FULL;
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_BUSY,
                           _("Another program is writing to the household data. Nothing was changed; try again in a moment."));
      break;
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Stopped. Nothing was changed."));
      break;
    case SQLITE_FULL:
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_FULL, _("There is no space left. Nothing was changed."));
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DAMAGED,
                           _("The file of the household data is damaged, or is another kind of file."));
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_IOERR:
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_OPEN,
                           _("The file of the household data cannot be read or written. Nothing was changed."));
      break;
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT,
                           _("These values do not fit together and cannot be stored. Nothing was changed."));
      break;
    default:
      /* Translators: %s is what the database library reports, in English */
      g_set_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INTERNAL, _("The household data cannot be used: %s"), detail);
      break;
    }
}

/*
 * _zifu_ledger_exec:
 *
 * Runs @sql, one statement or several, without parameters.
 */
gboolean
_zifu_ledger_exec (ZifuLedger *self, const char *sql, GError **error)
{
  int code = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;

  _zifu_ledger_set_error (self, code, error);
  return FALSE;
}

static int
bind_text (sqlite3_stmt *statement, int i, const char *text)
{
  return text != NULL ? sqlite3_bind_text (statement, i, text, -1, SQLITE_TRANSIENT) : sqlite3_bind_null (statement, i);
}

static int
bind_int (sqlite3_stmt *statement, int i, gint64 value, gboolean is_null)
{
  return is_null ? sqlite3_bind_null (statement, i) : sqlite3_bind_int64 (statement, i, value);
}

static int
bind_month (sqlite3_stmt *statement, int i, ZifuMonth month)
{
  g_autofree char *text = NULL;
  int year, month_of_year;

  if (month != 0)
    {
      zifu_month_split (month, &year, &month_of_year);
      text = g_strdup_printf ("%04d%02d", year, month_of_year);
    }
  return bind_text (statement, i, text);
}

static int
bind_date (sqlite3_stmt *statement, int i, ZifuDate date)
{
  g_autofree char *text = date != 0 ? zifu_date_format (date) : NULL;

  return bind_text (statement, i, text);
}

static int
bind_next (sqlite3_stmt *statement, int i, char type, va_list *args)
{
  gint64 value;

  switch (type)
    {
    case 't':
      return bind_text (statement, i, va_arg (*args, const char *));
    case 'd':
      return bind_date (statement, i, va_arg (*args, ZifuDate));
    case 'm':
      return bind_month (statement, i, va_arg (*args, ZifuMonth));
    case 'i':
      return bind_int (statement, i, va_arg (*args, gint64), FALSE);
    case 'r':
      value = va_arg (*args, gint64);
      return bind_int (statement, i, value, value == 0);
    case 'a':
      value = va_arg (*args, gint64);
      return bind_int (statement, i, value, value < 0);
    default:
      g_assert_not_reached ();
    }
}

static sqlite3_stmt *
prepare_va (ZifuLedger *self, GError **error, const char *sql, const char *types, va_list *args)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  int code = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);

  if (code == SQLITE_OK)
    g_assert ((size_t) sqlite3_bind_parameter_count (statement) == strlen (types));

  for (int i = 0; types[i] != '\0' && code == SQLITE_OK; i++)
    code = bind_next (statement, i + 1, types[i], args);

  if (code == SQLITE_OK)
    return g_steal_pointer (&statement);

  _zifu_ledger_set_error (self, code, error);
  return NULL;
}

/*
 * _zifu_ledger_prepare:
 *
 * A statement with its parameters, ready for _zifu_ledger_step().
 */
sqlite3_stmt *
_zifu_ledger_prepare (ZifuLedger *self, GError **error, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  va_list args;

  va_start (args, types);
  statement = prepare_va (self, error, sql, types, &args);
  va_end (args);
  return statement;
}

/*
 * _zifu_ledger_bind:
 *
 * Gives a statement that is used again its parameters.
 */
gboolean
_zifu_ledger_bind (ZifuLedger *self, sqlite3_stmt *statement, GError **error, const char *types, ...)
{
  int code = SQLITE_OK;
  va_list args;

  va_start (args, types);
  for (int i = 0; types[i] != '\0' && code == SQLITE_OK; i++)
    code = bind_next (statement, i + 1, types[i], &args);
  va_end (args);

  if (code != SQLITE_OK)
    _zifu_ledger_set_error (self, code, error);
  return code == SQLITE_OK;
}

/*
 * _zifu_ledger_run:
 *
 * Runs one statement that gives no rows.
 */
gboolean
_zifu_ledger_run (ZifuLedger *self, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;
  va_list args;

  va_start (args, types);
  statement = prepare_va (self, error, sql, types, &args);
  va_end (args);
  return statement != NULL && _zifu_ledger_step (self, statement, &row, error);
}

/*
 * _zifu_ledger_get_int:
 *
 * The first column of the first row, 0 when it is null; 0 when there is no row at all.
 */
gboolean
_zifu_ledger_get_int (ZifuLedger *self, gint64 *value, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;
  va_list args;

  va_start (args, types);
  statement = prepare_va (self, error, sql, types, &args);
  va_end (args);

  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return FALSE;
  *value = row ? sqlite3_column_int64 (statement, 0) : 0;
  return TRUE;
}

/*
 * _zifu_ledger_step:
 *
 * Goes on to the next row.  @row tells whether there is one.
 */
gboolean
_zifu_ledger_step (ZifuLedger *self, sqlite3_stmt *statement, gboolean *row, GError **error)
{
  int code = sqlite3_step (statement);

  *row = code == SQLITE_ROW;
  if (code == SQLITE_ROW || code == SQLITE_DONE)
    return TRUE;

  _zifu_ledger_set_error (self, code, error);
  return FALSE;
}

/* The column as a new string, or NULL. */
char *
_zifu_column_text (sqlite3_stmt *statement, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

/* The column as a day; 0 for null. */
ZifuDate
_zifu_column_date (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? zifu_date_parse (text) : 0;
}

/* The column as a month; 0 for null. */
ZifuMonth
_zifu_column_month (sqlite3_stmt *statement, int column)
{
  int digits = sqlite3_column_int (statement, column);

  return digits > 0 ? zifu_month_new (digits / 100, digits % 100) : 0;
}

/* The column as a number; @when_null for null. */
gint64
_zifu_column_int (sqlite3_stmt *statement, int column, gint64 when_null)
{
  return sqlite3_column_type (statement, column) != SQLITE_NULL ? sqlite3_column_int64 (statement, column) : when_null;
}

/* The column as an exact fraction, as zifu_rational_format() wrote it. */
gboolean
_zifu_column_rational (sqlite3_stmt *statement, int column, ZifuRational *value, GError **error)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  if (text != NULL && zifu_rational_parse (text, value))
    return TRUE;

  g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DAMAGED, _("A yearly total in the household data cannot be read."));
  return FALSE;
}

/*
 * _zifu_ledger_compact:
 *
 * Pages and the log may still hold what was deleted.  Both steps need the file for a moment alone; when another program has it open
 * they are done later, and what was deleted is overwritten in the main file all the same (secure_delete).
 */
void
_zifu_ledger_compact (ZifuLedger *self)
{
  g_autofree char *detail = NULL;
  int code = sqlite3_exec (self->db, "VACUUM; PRAGMA wal_checkpoint (TRUNCATE);", NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return;
  detail = _zifu_ledger_detail (self, code);
  g_debug ("Not compacted: %s", detail);
}
