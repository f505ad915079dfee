/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "builder.h"

/*
 * Expressions are evaluated through amount rules: the value of each named amount is what the expression makes of the person.
 */
static char *
evaluate (ZifuExpr *expr, const ZifuPerson *person, GError **error)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("test");
  g_autoptr (ZifuPerson) nobody = zifu_person_new ();
  ZifuRule *rule = build_rule (pack, ZIFU_RULE_AMOUNT, "a");
  ZifuIndex *index = zifu_index_new ("wage");
  ZifuIndexEntry first = { zifu_date_parse ("2024-01-01"), 0, build_number ("8000") };
  ZifuIndexEntry second = { zifu_date_parse ("2025-07-01"), zifu_date_parse ("2026-06-30"), build_number ("8500") };
  g_autoptr (GArray) amounts = NULL;
  const ZifuNamedAmount *amount;

  g_array_append_val (index->entries, first);
  g_array_append_val (index->entries, second);
  zifu_pack_take_index (pack, index);
  rule->u.amount.name = g_strdup ("a");
  rule->value = expr;
  build_finish (pack);
  amounts = zifu_amounts_compute (pack, person != NULL ? person : nobody, zifu_date_parse ("2025-12-31"), ZIFU_UNKNOWN_REFUSED, error);
  if (amounts == NULL)
    return NULL;
  amount = &g_array_index (amounts, ZifuNamedAmount, 0);
  return amount->is_null ? g_strdup ("null") : zifu_rational_format (amount->value);
}

