/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-support.h"

/*
 * What must not be trusted, and HTTP/2.  TLS keeps what it once accepted for the rest of a process (L5), so each test has one of its own.
 */
#define TOKEN "token-that-must-not-leak"
#define LIMIT (64 * 1024)

typedef struct {
  char     *folder;
  ZifuHttp *http;
} Fixture;

static void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!g_test_subprocess ())
    return;
  fixture->folder = g_dir_make_tmp ("zifu-tls-XXXXXX", &error);
  g_assert_no_error (error);
  make_authority (fixture->folder, "ca");
  fixture->http = new_http_trusting (fixture->folder, "ca");
  zifu_http_set_deadline (fixture->http, 30000);
}

static void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = fixture->folder != NULL ? g_dir_open (fixture->folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  if (fixture->folder != NULL)
    g_rmdir (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
  g_clear_object (&fixture->http);
}

static GTlsCertificate *
certificate (Fixture *fixture, const char *ca, const char *name)
{
  sign_certificate (fixture->folder, ca, name);
  return load_certificate (fixture->folder, name);
}

static void
say_ok (RawServer *self, GIOStream *stream, const char *request, guint n)
{
  raw_answer (stream, "200 OK\r\nContent-Type: application/json", "{}");
}

static void
expect_untrusted (Fixture *fixture, const char *ca, const char *name)
{
  g_autoptr (GTlsCertificate) shown = certificate (fixture, ca, name);
  RawServer *server = raw_server_new (say_ok, NULL, shown);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_assert_null (zifu_http_get (fixture->http, server->url, TOKEN, NULL, LIMIT, NULL, &error));
      assert_sync_error (error, ZIFU_SYNC_ERROR_UNTRUSTED);
    }
  g_assert_cmpuint (raw_server_count (server), ==, 0);
  raw_server_stop (server);
}

static void
test_good (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTlsCertificate) shown = certificate (fixture, "ca", "good");
  RawServer *server = raw_server_new (say_ok, NULL, shown);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuReply) reply = zifu_http_get (fixture->http, server->url, TOKEN, NULL, LIMIT, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (reply->status, ==, 200);
    }
  g_assert_true (raw_server_saw (server, "Authorization: Bearer " TOKEN));
  raw_server_stop (server);
}

static void
test_expired (Fixture *fixture, gconstpointer data)
{
  expect_untrusted (fixture, "ca", "expired");
}

static void
test_elsewhere (Fixture *fixture, gconstpointer data)
{
  expect_untrusted (fixture, "ca", "elsewhere");
}

static void
test_unknown_authority (Fixture *fixture, gconstpointer data)
{
  make_authority (fixture->folder, "other");
  expect_untrusted (fixture, "other", "good");
}

static void
test_no_tls_at_all (Fixture *fixture, gconstpointer data)
{
  RawServer *server = raw_server_new (say_ok, NULL, NULL);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/", server->port);
  g_autoptr (GError) error = NULL;

  /* It speaks first, as it does not understand what it hears. */
  server->protocol = "none";
  g_assert_null (zifu_http_get (fixture->http, url, TOKEN, NULL, LIMIT, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == ZIFU_SYNC_ERROR);
  g_assert_false (raw_server_saw (server, TOKEN));
  raw_server_stop (server);
}

/* L7: from safe to unsafe. */
static void
send_away (RawServer *self, GIOStream *stream, const char *request, guint n)
{
  raw_answer (stream, self->data, "");
}

static void
test_redirect_to_plain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTlsCertificate) shown = certificate (fixture, "ca", "good");
  RawServer *plain = raw_server_new (say_ok, NULL, NULL);
  g_autofree char *head = g_strdup_printf ("302 Found\r\nLocation: %s/", plain->url);
  RawServer *server = raw_server_new (send_away, head, shown);
  g_autoptr (GError) error = NULL;

  g_assert_null (zifu_http_get (fixture->http, server->url, TOKEN, NULL, LIMIT, NULL, &error));
  assert_sync_error (error, ZIFU_SYNC_ERROR_REDIRECTED);
  g_assert_cmpuint (raw_server_count (plain), ==, 0);
  raw_server_stop (server);
  raw_server_stop (plain);
}

/*
 * OpenSSL's own server: it follows no wish of ours about versions, and lets sessions be resumed.  One that does not answer writes down
 * what it receives instead.
 */
static GSubprocess *
start_openssl (Fixture *fixture, const char *ca, const char *version, gboolean answers, guint *port)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GDataInputStream) out = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  sign_certificate (fixture->folder, ca, "good");
  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  process = g_subprocess_launcher_spawn (launcher, &error, "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", "good.pem", "-key",
                                         "good.key", "-cipher", "ALL:@SECLEVEL=0", version, answers ? "-www" : NULL, NULL);
  g_assert_no_error (error);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (out), FALSE);
  for (*port = 0; *port == 0;)
    {
      g_autofree char *line = g_data_input_stream_read_line (out, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (line);
      if (g_str_has_prefix (line, "ACCEPT "))
        *port = (guint) g_ascii_strtoull (strrchr (line, ':') + 1, NULL, 10);
    }
  return process;
}

