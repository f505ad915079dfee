/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger-estimates.h"

G_BEGIN_DECLS

/**
 * ZifuReceiptState:
 * @ZIFU_RECEIPT_EMPTY: too little is typed
 * @ZIFU_RECEIPT_OPEN: one figure is missing and follows from the others
 * @ZIFU_RECEIPT_GOOD: it adds up
 * @ZIFU_RECEIPT_BAD: it contradicts itself
 *
 * How the figures of a receipt go together.
 */
typedef enum { ZIFU_RECEIPT_EMPTY, ZIFU_RECEIPT_OPEN, ZIFU_RECEIPT_GOOD, ZIFU_RECEIPT_BAD } ZifuReceiptState;

void             zifu_receipt_keep_unasked (ZifuBillFigures *figures, const ZifuBillFigures *before);
ZifuReceiptState zifu_receipt_check (ZifuBillFigures *figures, gboolean has_account, char **text, ZifuBillPart *wrong);
char            *zifu_receipt_check_account (const ZifuBillFigures *figures, const ZifuBillFigures *before, ZifuLedger *ledger,
                                             gint64 member_id);
char            *zifu_receipt_dup_difference (const ZifuBillFigures *figures, const ZifuBillFigures *estimated);
char            *zifu_receipt_dup_remark (ZifuLedger *ledger, gint64 member_id, ZifuDate date, const ZifuBillFigures *figures);
gboolean         zifu_receipt_are_same (const GPtrArray *a, const GPtrArray *b);
char            *zifu_receipt_dup_estimate_title (const ZifuSavedEstimate *estimate);

G_END_DECLS
