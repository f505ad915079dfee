/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* unshare() */
#include "test-ledger-kills.h"
#include "zifu-ledger-estimates.h"
#include "zifu-ledger-withdraw.h"

#include <sys/stat.h>

/* Whatever happens in the middle of long work, the file holds all of it or nothing. */

#define N_ROWS 400

static gint64
find_other (ZifuLedger *ledger)
{
  g_autoptr (GPtrArray) members = zifu_ledger_list_members (ledger, NULL);

  for (guint i = 0; members != NULL && i < members->len; i++)
    if (g_str_equal (((ZifuMember *) g_ptr_array_index (members, i))->name, "钱二"))
      return ((ZifuMember *) g_ptr_array_index (members, i))->id;
  return 0;
}

/* Imports the same rows as ever; those that are there already are passed over. */
static gboolean
import_rows (ZifuLedger *ledger, gint64 member_id)
{
  ZifuImport import = { .member_id = member_id, .file_name = (char *) "file.csv" };

  if (zifu_ledger_begin_import (ledger, &import, NULL) == 0)
    return FALSE;
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autoptr (ZifuEntry) entry = zifu_entry_new ();
      g_autoptr (GError) error = NULL;

      entry->member_id = member_id;
      entry->date = zifu_date_new (2026, 1, 1) + (ZifuDate) (i * 7919 % 300);
      entry->kind = ZIFU_ENTRY_TRANSFER;
      entry->amount = (ZifuMoney) i - 150;
      entry->souc_rid = g_strdup_printf ("row %u", i);
      entry->note = g_strdup_printf ("第 %u 笔", i % 37);
      if (zifu_ledger_add_import_entry (ledger, entry, &error) == 0 &&
          !g_error_matches (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DUPLICATE))
        {
          zifu_ledger_abort_import (ledger);
          return FALSE;
        }
    }
  return zifu_ledger_commit_import (ledger, NULL, NULL);
}

static void
prepare_people (const char *path)
{
  g_autoptr (ZifuLedger) ledger = open_ledger (path);
  gint64 owner = add_person (ledger, "赵一", "self", "active", 100000);
  gint64 other = add_person (ledger, "钱二", "parent", "retired", 500);

  add_entry (ledger, other, "2026-05-05", ZIFU_ENTRY_CREDIT, 700);
  add_entry (ledger, owner, "2026-05-05", ZIFU_ENTRY_CREDIT, 700);
}

static void
prepare_imported (const char *path)
{
  g_autoptr (ZifuLedger) ledger = NULL;

  prepare_people (path);
  ledger = open_ledger (path);
  g_assert_true (import_rows (ledger, find_other (ledger)));
}

/* Entries of a file of an older shape, many more than the fixture has. */
static void
prepare_old (const char *path, int version, gint64 balance)
{
  g_autofree char *sql = g_strdup_printf (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
    " INSERT INTO acct_incexpd_d (psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc%s, provenance)"
    " SELECT 1, '2026-07-01', 'credit', '101', 1, 0, %" G_GINT64_FORMAT " + i%s, 'typed' FROM n",
    version < 3 ? ", memo" : "", balance, version < 3 ? ", 'text ' || i % 50" : "");

  make_old (path, version);
  run_sql (path, sql);
  if (version >= 3)
    run_sql (path, "INSERT INTO acct_mon_d (psn_no, ym, inc_sumamt, pay_sumamt, adj_sumamt, cnt) VALUES (1, '2026-07', 3000, 0, 0, 3000)");
}

static void
prepare_v1 (const char *path)
{
  prepare_old (path, 1, 50000);
}

static void
prepare_v2 (const char *path)
{
  prepare_old (path, 2, 49001);
}

#define PREPARE(version) \
  static void prepare_v ## version (const char *path) { prepare_old (path, version, 68500); }

PREPARE (3)
PREPARE (4)
PREPARE (6)
PREPARE (7)
PREPARE (8)
PREPARE (9)

static gboolean
act_import (const char *path)
{
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, NULL);

  return ledger != NULL && import_rows (ledger, find_other (ledger));
}

static gboolean
act_undo (const char *path)
{
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, NULL);
  g_autoptr (GError) error = NULL;

  return ledger != NULL && (zifu_ledger_undo_import (ledger, 1, &error) ||
                            g_error_matches (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND));
}

static gboolean
act_delete (const char *path)
{
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, NULL);
  gint64 other = ledger != NULL ? find_other (ledger) : 0;

  return ledger != NULL && (other == 0 || zifu_ledger_delete_member (ledger, other, NULL));
}

static gboolean
act_open (const char *path)
{
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, NULL);

  return ledger != NULL;
}

static int
state_of_import (const char *path)
{
  gint64 n = query_int (path, "SELECT COUNT (*) FROM acct_incexpd_d WHERE souc_rid IS NOT NULL");

  return n == N_ROWS ? 1 : n == 0 ? 0 : -1;
}

