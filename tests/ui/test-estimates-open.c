/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R42: a saved estimate is opened again, whole: saving what is shown then gives the same text and the same figures. */

#include "test-estimate-parts.h"

#include "zifu-case-text.h"
#include "zifu-estimates-view.h"
#include "zifu-ledger-estimates.h"
#include "zifu-notice.h"

static ZifuVisitForm *
get_form (Fixture *fixture)
{
  return ZIFU_VISIT_FORM (part (fixture->page, "form"));
}

static GtkWidget *
field (Fixture *fixture, const char *name)
{
  return part (GTK_WIDGET (get_form (fixture)), name);
}

static void
choose (Fixture *fixture, const char *name, guint i)
{
  GtkWidget *row = field (fixture, name);

  g_assert_true (gtk_widget_get_visible (row));
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (row))), >, i);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
}

static void
add_person (Fixture *fixture, const char *region)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = zifu_member_new ();

  member->name = g_strdup ("Somebody");
  member->relation = g_strdup ("self");
  member->sex = g_strdup ("1");
  member->birth = zifu_date_new (1980, 2, 3);
  member->region = g_strdup (region);
  member->insurance = g_strdup ("310");
  member->status = g_strdup ("active");
  member->base = 1000000;
  member->has_account = TRUE;
  g_assert_cmpint (zifu_ledger_add_member (fixture->ledger, member, 150000, zifu_date_new (2026, 1, 1), &error), >, 0);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, const char *region)
{
  open_ledger (fixture);
  if (region != NULL)
    add_person (fixture, region);
  else
    add_sample (fixture);
  show_page (fixture, zifu_estimate_page_new, 1100, 800);
}

/* The estimate that was saved last. */
static ZifuSavedEstimate *
get_last (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) estimates = zifu_ledger_list_estimates (fixture->ledger, 0, &error);
  const ZifuSavedEstimate *last = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < estimates->len; i++)
    if (last == NULL || ((const ZifuSavedEstimate *) g_ptr_array_index (estimates, i))->id > last->id)
      last = g_ptr_array_index (estimates, i);
  g_assert_nonnull (last);
  return zifu_saved_estimate_copy (last);
}

static ZifuSavedEstimate *
save (Fixture *fixture, gint64 before)
{
  ZifuSavedEstimate *estimate;

  spin (SETTLED);
  g_assert_true (gtk_widget_activate_action (fixture->page, "estimate.save", NULL));
  estimate = get_last (fixture);
  g_assert_cmpint (estimate->id, >, before);
  return estimate;
}

static GtkWidget *
find_view (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    {
      GtkWidget *view = find (item->data, ZIFU_TYPE_ESTIMATES_VIEW, NULL);

      if (view != NULL)
        return view;
    }
  return NULL;
}

static GtkWidget *
find_row (GtkWidget *widget, gint64 id)
{
  const gint64 *stands_for = g_object_get_data (G_OBJECT (widget), "estimate");

  if (ADW_IS_ACTION_ROW (widget) && stands_for != NULL && *stands_for == id)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, id);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* As a person would: the list, and a click on the row. */
static void
open_saved (Fixture *fixture, gint64 id)
{
  GtkWidget *view;

  g_assert_true (gtk_widget_activate_action (fixture->page, "estimate.saved", NULL));
  spin (50);
  view = find_view ();
  g_assert_nonnull (view);
  g_signal_emit_by_name (find_row (view, id), "activated");
  spin (SETTLED);
  g_assert_null (find_view ());
}

static void
assert_same_figures (const ZifuBillFigures *left, const ZifuBillFigures *right)
{
  for (guint i = 0; i < ZIFU_N_BILL_PARTS; i++)
    if (i != ZIFU_BILL_FUND)
      g_assert_cmpint (left->amount[i], ==, right->amount[i]);
  g_assert_cmpuint (left->funds->len, ==, right->funds->len);
  for (guint i = 0; i < left->funds->len; i++)
    {
      g_assert_cmpstr (g_array_index (left->funds, ZifuPayerAmount, i).payer, ==, g_array_index (right->funds, ZifuPayerAmount, i).payer);
      g_assert_cmpint (g_array_index (left->funds, ZifuPayerAmount, i).amount, ==, g_array_index (right->funds, ZifuPayerAmount, i).amount);
    }
}

