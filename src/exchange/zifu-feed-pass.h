/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-feed.h"
#include "zifu-feed-verdict.h"
#include "zifu-ledger-connections.h"

G_BEGIN_DECLS

/**
 * ZifuFeedPass:
 *
 * One way through the pages of a source, from the state that was kept to its end.  Each page is written together with its state in one
 * transaction; a full pass goes beside what is there and takes its place at the end.  Killed at any moment, the next pass goes on.
 */
typedef struct _ZifuFeedPass ZifuFeedPass;

ZifuFeedPass *zifu_feed_pass_begin (ZifuLedger *ledger, gint64 connection_id, gboolean full, GError **error);
gboolean      zifu_feed_pass_is_full (const ZifuFeedPass *self);
void          zifu_feed_pass_set_regions (ZifuFeedPass *self, const char *const *regions);
const char   *zifu_feed_pass_get_state (const ZifuFeedPass *self);
guint         zifu_feed_pass_get_n_entries (const ZifuFeedPass *self);
gboolean      zifu_feed_pass_apply (ZifuFeedPass *self, const char *text, gsize length, gboolean *has_more, GError **error);
gboolean      zifu_feed_pass_rewind (ZifuFeedPass *self, GError **error);
ZifuFeedVerdict *zifu_feed_pass_finish (ZifuFeedPass *self, gint64 now, GError **error);
void          zifu_feed_pass_free (ZifuFeedPass *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuFeedPass, zifu_feed_pass_free)

G_END_DECLS
