/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A refund or a receipt that was typed wrongly is taken back later: nothing tells that it had been there, and nothing else has moved. */

#include "zifu-backup.h"
#include "zifu-ledger-estimates.h"
#include "zifu-ledger-withdraw.h"

#include "test-ledger-common.h"

/* All that people see, whatever numbers the rows have. */
#define ROWS \
  "SELECT group_concat (line, char (10)) FROM (SELECT p.psn_name || ' ' || e.acct_modi_date || ' ' || e.kind || ' ' ||" \
  " e.acct_incexpd_type || ' ' || e.inc_sumamt || ' ' || e.pay_sumamt || ' ' || e.balc || ' ' || e.provenance || ' ' ||" \
  " IFNULL ((SELECT txt FROM txt_d WHERE txt_id = e.fixmedins_id), '-') || ' ' ||" \
  " IFNULL ((SELECT txt FROM txt_d WHERE txt_id = e.memo_id), '-') || ' ' || (e.init_rid IS NOT NULL) || ' ' ||" \
  " IFNULL (e.relt_psn_no, 0) AS line FROM acct_incexpd_d e JOIN psn_b p ON p.psn_no = e.psn_no" \
  " ORDER BY p.psn_name, e.acct_modi_date, e.rid)"
#define MONTHS \
  "SELECT group_concat (psn_no || ' ' || ym || ' ' || inc_sumamt || ' ' || pay_sumamt || ' ' || adj_sumamt || ' ' || cnt, char (10))" \
  " FROM (SELECT * FROM acct_mon_d ORDER BY psn_no, ym)"
#define TOTALS \
  "SELECT group_concat (psn_no || ' ' || cum_type_code || ' ' || cum || ' ' || IFNULL (since, '-'), char (10))" \
  " FROM (SELECT * FROM cum_d ORDER BY psn_no, cum_type_code)"
#define BILLS \
  "SELECT group_concat (line, char (10)) FROM (SELECT psn_no || ' ' || setl_time || ' ' || begndate || ' ' || care || ' ' || med_type ||" \
  " ' ' || IFNULL (fixmedins_name, '-') || ' ' || IFNULL (fixmedins_class, '-') || ' ' || insu_admdvs || ' ' || insutype || ' ' ||" \
  " medfee_sumamt || ' ' || fulamt_ownpay_amt || ' ' || overlmt_selfpay || ' ' || preselfpay_amt || ' ' || inscp_scp_amt || ' ' ||" \
  " act_pay_dedc || ' ' || fund_pay_sumamt || ' ' || hosp_part_amt || ' ' || psn_part_amt || ' ' || own_acct_pay || ' ' ||" \
  " acct_mulaid_pay || ' ' || psn_cash_pay || ' ' || refd_setl_flag || ' ' || provenance || ' ' || unstated || ' ' ||" \
  " IFNULL ((SELECT group_concat (payout || layer || payer || IFNULL (fund_pay_type, '-') || fund_payamt) FROM setldetail d" \
  " WHERE d.setl_id = s.setl_id), '-') || ' ' || IFNULL ((SELECT group_concat (presetl_id || vali_flag) FROM (SELECT * FROM" \
  " presetl_pair_d q WHERE q.setl_id = s.setl_id ORDER BY presetl_id)), '-') AS line FROM setl_d s ORDER BY line)"

static char *
look (Fixture *fixture)
{
  g_autofree char *rows = query_text (fixture->path, ROWS), *months = query_text (fixture->path, MONTHS);
  g_autofree char *totals = query_text (fixture->path, TOTALS), *bills = query_text (fixture->path, BILLS);
  g_autofree char *texts = query_text (fixture->path, "SELECT group_concat (txt) FROM (SELECT txt FROM txt_d ORDER BY txt)");

  return g_strjoin ("\n-- ", rows, months, totals != NULL ? totals : "-", bills != NULL ? bills : "-", texts != NULL ? texts : "-", NULL);
}

#define assert_looks(fixture, expected) \
  G_STMT_START \
  { \
    g_autofree char *found = look (fixture); \
    g_assert_cmpstr (found, ==, expected); \
  } \
  G_STMT_END

static void
assert_sound (ZifuLedger *ledger)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = zifu_ledger_verify (ledger, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

static ZifuWithdrawal *
find (ZifuLedger *ledger, gint64 entry_id)
{
  g_autoptr (GError) error = NULL;
  ZifuWithdrawal *withdrawal = zifu_ledger_find_withdrawal (ledger, entry_id, &error);

  g_assert_no_error (error);
  g_assert_nonnull (withdrawal);
  return withdrawal;
}

static gboolean
can_withdraw (ZifuLedger *ledger, gint64 entry_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuEntry) entry = zifu_ledger_get_entry (ledger, entry_id, &error);

  g_assert_no_error (error);
  return zifu_ledger_can_withdraw (ledger, entry);
}

static void
withdraw (ZifuLedger *ledger, gint64 entry_id)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (can_withdraw (ledger, entry_id));
  zifu_ledger_withdraw (ledger, entry_id, &error);
  g_assert_no_error (error);
}

