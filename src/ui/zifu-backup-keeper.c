/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-backup-keeper.h"

#include "zifu-backup.h"
#include "zifu-work.h"

/* How often it is looked whether another day began. */
#define PERIOD_SECONDS (30 * 60)

struct _ZifuBackupKeeper {
  GObject parent_instance;

  ZifuSession *session; /* owned, nullable: NULL = nobody waits any more */
  ZifuWork    *work;    /* owned, nullable: while a backup is being written */
  GError      *error;   /* owned, nullable: why the last one was not */
  guint        timer;
};

G_DEFINE_FINAL_TYPE (ZifuBackupKeeper, zifu_backup_keeper, G_TYPE_OBJECT)

static guint signal_changed;

typedef struct {
  char      *ledger_path; /* owned */
  GDateTime *now;         /* owned */
} Daily;

static void
daily_free (gpointer data)
{
  Daily *daily = data;

  g_free (daily->ledger_path);
  g_date_time_unref (daily->now);
  g_free (daily);
}

static gboolean
write_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  Daily *daily = data;
  g_autofree char *folder = zifu_backup_default_folder (daily->ledger_path);
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (daily->ledger_path, error);

  return ledger != NULL && zifu_backup_write_daily (ledger, folder, daily->now, NULL, job, error);
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuBackupKeeper) self = data;
  g_autoptr (GError) error = NULL;
  gboolean written = zifu_work_run_finish (ZIFU_WORK (object), result, &error);

  g_clear_object (&self->work);
  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_error (&self->error);
  if (!written)
    self->error = g_steal_pointer (&error);
  g_signal_emit (self, signal_changed, 0);
}

/* Whether there is anything that would be missed. */
static gboolean
has_own (ZifuSession *session)
{
  g_autoptr (GPtrArray) members = zifu_session_list_members (session);

  for (guint i = 0; i < members->len; i++)
    if (((ZifuMember *) g_ptr_array_index (members, i))->provenance != ZIFU_PROVENANCE_SAMPLE)
      return TRUE;
  return FALSE;
}

static gboolean
timer_cb (gpointer data)
{
  zifu_backup_keeper_look (data);
  return G_SOURCE_CONTINUE;
}

static void
zifu_backup_keeper_dispose (GObject *object)
{
  ZifuBackupKeeper *self = ZIFU_BACKUP_KEEPER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->work != NULL)
    zifu_work_cancel (self->work);
  g_clear_object (&self->work);
  g_clear_object (&self->session);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (zifu_backup_keeper_parent_class)->dispose (object);
}

static void
zifu_backup_keeper_class_init (ZifuBackupKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_backup_keeper_dispose;
  signal_changed = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zifu_backup_keeper_init (ZifuBackupKeeper *self)
{
}

/**
 * zifu_backup_keeper_new:
 * @session: the household
 *
 * Returns: (transfer full): a keeper that looks at once, and from then on again and again
 */
ZifuBackupKeeper *
zifu_backup_keeper_new (ZifuSession *session)
{
  ZifuBackupKeeper *self;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_BACKUP_KEEPER, NULL);
  self->session = g_object_ref (session);
  self->timer = g_timeout_add_seconds (PERIOD_SECONDS, timer_cb, self);
  zifu_backup_keeper_look (self);
  return self;
}

/**
 * zifu_backup_keeper_look:
 * @self: a keeper
 *
 * Writes the backup of today unless it is there, is being written, or there is nothing to keep.
 */
void
zifu_backup_keeper_look (ZifuBackupKeeper *self)
{
  ZifuLedger *ledger;
  Daily *daily;

  g_return_if_fail (ZIFU_IS_BACKUP_KEEPER (self));

  if (self->work != NULL || self->session == NULL)
    return;
  ledger = zifu_session_get_ledger (self->session);
  if (zifu_ledger_is_read_only (ledger) || !has_own (self->session))
    return;

  daily = g_new0 (Daily, 1);
  daily->ledger_path = g_strdup (zifu_ledger_get_path (ledger));
  daily->now = zifu_session_dup_now (self->session);
  self->work = zifu_work_new ();
  zifu_work_run_async (self->work, write_in_thread, daily, daily_free, written_cb, g_object_ref (self));
}

/**
 * zifu_backup_keeper_is_busy:
 * @self: a keeper
 *
 * Returns: whether a backup is being written
 */
gboolean
zifu_backup_keeper_is_busy (ZifuBackupKeeper *self)
{
  g_return_val_if_fail (ZIFU_IS_BACKUP_KEEPER (self), FALSE);

  return self->work != NULL;
}

/**
 * zifu_backup_keeper_get_error:
 * @self: a keeper
 *
 * Returns: (transfer none) (nullable): why the last backup was not written; %NULL when it was
 */
const GError *
zifu_backup_keeper_get_error (ZifuBackupKeeper *self)
{
  g_return_val_if_fail (ZIFU_IS_BACKUP_KEEPER (self), NULL);

  return self->error;
}
