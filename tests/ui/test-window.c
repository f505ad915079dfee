/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-fits.h"

#include "zifu-application.h"
#include "zifu-guide-page.h"
#include "zifu-history-page.h"
#include "zifu-history-row.h"
#include "zifu-person-form.h"
#include "zifu-person-switcher.h"
#include "zifu-sheet.h"
#include "zifu-ui-rows.h"
#include "zifu-window.h"

typedef struct {
  char       *folder;
  char       *path;
  ZifuWindow *window;
  const char *wanted; /* page to begin with, nullable */
} House;

static void
wait_for_state (House *house, const char *state)
{
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  while (g_strcmp0 (zifu_window_get_state (house->window), state) != 0 && g_get_monotonic_time () < end)
    spin (10);
  g_assert_cmpstr (zifu_window_get_state (house->window), ==, state);
  spin (100);
}

static void
open_house (House *house, int width, int height, gboolean sample)
{
  g_autoptr (GError) error = NULL;

  house->folder = g_dir_make_tmp ("zifu-window-XXXXXX", &error);
  g_assert_no_error (error);
  house->path = g_build_filename (house->folder, "household.db", NULL);
  house->window = zifu_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (house->window), width, height);
  zifu_window_open (house->window, house->path, TODAY, sample);
  if (house->wanted != NULL)
    zifu_window_show_page (house->window, house->wanted);
  gtk_window_present (GTK_WINDOW (house->window));
  wait_for_state (house, sample ? "main" : "welcome");
}

static void
close_house (House *house)
{
  g_autoptr (GDir) dir = NULL;
  const char *name = NULL;

  gtk_window_destroy (GTK_WINDOW (house->window));
  spin (50);
  dir = g_dir_open (house->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (house->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (house->folder);
  g_free (house->folder);
  g_free (house->path);
}

static GtkWidget *
find_toplevel (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (g_type_is_a (G_OBJECT_TYPE (toplevel), type))
        return toplevel;
    }
  return NULL;
}

static GtkWidget *
find_question (House *house)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  GType inside = g_type_from_name ("AdwAlertDialog");

  /* Newer versions of libadwaita ask inside the window. */
  if (inside != 0)
    return find (GTK_WIDGET (house->window), inside, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (gtk_window_get_transient_for (GTK_WINDOW (toplevel)) == GTK_WINDOW (house->window))
        return toplevel;
    }
  return NULL;
}

static void
show_page_named (House *house, const char *name)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house->window), "win.page", "s", name));
  spin (200);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (house->window));
}

/* The window itself is larger than its content by its shadow. */
static void
assert_content_fits (House *house)
{
  GtkWidget *content = adw_application_window_get_content (ADW_APPLICATION_WINDOW (house->window));

  assert_fits (content, content);
}

static gboolean
sample_is_told (House *house)
{
  return zifu_notice_get_revealed (ZIFU_NOTICE (find (GTK_WIDGET (house->window), ZIFU_TYPE_NOTICE, NULL)));
}

static void
test_first_run (void)
{
  House house = { 0 };
  GtkWidget *question, *button;

  open_house (&house, 1100, 760, FALSE);
  assert_shows (GTK_WIDGET (house.window), "Know what you will pay before you go");
  g_assert_false (sample_is_told (&house));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.create-sample", NULL));
  wait_for_state (&house, "main");
  g_assert_true (sample_is_told (&house));
  assert_shows (GTK_WIDGET (house.window), "Lin Xiaomei (me)");

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.delete-sample", NULL));
  spin (300);
  question = find_question (&house);
  g_assert_nonnull (question);
  button = find (question, GTK_TYPE_BUTTON, "Delete");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  wait_for_state (&house, "welcome");
  g_assert_false (sample_is_told (&house));
  close_house (&house);
}