/* Every field that the visit did not have says something else in between. */
static void
disturb (Fixture *fixture)
{
  ZifuVisitForm *form = get_form (fixture);
  GtkWidget *more = find (field (fixture, "more"), ADW_TYPE_COMBO_ROW, NULL);

  for (; more != NULL; more = gtk_widget_get_next_sibling (more))
    adw_combo_row_set_selected (ADW_COMBO_ROW (more), 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (field (fixture, "disease")), 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (field (fixture, "province")), 0);
  zifu_visit_form_use_template (form, "stay");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (field (fixture, "stay")), 4);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (field (fixture, "days")), 21);
  zifu_bill_group_set_prepaid (zifu_visit_form_get_bill (form), 123400);
  zifu_visit_form_set_date (form, zifu_date_new (2027, 1, 8));
  gtk_switch_set_active (GTK_SWITCH (field (fixture, "designated")), FALSE);
  gtk_switch_set_active (GTK_SWITCH (field (fixture, "use_account")), FALSE);
  gtk_switch_set_active (GTK_SWITCH (field (fixture, "use_family")), FALSE);
  spin (SETTLED);
}

/* Saves what is in the form, opens it over something else and saves it again: text and figures are the same.  @fact must be in it. */
static void
assert_round_trip (Fixture *fixture, const char *fact)
{
  g_autoptr (ZifuSavedEstimate) first = save (fixture, 0), second = NULL;
  g_autofree char *hero = NULL;

  /* Of a range its likely case is what is saved. */
  hero = zifu_words_money (first->figures->amount[ZIFU_BILL_PERSON], ZIFU_MONEY_STYLE_SYMBOL);
  if (strstr (first->case_text, fact) == NULL)
    g_error ("%s is not in %s", fact, first->case_text);
  disturb (fixture);
  open_saved (fixture, first->id);
  g_assert_cmpstr (label_of (hero_part (fixture, "amount")), ==, hero);
  /* What happens elsewhere in the household meanwhile leaves the page as it is. */
  zifu_session_emit_changed (fixture->session);
  second = save (fixture, first->id);
  g_assert_cmpstr (second->case_text, ==, first->case_text);
  assert_same_figures (second->figures, first->figures);
  g_assert_cmpstr (label_of (hero_part (fixture, "amount")), ==, hero);
  g_assert_false (zifu_notice_get_revealed (ZIFU_NOTICE (part (fixture->page, "opened_notice"))));
}

static void
test_outpatient (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, "110000");
  zifu_visit_form_set_institution (get_form (&fixture), "community");
  zifu_visit_form_set_date (get_form (&fixture), zifu_date_new (2026, 10, 2));
  type (&fixture, "total", "862.35");
  type (&fixture, "out", "12.30");
  type (&fixture, "prior", "8.05");
  gtk_switch_set_active (GTK_SWITCH (field (&fixture, "use_account")), FALSE);
  assert_round_trip (&fixture, "\"use_account\":false");
  tear_down (&fixture);
}

/* Lines, with a second stay of the year, its days and the deposit. */
static void
test_inpatient (void)
{
  Fixture fixture = { 0 };
  ZifuBillGroup *bill;

  set_up (&fixture, "110000");
  bill = zifu_visit_form_get_bill (get_form (&fixture));
  zifu_visit_form_set_kind (get_form (&fixture), "inpatient");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (field (&fixture, "stay")), 2);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (field (&fixture, "days")), 11);
  zifu_bill_group_add_line (bill, "drug", "B", 345678, 3);
  zifu_bill_group_add_line (bill, "bed", "A", 88000, 11);
  zifu_bill_group_add_line (bill, "material", "C", 120000, 1);
  zifu_bill_group_set_prepaid (bill, 500000);
  assert_round_trip (&fixture, "\"stay\":2");
  tear_down (&fixture);
}

static void
test_remote (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, "120000");
  zifu_visit_form_set_kind (get_form (&fixture), "inpatient");
  zifu_visit_form_set_place (get_form (&fixture), "filed_long");
  choose (&fixture, "province", 1);
  type (&fixture, "total", "40000");
  type (&fixture, "out", "1000");
  assert_round_trip (&fixture, "\"place_province\":");
  tear_down (&fixture);
}

