/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ZIFU_TYPE_SHEET (zifu_sheet_get_type ())
G_DECLARE_FINAL_TYPE (ZifuSheet, zifu_sheet, ZIFU, SHEET, AdwWindow)

/*
 * A window over the page with more about one of its parts.  Escape closes it.
 */
GtkWidget *zifu_sheet_new (const char *title, GtkWidget *content);
void       zifu_sheet_present (GtkWindow *sheet, GtkWidget *over, int width);

G_END_DECLS
