/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of the ledger share: a folder of their own for each test, and a look into the file past the ledger. */

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "zifu-ledger-private.h"

typedef struct {
  char       *folder;
  char       *path;
  ZifuLedger *ledger;
} Fixture;

static inline ZifuDate
day (const char *text)
{
  ZifuDate date = zifu_date_parse (text);

  g_assert_cmpint (date, !=, 0);
  return date;
}

static inline ZifuLedger *
open_ledger (const char *path)
{
  g_autoptr (GError) error = NULL;
  ZifuLedger *ledger = zifu_ledger_open (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (ledger);
  return ledger;
}

static inline void
fixture_set_up_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("zifu-ledger-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "own", "household.db", NULL);
}

static inline void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture_set_up_closed (fixture, data);
  fixture->ledger = open_ledger (fixture->path);
}

static inline void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static inline void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->ledger);
  remove_tree (fixture->folder);
  g_clear_pointer (&fixture->path, g_free);
  g_clear_pointer (&fixture->folder, g_free);
}

/* Many writes as one: what takes long is waiting for the disk. */
static inline void
begin_together (ZifuLedger *ledger)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (_zifu_ledger_begin (ledger, &error));
  g_assert_no_error (error);
}

static inline void
end_together (ZifuLedger *ledger)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (_zifu_ledger_end (ledger, TRUE, &error));
  g_assert_no_error (error);
}

/* Runs SQL on the file past the ledger; what SQLite says when it refuses, or NULL. */
static inline char *
try_sql (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  char *message = NULL, *copy;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  copy = g_strdup (message);
  sqlite3_free (message);
  sqlite3_close (db);
  return copy;
}

static inline void
run_sql (const char *path, const char *sql)
{
  g_autofree char *message = try_sql (path, sql);

  g_assert_cmpstr (message, ==, NULL);
}

/* The first column of the first row as text; the caller frees it. */
static inline char *
query_text (const char *path, const char *sql)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  char *text = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return text;
}

static inline gint64
query_int (const char *path, const char *sql)
{
  g_autofree char *text = query_text (path, sql);

  g_assert_nonnull (text);
  return g_ascii_strtoll (text, NULL, 10);
}

/* A file as an older program left it, from tests/fixtures. */
static inline void
make_old (const char *path, int version)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_strdup_printf ("ledger-v%d.sql", version);
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "fixtures", name, NULL);
  g_autofree char *sql = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_get_contents (source, &sql, NULL, NULL));
  run_sql (path, sql);
  g_assert_cmpint (query_int (path, "PRAGMA user_version"), ==, version);
}

static inline gboolean
file_contains (const char *path, const char *text)
{
  g_autofree char *bytes = NULL;
  gsize length, n = strlen (text);

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return FALSE;
  for (gsize i = 0; i + n <= length; i++)
    if (memcmp (bytes + i, text, n) == 0)
      return TRUE;
  return FALSE;
}

