/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-words.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_RANGE_BAR (zifu_range_bar_get_type ())
G_DECLARE_FINAL_TYPE (ZifuRangeBar, zifu_range_bar, ZIFU, RANGE_BAR, GtkWidget)

/* In zifu_range_bar_set(): nobody knows what is likely. */
#define ZIFU_RANGE_BAR_UNKNOWN ((ZifuMoney) -1)

/*
 * Between what my part of a bill lies: what I pay in any case, what I may pay on top, and what is likely.
 *
 * Properties: "compact" (gboolean: 14 px high instead of 20 px).
 */
GtkWidget *zifu_range_bar_new (void);
void       zifu_range_bar_set (ZifuRangeBar *self, ZifuMoney least, ZifuMoney likely, ZifuMoney most, ZifuMoney total);
gboolean   zifu_range_bar_get_compact (ZifuRangeBar *self);
void       zifu_range_bar_set_compact (ZifuRangeBar *self, gboolean compact);
char      *zifu_range_bar_dup_text (ZifuRangeBar *self);

G_END_DECLS
