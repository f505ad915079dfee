/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-estimate-parts.h"

/* A bill of which only the total is known: between what my part lies, what is likely, and what would narrow it. */

static void
assert_case (Fixture *fixture, int i, const char *title, const ZifuSettlement *settlement)
{
  GtkWidget *row = row_of (range_part (fixture, "cases"), i);
  g_autofree char *amount = zifu_words_money (settlement->person, ZIFU_MONEY_STYLE_SYMBOL);
  g_autofree char *funds = zifu_words_money (settlement->fund_sum, ZIFU_MONEY_STYLE_LIST);

  g_assert_nonnull (row);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, title);
  assert_shows (row, amount);
  assert_shows (row, funds);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, title);
  g_assert_true (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
}

static void
assert_steps (Fixture *fixture, const ZifuSettlement *settlement)
{
  g_autoptr (GPtrArray) steps = zifu_words_steps (settlement);
  GtkWidget *list = part (result_of (fixture), "steps");

  for (guint i = 0; i < steps->len; i++)
    {
      const ZifuStepWords *step = g_ptr_array_index (steps, i);

      g_assert_nonnull (row_of (list, (int) i));
      g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row_of (list, (int) i))), ==, step->title);
    }
  g_assert_null (row_of (list, (int) steps->len));
}

static const char *
steps_tab (Fixture *fixture)
{
  GObject *page = gtk_widget_get_template_child (result_of (fixture), ZIFU_TYPE_RESULT_VIEW, "steps_page");

  return gtk_stack_page_get_title (GTK_STACK_PAGE (page));
}

/* R41: nobody knows what is likely, and nobody pretends to: the ends are those of the engine. */
static void
test_unknown (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuVisit) visit = new_visit ("inpatient", 4500000);
  g_autoptr (ZifuSettlement) least = NULL;
  g_autoptr (ZifuSettlement) most = NULL;
  GtkWidget *row = NULL;

  set_up_page (&fixture, FALSE, 1100, 760);
  zifu_visit_form_set_kind (ZIFU_VISIT_FORM (part (fixture.page, "form")), "inpatient");
  type (&fixture, "total", "45000");
  spin (SETTLED);
  least = settle_with (&fixture, visit, 4500000, 0);
  most = settle_with (&fixture, visit, 4500000, 4500000);
  g_assert_cmpint (least->person, ==, 685500);
  g_assert_cmpint (most->person, ==, 4500000);
  g_assert_cmpstr (label_of (hero_part (&fixture, "title")), ==, "I will pay, about");
  g_assert_cmpstr (label_of (hero_part (&fixture, "amount")), ==, "¥6,855 – 45,000");
  g_assert_cmpstr (label_of (hero_part (&fixture, "headline")), ==, "What is in the bill is not known yet, hence a range");
  g_assert_true (gtk_widget_get_mapped (hero_part (&fixture, "range_bar")));
  g_assert_false (gtk_widget_get_mapped (hero_part (&fixture, "bar")));
  g_assert_false (gtk_widget_get_mapped (hero_part (&fixture, "legend")));
  assert_case (&fixture, 0, "Least: all in scope", least);
  assert_case (&fixture, 2, "Most: all out of catalogue", most);
  row = row_of (range_part (&fixture, "cases"), 1);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "Likely: not known");
  assert_shows (row, "No earlier bill of this kind is recorded");
  g_assert_false (shows (row, "¥"));
  g_assert_false (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)));
  g_assert_null (row_of (range_part (&fixture, "cases"), 3));
  g_assert_cmpstr (steps_tab (&fixture), ==, "Steps (least case)");
  assert_steps (&fixture, least);

  /* A case opens its steps, whatever tab was looked at before; what is typed next leaves the case as it is. */
  zifu_estimate_page_show_tab (ZIFU_ESTIMATE_PAGE (fixture.page), "compare");
  g_assert_true (gtk_widget_activate (row_of (range_part (&fixture, "cases"), 2)));
  spin (50);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (part (result_of (&fixture), "stack"))), ==, "steps");
  g_assert_cmpstr (steps_tab (&fixture), ==, "Steps (most case)");
  assert_steps (&fixture, most);
  type (&fixture, "total", "45001");
  spin (SETTLED);
  g_assert_cmpstr (steps_tab (&fixture), ==, "Steps (most case)");
  g_assert_cmpstr (label_of (hero_part (&fixture, "amount")), ==, "¥6,855 – 45,001");
  tear_down (&fixture);
}

