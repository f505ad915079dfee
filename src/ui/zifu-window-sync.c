/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "zifu-connect-window.h"
#include "zifu-connections-view.h"
#include "zifu-entry-words.h"
#include "zifu-notices.h"
#include "zifu-sheet.h"
#include "zifu-sync-words.h"
#include "zifu-ui-rows.h"
#include "zifu-window-private.h"
#include "zifu-words.h"

/* What the window does with providers: connect, fetch, and say how old the data are. */

#define SHEET_WIDTH 640

static const ZifuConnection *
get_connection (ZifuWindow *self)
{
  return self->center != NULL ? zifu_sync_center_find (self->center, zifu_session_get_member_id (self->session)) : NULL;
}

static void
tell_with (ZifuWindow *self, const char *text, AdwToastPriority priority)
{
  AdwToast *toast = zifu_ui_toast (text);

  adw_toast_set_priority (toast, priority);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
tell (ZifuWindow *self, const char *text)
{
  tell_with (self, text, ADW_TOAST_PRIORITY_NORMAL);
}

/* Without a center the household is open for reading only: that is said, before the notice that stays for the same reason. */
static gboolean
tell_read_only (ZifuWindow *self)
{
  if (self->center == NULL)
    tell_with (self, _("Nothing can be connected: this household can only be read at the moment."), ADW_TOAST_PRIORITY_HIGH);
  return self->center == NULL;
}

static void
open_connect (ZifuWindow *self, gint64 connection_id, const char *address)
{
  GtkWidget *window;

  if (tell_read_only (self))
    return;
  if (self->connecting != NULL)
    {
      gtk_window_present (GTK_WINDOW (self->connecting));
      return;
    }
  window = zifu_connect_window_new (self->session, self->center, connection_id);
  g_set_weak_pointer (&self->connecting, window);
  zifu_sheet_present (GTK_WINDOW (window), GTK_WIDGET (self), SHEET_WIDTH);
  if (address != NULL)
    zifu_connect_window_look (ZIFU_CONNECT_WINDOW (window), address);
}

/**
 * zifu_window_connect:
 * @self: a window
 * @address: of a provider
 *
 * Looks what the provider offers, now or as soon as the household is open; nothing is read before that was agreed to.
 */
void
zifu_window_connect (ZifuWindow *self, const char *address)
{
  g_return_if_fail (ZIFU_IS_WINDOW (self));
  g_return_if_fail (address != NULL);

  if (self->session != NULL)
    {
      open_connect (self, 0, address);
      return;
    }
  g_free (self->provider);
  self->provider = g_strdup (address);
}

/* How old the data are, if that must be told. */
static char *
dup_age (ZifuWindow *self, const ZifuConnection *connection)
{
  g_autoptr (GDateTime) now = zifu_session_dup_now (self->session);
  int days = zifu_sync_words_count_days (connection, g_date_time_to_unix (now));
  g_autofree char *number = g_strdup_printf ("%d", days);

  if (!zifu_sync_words_is_old (connection, g_date_time_to_unix (now)))
    return NULL;
  /* Translators: {1} is how many days. */
  return zifu_words_fill (ngettext ("Not updated for {1} day; the balance may have changed.",
                                    "Not updated for {1} days; the balance may have changed.", (gulong) days),
                          number, NULL);
}

/* What most needs to be known of the account on screen; NULL = nothing. */
static char *
dup_notice (ZifuWindow *self, const ZifuConnection *connection, ZifuNoticeStyle *style, const char **button)
{
  g_autofree char *when = NULL;

  *style = ZIFU_NOTICE_WARN;
  if (zifu_sync_words_needs_sign_in (connection))
    {
      *button = _("Sign In…");
      return zifu_sync_words_problem (connection);
    }
  if (connection->verdict == ZIFU_CONNECTION_UNRECONCILED)
    {
      *style = ZIFU_NOTICE_BAD;
      *button = _("Show Where…");
      if (connection->verified_at == 0)
        return g_strdup (_("What the provider sent does not add up. Both figures are kept as received."));
      when = zifu_sync_words_when (connection->verified_at);
      /* Translators: {1} is a day and a time. */
      return zifu_words_fill (_("What the provider sent does not add up. The data were last verified on {1}."), when, NULL);
    }
  *button = _("Try Again");
  return dup_age (self, connection);
}

/**
 * _zifu_window_show_sync:
 * @self: the window
 *
 * Says how old the data on screen are, where that matters, and whether something is being fetched.
 */
void
_zifu_window_show_sync (ZifuWindow *self)
{
  const ZifuConnection *connection = self->session != NULL ? get_connection (self) : NULL;
  gboolean main = g_strcmp0 (gtk_stack_get_visible_child_name (self->states), "main") == 0;
  gboolean busy = connection != NULL && zifu_sync_center_is_busy (self->center, connection->id);
  g_autofree char *text = NULL;
  const char *button = NULL;
  ZifuNoticeStyle style = ZIFU_NOTICE_WARN;

  /* Old data are old until others are there: a provider that does not answer is asked for a while. */
  if (connection != NULL)
    text = busy ? dup_age (self, connection) : dup_notice (self, connection, &style, &button);
  if (text != NULL)
    {
      zifu_notice_set_style (self->stale, style);
      zifu_notice_set_title (self->stale, text);
      zifu_notice_set_button_label (self->stale, button);
    }
  zifu_notice_set_revealed (self->stale, main && text != NULL);
  gtk_widget_set_visible (self->sync, main && connection != NULL && !zifu_width_bin_get_narrow (self->bin));
  gtk_stack_set_visible_child_name (self->sync_stack, busy ? "busy" : "idle");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sync", main && connection != NULL && !busy);
}

/**
 * _zifu_window_stale_clicked:
 * @self: the window
 *
 * Does what the notice about the provider offers.
 */
void
_zifu_window_stale_clicked (ZifuWindow *self)
{
  const ZifuConnection *connection = get_connection (self);

  if (connection == NULL)
    return;
  if (zifu_sync_words_needs_sign_in (connection))
    open_connect (self, connection->id, NULL);
  else if (connection->verdict == ZIFU_CONNECTION_UNRECONCILED)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.connections", NULL);
  else
    zifu_sync_center_run (self->center, connection->id, TRUE);
}

static void
finished_cb (ZifuWindow *self, gint64 connection_id)
{
  const GError *error = zifu_sync_center_get_error (self->center, connection_id);
  const ZifuConnection *connection = zifu_sync_center_get (self->center, connection_id);
  g_autofree char *text = NULL;

  /* The window that connects tells it itself. */
  if (self->connecting != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    text = connection != NULL && zifu_sync_words_needs_sign_in (connection) ? zifu_sync_words_problem (connection)
                                                                            : zifu_ui_error_text (error);
  else if (connection == NULL)
    text = g_strdup (_("Disconnected"));
  else
    text = zifu_sync_words_state (connection);
  tell (self, text);
}

static void
arrived_cb (ZifuWindow *self, gint64 connection_id, guint n_new, gboolean troubled)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));
  const ZifuConnection *connection = zifu_sync_center_get (self->center, connection_id);

  if (app != NULL && connection != NULL && !zifu_notices_is_watched (app))
    zifu_notices_tell_account (app, connection, n_new, troubled);
}

