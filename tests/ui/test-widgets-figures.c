/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widget-probe.h"

/* Figures drawn: the bar who pays, its legend, the meter, the months. */

static GArray *
twelve_months (void)
{
  static const ZifuMoney recorded[] = { 527715, 551715, 566065, 776090, 352090, 328640 };
  GArray *data = g_array_new (FALSE, FALSE, sizeof (ZifuMonthColumn));

  for (int i = 0; i < 12; i++)
    {
      ZifuMonthColumn column = { zifu_month_new (2026, 6) + i, i < 6 ? recorded[i] : 328640 + 24000 * (i - 5), i >= 6 };

      g_array_append_val (data, column);
    }
  return data;
}

static GtkWidget *
make_amount_label (void)
{
  return zifu_amount_label_new ("我要付", 69579, ZIFU_MONEY_STYLE_SYMBOL);
}

static GtkWidget *
make_pay_bar (void)
{
  GtkWidget *bar = zifu_pay_bar_new ();
  g_autoptr (GPtrArray) shares = three_shares ();

  zifu_pay_bar_set_shares (ZIFU_PAY_BAR (bar), shares);
  return bar;
}

static GtkWidget *
make_pay_legend (void)
{
  GtkWidget *legend = zifu_pay_legend_new ();
  g_autoptr (GPtrArray) shares = three_shares ();

  zifu_pay_legend_set_shares (ZIFU_PAY_LEGEND (legend), shares);
  return legend;
}

static GtkWidget *
make_month_columns (void)
{
  GtkWidget *chart = zifu_month_columns_new ();
  g_autoptr (GArray) data = twelve_months ();

  zifu_month_columns_set_data (ZIFU_MONTH_COLUMNS (chart), data);
  return chart;
}

static void
test_percent (void)
{
  g_assert_cmpint (zifu_pay_bar_percent (50421, 120000), ==, 42);
  g_assert_cmpint (zifu_pay_bar_percent (69579, 120000), ==, 58);
  g_assert_cmpint (zifu_pay_bar_percent (1, 200), ==, 1);
  g_assert_cmpint (zifu_pay_bar_percent (1, 201), ==, 0);
  g_assert_cmpint (zifu_pay_bar_percent (0, 0), ==, 0);
  g_assert_cmpint (zifu_pay_bar_percent (ZIFU_MONEY_MAX, ZIFU_MONEY_MAX), ==, 100);
}

/* The segments fill the bar exactly; two pixels part them, ten where others end and I begin; none is below six. */
static void
assert_segments (GtkWidget *bar, guint n, guint mine_from, int height)
{
  int end = 0;

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *segment = node_at (bar, "segment", (int) i);
      graphene_rect_t bounds = bounds_in (segment, bar);

      g_assert_cmpint ((int) bounds.origin.x - end, ==, i == 0 ? 0 : i == mine_from ? 10 : 2);
      g_assert_cmpfloat (bounds.size.width, >=, 6);
      g_assert_cmpfloat (bounds.size.height, ==, height);
      end = (int) (bounds.origin.x + bounds.size.width);
    }
  g_assert_null (node_at (bar, "segment", (int) n));
  g_assert_cmpint (end, ==, gtk_widget_get_width (bar));
}

static void
test_bar_segments (void)
{
  GtkWidget *bar = make_pay_bar ();
  GtkWidget *window = show_in_window (bar, 612, 120);
  g_autoptr (GPtrArray) shares = five_shares ();

  /* Of 612 pixels 12 are gaps: 600 × 504.21 / 1200.00 is 252. */
  assert_segments (bar, 3, 1, 28);
  g_assert_cmpfloat (bounds_in (node_at (bar, "segment", 0), bar).size.width, ==, 252);
  g_assert_true (gtk_widget_has_css_class (node_at (bar, "segment", 0), "payer-fund"));
  g_assert_true (gtk_widget_has_css_class (node_at (bar, "segment", 0), "first"));
  g_assert_true (gtk_widget_has_css_class (node_at (bar, "segment", 1), "payer-account"));
  g_assert_true (gtk_widget_has_css_class (node_at (bar, "segment", 2), "last"));

  zifu_pay_bar_set_shares (ZIFU_PAY_BAR (bar), shares);
  settle (60);
  assert_segments (bar, 5, 2, 28);
  zifu_pay_bar_set_compact (ZIFU_PAY_BAR (bar), TRUE);
  settle (60);
  assert_segments (bar, 5, 2, 14);
  g_assert_false (gtk_widget_get_visible (node_at (bar, "box", 0)));
  zifu_pay_bar_set_shares (ZIFU_PAY_BAR (bar), NULL);
  settle (60);
  g_assert_null (node_at (bar, "segment", 0));
  close_window (window);
}

