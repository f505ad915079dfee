/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-import-lines.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_IMPORT_LINE_ROW (zifu_import_line_row_get_type ())
G_DECLARE_FINAL_TYPE (ZifuImportLineRow, zifu_import_line_row, ZIFU, IMPORT_LINE_ROW, GtkWidget)

/*
 * A line of a plan: what it would become, and why not.
 */
GtkWidget  *zifu_import_line_row_new (void);
void        zifu_import_line_row_bind (ZifuImportLineRow *self, ZifuImportItem *item);
const char *zifu_line_state_get_words (ZifuLineState state);
const char *zifu_line_state_get_icon (ZifuLineState state, const char **css_class);

G_END_DECLS
