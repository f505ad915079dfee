/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zifu-backup-private.h"
#include "zifu-output-private.h"

/*
 * A restored file takes the place of the ledger's in one step; the replaced one stays beside it under another name.
 */

/* Beside the ledger, with the time in its name, and not there yet. */
static char *
make_kept_path (const char *ledger_path, const char *what, GDateTime *now)
{
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  char *path = g_strdup_printf ("%s.%s-%s", ledger_path, what, stamp);

  for (guint n = 2; g_file_test (path, G_FILE_TEST_EXISTS); n++)
    {
      g_free (path);
      path = g_strdup_printf ("%s.%s-%s-%u", ledger_path, what, stamp, n);
    }
  return path;
}

/* What is replaced. */
typedef struct {
  char       *kept;    /* owned, nullable: where it is kept; NULL = there was nothing */
  ZifuLedger *held;    /* owned, nullable: keeps everybody out of it until it is replaced */
  gboolean    damaged; /* what lies beside it was put aside with it */
} Replaced;

/* The lock is held by the file, under whatever name: it is let go of when the name leads to the new one. */
static void
replaced_clear (Replaced *replaced)
{
  g_clear_object (&replaced->held);
  g_clear_pointer (&replaced->kept, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Replaced, replaced_clear)

/*
 * Nobody may be in the file while it is exchanged, nor come into it: what somebody writes then would be in the file that is put aside, and
 * its log would lie beside the new one.  Whoever is alone in it can take it out of WAL mode, after which it is one file.
 * A file that is too damaged for that is kept with what lies beside it.
 */
static gboolean
close_up (const char *ledger_path, Replaced *replaced, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (ZifuLedger) database = _zifu_database_open (ledger_path, SQLITE_OPEN_READWRITE, &reason);
  g_autofree char *mode = NULL;

  if (database != NULL && _zifu_ledger_exec (database, "PRAGMA secure_delete = ON", &reason))
    mode = _zifu_database_text (database, "PRAGMA journal_mode = DELETE", &reason);
  if (g_strcmp0 (mode, "delete") == 0 && _zifu_ledger_exec (database, "BEGIN EXCLUSIVE", &reason))
    {
      replaced->held = g_steal_pointer (&database);
      return TRUE;
    }
  if (reason != NULL && reason->domain == ZIFU_LEDGER_ERROR && reason->code == ZIFU_LEDGER_ERROR_DAMAGED)
    {
      replaced->damaged = TRUE;
      return TRUE;
    }
  if (reason != NULL && reason->code != ZIFU_LEDGER_ERROR_BUSY)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_BUSY,
                       _("The household data are open in another window or program. Close it and try again; nothing was changed."));
  return FALSE;
}

/* Not every file system knows second names of a file. */
static gboolean
keep (const char *path, const char *kept_path, GError **error)
{
  g_autoptr (GFile) from = NULL, to = NULL;
  g_autoptr (GError) reason = NULL;

  if (linkat (AT_FDCWD, path, AT_FDCWD, kept_path, AT_SYMLINK_FOLLOW) == 0)
    return TRUE;
  from = g_file_new_for_path (path);
  to = g_file_new_for_path (kept_path);
  if (g_file_copy (from, to, G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &reason) && g_chmod (kept_path, 0600) == 0)
    return TRUE;
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FILE, _("The present data cannot be kept aside: {1}"),
                           reason != NULL ? reason->message : g_strerror (errno), NULL);
  return FALSE;
}

