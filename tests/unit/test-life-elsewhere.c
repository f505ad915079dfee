/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Filings, care elsewhere, transfers, two insurances, newborns (R14, R33, R34, R37, R38). */
#include <string.h>

#include "life-support.h"
#include "zifu-elsewhere.h"
#include "zifu-enrolments.h"

#define PERSON "'insurance': '310', 'status': 'active'"

typedef struct {
  const char *name, *filings, *place, *on;
  ZifuFilingState state;
  const char *until; /* NULL = until it is changed, or no filing */
} Filing;

#define TEMP(from) "{'remote': 'filed_temp', 'begndate': '" from "'}"

static const Filing filings[] = {
  { "none", "", "440300", "2026-11-20", ZIFU_FILING_NONE, NULL },
  /* Six months, at least: to the day of the same number, or the last of the month. */
  { "last-day", TEMP ("2026-01-15"), "440300", "2026-07-15", ZIFU_FILING_VALID, "2026-07-15" },
  { "day-after", TEMP ("2026-01-15"), "440300", "2026-07-16", ZIFU_FILING_EXPIRED, "2026-07-15" },
  { "first-day", TEMP ("2026-01-15"), "440300", "2026-01-15", ZIFU_FILING_VALID, "2026-07-15" },
  { "day-before", TEMP ("2026-01-15"), "440300", "2026-01-14", ZIFU_FILING_NOT_YET, "2026-07-15" },
  { "31-august", TEMP ("2026-08-31"), "440300", "2027-02-28", ZIFU_FILING_VALID, "2027-02-28" },
  { "31-august-over", TEMP ("2026-08-31"), "440300", "2027-03-01", ZIFU_FILING_EXPIRED, "2027-02-28" },
  { "31-august-leap", TEMP ("2027-08-31"), "440300", "2028-02-29", ZIFU_FILING_VALID, "2028-02-29" },
  { "30-august", TEMP ("2026-08-30"), "440300", "2027-03-01", ZIFU_FILING_EXPIRED, "2027-02-28" },
  { "leap-day", TEMP ("2028-02-29"), "440300", "2028-08-29", ZIFU_FILING_VALID, "2028-08-29" },
  { "over-new-year", TEMP ("2026-07-01"), "440300", "2027-01-01", ZIFU_FILING_VALID, "2027-01-01" },
  { "own-last-day", "{'remote': 'filed_temp', 'begndate': '2026-01-15', 'enddate': '2026-02-28'}", "440300", "2026-03-01",
    ZIFU_FILING_EXPIRED, "2026-02-28" },
  { "referred", "{'remote': 'referred', 'begndate': '2026-10-20'}", "440300", "2026-11-20", ZIFU_FILING_VALID, "2027-04-20" },
  { "long-term", "{'remote': 'filed_long', 'begndate': '2015-01-15'}", "440300", "2026-11-20", ZIFU_FILING_VALID, NULL },
  { "long-term-ended", "{'remote': 'filed_long', 'begndate': '2015-01-15', 'enddate': '2026-11-19'}", "440300", "2026-11-20",
    ZIFU_FILING_EXPIRED, "2026-11-19" },
  /* For a city, for a province with two digits or with zeros, for everywhere. */
  { "same-city", "{'remote': 'filed_long', 'place': '440300', 'begndate': '2015-01-15'}", "440300", "2026-11-20", ZIFU_FILING_VALID, NULL },
  { "its-district", "{'remote': 'filed_long', 'place': '440300', 'begndate': '2015-01-15'}", "440305", "2026-11-20", ZIFU_FILING_VALID,
    NULL },
  { "other-city", "{'remote': 'filed_long', 'place': '440300', 'begndate': '2015-01-15'}", "440100", "2026-11-20", ZIFU_FILING_NONE, NULL },
  { "province", "{'remote': 'filed_long', 'place': '44', 'begndate': '2015-01-15'}", "440300", "2026-11-20", ZIFU_FILING_VALID, NULL },
  { "province-with-zeros", "{'remote': 'filed_long', 'place': '440000', 'begndate': '2015-01-15'}", "440300", "2026-11-20",
    ZIFU_FILING_VALID, NULL },
  { "other-province", "{'remote': 'filed_long', 'place': '440000', 'begndate': '2015-01-15'}", "450300", "2026-11-20", ZIFU_FILING_NONE,
    NULL },
  { "municipality", "{'remote': 'filed_long', 'place': '310000', 'begndate': '2015-01-15'}", "310115", "2026-11-20", ZIFU_FILING_VALID,
    NULL },
  { "place-not-stated", "{'remote': 'filed_long', 'place': '310000', 'begndate': '2015-01-15'}", NULL, "2026-11-20", ZIFU_FILING_VALID,
    NULL },
  /* Whatever the order: a valid one, else the one that ended last, else the one that begins next. */
  { "valid-first", TEMP ("2026-10-01") "," TEMP ("2024-01-15") "," TEMP ("2027-01-15"), "440300", "2026-11-20", ZIFU_FILING_VALID,
    "2027-04-01" },
  { "valid-last", TEMP ("2027-01-15") "," TEMP ("2024-01-15") "," TEMP ("2026-10-01"), "440300", "2026-11-20", ZIFU_FILING_VALID,
    "2027-04-01" },
  { "ended-last", TEMP ("2027-01-15") "," TEMP ("2025-01-15") "," TEMP ("2024-01-15"), "440300", "2026-11-20", ZIFU_FILING_EXPIRED,
    "2025-07-15" },
  { "begins-next", TEMP ("2027-05-15") "," TEMP ("2027-01-15"), "440300", "2026-11-20", ZIFU_FILING_NOT_YET, "2027-07-15" },
};

