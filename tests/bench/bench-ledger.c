/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A household with a million entries: what importing, paging, searching and summing cost, each with a floor measured in the same run.
 *
 *   bench-ledger SQLITE3 [N]
 *
 * The floor of the import is the .import of the sqlite3 program of the same rows into the same tables and indexes.  Times are those of the
 * processor, so that they do not depend on what else the machine does; for the imports the time of the clock stands beside them.
 */
#include <glib/gstdio.h>
#include <locale.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>

#include "zifu-ledger.h"

#define N_PLACES 400
#define FIRST_PAGE "SELECT * FROM acct_incexpd_d WHERE psn_no = 1 ORDER BY acct_modi_date DESC, rid DESC LIMIT 50"

typedef struct {
  const char *sqlite;
  guint       n;
  char       *folder, *path;
  ZifuLedger *ledger;
  gint64      owner;
} Bench;

/* Processor time of this program, or of the programs that it started, in microseconds. */
static gint64
used (int whose)
{
  struct rusage usage;

  getrusage (whose, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

static double
since (gint64 begin)
{
  return (double) (used (RUSAGE_SELF) - begin) / 1000.0;
}

static void
check (gboolean success, GError *error)
{
  if (!success)
    g_error ("%s", error != NULL ? error->message : "failed");
}

static gint64
add_owner (ZifuLedger *ledger)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = zifu_member_new ();
  gint64 id;

  member->name = g_strdup ("赵一");
  member->relation = g_strdup ("self");
  member->region = g_strdup ("110000");
  member->insurance = g_strdup ("310");
  member->status = g_strdup ("active");
  member->has_account = TRUE;
  id = zifu_ledger_add_member (ledger, member, 0, zifu_date_new (1990, 1, 1), &error);
  check (id != 0, error);
  return id;
}

/* Row @i of @n.  Everything is derived from its number, so that it is the same in every run and in whatever order rows are made. */
static void
make_row (ZifuEntry *entry, guint i, guint n, char *place, char *note, char *source)
{
  static const ZifuEntryKind kinds[] = { ZIFU_ENTRY_OUTPATIENT, ZIFU_ENTRY_PHARMACY, ZIFU_ENTRY_CREDIT, ZIFU_ENTRY_PHARMACY,
                                         ZIFU_ENTRY_OUTPATIENT, ZIFU_ENTRY_TRANSFER, ZIFU_ENTRY_CREDIT };
  static const char *const words[] = { "人民医院", "中医院", "大药房", "社区卫生服务中心", "Clinic" };
  guint32 mix = (i * 2654435761u) >> 7;

  entry->kind = kinds[mix % G_N_ELEMENTS (kinds)];
  entry->date = zifu_date_new (1990, 1, 2) + (ZifuDate) ((gint64) i * 13000 / n);
  entry->amount = entry->kind == ZIFU_ENTRY_CREDIT ? 20000 + mix % 40000 : -(ZifuMoney) (mix % 30000);
  g_snprintf (place, 100, "第%u%s", mix % N_PLACES, words[mix % N_PLACES % G_N_ELEMENTS (words)]);
  entry->note = NULL;
  if (i % 20 == 3)
    g_snprintf (entry->note = note, 100, "流水 %u", mix); /* a text of its own in every twentieth row */
  else if (i % 4 == 1)
    g_snprintf (entry->note = note, 100, "复诊取药 %u", mix % 100);
  g_snprintf (source, 100, "%08x-%u", mix * 40503u, i);
}

static double
import_rows (ZifuLedger *ledger, gint64 owner, guint n, gboolean newest_first)
{
  g_autoptr (GError) error = NULL;
  ZifuImport import = { .member_id = owner, .time = (char *) "2026-11-26T08:00:00Z", .file_name = (char *) "bench.csv" };
  ZifuEntry entry = { .member_id = owner, .base = -1, .provenance = ZIFU_PROVENANCE_IMPORTED };
  char place[100], note[100], source[100];
  gint64 begin = used (RUSAGE_SELF);

  check (zifu_ledger_begin_import (ledger, &import, &error) != 0, error);
  entry.institution = place;
  entry.souc_rid = source;
  for (guint i = 0; i < n; i++)
    {
      make_row (&entry, newest_first ? n - 1 - i : i, n, place, note, source);
      check (zifu_ledger_add_import_entry (ledger, &entry, &error) != 0, error);
    }
  check (zifu_ledger_commit_import (ledger, NULL, &error), error);
  return since (begin);
}

/* Runs the sqlite3 program; what it takes in milliseconds. */
static double
run_sqlite (const Bench *bench, const char *path, const char *commands)
{
  const char *argv[] = { bench->sqlite, "-bail", path, NULL };
  g_autofree char *script = g_build_filename (bench->folder, "script", NULL);
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin;
  int status;

  check (g_file_set_contents (script, commands, -1, &error), error);
  line = g_strdup_printf ("%s -bail %s < %s 2> /dev/null", argv[0], path, script);
  begin = used (RUSAGE_CHILDREN);
  check (g_spawn_sync (NULL, (char *[]){ (char *) "/bin/sh", (char *) "-c", line, NULL }, NULL, 0, NULL, NULL, NULL, NULL, &status, &error),
         error);
  check (status == 0, NULL);
  return (double) (used (RUSAGE_CHILDREN) - begin) / 1000.0;
}

/* The rows of the ledger as CSV.  Nulls stand at the end of a row only, where .import fills them in. */
static double
import_by_sqlite (Bench *bench, const char *settings)
{
  g_autofree char *path = g_build_filename (bench->folder, "floor.db", NULL);
  g_autofree char *texts = g_build_filename (bench->folder, "texts.csv", NULL);
  g_autofree char *rows = g_build_filename (bench->folder, "rows.csv", NULL);
  g_autofree char *out = g_strdup_printf (
    ".mode csv\n.once %s\nSELECT txt_id, txt FROM txt_d;\n.mode list\n.once %s\n"
    "SELECT rid || ',' || psn_no || ',' || acct_modi_date || ',' || kind || ',' || acct_incexpd_type || ',' || inc_sumamt || ',' ||"
    " pay_sumamt || ',' || balc || ',' || provenance || ',' || impt_id || ',' || souc_rid || ',' || fixmedins_id ||"
    " IFNULL (',' || memo_id, '') FROM acct_incexpd_d WHERE impt_id IS NOT NULL ORDER BY rid;\n", texts, rows);
  g_autofree char *in = g_strdup_printf ("%s\n.mode csv\n.import %s txt_d\n.import %s acct_incexpd_d\n", settings, texts, rows);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, &error);
  g_autoptr (GPtrArray) entries = NULL;
  double took;

  check (ledger != NULL, error);
  check (add_owner (ledger) != 0, NULL);
  run_sqlite (bench, bench->path, out);
  took = run_sqlite (bench, path, in);
  entries = zifu_ledger_list_entries (ledger, bench->owner, NULL, 10, &error);
  check (entries != NULL && entries->len == 10, error);
  g_clear_object (&ledger);
  g_unlink (path);
  g_unlink (rows);
  g_unlink (texts);
  return took;
}

