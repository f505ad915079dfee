/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-ledger-common.h"

#include "zifu-sample.h"

#define TODAY "2026-11-25"

typedef struct {
  Fixture          fixture;
  ZifuPackLibrary *library;
  ZifuPack        *pack;
  char            *json;
} House;

static char *
read_sample (void)
{
  const char *folder = g_getenv ("ZIFU_SAMPLE_DIR");
  g_autofree char *own = g_test_build_filename (G_TEST_DIST, "..", "data", "sample", NULL);
  g_autofree char *path = g_build_filename (folder != NULL ? folder : own, "household.json", NULL);
  g_autoptr (GError) error = NULL;
  char *json = NULL;

  g_file_get_contents (path, &json, NULL, &error);
  g_assert_no_error (error);
  return json;
}

static void
house_set_up (House *house, gconstpointer data)
{
  fixture_set_up (&house->fixture, data);
  house->library = open_library ();
  house->pack = load_beijing (house->library);
  house->json = read_sample ();
}

static void
house_tear_down (House *house, gconstpointer data)
{
  g_clear_pointer (&house->json, g_free);
  g_clear_pointer (&house->pack, zifu_pack_unref);
  g_clear_pointer (&house->library, zifu_pack_library_unref);
  fixture_tear_down (&house->fixture, data);
}

static void
create (House *house, const char *today, gboolean chinese)
{
  g_autoptr (GError) error = NULL;

  zifu_sample_create (house->fixture.ledger, house->library, house->json, -1, chinese, day (today), &error);
  g_assert_no_error (error);
}

static ZifuMember *
find_member (House *house, const char *relation)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) members = zifu_ledger_list_members (house->fixture.ledger, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);

      if (g_str_equal (member->relation, relation))
        return zifu_member_copy (member);
    }
  g_assert_not_reached ();
}

