/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widget-probe.h"

/* Rows: the entry for money and the steps of a settlement, at telephone width and with large text too. */

static const struct {
  const char *text;
  gint64 amount;
  gboolean valid;
} typed[] = {
  { "1234.5", 123450, TRUE },   { "1,234.50", 123450, TRUE }, { "¥80", 8000, TRUE },      { "￥１２３．５", 12350, TRUE },
  { "0", 0, TRUE },             { "", -1, TRUE },             { "  ", -1, TRUE },         { "12.345", -1, FALSE },
  { "-1", -1, FALSE },          { "−1", -1, FALSE },          { "+1", -1, FALSE },        { "1e3", -1, FALSE },
  { "12,34", -1, FALSE },       { "一百", -1, FALSE },        { "99999999999999999999", -1, FALSE },
};

static const struct {
  const char *title, *formula, *role, *rule, *source, *url;
  ZifuMoney amount;
  gboolean unverified;
} steps[] = {
  { "减去目录外和乙类先行自付", "168,000.00 − 6,000.00 − 4,000.00", "余下", "住院 · 在职", NULL, NULL, 15800000, FALSE },
  { "减去还没付满的起付线", "1,058.00 − 337.70（1,800 − 已付 1,462.30）", "余下", NULL, NULL, NULL, 72030, FALSE },
  { "统筹基金付 70%", "720.30 × 70%", "基金付", "门诊 · 在职 · 社区以外的定点机构 · 2023-01-01 起有效", "市级公开答复第 2 条",
    "https://example.org/", 50421, FALSE },
  { "封顶线以上付 85%", "62,071.05 × 85%", "大额付", "住院 · 在职", "只有一个非官方来源", NULL, 5276039, TRUE },
};

static GtkWidget *
new_step (guint i)
{
  /* The row copies the words. */
  ZifuStepWords words = { .title = (char *) steps[i].title, .formula = (char *) steps[i].formula, .role = (char *) steps[i].role,
                          .rule = (char *) steps[i].rule, .source = (char *) steps[i].source, .url = (char *) steps[i].url,
                          .has_amount = TRUE, .amount = steps[i].amount, .unverified = steps[i].unverified };

  return zifu_step_row_new (i + 1, &words);
}

static GtkWidget *
make_step_row (void)
{
  return new_step (3);
}

static GtkWidget *
new_steps (GtkWidget **rows)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      rows[i] = new_step (i);
      gtk_list_box_append (GTK_LIST_BOX (list), rows[i]);
    }
  return list;
}

static void
test_money_row (void)
{
  GtkWidget *row = g_object_ref_sink (zifu_money_row_new ());

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (row), typed[i].text);
      g_assert_cmpint (zifu_money_row_get_amount (ZIFU_MONEY_ROW (row)), ==, typed[i].amount);
      g_assert_cmpint (zifu_money_row_get_valid (ZIFU_MONEY_ROW (row)), ==, typed[i].valid);
      g_assert_cmpint (gtk_widget_has_css_class (row, "error"), ==, !typed[i].valid);
      g_assert_cmpint (zifu_money_row_get_message (ZIFU_MONEY_ROW (row)) == NULL, ==, typed[i].valid);
    }
  g_assert_finalize_object (row);
}

static void
test_money_row_notify (void)
{
  GtkWidget *row = g_object_ref_sink (zifu_money_row_new ());
  int amounts = 0, valids = 0;

  g_signal_connect_swapped (row, "notify::amount", G_CALLBACK (count_cb), &amounts);
  g_signal_connect_swapped (row, "notify::valid", G_CALLBACK (count_cb), &valids);
  gtk_editable_set_text (GTK_EDITABLE (row), "1200");
  gtk_editable_set_text (GTK_EDITABLE (row), "1200.0");
  g_assert_cmpint (amounts, >=, 1);
  g_assert_cmpint (valids, ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (row), "1200.0x");
  g_assert_cmpint (valids, >=, 1);

  /* What is typed stays when it means the amount that is set; another amount is written our way. */
  gtk_editable_set_text (GTK_EDITABLE (row), "1200");
  zifu_money_row_set_amount (ZIFU_MONEY_ROW (row), 120000);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "1200");
  zifu_money_row_set_amount (ZIFU_MONEY_ROW (row), 123456789);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "1,234,567.89");
  gtk_editable_set_text (GTK_EDITABLE (row), "x");
  zifu_money_row_set_amount (ZIFU_MONEY_ROW (row), -1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "");
  g_assert_true (zifu_money_row_get_valid (ZIFU_MONEY_ROW (row)));
  g_assert_finalize_object (row);
}

