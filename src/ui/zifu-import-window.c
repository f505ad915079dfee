/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-window.h"

#include <glib/gi18n-lib.h>

#include "zifu-compat-files.h"
#include "zifu-import-window-private.h"
#include "zifu-widgets.h"

G_DEFINE_FINAL_TYPE (ZifuImportWindow, zifu_import_window, ADW_TYPE_WINDOW)

enum { SIGNAL_IMPORTED, SIGNAL_NEEDS_PERSON, N_SIGNALS };

static guint signals[N_SIGNALS];

static gboolean
is_step (ZifuImportWindow *self, const char *step)
{
  return g_str_equal (zifu_import_window_get_step (self), step);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuImportWindow) self = data;
  g_autoptr (GFile) file = zifu_compat_choose_file_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL && self->session != NULL && self->work == NULL)
    zifu_import_window_open (self, path);
}

static void
choose_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const suffixes[] = { "csv", "tsv", "txt", "xlsx", "json", NULL };

  zifu_compat_choose_file (GTK_WINDOW (widget), _("Import a File"), _("Open"), FALSE, NULL, _("Tables and account documents"), suffixes,
                           chosen_cb, g_object_ref (widget));
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zifu_import_window_next (ZIFU_IMPORT_WINDOW (widget));
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuImportWindow *self = ZIFU_IMPORT_WINDOW (widget);

  if (is_step (self, "review"))
    _zifu_import_window_set_step (self, "columns");
  else if (is_step (self, "error") && self->back != NULL)
    _zifu_import_window_set_step (self, self->back);
  else if (is_step (self, "columns") || is_step (self, "household"))
    _zifu_import_window_set_step (self, "choose");
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuImportWindow *self = ZIFU_IMPORT_WINDOW (widget);

  if (is_step (self, "done") && self->import_id != 0)
    _zifu_import_window_undo (self);
}

static void
show_report_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuImportWindow *self = ZIFU_IMPORT_WINDOW (widget);
  g_autoptr (GFile) file = NULL;

  if (self->report == NULL)
    return;
  file = g_file_new_for_path (self->report);
  zifu_compat_show_in_folder (GTK_WINDOW (self), file);
}

static void
add_person_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_NEEDS_PERSON], 0);
  gtk_window_close (GTK_WINDOW (widget));
}

static void
reload_cb (ZifuImportWindow *self)
{
  ZifuTableOptions options;
  g_autofree char *path = g_strdup (self->source->path);
  g_autofree char *sheet = NULL;

  zifu_import_columns_get_options (self->columns, &options);
  sheet = g_strdup (options.sheet);
  options.sheet = sheet;
  _zifu_import_window_load (self, path, &options);
}

static gboolean
zifu_import_window_close_request (GtkWindow *window)
{
  ZifuImportWindow *self = ZIFU_IMPORT_WINDOW (window);

  if (self->work == NULL)
    return GTK_WINDOW_CLASS (zifu_import_window_parent_class)->close_request (window);

  /* What is being written is all stored or nothing: the window waits until it is known which. */
  self->closing = TRUE;
  zifu_work_cancel (self->work);
  return TRUE;
}

static void
zifu_import_window_dispose (GObject *object)
{
  ZifuImportWindow *self = ZIFU_IMPORT_WINDOW (object);

  if (self->work != NULL)
    zifu_work_cancel (self->work);
  g_clear_object (&self->work);
  if (self->session != NULL)
    {
      zifu_import_columns_set_source (self->columns, NULL);
      zifu_import_review_set_plan (self->review, NULL, NULL);
    }
  g_clear_object (&self->session);

  G_OBJECT_CLASS (zifu_import_window_parent_class)->dispose (object);
}

/* A thread may still be at work with the plan when the window is disposed; its answer holds the last reference. */
static void
zifu_import_window_finalize (GObject *object)
{
  ZifuImportWindow *self = ZIFU_IMPORT_WINDOW (object);

  g_clear_pointer (&self->plan, zifu_import_plan_free);
  g_clear_pointer (&self->source, zifu_import_source_free);
  g_clear_pointer (&self->report, g_free);

  G_OBJECT_CLASS (zifu_import_window_parent_class)->finalize (object);
}

