/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Many visits on one settler: what it remembers of one must not show in another, and after the first ones it takes no memory.
 */
#include "../bench/count-allocations.h"
#include "builder.h"

#include "zifu-pack-library.h"
#include "zifu-result-json.h"

/* Everything that decides something in some city, each with what it may be; NULL leaves it out. */
static const char *const person_axes[][8] = {
  { "insurance", "310", "390" },
  { "status", "active", "retired", "flexible", "resident", NULL },
  { "resident_class", "student", "minor", "working", "elderly", NULL },
  { "plan", "1", "2", "high", "low", NULL },
};
static const char *const visit_axes[][10] = {
  { "care", "outpatient", "inpatient", "special", "emergency", "pharmacy", "annual" },
  { "class", "1", "2", "3", "community", "township", "pharmacy", NULL },
  { "remote", "local", "filed_long", "referred", "unfiled", NULL },
  { "place", "city", "province", "other", NULL },
  { "disease", "cancer", "dialysis", NULL },
};
static const char *const truths[] = { "chosen", "designated", "connected", "contract", "referral" };
static const char *const items[] = { "drug", "exam", "service", "material", "bed" };
static const char *const categories[] = { "A", "B", "C" };

static void
state (GRand *rand, ZifuFacts *facts, const char *const *axis, guint size)
{
  guint n = 1;

  while (n < size && axis[n] != NULL)
    n++;
  n = (guint) g_rand_int_range (rand, 1, (gint) MIN (n + 1, size));
  if (axis[n] != NULL)
    zifu_facts_set_string (facts, axis[0], axis[n]);
}

static ZifuPerson *
draw_person (GRand *rand)
{
  ZifuPerson *person = zifu_person_new ();

  for (guint i = 0; i < G_N_ELEMENTS (person_axes); i++)
    state (rand, person->facts, person_axes[i], G_N_ELEMENTS (person_axes[i]));
  zifu_facts_set_int (person->facts, "age", g_rand_int_range (rand, 0, 100));
  zifu_facts_set_int (person->facts, "years_cover", g_rand_int_range (rand, 0, 40));
  /* Not stated, a limit that depends on it is not known: a refusal that is caught takes memory. */
  zifu_facts_set_int (person->facts, "months_cover", g_rand_int_range (rand, 0, 480));
  zifu_person_add_purse (person, "balance", g_rand_int_range (rand, 0, 500000));
  if (g_rand_boolean (rand))
    zifu_person_add_mutual (person, "mother", g_rand_int_range (rand, 0, 100000), NULL);
  if (g_rand_boolean (rand))
    zifu_person_add_counter (person, "op_ded", zifu_rational_from_fen (g_rand_int_range (rand, 0, 200000)), 0);
  if (g_rand_boolean (rand))
    zifu_person_add_counter (person, "stays", zifu_rational_from_int (g_rand_int_range (rand, 1, 5)), 0);
  return person;
}

static ZifuVisit *
draw_visit (GRand *rand)
{
  ZifuVisit *visit = zifu_visit_new ();

  visit->date = zifu_date_parse ("2023-01-01") + g_rand_int_range (rand, 0, 1000);
  for (guint i = 0; i < G_N_ELEMENTS (visit_axes); i++)
    state (rand, visit->facts, visit_axes[i], G_N_ELEMENTS (visit_axes[i]));
  for (guint i = 0; i < G_N_ELEMENTS (truths); i++)
    if (g_rand_int_range (rand, 0, 4) > 0)
      zifu_facts_set_boolean (visit->facts, truths[i], g_rand_int_range (rand, 0, 4) > 0);
  zifu_facts_set_int (visit->facts, "days", g_rand_int_range (rand, 1, 120));
  if (g_rand_boolean (rand))
    zifu_visit_set_total (visit, g_rand_int_range (rand, 0, 8) > 0 ? g_rand_int_range (rand, 0, 20000000) : 0);
  else
    for (gint n = g_rand_int_range (rand, 1, 6); n > 0; n--)
      {
        ZifuBillLine *line = zifu_visit_add_line (visit, g_rand_int_range (rand, 0, 3000000));

        zifu_facts_set_string (line->facts, "item", items[g_rand_int_range (rand, 0, G_N_ELEMENTS (items))]);
        zifu_facts_set_string (line->facts, "category", categories[g_rand_int_range (rand, 0, G_N_ELEMENTS (categories))]);
        if (g_rand_boolean (rand))
          {
            line->has_prior = TRUE;
            line->prior = line->amount / 10;
          }
      }
  return visit;
}

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

