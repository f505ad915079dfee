/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* O_TMPFILE */

/* Export: what other programs read is what is in the ledger, and what was written is read back to the same bytes. */

#include "zifu-export.h"

#include <fcntl.h>
#include <unistd.h>
#include <json-glib/json-glib.h>

#include "test-ledger-common.h"
#include "zifu-backup.h"
#include "zifu-household.h"
#include "zifu-import.h"
#include "zifu-output-private.h"
#include "zifu-sample.h"
#include "zifu-table.h"

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

/* What a program prints; NULL when it is not installed.  It must end well. */
static char *
run_program (const char *name, const char *a, const char *b, const char *c)
{
  g_autofree char *tool = g_find_program_in_path (name);
  const char *argv[] = { tool, a, b, c, NULL };
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "LC_ALL", "C.UTF-8", TRUE);
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  int status;

  if (tool == NULL)
    return NULL;
  g_assert_true (g_spawn_sync (NULL, (char **) argv, environment, 0, NULL, NULL, &text, &said, &status, &error));
  g_assert_no_error (error);
  if (status != 0)
    g_error ("%s: %s", name, said);
  return text;
}

static void
add_full (ZifuLedger *ledger, gint64 id, const char *date, ZifuEntryKind kind, ZifuMoney amount, const char *institution, const char *note)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuEntry) entry = zifu_entry_new ();

  entry->member_id = id;
  entry->date = day (date);
  entry->kind = kind;
  entry->amount = amount;
  entry->institution = g_strdup (institution);
  entry->note = g_strdup (note);
  zifu_ledger_add_entry (ledger, entry, &error);
  g_assert_no_error (error);
}

