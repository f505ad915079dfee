/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R42: saved estimates, the settlements that they may belong to, and receipts. */

#include "test-ledger-common.h"

#include "zifu-case-text.h"
#include "zifu-ledger-estimates.h"

static gint64
save (ZifuLedger *ledger, gint64 member_id, const ZifuVisit *visit, const char *institution, const char *note)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (ledger, member_id, &error);
  g_autoptr (ZifuPerson) person = zifu_ledger_load_person (ledger, member_id, &error);
  g_autoptr (ZifuSettlement) settlement = zifu_settle (pack, person, visit, &error);
  g_autoptr (ZifuSavedEstimate) estimate = NULL;
  gint64 id;

  g_assert_no_error (error);
  estimate = zifu_saved_estimate_new (member, person, visit, settlement, institution, note, day ("2026-11-01"));
  id = zifu_ledger_save_estimate (ledger, estimate, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static gint64
settle_and_record (ZifuLedger *ledger, gint64 member_id, const ZifuVisit *visit, const char *institution)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);

  return record (ledger, pack, member_id, visit, institution, 0);
}

static ZifuSavedEstimate *
get (ZifuLedger *ledger, gint64 id)
{
  g_autoptr (GError) error = NULL;
  ZifuSavedEstimate *estimate = zifu_ledger_get_estimate (ledger, id, &error);

  g_assert_no_error (error);
  return estimate;
}

static GPtrArray *
pairs_of (ZifuLedger *ledger, gint64 estimate_id)
{
  g_autoptr (ZifuSavedEstimate) estimate = get (ledger, estimate_id);
  g_autoptr (GError) error = NULL;
  GPtrArray *pairs = zifu_ledger_list_pairs (ledger, estimate, &error);

  g_assert_no_error (error);
  return pairs;
}

static guint
count_offers (ZifuLedger *ledger, gint64 member_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) offers = zifu_ledger_list_offers (ledger, member_id, &error);

  g_assert_no_error (error);
  return offers->len;
}

