/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-words.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_STEP_ROW (zifu_step_row_get_type ())
G_DECLARE_FINAL_TYPE (ZifuStepRow, zifu_step_row, ZIFU, STEP_ROW, AdwPreferencesRow)

/*
 * One step of a settlement: put it into a GtkListBox of class "boxed-list" or an AdwPreferencesGroup.
 *
 * Properties: "expanded" (gboolean).  The words are copied.  The row asks the nearest ZifuWidthBin whether it is narrow.
 */
GtkWidget *zifu_step_row_new (guint number, const ZifuStepWords *words);
gboolean   zifu_step_row_get_expanded (ZifuStepRow *self);
void       zifu_step_row_set_expanded (ZifuStepRow *self, gboolean expanded);

G_END_DECLS
