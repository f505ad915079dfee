/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A CSV file with a million lines on its whole way: looked at, imported, looked at once more, taken back.
 *
 *   bench-import SQLITE3 [N]
 *
 * The floor is the .import of the sqlite3 program of the rows that came out, into the same tables and indexes.  Times are those of the
 * processor.
 */
#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "zifu-import.h"

typedef struct {
  const char *sqlite;
  guint       n;
  char       *folder, *path, *csv;
  ZifuLedger *ledger;
  gint64      owner;
} Bench;

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
  id = zifu_ledger_add_member (ledger, member, 0, zifu_date_new (1995, 1, 1), &error);
  check (id != 0, error);
  return id;
}

/* Three purchases after a credit, with a balance beside them; a text of its own in every twentieth line. */
static void
write_csv (const Bench *bench)
{
  static const char *const words[] = { "人民医院", "中医院", "大药房", "社区卫生服务中心", "Clinic" };
  FILE *stream = g_fopen (bench->csv, "wb");
  ZifuMoney balance = 0;

  check (stream != NULL, NULL);
  fputs ("交易日期,收入,支出,余额,机构名称,备注\n", stream);
  for (guint i = 0; i < bench->n; i++)
    {
      guint32 mix = (i * 2654435761u) >> 7;
      g_autofree char *date = zifu_date_format (zifu_date_new (1995, 1, 2) + (ZifuDate) ((gint64) i * 11000 / bench->n));
      ZifuMoney amount = i % 4 == 0 ? 60000 : -(ZifuMoney) (mix % 20000) - 1;
      char money[ZIFU_MONEY_LENGTH], left[ZIFU_MONEY_LENGTH];

      balance += amount;
      zifu_money_print (ABS (amount), money);
      zifu_money_print (balance, left);
      fprintf (stream, "%s,%s,%s,%s,第%u%s,", date, amount > 0 ? money : "", amount < 0 ? money : "", left, mix % 400, words[mix % 400 % 5]);
      fprintf (stream, i % 20 == 3 ? "流水 %u\n" : "复诊取药 %u\n", i % 20 == 3 ? mix : mix % 100);
    }
  check (fclose (stream) == 0, NULL);
}

static double
run_sqlite (const Bench *bench, const char *path, const char *commands)
{
  g_autofree char *script = g_build_filename (bench->folder, "script", NULL), *line = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin;
  int status;

  check (g_file_set_contents (script, commands, -1, &error), error);
  line = g_strdup_printf ("%s -bail %s < %s 2> /dev/null", bench->sqlite, path, script);
  begin = used (RUSAGE_CHILDREN);
  check (g_spawn_sync (NULL, (char *[]){ (char *) "/bin/sh", (char *) "-c", line, NULL }, NULL, 0, NULL, NULL, NULL, NULL, &status, &error),
         error);
  check (status == 0, NULL);
  return (double) (used (RUSAGE_CHILDREN) - begin) / 1000.0;
}

static double
import_by_sqlite (const Bench *bench)
{
  g_autofree char *path = g_build_filename (bench->folder, "floor.db", NULL);
  g_autofree char *texts = g_build_filename (bench->folder, "texts.csv", NULL), *rows = g_build_filename (bench->folder, "rows.csv", NULL);
  g_autofree char *out = g_strdup_printf (
    ".mode csv\n.once %s\nSELECT txt_id, txt FROM txt_d;\n.mode list\n.once %s\n"
    "SELECT rid || ',' || psn_no || ',' || acct_modi_date || ',' || kind || ',' || acct_incexpd_type || ',' || inc_sumamt || ',' ||"
    " pay_sumamt || ',' || balc || ',' || provenance || ',' || impt_id || ',' || souc_rid || ',' || fixmedins_id || ',' || memo_id"
    " FROM acct_incexpd_d WHERE impt_id IS NOT NULL ORDER BY rid;\n", texts, rows);
  g_autofree char *in = g_strdup_printf (".mode csv\n.import %s txt_d\n.import %s acct_incexpd_d\n", texts, rows);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, &error);

  check (ledger != NULL, error);
  check (add_owner (ledger) != 0, NULL);
  run_sqlite (bench, bench->path, out);
  return run_sqlite (bench, path, in);
}

static double
make_plan (const Bench *bench, ZifuImportPlan **plan, ZifuLineState state)
{
  const ZifuImportOptions options = { .member_id = bench->owner, .today = zifu_date_new (2026, 11, 24) };
  g_autoptr (GError) error = NULL;
  gint64 begin = used (RUSAGE_SELF);
  double took;

  *plan = zifu_import_plan_new (bench->ledger, bench->csv, &options, NULL, &error);
  took = since (begin);
  check (*plan != NULL, error);
  check (zifu_import_plan_count (*plan, state) == bench->n, NULL);
  return took;
}

static long
resident_mb (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

int
main (int argc, char *argv[])
{
  Bench bench = { .sqlite = argc > 1 ? argv[1] : "sqlite3", .n = argc > 2 ? (guint) atoi (argv[2]) : 1000000 };
  g_autoptr (ZifuImportPlan) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;
  double look, write, again, back, floor;
  gint64 begin, id;

  setlocale (LC_ALL, "");
  bench.folder = g_dir_make_tmp ("zifu-bench-XXXXXX", &error);
  check (bench.folder != NULL, error);
  bench.path = g_build_filename (bench.folder, "household.db", NULL);
  bench.csv = g_build_filename (bench.folder, "in.csv", NULL);
  bench.ledger = zifu_ledger_open (bench.path, &error);
  check (bench.ledger != NULL, error);
  bench.owner = add_owner (bench.ledger);
  write_csv (&bench);

  look = make_plan (&bench, &first, ZIFU_LINE_NEW);
  begin = used (RUSAGE_SELF);
  check (zifu_import_apply (first, bench.ledger, "2026-11-24T08:00:00Z", NULL, NULL, &id, &error), error);
  write = since (begin);
  g_clear_pointer (&first, zifu_import_plan_free);
  floor = import_by_sqlite (&bench);
  again = make_plan (&bench, &second, ZIFU_LINE_DUPLICATE);
  begin = used (RUSAGE_SELF);
  check (zifu_ledger_undo_import (bench.ledger, id, &error), error);
  back = since (begin);

  g_print ("%u lines; floor: sqlite3 .import %.0f ms\n", bench.n, floor);
  g_print ("look at the file        %9.0f ms  %5.2f x\n", look, look / floor);
  g_print ("import it               %9.0f ms  %5.2f x\n", write, write / floor);
  g_print ("both                    %9.0f ms  %5.2f x\n", look + write, (look + write) / floor);
  g_print ("look once more          %9.0f ms  %5.2f x\n", again, again / floor);
  g_print ("take it back            %9.0f ms  %5.2f x\n", back, back / floor);
  g_print ("memory at most          %9ld MB\n", resident_mb ());

  g_clear_object (&bench.ledger);
  g_spawn_sync (NULL, (char *[]){ (char *) "/bin/rm", (char *) "-r", bench.folder, NULL }, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (bench.path);
  g_free (bench.csv);
  g_free (bench.folder);
  return 0;
}
