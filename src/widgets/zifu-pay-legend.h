/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-words.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_PAY_LEGEND (zifu_pay_legend_get_type ())
G_DECLARE_FINAL_TYPE (ZifuPayLegend, zifu_pay_legend, ZIFU, PAY_LEGEND, GtkWidget)

/*
 * The payers of a bar in words: one row a payer with its note and amount.
 *
 * Properties: "compact" (gboolean: a flow of "brief amount" on one line when there is room).
 * The shares are an array of ZifuShare; the legend takes a reference.
 */
GtkWidget *zifu_pay_legend_new (void);
void       zifu_pay_legend_set_shares (ZifuPayLegend *self, GPtrArray *shares);
gboolean   zifu_pay_legend_get_compact (ZifuPayLegend *self);
void       zifu_pay_legend_set_compact (ZifuPayLegend *self, gboolean compact);

G_END_DECLS
