/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-page.h"

#include "zifu-bill-line-row.h"
#include "zifu-compare-row.h"
#include "zifu-estimate-page.h"
#include "zifu-hero-card.h"
#include "zifu-ledger-life.h"
#include "zifu-result-view.h"
#include "zifu-visit-form.h"

/* Longer than the page waits after the last key. */
#define SETTLED 150

static GtkWidget *
page_part (Fixture *fixture, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (fixture->page, ZIFU_TYPE_ESTIMATE_PAGE, name));
}

/* Of the result, or of the card on top of it. */
static GtkWidget *
result_part (Fixture *fixture, const char *name)
{
  static const char *const of_card[] = { "title", "amount", "headline", "examples", "above", "bar", "legend", "below", NULL };
  GtkWidget *result = page_part (fixture, "result");
  GtkWidget *hero = GTK_WIDGET (gtk_widget_get_template_child (result, ZIFU_TYPE_RESULT_VIEW, "hero"));

  if (g_strv_contains (of_card, name))
    return GTK_WIDGET (gtk_widget_get_template_child (hero, ZIFU_TYPE_HERO_CARD, name));
  return GTK_WIDGET (gtk_widget_get_template_child (result, ZIFU_TYPE_RESULT_VIEW, name));
}

static ZifuVisitForm *
get_form (Fixture *fixture)
{
  return ZIFU_VISIT_FORM (page_part (fixture, "form"));
}

static GtkWidget *
form_part (Fixture *fixture, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (get_form (fixture)), ZIFU_TYPE_VISIT_FORM, name));
}

static GtkWidget *
bill_part (Fixture *fixture, const char *name)
{
  ZifuBillGroup *bill = zifu_visit_form_get_bill (get_form (fixture));

  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (bill), ZIFU_TYPE_BILL_GROUP, name));
}

static void
type (Fixture *fixture, const char *field, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (bill_part (fixture, field)), text);
}

/* A bill of which it is known that all of it is in scope: one figure, no range. */
static void
type_in_scope (Fixture *fixture, const char *total)
{
  type (fixture, "total", total);
  type (fixture, "out", "0");
}

static const char *
hero (Fixture *fixture)
{
  return gtk_label_get_label (GTK_LABEL (result_part (fixture, "amount")));
}

static void
set_up (Fixture *fixture, gboolean sample, int width, int height)
{
  open_ledger (fixture);
  if (sample)
    add_sample (fixture);
  else
    add_employee (fixture, 328640);
  show_page (fixture, zifu_estimate_page_new, width, height);
}

/* The visit of these tests, written down once more without the form. */
static ZifuVisit *
new_visit (const char *care, const char *institution, ZifuMoney total)
{
  ZifuVisit *visit = zifu_visit_new ();

  zifu_facts_set_string (visit->facts, "care", care);
  zifu_facts_set_string (visit->facts, "class", institution);
  zifu_facts_set_string (visit->facts, "remote", "local");
  zifu_facts_set_string (visit->facts, "place", "city");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  visit->date = TODAY;
  visit->use_account = TRUE;
  visit->use_mutual_aid = TRUE;
  if (total >= 0)
    zifu_visit_set_total (visit, total);
  return visit;
}

static ZifuSettlement *
settle (Fixture *fixture, const ZifuVisit *visit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPack) pack = zifu_session_dup_pack (fixture->session, &error);
  g_autoptr (ZifuPerson) person = zifu_session_dup_person (fixture->session, &error);
  ZifuSettlement *settlement = NULL;

  g_assert_no_error (error);
  settlement = zifu_settle (pack, person, visit, &error);
  g_assert_no_error (error);
  return settlement;
}

/* Amount, sentence, every payer and every step on screen are those of @settlement. */
static void
assert_shown (Fixture *fixture, const ZifuSettlement *settlement)
{
  g_autofree char *amount = zifu_words_money (settlement->person, ZIFU_MONEY_STYLE_SYMBOL);
  g_autofree char *headline = zifu_words_headline (settlement);
  g_autoptr (GPtrArray) shares = zifu_words_shares (settlement);
  g_autoptr (GPtrArray) steps = zifu_words_steps (settlement);
  GtkListBox *list = GTK_LIST_BOX (result_part (fixture, "steps"));

  g_assert_cmpstr (hero (fixture), ==, amount);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (result_part (fixture, "headline"))), ==, headline);
  for (guint i = 0; i < shares->len; i++)
    {
      const ZifuShare *share = g_ptr_array_index (shares, i);
      g_autofree char *figure = zifu_words_money (share->amount, ZIFU_MONEY_STYLE_SYMBOL);

      assert_shows (result_part (fixture, "legend"), share->name);
      assert_shows (result_part (fixture, "legend"), figure);
    }
  for (guint i = 0; i < steps->len; i++)
    {
      const ZifuStepWords *step = g_ptr_array_index (steps, i);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, i);

      g_assert_nonnull (row);
      g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, step->title);
    }
  g_assert_null (gtk_list_box_get_row_at_index (list, steps->len));
}

