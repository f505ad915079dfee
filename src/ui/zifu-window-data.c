/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "zifu-backup-keeper.h"
#include "zifu-backup.h"
#include "zifu-compat-files.h"
#include "zifu-entry-words.h"
#include "zifu-import-window.h"
#include "zifu-imports-view.h"
#include "zifu-sheet.h"
#include "zifu-ui-rows.h"
#include "zifu-window-private.h"
#include "zifu-work.h"
#include "zifu-words.h"

/* What the window does with whole files: import, the list of imports, backups. */

#define SHEET_WIDTH 640

static void
needs_person_cb (ZifuWindow *self)
{
  _zifu_window_open_form (self, 0);
}

/**
 * _zifu_window_import:
 * @self: the window
 * @path: (nullable): a file; %NULL asks for one
 *
 * Opens the import over the window; as soon as the household is open when it is not yet.
 */
void
_zifu_window_import (ZifuWindow *self, const char *path)
{
  GtkWidget *window;

  if (self->session == NULL)
    {
      g_free (self->pending);
      self->pending = g_strdup (path);
      return;
    }

  window = zifu_import_window_new (self->session);
  g_signal_connect_object (window, "needs-person", G_CALLBACK (needs_person_cb), self, G_CONNECT_SWAPPED);
  zifu_sheet_present (GTK_WINDOW (window), GTK_WIDGET (self), SHEET_WIDTH);
  if (path != NULL)
    zifu_import_window_open (ZIFU_IMPORT_WINDOW (window), path);
}

/**
 * zifu_window_import_file:
 * @self: a window
 * @file: a file that somebody opened with the program
 *
 * Looks into it, now or as soon as the household is open; nothing is imported before that was agreed to.
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

typedef struct
{
  char *ledger_path, *path;
} Backup;

static void
backup_free (gpointer data)
{
  Backup *backup = data;

  g_free (backup->ledger_path);
  g_free (backup->path);
  g_free (backup);
}

static gboolean
write_backup (const ZifuJob *job, gpointer data, GError **error)
{
  Backup *backup = data;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (backup->ledger_path, error);

  return ledger != NULL && zifu_backup_write (ledger, backup->path, now, job, error);
}

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;
  Backup *backup = zifu_work_get_data (result);

  if (zifu_work_run_finish (ZIFU_WORK (source), result, &error))
    {
      g_autofree char *name = g_path_get_basename (backup->path);

      /* Translators: {1} is the name of a file. */
      text = zifu_words_fill (_("Backed up and checked: “{1}”"), name, NULL);
    }
  else
    {
      text = zifu_ui_error_text (error);
    }
  if (self->session == NULL)
    return;

  markup = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuWindow) self = data;
  g_autoptr (GFile) file = zifu_compat_choose_file_finish (result, NULL);

  if (file != NULL && self->session != NULL)
    _zifu_window_back_up (self, file);
}

/**
 * _zifu_window_back_up:
 * @self: the window
 * @file: where to write
 *
 * Copies the household into one file and checks it, in a thread; a toast tells the outcome.
 */
void
_zifu_window_back_up (ZifuWindow *self, GFile *file)
{
  g_autoptr (ZifuWork) work = zifu_work_new ();
  g_autofree char *path = g_file_get_path (file);
  Backup *backup;

  if (path == NULL)
    {
      adw_toast_overlay_add_toast (self->toasts,
                                   adw_toast_new (_("This place cannot be written to directly. Choose a folder on this computer.")));
      return;
    }
  backup = g_new0 (Backup, 1);
  backup->ledger_path = g_strdup (self->path);
  backup->path = g_steal_pointer (&path);
  zifu_work_run_async (work, write_backup, backup, backup_free, backed_up_cb, g_object_ref (self));
}

static void
back_up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuWindow *self = ZIFU_WINDOW (widget);
  g_autofree char *day = zifu_words_date (self->today, ZIFU_DATE_STYLE_ISO);
  /* Translators: {1} is a day: the name of a file, whose end must stay. */
  g_autofree char *file_name = zifu_words_fill (_("Zifu {1}.zifu-backup"), day, NULL);

  if (self->session != NULL)
    zifu_compat_choose_file (GTK_WINDOW (self), _("Back Up the Household"), _("_Back Up"), TRUE, file_name, NULL, NULL, place_chosen_cb,
                             g_object_ref (self));
}

/* A backup of the day that could not be written is told once; the next one may be. */
static void
keeper_changed_cb (ZifuWindow *self)
{
  const GError *error = zifu_backup_keeper_get_error (self->keeper);
  g_autofree char *reason = error != NULL ? zifu_ui_error_text (error) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  if (reason == NULL)
    return;
  /* Translators: {1} is a sentence that says why. */
  text = zifu_words_fill (_("The backup of today could not be written. {1}"), reason, NULL);
  markup = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
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
  g_autofree char *pending = g_steal_pointer (&self->pending);

  if (zifu_ledger_is_read_only (ledger))
    {
      g_autofree char *markup = g_markup_escape_text (zifu_ledger_get_read_only_reason (ledger), -1);
      AdwToast *toast = adw_toast_new (markup);

      adw_toast_set_timeout (toast, 0);
      adw_toast_overlay_add_toast (self->toasts, toast);
      return;
    }
  self->keeper = zifu_backup_keeper_new (self->session);
  g_signal_connect_object (self->keeper, "changed", G_CALLBACK (keeper_changed_cb), self, G_CONNECT_SWAPPED);
  zifu_backup_keeper_look (self->keeper);
  if (pending != NULL)
    _zifu_window_import (self, pending);
}

/**
 * _zifu_window_install_data_actions:
 * @widget_class: the class of the window
 *
 * Installs "win.import", "win.imports" and "win.back-up".
 */
void
_zifu_window_install_data_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.imports", NULL, imports_action);
  gtk_widget_class_install_action (widget_class, "win.back-up", NULL, back_up_action);
}
