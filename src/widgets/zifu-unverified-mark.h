/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ZIFU_TYPE_UNVERIFIED_MARK (zifu_unverified_mark_get_type ())
G_DECLARE_FINAL_TYPE (ZifuUnverifiedMark, zifu_unverified_mark, ZIFU, UNVERIFIED_MARK, GtkWidget)

/*
 * The pill "Unverified" beside a figure that no official text and no second source confirms.
 *
 * Properties: "compact" (gboolean: the icon only; the words stay for screen readers and in the tooltip).
 */
GtkWidget *zifu_unverified_mark_new (void);
gboolean   zifu_unverified_mark_get_compact (ZifuUnverifiedMark *self);
void       zifu_unverified_mark_set_compact (ZifuUnverifiedMark *self, gboolean compact);

G_END_DECLS
