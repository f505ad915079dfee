/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Credits to come, credits that came, retirement, and money that is shared (R12, R17, R18, R20 to R22). */
#include <string.h>

#include "life-support.h"
#include "zifu-credit-check.h"
#include "zifu-figure.h"
#include "zifu-forecast.h"
#include "zifu-retirement.h"

#define TODAY "2026-11-20"
#define ACTIVE "'insurance': '310', 'status': 'active', 'base': '12000.00'"
/* Shanghai: the benefit year begins in July, and once a year 1,680 come. */
#define JULY                                                                                                                               \
  "{'pack': 'inline', 'year_start': '07-01', 'sources': [{'id': 's', 'title': 'made here'}], 'rules': ["                                  \
  "{" LIFE_RULE ("own", "credit") ", 'slot': 'own', 'amount': {'product': [{'axis': 'base'}, '0.02']}},"                                 \
  "{" LIFE_RULE ("flat", "credit") ", 'slot': 'flat', 'every': 'year', 'amount': '1680.00'}]}"

static const ZifuForecastMonth *
month_of (const ZifuForecast *forecast, guint i)
{
  return &g_array_index (forecast->months, ZifuForecastMonth, i);
}

static ZifuForecast *
forecast_of (const char *policy, const char *person, const char *from, guint n, ZifuMoney balance, int day)
{
  g_autoptr (ZifuRecordFile) file = life_file (policy, person, NULL);

  return zifu_forecast_new (file->pack, file->record->person, life_month (from), n, balance, day);
}

/* The 31st is the last day of a shorter month. */
static void
test_days (void)
{
  static const char *const days[] = { "2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31" };
  g_autoptr (ZifuForecast) forecast = forecast_of ("'110000'", ACTIVE, "2026-11", 5, 10000, 31);
  g_autoptr (ZifuForecast) leap = forecast_of ("'110000'", ACTIVE, "2028-02", 1, 0, 30);
  g_autoptr (ZifuForecast) unknown = forecast_of ("'110000'", ACTIVE, "2026-12", 1, 0, 0);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_assert_cmpint (month_of (forecast, i)->date, ==, life_day (days[i]));
      g_assert_cmpint (month_of (forecast, i)->amount, ==, 24000);
      g_assert_cmpint (month_of (forecast, i)->balance, ==, 10000 + 24000 * ((ZifuMoney) i + 1));
    }
  g_assert_cmpint (month_of (leap, 0)->date, ==, life_day ("2028-02-29"));
  g_assert_cmpint (month_of (unknown, 0)->date, ==, life_day ("2026-12-01"));
}

/* R18: 2% between the bounds of the month; what is confirmed to June is flagged from July on. */
static void
test_bounds (void)
{
  const char *little = "'insurance': '310', 'status': 'active', 'base': '3000.00'";
  const char *much = "'insurance': '310', 'status': 'active', 'base': '99999'";
  g_autoptr (ZifuForecast) low = forecast_of ("'110000'", little, "2026-06", 14, 0, 10);
  g_autoptr (ZifuForecast) high = forecast_of ("'110000'", much, "2026-06", 2, 0, 10);

  g_assert_cmpint (month_of (low, 0)->amount, ==, 14324);
  g_assert_cmpint (month_of (low, 1)->amount, ==, 14540);
  g_assert_cmpint (month_of (high, 0)->amount, ==, 71622);
  g_assert_cmpint (month_of (high, 1)->amount, ==, 72696);
  g_assert_false (month_of (low, 12)->outdated);
  g_assert_true (month_of (low, 13)->outdated);
}

/* 100 a month, 110 from the birthday of 70 on, less 3: the day of the credit decides, and 29 February comes on 1 March. */
static void
test_age (void)
{
  const char *march = "'insurance': '310', 'status': 'retired', 'birth': '1957-03-15'";
  const char *leap = "'insurance': '310', 'status': 'retired', 'birth': '1956-02-29'";
  g_autoptr (ZifuForecast) before = forecast_of ("'110000'", march, "2027-03", 2, 0, 14);
  g_autoptr (ZifuForecast) on = forecast_of ("'110000'", march, "2027-03", 1, 0, 15);
  g_autoptr (ZifuForecast) last = forecast_of ("'110000'", leap, "2026-02", 2, 0, 31);
  g_autoptr (ZifuForecast) first = forecast_of ("'110000'", leap, "2026-03", 1, 0, 1);

  g_assert_cmpint (month_of (before, 0)->amount, ==, 9700);
  g_assert_cmpint (month_of (before, 1)->amount, ==, 10700);
  g_assert_cmpint (month_of (on, 0)->amount, ==, 10700);
  g_assert_cmpint (month_of (last, 0)->amount, ==, 9700);
  g_assert_cmpint (month_of (first, 0)->amount, ==, 10700);
}

