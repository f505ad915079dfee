/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sync-center.h"

#include <gio/gio.h>

#include "zifu-sync-schedule.h"
#include "zifu-sync-words.h"
#include "zifu-work.h"

/* A few hours; a provider may ask for more. */
#define INTERVAL_SECONDS (4 * 60 * 60)
#define LOOK_SECONDS ZIFU_SYNC_SCHEDULE_RETRY_S

/* What is running for one connection, or how it ended last. */
typedef struct {
  ZifuWork *work;  /* owned, nullable: running */
  GError   *error; /* owned, nullable: of the last time in this run of the program */
  gboolean  by_hand, removing;
  GMutex    lock;
  char     *stage; /* owned, nullable */
} Run;

struct _ZifuSyncCenter
{
  GObject parent_instance;

  ZifuSession    *session;     /* owned; NULL when disposed */
  GNetworkMonitor *network;    /* owned; NULL when disposed */
  gint64          interval_s;  /* how often by itself, unless the provider wants less */
  ZifuTokenStore *store;       /* owned */
  GPtrArray      *connections; /* owned, of ZifuConnection */
  GHashTable     *runs;        /* owned: number of a connection (gint64*) -> Run */
  guint           timer;
  gboolean        disposed;
};

G_DEFINE_FINAL_TYPE (ZifuSyncCenter, zifu_sync_center, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, SIGNAL_FINISHED, SIGNAL_ARRIVED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_object (&run->work);
  g_clear_error (&run->error);
  g_mutex_clear (&run->lock);
  g_free (run->stage);
  g_free (run);
}

static Run *
get_run (ZifuSyncCenter *self, gint64 connection_id)
{
  Run *run = g_hash_table_lookup (self->runs, &connection_id);

  if (run != NULL)
    return run;
  run = g_new0 (Run, 1);
  g_mutex_init (&run->lock);
  g_hash_table_insert (self->runs, g_memdup2 (&connection_id, sizeof connection_id), run);
  return run;
}

static gint64
get_now (ZifuSyncCenter *self)
{
  g_autoptr (GDateTime) now = zifu_session_dup_now (self->session);

  return g_date_time_to_unix (now);
}

/* What a thread is given. */
typedef struct {
  ZifuSyncCenter *center; /* owned */
  Run            *run;    /* lives as long as the center */
  char           *path;   /* owned: of the ledger */
  ZifuConnection *connection; /* owned */
  gint64          now;
  gboolean        by_hand, with_entries;
  guint           n_new; /* rows that came */
} Task;

static void
task_free (gpointer data)
{
  Task *task = data;

  g_object_unref (task->center);
  g_free (task->path);
  zifu_connection_free (task->connection);
  g_free (task);
}

static void
note_stage (const char *stage, guint n_entries, gpointer data)
{
  Run *run = ((Task *) data)->run;

  g_mutex_lock (&run->lock);
  g_free (run->stage);
  run->stage = g_strdup (stage);
  g_mutex_unlock (&run->lock);
}

static gboolean
fetch_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  Task *task = data;
  g_autoptr (SoupSession) soup = zifu_http_new_session ();
  g_autoptr (ZifuHttp) http = zifu_http_new (soup);
  g_autoptr (ZifuAccountTokens) tokens = zifu_connect_get_tokens (task->connection, task->center->store);
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (task->path, error);
  g_autoptr (ZifuFeedVerdict) verdict = NULL;
  ZifuSyncOptions options = {
    .http = http, .tokens = ZIFU_TOKEN_SOURCE (tokens), .wait_unit_ms = 1000, .now = task->now, .by_hand = task->by_hand,
    .progress = note_stage, .progress_data = task,
  };

  if (ledger == NULL)
    return FALSE;
  verdict = zifu_sync_run (ledger, task->connection->id, &options, job->cancellable, error);
  task->n_new = verdict != NULL ? verdict->n_new : 0;
  return verdict != NULL;
}

/* The provider is told when it can be reached; the sign-in is forgotten here in any case. */
static gboolean
remove_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  Task *task = data;
  g_autoptr (ZifuAccountTokens) tokens = zifu_connect_get_tokens (task->connection, task->center->store);
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (task->path, error);

  if (ledger == NULL || !zifu_ledger_delete_connection (ledger, task->connection->id, task->with_entries, error))
    return FALSE;
  zifu_account_tokens_sign_out (tokens, job->cancellable, NULL);
  return TRUE;
}

/* Whether what somebody has to see to has begun between two states of a connection. */
static gboolean
became_troubled (const ZifuConnection *before, const ZifuConnection *after)
{
  return (zifu_sync_words_needs_sign_in (after) && !zifu_sync_words_needs_sign_in (before))
         || (after->verdict == ZIFU_CONNECTION_UNRECONCILED && before->verdict != ZIFU_CONNECTION_UNRECONCILED);
}

