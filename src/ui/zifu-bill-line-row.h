/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-engine.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_BILL_LINE_ROW (zifu_bill_line_row_get_type ())
G_DECLARE_FINAL_TYPE (ZifuBillLineRow, zifu_bill_line_row, ZIFU, BILL_LINE_ROW, AdwPreferencesRow)

/*
 * One line of a bill: what it is, its category, its amount and how many.
 *
 * Signals: "changed" (): something else was chosen or typed; "remove" (): the person wants the line to go.
 */
GtkWidget *zifu_bill_line_row_new (void);
gboolean   zifu_bill_line_row_is_valid (ZifuBillLineRow *self);
gint64     zifu_bill_line_row_get_amount (ZifuBillLineRow *self);
void       zifu_bill_line_row_set (ZifuBillLineRow *self, const char *item, const char *category, ZifuMoney amount, guint quantity);
void       zifu_bill_line_row_set_number (ZifuBillLineRow *self, guint number);
void       zifu_bill_line_row_add_to (ZifuBillLineRow *self, ZifuVisit *visit);

G_END_DECLS
