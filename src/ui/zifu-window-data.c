/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "zifu-import-window.h"
#include "zifu-imports-view.h"
#include "zifu-sheet.h"
#include "zifu-ui-rows.h"
#include "zifu-window-private.h"

/* What the window does with files of others: import, one after the other, and the list of imports. */

#define SHEET_WIDTH 640

static void
needs_person_cb (ZifuWindow *self)
{
  _zifu_window_open_form (self, 0);
}

static void open_next (ZifuWindow *self);

/* The window may be on its way out as well. */
static void
import_closed_cb (ZifuWindow *self)
{
  g_clear_weak_pointer (&self->importing);
  if (self->session != NULL)
    open_next (self);
}

static void
open_import (ZifuWindow *self, const char *path)
{
  GtkWidget *window = zifu_import_window_new (self->session);

  g_set_weak_pointer (&self->importing, window);
  g_signal_connect_object (window, "needs-person", G_CALLBACK (needs_person_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "destroy", G_CALLBACK (import_closed_cb), self, G_CONNECT_SWAPPED);
  zifu_sheet_present (GTK_WINDOW (window), GTK_WIDGET (self), SHEET_WIDTH);
  if (path != NULL)
    zifu_import_window_open (ZIFU_IMPORT_WINDOW (window), path);
}

static void
open_next (ZifuWindow *self)
{
  g_autofree char *path = NULL;

  if (self->importing != NULL || g_queue_is_empty (&self->pending))
    return;
  path = g_queue_pop_head (&self->pending);
  if (g_str_has_suffix (path, ".zifu-backup"))
    _zifu_window_open_backups (self, path);
  else
    open_import (self, path);
}

static void
refuse_import (ZifuWindow *self)
{
  g_queue_clear_full (&self->pending, g_free);
  adw_toast_overlay_add_toast (self->toasts,
                               zifu_ui_toast (_("Nothing can be imported: this household can only be read at the moment.")));
}

/**
 * _zifu_window_import:
 * @self: the window
 * @path: (nullable): a file; %NULL asks for one
 *
 * Opens the import over the window; as soon as the household is open, and the import before was closed.
 */
void
_zifu_window_import (ZifuWindow *self, const char *path)
{
  if (path != NULL)
    g_queue_push_tail (&self->pending, g_strdup (path));
  if (self->session == NULL)
    return;

  if (zifu_ledger_is_read_only (zifu_session_get_ledger (self->session)))
    refuse_import (self);
  else if (path != NULL)
    open_next (self);
  else if (self->importing != NULL)
    gtk_window_present (GTK_WINDOW (self->importing));
  else
    open_import (self, NULL);
}

/**
 * zifu_window_import_file:
 * @self: a window
 * @file: a file that somebody opened with the program
 *
 * Looks into it, now or as soon as the household is open; nothing is imported, and no backup restored, before that was agreed to.
 */
void
zifu_window_import_file (ZifuWindow *self, GFile *file)
{
  g_autofree char *path = NULL;

  g_return_if_fail (ZIFU_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  path = g_file_get_path (file);
  if (path != NULL)
    _zifu_window_import (self, path);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _zifu_window_import (ZIFU_WINDOW (widget), NULL);
}

static void
imports_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuWindow *self = ZIFU_WINDOW (widget);

  if (self->session != NULL)
    zifu_sheet_present (GTK_WINDOW (zifu_sheet_new (_("Imports"), zifu_imports_view_new (self->session))), widget, SHEET_WIDTH);
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, ZifuWindow *self)
{
  g_autofree char *path = G_VALUE_HOLDS (value, G_TYPE_FILE) ? g_file_get_path (g_value_get_object (value)) : NULL;

  if (path == NULL || self->session == NULL)
    return FALSE;
  _zifu_window_import (self, path);

  return TRUE;
}

/**
 * _zifu_window_init_data:
 * @self: the window
 *
 * Lets files be dropped on it.
 */
void
_zifu_window_init_data (ZifuWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * _zifu_window_begin_data:
 * @self: the window, whose household was opened
 *
 * Says when the file cannot be written to, begins with the backups of each day, and imports what waited.
 */
void
_zifu_window_begin_data (ZifuWindow *self)
{
  ZifuLedger *ledger = zifu_session_get_ledger (self->session);

  if (zifu_ledger_is_read_only (ledger))
    {
      AdwToast *toast = zifu_ui_toast (zifu_ledger_get_read_only_reason (ledger));

      adw_toast_set_timeout (toast, 0);
      adw_toast_overlay_add_toast (self->toasts, toast);
      if (!g_queue_is_empty (&self->pending))
        refuse_import (self);
      return;
    }
  _zifu_window_keep_backups (self);
  open_next (self);
}

/**
 * _zifu_window_install_data_actions:
 * @widget_class: the class of the window
 *
 * Installs "win.import" and "win.imports".
 */
void
_zifu_window_install_data_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.imports", NULL, imports_action);
}