/* The main job on the sample household: type a bill with what is known of it and read who pays. */
static void
test_bill (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuVisit) visit = new_visit ("outpatient", "3", 120000);
  g_autoptr (ZifuSettlement) settlement = NULL;

  set_up (&fixture, TRUE, 1100, 760);
  type (&fixture, "total", "1,200.00");
  type (&fixture, "out", "80");
  type (&fixture, "prior", "62.00");
  spin (SETTLED);
  zifu_visit_set_parts (visit, 8000, 0, 6200);
  settlement = settle (&fixture, visit);
  g_assert_cmpint (settlement->out, ==, 8000);
  assert_shown (&fixture, settlement);
  tear_down (&fixture);
}

/* R01, R02: a balance that is too small changes where the money comes from, not what the fund pays. */
static void
test_short_balance (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuVisit) visit = new_visit ("outpatient", "3", 4000000);
  g_autoptr (ZifuSettlement) settlement = NULL;

  set_up (&fixture, FALSE, 1100, 760);
  zifu_estimate_page_set_bill (ZIFU_ESTIMATE_PAGE (fixture.page), 4000000);
  type (&fixture, "out", "0");
  spin (SETTLED);
  settlement = settle (&fixture, visit);
  g_assert_cmpint (settlement->fund_sum, ==, 2577714);
  g_assert_cmpint (settlement->own_account, ==, 328640);
  assert_shown (&fixture, settlement);
  assert_shows (result_part (&fixture, "legend"), "¥25,777.14");
  gtk_switch_set_active (GTK_SWITCH (form_part (&fixture, "use_account")), FALSE);
  spin (SETTLED);
  g_assert_cmpstr (hero (&fixture), ==, "¥14,222.86");
  assert_shows (result_part (&fixture, "legend"), "¥25,777.14");
  g_assert_false (shows (result_part (&fixture, "legend"), "¥3,286.40"));
  tear_down (&fixture);
}

/* R11: first stay, tier 3, active, 45,000 in scope: fund 38,145.00, I pay 6,855.00. */
static void
test_inpatient (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuVisit) visit = new_visit ("inpatient", "3", 4500000);
  g_autoptr (ZifuSettlement) settlement = NULL;

  set_up (&fixture, FALSE, 1100, 760);
  zifu_visit_form_set_kind (get_form (&fixture), "inpatient");
  type_in_scope (&fixture, "45000");
  spin (SETTLED);
  g_assert_true (gtk_widget_get_mapped (form_part (&fixture, "stay_row")));
  g_assert_true (gtk_widget_get_mapped (bill_part (&fixture, "prepaid")));
  g_assert_cmpstr (hero (&fixture), ==, "¥6,855.00");
  assert_shows (result_part (&fixture, "legend"), "¥38,145.00");
  zifu_facts_set_int (visit->facts, "days", 7);
  settlement = settle (&fixture, visit);
  assert_shown (&fixture, settlement);

  /* A second stay has half the deductible. */
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (form_part (&fixture, "stay")), 2);
  spin (SETTLED);
  g_assert_cmpstr (hero (&fixture), !=, "¥6,855.00");
  zifu_facts_set_int (visit->facts, "stay", 2);
  g_clear_pointer (&settlement, zifu_settlement_free);
  settlement = settle (&fixture, visit);
  g_assert_cmpint (settlement->deductible, ==, 65000);
  assert_shown (&fixture, settlement);
  tear_down (&fixture);
}

/* R11: what was paid at admission comes back, or is not enough. */
static void
test_deposit (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuVisit) visit = new_visit ("inpatient", "3", 4500000);
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autofree char *amount = NULL;

  set_up (&fixture, FALSE, 1100, 760);
  zifu_visit_form_set_kind (get_form (&fixture), "inpatient");
  type_in_scope (&fixture, "45000");
  type (&fixture, "prepaid", "10000");
  spin (SETTLED);
  zifu_facts_set_int (visit->facts, "days", 7);
  visit->has_prepaid = TRUE;
  visit->prepaid = 1000000;
  settlement = settle (&fixture, visit);
  g_assert_cmpint (settlement->refund, >, 0);
  amount = zifu_words_money (settlement->refund, ZIFU_MONEY_STYLE_SYMBOL);
  assert_shows (result_part (&fixture, "below"), amount);
  g_assert_cmpstr (hero (&fixture), ==, "¥6,855.00");
  type (&fixture, "prepaid", "100");
  spin (SETTLED);
  assert_shows (result_part (&fixture, "below"), "still due");
  tear_down (&fixture);
}

