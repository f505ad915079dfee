/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-ledger-common.h"

/* Files as they may be found: of an older program, of a newer one, damaged, protected. */

static void
assert_version_1_data (ZifuLedger *ledger)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) members = zifu_ledger_list_members (ledger, &error);
  g_autoptr (ZifuSettlementRecord) settlement = NULL;
  g_autoptr (ZifuPerson) person = NULL;
  const ZifuMember *owner, *parent;

  g_assert_no_error (error);
  g_assert_cmpuint (members->len, ==, 2);
  owner = g_ptr_array_index (members, 0);
  parent = g_ptr_array_index (members, 1);
  g_assert_cmpstr (owner->name, ==, "赵一");
  g_assert_cmpint (owner->birth, ==, day ("1980-02-29"));
  g_assert_cmpint (owner->base, ==, 1000000);
  g_assert_cmpint (parent->birth, ==, 0);
  g_assert_cmpint (parent->base, ==, -1);
  g_assert_cmpint (parent->provenance, ==, ZIFU_PROVENANCE_IMPORTED);
  g_assert_cmpint (get_balance (ledger, owner->id), ==, 50000);
  g_assert_cmpint (get_balance (ledger, parent->id), ==, 0);
  assert_balanced (ledger, owner->id);
  assert_balanced (ledger, parent->id);

  settlement = zifu_ledger_get_settlement (ledger, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (settlement->total, ==, 200000);
  g_assert_cmpint (settlement->balance_before, ==, 100000);
  g_assert_cmpint (settlement->balance_after, ==, 0);
  g_assert_cmpuint (settlement->funds->len, ==, 1);

  person = zifu_ledger_load_person (ledger, parent->id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (person->mutual->len, ==, 1);
  g_assert_cmpint (g_array_index (person->mutual, ZifuMutualAccount, 0).quota, ==, 30000);
  assert_counter (ledger, parent->id, "op_ded", "1300");
}

static void
test_migrate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (ZifuVisit) visit = NULL;

  make_old (fixture->path, 1);
  fixture->ledger = open_ledger (fixture->path);
  g_assert_cmpint (zifu_ledger_get_schema_version (fixture->ledger), ==, ZIFU_LEDGER_SCHEMA_VERSION);
  g_assert_cmpint (query_int (fixture->path, "PRAGMA user_version"), ==, ZIFU_LEDGER_SCHEMA_VERSION);
  assert_version_1_data (fixture->ledger);

  /* What the old shape did not keep is not made up. */
  g_assert_false (zifu_ledger_load_basis (fixture->ledger, 1, &person, &visit, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);

  add_entry (fixture->ledger, 1, "2026-04-05", ZIFU_ENTRY_CREDIT, 20000);
  g_clear_object (&fixture->ledger);
  fixture->ledger = open_ledger (fixture->path);
  g_assert_cmpint (get_balance (fixture->ledger, 1), ==, 70000);
}

static void
test_migrate_fails_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 n_tables;

  /* A table of the next step is already there, so that the step fails when half of it is done. */
  make_old (fixture->path, 1);
  run_sql (fixture->path, "CREATE TABLE setl_cum_d (something TEXT)");
  n_tables = query_int (fixture->path, "SELECT COUNT (*) FROM sqlite_schema");

  g_assert_null (zifu_ledger_open (fixture->path, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INTERNAL);
  g_assert_cmpint (query_int (fixture->path, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM sqlite_schema"), ==, n_tables);

  run_sql (fixture->path, "DROP TABLE setl_cum_d");
  fixture->ledger = open_ledger (fixture->path);
  assert_version_1_data (fixture->ledger);
}

/* Everything that the second shape kept is there in the third, and nothing else. */
static void
test_migrate_2 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (ZifuEntry) entry = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  make_old (fixture->path, 2);
  before = query_text (fixture->path, "SELECT group_concat (row, ';') FROM (SELECT rid || '|' || psn_no || '|' || acct_modi_date || '|' ||"
                       " kind || '|' || acct_incexpd_type || '|' || inc_sumamt || '|' || pay_sumamt || '|' || balc || '|' ||"
                       " IFNULL (NULLIF (fixmedins_name, ''), '-') || '|' || IFNULL (NULLIF (memo, ''), '-') || '|' ||"
                       " IFNULL (cashym, '-') || '|' || IFNULL (psn_clctstd, '-') || '|' || IFNULL (relt_psn_no, '-') || '|' ||"
                       " IFNULL (setl_id, '-') || '|' || IFNULL (init_rid, '-') || '|' || provenance AS row"
                       " FROM acct_incexpd_d ORDER BY rid)");
  fixture->ledger = open_ledger (fixture->path);
  after = query_text (fixture->path, "SELECT group_concat (row, ';') FROM (SELECT rid || '|' || psn_no || '|' || acct_modi_date || '|' ||"
                      " kind || '|' || acct_incexpd_type || '|' || inc_sumamt || '|' || pay_sumamt || '|' || balc || '|' ||"
                      " IFNULL (f.txt, '-') || '|' || IFNULL (m.txt, '-') || '|' ||"
                      " IFNULL (cashym, '-') || '|' || IFNULL (psn_clctstd, '-') || '|' || IFNULL (relt_psn_no, '-') || '|' ||"
                      " IFNULL (setl_id, '-') || '|' || IFNULL (init_rid, '-') || '|' || provenance AS row"
                      " FROM acct_incexpd_d LEFT JOIN txt_d f ON f.txt_id = fixmedins_id LEFT JOIN txt_d m ON m.txt_id = memo_id"
                      " ORDER BY rid)");
  g_assert_cmpstr (after, ==, before);
  problems = zifu_ledger_verify (fixture->ledger, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  assert_balanced (fixture->ledger, 1);
  assert_balanced (fixture->ledger, 2);
  entry = zifu_ledger_get_entry (fixture->ledger, 6, &error);
  g_assert_cmpint (entry->reversed_by, ==, 7);

  /* A number that was given once is never given again. */
  g_assert_cmpint (add_entry (fixture->ledger, 1, "2026-06-01", ZIFU_ENTRY_CREDIT, 1), ==, 16);
  entries = list_all (fixture->ledger, 1);
  g_assert_cmpuint (entries->len, ==, 9);
}

/* What was imported can still be undone, what was archived stays so. */
static void
test_migrate_3 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (ZifuEntry) entry = NULL;
  g_autoptr (ZifuMember) member = NULL;

  make_old (fixture->path, 3);
  fixture->ledger = open_ledger (fixture->path);
  g_assert_cmpint (zifu_ledger_get_schema_version (fixture->ledger), ==, ZIFU_LEDGER_SCHEMA_VERSION);
  problems = zifu_ledger_verify (fixture->ledger, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  assert_balanced (fixture->ledger, 1);
  g_assert_cmpint (get_balance (fixture->ledger, 1), ==, 68500);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 13);

  entry = zifu_ledger_get_entry (fixture->ledger, 16, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (entry->souc_rid, ==, "row 1");
  g_assert_cmpstr (entry->note, ==, "单位缴费");
  g_assert_cmpint (entry->impt_id, ==, 1);
  member = zifu_ledger_get_member (fixture->ledger, 2, &error);
  g_assert_true (member->archived);

  g_assert_true (zifu_ledger_undo_import (fixture->ledger, 1, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_balance (fixture->ledger, 1), ==, 48501);
  assert_balanced (fixture->ledger, 1);
}

static void
assert_read_only (ZifuLedger *ledger, gint64 member_id)
{
  g_autoptr (GError) error = NULL;
  ZifuImport import = { 0 };

  g_assert_true (zifu_ledger_is_read_only (ledger));
  g_assert_nonnull (zifu_ledger_get_read_only_reason (ledger));
  g_assert_cmpint (try_entry (ledger, member_id, "2026-02-05", ZIFU_ENTRY_CREDIT, 1, 0, 0, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_READ_ONLY);
  g_assert_cmpstr (error->message, ==, zifu_ledger_get_read_only_reason (ledger));
  g_clear_error (&error);
  g_assert_false (zifu_ledger_delete_member (ledger, member_id, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_cmpint (zifu_ledger_begin_import (ledger, &import, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_READ_ONLY);
}

static char *
read_bytes (const char *path, gsize *length)
{
  char *bytes = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, length, NULL));
  return bytes;
}

/* A newer program may have added what it likes: what this one knows can be read, and not a byte is changed, nor the log of the file. */
static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before, length_after;

  g_assert_false (zifu_ledger_is_read_only (fixture->ledger));
  g_assert_null (zifu_ledger_get_read_only_reason (fixture->ledger));
  g_clear_object (&fixture->ledger);
  run_sql (fixture->path, "ALTER TABLE psn_b ADD COLUMN shoe_size INTEGER; CREATE TABLE more_d (x); PRAGMA user_version = 1000");
  before = read_bytes (fixture->path, &length_before);

  fixture->ledger = open_ledger (fixture->path);
  g_assert_cmpint (zifu_ledger_get_schema_version (fixture->ledger), ==, 1000);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 100);
  assert_read_only (fixture->ledger, owner);
  g_clear_object (&fixture->ledger);
  after = read_bytes (fixture->path, &length_after);
  g_assert_cmpmem (before, length_before, after, length_after);

  /* What it cannot make sense of it refuses. */
  run_sql (fixture->path, "ALTER TABLE psn_b RENAME COLUMN psn_name TO person_name");
  g_assert_null (zifu_ledger_open (fixture->path, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NEWER);
}

/* A table, an index or a trigger that is missing is damage, however sound the pages are. */
static void
test_shape (Fixture *fixture, gconstpointer data)
{
  static const char *const statements[] = {
    "DROP TRIGGER acct_incexpd_d_fixed",
    "DROP INDEX acct_incexpd_d_by_source",
    "DROP TABLE cum_d",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u.db", fixture->folder, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuLedger) ledger = open_ledger (path);

      g_clear_object (&ledger);
      run_sql (path, statements[i]);
      g_assert_null (zifu_ledger_open (path, &error));
      g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DAMAGED);
    }
}

static void
fill_for_damage (Fixture *fixture)
{
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);

  add_person (fixture->ledger, "钱二", "parent", "retired", 500);
  begin_together (fixture->ledger);
  for (int i = 0; i < 600; i++)
    add_entry (fixture->ledger, owner, "2026-02-05", ZIFU_ENTRY_CREDIT, i);
  end_together (fixture->ledger);
  g_clear_object (&fixture->ledger);
}

static guint
count_aside (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, ".damaged-") != NULL && !g_str_has_suffix (name, "-wal") && !g_str_has_suffix (name, "-shm");
  return n;
}

/* Whichever page is lost, the rest is saved, the damaged file is kept as it was, and the new file is sound. */
static void
test_salvage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize length, page_size;
  guint n_rounds = 0, n_whole = 0;

  fill_for_damage (fixture);
  page_size = query_int (fixture->path, "PRAGMA page_size");
  bytes = read_bytes (fixture->path, &length);

  for (gsize page = page_size; page < length; page += page_size, n_rounds++)
    {
      g_autofree char *broken = g_memdup2 (bytes, length);
      g_autofree char *kept = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) problems = NULL;
      ZifuSalvage report;
      gsize kept_length;

      memset (broken + page, 0xa5, page_size);
      g_assert_true (g_file_set_contents (fixture->path, broken, length, NULL));
      g_assert_null (zifu_ledger_open (fixture->path, &error));
      g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DAMAGED);
      g_clear_error (&error);

      g_assert_true (zifu_ledger_salvage (fixture->path, "20261126-081500", NULL, &report, &error));
      g_assert_no_error (error);
      kept = read_bytes (report.aside, &kept_length);
      g_assert_cmpmem (kept, kept_length, broken, length);

      fixture->ledger = open_ledger (fixture->path);
      if (report.readable)
        {
          g_assert_cmpint (report.people + report.nameless, ==, query_int (fixture->path, "SELECT COUNT (*) FROM psn_b"));
          g_assert_cmpint (report.entries, ==, query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"));
          if (report.lost_entries >= 0)
            g_assert_cmpint (report.entries + report.lost_entries, ==, 602);
        }
      n_whole += report.entries == 602;
      problems = zifu_ledger_verify (fixture->ledger, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < problems->len; i++)
        g_assert_nonnull (strstr (g_ptr_array_index (problems, i), "balance"));
      g_clear_object (&fixture->ledger);
      g_remove (fixture->path);
      zifu_salvage_clear (&report);
    }
  g_assert_cmpuint (count_aside (fixture->path), ==, n_rounds);
  g_test_message ("%u pages, all entries saved after %u of them", n_rounds, n_whole);
  g_assert_cmpuint (n_whole, >, n_rounds / 2);
}