/* People with everything that is difficult in a name, an institution and a note. */
static void
fill (ZifuLedger *ledger)
{
  gint64 first = add_person (ledger, "林晓", "self", "active", 1234567);
  gint64 second = add_person (ledger, "=cmd|' /C calc'!A0", "spouse", "active", 5);
  gint64 third = add_person (ledger, "林晓", "other", "active", 0);

  add_full (ledger, first, "2026-02-01", ZIFU_ENTRY_PHARMACY, -1999, "和平里\"大\"药房, 东店", "line one\nline two; date: 2026-13-45 [2026-99-99]");
  add_full (ledger, first, "2026-02-01", ZIFU_ENTRY_PHARMACY, -1, "=SUM(A1:A9)", "-1+1");
  add_full (ledger, first, "2026-02-02", ZIFU_ENTRY_CREDIT, 24000, NULL, "'quoted");
  add_full (ledger, first, "2026-02-03", ZIFU_ENTRY_OUTPATIENT, 0, "(code) * ! | payee", " blank before and after ");
  add_full (ledger, first, "2026-02-04", ZIFU_ENTRY_CORRECTION, -50, NULL, "＋１");
  add_full (ledger, second, "2026-03-01", ZIFU_ENTRY_INTEREST, 3, "@home", "a\tb\r\nc");
  add_full (ledger, third, "2026-03-02", ZIFU_ENTRY_CREDIT, 100, "x  y", NULL);
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

static char *
export_csv (Fixture *fixture, const ZifuExportSelection *selection)
{
  g_autofree char *path = path_in (fixture, "entries.csv");
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_true (zifu_export_csv (fixture->ledger, selection, path, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  return read_file (path);
}

/* Another reader of CSV sees every entry, text for text. */
static void
test_csv (Fixture *fixture, gconstpointer data)
{
  static const char *const script =
    "import csv, sys\n"
    "rows = list(csv.DictReader(open(sys.argv[1], encoding='utf-8-sig', newline=''), strict=True))\n"
    "out = []\n"
    "for r in rows:\n"
    "    for name in ('psn_name', 'fixmedins_name', 'memo'):\n"
    "        assert not r[name] or r[name][0] not in '=+-@\\t\\r＝＋－＠', r\n"
    "    assert None not in r and None not in r.values(), r\n"
    "    out.append('|'.join([r['psn_no'], r['acct_modi_date'], r['kind'], r['inc_sumamt'], r['pay_sumamt'], r['balc'],\n"
    "                         repr(r['memo'])]))\n"
    "print('\\n'.join(out))\n";
  const ZifuExportSelection selection = { .bom = TRUE };
  g_autofree char *script_path = path_in (fixture, "read.py");
  g_autofree char *csv_path = path_in (fixture, "entries.csv");
  g_autofree char *text = NULL, *seen = NULL;
  const char *expected[] = {
    "1|2026-01-01|opening|12345.67|0.00|12345.67|''",
    "1|2026-02-01|pharmacy|0.00|19.99|12325.68|'line one\\nline two; date: 2026-13-45 [2026-99-99]'",
    "1|2026-02-01|pharmacy|0.00|0.01|12325.67|\"'-1+1\"",
    "1|2026-02-02|credit|240.00|0.00|12565.67|\"''quoted\"",
    "1|2026-02-03|outpatient|0.00|0.00|12565.67|' blank before and after '",
    "1|2026-02-04|correction|0.00|0.50|12565.17|\"'＋１\"",
    "2|2026-01-01|opening|0.05|0.00|0.05|''",
    "2|2026-03-01|interest|0.03|0.00|0.08|'a\\tb\\r\\nc'",
    "3|2026-03-02|credit|1.00|0.00|1.00|''",
  };

  fill (fixture->ledger);
  text = export_csv (fixture, &selection);
  g_assert_true (g_str_has_prefix (text, "\357\273\277psn_no,psn_name,rid,acct_modi_date,kind,"));
  write_file (script_path, script);
  seen = run_program ("python3", script_path, csv_path, NULL);
  if (seen == NULL)
    {
      g_test_skip ("python3 is not installed");
      return;
    }
  g_strchomp (seen);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    if (strstr (seen, expected[i]) == NULL)
      g_error ("“%s” is not in:\n%s", expected[i], seen);
}

static void
test_guard (void)
{
  static const char *const guarded[][2] = {
    { "'=1", "=1" }, { "''", "'" }, { "''a", "'a" }, { "'a", "'a" }, { "a", "a" }, { "", "" }, { "'＠x", "＠x" }, { "'-", "-" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (guarded); i++)
    {
      g_autofree char *text = zifu_export_csv_unguard (guarded[i][0]);

      g_assert_cmpstr (text, ==, guarded[i][1]);
    }
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p++)
    n += *p == '\n';
  return n;
}

/* What is shown is what is written. */
static void
test_selection (Fixture *fixture, gconstpointer data)
{
  const ZifuEntryFilter pharmacy = { .has_kind = TRUE, .kind = ZIFU_ENTRY_PHARMACY };
  const ZifuEntryFilter text_filter = { .text = "大" };
  const struct {
    ZifuExportSelection selection;
    guint               n;
  } cases[] = {
    { { .member_id = 0 }, 11 },
    { { .member_id = 1 }, 7 },
    { { .member_id = 3 }, 3 },
    { { .member_id = 1, .filter = &pharmacy }, 3 },
    { { .filter = &text_filter }, 2 },
    { { .first = day ("2026-02-02"), .last = day ("2026-02-03") }, 3 },
    { { .first = day ("2026-03-01") }, 3 },
    { { .last = day ("2025-12-31") }, 1 },
    { { .last = day ("9999-12-31") }, 11 },
  };

  fill (fixture->ledger);
  g_clear_object (&fixture->ledger);
  /* Without line ends in the notes, so that lines can be counted. */
  run_sql (fixture->path, "UPDATE txt_d SET txt = replace (replace (txt, char (10), ' '), char (13), ' ')");
  fixture->ledger = open_ledger (fixture->path);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = export_csv (fixture, &cases[i].selection);

      if (count_lines (text) != cases[i].n)
        g_error ("case %u: %u lines, not %u:\n%s", i, count_lines (text), cases[i].n, text);
    }
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  const ZifuExportSelection nobody = { .member_id = 99 }, all = { 0 };
  g_autofree char *path = path_in (fixture, "x.csv"), *nowhere = path_in (fixture, "no/such/folder/x.csv");
  g_autoptr (GError) error = NULL;

  fill (fixture->ledger);
  g_assert_false (zifu_export_csv (fixture->ledger, &nobody, path, NULL, &error));
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (zifu_export_csv (fixture->ledger, &all, nowhere, NULL, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FILE);
  g_clear_error (&error);
  g_assert_false (zifu_export_csv (fixture->ledger, &all, fixture->folder, NULL, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FILE);
  g_clear_error (&error);
  /* A device that is always full. */
  if (g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_assert_false (zifu_export_csv (fixture->ledger, &all, "/dev/full", NULL, &error));
      g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FULL);
    }
}

/* Nothing is written over household data, open or not, nor over their log; and nobody reads them as a table. */
static void
test_over_ledger (Fixture *fixture, gconstpointer data)
{
  const ZifuExportSelection all = { 0 };
  g_autofree char *link = path_in (fixture, "link.csv"), *other = path_in (fixture, "other.db");
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  const char *const paths[] = { fixture->path, link, log, other };
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 26, 8, 0, 0);
  g_autoptr (GError) error = NULL;

  fill (fixture->ledger);
  g_object_unref (open_ledger (other));
  g_assert_cmpint (symlink (fixture->path, link), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_assert_false (zifu_export_csv (fixture->ledger, &all, paths[i], NULL, &error));
      g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_INPUT);
      g_clear_error (&error);
      g_assert_false (zifu_household_json_write (fixture->ledger, 0, ZIFU_HOUSEHOLD_WHOLE, paths[i], NULL, &error));
      g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_INPUT);
      g_clear_error (&error);
      g_assert_false (zifu_backup_write (fixture->ledger, paths[i], now, NULL, &error));
      g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_INPUT);
      g_clear_error (&error);
    }
  g_assert_null (zifu_table_open (link, NULL, NULL, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_null (zifu_backup_verify (fixture->path, NULL, &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_false (zifu_import_is_household (fixture->path));
  assert_balanced (fixture->ledger, 1);
  g_clear_object (&fixture->ledger);
  fixture->ledger = open_ledger (fixture->path);
  assert_balanced (fixture->ledger, 1);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
cancel_later (gint64 done, gint64 total, gpointer user_data)
{
  if (done > 0)
    g_cancellable_cancel (user_data);
}

/* Given up in the middle: nothing is there, and what was there before is as it was. */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = path_in (fixture, "x.out");
  const ZifuExportSelection all = { 0 };
  guint before;

  begin_together (fixture->ledger);
  add_person (fixture->ledger, "Wang", "self", "active", 100000000);
  for (int i = 0; i < 2500; i++)
    add_full (fixture->ledger, 1, "2026-02-01", ZIFU_ENTRY_PHARMACY, -1, NULL, NULL);
  end_together (fixture->ledger);
  write_file (path, "before");
  before = count_files (fixture->folder);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      const ZifuJob job = { cancel_later, cancellable, cancellable };
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      gboolean done = i == 0   ? zifu_export_csv (fixture->ledger, &all, path, &job, &error)
                      : i == 1 ? zifu_export_journal (fixture->ledger, &all, path, &job, &error)
                               : zifu_household_json_write (fixture->ledger, 0, ZIFU_HOUSEHOLD_WHOLE, path, &job, &error);

      g_assert_false (done);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      text = read_file (path);
      g_assert_cmpstr (text, ==, "before");
      g_assert_cmpuint (count_files (fixture->folder), ==, before);
    }
  /* The ledger can be written again. */
  add_full (fixture->ledger, 1, "2026-02-02", ZIFU_ENTRY_PHARMACY, -1, NULL, NULL);
}

typedef struct {
  gboolean done, success;
  GError  *error;
} Answer;

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->success = zifu_export_finish (result, &answer->error);
  answer->done = TRUE;
}

static Answer
export_in_thread (Fixture *fixture, ZifuExportFormat format, const ZifuExportSelection *selection, const char *path, const ZifuJob *job)
{
  Answer answer = { 0 };

  zifu_export_async (fixture->ledger, format, selection, path, job, exported_cb, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  return answer;
}

static void
assert_json (const char *text, guint n, const char *first_day, const char *first_income)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *entries;
  JsonObject *first;

  g_assert_true (json_parser_load_from_data (parser, text, -1, &error));
  g_assert_no_error (error);
  entries = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "entries");
  g_assert_cmpuint (json_array_get_length (entries), ==, n);
  first = json_array_get_object_element (entries, 0);
  g_assert_cmpstr (json_object_get_string_member (first, "acct_modi_date"), ==, first_day);
  g_assert_cmpstr (json_object_get_string_member (first, "inc_sumamt"), ==, first_income);
}