static void
tell_arrived (ZifuSyncCenter *self, const Task *task)
{
  const ZifuConnection *connection = zifu_sync_center_get (self, task->connection->id);

  if (connection != NULL)
    g_signal_emit (self, signals[SIGNAL_ARRIVED], 0, connection->id, task->n_new, became_troubled (task->connection, connection));
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Task *task = zifu_work_get_data (result);
  ZifuSyncCenter *self = task->center;
  Run *run = task->run;
  gboolean by_hand = run->by_hand;
  gint64 id = task->connection->id;

  g_clear_error (&run->error);
  zifu_work_run_finish (ZIFU_WORK (source), result, &run->error);
  g_clear_object (&run->work);
  g_mutex_lock (&run->lock);
  g_clear_pointer (&run->stage, g_free);
  g_mutex_unlock (&run->lock);
  run->removing = FALSE;
  if (self->disposed)
    return;

  zifu_sync_center_reload (self);
  zifu_session_emit_changed (self->session);
  if (by_hand)
    g_signal_emit (self, signals[SIGNAL_FINISHED], 0, id);
  else
    tell_arrived (self, task);
}

static void
begin (ZifuSyncCenter *self, const ZifuConnection *connection, ZifuWorkFunc func, gboolean by_hand, gboolean with_entries)
{
  Run *run = get_run (self, connection->id);
  Task *task = g_new0 (Task, 1);

  task->center = g_object_ref (self);
  task->run = run;
  task->path = g_strdup (zifu_ledger_get_path (zifu_session_get_ledger (self->session)));
  task->connection = zifu_connection_copy (connection);
  task->now = get_now (self);
  task->by_hand = by_hand;
  task->with_entries = with_entries;
  run->by_hand = by_hand;
  run->work = zifu_work_new ();
  zifu_work_run_async (run->work, func, task, task_free, ended_cb, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
timer_cb (gpointer data)
{
  zifu_sync_center_look (data);
  return G_SOURCE_CONTINUE;
}

static void
zifu_sync_center_dispose (GObject *object)
{
  ZifuSyncCenter *self = ZIFU_SYNC_CENTER (object);
  GHashTableIter iter;
  gpointer run;

  self->disposed = TRUE;
  g_clear_object (&self->network);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, NULL, &run))
    if (((Run *) run)->work != NULL && !((Run *) run)->removing)
      zifu_work_cancel (((Run *) run)->work);
  /* What still runs holds this object, and would hold the household open by it. */
  g_clear_object (&self->session);

  G_OBJECT_CLASS (zifu_sync_center_parent_class)->dispose (object);
}

static void
zifu_sync_center_finalize (GObject *object)
{
  ZifuSyncCenter *self = ZIFU_SYNC_CENTER (object);

  g_clear_object (&self->store);
  g_ptr_array_unref (self->connections);
  g_hash_table_unref (self->runs);

  G_OBJECT_CLASS (zifu_sync_center_parent_class)->finalize (object);
}

static void
zifu_sync_center_class_init (ZifuSyncCenterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = zifu_sync_center_dispose;
  object_class->finalize = zifu_sync_center_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                           G_TYPE_INT64);
  signals[SIGNAL_ARRIVED] = g_signal_new ("arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                          G_TYPE_INT64, G_TYPE_UINT, G_TYPE_BOOLEAN);
}

static void
zifu_sync_center_init (ZifuSyncCenter *self)
{
  self->connections = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_connection_free);
  self->runs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, run_free);
  self->store = zifu_token_store_new ();
}

/**
 * zifu_sync_center_get_store:
 * @self: a center
 *
 * Returns: (transfer none): where sign-ins are kept
 */
ZifuTokenStore *
zifu_sync_center_get_store (ZifuSyncCenter *self)
{
  g_return_val_if_fail (ZIFU_IS_SYNC_CENTER (self), NULL);

  return self->store;
}

/**
 * zifu_sync_center_list:
 * @self: a center
 *
 * Returns: (transfer none) (element-type ZifuConnection): the connections, valid until the next "changed"
 */
GPtrArray *
zifu_sync_center_list (ZifuSyncCenter *self)
{
  g_return_val_if_fail (ZIFU_IS_SYNC_CENTER (self), NULL);

  return self->connections;
}

/**
 * zifu_sync_center_find:
 * @self: a center
 * @member_id: a person
 *
 * Returns: (transfer none) (nullable): where the account of that person comes from; %NULL when it comes from nowhere
 */
