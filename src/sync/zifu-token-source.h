/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ZifuTokenSource:
 *
 * Gives access tokens.  Safe to use from several threads; one refresh at a time.
 */
#define ZIFU_TYPE_TOKEN_SOURCE (zifu_token_source_get_type ())
G_DECLARE_INTERFACE (ZifuTokenSource, zifu_token_source, ZIFU, TOKEN_SOURCE, GObject)

struct _ZifuTokenSourceInterface {
  GTypeInterface parent_iface;

  char *(*get_token) (ZifuTokenSource *self, const char *refused, GCancellable *cancellable, GError **error);
};

char *zifu_token_source_get_token (ZifuTokenSource *self, const char *refused, GCancellable *cancellable, GError **error);

G_END_DECLS
