/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R42: a paper receipt is typed in, checked while it is typed, matched with its estimate, corrected, refunded and undone. */

#include "test-fits.h"

#include "zifu-estimates-view.h"
#include "zifu-history-page.h"
#include "zifu-ledger-estimates.h"
#include "zifu-ledger-withdraw.h"
#include "zifu-person-form.h"
#include "zifu-receipt-form.h"
#include "zifu-refund-view.h"
#include "zifu-sheet.h"
#include "zifu-withdrawal-words.h"

/* The page inside an overlay for toasts, as in the window of the program. */
static GtkWidget *
new_page (ZifuSession *session)
{
  GtkWidget *overlay = adw_toast_overlay_new ();

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), zifu_history_page_new (session));
  return overlay;
}

/* Narrow from the beginning: a wide page would not let the window become as narrow as a phone. */
static GtkWidget *
new_narrow_page (ZifuSession *session)
{
  GtkWidget *overlay = new_page (session);

  zifu_history_page_set_narrow (ZIFU_HISTORY_PAGE (adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (overlay))), TRUE);
  return overlay;
}

static void
set_up (Fixture *fixture)
{
  open_ledger (fixture);
  add_employee (fixture, 8600);
  show_page (fixture, new_page, 1100, 800);
}

static GtkWidget *
get_page (Fixture *fixture)
{
  return find (fixture->page, ZIFU_TYPE_HISTORY_PAGE, NULL);
}

static GtkWidget *
find_window (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (g_type_is_a (G_OBJECT_TYPE (item->data), type))
      return item->data;
  return NULL;
}

static GtkWidget *
wait_for_window (GType type)
{
  for (guint i = 0; i < 250 && find_window (type) == NULL; i++)
    spin (20);
  g_assert_nonnull (find_window (type));
  return find_window (type);
}

static void
wait_until_gone (GType type)
{
  for (guint i = 0; i < 250 && find_window (type) != NULL; i++)
    spin (20);
  g_assert_null (find_window (type));
}

static GtkWidget *
part (GtkWidget *form, const char *name)
{
  GtkWidget *found = GTK_WIDGET (gtk_widget_get_template_child (form, ZIFU_TYPE_RECEIPT_FORM, name));

  g_assert_nonnull (found);
  return found;
}

static void
type (GtkWidget *form, const char *name, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (part (form, name)), text);
}

static GtkWidget *
open_form (Fixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (get_page (fixture), "receipt.add", NULL));
  return wait_for_window (ZIFU_TYPE_RECEIPT_FORM);
}

static void
wait_until_hidden (GtkWidget *root, const char *text)
{
  for (guint i = 0; i < 500 && shows (root, text); i++)
    spin (20);
  g_assert_false (shows (root, text));
}

static void
press (GtkWidget *root, const char *label)
{
  GtkWidget *button = NULL;

  for (guint i = 0; i < 250 && button == NULL; i++)
    {
      spin (20);
      button = find (root, GTK_TYPE_BUTTON, label);
    }
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  spin (50);
}

static guint
count_entries (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries =
    zifu_ledger_list_entries (fixture->ledger, zifu_session_get_member_id (fixture->session), NULL, 0, &error);

  g_assert_no_error (error);
  return entries->len;
}

/* The newest row with a receipt behind it that stands. */
static ZifuEntry *
get_receipt (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries =
    zifu_ledger_list_entries (fixture->ledger, zifu_session_get_member_id (fixture->session), NULL, 0, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (entries, i);

      if (entry->settlement_id != 0 && entry->reversed_by == 0)
        return zifu_entry_copy (entry);
    }
  return NULL;
}

static void
fill_in (GtkWidget *form)
{
  type (form, "date", "2026年11月20日");
  type (form, "institution", "Harmony Clinic");
  type (form, "total", "1000");
  type (form, "fund", "600");
  type (form, "account", "86");
  type (form, "mutual", "0");
  type (form, "cash", "314");
}

/* Whoever was asked for a receipt begins to type, and sees what is wrong with it where they type. */
static void
test_focus (void)
{
  Fixture fixture = { 0 };
  GtkWidget *form, *cash, *scroll;
  graphene_rect_t bounds;

  set_up (&fixture);
  gtk_window_set_default_size (GTK_WINDOW (fixture.window), 360, 480);
  wait_for_frame (fixture.window);
  form = open_form (&fixture);
  wait_for_frame (form);
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (form)));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (form)), part (form, "date")));

  fill_in (form);
  cash = part (form, "cash");
  scroll = part (form, "scroll");
  gtk_widget_grab_focus (cash);
  for (guint i = 0; i < 20; i++)
    wait_for_frame (form);
  type (form, "cash", "999999.99");
  for (guint i = 0; i < 20; i++)
    wait_for_frame (form);
  assert_shows (cash, "too much");
  g_assert_true (gtk_widget_compute_bounds (cash, scroll, &bounds));
  g_assert_cmpfloat (bounds.origin.y, >=, 0);
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (scroll));
  gtk_window_destroy (GTK_WINDOW (form));
  tear_down (&fixture);
}

