/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* unshare() */
#include "test-ledger-kills.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include "zifu-backup.h"
#include "zifu-export.h"
#include "zifu-household.h"
#include "zifu-import.h"
#include "zifu-statement.h"

/* What goes in and out while programs are killed, disks are full and folders are protected: all of it or nothing. */

#define N_LINES 1500
#define N_ENTRIES 2000
#define OPENING 1000000000

static char *
beside (const char *path, const char *name)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_build_filename (folder, name, NULL);
}

static GDateTime *
now_at (const char *text)
{
  GDateTime *time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return time;
}

/* Newest first, as platforms list them, with a line here and there that cannot be read. */
static void
write_lines (const char *path)
{
  g_autofree char *file = beside (path, "rows.csv");
  g_autoptr (GString) text = g_string_new ("日期,金额,机构,备注\n");

  for (int i = N_LINES; i > 0; i--)
    {
      g_autofree char *date = zifu_date_format (zifu_date_new (2026, 1, 2) + i * 300 / N_LINES);

      if (i % 100 == 7)
        g_string_append (text, "2026-02-30,1.00,某医院,\n");
      g_string_append_printf (text, "%s,%s%d.%02d,第%d医院,第 %d 笔\n", date, i % 3 == 0 ? "" : "-", i % 300, i % 100, i % 40, i);
    }
  g_assert_true (g_file_set_contents (file, text->str, -1, NULL));
}

static void
fill (const char *path, int n)
{
  g_autoptr (ZifuLedger) ledger = open_ledger (path);
  gint64 id;

  begin_together (ledger);
  id = add_person (ledger, "赵一", "self", "active", OPENING);
  for (int i = 0; i < n; i++)
    add_entry (ledger, id, "2026-02-03", ZIFU_ENTRY_PHARMACY, -(i + 1));
  end_together (ledger);
}

/* ---- import of a table, and taking it back */

static gboolean
import_lines (const char *path, GError **error)
{
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, error);
  g_autofree char *file = beside (path, "rows.csv"), *report = beside (path, "rows.report.csv");
  const ZifuImportOptions options = { .member_id = 1, .today = zifu_date_new (2026, 11, 26) };
  g_autoptr (ZifuImportPlan) plan = ledger != NULL ? zifu_import_plan_new (ledger, file, &options, NULL, error) : NULL;
  gint64 id;

  return plan != NULL && zifu_import_apply (plan, ledger, "2026-11-26T08:00:00Z", report, NULL, &id, error);
}

static void
prepare_lines (const char *path)
{
  fill (path, 1);
  write_lines (path);
}

static void
prepare_imported (const char *path)
{
  g_autoptr (GError) error = NULL;

  prepare_lines (path);
  g_assert_true (import_lines (path, &error));
  g_assert_no_error (error);
}

static gboolean
act_import (const char *path)
{
  return import_lines (path, NULL);
}

static gboolean
act_undo (const char *path)
{
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, NULL);
  g_autoptr (GError) error = NULL;

  return ledger != NULL && (zifu_ledger_undo_import (ledger, 1, &error) ||
                            g_error_matches (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND));
}

/* With every line of the file its report is there as well, whole. */
static int
state_of_import (const char *path)
{
  gint64 n = query_int (path, "SELECT COUNT (*) FROM acct_incexpd_d WHERE impt_id IS NOT NULL");
  gint64 n_imports = query_int (path, "SELECT COUNT (*) FROM impt_d WHERE n_new = " G_STRINGIFY (N_LINES));
  g_autofree char *report = beside (path, "rows.report.csv");

  if (n == 0 && n_imports == 0)
    return 0;
  return n == N_LINES && n_imports == 1 && file_contains (report, "2026-02-30") ? 1 : -1;
}

static int
state_of_undo (const char *path)
{
  gint64 n = query_int (path, "SELECT COUNT (*) FROM acct_incexpd_d WHERE impt_id IS NOT NULL");
  gint64 undone = query_int (path, "SELECT undone FROM impt_d WHERE impt_id = 1");

  return n == 0 && undone == 1 ? 1 : n == N_LINES && undone == 0 ? 0 : -1;
}

/* ---- a household document */

static void
prepare_document (const char *path)
{
  g_autofree char *other = beside (path, "other.db"), *document = beside (path, "household.json");
  g_autoptr (ZifuLedger) source = NULL;

  fill (other, N_ENTRIES);
  source = open_ledger (other);
  g_assert_true (zifu_household_json_write (source, 0, ZIFU_HOUSEHOLD_WHOLE, document, NULL, NULL));
  g_object_unref (open_ledger (path));
}

