/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-page.h"

#include <sqlite3.h>

#include "test-household.h"
#include "zifu-dossier.h"

/* What every page is told, and when: at once, or, of an account with very many entries, when a thread has read it. */

/* So many small expenses that reading them is not done while the window waits. */
static void
add_many (Fixture *fixture, gint64 id)
{
  g_autofree char *sql = g_strdup_printf (
    "BEGIN;"
    "INSERT INTO acct_incexpd_d (psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc, provenance)"
    "  WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < %d)"
    "  SELECT %" G_GINT64_FORMAT ", '2026-10-01', 'pharmacy', '201', 0, 10, 1000000 - 10 * n, 'typed' FROM t;"
    "DELETE FROM acct_mon_d WHERE psn_no = %" G_GINT64_FORMAT ";"
    "INSERT INTO acct_mon_d (psn_no, ym, inc_sumamt, pay_sumamt, adj_sumamt, cnt)"
    "  SELECT psn_no, substr (acct_modi_date, 1, 7) AS ym, SUM (inc_sumamt), SUM (pay_sumamt), 0, COUNT (*)"
    "  FROM acct_incexpd_d WHERE psn_no = %" G_GINT64_FORMAT " GROUP BY 1, 2;"
    "COMMIT;",
    ZIFU_DOSSIER_FEW_ENTRIES, id, id, id);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (zifu_ledger_get_path (fixture->ledger), &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
spend (Fixture *fixture, gint64 id, int day, ZifuMoney amount)
{
  g_autoptr (GError) error = NULL;
  ZifuEntry entry = { .member_id = id, .kind = ZIFU_ENTRY_PHARMACY, .amount = -amount, .base = -1, .date = zifu_date_new (2026, 11, day) };

  zifu_ledger_add_entry (fixture->ledger, &entry, &error);
  g_assert_no_error (error);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static gint64
set_up (Fixture *fixture, gboolean many, guint *n_changed)
{
  gint64 id;

  open_ledger (fixture);
  id = household_add (fixture->ledger, "Zhou Yuqing", "self", "1986-05-20", "active", 1000000);
  if (many)
    add_many (fixture, id);
  g_assert_cmpint (zifu_dossier_is_large (fixture->ledger, id, TODAY), ==, many);
  fixture->session = zifu_session_new (fixture->ledger, fixture->library, TODAY);
  zifu_session_prepare (fixture->session);
  g_signal_connect_swapped (fixture->session, "changed", G_CALLBACK (count_cb), n_changed);
  return id;
}

/* What the account holds, as an estimate sees it. */
static ZifuMoney
get_purse (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPerson) person = zifu_session_dup_person (fixture->session, &error);
  g_autoptr (ZifuRecord) record = zifu_session_dup_record (fixture->session, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (person->purses->len, ==, 1);
  g_assert_cmpint (g_array_index (record->person->purses, ZifuPurse, 0).amount, ==, g_array_index (person->purses, ZifuPurse, 0).amount);
  return g_array_index (person->purses, ZifuPurse, 0).amount;
}

static void
wait_for (const guint *n, guint wanted)
{
  for (guint i = 0; i < 6000 && *n < wanted; i++)
    spin (10);
  spin (100);
  g_assert_cmpuint (*n, ==, wanted);
}

/* Of an ordinary account pages are told before the call returns, and nobody sees anything older than the last row. */
static void
test_few (Fixture *fixture, gconstpointer data)
{
  guint n_changed = 0;
  gint64 id = set_up (fixture, FALSE, &n_changed);
  ZifuBalanceBreak broken;

  g_assert_cmpint (get_purse (fixture), ==, 1000000);
  spend (fixture, id, 6, 12000);
  g_assert_cmpint (get_purse (fixture), ==, 988000);
  zifu_session_emit_changed (fixture->session);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpint (get_purse (fixture), ==, 988000);
  g_assert_true (zifu_session_check_balance (fixture->session, &broken));
  g_assert_cmpint (broken.entry_id, ==, 0);
}

/* What another connection writes - an import, another program - is not overlooked either, before anybody tells it. */
static void
test_elsewhere (Fixture *fixture, gconstpointer data)
{
  guint n_changed = 0;
  gint64 id = set_up (fixture, FALSE, &n_changed);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) other = zifu_ledger_open (zifu_ledger_get_path (fixture->ledger), &error);
  const ZifuEntry entry = {
    .member_id = id, .kind = ZIFU_ENTRY_PHARMACY, .amount = -12000, .base = -1, .date = zifu_date_new (2026, 11, 6)
  };

  g_assert_no_error (error);
  g_assert_cmpint (get_purse (fixture), ==, 1000000);
  g_assert_cmpint (zifu_ledger_add_entry (other, &entry, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (get_purse (fixture), ==, 988000);
}

/* A row that came while a thread was reading is not taken for read. */
static void
test_between (Fixture *fixture, gconstpointer data)
{
  guint n_changed = 0;
  gint64 id = set_up (fixture, TRUE, &n_changed);
  gint64 mother = household_add (fixture->ledger, "Zhou Ping", "parent", "1956-02-11", "retired", 5000);
  ZifuMoney before = 1000000 - 10 * ZIFU_DOSSIER_FEW_ENTRIES;

  zifu_session_set_member_id (fixture->session, mother);
  zifu_session_set_member_id (fixture->session, id);
  /* The thread has read what there was, but could not tell it yet. */
  g_usleep (2 * G_USEC_PER_SEC);
  spend (fixture, id, 6, 12000);
  g_assert_cmpint (get_purse (fixture), ==, before - 12000);
  wait_for (&n_changed, 2);
  /* Whoever asks has it read once more. */
  get_purse (fixture);
  wait_for (&n_changed, 3);
  g_assert_cmpint (get_purse (fixture), ==, before - 12000);
}

/* Of a large one they are told once everything was read, and until then see what they show. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  guint n_changed = 0;
  gint64 id = set_up (fixture, TRUE, &n_changed);
  ZifuMoney before = 1000000 - 10 * ZIFU_DOSSIER_FEW_ENTRIES;
  ZifuBalanceBreak broken;

  g_assert_cmpint (get_purse (fixture), ==, before);
  spend (fixture, id, 6, 12000);
  zifu_session_emit_changed (fixture->session);
  g_assert_cmpuint (n_changed, ==, 0);
  g_assert_cmpint (get_purse (fixture), ==, before);
  wait_for (&n_changed, 1);
  g_assert_cmpint (get_purse (fixture), ==, before - 12000);
  g_assert_true (zifu_session_check_balance (fixture->session, &broken));
  g_assert_cmpint (broken.entry_id, ==, 0);

  /* Written meanwhile, and told again: what comes is the newest, once. */
  spend (fixture, id, 7, 1000);
  zifu_session_emit_changed (fixture->session);
  spend (fixture, id, 8, 1000);
  zifu_session_emit_changed (fixture->session);
  wait_for (&n_changed, 2);
  g_assert_cmpint (get_purse (fixture), ==, before - 14000);
}

/* Somebody else on screen: never the figures of the one before. */
static void
test_other (Fixture *fixture, gconstpointer data)
{
  guint n_changed = 0;
  gint64 id = set_up (fixture, TRUE, &n_changed);
  gint64 mother = household_add (fixture->ledger, "Zhou Ping", "parent", "1956-02-11", "retired", 5000);

  zifu_session_set_member_id (fixture->session, mother);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpint (get_purse (fixture), ==, 5000);
  zifu_session_set_member_id (fixture->session, id);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpint (get_purse (fixture), ==, 1000000 - 10 * ZIFU_DOSSIER_FEW_ENTRIES);
  zifu_session_set_member_id (fixture->session, mother);
  g_assert_cmpuint (n_changed, ==, 2);
  g_assert_cmpint (get_purse (fixture), ==, 5000);
  wait_for (&n_changed, 2);
}

/* Closed while a thread reads: it gives up, and tells nobody. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  guint n_changed = 0;

  set_up (fixture, TRUE, &n_changed);
  zifu_session_emit_changed (fixture->session);
  g_assert_finalize_object (g_steal_pointer (&fixture->session));
  wait_for (&n_changed, 0);
}

/* A balance that is not the sum of the movements is found in a large account as well. */
static void
test_broken (Fixture *fixture, gconstpointer data)
{
  guint n_changed = 0;
  sqlite3 *db = NULL;
  ZifuBalanceBreak broken;

  set_up (fixture, TRUE, &n_changed);
  g_assert_cmpint (sqlite3_open (zifu_ledger_get_path (fixture->ledger), &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE acct_incexpd_d SET balc = balc + 1 WHERE rid = 77", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  zifu_session_emit_changed (fixture->session);
  wait_for (&n_changed, 1);
  g_assert_true (zifu_session_check_balance (fixture->session, &broken));
  g_assert_cmpint (broken.entry_id, ==, 77);
  g_assert_cmpint (broken.recorded - broken.expected, ==, 1);
}

/* Over night the window stands open: from midnight on another day is today, and the pages are told once. */
static void
test_midnight (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) evening = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                                         g_date_time_get_day_of_month (now), 23, 59, 59.9);
  g_autoptr (GDateTime) night = g_date_time_add_seconds (evening, 1);
  ZifuDate today = zifu_date_new (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now));
  guint n_changed = 0;

  open_ledger (fixture);
  household_add (fixture->ledger, "Zhou Yuqing", "self", "1986-05-20", "active", 1000000);
  fixture->session = zifu_session_new (fixture->ledger, fixture->library, today);
  g_signal_connect_swapped (fixture->session, "changed", G_CALLBACK (count_cb), &n_changed);
  zifu_session_follow_clock (fixture->session, evening);
  g_assert_cmpint (zifu_session_get_today (fixture->session), ==, today);
  g_assert_cmpuint (n_changed, ==, 0);
  zifu_session_follow_clock (fixture->session, night);
  g_assert_cmpint (zifu_session_get_today (fixture->session), ==, today + 1);
  g_assert_cmpuint (n_changed, ==, 1);
  zifu_session_follow_clock (fixture->session, night);
  g_assert_cmpuint (n_changed, ==, 1);
  /* The clock was wrong, and was set back. */
  zifu_session_follow_clock (fixture->session, evening);
  g_assert_cmpint (zifu_session_get_today (fixture->session), ==, today);
  g_assert_cmpuint (n_changed, ==, 2);
}

/* A day that was said is not the clock's. */
static void
test_said_day (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  ZifuDate said = zifu_date_new (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now)) - 3;

  open_ledger (fixture);
  fixture->session = zifu_session_new (fixture->ledger, fixture->library, said);
  zifu_session_follow_clock (fixture->session, now);
  g_assert_cmpint (zifu_session_get_today (fixture->session), ==, said);
}

/* A page is not needed here, only its leaving. */
static void
leave (Fixture *fixture, gconstpointer data)
{
  fixture->window = gtk_window_new ();
  if (fixture->session == NULL)
    fixture->session = zifu_session_new (fixture->ledger, fixture->library, TODAY);
  tear_down (fixture);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);

  g_test_add ("/session/few", Fixture, NULL, NULL, test_few, leave);
  g_test_add ("/session/elsewhere", Fixture, NULL, NULL, test_elsewhere, leave);
  g_test_add ("/session/between", Fixture, NULL, NULL, test_between, leave);
  g_test_add ("/session/many", Fixture, NULL, NULL, test_many, leave);
  g_test_add ("/session/other", Fixture, NULL, NULL, test_other, leave);
  g_test_add ("/session/closed", Fixture, NULL, NULL, test_closed, leave);
  g_test_add ("/session/broken", Fixture, NULL, NULL, test_broken, leave);
  g_test_add ("/session/midnight", Fixture, NULL, NULL, test_midnight, leave);
  g_test_add ("/session/said-day", Fixture, NULL, NULL, test_said_day, leave);

  return g_test_run ();
}
