/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* How long a write of this program waits for another program to finish its own. */
#define BUSY_MILLISECONDS 2000

/**
 * zifu_ledger_error_quark:
 *
 * Returns: the domain of #ZifuLedgerError
 */
G_DEFINE_QUARK (zifu-ledger-error-quark, zifu_ledger_error)

G_DEFINE_FINAL_TYPE (ZifuLedger, zifu_ledger, G_TYPE_OBJECT)

static void
zifu_ledger_finalize (GObject *object)
{
  ZifuLedger *self = ZIFU_LEDGER (object);

  zifu_ledger_abort_import (self);
  g_clear_pointer (&self->db, sqlite3_close);
  _zifu_ledger_leave (self);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->reason, g_free);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->search, _zifu_search_free);
  g_clear_pointer (&self->touched, g_hash_table_unref);

  G_OBJECT_CLASS (zifu_ledger_parent_class)->finalize (object);
}

static void
zifu_ledger_class_init (ZifuLedgerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zifu_ledger_finalize;
}

static void
zifu_ledger_init (ZifuLedger *self)
{
  self->touched = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

static gboolean
set_open_error (GError **error, const char *path, int error_number)
{
  g_set_error (error, ZIFU_LEDGER_ERROR, error_number == ENOSPC ? ZIFU_LEDGER_ERROR_FULL : ZIFU_LEDGER_ERROR_OPEN,
               /* Translators: the first %s is the path of a file, the second what the system says about it */
               _("The household data cannot be kept in “%s”: %s"), path, g_strerror (error_number));
  return FALSE;
}

/* Nobody else may look at the data.  A folder that was there before belongs to somebody, unless it is our own. */
static gboolean
prepare_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *own_path = zifu_ledger_default_path ();

  if (!g_file_test (folder, G_FILE_TEST_EXISTS))
    {
      if (g_mkdir_with_parents (folder, 0700) != 0)
        return set_open_error (error, path, errno);
    }
  else if (g_str_equal (path, own_path) && g_chmod (folder, 0700) != 0)
    g_debug ("%s: %s", folder, g_strerror (errno));

  return TRUE;
}

/*
 * SQLite gives its helper files the mode of the main file, so it is enough to set that one before SQLite sees it.  The file is made without
 * being opened: closing it would drop the locks of whoever has it open in this program (see zifu-ledger-places.c).
 */
static gboolean
prepare_file (const char *path, GError **error)
{
  struct stat status;

  if (mknod (path, S_IFREG | 0600, 0) != 0 && errno != EEXIST)
    return set_open_error (error, path, errno);
  if (stat (path, &status) != 0)
    return set_open_error (error, path, errno);
  if (!S_ISREG (status.st_mode))
    return set_open_error (error, path, S_ISDIR (status.st_mode) ? EISDIR : EINVAL);
  if ((status.st_mode & 0777) != 0600 && chmod (path, 0600) != 0)
    g_debug ("%s: %s", path, g_strerror (errno));
  return access (path, R_OK | W_OK) == 0 || set_open_error (error, path, errno);
}

/*
 * Switching to WAL needs the file for a moment alone, and SQLite does not wait for that by itself.  When two programs start
 * together one of them finds the work done.
 */
