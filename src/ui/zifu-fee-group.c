/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-fee-group.h"

#include <glib/gi18n-lib.h>

#include "zifu-connect.h"
#include "zifu-entry-words.h"
#include "zifu-feed-fees.h"
#include "zifu-ui-rows.h"
#include "zifu-words.h"
#include "zifu-work.h"

/* A stay may have thousands of lines: rows are made for so many at a time. */
#define PAGE_SIZE 100

struct _ZifuFeeGroup
{
  AdwPreferencesGroup parent_instance;

  ZifuLedger   *ledger;        /* owned, nullable: no bill */
  gint64        connection_id;
  char         *setl_id;       /* owned, nullable */
  ZifuWork     *work;          /* owned, nullable: reading or fetching */
  ZifuFeedFees *fees;          /* owned, nullable before they were read */
  guint         n_shown;       /* lines that have rows */
  GPtrArray    *rows;          /* owned, of GtkWidget in the group; not owned */
};

G_DEFINE_FINAL_TYPE (ZifuFeeGroup, zifu_fee_group, ADW_TYPE_PREFERENCES_GROUP)

/* What a thread is given. */
typedef struct {
  ZifuFeeGroup *group;  /* owned */
  ZifuLedger   *ledger; /* owned: only asked where its file is, and for a reader */
  gint64        connection_id;
  char         *setl_id; /* owned */
  gboolean      fetch;
  ZifuFeedFees *fees;    /* owned, nullable: the answer */
} Task;

static void
task_free (gpointer data)
{
  Task *task = data;

  zifu_feed_fees_free (task->fees);
  g_free (task->setl_id);
  g_object_unref (task->ledger);
  g_object_unref (task->group);
  g_free (task);
}

static gboolean
fetch (const Task *task, ZifuLedger *ledger, GCancellable *cancellable, GError **error)
{
  g_autoptr (ZifuTokenStore) store = zifu_token_store_new ();

  return zifu_connect_fetch_fees (ledger, task->connection_id, task->setl_id, store, cancellable, error);
}

static gboolean
work_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  Task *task = data;
  g_autoptr (ZifuLedger) ledger = task->fetch ? zifu_ledger_open (zifu_ledger_get_path (task->ledger), error)
                                              : zifu_ledger_open_reader (task->ledger, error);

  if (ledger == NULL || (task->fetch && !fetch (task, ledger, job->cancellable, error)))
    return FALSE;
  task->fees = zifu_feed_read_fees (ledger, task->connection_id, task->setl_id, error);
  return task->fees != NULL;
}

static void show_state (ZifuFeeGroup *self, const GError *error);

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Task *task = zifu_work_get_data (result);
  ZifuFeeGroup *self = task->group;
  g_autoptr (GError) error = NULL;

  zifu_work_run_finish (ZIFU_WORK (source), result, &error);
  /* Another bill is on screen by now, or none. */
  if (self->work != ZIFU_WORK (source))
    return;
  g_clear_object (&self->work);
  if (task->fees != NULL)
    {
      g_clear_pointer (&self->fees, zifu_feed_fees_free);
      self->fees = g_steal_pointer (&task->fees);
    }
  show_state (self, error);
}

static void
begin (ZifuFeeGroup *self, gboolean with_network)
{
  Task *task = g_new0 (Task, 1);

  task->group = g_object_ref (self);
  task->ledger = g_object_ref (self->ledger);
  task->connection_id = self->connection_id;
  task->setl_id = g_strdup (self->setl_id);
  task->fetch = with_network;
  self->work = zifu_work_new ();
  zifu_work_run_async (self->work, work_in_thread, task, task_free, ended_cb, NULL);
}

static void
add_row (ZifuFeeGroup *self, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
drop_rows (ZifuFeeGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  self->n_shown = 0;
}

static void
fetch_cb (ZifuFeeGroup *self)
{
  if (self->work != NULL || self->ledger == NULL)
    return;
  begin (self, TRUE);
  show_state (self, NULL);
}

static void
add_fetch_row (ZifuFeeGroup *self, const char *title)
{
  GtkWidget *row;

  if (zifu_ledger_is_read_only (self->ledger))
    return;
  row = zifu_ui_link_row (title, _("The provider is asked for them now; they are kept for reading offline."), NULL, NULL);
  g_signal_connect_object (row, "activated", G_CALLBACK (fetch_cb), self, G_CONNECT_SWAPPED);
  add_row (self, row);
}

static void
add_busy_row (ZifuFeeGroup *self)
{
  GtkWidget *row = zifu_ui_text_row (_("Fetching the lines of the bill…"), NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), g_object_new (GTK_TYPE_SPINNER, "spinning", TRUE, NULL));
  add_row (self, row);
}

static void
add_note_row (ZifuFeeGroup *self, const char *title, const char *text)
{
  GtkWidget *row = zifu_ui_text_row (title, text);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "zifu-bad-symbolic", "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  NULL);

  gtk_widget_add_css_class (icon, "bad");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  add_row (self, row);
}

