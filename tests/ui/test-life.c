/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-fits.h"
#include "test-household.h"

#include "zifu-account-facts.h"
#include "zifu-account-page.h"
#include "zifu-cover-words.h"
#include "zifu-estimator.h"
#include "zifu-family-group.h"
#include "zifu-ledger-purses.h"
#include "zifu-purse-card.h"
#include "zifu-sheet.h"
#include "zifu-split-form.h"
#include "zifu-status-card.h"
#include "zifu-tie-form.h"

/* What happens around the bills, on the account page: coverage, credits, family. */

static void
show_account (Fixture *fixture, int width)
{
  show_page (fixture, zifu_account_page_new, width, 900);
  if (width < 700)
    {
      zifu_account_page_set_narrow (ZIFU_ACCOUNT_PAGE (fixture->page), TRUE);
      gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 640);
    }
  spin (200);
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
  GtkWidget *window = NULL;

  for (guint i = 0; i < 100 && window == NULL; i++)
    {
      spin (20);
      window = find_window (type);
    }
  g_assert_nonnull (window);
  gtk_test_widget_wait_for_draw (window);
  spin (100);
  return window;
}

static GtkWidget *
open_window (Fixture *fixture, const char *action, GType type)
{
  g_assert_true (gtk_widget_activate_action (fixture->page, action, NULL));
  return wait_for_window (type);
}

/* Escape is a binding of the window: it closes it as the keyboard does. */
static void
close_window (GtkWidget *window)
{
  g_assert_true (gtk_widget_activate_action (window, "window.close", NULL));
  spin (100);
  g_assert_null (find_window (ZIFU_TYPE_SHEET));
}

/* R28-R31: suspended since September; what to do, what it costs, and what a visit costs then.
 * By hand: two months at 584.92 are 1,169.84; of 10,000.00 inpatient above 1,300.00 the fund pays 85%: 7,395.00, mine are 2,605.00. */
static void
test_interrupted (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuAccountFacts) facts = NULL;
  GtkWidget *sheet, *more, *gap;

  open_ledger (&fixture);
  household_add_interrupted (fixture.ledger, "Zhou Yuqing", "self");
  show_account (&fixture, 1100);
  facts = zifu_account_facts_read (fixture.session);
  g_assert_nonnull (facts->plan);
  g_assert_cmpint (facts->plan->state, ==, ZIFU_COVERAGE_SUSPENDED);
  g_assert_true (facts->interrupted);
  g_assert_null (facts->forecast);
  assert_shows (fixture.page, "Suspended since September");
  assert_shows (fixture.page, "full benefits from this month");
  assert_shows (fixture.page, "The balance stays yours");
  assert_shows (fixture.page, "The fund pays nothing now");
  g_assert_false (shows (fixture.page, "Next credit ·"));

  /* The button of the card is reached with Tab and opens the sheet. */
  more = find (fixture.page, GTK_TYPE_BUTTON, "Coverage…");
  g_assert_nonnull (more);
  g_assert_true (gtk_widget_grab_focus (more));
  g_assert_true (gtk_widget_activate (more));
  sheet = wait_for_window (ZIFU_TYPE_SHEET);
  assert_shows (sheet, "Ways Out");
  assert_shows (sheet, "Pay nothing more");
  assert_shows (sheet, "not in sight");
  assert_shows (sheet, "Make up 2 months");
  assert_shows (sheet, "1,169.84");
  assert_shows (sheet, "10,000.00");
  assert_shows (sheet, "2,605.00");
  assert_shows (sheet, "paid by the fund");
  /* Beside what it is about it stands on one line. */
  wait_for_frame (sheet);
  gap = find (sheet, GTK_TYPE_LABEL, "paid by the fund");
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (gap))), ==, 1);
  assert_shows (sheet, "November 2024 – August 2026");
  assert_shows (sheet, "From September 2026 on · today");
  assert_fits (gtk_widget_get_first_child (sheet), gtk_widget_get_first_child (sheet));
  close_window (sheet);

  sheet = open_window (&fixture, "account.credits", ZIFU_TYPE_SHEET);
  assert_shows (sheet, "While no contributions are paid, nothing is credited.");
  close_window (sheet);
  tear_down (&fixture);
}