static void
test_bar_brackets (void)
{
  GtkWidget *bar = make_pay_bar ();
  GtkWidget *window = show_in_window (bar, 340, 200);
  GtkWidget *theirs = node_at (bar, "box", 0), *mine = node_at (bar, "box", 1);
  GtkWidget *figure = gtk_widget_get_last_child (theirs);

  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (figure)), ==, "¥504.21 · 42%");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_widget_get_last_child (mine))), ==, "¥695.79 · 58%");
  assert_inside (bar, bar);
  g_assert_cmpfloat (bounds_in (mine, bar).origin.x, ==, bounds_in (node_at (bar, "segment", 1), bar).origin.x);
  close_window (window);
}

static void
test_bar_text (void)
{
  GtkWidget *bar = g_object_ref_sink (make_pay_bar ());
  g_autofree char *text = zifu_pay_bar_dup_text (ZIFU_PAY_BAR (bar));
  g_autoptr (GPtrArray) shares = five_shares ();
  g_autofree char *small = NULL;
  const char *first = "统筹基金 504.21 yuan, 42%"; /* the macro would take the sign for a format */

  g_assert_cmpstr (text, ==, "统筹基金 504.21 yuan, 42%; 个人账户 615.79 yuan, 51%; 现金（含扫码、银行卡） 80.00 yuan, 7%");
  gtk_test_accessible_assert_role (bar, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (bar, GTK_ACCESSIBLE_PROPERTY_LABEL, text);
  gtk_test_accessible_assert_property (node_at (bar, "segment", 0), GTK_ACCESSIBLE_PROPERTY_LABEL, first);

  /* One fen of a large bill is not nothing. */
  zifu_pay_bar_set_shares (ZIFU_PAY_BAR (bar), shares);
  small = zifu_pay_bar_dup_text (ZIFU_PAY_BAR (bar));
  g_assert_nonnull (strstr (small, "个人账户 0.01 yuan, <1%"));
  g_assert_finalize_object (bar);
}

static void
test_bar_keyboard (void)
{
  GtkWidget *bar = make_pay_bar ();
  GtkWidget *window = show_in_window (bar, 400, 120);

  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  g_assert_true (gtk_widget_child_focus (bar, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_has_focus (node_at (bar, "segment", 0)));
  g_assert_true (gtk_widget_child_focus (bar, GTK_DIR_RIGHT));
  g_assert_true (gtk_widget_has_focus (node_at (bar, "segment", 1)));
  g_assert_true (gtk_widget_child_focus (bar, GTK_DIR_RIGHT));
  g_assert_true (gtk_widget_child_focus (bar, GTK_DIR_RIGHT));
  g_assert_true (gtk_widget_has_focus (node_at (bar, "segment", 2)));
  g_assert_true (gtk_widget_child_focus (bar, GTK_DIR_LEFT));
  g_assert_true (gtk_widget_has_focus (node_at (bar, "segment", 1)));
  g_assert_false (gtk_widget_child_focus (bar, GTK_DIR_TAB_FORWARD));
  close_window (window);
}

static void
test_legend (void)
{
  GtkWidget *legend = make_pay_legend ();
  GtkWidget *window = show_in_window (legend, 320, 300);
  GtkWidget *row = gtk_widget_get_first_child (legend);
  g_autoptr (GPtrArray) shares = five_shares ();
  int full, compact;

  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "统筹基金 504.21 yuan");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_widget_get_last_child (row))), ==, "¥504.21");
  g_assert_true (gtk_widget_has_css_class (node_at (row, "swatch", 0), "payer-fund"));
  assert_inside (legend, legend);

  zifu_pay_legend_set_shares (ZIFU_PAY_LEGEND (legend), shares);
  gtk_widget_measure (legend, GTK_ORIENTATION_VERTICAL, 320, &full, NULL, NULL, NULL);
  zifu_pay_legend_set_compact (ZIFU_PAY_LEGEND (legend), TRUE);
  gtk_widget_measure (legend, GTK_ORIENTATION_VERTICAL, 320, &compact, NULL, NULL, NULL);
  g_assert_cmpint (compact, <, full);
  settle (60);
  row = gtk_widget_get_first_child (legend);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_widget_get_last_child (row))), ==, "基金 87,080.00");
  assert_inside (legend, legend);
  close_window (window);
}

static void
test_meter (void)
{
  GtkWidget *meter = zifu_meter_new ();
  GtkWidget *window, *block;

  zifu_meter_set (ZIFU_METER (meter), "门诊起付线 · 已付", 146230, 180000, "再自己付 337.70，基金开始付", FALSE, TRUE);
  window = show_in_window (meter, 336, 120);
  block = node_at (meter, "block", 0);
  g_assert_cmpfloat (bounds_in (block, meter).size.width, ==, (gtk_widget_get_width (meter) * 146230) / 180000);
  gtk_test_accessible_assert_role (meter, GTK_ACCESSIBLE_ROLE_METER);
  gtk_test_accessible_assert_property (meter, GTK_ACCESSIBLE_PROPERTY_LABEL, "门诊起付线 · 已付");
  gtk_test_accessible_assert_property (meter, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "1,462.30 yuan of 1,800.00 yuan");
  assert_inside (meter, meter);

  zifu_meter_set (ZIFU_METER (meter), "慢特病 · 已用", 200000, 0, NULL, TRUE, FALSE);
  settle (40);
  g_assert_false (gtk_widget_get_mapped (block));
  gtk_test_accessible_assert_property (meter, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "2,000.00 yuan");
  close_window (window);
}

