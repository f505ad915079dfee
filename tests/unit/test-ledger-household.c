/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <unistd.h>

#include "test-ledger-common.h"

/* What ties people, what is known of them, people who are put aside, and people who go. */

static void
test_ties (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 daughter = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 son = add_person (fixture->ledger, "赵一", "other", "active", 5000);
  gint64 parent = add_person (fixture->ledger, "钱二", "parent", "retired", 0);
  gint64 child = add_person (fixture->ledger, "赵小", "child", "resident", -1);
  ZifuMutualTie tie = { daughter, parent, TRUE, 50000, day ("2026-02-01") };
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (GArray) ties = NULL;
  const ZifuMutualAccount *accounts;

  g_assert_true (zifu_ledger_set_tie (fixture->ledger, &tie, &error));
  tie = (ZifuMutualTie){ son, parent, FALSE, 0, day ("2026-01-15") };
  g_assert_true (zifu_ledger_set_tie (fixture->ledger, &tie, &error));
  tie.owner_id = child;
  g_assert_false (zifu_ledger_set_tie (fixture->ledger, &tie, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_clear_error (&error);
  tie.owner_id = tie.relative_id;
  g_assert_false (zifu_ledger_set_tie (fixture->ledger, &tie, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_clear_error (&error);

  /* What was used before the tie began does not count, what was used since then does, what was returned does not. */
  try_entry (fixture->ledger, daughter, "2026-01-20", ZIFU_ENTRY_FAMILY, -700, parent, 0, &error);
  try_entry (fixture->ledger, daughter, "2026-02-01", ZIFU_ENTRY_FAMILY, -12000, parent, 0, &error);
  g_assert_no_error (error);
  person = zifu_ledger_load_person (fixture->ledger, parent, &error);
  g_assert_cmpuint (person->mutual->len, ==, 2);
  accounts = &g_array_index (person->mutual, ZifuMutualAccount, 0);
  g_assert_cmpstr (accounts[0].id, ==, "赵一 (2)");
  g_assert_false (accounts[0].has_quota);
  g_assert_cmpint (accounts[0].balance, ==, 5000);
  g_assert_cmpstr (accounts[1].id, ==, "赵一 (1)");
  g_assert_true (accounts[1].has_quota);
  g_assert_cmpint (accounts[1].quota, ==, 38000);
  g_assert_cmpint (accounts[1].balance, ==, 87300);

  ties = zifu_ledger_list_ties (fixture->ledger, daughter, &error);
  g_assert_cmpuint (ties->len, ==, 1);
  g_assert_cmpint (g_array_index (ties, ZifuMutualTie, 0).relative_id, ==, parent);
  g_assert_true (zifu_ledger_end_tie (fixture->ledger, daughter, parent, &error));
  g_assert_false (zifu_ledger_end_tie (fixture->ledger, daughter, parent, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_clear_pointer (&person, zifu_person_free);
  person = zifu_ledger_load_person (fixture->ledger, parent, &error);
  g_assert_cmpuint (person->mutual->len, ==, 1);
  g_assert_cmpstr (g_array_index (person->mutual, ZifuMutualAccount, 0).id, ==, "赵一");
  g_assert_cmpint (get_balance (fixture->ledger, daughter), ==, 87300);
}

static void
test_person (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 328640);
  gint64 child = add_person (fixture->ledger, "赵小", "child", "resident", -1);
  ZifuRational third;
  g_autoptr (ZifuPerson) person = NULL;
  const ZifuPayment *payments;

  g_assert_true (zifu_rational_parse ("4387/3", &third));
  g_assert_true (zifu_ledger_set_counter (fixture->ledger, owner, "op_ded", third, day ("2026-01-01"), &error));
  g_assert_true (zifu_ledger_set_counter (fixture->ledger, owner, "stays", ZIFU_RATIONAL_ONE, 0, &error));
  g_assert_true (zifu_ledger_set_counter (fixture->ledger, owner, "stays", zifu_rational_from_int (2), 0, &error));
  g_assert_false (zifu_ledger_set_counter (fixture->ledger, 4711, "stays", ZIFU_RATIONAL_ONE, 0, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (zifu_ledger_set_counter (fixture->ledger, owner, "stays", zifu_rational_from_int (-1), 0, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_clear_error (&error);

  g_assert_true (zifu_ledger_add_contribution (fixture->ledger, owner, zifu_month_new (2026, 2), day ("2026-04-10"), 1200000, 24000,
                                               ZIFU_PROVENANCE_TYPED, &error));
  g_assert_true (zifu_ledger_add_contribution (fixture->ledger, owner, zifu_month_new (2026, 1), 0, -1, -1, ZIFU_PROVENANCE_TYPED, &error));
  g_assert_true (zifu_ledger_add_contribution (fixture->ledger, owner, zifu_month_new (2026, 2), day ("2026-03-10"), 1200000, 24000,
                                               ZIFU_PROVENANCE_TYPED, &error));

  person = zifu_ledger_load_person (fixture->ledger, owner, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (zifu_facts_get_string (person->facts, "insurance"), ==, "310");
  g_assert_cmpstr (zifu_facts_get_string (person->facts, "status"), ==, "active");
  g_assert_cmpstr (zifu_facts_get_string (person->facts, "birth"), ==, "1955-04-01");
  g_assert_cmpstr (zifu_facts_get_string (person->facts, "base"), ==, "12000.00");
  g_assert_null (zifu_facts_get (person->facts, "resident_class"));
  g_assert_cmpuint (person->purses->len, ==, 1);
  g_assert_cmpint (zifu_person_get_balance (person), ==, 328640);
  assert_counter (fixture->ledger, owner, "op_ded", "4387/3");
  assert_counter (fixture->ledger, owner, "stays", "2");
  g_assert_cmpint (g_array_index (person->counters, ZifuCounterValue, 0).since, ==, day ("2026-01-01"));
  g_assert_cmpint (g_array_index (person->counters, ZifuCounterValue, 1).since, ==, 0);

  g_assert_cmpuint (person->payments->len, ==, 2);
  payments = &g_array_index (person->payments, ZifuPayment, 0);
  g_assert_cmpint (payments[0].first, ==, zifu_month_new (2026, 1));
  g_assert_cmpint (payments[0].paid_on, ==, zifu_month_new (2026, 1));
  g_assert_cmpint (payments[1].paid_on, ==, zifu_month_new (2026, 3));

  g_clear_pointer (&person, zifu_person_free);
  person = zifu_ledger_load_person (fixture->ledger, child, &error);
  g_assert_cmpuint (person->purses->len, ==, 0);
  g_assert_cmpstr (zifu_facts_get_string (person->facts, "resident_class"), ==, "student");
  g_assert_null (zifu_facts_get (person->facts, "base"));
  g_assert_null (zifu_ledger_load_person (fixture->ledger, 4711, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
}

static void
test_archive (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 other = add_person (fixture->ledger, "钱二", "parent", "retired", 500);
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (ZifuMember) member = NULL;

  g_assert_true (zifu_ledger_set_archived (fixture->ledger, owner, TRUE, &error));
  g_assert_no_error (error);
  members = zifu_ledger_list_members (fixture->ledger, &error);
  g_assert_cmpuint (members->len, ==, 2);
  g_assert_cmpint (((ZifuMember *) g_ptr_array_index (members, 0))->id, ==, other);
  g_assert_false (((ZifuMember *) g_ptr_array_index (members, 0))->archived);
  g_assert_true (((ZifuMember *) g_ptr_array_index (members, 1))->archived);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 100000);

  /* What is changed about a person does not bring them back. */
  member = zifu_ledger_get_member (fixture->ledger, owner, &error);
  member->archived = FALSE;
  g_assert_true (zifu_ledger_update_member (fixture->ledger, member, &error));
  g_clear_pointer (&member, zifu_member_free);
  member = zifu_ledger_get_member (fixture->ledger, owner, &error);
  g_assert_true (member->archived);

  g_assert_true (zifu_ledger_set_archived (fixture->ledger, owner, FALSE, &error));
  g_clear_pointer (&member, zifu_member_free);
  member = zifu_ledger_get_member (fixture->ledger, owner, &error);
  g_assert_false (member->archived);
  g_assert_false (zifu_ledger_set_archived (fixture->ledger, 4711, TRUE, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
}

static const char *const secrets[] = { "钱二栋", "某药很特别", "只去这家医院", "钱二栋的明细.csv", "source-key-4711" };

static void
fill (ZifuLedger *ledger, gint64 owner, gint64 other)
{
  ZifuImport import = { .member_id = other, .file_name = (char *) "钱二栋的明细.csv", .file_hash = (char *) "x" };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (zifu_ledger_begin_import (ledger, &import, &error), >, 0);
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (ZifuEntry) entry = zifu_entry_new ();

      entry->member_id = other;
      entry->date = day ("2026-02-05") + i;
      entry->kind = ZIFU_ENTRY_PHARMACY;
      entry->amount = -10;
      entry->note = g_strdup_printf ("某药很特别 %u", i);
      entry->institution = g_strdup ("只去这家医院");
      entry->souc_rid = g_strdup_printf ("source-key-4711-%u", i);
      g_assert_cmpint (zifu_ledger_add_import_entry (ledger, entry, &error), >, 0);
    }
  g_assert_true (zifu_ledger_commit_import (ledger, NULL, &error));
  g_assert_no_error (error);
  try_entry (ledger, owner, "2026-03-01", ZIFU_ENTRY_FAMILY, -100, other, 0, &error);
  g_assert_no_error (error);
}

/* Whether any file beside the ledger holds one of the secrets. */
static const char *
find_secret (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
        if (file_contains (file, secrets[i]))
          return secrets[i];
    }
  return NULL;
}

/* No byte of any file tells of somebody who was deleted. */
static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 other = add_person (fixture->ledger, "钱二栋", "parent", "retired", 500000);
  g_autoptr (GPtrArray) problems = NULL;

  fill (fixture->ledger, owner, other);
  g_assert_nonnull (find_secret (fixture->path));
  g_assert_true (zifu_ledger_delete_member (fixture->ledger, other, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (find_secret (fixture->path), ==, NULL);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 99900);
  problems = zifu_ledger_verify (fixture->ledger, &error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_clear_object (&fixture->ledger);
  g_assert_cmpstr (find_secret (fixture->path), ==, NULL);
}

/* Another program that has the file open holds that up no longer than until it closes it. */
static void
test_deleted_while_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 other = add_person (fixture->ledger, "钱二栋", "parent", "retired", 500000);
  g_autoptr (ZifuLedger) second = open_ledger (fixture->path);

  fill (fixture->ledger, owner, other);
  g_assert_cmpint (get_balance (second, owner), ==, 99900);
  g_assert_true (zifu_ledger_delete_member (fixture->ledger, other, &error));
  g_assert_no_error (error);
  g_clear_object (&fixture->ledger);
  g_clear_object (&second);
  g_assert_cmpstr (find_secret (fixture->path), ==, NULL);
}

/* What an undone import brought is gone from the bytes as well, once the file is closed. */
static void
test_undone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 other = add_person (fixture->ledger, "孙三", "parent", "retired", 500000);

  fill (fixture->ledger, owner, other);
  g_assert_true (zifu_ledger_undo_import (fixture->ledger, 1, &error));
  g_assert_no_error (error);
  g_clear_object (&fixture->ledger);
  g_assert_false (file_contains (fixture->path, "某药很特别"));
  g_assert_false (file_contains (fixture->path, "source-key-4711"));
}

/* Copies that the program knows of are named, whatever they are called; other files are not. */
static void
test_copies (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autofree char *backup = g_build_filename (backups, "daily.zifu", NULL);
  g_autofree char *daily = g_build_filename (backups, "newest.zifu-backup", NULL);
  g_autofree char *foreign = g_build_filename (folder, "notes.db", NULL);
  g_autofree char *text = g_build_filename (folder, "notes.txt", NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *with_header = NULL;
  g_autoptr (GPtrArray) copies = NULL;
  gsize length;

  add_person (fixture->ledger, "赵一", "self", "active", 100000);
  g_clear_object (&fixture->ledger);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  with_header = g_malloc (length + 10);
  memcpy (with_header, "zifu copy\n", 10);
  memcpy (with_header + 10, bytes, length);
  g_assert_cmpint (g_mkdir (backups, 0700), ==, 0);
  g_assert_true (g_file_set_contents (backup, with_header, length + 10, NULL));
  memcpy (bytes + 68, "ZifB", 4);
  g_assert_true (g_file_set_contents (daily, bytes, length, NULL));
  g_assert_true (g_file_set_contents (text, "SQLite format 3", -1, NULL));
  run_sql (foreign, "CREATE TABLE notes (text TEXT)");

  /* What SQLite keeps beside the file holds pages of it and is no copy. */
  fixture->ledger = open_ledger (fixture->path);
  add_person (fixture->ledger, "钱二", "spouse", "active", 0);
  copies = zifu_ledger_list_copies (fixture->ledger);
  g_assert_cmpuint (copies->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (copies, 0), ==, backup);
  g_assert_cmpstr (g_ptr_array_index (copies, 1), ==, daily);
}

/* A damaged file that was put aside is one, whatever it has lost, and so is its log; what a link leads to is the household itself. */
static void
test_copies_aside (Fixture *fixture, gconstpointer data)
{
  g_autofree char *aside = g_strconcat (fixture->path, ".damaged-20261126-081500", NULL);
  g_autofree char *log = g_strconcat (aside, "-wal", NULL), *index = g_strconcat (aside, "-shm", NULL);
  g_autofree char *link_path = g_build_filename (fixture->folder, "link.db", NULL);
  g_autoptr (ZifuLedger) linked = NULL;
  g_autoptr (GPtrArray) copies = NULL, of_link = NULL;

  add_person (fixture->ledger, "赵一", "self", "active", 100000);
  g_assert_true (g_file_set_contents (aside, "all that is left is a name: 钱二", -1, NULL));
  g_assert_true (g_file_set_contents (log, "x", -1, NULL));
  g_assert_true (g_file_set_contents (index, "x", -1, NULL));
  copies = zifu_ledger_list_copies (fixture->ledger);
  g_assert_cmpuint (copies->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (copies, 0), ==, aside);
  g_assert_cmpstr (g_ptr_array_index (copies, 1), ==, log);

  g_assert_cmpint (g_unlink (aside), ==, 0);
  g_assert_cmpint (g_unlink (log), ==, 0);
  g_clear_object (&fixture->ledger);
  g_assert_cmpint (symlink (fixture->path, link_path), ==, 0);
  linked = open_ledger (link_path);
  of_link = zifu_ledger_list_copies (linked);
  g_assert_cmpuint (of_link->len, ==, 0);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/ledger/ties/R12/R24", test_ties);
  ADD ("/ledger/person/R39", test_person);
  ADD ("/ledger/household/R39/archive", test_archive);
  ADD ("/ledger/household/deleted", test_deleted);
  ADD ("/ledger/household/deleted-while-open", test_deleted_while_open);
  ADD ("/ledger/household/undone", test_undone);
  ADD ("/ledger/household/copies", test_copies);
  ADD ("/ledger/household/copies-aside", test_copies_aside);

  return g_test_run ();
}
