/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-ledger-common.h"

#include <sys/stat.h>

static int
mode_of (const char *path)
{
  struct stat status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return status.st_mode & 0777;
}

static void
test_private (Fixture *fixture, gconstpointer data)
{
  g_autofree char *own = g_path_get_dirname (fixture->path);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *shared = g_build_filename (fixture->folder, "shared", NULL);
  g_autofree char *path = g_build_filename (shared, "household.db", NULL);
  g_autoptr (ZifuLedger) ledger = NULL;
  g_autofree char *journal = NULL;

  fixture->ledger = open_ledger (fixture->path);
  add_person (fixture->ledger, "赵一", "self", "active", 100);
  g_assert_cmpint (mode_of (own), ==, 0700);
  g_assert_cmpint (mode_of (fixture->path), ==, 0600);
  g_assert_cmpint (mode_of (log), ==, 0600);
  g_assert_cmpstr (zifu_ledger_get_path (fixture->ledger), ==, fixture->path);
  g_assert_cmpint (zifu_ledger_get_schema_version (fixture->ledger), ==, ZIFU_LEDGER_SCHEMA_VERSION);
  journal = query_text (fixture->path, "PRAGMA journal_mode");
  g_assert_cmpstr (journal, ==, "wal");

  /* A folder that was there before keeps its mode; a file that everybody could read does not. */
  g_assert_cmpint (g_mkdir (shared, 0755), ==, 0);
  g_assert_cmpint (g_chmod (shared, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  ledger = open_ledger (path);
  g_assert_cmpint (mode_of (shared), ==, 0755);
  g_assert_cmpint (mode_of (path), ==, 0600);
}

static void
test_default_path (void)
{
  g_autofree char *path = zifu_ledger_default_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (ZifuLedger) ledger = NULL;

  g_assert_cmpstr (g_get_user_data_dir (), ==, g_getenv ("XDG_DATA_HOME"));
  g_assert_true (g_str_has_prefix (path, g_get_user_data_dir ()));
  g_assert_true (g_str_has_suffix (path, "/zifu/household.db"));
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  ledger = open_ledger (path);
  g_assert_cmpint (mode_of (folder), ==, 0700);
}

static void
test_members (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 parent = add_person (fixture->ledger, "  Qian Er ", "parent", "retired", 1234);
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 0);
  gint64 child = add_person (fixture->ledger, "赵小", "child", "resident", -1);
  g_autoptr (GPtrArray) members = zifu_ledger_list_members (fixture->ledger, &error);
  g_autoptr (ZifuMember) member = NULL;
  g_autoptr (ZifuMember) copy = NULL;
  g_autoptr (GPtrArray) entries = list_all (fixture->ledger, parent);
  g_autoptr (GPtrArray) none = list_all (fixture->ledger, child);

  g_assert_cmpuint (members->len, ==, 3);
  g_assert_cmpint (((ZifuMember *) g_ptr_array_index (members, 0))->id, ==, owner);
  g_assert_cmpint (((ZifuMember *) g_ptr_array_index (members, 1))->id, ==, parent);

  member = zifu_ledger_get_member (fixture->ledger, parent, &error);
  g_assert_cmpstr (member->name, ==, "Qian Er");
  g_assert_cmpstr (member->status, ==, "retired");
  g_assert_cmpint (member->base, ==, -1);
  g_assert_true (member->has_account);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpint (((ZifuEntry *) g_ptr_array_index (entries, 0))->kind, ==, ZIFU_ENTRY_OPENING);
  g_assert_cmpint (((ZifuEntry *) g_ptr_array_index (entries, 0))->amount, ==, 1234);
  g_assert_cmpuint (none->len, ==, 0);

  copy = zifu_member_copy (member);
  g_free (copy->name);
  copy->name = g_strdup ("钱二");
  copy->base = 500000;
  copy->birth = 0;
  g_assert_true (zifu_ledger_update_member (fixture->ledger, copy, &error));
  g_clear_pointer (&member, zifu_member_free);
  member = zifu_ledger_get_member (fixture->ledger, parent, &error);
  g_assert_cmpstr (member->name, ==, "钱二");
  g_assert_cmpint (member->base, ==, 500000);
  g_assert_cmpint (member->birth, ==, 0);

  copy->id = 4711;
  g_assert_false (zifu_ledger_update_member (fixture->ledger, copy, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (zifu_ledger_get_member (fixture->ledger, 4711, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);

  /* The platform's class of person follows from ours. */
  g_assert_cmpint (query_int (fixture->path, "SELECT psn_type FROM psn_b WHERE relation = 'self'"), ==, 11);
  g_assert_cmpint (query_int (fixture->path, "SELECT psn_type FROM psn_b WHERE relation = 'child'"), ==, 14);
}

static void
test_members_refused (Fixture *fixture, gconstpointer data)
{
  static const struct { const char *name, *status, *sex; ZifuMoney base, opening; gboolean has_account; } wrong[] = {
    { "", "active", "1", 100, 0, TRUE },          { "   ", "active", "1", 100, 0, TRUE },
    { "\xff", "active", "1", 100, 0, TRUE },      { "A", "rich", "1", 100, 0, TRUE },
    { "A", "active", "x", 100, 0, TRUE },         { "A", "active", "1", -2, 0, TRUE },
    { "A", "active", "1", 100, -1, TRUE },        { "A", "active", "1", 100, 1, FALSE },
    { "A", "active", "1", 100, ZIFU_MONEY_MAX + 1, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuMember) member = zifu_member_new ();

      member->name = g_strdup (wrong[i].name);
      member->relation = g_strdup ("self");
      member->sex = g_strdup (wrong[i].sex);
      member->region = g_strdup ("110000");
      member->insurance = g_strdup ("310");
      member->status = g_strdup (wrong[i].status);
      member->base = wrong[i].base;
      member->has_account = wrong[i].has_account;
      g_assert_cmpint (zifu_ledger_add_member (fixture->ledger, member, wrong[i].opening, day ("2026-01-01"), &error), ==, 0);
      g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
    }
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_b"), ==, 0);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 0);
}

static void
test_entries (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 child = add_person (fixture->ledger, "赵小", "child", "resident", -1);
  g_autoptr (ZifuEntry) entry = zifu_entry_new ();
  g_autoptr (ZifuEntry) read = NULL;
  gint64 credit, premium;
  ZifuDate as_of = 0;
  ZifuMoney balance;

  entry->member_id = owner;
  entry->date = day ("2026-02-05");
  entry->kind = ZIFU_ENTRY_CREDIT;
  entry->amount = 24000;
  entry->for_month = zifu_month_new (2026, 1);
  entry->base = 1200000;
  entry->note = g_strdup ("单位缴费");
  entry->provenance = ZIFU_PROVENANCE_IMPORTED;
  credit = zifu_ledger_add_entry (fixture->ledger, entry, &error);
  g_assert_no_error (error);
  add_entry (fixture->ledger, owner, "2026-02-10", ZIFU_ENTRY_PHARMACY, -6800);
  premium = try_entry (fixture->ledger, owner, "2026-02-11", ZIFU_ENTRY_PREMIUM, -43500, child, 0, &error);
  g_assert_no_error (error);
  add_entry (fixture->ledger, owner, "2026-02-12", ZIFU_ENTRY_INTEREST, 123);
  add_entry (fixture->ledger, owner, "2026-02-13", ZIFU_ENTRY_TRANSFER, 186025);
  add_entry (fixture->ledger, owner, "2026-02-14", ZIFU_ENTRY_TRANSFER, -5);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 100000 + 24000 - 6800 - 43500 + 123 + 186025 - 5);
  assert_balanced (fixture->ledger, owner);

  read = zifu_ledger_get_entry (fixture->ledger, credit, &error);
  g_assert_cmpint (read->date, ==, day ("2026-02-05"));
  g_assert_cmpint (read->for_month, ==, zifu_month_new (2026, 1));
  g_assert_cmpint (read->base, ==, 1200000);
  g_assert_cmpstr (read->note, ==, "单位缴费");
  g_assert_cmpstr (read->incexpd_type, ==, "101");
  g_assert_cmpint (read->balance, ==, 124000);
  g_assert_cmpint (read->provenance, ==, ZIFU_PROVENANCE_IMPORTED);
  g_clear_pointer (&read, zifu_entry_free);

  read = zifu_ledger_get_entry (fixture->ledger, premium, &error);
  g_assert_cmpstr (read->incexpd_type, ==, "205");
  g_assert_cmpstr (read->relative_name, ==, "赵小");
  g_assert_cmpint (read->relative_id, ==, child);
  g_assert_cmpint (read->base, ==, -1);
  g_assert_cmpint (read->for_month, ==, 0);

  g_assert_true (zifu_ledger_get_balance (fixture->ledger, owner, &balance, &as_of, &error));
  g_assert_cmpint (as_of, ==, day ("2026-02-14"));
}

static void
test_entries_refused (Fixture *fixture, gconstpointer data)
{
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 child = add_person (fixture->ledger, "赵小", "child", "resident", -1);
  const struct { gint64 member; ZifuEntryKind kind; ZifuMoney amount; gint64 relative, original; int code; } wrong[] = {
    { owner, ZIFU_ENTRY_CREDIT, -1, 0, 0, ZIFU_LEDGER_ERROR_INPUT },
    { owner, ZIFU_ENTRY_PHARMACY, 1, 0, 0, ZIFU_LEDGER_ERROR_INPUT },
    { owner, ZIFU_ENTRY_PHARMACY, -100001, 0, 0, ZIFU_LEDGER_ERROR_INPUT },
    { owner, ZIFU_ENTRY_CREDIT, ZIFU_MONEY_MAX, 0, 0, ZIFU_LEDGER_ERROR_INPUT },
    { owner, ZIFU_ENTRY_CREDIT, G_MAXINT64, 0, 0, ZIFU_LEDGER_ERROR_INPUT },
    { owner, ZIFU_ENTRY_FAMILY, -1, 0, 0, ZIFU_LEDGER_ERROR_INPUT },
    { owner, ZIFU_ENTRY_FAMILY, -1, owner, 0, ZIFU_LEDGER_ERROR_INPUT },
    { owner, ZIFU_ENTRY_FAMILY, -1, 4711, 0, ZIFU_LEDGER_ERROR_INPUT },
    { owner, ZIFU_ENTRY_CREDIT, 1, 0, 1, ZIFU_LEDGER_ERROR_INPUT },
    { owner, ZIFU_ENTRY_REFUND, 1, 0, 4711, ZIFU_LEDGER_ERROR_NOT_FOUND },
    { child, ZIFU_ENTRY_CREDIT, 1, 0, 0, ZIFU_LEDGER_ERROR_INPUT },
    { 4711, ZIFU_ENTRY_CREDIT, 1, 0, 0, ZIFU_LEDGER_ERROR_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (try_entry (fixture->ledger, wrong[i].member, "2026-02-05", wrong[i].kind, wrong[i].amount, wrong[i].relative,
                                  wrong[i].original, &error), ==, 0);
      g_assert_error (error, ZIFU_LEDGER_ERROR, wrong[i].code);
    }
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 1);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 100000);
}

/* A row that is entered late moves the balances of the days after it, and of no day before. */
static void
test_back_dated (Fixture *fixture, gconstpointer data)
{
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 1000);
  gint64 other = add_person (fixture->ledger, "钱二", "parent", "retired", 7);
  g_autoptr (GPtrArray) entries = NULL;
  static const ZifuMoney expected[] = { 1170, 1090, 1100, 1000 };

  add_entry (fixture->ledger, owner, "2026-03-01", ZIFU_ENTRY_CREDIT, 100);
  add_entry (fixture->ledger, owner, "2026-05-01", ZIFU_ENTRY_CREDIT, 80);
  add_entry (fixture->ledger, owner, "2026-04-01", ZIFU_ENTRY_PHARMACY, -10);
  assert_balanced (fixture->ledger, owner);

  entries = list_all (fixture->ledger, owner);
  g_assert_cmpuint (entries->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpint (((ZifuEntry *) g_ptr_array_index (entries, i))->balance, ==, expected[i]);
  g_assert_cmpint (get_balance (fixture->ledger, other), ==, 7);

  /* Also before the day on which the records begin. */
  add_entry (fixture->ledger, owner, "2025-12-01", ZIFU_ENTRY_CREDIT, 5);
  assert_balanced (fixture->ledger, owner);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 1175);
}

static void
add_many (ZifuLedger *ledger, gint64 owner, gint64 relative, guint n)
{
  static const char *const places[] = { "市第一医院", "康源大药房（和平里店）", "City First Hospital", "50%_Off Pharmacy", NULL };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261125);
  g_autoptr (GError) error = NULL;

  begin_together (ledger);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZifuEntry) entry = zifu_entry_new ();

      entry->member_id = owner;
      entry->date = day ("2024-01-01") + g_rand_int_range (rand, 0, 400);
      entry->kind = i % 5 == 0 ? ZIFU_ENTRY_FAMILY : i % 2 == 0 ? ZIFU_ENTRY_CREDIT : ZIFU_ENTRY_PHARMACY;
      entry->amount = entry->kind == ZIFU_ENTRY_CREDIT ? g_rand_int_range (rand, 0, 100000) : -g_rand_int_range (rand, 0, 1000);
      entry->relative_id = entry->kind == ZIFU_ENTRY_FAMILY ? relative : 0;
      entry->institution = g_strdup (places[g_rand_int_range (rand, 0, 5)]);
      entry->note = g_strdup (i % 7 == 0 ? "感冒 Cold" : NULL);
      g_assert_cmpint (zifu_ledger_add_entry (ledger, entry, &error), >, 0);
      g_assert_no_error (error);
    }
  end_together (ledger);
}