static gboolean
act_document (const char *path)
{
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, NULL);
  g_autofree char *document = beside (path, "household.json");
  g_autoptr (GPtrArray) members = ledger != NULL ? zifu_ledger_list_members (ledger, NULL) : NULL;
  ZifuHouseholdSummary summary;

  /* A household that is there already is not read twice. */
  return members != NULL && (members->len > 0 || zifu_household_json_read (ledger, document, &summary, NULL, NULL));
}

static int
state_of_document (const char *path)
{
  gint64 n = query_int (path, "SELECT (SELECT COUNT (*) FROM acct_incexpd_d) + (SELECT COUNT (*) FROM psn_b)");

  return n == N_ENTRIES + 2 ? 1 : n == 0 ? 0 : -1;
}

/* ---- backup and restore: the file and the ledger differ by one entry */

static gboolean
write_backup (const char *path, const char *name)
{
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, NULL);
  g_autofree char *file = beside (path, name);
  g_autoptr (GDateTime) now = now_at ("2026-11-26T08:00:00Z");

  return ledger != NULL && zifu_backup_write (ledger, file, now, NULL, NULL);
}

static void
add_one (const char *path)
{
  g_autoptr (ZifuLedger) ledger = open_ledger (path);

  add_entry (ledger, 1, "2026-03-01", ZIFU_ENTRY_CREDIT, 777);
}

static void
prepare_backup (const char *path)
{
  fill (path, N_ENTRIES);
  g_assert_true (write_backup (path, "old.backup"));
  add_one (path);
}

static gboolean
act_backup (const char *path)
{
  return write_backup (path, "a.backup");
}

/* Begins with the backup of before. */
static void
reset_backup (const char *path)
{
  g_autofree char *from = beside (path, "old.backup"), *to = beside (path, "a.backup");

  copy_file (from, to);
}

static int
state_of_backup (const char *path)
{
  g_autofree char *file = beside (path, "a.backup");
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuBackupInfo) info = zifu_backup_verify (file, NULL, &error);

  if (info == NULL || query_int (path, "SELECT COUNT (*) FROM acct_incexpd_d") != N_ENTRIES + 2)
    return -1;
  return info->n_entries == N_ENTRIES + 2 ? 1 : info->n_entries == N_ENTRIES + 1 ? 0 : -1;
}

static gboolean
act_restore (const char *path)
{
  g_autofree char *file = beside (path, "old.backup");
  g_autoptr (GDateTime) now = now_at ("2026-11-27T08:00:00Z");

  return zifu_backup_restore (file, path, now, NULL, NULL, NULL);
}

static int
state_of_restore (const char *path)
{
  gint64 n = query_int (path, "SELECT COUNT (*) FROM acct_incexpd_d");

  return n == N_ENTRIES + 1 ? 1 : n == N_ENTRIES + 2 ? 0 : -1;
}

static const Action actions[] = {
  { "import-csv", prepare_lines, act_import, state_of_import },
  { "undo-csv", prepare_imported, act_undo, state_of_undo },
  { "household", prepare_document, act_document, state_of_document },
  { "backup", prepare_backup, act_backup, state_of_backup, reset_backup },
  { "restore", prepare_backup, act_restore, state_of_restore },
};

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  run_action (fixture, data, G_N_ELEMENTS (actions));
}

/* ---- no room */

/* Leaves @room bytes on the disk of a test that has one of its own; else files may not grow beyond @limit, if that is not 0. */
static gboolean
leave_room (const char *path, gsize room, rlim_t limit)
{
  g_autofree char *filler = beside (path, "filler"), *folder = g_path_get_dirname (path);
  struct statvfs disk;
  FILE *stream;

  if (statvfs (folder, &disk) != 0 || disk.f_blocks * disk.f_frsize > 4 * 1024 * 1024)
    {
      const struct rlimit small = { limit, limit };

      g_assert_true (limit == 0 || setrlimit (RLIMIT_FSIZE, &small) == 0);
      return FALSE;
    }
  stream = g_fopen (filler, "ab");
  g_assert_nonnull (stream);
  for (gsize n = disk.f_bavail * disk.f_frsize; n > room; n -= 4096)
    {
      static const char page[4096] = { 1 };

      if (fwrite (page, 1, sizeof page, stream) != sizeof page)
        break;
    }
  fclose (stream);
  return TRUE;
}

