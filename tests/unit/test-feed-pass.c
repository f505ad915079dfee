/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "test-ledger-kills.h"

#include "feed-support.h"
#include "zifu-household.h"

/* From pages of a source to what people see (R40). */

static void
assert_sound_ledger (Fixture *fixture, gint64 person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = zifu_ledger_verify (fixture->ledger, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
  assert_balanced (fixture->ledger, person);
}

/* 100,000 fen, a credit, a visit paid half from the account, one in cash, and another credit. */
static Source *
make_source (void)
{
  Source *source = source_new (100000);

  source_put (source, "insuinfo", "I1", "put",
              "{\"rid\": \"I1\", \"insutype\": \"310\", \"psn_type\": \"11\", \"psn_insu_stas\": \"1\", \"psn_insu_date\": \"2020-01-01\","
              " \"insuplc_admdvs\": \"110000\"}");
  source_move (source, "C1", "2026-01-05 09:00:00", "101", NULL, 24012);
  source_visit (source, "S1", "2026-01-09 10:00:00", 20000, 5000);
  source_visit (source, "S2", "2026-01-20 11:00:00", 8000, 0);
  source_move (source, "C2", "2026-02-05 09:00:00", "101", NULL, 24013);
  source_put (source, "clct_detl", "K1", "put",
              "{\"rid\": \"K1\", \"insutype\": \"310\", \"accrym_begn\": \"202601\", \"accrym_end\": \"202602\", \"clct_flag\": \"1\","
              " \"clct_type\": \"10\", \"revs_flag\": \"Z\"}");
  return source;
}

static void
assert_verdict (const ZifuFeedVerdict *verdict, ZifuConnectionVerdict expected)
{
  for (guint i = 0; i < verdict->marks->len; i++)
    {
      g_autofree char *told = zifu_feed_mark_describe (g_ptr_array_index (verdict->marks, i));

      g_test_message ("%s", told);
    }
  g_assert_cmpint (verdict->verdict, ==, expected);
}

static void
test_first_pull (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = make_source ();
  g_autoptr (ZifuFeedVerdict) verdict = pull (fixture->ledger, id, source, 2, FALSE), again = NULL;
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (fixture->ledger, id, NULL);

  assert_verdict (verdict, ZIFU_CONNECTION_VERIFIED);
  g_assert_cmpuint (verdict->n_marks, ==, 0);
  g_assert_cmpuint (verdict->n_new, ==, 7);
  g_assert_cmpint (connection->verified_at, ==, 1000);
  g_assert_cmpint (connection->verified_balance, ==, 143025);
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, 143025);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d WHERE provenance = 'synced'"), ==, 4);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d WHERE setl_id IS NOT NULL"), ==, 2);
  g_assert_cmpint (query_int (fixture->path, "SELECT SUM (fund_pay_sumamt) FROM setl_d WHERE unstated = 0"), ==, 14000);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_clct_detl_d WHERE provenance = 'synced'"), ==, 2);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_insu_d"), ==, 1);
  assert_sound_ledger (fixture, person);

  again = pull (fixture->ledger, id, source, 500, FALSE);
  assert_verdict (again, ZIFU_CONNECTION_VERIFIED);
  g_assert_cmpuint (again->n_new + again->n_changed + again->n_withdrawn, ==, 0);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 5);
  assert_sound_ledger (fixture, person);
}

/* A correction, a row taken back, a reversal, and new rows: by a delta each, and what somebody wrote stays. */
static void
test_delta (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = make_source ();
  g_autofree char *changed = NULL;
  ZifuConnectionVerdict verdict;

#define PULL(full) \
  do \
    { \
      g_autoptr (ZifuFeedVerdict) v = pull (fixture->ledger, id, source, 3, full); \
      verdict = v->verdict; \
      assert_verdict (v, ZIFU_CONNECTION_VERIFIED); \
      g_assert_cmpint (get_balance (fixture->ledger, person), ==, source->balance); \
      assert_sound_ledger (fixture, person); \
    } \
  while (0)

  PULL (FALSE);
  source_reverse (source, "S1", "2026-01-09 10:00:00", 20000, 5000, "2026-02-10 09:00:00");
  PULL (FALSE);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d e JOIN acct_incexpd_d o ON o.rid = e.init_rid"
                                             " WHERE e.kind = 'refund' AND o.souc_rid = 'M-S1' AND e.souc_rid = 'M-R-S1'"), ==, 1);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM setl_d WHERE refd_setl_flag = '1'"), ==, 1);
  source_reverse (source, "S2", "2026-01-20 11:00:00", 8000, 0, "2026-02-11 09:00:00");
  PULL (FALSE);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d WHERE souc_rid = 'R-S2' AND init_rid IS NOT NULL"), ==,
                   1);

  /* The last credit was 1 fen more. */
  source->balance += 1;
  source->income += 1;
  changed = movement_json ("M9", "2026-03-01 00:00:00", "101", NULL, 1, source->balance);
  source_put (source, "acct_detl", "M9", "put", changed);
  PULL (FALSE);
  /* It never was; and another one comes before all others. */
  source->balance -= 1;
  source->income -= 1;
  source_put (source, "acct_detl", "M9", "del", NULL);
  PULL (FALSE);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d WHERE souc_rid = 'M9'"), ==, 0);
  g_assert_cmpint (verdict, ==, ZIFU_CONNECTION_VERIFIED);
  /* The same in a full pass: nothing is doubled. */
  PULL (TRUE);
  {
    g_autoptr (ZifuFeedVerdict) same = pull (fixture->ledger, id, source, 500, TRUE);

    g_assert_cmpuint (same->n_new + same->n_changed + same->n_withdrawn, ==, 0);
  }
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 7);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (DISTINCT gen) FROM sync_row_d"), ==, 1);
}