static ZifuPack *
load (const char *id)
{
  g_autofree char *drafts = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "cases", "packs", NULL);
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autoptr (GError) error = NULL;
  ZifuPack *pack;

  zifu_pack_library_add_folder (library, drafts, FALSE);
  zifu_pack_library_add_folder (library, g_getenv ("ZIFU_POLICY_DIR"), FALSE);
  pack = zifu_pack_library_load (library, id, &error);
  g_assert_no_error (error);
  return pack;
}

/* Strangers at one desk: each gets what somebody gets who is there alone, with every step, or the same refusal. */
static void
test_strangers (gconstpointer data)
{
  g_autoptr (ZifuPack) pack = load (data);
  g_autoptr (ZifuSettler) settler = zifu_settler_new (pack);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20250301);
  guint n_settled = 0, n = 4000;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZifuPerson) person = draw_person (rand);
      g_autoptr (ZifuVisit) visit = draw_visit (rand);
      g_autoptr (GError) error = NULL, error_alone = NULL;
      const ZifuSettlement *settlement = zifu_settler_settle (settler, person, visit, &error);
      g_autoptr (ZifuSettlement) alone = zifu_settle (pack, person, visit, &error_alone);
      g_autofree char *text = to_text (settlement, error), *text_alone = to_text (alone, error_alone);

      g_assert_cmpstr (text, ==, text_alone);
      n_settled += settlement != NULL;
    }
  g_test_message ("%u of %u settled", n_settled, n);
  g_assert_cmpuint (n_settled, >, n / 50);
}

/* What comes out at a desk where others were before, and for somebody who is there alone. */
static void
assert_alike (ZifuSettler *settler, ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit)
{
  g_autoptr (GError) error = NULL, error_alone = NULL;
  const ZifuSettlement *settlement = zifu_settler_settle (settler, person, visit, &error);
  g_autoptr (ZifuSettlement) alone = zifu_settle (pack, person, visit, &error_alone);
  g_autofree char *text = to_text (settlement, error), *text_alone = to_text (alone, error_alone);

  g_assert_cmpstr (text, ==, text_alone);
}

/* A year of visits: settled once each, in the general way the first time, and settled by what was remembered. */
static void
test_twice (gconstpointer data)
{
  g_autoptr (ZifuPack) pack = load (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260101);

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (ZifuPerson) person = draw_person (rand);
      ZifuDate day = zifu_date_parse ("2025-01-01");
      ZifuCase *once = zifu_case_new (pack, person, day), *twice = zifu_case_new (pack, person, day);

      zifu_case_set_twice (twice, TRUE);
      for (guint j = 0; j < 6; j++)
        {
          g_autoptr (ZifuVisit) visit = draw_visit (rand);
          g_autoptr (GError) error = NULL, error_twice = NULL;
          g_autoptr (ZifuSettlement) settlement = NULL, settlement_twice = NULL;
          g_autofree char *text = NULL, *text_twice = NULL;

          visit->date = day += g_rand_int_range (rand, 0, 80);
          settlement = zifu_case_settle (once, visit, &error);
          settlement_twice = zifu_case_settle (twice, visit, &error_twice);
          text = to_text (settlement, error);
          text_twice = to_text (settlement_twice, error_twice);
          g_assert_cmpstr (text, ==, text_twice);
        }
      zifu_case_free (once);
      zifu_case_free (twice);
    }
}

