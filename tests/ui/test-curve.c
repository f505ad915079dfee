/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-estimate-parts.h"

/* What I pay as the bill grows: the curve, its cursor, and why there is none. */

static ZifuBillCurve *
chart_of (Fixture *fixture)
{
  return ZIFU_BILL_CURVE (curve_part (fixture, "chart"));
}

/* Waits for the thread, and until the chart has its place. */
static void
wait_for_chart (Fixture *fixture)
{
  GtkWidget *chart = curve_part (fixture, "chart");

  for (guint i = 0; i < 500 && (!gtk_widget_get_mapped (chart) || gtk_widget_get_width (chart) == 0); i++)
    spin (20);
  g_assert_true (gtk_widget_get_mapped (chart));
  g_assert_cmpint (gtk_widget_get_width (chart), >, 0);
}

static void
wait_for_bill (Fixture *fixture, ZifuMoney bill)
{
  ZifuBillPoint point = { 0, 0 };

  for (guint i = 0; i < 500 && (!zifu_bill_curve_get_cursor (chart_of (fixture), &point) || point.bill != bill); i++)
    spin (20);
  g_assert_cmpint (point.bill, ==, bill);
}

static void
open_curve (Fixture *fixture, const char *total, const char *out)
{
  type (fixture, "total", total);
  if (out != NULL)
    type (fixture, "out", out);
  spin (SETTLED);
  zifu_estimate_page_show_tab (ZIFU_ESTIMATE_PAGE (fixture->page), "curve");
  wait_for_chart (fixture);
}

/* Presses a key on a widget: what its class has bound to it. */
static void
press (GtkWidget *widget, guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (!GTK_IS_KEYVAL_TRIGGER (trigger) || gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) != keyval)
            continue;
          g_assert_true (gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                                       gtk_shortcut_get_arguments (shortcut)));
          return;
        }
    }
  g_error ("nothing is bound to %s", gdk_keyval_name (keyval));
}

static ZifuBillPoint
cursor_of (ZifuBillCurve *chart)
{
  ZifuBillPoint point = { -1, -1 };

  g_assert_true (zifu_bill_curve_get_cursor (chart, &point));
  return point;
}

/* R41: every place of the cursor is the settlement of that bill, with the same share out of catalogue. */
static void
test_values (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuVisit) visit = new_visit ("outpatient", 120000);
  ZifuBillCurve *chart = NULL;
  ZifuBillPoint point, last = { -1, -1 };
  guint n = 0;

  set_up_page (&fixture, TRUE, 1100, 760);
  open_curve (&fixture, "1,200.00", "80");
  chart = chart_of (&fixture);
  point = cursor_of (chart);
  g_assert_cmpint (point.bill, ==, 120000);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (chart)));
  press (GTK_WIDGET (chart), GDK_KEY_Home);
  for (point = cursor_of (chart); point.bill != last.bill; point = cursor_of (chart))
    {
      g_autoptr (ZifuSettlement) settlement = settle_with (&fixture, visit, point.bill, 8000 * point.bill / 120000);
      g_autofree char *bill = zifu_words_money (point.bill, ZIFU_MONEY_STYLE_LIST);
      g_autofree char *pay = zifu_words_money (settlement->person, ZIFU_MONEY_STYLE_LIST);
      g_autofree char *text = g_strdup_printf ("Bill %s → I pay %s", bill, pay);

      g_assert_cmpint (point.pay, ==, settlement->person);
      g_assert_cmpint (point.bill, >, last.bill);
      assert_shows (GTK_WIDGET (chart), text);
      last = point;
      n++;
      press (GTK_WIDGET (chart), GDK_KEY_Right);
    }
  /* A hundred steps, and the bill and the deductible between them. */
  g_assert_cmpuint (n, >=, 101);
  g_assert_cmpuint (n, <=, 103);
  g_assert_cmpint (last.bill, ==, 300000);
  tear_down (&fixture);
}

/* The deductible and the cap are where the engine finds them, with what I pay there. */
static void
assert_mark (Fixture *fixture, const ZifuVisit *visit, ZifuGoal goal, const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPack) pack = zifu_session_dup_pack (fixture->session, &error);
  g_autoptr (ZifuPerson) person = zifu_session_dup_person (fixture->session, &error);
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autofree char *bill = NULL;
  g_autofree char *pay = NULL;
  GtkWidget *row = NULL;
  ZifuMoney total = 0;

  g_assert_true (zifu_find_bill (pack, person, visit, goal, &total, &error));
  g_assert_no_error (error);
  settlement = settle_with (fixture, visit, total, 0);
  bill = zifu_words_money (total, ZIFU_MONEY_STYLE_LIST);
  pay = zifu_words_money (settlement->person, ZIFU_MONEY_STYLE_LIST);
  row = find (curve_part (fixture, "points"), ADW_TYPE_ACTION_ROW, title);
  g_assert_nonnull (row);
  assert_shows (row, bill);
  assert_shows (row, pay);
}

