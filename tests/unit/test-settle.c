/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "builder.h"

/*
 * Outpatient care of a region made up here: deductible 1,800 a year, 70 % until the fund has paid 20,000, then 60 %; the
 * account pays everything but what is out of catalogue.
 */
static ZifuPack *
region (void)
{
  ZifuPack *pack = zifu_pack_new ("region");
  ZifuRule *deductible = build_rule (pack, ZIFU_RULE_DEDUCTIBLE, "ded");
  ZifuRule *share = build_rule (pack, ZIFU_RULE_SHARE, "share");

  deductible->value = build_expr ("1800.00");
  deductible->counter = g_strdup ("op_ded");
  share->measure = ZIFU_MEASURE_FUND_PAID;
  share->counter = g_strdup ("op_fund");
  build_band (share, "20000.00", "hifob", "0.70");
  build_band (share, NULL, "hifob", "0.60");
  return pack;
}

static ZifuPerson *
somebody (ZifuMoney balance)
{
  ZifuPerson *person = zifu_person_new ();

  zifu_facts_set_string (person->facts, "status", "active");
  if (balance >= 0)
    zifu_person_add_purse (person, "balance", balance);
  return person;
}

static ZifuSettlement *
settle (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit)
{
  g_autoptr (GError) error = NULL;
  ZifuSettlement *s = zifu_settle (pack, person, visit, &error);

  g_assert_no_error (error);
  assert_identities (s);
  return s;
}

/* The bill of the window's mock-up: 1,200.00, of it 80.00 out of catalogue and 62.00 first share, 1,462.30 met before. */
static void
test_r10_order (void)
{
  g_autoptr (ZifuPack) pack = region ();
  g_autoptr (ZifuPerson) person = somebody (328640);
  g_autoptr (ZifuVisit) visit = build_visit ("2026-11-24", "outpatient", 120000, 8000, 6200);
  g_autoptr (ZifuSettlement) s = NULL;

  build_finish (pack);
  zifu_person_add_counter (person, "op_ded", build_number ("1462.30"), 0);
  s = settle (pack, person, visit);
  g_assert_cmpint (s->deductible, ==, 33770);
  g_assert_cmpint (s->fund_sum, ==, 50421);
  g_assert_cmpint (s->person, ==, 69579);
  g_assert_cmpint (s->own_account, ==, 61579);
  g_assert_cmpint (s->cash, ==, 8000);
  g_assert_cmpint (s->balance, ==, 267061);
}

/* The fund pays the same with any balance; only the person's part changes its source. */
static void
test_r02_balance_does_not_matter (void)
{
  g_autoptr (ZifuPack) pack = region ();

  build_finish (pack);
  for (guint i = 0; i < 2000; i++)
    {
      ZifuMoney total = g_test_rand_int_range (0, 10000000), out = total / 7, prior = total / 11;
      g_autoptr (ZifuPerson) poor = somebody (0);
      g_autoptr (ZifuPerson) rich = somebody (g_test_rand_int_range (0, 9000000));
      g_autoptr (ZifuPerson) none = somebody (-1);
      g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", total, out, prior);
      g_autoptr (ZifuSettlement) a = settle (pack, poor, visit);
      g_autoptr (ZifuSettlement) b = settle (pack, rich, visit);
      g_autoptr (ZifuSettlement) c = settle (pack, none, visit);

      g_assert_cmpint (a->fund_sum, ==, b->fund_sum);
      g_assert_cmpint (a->person, ==, b->person);
      g_assert_cmpint (a->cash, ==, c->cash);
      g_assert_cmpint (a->own_account, ==, 0);
      g_assert_cmpint (b->cash, >=, out);
    }
}

/* R01: a bill above the balance is settled as usual; the account pays what it can, the rest is cash. */
static void
test_r01_short_balance (void)
{
  g_autoptr (ZifuPack) pack = region ();
  g_autoptr (ZifuPerson) person = somebody (8600);
  g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", 24000, 0, 0);
  g_autoptr (ZifuSettlement) s = NULL;

  build_finish (pack);
  s = settle (pack, person, visit);
  g_assert_cmpint (s->own_account, ==, 8600);
  g_assert_cmpint (s->cash, ==, 15400);
  g_assert_cmpint (s->balance, ==, 0);
}

