/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sync-private.h"

#include "zifu-json.h"

static char *
read_expiry (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "consent");
  const char *text = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? _zifu_sync_read_text (json_node_get_object (node), "expires_at", 40)
      : NULL;
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  return time != NULL ? g_strdup (text) : NULL;
}

static ZifuFeedPerson *
read_person (const ZifuReply *reply, JsonObject *object, GError **error)
{
  const char *psn_no = _zifu_sync_read_text (object, "psn_no", 30), *psn_name = _zifu_sync_read_text (object, "psn_name", 50);
  ZifuFeedPerson *self;

  if (psn_no == NULL || psn_name == NULL)
    {
      _zifu_http_fail (error, ZIFU_SYNC_ERROR_BROKEN);
      return NULL;
    }
  self = g_new0 (ZifuFeedPerson, 1);
  self->psn_no = g_strdup (psn_no);
  self->psn_name = g_strdup (psn_name);
  self->gend = g_strdup (_zifu_sync_read_text (object, "gend", 6));
  self->brdy = g_strdup (_zifu_sync_read_text (object, "brdy", 10));
  self->consent_expires = read_expiry (object);
  self->etag = g_strdup (reply->etag);
  return self;
}

ZifuFeedPerson *
_zifu_sync_fetch_person (ZifuSyncCall *call, const char *api_base, const char *etag, GError **error)
{
  g_autofree char *url = _zifu_sync_join (api_base, "/v1/person");
  g_autoptr (ZifuReply) reply = _zifu_sync_call_get (call, url, etag, TRUE, error);
  g_autoptr (JsonNode) root = NULL;

  if (reply == NULL)
    return NULL;
  if (reply->status == 304)
    {
      ZifuFeedPerson *same = g_new0 (ZifuFeedPerson, 1);

      same->etag = g_strdup (etag);
      return same;
    }
  root = _zifu_sync_read_object (reply, error);
  return root != NULL ? read_person (reply, json_node_get_object (root), error) : NULL;
}

/**
 * zifu_sync_get_person:
 * @options: how to ask, with tokens
 * @api_base: the address of the data
 * @etag: (nullable): of the document that is known
 * @cancellable: (nullable): stops it
 * @error: return location for an error of #ZifuSyncError, or %G_IO_ERROR_CANCELLED
 *
 * Asks whose account it is, once.  Blocks.
 *
 * Returns: (transfer full) (nullable): the person, or %NULL with an error.  When nothing changed since @etag, all but the etag is %NULL.
 */
ZifuFeedPerson *
zifu_sync_get_person (const ZifuSyncOptions *options, const char *api_base, const char *etag, GCancellable *cancellable, GError **error)
{
  g_auto (ZifuSyncCall) call = { 0 };

  g_return_val_if_fail (options != NULL && ZIFU_IS_HTTP (options->http), NULL);
  g_return_val_if_fail (api_base != NULL, NULL);

  _zifu_sync_call_init (&call, options, cancellable);
  call.patient = FALSE;
  return _zifu_sync_fetch_person (&call, api_base, etag, error);
}

char *
_zifu_sync_hash_person (const char *psn_no)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, psn_no, -1);
}

/**
 * zifu_feed_person_free:
 * @self: (nullable) (transfer full): a person of a source
 */
void
zifu_feed_person_free (ZifuFeedPerson *self)
{
  if (self == NULL)
    return;

  g_free (self->psn_no);
  g_free (self->psn_name);
  g_free (self->gend);
  g_free (self->brdy);
  g_free (self->consent_expires);
  g_free (self->etag);
  g_free (self);
}
