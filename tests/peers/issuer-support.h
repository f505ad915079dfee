/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests with oidc-provider share: the two servers, and a person at a browser without one. */

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "zifu-connect.h"
#include "zifu-sign-in-private.h"

#define assert_sync_error(error, wanted) \
  do \
    { \
      g_assert_error (error, ZIFU_SYNC_ERROR, (int) (wanted)); \
      g_clear_error (&error); \
    } \
  while (0)

/* How long something may take on a busy computer. */
#define PATIENCE_S 120

/* oidc-provider signs people in (issuer.mjs), and zifu-provider serves their accounts to whoever has a token of it. */
typedef struct {
  char        *folder, *issuer, *provider;
  GSubprocess *issuer_process, *provider_process;
} Peers;

/* ---- requests to the two, past everything that is tested */

static inline char *
dup_text (GBytes *body)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  return g_strndup (text != NULL ? text : "", length);
}

static inline JsonNode *
peer_ask (const char *base, const char *path)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, "timeout", PATIENCE_S, NULL);
  g_autofree char *url = g_strconcat (base, "/control/", path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, &error);
  g_autofree char *text = NULL;
  JsonNode *node;

  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  text = dup_text (body);
  node = json_from_string (text, &error);
  g_assert_no_error (error);
  return node;
}

static inline void
peer_tell (const char *base, const char *path)
{
  g_autoptr (JsonNode) node = peer_ask (base, path);

  g_assert_true (json_object_get_boolean_member (json_node_get_object (node), "done"));
}

/* How often the issuer saw something; the names are issuer.mjs's. */
static inline gint64
issuer_count (Peers *self, const char *name)
{
  g_autoptr (JsonNode) node = peer_ask (self->issuer, "seen");

  return json_object_get_int_member (json_node_get_object (node), name);
}

/* The texts of a list that the issuer keeps, between blanks. */
static inline char *
issuer_list (Peers *self, const char *name)
{
  g_autoptr (JsonNode) node = peer_ask (self->issuer, "seen");
  JsonArray *list = json_object_get_array_member (json_node_get_object (node), name);
  GString *text = g_string_new (" ");

  for (guint i = 0; i < json_array_get_length (list); i++)
    g_string_append_printf (text, "%s ", json_array_get_string_element (list, i));
  return g_string_free (text, FALSE);
}

static inline gboolean
issuer_refused (Peers *self, const char *what)
{
  g_autofree char *refusals = issuer_list (self, "refusals"), *word = g_strdup_printf (" %s ", what);

  return strstr (refusals, word) != NULL;
}

/* Whether the issuer still accepts a token, access or refresh. */
static inline gboolean
issuer_accepts (Peers *self, const char *token)
{
  g_autofree char *path = g_strconcat ("token?is=", token, NULL);
  g_autoptr (JsonNode) node = peer_ask (self->issuer, path);

  return json_object_get_boolean_member (json_node_get_object (node), "active");
}

/* ---- start and end */

static inline char *
wait_for_port (const char *port_file)
{
  g_autofree char *port = NULL;

  for (guint i = 0; i < PATIENCE_S * 100 && (port == NULL || *port == '\0'); i++)
    {
      g_clear_pointer (&port, g_free);
      g_usleep (10000);
      g_file_get_contents (port_file, &port, NULL, NULL);
    }
  g_assert_nonnull (port);
  return g_strdup_printf ("http://127.0.0.1:%s", g_strstrip (port));
}

static inline char *
find_peer (const char *name)
{
  g_assert_nonnull (g_getenv ("ZIFU_PEERS_DIR"));
  return g_build_filename (g_getenv ("ZIFU_PEERS_DIR"), name, NULL);
}

static inline char *
find_script (const char *name)
{
  return g_build_filename (g_getenv ("G_TEST_SRCDIR"), "peers", name, NULL);
}

static inline void
start_issuer (Peers *self, const char *log)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autofree char *node = find_peer ("run-node"), *script = find_script ("issuer.mjs");
  g_autofree char *port_file = g_build_filename (self->folder, "issuer.port", NULL);
  g_autoptr (GError) error = NULL;

  /* It ends when its input does, however this program ends. */
  g_subprocess_launcher_set_stderr_file_path (launcher, log);
  self->issuer_process = g_subprocess_launcher_spawn (launcher, &error, node, script, port_file, NULL);
  g_assert_no_error (error);
  self->issuer = wait_for_port (port_file);
}

/* A test that was killed leaves nothing behind. */
static inline void
end_with_parent (gpointer unused)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static inline void
start_provider (Peers *self, const char *log)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autofree char *port_file = g_build_filename (self->folder, "provider.port", NULL);
  g_autofree char *introspect = g_strconcat (self->issuer, "/token/introspection", NULL), *own = NULL, *watch = NULL;
  g_autoptr (JsonNode) node = peer_ask (self->issuer, "feed");
  g_autoptr (GError) error = NULL;

  /* Others see it behind the issuer's process, which writes down what it is asked. */
  self->provider = g_strdup_printf ("http://127.0.0.1:%d", (int) json_object_get_int_member (json_node_get_object (node), "watched"));

  g_subprocess_launcher_set_stderr_file_path (launcher, log);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  self->provider_process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("ZIFU_PROVIDER"), "--port=0", "--port-file", port_file,
                                                        "--control", "--min-interval=0", "--seed=7", "--today=2026-11-13", "--entries=300",
                                                        "--max-limit=50", "--verbose", "--issuer", self->issuer, "--introspect", introspect,
                                                        "--introspect-client", "feed:of-the-feed-alone", "--public", self->provider, NULL);
  g_assert_no_error (error);
  own = wait_for_port (port_file);
  watch = g_strconcat ("feed?port=", strrchr (own, ':') + 1, NULL);
  peer_tell (self->issuer, watch);
}

