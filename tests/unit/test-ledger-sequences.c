/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Several visits in a row, some of them undone.  What comes after a reversal must be settled as if the visit that was undone had
 * never been: deductibles, numbers of stays, periods of 360 days, across the year's end as well.  Figures by hand, Beijing's rules.
 */

#include "test-ledger-common.h"

typedef struct {
  Fixture          fixture;
  ZifuPackLibrary *library;
  ZifuPack        *pack;
  gint64           member;
} Year;

static void
year_set_up (Year *year, gconstpointer data)
{
  fixture_set_up (&year->fixture, data);
  year->library = open_library ();
  year->pack = load_beijing (year->library);
  year->member = add_person (year->fixture.ledger, "赵一梅", "self", "active", 100000);
}

static void
year_tear_down (Year *year, gconstpointer data)
{
  g_clear_pointer (&year->pack, zifu_pack_unref);
  g_clear_pointer (&year->library, zifu_pack_library_unref);
  fixture_tear_down (&year->fixture, data);
}

/* A visit at tier 3; what the funds pay and the deductible, in fen. */
static gint64
visit_of (Year *year, gint64 member, const char *date, const char *care, ZifuMoney total, ZifuMoney fund, ZifuMoney deductible)
{
  g_autoptr (ZifuVisit) visit = make_visit (date, care, "3", total, 0);
  gint64 id = record (year->fixture.ledger, year->pack, member, visit, NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSettlementRecord) stored = zifu_ledger_get_settlement (year->fixture.ledger, id, &error);

  g_assert_no_error (error);
  g_assert_cmpint (stored->fund_sum, ==, fund);
  g_assert_cmpint (stored->deductible, ==, deductible);
  return id;
}

#define VISIT(date, care, total, fund, deductible) visit_of (year, year->member, date, care, total, fund, deductible)

/* The number of a stay in its year, as the ledger keeps it. */
static guint
get_stay (Year *year, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSettlementRecord) stored = zifu_ledger_get_settlement (year->fixture.ledger, id, &error);

  g_assert_no_error (error);
  return stored->stay;
}

/* Takes a settlement back: its own row names it, and the account gets what it paid. */
static void
undo (Year *year, gint64 member, gint64 id, const char *date)
{
  g_autoptr (GPtrArray) entries = list_all (year->fixture.ledger, member);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (entries, i);

      if (entry->settlement_id != id || entry->kind == ZIFU_ENTRY_REFUND)
        continue;
      g_assert_cmpint (try_entry (year->fixture.ledger, member, date, ZIFU_ENTRY_REFUND, -entry->amount, 0, entry->id, &error), >, 0);
      g_assert_no_error (error);
      return;
    }
  g_assert_not_reached ();
}

#define UNDO(id, date) undo (year, year->member, id, date)

/* 1,800 a year, then 70%. */
static void
test_deductible (Year *year, gconstpointer data)
{
  gint64 first = VISIT ("2026-03-01", "outpatient", 150000, 0, 150000);
  gint64 second = VISIT ("2026-03-10", "outpatient", 100000, 49000, 30000);

  UNDO (second, "2026-03-12");
  assert_counter (year->fixture.ledger, year->member, "op_ded", "1500");
  VISIT ("2026-03-20", "outpatient", 100000, 49000, 30000);

  /* Without the first, 300 are met: 1,500 are due again. */
  UNDO (first, "2026-04-01");
  assert_counter (year->fixture.ledger, year->member, "op_ded", "300");
  VISIT ("2026-04-10", "outpatient", 150000, 0, 150000);
  VISIT ("2026-04-11", "outpatient", 10000, 7000, 0);
  assert_balanced (year->fixture.ledger, year->member);
}

/* 1,300 for the first stay, 650 for later ones; 85%. */
static void
test_stays (Year *year, gconstpointer data)
{
  gint64 first = VISIT ("2026-02-10", "inpatient", 500000, 314500, 130000);
  gint64 second = VISIT ("2026-03-10", "inpatient", 500000, 369750, 65000);
  gint64 third, fourth;

  UNDO (first, "2026-04-01");
  third = VISIT ("2026-05-10", "inpatient", 500000, 369750, 65000);
  g_assert_cmpuint (get_stay (year, third), ==, 2);

  UNDO (second, "2026-06-01");
  UNDO (third, "2026-06-01");
  fourth = VISIT ("2026-07-10", "inpatient", 500000, 314500, 130000);
  g_assert_cmpuint (get_stay (year, fourth), ==, 1);
  assert_balanced (year->fixture.ledger, year->member);
}