static void
print_line (const char *what, double took, const char *floor_name, double floor)
{
  g_print ("%-52s %9.2f ms   %-34s %9.2f ms   %6.2f x\n", what, took, floor_name, floor, took / MAX (floor, 0.001));
}

/* A bare statement, stepped to its end: the least that reading this takes.  The best of several. */
static double
time_sql (const Bench *bench, const char *sql)
{
  sqlite3 *db = NULL;
  double best = G_MAXDOUBLE;

  check (sqlite3_open_v2 (bench->path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK, NULL);
  for (guint round = 0; round < 5; round++)
    {
      gint64 begin = used (RUSAGE_SELF);
      sqlite3_stmt *statement = NULL;

      check (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK, NULL);
      while (sqlite3_step (statement) == SQLITE_ROW)
        continue;
      sqlite3_finalize (statement);
      best = MIN (best, since (begin));
    }
  sqlite3_close (db);
  return best;
}

/* Moves every balance up and down again, past the ledger; half of what that takes. */
static double
time_write (const Bench *bench)
{
  sqlite3 *db = NULL;
  gint64 begin = used (RUSAGE_SELF);

  check (sqlite3_open_v2 (bench->path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK, NULL);
  check (sqlite3_exec (db,
                       "UPDATE acct_incexpd_d SET balc = balc + 100 WHERE psn_no = 1;"
                       "UPDATE acct_incexpd_d SET balc = balc - 100 WHERE psn_no = 1;",
                       NULL, NULL, NULL) == SQLITE_OK,
         NULL);
  sqlite3_close (db);
  return since (begin) / 2;
}

static void
bench_imports (Bench *bench)
{
  g_autofree char *path = g_build_filename (bench->folder, "reversed.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) second = zifu_ledger_open (path, &error);
  double took, again, floor;
  gint64 begin = g_get_monotonic_time (), end;

  took = import_rows (bench->ledger, bench->owner, bench->n, FALSE);
  end = g_get_monotonic_time ();
  floor = import_by_sqlite (bench, "");
  print_line ("import, oldest first", took, "sqlite3 .import as it comes", floor);
  floor = import_by_sqlite (bench, "PRAGMA cache_size = -262144;");
  print_line ("import, oldest first", took, "sqlite3 .import, as much memory", floor);
  g_print ("  by the clock: %.1f s\n", (double) (end - begin) / G_USEC_PER_SEC);

  check (second != NULL, error);
  again = import_rows (second, add_owner (second), bench->n, TRUE);
  print_line ("import, newest first", again, "sqlite3 .import, as much memory", floor);
  g_clear_object (&second);
  g_unlink (path);
}

static double
time_page (const Bench *bench, const ZifuEntryFilter *filter, guint *n)
{
  g_autoptr (GError) error = NULL;
  gint64 begin = used (RUSAGE_SELF);
  g_autoptr (GPtrArray) page = zifu_ledger_list_entries (bench->ledger, bench->owner, filter, 50, &error);

  check (page != NULL, error);
  *n = page->len;
  return since (begin);
}

/* The slowest of pages that lie anywhere in the history. */
static double
time_later_pages (const Bench *bench, ZifuEntryFilter filter)
{
  double worst = 0;
  guint n;

  for (guint i = 1; i < 50; i++)
    {
      filter.before_date = zifu_date_new (1990, 1, 2) + (ZifuDate) (i * 260);
      filter.before_id = G_MAXINT64;
      worst = MAX (worst, time_page (bench, &filter, &n));
    }
  return worst;
}

static void
bench_page (const Bench *bench, const char *what, ZifuEntryFilter filter, const char *floor_name, double floor)
{
  guint n;
  double first = time_page (bench, &filter, &n), later = time_later_pages (bench, filter);
  g_autofree char *first_text = g_strdup_printf ("%s: first page (%u rows)", what, n);
  g_autofree char *later_text = g_strdup_printf ("%s: slowest later page", what);

  print_line (first_text, first, floor_name, floor);
  print_line (later_text, later, floor_name, floor);
}

static void
bench_pages (const Bench *bench)
{
  double page = time_sql (bench, FIRST_PAGE);
  double texts = time_sql (bench, "SELECT MAX (txt_id), SUM (length (txt)) FROM txt_d");
  const struct { const char *what; ZifuEntryFilter filter; } searches[] = {
    { "search 药房 (common)", { .text = "药房" } },
    { "search 龙凤 (nothing matches)", { .text = "龙凤" } },
    { "search 第7大药房 (one place)", { .text = "第7大药房" } },
    { "search 流水 77 (own texts)", { .text = "流水 77" } },
    { "search 流水 (every 20th row)", { .text = "流水" } },
    { "search CLINIC", { .text = "CLINIC" } },
    { "search 药 (one character)", { .text = "药" } },
    { "search 1,234.56 (nothing)", { .text = "1,234.56" } },
    { "search 200.17 (amount)", { .text = "200.17" } },
    { "search 2011-11 (month)", { .text = "2011-11" } },
    { "search 11月24日 (any year)", { .text = "11月24日" } },
    { "search 医院 among transfers", { .has_kind = TRUE, .kind = ZIFU_ENTRY_TRANSFER, .text = "医院" } },
    { "search 医院 among refunds (none)", { .has_kind = TRUE, .kind = ZIFU_ENTRY_REFUND, .text = "医院" } },
  };

  bench_page (bench, "everything", (ZifuEntryFilter){ 0 }, "bare page", page);
  bench_page (bench, "one kind", (ZifuEntryFilter){ .has_kind = TRUE, .kind = ZIFU_ENTRY_TRANSFER }, "bare page", page);
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    bench_page (bench, searches[i].what, searches[i].filter, "reading every text once", texts);
}

static void
bench_sums (const Bench *bench)
{
  double scan = time_sql (bench, "SELECT SUM (inc_sumamt), SUM (pay_sumamt) FROM acct_incexpd_d");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) months = NULL;
  g_autoptr (GArray) years = NULL;
  ZifuBalanceBreak broken;
  ZifuMoney balance;
  gint64 begin = used (RUSAGE_SELF);

  check (zifu_ledger_get_balance (bench->ledger, bench->owner, &balance, NULL, &error), error);
  print_line ("balance", since (begin), "adding up all rows", scan);
  begin = used (RUSAGE_SELF);
  months = zifu_ledger_list_months (bench->ledger, bench->owner, &error);
  check (months != NULL, error);
  print_line ("summary of every month", since (begin), "adding up all rows", scan);
  begin = used (RUSAGE_SELF);
  years = zifu_ledger_list_years (bench->ledger, bench->owner, &error);
  check (years != NULL, error);
  print_line ("summary of every year", since (begin), "adding up all rows", scan);
  begin = used (RUSAGE_SELF);
  check (zifu_ledger_check_balance (bench->ledger, bench->owner, &broken, &error) && broken.entry_id == 0, error);
  print_line ("checking every balance", since (begin), "adding up all rows", scan);
}

/* An entry of an earlier day moves every later balance: the floor is to write the balances once. */
static void
bench_write (const Bench *bench)
{
  const struct { const char *what; double back; } days[] = {
    { "adding one entry, the newest", 0 },          { "adding one entry behind 1 % of the others", 0.01 },
    { "adding one entry behind 10 % of the others", 0.1 }, { "adding one entry before all others", 1 },
  };
  double floor = time_write (bench);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuEntry) entry = zifu_entry_new ();
      gint64 begin;

      entry->member_id = bench->owner;
      entry->kind = ZIFU_ENTRY_CREDIT;
      entry->date = i == 0 ? zifu_date_new (2026, 11, 26) : zifu_date_new (1990, 1, 2) + (ZifuDate) (13000 * (1 - days[i].back));
      entry->amount = 100;
      begin = used (RUSAGE_SELF);
      check (zifu_ledger_add_entry (bench->ledger, entry, &error) != 0, error);
      print_line (days[i].what, since (begin), "writing every balance once", floor);
    }
}