static void
test_people (House *house, gconstpointer data)
{
  g_autoptr (ZifuMember) owner = NULL;
  g_autoptr (ZifuMember) parent = NULL;
  g_autoptr (ZifuMember) child = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  double seconds;

  g_assert_false (zifu_ledger_has_sample (house->fixture.ledger, &error));
  create (house, TODAY, TRUE);
  seconds = (g_get_monotonic_time () - start) / 1e6;
  g_test_minimized_result (seconds, "built in %.3f s", seconds);
  g_assert_true (zifu_ledger_has_sample (house->fixture.ledger, &error));

  owner = find_member (house, "self");
  parent = find_member (house, "parent");
  child = find_member (house, "child");
  g_assert_cmpstr (owner->name, ==, "林晓梅");
  g_assert_cmpstr (owner->status, ==, "active");
  g_assert_cmpint (owner->base, ==, 1200000);
  g_assert_cmpint (zifu_date_full_years (parent->birth, day (TODAY)), ==, 74);
  g_assert_cmpstr (parent->status, ==, "retired");
  g_assert_true (parent->has_account);
  g_assert_cmpstr (child->insurance, ==, "390");
  g_assert_cmpstr (child->resident_class, ==, "student");
  g_assert_false (child->has_account);

  /* A second one is not built on top of it. */
  g_assert_false (zifu_sample_create (house->fixture.ledger, house->library, house->json, -1, TRUE, day (TODAY), &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_assert_cmpint (query_int (house->fixture.path, "SELECT COUNT (*) FROM psn_b"), ==, 3);
}

static void
assert_all_sample (House *house)
{
  static const char *const tables[] = { "psn_b", "acct_incexpd_d", "setl_d", "psn_clct_detl_d", "psn_mulaid_d", "cum_d" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *others = g_strdup_printf ("SELECT COUNT (*) FROM %s WHERE provenance <> 'sample'", tables[i]);
      g_autofree char *rows = g_strdup_printf ("SELECT COUNT (*) FROM %s", tables[i]);

      g_assert_cmpint (query_int (house->fixture.path, others), ==, 0);
      g_assert_cmpint (query_int (house->fixture.path, rows), >, 0);
    }
}

static void
assert_history (House *house, const ZifuMember *member, const char *today)
{
  g_autoptr (GPtrArray) entries = list_all (house->fixture.ledger, member->id);
  ZifuDate first = zifu_date_add_months (day (today), -24);

  assert_balanced (house->fixture.ledger, member->id);
  g_assert_cmpuint (entries->len, >, 0);
  for (guint i = 0; i < entries->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (entries, i);

      g_assert_cmpint (entry->date, <=, day (today));
      g_assert_cmpint (zifu_month_of (entry->date), >=, zifu_month_of (first));
      g_assert_cmpint (entry->balance, >=, 0);
      g_assert_cmpint (entry->provenance, ==, ZIFU_PROVENANCE_SAMPLE);
    }
}

static void
assert_kinds (House *house, const ZifuMember *owner)
{
  for (int kind = 0; kind < ZIFU_N_ENTRY_KINDS; kind++)
    {
      g_autoptr (GError) error = NULL;
      ZifuEntryFilter filter = { .has_kind = TRUE, .kind = kind };
      g_autoptr (GPtrArray) entries = zifu_ledger_list_entries (house->fixture.ledger, owner->id, &filter, 0, &error);

      g_assert_no_error (error);
      /* Nobody corrects a balance in a household that was made up. */
      g_assert_true ((entries->len > 0) == (kind != ZIFU_ENTRY_CORRECTION));
    }
}

/* The household ends on whatever day it is created, also on the first of a year and on a leap day. */
static void
test_any_day (House *house, gconstpointer data)
{
  static const char *const days[] = {
    TODAY, "2026-01-01", "2026-01-04", "2026-07-05", "2027-02-28", "2028-02-29", "2025-12-31", "2031-06-15",
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuMember) owner = NULL;
      g_autoptr (ZifuMember) parent = NULL;
      g_autoptr (ZifuMember) child = NULL;
      ZifuMoney balance;

      create (house, days[i], i % 2 == 0);
      owner = find_member (house, "self");
      parent = find_member (house, "parent");
      child = find_member (house, "child");
      assert_all_sample (house);
      assert_history (house, owner, days[i]);
      assert_history (house, parent, days[i]);
      assert_history (house, child, days[i]);
      assert_kinds (house, owner);

      balance = get_balance (house->fixture.ledger, owner->id);
      g_assert_cmpint (balance, >, 250000);
      g_assert_cmpint (balance, <, 500000);
      assert_counter (house->fixture.ledger, owner->id, "op_ded", "14623/10");
      assert_counter (house->fixture.ledger, owner->id, "pool_fund", "12920");
      assert_counter (house->fixture.ledger, owner->id, "stays", "1");

      g_assert_true (zifu_ledger_delete_sample (house->fixture.ledger, &error));
      g_assert_no_error (error);
    }
}

static void
test_next_visit (House *house, gconstpointer data)
{
  g_autoptr (ZifuMember) owner = NULL;
  g_autoptr (ZifuVisit) visit = make_visit (TODAY, "outpatient", "3", 120000, 8000);
  g_autoptr (ZifuSettlement) settlement = NULL;

  create (house, TODAY, TRUE);
  owner = find_member (house, "self");
  g_assert_cmpint (get_balance (house->fixture.ledger, owner->id), ==, 328640);

  /* 337.70 are left of the deductible; 70% of the rest of 1,058.00. */
  zifu_visit_set_parts (visit, 8000, 0, 6200);
  settlement = settle (house->fixture.ledger, house->pack, owner->id, visit);
  g_assert_cmpint (settlement->deductible, ==, 33770);
  g_assert_cmpint (settlement->fund_sum, ==, 50421);
  g_assert_cmpint (settlement->person, ==, 69579);
  g_assert_cmpint (settlement->cash, ==, 8000);
}

static ZifuMoney
credit_of (House *house, gint64 member_id, ZifuDate on)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPerson) person = zifu_ledger_load_person (house->fixture.ledger, member_id, &error);
  g_autoptr (ZifuCredit) credit = zifu_credit_compute (house->pack, person, on, &error);

  g_assert_no_error (error);
  return credit->total;
}