static void show_page (ZifuFeeGroup *self);

static void
more_cb (ZifuFeeGroup *self, GtkWidget *row)
{
  g_ptr_array_remove (self->rows, row);
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), row);
  show_page (self);
}

static void
show_page (ZifuFeeGroup *self)
{
  guint end = MIN (self->n_shown + PAGE_SIZE, self->fees->lines->len);

  for (; self->n_shown < end; self->n_shown++)
    {
      const ZifuFeedFee *fee = g_ptr_array_index (self->fees->lines, self->n_shown);
      g_autofree char *note = zifu_feed_fee_describe (fee);

      add_row (self, zifu_ui_money_row (zifu_feed_fee_name (fee), note, fee->total));
    }
  if (end < self->fees->lines->len)
    {
      guint left = self->fees->lines->len - end;
      g_autofree char *number = g_strdup_printf ("%u", left);
      g_autofree char *title = zifu_words_fill (g_dngettext (GETTEXT_PACKAGE, "{1} More Line", "{1} More Lines", left), number, NULL);
      GtkWidget *row = zifu_ui_link_row (title, NULL, NULL, NULL);

      g_signal_connect_object (row, "activated", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
      add_row (self, row);
    }
}

static void
show_kept (ZifuFeeGroup *self)
{
  g_autofree char *summary = zifu_feed_fees_summarize (self->fees);
  g_autofree char *doubt = zifu_feed_fees_doubt (self->fees);

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), summary);
  if (doubt != NULL)
    add_note_row (self, _("The Lines Do Not Add Up"), doubt);
  show_page (self);
}

static void
show_state (ZifuFeeGroup *self, const GError *error)
{
  gboolean kept = self->fees != NULL && self->fees->kept;

  drop_rows (self);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), NULL);
  if (kept)
    show_kept (self);
  if (error != NULL)
    {
      g_autofree char *text = zifu_ui_error_text (error);

      add_note_row (self, _("The lines could not be fetched"), text);
    }
  if (self->work != NULL)
    add_busy_row (self);
  else if (!kept)
    add_fetch_row (self, _("Fetch the Lines of This Bill"));
  else if (!zifu_feed_fees_agree (self->fees))
    add_fetch_row (self, _("Fetch the Lines Again"));
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
}

static void
forget (ZifuFeeGroup *self)
{
  if (self->work != NULL)
    zifu_work_cancel (self->work);
  g_clear_object (&self->work);
  g_clear_object (&self->ledger);
  g_clear_pointer (&self->setl_id, g_free);
  g_clear_pointer (&self->fees, zifu_feed_fees_free);
}

static void
zifu_fee_group_dispose (GObject *object)
{
  ZifuFeeGroup *self = ZIFU_FEE_GROUP (object);

  forget (self);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (zifu_fee_group_parent_class)->dispose (object);
}

static void
zifu_fee_group_class_init (ZifuFeeGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_fee_group_dispose;
}

static void
zifu_fee_group_init (ZifuFeeGroup *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Lines of the Bill"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * zifu_fee_group_new:
 *
 * Returns: (transfer floating): a group without a bill, which is not visible
 */
GtkWidget *
zifu_fee_group_new (void)
{
  return g_object_new (ZIFU_TYPE_FEE_GROUP, NULL);
}

/**
 * zifu_fee_group_set_bill:
 * @self: a group
 * @ledger: (nullable): where the lines are kept; may be %NULL without a bill
 * @connection_id: the connection that the bill came by
 * @setl_id: (nullable): number of the settlement at the source; %NULL = no bill, and the group is not visible
 *
 * Shows the lines of another bill, as soon as those that are kept were read.  Nothing is fetched.
 */
void
zifu_fee_group_set_bill (ZifuFeeGroup *self, ZifuLedger *ledger, gint64 connection_id, const char *setl_id)
{
  g_return_if_fail (ZIFU_IS_FEE_GROUP (self));
  g_return_if_fail (setl_id == NULL || ZIFU_IS_LEDGER (ledger));

  /* What is being fetched for this very bill is not given up because the household changed. */
  if (setl_id != NULL && self->ledger == ledger && self->connection_id == connection_id && g_strcmp0 (self->setl_id, setl_id) == 0 &&
      self->work != NULL)
    return;
  forget (self);
  drop_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (setl_id == NULL)
    return;
  self->ledger = g_object_ref (ledger);
  self->connection_id = connection_id;
  self->setl_id = g_strdup (setl_id);
  begin (self, FALSE);
}

/**
 * zifu_fee_group_is_busy:
 * @self: a group
 *
 * Returns: whether lines are being read or fetched
 */
gboolean
zifu_fee_group_is_busy (ZifuFeeGroup *self)
{
  g_return_val_if_fail (ZIFU_IS_FEE_GROUP (self), FALSE);

  return self->work != NULL;
}