/* It is not offered, it is refused with its reason, and nothing has moved. */
static void
assert_refused (Fixture *fixture, gint64 entry_id, ZifuLedgerError code, const char *reason)
{
  g_autofree char *before = look (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (can_withdraw (fixture->ledger, entry_id));
  g_assert_null (zifu_ledger_find_withdrawal (fixture->ledger, entry_id, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, reason));
  g_clear_error (&error);
  g_assert_false (zifu_ledger_withdraw (fixture->ledger, entry_id, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, (int) code);
  assert_looks (fixture, before);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM unlock_d"), ==, 0);
}

static gint64
refund (ZifuLedger *ledger, gint64 original_id, const char *date, ZifuMoney amount, const char *note)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuEntry) original = zifu_ledger_get_entry (ledger, original_id, &error);
  ZifuEntry entry = { .kind = ZIFU_ENTRY_REFUND, .base = -1, .provenance = ZIFU_PROVENANCE_TYPED };
  gint64 id;

  g_assert_no_error (error);
  entry.member_id = original->member_id;
  entry.date = day (date);
  entry.amount = amount != 0 ? amount : -original->amount;
  entry.institution = original->institution;
  entry.note = (char *) note;
  entry.original_id = original_id;
  id = zifu_ledger_add_entry (ledger, &entry, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

/* The row by which somebody paid for a settlement. */
static gint64
row_of (Fixture *fixture, gint64 settlement_id)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT rid FROM acct_incexpd_d WHERE setl_id = %" G_GINT64_FORMAT " AND kind <> 'family'", settlement_id);

  return query_int (fixture->path, sql);
}

static gint64
import_purchase (ZifuLedger *ledger, gint64 member_id, const char *date, ZifuMoney amount, const char *key, gint64 *import_id)
{
  ZifuImport import = { .member_id = member_id, .file_name = (char *) "一月.csv" };
  ZifuEntry entry = { .kind = ZIFU_ENTRY_PHARMACY, .base = -1, .provenance = ZIFU_PROVENANCE_IMPORTED };
  g_autoptr (GError) error = NULL;
  gint64 id;

  entry.member_id = member_id;
  entry.date = day (date);
  entry.amount = -amount;
  entry.souc_rid = (char *) key;
  *import_id = zifu_ledger_begin_import (ledger, &import, &error);
  id = zifu_ledger_add_import_entry (ledger, &entry, &error);
  g_assert_true (zifu_ledger_commit_import (ledger, NULL, &error));
  g_assert_no_error (error);
  return id;
}

/* A refund of what a file brought: it holds the import, which says so; taken back weeks later, only what came after it is there. */
static void
test_refund (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000), import_id;
  gint64 bought = import_purchase (fixture->ledger, owner, "2026-02-05", 4500, "a", &import_id), back;
  g_autofree char *expected = NULL, *empty = NULL;
  g_autoptr (ZifuWithdrawal) withdrawal = NULL;
  g_autoptr (ZifuEntry) original = NULL;

  add_entry (fixture->ledger, owner, "2026-02-20", ZIFU_ENTRY_CREDIT, 24000);
  back = add_entry (fixture->ledger, owner, "2026-03-20", ZIFU_ENTRY_CREDIT, 24000);
  expected = look (fixture);
  g_assert_cmpint (back, >, 0);

  back = refund (fixture->ledger, bought, "2026-02-20", 3000, "打错的退费");
  g_assert_false (zifu_ledger_undo_import (fixture->ledger, import_id, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_REFERRED);
  g_assert_cmpstr (error->message, ==, "In the history, take back the refund of 30.00 on 2026-02-20 (赵一) first: it refers to an entry of"
                                       " this import. Nothing was undone.");
  g_clear_error (&error);

  withdrawal = find (fixture->ledger, back);
  g_assert_cmpint (withdrawal->entry->id, ==, back);
  g_assert_cmpint (withdrawal->original->id, ==, bought);
  g_assert_null (withdrawal->receipt);
  g_assert_cmpint (withdrawal->before, ==, 100000 - 4500 + 24000 + 24000 + 3000);
  g_assert_cmpint (withdrawal->after, ==, withdrawal->before - 3000);
  g_assert_false (withdrawal->moves_totals || withdrawal->is_replaced || withdrawal->n_relatives > 0);
  withdraw (fixture->ledger, back);
  assert_looks (fixture, expected);
  assert_sound (fixture->ledger);
  original = zifu_ledger_get_entry (fixture->ledger, bought, &error);
  g_assert_cmpint (original->reversed_by, ==, 0);
  g_assert_false (file_contains (fixture->path, "打错的退费") && query_int (fixture->path, "SELECT COUNT (*) FROM txt_d") != 0);

  /* Put back, it holds the import again; taken back, the import goes. */
  g_assert_true (zifu_ledger_put_back (fixture->ledger, withdrawal, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, withdrawal->before);
  g_assert_false (zifu_ledger_undo_import (fixture->ledger, import_id, &error));
  g_clear_error (&error);
  g_clear_pointer (&original, zifu_entry_free);
  original = zifu_ledger_get_entry (fixture->ledger, bought, &error);
  withdraw (fixture->ledger, original->reversed_by);
  g_assert_true (zifu_ledger_undo_import (fixture->ledger, import_id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 100000 + 48000);
  empty = query_text (fixture->path, "SELECT group_concat (txt) FROM txt_d");
  g_assert_null (empty);
  assert_sound (fixture->ledger);
}

/* Several in the way are counted, and one that came with another file goes with that. */
static void
test_import_held (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000), first, second, ids[2], back;
  ZifuImport later = { .member_id = owner, .file_name = (char *) "二月.csv" };
  ZifuEntry entry = { .kind = ZIFU_ENTRY_REFUND, .base = -1, .provenance = ZIFU_PROVENANCE_IMPORTED, .amount = 100 };

  ids[0] = import_purchase (fixture->ledger, owner, "2026-02-05", 4500, "a", &first);
  back = refund (fixture->ledger, ids[0], "2026-02-07", 0, NULL);
  ids[1] = import_purchase (fixture->ledger, owner, "2026-02-06", 100, "b", &second);
  run_sql (fixture->path, "INSERT INTO unlock_d VALUES ('test'); UPDATE acct_incexpd_d SET impt_id = 1 WHERE impt_id = 2;"
                          " DELETE FROM unlock_d");
  entry.member_id = owner;
  entry.date = day ("2026-02-06");
  entry.original_id = ids[1];
  g_assert_cmpint (zifu_ledger_begin_import (fixture->ledger, &later, &error), >, 0);
  g_assert_cmpint (zifu_ledger_add_import_entry (fixture->ledger, &entry, &error), >, 0);
  g_assert_true (zifu_ledger_commit_import (fixture->ledger, NULL, &error));
  g_assert_no_error (error);

  g_assert_false (zifu_ledger_undo_import (fixture->ledger, first, &error));
  g_assert_cmpstr (error->message, ==, "Undo the import of “二月.csv” first: the refund of 1.00 on 2026-02-06 (赵一) came with it, and refers"
                                       " to an entry of this import. Then 1 more stands in the way. Nothing was undone.");
  g_clear_error (&error);
  g_assert_true (zifu_ledger_undo_import (fixture->ledger, 3, &error));
  g_assert_false (zifu_ledger_undo_import (fixture->ledger, first, &error));
  g_assert_nonnull (strstr (error->message, "take back the refund of 45.00 on 2026-02-07"));
  g_clear_error (&error);

  /* One that a provider took over cannot be taken back, and it is not said that it could. */
  run_sql (fixture->path, "INSERT INTO unlock_d VALUES ('test'); UPDATE acct_incexpd_d SET souc_rid = 'x' WHERE kind = 'refund';"
                          " DELETE FROM unlock_d");
  g_assert_false (zifu_ledger_undo_import (fixture->ledger, first, &error));
  g_assert_nonnull (strstr (error->message, "The provider has sent the refund of 45.00"));
  assert_refused (fixture, back, ZIFU_LEDGER_ERROR_INPUT, "The provider has this entry as well");
  assert_sound (fixture->ledger);
}

/* Figures of a receipt that add up, each of them stated or not. */
static ZifuBillFigures *
draw_figures (GRand *rand, ZifuMoney most)
{
  ZifuBillFigures *figures = zifu_bill_figures_new ();
  ZifuMoney out = g_rand_int_range (rand, 0, 3000), over = g_rand_int_range (rand, 0, 3000), prior = g_rand_int_range (rand, 0, 3000);
  ZifuMoney scope = g_rand_int_range (rand, 1, 50000), total = out + over + prior + scope, fund = g_rand_int_range (rand, 0, (int) scope);
  ZifuMoney person = total - fund, account = g_rand_int_range (rand, 0, (int) MIN (person, most) + 1);

  zifu_bill_figures_set (figures, ZIFU_BILL_TOTAL, total);
  zifu_bill_figures_set (figures, g_rand_boolean (rand) ? ZIFU_BILL_PERSON : ZIFU_BILL_FUND_SUM, 0);
  figures->amount[ZIFU_BILL_PERSON] = figures->known[ZIFU_BILL_PERSON] ? person : 0;
  figures->amount[ZIFU_BILL_FUND_SUM] = figures->known[ZIFU_BILL_FUND_SUM] ? fund : 0;
  if (g_rand_boolean (rand))
    zifu_bill_figures_set (figures, ZIFU_BILL_ACCOUNT, account);
  if (g_rand_boolean (rand))
    zifu_bill_figures_set (figures, ZIFU_BILL_OUT, out);
  if (g_rand_boolean (rand))
    zifu_bill_figures_set (figures, ZIFU_BILL_OVER_LIMIT, over);
  if (g_rand_boolean (rand))
    zifu_bill_figures_set (figures, ZIFU_BILL_PRIOR, prior);
  if (g_rand_boolean (rand))
    zifu_bill_figures_set (figures, ZIFU_BILL_DEDUCTIBLE, g_rand_int_range (rand, 0, (int) (scope - fund) + 1));
  if (fund > 1 && g_rand_boolean (rand))
    {
      zifu_bill_figures_add_fund (figures, "hifp", fund - 1);
      zifu_bill_figures_add_fund (figures, "hifob", 1);
    }
  return figures;
}

static gint64
save_estimate (ZifuLedger *ledger, gint64 member_id)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 420000, 0);
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (ledger, member_id, &error);
  g_autoptr (ZifuPerson) person = zifu_ledger_load_person (ledger, member_id, &error);
  g_autoptr (ZifuSettlement) settlement = zifu_settle (pack, person, visit, &error);
  g_autoptr (ZifuSavedEstimate) estimate = zifu_saved_estimate_new (member, person, visit, settlement, NULL, NULL, day ("2026-11-01"));
  gint64 id = zifu_ledger_save_estimate (ledger, estimate, &error);

  g_assert_no_error (error);
  return id;
}

