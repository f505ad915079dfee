/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-token-source.h"

G_DEFINE_INTERFACE (ZifuTokenSource, zifu_token_source, G_TYPE_OBJECT)

static void
zifu_token_source_default_init (ZifuTokenSourceInterface *iface)
{
}

/**
 * zifu_token_source_get_token:
 * @self: a source
 * @refused: (nullable): the token that the server did not accept
 * @cancellable: (nullable): stops it
 * @error: return location for an error of #ZifuSyncError, or #GIOErrorEnum when cancelled
 *
 * Asks for an access token.  With @refused, a source that already has another one gives that, and renews it otherwise.  Blocks.
 *
 * Returns: (transfer full) (nullable): the token, or %NULL with an error
 */
char *
zifu_token_source_get_token (ZifuTokenSource *self, const char *refused, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ZIFU_IS_TOKEN_SOURCE (self), NULL);

  return ZIFU_TOKEN_SOURCE_GET_IFACE (self)->get_token (self, refused, cancellable, error);
}
