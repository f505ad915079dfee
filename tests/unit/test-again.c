/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Visits that state what was stated before go straight through: they must come out as for somebody who is there alone, and whatever is
 * not plain must begin once more as if nothing had been tried.
 */
#include "builder.h"

#include "zifu-facts.h"
#include "zifu-result-json.h"

static char *
to_text (const ZifuSettlement *settlement, const GError *error)
{
  ZifuJsonPen pen = { NULL, FALSE };

  if (settlement == NULL)
    return g_strdup (error->message);
  pen.into = g_string_new (NULL);
  zifu_settlement_write (settlement, TRUE, &pen);
  return g_string_free (pen.into, FALSE);
}

/* What comes out at a desk where others were before, and in the general way. */
static void
assert_alike (ZifuSettler *settler, ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit)
{
  g_autoptr (GError) error = NULL, error_alone = NULL;
  const ZifuSettlement *settlement = zifu_settler_settle (settler, person, visit, &error);
  g_autoptr (ZifuSettlement) alone = zifu_settle (pack, person, visit, &error_alone);
  g_autofree char *text = to_text (settlement, error), *text_alone = to_text (alone, error_alone);

  g_assert_cmpstr (text, ==, text_alone);
}

static gboolean
same_print (const ZifuFacts *a, const ZifuFacts *b)
{
  return a->print.hash == b->print.hash && zifu_print_is (&a->print, b->print.words, b->print.n);
}

/* Facts that look alike are not the same: a text and a number, a name and what it holds, two facts and one. */
static void
test_prints (void)
{
  g_autoptr (ZifuFacts) a = zifu_facts_new (), b = zifu_facts_new (), none = zifu_facts_new (), copy = NULL;

  g_assert_true (same_print (a, b));
  zifu_facts_set_string (a, "class", "1");
  zifu_facts_set_int (b, "class", 1);
  g_assert_false (same_print (a, b));
  zifu_facts_set_string (b, "class", "2");
  g_assert_false (same_print (a, b));
  zifu_facts_set_string (b, "class", "1");
  g_assert_true (same_print (a, b));
  zifu_facts_set_boolean (a, "chosen", TRUE);
  zifu_facts_set_boolean (b, "chosen", FALSE);
  g_assert_false (same_print (a, b));
  zifu_facts_unset (a, "chosen");
  zifu_facts_unset (b, "chosen");
  g_assert_true (same_print (a, b));
  zifu_facts_set_string (a, "a name that is longer than a word, or two", "what it holds, which is longer still, by some words");
  copy = zifu_facts_copy (a);
  g_assert_true (same_print (a, copy));
  zifu_facts_take (a, "age", zifu_value_new_number ((ZifuRational){ 81, 2 }));
  zifu_facts_take (b, "age", zifu_value_new_number (zifu_rational_from_int (81)));
  zifu_facts_unset (a, "a name that is longer than a word, or two");
  g_assert_false (same_print (a, b));
  zifu_facts_unset (a, "age");
  zifu_facts_unset (a, "class");
  g_assert_true (same_print (a, none));
  g_assert_false (a->print.has_list);
  zifu_facts_take (a, "tags", zifu_value_new_list (g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_value_free)));
  g_assert_true (a->print.has_list);
}

