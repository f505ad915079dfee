/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "provider.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/socket.h>

/* Which request goes where, and what all answers have in common. */

void
answer_text (Answer *self, guint status, const char *media_type, char *body)
{
  self->status = status;
  self->media_type = media_type;
  g_free (self->body);
  self->body = body;
  self->length = body != NULL ? strlen (body) : 0;
}

void
answer_problem (Answer *self, guint status, const char *type, const char *title)
{
  answer_text (self, status, "application/problem+json",
               g_strdup_printf ("{\"type\":\"%s%s\",\"title\":\"%s\",\"status\":%u}", type != NULL ? "urn:yibao:problem:" : "about:blank",
                                type != NULL ? type : "", title, status));
}

static void
answer_clear (Answer *self)
{
  g_free (self->body);
  g_free (self->etag);
  g_free (self->location);
}

const char *
provider_get_issuer (Provider *self)
{
  return self->outside_issuer != NULL ? self->outside_issuer : self->base;
}

/* ---- one request */

typedef struct {
  Provider          *provider;
  SoupServerMessage *message;  /* owned */
  const char        *endpoint;
  char              *path;     /* owned */
  GHashTable        *query;    /* owned */
  const Fault       *fault;    /* nullable */
  const char        *fault_name; /* nullable */
  Answer             answer;
} Request;

static void
request_free (Request *self)
{
  answer_clear (&self->answer);
  g_object_unref (self->message);
  g_hash_table_unref (self->query);
  g_free (self->path);
  g_free (self);
}

static const char *
get_header (const Request *self, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (self->message), name);
}

static GHashTable *
read_fields (const char *text)
{
  return text != NULL ? soup_form_decode (text) : g_hash_table_new (g_str_hash, g_str_equal);
}

static GHashTable *
read_form (const Request *self)
{
  SoupMessageBody *body = soup_server_message_get_request_body (self->message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return read_fields (text);
}

static const char *
name_endpoint (const char *path)
{
  static const char *const names[][2] = {
    { "/.well-known/yibao-configuration", "config" },
    { "/v1/person", "person" },
    { "/v1/changes", "changes" },
    { "/.well-known/oauth-authorization-server", "metadata" },
    { "/.well-known/openid-configuration", "metadata" },
    { "/authorize", "authorize" },
    { "/authorize/decision", "redirect" },
    { "/device", "device" },
    { "/device_authorization", "device_authorization" },
    { "/token", "token" },
    { "/revoke", "revoke" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i][0], path))
      return names[i][1];
  if (g_str_has_prefix (path, "/v1/settlements/") && g_str_has_suffix (path, "/fees"))
    return "fees";
  return g_str_has_prefix (path, "/control/") ? "control" : "none";
}

/* ---- what all answers have */

static void
pack (Request *self)
{
  const char *accepted = get_header (self, "Accept-Encoding");
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  g_autofree char *plain = NULL;

  if (g_strcmp0 (self->fault_name, "bomb") == 0)
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  else if (!self->provider->no_gzip && self->answer.length > 1024 && accepted != NULL && strstr (accepted, "gzip") != NULL)
    {
      plain = g_steal_pointer (&self->answer.body);
      self->answer.body = fault_pack (plain, self->answer.length, 1, 1, &self->answer.length);
      soup_message_headers_replace (headers, "Content-Encoding", "gzip");
      soup_message_headers_replace (headers, "Vary", "Accept-Encoding");
    }
}

static void
set_retry_after (Request *self, SoupMessageHeaders *headers)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, self->answer.retry_after);
  g_autoptr (GDateTime) then = NULL;

  if (self->fault != NULL && self->fault->date)
    {
      then = g_date_time_new_from_unix_utc (g_get_real_time () / G_USEC_PER_SEC + self->answer.retry_after);
      g_free (text);
      text = soup_date_time_to_string (then, SOUP_DATE_HTTP);
    }
  soup_message_headers_replace (headers, "Retry-After", text);
}

