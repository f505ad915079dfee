/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-fits.h"
#include "test-household.h"

#include "zifu-account-page.h"
#include "zifu-life-form.h"
#include "zifu-life-view.h"
#include "zifu-person-form.h"
#include "zifu-sheet.h"
#include "zifu-tie-form.h"

/* What happens to somebody around the bills, as it is typed in; and leaving a form in which something was changed. */

static GtkWidget *
find_window (GType type, const char *title)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    if (g_type_is_a (G_OBJECT_TYPE (item->data), type) &&
        (title == NULL || g_strcmp0 (gtk_window_get_title (GTK_WINDOW (item->data)), title) == 0))
      return item->data;
  return NULL;
}

static GtkWidget *
wait_for_window (GType type, const char *title)
{
  GtkWidget *window = NULL;

  for (guint i = 0; i < 200 && window == NULL; i++)
    {
      spin (20);
      window = find_window (type, title);
    }
  g_assert_nonnull (window);
  gtk_test_widget_wait_for_draw (window);
  spin (100);
  return window;
}

static void
open_account (Fixture *fixture, int width)
{
  open_ledger (fixture);
  household_add (fixture->ledger, "Lin", "self", "1986-05-20", "active", 100000);
  show_page (fixture, zifu_account_page_new, width, 700);
  if (width < 700)
    {
      zifu_account_page_set_narrow (ZIFU_ACCOUNT_PAGE (fixture->page), TRUE);
      gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 640);
    }
  spin (100);
}

static GtkWidget *
open_record (Fixture *fixture)
{
  GtkWidget *row = find (fixture->page, ADW_TYPE_ACTION_ROW, "Insurance Record");

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_activate (row));
  return wait_for_window (ZIFU_TYPE_SHEET, NULL);
}

static GtkWidget *
open_form (GtkWidget *sheet, const char *row)
{
  GtkWidget *found = find (sheet, ADW_TYPE_ACTION_ROW, row);

  g_assert_nonnull (found);
  g_assert_true (gtk_widget_activate (found));
  return wait_for_window (ZIFU_TYPE_LIFE_FORM, NULL);
}

static GtkWidget *
field (GtkWidget *form, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (form, ZIFU_TYPE_LIFE_FORM, name));
}

static void
type (GtkWidget *form, const char *name, const char *text)
{
  g_assert_true (gtk_widget_get_visible (field (form, name)));
  gtk_editable_set_text (GTK_EDITABLE (field (form, name)), text);
}

static void
choose (GtkWidget *form, const char *name, const char *label)
{
  AdwComboRow *row = ADW_COMBO_ROW (field (form, name));
  GListModel *model = adw_combo_row_get_model (row);

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (row)));
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (model), i), label))
      {
        adw_combo_row_set_selected (row, i);
        return;
      }
  g_error ("no “%s” to choose", label);
}

static void
save (GtkWidget *form)
{
  g_assert_true (zifu_life_form_save (ZIFU_LIFE_FORM (form)));
  spin (100);
  g_assert_null (find_window (ZIFU_TYPE_LIFE_FORM, NULL));
}

/* The cursor stands in the first question, not on the button that leaves the form. */
static void
test_focus (void)
{
  static const struct
  {
    const char *row, *field;
  } table[] = {
    { "Add an Enrolment…", "insurance" },
    { "Add Months…", "from" },
    { "Add a Filing…", "filing" },
    { "Add a Move…", "place" },
  };
  Fixture fixture = { NULL };
  GtkWidget *sheet, *form, *focus;

  open_account (&fixture, 1100);
  sheet = open_record (&fixture);
  assert_named (sheet);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      form = open_form (sheet, table[i].row);
      assert_named (form);
      focus = gtk_window_get_focus (GTK_WINDOW (form));
      g_assert_nonnull (focus);
      g_assert_true (focus == field (form, table[i].field) || gtk_widget_is_ancestor (focus, field (form, table[i].field)));
      gtk_window_close (GTK_WINDOW (form));
      spin (100);
    }
  gtk_window_close (GTK_WINDOW (sheet));
  spin (100);
  tear_down (&fixture);
}

static ZifuRecord *
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  ZifuRecord *record = zifu_session_dup_record (fixture->session, &error);

  g_assert_no_error (error);
  return record;
}