/* Ends it, and says whether it ever received the token. */
static gboolean
openssl_saw_token (GSubprocess *process)
{
  g_autoptr (GBytes) out = NULL;
  g_autofree char *text = NULL;

  /* What was sent is there before the reply, or the refusal; a moment for a server that is still busy with it. */
  g_usleep (200000);
  g_subprocess_send_signal (process, 15);
  out = g_input_stream_read_bytes (g_subprocess_get_stdout_pipe (process), 1024 * 1024, NULL, NULL);
  text = g_strndup (g_bytes_get_data (out, NULL), g_bytes_get_size (out));
  g_subprocess_wait (process, NULL, NULL);
  return strstr (text, TOKEN) != NULL;
}

static void
expect_accepted (Fixture *fixture, const char *version)
{
  guint port = 0;
  g_autoptr (GSubprocess) process = start_openssl (fixture, "ca", version, TRUE, &port);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/", port);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuReply) reply = zifu_http_get (fixture->http, url, TOKEN, NULL, LIMIT, NULL, &error);

  g_subprocess_force_exit (process);
  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 200);
}

/* L6 */
static void
expect_too_old (Fixture *fixture)
{
  guint port = 0;
  g_autoptr (GSubprocess) process = start_openssl (fixture, "ca", "-tls1_1", FALSE, &port);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/", port);
  g_autoptr (GError) error = NULL;

  g_assert_null (zifu_http_get (fixture->http, url, TOKEN, NULL, LIMIT, NULL, &error));
  assert_sync_error (error, ZIFU_SYNC_ERROR_UNTRUSTED);
  g_assert_false (openssl_saw_token (process));
}

static gboolean
say_yes (SoupMessage *message, GTlsCertificate *shown, GTlsCertificateFlags errors, gpointer data)
{
  return TRUE;
}

/*
 * L5: somebody in the same process trusts the server, by an authority of their own or by a YES of a handler; then we ask, who do not.  At
 * the floor the session is resumed and TLS itself refuses nothing.
 */
static void
expect_no_leak (Fixture *fixture, gboolean by_handler)
{
  guint port = 0;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *url = NULL;
  g_autoptr (ZifuHttp) trusting = NULL;

  make_authority (fixture->folder, "other");
  process = start_openssl (fixture, "other", "-tls1_2", TRUE, &port);
  url = g_strdup_printf ("https://127.0.0.1:%u/", port);
  trusting = new_http_trusting (fixture->folder, "other");
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SoupSession) careless = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
      g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
      g_autoptr (GBytes) body = NULL;
      g_autoptr (ZifuReply) reply = NULL;

      g_signal_connect (message, "accept-certificate", G_CALLBACK (say_yes), NULL);
      if (by_handler)
        body = soup_session_send_and_read (careless, message, NULL, &error);
      else
        reply = zifu_http_get (trusting, url, "another", NULL, LIMIT, NULL, &error);
      g_assert_no_error (error);
      g_clear_pointer (&reply, zifu_reply_free);
      g_assert_null (zifu_http_get (fixture->http, url, TOKEN, NULL, LIMIT, NULL, &error));
      assert_sync_error (error, ZIFU_SYNC_ERROR_UNTRUSTED);
    }
  g_subprocess_force_exit (process);
}

static void
test_trust_does_not_leak (Fixture *fixture, gconstpointer data)
{
  expect_no_leak (fixture, FALSE);
}

static void
test_one_yes_does_not_leak (Fixture *fixture, gconstpointer data)
{
  expect_no_leak (fixture, TRUE);
}

static void
test_tls_1_1 (Fixture *fixture, gconstpointer data)
{
  expect_too_old (fixture);
}

static void
test_tls_1_1_prepared (Fixture *fixture, gconstpointer data)
{
  zifu_http_prepare ();
  expect_too_old (fixture);
}

static void
test_tls_1_2 (Fixture *fixture, gconstpointer data)
{
  zifu_http_prepare ();
  expect_accepted (fixture, "-tls1_2");
}

static void
test_tls_1_3 (Fixture *fixture, gconstpointer data)
{
  zifu_http_prepare ();
  expect_accepted (fixture, "-tls1_3");
}

/*
 * HTTP/2, frame by frame: length (3), type, flags, stream (4).  The head is ":status: 200" (0x88) and "content-length: N", both without
 * Huffman coding and without the dynamic table.
 */
static void
write_frame (GIOStream *stream, guint8 type, guint8 flags, guint32 id, const char *payload, gsize length)
{
  const guint8 head[9] = { (guint8) (length >> 16), (guint8) (length >> 8), (guint8) length, type, flags,
                           (guint8) (id >> 24), (guint8) (id >> 16), (guint8) (id >> 8), (guint8) id };

  raw_write (stream, (const char *) head, 9);
  if (length > 0)
    raw_write (stream, payload, (gssize) length);
}

