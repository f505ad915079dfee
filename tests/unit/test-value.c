/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-engine.h"

static ZifuRational
number (const char *text)
{
  ZifuRational out;

  g_assert_true (zifu_rational_parse (text, &out));
  return out;
}

static ZifuValue *
list (const char *first, ...)
{
  GPtrArray *members = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_value_free);
  va_list args;

  va_start (args, first);
  for (const char *one = first; one != NULL; one = va_arg (args, const char *))
    g_ptr_array_add (members, zifu_value_new_string (one));
  va_end (args);
  return zifu_value_new_list (members);
}

static gboolean
holds (ZifuCondition *condition, const ZifuValue *value)
{
  g_autoptr (GError) error = NULL;
  gboolean out;

  g_assert_true (zifu_condition_holds (condition, value, "test", &out, &error));
  g_assert_no_error (error);
  return out;
}

static void
test_values (void)
{
  g_autoptr (ZifuValue) text = zifu_value_new_string ("3");
  g_autoptr (ZifuValue) three = zifu_value_new_number (number ("3"));
  g_autoptr (ZifuValue) tags = list ("newborn", "veteran", NULL);
  g_autoptr (ZifuValue) copy = zifu_value_copy (tags);
  g_autoptr (ZifuValue) newborn = zifu_value_new_string ("newborn");
  g_autofree char *shown = zifu_value_format (tags);
  ZifuRational out;

  g_assert_false (zifu_value_equal (text, three));
  g_assert_true (zifu_value_equal (tags, copy));
  g_assert_true (zifu_value_contains (tags, newborn));
  g_assert_false (zifu_value_contains (tags, text));
  g_assert_true (zifu_value_to_number (text, &out));
  g_assert_true (zifu_rational_equal (out, three->number));
  g_assert_false (zifu_value_to_number (tags, &out));
  g_assert_cmpstr (shown, ==, "newborn, veteran");
}

static void
test_facts (void)
{
  g_autoptr (ZifuFacts) facts = zifu_facts_new ();
  g_autoptr (ZifuFacts) copy = NULL;

  zifu_facts_set_string (facts, "class", "3");
  zifu_facts_set_boolean (facts, "chosen", FALSE);
  zifu_facts_set_int (facts, "age", 70);
  zifu_facts_set_string (facts, "class", "2");
  g_assert_cmpuint (zifu_facts_get_size (facts), ==, 3);
  g_assert_cmpstr (zifu_facts_get_string (facts, "class"), ==, "2");
  g_assert_null (zifu_facts_get_string (facts, "age"));
  copy = zifu_facts_copy (facts);
  zifu_facts_set_string (facts, "class", NULL);
  zifu_facts_unset (facts, "absent");
  g_assert_null (zifu_facts_get (facts, "class"));
  g_assert_cmpstr (zifu_facts_get_string (copy, "class"), ==, "2");
  g_assert_cmpstr (zifu_facts_get_name (copy, 1), ==, "chosen");
}

static void
test_equal_conditions (void)
{
  g_autoptr (ZifuCondition) any = zifu_condition_new_equal (list ("1", "2", NULL));
  g_autoptr (ZifuCondition) no = zifu_condition_new_equal (zifu_value_new_boolean (FALSE));
  g_autoptr (ZifuValue) two = zifu_value_new_string ("2");
  g_autoptr (ZifuValue) three = zifu_value_new_string ("3");
  g_autoptr (ZifuValue) tags = list ("x", "2", NULL);
  g_autoptr (ZifuValue) false_ = zifu_value_new_boolean (FALSE);
  g_autoptr (ZifuValue) null_ = zifu_value_new_null ();

  g_assert_true (holds (any, two));
  g_assert_false (holds (any, three));
  g_assert_true (holds (any, tags));
  g_assert_false (holds (any, NULL));
  g_assert_true (holds (no, false_));
  g_assert_false (holds (no, NULL));
  g_assert_false (holds (no, null_));
}

