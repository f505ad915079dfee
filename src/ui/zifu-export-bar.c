/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-export-bar.h"

#include <glib/gi18n-lib.h>

#include "zifu-compat-files.h"
#include "zifu-entry-words.h"
#include "zifu-ui-rows.h"
#include "zifu-words.h"

/* How often the window looks how far it is, in milliseconds. */
#define LOOK 100

/* What the thread tells and the window reads. */
typedef struct
{
  gint   done, total; /* atomic; entries */
  GFile *file;        /* owned */
} Progress;

struct _ZifuExportBar
{
  GtkWidget parent_instance;

  GCancellable *cancellable; /* owned, nullable: of the export that goes on */
  Progress     *progress;    /* of that export, not owned */
  guint         look_id;

  GtkWidget      *box;
  GtkLabel       *label;
  GtkProgressBar *bar;
  GtkWidget      *cancel;

  /* While the file is being chosen. */
  gboolean          choosing;
  ZifuSession      *session; /* owned, nullable */
  ZifuHistoryFilter filter;
  ZifuExportFormat  format;
};

G_DEFINE_FINAL_TYPE (ZifuExportBar, zifu_export_bar, GTK_TYPE_WIDGET)

static guint signal_toast;

typedef struct
{
  ZifuExportBar *bar;     /* owned */
  Progress       progress;
} Run;

static void
tell_progress (gint64 done, gint64 total, gpointer data)
{
  Progress *progress = data;

  g_atomic_int_set (&progress->done, (gint) MIN (done, G_MAXINT));
  g_atomic_int_set (&progress->total, (gint) MIN (total, G_MAXINT));
}

static gboolean
look (gpointer data)
{
  ZifuExportBar *self = data;
  gint done = g_atomic_int_get (&self->progress->done);
  gint total = g_atomic_int_get (&self->progress->total);

  if (total <= 0)
    {
      gtk_progress_bar_pulse (self->bar);
    }
  else
    {
      g_autofree char *done_text = g_strdup_printf ("%'d", done);
      g_autofree char *total_text = g_strdup_printf ("%'d", total);
      /* Translators: {1} of {2} entries were written. */
      g_autofree char *text = zifu_words_fill (_("Exporting: {1} of {2}"), done_text, total_text, NULL);

      gtk_label_set_text (self->label, text);
      gtk_progress_bar_set_fraction (self->bar, (double) done / total);
    }

  return G_SOURCE_CONTINUE;
}

/* What went wrong, and what can be done about it. */
static char *
dup_advice (const GError *error)
{
  g_autofree char *text = zifu_ui_error_text (error);

  if (g_error_matches (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FULL))
    return zifu_words_fill (_("{1} Make room, or choose another folder. Nothing was written."), text, NULL);
  if (g_error_matches (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FILE))
    return zifu_words_fill (_("{1}. Choose a folder in which you may write. Nothing was written."), text, NULL);

  return g_steal_pointer (&text);
}

static void
send_toast (ZifuExportBar *self, const char *text, GFile *file)
{
  g_autoptr (AdwToast) toast = zifu_ui_toast (text);

  if (file != NULL)
    {
      g_autoptr (GFile) folder = g_file_get_parent (file);
      g_autofree char *uri = g_file_get_uri (folder != NULL ? folder : file);

      adw_toast_set_button_label (toast, _("Open Folder"));
      adw_toast_set_action_name (toast, "win.open-uri");
      adw_toast_set_action_target_value (toast, g_variant_new_string (uri));
    }
  else
    {
      /* A refusal has more to say than a toast shows in its usual time. */
      adw_toast_set_timeout (toast, 0);
    }
  g_signal_emit (self, signal_toast, 0, toast);
}

static void
show_busy (ZifuExportBar *self, gboolean busy)
{
  /* The window may have been closed meanwhile. */
  if (self->box != NULL)
    gtk_widget_set_visible (self->box, busy);
  if (!busy)
    {
      g_clear_handle_id (&self->look_id, g_source_remove);
      return;
    }
  gtk_label_set_text (self->label, _("Exporting…"));
  gtk_progress_bar_set_fraction (self->bar, 0);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (ZifuExportBar) self = run->bar;
  g_autoptr (GFile) file = run->progress.file;
  g_autoptr (GError) error = NULL;
  gboolean success = zifu_export_finish (result, &error);

  show_busy (self, FALSE);
  self->progress = NULL;
  g_clear_object (&self->cancellable);
  g_free (run);

  if (success)
    {
      g_autofree char *name = g_file_get_basename (file);
      g_autofree char *shown = g_filename_display_name (name);
      /* Translators: {1} is a file name. */
      g_autofree char *text = zifu_words_fill (_("Exported to “{1}”"), shown, NULL);

      send_toast (self, text, file);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autoptr (AdwToast) toast = zifu_ui_toast (_("Export cancelled. No file was written."));

      g_signal_emit (self, signal_toast, 0, toast);
    }
  else
    {
      g_autofree char *text = dup_advice (error);

      send_toast (self, text, NULL);
    }
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuExportBar *self = ZIFU_EXPORT_BAR (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
zifu_export_bar_dispose (GObject *object)
{
  ZifuExportBar *self = ZIFU_EXPORT_BAR (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->session);
  zifu_history_filter_clear (&self->filter);
  zifu_ui_drop_children (GTK_WIDGET (self));
  self->box = NULL;

  G_OBJECT_CLASS (zifu_export_bar_parent_class)->dispose (object);
}

static void
zifu_export_bar_class_init (ZifuExportBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_export_bar_dispose;

  signal_toast = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, ADW_TYPE_TOAST);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "export.cancel", NULL, cancel_action);
}

