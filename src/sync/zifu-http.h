/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "zifu-sync-error.h"

G_BEGIN_DECLS

/**
 * ZifuReply:
 *
 * One whole answer of a server.
 */
typedef struct {
  guint   status;
  char   *media_type;    /* owned, nullable: without parameters, lower case */
  char   *etag;          /* owned, nullable */
  char   *problem;       /* owned, nullable: what follows urn:yibao:problem: in a problem document, or its "error" of OAuth */
  gint64  retry_after_s; /* -1 = not said; at most 3600 */
  gint64  clock_skew_s;  /* clock of the server minus ours; 0 when it does not say */
  GBytes *body;          /* owned: decoded; a NUL stands behind it */
} ZifuReply;

/**
 * ZifuHttp:
 *
 * Careful requests over a #SoupSession: https only (http only to 127.0.0.1 and ::1), TLS 1.2 at least, no redirect, a deadline of its own
 * for each request, bodies of a bounded size.  All calls block; they belong into a thread, and a ZifuHttp stays in the one that made it.
 */
#define ZIFU_TYPE_HTTP (zifu_http_get_type ())
G_DECLARE_FINAL_TYPE (ZifuHttp, zifu_http, ZIFU, HTTP, GObject)

void       zifu_http_prepare (void);
ZifuHttp  *zifu_http_new (SoupSession *session);
SoupSession *zifu_http_new_session (void);
void       zifu_http_set_deadline (ZifuHttp *self, guint milliseconds);
void       zifu_http_set_pause (ZifuHttp *self, guint milliseconds);
ZifuReply *zifu_http_get (ZifuHttp *self, const char *url, const char *token, const char *etag, gsize max_bytes, GCancellable *cancellable,
                          GError **error);
ZifuReply *zifu_http_post_form (ZifuHttp *self, const char *url, const char *form, GCancellable *cancellable, GError **error);
gboolean   zifu_http_check_address (const char *url, GError **error);
void       zifu_reply_free (ZifuReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuReply, zifu_reply_free)

G_END_DECLS
