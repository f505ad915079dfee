/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of our own and of an account's source: what went out comes in again, and account documents. */

#include <stdlib.h>

#include "test-import-common.h"
#include "zifu-export.h"
#include "zifu-feed.h"
#include "zifu-words.h"

#define TODAY "2026-11-24"
#define NOW "2026-11-24T08:00:00Z"

static ZifuImportPlan *
try_plan (ZifuLedger *ledger, const char *path, gint64 member_id, GError **error)
{
  const ZifuImportOptions options = { member_id, NULL, { NULL }, day (TODAY) };

  return zifu_import_plan_new (ledger, path, &options, NULL, error);
}

static ZifuImportPlan *
make_plan (ZifuLedger *ledger, const char *path, gint64 member_id)
{
  g_autoptr (GError) error = NULL;
  ZifuImportPlan *plan = try_plan (ledger, path, member_id, &error);

  g_assert_no_error (error);
  return plan;
}

static gint64
apply (ZifuLedger *ledger, ZifuImportPlan *plan)
{
  g_autoptr (GError) error = NULL;
  gint64 id;

  g_assert_true (zifu_import_apply (plan, ledger, NOW, NULL, NULL, &id, &error));
  g_assert_no_error (error);
  return id;
}

/* ---- our own table */

static const char *const texts[] = {
  NULL, "市第一医院", "=SUM(A1)", "'=x", "'", "\"", "a,b;c\td|e", " with blanks ", "two\nlines", "two\r\nlines", "-5", "+5", "@x", "x\ty", "𠮷",
};

static const char *
pick_text (GRand *random)
{
  return texts[g_rand_int_range (random, 0, G_N_ELEMENTS (texts))];
}

static void
add_random_entry (ZifuLedger *ledger, gint64 person, gint64 relative, GRand *random)
{
  g_autoptr (ZifuEntry) entry = zifu_entry_new ();
  g_autoptr (GError) error = NULL;

  entry->member_id = person;
  entry->date = day ("2026-01-01") + g_rand_int_range (random, 0, 60);
  entry->kind = g_rand_int_range (random, 0, ZIFU_N_ENTRY_KINDS);
  entry->amount = g_rand_int_range (random, 0, 100000);
  entry->institution = g_strdup (pick_text (random));
  entry->note = g_strdup (pick_text (random));
  if (entry->kind == ZIFU_ENTRY_CREDIT)
    {
      entry->for_month = zifu_month_new (2025, 12);
      entry->base = g_rand_int_range (random, 0, 2000000);
    }
  if (entry->kind == ZIFU_ENTRY_FAMILY || entry->kind == ZIFU_ENTRY_PREMIUM)
    entry->relative_id = relative;
  if (entry->kind != ZIFU_ENTRY_CREDIT && entry->kind != ZIFU_ENTRY_INTEREST && entry->kind != ZIFU_ENTRY_OPENING &&
      (entry->kind <= ZIFU_ENTRY_FAMILY || entry->kind == ZIFU_ENTRY_PREMIUM || g_rand_boolean (random)))
    entry->amount = -entry->amount;
  entry->provenance = ZIFU_PROVENANCE_IMPORTED;
  g_assert_cmpint (zifu_ledger_add_entry (ledger, entry, &error), >, 0);
  g_assert_no_error (error);
}

/* All that a table can carry of an account. */
static char *
tell (ZifuLedger *ledger, gint64 member_id)
{
  g_autoptr (GPtrArray) entries = list_all (ledger, member_id);
  GString *text = g_string_new (NULL);

  for (guint i = entries->len; i > 0; i--)
    {
      const ZifuEntry *e = g_ptr_array_index (entries, i - 1);

      g_string_append_printf (text, "%d|%s|%s|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%s|%s|%d|%" G_GINT64_FORMAT "|%s\n", e->date,
                              _zifu_entry_kind_name (e->kind), e->incexpd_type, e->amount, e->balance, e->institution, e->note,
                              e->for_month, e->base, e->relative_name);
    }
  return g_string_free (text, FALSE);
}