/* A table whose rows have no number is read from both ends: what is lost is the page that is lost, unless it leads to all others. */
static void
test_salvage_months (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length, page_size;
  guint n_lost = 0, n_some = 0, n_all = 0;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);

  begin_together (fixture->ledger);
  for (int i = 0; i < 1200; i++)
    g_assert_true (zifu_ledger_add_contribution (fixture->ledger, owner, zifu_month_new (1950, 1) + i, 0, 1000000, 20000,
                                                 ZIFU_PROVENANCE_TYPED, &error));
  end_together (fixture->ledger);
  g_clear_object (&fixture->ledger);
  page_size = query_int (fixture->path, "PRAGMA page_size");
  bytes = read_bytes (fixture->path, &length);

  for (gsize page = page_size; page < length; page += page_size)
    {
      g_autofree char *broken = g_memdup2 (bytes, length);
      ZifuSalvage report;

      memset (broken + page, 0xa5, page_size);
      g_assert_true (g_file_set_contents (fixture->path, broken, length, NULL));
      g_assert_true (zifu_ledger_salvage (fixture->path, "1", NULL, &report, &error));
      g_assert_no_error (error);
      if (report.people == 0) /* what says which tables there are, or the person */
        {
          zifu_salvage_clear (&report);
          continue;
        }
      n_lost += report.contributions < 1200;
      n_some += report.contributions < 1200 && report.contributions >= 900;
      n_all += report.contributions == 0;
      zifu_salvage_clear (&report);
    }
  g_test_message ("%u pages matter, %u of them a little", n_lost, n_some);
  g_assert_cmpuint (n_some, >, 5);
  g_assert_cmpuint (n_all, <=, 1);
  g_assert_cmpuint (n_some + n_all, ==, n_lost);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  fixture->ledger = open_ledger (fixture->path);
}

