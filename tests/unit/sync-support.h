/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of the network share: servers on the loopback interface that say byte by byte what they are told, and certificates. */

#include <glib/gstdio.h>
#include <string.h>

#include "zifu-http.h"

#define assert_sync_error(error, wanted) \
  do \
    { \
      g_assert_error (error, ZIFU_SYNC_ERROR, wanted); \
      g_clear_error (&error); \
    } \
  while (0)

typedef struct _RawServer RawServer;

/* Answers the request with number @n, from 1; what it leaves open is closed afterwards. */
typedef void (*RawScript) (RawServer *self, GIOStream *stream, const char *request, guint n);

struct _RawServer {
  GSocketService  *service;
  guint16          port;
  char            *url;         /* http or https, without a slash at the end */
  RawScript        script;
  gpointer         data;
  GTlsCertificate *certificate; /* nullable */
  const char      *protocol;    /* nullable: of ALPN */
  GMutex           lock;
  GString         *requests;    /* all that was received */
  guint            n_requests, n_connections;
  guint            n_running;   /* connections that are being answered */
  GCancellable    *stop;
};

static inline void
raw_write (GIOStream *stream, const char *text, gssize length)
{
  GOutputStream *out = g_io_stream_get_output_stream (stream);

  /* The other side may be gone: that is what some tests are about. */
  g_output_stream_write_all (out, text, length >= 0 ? (gsize) length : strlen (text), NULL, NULL, NULL);
  g_output_stream_flush (out, NULL, NULL);
}

/* An answer with the right length. */
static inline void
raw_answer (GIOStream *stream, const char *head, const char *body)
{
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Length: %u\r\n\r\n%s", head, (guint) strlen (body), body);

  raw_write (stream, text, -1);
}

/* One request: its head and what Content-Length says. */
static inline char *
raw_read_request (RawServer *self, GIOStream *stream)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GInputStream *in = g_io_stream_get_input_stream (stream);
  gsize wanted = 0;

  while (wanted == 0 || text->len < wanted)
    {
      char byte;
      const char *length;

      if (g_input_stream_read (in, &byte, 1, self->stop, NULL) != 1)
        return NULL;
      g_string_append_c (text, byte);
      if (wanted != 0 || !g_str_has_suffix (text->str, "\r\n\r\n"))
        continue;
      length = strstr (text->str, "Content-Length: ");
      wanted = text->len + (length != NULL ? (gsize) g_ascii_strtoull (length + 16, NULL, 10) : 0);
      if (wanted == text->len)
        break;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static inline GIOStream *
raw_shake_hands (RawServer *self, GSocketConnection *connection)
{
  const char *protocols[] = { self->protocol, NULL };
  GIOStream *tls;

  if (self->certificate == NULL)
    return g_object_ref (G_IO_STREAM (connection));
  tls = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  g_assert_nonnull (tls);
  if (self->protocol != NULL)
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (tls), protocols);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (tls), self->stop, NULL))
    g_clear_object (&tls);
  return tls;
}