/* Splitting a bill into two visits of one year gives the same in total: deductible and bands run on. */
static void
test_split_bill (void)
{
  g_autoptr (ZifuPack) pack = region ();

  build_finish (pack);
  for (guint i = 0; i < 2000; i++)
    {
      ZifuMoney total = g_test_rand_int_range (1, 9000000), first = g_test_rand_int_range (0, (gint32) total + 1);
      g_autoptr (ZifuPerson) person = somebody (-1);
      g_autoptr (ZifuVisit) whole = build_visit ("2025-06-01", "outpatient", total, 0, 0);
      g_autoptr (ZifuVisit) one = build_visit ("2025-06-01", "outpatient", first, 0, 0);
      g_autoptr (ZifuVisit) two = build_visit ("2025-12-31", "outpatient", total - first, 0, 0);
      g_autoptr (ZifuCase) c = zifu_case_new (pack, person, one->date);
      g_autoptr (ZifuSettlement) s = settle (pack, person, whole);
      g_autoptr (ZifuSettlement) a = zifu_case_settle (c, one, NULL);
      g_autoptr (ZifuSettlement) b = zifu_case_settle (c, two, NULL);

      g_assert_cmpint (a->deductible + b->deductible, ==, s->deductible);
      /* Each line is rounded once, so two lines may differ from one by a fen. */
      g_assert_cmpint (ABS (a->fund_sum + b->fund_sum - s->fund_sum), <=, 1);
    }
}

/* A larger bill never lowers what the fund pays. */
static void
test_monotone (void)
{
  g_autoptr (ZifuPack) pack = region ();
  g_autoptr (ZifuPerson) person = somebody (-1);
  ZifuMoney last = 0;

  build_finish (pack);
  for (ZifuMoney total = 0; total < 6000000; total += 1237)
    {
      g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", total, 0, 0);
      g_autoptr (ZifuSettlement) s = settle (pack, person, visit);

      g_assert_cmpint (s->fund_sum, >=, last);
      last = s->fund_sum;
    }
}

static void
test_new_year (void)
{
  g_autoptr (ZifuPack) pack = region ();
  g_autoptr (ZifuPerson) person = somebody (-1);
  g_autoptr (ZifuCase) c = NULL;
  static const char *const days[] = { "2025-12-31", "2025-12-31", "2026-01-01" };
  static const ZifuMoney taken[] = { 100000, 80000, 100000 };

  build_finish (pack);
  c = zifu_case_new (pack, person, zifu_date_parse (days[0]));
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (ZifuVisit) visit = build_visit (days[i], "outpatient", 100000, 0, 0);
      g_autoptr (ZifuSettlement) s = zifu_case_settle (c, visit, NULL);

      g_assert_cmpint (s->deductible, ==, taken[i]);
    }
}

/* What is refused moves nothing: the same visit without the fault comes out as if nothing had happened. */
static void
test_refusal_moves_nothing (void)
{
  g_autoptr (ZifuPack) pack = region ();
  g_autoptr (ZifuPerson) person = somebody (500000);
  g_autoptr (ZifuVisit) bad = build_visit ("2025-06-01", "outpatient", 100000, 90000, 20000);
  g_autoptr (ZifuVisit) good = build_visit ("2025-06-01", "outpatient", 300000, 0, 0);
  g_autoptr (ZifuCase) c = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSettlement) s = NULL;
  g_autoptr (ZifuSettlement) alone = NULL;

  build_finish (pack);
  c = zifu_case_new (pack, person, bad->date);
  g_assert_null (zifu_case_settle (c, bad, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_INPUT);
  s = zifu_case_settle (c, good, NULL);
  alone = settle (pack, person, good);
  g_assert_cmpint (s->fund_sum, ==, alone->fund_sum);
  g_assert_cmpint (s->balance, ==, alone->balance);
}