/* Bands and caps that end between two fen of cost, one after the other, and counters that stand between two fen. */
static void
test_ends (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("ends");
  ZifuRule *share = build_rule (pack, ZIFU_RULE_SHARE, "share"), *cap = build_rule (pack, ZIFU_RULE_CAP, "cap");
  ZifuRule *other = build_rule (pack, ZIFU_RULE_CAP, "other"), *deductible = build_rule (pack, ZIFU_RULE_DEDUCTIBLE, "deductible");
  static const char *const counters[] = { "0", "12.34", "199.99", "200", "1/3", "777.7" };
  g_autoptr (ZifuSettler) settler = NULL;

  deductible->value = build_expr ("10.00");
  share->measure = ZIFU_MEASURE_FUND_PAID;
  share->counter = g_strdup ("fund");
  build_band (share, "50.00", "hifp", "0.85");
  build_band (share, "200.00", "hifp", "2/3");
  build_band (share, NULL, "hifes", "0.35");
  cap->value = build_expr ("400.00");
  cap->measure = ZIFU_MEASURE_FUND_PAID;
  cap->counter = g_strdup ("fund");
  other->value = build_expr ("555.55");
  other->measure = ZIFU_MEASURE_PERSONAL_PAID;
  other->slot = g_strdup ("other");
  build_finish (pack);
  settler = zifu_settler_new (pack);
  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    {
      g_autoptr (ZifuPerson) person = zifu_person_new ();

      zifu_person_add_counter (person, "fund", build_number (counters[i]), 0);
      for (ZifuMoney total = 0; total < 200000; total += 97)
        {
          g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", total, 0, 0);

          assert_alike (settler, pack, person, visit);
        }
    }
}

/* Ages at, between and beyond the bounds of conditions and tables, stated as they may be; the next stay in a tally after the stays. */
static void
test_classes (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("classes");
  ZifuRule *share = build_rule (pack, ZIFU_RULE_SHARE, "share"), *old = build_rule (pack, ZIFU_RULE_SHARE, "old");
  ZifuRule *deductible = build_rule (pack, ZIFU_RULE_DEDUCTIBLE, "deductible"), *stays = build_rule (pack, ZIFU_RULE_TALLY, "stays");
  ZifuRule *next = build_rule (pack, ZIFU_RULE_TALLY, "z-next");
  ZifuCondition *from_seventy = zifu_condition_new ();
  ZifuClause clause = { g_strdup ("age"), from_seventy };
  g_autoptr (ZifuSettler) settler = NULL;

  from_seventy->has_min = TRUE;
  from_seventy->min = zifu_rational_from_int (70);
  g_array_append_val (old->when, clause);
  build_band (share, NULL, "hifp", "0.50");
  build_band (old, NULL, "hifp", "0.75");
  deductible->value = zifu_expr_new_named (ZIFU_EXPR_TABLE, "age");
  zifu_expr_take_entry (deductible->value, "0-17", build_expr ("1.00"));
  zifu_expr_take_entry (deductible->value, "18-59", build_expr ("2.00"));
  zifu_expr_take_entry (deductible->value, "60+", build_expr ("3.00"));
  stays->counter = g_strdup ("stays");
  stays->value = build_expr ("1");
  next->counter = g_strdup ("z");
  next->value = zifu_expr_new_named (ZIFU_EXPR_TABLE, "stay");
  zifu_expr_take_entry (next->value, "1", build_expr ("10"));
  zifu_expr_take_entry (next->value, "2+", build_expr ("20"));
  build_finish (pack);
  settler = zifu_settler_new (pack);
  for (guint half = 0; half < 2 * 90; half++)
    {
      g_autoptr (ZifuPerson) person = zifu_person_new ();
      g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "inpatient", 100000, 0, 0);
      g_autoptr (GError) error = NULL;
      const ZifuSettlement *settlement;
      guint age = half / 2;

      /* Half a year more lies in no range of whole years, but above a bound. */
      zifu_facts_take (person->facts, "age", zifu_value_new_number ((ZifuRational){ half, 2 }));
      settlement = zifu_settler_settle (settler, person, visit, &error);
      if (settlement == NULL)
        g_assert_true (half == 2 * 17 + 1 || half == 2 * 59 + 1);
      else
        {
          g_assert_cmpint (settlement->deductible, ==, age < 18 ? 100 : age < 60 ? 200 : 300);
          g_assert_cmpint (settlement->fund_sum, ==, (100000 - settlement->deductible) * (half >= 140 ? 75 : 50) / 100);
          /* The stays were counted first. */
          g_assert_cmpint (g_array_index (settlement->counters, ZifuCounterValue, 1).value.num, ==, 20);
        }
      assert_alike (settler, pack, person, visit);
    }
}

