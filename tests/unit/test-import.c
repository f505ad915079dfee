/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Imports: what each line would become, that nothing is written before, all or nothing, twice = once, and undo. */

#include <sys/stat.h>
#include <unistd.h>

#include "test-import-common.h"
#include "zifu-export.h"
#include "zifu-words.h"

#define TODAY "2026-11-24"
#define NOW "2026-11-24T08:00:00Z"

typedef struct {
  Fixture ledger;
  gint64  person; /* 王敏, with an empty account */
} World;

static void
world_set_up (World *world, gconstpointer data)
{
  fixture_set_up (&world->ledger, NULL);
  world->person = add_person (world->ledger.ledger, "王敏", "self", "active", 0);
}

static void
world_tear_down (World *world, gconstpointer data)
{
  fixture_tear_down (&world->ledger, NULL);
}

static ZifuImportPlan *
try_plan (World *world, const char *path, gint64 member_id, const ZifuMapping *mapping, const char *sheet, GError **error)
{
  const ZifuImportOptions options = { member_id, mapping, { .sheet = sheet }, day (TODAY) };

  return zifu_import_plan_new (world->ledger.ledger, path, &options, NULL, error);
}

static ZifuImportPlan *
plan_file (World *world, const char *path, const char *sheet)
{
  g_autoptr (GError) error = NULL;
  ZifuImportPlan *plan = try_plan (world, path, world->person, NULL, sheet, &error);

  g_assert_no_error (error);
  g_assert_nonnull (plan);
  return plan;
}

static ZifuImportPlan *
plan_text (World *world, const char *text)
{
  g_autofree char *path = write_bytes (world->ledger.folder, "a.csv", text, -1);

  return plan_file (world, path, NULL);
}

static void
assert_counts (ZifuImportPlan *plan, guint n_new, guint duplicate, guint doubtful, guint wrong)
{
  g_assert_cmpuint (zifu_import_plan_count (plan, ZIFU_LINE_NEW), ==, n_new);
  g_assert_cmpuint (zifu_import_plan_count (plan, ZIFU_LINE_DUPLICATE), ==, duplicate);
  g_assert_cmpuint (zifu_import_plan_count (plan, ZIFU_LINE_DOUBTFUL), ==, doubtful);
  g_assert_cmpuint (zifu_import_plan_count (plan, ZIFU_LINE_WRONG), ==, wrong);
}

static gint64
apply (World *world, ZifuImportPlan *plan)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *report = zifu_import_plan_find_report_path (plan);
  gint64 id = -1;

  g_assert_true (zifu_import_apply (plan, world->ledger.ledger, NOW, report, NULL, &id, &error));
  g_assert_no_error (error);
  assert_balanced (world->ledger.ledger, world->person);
  return id;
}

/* All entries, the oldest first: day, kind, amount, balance, place, note. */
static char *
tell_entries (ZifuLedger *ledger, gint64 member_id)
{
  g_autoptr (GPtrArray) entries = list_all (ledger, member_id);
  GString *text = g_string_new (NULL);

  for (guint i = entries->len; i > 0; i--)
    {
      const ZifuEntry *entry = g_ptr_array_index (entries, i - 1);
      g_autofree char *date = zifu_date_format (entry->date);

      /* The one with which a person is entered. */
      if (entry->kind == ZIFU_ENTRY_OPENING && entry->amount == 0)
        continue;
      g_string_append_printf (text, "%s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s\n", date, _zifu_entry_kind_name (entry->kind),
                              entry->amount, entry->balance, entry->institution != NULL ? entry->institution : "-",
                              entry->note != NULL ? entry->note : "-");
    }
  return g_string_free (text, FALSE);
}

#define assert_entries(world, expected) \
  G_STMT_START \
  { \
    g_autofree char *told = tell_entries ((world)->ledger.ledger, (world)->person); \
    g_assert_cmpstr (told, ==, expected); \
  } \
  G_STMT_END

