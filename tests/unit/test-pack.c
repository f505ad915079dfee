/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "builder.h"

/* Settles 1,000.00 in scope for somebody of class "3", and returns what hifp pays, or −1. */
static ZifuMoney
fund_of (ZifuPack *pack, GError **error)
{
  g_autoptr (ZifuPerson) person = zifu_person_new ();
  g_autoptr (ZifuVisit) visit = build_visit ("2025-03-01", "outpatient", 100000, 0, 0);
  g_autoptr (ZifuSettlement) s = NULL;

  zifu_facts_set_string (person->facts, "status", "retired");
  zifu_facts_set_string (visit->facts, "class", "3");
  build_finish (pack);
  s = zifu_settle (pack, person, visit, error);
  if (s == NULL)
    return -1;
  assert_identities (s);
  return zifu_settlement_get_fund (s, "hifp");
}

static ZifuRule *
share (ZifuPack *pack, const char *id, const char *ratio)
{
  ZifuRule *rule = build_rule (pack, ZIFU_RULE_SHARE, id);

  build_band (rule, NULL, "hifp", ratio);
  rule->payload = g_strdup (ratio);
  return rule;
}

static void
test_validity (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("t");
  ZifuRule *old = share (pack, "old", "0.5");
  ZifuRule *now = share (pack, "now", "0.6");
  ZifuRule *next = share (pack, "next", "0.7");

  old->valid_to = zifu_date_parse ("2025-02-28");
  now->valid_from = now->valid_to = zifu_date_parse ("2025-03-01");
  next->valid_from = zifu_date_parse ("2025-03-02");
  g_assert_cmpint (fund_of (pack, NULL), ==, 60000);
}

static void
test_specific_wins (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("t");
  ZifuRule *retired = share (pack, "retired", "0.8");
  ZifuRule *both = share (pack, "both", "0.9");

  share (pack, "any", "0.5");
  build_when (retired, "status", zifu_value_new_string ("retired"));
  build_when (both, "status", zifu_value_new_string ("retired"));
  build_benefit (both, "outpatient");
  g_assert_cmpint (fund_of (pack, NULL), ==, 90000);
}

/* The deeper pack wins over its parent, even when the parent is more specific. */
static void
test_deeper_wins (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("t");
  ZifuRule *parent = share (pack, "parent", "0.9");
  ZifuRule *child = share (pack, "child", "0.4");

  build_when (parent, "status", zifu_value_new_string ("retired"));
  child->depth = 1;
  g_assert_cmpint (fund_of (pack, NULL), ==, 40000);
}

static void
test_overrides (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("t");
  ZifuRule *special = share (pack, "special", "0.9");
  ZifuRule *plain = share (pack, "plain", "0.4");

  build_when (special, "status", zifu_value_new_string ("retired"));
  plain->overrides = g_strsplit ("special", ",", -1);
  g_assert_cmpint (fund_of (pack, NULL), ==, 40000);
}

/* Two rules that fit equally well and disagree are an error that names both; with equal content the first by id wins. */
static void
test_conflict (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("t");
  g_autoptr (ZifuPack) same = zifu_pack_new ("t");
  g_autoptr (GError) error = NULL;

  share (pack, "a", "0.5");
  share (pack, "b", "0.6");
  g_assert_cmpint (fund_of (pack, &error), ==, -1);
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "rules 'a' and 'b' both match and disagree"));

  share (same, "a", "0.5");
  share (same, "b", "0.5");
  g_assert_cmpint (fund_of (same, NULL), ==, 50000);
}

static void
test_no_share_rule (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("t");
  g_autoptr (GError) error = NULL;
  ZifuRule *rule = share (pack, "a", "0.5");

  build_benefit (rule, "inpatient");
  g_assert_cmpint (fund_of (pack, &error), ==, -1);
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "no share rule matches"));
}

static void
test_drop_and_replace (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("t");
  ZifuCounterDecl *year = zifu_counter_decl_new ("ded");
  ZifuCounterDecl *month = zifu_counter_decl_new ("ded");

  share (pack, "inherited", "0.5");
  share (pack, "other", "0.7");
  zifu_pack_drop_rule (pack, "inherited");
  month->reset = ZIFU_RESET_MONTH;
  zifu_pack_take_counter (pack, year);
  zifu_pack_take_counter (pack, month);
  g_assert_cmpuint (pack->counters->len, ==, 1);
  g_assert_cmpint (zifu_pack_get_counter (pack, "ded")->reset, ==, ZIFU_RESET_MONTH);
  g_assert_cmpint (fund_of (pack, NULL), ==, 70000);
  g_assert_nonnull (zifu_pack_get_rule (pack, "other"));
  g_assert_null (zifu_pack_get_rule (pack, "inherited"));
}

static void
test_two_ids (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("t");
  g_autoptr (GError) error = NULL;

  share (pack, "a", "0.5");
  share (pack, "a", "0.5");
  g_assert_false (zifu_pack_finish (pack, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_POLICY);
}

static void
test_counter_templates (void)
{
  g_autoptr (ZifuPack) pack = zifu_pack_new ("t");

  zifu_pack_take_counter (pack, zifu_counter_decl_new ("sd:{disease}:{class}"));
  g_assert_nonnull (zifu_pack_get_counter (pack, "sd:cancer:3"));
  g_assert_null (zifu_pack_get_counter (pack, "sd::3"));
  g_assert_null (zifu_pack_get_counter (pack, "sd:cancer"));
  g_assert_null (zifu_pack_get_counter (pack, "xsd:cancer:3"));
}

static void
test_references (void)
{
  ZifuPack *pack = zifu_pack_new ("t");
  ZifuPack *again = zifu_pack_ref (pack);

  zifu_pack_unref (pack);
  g_assert_cmpstr (again->id, ==, "t");
  zifu_pack_unref (again);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pack/validity", test_validity);
  g_test_add_func ("/pack/specific-wins", test_specific_wins);
  g_test_add_func ("/pack/deeper-wins", test_deeper_wins);
  g_test_add_func ("/pack/overrides", test_overrides);
  g_test_add_func ("/pack/conflict", test_conflict);
  g_test_add_func ("/pack/no-share-rule", test_no_share_rule);
  g_test_add_func ("/pack/drop-and-replace", test_drop_and_replace);
  g_test_add_func ("/pack/two-ids", test_two_ids);
  g_test_add_func ("/pack/counter-templates", test_counter_templates);
  g_test_add_func ("/pack/references", test_references);
  return g_test_run ();
}