static void
round_trip (GRand *random)
{
  Fixture a, b;
  g_autoptr (GError) error = NULL;
  gint64 person[2], relative[2];
  guint n = g_rand_int_range (random, 0, 60);

  fixture_set_up (&a, NULL);
  fixture_set_up (&b, NULL);
  for (guint i = 0; i < 2; i++)
    {
      ZifuLedger *ledger = i == 0 ? a.ledger : b.ledger;

      person[i] = add_person (ledger, "王敏", "self", "active", 0);
      relative[i] = add_person (ledger, "=王 小", "child", "active", 0);
    }
  begin_together (a.ledger);
  for (guint i = 0; i < n; i++)
    add_random_entry (a.ledger, person[0], relative[0], random);
  end_together (a.ledger);
  {
    const ZifuExportSelection selection = { .bom = g_rand_boolean (random) };
    g_autofree char *path = g_build_filename (a.folder, "out.csv", NULL);
    g_autofree char *before = tell (a.ledger, person[0]), *after = NULL, *same = NULL;
    g_autoptr (ZifuImportPlan) plan = NULL, again = NULL, own = NULL;

    g_assert_true (zifu_export_csv (a.ledger, &selection, path, NULL, &error));
    g_assert_no_error (error);
    plan = make_plan (b.ledger, path, 0);
    g_assert_true (zifu_import_plan_get_mapping (plan)->own);
    g_assert_cmpuint (zifu_import_plan_get_mapping (plan)->confidence, ==, 100);
    g_assert_cmpuint (zifu_import_plan_count (plan, ZIFU_LINE_NEW), ==, n);
    g_assert_cmpuint (zifu_import_plan_count (plan, ZIFU_LINE_DUPLICATE), ==, 2);
    apply (b.ledger, plan);
    after = tell (b.ledger, person[1]);
    g_assert_cmpstr (after, ==, before);
    assert_balanced (b.ledger, person[1]);

    /* Once more, there and where it came from: nothing is new. */
    again = make_plan (b.ledger, path, 0);
    g_assert_cmpuint (zifu_import_plan_count (again, ZIFU_LINE_DUPLICATE), ==, n + 2);
    own = make_plan (a.ledger, path, 0);
    g_assert_cmpuint (zifu_import_plan_count (own, ZIFU_LINE_DUPLICATE), ==, n + 2);
    same = tell (a.ledger, person[0]);
    g_assert_cmpstr (same, ==, before);
  }
  fixture_tear_down (&a, NULL);
  fixture_tear_down (&b, NULL);
}

static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (g_test_rand_int ());
  guint n = g_getenv ("ZIFU_RANDOM_COUNT") != NULL ? 500 : 12;

  for (guint i = 0; i < n; i++)
    round_trip (random);
}

/* ---- refunds and what they take back */

#define HEAD "交易日期,交易类型,收入,支出,流水号,原流水号\n"
#define PAID "2026-03-05,门诊,,120.00,A1,\n"
#define BACK "2026-03-09,退费,120.00,,A2,A1\n"

/* "day of the refund < day of what it takes back" of each that is tied, in the order of the days. */
static char *
tell_links (Fixture *fixture)
{
  return query_text (fixture->path, "SELECT IFNULL (group_concat (r.acct_modi_date || ' < ' || o.acct_modi_date, '; '), '')"
                                    " FROM acct_incexpd_d r JOIN acct_incexpd_d o ON o.rid = r.init_rid ORDER BY r.acct_modi_date");
}

static gint64
import_text (Fixture *fixture, gint64 person, const char *text)
{
  g_autofree char *path = write_bytes (fixture->folder, "t.csv", text, -1);
  g_autoptr (ZifuImportPlan) plan = make_plan (fixture->ledger, path, person);

  g_assert_cmpuint (zifu_import_plan_count (plan, ZIFU_LINE_WRONG), ==, 0);
  zifu_import_plan_take_doubtful (plan, TRUE);
  return apply (fixture->ledger, plan);
}