static void
assert_value (ZifuExpr *expr, const ZifuPerson *person, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = evaluate (expr, person, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (value, ==, expected);
}

static void
assert_refused (ZifuExpr *expr, const ZifuPerson *person, ZifuError code, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = evaluate (expr, person, &error);

  g_assert_error (error, ZIFU_ERROR, (int) code);
  g_assert_null (value);
  g_assert_nonnull (strstr (error->message, text));
}

static ZifuExpr *
chain (ZifuExprKind kind, ZifuExpr *a, ZifuExpr *b)
{
  ZifuExpr *expr = zifu_expr_new (kind);

  zifu_expr_take_arg (expr, a);
  zifu_expr_take_arg (expr, b);
  return expr;
}

static void
test_chains (void)
{
  assert_value (chain (ZIFU_EXPR_SUM, build_expr ("0.1"), build_expr ("0.2")), NULL, "3/10");
  assert_value (chain (ZIFU_EXPR_PRODUCT, build_expr ("12000"), build_expr ("0.02")), NULL, "240");
  assert_value (chain (ZIFU_EXPR_MIN, build_expr (NULL), build_expr ("5")), NULL, "5");
  assert_value (chain (ZIFU_EXPR_MIN, build_expr (NULL), build_expr (NULL)), NULL, "null");
  assert_value (chain (ZIFU_EXPR_MAX, build_expr ("7"), build_expr ("5")), NULL, "7");
  assert_value (chain (ZIFU_EXPR_MAX, build_expr (NULL), build_expr ("5")), NULL, "null");
  assert_refused (chain (ZIFU_EXPR_SUM, build_expr (NULL), build_expr ("5")), NULL, ZIFU_ERROR_POLICY, "null inside sum");
}

static void
test_round (void)
{
  ZifuExpr *expr = zifu_expr_new (ZIFU_EXPR_ROUND);

  g_assert_true (zifu_round_parse ("yuan_up", &expr->round));
  expr->by = build_expr ("91/90");
  assert_value (expr, NULL, "2");
}

/* The entry that covers the day and began last; on a day without an entry the index has no value. */
static void
test_index (void)
{
  assert_value (zifu_expr_new_named (ZIFU_EXPR_INDEX, "wage"), NULL, "8500");
  assert_refused (zifu_expr_new_named (ZIFU_EXPR_INDEX, "rent"), NULL, ZIFU_ERROR_MISSING, "index 'rent' has no value on 2025-12-31");
}

static void
test_axis (void)
{
  g_autoptr (ZifuPerson) person = zifu_person_new ();

  zifu_facts_set_string (person->facts, "base", "3000.00");
  zifu_facts_set_string (person->facts, "birth", "1955-12-31");
  zifu_facts_set_string (person->facts, "status", "retired");
  assert_value (zifu_expr_new_named (ZIFU_EXPR_AXIS, "base"), person, "3000");
  assert_value (zifu_expr_new_named (ZIFU_EXPR_AXIS, "age"), person, "70");
  assert_refused (zifu_expr_new_named (ZIFU_EXPR_AXIS, "status"), person, ZIFU_ERROR_INPUT, "not an exact number: retired");
  assert_refused (zifu_expr_new_named (ZIFU_EXPR_AXIS, "pension"), person, ZIFU_ERROR_MISSING, "axis 'pension' unknown");
  zifu_facts_set_int (person->facts, "age", 40);
  assert_value (zifu_expr_new_named (ZIFU_EXPR_AXIS, "age"), person, "40");
}

static ZifuExpr *
table (const char *by, const char *key1, const char *value1, const char *key2, const char *value2)
{
  ZifuExpr *expr = zifu_expr_new_named (ZIFU_EXPR_TABLE, by);

  zifu_expr_take_entry (expr, key1, build_expr (value1));
  if (key2 != NULL)
    zifu_expr_take_entry (expr, key2, build_expr (value2));
  return expr;
}

static void
test_tables (void)
{
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  ZifuExpr *with_else = table ("plan", "1", "10", NULL, NULL);

  zifu_facts_set_string (person->facts, "class", "community");
  zifu_facts_set_boolean (person->facts, "chosen", FALSE);
  assert_value (table ("class", "1|community", "90", "3", "70"), person, "90");
  assert_value (table ("chosen", "true", "1", "false", "0"), person, "0");
  assert_refused (table ("class", "2", "90", "3", "70"), person, ZIFU_ERROR_MISSING, "no entry for class = community");
  assert_refused (table ("class", "1|community", "1", "community|2", "2"), person, ZIFU_ERROR_POLICY, "both fit community");
  assert_refused (table ("sex", "1", "1", "2", "2"), person, ZIFU_ERROR_MISSING, "no entry for sex");
  with_else->otherwise = build_expr ("7");
  assert_value (with_else, person, "7");
}

/* Ranges of a number, at, below and above their ends. */
static void
test_ranges (void)
{
  static const struct
  {
    const char *key, *in, *out;
  } rows[] = {
    { "0-69", "69", "70" },       { "70+", "70", "69" },        { "<3000", "2999.99", "3000" }, { ">=3000", "3000", "2999.99" },
    { "0..3000", "0", "3000" },   { "3", "3", "4" },            { "1|5-6", "5", "4" },          { "-5..-1", "-5", "-1" },
    { "x|2", "2", "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint j = 0; j < 2; j++)
      {
        ZifuExpr *expr = zifu_expr_new (ZIFU_EXPR_TABLE);

        expr->by = build_expr (j == 0 ? rows[i].in : rows[i].out);
        zifu_expr_take_entry (expr, rows[i].key, build_expr ("1"));
        expr->otherwise = build_expr ("0");
        assert_value (expr, NULL, j == 0 ? "1" : "0");
      }
}

static void
test_counter (void)
{
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  ZifuExpr *expr = zifu_expr_new_named (ZIFU_EXPR_COUNTER, "sd:{disease}");

  zifu_facts_set_string (person->facts, "disease", "dialysis");
  zifu_person_add_counter (person, "sd:dialysis", build_number ("12.5"), 0);
  assert_value (expr, person, "25/2");
  assert_refused (zifu_expr_new_named (ZIFU_EXPR_COUNTER, "sd:{organ}"), person, ZIFU_ERROR_MISSING, "axis 'organ' unknown");
}

static void
test_unknown (void)
{
  ZifuExpr *expr = zifu_expr_new (ZIFU_EXPR_UNKNOWN);

  expr->reason = g_strdup ("the notice of 2026 was not found");
  assert_refused (expr, NULL, ZIFU_ERROR_UNKNOWN_FIGURE, "figure not known: the notice of 2026 was not found");
}

static void
test_circle (void)
{
  assert_refused (zifu_expr_new_named (ZIFU_EXPR_AMOUNT, "a"), NULL, ZIFU_ERROR_POLICY, "amount 'a' refers to itself");
  assert_refused (zifu_expr_new_named (ZIFU_EXPR_AMOUNT, "b"), NULL, ZIFU_ERROR_MISSING, "no amount rule 'b' matches");
}

static void
test_overflow (void)
{
  ZifuExpr *product = zifu_expr_new (ZIFU_EXPR_PRODUCT);

  for (guint i = 0; i < 5; i++)
    zifu_expr_take_arg (product, build_expr ("9999999999999999"));
  assert_refused (product, NULL, ZIFU_ERROR_OVERFLOW, "exactly");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expr/chains", test_chains);
  g_test_add_func ("/expr/round", test_round);
  g_test_add_func ("/expr/index", test_index);
  g_test_add_func ("/expr/axis", test_axis);
  g_test_add_func ("/expr/tables", test_tables);
  g_test_add_func ("/expr/ranges", test_ranges);
  g_test_add_func ("/expr/counter", test_counter);
  g_test_add_func ("/expr/unknown", test_unknown);
  g_test_add_func ("/expr/circle", test_circle);
  g_test_add_func ("/expr/overflow", test_overflow);
  return g_test_run ();
}