/* The balance of today, and then a receipt of before: that it counts twice is said, not of a receipt of later. */
static void
test_before_balance (void)
{
  Fixture fixture = { 0 };
  GtkWidget *form;

  set_up (&fixture);
  form = open_form (&fixture);
  fill_in (form);
  g_assert_false (shows (form, "after this visit"));
  type (form, "date", "2025-12-31");
  assert_shows (form, "The balance was entered on 1 January 2026, after this visit. ¥86.00 is taken off it");
  type (form, "account", "0");
  type (form, "cash", "400");
  g_assert_false (shows (form, "after this visit"));
  gtk_window_destroy (GTK_WINDOW (form));
  tear_down (&fixture);
}

/* Every key is answered: what does not add up is named with its sums, and cannot be saved. */
static void
test_sums (void)
{
  Fixture fixture = { 0 };
  GtkWidget *form, *sum;

  set_up (&fixture);
  form = open_form (&fixture);
  sum = part (form, "sum_text");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (sum)), ==, "Type the total of the receipt.");
  type (form, "total", "1000");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (sum)), ==, "Type what the fund paid, or what was paid in cash.");
  type (form, "fund", "600");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (sum)), ==, "400.00 are not named: they count as “Cash”.");
  type (form, "cash", "500");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (sum)), ==,
                   "Fund, accounts and cash add up to 1,100.00; the total is 1,000.00: 100.00 too much.");
  g_assert_nonnull (zifu_money_row_get_message (ZIFU_MONEY_ROW (part (form, "cash"))));
  g_assert_false (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  g_assert_cmpuint (count_entries (&fixture), ==, 1);
  type (form, "cash", "314");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (sum)), ==, "86.00 are not named: they count as “From own account”.");
  type (form, "account", "80");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (sum)), ==,
                   "Fund, accounts and cash add up to 994.00; the total is 1,000.00: 6.00 are missing.");
  g_assert_false (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  type (form, "account", "86");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (sum)), ==, "It adds up: 1,000.00 in all, funds 600.00, I paid 400.00.");
  g_assert_null (zifu_money_row_get_message (ZIFU_MONEY_ROW (part (form, "cash"))));
  type (form, "out", "900");
  type (form, "prior", "200");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (sum)), ==, "The parts add up to 1,100.00: 100.00 more than the total of 1,000.00.");
  type (form, "prior", "20");
  type (form, "date", "2026-11-26");
  g_assert_false (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  assert_shows (form, "A receipt cannot be of a day that is still to come.");
  type (form, "date", "soon");
  g_assert_false (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  assert_shows (form, "The date is not a day.");
  type (form, "date", "2026-11-25");
  type (form, "fund", "a lot");
  g_assert_false (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  g_assert_cmpuint (count_entries (&fixture), ==, 1);
  gtk_window_destroy (GTK_WINDOW (form));
  tear_down (&fixture);
}

/* It is stored as typed, to the fen, and Undo leaves nothing of it. */
static void
test_store (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuEntry) entry = NULL;
  g_autoptr (ZifuSettlementRecord) record = NULL;
  ZifuMoney balance = 0;
  GtkWidget *form;

  set_up (&fixture);
  form = open_form (&fixture);
  fill_in (form);
  type (form, "out", "12.34");
  type (form, "deductible", "50");
  g_assert_true (gtk_widget_activate_action (form, "receipt-form.save", NULL));
  wait_until_gone (ZIFU_TYPE_RECEIPT_FORM);
  entry = get_receipt (&fixture);
  g_assert_nonnull (entry);
  g_assert_cmpint (entry->amount, ==, -8600);
  g_assert_cmpint (entry->provenance, ==, ZIFU_PROVENANCE_TYPED);
  g_assert_cmpint (entry->date, ==, zifu_date_new (2026, 11, 20));
  g_assert_cmpstr (entry->institution, ==, "Harmony Clinic");
  record = zifu_ledger_get_settlement (fixture.ledger, entry->settlement_id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (record->total, ==, 100000);
  g_assert_cmpint (record->fund_sum, ==, 60000);
  g_assert_cmpint (record->cash, ==, 31400);
  g_assert_cmpint (record->out, ==, 1234);
  g_assert_cmpint (record->deductible, ==, 5000);
  assert_shows (fixture.page, "Harmony Clinic");
  assert_shows (fixture.page, "Receipt recorded");
  press (fixture.page, "Undo");
  g_assert_cmpuint (count_entries (&fixture), ==, 1);
  g_assert_true (zifu_ledger_get_balance (fixture.ledger, entry->member_id, &balance, NULL, &error));
  g_assert_cmpint (balance, ==, 8600);
  tear_down (&fixture);
}

/* An account that holds too little here: it is said what to do, and what was typed stays while it is done. */
static void
test_missing_credit (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuEntry) entry = NULL;
  ZifuMoney balance = -1;
  GtkWidget *form, *person;

  set_up (&fixture);
  form = open_form (&fixture);
  fill_in (form);
  type (form, "account", "86.01");
  type (form, "cash", "313.99");
  g_assert_false (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  assert_shows (form, "The account paid 86.01, but by what is entered here it holds 86.00. If money that came in is missing,"
                      " correct the balance first.");
  g_assert_cmpuint (count_entries (&fixture), ==, 1);
  press (form, "Correct the Balance");
  person = wait_for_window (ZIFU_TYPE_PERSON_FORM);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (person)) == GTK_WINDOW (form));
  gtk_editable_set_text (
    GTK_EDITABLE (gtk_widget_get_template_child (person, ZIFU_TYPE_PERSON_FORM, "balance")), "100");
  g_assert_true (zifu_person_form_save (ZIFU_PERSON_FORM (person)));
  wait_until_gone (ZIFU_TYPE_PERSON_FORM);

  /* Another fault has no such button. */
  type (form, "date", "soon");
  g_assert_false (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  g_assert_null (find (form, GTK_TYPE_BUTTON, "Correct the Balance"));
  type (form, "date", "2026-11-20");
  g_assert_true (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  wait_until_gone (ZIFU_TYPE_RECEIPT_FORM);
  entry = get_receipt (&fixture);
  g_assert_nonnull (entry);
  g_assert_cmpint (entry->amount, ==, -8601);
  g_assert_true (zifu_ledger_get_balance (fixture.ledger, entry->member_id, &balance, NULL, &error));
  g_assert_cmpint (balance, ==, 10000 - 8601);
  tear_down (&fixture);
}

/* What is corrected holds its own money: the same amount once more is not too much. */
static void
test_correct_whole_account (void)
{
  Fixture fixture = { 0 };
  g_autoptr (ZifuEntry) entry = NULL, after = NULL;
  GtkWidget *form;

  set_up (&fixture);
  form = open_form (&fixture);
  fill_in (form);
  g_assert_true (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  wait_until_gone (ZIFU_TYPE_RECEIPT_FORM);
  entry = get_receipt (&fixture);
  g_assert_nonnull (entry);
  form = zifu_receipt_form_new (fixture.session);
  g_assert_true (zifu_receipt_form_set_original (ZIFU_RECEIPT_FORM (form), entry->id, NULL));
  gtk_window_present (GTK_WINDOW (form));
  type (form, "account", "87");
  type (form, "cash", "313");
  g_assert_false (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  assert_shows (form, "it holds 86.00");
  type (form, "account", "86");
  type (form, "cash", "314");
  type (form, "institution", "Peace Clinic");
  g_assert_true (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  wait_until_gone (ZIFU_TYPE_RECEIPT_FORM);
  after = get_receipt (&fixture);
  g_assert_cmpstr (after->institution, ==, "Peace Clinic");
  g_assert_cmpint (after->amount, ==, -8600);
  tear_down (&fixture);
}

static gint64
save_estimate (Fixture *fixture, ZifuDate date, ZifuMoney total)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = zifu_session_dup_member (fixture->session);
  g_autoptr (ZifuPack) pack = zifu_session_dup_pack (fixture->session, &error);
  g_autoptr (ZifuPerson) person = zifu_session_dup_person (fixture->session, &error);
  g_autoptr (ZifuVisit) visit = zifu_visit_new ();
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = NULL;
  gint64 id;

  g_assert_no_error (error);
  visit->date = date;
  zifu_facts_set_string (visit->facts, "care", "outpatient");
  zifu_facts_set_string (visit->facts, "class", "3");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  visit->use_account = TRUE;
  zifu_visit_set_total (visit, total);
  zifu_visit_set_parts (visit, 0, 0, 0);
  settlement = zifu_settle (pack, person, visit, &error);
  g_assert_no_error (error);
  estimate = zifu_saved_estimate_new (member, person, visit, settlement, NULL, NULL, TODAY);
  id = zifu_ledger_save_estimate (fixture->ledger, estimate, &error);
  g_assert_no_error (error);
  return id;
}

/* The estimate is offered, not taken; chosen, it says where the receipt first differs. */
static void
test_match (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = NULL;
  g_autoptr (ZifuEntry) entry = NULL;
  GtkWidget *form;
  gint64 id, other;

  set_up (&fixture);
  id = save_estimate (&fixture, zifu_date_new (2026, 11, 20), 100000);
  other = save_estimate (&fixture, zifu_date_new (2026, 7, 1), 100000);
  form = open_form (&fixture);
  type (form, "total", "1000");
  type (form, "date", "2026-11-21");
  g_assert_true (gtk_widget_get_visible (part (form, "match")));
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (part (form, "estimate")))), ==, 2);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (part (form, "estimate"))), ==, 0);
  type (form, "fund", "100");
  type (form, "account", "86");
  type (form, "cash", "814");
  g_assert_false (gtk_widget_get_visible (part (form, "difference")));
  adw_combo_row_set_selected (ADW_COMBO_ROW (part (form, "estimate")), 1);
  g_assert_true (gtk_widget_get_visible (part (form, "difference")));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (part (form, "difference"))), ==, "First difference: Funds together, +100.00");
  /* Another key leaves the choice as it is. */
  type (form, "institution", "Harmony Clinic");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (part (form, "estimate"))), ==, 1);
  /* Nor does a total that is typed anew, and is far from the estimate after its first digit. */
  type (form, "total", "1");
  type (form, "total", "1000");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (part (form, "estimate"))), ==, 1);
  g_assert_true (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  wait_until_gone (ZIFU_TYPE_RECEIPT_FORM);
  entry = get_receipt (&fixture);
  estimate = zifu_ledger_get_estimate (fixture.ledger, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (estimate->settlement_id, ==, entry->settlement_id);
  g_assert_cmpint (other, !=, id);
  /* What the receipt does not state is not shown as nothing. */
  g_assert_true (zifu_history_page_open_entry (ZIFU_HISTORY_PAGE (get_page (&fixture)), entry->id));
  assert_shows (find (get_page (&fixture), ADW_TYPE_ACTION_ROW, "Category-B first share"), "not stated on the receipt");
  tear_down (&fixture);
}

/* Who says that a receipt belongs to no estimate is not overruled by the next key. */
static void
test_none (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  GtkWidget *form;
  gint64 id;

  set_up (&fixture);
  id = save_estimate (&fixture, zifu_date_new (2026, 11, 20), 100000);
  save_estimate (&fixture, zifu_date_new (2026, 11, 21), 120000);
  form = open_form (&fixture);
  g_assert_true (zifu_receipt_form_set_estimate (ZIFU_RECEIPT_FORM (form), id, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (part (form, "estimate"))), ==, 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (part (form, "estimate")), 0);
  type (form, "total", "1200");
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (part (form, "estimate")))), ==, 3);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (part (form, "estimate"))), ==, 0);
  gtk_window_destroy (GTK_WINDOW (form));
  tear_down (&fixture);
}

