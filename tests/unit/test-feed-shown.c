/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed-support.h"

#include "zifu-division.h"

#include "zifu-feed-bill.h"
#include "zifu-feed-bills.h"
#include "zifu-feed-fees.h"
#include "zifu-ledger-life.h"
#include "zifu-sample.h"

/* What arrived as people see it beyond the history: lines of bills, bills that do not add up, totals of the year, enrolments (R39, R40). */

static gint64
find_entry (Fixture *fixture, const char *key)
{
  g_autofree char *sql = g_strdup_printf ("SELECT rid FROM acct_incexpd_d WHERE souc_rid = '%s'", key);

  return query_int (fixture->path, sql);
}

static void
pull_all (Fixture *fixture, gint64 connection, const Source *source, gboolean full)
{
  g_autoptr (ZifuFeedVerdict) verdict = pull (fixture->ledger, connection, source, 500, full);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = zifu_ledger_verify (fixture->ledger, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
keep_fees (Fixture *fixture, gint64 connection, const char *bill, const char *list)
{
  g_autofree char *json = g_strdup_printf ("{\"setl_id\": \"%s\", \"feelist\": [%s]}", bill, list);
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_feed_check_fees (json, strlen (json), bill, &error));
  g_assert_no_error (error);
  g_assert_true (zifu_ledger_put_fees (fixture->ledger, connection, bill, NULL, json, &error));
  g_assert_no_error (error);
}

static ZifuFeedFees *
read_fees (Fixture *fixture, gint64 connection, const char *bill)
{
  g_autoptr (GError) error = NULL;
  ZifuFeedFees *fees = zifu_feed_read_fees (fixture->ledger, connection, bill, &error);

  g_assert_no_error (error);
  return fees;
}

#define DRUG(sum, scope) \
  "{\"feedetl_sn\": \"1\", \"hilist_name\": \"阿莫西林 <胶囊> & 0.25g\", \"cnt\": \"2\", \"pric\": \"60.000000\"," \
  " \"det_item_fee_sumamt\": \"" sum "\", \"fulamt_ownpay_amt\": \"0.00\", \"overlmt_amt\": \"0.00\", \"preselfpay_amt\": \"20.00\"," \
  " \"inscp_scp_amt\": \"" scope "\", \"selfpay_prop\": \"0.1000\", \"chrgitm_lv\": \"02\"}"
#define EXAM "{\"feedetl_sn\": \"2\", \"med_list_codg\": \"001101\", \"det_item_fee_sumamt\": \"80.00\", \"chrgitm_lv\": \"01\"}"

/* What was sent is what is read, and what it comes to is compared with the bill. */
static void
test_fees (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = source_new (100000);
  g_autoptr (ZifuFeedFees) none = NULL, fees = NULL, short_ones = NULL, odd = NULL;
  const ZifuFeedFee *fee;

  source_visit (source, "S1", "2026-01-09 10:00:00", 20000, 5000);
  pull_all (fixture, id, source, FALSE);
  none = read_fees (fixture, id, "S1");
  g_assert_false (none->kept);
  g_assert_true (zifu_feed_fees_agree (none));

  keep_fees (fixture, id, "S1", DRUG ("120.00", "100.00") "," EXAM);
  fees = read_fees (fixture, id, "S1");
  g_assert_true (fees->kept);
  g_assert_cmpuint (fees->lines->len, ==, 2);
  g_assert_cmpint (fees->total, ==, 20000);
  g_assert_true (fees->has_stated);
  g_assert_cmpint (fees->stated, ==, 20000);
  g_assert_true (zifu_feed_fees_agree (fees));
  fee = g_ptr_array_index (fees->lines, 0);
  g_assert_cmpstr (fee->name, ==, "阿莫西林 <胶囊> & 0.25g");
  g_assert_cmpstr (fee->level, ==, "02");
  g_assert_cmpstr (fee->quantity, ==, "2");
  g_assert_true (fee->has_parts && fee->adds_up);
  g_assert_cmpint (fee->in_scope, ==, 10000);
  g_assert_cmpint (fee->own, ==, 2000);
  fee = g_ptr_array_index (fees->lines, 1);
  g_assert_cmpstr (fee->name, ==, "001101");
  g_assert_true (!fee->has_parts && fee->adds_up);

  /* A fen is missing in the sum; then only inside a line. */
  keep_fees (fixture, id, "S1", DRUG ("119.99", "99.99") "," EXAM);
  short_ones = read_fees (fixture, id, "S1");
  g_assert_cmpint (short_ones->total, ==, 19999);
  g_assert_true (((const ZifuFeedFee *) g_ptr_array_index (short_ones->lines, 0))->adds_up);
  g_assert_false (zifu_feed_fees_agree (short_ones));
  keep_fees (fixture, id, "S1", DRUG ("120.00", "99.99") "," EXAM);
  odd = read_fees (fixture, id, "S1");
  g_assert_cmpint (odd->total, ==, odd->stated);
  g_assert_false (zifu_feed_fees_agree (odd));
}

static char *
stamp_bills (Fixture *fixture, gint64 person, gint64 *size)
{
  g_autoptr (GError) error = NULL;
  char *stamp = zifu_feed_stamp_bills (fixture->ledger, person, size, &error);

  g_assert_no_error (error);
  g_assert_nonnull (stamp);
  return stamp;
}

static GPtrArray *
load_bills (Fixture *fixture, gint64 person)
{
  g_autoptr (ZifuRecord) record = zifu_record_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_feed_load_bills (fixture->ledger, person, record, &error));
  g_assert_no_error (error);
  return g_ptr_array_ref (record->bills);
}