static void
test_pages (void)
{
  static const char *const names[] = { "account", "history", "estimate", "guide" };
  House house = { 0 };

  open_house (&house, 1100, 760, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *page = zifu_window_get_page (house.window, names[i]);

      g_assert_nonnull (page);
      show_page_named (&house, names[i]);
      g_assert_true (gtk_widget_get_mapped (page));
      assert_content_fits (&house);
      assert_named (GTK_WIDGET (house.window));
    }
  /* R41: the bill can be typed at once. */
  show_page_named (&house, "estimate");
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (house.window)));
  g_assert_nonnull (gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (house.window)), ADW_TYPE_ENTRY_ROW));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.search", NULL));
  spin (100);
  close_house (&house);
}

/* R41: started for an estimate, the cursor stands in the bill. */
static void
test_started_for_estimate (void)
{
  House house = { 0 };
  GtkWidget *focus;

  house.wanted = "estimate";
  open_house (&house, 1100, 760, TRUE);
  g_assert_cmpstr (zifu_window_get_page_name (house.window), ==, "estimate");
  focus = gtk_window_get_focus (GTK_WINDOW (house.window));
  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, ADW_TYPE_ENTRY_ROW));
  close_house (&house);
}

/* What the keyboard does fits a telephone, and names the keys of the application. */
static void
check_shortcuts (ZifuApplication *app)
{
  House house = { 0 };
  GtkWidget *sheet, *content;

  open_house (&house, 360, 640, TRUE);
  gtk_application_add_window (GTK_APPLICATION (app), GTK_WINDOW (house.window));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.show-help-overlay", NULL));
  spin (300);
  sheet = find_toplevel (ZIFU_TYPE_SHEET);
  g_assert_nonnull (sheet);
  content = adw_window_get_content (ADW_WINDOW (sheet));
  assert_fits (content, content);
  g_assert_cmpint (gtk_widget_get_width (content), <=, 360);
  assert_shows (sheet, "Export the entries that are shown");
  assert_shows (sheet, "Ctrl+E");
  assert_shows (sheet, "F1");
  assert_shows (sheet, "Alt+Left");
  assert_named (sheet);
  gtk_window_close (GTK_WINDOW (sheet));
  spin (100);
  close_house (&house);
}

/* An estimate that was asked for in the Guide leads back to its answer; one that was opened otherwise leads nowhere. */
static void
test_back_to_guide (void)
{
  House house = { 0 };
  GtkWidget *guide, *search;

  open_house (&house, 1100, 760, TRUE);
  guide = zifu_window_get_page (house.window, "guide");
  show_page_named (&house, "estimate");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.back", NULL));
  g_assert_cmpstr (zifu_window_get_page_name (house.window), ==, "estimate");

  show_page_named (&house, "guide");
  zifu_guide_page_focus_search (ZIFU_GUIDE_PAGE (guide));
  search = gtk_window_get_focus (GTK_WINDOW (house.window));
  g_assert_true (gtk_widget_is_ancestor (search, guide));
  g_signal_emit_by_name (guide, "estimate", (gint64) 500000);
  spin (300);
  g_assert_cmpstr (zifu_window_get_page_name (house.window), ==, "estimate");
  g_assert_false (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (house.window)), guide));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.back", NULL));
  spin (300);
  g_assert_cmpstr (zifu_window_get_page_name (house.window), ==, "guide");
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (house.window)) == search);

  /* Whoever went on to another page stays there. */
  g_signal_emit_by_name (guide, "estimate", (gint64) 500000);
  spin (300);
  show_page_named (&house, "account");
  show_page_named (&house, "estimate");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.back", NULL));
  g_assert_cmpstr (zifu_window_get_page_name (house.window), ==, "estimate");
  close_house (&house);
}

static void
test_accels (void)
{
  static const struct
  {
    const char *action;
    const char *accel;
  } table[] = {
    { "win.page::account", "<Alt>1" },  { "win.page::history", "<Alt>2" }, { "win.page::estimate", "<Alt>3" },
    { "win.page::guide", "<Alt>4" },    { "win.page::guide", "F1" },       { "win.search", "<Control>f" },
    { "win.person", "<Control>u" },     { "app.quit", "<Control>q" },      { "win.show-help-overlay", "<Control>question" },
    { "win.back", "<Alt>Left" },
  };
  g_autoptr (ZifuApplication) app = zifu_application_new (TODAY);
  g_autoptr (GError) error = NULL;

  g_application_register (G_APPLICATION (app), NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (GStrv) accels = gtk_application_get_accels_for_action (GTK_APPLICATION (app), table[i].action);

      g_assert_true (g_strv_contains ((const char *const *) accels, table[i].accel));
    }
  g_assert_cmpstr (g_application_get_resource_base_path (G_APPLICATION (app)), ==, "/org/zifu/Zifu");
  check_shortcuts (app);
}

