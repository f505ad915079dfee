/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-import.h"
#include "zifu-work.h"

G_BEGIN_DECLS

/**
 * ZifuSourceKind:
 * @ZIFU_SOURCE_TABLE: rows of cells: text with separators or a sheet of a workbook
 * @ZIFU_SOURCE_DOCUMENT: an account document
 * @ZIFU_SOURCE_HOUSEHOLD: a whole household
 *
 * What a file was recognised as.
 */
typedef enum { ZIFU_SOURCE_TABLE, ZIFU_SOURCE_DOCUMENT, ZIFU_SOURCE_HOUSEHOLD } ZifuSourceKind;

/**
 * ZifuImportSource:
 *
 * A file that was looked into: what it is, its first rows, and what its columns seem to be.
 */
typedef struct {
  char          *path;      /* owned */
  char          *name;      /* owned: without the folder, as people see it */
  ZifuSourceKind kind;
  ZifuTable     *table;     /* owned, nullable: its first rows are there; only of a table */
  ZifuMapping   *mapping;   /* owned, nullable: what is used; only of a table */
  gboolean       guessed;   /* whether the columns were found at all */
  char          *encoding;  /* owned, nullable: said by the user */
  char          *sheet;     /* owned, nullable: said by the user, or the one with entries */
  char           separator; /* said by the user; 0 = found out */
} ZifuImportSource;

void              zifu_import_source_load_async (const char *path, const ZifuTableOptions *options, ZifuWork *work,
                                                 GAsyncReadyCallback callback, gpointer user_data);
ZifuImportSource *zifu_import_source_load_finish (ZifuWork *work, GAsyncResult *result, GError **error);
void              zifu_import_source_get_options (const ZifuImportSource *self, ZifuTableOptions *options);
char             *zifu_import_source_describe (const ZifuImportSource *self);
void              zifu_import_source_free (ZifuImportSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuImportSource, zifu_import_source_free)

G_END_DECLS