static void
assert_line (GPtrArray *bills, guint bill, guint number, const char *item, const char *category, const char *parts)
{
  const ZifuVisit *visit = g_ptr_array_index (bills, bill);
  const ZifuBillLine *line = &g_array_index (visit->lines, ZifuBillLine, number);
  g_autofree char *found = line->has_out && line->has_over_limit && line->has_prior
                             ? g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, line->out, line->over_limit,
                                                line->prior)
                             : g_strdup ("?");

  g_assert_cmpstr (zifu_facts_get_string (line->facts, "item"), ==, item);
  g_assert_cmpstr (zifu_facts_get_string (line->facts, "category"), ==, category);
  g_assert_cmpstr (found, ==, parts);
}

#define SHORT(name, level, scope) \
  "{\"feedetl_sn\": \"1\", \"hilist_name\": \"" name "\", \"det_item_fee_sumamt\": \"100.00\", \"inscp_scp_amt\": \"" scope "\"," \
  " \"chrgitm_lv\": \"" level "\"}"

/* R25: the newest three bills whose lines are kept, with the parts that each line states; of others nothing. */
static void
test_bills (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person), size = 0;
  gint64 other = add_person (fixture->ledger, "李强", "spouse", "active", 0);
  g_autoptr (Source) source = source_new (100000);
  g_autofree char *none = stamp_bills (fixture, person, &size), *some = NULL, *same = NULL, *fewer = NULL;
  g_autoptr (GPtrArray) nothing = load_bills (fixture, person), bills = NULL, of_other = NULL;

  g_assert_cmpint (size, ==, 0);
  g_assert_cmpuint (nothing->len, ==, 0);
  for (guint i = 1; i <= 5; i++)
    {
      g_autofree char *key = g_strdup_printf ("S%u", i), *time = g_strdup_printf ("2026-01-0%u 10:00:00", i);

      source_visit (source, key, time, 20000, 5000);
    }
  pull_all (fixture, id, source, FALSE);
  keep_fees (fixture, id, "S1", EXAM);
  keep_fees (fixture, id, "S2", EXAM);
  keep_fees (fixture, id, "S4", DRUG ("120.00", "100.00") "," EXAM "," SHORT ("甲", "03", "0.00") "," SHORT ("乙", "02", "90.00") ","
                                SHORT ("丙", "自定", "99.99"));
  keep_fees (fixture, id, "S5", EXAM);
  some = stamp_bills (fixture, person, &size);
  g_assert_cmpint (size, >, 500);
  g_assert_cmpstr (none, !=, some);
  bills = load_bills (fixture, person);
  g_assert_cmpuint (bills->len, ==, 3);
  g_assert_cmpint (((const ZifuVisit *) g_ptr_array_index (bills, 0))->date, ==, zifu_date_new (2026, 1, 5));
  g_assert_cmpint (((const ZifuVisit *) g_ptr_array_index (bills, 1))->date, ==, zifu_date_new (2026, 1, 4));
  g_assert_cmpint (((const ZifuVisit *) g_ptr_array_index (bills, 2))->date, ==, zifu_date_new (2026, 1, 2));
  assert_line (bills, 1, 0, "阿莫西林 <胶囊> & 0.25g", "B", "0 0 2000");
  assert_line (bills, 1, 1, "001101", "A", "?");
  assert_line (bills, 1, 2, "甲", "C", "10000 0 0");
  assert_line (bills, 1, 3, "乙", "B", "0 0 1000");
  assert_line (bills, 1, 4, "丙", NULL, "1 0 0");
  of_other = load_bills (fixture, other);
  g_assert_cmpuint (of_other->len, ==, 0);

  same = stamp_bills (fixture, person, NULL);
  g_assert_cmpstr (some, ==, same);
  /* What was taken back was not paid. */
  source_put (source, "setlinfo", "S5", "del", NULL);
  pull_all (fixture, id, source, FALSE);
  fewer = stamp_bills (fixture, person, NULL);
  g_assert_cmpstr (fewer, !=, some);
  g_clear_pointer (&bills, g_ptr_array_unref);
  bills = load_bills (fixture, person);
  g_assert_cmpint (((const ZifuVisit *) g_ptr_array_index (bills, 0))->date, ==, zifu_date_new (2026, 1, 4));
}

/* Sums that no number holds are refused, not wrapped. */
static void
test_fees_too_large (Fixture *fixture, gconstpointer data)
{
  static const char line[] = "{\"feedetl_sn\": \"1\", \"det_item_fee_sumamt\": \"99999999999999.99\", \"chrgitm_lv\": \"01\"}";
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (GString) list = g_string_new (line);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 999; i++)
    g_string_append_printf (list, ",%s", line);
  keep_fees (fixture, id, "S1", list->str);
  g_assert_null (zifu_feed_read_fees (fixture->ledger, id, "S1", &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_LIMIT);
}

