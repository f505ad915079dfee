/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The household document: read back it is the same ledger, written again the same bytes; and anonymous it tells nothing. */

#include "zifu-household.h"

#include "test-ledger-common.h"
#include "zifu-case-text.h"
#include "zifu-ledger-estimates.h"
#include "zifu-sample.h"

static char *
path_in (const Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static char *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
fill_sample (ZifuLedger *ledger)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autofree char *path = g_build_filename (g_getenv ("ZIFU_SAMPLE_DIR"), "household.json", NULL);
  g_autofree char *text = read_file (path);
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_sample_create (ledger, library, text, -1, TRUE, day ("2026-11-24"), &error));
  g_assert_no_error (error);
}

/* An estimate with a note, and the settlement that it was about. */
static void
fill_estimate (ZifuLedger *ledger, gint64 member_id)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuVisit) visit = make_visit ("2026-11-20", "outpatient", "3", 423456, 12345);
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (ledger, member_id, &error);
  g_autoptr (ZifuPerson) person = zifu_ledger_load_person (ledger, member_id, &error);
  g_autoptr (ZifuSettlement) settlement = zifu_settle (pack, person, visit, &error);
  g_autoptr (ZifuSavedEstimate) estimate = NULL;
  gint64 id;

  g_assert_no_error (error);
  estimate = zifu_saved_estimate_new (member, person, visit, settlement, "Secret Clinic", "secret words", day ("2026-11-01"));
  id = zifu_ledger_save_estimate (ledger, estimate, &error);
  g_assert_no_error (error);
  g_assert_true (zifu_ledger_set_pair (ledger, id, record (ledger, pack, member_id, visit, "Secret Clinic", 0), ZIFU_PAIR_CONFIRMED,
                                       &error));
  g_assert_no_error (error);
}

/* With what the sample does not have: texts of every kind, a tie, a correction, a balance below 0, an import, an estimate. */
static void
fill (ZifuLedger *ledger)
{
  const char *note = "\"quoted\" \\ back\nline\ttab \001 control, 汉字 😀 \342\200\250";
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuEntry) entry = zifu_entry_new ();
  const ZifuImport import = { .time = (char *) "2026-11-24T10:00:00Z", .file_name = (char *) "bank.csv", .file_hash = (char *) "abc" };
  gint64 extra;

  fill_sample (ledger);
  extra = add_person (ledger, "Extra Person", "other", "active", 0);
  entry->member_id = extra;
  entry->date = day ("2026-10-10");
  entry->kind = ZIFU_ENTRY_OUTPATIENT;
  entry->amount = -12345;
  entry->institution = g_strdup ("Somewhere {\"a\": [1,2]}");
  entry->note = g_strdup (note);
  entry->souc_rid = g_strdup ("SECRETKEY-1");
  entry->provenance = ZIFU_PROVENANCE_IMPORTED;
  g_assert_cmpint (zifu_ledger_begin_import (ledger, &import, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (zifu_ledger_add_import_entry (ledger, entry, &error), >, 0);
  g_assert_no_error (error);
  g_assert_true (zifu_ledger_commit_import (ledger, &import, &error));
  g_assert_no_error (error);
  g_assert_cmpint (get_balance (ledger, extra), ==, -12345);
  fill_estimate (ledger, extra);
}

static char *
write_document (Fixture *fixture, ZifuLedger *ledger, gint64 id, ZifuHouseholdFlags flags, const char *name)
{
  char *path = path_in (fixture, name);
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_household_json_write (ledger, id, flags, path, NULL, &error));
  g_assert_no_error (error);
  return path;
}

static ZifuLedger *
open_other (Fixture *fixture, const char *name)
{
  g_autofree char *path = path_in (fixture, name);

  return open_ledger (path);
}