static void
test_months (void)
{
  GtkWidget *chart = make_month_columns ();
  GtkWidget *window = show_in_window (chart, 336, 180);
  g_autofree char *text = zifu_month_columns_dup_text (ZIFU_MONTH_COLUMNS (chart));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  graphene_rect_t highest = bounds_in (node_at (chart, "column", 3), chart), lowest = bounds_in (node_at (chart, "column", 5), chart);
  float base = lowest.origin.y + lowest.size.height;

  g_assert_cmpint ((int) g_strv_length (lines), ==, 12);
  g_assert_true (g_str_has_suffix (lines[5], "3,286.40 yuan, recorded"));
  g_assert_true (g_str_has_suffix (lines[6], "3,526.40 yuan, forecast"));
  gtk_test_accessible_assert_property (node_at (chart, "column", 5), GTK_ACCESSIBLE_PROPERTY_LABEL, lines[5]);
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_LABEL, "Personal account, balance at month end, 12 months");
  g_assert_true (gtk_widget_has_css_class (node_at (chart, "column", 6), "forecast"));
  g_assert_false (gtk_widget_has_css_class (node_at (chart, "column", 5), "forecast"));
  g_assert_cmpfloat (highest.size.height, >, lowest.size.height);
  g_assert_cmpfloat (highest.origin.y + highest.size.height, ==, base);
  assert_inside (chart, chart);
  close_window (window);
}

static void
test_months_keyboard (void)
{
  GtkWidget *chart = make_month_columns ();
  GtkWidget *window = show_in_window (chart, 336, 180);

  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  g_assert_true (gtk_widget_child_focus (chart, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_has_focus (node_at (chart, "column", 5)));
  g_assert_true (gtk_widget_child_focus (chart, GTK_DIR_RIGHT));
  g_assert_true (gtk_widget_has_focus (node_at (chart, "column", 6)));
  g_assert_true (gtk_widget_child_focus (chart, GTK_DIR_LEFT));
  g_assert_true (gtk_widget_child_focus (chart, GTK_DIR_LEFT));
  g_assert_true (gtk_widget_has_focus (node_at (chart, "column", 4)));
  g_assert_false (gtk_widget_child_focus (chart, GTK_DIR_TAB_FORWARD));
  zifu_month_columns_set_data (ZIFU_MONTH_COLUMNS (chart), NULL);
  settle (40);
  g_assert_null (node_at (chart, "column", 0));
  close_window (window);
}

static void
test_amount_label (void)
{
  GtkWidget *label = g_object_ref_sink (make_amount_label ());

  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "¥695.79");
  gtk_test_accessible_assert_property (label, GTK_ACCESSIBLE_PROPERTY_LABEL, "我要付 695.79 yuan");
  zifu_amount_label_set (GTK_LABEL (label), NULL, -12000, ZIFU_MONEY_STYLE_SIGNED);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "−120.00");
  g_assert_finalize_object (label);
}

int
main (int argc, char *argv[])
{
  init_widgets (&argc, &argv);
  g_test_add_data_func ("/widgets/new-destroy/pay-bar", make_pay_bar, test_new_destroy);
  g_test_add_data_func ("/widgets/new-destroy/pay-legend", make_pay_legend, test_new_destroy);
  g_test_add_data_func ("/widgets/new-destroy/months", make_month_columns, test_new_destroy);
  g_test_add_data_func ("/widgets/new-destroy/meter", zifu_meter_new, test_new_destroy);
  g_test_add_data_func ("/widgets/new-destroy/amount-label", make_amount_label, test_new_destroy);
  g_test_add_func ("/widgets/pay-bar/percent", test_percent);
  g_test_add_func ("/widgets/pay-bar/segments", test_bar_segments);
  g_test_add_func ("/widgets/pay-bar/brackets", test_bar_brackets);
  g_test_add_func ("/widgets/pay-bar/text", test_bar_text);
  g_test_add_func ("/widgets/pay-bar/keyboard", test_bar_keyboard);
  g_test_add_func ("/widgets/pay-legend", test_legend);
  g_test_add_func ("/widgets/meter", test_meter);
  g_test_add_func ("/widgets/months/columns", test_months);
  g_test_add_func ("/widgets/months/keyboard", test_months_keyboard);
  g_test_add_func ("/widgets/amount-label", test_amount_label);
  return g_test_run ();
}