/* Opens the details of the first row that is a settlement, or of the first that is none. */
static void
open_row (GtkWidget *history, gboolean settled)
{
  ZifuHistoryModel *model = zifu_history_page_get_model (ZIFU_HISTORY_PAGE (history));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr (ZifuHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);
      const ZifuEntry *entry = zifu_history_item_get_entry (item);

      if ((entry->settlement_id != 0) != settled)
        continue;
      g_assert_true (zifu_history_page_open_entry (ZIFU_HISTORY_PAGE (history), entry->id));
      spin (200);
      return;
    }
  g_assert_not_reached ();
}

static void
test_narrow (void)
{
  static const char *const names[] = { "account", "history", "estimate", "guide" };
  House house = { 0 };
  GtkWidget *history, *window;

  open_house (&house, 360, 640, TRUE);
  window = GTK_WIDGET (house.window);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      show_page_named (&house, names[i]);
      g_assert_cmpint (gtk_widget_get_width (window), <=, 360);
      assert_content_fits (&house);
    }

  /* A detail covers the list and takes the place of the switcher; back undoes both. */
  show_page_named (&house, "history");
  history = zifu_window_get_page (house.window, "history");
  g_assert_true (zifu_history_page_get_narrow (ZIFU_HISTORY_PAGE (history)));
  open_row (history, FALSE);
  assert_shows (window, "Entry");
  g_assert_true (gtk_widget_activate_action (window, "win.back", NULL));
  spin (200);
  open_row (history, TRUE);
  assert_shows (window, "Settlement");
  assert_content_fits (&house);
  g_assert_true (gtk_widget_activate_action (window, "win.back", NULL));
  spin (200);
  g_assert_false (zifu_history_page_get_detail_open (ZIFU_HISTORY_PAGE (history)));
  close_house (&house);
}

/* Neither page nor person is cut in the header. */
static void
assert_title_whole (GtkWidget *label)
{
  if (GTK_IS_LABEL (label) && gtk_widget_get_mapped (label) && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label))))
    g_error ("“%s” is cut in a width of %d", gtk_label_get_label (GTK_LABEL (label)), gtk_widget_get_width (label));
  for (GtkWidget *child = gtk_widget_get_first_child (label); child != NULL; child = gtk_widget_get_next_sibling (child))
    assert_title_whole (child);
}

/* On a telephone with large text: the name of the page is whole, nothing reaches out, and the words of a row have as much room as its
   figures. */
static void
test_large_text (void)
{
  static const char *const names[] = { "account", "history", "estimate", "guide" };
  House house = { 0 };
  GtkWidget *window, *row, *title, *amount, *form;
  int dpi = 0;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * PANGO_SCALE * 3 / 2, NULL);
  open_house (&house, 360, 640, TRUE);
  window = GTK_WIDGET (house.window);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      show_page_named (&house, names[i]);
      g_assert_cmpint (gtk_widget_get_width (window), <=, 360);
      assert_content_fits (&house);
      assert_title_whole (find (window, ADW_TYPE_WINDOW_TITLE, NULL));
    }
  show_page_named (&house, "history");
  row = find (window, ZIFU_TYPE_HISTORY_ROW, NULL);
  title = find (row, GTK_TYPE_LABEL, "City First Hospital");
  amount = find (row, GTK_TYPE_LABEL, "−286.50");
  g_assert_true (title != NULL && amount != NULL);
  g_assert_cmpint (gtk_widget_get_width (title), >, gtk_widget_get_width (row) / 2);

  /* Between two buttons a title has even less room: it takes a second line. */
  g_assert_true (gtk_widget_activate_action (window, "win.add-person", NULL));
  spin (200);
  form = find_toplevel (ZIFU_TYPE_PERSON_FORM);
  wait_for_frame (form);
  assert_title_whole (find (form, ADW_TYPE_WINDOW_TITLE, NULL));
  assert_fits (adw_window_get_content (ADW_WINDOW (form)), adw_window_get_content (ADW_WINDOW (form)));
  g_assert_cmpint (gtk_widget_get_width (adw_window_get_content (ADW_WINDOW (form))), <=, 360);
  gtk_window_destroy (GTK_WINDOW (form));
  g_assert_true (gtk_widget_activate_action (window, "win.connect", NULL));
  spin (200);
  form = find_toplevel (g_type_from_name ("ZifuConnectWindow"));
  wait_for_frame (form);
  assert_title_whole (find (form, ADW_TYPE_WINDOW_TITLE, NULL));
  assert_fits (adw_window_get_content (ADW_WINDOW (form)), adw_window_get_content (ADW_WINDOW (form)));
  gtk_window_destroy (GTK_WINDOW (form));
  close_house (&house);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
}

