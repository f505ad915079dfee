/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ZIFU_TYPE_WIDTH_BIN (zifu_width_bin_get_type ())
G_DECLARE_FINAL_TYPE (ZifuWidthBin, zifu_width_bin, ZIFU, WIDTH_BIN, GtkWidget)

/*
 * One child, and the knowledge whether there is room for its wide layout.
 *
 * Properties: "child" (GtkWidget), "narrow" (gboolean, read-only), "threshold" (int, px: below it the bin is narrow; 0 = the measured
 * minimum width of "wide-widget"), "wide-widget" (GtkWidget, nullable: NULL = the child itself as long as it is wide).
 * CSS class "narrow" stands on the bin while it is narrow.
 */
GtkWidget    *zifu_width_bin_new (void);
GtkWidget    *zifu_width_bin_get_child (ZifuWidthBin *self);
void          zifu_width_bin_set_child (ZifuWidthBin *self, GtkWidget *child);
gboolean      zifu_width_bin_get_narrow (ZifuWidthBin *self);
int           zifu_width_bin_get_threshold (ZifuWidthBin *self);
void          zifu_width_bin_set_threshold (ZifuWidthBin *self, int threshold);
GtkWidget    *zifu_width_bin_get_wide_widget (ZifuWidthBin *self);
void          zifu_width_bin_set_wide_widget (ZifuWidthBin *self, GtkWidget *widget);
ZifuWidthBin *zifu_width_bin_find (GtkWidget *widget);

G_END_DECLS
