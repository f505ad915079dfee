/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "builder.h"

#include "zifu-pack-library.h"

/* What is not known before a visit: ranges, comparisons, and the question turned round.  On the rules of Beijing. */

typedef struct {
  ZifuPackLibrary *library;
  ZifuPack        *pack;
  ZifuPerson      *person;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->library = zifu_pack_library_new ();
  zifu_pack_library_add_folder (fixture->library, g_getenv ("ZIFU_POLICY_DIR"), FALSE);
  fixture->pack = zifu_pack_library_load (fixture->library, "110000", &error);
  g_assert_no_error (error);
  fixture->person = zifu_person_new ();
  zifu_facts_set_string (fixture->person->facts, "insurance", "310");
  zifu_facts_set_string (fixture->person->facts, "status", data != NULL ? data : "active");
  zifu_facts_set_int (fixture->person->facts, "age", 66);
  zifu_person_add_purse (fixture->person, "balance", 100000);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  zifu_person_free (fixture->person);
  zifu_pack_unref (fixture->pack);
  zifu_pack_library_unref (fixture->library);
}

static ZifuVisit *
visit_new (const char *care, const char *level, ZifuMoney total)
{
  ZifuVisit *visit = zifu_visit_new ();

  visit->date = zifu_date_parse ("2025-03-01");
  zifu_facts_set_string (visit->facts, "care", care);
  zifu_facts_set_string (visit->facts, "class", level);
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  zifu_facts_set_boolean (visit->facts, "connected", TRUE);
  zifu_facts_set_string (visit->facts, "remote", "local");
  zifu_visit_set_total (visit, total);

  return visit;
}

static const ZifuOpen *
find_open (const ZifuRange *range, const char *name)
{
  for (guint i = 0; i < range->open->len; i++)
    {
      const ZifuOpen *open = g_ptr_array_index (range->open, i);

      if (g_strcmp0 (open->name, name) == 0)
        return open;
    }

  return NULL;
}

static ZifuRange *
range_of (Fixture *fixture, const ZifuVisit *visit)
{
  g_autoptr (GError) error = NULL;
  ZifuRange *range = zifu_range_new (fixture->pack, fixture->person, visit, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (range);
  assert_identities (range->least);
  assert_identities (range->most);
  g_assert_cmpint (range->least->person, <=, range->most->person);
  for (guint i = 1; i < range->open->len; i++)
    g_assert_cmpint (((ZifuOpen *) g_ptr_array_index (range->open, i - 1))->gain, >=,
                     ((ZifuOpen *) g_ptr_array_index (range->open, i))->gain);

  return range;
}

/* R41: a bill of 4,000 of which nothing else is known.  At best all is in scope and the deductible met: 70% of it is paid. */
static void
test_outpatient (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuVisit) visit = visit_new ("outpatient", "3", 400000);
  g_autoptr (ZifuRange) range = range_of (fixture, visit);
  const ZifuOpen *split = find_open (range, NULL);
  const ZifuOpen *deductible = find_open (range, "op_ded");

  g_assert_cmpint (range->least->person, ==, 120000);
  g_assert_cmpint (range->most->person, ==, 400000);
  g_assert_nonnull (range->likely);
  g_assert_cmpint (range->likely->person, ==, 400000 - 154000); /* (4,000 − 1,800) × 70% */
  g_assert_nonnull (split);
  g_assert_nonnull (deductible);
  g_assert_true (split == g_ptr_array_index (range->open, 0));
  /* With all in scope at most (4,000 − 1,800) × 60% is paid less than 70% of 4,000: 2,460 or, above 20,000, 2,680. */
  g_assert_cmpint (split->gain, ==, 280000 - (268000 - 120000));
  g_assert_null (find_open (range, "class"));
}

/* What is known narrows: with the split and the counters stated there is one figure left, and nothing to ask. */
static void
test_known (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuVisit) visit = visit_new ("outpatient", "3", 400000);
  g_autoptr (ZifuRange) range = NULL;

  zifu_visit_set_parts (visit, 0, 0, 0);
  zifu_person_add_counter (fixture->person, "op_ded", build_number ("1800"), 0);
  zifu_person_add_counter (fixture->person, "op_fund", build_number ("0"), 0);
  range = range_of (fixture, visit);
  g_assert_cmpint (range->least->person, ==, 120000);
  g_assert_cmpint (range->most->person, ==, 120000);
  g_assert_cmpint (range->likely->person, ==, 120000);
  g_assert_cmpuint (range->open->len, ==, 0);
}

