/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-export.h"

/* Export in a thread of its own, by another connection of the same file: the window goes on meanwhile. */

typedef struct {
  ZifuLedger         *reader; /* owned */
  ZifuExportFormat    format;
  ZifuExportSelection selection; /* its filter is the next member */
  ZifuEntryFilter     filter;    /* its texts and people are owned */
  char               *path;      /* owned */
  ZifuJob             job;
} Work;

static void
work_free (Work *work)
{
  g_clear_object (&work->reader);
  g_free ((char *) work->filter.text);
  g_free ((char *) work->filter.institution);
  g_free ((gint64 *) work->filter.member_ids);
  g_free (work->path);
  g_free (work);
}

static void
copy_selection (Work *work, const ZifuExportSelection *selection)
{
  work->selection = *selection;
  if (selection->filter == NULL)
    return;

  work->filter = *selection->filter;
  work->filter.text = g_strdup (work->filter.text);
  work->filter.institution = g_strdup (work->filter.institution);
  work->filter.member_ids = g_memdup2 (work->filter.member_ids, work->filter.n_member_ids * sizeof (gint64));
  work->selection.filter = &work->filter;
}

static void
export_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  static gboolean (*const functions[]) (ZifuLedger *, const ZifuExportSelection *, const char *, const ZifuJob *, GError **) = {
    [ZIFU_EXPORT_CSV] = zifu_export_csv,
    [ZIFU_EXPORT_JSON] = zifu_export_json,
    [ZIFU_EXPORT_JOURNAL] = zifu_export_journal,
  };
  Work *work = data;
  GError *error = NULL;

  zifu_ledger_set_cancellable (work->reader, work->job.cancellable);
  if (functions[work->format](work->reader, &work->selection, work->path, &work->job, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * zifu_export_async:
 * @ledger: the ledger; it may be used meanwhile, and what is written then is not in the file
 * @format: what kind of file
 * @selection: what to write; is copied
 * @path: the file; what is there is replaced when the new one is complete
 * @job: (nullable): progress in entries, told in the thread, and a way to give up; is copied
 * @callback: (scope async): is called when it is done
 * @user_data: for @callback
 *
 * Does zifu_export_csv(), zifu_export_json() or zifu_export_journal() in a thread.
 */
void
zifu_export_async (ZifuLedger *ledger, ZifuExportFormat format, const ZifuExportSelection *selection, const char *path, const ZifuJob *job,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Work *work;

  g_return_if_fail (ZIFU_IS_LEDGER (ledger));
  g_return_if_fail ((guint) format < ZIFU_N_EXPORT_FORMATS);
  g_return_if_fail (selection != NULL && path != NULL);

  work = g_new0 (Work, 1);
  work->format = format;
  work->path = g_strdup (path);
  copy_selection (work, selection);
  if (job != NULL)
    work->job = *job;
  task = g_task_new (NULL, work->job.cancellable, callback, user_data);
  g_task_set_source_tag (task, zifu_export_async);
  /* What was written is written, whoever cancelled in the same moment. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);

  work->reader = zifu_ledger_open_reader (ledger, &error);
  if (work->reader != NULL)
    g_task_run_in_thread (task, export_in_thread);
  else
    g_task_return_error (task, error);
}

/**
 * zifu_export_finish:
 * @result: what the callback was given
 * @error: return location for a #ZifuExchangeError, a #ZifuLedgerError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the file was written; if not, what was there before is as it was
 */
gboolean
zifu_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, zifu_export_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
