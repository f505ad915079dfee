/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-private.h"

/* The same in a thread of its own, with a ledger that is opened there: the window goes on meanwhile. */

typedef struct {
  char             *ledger_path; /* owned */
  char             *path;        /* owned */
  ZifuImportOptions options;     /* its texts and mapping are owned */
  ZifuImportPlan   *plan;        /* not owned */
  char             *time;        /* owned */
  char             *report_path; /* owned */
  ZifuJob           job;
  gint64            import_id;
} Work;

static void
work_free (Work *work)
{
  g_free (work->ledger_path);
  g_free (work->path);
  g_free ((char *) work->options.table.encoding);
  g_free ((char *) work->options.table.sheet);
  g_clear_pointer ((ZifuMapping **) &work->options.mapping, zifu_mapping_free);
  g_free (work->time);
  g_free (work->report_path);
  g_free (work);
}

static GTask *
make_task (Work *work, const ZifuJob *job, gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  if (job != NULL)
    work->job = *job;
  task = g_task_new (NULL, work->job.cancellable, callback, user_data);
  g_task_set_source_tag (task, tag);
  /* What was stored is stored, whoever cancelled in the same moment. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  return task;
}

static void
plan_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (work->ledger_path, &error);
  ZifuImportPlan *plan = ledger != NULL ? zifu_import_plan_new (ledger, work->path, &work->options, &work->job, &error) : NULL;

  if (plan != NULL)
    g_task_return_pointer (task, plan, (GDestroyNotify) zifu_import_plan_free);
  else
    g_task_return_error (task, error);
}

/**
 * zifu_import_plan_async:
 * @ledger_path: file of the ledger
 * @path: the file to import
 * @options: as for zifu_import_plan_new(); is copied
 * @job: (nullable): progress, told in the thread, and a way to give up; is copied
 * @callback: (scope async): is called when the plan is there
 * @user_data: for @callback
 *
 * Does zifu_import_plan_new() in a thread.
 */
void
zifu_import_plan_async (const char *ledger_path, const char *path, const ZifuImportOptions *options, const ZifuJob *job,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  Work *work;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ledger_path != NULL && path != NULL && options != NULL);

  work = g_new0 (Work, 1);
  work->ledger_path = g_strdup (ledger_path);
  work->path = g_strdup (path);
  work->options = *options;
  work->options.table.encoding = g_strdup (options->table.encoding);
  work->options.table.sheet = g_strdup (options->table.sheet);
  work->options.mapping = options->mapping != NULL ? zifu_mapping_copy (options->mapping) : NULL;
  task = make_task (work, job, zifu_import_plan_async, callback, user_data);
  g_task_run_in_thread (task, plan_in_thread);
}

/**
 * zifu_import_plan_finish:
 * @result: what the callback was given
 * @error: return location for an error, as from zifu_import_plan_new()
 *
 * Returns: (transfer full) (nullable): the plan, or %NULL with an error
 */
ZifuImportPlan *
zifu_import_plan_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
apply_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (work->ledger_path, &error);

  if (ledger != NULL && zifu_import_apply (work->plan, ledger, work->time, work->report_path, &work->job, &work->import_id, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * zifu_import_apply_async:
 * @self: a plan; nobody may use it until the callback was called
 * @ledger_path: file of the ledger
 * @time: now, as yyyy-MM-ddTHH:mm:ssZ
 * @report_path: (nullable): as for zifu_import_apply()
 * @job: (nullable): progress, told in the thread, and a way to give up; is copied
 * @callback: (scope async): is called when it is done
 * @user_data: for @callback
 *
 * Does zifu_import_apply() in a thread.
 */
void
zifu_import_apply_async (ZifuImportPlan *self, const char *ledger_path, const char *time, const char *report_path, const ZifuJob *job,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  Work *work;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (self != NULL && ledger_path != NULL && time != NULL);

  work = g_new0 (Work, 1);
  work->plan = self;
  work->ledger_path = g_strdup (ledger_path);
  work->time = g_strdup (time);
  work->report_path = g_strdup (report_path);
  task = make_task (work, job, zifu_import_apply_async, callback, user_data);
  g_task_run_in_thread (task, apply_in_thread);
}

/**
 * zifu_import_apply_finish:
 * @result: what the callback was given
 * @import_id: (out): number of the import; 0 when there was nothing to import
 * @error: return location for an error, as from zifu_import_apply()
 *
 * Returns: whether it was done
 */
gboolean
zifu_import_apply_finish (GAsyncResult *result, gint64 *import_id, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL) && import_id != NULL, FALSE);

  *import_id = ((Work *) g_task_get_task_data (G_TASK (result)))->import_id;
  return g_task_propagate_boolean (G_TASK (result), error);
}
