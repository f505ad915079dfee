/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-ledger-common.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *
read_bytes (const char *path, gsize *length)
{
  char *bytes = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, length, NULL));
  return bytes;
}

static void
assert_refused (const char *path, ZifuLedgerError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (zifu_ledger_open (path, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == ZIFU_LEDGER_ERROR);
  g_assert_cmpint (error->code, ==, (int) code);
}

static void
test_not_a_ledger (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_build_filename (fixture->folder, "text.db", NULL);
  g_autofree char *foreign = g_build_filename (fixture->folder, "foreign.db", NULL);
  g_autofree char *other_id = g_build_filename (fixture->folder, "other-id.db", NULL);
  g_autofree char *content = g_strnfill (10000, 'x');
  g_autofree char *after = NULL;
  gsize length;

  g_assert_true (g_file_set_contents (text, content, -1, NULL));
  assert_refused (text, ZIFU_LEDGER_ERROR_DAMAGED);
  after = read_bytes (text, &length);
  g_assert_cmpmem (content, strlen (content), after, length);

  run_sql (foreign, "CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('mine')");
  assert_refused (foreign, ZIFU_LEDGER_ERROR_DAMAGED);
  g_assert_cmpint (query_int (foreign, "SELECT COUNT (*) FROM sqlite_schema"), ==, 1);

  run_sql (other_id, "PRAGMA application_id = 17");
  assert_refused (other_id, ZIFU_LEDGER_ERROR_DAMAGED);
}

/* Every page of the file but the first, one after the other, is made unreadable. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  g_autofree char *bytes = NULL;
  gsize length, page_size;
  guint n_noticed = 0, n_pages = 0;

  begin_together (fixture->ledger);
  for (int i = 0; i < 200; i++)
    add_entry (fixture->ledger, owner, "2026-02-05", ZIFU_ENTRY_CREDIT, i);
  end_together (fixture->ledger);
  g_clear_object (&fixture->ledger);
  page_size = query_int (fixture->path, "PRAGMA page_size");
  bytes = read_bytes (fixture->path, &length);

  for (gsize page = page_size; page < length; page += page_size, n_pages++)
    {
      g_autofree char *broken = g_memdup2 (bytes, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuLedger) ledger = NULL;

      memset (broken + page, 0xa5, page_size);
      g_assert_true (g_file_set_contents (fixture->path, broken, length, NULL));
      ledger = zifu_ledger_open (fixture->path, &error);
      if (ledger == NULL)
        {
          g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DAMAGED);
          n_noticed++;
        }
    }
  g_assert_cmpuint (n_pages, >, 10);
  g_assert_cmpuint (n_noticed, ==, n_pages);

  /* Cut off in the middle. */
  g_assert_true (g_file_set_contents (fixture->path, bytes, length / 2, NULL));
  assert_refused (fixture->path, ZIFU_LEDGER_ERROR_DAMAGED);
}

static GLogWriterOutput
collect_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      g_string_append_printf (data, "%s\n", (const char *) fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

/* What a damaged file holds does not come into a log, neither as it is nor as the control characters that it turned into. */
static void
test_damaged_words (Fixture *fixture, gconstpointer data)
{
  static const char *const damages[] = {
    "UPDATE sqlite_schema SET sql = replace (sql, 'CREATE TABLE', 'CREATE Zhao' || char (1)) WHERE name = 'psn_b'",
    "UPDATE sqlite_schema SET sql = replace (sql, 'INTEGER', 'Zhao' || char (27) || '((') WHERE name = 'acct_incexpd_d'",
  };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  /* The writer of a process can be set once. */
  GString *log = g_string_new (NULL);

  g_log_set_writer_func (collect_log, log, NULL);
  g_clear_object (&fixture->ledger);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/damaged-%u.db", fixture->folder, i);
      g_autofree char *sql = g_strdup_printf ("PRAGMA writable_schema = ON; %s", damages[i]);

      g_object_unref (open_ledger (path));
      run_sql (path, sql);
      assert_refused (path, ZIFU_LEDGER_ERROR_DAMAGED);
    }
  g_assert_nonnull (strstr (log->str, "SQLite 11"));
  g_assert_null (strstr (log->str, "Zhao"));
  for (const char *at = log->str; *at != '\0'; at++)
    g_assert_true (*at == '\n' || !g_ascii_iscntrl (*at));
  g_string_free (log, TRUE);
}

