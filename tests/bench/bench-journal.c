/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What does the account hold?  Asked of this program and, on the exported journal, of the programs that the journal is for: from the start
 * of each program to its answer, by the clock, and how many times as long each takes.
 *
 *   bench-journal ZIFU-CLI [N]
 *
 * The floor is reading the journal once.  A program that is not installed is named; one that answers something else ends the measurement.
 */
#include <stdlib.h>
#include <string.h>

#include "bench-household.h"
#include "zifu-export.h"

/* Seconds until the program has answered; −1 when it is not there. */
static double
ask (const char *const *command, const char *balance)
{
  g_autofree char *program = g_find_program_in_path (command[0]), *answer = NULL, *complaint = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  int status;

  if (program == NULL)
    return -1;
  if (!g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &answer, &complaint, &status, &error) ||
      !g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s %s", command[0], error->message, complaint != NULL ? complaint : "");
  if (strstr (answer, balance) == NULL)
    g_error ("%s does not say %s: %s", command[0], balance, answer);
  return (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}

static void
tell (const char *what, double seconds, double own)
{
  if (seconds < 0)
    g_print ("%-46s is not installed\n", what);
  else
    g_print ("%-46s %9.3f s  %8.1f x\n", what, seconds, seconds / own);
}

static double
read_once (const char *path)
{
  g_autofree char *text = NULL;
  gsize length = 0, n_lines = 0;
  gint64 begin = g_get_monotonic_time ();

  if (!g_file_get_contents (path, &text, &length, NULL))
    g_error ("%s cannot be read", path);
  for (gsize i = 0; i < length; i++)
    n_lines += text[i] == '\n';
  g_print ("%" G_GSIZE_FORMAT " lines of journal, %.1f MB\n", n_lines, (double) length / 1e6);
  return (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}

int
main (int argc, char **argv)
{
  guint n = argc > 2 ? (guint) atoi (argv[2]) : 100000;
  g_autofree char *folder = g_dir_make_tmp ("zifu-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.db", NULL), *journal = g_build_filename (folder, "a.journal", NULL);
  const ZifuExportSelection all = { 0 };
  g_autoptr (ZifuLedger) ledger = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *listed = NULL;
  ZifuMoney balance;
  double own, floor;

  if (argc < 2)
    g_error ("where is zifu-cli?");
  fill (path, n);
  ledger = zifu_ledger_open (path, &error);
  if (ledger == NULL || !zifu_ledger_get_balance (ledger, 1, &balance, NULL, &error) ||
      !zifu_export_journal (ledger, &all, journal, NULL, &error))
    g_error ("%s", error->message);
  g_clear_object (&ledger);
  listed = zifu_money_format (balance, ZIFU_MONEY_GROUPED);

  g_print ("%u entries\n", n);
  floor = read_once (journal);
  own = ask ((const char *const[]) { argv[1], "balance", "--ledger", path, "--lang", "en", NULL }, listed);
  tell ("zifu-cli balance, every entry checked", own, own);
  tell ("ledger balance", ask ((const char *const[]) { "ledger", "-f", journal, "balance", NULL }, listed), own);
  tell ("hledger balance", ask ((const char *const[]) { "hledger", "-f", journal, "balance", NULL }, listed), own);
  tell ("reading the journal once", floor, own);

  g_remove (path);
  g_remove (journal);
  g_rmdir (folder);
  return 0;
}
