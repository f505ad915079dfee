/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-page.h"

#include "zifu-application.h"
#include "zifu-notices.h"
#include "zifu-sync-center.h"
#include "zifu-window.h"

/* What the desktop is told, by a program that stands for it on the session bus. */

#define NAME "org.gtk.Notifications"
#define PATH "/org/gtk/Notifications"

static const char *interface_xml =
    "<node><interface name='org.gtk.Notifications'>"
    "<method name='AddNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/></method>"
    "<method name='RemoveNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/></method>"
    "</interface></node>";

typedef struct {
  GDBusConnection *bus;
  GDBusNodeInfo   *info;
  GHashTable      *shown; /* id -> GVariant */
  guint            n_added, n_removed;
  ZifuApplication *app;
} Desktop;

static void
called_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method, GVariant *parameters,
           GDBusMethodInvocation *invocation, gpointer data)
{
  Desktop *desktop = data;
  const char *app_id, *id;

  if (g_str_equal (method, "AddNotification"))
    {
      GVariant *notification;

      g_variant_get (parameters, "(&s&s@a{sv})", &app_id, &id, &notification);
      g_hash_table_replace (desktop->shown, g_strdup (id), notification);
      desktop->n_added++;
    }
  else
    {
      g_variant_get (parameters, "(&s&s)", &app_id, &id);
      g_hash_table_remove (desktop->shown, id);
      desktop->n_removed++;
    }
  g_assert_cmpstr (app_id, ==, g_application_get_application_id (G_APPLICATION (desktop->app)));
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
begin (Desktop *desktop)
{
  static const GDBusInterfaceVTable vtable = { called_cb, NULL, NULL, { 0 } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) owned = NULL;
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, &error);

  g_assert_no_error (error);
  desktop->bus = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  desktop->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  desktop->info = g_dbus_node_info_new_for_xml (interface_xml, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (desktop->bus, PATH, desktop->info->interfaces[0], &vtable, desktop, NULL, &error);
  g_assert_no_error (error);
  owned = g_dbus_connection_call_sync (desktop->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", NAME, 0), NULL, 0, -1, NULL, &error);
  g_assert_no_error (error);
  desktop->app = zifu_application_new (TODAY);
  g_assert_true (g_application_register (G_APPLICATION (desktop->app), NULL, &error));
  g_assert_no_error (error);
}

/* One application for all: a process has one. */
static Desktop *
start_over (gconstpointer data)
{
  Desktop *desktop = (Desktop *) data;

  g_hash_table_remove_all (desktop->shown);
  desktop->n_added = desktop->n_removed = 0;
  return desktop;
}

/* Waits for the desktop to have heard of so many. */
static void
wait_for (const guint *count, guint wanted)
{
  for (guint i = 0; i < 500 && *count < wanted; i++)
    spin (10);
  g_assert_cmpuint (*count, ==, wanted);
}

static char *
dup_text (Desktop *desktop, const char *id, const char *key)
{
  GVariant *notification = g_hash_table_lookup (desktop->shown, id);
  char *text = NULL;

  g_assert_nonnull (notification);
  g_assert_true (g_variant_lookup (notification, key, "s", &text));
  return text;
}

static void
assert_told (Desktop *desktop, const char *id, const char *title, const char *body, const char *page)
{
  g_autofree char *told_title = dup_text (desktop, id, "title");
  g_autofree char *told_body = dup_text (desktop, id, "body");
  g_autofree char *action = dup_text (desktop, id, "default-action");
  g_autoptr (GVariant) target = g_variant_lookup_value (g_hash_table_lookup (desktop->shown, id), "default-action-target", NULL);

  g_assert_cmpstr (told_title, ==, title);
  g_assert_cmpstr (told_body, ==, body);
  g_assert_cmpstr (action, ==, "app.show");
  g_assert_cmpstr (g_variant_get_string (target, NULL), ==, page);
  g_assert_true (zifu_window_is_page (page));
}

static ZifuConnection *
new_connection (void)
{
  ZifuConnection *connection = zifu_connection_new ();

  connection->id = 7;
  connection->name = g_strdup ("Linhe");
  connection->verdict = ZIFU_CONNECTION_VERIFIED;
  return connection;
}

static void
test_account (gconstpointer data)
{
  Desktop *desktop = start_over (data);
  g_autoptr (ZifuConnection) connection = new_connection ();
  GtkApplication *app = GTK_APPLICATION (desktop->app);

  zifu_notices_tell_account (app, connection, 0, FALSE);
  zifu_notices_tell_account (app, connection, 1, FALSE);
  wait_for (&desktop->n_added, 1);
  assert_told (desktop, "account-7", "Linhe", "1 new entry arrived.", "history");
  zifu_notices_tell_account (app, connection, 12, FALSE);
  wait_for (&desktop->n_added, 2);
  assert_told (desktop, "account-7", "Linhe", "12 new entries arrived.", "history");

  /* Trouble is told before what arrived. */
  connection->verdict = ZIFU_CONNECTION_UNRECONCILED;
  zifu_notices_tell_account (app, connection, 3, TRUE);
  wait_for (&desktop->n_added, 3);
  assert_told (desktop, "account-7", "Linhe", "What arrived does not add up. Both figures are kept.", "account");
  connection->problem = g_strdup (zifu_sync_error_get_nick (ZIFU_SYNC_ERROR_SIGN_IN));
  zifu_notices_tell_account (app, connection, 0, TRUE);
  wait_for (&desktop->n_added, 4);
  assert_told (desktop, "account-7", "Linhe", "Nothing more arrives until you sign in again.", "account");
  g_assert_cmpuint (g_hash_table_size (desktop->shown), ==, 1);

  zifu_notices_withdraw_account (app, 8);
  zifu_notices_withdraw_account (app, 7);
  wait_for (&desktop->n_removed, 2);
  g_assert_cmpuint (g_hash_table_size (desktop->shown), ==, 0);
}

static void
test_backup (gconstpointer data)
{
  Desktop *desktop = start_over (data);

  zifu_notices_tell_backup (GTK_APPLICATION (desktop->app));
  wait_for (&desktop->n_added, 1);
  assert_told (desktop, "backup", "Backup", "The backup of today could not be written.", "account");
  zifu_notices_withdraw_backup (GTK_APPLICATION (desktop->app));
  wait_for (&desktop->n_removed, 1);
}

/* A window that nobody gave the keyboard is not watched; one that has it takes back what was told. */
static void
test_watched (gconstpointer data)
{
  Desktop *desktop = start_over (data);
  g_autoptr (GtkWidget) window = g_object_ref_sink (GTK_WIDGET (zifu_window_new (ADW_APPLICATION (desktop->app))));

  g_assert_false (zifu_notices_is_watched (GTK_APPLICATION (desktop->app)));
  zifu_notices_tell_backup (GTK_APPLICATION (desktop->app));
  wait_for (&desktop->n_added, 1);
  gtk_window_present (GTK_WINDOW (window));
  wait_for_frame (window);
  /* There is no window manager: the second time it is on screen and takes the keyboard itself. */
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < 500 && !gtk_window_is_active (GTK_WINDOW (window)); i++)
    spin (10);
  g_assert_true (zifu_notices_is_watched (GTK_APPLICATION (desktop->app)));
  wait_for (&desktop->n_removed, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  Desktop desktop = { 0 };

  test_page_init (&argc, &argv);
  zifu_ui_register ();
  begin (&desktop);

  g_test_add_data_func ("/notices/account", &desktop, test_account);
  g_test_add_data_func ("/notices/backup", &desktop, test_backup);
  g_test_add_data_func ("/notices/watched", &desktop, test_watched);

  return g_test_run ();
}
