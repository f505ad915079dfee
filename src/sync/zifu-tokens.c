/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sign-in-private.h"

#include <string.h>

#include "zifu-json.h"

#define MAX_TOKEN_LENGTH (16 * 1024)

/**
 * zifu_tokens_copy:
 * @self: tokens
 *
 * Returns: (transfer full): the same tokens
 */
ZifuTokens *
zifu_tokens_copy (const ZifuTokens *self)
{
  ZifuTokens *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (ZifuTokens, 1);
  copy->access = g_strdup (self->access);
  copy->refresh = g_strdup (self->refresh);
  copy->expires_at = self->expires_at;
  return copy;
}

/**
 * zifu_tokens_free:
 * @self: (nullable) (transfer full): tokens
 *
 * Overwrites and frees them.
 */
void
zifu_tokens_free (ZifuTokens *self)
{
  if (self == NULL)
    return;

  _zifu_secret_free (self->access);
  _zifu_secret_free (self->refresh);
  g_free (self);
}

/* A token goes into a header or a form: printable ASCII (RFC 6749, appendix A), and an access token without blanks (RFC 6750). */
static gboolean
is_token (const char *text, char least)
{
  gsize n = 0;

  if (text == NULL)
    return FALSE;
  while (text[n] >= least && text[n] < 0x7f)
    n++;
  return n > 0 && n <= MAX_TOKEN_LENGTH && text[n] == '\0';
}

static gboolean
read_life (JsonObject *object, gint64 received_at, gint64 *expires_at)
{
  JsonNode *node = json_object_get_member (object, "expires_in");
  gint64 life;

  *expires_at = 0;
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  life = json_node_get_int (node);
  *expires_at = received_at + MIN (life, ZIFU_SIGN_IN_MAX_LIFE_S) * G_USEC_PER_SEC;
  return life > 0;
}

/* An issuer says which scope it gave when that is not the one that was asked for. */
static gboolean
may_read (JsonObject *object)
{
  const char *scope = zifu_json_peek_string (object, "scope");
  g_auto (GStrv) words = scope != NULL ? g_strsplit (scope, " ", -1) : NULL;

  return words == NULL || g_strv_contains ((const char *const *) words, "account:read");
}

static void
wipe_member (JsonObject *object, const char *name)
{
  const char *text = zifu_json_peek_string (object, name);

  if (text != NULL)
    explicit_bzero ((gpointer) text, strlen (text));
}

static ZifuTokens *
read_tokens (JsonObject *object, gint64 received_at)
{
  const char *type = zifu_json_peek_string (object, "token_type");
  const char *access = zifu_json_peek_string (object, "access_token");
  const char *refresh = zifu_json_peek_string (object, "refresh_token");
  ZifuTokens *self;
  gint64 expires_at;

  if (type == NULL || g_ascii_strcasecmp (type, "Bearer") != 0 || !is_token (access, '!') ||
      (json_object_has_member (object, "refresh_token") && !is_token (refresh, ' ')) || !read_life (object, received_at, &expires_at))
    return NULL;
  self = g_new0 (ZifuTokens, 1);
  self->access = g_strdup (access);
  self->refresh = g_strdup (refresh);
  self->expires_at = expires_at;
  return self;
}

ZifuTokens *
_zifu_tokens_parse (const ZifuReply *reply, gint64 received_at, GError **error)
{
  g_autoptr (JsonNode) root = _zifu_reply_read_object (reply);
  JsonObject *object = root != NULL ? json_node_get_object (root) : NULL;
  ZifuTokens *self = object != NULL ? read_tokens (object, received_at) : NULL;

  if (self == NULL)
    _zifu_http_fail (error, ZIFU_SYNC_ERROR_BROKEN);
  else if (!may_read (object))
    {
      g_clear_pointer (&self, zifu_tokens_free);
      _zifu_http_fail (error, ZIFU_SYNC_ERROR_REFUSED);
    }
  if (object != NULL)
    {
      wipe_member (object, "access_token");
      wipe_member (object, "refresh_token");
    }
  return self;
}