/* In a thread the same bytes are written, of what the filter lets through; what cannot be done leaves the old file. */
static void
test_async (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = path_in (fixture, "a.out"), *same = path_in (fixture, "b.out"), *nowhere = path_in (fixture, "no/where.csv");
  ZifuEntryFilter filter = { .has_kind = TRUE, .kind = ZIFU_ENTRY_PHARMACY };
  const ZifuExportSelection selections[] = { { .member_id = 1 }, { .member_id = 1, .filter = &filter }, { .filter = &filter } };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const ZifuJob job = { NULL, NULL, cancellable };
  g_autofree char *kept = NULL;
  Answer answer;

  fill (fixture->ledger);
  for (guint i = 0; i < G_N_ELEMENTS (selections); i++)
    for (guint format = 0; format < ZIFU_N_EXPORT_FORMATS; format++)
      {
        g_autofree char *text = NULL, *expected = NULL;
        g_autoptr (GError) error = NULL;

        answer = export_in_thread (fixture, format, &selections[i], path, NULL);
        g_assert_no_error (answer.error);
        g_assert_true (answer.success);
        g_assert_true (format == ZIFU_EXPORT_CSV    ? zifu_export_csv (fixture->ledger, &selections[i], same, NULL, &error)
                       : format == ZIFU_EXPORT_JSON ? zifu_export_json (fixture->ledger, &selections[i], same, NULL, &error)
                                                    : zifu_export_journal (fixture->ledger, &selections[i], same, NULL, &error));
        text = read_file (path);
        expected = read_file (same);
        g_assert_cmpstr (text, ==, expected);
        if (format == ZIFU_EXPORT_JSON)
          {
            g_autoptr (GPtrArray) rows
              = zifu_ledger_list_entries (fixture->ledger, selections[i].member_id, selections[i].filter, 0, &error);
            const ZifuEntry *oldest = g_ptr_array_index (rows, rows->len - 1);
            g_autofree char *day = zifu_date_format (oldest->date);
            char income[ZIFU_MONEY_LENGTH];

            zifu_money_print (MAX (oldest->amount, 0), income);
            assert_json (text, rows->len, day, income);
          }
      }

  answer = export_in_thread (fixture, ZIFU_EXPORT_CSV, &selections[0], nowhere, NULL);
  g_assert_false (answer.success);
  g_assert_error (answer.error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FILE);
  g_clear_error (&answer.error);
  write_file (path, "before");
  g_cancellable_cancel (cancellable);
  answer = export_in_thread (fixture, ZIFU_EXPORT_CSV, &selections[0], path, &job);
  g_assert_false (answer.success);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);
  kept = read_file (path);
  g_assert_cmpstr (kept, ==, "before");
}