static void
assert_links (Fixture *fixture, gint64 person, guint n, const char *expected)
{
  g_autofree char *links = tell_links (fixture);
  g_autoptr (GPtrArray) entries = list_all (fixture->ledger, person);

  g_assert_cmpstr (links, ==, expected);
  g_assert_cmpuint (entries->len, ==, n);
  assert_balanced (fixture->ledger, person);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM unlock_d"), ==, 0);
}

/* In one file, also when the newest line stands first; and once more: nothing is new, nothing changes. */
static void
test_refund_same_file (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 100000);
  g_autoptr (GPtrArray) entries = NULL;

  g_assert_cmpint (import_text (fixture, person, HEAD BACK PAID), >, 0);
  assert_links (fixture, person, 3, "2026-03-09 < 2026-03-05");
  entries = list_all (fixture->ledger, person);
  g_assert_cmpint (((const ZifuEntry *) g_ptr_array_index (entries, 1))->reversed_by, ==,
                   ((const ZifuEntry *) g_ptr_array_index (entries, 0))->id);
  g_assert_cmpint (import_text (fixture, person, HEAD BACK PAID), ==, 0);
  assert_links (fixture, person, 3, "2026-03-09 < 2026-03-05");
}

/* A later file, with what was there and the refund, or with the refund alone. */
static void
test_refund_later_file (Fixture *fixture, gconstpointer data)
{
  gboolean alone = GPOINTER_TO_INT (data);
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 100000), first, second;
  g_autoptr (GError) error = NULL;

  first = import_text (fixture, person, HEAD PAID);
  assert_links (fixture, person, 2, "");
  second = import_text (fixture, person, alone ? HEAD BACK : HEAD PAID BACK);
  g_assert_cmpint (second, >, 0);
  assert_links (fixture, person, 3, "2026-03-09 < 2026-03-05");
  /* What the later one refers to cannot be taken back before it. */
  g_assert_false (zifu_ledger_undo_import (fixture->ledger, first, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_REFERRED);
  g_clear_error (&error);
  g_assert_true (zifu_ledger_undo_import (fixture->ledger, second, &error));
  g_assert_true (zifu_ledger_undo_import (fixture->ledger, first, &error));
  g_assert_no_error (error);
  assert_links (fixture, person, 1, "");
}

/* The refund was there first; its original comes with a file that holds both, or was typed and is known by its content. */
static void
test_refund_first (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 100000);

  import_text (fixture, person, HEAD BACK);
  assert_links (fixture, person, 2, "");
  import_text (fixture, person, HEAD PAID BACK);
  assert_links (fixture, person, 3, "2026-03-09 < 2026-03-05");
}

/* Both came with a program, or a file, that did not know what the refund takes back: the whole file once more says it. */
static void
test_refund_known (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 100000);

  import_text (fixture, person, "交易日期,交易类型,收入,支出,流水号\n2026-03-05,门诊,,120.00,A1\n2026-03-09,退费,120.00,,A2\n");
  assert_links (fixture, person, 3, "");
  g_assert_cmpint (import_text (fixture, person, HEAD PAID BACK), ==, 0);
  assert_links (fixture, person, 3, "2026-03-09 < 2026-03-05");
}

static void
test_refund_of_typed (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 100000);

  add_entry (fixture->ledger, person, "2026-03-05", ZIFU_ENTRY_OUTPATIENT, -12000);
  import_text (fixture, person, HEAD PAID BACK);
  assert_links (fixture, person, 3, "2026-03-09 < 2026-03-05");
}

