/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-backup.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "zifu-output-private.h"

/*
 * The automatic backups: one a day, and of the older ones the newest of each week and of each month.
 */
#define N_DAILY 7
#define N_WEEKLY 4
#define N_MONTHLY 12

#define PREFIX "household-"
#define SUFFIX ".zifu-backup"
#define DAY_SECONDS (24 * 60 * 60)

/**
 * zifu_backup_default_folder:
 * @ledger_path: where the ledger lies
 *
 * Two ledgers in one folder have two folders of backups: "backups" is that of the one with the usual name, "NAME.backups" that of others.
 *
 * Returns: (transfer full): the folder of its automatic backups, beside it; nothing is created
 */
char *
zifu_backup_default_folder (const char *ledger_path)
{
  g_autofree char *folder = NULL, *own = NULL, *usual = NULL, *usual_path = NULL, *backups = NULL;

  g_return_val_if_fail (ledger_path != NULL, NULL);

  folder = g_path_get_dirname (ledger_path);
  own = g_path_get_basename (ledger_path);
  usual_path = zifu_ledger_default_path ();
  usual = g_path_get_basename (usual_path);
  backups = g_str_equal (own, usual) ? g_strdup ("backups") : g_strconcat (own, ".backups", NULL);
  return g_build_filename (folder, backups, NULL);
}

/**
 * zifu_backup_file_free:
 * @file: (nullable) (transfer full): an automatic backup
 *
 * Frees @file, not the file.
 */
void
zifu_backup_file_free (ZifuBackupFile *file)
{
  if (file == NULL)
    return;

  g_free (file->path);
  g_free (file);
}

static char *
make_name (ZifuDate date)
{
  g_autofree char *day = zifu_date_format (date);

  return g_strconcat (PREFIX, day, SUFFIX, NULL);
}

/* The day in a name that this program gave; 0 for any other name. */
static ZifuDate
parse_name (const char *name)
{
  g_autofree char *day = NULL, *same = NULL;
  ZifuDate date;

  if (!g_str_has_prefix (name, PREFIX) || !g_str_has_suffix (name, SUFFIX))
    return 0;
  day = g_strndup (name + strlen (PREFIX), strlen (name) - strlen (PREFIX) - strlen (SUFFIX));
  date = zifu_date_parse (day);
  same = date > 0 ? make_name (date) : NULL;
  return g_strcmp0 (same, name) == 0 ? date : 0;
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  const ZifuBackupFile *first = *(ZifuBackupFile *const *) a, *second = *(ZifuBackupFile *const *) b;

  return (second->date > first->date) - (second->date < first->date);
}

/**
 * zifu_backup_list:
 * @folder: where the automatic backups are
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type ZifuBackupFile) (nullable): they, the newest first, not verified; none when there is no such
 *   folder; %NULL with an error
 */
GPtrArray *
zifu_backup_list (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_backup_file_free);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_val_if_fail (folder != NULL, NULL);

  dir = g_dir_open (folder, 0, &reason);
  if (dir == NULL && !g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      zifu_exchange_set_file_error (error, folder, errno);
      return NULL;
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      ZifuDate date = parse_name (name);
      ZifuBackupFile *file;
      struct stat status;

      if (date == 0 || stat (path, &status) != 0 || !S_ISREG (status.st_mode))
        continue;
      file = g_new0 (ZifuBackupFile, 1);
      file->path = g_steal_pointer (&path);
      file->date = date;
      file->bytes = status.st_size;
      g_ptr_array_add (files, file);
    }
  g_ptr_array_sort (files, compare_files);
  return g_steal_pointer (&files);
}

/* Files of days to come are left alone: the clock was wrong then, or it is now. */
static void
rotate (GPtrArray *files, ZifuDate today)
{
  guint n_days = 0, n_weeks = 0, n_months = 0;
  int week = -1;
  ZifuMonth month = -1;

  for (guint i = 0; i < files->len; i++)
    {
      const ZifuBackupFile *file = g_ptr_array_index (files, i);
      gboolean keep = file->date > today;

      if (!keep)
        {
          /* Day 1 was a Monday. */
          int own_week = (file->date - 1) / 7;
          ZifuMonth own_month = zifu_month_of (file->date);
          gboolean first_of_week = own_week != week, first_of_month = own_month != month;

          keep = n_days++ < N_DAILY;
          if (first_of_week)
            keep = n_weeks++ < N_WEEKLY || keep;
          if (first_of_month)
            keep = n_months++ < N_MONTHLY || keep;
          week = own_week;
          month = own_month;
        }
      if (!keep && g_unlink (file->path) != 0)
        g_debug ("%s: %s", file->path, g_strerror (errno));
    }
}

/* A name that only this program gives, or what SQLite keeps beside such a file. */
static gboolean
is_working_name (const char *name)
{
  static const char *const ends[] = { "", "-journal", "-wal", "-shm" };
  gsize n = 0;

  if (!g_str_has_prefix (name, ZIFU_OUTPUT_WORKING))
    return FALSE;
  name += strlen (ZIFU_OUTPUT_WORKING);
  while (g_ascii_isalnum (name[n]))
    n++;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if ((n == 6 || n == 8) && g_str_equal (name + n, ends[i]))
      return TRUE;
  return FALSE;
}

/* What a program that was killed left half done. */
static void
clean (const char *folder, gint64 now)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat status;

      if (is_working_name (name) && stat (path, &status) == 0 && S_ISREG (status.st_mode) &&
          status.st_mtim.tv_sec < now - DAY_SECONDS && g_unlink (path) != 0)
        g_debug ("%s: %s", path, g_strerror (errno));
    }
}

/**
 * zifu_backup_write_daily:
 * @ledger: a ledger, used by this thread only
 * @folder: where the automatic backups are; it is created with mode 0700
 * @now: the time
 * @path: (out) (optional) (nullable) (transfer full): the backup that was written; %NULL when today's was there already
 * @job: (nullable): progress in pages, and a way to give up
 * @error: return location for an error
 *
 * Writes the backup of today unless it is there, and after it was verified takes away the old ones that are not kept: the newest seven
 * stay, the newest of each of the last four weeks and of the last twelve months that have one.  Other files are never touched.
 *
 * Returns: whether there is a backup of today
 */
gboolean
zifu_backup_write_daily (ZifuLedger *ledger, const char *folder, GDateTime *now, char **path, const ZifuJob *job, GError **error)
{
  g_autofree char *name = NULL, *today_path = NULL, *ledger_folder = NULL;
  g_autoptr (GPtrArray) files = NULL;
  ZifuDate today;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), FALSE);
  g_return_val_if_fail (folder != NULL && now != NULL, FALSE);

  if (path != NULL)
    *path = NULL;
  today = zifu_date_new (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now));
  name = make_name (today);
  today_path = g_build_filename (folder, name, NULL);
  if (g_file_test (today_path, G_FILE_TEST_EXISTS))
    return TRUE;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return zifu_exchange_set_file_error (error, folder, errno);
  clean (folder, g_date_time_to_unix (now));
  ledger_folder = g_path_get_dirname (zifu_ledger_get_path (ledger));
  clean (ledger_folder, g_date_time_to_unix (now));
  if (!zifu_backup_write (ledger, today_path, now, job, error))
    return FALSE;

  files = zifu_backup_list (folder, error);
  if (files == NULL)
    return FALSE;
  rotate (files, today);
  if (path != NULL)
    *path = g_steal_pointer (&today_path);
  return TRUE;
}