static void
test_filing (gconstpointer data)
{
  const Filing *row = data;
  g_autofree char *record = g_strdup_printf ("'filings': [%s]", row->filings);
  g_autoptr (ZifuRecordFile) file = life_file ("'110000'", PERSON, record);
  ZifuFilingFound found = zifu_filing_find (file->pack, file->record, row->place, life_day (row->on));

  g_assert_cmpint (found.state, ==, row->state);
  g_assert_cmpint (found.until, ==, row->until != NULL ? life_day (row->until) : 0);
  g_assert_cmpint (found.filing != NULL, ==, row->state != ZIFU_FILING_NONE);
}

/* Where no rule says for how long, a temporary filing has no last day that could be told. */
static void
test_filing_without_rule (void)
{
  g_autoptr (ZifuRecordFile) file = life_file (LIFE_PACK (""), PERSON, "'filings': [" TEMP ("2020-01-15") "]");
  ZifuFilingFound found = zifu_filing_find (file->pack, file->record, "440300", life_day ("2026-11-20"));

  g_assert_cmpint (found.state, ==, ZIFU_FILING_VALID);
  g_assert_cmpint (found.until, ==, 0);
  g_assert_null (found.rule);
}

static ZifuMoney
fund_of (const ZifuSettlement *settlement)
{
  ZifuMoney sum = settlement->fund_sum;

  for (guint i = 0; i < settlement->claims->len; i++)
    sum += g_array_index (settlement->claims, ZifuFundLine, i).amount;
  return sum;
}

static const ZifuElsewhere *
way_of (const GPtrArray *ways, const char *remote)
{
  for (guint i = 0; i < ways->len; i++)
    if (g_str_equal (((ZifuElsewhere *) g_ptr_array_index (ways, i))->remote, remote))
      return g_ptr_array_index (ways, i);
  g_assert_not_reached ();
}

static void
assert_at_most (const GPtrArray *ways, const char *less, const char *more, guint *n)
{
  const ZifuElsewhere *a = way_of (ways, less), *b = way_of (ways, more);

  if (a->settlement == NULL || b->settlement == NULL)
    return;
  g_assert_cmpint (fund_of (a->settlement), <=, fund_of (b->settlement));
  (*n)++;
}

