/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in, against an issuer of the test's own: what is refused, what is waited for, and that nobody is signed out by a race. */

#include "sync-support.h"

#include "zifu-account-lock-private.h"
#include "zifu-account-tokens.h"
#include "zifu-sign-in-private.h"

#define ME "client & of a test"

/* An issuer: what it says of itself and how it answers a form. */
typedef struct {
  SoupServer *server;
  char       *url;
  GMutex      lock;
  char       *metadata;             /* nullable: 404 */
  gboolean    only_openid;
  const char *replies[8];           /* of the token endpoint, in order; the last one is repeated */
  guint       statuses[8], n_replies, n_asked, n_revoked;
  char       *last_form;
  gboolean    rotates;              /* ignores @replies: hands out r1, r2, …; a token seen twice ends everything */
  guint       serial, n_reused;
} Issuer;

static void
say_json (SoupServerMessage *message, guint status, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text, strlen (text));
}

static void
on_metadata (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Issuer *self = data;
  gboolean openid = g_str_has_suffix (path, "openid-configuration");

  if (self->metadata == NULL || openid != self->only_openid)
    soup_server_message_set_status (message, 404, NULL);
  else
    say_json (message, 200, self->metadata);
}

static void
rotate (Issuer *self, SoupServerMessage *message, GHashTable *form)
{
  g_autofree char *wanted = g_strdup_printf ("r%u", self->serial), *text = NULL;

  if (self->n_reused > 0 || g_strcmp0 (g_hash_table_lookup (form, "refresh_token"), wanted) != 0)
    {
      self->n_reused++;
      say_json (message, 400, "{\"error\": \"invalid_grant\"}");
      return;
    }
  self->serial++;
  text = g_strdup_printf ("{\"access_token\": \"a%u\", \"refresh_token\": \"r%u\", \"token_type\": \"bearer\", \"expires_in\": 600}",
                          self->serial, self->serial);
  say_json (message, 200, text);
}

static void
on_token (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Issuer *self = data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *text = g_strndup (body->data, (gsize) body->length);
  g_autoptr (GHashTable) form = soup_form_decode (text);
  guint n;

  g_mutex_lock (&self->lock);
  g_free (self->last_form);
  self->last_form = g_strdup (text);
  n = MIN (self->n_asked, self->n_replies > 0 ? self->n_replies - 1 : 0);
  self->n_asked++;
  if (self->rotates)
    rotate (self, message, form);
  else
    say_json (message, self->statuses[n], self->replies[n]);
  g_mutex_unlock (&self->lock);
}

static void
on_device (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Issuer *self = data;
  g_autofree char *text = g_strdup_printf ("{\"device_code\": \"secret-device\", \"user_code\": \"FVJT-FXSW\", "
                                           "\"verification_uri\": \"%s/device\", \"expires_in\": 60}", self->url);

  say_json (message, 200, text);
}

static void
on_revoke (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Issuer *self = data;

  self->n_revoked++;
  soup_server_message_set_status (message, 200, NULL);
}

/* @more: what stands in the metadata besides the endpoints, or instead of them when it begins with a brace; @issuer: nullable */
static void
say_of_itself (Issuer *self, const char *issuer, const char *more)
{
  g_free (self->metadata);
  self->metadata = g_strdup_printf ("{\"issuer\": \"%s\", \"authorization_endpoint\": \"%s/auth?x=1\", \"token_endpoint\": \"%s/token\", "
                                    "\"device_authorization_endpoint\": \"%s/device\", \"revocation_endpoint\": \"%s/revoke\"%s}",
                                    issuer != NULL ? issuer : self->url, self->url, self->url, self->url, self->url, more);
}

static Issuer *
issuer_new (void)
{
  Issuer *self = g_new0 (Issuer, 1);
  GSList *uris;

  g_mutex_init (&self->lock);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, "/.well-known", on_metadata, self, NULL);
  soup_server_add_handler (self->server, "/token", on_token, self, NULL);
  soup_server_add_handler (self->server, "/device", on_device, self, NULL);
  soup_server_add_handler (self->server, "/revoke", on_revoke, self, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL));
  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  say_of_itself (self, NULL, "");
  return self;
}

