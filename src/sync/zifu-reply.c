/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-http-private.h"

#include <string.h>

#include "zifu-case-file.h"
#include "zifu-json.h"
#include "zifu-retry.h"

#define PROBLEM_PREFIX "urn:yibao:problem:"
#define MAX_PROBLEM_LENGTH 64
#define MAX_ETAG_LENGTH 256

/* A name of a problem goes into logs and decides what is done: letters, digits, '-' and '_' only. */
static char *
read_problem_name (const char *text)
{
  gsize n;

  if (text == NULL)
    return NULL;
  if (g_str_has_prefix (text, PROBLEM_PREFIX))
    text += strlen (PROBLEM_PREFIX);
  n = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-_");
  return n > 0 && n <= MAX_PROBLEM_LENGTH && text[n] == '\0' ? g_strdup (text) : NULL;
}

/* The body of an error may be missing, or a page of a proxy on the way; then there is only the status. */
static char *
read_problem (const ZifuReply *self)
{
  g_autoptr (JsonNode) root = NULL;
  const char *text;
  gsize length;
  JsonObject *object;

  if (self->status < 400 || (g_strcmp0 (self->media_type, "application/problem+json") != 0 &&
                             g_strcmp0 (self->media_type, "application/json") != 0))
    return NULL;
  text = g_bytes_get_data (self->body, &length);
  root = length > 0 ? zifu_json_read_text (text, (gssize) length, NULL, NULL) : NULL;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  object = json_node_get_object (root);
  text = zifu_json_peek_string (object, "type");
  if (text != NULL && g_str_has_prefix (text, PROBLEM_PREFIX))
    return read_problem_name (text);
  return read_problem_name (zifu_json_peek_string (object, "error"));
}

static char *
read_etag (SoupMessageHeaders *headers)
{
  const char *etag = soup_message_headers_get_one (headers, "ETag");
  gsize n = 0;

  if (etag == NULL)
    return NULL;
  while (etag[n] > ' ' && etag[n] < 0x7f)
    n++;
  return n > 0 && n <= MAX_ETAG_LENGTH && etag[n] == '\0' ? g_strdup (etag) : NULL;
}

ZifuReply *
_zifu_reply_new (SoupMessage *message, GByteArray *body, gint64 now)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *date = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) sent = date != NULL ? soup_date_time_new_from_http_string (date) : NULL;
  g_autofree char *type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  ZifuReply *self = g_new0 (ZifuReply, 1);

  self->status = soup_message_get_status (message);
  self->media_type = type != NULL ? g_ascii_strdown (type, -1) : NULL;
  self->etag = read_etag (headers);
  self->clock_skew_s = sent != NULL ? g_date_time_to_unix (sent) - now : 0;
  self->retry_after_s = zifu_retry_parse_after (soup_message_headers_get_one (headers, "Retry-After"), now + self->clock_skew_s);
  /* Readers of text like to find its end. */
  g_byte_array_append (body, (const guint8 *) "", 1);
  g_byte_array_set_size (body, body->len - 1);
  self->body = g_byte_array_free_to_bytes (body);
  self->problem = read_problem (self);
  return self;
}

/**
 * zifu_reply_free:
 * @self: (nullable) (transfer full): an answer
 *
 * Frees @self with its body.
 */
void
zifu_reply_free (ZifuReply *self)
{
  if (self == NULL)
    return;

  g_free (self->media_type);
  g_free (self->etag);
  g_free (self->problem);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}