static void
export_journal (Fixture *fixture, const ZifuExportSelection *selection, const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_export_journal (fixture->ledger, selection, path, NULL, &error));
  g_assert_no_error (error);
}

/* The programs that the journal is for check every balance; what they say an account holds is what the ledger says. */
static void
assert_accepted (const char *path, const char *balance)
{
  g_autofree char *hledger = run_program ("hledger", "-f", path, "balance"), *ledger = run_program ("ledger", "-f", path, "balance");

  if (hledger == NULL && ledger == NULL)
    g_test_skip ("neither hledger nor ledger is installed");
  if (hledger != NULL && strstr (hledger, balance) == NULL)
    g_error ("“%s” is not in: %s", balance, hledger);
  if (ledger != NULL && strstr (ledger, balance) == NULL)
    g_error ("“%s” is not in: %s", balance, ledger);
}

static void
test_journal (Fixture *fixture, gconstpointer data)
{
  const ZifuEntryFilter pharmacy = { .has_kind = TRUE, .kind = ZIFU_ENTRY_PHARMACY };
  const ZifuExportSelection all = { 0 }, later = { .member_id = 1, .first = day ("2026-02-02") }, some = { .filter = &pharmacy };
  g_autofree char *path = path_in (fixture, "a.journal");

  fill (fixture->ledger);
  export_journal (fixture, &all, path);
  assert_accepted (path, "12,565.17 CNY");
  /* What was before the first entry that is written is there as well. */
  export_journal (fixture, &later, path);
  assert_accepted (path, "12,565.17 CNY");
  export_journal (fixture, &some, path);
  assert_accepted (path, "20.00 CNY");
}

