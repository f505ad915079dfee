/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-undo.h"

typedef struct {
  char  *ledger_path; /* owned */
  gint64 import_id;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_free (undo->ledger_path);
  g_free (undo);
}

static gboolean
undo_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  Undo *undo = data;
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (undo->ledger_path, error);

  if (ledger == NULL)
    return FALSE;
  zifu_ledger_set_cancellable (ledger, job->cancellable);
  return zifu_ledger_undo_import (ledger, undo->import_id, error);
}

/**
 * zifu_import_undo_async:
 * @session: the household
 * @import_id: which import
 * @work: a work that did not begin yet
 * @callback: (scope async): is called when it is done
 * @user_data: for @callback
 *
 * Does zifu_ledger_undo_import() in a thread.  Whoever gets the answer tells the pages.
 */
void
zifu_import_undo_async (ZifuSession *session, gint64 import_id, ZifuWork *work, GAsyncReadyCallback callback, gpointer user_data)
{
  Undo *undo;

  g_return_if_fail (ZIFU_IS_SESSION (session));
  g_return_if_fail (ZIFU_IS_WORK (work));

  undo = g_new0 (Undo, 1);
  undo->ledger_path = g_strdup (zifu_ledger_get_path (zifu_session_get_ledger (session)));
  undo->import_id = import_id;
  zifu_work_run_async (work, undo_in_thread, undo, undo_free, callback, user_data);
}

/**
 * zifu_import_undo_finish:
 * @work: the work
 * @result: what the callback was given
 * @error: return location for an error, as from zifu_ledger_undo_import()
 *
 * Returns: whether the import was taken back
 */
gboolean
zifu_import_undo_finish (ZifuWork *work, GAsyncResult *result, GError **error)
{
  return zifu_work_run_finish (work, result, error);
}