/* What cannot be used leaves the last good result, marked as old, and says why under the field. */
static void
test_bad_input (void)
{
  Fixture fixture = { NULL };
  const char *bad[] = { "12a", "1.234", "-5", "99999999999999999999" };
  GtkWidget *total = NULL;
  g_autofree char *good = NULL;

  set_up (&fixture, FALSE, 1100, 760);
  total = bill_part (&fixture, "total");
  type (&fixture, "total", "5000");
  spin (SETTLED);
  good = g_strdup (hero (&fixture));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      type (&fixture, "total", bad[i]);
      spin (SETTLED);
      g_assert_true (gtk_widget_has_css_class (total, "error"));
      g_assert_nonnull (zifu_money_row_get_message (ZIFU_MONEY_ROW (total)));
      g_assert_cmpstr (hero (&fixture), ==, good);
      g_assert_cmpfloat (gtk_widget_get_opacity (result_part (&fixture, "amount")), <, 1);
      assert_shows (result_part (&fixture, "above"), "last good result");
    }
  type (&fixture, "total", "5000");
  type (&fixture, "out", "4000");
  type (&fixture, "prior", "1000.01");
  spin (SETTLED);
  assert_shows (bill_part (&fixture, "prior"), "more than the bill");
  assert_shows (result_part (&fixture, "above"), "last good result");
  type (&fixture, "prior", "1000");
  spin (SETTLED);
  g_assert_false (shows (bill_part (&fixture, "prior"), "more than the bill"));
  g_assert_cmpfloat (gtk_widget_get_opacity (result_part (&fixture, "amount")), ==, 1);
  tear_down (&fixture);
}

/* The engine refuses: a sentence and what to do, and no figure at all. */
static void
test_refused (void)
{
  Fixture fixture = { NULL };

  set_up (&fixture, FALSE, 1100, 760);
  type (&fixture, "total", "5000");
  /* How much is taken off is known between bounds only: a range. */
  zifu_visit_form_set_place (get_form (&fixture), "unfiled");
  spin (SETTLED);
  g_assert_true (gtk_widget_get_mapped (form_part (&fixture, "province")));
  g_assert_nonnull (strstr (hero (&fixture), " – "));
  /* Of a year before the rules nothing is known at all. */
  zifu_visit_form_set_place (get_form (&fixture), "local");
  zifu_visit_form_set_date (get_form (&fixture), zifu_date_new (2019, 3, 2));
  spin (SETTLED);
  g_assert_null (strstr (hero (&fixture), "¥"));
  g_assert_null (strstr (hero (&fixture), "0"));
  g_assert_false (gtk_widget_get_mapped (result_part (&fixture, "legend")));
  assert_shows (result_part (&fixture, "above"), "Choose what is missing");
  g_assert_null (strstr (gtk_label_get_label (GTK_LABEL (result_part (&fixture, "headline"))), "110000-"));
  g_assert_null (gtk_list_box_get_row_at_index (GTK_LIST_BOX (result_part (&fixture, "steps")), 0));
  zifu_visit_form_set_date (get_form (&fixture), zifu_date_new (2026, 11, 24));
  spin (SETTLED);
  g_assert_nonnull (strstr (hero (&fixture), "¥"));
  tear_down (&fixture);
}

/* R05: a pharmacy is its own kind of institution; one that is not designated is told apart. */
static void
test_pharmacy (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuVisit) visit = new_visit ("pharmacy", "pharmacy", 300000);
  g_autoptr (ZifuSettlement) settlement = NULL;

  set_up (&fixture, FALSE, 1100, 760);
  type_in_scope (&fixture, "3000");
  zifu_visit_form_set_kind (get_form (&fixture), "pharmacy");
  spin (SETTLED);
  g_assert_false (gtk_widget_get_mapped (form_part (&fixture, "institution")));
  settlement = settle (&fixture, visit);
  assert_shown (&fixture, settlement);
  gtk_switch_set_active (GTK_SWITCH (form_part (&fixture, "designated")), FALSE);
  spin (SETTLED);
  g_assert_cmpstr (hero (&fixture), ==, "¥3,000.00");
  zifu_facts_set_boolean (visit->facts, "designated", FALSE);
  g_clear_pointer (&settlement, zifu_settlement_free);
  settlement = settle (&fixture, visit);
  assert_shown (&fixture, settlement);
  {
    g_autofree char *gate = zifu_words_gate (settlement);

    assert_shows (result_part (&fixture, "above"), gate);
  }
  tear_down (&fixture);
}

