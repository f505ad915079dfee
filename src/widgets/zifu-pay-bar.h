/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-words.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_PAY_BAR (zifu_pay_bar_get_type ())
G_DECLARE_FINAL_TYPE (ZifuPayBar, zifu_pay_bar, ZIFU, PAY_BAR, GtkWidget)

/*
 * Who pays, as a bar of segments: funds at the start, then a wide gap, then what is mine.
 *
 * Properties: "compact" (gboolean: 14 px and no brackets; else 28 px with both brackets).
 * The shares are an array of ZifuShare, in the order funds, hospital, mine; the bar takes a reference.
 */
GtkWidget  *zifu_pay_bar_new (void);
void        zifu_pay_bar_set_shares (ZifuPayBar *self, GPtrArray *shares);
gboolean    zifu_pay_bar_get_compact (ZifuPayBar *self);
void        zifu_pay_bar_set_compact (ZifuPayBar *self, gboolean compact);
char       *zifu_pay_bar_dup_text (ZifuPayBar *self);
const char *zifu_pay_bar_payer_class (ZifuPayerKind kind);
int         zifu_pay_bar_percent (ZifuMoney amount, ZifuMoney total);

G_END_DECLS