static void
assert_same_rows (const Fixture *fixture, const char *other_name, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT COUNT (*) FROM %s", table), *other = path_in (fixture, other_name);

  g_assert_cmpint (query_int (fixture->path, sql), ==, query_int (other, sql));
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) other = open_other (fixture, "other.db");
  g_autofree char *first = NULL, *second = NULL, *first_text = NULL, *second_text = NULL;
  g_autoptr (GPtrArray) members = NULL;
  ZifuHouseholdSummary summary;

  fill (fixture->ledger);
  first = write_document (fixture, fixture->ledger, 0, ZIFU_HOUSEHOLD_WHOLE, "first.json");
  g_assert_true (zifu_household_json_read (other, first, &summary, NULL, &error));
  g_assert_no_error (error);
  second = write_document (fixture, other, 0, ZIFU_HOUSEHOLD_WHOLE, "second.json");
  first_text = read_file (first);
  second_text = read_file (second);
  g_assert_cmpstr (first_text, ==, second_text);
  g_assert_cmpint (summary.n_members, ==, 4);
  g_assert_cmpint (summary.broken_member, ==, 0);
  g_assert_cmpint (summary.n_entries, ==, query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d"));
  /* What is derived was derived again. */
  assert_same_rows (fixture, "other.db", "txt_d");
  assert_same_rows (fixture, "other.db", "acct_mon_d");
  members = zifu_ledger_list_members (other, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < members->len; i++)
    assert_balanced (other, ((const ZifuMember *) g_ptr_array_index (members, i))->id);
  /* No number is given twice. */
  g_assert_cmpint (add_person (other, "Next", "other", "active", 0), ==, add_person (fixture->ledger, "Next", "other", "active", 0));
}

/* Every table of the ledger is in the document, or is derived from others. */
static void
test_complete (Fixture *fixture, gconstpointer data)
{
  static const char *const derived[] = { "txt_d", "acct_mon_d", "unlock_d" };
  g_autofree char *path = NULL, *text = NULL, *names = NULL;
  g_auto (GStrv) tables = NULL;

  path = write_document (fixture, fixture->ledger, 0, ZIFU_HOUSEHOLD_WHOLE, "first.json");
  text = read_file (path);
  names = query_text (fixture->path, "SELECT group_concat (name, ' ') FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'");
  tables = g_strsplit (names, " ", -1);
  for (guint i = 0; tables[i] != NULL; i++)
    {
      g_autofree char *quoted = g_strdup_printf ("\"%s\": [", tables[i]);
      gboolean known = strstr (text, quoted) != NULL;

      for (guint n = 0; n < G_N_ELEMENTS (derived); n++)
        known = known || g_str_equal (derived[n], tables[i]) || g_str_has_prefix (tables[i], "txt_");
      if (!known)
        g_error ("the table %s is missing in the document", tables[i]);
    }
}

/*
 * A row in every table with a value in every column, by SQL: what the calls of the ledger would refuse together, such as a month that was
 * paid for somebody with a provider, has to survive as well.
 */
