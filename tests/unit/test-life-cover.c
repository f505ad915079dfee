/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Coverage as it stands, and what comes of each way out (R28 to R32). */
#include <string.h>

#include "life-support.h"
#include "zifu-cover-plan.h"

#define TODAY "2026-11-20"
#define ACTIVE "'insurance': '310', 'status': 'active'"
#define FLEXIBLE "'insurance': '310', 'status': 'flexible'"
#define ELDERLY "'insurance': '390', 'status': 'resident', 'resident_class': 'elderly'"

static void
append_month (GString *out, gboolean has, ZifuMonth month)
{
  g_autofree char *text = has ? zifu_month_format (month) : g_strdup ("-");

  g_string_append_printf (out, " %s", text);
}

static void
append_option (GString *out, const ZifuCoverOption *option)
{
  static const char *const ways[] = { "; stop", "; on", "; make-up" };

  g_string_append (out, ways[option->way]);
  if (option->way == ZIFU_COVER_MAKE_UP)
    g_string_append_printf (out, " %u", option->n_months);
  append_month (out, option->has_back, option->back);
  if (option->has_cost)
    g_string_append_printf (out, " %" G_GINT64_FORMAT, option->cost);
}

/* "state share next-change; gap from to n; stop month; on month; make-up n month cost" */
static char *
describe (const ZifuCoverPlan *plan)
{
  GString *out = g_string_new (zifu_coverage_state_name (plan->state));
  ZifuRational share = zifu_rational_reduce (plan->share);

  g_string_append_printf (out, " %d/%d", (int) share.num, (int) share.den);
  append_month (out, plan->has_change, plan->change);
  if (plan->has_gap)
    {
      g_string_append (out, "; gap");
      append_month (out, TRUE, plan->gap_from);
      append_month (out, TRUE, plan->gap_to);
      g_string_append_printf (out, " %u", plan->n_unpaid);
    }
  for (guint i = 0; i < plan->options->len; i++)
    append_option (out, g_ptr_array_index (plan->options, i));
  return g_string_free (out, FALSE);
}

typedef struct {
  const char *name, *policy, *person, *paid, *today, *expected;
} Row;