static ZifuVisit *
draw_visit (LifeRandom *random)
{
  static const char *const cares[] = { "outpatient", "inpatient" };
  static const char *const classes[] = { "1", "2", "3" };
  ZifuVisit *visit = zifu_visit_new ();
  ZifuMoney total = life_draw (random, 10000000);

  visit->date = life_day ("2024-01-01") + (ZifuDate) life_draw (random, 1000);
  zifu_facts_set_string (visit->facts, "care", cares[life_draw (random, 2)]);
  zifu_facts_set_string (visit->facts, "class", classes[life_draw (random, 3)]);
  zifu_facts_set_string (visit->facts, "remote", "unfiled"); /* does not matter */
  zifu_facts_set_int (visit->facts, "days", 1 + (int) life_draw (random, 30));
  zifu_facts_set_boolean (visit->facts, "chosen", TRUE);
  zifu_facts_set_boolean (visit->facts, "referral", TRUE);
  zifu_visit_set_total (visit, total);
  zifu_visit_set_parts (visit, life_draw (random, (guint) total / 4 + 1), 0, 0);
  return visit;
}

/* R34: unfiled never pays more than referred, nor that more than at home, wherever the pack has figures. */
static void
test_compare (gconstpointer policy)
{
  static const char *const statuses[] = { "active", "retired", "resident" };
  LifeRandom random = life_random (41);
  g_autoptr (ZifuPack) pack = life_pack (policy);
  guint n = 0, n_unfiled = 0;

  for (guint round = 0; round < life_rounds (700); round++)
    {
      g_autoptr (ZifuRecord) record = zifu_record_new ();
      g_autoptr (ZifuVisit) visit = draw_visit (&random);
      g_autoptr (GPtrArray) ways = NULL;
      guint status = life_draw (&random, 3);
      guint yours = 0;

      zifu_facts_set_string (record->person->facts, "insurance", status == 2 ? "390" : "310");
      zifu_facts_set_string (record->person->facts, "status", statuses[status]);
      zifu_facts_set_string (record->person->facts, "resident_class", "elderly");
      zifu_facts_set_string (record->person->facts, "plan", "1");
      zifu_facts_set_int (record->person->facts, "age", 40 + (int) life_draw (&random, 40));
      zifu_facts_set_int (record->person->facts, "years_cover", 20);
      ways = zifu_elsewhere_compare (pack, record, visit);
      assert_at_most (ways, "unfiled", "referred", &n_unfiled);
      assert_at_most (ways, "unfiled", "local", &n_unfiled);
      assert_at_most (ways, "referred", "local", &n);
      assert_at_most (ways, "filed_temp", "local", &n);
      assert_at_most (ways, "emergency", "local", &n);
      for (guint i = 0; i < ways->len; i++)
        {
          const ZifuElsewhere *way = g_ptr_array_index (ways, i);

          g_assert_true ((way->settlement != NULL) != (way->error != NULL));
          yours += way->is_yours;
        }
      g_assert_cmpuint (yours, ==, 1);
      g_assert_true (way_of (ways, "unfiled")->is_yours);
    }
  g_test_message ("%u pairs, %u with unfiled care", n, n_unfiled);
  g_assert_cmpuint (n, >, 0);
}

/* What the filings give that day is marked. */
static void
test_yours (void)
{
  g_autoptr (ZifuRecordFile) file = life_file ("'110000'", PERSON, "'filings': [{'remote': 'referred', 'begndate': '2026-10-20'}]");
  LifeRandom random = life_random (42);
  g_autoptr (ZifuVisit) visit = draw_visit (&random);
  g_autoptr (GPtrArray) ways = NULL, later = NULL;

  visit->date = life_day ("2027-04-20");
  ways = zifu_elsewhere_compare (file->pack, file->record, visit);
  g_assert_true (way_of (ways, "referred")->is_yours);
  g_assert_false (way_of (ways, "unfiled")->is_yours);
  visit->date = life_day ("2027-04-21");
  later = zifu_elsewhere_compare (file->pack, file->record, visit);
  g_assert_false (way_of (later, "referred")->is_yours);
  g_assert_true (way_of (later, "unfiled")->is_yours);
}

static ZifuMoveReview
review_move (const char *policy, const char *fields, const char *today)
{
  g_autofree char *record = g_strdup_printf ("'move': {%s}", fields);
  g_autoptr (ZifuRecordFile) file = life_file (policy, PERSON, record);
  ZifuMoveReview review = zifu_move_review (file->pack, file->record, life_day (today));

  review.rule = review.paid_out_rule = NULL; /* of a pack that is gone */
  return review;
}

