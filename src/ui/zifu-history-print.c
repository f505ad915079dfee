/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-history-print.h"

#include <glib/gi18n-lib.h>

#include "zifu-statement.h"
#include "zifu-words.h"

/* Points; what the PDF of the command line has. */
#define MARGIN 45.0

typedef struct
{
  GtkWindow     *parent;    /* owned, nullable */
  ZifuLedger    *reader;    /* owned */
  gint64         member_id;
  ZifuDate       first, last, today;
  char          *region;    /* owned, nullable */
  char          *path;      /* owned, nullable: a PDF instead of paper */
  ZifuStatement *statement; /* owned, nullable before it was read */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_object (&work->parent);
  g_clear_object (&work->reader);
  g_clear_pointer (&work->statement, zifu_statement_free);
  g_free (work->region);
  g_free (work->path);
  g_free (work);
}

static void
begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, GTask *task)
{
  Work *work = g_task_get_task_data (task);
  guint n
    = zifu_statement_begin (work->statement, gtk_print_context_get_width (context), gtk_print_context_get_height (context));

  gtk_print_operation_set_n_pages (operation, (int) MAX (n, 1));
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, GTask *task)
{
  Work *work = g_task_get_task_data (task);

  zifu_statement_draw_page (work->statement, gtk_print_context_get_cairo_context (context), (guint) page);
}

/* Takes the task over. */
static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, GTask *task)
{
  GError *error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      g_task_return_error (task, error);
    }
  else
    {
      g_task_return_boolean (task, result == GTK_PRINT_OPERATION_RESULT_APPLY);
    }
  g_object_unref (task);
}

static void
run_operation (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) paper = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size (setup, paper);
  gtk_page_setup_set_top_margin (setup, MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, MARGIN, GTK_UNIT_POINTS);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, _("Statement of the personal account"));
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_show_progress (operation, TRUE);
  gtk_print_operation_set_allow_async (operation, TRUE);
  if (work->path != NULL)
    gtk_print_operation_set_export_filename (operation, work->path);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), task);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), task);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), task);

  /* Whatever comes of it, "done" tells. */
  gtk_print_operation_run (operation, work->path != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           work->parent, NULL);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  ZifuStatement *statement;

  zifu_ledger_set_cancellable (work->reader, cancellable);
  statement = zifu_statement_new (work->reader, work->member_id, work->first, work->last, work->region, work->today, &error);
  if (statement != NULL)
    g_task_return_pointer (task, statement, (GDestroyNotify) zifu_statement_free);
  else
    g_task_return_error (task, error);
}

/* The statement was read: on with it to the printer.  Takes the outer task over. */
static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  work->statement = g_task_propagate_pointer (G_TASK (result), &error);
  if (work->statement != NULL)
    {
      run_operation (task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static char *
dup_region (ZifuSession *session, gint64 member_id)
{
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (zifu_session_get_ledger (session), member_id, NULL);
  g_autoptr (GPtrArray) packs = zifu_pack_library_list (zifu_session_get_library (session), NULL);

  for (guint i = 0; member != NULL && packs != NULL && i < packs->len; i++)
    {
      const ZifuPackInfo *info = g_ptr_array_index (packs, i);

      if (g_strcmp0 (info->id, member->region) == 0)
        return g_strdup (zifu_words_text (&info->title));
    }

  return NULL;
}

/**
 * zifu_history_print_async:
 * @parent: (nullable): the window in front of which the dialog stands
 * @session: the session
 * @member_id: whose account
 * @first: first day of the period
 * @last: last day of the period
 * @export_path: (nullable): a file for a PDF; %NULL = ask for a printer
 * @cancellable: (nullable): to give up reading
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Reads a statement in a thread and prints it.
 */
void
zifu_history_print_async (GtkWindow *parent, ZifuSession *session, gint64 member_id, ZifuDate first, ZifuDate last, const char *export_path,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  g_autoptr (GTask) reading = NULL;
  GError *error = NULL;
  Work *work;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (ZIFU_IS_SESSION (session));

  work = g_new0 (Work, 1);
  g_set_object (&work->parent, parent);
  work->member_id = member_id;
  work->first = first;
  work->last = last;
  work->today = zifu_session_get_today (session);
  work->region = dup_region (session, member_id);
  work->path = g_strdup (export_path);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, zifu_history_print_async);
  g_task_set_task_data (task, work, work_free);

  work->reader = zifu_ledger_open_reader (zifu_session_get_ledger (session), &error);
  if (work->reader == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  reading = g_task_new (NULL, cancellable, read_cb, task);
  g_task_set_task_data (reading, work, NULL);
  g_task_run_in_thread (reading, read_in_thread);
}

/**
 * zifu_history_print_finish:
 * @result: what the callback was given
 * @error: return location for an error of the ledger, of the exchange or of printing, or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it went to the printer; %FALSE without an error when the dialog was closed
 */
gboolean
zifu_history_print_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, zifu_history_print_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