static void
test_chinese (void)
{
  static const char *const names[] = { "account", "history", "estimate", "guide" };
  House house = { 0 };
  GtkWidget *window;

  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  setlocale (LC_ALL, "C");
  g_assert_nonnull (setlocale (LC_ALL, "zh_CN.UTF-8"));
  g_assert_true (zifu_words_is_chinese ());
  for (int width = 360; width <= 1100; width += 740)
    {
      open_house (&house, width, 700, TRUE);
      window = GTK_WIDGET (house.window);
      assert_shows (window, "个人账户");
      assert_shows (window, "待遇，不是余额");
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          show_page_named (&house, names[i]);
          assert_content_fits (&house);
        }
      close_house (&house);
    }
  g_setenv ("LANGUAGE", "en", TRUE);
  setlocale (LC_ALL, "C");
  setlocale (LC_ALL, "C.UTF-8");
}

static void
test_person (void)
{
  House house = { 0 };
  ZifuSession *session;
  g_autoptr (GPtrArray) members = NULL;
  GtkWidget *window, *switcher, *header;

  open_house (&house, 1100, 760, TRUE);
  window = GTK_WIDGET (house.window);
  session = zifu_window_get_session (house.window);
  members = zifu_session_list_members (session);
  g_assert_cmpuint (members->len, ==, 3);
  switcher = find (window, ZIFU_TYPE_PERSON_SWITCHER, NULL);
  header = find (window, ADW_TYPE_HEADER_BAR, NULL);
  g_assert_false (gtk_widget_has_css_class (header, "relative"));

  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);

      zifu_session_set_member_id (session, member->id);
      spin (50);
      assert_shows (switcher, member->name);
      g_assert_cmpint (gtk_widget_has_css_class (header, "relative"), ==, g_strcmp0 (member->relation, "self") != 0);
    }
  g_assert_true (gtk_widget_activate_action (window, "win.person", NULL));
  spin (200);
  g_assert_nonnull (find (switcher, ADW_TYPE_ACTION_ROW, "Add a Relative…"));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (find (switcher, GTK_TYPE_MENU_BUTTON, NULL)));
  spin (300);
  close_house (&house);
}

/* A header that is tinted says in words as well whose data these are, also where the switcher shows a picture only. */
static void
test_relative_narrow (void)
{
  House house = { 0 };
  GtkWidget *title;
  g_autoptr (GPtrArray) members = NULL;

  open_house (&house, 360, 640, TRUE);
  title = find (GTK_WIDGET (house.window), ADW_TYPE_WINDOW_TITLE, NULL);
  assert_shows (title, "Lin Xiaomei");
  members = zifu_session_list_members (zifu_window_get_session (house.window));
  for (guint i = 0; i < members->len; i++)
    if (g_strcmp0 (((ZifuMember *) g_ptr_array_index (members, i))->relation, "parent") == 0)
      zifu_session_set_member_id (zifu_window_get_session (house.window), ((ZifuMember *) g_ptr_array_index (members, i))->id);
  assert_shows (title, "Lin Guodong (father)");
  wait_for_frame (GTK_WIDGET (house.window));
  assert_title_whole (title);
  assert_content_fits (&house);
  close_house (&house);
}