static guint
count_files (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  /* The log of the ledger comes and goes. */
  while ((name = g_dir_read_name (dir)) != NULL)
    n += !g_str_has_suffix (name, "-wal") && !g_str_has_suffix (name, "-shm");
  return n;
}

typedef gboolean (*Writer) (ZifuLedger *ledger, const char *path, GError **error);

static gboolean
write_csv (ZifuLedger *ledger, const char *path, GError **error)
{
  const ZifuExportSelection all = { 0 };

  return zifu_export_csv (ledger, &all, path, NULL, error);
}

static gboolean
write_journal (ZifuLedger *ledger, const char *path, GError **error)
{
  const ZifuExportSelection all = { 0 };

  return zifu_export_journal (ledger, &all, path, NULL, error);
}

static gboolean
write_json (ZifuLedger *ledger, const char *path, GError **error)
{
  return zifu_household_json_write (ledger, 0, ZIFU_HOUSEHOLD_WHOLE, path, NULL, error);
}

static gboolean
write_copy (ZifuLedger *ledger, const char *path, GError **error)
{
  g_autoptr (GDateTime) now = now_at ("2026-11-26T08:00:00Z");

  return zifu_backup_write (ledger, path, now, NULL, error);
}

static gboolean
write_pdf (ZifuLedger *ledger, const char *path, GError **error)
{
  g_autoptr (ZifuStatement) statement = zifu_statement_new (ledger, 1, zifu_date_new (2026, 1, 1), zifu_date_new (2026, 12, 31), "Beijing",
                                                            zifu_date_new (2026, 12, 31), error);

  return statement != NULL && zifu_statement_write_pdf (statement, path, NULL, error);
}

static const struct { const char *name; Writer write; } writers[] = {
  { "out.csv", write_csv },     { "out.journal", write_journal }, { "out.json", write_json },
  { "out.backup", write_copy }, { "out.pdf", write_pdf },
};

/* Whatever is refused, no half of a file lies there, what was there before is as it was, and so is the ledger. */
static void
assert_writers_fail (const char *path, ZifuExchangeError code, gboolean is_full)
{
  g_autoptr (ZifuLedger) ledger = open_ledger (path);
  ZifuMoney balance = get_balance (ledger, 1);
  guint n_files = count_files (path);

  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      g_autofree char *out = beside (path, writers[i].name);
      g_autoptr (GError) error = NULL;

      g_assert_false (writers[i].write (ledger, out, &error));
      if (is_full && error->domain == ZIFU_LEDGER_ERROR)
        g_assert_cmpint (error->code, ==, code == ZIFU_EXCHANGE_ERROR_FULL ? (int) ZIFU_LEDGER_ERROR_FULL : (int) ZIFU_LEDGER_ERROR_OPEN);
      else
        g_assert_error (error, ZIFU_EXCHANGE_ERROR, (int) code);
      g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
      g_assert_cmpuint (count_files (path), ==, n_files);
    }
  g_assert_cmpint (get_balance (ledger, 1), ==, balance);
}

/* In a program of its own. */
static void
fill_disk (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *backup = beside (path, "old.backup");
  g_autoptr (GDateTime) now = now_at ("2026-11-26T08:00:00Z");
  g_autoptr (GError) error = NULL;
  int state;

  make_small (folder);
  signal (SIGXFSZ, SIG_IGN);
  fill (path, 3000);
  write_lines (path);
  g_assert_true (write_backup (path, "old.backup"));
  /* A file that may not grow is told by its own words. */
  assert_writers_fail (path, leave_room (path, 72 * 1024, 40 * 1024) ? ZIFU_EXCHANGE_ERROR_FULL : ZIFU_EXCHANGE_ERROR_FILE, TRUE);

  /* Neither does an import leave a half behind, nor a restore. */
  g_assert_false (import_lines (path, &error));
  g_assert_true (g_error_matches (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_FULL) ||
                 g_error_matches (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_OPEN) ||
                 g_error_matches (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FULL) ||
                 g_error_matches (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FILE));
  g_clear_error (&error);
  state = (int) query_int (path, "SELECT COUNT (*) FROM acct_incexpd_d");
  g_assert_cmpint (state, ==, 3001);
  g_assert_false (zifu_backup_restore (backup, path, now, NULL, NULL, &error));
  g_assert_true (g_error_matches (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FULL) ||
                 g_error_matches (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_OPEN) ||
                 g_error_matches (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_FULL));
  g_clear_error (&error);
  g_assert_cmpint (query_int (path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 3001);
  assert_sound (path);

  /* With less than what the log needs, not even that is possible, and it is said why. */
  if (leave_room (path, 8 * 1024, 0))
    {
      g_assert_null (zifu_ledger_open (path, &error));
      g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_FULL);
    }
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  make_folder_of (fixture->path);
  run_apart (fixture->path, fill_disk);
}