static void
press (GtkWidget *root, const char *label)
{
  GtkWidget *button = find (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  spin (150);
}

/* R14, R29, R33, R37: each can be added by its row, and the answers of the program know it from then on. */
static void
test_add (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuRecord) record = NULL;
  GtkWidget *sheet, *form;

  open_account (&fixture, 1100);
  sheet = open_record (&fixture);
  form = open_form (sheet, "Add a Filing…");
  assert_fits (gtk_widget_get_first_child (form), gtk_widget_get_first_child (form));
  choose (form, "filing", "Care elsewhere for a time");
  choose (form, "place", "Shanghai");
  type (form, "from", "2026-10-1");
  save (form);
  /* Without a last day the rules say how long it holds: half a year. */
  assert_shows (sheet, "Care elsewhere for a time · Shanghai");
  assert_shows (sheet, "valid");

  form = open_form (sheet, "Add an Enrolment…");
  adw_combo_row_set_selected (ADW_COMBO_ROW (field (form, "insurance")), 1);
  choose (form, "place", "Henan");
  type (form, "from", "2026年1月1日");
  save (form);
  assert_shows (sheet, "since 1 January 2026 · paid");

  form = open_form (sheet, "Add Months…");
  type (form, "from", "2025-11");
  type (form, "to", "202610");
  type (form, "base", "12000");
  save (form);
  assert_shows (sheet, "November 2025 – October 2026");
  assert_shows (sheet, "12 months · paid in time · base 12,000.00");

  form = open_form (sheet, "Add a Move…");
  choose (form, "place", "Guangzhou");
  choose (form, "state", "Under way");
  type (form, "from", "2026/11/2");
  choose (form, "account_there", "Yes");
  save (form);
  assert_shows (sheet, "To Guangzhou");
  assert_shows (sheet, "Under way · requested on 2 November 2026");
  assert_fits (gtk_widget_get_first_child (sheet), gtk_widget_get_first_child (sheet));

  record = load (&fixture);
  g_assert_cmpuint (record->filings->len, ==, 1);
  g_assert_cmpuint (record->enrolments->len, ==, 2);
  g_assert_cmpuint (record->person->payments->len, ==, 12);
  g_assert_cmpint (record->move.state, ==, ZIFU_MOVE_IN_TRANSIT);
  g_assert_true (record->move.account_there_known && record->move.account_there);
  gtk_window_close (GTK_WINDOW (sheet));
  spin (50);
  tear_down (&fixture);
}

/* What is wrong is said beside its field, and nothing is stored. */
static void
test_refused (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuRecord) record = NULL;
  GtkWidget *sheet, *form;

  open_account (&fixture, 1100);
  sheet = open_record (&fixture);
  form = open_form (sheet, "Add Months…");
  g_assert_false (zifu_life_form_save (ZIFU_LIFE_FORM (form)));
  assert_shows (form, "Enter a month as year-month, such as 2025-01.");
  g_assert_true (gtk_widget_has_css_class (field (form, "from"), "error"));
  type (form, "from", "2026-05");
  g_assert_false (gtk_widget_has_css_class (field (form, "from"), "error"));
  type (form, "to", "2026-04");
  g_assert_false (zifu_life_form_save (ZIFU_LIFE_FORM (form)));
  assert_shows (form, "It ends before it begins.");
  type (form, "to", "2029-04");
  g_assert_false (zifu_life_form_save (ZIFU_LIFE_FORM (form)));
  assert_shows (form, "at most a year ahead");
  type (form, "to", "2026-06");
  type (form, "paid_on", "2026-12-01");
  g_assert_false (zifu_life_form_save (ZIFU_LIFE_FORM (form)));
  assert_shows (form, "This day is still to come");
  type (form, "paid_on", "");
  save (form);

  form = open_form (sheet, "Add Months…");
  type (form, "from", "2026-06");
  g_assert_false (zifu_life_form_save (ZIFU_LIFE_FORM (form)));
  assert_shows (form, "2026-06 is entered already");
  record = load (&fixture);
  g_assert_cmpuint (record->person->payments->len, ==, 2);
  gtk_window_destroy (GTK_WINDOW (form));
  gtk_window_close (GTK_WINDOW (sheet));
  spin (50);
  tear_down (&fixture);
}