static void
will_say (Issuer *self, guint status, const char *text)
{
  self->statuses[self->n_replies] = status;
  self->replies[self->n_replies++] = text;
}

#define GOOD "{\"access_token\": \"access-1\", \"refresh_token\": \"refresh 1\", \"token_type\": \"BEARER\", \"expires_in\": 600}"

static void
test_secrets (void)
{
  g_autofree char *challenge = _zifu_secret_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  g_autofree char *one = _zifu_secret_random (32), *other = _zifu_secret_random (32);
  const ZifuFormField fields[] = { { "a", "x y&z=1+2/自" }, { "none", NULL }, { "b", "-._~" } };
  g_autofree char *form = _zifu_form_encode (fields, G_N_ELEMENTS (fields));
  g_autoptr (GHashTable) twice = _zifu_form_decode ("state=1&state=2");

  /* RFC 7636, appendix B. */
  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  g_assert_cmpuint (strlen (one), ==, 43);
  g_assert_cmpstr (one, !=, other);
  g_assert_cmpstr (form, ==, "a=x%20y%26z%3D1%2B2%2F%E8%87%AA&b=-._~");
  g_assert_null (twice);
  g_assert_true (_zifu_secret_equal ("abc", "abc"));
  g_assert_false (_zifu_secret_equal ("abc", "abd") || _zifu_secret_equal ("abc", "ab") || _zifu_secret_equal (NULL, NULL));
}

static ZifuIssuer *
discover (Issuer *self, GError **error)
{
  g_autoptr (ZifuHttp) http = zifu_http_new (NULL);

  return zifu_issuer_discover (http, self->url, NULL, error);
}

static void
assert_undiscovered (Issuer *self, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (discover (self, &error));
  assert_sync_error (error, code);
}

static void
test_discovery (void)
{
  Issuer *self = issuer_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuIssuer) first = NULL, openid = NULL;
  g_autofree char *slash = g_strconcat (self->url, "/", NULL);

  say_of_itself (self, NULL, ", \"authorization_response_iss_parameter_supported\": true, "
                 "\"code_challenge_methods_supported\": [\"S256\"]");
  first = discover (self, &error);
  g_assert_no_error (error);
  g_assert_true (first->sends_iss && first->device_url != NULL && first->revoke_url != NULL);
  self->only_openid = TRUE;
  openid = discover (self, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (openid->token_url, ==, first->token_url);
  say_of_itself (self, NULL, ", \"code_challenge_methods_supported\": [\"plain\"]");
  assert_undiscovered (self, ZIFU_SYNC_ERROR_VERSION);
  say_of_itself (self, slash, "");
  assert_undiscovered (self, ZIFU_SYNC_ERROR_UNTRUSTED);
  g_free (self->metadata);
  self->metadata = g_strdup_printf ("{\"issuer\": \"%s\", \"token_endpoint\": \"%s/token\"}", self->url, self->url);
  assert_undiscovered (self, ZIFU_SYNC_ERROR_BROKEN);
  g_free (self->metadata);
  self->metadata = g_strdup_printf ("{\"issuer\": \"%s\", \"authorization_endpoint\": \"http://example.test/a\", \"token_endpoint\": "
                                    "\"%s/token\"}", self->url, self->url);
  assert_undiscovered (self, ZIFU_SYNC_ERROR_BROKEN);
  g_clear_pointer (&self->metadata, g_free);
  assert_undiscovered (self, ZIFU_SYNC_ERROR_SERVER);
  /* An issuer out in the world does not send us to a program on this computer in the clear. */
  g_assert_false (_zifu_issuer_check_url ("https://example.test", "http://127.0.0.1:1/token"));
  g_assert_true (_zifu_issuer_check_url ("https://example.test", "https://other.test/token"));
}

