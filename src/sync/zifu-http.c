/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-http-private.h"

#include <string.h>

#include "zifu-config.h"

/*
 * Each request runs on a main context of this object alone, from the first byte to the last, under one deadline: a server that trickles, or
 * a reply over HTTP/2 that never ends, is stopped as surely as one that says nothing.  A body that has begun may pause for a shorter time:
 * libsoup 3.2 does not wake who reads a body over HTTP/2 when the server takes the stream back in its middle.
 *
 * A connection is judged when its handshake is done and before anything is sent, because a certificate that was accepted once is accepted
 * silently when the session is resumed; it is judged again with the reply, for connections that are used a second time.
 */

#define DEFAULT_DEADLINE_MS 30000
#define DEFAULT_PAUSE_MS 10000
#define GRACE_MS 2000
#define CHUNK_BYTES (32 * 1024)
#define MAX_PROBLEM_BYTES (64 * 1024)
#define MAX_FORM_REPLY_BYTES (1024 * 1024)
#define TLS_PRIORITY "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

struct _ZifuHttp {
  GObject       parent;
  SoupSession  *session;
  GMainContext *context;
  guint         deadline_ms, pause_ms;
};

G_DEFINE_TYPE (ZifuHttp, zifu_http, G_TYPE_OBJECT)

/* One request on its way.  Callbacks hold a reference: they come even for what was given up. */
typedef struct {
  grefcount     refs;
  ZifuHttp     *http;        /* borrowed: callbacks that come late do not use it */
  SoupMessage  *message;
  GCancellable *stop;
  GInputStream *stream;      /* owned, nullable */
  GByteArray   *body;
  gsize         max_bytes;
  gboolean      done, timed_out, unsafe, too_large;
  GSource      *grace;       /* owned, nullable */
  GSource      *pause;       /* owned, nullable: while the next part of the body is waited for */
  GError       *error;
} Exchange;

static Exchange *
exchange_ref (Exchange *self)
{
  g_ref_count_inc (&self->refs);
  return self;
}

static void
exchange_unref (Exchange *self)
{
  if (!g_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_object (&self->stop);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Exchange, exchange_unref)

gboolean
_zifu_http_fail (GError **error, ZifuSyncError code)
{
  g_autofree char *text = zifu_sync_error_describe (code);

  g_set_error_literal (error, ZIFU_SYNC_ERROR, code, text);
  return FALSE;
}

/* Whoever was told to stop and does not is left behind. */
static gboolean
on_grace_over (gpointer data)
{
  Exchange *self = data;

  self->done = TRUE;
  return G_SOURCE_REMOVE;
}

static void
exchange_stop (Exchange *self)
{
  g_cancellable_cancel (self->stop);
  if (self->grace != NULL || self->done)
    return;
  self->grace = g_timeout_source_new (GRACE_MS);
  g_source_set_callback (self->grace, on_grace_over, self, NULL);
  g_source_attach (self->grace, self->http->context);
}

static gboolean
on_deadline (gpointer data)
{
  Exchange *self = data;

  self->timed_out = TRUE;
  exchange_stop (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  exchange_stop (data);
  return G_SOURCE_REMOVE;
}

static gboolean
is_safe (GTlsProtocolVersion version, GTlsCertificateFlags errors)
{
  return errors == 0 && (version == G_TLS_PROTOCOL_VERSION_TLS_1_2 || version == G_TLS_PROTOCOL_VERSION_TLS_1_3);
}

/* Before the request is written: a token must not reach a server that is not who it says, or that speaks an old TLS. */
static void
on_network_event (SoupMessage *message, GSocketClientEvent event, GIOStream *connection, gpointer data)
{
  Exchange *self = data;
  GTlsConnection *tls;

  if (event != G_SOCKET_CLIENT_TLS_HANDSHAKED || !G_IS_TLS_CONNECTION (connection) || self->done)
    return;
  tls = G_TLS_CONNECTION (connection);
  if (is_safe (g_tls_connection_get_protocol_version (tls), g_tls_connection_get_peer_certificate_errors (tls)))
    return;
  self->unsafe = TRUE;
  exchange_stop (self);
}

static void
exchange_end_pause (Exchange *self)
{
  if (self->pause != NULL)
    g_source_destroy (self->pause);
  g_clear_pointer (&self->pause, g_source_unref);
}

static void
exchange_begin_pause (Exchange *self)
{
  exchange_end_pause (self);
  self->pause = g_timeout_source_new (self->http->pause_ms);
  g_source_set_callback (self->pause, on_deadline, self, NULL);
  g_source_attach (self->pause, self->http->context);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Exchange) self = data;

  /* All that was wanted is read, or the request failed already. */
  g_input_stream_close_finish (G_INPUT_STREAM (source), result, NULL);
  self->done = TRUE;
}

/* Without this the last reference would close it, and wait as long as the server likes. */
static void
exchange_close (Exchange *self)
{
  g_input_stream_close_async (self->stream, G_PRIORITY_DEFAULT, self->stop, on_closed, exchange_ref (self));
}

static void exchange_read (Exchange *self);

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Exchange) self = data;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, self->error == NULL ? &self->error : NULL);
  gsize length = bytes != NULL ? g_bytes_get_size (bytes) : 0;

  if (self->done)
    return;
  exchange_end_pause (self);
  if (length > self->max_bytes - self->body->len)
    {
      self->too_large = TRUE;
      exchange_stop (self);
      length = 0;
    }
  if (length == 0)
    {
      exchange_close (self);
      return;
    }
  g_byte_array_append (self->body, g_bytes_get_data (bytes, NULL), (guint) length);
  exchange_read (self);
}

