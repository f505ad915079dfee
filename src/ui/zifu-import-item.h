/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "zifu-import.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_IMPORT_ITEM (zifu_import_item_get_type ())
G_DECLARE_FINAL_TYPE (ZifuImportItem, zifu_import_item, ZIFU, IMPORT_ITEM, GObject)

/*
 * One line of a plan, for as long as it is on screen.
 */
ZifuImportItem       *zifu_import_item_new (GListModel *lines, guint index);
guint                 zifu_import_item_get_index (ZifuImportItem *self);
const ZifuImportLine *zifu_import_item_get (ZifuImportItem *self);
char                 *zifu_import_item_describe (ZifuImportItem *self);
void                  zifu_import_item_set_taken (ZifuImportItem *self, gboolean taken);

G_END_DECLS