static void
test_cannot_open (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);
  g_autofree char *below = g_build_filename (file, "household.db", NULL);
  g_autofree char *closed = g_build_filename (fixture->folder, "closed", NULL);
  g_autofree char *inside = g_build_filename (closed, "household.db", NULL);

  /* A file stands where the folder should be; a folder stands where the file should be. */
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  assert_refused (below, ZIFU_LEDGER_ERROR_OPEN);
  assert_refused (fixture->folder, ZIFU_LEDGER_ERROR_OPEN);

  if (geteuid () == 0)
    {
      g_test_message ("the superuser may write everywhere: the read-only folder was not tried");
      return;
    }
  g_assert_cmpint (g_mkdir (closed, 0500), ==, 0);
  assert_refused (inside, ZIFU_LEDGER_ERROR_OPEN);
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  g_autoptr (ZifuLedger) second = open_ledger (fixture->path);
  sqlite3 *db = NULL;

  /* Two at once: each sees what the other wrote, and reading is never held up. */
  add_entry (second, owner, "2026-02-05", ZIFU_ENTRY_CREDIT, 24000);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 124000);
  add_entry (fixture->ledger, owner, "2026-03-05", ZIFU_ENTRY_CREDIT, 24000);
  assert_balanced (second, owner);

  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (get_balance (fixture->ledger, owner), ==, 148000);
  g_assert_cmpint (try_entry (fixture->ledger, owner, "2026-04-05", ZIFU_ENTRY_CREDIT, 24000, 0, 0, &error), ==, 0);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_BUSY);
  g_assert_cmpint (sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);

  add_entry (fixture->ledger, owner, "2026-04-05", ZIFU_ENTRY_CREDIT, 24000);
  g_assert_cmpint (get_balance (second, owner), ==, 172000);
  assert_balanced (fixture->ledger, owner);
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100000);
  g_autofree char *limit = g_strdup_printf ("PRAGMA max_page_count = %d", (int) query_int (fixture->path, "PRAGMA page_count") + 2);
  gint64 n_entries;
  guint n = 1;

  /* The file may not grow by more than two pages any more, as on a disk that fills up. */
  g_assert_true (_zifu_ledger_exec (fixture->ledger, limit, &error));
  while (try_entry (fixture->ledger, owner, "2026-02-05", ZIFU_ENTRY_CREDIT, 1, 0, 0, &error) != 0)
    g_assert_cmpuint (n++, <, 10000);
  g_assert_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_FULL);
  n_entries = query_int (fixture->path, "SELECT COUNT (*) FROM acct_incexpd_d");
  g_assert_cmpint (n_entries, ==, n);
  assert_balanced (fixture->ledger, owner);

  /* With room again the same ledger goes on. */
  g_clear_error (&error);
  g_assert_true (_zifu_ledger_exec (fixture->ledger, "PRAGMA max_page_count = 1000000", &error));
  add_entry (fixture->ledger, owner, "2026-02-05", ZIFU_ENTRY_CREDIT, 1);
  assert_balanced (fixture->ledger, owner);
}

static gboolean
is_busy (const GError *error)
{
  return g_error_matches (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_BUSY);
}

/* Several programs start at the same moment on a machine where nobody has been before. */
static void
test_start_together (Fixture *fixture, gconstpointer data)
{
  pid_t children[6];

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = fork ();
      g_assert_cmpint (children[i], >=, 0);
      if (children[i] == 0)
        {
          g_autoptr (GError) error = NULL;
          ZifuLedger *ledger;
          gboolean current;

          /* To be told to wait is all that may happen, on a machine where that takes the others long. */
          while ((ledger = zifu_ledger_open (fixture->path, &error)) == NULL && is_busy (error))
            g_clear_error (&error);
          current = ledger != NULL && zifu_ledger_get_schema_version (ledger) == ZIFU_LEDGER_SCHEMA_VERSION;
          g_clear_object (&ledger);
          _exit (current ? 0 : 1);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int status;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
    }
  g_assert_cmpint (query_int (fixture->path, "PRAGMA user_version"), ==, ZIFU_LEDGER_SCHEMA_VERSION);
}

