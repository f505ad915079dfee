/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sqlite3.h>

#include "test-fits.h"

#include "zifu-account-facts.h"
#include "zifu-account-page.h"
#include "zifu-day-text.h"
#include "zifu-fund-card.h"
#include "zifu-month-columns.h"
#include "zifu-purse-card.h"
#include "zifu-ui-rows.h"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  open_ledger (fixture);
  add_sample (fixture);
  show_page (fixture, zifu_account_page_new, GPOINTER_TO_INT (data), 900);
}

static void
tear_down_page (Fixture *fixture, gconstpointer data)
{
  tear_down (fixture);
}

static gint64
find_member (Fixture *fixture, const char *relation)
{
  g_autoptr (GPtrArray) members = zifu_session_list_members (fixture->session);

  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);

      if (g_strcmp0 (member->relation, relation) == 0)
        return member->id;
    }
  g_assert_not_reached ();
}

/* R09: two purses, each headed in its own way, and nowhere their sum. */
static void
test_purses (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuAccountFacts) facts = zifu_account_facts_read (fixture->session);
  g_autofree char *headline = NULL;
  g_autofree char *sum = NULL;
  ZifuMoney balance;
  GtkWidget *purse = find (fixture->page, ZIFU_TYPE_PURSE_CARD, NULL);
  GtkWidget *fund = find (fixture->page, ZIFU_TYPE_FUND_CARD, NULL);

  g_assert_nonnull (purse);
  g_assert_nonnull (fund);
  g_assert_true (zifu_ledger_get_balance (fixture->ledger, facts->member->id, &balance, NULL, NULL));
  g_assert_cmpint (facts->balance, ==, balance);
  headline = zifu_words_money (balance, ZIFU_MONEY_STYLE_SYMBOL);
  assert_shows (purse, headline);
  g_assert_false (shows (fund, headline));
  assert_shows (fund, "outpatient 70%");
  assert_shows (fund, "inpatient from 85%");

  sum = zifu_words_money (balance + facts->inpatient.limit - facts->inpatient.used, ZIFU_MONEY_STYLE_LIST);
  g_assert_false (shows (fixture->page, sum));
  g_assert_false (shows (fixture->page, "Total"));
  gtk_test_accessible_assert_role (purse, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (purse, GTK_ACCESSIBLE_PROPERTY_LABEL, "Personal account, my money");
  gtk_test_accessible_assert_property (fund, GTK_ACCESSIBLE_PROPERTY_LABEL, "Pooled fund, a right, not a balance");
  assert_fits (fixture->page, fixture->page);
}

/* R09: the gauges stand where the counters of the ledger stand, at the limits of the region's rules. */
static void
test_gauges (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuAccountFacts) facts = zifu_account_facts_read (fixture->session);
  g_autoptr (ZifuPerson) person = zifu_session_dup_person (fixture->session, NULL);
  guint checked = 0;

  g_assert_cmpint (facts->outpatient.need, ==, 180000);
  g_assert_cmpint (facts->inpatient.limit, ==, 10000000);
  g_assert_cmpstr (facts->outpatient.counter, ==, "op_ded");
  for (guint i = 0; i < person->counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (person->counters, ZifuCounterValue, i);

      if (g_strcmp0 (counter->name, "op_ded") == 0)
        {
          g_assert_true (zifu_rational_equal (counter->value, zifu_rational_from_fen (facts->outpatient.met)));
          checked++;
        }
      else if (g_strcmp0 (counter->name, "pool_fund") == 0)
        {
          g_assert_true (zifu_rational_equal (counter->value, zifu_rational_from_fen (facts->inpatient.used)));
          checked++;
        }
    }
  g_assert_cmpuint (checked, ==, 2);
  g_assert_true (facts->inpatient.has_next);
  g_assert_cmpstr (facts->inpatient.next_payer, ==, "hifob");
}

