/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widget-probe.h"

#include "zifu-compat.h"

/* Layout and signs: what makes room, wraps, warns; and the style sheet and icons behind all of it. */

static GtkWidget *
make_notice (void)
{
  return zifu_notice_new ("9 天没有更新，余额可能已变。");
}

static GtkWidget *
make_wrap_row (void)
{
  return zifu_wrap_row_new (gtk_label_new ("2026年11月"), gtk_label_new ("+240.00"));
}

static GtkWidget *
make_line (void)
{
  GtkWidget *line = zifu_line_new (6, 10);

  gtk_box_append (GTK_BOX (line), gtk_label_new ("统筹基金"));
  return line;
}

static void
test_width_bin_flips (void)
{
  GtkWidget *bin = zifu_width_bin_new ();
  GtkWidget *child = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *window;
  int minimum, count = 0;

  gtk_widget_set_size_request (child, 600, 100);
  zifu_width_bin_set_child (ZIFU_WIDTH_BIN (bin), child);
  gtk_widget_measure (bin, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 320);

  g_signal_connect_swapped (bin, "notify::narrow", G_CALLBACK (count_cb), &count);
  window = show_in_window (bin, 900, 300);
  g_assert_false (zifu_width_bin_get_narrow (ZIFU_WIDTH_BIN (bin)));
  resize (window, 400, ZIFU_WIDTH_BIN (bin), TRUE);
  resize (window, 700, ZIFU_WIDTH_BIN (bin), FALSE);
  resize (window, 340, ZIFU_WIDTH_BIN (bin), TRUE);
  g_assert_cmpint (count, ==, 3);

  /* A fixed threshold wins over what was measured. */
  zifu_width_bin_set_threshold (ZIFU_WIDTH_BIN (bin), 330);
  settle (60);
  g_assert_false (zifu_width_bin_get_narrow (ZIFU_WIDTH_BIN (bin)));
  close_window (window);
}

static void
test_width_bin_wide_widget (void)
{
  GtkWidget *bin = zifu_width_bin_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *wide = gtk_label_new ("x"), *inner = gtk_label_new ("y");
  GtkWidget *window;

  gtk_widget_set_size_request (wide, 500, -1);
  gtk_box_append (GTK_BOX (box), wide);
  gtk_box_append (GTK_BOX (box), inner);
  zifu_width_bin_set_child (ZIFU_WIDTH_BIN (bin), box);
  zifu_width_bin_set_wide_widget (ZIFU_WIDTH_BIN (bin), wide);
  g_object_bind_property (bin, "narrow", wide, "visible", G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
  g_assert_true (zifu_width_bin_find (inner) == ZIFU_WIDTH_BIN (bin));
  g_assert_null (zifu_width_bin_find (bin));

  window = show_in_window (bin, 800, 300);
  resize (window, 400, ZIFU_WIDTH_BIN (bin), TRUE);
  g_assert_false (gtk_widget_get_visible (wide));
  /* The widget is hidden now and cannot be measured; its width is remembered. */
  resize (window, 800, ZIFU_WIDTH_BIN (bin), FALSE);
  g_assert_true (gtk_widget_get_visible (wide));
  close_window (window);
}

static void
test_wrap_row_stacks (void)
{
  GtkWidget *start = gtk_label_new ("2026年11月"), *end = gtk_label_new ("划入 +240.00  支出 −474.50");
  GtkWidget *row = g_object_ref_sink (zifu_wrap_row_new (start, end));
  int start_width, end_width, minimum, natural, low, high;

  gtk_widget_measure (start, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &start_width, NULL, NULL);
  gtk_widget_measure (end, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &end_width, NULL, NULL);
  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, MAX (start_width, end_width));
  g_assert_cmpint (natural, ==, start_width + 12 + end_width);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, natural, &low, NULL, NULL, NULL);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, natural - 1, &high, NULL, NULL, NULL);
  g_assert_cmpint (high, >, low);
  g_assert_true (gtk_widget_get_first_child (row) == start);

  gtk_widget_allocate (row, natural, low, -1, NULL);
  g_assert_cmpfloat (bounds_in (end, row).origin.x, ==, natural - end_width);
  gtk_widget_allocate (row, natural - 1, high, -1, NULL);
  g_assert_cmpfloat (bounds_in (end, row).origin.y, >, bounds_in (start, row).origin.y);
  zifu_wrap_row_set_end_first (ZIFU_WRAP_ROW (row), TRUE);
  gtk_widget_allocate (row, natural - 2, high, -1, NULL);
  g_assert_cmpfloat (bounds_in (end, row).origin.y, <, bounds_in (start, row).origin.y);
  g_assert_finalize_object (row);
}