static const char everything[] =
  "BEGIN;"
  "UPDATE psn_b SET brdy = '1980-02-29', resident_class = 'student', psn_clctstd = 1200000, arch_flag = psn_no = 2;"
  "INSERT INTO impt_d VALUES (7, 1, '2026-11-24T10:00:00Z', 'bank.csv', 'abc', '{\"format\": \"zifu-mapping-1\"}', 1, 2, 3, 4, 1);"
  "INSERT INTO txt_d VALUES (1, '协和医院'), (2, 'a note');"
  "INSERT INTO setl_d (setl_id, psn_no, setl_time, begndate, care, med_type, fixmedins_name, fixmedins_class, insu_admdvs, insutype,"
  "  medfee_sumamt, fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt, inscp_scp_amt, act_pay_dedc, fund_pay_sumamt, hosp_part_amt,"
  "  psn_part_amt, own_acct_pay, acct_mulaid_pay, psn_cash_pay, stay, refd_setl_flag, unverified, provenance, impt_id, souc_rid, unstated)"
  "  VALUES (5, 1, '2026-03-02', '2026-03-01', 'inpatient', '21', '协和医院', '3', '110000', '310', 1000, 100, 50, 50, 800, 10, 600, 20,"
  "  380, 100, 80, 200, 1, '1', 1, 'imported', 7, 'S-1', 3);"
  "INSERT INTO setldetail VALUES (5, 1, 'now', 'basic', 'fund', '310100', 600);"
  "INSERT INTO feedetl_d VALUES (5, 1, 1000, '2.5', 100, 50, 50);"
  "INSERT INTO setl_input_d VALUES (5, 1, 1000, 100, 50, 50, 800, 1, 30, 1, 1, 9900);"
  "INSERT INTO setl_axis_d VALUES (5, 'person', 0, 'status', 1, 'string', 'active');"
  "INSERT INTO setl_base_d VALUES (5, 1, 'fund', 600);"
  "INSERT INTO setl_cum_d VALUES (5, 'deductible', '1/3', '2026-01-01', '2/3', '2026-01-02');"
  "INSERT INTO setl_mulaid_d VALUES (5, 1, 2, 4000, 80);"
  "INSERT INTO acct_incexpd_d (rid, psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc, provenance, impt_id,"
  "  souc_rid, fixmedins_id, memo_id, cashym, psn_clctstd, relt_psn_no, setl_id, init_rid)"
  "  SELECT 50, 1, '2026-11-02', 'refund', '102', 100, 0, 100100, 'imported', 7, 'E-1', 1, 2, '202602', 1200000, 2, 5, MIN (rid)"
  "  FROM acct_incexpd_d WHERE psn_no = 1;"
  "INSERT INTO acct_mon_d VALUES (1, '2026-11', 100, 0, 0, 1);"
  "INSERT INTO psn_clct_detl_d VALUES (1, '202602', '2026-02-10', '1', 'Z', 1200000, 24000, 'imported', 7);"
  "INSERT INTO psn_mulaid_d VALUES (1, 2, 200000, '2026-02-01', 'synced');"
  "INSERT INTO cum_d VALUES (1, 'deductible', '18/7', '2026-01-01', 'synced');"
  "INSERT INTO psn_axis_d VALUES (1, 'civil_servant', 'boolean', 'true');"
  "INSERT INTO presetl_d VALUES (3, 1, '2026-11-01', '2026-11-20', 'outpatient', '11', '协和医院', '3', '110000', '310', 1000, 100, 50, 50,"
  "  800, 10, 600, 20, 380, 100, 80, 200, '110000', '2026', '{}', 'words', 1, 'sample');"
  "INSERT INTO presetldetail VALUES (3, 1, 'fund', 600);"
  "INSERT INTO presetl_pair_d VALUES (3, 5, '1');"
  "INSERT INTO psn_insu_d VALUES (4, 1, '390', '310000', '2020-01-01', '2021-12-31', '2', 1, 'synced');"
  "INSERT INTO psn_filg_d VALUES (6, 1, 'filed_temp', '310000', '2026-01-01', '2026-06-30');"
  "INSERT INTO psn_tras_d VALUES (8, 1, '310000', 'in_transit', '2026-05-05', 1);"
  "INSERT INTO crtyear_d VALUES (1, '2026-10-31', 4321, 'typed');"
  "INSERT INTO setl_purse_d VALUES (5, 0, 'current', 9900, 9800);"
  "INSERT INTO sync_d VALUES (2, 1, 'Provider', 'https://example.org', 'https://id.example.org', 'https://api.example.org', 'client', 1, 2,"
  "  1, 500, 60, 1, 1, '2027-01-01', 'W/1', 'h', 'browser', 11, 12, 13, 'verified', '/acct_detl/3', 14, 100100, 'a problem', 2, 's1', 21,"
  "  1, 's2', 22, 1, 1, '2026-01-01', 100000, 420);"
  "INSERT INTO sync_row_d VALUES (9, 2, 2, 'acct_detl', 'E-1', 1, 20, '1', 1, '2026-11-02', 100, 0, 100100, '102', 'S-1', '310', '{}');"
  "INSERT INTO sync_mark_d VALUES (2, 2, 4, 'acct_detl', 'E-1', 'balc', '2026-11-02', 5, 6);"
  "INSERT INTO sync_fee_d VALUES (2, 'S-1', 'W/2', '[]', 3);"
  "COMMIT;";