static int
state_of_undo (const char *path)
{
  int imported = state_of_import (path);

  return imported < 0 || imported == query_int (path, "SELECT undone FROM impt_d WHERE impt_id = 1") ? -1 : !imported;
}

static int
state_of_delete (const char *path)
{
  gint64 n = query_int (path, "SELECT (SELECT COUNT (*) FROM psn_b WHERE psn_no = 2)"
                              " + (SELECT COUNT (*) FROM acct_incexpd_d WHERE psn_no = 2)"
                              " + (SELECT COUNT (*) FROM acct_mon_d WHERE psn_no = 2 AND ym = '2026-05')");

  return n == 0 ? 1 : n == N_ROWS + 4 ? 0 : -1;
}

/* Every table with its columns, every index and trigger. */
static char *
read_shape (const char *path)
{
  return query_text (path, "SELECT group_concat (what, char (10)) FROM"
                           " (SELECT m.type || ' ' || m.name || ' ' || IFNULL (c.name, '') AS what FROM sqlite_schema AS m"
                           " LEFT JOIN pragma_table_info (m.name) AS c WHERE m.name NOT LIKE 'sqlite_%' ORDER BY what)");
}

/* The shape of each version that a program once left behind; nobody has a file of the fifth. */
static char *
known_shape (const char *path, gint64 version)
{
  g_autofree char *folder = g_path_get_dirname (path), *name = g_strdup_printf ("shape-%" G_GINT64_FORMAT ".db", version);
  g_autofree char *model = g_build_filename (folder, name, NULL);

  if (version == 5)
    return NULL;
  if (g_file_test (model, G_FILE_TEST_EXISTS))
    return read_shape (model);
  if (version == ZIFU_LEDGER_SCHEMA_VERSION)
    g_object_unref (open_ledger (model));
  else
    make_old (model, (int) version);
  return read_shape (model);
}

/* Each step is a transaction of its own: whatever the version says, the shape is that of the version, and no entry is missing. */
static int
state_of_migration (const char *path, gint64 n_entries)
{
  gint64 version = query_int (path, "PRAGMA user_version");
  g_autofree char *expected = known_shape (path, version), *shape = read_shape (path);

  if (expected != NULL && !g_str_equal (shape, expected))
    return -1;
  if (query_int (path, "SELECT COUNT (*) FROM acct_incexpd_d") != n_entries)
    return -1;
  return version == ZIFU_LEDGER_SCHEMA_VERSION;
}

static int
state_of_v1 (const char *path)
{
  return state_of_migration (path, 3005);
}

static int
state_of_v2 (const char *path)
{
  return state_of_migration (path, 3010);
}

/* The later fixtures hold the same entries. */
static int
state_of_later (const char *path)
{
  return state_of_migration (path, 3013);
}

/* An estimate, its receipt in the history, and that they belong together, as one. */
static void
prepare_estimate (const char *path)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);
  g_autoptr (ZifuLedger) ledger = NULL;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 420000, 10000);
  g_autoptr (ZifuMember) member = NULL;
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = NULL;

  prepare_people (path);
  ledger = open_ledger (path);
  member = zifu_ledger_get_member (ledger, find_other (ledger), NULL);
  person = zifu_ledger_load_person (ledger, member->id, NULL);
  settlement = zifu_settle (pack, person, visit, NULL);
  estimate = zifu_saved_estimate_new (member, person, visit, settlement, NULL, "note", day ("2026-11-01"));
  g_assert_cmpint (zifu_ledger_save_estimate (ledger, estimate, NULL), ==, 1);
}

static gboolean
act_receipt (const char *path)
{
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, NULL);
  g_autoptr (ZifuSavedEstimate) estimate = ledger != NULL ? zifu_ledger_get_estimate (ledger, 1, NULL) : NULL;

  if (estimate == NULL)
    return FALSE;
  return estimate->settlement_id != 0 || zifu_ledger_add_receipt (ledger, estimate, estimate->figures, day ("2026-11-21"), "医院",
                                                                  ZIFU_PROVENANCE_TYPED, NULL) != 0;
}

static int
state_of_receipt (const char *path)
{
  gint64 n = query_int (path, "SELECT (SELECT COUNT (*) FROM setl_d) + (SELECT COUNT (*) FROM acct_incexpd_d WHERE setl_id IS NOT NULL)"
                              " + (SELECT COUNT (*) FROM presetl_pair_d WHERE vali_flag = '1') + (SELECT COUNT (*) FROM setldetail)");

  return n == 4 ? 1 : n == 0 ? 0 : -1;
}