static void
assert_sound (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = zifu_ledger_verify (fixture->ledger, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* What was saved is read back to the fen, and settles to the same. */
static void
test_save (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 8600), id;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 420000, 10000), what = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = NULL, deleted = NULL;
  g_autoptr (ZifuPerson) who = NULL;
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);
  g_autoptr (ZifuBillFigures) again = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *policy = NULL, *refusal = NULL;

  id = save (fixture->ledger, owner, visit, "市第一医院", "手术前");
  estimate = get (fixture->ledger, id);
  g_assert_cmpint (estimate->member_id, ==, owner);
  g_assert_cmpint (estimate->date, ==, day ("2026-11-20"));
  g_assert_cmpint (estimate->saved_on, ==, day ("2026-11-01"));
  g_assert_cmpstr (estimate->institution, ==, "市第一医院");
  g_assert_cmpstr (estimate->note, ==, "手术前");
  g_assert_cmpstr (estimate->policy, ==, "110000");
  g_assert_cmpint (estimate->figures->amount[ZIFU_BILL_TOTAL], ==, 420000);
  g_assert_cmpint (estimate->figures->amount[ZIFU_BILL_ACCOUNT], ==, 8600);
  g_assert_true (zifu_case_text_parse (estimate->case_text, &policy, &who, &what, &error));
  settlement = zifu_settle (pack, who, what, &error);
  g_assert_no_error (error);
  again = zifu_bill_figures_new_from_settlement (settlement);
  g_assert_true (zifu_bill_figures_agree (again, estimate->figures, ZIFU_BILL_TOTAL, ZIFU_BILL_CASH));
  g_assert_cmpint (zifu_bill_figures_get_fund (estimate->figures, "hifob"), ==, settlement->fund_sum);
  /* The history does not know of it. */
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM setl_d"), ==, 0);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 8600);

  deleted = zifu_saved_estimate_copy (estimate);
  g_assert_true (zifu_ledger_delete_estimate (fixture->ledger, id, &error));
  g_assert_false (zifu_ledger_delete_estimate (fixture->ledger, id, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (zifu_ledger_get_estimate (fixture->ledger, id, &error));
  g_clear_error (&error);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM presetldetail"), ==, 0);
  /* Put back as it was. */
  g_assert_cmpint (zifu_ledger_save_estimate (fixture->ledger, deleted, &error), ==, id);
  list = zifu_ledger_list_estimates (fixture->ledger, owner, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((ZifuSavedEstimate *) g_ptr_array_index (list, 0))->case_text, ==, deleted->case_text);
  /* It never changes. */
  refusal = try_sql (fixture->path, "UPDATE presetl_d SET medfee_sumamt = 1");
  g_assert_nonnull (strstr (refusal, "stay as they were"));
  assert_sound (fixture);
}

/* The names of relatives are theirs. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 8600);
  gint64 child = add_person (fixture->ledger, "孙三", "child", "resident", -1);
  const ZifuMutualTie tie = { .owner_id = owner, .relative_id = child, .from = day ("2026-01-01") };
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "2", 42000, 0);
  g_autoptr (ZifuSavedEstimate) estimate = NULL;

  visit->use_mutual_aid = TRUE;
  g_assert_true (zifu_ledger_set_tie (fixture->ledger, &tie, &error));
  estimate = get (fixture->ledger, save (fixture->ledger, child, visit, NULL, NULL));
  g_assert_nonnull (strstr (estimate->case_text, "mutual_aid"));
  g_assert_null (strstr (estimate->case_text, "赵一"));
}

static void
test_score (Fixture *fixture, gconstpointer data)
{
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 8600);
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 42000, 0);
  g_autoptr (ZifuSavedEstimate) estimate = get (fixture->ledger, save (fixture->ledger, owner, visit, "市第一医院", NULL));
  guint same = zifu_pair_score (estimate, estimate->date, "outpatient", "市第一医院", "3", 42000);

  g_assert_cmpuint (same, ==, 100);
  g_assert_cmpuint (zifu_pair_score (estimate, estimate->date + 2, "outpatient", "区中医院", "2", 42500), >=, ZIFU_PAIR_LIKELY);
  g_assert_cmpuint (zifu_pair_score (estimate, estimate->date, "inpatient", "市第一医院", "3", 42000), ==, 0);
  g_assert_cmpuint (zifu_pair_score (estimate, estimate->date + 61, "outpatient", "市第一医院", "3", 42000), ==, 0);
  g_assert_cmpuint (zifu_pair_score (estimate, estimate->date + 20, "outpatient", NULL, "2", 420000), <, ZIFU_PAIR_LIKELY);
  g_assert_cmpuint (zifu_pair_score (estimate, estimate->date + 1, "outpatient", NULL, "3", 42000), <=, same);
}

/* At another institution than the one that was named, day and amount must say that it is the same visit. */
static void
test_score_elsewhere (Fixture *fixture, gconstpointer data)
{
  static const struct {
    int         days;
    const char *institution;
    ZifuMoney   total;
    gboolean    likely;
  } cases[] = {
    { 12, "区中医院", 63600, FALSE }, /* 34 % more, twelve days later: another visit */
    { 0, "区中医院", 63600, FALSE },  { 12, "区中医院", 52000, FALSE }, { 30, "区中医院", 42000, FALSE },
    { 12, "区中医院", 42000, TRUE },  { 3, "区中医院", 50000, TRUE },   { 12, "市第一医院", 63600, TRUE },
    { 12, NULL, 63600, TRUE },
  };
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 8600);
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 42000, 0);
  g_autoptr (ZifuSavedEstimate) estimate = get (fixture->ledger, save (fixture->ledger, owner, visit, "市第一医院", NULL));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint score = zifu_pair_score (estimate, estimate->date + cases[i].days, "outpatient", cases[i].institution, "3", cases[i].total);

      if ((score >= ZIFU_PAIR_LIKELY) != cases[i].likely)
        g_error ("case %u weighs %u", i, score);
    }
}

/* Somebody who asked for a coming visit did not mean one that was over; who asked for a day that was over may have been a day out. */
static void
test_score_before (Fixture *fixture, gconstpointer data)
{
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 8600);
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 42000, 0);
  g_autoptr (ZifuSavedEstimate) estimate = get (fixture->ledger, save (fixture->ledger, owner, visit, "市第一医院", NULL));
  ZifuDate before = estimate->date - 5;

  g_assert_cmpuint (zifu_pair_score (estimate, before, "outpatient", "市第一医院", "3", 42000), >=, ZIFU_PAIR_LIKELY);
  estimate->saved_on = before;
  g_assert_cmpuint (zifu_pair_score (estimate, before, "outpatient", "市第一医院", "3", 42000), >=, ZIFU_PAIR_LIKELY);
  estimate->saved_on = before + 1;
  g_assert_cmpuint (zifu_pair_score (estimate, before, "outpatient", "市第一医院", "3", 42000), <, ZIFU_PAIR_LIKELY);
  estimate->saved_on = estimate->date + 9;
  g_assert_cmpuint (zifu_pair_score (estimate, estimate->date, "outpatient", "市第一医院", "3", 42000), ==, 100);
  g_assert_cmpuint (zifu_pair_score (estimate, estimate->date + 1, "outpatient", "市第一医院", "3", 42000), >=, ZIFU_PAIR_LIKELY);
}