/* A deductible, two bands, a cap, a layer above it, and two tallies. */
static ZifuPack *
pack_new (void)
{
  ZifuPack *pack = zifu_pack_new ("again");
  ZifuRule *deductible = build_rule (pack, ZIFU_RULE_DEDUCTIBLE, "deductible"), *share = build_rule (pack, ZIFU_RULE_SHARE, "share");
  ZifuRule *cap = build_rule (pack, ZIFU_RULE_CAP, "cap"), *upper = build_rule (pack, ZIFU_RULE_LAYER, "upper");
  ZifuRule *upper_share = build_rule (pack, ZIFU_RULE_SHARE, "upper-share"), *stays = build_rule (pack, ZIFU_RULE_TALLY, "stays");
  ZifuRule *borne = build_rule (pack, ZIFU_RULE_TALLY, "borne");

  deductible->value = build_expr ("10.00");
  deductible->counter = g_strdup ("ded");
  /* Only a benefit that some rule names is remembered. */
  build_benefit (share, "outpatient");
  build_benefit (share, "inpatient");
  share->counter = g_strdup ("cost");
  build_band (share, "100.00", "hifp", "0.85");
  build_band (share, NULL, "hifp", "0.70");
  cap->value = build_expr ("500.00");
  cap->measure = ZIFU_MEASURE_FUND_PAID;
  cap->counter = g_strdup ("fund");
  upper->layer = g_strdup ("upper");
  zifu_buckets_add (&upper->u.layer.input, ZIFU_BUCKET_COPAY);
  zifu_buckets_add (&upper->u.layer.input, ZIFU_BUCKET_OVER_CAP);
  upper_share->layer = g_strdup ("upper");
  upper_share->measure = ZIFU_MEASURE_FUND_PAID;
  upper_share->counter = g_strdup ("upper");
  build_band (upper_share, "50.00", "hifmi", "0.60");
  build_band (upper_share, NULL, "hifmi", "0.30");
  stays->counter = g_strdup ("stays");
  stays->value = build_expr ("1");
  borne->counter = g_strdup ("borne");
  borne->value = zifu_expr_new_named (ZIFU_EXPR_RESULT, "personal_in_scope");
  return pack;
}

/* The same facts with every amount, money and counters; also counters between two fen, with which the layer above is not whole. */
static void
test_starts_over (void)
{
  static const char *const counters[] = { "0", "12.34", "1/3", "49.99", "1000" };
  static const char *const names[] = { "upper", "fund", "ded", "stays" };
  g_autoptr (ZifuPack) pack = pack_new ();
  g_autoptr (ZifuSettler) settler = NULL;

  build_finish (pack);
  settler = zifu_settler_new (pack);
  for (guint i = 0; i < G_N_ELEMENTS (counters) * G_N_ELEMENTS (names); i++)
    {
      g_autoptr (ZifuPerson) person = zifu_person_new ();

      zifu_facts_set_string (person->facts, "insurance", "310");
      zifu_person_add_purse (person, "balance", 12345);
      zifu_person_add_mutual (person, "mother", 678, NULL);
      zifu_person_add_counter (person, names[i % G_N_ELEMENTS (names)], build_number (counters[i / G_N_ELEMENTS (names)]), 0);
      for (ZifuMoney total = 0; total < 120000; total += 1777)
        {
          g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", total, total / 10, total / 20);

          visit->use_account = total % 2 == 0;
          assert_alike (settler, pack, person, visit);
        }
    }
}

/* A case goes on after a visit that was begun once more: nothing may be counted or paid twice. */
static void
test_case_goes_on (void)
{
  g_autoptr (ZifuPack) pack = pack_new ();
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  ZifuRule *account = build_rule (pack, ZIFU_RULE_ACCOUNT, "account");
  g_autoptr (ZifuCase) whole = NULL;
  ZifuMoney balance = 50000;

  account->u.account.before_deductible = TRUE;
  account->u.account.first_purses = g_strsplit ("balance", " ", -1);
  build_finish (pack);
  zifu_person_add_purse (person, "balance", balance);
  zifu_person_add_counter (person, "upper", build_number ("1/3"), 0);
  whole = zifu_case_new (pack, person, zifu_date_parse ("2025-06-01"));
  for (guint i = 1; i <= 8; i++)
    {
      g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", 9000, 0, 0);
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuSettlement) settlement = zifu_case_settle (whole, visit, &error);
      const ZifuCounterValue *last;

      g_assert_no_error (error);
      assert_identities (settlement);
      balance -= settlement->own_account;
      g_assert_cmpint (settlement->balance, ==, balance);
      last = &g_array_index (settlement->counters, ZifuCounterValue, settlement->counters->len - 2);
      g_assert_cmpstr (last->name, ==, "stays");
      g_assert_true (last->value.num == (ZifuInt128) i * last->value.den);
    }
}

