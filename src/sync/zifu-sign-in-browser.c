/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sign-in-private.h"

#include <string.h>

/* 32 bytes make a verifier of 43 characters, the least that RFC 7636 allows and as much as SHA-256 can use. */
#define SECRET_BYTES 32

/* An address of an issuer may have a query already. */
static char *
make_url (const ZifuIssuer *issuer, const char *client_id, const char *resource, const char *redirect, const char *state,
          const char *challenge)
{
  const ZifuFormField fields[] = {
    { "response_type", "code" },
    { "client_id", client_id },
    { "redirect_uri", redirect },
    { "scope", ZIFU_SIGN_IN_SCOPE },
    { "state", state },
    { "code_challenge", challenge },
    { "code_challenge_method", "S256" },
    /* Whoever speaks OpenID Connect gives no refresh token without asking the person. */
    { "prompt", "consent" },
    { "resource", resource },
  };
  g_autofree char *query = _zifu_form_encode (fields, G_N_ELEMENTS (fields));

  return g_strconcat (issuer->authorize_url, strchr (issuer->authorize_url, '?') != NULL ? "&" : "?", query, NULL);
}

static ZifuTokens *
exchange_code (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *resource, const char *redirect,
               const char *verifier, const char *code, GCancellable *cancellable, GError **error)
{
  const ZifuFormField fields[] = {
    { "grant_type", "authorization_code" },
    { "code", code },
    { "redirect_uri", redirect },
    { "client_id", client_id },
    { "code_verifier", verifier },
    { "resource", resource },
  };

  return _zifu_sign_in_ask (http, issuer, ZIFU_GRANT_CODE, _zifu_form_encode (fields, G_N_ELEMENTS (fields)), NULL, cancellable, error);
}

ZifuTokens *
_zifu_sign_in_with_browser (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *resource, ZifuBrowserFunc open,
                            gpointer user_data, guint wait_ms, GCancellable *cancellable, GError **error)
{
  g_autoptr (ZifuListener) listener = NULL;
  g_autofree char *redirect = NULL, *url = NULL, *challenge = NULL;
  char *state, *verifier, *code;
  ZifuTokens *tokens = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  listener = _zifu_listener_new (error);
  if (listener == NULL)
    return NULL;
  state = _zifu_secret_random (SECRET_BYTES);
  verifier = _zifu_secret_random (SECRET_BYTES);
  challenge = _zifu_secret_challenge (verifier);
  redirect = g_strdup (_zifu_listener_get_redirect (listener));
  url = make_url (issuer, client_id, resource, redirect, state, challenge);
  open (url, user_data);
  code = _zifu_listener_wait (listener, issuer, state, wait_ms, cancellable, error);
  /* Nothing listens any more while the code is exchanged. */
  g_clear_pointer (&listener, _zifu_listener_free);
  if (code != NULL)
    tokens = exchange_code (http, issuer, client_id, resource, redirect, verifier, code, cancellable, error);
  _zifu_secret_free (code);
  _zifu_secret_free (verifier);
  _zifu_secret_free (state);
  return tokens;
}

/**
 * zifu_sign_in_with_browser:
 * @http: requests
 * @issuer: who signs the person in
 * @client_id: this program, as the issuer knows it
 * @resource: (nullable): what the tokens shall be good for (RFC 8707)
 * @open: (scope call): opens an address in the browser of the system; must not wait for it
 * @user_data: for @open
 * @cancellable: (nullable): stops it
 * @error: return location for an error of #ZifuSyncError, %G_IO_ERROR_CANCELLED, or %G_IO_ERROR_FAILED when nothing can listen here
 *
 * Signs a person in with the browser of the system: a code with PKCE that comes back to a port of 127.0.0.1, which is open only meanwhile
 * and for five minutes at most (RFC 8252).  Blocks.  ZIFU_SYNC_ERROR_REFUSED means that the person or the issuer did not agree,
 * ZIFU_SYNC_ERROR_EXPIRED that it took too long, ZIFU_SYNC_ERROR_UNTRUSTED that the answer is another issuer's.
 *
 * Returns: (transfer full) (nullable): the tokens, or %NULL with an error
 */
ZifuTokens *
zifu_sign_in_with_browser (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *resource, ZifuBrowserFunc open,
                           gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ZIFU_IS_HTTP (http), NULL);
  g_return_val_if_fail (issuer != NULL && client_id != NULL && open != NULL, NULL);

  return _zifu_sign_in_with_browser (http, issuer, client_id, resource, open, user_data, ZIFU_SIGN_IN_WAIT_MS, cancellable, error);
}