static void
set_headers (Request *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  Answer *answer = &self->answer;

  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Yibao-Version", "1.0");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  if (answer->media_type != NULL)
    soup_message_headers_replace (headers, "Content-Type", answer->media_type);
  if (answer->media_type != NULL && g_str_has_prefix (answer->media_type, "text/html"))
    soup_message_headers_replace (headers, "Content-Security-Policy",
                                  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'");
  if (answer->etag != NULL)
    soup_message_headers_replace (headers, "ETag", answer->etag);
  if (answer->location != NULL)
    soup_message_headers_replace (headers, "Location", answer->location);
  if (answer->status == 401)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer");
  if (answer->retry_after >= 0)
    set_retry_after (self, headers);
  if (g_strcmp0 (self->fault_name, "skew") == 0)
    {
      g_autoptr (GDateTime) earlier = g_date_time_new_from_unix_utc (g_get_real_time () / G_USEC_PER_SEC - 600);
      g_autofree char *text = soup_date_time_to_string (earlier, SOUP_DATE_HTTP);

      soup_message_headers_replace (headers, "Date", text);
    }
}

static void
finish (Request *self)
{
  Answer *answer = &self->answer;

  if (self->provider->verbose)
    g_printerr ("%s %s %u%s%s\n", soup_server_message_get_method (self->message), self->path, answer->status,
                self->fault_name != NULL ? " " : "", self->fault_name != NULL ? self->fault_name : "");
  soup_server_message_set_status (self->message, answer->status, NULL);
  set_headers (self);
  pack (self);
  if (send_is_wanted (self->fault_name))
    send_wrongly (self->provider, self->message, self->fault_name, self->fault, answer->body, answer->length);
  else if (answer->body != NULL)
    {
      SoupMessageBody *body = soup_server_message_get_response_body (self->message);

      soup_message_body_append (body, SOUP_MEMORY_TAKE, g_steal_pointer (&answer->body), answer->length);
    }
  request_free (self);
}

/* ---- wrong answers */

static gboolean
reply_wrongly (Request *self)
{
  static const struct { const char *name; guint status; const char *type, *title; } problems[] = {
    { "400", 400, "invalid-request", "Not valid" },         { "401", 401, NULL, "Unauthorized" },
    { "403", 403, "insufficient-scope", "Not enough" },     { "consent", 403, "consent-expired", "The consent has ended" },
    { "404", 404, "not-found", "Not found" },               { "409", 409, "state-moved", "Start this pass again" },
    { "410", 410, "state-expired", "Start again" },         { "429", 429, "rate-limited", "Too many requests" },
    { "503", 503, "maintenance", "Under maintenance" },
  };
  Answer *answer = &self->answer;
  const char *name = self->fault_name;
  gsize length = 0;
  char *body;

  if (name == NULL || fault_is_page (name))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_str_equal (problems[i].name, name))
      {
        answer_problem (answer, problems[i].status, problems[i].type, problems[i].title);
        if (answer->status == 429 || answer->status == 503)
          answer->retry_after = self->fault->wait;
        return TRUE;
      }
  if (g_str_equal (name, "304") || g_str_equal (name, "redirect"))
    {
      answer_text (answer, g_str_equal (name, "304") ? 304 : 302, NULL, NULL);
      if (answer->status == 302)
        answer->location = g_strconcat (self->provider->base, "/elsewhere", NULL);
      return TRUE;
    }
  body = fault_make_body (name, &length);
  if (body == NULL)
    return FALSE;
  answer_text (answer, g_str_equal (name, "500") ? 500 : g_str_equal (name, "502") ? 502 : 200,
               g_str_equal (name, "html") || g_str_equal (name, "502") ? "text/html; charset=utf-8" : "application/json", NULL);
  answer->body = body;
  answer->length = length;
  return TRUE;
}

/* ---- the feed */

static Person *
find_other (Provider *self, Person *person)
{
  return g_ptr_array_index (self->people, person->number % self->people->len);
}

static void
answer_feed (Request *self, Person *person)
{
  Provider *provider = self->provider;
  const char *validator = get_header (self, "If-None-Match");

  if (person == NULL)
    {
      answer_problem (&self->answer, 401, NULL, "Unauthorized");
      return;
    }
  if (person->consent_ended || (person->consent_to != 0 && person->consent_to < g_get_real_time () / G_USEC_PER_SEC))
    {
      answer_problem (&self->answer, 403, "consent-expired", "The consent has ended");
      return;
    }
  if (g_strcmp0 (self->fault_name, "other-person") == 0)
    person = find_other (provider, person);
  if (g_str_equal (self->endpoint, "changes"))
    feed_changes (provider, person, self->query, self->fault_name, &self->answer);
  else if (g_str_equal (self->endpoint, "person"))
    feed_person (provider, person, validator, self->fault_name, &self->answer);
  else
    {
      g_autofree char *id = g_strndup (self->path + strlen ("/v1/settlements/"), strlen (self->path) - strlen ("/v1/settlements//fees"));

      feed_fees (provider, person, id, validator, self->fault_name, &self->answer);
    }
  if (g_strcmp0 (self->fault_name, "media-type") == 0)
    self->answer.media_type = "text/plain";
}

