/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A session of the test's own: a bus on which nothing is started by asking for it, a real keyring, and folders that nobody else uses. */

#include "issuer-house.h"

#define KEYRING_PASSWORD "of the keyring"

typedef struct {
  char            *folder;
  GSubprocess     *bus, *keyring;
  GDBusConnection *connection;
} Session;

static inline void
set_folder (const Session *self, const char *variable, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, "home", name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_setenv (variable, path, TRUE);
}

static inline void
start_bus (Session *self)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *config = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "ui", "session.conf", NULL);
  g_autofree char *option = g_strconcat ("--config-file=", config, NULL), *address = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  self->bus = g_subprocess_launcher_spawn (launcher, &error, "dbus-daemon", option, "--nofork", "--print-address=1", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->bus));
  address = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  self->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
}

static inline GVariant *
call_secrets (Session *self, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_sync (self->connection, "org.freedesktop.secrets", "/org/freedesktop/secrets",
                                                  "org.freedesktop.Secret.Service", method, parameters, NULL, G_DBUS_CALL_FLAGS_NONE,
                                                  PATIENCE_S * 1000, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

static inline gboolean
is_owned (Session *self, const char *name)
{
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/", "org.freedesktop.DBus",
                                                             "NameHasOwner", g_variant_new ("(s)", name), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                                                             NULL, NULL);
  gboolean owned = FALSE;

  g_assert_nonnull (answer);
  g_variant_get (answer, "(b)", &owned);
  return owned;
}

static inline void
start_keyring (Session *self)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  GOutputStream *input;

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  /* Its warnings are not ours to die of. */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  self->keyring = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--components=secrets", "--unlock", "--foreground",
                                               NULL);
  g_assert_no_error (error);
  input = g_subprocess_get_stdin_pipe (self->keyring);
  g_assert_true (g_output_stream_write_all (input, KEYRING_PASSWORD, strlen (KEYRING_PASSWORD), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (input, NULL, NULL));
  for (guint i = 0; i < PATIENCE_S * 100 && !is_owned (self, "org.freedesktop.secrets"); i++)
    g_usleep (10000);
}

static inline GVariant *
get_collections (Session *self)
{
  g_autoptr (GVariant) answer = call_secrets (self, "ReadAlias", g_variant_new ("(s)", "default"));
  const char *path;

  g_variant_get (answer, "(&o)", &path);
  g_assert_cmpstr (path, !=, "/");
  return g_variant_new_objv (&path, 1);
}

static inline gboolean
is_locked (Session *self)
{
  g_autoptr (GVariant) collections = g_variant_ref_sink (get_collections (self)), answer = NULL, value = NULL;
  const char *path;

  g_variant_get_child (collections, 0, "&o", &path);
  answer = g_dbus_connection_call_sync (self->connection, "org.freedesktop.secrets", path, "org.freedesktop.DBus.Properties", "Get",
                                        g_variant_new ("(ss)", "org.freedesktop.Secret.Collection", "Locked"), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  g_assert_nonnull (answer);
  g_variant_get (answer, "(v)", &value);
  return g_variant_get_boolean (value);
}

static inline void
session_lock (Session *self)
{
  g_autoptr (GVariant) collections = g_variant_ref_sink (get_collections (self));
  g_autoptr (GVariant) answer = call_secrets (self, "Lock", g_variant_new ("(@ao)", collections));

  g_assert_true (is_locked (self));
}

/* What the window of the keyring does with the password that somebody types there. */
static inline void
session_unlock (Session *self)
{
  g_autoptr (GVariant) collections = g_variant_ref_sink (get_collections (self)), opened = NULL, answer = NULL;
  g_autoptr (GError) error = NULL;
  const char *path, *secret_session;
  GVariant *master;

  g_variant_get_child (collections, 0, "&o", &path);
  opened = call_secrets (self, "OpenSession", g_variant_new ("(sv)", "plain", g_variant_new_string ("")));
  g_variant_get (opened, "(v&o)", NULL, &secret_session);
  master = g_variant_new ("(o@ay@ays)", secret_session, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, NULL, 0, 1),
                          g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, KEYRING_PASSWORD, strlen (KEYRING_PASSWORD), 1), "text/plain");
  answer = g_dbus_connection_call_sync (self->connection, "org.freedesktop.secrets", "/org/freedesktop/secrets",
                                        "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", "UnlockWithMasterPassword",
                                        g_variant_new ("(o@(oayays))", path, master), NULL, G_DBUS_CALL_FLAGS_NONE, PATIENCE_S * 1000,
                                        NULL, &error);
  g_assert_no_error (error);
  g_assert_false (is_locked (self));
}

static inline Session *
session_start (void)
{
  static const struct {
    const char *variable, *name;
  } folders[] = {
    { "HOME", "." },       { "XDG_DATA_HOME", "data" },   { "XDG_CONFIG_HOME", "config" }, { "XDG_CACHE_HOME", "cache" },
    { "XDG_STATE_HOME", "state" }, { "XDG_RUNTIME_DIR", "run" },
  };
  Session *self = g_new0 (Session, 1);
  g_autofree char *keyrings = NULL;

  self->folder = g_dir_make_tmp ("zifu-session-XXXXXX", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    set_folder (self, folders[i].variable, folders[i].name);
  keyrings = g_build_filename (g_getenv ("XDG_DATA_HOME"), "keyrings", NULL);
  g_assert_cmpint (g_mkdir_with_parents (keyrings, 0700), ==, 0);
  g_unsetenv ("DISPLAY");
  g_unsetenv ("WAYLAND_DISPLAY");
  start_bus (self);
  start_keyring (self);
  g_assert_false (is_locked (self));
  return self;
}

static inline void
session_stop (Session *self)
{
  /* A bus that goes must not end this program. */
  g_dbus_connection_set_exit_on_close (self->connection, FALSE);
  end_process (self->keyring);
  end_process (self->bus);
  g_object_unref (self->connection);
  remove_all (self->folder);
  g_free (self->folder);
  g_free (self);
}