/* What was out of catalogue in the earlier bills of the person on screen, read without the code under test. */
static void
sum_earlier (Fixture *fixture, ZifuMoney *out, ZifuMoney *total, guint *n)
{
  g_autoptr (GPtrArray) entries
    = zifu_ledger_list_entries (fixture->ledger, zifu_session_get_member_id (fixture->session), &(ZifuEntryFilter) { 0 }, 1000, NULL);

  *out = *total = 0;
  *n = 0;
  for (guint i = 0; i < entries->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (ZifuSettlementRecord) record = NULL;

      if (entry->settlement_id != 0 && entry->kind == ZIFU_ENTRY_OUTPATIENT && entry->reversed_by == 0)
        record = zifu_ledger_get_settlement (fixture->ledger, entry->settlement_id, NULL);
      if (record == NULL || record->refunded || !g_str_equal (record->care, "outpatient"))
        continue;
      *out += record->out;
      *total += record->total;
      (*n)++;
    }
}

/* R41: with earlier bills the likely case is like them, and steps, comparison and copy follow it. */
static void
test_likely (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuVisit) visit = new_visit ("outpatient", 500000);
  g_autoptr (ZifuSettlement) likely = NULL;
  g_autofree char *count = NULL;
  g_autofree char *amount = NULL;
  GtkWidget *row = NULL;
  ZifuMoney out = 0, total = 0;
  guint n = 0;

  set_up_page (&fixture, TRUE, 1100, 760);
  type (&fixture, "total", "5000");
  spin (SETTLED);
  sum_earlier (&fixture, &out, &total, &n);
  g_assert_cmpuint (n, >, 1);
  g_assert_cmpint (out, >, 0);
  likely = settle_with (&fixture, visit, 500000, 500000 * out / total);
  assert_case (&fixture, 1, "Likely: like similar bills", likely);
  count = g_strdup_printf ("as in %u earlier bills", n);
  assert_shows (row_of (range_part (&fixture, "cases"), 1), count);
  g_assert_cmpstr (steps_tab (&fixture), ==, "Steps (likely case)");
  assert_steps (&fixture, likely);
  zifu_estimate_page_show_tab (ZIFU_ESTIMATE_PAGE (fixture.page), "compare");
  spin (SETTLED);
  row = find (part (result_of (&fixture), "compare"), GTK_TYPE_LABEL, "The visit entered");
  g_assert_nonnull (row);
  amount = zifu_words_money (likely->person, ZIFU_MONEY_STYLE_SYMBOL);
  assert_shows (gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX_ROW), amount);

  /* Somebody else without such bills: nothing is taken over. */
  {
    g_autoptr (GPtrArray) members = zifu_session_list_members (fixture.session);

    for (guint i = 0; i < members->len; i++)
      {
        zifu_session_set_member_id (fixture.session, ((ZifuMember *) g_ptr_array_index (members, i))->id);
        spin (SETTLED);
        sum_earlier (&fixture, &out, &total, &n);
        if (row_of (range_part (&fixture, "cases"), 1) != NULL)
          assert_shows (row_of (range_part (&fixture, "cases"), 1), n > 0 ? "Likely: like similar bills" : "Likely: not known");
      }
  }
  tear_down (&fixture);
}