/* What does not fit its original comes in all the same, and stands alone: more than was paid, a second time, another person's. */
static void
test_refund_alone (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 100000);
  gint64 other = add_person (fixture->ledger, "王强", "spouse", "active", 100000);

  import_text (fixture, person, HEAD PAID "2026-03-09,退费,120.01,,A2,A1\n2026-03-10,退费,1.00,,A3,nowhere\n");
  assert_links (fixture, person, 4, "");
  import_text (fixture, person, HEAD "2026-03-11,退费,20.00,,A4,A1\n2026-03-12,退费,30.00,,A5,A1\n");
  assert_links (fixture, person, 6, "2026-03-11 < 2026-03-05");
  import_text (fixture, other, HEAD "2026-03-12,退费,30.00,,B5,A1\n");
  assert_links (fixture, other, 2, "2026-03-11 < 2026-03-05");
}

/* Our own table names rows by our own number, which is another one in another household. */
static void
test_refund_own_table (Fixture *fixture, gconstpointer data)
{
  static const ZifuExportSelection all = { FALSE };
  Fixture other;
  g_autofree char *path = g_build_filename (fixture->folder, "own.csv", NULL);
  g_autoptr (ZifuImportPlan) plan = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  gint64 there, here = add_person (fixture->ledger, "王敏", "self", "active", 0), original;

  fixture_set_up (&other, NULL);
  add_entry (other.ledger, add_person (other.ledger, "王强", "spouse", "active", 100000), "2026-01-03", ZIFU_ENTRY_PHARMACY, -100);
  there = add_person (other.ledger, "王敏", "self", "active", 100000);
  original = add_entry (other.ledger, there, "2026-03-05", ZIFU_ENTRY_OUTPATIENT, -12000);
  add_entry (other.ledger, there, "2026-03-06", ZIFU_ENTRY_OUTPATIENT, -12000);
  try_entry (other.ledger, there, "2026-03-09", ZIFU_ENTRY_REFUND, 12000, 0, original, &error);
  g_assert_true (zifu_export_csv (other.ledger, &all, path, NULL, &error));
  g_assert_no_error (error);
  fixture_tear_down (&other, NULL);
  add_person (fixture->ledger, "王强", "spouse", "active", 0);
  plan = make_plan (fixture->ledger, path, 0);
  zifu_import_plan_take_doubtful (plan, TRUE);
  apply (fixture->ledger, plan);
  {
    g_autofree char *links = tell_links (fixture);

    g_assert_cmpstr (links, ==, "2026-03-09 < 2026-03-05");
  }
  again = make_plan (fixture->ledger, path, 0);
  g_assert_cmpint (apply (fixture->ledger, again), ==, 0);
  assert_balanced (fixture->ledger, here);
}

/* ---- account documents */

/* The document of the fixtures with @from replaced by @to. */
static char *
write_feed (Fixture *fixture, const char *from, const char *to)
{
  g_autofree char *path = get_fixture ("feed.json"), *text = NULL;
  g_autoptr (GString) changed = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  if (from != NULL)
    g_assert_cmpuint (g_string_replace (changed, from, to, 0), >, 0);
  return write_bytes (fixture->folder, "feed.json", changed->str, -1);
}

static void
assert_counts (ZifuImportPlan *plan, guint n_new, guint duplicate, guint doubtful, guint wrong)
{
  g_assert_cmpuint (zifu_import_plan_count (plan, ZIFU_LINE_NEW), ==, n_new);
  g_assert_cmpuint (zifu_import_plan_count (plan, ZIFU_LINE_DUPLICATE), ==, duplicate);
  g_assert_cmpuint (zifu_import_plan_count (plan, ZIFU_LINE_DOUBTFUL), ==, doubtful);
  g_assert_cmpuint (zifu_import_plan_count (plan, ZIFU_LINE_WRONG), ==, wrong);
}