/* R41: the level of the institution is not known either; the community pays best. */
static void
test_level (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuVisit) visit = visit_new ("outpatient", NULL, 400000);
  g_autoptr (ZifuRange) range = NULL;

  zifu_visit_set_parts (visit, 0, 0, 0);
  range = range_of (fixture, visit);
  g_assert_cmpint (range->least->person, ==, 40000);
  g_assert_nonnull (find_open (range, "class"));
  g_assert_nonnull (find_open (range, "op_ded"));
  g_assert_null (find_open (range, NULL));
}

/* Whoever knows the earlier bills says what is likely. */
static void
test_likely (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuVisit) visit = visit_new ("outpatient", "3", 400000);
  g_autoptr (GPtrArray) open = zifu_open_questions (fixture->pack, fixture->person, visit);
  g_autoptr (ZifuValue) out = zifu_value_new_number (build_number ("1000"));
  g_autoptr (ZifuValue) word = zifu_value_new_string ("much");
  g_autoptr (ZifuRange) range = NULL;
  g_autoptr (GError) error = NULL;
  guint splits = 0;

  for (guint i = 0; i < open->len; i++)
    {
      ZifuOpen *one = g_ptr_array_index (open, i);

      if (one->kind != ZIFU_OPEN_SPLIT)
        continue;
      g_assert_false (zifu_open_set_likely (one, word));
      g_assert_true (zifu_open_set_likely (one, out));
      splits++;
    }
  g_assert_cmpuint (splits, ==, 1);
  range = zifu_range_new (fixture->pack, fixture->person, visit, open, &error);
  g_assert_no_error (error);
  g_assert_cmpint (range->likely->out, ==, 100000);
  g_assert_cmpint (range->likely->person, ==, 400000 - 84000); /* (3,000 − 1,800) × 70% */
  g_assert_cmpint (range->least->person, ==, 120000);
  g_assert_cmpint (range->most->person, ==, 400000);
}

static void
random_completion (const ZifuVisit *visit, const ZifuPerson *person, GRand *rand, ZifuVisit **bill, ZifuPerson **who)
{
  static const char *const levels[] = { "1", "2", "3", "community" };
  static const char *const counters[] = { "op_ded", "op_fund", "pool_fund", "pool_and_large", "special_ded" };

  *bill = zifu_visit_copy (visit);
  *who = zifu_person_copy (person);
  zifu_visit_set_parts (*bill, g_rand_int_range (rand, 0, (gint32) visit->total + 1), 0, 0);
  if (zifu_facts_get (visit->facts, "class") == NULL)
    zifu_facts_set_string ((*bill)->facts, "class", levels[g_rand_int_range (rand, 0, G_N_ELEMENTS (levels))]);
  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    zifu_person_add_counter (*who, counters[i], zifu_rational_from_fen (g_rand_int_range (rand, 0, 60000000)), 0);
  zifu_person_add_counter (*who, "stays", zifu_rational_from_int (g_rand_int_range (rand, 0, 4)), 0);
}

static ZifuOpen *
open_counter (const char *name)
{
  ZifuOpen *open = g_new0 (ZifuOpen, 1);

  open->kind = ZIFU_OPEN_COUNTER;
  open->name = g_strdup (name);
  open->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_value_free);

  return open;
}

/* As many answers as may be combined, and a turn between two of them: no answer more, and the ends are those of the answers. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  for (guint n = 62; n <= 64; n++)
    {
      g_autoptr (ZifuPack) pack = zifu_pack_new ("full");
      ZifuRule *deductible = build_rule (pack, ZIFU_RULE_DEDUCTIBLE, "ded"), *share = build_rule (pack, ZIFU_RULE_SHARE, "share");
      g_autoptr (ZifuVisit) visit = visit_new ("outpatient", "3", 200000);
      g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_open_free);
      ZifuOpen *paid = open_counter ("paid"), *met = open_counter ("met");
      g_autoptr (ZifuRange) range = NULL;

      deductible->value = build_expr ("1000.00");
      deductible->counter = g_strdup ("met");
      share->measure = ZIFU_MEASURE_FUND_PAID;
      share->counter = g_strdup ("paid");
      build_band (share, "40000", "hifp", "0.5");
      build_band (share, "60000", "hifp", "0.95");
      build_band (share, NULL, "hifp", "0.45");
      build_finish (pack);
      g_ptr_array_add (open, paid);
      g_ptr_array_add (open, met);
      g_ptr_array_add (met->answers, zifu_value_new_number (build_number ("1000")));
      g_ptr_array_add (paid->answers, zifu_value_new_number (build_number ("0")));
      for (guint i = 0; i + 1 < n; i++)
        {
          g_ptr_array_add (met->answers, zifu_value_new_number (zifu_rational_from_int (i)));
          g_ptr_array_add (paid->answers, zifu_value_new_number (zifu_rational_from_int (100001 + i)));
        }
      range = zifu_range_new (pack, fixture->person, visit, open, NULL);
      g_assert_nonnull (range);
      /* With the deductible met: half of 2,000; in the band of 95%, which lies between two answers, 100. */
      g_assert_cmpint (range->least->person, ==, n < 64 ? 10000 : 100000);
      g_assert_cmpint (range->most->person, ==, 200000 - 45000);
      g_assert_cmpuint (paid->answers->len, ==, n);
    }
}