static void
assert_narrows (int width)
{
  Fixture fixture = { NULL };
  GtkWidget *row = NULL, *scroll = NULL, *focus = NULL;
  gboolean narrow = width < 600;
  graphene_rect_t bounds;

  set_up_page (&fixture, FALSE, width, 640);
  type (&fixture, "total", "5000");
  spin (SETTLED);
  zifu_estimate_page_show_tab (ZIFU_ESTIMATE_PAGE (fixture.page), "steps");
  spin (SETTLED);
  row = row_of (range_part (&fixture, "questions"), 0);
  g_assert_nonnull (row);
  g_assert_null (row_of (range_part (&fixture, "questions"), 1));
  g_assert_true (gtk_widget_get_mapped (row));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "The list of drugs and tests");
  /* 5,000.00 less the 2,760.00 that I pay in any case. */
  assert_shows (row, "What is out of catalogue: up to 2,240.00");
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "What is out of catalogue: up to 2,240.00. Fill In");
  g_assert_true (gtk_widget_grab_focus (row));
  g_assert_true (gtk_widget_activate (row));
  spin (500);
  focus = gtk_root_get_focus (GTK_ROOT (fixture.window));
  g_assert_true (gtk_widget_is_ancestor (focus, bill_part (&fixture, "out")));
  g_assert_true (gtk_widget_get_mapped (focus));
  scroll = narrow ? part (result_of (&fixture), "scroll") : part (fixture.page, "side");
  g_assert_true (gtk_widget_compute_bounds (bill_part (&fixture, "out"), scroll, &bounds));
  g_assert_cmpint (bounds.origin.y, >=, 0);
  g_assert_cmpint (bounds.origin.y + bounds.size.height, <=, gtk_widget_get_height (scroll));

  /* The answer ends the range; taking it back begins it again. */
  type (&fixture, "out", "500");
  spin (SETTLED);
  zifu_estimate_page_show_tab (ZIFU_ESTIMATE_PAGE (fixture.page), "steps");
  g_assert_false (gtk_widget_get_mapped (range_part (&fixture, "cases")));
  g_assert_cmpstr (steps_tab (&fixture), ==, "Steps");
  g_assert_cmpstr (label_of (hero_part (&fixture, "title")), ==, "I will pay");
  type (&fixture, "out", "");
  spin (SETTLED);
  g_assert_true (gtk_widget_get_mapped (range_part (&fixture, "cases")));
  tear_down (&fixture);
}

static void
test_narrows (void)
{
  assert_narrows (1100);
}

static void
test_narrows_narrow (void)
{
  assert_narrows (360);
}

/* The button does what its row does. */
static void
test_button (void)
{
  Fixture fixture = { NULL };

  set_up_page (&fixture, FALSE, 1100, 760);
  type (&fixture, "total", "5000");
  spin (SETTLED);
  g_signal_emit_by_name (find (range_part (&fixture, "questions"), GTK_TYPE_BUTTON, "Fill In"), "clicked");
  spin (SETTLED);
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture.window)), bill_part (&fixture, "out")));
  tear_down (&fixture);
}

/* Where what is in the bill makes no difference there is no range; what cannot be used leaves the last one, dimmed. */
static void
test_states (void)
{
  Fixture fixture = { NULL };

  set_up_page (&fixture, FALSE, 1100, 760);
  type (&fixture, "total", "1000");
  spin (SETTLED);
  g_assert_cmpstr (label_of (hero_part (&fixture, "amount")), ==, "¥1,000.00");
  g_assert_false (gtk_widget_get_mapped (range_part (&fixture, "cases")));
  type (&fixture, "total", "5000");
  spin (SETTLED);
  g_assert_true (gtk_widget_get_mapped (range_part (&fixture, "cases")));
  type (&fixture, "total", "5000x");
  spin (SETTLED);
  g_assert_cmpstr (label_of (hero_part (&fixture, "amount")), ==, "¥2,760 – 5,000");
  g_assert_true (gtk_widget_get_mapped (range_part (&fixture, "cases")));
  g_assert_cmpfloat (gtk_widget_get_opacity (part (result_of (&fixture), "range")), <, 1);
  g_assert_cmpfloat (gtk_widget_get_opacity (hero_part (&fixture, "range_bar")), <, 1);
  type (&fixture, "total", "");
  spin (SETTLED);
  g_assert_false (gtk_widget_get_mapped (range_part (&fixture, "cases")));
  g_assert_false (gtk_widget_get_mapped (hero_part (&fixture, "range_bar")));
  type (&fixture, "total", "5000");
  zifu_visit_form_set_place (ZIFU_VISIT_FORM (part (fixture.page, "form")), "unfiled");
  spin (SETTLED);
  /* What Beijing takes off for unfiled care is known only between bounds: a range as well, and it says why. */
  g_assert_true (gtk_widget_get_mapped (range_part (&fixture, "cases")));
  g_assert_cmpstr (label_of (hero_part (&fixture, "headline")), ==, "A figure of the rules was not found exactly, hence a range");
  tear_down (&fixture);
}

