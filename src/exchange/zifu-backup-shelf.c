/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-backup-shelf.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "zifu-backup-private.h"

/*
 * Everything that can be restored, wherever it comes from: the ring, what somebody wrote by hand, and the households that were replaced.
 */

#define SUFFIX ".zifu-backup"
#define NOTES "elsewhere.list"
#define MAX_NOTES 20

/* How long the household may take to be let go of by whatever still reads it. */
#define WAIT_MS 30000
#define STEP_MS 20

/**
 * zifu_backup_item_free:
 * @item: (nullable) (transfer full): something that can be restored
 *
 * Frees @item, not its file.
 */
void
zifu_backup_item_free (ZifuBackupItem *item)
{
  if (item == NULL)
    return;

  g_free (item->path);
  g_free (item);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const ZifuBackupItem *first = *(ZifuBackupItem *const *) a, *second = *(ZifuBackupItem *const *) b;

  return first->time != second->time ? (second->time > first->time) - (second->time < first->time) : strcmp (second->path, first->path);
}

static gboolean
has_item (const GPtrArray *items, const char *path)
{
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((const ZifuBackupItem *) g_ptr_array_index (items, i))->path, path))
      return TRUE;
  return FALSE;
}

/* Only files, each once. */
static void
add_item (GPtrArray *items, const char *path, ZifuBackupKind kind, gint64 time)
{
  ZifuBackupItem *item;
  GStatBuf status;

  if (has_item (items, path) || g_stat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return;
  item = g_new0 (ZifuBackupItem, 1);
  item->path = g_strdup (path);
  item->kind = kind;
  item->time = time != 0 ? time : (gint64) status.st_mtime;
  item->bytes = status.st_size;
  g_ptr_array_add (items, item);
}

static void
add_folder (GPtrArray *items, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, SUFFIX) && *name != '.')
        add_item (items, path, ZIFU_BACKUP_BY_HAND, 0);
    }
}

static char *
get_notes_path (const char *ledger_path)
{
  g_autofree char *folder = zifu_backup_default_folder (ledger_path);

  return g_build_filename (folder, NOTES, NULL);
}

/* Addresses of files, one a line; none when there are no notes. */
static char **
read_notes (const char *ledger_path)
{
  g_autofree char *path = get_notes_path (ledger_path);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? g_strsplit (text, "\n", MAX_NOTES + 1) : g_new0 (char *, 1);
}

static void
add_noted (GPtrArray *items, const char *ledger_path)
{
  g_auto (GStrv) notes = read_notes (ledger_path);

  for (guint i = 0; notes[i] != NULL; i++)
    {
      g_autofree char *path = g_filename_from_uri (notes[i], NULL, NULL);

      if (path != NULL)
        add_item (items, path, ZIFU_BACKUP_BY_HAND, 0);
    }
}

/* The time in the name of a file that was set aside, yyyyMMdd-HHmmss where the user is; 0 when it is none. */
static gint64
parse_stamp (const char *stamp)
{
  g_autoptr (GDateTime) time = NULL;
  int part[6], n = 0;

  if (sscanf (stamp, "%4d%2d%2d-%2d%2d%2d%n", &part[0], &part[1], &part[2], &part[3], &part[4], &part[5], &n) != 6 || n != 15
      || (stamp[n] != '\0' && stamp[n] != '-'))
    return 0;
  for (const char *p = stamp + n; *p != '\0'; p++)
    if (p > stamp + n && !g_ascii_isdigit (*p))
      return 0;
  time = g_date_time_new_local (part[0], part[1], part[2], part[3], part[4], part[5]);
  return time != NULL ? g_date_time_to_unix (time) : 0;
}

/* What restore and its undoing kept beside the ledger, by the name that they give. */
static gboolean
parse_kept (const char *ledger_path, const char *path, ZifuBackupKind *kind, gint64 *time)
{
  static const struct { const char *mark; ZifuBackupKind kind; } marks[] = {
    { ".replaced-", ZIFU_BACKUP_BEFORE_RESTORE }, { ".undone-", ZIFU_BACKUP_BEFORE_UNDO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *start = g_strconcat (ledger_path, marks[i].mark, NULL);

      if (!g_str_has_prefix (path, start))
        continue;
      *kind = marks[i].kind;
      *time = parse_stamp (path + strlen (start));
      return *time != 0;
    }
  return FALSE;
}

static void
add_kept (GPtrArray *items, const char *ledger_path)
{
  g_autofree char *folder = g_path_get_dirname (ledger_path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      ZifuBackupKind kind;
      gint64 time;

      if (parse_kept (ledger_path, path, &kind, &time))
        add_item (items, path, kind, time);
    }
}

/**
 * zifu_backup_shelf_list:
 * @ledger_path: where the ledger lies
 * @error: return location for a #ZifuExchangeError: the folder of the backups cannot be read
 *
 * Returns: (transfer full) (element-type ZifuBackupItem) (nullable): what can be restored, the newest first, not verified; %NULL with an
 *   error
 */
GPtrArray *
zifu_backup_shelf_list (const char *ledger_path, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_backup_item_free);
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) ring = NULL;

  g_return_val_if_fail (ledger_path != NULL, NULL);

  folder = zifu_backup_default_folder (ledger_path);
  ring = zifu_backup_list (folder, error);
  if (ring == NULL)
    return NULL;
  for (guint i = 0; i < ring->len; i++)
    add_item (items, ((const ZifuBackupFile *) g_ptr_array_index (ring, i))->path, ZIFU_BACKUP_DAILY, 0);
  add_folder (items, folder);
  add_noted (items, ledger_path);
  add_kept (items, ledger_path);
  g_ptr_array_sort (items, compare_items);
  return g_steal_pointer (&items);
}