/* What is undone of the old year takes nothing from the new one. */
static void
test_year_end (Year *year, gconstpointer data)
{
  gint64 old = VISIT ("2026-12-31", "inpatient", 500000, 314500, 130000);
  gint64 new = VISIT ("2027-01-01", "inpatient", 500000, 314500, 130000);
  gint64 later;

  UNDO (old, "2027-01-15");
  assert_counter (year->fixture.ledger, year->member, "stays", "1");
  later = VISIT ("2027-02-10", "inpatient", 500000, 369750, 65000);
  g_assert_cmpuint (get_stay (year, later), ==, 2);

  UNDO (new, "2027-03-01");
  UNDO (later, "2027-03-01");
  later = VISIT ("2027-03-10", "inpatient", 500000, 314500, 130000);
  g_assert_cmpuint (get_stay (year, later), ==, 1);
}

/* An outpatient visit on each side of the year's end, the earlier one undone across it. */
static void
test_undone_across_the_year (Year *year, gconstpointer data)
{
  gint64 old = VISIT ("2026-12-31", "outpatient", 200000, 14000, 180000);

  UNDO (old, "2027-01-02");
  VISIT ("2027-01-03", "outpatient", 200000, 14000, 180000);
  VISIT ("2027-12-31", "outpatient", 10000, 7000, 0);
  VISIT ("2028-01-01", "outpatient", 10000, 0, 10000);
}

/* What the person stated when the records began is no part of any visit: it stays. */
static void
test_stated (Year *year, gconstpointer data)
{
  static const char *const begun[] = { NULL, "2026-01-01" };

  for (guint i = 0; i < G_N_ELEMENTS (begun); i++)
    {
      g_autofree char *name = g_strdup_printf ("钱%u", i);
      gint64 member = add_person (year->fixture.ledger, name, "child", "active", 100000);
      g_autoptr (GError) error = NULL;
      gint64 undone;

      g_assert_true (zifu_ledger_set_counter (year->fixture.ledger, member, "op_ded", zifu_rational_from_int (1500),
                                              begun[i] != NULL ? day (begun[i]) : 0, &error));
      g_assert_no_error (error);
      undone = visit_of (year, member, "2026-03-01", "outpatient", 100000, 49000, 30000);
      undo (year, member, undone, "2026-03-02");
      assert_counter (year->fixture.ledger, member, "op_ded", "1500");
      visit_of (year, member, "2026-03-03", "outpatient", 100000, 49000, 30000);
    }
}

/* Entered with the wrong year and taken back: the deductible of the right year is still met. */
static void
test_wrong_year (Year *year, gconstpointer data)
{
  gint64 wrong;

  VISIT ("2026-03-01", "outpatient", 180000, 0, 180000);
  wrong = VISIT ("2027-03-10", "outpatient", 10000, 0, 10000);
  UNDO (wrong, "2027-03-10");
  assert_counter (year->fixture.ledger, year->member, "op_ded", "1800");
  VISIT ("2026-03-10", "outpatient", 10000, 7000, 0);
  VISIT ("2027-03-11", "outpatient", 10000, 0, 10000);
}

/* 1,300 in 360 days.  The period begins with the first visit that stands: 1 March 2026 to 23 February 2027. */
static void
test_period (Year *year, gconstpointer data)
{
  gint64 undone = VISIT ("2026-01-10", "special", 130000, 0, 130000);

  UNDO (undone, "2026-01-12");
  VISIT ("2026-03-01", "special", 130000, 0, 130000);
  VISIT ("2027-01-20", "special", 100000, 85000, 0);
  VISIT ("2027-02-23", "special", 10000, 8500, 0);
  VISIT ("2027-02-24", "special", 10000, 0, 10000);
}