/* What a receipt states and the form has no row for - the single funds, what is in scope - survives its correction. */
static void
test_correct_whole (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSavedEstimate) about = NULL;
  g_autoptr (ZifuBillFigures) receipt = zifu_bill_figures_new (), after = NULL;
  g_autoptr (ZifuSettlementRecord) record = NULL;
  g_autoptr (ZifuEntry) first = NULL, second = NULL;
  GtkWidget *form;

  set_up (&fixture);
  about = zifu_ledger_get_estimate (fixture.ledger, save_estimate (&fixture, zifu_date_new (2026, 11, 20), 100000), &error);
  zifu_bill_figures_set (receipt, ZIFU_BILL_TOTAL, 100000);
  zifu_bill_figures_set (receipt, ZIFU_BILL_IN_SCOPE, 90000);
  zifu_bill_figures_add_fund (receipt, "hifp", 50000);
  zifu_bill_figures_add_fund (receipt, "hifob", 10000);
  g_assert_cmpint (zifu_ledger_add_receipt (fixture.ledger, about, receipt, TODAY, NULL, ZIFU_PROVENANCE_TYPED, &error), >, 0);
  g_assert_no_error (error);
  first = get_receipt (&fixture);
  form = open_form (&fixture);
  g_assert_true (zifu_receipt_form_set_original (ZIFU_RECEIPT_FORM (form), first->id, &error));
  type (form, "institution", "Harmony Clinic");
  g_assert_true (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  wait_until_gone (ZIFU_TYPE_RECEIPT_FORM);
  second = get_receipt (&fixture);
  g_assert_cmpint (second->id, !=, first->id);
  record = zifu_ledger_get_settlement (fixture.ledger, second->settlement_id, &error);
  g_assert_no_error (error);
  after = zifu_settlement_record_get_figures (record);
  g_assert_true (after->known[ZIFU_BILL_FUND] && after->known[ZIFU_BILL_IN_SCOPE]);
  g_assert_cmpint (zifu_bill_figures_get_fund (after, "hifp"), ==, 50000);
  g_assert_cmpint (zifu_bill_figures_get_fund (after, "hifob"), ==, 10000);
  g_assert_cmpint (after->amount[ZIFU_BILL_IN_SCOPE], ==, 90000);
  g_assert_cmpint (after->amount[ZIFU_BILL_FUND_SUM], ==, 60000);
  tear_down (&fixture);
}