/* Opening looks at every page of the file, so that damage is noticed before anything is written. */
static void
bench_open (const Bench *bench)
{
  double floor = time_sql (bench, "PRAGMA quick_check");
  g_autoptr (GError) error = NULL;
  gint64 begin = used (RUSAGE_SELF);
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (bench->path, &error);

  check (ledger != NULL, error);
  print_line ("opening", since (begin), "PRAGMA quick_check", floor);
}

int
main (int argc, char *argv[])
{
  Bench bench = { .sqlite = argc > 1 ? argv[1] : "sqlite3", .n = argc > 2 ? (guint) atoi (argv[2]) : 1000000 };
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bench.folder = g_dir_make_tmp ("zifu-bench-XXXXXX", &error);
  check (bench.folder != NULL, error);
  bench.path = g_build_filename (bench.folder, "household.db", NULL);
  bench.ledger = zifu_ledger_open (bench.path, &error);
  check (bench.ledger != NULL, error);
  bench.owner = add_owner (bench.ledger);

  g_print ("%u entries\n", bench.n);
  bench_imports (&bench);

  bench_pages (&bench);
  bench_sums (&bench);
  bench_write (&bench);
  bench_open (&bench);

  g_clear_object (&bench.ledger);
  g_unlink (bench.path);
  run_sqlite (&bench, ":memory:", "");
  g_spawn_sync (NULL, (char *[]){ (char *) "/bin/rm", (char *) "-r", bench.folder, NULL }, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (bench.path);
  g_free (bench.folder);
  return 0;
}