static void
test_marks (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuVisit) outpatient = new_visit ("outpatient", 120000);
  g_autoptr (ZifuVisit) inpatient = new_visit ("inpatient", 40000000);
  g_autofree char *text = NULL;

  set_up_page (&fixture, FALSE, 1100, 760);
  open_curve (&fixture, "1,200.00", "0");
  assert_mark (&fixture, outpatient, ZIFU_GOAL_DEDUCTIBLE, "Deductible met");
  g_assert_null (find (curve_part (&fixture, "points"), ADW_TYPE_ACTION_ROW, "Cap reached"));
  g_assert_true (shows (curve_part (&fixture, "chart"), "deductible met"));
  g_assert_false (shows (curve_part (&fixture, "chart"), "cap reached"));
  zifu_visit_form_set_kind (ZIFU_VISIT_FORM (part (fixture.page, "form")), "inpatient");
  type (&fixture, "total", "400000");
  spin (SETTLED);
  wait_for_bill (&fixture, 40000000);
  assert_mark (&fixture, inpatient, ZIFU_GOAL_DEDUCTIBLE, "Deductible met");
  assert_mark (&fixture, inpatient, ZIFU_GOAL_CAP, "Cap reached");
  g_assert_true (shows (curve_part (&fixture, "chart"), "cap reached"));
  text = zifu_bill_curve_dup_text (chart_of (&fixture));
  g_assert_nonnull (strstr (text, "this bill: Bill 400,000.00 yuan, I pay "));
  g_assert_nonnull (strstr (text, "cap reached: Bill "));
  tear_down (&fixture);
}

/* Left and Right, Home and End, Page Up and Down; who leaves finds the bill again; a screen reader hears each place. */
static void
test_keyboard (void)
{
  Fixture fixture = { NULL };
  ZifuBillCurve *chart = NULL;
  ZifuMoney before = 0;

  set_up_page (&fixture, FALSE, 1100, 760);
  open_curve (&fixture, "10000", "0");
  chart = chart_of (&fixture);
  gtk_test_accessible_assert_role (GTK_WIDGET (chart), GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property (GTK_WIDGET (chart), GTK_ACCESSIBLE_PROPERTY_LABEL, "What I pay as the bill grows");
  gtk_test_accessible_assert_property (GTK_WIDGET (chart), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "Bill 10,000.00 yuan, I pay 4,260.00 yuan");
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (chart)));
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (chart)));
  press (GTK_WIDGET (chart), GDK_KEY_Right);
  g_assert_cmpint (cursor_of (chart).bill, >, 1000000);
  press (GTK_WIDGET (chart), GDK_KEY_Left);
  g_assert_cmpint (cursor_of (chart).bill, ==, 1000000);
  before = cursor_of (chart).bill;
  press (GTK_WIDGET (chart), GDK_KEY_Page_Up);
  g_assert_cmpint (cursor_of (chart).bill, >, before);
  press (GTK_WIDGET (chart), GDK_KEY_Page_Down);
  g_assert_cmpint (cursor_of (chart).bill, ==, before);
  press (GTK_WIDGET (chart), GDK_KEY_Home);
  g_assert_cmpint (cursor_of (chart).bill, ==, 0);
  gtk_test_accessible_assert_property (GTK_WIDGET (chart), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "Bill 0.00 yuan, I pay 0.00 yuan");
  press (GTK_WIDGET (chart), GDK_KEY_Left);
  g_assert_cmpint (cursor_of (chart).bill, ==, 0);
  press (GTK_WIDGET (chart), GDK_KEY_End);
  g_assert_cmpint (cursor_of (chart).bill, ==, zifu_bill_curve_choose_top (1000000, 180000));
  press (GTK_WIDGET (chart), GDK_KEY_Right);
  g_assert_cmpint (cursor_of (chart).bill, ==, zifu_bill_curve_choose_top (1000000, 180000));
  zifu_estimate_page_focus_bill (ZIFU_ESTIMATE_PAGE (fixture.page));
  spin (50);
  g_assert_cmpint (cursor_of (chart).bill, ==, 1000000);
  tear_down (&fixture);
}