static inline Peers *
peers_start (void)
{
  Peers *self = g_new0 (Peers, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *issuer_log = NULL, *provider_log = NULL;

  self->folder = g_dir_make_tmp ("zifu-issuer-XXXXXX", &error);
  g_assert_no_error (error);
  issuer_log = g_build_filename (self->folder, "issuer.log", NULL);
  provider_log = g_build_filename (self->folder, "provider.log", NULL);
  start_issuer (self, issuer_log);
  start_provider (self, provider_log);
  return self;
}

static inline void
remove_all (const char *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_all (inner);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

static inline void
end_process (GSubprocess *process)
{
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  g_object_unref (process);
}

static inline void
peers_stop (Peers *self)
{
  end_process (self->provider_process);
  end_process (self->issuer_process);
  remove_all (self->folder);
  g_free (self->folder);
  g_free (self->issuer);
  g_free (self->provider);
  g_free (self);
}

/* ---- a person at a browser */

typedef enum { PERSON_ALLOWS, PERSON_DENIES } PersonAnswer;

/* What a browser would send with the form of a page, filled in. */
static inline char *
fill_form (const char *page, PersonAnswer answer, const char *user_code)
{
  g_autoptr (GRegex) hidden = g_regex_new ("type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (g_regex_match (hidden, page, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    g_hash_table_insert (fields, g_match_info_fetch (match, 1), g_match_info_fetch (match, 2));
  if (strstr (page, "name=\"login\"") != NULL)
    {
      g_hash_table_insert (fields, g_strdup ("login"), g_strdup ("owner"));
      g_hash_table_insert (fields, g_strdup ("password"), g_strdup ("anything"));
    }
  if (strstr (page, "name=\"user_code\"") != NULL)
    g_hash_table_insert (fields, g_strdup ("user_code"), g_strdup (user_code));
  if (answer == PERSON_DENIES && g_hash_table_remove (fields, "confirm"))
    g_hash_table_insert (fields, g_strdup ("abort"), g_strdup ("yes"));
  return soup_form_encode_hash (fields);
}

static inline char *
find_first (const char *page, const char *pattern)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, page, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/* What comes after a page: a form that is sent, a link that is followed, or nothing more. */
static inline SoupMessage *
leave_page (const char *url, const char *page, PersonAnswer answer, const char *user_code)
{
  g_autofree char *action = find_first (page, "<form[^>]* action=\"([^\"]*)\""), *abort = find_first (page, "href=\"([^\"]*/abort)\"");
  gboolean consents = strstr (page, "name=\"prompt\" value=\"consent\"") != NULL;
  g_autofree char *next = NULL, *form = NULL;
  g_autoptr (GBytes) body = NULL;
  SoupMessage *message;

  if (action == NULL)
    return NULL;
  if (consents && answer == PERSON_DENIES)
    {
      next = g_uri_resolve_relative (url, abort, G_URI_FLAGS_NONE, NULL);
      return soup_message_new ("GET", next);
    }
  next = g_uri_resolve_relative (url, action, G_URI_FLAGS_NONE, NULL);
  form = fill_form (page, answer, user_code);
  body = g_bytes_new (form, strlen (form));
  message = soup_message_new ("POST", next);
  soup_message_set_request_body_from_bytes (message, SOUP_FORM_MIME_TYPE_URLENCODED, body);
  return message;
}

/* Returns: (transfer full) (nullable): where the issuer sends the browser in the end, which is not opened; %NULL: it shows a last page */
static inline char *
person_walk (const char *start, PersonAnswer answer, const char *user_code)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, "timeout", PATIENCE_S, NULL);
  g_autoptr (SoupCookieJar) jar = soup_cookie_jar_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", start);

  soup_session_add_feature (session, SOUP_SESSION_FEATURE (jar));
  for (guint i = 0; i < 20 && message != NULL; i++)
    {
      g_autofree char *url = g_uri_to_string (soup_message_get_uri (message)), *page = NULL, *next = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) body = NULL;
      const char *location;

      soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
      body = soup_session_send_and_read (session, message, NULL, &error);
      g_assert_no_error (error);
      page = dup_text (body);
      location = soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
      next = location != NULL ? g_uri_resolve_relative (url, location, G_URI_FLAGS_NONE, NULL) : NULL;
      if (next != NULL && strstr (next, "/callback?") != NULL)
        return g_steal_pointer (&next);
      /* Whoever said no is asked for another code. */
      if (answer == PERSON_DENIES && i > 1 && strstr (page, "deviceInputForm") != NULL)
        return NULL;
      g_object_unref (message);
      message = next != NULL ? soup_message_new ("GET", next) : leave_page (url, page, answer, user_code);
    }
  g_assert_null (message);
  return NULL;
}

/* Opens an address without following it anywhere.  Returns: the status; @page: (out): what it shows */
static inline guint
open_page (const char *url, char **page)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, "timeout", PATIENCE_S, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  body = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  *page = dup_text (body);
  return soup_message_get_status (message);
}

/* Another value for a member of a query; @value: (nullable): without it */
static inline char *
change_member (const char *url, const char *name, const char *value)
{
  g_autofree char *pattern = g_strdup_printf ("([?&])%s=[^&]*(&|$)", name);
  g_autofree char *member = value != NULL ? g_strdup_printf ("\\1%s=%s\\2", name, value) : g_strdup ("\\1");
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autofree char *changed = g_regex_replace (regex, url, -1, 0, member, 0, NULL);

  g_assert_cmpstr (changed, !=, url);
  return g_steal_pointer (&changed);
}
