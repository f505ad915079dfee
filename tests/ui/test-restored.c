/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-estimate-parts.h"
#include "test-fits.h"
#include "test-household.h"

#include "zifu-estimator-cover.h"

/* R32: a visit today, and on the other side of a change of the coverage. */

static GtkWidget *
form_part (Fixture *fixture, const char *name)
{
  return part (part (fixture->page, "form"), name);
}

static void
show_estimate (Fixture *fixture, int width)
{
  show_page (fixture, zifu_estimate_page_new, width, 900);
  spin (SETTLED);
}

static void
type_in_scope (Fixture *fixture, const char *total)
{
  type (fixture, "total", total);
  type (fixture, "out", "0");
  spin (SETTLED);
}

static void
choose_stay (Fixture *fixture)
{
  zifu_visit_form_set_kind (ZIFU_VISIT_FORM (part (fixture->page, "form")), "inpatient");
  spin (SETTLED);
}

static const char *
cover_text (Fixture *fixture)
{
  return gtk_label_get_label (GTK_LABEL (form_part (fixture, "cover_text")));
}

/* Suspended in January, and covered again in March: one month of the waiting period is still to come. */
static void
add_waiting (Fixture *fixture)
{
  gint64 id = household_add (fixture->ledger, "Waiting", "self", "1984-03-12", "flexible", 0);

  household_pay (fixture->ledger, id, zifu_month_new (2024, 1), zifu_month_new (2025, 12));
  household_pay (fixture->ledger, id, zifu_month_new (2026, 10), zifu_month_new (2026, 11));
}

/* By hand: the fund pays nothing of 10,000.00 today; with full benefits 85% of what lies above 1,300.00, and 2,605.00 are mine. */
static void
test_waiting (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ZifuPack) pack = NULL;
  g_autoptr (ZifuPerson) person = NULL;
  g_auto (GStrv) words = NULL;
  ZifuCoverOther other = { NULL };
  GtkWidget *button;

  open_ledger (&fixture);
  add_waiting (&fixture);
  show_estimate (&fixture, 1100);
  pack = zifu_session_dup_pack (fixture.session, NULL);
  person = zifu_session_dup_person (fixture.session, NULL);
  zifu_cover_other_set_person (&other, pack, person, TODAY);
  g_assert_nonnull (other.plan);
  g_assert_cmpint (other.plan->state, ==, ZIFU_COVERAGE_WAITING);
  g_assert_nonnull (other.option);
  g_assert_cmpint (other.option->back, >, zifu_month_of (TODAY));

  /* Before a bill is typed the change is told without figures. */
  g_assert_true (gtk_widget_get_visible (form_part (&fixture, "cover_row")));
  g_assert_nonnull (strstr (cover_text (&fixture), "Waiting period. Full benefits from"));
  g_assert_null (strstr (cover_text (&fixture), "I would pay"));

  choose_stay (&fixture);
  type_in_scope (&fixture, "10000");
  g_assert_cmpstr (label_of (hero_part (&fixture, "amount")), ==, "\302\24510,000.00");
  g_assert_nonnull (strstr (cover_text (&fixture), "I would pay 2,605.00 then."));

  /* The button is reached with the keyboard, and sets the day; from there it leads back. */
  button = form_part (&fixture, "cover_button");
  g_assert_true (gtk_widget_get_visible (button));
  g_assert_true (gtk_widget_grab_focus (button));
  g_assert_true (gtk_widget_activate (button));
  spin (600);
  g_assert_cmpstr (label_of (hero_part (&fixture, "amount")), ==, "\302\2452,605.00");
  g_assert_nonnull (strstr (cover_text (&fixture), "With full benefits again"));
  g_assert_nonnull (strstr (cover_text (&fixture), "Today I would pay 10,000.00."));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Set Today");
  g_assert_true (gtk_widget_activate (button));
  spin (600);
  g_assert_cmpstr (label_of (hero_part (&fixture, "amount")), ==, "\302\24510,000.00");
  zifu_cover_other_clear (&other);
  tear_down (&fixture);
}

/* Suspended, and repaired at once: today with the gap, and the same day without it. */
static void
test_suspended (void)
{
  Fixture fixture = { NULL };

  open_ledger (&fixture);
  household_add_interrupted (fixture.ledger, "Zhou Yuqing", "self");
  show_estimate (&fixture, 360);
  choose_stay (&fixture);
  type_in_scope (&fixture, "10000");
  g_assert_cmpstr (label_of (hero_part (&fixture, "amount")), ==, "\302\24510,000.00");
  g_assert_nonnull (strstr (cover_text (&fixture), "Suspended. Full benefits from this month"));
  g_assert_nonnull (strstr (cover_text (&fixture), "I would pay 2,605.00 then."));
  g_assert_false (gtk_widget_get_visible (form_part (&fixture, "cover_button")));
  assert_fits (fixture.page, fixture.page);

  /* Next month it may be paid: the estimate says on what it rests. */
  g_assert_true (gtk_widget_activate_action (fixture.page, "estimate.date", "i", (gint32) zifu_date_new (2026, 12, 10)));
  spin (SETTLED);
  g_assert_cmpstr (label_of (hero_part (&fixture, "amount")), ==, "\302\2452,605.00");
  g_assert_nonnull (strstr (cover_text (&fixture), "With full benefits again"));
  g_assert_nonnull (strstr (cover_text (&fixture), "Today I would pay 10,000.00."));
  tear_down (&fixture);
}

/* Covered people see nothing new, retired ones and residents among them; nor does somebody of whom no contribution is known. */
static void
test_covered (void)
{
  Fixture fixture = { NULL };
  g_autoptr (GPtrArray) members = NULL;

  set_up_page (&fixture, TRUE, 1100, 760);
  members = zifu_session_list_members (fixture.session);
  for (guint i = 0; i < members->len; i++)
    {
      zifu_session_set_member_id (fixture.session, ((ZifuMember *) g_ptr_array_index (members, i))->id);
      spin (SETTLED);
      g_assert_false (gtk_widget_get_visible (form_part (&fixture, "cover_row")));
    }
  tear_down (&fixture);

  fixture = (Fixture){ NULL };
  set_up_page (&fixture, FALSE, 1100, 760);
  g_assert_false (gtk_widget_get_visible (form_part (&fixture, "cover_row")));
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/restored/R32/waiting", test_waiting);
  g_test_add_func ("/restored/R32/suspended", test_suspended);
  g_test_add_func ("/restored/R32/covered", test_covered);
  return g_test_run ();
}