static void
sync_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuWindow *self = ZIFU_WINDOW (widget);
  const ZifuConnection *connection = self->session != NULL ? get_connection (self) : NULL;

  if (connection != NULL)
    zifu_sync_center_run (self->center, connection->id, TRUE);
}

static void
connect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuWindow *self = ZIFU_WINDOW (widget);

  if (self->session != NULL)
    open_connect (self, 0, NULL);
}

static void
connect_cb (ZifuWindow *self, gint64 connection_id)
{
  open_connect (self, connection_id, NULL);
}

static void
connections_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuWindow *self = ZIFU_WINDOW (widget);
  GtkWidget *view;

  if (self->session == NULL || tell_read_only (self))
    return;
  view = zifu_connections_view_new (self->session, self->center);
  g_signal_connect_object (view, "connect", G_CALLBACK (connect_cb), self, G_CONNECT_SWAPPED);
  zifu_sheet_present (GTK_WINDOW (zifu_sheet_new (_("Providers"), view)), widget, SHEET_WIDTH);
}

/**
 * _zifu_window_begin_sync:
 * @self: the window, whose household was opened
 *
 * Begins to fetch from the providers, when the household can be written to, and goes to the provider that waited.
 */
void
_zifu_window_begin_sync (ZifuWindow *self)
{
  g_autofree char *provider = g_steal_pointer (&self->provider);

  if (!zifu_ledger_is_read_only (zifu_session_get_ledger (self->session)))
    {
      self->center = zifu_sync_center_new (self->session);
      g_signal_connect_object (self->center, "changed", G_CALLBACK (_zifu_window_show_sync), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->center, "finished", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->center, "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);
    }
  _zifu_window_show_sync (self);
  if (provider != NULL)
    open_connect (self, 0, provider);
}

/**
 * _zifu_window_end_sync:
 * @self: the window, whose household is about to be closed
 *
 * Ends what is being fetched, and says nothing more of providers.
 */
void
_zifu_window_end_sync (ZifuWindow *self)
{
  if (self->connecting != NULL)
    gtk_window_destroy (GTK_WINDOW (self->connecting));
  if (self->center != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->center, self);
      g_object_run_dispose (G_OBJECT (self->center));
    }
  g_clear_object (&self->center);
  _zifu_window_show_sync (self);
}

/**
 * _zifu_window_seen:
 * @self: the window, which may have got the keyboard
 *
 * Takes back what the desktop told: it is on screen now.
 */
void
_zifu_window_seen (ZifuWindow *self)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));
  GPtrArray *connections = self->center != NULL ? zifu_sync_center_list (self->center) : NULL;

  if (app == NULL || !gtk_window_is_active (GTK_WINDOW (self)))
    return;
  zifu_notices_withdraw_backup (app);
  for (guint i = 0; connections != NULL && i < connections->len; i++)
    zifu_notices_withdraw_account (app, ((const ZifuConnection *) g_ptr_array_index (connections, i))->id);
}

/**
 * _zifu_window_install_sync_actions:
 * @widget_class: the class of the window
 *
 * Installs "win.sync", "win.connect" and "win.connections".
 */
void
_zifu_window_install_sync_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "win.connect", NULL, connect_action);
  gtk_widget_class_install_action (widget_class, "win.connections", NULL, connections_action);
}
