/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ZIFU_TYPE_LINE_LAYOUT (zifu_line_layout_get_type ())
G_DECLARE_FINAL_TYPE (ZifuLineLayout, zifu_line_layout, ZIFU, LINE_LAYOUT, GtkLayoutManager)

/*
 * Children side by side, of which those with "hexpand" wrap their text into what the others leave.  For any row that has wrapping words and
 * a figure, instead of a horizontal GtkBox.
 *
 * Properties: "spacing" (int, px), "fold-chars" (int: when fewer characters of the expanding words fit beside what follows them, that goes
 * to a second line; 0 = never).
 */
GtkLayoutManager *zifu_line_layout_new (int spacing, int fold_chars);
GtkWidget        *zifu_line_new (int spacing, int fold_chars);

G_END_DECLS