static GStrv
list_tables (const char *path)
{
  /* What unlocks is always empty. */
  g_autofree char *names = query_text (path, "SELECT group_concat (name, ' ') FROM sqlite_schema WHERE type = 'table'"
                                             " AND name NOT LIKE 'sqlite%' AND name <> 'unlock_d'");

  return g_strsplit (names, " ", -1);
}

/* Every table has a row, and every column of it a value: a table or column that is new has to be added above. */
static void
assert_everything (const char *path, const char *table)
{
  g_autofree char *list = g_strdup_printf ("SELECT group_concat (name, ' ') FROM pragma_table_xinfo ('%s') WHERE hidden = 0", table);
  g_autofree char *names = query_text (path, list);
  g_auto (GStrv) columns = g_strsplit (names, " ", -1);

  for (guint i = 0; columns[i] != NULL; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT COUNT (%s) FROM %s", columns[i], table);

      if (query_int (path, sql) == 0)
        g_error ("%s.%s has no value in this test", table, columns[i]);
    }
}

/* Rows of a table that only one of two ledgers has. */
static gint64
count_differences (const char *path, const char *other, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT (SELECT COUNT (*) FROM (SELECT * FROM main.%s EXCEPT SELECT * FROM other.%s))"
                                          " + (SELECT COUNT (*) FROM (SELECT * FROM other.%s EXCEPT SELECT * FROM main.%s))",
                                          table, table, table, table);
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS other", other);
  sqlite3_stmt *statement = NULL;
  sqlite3 *db = NULL;
  gint64 n;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, attach, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  n = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return n;
}

/* Every value of every column of every table comes back, and the document is the same once more. */
static void
test_everything (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) other = open_other (fixture, "other.db");
  g_autofree char *other_path = path_in (fixture, "other.db"), *first = NULL, *second = NULL, *first_text = NULL, *second_text = NULL;
  g_auto (GStrv) tables = list_tables (fixture->path);

  add_person (fixture->ledger, "赵一", "self", "active", 100000);
  add_person (fixture->ledger, "钱二", "parent", "retired", 4000);
  run_sql (fixture->path, everything);
  for (guint i = 0; tables[i] != NULL; i++)
    assert_everything (fixture->path, tables[i]);

  first = write_document (fixture, fixture->ledger, 0, ZIFU_HOUSEHOLD_WHOLE, "first.json");
  g_assert_true (zifu_household_json_read (other, first, NULL, NULL, &error));
  g_assert_no_error (error);
  second = write_document (fixture, other, 0, ZIFU_HOUSEHOLD_WHOLE, "second.json");
  first_text = read_file (first);
  second_text = read_file (second);
  g_assert_cmpstr (second_text, ==, first_text);
  for (guint i = 0; tables[i] != NULL; i++)
    if (count_differences (fixture->path, other_path, tables[i]) != 0)
      g_error ("rows of %s did not come back as they were", tables[i]);
}

/* A document that another tool laid out and sorted anew is the same document. */
static void
test_reordered (Fixture *fixture, gconstpointer data)
{
  g_autofree char *python = g_find_program_in_path ("python3"), *path = NULL, *sorted = path_in (fixture, "sorted.json"), *again = NULL;
  g_autofree char *first_text = NULL, *second_text = NULL;
  const char *argv[] = { python, "-c", "import json, sys\n"
                         "json.dump(json.load(open(sys.argv[1])), open(sys.argv[2], 'w'), sort_keys=True, indent=3)",
                         NULL, sorted, NULL };
  g_autoptr (ZifuLedger) other = open_other (fixture, "other.db");
  g_autoptr (GError) error = NULL;
  int status;

  if (python == NULL)
    {
      g_test_skip ("python3 is not installed");
      return;
    }
  fill (fixture->ledger);
  path = write_document (fixture, fixture->ledger, 0, ZIFU_HOUSEHOLD_WHOLE, "first.json");
  argv[3] = path;
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, NULL, NULL, &status, &error));
  g_assert_cmpint (status, ==, 0);
  g_assert_true (zifu_household_json_read (other, sorted, NULL, NULL, &error));
  g_assert_no_error (error);
  again = write_document (fixture, other, 0, ZIFU_HOUSEHOLD_WHOLE, "second.json");
  first_text = read_file (path);
  second_text = read_file (again);
  g_assert_cmpstr (first_text, ==, second_text);
}

