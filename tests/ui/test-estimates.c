/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R42 in the window: save an estimate, find the real bill, compare both, delete and undo. */

#include "test-page.h"

#include "zifu-bill-group.h"
#include "zifu-estimate-page.h"
#include "zifu-estimates-view.h"
#include "zifu-history-page.h"
#include "zifu-ledger-estimates.h"
#include "zifu-reality-view.h"
#include "zifu-visit-form.h"

static ZifuVisitForm *
get_form (Fixture *fixture)
{
  return ZIFU_VISIT_FORM (gtk_widget_get_template_child (fixture->page, ZIFU_TYPE_ESTIMATE_PAGE, "form"));
}

static ZifuBillGroup *
get_bill (Fixture *fixture)
{
  return zifu_visit_form_get_bill (get_form (fixture));
}

static gint64
count (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) estimates = zifu_ledger_list_estimates (fixture->ledger, 0, &error);

  g_assert_no_error (error);
  return estimates->len;
}

static void
set_up (Fixture *fixture, int width, int height)
{
  open_ledger (fixture);
  add_employee (fixture, 8600);
  show_page (fixture, zifu_estimate_page_new, width, height);
}

/* A bill of which everything is in scope, saved with the action of the button. */
static gint64
save (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) estimates = NULL;

  zifu_bill_group_set_total (get_bill (fixture), 420000);
  zifu_bill_group_set_parts (get_bill (fixture), 0, 0, 0);
  spin (200);
  g_assert_true (gtk_widget_activate_action (fixture->page, "estimate.save", NULL));
  estimates = zifu_ledger_list_estimates (fixture->ledger, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (estimates->len, >, 0);
  return ((const ZifuSavedEstimate *) g_ptr_array_index (estimates, 0))->id;
}

/* What the receipt says: the total is the same, the fund paid 10 yuan less and the person more. */
static gint64
receive (Fixture *fixture, gint64 estimate_id, ZifuMoney less)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = zifu_ledger_get_estimate (fixture->ledger, estimate_id, &error);
  g_autoptr (ZifuBillFigures) receipt = zifu_bill_figures_copy (estimate->figures);
  gint64 id;

  g_array_set_size (receipt->funds, 0);
  zifu_bill_figures_add_fund (receipt, "hifob", estimate->figures->amount[ZIFU_BILL_FUND_SUM] - less);
  zifu_bill_figures_set (receipt, ZIFU_BILL_FUND_SUM, estimate->figures->amount[ZIFU_BILL_FUND_SUM] - less);
  zifu_bill_figures_set (receipt, ZIFU_BILL_PERSON, estimate->figures->amount[ZIFU_BILL_PERSON] + less);
  zifu_bill_figures_set (receipt, ZIFU_BILL_CASH, estimate->figures->amount[ZIFU_BILL_CASH] + less);
  id = zifu_ledger_add_receipt (fixture->ledger, estimate, receipt, TODAY, "Harmony Clinic", ZIFU_PROVENANCE_IMPORTED, &error);
  g_assert_no_error (error);
  return id;
}

static void
assert_figures_kept (Fixture *fixture, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = zifu_ledger_get_estimate (fixture->ledger, id, &error);

  g_assert_no_error (error);
  g_assert_cmpint (estimate->figures->amount[ZIFU_BILL_TOTAL], ==, 420000);
  g_assert_cmpint (estimate->figures->amount[ZIFU_BILL_ACCOUNT], ==, 8600);
  g_assert_cmpint (estimate->saved_on, ==, TODAY);
}

static void
test_save (void)
{
  Fixture fixture = { 0 };
  gint64 id;

  set_up (&fixture, 1100, 800);
  /* Nothing to save yet. */
  gtk_widget_activate_action (fixture.page, "estimate.save", NULL);
  g_assert_cmpint (count (&fixture), ==, 0);
  id = save (&fixture);
  assert_figures_kept (&fixture, id);
  g_assert_nonnull (find (fixture.page, GTK_TYPE_BUTTON, "Saved Estimates"));
  tear_down (&fixture);
}

/* The list in a window of its own. */
static GtkWidget *
show_list (Fixture *fixture, int width)
{
  GtkWidget *window = gtk_window_new (), *view = zifu_estimates_view_new (fixture->session);

  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), width, 700);
  gtk_window_present (GTK_WINDOW (window));
  spin (100);
  return view;
}

static void
close_window (GtkWidget *view)
{
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (view)));
  spin (50);
}

static void
test_list (void)
{
  Fixture fixture = { 0 };
  GtkWidget *view, *button;
  gint64 id, settlement_id;

  set_up (&fixture, 1100, 800);
  view = show_list (&fixture, 360);
  assert_shows (view, "No Saved Estimates");
  id = save (&fixture);
  zifu_session_emit_changed (fixture.session);
  assert_shows (view, "bill 4,200.00");

  /* The settlement arrives; what belongs together, people say. */
  settlement_id = receive (&fixture, id, 1000);
  g_assert_true (zifu_ledger_set_pair (fixture.ledger, id, settlement_id, ZIFU_PAIR_OPEN, NULL));
  zifu_session_emit_changed (fixture.session);
  assert_shows (view, "Likely the real bill");
  assert_shows (fixture.page, "seems to have arrived");
  wait_for_frame (view);
  assert_inside (view, view);
  button = find (view, GTK_TYPE_BUTTON, "This Is It");
  g_signal_emit_by_name (button, "clicked");
  assert_shows (view, "Real bill");
  g_assert_nonnull (find (view, GTK_TYPE_BUTTON, "They Do Not Belong Together"));
  g_signal_emit_by_name (find (view, GTK_TYPE_BUTTON, "They Do Not Belong Together"), "clicked");
  assert_shows (view, "Likely the real bill");
  g_signal_emit_by_name (find (view, GTK_TYPE_BUTTON, "Another Visit"), "clicked");
  for (guint i = 0; i < 100 && shows (view, "Likely the real bill"); i++)
    spin (20);
  g_assert_false (shows (view, "Likely the real bill"));
  close_window (view);
  tear_down (&fixture);
}

