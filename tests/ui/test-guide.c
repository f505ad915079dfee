/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-page.h"

#include "zifu-answer-row.h"
#include "zifu-guide-page.h"

/* The answers to somebody of whom nothing but the person is known. */
static GPtrArray *
answers_of (ZifuPack *pack, const ZifuPerson *person, ZifuDate today)
{
  g_autoptr (ZifuRecord) record = zifu_record_new_for_person (person);

  return zifu_answers (pack, record, today);
}

static GtkWidget *
part (Fixture *fixture, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (fixture->page, ZIFU_TYPE_GUIDE_PAGE, name));
}

static GtkWidget *
find_answer (GtkWidget *root, const char *row)
{
  if (ZIFU_IS_ANSWER_ROW (root))
    return g_strcmp0 (zifu_answer_row_get_answer (ZIFU_ANSWER_ROW (root))->row, row) == 0 ? root : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_answer (child, row);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GPtrArray *
expect_answers (Fixture *fixture)
{
  g_autoptr (ZifuPack) pack = zifu_session_dup_pack (fixture->session, NULL);
  g_autoptr (ZifuPerson) person = zifu_session_dup_person (fixture->session, NULL);

  g_assert_nonnull (pack);
  g_assert_nonnull (person);
  return answers_of (pack, person, TODAY);
}

static void
set_up (Fixture *fixture, int width)
{
  open_ledger (fixture);
  add_sample (fixture);
  show_page (fixture, zifu_guide_page_new, width, 700);
}

static void
store_bill_cb (GtkWidget *page, gint64 bill, gint64 *store)
{
  *store = bill;
}

/* The five questions stand there with the answers that the words make of this person's data. */
static void
test_answers (void)
{
  Fixture fixture = { NULL };
  g_autoptr (GPtrArray) answers = NULL;
  const char *rows[] = { "R01", "R02", "R04", "R09", "R19" };

  set_up (&fixture, 800);
  answers = expect_answers (&fixture);
  g_assert_cmpuint (answers->len, >=, G_N_ELEMENTS (rows));
  for (guint i = 0; i < answers->len; i++)
    {
      const ZifuAnswer *answer = g_ptr_array_index (answers, i);
      GtkWidget *row = find_answer (fixture.page, answer->row);

      g_assert_nonnull (row);
      g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, answer->question);
      g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (row)), ==, answer->answer);
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
      spin (10);
      if (answer->in_your_case != NULL)
        assert_shows (row, answer->in_your_case);
      if (answer->why != NULL)
        assert_shows (row, answer->why);
      if (answer->source != NULL)
        assert_shows (row, answer->source);
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_nonnull (find_answer (fixture.page, rows[i]));
  tear_down (&fixture);
}

/* "Estimate with this bill" hands the bill of the answer over, to the fen. */
static void
test_estimate (void)
{
  Fixture fixture = { NULL };
  GtkWidget *row = NULL, *button = NULL;
  gint64 bill = 0;

  set_up (&fixture, 800);
  g_signal_connect (fixture.page, "estimate", G_CALLBACK (store_bill_cb), &bill);
  row = find_answer (fixture.page, "R01");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  spin (300);
  button = find (row, ADW_TYPE_ACTION_ROW, "Estimate with this bill");
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_activate (button));
  spin (20);
  g_assert_cmpint (bill, >, 0);
  g_assert_cmpint (bill, ==, zifu_answer_row_get_answer (ZIFU_ANSWER_ROW (row))->bill);
  tear_down (&fixture);
}

/* Search keeps what matches in either language, says when nothing does, and gives everything back. */
static void
test_search (void)
{
  Fixture fixture = { NULL };
  GtkStack *stack = NULL;

  set_up (&fixture, 800);
  stack = GTK_STACK (part (&fixture, "stack"));
  zifu_guide_page_set_search (ZIFU_GUIDE_PAGE (fixture.page), "充值");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "answers");
  g_assert_true (gtk_widget_get_mapped (find_answer (fixture.page, "R19")));
  g_assert_false (gtk_widget_get_visible (find_answer (fixture.page, "R09")));
  g_assert_false (gtk_widget_get_visible (gtk_widget_get_ancestor (find_answer (fixture.page, "R09"), ADW_TYPE_PREFERENCES_GROUP)));
  zifu_guide_page_set_search (ZIFU_GUIDE_PAGE (fixture.page), "xyzzy");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "none");
  spin (300);
  g_signal_emit_by_name (find (fixture.page, GTK_TYPE_BUTTON, "Show All Questions"), "clicked");
  spin (300);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "answers");
  g_assert_true (gtk_widget_get_visible (find_answer (fixture.page, "R09")));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (part (&fixture, "search"))), ==, "");
  tear_down (&fixture);
}

/* Another person on screen: other answers, and what stood open stays open. */
static void
test_person (void)
{
  Fixture fixture = { NULL };
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (GPtrArray) answers = NULL;

  set_up (&fixture, 800);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (find_answer (fixture.page, "R02")), TRUE);
  members = zifu_session_list_members (fixture.session);
  g_assert_cmpuint (members->len, ==, 3);
  for (guint i = 0; i < members->len; i++)
    {
      zifu_session_set_member_id (fixture.session, ((ZifuMember *) g_ptr_array_index (members, i))->id);
      spin (50);
      g_clear_pointer (&answers, g_ptr_array_unref);
      answers = expect_answers (&fixture);
      for (guint j = 0; j < answers->len; j++)
        {
          const ZifuAnswer *answer = g_ptr_array_index (answers, j);

          g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (find_answer (fixture.page, answer->row))), ==, answer->answer);
        }
      g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (find_answer (fixture.page, "R02"))));
    }
  tear_down (&fixture);
}

/* Without a person the page says what to do instead of answering for nobody. */
static void
test_nobody (void)
{
  Fixture fixture = { NULL };

  open_ledger (&fixture);
  show_page (&fixture, zifu_guide_page_new, 360, 640);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (part (&fixture, "stack"))), ==, "trouble");
  tear_down (&fixture);
}

static void
test_width (void)
{
  Fixture fixture = { NULL };
  g_autoptr (GPtrArray) answers = NULL;

  set_up (&fixture, 360);
  answers = expect_answers (&fixture);
  for (guint i = 0; i < answers->len; i++)
    adw_expander_row_set_expanded (
      ADW_EXPANDER_ROW (find_answer (fixture.page, ((ZifuAnswer *) g_ptr_array_index (answers, i))->row)), TRUE);
  spin (400);
  g_assert_cmpint (gtk_widget_get_width (fixture.window), ==, 360);
  assert_inside (fixture.page, fixture.window);
  tear_down (&fixture);
}

static void
test_focus (void)
{
  Fixture fixture = { NULL };
  GtkWidget *focus = NULL;

  set_up (&fixture, 800);
  zifu_guide_page_focus_search (ZIFU_GUIDE_PAGE (fixture.page));
  focus = gtk_root_get_focus (GTK_ROOT (fixture.window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, part (&fixture, "search")));
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  g_test_add_func ("/guide/R01-R02-R04-R09-R19/answers", test_answers);
  g_test_add_func ("/guide/R01/estimate", test_estimate);
  g_test_add_func ("/guide/search", test_search);
  g_test_add_func ("/guide/R02/person", test_person);
  g_test_add_func ("/guide/nobody", test_nobody);
  g_test_add_func ("/guide/width", test_width);
  g_test_add_func ("/guide/focus", test_focus);
  return g_test_run ();
}