static GPtrArray *
list_by_pages (ZifuLedger *ledger, gint64 member_id, ZifuEntryFilter filter, guint page_size)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_entry_free);

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) page = zifu_ledger_list_entries (ledger, member_id, &filter, page_size, &error);
      const ZifuEntry *last;

      g_assert_no_error (error);
      g_assert_cmpuint (page->len, <=, page_size);
      if (page->len == 0)
        return all;

      last = g_ptr_array_index (page, page->len - 1);
      filter.before_date = last->date;
      filter.before_id = last->id;
      while (page->len > 0)
        g_ptr_array_add (all, g_ptr_array_steal_index (page, 0));
    }
}

static gboolean
holds (const ZifuEntry *entry, const char *lower_text)
{
  const char *texts[] = { entry->institution, entry->note, entry->relative_name };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *lower = texts[i] != NULL ? g_ascii_strdown (texts[i], -1) : NULL;

      if (lower != NULL && strstr (lower, lower_text) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
test_pages_and_filters (Fixture *fixture, gconstpointer data)
{
  static const struct { gboolean has_kind; ZifuEntryKind kind; const char *text, *lower; } filters[] = {
    { FALSE, 0, NULL, "" },
    { FALSE, 0, "", "" },
    { TRUE, ZIFU_ENTRY_CREDIT, NULL, "" },
    { TRUE, ZIFU_ENTRY_TRANSFER, NULL, "" },
    { FALSE, 0, "大药房", "大药房" },
    { FALSE, 0, "first HOSPITAL", "first hospital" },
    { FALSE, 0, "钱", "钱" },
    { FALSE, 0, "cold", "cold" },
    { FALSE, 0, "%_", "%_" },
    { FALSE, 0, "没有的", "没有的" },
    { TRUE, ZIFU_ENTRY_FAMILY, "医院", "医院" },
  };
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 10000000);
  gint64 parent = add_person (fixture->ledger, "钱二", "parent", "retired", 0);
  g_autoptr (GPtrArray) all = NULL;

  add_many (fixture->ledger, owner, parent, 500);
  assert_balanced (fixture->ledger, owner);
  all = list_all (fixture->ledger, owner);
  g_assert_cmpuint (all->len, ==, 501);

  for (guint i = 1; i < all->len; i++)
    {
      const ZifuEntry *newer = g_ptr_array_index (all, i - 1), *older = g_ptr_array_index (all, i);

      g_assert_true (newer->date > older->date || (newer->date == older->date && newer->id > older->id));
    }

  for (guint f = 0; f < G_N_ELEMENTS (filters); f++)
    {
      ZifuEntryFilter filter = { filters[f].has_kind, filters[f].kind, filters[f].text, 0, 0 };
      g_autoptr (GPtrArray) paged = list_by_pages (fixture->ledger, owner, filter, 7);
      guint n = 0;

      for (guint i = 0; i < all->len; i++)
        {
          const ZifuEntry *entry = g_ptr_array_index (all, i);

          if ((filters[f].has_kind && entry->kind != filters[f].kind) || (*filters[f].lower != '\0' && !holds (entry, filters[f].lower)))
            continue;
          g_assert_cmpuint (n, <, paged->len);
          g_assert_cmpint (((ZifuEntry *) g_ptr_array_index (paged, n++))->id, ==, entry->id);
        }
      g_assert_cmpuint (n, ==, paged->len);
    }
}

static void
test_months (Fixture *fixture, gconstpointer data)
{
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 10000000);
  gint64 parent = add_person (fixture->ledger, "钱二", "parent", "retired", 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GArray) months = NULL;
  guint next = 0;

  add_many (fixture->ledger, owner, parent, 300);
  all = list_all (fixture->ledger, owner);
  months = zifu_ledger_list_months (fixture->ledger, owner, &error);
  g_assert_no_error (error);

  for (guint m = 0; m < months->len; m++)
    {
      const ZifuMonthSummary *month = &g_array_index (months, ZifuMonthSummary, m);
      ZifuMonthSummary expected = { month->month, 0, 0, 0, 0 };

      if (m > 0)
        g_assert_cmpint (month->month, <, g_array_index (months, ZifuMonthSummary, m - 1).month);
      for (; next < all->len; next++)
        {
          const ZifuEntry *entry = g_ptr_array_index (all, next);

          if (zifu_month_of (entry->date) != month->month)
            break;
          if (expected.n_entries++ == 0)
            expected.end_balance = entry->balance;
          /* A balance that was entered did not come in. */
          expected.income += entry->kind != ZIFU_ENTRY_OPENING ? MAX (entry->amount, 0) : 0;
          expected.outlay += MIN (entry->amount, 0);
        }
      g_assert_cmpint (month->income, ==, expected.income);
      g_assert_cmpint (month->outlay, ==, expected.outlay);
      g_assert_cmpint (month->end_balance, ==, expected.end_balance);
      g_assert_cmpuint (month->n_entries, ==, expected.n_entries);
    }
  g_assert_cmpuint (next, ==, all->len);
}