/**
 * zifu_backup_shelf_new_path:
 * @ledger_path: where the ledger lies
 * @now: the time
 *
 * Returns: (transfer full): where a backup that somebody asks for is written when they name no place: in the folder of the automatic ones,
 *   under a name that those never have; nothing is created
 */
char *
zifu_backup_shelf_new_path (const char *ledger_path, GDateTime *now)
{
  g_autofree char *folder = NULL, *stamp = NULL;
  char *path;

  g_return_val_if_fail (ledger_path != NULL && now != NULL, NULL);

  folder = zifu_backup_default_folder (ledger_path);
  stamp = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
  path = g_strdup_printf ("%s/by-hand-%s%s", folder, stamp, SUFFIX);
  for (guint n = 2; g_file_test (path, G_FILE_TEST_EXISTS); n++)
    {
      g_free (path);
      path = g_strdup_printf ("%s/by-hand-%s-%u%s", folder, stamp, n, SUFFIX);
    }
  return path;
}

/**
 * zifu_backup_shelf_note:
 * @ledger_path: where the ledger lies
 * @path: a backup that was written somewhere
 * @error: return location for an error
 *
 * Remembers where a backup is, so that zifu_backup_shelf_list() finds it.  The twenty newest are known.
 *
 * Returns: whether it is remembered
 */