/* R25: line by line, category C is out of catalogue and category B has its first share. */
static void
test_lines (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuVisit) visit = new_visit ("outpatient", "3", -1);
  g_autoptr (ZifuSettlement) settlement = NULL;
  ZifuBillGroup *bill = NULL;
  const char *categories[] = { "A", "B", "C" };
  GtkWidget *row = NULL;

  set_up (&fixture, FALSE, 1100, 760);
  bill = zifu_visit_form_get_bill (get_form (&fixture));
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    {
      ZifuBillLine *line = zifu_visit_add_line (visit, 100000);

      zifu_facts_set_string (line->facts, "item", "drug");
      zifu_facts_set_string (line->facts, "category", categories[i]);
      zifu_bill_group_add_line (bill, "drug", categories[i], 100000, 1);
    }
  spin (SETTLED);
  settlement = settle (&fixture, visit);
  g_assert_cmpint (settlement->out, ==, 100000);
  g_assert_cmpint (settlement->prior, ==, 10000);
  assert_shown (&fixture, settlement);
  g_assert_cmpint (zifu_money_row_get_amount (ZIFU_MONEY_ROW (bill_part (&fixture, "total"))), ==, 300000);
  g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (bill_part (&fixture, "total"))));

  /* Without the line of category A two thirds of the bill are left, and the total can be typed again at the end. */
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    {
      spin (300);
      row = find (GTK_WIDGET (bill), ZIFU_TYPE_BILL_LINE_ROW, NULL);
      g_assert_nonnull (row);
      g_signal_emit_by_name (gtk_widget_get_template_child (row, ZIFU_TYPE_BILL_LINE_ROW, "remove"), "clicked");
      spin (SETTLED);
      if (i < 2)
        g_assert_cmpint (zifu_money_row_get_amount (ZIFU_MONEY_ROW (bill_part (&fixture, "total"))), ==, 200000 - i * 100000);
    }
  g_assert_true (gtk_editable_get_editable (GTK_EDITABLE (bill_part (&fixture, "total"))));
  g_assert_cmpint (zifu_money_row_get_amount (ZIFU_MONEY_ROW (bill_part (&fixture, "total"))), ==, -1);
  g_assert_null (strstr (hero (&fixture), "¥"));

  /* A line without an amount is no mistake; who gives it up again has the total of before. */
  type (&fixture, "total", "500");
  g_signal_emit_by_name (bill_part (&fixture, "add_row"), "activated");
  spin (SETTLED);
  g_assert_cmpint (zifu_money_row_get_amount (ZIFU_MONEY_ROW (bill_part (&fixture, "total"))), ==, -1);
  g_assert_null (strstr (hero (&fixture), "¥"));
  row = find (GTK_WIDGET (bill), ZIFU_TYPE_BILL_LINE_ROW, NULL);
  g_signal_emit_by_name (gtk_widget_get_template_child (row, ZIFU_TYPE_BILL_LINE_ROW, "remove"), "clicked");
  spin (SETTLED);
  g_assert_cmpstr (hero (&fixture), ==, "¥500.00");
  tear_down (&fixture);
}

/* R41: the same visit at every institution, and the one that is chosen becomes the visit. */
static void
test_compare (void)
{
  Fixture fixture = { NULL };
  GtkListBox *list = NULL;
  const char *classes[] = { "community", "1", "2", "3" };

  set_up (&fixture, FALSE, 1100, 760);
  type_in_scope (&fixture, "10000");
  spin (SETTLED);
  zifu_estimate_page_show_tab (ZIFU_ESTIMATE_PAGE (fixture.page), "compare");
  spin (SETTLED);
  list = GTK_LIST_BOX (result_part (&fixture, "compare"));
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      g_autoptr (ZifuVisit) visit = new_visit ("outpatient", classes[i], 1000000);
      g_autoptr (ZifuSettlement) settlement = settle (&fixture, visit);
      g_autofree char *amount = zifu_words_money (settlement->person, ZIFU_MONEY_STYLE_SYMBOL);
      GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (list, i));

      g_assert_cmpstr (zifu_compare_row_get_value (ZIFU_COMPARE_ROW (row)), ==, classes[i]);
      assert_shows (row, amount);
      g_assert_cmpint (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)), ==, !g_str_equal (classes[i], "3"));
    }
  assert_shows (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0)), "least · less by 1,640.00");
  g_assert_true (gtk_widget_activate (GTK_WIDGET (gtk_list_box_get_row_at_index (list, 0))));
  spin (SETTLED);
  g_assert_cmpstr (hero (&fixture), ==, "¥2,620.00");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (form_part (&fixture, "institution"))), ==, 0);
  tear_down (&fixture);
}