/* A receipt goes with all that was said of it, whatever it states, and is put back with all of it. */
static void
test_receipt (Fixture *fixture, gconstpointer data)
{
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 500000), estimates[3];
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint n_drawn = g_test_slow () ? 400 : 60;

  for (guint i = 0; i < G_N_ELEMENTS (estimates); i++)
    estimates[i] = save_estimate (fixture->ledger, owner);
  for (guint i = 0; i < n_drawn; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuSavedEstimate) about = zifu_ledger_get_estimate (fixture->ledger, estimates[0], &error);
      g_autoptr (ZifuBillFigures) figures = draw_figures (rand, 4000);
      g_autofree char *before = look (fixture), *with = NULL;
      g_autoptr (ZifuWithdrawal) withdrawal = NULL;
      gint64 id, row, again;

      id = zifu_ledger_add_receipt (fixture->ledger, about, figures, day ("2026-11-10"), i % 3 != 0 ? "市第一医院" : NULL,
                                    ZIFU_PROVENANCE_TYPED, &error);
      g_assert_no_error (error);
      g_assert_true (zifu_ledger_set_pair (fixture->ledger, estimates[1], id, ZIFU_PAIR_REFUSED, &error));
      row = row_of (fixture, id);
      with = look (fixture);
      withdrawal = find (fixture->ledger, row);
      g_assert_cmpint (withdrawal->receipt->id, ==, id);
      g_assert_cmpint (withdrawal->estimate_id, ==, estimates[0]);
      withdraw (fixture->ledger, row);
      assert_looks (fixture, before);
      g_assert_true (zifu_ledger_put_back (fixture->ledger, withdrawal, &error));
      g_assert_no_error (error);
      assert_looks (fixture, with);
      again = query_int (fixture->path, "SELECT MAX (setl_id) FROM setl_d");
      g_assert_true (zifu_ledger_is_receipt (fixture->ledger, again));
      withdraw (fixture->ledger, row_of (fixture, again));
      assert_looks (fixture, before);
    }
  assert_sound (fixture->ledger);
}