/* R41: whatever the truth turns out to be, it lies in the range. */
static void
test_completions (Fixture *fixture, gconstpointer data)
{
  static const char *const cares[] = { "outpatient", "inpatient", "special", "pharmacy" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20251125);
  guint checked = 0;

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (ZifuVisit) visit
        = visit_new (cares[i % G_N_ELEMENTS (cares)], i % 3 == 0 ? NULL : "3", g_rand_int_range (rand, 1, i % 2 == 0 ? 500000 : 30000000));
      g_autoptr (ZifuRange) range = range_of (fixture, visit);

      for (guint k = 0; k < 100; k++)
        {
          g_autoptr (ZifuVisit) bill = NULL;
          g_autoptr (ZifuPerson) who = NULL;
          g_autoptr (ZifuSettlement) settlement = NULL;

          random_completion (visit, fixture->person, rand, &bill, &who);
          settlement = zifu_settle (fixture->pack, who, bill, NULL);
          if (settlement == NULL)
            continue;
          g_assert_cmpint (settlement->person, >=, range->least->person);
          g_assert_cmpint (settlement->person, <=, range->most->person);
          checked++;
        }
    }
  g_assert_cmpuint (checked, >, 4000);
}

/* R10, R11: the same bill at several institutions, each from the same state. */
static void
test_compare (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuVisit) tier3 = visit_new ("inpatient", "3", 4500000);
  g_autoptr (ZifuVisit) tier1 = visit_new ("inpatient", "1", 4500000);
  g_autoptr (ZifuVisit) home = visit_new ("maternity", "3", 4500000);
  const ZifuAlternative alternatives[] = {
    { fixture->person, tier3 }, { fixture->person, tier1 }, { fixture->person, home }, { fixture->person, tier3 },
  };
  g_autoptr (GPtrArray) outcomes = zifu_compare (fixture->pack, alternatives, G_N_ELEMENTS (alternatives));
  ZifuOutcome **outcome = (ZifuOutcome **) outcomes->pdata;

  g_assert_cmpuint (outcomes->len, ==, 4);
  g_assert_cmpint (outcome[0]->settlement->fund_sum, ==, 3814500);
  g_assert_cmpint (outcome[1]->settlement->person, <, outcome[0]->settlement->person);
  g_assert_cmpint (outcome[1]->extra, ==, 0);
  g_assert_cmpint (outcome[0]->extra, ==, outcome[0]->settlement->person - outcome[1]->settlement->person);
  g_assert_null (outcome[2]->settlement);
  g_assert_error (outcome[2]->error, ZIFU_ERROR, ZIFU_ERROR_UNKNOWN_FIGURE);
  g_assert_cmpint (outcome[3]->settlement->person, ==, outcome[0]->settlement->person);
}

static ZifuMoney
bill_for (Fixture *fixture, const ZifuVisit *visit, ZifuGoal goal)
{
  g_autoptr (GError) error = NULL;
  ZifuMoney total = 0;

  zifu_find_bill (fixture->pack, fixture->person, visit, goal, &total, &error);
  g_assert_no_error (error);

  return total;
}

