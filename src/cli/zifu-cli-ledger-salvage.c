/* SPDX-License-Identifier: GPL-3.0-or-later */

/* restore --salvage: what can be read of household data that are damaged. */

#include <glib-unix.h>
#include <stdio.h>
#include <unistd.h>

#include "zifu-cli-ledger.h"

typedef struct {
  const char  *path;
  char        *stamp;
  ZifuJob      job;
  ZifuSalvage  report;
  gboolean     saved;
  GError      *error; /* nullable */
  gint         done;
} Work;

static void
work_clear (Work *work)
{
  g_free (work->stamp);
  g_clear_object (&work->job.cancellable);
  zifu_salvage_clear (&work->report);
  g_clear_error (&work->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

/* Only a person at a terminal wants to know how far it is. */
static void
tell_progress (gint64 done, gint64 total, gpointer user_data)
{
  g_autofree char *n_done = g_strdup_printf ("%" G_GINT64_FORMAT, done), *n_total = g_strdup_printf ("%" G_GINT64_FORMAT, total);
  /* Translators: {1} and {2} are numbers of rows; the line is overwritten by the next one. */
  g_autofree char *text = zifu_words_fill (_ ("Saved rows: {1} of about {2}"), n_done, n_total, NULL);

  fprintf (stderr, "\r%s", text);
}

static gpointer
salvage_in_thread (gpointer data)
{
  Work *work = data;

  work->saved = zifu_ledger_salvage (work->path, work->stamp, &work->job, &work->report, &work->error);
  g_atomic_int_set (&work->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

static gboolean
stop_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_CONTINUE;
}

/* In a thread, so that who presses Ctrl+C is heard at once. */
static void
run (Work *work)
{
  guint interrupt = g_unix_signal_add (SIGINT, stop_cb, work->job.cancellable);
  guint terminate = g_unix_signal_add (SIGTERM, stop_cb, work->job.cancellable);
  GThread *thread = g_thread_new ("salvage", salvage_in_thread, work);

  while (!g_atomic_int_get (&work->done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  if (work->job.progress != NULL)
    fputc ('\n', stderr);
}

static void
print_row (const char *title, gint64 saved, gint64 lost)
{
  g_autofree char *text = zifu_words_saved (saved, lost);

  printf ("  %s  %s\n", title, text);
}

static void
print_report (const ZifuSalvage *report)
{
  g_autofree char *aside = g_filename_display_name (report->aside);

  if (report->readable)
    {
      printf ("%s\n", _ ("This is what could be read of the damaged file. Compare it with your papers, or restore a backup."));
      print_row (_ ("People"), report->people, report->lost_people);
      print_row (_ ("Entries"), report->entries, report->lost_entries);
      print_row (_ ("Settlements"), report->settlements, report->lost_settlements);
      print_row (_ ("Months paid"), report->contributions, report->lost_contributions);
    }
  else
    printf ("%s\n", _ ("Nothing could be read of the damaged file. A new, empty household was begun."));
  if (report->nameless > 0)
    printf ("  %s  %" G_GINT64_FORMAT "\n", _ ("People whose names are lost; their entries are there"), report->nameless);
  printf ("  %s  %s\n", _ ("The damaged file, unchanged"), aside);
}

/**
 * zifu_cli_salvage:
 * @options: which household data
 *
 * Saves what can be read of damaged household data; data that can be opened are left alone.  Ctrl+C leaves everything as it was.
 *
 * Returns: the exit status
 */
int
zifu_cli_salvage (const ZifuCliLedgerOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = zifu_cli_open_ledger (options, &error);
  g_autofree char *path = zifu_cli_ledger_path (options);
  g_autoptr (GDateTime) now = zifu_cli_now ();
  g_auto (Work) work = { .path = path };

  if (ledger != NULL)
    return zifu_cli_fail_usage (_ ("these household data are not damaged; nothing was changed"));
  if (!g_error_matches (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DAMAGED))
    return zifu_cli_fail (error);

  work.stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  work.job = (ZifuJob){ isatty (STDERR_FILENO) ? tell_progress : NULL, NULL, g_cancellable_new () };
  run (&work);
  if (g_error_matches (work.error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autoptr (GError) stopped = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Stopped. Nothing was changed."));

      return zifu_cli_fail (stopped);
    }
  if (!work.saved)
    return zifu_cli_fail (work.error);
  print_report (&work.report);
  return ZIFU_CLI_OK;
}