/* The document of one person holds all of theirs and nothing about the others. */
static void
test_person (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) members = NULL;
  g_autofree char *nobody = NULL;

  fill (fixture->ledger);
  members = zifu_ledger_list_members (fixture->ledger, &error);
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);
      g_autofree char *name = g_strdup_printf ("%u.db", i), *path = NULL, *text = NULL, *again = NULL, *again_text = NULL;
      g_autoptr (ZifuLedger) other = open_other (fixture, name);
      ZifuHouseholdSummary summary;

      path = write_document (fixture, fixture->ledger, member->id, ZIFU_HOUSEHOLD_WHOLE, "one.json");
      text = read_file (path);
      for (guint n = 0; n < members->len; n++)
        if (n != i)
          g_assert_null (strstr (text, ((const ZifuMember *) g_ptr_array_index (members, n))->name));
      g_assert_true (zifu_household_json_read (other, path, &summary, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpint (summary.n_members, ==, 1);
      g_assert_cmpint (get_balance (other, member->id), ==, get_balance (fixture->ledger, member->id));
      assert_balanced (other, member->id);
      again = write_document (fixture, other, member->id, ZIFU_HOUSEHOLD_WHOLE, "again.json");
      again_text = read_file (again);
      g_assert_cmpstr (text, ==, again_text);
    }
  nobody = g_build_filename (fixture->folder, "nobody.json", NULL);
  g_assert_false (zifu_household_json_write (fixture->ledger, 99, ZIFU_HOUSEHOLD_WHOLE, nobody, NULL, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
}

/* Also a case that was disguised is a case. */
static void
assert_estimate_settles (ZifuLedger *ledger)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) estimates = zifu_ledger_list_estimates (ledger, 0, &error);
  g_autofree char *policy = NULL;
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (ZifuVisit) visit = NULL;
  g_autoptr (ZifuSettlement) settlement = NULL;
  const ZifuSavedEstimate *estimate = g_ptr_array_index (estimates, 0);

  g_assert_true (zifu_case_text_parse (estimate->case_text, &policy, &person, &visit, &error));
  g_assert_no_error (error);
  /* Its day may have been moved to before the rules of today. */
  visit->date = day ("2026-11-20");
  settlement = zifu_settle (pack, person, visit, &error);
  g_assert_no_error (error);
  g_assert_cmpint (settlement->total, ==, estimate->figures->amount[ZIFU_BILL_TOTAL]);
}

