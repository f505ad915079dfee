/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-ledger-common.h"

/* Imports: many rows as one transaction, what is there already, and taking an import back. */

static gint64
begin_import (ZifuLedger *ledger, gint64 member_id)
{
  g_autoptr (GError) error = NULL;
  ZifuImport import = { .member_id = member_id, .time = (char *) "2026-11-26T08:00:00Z", .file_name = (char *) "账户明细.csv",
                        .file_hash = (char *) "abc", .mapping = (char *) "银行" };
  gint64 id = zifu_ledger_begin_import (ledger, &import, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static gint64
try_import (ZifuLedger *ledger, gint64 member_id, const char *date, ZifuEntryKind kind, ZifuMoney amount, const char *source,
            gint64 original_id, GError **error)
{
  g_autoptr (ZifuEntry) entry = zifu_entry_new ();

  entry->member_id = member_id;
  entry->date = day (date);
  entry->kind = kind;
  entry->amount = amount;
  entry->souc_rid = g_strdup (source);
  entry->original_id = original_id;
  entry->institution = g_strdup ("市第一医院");
  entry->note = g_strdup (source);
  entry->provenance = ZIFU_PROVENANCE_IMPORTED;
  return zifu_ledger_add_import_entry (ledger, entry, error);
}

static gint64
import_row (ZifuLedger *ledger, gint64 member_id, const char *date, ZifuEntryKind kind, ZifuMoney amount, const char *source)
{
  g_autoptr (GError) error = NULL;
  gint64 id = try_import (ledger, member_id, date, kind, amount, source, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static void
commit (ZifuLedger *ledger, guint n_dup)
{
  g_autoptr (GError) error = NULL;
  ZifuImport counts = { .n_dup = n_dup, .n_doubt = 2, .n_bad = 3 };

  g_assert_true (zifu_ledger_commit_import (ledger, &counts, &error));
  g_assert_no_error (error);
}

/* Everything in the file that an import may touch, in one text. */
static char *
dump (const char *path)
{
  return query_text (path, "SELECT (SELECT group_concat (rid || psn_no || acct_modi_date || kind || inc_sumamt || '-' || pay_sumamt || '='"
                           " || balc || IFNULL (souc_rid, ''), ';') FROM acct_incexpd_d)"
                           " || '/' || (SELECT group_concat (psn_no || ym || inc_sumamt || '-' || pay_sumamt || '-' || adj_sumamt || cnt)"
                           " FROM acct_mon_d) || '/' || IFNULL ((SELECT group_concat (txt) FROM txt_d), '')"
                           " || '/' || IFNULL ((SELECT group_concat (cashym || provenance) FROM psn_clct_detl_d), '')");
}

static void
test_stored (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  g_autoptr (GPtrArray) imports = NULL;
  g_autoptr (ZifuEntry) entry = NULL;
  const ZifuImport *import;
  gint64 id, first, found;

  id = begin_import (fixture->ledger, owner);
  first = import_row (fixture->ledger, owner, "2026-02-05", ZIFU_ENTRY_CREDIT, 24000, "a");
  import_row (fixture->ledger, owner, "2026-02-06", ZIFU_ENTRY_PHARMACY, -200000, "b");
  g_assert_cmpint (try_import (fixture->ledger, owner, "2026-02-07", ZIFU_ENTRY_PHARMACY, -1, "b", 0, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DUPLICATE);
  g_clear_error (&error);
  import_row (fixture->ledger, owner, "2026-03-05", ZIFU_ENTRY_CREDIT, 24000, NULL);
  import_row (fixture->ledger, owner, "2026-03-05", ZIFU_ENTRY_CREDIT, 24000, NULL);
  commit (fixture->ledger, 1);

  /* A file may say that more was taken than the account held. */
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, -28000);
  assert_balanced (fixture->ledger, owner);
  entry = zifu_ledger_get_entry (fixture->ledger, first, &error);
  g_assert_cmpstr (entry->souc_rid, ==, "a");
  g_assert_cmpint (entry->impt_id, ==, id);
  g_assert_cmpstr (entry->institution, ==, "市第一医院");

  imports = zifu_ledger_list_imports (fixture->ledger, owner, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (imports->len, ==, 1);
  import = g_ptr_array_index (imports, 0);
  g_assert_cmpint (import->id, ==, id);
  g_assert_cmpint (import->member_id, ==, owner);
  g_assert_cmpstr (import->time, ==, "2026-11-26T08:00:00Z");
  g_assert_cmpstr (import->file_name, ==, "账户明细.csv");
  g_assert_cmpstr (import->mapping, ==, "银行");
  g_assert_cmpuint (import->n_new, ==, 4);
  g_assert_cmpuint (import->n_dup, ==, 1);
  g_assert_cmpuint (import->n_doubt, ==, 2);
  g_assert_cmpuint (import->n_bad, ==, 3);
  g_assert_false (import->undone);

  g_assert_true (zifu_ledger_find_source (fixture->ledger, owner, "a", &found, &error));
  g_assert_cmpint (found, ==, first);
  g_assert_true (zifu_ledger_find_source (fixture->ledger, owner, "z", &found, &error));
  g_assert_cmpint (found, ==, 0);
}

/* In whatever order a file brings its rows, and whatever stands between them, the balances are the same. */
static void
test_any_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (GError) error = NULL;
  gint64 people[] = { add_person (fixture->ledger, "赵一", "self", "active", 100000),
                      add_person (fixture->ledger, "钱二", "parent", "retired", 500) };

  for (guint round = 0; round < 12; round++)
    {
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      gint64 id;

      add_entry (fixture->ledger, people[round % 2], "2026-03-10", ZIFU_ENTRY_CREDIT, 777 + round);
      before = dump (fixture->path);
      id = begin_import (fixture->ledger, 0);
      for (guint i = 0; i < 30; i++)
        {
          g_autofree char *date = zifu_date_format (day ("2025-12-01") + g_rand_int_range (rand, 0, 200));
          ZifuMoney amount = g_rand_int_range (rand, -5000, 5000);

          import_row (fixture->ledger, people[g_rand_int_range (rand, 0, 2)], date, ZIFU_ENTRY_TRANSFER, amount, NULL);
        }
      commit (fixture->ledger, 0);
      assert_balanced (fixture->ledger, people[0]);
      assert_balanced (fixture->ledger, people[1]);

      if (round % 3 == 2)
        continue;
      g_assert_true (zifu_ledger_undo_import (fixture->ledger, id, &error));
      g_assert_no_error (error);
      after = dump (fixture->path);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
test_refused_rows (Fixture *fixture, gconstpointer data)
{
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 child = add_person (fixture->ledger, "赵小", "child", "resident", -1);
  gint64 other = add_person (fixture->ledger, "钱二", "parent", "retired", 0);
  const struct { gint64 member; ZifuEntryKind kind; ZifuMoney amount; const char *source; gint64 original; int code; } wrong[] = {
    { owner, ZIFU_ENTRY_CREDIT, -1, "a", 0, ZIFU_LEDGER_ERROR_INPUT },
    { owner, ZIFU_ENTRY_CREDIT, ZIFU_MONEY_MAX, "a", 0, ZIFU_LEDGER_ERROR_INPUT },
    { owner, ZIFU_ENTRY_CREDIT, 1, "", 0, ZIFU_LEDGER_ERROR_INPUT },
    { owner, ZIFU_ENTRY_FAMILY, -1, "a", 0, ZIFU_LEDGER_ERROR_INPUT },
    { owner, ZIFU_ENTRY_REFUND, 1, "a", 4711, ZIFU_LEDGER_ERROR_NOT_FOUND },
    { owner, ZIFU_ENTRY_REFUND, 1, "a", 1, ZIFU_LEDGER_ERROR_INPUT },
    { child, ZIFU_ENTRY_CREDIT, 1, "a", 0, ZIFU_LEDGER_ERROR_INPUT },
    { 4711, ZIFU_ENTRY_CREDIT, 1, "a", 0, ZIFU_LEDGER_ERROR_NOT_FOUND },
  };
  g_autoptr (GError) error = NULL;
  ZifuImport import = { .member_id = 4711 };

  g_assert_cmpint (zifu_ledger_begin_import (fixture->ledger, &import, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  import = (ZifuImport){ .file_name = (char *) "\xff" };
  g_assert_cmpint (zifu_ledger_begin_import (fixture->ledger, &import, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_clear_error (&error);

  begin_import (fixture->ledger, 0);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_cmpint (try_import (fixture->ledger, wrong[i].member, "2026-02-05", wrong[i].kind, wrong[i].amount, wrong[i].source,
                                   wrong[i].original, &error), ==, 0);
      g_assert_error (error, ZIFU_LEDGER_ERROR, wrong[i].code);
      g_clear_error (&error);
    }
  import_row (fixture->ledger, owner, "2026-02-05", ZIFU_ENTRY_CREDIT, 1, "a");
  commit (fixture->ledger, 0);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 100001);

  /* Who imports for one person imports for nobody else. */
  begin_import (fixture->ledger, owner);
  g_assert_cmpint (try_import (fixture->ledger, other, "2026-02-05", ZIFU_ENTRY_CREDIT, 1, "b", 0, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  zifu_ledger_abort_import (fixture->ledger);
}

static void
test_given_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  g_autofree char *before = dump (fixture->path);
  g_autofree char *after = NULL;

  begin_import (fixture->ledger, owner);
  import_row (fixture->ledger, owner, "2025-02-05", ZIFU_ENTRY_CREDIT, 24000, "a");
  g_assert_cmpint (try_entry (fixture->ledger, owner, "2026-02-05", ZIFU_ENTRY_CREDIT, 1, 0, 0, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_BUSY);
  zifu_ledger_abort_import (fixture->ledger);
  zifu_ledger_abort_import (fixture->ledger);
  after = dump (fixture->path);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM impt_d"), ==, 0);

  /* So it is when the program goes in the middle. */
  begin_import (fixture->ledger, owner);
  import_row (fixture->ledger, owner, "2025-02-05", ZIFU_ENTRY_CREDIT, 24000, "a");
  g_clear_object (&fixture->ledger);
  g_clear_pointer (&after, g_free);
  after = dump (fixture->path);
  g_assert_cmpstr (after, ==, before);
  fixture->ledger = open_ledger (fixture->path);
  assert_balanced (fixture->ledger, owner);
}

static void
test_undo_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 id = begin_import (fixture->ledger, owner), bought, refund;

  bought = import_row (fixture->ledger, owner, "2026-02-05", ZIFU_ENTRY_PHARMACY, -4500, "a");
  refund = try_import (fixture->ledger, owner, "2026-02-06", ZIFU_ENTRY_REFUND, 4500, "b", bought, &error);
  g_assert_no_error (error);
  g_assert_cmpint (refund, >, 0);
  bought = import_row (fixture->ledger, owner, "2026-02-07", ZIFU_ENTRY_PHARMACY, -300, "c");
  commit (fixture->ledger, 0);

  /* A refund that came with the import goes with it; one that was typed holds it. */
  refund = try_entry (fixture->ledger, owner, "2026-02-08", ZIFU_ENTRY_REFUND, 300, 0, bought, &error);
  g_assert_no_error (error);
  g_assert_false (zifu_ledger_undo_import (fixture->ledger, id, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_REFERRED);
  g_clear_error (&error);
  assert_balanced (fixture->ledger, owner);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 5);

  g_assert_false (zifu_ledger_undo_import (fixture->ledger, 4711, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
}

static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 id = begin_import (fixture->ledger, owner);
  g_autoptr (GPtrArray) imports = NULL;

  import_row (fixture->ledger, owner, "2026-02-05", ZIFU_ENTRY_PHARMACY, -4500, "只在这里的键");
  g_assert_true (zifu_ledger_add_import_contribution (fixture->ledger, owner, zifu_month_new (2026, 1), 0, 100, 2,
                                                      ZIFU_PROVENANCE_IMPORTED, &error));
  g_assert_no_error (error);
  g_assert_false (zifu_ledger_add_import_contribution (fixture->ledger, owner, zifu_month_new (2026, 1), 0, 100, 2,
                                                       ZIFU_PROVENANCE_IMPORTED, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DUPLICATE);
  g_clear_error (&error);
  commit (fixture->ledger, 0);

  g_assert_true (zifu_ledger_undo_import (fixture->ledger, id, &error));
  g_assert_no_error (error);
  g_assert_false (zifu_ledger_undo_import (fixture->ledger, id, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 100000);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM txt_d"), ==, 0);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_clct_detl_d"), ==, 0);

  begin_import (fixture->ledger, owner);
  import_row (fixture->ledger, owner, "2026-02-05", ZIFU_ENTRY_PHARMACY, -4500, "只在这里的键");
  commit (fixture->ledger, 0);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 95500);
  imports = zifu_ledger_list_imports (fixture->ledger, 0, &error);
  g_assert_cmpuint (imports->len, ==, 2);
  g_assert_false (((ZifuImport *) g_ptr_array_index (imports, 0))->undone);
  g_assert_true (((ZifuImport *) g_ptr_array_index (imports, 1))->undone);
}

/* A break that was there before stays where it is, by the same amount. */
static void
test_break_stays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000), id;
  ZifuBalanceBreak broken;

  add_entry (fixture->ledger, owner, "2026-03-05", ZIFU_ENTRY_CREDIT, 24000);
  add_entry (fixture->ledger, owner, "2026-04-05", ZIFU_ENTRY_CREDIT, 24000);
  run_sql (fixture->path, "UPDATE acct_incexpd_d SET balc = balc - 4500 WHERE acct_modi_date >= '2026-04-01'");

  id = begin_import (fixture->ledger, owner);
  import_row (fixture->ledger, owner, "2026-05-05", ZIFU_ENTRY_CREDIT, 10, "a");
  import_row (fixture->ledger, owner, "2026-02-05", ZIFU_ENTRY_CREDIT, 100, "b");
  commit (fixture->ledger, 0);
  g_assert_true (zifu_ledger_check_balance (fixture->ledger, owner, &broken, &error));
  g_assert_cmpint (broken.date, ==, day ("2026-04-05"));
  g_assert_cmpint (broken.recorded, ==, 143600);
  g_assert_cmpint (broken.expected, ==, 148100);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 143610);

  g_assert_true (zifu_ledger_undo_import (fixture->ledger, id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 143500);
}

static void
test_person_goes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 other = add_person (fixture->ledger, "钱二", "parent", "retired", 0);

  begin_import (fixture->ledger, 0);
  import_row (fixture->ledger, owner, "2026-02-05", ZIFU_ENTRY_CREDIT, 1, "a");
  import_row (fixture->ledger, other, "2026-02-05", ZIFU_ENTRY_CREDIT, 1, "a");
  commit (fixture->ledger, 0);
  begin_import (fixture->ledger, other);
  import_row (fixture->ledger, other, "2026-02-05", ZIFU_ENTRY_CREDIT, 1, "b");
  commit (fixture->ledger, 0);

  g_assert_true (zifu_ledger_delete_member (fixture->ledger, other, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM impt_d"), ==, 1);
  g_assert_true (zifu_ledger_delete_member (fixture->ledger, owner, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM impt_d"), ==, 0);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_mon_d"), ==, 0);
}

static void
test_correction (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 raised = add_entry (fixture->ledger, owner, "2026-02-05", ZIFU_ENTRY_CORRECTION, 500);
  g_autoptr (ZifuEntry) entry = zifu_ledger_get_entry (fixture->ledger, raised, &error);
  g_autoptr (GArray) months = NULL;

  add_entry (fixture->ledger, owner, "2026-02-06", ZIFU_ENTRY_CORRECTION, -700);
  g_assert_cmpstr (entry->incexpd_type, ==, "110");
  g_assert_cmpint (entry->kind, ==, ZIFU_ENTRY_CORRECTION);
  assert_balanced (fixture->ledger, owner);

  /* Nothing came in or went out by it. */
  months = zifu_ledger_list_months (fixture->ledger, owner, &error);
  g_assert_cmpint (g_array_index (months, ZifuMonthSummary, 0).income, ==, 0);
  g_assert_cmpint (g_array_index (months, ZifuMonthSummary, 0).outlay, ==, 0);
  g_assert_cmpint (g_array_index (months, ZifuMonthSummary, 0).end_balance, ==, 99800);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/ledger/imports/R39/stored", test_stored);
  ADD ("/ledger/imports/R39/any-order", test_any_order);
  ADD ("/ledger/imports/refused-rows", test_refused_rows);
  ADD ("/ledger/imports/given-up", test_given_up);
  ADD ("/ledger/imports/undo-refused", test_undo_refused);
  ADD ("/ledger/imports/again", test_again);
  ADD ("/ledger/imports/break-stays", test_break_stays);
  ADD ("/ledger/imports/person-goes", test_person_goes);
  ADD ("/ledger/entries/correction", test_correction);

  return g_test_run ();
}