/* What was deleted or said since then is not overruled by the way back. */
static void
test_put_back_later (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 500000), estimate = save_estimate (fixture->ledger, owner), id;
  g_autoptr (ZifuSavedEstimate) about = zifu_ledger_get_estimate (fixture->ledger, estimate, &error), after = NULL;
  g_autoptr (ZifuBillFigures) figures = zifu_bill_figures_new ();
  g_autoptr (ZifuWithdrawal) withdrawal = NULL;

  zifu_bill_figures_set (figures, ZIFU_BILL_TOTAL, 10000);
  zifu_bill_figures_set (figures, ZIFU_BILL_FUND_SUM, 5000);
  id = zifu_ledger_add_receipt (fixture->ledger, about, figures, day ("2026-11-10"), NULL, ZIFU_PROVENANCE_TYPED, &error);
  withdrawal = find (fixture->ledger, row_of (fixture, id));
  withdraw (fixture->ledger, row_of (fixture, id));
  id = zifu_ledger_add_receipt (fixture->ledger, about, figures, day ("2026-11-12"), NULL, ZIFU_PROVENANCE_TYPED, &error);
  g_assert_true (zifu_ledger_put_back (fixture->ledger, withdrawal, &error));
  g_assert_no_error (error);
  after = zifu_ledger_get_estimate (fixture->ledger, estimate, &error);
  g_assert_cmpint (after->settlement_id, ==, id);
  g_assert_true (zifu_ledger_delete_estimate (fixture->ledger, estimate, &error));
  g_assert_true (zifu_ledger_put_back (fixture->ledger, withdrawal, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM setl_d"), ==, 3);
  assert_sound (fixture->ledger);
}

/* Taking back the reversal of a corrected receipt makes two of one visit: it is said, however often it was corrected. */
static void
test_corrected (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 500000), first, second, third, reversals[2];
  g_autoptr (ZifuSavedEstimate) about = zifu_ledger_get_estimate (fixture->ledger, save_estimate (fixture->ledger, owner), &error);
  g_autoptr (ZifuBillFigures) figures = zifu_bill_figures_new ();
  g_autoptr (ZifuWithdrawal) withdrawal = NULL;
  g_autofree char *before = NULL;

  zifu_bill_figures_set (figures, ZIFU_BILL_TOTAL, 10000);
  zifu_bill_figures_set (figures, ZIFU_BILL_FUND_SUM, 5000);
  zifu_bill_figures_set (figures, ZIFU_BILL_ACCOUNT, 100);
  first = zifu_ledger_add_receipt (fixture->ledger, about, figures, day ("2026-11-10"), NULL, ZIFU_PROVENANCE_TYPED, &error);
  before = look (fixture);
  second = zifu_ledger_correct_receipt (fixture->ledger, row_of (fixture, first), about, figures, day ("2026-11-11"), NULL, NULL,
                                        &reversals[0], &error);
  third = zifu_ledger_correct_receipt (fixture->ledger, row_of (fixture, second), about, figures, day ("2026-11-12"), NULL, NULL,
                                       &reversals[1], &error);
  g_assert_no_error (error);
  assert_refused (fixture, row_of (fixture, first), ZIFU_LEDGER_ERROR_REFERRED, "take back that refund first");
  withdrawal = find (fixture->ledger, reversals[0]);
  g_assert_true (withdrawal->is_replaced);
  g_clear_pointer (&withdrawal, zifu_withdrawal_free);
  withdrawal = find (fixture->ledger, row_of (fixture, third));
  g_assert_true (withdrawal->is_correction);
  g_clear_pointer (&withdrawal, zifu_withdrawal_free);

  /* Step by step back to the first: then nothing stands in its place. */
  withdraw (fixture->ledger, row_of (fixture, third));
  withdrawal = find (fixture->ledger, reversals[0]);
  g_assert_false (withdrawal->is_replaced);
  g_clear_pointer (&withdrawal, zifu_withdrawal_free);
  withdrawal = find (fixture->ledger, reversals[1]);
  g_assert_false (withdrawal->is_replaced);
  g_clear_pointer (&withdrawal, zifu_withdrawal_free);
  withdraw (fixture->ledger, reversals[1]);
  withdraw (fixture->ledger, row_of (fixture, second));
  withdrawal = find (fixture->ledger, reversals[0]);
  g_assert_false (withdrawal->is_replaced);
  withdraw (fixture->ledger, reversals[0]);
  g_assert_true (zifu_ledger_set_pair (fixture->ledger, about->id, first, ZIFU_PAIR_CONFIRMED, &error));
  assert_looks (fixture, before);
  assert_sound (fixture->ledger);
}