static gboolean
set_wal (ZifuLedger *self, GError **error)
{
  int code = SQLITE_BUSY;

  for (int waited = 0; waited < BUSY_MILLISECONDS && (code & 0xff) == SQLITE_BUSY; waited += 10)
    {
      if (waited > 0)
        g_usleep (10 * 1000);
      code = sqlite3_exec (self->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    }
  if (code == SQLITE_OK)
    return TRUE;

  _zifu_ledger_set_error (self, code, error);
  return FALSE;
}

static gboolean
is_sound (ZifuLedger *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (self, error, "PRAGMA quick_check (1)", "");
  gboolean row;

  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return FALSE;
  if (row && g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0)
    return TRUE;

  _zifu_ledger_set_error (self, SQLITE_CORRUPT, error);
  return FALSE;
}

/* Every page is looked at, but what the tables demand of each value is not worked out again: with many entries that takes five times as
 * long, and zifu_ledger_verify() does it. */
static gboolean
check_damage (ZifuLedger *self, GError **error)
{
  gboolean success = _zifu_ledger_exec (self, "PRAGMA ignore_check_constraints = ON", error) && is_sound (self, error);

  return _zifu_ledger_exec (self, "PRAGMA ignore_check_constraints = OFF", success ? error : NULL) && success;
}

/* Whether a table, an index or a trigger is missing that must be there: an empty file of the same shape tells which. */
static gboolean
check_shape (ZifuLedger *self, GError **error)
{
  sqlite3 *model = NULL;
  sqlite3_stmt *statement = NULL;
  gboolean complete = TRUE;
  int code = sqlite3_open (":memory:", &model);

  if (code == SQLITE_OK)
    code = _zifu_ledger_create (model, self->version);
  if (code == SQLITE_OK)
    code = sqlite3_prepare_v2 (model, "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'", -1, &statement, NULL);
  while (code == SQLITE_OK && complete && sqlite3_step (statement) == SQLITE_ROW)
    {
      gint64 n = 0;

      complete = _zifu_ledger_get_int (self, &n, error, "SELECT COUNT (*) FROM sqlite_schema WHERE type = ? AND name = ?", "tt",
                                       sqlite3_column_text (statement, 0), sqlite3_column_text (statement, 1)) && n == 1;
    }
  sqlite3_finalize (statement);
  sqlite3_close (model);
  if (!complete && (error == NULL || *error == NULL))
    _zifu_ledger_set_error (self, SQLITE_CORRUPT, error);
  return complete;
}

static gboolean
connect (ZifuLedger *self, const char *name, int flags, GError **error)
{
  int code = sqlite3_open_v2 (name, &self->db, flags, NULL);

  if (code != SQLITE_OK)
    {
      _zifu_ledger_set_error (self, code, error);
      return FALSE;
    }

  _zifu_ledger_enter (self);
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_busy_timeout (self->db, BUSY_MILLISECONDS);

  /* What was deleted is overwritten; sorting is done in memory, so that no copy of the data lies in a folder for temporary files;
   * a write that was confirmed survives a power cut; a page that was tampered with is noticed. */
  return _zifu_ledger_exec (self,
                            "PRAGMA foreign_keys = ON;"
                            "PRAGMA secure_delete = ON;"
                            "PRAGMA temp_store = MEMORY;"
                            "PRAGMA synchronous = FULL;"
                            "PRAGMA trusted_schema = OFF;"
                            "PRAGMA cell_size_check = ON;",
                            error) &&
         _zifu_ledger_add_functions (self, error);
}

/* Beside a file that nobody may write, SQLite cannot put its log: such a file is read as it lies there, if there is no log to be read. */
static gboolean
connect_for_reading (ZifuLedger *self, GError **error)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *escaped = g_uri_escape_string (self->path, "/", TRUE);
  g_autofree char *uri = g_strdup_printf ("file:%s?immutable=1", escaped);
  g_autofree char *folder = g_path_get_dirname (self->path);
  struct stat status;
  gboolean logged = stat (log, &status) == 0 && status.st_size > 0;

  if (access (folder, W_OK) == 0 || logged)
    return connect (self, self->path, SQLITE_OPEN_READONLY, error);
  return connect (self, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
}

/* A newer file is not touched, not even to tidy its log away; what this program knows of it can be read. */
static gboolean
open_newer (ZifuLedger *self, GError **error)
{
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  g_clear_pointer (&self->db, sqlite3_close);
  self->read_only = TRUE;
  self->reason = g_strdup (_("These household data were written by a newer version of this program: they can be read here, not changed. "
                             "Update the program to go on with them."));
  if (!connect_for_reading (self, error))
    return FALSE;

  members = zifu_ledger_list_members (self, NULL);
  entries = members != NULL ? zifu_ledger_list_entries (self, 0, NULL, 1, NULL) : NULL;
  if (entries == NULL)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NEWER,
                         _("The household data were written by a newer version of this program. Update it to open them."));
  return entries != NULL;
}

static gboolean
open_read_only (ZifuLedger *self, GError **error)
{
  if (!connect_for_reading (self, error) || !check_damage (self, error) || !_zifu_ledger_read_version (self, &self->version, error))
    return FALSE;
  if (self->version == ZIFU_LEDGER_SCHEMA_VERSION)
    return check_shape (self, error);

  if (self->version > ZIFU_LEDGER_SCHEMA_VERSION)
    return open_newer (self, error);
  g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_OPEN,
                       _("The household data were written by an older version of this program and must be brought up to date, but the file "
                         "cannot be written. Copy it to a folder of your own and open it there."));
  return FALSE;
}

static gboolean
open_database (ZifuLedger *self, GError **error)
{
  if (self->read_only)
    return open_read_only (self, error);

  if (!connect (self, self->path, SQLITE_OPEN_READWRITE, error) || !check_damage (self, error) ||
      !_zifu_ledger_read_version (self, &self->version, error))
    return FALSE;
  if (self->version > ZIFU_LEDGER_SCHEMA_VERSION)
    return open_newer (self, error);
  return _zifu_ledger_migrate (self, error) && check_shape (self, error) && set_wal (self, error);
}

/* Whether the file is there and can be read though it cannot be written. */
static gboolean
is_only_readable (const char *path)
{
  return access (path, F_OK) == 0 && access (path, R_OK) == 0 && (access (path, W_OK) != 0 && (errno == EACCES || errno == EROFS));
}

/* Where the file may be written but its folder may not, SQLite could not keep its log. */
static gboolean
is_folder_closed (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return access (path, R_OK) == 0 && access (folder, W_OK) != 0;
}