/* Words that may wrap stay beside their figure until it would get more room than they. */
static void
test_wrap_row_wraps (void)
{
  GtkWidget *start = gtk_label_new ("18 Nov · Outpatient · bill 286.50 · City First Hospital"), *end = gtk_label_new ("bal. 3,286.40");
  GtkWidget *row = g_object_ref_sink (zifu_wrap_row_new (start, end));
  int end_width, height;

  gtk_label_set_wrap (GTK_LABEL (start), TRUE);
  gtk_widget_measure (end, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &end_width, NULL, NULL);
  for (guint i = 0; i < 2; i++)
    {
      gboolean wraps = i == 1, beside = wraps;
      int width = 2 * end_width + 12;

      zifu_wrap_row_set_start_wraps (ZIFU_WRAP_ROW (row), wraps);
      g_assert_true (zifu_wrap_row_get_start_wraps (ZIFU_WRAP_ROW (row)) == wraps);
      gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
      gtk_widget_allocate (row, width, height, -1, NULL);
      g_assert_true ((bounds_in (end, row).origin.x >= end_width + 12) == beside);
      gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width - 1, &height, NULL, NULL, NULL);
      gtk_widget_allocate (row, width - 1, height, -1, NULL);
      g_assert_cmpfloat (bounds_in (end, row).origin.y, >, 0);
      g_assert_cmpint (gtk_widget_get_width (start), ==, width - 1);
    }
  g_assert_finalize_object (row);
}

static void
test_line_keeps_figure_inside (void)
{
  GtkWidget *line = g_object_ref_sink (zifu_line_new (12, 0));
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new ("减去还没付满的起付线"), *formula = gtk_label_new ("1,058.00 − 337.70（1,800 − 已付 1,462.30）");
  GtkWidget *figure = gtk_label_new ("720.30");

  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap (GTK_LABEL (formula), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (formula), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), formula);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), figure);
  for (int width = 160; width <= 340; width += 5)
    {
      int height;
      graphene_rect_t bounds;

      gtk_widget_measure (line, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
      gtk_widget_allocate (line, width, height, -1, NULL);
      bounds = bounds_in (figure, line);
      g_assert_cmpfloat (bounds.origin.x + bounds.size.width, ==, width);
      bounds = bounds_in (formula, line);
      g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, height);
    }
  g_assert_finalize_object (line);
}

static void
test_line_folds (void)
{
  GtkWidget *line = g_object_ref_sink (zifu_line_new (12, 10));
  GtkWidget *words = gtk_label_new ("减去目录外和乙类先行自付"), *figure = gtk_label_new ("158,000.00");
  int figure_width, low, high;

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), figure);
  gtk_widget_measure (figure, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &figure_width, NULL, NULL);

  gtk_widget_measure (line, GTK_ORIENTATION_VERTICAL, 400, &low, NULL, NULL, NULL);
  gtk_widget_allocate (line, 400, low, -1, NULL);
  g_assert_cmpfloat (bounds_in (figure, line).origin.y, ==, 0);
  gtk_widget_measure (line, GTK_ORIENTATION_VERTICAL, figure_width + 40, &high, NULL, NULL, NULL);
  gtk_widget_allocate (line, figure_width + 40, high, -1, NULL);
  g_assert_cmpfloat (bounds_in (figure, line).origin.y, >, 0);
  g_assert_cmpfloat (bounds_in (figure, line).origin.x, ==, 40);
  g_assert_finalize_object (line);
}