typedef struct {
  gint64 person, connection, import_id;
} Adopted;

/* What is there already, typed or from a file, is not doubled, and its note stays. */
static Adopted
adopt (Fixture *fixture)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 50000), id = connect_person (fixture->ledger, person), import_id;
  g_autoptr (ZifuImport) import = zifu_import_new ();
  g_autoptr (ZifuEntry) entry = zifu_entry_new (), typed = zifu_entry_new ();
  g_autoptr (Source) source = make_source ();
  g_autoptr (ZifuFeedVerdict) verdict = NULL;
  g_autoptr (GError) error = NULL;

  import->member_id = person;
  import_id = zifu_ledger_begin_import (fixture->ledger, import, &error);
  g_assert_cmpint (import_id, >, 0);
  entry->member_id = person;
  entry->date = day ("2026-01-05");
  entry->kind = ZIFU_ENTRY_CREDIT;
  entry->amount = 24012;
  entry->souc_rid = g_strdup ("C1");
  entry->note = g_strdup ("my note");
  entry->provenance = ZIFU_PROVENANCE_IMPORTED;
  g_assert_cmpint (zifu_ledger_add_import_entry (fixture->ledger, entry, &error), >, 0);
  g_assert_true (zifu_ledger_commit_import (fixture->ledger, NULL, &error));
  typed->member_id = person;
  typed->date = day ("2026-01-09");
  typed->kind = ZIFU_ENTRY_OUTPATIENT;
  typed->amount = -5000;
  typed->note = g_strdup ("typed note");
  g_assert_cmpint (zifu_ledger_add_entry (fixture->ledger, typed, &error), >, 0);

  verdict = pull (fixture->ledger, id, source, 500, FALSE);
  assert_verdict (verdict, ZIFU_CONNECTION_VERIFIED);
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, source->balance);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 5);
  g_assert_cmpint (query_int (fixture->path,
                              "SELECT COUNT (*) FROM acct_incexpd_d WHERE memo_id IS NOT NULL AND souc_rid IN ('C1', 'M-S1')"), ==, 2);
  assert_sound_ledger (fixture, person);
  return (Adopted){ person, id, import_id };
}

/* Undoing the import takes nothing away that the source brought as well. */
static void
test_adopt (Fixture *fixture, gconstpointer data)
{
  Adopted it = adopt (fixture);
  ZifuMoney balance = get_balance (fixture->ledger, it.person);
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_ledger_undo_import (fixture->ledger, it.import_id, &error));
  g_assert_cmpint (get_balance (fixture->ledger, it.person), ==, balance);

  /* Disconnected with everything: what was typed is there, and nothing else. */
  g_assert_true (zifu_ledger_delete_connection (fixture->ledger, it.connection, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_balance (fixture->ledger, it.person), ==, 45000);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 2);
  g_assert_cmpint (query_int (fixture->path, "SELECT (SELECT COUNT (*) FROM sync_row_d) + (SELECT COUNT (*) FROM setl_d)"), ==, 0);
  assert_sound_ledger (fixture, it.person);
}

/* Disconnected with everything while the import stands: what the file had brought is there as well, and goes with the import. */
static void
test_adopt_disconnected (Fixture *fixture, gconstpointer data)
{
  Adopted it = adopt (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_ledger_delete_connection (fixture->ledger, it.connection, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_balance (fixture->ledger, it.person), ==, 45000 + 24012);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"), ==, 3);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d JOIN txt_d ON txt_id = memo_id"), ==, 2);
  assert_sound_ledger (fixture, it.person);
  g_assert_true (zifu_ledger_undo_import (fixture->ledger, it.import_id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_balance (fixture->ledger, it.person), ==, 45000);
  assert_sound_ledger (fixture, it.person);
}

