/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-words.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_METER (zifu_meter_get_type ())
G_DECLARE_FINAL_TYPE (ZifuMeter, zifu_meter, ZIFU, METER, GtkWidget)

/*
 * How much of a limit is used: label, "used / limit", trough, note.
 *
 * Amounts in fen.  Without a limit (has_limit FALSE) the used figure stands alone and there is no trough.
 */
GtkWidget *zifu_meter_new (void);
void       zifu_meter_set (ZifuMeter *self, const char *label, ZifuMoney used, ZifuMoney limit, const char *note, gboolean unverified,
                           gboolean has_limit);

G_END_DECLS
