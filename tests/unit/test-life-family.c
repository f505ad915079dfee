/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Family mutual aid: who may share, what was used, and that money is shared and no benefits (R12, R21, R24). */
#include <string.h>

#include "life-support.h"
#include "zifu-family.h"

#define PERSON "'insurance': '310', 'status': 'active', 'account': {'balance': '1000.00'}"

static char *
describe (const char *record, const char *today)
{
  static const char *const faults[] = { "good", "relation", "ended", "not-yet", "place" };
  g_autoptr (ZifuRecordFile) file = life_file ("'110000'", PERSON, record);
  g_autoptr (GArray) reviews = zifu_family_review (file->pack, file->record, life_day (today));
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < reviews->len; i++)
    {
      const ZifuTieReview *review = &g_array_index (reviews, ZifuTieReview, i);

      g_assert_true (review->tie == &g_array_index (file->record->ties, ZifuTie, i));
      g_string_append_printf (out, "%s%s%s", i > 0 ? ", " : "", faults[review->fault], review->unsure ? "?" : "");
      if (review->n_used > 0)
        g_string_append_printf (out, " %u %" G_GINT64_FORMAT, review->n_used, review->used);
    }
  return g_string_free (out, FALSE);
}

#define TIE(relation) "'family': [{'id': '张', 'relation': '" relation "', 'begndate': '2022-01-01', 'given': true"
#define MOVED(fields) ", 'movements': [" fields "]"

typedef struct {
  const char *name, *record, *today, *expected;
} Row;

static const Row rows[] = {
  { "spouse", TIE ("spouse") "}]", "2022-01-01", "good" },
  { "before-it-began", TIE ("spouse") "}]", "2021-12-31", "not-yet" },
  { "before-the-reform", TIE ("spouse") "}]", "2021-04-21", "not-yet?" },
  { "sibling-the-day-before", TIE ("sibling") "}]", "2024-07-25", "relation" },
  { "sibling-from-that-day-on", TIE ("sibling") "}]", "2024-07-26", "good" },
  { "grandchild", TIE ("grandchild") "}]", "2024-07-26", "good" },
  { "cousin", TIE ("other") "}]", "2026-11-20", "relation" },
  { "last-day", TIE ("spouse") ", 'enddate': '2026-11-20'}]", "2026-11-20", "good" },
  { "ended", TIE ("spouse") ", 'enddate': '2026-11-20'}]", "2026-11-21", "ended" },
  { "ended-goes-before-relation", TIE ("other") ", 'enddate': '2026-11-20'}]", "2026-11-21", "ended" },
  /* Between regions: within one; then the province; then everywhere.  What the documents leave open is unsure. */
  { "city-2022", TIE ("child") ", 'place': 'city'}]", "2022-06-01", "good" },
  { "province-2022", TIE ("child") ", 'place': 'province'}]", "2024-12-08", "good?" },
  { "province-2024", TIE ("child") ", 'place': 'province'}]", "2024-12-09", "good" },
  { "other-2022", TIE ("child") ", 'place': 'other'}]", "2024-12-08", "place" },
  { "other-2025", TIE ("child") ", 'place': 'other'}]", "2026-01-08", "good?" },
  { "other-2026", TIE ("child") ", 'place': 'other'}]", "2026-01-09", "good" },
  /* Used in the last twelve months: the day a year ago is not among them, what came back is not used, a premium is. */
  { "used",
    TIE ("spouse") "}]" MOVED ("{'acct_modi_date': '2025-11-20', 'kind': 'family', 'relative': '张', 'pay_sumamt': '1.00'},"
                               "{'acct_modi_date': '2025-11-21', 'kind': 'family', 'relative': '张', 'pay_sumamt': '20.00'},"
                               "{'acct_modi_date': '2026-01-05', 'kind': 'premium', 'relative': '张', 'pay_sumamt': '400.00'},"
                               "{'acct_modi_date': '2026-02-05', 'kind': 'refund', 'relative': '张', 'inc_sumamt': '5.00'},"
                               "{'acct_modi_date': '2026-02-06', 'kind': 'family', 'relative': '李', 'pay_sumamt': '7.00'},"
                               "{'acct_modi_date': '2026-02-07', 'kind': 'visit', 'pay_sumamt': '9.00'},"
                               "{'acct_modi_date': '2026-11-21', 'kind': 'family', 'relative': '张', 'pay_sumamt': '3.00'}"),
    "2026-11-20", "good 2 41500" },
  { "all-came-back",
    TIE ("spouse") "}]" MOVED ("{'acct_modi_date': '2025-10-01', 'kind': 'family', 'relative': '张', 'pay_sumamt': '90.00'},"
                               "{'acct_modi_date': '2025-12-01', 'kind': 'family', 'relative': '张', 'pay_sumamt': '20.00'},"
                               "{'acct_modi_date': '2026-02-05', 'kind': 'refund', 'relative': '张', 'inc_sumamt': '110.00'}"),
    "2026-11-20", "good 1 0" },
  /* A tie that was ended and made anew: each use counts once. */
  { "renewed",
    "'family': [{'id': '张', 'relation': 'spouse', 'begndate': '2024-01-01', 'enddate': '2026-03-31', 'given': true},"
    " {'id': '张', 'relation': 'spouse', 'begndate': '2026-06-01', 'given': true}]" MOVED (
      "{'acct_modi_date': '2026-03-31', 'kind': 'family', 'relative': '张', 'pay_sumamt': '10.00'},"
      "{'acct_modi_date': '2026-04-01', 'kind': 'family', 'relative': '张', 'pay_sumamt': '2.00'},"
      "{'acct_modi_date': '2026-06-01', 'kind': 'family', 'relative': '张', 'pay_sumamt': '30.00'}"),
    "2026-11-20", "ended 1 1000, good 2 3200" },
  /* The other way round the relative pays, and this account does not move. */
  { "received",
    "'family': [{'id': '张', 'relation': 'parent', 'begndate': '2024-01-01'}]" MOVED (
      "{'acct_modi_date': '2026-03-31', 'kind': 'family', 'relative': '张', 'pay_sumamt': '10.00'}"),
    "2026-11-20", "good" },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *text = describe (row->record, row->today);

  g_assert_cmpstr (text, ==, row->expected);
}