static void
test_note_kept (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = make_source ();
  g_autoptr (ZifuFeedVerdict) first = pull (fixture->ledger, id, source, 500, FALSE), second = NULL;
  ZifuMoney amount = 24013;

  run_sql (fixture->path, "INSERT INTO txt_d (txt) VALUES ('precious'); INSERT INTO unlock_d VALUES ('');"
                          "UPDATE acct_incexpd_d SET memo_id = (SELECT txt_id FROM txt_d WHERE txt = 'precious') WHERE souc_rid = 'C2';"
                          "DELETE FROM unlock_d");
  source->balance -= amount;
  source->income -= amount;
  source_put (source, "acct_detl", "C2", "del", NULL);
  second = pull (fixture->ledger, id, source, 500, FALSE);
  assert_verdict (second, ZIFU_CONNECTION_VERIFIED);
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, source->balance);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d JOIN txt_d ON txt_id = memo_id WHERE txt = 'precious'"),
                   ==, 1);
  assert_sound_ledger (fixture, person);
}

/* The notes by the rid and the source's number of their entries. */
#define NOTES "SELECT group_concat (line, char (10)) FROM (SELECT rid || ' ' || souc_rid || ' ' || txt AS line FROM acct_incexpd_d" \
              " JOIN txt_d ON txt_id = memo_id ORDER BY rid)"

/* What somebody wrote is there after the rows came once more: all of them, changed, and beside others. */
static void
test_note_survives (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (ZifuEntry) typed = zifu_entry_new ();
  g_autoptr (Source) source = make_source ();
  g_autofree char *before = NULL;

  typed->member_id = person;
  typed->date = zifu_date_new (2026, 2, 5);
  typed->kind = ZIFU_ENTRY_CREDIT;
  typed->amount = 24013;
  typed->provenance = ZIFU_PROVENANCE_TYPED;
  typed->note = g_strdup ("typed before");
  g_assert_cmpint (zifu_ledger_add_entry (fixture->ledger, typed, NULL), >, 0);
  zifu_feed_verdict_free (pull (fixture->ledger, id, source, 500, FALSE));
  run_sql (fixture->path, "INSERT INTO txt_d (txt) VALUES ('written later'); INSERT INTO unlock_d VALUES ('');"
                          "UPDATE acct_incexpd_d SET memo_id = (SELECT txt_id FROM txt_d WHERE txt = 'written later')"
                          " WHERE souc_rid IN ('C1', 'S2'); DELETE FROM unlock_d");
  before = query_text (fixture->path, NOTES);
  g_assert_nonnull (strstr (before, "C2 typed before"));
  g_assert_nonnull (strstr (before, "C1 written later"));
  g_assert_nonnull (strstr (before, "S2 written later"));

  for (guint round = 0; round < 4; round++)
    {
      g_autofree char *id_of_new = g_strdup_printf ("C%u", 3 + round), *time = g_strdup_printf ("2026-03-%02u 09:00:00", 1 + round);
      g_autofree char *bill = bill_json ("S2", NULL, "2026-01-20 11:00:00", 8000 + 2 * round, 0, FALSE), *after = NULL;
      g_autoptr (ZifuFeedVerdict) verdict = NULL;

      /* Nothing new; something beside; each of them in a new state. */
      if (round > 0)
        source_move (source, id_of_new, time, "101", NULL, 100);
      if (round > 1)
        {
          g_autofree char *first = movement_json ("C1", "2026-01-05 09:00:00", "101", NULL, 24012, 124012);
          g_autofree char *second = movement_json ("C2", "2026-02-05 09:00:00", "101", NULL, 24013, 143025);

          source_put (source, "acct_detl", "C1", "put", first);
          source_put (source, "acct_detl", "C2", "put", second);
          source_put (source, "setlinfo", "S2", "put", bill);
        }
      verdict = pull (fixture->ledger, id, source, 3, round % 2 == 0);
      assert_verdict (verdict, ZIFU_CONNECTION_VERIFIED);
      after = query_text (fixture->path, NOTES);
      g_assert_cmpstr (after, ==, before);
      g_assert_cmpint (get_balance (fixture->ledger, person), ==, source->balance);
      assert_sound_ledger (fixture, person);
    }
}

/* Each page comes twice; then a pass is sent back to its beginning. */
static void
test_replay (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = make_source ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuFeedPass) pass = zifu_feed_pass_begin (fixture->ledger, id, FALSE, &error);
  g_autoptr (ZifuFeedVerdict) verdict = NULL, unfinished = NULL;
  g_autofree char *page = source_page (source, NULL, 3);
  gboolean more;

  g_assert_true (zifu_feed_pass_apply (pass, page, strlen (page), &more, &error));
  g_assert_true (more);
  unfinished = zifu_feed_pass_finish (pass, 5, &error);
  g_assert_cmpint (unfinished->verdict, ==, ZIFU_CONNECTION_UNFINISHED);
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, 0);
  g_assert_true (zifu_feed_pass_rewind (pass, &error));
  g_assert_null (zifu_feed_pass_get_state (pass));
  pull_pages (source, pass, 2, 2);
  verdict = zifu_feed_pass_finish (pass, 6, &error);
  g_assert_no_error (error);
  assert_verdict (verdict, ZIFU_CONNECTION_VERIFIED);
  g_assert_cmpuint (verdict->n_new, ==, 7);
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, source->balance);
  assert_sound_ledger (fixture, person);
}