static void
enter (GtkWidget *form, const char *row_title, const char *text)
{
  GtkWidget *row = find (form, ADW_TYPE_ENTRY_ROW, row_title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* The way of somebody who begins with own data: refused until it is right, then on screen with the balance typed. */
static void
test_own_data (void)
{
  House house = { 0 };
  GtkWidget *form, *more;
  g_autoptr (ZifuMember) member = NULL;
  ZifuSession *session;
  ZifuMoney balance;

  open_house (&house, 360, 640, FALSE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.add-person", NULL));
  spin (200);
  form = find_toplevel (ZIFU_TYPE_PERSON_FORM);
  g_assert_nonnull (form);
  assert_fits (adw_window_get_content (ADW_WINDOW (form)), adw_window_get_content (ADW_WINDOW (form)));
  /* Whoever was asked for data begins to type. */
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (form)));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (form)), find (form, ADW_TYPE_ENTRY_ROW, "Name")));
  /* What is chosen begins as what is stated elsewhere does. */
  assert_shows (form, "Employee insurance");
  assert_shows (form, "Working age");
  g_assert_false (zifu_person_form_save (ZIFU_PERSON_FORM (form)));
  assert_shows (form, "Enter a name");

  enter (form, "Name", "Zhang");
  enter (form, "Birth date", "1986-02-30");
  g_assert_false (zifu_person_form_save (ZIFU_PERSON_FORM (form)));
  assert_shows (form, "Enter the birth date as year-month-day");
  enter (form, "Birth date", "2030-01-01");
  g_assert_false (zifu_person_form_save (ZIFU_PERSON_FORM (form)));
  assert_shows (form, "between 1900 and today");
  enter (form, "Birth date", "1986年2月28日");
  enter (form, "Balance now", "12.345");
  g_assert_false (zifu_person_form_save (ZIFU_PERSON_FORM (form)));
  enter (form, "Balance now", "1,234.50");
  enter (form, "Contribution base", "10000");
  enter (form, "Outpatient deductible already paid", "600");
  /* What is wrong is named, and the cursor stands in it; no other field turns red. */
  enter (form, "Months of cover", "many");
  g_assert_false (zifu_person_form_save (ZIFU_PERSON_FORM (form)));
  assert_shows (form, "enter a number");
  more = find (form, ADW_TYPE_ENTRY_ROW, "Months of cover");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (form)), more));
  g_assert_false (gtk_widget_has_css_class (gtk_widget_get_ancestor (more, ADW_TYPE_PREFERENCES_GROUP), "error"));
  enter (form, "Months of cover", "");
  g_assert_true (zifu_person_form_save (ZIFU_PERSON_FORM (form)));
  wait_for_state (&house, "main");

  session = zifu_window_get_session (house.window);
  member = zifu_session_dup_member (session);
  g_assert_cmpstr (member->name, ==, "Zhang");
  g_assert_cmpstr (member->relation, ==, "self");
  g_assert_cmpint (member->base, ==, 1000000);
  g_assert_true (zifu_ledger_get_balance (zifu_session_get_ledger (session), member->id, &balance, NULL, NULL));
  g_assert_cmpint (balance, ==, 123450);
  assert_shows (GTK_WIDGET (house.window), "¥1,234.50");
  /* What was typed in was there before: nothing came in this month. */
  g_assert_false (shows (GTK_WIDGET (house.window), "+1,234.50 /"));
  assert_shows (GTK_WIDGET (house.window), "600.00 / 1,800");

  /* Another balance is an entry of its own. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.edit-person", "x", member->id));
  spin (200);
  form = find_toplevel (ZIFU_TYPE_PERSON_FORM);
  enter (form, "Balance now", "1000");
  g_assert_true (zifu_person_form_save (ZIFU_PERSON_FORM (form)));
  spin (200);
  g_assert_true (zifu_ledger_get_balance (zifu_session_get_ledger (session), member->id, &balance, NULL, NULL));
  g_assert_cmpint (balance, ==, 100000);

  /* Nobody of eight years is a resident of working age, unless it is said so. */
  g_clear_pointer (&member, zifu_member_free);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.add-person", NULL));
  spin (200);
  form = find_toplevel (ZIFU_TYPE_PERSON_FORM);
  enter (form, "Name", "Zhang junior");
  enter (form, "Birth date", "2018-03-04");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (form, ADW_TYPE_COMBO_ROW, "Kind of insurance")), 1);
  g_assert_true (zifu_person_form_save (ZIFU_PERSON_FORM (form)));
  spin (200);
  member = zifu_session_dup_member (session);
  g_assert_cmpstr (member->name, ==, "Zhang junior");
  g_assert_cmpstr (member->resident_class, ==, "student");
  close_house (&house);
}