/* An index changes from one day to the next, and stops. */
static void
test_index (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("index");
  ZifuRule *share = build_rule (pack, ZIFU_RULE_SHARE, "share"), *deductible = build_rule (pack, ZIFU_RULE_DEDUCTIBLE, "deductible");
  const ZifuIndexEntry entries[] = {
    { zifu_date_parse ("2025-01-01"), zifu_date_parse ("2025-06-30"), build_number ("1.00") },
    { zifu_date_parse ("2025-03-10"), zifu_date_parse ("2025-03-10"), build_number ("2.00") },
    { zifu_date_parse ("2025-05-01"), zifu_date_parse ("2025-12-31"), build_number ("3.00") },
  };
  ZifuIndex *index = zifu_index_new ("wage");
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  g_autoptr (ZifuSettler) settler = NULL;
  ZifuDate last = zifu_date_parse ("2026-01-05");

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_array_append_val (index->entries, entries[i]);
  zifu_pack_take_index (pack, index);
  build_band (share, NULL, "hifp", "0.50");
  deductible->value = zifu_expr_new_named (ZIFU_EXPR_INDEX, "wage");
  build_finish (pack);
  settler = zifu_settler_new (pack);
  for (ZifuDate day = zifu_date_parse ("2024-12-25"); day <= last; day++)
    {
      g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", 100000, 0, 0);

      visit->date = day;
      assert_alike (settler, pack, person, visit);
    }
}

/* A table is read by a list: what one has is not what another has. */
static void
test_lists (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("lists");
  ZifuRule *share = build_rule (pack, ZIFU_RULE_SHARE, "share"), *deductible = build_rule (pack, ZIFU_RULE_DEDUCTIBLE, "deductible");
  static const char *const tags[] = { "x", "y", "z", "y", "x" };
  static const ZifuMoney need[] = { 100, 200, 300, 200, 100 };
  g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", 100000, 0, 0);
  g_autoptr (ZifuSettler) settler = NULL;

  build_band (share, NULL, "hifp", "0.50");
  deductible->value = zifu_expr_new_named (ZIFU_EXPR_TABLE, "tags");
  zifu_expr_take_entry (deductible->value, "x", build_expr ("1.00"));
  zifu_expr_take_entry (deductible->value, "y", build_expr ("2.00"));
  deductible->value->otherwise = build_expr ("3.00");
  build_finish (pack);
  settler = zifu_settler_new (pack);
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autoptr (ZifuPerson) person = zifu_person_new ();
      GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_value_free);

      g_ptr_array_add (list, zifu_value_new_string (tags[i]));
      zifu_facts_take (person->facts, "tags", zifu_value_new_list (list));
      g_assert_cmpint (zifu_settler_settle (settler, person, visit, NULL)->deductible, ==, need[i]);
    }
}

/* Lines of one item and category, whose price decides. */
static void
test_prices (void)
{
  g_autoptr (ZifuPack) pack = load ("110000");
  g_autoptr (ZifuSettler) settler = zifu_settler_new (pack);
  g_autoptr (ZifuPerson) person = zifu_person_new ();

  zifu_facts_set_string (person->facts, "insurance", "310");
  zifu_facts_set_string (person->facts, "status", "active");
  zifu_facts_set_int (person->facts, "age", 40);
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (ZifuVisit) visit = build_visit ("2025-06-01", "outpatient", 0, 0, 0);
      const ZifuSettlement *settlement;

      zifu_facts_set_string (visit->facts, "class", "3");
      zifu_facts_set_string (visit->facts, "remote", "local");
      zifu_facts_set_boolean (visit->facts, "designated", TRUE);
      zifu_facts_set_boolean (visit->facts, "connected", TRUE);
      for (guint j = 0; j < 3; j++)
        {
          ZifuBillLine *line = zifu_visit_add_line (visit, 49999 + j);

          zifu_facts_set_string (line->facts, "item", "material");
          zifu_facts_set_string (line->facts, "category", "B");
          line->quantity = zifu_rational_from_int (i % 2 == 0 ? 1 : 2);
        }
      settlement = zifu_settler_settle (settler, person, visit, NULL);
      g_assert_cmpint (settlement->prior, ==, i % 2 == 0 ? 15000 : 0);
      assert_alike (settler, pack, person, visit);
    }
}