/* The same on a telephone, and with the words of the other language: nothing leaves the window. */
static void
test_narrow (void)
{
  Fixture fixture = { NULL };
  GtkWidget *sheet;

  open_ledger (&fixture);
  household_add_interrupted (fixture.ledger, "周雨晴", "self");
  show_account (&fixture, 360);
  g_assert_cmpint (gtk_widget_get_width (fixture.page), <=, 360);
  assert_fits (fixture.page, fixture.page);
  sheet = open_window (&fixture, "account.coverage", ZIFU_TYPE_SHEET);
  g_assert_cmpint (gtk_widget_get_width (sheet), <=, 360);
  assert_fits (gtk_widget_get_first_child (sheet), gtk_widget_get_first_child (sheet));
  close_window (sheet);
  tear_down (&fixture);
}

static void
test_narrow_chinese (void)
{
  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  g_setenv ("LC_ALL", "zh_CN.UTF-8", TRUE);
  g_test_trap_subprocess ("/life/narrow", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_trap_assert_passed ();
}

/* Everybody whose coverage is in order: nothing of ways out, and nothing to do. */
static void
test_in_order (void)
{
  static const struct {
    const char *relation, *text;
  } people[] = {
    { "self", "your employer pays" },
    { "parent", "Retired, no contributions due" },
    { "child", "To stay covered, pay the premium of 2027 in time." },
  };
  Fixture fixture = { NULL };
  g_autoptr (GPtrArray) members = NULL;

  open_ledger (&fixture);
  add_sample (&fixture);
  show_account (&fixture, 1100);
  members = zifu_session_list_members (fixture.session);
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);
      gboolean retired = g_str_equal (member->relation, "parent");

      zifu_session_set_member_id (fixture.session, member->id);
      spin (50);
      for (guint p = 0; p < G_N_ELEMENTS (people); p++)
        if (g_str_equal (people[p].relation, member->relation))
          assert_shows (find (fixture.page, ZIFU_TYPE_STATUS_CARD, NULL), people[p].text);
      g_assert_cmpint (find (fixture.page, GTK_TYPE_BUTTON, "Coverage…") == NULL, ==, retired);
      if (!retired)
        {
          GtkWidget *sheet = open_window (&fixture, "account.coverage", ZIFU_TYPE_SHEET);

          g_assert_false (shows (sheet, "Ways Out"));
          assert_shows (sheet, "It is assumed that contributions go on.");
          close_window (sheet);
        }
    }
  tear_down (&fixture);
}

/* R17, R20: the next twelve credits, and those that are not what the rules say, with both figures. */
static void
test_credits (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuAccountFacts) facts = NULL;
  GtkWidget *sheet;

  open_ledger (&fixture);
  household_add_unlucky (fixture.ledger, "Lin Xiaomei", "Wang Xiulan", "Chen Xiaohe");
  show_account (&fixture, 1100);
  assert_shows (fixture.page, "Credit for August 2026");
  assert_shows (fixture.page, "240.00, credited 0.00. One more month differs.");
  facts = zifu_account_facts_read (fixture.session);
  g_assert_cmpuint (facts->forecast->months->len, ==, 12);
  g_assert_cmpint (g_array_index (facts->forecast->months, ZifuForecastMonth, 11).balance, ==, facts->balance + 12 * 24000);

  sheet = open_window (&fixture, "account.credits", ZIFU_TYPE_SHEET);
  assert_shows (sheet, "Credits That Differ");
  assert_shows (sheet, "By the rules 240.00, nothing was credited");
  assert_shows (sheet, "By the rules 240.00, credited 220.00");
  assert_shows (sheet, "About 5 December 2026");
  assert_shows (sheet, "About 5 November 2027");
  g_assert_nonnull (find (sheet, ZIFU_TYPE_UNVERIFIED_MARK, NULL));
  assert_shows (sheet, "the rule for the amount is not verified");
  assert_fits (gtk_widget_get_first_child (sheet), gtk_widget_get_first_child (sheet));
  close_window (sheet);
  tear_down (&fixture);
}