/* What a screen reader is told: the bar, the amount, and the range once, 700 ms after the last change. */
static void
test_accessible (void)
{
  Fixture fixture = { NULL };

  set_up_page (&fixture, FALSE, 1100, 760);
  type (&fixture, "total", "10000");
  spin (900);
  gtk_test_accessible_assert_role (hero_part (&fixture, "range_bar"), GTK_ACCESSIBLE_ROLE_METER);
  gtk_test_accessible_assert_property (hero_part (&fixture, "range_bar"), GTK_ACCESSIBLE_PROPERTY_LABEL, "I will pay, about");
  gtk_test_accessible_assert_property (hero_part (&fixture, "range_bar"), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "at least 4,260, at most 10,000 yuan, of a bill of 10,000 yuan");
  gtk_test_accessible_assert_property (hero_part (&fixture, "amount"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "I will pay, about 4,260 to 10,000 yuan");
  /* It is announced when the typing has paused; on a busy machine that takes longer. */
  for (guint i = 0; i < 500; i++)
    if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (part (result_of (&fixture), "status")), GTK_ACCESSIBLE_PROPERTY_LABEL))
      break;
    else
      spin (20);
  gtk_test_accessible_assert_property (part (result_of (&fixture), "status"), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "I will pay about 4,260 to 10,000 yuan. What is in the bill is not known yet, hence a range");
  tear_down (&fixture);
}

static ZifuRangeBar *
show_bar (GtkWidget **window, int width)
{
  GtkWidget *bar = zifu_range_bar_new ();

  *window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (*window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (*window), width, 120);
  gtk_widget_set_valign (bar, GTK_ALIGN_START);
  gtk_window_set_child (GTK_WINDOW (*window), bar);
  gtk_window_present (GTK_WINDOW (*window));
  gtk_test_widget_wait_for_draw (*window);
  return ZIFU_RANGE_BAR (bar);
}

static GtkWidget *
block_of (ZifuRangeBar *bar, const char *css_name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (bar)); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (gtk_widget_get_css_name (child), css_name))
      return child;
  g_assert_not_reached ();
}

static graphene_rect_t
bounds_of (ZifuRangeBar *bar, GtkWidget *child)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_get_child_visible (child));
  g_assert_true (gtk_widget_compute_bounds (child, GTK_WIDGET (bar), &bounds));
  return bounds;
}

/* Whole yuan, the least down and the most up; the blocks in proportion to the bill. */
static void
test_bar (void)
{
  GtkWidget *window = NULL;
  ZifuRangeBar *bar = show_bar (&window, 600);
  g_autofree char *text = NULL;

  zifu_range_bar_set (bar, 59639, 69579, 83159, 120000);
  spin (100);
  text = zifu_range_bar_dup_text (bar);
  g_assert_cmpstr (text, ==, "at least 596, at most 832 yuan, likely 696 yuan, of a bill of 1,200 yuan");
  assert_shows (GTK_WIDGET (bar), "least 596");
  assert_shows (GTK_WIDGET (bar), "most 832");
  assert_shows (GTK_WIDGET (bar), "likely 696");
  assert_shows (GTK_WIDGET (bar), "bill 1,200");
  g_assert_cmpfloat (bounds_of (bar, block_of (bar, "certain")).size.width, ==, 600 * 59639 / 120000);
  g_assert_cmpfloat (bounds_of (bar, block_of (bar, "open")).origin.x, ==, 600 * 59639 / 120000);
  g_assert_cmpfloat (bounds_of (bar, block_of (bar, "whole")).origin.x, ==, 600 * 83159 / 120000);
  g_assert_cmpfloat (bounds_of (bar, block_of (bar, "tick")).origin.x, ==, 600 * 69579 / 120000 - 1);
  gtk_test_accessible_assert_property (GTK_WIDGET (bar), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 58.0);

  /* Nobody knows what is likely, and it may be nothing or all. */
  zifu_range_bar_set (bar, 0, ZIFU_RANGE_BAR_UNKNOWN, 120000, 120000);
  spin (100);
  g_assert_false (gtk_widget_get_child_visible (block_of (bar, "tick")));
  g_assert_false (gtk_widget_get_child_visible (block_of (bar, "certain")));
  g_assert_false (gtk_widget_get_child_visible (block_of (bar, "whole")));
  g_assert_cmpfloat (bounds_of (bar, block_of (bar, "open")).size.width, ==, 600);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Wherever the ends lie, no word lies on another one or outside. */
static void
test_bar_words (void)
{
  static const ZifuMoney whole = 12345678;
  static const int widths[] = { 150, 220, 300, 600 };

  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      GtkWidget *window = NULL;
      ZifuRangeBar *bar = show_bar (&window, widths[w]);

      for (int a = 0; a <= 10; a++)
        for (int b = a; b <= 10; b++)
          {
            graphene_rect_t seen[8];
            guint n = 0;

            zifu_range_bar_set (bar, whole * a / 10, (a + b) % 3 == 0 ? ZIFU_RANGE_BAR_UNKNOWN : whole * (a + b) / 20,
                                whole * b / 10, whole);
            spin (1);
            gtk_test_widget_wait_for_draw (window);
            for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (bar)); child != NULL;
                 child = gtk_widget_get_next_sibling (child))
              {
                if (!GTK_IS_LABEL (child) || !gtk_widget_get_child_visible (child))
                  continue;
                seen[n] = bounds_of (bar, child);
                g_assert_cmpfloat (seen[n].origin.x, >=, 0);
                g_assert_cmpfloat (seen[n].origin.x + seen[n].size.width, <=, gtk_widget_get_width (GTK_WIDGET (bar)));
                g_assert_cmpfloat (seen[n].origin.y + seen[n].size.height, <=, gtk_widget_get_height (GTK_WIDGET (bar)));
                for (guint i = 0; i < n; i++)
                  g_assert_false (graphene_rect_intersection (&seen[i], &seen[n], NULL));
                n++;
              }
            g_assert_cmpuint (n, >=, 2);
          }
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
test_bar_finalize (void)
{
  GtkWidget *bar = g_object_ref_sink (zifu_range_bar_new ());

  zifu_range_bar_set_compact (ZIFU_RANGE_BAR (bar), TRUE);
  g_assert_true (zifu_range_bar_get_compact (ZIFU_RANGE_BAR (bar)));
  g_assert_finalize_object (bar);
}

