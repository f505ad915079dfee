/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"
#include "zifu-notices.h"
#include "zifu-ui-rows.h"
#include "zifu-window-private.h"
#include "zifu-words.h"

/* What the window does with the backups of each day; those that somebody asks for are made in the list of backups. */

/* A backup of the day that could not be written is told once; the next one may be. */
static void
keeper_changed_cb (ZifuWindow *self)
{
  const GError *error = zifu_backup_keeper_get_error (self->keeper);
  g_autofree char *reason = error != NULL ? zifu_ui_error_text (error) : NULL;
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));
  g_autofree char *text = NULL;

  if (reason == NULL || g_strcmp0 (reason, self->told) == 0)
    return;
  g_free (self->told);
  self->told = g_strdup (reason);
  /* Translators: {1} is a sentence that says why. */
  text = zifu_words_fill (_("The backup of today could not be written. {1}"), reason, NULL);
  adw_toast_overlay_add_toast (self->toasts, zifu_ui_toast (text));
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