/* The visit that began the period is undone after another one has fed it: the other begins it now. */
static void
test_period_of_the_second (Year *year, gconstpointer data)
{
  gint64 first = VISIT ("2026-01-10", "special", 30000, 0, 30000);
  gint64 second = VISIT ("2026-03-01", "special", 100000, 0, 100000);

  UNDO (first, "2026-04-01");
  assert_counter (year->fixture.ledger, year->member, "special_ded", "1000");
  VISIT ("2027-01-20", "special", 100000, 59500, 30000);
  UNDO (second, "2027-01-25");
  assert_counter (year->fixture.ledger, year->member, "special_ded", "300");
}

static void
assert_same_state (ZifuLedger *ledger, gint64 one, gint64 other)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPerson) a = zifu_ledger_load_person (ledger, one, &error);
  g_autoptr (ZifuPerson) b = zifu_ledger_load_person (ledger, other, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < a->counters->len + b->counters->len; i++)
    {
      GArray *counters = i < a->counters->len ? a->counters : b->counters;
      const char *name = g_array_index (counters, ZifuCounterValue, i < a->counters->len ? i : i - a->counters->len).name;
      g_autofree char *mine = get_counter (ledger, one, name);
      g_autofree char *yours = get_counter (ledger, other, name);

      g_assert_cmpstr (mine ? mine : "0", ==, yours ? yours : "0");
    }
  g_assert_cmpint (get_balance (ledger, one), ==, get_balance (ledger, other));
}

static ZifuVisit *
draw_visit (GRand *rand, ZifuDate on)
{
  static const char *const cares[] = { "outpatient", "inpatient", "special" };
  g_autofree char *date = zifu_date_format (on);

  return make_visit (date, cares[g_rand_int_range (rand, 0, 3)], g_rand_boolean (rand) ? "3" : "2",
                     g_rand_int_range (rand, 1, g_rand_boolean (rand) ? 500000 : 20000000), 0);
}

/* Two people have the same visits, but one of them has others between, each undone at once: nothing may tell them apart. */
static void
test_as_if_it_had_not_been (Year *year, gconstpointer data)
{
  ZifuLedger *ledger = year->fixture.ledger;

  for (guint seed = 1; seed <= (g_test_slow () ? 60 : 12); seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      gint64 with = add_person (ledger, "钱二", "child", "active", 300000);
      gint64 without = add_person (ledger, "孙三", "child", "active", 300000);
      ZifuDate on = day ("2026-01-02");

      for (guint i = 0; i < 12; i++)
        {
          g_autoptr (ZifuVisit) visit = NULL;
          g_autoptr (ZifuSettlement) one = NULL;
          g_autoptr (ZifuSettlement) other = NULL;
          g_autofree char *refund_day = NULL;

          on += g_rand_int_range (rand, 0, 90);
          visit = draw_visit (rand, on);
          if (g_rand_boolean (rand))
            {
              refund_day = zifu_date_format (on + g_rand_int_range (rand, 0, 3));
              undo (year, with, record (ledger, year->pack, with, visit, NULL, 0), refund_day);
              assert_same_state (ledger, with, without);
              continue;
            }
          on += 3;
          visit->date = on;
          one = settle (ledger, year->pack, with, visit);
          other = settle (ledger, year->pack, without, visit);
          g_assert_cmpint (one->fund_sum, ==, other->fund_sum);
          g_assert_cmpint (one->deductible, ==, other->deductible);
          g_assert_cmpint (one->cash, ==, other->cash);
          record (ledger, year->pack, with, visit, NULL, 0);
          record (ledger, year->pack, without, visit, NULL, 0);
          assert_same_state (ledger, with, without);
        }
      assert_balanced (ledger, with);
    }
}

#define ADD(path, function) g_test_add (path, Year, NULL, year_set_up, function, year_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/ledger/sequences/R10/deductible", test_deductible);
  ADD ("/ledger/sequences/R11/stays", test_stays);
  ADD ("/ledger/sequences/R11/year-end", test_year_end);
  ADD ("/ledger/sequences/R10/undone-across-the-year", test_undone_across_the_year);
  ADD ("/ledger/sequences/R09/R10/stated", test_stated);
  ADD ("/ledger/sequences/R10/wrong-year", test_wrong_year);
  ADD ("/ledger/sequences/R11/period", test_period);
  ADD ("/ledger/sequences/R11/period-of-the-second", test_period_of_the_second);
  ADD ("/ledger/sequences/R39/as-if-it-had-not-been", test_as_if_it_had_not_been);

  return g_test_run ();
}
