/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-ledger-common.h"

/* What a region asks of a person comes back as it was stated, also after the file was closed, and goes with the person. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuFacts) facts = zifu_facts_new ();
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = add_person (fixture->ledger, "甲", "self", "retired", 0), other = add_person (fixture->ledger, "乙", "spouse", "retired", 0);
  ZifuRational months;

  zifu_facts_set_string (facts, "retired_on", "1999-05-31");
  zifu_facts_set_string (facts, "plan", "2");
  zifu_facts_set_boolean (facts, "contract", FALSE);
  zifu_facts_set_int (facts, "months_cover", 37);
  g_assert_true (zifu_ledger_set_axes (fixture->ledger, id, facts, &error));
  g_assert_no_error (error);
  g_clear_object (&fixture->ledger);
  fixture->ledger = open_ledger (fixture->path);

  person = zifu_ledger_load_person (fixture->ledger, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (zifu_facts_get_string (person->facts, "retired_on"), ==, "1999-05-31");
  g_assert_cmpstr (zifu_facts_get_string (person->facts, "plan"), ==, "2");
  g_assert_cmpint (zifu_facts_get (person->facts, "contract")->kind, ==, ZIFU_VALUE_BOOLEAN);
  g_assert_false (zifu_facts_get (person->facts, "contract")->boolean);
  g_assert_true (zifu_value_to_number (zifu_facts_get (person->facts, "months_cover"), &months));
  g_assert_cmpint (months.num, ==, 37);

  /* What is stated anew replaces all that was stated. */
  zifu_facts_unset (facts, "plan");
  g_assert_true (zifu_ledger_set_axes (fixture->ledger, id, facts, &error));
  g_assert_true (zifu_ledger_set_axes (fixture->ledger, other, facts, &error));
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_axis_d"), ==, 6);
  g_assert_true (zifu_ledger_delete_member (fixture->ledger, id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_axis_d"), ==, 3);
}

/* Nobody's answers are refused, and nothing is stored. */
static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuFacts) facts = zifu_facts_new ();
  g_autoptr (GError) error = NULL;

  zifu_facts_set_string (facts, "plan", "2");
  g_assert_false (zifu_ledger_set_axes (fixture->ledger, 4711, facts, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_axis_d"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ledger/axes/kept", Fixture, NULL, fixture_set_up, test_kept, fixture_tear_down);
  g_test_add ("/ledger/axes/nobody", Fixture, NULL, fixture_set_up, test_nobody, fixture_tear_down);
  return g_test_run ();
}