static void
test_money_row_message (void)
{
  GtkWidget *group = adw_preferences_group_new (), *row = zifu_money_row_new ();
  GtkWidget *window, *message;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "账单总额（元）");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_editable_set_text (GTK_EDITABLE (row), "12.345");
  window = show_in_window (group, 340, 200);
  message = gtk_widget_get_last_child (row);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (message)), ==, zifu_money_row_get_message (ZIFU_MONEY_ROW (row)));
  g_assert_true (gtk_widget_get_mapped (message));
  g_assert_cmpfloat (bounds_in (message, row).origin.y, >, 30);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, zifu_money_row_get_message (ZIFU_MONEY_ROW (row)));
  gtk_test_accessible_assert_state (row, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  assert_inside (row, row);

  zifu_money_row_set_message (ZIFU_MONEY_ROW (row), "more than the bill");
  gtk_editable_set_text (GTK_EDITABLE (row), "12.34");
  g_assert_cmpstr (zifu_money_row_get_message (ZIFU_MONEY_ROW (row)), ==, "more than the bill");
  g_assert_true (zifu_money_row_get_valid (ZIFU_MONEY_ROW (row)));
  zifu_money_row_set_message (ZIFU_MONEY_ROW (row), NULL);
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  close_window (window);
}

static void
test_step_row_keyboard (void)
{
  const char *label = "Step 3: 统筹基金付 70%, 基金付 504.21 yuan"; /* the macro would take the sign for a format */
  GtkWidget *rows[G_N_ELEMENTS (steps)];
  GtkWidget *window = show_in_window (new_steps (rows), 500, 500);

  /* "activate" is what Enter and Space do to a row. */
  gtk_test_accessible_assert_state (rows[2], GTK_ACCESSIBLE_STATE_EXPANDED, FALSE);
  g_assert_true (gtk_widget_grab_focus (rows[2]));
  g_assert_true (gtk_widget_activate (rows[2]));
  g_assert_true (zifu_step_row_get_expanded (ZIFU_STEP_ROW (rows[2])));
  gtk_test_accessible_assert_state (rows[2], GTK_ACCESSIBLE_STATE_EXPANDED, TRUE);
  g_assert_false (zifu_step_row_get_expanded (ZIFU_STEP_ROW (rows[3])));
  gtk_widget_activate (rows[2]);
  g_assert_false (zifu_step_row_get_expanded (ZIFU_STEP_ROW (rows[2])));

  /* Nothing to open. */
  gtk_widget_activate (rows[1]);
  g_assert_false (zifu_step_row_get_expanded (ZIFU_STEP_ROW (rows[1])));
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (rows[1])));

  /* A link only where the address is official. */
  g_assert_nonnull (find_type (rows[2], GTK_TYPE_BUTTON));
  g_assert_null (find_type (rows[3], GTK_TYPE_BUTTON));
  gtk_test_accessible_assert_property (rows[2], GTK_ACCESSIBLE_PROPERTY_LABEL, label);
  gtk_test_accessible_assert_property (rows[3], GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Unverified");
  close_window (window);
}

static void
test_step_row_inside (void)
{
  GtkWidget *rows[G_N_ELEMENTS (steps)];
  GtkWidget *bin = zifu_width_bin_new (), *list = new_steps (rows), *mark, *window;
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  zifu_width_bin_set_threshold (ZIFU_WIDTH_BIN (bin), 600);
  zifu_width_bin_set_child (ZIFU_WIDTH_BIN (bin), scroller);
  window = show_in_window (bin, 360, 640);
  settle (100);
  mark = find_type (rows[3], ZIFU_TYPE_UNVERIFIED_MARK);
  g_assert_true (zifu_unverified_mark_get_compact (ZIFU_UNVERIFIED_MARK (mark)));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      zifu_step_row_set_expanded (ZIFU_STEP_ROW (rows[i]), TRUE);
      settle (40);
      g_assert_cmpint (gtk_widget_get_width (rows[i]), <=, 360);
      assert_inside (rows[i], rows[i]);
    }
  resize (window, 800, ZIFU_WIDTH_BIN (bin), FALSE);
  g_assert_false (zifu_unverified_mark_get_compact (ZIFU_UNVERIFIED_MARK (mark)));
  close_window (window);
}

/* At twice the text size everything still lies inside; only the order of lines changes. */
static void
test_large_text (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *scroller = gtk_scrolled_window_new ();
  GtkWidget *bin = zifu_width_bin_new (), *window, *bar, *legend;
  GtkWidget *rows[G_N_ELEMENTS (steps)];
  g_autoptr (GPtrArray) shares = five_shares ();
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 192 * PANGO_SCALE, NULL);
  bar = zifu_pay_bar_new ();
  legend = zifu_pay_legend_new ();
  zifu_pay_bar_set_shares (ZIFU_PAY_BAR (bar), shares);
  zifu_pay_legend_set_shares (ZIFU_PAY_LEGEND (legend), shares);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), legend);
  gtk_box_append (GTK_BOX (box), new_steps (rows));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  zifu_width_bin_set_threshold (ZIFU_WIDTH_BIN (bin), 600);
  zifu_width_bin_set_child (ZIFU_WIDTH_BIN (bin), scroller);
  window = show_in_window (bin, 360, 640);
  settle (100);
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int minimum;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_test_message ("%s: %d pixels", G_OBJECT_TYPE_NAME (child), minimum);
      g_assert_cmpint (minimum, <=, 360);
    }
  assert_inside (box, box);
  close_window (window);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