static void
test_token_replies (void)
{
  const struct { guint status; const char *text; int code; } rows[] = {
    { 200, GOOD, -1 },
    { 200, "{\"access_token\": \"a\", \"token_type\": \"Bearer\"}", -1 },
    { 200, "{\"access_token\": \"a b\", \"token_type\": \"Bearer\"}", ZIFU_SYNC_ERROR_BROKEN },
    { 200, "{\"access_token\": \"a\\nb\", \"token_type\": \"Bearer\"}", ZIFU_SYNC_ERROR_BROKEN },
    { 200, "{\"access_token\": \"a\", \"refresh_token\": \"r\\u0007\", \"token_type\": \"Bearer\"}", ZIFU_SYNC_ERROR_BROKEN },
    { 200, "{\"access_token\": \"a\", \"token_type\": \"mac\"}", ZIFU_SYNC_ERROR_BROKEN },
    { 200, "{\"access_token\": \"a\"}", ZIFU_SYNC_ERROR_BROKEN },
    { 200, "{\"token_type\": \"Bearer\"}", ZIFU_SYNC_ERROR_BROKEN },
    { 200, "{\"access_token\": \"a\", \"token_type\": \"Bearer\", \"expires_in\": 0}", ZIFU_SYNC_ERROR_BROKEN },
    { 200, "{\"access_token\": \"a\", \"token_type\": \"Bearer\", \"expires_in\": \"600\"}", ZIFU_SYNC_ERROR_BROKEN },
    { 200, "{\"access_token\": \"a\", \"token_type\": \"Bearer\", \"scope\": \"offline_access\"}", ZIFU_SYNC_ERROR_REFUSED },
    { 200, "", ZIFU_SYNC_ERROR_BROKEN },
    { 200, "[]", ZIFU_SYNC_ERROR_BROKEN },
    { 400, "{\"error\": \"invalid_grant\"}", ZIFU_SYNC_ERROR_SIGN_IN },
    { 401, "{\"error\": \"invalid_client\"}", ZIFU_SYNC_ERROR_SIGN_IN },
    { 400, "{\"error\": \"invalid_request\"}", ZIFU_SYNC_ERROR_SERVER },
    { 500, "{}", ZIFU_SYNC_ERROR_SERVER },
    { 503, "{}", ZIFU_SYNC_ERROR_BUSY },
    { 302, "{}", ZIFU_SYNC_ERROR_REDIRECTED },
  };
  Issuer *self = issuer_new ();
  g_autoptr (ZifuIssuer) issuer = discover (self, NULL);
  g_autoptr (ZifuHttp) http = zifu_http_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuTokens) tokens = NULL;

      self->n_replies = self->n_asked = 0;
      will_say (self, rows[i].status, rows[i].text);
      tokens = zifu_sign_in_refresh (http, issuer, ME, "old & one", NULL, &error);
      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (self->last_form, ==, "grant_type=refresh_token&refresh_token=old%20%26%20one&"
                       "client_id=client%20%26%20of%20a%20test");
      if (rows[i].code >= 0)
        assert_sync_error (error, rows[i].code);
      else
        g_assert_no_error (error);
      if (tokens != NULL)
        g_assert_cmpstr (tokens->refresh, ==, i == 0 ? "refresh 1" : "old & one");
    }
}

/* What a browser does, or somebody else: requests in order, each answer kept. */
typedef struct {
  const char *const *queries; /* "{state}" is the right state */
  char              *url;
  GPtrArray         *answers;
} Browser;

