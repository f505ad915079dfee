/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "zifu-compat.h"
#include "zifu-config.h"
#include "zifu-person-form.h"
#include "zifu-window-private.h"

static void
sample_deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), NULL) || zifu_window_get_session (self) == NULL)
    return;

  if (!zifu_ledger_delete_sample (zifu_session_get_ledger (zifu_window_get_session (self)), &error))
    g_signal_emit_by_name (zifu_window_get_session (self), "failed", error);
  zifu_session_emit_changed (zifu_window_get_session (self));
}

/**
 * _zifu_window_delete_sample:
 * @self: the window
 *
 * Asks, and deletes the sample household.
 */
void
_zifu_window_delete_sample (ZifuWindow *self)
{
  zifu_compat_confirm (GTK_WINDOW (self), _("Delete the Sample Data?"),
                       _("The invented family and everything entered for it are deleted. What you entered for your own family stays."),
                       _("Cancel"), _("Delete"), TRUE, sample_deleted_cb, g_object_ref (self));
}

static void
saved_cb (ZifuSession *session, gint64 member_id)
{
  zifu_session_set_member_id (session, member_id);
}

/**
 * _zifu_window_open_form:
 * @self: the window
 * @member_id: who is edited; 0 = a new person
 *
 * Opens the form over the window.
 */
void
_zifu_window_open_form (ZifuWindow *self, gint64 member_id)
{
  ZifuSession *session = zifu_window_get_session (self);
  GtkWidget *form;

  if (session == NULL)
    return;

  form = zifu_person_form_new (session, member_id);
  /* Never larger than the window: on a telephone it covers it. */
  gtk_window_set_default_size (GTK_WINDOW (form), CLAMP (gtk_widget_get_width (GTK_WIDGET (self)), 320, 460),
                               CLAMP (gtk_widget_get_height (GTK_WIDGET (self)), 400, 640));
  gtk_window_set_transient_for (GTK_WINDOW (form), GTK_WINDOW (self));
  if (member_id == 0)
    g_signal_connect_object (form, "saved", G_CALLBACK (saved_cb), session, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (form));
}

static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source == NULL)
    return NULL;
  schema = g_settings_schema_source_lookup (source, ZIFU_APP_ID, TRUE);
  if (schema == NULL || !g_settings_schema_has_key (schema, "window-width") || !g_settings_schema_has_key (schema, "window-height")
      || !g_settings_schema_has_key (schema, "window-maximized"))
    return NULL;

  return g_settings_new_full (schema, NULL, NULL);
}

/**
 * _zifu_window_restore_size:
 * @self: the window
 *
 * Gives the window the size that it had, and remembers the size that it gets.  Without a schema nothing happens: some
 * uninstalled runs have none.
 */
void
_zifu_window_restore_size (ZifuWindow *self)
{
  g_autoptr (GSettings) settings = open_settings ();

  if (settings == NULL)
    return;

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
}