/* A visit for which a relative paid, refunded; and much that came after it. */
static void
prepare_refund (const char *path)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);
  g_autoptr (ZifuVisit) visit = make_visit ("2026-05-10", "outpatient", "2", 140000, 0);
  g_autoptr (ZifuLedger) ledger = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  ZifuMutualTie tie = { .from = zifu_date_new (2026, 1, 1) };
  const ZifuEntry *entry;
  g_autoptr (GError) error = NULL;

  prepare_people (path);
  ledger = open_ledger (path);
  tie.relative_id = find_other (ledger);
  tie.owner_id = tie.relative_id - 1;
  g_assert_true (zifu_ledger_set_tie (ledger, &tie, NULL));
  visit->use_mutual_aid = TRUE;
  record (ledger, pack, tie.relative_id, visit, "医院", 0);
  entries = list_all (ledger, tie.relative_id);
  entry = g_ptr_array_index (entries, 0);
  try_entry (ledger, tie.relative_id, "2026-05-11", ZIFU_ENTRY_REFUND, -entry->amount, 0, entry->id, &error);
  g_assert_no_error (error);
  g_assert_true (import_rows (ledger, tie.relative_id) && import_rows (ledger, tie.owner_id));
}

static gboolean
act_withdraw (const char *path)
{
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, NULL);
  gint64 other = ledger != NULL ? find_other (ledger) : 0;
  const ZifuEntryFilter refunds = { .has_kind = TRUE, .kind = ZIFU_ENTRY_REFUND };
  g_autoptr (GPtrArray) entries = other != 0 ? zifu_ledger_list_entries (ledger, other, &refunds, 0, NULL) : NULL;

  return entries != NULL &&
         (entries->len == 0 || zifu_ledger_withdraw (ledger, ((ZifuEntry *) g_ptr_array_index (entries, 0))->id, NULL));
}

/* Both refunds, the flag and the totals of the year go together. */
static int
state_of_withdrawal (const char *path)
{
  gint64 refunds = query_int (path, "SELECT COUNT (*) FROM acct_incexpd_d WHERE kind = 'refund'");
  gint64 flag = query_int (path, "SELECT refd_setl_flag FROM setl_d"), unlocked = query_int (path, "SELECT COUNT (*) FROM unlock_d");
  gint64 totals = query_int (path, "SELECT COUNT (*) FROM cum_d");

  if (unlocked == 0 && refunds == 0 && flag == 0 && totals > 0)
    return 1;
  return unlocked == 0 && refunds == 2 && flag == 1 && totals == 0 ? 0 : -1;
}

static const Action actions[] = {
  { "import", prepare_people, act_import, state_of_import },
  { "undo", prepare_imported, act_undo, state_of_undo },
  { "delete", prepare_imported, act_delete, state_of_delete },
  { "migrate-v1", prepare_v1, act_open, state_of_v1 },
  { "migrate-v2", prepare_v2, act_open, state_of_v2 },
  { "migrate-v3", prepare_v3, act_open, state_of_later },
  { "migrate-v4", prepare_v4, act_open, state_of_later },
  { "migrate-v6", prepare_v6, act_open, state_of_later },
  { "migrate-v7", prepare_v7, act_open, state_of_later },
  { "migrate-v8", prepare_v8, act_open, state_of_later },
  { "migrate-v9", prepare_v9, act_open, state_of_later },
  { "receipt", prepare_estimate, act_receipt, state_of_receipt },
  { "withdraw", prepare_refund, act_withdraw, state_of_withdrawal },
};

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  run_action (fixture, data, G_N_ELEMENTS (actions));
}