/* What came from elsewhere, or carries something else, stays. */
static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000), import_id, bought, credit, worked, typed, back;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-03-10", "outpatient", "3", 250000, 0);
  g_autoptr (ZifuSavedEstimate) about = NULL;
  g_autoptr (ZifuBillFigures) figures = zifu_bill_figures_new ();
  g_autoptr (ZifuLedger) reader = NULL;
  g_autoptr (ZifuEntry) entry = NULL;

  bought = import_purchase (fixture->ledger, owner, "2026-02-05", 4500, "a", &import_id);
  credit = add_entry (fixture->ledger, owner, "2026-02-06", ZIFU_ENTRY_CREDIT, 100);
  worked = row_of (fixture, record (fixture->ledger, pack, owner, visit, NULL, 0));
  about = zifu_ledger_get_estimate (fixture->ledger, save_estimate (fixture->ledger, owner), &error);
  zifu_bill_figures_set (figures, ZIFU_BILL_TOTAL, 10000);
  zifu_bill_figures_set (figures, ZIFU_BILL_FUND_SUM, 5000);
  typed = zifu_ledger_add_receipt (fixture->ledger, about, figures, day ("2026-03-11"), NULL, ZIFU_PROVENANCE_TYPED, &error);
  g_assert_no_error (error);
  assert_refused (fixture, bought, ZIFU_LEDGER_ERROR_INPUT, "Only what was typed in");
  assert_refused (fixture, credit, ZIFU_LEDGER_ERROR_INPUT, "Only a refund or a receipt");
  assert_refused (fixture, worked, ZIFU_LEDGER_ERROR_INPUT, "Only a refund or a receipt");
  g_assert_false (zifu_ledger_withdraw (fixture->ledger, 4711, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
  g_clear_error (&error);

  back = refund (fixture->ledger, row_of (fixture, typed), "2026-03-12", 0, NULL);
  assert_refused (fixture, row_of (fixture, typed), ZIFU_LEDGER_ERROR_REFERRED, "take back that refund first");
  run_sql (fixture->path, "INSERT INTO unlock_d VALUES ('test'); UPDATE acct_incexpd_d SET provenance = 'synced' WHERE kind = 'refund';"
                          " DELETE FROM unlock_d");
  assert_refused (fixture, back, ZIFU_LEDGER_ERROR_INPUT, "Only what was typed in");
  run_sql (fixture->path, "INSERT INTO unlock_d VALUES ('test'); UPDATE acct_incexpd_d SET provenance = 'typed', impt_id = 1 WHERE kind ="
                          " 'refund'; DELETE FROM unlock_d");
  assert_refused (fixture, back, ZIFU_LEDGER_ERROR_INPUT, "Only what was typed in");
  run_sql (fixture->path, "INSERT INTO unlock_d VALUES ('test'); UPDATE acct_incexpd_d SET impt_id = NULL WHERE kind = 'refund';"
                          " DELETE FROM unlock_d");

  /* Where nothing can be written it is not offered. */
  reader = zifu_ledger_open_reader (fixture->ledger, &error);
  g_assert_no_error (error);
  entry = zifu_ledger_get_entry (reader, back, &error);
  g_assert_false (zifu_ledger_can_withdraw (reader, entry));
  g_assert_null (zifu_ledger_find_withdrawal (reader, back, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_READ_ONLY);
  g_clear_error (&error);

  /* A receipt that a provider took over is the provider's. */
  withdraw (fixture->ledger, back);
  run_sql (fixture->path, "INSERT INTO unlock_d VALUES ('test'); UPDATE setl_d SET souc_rid = 'x' WHERE medfee_sumamt = 10000;"
                          " DELETE FROM unlock_d");
  assert_refused (fixture, row_of (fixture, typed), ZIFU_LEDGER_ERROR_INPUT, "The provider has this entry as well");
  assert_sound (fixture->ledger);
}

/* Two people, one of whom pays for the other: rows of both, and the totals of the year, as they were before the refund. */
static void
test_family (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000), visit_id, back;
  gint64 mother = add_person (fixture->ledger, "钱二", "parent", "retired", 5000);
  const ZifuMutualTie tie = { .owner_id = owner, .relative_id = mother, .from = day ("2026-01-01") };
  g_autoptr (ZifuVisit) earlier = make_visit ("2026-03-01", "outpatient", "2", 20000, 0);
  g_autoptr (ZifuVisit) visit = make_visit ("2026-03-10", "outpatient", "2", 90000, 0);
  g_autoptr (ZifuVisit) later = make_visit ("2026-04-10", "outpatient", "2", 10000, 0);
  g_autoptr (ZifuWithdrawal) withdrawal = NULL;
  g_autofree char *before = NULL, *refunded = NULL;

  g_assert_true (zifu_ledger_set_tie (fixture->ledger, &tie, &error));
  earlier->use_mutual_aid = visit->use_mutual_aid = TRUE;
  record (fixture->ledger, pack, mother, earlier, "区中医院", 0);
  visit_id = record (fixture->ledger, pack, mother, visit, "区中医院", 0);
  record (fixture->ledger, pack, mother, later, NULL, 0);
  add_entry (fixture->ledger, owner, "2026-05-01", ZIFU_ENTRY_CREDIT, 100);
  before = look (fixture);
  assert_counter (fixture->ledger, mother, "op_ded", "1200");

  back = refund (fixture->ledger, row_of (fixture, visit_id), "2026-04-01", 0, NULL);
  assert_counter (fixture->ledger, mother, "op_ded", "300");
  refunded = look (fixture);
  assert_refused (fixture, query_int (fixture->path, "SELECT MAX (rid) FROM acct_incexpd_d WHERE psn_no = 1"), ZIFU_LEDGER_ERROR_REFERRED,
                  "of the person who was treated");
  withdrawal = find (fixture->ledger, back);
  g_assert_true (withdrawal->moves_totals);
  g_assert_cmpuint (withdrawal->n_relatives, ==, 1);
  withdraw (fixture->ledger, back);
  assert_looks (fixture, before);
  assert_sound (fixture->ledger);
  g_assert_true (zifu_ledger_put_back (fixture->ledger, withdrawal, &error));
  g_assert_no_error (error);
  assert_looks (fixture, refunded);

  /* So it is when the toast that told of it leads back. */
  back = query_int (fixture->path, "SELECT rid FROM acct_incexpd_d WHERE kind = 'refund' AND psn_no = 2");
  g_assert_true (zifu_ledger_withdraw_receipt (fixture->ledger, 0, back, 0, &error));
  g_assert_no_error (error);
  assert_looks (fixture, before);
  assert_sound (fixture->ledger);
}

/* Money that a refund gave back and that was spent since: what then stands in the ledger is said before. */
static void
test_spent (Fixture *fixture, gconstpointer data)
{
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 5000), import_id, back;
  gint64 bought = import_purchase (fixture->ledger, owner, "2026-02-05", 4500, "a", &import_id);
  g_autoptr (ZifuWithdrawal) withdrawal = NULL;

  back = refund (fixture->ledger, bought, "2026-02-06", 0, NULL);
  add_entry (fixture->ledger, owner, "2026-02-07", ZIFU_ENTRY_PHARMACY, -1000);
  withdrawal = find (fixture->ledger, back);
  g_assert_cmpint (withdrawal->before, ==, 4000);
  g_assert_cmpint (withdrawal->after, ==, -500);
  withdraw (fixture->ledger, back);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, -500);
  assert_sound (fixture->ledger);
}