gboolean
zifu_backup_shelf_note (const char *ledger_path, const char *path, GError **error)
{
  g_autofree char *notes_path = NULL, *folder = NULL, *uri = NULL;
  g_autoptr (GString) text = NULL;
  g_auto (GStrv) notes = NULL;

  g_return_val_if_fail (ledger_path != NULL && path != NULL, FALSE);

  folder = zifu_backup_default_folder (ledger_path);
  notes_path = get_notes_path (ledger_path);
  uri = g_filename_to_uri (path, NULL, error);
  if (uri == NULL)
    return FALSE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return zifu_exchange_set_file_error (error, folder, errno);
  text = g_string_new (uri);
  notes = read_notes (ledger_path);
  for (guint i = 0, n = 1; notes[i] != NULL && n < MAX_NOTES; i++)
    if (*notes[i] != '\0' && !g_str_equal (notes[i], uri))
      {
        g_string_append_printf (text, "\n%s", notes[i]);
        n++;
      }
  return g_file_set_contents_full (notes_path, text->str, (gssize) text->len, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/*
 * _zifu_backup_is_kept:
 * @ledger_path: where the ledger lies
 * @path: a file
 *
 * Returns: whether it has a name that restore and its undoing give to what they keep beside this ledger
 */
gboolean
_zifu_backup_is_kept (const char *ledger_path, const char *path)
{
  g_autofree char *ledger = g_canonicalize_filename (ledger_path, NULL);
  g_autofree char *file = g_canonicalize_filename (path, NULL);
  ZifuBackupKind kind;
  gint64 time;

  return parse_kept (ledger, file, &kind, &time);
}

/* A ledger that was set aside has no hash: its pages, references and number are looked at. */
static ZifuBackupInfo *
look_at_kept (const char *path, GError **error)
{
  g_autoptr (ZifuLedger) database = _zifu_database_open (path, SQLITE_OPEN_READONLY, error);
  gint64 id = 0;

  if (database == NULL || !_zifu_ledger_get_int (database, &id, error, "SELECT application_id FROM pragma_application_id", ""))
    return NULL;
  if (id != ZIFU_LEDGER_APPLICATION_ID)
    {
      _zifu_ledger_set_error (database, SQLITE_CORRUPT, error);
      return NULL;
    }
  if (!_zifu_backup_check_schema (database, path, error) || !_zifu_database_is_whole (database, error))
    return NULL;
  return _zifu_backup_read_info (database, error);
}

/**
 * zifu_backup_shelf_look:
 * @ledger_path: where the ledger lies
 * @path: a backup, or a household that was set aside
 * @job: (nullable): a way to give up
 * @error: return location for an error, as for zifu_backup_verify()
 *
 * Checks what can be restored from the first byte to the last; nothing is changed.
 *
 * Returns: (transfer full) (nullable): what it holds, or %NULL with an error
 */
ZifuBackupInfo *
zifu_backup_shelf_look (const char *ledger_path, const char *path, const ZifuJob *job, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (ZifuBackupInfo) info = NULL;
  GStatBuf status;

  g_return_val_if_fail (ledger_path != NULL && path != NULL, NULL);

  if (!zifu_job_step (job, 0, 0, error))
    return NULL;
  if (!_zifu_backup_is_kept (ledger_path, path))
    return zifu_backup_verify (path, job, error);

  info = look_at_kept (path, &reason);
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

/**
 * zifu_backup_shelf_look_at_present:
 * @ledger_path: where the ledger lies; it may be open
 * @error: return location for an error: it cannot be read
 *
 * Counts what is there now; nothing is checked or changed.
 *
 * Returns: (transfer full) (nullable): what the household holds, or %NULL with an error
 */
ZifuBackupInfo *
zifu_backup_shelf_look_at_present (const char *ledger_path, GError **error)
{
  g_autoptr (ZifuLedger) database = NULL;

  g_return_val_if_fail (ledger_path != NULL, NULL);

  database = _zifu_database_open (ledger_path, SQLITE_OPEN_READONLY, error);
  return database != NULL ? _zifu_backup_read_info (database, error) : NULL;
}

/* Threads that still read end soon, since nobody asks them any more. */
static gboolean
wait_until_closed (const char *ledger_path, const ZifuJob *job, GError **error)
{
  for (guint ms = 0; ms < WAIT_MS && zifu_ledger_is_open_at (ledger_path); ms += STEP_MS)
    {
      if (!zifu_job_step (job, 0, 0, error))
        return FALSE;
      g_usleep (STEP_MS * 1000);
    }
  return TRUE;
}

/**
 * zifu_backup_shelf_restore:
 * @ledger_path: where the ledger lies; the caller has let go of it, whoever else in this program still reads it is waited for
 * @path: a backup, or a household that was set aside
 * @now: the time that the name of the replaced file tells
 * @kept_path: (out) (nullable) (transfer full): where the replaced household is now; %NULL when there was none
 * @job: (nullable): progress in pages, and a way to give up
 * @error: return location for an error: as for zifu_backup_verify(), or %ZIFU_LEDGER_ERROR_BUSY
 *
 * Checks what is to be restored and puts it into the ledger's place.  Whatever goes wrong, the ledger is as it was.
 *
 * Returns: whether it is there
 */
gboolean
zifu_backup_shelf_restore (const char *ledger_path, const char *path, GDateTime *now, char **kept_path, const ZifuJob *job, GError **error)
{
  g_autoptr (ZifuBackupInfo) info = NULL;

  g_return_val_if_fail (ledger_path != NULL && path != NULL && now != NULL && kept_path != NULL, FALSE);

  *kept_path = NULL;
  if (!wait_until_closed (ledger_path, job, error))
    return FALSE;
  if (!_zifu_backup_is_kept (ledger_path, path))
    return zifu_backup_restore (path, ledger_path, now, kept_path, job, error);

  info = zifu_backup_shelf_look (ledger_path, path, job, error);
  return info != NULL && zifu_backup_undo_restore (ledger_path, path, now, kept_path, error);
}

/**
 * zifu_backup_shelf_delete:
 * @ledger_path: where the ledger lies
 * @path: one of what zifu_backup_shelf_list() finds
 * @error: return location for a #ZifuExchangeError: %ZIFU_EXCHANGE_ERROR_INPUT when it is none of them, or what the system says
 *
 * Deletes a backup, or a household that was set aside with what lies beside it.  Nothing else is ever deleted.
 *
 * Returns: whether it is gone
 */
gboolean
zifu_backup_shelf_delete (const char *ledger_path, const char *path, GError **error)
{
  static const char *const ends[] = { "-wal", "-shm", "-journal" };
  g_autoptr (GPtrArray) items = NULL;

  g_return_val_if_fail (ledger_path != NULL && path != NULL, FALSE);

  items = zifu_backup_shelf_list (ledger_path, error);
  if (items == NULL)
    return FALSE;
  if (!has_item (items, path))
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _("This backup is not there any more."), NULL, NULL);
      return FALSE;
    }
  if (g_unlink (path) != 0)
    return zifu_exchange_set_file_error (error, path, errno);
  for (guint i = 0; i < G_N_ELEMENTS (ends) && _zifu_backup_is_kept (ledger_path, path); i++)
    {
      g_autofree char *beside = g_strconcat (path, ends[i], NULL);

      if (g_unlink (beside) != 0 && errno != ENOENT)
        return zifu_exchange_set_file_error (error, beside, errno);
    }
  return TRUE;
}
