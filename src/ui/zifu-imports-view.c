/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-imports-view.h"

#include <glib/gi18n-lib.h>

#include "zifu-day-text.h"
#include "zifu-compat.h"
#include "zifu-entry-words.h"
#include "zifu-import-undo.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"
#include "zifu-words.h"

struct _ZifuImportsView {
  GtkWidget parent_instance;

  ZifuSession *session; /* owned, nullable: NULL = the view is gone */
  ZifuWork    *work;    /* owned, nullable: while an import is taken back */
  gint64       asked;   /* about which import a question is open; 0 = none */

  GtkWidget  *stack, *list;
  ZifuNotice *problem;
};

G_DEFINE_FINAL_TYPE (ZifuImportsView, zifu_imports_view, GTK_TYPE_WIDGET)

static void
show_problem (ZifuImportsView *self, const GError *error)
{
  g_autofree char *text = error != NULL ? zifu_ui_error_text (error) : NULL;

  if (text != NULL)
    zifu_notice_set_title (self->problem, text);
  zifu_notice_set_revealed (self->problem, text != NULL);
}

static char *
make_counts (const ZifuImport *import)
{
  g_autofree char *n_new = g_strdup_printf ("%u", import->n_new), *n_dup = g_strdup_printf ("%u", import->n_dup);
  g_autofree char *n_out = g_strdup_printf ("%u", import->n_doubt + import->n_bad), *time = zifu_time_dup_text (import->time);

  /* Translators: {1} is a day and a time, {2} to {4} are numbers of lines. */
  return zifu_words_fill (_("{1} · new: {2} · there already: {3} · stayed out: {4}"), time, n_new, n_dup, n_out, NULL);
}

static void
undo_cb (ZifuImportsView *self, GtkWidget *button)
{
  zifu_imports_view_undo (self, *(gint64 *) g_object_get_data (G_OBJECT (button), "zifu-import"));
}

static GtkWidget *
new_undo_button (ZifuImportsView *self, const ZifuImport *import)
{
  GtkWidget *button = gtk_button_new_with_label (_("Undo…"));
  /* Translators: {1} is a file. */
  g_autofree char *label = zifu_words_fill (_("Undo the import of “{1}”"), import->file_name, NULL);

  gtk_widget_set_sensitive (button, !zifu_ledger_is_read_only (zifu_session_get_ledger (self->session)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "zifu-import", g_memdup2 (&import->id, sizeof import->id), g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (undo_cb), self);
  return button;
}

static GtkWidget *
new_row (ZifuImportsView *self, const ZifuImport *import)
{
  g_autofree char *counts = make_counts (import);
  GtkWidget *row = zifu_ui_text_row (import->file_name, counts), *end;

  if (import->undone)
    {
      end = gtk_label_new (_("undone"));
      gtk_widget_add_css_class (end, "quiet");
    }
  else
    end = new_undo_button (self, import);
  zifu_ui_add_button (row, end);
  return row;
}

static void
show_imports (ZifuImportsView *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) imports = NULL;

  if (self->session == NULL)
    return;
  imports = zifu_ledger_list_imports (zifu_session_get_ledger (self->session), 0, &error);
  show_problem (self, error);
  zifu_ui_empty_list (GTK_LIST_BOX (self->list));
  for (guint i = 0; imports != NULL && i < imports->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), new_row (self, g_ptr_array_index (imports, i)));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), imports != NULL && imports->len > 0 ? "list" : "empty");
}

static void
undone_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuImportsView) self = data;
  g_autoptr (GError) error = NULL;
  gboolean undone = zifu_import_undo_finish (ZIFU_WORK (object), result, &error);

  g_clear_object (&self->work);
  if (self->session == NULL)
    return;
  gtk_widget_set_sensitive (self->list, TRUE);
  if (undone)
    zifu_session_emit_changed (self->session);
  else
    show_problem (self, error);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuImportsView) self = data;
  gint64 import_id = self->asked;

  self->asked = 0;
  if (!g_task_propagate_boolean (G_TASK (result), NULL) || self->session == NULL || self->work != NULL || import_id == 0)
    return;
  gtk_widget_set_sensitive (self->list, FALSE);
  self->work = zifu_work_new ();
  zifu_import_undo_async (self->session, import_id, self->work, undone_cb, g_object_ref (self));
}

static void
zifu_imports_view_dispose (GObject *object)
{
  ZifuImportsView *self = ZIFU_IMPORTS_VIEW (object);

  zifu_ui_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->work);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (zifu_imports_view_parent_class)->dispose (object);
}

static void
zifu_imports_view_class_init (ZifuImportsViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_imports_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
zifu_imports_view_init (ZifuImportsView *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, NULL);
  GtkWidget *empty = g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "zifu-import-symbolic", "title", _("Nothing Was Imported Yet"),
                                   "description", _("Each file that you import is listed here, and can be taken back as a whole."), NULL);

  self->problem = ZIFU_NOTICE (zifu_notice_new (""));
  zifu_notice_set_style (self->problem, ZIFU_NOTICE_BAD);
  self->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, "valign", GTK_ALIGN_START, NULL);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Imports, newest first"), -1);
  self->stack = g_object_new (GTK_TYPE_STACK, "hhomogeneous", FALSE, "vhomogeneous", FALSE, NULL);
  gtk_stack_add_named (GTK_STACK (self->stack), self->list, "list");
  gtk_stack_add_named (GTK_STACK (self->stack), empty, "empty");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (box), self->stack);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

/**
 * zifu_imports_view_new:
 * @session: the household
 *
 * Returns: (transfer floating): the list, the newest import first
 */
GtkWidget *
zifu_imports_view_new (ZifuSession *session)
{
  ZifuImportsView *self;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_IMPORTS_VIEW, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (show_imports), self, G_CONNECT_SWAPPED);
  show_imports (self);
  return GTK_WIDGET (self);
}

/**
 * zifu_imports_view_undo:
 * @self: the list
 * @import_id: an import
 *
 * Asks, and takes the import back.
 */
void
zifu_imports_view_undo (ZifuImportsView *self, gint64 import_id)
{
  GtkRoot *root;

  g_return_if_fail (ZIFU_IS_IMPORTS_VIEW (self));
  g_return_if_fail (import_id != 0);

  if (self->work != NULL || self->asked != 0)
    return;
  self->asked = import_id;
  /* Why an earlier one was refused is not said of this one. */
  show_problem (self, NULL);
  root = gtk_widget_get_root (GTK_WIDGET (self));
  zifu_compat_confirm (GTK_WINDOW (root), _("Undo This Import?"),
                       _("Exactly what the file brought is taken away. The file can be imported again."), _("Cancel"), _("Undo"), TRUE,
                       answered_cb, g_object_ref (self));
}