static void
test_yearly (void)
{
  g_autoptr (ZifuForecast) forecast = forecast_of (JULY, ACTIVE, "2026-06", 14, 0, 5);

  for (guint i = 0; i < 14; i++)
    g_assert_cmpint (month_of (forecast, i)->amount, ==, i == 1 || i == 13 ? 192000 : 24000);
}

static void
test_ends (void)
{
  g_autoptr (ZifuForecast) no_base = forecast_of ("'110000'", "'insurance': '310', 'status': 'active'", "2026-11", 12, 0, 1);
  g_autoptr (ZifuForecast) too_much = forecast_of ("'110000'", ACTIVE, "2026-11", 12, G_MAXINT64 - 50000, 1);
  g_autoptr (ZifuForecast) resident = forecast_of ("'110000'", "'insurance': '390'", "2026-11", 12, 0, 1);

  g_assert_cmpuint (no_base->months->len, ==, 0);
  g_assert_error (no_base->error, ZIFU_ERROR, ZIFU_ERROR_MISSING);
  g_assert_cmpuint (too_much->months->len, ==, 2);
  g_assert_error (too_much->error, ZIFU_ERROR, ZIFU_ERROR_OVERFLOW);
  g_assert_cmpuint (resident->months->len, ==, 12);
  g_assert_cmpint (month_of (resident, 11)->balance, ==, 0);
}

/* What the rules credit on a day, from the base that floor and ceiling of that day leave. */
static ZifuCredit *
credit_on (ZifuPack *pack, const ZifuPerson *person, const char *base, ZifuDate date)
{
  g_autoptr (ZifuPerson) held = zifu_person_copy (person);
  ZifuFigure lower = zifu_figure_find (pack, person, date, "base_lower", NULL, NULL);
  ZifuFigure upper = zifu_figure_find (pack, person, date, "base_upper", NULL, NULL);
  ZifuRational counts;

  g_assert_true (zifu_rational_parse (base, &counts));
  if (lower.state == ZIFU_FIGURE_KNOWN && zifu_rational_cmp (counts, lower.value) < 0)
    counts = lower.value;
  if (upper.state == ZIFU_FIGURE_KNOWN && zifu_rational_cmp (counts, upper.value) > 0)
    counts = upper.value;
  zifu_facts_take (held->facts, "base", zifu_value_new_number (counts));
  return zifu_credit_compute (pack, held, date, NULL);
}