/* What a provider says of a settlement holds, whatever was typed beside it; where it was disconnected, the refund stands alone and goes. */
static void
test_provider (Fixture *fixture, gconstpointer data)
{
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 50000), estimate = save_estimate (fixture->ledger, owner), id, back;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSavedEstimate) about = zifu_ledger_get_estimate (fixture->ledger, estimate, &error);
  g_autoptr (ZifuBillFigures) figures = zifu_bill_figures_new ();

  zifu_bill_figures_set (figures, ZIFU_BILL_TOTAL, 10000);
  zifu_bill_figures_set (figures, ZIFU_BILL_FUND_SUM, 5000);
  id = zifu_ledger_add_receipt (fixture->ledger, about, figures, day ("2026-03-11"), NULL, ZIFU_PROVENANCE_TYPED, &error);
  g_assert_no_error (error);
  back = refund (fixture->ledger, row_of (fixture, id), "2026-03-12", 0, NULL);
  run_sql (fixture->path, "INSERT INTO sync_d (psn_no, name, base_url, client_id, fund_includes_acct, acct_includes_mulaid,"
                          " hosp_part_within_psn_part, max_limit, min_interval_s, automatic, on_metered, tried_at, arrived_at, not_before,"
                          " verdict, verified_at, balc) VALUES (1, 'n', 'https://example.org', 'c', 0, 0, 0, 1, 1, 0, 0, 0, 1, 0,"
                          " 'verified', 0, 0);"
                          "INSERT INTO sync_row_d (sync_id, gen, type, id, ver, seq, vali_flag, fresh, json) VALUES"
                          " (1, 1, 'setlinfo', 's', 1, 1, '1', 0, '{\"refd_setl_flag\": \"1\"}');"
                          "INSERT INTO unlock_d VALUES ('test'); UPDATE setl_d SET souc_rid = 's'; DELETE FROM unlock_d");
  withdraw (fixture->ledger, back);
  g_assert_cmpint (query_int (fixture->path, "SELECT refd_setl_flag FROM setl_d"), ==, 1);

  back = refund (fixture->ledger, row_of (fixture, id), "2026-03-12", 0, NULL);
  run_sql (fixture->path, "UPDATE sync_row_d SET json = '{\"refd_setl_flag\": \"0\"}'");
  withdraw (fixture->ledger, back);
  g_assert_cmpint (query_int (fixture->path, "SELECT refd_setl_flag FROM setl_d"), ==, 0);

  back = refund (fixture->ledger, row_of (fixture, id), "2026-03-12", 0, NULL);
  run_sql (fixture->path, "INSERT INTO unlock_d VALUES ('test'); UPDATE acct_incexpd_d SET init_rid = NULL; DELETE FROM unlock_d");
  withdraw (fixture->ledger, back);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 2);
  assert_sound (fixture->ledger);
}