/* The row of the details with a title, once the details of the only receipt are on screen. */
static GtkWidget *
find_change (Fixture *fixture, gint64 entry_id, const char *title)
{
  GtkWidget *row = NULL;

  g_assert_true (gtk_widget_activate_action (get_page (fixture), "history.open", "x", entry_id));
  for (guint i = 0; i < 250 && row == NULL; i++)
    {
      spin (20);
      row = find (fixture->page, ADW_TYPE_ACTION_ROW, title);
    }
  g_assert_nonnull (row);
  return row;
}

static void
test_correct (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuEntry) first = NULL, second = NULL, again = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = NULL;
  GtkWidget *form;
  gint64 id;

  set_up (&fixture);
  id = save_estimate (&fixture, zifu_date_new (2026, 11, 20), 100000);
  form = open_form (&fixture);
  fill_in (form);
  adw_combo_row_set_selected (ADW_COMBO_ROW (part (form, "estimate")), 1);
  g_assert_true (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  wait_until_gone (ZIFU_TYPE_RECEIPT_FORM);
  first = get_receipt (&fixture);
  g_assert_true (gtk_widget_activate (find_change (&fixture, first->id, "Correct This Receipt…")));
  form = wait_for_window (ZIFU_TYPE_RECEIPT_FORM);
  /* All of it is there again. */
  g_assert_cmpint (zifu_money_row_get_amount (ZIFU_MONEY_ROW (part (form, "total"))), ==, 100000);
  g_assert_cmpint (zifu_money_row_get_amount (ZIFU_MONEY_ROW (part (form, "cash"))), ==, 31400);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (part (form, "date"))), ==, "2026-11-20");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (part (form, "estimate"))), ==, 1);
  type (form, "fund", "610");
  type (form, "cash", "304");
  g_assert_true (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  wait_until_gone (ZIFU_TYPE_RECEIPT_FORM);
  g_assert_cmpuint (count_entries (&fixture), ==, 4);
  second = get_receipt (&fixture);
  g_assert_cmpint (second->id, !=, first->id);
  estimate = zifu_ledger_get_estimate (fixture.ledger, id, &error);
  g_assert_cmpint (estimate->settlement_id, ==, second->settlement_id);
  zifu_entry_free (first);
  first = zifu_ledger_get_entry (fixture.ledger, second->id - 2, &error);
  g_assert_cmpint (first->reversed_by, ==, second->id - 1);
  assert_shows (fixture.page, "Receipt corrected");
  wait_until_hidden (fixture.page, "Receipt recorded");
  press (fixture.page, "Undo");
  g_assert_cmpuint (count_entries (&fixture), ==, 2);
  again = get_receipt (&fixture);
  g_assert_cmpint (again->id, ==, first->id);
  tear_down (&fixture);
}