/* Lines of a bill that was corrected or taken back are not kept; a full pass that brings the same keeps them. */
static void
test_fees_go (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = source_new (100000);
  g_autofree char *corrected = bill_json ("S1", NULL, "2026-01-09 10:00:00", 21000, 0, FALSE);

  source_visit (source, "S1", "2026-01-09 10:00:00", 20000, 0);
  source_visit (source, "S2", "2026-01-10 10:00:00", 8000, 0);
  source_visit (source, "S3", "2026-01-11 10:00:00", 8000, 0);
  pull_all (fixture, id, source, FALSE);
  keep_fees (fixture, id, "S1", DRUG ("120.00", "100.00") "," EXAM);
  keep_fees (fixture, id, "S2", EXAM);
  keep_fees (fixture, id, "S3", EXAM);
  pull_all (fixture, id, source, TRUE);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM sync_fee_d"), ==, 3);

  source_put (source, "setlinfo", "S1", "put", corrected);
  source_put (source, "setlinfo", "S2", "del", NULL);
  pull_all (fixture, id, source, FALSE);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM sync_fee_d"), ==, 1);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM sync_fee_d WHERE source_id = 'S3'"), ==, 1);
}

static void
assert_doubtful (Fixture *fixture, gint64 person, guint n, const char *key)
{
  ZifuEntryFilter filter = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = zifu_ledger_list_entries (fixture->ledger, person, &filter, 1000, &error);
  g_autoptr (GHashTable) doubtful = zifu_feed_find_doubtful (fixture->ledger, entries, &error);
  gint64 id = key != NULL ? find_entry (fixture, key) : 0;

  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (doubtful), ==, n);
  if (key != NULL)
    g_assert_true (g_hash_table_contains (doubtful, &id));
}

static void
assert_mark (Fixture *fixture, const char *key, const char *bill, ZifuFeedCheck check, const char *told)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuFeedBill) found = zifu_feed_find_bill (fixture->ledger, find_entry (fixture, key), &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (found->setl_id, ==, bill);
  if (check == ZIFU_FEED_CHECK_NONE)
    {
      g_assert_cmpuint (found->marks->len, ==, 0);
      return;
    }
  g_assert_cmpuint (found->marks->len, ==, 1);
  g_assert_cmpint (((const ZifuFeedMark *) g_ptr_array_index (found->marks, 0))->check, ==, check);
  g_assert_cmpstr (zifu_feed_check_name (check), !=, "");
  text = zifu_feed_mark_describe (g_ptr_array_index (found->marks, 0));
  g_assert_cmpstr (text, ==, told);
}

/* A bill that does not add up is no receipt, but its entry leads to it, with both figures. */
static void
test_marks (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  gint64 other = add_person (fixture->ledger, "李强", "spouse", "active", 700);
  g_autoptr (Source) source = source_new (100000);
  g_autofree char *good = bill_json ("S1", NULL, "2026-01-09 10:00:00", 20000, 5000, FALSE), *mended = g_strdup (good);
  g_autoptr (GString) bad = g_string_new (good);

  add_entry (fixture->ledger, other, "2026-02-05", ZIFU_ENTRY_CREDIT, 100);
  source_visit (source, "S0", "2026-01-08 10:00:00", 8000, 1000);
  source_visit (source, "S1", "2026-01-09 10:00:00", 20000, 5000);
  g_assert_cmpuint (g_string_replace (bad, "\"inscp_scp_amt\": \"200.00\"", "\"inscp_scp_amt\": \"200.01\"", 1), ==, 1);
  source_put (source, "setlinfo", "S1", "put", bad->str);
  pull_all (fixture, id, source, FALSE);
  assert_mark (fixture, "M-S0", "S0", ZIFU_FEED_CHECK_NONE, NULL);
  assert_mark (fixture, "M-S1", "S1", ZIFU_FEED_CHECK_SETTLEMENT, "Bill S1, total: should be 200.01, the provider says 200.00.");
  assert_doubtful (fixture, person, 1, "M-S1");
  assert_doubtful (fixture, other, 0, NULL);

  source_put (source, "setlinfo", "S1", "put", mended);
  pull_all (fixture, id, source, FALSE);
  assert_mark (fixture, "M-S1", "S1", ZIFU_FEED_CHECK_NONE, NULL);
  assert_doubtful (fixture, person, 0, NULL);
}

