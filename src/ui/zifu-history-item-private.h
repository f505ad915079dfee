/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-history-model.h"

G_BEGIN_DECLS

/* For the model only. */
ZifuHistoryItem *_zifu_history_item_new (const ZifuEntry *entry, const char *relative, const char *owner);
void             _zifu_history_item_set_place (ZifuHistoryItem *self, gboolean first, gboolean last);
void             _zifu_history_item_set_sums (ZifuHistoryItem *self, ZifuMoney income, ZifuMoney outlay);
void             _zifu_history_item_set_doubtful (ZifuHistoryItem *self, gboolean doubtful);
void             _zifu_history_item_set_original_date (ZifuHistoryItem *self, ZifuDate date);

G_END_DECLS
