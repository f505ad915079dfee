/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-sign-in.h"
#include "zifu-token-source.h"

G_BEGIN_DECLS

/**
 * ZifuAccountTokens:
 *
 * The tokens of one connection: a #ZifuTokenSource that refreshes by rotation.  A new refresh token is stored before the new access token
 * is used.
 */
#define ZIFU_TYPE_ACCOUNT_TOKENS (zifu_account_tokens_get_type ())
G_DECLARE_FINAL_TYPE (ZifuAccountTokens, zifu_account_tokens, ZIFU, ACCOUNT_TOKENS, GObject)

ZifuAccountTokens *zifu_account_tokens_new (ZifuTokenStore *store, const char *key, const char *issuer, const char *client_id);
void               zifu_account_tokens_set_trust (ZifuAccountTokens *self, GTlsDatabase *trust);
gboolean           zifu_account_tokens_keep (ZifuAccountTokens *self, const ZifuTokens *tokens, GCancellable *cancellable, GError **error);
gboolean           zifu_account_tokens_sign_out (ZifuAccountTokens *self, GCancellable *cancellable, GError **error);

G_END_DECLS