static void
keep_toast_cb (GtkWidget *page, AdwToast *toast, AdwToast **kept)
{
  g_set_object (kept, toast);
}

static GArray *
list_ties (Fixture *fixture)
{
  return zifu_ledger_list_ties (fixture->ledger, zifu_session_get_member_id (fixture->session), NULL);
}

/* R12, R24: who uses the account and how much, a relative more with a limit, and back again in one step. */
static void
test_family (void)
{
  Fixture fixture = { NULL };
  g_autoptr (AdwToast) toast = NULL;
  g_autoptr (GArray) two = NULL;
  g_autoptr (GArray) one = NULL;
  GtkWidget *form, *quota, *family;

  open_ledger (&fixture);
  household_add_unlucky (fixture.ledger, "Lin Xiaomei", "Wang Xiulan", "Chen Xiaohe");
  show_account (&fixture, 1100);
  g_signal_connect (fixture.page, "toast", G_CALLBACK (keep_toast_cb), &toast);
  family = find (fixture.page, ZIFU_TYPE_FAMILY_GROUP, NULL);
  assert_shows (family, "used 432.50 in 12 months, last on 6 November 2026");
  assert_shows (family, "may use up to 2,000.00");

  g_assert_true (gtk_widget_activate (find (family, ADW_TYPE_ACTION_ROW, "Allow a Relative…")));
  form = wait_for_window (ZIFU_TYPE_TIE_FORM);
  assert_shows (form, "Chen Xiaohe");
  assert_shows (form, "Relation: child. The rules of today allow it.");
  assert_fits (gtk_widget_get_first_child (form), gtk_widget_get_first_child (form));
  quota = GTK_WIDGET (gtk_widget_get_template_child (form, ZIFU_TYPE_TIE_FORM, "quota"));
  gtk_editable_set_text (GTK_EDITABLE (quota), "x");
  g_assert_false (zifu_tie_form_save (ZIFU_TIE_FORM (form)));
  assert_shows (form, "The limit is not an amount of money.");
  gtk_editable_set_text (GTK_EDITABLE (quota), "0");
  g_assert_false (zifu_tie_form_save (ZIFU_TIE_FORM (form)));
  gtk_editable_set_text (GTK_EDITABLE (quota), "500");
  g_assert_true (gtk_widget_activate_action (form, "tie.save", NULL));
  spin (200);
  g_assert_null (find_window (ZIFU_TYPE_TIE_FORM));

  two = list_ties (&fixture);
  g_assert_cmpuint (two->len, ==, 2);
  g_assert_cmpint (g_array_index (two, ZifuMutualTie, 1).quota, ==, 50000);
  g_assert_cmpint (g_array_index (two, ZifuMutualTie, 1).from, ==, TODAY);
  assert_shows (family, "2 relatives may use it");
  g_assert_null (find (family, ADW_TYPE_ACTION_ROW, "Allow a Relative…"));
  g_assert_nonnull (toast);
  g_signal_emit_by_name (toast, "button-clicked");
  spin (50);
  one = list_ties (&fixture);
  g_assert_cmpuint (one->len, ==, 1);
  assert_shows (family, "Allow a Relative…");
  g_clear_object (&toast);
  tear_down (&fixture);
}

/* An employee of Shanghai: 1,200.00 of earlier years, and four credits of 200.00 since July. */
static void
add_in_shanghai (Fixture *fixture)
{
  gint64 id = household_add (fixture->ledger, "Lin", "self", "1986-05-20", "active", 120000);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (fixture->ledger, id, &error);

  g_free (member->region);
  member->region = g_strdup ("310000");
  g_assert_true (zifu_ledger_update_member (fixture->ledger, member, &error));
  for (int month = 7; month <= 10; month++)
    household_credit (fixture->ledger, id, zifu_month_new (2026, month), 20000);
}