static void
test_credits (House *house, gconstpointer data)
{
  static const char *const relations[] = { "self", "parent" };
  static const ZifuMoney stated[] = { 24000, 10700 };

  create (house, TODAY, TRUE);
  for (guint r = 0; r < G_N_ELEMENTS (relations); r++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuMember) member = find_member (house, relations[r]);
      ZifuEntryFilter filter = { .has_kind = TRUE, .kind = ZIFU_ENTRY_CREDIT };
      g_autoptr (GPtrArray) credits = zifu_ledger_list_entries (house->fixture.ledger, member->id, &filter, 0, &error);

      g_assert_cmpuint (credits->len, ==, 25);
      for (guint i = 0; i < credits->len; i++)
        {
          const ZifuEntry *credit = g_ptr_array_index (credits, i);
          int day_of_month;

          zifu_date_split (credit->date, NULL, NULL, &day_of_month);
          g_assert_cmpint (day_of_month, ==, 5);
          g_assert_cmpint (credit->for_month, ==, zifu_month_of (credit->date) - 1);
          g_assert_cmpint (credit->base, ==, r == 0 ? 1200000 : -1);
          if (credit->date >= day ("2025-07-01"))
            g_assert_cmpint (credit->amount, ==, credit_of (house, member->id, credit->date));
          else
            g_assert_cmpint (credit->amount, ==, stated[r]);
        }
    }
}

/* Every settlement of the sample comes out again from what it was worked out from. */
static void
test_settlements (House *house, gconstpointer data)
{
  gint64 n;

  create (house, TODAY, TRUE);
  n = query_int (house->fixture.path, "SELECT COUNT (*) FROM setl_d");
  g_assert_cmpint (n, >, 30);

  for (gint64 id = 1; id <= n; id++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuSettlementRecord) stored = zifu_ledger_get_settlement (house->fixture.ledger, id, &error);
      g_autoptr (ZifuPerson) person = NULL;
      g_autoptr (ZifuVisit) visit = NULL;
      g_autoptr (ZifuSettlement) again = NULL;

      g_assert_no_error (error);
      g_assert_nonnull (stored->institution);
      g_assert_true (zifu_ledger_load_basis (house->fixture.ledger, id, &person, &visit, &error));
      again = zifu_settle (house->pack, person, visit, &error);
      g_assert_no_error (error);
      g_assert_cmpint (again->total, ==, stored->total);
      g_assert_cmpint (again->deductible, ==, stored->deductible);
      g_assert_cmpint (again->fund_sum, ==, stored->fund_sum);
      g_assert_cmpint (again->person, ==, stored->person);
      g_assert_cmpint (again->own_account, ==, stored->own_account);
      g_assert_cmpint (again->mutual_sum, ==, stored->mutual);
      g_assert_cmpint (again->cash, ==, stored->cash);
    }
}