static void
assert_remarks (ZifuLedger *ledger, ZifuImportPlan *plan, const char *expected)
{
  g_auto (GStrv) remarks = zifu_import_plan_list_remarks (plan, ledger, NULL);
  g_autofree char *told = g_strjoinv ("\n", remarks);

  g_assert_cmpstr (told, ==, expected);
}

#define KEPT "2 rows about enrolment, ties, totals or months not paid are not part of an import."
#define OPENING "The file begins with a balance: ¥1,000.00 is entered as the opening balance."

static void
test_feed (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0);
  g_autofree char *path = write_feed (fixture, NULL, NULL), *told = NULL;
  g_autoptr (ZifuImportPlan) plan = make_plan (fixture->ledger, path, 0), again = NULL;
  g_autoptr (ZifuPerson) loaded = NULL;
  guint n_months = 0;

  /* Three movements, a settlement in cash, three months. */
  assert_counts (plan, 7, 0, 0, 0);
  assert_remarks (fixture->ledger, plan, KEPT "\n" OPENING);
  g_assert_cmpint (apply (fixture->ledger, plan), ==, 1);
  told = tell (fixture->ledger, person);
  g_assert_nonnull (strstr (told, "|outpatient|201|-5000|119000|市第一医院|"));
  g_assert_nonnull (strstr (told, "|outpatient|201|0|119000|市第一医院|"));
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, 111000);
  assert_balanced (fixture->ledger, person);
  loaded = zifu_ledger_load_person (fixture->ledger, person, NULL);
  for (guint i = 0; i < loaded->payments->len; i++)
    n_months += g_array_index (loaded->payments, ZifuPayment, i).n_months;
  g_assert_cmpuint (n_months, ==, 3);

  again = make_plan (fixture->ledger, path, 0);
  assert_counts (again, 0, 7, 0, 0);
  g_assert_cmpint (apply (fixture->ledger, again), ==, 0);
  g_assert_true (zifu_ledger_undo_import (fixture->ledger, 1, NULL));
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, 0);
}

/* What is wrong with the document as a whole: none of it is read. */
static void
test_feed_refused (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *from, *to, *message;
  } cases[] = {
    { "\"count\": 10", "\"count\": 9", "The account document does not hold as many rows as it says. Fetch it once more." },
    { "\"prev_seq\": \"3\"", "\"prev_seq\": \"2\"", "Rows are missing before row 4 of the account document. Fetch it once more." },
    { "\"op\": \"put\"", "\"op\": \"set\"", "Row 1 of the account document is not one. Nothing was read." },
    { "\"ver\": 1", "\"ver\": \"1\"", "Row 1 of the account document is not one. Nothing was read." },
    { "\"acct_detl\": 3", "\"acct_detl\": 4", "The account document does not hold the rows that its own totals name. Fetch it once more." },
    { "\"digest\": \"", "\"digest\": \"0", "The account document does not hold the rows that its own totals name. Fetch it once more." },
    { "\"state\"", "\"stat\"", "This JSON document is neither an account document nor one of ours." },
    { "\"psn_name\": \"王敏\"", "\"psn_name\": \"李强\"", "The document belongs to 李强, not to 王敏." },
  };
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = write_feed (fixture, cases[i].from, cases[i].to);
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuImportPlan) plan = try_plan (fixture->ledger, path, person, &error);

      g_assert_null (plan);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
  {
    g_autofree char *path = write_feed (fixture, "\"psn_name\": \"王敏\"", "\"psn_name\": \"李强\"");
    g_autoptr (GError) error = NULL;
    g_autoptr (ZifuImportPlan) plan = try_plan (fixture->ledger, path, 0, &error);

    g_assert_null (plan);
    g_assert_cmpstr (error->message, ==, "The file does not say whose account it is. Choose the person.");
  }
}

