/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-backup-task.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

static void
task_free (gpointer data)
{
  ZifuBackupTask *task = data;

  g_free (task->ledger_path);
  g_free (task->path);
  g_clear_pointer (&task->now, g_date_time_unref);
  zifu_backup_info_free (task->info);
  zifu_backup_info_free (task->present);
  g_free (task->kept);
  zifu_salvage_clear (&task->salvage);
  g_free (task);
}

static void
run (ZifuWork *work, ZifuWorkFunc func, const char *ledger_path, const char *path, GDateTime *now, GAsyncReadyCallback callback,
     gpointer user_data)
{
  ZifuBackupTask *task = g_new0 (ZifuBackupTask, 1);

  task->ledger_path = g_strdup (ledger_path);
  task->path = g_strdup (path);
  task->now = now != NULL ? g_date_time_ref (now) : NULL;
  zifu_work_run_async (work, func, task, task_free, callback, user_data);
}

/* A backup elsewhere is remembered; that it cannot be makes it no worse. */
static gboolean
write_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  ZifuBackupTask *task = data;
  g_autofree char *own_folder = zifu_backup_default_folder (task->ledger_path);
  g_autofree char *folder = g_path_get_dirname (task->path);
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (task->ledger_path, error);

  if (ledger == NULL)
    return FALSE;
  if (g_str_equal (folder, own_folder) && g_mkdir_with_parents (folder, 0700) != 0)
    return zifu_exchange_set_file_error (error, folder, errno);
  if (!zifu_backup_write (ledger, task->path, task->now, job, error))
    return FALSE;
  if (!g_str_equal (folder, own_folder))
    zifu_backup_shelf_note (task->ledger_path, task->path, NULL);
  return TRUE;
}

static gboolean
look_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  ZifuBackupTask *task = data;

  task->info = zifu_backup_shelf_look (task->ledger_path, task->path, job, error);
  if (task->info == NULL)
    return FALSE;
  if (g_file_test (task->ledger_path, G_FILE_TEST_EXISTS))
    task->present = zifu_backup_shelf_look_at_present (task->ledger_path, NULL);
  return TRUE;
}

/* Automatic ones and those that somebody made; what was replaced once is offered in the list only. */
static gboolean
find_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  ZifuBackupTask *task = data;
  g_autoptr (GPtrArray) items = zifu_backup_shelf_list (task->ledger_path, error);

  if (items == NULL)
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const ZifuBackupItem *item = g_ptr_array_index (items, i);

      if (!zifu_job_step (job, i, items->len, error))
        return FALSE;
      if (item->kind != ZIFU_BACKUP_DAILY && item->kind != ZIFU_BACKUP_BY_HAND)
        continue;
      task->info = zifu_backup_shelf_look (task->ledger_path, item->path, NULL, NULL);
      if (task->info == NULL)
        continue;
      task->path = g_strdup (item->path);
      task->present = zifu_backup_shelf_look_at_present (task->ledger_path, NULL);
      return TRUE;
    }
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FILE, _("There is no backup that is whole. Nothing was changed."), NULL, NULL);
  return FALSE;
}

static gboolean
restore_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  ZifuBackupTask *task = data;

  return zifu_backup_shelf_restore (task->ledger_path, task->path, task->now, &task->kept, job, error);
}

static gboolean
salvage_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  ZifuBackupTask *task = data;
  g_autofree char *stamp = g_date_time_format (task->now, "%Y%m%d-%H%M%S");

  return zifu_ledger_salvage (task->ledger_path, stamp, job, &task->salvage, error);
}

/**
 * zifu_backup_task_write:
 * @work: a work that did not begin yet
 * @ledger_path: where the household lies
 * @path: where to write
 * @now: the time that the backup tells
 * @callback: (scope async): is called with the outcome: a #ZifuExchangeError, a #ZifuLedgerError or %G_IO_ERROR_CANCELLED
 * @user_data: for @callback
 *
 * Writes a backup, checks it, and remembers where it is.
 */
void
zifu_backup_task_write (ZifuWork *work, const char *ledger_path, const char *path, GDateTime *now, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  run (work, write_in_thread, ledger_path, path, now, callback, user_data);
}

/**
 * zifu_backup_task_look:
 * @work: a work that did not begin yet
 * @ledger_path: where the household lies
 * @path: something that can be restored
 * @callback: (scope async): is called with the outcome, errors as for zifu_backup_shelf_look()
 * @user_data: for @callback
 *
 * Checks @path, and counts what is there now.
 */
void
zifu_backup_task_look (ZifuWork *work, const char *ledger_path, const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  run (work, look_in_thread, ledger_path, path, NULL, callback, user_data);
}

/**
 * zifu_backup_task_find:
 * @work: a work that did not begin yet
 * @ledger_path: where the household lies
 * @callback: (scope async): is called with the outcome; %ZIFU_EXCHANGE_ERROR_FILE when no backup is whole
 * @user_data: for @callback
 *
 * Looks for the newest backup that is whole.
 */
void
zifu_backup_task_find (ZifuWork *work, const char *ledger_path, GAsyncReadyCallback callback, gpointer user_data)
{
  run (work, find_in_thread, ledger_path, NULL, NULL, callback, user_data);
}

/**
 * zifu_backup_task_restore:
 * @work: a work that did not begin yet
 * @ledger_path: where the household lies; the caller has let go of it
 * @path: something that can be restored
 * @now: the time that the name of the replaced household tells
 * @callback: (scope async): is called with the outcome, errors as for zifu_backup_shelf_restore()
 * @user_data: for @callback
 *
 * Puts @path into the place of the household.
 */
void
zifu_backup_task_restore (ZifuWork *work, const char *ledger_path, const char *path, GDateTime *now, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  run (work, restore_in_thread, ledger_path, path, now, callback, user_data);
}

/**
 * zifu_backup_task_salvage:
 * @work: a work that did not begin yet
 * @ledger_path: where a household lies that is damaged
 * @now: the time that the name of the damaged file tells
 * @callback: (scope async): is called with the outcome, errors as for zifu_ledger_salvage()
 * @user_data: for @callback
 *
 * Saves what can be read of a damaged household; given up, it leaves everything as it was.
 */
void
zifu_backup_task_salvage (ZifuWork *work, const char *ledger_path, GDateTime *now, GAsyncReadyCallback callback, gpointer user_data)
{
  run (work, salvage_in_thread, ledger_path, NULL, now, callback, user_data);
}

/**
 * zifu_backup_task_get:
 * @result: what the callback was given
 *
 * Returns: (transfer none): what was asked for and what was found; valid during the callback
 */
const ZifuBackupTask *
zifu_backup_task_get (GAsyncResult *result)
{
  return zifu_work_get_data (result);
}