/* The only button of the list with a picture is the one that deletes. */
static GtkWidget *
find_delete (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (root)), "user-trash-symbolic") == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_delete (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_delete (void)
{
  Fixture fixture = { 0 };
  GtkWidget *view;
  gint64 id;

  set_up (&fixture, 1100, 800);
  id = save (&fixture);
  view = show_list (&fixture, 560);
  g_signal_emit_by_name (find_delete (view), "clicked");
  assert_shows (view, "No Saved Estimates");
  g_assert_cmpint (count (&fixture), ==, 0);
  assert_shows (view, "Estimate deleted");
  g_signal_emit_by_name (find (view, GTK_TYPE_BUTTON, "Undo"), "clicked");
  assert_shows (view, "bill 4,200.00");
  assert_figures_kept (&fixture, id);
  close_window (view);
  tear_down (&fixture);
}

static void
test_compare (void)
{
  static const int widths[] = { 360, 640 };
  Fixture fixture = { 0 };
  gint64 id, settlement_id;

  set_up (&fixture, 1100, 800);
  id = save (&fixture);
  settlement_id = receive (&fixture, id, 1000);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      GtkWidget *window = gtk_window_new (), *view = zifu_reality_view_new (fixture.session, id, settlement_id);
      GtkWidget *scrolled = gtk_scrolled_window_new ();

      /* As in the sheet that shows it: it is higher than any window. */
      gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
      gtk_window_set_child (GTK_WINDOW (window), scrolled);
      gtk_window_set_default_size (GTK_WINDOW (window), widths[i], 900);
      gtk_window_present (GTK_WINDOW (window));
      assert_shows (view, "First difference: Large-amount fund, −10.00");
      assert_shows (view, "Deductible paid now");
      assert_shows (view, "+10.00");
      wait_for_frame (view);
      assert_inside (view, view);
      close_window (view);
    }
  tear_down (&fixture);
}

static gboolean
select_settlement (Fixture *fixture)
{
  ZifuHistoryPage *page = ZIFU_HISTORY_PAGE (fixture->page);
  GListModel *model = G_LIST_MODEL (zifu_history_page_get_model (page));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (ZifuHistoryItem) item = g_list_model_get_item (model, i);

      if (zifu_history_item_get_entry (item)->settlement_id == 0)
        continue;
      return gtk_widget_activate_action (fixture->page, "history.open", "x", zifu_history_item_get_entry (item)->id);
    }
  return FALSE;
}

/* The details of a settlement lead to its estimate, and only of one that has any. */
static void
test_history (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = NULL;
  g_autoptr (ZifuPack) pack = NULL;
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (ZifuVisit) visit = zifu_visit_new ();
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = NULL;
  gint64 id;

  open_ledger (&fixture);
  add_employee (&fixture, 8600);
  show_page (&fixture, zifu_history_page_new, 1100, 800);
  member = zifu_session_dup_member (fixture.session);
  pack = zifu_session_dup_pack (fixture.session, &error);
  person = zifu_session_dup_person (fixture.session, &error);
  g_assert_no_error (error);
  visit->date = TODAY;
  zifu_facts_set_string (visit->facts, "care", "outpatient");
  zifu_facts_set_string (visit->facts, "class", "3");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  zifu_visit_set_total (visit, 420000);
  zifu_visit_set_parts (visit, 0, 0, 0);
  settlement = zifu_settle (pack, person, visit, &error);
  g_assert_no_error (error);
  estimate = zifu_saved_estimate_new (member, person, visit, settlement, NULL, NULL, TODAY);
  id = zifu_ledger_save_estimate (fixture.ledger, estimate, &error);
  g_assert_no_error (error);
  receive (&fixture, id, 1000);
  zifu_session_emit_changed (fixture.session);
  spin (100);
  g_assert_true (select_settlement (&fixture));
  for (guint i = 0; i < 100 && find (fixture.page, ADW_TYPE_ACTION_ROW, "Compare with Estimate") == NULL; i++)
    spin (20);
  g_assert_nonnull (find (fixture.page, ADW_TYPE_ACTION_ROW, "Compare with Estimate"));
  g_assert_true (zifu_ledger_delete_estimate (fixture.ledger, id, &error));
  zifu_session_emit_changed (fixture.session);
  spin (100);
  g_assert_true (select_settlement (&fixture));
  spin (100);
  g_assert_null (find (fixture.page, ADW_TYPE_ACTION_ROW, "Compare with Estimate"));
  tear_down (&fixture);
}

/* What is not there any more is told, and nothing is left waiting. */
static void
test_gone (void)
{
  Fixture fixture = { 0 };
  GtkWidget *window, *view;

  set_up (&fixture, 1100, 800);
  window = gtk_window_new ();
  view = zifu_reality_view_new (fixture.session, 77, 88);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  assert_shows (view, "This estimate is not there any more.");
  close_window (view);
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  g_test_add_func ("/estimates/R42/save", test_save);
  g_test_add_func ("/estimates/R42/list", test_list);
  g_test_add_func ("/estimates/R42/delete", test_delete);
  g_test_add_func ("/estimates/R42/compare", test_compare);
  g_test_add_func ("/estimates/R42/history", test_history);
  g_test_add_func ("/estimates/R42/gone", test_gone);
  return g_test_run ();
}