static void
test_templates (void)
{
  Fixture fixture = { NULL };
  const char *names[] = { "cold", "specialist", "stay" };

  set_up (&fixture, TRUE, 1100, 760);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (get_form (&fixture)), "form.template", "s", names[i]);
      spin (SETTLED);
      g_assert_nonnull (strstr (hero (&fixture), "¥"));
      assert_shows (GTK_WIDGET (get_form (&fixture)), "Example figures, not yours");
    }
  type (&fixture, "total", "321");
  spin (SETTLED);
  g_assert_false (shows (GTK_WIDGET (get_form (&fixture)), "Example figures, not yours"));

  /* With nothing typed the result offers the same examples. */
  type (&fixture, "total", "");
  spin (SETTLED);
  g_assert_true (gtk_widget_get_mapped (result_part (&fixture, "examples")));
  g_signal_emit_by_name (find (result_part (&fixture, "examples"), GTK_TYPE_BUTTON, "A cold"), "clicked");
  spin (SETTLED);
  g_assert_false (gtk_widget_get_mapped (result_part (&fixture, "examples")));
  g_assert_cmpint (zifu_money_row_get_amount (ZIFU_MONEY_ROW (bill_part (&fixture, "total"))), ==, 18000);
  tear_down (&fixture);
}

/* R01: a bill that comes from the Guide is settled as the Guide settled it, whatever stood in the form before. */
static void
test_handed_over (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuVisit) visit = new_visit ("outpatient", "3", 500000);
  g_autoptr (ZifuSettlement) settlement = NULL;

  set_up (&fixture, TRUE, 1100, 760);
  gtk_widget_activate_action (GTK_WIDGET (get_form (&fixture)), "form.template", "s", "stay");
  gtk_switch_set_active (GTK_SWITCH (form_part (&fixture, "use_account")), FALSE);
  zifu_visit_form_set_date (get_form (&fixture), zifu_date_new (2027, 1, 5));
  spin (SETTLED);
  assert_shows (form_part (&fixture, "date_row"), "a new benefit year");
  zifu_estimate_page_set_bill (ZIFU_ESTIMATE_PAGE (fixture.page), 500000);
  g_assert_cmpint (zifu_money_row_get_amount (ZIFU_MONEY_ROW (bill_part (&fixture, "total"))), ==, 500000);
  type (&fixture, "out", "0");
  spin (SETTLED);
  settlement = settle (&fixture, visit);
  assert_shown (&fixture, settlement);
  tear_down (&fixture);
}

static void
add_filing (Fixture *fixture, const char *filing, ZifuDate from, ZifuDate to)
{
  g_autoptr (ZifuLifeEvent) event = zifu_life_event_new (ZIFU_LIFE_FILING, zifu_session_get_member_id (fixture->session));
  g_autoptr (GError) error = NULL;

  event->filing = g_strdup (filing);
  event->region = g_strdup ("44");
  event->from = from;
  event->to = to;
  g_assert_true (zifu_ledger_replace_life (fixture->ledger, NULL, event, &error));
  g_assert_no_error (error);
  zifu_session_emit_changed (fixture->session);
}

static void
assert_filing (Fixture *fixture, const char *place, const char *text)
{
  zifu_visit_form_set_place (get_form (fixture), place);
  spin (SETTLED);
  g_assert_cmpstr (zifu_visit_form_get_place (get_form (fixture)), ==, place);
  g_assert_cmpint (gtk_widget_get_visible (form_part (fixture, "filing_row")), ==, *text != '\0');
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (form_part (fixture, "filing_text"))), ==, text);
}