static void
exchange_read (Exchange *self)
{
  exchange_begin_pause (self);
  g_input_stream_read_bytes_async (self->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, self->stop, on_read, exchange_ref (self));
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Exchange) self = data;
  SoupMessageHeaders *headers;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &self->error);
  if (self->done || self->stream == NULL)
    {
      self->done = TRUE;
      return;
    }
  if (soup_message_get_status (self->message) >= 300)
    self->max_bytes = MIN (self->max_bytes, MAX_PROBLEM_BYTES);
  headers = soup_message_get_response_headers (self->message);
  /* The bound is for decoded bytes; what is longer before that is refused before it is read. */
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      (guint64) soup_message_headers_get_content_length (headers) > self->max_bytes)
    {
      self->too_large = TRUE;
      exchange_stop (self);
      exchange_close (self);
      return;
    }
  exchange_read (self);
}

static ZifuSyncError
judge_tls (const GError *failed)
{
  /* The other side hung up in the middle, as servers do that restart; everything else that TLS complains of may be an attack. */
  return failed->code == G_TLS_ERROR_EOF ? ZIFU_SYNC_ERROR_OFFLINE : ZIFU_SYNC_ERROR_UNTRUSTED;
}

static ZifuSyncError
judge (const GError *failed)
{
  if (failed->domain == G_TLS_ERROR)
    return judge_tls (failed);
  if (failed->domain == SOUP_SESSION_ERROR)
    return ZIFU_SYNC_ERROR_SERVER;
  if (g_error_matches (failed, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return ZIFU_SYNC_ERROR_TIMED_OUT;
  if (g_error_matches (failed, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return ZIFU_SYNC_ERROR_SERVER;
  return ZIFU_SYNC_ERROR_OFFLINE;
}

/* The status of a request that failed is not worth anything: it may say 200. */
static gboolean
exchange_conclude (Exchange *self, GCancellable *cancellable, GError **error)
{
  gboolean https = g_str_equal (g_uri_get_scheme (soup_message_get_uri (self->message)), "https");
  guint status;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->unsafe)
    return _zifu_http_fail (error, ZIFU_SYNC_ERROR_UNTRUSTED);
  if (self->timed_out)
    return _zifu_http_fail (error, ZIFU_SYNC_ERROR_TIMED_OUT);
  if (self->error != NULL && !self->too_large)
    return _zifu_http_fail (error, judge (self->error));
  if (https && !is_safe (soup_message_get_tls_protocol_version (self->message),
                         soup_message_get_tls_peer_certificate_errors (self->message)))
    return _zifu_http_fail (error, ZIFU_SYNC_ERROR_UNTRUSTED);
  status = soup_message_get_status (self->message);
  if (status >= 300 && status < 400 && status != SOUP_STATUS_NOT_MODIFIED)
    return _zifu_http_fail (error, ZIFU_SYNC_ERROR_REDIRECTED);
  if (self->too_large && status < 300)
    return _zifu_http_fail (error, ZIFU_SYNC_ERROR_BROKEN);
  if (self->too_large)
    g_byte_array_set_size (self->body, 0);
  return TRUE;
}

static ZifuReply *
exchange_run (ZifuHttp *http, SoupMessage *message, gsize max_bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (Exchange) self = NULL;
  g_autoptr (GSource) deadline = NULL, watch = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  self = g_new0 (Exchange, 1);
  g_ref_count_init (&self->refs);
  self->http = http;
  self->message = g_object_ref (message);
  self->stop = g_cancellable_new ();
  self->body = g_byte_array_new ();
  self->max_bytes = max_bytes;
  deadline = g_timeout_source_new (http->deadline_ms);
  g_source_set_callback (deadline, on_deadline, self, NULL);
  g_source_attach (deadline, http->context);
  watch = cancellable != NULL ? g_cancellable_source_new (cancellable) : NULL;
  if (watch != NULL)
    {
      g_source_set_callback (watch, G_SOURCE_FUNC (on_cancelled), self, NULL);
      g_source_attach (watch, http->context);
    }
  g_signal_connect (message, "network-event", G_CALLBACK (on_network_event), self);
  g_main_context_push_thread_default (http->context);
  soup_session_send_async (http->session, message, G_PRIORITY_DEFAULT, self->stop, on_sent, exchange_ref (self));
  while (!self->done)
    g_main_context_iteration (http->context, TRUE);
  g_main_context_pop_thread_default (http->context);
  g_signal_handlers_disconnect_by_func (message, on_network_event, self);
  g_source_destroy (deadline);
  if (watch != NULL)
    g_source_destroy (watch);
  exchange_end_pause (self);
  if (self->grace != NULL)
    g_source_destroy (self->grace);
  g_clear_pointer (&self->grace, g_source_unref);
  if (!exchange_conclude (self, cancellable, error))
    return NULL;
  return _zifu_reply_new (message, g_steal_pointer (&self->body), g_get_real_time () / G_USEC_PER_SEC);
}

/* What goes into a header must not be able to begin another one. */
static gboolean
fits_header (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (*p <= ' ' || *p >= 0x7f)
      return FALSE;
  return *text != '\0';
}

static SoupMessage *
new_message (const char *method, const char *url, GError **error)
{
  g_autoptr (GUri) uri = _zifu_http_parse_address (url, error);
  SoupMessage *message;
  SoupMessageHeaders *headers;

  if (uri == NULL)
    return NULL;
  message = soup_message_new_from_uri (method, uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "User-Agent", "Zifu/" ZIFU_VERSION);
  soup_message_headers_replace (headers, "Accept", "application/json, application/problem+json");
  return message;
}

/**
 * zifu_http_get:
 * @self: a #ZifuHttp
 * @url: what to fetch
 * @token: (nullable): an access token, to be sent with this request and no other
 * @etag: (nullable): of the copy that is kept; the reply may be 304
 * @max_bytes: the largest body that is taken, in decoded bytes
 * @cancellable: (nullable): stops it
 * @error: return location for an error of #ZifuSyncError, or %G_IO_ERROR_CANCELLED
 *
 * Fetches a document, once: whether to try again is the caller's business.  Every status is a reply, except redirects, which are refused.
 * Of a reply with status 300 or more at most 64 KiB are read; what is longer is left out.  ZIFU_SYNC_ERROR_BROKEN means a body that is
 * too large; ZIFU_SYNC_ERROR_SERVER here means that what came is no HTTP.  A body may be cut short without an error: the caller must be
 * able to see from its content whether it is whole.
 *
 * Returns: (transfer full) (nullable): the reply, or %NULL with an error
 */
ZifuReply *
zifu_http_get (ZifuHttp *self, const char *url, const char *token, const char *etag, gsize max_bytes, GCancellable *cancellable,
               GError **error)
{
  g_autoptr (SoupMessage) message = NULL;
  SoupMessageHeaders *headers;

  g_return_val_if_fail (ZIFU_IS_HTTP (self), NULL);
  g_return_val_if_fail (max_bytes > 0, NULL);

  message = new_message ("GET", url, error);
  if (message == NULL)
    return NULL;
  headers = soup_message_get_request_headers (message);
  if (token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

      if (!fits_header (token))
        {
          _zifu_http_fail (error, ZIFU_SYNC_ERROR_SIGN_IN);
          return NULL;
        }
      soup_message_headers_replace (headers, "Authorization", value);
    }
  if (etag != NULL && fits_header (etag))
    soup_message_headers_replace (headers, "If-None-Match", etag);
  return exchange_run (self, message, max_bytes, cancellable, error);
}

/**
 * zifu_http_post_form:
 * @self: a #ZifuHttp
 * @url: where to
 * @form: (not nullable): name=value pairs, encoded
 * @cancellable: (nullable): stops it
 * @error: return location for an error of #ZifuSyncError, or %G_IO_ERROR_CANCELLED
 *
 * Sends a form, once.  A reply may have at most 1 MiB.
 *
 * Returns: (transfer full) (nullable): the reply, whatever its status, or %NULL with an error
 */
ZifuReply *
zifu_http_post_form (ZifuHttp *self, const char *url, const char *form, GCancellable *cancellable, GError **error)
{
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) body = NULL;

  g_return_val_if_fail (ZIFU_IS_HTTP (self), NULL);
  g_return_val_if_fail (form != NULL, NULL);

  message = new_message ("POST", url, error);
  if (message == NULL)
    return NULL;
  body = g_bytes_new (form, strlen (form));
  soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", body);
  return exchange_run (self, message, MAX_FORM_REPLY_BYTES, cancellable, error);
}

/**
 * zifu_http_set_deadline:
 * @self: a #ZifuHttp
 * @milliseconds: how long one request may take with everything, from looking up the name to the last byte of the body; 30,000 at first
 */
void
zifu_http_set_deadline (ZifuHttp *self, guint milliseconds)
{
  g_return_if_fail (ZIFU_IS_HTTP (self));
  g_return_if_fail (milliseconds > 0);

  self->deadline_ms = milliseconds;
}

/**
 * zifu_http_set_pause:
 * @self: a #ZifuHttp
 * @milliseconds: how long a body that has begun may bring nothing; 10,000 at first
 */
void
zifu_http_set_pause (ZifuHttp *self, guint milliseconds)
{
  g_return_if_fail (ZIFU_IS_HTTP (self));
  g_return_if_fail (milliseconds > 0);

  self->pause_ms = milliseconds;
}

/**
 * zifu_http_prepare:
 *
 * Tells TLS to speak nothing older than 1.2.  To be called first in main(): it changes the environment, which other threads may read, and
 * it is read once, at the first connection.  Without it an old server is still refused, after the handshake and before the request.
 */
void
zifu_http_prepare (void)
{
  g_setenv ("G_TLS_GNUTLS_PRIORITY", TLS_PRIORITY, TRUE);
}

/**
 * zifu_http_new_session:
 *
 * Returns: (transfer full): a session as zifu_http_new() wants it; to be made in the thread that uses it
 */
SoupSession *
zifu_http_new_session (void)
{
  return soup_session_new_with_options ("max-conns-per-host", 2, "idle-timeout", 30, NULL);
}

/**
 * zifu_http_new:
 * @session: (nullable): what to send through; %NULL = zifu_http_new_session()
 *
 * Takes from @session what would act by itself: answers to password challenges, cookies, a cache.  Loopback addresses are never reached
 * through a proxy, others as the system says.
 *
 * Returns: (transfer full): a new object, for the thread that made it
 */
ZifuHttp *
zifu_http_new (SoupSession *session)
{
  ZifuHttp *self = g_object_new (ZIFU_TYPE_HTTP, NULL);
  g_autoptr (GProxyResolver) resolver = NULL;

  g_main_context_push_thread_default (self->context);
  self->session = session != NULL ? g_object_ref (session) : zifu_http_new_session ();
  g_main_context_pop_thread_default (self->context);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_COOKIE_JAR);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CACHE);
  resolver = _zifu_http_direct_loopback (soup_session_get_proxy_resolver (self->session));
  soup_session_set_proxy_resolver (self->session, resolver);
  return self;
}

static void
zifu_http_finalize (GObject *object)
{
  ZifuHttp *self = ZIFU_HTTP (object);

  g_main_context_push_thread_default (self->context);
  g_clear_object (&self->session);
  /* Connections say goodbye here. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_clear_pointer (&self->context, g_main_context_unref);
  G_OBJECT_CLASS (zifu_http_parent_class)->finalize (object);
}

static void
zifu_http_class_init (ZifuHttpClass *class)
{
  G_OBJECT_CLASS (class)->finalize = zifu_http_finalize;
}

static void
zifu_http_init (ZifuHttp *self)
{
  self->context = g_main_context_new ();
  self->deadline_ms = DEFAULT_DEADLINE_MS;
  self->pause_ms = DEFAULT_PAUSE_MS;
}
