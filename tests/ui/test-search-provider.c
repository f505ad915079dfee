/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "zifu-search-provider.h"
#include "zifu-words.h"

#define OBJECT_PATH "/org/zifu/Zifu/SearchProvider"
#define INTERFACE   "org.gnome.Shell.SearchProvider2"

typedef struct {
  ZifuSearchProvider *provider;
  GDBusConnection    *server, *client;
  char               *asked;
  guint               n_estimates;
} Desk;

static void
asked_cb (Desk *desk, const char *text)
{
  g_free (desk->asked);
  desk->asked = g_strdup (text);
}

static void
estimate_cb (Desk *desk)
{
  desk->n_estimates++;
}

static GDBusConnection *
connect_to_bus (void)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection;

  connection = g_dbus_connection_new_for_address_sync (
    address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);

  return connection;
}

static void
set_up (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  desk->provider = zifu_search_provider_new (zifu_date_new (2026, 11, 22));
  desk->server = connect_to_bus ();
  desk->client = connect_to_bus ();
  g_signal_connect_swapped (desk->provider, "asked", G_CALLBACK (asked_cb), desk);
  g_signal_connect_swapped (desk->provider, "estimate", G_CALLBACK (estimate_cb), desk);
  g_assert_true (zifu_search_provider_export (desk->provider, desk->server, OBJECT_PATH, &error));
  g_assert_no_error (error);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  g_assert_finalize_object (desk->provider);
  g_object_unref (desk->client);
  g_object_unref (desk->server);
  g_free (desk->asked);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GVariant **answer = data;

  *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_assert_no_error (error);
}

/* The desktop is another client of the bus. */
static GVariant *
call (Desk *desk, const char *method, const char *arguments, const char *type)
{
  GVariant *answer = NULL;

  g_dbus_connection_call (desk->client, g_dbus_connection_get_unique_name (desk->server), OBJECT_PATH, INTERFACE, method,
                          g_variant_new_parsed (arguments), type != NULL ? G_VARIANT_TYPE (type) : NULL, G_DBUS_CALL_FLAGS_NONE, 5000, NULL,
                          called_cb, &answer);
  while (answer == NULL)
    g_main_context_iteration (NULL, TRUE);

  return answer;
}

static void
assert_found (Desk *desk, const char *method, const char *arguments, const char *expected)
{
  g_autoptr (GVariant) answer = call (desk, method, arguments, "(as)");
  g_autofree const char **found = NULL;
  g_autofree char *joined = NULL;

  g_variant_get (answer, "(^a&s)", &found);
  joined = g_strjoinv (" ", (char **) found);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_finds (Desk *desk, gconstpointer data)
{
  assert_found (desk, "GetInitialResultSet", "(['estimate'],)", "estimate R15 R16");
  assert_found (desk, "GetInitialResultSet", "(['ESTIMATE', 'visit'],)", "estimate R15 R16");
  assert_found (desk, "GetInitialResultSet", "(['gusuan'],)", "estimate");
  assert_found (desk, "GetInitialResultSet", "(['e'],)", "");
  assert_found (desk, "GetInitialResultSet", "(@as [],)", "");
  assert_found (desk, "GetInitialResultSet", "(['nothing of the kind'],)", "");
  /* What was found before is no limit: words may have been taken back. */
  assert_found (desk, "GetSubsearchResultSet", "(['R01'], ['gusuan'])", "estimate");
}

static void
test_describes (Desk *desk, gconstpointer data)
{
  g_autoptr (GVariant) answer = call (desk, "GetResultMetas", "(['estimate', 'R12', 'R99'],)", "(aa{sv})");
  g_autoptr (GVariant) metas = g_variant_get_child_value (answer, 0);
  g_autoptr (GVariant) first = g_variant_get_child_value (metas, 0);
  g_autoptr (GVariant) second = g_variant_get_child_value (metas, 1);
  const char *id = NULL, *name = NULL, *description = NULL;
  g_autoptr (GVariant) serialized = NULL;
  g_autoptr (GIcon) icon = NULL;

  /* An identifier of another version is left out. */
  g_assert_cmpuint (g_variant_n_children (metas), ==, 2);
  g_assert_true (g_variant_lookup (first, "name", "&s", &name));
  g_assert_cmpstr (name, ==, "New Estimate");
  g_assert_true (g_variant_lookup (second, "id", "&s", &id));
  g_assert_cmpstr (id, ==, "R12");
  g_assert_true (g_variant_lookup (second, "name", "&s", &name));
  g_assert_true (g_str_has_suffix (name, "?"));
  g_assert_true (g_variant_lookup (second, "description", "&s", &description));
  g_assert_cmpstr (description, !=, "");
  serialized = g_variant_lookup_value (second, "icon", NULL);
  g_assert_nonnull (serialized);
  icon = g_icon_deserialize (serialized);
  g_assert_true (G_IS_THEMED_ICON (icon));
}

static void
test_activates (Desk *desk, gconstpointer data)
{
  g_variant_unref (call (desk, "ActivateResult", "('estimate', ['estimate'], uint32 0)", NULL));
  g_assert_cmpuint (desk->n_estimates, ==, 1);
  g_assert_null (desk->asked);

  g_variant_unref (call (desk, "ActivateResult", "('R12', ['family'], uint32 0)", NULL));
  g_assert_nonnull (desk->asked);
  g_assert_true (g_str_has_suffix (desk->asked, "?"));

  g_variant_unref (call (desk, "LaunchSearch", "(['family', 'account'], uint32 0)", NULL));
  g_assert_cmpstr (desk->asked, ==, "family account");

  g_variant_unref (call (desk, "ActivateResult", "('R99', ['family'], uint32 0)", NULL));
  g_assert_cmpstr (desk->asked, ==, "family account");
  g_assert_cmpuint (desk->n_estimates, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));

  g_test_add ("/search-provider/finds", Desk, NULL, set_up, test_finds, tear_down);
  g_test_add ("/search-provider/describes", Desk, NULL, set_up, test_describes, tear_down);
  g_test_add ("/search-provider/activates", Desk, NULL, set_up, test_activates, tear_down);

  return g_test_run ();
}
