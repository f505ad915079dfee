/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-take-back.h"

#include <glib/gi18n-lib.h>

#include "zifu-compat.h"
#include "zifu-withdrawal-words.h"
#include "zifu-work.h"

typedef struct {
  char           *path;       /* owned: of the ledger */
  ZifuWithdrawal *withdrawal; /* owned, nullable: NULL = it was handed on */
  gint64          entry_id;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->path);
  zifu_withdrawal_free (asked->withdrawal);
  g_free (asked);
}

static gboolean
withdraw_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  Asked *asked = g_task_get_task_data (data);
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (asked->path, error);

  return ledger != NULL && zifu_ledger_withdraw (ledger, asked->entry_id, error);
}

static void
done_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Asked *asked = g_task_get_task_data (task);
  GError *error = NULL;

  if (!zifu_work_run_finish (ZIFU_WORK (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  zifu_session_emit_changed (g_task_get_source_object (task));
  g_task_return_pointer (task, g_steal_pointer (&asked->withdrawal), (GDestroyNotify) zifu_withdrawal_free);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (ZifuWork) work = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  work = zifu_work_new ();
  zifu_work_run_async (work, withdraw_in_thread, g_object_ref (task), g_object_unref, done_cb, g_object_ref (task));
}

/**
 * zifu_take_back_async:
 * @over: a widget of the window in front of which the question stands
 * @session: the household
 * @entry_id: the row of a refund or a receipt that somebody typed
 * @callback: (scope async): is called when it is done, or not wanted
 * @user_data: for @callback
 *
 * Says what taking it back means, asks, and does zifu_ledger_withdraw() in a thread.  The pages are told.  The answer comes from @session.
 */
void
zifu_take_back_async (GtkWidget *over, ZifuSession *session, gint64 entry_id, GAsyncReadyCallback callback, gpointer user_data)
{
  ZifuLedger *ledger;
  GTask *task;
  Asked *asked;
  GError *error = NULL;

  g_return_if_fail (GTK_IS_WIDGET (over) && ZIFU_IS_SESSION (session));

  ledger = zifu_session_get_ledger (session);
  asked = g_new0 (Asked, 1);
  asked->path = g_strdup (zifu_ledger_get_path (ledger));
  asked->entry_id = entry_id;
  asked->withdrawal = zifu_ledger_find_withdrawal (ledger, entry_id, &error);
  task = g_task_new (session, NULL, callback, user_data);
  g_task_set_source_tag (task, zifu_take_back_async);
  g_task_set_task_data (task, asked, asked_free);
  if (asked->withdrawal == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_autofree char *heading = zifu_withdrawal_dup_heading (asked->withdrawal);
  g_autofree char *body = zifu_withdrawal_dup_consequences (asked->withdrawal);
  zifu_compat_confirm (GTK_WINDOW (gtk_widget_get_root (over)), heading, body, _("Cancel"), _("Take Back"), TRUE, answered_cb, task);
}

/**
 * zifu_take_back_finish:
 * @result: what the callback was given
 * @error: return location for an error of the ledger
 *
 * Returns: (transfer full) (nullable): what was taken back, for zifu_ledger_put_back(); %NULL without an error when it was not wanted
 */
ZifuWithdrawal *
zifu_take_back_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, zifu_take_back_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