static void
test_special (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, "320100");
  zifu_visit_form_set_kind (get_form (&fixture), "special");
  choose (&fixture, "disease", 2);
  type (&fixture, "total", "5000");
  type (&fixture, "out", "0");
  assert_round_trip (&fixture, "\"disease");
  tear_down (&fixture);
}

/* What this region alone asks of a visit. */
static void
test_axes (void)
{
  Fixture fixture = { 0 };
  GtkWidget *more;
  guint n = 0;

  set_up (&fixture, "440300");
  more = field (&fixture, "more");
  for (GtkWidget *row = find (more, ADW_TYPE_COMBO_ROW, NULL); row != NULL; row = gtk_widget_get_next_sibling (row), n++)
    adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  g_assert_cmpuint (n, >, 0);
  type (&fixture, "total", "900");
  type (&fixture, "out", "0");
  assert_round_trip (&fixture, "\"chosen\":");
  tear_down (&fixture);
}

/* An institution taken from the comparison, with relatives' accounts behind the own one. */
static void
test_compared (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, NULL);
  type (&fixture, "total", "9000");
  type (&fixture, "out", "100");
  spin (SETTLED);
  g_signal_emit_by_name (result_of (&fixture), "institution", "2");
  assert_round_trip (&fixture, "\"class\":\"2\"");
  tear_down (&fixture);
}

/* Only the total is known, and earlier bills say what is likely: what was saved is the likely case. */
static void
test_likely (void)
{
  Fixture fixture = { 0 };

  set_up (&fixture, NULL);
  type (&fixture, "total", "700");
  assert_round_trip (&fixture, "\"total\":\"700.00\"");
  tear_down (&fixture);
}

/* A bill that came since, while a saved estimate is on screen with the account of then, says what is likely of it as well. */
static void
test_likely_since (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSavedEstimate) saved = NULL, about = NULL;
  g_autoptr (ZifuBillFigures) receipt = zifu_bill_figures_new ();
  ZifuEntry spent = { .kind = ZIFU_ENTRY_PHARMACY, .amount = -5000, .base = -1, .provenance = ZIFU_PROVENANCE_TYPED, .date = TODAY };

  set_up (&fixture, "110000");
  type (&fixture, "total", "4200");
  saved = save (&fixture, 0);
  spent.member_id = saved->member_id;
  g_assert_cmpint (zifu_ledger_add_entry (fixture.ledger, &spent, &error), >, 0);
  zifu_session_emit_changed (fixture.session);
  open_saved (&fixture, saved->id);
  assert_shows (fixture.page, "With the account and the totals of");
  assert_shows (range_part (&fixture, "cases"), "Likely: not known");

  about = zifu_saved_estimate_copy (saved);
  zifu_bill_figures_set (receipt, ZIFU_BILL_TOTAL, 100000);
  zifu_bill_figures_set (receipt, ZIFU_BILL_OUT, 20000);
  zifu_bill_figures_set (receipt, ZIFU_BILL_FUND_SUM, 0);
  g_assert_cmpint (zifu_ledger_add_receipt (fixture.ledger, about, receipt, TODAY, "Clinic", ZIFU_PROVENANCE_TYPED, &error), >, 0);
  g_assert_no_error (error);
  zifu_session_emit_changed (fixture.session);
  assert_shows (range_part (&fixture, "cases"), "Likely: like similar bills");
  assert_shows (fixture.page, "With the account and the totals of");
  tear_down (&fixture);
}

static ZifuSavedEstimate *
save_simple (Fixture *fixture)
{
  type (fixture, "total", "4200");
  type (fixture, "out", "0");
  return save (fixture, 0);
}

/* Contributions that ended in the spring: benefits are suspended. */
static void
stop_paying (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gint64 id = zifu_session_get_member_id (fixture->session);

  for (ZifuMonth month = zifu_month_of (zifu_date_new (2025, 1, 1)); month <= zifu_month_of (zifu_date_new (2026, 3, 1)); month++)
    g_assert_true (zifu_ledger_add_contribution (fixture->ledger, id, month, 0, 1000000, -1, ZIFU_PROVENANCE_TYPED, &error));
  g_assert_no_error (error);
  zifu_session_emit_changed (fixture->session);
}

