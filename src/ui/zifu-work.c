/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-work.h"

struct _ZifuWork {
  GObject parent_instance;

  ZifuJob job;         /* its cancellable is owned */
  GMutex  lock;        /* of the following two */
  gint64  done, total; /* total: 0 = not known */
};

G_DEFINE_FINAL_TYPE (ZifuWork, zifu_work, G_TYPE_OBJECT)

typedef struct {
  ZifuWorkFunc   func;
  gpointer       data;
  GDestroyNotify destroy;
} Task;

static void
task_free (gpointer data)
{
  Task *task = data;

  if (task->destroy != NULL)
    task->destroy (task->data);
  g_free (task);
}

/* Runs in the thread. */
static void
note_progress (gint64 done, gint64 total, gpointer user_data)
{
  ZifuWork *self = user_data;

  g_mutex_lock (&self->lock);
  self->done = done;
  self->total = total;
  g_mutex_unlock (&self->lock);
}

static void
zifu_work_finalize (GObject *object)
{
  ZifuWork *self = ZIFU_WORK (object);

  g_clear_object (&self->job.cancellable);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (zifu_work_parent_class)->finalize (object);
}

static void
zifu_work_class_init (ZifuWorkClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zifu_work_finalize;
}

static void
zifu_work_init (ZifuWork *self)
{
  g_mutex_init (&self->lock);
  self->job = (ZifuJob){ note_progress, self, g_cancellable_new () };
}

/**
 * zifu_work_new:
 *
 * Returns: (transfer full): something that did not begin yet
 */
ZifuWork *
zifu_work_new (void)
{
  return g_object_new (ZIFU_TYPE_WORK, NULL);
}

/**
 * zifu_work_get_job:
 * @self: a work
 *
 * Returns: (transfer none): what is handed to the function that takes long; valid as long as @self
 */
const ZifuJob *
zifu_work_get_job (ZifuWork *self)
{
  g_return_val_if_fail (ZIFU_IS_WORK (self), NULL);

  return &self->job;
}

/**
 * zifu_work_cancel:
 * @self: a work
 *
 * Gives up; the answer comes all the same.
 */
void
zifu_work_cancel (ZifuWork *self)
{
  g_return_if_fail (ZIFU_IS_WORK (self));

  g_cancellable_cancel (self->job.cancellable);
}

/**
 * zifu_work_is_cancelled:
 * @self: a work
 *
 * Returns: whether it was given up
 */
gboolean
zifu_work_is_cancelled (ZifuWork *self)
{
  g_return_val_if_fail (ZIFU_IS_WORK (self), FALSE);

  return g_cancellable_is_cancelled (self->job.cancellable);
}

/**
 * zifu_work_get_fraction:
 * @self: a work
 *
 * Returns: how much is done, from 0 to 1; below 0 when nobody knows
 */
double
zifu_work_get_fraction (ZifuWork *self)
{
  double fraction;

  g_return_val_if_fail (ZIFU_IS_WORK (self), -1);

  g_mutex_lock (&self->lock);
  fraction = self->total > 0 ? CLAMP ((double) self->done / (double) self->total, 0, 1) : -1;
  g_mutex_unlock (&self->lock);
  return fraction;
}

static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Task *work = data;
  GError *error = NULL;

  if (work->func (zifu_work_get_job (source), work->data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * zifu_work_run_async:
 * @self: a work that did not begin yet
 * @func: what is done in a thread
 * @data: (nullable) (transfer full): for @func
 * @destroy: (nullable): frees @data after the answer
 * @callback: (scope async): is called when it is done, given up or failed
 * @user_data: for @callback
 *
 * Begins.
 */
void
zifu_work_run_async (ZifuWork *self, ZifuWorkFunc func, gpointer data, GDestroyNotify destroy, GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Task *work;

  g_return_if_fail (ZIFU_IS_WORK (self));
  g_return_if_fail (func != NULL);

  work = g_new0 (Task, 1);
  *work = (Task){ func, data, destroy };
  task = g_task_new (self, self->job.cancellable, callback, user_data);
  g_task_set_source_tag (task, zifu_work_run_async);
  /* What is done is done, whoever gave up in the same moment. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, work, task_free);
  g_task_run_in_thread (task, run_in_thread);
}

/**
 * zifu_work_run_finish:
 * @self: a work
 * @result: what the callback was given
 * @error: return location for the error of the function
 *
 * Returns: whether it was done
 */
gboolean
zifu_work_run_finish (ZifuWork *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (ZIFU_IS_WORK (self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, zifu_work_run_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * zifu_work_get_data:
 * @result: what the callback was given
 *
 * Returns: (transfer none): the data of the function, with what it left there; valid during the callback
 */
gpointer
zifu_work_get_data (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, zifu_work_run_async), NULL);

  return ((Task *) g_task_get_task_data (G_TASK (result)))->data;
}