/* Reads frames until a request is there, and gives its stream. */
static guint32
read_http2_request (RawServer *self, GIOStream *stream)
{
  GInputStream *in = g_io_stream_get_input_stream (stream);
  guint8 head[9], payload[16384];
  gsize n = 0;

  for (;;)
    {
      gsize length;
      guint32 id;

      if (!g_input_stream_read_all (in, head, 9, &n, self->stop, NULL) || n != 9)
        return 0;
      length = (gsize) head[0] << 16 | (gsize) head[1] << 8 | head[2];
      id = ((guint32) head[5] & 0x7f) << 24 | (guint32) head[6] << 16 | (guint32) head[7] << 8 | head[8];
      if (length > sizeof payload || !g_input_stream_read_all (in, payload, length, &n, self->stop, NULL) || n != length)
        return 0;
      if (head[3] == 4 && (head[4] & 1) == 0)
        write_frame (stream, 4, 1, 0, NULL, 0);
      if (head[3] == 1)
        return id;
    }
}

static void
serve_http2 (RawServer *self, GIOStream *stream, const char *request, guint n)
{
  const char *length = self->data;
  char preface[24];
  gsize got = 0;
  guint32 id;

  if (!g_input_stream_read_all (g_io_stream_get_input_stream (stream), preface, 24, &got, self->stop, NULL) || got != 24)
    return;
  write_frame (stream, 4, 0, 0, NULL, 0);
  while ((id = read_http2_request (self, stream)) != 0)
    {
      g_autofree char *head = g_strdup_printf ("\x88\x0f\x0d%c%s", (int) strlen (length), length);

      write_frame (stream, 1, 4, id, head, strlen (head));
      write_frame (stream, 0, 1, id, "{ }", 3);
    }
}

static ZifuReply *
ask_http2 (Fixture *fixture, const char *length, guint deadline_ms, guint n_times, GError **error)
{
  g_autoptr (GTlsCertificate) shown = certificate (fixture, "ca", "good");
  RawServer *server = raw_server_new (serve_http2, (gpointer) length, shown);
  ZifuReply *reply = NULL;

  server->protocol = "h2";
  zifu_http_set_deadline (fixture->http, deadline_ms);
  for (guint i = 0; i < n_times; i++)
    {
      g_clear_pointer (&reply, zifu_reply_free);
      reply = zifu_http_get (fixture->http, server->url, TOKEN, NULL, LIMIT, NULL, error);
      if (reply == NULL)
        break;
      /* All on one connection: otherwise this would not be HTTP/2 as people use it. */
      g_assert_cmpuint (server->n_connections, ==, 1);
    }
  raw_server_stop (server);
  return reply;
}

/* L13: over HTTP/2 at all, many times on one connection. */
static void
test_http2 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuReply) reply = ask_http2 (fixture, "3", 30000, 50, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_cmpmem (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body), "{ }", 3);
}

/* L2: at the floor such a reply never completes by itself. */
static void
test_http2_short (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuReply) reply = ask_http2 (fixture, "10", 500, 1, &error);

  g_assert_null (reply);
  g_assert_true (error->domain == ZIFU_SYNC_ERROR);
  g_test_message ("%s", zifu_sync_error_get_nick ((ZifuSyncError) error->code));
  g_assert_true (error->code == ZIFU_SYNC_ERROR_TIMED_OUT || error->code == ZIFU_SYNC_ERROR_OFFLINE ||
                 error->code == ZIFU_SYNC_ERROR_SERVER);
}

typedef struct {
  const char *name;
  void (*func) (Fixture *fixture, gconstpointer data);
} Case;

static const Case cases[] = {
  { "R40-good", test_good },
  { "R40-expired", test_expired },
  { "R40-elsewhere", test_elsewhere },
  { "R40-unknown-authority", test_unknown_authority },
  { "R40-trust-does-not-leak-L5", test_trust_does_not_leak },
  { "R40-one-yes-does-not-leak-L5", test_one_yes_does_not_leak },
  { "R40-no-tls-at-all", test_no_tls_at_all },
  { "R40-redirect-to-plain-L7", test_redirect_to_plain },
  { "R40-tls-1.1-L6", test_tls_1_1 },
  { "R40-tls-1.1-prepared-L6", test_tls_1_1_prepared },
  { "R40-tls-1.2", test_tls_1_2 },
  { "R40-tls-1.3", test_tls_1_3 },
  { "R40-http2-L13", test_http2 },
  { "R40-http2-short-L2", test_http2_short },
};

static void
run_alone (Fixture *fixture, gconstpointer data)
{
  const Case *one = data;

  if (g_test_subprocess ())
    {
      start_servers ();
      one->func (fixture, NULL);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/http-tls/", cases[i].name, NULL);

      g_test_add (path, Fixture, &cases[i], fixture_set_up, run_alone, fixture_tear_down);
    }
  return g_test_run ();
}