/* Counts the labels below @root that say @text, all of them to its end. */
static guint
count_whole (GtkWidget *root, const char *text)
{
  guint n = 0;

  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) && g_str_equal (gtk_label_get_label (GTK_LABEL (root)), text))
    {
      g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (root))));
      n++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_whole (child, text);
  return n;
}

/* Choices that are alike in their first twenty letters can be told apart, in the row and in its list. */
static void
test_choice_row (void)
{
  const char *const choices[] = { "Elsewhere, filed long-term", "Elsewhere, filed for a time", NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (choices);
  GtkWidget *list = gtk_list_box_new (), *row = zifu_choice_row_new (), *window = NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "Place");
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  window = show_in_window (list, 326, 400);
  g_assert_cmpuint (count_whole (row, choices[0]), ==, 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  settle (50);
  g_assert_cmpuint (count_whole (row, choices[0]), ==, 0);
  g_assert_cmpuint (count_whole (row, choices[1]), ==, 1);

  adw_action_row_activate (ADW_ACTION_ROW (row));
  settle (300);
  g_assert_cmpuint (count_whole (row, choices[0]), ==, 1);
  g_assert_cmpuint (count_whole (row, choices[1]), ==, 2);
  gtk_popover_popdown (GTK_POPOVER (find_type (row, GTK_TYPE_POPOVER)));
  settle (300);
  close_window (window);
}

/* How much smaller than usual the title of an entry row is drawn; 1 = as usual. */
static double
title_scale (GtkWidget *root)
{
  double least = 1;

  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root))
    {
      PangoAttrList *attributes = gtk_label_get_attributes (GTK_LABEL (root));
      g_autoptr (PangoAttrIterator) first = attributes != NULL ? pango_attr_list_get_iterator (attributes) : NULL;
      PangoAttribute *scale = first != NULL ? pango_attr_iterator_get (first, PANGO_ATTR_SCALE) : NULL;

      if (scale != NULL)
        least = pango_attribute_as_float (scale)->value;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    least = MIN (least, title_scale (child));
  return least;
}

/* What is to be typed is said to its end, with large text on a telephone too; with usual text it is as large as ever. */
static void
test_entry_title (void)
{
  const char *date = "Date of birth, such as 1988-05-21", *cash = "Cash, phone or bank card (yuan)";
  GtkSettings *settings = gtk_settings_get_default ();
  GtkWidget *list = gtk_list_box_new (), *first = g_object_new (ADW_TYPE_ENTRY_ROW, "title", date, NULL), *second = zifu_money_row_new ();
  GtkWidget *window;
  int dpi = 0;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (second), cash);
  gtk_list_box_append (GTK_LIST_BOX (list), first);
  gtk_list_box_append (GTK_LIST_BOX (list), second);
  window = show_in_window (list, 326, 400);
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  settle (300);
  g_assert_cmpuint (count_whole (first, date), >=, 1);
  g_assert_cmpuint (count_whole (second, cash), >=, 1);

  g_object_set (settings, "gtk-xft-dpi", 96 * PANGO_SCALE * 3 / 2, NULL);
  settle (300);
  g_assert_cmpuint (count_whole (first, date), >=, 1);
  g_assert_cmpuint (count_whole (second, cash), >=, 1);

  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  settle (300);
  g_assert_cmpfloat (title_scale (first), ==, 1);
  close_window (window);
}

int
main (int argc, char *argv[])
{
  init_widgets (&argc, &argv);
  g_test_add_data_func ("/widgets/new-destroy/choice-row", zifu_choice_row_new, test_new_destroy);
  g_test_add_func ("/widgets/choice-row", test_choice_row);
  g_test_add_data_func ("/widgets/new-destroy/money-row", zifu_money_row_new, test_new_destroy);
  g_test_add_data_func ("/widgets/new-destroy/step-row", make_step_row, test_new_destroy);
  g_test_add_func ("/widgets/money-row/typed", test_money_row);
  g_test_add_func ("/widgets/money-row/notify", test_money_row_notify);
  g_test_add_func ("/widgets/money-row/message", test_money_row_message);
  g_test_add_func ("/widgets/step-row/keyboard", test_step_row_keyboard);
  g_test_add_func ("/widgets/step-row/inside", test_step_row_inside);
  g_test_add_func ("/widgets/large-text", test_large_text);
  g_test_add_func ("/widgets/entry-title", test_entry_title);
  return g_test_run ();
}