/* R33, R34: a filing that is chosen is held against those on record, on the day of the visit. */
static void
test_filing (void)
{
  Fixture fixture = { NULL };

  set_up (&fixture, FALSE, 1100, 760);
  assert_filing (&fixture, "local", "");
  assert_filing (&fixture, "unfiled", "");
  assert_filing (&fixture, "filed_temp", "No filing is on record: this holds once you have filed");

  add_filing (&fixture, "filed_temp", zifu_date_new (2026, 1, 1), zifu_date_new (2026, 6, 30));
  assert_filing (&fixture, "filed_temp", "The filing on record ended on 30 June 2026: renew it before the visit");
  zifu_visit_form_set_date (get_form (&fixture), zifu_date_new (2026, 6, 30));
  assert_filing (&fixture, "filed_temp", "On record: 1 January – 30 June 2026");
  assert_filing (&fixture, "unfiled", "On record for that day: Care elsewhere for a time, 1 January – 30 June 2026");
  assert_filing (&fixture, "referred", "On record for that day: Care elsewhere for a time, 1 January – 30 June 2026");
  assert_filing (&fixture, "emergency", "");
  zifu_visit_form_set_date (get_form (&fixture), zifu_date_new (2025, 12, 31));
  assert_filing (&fixture, "filed_temp", "The filing on record begins on 1 January 2026 only");
  tear_down (&fixture);
}

/* Another person on screen: another result at once, never the old one beside the new name. */
static void
test_person (void)
{
  Fixture fixture = { NULL };
  g_autoptr (GPtrArray) members = NULL;

  set_up (&fixture, TRUE, 1100, 760);
  type_in_scope (&fixture, "5000");
  spin (SETTLED);
  members = zifu_session_list_members (fixture.session);
  for (guint i = 0; i < members->len; i++)
    {
      g_autoptr (ZifuVisit) visit = new_visit ("outpatient", "3", 500000);
      g_autoptr (ZifuSettlement) settlement = NULL;

      zifu_session_set_member_id (fixture.session, ((ZifuMember *) g_ptr_array_index (members, i))->id);
      spin (SETTLED);
      settlement = settle (&fixture, visit);
      assert_shown (&fixture, settlement);
    }
  tear_down (&fixture);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  char **text = data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_copy (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuVisit) visit = new_visit ("outpatient", "3", 500000);
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *copied = NULL;

  set_up (&fixture, FALSE, 1100, 760);
  type (&fixture, "total", "5000");
  spin (SETTLED);
  g_assert_true (gtk_widget_activate_action (fixture.page, "estimate.copy", NULL));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture.page), NULL, read_cb, &copied);
  for (guint i = 0; i < 100 && copied == NULL; i++)
    spin (10);
  settlement = settle (&fixture, visit);
  expected = zifu_words_settlement (settlement);
  /* The range comes first, the settlement as it stands on screen after it. */
  g_assert_nonnull (copied);
  g_assert_true (g_str_has_suffix (copied, expected));
  g_assert_true (g_str_has_prefix (copied, "I will pay, about ¥2,760 – 5,000\n"));
  g_clear_pointer (&copied, g_free);

  /* With the parts known there is nothing but the settlement. */
  type (&fixture, "out", "0");
  spin (SETTLED);
  g_assert_true (gtk_widget_activate_action (fixture.page, "estimate.copy", NULL));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (fixture.page), NULL, read_cb, &copied);
  for (guint i = 0; i < 100 && copied == NULL; i++)
    spin (10);
  g_assert_cmpstr (copied, ==, expected);
  tear_down (&fixture);
}

/* The cursor starts in the bill; a step opens and closes by the keyboard's way of activating it. */
static void
test_keyboard (void)
{
  Fixture fixture = { NULL };
  GtkWidget *focus = NULL, *row = NULL;

  set_up (&fixture, FALSE, 1100, 760);
  zifu_estimate_page_focus_bill (ZIFU_ESTIMATE_PAGE (fixture.page));
  focus = gtk_root_get_focus (GTK_ROOT (fixture.window));
  g_assert_true (gtk_widget_is_ancestor (focus, bill_part (&fixture, "total")));
  type (&fixture, "total", "5000");
  spin (SETTLED);
  g_assert_true (gtk_widget_child_focus (fixture.window, GTK_DIR_TAB_FORWARD));
  focus = gtk_root_get_focus (GTK_ROOT (fixture.window));
  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (get_form (&fixture))));
  for (int i = 0; (row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (result_part (&fixture, "steps")), i))) != NULL; i++)
    if (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)))
      break;
  g_assert_nonnull (row);
  g_assert_true (gtk_widget_grab_focus (row));
  g_assert_true (gtk_widget_activate (row));
  spin (20);
  g_assert_true (zifu_step_row_get_expanded (ZIFU_STEP_ROW (row)));

  /* The same step stands open in the next result. */
  {
    g_autofree char *title = g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));

    type (&fixture, "total", "5001");
    spin (SETTLED);
    row = find (result_part (&fixture, "steps"), ZIFU_TYPE_STEP_ROW, title);
    g_assert_nonnull (row);
    g_assert_true (zifu_step_row_get_expanded (ZIFU_STEP_ROW (row)));
  }
  g_assert_true (gtk_widget_activate (row));
  g_assert_false (zifu_step_row_get_expanded (ZIFU_STEP_ROW (row)));
  tear_down (&fixture);
}