/* With the page goes the way back: the household that is on screen then may be another one. */
static void
test_page_gone (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GObject) toast = NULL;
  GtkWidget *form;

  set_up (&fixture);
  form = open_form (&fixture);
  fill_in (form);
  g_assert_true (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  wait_until_gone (ZIFU_TYPE_RECEIPT_FORM);
  toast = g_object_ref (g_object_get_data (G_OBJECT (get_page (&fixture)), "zifu-receipt-toast"));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (fixture.page), NULL);
  g_signal_emit_by_name (toast, "button-clicked");
  g_assert_cmpuint (count_entries (&fixture), ==, 2);
  tear_down (&fixture);
}

/* What came in is taken out again, and is called so. */
static void
test_refund_credit (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  ZifuEntry credit = { .kind = ZIFU_ENTRY_CREDIT, .amount = 24000, .base = -1, .date = TODAY };
  ZifuMoney balance = 0;
  GtkWidget *view;
  gint64 id;

  set_up (&fixture);
  credit.member_id = zifu_session_get_member_id (fixture.session);
  id = zifu_ledger_add_entry (fixture.ledger, &credit, &error);
  g_assert_no_error (error);
  zifu_session_emit_changed (fixture.session);
  g_assert_true (gtk_widget_activate_action (get_page (&fixture), "receipt.refund", "x", id));
  view = find (wait_for_window (ZIFU_TYPE_SHEET), ZIFU_TYPE_REFUND_VIEW, NULL);
  g_assert_nonnull (find (view, ZIFU_TYPE_MONEY_ROW, "Out of the account (yuan)"));
  press (view, "Record the Refund");
  wait_until_gone (ZIFU_TYPE_SHEET);
  g_assert_true (zifu_ledger_get_balance (fixture.ledger, credit.member_id, &balance, NULL, &error));
  g_assert_cmpint (balance, ==, 8600);
  tear_down (&fixture);
}

