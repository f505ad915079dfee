/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-words.h"

G_BEGIN_DECLS

/*
 * Figures of money: plain GtkLabels of class "numeric" (tabular figures), at the end, never cut or wrapped, whose accessible label reads
 * what it is, the figure and the unit.
 */
GtkWidget *zifu_amount_label_new (const char *what, ZifuMoney amount, ZifuMoneyStyle style);
void       zifu_amount_label_set (GtkLabel *label, const char *what, ZifuMoney amount, ZifuMoneyStyle style);

G_END_DECLS