/* The rule that decides is named, so that a reader can follow it. */
static void
test_rule (void)
{
  g_autoptr (ZifuRecordFile) file = life_file ("'national'", PERSON, NULL);
  ZifuFigure figure;

  g_assert_false (zifu_family_may_share (file->pack, file->record->person, "sibling", life_day ("2024-07-25"), &figure));
  g_assert_cmpstr (figure.rule->id, ==, "national-aid-relation-2021");
  g_assert_true (zifu_family_may_share (file->pack, file->record->person, "sibling", life_day ("2024-07-26"), &figure));
  g_assert_cmpstr (figure.rule->id, ==, "national-aid-relation");
  g_assert_false (zifu_family_may_share (file->pack, file->record->person, "cousin", life_day ("2024-07-26"), &figure));
  g_assert_cmpint (figure.state, ==, ZIFU_FIGURE_UNKNOWN);
  g_assert_false (zifu_family_may_share (file->pack, file->record->person, "spouse", life_day ("2021-04-21"), &figure));
  g_assert_cmpint (figure.state, ==, ZIFU_FIGURE_ABSENT);
}

static void
assert_between (const char *policy, const char *account, const char *more, const char *today, ZifuMoney least, ZifuMoney most,
                ZifuMoney blocked, gboolean has_rule)
{
  g_autofree char *person = g_strdup_printf ("'insurance': '310', 'account': {%s}", account);
  g_autoptr (ZifuRecordFile) file = life_file (policy, person, more);
  ZifuShareable got = zifu_family_shareable (file->pack, file->record, life_day (today));

  g_assert_cmpint (got.known, ==, least == most);
  g_assert_cmpint (got.least, ==, least);
  g_assert_cmpint (got.most, ==, most);
  g_assert_cmpint (got.blocked, ==, blocked);
  g_assert_cmpint (got.rule != NULL, ==, has_rule);
}

static void
assert_shareable (const char *policy, const char *account, const char *family, const char *today, ZifuMoney sum, ZifuMoney blocked,
                  gboolean has_rule)
{
  g_autofree char *record = g_strdup_printf ("'family': [%s]", family);

  assert_between (policy, account, record, today, sum, sum, blocked, has_rule);
}

/* Quotas of open ties stand aside, never more than there is; some regions share only what earlier years left. */
static void
test_quota (void)
{
  const char *earlier_only = LIFE_PACK ("{" LIFE_RULE ("aid", "amount") ", 'name': 'mutual_aid_current_money', 'value': '0'}");
  const char *two = "{'id': 'a', 'relation': 'spouse', 'begndate': '2025-01-01', 'given': true, 'quota': '300.00'},"
                    "{'id': 'b', 'relation': 'child', 'begndate': '2025-01-01', 'enddate': '2025-12-31', 'given': true, 'quota': '100.00'},"
                    "{'id': 'c', 'relation': 'parent', 'begndate': '2025-01-01', 'quota': '50.00'}";

  assert_shareable ("'national'", "'balance': '1000.00'", two, "2025-12-31", 100000, 40000, FALSE);
  assert_shareable ("'national'", "'balance': '1000.00'", two, "2026-01-01", 100000, 30000, FALSE);
  assert_shareable ("'national'", "'balance': '200.00'", two, "2025-12-31", 20000, 20000, FALSE);
  assert_shareable ("'national'", "", two, "2025-12-31", 0, 0, FALSE);
  assert_shareable (earlier_only, "'current': '700.00', 'earlier': '300.00'", two, "2026-01-01", 30000, 30000, TRUE);
  assert_shareable ("'national'", "'current': '700.00', 'earlier': '300.00'", two, "2026-01-01", 100000, 30000, FALSE);
}