/* Money that was spent since does not change what is opened; what it is worth today is one button away. */
static void
test_then (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSavedEstimate) first = NULL, second = NULL, third = NULL;
  ZifuEntry entry = { .kind = ZIFU_ENTRY_PHARMACY, .amount = -140000, .base = -1 };
  GtkWidget *notice;

  set_up (&fixture, "110000");
  notice = part (fixture.page, "opened_notice");
  stop_paying (&fixture);
  first = save_simple (&fixture);
  g_assert_nonnull (strstr (first->case_text, "\"coverage_share\":"));
  entry.member_id = first->member_id;
  entry.date = TODAY;
  g_assert_cmpint (zifu_ledger_add_entry (fixture.ledger, &entry, &error), >, 0);
  g_assert_no_error (error);
  zifu_session_emit_changed (fixture.session);
  open_saved (&fixture, first->id);
  g_assert_true (zifu_notice_get_revealed (ZIFU_NOTICE (notice)));
  assert_shows (notice, "totals of 25 November 2026");
  second = save (&fixture, first->id);
  g_assert_cmpstr (second->case_text, ==, first->case_text);
  assert_same_figures (second->figures, first->figures);
  /* Another bill is still worked out with the data of then, and it is said. */
  type (&fixture, "total", "4300");
  spin (SETTLED);
  g_assert_true (zifu_notice_get_revealed (ZIFU_NOTICE (notice)));
  type (&fixture, "total", "4200");
  g_signal_emit_by_name (notice, "button-clicked");
  g_assert_false (zifu_notice_get_revealed (ZIFU_NOTICE (notice)));
  third = save (&fixture, second->id);
  g_assert_cmpint (third->figures->amount[ZIFU_BILL_ACCOUNT], ==, 10000);
  g_assert_cmpint (third->figures->amount[ZIFU_BILL_PERSON], ==, first->figures->amount[ZIFU_BILL_PERSON]);
  tear_down (&fixture);
}

/* Stores an estimate as other rules had left it. */
static gint64
store (Fixture *fixture, const ZifuSavedEstimate *estimate, const char *version, ZifuMoney more)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSavedEstimate) other = zifu_saved_estimate_copy (estimate);
  gint64 id;

  other->id = 0;
  g_free (other->policy_version);
  other->policy_version = g_strdup (version);
  other->figures->amount[ZIFU_BILL_PERSON] += more;
  other->figures->amount[ZIFU_BILL_CASH] += more;
  other->figures->amount[ZIFU_BILL_FUND_SUM] -= more;
  g_array_index (other->figures->funds, ZifuPayerAmount, 0).amount -= more;
  id = zifu_ledger_save_estimate (fixture->ledger, other, &error);
  g_assert_no_error (error);
  return id;
}

static void
test_rules_changed (void)
{
  Fixture fixture = { 0 };
  g_autoptr (ZifuSavedEstimate) first = NULL;
  g_autofree char *then = NULL, *now = NULL;
  GtkWidget *notice;

  set_up (&fixture, "110000");
  notice = part (fixture.page, "opened_notice");
  first = save_simple (&fixture);
  then = zifu_words_money (first->figures->amount[ZIFU_BILL_PERSON] + 100, ZIFU_MONEY_STYLE_SYMBOL);
  now = zifu_words_money (first->figures->amount[ZIFU_BILL_PERSON], ZIFU_MONEY_STYLE_SYMBOL);
  open_saved (&fixture, store (&fixture, first, "0123456789ab", 100));
  assert_shows (notice, "The rules have changed");
  assert_shows (notice, then);
  assert_shows (notice, now);
  open_saved (&fixture, store (&fixture, first, "0123456789ab", 0));
  assert_shows (notice, "the result is the same");
  open_saved (&fixture, store (&fixture, first, first->policy_version, 100));
  assert_shows (notice, "comes out otherwise");
  open_saved (&fixture, first->id);
  g_assert_false (zifu_notice_get_revealed (ZIFU_NOTICE (notice)));
  tear_down (&fixture);
}