/* C1: rows are missing between two pages.  Nothing of the page is written, and the next pass is a full one. */
static void
test_gap (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = make_source ();
  g_autoptr (ZifuFeedPass) pass = NULL, next = NULL;
  g_autoptr (ZifuFeedVerdict) verdict = NULL, done = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *page = source_page (source, "s3", 500);
  gboolean more;

  pass = zifu_feed_pass_begin (fixture->ledger, id, FALSE, NULL);
  g_assert_false (zifu_feed_pass_apply (pass, page, strlen (page), &more, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_DAMAGED);
  verdict = zifu_feed_pass_finish (pass, 5, NULL);
  g_assert_true (verdict->needs_full);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM sync_row_d"), ==, 0);
  next = zifu_feed_pass_begin (fixture->ledger, id, FALSE, NULL);
  g_assert_true (zifu_feed_pass_is_full (next));
  pull_pages (source, next, 2, 1);
  done = zifu_feed_pass_finish (next, 5, NULL);
  assert_verdict (done, ZIFU_CONNECTION_VERIFIED);
  assert_sound_ledger (fixture, person);
}

/* 410: what people see stays until everything arrived; a full pass that is cut short is gone on with. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = make_source (), other = source_new (7);
  g_autoptr (ZifuFeedVerdict) first = pull (fixture->ledger, id, source, 500, FALSE), verdict = NULL;
  g_autoptr (ZifuFeedPass) pass = NULL;
  g_autofree char *page = NULL;
  gboolean more;

  source_move (other, "X1", "2026-01-01 00:00:00", "101", NULL, 5);
  source_move (other, "X2", "2026-01-02 00:00:00", "101", NULL, 6);
  source_visit (other, "S1", "2026-01-09 10:00:00", 20000, 8);
  pass = zifu_feed_pass_begin (fixture->ledger, id, TRUE, NULL);
  g_assert_true (zifu_feed_pass_is_full (pass));
  page = source_page (other, NULL, 2);
  g_assert_true (zifu_feed_pass_apply (pass, page, strlen (page), &more, NULL));
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, source->balance);
  g_clear_pointer (&pass, zifu_feed_pass_free);

  pass = zifu_feed_pass_begin (fixture->ledger, id, FALSE, NULL);
  g_assert_true (zifu_feed_pass_is_full (pass));
  g_assert_cmpstr (zifu_feed_pass_get_state (pass), ==, "s2");
  pull_pages (other, pass, 1, 2);
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, source->balance);
  verdict = zifu_feed_pass_finish (pass, 5, NULL);
  assert_verdict (verdict, ZIFU_CONNECTION_VERIFIED);
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, 10);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM setl_d"), ==, 1);
  assert_sound_ledger (fixture, person);
}

/* ---- each check alone */

typedef struct {
  ZifuFeedCheck         check;
  const char           *from, *to;
  ZifuConnectionVerdict verdict;
  const char           *told;
} Fault;

static const Fault faults[] = {
  { ZIFU_FEED_CHECK_SETTLEMENT, "\"hifp_pay\": \"100.00\", \"fund_pay_sumamt\": \"100.00\"",
   "\"hifp_pay\": \"100.01\", \"fund_pay_sumamt\": \"100.00\"",
    ZIFU_CONNECTION_VERIFIED, "Bill S1, hifp_pay: should be 100.00, the provider says 100.01." },
  { ZIFU_FEED_CHECK_RED_PAIR, "\"hifp_pay\": \"-100.00\"", "\"hifp_pay\": \"-99.99\"", ZIFU_CONNECTION_VERIFIED,
    "The reversal R-S1 should give back −100.00, the provider says −99.99." },
  { ZIFU_FEED_CHECK_RUNNING, "\"balc\": \"1240.12\"", "\"balc\": \"1240.13\"", ZIFU_CONNECTION_UNRECONCILED,
    "The balance after 2026-01-05 09:00:00 should be 1,240.12, the provider says 1,240.13." },
  { ZIFU_FEED_CHECK_BALANCE, "\"pay_sumamt\": \"50.00\", \"balc\"", "\"pay_sumamt\": \"50.01\", \"balc\"", ZIFU_CONNECTION_UNRECONCILED,
    "The outlay adds up to 50.00, the provider says 50.01." },
  { ZIFU_FEED_CHECK_MOVEMENTS, "\"acct_incexpd_souc_id\": \"S1\"", "\"acct_incexpd_souc_id\": \"S9\"", ZIFU_CONNECTION_VERIFIED,
    "For the bill S1 the account should have moved by 50.00; it moved by 0.00." },
  { ZIFU_FEED_CHECK_MONTHS, "\"accrym_begn\": \"202602\"", "\"accrym_begn\": \"202601\"", ZIFU_CONNECTION_VERIFIED,
    "Months from 2026-01 on are counted twice in the contributions." },
  { ZIFU_FEED_CHECK_DIGEST, "\"digest\": \"", "\"digest\": \"0", ZIFU_CONNECTION_UNRECONCILED,
    "What arrived is not what the provider has. Everything will be fetched once more." },
  { ZIFU_FEED_CHECK_DIGEST, "\"acct_detl\": 4", "\"acct_detl\": 5", ZIFU_CONNECTION_UNRECONCILED,
    "4 rows arrived, the provider has 5. Everything will be fetched once more." },
};

static void
test_checks (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
      g_autoptr (Source) source = make_source ();
      g_autofree char *page = NULL, *told = NULL, *place = NULL, *again = NULL;
      g_autoptr (GString) changed = NULL;
      g_autoptr (ZifuFeedPass) pass = zifu_feed_pass_begin (fixture->ledger, id, FALSE, NULL);
      g_autoptr (ZifuFeedVerdict) verdict = NULL;
      g_autoptr (ZifuConnection) connection = NULL;
      g_autoptr (GError) error = NULL;
      const ZifuFeedMark *mark;
      gboolean more, shown = faults[i].check != ZIFU_FEED_CHECK_DIGEST;

      source_reverse (source, "S1", "2026-01-09 10:00:00", 20000, 5000, "2026-02-10 09:00:00");
      source_put (source, "clct_detl", "K1", "put",
                  "{\"rid\": \"K1\", \"insutype\": \"310\", \"accrym_begn\": \"202601\", \"accrym_end\": \"202601\", \"clct_flag\": \"1\","
                  " \"clct_type\": \"10\", \"revs_flag\": \"Z\"}");
      source_put (source, "clct_detl", "K2", "put",
                  "{\"rid\": \"K2\", \"insutype\": \"310\", \"accrym_begn\": \"202602\", \"accrym_end\": \"202602\", \"clct_flag\": \"1\","
                  " \"clct_type\": \"10\", \"revs_flag\": \"Z\"}");
      page = source_page (source, NULL, 500);
      changed = g_string_new (page);
      g_assert_cmpuint (g_string_replace (changed, faults[i].from, faults[i].to, 0), >=, 1);
      g_assert_true (zifu_feed_pass_apply (pass, changed->str, changed->len, &more, &error));
      g_assert_no_error (error);
      verdict = zifu_feed_pass_finish (pass, 77, &error);
      g_assert_no_error (error);
      g_assert_cmpint (verdict->verdict, ==, faults[i].verdict);
      g_assert_cmpuint (verdict->n_marks, >=, 1);
      g_assert_cmpint (verdict->needs_full, ==, !shown);
      for (guint k = 0; k < verdict->marks->len && told == NULL; k++)
        {
          mark = g_ptr_array_index (verdict->marks, k);
          if (mark->check == faults[i].check)
            told = zifu_feed_mark_describe (mark);
        }
      g_assert_cmpstr (told, ==, faults[i].told);
      connection = zifu_ledger_get_connection (fixture->ledger, id, NULL);
      g_assert_cmpint (connection->verified_at, ==, faults[i].verdict == ZIFU_CONNECTION_VERIFIED ? 77 : 0);
      place = zifu_feed_place_describe (connection->place);
      g_assert_cmpint (place != NULL, ==, faults[i].verdict == ZIFU_CONNECTION_UNRECONCILED);
      /* What is not what the source has is not shown. */
      g_assert_cmpint (get_balance (fixture->ledger, person) != 0, ==, shown);
      assert_sound_ledger (fixture, person);
      g_clear_pointer (&pass, zifu_feed_pass_free);
      g_assert_true (zifu_ledger_delete_member (fixture->ledger, person, NULL));
    }
}

