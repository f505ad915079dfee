/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "zifu-backup-task.h"
#include "zifu-compat-files.h"
#include "zifu-entry-words.h"
#include "zifu-notices.h"
#include "zifu-window-private.h"
#include "zifu-words.h"

/* What the window does with backups: the one that somebody asks for, and the one of each day. */

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  self->backing_up = FALSE;
  if (zifu_work_run_finish (ZIFU_WORK (source), result, &error))
    {
      g_autofree char *name = g_path_get_basename (zifu_backup_task_get (result)->path);

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
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  if (path == NULL)
    {
      adw_toast_overlay_add_toast (self->toasts,
                                   adw_toast_new (_("This place cannot be written to directly. Choose a folder on this computer.")));
      return;
    }
  if (self->backing_up)
    return;
  self->backing_up = TRUE;
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Backing up…")));
  zifu_backup_task_write (work, self->path, path, now, backed_up_cb, g_object_ref (self));
}

/**
 * _zifu_window_back_up_action:
 *
 * "win.back-up": asks for a place.
 */
void
_zifu_window_back_up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuWindow *self = ZIFU_WINDOW (widget);
  g_autofree char *day = zifu_words_date (self->today, ZIFU_DATE_STYLE_ISO);
  /* Translators: {1} is a day: the name of a file, whose end must stay. */
  g_autofree char *file_name = zifu_words_fill (_("Zifu {1}.zifu-backup"), day, NULL);

  if (self->session != NULL && !self->backing_up)
    zifu_compat_choose_file (GTK_WINDOW (self), _("Back Up the Household"), _("_Back Up"), TRUE, file_name, NULL, NULL, place_chosen_cb,
                             g_object_ref (self));
}

/* A backup of the day that could not be written is told once; the next one may be. */
static void
keeper_changed_cb (ZifuWindow *self)
{
  const GError *error = zifu_backup_keeper_get_error (self->keeper);
  g_autofree char *reason = error != NULL ? zifu_ui_error_text (error) : NULL;
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  if (reason == NULL || g_strcmp0 (reason, self->told) == 0)
    return;
  g_free (self->told);
  self->told = g_strdup (reason);
  /* Translators: {1} is a sentence that says why. */
  text = zifu_words_fill (_("The backup of today could not be written. {1}"), reason, NULL);
  markup = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
  if (app != NULL && !zifu_notices_is_watched (app))
    zifu_notices_tell_backup (app);
}

/**
 * _zifu_window_keep_backups:
 * @self: the window, whose household can be written to
 *
 * Begins with the backups of each day.
 */
void
_zifu_window_keep_backups (ZifuWindow *self)
{
  g_set_object (&self->keeper, NULL);
  self->keeper = zifu_backup_keeper_new (self->session);
  g_signal_connect_object (self->keeper, "changed", G_CALLBACK (keeper_changed_cb), self, G_CONNECT_SWAPPED);
}
