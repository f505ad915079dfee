/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "provider.h"

#include <string.h>
#include <sys/socket.h>

/* Answers that go wrong on the wire: the connection is taken from the server, and what it would have sent is sent by hand. */

typedef enum { THEN_CLOSE, THEN_RESET, THEN_HANG } Then;

typedef struct {
  Provider          *provider; /* not owned */
  SoupServerMessage *message;  /* owned until the connection is ours */
  GIOStream         *stream;   /* owned */
  GSocket           *socket;   /* owned */
  GCancellable      *cancellable;
  GBytes            *bytes;    /* owned */
  gsize              position, stop;
  guint              pause;    /* milliseconds between two bytes; 0 = all at once */
  Then               then;
  guint              source;
  char               byte;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->stream != NULL)
    g_io_stream_close (self->stream, NULL, NULL);
  g_clear_object (&self->stream);
  g_clear_object (&self->socket);
  g_clear_object (&self->message);
  g_object_unref (self->cancellable);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static void
end (Sending *self)
{
  struct linger hard = { 1, 0 };

  if (self->then == THEN_RESET)
    setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  g_ptr_array_remove_fast (self->provider->sendings, self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sending *self = user_data;

  if (g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL) > 0)
    g_input_stream_read_async (G_INPUT_STREAM (source), &self->byte, 1, G_PRIORITY_DEFAULT, self->cancellable, on_read, self);
  else
    end (self);
}

static gboolean write_more (gpointer user_data);

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sending *self = user_data;
  gsize n;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, &n, NULL))
    {
      end (self);
      return;
    }
  self->position += n;
  if (self->position < self->stop)
    self->source = g_timeout_add (self->pause, write_more, self);
  else if (self->then == THEN_HANG)
    g_input_stream_read_async (g_io_stream_get_input_stream (self->stream), &self->byte, 1, G_PRIORITY_DEFAULT, self->cancellable, on_read,
                               self);
  else
    end (self);
}

static gboolean
write_more (gpointer user_data)
{
  Sending *self = user_data;
  const char *data = g_bytes_get_data (self->bytes, NULL);

  self->source = 0;
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream), data + self->position,
                                   self->pause > 0 && self->position < self->stop ? 1 : self->stop - self->position, G_PRIORITY_DEFAULT,
                                   self->cancellable, on_written, self);
  return G_SOURCE_REMOVE;
}

static gboolean
take_over (gpointer user_data)
{
  Sending *self = user_data;

  self->source = 0;
  self->socket = g_object_ref (soup_server_message_get_socket (self->message));
  self->stream = soup_server_message_steal_connection (self->message);
  g_clear_object (&self->message);
  write_more (self);
  return G_SOURCE_REMOVE;
}

/* The whole answer as bytes, framed as the fault wants it. */
static GBytes *
compose (SoupServerMessage *message, const char *name, const char *body, gsize length)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr (GString) head = g_string_new (NULL);
  SoupMessageHeadersIter iter;
  const char *field, *value;
  guint status = soup_server_message_get_status (message);

  if (g_str_equal (name, "garbage"))
    return g_byte_array_free_to_bytes (g_byte_array_append (bytes, (const guint8 *) "\x15\x03\x03\x00\x02\x02\x28\r\n\r\n\0\xff\xfe", 14));
  g_string_append_printf (head, "HTTP/1.1 %u %s\r\n", status, soup_status_get_phrase (status));
  soup_message_headers_iter_init (&iter, soup_server_message_get_response_headers (message));
  while (soup_message_headers_iter_next (&iter, &field, &value))
    if (g_ascii_strcasecmp (field, "Content-Length") != 0)
      g_string_append_printf (head, "%s: %s\r\n", field, value);
  if (g_str_equal (name, "truncate-chunked"))
    g_string_append_printf (head, "Transfer-Encoding: chunked\r\n\r\n%" G_GSIZE_MODIFIER "x\r\n", length);
  else if (g_str_equal (name, "truncate-unframed"))
    g_string_append (head, "Connection: close\r\n\r\n");
  else
    g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", length);
  g_byte_array_append (bytes, (const guint8 *) head->str, head->len);
  if (length > 0)
    g_byte_array_append (bytes, (const guint8 *) body, length);
  if (g_str_equal (name, "truncate-chunked"))
    g_byte_array_append (bytes, (const guint8 *) "\r\n0\r\n\r\n", 7);
  return g_byte_array_free_to_bytes (bytes);
}

gboolean
send_is_wanted (const char *name)
{
  static const char *const names[] = { "reset",   "close", "truncate", "truncate-chunked", "truncate-unframed", "hang", "slow",
                                       "garbage", NULL };

  return name != NULL && g_strv_contains (names, name);
}

/* Sends the answer in the way of the fault, in place of the server. */
void
send_wrongly (Provider *provider, SoupServerMessage *message, const char *name, const Fault *fault, const char *body, gsize length)
{
  Sending *self = g_new0 (Sending, 1);
  gsize size;

  self->provider = provider;
  self->message = g_object_ref (message);
  self->cancellable = g_cancellable_new ();
  self->bytes = compose (message, name, body, length);
  size = g_bytes_get_size (self->bytes);
  self->stop = fault->after < 0 ? size / 2 : MIN ((gsize) fault->after, size);
  if (g_str_equal (name, "close"))
    self->stop = 0;
  if (g_str_equal (name, "garbage") || g_str_equal (name, "slow"))
    self->stop = size;
  self->pause = g_str_equal (name, "slow") ? MAX (fault->wait, 1) : 0;
  self->then = g_str_equal (name, "reset") ? THEN_RESET : g_str_equal (name, "hang") ? THEN_HANG : THEN_CLOSE;
  g_ptr_array_add (provider->sendings, self);
  /* The server is in the middle of this message: it must come back to its loop before its connection can be taken. */
  soup_server_message_pause (message);
  self->source = g_idle_add (take_over, self);
}

GPtrArray *
send_list_new (void)
{
  return g_ptr_array_new_with_free_func (sending_free);
}

/* Ends what is under way: reads and writes come back with an error and take themselves off the list. */
void
send_stop (Provider *provider)
{
  for (guint i = provider->sendings->len; i > 0; i--)
    {
      Sending *sending = g_ptr_array_index (provider->sendings, i - 1);

      if (sending->source != 0)
        g_ptr_array_remove_index_fast (provider->sendings, i - 1);
      else
        g_cancellable_cancel (sending->cancellable);
    }
  while (provider->sendings->len > 0)
    g_main_context_iteration (NULL, TRUE);
}