/* A figure that was verified stays when the next one does not add up. */
static void
test_verified_stays (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = make_source ();
  g_autoptr (ZifuFeedVerdict) first = pull (fixture->ledger, id, source, 500, FALSE), second = NULL;
  g_autoptr (ZifuConnection) connection = NULL;

  source_move (source, "C9", "2026-04-05 09:00:00", "101", NULL, 100);
  source->balance += 1;
  second = pull (fixture->ledger, id, source, 500, FALSE);
  g_assert_cmpint (second->verdict, ==, ZIFU_CONNECTION_UNRECONCILED);
  connection = zifu_ledger_get_connection (fixture->ledger, id, NULL);
  g_assert_cmpint (connection->verified_balance, ==, 143025);
  g_assert_cmpstr (connection->place, ==, "C5|310|1431.25|1431.26");
  g_assert_cmpint (connection->verdict, ==, ZIFU_CONNECTION_UNRECONCILED);
  assert_sound_ledger (fixture, person);
}

/* A document of the household holds the connection, and a pass goes on from it; an anonymous one holds nothing of it. */
static void
test_household (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autofree char *path = g_build_filename (fixture->folder, "h.json", NULL), *anonymous = g_build_filename (fixture->folder, "a.json",
                                                                                                             NULL);
  g_autofree char *other_path = g_build_filename (fixture->folder, "other", "household.db", NULL);
  g_autoptr (Source) source = make_source ();
  g_autoptr (ZifuFeedVerdict) first = pull (fixture->ledger, id, source, 500, FALSE), next = NULL;
  g_autoptr (ZifuLedger) other = open_ledger (other_path);
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_household_json_write (fixture->ledger, 0, ZIFU_HOUSEHOLD_WHOLE, path, NULL, &error));
  g_assert_true (zifu_household_json_write (fixture->ledger, 0, ZIFU_HOUSEHOLD_ANONYMOUS, anonymous, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (file_contains (path, "acct_incexpd_souc_id"));
  g_assert_false (file_contains (anonymous, "acct_incexpd_souc_id"));
  g_assert_false (file_contains (anonymous, "127.0.0.1"));
  g_assert_true (zifu_household_json_read (other, path, NULL, NULL, &error));
  g_assert_no_error (error);
  source_move (source, "C9", "2026-04-05 09:00:00", "101", NULL, 100);
  next = pull (other, id, source, 500, FALSE);
  assert_verdict (next, ZIFU_CONNECTION_VERIFIED);
  g_assert_cmpuint (next->n_new, ==, 1);
  g_assert_cmpint (get_balance (other, person), ==, source->balance);
  assert_balanced (other, person);
}

/* Several accounts at the source stand in the one account here; a tie is known by the name, and kinds that are not known are kept. */
static void
test_several (Fixture *fixture, gconstpointer data)
{
  static const char first[] = "\"acct\": [",
  second[] = "\"acct\": [{\"insutype\": \"390\", \"opening\": \"1.00\", \"inc_sumamt\": \"0.00\","
                                                     " \"pay_sumamt\": \"0.00\", \"balc\": \"1.00\"}, ";
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = make_source ();
  g_autoptr (ZifuFeedPass) feed = zifu_feed_pass_begin (fixture->ledger, id, FALSE, NULL);
  g_autoptr (ZifuFeedVerdict) verdict = NULL;
  g_autoptr (GString) page = NULL;
  g_autofree char *text = NULL, *total = NULL;
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 42000, 0);
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autoptr (GError) error = NULL;
  gboolean more;

  add_person (fixture->ledger, "李强", "spouse", "active", 0);
  source_put (source, "mulaid", "T1", "put", "{\"rid\": \"T1\", \"psn_name\": \"李强\", \"begndate\": \"2024-01-01\"}");
  source_put (source, "cum", "310-2026", "put",
              "{\"insutype\": \"310\", \"year\": \"2026\", \"cum_type_code\": \"F0000_BIZ11\", \"cum\": \"12.34\"}");
  source_put (source, "mulaid", "T2", "put", "{\"rid\": \"T2\", \"psn_name\": \"无名\", \"begndate\": \"2024-01-01\"}");
  text = source_page (source, NULL, 500);
  page = g_string_new (text);
  g_assert_cmpuint (g_string_replace (page, first, second, 1), ==, 1);
  g_assert_true (zifu_feed_pass_apply (feed, page->str, page->len, &more, &error));
  verdict = zifu_feed_pass_finish (feed, 5, &error);
  g_assert_no_error (error);
  assert_verdict (verdict, ZIFU_CONNECTION_VERIFIED);
  /* The movements of both accounts stand in the one here. */
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, source->balance + 100);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_mulaid_d WHERE provenance = 'synced'"), ==, 1);
  /* A total that no pack knows of is no hindrance to working something out. */
  total = query_text (fixture->path, "SELECT cum || ' ' || since FROM cum_d");
  g_assert_cmpstr (total, ==, "617/50 2026-01-01");
  settlement = settle (fixture->ledger, pack, person, visit);
  g_assert_cmpint (settlement->total, ==, 42000);
  assert_sound_ledger (fixture, person);
}