/* Offered, confirmed, taken back, refused; one estimate, one settlement. */
static void
test_pairs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 other = add_person (fixture->ledger, "钱二", "parent", "retired", 100000);
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 42000, 0);
  g_autoptr (ZifuVisit) near = make_visit ("2026-11-21", "outpatient", "3", 43000, 0);
  g_autoptr (ZifuVisit) far = make_visit ("2026-11-10", "outpatient", "1", 9000, 0);
  gint64 id = save (fixture->ledger, owner, visit, NULL, NULL), wanted, wrong;
  g_autoptr (GPtrArray) pairs = NULL, second = NULL, of_settlement = NULL;
  const ZifuPair *pair;

  g_assert_cmpuint (count_offers (fixture->ledger, owner), ==, 0);
  wrong = settle_and_record (fixture->ledger, owner, far, "社区");
  settle_and_record (fixture->ledger, other, near, "市第一医院");
  wanted = settle_and_record (fixture->ledger, owner, near, "市第一医院");
  g_assert_cmpuint (count_offers (fixture->ledger, owner), ==, 1);
  g_assert_cmpuint (count_offers (fixture->ledger, other), ==, 0);
  pairs = pairs_of (fixture->ledger, id);
  g_assert_cmpuint (pairs->len, ==, 2);
  pair = g_ptr_array_index (pairs, 0);
  g_assert_cmpint (pair->settlement_id, ==, wanted);
  g_assert_true (pair->is_best);
  g_assert_cmpint (pair->state, ==, ZIFU_PAIR_OPEN);

  g_assert_true (zifu_ledger_set_pair (fixture->ledger, id, wanted, ZIFU_PAIR_CONFIRMED, &error));
  g_assert_cmpuint (count_offers (fixture->ledger, owner), ==, 0);
  of_settlement = zifu_ledger_list_pairs_of_settlement (fixture->ledger, wanted, &error);
  g_assert_cmpuint (of_settlement->len, ==, 1);
  g_assert_cmpint (((ZifuPair *) g_ptr_array_index (of_settlement, 0))->state, ==, ZIFU_PAIR_CONFIRMED);
  /* Another one is chosen: the first is parted. */
  g_assert_true (zifu_ledger_set_pair (fixture->ledger, id, wrong, ZIFU_PAIR_CONFIRMED, &error));
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM presetl_pair_d"), ==, 1);
  g_assert_true (zifu_ledger_set_pair (fixture->ledger, id, wrong, ZIFU_PAIR_OPEN, &error));
  g_assert_true (zifu_ledger_set_pair (fixture->ledger, id, wanted, ZIFU_PAIR_REFUSED, &error));
  g_assert_cmpuint (count_offers (fixture->ledger, owner), ==, 0);
  second = pairs_of (fixture->ledger, id);
  g_assert_cmpuint (second->len, ==, 2);
  g_assert_false (((ZifuPair *) g_ptr_array_index (second, 0))->is_best);

  /* Nobody's estimate is about somebody else's settlement. */
  g_assert_false (zifu_ledger_set_pair (fixture->ledger, id, wanted - 1, ZIFU_PAIR_CONFIRMED, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
  assert_sound (fixture);
}

/* Two that weigh the same: both are offered, none is called the one. */
static void
test_several (Fixture *fixture, gconstpointer data)
{
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 42000, 0);
  g_autoptr (ZifuVisit) a = make_visit ("2026-11-21", "outpatient", "3", 42000, 0);
  gint64 id = save (fixture->ledger, owner, visit, NULL, NULL);
  g_autoptr (GPtrArray) pairs = NULL;

  settle_and_record (fixture->ledger, owner, a, "甲");
  settle_and_record (fixture->ledger, owner, a, "乙");
  pairs = pairs_of (fixture->ledger, id);
  g_assert_cmpuint (pairs->len, ==, 2);
  for (guint i = 0; i < pairs->len; i++)
    {
      g_assert_false (((ZifuPair *) g_ptr_array_index (pairs, i))->is_best);
      g_assert_cmpuint (((ZifuPair *) g_ptr_array_index (pairs, i))->score, >=, ZIFU_PAIR_LIKELY);
    }
}