/* Every month is what the rules of its own day credit, and the balances add up. */
static void
test_forecast_agrees (void)
{
  static const char *const policies[] = { "'110000'", "'120000'", "'310000'", "'320100'", "'320500'", "'330100'", "'420100'",
                                          "'440100'", "'440300'", "'500000'", "'510100'", "'610100'", JULY };
  static const char *const people[] = { "active", "retired", "flexible" };
  LifeRandom random = life_random (21);
  ZifuPack *packs[G_N_ELEMENTS (policies)];
  guint credited[G_N_ELEMENTS (policies)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    packs[i] = life_pack (policies[i]);
  for (guint round = 0; round < life_rounds (3000); round++)
    {
      g_autoptr (ZifuPerson) person = zifu_person_new ();
      g_autoptr (ZifuForecast) forecast = NULL;
      guint region = life_draw (&random, G_N_ELEMENTS (packs));
      ZifuPack *pack = packs[region];
      ZifuMoney balance = life_draw (&random, 1000000);
      int day = (int) life_draw (&random, 32);
      g_autofree char *base = g_strdup_printf ("%u.%02u", life_draw (&random, 50000), life_draw (&random, 100));

      zifu_facts_set_string (person->facts, "insurance", "310");
      zifu_facts_set_string (person->facts, "status", people[life_draw (&random, 3)]);
      zifu_facts_set_string (person->facts, "base", base);
      zifu_facts_set_string (person->facts, "birth", "1956-02-29");
      if (zifu_pack_get_axis (pack, "plan") != NULL)
        zifu_facts_take (person->facts, "plan", zifu_value_copy (g_ptr_array_index (zifu_pack_get_axis (pack, "plan")->values, 0)));
      forecast = zifu_forecast_new (pack, person, life_month ("2023-07") + (ZifuMonth) life_draw (&random, 60), 14, balance, day);
      for (guint i = 0; i < forecast->months->len; i++)
        {
          const ZifuForecastMonth *month = month_of (forecast, i);
          g_autoptr (ZifuCredit) credit = credit_on (pack, person, base, month->date);
          gboolean new_year = month->month % 12 + 1 == pack->year_start_month;

          g_assert_cmpint (month->amount, ==, credit->total + (new_year ? credit->yearly : 0));
          g_assert_cmpint (month->balance, ==, balance + month->amount);
          g_assert_cmpint (zifu_month_of (month->date), ==, month->month);
          balance = month->balance;
          credited[region] += month->amount > 0;
        }
      g_assert_true (forecast->months->len == 14 || forecast->error != NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    if (credited[i] == 0)
      g_error ("%s credits nothing to anybody", policies[i]);
  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    zifu_pack_unref (packs[i]);
}

/* One entry: "for-month fen", with ":base in yuan" and "@day of the entry" where they are stated; the day is else the 10th. */
static void
post (ZifuRecord *record, const char *text)
{
  g_auto (GStrv) entries = g_strsplit (text, ", ", -1);

  for (guint i = 0; entries[i] != NULL && *entries[i] != '\0'; i++)
    {
      g_autofree char *month_text = g_strndup (entries[i], 7);
      ZifuMonth month = life_month (month_text);
      const char *base = strchr (entries[i], ':'), *at = strchr (entries[i], '@');
      ZifuMovement *movement;

      zifu_record_add_movement (record, at != NULL ? life_day (at + 1) : zifu_date_new (month / 12, month % 12 + 1, 10),
                                ZIFU_MOVEMENT_CREDIT, g_ascii_strtoll (entries[i] + 8, NULL, 10));
      movement = &g_array_index (record->movements, ZifuMovement, record->movements->len - 1);
      movement->for_month = month;
      movement->base = base != NULL ? g_ascii_strtoll (base + 1, NULL, 10) * 100 : -1;
    }
}

typedef struct {
  const char *name, *policy, *person, *paid, *posted, *today, *expected;
  guint n_checked, n_skipped;
} Check;

static const Check checks[] = {
  { "nothing-known", "'110000'", ACTIVE, "", "", TODAY, "", 0, 0 },
  { "good", "'110000'", ACTIVE, "", "2026-08 24000, 2026-09 24000, 2026-10 24000", TODAY, "", 3, 0 },
  { "missing-and-pending", "'110000'", ACTIVE, "", "2026-07 24000, 2026-09 24000", TODAY,
    "2026-08 missing 24000 0 assumed; 2026-10 pending 24000 0 assumed", 4, 0 },
  { "no-longer-pending", "'110000'", ACTIVE, "", "2026-07 24000, 2026-08 24000, 2026-09 24000", "2026-12-01",
    "2026-10 missing 24000 0 assumed; 2026-11 pending 24000 0 assumed", 5, 0 },
  { "wrong-and-twice", "'110000'", ACTIVE, "", "2026-08 23999, 2026-09 24000, 2026-09 24000, 2026-10 24001", TODAY,
    "2026-08 wrong 24000 23999 assumed; 2026-09 twice 24000 48000 assumed; 2026-10 wrong 24000 24001 assumed", 3, 0 },
  { "in-two-parts", "'110000'", ACTIVE, "", "2026-09 14000, 2026-09 10000, 2026-10 24000", TODAY, "", 2, 0 },
  { "reversed", "'110000'", ACTIVE, "", "2026-09 24000, 2026-09 24000, 2026-09 -24000, 2026-10 24000", TODAY, "", 2, 0 },
  /* The base of the entry goes before that of today; a month without an entry has that of the entry before it. */
  { "base-of-entry", "'110000'", ACTIVE, "", "2026-07 20000:10000, 2026-08 24000:10000, 2026-09 24000, 2026-10 24000:12000", TODAY,
    "2026-08 wrong 20000 24000; 2026-09 wrong 20000 24000 assumed", 4, 0 },
  { "base-of-neighbour", "'110000'", ACTIVE, "", "2026-07 20000:10000, 2026-09 20000:10000, 2026-10 24000:12000", TODAY,
    "2026-08 missing 20000 0 assumed", 4, 0 },
  /* Contributions are known: nothing is due for a month that was not paid, and something for one that was paid late, then. */
  { "unpaid", "'110000'", ACTIVE, "2026-07..2026-08 2026-10..2026-10", "2026-07 24000, 2026-09 24000, 2026-10 24000", TODAY,
    "2026-08 missing 24000 0 assumed; 2026-09 unpaid 24000 24000 assumed", 4, 0 },
  { "arrears", "'110000'", ACTIVE, "2026-07..2026-07", "2026-07 24000", TODAY, "", 4, 0 },
  { "paid-late", "'110000'", ACTIVE, "2026-07..2026-07 2026-08..2026-10@2026-11", "2026-07 24000", TODAY,
    "2026-08 pending 24000 0 assumed; 2026-09 pending 24000 0 assumed; 2026-10 pending 24000 0 assumed", 4, 0 },
  { "paid-later", "'110000'", ACTIVE, "2026-07..2026-07 2026-08..2026-10@2026-12", "2026-07 24000", TODAY, "", 4, 0 },
  { "before-what-is-known", "'110000'", ACTIVE, "2026-09..2026-10", "2026-06 24000, 2026-09 24000, 2026-10 24000", TODAY, "", 3, 2 },
  /* An entry of a later day does not exist yet. */
  { "later-entry", "'110000'", ACTIVE, "", "2026-09 24000, 2026-10 24000@2026-11-25", TODAY, "2026-10 pending 24000 0 assumed", 2, 0 },
  /* Retired in June: before it the own contribution, then 100 less 3. */
  { "retired-later", "'110000'", "'insurance': '310', 'status': 'retired', 'age': 61, 'retired_on': '2026-06-10', 'base': '12000'",
    "2026-04..2026-05", "2026-04 24000:12000, 2026-05 24000:12000, 2026-06 9700, 2026-07 9700, 2026-08 24000, 2026-09 9700, 2026-10 9700",
    TODAY, "2026-08 wrong 9700 24000", 7, 0 },
  { "retired-since-unknown", "'110000'", "'insurance': '310', 'status': 'retired', 'age': 61", "", "2026-09 24000, 2026-10 9700", TODAY,
    "2026-09 wrong 9700 24000 assumed", 2, 0 },
  { "flexible", "'110000'", "'insurance': '310', 'status': 'flexible'", "", "2026-10 24000", TODAY, "2026-10 wrong 0 24000", 1, 0 },
  { "no-rule", "'national'", "'insurance': '310', 'status': 'flexible'", "", "2026-10 24000", TODAY, "", 0, 1 },
  { "no-base", "'110000'", "'insurance': '310', 'status': 'active'", "", "2026-09 24000:12000, 2026-10 24000", TODAY, "", 2, 0 },
  /* What comes once a year comes in July, alone or with the month's. */
  { "yearly", JULY, ACTIVE, "", "2026-06 24000, 2026-07 192000, 2026-08 24000, 2026-09 24000, 2026-10 24000", TODAY, "", 5, 0 },
  { "yearly-apart", JULY, ACTIVE, "", "2026-07 24000, 2026-07 168000, 2026-08 24000, 2026-09 24000, 2026-10 24000", TODAY, "", 4, 0 },
  { "yearly-missing", JULY, ACTIVE, "", "2026-06 24000:12000, 2026-07 24000:12000, 2026-08 24000, 2026-09 24000, 2026-10 24000", TODAY,
    "2026-07 wrong 192000 24000", 5, 0 },
};

static void
test_check (gconstpointer data)
{
  static const char *const faults[] = { "missing", "pending", "wrong", "twice", "unpaid" };
  const Check *row = data;
  g_autoptr (ZifuRecordFile) file = life_file (row->policy, row->person, NULL);
  g_autoptr (ZifuCreditCheck) check = NULL;
  g_autoptr (GString) found = g_string_new (NULL);

  life_pay (file->record->person, row->paid);
  post (file->record, row->posted);
  check = zifu_credit_check_new (file->pack, file->record, life_day (row->today));
  for (guint i = 0; i < check->findings->len; i++)
    {
      const ZifuCreditFinding *finding = &g_array_index (check->findings, ZifuCreditFinding, i);
      g_autofree char *month = zifu_month_format (finding->month);

      g_string_append_printf (found, "%s%s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "%s", i > 0 ? "; " : "", month,
                              faults[finding->fault], finding->expected, finding->found, finding->assumed ? " assumed" : "");
    }
  g_assert_cmpstr (found->str, ==, row->expected);
  g_assert_cmpuint (check->n_checked, ==, row->n_checked);
  g_assert_cmpuint (check->n_skipped, ==, row->n_skipped);
}

/* 25 years for men and 20 for women, 10 of them paid in fact. */
#define YEARS                                                                                                                              \
  LIFE_PACK ("{" LIFE_RULE ("years", "amount") ", 'when': {'insurance': '310', 'sex': {'known': true}}, 'name': 'retire_years',"           \
             " 'value': {'by': 'sex', 'of': {'male': '25', 'female': '20'}}},"                                                             \
             "{" LIFE_RULE ("actual", "amount") ", 'when': {'insurance': '310'}, 'name': 'retire_years_actual', 'value': '10'}")
#define YEARS_UNKNOWN                                                                                                                      \
  LIFE_PACK ("{" LIFE_RULE ("years", "amount") ", 'name': 'retire_years', 'value': '25'},"                                                 \
             "{" LIFE_RULE ("actual", "amount") ", 'name': 'retire_years_actual', 'value': {'unknown': 'not found'}}")

static void
assert_years (const char *policy, const char *person, const char *paid, int have, int actual, int missing)
{
  g_autoptr (ZifuRecordFile) file = life_file (policy, person, NULL);
  g_autoptr (ZifuRetirement) retirement = NULL;

  life_pay (file->record->person, paid);
  retirement = zifu_retirement_new (file->pack, file->record->person, life_day (TODAY));
  g_assert_cmpint (retirement->have_months, ==, have);
  g_assert_cmpint (retirement->have_actual_months, ==, actual);
  g_assert_cmpint (retirement->missing_months, ==, missing);
  g_assert_cmpint (retirement->ready, ==, missing < 0 ? 0 : life_month ("2026-11") + missing);
}

static void
test_retirement (void)
{
  const char *man = "'insurance': '310', 'status': 'active', 'sex': 'male'";

  assert_years (YEARS, man, "2017-01..2026-10", 118, 118, 182);
  assert_years (YEARS, "'insurance': '310', 'sex': 'female'", "2017-01..2026-10", 118, 118, 122);
  assert_years (YEARS, "'insurance': '310', 'sex': 'female', 'months_paid': 100, 'months_deemed': 200", "2025-01..2026-10", 300, 100, 20);
  assert_years (YEARS, "'insurance': '310', 'sex': 'male', 'months_paid': 120, 'months_deemed': 179", "", 299, 120, 1);
  assert_years (YEARS, "'insurance': '310', 'sex': 'male', 'months_paid': 300", "", 300, 300, 0);
  /* A month that is paid twice, or later than today, counts once, or not. */
  assert_years (YEARS, man, "2017-01..2026-10 2020-01..2020-12 2026-12..2027-03 2016-01..2016-06@2026-12", 118, 118, 182);
  /* Nothing is said without the sex, without a month, of residents' premiums, or while the years in fact are not known. */
  assert_years (YEARS, "'insurance': '310'", "2017-01..2026-10", 118, 118, -1);
  assert_years (YEARS, man, "", -1, -1, -1);
  assert_years (YEARS, "'insurance': '310', 'sex': 'male', 'months_deemed': 60", "", -1, -1, -1);
  assert_years (YEARS_UNKNOWN, "'insurance': '390'", "2017-01..2026-10", -1, -1, -1);
  assert_years (YEARS_UNKNOWN, man, "2017-01..2026-10", 118, 118, -1);
  assert_years ("'110000'", man, "2017-01..2026-10", 118, 118, -1);
}

static void
test_retired_credit (void)
{
  g_autoptr (ZifuRecordFile) file = life_file ("'110000'", "'insurance': '310', 'status': 'active', 'age': 60", NULL);
  g_autoptr (ZifuRetirement) retirement = zifu_retirement_new (file->pack, file->record->person, life_day (TODAY));

  g_assert_false (retirement->retired);
  g_assert_cmpint (retirement->credit->total, ==, 9700);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/life/forecast/R17-days", test_days);
  g_test_add_func ("/life/forecast/R18-bounds", test_bounds);
  g_test_add_func ("/life/forecast/R17-age", test_age);
  g_test_add_func ("/life/forecast/R17-yearly", test_yearly);
  g_test_add_func ("/life/forecast/ends", test_ends);
  g_test_add_func ("/life/forecast/agrees", test_forecast_agrees);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autofree char *path = g_strconcat ("/life/credit-check/", checks[i].name, NULL);

      g_test_add_data_func (path, &checks[i], test_check);
    }
  g_test_add_func ("/life/retirement/R22-years", test_retirement);
  g_test_add_func ("/life/retirement/R22-credit", test_retired_credit);
  return g_test_run ();
}
