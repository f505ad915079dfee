/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where accounts come from: kept, changed, deleted; and what older files hold of it (R40). */

#include "feed-support.h"

static void
test_keep (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (fixture->ledger, id, NULL), copy = NULL, read = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (connection->name, ==, "Provider");
  g_assert_null (connection->issuer);
  g_assert_cmpint (connection->acct_includes_mulaid, ==, ZIFU_PROFILE_YES);
  copy = zifu_connection_copy (connection);
  g_free (copy->name);
  copy->name = g_strdup ("市医保局");
  copy->issuer = g_strdup ("https://issuer");
  copy->api_base = g_strdup ("https://api");
  copy->max_limit = 300;
  copy->min_interval_s = 60;
  copy->automatic = copy->on_metered = TRUE;
  copy->consent_expires = g_strdup ("2027-01-01T00:00:00+08:00");
  copy->psn_etag = g_strdup ("\"e\"");
  copy->tried_at = 1;
  copy->arrived_at = 2;
  copy->not_before = 3;
  copy->verified_at = 4;
  copy->verified_balance = -5;
  copy->verdict = ZIFU_CONNECTION_UNRECONCILED;
  copy->place = g_strdup ("C5|310|12.30|12.31");
  copy->problem = g_strdup ("offline");
  copy->clock_skew_s = -600;
  copy->fund_includes_acct = ZIFU_PROFILE_UNKNOWN;
  g_assert_true (zifu_ledger_update_connection (fixture->ledger, copy, &error));
  read = zifu_ledger_get_connection (fixture->ledger, id, NULL);
  g_assert_cmpstr (read->name, ==, copy->name);
  g_assert_cmpstr (read->issuer, ==, copy->issuer);
  g_assert_cmpstr (read->api_base, ==, copy->api_base);
  g_assert_cmpuint (read->max_limit, ==, 300);
  g_assert_cmpuint (read->min_interval_s, ==, 60);
  g_assert_true (read->automatic && read->on_metered);
  g_assert_cmpstr (read->consent_expires, ==, copy->consent_expires);
  g_assert_cmpstr (read->psn_etag, ==, copy->psn_etag);
  g_assert_cmpint (read->tried_at + 10 * read->arrived_at + 100 * read->not_before + 1000 * read->verified_at, ==, 4321);
  g_assert_cmpint (read->verified_balance, ==, -5);
  g_assert_cmpint (read->verdict, ==, ZIFU_CONNECTION_UNRECONCILED);
  g_assert_cmpstr (read->place, ==, copy->place);
  g_assert_cmpstr (read->problem, ==, "offline");
  g_assert_cmpint (read->clock_skew_s, ==, -600);
  g_assert_cmpint (read->fund_includes_acct, ==, ZIFU_PROFILE_UNKNOWN);
  list = zifu_ledger_list_connections (fixture->ledger, &error);
  g_assert_cmpuint (list->len, ==, 1);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (fixture->ledger, id, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (zifu_ledger_add_connection (fixture->ledger, connection, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DUPLICATE);
  g_clear_error (&error);
  connection->member_id = 99;
  g_assert_cmpint (zifu_ledger_add_connection (fixture->ledger, connection, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  connection->id = 99;
  g_assert_false (zifu_ledger_update_connection (fixture->ledger, connection, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (zifu_ledger_delete_connection (fixture->ledger, 99, TRUE, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_clear_pointer (&connection->base_url, g_free);
  g_assert_false (zifu_ledger_update_connection (fixture->ledger, connection, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
}

static void
test_fees (Fixture *fixture, gconstpointer data)
{
  static const char lines[] = "{\"setl_id\": \"S1\", \"feelist\": [{\"feedetl_sn\": \"1\", \"det_item_fee_sumamt\": \"1.00\","
                              " \"chrgitm_lv\": \"01\"}]}";
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autofree char *etag = NULL, *json = NULL, *again = NULL, *none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_ledger_get_fees (fixture->ledger, id, "S1", NULL, &none, &error));
  g_assert_null (none);
  g_assert_true (zifu_feed_check_fees (lines, strlen (lines), "S1", &error));
  g_assert_false (zifu_feed_check_fees (lines, strlen (lines), "S2", &error));
  g_clear_error (&error);
  g_assert_false (zifu_feed_check_fees ("{\"setl_id\": \"S1\", \"feelist\": [{}]}", 34, "S1", &error));
  g_assert_cmpstr (error->message, ==, "Line 1 of the bill: “feedetl_sn” is missing or is not as it must be. Nothing was read.");
  g_clear_error (&error);
  g_assert_true (zifu_ledger_put_fees (fixture->ledger, id, "S1", "\"a\"", lines, &error));
  g_assert_true (zifu_ledger_put_fees (fixture->ledger, id, "S1", "\"b\"", lines, &error));
  g_assert_true (zifu_ledger_get_fees (fixture->ledger, id, "S1", &etag, &json, &error));
  g_assert_cmpstr (etag, ==, "\"b\"");
  g_assert_cmpstr (json, ==, lines);
}

/* Without its entries a connection leaves an ordinary history; a person goes with everything. */
static void
test_delete (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  gint64 other = add_person (fixture->ledger, "李强", "spouse", "active", 700), second;
  g_autoptr (Source) source = source_new (500);
  g_autoptr (ZifuFeedVerdict) verdict = NULL, again = NULL;
  g_autoptr (GError) error = NULL;

  source_move (source, "SECRETROW", "2026-01-05 09:00:00", "101", NULL, 250);
  source_visit (source, "S1", "2026-01-06 09:00:00", 1000, 100);
  verdict = pull (fixture->ledger, id, source, 500, FALSE);
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, 650);
  g_assert_true (zifu_ledger_delete_connection (fixture->ledger, id, FALSE, &error));
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, 650);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM sync_row_d"), ==, 0);
  assert_balanced (fixture->ledger, person);

  /* Connected once more nothing is doubled; disconnected with everything nothing is left. */
  second = connect_person (fixture->ledger, person);
  again = pull (fixture->ledger, second, source, 500, FALSE);
  g_assert_cmpint (again->verdict, ==, ZIFU_CONNECTION_VERIFIED);
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, 650);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d WHERE psn_no = 1"), ==, 3);
  g_assert_true (zifu_ledger_delete_connection (fixture->ledger, second, TRUE, &error));
  /* What the history that was kept begins with was the person's own by then. */
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, 500);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM acct_mon_d WHERE psn_no = 1 AND cnt > 0"), ==, 1);
  assert_balanced (fixture->ledger, person);
  g_assert_cmpint (get_balance (fixture->ledger, other), ==, 700);

  again = (zifu_feed_verdict_free (again), pull (fixture->ledger, connect_person (fixture->ledger, person), source, 500, FALSE));
  g_assert_true (zifu_ledger_delete_member (fixture->ledger, person, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_int (fixture->path, "SELECT (SELECT COUNT (*) FROM sync_d) + (SELECT COUNT (*) FROM sync_row_d)"), ==, 0);
  g_clear_object (&fixture->ledger);
  g_assert_false (file_contains (fixture->path, "SECRETROW"));
}

/* The sixth shape had no connections; what it had is there. */
static void
test_migrate_6 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL, problems = NULL;
  g_autoptr (GError) error = NULL;

  make_old (fixture->path, 6);
  fixture->ledger = open_ledger (fixture->path);
  g_assert_cmpint (query_int (fixture->path, "PRAGMA user_version"), ==, ZIFU_LEDGER_SCHEMA_VERSION);
  g_assert_cmpint (query_int (fixture->path, "SELECT (SELECT COUNT (*) FROM psn_insu_d) + (SELECT COUNT (*) FROM psn_filg_d)"
                                             " + (SELECT COUNT (*) FROM psn_tras_d) + (SELECT COUNT (*) FROM presetl_d)"), ==, 4);
  list = zifu_ledger_list_connections (fixture->ledger, &error);
  g_assert_cmpuint (list->len, ==, 0);
  problems = zifu_ledger_verify (fixture->ledger, &error);
  g_assert_cmpuint (problems->len, ==, 0);
  assert_balanced (fixture->ledger, 1);
  connect_person (fixture->ledger, 1);
}

/* The seventh shape did not say of enrolments and of lines of bills where they come from: nothing goes that somebody may have typed. */
static void
test_migrate_7 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL, problems = NULL;
  g_autoptr (GError) error = NULL;

  make_old (fixture->path, 7);
  fixture->ledger = open_ledger (fixture->path);
  g_assert_cmpint (query_int (fixture->path, "PRAGMA user_version"), ==, ZIFU_LEDGER_SCHEMA_VERSION);
  list = zifu_ledger_list_connections (fixture->ledger, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_insu_d WHERE provenance = 'typed'"), ==, 1);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM sync_fee_d WHERE ver = 0"), ==, 1);
  problems = zifu_ledger_verify (fixture->ledger, &error);
  g_assert_cmpuint (problems->len, ==, 0);
  assert_balanced (fixture->ledger, 1);
  g_assert_true (zifu_ledger_delete_connection (fixture->ledger, ((const ZifuConnection *) g_ptr_array_index (list, 0))->id, TRUE, &error));
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_insu_d"), ==, 1);
}

/* The eighth shape did not say how far the clocks were apart. */
static void
test_migrate_8 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) list = NULL, problems = NULL;
  g_autoptr (GError) error = NULL;
  const ZifuConnection *connection;

  make_old (fixture->path, 8);
  fixture->ledger = open_ledger (fixture->path);
  g_assert_cmpint (query_int (fixture->path, "PRAGMA user_version"), ==, ZIFU_LEDGER_SCHEMA_VERSION);
  list = zifu_ledger_list_connections (fixture->ledger, &error);
  g_assert_cmpuint (list->len, ==, 1);
  connection = g_ptr_array_index (list, 0);
  g_assert_cmpstr (connection->base_url, ==, "https://127.0.0.1:4443/yibao");
  g_assert_cmpint (connection->clock_skew_s, ==, 0);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_insu_d WHERE provenance = 'synced'"), ==, 1);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM sync_fee_d WHERE ver = 3"), ==, 1);
  problems = zifu_ledger_verify (fixture->ledger, &error);
  g_assert_cmpuint (problems->len, ==, 0);
  assert_balanced (fixture->ledger, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, set_up, function) g_test_add ("/connections/R40/" path, Fixture, NULL, set_up, function, fixture_tear_down)
  ADD ("keep", fixture_set_up, test_keep);
  ADD ("refused", fixture_set_up, test_refused);
  ADD ("fees", fixture_set_up, test_fees);
  ADD ("delete", fixture_set_up, test_delete);
  ADD ("migrate-6", fixture_set_up_closed, test_migrate_6);
  ADD ("migrate-7", fixture_set_up_closed, test_migrate_7);
  ADD ("migrate-8", fixture_set_up_closed, test_migrate_8);
  return g_test_run ();
}
