/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger-connections.h"
#include "zifu-money.h"

G_BEGIN_DECLS

/**
 * ZifuFeedFee:
 *
 * One line of a bill, as the source sent it (transactions 2204 and 2301).  Amounts are fen; those that @has_parts does not vouch for are 0.
 */
typedef struct {
  char     *name;      /* owned, nullable: hilist_name, or med_list_codg where there is no name */
  char     *level;     /* owned: chrgitm_lv: 01 category A, 02 B, 03 C, or a code of the region's own */
  char     *quantity;  /* owned, nullable: cnt, as it was sent; negative on a return */
  char     *price;     /* owned, nullable: pric, as it was sent */
  ZifuMoney total;     /* det_item_fee_sumamt */
  gboolean  has_parts; /* inscp_scp_amt was sent: @in_scope and @own hold */
  ZifuMoney in_scope;  /* inscp_scp_amt */
  ZifuMoney own;       /* what is not in scope: total less in scope */
  ZifuMoney out;       /* fulamt_ownpay_amt; 0 when it was not sent */
  ZifuMoney over_limit; /* overlmt_amt */
  ZifuMoney prior;     /* preselfpay_amt */
  gboolean  adds_up;   /* out of catalogue, over the limit, first share and in scope come to the total, as far as they were sent */
} ZifuFeedFee;

/**
 * ZifuFeedFees:
 *
 * The lines of one bill that are kept here.
 */
typedef struct {
  gboolean   kept;   /* they were fetched; else there are none */
  GPtrArray *lines;  /* owned, of ZifuFeedFee, in the order of the source */
  ZifuMoney  total;  /* of the lines, fen */
  gboolean   has_stated;
  ZifuMoney  stated; /* medfee_sumamt of the settlement, fen */
} ZifuFeedFees;

ZifuFeedFees *zifu_feed_read_fees (ZifuLedger *ledger, gint64 connection_id, const char *setl_id, GError **error);
gboolean      zifu_feed_fees_agree (const ZifuFeedFees *self);
char         *zifu_feed_fees_summarize (const ZifuFeedFees *self);
char         *zifu_feed_fees_doubt (const ZifuFeedFees *self);
void          zifu_feed_fees_free (ZifuFeedFees *self);
const char   *zifu_feed_fee_name (const ZifuFeedFee *fee);
char         *zifu_feed_fee_describe (const ZifuFeedFee *fee);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuFeedFees, zifu_feed_fees_free)

G_END_DECLS