/* R17: the next credit, the figures behind it, and the curve that follows from it. */
static void
test_credit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuAccountFacts) facts = zifu_account_facts_read (fixture->session);

  g_assert_cmpint (facts->credit, ==, 24000);
  /* The list of the next credits says of this one that its rule is unverified: so does the card, base or not. */
  g_assert_true (facts->credit_unverified && facts->credit_base > 0);
  g_assert_nonnull (find (find (fixture->page, ZIFU_TYPE_PURSE_CARD, NULL), ZIFU_TYPE_UNVERIFIED_MARK, NULL));
  g_assert_cmpint (facts->credit_on, ==, zifu_date_new (2026, 12, 5));
  assert_shows (fixture->page, "+240.00");
  assert_shows (fixture->page, "Contribution base 12,000 × 2%");
  g_assert_cmpuint (facts->columns->len, ==, 12);
  for (guint i = 0; i < 12; i++)
    {
      const ZifuMonthColumn *column = &g_array_index (facts->columns, ZifuMonthColumn, i);

      g_assert_cmpint (column->month, ==, zifu_month_new (2026, 6) + (int) i);
      g_assert_cmpint (column->forecast, ==, i >= 6);
      if (i >= 5)
        g_assert_cmpint (column->balance, ==, facts->balance + 24000 * (ZifuMoney) (i - 5));
    }
}

static void
test_month (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuAccountFacts) facts = zifu_account_facts_read (fixture->session);
  g_autoptr (GPtrArray) entries = NULL;
  ZifuEntryFilter filter = { 0 };
  ZifuMoney income = 0, outlay = 0, family = 0;

  entries = zifu_ledger_list_entries (fixture->ledger, facts->member->id, &filter, 1000, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (entries, i);

      if (zifu_month_of (entry->date) != zifu_month_of (TODAY))
        continue;
      if (entry->kind == ZIFU_ENTRY_OPENING)
        continue;
      if (entry->amount > 0)
        income += entry->amount;
      else
        outlay += entry->amount;
      if (entry->kind == ZIFU_ENTRY_FAMILY)
        family += entry->amount;
    }
  g_assert_cmpint (facts->month_income, ==, income);
  g_assert_cmpint (facts->month_outlay, ==, outlay);
  g_assert_cmpint (facts->month_family, ==, family);
}

static void
toast_cb (GtkWidget *page, AdwToast *toast, AdwToast **kept)
{
  g_set_object (kept, toast);
}

/* R24: one step ends the permission, one step brings it back. */
static void
test_end_tie (Fixture *fixture, gconstpointer data)
{
  gint64 owner = zifu_session_get_member_id (fixture->session);
  g_autoptr (GArray) before = zifu_ledger_list_ties (fixture->ledger, owner, NULL);
  g_autoptr (GArray) after = NULL;
  g_autoptr (GArray) again = NULL;
  g_autoptr (AdwToast) toast = NULL;
  ZifuMutualTie tie;

  g_assert_cmpuint (before->len, >, 0);
  tie = g_array_index (before, ZifuMutualTie, 0);
  g_signal_connect (fixture->page, "toast", G_CALLBACK (toast_cb), &toast);
  g_assert_true (gtk_widget_activate_action (fixture->page, "account.end-tie", "x", tie.relative_id));
  spin (20);
  after = zifu_ledger_list_ties (fixture->ledger, owner, NULL);
  g_assert_cmpuint (after->len, ==, before->len - 1);
  assert_shows (fixture->page, "No relative may use this account.");

  g_assert_nonnull (toast);
  g_signal_emit_by_name (toast, "button-clicked");
  spin (20);
  again = zifu_ledger_list_ties (fixture->ledger, owner, NULL);
  g_assert_cmpuint (again->len, ==, before->len);
  g_assert_cmpint (g_array_index (again, ZifuMutualTie, 0).relative_id, ==, tie.relative_id);
  g_assert_cmpint (g_array_index (again, ZifuMutualTie, 0).quota, ==, tie.quota);
  g_clear_object (&toast);
}

/* R03: a resident has one purse, and is told why. */
static void
test_resident (Fixture *fixture, gconstpointer data)
{
  GtkWidget *record;

  zifu_session_set_member_id (fixture->session, find_member (fixture, "child"));
  spin (50);
  g_assert_null (find (fixture->page, ZIFU_TYPE_PURSE_CARD, NULL));
  g_assert_nonnull (find (fixture->page, ZIFU_TYPE_FUND_CARD, NULL));
  assert_shows (fixture->page, "There is no personal account");
  assert_shows (fixture->page, "resident insurance (Beijing)");
  /* There is no curve: what would stand beside it fills the width. */
  wait_for_frame (fixture->page);
  record = find (fixture->page, ADW_TYPE_ACTION_ROW, "Insurance Record");
  g_assert_nonnull (record);
  g_assert_cmpint (gtk_widget_get_width (record), >, 600);
  assert_fits (fixture->page, fixture->page);
}