static void
fill_disk (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (ZifuLedger) ledger = NULL;
  ZifuImport import = { 0 };
  g_autoptr (GError) error = NULL;
  gint64 owner;
  guint i = 0;

  make_small (folder);
  ledger = open_ledger (path);
  owner = add_person (ledger, "赵一", "self", "active", 100000);
  g_assert_cmpint (zifu_ledger_begin_import (ledger, &import, &error), >, 0);
  do
    {
      g_autoptr (ZifuEntry) entry = zifu_entry_new ();

      entry->member_id = owner;
      entry->date = zifu_date_new (2026, 1, 1);
      entry->kind = ZIFU_ENTRY_CREDIT;
      entry->amount = 1;
      entry->note = g_strdup_printf ("一段不短的说明，使文件变大 %u", i);
      zifu_ledger_add_import_entry (ledger, entry, &error);
    }
  while (error == NULL && ++i < 40000);
  if (error == NULL)
    g_assert_false (zifu_ledger_commit_import (ledger, NULL, &error));
  else
    zifu_ledger_abort_import (ledger);
  g_assert_true (g_error_matches (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_FULL) ||
                 g_error_matches (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_OPEN));
  g_assert_cmpint (get_balance (ledger, owner), ==, 100000);
  g_clear_object (&ledger);

  /* There is room for something smaller. */
  ledger = open_ledger (path);
  add_entry (ledger, owner, "2026-02-05", ZIFU_ENTRY_CREDIT, 1);
  g_clear_object (&ledger);
  assert_sound (path);
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
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *none = g_build_filename (folder, "none.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = NULL;

  if (geteuid () == 0)
    g_assert_cmpint (setuid (65534), ==, 0);
  ledger = open_ledger (path);
  g_assert_true (zifu_ledger_is_read_only (ledger));
  g_assert_cmpint (get_balance (ledger, 1), ==, 100700);
  g_assert_cmpint (try_entry (ledger, 1, "2026-02-05", ZIFU_ENTRY_CREDIT, 1, 0, 0, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_null (zifu_ledger_open (none, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_OPEN);
}

/* An older file where nothing may be written cannot be brought up to date, and says so. */
static void
look_at_old (const char *path)
{
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    g_assert_cmpint (setuid (65534), ==, 0);
  g_assert_null (zifu_ledger_open (path, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, "older version"));
}

/* The modes of the folder and of the ledger in it, the way in always open. */
static void
set_modes (const char *path, int folder_mode, int file_mode)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (path, file_mode), ==, 0);
  g_assert_cmpint (g_chmod (folder, folder_mode), ==, 0);
}

/* Copies of this program may hold nothing that the caller would give back: see make_folder_of(). */
static void
try_protected (const char *path, void (*prepare) (const char *path), void (*look) (const char *path))
{
  prepare (path);
  set_modes (path, 0555, 0444);
  run_apart (path, look);
  set_modes (path, 0755, 0644);
}

static void
prepare_second (const char *path)
{
  make_old (path, 2);
}

static void
test_protected (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  try_protected (fixture->path, prepare_people, look_at_protected);
  g_remove (fixture->path);
  try_protected (fixture->path, prepare_second, look_at_old);
}

/* The ledger has no clock: what came later comes later, whatever the time says that is told with it. */
static void
test_clock_back (Fixture *fixture, gconstpointer data)
{
  static const char *const times[] = { "2026-11-26T08:00:00Z", "2019-01-01T00:00:00Z" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) imports = NULL;
  gint64 owner;

  fixture->ledger = open_ledger (fixture->path);
  owner = add_person (fixture->ledger, "赵一", "self", "active", 100);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      ZifuImport import = { .member_id = owner, .time = (char *) times[i] };

      g_assert_cmpint (zifu_ledger_begin_import (fixture->ledger, &import, &error), ==, (gint64) i + 1);
      g_assert_true (zifu_ledger_commit_import (fixture->ledger, NULL, &error));
    }
  add_entry (fixture->ledger, owner, "2019-01-01", ZIFU_ENTRY_CREDIT, 1);
  imports = zifu_ledger_list_imports (fixture->ledger, owner, &error);
  g_assert_cmpstr (((ZifuImport *) g_ptr_array_index (imports, 0))->time, ==, times[1]);
  assert_balanced (fixture->ledger, owner);
}

/* While one program imports, another reads what was there, is told to wait when it writes, and sees everything afterwards. */
static void
test_two_programs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) second = NULL;
  ZifuImport import = { 0 };
  g_autoptr (ZifuEntry) entry = zifu_entry_new ();

  fixture->ledger = open_ledger (fixture->path);
  entry->member_id = add_person (fixture->ledger, "赵一", "self", "active", 100);
  entry->date = day ("2026-02-05");
  entry->kind = ZIFU_ENTRY_CREDIT;
  entry->amount = 7;
  g_assert_cmpint (zifu_ledger_begin_import (fixture->ledger, &import, &error), >, 0);
  g_assert_cmpint (zifu_ledger_add_import_entry (fixture->ledger, entry, &error), >, 0);

  second = open_ledger (fixture->path);
  g_assert_cmpint (get_balance (second, entry->member_id), ==, 100);
  g_assert_cmpint (try_entry (second, entry->member_id, "2026-02-05", ZIFU_ENTRY_CREDIT, 1, 0, 0, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_true (zifu_ledger_commit_import (fixture->ledger, NULL, &error));
  g_assert_cmpint (get_balance (second, entry->member_id), ==, 107);
  add_entry (second, entry->member_id, "2026-02-05", ZIFU_ENTRY_CREDIT, 1);
  assert_balanced (fixture->ledger, entry->member_id);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up_closed, function, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *path = g_strconcat ("/ledger/kills/R39/", actions[i].name, NULL);

      g_test_add (path, Fixture, &actions[i], fixture_set_up_closed, test_killed, fixture_tear_down);
    }
  ADD ("/ledger/kills/full", test_full);
  ADD ("/ledger/kills/protected", test_protected);
  ADD ("/ledger/kills/clock-back", test_clock_back);
  ADD ("/ledger/kills/two-programs", test_two_programs);

  return g_test_run ();
}