/* Without a trace every figure is the same. */
static void
test_without_trace (void)
{
  g_autoptr (ZifuPack) pack = load ("110000");
  g_autoptr (ZifuSettler) settler = zifu_settler_new (pack);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  zifu_settler_set_trace (settler, FALSE);
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (ZifuPerson) person = draw_person (rand);
      g_autoptr (ZifuVisit) visit = draw_visit (rand);
      const ZifuSettlement *settlement = zifu_settler_settle (settler, person, visit, NULL);
      g_autoptr (ZifuSettlement) alone = zifu_settle (pack, person, visit, NULL);
      ZifuJsonPen pen = { NULL, FALSE }, pen_alone = { NULL, FALSE };

      g_assert_cmpint (settlement != NULL, ==, alone != NULL);
      if (alone == NULL)
        continue;
      g_assert_cmpuint (settlement->trace->len, ==, 0);
      pen.into = g_string_new (NULL);
      pen_alone.into = g_string_new (NULL);
      zifu_settlement_write (settlement, FALSE, &pen);
      zifu_settlement_write (alone, FALSE, &pen_alone);
      g_assert_cmpstr (pen.into->str, ==, pen_alone.into->str);
      g_string_free (pen.into, TRUE);
      g_string_free (pen_alone.into, TRUE);
    }
}

/* When the same people come again, and again, with a trace or without, nothing is taken. */
static void
test_allocates_nothing (gconstpointer data)
{
#ifdef COUNTS_ALLOCATIONS
  g_autoptr (ZifuPack) pack = load (data);
  g_autoptr (ZifuSettler) settler = zifu_settler_new (pack);
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);
  ZifuPerson *people[100];
  ZifuVisit *visits[G_N_ELEMENTS (people)];
  guint64 before = n_allocations;
  guint n = 0;

  zifu_settler_free (zifu_settler_new (pack));
  if (n_allocations == before)
    {
      g_test_skip ("another allocator is in place: nothing can be counted");
      return;
    }
  while (n < G_N_ELEMENTS (people))
    {
      people[n] = draw_person (rand);
      visits[n] = draw_visit (rand);
      if (zifu_settler_settle (settler, people[n], visits[n], NULL) != NULL)
        n++;
      else
        {
          zifu_person_free (people[n]);
          zifu_visit_free (visits[n]);
        }
    }
  for (guint trace = 0; trace < 2; trace++)
    {
      ZifuMoney sum = 0;

      zifu_settler_set_trace (settler, trace == 1);
      for (guint i = 0; i < n; i++)
        zifu_settler_settle (settler, people[i], visits[i], NULL);
      before = n_allocations;
      for (guint i = 0; i < 1000 * n; i++)
        sum += zifu_settler_settle (settler, people[i % n], visits[i % n], NULL)->person;
      g_assert_cmpuint (n_allocations - before, ==, 0);
      g_assert_cmpint (sum, >, 0);
    }
  for (guint i = 0; i < n; i++)
    {
      zifu_person_free (people[i]);
      zifu_visit_free (visits[i]);
    }
#else
  g_test_skip ("the sanitizer has an allocator of its own");
#endif
}

/* A cap whose limit is an amount that is not confirmed: a visit of nothing uses both, whoever came before. */
static void
test_used_rules (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("used");
  ZifuRule *share = build_rule (pack, ZIFU_RULE_SHARE, "share"), *cap = build_rule (pack, ZIFU_RULE_CAP, "cap");
  ZifuRule *limit = build_rule (pack, ZIFU_RULE_AMOUNT, "limit"), *deductible = build_rule (pack, ZIFU_RULE_DEDUCTIBLE, "deductible");
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  g_autoptr (ZifuVisit) nothing = build_visit ("2025-06-01", "outpatient", 10000, 10000, 0);
  g_autoptr (ZifuVisit) something = build_visit ("2025-06-01", "outpatient", 50000, 0, 0);
  g_autoptr (ZifuSettler) settler = NULL;
  g_autofree char *before = NULL, *after = NULL;

  deductible->value = build_expr ("200.00");
  build_band (share, NULL, "hifp", "0.70");
  limit->u.amount.name = g_strdup ("limit");
  limit->value = build_expr ("3000.00");
  limit->confirmed_to = zifu_date_parse ("2024-12-31");
  cap->value = zifu_expr_new_named (ZIFU_EXPR_AMOUNT, "limit");
  cap->measure = ZIFU_MEASURE_FUND_PAID;
  build_finish (pack);
  settler = zifu_settler_new (pack);
  before = to_text (zifu_settler_settle (settler, person, nothing, NULL), NULL);
  g_assert_nonnull (strstr (before, "not-confirmed"));
  zifu_settler_settle (settler, person, something, NULL);
  after = to_text (zifu_settler_settle (settler, person, nothing, NULL), NULL);
  g_assert_cmpstr (after, ==, before);
}

