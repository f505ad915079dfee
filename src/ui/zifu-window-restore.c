/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "zifu-backup-words.h"
#include "zifu-backups-view.h"
#include "zifu-compat.h"
#include "zifu-day-text.h"
#include "zifu-entry-words.h"
#include "zifu-sheet.h"
#include "zifu-ui-rows.h"
#include "zifu-window-private.h"
#include "zifu-words.h"
#include "zifu-work-view.h"

/*
 * What the window does when the household is replaced by another one: a backup, the one that was there before, or what could be read of a
 * damaged file.  The household is closed first, and what lies at its path afterwards is opened, whatever came of it.
 */

#define SHEET_WIDTH 640

static gboolean
is_gone (ZifuWindow *self)
{
  return self->cancellable == NULL;
}

static GDateTime *
dup_now (ZifuWindow *self)
{
  return self->session != NULL ? zifu_session_dup_now (self->session) : g_date_time_new_now_local ();
}

static void
show_work (ZifuWindow *self, ZifuWork *work, const char *title, const char *note)
{
  if (self->work_view == NULL)
    {
      self->work_view = zifu_work_view_new ();
      gtk_stack_add_named (self->states, self->work_view, "work");
    }
  _zifu_window_set_state (self, "work");
  zifu_work_view_watch (ZIFU_WORK_VIEW (self->work_view), work, title, note);
}

/* Windows above this one look at the household that is about to go. */
static void
close_above (ZifuWindow *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    g_object_ref (l->data);
  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (GTK_IS_WINDOW (l->data) && gtk_window_get_transient_for (l->data) == GTK_WINDOW (self))
        gtk_window_destroy (l->data);
      g_object_unref (l->data);
    }
}

static void
close_household (ZifuWindow *self)
{
  close_above (self);
  _zifu_window_end_sync (self);
  if (self->keeper != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->keeper, self);
      g_object_run_dispose (G_OBJECT (self->keeper));
    }
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->told, g_free);
  self->with_sample = FALSE;
  _zifu_window_forget_restored (self);
  _zifu_window_let_go (self);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean restored = zifu_work_run_finish (ZIFU_WORK (source), result, &error);

  if (is_gone (self))
    return;
  zifu_work_view_forget (ZIFU_WORK_VIEW (self->work_view));
  if (restored)
    {
      self->kept = g_strdup (zifu_backup_task_get (result)->kept);
      self->news = g_strdup (_("Restored"));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->news = g_strdup (_("Stopped. Nothing was changed."));
  else
    self->news = zifu_ui_error_text (error);
  _zifu_window_start_opening (self);
}

/* Nothing is replaced twice at once: while one is replaced there is no session. */
static void
replace (ZifuWindow *self, const char *path)
{
  g_autoptr (ZifuWork) work = zifu_work_new ();
  g_autoptr (GDateTime) now = NULL;

  if (self->session == NULL && g_strcmp0 (zifu_window_get_state (self), "error") != 0)
    return;
  now = dup_now (self);
  show_work (self, work, _("Restoring the Household"), _("What is here now is set aside first."));
  close_household (self);
  zifu_backup_task_restore (work, self->path, path, now, restored_cb, g_object_ref (self));
}

static void
restore_cb (ZifuWindow *self, GVariant *path)
{
  replace (self, g_variant_get_bytestring (path));
}

static void
undo_restore_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  replace (ZIFU_WINDOW (widget), g_variant_get_bytestring (parameter));
}

/**
 * _zifu_window_open_backups:
 * @self: the window
 * @path: (nullable): a backup to look at at once
 *
 * Opens the list of backups over the window.
 */