static void
test_refund (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuEntry) first = NULL, refunded = NULL, again = NULL;
  GtkWidget *form, *view;

  set_up (&fixture);
  form = open_form (&fixture);
  fill_in (form);
  g_assert_true (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  wait_until_gone (ZIFU_TYPE_RECEIPT_FORM);
  first = get_receipt (&fixture);
  g_assert_true (gtk_widget_activate (find_change (&fixture, first->id, "It Was Refunded…")));
  view = find (wait_for_window (ZIFU_TYPE_SHEET), ZIFU_TYPE_REFUND_VIEW, NULL);
  g_assert_nonnull (view);
  assert_shows (view, "The whole visit is taken back");
  /* A day before the visit is refused with its reason. */
  gtk_editable_set_text (GTK_EDITABLE (find (view, ADW_TYPE_ENTRY_ROW, "Date")), "2026-11-01");
  press (view, "Record the Refund");
  assert_shows (view, "A refund cannot be earlier than what it refunds.");
  gtk_editable_set_text (GTK_EDITABLE (find (view, ADW_TYPE_ENTRY_ROW, "Date")), "2026-11-24");
  press (view, "Record the Refund");
  wait_until_gone (ZIFU_TYPE_SHEET);
  refunded = zifu_ledger_get_entry (fixture.ledger, first->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (refunded->reversed_by, >, 0);
  assert_shows (fixture.page, "Refund recorded");
  wait_until_hidden (fixture.page, "Receipt recorded");
  press (fixture.page, "Undo");
  again = zifu_ledger_get_entry (fixture.ledger, first->id, &error);
  g_assert_cmpint (again->reversed_by, ==, 0);
  tear_down (&fixture);
}

/* The button of a question, wherever it stands: in the window or in one of its own. */
static GtkWidget *
find_answer (const char *question, const char *label)
{
  GtkWidget *button = NULL;

  for (guint n = 0; n < 500 && button == NULL; n++)
    {
      g_autoptr (GList) windows = NULL;

      spin (20);
      windows = gtk_window_list_toplevels ();
      for (GList *item = windows; item != NULL && button == NULL; item = item->next)
        if (shows (item->data, question))
          button = find (item->data, GTK_TYPE_BUTTON, label);
    }
  g_assert_nonnull (button);
  return button;
}

static void
answer (const char *question, const char *label)
{
  g_signal_emit_by_name (find_answer (question, label), "clicked");
  spin (50);
}

static ZifuMoney
get_balance (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ZifuMoney balance = -1;

  g_assert_true (zifu_ledger_get_balance (fixture->ledger, zifu_session_get_member_id (fixture->session), &balance, NULL, &error));
  g_assert_no_error (error);
  return balance;
}

static void
wait_for_entries (Fixture *fixture, guint n)
{
  for (guint i = 0; i < 500 && count_entries (fixture) != n; i++)
    spin (20);
  g_assert_cmpuint (count_entries (fixture), ==, n);
}

/* A receipt of 20 November; its number. */
static gint64
type_receipt (Fixture *fixture)
{
  GtkWidget *form = open_form (fixture);
  g_autoptr (ZifuEntry) entry = NULL;

  fill_in (form);
  g_assert_true (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  wait_until_gone (ZIFU_TYPE_RECEIPT_FORM);
  entry = get_receipt (fixture);
  g_assert_nonnull (entry);
  return entry->id;
}

static gint64
type_refund (Fixture *fixture, gint64 original_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuEntry) original = zifu_ledger_get_entry (fixture->ledger, original_id, &error);
  ZifuEntry refund = { .kind = ZIFU_ENTRY_REFUND, .base = -1, .provenance = ZIFU_PROVENANCE_TYPED, .date = TODAY };
  gint64 id;

  g_assert_no_error (error);
  refund.member_id = original->member_id;
  refund.amount = -original->amount;
  refund.institution = original->institution;
  refund.original_id = original_id;
  id = zifu_ledger_add_entry (fixture->ledger, &refund, &error);
  g_assert_no_error (error);
  zifu_session_emit_changed (fixture->session);
  return id;
}

/* Long after its toast: from the refund itself, and from what it refunded.  Asked first, and there is a way back. */
static void
test_take_back_refund (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuEntry) stands = NULL, again = NULL;
  gint64 first, refund;

  set_up (&fixture);
  first = type_receipt (&fixture);
  refund = type_refund (&fixture, first);
  g_assert_cmpint (get_balance (&fixture), ==, 8600);
  g_assert_true (gtk_widget_activate (find_change (&fixture, refund, "Take Back This Refund…")));
  assert_shows (gtk_widget_get_ancestor (find_answer ("Take Back This Refund?", "Cancel"), GTK_TYPE_WINDOW),
                "The refund of 25 November 2026 leaves the history, and “Harmony Clinic” of 20 November 2026 counts again. The account goes"
                " from 86.00 to 0.00.");
  answer ("Take Back This Refund?", "Cancel");
  g_assert_cmpuint (count_entries (&fixture), ==, 3);

  g_assert_true (gtk_widget_activate (find_change (&fixture, refund, "Take Back This Refund…")));
  answer ("Take Back This Refund?", "Take Back");
  wait_for_entries (&fixture, 2);
  assert_shows (fixture.page, "Refund taken back");
  wait_until_hidden (fixture.page, "Receipt recorded");
  g_assert_cmpint (get_balance (&fixture), ==, 0);
  stands = zifu_ledger_get_entry (fixture.ledger, first, &error);
  g_assert_cmpint (stands->reversed_by, ==, 0);
  press (fixture.page, "Undo");
  wait_for_entries (&fixture, 3);
  again = zifu_ledger_get_entry (fixture.ledger, first, &error);
  g_assert_cmpint (again->reversed_by, >, refund);
  g_assert_cmpint (get_balance (&fixture), ==, 8600);

  g_assert_true (gtk_widget_activate (find_change (&fixture, first, "Take Back Its Refund…")));
  answer ("Take Back This Refund?", "Take Back");
  wait_for_entries (&fixture, 2);
  g_assert_null (find (fixture.page, ADW_TYPE_ACTION_ROW, "Take Back Its Refund…"));
  tear_down (&fixture);
}

/* A receipt that was never one; refunded, the refund is taken back before it. */
static void
test_take_back_receipt (void)
{
  Fixture fixture = { 0 };
  g_autoptr (ZifuEntry) again = NULL;
  gint64 first, refund;

  set_up (&fixture);
  first = type_receipt (&fixture);
  refund = type_refund (&fixture, first);
  find_change (&fixture, first, "The refund of this payment");
  g_assert_null (find (fixture.page, ADW_TYPE_ACTION_ROW, "Take Back This Receipt…"));
  g_assert_true (zifu_ledger_withdraw (fixture.ledger, refund, NULL));
  zifu_session_emit_changed (fixture.session);
  g_assert_true (gtk_widget_activate (find_change (&fixture, first, "Take Back This Receipt…")));
  assert_shows (gtk_widget_get_ancestor (find_answer ("Take Back This Receipt?", "Cancel"), GTK_TYPE_WINDOW),
                "The visit “Harmony Clinic” of 20 November 2026 leaves the history, with its bill of 1,000.00. The account goes from 0.00"
                " to 86.00.");
  answer ("Take Back This Receipt?", "Take Back");
  wait_for_entries (&fixture, 1);
  assert_shows (fixture.page, "Receipt taken back");
  wait_until_hidden (fixture.page, "Receipt recorded");
  press (fixture.page, "Undo");
  wait_for_entries (&fixture, 2);
  again = get_receipt (&fixture);
  g_assert_cmpstr (again->institution, ==, "Harmony Clinic");
  g_assert_cmpint (get_balance (&fixture), ==, 0);
  tear_down (&fixture);
}