static void
test_retired (Fixture *fixture, gconstpointer data)
{
  zifu_session_set_member_id (fixture->session, find_member (fixture, "parent"));
  spin (50);
  assert_shows (fixture->page, "Retired, no contributions due");
  g_assert_nonnull (find (fixture->page, ZIFU_TYPE_PURSE_CARD, NULL));
  assert_fits (fixture->page, fixture->page);
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  GtkWidget *purse, *fund;
  graphene_rect_t upper, lower;

  zifu_account_page_set_narrow (ZIFU_ACCOUNT_PAGE (fixture->page), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 640);
  spin (200);
  purse = find (fixture->page, ZIFU_TYPE_PURSE_CARD, NULL);
  fund = find (fixture->page, ZIFU_TYPE_FUND_CARD, NULL);
  g_assert_true (gtk_widget_compute_bounds (purse, fixture->page, &upper));
  g_assert_true (gtk_widget_compute_bounds (fund, fixture->page, &lower));
  g_assert_cmpfloat (lower.origin.y, >=, upper.origin.y + upper.size.height);
  g_assert_cmpint (gtk_widget_get_width (fixture->page), <=, 360);
  assert_fits (fixture->page, fixture->page);
}

/* Somebody who typed a balance and nothing else: nothing is claimed about contributions. */
static void
test_typed (Fixture *fixture, gconstpointer data)
{
  open_ledger (fixture);
  add_employee (fixture, 328640);
  show_page (fixture, zifu_account_page_new, 1100, 760);
  assert_shows (fixture->page, "No contributions in the data");
  assert_shows (fixture->page, "¥3,286.40");
  assert_shows (fixture->page, "balance matches the entries");
  assert_shows (fixture->page, "Next credit · in December");
  tear_down (fixture);
}

/* A balance that contradicts the entries is told with its day and both figures. */
static void
test_broken (Fixture *fixture, gconstpointer data)
{
  sqlite3 *db = NULL;

  open_ledger (fixture);
  add_employee (fixture, 328640);
  g_assert_cmpint (sqlite3_open (zifu_ledger_get_path (fixture->ledger), &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE acct_incexpd_d SET balc = 333140", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  show_page (fixture, zifu_account_page_new, 1100, 760);
  assert_shows (fixture->page, "From 1 January 2026 on the balance (3,331.40) and the entries (3,286.40) do not agree");
  assert_shows (fixture->page, "The entries say 3,286.40, which is 45.00 less");
  assert_shows (fixture->page, "does not match");
  tear_down (fixture);
}

/* A day is read however people write it, and only when it is one. */
static void
test_day_text (void)
{
  static const char *const same[] = {
    "1988-05-21", "1988-5-21", "1988.5.21", "1988/05/21", "1988年5月21日", "19880521", " 1988 - 5 - 21 ", "１９８８年５月２１日",
  };
  static const char *const none[] = {
    "", "-", "abc", "1988", "1988-5", "1988-13-01", "1988-02-30", "88-5-21", "1988-5-21-1", "198805211", "May 21, 1988",
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    g_assert_cmpint (zifu_day_text_parse (same[i]), ==, zifu_date_new (1988, 5, 21));
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_cmpint (zifu_day_text_parse (none[i]), ==, 0);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  zifu_ui_register ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add ("/account/R09-two-purses", Fixture, GINT_TO_POINTER (1100), set_up, test_purses, tear_down_page);
  g_test_add ("/account/R09-gauges", Fixture, GINT_TO_POINTER (1100), set_up, test_gauges, tear_down_page);
  g_test_add ("/account/R17-next-credit", Fixture, GINT_TO_POINTER (1100), set_up, test_credit, tear_down_page);
  g_test_add ("/account/R39-this-month", Fixture, GINT_TO_POINTER (1100), set_up, test_month, tear_down_page);
  g_test_add ("/account/R24-end-permission", Fixture, GINT_TO_POINTER (1100), set_up, test_end_tie, tear_down_page);
  g_test_add ("/account/R03-resident", Fixture, GINT_TO_POINTER (1100), set_up, test_resident, tear_down_page);
  g_test_add ("/account/retired", Fixture, GINT_TO_POINTER (1100), set_up, test_retired, tear_down_page);
  g_test_add ("/account/narrow", Fixture, GINT_TO_POINTER (360), set_up, test_narrow, tear_down_page);
  g_test_add ("/account/typed", Fixture, NULL, NULL, test_typed, NULL);
  g_test_add ("/account/broken", Fixture, NULL, NULL, test_broken, NULL);

  g_test_add_func ("/account/day-text", test_day_text);

  return g_test_run ();
}