static inline gboolean
on_raw_run (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  RawServer *self = data;
  g_autoptr (GIOStream) stream = NULL;

  g_mutex_lock (&self->lock);
  self->n_connections++;
  self->n_running++;
  g_mutex_unlock (&self->lock);
  stream = raw_shake_hands (self, connection);
  while (stream != NULL && !g_io_stream_is_closed (stream))
    {
      g_autofree char *request = self->protocol != NULL ? g_strdup ("") : raw_read_request (self, stream);
      guint n;

      if (request == NULL)
        break;
      g_mutex_lock (&self->lock);
      n = ++self->n_requests;
      g_string_append (self->requests, request);
      g_mutex_unlock (&self->lock);
      self->script (self, stream, request, n);
      if (self->protocol != NULL)
        break;
    }
  if (stream != NULL)
    g_io_stream_close (stream, NULL, NULL);
  g_mutex_lock (&self->lock);
  self->n_running--;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/* Threads of connections that nobody ends may still read a server: all stay until the process ends, and can be found until then. */
static GPtrArray *raw_servers;

static inline RawServer *
raw_server_new (RawScript script, gpointer data, GTlsCertificate *certificate)
{
  RawServer *self = g_new0 (RawServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  if (raw_servers == NULL)
    raw_servers = g_ptr_array_new ();
  g_ptr_array_add (raw_servers, self);
  g_mutex_init (&self->lock);
  self->service = g_threaded_socket_service_new (20);
  self->script = script;
  self->data = data;
  self->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  self->requests = g_string_new (NULL);
  self->stop = g_cancellable_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound,
                                 &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->url = g_strdup_printf ("%s://127.0.0.1:%u", certificate != NULL ? "https" : "http", self->port);
  g_signal_connect (self->service, "run", G_CALLBACK (on_raw_run), self);
  return self;
}

static inline guint
raw_server_n_running (RawServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_running;
  g_mutex_unlock (&self->lock);
  return n;
}

/* What the script was given may be freed afterwards: whoever still answers is waited for, but not those that stay silent for long. */
static inline void
raw_server_stop (RawServer *self)
{
  gint64 until = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;

  g_cancellable_cancel (self->stop);
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  while (raw_server_n_running (self) > 0 && g_get_monotonic_time () < until)
    g_usleep (1000);
}

/* Accepting connections needs a main loop; the client must not need one, so servers get theirs in a thread of their own. */
static inline gpointer
run_servers (gpointer data)
{
  g_main_loop_run (data);
  return NULL;
}

static inline void
start_servers (void)
{
  g_thread_unref (g_thread_new ("servers", run_servers, g_main_loop_new (NULL, FALSE)));
}

static inline gboolean
raw_server_saw (RawServer *self, const char *text)
{
  gboolean found;

  g_mutex_lock (&self->lock);
  found = strstr (self->requests->str, text) != NULL;
  g_mutex_unlock (&self->lock);
  return found;
}

static inline guint
raw_server_count (RawServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_requests;
  g_mutex_unlock (&self->lock);
  return n;
}

/* Certificates: an authority of our own in a folder, and what it signs. */

static inline void
run_openssl (const char *folder, const char *command)
{
  g_autofree char *line = g_strconcat ("openssl ", command, NULL), *said = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_shell_parse_argv (line, NULL, &argv, &error);
  g_assert_no_error (error);
  g_spawn_sync (folder, argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &said, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("openssl %s: %s", command, said);
}

/* Makes NAME.pem and NAME.key in @folder, signed by ca.pem there; @name is "good", "expired" or "elsewhere". */
static inline void
sign_certificate (const char *folder, const char *ca, const char *name)
{
  gboolean elsewhere = g_str_equal (name, "elsewhere"), expired = g_str_equal (name, "expired");
  g_autofree char *extensions = g_build_filename (folder, "extensions", NULL);
  g_autofree char *request = g_strdup_printf ("req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout %s.key -out %s.csr "
                                              "-subj /CN=%s", name, name, name);
  g_autofree char *sign = g_strdup_printf ("x509 -req -in %s.csr -CA %s.pem -CAkey %s.key -set_serial 0x%x -days %d -extfile extensions "
                                           "-out %s.pem", name, ca, ca, g_str_hash (name), expired ? 0 : 30, name);

  g_assert_true (g_file_set_contents (extensions, elsewhere ? "subjectAltName=DNS:elsewhere.test\n" : "subjectAltName=IP:127.0.0.1\n", -1,
                                      NULL));
  run_openssl (folder, request);
  run_openssl (folder, sign);
  /* Newer programs refuse to write what ends before it begins: it ends when it begins, and then it is over. */
  if (expired)
    g_usleep (2 * G_USEC_PER_SEC);
}

static inline void
make_authority (const char *folder, const char *ca)
{
  g_autofree char *command = g_strdup_printf ("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout %s.key -out "
                                              "%s.pem "
                                              "-days 30 -subj \"/CN=%s of a test\" -addext keyUsage=critical,keyCertSign", ca, ca, ca);

  run_openssl (folder, command);
}

static inline GTlsCertificate *
load_certificate (const char *folder, const char *name)
{
  g_autofree char *pem_name = g_strconcat (name, ".pem", NULL), *key_name = g_strconcat (name, ".key", NULL);
  g_autofree char *pem = g_build_filename (folder, pem_name, NULL), *key = g_build_filename (folder, key_name, NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_files (pem, key, &error);

  g_assert_no_error (error);
  return certificate;
}

/* A client that trusts the authority of a folder, and nobody else. */
static inline ZifuHttp *
new_http_trusting (const char *folder, const char *ca)
{
  g_autofree char *name = g_strconcat (ca, ".pem", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (SoupSession) session = zifu_http_new_session ();
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  database = g_tls_file_database_new (path, &error);
  g_assert_no_error (error);
  soup_session_set_tls_database (session, database);
  return zifu_http_new (session);
}