/* A window that has stored closes by itself. */
static void
wait_for_end (GType type)
{
  for (guint i = 0; i < 500 && find_window (type) != NULL; i++)
    spin (20);
  g_assert_null (find_window (type));
}

static void
type_split (GtkWidget *form, const char *date, const char *amount)
{
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_template_child (form, ZIFU_TYPE_SPLIT_FORM, "date")), date);
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_template_child (form, ZIFU_TYPE_SPLIT_FORM, "current")), amount);
}

/* Where rules care, the card tells this year's money from that of earlier years, and somebody can state it. */
static void
test_division (gconstpointer data)
{
  Fixture fixture = { NULL };
  g_autoptr (AdwToast) toast = NULL;
  GtkWidget *form, *purse, *verdict, *button;

  open_ledger (&fixture);
  add_in_shanghai (&fixture);
  show_account (&fixture, GPOINTER_TO_INT (data));
  g_signal_connect (fixture.page, "toast", G_CALLBACK (keep_toast_cb), &toast);
  purse = find (fixture.page, ZIFU_TYPE_PURSE_CARD, NULL);
  assert_shows (purse, "This year's money");
  assert_shows (purse, "800.00");
  assert_shows (purse, "1,200.00");
  g_assert_false (shows (purse, "Year not known"));
  assert_fits (fixture.page, fixture.page);

  button = find (purse, GTK_TYPE_BUTTON, "State This Year's Part…");
  g_assert_true (gtk_widget_grab_focus (button));
  g_assert_true (gtk_widget_activate (button));
  form = wait_for_window (ZIFU_TYPE_SPLIT_FORM);
  verdict = GTK_WIDGET (gtk_widget_get_template_child (form, ZIFU_TYPE_SPLIT_FORM, "verdict"));
  gtk_test_accessible_assert_role (verdict, GTK_ACCESSIBLE_ROLE_STATUS);
  assert_shows (form, "the account held ¥2,000.00.");
  g_assert_false (shows (form, "Take the Statement Back"));
  assert_fits (gtk_widget_get_first_child (form), gtk_widget_get_first_child (form));
  g_assert_false (zifu_split_form_save (ZIFU_SPLIT_FORM (form)));
  assert_shows (form, "Enter this year's part");
  type_split (form, "2026-11-26", "500");
  assert_shows (form, "Enter a day up to today.");
  g_assert_false (zifu_split_form_save (ZIFU_SPLIT_FORM (form)));
  assert_shows (form, "The day is not a day up to today");
  type_split (form, "2026-11-25", "2000.01");
  assert_shows (form, "this year's part cannot be more");
  g_assert_false (zifu_split_form_save (ZIFU_SPLIT_FORM (form)));
  assert_shows (form, "This year's part cannot be more than the account held on that day.");
  type_split (form, "2026.11.25", "500");
  assert_shows (form, "¥1,500.00 of it was earlier years' money");
  g_assert_true (gtk_widget_activate_action (form, "split.save", NULL));
  wait_for_end (ZIFU_TYPE_SPLIT_FORM);
  g_assert_cmpstr (adw_toast_get_title (toast), ==, "The account is divided as stated");
  assert_shows (purse, "500.00");
  assert_shows (purse, "1,500.00");

  form = open_window (&fixture, "account.split", ZIFU_TYPE_SPLIT_FORM);
  assert_shows (form, "¥1,500.00 of it was earlier years' money");
  g_assert_true (gtk_widget_activate (find (form, GTK_TYPE_BUTTON, "Take the Statement Back")));
  wait_for_end (ZIFU_TYPE_SPLIT_FORM);
  assert_shows (purse, "1,200.00");
  assert_shows (purse, "800.00");
  g_clear_object (&toast);
  tear_down (&fixture);
}

