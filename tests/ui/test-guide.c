/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-page.h"

#include "zifu-answer-row.h"
#include "zifu-guide-page.h"

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
  g_autoptr (ZifuRecord) record = zifu_session_dup_record (fixture->session, NULL);

  g_assert_nonnull (pack);
  g_assert_nonnull (record);
  return zifu_answers (pack, record, TODAY);
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

static GPtrArray *
lines_of (const char *first, const char *second)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (lines, g_strdup (first));
  if (second != NULL)
    g_ptr_array_add (lines, g_strdup (second));
  return lines;
}

/* An answer with everything that an answer can have, made up for the test. */
static ZifuAnswer *
full_answer (void)
{
  ZifuAnswer *answer = g_new0 (ZifuAnswer, 1);
  ZifuCauseWords *full = g_new0 (ZifuCauseWords, 1), *bare = g_new0 (ZifuCauseWords, 1);

  full->name = "card-lost";
  full->title = g_strdup ("The card is reported lost");
  full->weight = g_strdup ("The data show it");
  full->sure = TRUE;
  full->evidence = lines_of ("Evidence of a loss that takes more than one line in a window of three hundred and sixty", NULL);
  full->remedy = g_strdup ("Take the report back or order another card");
  full->where = g_strdup ("The bank of the card");
  full->papers = lines_of ("Identity card", "Zweckverband");
  full->source = g_strdup ("Some document");
  full->url = g_strdup ("https://www.gov.cn/");
  full->unverified = TRUE;
  bare->name = "spent";
  bare->evidence = g_ptr_array_new_with_free_func (g_free);
  bare->papers = g_ptr_array_new_with_free_func (g_free);
  answer->row = "R06";
  answer->section = g_strdup ("Section");
  answer->question = g_strdup ("Why is it refused?");
  answer->steps = lines_of ("First this", "Then that");
  answer->papers = lines_of ("Receipt", NULL);
  answer->points = g_ptr_array_new_with_free_func (g_free);
  answer->where = g_strdup ("The counter of the bureau");
  answer->causes = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_cause_words_free);
  g_ptr_array_add (answer->causes, full);
  g_ptr_array_add (answer->causes, bare);
  return answer;
}

static GtkWidget *
show_row (Fixture *fixture, GtkWidget *row)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "child", group, NULL);

  gtk_widget_add_css_class (group, "answers");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_window_set_child (GTK_WINDOW (fixture->window), scroller);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 700);
  spin (200);
  return row;
}

/* Everything stands there with its heading, fits a telephone, is read as a whole, and can be reached and ticked with the keyboard. */
static void
test_causes (void)
{
  static const char *const texts[] = {
    "The card is reported lost", "The data show it", "Evidence of a loss", "Take the report back", "The bank of the card", "Identity card",
    "Some document", "First this", "Then that", "The counter of the bureau", "Receipt", "spent",
  };
  Fixture fixture = { NULL };
  GtkWidget *row, *cause, *check;

  set_up (&fixture, 360);
  row = show_row (&fixture, zifu_answer_row_new (full_answer ()));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  spin (400);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_shows (row, texts[i]);
  assert_shows (row, "What to do");
  assert_shows (row, "What to bring");
  g_assert_nonnull (find (row, ZIFU_TYPE_UNVERIFIED_MARK, NULL));
  g_assert_cmpint (gtk_widget_get_width (fixture.window), ==, 360);
  assert_inside (row, fixture.window);

  cause = gtk_widget_get_ancestor (find (row, GTK_TYPE_LABEL, "The card is reported lost"), ADW_TYPE_PREFERENCES_ROW);
  gtk_test_accessible_assert_property (cause, GTK_ACCESSIBLE_PROPERTY_LABEL, "The card is reported lost");
  g_assert_true (gtk_widget_get_focusable (cause));
  g_assert_true (gtk_widget_grab_focus (cause));

  check = find (row, GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_test_accessible_assert_property (check, GTK_ACCESSIBLE_PROPERTY_LABEL, "Identity card");
  g_assert_true (gtk_widget_grab_focus (check));
  g_assert_true (gtk_widget_activate (check));
  spin (50);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));

  /* Answered anew: what is ticked stays ticked, and the row stays open. */
  zifu_answer_row_set_answer (ZIFU_ANSWER_ROW (row), full_answer ());
  spin (50);
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (find (row, GTK_TYPE_CHECK_BUTTON, NULL))));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture.window)), row));
  tear_down (&fixture);
}

/* Search finds an answer by the words of its causes, and a text that is missing does no harm. */
static void
test_search_causes (void)
{
  g_autoptr (ZifuAnswer) answer = full_answer ();

  g_assert_true (zifu_answer_matches (answer, "reported lost"));
  g_assert_true (zifu_answer_matches (answer, "bank"));
  g_assert_true (zifu_answer_matches (answer, "zweckverband"));
  g_assert_false (zifu_answer_matches (answer, "xyzzy"));
}

static AdwComboRow *
find_choice (GtkWidget *root, const char *title)
{
  GtkWidget *row = find (root, ADW_TYPE_COMBO_ROW, title);

  g_assert_nonnull (row);
  return ADW_COMBO_ROW (row);
}