/* The account moved by something else than the bill says; the movement of another bill is left alone. */
static void
test_marks_moved (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = source_new (100000);
  g_autofree char *bill = bill_json ("S2", NULL, "2026-01-10 10:00:00", 20000, 5000, FALSE);

  source_visit (source, "S1", "2026-01-09 10:00:00", 8000, 1000);
  source_put (source, "setlinfo", "S2", "put", bill);
  source_move (source, "M2", "2026-01-10 10:00:00", "201", "S2", -4999);
  pull_all (fixture, id, source, FALSE);
  assert_mark (fixture, "M2", "S2", ZIFU_FEED_CHECK_MOVEMENTS,
               "For the bill S2 the account should have moved by 50.00; it moved by 49.99.");
  assert_doubtful (fixture, person, 1, "M2");

  /* A reversal that gives back too little: both are marked. */
  source_reverse (source, "S1", "2026-01-09 10:00:00", 8000, 1000, "2026-02-01 10:00:00");
  {
    g_autofree char *red = bill_json ("R-S1", "S1", "2026-02-01 10:00:00", -7998, -1000, TRUE);

    source_put (source, "setlinfo", "R-S1", "put", red);
  }
  pull_all (fixture, id, source, FALSE);
  assert_mark (fixture, "M-S1", "S1", ZIFU_FEED_CHECK_RED_PAIR, "The reversal R-S1 should give back −80.00, the provider says −79.98.");
  assert_mark (fixture, "M-R-S1", "R-S1", ZIFU_FEED_CHECK_RED_PAIR,
               "The reversal R-S1 should give back −80.00, the provider says −79.98.");
  assert_doubtful (fixture, person, 3, "M-R-S1");
}

/* A balance that does not follow is told beside its movement. */
static void
test_marks_running (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = source_new (100000);
  g_autofree char *wrong = movement_json ("C1", "2026-01-05 09:00:00", "101", NULL, 100, 100101);

  source_move (source, "C1", "2026-01-05 09:00:00", "101", NULL, 100);
  source_put (source, "acct_detl", "C1", "put", wrong);
  source_visit (source, "S1", "2026-01-09 10:00:00", 8000, 1000);
  pull_all (fixture, id, source, FALSE);
  assert_mark (fixture, "C1", NULL, ZIFU_FEED_CHECK_RUNNING,
               "The balance after 2026-01-05 09:00:00 should be 1,001.00, the provider says 1,001.01.");
  assert_doubtful (fixture, person, 1, "C1");
}

/* ---- how somebody is insured */

#define INSURED(rid, from, region) \
  "{\"rid\": \"" rid "\", \"insutype\": \"310\", \"psn_type\": \"11\", \"psn_insu_stas\": \"1\", \"psn_insu_date\": \"" from "\"," \
  " \"insuplc_admdvs\": \"" region "\"}"

/* What the provider brought goes with it; it follows the provider before that. */
static void
test_enrolment_goes (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = source_new (100000);
  g_autoptr (GError) error = NULL;

  source_put (source, "insuinfo", "I1", "put", INSURED ("I1", "2020-01-01", "110000"));
  pull_all (fixture, id, source, FALSE);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_insu_d WHERE provenance = 'synced'"), ==, 1);
  source_put (source, "insuinfo", "I1", "put", INSURED ("I1", "2021-03-01", "110000"));
  pull_all (fixture, id, source, FALSE);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_insu_d WHERE crt_insu_date = '2021-03-01'"), ==, 1);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_insu_d"), ==, 1);
  g_assert_true (zifu_ledger_delete_connection (fixture->ledger, id, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_insu_d"), ==, 0);
}

/* What somebody stated is not replaced, not even by the same, and stays. */
static void
test_enrolment_stated (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = source_new (100000);
  g_autoptr (ZifuLifeEvent) event = zifu_life_event_new (ZIFU_LIFE_ENROLMENT, person);
  g_autoptr (GError) error = NULL;

  g_free (event->insurance);
  event->insurance = g_strdup ("310");
  event->region = g_strdup ("110000");
  event->from = day ("2020-01-01");
  event->to = day ("2025-06-30");
  event->paid = TRUE;
  g_assert_true (zifu_ledger_replace_life (fixture->ledger, NULL, event, &error));
  g_assert_no_error (error);
  source_put (source, "insuinfo", "I1", "put", INSURED ("I1", "2020-01-01", "110000"));
  pull_all (fixture, id, source, FALSE);
  g_assert_true (zifu_ledger_delete_connection (fixture->ledger, id, TRUE, &error));
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_insu_d WHERE paus_insu_date = '2025-06-30'"), ==, 1);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_insu_d"), ==, 1);
}

/* What a platform calls somebody decides what is paid; a word that is not known changes nothing. */
static void
test_person_types (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *insurance, *type, *told;
  } types[] = {
    { "310", "11", "310 active -" },           { "310", "1101", "310 active -" },         { "310", "1103", "310 flexible -" },
    { "310", "12", "310 retired -" },          { "310", "1201", "310 retired -" },        { "390", "14", "390 resident minor" },
    { "390", "1403", "390 resident student" }, { "390", "1404", "390 resident student" }, { "390", "15", "390 resident working" },
    { "390", "16", "390 resident elderly" },   { "390", "99", "310 active -" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      gint64 person = add_person (fixture->ledger, types[i].type, "other", "active", 0), id = connect_person (fixture->ledger, person);
      g_autoptr (Source) source = source_new (100000);
      g_autofree char *row = g_strdup_printf ("{\"rid\": \"I1\", \"insutype\": \"%s\", \"psn_type\": \"%s\", \"psn_insu_stas\": \"1\","
                                              " \"psn_insu_date\": \"2020-01-01\", \"insuplc_admdvs\": \"110000\"}",
                                              types[i].insurance, types[i].type);
      g_autofree char *brought = g_strdup_printf ("UPDATE psn_b SET provenance = 'synced' WHERE psn_no = %" G_GINT64_FORMAT, person);
      g_autofree char *sql = g_strdup_printf ("SELECT insutype || ' ' || status || ' ' || IFNULL (resident_class, '-') FROM psn_b"
                                              " WHERE psn_no = %" G_GINT64_FORMAT, person);
      g_autofree char *told = NULL;

      run_sql (fixture->path, brought);
      source_put (source, "insuinfo", "I1", "put", row);
      pull_all (fixture, id, source, FALSE);
      told = query_text (fixture->path, sql);
      g_assert_cmpstr (told, ==, types[i].told);
    }
}