static void
test_family (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) owner = NULL;
  g_autoptr (ZifuMember) parent = NULL;
  g_autoptr (ZifuMember) child = NULL;
  g_autoptr (GArray) ties = NULL;
  g_autoptr (GPtrArray) used = NULL;
  g_autoptr (GPtrArray) premiums = NULL;
  g_autoptr (GPtrArray) visits = NULL;
  g_autoptr (ZifuPerson) person = NULL;
  ZifuEntryFilter family = { .has_kind = TRUE, .kind = ZIFU_ENTRY_FAMILY }, premium = { .has_kind = TRUE, .kind = ZIFU_ENTRY_PREMIUM };
  const ZifuMutualTie *tie;
  ZifuMoney sum = 0;

  create (house, TODAY, TRUE);
  owner = find_member (house, "self");
  parent = find_member (house, "parent");
  child = find_member (house, "child");

  ties = zifu_ledger_list_ties (house->fixture.ledger, owner->id, &error);
  g_assert_cmpuint (ties->len, ==, 1);
  tie = &g_array_index (ties, ZifuMutualTie, 0);
  g_assert_cmpint (tie->relative_id, ==, parent->id);
  g_assert_true (tie->has_quota);

  used = zifu_ledger_list_entries (house->fixture.ledger, owner->id, &family, 0, &error);
  g_assert_cmpuint (used->len, >=, 3);
  for (guint i = 0; i < used->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (used, i);

      g_assert_cmpint (entry->relative_id, ==, parent->id);
      g_assert_cmpstr (entry->relative_name, ==, parent->name);
      g_assert_cmpint (entry->date, >=, tie->from);
      sum += entry->amount;
    }
  person = zifu_ledger_load_person (house->fixture.ledger, parent->id, &error);
  g_assert_cmpint (g_array_index (person->mutual, ZifuMutualAccount, 0).quota, ==, tie->quota + sum);

  premiums = zifu_ledger_list_entries (house->fixture.ledger, owner->id, &premium, 0, &error);
  g_assert_cmpuint (premiums->len, ==, 2);
  g_assert_cmpint (((ZifuEntry *) g_ptr_array_index (premiums, 0))->relative_id, ==, child->id);
  g_assert_cmpstr (((ZifuEntry *) g_ptr_array_index (premiums, 0))->incexpd_type, ==, "205");

  visits = list_all (house->fixture.ledger, child->id);
  g_assert_cmpuint (visits->len, >=, 4);
  for (guint i = 0; i < visits->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (visits, i);

      g_assert_cmpint (entry->amount, ==, 0);
      g_assert_cmpint (entry->person_paid, >, 0);
    }
}

/* Nobody of the household is in a gap on the day of creation. */
static void
test_coverage (House *house, gconstpointer data)
{
  static const char *const relations[] = { "self", "parent", "child" };

  create (house, TODAY, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (relations); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuMember) member = find_member (house, relations[i]);
      g_autoptr (ZifuPerson) person = zifu_ledger_load_person (house->fixture.ledger, member->id, &error);
      ZifuMonth now = zifu_month_of (day (TODAY));
      g_autoptr (ZifuCoverage) coverage = zifu_coverage_compute (house->pack, person, day (TODAY), now - 20, now, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (coverage->intervals->len, ==, 1);
      g_assert_cmpint (g_array_index (coverage->intervals, ZifuCoverageInterval, 0).state, ==, ZIFU_COVERAGE_COVERED);
    }
}

static void
test_refund (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) owner = NULL;
  g_autoptr (GPtrArray) refunds = NULL;
  g_autoptr (ZifuEntry) original = NULL;
  g_autoptr (ZifuSettlementRecord) stored = NULL;
  ZifuEntryFilter filter = { .has_kind = TRUE, .kind = ZIFU_ENTRY_REFUND };
  const ZifuEntry *refund;

  create (house, TODAY, TRUE);
  owner = find_member (house, "self");
  refunds = zifu_ledger_list_entries (house->fixture.ledger, owner->id, &filter, 0, &error);
  g_assert_cmpuint (refunds->len, ==, 1);
  refund = g_ptr_array_index (refunds, 0);
  original = zifu_ledger_get_entry (house->fixture.ledger, refund->original_id, &error);
  g_assert_cmpint (original->kind, ==, ZIFU_ENTRY_PHARMACY);
  g_assert_cmpint (original->amount, ==, -refund->amount);
  g_assert_cmpint (original->reversed_by, ==, refund->id);
  stored = zifu_ledger_get_settlement (house->fixture.ledger, original->settlement_id, &error);
  g_assert_true (stored->refunded);
}

static void
test_english (House *house, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) owner = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  create (house, TODAY, FALSE);
  owner = find_member (house, "self");
  g_assert_cmpstr (owner->name, ==, "Lin Xiaomei");
  entries = list_all (house->fixture.ledger, owner->id);
  for (guint i = 0; i < entries->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (entries, i);

      g_assert_true (entry->institution == NULL || g_str_is_ascii (entry->institution));
      g_assert_true (entry->note == NULL || g_str_is_ascii (entry->note));
    }
}