/* The pointer reads out the point under it, and the bill again when it has left. */
static void
test_pointer (void)
{
  Fixture fixture = { NULL };
  g_autoptr (GListModel) controllers = NULL;
  GtkWidget *chart = NULL;
  gboolean found = FALSE;

  set_up_page (&fixture, FALSE, 1100, 760);
  open_curve (&fixture, "10000", "0");
  chart = curve_part (&fixture, "chart");
  controllers = gtk_widget_observe_controllers (chart);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_EVENT_CONTROLLER_MOTION (controller))
        continue;
      found = TRUE;
      g_signal_emit_by_name (controller, "motion", (double) gtk_widget_get_width (chart), 50.0);
      g_assert_cmpint (cursor_of (ZIFU_BILL_CURVE (chart)).bill, ==, zifu_bill_curve_choose_top (1000000, 180000));
      g_signal_emit_by_name (controller, "motion", 0.0, 50.0);
      g_assert_cmpint (cursor_of (ZIFU_BILL_CURVE (chart)).bill, ==, 0);
      g_signal_emit_by_name (controller, "leave");
      g_assert_cmpint (cursor_of (ZIFU_BILL_CURVE (chart)).bill, ==, 1000000);
    }
  g_assert_true (found);
  tear_down (&fixture);
}

/* Why there is no curve, and what to do: nothing typed, lines, a refusal. */
static void
test_states (void)
{
  Fixture fixture = { NULL };

  set_up_page (&fixture, FALSE, 1100, 760);
  zifu_estimate_page_show_tab (ZIFU_ESTIMATE_PAGE (fixture.page), "curve");
  assert_shows (curve_part (&fixture, "message"), "Type a bill, and the curve shows");
  g_assert_false (gtk_widget_get_mapped (curve_part (&fixture, "chart")));
  open_curve (&fixture, "5000", NULL);
  assert_shows (curve_part (&fixture, "chart"), "all of it in scope");
  g_assert_false (shows (curve_part (&fixture, "message"), ""));
  type (&fixture, "out", "500");
  spin (SETTLED);
  assert_shows (curve_part (&fixture, "chart"), "same mix as this one");
  zifu_visit_form_set_place (ZIFU_VISIT_FORM (part (fixture.page, "form")), "unfiled");
  spin (SETTLED);
  assert_shows (curve_part (&fixture, "message"), "A figure of the rules was not found exactly");
  g_assert_false (gtk_widget_get_mapped (curve_part (&fixture, "chart")));
  zifu_visit_form_set_place (ZIFU_VISIT_FORM (part (fixture.page, "form")), "local");
  spin (SETTLED);
  wait_for_chart (&fixture);
  zifu_bill_group_add_line (zifu_visit_form_get_bill (ZIFU_VISIT_FORM (part (fixture.page, "form"))), "drug", "B", 100000, 1);
  spin (SETTLED);
  assert_shows (curve_part (&fixture, "message"), "A bill that is entered line by line has no curve");
  assert_shows (curve_part (&fixture, "message"), "Enter it by its total");
  g_assert_false (gtk_widget_get_mapped (curve_part (&fixture, "chart")));
  g_assert_false (gtk_widget_get_mapped (curve_part (&fixture, "points")));
  tear_down (&fixture);
}

/* While somebody types, only the last bill is drawn; another person never sees the curve of the one before. */
static void
test_changes (void)
{
  static const char *const bills[] = { "5", "50", "500", "5000", "50000", "50001" };
  Fixture fixture = { NULL };
  g_autoptr (GPtrArray) members = NULL;

  set_up_page (&fixture, TRUE, 1100, 760);
  open_curve (&fixture, "3000", "0");
  for (guint i = 0; i < G_N_ELEMENTS (bills); i++)
    {
      type (&fixture, "total", bills[i]);
      spin (70);
    }
  wait_for_bill (&fixture, 5000100);
  members = zifu_session_list_members (fixture.session);
  for (guint i = 0; i < members->len; i++)
    {
      g_autoptr (ZifuVisit) visit = new_visit ("outpatient", 5000100);
      g_autoptr (ZifuSettlement) settlement = NULL;

      zifu_session_set_member_id (fixture.session, ((ZifuMember *) g_ptr_array_index (members, i))->id);
      if (i > 0)
        g_assert_false (gtk_widget_get_visible (curve_part (&fixture, "chart")));
      spin (SETTLED);
      wait_for_chart (&fixture);
      settlement = settle_with (&fixture, visit, 5000100, 0);
      g_assert_cmpint (cursor_of (chart_of (&fixture)).pay, ==, settlement->person);
    }
  /* A window that closes while the thread is at work. */
  type (&fixture, "total", "4999");
  spin (65);
  tear_down (&fixture);
}