static void
assert_region (Fixture *fixture, const char *provenance, const char *code, const char *region)
{
  static const char *const regions[] = { "110000", "320100", "320500", NULL };
  gint64 person = add_person (fixture->ledger, code, "other", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = source_new (100000);
  g_autoptr (ZifuMember) member = NULL;
  g_autofree char *sql = g_strdup_printf ("UPDATE psn_b SET provenance = '%s', insu_admdvs = '500000' WHERE psn_no = %" G_GINT64_FORMAT,
                                           provenance, person);
  g_autofree char *row = g_strdup_printf (INSURED ("I1", "2020-01-01", "%s"), code);
  g_autoptr (ZifuFeedVerdict) verdict = NULL;
  g_autoptr (ZifuFeedPass) pass = NULL;
  g_autoptr (GError) error = NULL;

  run_sql (fixture->path, sql);
  source_put (source, "insuinfo", "I1", "put", row);
  source_visit (source, "S1", "2026-01-09 10:00:00", 20000, 5000);
  pass = zifu_feed_pass_begin (fixture->ledger, id, FALSE, &error);
  g_assert_no_error (error);
  zifu_feed_pass_set_regions (pass, regions);
  pull_pages (source, pass, 500, 1);
  verdict = zifu_feed_pass_finish (pass, 1000, &error);
  g_assert_no_error (error);
  member = zifu_ledger_get_member (fixture->ledger, person, &error);
  g_assert_cmpstr (member->region, ==, region);
  g_clear_pointer (&sql, g_free);
  sql = g_strdup_printf ("SELECT insu_admdvs FROM setl_d WHERE psn_no = %" G_GINT64_FORMAT, person);
  {
    g_autofree char *settled = query_text (fixture->path, sql);

    g_assert_cmpstr (settled, ==, region);
  }
}

/* The rules are those of the place that the provider names, its city or its province, if there are any; what a person said stays. */
static void
test_region (Fixture *fixture, gconstpointer data)
{
  assert_region (fixture, "synced", "320505", "320500");
  assert_region (fixture, "synced", "320100", "320100");
  assert_region (fixture, "synced", "110105", "110000");
  assert_region (fixture, "synced", "440106", "500000");
  assert_region (fixture, "typed", "320505", "500000");
}

/* ---- totals of the year */

/* A visit of which the bill says what was counted towards the deductible. */
static void
visit_with_deductible (Source *source, const char *id, const char *time, ZifuMoney total, const char *deductible)
{
  g_autofree char *data = bill_json (id, NULL, time, total, 0, FALSE), *told = g_strdup_printf ("\"act_pay_dedc\": \"%s\"", deductible);
  g_autoptr (GString) bill = g_string_new (data);

  g_assert_cmpuint (g_string_replace (bill, "\"act_pay_dedc\": \"0.00\"", told, 1), ==, 1);
  source_put (source, "setlinfo", id, "put", bill->str);
}

/* Where a total stands on a day, in fen; −1 = nowhere. */
static ZifuMoney
total_on (Fixture *fixture, gint64 person, const char *name, const char *on)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPerson) found = zifu_ledger_load_person_on (fixture->ledger, person, pack, day (on), &error);

  g_assert_no_error (error);
  for (guint i = 0; i < found->counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (found->counters, ZifuCounterValue, i);
      ZifuMoney amount = 0;

      if (!g_str_equal (counter->name, name))
        continue;
      g_assert_true (zifu_rational_round (counter->value, ZIFU_ROUND_FEN, &amount));
      return amount;
    }
  return -1;
}

/* R39: what the bills of the year say was counted is where the totals stand; another year's do not count, nor what was taken back. */
static void
test_year_of_bills (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = source_new (100000);

  visit_with_deductible (source, "S0", "2025-12-30 10:00:00", 70000, "350.00");
  visit_with_deductible (source, "S1", "2026-01-09 10:00:00", 100000, "500.00");
  visit_with_deductible (source, "S2", "2026-02-09 10:00:00", 60000, "300.01");
  visit_with_deductible (source, "S3", "2026-03-09 10:00:00", 60000, "300.00");
  source_reverse (source, "S3", "2026-03-09 10:00:00", 60000, 0, "2026-03-10 10:00:00");
  pull_all (fixture, id, source, FALSE);
  g_assert_cmpint (total_on (fixture, person, "op_ded", "2026-11-25"), ==, 80001);
  g_assert_cmpint (total_on (fixture, person, "op_ded", "2026-01-31"), ==, 50000);
  g_assert_cmpint (total_on (fixture, person, "op_fund", "2026-11-25"), ==, 80000);
}

