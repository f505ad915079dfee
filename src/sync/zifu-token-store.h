/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-sync-error.h"

G_BEGIN_DECLS

/**
 * ZifuTokens:
 *
 * What an issuer gave.  @refresh is stored; @access lives in memory only.
 */
typedef struct {
  char  *access;     /* owned, nullable */
  char  *refresh;    /* owned, nullable */
  gint64 expires_at; /* of @access, monotonic microseconds; 0 = not said */
} ZifuTokens;

ZifuTokens *zifu_tokens_copy (const ZifuTokens *self);
void        zifu_tokens_free (ZifuTokens *self);

/**
 * ZifuTokenStore:
 *
 * Keeps refresh tokens in the Secret Service (inside a Flatpak: the portal), and where there is none, in memory for this run only.
 */
#define ZIFU_TYPE_TOKEN_STORE (zifu_token_store_get_type ())
G_DECLARE_FINAL_TYPE (ZifuTokenStore, zifu_token_store, ZIFU, TOKEN_STORE, GObject)

ZifuTokenStore *zifu_token_store_new (void);
ZifuTokenStore *zifu_token_store_new_in_memory (void);
gboolean        zifu_token_store_is_lasting (ZifuTokenStore *self, GCancellable *cancellable);
gboolean        zifu_token_store_save (ZifuTokenStore *self, const char *key, const char *refresh, GCancellable *cancellable,
                                       GError **error);
char           *zifu_token_store_load (ZifuTokenStore *self, const char *key, GCancellable *cancellable, GError **error);
gboolean        zifu_token_store_delete (ZifuTokenStore *self, const char *key, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuTokens, zifu_tokens_free)

G_END_DECLS