static void
check_width (int width)
{
  static const char *const tabs[] = { "visit", "steps", "compare", "curve" };
  static const char *const bills[] = { "5,000", "168,000.00", "1,234,567.00" };
  Fixture fixture = { NULL };

  set_up_page (&fixture, TRUE, width, 700);
  for (guint b = 0; b < G_N_ELEMENTS (bills); b++)
    {
      type (&fixture, "total", bills[b]);
      spin (SETTLED);
      for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
        {
          zifu_estimate_page_show_tab (ZIFU_ESTIMATE_PAGE (fixture.page), tabs[i]);
          spin (400);
          g_assert_cmpint (gtk_widget_get_width (fixture.window), ==, width);
          assert_inside (fixture.page, fixture.window);
        }
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

/* Narrow: the strip has the range and its bar, and the tab keeps its short name. */
static void
test_strip (void)
{
  Fixture fixture = { NULL };
  GtkWidget *strip = NULL;

  set_up_page (&fixture, FALSE, 360, 640);
  type (&fixture, "total", "5000");
  spin (SETTLED);
  strip = part (result_of (&fixture), "strip");
  assert_shows (strip, "I will pay about");
  assert_shows (strip, "¥2,760 – 5,000");
  g_assert_true (gtk_widget_get_mapped (part (strip, "range_bar")));
  g_assert_false (gtk_widget_get_mapped (part (strip, "legend")));
  g_assert_cmpstr (steps_tab (&fixture), ==, "Steps");
  zifu_estimate_page_show_tab (ZIFU_ESTIMATE_PAGE (fixture.page), "steps");
  spin (SETTLED);
  assert_shows (result_of (&fixture), "Steps (least case)");
  tear_down (&fixture);
}

/* A resident in Shanghai: nothing names a yearly limit of outpatient care there. */
static void
add_resident (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = zifu_member_new ();

  member->name = g_strdup ("Resident");
  member->relation = g_strdup ("self");
  member->sex = g_strdup ("1");
  member->birth = zifu_date_new (1986, 5, 20);
  member->region = g_strdup ("310000");
  member->insurance = g_strdup ("390");
  member->status = g_strdup ("resident");
  member->resident_class = g_strdup ("working");
  g_assert_cmpint (zifu_ledger_add_member (fixture->ledger, member, 0, zifu_date_new (2026, 1, 1), &error), >, 0);
  g_assert_no_error (error);
}

static void
assert_no_cap_told (Fixture *fixture, const char *name)
{
  GtkWidget *list = part (result_of (fixture), name);

  g_assert_true (gtk_widget_get_mapped (list));
  assert_shows (row_of (list, 0), "A yearly limit of the fund: none was found for this kind of care, so the figures go without one");
  g_assert_false (row_of (list, 1) != NULL && shows (row_of (list, 1), "A yearly limit of the fund"));
}

/* R41: whichever case is looked at, and in the comparison, too, it is said once what was not found. */
static void
test_left_out (void)
{
  Fixture fixture = { NULL };

  open_ledger (&fixture);
  add_resident (&fixture);
  show_page (&fixture, zifu_estimate_page_new, 1100, 760);
  type (&fixture, "total", "5000");
  spin (SETTLED);
  g_assert_cmpstr (label_of (hero_part (&fixture, "title")), ==, "I will pay, about");
  assert_no_cap_told (&fixture, "missing");

  /* At the most expensive end the fund pays nothing; the list stays that of the range. */
  g_assert_true (gtk_widget_activate (row_of (range_part (&fixture, "cases"), 2)));
  spin (SETTLED);
  g_assert_cmpstr (steps_tab (&fixture), ==, "Steps (most case)");
  assert_no_cap_told (&fixture, "missing");

  zifu_estimate_page_show_tab (ZIFU_ESTIMATE_PAGE (fixture.page), "compare");
  spin (SETTLED);
  assert_no_cap_told (&fixture, "compare_missing");
  tear_down (&fixture);
}

static void
test_chinese_child (void)
{
  Fixture fixture = { NULL };

  check_width (360);
  check_width (1100);
  set_up_page (&fixture, TRUE, 1100, 760);
  type (&fixture, "total", "５０００");
  spin (900);
  g_assert_cmpstr (label_of (hero_part (&fixture, "title")), ==, "我要付，大约");
  g_assert_cmpstr (label_of (hero_part (&fixture, "headline")), ==, "还不知道账单里有什么，所以是一个范围");
  assert_shows (hero_part (&fixture, "range_bar"), "最可能 ");
  assert_shows (part (result_of (&fixture), "range"), "填这些，范围会变小");
  assert_shows (part (result_of (&fixture), "range"), "药和检查的清单");
  assert_shows (part (result_of (&fixture), "range"), "哪些在目录外：最多相差 ");
  assert_shows (part (result_of (&fixture), "range"), "按三种情况");
  assert_shows (part (result_of (&fixture), "range"), "最少：全在范围内");
  assert_shows (part (result_of (&fixture), "range"), "最可能：按同类账单");
  assert_shows (part (result_of (&fixture), "range"), "最多：全在目录外");
  g_assert_nonnull (find (part (result_of (&fixture), "range"), GTK_TYPE_BUTTON, "填写"));
  g_assert_cmpstr (steps_tab (&fixture), ==, "步骤（按最可能）");
  tear_down (&fixture);
}

static void
test_chinese (void)
{
  in_chinese ("/range/R41/chinese/subprocess");
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  g_test_add_func ("/range/bar", test_bar);
  g_test_add_func ("/range/bar/words", test_bar_words);
  g_test_add_func ("/range/bar/finalize", test_bar_finalize);
  g_test_add_func ("/range/R41/unknown", test_unknown);
  g_test_add_func ("/range/R41/likely", test_likely);
  g_test_add_func ("/range/R41/narrows", test_narrows);
  g_test_add_func ("/range/R41/narrows/narrow", test_narrows_narrow);
  g_test_add_func ("/range/R41/button", test_button);
  g_test_add_func ("/range/R41/left-out", test_left_out);
  g_test_add_func ("/range/states", test_states);
  g_test_add_func ("/range/accessible", test_accessible);
  g_test_add_func ("/range/narrow", test_narrow);
  g_test_add_func ("/range/narrow/strip", test_strip);
  g_test_add_func ("/range/large-text", test_large_text);
  g_test_add_func ("/range/wide", test_wide);
  g_test_add_func ("/range/R41/chinese", test_chinese);
  g_test_add_func ("/range/R41/chinese/subprocess", test_chinese_child);
  return g_test_run ();
}