static void
assert_divided (Fixture *fixture, gint64 person, const char *on, ZifuMoney current, ZifuMoney earlier, ZifuMoney undivided)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPack) pack = zifu_pack_library_load (library, "310000", &error);
  g_autoptr (ZifuPerson) found = zifu_ledger_load_person_on (fixture->ledger, person, pack, day (on), &error);

  g_assert_no_error (error);
  g_assert_cmpint (zifu_division_in_purse (found, ZIFU_DIVISION_CURRENT), ==, current);
  g_assert_cmpint (zifu_division_in_purse (found, ZIFU_DIVISION_EARLIER), ==, earlier);
  g_assert_cmpint (zifu_division_in_purse (found, ZIFU_DIVISION_UNDIVIDED), ==, undivided);
}

/* Where rules care of which year the money is, what a provider sends is divided like what is typed; also what it takes back. */
static void
test_division (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = source_new (100000);

  source_move (source, "C0", "2024-06-30 10:00:00", "101", NULL, 30000);
  source_move (source, "C1", "2024-07-01 10:00:00", "101", NULL, 20000);
  source_visit (source, "V1", "2024-07-08 10:00:00", 80000, 30000);
  pull_all (fixture, id, source, FALSE);
  assert_divided (fixture, person, "2024-06-30", 20000, 0, 100000);
  assert_divided (fixture, person, "2024-08-01", 0, 120000, 0);
  source_reverse (source, "V1", "2024-07-08 10:00:00", 80000, 30000, "2024-07-20 10:00:00");
  pull_all (fixture, id, source, FALSE);
  assert_divided (fixture, person, "2024-08-01", 20000, 130000, 0);
}

/* What was typed counts as long as the provider says nothing, and again without the provider. */
static void
test_year_typed (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = source_new (100000);
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_ledger_set_counter (fixture->ledger, person, "op_ded", zifu_rational_from_fen (123400), day ("2026-01-01"), &error));
  g_assert_cmpint (total_on (fixture, person, "op_ded", "2026-11-25"), ==, 123400);
  pull_all (fixture, id, source, FALSE);
  g_assert_cmpint (total_on (fixture, person, "op_ded", "2026-11-25"), ==, 123400);
  visit_with_deductible (source, "S1", "2026-01-09 10:00:00", 100000, "500.00");
  pull_all (fixture, id, source, FALSE);
  g_assert_cmpint (total_on (fixture, person, "op_ded", "2026-11-25"), ==, 50000);
  g_assert_true (zifu_ledger_delete_connection (fixture->ledger, id, TRUE, &error));
  g_assert_cmpint (total_on (fixture, person, "op_ded", "2026-11-25"), ==, 123400);
}

/* A total of the provider's own wins up to its day; bills after it are added.  One that the pack does not know moves nothing. */
static void
test_year_stated (Fixture *fixture, gconstpointer data)
{
#define TOTAL(code, month, cum) \
  "{\"insutype\": \"310\", \"year\": \"2026\", \"cum_ym\": \"" month "\", \"cum_type_code\": \"" code "\", \"cum\": \"" cum "\"}"
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = source_new (100000);
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_ledger_set_counter (fixture->ledger, person, "op_ded", zifu_rational_from_fen (1), day ("2026-01-01"), &error));
  visit_with_deductible (source, "S1", "2026-01-09 10:00:00", 100000, "500.00");
  visit_with_deductible (source, "S2", "2026-02-09 10:00:00", 60000, "300.00");
  source_put (source, "cum", "310-2026-F", "put", TOTAL ("F0000_BIZ11", "202601", "99.00"));
  source_put (source, "cum", "310-2026-D", "put", TOTAL ("op_ded", "202601", "700.00"));
  pull_all (fixture, id, source, FALSE);
  g_assert_cmpint (total_on (fixture, person, "op_ded", "2026-11-25"), ==, 100000);
  g_assert_cmpint (total_on (fixture, person, "op_ded", "2026-01-31"), ==, 70000);
  /* Counted to the end of the year: up to the newest row that came before it, that is with every bill that is there. */
  source_put (source, "cum", "310-2026-D", "put", TOTAL ("op_ded", "202612", "850.00"));
  pull_all (fixture, id, source, FALSE);
  g_assert_cmpint (total_on (fixture, person, "op_ded", "2026-11-25"), ==, 85000);
  visit_with_deductible (source, "S3", "2026-12-01 10:00:00", 60000, "10.00");
  pull_all (fixture, id, source, FALSE);
  g_assert_cmpint (total_on (fixture, person, "op_ded", "2026-12-31"), ==, 86000);
}

/* ---- what was there before */