static void
test_receipt (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 8600), settlement_id;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 420000, 10000);
  g_autoptr (ZifuSavedEstimate) estimate = get (fixture->ledger, save (fixture->ledger, owner, visit, NULL, NULL)), after = NULL;
  g_autoptr (ZifuBillFigures) receipt = zifu_bill_figures_new (), stated = NULL, wrong = zifu_bill_figures_new ();
  g_autoptr (ZifuSettlementRecord) kept = NULL;
  g_autoptr (ZifuEntry) entry = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  /* 4,100.00: the fund paid 1,500.00, the account 80.00, the rest was cash; 120.00 were out of the catalogue. */
  zifu_bill_figures_set (receipt, ZIFU_BILL_TOTAL, 410000);
  zifu_bill_figures_set (receipt, ZIFU_BILL_OUT, 12000);
  zifu_bill_figures_add_fund (receipt, "hifp", 150000);
  zifu_bill_figures_set (receipt, ZIFU_BILL_ACCOUNT, 8000);
  settlement_id = zifu_ledger_add_receipt (fixture->ledger, estimate, receipt, day ("2026-11-21"), "市第一医院", ZIFU_PROVENANCE_TYPED,
                                           &error);
  g_assert_no_error (error);
  kept = zifu_ledger_get_settlement (fixture->ledger, settlement_id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (kept->person, ==, 260000);
  g_assert_cmpint (kept->cash, ==, 252000);
  g_assert_cmpint (kept->in_scope, ==, 398000);
  stated = zifu_settlement_record_get_figures (kept);
  g_assert_true (stated->known[ZIFU_BILL_CASH] && stated->known[ZIFU_BILL_FUND] && stated->known[ZIFU_BILL_OUT]);
  g_assert_false (stated->known[ZIFU_BILL_IN_SCOPE]);
  g_assert_false (stated->known[ZIFU_BILL_DEDUCTIBLE]);
  after = get (fixture->ledger, estimate->id);
  g_assert_cmpint (after->settlement_id, ==, settlement_id);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 600);
  entries = list_all (fixture->ledger, owner);
  entry = zifu_entry_copy (g_ptr_array_index (entries, 0));
  g_assert_cmpint (entry->settlement_id, ==, settlement_id);
  g_assert_cmpint (entry->kind, ==, ZIFU_ENTRY_OUTPATIENT);
  assert_balanced (fixture->ledger, owner);

  /* What does not add up is refused, and nothing is half stored. */
  zifu_bill_figures_set (wrong, ZIFU_BILL_TOTAL, 100);
  zifu_bill_figures_set (wrong, ZIFU_BILL_CASH, 300);
  g_assert_cmpint (zifu_ledger_add_receipt (fixture->ledger, estimate, wrong, day ("2026-11-21"), NULL, ZIFU_PROVENANCE_TYPED, &error), ==,
                   0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM setl_d"), ==, 1);
  assert_sound (fixture);
}

#define ALL_ENTRIES \
  "SELECT group_concat (rid || ' ' || acct_modi_date || ' ' || kind || ' ' || inc_sumamt || ' ' || pay_sumamt || ' ' || balc, ';')" \
  " FROM acct_incexpd_d ORDER BY rid"

static gint64
find_entry (ZifuLedger *ledger, gint64 member_id, gint64 settlement_id, gboolean refund)
{
  g_autoptr (GPtrArray) entries = list_all (ledger, member_id);

  for (guint i = 0; i < entries->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (entries, i);

      if (refund ? entry->kind == ZIFU_ENTRY_REFUND : entry->settlement_id == settlement_id)
        return entry->id;
    }
  return 0;
}

