/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-history-model.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_SETTLEMENT_VIEW (zifu_settlement_view_get_type ())
G_DECLARE_FINAL_TYPE (ZifuSettlementView, zifu_settlement_view, ZIFU, SETTLEMENT_VIEW, GtkWidget)

/*
 * One entry in full: who paid the bill, what the bill was made of, which other entry belongs to it.
 */
GtkWidget *zifu_settlement_view_new (void);
void       zifu_settlement_view_set_item (ZifuSettlementView *self, ZifuLedger *ledger, ZifuHistoryItem *item);
void       zifu_settlement_view_focus (ZifuSettlementView *self);
GPtrArray *zifu_settlement_record_shares (const ZifuSettlementRecord *record);

G_END_DECLS