static void
test_break (Fixture *fixture, gconstpointer data)
{
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  g_autoptr (GError) error = NULL;
  ZifuBalanceBreak broken;
  gint64 first;

  add_entry (fixture->ledger, owner, "2026-02-05", ZIFU_ENTRY_CREDIT, 24000);
  first = add_entry (fixture->ledger, owner, "2026-03-05", ZIFU_ENTRY_CREDIT, 24000);
  add_entry (fixture->ledger, owner, "2026-04-05", ZIFU_ENTRY_CREDIT, 24000);
  run_sql (fixture->path, "UPDATE acct_incexpd_d SET balc = balc - 4500 WHERE acct_modi_date >= '2026-03-01'");

  g_assert_true (zifu_ledger_check_balance (fixture->ledger, owner, &broken, &error));
  g_assert_cmpint (broken.entry_id, ==, first);
  g_assert_cmpint (broken.date, ==, day ("2026-03-05"));
  g_assert_cmpint (broken.recorded, ==, 143500);
  g_assert_cmpint (broken.expected, ==, 148000);

  /* Work goes on with it: both figures stay as they are, and the break stays where it is. */
  add_entry (fixture->ledger, owner, "2026-05-05", ZIFU_ENTRY_CREDIT, 24000);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 191500);
  g_assert_true (zifu_ledger_check_balance (fixture->ledger, owner, &broken, &error));
  g_assert_cmpint (broken.entry_id, ==, first);
}