static ZifuMoney
first_of (Fixture *fixture, ZifuEstimator *estimator, ZifuDate date)
{
  g_autoptr (ZifuVisit) visit = zifu_visit_new ();

  visit->date = date;
  visit->use_account = TRUE;
  zifu_facts_set_string (visit->facts, "care", "outpatient");
  zifu_facts_set_string (visit->facts, "class", "1");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  zifu_visit_set_total (visit, 200000);
  zifu_visit_set_parts (visit, 0, 0, 0);
  zifu_estimator_set_visit (estimator, visit);
  zifu_estimator_flush (estimator);
  g_assert_nonnull (zifu_estimator_get_settlement (estimator));
  g_assert_cmpint (zifu_estimator_get_settlement (estimator)->own_account + zifu_estimator_get_settlement (estimator)->balance, ==, 200000);
  return zifu_estimator_get_settlement (estimator)->account_first;
}

/* An estimate pays first from what is this year's on the day of the visit: from next July on that is an earlier year's. */
static void
test_division_of_visit (void)
{
  Fixture fixture = { NULL };
  ZifuEstimator *estimator;

  open_ledger (&fixture);
  add_in_shanghai (&fixture);
  show_account (&fixture, 1100);
  estimator = zifu_estimator_new (fixture.session);
  g_assert_cmpint (first_of (&fixture, estimator, zifu_date_new (2027, 6, 30)), ==, 80000);
  g_assert_cmpint (first_of (&fixture, estimator, zifu_date_new (2027, 7, 1)), ==, 0);
  g_assert_cmpint (first_of (&fixture, estimator, TODAY), ==, 80000);
  g_assert_finalize_object (estimator);
  tear_down (&fixture);
}

/* Elsewhere the balance is one figure. */
static void
test_undivided (void)
{
  Fixture fixture = { NULL };

  open_ledger (&fixture);
  household_add (fixture.ledger, "Lin", "self", "1986-05-20", "active", 100000);
  show_account (&fixture, 1100);
  assert_shows (fixture.page, "1,000.00");
  g_assert_false (shows (fixture.page, "This year's money"));
  g_assert_null (find (fixture.page, GTK_TYPE_BUTTON, "State This Year's Part…"));
  gtk_widget_activate_action (fixture.page, "account.split", NULL);
  spin (50);
  g_assert_null (find_window (ZIFU_TYPE_SPLIT_FORM));
  tear_down (&fixture);
}

/* A relation that the rules of the day do not know cannot be allowed; one alone is told to add somebody first. */
static void
test_not_allowed (void)
{
  Fixture fixture = { NULL };
  g_autoptr (GArray) ties = NULL;
  GtkWidget *form;

  open_ledger (&fixture);
  household_add (fixture.ledger, "Lin", "self", "1986-05-20", "active", 100000);
  show_account (&fixture, 1100);
  assert_shows (fixture.page, "Add a Relative…");
  household_add (fixture.ledger, "Uncle", "other", "1960-05-20", "retired", 0);
  zifu_session_emit_changed (fixture.session);
  spin (50);
  form = open_window (&fixture, "account.allow", ZIFU_TYPE_TIE_FORM);
  assert_shows (form, "The rules of today do not allow this relation.");
  g_assert_false (zifu_tie_form_save (ZIFU_TIE_FORM (form)));
  gtk_widget_activate_action (form, "tie.save", NULL);
  spin (50);
  ties = list_ties (&fixture);
  g_assert_cmpuint (ties->len, ==, 0);
  gtk_window_destroy (GTK_WINDOW (form));
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/life/R28-R31/interrupted", test_interrupted);
  g_test_add_func ("/life/narrow", test_narrow);
  g_test_add_func ("/life/narrow-chinese", test_narrow_chinese);
  g_test_add_func ("/life/in-order", test_in_order);
  g_test_add_func ("/life/R17-R20/credits", test_credits);
  g_test_add_func ("/life/R12-R24/family", test_family);
  g_test_add_func ("/life/R12/not-allowed", test_not_allowed);
  g_test_add_data_func ("/life/R09/division", GINT_TO_POINTER (1100), test_division);
  g_test_add_data_func ("/life/R09/division-narrow", GINT_TO_POINTER (360), test_division);
  g_test_add_func ("/life/R09/division-of-visit", test_division_of_visit);
  g_test_add_func ("/life/R09/undivided", test_undivided);
  return g_test_run ();
}