void
_zifu_window_open_backups (ZifuWindow *self, const char *path)
{
  GtkWidget *view, *sheet;

  if (self->backups != NULL && gtk_widget_get_root (self->backups) != NULL)
    {
      gtk_window_present (GTK_WINDOW (gtk_widget_get_root (self->backups)));
      if (path != NULL)
        zifu_backups_view_choose (ZIFU_BACKUPS_VIEW (self->backups), path);
      return;
    }
  view = zifu_backups_view_new (self->path, self->session);
  g_set_weak_pointer (&self->backups, view);
  g_signal_connect_object (view, "restore", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
  if (self->keeper != NULL)
    g_signal_connect_object (self->keeper, "changed", G_CALLBACK (zifu_backups_view_reload), view, G_CONNECT_SWAPPED);
  sheet = zifu_sheet_new (_("Backups"), view);
  zifu_sheet_present (GTK_WINDOW (sheet), GTK_WIDGET (self), SHEET_WIDTH);
  if (path != NULL)
    zifu_backups_view_choose (ZIFU_BACKUPS_VIEW (view), path);
}

static void
backups_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _zifu_window_open_backups (ZIFU_WINDOW (widget), NULL);
}

static void
newest_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GVariant) path = data;

  if (g_task_propagate_boolean (G_TASK (result), NULL) && ZIFU_IS_WINDOW (source) && !is_gone (ZIFU_WINDOW (source)))
    replace (ZIFU_WINDOW (source), g_variant_get_bytestring (path));
}

static void
tell (ZifuWindow *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, zifu_ui_toast (text));
}

static void
tell_error (ZifuWindow *self, const GError *error)
{
  g_autofree char *text = zifu_ui_error_text (error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell (self, text);
}

static void
newest_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean found = zifu_work_run_finish (ZIFU_WORK (source), result, &error);
  const ZifuBackupTask *task = zifu_backup_task_get (result);
  g_autofree char *heading = NULL, *body = NULL, *when = NULL;

  if (is_gone (self))
    return;
  zifu_work_view_forget (ZIFU_WORK_VIEW (self->work_view));
  _zifu_window_set_state (self, "error");
  if (!found)
    {
      tell_error (self, error);
      return;
    }
  when = zifu_time_dup_text (task->info->made_at);
  /* Translators: {1} is a day and a time. */
  heading = zifu_words_fill (_("Restore the Backup of {1}?"), when, NULL);
  body = zifu_backup_dup_question (task);
  zifu_compat_confirm (GTK_WINDOW (self), heading, body, _("Cancel"), _("Restore"), TRUE, newest_answered_cb,
                       g_variant_ref_sink (g_variant_new_bytestring (task->path)));
}

static void
restore_newest_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuWindow *self = ZIFU_WINDOW (widget);
  g_autoptr (ZifuWork) work = zifu_work_new ();

  if (g_strcmp0 (zifu_window_get_state (self), "error") != 0)
    return;
  show_work (self, work, _("Looking for a Whole Backup"), _("Nothing is changed meanwhile."));
  zifu_backup_task_find (work, self->path, newest_found_cb, g_object_ref (self));
}

static void
salvaged_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean saved;

  if (is_gone (self))
    return;
  saved = zifu_work_run_finish (ZIFU_WORK (source), result, &error);
  zifu_work_view_forget (ZIFU_WORK_VIEW (self->work_view));
  if (saved)
    self->report = g_object_ref_sink (zifu_backup_new_report (&zifu_backup_task_get (result)->salvage));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->news = g_strdup (_("Stopped. Nothing was changed."));
  else
    self->news = zifu_ui_error_text (error);
  _zifu_window_start_opening (self);
}

static void
salvage_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuWindow) self = data;
  g_autoptr (ZifuWork) work = zifu_work_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (!g_task_propagate_boolean (G_TASK (result), NULL) || is_gone (self) || g_strcmp0 (zifu_window_get_state (self), "error") != 0)
    return;
  close_household (self);
  show_work (self, work, _("Saving What Can Be Read"), _("The damaged file is not changed."));
  zifu_backup_task_salvage (work, self->path, now, salvaged_cb, g_object_ref (self));
}

