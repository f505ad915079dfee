/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sign-in-private.h"

#include <string.h>

/* What every grant has in common: the form to the token endpoint, what its answer means, and the end of a sign-in. */

ZifuSyncError
_zifu_sign_in_judge (const ZifuReply *reply, ZifuGrant grant)
{
  static const char *const declined[] = { "access_denied", "invalid_client", "invalid_scope", "invalid_target", "unauthorized_client",
                                          "unsupported_grant_type", NULL };

  if (reply->status == 429 || reply->status == 503 || g_strcmp0 (reply->problem, "temporarily_unavailable") == 0)
    return ZIFU_SYNC_ERROR_BUSY;
  if (reply->status < 400 || reply->status >= 500 || reply->problem == NULL)
    return ZIFU_SYNC_ERROR_SERVER;
  if (g_str_equal (reply->problem, "invalid_grant"))
    return grant == ZIFU_GRANT_REFRESH ? ZIFU_SYNC_ERROR_SIGN_IN : ZIFU_SYNC_ERROR_EXPIRED;
  if (g_str_equal (reply->problem, "expired_token"))
    return ZIFU_SYNC_ERROR_EXPIRED;
  if (g_strv_contains (declined, reply->problem))
    return grant == ZIFU_GRANT_REFRESH ? ZIFU_SYNC_ERROR_SIGN_IN : ZIFU_SYNC_ERROR_REFUSED;
  return ZIFU_SYNC_ERROR_SERVER;
}

ZifuTokens *
_zifu_sign_in_ask (ZifuHttp *http, const ZifuIssuer *issuer, ZifuGrant grant, char *form, ZifuReply **reply, GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (ZifuReply) answer = zifu_http_post_form (http, issuer->token_url, form, cancellable, error);
  ZifuTokens *tokens = NULL;

  _zifu_secret_free (form);
  if (answer == NULL)
    return NULL;
  if (answer->status == 200)
    tokens = _zifu_tokens_parse (answer, g_get_monotonic_time (), error);
  else
    _zifu_http_fail (error, _zifu_sign_in_judge (answer, grant));
  _zifu_reply_wipe (answer);
  if (reply != NULL)
    *reply = g_steal_pointer (&answer);
  return tokens;
}

/**
 * zifu_sign_in_refresh:
 * @http: requests
 * @issuer: who gave the token
 * @client_id: this program, as the issuer knows it
 * @refresh: the refresh token; whether it is still good afterwards is the issuer's business
 * @cancellable: (nullable): stops it
 * @error: return location for an error of #ZifuSyncError, or %G_IO_ERROR_CANCELLED
 *
 * Exchanges a refresh token for an access token, once.  ZIFU_SYNC_ERROR_SIGN_IN means that the issuer does not accept it.
 *
 * Returns: (transfer full) (nullable): the tokens, whose refresh token is @refresh when the issuer gave no other; or %NULL with an error
 */
ZifuTokens *
zifu_sign_in_refresh (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *refresh, GCancellable *cancellable,
                      GError **error)
{
  ZifuTokens *tokens;

  g_return_val_if_fail (ZIFU_IS_HTTP (http), NULL);
  g_return_val_if_fail (issuer != NULL && client_id != NULL && refresh != NULL, NULL);

  const ZifuFormField fields[] = {
    { "grant_type", "refresh_token" },
    { "refresh_token", refresh },
    { "client_id", client_id },
  };

  tokens = _zifu_sign_in_ask (http, issuer, ZIFU_GRANT_REFRESH, _zifu_form_encode (fields, G_N_ELEMENTS (fields)), NULL, cancellable,
                              error);
  if (tokens != NULL && tokens->refresh == NULL)
    tokens->refresh = g_strdup (refresh);
  return tokens;
}

/* The issuer cannot take tokens back, or no longer knows this one: then there is nothing left to be done. */
static gboolean
is_revoked (const ZifuReply *reply)
{
  static const char *const fine[] = { "unsupported_token_type", "invalid_token", "invalid_grant", NULL };

  if (reply->status >= 200 && reply->status < 300)
    return TRUE;
  if (reply->status == 404 || reply->status == 405 || reply->status == 501)
    return TRUE;
  return reply->status == 400 && reply->problem != NULL && g_strv_contains (fine, reply->problem);
}

/**
 * zifu_sign_out:
 * @http: requests
 * @issuer: who gave the token
 * @client_id: this program, as the issuer knows it
 * @refresh: the token that shall no longer be good
 * @cancellable: (nullable): stops it
 * @error: return location for an error of #ZifuSyncError, or %G_IO_ERROR_CANCELLED
 *
 * Tells the issuer that a token is no longer used (RFC 7009).  May be repeated; an issuer that cannot take tokens back is no error.
 *
 * Returns: whether the issuer was told, as far as it can be
 */
gboolean
zifu_sign_out (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *refresh, GCancellable *cancellable,
               GError **error)
{
  g_autoptr (ZifuReply) reply = NULL;
  char *form;

  g_return_val_if_fail (ZIFU_IS_HTTP (http), FALSE);
  g_return_val_if_fail (issuer != NULL && client_id != NULL && refresh != NULL, FALSE);

  const ZifuFormField fields[] = {
    { "token", refresh },
    { "token_type_hint", "refresh_token" },
    { "client_id", client_id },
  };

  if (issuer->revoke_url == NULL)
    return TRUE;
  form = _zifu_form_encode (fields, G_N_ELEMENTS (fields));
  reply = zifu_http_post_form (http, issuer->revoke_url, form, cancellable, error);
  _zifu_secret_free (form);
  if (reply == NULL)
    return FALSE;
  if (is_revoked (reply))
    return TRUE;
  return _zifu_http_fail (error, _zifu_sign_in_judge (reply, ZIFU_GRANT_CODE));
}