/**
 * zifu_ledger_open:
 * @path: the file; it and its folder are created when they are not there
 * @error: return location for an error
 *
 * Opens the data of a household, which live in one file, and brings an older file to the current shape.  The file is readable by its owner
 * only.  A file of a newer program, or one that cannot be written, is opened for reading: see zifu_ledger_is_read_only().
 *
 * Returns: (transfer full) (nullable): the ledger, or %NULL with a %ZIFU_LEDGER_ERROR; with %ZIFU_LEDGER_ERROR_DAMAGED
 *   zifu_ledger_salvage() may save what can be read
 */
ZifuLedger *
zifu_ledger_open (const char *path, GError **error)
{
  g_autoptr (ZifuLedger) self = NULL;

  g_return_val_if_fail (path != NULL && *path != '\0', NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self = g_object_new (ZIFU_TYPE_LEDGER, NULL);
  self->path = g_strdup (path);
  if (is_only_readable (path) || is_folder_closed (path))
    {
      self->read_only = TRUE;
      self->reason = g_strdup (_("The file of the household data can be read here, not changed: it or its folder is protected."));
    }
  else if (!prepare_folder (path, error) || !prepare_file (path, error))
    return NULL;

  return open_database (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * zifu_ledger_open_reader:
 * @self: a ledger that is open
 * @error: return location for an error
 *
 * Opens the same file once more, for reading only, so that a thread can read while @self is used elsewhere.  The file was looked through
 * when @self was opened: this takes no time.
 *
 * Returns: (transfer full) (nullable): another ledger of the same file, for one thread at a time, or %NULL with a %ZIFU_LEDGER_ERROR
 */
ZifuLedger *
zifu_ledger_open_reader (ZifuLedger *self, GError **error)
{
  g_autoptr (ZifuLedger) reader = NULL;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  reader = g_object_new (ZIFU_TYPE_LEDGER, NULL);
  reader->path = g_strdup (self->path);
  reader->version = self->version;
  reader->read_only = TRUE;
  reader->reason = g_strdup (self->reason != NULL ? self->reason : _("The file is open for reading only. Nothing was changed."));
  if (self->read_only ? !connect_for_reading (reader, error) : !connect (reader, self->path, SQLITE_OPEN_READONLY, error))
    return NULL;
  return g_steal_pointer (&reader);
}

/**
 * zifu_ledger_get_n_written:
 * @self: a ledger
 *
 * Returns: a number that grows whenever rows were written, through @self or by anybody else to the same file: the same number twice =
 *   nothing was written between
 */
gint64
zifu_ledger_get_n_written (ZifuLedger *self)
{
  gint64 others = 0;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), 0);

  /* SQLite's own count says only that others wrote, not how much: once is one. */
  _zifu_ledger_get_int (self, &others, NULL, "PRAGMA data_version", "");
  return sqlite3_total_changes64 (self->db) + others;
}

/**
 * zifu_ledger_is_read_only:
 * @self: a ledger
 *
 * Returns: whether every write will be refused with %ZIFU_LEDGER_ERROR_READ_ONLY
 */
gboolean
zifu_ledger_is_read_only (ZifuLedger *self)
{
  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  return self->read_only;
}

/**
 * zifu_ledger_get_read_only_reason:
 * @self: a ledger
 *
 * Returns: (transfer none) (nullable): why nothing can be written, for people; %NULL when it can
 */
const char *
zifu_ledger_get_read_only_reason (ZifuLedger *self)
{
  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  return self->reason;
}

static int
stop_when_cancelled (gpointer data)
{
  return g_cancellable_is_cancelled (ZIFU_LEDGER (data)->cancellable);
}

/**
 * zifu_ledger_set_cancellable:
 * @self: a ledger
 * @cancellable: (nullable): stops what takes long; %NULL = nothing does
 *
 * From now on a call that is still at work when @cancellable is cancelled ends with %G_IO_ERROR_CANCELLED, and what it had begun to write
 * is taken back.  That is so for every call, also for a running import, which must then be given up.
 */
void
zifu_ledger_set_cancellable (ZifuLedger *self, GCancellable *cancellable)
{
  g_return_if_fail (ZIFU_IS_LEDGER (self));

  g_set_object (&self->cancellable, cancellable);
  sqlite3_progress_handler (self->db, cancellable != NULL ? 10000 : 0, cancellable != NULL ? stop_when_cancelled : NULL, self);
}

/**
 * zifu_ledger_default_path:
 *
 * Where the household's file lies unless the user says otherwise: in the data directory of the user.
 *
 * Returns: (transfer full): a path; nothing is created
 */
char *
zifu_ledger_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "zifu", "household.db", NULL);
}

/**
 * zifu_ledger_get_path:
 * @self: a ledger
 *
 * Returns: (transfer none): the path that was opened
 */
const char *
zifu_ledger_get_path (ZifuLedger *self)
{
  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  return self->path;
}

/**
 * zifu_ledger_get_schema_version:
 * @self: a ledger
 *
 * Returns: the version of the file's shape, after every migration
 */
int
zifu_ledger_get_schema_version (ZifuLedger *self)
{
  g_return_val_if_fail (ZIFU_IS_LEDGER (self), 0);

  return self->version;
}
