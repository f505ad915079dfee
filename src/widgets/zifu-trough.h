/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-money.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_TROUGH (zifu_trough_get_type ())
G_DECLARE_FINAL_TYPE (ZifuTrough, zifu_trough, ZIFU, TROUGH, GtkWidget)

/* Private to this room: a trough that is filled in proportion of two amounts. */
GtkWidget *zifu_trough_new (void);
void       zifu_trough_set (ZifuTrough *self, ZifuMoney part, ZifuMoney whole);

G_END_DECLS
