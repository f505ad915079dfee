/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-history-model.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_HISTORY_ROW (zifu_history_row_get_type ())
G_DECLARE_FINAL_TYPE (ZifuHistoryRow, zifu_history_row, ZIFU, HISTORY_ROW, GtkWidget)

/*
 * One entry in the list; the newest of a month carries the name and the sums of the month above its card.
 */
GtkWidget       *zifu_history_row_new (void);
void             zifu_history_row_set_item (ZifuHistoryRow *self, ZifuHistoryItem *item);
ZifuHistoryItem *zifu_history_row_get_item (ZifuHistoryRow *self);

G_END_DECLS