static char *
fetch_raw (const char *host, const char *path)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, host, 80, NULL, NULL);
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", path, host);
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[1024];
  gssize n;

  if (connection == NULL)
    return g_strdup ("gone");
  raw_write (G_IO_STREAM (connection), request, -1);
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (text, buffer, n);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gpointer
run_browser (gpointer data)
{
  Browser *self = data;
  g_autoptr (GUri) uri = g_uri_parse (self->url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GHashTable) asked = soup_form_decode (g_uri_get_query (uri));
  g_autoptr (GUri) back = g_uri_parse (g_hash_table_lookup (asked, "redirect_uri"), SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *host = g_strdup_printf ("%s:%d", g_uri_get_host (back), g_uri_get_port (back));

  g_assert_cmpstr (g_hash_table_lookup (asked, "code_challenge_method"), ==, "S256");
  g_assert_cmpstr (g_hash_table_lookup (asked, "scope"), ==, "account:read offline_access");
  g_assert_cmpstr (g_hash_table_lookup (asked, "x"), ==, "1");
  for (guint i = 0; self->queries[i] != NULL; i++)
    {
      g_autoptr (GString) path = g_string_new (self->queries[i]);

      g_string_replace (path, "{state}", g_hash_table_lookup (asked, "state"), 0);
      g_ptr_array_add (self->answers, fetch_raw (host, path->str));
    }
  return NULL;
}

typedef struct {
  Browser *browser;
  GThread *thread;
} Opened;

static void
open_browser (const char *url, gpointer data)
{
  Opened *opened = data;

  opened->browser->url = g_strdup (url);
  opened->thread = g_thread_new ("browser", run_browser, opened->browser);
}

static ZifuTokens *
go_through_browser (const ZifuIssuer *issuer, const char *const *queries, GPtrArray *answers, guint wait_ms, GError **error)
{
  g_autoptr (ZifuHttp) http = zifu_http_new (NULL);
  Browser browser = { queries, NULL, answers };
  Opened opened = { &browser, NULL };
  ZifuTokens *tokens = _zifu_sign_in_with_browser (http, issuer, ME, "https://example.test/v1", open_browser, &opened, wait_ms, NULL,
                                                   error);

  g_thread_join (opened.thread);
  g_free (browser.url);
  return tokens;
}

static void
test_browser (void)
{
  const char *const queries[] = { "/", "/favicon.ico", "/callback?code=evil&state=wrong", "/callback?code=evil",
                                  "/callback?code=x&state={state}&state={state}", "/callback?code=good-code&state={state}", NULL };
  Issuer *self = issuer_new ();
  g_autoptr (ZifuIssuer) issuer = discover (self, NULL);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuTokens) tokens = NULL;
  const char *page;

  will_say (self, 200, GOOD);
  tokens = go_through_browser (issuer, queries, answers, 10000, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tokens->access, ==, "access-1");
  g_assert_nonnull (strstr (self->last_form, "&code_verifier="));
  g_assert_nonnull (strstr (self->last_form, "resource=https%3A%2F%2Fexample.test%2Fv1"));
  for (guint i = 0; i < 5; i++)
    g_assert_nonnull (strstr (g_ptr_array_index (answers, i), i < 2 ? " 404 " : " 400 "));
  page = g_ptr_array_index (answers, 5);
  g_assert_nonnull (strstr (page, " 200 "));
  g_assert_nonnull (strstr (page, "Cache-Control: no-store"));
  g_assert_nonnull (strstr (page, "Referrer-Policy: no-referrer"));
  g_assert_nonnull (strstr (page, "You can close this window"));
  g_assert_null (strstr (page, "<script"));
  g_assert_null (strstr (page, "good-code"));
}

static void
test_browser_refusals (void)
{
  const struct { const char *query; gboolean sends_iss; int code; } rows[] = {
    { "/callback?error=access_denied&state={state}", FALSE, ZIFU_SYNC_ERROR_REFUSED },
    { "/callback?error=server_error&state={state}", FALSE, ZIFU_SYNC_ERROR_SERVER },
    { "/callback?error=temporarily_unavailable&state={state}", FALSE, ZIFU_SYNC_ERROR_BUSY },
    { "/callback?code=c&iss=https%3A%2F%2Fevil.test&state={state}", FALSE, ZIFU_SYNC_ERROR_UNTRUSTED },
    { "/callback?code=c&state={state}", TRUE, ZIFU_SYNC_ERROR_UNTRUSTED },
    { "/callback?state={state}", FALSE, ZIFU_SYNC_ERROR_BROKEN },
    { "/callback?code=a%0Ab&state={state}", FALSE, ZIFU_SYNC_ERROR_BROKEN },
    { "/callback?code=c&state=wrong", FALSE, ZIFU_SYNC_ERROR_EXPIRED },
  };
  Issuer *self = issuer_new ();
  g_autoptr (ZifuIssuer) issuer = discover (self, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *const queries[] = { rows[i].query, NULL };
      g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].query);
      issuer->sends_iss = rows[i].sends_iss;
      g_assert_null (go_through_browser (issuer, queries, answers, rows[i].code == ZIFU_SYNC_ERROR_EXPIRED ? 300 : 10000, &error));
      assert_sync_error (error, rows[i].code);
    }
  g_assert_cmpuint (self->n_asked, ==, 0);
}

