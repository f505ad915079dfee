/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ZIFU_TYPE_FILTER_CHIP (zifu_filter_chip_get_type ())
G_DECLARE_FINAL_TYPE (ZifuFilterChip, zifu_filter_chip, ZIFU, FILTER_CHIP, GtkWidget)

/*
 * One condition of a filter: a button that opens what there is to choose and tells what was chosen, and one that takes it off.  Delete
 * does the same from the keyboard.
 *
 * Signals: "cleared" (): the condition is to be taken off; "opened" (): its choices are about to be shown.
 */
GtkWidget  *zifu_filter_chip_new (const char *title);
void        zifu_filter_chip_set_content (ZifuFilterChip *self, GtkWidget *content);
void        zifu_filter_chip_set_value (ZifuFilterChip *self, const char *value);
const char *zifu_filter_chip_get_value (ZifuFilterChip *self);
void        zifu_filter_chip_popup (ZifuFilterChip *self);
void        zifu_filter_chip_popdown (ZifuFilterChip *self);

G_END_DECLS