/* A rule that lists a whole catalogue: every item is known, the last as well as the first, and no other. */
static void
test_catalogue (void)
{
  enum { N_ITEMS = 70000 };
  g_autoptr (ZifuPack) pack = zifu_pack_new ("catalogue");
  ZifuRule *share = build_rule (pack, ZIFU_RULE_SHARE, "share"), *scope = build_rule (pack, ZIFU_RULE_SCOPE, "scope");
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  g_autoptr (ZifuSettler) settler = NULL;
  GPtrArray *codes = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_value_free);

  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_autofree char *code = g_strdup_printf ("i%u", i);

      g_ptr_array_add (codes, zifu_value_new_string (code));
    }
  build_when (scope, "item", zifu_value_new_list (codes));
  scope->u.scope.first_own = build_expr ("0.10");
  build_band (share, NULL, "hifp", "0.50");
  build_finish (pack);
  settler = zifu_settler_new (pack);
  for (guint i = 65500; i < N_ITEMS + 100; i += 7)
    {
      g_autoptr (ZifuVisit) visit = zifu_visit_new ();
      g_autofree char *code = g_strdup_printf ("i%u", i);
      ZifuBillLine *line = zifu_visit_add_line (visit, 10000);

      visit->date = zifu_date_parse ("2025-06-01");
      zifu_facts_set_string (line->facts, "item", code);
      zifu_facts_set_string (line->facts, "category", "A");
      g_assert_cmpint (zifu_settler_settle (settler, person, visit, NULL)->prior, ==, i < N_ITEMS ? 1000 : 0);
    }
}

/* More kinds of visits than are remembered at a time: the early ones are forgotten, and still come out right. */
static void
test_forgets (void)
{
  g_autoptr (ZifuPack) pack = load ("110000");
  g_autoptr (ZifuSettler) settler = zifu_settler_new (pack);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (ZifuPerson) person = draw_person (rand);
  g_autoptr (ZifuVisit) visit = draw_visit (rand);
  g_autoptr (GError) error = NULL, error_later = NULL;
  const ZifuSettlement *settlement = zifu_settler_settle (settler, person, visit, &error);
  g_autofree char *first = to_text (settlement, error), *later = NULL;

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (ZifuPerson) other = draw_person (rand);
      g_autoptr (ZifuVisit) another = draw_visit (rand);

      zifu_settler_settle (settler, other, another, NULL);
    }
  settlement = zifu_settler_settle (settler, person, visit, &error_later);
  later = to_text (settlement, error_later);
  g_assert_cmpstr (first, ==, later);
}

int
main (int argc, char *argv[])
{
  static const char *const cities[] = { "110000", "120000", "310000", "320100", "320500", "330100", "420100",
                                        "440100", "440300", "500000", "510100", "610100" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cities); i++)
    {
      g_autofree char *path = g_strconcat ("/settler/strangers/", cities[i], NULL);

      g_test_add_data_func (path, cities[i], test_strangers);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cities); i++)
    {
      g_autofree char *path = g_strconcat ("/settler/twice/", cities[i], NULL);

      g_test_add_data_func (path, cities[i], test_twice);
    }
  g_test_add_func ("/settler/ends", test_ends);
  g_test_add_func ("/settler/classes", test_classes);
  g_test_add_func ("/settler/index", test_index);
  g_test_add_func ("/settler/lists", test_lists);
  g_test_add_func ("/settler/prices", test_prices);
  g_test_add_func ("/settler/without-trace", test_without_trace);
  g_test_add_data_func ("/settler/allocates-nothing/110000", "110000", test_allocates_nothing);
  /* Limits from an index. */
  g_test_add_data_func ("/settler/allocates-nothing/440300", "440300", test_allocates_nothing);
  g_test_add_func ("/settler/forgets", test_forgets);
  g_test_add_func ("/settler/used-rules", test_used_rules);
  g_test_add_func ("/settler/catalogue", test_catalogue);
  return g_test_run ();
}