/* Whose a token of an outside issuer is: by "sub", or else the first person. */
static Person *
find_subject (Provider *self, GBytes *body)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *sub, *key;
  Person *person;

  if (object == NULL || !json_object_get_boolean_member_with_default (object, "active", FALSE))
    return NULL;
  sub = json_object_get_string_member_with_default (object, "sub", "");
  key = g_hash_table_lookup (self->subjects, sub);
  person = people_find (self->people, key != NULL ? key : sub);
  return person != NULL ? person : g_ptr_array_index (self->people, 0);
}

static void
on_introspected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_autoptr (SoupServerMessage) message = g_object_ref (self->message);

  if (body == NULL)
    answer_problem (&self->answer, 503, "maintenance", "The issuer does not answer");
  else
    answer_feed (self, find_subject (self->provider, body));
  finish (self);
  soup_server_message_unpause (message);
}

static void
introspect (Request *self, const char *token)
{
  Provider *provider = self->provider;
  g_autoptr (SoupMessage) message = soup_message_new ("POST", provider->introspect);
  g_autofree char *form = soup_form_encode ("token", token, "token_type_hint", "access_token", NULL), *basic = NULL, *value = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (form, strlen (form));

  if (provider->introspect_client != NULL)
    {
      basic = g_base64_encode ((const guchar *) provider->introspect_client, strlen (provider->introspect_client));
      value = g_strconcat ("Basic ", basic, NULL);
      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", value);
    }
  soup_message_set_request_body_from_bytes (message, SOUP_FORM_MIME_TYPE_URLENCODED, bytes);
  soup_server_message_pause (self->message);
  soup_session_send_and_read_async (provider->session, message, G_PRIORITY_DEFAULT, NULL, on_introspected, self);
}

static const char *
get_token (const Request *self)
{
  const char *value = get_header (self, "Authorization");

  return value != NULL && g_ascii_strncasecmp (value, "Bearer ", 7) == 0 ? value + 7 : NULL;
}

/* Whether the answer is there; otherwise it comes later. */
static gboolean
handle_feed (Request *self)
{
  const char *token = get_token (self), *version = get_header (self, "Yibao-Version");

  if (!g_str_equal (soup_server_message_get_method (self->message), "GET"))
    {
      answer_problem (&self->answer, 405, "invalid-request", "Nothing is written here");
      return TRUE;
    }
  if (version != NULL && !g_str_has_prefix (version, "1"))
    {
      answer_problem (&self->answer, 400, "version-unsupported", "Only version 1 is spoken here");
      return TRUE;
    }
  if (self->provider->introspect != NULL && token != NULL)
    {
      introspect (self, token);
      return FALSE;
    }
  answer_feed (self, issuer_find_person (self->provider->issuer, token));
  return TRUE;
}

/* ---- where it goes */

static const char *
get_language (const Request *self)
{
  const char *wanted = g_hash_table_lookup (self->query, "ui_locales"), *accepted = get_header (self, "Accept-Language");

  return wanted != NULL ? wanted : accepted;
}

static void
handle_sign_in (Request *self)
{
  Provider *provider = self->provider;
  g_autoptr (GHashTable) form = read_form (self);
  gboolean redirects = g_str_equal (self->endpoint, "redirect") || (g_str_equal (self->endpoint, "authorize") && provider->allow != NULL);
  const Fault *fault = fault_choose (provider->faults, redirects ? "redirect" : self->endpoint, FAULT_SIGN_IN);

  if (!issuer_answer (provider->issuer, soup_server_message_get_method (self->message), self->path, self->query, form,
                      get_language (self), fault != NULL ? fault->info->name : NULL, &self->answer))
    answer_problem (&self->answer, 405, "invalid-request", "Not with this method");
}