/* R06: what the person states counts at once and for that person only, and nothing of it is stored. */
static void
test_stated (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuRecord) record = NULL;
  g_autoptr (ZifuRecord) other = NULL;
  g_autoptr (ZifuRecord) anew = NULL;
  g_autoptr (ZifuSession) later = NULL;
  g_autoptr (GPtrArray) members = NULL;
  GtkWidget *row, *questions, *answer;
  gint64 first;

  set_up (&fixture, 360);
  first = zifu_session_get_member_id (fixture.session);
  answer = find_answer (fixture.page, "R06");
  if (answer != NULL)
    row = answer;
  else
    {
      row = show_row (&fixture, zifu_answer_row_new (full_answer ()));
      zifu_answer_row_ask (ZIFU_ANSWER_ROW (row), fixture.session);
    }
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  spin (300);
  questions = find (row, ADW_TYPE_EXPANDER_ROW, "What do you know?");
  g_assert_nonnull (questions);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (questions), TRUE);
  spin (300);
  assert_inside (row, fixture.window);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (find_choice (questions, "Card or electronic credential"))));
  adw_combo_row_set_selected (find_choice (questions, "Card or electronic credential"), ZIFU_CARD_LOST);
  adw_combo_row_set_selected (find_choice (questions, "Where it was refused"), 3);
  spin (100);
  assert_shows (questions, "2 statements count until the program ends");
  record = zifu_session_dup_record (fixture.session, NULL);
  g_assert_cmpint (record->card, ==, ZIFU_CARD_LOST);
  g_assert_nonnull (record->refused);
  g_assert_cmpstr (zifu_facts_get_string (record->refused->facts, "remote"), ==, "unfiled");
  if (answer != NULL)
    {
      const ZifuAnswer *shown = zifu_answer_row_get_answer (ZIFU_ANSWER_ROW (answer));
      gboolean lost = FALSE, unfiled = FALSE;

      for (guint i = 0; i < shown->causes->len; i++)
        {
          const ZifuCauseWords *cause = g_ptr_array_index (shown->causes, i);

          lost |= g_strcmp0 (cause->name, "card-lost") == 0;
          unfiled |= g_strcmp0 (cause->name, "unfiled") == 0;
        }
      g_assert_true (lost);
      g_assert_true (unfiled);
      g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (fixture.window)), questions));
    }

  members = zifu_session_list_members (fixture.session);
  for (guint i = 0; i < members->len; i++)
    if (((ZifuMember *) g_ptr_array_index (members, i))->id != first)
      zifu_session_set_member_id (fixture.session, ((ZifuMember *) g_ptr_array_index (members, i))->id);
  spin (100);
  other = zifu_session_dup_record (fixture.session, NULL);
  g_assert_cmpint (other->card, ==, ZIFU_CARD_UNKNOWN);
  g_assert_null (other->refused);
  zifu_session_set_member_id (fixture.session, first);
  spin (100);
  g_assert_cmpuint (adw_combo_row_get_selected (find_choice (questions, "Card or electronic credential")), ==, ZIFU_CARD_LOST);

  later = zifu_session_new (fixture.ledger, fixture.library, TODAY);
  anew = zifu_session_dup_record (later, NULL);
  g_assert_cmpint (anew->card, ==, ZIFU_CARD_UNKNOWN);
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

static GtkWidget *
focus_of (Fixture *fixture)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  g_assert_nonnull (focus);
  return focus;
}

/* Moves on until what has the focus shows @text; a button on the way, such as that of a source, is a stop as well. */
static void
move_to (Fixture *fixture, GtkDirectionType direction, const char *text)
{
  for (guint i = 0; i < 8; i++)
    {
      g_assert_true (gtk_widget_child_focus (fixture->window, direction));
      if (shows (focus_of (fixture), text))
        return;
    }
  assert_shows (focus_of (fixture), text);
}

/* By the keyboard alone: search, go into the answer, read it part by part, follow the button; from the search Escape gives all back. */
static void
test_keyboard (void)
{
  static const char *const parts[] = { "In your case", "Why", "Source", "Estimate with this bill" };
  Fixture fixture = { NULL };
  GtkWidget *row = NULL;
  gint64 bill = 0;

  set_up (&fixture, 800);
  g_signal_connect (fixture.page, "estimate", G_CALLBACK (store_bill_cb), &bill);
  zifu_guide_page_focus_search (ZIFU_GUIDE_PAGE (fixture.page));
  zifu_guide_page_set_search (ZIFU_GUIDE_PAGE (fixture.page), "too low");
  spin (300);
  row = find_answer (fixture.page, "R01");
  while (gtk_widget_is_ancestor (focus_of (&fixture), part (&fixture, "search")))
    g_assert_true (gtk_widget_child_focus (fixture.window, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_is_ancestor (focus_of (&fixture), row));
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));
  g_assert_true (gtk_widget_activate (focus_of (&fixture)));
  spin (500);
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    move_to (&fixture, GTK_DIR_DOWN, parts[i]);
  g_assert_true (gtk_widget_activate (focus_of (&fixture)));
  spin (20);
  g_assert_cmpint (bill, ==, zifu_answer_row_get_answer (ZIFU_ANSWER_ROW (row))->bill);
  /* And back up to the question, which closes again. */
  move_to (&fixture, GTK_DIR_UP, "My balance is too low");
  g_assert_true (gtk_widget_activate (focus_of (&fixture)));
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)));
  g_signal_emit_by_name (part (&fixture, "search"), "stop-search");
  spin (300);
  g_assert_true (gtk_widget_get_visible (find_answer (fixture.page, "R09")));
  g_assert_true (gtk_widget_is_ancestor (focus_of (&fixture), part (&fixture, "search")));
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
  g_test_add_func ("/guide/R01/keyboard", test_keyboard);
  g_test_add_func ("/guide/R06/causes", test_causes);
  g_test_add_func ("/guide/R06/search-causes", test_search_causes);
  g_test_add_func ("/guide/R06/stated", test_stated);
  return g_test_run ();
}
