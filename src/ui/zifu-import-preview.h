/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-import.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_IMPORT_PREVIEW (zifu_import_preview_get_type ())
G_DECLARE_FINAL_TYPE (ZifuImportPreview, zifu_import_preview, ZIFU, IMPORT_PREVIEW, GtkWidget)

/*
 * The first rows of a table, each column under what it is taken for.  It scrolls sideways.
 */
GtkWidget *zifu_import_preview_new (void);
void       zifu_import_preview_show (ZifuImportPreview *self, const ZifuMapping *mapping, ZifuTable *table);
char      *zifu_import_preview_shorten (const char *cell, guint max_chars);

G_END_DECLS