/* A row opens what it says; it is changed in its place, taken away by its button, and comes back. */
static void
test_change_and_undo (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuLifeEvent) event = NULL;
  g_autoptr (ZifuRecord) changed = NULL, none = NULL, again = NULL;
  GtkWidget *sheet, *form;

  open_account (&fixture, 1100);
  event = zifu_life_event_new (ZIFU_LIFE_FILING, zifu_session_get_member_id (fixture.session));
  event->filing = g_strdup ("referred");
  event->region = g_strdup ("440106");
  event->from = zifu_date_new (2026, 3, 1);
  event->to = zifu_date_new (2026, 8, 31);
  g_assert_true (zifu_ledger_replace_life (fixture.ledger, NULL, event, NULL));
  sheet = open_record (&fixture);
  assert_shows (sheet, "Referral to another region · Guangdong (440106)");
  assert_shows (sheet, "1 March – 31 August 2026 · ended");

  form = open_form (sheet, "Referral to another region");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (field (form, "to"))), ==, "2026-08-31");
  type (form, "to", "2026-12-31");
  save (form);
  assert_shows (sheet, "valid");
  changed = load (&fixture);
  g_assert_cmpuint (changed->filings->len, ==, 1);
  g_assert_cmpstr (g_array_index (changed->filings, ZifuFiling, 0).place, ==, "440106");
  g_assert_cmpint (g_array_index (changed->filings, ZifuFiling, 0).to, ==, zifu_date_new (2026, 12, 31));

  gtk_test_widget_wait_for_draw (sheet);
  {
    GtkWidget *row = find (sheet, ADW_TYPE_ACTION_ROW, "Referral to another region");

    g_signal_emit_by_name (find (row, GTK_TYPE_BUTTON, NULL), "clicked");
  }
  spin (100);
  none = load (&fixture);
  g_assert_cmpuint (none->filings->len, ==, 0);
  assert_shows (sheet, "Removed: Referral to another region");
  press (sheet, "Undo");
  again = load (&fixture);
  g_assert_cmpuint (again->filings->len, ==, 1);
  g_assert_cmpint (g_array_index (again->filings, ZifuFiling, 0).to, ==, zifu_date_new (2026, 12, 31));
  gtk_window_close (GTK_WINDOW (sheet));
  spin (50);
  tear_down (&fixture);
}

/* On a telephone nothing leaves the window. */
static void
test_narrow (void)
{
  Fixture fixture = { NULL };
  GtkWidget *sheet, *form;
  static const char *const rows[] = { "Add an Enrolment…", "Add Months…", "Add a Filing…", "Add a Move…" };

  open_account (&fixture, 360);
  sheet = open_record (&fixture);
  assert_fits (gtk_widget_get_first_child (sheet), gtk_widget_get_first_child (sheet));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      form = open_form (sheet, rows[i]);
      g_assert_cmpint (gtk_widget_get_width (form), <=, 360);
      assert_fits (gtk_widget_get_first_child (form), gtk_widget_get_first_child (form));
      gtk_window_close (GTK_WINDOW (form));
      spin (50);
      g_assert_null (find_window (ZIFU_TYPE_LIFE_FORM, NULL));
    }
  gtk_window_close (GTK_WINDOW (sheet));
  spin (50);
  tear_down (&fixture);
}

static GtkWidget *
open_person (Fixture *fixture, gint64 member_id)
{
  GtkWidget *form = zifu_person_form_new (fixture->session, member_id);

  gtk_window_set_transient_for (GTK_WINDOW (form), GTK_WINDOW (fixture->window));
  gtk_window_present (GTK_WINDOW (form));
  return wait_for_window (ZIFU_TYPE_PERSON_FORM, NULL);
}

static void
set_name (GtkWidget *form, const char *name)
{
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_template_child (form, ZIFU_TYPE_PERSON_FORM, "name")), name);
}

static void
leave (GtkWidget *form)
{
  g_assert_true (gtk_widget_activate_action (form, "window.close", NULL));
  spin (100);
}