/* With a provider all bills of the year are settled once more: one whose refund is taken back is among them again. */
static void
test_provider_totals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 500000), id, back = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSavedEstimate) about = zifu_ledger_get_estimate (fixture->ledger, save_estimate (fixture->ledger, owner), &error);
  g_autoptr (ZifuBillFigures) figures = zifu_bill_figures_new ();
  static const int expected[] = { 400, -1, 400 };

  zifu_bill_figures_set (figures, ZIFU_BILL_TOTAL, 40000);
  zifu_bill_figures_set (figures, ZIFU_BILL_FUND_SUM, 0);
  zifu_bill_figures_set (figures, ZIFU_BILL_DEDUCTIBLE, 40000);
  zifu_bill_figures_set (figures, ZIFU_BILL_OUT, 0);
  zifu_bill_figures_set (figures, ZIFU_BILL_PRIOR, 0);
  id = zifu_ledger_add_receipt (fixture->ledger, about, figures, day ("2026-03-11"), NULL, ZIFU_PROVENANCE_TYPED, &error);
  g_assert_no_error (error);
  run_sql (fixture->path, "INSERT INTO sync_d (psn_no, name, base_url, client_id, fund_includes_acct, acct_includes_mulaid,"
                          " hosp_part_within_psn_part, max_limit, min_interval_s, automatic, on_metered, tried_at, arrived_at, not_before,"
                          " verdict, verified_at, balc) VALUES (1, 'n', 'https://example.org', 'c', 0, 0, 0, 1, 1, 0, 0, 0, 1, 0,"
                          " 'verified', 0, 0)");
  for (guint step = 0; step < G_N_ELEMENTS (expected); step++)
    {
      g_autoptr (ZifuPerson) person = NULL;
      ZifuMoney deductible = -100;

      if (step == 1)
        back = refund (fixture->ledger, row_of (fixture, id), "2026-03-12", 0, NULL);
      else if (step == 2)
        withdraw (fixture->ledger, back);
      person = zifu_ledger_load_person_on (fixture->ledger, owner, pack, day ("2026-11-25"), &error);
      g_assert_no_error (error);
      for (guint i = 0; i < person->counters->len; i++)
        if (g_str_equal (g_array_index (person->counters, ZifuCounterValue, i).name, "op_ded"))
          g_assert_true (zifu_rational_round (g_array_index (person->counters, ZifuCounterValue, i).value, ZIFU_ROUND_FEN, &deductible));
      g_assert_cmpint (deductible, ==, expected[step] * 100);
    }
}

static ZifuVisit *
draw_visit (GRand *rand, ZifuDate on)
{
  static const char *const cares[] = { "outpatient", "inpatient", "special" };
  g_autofree char *date = zifu_date_format (on);

  return make_visit (date, cares[g_rand_int_range (rand, 0, 3)], g_rand_boolean (rand) ? "3" : "2",
                     g_rand_int_range (rand, 1, g_rand_boolean (rand) ? 500000 : 20000000), 0);
}

static void
shuffle (GRand *rand, gint64 *ids, guint n)
{
  for (guint i = n; i > 1; i--)
    {
      guint other = (guint) g_rand_int_range (rand, 0, (int) i);
      gint64 id = ids[i - 1];

      ids[i - 1] = ids[other];
      ids[other] = id;
    }
}

typedef struct {
  gint64 rows[10];
  char  *last; /* owned: a day after all of them */
} Years;

/* Ten visits. */
static void
record_years (Fixture *fixture, ZifuPack *pack, GRand *rand, gint64 member, int apart, Years *years)
{
  ZifuDate on = day ("2026-01-02");

  for (guint i = 0; i < G_N_ELEMENTS (years->rows); i++)
    {
      g_autoptr (ZifuVisit) visit = NULL;

      on += g_rand_int_range (rand, 0, apart);
      visit = draw_visit (rand, on);
      years->rows[i] = row_of (fixture, record (fixture->ledger, pack, member, visit, NULL, 0));
    }
  years->last = zifu_date_format (on + 1);
  shuffle (rand, years->rows, G_N_ELEMENTS (years->rows));
}

/* Some visits of two years are refunded in any order, and the refunds are taken back in any other: the same to the day.  When they are of
 * one year and the last comes first, each step is that of before. */
static void
test_any_order (Fixture *fixture, gconstpointer data)
{
  gboolean backwards = GPOINTER_TO_INT (data);
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);

  for (guint seed = 1; seed <= (g_test_slow () ? 200 : 20); seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      gint64 member = add_person (fixture->ledger, "钱二", "child", "active", 3000000);
      g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);
      Years years;
      guint n = (guint) g_rand_int_range (rand, 1, G_N_ELEMENTS (years.rows) + 1);

      record_years (fixture, pack, rand, member, backwards ? 30 : 90, &years);
      for (guint i = 0; i < n; i++)
        {
          g_ptr_array_add (steps, look (fixture));
          years.rows[i] = refund (fixture->ledger, years.rows[i], years.last, 0, NULL);
        }
      if (!backwards)
        shuffle (rand, years.rows, n);
      for (guint i = n; i > 0; i--)
        {
          withdraw (fixture->ledger, years.rows[i - 1]);
          if (backwards || i == 1)
            assert_looks (fixture, g_ptr_array_index (steps, i - 1));
        }
      assert_balanced (fixture->ledger, member);
      g_assert_true (zifu_ledger_delete_member (fixture->ledger, member, NULL));
      g_free (years.last);
    }
  assert_sound (fixture->ledger);
}

