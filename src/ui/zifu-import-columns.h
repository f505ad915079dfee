/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-import-source.h"
#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_IMPORT_COLUMNS (zifu_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (ZifuImportColumns, zifu_import_columns, ZIFU, IMPORT_COLUMNS, GtkWidget)

/*
 * What was recognised, whose account it is, and which column is what.
 *
 * Signals: "changed" (): something was said; "reload" (): the file is to be read in another way, see zifu_import_columns_get_options().
 */
GtkWidget *zifu_import_columns_new (ZifuSession *session);
void       zifu_import_columns_set_source (ZifuImportColumns *self, ZifuImportSource *source);
gint64     zifu_import_columns_get_member_id (ZifuImportColumns *self);
void       zifu_import_columns_set_member_id (ZifuImportColumns *self, gint64 member_id);
void       zifu_import_columns_get_options (ZifuImportColumns *self, ZifuTableOptions *options);
gboolean   zifu_import_columns_check (ZifuImportColumns *self, GError **error);
void       zifu_import_columns_set_field (ZifuImportColumns *self, guint column, int field);
gboolean   zifu_import_columns_use (ZifuImportColumns *self, const char *name);
gboolean   zifu_import_columns_save (ZifuImportColumns *self, const char *name);

G_END_DECLS
