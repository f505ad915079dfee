/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A household with a million entries goes out and comes in again: processor time and memory, each with a floor of the same run, which
 * is writing every column of the same rows as SQLite gives them, without any form.
 *
 *   bench-export [N]
 */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "zifu-backup.h"
#include "zifu-export.h"
#include "zifu-household.h"

static gint64 floor_used;

/* Processor time in microseconds. */
static gint64
used (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

static void
tell (const char *what, gint64 begin, gboolean success, const GError *error)
{
  struct rusage usage;
  gint64 spent = used () - begin;

  if (!success)
    g_error ("%s: %s", what, error != NULL ? error->message : "failed");
  getrusage (RUSAGE_SELF, &usage);
  g_print ("%-22s %8.2f s  %5.2f × floor  memory so far %6.1f MB\n", what, spent / 1e6, floor_used > 0 ? (double) spent / floor_used : 1.0,
           usage.ru_maxrss / 1024.0);
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  char *message = NULL;

  if (sqlite3_open (path, &db) != SQLITE_OK || sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s", message);
  sqlite3_close (db);
}

static void
fill (const char *path, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, &error);
  g_autofree char *sql = g_strdup_printf (
    "BEGIN;"
    "INSERT INTO psn_b (psn_no, psn_name, relation, gend, insu_admdvs, insutype, status, acct_flag, provenance)"
    "  VALUES (1, '赵一', 'self', '1', '110000', '310', 'active', 1, 'typed');"
    "INSERT INTO txt_d (txt) WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 400) SELECT '第' || n || '医院' FROM t;"
    "INSERT INTO acct_incexpd_d (psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc, fixmedins_id, provenance)"
    "  WITH RECURSIVE t (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < %u)"
    "  SELECT 1, date ('1990-01-01', '+' || (n / 80) || ' days'), IIF (n %% 2, 'pharmacy', 'credit'), IIF (n %% 2, '201', '101'),"
    "    IIF (n %% 2, 0, 500), IIF (n %% 2, 300, 0), 500 * ((n + 2) / 2) - 300 * ((n + 1) / 2), 1 + n %% 400, 'imported' FROM t;"
    "COMMIT;",
    n - 1);

  if (ledger == NULL)
    g_error ("%s", error->message);
  run_sql (path, sql);
}

static void
measure_floor (const char *path, const char *out)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  FILE *file = g_fopen (out, "w");
  gint64 begin = used ();

  if (sqlite3_open (path, &db) != SQLITE_OK ||
      sqlite3_prepare_v2 (db,
                          "SELECT e.*, f.txt FROM acct_incexpd_d e LEFT JOIN txt_d f ON txt_id = fixmedins_id WHERE psn_no = 1"
                          " ORDER BY acct_modi_date, rid",
                          -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (statement); i++)
        {
          const char *text = (const char *) sqlite3_column_text (statement, i);

          fputs (text != NULL ? text : "", file);
          putc (',', file);
        }
      putc ('\n', file);
    }
  sqlite3_finalize (statement);
  sqlite3_close (db);
  fclose (file);
  tell ("floor", begin, TRUE, NULL);
  floor_used = used () - begin;
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 100000;
  g_autofree char *folder = g_dir_make_tmp ("zifu-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.db", NULL), *out = g_build_filename (folder, "out", NULL);
  g_autofree char *json = g_build_filename (folder, "a.json", NULL), *second = g_build_filename (folder, "b.db", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  const ZifuExportSelection all = { 0 };
  g_autoptr (ZifuLedger) ledger = NULL, other = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  fill (path, n);
  ledger = zifu_ledger_open (path, &error);
  g_print ("%u entries\n", n);
  measure_floor (path, out);
  begin = used ();
  tell ("CSV", begin, zifu_export_csv (ledger, &all, out, NULL, &error), error);
  begin = used ();
  tell ("journal", begin, zifu_export_journal (ledger, &all, out, NULL, &error), error);
  begin = used ();
  tell ("household document", begin, zifu_household_json_write (ledger, 0, ZIFU_HOUSEHOLD_WHOLE, json, NULL, &error), error);
  begin = used ();
  tell ("anonymous", begin, zifu_household_json_write (ledger, 0, ZIFU_HOUSEHOLD_ANONYMOUS, out, NULL, &error), error);
  begin = used ();
  tell ("backup, verified", begin, zifu_backup_write (ledger, out, now, NULL, &error), error);
  other = zifu_ledger_open (second, &error);
  begin = used ();
  tell ("household, read", begin, zifu_household_json_read (other, json, NULL, NULL, &error), error);

  g_clear_object (&ledger);
  g_clear_object (&other);
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (folder, name, NULL);

      g_remove (child);
    }
  g_rmdir (folder);
  return 0;
}