/* The reason of the only line that has this state. */
static void
assert_reason (ZifuImportPlan *plan, gint64 number, ZifuLineState state, ZifuLineReason reason, const char *message)
{
  for (guint i = 0; i < zifu_import_plan_get_n_lines (plan); i++)
    {
      const ZifuImportLine *line = zifu_import_plan_get_line (plan, i);
      g_autofree char *told = zifu_import_plan_describe (plan, i);

      if (line->line != number)
        continue;
      g_assert_cmpstr (zifu_line_reason_get_name (line->reason), ==, zifu_line_reason_get_name (reason));
      g_assert_cmpstr (zifu_line_state_get_name (line->state), ==, zifu_line_state_get_name (state));
      g_assert_cmpstr (told, ==, message);
      return;
    }
  g_assert_not_reached ();
}

static void
assert_remarks (World *world, ZifuImportPlan *plan, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) remarks = zifu_import_plan_list_remarks (plan, world->ledger.ledger, &error);
  g_autofree char *told = NULL;

  g_assert_no_error (error);
  told = g_strjoinv ("\n", remarks);
  g_assert_cmpstr (told, ==, expected);
}

static void
test_fixtures (World *world, gconstpointer data)
{
  g_autofree char *gb = get_fixture ("gb18030.csv"), *semicolon = get_fixture ("semicolon.csv"), *wide = get_fixture ("utf16.csv"),
                  *book = get_fixture ("sheets.xlsx");
  g_autoptr (ZifuImportPlan) first = plan_file (world, gb, NULL), second = NULL, third = NULL, fourth = NULL;

  assert_counts (first, 3, 0, 0, 0);
  assert_remarks (world, first, "");
  apply (world, first);
  assert_entries (world, "2026-03-01 credit 124000 124000 - -\n"
                         "2026-03-04 pharmacy -5860 118140 𠮷祥大药房（城东店） -\n"
                         "2026-03-09 outpatient -12000 106140 市第二医院,门诊部 -\n");
  g_assert_true (zifu_ledger_undo_import (world->ledger.ledger, 1, NULL));

  second = plan_file (world, semicolon, NULL);
  assert_counts (second, 3, 0, 0, 0);
  apply (world, second);
  assert_entries (world, "2026-01-03 credit 124000 124000 - employer\n"
                         "2026-01-14 pharmacy -5860 118140 - pharmacy; city\n"
                         "2026-01-20 outpatient -100005 18135 - clinic\n");
  g_assert_true (zifu_ledger_undo_import (world->ledger.ledger, 2, NULL));

  third = plan_file (world, wide, NULL);
  assert_counts (third, 2, 0, 0, 0);
  apply (world, third);
  assert_entries (world, "2026-03-01 credit 124000 124000 - 划入\n2026-03-04 pharmacy -5860 118140 - 药店\n");
  g_assert_true (zifu_ledger_undo_import (world->ledger.ledger, 3, NULL));

  fourth = plan_file (world, book, "账户明细");
  assert_counts (fourth, 4, 0, 0, 1);
  assert_reason (fourth, 8, ZIFU_LINE_WRONG, ZIFU_REASON_SUM_ROW, "a line of sums, not an entry");
  assert_remarks (world, fourth, "The file begins with a balance: ¥1,058.10 is entered as the opening balance.");
  /* The report lies beside the file, and the fixtures are not ours to write to. */
  {
    g_autofree char *report = g_build_filename (world->ledger.folder, "r.csv", NULL);
    g_autoptr (GError) error = NULL;
    gint64 id;

    g_assert_true (zifu_import_apply (fourth, world->ledger.ledger, NOW, report, NULL, &id, &error));
    g_assert_cmpint (id, ==, 4);
  }
  assert_entries (world, "2026-01-05 opening 105810 105810 - -\n"
                         "2026-01-05 credit 24010 129820 - 单位缴费划入 2026年1月\n"
                         "2026-01-09 pharmacy -5835 123985 同仁堂药店 购药\n"
                         "2026-02-03 outpatient -105810 18175 市第一医院 门诊\n"
                         "2026-02-05 credit 24010 42185 - 单位缴费划入 2026年2月\n");
}