static gboolean
handle (Request *self)
{
  Provider *provider = self->provider;

  if (g_str_equal (self->endpoint, "control") && provider->control)
    control_answer (provider, self->path + strlen ("/control/"), self->query, &self->answer);
  else if (g_str_equal (self->endpoint, "none") || g_str_equal (self->endpoint, "control"))
    answer_problem (&self->answer, 404, "not-found", "There is nothing here");
  else if (reply_wrongly (self))
    return TRUE;
  else if (g_str_equal (self->endpoint, "config"))
    feed_configuration (provider, self->fault_name, &self->answer);
  else if (g_str_has_prefix (self->path, "/v1/"))
    return handle_feed (self);
  else
    handle_sign_in (self);
  return TRUE;
}

/* A page of somewhere else that sends a browser here under another name gets nothing. */
static gboolean
is_addressed_here (const Request *self)
{
  const char *host = get_header (self, "Host");
  static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };

  for (guint i = 0; host != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (host, names[i]) && (host[strlen (names[i])] == ':' || host[strlen (names[i])] == '\0'))
      return TRUE;
  return FALSE;
}

static void
count (Provider *self, const char *endpoint)
{
  gpointer n = g_hash_table_lookup (self->counts, endpoint);

  g_hash_table_insert (self->counts, (gpointer) endpoint, GUINT_TO_POINTER (GPOINTER_TO_UINT (n) + 1));
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Request *self = g_new0 (Request, 1);

  self->provider = user_data;
  self->message = g_object_ref (message);
  self->path = g_strdup (path);
  self->query = read_fields (g_uri_get_query (soup_server_message_get_uri (message)));
  self->endpoint = name_endpoint (path);
  self->answer.retry_after = -1;
  if (!is_addressed_here (self))
    {
      answer_problem (&self->answer, 421, "invalid-request", "This server answers to this computer only");
      finish (self);
      return;
    }
  count (self->provider, self->endpoint);
  if (!g_str_equal (self->endpoint, "control"))
    self->fault = fault_choose (self->provider->faults, self->endpoint, FAULT_SEND);
  self->fault_name = fault_get_name (self->fault);
  if (handle (self))
    finish (self);
}

/* ---- connections that a client has ended: libsoup 3.2 forgets to close them, and a process may have a thousand files open */

static gboolean
is_left (gpointer key, gpointer value, gpointer user_data)
{
  GSocket *socket = key;
  guint *seen = value;
  char byte;

  if (g_socket_is_closed (socket))
    return TRUE;
  /* Twice, half a second apart: one who ends only the own half may still wait for the answer. */
  *seen = recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0 ? *seen + 1 : 0;
  if (*seen < 2)
    return FALSE;
  g_socket_close (socket, NULL);
  return TRUE;
}

static gboolean
sweep (gpointer user_data)
{
  Provider *self = user_data;

  g_hash_table_foreach_remove (self->sockets, is_left, NULL);
  return G_SOURCE_CONTINUE;
}

static void
on_started (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  Provider *self = user_data;
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL && !g_hash_table_contains (self->sockets, socket))
    g_hash_table_insert (self->sockets, g_object_ref (socket), g_new0 (guint, 1));
}

/* ---- start and end */

gboolean
provider_start (Provider *self, guint port, GError **error)
{
  GSList *uris;

  self->server = g_object_new (SOUP_TYPE_SERVER, "server-header", "zifu-provider", NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  g_signal_connect (self->server, "request-started", G_CALLBACK (on_started), self);
  self->sockets = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
  self->sweeper = g_timeout_add (500, sweep, self);
  if (!soup_server_listen_local (self->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return FALSE;
  uris = soup_server_get_uris (self->server);
  if (self->base == NULL)
    self->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  self->port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return TRUE;
}

void
provider_stop (Provider *self)
{
  if (self->sendings != NULL)
    send_stop (self);
  g_clear_handle_id (&self->sweeper, g_source_remove);
  g_clear_pointer (&self->sockets, g_hash_table_unref);
  if (self->session != NULL)
    soup_session_abort (self->session);
  if (self->server != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->server, self);
      soup_server_disconnect (self->server);
    }
  /* What was aborted says so once more. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