/* ---- killed */

static void
prepare_connection (const char *path)
{
  g_autoptr (ZifuLedger) ledger = open_ledger (path);

  connect_person (ledger, add_person (ledger, "王敏", "self", "active", 0));
}

static Source *
make_long (guint n)
{
  Source *source = source_new (1000000);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *time = g_strdup_printf ("20%02u-%02u-%02u 10:00:00", 10 + i / 300, i / 25 % 12 + 1, i % 25 + 1);
      g_autofree char *id = g_strdup_printf ("N%u", i);

      if (i % 3 == 0)
        source_visit (source, id, time, 2000 + i, 100);
      else
        source_move (source, id, time, "101", NULL, 100 + i);
    }
  return source;
}

static gboolean
pull_from (const char *path, const Source *source, gboolean full)
{
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, NULL);
  g_autoptr (ZifuFeedPass) pass = ledger != NULL ? zifu_feed_pass_begin (ledger, 1, full, NULL) : NULL;
  g_autoptr (ZifuFeedVerdict) verdict = NULL;
  gboolean more = TRUE;

  while (pass != NULL && more)
    {
      g_autofree char *page = source_page (source, zifu_feed_pass_get_state (pass), 50);

      if (!zifu_feed_pass_apply (pass, page, strlen (page), &more, NULL))
        return FALSE;
    }
  verdict = pass != NULL ? zifu_feed_pass_finish (pass, 9, NULL) : NULL;
  return verdict != NULL && verdict->verdict == ZIFU_CONNECTION_VERIFIED;
}