static void
test_notice (void)
{
  GtkWidget *notice = make_notice ();
  GtkWidget *window, *button;
  int count = 0;

  g_object_set (notice, "style", ZIFU_NOTICE_BAD, "button-label", "重试", "revealed", TRUE, NULL);
  g_signal_connect_swapped (notice, "button-clicked", G_CALLBACK (count_cb), &count);
  window = show_in_window (notice, 360, 120);
  g_assert_true (gtk_widget_has_css_class (node_at (notice, "box", 0), "bad"));
  button = find_type (notice, GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpint (count, ==, 1);
  assert_inside (notice, notice);
  gtk_test_accessible_assert_role (notice, GTK_ACCESSIBLE_ROLE_ALERT);

  zifu_notice_set_button_label (ZIFU_NOTICE (notice), NULL);
  g_assert_false (gtk_widget_get_visible (button));
  g_assert_null (zifu_notice_get_button_label (ZIFU_NOTICE (notice)));
  zifu_notice_set_style (ZIFU_NOTICE (notice), ZIFU_NOTICE_WARN);
  g_assert_false (gtk_widget_has_css_class (node_at (notice, "box", 0), "bad"));
  zifu_notice_set_revealed (ZIFU_NOTICE (notice), FALSE);
  g_assert_false (zifu_notice_get_revealed (ZIFU_NOTICE (notice)));
  close_window (window);
}

static void
test_mark (void)
{
  GtkWidget *mark = g_object_ref_sink (zifu_unverified_mark_new ());
  int wide, narrow;

  gtk_widget_measure (mark, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wide, NULL, NULL);
  zifu_unverified_mark_set_compact (ZIFU_UNVERIFIED_MARK (mark), TRUE);
  gtk_widget_measure (mark, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &narrow, NULL, NULL);
  g_assert_cmpint (narrow, <, wide);
  /* Without the word on screen it is still read. */
  gtk_test_accessible_assert_property (mark, GTK_ACCESSIBLE_PROPERTY_LABEL, "Unverified");
  g_assert_nonnull (gtk_widget_get_tooltip_text (mark));
  g_assert_finalize_object (mark);
}

static void
test_icons (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  static const char *const names[] = {
    "account", "history", "estimate", "guide", "credit", "outpatient", "pharmacy", "inpatient", "family", "transfer", "refund", "interest",
    "other", "ok", "info", "bad", "unverified", "clock", "offline", "fund", "calendar", "edit", "import", "provider", "sample", "why",
  };
  g_auto (GStrv) files = g_resources_enumerate_children ("/org/zifu/Zifu/icons/scalable/actions", 0, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strdup_printf ("zifu-%s-symbolic", names[i]);
      g_autoptr (GtkIconPaintable) icon = NULL;

      g_assert_true (gtk_icon_theme_has_icon (theme, name));
      icon = gtk_icon_theme_lookup_icon (theme, name, NULL, 16, 1, GTK_TEXT_DIR_LTR, 0);
      /* Only such icons take the colour of the text beside them. */
      g_assert_true (gtk_icon_paintable_is_symbolic (icon));
    }
  g_assert_cmpint ((int) g_strv_length (files), ==, G_N_ELEMENTS (names));
  g_assert_true (gtk_icon_theme_has_icon (theme, "org.zifu.Zifu"));
  g_assert_true (gtk_icon_theme_has_icon (theme, "org.zifu.Zifu.Devel"));
}

static void
test_scheme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkWidget *window = show_in_window (zifu_pay_bar_new (), 300, 100);

  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  g_assert_true (gtk_widget_has_css_class (window, "dark"));
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_assert_false (gtk_widget_has_css_class (window, "dark"));
  close_window (window);
}

static void
parsing_error_cb (GtkCssProvider *provider, GtkCssSection *section, GError *error, gpointer data)
{
  g_autofree char *where = gtk_css_section_to_string (section);

  g_test_message ("%s: %s", where, error->message);
  g_test_fail ();
}

static void
test_style_sheet (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  g_signal_connect (provider, "parsing-error", G_CALLBACK (parsing_error_cb), NULL);
  gtk_css_provider_load_from_resource (provider, "/org/zifu/Zifu/style.css");
}

static void
test_builder (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (
    "<interface><object class='ZifuWidthBin' id='bin'><property name='threshold'>500</property><property name='child'>"
    "<object class='GtkBox'><property name='layout-manager'><object class='ZifuLineLayout'><property name='spacing'>12</property>"
    "</object></property><child><object class='ZifuNotice' id='notice'><property name='style'>warn</property></object></child>"
    "<child><object class='ZifuPayBar'><property name='compact'>True</property></object></child>"
    "<child><object class='ZifuPayLegend'/></child><child><object class='ZifuMonthColumns'/></child>"
    "<child><object class='ZifuMeter'/></child><child><object class='ZifuMoneyRow'><property name='amount'>1200</property></object></child>"
    "<child><object class='ZifuUnverifiedMark'/></child><child><object class='ZifuWrapRow'><property name='start-child'>"
    "<object class='GtkLabel'/></property></object></child></object></property></object></interface>",
    -1);

  g_assert_true (ZIFU_IS_WIDTH_BIN (gtk_builder_get_object (builder, "bin")));
  g_assert_cmpint (zifu_notice_get_style (ZIFU_NOTICE (gtk_builder_get_object (builder, "notice"))), ==, ZIFU_NOTICE_WARN);
}