/* What somebody else did in between is told, and nothing is done twice. */
static void
test_take_back_gone (void)
{
  Fixture fixture = { 0 };
  gint64 first, refund;

  set_up (&fixture);
  first = type_receipt (&fixture);
  refund = type_refund (&fixture, first);
  g_assert_true (gtk_widget_activate (find_change (&fixture, refund, "Take Back This Refund…")));
  find_answer ("Take Back This Refund?", "Take Back");
  g_assert_true (zifu_ledger_withdraw (fixture.ledger, refund, NULL));
  answer ("Take Back This Refund?", "Take Back");
  assert_shows (fixture.page, "not in the history");
  g_assert_cmpuint (count_entries (&fixture), ==, 2);
  g_assert_true (gtk_widget_activate_action (get_page (&fixture), "receipt.take-back", "x", refund));
  g_assert_cmpuint (count_entries (&fixture), ==, 2);
  tear_down (&fixture);
}

/* On a telephone and by keyboard: the row and the answers are reached, nothing is cut, and the keys have somewhere to go afterwards. */
static void
test_take_back_narrow (void)
{
  gboolean chinese = zifu_words_is_chinese ();
  const char *title = chinese ? "撤回这笔退费…" : "Take Back This Refund…";
  const char *question = chinese ? "撤回这笔退费？" : "Take Back This Refund?";
  Fixture fixture = { 0 };
  GtkWidget *row, *button, *body;
  gint64 refund;

  /* Where things lie is looked at once they have arrived. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  open_ledger (&fixture);
  add_employee (&fixture, 8600);
  show_page (&fixture, new_narrow_page, 360, 640);
  refund = type_refund (&fixture, type_receipt (&fixture));
  row = find_change (&fixture, refund, title);
  assert_fits (fixture.page, fixture.page);
  g_assert_true (gtk_widget_grab_focus (row));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture.window)) == row);
  /* What Return is bound to. */
  g_signal_emit_by_name (gtk_widget_get_parent (row), "activate-cursor-row");
  button = find_answer (question, chinese ? "撤回" : "Take Back");
  g_assert_true (gtk_widget_get_focusable (button));
  body = find (GTK_WIDGET (gtk_widget_get_root (button)), GTK_TYPE_LABEL, chinese ? "“Harmony Clinic”" : "counts again.");
  g_assert_nonnull (body);
  wait_for_frame (body);
  assert_not_cut (body);
  g_assert_cmpint (gtk_widget_get_width (body), <=, 360);
  g_assert_true (gtk_widget_activate (button));
  wait_for_entries (&fixture, 2);
  assert_shows (fixture.page, chinese ? "退费已撤回" : "Refund taken back");
  assert_fits (fixture.page, fixture.page);
  g_assert_true (gtk_widget_child_focus (fixture.page, GTK_DIR_TAB_FORWARD));
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (fixture.window)));
  tear_down (&fixture);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
}