/* Nothing can be saved before there is a bill; Tab goes on over what is shut, and on to the tabs. */
static void
test_keyboard_empty (void)
{
  Fixture fixture = { NULL };
  GtkWidget *focus = NULL;

  set_up (&fixture, FALSE, 1100, 760);
  g_assert_false (gtk_widget_get_sensitive (find (fixture.page, GTK_TYPE_BUTTON, "Save Estimate")));
  g_assert_true (gtk_widget_grab_focus (find (result_part (&fixture, "examples"), GTK_TYPE_BUTTON, "A short hospital stay")));
  g_assert_true (gtk_widget_child_focus (fixture.window, GTK_DIR_TAB_FORWARD));
  focus = gtk_root_get_focus (GTK_ROOT (fixture.window));
  g_assert_true (focus == find (fixture.page, GTK_TYPE_BUTTON, "Saved Estimates"));
  g_assert_true (gtk_widget_child_focus (fixture.window, GTK_DIR_TAB_FORWARD));
  focus = gtk_root_get_focus (GTK_ROOT (fixture.window));
  g_assert_true (gtk_widget_is_ancestor (focus, result_part (&fixture, "wide_switcher")));
  tear_down (&fixture);
}

/* The result is said once, 700 ms after the last change, in a label of role status. */
static void
test_announce (void)
{
  Fixture fixture = { NULL };

  set_up (&fixture, FALSE, 1100, 760);
  type_in_scope (&fixture, "10000");
  spin (900);
  gtk_test_accessible_assert_role (result_part (&fixture, "status"), GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_test_accessible_assert_property (result_part (&fixture, "status"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "I will pay 4,260.00 yuan. ¥3,286.40 from my personal account, ¥973.60 in cash");
  gtk_test_accessible_assert_property (result_part (&fixture, "amount"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "I will pay 4,260.00 yuan");
  tear_down (&fixture);
}

static void
check_width (int width, gboolean narrow)
{
  Fixture fixture = { NULL };
  const char *tabs[] = { "visit", "steps", "compare", "curve" };

  set_up (&fixture, TRUE, width, 700);
  spin (100);
  g_assert_cmpint (gtk_widget_get_mapped (result_part (&fixture, "pinned")), ==, narrow);
  g_assert_cmpint (gtk_widget_get_mapped (page_part (&fixture, "side")), ==, !narrow);
  gtk_widget_activate_action (GTK_WIDGET (get_form (&fixture)), "form.template", "s", "stay");
  type (&fixture, "total", "168,000.00");
  spin (SETTLED);
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      zifu_estimate_page_show_tab (ZIFU_ESTIMATE_PAGE (fixture.page), tabs[i]);
      spin (400);
      g_assert_cmpint (gtk_widget_get_width (fixture.window), ==, width);
      assert_inside (fixture.page, fixture.window);
    }
  zifu_bill_group_add_line (zifu_visit_form_get_bill (get_form (&fixture)), "material", "B", 123456789, 12);
  zifu_estimate_page_focus_bill (ZIFU_ESTIMATE_PAGE (fixture.page));
  spin (400);
  g_assert_cmpint (gtk_widget_get_width (fixture.window), ==, width);
  assert_inside (fixture.page, fixture.window);
  tear_down (&fixture);
}

/* Half as large again, as people who see less well set it. */
static void
test_large_text (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi = 0;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
  check_width (360, TRUE);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
test_narrow (void)
{
  check_width (360, TRUE);
}

/* The form moves when the window gets narrow, and takes the focus along: the next Tab goes on within it. */
static void
test_narrow_focus (void)
{
  Fixture fixture = { NULL };
  GtkWidget *focus = NULL;

  set_up (&fixture, FALSE, 1100, 640);
  zifu_estimate_page_focus_bill (ZIFU_ESTIMATE_PAGE (fixture.page));
  gtk_window_set_default_size (GTK_WINDOW (fixture.window), 360, 640);
  spin (300);
  g_assert_true (gtk_widget_get_mapped (result_part (&fixture, "pinned")));
  focus = gtk_root_get_focus (GTK_ROOT (fixture.window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, bill_part (&fixture, "total")));
  g_assert_true (gtk_widget_child_focus (fixture.window, GTK_DIR_TAB_FORWARD));
  focus = gtk_root_get_focus (GTK_ROOT (fixture.window));
  g_assert_nonnull (focus);
  g_assert_true (focus == bill_part (&fixture, "parts_row") || gtk_widget_is_ancestor (focus, bill_part (&fixture, "parts_row")));
  tear_down (&fixture);
}

/* Whether the field lies wholly in the part of the page that is seen. */
static gboolean
is_in_view (GtkWidget *field, GtkWidget *scroll)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (field, scroll, &bounds) && bounds.origin.y >= 0 &&
         bounds.origin.y + bounds.size.height <= gtk_widget_get_height (scroll);
}

/* The result grows above the form while the bill is typed, and does not push it out of sight. */
static void
test_narrow_typing (void)
{
  Fixture fixture = { NULL };
  GtkWidget *scroll = NULL, *field = NULL;

  set_up (&fixture, FALSE, 360, 440);
  zifu_estimate_page_focus_bill (ZIFU_ESTIMATE_PAGE (fixture.page));
  spin (100);
  type (&fixture, "total", "12000");
  spin (SETTLED + 100);
  scroll = result_part (&fixture, "scroll");
  field = bill_part (&fixture, "total");
  /* The page follows the field a frame or two after the result got its height; a busy machine draws few frames. */
  for (guint i = 0; i < 500 && !(gtk_widget_get_mapped (result_part (&fixture, "pinned")) && is_in_view (field, scroll)); i++)
    spin (20);
  g_assert_true (gtk_widget_get_mapped (result_part (&fixture, "pinned")));
  g_assert_true (is_in_view (field, scroll));
  tear_down (&fixture);
}

static void
test_wide (void)
{
  check_width (1100, FALSE);
}

/* In Chinese: the same figures in Chinese words, and no word left in English. */
static void
test_chinese_child (void)
{
  check_width (360, TRUE);
  check_width (1100, FALSE);
  {
    Fixture fixture = { NULL };

    set_up (&fixture, FALSE, 1100, 760);
    zifu_visit_form_set_kind (get_form (&fixture), "inpatient");
    type_in_scope (&fixture, "４５０００");
    spin (SETTLED);
    g_assert_cmpstr (hero (&fixture), ==, "¥6,855.00");
    g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (result_part (&fixture, "title"))), ==, "我要付");
    assert_shows (GTK_WIDGET (get_form (&fixture)), "三级医院");
    tear_down (&fixture);
  }
}

