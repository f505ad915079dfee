/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-http.h"

G_BEGIN_DECLS

/*
 * _zifu_http_fail:
 *
 * Sets an error of #ZifuSyncError with the text that belongs to @code.  Nothing of what a server sent gets into it.
 *
 * Returns: %FALSE
 */
gboolean _zifu_http_fail (GError **error, ZifuSyncError code);

/* _zifu_http_parse_address: Returns: (transfer full) (nullable): a request's address when it is safe to send to, or %NULL with an error */
GUri    *_zifu_http_parse_address (const char *url, GError **error);

/* _zifu_http_is_loopback: Returns: whether @host, as #GUri has it, is this computer by its number */
gboolean _zifu_http_is_loopback (const char *host);

/* _zifu_http_same_origin: Returns: whether two addresses have the same scheme, host and port */
gboolean _zifu_http_same_origin (const char *a, const char *b);

/* _zifu_http_direct_loopback: Returns: (transfer full): @inner, except that nothing for this computer itself goes through a proxy */
GProxyResolver *_zifu_http_direct_loopback (GProxyResolver *inner);

/* _zifu_reply_new: Returns: (transfer full): what @message was answered; takes @body */
ZifuReply *_zifu_reply_new (SoupMessage *message, GByteArray *body, gint64 now);

G_END_DECLS