static void
zifu_import_window_class_init (ZifuImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_import_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = zifu_import_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = zifu_import_window_close_request;

  signals[SIGNAL_IMPORTED] = g_signal_new ("imported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                           G_TYPE_INT64, G_TYPE_UINT);
  signals[SIGNAL_NEEDS_PERSON]
    = g_signal_new ("needs-person", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "import.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "import.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "import.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "import.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "import.show-report", NULL, show_report_action);
  gtk_widget_class_install_action (widget_class, "import.add-person", NULL, add_person_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "import.choose", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "import.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "import.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "import.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
zifu_import_window_init (ZifuImportWindow *self)
{
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _("Import a File"));
  gtk_widget_set_size_request (GTK_WIDGET (self), 320, -1);
  zifu_widgets_follow_scheme (GTK_WIDGET (self));
}

/**
 * zifu_import_window_new:
 * @session: the household
 *
 * Returns: (transfer none): the window at its first step, owned by the toolkit like every window
 */
GtkWidget *
zifu_import_window_new (ZifuSession *session)
{
  ZifuImportWindow *self;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_IMPORT_WINDOW, NULL);
  self->session = g_object_ref (session);
  _zifu_import_window_build (self);
  g_signal_connect_object (self->columns, "changed", G_CALLBACK (_zifu_import_window_show_next), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->columns, "reload", G_CALLBACK (reload_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->review, "changed", G_CALLBACK (_zifu_import_window_show_next), self, G_CONNECT_SWAPPED);
  _zifu_import_window_set_step (self, "choose");
  return GTK_WIDGET (self);
}

/* Why this household takes no file now; NULL when it does. */
static GError *
find_obstacle (ZifuImportWindow *self, const char *path, gboolean *person)
{
  ZifuLedger *ledger = zifu_session_get_ledger (self->session);

  *person = FALSE;
  if (zifu_ledger_is_read_only (ledger))
    return g_error_new_literal (ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_INPUT, zifu_ledger_get_read_only_reason (ledger));
  if (zifu_session_get_member_id (self->session) != 0 || zifu_import_is_household (path))
    return NULL;
  *person = TRUE;
  return g_error_new_literal (ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_INPUT,
                              _("There is nobody in the household yet whose account the file could belong to. Enter the person first."));
}

/**
 * zifu_import_window_open:
 * @self: a window that is not at work
 * @path: a file
 *
 * Looks into a file and goes on to its columns; says what is wrong otherwise.
 */
void
zifu_import_window_open (ZifuImportWindow *self, const char *path)
{
  g_autoptr (GError) obstacle = NULL;
  gboolean person;

  g_return_if_fail (ZIFU_IS_IMPORT_WINDOW (self));
  g_return_if_fail (path != NULL);
  g_return_if_fail (self->work == NULL && self->session != NULL);

  self->back = NULL;
  obstacle = find_obstacle (self, path, &person);
  if (obstacle != NULL)
    {
      _zifu_import_window_show_error (self, obstacle);
      gtk_widget_set_visible (self->add_person, person);
      return;
    }
  zifu_import_columns_set_source (self->columns, NULL);
  g_clear_pointer (&self->source, zifu_import_source_free);
  _zifu_import_window_load (self, path, NULL);
}

/**
 * zifu_import_window_get_step:
 * @self: a window
 *
 * Returns: (transfer none): choose, work, columns, review, household, done or error
 */
const char *
zifu_import_window_get_step (ZifuImportWindow *self)
{
  g_return_val_if_fail (ZIFU_IS_IMPORT_WINDOW (self), NULL);

  return gtk_stack_get_visible_child_name (self->steps);
}

/**
 * zifu_import_window_next:
 * @self: a window
 *
 * Goes on, as the button at the end of the header does.
 *
 * Returns: whether there was anything to go on with
 */
gboolean
zifu_import_window_next (ZifuImportWindow *self)
{
  g_return_val_if_fail (ZIFU_IS_IMPORT_WINDOW (self), FALSE);

  if (is_step (self, "columns") && zifu_import_columns_check (self->columns, NULL))
    _zifu_import_window_plan (self);
  else if (is_step (self, "review") && zifu_import_plan_count_taken (self->plan) > 0)
    _zifu_import_window_apply (self);
  else if (is_step (self, "household"))
    _zifu_import_window_read_household (self);
  else if (is_step (self, "done"))
    gtk_window_close (GTK_WINDOW (self));
  else
    return FALSE;
  return TRUE;
}

/* Tells whoever opened the window. */
void
_zifu_import_window_emit_imported (ZifuImportWindow *self)
{
  g_signal_emit (self, signals[SIGNAL_IMPORTED], 0, self->import_id, self->n_taken);
}