static gboolean
act_pull (const char *path)
{
  g_autoptr (Source) source = make_long (600);

  return pull_from (path, source, FALSE);
}

static int
state_of_pull (const char *path)
{
  gint64 n = query_int (path, "SELECT COUNT (*) FROM acct_incexpd_d"), sum = query_int (path, "SELECT SUM (inc_sumamt - pay_sumamt)"
                                                                                              " FROM acct_incexpd_d");
  g_autoptr (Source) source = make_long (600);

  return n == 1 ? 0 : n == 601 && sum == source->balance ? 1 : -1;
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  static const Action action = { "pull", prepare_connection, act_pull, state_of_pull, NULL };

  run_action (fixture, &action, 3);
}

/* What the source has later: a visit taken back, a row corrected, one withdrawn, and 200 more. */
static Source *
make_later (void)
{
  Source *source = make_long (600);
  g_autofree char *again = movement_json ("N1", "2010-01-02 10:00:00", "101", NULL, 101, 1000001);

  source_reverse (source, "N3", "2010-01-04 10:00:00", 2003, 100, "2020-01-01 10:00:00");
  source_put (source, "acct_detl", "N1", "put", again);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *time = g_strdup_printf ("2021-%02u-%02u 10:00:00", i / 25 + 1, i % 25 + 1), *id = g_strdup_printf ("L%u", i);

      if (i % 3 == 0)
        source_visit (source, id, time, 2000 + i, 100);
      else
        source_move (source, id, time, "101", NULL, 100 + i);
    }
  return source;
}

/* Somebody who has everything so far, with a note on one entry. */
static void
prepare_pulled (const char *path)
{
  g_autoptr (ZifuLedger) ledger = NULL;
  g_autoptr (Source) source = make_long (600);

  prepare_connection (path);
  ledger = open_ledger (path);
  zifu_feed_verdict_free (pull (ledger, 1, source, 200, FALSE));
  g_clear_object (&ledger);
  run_sql (path, "INSERT INTO txt_d (txt) VALUES ('precious'); INSERT INTO unlock_d VALUES ('');"
                 "UPDATE acct_incexpd_d SET memo_id = (SELECT txt_id FROM txt_d WHERE txt = 'precious') WHERE souc_rid = 'N1';"
                 "DELETE FROM unlock_d");
}

static gboolean
act_later (const char *path)
{
  g_autoptr (Source) source = make_later ();

  return pull_from (path, source, FALSE);
}

static gboolean
act_anew (const char *path)
{
  g_autoptr (Source) source = make_later ();

  return pull_from (path, source, TRUE);
}

/* People see all of the one or all of the other, and the note. */
static int
state_of_later (const char *path)
{
  gint64 n = query_int (path, "SELECT COUNT (*) FROM acct_incexpd_d");
  gint64 sum = query_int (path, "SELECT SUM (inc_sumamt - pay_sumamt) FROM acct_incexpd_d");
  gint64 shown = query_int (path, "SELECT COUNT (*) FROM sync_d WHERE verified_at > 0");
  g_autoptr (Source) before = make_long (600), later = make_later ();

  if (shown != 1 || query_int (path, "SELECT COUNT (*) FROM acct_incexpd_d JOIN txt_d ON txt_id = memo_id"
                                     " WHERE txt = 'precious' AND souc_rid = 'N1'") != 1)
    return -1;
  return n == 601 && sum == before->balance ? 0 : n == 802 && sum == later->balance ? 1 : -1;
}

