/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-feed-verdict.h"
#include "zifu-ledger.h"

G_BEGIN_DECLS

/**
 * ZifuFeedBill:
 *
 * What a source says of the visit behind an entry of the history.
 */
typedef struct {
  gint64     connection_id; /* 0 = the entry came from no provider */
  char      *setl_id;       /* owned, nullable: the settlement at the source; %NULL = there is none, or it was taken back */
  GPtrArray *marks;         /* owned, of ZifuFeedMark: where this bill, its reversal or this movement do not add up */
} ZifuFeedBill;

ZifuFeedBill *zifu_feed_find_bill (ZifuLedger *ledger, gint64 entry_id, GError **error);
void          zifu_feed_bill_free (ZifuFeedBill *self);
GHashTable   *zifu_feed_find_doubtful (ZifuLedger *ledger, GPtrArray *entries, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuFeedBill, zifu_feed_bill_free)

G_END_DECLS