/* A journal that belongs to a file goes with it: it must not be taken for one of another file. */
static gboolean
move_journals (const char *from_path, const char *to_path, GError **error)
{
  static const char *const ends[] = { "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *from = g_strconcat (from_path, ends[i], NULL);
      g_autofree char *to = g_strconcat (to_path, ends[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        return zifu_exchange_set_file_error (error, from, errno);
    }
  return TRUE;
}

/* Nothing was replaced: everything is where it was. */
static void
give_up (const char *ledger_path, const Replaced *replaced)
{
  if (replaced->kept == NULL)
    return;
  if (replaced->damaged)
    move_journals (replaced->kept, ledger_path, NULL);
  g_unlink (replaced->kept);
}

/* Keeps what is there, if there is anything. */
static gboolean
set_aside (const char *ledger_path, const char *what, GDateTime *now, Replaced *replaced, GError **error)
{
  g_autofree char *kept = NULL;

  if (!g_file_test (ledger_path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!close_up (ledger_path, replaced, error))
    return FALSE;

  kept = make_kept_path (ledger_path, what, now);
  if (!keep (ledger_path, kept, error))
    return FALSE;
  replaced->kept = g_steal_pointer (&kept);
  if (!replaced->damaged || move_journals (ledger_path, replaced->kept, error))
    return TRUE;
  give_up (ledger_path, replaced);
  return FALSE;
}

/* The copy is a ledger again, and holds what the backup holds. */
static gboolean
make_ledger (const char *path, const char *working, const ZifuJob *job, GError **error)
{
  g_autoptr (ZifuLedger) backup = _zifu_database_open (path, SQLITE_OPEN_READONLY, error);
  g_autoptr (ZifuLedger) copy = backup != NULL ? _zifu_database_open (working, SQLITE_OPEN_READWRITE, error) : NULL;
  g_autofree char *pragma = g_strdup_printf ("PRAGMA application_id = %d", ZIFU_LEDGER_APPLICATION_ID);
  g_autofree char *told = NULL, *found = NULL;

  if (copy == NULL || !_zifu_database_copy (backup, copy, job, error))
    return FALSE;
  told = _zifu_database_text (copy, "SELECT sha256 FROM backup_d", error);
  if (told == NULL ||
      !_zifu_ledger_exec (copy, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; BEGIN; DROP TABLE backup_d;", error) ||
      !_zifu_ledger_exec (copy, pragma, error) || !_zifu_ledger_exec (copy, "COMMIT", error) || !_zifu_database_is_whole (copy, error))
    return FALSE;

  found = _zifu_database_hash (copy, job, error);
  if (found != NULL && !g_str_equal (told, found))
    _zifu_ledger_set_error (copy, SQLITE_CORRUPT, error);
  return g_strcmp0 (told, found) == 0;
}

static gboolean
make_folder (const char *ledger_path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (ledger_path);

  return g_mkdir_with_parents (folder, 0700) == 0 || zifu_exchange_set_file_error (error, folder, errno);
}

/**
 * zifu_backup_restore:
 * @path: a backup
 * @ledger_path: where the ledger lies; nobody may have it open, the caller neither
 * @now: the time that the name of the replaced file tells
 * @kept_path: (out) (nullable) (transfer full): where the replaced file is now; %NULL when there was none
 * @job: (nullable): progress in pages, and a way to give up
 * @error: return location for an error: as for zifu_backup_verify(), or %ZIFU_LEDGER_ERROR_BUSY
 *
 * Verifies a backup and puts what it holds into the ledger's place.  Whatever goes wrong, the ledger is as it was.  The replaced file stays
 * beside it for zifu_backup_undo_restore(); that it still holds everything must be said to whoever wants something forgotten.
 *
 * Returns: whether the ledger is now what the backup was
 */
gboolean
zifu_backup_restore (const char *path, const char *ledger_path, GDateTime *now, char **kept_path, const ZifuJob *job, GError **error)
{
  g_autoptr (ZifuBackupInfo) info = NULL;
  g_autoptr (ZifuOutput) output = NULL;
  g_auto (Replaced) replaced = { NULL };

  g_return_val_if_fail (path != NULL && ledger_path != NULL && now != NULL, FALSE);

  info = zifu_backup_verify (path, job, error);
  if (info == NULL || !make_folder (ledger_path, error))
    return FALSE;
  output = _zifu_output_new_ledger (ledger_path, error);
  if (output == NULL)
    return FALSE;
  if (_zifu_output_get_working_path (output) == NULL)
    return zifu_exchange_set_file_error (error, ledger_path, EINVAL);
  if (!make_ledger (path, _zifu_output_get_working_path (output), job, error) ||
      !set_aside (ledger_path, "replaced", now, &replaced, error))
    return FALSE;
  if (!_zifu_output_commit (output, error))
    {
      give_up (ledger_path, &replaced);
      return FALSE;
    }
  if (kept_path != NULL)
    *kept_path = g_steal_pointer (&replaced.kept);
  return TRUE;
}

/* What is damaged goes back as well, where restore itself put it; everything else must be household data. */
static gboolean
check_kept (const char *ledger_path, const char *kept_path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (kept_path);

  if (!g_file_test (kept_path, G_FILE_TEST_IS_REGULAR))
    return zifu_exchange_set_file_error (error, kept_path, ENOENT);
  if (_zifu_backup_is_kept (ledger_path, kept_path) || zifu_ledger_lies_at (kept_path))
    return TRUE;
  /* Translators: {1} is a file */
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _("“{1}” is not what a restore kept aside. Nothing was changed."), name, NULL);
  return FALSE;
}

/**
 * zifu_backup_undo_restore:
 * @ledger_path: where the ledger lies; nobody may have it open, the caller neither
 * @kept_path: what zifu_backup_restore() kept
 * @now: the time that the name of the file that is put aside tells
 * @undone_path: (out) (optional) (transfer full): where the restored file is now
 * @error: return location for an error; %ZIFU_EXCHANGE_ERROR_INPUT when @kept_path is neither named as restore names what it keeps, nor
 *   household data
 *
 * Puts the replaced file back, as it was.  The restored one stays beside it.
 *
 * Returns: whether it is back
 */
gboolean
zifu_backup_undo_restore (const char *ledger_path, const char *kept_path, GDateTime *now, char **undone_path, GError **error)
{
  g_auto (Replaced) replaced = { NULL };

  g_return_val_if_fail (ledger_path != NULL && kept_path != NULL && now != NULL, FALSE);

  if (!check_kept (ledger_path, kept_path, error))
    return FALSE;
  if (!set_aside (ledger_path, "undone", now, &replaced, error))
    return FALSE;
  if (g_rename (kept_path, ledger_path) != 0)
    {
      zifu_exchange_set_file_error (error, kept_path, errno);
      give_up (ledger_path, &replaced);
      return FALSE;
    }
  if (!move_journals (kept_path, ledger_path, error))
    return FALSE;
  if (undone_path != NULL)
    *undone_path = g_steal_pointer (&replaced.kept);
  return TRUE;
}