static void
test_refunds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 other = add_person (fixture->ledger, "钱二", "parent", "retired", 100000);
  gint64 bought = add_entry (fixture->ledger, owner, "2026-03-05", ZIFU_ENTRY_PHARMACY, -4500);
  gint64 foreign = add_entry (fixture->ledger, other, "2026-03-05", ZIFU_ENTRY_PHARMACY, -4500);
  const struct { const char *date; ZifuMoney amount; gint64 original; } wrong[] = {
    { "2026-03-06", 4501, bought }, { "2026-03-06", -4500, bought }, { "2026-03-04", 4500, bought }, { "2026-03-06", 4500, foreign },
    { "2026-03-06", 1, 1 },
  };
  g_autoptr (ZifuEntry) read = NULL;
  gint64 refund;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_cmpint (try_entry (fixture->ledger, owner, wrong[i].date, ZIFU_ENTRY_REFUND, wrong[i].amount, 0, wrong[i].original, &error),
                       ==, 0);
      g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
      g_clear_error (&error);
    }

  refund = try_entry (fixture->ledger, owner, "2026-03-06", ZIFU_ENTRY_REFUND, 2000, 0, bought, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 97500);
  read = zifu_ledger_get_entry (fixture->ledger, bought, &error);
  g_assert_cmpint (read->reversed_by, ==, refund);
  g_assert_cmpint (read->amount, ==, -4500);
  g_clear_pointer (&read, zifu_entry_free);
  read = zifu_ledger_get_entry (fixture->ledger, refund, &error);
  g_assert_cmpint (read->original_id, ==, bought);
  g_assert_cmpstr (read->incexpd_type, ==, "109");

  g_assert_cmpint (try_entry (fixture->ledger, owner, "2026-03-07", ZIFU_ENTRY_REFUND, 2500, 0, bought, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  assert_balanced (fixture->ledger, owner);
}

#define ADD(path, set_up, function) g_test_add (path, Fixture, NULL, set_up, function, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_autofree char *data_home = g_dir_make_tmp ("zifu-ledger-XXXXXX", NULL);
  int result;

  /* The one test of the usual place must not find anybody's own household there. */
  g_assert_nonnull (data_home);
  g_setenv ("XDG_DATA_HOME", data_home, TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("/ledger/open/private", fixture_set_up_closed, test_private);
  g_test_add_func ("/ledger/open/default-path", test_default_path);
  ADD ("/ledger/members/R39/stored", fixture_set_up, test_members);
  ADD ("/ledger/members/refused", fixture_set_up, test_members_refused);
  ADD ("/ledger/entries/R39/R21/stored", fixture_set_up, test_entries);
  ADD ("/ledger/entries/refused", fixture_set_up, test_entries_refused);
  ADD ("/ledger/entries/R39/back-dated", fixture_set_up, test_back_dated);
  ADD ("/ledger/entries/R39/pages-and-filters", fixture_set_up, test_pages_and_filters);
  ADD ("/ledger/entries/R39/months", fixture_set_up, test_months);
  ADD ("/ledger/entries/R39/break", fixture_set_up, test_break);
  ADD ("/ledger/entries/R39/refunds", fixture_set_up, test_refunds);

  result = g_test_run ();
  remove_tree (data_home);
  return result;
}
