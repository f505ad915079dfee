/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "builder.h"

/* 2 % of the base between two bounds; retired people get a flat sum less 3 yuan. */
static ZifuPack *
region (void)
{
  ZifuPack *pack = zifu_pack_new ("region");
  ZifuRule *own = build_rule (pack, ZIFU_RULE_CREDIT, "own");
  ZifuRule *flat = build_rule (pack, ZIFU_RULE_CREDIT, "flat");
  ZifuRule *withheld = build_rule (pack, ZIFU_RULE_CREDIT, "withheld");
  ZifuExpr *clamp = zifu_expr_new (ZIFU_EXPR_MIN), *floor = zifu_expr_new (ZIFU_EXPR_MAX);

  zifu_expr_take_arg (floor, zifu_expr_new_named (ZIFU_EXPR_AXIS, "base"));
  zifu_expr_take_arg (floor, build_expr ("7270.00"));
  zifu_expr_take_arg (clamp, floor);
  zifu_expr_take_arg (clamp, build_expr ("36348.00"));
  own->value = zifu_expr_new (ZIFU_EXPR_PRODUCT);
  zifu_expr_take_arg (own->value, clamp);
  zifu_expr_take_arg (own->value, build_expr ("0.02"));
  own->slot = g_strdup ("own");
  build_when (own, "status", zifu_value_new_string ("active"));
  flat->value = build_expr ("110.00");
  flat->slot = g_strdup ("flat");
  build_when (flat, "status", zifu_value_new_string ("retired"));
  withheld->value = build_expr ("-3.00");
  withheld->slot = g_strdup ("withheld");
  build_when (withheld, "status", zifu_value_new_string ("retired"));
  return pack;
}

static void
assert_credit (const char *status, const char *base, ZifuMoney total)
{
  g_autoptr (ZifuPack) pack = region ();
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  g_autoptr (ZifuCredit) credit = NULL;
  g_autoptr (GError) error = NULL;

  build_finish (pack);
  zifu_facts_set_string (person->facts, "status", status);
  zifu_facts_set_string (person->facts, "base", base);
  credit = zifu_credit_compute (pack, person, zifu_date_parse ("2026-11-05"), &error);
  g_assert_no_error (error);
  g_assert_cmpint (credit->total, ==, total);
  g_assert_cmpint (credit->year, ==, 12 * total);
}

static void
test_r17_credit (void)
{
  assert_credit ("active", "12000.00", 24000);
  assert_credit ("retired", NULL, 10700);
}

/* R18: the base is clamped at its floor and its ceiling. */
static void
test_r18_clamp (void)
{
  assert_credit ("active", "7269.99", 14540);
  assert_credit ("active", "7270.00", 14540);
  assert_credit ("active", "36348.00", 72696);
  assert_credit ("active", "99999.00", 72696);
}

static void
test_no_base (void)
{
  g_autoptr (ZifuPack) pack = region ();
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  g_autoptr (GError) error = NULL;

  build_finish (pack);
  zifu_facts_set_string (person->facts, "status", "active");
  g_assert_null (zifu_credit_compute (pack, person, zifu_date_parse ("2026-11-05"), &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_MISSING);
}

/* Employees: a gap of up to 3 months may be made up; a longer one costs 6 months of waiting. */
static ZifuPack *
coverage_region (void)
{
  ZifuPack *pack = zifu_pack_new ("region");
  ZifuRule *rule = build_rule (pack, ZIFU_RULE_COVERAGE, "coverage");

  rule->u.coverage.repair_within = build_expr ("3");
  rule->u.coverage.waiting_free = build_expr ("3");
  rule->u.coverage.waiting = build_expr ("6");
  rule->u.coverage.retroactive = TRUE;
  return pack;
}

static ZifuMonth
month (const char *text)
{
  ZifuMonth out;

  g_assert_true (zifu_month_parse (text, &out));
  return out;
}

static char *
timeline (const ZifuPerson *person)
{
  g_autoptr (ZifuPack) pack = coverage_region ();
  g_autoptr (ZifuCoverage) coverage = NULL;
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);
  ZifuMonth next = month ("2025-01");

  build_finish (pack);
  coverage = zifu_coverage_compute (pack, person, zifu_date_parse ("2026-12-31"), month ("2025-01"), month ("2026-12"), NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < coverage->intervals->len; i++)
    {
      const ZifuCoverageInterval *interval = &g_array_index (coverage->intervals, ZifuCoverageInterval, i);

      g_assert_cmpint (interval->from, ==, next);
      next = interval->to + 1;
      g_string_append_printf (out, "%s%s %d", i > 0 ? ", " : "", zifu_coverage_state_name (interval->state),
                              interval->to - interval->from + 1);
    }
  g_assert_cmpint (next, ==, month ("2026-12") + 1);
  return g_string_free (out, FALSE);
}