/* A part of a line has no field: it counts nevertheless, and what the form cannot show is said. */
static void
test_no_field (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = NULL;
  g_autoptr (ZifuPack) pack = NULL;
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (ZifuVisit) visit = new_visit ("outpatient", 0);
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = NULL, second = NULL;
  ZifuBillLine *line;
  gint64 id;

  set_up (&fixture, "110000");
  member = zifu_session_dup_member (fixture.session);
  pack = zifu_session_dup_pack (fixture.session, &error);
  person = zifu_session_dup_person (fixture.session, &error);
  visit->has_total = FALSE;
  line = zifu_visit_add_line (visit, 200000);
  zifu_facts_set_string (line->facts, "item", "drug");
  zifu_facts_set_string (line->facts, "category", "B");
  line->has_prior = TRUE;
  line->prior = 33300;
  settlement = zifu_settle (pack, person, visit, &error);
  g_assert_no_error (error);
  estimate = zifu_saved_estimate_new (member, person, visit, settlement, NULL, NULL, TODAY);
  id = zifu_ledger_save_estimate (fixture.ledger, estimate, &error);
  g_assert_no_error (error);
  open_saved (&fixture, id);
  assert_shows (part (fixture.page, "opened_notice"), "has no field here");
  zifu_session_emit_changed (fixture.session);
  second = save (&fixture, id);
  g_assert_cmpint (second->figures->amount[ZIFU_BILL_PRIOR], ==, 33300);
  assert_same_figures (second->figures, estimate->figures);
  gtk_switch_set_active (GTK_SWITCH (field (&fixture, "use_account")), FALSE);
  g_assert_false (zifu_notice_get_revealed (ZIFU_NOTICE (part (fixture.page, "opened_notice"))));
  tear_down (&fixture);
}

/* Saves a bill with a part of a line, which has no field. */
static gint64
save_line (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = zifu_session_dup_member (fixture->session);
  g_autoptr (ZifuPack) pack = zifu_session_dup_pack (fixture->session, &error);
  g_autoptr (ZifuPerson) person = zifu_session_dup_person (fixture->session, &error);
  g_autoptr (ZifuVisit) visit = new_visit ("outpatient", 0);
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = NULL;
  ZifuBillLine *line;
  gint64 id;

  visit->has_total = FALSE;
  line = zifu_visit_add_line (visit, 200000);
  zifu_facts_set_string (line->facts, "item", "drug");
  zifu_facts_set_string (line->facts, "category", "B");
  line->has_prior = TRUE;
  line->prior = 33300;
  settlement = zifu_settle (pack, person, visit, &error);
  g_assert_no_error (error);
  estimate = zifu_saved_estimate_new (member, person, visit, settlement, NULL, NULL, TODAY);
  id = zifu_ledger_save_estimate (fixture->ledger, estimate, &error);
  g_assert_no_error (error);
  return id;
}

/* With the account of today it is the same visit, also what of it has no field. */
static void
test_no_field_now (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSavedEstimate) again = NULL;
  ZifuEntry entry = { .kind = ZIFU_ENTRY_PHARMACY, .amount = -140000, .base = -1, .date = TODAY };
  GtkWidget *notice;
  gint64 id;

  set_up (&fixture, "110000");
  notice = part (fixture.page, "opened_notice");
  id = save_line (&fixture);
  entry.member_id = zifu_session_get_member_id (fixture.session);
  g_assert_cmpint (zifu_ledger_add_entry (fixture.ledger, &entry, &error), >, 0);
  g_assert_no_error (error);
  zifu_session_emit_changed (fixture.session);
  open_saved (&fixture, id);
  assert_shows (notice, "totals of 25 November 2026");
  g_signal_emit_by_name (notice, "button-clicked");
  again = save (&fixture, id);
  g_assert_cmpint (again->figures->amount[ZIFU_BILL_PRIOR], ==, 33300);
  g_assert_cmpint (again->figures->amount[ZIFU_BILL_ACCOUNT], ==, 10000);
  assert_shows (notice, "has no field here");
  g_assert_false (shows (notice, "totals of 25 November 2026"));
  tear_down (&fixture);
}

/* A number of the stay that was typed stays when something happens in the household; it is not somebody else's. */
static void
test_stay (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSavedEstimate) first = NULL, second = NULL;
  g_autoptr (ZifuMember) member = NULL;
  gint64 other;

  set_up (&fixture, "110000");
  zifu_visit_form_set_kind (get_form (&fixture), "inpatient");
  type (&fixture, "total", "30000");
  type (&fixture, "out", "0");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (field (&fixture, "stay")), 2);
  first = save (&fixture, 0);
  g_assert_nonnull (strstr (first->case_text, "\"stay\":2"));
  zifu_session_emit_changed (fixture.session);
  second = save (&fixture, first->id);
  g_assert_cmpstr (second->case_text, ==, first->case_text);
  assert_same_figures (second->figures, first->figures);

  member = zifu_session_dup_member (fixture.session);
  g_free (member->relation);
  member->relation = g_strdup ("parent");
  other = zifu_ledger_add_member (fixture.ledger, member, 1000, zifu_date_new (2026, 1, 1), &error);
  g_assert_no_error (error);
  zifu_session_set_member_id (fixture.session, other);
  spin (SETTLED);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (field (&fixture, "stay"))), ==, 1);
  tear_down (&fixture);
}