/* Taken back after another visit fed the totals, both count.  Where nobody can say what they would be, it is refused. */
static void
test_totals_went_on (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000), first, second, back;
  g_autoptr (ZifuVisit) one = make_visit ("2026-03-01", "outpatient", "3", 30000, 0);
  g_autoptr (ZifuVisit) two = make_visit ("2026-03-10", "outpatient", "3", 50000, 0);
  g_autoptr (ZifuVisit) three = make_visit ("2026-04-10", "outpatient", "3", 20000, 0);
  g_autofree char *before = NULL;

  first = row_of (fixture, record (fixture->ledger, pack, owner, one, NULL, 0));
  second = row_of (fixture, record (fixture->ledger, pack, owner, two, NULL, 0));
  back = refund (fixture->ledger, second, "2026-04-01", 0, NULL);
  record (fixture->ledger, pack, owner, three, NULL, 0);
  assert_counter (fixture->ledger, owner, "op_ded", "500");
  withdraw (fixture->ledger, back);
  assert_counter (fixture->ledger, owner, "op_ded", "1000");

  /* Typed late, the earlier visit counts with what was there. */
  owner = add_person (fixture->ledger, "李四", "child", "active", 100000);
  record (fixture->ledger, pack, owner, two, NULL, 0);
  first = row_of (fixture, record (fixture->ledger, pack, owner, one, NULL, 0));
  assert_counter (fixture->ledger, owner, "op_ded", "800");
  back = refund (fixture->ledger, first, "2026-04-01", 0, NULL);
  assert_counter (fixture->ledger, owner, "op_ded", "500");
  withdraw (fixture->ledger, back);
  assert_counter (fixture->ledger, owner, "op_ded", "800");

  /* Nothing was left when the third came: in one year with it or not, only the rules say. */
  owner = add_person (fixture->ledger, "钱二", "child", "active", 100000);
  first = row_of (fixture, record (fixture->ledger, pack, owner, one, NULL, 0));
  back = refund (fixture->ledger, first, "2026-04-01", 0, NULL);
  record (fixture->ledger, pack, owner, three, NULL, 0);
  before = look (fixture);
  g_assert_false (zifu_ledger_withdraw (fixture->ledger, back, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_REFERRED);
  assert_looks (fixture, before);
  assert_sound (fixture->ledger);

  /* What was stated since then is the total, not a part of it. */
  owner = add_person (fixture->ledger, "孙三", "child", "active", 100000);
  first = row_of (fixture, record (fixture->ledger, pack, owner, one, NULL, 0));
  back = refund (fixture->ledger, first, "2026-04-01", 0, NULL);
  g_assert_true (zifu_ledger_set_counter (fixture->ledger, owner, "op_ded", zifu_rational_from_int (700), 0, NULL));
  withdraw (fixture->ledger, back);
  assert_counter (fixture->ledger, owner, "op_ded", "700");
}

/* A backup holds what is left, and nothing of what was taken back. */
static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000), import_id, back;
  gint64 bought = import_purchase (fixture->ledger, owner, "2026-02-05", 4500, "a", &import_id);
  g_autofree char *path = g_build_filename (fixture->folder, "a.backup", NULL), *expected = NULL, *kept = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 ("2026-11-26T08:00:00Z", NULL);

  back = refund (fixture->ledger, bought, "2026-02-20", 0, "打错的退费");
  withdraw (fixture->ledger, back);
  expected = look (fixture);
  g_assert_true (zifu_backup_write (fixture->ledger, path, now, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (file_contains (path, "打错的退费"));
  add_entry (fixture->ledger, owner, "2026-03-01", ZIFU_ENTRY_CREDIT, 777);
  g_clear_object (&fixture->ledger);
  g_assert_true (zifu_backup_restore (path, fixture->path, now, &kept, NULL, &error));
  g_assert_no_error (error);
  fixture->ledger = open_ledger (fixture->path);
  assert_looks (fixture, expected);
  assert_sound (fixture->ledger);
  g_assert_true (zifu_ledger_undo_import (fixture->ledger, import_id, &error));
  g_assert_no_error (error);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/ledger/withdraw/R39/refund", test_refund);
  ADD ("/ledger/withdraw/R39/import-held", test_import_held);
  ADD ("/ledger/withdraw/R42/receipt", test_receipt);
  ADD ("/ledger/withdraw/R42/put-back-later", test_put_back_later);
  ADD ("/ledger/withdraw/R42/corrected", test_corrected);
  ADD ("/ledger/withdraw/R39/refusals", test_refusals);
  ADD ("/ledger/withdraw/R10/family", test_family);
  ADD ("/ledger/withdraw/R39/spent", test_spent);
  ADD ("/ledger/withdraw/R40/provider", test_provider);
  ADD ("/ledger/withdraw/R40/provider-totals", test_provider_totals);
  ADD ("/ledger/withdraw/R11/any-order", test_any_order);
  g_test_add ("/ledger/withdraw/R11/backwards", Fixture, GINT_TO_POINTER (TRUE), fixture_set_up, test_any_order, fixture_tear_down);
  ADD ("/ledger/withdraw/R10/totals-went-on", test_totals_went_on);
  ADD ("/ledger/withdraw/R39/backup", test_backup);

  return g_test_run ();
}
