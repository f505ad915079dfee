/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "zifu-connect.h"

/* A provider that runs beside a test or a measurement, and a person connected to it. */

/* Tokens without a sign-in, as the provider's control gives them. */
#define TEST_TYPE_TOKENS (test_tokens_get_type ())
G_DECLARE_FINAL_TYPE (TestTokens, test_tokens, TEST, TOKENS, GObject)

struct _TestTokens {
  GObject parent_instance;
  char   *base;
  guint   n_asked;
};

/* What a plain request to the provider answers. */
static inline char *
control (const char *base, const char *command)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, "timeout", 20, NULL);
  g_autofree char *url = g_strconcat (base, "/control/", command, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static inline void
tell (const char *base, const char *command)
{
  g_autofree char *answer = control (base, command);

  g_assert_nonnull (strstr (answer, "\"done\":true"));
}

static char *
get_token (ZifuTokenSource *source, const char *refused, GCancellable *cancellable, GError **error)
{
  TestTokens *self = TEST_TOKENS (source);
  g_autofree char *answer = control (self->base, "token?person=owner");
  g_autoptr (JsonParser) parser = json_parser_new ();

  self->n_asked++;
  g_assert_true (json_parser_load_from_data (parser, answer, -1, NULL));
  return g_strdup (json_object_get_string_member (json_node_get_object (json_parser_get_root (parser)), "token"));
}

static void
iface_init (ZifuTokenSourceInterface *iface)
{
  iface->get_token = get_token;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestTokens, test_tokens, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (ZIFU_TYPE_TOKEN_SOURCE, iface_init))

static void
test_tokens_finalize (GObject *object)
{
  g_free (TEST_TOKENS (object)->base);
  G_OBJECT_CLASS (test_tokens_parent_class)->finalize (object);
}

static void
test_tokens_class_init (TestTokensClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_tokens_finalize;
}

static void
test_tokens_init (TestTokens *self)
{
}

static inline TestTokens *
tokens_new (const char *base)
{
  TestTokens *self = g_object_new (TEST_TYPE_TOKENS, NULL);

  self->base = g_strdup (base);
  return self;
}

/* A server ends with the test, also when that is ended. */
static inline void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* Starts a provider that is told its port by the system. */
static inline GSubprocess *
start_provider (const char *folder, const char *const *options, char **base)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GPtrArray) args = g_ptr_array_new ();
  g_autofree char *port_file = g_build_filename (folder, "port", NULL);
  g_autofree char *port = NULL;
  GSubprocess *provider;
  g_autoptr (GError) error = NULL;
  static const char *const fixed[] = { "--port=0", "--control", "--min-interval=0", "--seed=7", "--today=2026-11-13" };

  g_ptr_array_add (args, (char *) g_getenv ("ZIFU_PROVIDER"));
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (args, (char *) fixed[i]);
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    g_ptr_array_add (args, (char *) options[i]);
  g_ptr_array_add (args, (char *) "--port-file");
  g_ptr_array_add (args, port_file);
  g_ptr_array_add (args, NULL);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  provider = g_subprocess_launcher_spawnv (launcher, (const char *const *) args->pdata, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3000 && (port == NULL || *port == '\0'); i++)
    {
      g_clear_pointer (&port, g_free);
      g_usleep (10000);
      g_file_get_contents (port_file, &port, NULL, NULL);
    }
  g_assert_nonnull (port);
  *base = g_strdup_printf ("http://127.0.0.1:%s", g_strstrip (port));
  return provider;
}

/* The owner of the sample household, who is connected to the provider. */
static inline gint64
add_person (ZifuLedger *ledger, const char *base)
{
  g_autoptr (ZifuMember) member = zifu_member_new ();
  g_autoptr (ZifuConnection) connection = zifu_connection_new ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  member->name = g_strdup ("林晓梅");
  member->relation = g_strdup ("self");
  member->sex = g_strdup ("2");
  member->region = g_strdup ("110000");
  member->insurance = g_strdup ("310");
  member->status = g_strdup ("active");
  member->base = -1;
  member->has_account = TRUE;
  member->provenance = ZIFU_PROVENANCE_SYNCED;
  connection->member_id = zifu_ledger_add_member (ledger, member, 0, 0, &error);
  g_assert_no_error (error);
  connection->name = g_strdup ("127.0.0.1");
  connection->base_url = g_strdup (base);
  connection->client_id = g_strdup ("zifu");
  id = zifu_ledger_add_connection (ledger, connection, &error);
  g_assert_no_error (error);
  return id;
}