/* It goes without a trace, and takes nobody else with it. */
static void
test_delete (House *house, gconstpointer data)
{
  static const char *const tables[] = { "setl_d", "setldetail", "feedetl_d", "setl_input_d", "setl_axis_d", "setl_base_d", "setl_cum_d",
                                        "setl_mulaid_d", "psn_clct_detl_d", "psn_mulaid_d", "cum_d" };
  g_autoptr (GError) error = NULL;
  gint64 other = add_person (house->fixture.ledger, "赵一", "self", "active", 4711);

  create (house, TODAY, TRUE);
  g_assert_true (zifu_ledger_delete_sample (house->fixture.ledger, &error));
  g_assert_no_error (error);
  g_assert_false (zifu_ledger_has_sample (house->fixture.ledger, &error));
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT COUNT (*) FROM %s", tables[i]);

      g_assert_cmpint (query_int (house->fixture.path, sql), ==, 0);
    }
  g_assert_cmpint (query_int (house->fixture.path, "SELECT COUNT (*) FROM psn_b"), ==, 1);
  g_assert_cmpint (query_int (house->fixture.path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 1);
  g_assert_cmpint (get_balance (house->fixture.ledger, other), ==, 4711);
  g_assert_false (file_contains (house->fixture.path, "林晓梅"));
  g_assert_true (zifu_ledger_delete_sample (house->fixture.ledger, &error));
}

/* A description that breaks off somewhere leaves nothing behind. */
static void
test_broken (House *house, gconstpointer data)
{
  static const struct { const char *from, *to; } wrong[] = {
    { "\"1986-05-20\"", "\"1986-05-32\"" }, { "\"total\": \"286.50\"", "\"total\": \"286.505\"" },
    { "\"kind\": \"refund\"", "\"kind\": \"gift\"" },
    { "\"of\": \"returned\"", "\"of\": \"nothing\"" }, { "\"at\": 979", "\"at\": 1979" }, { "\"year\": -2", "\"year\": -3" },
    { "\"institution\": \"district\"", "\"institution\": \"nowhere\"" }, { "\"care\": \"inpatient\"", "\"cares\": \"inpatient\"" },
    { "\"years\": 2", "\"years\": 0" }, { "\"region\": \"110000\"", "\"region\": \"999999\"" },
    { "\"relative\": \"child\"", "\"relative\": \"x\"" }, { "\"quota\": \"2000.00\"", "\"quota\": 2000" },
    { "\"members\"", "\"member\"" }, { "\"opening\": \"5717.11\"", "\"opening\": \"57.11\"" }, { "{", "[" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) parts = g_strsplit (house->json, wrong[i].from, 2);
      g_autofree char *json = NULL;
      gboolean created;

      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      json = g_strconcat (parts[0], wrong[i].to, parts[1], NULL);
      created = zifu_sample_create (house->fixture.ledger, house->library, json, -1, TRUE, day (TODAY), &error);

      /* With little money to begin with the visits are paid in cash, but a premium must come from somewhere. */
      g_assert_false (created);
      g_assert_nonnull (error);
      g_assert_cmpint (query_int (house->fixture.path, "SELECT COUNT (*) FROM psn_b"), ==, 0);
      g_assert_cmpint (query_int (house->fixture.path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 0);
    }
  create (house, TODAY, TRUE);
}

#define ADD(path, function) g_test_add (path, House, NULL, house_set_up, function, house_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/sample/people", test_people);
  ADD ("/sample/R39/any-day", test_any_day);
  ADD ("/sample/R41/R10/next-visit", test_next_visit);
  ADD ("/sample/R17/credits", test_credits);
  ADD ("/sample/R42/settlements", test_settlements);
  ADD ("/sample/R12/R21/R24/family", test_family);
  ADD ("/sample/R29/coverage", test_coverage);
  ADD ("/sample/R39/refund", test_refund);
  ADD ("/sample/english", test_english);
  ADD ("/sample/delete", test_delete);
  ADD ("/sample/broken", test_broken);

  return g_test_run ();
}