/* Two rules feed one counter: whether they agree depends on the bill. */
static void
test_one_counter (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("one-counter");
  ZifuRule *deductible = build_rule (pack, ZIFU_RULE_DEDUCTIBLE, "deductible"), *share = build_rule (pack, ZIFU_RULE_SHARE, "share");
  static const ZifuMoney totals[] = { 3000, 3000, 5000, 3000, 2900 };
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  g_autoptr (ZifuSettler) settler = NULL;

  deductible->value = build_expr ("10.00");
  deductible->counter = g_strdup ("same");
  build_benefit (share, "outpatient");
  share->measure = ZIFU_MEASURE_FUND_PAID;
  share->counter = g_strdup ("same");
  build_band (share, NULL, "hifp", "0.50");
  build_finish (pack);
  settler = zifu_settler_new (pack);
  for (guint i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", totals[i], 0, 0);

      g_assert_true ((zifu_settler_settle (settler, person, visit, NULL) != NULL) == (totals[i] == 3000));
      assert_alike (settler, pack, person, visit);
    }
}

/* No rule looks at the care; the benefit is that of the care all the same. */
static void
test_cares (void)
{
  static const char *const cares[] = { "outpatient", "inpatient", "outpatient", "pharmacy", "inpatient", "pharmacy", "outpatient" };
  g_autoptr (ZifuPack) pack = zifu_pack_new ("cares");
  ZifuRule *low = build_rule (pack, ZIFU_RULE_SHARE, "low"), *high = build_rule (pack, ZIFU_RULE_SHARE, "high");
  ZifuRule *other = build_rule (pack, ZIFU_RULE_SHARE, "other");
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  g_autoptr (ZifuSettler) settler = NULL;

  build_benefit (low, "outpatient");
  build_benefit (high, "inpatient");
  build_band (low, NULL, "hifp", "0.50");
  build_band (high, NULL, "hifp", "0.80");
  build_band (other, NULL, "hifp", "0.10");
  build_finish (pack);
  settler = zifu_settler_new (pack);
  for (guint i = 0; i < 4 * G_N_ELEMENTS (cares); i++)
    {
      const char *care = cares[i % G_N_ELEMENTS (cares)];
      g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", care, 10000, 0, 0);
      const ZifuSettlement *settlement = zifu_settler_settle (settler, person, visit, NULL);

      g_assert_cmpstr (settlement->benefit, ==, care);
      g_assert_cmpint (settlement->fund_sum, ==, care[0] == 'o' ? 5000 : care[0] == 'i' ? 8000 : 1000);
      assert_alike (settler, pack, person, visit);
    }
}

/* The age follows from the day, and which stay it is from the counters: the same facts are seen otherwise later. */
static void
test_days (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("days");
  ZifuRule *share = build_rule (pack, ZIFU_RULE_SHARE, "share"), *deductible = build_rule (pack, ZIFU_RULE_DEDUCTIBLE, "deductible");
  ZifuRule *later = build_rule (pack, ZIFU_RULE_CAP, "later");
  g_autoptr (ZifuSettler) settler = NULL;
  g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "inpatient", 100000, 0, 0);

  build_benefit (share, "inpatient");
  build_band (share, NULL, "hifp", "0.50");
  deductible->value = zifu_expr_new_named (ZIFU_EXPR_TABLE, "age");
  zifu_expr_take_entry (deductible->value, "0-69", build_expr ("3.00"));
  zifu_expr_take_entry (deductible->value, "70+", build_expr ("1.00"));
  later->valid_from = zifu_date_parse ("2025-06-05");
  later->measure = ZIFU_MEASURE_FUND_PAID;
  later->value = zifu_expr_new_named (ZIFU_EXPR_TABLE, "stay");
  zifu_expr_take_entry (later->value, "1", build_expr ("400.00"));
  zifu_expr_take_entry (later->value, "2+", build_expr ("200.00"));
  build_finish (pack);
  settler = zifu_settler_new (pack);
  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (ZifuPerson) person = zifu_person_new ();
      const ZifuSettlement *settlement;
      gboolean again = i % 3 == 0, old;

      zifu_facts_set_string (person->facts, "birth", "1955-06-03");
      if (again)
        zifu_person_add_counter (person, "stays", zifu_rational_from_int (2), 0);
      visit->date = zifu_date_parse ("2025-06-01") + (int) (i / 2 % 8);
      old = visit->date >= zifu_date_parse ("2025-06-03");
      settlement = zifu_settler_settle (settler, person, visit, NULL);
      g_assert_cmpint (settlement->deductible, ==, old ? 100 : 300);
      g_assert_cmpuint (settlement->stay, ==, again ? 3 : 1);
      if (visit->date >= later->valid_from)
        g_assert_cmpint (settlement->fund_sum, ==, again ? 20000 : 40000);
      assert_alike (settler, pack, person, visit);
    }
}