const ZifuConnection *
zifu_sync_center_find (ZifuSyncCenter *self, gint64 member_id)
{
  g_return_val_if_fail (ZIFU_IS_SYNC_CENTER (self), NULL);

  for (guint i = 0; i < self->connections->len; i++)
    {
      const ZifuConnection *connection = g_ptr_array_index (self->connections, i);

      if (connection->member_id == member_id)
        return connection;
    }
  return NULL;
}

/**
 * zifu_sync_center_get:
 * @self: a center
 * @connection_id: a connection
 *
 * Returns: (transfer none) (nullable): the connection, when there is one of that number
 */
const ZifuConnection *
zifu_sync_center_get (ZifuSyncCenter *self, gint64 connection_id)
{
  g_return_val_if_fail (ZIFU_IS_SYNC_CENTER (self), NULL);

  for (guint i = 0; i < self->connections->len; i++)
    {
      const ZifuConnection *connection = g_ptr_array_index (self->connections, i);

      if (connection->id == connection_id)
        return connection;
    }
  return NULL;
}

/**
 * zifu_sync_center_run:
 * @self: a center
 * @connection_id: a connection
 * @by_hand: whether somebody asked for it
 *
 * Fetches what is new, unless that is being done.
 */
void
zifu_sync_center_run (ZifuSyncCenter *self, gint64 connection_id, gboolean by_hand)
{
  const ZifuConnection *connection = zifu_sync_center_get (self, connection_id);

  if (connection == NULL || self->disposed || zifu_sync_center_is_busy (self, connection_id) ||
      zifu_ledger_is_read_only (zifu_session_get_ledger (self->session)))
    return;
  begin (self, connection, fetch_in_thread, by_hand, FALSE);
}

/**
 * zifu_sync_center_cancel:
 * @self: a center
 * @connection_id: a connection
 *
 * Gives up what is being fetched; what arrived in whole pages stays.
 */
void
zifu_sync_center_cancel (ZifuSyncCenter *self, gint64 connection_id)
{
  Run *run;

  g_return_if_fail (ZIFU_IS_SYNC_CENTER (self));

  run = g_hash_table_lookup (self->runs, &connection_id);
  if (run != NULL && run->work != NULL && !run->removing)
    zifu_work_cancel (run->work);
}

/**
 * zifu_sync_center_is_busy:
 * @self: a center
 * @connection_id: a connection; 0 = any
 *
 * Returns: whether something is being done for it
 */
gboolean
zifu_sync_center_is_busy (ZifuSyncCenter *self, gint64 connection_id)
{
  GHashTableIter iter;
  gpointer id, run;

  g_return_val_if_fail (ZIFU_IS_SYNC_CENTER (self), FALSE);

  g_hash_table_iter_init (&iter, self->runs);
  while (g_hash_table_iter_next (&iter, &id, &run))
    if (((Run *) run)->work != NULL && (connection_id == 0 || *(gint64 *) id == connection_id))
      return TRUE;
  return FALSE;
}

/**
 * zifu_sync_center_dup_stage:
 * @self: a center
 * @connection_id: a connection
 *
 * Returns: (transfer full) (nullable): what is being done for it at the moment
 */
char *
zifu_sync_center_dup_stage (ZifuSyncCenter *self, gint64 connection_id)
{
  char *stage;
  Run *run;

  g_return_val_if_fail (ZIFU_IS_SYNC_CENTER (self), NULL);

  run = g_hash_table_lookup (self->runs, &connection_id);
  if (run == NULL || run->work == NULL)
    return NULL;
  g_mutex_lock (&run->lock);
  stage = g_strdup (run->stage);
  g_mutex_unlock (&run->lock);
  return stage;
}

/**
 * zifu_sync_center_get_error:
 * @self: a center
 * @connection_id: a connection
 *
 * Returns: (transfer none) (nullable): why the last time failed since the program began; %NULL when it did not
 */
const GError *
zifu_sync_center_get_error (ZifuSyncCenter *self, gint64 connection_id)
{
  Run *run;

  g_return_val_if_fail (ZIFU_IS_SYNC_CENTER (self), NULL);

  run = g_hash_table_lookup (self->runs, &connection_id);
  return run != NULL ? run->error : NULL;
}

/**
 * zifu_sync_center_set_schedule:
 * @self: a center
 * @connection_id: a connection that is not busy
 * @automatic: whether it is fetched from without being asked
 * @on_metered: whether also where data are paid for by volume
 *
 * Changes the schedule.
 */