/* 10 and 5 working days; 2026-11-20 is a Friday. */
static void
test_move (void)
{
  static const struct { const char *requested, *due; } rows[] = {
    { "2026-11-20", "2026-12-11" }, { "2026-11-21", "2026-12-11" }, { "2026-11-22", "2026-12-11" },
    { "2026-11-23", "2026-12-14" }, { "2026-12-31", "2027-01-21" }, { "2028-02-28", "2028-03-20" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *fields = g_strdup_printf ("'state': 'in_transit', 'requested': '%s'", rows[i].requested);
      g_autofree char *after = zifu_date_format (life_day (rows[i].due) + 1);

      g_assert_cmpint (review_move ("'national'", fields, rows[i].due).due, ==, life_day (rows[i].due));
      g_assert_false (review_move ("'national'", fields, rows[i].due).overdue);
      g_assert_true (review_move ("'national'", fields, after).overdue);
    }
  g_assert_false (review_move ("'national'", "'state': 'arrived', 'requested': '2026-01-05'", "2026-11-20").overdue);
  g_assert_false (review_move ("'national'", "'state': 'none', 'requested': '2026-01-05'", "2026-11-20").overdue);
  g_assert_cmpint (review_move ("'national'", "'state': 'requested'", "2026-11-20").due, ==, 0);
  g_assert_cmpint (review_move ("'national'", "'state': 'requested', 'requested': '2020-01-06'", "2020-11-20").due, ==, 0);
}

static void
test_paid_out (void)
{
  g_autoptr (ZifuPack) pack = life_pack ("'national'");
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  static const char *const reasons[] = { "death", "abroad", "no_account_there", "left" };

  g_assert_true (review_move ("'national'", "'state': 'requested', 'account_there': false", "2026-11-20").paid_out);
  g_assert_false (review_move ("'national'", "'state': 'requested', 'account_there': true", "2026-11-20").paid_out);
  g_assert_false (review_move ("'national'", "'state': 'requested'", "2026-11-20").paid_out);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      ZifuFigure figure = zifu_withdrawal_find (pack, person, reasons[i], life_day ("2026-11-20"));

      g_assert_cmpint (zifu_figure_is_true (&figure), ==, i < 3);
      g_assert_cmpint (figure.state, ==, i < 3 ? ZIFU_FIGURE_KNOWN : ZIFU_FIGURE_ABSENT);
    }
  for (guint days_only_in = 0; days_only_in < 2; days_only_in++)
    {
      const char *policy = days_only_in == 0 ? LIFE_PACK ("{" LIFE_RULE ("o", "amount") ", 'name': 'transfer_days_out', 'value': '10'}")
                                             : LIFE_PACK ("{" LIFE_RULE ("i", "amount") ", 'name': 'transfer_days_in', 'value': '5'}");
      ZifuMoveReview review = review_move (policy, "'state': 'requested', 'requested': '2026-01-05'", "2026-11-20");

      g_assert_cmpint (review.due, ==, 0);
      g_assert_false (review.overdue);
      g_assert_cmpint (review.days_out, ==, days_only_in == 0 ? 10 : -1);
      g_assert_cmpint (review.days_in, ==, days_only_in == 0 ? -1 : 5);
    }
}

#define EMPLOYEE(place, more) "{'insutype': '310', 'insu_admdvs': '" place "', 'begndate': '2020-01-01'" more "}"
#define RESIDENT(place, more) "{'insutype': '390', 'insu_admdvs': '" place "', 'begndate': '2019-01-01'" more "}"

#define SINCE(from, more) "{'insutype': '310', 'insu_admdvs': '310000', 'begndate': '" from "'" more "}"

typedef struct {
  const char *name, *enrolments, *on;
  ZifuDoubleReason reason;
  int keep;          /* index; −1 = none */
  gboolean undecided;
} Double;