/* As somebody who may only look. */
static void
look_at_protected (const char *path)
{
  g_autofree char *backup = beside (path, "old.backup");
  g_autoptr (GDateTime) now = now_at ("2026-11-26T08:00:00Z");
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    g_assert_cmpint (setuid (65534), ==, 0);
  assert_writers_fail (path, ZIFU_EXCHANGE_ERROR_FILE, FALSE);
  g_assert_false (import_lines (path, &error));
  /* The report of what stays out comes first. */
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FILE);
  g_clear_error (&error);
  g_assert_false (zifu_backup_restore (backup, path, now, NULL, NULL, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FILE);
}

static void
test_protected (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  const char *const names[] = { "household.db", "rows.csv", "old.backup" };

  prepare_lines (fixture->path);
  g_assert_true (write_backup (fixture->path, "old.backup"));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = beside (fixture->path, names[i]);

      g_assert_cmpint (g_chmod (file, 0444), ==, 0);
    }
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  run_apart (fixture->path, look_at_protected);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 2);
}

/* ---- two programs at once */

static void
write_many (const char *path)
{
  g_autoptr (ZifuLedger) ledger = open_ledger (path);

  for (int i = 0; i < 60; i++)
    {
      g_autoptr (GError) error = NULL;

      while (try_entry (ledger, 1, "2026-03-01", ZIFU_ENTRY_CREDIT, 1, 0, 0, &error) == 0)
        {
          /* To be told to wait is all that may happen. */
          g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_BUSY);
          g_clear_error (&error);
        }
    }
}

/* Two programs write: nothing of either is lost. */
static void
test_two_writers (Fixture *fixture, gconstpointer data)
{
  pid_t children[2];
  int status;

  fill (fixture->path, 1);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = fork ();
      g_assert_cmpint (children[i], >=, 0);
      if (children[i] == 0)
        {
          write_many (fixture->path);
          _exit (0);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
    }
  fixture->ledger = open_ledger (fixture->path);
  g_assert_cmpint (get_balance (fixture->ledger, 1), ==, OPENING - 1 + 120);
  assert_balanced (fixture->ledger, 1);
}

/* The window reads while another program imports and takes back: each look is of one moment. */
static void
test_reading_meanwhile (Fixture *fixture, gconstpointer data)
{
  guint n_seen[2] = { 0 };
  pid_t child;
  int status = 0;

  prepare_lines (fixture->path);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      for (gint64 i = 1; i <= 4; i++)
        {
          g_autoptr (ZifuLedger) ledger = NULL;

          if (!act_import (fixture->path))
            _exit (1);
          ledger = zifu_ledger_open (fixture->path, NULL);
          if (ledger == NULL || !zifu_ledger_undo_import (ledger, i, NULL))
            _exit (1);
        }
      _exit (0);
    }
  fixture->ledger = open_ledger (fixture->path);
  while (waitpid (child, &status, WNOHANG) == 0)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) entries = list_all (fixture->ledger, 1);
      g_autoptr (GArray) months = zifu_ledger_list_months (fixture->ledger, 1, &error);
      ZifuBalanceBreak broken;

      g_assert_no_error (error);
      g_assert_true (months->len > 0);
      g_assert_true (entries->len == 2 || entries->len == N_LINES + 2);
      n_seen[entries->len > 2]++;
      g_assert_true (zifu_ledger_check_balance (fixture->ledger, 1, &broken, &error));
      g_assert_cmpint (broken.entry_id, ==, 0);
    }
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  g_test_message ("seen before %u times, with the import %u times", n_seen[0], n_seen[1]);
  assert_balanced (fixture->ledger, 1);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up_closed, function, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *path = g_strconcat ("/exchange/kills/R39/", actions[i].name, NULL);

      g_test_add (path, Fixture, &actions[i], fixture_set_up_closed, test_killed, fixture_tear_down);
    }
  ADD ("/exchange/faults/full", test_full);
  ADD ("/exchange/faults/protected", test_protected);
  ADD ("/exchange/faults/two-writers", test_two_writers);
  ADD ("/exchange/faults/reading-meanwhile", test_reading_meanwhile);

  return g_test_run ();
}