/* Sources hide a part of the name behind stars, in documents as in tables. */
static void
test_feed_hidden_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_feed (fixture, "\"psn_name\": \"王敏\"", "\"psn_name\": \"王*\"");
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0);
  gint64 other = add_person (fixture->ledger, "李强", "spouse", "active", 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuImportPlan) found = try_plan (fixture->ledger, path, 0, &error), chosen = NULL, wrong = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (zifu_import_plan_get_line (found, 0)->member_id, ==, person);
  chosen = try_plan (fixture->ledger, path, person, &error);
  g_assert_no_error (error);
  g_assert_nonnull (chosen);
  wrong = try_plan (fixture->ledger, path, other, &error);
  g_assert_null (wrong);
  g_assert_cmpstr (error->message, ==, "The document belongs to 王*, not to 李强.");
}

/* What is wrong with a row: the others are good. */
static void
test_feed_rows (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *from, *to, *message, *remarks;
    guint       n_new, doubtful, wrong;
  } cases[] = {
    { "\"medfee_sumamt\": \"200.00\"", "\"medfee_sumamt\": \"201.00\"",
      "the parts of the settlement do not add up: medfee_sumamt, inscp_scp_amt", NULL, 6, 1, 0 },
    { "\"pay_sumamt\": \"50.00\"", "\"pay_sumamt\": \"51.00\"",
      "the parts of the settlement do not add up: acct_pay, pay_sumamt", NULL, 6, 1, 0 },
    { "\"pay_sumamt\": \"50.00\"", "\"pay_sumamt\": \"-0.00\"", "the row lacks what it must have: inc_sumamt, pay_sumamt, balc", NULL, 6, 0,
      1 },
    { "\"pay_sumamt\": \"50.00\"", "\"pay_sumamt\": 50", "the row lacks what it must have: inc_sumamt, pay_sumamt, balc", NULL, 6, 0, 1 },
    { "2026-01-05 09:00:00", "2026-13-05 09:00:00", "the row lacks what it must have: crte_time", NULL, 6, 0, 1 },
    { "\"accrym_begn\": \"202603\"", "\"accrym_begn\": \"202602\"", "months that another row counts as well: 2026-02", NULL, 7, 0, 1 },
    { "\"accrym_begn\": \"202603\"", "\"accrym_begn\": \"2026\"", "the row lacks what it must have: accrym_begn, accrym_end", NULL, 6, 0,
      1 },
    { "\"has_more\": false", "\"has_more\": true", NULL,
      "This document is one of several. Import the ones that follow as well.\n" KEPT "\n" OPENING, 7, 0, 0 },
    { "\"opening\": \"1000.00\"", "\"opening\": \"1001.00\"", NULL,
      "The totals that the document states do not agree with its rows: the account does not reconcile.\n" KEPT
      "\nThe balance of the employee insurance account should be 1,111.00, the provider says 1,110.00.\n"
      "The balance after 2026-01-05 09:00:00 should be 1,241.00, the provider says 1,240.00.\n" OPENING, 7, 0, 0 },
  };
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = NULL;
      g_autoptr (ZifuImportPlan) plan = NULL;

      g_test_message ("%u", i);
      path = write_feed (fixture, cases[i].from, cases[i].to);
      plan = make_plan (fixture->ledger, path, person);
      assert_counts (plan, cases[i].n_new, 0, cases[i].doubtful, cases[i].wrong);
      if (cases[i].remarks != NULL)
        assert_remarks (fixture->ledger, plan, cases[i].remarks);
      for (guint k = 0; k < zifu_import_plan_get_n_lines (plan); k++)
        {
          g_autofree char *message = zifu_import_plan_describe (plan, k);

          if (message != NULL)
            g_assert_cmpstr (message, ==, cases[i].message);
        }
    }
}