/* Every text and every amount above 99.99 of the original; none of them may be in the anonymous document. */
static void
test_anonymous (Fixture *fixture, gconstpointer data)
{
  static const char *const queries[] = {
    "SELECT group_concat (psn_name, '|') FROM psn_b",
    "SELECT group_concat (txt, '|') FROM txt_d",
    "SELECT group_concat (DISTINCT fixmedins_name) FROM setl_d",
    "SELECT 'Secret|secret|4234.56|123.45|1955-04-01' || '|' || group_concat (memo) FROM presetl_d",
    "SELECT group_concat (brdy) FROM psn_b",
    "SELECT 'SECRETKEY|bank.csv'",
  };
  g_autoptr (ZifuLedger) other = open_other (fixture, "other.db");
  g_autofree char *path = NULL, *text = NULL, *again = NULL, *again_text = NULL, *other_path = path_in (fixture, "other.db");
  g_autoptr (GError) error = NULL;
  ZifuHouseholdSummary summary;

  fill (fixture->ledger);
  path = write_document (fixture, fixture->ledger, 0, ZIFU_HOUSEHOLD_ANONYMOUS, "first.json");
  text = read_file (path);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *all = query_text (fixture->path, queries[i]);
      g_auto (GStrv) parts = g_strsplit_set (all, "|,", -1);

      for (guint n = 0; parts[n] != NULL; n++)
        if (*parts[n] != '\0' && strstr (text, parts[n]) != NULL && !g_str_has_prefix (parts[n], "1]"))
          g_error ("“%s” is in the anonymous document", parts[n]);
    }
  /* The same shape, and everything adds up. */
  g_assert_true (zifu_household_json_read (other, path, &summary, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (summary.broken_member, ==, 0);
  assert_same_rows (fixture, "other.db", "acct_incexpd_d");
  assert_same_rows (fixture, "other.db", "setl_d");
  assert_same_rows (fixture, "other.db", "setldetail");
  assert_same_rows (fixture, "other.db", "setl_axis_d");
  assert_same_rows (fixture, "other.db", "presetl_d");
  assert_same_rows (fixture, "other.db", "presetl_pair_d");
  assert_estimate_settles (other);
  g_assert_cmpint (query_int (other_path, "SELECT COUNT (*) FROM presetl_d p WHERE fund_pay_sumamt <> (SELECT SUM (fund_payamt)"
                                          " FROM presetldetail d WHERE d.presetl_id = p.presetl_id)"), ==, 0);
  g_assert_cmpint (query_int (other_path, "SELECT COUNT (*) FROM setl_d s WHERE fund_pay_sumamt <> (SELECT IFNULL (SUM (fund_payamt), 0)"
                                          " FROM setldetail d WHERE d.setl_id = s.setl_id AND payout = 'now')"), ==, 0);
  g_assert_cmpint (query_int (other_path, "SELECT COUNT (*) FROM setl_d s JOIN acct_incexpd_d e USING (setl_id, psn_no)"
                                          " WHERE own_acct_pay <> pay_sumamt"), ==, 0);
  g_assert_cmpint (query_int (other_path, "SELECT COUNT (*) FROM setl_d s WHERE acct_mulaid_pay <> (SELECT IFNULL (SUM (pay_sumamt), 0)"
                                          " FROM acct_incexpd_d e WHERE e.setl_id = s.setl_id AND kind = 'family')"), ==, 0);
  g_assert_cmpint (query_int (other_path, "SELECT COUNT (*) FROM acct_incexpd_d r JOIN acct_incexpd_d o ON r.init_rid = o.rid"
                                          " WHERE r.inc_sumamt <> o.pay_sumamt"), ==, 0);
  /* Two documents of one ledger do not tell the same. */
  again = write_document (fixture, fixture->ledger, 0, ZIFU_HOUSEHOLD_ANONYMOUS, "second.json");
  again_text = read_file (again);
  g_assert_cmpstr (text, !=, again_text);
}

/* How many entries have the amount that they had. */
static void
test_anonymous_amounts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL, *attach = NULL, *other_path = path_in (fixture, "other.db");
  g_autoptr (ZifuLedger) other = open_other (fixture, "other.db");
  g_autoptr (GError) error = NULL;
  gint64 same, all;

  fill (fixture->ledger);
  path = write_document (fixture, fixture->ledger, 0, ZIFU_HOUSEHOLD_ANONYMOUS, "first.json");
  g_assert_true (zifu_household_json_read (other, path, NULL, NULL, &error));
  g_clear_object (&other);
  attach = g_strdup_printf ("ATTACH '%s' AS o; CREATE TABLE same_d AS SELECT COUNT (*) AS n FROM o.acct_incexpd_d a JOIN acct_incexpd_d b"
                            " ON a.rid = b.rid WHERE a.inc_sumamt + a.pay_sumamt = b.inc_sumamt + b.pay_sumamt"
                            " AND a.inc_sumamt + a.pay_sumamt > 0;"
                            " CREATE TABLE days_d AS SELECT COUNT (*) AS n FROM o.acct_incexpd_d a JOIN acct_incexpd_d b ON a.rid = b.rid"
                            " WHERE a.acct_modi_date = b.acct_modi_date",
                            fixture->path);
  run_sql (other_path, attach);
  same = query_int (other_path, "SELECT n FROM same_d");
  all = query_int (other_path, "SELECT COUNT (*) FROM acct_incexpd_d");
  g_assert_cmpint (same * 20, <, all);
  g_assert_cmpint (query_int (other_path, "SELECT n FROM days_d"), ==, 0);
}