/* Every reason why a line is wrong or doubtful, with the words that people see. */
static void
test_reasons (World *world, gconstpointer data)
{
  static const struct {
    gint64         line;
    ZifuLineState  state;
    ZifuLineReason reason;
    const char    *message;
  } cases[] = {
    { 2, ZIFU_LINE_WRONG, ZIFU_REASON_BAD_DATE, "not a day: “gestern”" },
    { 3, ZIFU_LINE_WRONG, ZIFU_REASON_NO_DATE, "has no day" },
    { 4, ZIFU_LINE_WRONG, ZIFU_REASON_NO_SUCH_DAY, "there is no such day: “2026-02-30”" },
    { 5, ZIFU_LINE_WRONG, ZIFU_REASON_DAY_OR_MONTH, "day or month first? “03/04/2026” can be both; say it in the mapping" },
    { 6, ZIFU_LINE_WRONG, ZIFU_REASON_SHORT_YEAR, "the year needs four digits: “1.2.26”" },
    { 7, ZIFU_LINE_WRONG, ZIFU_REASON_NO_AMOUNT, "has no amount" },
    { 8, ZIFU_LINE_WRONG, ZIFU_REASON_BAD_AMOUNT, "not an amount: “5 yuan”" },
    { 9, ZIFU_LINE_WRONG, ZIFU_REASON_DECIMALS, "more than two decimals: “5.123”" },
    { 10, ZIFU_LINE_WRONG, ZIFU_REASON_TOO_LARGE, "too large an amount: “999999999999999”" },
    { 11, ZIFU_LINE_WRONG, ZIFU_REASON_BOTH, "income and outlay in one line" },
    { 12, ZIFU_LINE_WRONG, ZIFU_REASON_BAD_MONTH, "not a month: “13/2026”" },
    { 13, ZIFU_LINE_WRONG, ZIFU_REASON_OTHER_PERSON, "belongs to somebody else: “李强”" },
    { 14, ZIFU_LINE_WRONG, ZIFU_REASON_BAD_BYTES,
      "holds bytes that are no text, at byte 332 of the file; the encoding may be another one" },
    { 15, ZIFU_LINE_WRONG, ZIFU_REASON_SUM_ROW, "a line of sums, not an entry" },
    { 16, ZIFU_LINE_WRONG, ZIFU_REASON_TITLE_ROW, "titles once more, not an entry" },
    { 17, ZIFU_LINE_DOUBTFUL, ZIFU_REASON_FUTURE, "the day lies in the future" },
    { 18, ZIFU_LINE_DOUBTFUL, ZIFU_REASON_FAR_PAST, "the day lies before there were accounts, or before the person was born" },
    { 19, ZIFU_LINE_DOUBTFUL, ZIFU_REASON_NO_RELATIVE,
      "a relative's payment, and it is not known whose: “赵六”; it would be entered as a transfer" },
    { 20, ZIFU_LINE_DUPLICATE, ZIFU_REASON_TWICE, "stands in the file twice, with the same number" },
    { 21, ZIFU_LINE_WRONG, ZIFU_REASON_KEY_AGAIN, "the number K1 is there already, with another day or amount" },
  };
  g_autoptr (ZifuImportPlan) plan = plan_text (
    world, "日期,收入,支出,备注,所属期,姓名,流水号,使用人\ngestern,1,,,,,,\n,1,,,,,,\n2026-02-30,1,,,,,,\n03/04/2026,1,,,,,,\n1.2.26,1,,,,,,\n"
           "2026-01-02,,,,,,,\n2026-01-02,5 yuan,,,,,,\n2026-01-02,5.123,,,,,,\n2026-01-02,999999999999999,,,,,,\n2026-01-02,1,2,,,,,\n"
           "2026-01-02,1,,,13/2026,,,\n2026-01-02,1,,,,李强,,\n2026-01-02,1,,医院\xff医院医院医院医院医院医院医院医院医院医院医院,,,,\n"
           "合计,1,,,,,,\n日期,收入,支出,备注,所属期,姓名,流水号,使用人\n2026-11-25,1,,,,王敏,,\n1990-01-01,1,,,,王*,,\n"
           "2026-01-02,,1,家庭共济,,,K1,赵六\n2026-01-02,,1,家庭共济,,,K1,赵六\n2026-01-03,,1,x,,,K1,\n");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_reason (plan, cases[i].line, cases[i].state, cases[i].reason, cases[i].message);
  assert_counts (plan, 0, 1, 3, 16);
}