static void
zifu_export_bar_init (ZifuExportBar *self)
{
  GtkWidget *column = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6, "hexpand", TRUE, "valign",
                                    GTK_ALIGN_CENTER, NULL);

  zifu_history_filter_init (&self->filter);
  self->box = g_object_new (GTK_TYPE_BOX, "spacing", 12, "margin-start", 12, "margin-end", 12, "visible", FALSE, NULL);
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, NULL);
  self->bar = g_object_new (GTK_TYPE_PROGRESS_BAR, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Exporting…"), -1);
  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  gtk_widget_set_valign (self->cancel, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->cancel), "export.cancel");
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (self->box), column);
  gtk_box_append (GTK_BOX (self->box), self->cancel);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * zifu_export_bar_new:
 *
 * Returns: (transfer floating): a bar that is not seen
 */
GtkWidget *
zifu_export_bar_new (void)
{
  return g_object_new (ZIFU_TYPE_EXPORT_BAR, NULL);
}

/**
 * zifu_export_bar_get_busy:
 * @self: a bar
 *
 * Returns: whether something is being exported
 */
gboolean
zifu_export_bar_get_busy (ZifuExportBar *self)
{
  g_return_val_if_fail (ZIFU_IS_EXPORT_BAR (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * zifu_export_bar_run:
 * @self: a bar
 * @session: the session
 * @filter: what is shown
 * @format: what kind of file
 * @path: the file; what is there is replaced when the new one is complete
 *
 * Writes what is shown, in a thread; "toast" tells what came of it.  While something is being exported, nothing happens.
 */
void
zifu_export_bar_run (ZifuExportBar *self, ZifuSession *session, const ZifuHistoryFilter *filter, ZifuExportFormat format, const char *path)
{
  ZifuEntryFilter entries;
  ZifuExportSelection selection = { .bom = format == ZIFU_EXPORT_CSV };
  ZifuJob job = { 0 };
  Run *run;

  g_return_if_fail (ZIFU_IS_EXPORT_BAR (self) && ZIFU_IS_SESSION (session));
  g_return_if_fail (filter != NULL && path != NULL);

  if (self->cancellable != NULL)
    return;

  zifu_history_filter_to_entries (filter, &entries);
  selection.member_id = zifu_history_filter_get_account (filter, zifu_session_get_member_id (session));
  /* Without a filter the index alone tells where pages begin. */
  if (!zifu_history_filter_is_empty (filter))
    selection.filter = &entries;
  run = g_new0 (Run, 1);
  run->bar = g_object_ref (self);
  run->progress.file = g_file_new_for_path (path);
  self->progress = &run->progress;
  self->cancellable = g_cancellable_new ();
  job = (ZifuJob){ tell_progress, &run->progress, self->cancellable };
  show_busy (self, TRUE);
  self->look_id = g_timeout_add (LOOK, look, self);
  zifu_export_async (zifu_session_get_ledger (session), format, &selection, path, &job, exported_cb, run);
}

static const char *
get_suffix (ZifuExportFormat format)
{
  return format == ZIFU_EXPORT_CSV ? "csv" : format == ZIFU_EXPORT_JSON ? "json" : "journal";
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuExportBar) self = data;
  g_autoptr (ZifuSession) session = g_steal_pointer (&self->session);
  g_autoptr (GFile) file = zifu_compat_choose_file_finish (result, NULL);
  g_autofree char *path = NULL;

  self->choosing = FALSE;
  /* The dialog was closed, or the page is gone meanwhile. */
  if (file == NULL || session == NULL)
    return;

  path = g_file_get_path (file);
  if (path != NULL)
    zifu_export_bar_run (self, session, &self->filter, self->format, path);
  else
    send_toast (self, _("This place cannot be written to directly. Choose a folder on this computer."), NULL);
}

/**
 * zifu_export_bar_choose:
 * @self: a bar
 * @session: the session
 * @filter: what is shown; is copied
 * @format: what kind of file
 *
 * Asks for a file and writes what is shown into it.
 */
void
zifu_export_bar_choose (ZifuExportBar *self, ZifuSession *session, const ZifuHistoryFilter *filter, ZifuExportFormat format)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *day = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (ZIFU_IS_EXPORT_BAR (self) && ZIFU_IS_SESSION (session));
  g_return_if_fail (filter != NULL);

  if (self->choosing || self->cancellable != NULL)
    return;

  day = zifu_words_date (zifu_session_get_today (session), ZIFU_DATE_STYLE_ISO);
  /* Translators: {1} is a day, {2} the end of the name, such as csv: the name of a file. */
  name = zifu_words_fill (_("History {1}.{2}"), day, get_suffix (format), NULL);
  g_set_object (&self->session, session);
  zifu_history_filter_clear (&self->filter);
  zifu_history_filter_copy (filter, &self->filter);
  self->format = format;
  self->choosing = TRUE;
  zifu_compat_choose_file (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Export What Is Shown"), _("_Export"), TRUE, name, NULL, NULL,
                           chosen_cb, g_object_ref (self));
}