/* A receipt that was typed wrongly is taken back and typed again; Undo leaves no trace of it. */
static void
test_correct (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000), first, second, reversal = 0, later;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 420000, 0);
  g_autoptr (ZifuSavedEstimate) estimate = get (fixture->ledger, save (fixture->ledger, owner, visit, NULL, NULL));
  g_autoptr (ZifuBillFigures) wrong = zifu_bill_figures_new (), right = zifu_bill_figures_new ();
  g_autoptr (ZifuEntry) back = NULL;
  ZifuEntry pharmacy = { .member_id = owner, .kind = ZIFU_ENTRY_PHARMACY, .amount = -500, .base = -1, .date = day ("2026-11-22") };
  g_autofree char *before = NULL, *after = NULL;

  zifu_bill_figures_set (wrong, ZIFU_BILL_TOTAL, 410000);
  zifu_bill_figures_set (wrong, ZIFU_BILL_FUND_SUM, 150000);
  zifu_bill_figures_set (wrong, ZIFU_BILL_ACCOUNT, 8000);
  zifu_bill_figures_set (right, ZIFU_BILL_TOTAL, 420000);
  zifu_bill_figures_set (right, ZIFU_BILL_FUND_SUM, 150000);
  zifu_bill_figures_set (right, ZIFU_BILL_ACCOUNT, 9000);
  first = zifu_ledger_add_receipt (fixture->ledger, estimate, wrong, day ("2026-11-21"), NULL, ZIFU_PROVENANCE_TYPED, &error);
  later = zifu_ledger_add_entry (fixture->ledger, &pharmacy, &error);
  g_assert_no_error (error);
  before = query_text (fixture->path, ALL_ENTRIES);
  second = zifu_ledger_correct_receipt (fixture->ledger, find_entry (fixture->ledger, owner, first, FALSE), estimate, right,
                                        day ("2026-11-20"), "市第一医院", "打错了", &reversal, &error);
  g_assert_no_error (error);
  g_assert_cmpint (second, >, 0);
  back = zifu_ledger_get_entry (fixture->ledger, reversal, &error);
  g_assert_cmpint (back->original_id, ==, find_entry (fixture->ledger, owner, first, FALSE));
  g_assert_cmpint (back->amount, ==, 8000);
  g_assert_cmpint (back->date, ==, day ("2026-11-21"));
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 100000 - 9000 - 500);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM setl_d WHERE refd_setl_flag = '1'"), ==, 1);
  g_assert_cmpint (query_int (fixture->path, "SELECT setl_id FROM presetl_pair_d WHERE vali_flag = '1'"), ==, second);
  assert_sound (fixture);

  g_assert_true (zifu_ledger_withdraw_receipt (fixture->ledger, second, reversal, estimate->id, &error));
  g_assert_no_error (error);
  after = query_text (fixture->path, ALL_ENTRIES);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM setl_d WHERE refd_setl_flag = '1'"), ==, 0);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM setl_d"), ==, 1);
  g_assert_cmpint (query_int (fixture->path, "SELECT setl_id FROM presetl_pair_d WHERE vali_flag = '1'"), ==, first);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 100000 - 8000 - 500);
  g_assert_cmpint (later, >, 0);
  assert_sound (fixture);
}

/* What does not add up corrects nothing: the receipt that is there stays as it was. */
static void
test_correct_wrongly (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000), first, reversal = 0;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 420000, 0);
  g_autoptr (ZifuSavedEstimate) estimate = get (fixture->ledger, save (fixture->ledger, owner, visit, NULL, NULL));
  g_autoptr (ZifuBillFigures) receipt = zifu_bill_figures_new ();

  zifu_bill_figures_set (receipt, ZIFU_BILL_TOTAL, 410000);
  zifu_bill_figures_set (receipt, ZIFU_BILL_FUND_SUM, 150000);
  first = zifu_ledger_add_receipt (fixture->ledger, estimate, receipt, day ("2026-11-21"), NULL, ZIFU_PROVENANCE_TYPED, &error);
  g_assert_no_error (error);
  zifu_bill_figures_set (receipt, ZIFU_BILL_FUND_SUM, 990000);
  g_assert_cmpint (zifu_ledger_correct_receipt (fixture->ledger, find_entry (fixture->ledger, owner, first, FALSE), estimate, receipt,
                                                day ("2026-11-21"), NULL, NULL, &reversal, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d WHERE kind = 'refund'"), ==, 0);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM setl_d WHERE refd_setl_flag = '1'"), ==, 0);
  assert_sound (fixture);
}