static gint64
type_entry (Fixture *fixture, gint64 person, ZifuEntryKind kind, const char *place)
{
  ZifuEntry entry = { .member_id = person, .kind = kind, .amount = -5000, .base = -1, .date = day ("2026-01-09"),
                      .institution = (char *) place };
  g_autoptr (GError) error = NULL;
  gint64 id = zifu_ledger_add_entry (fixture->ledger, &entry, &error);

  g_assert_no_error (error);
  return id;
}

static void
assert_key (Fixture *fixture, gint64 entry, const char *key)
{
  g_autoptr (ZifuEntry) found = zifu_ledger_get_entry (fixture->ledger, entry, NULL);

  g_assert_nonnull (found);
  g_assert_cmpstr (found->souc_rid, ==, key);
}

/* An equal amount on the same day is the same thing only when it is of the same kind. */
static void
test_other_kind (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 50000), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = source_new (100000);
  gint64 pharmacy = type_entry (fixture, person, ZIFU_ENTRY_PHARMACY, "康源大药房");

  source_visit (source, "S1", "2026-01-09 10:00:00", 20000, 5000);
  pull_all (fixture, id, source, FALSE);
  assert_key (fixture, pharmacy, NULL);
  g_assert_cmpint (find_entry (fixture, "M-S1"), !=, pharmacy);
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, source->balance);
}

/* Of two that are equal the one at the same place is taken, and the other one stays. */
static void
test_equal_ones (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 50000), id = connect_person (fixture->ledger, person);
  g_autoptr (Source) source = source_new (100000);
  gint64 elsewhere = type_entry (fixture, person, ZIFU_ENTRY_OUTPATIENT, "区中医院");
  gint64 there = type_entry (fixture, person, ZIFU_ENTRY_OUTPATIENT, "市第一医院");

  source_visit (source, "S1", "2026-01-09 10:00:00", 20000, 5000);
  pull_all (fixture, id, source, FALSE);
  assert_key (fixture, elsewhere, NULL);
  assert_key (fixture, there, "M-S1");
  /* A second one of the source is the second one of the person. */
  source_visit (source, "S2", "2026-01-09 15:00:00", 20000, 5000);
  pull_all (fixture, id, source, FALSE);
  assert_key (fixture, elsewhere, "M-S2");
  assert_key (fixture, there, "M-S1");
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, source->balance);
}

/* ---- beside a sample, and out of a damaged file */

static void
add_sample (Fixture *fixture, ZifuPackLibrary *library)
{
  g_autofree char *path = g_build_filename (g_getenv ("ZIFU_SAMPLE_DIR"), "household.json", NULL), *json = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &json, NULL, &error));
  g_assert_true (zifu_sample_create (fixture->ledger, library, json, -1, TRUE, day ("2026-11-25"), &error));
  g_assert_no_error (error);
}

#define SYNCED_ROWS "SELECT COUNT (*) FROM acct_incexpd_d WHERE provenance = 'synced' AND kind <> 'opening'"
#define SAMPLE_ROWS "SELECT COUNT (*) FROM acct_incexpd_d WHERE provenance = 'sample'"

