/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-history-reader.h"

struct _ZifuHistoryReader
{
  GObject parent_instance;

  ZifuLedger *ledger; /* owned: what the window reads; only asked for a reader */
  GMutex      lock;   /* whoever holds it may use the next one */
  ZifuLedger *reader; /* owned, nullable before it is needed */
};

G_DEFINE_FINAL_TYPE (ZifuHistoryReader, zifu_history_reader, G_TYPE_OBJECT)

typedef struct
{
  gint64            member_id;
  ZifuHistoryFilter filter; /* owned texts */
  ZifuDate          before_date;
  gint64            before_id;
  guint             limit;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  zifu_history_filter_clear (&request->filter);
  g_free (request);
}

static void
zifu_history_reader_finalize (GObject *object)
{
  ZifuHistoryReader *self = ZIFU_HISTORY_READER (object);

  g_clear_object (&self->reader);
  g_clear_object (&self->ledger);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (zifu_history_reader_parent_class)->finalize (object);
}

static void
zifu_history_reader_class_init (ZifuHistoryReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zifu_history_reader_finalize;
}

static void
zifu_history_reader_init (ZifuHistoryReader *self)
{
  g_mutex_init (&self->lock);
}

/**
 * zifu_history_reader_new:
 * @ledger: the ledger of the window
 *
 * Returns: (transfer full): a reader of the same file
 */
ZifuHistoryReader *
zifu_history_reader_new (ZifuLedger *ledger)
{
  ZifuHistoryReader *self;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), NULL);

  self = g_object_new (ZIFU_TYPE_HISTORY_READER, NULL);
  self->ledger = g_object_ref (ledger);

  return self;
}

/* The file may be unreadable for a moment: then the next one who asks tries again. */
static gboolean
open_reader (ZifuHistoryReader *self, GError **error)
{
  if (self->reader == NULL)
    self->reader = zifu_ledger_open_reader (self->ledger, error);

  return self->reader != NULL;
}

static GTask *
make_task (ZifuHistoryReader *self, gint64 member_id, const ZifuHistoryFilter *filter, gpointer tag, GCancellable *cancellable,
           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  zifu_history_filter_init (&request->filter);
  if (filter != NULL)
    zifu_history_filter_copy (filter, &request->filter);
  request->member_id = member_id;
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, request, request_free);

  return task;
}

static void
list_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ZifuHistoryReader *self = source;
  const Request *request = data;
  ZifuEntryFilter filter;
  GArray *page = NULL;
  GError *error = NULL;

  zifu_history_filter_to_entries (&request->filter, &filter);
  filter.before_date = request->before_date;
  filter.before_id = request->before_id;

  g_mutex_lock (&self->lock);
  if (open_reader (self, &error))
    {
      zifu_ledger_set_cancellable (self->reader, cancellable);
      page = zifu_ledger_list_places (self->reader, request->member_id, &filter, request->limit, &error);
      zifu_ledger_set_cancellable (self->reader, NULL);
    }
  g_mutex_unlock (&self->lock);

  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * zifu_history_reader_list_async:
 * @self: a reader
 * @member_id: whose account; 0 = everybody's
 * @filter: what is wanted; is copied
 * @before_date: day of the row before which the page begins; 0 = from the newest on
 * @before_id: id of that row
 * @limit: rows of the page
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called when the page is there
 * @user_data: for @callback
 *
 * Reads where the rows of a page of the history stand.
 */
void
zifu_history_reader_list_async (ZifuHistoryReader *self, gint64 member_id, const ZifuHistoryFilter *filter, ZifuDate before_date,
                                gint64 before_id, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Request *request;

  g_return_if_fail (ZIFU_IS_HISTORY_READER (self) && filter != NULL);

  task = make_task (self, member_id, filter, zifu_history_reader_list_async, cancellable, callback, user_data);
  request = g_task_get_task_data (task);
  request->before_date = before_date;
  request->before_id = before_id;
  request->limit = limit;
  g_task_run_in_thread (task, list_in_thread);
}

/**
 * zifu_history_reader_list_finish:
 * @self: a reader
 * @result: what the callback was given
 * @error: return location for an error of the ledger or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type ZifuEntryPlace) (nullable): the places, or %NULL with an error
 */
GArray *
zifu_history_reader_list_finish (ZifuHistoryReader *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, zifu_history_reader_list_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
sum_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ZifuHistoryReader *self = source;
  const Request *request = data;
  ZifuEntryFilter filter;
  GArray *months = NULL;
  GError *error = NULL;

  zifu_history_filter_to_entries (&request->filter, &filter);
  g_mutex_lock (&self->lock);
  if (open_reader (self, &error))
    {
      zifu_ledger_set_cancellable (self->reader, cancellable);
      months = zifu_ledger_sum_entries (self->reader, request->member_id, &filter, &error);
      zifu_ledger_set_cancellable (self->reader, NULL);
    }
  g_mutex_unlock (&self->lock);

  if (months != NULL)
    g_task_return_pointer (task, months, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * zifu_history_reader_sum_async:
 * @self: a reader
 * @member_id: whose account; 0 = everybody's
 * @filter: what is wanted; is copied
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called when the sums are there
 * @user_data: for @callback
 *
 * Sums up what fits a filter.
 */
void
zifu_history_reader_sum_async (ZifuHistoryReader *self, gint64 member_id, const ZifuHistoryFilter *filter, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ZIFU_IS_HISTORY_READER (self) && filter != NULL);

  task = make_task (self, member_id, filter, zifu_history_reader_sum_async, cancellable, callback, user_data);
  g_task_run_in_thread (task, sum_in_thread);
}

/**
 * zifu_history_reader_sum_finish:
 * @self: a reader
 * @result: what the callback was given
 * @error: return location for an error of the ledger or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type ZifuMonthSummary) (nullable): the months that have rows, newest first, or %NULL with an error
 */
GArray *
zifu_history_reader_sum_finish (ZifuHistoryReader *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, zifu_history_reader_sum_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
places_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  ZifuHistoryReader *self = source;
  const Request *request = data;
  GPtrArray *names = NULL;
  GError *error = NULL;

  g_mutex_lock (&self->lock);
  if (open_reader (self, &error))
    {
      zifu_ledger_set_cancellable (self->reader, cancellable);
      names = zifu_ledger_list_institutions (self->reader, request->member_id, &error);
      zifu_ledger_set_cancellable (self->reader, NULL);
    }
  g_mutex_unlock (&self->lock);

  if (names != NULL)
    g_task_return_pointer (task, names, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * zifu_history_reader_places_async:
 * @self: a reader
 * @member_id: whose account; 0 = everybody's
 * @cancellable: (nullable): to give up
 * @callback: (scope async): called when the names are there
 * @user_data: for @callback
 *
 * Reads which institutions were met.
 */
void
zifu_history_reader_places_async (ZifuHistoryReader *self, gint64 member_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ZIFU_IS_HISTORY_READER (self));

  task = make_task (self, member_id, NULL, zifu_history_reader_places_async, cancellable, callback, user_data);
  g_task_run_in_thread (task, places_in_thread);
}

/**
 * zifu_history_reader_places_finish:
 * @self: a reader
 * @result: what the callback was given
 * @error: return location for an error of the ledger or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the names, those met last first, or %NULL with an error
 */
GPtrArray *
zifu_history_reader_places_finish (ZifuHistoryReader *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, zifu_history_reader_places_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