static void
test_journal_sample (Fixture *fixture, gconstpointer data)
{
  const ZifuExportSelection all = { 0 };
  g_autofree char *path = path_in (fixture, "a.journal");

  fill_sample (fixture->ledger);
  export_journal (fixture, &all, path);
  assert_accepted (path, "CNY");
}

/* Whatever ends a program in the middle of writing, nothing of people's records stays in the folder. */
static void
test_no_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = path_in (fixture, "out"), *path = path_in (fixture, "out/a.csv"), *text = NULL, *wanted = NULL;
  g_autoptr (GDir) before = NULL, after = NULL;
  g_autoptr (ZifuOutput) output = NULL;
  g_autoptr (GError) error = NULL;
  int fd;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  fd = g_open (folder, O_TMPFILE | O_RDWR, 0600);
  if (fd < 0)
    {
      g_test_skip ("this disk knows no files without a name");
      return;
    }
  close (fd);
  wanted = g_strnfill (200000, 'x');
  output = _zifu_output_new (path, &error);
  g_assert_no_error (error);
  _zifu_output_puts (output, wanted);
  before = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (before));
  g_assert_true (_zifu_output_commit (output, &error));
  g_assert_no_error (error);
  after = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (after), ==, "a.csv");
  g_assert_null (g_dir_read_name (after));
  text = read_file (path);
  g_assert_cmpstr (text, ==, wanted);
}

/* A household that holds nobody yet. */
static void
test_empty (Fixture *fixture, gconstpointer data)
{
  const ZifuExportSelection all = { 0 };
  g_autofree char *path = path_in (fixture, "a.journal"), *text = export_csv (fixture, &all);

  g_assert_cmpuint (count_lines (text), ==, 1);
  export_journal (fixture, &all, path);
  assert_accepted (path, "");
}

#define add(name, func) g_test_add ("/export/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/guard", test_guard);
  add ("csv", test_csv);
  add ("selection", test_selection);
  add ("refusals", test_refusals);
  add ("over-ledger", test_over_ledger);
  add ("cancelled", test_cancelled);
  add ("R37-in-a-thread", test_async);
  add ("journal", test_journal);
  add ("journal-sample", test_journal_sample);
  add ("empty", test_empty);
  add ("no-name", test_no_name);
  return g_test_run ();
}