/* A row that changed and was taken back, and a refund that does not mirror its original. */
static void
test_feed_changes (Fixture *fixture, gconstpointer data)
{
  static const char page[] =
    "{\"state\": \"s\", \"has_more\": true, \"count\": 4, \"entries\": ["
    "{\"seq\": \"5\", \"prev_seq\": \"4\", \"type\": \"acct_detl\", \"op\": \"put\", \"id\": \"R1\", \"ver\": 1, \"data\":"
    " {\"acct_incexpd_type\": \"205\", \"pay_sumamt\": \"400.00\", \"balc\": \"10.00\", \"crte_time\": \"2026-01-01 10:00:00\"}},"
    "{\"seq\": \"7\", \"prev_seq\": \"5\", \"type\": \"acct_detl\", \"op\": \"put\", \"id\": \"R1\", \"ver\": 2, \"data\":"
    " {\"acct_incexpd_type\": \"205\", \"pay_sumamt\": \"380.00\", \"balc\": \"30.00\", \"crte_time\": \"2026-01-01 10:00:00\"}},"
    "{\"seq\": \"8\", \"prev_seq\": \"7\", \"type\": \"acct_detl\", \"op\": \"del\", \"id\": \"R0\", \"ver\": 3},"
    "{\"seq\": \"9\", \"prev_seq\": \"8\", \"type\": \"weather\", \"op\": \"put\", \"id\": \"W\", \"ver\": 1, \"data\": {}}]}";
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0);
  g_autofree char *path = write_bytes (fixture->folder, "p.json", page, -1), *first = NULL, *second = NULL;
  g_autoptr (ZifuImportPlan) plan = make_plan (fixture->ledger, path, person);

  assert_counts (plan, 0, 0, 1, 1);
  first = zifu_import_plan_describe (plan, 0);
  second = zifu_import_plan_describe (plan, 1);
  g_assert_cmpstr (first, ==, "the source took this row back: R0");
  g_assert_cmpstr (second, ==, "a relative's payment, and it is not known whose: “”; it would be entered as a transfer");
  g_assert_cmpint (zifu_import_plan_get_line (plan, 1)->amount, ==, -38000);
}

static void
test_other_json (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0);
  g_autofree char *household = write_bytes (fixture->folder, "h.json", "{\"format\": \"zifu-household\"}", -1);
  g_autofree char *cut = write_bytes (fixture->folder, "c.json", "{\"state\": ", -1);
  g_autoptr (GString) deep = g_string_new ("{\"entries\": ");
  g_autofree char *nested = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_import_is_household (household));
  g_assert_false (zifu_import_is_household (cut));
  g_assert_false (zifu_import_is_household (fixture->folder));
  g_assert_null (try_plan (fixture->ledger, household, person, &error));
  g_assert_cmpstr (error->message, ==, "“h.json” is a whole household. It is read into empty household data, not into one account.");
  g_clear_error (&error);
  g_assert_null (try_plan (fixture->ledger, cut, person, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  for (guint i = 0; i < 200000; i++)
    g_string_append_c (deep, '[');
  nested = write_bytes (fixture->folder, "d.json", deep->str, -1);
  g_assert_null (try_plan (fixture->ledger, nested, person, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));

#define ADD(path, function) g_test_add ("/import-files/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  g_test_add_func ("/import-files/round-trip", test_round_trip);
  ADD ("refund/same-file", test_refund_same_file);
  ADD ("refund/later-file", test_refund_later_file);
  g_test_add ("/import-files/refund/later-file-alone", Fixture, GINT_TO_POINTER (1), fixture_set_up, test_refund_later_file,
              fixture_tear_down);
  ADD ("refund/first", test_refund_first);
  ADD ("refund/known", test_refund_known);
  ADD ("refund/of-typed", test_refund_of_typed);
  ADD ("refund/alone", test_refund_alone);
  ADD ("refund/own-table", test_refund_own_table);
  ADD ("feed", test_feed);
  ADD ("feed-refused", test_feed_refused);
  ADD ("feed-hidden-name", test_feed_hidden_name);
  ADD ("feed-rows", test_feed_rows);
  ADD ("feed-changes", test_feed_changes);
  ADD ("other-json", test_other_json);
  return g_test_run ();
}