static void
test_killed_later (Fixture *fixture, gconstpointer data)
{
  static const Action action = { "later", prepare_pulled, act_later, state_of_later, NULL };

  run_action (fixture, &action, 3);
}

static void
test_killed_anew (Fixture *fixture, gconstpointer data)
{
  static const Action action = { "anew", prepare_pulled, act_anew, state_of_later, NULL };

  run_action (fixture, &action, 3);
}

static glong
resident (void)
{
  g_autofree char *text = NULL;
  glong size = 0, pages = 0;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%ld %ld", &size, &pages), ==, 2);
  return pages * sysconf (_SC_PAGESIZE);
}

/* What tools that look for memory faults keep of freed memory is not the program's, and they need no more rows than some. */
static gboolean
is_watched (void)
{
#ifdef __SANITIZE_ADDRESS__
  return TRUE;
#else
  return g_getenv ("ZIFU_VALGRIND") != NULL;
#endif
}

/* 100,000 rows in pages of 500, made as they are asked for. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  const char *wanted = g_getenv ("ZIFU_FEED_ROWS");
  const guint n = wanted != NULL ? (guint) atoi (wanted) : is_watched () ? 10000 : 100000;
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person), began;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuFeedPass) pass = zifu_feed_pass_begin (fixture->ledger, id, FALSE, &error);
  g_autoptr (ZifuFeedVerdict) verdict = NULL;
  g_autoptr (GString) page = g_string_sized_new (1 << 19);
  ZifuMoney balance = 0;
  glong before = resident (), most = 0;
  double first;
  gboolean more;

  began = g_get_monotonic_time ();
  for (guint i = 0; i < n; i += 500)
    {
      g_string_printf (page, "{\"state\": \"s%u\", \"has_more\": %s, \"count\": %u, \"entries\": [", i + 500,
                       i + 500 < n ? "true" : "false", MIN (500, n - i));
      for (guint k = i; k < MIN (i + 500, n); k++)
        {
          guint group = k / 3, which = k % 3;
          g_autofree char *time = g_strdup_printf ("%04u-%02u-%02u %02u:%02u:%02u", 1980 + group / 1000, group / 84 % 12 + 1,
                                                   group / 3 % 28 + 1,
                                                   group % 24, group % 60, which);
          g_autofree char *bill = g_strdup_printf ("S%07u", group), *row = g_strdup_printf ("M%07u", k), *json = NULL;

          balance += which == 0 ? 0 : which == 1 ? -100 : 150;
          json = which == 0 ? bill_json (bill, NULL, time, 2000, 100, FALSE)
                            : movement_json (row, time, which == 1 ? "201" : "101", which == 1 ? bill : NULL, which == 1 ? -100 : 150,
                                             balance);
          g_string_append_printf (page,
                                  "%s{\"seq\": \"%u\", \"prev_seq\": \"%u\", \"type\": \"%s\", \"op\": \"put\", \"id\": \"%s\", \"ver\": 1,"
                                  " \"data\": %s}", k > i ? "," : "", k + 1, k, which == 0 ? "setlinfo" : "acct_detl",
                                  which == 0 ? bill : row, json);
        }
      g_string_append (page, "]}");
      g_assert_true (zifu_feed_pass_apply (pass, page->str, page->len, &more, &error));
      most = MAX (most, resident () - before);
    }
  first = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  verdict = zifu_feed_pass_finish (pass, 5, &error);
  g_assert_no_error (error);
  most = MAX (most, resident () - before);
  g_test_message ("%u rows: pages %.2f s, all %.2f s, resident growth %ld kB", n, first,
                  (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC, most / 1024);
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, balance);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM sync_row_d"), ==, n);
  if (!is_watched () && n == 100000)
    g_assert_cmpint (most, <, 30 * 1024 * 1024);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add ("/feed-pass/R40/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
  ADD ("first-pull", test_first_pull);
  ADD ("delta", test_delta);
  ADD ("adopt", test_adopt);
  ADD ("adopt-disconnected", test_adopt_disconnected);
  ADD ("note-kept", test_note_kept);
  ADD ("note-survives", test_note_survives);
  ADD ("replay", test_replay);
  ADD ("gap", test_gap);
  ADD ("full", test_full);
  ADD ("checks", test_checks);
  ADD ("verified-stays", test_verified_stays);
  ADD ("household", test_household);
  ADD ("several", test_several);
  g_test_add ("/feed-pass/R40/killed", Fixture, NULL, fixture_set_up_closed, test_killed, fixture_tear_down);
  g_test_add ("/feed-pass/R40/killed-later", Fixture, NULL, fixture_set_up_closed, test_killed_later, fixture_tear_down);
  g_test_add ("/feed-pass/R40/killed-anew", Fixture, NULL, fixture_set_up_closed, test_killed_anew, fixture_tear_down);
  ADD ("many", test_many);
  return g_test_run ();
}