/* The same when the fault shows late: the base layer has fed its counters, and account money has paid first. */
static void
test_late_refusal_moves_nothing (void)
{
  g_autoptr (ZifuPack) pack = region ();
  ZifuRule *account = build_rule (pack, ZIFU_RULE_ACCOUNT, "account");
  ZifuRule *layer = build_rule (pack, ZIFU_RULE_LAYER, "large"), *share = build_rule (pack, ZIFU_RULE_SHARE, "large-share");
  g_autoptr (ZifuPerson) person = somebody (5000);
  g_autoptr (ZifuVisit) bad = build_visit ("2025-06-01", "outpatient", 300000, 0, 0);
  g_autoptr (ZifuVisit) good = build_visit ("2025-06-01", "outpatient", 300000, 0, 0);
  g_autoptr (ZifuCase) c = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSettlement) s = NULL;
  g_autoptr (ZifuSettlement) alone = NULL;

  account->u.account.before_deductible = TRUE;
  account->u.account.first_purses = g_strsplit ("balance", " ", -1);
  layer->layer = g_strdup ("large");
  zifu_buckets_add (&layer->u.layer.input, ZIFU_BUCKET_COPAY);
  share->layer = g_strdup ("large");
  build_band (share, NULL, "hifmi", "0.50");
  build_when (share, "class", zifu_value_new_string ("1"));
  build_finish (pack);
  zifu_facts_set_string (bad->facts, "class", "2");
  zifu_facts_set_string (good->facts, "class", "1");
  c = zifu_case_new (pack, person, bad->date);
  g_assert_null (zifu_case_settle (c, bad, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_MISSING);
  s = zifu_case_settle (c, good, NULL);
  alone = settle (pack, person, good);
  g_assert_cmpint (alone->deductible, ==, 180000);
  g_assert_cmpint (alone->account_first, ==, 5000);
  g_assert_cmpint (s->deductible, ==, alone->deductible);
  g_assert_cmpint (s->account_first, ==, alone->account_first);
  g_assert_cmpint (s->fund_sum, ==, alone->fund_sum);
  g_assert_cmpint (s->cash, ==, alone->cash);
}

/* R12: relatives pay after the own account, in their order and within their quotas. */
static void
test_r12_family (void)
{
  g_autoptr (ZifuPack) pack = region ();
  g_autoptr (ZifuPerson) person = somebody (10000);
  g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", 100000, 0, 0);
  g_autoptr (ZifuSettlement) s = NULL;
  ZifuMoney quota = 5000;

  build_finish (pack);
  zifu_person_add_mutual (person, "daughter", 70000, &quota);
  zifu_person_add_mutual (person, "son", 20000, NULL);
  s = settle (pack, person, visit);
  g_assert_cmpint (s->own_account, ==, 10000);
  g_assert_cmpint (s->mutual_sum, ==, 25000);
  g_assert_cmpstr (g_array_index (s->mutual, ZifuPayerAmount, 0).payer, ==, "daughter");
  g_assert_cmpint (g_array_index (s->mutual, ZifuPayerAmount, 0).amount, ==, 5000);
  g_assert_cmpint (s->cash, ==, 65000);
  visit->use_account = visit->use_mutual_aid = FALSE;
  g_clear_pointer (&s, zifu_settlement_free);
  s = settle (pack, person, visit);
  g_assert_cmpint (s->cash, ==, 100000);
}

/* R26: where the institution is not connected the person pays first and claims; the counters move all the same. */
static void
test_r26_claim (void)
{
  g_autoptr (ZifuPack) pack = region ();
  g_autoptr (ZifuPerson) person = somebody (1000000);
  g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", 380000, 0, 0);
  g_autoptr (ZifuSettlement) s = NULL;
  ZifuRule *gate = build_rule (pack, ZIFU_RULE_GATE, "not-connected");

  gate->u.gate.claim = TRUE;
  build_when (gate, "connected", zifu_value_new_boolean (FALSE));
  build_finish (pack);
  zifu_facts_set_boolean (visit->facts, "connected", FALSE);
  s = settle (pack, person, visit);
  g_assert_cmpint (s->fund_sum, ==, 0);
  g_assert_cmpint (s->parts[ZIFU_BUCKET_CLAIM], ==, 140000);
  g_assert_cmpint (s->own_account, ==, 240000);
  g_assert_cmpint (s->cash, ==, 140000);
  g_assert_cmpuint (s->claims->len, ==, 1);
}

static void
test_amounts_out_of_range (void)
{
  g_autoptr (ZifuPack) pack = region ();
  g_autoptr (ZifuPerson) person = somebody (-1);
  static const ZifuMoney bad[] = { -1, ZIFU_MONEY_MAX + 1, G_MAXINT64, G_MININT64 };

  build_finish (pack);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", bad[i], 0, 0);
      g_autoptr (ZifuVisit) lines = build_visit ("2025-06-01", "outpatient", 0, 0, 0);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) line_error = NULL;

      g_assert_null (zifu_settle (pack, person, visit, &error));
      g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_INPUT);
      zifu_visit_add_line (lines, bad[i]);
      g_assert_null (zifu_settle (pack, person, lines, &line_error));
      g_assert_error (line_error, ZIFU_ERROR, ZIFU_ERROR_INPUT);
    }
}