static const Double doubles[] = {
  { "one", EMPLOYEE ("110000", ""), "2026-11-20", ZIFU_DOUBLE_NONE, -1, FALSE },
  { "employee-before-resident", RESIDENT ("110000", ", 'place_of_work': true") "," EMPLOYEE ("110000", ""), "2026-11-20",
    ZIFU_DOUBLE_EMPLOYEE, 1, FALSE },
  { "employee-first", EMPLOYEE ("310000", "") "," RESIDENT ("110000", ""), "2026-11-20", ZIFU_DOUBLE_EMPLOYEE, 0, FALSE },
  { "two-employers", EMPLOYEE ("110000", "") "," EMPLOYEE ("310000", ", 'place_of_work': true"), "2026-11-20", ZIFU_DOUBLE_WORK, 1, FALSE },
  { "two-employers-undecided", EMPLOYEE ("110000", "") "," EMPLOYEE ("310000", ""), "2026-11-20", ZIFU_DOUBLE_WORK, 1, TRUE },
  { "two-homes", RESIDENT ("410100", ", 'place_of_work': true") "," RESIDENT ("310000", ""), "2026-11-20", ZIFU_DOUBLE_HOME, 0, FALSE },
  { "not-paid", EMPLOYEE ("110000", "") "," RESIDENT ("310000", ", 'paid': false"), "2026-11-20", ZIFU_DOUBLE_NONE, -1, FALSE },
  { "last-day", EMPLOYEE ("110000", "") "," RESIDENT ("310000", ", 'enddate': '2026-11-20'"), "2026-11-20", ZIFU_DOUBLE_EMPLOYEE, 0,
    FALSE },
  { "ended", EMPLOYEE ("110000", "") "," RESIDENT ("310000", ", 'enddate': '2026-11-19'"), "2026-11-20", ZIFU_DOUBLE_NONE, -1, FALSE },
  { "not-begun", EMPLOYEE ("110000", "") "," RESIDENT ("310000", ""), "2019-12-31", ZIFU_DOUBLE_NONE, -1, FALSE },
  /* Two records of one insurance are one; so may be two of which the places are not known. */
  { "same-twice", EMPLOYEE ("110000", "") "," EMPLOYEE ("110000", ""), "2026-11-20", ZIFU_DOUBLE_NONE, -1, FALSE },
  { "places-unknown", "{'insutype': '310', 'begndate': '2020-01-01'}, {'insutype': '310', 'begndate': '2021-01-01'}", "2026-11-20",
    ZIFU_DOUBLE_NONE, -1, FALSE },
  /* Employee insurance goes first after a year of it, to the day; whether from one job or from two without a month between. */
  { "not-a-year", SINCE ("2025-11-21", "") "," RESIDENT ("110000", ""), "2026-11-20", ZIFU_DOUBLE_EMPLOYEE, 0, TRUE },
  { "a-year", SINCE ("2025-11-20", "") "," RESIDENT ("110000", ""), "2026-11-20", ZIFU_DOUBLE_EMPLOYEE, 0, FALSE },
  { "a-year-in-two-jobs", SINCE ("2026-04-10", "") "," RESIDENT ("110000", "") "," SINCE ("2025-01-01", ", 'enddate': '2026-03-15'"),
    "2026-11-20", ZIFU_DOUBLE_EMPLOYEE, 0, FALSE },
  { "two-jobs-with-a-month-between",
    SINCE ("2026-05-01", "") "," RESIDENT ("110000", "") "," SINCE ("2025-01-01", ", 'enddate': '2026-03-31'"),
    "2026-11-20", ZIFU_DOUBLE_EMPLOYEE, 0, TRUE },
  { "same-twice-and-another", RESIDENT ("110000", "") "," RESIDENT ("110000", "") "," EMPLOYEE ("110000", ""), "2026-11-20",
    ZIFU_DOUBLE_EMPLOYEE, 2, FALSE },
};

static void
test_double (gconstpointer data)
{
  const Double *row = data;
  g_autofree char *record = g_strdup_printf ("'enrolments': [%s]", row->enrolments);
  g_autoptr (ZifuRecordFile) file = life_file ("'national'", PERSON, record);
  ZifuDouble found = zifu_double_find (file->pack, file->record, life_day (row->on));

  g_assert_cmpint (found.reason, ==, row->reason);
  g_assert_cmpint (found.undecided, ==, row->undecided);
  if (row->keep < 0)
    g_assert_null (found.keep);
  else
    g_assert_true (found.keep == &g_array_index (file->record->enrolments, ZifuEnrolment, row->keep));
  g_assert_true (found.keep == NULL || found.keep != found.end);
  g_assert_cmpstr (found.rule != NULL ? found.rule->id : NULL, ==, row->keep < 0 ? NULL : "national-double");
}

