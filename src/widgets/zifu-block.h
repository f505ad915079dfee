/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ZIFU_TYPE_BLOCK (zifu_block_get_type ())
G_DECLARE_FINAL_TYPE (ZifuBlock, zifu_block, ZIFU, BLOCK, GtkWidget)

/* Private to this room: a rectangle painted by the style sheet alone, such as a segment of a bar or a column of a chart. */
GtkWidget *zifu_block_new (const char *css_name, GtkAccessibleRole role);
GtkWidget *zifu_block_add (GtkWidget *parent, const char *css_name);
GtkWidget *zifu_block_add_label (GtkWidget *parent, const char *text, const char *css_class);
void       zifu_block_set_text (ZifuBlock *self, const char *text);
const char *zifu_block_get_text (ZifuBlock *self);
void       zifu_block_place (GtkWidget *parent, GtkWidget *child, int x, int y, int width, int height);
gboolean   zifu_block_move_focus (GtkWidget *parent, GPtrArray *blocks, GtkDirectionType direction);
gboolean   zifu_block_focus_first (GPtrArray *blocks);
gboolean   zifu_block_focus_last (GPtrArray *blocks);

G_END_DECLS