/* Somebody else came on screen while the list was open: an estimate is never shown under another name than its own. */
static void
test_other_person (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSavedEstimate) first = NULL;
  g_autoptr (ZifuMember) member = NULL;
  GtkWidget *view;
  gint64 other;

  set_up (&fixture, "110000");
  first = save_simple (&fixture);
  member = zifu_session_dup_member (fixture.session);
  g_free (member->relation);
  member->relation = g_strdup ("parent");
  other = zifu_ledger_add_member (fixture.ledger, member, 1000, zifu_date_new (2026, 1, 1), &error);
  g_assert_no_error (error);
  g_assert_true (gtk_widget_activate_action (fixture.page, "estimate.saved", NULL));
  spin (50);
  view = find_view ();
  zifu_session_set_member_id (fixture.session, other);
  g_signal_emit_by_name (view, "open", first->id);
  spin (SETTLED);
  g_assert_cmpint (zifu_session_get_member_id (fixture.session), ==, first->member_id);
  g_assert_false (zifu_notice_get_revealed (ZIFU_NOTICE (part (fixture.page, "opened_notice"))));
  tear_down (&fixture);
}

/* What was saved elsewhere states less than the form does, and means the same: nothing has to be said. */
static void
test_other_words (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = NULL;
  g_autoptr (ZifuPack) pack = NULL;
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (ZifuVisit) visit = zifu_visit_new ();
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = NULL, second = NULL;
  gint64 id;

  set_up (&fixture, "110000");
  member = zifu_session_dup_member (fixture.session);
  pack = zifu_session_dup_pack (fixture.session, &error);
  person = zifu_session_dup_person (fixture.session, &error);
  visit->date = TODAY;
  visit->use_account = TRUE;
  zifu_facts_set_string (visit->facts, "care", "outpatient");
  zifu_facts_set_string (visit->facts, "class", "2");
  zifu_visit_set_total (visit, 300000);
  zifu_visit_set_parts (visit, 0, 0, 1000);
  settlement = zifu_settle (pack, person, visit, &error);
  g_assert_no_error (error);
  estimate = zifu_saved_estimate_new (member, person, visit, settlement, NULL, NULL, TODAY);
  id = zifu_ledger_save_estimate (fixture.ledger, estimate, &error);
  g_assert_no_error (error);
  open_saved (&fixture, id);
  g_assert_false (zifu_notice_get_revealed (ZIFU_NOTICE (part (fixture.page, "opened_notice"))));
  second = save (&fixture, id);
  assert_same_figures (second->figures, estimate->figures);
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  g_test_add_func ("/estimates/R42/open/outpatient", test_outpatient);
  g_test_add_func ("/estimates/R42/open/inpatient", test_inpatient);
  g_test_add_func ("/estimates/R42/open/remote", test_remote);
  g_test_add_func ("/estimates/R42/open/special", test_special);
  g_test_add_func ("/estimates/R42/open/axes", test_axes);
  g_test_add_func ("/estimates/R42/open/compared", test_compared);
  g_test_add_func ("/estimates/R42/open/likely", test_likely);
  g_test_add_func ("/estimates/R42/open/likely-since", test_likely_since);
  g_test_add_func ("/estimates/R42/open/then", test_then);
  g_test_add_func ("/estimates/R42/open/rules-changed", test_rules_changed);
  g_test_add_func ("/estimates/R42/open/no-field", test_no_field);
  g_test_add_func ("/estimates/R42/open/no-field-now", test_no_field_now);
  g_test_add_func ("/estimates/R42/open/stay", test_stay);
  g_test_add_func ("/estimates/R42/open/other-person", test_other_person);
  g_test_add_func ("/estimates/R42/open/other-words", test_other_words);
  return g_test_run ();
}
