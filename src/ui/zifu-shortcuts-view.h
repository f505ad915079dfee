/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What the keyboard does, as a list that fits a window of any width. */
GtkWidget *zifu_shortcuts_view_new (GtkApplication *app);

G_END_DECLS