/* The ends of the axes are round and have the bill and the deductible inside. */
static void
test_scale (void)
{
  g_assert_cmpint (zifu_bill_curve_choose_top (120000, 33770), ==, 300000);
  g_assert_cmpint (zifu_bill_curve_choose_top (0, 0), ==, 100000);
  g_assert_cmpint (zifu_bill_curve_choose_top (1, 180000), ==, 250000);
  for (ZifuMoney bill = 1; bill < ZIFU_GOAL_LARGEST_BILL / 3; bill = bill * 7 / 2 + 13)
    {
      ZifuMoney top = zifu_bill_curve_choose_top (bill, 180000);

      g_assert_cmpint (top, >=, bill * 5 / 2);
      g_assert_cmpint (top, >=, 180000);
      g_assert_cmpint (top % 1000, ==, 0);
      g_assert_cmpint (top, <=, MAX (bill * 5, 500000));
    }
}

static void
test_finalize (void)
{
  GtkWidget *chart = g_object_ref_sink (zifu_bill_curve_new ());
  g_autofree char *text = zifu_bill_curve_dup_text (ZIFU_BILL_CURVE (chart));
  ZifuBillPoint point;

  g_assert_cmpstr (text, ==, "");
  g_assert_false (zifu_bill_curve_get_cursor (ZIFU_BILL_CURVE (chart), &point));
  g_assert_finalize_object (chart);
}

static void
check_width (int width)
{
  static const char *const bills[] = { "1058", "168,000.00", "12,345,678.00" };
  Fixture fixture = { NULL };

  set_up_page (&fixture, TRUE, width, 700);
  zifu_estimate_page_show_tab (ZIFU_ESTIMATE_PAGE (fixture.page), "curve");
  spin (300);
  assert_inside (fixture.page, fixture.window);
  for (guint b = 0; b < G_N_ELEMENTS (bills); b++)
    {
      open_curve (&fixture, bills[b], "80");
      spin (300);
      g_assert_cmpint (gtk_widget_get_width (fixture.window), ==, width);
      assert_inside (fixture.page, fixture.window);
    }
  tear_down (&fixture);
}

static void
test_narrow (void)
{
  check_width (360);
}

static void
test_wide (void)
{
  check_width (1100);
}

static void
test_large_text (void)
{
  with_large_text (test_narrow);
}

static void
test_chinese_child (void)
{
  Fixture fixture = { NULL };

  check_width (360);
  set_up_page (&fixture, FALSE, 1100, 760);
  open_curve (&fixture, "10000", "0");
  assert_shows (part (result_of (&fixture), "curve"), "账单变大时，我付多少");
  assert_shows (curve_part (&fixture, "chart"), "账单 10,000.00 → 我付 4,260.00");
  assert_shows (curve_part (&fixture, "chart"), "全部自己付");
  assert_shows (curve_part (&fixture, "chart"), "基金付");
  assert_shows (curve_part (&fixture, "chart"), "过起付线");
  assert_shows (curve_part (&fixture, "chart"), "账单（元），目录外比例同这次");
  gtk_test_accessible_assert_property (curve_part (&fixture, "chart"), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "账单 10,000.00 元，我付 4,260.00 元");
  zifu_bill_group_add_line (zifu_visit_form_get_bill (ZIFU_VISIT_FORM (part (fixture.page, "form"))), "drug", "B", 100000, 1);
  spin (SETTLED);
  assert_shows (curve_part (&fixture, "message"), "逐项填写的账单没有曲线");
  tear_down (&fixture);
}

static void
test_chinese (void)
{
  in_chinese ("/curve/R41/chinese/subprocess");
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  g_test_add_func ("/curve/scale", test_scale);
  g_test_add_func ("/curve/finalize", test_finalize);
  g_test_add_func ("/curve/R41/values", test_values);
  g_test_add_func ("/curve/R41/marks", test_marks);
  g_test_add_func ("/curve/keyboard", test_keyboard);
  g_test_add_func ("/curve/pointer", test_pointer);
  g_test_add_func ("/curve/states", test_states);
  g_test_add_func ("/curve/R03/changes", test_changes);
  g_test_add_func ("/curve/narrow", test_narrow);
  g_test_add_func ("/curve/large-text", test_large_text);
  g_test_add_func ("/curve/wide", test_wide);
  g_test_add_func ("/curve/R41/chinese", test_chinese);
  g_test_add_func ("/curve/R41/chinese/subprocess", test_chinese_child);
  return g_test_run ();
}
