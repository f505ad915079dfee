/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-engine.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_BILL_GROUP (zifu_bill_group_get_type ())
G_DECLARE_FINAL_TYPE (ZifuBillGroup, zifu_bill_group, ZIFU, BILL_GROUP, AdwPreferencesGroup)

/*
 * The bill of a visit: its total with what is known of its parts, or its lines; for a stay the deposit too.
 *
 * Signals: "changed" (): something else was typed or chosen.
 */
GtkWidget *zifu_bill_group_new (void);
gboolean   zifu_bill_group_is_empty (ZifuBillGroup *self);
gboolean   zifu_bill_group_is_usable (ZifuBillGroup *self);
void       zifu_bill_group_add_to (ZifuBillGroup *self, ZifuVisit *visit);
void       zifu_bill_group_set_total (ZifuBillGroup *self, ZifuMoney total);
void       zifu_bill_group_set_parts (ZifuBillGroup *self, ZifuMoney out, ZifuMoney prior, ZifuMoney over_limit);
void       zifu_bill_group_set_prepaid (ZifuBillGroup *self, ZifuMoney prepaid);
void       zifu_bill_group_add_line (ZifuBillGroup *self, const char *item, const char *category, ZifuMoney amount, guint quantity);
void       zifu_bill_group_ask_deposit (ZifuBillGroup *self, gboolean ask);
void       zifu_bill_group_focus (ZifuBillGroup *self);
void       zifu_bill_group_focus_parts (ZifuBillGroup *self);

G_END_DECLS