/* R01, R09: which bill meets the deductible, reaches the cap, empties the account. */
static void
test_goals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuVisit) clinic = visit_new ("outpatient", "3", 0);
  g_autoptr (ZifuVisit) half = visit_new ("outpatient", "3", 100000);
  g_autoptr (ZifuVisit) stay = visit_new ("inpatient", "3", 0);
  g_autoptr (ZifuVisit) lines = visit_new ("outpatient", "3", 0);
  g_autoptr (GError) error = NULL;
  ZifuMoney total = 0;

  g_assert_cmpint (bill_for (fixture, clinic, ZIFU_GOAL_DEDUCTIBLE), ==, 180000);
  /* A bill half of which is out of catalogue must be twice as large. */
  zifu_visit_set_parts (half, 50000, 0, 0);
  g_assert_cmpint (bill_for (fixture, half, ZIFU_GOAL_DEDUCTIBLE), ==, 360000 - 1);
  /* 1,000 in the account, all of it for the deductible. */
  g_assert_cmpint (bill_for (fixture, clinic, ZIFU_GOAL_ACCOUNT), ==, 100000);
  /* The pool stops at 100,000: cost 110,110.53 above the deductible, as the published vector has it. */
  g_assert_cmpint (bill_for (fixture, stay, ZIFU_GOAL_CAP), ==, 11011053);
  g_assert_cmpint (bill_for (fixture, stay, ZIFU_GOAL_DEDUCTIBLE), ==, 130000);

  zifu_visit_add_line (lines, 10000);
  g_assert_false (zifu_find_bill (fixture->pack, fixture->person, lines, ZIFU_GOAL_CAP, &total, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_INPUT);
  g_clear_error (&error);
  zifu_facts_set_boolean (clinic->facts, "designated", FALSE);
  g_assert_false (zifu_find_bill (fixture->pack, fixture->person, clinic, ZIFU_GOAL_DEDUCTIBLE, &total, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_NOT_FOUND);
}

/* The goal is reached by that bill and not by one of a fen less. */
static void
test_curve (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuVisit) clinic = visit_new ("outpatient", "3", 0);
  g_autoptr (GError) error = NULL;
  ZifuMoney pays[41];

  g_assert_true (zifu_curve (fixture->pack, fixture->person, clinic, 0, 400000, G_N_ELEMENTS (pays), pays, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (pays); i++)
    {
      ZifuMoney bill = 10000 * (ZifuMoney) i;

      g_assert_cmpint (pays[i], ==, bill <= 180000 ? bill : 180000 + (bill - 180000) * 3 / 10);
    }
}

/* Nothing can be said when everything is refused; the reason is kept. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuVisit) visit = visit_new ("maternity", "3", 400000);
  g_autoptr (GError) error = NULL;

  zifu_visit_set_parts (visit, 0, 0, 0);
  g_assert_null (zifu_range_new (fixture->pack, fixture->person, visit, NULL, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_UNKNOWN_FIGURE);
}

/* A table that pays by the level of the institution, with an adjustment that leaves one level out: five words, none declared. */
static ZifuPack *
undeclared_new (void)
{
  ZifuPack *pack = zifu_pack_new ("undeclared");
  ZifuRule *share = build_rule (pack, ZIFU_RULE_SHARE, "share");
  ZifuRule *more = build_rule (pack, ZIFU_RULE_ADJUST, "more");
  ZifuRule *deductible = build_rule (pack, ZIFU_RULE_DEDUCTIBLE, "deductible");
  ZifuExpr *table = zifu_expr_new_named (ZIFU_EXPR_TABLE, "class");
  ZifuExpr *sum = zifu_expr_new (ZIFU_EXPR_SUM);
  ZifuCondition *school = zifu_condition_new_equal (zifu_value_new_string ("school"));
  ZifuClause clause = { g_strdup ("class"), zifu_condition_new () };

  zifu_expr_take_entry (table, "1|community", build_expr ("0.9"));
  zifu_expr_take_entry (table, "3", build_expr ("0.5"));
  table->otherwise = build_expr ("0.6");
  build_band (share, NULL, "hifp", "0.5");
  zifu_expr_free (g_array_index (g_array_index (share->u.share.bands, ZifuBand, 0).pay, ZifuBandPay, 0).ratio);
  zifu_expr_take_arg (sum, table);
  zifu_expr_take_arg (sum, build_expr ("0.01"));
  g_array_index (g_array_index (share->u.share.bands, ZifuBand, 0).pay, ZifuBandPay, 0).ratio = sum;
  clause.condition->not_ = school;
  g_array_append_val (more->when, clause);
  more->value = build_expr ("0.02");
  more->u.adjust.op = ZIFU_OP_PLUS;
  deductible->value = zifu_expr_new_named (ZIFU_EXPR_TABLE, "class");
  zifu_expr_take_entry (deductible->value, "3", build_expr ("200"));
  deductible->value->otherwise = build_expr ("100");
  build_finish (pack);

  return pack;
}

/* A pack that declares no words: those that its rules tell apart are the answers. */
static void
test_undeclared (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuPack) pack = undeclared_new ();
  g_autoptr (ZifuVisit) visit = visit_new ("outpatient", NULL, 100000);
  g_autoptr (ZifuRange) range = NULL;
  g_autoptr (GError) error = NULL;
  const ZifuOpen *level;

  zifu_visit_set_parts (visit, 0, 0, 0);
  range = zifu_range_new (pack, fixture->person, visit, NULL, &error);
  g_assert_no_error (error);
  level = find_open (range, "class");
  g_assert_nonnull (level);
  g_assert_cmpuint (level->answers->len, ==, 4); /* 1, community, 3, school */
  g_assert_cmpint (range->least->person, ==, 100000 - 90000 * 93 / 100);
  g_assert_cmpint (range->most->person, ==, 100000 - 80000 * 53 / 100);
}