static const char *const whole[] = {
  /* Every settlement has its row of history, with what the account paid. */
  "SELECT COUNT (*) FROM setl_d s WHERE (SELECT COUNT (*) FROM acct_incexpd_d e WHERE e.setl_id = s.setl_id AND e.psn_no = s.psn_no"
  "  AND e.pay_sumamt = s.own_acct_pay) <> 1",
  /* What relatives paid stands in their history. */
  "SELECT COUNT (*) FROM setl_d s WHERE acct_mulaid_pay <> (SELECT IFNULL (SUM (pay_sumamt), 0) FROM acct_incexpd_d e"
  "  WHERE e.setl_id = s.setl_id AND e.kind = 'family')",
  /* The funds add up. */
  "SELECT COUNT (*) FROM setl_d s WHERE fund_pay_sumamt <> (SELECT IFNULL (SUM (fund_payamt), 0) FROM setldetail d"
  "  WHERE d.setl_id = s.setl_id AND payout = 'now')",
  /* What it was worked out from is there. */
  "SELECT COUNT (*) FROM setl_d s WHERE (SELECT COUNT (*) FROM setl_input_d i WHERE i.setl_id = s.setl_id) <> 1"
  "  OR (SELECT COUNT (*) FROM setl_axis_d a WHERE a.setl_id = s.setl_id AND scope = 'visit') <> 3"
  "  OR (SELECT COUNT (*) FROM setl_mulaid_d m WHERE m.setl_id = s.setl_id) <> 1",
  /* The totals are those after the newest settlement. */
  "SELECT COUNT (*) FROM setl_cum_d c JOIN cum_d n ON n.cum_type_code = c.cum_type_code WHERE c.cum <> n.cum"
  "  AND c.setl_id = (SELECT MAX (setl_id) FROM setl_d)",
  /* Nothing points at nothing. */
  "SELECT COUNT (*) FROM pragma_foreign_key_check",
};

static gboolean
write_once (ZifuLedger *ledger, ZifuPack *pack, gint64 patient)
{
  g_autoptr (ZifuVisit) visit = make_visit ("2026-03-10", "outpatient", "3", 24680, 0);
  g_autoptr (ZifuPerson) person = zifu_ledger_load_person (ledger, patient, NULL);
  g_autoptr (ZifuSettlement) settlement = person != NULL ? zifu_settle (pack, person, visit, NULL) : NULL;

  return settlement != NULL
         && zifu_ledger_add_settlement (ledger, patient, visit, settlement, "某医院", 0, ZIFU_PROVENANCE_TYPED, NULL) != 0;
}

/* Records visits until it is killed. */
static void
write_for_ever (const char *path, ZifuPack *pack, gint64 patient)
{
  ZifuLedger *ledger = zifu_ledger_open (path, NULL);

  while (ledger != NULL && write_once (ledger, pack, patient))
    continue;
  _exit (1);
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  g_autoptr (ZifuPack) pack = load_beijing (library);
  g_autoptr (GRand) rand = g_rand_new_with_seed (39);
  g_autoptr (GError) error = NULL;
  gint64 owner, patient, begin, pace, n_settlements = 0;
  guint n_rounds = 30, n_grown = 0;

  owner = add_person (fixture->ledger, "赵一", "self", "active", 99999999);
  patient = add_person (fixture->ledger, "钱二", "parent", "retired", 50);
  {
    ZifuMutualTie tie = { owner, patient, FALSE, 0, day ("2026-01-01") };

    g_assert_true (zifu_ledger_set_tie (fixture->ledger, &tie, &error));
  }
  g_clear_object (&fixture->ledger);

  /* How long it takes here to open the file and write once: kills come before, while and after that happens. */
  begin = g_get_monotonic_time ();
  fixture->ledger = open_ledger (fixture->path);
  g_assert_true (write_once (fixture->ledger, pack, patient));
  g_clear_object (&fixture->ledger);
  pace = CLAMP (g_get_monotonic_time () - begin, 5000, G_USEC_PER_SEC);

  for (guint round = 0; round < n_rounds; round++)
    {
      gint64 n;
      int status;
      pid_t child = fork ();

      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        write_for_ever (fixture->path, pack, patient);

      g_usleep (g_rand_int_range (rand, (gint32) pace / 4, (gint32) pace * 6));
      g_assert_cmpint (kill (child, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status));

      /* Opening checks the file itself; then everything is there, or nothing. */
      fixture->ledger = open_ledger (fixture->path);
      assert_balanced (fixture->ledger, owner);
      assert_balanced (fixture->ledger, patient);
      g_clear_object (&fixture->ledger);
      for (guint i = 0; i < G_N_ELEMENTS (whole); i++)
        g_assert_cmpint (query_int (fixture->path, whole[i]), ==, 0);

      n = query_int (fixture->path, "SELECT COUNT (*) FROM setl_d");
      g_assert_cmpint (n, >=, n_settlements);
      n_grown += n > n_settlements;
      n_settlements = n;
    }

  /* Otherwise nothing was proven. */
  g_test_message ("%d settlements were recorded between %u kills", (int) n_settlements, n_rounds);
  g_assert_cmpuint (n_grown, >, 0);
}