static void
show_code (const char *code, const char *url, const char *whole_url, guint expires_in_s, gpointer data)
{
  g_assert_cmpstr (code, ==, "FVJT-FXSW");
  g_assert_cmpuint (expires_in_s, ==, 60);
  if (data != NULL)
    g_cancellable_cancel (data);
}

static void
test_code (void)
{
  const struct { const char *last; guint status; int code; } rows[] = {
    { GOOD, 200, -1 },
    { "{\"error\": \"access_denied\"}", 400, ZIFU_SYNC_ERROR_REFUSED },
    { "{\"error\": \"expired_token\"}", 400, ZIFU_SYNC_ERROR_EXPIRED },
    { "{\"error\": \"authorization_pending\"}", 400, ZIFU_SYNC_ERROR_EXPIRED },
  };
  Issuer *self = issuer_new ();
  g_autoptr (ZifuIssuer) issuer = discover (self, NULL);
  g_autoptr (ZifuHttp) http = zifu_http_new (NULL);
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ZifuTokens) tokens = NULL;

      self->n_replies = self->n_asked = 0;
      will_say (self, 400, "{\"error\": \"authorization_pending\"}");
      will_say (self, 502, "<html>");
      will_say (self, 400, "{\"error\": \"slow_down\"}");
      will_say (self, rows[i].status, rows[i].last);
      tokens = _zifu_sign_in_with_code (http, issuer, ME, NULL, show_code, NULL, 10, NULL, &error);
      if (rows[i].code >= 0)
        assert_sync_error (error, rows[i].code);
      else
        g_assert_no_error (error);
      /* 60 s: after 5, 10 and 15 every 10 s from 25 on: seven at most where it goes on to the end. */
      g_assert_cmpuint (self->n_asked, <=, 7);
      g_assert_cmpuint (self->n_asked, >=, 4);
    }
  g_assert_null (zifu_sign_in_with_code (http, issuer, ME, NULL, show_code, stop, stop, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static ZifuAccountTokens *
new_account (Issuer *self, ZifuTokenStore *store)
{
  return zifu_account_tokens_new (store, "connection-1", self->url, ME);
}

static gpointer
use_tokens (gpointer data)
{
  char *last = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;
      char *token = zifu_token_source_get_token (data, i % 4 == 3 ? last : NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (token);
      g_free (last);
      last = token;
    }
  g_free (last);
  return NULL;
}

/* Two objects, as a window and a command line have them, and four threads at each: a refresh token that comes twice ends everything. */
static void
test_rotation (void)
{
  Issuer *self = issuer_new ();
  g_autoptr (ZifuTokenStore) store = zifu_token_store_new_in_memory ();
  g_autoptr (ZifuAccountTokens) one = new_account (self, store), other = new_account (self, store);
  GThread *threads[8];
  g_autofree char *kept = NULL, *wanted = NULL;

  self->rotates = TRUE;
  g_assert_true (zifu_token_store_save (store, "connection-1", "r0", NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("user", use_tokens, i % 2 == 0 ? one : other);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (self->n_reused, ==, 0);
  g_assert_cmpuint (self->serial, >=, 2);
  wanted = g_strdup_printf ("r%u", self->serial);
  kept = zifu_token_store_load (store, "connection-1", NULL, NULL);
  g_assert_cmpstr (kept, ==, wanted);
}

static void
test_sign_out (void)
{
  Issuer *self = issuer_new ();
  g_autoptr (ZifuTokenStore) store = zifu_token_store_new_in_memory ();
  g_autoptr (ZifuAccountTokens) account = new_account (self, store);
  g_autoptr (ZifuAccountTokens) away = zifu_account_tokens_new (store, "connection-2", "http://127.0.0.1:1", ME);
  ZifuTokens tokens = { (char *) "a0", (char *) "r0", 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;

  g_assert_true (zifu_account_tokens_keep (account, &tokens, NULL, &error));
  token = zifu_token_source_get_token (ZIFU_TOKEN_SOURCE (account), NULL, NULL, &error);
  g_assert_cmpstr (token, ==, "a0");
  g_assert_true (zifu_account_tokens_sign_out (account, NULL, &error));
  g_assert_true (zifu_account_tokens_sign_out (account, NULL, &error));
  g_assert_cmpuint (self->n_revoked, ==, 1);
  g_assert_null (zifu_token_source_get_token (ZIFU_TOKEN_SOURCE (account), NULL, NULL, &error));
  assert_sync_error (error, ZIFU_SYNC_ERROR_SIGN_IN);
  /* Gone from here, even when the issuer cannot be told. */
  g_assert_true (zifu_account_tokens_keep (away, &tokens, NULL, &error));
  g_assert_false (zifu_account_tokens_sign_out (away, NULL, &error));
  assert_sync_error (error, ZIFU_SYNC_ERROR_OFFLINE);
  g_assert_null (zifu_token_store_load (store, "connection-2", NULL, &error));
  g_assert_no_error (error);
}

/* How many files of locks there are. */
static guint
count_locks (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "zifu", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    n += g_str_has_prefix (name, "account-");
  return n;
}

static gpointer
take_lock (gpointer key)
{
  int lock = -1;

  g_assert_true (_zifu_account_lock_take (key, &lock, NULL, NULL));
  return GINT_TO_POINTER (lock);
}

/* The file of a lock goes with the sign-in.  Who waited at it then has a lock that others see. */
static void
test_locks (void)
{
  g_autoptr (ZifuTokenStore) store = zifu_token_store_new_in_memory ();
  g_autoptr (ZifuAccountTokens) none = zifu_account_tokens_new (store, "nobody", "http://127.0.0.1:1", "zifu");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint before = count_locks ();
  GThread *waiting;
  int lock, second, third = -1;

  g_assert_true (_zifu_account_lock_take ("locks", &lock, NULL, NULL));
  g_assert_cmpuint (count_locks (), ==, before + 1);
  waiting = g_thread_new ("waiting", take_lock, (gpointer) "locks");
  g_usleep (100000);
  _zifu_account_lock_drop ("locks", lock);
  second = GPOINTER_TO_INT (g_thread_join (waiting));
  g_assert_cmpuint (count_locks (), ==, before + 1);
  g_cancellable_cancel (cancellable);
  g_assert_false (_zifu_account_lock_take ("locks", &third, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  _zifu_account_lock_drop ("locks", second);
  g_assert_cmpuint (count_locks (), ==, before);

  /* Asking for a token of nobody leaves nothing behind, either. */
  g_assert_null (zifu_token_source_get_token (ZIFU_TOKEN_SOURCE (none), NULL, NULL, &error));
  assert_sync_error (error, ZIFU_SYNC_ERROR_SIGN_IN);
  g_assert_cmpuint (count_locks (), ==, before);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("zifu-sign-in-XXXXXX", NULL), *own = g_build_filename (home, "zifu", NULL);
  int status;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  start_servers ();
  g_test_add_func ("/sign-in/R40/secrets", test_secrets);
  g_test_add_func ("/sign-in/R40/discovery", test_discovery);
  g_test_add_func ("/sign-in/R40/token-replies", test_token_replies);
  g_test_add_func ("/sign-in/R40/browser", test_browser);
  g_test_add_func ("/sign-in/R40/browser-refusals", test_browser_refusals);
  g_test_add_func ("/sign-in/R40/code", test_code);
  g_test_add_func ("/sign-in/R40/rotation", test_rotation);
  g_test_add_func ("/sign-in/R40/sign-out", test_sign_out);
  g_test_add_func ("/sign-in/R40/locks", test_locks);
  status = g_test_run ();
  /* No lock and nothing else may be in it any more. */
  g_rmdir (own);
  g_assert_cmpint (g_rmdir (home), ==, 0);
  return status;
}
