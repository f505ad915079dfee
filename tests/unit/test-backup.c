/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Backup and restore: what is not whole is refused, what is replaced is kept, and the ring keeps what it promises. */

#include "zifu-backup-shelf.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test-ledger-common.h"

static char *
path_in (const Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static GDateTime *
at (const char *text)
{
  GDateTime *time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return time;
}

static char *
write_backup (Fixture *fixture, const char *name)
{
  char *path = path_in (fixture, name);
  g_autoptr (GDateTime) now = at ("2026-11-26T08:00:00Z");
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_backup_write (fixture->ledger, path, now, NULL, &error));
  g_assert_no_error (error);
  return path;
}

#define OPENING 1000000000

static void
fill (Fixture *fixture, int n)
{
  gint64 id;

  begin_together (fixture->ledger);
  id = add_person (fixture->ledger, "Wang Fang", "self", "active", OPENING);
  for (int i = 0; i < n; i++)
    add_entry (fixture->ledger, id, "2026-02-03", ZIFU_ENTRY_PHARMACY, -(i + 1));
  end_together (fixture->ledger);
}

static void
assert_refused (const char *path, ZifuExchangeError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (zifu_backup_verify (path, NULL, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, (int) code);
}

static void
test_write (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (ZifuBackupInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  fill (fixture, 100);
  path = write_backup (fixture, "a.backup");
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  info = zifu_backup_verify (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->made_at, ==, "2026-11-26T08:00:00Z");
  g_assert_cmpint (info->n_members, ==, 1);
  g_assert_cmpint (info->n_entries, ==, 101);
  g_assert_cmpint (info->newest, ==, day ("2026-02-03"));
  g_assert_cmpint (info->bytes, ==, status.st_size);
  /* A backup is no ledger, and a ledger is no backup. */
  g_assert_null (zifu_ledger_open (path, &error));
  g_assert_nonnull (error);
  assert_refused (fixture->path, ZIFU_EXCHANGE_ERROR_FORMAT);
  /* The ledger goes on. */
  add_entry (fixture->ledger, 1, "2026-02-04", ZIFU_ENTRY_CREDIT, 1);
}

static void
set_bytes (const char *path, gsize offset, char byte)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  bytes[offset % length] ^= byte;
  g_file_set_contents (path, bytes, (gssize) length, &error);
  g_assert_no_error (error);
}

/* One byte changed anywhere in what is stored, a file that was cut, other files: none is taken, and the ledger stays as it is. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL, *text = path_in (fixture, "a.txt"), *empty = path_in (fixture, "empty");
  g_autofree char *foreign = path_in (fixture, "f.db");
  g_autofree char *kept = NULL, *original = NULL;
  g_autoptr (GDateTime) now = at ("2026-11-26T08:00:00Z");
  g_autoptr (GError) error = NULL;
  gsize length;
  guint refused = 0;

  fill (fixture, 300);
  path = write_backup (fixture, "a.backup");
  g_file_get_contents (path, &original, &length, NULL);
  for (gsize offset = 120; offset < length; offset += length / 97)
    {
      g_autoptr (ZifuBackupInfo) info = NULL;

      g_file_set_contents (path, original, (gssize) length, NULL);
      set_bytes (path, offset, 0x15);
      info = zifu_backup_verify (path, NULL, NULL);
      refused += info == NULL;
      /* A byte that nothing is stored in may be anything. */
      if (info != NULL)
        g_assert_cmpint (info->n_entries, ==, 301);
    }
  g_assert_cmpuint (refused, >, 10);

  run_sql (path, "SELECT 1");
  g_file_set_contents (path, original, (gssize) length, NULL);
  run_sql (path, "UPDATE acct_incexpd_d SET balc = balc + 1 WHERE rid = 5");
  assert_refused (path, ZIFU_EXCHANGE_ERROR_DAMAGED);
  g_assert_false (zifu_backup_restore (path, fixture->path, now, &kept, NULL, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_DAMAGED);
  g_assert_null (kept);

  g_file_set_contents (path, original, (gssize) length / 2, NULL);
  assert_refused (path, ZIFU_EXCHANGE_ERROR_DAMAGED);
  g_file_set_contents (text, "just some text, nothing else, but long enough to be looked at as a header of something that it is not",
                       -1, NULL);
  assert_refused (text, ZIFU_EXCHANGE_ERROR_FORMAT);
  g_file_set_contents (empty, "", 0, NULL);
  assert_refused (empty, ZIFU_EXCHANGE_ERROR_FORMAT);
  run_sql (foreign, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
  assert_refused (foreign, ZIFU_EXCHANGE_ERROR_FORMAT);
  assert_refused (fixture->folder, ZIFU_EXCHANGE_ERROR_FORMAT);
  assert_refused ("/no/such/file", ZIFU_EXCHANGE_ERROR_FILE);
  g_assert_cmpint (get_balance (fixture->ledger, 1), ==, OPENING - 300 * 301 / 2);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL, *kept = NULL;
  g_autoptr (GDateTime) now = at ("2026-11-26T08:00:00Z");
  g_autoptr (GError) error = NULL;

  fill (fixture, 1);
  path = write_backup (fixture, "a.backup");
  g_clear_object (&fixture->ledger);
  run_sql (path, "PRAGMA user_version = 999");
  assert_refused (path, ZIFU_EXCHANGE_ERROR_NEWER);
  g_assert_false (zifu_backup_restore (path, fixture->path, now, &kept, NULL, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_NEWER);
  fixture->ledger = open_ledger (fixture->path);
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL, *kept = NULL, *undone = NULL;
  g_autoptr (GDateTime) now = at ("2026-11-26T08:00:00Z");
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  fill (fixture, 10);
  path = write_backup (fixture, "a.backup");
  add_entry (fixture->ledger, 1, "2026-03-01", ZIFU_ENTRY_CREDIT, 777);
  /* Somebody is in it. */
  g_assert_false (zifu_backup_restore (path, fixture->path, now, &kept, NULL, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_null (kept);
  g_clear_object (&fixture->ledger);

  g_assert_true (zifu_backup_restore (path, fixture->path, now, &kept, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (kept);
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  fixture->ledger = open_ledger (fixture->path);
  g_assert_cmpint (get_balance (fixture->ledger, 1), ==, OPENING - 55);
  assert_balanced (fixture->ledger, 1);
  add_entry (fixture->ledger, 1, "2026-03-02", ZIFU_ENTRY_CREDIT, 1);
  g_clear_object (&fixture->ledger);

  /* And back. */
  g_assert_true (zifu_backup_undo_restore (fixture->path, kept, now, &undone, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
  fixture->ledger = open_ledger (fixture->path);
  g_assert_cmpint (get_balance (fixture->ledger, 1), ==, OPENING - 55 + 777);
  g_assert_true (g_file_test (undone, G_FILE_TEST_EXISTS));
  g_assert_cmpint (query_int (undone, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 12);
}

/* Nothing but a household, or what was one when restore replaced it, comes into its place; a backup is restored, not put back. */
static void
test_undo_other (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL, *kept = NULL, *undone = NULL, *text = path_in (fixture, "notes.txt");
  g_autoptr (GDateTime) now = at ("2026-11-26T08:00:00Z");
  g_autoptr (GError) error = NULL;
  const char *others[2];

  fill (fixture, 10);
  others[0] = path = write_backup (fixture, "a.backup");
  others[1] = text;
  g_clear_object (&fixture->ledger);
  g_assert_true (g_file_set_contents (text, "notes", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_false (zifu_backup_undo_restore (fixture->path, others[i], now, &undone, &error));
      g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_INPUT);
      g_clear_error (&error);
      g_assert_true (g_file_test (others[i], G_FILE_TEST_EXISTS));
      g_assert_null (undone);
    }

  g_assert_true (g_file_set_contents (fixture->path, "this was a ledger once", -1, NULL));
  g_assert_true (zifu_backup_restore (path, fixture->path, now, &kept, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (zifu_backup_undo_restore (fixture->path, kept, now, &undone, &error));
  g_assert_no_error (error);
  g_assert_true (file_contains (fixture->path, "this was a ledger once"));
  g_assert_cmpint (g_rename (undone, fixture->path), ==, 0);
  fixture->ledger = open_ledger (fixture->path);
}

/* Where nothing is, or something that is no ledger any more. */
static void
test_restore_over (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL, *kept = NULL, *fresh = g_build_filename (fixture->folder, "new", "folder", "h.db", NULL);
  g_autoptr (GDateTime) now = at ("2026-11-26T08:00:00Z");
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) other = NULL;

  fill (fixture, 10);
  path = write_backup (fixture, "a.backup");
  g_assert_true (zifu_backup_restore (path, fresh, now, &kept, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (kept);
  other = open_ledger (fresh);
  g_assert_cmpint (get_balance (other, 1), ==, OPENING - 55);
  g_clear_object (&other);

  g_file_set_contents (fresh, "this was a ledger once, before the disk was full of other things and nobody noticed it at all", -1, NULL);
  g_assert_true (zifu_backup_restore (path, fresh, now, &kept, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (file_contains (kept, "this was a ledger once"));
  other = open_ledger (fresh);
  g_assert_cmpint (get_balance (other, 1), ==, OPENING - 55);
}

/* Killed at any moment: the backup that was there is there and whole, or the new one is. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  const char *asked = g_getenv ("ZIFU_KILL_COUNT");
  int kills = asked != NULL ? atoi (asked) : 25;
  g_autofree char *path = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  fill (fixture, 2000);
  path = write_backup (fixture, "a.backup");
  g_clear_object (&fixture->ledger);
  for (int i = 0; i < kills; i++)
    {
      pid_t child = fork ();
      g_autoptr (ZifuBackupInfo) info = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        {
          g_autoptr (ZifuLedger) ledger = zifu_ledger_open (fixture->path, NULL);
          g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2026-11-27T08:00:00Z", NULL);

          while (ledger != NULL)
            zifu_backup_write (ledger, path, now, NULL, NULL);
          _exit (1);
        }
      g_usleep (g_rand_int_range (random, 0, 60000));
      kill (child, SIGKILL);
      waitpid (child, NULL, 0);
      info = zifu_backup_verify (path, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (info->n_entries, ==, 2001);
    }
  fixture->ledger = open_ledger (fixture->path);
  assert_balanced (fixture->ledger, 1);
}

/* The household whose file is about to be replaced, and what became of the other program that came just then. */
static const char *watched;
static int visit_status;

#define VISIT "--visit"

/* Another program, which has a word to write. */
static int
visit (const char *path)
{
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, NULL);
  ZifuEntry entry = { .member_id = 1, .date = day ("2026-03-05"), .kind = ZIFU_ENTRY_CREDIT, .amount = 5, .base = -1 };

  return ledger != NULL && zifu_ledger_add_entry (ledger, &entry, NULL) != 0 ? 0 : 1;
}

/* That of the C library, which the code under test calls: at the last moment somebody comes. */
int
rename (const char *from, const char *to)
{
  if (watched != NULL && g_str_equal (to, watched))
    {
      char *arguments[] = { (char *) "/proc/self/exe", (char *) VISIT, (char *) watched, NULL };

      arguments[0] = g_file_read_link ("/proc/self/exe", NULL);
      g_assert_true (g_spawn_sync (NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &visit_status, NULL));
      g_free (arguments[0]);
    }
  return (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

/* Who comes while the file is replaced does not write into the one that is put aside. */
static void
test_restore_visited (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL, *kept = NULL, *undone = NULL;
  g_autoptr (GDateTime) now = at ("2026-11-26T08:00:00Z");
  g_autoptr (GError) error = NULL;

  fill (fixture, 10);
  path = write_backup (fixture, "a.backup");
  g_clear_object (&fixture->ledger);

  watched = fixture->path;
  visit_status = -1;
  g_assert_true (zifu_backup_restore (path, fixture->path, now, &kept, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (visit_status, !=, -1);
  g_assert_cmpint (visit_status, !=, 0);
  g_assert_cmpint (query_int (kept, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 11);

  visit_status = -1;
  g_assert_true (zifu_backup_undo_restore (fixture->path, kept, now, &undone, &error));
  g_assert_no_error (error);
  g_assert_cmpint (visit_status, !=, -1);
  g_assert_cmpint (visit_status, !=, 0);
  watched = NULL;
  g_assert_cmpint (query_int (undone, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 11);
  /* Afterwards everybody may come. */
  g_assert_cmpint (visit (fixture->path), ==, 0);
  fixture->ledger = open_ledger (fixture->path);
  assert_balanced (fixture->ledger, 1);
}

/* Killed while something is restored: the ledger is the old one or the new one. */
static void
test_restore_killed (Fixture *fixture, gconstpointer data)
{
  const char *asked = g_getenv ("ZIFU_KILL_COUNT");
  int kills = asked != NULL ? atoi (asked) : 25;
  g_autofree char *path = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (12);

  fill (fixture, 2000);
  path = write_backup (fixture, "a.backup");
  add_entry (fixture->ledger, 1, "2026-03-01", ZIFU_ENTRY_CREDIT, 777);
  g_clear_object (&fixture->ledger);
  for (int i = 0; i < kills; i++)
    {
      pid_t child = fork ();
      gint64 n;

      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        {
          g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2026-11-27T08:00:00Z", NULL);

          while (TRUE)
            zifu_backup_restore (path, fixture->path, now, NULL, NULL, NULL);
        }
      g_usleep (g_rand_int_range (random, 0, 60000));
      kill (child, SIGKILL);
      waitpid (child, NULL, 0);
      fixture->ledger = open_ledger (fixture->path);
      assert_balanced (fixture->ledger, 1);
      g_clear_object (&fixture->ledger);
      n = query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d");
      g_assert_true (n == 2001 || n == 2002);
    }
  fixture->ledger = open_ledger (fixture->path);
}

static void
cancel_at_once (gint64 done, gint64 total, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = path_in (fixture, "a.backup");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const ZifuJob job = { cancel_at_once, cancellable, cancellable };
  g_autoptr (GDateTime) now = at ("2026-11-26T08:00:00Z");
  g_autoptr (GError) error = NULL;

  fill (fixture, 9000);
  g_assert_false (zifu_backup_write (fixture->ledger, path, now, &job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_false (zifu_backup_write (fixture->ledger, "/no/such/folder/a", now, NULL, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FILE);
  g_clear_error (&error);
  g_assert_false (zifu_backup_write (fixture->ledger, "/dev/null", now, NULL, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FILE);
}

/* Another program writes while a backup is made. */
static void
test_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuLedger) other = NULL;
  g_autoptr (ZifuBackupInfo) info = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture, 10);
  other = open_ledger (fixture->path);
  add_entry (other, 1, "2026-02-05", ZIFU_ENTRY_CREDIT, 1);
  path = write_backup (fixture, "a.backup");
  add_entry (other, 1, "2026-02-06", ZIFU_ENTRY_CREDIT, 1);
  info = zifu_backup_verify (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->n_entries, ==, 12);
}

static gboolean
has_backup (GPtrArray *files, const char *date)
{
  for (guint i = 0; i < files->len; i++)
    if (((const ZifuBackupFile *) g_ptr_array_index (files, i))->date == day (date))
      return TRUE;
  return FALSE;
}

static char *
ring_path (const char *folder, ZifuDate date)
{
  g_autofree char *day_text = zifu_date_format (date), *name = g_strconcat ("household-", day_text, ".zifu-backup", NULL);

  return g_build_filename (folder, name, NULL);
}

/* Two ledgers in one folder: neither rotates, hides or offers the backups of the other. */
static void
test_neighbours (Fixture *fixture, gconstpointer data)
{
  g_autofree char *place = g_path_get_dirname (fixture->path), *usual = g_build_filename (place, "household.db", NULL);
  g_autofree char *other = g_build_filename (place, "mother.db", NULL), *expected = g_build_filename (place, "backups", NULL);
  g_autofree char *of_usual = zifu_backup_default_folder (usual), *of_other = zifu_backup_default_folder (other);

  g_assert_cmpstr (of_usual, ==, expected);
  g_assert_true (g_str_has_prefix (of_other, place));
  g_assert_cmpstr (of_other, !=, of_usual);
}

/* A year and more, every day: seven days, four weeks, twelve months. */
static void
test_ring (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = zifu_backup_default_folder (fixture->path);
  g_autofree char *strange = g_build_filename (folder, "household-mine.zifu-backup", NULL);
  g_autoptr (GDateTime) first = at ("2025-01-01T09:00:00Z");
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  fill (fixture, 3);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_file_set_contents (strange, "x", 1, NULL);
  for (int i = 0; i < 420; i++)
    {
      g_autofree char *path = ring_path (folder, day ("2025-01-01") + i);

      g_file_set_contents (path, "x", 1, NULL);
    }
  for (int i = 420; i < 430; i++)
    {
      g_autoptr (GDateTime) now = g_date_time_add_days (first, i);
      g_autofree char *path = NULL, *second = NULL, *expected = ring_path (folder, day ("2025-01-01") + i);

      g_assert_true (zifu_backup_write_daily (fixture->ledger, folder, now, &path, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (path, ==, expected);
      /* Once a day only. */
      g_assert_true (zifu_backup_write_daily (fixture->ledger, folder, now, &second, NULL, &error));
      g_assert_null (second);
    }
  /* The last day is 2026-03-06, a Friday. */
  files = zifu_backup_list (folder, &error);
  g_assert_no_error (error);
  for (int i = 0; i < 7; i++)
    {
      g_autofree char *date = zifu_date_format (day ("2026-03-06") - i);

      g_assert_true (has_backup (files, date));
    }
  g_assert_true (has_backup (files, "2026-03-01"));
  g_assert_true (has_backup (files, "2026-02-22"));
  g_assert_true (has_backup (files, "2026-02-15"));
  g_assert_false (has_backup (files, "2026-02-08"));
  g_assert_true (has_backup (files, "2026-01-31"));
  g_assert_true (has_backup (files, "2025-04-30"));
  g_assert_false (has_backup (files, "2025-03-31"));
  g_assert_cmpuint (files->len, <=, 23);
  g_assert_true (g_file_test (strange, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);

  /* The clock is set back: what looks like the future is kept, and so is the new one. */
  {
    g_autoptr (GDateTime) back = at ("2025-12-01T09:00:00Z");
    g_autoptr (GPtrArray) after = NULL;

    g_assert_true (zifu_backup_write_daily (fixture->ledger, folder, back, NULL, NULL, &error));
    after = zifu_backup_list (folder, &error);
    g_assert_true (has_backup (after, "2025-12-01"));
    g_assert_true (has_backup (after, "2026-03-06"));
  }
}

static void
set_age (const char *path, const char *when)
{
  g_autoptr (GDateTime) time = at (when);
  const struct timespec times[] = { { .tv_sec = g_date_time_to_unix (time) }, { .tv_sec = g_date_time_to_unix (time) } };

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

/* What a program that was killed left half done is taken away after a day: it holds what the ledger holds. */
static void
test_leftovers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = zifu_backup_default_folder (fixture->path), *beside = g_path_get_dirname (fixture->path);
  g_autofree char *old = g_build_filename (beside, ".zifu-part-aaaaaa", NULL);
  g_autofree char *fresh = g_build_filename (beside, ".zifu-part-bbbbbb", NULL);
  g_autofree char *journal = g_build_filename (beside, ".zifu-part-0123ABCD-journal", NULL);
  g_autofree char *notes = g_build_filename (beside, ".zifu-part-notes.txt", NULL);
  g_autofree char *other = g_build_filename (beside, ".zifu-backup", NULL);
  const char *const all[] = { old, journal, notes, other };
  g_autoptr (GDateTime) now = at ("2026-11-26T08:00:00Z");
  g_autoptr (GError) error = NULL;

  fill (fixture, 1);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_file_set_contents (all[i], "x", 1, NULL);
      set_age (all[i], "2026-11-24T08:00:00Z");
    }
  g_file_set_contents (fresh, "x", 1, NULL);
  set_age (fresh, "2026-11-26T07:00:00Z");
  g_assert_true (zifu_backup_write_daily (fixture->ledger, folder, now, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fresh, G_FILE_TEST_EXISTS));
  /* Files of others are theirs, however they are called. */
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (notes, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = zifu_backup_default_folder (fixture->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = zifu_backup_list (folder, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 0);
}

static const ZifuBackupItem *
find_item (const GPtrArray *items, ZifuBackupKind kind)
{
  for (guint i = 0; i < items->len; i++)
    if (((const ZifuBackupItem *) g_ptr_array_index (items, i))->kind == kind)
      return g_ptr_array_index (items, i);
  return NULL;
}

/* Everything that can be restored is found: the ring, what was made by hand here and elsewhere, and the replaced households. */
static void
test_shelf (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = zifu_backup_default_folder (fixture->path), *elsewhere = NULL, *by_hand = NULL, *kept = NULL;
  g_autofree char *strange = g_strconcat (fixture->path, ".replaced-by-hand", NULL), *gone = path_in (fixture, "gone.zifu-backup");
  g_autoptr (GDateTime) now = at ("2026-11-26T08:00:00Z");
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (ZifuBackupInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  const ZifuBackupItem *item;

  fill (fixture, 10);
  g_assert_true (zifu_backup_write_daily (fixture->ledger, folder, now, NULL, NULL, &error));
  by_hand = zifu_backup_shelf_new_path (fixture->path, now);
  g_assert_true (zifu_backup_write (fixture->ledger, by_hand, now, NULL, &error));
  elsewhere = write_backup (fixture, "stick.zifu-backup");
  for (guint i = 0; i < 2; i++)
    g_assert_true (zifu_backup_shelf_note (fixture->path, elsewhere, &error));
  g_assert_true (zifu_backup_shelf_note (fixture->path, gone, &error));
  g_file_set_contents (strange, "not ours", -1, &error);
  g_assert_no_error (error);

  items = zifu_backup_shelf_list (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 3);
  g_assert_nonnull (find_item (items, ZIFU_BACKUP_DAILY));
  g_assert_nonnull (find_item (items, ZIFU_BACKUP_BY_HAND));

  /* The household is in use: it can be counted, and nothing is replaced before it is let go of. */
  info = zifu_backup_shelf_look_at_present (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->n_entries, ==, 11);
  g_clear_object (&fixture->ledger);
  g_assert_true (zifu_backup_shelf_restore (fixture->path, by_hand, now, &kept, NULL, &error));
  g_assert_no_error (error);
  g_ptr_array_unref (items);
  items = zifu_backup_shelf_list (fixture->path, &error);
  g_assert_cmpuint (items->len, ==, 4);
  item = find_item (items, ZIFU_BACKUP_BEFORE_RESTORE);
  g_assert_cmpstr (item->path, ==, kept);
  g_assert_cmpint (item->time, ==, g_date_time_to_unix (now));

  /* Only what is on the list is ever deleted: not the household, not a file that is not ours. */
  g_assert_true (zifu_backup_shelf_delete (fixture->path, kept, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_assert_false (zifu_backup_shelf_delete (fixture->path, fixture->path, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_false (zifu_backup_shelf_delete (fixture->path, strange, NULL));
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_EXISTS) && g_file_test (strange, G_FILE_TEST_EXISTS));
}

/* A household that was set aside is checked before it is put back: what is not whole, or newer, stays where it is. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL, *kept = NULL, *again = NULL, *none = NULL, *original = NULL;
  g_autoptr (GDateTime) now = at ("2026-11-26T08:00:00Z");
  g_autoptr (ZifuBackupInfo) info = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  ZifuJob job = { NULL, NULL, g_cancellable_new () };
  gsize length;

  fill (fixture, 300);
  path = write_backup (fixture, "a.backup");
  add_entry (fixture->ledger, 1, "2026-03-01", ZIFU_ENTRY_CREDIT, 777);
  g_clear_object (&fixture->ledger);
  g_assert_true (zifu_backup_shelf_restore (fixture->path, path, now, &kept, NULL, &error));
  info = zifu_backup_shelf_look (fixture->path, kept, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->n_entries, ==, 302);
  g_assert_cmpint (info->newest, ==, day ("2026-03-01"));
  g_assert_null (info->made_at);

  g_file_get_contents (kept, &original, &length, NULL);
  g_file_set_contents (kept, original, (gssize) (length / 2), NULL);
  g_assert_false (zifu_backup_shelf_restore (fixture->path, kept, now, &none, NULL, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_DAMAGED);
  g_clear_error (&error);
  g_file_set_contents (kept, original, (gssize) length, NULL);
  set_bytes (kept, 62, 0x40); /* in user_version: a schema of days to come */
  g_assert_false (zifu_backup_shelf_restore (fixture->path, kept, now, &none, NULL, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_NEWER);
  g_clear_error (&error);
  g_assert_null (none);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 301);

  /* Given up before it began: nothing moves. */
  g_file_set_contents (kept, original, (gssize) length, NULL);
  g_cancellable_cancel (job.cancellable);
  g_assert_false (zifu_backup_shelf_restore (fixture->path, kept, now, &none, &job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_object_unref (job.cancellable);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 301);

  g_assert_true (zifu_backup_shelf_restore (fixture->path, kept, now, &again, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 302);
  items = zifu_backup_shelf_list (fixture->path, &error);
  g_assert_null (find_item (items, ZIFU_BACKUP_BEFORE_RESTORE));
  g_assert_cmpstr (find_item (items, ZIFU_BACKUP_BEFORE_UNDO)->path, ==, again);
}

#define add(name, func) g_test_add ("/backup/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], VISIT))
    return visit (argv[2]);
  g_test_init (&argc, &argv, NULL);
  add ("write", test_write);
  add ("damaged", test_damaged);
  add ("newer", test_newer);
  add ("restore", test_restore);
  add ("undo-other", test_undo_other);
  add ("restore-over", test_restore_over);
  add ("killed", test_killed);
  add ("restore-visited", test_restore_visited);
  add ("restore-killed", test_restore_killed);
  add ("cancelled", test_cancelled);
  add ("meanwhile", test_meanwhile);
  add ("ring", test_ring);
  add ("neighbours", test_neighbours);
  add ("leftovers", test_leftovers);
  add ("no-folder", test_no_folder);
  add ("shelf", test_shelf);
  add ("kept", test_kept);
  return g_test_run ();
}