/* A balance that is not divided by year says only between what the shared part lies, never that it is nothing. */
static void
test_undivided (void)
{
  const char *earlier_only = LIFE_PACK ("{" LIFE_RULE ("aid", "amount") ", 'name': 'mutual_aid_current_money', 'value': '0'}");
  const char *not_found =
      LIFE_PACK ("{" LIFE_RULE ("aid", "amount") ", 'name': 'mutual_aid_current_money', 'value': {'unknown': 'whether all is shared'}}");
  const char *none = "'family': []";

  assert_between (earlier_only, "'balance': '1000.00'", none, "2026-01-01", 0, 100000, 0, TRUE);
  assert_between (earlier_only, "'balance': '0.00'", none, "2026-01-01", 0, 0, 0, TRUE);
  assert_between (earlier_only, "'balance': '50.00', 'current': '700.00', 'earlier': '300.00'", none, "2026-01-01", 30000, 35000, 0, TRUE);
  assert_between (earlier_only, "'current': '700.00'", none, "2026-01-01", 0, 0, 0, TRUE);
  assert_between (not_found, "'current': '700.00', 'earlier': '300.00'", none, "2026-01-01", 30000, 100000, 0, FALSE);
}

#define QUOTA "'family': [{'id': 'a', 'relation': 'spouse', 'place': 'other', 'begndate': '2026-02-01', 'given': true, 'quota': '300.00'}]"

/* What was used under a quota has left the balance: only the rest is set aside.  What came back stands aside again. */
static void
test_quota_used (void)
{
  const char *used = QUOTA ", 'movements': ["
                           "{'acct_modi_date': '2026-01-20', 'kind': 'family', 'pay_sumamt': '70.00', 'relative': 'a'},"
                           "{'acct_modi_date': '2026-03-01', 'kind': 'family', 'pay_sumamt': '120.00', 'relative': 'a'},"
                           "{'acct_modi_date': '2026-03-05', 'kind': 'refund', 'inc_sumamt': '20.00', 'relative': 'a'},"
                           "{'acct_modi_date': '2026-04-01', 'kind': 'family', 'pay_sumamt': '500.00', 'relative': 'b'},"
                           "{'acct_modi_date': '2026-06-01', 'kind': 'family', 'pay_sumamt': '250.00', 'relative': 'a'}]";

  assert_between ("'national'", "'balance': '1000.00'", QUOTA, "2026-05-01", 100000, 100000, 30000, FALSE);
  assert_between ("'national'", "'balance': '1000.00'", used, "2026-03-04", 100000, 100000, 18000, FALSE);
  assert_between ("'national'", "'balance': '1000.00'", used, "2026-05-01", 100000, 100000, 20000, FALSE);
  assert_between ("'national'", "'balance': '1000.00'", used, "2026-06-01", 100000, 100000, 0, FALSE);
}

/* A plan of the region, where it has any. */
static void
draw_plan (LifeRandom *random, const ZifuPack *pack, ZifuPerson *person)
{
  const ZifuAxisDecl *plans = zifu_pack_get_axis (pack, "plan");

  if (plans != NULL && plans->values->len > 0)
    zifu_facts_take (person->facts, "plan",
                     zifu_value_copy (g_ptr_array_index (plans->values, life_draw (random, plans->values->len))));
}

static ZifuPerson *
draw_person (LifeRandom *random, const ZifuPack *pack)
{
  static const char *const statuses[] = { "active", "retired", "flexible" };
  ZifuPerson *person = zifu_person_new ();
  gboolean resident = life_draw (random, 3) == 0;

  zifu_facts_set_string (person->facts, "insurance", resident ? "390" : "310");
  zifu_facts_set_string (person->facts, "status", resident ? "resident" : statuses[life_draw (random, 3)]);
  zifu_facts_set_string (person->facts, "resident_class", life_draw (random, 2) == 0 ? "elderly" : "student");
  draw_plan (random, pack, person);
  zifu_facts_set_int (person->facts, "age", (int) life_draw (random, 100));
  zifu_facts_set_int (person->facts, "years_cover", (int) life_draw (random, 40));
  if (life_draw (random, 2) == 0)
    zifu_person_add_counter (person, "op_ded", zifu_rational_from_fen (life_draw (random, 200000)), 0);
  zifu_person_add_purse (person, "balance", life_draw (random, 200000));
  return person;
}