static void
test_bounds (void)
{
  g_autoptr (ZifuCondition) condition = zifu_condition_new ();
  g_autoptr (ZifuValue) low = zifu_value_new_string ("2999.99");
  g_autoptr (ZifuValue) at = zifu_value_new_string ("3000.00");
  g_autoptr (ZifuValue) word = zifu_value_new_string ("much");
  g_autoptr (GError) error = NULL;
  gboolean out;

  condition->has_min = TRUE;
  condition->min = number ("3000");
  g_assert_false (holds (condition, low));
  g_assert_true (holds (condition, at));
  g_assert_false (holds (condition, NULL));
  g_assert_false (zifu_condition_holds (condition, word, "base", &out, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_INPUT);
}

static void
test_days_and_known (void)
{
  g_autoptr (ZifuCondition) days = zifu_condition_new ();
  g_autoptr (ZifuCondition) absent = zifu_condition_new ();
  g_autoptr (ZifuCondition) other = zifu_condition_new ();
  g_autoptr (ZifuValue) edge = zifu_value_new_string ("2000-12-31");
  g_autoptr (ZifuValue) after = zifu_value_new_string ("2001-01-01");

  days->to = zifu_date_parse ("2000-12-31");
  absent->known = FALSE;
  other->not_ = zifu_condition_new_equal (zifu_value_new_string ("2001-01-01"));
  g_assert_true (holds (days, edge));
  g_assert_false (holds (days, after));
  g_assert_true (holds (absent, NULL));
  g_assert_false (holds (absent, edge));
  g_assert_true (holds (other, edge));
  g_assert_false (holds (other, after));
  g_assert_true (holds (other, NULL));
}

static void
test_excludes (void)
{
  g_autoptr (ZifuCondition) a = zifu_condition_new_equal (list ("1", "2", NULL));
  g_autoptr (ZifuCondition) b = zifu_condition_new_equal (zifu_value_new_string ("3"));
  g_autoptr (ZifuCondition) c = zifu_condition_new_equal (list ("2", "3", NULL));
  g_autoptr (ZifuCondition) not_b = zifu_condition_new ();
  g_autoptr (ZifuCondition) low = zifu_condition_new ();
  g_autoptr (ZifuCondition) high = zifu_condition_new ();

  not_b->not_ = zifu_condition_new_equal (zifu_value_new_string ("3"));
  low->has_max = high->has_min = TRUE;
  low->max = number ("69");
  high->min = number ("70");
  g_assert_true (zifu_condition_excludes (a, b));
  g_assert_false (zifu_condition_excludes (a, c));
  g_assert_true (zifu_condition_excludes (not_b, b));
  g_assert_false (zifu_condition_excludes (not_b, c));
  g_assert_true (zifu_condition_excludes (low, high));
  g_assert_true (zifu_condition_excludes (high, low));
}

static void
test_error_detail (void)
{
  g_autoptr (GError) error = NULL;
  const ZifuErrorDetail *detail;

  zifu_error_set (&error, ZIFU_ERROR_SCHEMA, "/rules/3", "unknown field '{1}' in {2}", "ratios", "share", NULL);
  zifu_error_prefix (&error, "a.json#");
  detail = zifu_error_detail (error);
  g_assert_cmpstr (error->message, ==, "a.json#/rules/3: unknown field 'ratios' in share");
  g_assert_cmpstr (detail->where, ==, "a.json#/rules/3");
  g_assert_cmpstr (detail->args[0], ==, "ratios");
  g_assert_null (detail->args[2]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/values", test_values);
  g_test_add_func ("/value/facts", test_facts);
  g_test_add_func ("/condition/equal", test_equal_conditions);
  g_test_add_func ("/condition/bounds", test_bounds);
  g_test_add_func ("/condition/days-and-known", test_days_and_known);
  g_test_add_func ("/condition/excludes", test_excludes);
  g_test_add_func ("/error/detail", test_error_detail);
  return g_test_run ();
}
