/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger.h"

G_BEGIN_DECLS

/**
 * ZifuSimilarBills:
 * @n_bills: how many bills; 0 = none is recorded
 * @out: out of catalogue in all of them, in fen
 * @total: all of them, in fen
 *
 * Earlier bills of the same person for the same kind of care: what the next one is likely made of.
 */
typedef struct {
  guint     n_bills;
  ZifuMoney out, total;
} ZifuSimilarBills;

ZifuSimilarBills zifu_similar_bills_read (ZifuLedger *ledger, gint64 member_id, const char *care);
ZifuMoney        zifu_similar_bills_likely_out (const ZifuSimilarBills *bills, ZifuMoney total);

G_END_DECLS