static void
test_salvage_nothing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (10000, 'x');
  g_autofree char *foreign = g_build_filename (fixture->folder, "foreign.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) old = NULL;
  ZifuSalvage report;

  g_clear_object (&fixture->ledger);
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  g_assert_true (zifu_ledger_salvage (fixture->path, "1", NULL, &report, &error));
  g_assert_no_error (error);
  g_assert_false (report.readable);
  g_assert_true (g_file_test (report.aside, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  zifu_salvage_clear (&report);

  /* What belongs to somebody else stays where it is. */
  run_sql (foreign, "CREATE TABLE notes (text TEXT)");
  g_assert_false (zifu_ledger_salvage (foreign, "1", NULL, &report, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
  zifu_salvage_clear (&report);
  g_assert_false (zifu_ledger_salvage (fixture->folder, "1", NULL, &report, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_OPEN);
  g_clear_error (&error);

  /* An old file is saved in its own shape, and brought up to date when it is opened. */
  make_old (fixture->path, 2);
  g_assert_true (zifu_ledger_salvage (fixture->path, "1", NULL, &report, &error));
  g_assert_no_error (error);
  g_assert_cmpint (report.people, ==, 2);
  g_assert_cmpint (report.entries, ==, 10);
  g_assert_cmpint (report.settlements, ==, 1);
  g_assert_cmpint (report.contributions, ==, 1);
  g_assert_cmpint (report.lost_entries, ==, 0);
  g_assert_cmpuint (count_aside (fixture->path), ==, 2);
  zifu_salvage_clear (&report);
  old = open_ledger (fixture->path);
  assert_balanced (old, 1);
}

typedef struct {
  GCancellable *cancellable;
  guint         wanted, n; /* gives up when it is told for the @wanted-th time; 0 = never */
  gint64        done, total;
} Watch;

static void
watch_cb (gint64 done, gint64 total, gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_cmpint (done, >=, watch->done);
  g_assert_cmpint (done, <=, total);
  watch->done = done;
  watch->total = total;
  if (++watch->n == watch->wanted)
    g_cancellable_cancel (watch->cancellable);
}

static char *
list_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_string_append_printf (names, "%s\n", name);
  return g_strdup (names->str);
}

/* Rows of a file whose middle cannot be read, told as they are saved; given up at any moment, nothing has changed. */
static void
test_salvage_given_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL, *names = NULL;
  g_autoptr (GError) error = NULL;
  ZifuSalvage report;
  Watch watch = { NULL };
  gsize length, middle;
  guint n_told;

  fill_for_damage (fixture);
  run_sql (fixture->path, "INSERT INTO acct_incexpd_d (psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc,"
                          " provenance) WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 20000)"
                          " SELECT 1, '2026-02-05', 'credit', '101', 0, 0, 279700, 'imported' FROM t");
  bytes = read_bytes (fixture->path, &length);
  middle = length / 8192 * 4096;
  memset (bytes + middle, 0xa5, 4096);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
  names = list_folder (fixture->folder);

  for (watch.wanted = 1; watch.wanted < 1000; watch.wanted++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      const ZifuJob job = { watch_cb, &watch, cancellable };
      g_autofree char *after = NULL, *names_after = NULL;
      gsize length_after;

      watch.cancellable = cancellable;
      watch.n = 0;
      watch.done = watch.total = 0;
      if (zifu_ledger_salvage (fixture->path, "1", &job, &report, &error))
        break;
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      zifu_salvage_clear (&report);
      after = read_bytes (fixture->path, &length_after);
      g_assert_cmpmem (after, length_after, bytes, length);
      names_after = list_folder (fixture->folder);
      g_assert_cmpstr (names_after, ==, names);
    }
  g_assert_no_error (error);
  n_told = watch.n;
  g_test_message ("told %u times, %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT, n_told, watch.done, watch.total);
  g_assert_cmpuint (n_told, >, 10);
  g_assert_cmpuint (watch.wanted, ==, n_told);
  g_assert_cmpint (watch.total, >, 20000);
  g_assert_cmpint (watch.done, ==, watch.total);
  g_assert_cmpuint (count_aside (fixture->path), ==, 1);
  zifu_salvage_clear (&report);
  fixture->ledger = open_ledger (fixture->path);
}

static void
test_verify (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  add_person (fixture->ledger, "赵一", "self", "active", 100000);
  add_entry (fixture->ledger, 1, "2026-02-05", ZIFU_ENTRY_CREDIT, 100);
  problems = zifu_ledger_verify (fixture->ledger, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_clear_pointer (&problems, g_ptr_array_unref);

  run_sql (fixture->path, "UPDATE acct_mon_d SET cnt = 7 WHERE ym = '2026-02'; UPDATE acct_incexpd_d SET balc = 1 WHERE rid = 2;"
                          "INSERT INTO unlock_d VALUES ('x'); UPDATE acct_incexpd_d SET relt_psn_no = 99 WHERE rid = 2");
  problems = zifu_ledger_verify (fixture->ledger, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 5);
  g_assert_cmpstr (g_ptr_array_index (problems, 4), ==, "赵一: on 2026-02-05 the balance is recorded as 0.01, but the entries give 1001.00.");
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  gint64 owner;

  owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  begin_together (fixture->ledger);
  for (int i = 0; i < 600; i++)
    add_entry (fixture->ledger, owner, "2026-02-05", ZIFU_ENTRY_CREDIT, i);
  end_together (fixture->ledger);

  zifu_ledger_set_cancellable (fixture->ledger, cancellable);
  g_cancellable_cancel (cancellable);
  g_assert_null (zifu_ledger_verify (fixture->ledger, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  zifu_ledger_set_cancellable (fixture->ledger, NULL);
  problems = zifu_ledger_verify (fixture->ledger, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

typedef struct {
  const char *path;
  const char *ending; /* of what disappears before the files change places: the damaged file itself, or the new one */
} Thief;

/* A log lies beside the file as well. */
static void
steal_cb (gint64 done, gint64 total, gpointer user_data)
{
  const Thief *thief = user_data;
  g_autofree char *stolen = g_strconcat (thief->path, thief->ending, NULL), *away = g_strconcat (thief->path, ".stolen", NULL);
  g_autofree char *log = g_strconcat (thief->path, "-wal", NULL), *shared = g_strconcat (thief->path, "-shm", NULL);

  g_assert_true (g_file_set_contents (log, "the log", -1, NULL));
  g_assert_true (g_file_set_contents (shared, "its index", -1, NULL));
  g_assert_cmpint (g_rename (stolen, away), ==, 0);
}

static void
assert_contents (const char *path, const char *ending, const char *wanted)
{
  g_autofree char *name = g_strconcat (path, ending, NULL), *text = NULL;

  g_assert_true (g_file_get_contents (name, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, wanted);
}

/* When the files cannot change places, the damaged one is where it was, with its log, whichever step it was that failed. */
static void
test_salvage_taken_back (Fixture *fixture, gconstpointer data)
{
  static const char *const steps[] = { "", ".salvage" };
  g_autofree char *bytes = NULL, *kept = NULL, *old_log = g_strconcat (fixture->path, ".damaged-1-wal", NULL);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL), *shared = g_strconcat (fixture->path, "-shm", NULL);
  g_autofree char *away = g_strconcat (fixture->path, ".stolen", NULL);
  g_autoptr (GError) error = NULL;
  ZifuSalvage report;
  gsize length, kept_length;

  fill_for_damage (fixture);
  bytes = read_bytes (fixture->path, &length);
  memset (bytes + length - 4096, 0xa5, 4096);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      Thief thief = { fixture->path, steps[i] };
      const ZifuJob job = { steal_cb, &thief, NULL };

      g_assert_false (zifu_ledger_salvage (fixture->path, "1", &job, &report, &error));
      g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_OPEN);
      g_clear_error (&error);
      zifu_salvage_clear (&report);
      assert_contents (fixture->path, "-wal", "the log");
      assert_contents (fixture->path, "-shm", "its index");
      if (i == 0)
        g_assert_cmpint (g_rename (away, fixture->path), ==, 0);
      g_clear_pointer (&kept, g_free);
      kept = read_bytes (fixture->path, &kept_length);
      g_assert_cmpmem (kept, kept_length, bytes, length);
      g_remove (log);
      g_remove (shared);
    }
  g_remove (away);
  g_assert_cmpuint (count_aside (fixture->path), ==, 0);

  /* The log of a file that was put aside before and is gone is not written over. */
  g_assert_true (g_file_set_contents (old_log, "of another one", -1, NULL));
  g_assert_true (zifu_ledger_salvage (fixture->path, "1", NULL, &report, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (report.aside, ".damaged-1-2"));
  assert_contents (old_log, "", "of another one");
  zifu_salvage_clear (&report);
}

#define ADD(path, set_up, function) g_test_add (path, Fixture, NULL, set_up, function, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/ledger/migrate/version-1", fixture_set_up_closed, test_migrate);
  ADD ("/ledger/migrate/version-2", fixture_set_up_closed, test_migrate_2);
  ADD ("/ledger/migrate/version-3", fixture_set_up_closed, test_migrate_3);
  ADD ("/ledger/migrate/fails-whole", fixture_set_up_closed, test_migrate_fails_whole);
  ADD ("/ledger/files/newer", fixture_set_up, test_newer);
  ADD ("/ledger/files/shape", fixture_set_up_closed, test_shape);
  ADD ("/ledger/files/salvage", fixture_set_up, test_salvage);
  ADD ("/ledger/files/salvage-months", fixture_set_up, test_salvage_months);
  ADD ("/ledger/files/salvage-nothing", fixture_set_up, test_salvage_nothing);
  ADD ("/ledger/files/salvage-given-up", fixture_set_up, test_salvage_given_up);
  ADD ("/ledger/files/salvage-taken-back", fixture_set_up, test_salvage_taken_back);
  ADD ("/ledger/files/verify", fixture_set_up, test_verify);
  ADD ("/ledger/files/cancelled", fixture_set_up, test_cancelled);

  return g_test_run ();
}
