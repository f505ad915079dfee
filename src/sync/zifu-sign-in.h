/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-http.h"
#include "zifu-token-store.h"

G_BEGIN_DECLS

/**
 * ZifuIssuer:
 *
 * Where a person signs in, as the issuer's own metadata say.
 */
typedef struct {
  char    *issuer, *authorize_url, *token_url; /* owned */
  char    *device_url, *revoke_url;            /* owned, nullable */
  gboolean sends_iss;                          /* authorization_response_iss_parameter_supported */
} ZifuIssuer;

/**
 * ZifuBrowserFunc:
 * @url: to be opened in the system's browser
 *
 * Called in the thread of the sign-in.
 */
typedef void (*ZifuBrowserFunc) (const char *url, gpointer user_data);

/**
 * ZifuDeviceFunc:
 * @code: to be shown large
 * @url: where it is to be typed
 * @whole_url: (nullable): the same with the code in it
 * @expires_in_s: how long it is good for
 */
typedef void (*ZifuDeviceFunc) (const char *code, const char *url, const char *whole_url, guint expires_in_s, gpointer user_data);

ZifuIssuer *zifu_issuer_discover (ZifuHttp *http, const char *issuer, GCancellable *cancellable, GError **error);
void        zifu_issuer_free (ZifuIssuer *self);

ZifuTokens *zifu_sign_in_with_browser (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *resource,
                                       ZifuBrowserFunc open, gpointer user_data, GCancellable *cancellable, GError **error);
ZifuTokens *zifu_sign_in_with_code (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *resource,
                                    ZifuDeviceFunc show, gpointer user_data, GCancellable *cancellable, GError **error);
ZifuTokens *zifu_sign_in_refresh (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *refresh,
                                  GCancellable *cancellable, GError **error);
gboolean    zifu_sign_out (ZifuHttp *http, const ZifuIssuer *issuer, const char *client_id, const char *refresh, GCancellable *cancellable,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuIssuer, zifu_issuer_free)

G_END_DECLS