/* Whether another program sees that somebody is in the file: SQLite locks these bytes of it as long as it is open. */
static gboolean
is_locked (const char *path)
{
  int status;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      struct flock range = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000002, .l_len = 510 };
      int fd = open (path, O_RDWR | O_CLOEXEC);

      _exit (fd < 0 || fcntl (fd, F_GETLK, &range) != 0 ? 2 : range.l_type != F_UNLCK);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) < 2);
  return WEXITSTATUS (status) == 1;
}

/* Opening the file a second time must not drop the locks of the first: another program that ends would take the log away, and everything
 * that is written afterwards would be lost. */
static void
test_twice_in_one_program (Fixture *fixture, gconstpointer data)
{
  gint64 owner = add_person (fixture->ledger, "赵一", "self", "active", 100);
  g_autofree char *link = g_build_filename (fixture->folder, "link.db", NULL);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *none = g_build_filename (fixture->folder, "none-wal", NULL);

  g_assert_true (is_locked (fixture->path));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ZifuLedger) second = open_ledger (fixture->path);

      g_assert_true (is_locked (fixture->path));
      add_entry (second, owner, "2026-02-05", ZIFU_ENTRY_CREDIT, 7);
      g_clear_object (&second);
      g_assert_true (is_locked (fixture->path));
    }
  g_assert_cmpint (symlink (fixture->path, link), ==, 0);
  g_assert_true (zifu_ledger_is_open_at (fixture->path));
  g_assert_true (zifu_ledger_is_open_at (link));
  g_assert_true (zifu_ledger_lies_at (link));
  g_assert_true (zifu_ledger_lies_at (log));
  g_assert_false (zifu_ledger_lies_at (none));
  g_assert_false (zifu_ledger_is_open_at (fixture->folder));
  g_ptr_array_unref (zifu_ledger_list_copies (fixture->ledger));
  g_assert_true (is_locked (fixture->path));

  g_clear_object (&fixture->ledger);
  g_assert_false (is_locked (fixture->path));
  g_assert_false (zifu_ledger_is_open_at (fixture->path));
  /* Whoever has it open, it is household data. */
  g_assert_true (zifu_ledger_lies_at (fixture->path));
}

#define ADD(path, set_up, function) g_test_add (path, Fixture, NULL, set_up, function, fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/ledger/faults/not-a-ledger", fixture_set_up_closed, test_not_a_ledger);
  ADD ("/ledger/faults/damaged", fixture_set_up, test_damaged);
  ADD ("/ledger/faults/damaged-words", fixture_set_up, test_damaged_words);
  ADD ("/ledger/faults/cannot-open", fixture_set_up_closed, test_cannot_open);
  ADD ("/ledger/faults/busy", fixture_set_up, test_busy);
  ADD ("/ledger/faults/full", fixture_set_up, test_full);
  ADD ("/ledger/faults/start-together", fixture_set_up_closed, test_start_together);
  ADD ("/ledger/faults/twice-in-one-program", fixture_set_up, test_twice_in_one_program);
  ADD ("/ledger/faults/R39/killed", fixture_set_up, test_killed);

  return g_test_run ();
}