void
zifu_sync_center_set_schedule (ZifuSyncCenter *self, gint64 connection_id, gboolean automatic, gboolean on_metered)
{
  const ZifuConnection *connection = zifu_sync_center_get (self, connection_id);
  g_autoptr (ZifuConnection) changed = NULL;
  g_autoptr (GError) error = NULL;

  if (connection == NULL || self->disposed || zifu_sync_center_is_busy (self, connection_id))
    return;
  changed = zifu_connection_copy (connection);
  changed->automatic = automatic;
  changed->on_metered = on_metered;
  if (!zifu_ledger_update_connection (zifu_session_get_ledger (self->session), changed, &error))
    {
      Run *run = get_run (self, connection_id);

      g_clear_error (&run->error);
      run->error = g_steal_pointer (&error);
    }
  zifu_sync_center_reload (self);
}

/**
 * zifu_sync_center_remove:
 * @self: a center
 * @connection_id: a connection
 * @with_entries: whether what came by it goes as well
 *
 * Signs out and forgets the connection.  "finished" follows.
 */
void
zifu_sync_center_remove (ZifuSyncCenter *self, gint64 connection_id, gboolean with_entries)
{
  const ZifuConnection *connection = zifu_sync_center_get (self, connection_id);

  if (connection == NULL || self->disposed || zifu_sync_center_is_busy (self, connection_id))
    return;
  get_run (self, connection_id)->removing = TRUE;
  begin (self, connection, remove_in_thread, TRUE, with_entries);
}

/**
 * zifu_sync_center_reload:
 * @self: a center
 *
 * Reads the connections anew.
 */
void
zifu_sync_center_reload (ZifuSyncCenter *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) connections = NULL;

  g_return_if_fail (ZIFU_IS_SYNC_CENTER (self));

  if (self->disposed)
    return;
  connections = zifu_ledger_list_connections (zifu_session_get_ledger (self->session), &error);
  if (connections != NULL)
    {
      g_ptr_array_unref (self->connections);
      self->connections = g_steal_pointer (&connections);
    }
  else
    {
      g_warning ("Connections cannot be read: %s", error->message);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
look (ZifuSyncCenter *self, gboolean starting)
{
  g_autoptr (GArray) due = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean metered = g_network_monitor_get_network_metered (self->network);
  gint64 now = get_now (self);

  if (!g_network_monitor_get_network_available (self->network))
    return;
  for (guint i = 0; i < self->connections->len; i++)
    {
      const ZifuConnection *connection = g_ptr_array_index (self->connections, i);

      if (zifu_sync_schedule_is_due (connection, now, starting ? 0 : self->interval_s, metered))
        g_array_append_val (due, connection->id);
    }
  for (guint i = 0; i < due->len; i++)
    zifu_sync_center_run (self, g_array_index (due, gint64, i), FALSE);
}

/**
 * zifu_sync_center_look:
 * @self: a center
 *
 * Fetches from every connection that is due, when there is a network.
 */
void
zifu_sync_center_look (ZifuSyncCenter *self)
{
  g_return_if_fail (ZIFU_IS_SYNC_CENTER (self));

  if (!self->disposed)
    look (self, FALSE);
}

/**
 * zifu_sync_center_new:
 * @session: the household
 *
 * Returns: (transfer full): the connections of @session; fetches from those that want it at the start
 */
ZifuSyncCenter *
zifu_sync_center_new (ZifuSession *session)
{
  return zifu_sync_center_new_with (session, g_network_monitor_get_default (), INTERVAL_SECONDS, LOOK_SECONDS);
}

/**
 * zifu_sync_center_new_with:
 * @session: the household
 * @network: what tells whether there is a network, and whether data are paid for by volume on it
 * @interval_s: after how many seconds it is fetched from a connection again; a provider may ask for more
 * @look_s: after how many seconds it is looked again which are due
 *
 * Like zifu_sync_center_new(), for somebody who wants the schedule to be another one.
 *
 * Returns: (transfer full): the connections of @session; fetches from those that want it at the start
 */
ZifuSyncCenter *
zifu_sync_center_new_with (ZifuSession *session, GNetworkMonitor *network, guint interval_s, guint look_s)
{
  ZifuSyncCenter *self;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);
  g_return_val_if_fail (G_IS_NETWORK_MONITOR (network), NULL);

  self = g_object_new (ZIFU_TYPE_SYNC_CENTER, NULL);
  self->session = g_object_ref (session);
  self->network = g_object_ref (network);
  self->interval_s = interval_s;
  self->timer = g_timeout_add_seconds (look_s, timer_cb, self);
  g_signal_connect_object (network, "network-changed", G_CALLBACK (zifu_sync_center_look), self,
                           G_CONNECT_SWAPPED);
  zifu_sync_center_reload (self);
  look (self, TRUE);
  return self;
}