/* What a copy of a visit must not lose: its lines, and what a settlement sheet says. */
static void
test_lines (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuVisit) visit = visit_new ("outpatient", NULL, 0);
  g_autoptr (ZifuVisit) copy = NULL;
  g_autoptr (ZifuRange) range = NULL;
  g_autoptr (GError) error = NULL;
  ZifuMoney pays[2];

  visit->has_total = FALSE;
  zifu_facts_set_string (zifu_visit_add_line (visit, 300000)->facts, "category", "A");
  zifu_facts_set_string (zifu_visit_add_line (visit, 10000)->facts, "category", "C");
  zifu_visit_add_base_paid (visit, "hifob", 84000);
  copy = zifu_visit_copy (visit);
  g_assert_cmpuint (copy->lines->len, ==, 2);
  g_assert_cmpuint (copy->base_paid->len, ==, 1);
  g_assert_false (zifu_curve (fixture->pack, fixture->person, copy, 0, 100, 2, pays, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_INPUT);
  g_clear_error (&error);

  g_array_unref (g_steal_pointer (&visit->base_paid));
  range = zifu_range_new (fixture->pack, fixture->person, visit, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (find_open (range, NULL));
  g_assert_cmpint (range->least->total, ==, 310000);
  g_assert_cmpint (range->least->out, ==, 10000);
  g_assert_cmpint (range->least->person, ==, 10000 + 30000); /* the community pays 90% when the deductible is met */
  g_assert_cmpint (range->most->person, ==, 310000);         /* what the fund pays at a pharmacy was not found, and counts 0 */
}

/* Too much may be open for an honest answer. */
static void
test_too_much (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuVisit) visit = visit_new ("outpatient", "3", 400000);
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_open_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) questions = zifu_open_questions (fixture->pack, fixture->person, visit);

      for (guint k = 0; k < questions->len; k++)
        {
          ZifuOpen *one = g_ptr_array_index (questions, k);

          if (one->kind != ZIFU_OPEN_SPLIT)
            continue;
          for (int fen = 1; fen < 100; fen++)
            {
              g_autoptr (ZifuValue) answer = zifu_value_new_number (zifu_rational_from_fen (fen));

              g_assert_true (zifu_open_set_likely (one, answer));
            }
          g_ptr_array_add (open, g_ptr_array_steal_index (questions, k));
          break;
        }
    }
  g_assert_null (zifu_range_new (fixture->pack, fixture->person, visit, open, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_INPUT);
}

#define ADD(path, status, test) g_test_add (path, Fixture, status, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/range/R41/outpatient", "active", test_outpatient);
  ADD ("/range/R41/known", "active", test_known);
  ADD ("/range/R41/level", "active", test_level);
  ADD ("/range/R41/likely", "active", test_likely);
  ADD ("/range/full", NULL, test_full);
  ADD ("/range/R41/completions/active", "active", test_completions);
  ADD ("/range/R41/completions/retired", "retired", test_completions);
  ADD ("/range/refused", "active", test_refused);
  ADD ("/range/R41/undeclared", "active", test_undeclared);
  ADD ("/range/R41/lines", "active", test_lines);
  ADD ("/range/too-much", "active", test_too_much);
  ADD ("/compare/R10-R11", "active", test_compare);
  ADD ("/goal/R01-R09", "active", test_goals);
  ADD ("/curve/R10", "active", test_curve);

  return g_test_run ();
}