static ZifuVisit *
draw_visit (LifeRandom *random)
{
  static const char *const cares[] = { "outpatient", "inpatient", "special", "emergency", "pharmacy" };
  static const char *const classes[] = { "1", "2", "3", "community" };
  static const char *const remotes[] = { "local", "filed_long", "referred" };
  ZifuVisit *visit = zifu_visit_new ();
  ZifuMoney total = life_draw (random, 10000000), out = life_draw (random, (guint) total / 4 + 1);

  visit->date = life_day ("2024-01-01") + (ZifuDate) life_draw (random, 900);
  zifu_facts_set_string (visit->facts, "care", cares[life_draw (random, 5)]);
  zifu_facts_set_string (visit->facts, "class", classes[life_draw (random, 4)]);
  zifu_facts_set_string (visit->facts, "remote", remotes[life_draw (random, 3)]);
  zifu_facts_set_string (visit->facts, "place", "city");
  zifu_facts_set_int (visit->facts, "days", 1 + (int) life_draw (random, 60));
  zifu_facts_set_boolean (visit->facts, "designated", life_draw (random, 10) > 0);
  zifu_facts_set_boolean (visit->facts, "connected", life_draw (random, 10) > 0);
  zifu_facts_set_boolean (visit->facts, "chosen", TRUE);
  zifu_visit_set_total (visit, total);
  zifu_visit_set_parts (visit, out, 0, life_draw (random, (guint) (total - out) / 4 + 1));
  return visit;
}

static void
assert_same_lines (const GArray *a, const GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const ZifuFundLine *x = &g_array_index (a, ZifuFundLine, i), *y = &g_array_index (b, ZifuFundLine, i);

      g_assert_cmpstr (x->payer, ==, y->payer);
      g_assert_cmpstr (x->layer, ==, y->layer);
      g_assert_cmpint (x->amount, ==, y->amount);
    }
}

/* Whatever relatives have and lend, every fund pays the same; what they pay is cash that is not due. */
static void
test_no_benefits (gconstpointer policy)
{
  LifeRandom random = life_random (31);
  g_autoptr (ZifuPack) pack = life_pack (policy);
  guint n_settled = 0, n_shared = 0, n = 3500;

  for (guint round = 0; round < n; round++)
    {
      g_autoptr (ZifuPerson) alone = draw_person (&random, pack), shared = zifu_person_copy (alone);
      g_autoptr (ZifuVisit) visit = draw_visit (&random);
      g_autoptr (ZifuSettlement) without = NULL, with = NULL;
      ZifuMoney quota = life_draw (&random, 100000);

      zifu_person_add_mutual (shared, "a", life_draw (&random, 300000), life_draw (&random, 2) == 0 ? &quota : NULL);
      if (life_draw (&random, 2) == 0)
        zifu_person_add_mutual (shared, "b", life_draw (&random, 300000), NULL);
      without = zifu_settle (pack, alone, visit, NULL);
      with = zifu_settle (pack, shared, visit, NULL);
      g_assert_cmpint (without != NULL, ==, with != NULL);
      if (with == NULL)
        continue;
      n_settled++;
      n_shared += with->mutual_sum > 0;
      assert_same_lines (with->lines, without->lines);
      assert_same_lines (with->later, without->later);
      assert_same_lines (with->claims, without->claims);
      g_assert_cmpint (with->fund_sum, ==, without->fund_sum);
      g_assert_cmpint (with->hospital, ==, without->hospital);
      g_assert_cmpint (with->person, ==, without->person);
      g_assert_cmpint (with->deductible, ==, without->deductible);
      g_assert_cmpint (with->own_account, ==, without->own_account);
      g_assert_cmpint (with->balance, ==, without->balance);
      g_assert_cmpint (with->cash + with->mutual_sum, ==, without->cash);
    }
  g_test_message ("%u of %u settled, money shared in %u", n_settled, n, n_shared);
  g_assert_cmpuint (n_settled, >, n / 50);
  g_assert_cmpuint (n_shared, >, n / 100);
}

int
main (int argc, char *argv[])
{
  static const char *const policies[] = { "'110000'", "'120000'", "'310000'", "'320100'", "'320500'", "'330100'", "'420100'",
                                          "'440100'", "'440300'", "'500000'", "'510100'", "'610100'" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/life/family/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/life/family/rule", test_rule);
  g_test_add_func ("/life/family/quota", test_quota);
  g_test_add_func ("/life/family/undivided", test_undivided);
  g_test_add_func ("/life/family/quota-used", test_quota_used);
  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      g_autofree char *path = g_strdup_printf ("/life/family/R12-no-benefits/%.6s", policies[i] + 1);

      g_test_add_data_func (path, policies[i], test_no_benefits);
    }
  return g_test_run ();
}