static void
draw_line (GRand *rand, ZifuVisit *visit)
{
  static const char *const items[] = { "drug", "exam", "an item with a name that is longer than what is remembered of a line, by far" };
  static const char *const categories[] = { "A", "B", "C", "B2", NULL };
  static const ZifuMoney amounts[] = { 0, 1, 4999, 5000, 5001, 9999, 10000, 10001, 123457, G_GINT64_CONSTANT (1000000000001) };
  ZifuBillLine *line = zifu_visit_add_line (visit, amounts[g_rand_int_range (rand, 0, G_N_ELEMENTS (amounts))]);
  const char *category = categories[g_rand_int_range (rand, 0, G_N_ELEMENTS (categories))];

  zifu_facts_set_string (line->facts, "item", items[g_rand_int_range (rand, 0, G_N_ELEMENTS (items))]);
  if (category != NULL)
    zifu_facts_set_string (line->facts, "category", category);
  if (g_rand_int_range (rand, 0, 8) == 0)
    line->quantity = zifu_rational_from_int (2);
  if (g_rand_int_range (rand, 0, 8) == 0)
    zifu_facts_take (line->facts, "unit_price", zifu_value_new_number (build_number ("99.99")));
  line->has_prior = g_rand_int_range (rand, 0, 3) == 0 || (category != NULL && category[0] == 'B' && g_rand_int_range (rand, 0, 9) > 0);
  line->prior = line->amount / 3;
  line->has_out = g_rand_int_range (rand, 0, 9) == 0;
  line->out = line->amount / 4;
  line->has_over_limit = g_rand_int_range (rand, 0, 9) == 0;
  line->over_limit = line->amount / 5;
}

/* Lines that state the same, below, at and above the prices with which rules compare, and that say what their parts are, or do not. */
static void
test_lines (void)
{
  g_autoptr (ZifuPack) pack = pack_new ();
  ZifuRule *cheap = build_rule (pack, ZIFU_RULE_SCOPE, "cheap"), *dear = build_rule (pack, ZIFU_RULE_SCOPE, "dear");
  ZifuCondition *condition = zifu_condition_new ();
  ZifuClause clause = { g_strdup ("unit_price"), condition };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260202);
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  g_autoptr (ZifuSettler) settler = NULL;
  guint n_settled = 0;

  build_when (cheap, "item", zifu_value_new_string ("drug"));
  cheap->u.scope.first_own = build_expr ("0.05");
  build_when (dear, "item", zifu_value_new_string ("drug"));
  condition->has_min = TRUE;
  condition->min = build_number ("100.00");
  g_array_append_val (dear->when, clause);
  dear->u.scope.first_own = build_expr ("1/3");
  build_finish (pack);
  settler = zifu_settler_new (pack);
  for (guint i = 0; i < 4000; i++)
    {
      g_autoptr (ZifuVisit) visit = zifu_visit_new ();

      visit->date = zifu_date_parse ("2025-06-01");
      zifu_facts_set_string (visit->facts, "care", "inpatient");
      for (gint n = g_rand_int_range (rand, 1, 4); n > 0; n--)
        draw_line (rand, visit);
      assert_alike (settler, pack, person, visit);
      n_settled += zifu_settler_settle (settler, person, visit, NULL) != NULL;
    }
  g_assert_cmpuint (n_settled, >, 1000);
  g_assert_cmpuint (n_settled, <, 4000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/again/prints", test_prints);
  g_test_add_func ("/again/R11/starts-over", test_starts_over);
  g_test_add_func ("/again/R11/case-goes-on", test_case_goes_on);
  g_test_add_func ("/again/R11/one-counter", test_one_counter);
  g_test_add_func ("/again/R11/cares", test_cares);
  g_test_add_func ("/again/R11/days", test_days);
  g_test_add_func ("/again/R11/lines", test_lines);
  return g_test_run ();
}