static const Row rows[] = {
  /* Employees: the national rules. */
  { "covered", "'national'", ACTIVE, "2024-01..2026-10", TODAY, "covered 1/1 -" },
  { "covered-on-the-first", "'national'", ACTIVE, "2024-01..2026-10", "2026-11-01", "covered 1/1 -" },
  { "covered-and-paid", "'national'", ACTIVE, "2024-01..2026-11", TODAY, "covered 1/1 -" },
  { "first-month", "'national'", ACTIVE, "2026-11..2026-11", TODAY, "covered 1/1 -" },
  { "three-months", "'national'", ACTIVE, "2024-01..2026-07", TODAY,
    "suspended 0/1 -; gap 2026-08 2026-10 3; stop -; on 2026-11; make-up 3 2026-11" },
  { "four-months", "'national'", ACTIVE, "2024-01..2026-06", TODAY,
    "suspended 0/1 -; gap 2026-07 2026-10 4; stop -; on 2027-05; make-up 4 2027-05" },
  { "over-new-year", "'national'", ACTIVE, "2024-01..2026-10", "2027-02-28",
    "suspended 0/1 -; gap 2026-11 2027-01 3; stop -; on 2027-02; make-up 3 2027-02" },
  { "waiting", "'national'", ACTIVE, "2024-01..2026-03 2026-09..2026-10", TODAY,
    "waiting 0/1 2027-03; gap 2026-04 2026-08 5; stop -; on 2027-03; make-up 5 2027-03" },
  { "last-month-of-waiting", "'national'", ACTIVE, "2024-01..2025-12 2026-06..2026-10", TODAY,
    "waiting 0/1 2026-12; gap 2026-01 2026-05 5; stop -; on 2026-12; make-up 5 2026-12" },
  { "restored", "'national'", ACTIVE, "2024-01..2025-11 2026-05..2026-10", TODAY, "covered 1/1 -" },
  { "made-up-in-time", "'national'", ACTIVE, "2024-01..2026-06 2026-07..2026-09@2026-10 2026-10..2026-10", TODAY, "covered 1/1 -" },
  { "made-up-in-part", "'national'", ACTIVE, "2024-01..2026-06 2026-07..2026-07@2026-10", TODAY,
    "suspended 0/1 -; gap 2026-08 2026-10 3; stop -; on 2027-05; make-up 3 2027-05" },
  { "made-up-too-late", "'national'", ACTIVE, "2024-01..2026-04 2026-05..2026-09@2026-10 2026-10..2026-10", TODAY,
    "waiting 0/1 2027-04; stop -; on 2027-04" },
  /* The last month was paid this month, as many employers do; this month is not over. */
  { "made-up-today", "'national'", ACTIVE, "2024-01..2026-07 2026-08..2026-10@2026-11", TODAY, "covered 1/1 -" },
  /* The wait comes from the longer gap, not from the month that is missing last. */
  { "two-gaps", "'national'", ACTIVE, "2024-01..2025-12 2026-06..2026-08 2026-10..2026-10", TODAY,
    "waiting 0/1 2026-12; gap 2026-01 2026-05 5; stop -; on 2026-12; make-up 5 2026-12" },
  { "gap-while-waiting", "'national'", ACTIVE, "2024-01..2026-03 2026-09..2026-09", TODAY,
    "suspended 0/1 -; gap 2026-10 2026-10 1; stop -; on 2027-03; make-up 1 2027-03" },
  { "older-than-the-window", "'national'", ACTIVE, "2015-01..2017-12", TODAY,
    "suspended 0/1 -; gap 2018-01 2026-10 106; stop -; on 2027-05; make-up 106 2027-05" },
  /* What is paid later than the day of the question does not exist yet. */
  { "planned", "'national'", ACTIVE, "2024-01..2026-07 2026-12..2027-06", TODAY,
    "suspended 0/1 -; gap 2026-08 2026-10 3; stop -; on 2026-11; make-up 3 2026-11" },
  { "looking-back", "'national'", ACTIVE, "2024-01..2026-07 2026-08..2026-10@2026-12", TODAY,
    "suspended 0/1 -; gap 2026-08 2026-10 3; stop -; on 2026-11; make-up 3 2026-11" },
  { "twice", "'national'", ACTIVE, "2024-01..2026-10 2026-05..2026-09@2026-11", TODAY, "covered 1/1 -" },
  /* Flexible workers pay themselves: 584.92 a month in Beijing. */
  { "flexible", "'110000'", FLEXIBLE, "2024-01..2026-07", TODAY,
    "suspended 0/1 -; gap 2026-08 2026-10 3; stop -; on 2026-11; make-up 3 2026-11 175476" },
  { "flexible-first", "'120000'", FLEXIBLE, "2026-08..2026-10", TODAY, "waiting 0/1 2027-02; stop -; on 2027-02" },
  /* Residents: 3 months and one for each year missed, less one for each repaired; this year's premium is 460 for the elderly. */
  { "resident", "'110000'", ELDERLY, "2025-01..2025-12@2025-01", "2026-01-31", "covered 1/1 -" },
  { "resident-late", "'110000'", ELDERLY, "2025-01..2025-12@2025-01", "2026-02-01",
    "suspended 0/1 -; gap 2026-01 2026-01 1; stop -; on 2026-05; make-up 1 2026-05 46000" },
  { "resident-paid-late", "'110000'", ELDERLY, "2025-01..2025-12@2025-01 2026-01..2026-12@2026-03", "2026-04-10",
    "waiting 0/1 2026-06; stop 2026-06; on 2026-06" },
  { "resident-two-years", "'110000'", ELDERLY, "2022-01..2022-12@2022-01 2023-01..2023-12@2023-01", TODAY,
    "suspended 0/1 -; gap 2024-01 2026-10 34; stop -; on 2027-04; make-up 12 2027-03 46000; make-up 24 2027-02 92000" },
  { "resident-four-years", "'110000'", ELDERLY, "2021-01..2021-12@2021-01", TODAY,
    "suspended 0/1 -; gap 2022-01 2026-10 58; stop -; on 2027-06; make-up 12 2027-05 46000; make-up 24 2027-05 92000; "
    "make-up 36 2027-05 138000; make-up 48 2027-05 184000" },
  { "newborn", "'110000'", "'insurance': '390', 'resident_class': 'minor', 'tags': ['newborn']", "2025-01..2025-12", TODAY,
    "suspended 0/1 -; gap 2026-01 2026-10 10; stop -; on 2026-11; make-up 10 2026-11 43500" },
  { "switched", "'110000'", ELDERLY ", 'switched': true, 'years_cover': 3", "2023-01..2026-07", TODAY,
    "suspended 0/1 -; gap 2026-08 2026-10 3; stop -; on 2026-11; make-up 3 2026-11 46000" },
  { "no-premium-known", "'national'", ELDERLY, "2026-01..2026-08", TODAY,
    "suspended 0/1 -; gap 2026-09 2026-10 2; stop -; on 2027-02; make-up 2 2027-02" },
  /* Half of the benefits while waiting, and a wait that making up shortens by each year. */
  { "half", LIFE_COVERAGE (LIFE_EMPLOYEE ", 'waiting_share': '0.5'"), ACTIVE, "2024-01..2026-05 2026-10..2026-10", TODAY,
    "waiting 1/2 2027-04; gap 2026-06 2026-09 4; stop -; on 2027-04; make-up 4 2027-04" },
  { "half-without-end", LIFE_COVERAGE ("'waiting': 30, 'waiting_share': '0.5'"), ACTIVE, "2024-01..2026-08 2026-10..2026-10", TODAY,
    "waiting 1/2 -; gap 2026-09 2026-09 1; stop -; on -; make-up 1 -" },
  /* A contribution counts for a later month. */
  { "lag-1", LIFE_COVERAGE ("'lag': 1, 'repair_within': 3, 'retroactive': true, 'waiting_free': 3, 'waiting': 6"), ACTIVE,
    "2024-01..2026-09", TODAY, "suspended 0/1 -; gap 2026-10 2026-10 1; stop -; on 2026-12; make-up 1 2026-11" },
  { "lag-1-first", LIFE_COVERAGE ("'lag': 1"), ACTIVE, "2026-11..2026-11", TODAY, "none 0/1 2026-12; stop 2026-12; on 2026-12" },
  { "lag-2", LIFE_COVERAGE ("'lag': 2, 'repair_within': 3, 'retroactive': true, 'waiting_free': 3, 'waiting': 6"), ACTIVE,
    "2024-01..2026-09", TODAY, "covered 1/1 2026-12; gap 2026-10 2026-10 1; stop 2026-11; on 2027-01; make-up 1 2026-11" },
  { "lag-2-paid-again", LIFE_COVERAGE ("'lag': 2, 'repair_within': 3, 'retroactive': true, 'waiting_free': 3, 'waiting': 6"), ACTIVE,
    "2024-01..2026-09 2026-11..2026-11", TODAY,
    "covered 1/1 2026-12; gap 2026-10 2026-10 1; stop 2026-11; on 2027-01; make-up 1 2026-11" },
  { "500000", "'500000'", ACTIVE ", 'plan': 'x'", "2024-01..2026-05", TODAY,
    "suspended 0/1 -; gap 2026-06 2026-10 5; stop -; on 2027-06; make-up 5 2027-06" },
  /* The first months of a gap are still covered, in whole or in part. */
  { "grace", LIFE_COVERAGE (LIFE_EMPLOYEE ", 'grace': 2"), ACTIVE, "2024-01..2026-09", TODAY,
    "grace 1/1 2026-12; gap 2026-10 2026-10 1; stop 2026-11; on 2026-11; make-up 1 2026-11" },
  { "half-grace", LIFE_COVERAGE (LIFE_EMPLOYEE ", 'grace': 2, 'grace_share': '0.5'"), ACTIVE, "2024-01..2026-09", TODAY,
    "grace 1/2 2026-12; gap 2026-10 2026-10 1; stop -; on 2026-11; make-up 1 2026-11" },
  { "grace-is-over", LIFE_COVERAGE (LIFE_EMPLOYEE ", 'grace': 2"), ACTIVE, "2024-01..2026-08", TODAY,
    "suspended 0/1 -; gap 2026-09 2026-10 2; stop -; on 2026-11; make-up 2 2026-11" },
  /* What is made up counts from the payment on, not for the gap. */
  { "not-retroactive", LIFE_COVERAGE ("'repair_within': 3, 'waiting_free': 0, 'waiting': 6"), ACTIVE, "2024-01..2026-08", TODAY,
    "suspended 0/1 -; gap 2026-09 2026-10 2; stop -; on 2027-05; make-up 2 2026-11" },
  /* Less than a year that is made up beside whole ones is shown only where it helps. */
  { "rest-of-a-year", LIFE_COVERAGE ("'waiting': {'max': [{'sum': ['20', {'product': ['-1', {'axis': 'repaired_months'}]}]}, '0']}"),
    ELDERLY, "2024-01..2025-08", TODAY,
    "suspended 0/1 -; gap 2025-09 2026-10 14; stop -; on 2028-07; make-up 12 2027-07; make-up 14 2027-05" },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (ZifuRecordFile) file = life_file (row->policy, row->person, NULL);
  g_autoptr (ZifuCoverPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  life_pay (file->record->person, row->paid);
  plan = zifu_cover_plan_new (file->pack, file->record->person, life_day (row->today), NULL, &error);
  g_assert_no_error (error);
  text = describe (plan);
  g_assert_cmpstr (text, ==, row->expected);
  g_assert_false (plan->lifelong);
}

static void
test_retired (void)
{
  g_autoptr (ZifuRecordFile) file = life_file ("'110000'", "'insurance': '310', 'status': 'retired', 'age': 71", NULL);
  g_autoptr (ZifuCoverPlan) plan = NULL;

  plan = zifu_cover_plan_new (file->pack, file->record->person, life_day (TODAY), NULL, NULL);
  g_assert_true (plan->lifelong);
  g_assert_cmpint (plan->state, ==, ZIFU_COVERAGE_COVERED);
  g_assert_cmpuint (plan->options->len, ==, 0);
  g_assert_null (plan->coverage);
}

static void
assert_missing (const char *policy, const char *person, const char *paid, const char *today)
{
  g_autoptr (ZifuRecordFile) file = life_file (policy, person, NULL);
  g_autoptr (GError) error = NULL;

  life_pay (file->record->person, paid);
  g_assert_null (zifu_cover_plan_new (file->pack, file->record->person, life_day (today), NULL, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_MISSING);
}

static void
test_nothing_known (void)
{
  assert_missing ("'110000'", ACTIVE, "", TODAY);
  assert_missing ("'110000'", ACTIVE, "2026-12..2027-05", TODAY);
  /* The national rules for residents begin with 2025. */
  assert_missing ("'national'", ELDERLY, "2023-01..2024-05", "2024-12-31");
  assert_missing ("'310000'", ELDERLY, "2023-01..2024-05", "2024-12-31");
}

static const ZifuCoverVisit *
visit_of (const GPtrArray *visits, guint i)
{
  return g_ptr_array_index (visits, i);
}

static GPtrArray *
visits_of (const char *person, const char *paid, const char *today)
{
  g_autoptr (ZifuRecordFile) file = life_file ("'110000'", person, NULL);
  g_autoptr (ZifuVisit) visit = zifu_visit_new ();
  g_autoptr (ZifuCoverPlan) plan = NULL;
  GPtrArray *visits;

  life_pay (file->record->person, paid);
  plan = zifu_cover_plan_new (file->pack, file->record->person, life_day (today), NULL, NULL);
  visit->date = life_day (today);
  zifu_facts_set_string (visit->facts, "care", "outpatient");
  zifu_facts_set_string (visit->facts, "class", "3");
  zifu_visit_set_total (visit, 300000);
  visits = zifu_cover_plan_visits (plan, file->record->person, visit);
  for (guint i = 0; i < visits->len; i++)
    ((ZifuCoverVisit *) g_ptr_array_index (visits, i))->option = NULL; /* the plan is gone */
  return visits;
}

/* R32: nothing today; 70% next year, whose deductible begins anew whatever was met this year. */
static void
test_visit_next_year (void)
{
  g_autoptr (GPtrArray) visits = visits_of (ACTIVE ", 'counters': {'op_ded': '1800.00'}", "2024-01..2026-06", TODAY);

  g_assert_cmpuint (visits->len, ==, 3);
  g_assert_cmpint (visit_of (visits, 0)->date, ==, life_day (TODAY));
  g_assert_cmpint (visit_of (visits, 0)->settlement->fund_sum, ==, 0);
  g_assert_cmpint (visit_of (visits, 0)->settlement->person, ==, 300000);
  for (guint i = 1; i < 3; i++)
    {
      g_assert_cmpint (visit_of (visits, i)->date, ==, life_day ("2027-05-01"));
      g_assert_cmpint (visit_of (visits, i)->settlement->fund_sum, ==, 84000);
    }
}

/* Paid today, covered today: what was met of the deductible counts. */
static void
test_visit_today (void)
{
  g_autoptr (GPtrArray) visits = visits_of (ACTIVE ", 'counters': {'op_ded': '1800.00'}", "2024-01..2026-07", TODAY);

  g_assert_cmpuint (visits->len, ==, 3);
  g_assert_cmpint (visit_of (visits, 0)->settlement->fund_sum, ==, 0);
  g_assert_cmpint (visit_of (visits, 1)->date, ==, life_day (TODAY));
  g_assert_cmpint (visit_of (visits, 1)->settlement->fund_sum, ==, 210000);
}

/* The account stays usable while the fund pays nothing (R28). */
static void
test_visit_account (void)
{
  g_autoptr (GPtrArray) visits = visits_of (ACTIVE ", 'account': {'balance': '1000.00'}", "2024-01..2026-06", TODAY);

  g_assert_cmpint (visit_of (visits, 0)->settlement->own_account, ==, 100000);
  g_assert_cmpint (visit_of (visits, 0)->settlement->cash, ==, 200000);
}

/* A retired person of 70 after the deductible of 1,300: 90%; there is no other way. */
static void
test_visit_retired (void)
{
  g_autoptr (GPtrArray) visits = visits_of ("'insurance': '310', 'status': 'retired', 'age': 71", "", TODAY);

  g_assert_cmpuint (visits->len, ==, 1);
  g_assert_cmpint (visit_of (visits, 0)->settlement->fund_sum, ==, 153000);
}

static void
test_first_day (void)
{
  g_assert_cmpint (zifu_month_first_day (life_month ("2024-02")), ==, life_day ("2024-02-01"));
  g_assert_cmpint (zifu_month_first_day (life_month ("2026-12")) + 31, ==, life_day ("2027-01-01"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/life/cover/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/life/cover/R22-retired", test_retired);
  g_test_add_func ("/life/cover/nothing-known", test_nothing_known);
  g_test_add_func ("/life/cover/R32-visit-next-year", test_visit_next_year);
  g_test_add_func ("/life/cover/R32-visit-today", test_visit_today);
  g_test_add_func ("/life/cover/R28-visit-account", test_visit_account);
  g_test_add_func ("/life/cover/visit-retired", test_visit_retired);
  g_test_add_func ("/life/cover/first-day", test_first_day);
  return g_test_run ();
}