/* A receipt that turns out not to be of the estimated visit frees the estimate; Undo ties them again. */
static void
test_correct_parted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000), first, second, reversal = 0;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 420000, 0);
  g_autoptr (ZifuSavedEstimate) estimate = get (fixture->ledger, save (fixture->ledger, owner, visit, NULL, NULL)), after = NULL;
  g_autoptr (ZifuSavedEstimate) about = zifu_saved_estimate_copy (estimate), again = NULL;
  g_autoptr (ZifuBillFigures) receipt = zifu_bill_figures_new ();

  zifu_bill_figures_set (receipt, ZIFU_BILL_TOTAL, 410000);
  zifu_bill_figures_set (receipt, ZIFU_BILL_FUND_SUM, 150000);
  first = zifu_ledger_add_receipt (fixture->ledger, estimate, receipt, day ("2026-11-21"), NULL, ZIFU_PROVENANCE_TYPED, &error);
  g_assert_no_error (error);
  about->id = 0;
  second = zifu_ledger_correct_receipt (fixture->ledger, find_entry (fixture->ledger, owner, first, FALSE), about, receipt,
                                        day ("2026-11-21"), NULL, NULL, &reversal, &error);
  g_assert_no_error (error);
  after = get (fixture->ledger, estimate->id);
  g_assert_cmpint (after->settlement_id, ==, 0);
  g_assert_true (zifu_ledger_withdraw_receipt (fixture->ledger, second, reversal, estimate->id, &error));
  g_assert_no_error (error);
  again = get (fixture->ledger, estimate->id);
  g_assert_cmpint (again->settlement_id, ==, first);
  assert_sound (fixture);

  /* Also when the estimate was deleted meanwhile. */
  second = zifu_ledger_correct_receipt (fixture->ledger, find_entry (fixture->ledger, owner, first, FALSE), about, receipt,
                                        day ("2026-11-21"), NULL, NULL, &reversal, &error);
  g_assert_no_error (error);
  g_assert_true (zifu_ledger_delete_estimate (fixture->ledger, estimate->id, &error));
  zifu_ledger_withdraw_receipt (fixture->ledger, second, reversal, estimate->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM setl_d"), ==, 1);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM presetl_pair_d"), ==, 0);
  assert_sound (fixture);
}

/* An estimate that is put back after its receipt has gone stands alone; it is not lost with it. */
static void
test_put_back_alone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000), settlement_id;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 420000, 0);
  g_autoptr (ZifuSavedEstimate) estimate = get (fixture->ledger, save (fixture->ledger, owner, visit, NULL, NULL));
  g_autoptr (ZifuSavedEstimate) deleted = NULL, after = NULL;
  g_autoptr (ZifuBillFigures) receipt = zifu_bill_figures_new ();

  zifu_bill_figures_set (receipt, ZIFU_BILL_TOTAL, 410000);
  zifu_bill_figures_set (receipt, ZIFU_BILL_FUND_SUM, 150000);
  settlement_id = zifu_ledger_add_receipt (fixture->ledger, estimate, receipt, day ("2026-11-21"), NULL, ZIFU_PROVENANCE_TYPED, &error);
  g_assert_no_error (error);
  deleted = get (fixture->ledger, estimate->id);
  g_assert_cmpint (deleted->settlement_id, ==, settlement_id);
  g_assert_true (zifu_ledger_delete_estimate (fixture->ledger, estimate->id, &error));
  g_assert_true (zifu_ledger_withdraw_receipt (fixture->ledger, settlement_id, 0, 0, &error));
  g_assert_cmpint (zifu_ledger_save_estimate (fixture->ledger, deleted, &error), ==, estimate->id);
  g_assert_no_error (error);
  after = get (fixture->ledger, estimate->id);
  g_assert_cmpint (after->settlement_id, ==, 0);
  assert_sound (fixture);
}

