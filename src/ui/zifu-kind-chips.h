/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-ledger.h"

G_BEGIN_DECLS

/* A row of chips of which one is pressed: which kind of entries is wanted; -1 = all. */
void zifu_kind_chips_fill (GtkBox *box, GCallback changed, gpointer user_data);
int  zifu_kind_chips_get_kind (GtkBox *box);
void zifu_kind_chips_set_kind (GtkBox *box, int kind);

G_END_DECLS
