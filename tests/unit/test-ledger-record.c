/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-ledger-common.h"

#include "zifu-credit-check.h"
#include "zifu-family.h"
#include "zifu-sample.h"

static gint64
put_member (ZifuLedger *ledger, const char *name, const char *relation, const char *region, gboolean account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = zifu_member_new ();
  gint64 id;

  member->name = g_strdup (name);
  member->relation = g_strdup (relation);
  member->sex = g_strdup ("2");
  member->region = g_strdup (region);
  member->insurance = g_strdup (account ? "310" : "390");
  member->status = g_strdup (account ? "active" : "resident");
  member->has_account = account;
  id = zifu_ledger_add_member (ledger, member, account ? 100000 : 0, day ("2026-01-01"), &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static gint64
put_entry (ZifuLedger *ledger, ZifuEntry *entry)
{
  g_autoptr (GError) error = NULL;
  gint64 id = zifu_ledger_add_entry (ledger, entry, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static void
allow (ZifuLedger *ledger, gint64 owner_id, gint64 relative_id, ZifuMoney quota)
{
  g_autoptr (GError) error = NULL;
  ZifuMutualTie tie = { owner_id, relative_id, quota >= 0, MAX (quota, 0), day ("2026-02-01") };

  g_assert_true (zifu_ledger_set_tie (ledger, &tie, &error));
  g_assert_no_error (error);
}

static ZifuPack *
open_beijing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  ZifuPack *pack;

  zifu_pack_library_add_folder (library, g_getenv ("ZIFU_POLICY_DIR"), FALSE);
  pack = zifu_pack_library_load (library, "110000", &error);
  g_assert_no_error (error);
  return pack;
}

static ZifuRecord *
load (ZifuLedger *ledger, gint64 member_id, ZifuDate since)
{
  g_autoptr (GError) error = NULL;
  ZifuRecord *record = zifu_ledger_load_record (ledger, member_id, since, &error);

  g_assert_no_error (error);
  g_assert_nonnull (record);
  return record;
}

static const ZifuMovement *
nth (const ZifuRecord *record, guint i)
{
  g_assert_cmpuint (i, <, record->movements->len);
  return &g_array_index (record->movements, ZifuMovement, i);
}

/* Kinds, months, bases and names; what was refunded counts for what is left of it. */
static void
test_movements (Fixture *fixture, gconstpointer data)
{
  ZifuLedger *ledger = fixture->ledger;
  gint64 owner = put_member (ledger, "Lin", "self", "110000", TRUE), father = put_member (ledger, "Guodong", "parent", "110000", TRUE);
  ZifuEntry credit = { .member_id = owner, .date = day ("2026-03-05"), .kind = ZIFU_ENTRY_CREDIT, .amount = 24000,
                       .for_month = zifu_month_new (2026, 2), .base = 1200000 };
  ZifuEntry bare = { .member_id = owner, .date = day ("2026-04-05"), .kind = ZIFU_ENTRY_CREDIT, .amount = 24000,
                     .for_month = zifu_month_new (2026, 3), .base = -1 };
  ZifuEntry family = { .member_id = owner, .date = day ("2026-05-01"), .kind = ZIFU_ENTRY_FAMILY, .amount = -12000, .base = -1,
                       .relative_id = father };
  ZifuEntry returned = { .member_id = owner, .date = day ("2026-05-02"), .kind = ZIFU_ENTRY_PHARMACY, .amount = -3000, .base = -1 };
  ZifuEntry part = { .member_id = owner, .date = day ("2026-05-03"), .kind = ZIFU_ENTRY_PHARMACY, .amount = -5000, .base = -1 };
  ZifuEntry refund = { .member_id = owner, .date = day ("2026-05-04"), .kind = ZIFU_ENTRY_REFUND, .amount = 3000, .base = -1 };
  ZifuEntry some = { .member_id = owner, .date = day ("2026-05-04"), .kind = ZIFU_ENTRY_REFUND, .amount = 2000, .base = -1 };
  g_autoptr (ZifuRecord) record = NULL;
  g_autoptr (ZifuRecord) late = NULL;

  put_entry (ledger, &credit);
  put_entry (ledger, &bare);
  g_assert_true (zifu_ledger_add_contribution (ledger, owner, zifu_month_new (2026, 3), 0, 1100000, 24000, ZIFU_PROVENANCE_TYPED, NULL));
  put_entry (ledger, &family);
  refund.original_id = put_entry (ledger, &returned);
  some.original_id = put_entry (ledger, &part);
  put_entry (ledger, &refund);
  put_entry (ledger, &some);

  record = load (ledger, owner, 0);
  g_assert_cmpuint (record->movements->len, ==, 5);
  g_assert_cmpint (nth (record, 0)->kind, ==, ZIFU_MOVEMENT_OTHER);
  g_assert_cmpint (nth (record, 0)->amount, ==, 100000);
  g_assert_cmpint (nth (record, 1)->kind, ==, ZIFU_MOVEMENT_CREDIT);
  g_assert_cmpint (nth (record, 1)->for_month, ==, zifu_month_new (2026, 2));
  g_assert_cmpint (nth (record, 1)->base, ==, 1200000);
  g_assert_cmpint (nth (record, 2)->base, ==, 1100000);
  g_assert_cmpint (nth (record, 3)->kind, ==, ZIFU_MOVEMENT_FAMILY);
  g_assert_cmpint (nth (record, 3)->amount, ==, -12000);
  g_assert_cmpstr (nth (record, 3)->relative, ==, "Guodong");
  g_assert_cmpint (nth (record, 3)->base, ==, -1);
  g_assert_cmpint (nth (record, 4)->kind, ==, ZIFU_MOVEMENT_VISIT);
  g_assert_cmpint (nth (record, 4)->amount, ==, -3000);
  g_assert_cmpint (nth (record, 4)->date, ==, day ("2026-05-03"));
  g_assert_cmpint (zifu_person_get_balance (record->person), ==, 100000 + 24000 + 24000 - 12000 - 3000);
  g_assert_cmpuint (record->person->payments->len, ==, 1);
  g_assert_cmpuint (record->enrolments->len, ==, 0);
  g_assert_cmpint (record->card, ==, ZIFU_CARD_UNKNOWN);

  /* Old movements are left out, credits never: each month of them is held against the rules. */
  late = load (ledger, owner, day ("2026-05-02"));
  g_assert_cmpuint (late->movements->len, ==, 3);
  g_assert_cmpint (nth (late, 0)->kind, ==, ZIFU_MOVEMENT_CREDIT);
  g_assert_cmpint (nth (late, 1)->kind, ==, ZIFU_MOVEMENT_CREDIT);
  g_assert_cmpint (nth (late, 2)->kind, ==, ZIFU_MOVEMENT_VISIT);
}

/* Ties in both directions, with what each is to the other, and where the relative is insured. */
static void
test_ties (Fixture *fixture, gconstpointer data)
{
  ZifuLedger *ledger = fixture->ledger;
  gint64 owner = put_member (ledger, "Lin", "self", "110000", TRUE), father = put_member (ledger, "Guodong", "parent", "120000", TRUE);
  gint64 child = put_member (ledger, "Xiaohe", "child", "110000", FALSE), same = put_member (ledger, "Lin", "spouse", "110100", TRUE);
  g_autoptr (ZifuRecord) of_owner = NULL;
  g_autoptr (ZifuRecord) of_child = NULL;
  g_autoptr (ZifuPack) pack = NULL;
  ZifuShareable shareable;
  g_autofree char *numbered = g_strdup_printf ("Lin (%" G_GINT64_FORMAT ")", same);
  const ZifuTie *tie;

  allow (ledger, owner, father, 200000);
  allow (ledger, owner, child, -1);
  allow (ledger, same, owner, -1);
  allow (ledger, father, child, 5000);

  of_owner = load (ledger, owner, 0);
  g_assert_cmpuint (of_owner->ties->len, ==, 3);
  tie = &g_array_index (of_owner->ties, ZifuTie, 0);
  g_assert_cmpstr (tie->id, ==, "Guodong");
  g_assert_cmpstr (tie->relation, ==, "parent");
  g_assert_cmpstr (tie->insurance, ==, "310");
  g_assert_cmpstr (tie->place, ==, "other");
  g_assert_true (tie->given);
  g_assert_true (tie->has_quota);
  g_assert_cmpint (tie->quota, ==, 200000);
  g_assert_cmpint (tie->from, ==, day ("2026-02-01"));
  g_assert_cmpint (tie->to, ==, 0);
  tie = &g_array_index (of_owner->ties, ZifuTie, 1);
  g_assert_cmpstr (tie->relation, ==, "child");
  g_assert_cmpstr (tie->insurance, ==, "390");
  g_assert_cmpstr (tie->place, ==, "city");
  g_assert_false (tie->has_quota);
  tie = &g_array_index (of_owner->ties, ZifuTie, 2);
  g_assert_cmpstr (tie->id, ==, numbered);
  g_assert_cmpstr (tie->relation, ==, "spouse");
  g_assert_cmpstr (tie->place, ==, "province");
  g_assert_false (tie->given);

  /* Only the wallet between provinces sets the quota aside: 2,000.00 for the father in another one, of a balance of 1,000.00. */
  pack = open_beijing ();
  shareable = zifu_family_shareable (pack, of_owner, day ("2026-03-01"));
  g_assert_cmpint (shareable.most, ==, 100000);
  g_assert_cmpint (shareable.blocked, ==, 100000);
  g_free (g_array_index (of_owner->ties, ZifuTie, 0).place);
  g_array_index (of_owner->ties, ZifuTie, 0).place = g_strdup ("city");
  g_assert_cmpint (zifu_family_shareable (pack, of_owner, day ("2026-03-01")).blocked, ==, 0);

  of_child = load (ledger, child, 0);
  g_assert_cmpuint (of_child->ties->len, ==, 2);
  g_assert_cmpstr (g_array_index (of_child->ties, ZifuTie, 0).relation, ==, "parent");
  g_assert_cmpstr (g_array_index (of_child->ties, ZifuTie, 1).relation, ==, "grandparent");
  g_assert_cmpuint (of_child->movements->len, ==, 0);
}

static void
test_relations (void)
{
  static const char *const table[][3] = {
    { "self", "parent", "parent" },        { "self", "other", "other" },           { "self", "sibling", "sibling" },
    { "parent", "self", "child" },         { "grandchild", "self", "grandparent" }, { "other", "self", "other" },
    { "spouse", "child", "child" },        { "child", "spouse", "parent" },        { "parent", "child", "grandchild" },
    { "child", "child", "sibling" },       { "parent", "spouse", "other" },        { "spouse", "parent", "other" },
    { "parent", "parent", "spouse" },      { "sibling", "child", "other" },        { "self", "aunt", "other" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ZifuMember person = { .relation = (char *) table[i][0] }, relative = { .relation = (char *) table[i][1] };

      g_test_message ("%s -> %s", table[i][0], table[i][1]);
      g_assert_cmpstr (zifu_member_relation_to (&person, &relative), ==, table[i][2]);
    }
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (zifu_ledger_load_record (fixture->ledger, 42, 0, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
}

/* R20, R24 on the sample: every credit is as the rules say, and what relatives used is what the history shows. */
static void
test_sample (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autofree char *path = g_build_filename (g_getenv ("ZIFU_SAMPLE_DIR"), "household.json", NULL);
  g_autofree char *json = NULL;
  g_autoptr (ZifuPack) pack = NULL;
  g_autoptr (GPtrArray) members = NULL;
  ZifuDate today = day ("2026-11-25");
  gsize length;

  zifu_pack_library_add_folder (library, g_getenv ("ZIFU_POLICY_DIR"), FALSE);
  pack = zifu_pack_library_load (library, "110000", &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &json, &length, NULL));
  g_assert_true (zifu_sample_create (fixture->ledger, library, json, (gssize) length, FALSE, today, &error));
  members = zifu_ledger_list_members (fixture->ledger, &error);
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);
      g_autoptr (ZifuRecord) record = load (fixture->ledger, member->id, 0);
      g_autoptr (ZifuCreditCheck) check = zifu_credit_check_new (pack, record, today);
      g_autoptr (GArray) reviews = zifu_family_review (pack, record, today);

      for (guint f = 0; f < check->findings->len; f++)
        {
          const ZifuCreditFinding *finding = &g_array_index (check->findings, ZifuCreditFinding, f);

          g_test_message ("%s: month %d fault %d expected %" G_GINT64_FORMAT " found %" G_GINT64_FORMAT, member->name, finding->month,
                          finding->fault, finding->expected, finding->found);
        }
      g_assert_cmpuint (check->findings->len, ==, 0);
      for (guint r = 0; r < reviews->len; r++)
        g_assert_cmpint (g_array_index (reviews, ZifuTieReview, r).fault, ==, ZIFU_TIE_GOOD);
      g_assert_cmpuint (reviews->len, ==, g_str_equal (member->relation, "child") ? 0 : 1);
      if (g_str_equal (member->relation, "self"))
        g_assert_cmpint (g_array_index (reviews, ZifuTieReview, 0).used, >, 0);
    }
}

/* R20: nothing is concluded from what nobody stated: what was paid before the first known month. */
static void
test_unstated (void)
{
  g_autoptr (ZifuPack) pack = open_beijing ();
  g_autoptr (ZifuRecord) record = zifu_record_new ();
  g_autoptr (ZifuCreditCheck) check = NULL;
  g_autoptr (ZifuCreditCheck) stated = NULL;

  zifu_facts_set_string (record->person->facts, "insurance", "310");
  zifu_facts_set_string (record->person->facts, "status", "active");
  zifu_facts_set_string (record->person->facts, "base", "12000.00");
  zifu_person_add_payment (record->person, zifu_month_new (2026, 8), 3, zifu_month_new (2026, 8));
  for (int month = 7; month <= 10; month++)
    {
      zifu_record_add_movement (record, zifu_date_new (2026, month + 1, 5), ZIFU_MOVEMENT_CREDIT, 24000);
      g_array_index (record->movements, ZifuMovement, record->movements->len - 1).for_month = zifu_month_new (2026, month);
    }

  check = zifu_credit_check_new (pack, record, day ("2026-11-25"));
  g_assert_cmpuint (check->findings->len, ==, 0);

  /* By its base one is wrong: 11,000 x 2% = 220.00. */
  for (guint i = 0; i < record->movements->len; i++)
    g_array_index (record->movements, ZifuMovement, i).base = i == 2 ? 1100000 : 1200000;
  stated = zifu_credit_check_new (pack, record, day ("2026-11-25"));
  g_assert_cmpuint (stated->findings->len, ==, 1);
  g_assert_cmpint (g_array_index (stated->findings, ZifuCreditFinding, 0).fault, ==, ZIFU_CREDIT_WRONG);
  g_assert_cmpint (g_array_index (stated->findings, ZifuCreditFinding, 0).expected, ==, 22000);
  g_assert_cmpint (g_array_index (stated->findings, ZifuCreditFinding, 0).found, ==, 24000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ledger/record/movements", Fixture, NULL, fixture_set_up, test_movements, fixture_tear_down);
  g_test_add ("/ledger/record/R12/ties", Fixture, NULL, fixture_set_up, test_ties, fixture_tear_down);
  g_test_add_func ("/ledger/record/R12/relations", test_relations);
  g_test_add ("/ledger/record/nobody", Fixture, NULL, fixture_set_up, test_nobody, fixture_tear_down);
  g_test_add_func ("/ledger/record/R20/unstated", test_unstated);
  g_test_add ("/ledger/record/R20-R24/sample", Fixture, NULL, fixture_set_up, test_sample, fixture_tear_down);
  return g_test_run ();
}