static void
test_direction (World *world, gconstpointer data)
{
  g_autoptr (ZifuImportPlan) plan = plan_text (world, "日期,收支,金额,备注\n2026-01-01,收入,5.00,a\n2026-01-02,支出,5.00,b\n"
                                                      "2026-01-03,支出,-5.00,c\n2026-01-04,?,5.00,d\n");

  assert_counts (plan, 3, 0, 0, 1);
  assert_reason (plan, 5, ZIFU_LINE_WRONG, ZIFU_REASON_DIRECTION, "in or out? “?” does not say");
  apply (world, plan);
  assert_entries (world, "2026-01-01 credit 500 500 - a\n2026-01-02 outpatient -500 0 - b\n2026-01-03 outpatient -500 -500 - c\n");
}

static const char small[] = "date,amount,balance,note\n2026-01-01,100.00,100.00,in\n2026-01-02,-30.00,70.00,药店\n"
                            "2026-01-02,-30.00,40.00,药店\n2026-01-05,-1.00,39.00,医院\n";

/* Equal lines on one day stay two entries; importing once more changes nothing, in whatever order. */
static void
test_twice (World *world, gconstpointer data)
{
  static const char falling[] = "date,amount,balance,note\n2026-01-05,-1.00,39.00,医院\n2026-01-02,-30.00,40.00,药店\n"
                                "2026-01-02,-30.00,70.00,药店\n2026-01-01,100.00,100.00,in\n";
  static const char longer[] = "date,amount,balance,note\n2026-01-02,-30.00,70.00,药店\n2026-01-02,-30.00,40.00,药店\n"
                               "2026-01-02,-30.00,10.00,药店\n";
  static const char expected[] = "2026-01-01 credit 10000 10000 - in\n2026-01-02 pharmacy -3000 7000 - 药店\n"
                                 "2026-01-02 pharmacy -3000 4000 - 药店\n2026-01-05 outpatient -100 3900 - 医院\n";
  g_autoptr (ZifuImportPlan) first = plan_text (world, small), again = NULL, back = NULL, more = NULL;

  assert_counts (first, 4, 0, 0, 0);
  assert_entries (world, "");
  g_assert_cmpint (apply (world, first), ==, 1);
  assert_entries (world, expected);

  again = plan_text (world, small);
  assert_counts (again, 0, 4, 0, 0);
  assert_reason (again, 2, ZIFU_LINE_DUPLICATE, ZIFU_REASON_KNOWN, "is there already");
  assert_remarks (world, again, "");
  g_assert_cmpint (apply (world, again), ==, 0);
  back = plan_text (world, falling);
  assert_counts (back, 0, 4, 0, 0);
  g_assert_cmpint (apply (world, back), ==, 0);
  assert_entries (world, expected);
  g_assert_cmpint (query_int (world->ledger.path, "SELECT COUNT (*) FROM impt_d"), ==, 1);

  more = plan_text (world, longer);
  assert_counts (more, 1, 2, 0, 0);
}

/* The newest line stands first: entries of one day are written in the order in which they happened. */
static void
test_falling (World *world, gconstpointer data)
{
  g_autoptr (ZifuImportPlan) plan = plan_text (world, "date,amount,balance,note\n2026-01-02,-1.00,68.00,c\n2026-01-02,-1.00,69.00,b\n"
                                                      "2026-01-02,-30.00,70.00,a\n2026-01-01,20.00,100.00,in\n");

  assert_counts (plan, 4, 0, 0, 0);
  apply (world, plan);
  assert_entries (world, "2026-01-01 opening 8000 8000 - -\n2026-01-01 credit 2000 10000 - in\n2026-01-02 outpatient -3000 7000 - a\n"
                         "2026-01-02 outpatient -100 6900 - b\n2026-01-02 outpatient -100 6800 - c\n");
}

static void
test_undo (World *world, gconstpointer data)
{
  g_autoptr (ZifuImportPlan) first = plan_text (world, small), again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) imports = NULL;
  const ZifuImport *import;
  gint64 id;

  add_entry (world->ledger.ledger, world->person, "2026-01-03", ZIFU_ENTRY_CREDIT, 5000);
  id = apply (world, first);
  imports = zifu_ledger_list_imports (world->ledger.ledger, world->person, &error);
  import = g_ptr_array_index (imports, 0);
  g_assert_cmpstr (import->file_name, ==, "a.csv");
  g_assert_cmpuint (strlen (import->file_hash), ==, 64);
  g_assert_cmpuint (import->n_new, ==, 4);
  g_assert_true (zifu_ledger_undo_import (world->ledger.ledger, id, &error));
  g_assert_no_error (error);
  assert_entries (world, "2026-01-03 credit 5000 5000 - -\n");
  assert_balanced (world->ledger.ledger, world->person);

  /* What was taken back can be imported again. */
  again = plan_text (world, small);
  assert_counts (again, 4, 0, 0, 0);
  apply (world, again);
  g_assert_cmpint (get_balance (world->ledger.ledger, world->person), ==, 8900);
}