static void
salvage_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuWindow *self = ZIFU_WINDOW (widget);

  zifu_compat_confirm (GTK_WINDOW (self), _("Save What Can Be Read?"),
                       _("It goes into a new file that takes the place of the damaged one. The damaged file is set aside and never "
                         "changed."),
                       _("Cancel"), _("Save"), FALSE, salvage_answered_cb, g_object_ref (self));
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuWindow *self = ZIFU_WINDOW (widget);

  if (g_strcmp0 (zifu_window_get_state (self), "error") == 0)
    _zifu_window_start_opening (self);
}

static void
add_button (GtkWidget *box, const char *label, const char *action, const char *css_class)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "action-name", action, "child",
                                    g_object_new (GTK_TYPE_LABEL, "label", label, "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, NULL), NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "pill");
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  gtk_box_append (GTK_BOX (box), button);
}

/**
 * _zifu_window_offer_rescue:
 * @self: the window
 * @error: why the household cannot be opened
 *
 * Offers what can be done about it: for a damaged household that is more than to try again.
 */
void
_zifu_window_offer_rescue (ZifuWindow *self, const GError *error)
{
  gboolean damaged = g_error_matches (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DAMAGED);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, "halign", GTK_ALIGN_CENTER, NULL);

  if (damaged)
    {
      add_button (box, _("Restore the Newest Whole Backup…"), "win.restore-newest", "suggested-action");
      add_button (box, _("Choose a Backup…"), "win.backups", NULL);
      add_button (box, _("Save What Can Be Read…"), "win.salvage", NULL);
    }
  add_button (box, _("Try Again"), "win.retry", damaged ? NULL : "suggested-action");
  adw_status_page_set_child (self->error, box);
  gtk_widget_add_css_class (GTK_WIDGET (self->error), "compact");
  /* A restore that failed is told here as well: there is nothing else to look at. */
  if (self->news != NULL)
    tell (self, self->news);
  g_clear_pointer (&self->news, g_free);
}

/**
 * _zifu_window_tell_restored:
 * @self: the window, whose household was opened
 *
 * Tells what came of a restore, with a way back, or what could be saved of a damaged household.
 */
void
_zifu_window_tell_restored (ZifuWindow *self)
{
  if (self->news != NULL)
    {
      AdwToast *toast = zifu_ui_toast (self->news);

      if (self->kept != NULL)
        {
          adw_toast_set_timeout (toast, 0);
          adw_toast_set_button_label (toast, _("Undo"));
          adw_toast_set_action_name (toast, "win.undo-restore");
          adw_toast_set_action_target_value (toast, g_variant_new_bytestring (self->kept));
        }
      adw_toast_overlay_add_toast (self->toasts, toast);
    }
  if (self->report != NULL)
    zifu_sheet_present (GTK_WINDOW (zifu_sheet_new (_("What Was Saved"), self->report)), GTK_WIDGET (self), SHEET_WIDTH);
  _zifu_window_forget_restored (self);
}

/**
 * _zifu_window_forget_restored:
 * @self: the window
 *
 * Forgets what was to be told.
 */
void
_zifu_window_forget_restored (ZifuWindow *self)
{
  g_clear_pointer (&self->news, g_free);
  g_clear_pointer (&self->kept, g_free);
  g_clear_object (&self->report);
  g_clear_weak_pointer (&self->backups);
}

/**
 * _zifu_window_install_restore_actions:
 * @widget_class: the class of the window
 *
 * Installs "win.retry", "win.backups", "win.undo-restore", "win.restore-newest" and "win.salvage".
 */
void
_zifu_window_install_restore_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "win.backups", NULL, backups_action);
  gtk_widget_class_install_action (widget_class, "win.undo-restore", "ay", undo_restore_action);
  gtk_widget_class_install_action (widget_class, "win.restore-newest", NULL, restore_newest_action);
  gtk_widget_class_install_action (widget_class, "win.salvage", NULL, salvage_action);
}