/* A visit that was worked out fed the totals of the year and took from relatives' accounts: a receipt cannot take its place. */
static void
test_correct_worked_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 mother = add_person (fixture->ledger, "钱二", "parent", "retired", 5000), worked, typed, reversal = 0;
  const ZifuMutualTie tie = { .owner_id = owner, .relative_id = mother, .from = day ("2026-01-01") };
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 420000, 0);
  g_autoptr (ZifuSavedEstimate) about = NULL;
  g_autoptr (ZifuSettlementRecord) kept = NULL;
  g_autoptr (ZifuBillFigures) figures = NULL;
  g_autofree char *before = NULL, *after = NULL;
  ZifuMoney left;

  g_assert_true (zifu_ledger_set_tie (fixture->ledger, &tie, &error));
  visit->use_mutual_aid = TRUE;
  about = get (fixture->ledger, save (fixture->ledger, mother, visit, NULL, NULL));
  worked = settle_and_record (fixture->ledger, mother, visit, NULL);
  kept = zifu_ledger_get_settlement (fixture->ledger, worked, &error);
  g_assert_cmpint (kept->mutual, >, 0);
  figures = zifu_settlement_record_get_figures (kept);
  left = get_balance (fixture->ledger, owner);
  before = query_text (fixture->path, "SELECT group_concat (psn_no || cum_type_code || cum) FROM cum_d");
  g_assert_cmpint (zifu_ledger_correct_receipt (fixture->ledger, find_entry (fixture->ledger, mother, worked, FALSE), about, figures,
                                                day ("2026-11-20"), NULL, NULL, &reversal, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_clear_error (&error);
  after = query_text (fixture->path, "SELECT group_concat (psn_no || cum_type_code || cum) FROM cum_d");
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, left);
  g_assert_false (zifu_ledger_is_receipt (fixture->ledger, worked));
  typed = zifu_ledger_add_receipt (fixture->ledger, about, figures, day ("2026-11-21"), NULL, ZIFU_PROVENANCE_IMPORTED, &error);
  g_assert_no_error (error);
  g_assert_true (zifu_ledger_is_receipt (fixture->ledger, typed));
  assert_sound (fixture);
}

/* What is typed takes no more than the account holds, also when a receipt says so. */
static void
test_overdrawn (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 8600), first, reversal = 0;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 420000, 0);
  g_autoptr (ZifuSavedEstimate) estimate = get (fixture->ledger, save (fixture->ledger, owner, visit, NULL, NULL));
  g_autoptr (ZifuBillFigures) receipt = zifu_bill_figures_new ();

  zifu_bill_figures_set (receipt, ZIFU_BILL_TOTAL, 410000);
  zifu_bill_figures_set (receipt, ZIFU_BILL_FUND_SUM, 150000);
  zifu_bill_figures_set (receipt, ZIFU_BILL_ACCOUNT, 8601);
  first = zifu_ledger_add_receipt (fixture->ledger, estimate, receipt, day ("2026-11-21"), NULL, ZIFU_PROVENANCE_TYPED, &error);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_cmpint (first, ==, 0);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM setl_d"), ==, 0);
  zifu_bill_figures_set (receipt, ZIFU_BILL_ACCOUNT, 8600);
  first = zifu_ledger_add_receipt (fixture->ledger, estimate, receipt, day ("2026-11-21"), NULL, ZIFU_PROVENANCE_TYPED, &error);
  g_assert_no_error (error);
  /* What the receipt before took is there again for the one that takes its place. */
  zifu_bill_figures_set (receipt, ZIFU_BILL_ACCOUNT, 8599);
  g_assert_cmpint (zifu_ledger_correct_receipt (fixture->ledger, find_entry (fixture->ledger, owner, first, FALSE), estimate, receipt,
                                                day ("2026-11-21"), NULL, NULL, &reversal, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 1);
  assert_sound (fixture);
}

