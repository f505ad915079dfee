/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What opens below the chips of a filter: lists of which one row is chosen, and pairs of entries. */
GtkWidget *zifu_filter_list_new (const char *label);
GtkWidget *zifu_filter_list_add (GtkListBox *list, const char *title, gboolean chosen);
GtkWidget *zifu_filter_list_frame (GtkListBox *list);
GtkWidget *zifu_filter_pair_new (GtkWidget *from, GtkWidget *to, GtkWidget **apply);

G_END_DECLS
