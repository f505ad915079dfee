/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-notices.h"

#include <glib/gi18n-lib.h>

#include "zifu-sync-words.h"
#include "zifu-words.h"

#define BACKUP_ID "backup"

static char *
dup_account_id (gint64 connection_id)
{
  return g_strdup_printf ("account-%" G_GINT64_FORMAT, connection_id);
}

/**
 * zifu_notices_is_watched:
 * @app: the application
 *
 * Returns: whether one of its windows has the keyboard, so that what is new is on screen anyway
 */
gboolean
zifu_notices_is_watched (GtkApplication *app)
{
  g_return_val_if_fail (GTK_IS_APPLICATION (app), FALSE);

  for (GList *l = gtk_application_get_windows (app); l != NULL; l = l->next)
    if (gtk_window_is_active (l->data))
      return TRUE;
  return FALSE;
}

static void
send (GtkApplication *app, const char *id, const char *title, const char *body, const char *page, gboolean urgent)
{
  g_autoptr (GNotification) notification = g_notification_new (title);
  g_autoptr (GIcon) icon = g_themed_icon_new (gtk_window_get_default_icon_name ());

  g_notification_set_body (notification, body);
  g_notification_set_icon (notification, icon);
  g_notification_set_priority (notification, urgent ? G_NOTIFICATION_PRIORITY_HIGH : G_NOTIFICATION_PRIORITY_NORMAL);
  g_notification_set_default_action_and_target (notification, "app.show", "s", page);
  g_application_send_notification (G_APPLICATION (app), id, notification);
}

/**
 * zifu_notices_tell_account:
 * @app: the application
 * @connection: from which something was fetched without being asked for
 * @n_new: how many rows came that were not there
 * @troubled: whether it has just begun to ask for a sign-in, or not to add up
 *
 * Tells it, in place of what was told of this connection before; nothing when there is nothing to tell.
 */
void
zifu_notices_tell_account (GtkApplication *app, const ZifuConnection *connection, guint n_new, gboolean troubled)
{
  g_autofree char *id = NULL;
  g_autofree char *number = NULL;
  g_autofree char *body = NULL;

  g_return_if_fail (GTK_IS_APPLICATION (app));
  g_return_if_fail (connection != NULL);

  if (n_new == 0 && !troubled)
    return;

  id = dup_account_id (connection->id);
  if (troubled)
    {
      if (zifu_sync_words_needs_sign_in (connection))
        body = g_strdup (_("Nothing more arrives until you sign in again."));
      else
        body = g_strdup (_("What arrived does not add up. Both figures are kept."));
      send (app, id, connection->name, body, "account", TRUE);
      return;
    }
  number = g_strdup_printf ("%u", n_new);
  /* Translators: {1} is a number. */
  body = zifu_words_fill (ngettext ("{1} new entry arrived.", "{1} new entries arrived.", n_new), number, NULL);
  send (app, id, connection->name, body, "history", FALSE);
}

/**
 * zifu_notices_withdraw_account:
 * @app: the application
 * @connection_id: a connection
 *
 * Takes back what was told of it: it was seen in the window, or holds no longer.
 */
void
zifu_notices_withdraw_account (GtkApplication *app, gint64 connection_id)
{
  g_autofree char *id = dup_account_id (connection_id);

  g_return_if_fail (GTK_IS_APPLICATION (app));

  g_application_withdraw_notification (G_APPLICATION (app), id);
}

/**
 * zifu_notices_tell_backup:
 * @app: the application
 *
 * Tells that the backup of the day could not be written; the reason names files and is for the window alone.
 */
void
zifu_notices_tell_backup (GtkApplication *app)
{
  g_return_if_fail (GTK_IS_APPLICATION (app));

  send (app, BACKUP_ID, _("Backup"), _("The backup of today could not be written."), "account", TRUE);
}

/**
 * zifu_notices_withdraw_backup:
 * @app: the application
 *
 * Takes it back.
 */
void
zifu_notices_withdraw_backup (GtkApplication *app)
{
  g_return_if_fail (GTK_IS_APPLICATION (app));

  g_application_withdraw_notification (G_APPLICATION (app), BACKUP_ID);
}
