/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sign-in-private.h"

#include <string.h>

#include "zifu-json.h"

#define MAX_METADATA_BYTES (256 * 1024)

gboolean
_zifu_issuer_check_url (const char *issuer, const char *url)
{
  g_autoptr (GUri) here = _zifu_http_parse_address (issuer, NULL);
  g_autoptr (GUri) there = _zifu_http_parse_address (url, NULL);

  if (here == NULL || there == NULL)
    return FALSE;
  /* An issuer out in the world must not send us, or what is secret, to a program on this computer in the clear. */
  return g_str_equal (g_uri_get_scheme (there), "https") || _zifu_http_is_loopback (g_uri_get_host (here));
}

/* Where the document may lie: RFC 8414 puts its name before the path of the issuer, OpenID Connect behind it. */
static char *
make_address (const char *issuer, gboolean before)
{
  const char *host = strstr (issuer, "://") + 3;
  const char *path = host + strcspn (host, "/");
  g_autofree char *origin = g_strndup (issuer, (gsize) (path - issuer));
  gsize length = strlen (path);

  while (length > 0 && path[length - 1] == '/')
    length--;
  if (before)
    return g_strdup_printf ("%s/.well-known/oauth-authorization-server%.*s", origin, (int) length, path);
  return g_strdup_printf ("%s%.*s/.well-known/openid-configuration", origin, (int) length, path);
}

/* A list that is not there says nothing; one that is there must be a list with @wanted in it. */
static gboolean
offers (JsonObject *object, const char *name, const char *wanted)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *list;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *element = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_VALUE (element) && g_strcmp0 (json_node_get_string (element), wanted) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_url (JsonObject *object, const char *name, const char *issuer, gboolean needed, char **url)
{
  const char *text = zifu_json_peek_string (object, name);

  if (!json_object_has_member (object, name))
    return !needed;
  if (text == NULL || !_zifu_issuer_check_url (issuer, text))
    return FALSE;
  *url = g_strdup (text);
  return TRUE;
}

static ZifuIssuer *
read_metadata (JsonObject *object, const char *issuer, GError **error)
{
  g_autoptr (ZifuIssuer) self = g_new0 (ZifuIssuer, 1);
  const char *name = "authorization_response_iss_parameter_supported";
  JsonNode *sends_iss = json_object_get_member (object, name);

  /* Whoever answers for another issuer may be one that collects what belongs to that one. */
  if (g_strcmp0 (zifu_json_peek_string (object, "issuer"), issuer) != 0)
    {
      _zifu_http_fail (error, ZIFU_SYNC_ERROR_UNTRUSTED);
      return NULL;
    }
  self->issuer = g_strdup (issuer);
  if (!read_url (object, "authorization_endpoint", issuer, TRUE, &self->authorize_url) ||
      !read_url (object, "token_endpoint", issuer, TRUE, &self->token_url) ||
      !read_url (object, "device_authorization_endpoint", issuer, FALSE, &self->device_url) ||
      !read_url (object, "revocation_endpoint", issuer, FALSE, &self->revoke_url))
    {
      _zifu_http_fail (error, ZIFU_SYNC_ERROR_BROKEN);
      return NULL;
    }
  if (!offers (object, "code_challenge_methods_supported", "S256") || !offers (object, "response_types_supported", "code"))
    {
      _zifu_http_fail (error, ZIFU_SYNC_ERROR_VERSION);
      return NULL;
    }
  self->sends_iss = sends_iss != NULL && JSON_NODE_HOLDS_VALUE (sends_iss) && json_node_get_boolean (sends_iss);
  return g_steal_pointer (&self);
}

/* %NULL without an error: there is no such document at this place. */
static JsonNode *
fetch (ZifuHttp *http, const char *url, GCancellable *cancellable, GError **error)
{
  g_autoptr (ZifuReply) reply = zifu_http_get (http, url, NULL, NULL, MAX_METADATA_BYTES, cancellable, error);

  if (reply == NULL)
    return NULL;
  if (reply->status == 429 || reply->status == 503)
    _zifu_http_fail (error, ZIFU_SYNC_ERROR_BUSY);
  else if (reply->status >= 500)
    _zifu_http_fail (error, ZIFU_SYNC_ERROR_SERVER);
  else if (reply->status == 200 && g_strcmp0 (reply->media_type, "application/json") == 0)
    {
      JsonNode *root = _zifu_reply_read_object (reply);

      if (root == NULL)
        _zifu_http_fail (error, ZIFU_SYNC_ERROR_BROKEN);
      return root;
    }
  return NULL;
}

/**
 * zifu_issuer_discover:
 * @http: requests
 * @issuer: who signs people in, as the provider names it
 * @cancellable: (nullable): stops it
 * @error: return location for an error of #ZifuSyncError, or %G_IO_ERROR_CANCELLED
 *
 * Fetches what an issuer says of itself (RFC 8414, and OpenID Connect Discovery where that is missing).  A document that names another
 * issuer is ZIFU_SYNC_ERROR_UNTRUSTED; one without the endpoints or with endpoints that are not safe is ZIFU_SYNC_ERROR_BROKEN; an issuer
 * without PKCE by S256 is ZIFU_SYNC_ERROR_VERSION.
 *
 * Returns: (transfer full) (nullable): the issuer, or %NULL with an error
 */
ZifuIssuer *
zifu_issuer_discover (ZifuHttp *http, const char *issuer, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ZIFU_IS_HTTP (http), NULL);
  g_return_val_if_fail (issuer != NULL, NULL);

  if (!zifu_http_check_address (issuer, error))
    return NULL;
  for (int before = TRUE; before >= FALSE; before--)
    {
      g_autofree char *url = make_address (issuer, before);
      g_autoptr (GError) failed = NULL;
      g_autoptr (JsonNode) root = fetch (http, url, cancellable, &failed);

      if (root != NULL)
        return read_metadata (json_node_get_object (root), issuer, error);
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
    }
  _zifu_http_fail (error, ZIFU_SYNC_ERROR_SERVER);
  return NULL;
}

/**
 * zifu_issuer_free:
 * @self: (nullable) (transfer full): an issuer
 *
 * Frees it.
 */
void
zifu_issuer_free (ZifuIssuer *self)
{
  if (self == NULL)
    return;

  g_free (self->issuer);
  g_free (self->authorize_url);
  g_free (self->token_url);
  g_free (self->device_url);
  g_free (self->revoke_url);
  g_free (self);
}