static void
test_r29_gap (void)
{
  static const struct
  {
    const char *again;
    const char *repaid; /* month in which the gap was paid; NULL = never */
    const char *states;
  } rows[] = {
    { "2025-07", NULL, "covered 24" },
    { "2025-10", NULL, "covered 6, suspended 3, covered 15" },
    { "2025-10", "2025-10", "covered 24" },
    { "2025-11", NULL, "covered 6, suspended 4, waiting 6, covered 8" },
    { "2025-11", "2025-11", "covered 6, suspended 4, waiting 6, covered 8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ZifuPerson) person = zifu_person_new ();
      g_autofree char *states = NULL;

      for (ZifuMonth m = month ("2024-01"); m < month ("2025-07"); m++)
        zifu_person_add_payment (person, m, 1, m);
      for (ZifuMonth m = month ("2025-07"); rows[i].repaid != NULL && m < month (rows[i].again); m++)
        zifu_person_add_payment (person, m, 1, month (rows[i].repaid));
      for (ZifuMonth m = month (rows[i].again); m <= month ("2026-12"); m++)
        zifu_person_add_payment (person, m, 1, m);
      states = timeline (person);
      g_assert_cmpstr (states, ==, rows[i].states);
    }
}

/* More months paid never delay coverage. */
static void
test_r29_more_is_never_worse (void)
{
  g_autoptr (ZifuPack) pack = coverage_region ();

  build_finish (pack);
  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (ZifuPerson) few = zifu_person_new ();
      g_autoptr (ZifuPerson) more = zifu_person_new ();
      g_autoptr (ZifuCoverage) a = NULL;
      g_autoptr (ZifuCoverage) b = NULL;
      guint covered[2] = { 0, 0 };
      ZifuCoverage *both[2];

      for (ZifuMonth m = month ("2024-01"); m <= month ("2026-12"); m++)
        {
          /* Both begin in the same month: somebody who enrols later has no gap before. */
          gboolean paid = m == month ("2024-01") || g_test_rand_int_range (0, 4) != 0;

          if (paid)
            zifu_person_add_payment (few, m, 1, m);
          if (paid || g_test_rand_bit ())
            zifu_person_add_payment (more, m, 1, m);
        }
      a = zifu_coverage_compute (pack, few, zifu_date_parse ("2026-12-31"), month ("2024-01"), month ("2026-12"), NULL, NULL);
      b = zifu_coverage_compute (pack, more, zifu_date_parse ("2026-12-31"), month ("2024-01"), month ("2026-12"), NULL, NULL);
      both[0] = a;
      both[1] = b;
      for (guint k = 0; k < 2; k++)
        for (guint i = 0; i < both[k]->intervals->len; i++)
          {
            const ZifuCoverageInterval *interval = &g_array_index (both[k]->intervals, ZifuCoverageInterval, i);

            if (interval->state == ZIFU_COVERAGE_COVERED)
              covered[k] += (guint) (interval->to - interval->from + 1);
          }
      g_assert_cmpuint (covered[1], >=, covered[0]);
    }
}

static void
test_bad_range (void)
{
  g_autoptr (ZifuPack) pack = coverage_region ();
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  g_autoptr (GError) error = NULL;

  build_finish (pack);
  g_assert_null (zifu_coverage_compute (pack, person, zifu_date_parse ("2026-01-01"), month ("2026-02"), month ("2026-01"), NULL, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_INPUT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/credit/R17-credit", test_r17_credit);
  g_test_add_func ("/credit/R18-clamp", test_r18_clamp);
  g_test_add_func ("/credit/no-base", test_no_base);
  g_test_add_func ("/coverage/R29-gap", test_r29_gap);
  g_test_add_func ("/coverage/R29-more-is-never-worse", test_r29_more_is_never_worse);
  g_test_add_func ("/coverage/bad-range", test_bad_range);
  return g_test_run ();
}