static void
test_chinese (void)
{
  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  g_setenv ("LC_ALL", "zh_CN.UTF-8", TRUE);
  g_test_trap_subprocess ("/estimate/R41/chinese/subprocess", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  g_test_add_func ("/estimate/R41/bill", test_bill);
  g_test_add_func ("/estimate/R01-R02-R10/short-balance", test_short_balance);
  g_test_add_func ("/estimate/R11/inpatient", test_inpatient);
  g_test_add_func ("/estimate/R11/deposit", test_deposit);
  g_test_add_func ("/estimate/R41/bad-input", test_bad_input);
  g_test_add_func ("/estimate/R41/refused", test_refused);
  g_test_add_func ("/estimate/R05/pharmacy", test_pharmacy);
  g_test_add_func ("/estimate/R25/lines", test_lines);
  g_test_add_func ("/estimate/R33-R34/filing", test_filing);
  g_test_add_func ("/estimate/R41/compare", test_compare);
  g_test_add_func ("/estimate/templates", test_templates);
  g_test_add_func ("/estimate/R01/handed-over", test_handed_over);
  g_test_add_func ("/estimate/R03/person", test_person);
  g_test_add_func ("/estimate/copy", test_copy);
  g_test_add_func ("/estimate/keyboard", test_keyboard);
  g_test_add_func ("/estimate/keyboard-empty", test_keyboard_empty);
  g_test_add_func ("/estimate/announce", test_announce);
  g_test_add_func ("/estimate/narrow", test_narrow);
  g_test_add_func ("/estimate/narrow/focus", test_narrow_focus);
  g_test_add_func ("/estimate/narrow/typing", test_narrow_typing);
  g_test_add_func ("/estimate/large-text", test_large_text);
  g_test_add_func ("/estimate/wide", test_wide);
  g_test_add_func ("/estimate/R41/chinese", test_chinese);
  g_test_add_func ("/estimate/R41/chinese/subprocess", test_chinese_child);
  return g_test_run ();
}
