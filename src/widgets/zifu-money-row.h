/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-money.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_MONEY_ROW (zifu_money_row_get_type ())
G_DECLARE_FINAL_TYPE (ZifuMoneyRow, zifu_money_row, ZIFU, MONEY_ROW, AdwEntryRow)

/*
 * An entry for an amount of money.
 *
 * Properties: "amount" (gint64, fen; −1 = empty, or what is typed is no amount), "valid" (gboolean, read-only: FALSE while what is typed is
 * no amount; an empty row is valid).  Both notify while typing.  The sentence about what is wrong appears under the text by itself.
 */
GtkWidget  *zifu_money_row_new (void);
gint64      zifu_money_row_get_amount (ZifuMoneyRow *self);
void        zifu_money_row_set_amount (ZifuMoneyRow *self, gint64 amount);
gboolean    zifu_money_row_get_valid (ZifuMoneyRow *self);
void        zifu_money_row_set_message (ZifuMoneyRow *self, const char *message);
const char *zifu_money_row_get_message (ZifuMoneyRow *self);

G_END_DECLS