/* A fault in the balance is what is being reported: it is still there. */
static void
test_anonymous_break (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuLedger) other = open_other (fixture, "other.db");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  ZifuHouseholdSummary summary;
  ZifuBalanceBreak broken;

  fill (fixture->ledger);
  g_clear_object (&fixture->ledger);
  run_sql (fixture->path, "UPDATE acct_incexpd_d SET balc = balc + 100 WHERE rid = 40");
  fixture->ledger = open_ledger (fixture->path);
  path = write_document (fixture, fixture->ledger, 0, ZIFU_HOUSEHOLD_ANONYMOUS, "first.json");
  g_assert_true (zifu_household_json_read (other, path, &summary, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (zifu_ledger_check_balance (fixture->ledger, summary.broken_member, &broken, &error));
  g_assert_cmpint (summary.broken.entry_id, ==, 40);
  g_assert_cmpint (broken.entry_id, ==, 40);
}

static void
refuse (Fixture *fixture, const char *text, GQuark domain, int code)
{
  g_autofree char *path = path_in (fixture, "bad.json");
  g_autoptr (GError) error = NULL;

  write_file (path, text);
  if (zifu_household_json_read (fixture->ledger, path, NULL, NULL, &error))
    g_error ("was read: %s", text);
  g_assert_error (error, domain, code);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM psn_b"), ==, 0);
  g_assert_cmpint (query_int (fixture->path, "SELECT COUNT (*) FROM txt_d"), ==, 0);
}

#define HEAD "{\"format\": \"zifu-household\", \"version\": 1, \"schema\": 3, \"tables\": {"
#define PERSON \
  "\"psn_b\": [{\"psn_no\": 1, \"psn_name\": \"A\", \"relation\": \"self\", \"gend\": \"1\", \"insu_admdvs\": \"110000\"," \
  " \"insutype\": \"310\", \"status\": \"active\", \"acct_flag\": 1, \"provenance\": \"typed\"}]"
#define ENTRY(more) \
  "\"acct_incexpd_d\": [{\"rid\": 1, \"psn_no\": 1, \"acct_modi_date\": \"2026-01-01\", \"kind\": \"credit\"," \
  " \"acct_incexpd_type\": \"101\", \"inc_sumamt\": \"1.00\", \"pay_sumamt\": \"0.00\", \"balc\": \"1.00\"," \
  " \"provenance\": \"typed\"" more "}]"

#define DAY(day) "\"psn_filg_d\": [{\"filg_id\": 1, \"psn_no\": 1, \"remote\": \"referred\", \"begndate\": \"" day "\"}]"

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[] = {
    "", " ", "{", "[]", "{}", "null", "nonsense", "\"zifu-household\"",
    "{\"format\": \"other\", \"version\": 1, \"tables\": {}}",
    "{\"format\": \"zifu-household\", \"tables\": {}}",
    "{\"format\": \"zifu-household\", \"version\": \"1\", \"tables\": {}}",
    HEAD PERSON "}} x",
    HEAD PERSON "}",
    HEAD "\"unlock_d\": [{\"reason\": \"x\"}]}}",
    HEAD "\"sqlite_schema\": []}}",
    HEAD "\"psn_b\": [1]}}",
    HEAD "\"psn_b\": {}}}",
    HEAD "\"psn_b\": [{\"psn_no\": \"1\"}]}}",
    HEAD PERSON ", " ENTRY (", \"no_such\": 1") "}}",
    HEAD PERSON ", " ENTRY (", \"memo\": \"x\", \"fixmedins_id\": 1") "}}",
    HEAD PERSON ", " ENTRY (", \"psn_clctstd\": 12") "}}",
    HEAD PERSON ", " ENTRY (", \"psn_clctstd\": \"1.234\"") "}}",
    HEAD PERSON ", " ENTRY (", \"memo\": \"x") "}}",
    HEAD PERSON ", " ENTRY (", \"cashym\": \"202613\"") "}}",
    HEAD PERSON ", " ENTRY (", \"cashym\": \"2026-1\"") "}}",
    HEAD PERSON ", " DAY ("2026-02-30") "}}",
    HEAD PERSON ", " DAY ("5.3.2026") "}}",
    HEAD PERSON ", " DAY ("2026-02-03 ") "}}",
    HEAD PERSON "}, \"last\": {\"psn_b\": \"x\"}}",
    HEAD PERSON "}, \"more\": 1}",
  };
  g_autofree char *deep = g_strnfill (5000, '[');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    refuse (fixture, bad[i], ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FORMAT);
  refuse (fixture, deep, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FORMAT);
  refuse (fixture, "{\"format\": \"zifu-household\", \"version\": 2}", ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_NEWER);
  refuse (fixture, "{\"format\": \"zifu-household\", \"version\": 1, \"schema\": 999}", ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_NEWER);
  /* What the tables themselves refuse: a reference to nobody, an amount on both sides, a kind that is none. */
  refuse (fixture, HEAD ENTRY ("") "}}", ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  refuse (fixture, HEAD PERSON ", " ENTRY (", \"init_rid\": 77") "}}", ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  refuse (fixture, HEAD PERSON ", " PERSON "}}", ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT);
  g_assert_false (zifu_household_json_read (fixture->ledger, fixture->folder, NULL, NULL, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_false (zifu_household_json_read (fixture->ledger, "/no/such/file", NULL, NULL, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FILE);
}

/* What is there is not mixed with what is read. */
static void
test_not_empty (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture->ledger);
  path = write_document (fixture, fixture->ledger, 0, ZIFU_HOUSEHOLD_WHOLE, "first.json");
  g_assert_false (zifu_household_json_read (fixture->ledger, path, NULL, NULL, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_NOT_EMPTY);
}

/* A document that was cut, or in which a byte is another one, is read whole or not at all. */
static void
test_mutations (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL, *text = NULL, *bad = path_in (fixture, "bad.json");
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  gsize length;

  fill_sample (fixture->ledger);
  path = write_document (fixture, fixture->ledger, 2, ZIFU_HOUSEHOLD_WHOLE, "first.json");
  text = read_file (path);
  length = strlen (text);
  for (int i = 0; i < 90; i++)
    {
      g_autofree char *name = g_strdup_printf ("m%d.db", i), *mutated = g_strdup (text);
      g_autoptr (ZifuLedger) other = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) members = NULL;
      gboolean success;

      if (i % 3 == 0)
        mutated[g_rand_int_range (random, 0, (gint) length)] = '\0';
      else
        mutated[g_rand_int_range (random, 0, (gint) length)] = (char) g_rand_int_range (random, 1, 256);
      write_file (bad, mutated);
      other = open_other (fixture, "m.db");
      success = zifu_household_json_read (other, bad, NULL, NULL, &error);
      g_assert_true (success == (error == NULL));
      members = zifu_ledger_list_members (other, NULL);
      g_assert_cmpuint (members->len, ==, success ? 1 : 0);
      g_clear_object (&other);
      if (success)
        {
          g_autofree char *db = path_in (fixture, "m.db"), *wal = path_in (fixture, "m.db-wal");

          g_remove (db);
          g_remove (wal);
        }
    }
}

#define add(name, func) g_test_add ("/household/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("round-trip", test_round_trip);
  add ("complete", test_complete);
  add ("everything", test_everything);
  add ("reordered", test_reordered);
  add ("person", test_person);
  add ("anonymous", test_anonymous);
  add ("anonymous-amounts", test_anonymous_amounts);
  add ("anonymous-break", test_anonymous_break);
  add ("refusals", test_refusals);
  add ("not-empty", test_not_empty);
  add ("mutations", test_mutations);
  return g_test_run ();
}