/* --- compatibility door --- */

/* Presses the button of that name, wherever the dialog lives: a window of its own, or part of its parent. */
static gboolean
press (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    {
      g_signal_emit_by_name (root, "clicked");
      return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (press (child, label))
      return TRUE;
  return FALSE;
}

static void
press_anywhere (const char *label)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  gboolean pressed = FALSE;

  for (GList *l = windows; l != NULL && !pressed; l = l->next)
    pressed = press (l->data, label);
  g_assert_true (pressed);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(int *) data = g_task_propagate_boolean (G_TASK (result), &error);
  g_assert_no_error (error);
}

static void
test_confirm (void)
{
  static const struct {
    const char *button;
    int answer;
  } choices[] = { { "Keep", FALSE }, { "Delete", TRUE } };
  GtkWidget *window = show_in_window (gtk_label_new (NULL), 400, 300);

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      int answer = -1;

      zifu_compat_confirm (GTK_WINDOW (window), "Delete the sample?", "Your own data stay.", "Keep", "Delete", TRUE, answered_cb, &answer);
      settle (100);
      g_assert_cmpint (answer, ==, -1);
      press_anywhere (choices[i].button);
      settle (100);
      g_assert_cmpint (answer, ==, choices[i].answer);
    }
  close_window (window);
}

static void
test_announce (void)
{
  GtkWidget *label = g_object_ref_sink (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL));

  zifu_compat_announce (label, "I will pay 695.79 yuan");
  gtk_test_accessible_assert_property (label, GTK_ACCESSIBLE_PROPERTY_LABEL, "I will pay 695.79 yuan");
  g_assert_finalize_object (label);
}

static void
test_about (void)
{
  GtkWidget *window = show_in_window (gtk_label_new (NULL), 400, 300);
  guint n;

  zifu_compat_show_about (GTK_WINDOW (window), "org.zifu.Zifu", "Zifu", "0.1.0", "What will I pay?");
  settle (100);
  n = g_list_model_get_n_items (gtk_window_get_toplevels ());
  g_assert_cmpuint (n, >=, 1);
  for (guint i = n; i > 0; i--)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (gtk_window_get_toplevels (), i - 1);

      if (GTK_WIDGET (toplevel) != window)
        gtk_window_destroy (toplevel);
    }
  close_window (window);
}

int
main (int argc, char *argv[])
{
  init_widgets (&argc, &argv);
  g_test_add_data_func ("/widgets/new-destroy/width-bin", zifu_width_bin_new, test_new_destroy);
  g_test_add_data_func ("/widgets/new-destroy/notice", make_notice, test_new_destroy);
  g_test_add_data_func ("/widgets/new-destroy/wrap-row", make_wrap_row, test_new_destroy);
  g_test_add_data_func ("/widgets/new-destroy/line", make_line, test_new_destroy);
  g_test_add_data_func ("/widgets/new-destroy/mark", zifu_unverified_mark_new, test_new_destroy);
  g_test_add_func ("/widgets/width-bin/flips", test_width_bin_flips);
  g_test_add_func ("/widgets/width-bin/wide-widget", test_width_bin_wide_widget);
  g_test_add_func ("/widgets/wrap-row/stacks", test_wrap_row_stacks);
  g_test_add_func ("/widgets/wrap-row/wraps", test_wrap_row_wraps);
  g_test_add_func ("/widgets/line/keeps-figure-inside", test_line_keeps_figure_inside);
  g_test_add_func ("/widgets/line/folds", test_line_folds);
  g_test_add_func ("/widgets/notice", test_notice);
  g_test_add_func ("/widgets/mark", test_mark);
  g_test_add_func ("/widgets/icons", test_icons);
  g_test_add_func ("/widgets/scheme", test_scheme);
  g_test_add_func ("/widgets/style-sheet", test_style_sheet);
  g_test_add_func ("/widgets/builder", test_builder);
  g_test_add_func ("/compat/confirm", test_confirm);
  g_test_add_func ("/compat/announce", test_announce);
  g_test_add_func ("/compat/about", test_about);
  return g_test_run ();
}
