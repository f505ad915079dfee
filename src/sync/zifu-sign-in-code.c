/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sign-in-private.h"

#include <string.h>

#include "zifu-json.h"

/* RFC 8628, in seconds. */
#define DEFAULT_INTERVAL 5
#define SLOW_DOWN 5
#define MAX_INTERVAL 60
#define MAX_LIFE (60 * 60)
#define MAX_USER_CODE_LENGTH 64

#define GRANT_TYPE "urn:ietf:params:oauth:grant-type:device_code"

/* What the issuer said when asked for a code. */
typedef struct {
  char  *device_code;            /* secret */
  char  *user_code, *url;
  char  *whole_url;              /* nullable */
  guint  expires_in, interval;   /* in seconds */
} Device;

static void
device_free (Device *self)
{
  _zifu_secret_free (self->device_code);
  g_free (self->user_code);
  g_free (self->url);
  g_free (self->whole_url);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Device, device_free)

/* A number of seconds from 1 to @most, or @missing when there is none; 0 when there is something else. */
static guint
read_seconds (JsonObject *object, const char *name, guint missing, guint most)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return missing;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return 0;
  return (guint) CLAMP (json_node_get_int (node), 0, (gint64) most);
}

static gboolean
is_plain (const char *text, gsize max_length)
{
  gsize n = 0;

  if (text == NULL)
    return FALSE;
  while (text[n] >= ' ' && text[n] < 0x7f)
    n++;
  return n > 0 && n <= max_length && text[n] == '\0';
}

/* A code that a person reads and types: no letters from elsewhere that only look alike. */
static Device *
read_device (JsonObject *object, const ZifuIssuer *issuer)
{
  const char *device_code = zifu_json_peek_string (object, "device_code"), *user_code = zifu_json_peek_string (object, "user_code");
  const char *url = zifu_json_peek_string (object, "verification_uri");
  const char *whole_url = zifu_json_peek_string (object, "verification_uri_complete");
  g_autoptr (Device) self = g_new0 (Device, 1);

  self->expires_in = read_seconds (object, "expires_in", 0, MAX_LIFE);
  self->interval = read_seconds (object, "interval", DEFAULT_INTERVAL, MAX_INTERVAL);
  if (!is_plain (device_code, 4096) || !is_plain (user_code, MAX_USER_CODE_LENGTH) || self->expires_in == 0 || self->interval == 0 ||
      url == NULL || !_zifu_issuer_check_url (issuer->issuer, url))
    return NULL;
  self->device_code = g_strdup (device_code);
  self->user_code = g_strdup (user_code);
  self->url = g_strdup (url);
  if (whole_url != NULL && _zifu_issuer_check_url (issuer->issuer, whole_url))
    self->whole_url = g_strdup (whole_url);
  return g_steal_pointer (&self);
}

static Device *
ask_for_device (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *resource, GCancellable *cancellable,
                GError **error)
{
  const ZifuFormField fields[] = {
    { "client_id", client_id },
    { "scope", ZIFU_SIGN_IN_SCOPE },
    { "prompt", "consent" },
    { "resource", resource },
  };
  g_autofree char *form = _zifu_form_encode (fields, G_N_ELEMENTS (fields));
  g_autoptr (ZifuReply) reply = zifu_http_post_form (http, issuer->device_url, form, cancellable, error);
  g_autoptr (JsonNode) root = NULL;
  Device *device;

  if (reply == NULL)
    return NULL;
  if (reply->status != 200)
    {
      _zifu_http_fail (error, _zifu_sign_in_judge (reply, ZIFU_GRANT_DEVICE));
      return NULL;
    }
  root = _zifu_reply_read_object (reply);
  device = root != NULL ? read_device (json_node_get_object (root), issuer) : NULL;
  if (device == NULL)
    _zifu_http_fail (error, ZIFU_SYNC_ERROR_BROKEN);
  return device;
}