/* Who looked at the sample first and then connected: neither touches the other, whichever goes. */
static void
test_sample (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (Source) source = source_new (100000);
  g_autoptr (GError) error = NULL;
  gint64 person, id, n_sample, n_synced;

  add_sample (fixture, library);
  n_sample = query_int (fixture->path, SAMPLE_ROWS);
  person = add_person (fixture->ledger, "王敏", "other", "active", 0);
  id = connect_person (fixture->ledger, person);
  source_visit (source, "S1", "2026-01-09 10:00:00", 20000, 5000);
  source_move (source, "C1", "2026-02-05 09:00:00", "101", NULL, 24012);
  pull_all (fixture, id, source, FALSE);
  n_synced = query_int (fixture->path, SYNCED_ROWS);
  g_assert_cmpint (n_synced, >=, 2);
  g_assert_cmpint (query_int (fixture->path, SAMPLE_ROWS), ==, n_sample);
  g_assert_true (zifu_ledger_delete_sample (fixture->ledger, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_int (fixture->path, SYNCED_ROWS), ==, n_synced);
  g_assert_cmpint (get_balance (fixture->ledger, person), ==, source->balance);
  pull_all (fixture, id, source, TRUE);
  g_assert_cmpint (query_int (fixture->path, SYNCED_ROWS), ==, n_synced);
}

/* A sample person that was connected: the source's rows go with the connection, the sample stays what it was. */
static void
test_sample_connected (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (Source) source = source_new (100000);
  g_autoptr (GError) error = NULL;
  gint64 id, n_sample;
  ZifuMoney balance;

  add_sample (fixture, library);
  n_sample = query_int (fixture->path, SAMPLE_ROWS);
  balance = get_balance (fixture->ledger, 1);
  id = connect_person (fixture->ledger, 1);
  source_visit (source, "S1", "2026-01-09 10:00:00", 20000, 5000);
  source_move (source, "C1", "2026-02-05 09:00:00", "101", NULL, 24012);
  pull_all (fixture, id, source, FALSE);
  g_assert_cmpint (get_balance (fixture->ledger, 1), ==, source->balance);
  g_assert_true (zifu_ledger_delete_connection (fixture->ledger, id, TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_int (fixture->path, SYNCED_ROWS), ==, 0);
  g_assert_cmpint (query_int (fixture->path, SAMPLE_ROWS), ==, n_sample);
  g_assert_cmpint (get_balance (fixture->ledger, 1), ==, balance);
}

/* Where the connection could be saved, the next pass brings back every row that could not. */
static void
salvage_page (Fixture *fixture, const char *bytes, gsize length, gsize page, gsize page_size, const Source *source, gint64 person,
              gint64 n_rows, guint *n_healed)
{
  g_autofree char *broken = g_memdup2 (bytes, length);
  g_autoptr (ZifuLedger) sound = NULL;
  g_autoptr (GError) error = NULL;
  ZifuSalvage report = { 0 };

  memset (broken + page, 0xa5, page_size);
  g_assert_true (g_file_set_contents (fixture->path, broken, (gssize) length, NULL));
  sound = zifu_ledger_open (fixture->path, &error);
  g_clear_error (&error);
  if (sound == NULL)
    {
      g_assert_true (zifu_ledger_salvage (fixture->path, "20261126-081500", NULL, &report, &error));
      g_assert_no_error (error);
      sound = open_ledger (fixture->path);
      if (query_int (fixture->path, "SELECT COUNT (*) FROM sync_d") == 1 && query_int (fixture->path, "SELECT COUNT (*) FROM psn_b") == 1)
        {
          g_autoptr (ZifuFeedVerdict) verdict = pull (sound, query_int (fixture->path, "SELECT sync_id FROM sync_d"), source, 500, FALSE);

          g_assert_cmpint (verdict->verdict, ==, ZIFU_CONNECTION_VERIFIED);
          g_assert_cmpint (get_balance (sound, person), ==, source->balance);
          g_assert_cmpint (query_int (fixture->path, SYNCED_ROWS), ==, n_rows);
          *n_healed += report.lost_entries != 0;
        }
      zifu_salvage_clear (&report);
    }
  g_clear_object (&sound);
  g_remove (fixture->path);
}

static void
test_salvage (Fixture *fixture, gconstpointer data)
{
  gint64 person = add_person (fixture->ledger, "王敏", "self", "active", 0), id = connect_person (fixture->ledger, person), n_rows;
  g_autoptr (Source) source = source_new (100000);
  g_autofree char *bytes = NULL;
  gsize length, page_size;
  guint n_healed = 0, n_pages = 0;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *bill = g_strdup_printf ("S%02u", i), *row = g_strdup_printf ("C%02u", i);
      g_autofree char *time = g_strdup_printf ("2026-%02u-%02u 10:00:00", 1 + i / 6, 1 + i % 6 * 4);

      source_visit (source, bill, time, 8000 + i, 100);
      source_move (source, row, time, "101", NULL, 24012 + i);
    }
  pull_all (fixture, id, source, FALSE);
  n_rows = query_int (fixture->path, SYNCED_ROWS);
  page_size = (gsize) query_int (fixture->path, "PRAGMA page_size");
  g_clear_object (&fixture->ledger);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  for (gsize page = page_size; page < length; page += page_size, n_pages++)
    salvage_page (fixture, bytes, length, page, page_size, source, person, n_rows, &n_healed);
  g_test_message ("%u pages, entries came back after %u of them", n_pages, n_healed);
  g_assert_cmpuint (n_healed, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, set_up, function) g_test_add ("/feed-shown/" path, Fixture, NULL, set_up, function, fixture_tear_down)
  ADD ("R40/fees", fixture_set_up, test_fees);
  ADD ("R25/bills", fixture_set_up, test_bills);
  ADD ("R40/fees-too-large", fixture_set_up, test_fees_too_large);
  ADD ("R40/fees-go", fixture_set_up, test_fees_go);
  ADD ("R39/marks", fixture_set_up, test_marks);
  ADD ("R39/marks-moved", fixture_set_up, test_marks_moved);
  ADD ("R39/marks-running", fixture_set_up, test_marks_running);
  ADD ("R40/enrolment-goes", fixture_set_up, test_enrolment_goes);
  ADD ("R40/enrolment-stated", fixture_set_up, test_enrolment_stated);
  ADD ("R40/person-types", fixture_set_up, test_person_types);
  ADD ("R40/region", fixture_set_up, test_region);
  ADD ("R39/year-of-bills", fixture_set_up, test_year_of_bills);
  ADD ("R09/division", fixture_set_up, test_division);
  ADD ("R39/year-typed", fixture_set_up, test_year_typed);
  ADD ("R39/year-stated", fixture_set_up, test_year_stated);
  ADD ("R40/other-kind", fixture_set_up, test_other_kind);
  ADD ("R40/equal-ones", fixture_set_up, test_equal_ones);
  ADD ("R40/sample", fixture_set_up, test_sample);
  ADD ("R40/sample-connected", fixture_set_up, test_sample_connected);
  ADD ("R40/salvage", fixture_set_up, test_salvage);
  return g_test_run ();
}