/* A file that is no ledger: told in the window, and opened as soon as it is right. */
static void
test_error (void)
{
  House house = { 0 };
  g_autoptr (GError) error = NULL;

  house.folder = g_dir_make_tmp ("zifu-window-XXXXXX", &error);
  house.path = g_build_filename (house.folder, "household.db", NULL);
  g_assert_true (g_file_set_contents (house.path, "this is not a ledger, it is a letter to a friend, and long enough", -1, &error));
  house.window = zifu_window_new (NULL);
  zifu_window_open (house.window, house.path, TODAY, FALSE);
  gtk_window_present (GTK_WINDOW (house.window));
  wait_for_state (&house, "error");
  assert_shows (GTK_WIDGET (house.window), "The Ledger Cannot Be Opened");
  assert_shows (GTK_WIDGET (house.window), "not a Zifu ledger");
  assert_named (GTK_WIDGET (house.window));

  g_remove (house.path);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.retry", NULL));
  wait_for_state (&house, "welcome");
  close_house (&house);
}

/* Closed before the ledger is open: the answer comes to nobody. */
static void
test_closed_early (void)
{
  House house = { 0 };
  g_autoptr (GError) error = NULL;

  house.folder = g_dir_make_tmp ("zifu-window-XXXXXX", &error);
  house.path = g_build_filename (house.folder, "household.db", NULL);
  house.window = zifu_window_new (NULL);
  zifu_window_open (house.window, house.path, TODAY, TRUE);
  close_house (&house);
  spin (1500);
}

/* A title of one character, as Chinese has them: it never asks for more room at least than it likes to have. */
static void
test_short_title (void)
{
  GtkWidget *title = adw_window_title_new ("列", "table.csv"), *header = adw_header_bar_new ();
  GtkWidget *window = g_object_new (ADW_TYPE_WINDOW, "default-width", 360, "default-height", 200, NULL);

  zifu_ui_wrap_title (title);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), title);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), gtk_button_new_from_icon_name ("go-previous-symbolic"));
  adw_window_set_content (ADW_WINDOW (window), header);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  /* What the toolkit says of it ends the test. */
  g_assert_cmpint (gtk_widget_get_width (find (title, GTK_TYPE_LABEL, "列")), >, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  spin (20);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  zifu_ui_register ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/window/first-run", test_first_run);
  g_test_add_func ("/window/pages", test_pages);
  g_test_add_func ("/window/R41-started", test_started_for_estimate);
  g_test_add_func ("/window/R01-back-to-guide", test_back_to_guide);
  g_test_add_func ("/window/accels", test_accels);
  g_test_add_func ("/window/narrow", test_narrow);
  g_test_add_func ("/window/large-text", test_large_text);
  g_test_add_func ("/window/short-title", test_short_title);
  g_test_add_func ("/window/person", test_person);
  g_test_add_func ("/window/relative-narrow", test_relative_narrow);
  g_test_add_func ("/window/own-data", test_own_data);
  g_test_add_func ("/window/error", test_error);
  g_test_add_func ("/window/closed-early", test_closed_early);
  g_test_add_func ("/window/chinese", test_chinese);

  return g_test_run ();
}
