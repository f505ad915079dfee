/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sync-private.h"

#include "zifu-json.h"

#define MAX_ADDRESS 2048
#define MAX_INTERVAL_S (30 * 24 * 3600)
#define MAX_LIMIT 500

/*
 * Whom we believe.  The person chose the base address; what its document says came over a connection that proved to be that address, so it
 * may name an issuer and a server of the data elsewhere: national sign-in and regional data do live at different hosts, and the person sees
 * the issuer's own address in the browser.  Both must be https; plain http to this computer is followed only from a base on this computer,
 * so that no server of the world can point us at what listens here.
 *
 * That choice is made once.  When a later document names another issuer or another origin (scheme, host, port) of the data, nothing is
 * sent there: whoever took over the base address for an hour must not receive the tokens that are in use.  The person connects again.
 */
static gboolean
check_named_address (const char *base_url, const char *named)
{
  g_autoptr (GUri) base = _zifu_http_parse_address (base_url, NULL);
  g_autoptr (GUri) uri = NULL;

  if (base == NULL || named == NULL || !zifu_http_check_address (named, NULL))
    return FALSE;
  uri = _zifu_http_parse_address (named, NULL);
  return !_zifu_http_is_loopback (g_uri_get_host (uri)) || _zifu_http_is_loopback (g_uri_get_host (base));
}

static gboolean
speaks_our_version (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "versions");
  JsonArray *versions = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; versions != NULL && i < json_array_get_length (versions); i++)
    {
      JsonNode *version = json_array_get_element (versions, i);
      const char *text = JSON_NODE_HOLDS_VALUE (version) && json_node_get_value_type (version) == G_TYPE_STRING
          ? json_node_get_string (version)
                                                                                                               : "";

      if (g_str_equal (text, "1") || g_str_has_prefix (text, "1."))
        return TRUE;
    }
  return FALSE;
}

static ZifuProfileAnswer
read_answer (JsonObject *object, const char *name)
{
  JsonNode *profile = json_object_get_member (object, "profile");
  JsonNode *node = profile != NULL && JSON_NODE_HOLDS_OBJECT (profile) ? json_object_get_member (json_node_get_object (profile), name)
      : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return ZIFU_PROFILE_UNKNOWN;
  return json_node_get_boolean (node) ? ZIFU_PROFILE_YES : ZIFU_PROFILE_NO;
}

static guint
read_number (JsonObject *object, const char *name, gint64 max)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return 0;
  return (guint) CLAMP (json_node_get_int (node), 0, max);
}

static ZifuDiscovery *
read_discovery (const char *base_url, JsonObject *object, GError **error)
{
  g_autoptr (ZifuDiscovery) self = g_new0 (ZifuDiscovery, 1);
  const char *issuer = _zifu_sync_read_text (object, "issuer", MAX_ADDRESS);
  const char *api_base = _zifu_sync_read_text (object, "api_base", MAX_ADDRESS);

  if (!speaks_our_version (object))
    {
      _zifu_http_fail (error, json_object_has_member (object, "versions") ? ZIFU_SYNC_ERROR_VERSION : ZIFU_SYNC_ERROR_BROKEN);
      return NULL;
    }
  if (!check_named_address (base_url, issuer) || !check_named_address (base_url, api_base))
    {
      _zifu_http_fail (error, ZIFU_SYNC_ERROR_UNTRUSTED);
      return NULL;
    }
  self->issuer = g_strdup (issuer);
  self->api_base = g_strdup (api_base);
  self->max_limit = read_number (object, "max_limit", MAX_LIMIT);
  self->min_interval_s = read_number (object, "min_interval_s", MAX_INTERVAL_S);
  self->fund_includes_acct = read_answer (object, "fund_includes_acct");
  self->acct_includes_mulaid = read_answer (object, "acct_includes_mulaid");
  self->hosp_part_within_psn_part = read_answer (object, "hosp_part_within_psn_part");
  return g_steal_pointer (&self);
}

ZifuDiscovery *
_zifu_sync_discover (ZifuSyncCall *call, const char *base_url, GError **error)
{
  g_autofree char *url = _zifu_sync_join (base_url, "/.well-known/yibao-configuration");
  g_autoptr (ZifuReply) reply = NULL;
  g_autoptr (JsonNode) root = NULL;
  ZifuDiscovery *discovery;

  if (!zifu_http_check_address (base_url, error))
    return NULL;
  reply = _zifu_sync_call_get (call, url, NULL, FALSE, error);
  root = reply != NULL ? _zifu_sync_read_object (reply, error) : NULL;
  discovery = root != NULL ? read_discovery (base_url, json_node_get_object (root), error) : NULL;
  if (discovery != NULL)
    discovery->clock_skew_s = call->skew_s;
  return discovery;
}

/**
 * zifu_sync_discover:
 * @http: how to ask
 * @base_url: the address of a provider, as a person typed it
 * @cancellable: (nullable): stops it
 * @error: return location for an error of #ZifuSyncError, or %G_IO_ERROR_CANCELLED
 *
 * Asks a provider what it is, once and without a token.  Blocks.
 *
 * Returns: (transfer full) (nullable): its answer, or %NULL with an error
 */
ZifuDiscovery *
zifu_sync_discover (ZifuHttp *http, const char *base_url, GCancellable *cancellable, GError **error)
{
  const ZifuSyncOptions options = { .http = http };
  g_auto (ZifuSyncCall) call = { 0 };

  g_return_val_if_fail (ZIFU_IS_HTTP (http), NULL);
  g_return_val_if_fail (base_url != NULL, NULL);

  _zifu_sync_call_init (&call, &options, cancellable);
  call.patient = FALSE;
  return _zifu_sync_discover (&call, base_url, error);
}

/*
 * _zifu_sync_adopt:
 *
 * Takes over what the provider says of itself today, unless it sends us to somebody else than the one who was connected.
 */
gboolean
_zifu_sync_adopt (ZifuConnection *connection, const ZifuDiscovery *discovery, GError **error)
{
  if ((connection->issuer != NULL && !g_str_equal (connection->issuer, discovery->issuer)) ||
      (connection->api_base != NULL && !_zifu_http_same_origin (connection->api_base, discovery->api_base)))
    return _zifu_http_fail (error, ZIFU_SYNC_ERROR_REDIRECTED);
  g_free (connection->issuer);
  connection->issuer = g_strdup (discovery->issuer);
  g_free (connection->api_base);
  connection->api_base = g_strdup (discovery->api_base);
  connection->max_limit = discovery->max_limit;
  connection->min_interval_s = discovery->min_interval_s;
  connection->fund_includes_acct = discovery->fund_includes_acct;
  connection->acct_includes_mulaid = discovery->acct_includes_mulaid;
  connection->hosp_part_within_psn_part = discovery->hosp_part_within_psn_part;
  return TRUE;
}

/**
 * zifu_discovery_free:
 * @self: (nullable) (transfer full): what a provider said
 */
void
zifu_discovery_free (ZifuDiscovery *self)
{
  if (self == NULL)
    return;

  g_free (self->issuer);
  g_free (self->api_base);
  g_free (self);
}