static void
test_double_allowed (void)
{
  const char *allowed = LIFE_PACK ("{" LIFE_RULE ("a", "amount") ", 'name': 'double_enrolment_allowed', 'value': '1'}");
  const char *silent = LIFE_PACK ("");
  const char *two = "'enrolments': [" EMPLOYEE ("110000", "") "," RESIDENT ("310000", "") "]";
  g_autoptr (ZifuRecordFile) yes = life_file (allowed, PERSON, two), unknown = life_file (silent, PERSON, two);

  g_assert_cmpint (zifu_double_find (yes->pack, yes->record, life_day ("2026-11-20")).reason, ==, ZIFU_DOUBLE_NONE);
  g_assert_cmpint (zifu_double_find (unknown->pack, unknown->record, life_day ("2026-11-20")).reason, ==, ZIFU_DOUBLE_EMPLOYEE);
  g_assert_true (zifu_double_find (unknown->pack, unknown->record, life_day ("2026-11-20")).undecided);
}

#define NEWBORN LIFE_PACK ("{" LIFE_RULE ("n", "amount") ", 'name': 'newborn_days', 'value': '90'}")

/* 90 days, the day of birth not counted: the 90th is the last. */
static void
test_newborn (void)
{
  static const struct { const char *birth, *last; } rows[] = {
    { "2026-01-01", "2026-04-01" }, { "2024-02-29", "2024-05-29" }, { "2023-12-01", "2024-02-29" }, { "2026-11-20", "2027-02-18" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *person = g_strdup_printf ("'insurance': '390', 'birth': '%s'", rows[i].birth);
      g_autoptr (ZifuRecordFile) file = life_file (NEWBORN, person, NULL);
      const ZifuRule *rule;
      ZifuDate last;

      g_assert_true (zifu_newborn_window (file->pack, file->record->person, &last, &rule));
      g_assert_cmpint (last, ==, life_day (rows[i].last));
      g_assert_cmpint (last - life_day (rows[i].birth), ==, 90);
      g_assert_cmpstr (rule->id, ==, "n");
    }
}

static void
test_newborn_unknown (void)
{
  g_autoptr (ZifuRecordFile) no_birth = life_file (NEWBORN, "'insurance': '390', 'age': 0", NULL);
  g_autoptr (ZifuRecordFile) no_rule = life_file ("'national'", "'insurance': '390', 'birth': '2026-11-01'", NULL);
  const ZifuRule *rule;
  ZifuDate last;

  g_assert_false (zifu_newborn_window (no_birth->pack, no_birth->record->person, &last, &rule));
  g_assert_false (zifu_newborn_window (no_rule->pack, no_rule->record->person, &last, &rule));
  g_assert_null (rule);
}

int
main (int argc, char *argv[])
{
  static const char *const policies[] = { "'110000'", "'310000'", "'320100'", "'420100'", "'440300'", "'610100'" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (filings); i++)
    {
      g_autofree char *path = g_strconcat ("/life/filing/", filings[i].name, NULL);

      g_test_add_data_func (path, &filings[i], test_filing);
    }
  g_test_add_func ("/life/filing/without-rule", test_filing_without_rule);
  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      g_autofree char *path = g_strdup_printf ("/life/elsewhere/R34-compare/%.6s", policies[i] + 1);

      g_test_add_data_func (path, policies[i], test_compare);
    }
  g_test_add_func ("/life/elsewhere/yours", test_yours);
  g_test_add_func ("/life/move/R37-due", test_move);
  g_test_add_func ("/life/move/R38-paid-out", test_paid_out);
  for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
    {
      g_autofree char *path = g_strconcat ("/life/double/", doubles[i].name, NULL);

      g_test_add_data_func (path, &doubles[i], test_double);
    }
  g_test_add_func ("/life/double/allowed", test_double_allowed);
  g_test_add_func ("/life/newborn/last-day", test_newborn);
  g_test_add_func ("/life/newborn/unknown", test_newborn_unknown);
  return g_test_run ();
}