static gboolean
on_over (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
wait_until (gint64 time, GCancellable *cancellable, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) timeout = g_timeout_source_new (0);
  g_autoptr (GSource) watch = cancellable != NULL ? g_cancellable_source_new (cancellable) : NULL;
  gboolean over = FALSE;

  g_source_set_ready_time (timeout, time);
  g_source_set_callback (timeout, on_over, &over, NULL);
  g_source_attach (timeout, context);
  if (watch != NULL)
    {
      g_source_set_callback (watch, G_SOURCE_FUNC (on_cancelled), &over, NULL);
      g_source_attach (watch, context);
    }
  while (!over)
    g_main_context_iteration (context, TRUE);
  g_source_destroy (timeout);
  if (watch != NULL)
    g_source_destroy (watch);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static ZifuTokens *
ask_for_tokens (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *resource, const Device *device,
                ZifuReply **reply, GCancellable *cancellable, GError **error)
{
  const ZifuFormField fields[] = {
    { "grant_type", GRANT_TYPE },
    { "device_code", device->device_code },
    { "client_id", client_id },
    { "resource", resource },
  };

  return _zifu_sign_in_ask (http, issuer, ZIFU_GRANT_DEVICE, _zifu_form_encode (fields, G_N_ELEMENTS (fields)), reply, cancellable, error);
}

/* A network that goes away for a while, or a server under maintenance, does not end what a person is about to do elsewhere. */
static gboolean
goes_on (const GError *failed, const ZifuReply *reply, guint *interval)
{
  const char *problem = reply != NULL ? reply->problem : NULL;

  if (g_strcmp0 (problem, "authorization_pending") == 0)
    return TRUE;
  if (g_strcmp0 (problem, "slow_down") == 0 || g_error_matches (failed, ZIFU_SYNC_ERROR, ZIFU_SYNC_ERROR_TIMED_OUT))
    {
      *interval += SLOW_DOWN;
      return TRUE;
    }
  if (reply != NULL && reply->retry_after_s > *interval)
    *interval = (guint) MIN (reply->retry_after_s, MAX_INTERVAL);
  return g_error_matches (failed, ZIFU_SYNC_ERROR, ZIFU_SYNC_ERROR_OFFLINE) ||
         g_error_matches (failed, ZIFU_SYNC_ERROR, ZIFU_SYNC_ERROR_BUSY) ||
         (g_error_matches (failed, ZIFU_SYNC_ERROR, ZIFU_SYNC_ERROR_SERVER) && (reply == NULL || reply->status >= 500));
}

static ZifuTokens *
poll (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *resource, const Device *device, gint64 second,
      GCancellable *cancellable, GError **error)
{
  gint64 end = g_get_monotonic_time () + device->expires_in * second;
  guint interval = device->interval;

  for (;;)
    {
      gint64 next = g_get_monotonic_time () + interval * second;
      g_autoptr (ZifuReply) reply = NULL;
      g_autoptr (GError) failed = NULL;
      ZifuTokens *tokens;

      if (!wait_until (MIN (next, end), cancellable, error))
        return NULL;
      if (next > end)
        break;
      tokens = ask_for_tokens (http, issuer, client_id, resource, device, &reply, cancellable, &failed);
      if (tokens != NULL)
        return tokens;
      if (!goes_on (failed, reply, &interval))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
    }
  _zifu_http_fail (error, ZIFU_SYNC_ERROR_EXPIRED);
  return NULL;
}

ZifuTokens *
_zifu_sign_in_with_code (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *resource, ZifuDeviceFunc show,
                         gpointer user_data, guint second_ms, GCancellable *cancellable, GError **error)
{
  g_autoptr (Device) device = NULL;

  if (issuer->device_url == NULL)
    {
      _zifu_http_fail (error, ZIFU_SYNC_ERROR_VERSION);
      return NULL;
    }
  device = ask_for_device (http, issuer, client_id, resource, cancellable, error);
  if (device == NULL)
    return NULL;
  show (device->user_code, device->url, device->whole_url, device->expires_in, user_data);
  return poll (http, issuer, client_id, resource, device, second_ms * G_GINT64_CONSTANT (1000), cancellable, error);
}

/**
 * zifu_sign_in_with_code:
 * @http: requests
 * @issuer: who signs the person in
 * @client_id: this program, as the issuer knows it
 * @resource: (nullable): what the tokens shall be good for (RFC 8707)
 * @show: (scope call): shows the code, once, before the wait begins
 * @user_data: for @show
 * @cancellable: (nullable): stops it at any time
 * @error: return location for an error of #ZifuSyncError, or %G_IO_ERROR_CANCELLED
 *
 * Signs a person in who types a code on any device (RFC 8628).  Blocks until that is done, declined (ZIFU_SYNC_ERROR_REFUSED) or too late
 * (ZIFU_SYNC_ERROR_EXPIRED); a network that is away meanwhile is waited for.  ZIFU_SYNC_ERROR_VERSION: this issuer gives no codes.
 *
 * Returns: (transfer full) (nullable): the tokens, or %NULL with an error
 */
ZifuTokens *
zifu_sign_in_with_code (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *resource, ZifuDeviceFunc show,
                        gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ZIFU_IS_HTTP (http), NULL);
  g_return_val_if_fail (issuer != NULL && client_id != NULL && show != NULL, NULL);

  return _zifu_sign_in_with_code (http, issuer, client_id, resource, show, user_data, 1000, cancellable, error);
}