/* Somebody insured as an employee of Beijing unless the status says otherwise. */
static inline gint64
add_person (ZifuLedger *ledger, const char *name, const char *relation, const char *status, ZifuMoney opening)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = zifu_member_new ();
  gint64 id;

  member->name = g_strdup (name);
  member->relation = g_strdup (relation);
  member->sex = g_strdup ("2");
  member->region = g_strdup ("110000");
  member->insurance = g_strdup (g_str_equal (status, "resident") ? "390" : "310");
  member->status = g_strdup (status);
  member->resident_class = g_strdup (g_str_equal (status, "resident") ? "student" : NULL);
  member->birth = day ("1955-04-01");
  member->base = g_str_equal (status, "active") ? 1200000 : -1;
  member->has_account = opening >= 0;
  id = zifu_ledger_add_member (ledger, member, MAX (opening, 0), day ("2026-01-01"), &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static inline gint64
try_entry (ZifuLedger *ledger, gint64 member_id, const char *date, ZifuEntryKind kind, ZifuMoney amount, gint64 relative_id,
           gint64 original_id, GError **error)
{
  g_autoptr (ZifuEntry) entry = zifu_entry_new ();

  entry->member_id = member_id;
  entry->date = day (date);
  entry->kind = kind;
  entry->amount = amount;
  entry->relative_id = relative_id;
  entry->original_id = original_id;
  return zifu_ledger_add_entry (ledger, entry, error);
}

static inline gint64
add_entry (ZifuLedger *ledger, gint64 member_id, const char *date, ZifuEntryKind kind, ZifuMoney amount)
{
  g_autoptr (GError) error = NULL;
  gint64 id = try_entry (ledger, member_id, date, kind, amount, 0, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static inline ZifuMoney
get_balance (ZifuLedger *ledger, gint64 member_id)
{
  g_autoptr (GError) error = NULL;
  ZifuMoney balance = -1;

  g_assert_true (zifu_ledger_get_balance (ledger, member_id, &balance, NULL, &error));
  g_assert_no_error (error);
  return balance;
}

static inline GPtrArray *
list_all (ZifuLedger *ledger, gint64 member_id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = zifu_ledger_list_entries (ledger, member_id, NULL, 0, &error);

  g_assert_no_error (error);
  return entries;
}

/* Every recorded balance is the sum of all movements up to it. */
static inline void
assert_balanced (ZifuLedger *ledger, gint64 member_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = list_all (ledger, member_id);
  ZifuBalanceBreak broken;
  ZifuMoney sum = 0;

  for (guint i = entries->len; i > 0; i--)
    {
      const ZifuEntry *entry = g_ptr_array_index (entries, i - 1);

      sum += entry->amount;
      g_assert_cmpint (entry->balance, ==, sum);
    }
  g_assert_cmpint (get_balance (ledger, member_id), ==, sum);
  g_assert_true (zifu_ledger_check_balance (ledger, member_id, &broken, &error));
  g_assert_no_error (error);
  g_assert_cmpint (broken.entry_id, ==, 0);
}

static inline ZifuPackLibrary *
open_library (void)
{
  const char *folder = g_getenv ("ZIFU_POLICY_DIR");
  g_autofree char *own = g_test_build_filename (G_TEST_DIST, "..", "data", "policies", NULL);
  ZifuPackLibrary *library = zifu_pack_library_new ();

  zifu_pack_library_add_folder (library, folder != NULL ? folder : own, FALSE);
  return library;
}

static inline ZifuPack *
load_beijing (ZifuPackLibrary *library)
{
  g_autoptr (GError) error = NULL;
  ZifuPack *pack = zifu_pack_library_load (library, "110000", &error);

  g_assert_no_error (error);
  return pack;
}

static inline ZifuVisit *
make_visit (const char *date, const char *care, const char *institution_class, ZifuMoney total, ZifuMoney out)
{
  ZifuVisit *visit = zifu_visit_new ();

  visit->date = day (date);
  zifu_facts_set_string (visit->facts, "care", care);
  zifu_facts_set_string (visit->facts, "class", institution_class);
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  if (total > 0)
    {
      zifu_visit_set_total (visit, total);
      zifu_visit_set_parts (visit, out, 0, 0);
    }
  return visit;
}

static inline ZifuSettlement *
settle (ZifuLedger *ledger, ZifuPack *pack, gint64 member_id, const ZifuVisit *visit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPerson) person = zifu_ledger_load_person (ledger, member_id, &error);
  ZifuSettlement *settlement;

  g_assert_no_error (error);
  settlement = zifu_settle (pack, person, visit, &error);
  g_assert_no_error (error);
  return settlement;
}

static inline gint64
record (ZifuLedger *ledger, ZifuPack *pack, gint64 member_id, const ZifuVisit *visit, const char *institution, ZifuDate begin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSettlement) settlement = settle (ledger, pack, member_id, visit);
  gint64 id = zifu_ledger_add_settlement (ledger, member_id, visit, settlement, institution, begin, ZIFU_PROVENANCE_TYPED, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static inline char *
get_counter (ZifuLedger *ledger, gint64 member_id, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPerson) person = zifu_ledger_load_person (ledger, member_id, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < person->counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (person->counters, ZifuCounterValue, i);

      if (g_str_equal (counter->name, name))
        return zifu_rational_format (counter->value);
    }
  return NULL;
}

#define assert_counter(ledger, member_id, name, expected) \
  G_STMT_START \
  { \
    g_autofree char *counter_text = get_counter (ledger, member_id, name); \
    g_assert_cmpstr (counter_text, ==, expected); \
  } \
  G_STMT_END