/* Many lines, each within the range, whose sum is not. */
static void
test_sum_out_of_range (void)
{
  g_autoptr (ZifuPack) pack = region ();
  g_autoptr (ZifuPerson) person = somebody (-1);
  g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", 0, 0, 0);
  g_autoptr (GError) error = NULL;

  build_finish (pack);
  zifu_visit_add_line (visit, ZIFU_MONEY_MAX);
  zifu_visit_add_line (visit, 1);
  g_assert_null (zifu_settle (pack, person, visit, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_OVERFLOW);
}

/* The trace tells the figures of the result: what a band paid, rounded, is the fund's line. */
static void
test_trace (void)
{
  g_autoptr (ZifuPack) pack = region ();
  g_autoptr (ZifuPerson) person = somebody (-1);
  g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", 4000000, 0, 0);
  g_autoptr (ZifuSettlement) s = NULL;
  ZifuMoney paid = 0;
  guint n_bands = 0;

  build_finish (pack);
  s = settle (pack, person, visit);
  g_assert_cmpint (s->fund_sum, ==, 2577714);
  for (guint i = 0; i < s->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (s->trace, ZifuStep, i);
      ZifuMoney fen;

      if (step->kind != ZIFU_STEP_BAND)
        continue;
      n_bands++;
      g_assert_true (zifu_rational_round (step->parts[0].amount, ZIFU_ROUND_FEN, &fen));
      paid += fen;
      g_assert_cmpstr (step->rule->id, ==, "share");
    }
  g_assert_cmpuint (n_bands, ==, 2);
  g_assert_cmpint (paid, ==, s->fund_sum);
}

static void
test_unverified (void)
{
  g_autoptr (ZifuPack) pack = region ();
  g_autoptr (ZifuPerson) person = somebody (-1);
  g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", 4000000, 0, 0);
  g_autoptr (ZifuSettlement) before = NULL;
  g_autoptr (ZifuSettlement) adjusted = NULL;
  g_autoptr (ZifuSettlement) after = NULL;
  ZifuRule *more = build_rule (pack, ZIFU_RULE_ADJUST, "more");

  more->slot = g_strdup ("more");
  more->u.adjust.op = ZIFU_OP_PLUS;
  more->value = build_expr ("0.05");
  for (guint i = 0; i < pack->rules->len; i++)
    ((ZifuRule *) g_ptr_array_index (pack->rules, i))->confidence_text = g_strdup ("2S");
  build_finish (pack);
  before = settle (pack, person, visit);
  g_assert_true (zifu_settlement_is_verified (before));

  /* Points from a source that nobody has checked, on a ratio that two agree on. */
  more->confidence = ZIFU_CONFIDENCE_UNVERIFIED;
  adjusted = settle (pack, person, visit);
  g_assert_false (zifu_settlement_is_verified (adjusted));
  more->confidence = ZIFU_CONFIDENCE_VERIFIED;

  ((ZifuRule *) g_ptr_array_index (pack->rules, 0))->confidence = ZIFU_CONFIDENCE_UNVERIFIED;
  after = settle (pack, person, visit);
  g_assert_false (zifu_settlement_is_verified (after));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settle/R10-order", test_r10_order);
  g_test_add_func ("/settle/R02-balance-does-not-matter", test_r02_balance_does_not_matter);
  g_test_add_func ("/settle/R01-short-balance", test_r01_short_balance);
  g_test_add_func ("/settle/split-bill", test_split_bill);
  g_test_add_func ("/settle/monotone", test_monotone);
  g_test_add_func ("/settle/new-year", test_new_year);
  g_test_add_func ("/settle/refusal-moves-nothing", test_refusal_moves_nothing);
  g_test_add_func ("/settle/late-refusal-moves-nothing", test_late_refusal_moves_nothing);
  g_test_add_func ("/settle/R12-family", test_r12_family);
  g_test_add_func ("/settle/R26-claim", test_r26_claim);
  g_test_add_func ("/settle/amounts-out-of-range", test_amounts_out_of_range);
  g_test_add_func ("/settle/sum-out-of-range", test_sum_out_of_range);
  g_test_add_func ("/settle/trace", test_trace);
  g_test_add_func ("/settle/unverified", test_unverified);
  return g_test_run ();
}