/* Leaving asks only when something was changed; each of its three answers does what it says. */
static void
test_leave (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuMember) kept = NULL, stored = NULL;
  GtkWidget *form;
  gint64 id;

  open_account (&fixture, 1100);
  id = zifu_session_get_member_id (fixture.session);
  form = open_person (&fixture, id);
  leave (form);
  g_assert_null (find_window (ZIFU_TYPE_PERSON_FORM, NULL));

  form = open_person (&fixture, id);
  set_name (form, "Lin Xiao");
  leave (form);
  press (wait_for_window (ADW_TYPE_WINDOW, "Save Changes?"), "_Keep Editing");
  g_assert_null (find_window (ADW_TYPE_WINDOW, "Save Changes?"));
  g_assert_nonnull (find_window (ZIFU_TYPE_PERSON_FORM, NULL));
  leave (form);
  press (wait_for_window (ADW_TYPE_WINDOW, "Save Changes?"), "_Discard");
  g_assert_null (find_window (ZIFU_TYPE_PERSON_FORM, NULL));
  kept = zifu_session_dup_member (fixture.session);
  g_assert_cmpstr (kept->name, ==, "Lin");

  form = open_person (&fixture, id);
  set_name (form, "");
  leave (form);
  press (wait_for_window (ADW_TYPE_WINDOW, "Save Changes?"), "_Save");
  /* What cannot be stored stays, and says why. */
  assert_shows (form, "Enter a name");
  set_name (form, "Lin Xiao");
  leave (form);
  press (wait_for_window (ADW_TYPE_WINDOW, "Save Changes?"), "_Save");
  g_assert_null (find_window (ZIFU_TYPE_PERSON_FORM, NULL));
  stored = zifu_session_dup_member (fixture.session);
  g_assert_cmpstr (stored->name, ==, "Lin Xiao");

  /* What was changed and changed back is not changed. */
  form = open_person (&fixture, id);
  set_name (form, "x");
  set_name (form, "Lin Xiao");
  leave (form);
  g_assert_null (find_window (ZIFU_TYPE_PERSON_FORM, NULL));
  tear_down (&fixture);
}

static GListModel *
classes_of (GtkWidget *form)
{
  return adw_combo_row_get_model (ADW_COMBO_ROW (gtk_widget_get_template_child (form, ZIFU_TYPE_PERSON_FORM, "resident_class")));
}

static gboolean
offers (GListModel *model, const char *label)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    if (strstr (gtk_string_list_get_string (GTK_STRING_LIST (model), i), label) != NULL)
      return TRUE;
  return FALSE;
}

static void
choose_region (GtkWidget *form, const char *name)
{
  AdwComboRow *row = ADW_COMBO_ROW (gtk_widget_get_template_child (form, ZIFU_TYPE_PERSON_FORM, "region"));
  GListModel *model = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (model), i), name))
      adw_combo_row_set_selected (row, i);
  spin (50);
}

/* R13: the groups of residents are those of the region, and what a region asks of a group is asked there only. */
static void
test_classes (void)
{
  Fixture fixture = { NULL };
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (ZifuPerson) person = NULL;
  GtkWidget *form;
  AdwComboRow *tags;
  gint64 id;

  open_account (&fixture, 1100);
  id = household_add (fixture.ledger, "Xiao", "child", "2006-05-20", "resident", 0);
  form = open_person (&fixture, id);
  g_assert_true (offers (classes_of (form), "Minor"));
  g_assert_false (offers (classes_of (form), "Severely disabled"));
  choose_region (form, "Shanghai");
  g_assert_true (offers (classes_of (form), "Severely disabled"));
  choose_region (form, "Hangzhou");
  g_assert_false (offers (classes_of (form), "Severely disabled"));
  tags = ADW_COMBO_ROW (find (form, ADW_TYPE_COMBO_ROW, "Special group"));
  g_assert_nonnull (tags);
  g_assert_true (offers (adw_combo_row_get_model (tags), "University student"));
  for (guint i = 0; i < g_list_model_get_n_items (adw_combo_row_get_model (tags)); i++)
    if (strstr (gtk_string_list_get_string (GTK_STRING_LIST (adw_combo_row_get_model (tags)), i), "University") != NULL)
      adw_combo_row_set_selected (tags, i);
  g_assert_true (zifu_person_form_save (ZIFU_PERSON_FORM (form)));
  person = zifu_ledger_load_person (fixture.ledger, id, NULL);
  g_assert_cmpstr (zifu_facts_get_string (person->facts, "tags"), ==, "university");
  g_assert_cmpstr (zifu_facts_get_string (person->facts, "resident_class"), ==, "student");

  form = open_person (&fixture, id);
  choose_region (form, "Chongqing");
  tags = ADW_COMBO_ROW (find (form, ADW_TYPE_COMBO_ROW, "Special group"));
  g_assert_true (tags == NULL || !offers (adw_combo_row_get_model (tags), "University student"));
  gtk_window_destroy (GTK_WINDOW (form));
  spin (50);
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/record/R14-R29-R33-R37/add", test_add);
  g_test_add_func ("/record/focus", test_focus);
  g_test_add_func ("/record/refused", test_refused);
  g_test_add_func ("/record/change-and-undo", test_change_and_undo);
  g_test_add_func ("/record/narrow", test_narrow);
  g_test_add_func ("/record/leave", test_leave);
  g_test_add_func ("/record/R13/classes", test_classes);
  return g_test_run ();
}