static void
test_take_back_chinese (void)
{
  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  g_setenv ("LC_ALL", "zh_CN.UTF-8", TRUE);
  g_test_trap_subprocess ("/receipt/R39/take-back-narrow", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_trap_assert_passed ();
}

/* Whatever moves is said. */
static void
test_take_back_words (void)
{
  ZifuEntry entry = { .kind = ZIFU_ENTRY_REFUND, .date = TODAY, .amount = 3000 };
  ZifuEntry original = { .kind = ZIFU_ENTRY_PHARMACY, .date = TODAY - 10, .amount = -3000 };
  ZifuWithdrawal refund = { .entry = &entry, .before = 2000, .after = -1000 };
  ZifuSettlementRecord record = { .total = 12300 };
  ZifuWithdrawal receipt = { .entry = &original, .receipt = &record, .estimate_id = 7, .is_correction = TRUE };
  g_autofree char *alone = zifu_withdrawal_dup_consequences (&refund), *whole = NULL, *bill = NULL;

  g_assert_cmpstr (alone, ==, "The refund of 25 November 2026 leaves the history. The account goes from 20.00 to −10.00, which is less than"
                              " nothing: something else must be wrong or missing as well.");
  refund = (ZifuWithdrawal){ .entry = &entry, .original = &original, .n_relatives = 1, .moves_totals = TRUE, .is_replaced = TRUE };
  whole = zifu_withdrawal_dup_consequences (&refund);
  g_assert_cmpstr (whole, ==, "The refund of 25 November 2026 leaves the history, and “Pharmacy” of 15 November 2026 counts again."
                              " Relatives' accounts give back what they got from it. The totals of the year count the visit again."
                              " The corrected receipt stays beside it: both count then. If they are one visit, take back the corrected"
                              " one first.");
  bill = zifu_withdrawal_dup_consequences (&receipt);
  g_assert_cmpstr (bill, ==, "The visit “Pharmacy” of 15 November 2026 leaves the history, with its bill of 123.00. The receipt that it"
                             " corrected stays refunded; that refund can be taken back as well. The saved estimate stays, without a"
                             " bill.");
}

/* Where nothing can be written nothing is offered. */
static void
test_take_back_read_only (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  ZifuLedger *own;
  gint64 first, refund;

  set_up (&fixture);
  first = type_receipt (&fixture);
  refund = type_refund (&fixture, first);
  gtk_window_destroy (GTK_WINDOW (fixture.window));
  spin (20);
  g_assert_finalize_object (fixture.session);
  own = fixture.ledger;
  fixture.ledger = zifu_ledger_open_reader (own, &error);
  g_assert_no_error (error);
  show_page (&fixture, new_page, 1100, 800);
  find_change (&fixture, refund, "The payment that was taken back");
  g_assert_null (find (fixture.page, ADW_TYPE_ACTION_ROW, "Take Back This Refund…"));
  find_change (&fixture, first, "The refund of this payment");
  g_assert_null (find (fixture.page, ADW_TYPE_ACTION_ROW, "Take Back Its Refund…"));
  g_object_unref (own);
  tear_down (&fixture);
}

/* From the list of estimates: day and kind are known, the figures are not. */
static void
test_from_estimate (void)
{
  Fixture fixture = { 0 };
  GtkWidget *window, *view, *form;

  open_ledger (&fixture);
  add_employee (&fixture, 8600);
  show_page (&fixture, new_page, 1100, 800);
  save_estimate (&fixture, zifu_date_new (2026, 11, 18), 100000);
  window = gtk_window_new ();
  view = zifu_estimates_view_new (fixture.session);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  spin (100);
  g_assert_true (gtk_widget_activate (find (view, ADW_TYPE_ACTION_ROW, "Enter the Receipt…")));
  form = wait_for_window (ZIFU_TYPE_RECEIPT_FORM);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (part (form, "date"))), ==, "2026-11-18");
  g_assert_cmpint (zifu_money_row_get_amount (ZIFU_MONEY_ROW (part (form, "total"))), ==, -1);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (part (form, "estimate"))), ==, 1);
  type (form, "total", "1000");
  type (form, "fund", "0");
  g_assert_true (zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form)));
  assert_shows (view, "Real bill");
  assert_shows (view, "Receipt recorded");
  gtk_window_destroy (GTK_WINDOW (window));
  spin (50);
  tear_down (&fixture);
}

/* On a telephone nothing is cut, in either language's longest sentences. */
static void
test_narrow (void)
{
  Fixture fixture = { 0 };
  GtkWidget *form;

  set_up (&fixture);
  save_estimate (&fixture, zifu_date_new (2026, 11, 20), 100000000);
  form = open_form (&fixture);
  gtk_window_set_default_size (GTK_WINDOW (form), 360, 640);
  fill_in (form);
  type (form, "total", "1000000");
  type (form, "cash", "1000000");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (part (form, "parts")), TRUE);
  spin (300);
  wait_for_frame (form);
  g_assert_cmpint (gtk_widget_get_width (form), <=, 360);
  assert_inside (adw_window_get_content (ADW_WINDOW (form)), adw_window_get_content (ADW_WINDOW (form)));
  gtk_window_destroy (GTK_WINDOW (form));
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  g_test_add_func ("/receipt/R42/focus", test_focus);
  g_test_add_func ("/receipt/R42/before-balance", test_before_balance);
  g_test_add_func ("/receipt/R42/sums", test_sums);
  g_test_add_func ("/receipt/R42/store", test_store);
  g_test_add_func ("/receipt/R42/missing-credit", test_missing_credit);
  g_test_add_func ("/receipt/R42/correct-whole-account", test_correct_whole_account);
  g_test_add_func ("/receipt/R42/match", test_match);
  g_test_add_func ("/receipt/R42/none", test_none);
  g_test_add_func ("/receipt/R42/correct", test_correct);
  g_test_add_func ("/receipt/R42/correct-whole", test_correct_whole);
  g_test_add_func ("/receipt/R42/page-gone", test_page_gone);
  g_test_add_func ("/receipt/R42/refund-credit", test_refund_credit);
  g_test_add_func ("/receipt/R42/refund", test_refund);
  g_test_add_func ("/receipt/R39/take-back-refund", test_take_back_refund);
  g_test_add_func ("/receipt/R42/take-back-receipt", test_take_back_receipt);
  g_test_add_func ("/receipt/R39/take-back-gone", test_take_back_gone);
  g_test_add_func ("/receipt/R39/take-back-narrow", test_take_back_narrow);
  g_test_add_func ("/receipt/R39/take-back-chinese", test_take_back_chinese);
  g_test_add_func ("/receipt/R39/take-back-words", test_take_back_words);
  g_test_add_func ("/receipt/R39/take-back-read-only", test_take_back_read_only);
  g_test_add_func ("/receipt/R42/from-estimate", test_from_estimate);
  g_test_add_func ("/receipt/R42/narrow", test_narrow);
  return g_test_run ();
}