/* Only what was typed, and what nothing else hangs on, goes without a trace. */
static void
test_withdraw (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000), typed, imported, worked;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 420000, 0);
  g_autoptr (ZifuSavedEstimate) estimate = get (fixture->ledger, save (fixture->ledger, owner, visit, NULL, NULL));
  g_autoptr (ZifuBillFigures) receipt = zifu_bill_figures_new ();
  ZifuEntry refund = { .member_id = owner, .kind = ZIFU_ENTRY_REFUND, .base = -1, .date = day ("2026-11-23") };
  gint64 refund_id;

  zifu_bill_figures_set (receipt, ZIFU_BILL_TOTAL, 10000);
  zifu_bill_figures_set (receipt, ZIFU_BILL_FUND_SUM, 5000);
  typed = zifu_ledger_add_receipt (fixture->ledger, estimate, receipt, day ("2026-11-21"), NULL, ZIFU_PROVENANCE_TYPED, &error);
  imported = zifu_ledger_add_receipt (fixture->ledger, estimate, receipt, day ("2026-11-21"), NULL, ZIFU_PROVENANCE_IMPORTED, &error);
  g_assert_no_error (error);
  g_assert_false (zifu_ledger_withdraw_receipt (fixture->ledger, imported, 0, 0, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_clear_error (&error);

  refund.original_id = find_entry (fixture->ledger, owner, typed, FALSE);
  refund_id = zifu_ledger_add_entry (fixture->ledger, &refund, &error);
  g_assert_no_error (error);
  g_assert_false (zifu_ledger_withdraw_receipt (fixture->ledger, typed, 0, 0, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_REFERRED);
  g_clear_error (&error);
  g_assert_true (zifu_ledger_withdraw_receipt (fixture->ledger, 0, refund_id, 0, &error));
  g_assert_true (zifu_ledger_withdraw_receipt (fixture->ledger, typed, 0, 0, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM setl_d"), ==, 1);
  assert_sound (fixture);

  /* Yearly totals moved with it. */
  worked = settle_and_record (fixture->ledger, owner, visit, NULL);
  g_assert_false (zifu_ledger_withdraw_receipt (fixture->ledger, worked, 0, 0, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_REFERRED);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM unlock_d"), ==, 0);
  assert_sound (fixture);
}

/* With a person goes what was estimated for them. */
static void
test_delete_person (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  gint64 other = add_person (fixture->ledger, "钱二", "parent", "retired", 100000);
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 42000, 0);
  g_autoptr (ZifuVisit) larger = make_visit ("2026-11-20", "outpatient", "3", 420000, 0);
  gint64 id = save (fixture->ledger, owner, larger, "秘密的医院", "秘密的话"), kept = save (fixture->ledger, other, larger, NULL, NULL);
  gint64 settlement_id = settle_and_record (fixture->ledger, owner, visit, NULL);

  g_assert_true (zifu_ledger_set_pair (fixture->ledger, id, settlement_id, ZIFU_PAIR_CONFIRMED, &error));
  g_assert_true (zifu_ledger_delete_member (fixture->ledger, owner, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM presetl_d"), ==, 1);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM presetl_pair_d"), ==, 0);
  g_assert_cmpint (query_int (fixture->path, "SELECT MIN (presetl_id) FROM presetldetail"), ==, kept);
  assert_sound (fixture);
  g_clear_object (&fixture->ledger);
  g_assert_false (file_contains (fixture->path, "秘密的医院"));
  g_assert_false (file_contains (fixture->path, "秘密的话"));
}

/* The fourth shape had no estimates; what it had is there. */
static void
test_migrate_4 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSettlementRecord) kept = NULL;
  g_autoptr (ZifuBillFigures) figures = NULL;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 42000, 0);

  make_old (fixture->path, 4);
  fixture->ledger = open_ledger (fixture->path);
  g_assert_cmpint (query_int (fixture->path, "PRAGMA user_version"), ==, ZIFU_LEDGER_SCHEMA_VERSION);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_axis_d"), ==, 2);
  kept = zifu_ledger_get_settlement (fixture->ledger, 1, &error);
  g_assert_no_error (error);
  figures = zifu_settlement_record_get_figures (kept);
  for (guint part = 0; part < ZIFU_N_BILL_PARTS; part++)
    g_assert_true (figures->known[part]);
  save (fixture->ledger, 1, visit, NULL, NULL);
  assert_balanced (fixture->ledger, 1);
  assert_sound (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, set_up, function) \
  g_test_add ("/ledger/estimates/" name, Fixture, NULL, set_up, function, fixture_tear_down)
  ADD ("R42/save", fixture_set_up, test_save);
  ADD ("R42/names", fixture_set_up, test_names);
  ADD ("R42/score", fixture_set_up, test_score);
  ADD ("R42/score-elsewhere", fixture_set_up, test_score_elsewhere);
  ADD ("R42/score-before", fixture_set_up, test_score_before);
  ADD ("R42/pairs", fixture_set_up, test_pairs);
  ADD ("R42/several", fixture_set_up, test_several);
  ADD ("R42/receipt", fixture_set_up, test_receipt);
  ADD ("R42/correct", fixture_set_up, test_correct);
  ADD ("R42/correct-wrongly", fixture_set_up, test_correct_wrongly);
  ADD ("R42/correct-parted", fixture_set_up, test_correct_parted);
  ADD ("R42/put-back-alone", fixture_set_up, test_put_back_alone);
  ADD ("R42/correct-worked-out", fixture_set_up, test_correct_worked_out);
  ADD ("R42/overdrawn", fixture_set_up, test_overdrawn);
  ADD ("R42/withdraw", fixture_set_up, test_withdraw);
  ADD ("R42/delete-person", fixture_set_up, test_delete_person);
  ADD ("migrate-4", fixture_set_up_closed, test_migrate_4);
  return g_test_run ();
}
