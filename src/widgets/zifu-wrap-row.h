/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ZIFU_TYPE_WRAP_ROW (zifu_wrap_row_get_type ())
G_DECLARE_FINAL_TYPE (ZifuWrapRow, zifu_wrap_row, ZIFU, WRAP_ROW, GtkWidget)

/*
 * Two children side by side, the second at the end; one above the other when their texts do not fit, so that money is never cut.
 *
 * Properties: "start-child", "end-child" (GtkWidget, nullable), "spacing" (int, px, default 12), "end-first" (gboolean: when stacked, the
 * end child stands above), "start-wraps" (gboolean: the start child wraps while it has as much room as the end child).
 */
GtkWidget *zifu_wrap_row_new (GtkWidget *start, GtkWidget *end);
GtkWidget *zifu_wrap_row_get_start_child (ZifuWrapRow *self);
void       zifu_wrap_row_set_start_child (ZifuWrapRow *self, GtkWidget *child);
GtkWidget *zifu_wrap_row_get_end_child (ZifuWrapRow *self);
void       zifu_wrap_row_set_end_child (ZifuWrapRow *self, GtkWidget *child);
int        zifu_wrap_row_get_spacing (ZifuWrapRow *self);
void       zifu_wrap_row_set_spacing (ZifuWrapRow *self, int spacing);
gboolean   zifu_wrap_row_get_start_wraps (ZifuWrapRow *self);
void       zifu_wrap_row_set_start_wraps (ZifuWrapRow *self, gboolean start_wraps);
gboolean   zifu_wrap_row_get_end_first (ZifuWrapRow *self);
void       zifu_wrap_row_set_end_first (ZifuWrapRow *self, gboolean end_first);

G_END_DECLS