/* What was typed in before the file came. */
static void
test_typed (World *world, gconstpointer data)
{
  g_autoptr (ZifuEntry) entry = zifu_entry_new ();
  g_autoptr (ZifuImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  add_entry (world->ledger.ledger, world->person, "2026-01-01", ZIFU_ENTRY_CREDIT, 10000);
  entry->member_id = world->person;
  entry->date = day ("2026-01-02");
  entry->kind = ZIFU_ENTRY_PHARMACY;
  entry->amount = -3000;
  entry->note = g_strdup ("药店");
  g_assert_cmpint (zifu_ledger_add_entry (world->ledger.ledger, entry, &error), >, 0);

  /* The credit has another text; of two equal purchases one is the one that was typed. */
  plan = plan_text (world, small);
  assert_counts (plan, 2, 1, 1, 0);
  assert_reason (plan, 2, ZIFU_LINE_DOUBTFUL, ZIFU_REASON_SIMILAR,
                 "an entry of this day and amount is there already, with another text: “”");
  assert_reason (plan, 3, ZIFU_LINE_DUPLICATE, ZIFU_REASON_KNOWN, "is there already");
  zifu_import_plan_set_taken (plan, 0, TRUE);
  g_assert_cmpuint (zifu_import_plan_count_taken (plan), ==, 3);
  zifu_import_plan_take_doubtful (plan, FALSE);
  g_assert_cmpuint (zifu_import_plan_count_taken (plan), ==, 2);
  /* A duplicate is never taken. */
  zifu_import_plan_set_taken (plan, 1, TRUE);
  g_assert_cmpuint (zifu_import_plan_count_taken (plan), ==, 2);
}

static void
test_keys (World *world, gconstpointer data)
{
  g_autoptr (ZifuImportPlan) first = plan_text (world, "日期,支出,收入,流水号\n2026-01-01,,50.00,A1\n2026-01-02,5.00,,A2\n2026-01-02,5.00,,A3\n");
  g_autoptr (ZifuImportPlan) again = NULL, corrected = NULL;

  assert_counts (first, 3, 0, 0, 0);
  apply (world, first);
  /* The number counts, whatever else is said. */
  again = plan_text (world, "日期,支出,收入,流水号,备注\n2026-01-02,5.00,,A3,note\n2026-01-02,5.00,,A4,note\n");
  assert_counts (again, 0, 1, 1, 0);
  corrected = plan_text (world, "日期,支出,收入,流水号\n2026-01-02,6.00,,A2\n2026-03-01,1.00,,A1\n");
  assert_counts (corrected, 0, 0, 0, 2);
  assert_reason (corrected, 2, ZIFU_LINE_WRONG, ZIFU_REASON_KEY_AGAIN, "the number A2 is there already, with another day or amount");
  assert_reason (corrected, 3, ZIFU_LINE_WRONG, ZIFU_REASON_KEY_AGAIN, "the number A1 is there already, with another day or amount");
}

static void
test_balances (World *world, gconstpointer data)
{
  g_autoptr (ZifuImportPlan) broken = plan_text (world, "date,amount,balance\n2026-01-01,100.00,100.00\n2026-01-02,-30.00,70.00\n"
                                                        "2026-01-03,-5.00,60.00\n2026-01-04,-1.00,59.00\n");
  g_autoptr (ZifuImportPlan) other = NULL;

  assert_counts (broken, 3, 0, 1, 0);
  assert_reason (broken, 4, ZIFU_LINE_DOUBTFUL, ZIFU_REASON_BALANCE,
                 "the balance does not continue the one before; 65.00 was to be expected");
  assert_remarks (world, broken, "王敏: the account would hold ¥69.00 after the import; the file says ¥59.00.");

  other = plan_text (world, "date,amount,balance\n2026-01-01,-1.00,9.00\n2026-01-02,-30.00,1.00\n2026-01-03,-5.00,7.00\n"
                            "2026-01-04,-1.00,3.00\n2026-01-05,-2.00,8.00\n2026-01-06,-3.00,8.00\n");
  assert_counts (other, 6, 0, 0, 0);
  assert_remarks (world, other,
                  "The balances in the file do not follow from its amounts. They are not used; look whether the columns are the right "
                  "ones.\n"
                  "王敏: the account would hold −¥42.00 after the import; the file says ¥8.00.");
}

/* Sources write the last day of the calendar where there is none; what is there already is found all the same. */
static void
test_last_day (World *world, gconstpointer data)
{
  g_autoptr (ZifuImportPlan) plan = plan_text (world, "date,amount,place\n2026-01-01,5.00,\n2026-01-02,-1.00,同仁堂\n"), again = NULL;
  g_autoptr (ZifuImportPlan) third = NULL;
  static const char later[] = "date,amount,place\n2026-01-01,5.00,\n2026-01-02,-1.00,同仁堂\n9999-12-31,-2.00,药店\n";

  apply (world, plan);
  again = plan_text (world, later);
  assert_counts (again, 0, 2, 1, 0);
  zifu_import_plan_take_doubtful (again, TRUE);
  apply (world, again);
  third = plan_text (world, later);
  assert_counts (third, 0, 3, 0, 0);
}

/* Amounts that no number can hold together say nothing about what was there before them. */
static void
test_large (World *world, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("date,income,balance\n");
  g_autoptr (ZifuImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before = query_int (world->ledger.path, "SELECT COUNT (*) FROM acct_incexpd_d"), id;

  /* 2 to the power of 64 fen. */
  for (guint i = 0; i < 1844; i++)
    g_string_append (text, "2026-01-01,99999999999999.99,\n");
  g_string_append (text, "2026-01-01,67440737095534.60,\n2026-01-02,0.01,1.01\n");
  plan = plan_text (world, text->str);
  assert_counts (plan, 1846, 0, 0, 0);
  assert_remarks (world, plan, "");

  /* Nor can they be stored: the line that is too much is named. */
  g_assert_false (zifu_import_apply (plan, world->ledger.ledger, "2026-11-27T08:00:00Z", NULL, NULL, &id, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_INPUT);
  g_assert_cmpstr (error->message, ==, "Line 3: The amount is too large. Nothing was imported.");
  g_assert_cmpint (query_int (world->ledger.path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, before);
}

static void
test_people (World *world, gconstpointer data)
{
  g_autofree char *path = write_bytes (world->ledger.folder, "p.csv",
                                       "姓名,日期,金额\n王敏,2026-01-01,-1.00\n李*,2026-01-01,-2.00\n,2026-01-01,-3.00\n"
                                                                      "赵六,2026-01-01,-4.00\n", -1);
  g_autofree char *bare = write_bytes (world->ledger.folder, "b.csv", "日期,金额\n2026-01-01,-1.00\n", -1);
  g_autofree char *report = g_build_filename (world->ledger.folder, "r.csv", NULL);
  gint64 other = add_person (world->ledger.ledger, "李强", "spouse", "active", 0);
  gint64 child = add_person (world->ledger.ledger, "王小", "child", "resident", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuImportPlan) plan = try_plan (world, path, 0, NULL, NULL, &error), none = NULL, nobody = NULL, poor = NULL;
  gint64 id;

  g_assert_no_error (error);
  assert_counts (plan, 2, 0, 0, 2);
  assert_reason (plan, 4, ZIFU_LINE_WRONG, ZIFU_REASON_NO_PERSON, "nobody of this name is in the household, or more than one: “”");
  assert_reason (plan, 5, ZIFU_LINE_WRONG, ZIFU_REASON_NO_PERSON, "nobody of this name is in the household, or more than one: “赵六”");
  g_assert_true (zifu_import_apply (plan, world->ledger.ledger, NOW, report, NULL, &id, &error));
  g_assert_cmpint (get_balance (world->ledger.ledger, world->person), ==, -100);
  g_assert_cmpint (get_balance (world->ledger.ledger, other), ==, -200);
  g_assert_true (zifu_ledger_undo_import (world->ledger.ledger, id, &error));
  g_assert_cmpint (get_balance (world->ledger.ledger, other), ==, 0);

  none = try_plan (world, bare, 0, NULL, NULL, &error);
  g_assert_null (none);
  g_assert_cmpstr (error->message, ==, "The file does not say whose account it is. Choose the person.");
  g_clear_error (&error);
  nobody = try_plan (world, bare, 99, NULL, NULL, &error);
  g_assert_null (nobody);
  g_assert_cmpstr (error->message, ==, "There is no such person in the household.");
  g_clear_error (&error);
  poor = try_plan (world, bare, child, NULL, NULL, &error);
  assert_reason (poor, 2, ZIFU_LINE_WRONG, ZIFU_REASON_NO_ACCOUNT, "the person has no personal account");
}

/* Lines that stay out are never lost: without a report nothing is imported. */
static void
test_report (World *world, gconstpointer data)
{
  g_autoptr (ZifuImportPlan) plan = plan_text (world, "date,amount,note\n2026-01-01,5.00,in\nx,=1+1,\"a,b\"\n2027-01-01,-1.00,=late\n");
  g_autofree char *report = zifu_import_plan_find_report_path (plan), *second = NULL, *text = NULL;
  g_autofree char *nowhere = g_build_filename (world->ledger.folder, "none", "r.csv", NULL);
  g_autofree char *said = g_strdup_printf ("“%s”: No such file or directory", nowhere);
  g_autoptr (GError) error = NULL;
  struct stat status;
  gint64 id;

  g_assert_true (g_str_has_suffix (report, "/a.csv.report.csv"));
  g_assert_false (zifu_import_apply (plan, world->ledger.ledger, NOW, nowhere, NULL, &id, &error));
  g_assert_cmpstr (error->message, ==, said);
  g_clear_error (&error);
  assert_entries (world, "");
  g_assert_true (zifu_import_apply (plan, world->ledger.ledger, NOW, report, NULL, &id, &error));
  g_assert_no_error (error);
  assert_entries (world, "2026-01-01 credit 500 500 - in\n");
  g_assert_cmpint (g_stat (report, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (report, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "\xef\xbb\xbfline,state,reason,acct_modi_date,amount,balc,fixmedins_name,memo,source\r\n"
                   "\"3\",\"wrong\",\"not a day: “x”\",\"\",,,\"\",\"\",\"x | =1+1 | a,b\"\r\n"
                   "\"4\",\"doubtful\",\"the day lies in the future\",\"2027-01-01\",-1.00,,\"\",\"'=late\",\"\"\r\n");
  second = zifu_import_plan_find_report_path (plan);
  g_assert_true (g_str_has_suffix (second, "/a.csv.report-2.csv"));
}

static void
refuse_progress (gint64 done, gint64 total, gpointer user_data)
{
  if (total > 0 && done >= total)
    g_cancellable_cancel (user_data);
}

static void
test_cancelled (World *world, gconstpointer data)
{
  g_autoptr (ZifuImportPlan) plan = plan_text (world, small), none = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const ZifuJob job = { refuse_progress, cancellable, cancellable };
  const ZifuImportOptions options = { world->person, NULL, { NULL }, day (TODAY) };
  g_autofree char *path = g_build_filename (world->ledger.folder, "a.csv", NULL);
  g_autoptr (GError) error = NULL;
  gint64 id;

  /* Given up at the last moment. */
  g_cancellable_cancel (cancellable);
  g_assert_false (zifu_import_apply (plan, world->ledger.ledger, NOW, NULL, &job, &id, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  assert_entries (world, "");
  none = zifu_import_plan_new (world->ledger.ledger, path, &options, &job, &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* And the ledger can be written to. */
  apply (world, plan);
}

/* The household changed between the look and the import. */
static void
test_overtaken (World *world, gconstpointer data)
{
  static const char message[] = "The household data changed since the file was looked at. Nothing was imported; look again.";
  g_autoptr (ZifuImportPlan) plan = plan_text (world, small), same = plan_text (world, small);
  g_autoptr (ZifuImportPlan) opening = plan_text (world, "date,amount,balance\n2026-02-01,-1.00,99.00\n");
  g_autoptr (GError) error = NULL;
  gint64 id;

  apply (world, plan);
  g_assert_false (zifu_import_apply (same, world->ledger.ledger, NOW, NULL, NULL, &id, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_CHANGED);
  g_assert_cmpstr (error->message, ==, message);
  g_clear_error (&error);
  g_assert_false (zifu_import_apply (opening, world->ledger.ledger, NOW, NULL, NULL, &id, &error));
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpint (query_int (world->ledger.path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 5);
  g_assert_cmpint (query_int (world->ledger.path, "SELECT COUNT (*) FROM impt_d"), ==, 1);
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (result);
}

static void
test_threads (World *world, gconstpointer data)
{
  g_autofree char *path = write_bytes (world->ledger.folder, "a.csv", small, -1);
  ZifuImportOptions options = { world->person, NULL, { NULL }, day (TODAY) };
  GAsyncResult *waiting = NULL;
  g_autoptr (GAsyncResult) planned = NULL, refused = NULL, applied = NULL;
  g_autoptr (ZifuImportPlan) plan = NULL, none = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  zifu_import_plan_async (world->ledger.path, path, &options, NULL, take_result, &waiting);
  planned = wait_for (&waiting);
  plan = zifu_import_plan_finish (planned, &error);
  g_assert_no_error (error);
  assert_counts (plan, 4, 0, 0, 0);
  zifu_import_apply_async (plan, world->ledger.path, NOW, NULL, NULL, take_result, &waiting);
  applied = wait_for (&waiting);
  g_assert_true (zifu_import_apply_finish (applied, &id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (id, ==, 1);
  g_assert_cmpint (get_balance (world->ledger.ledger, world->person), ==, 3900);

  zifu_import_plan_async (world->ledger.path, world->ledger.folder, &options, NULL, take_result, &waiting);
  refused = wait_for (&waiting);
  none = zifu_import_plan_finish (refused, &error);
  g_assert_null (none);
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FILE);
}

static void
test_no_columns (World *world, gconstpointer data)
{
  g_autofree char *path = write_bytes (world->ledger.folder, "a.csv", "a,b\n1,2\n", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuImportPlan) plan = try_plan (world, path, world->person, NULL, NULL, &error);

  g_assert_null (plan);
  g_assert_cmpstr (error->message, ==,
                   "In “a.csv” no columns with a day and an amount were found. Say in a mapping which columns they are.");
}

static void
test_mapping (World *world, gconstpointer data)
{
  g_autoptr (ZifuMapping) mapping = zifu_mapping_parse (
    "{\"format\": \"zifu-mapping-1\", \"columns\": {\"date\": \"D\", \"amount\": \"A\", \"note\": \"T\"}, \"dates\": \"mdy\","
    " \"plus_is_outlay\": true,"
    " \"kinds\": [{\"contains\": \"special\", \"kind\": \"inpatient\"}]}", -1, NULL, NULL);
  g_autofree char *path = write_bytes (world->ledger.folder, "a.csv", "T,A,D\nspecial,5.00,03/04/2026\nback,-1.00,03/05/2026\n", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuImportPlan) plan = NULL;

  plan = try_plan (world, path, world->person, mapping, NULL, &error);
  g_assert_no_error (error);
  apply (world, plan);
  assert_entries (world, "2026-03-04 inpatient -500 -500 - special\n2026-03-05 credit 100 -400 - back\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));

#define ADD(path, function) g_test_add ("/import/" path, World, NULL, world_set_up, function, world_tear_down)
  ADD ("fixtures", test_fixtures);
  ADD ("reasons", test_reasons);
  ADD ("direction", test_direction);
  ADD ("twice", test_twice);
  ADD ("falling", test_falling);
  ADD ("undo", test_undo);
  ADD ("typed", test_typed);
  ADD ("keys", test_keys);
  ADD ("balances", test_balances);
  ADD ("last-day", test_last_day);
  ADD ("large", test_large);
  ADD ("people", test_people);
  ADD ("report", test_report);
  ADD ("cancelled", test_cancelled);
  ADD ("overtaken", test_overtaken);
  ADD ("threads", test_threads);
  ADD ("no-columns", test_no_columns);
  ADD ("mapping", test_mapping);
  return g_test_run ();
}
