/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-exchange.h"

G_BEGIN_DECLS

/** ZIFU_TABLE_HEAD_ROWS: how many rows zifu_table_get_head() looks ahead. */
#define ZIFU_TABLE_HEAD_ROWS 20

/** ZIFU_TABLE_MAX_COLUMNS: how many columns a table may have. */
#define ZIFU_TABLE_MAX_COLUMNS 1000

/**
 * ZifuTable:
 *
 * A file that holds rows of cells: text with separators, or a sheet of a workbook.  Rows come one by one; the file is never
 * held as a whole.
 */
typedef struct _ZifuTable ZifuTable;

/**
 * ZifuTableOptions:
 *
 * What is known about the file beforehand.
 */
typedef struct {
  const char *encoding;  /* nullable: such as GB18030; NULL = found out */
  const char *sheet;     /* nullable: name of a sheet, or its number from 1; NULL = the first one that is shown */
  char        separator; /* 0 = found out */
} ZifuTableOptions;

/**
 * ZifuTableRow:
 *
 * One row.
 */
typedef struct {
  gint64             line;       /* number of its first line in the file, or of the row in the sheet; from 1 */
  guint              n_cells;
  const char *const *cells;      /* owned by the table, UTF-8, none is NULL */
  gint64             bad_offset; /* where in the file the first bytes are that are no text, from 0; -1 = none */
} ZifuTableRow;

ZifuTable          *zifu_table_open (const char *path, const ZifuTableOptions *options, GCancellable *cancellable, GError **error);
gboolean            zifu_table_read (ZifuTable *self, const ZifuTableRow **row, GError **error);
const GPtrArray    *zifu_table_get_head (ZifuTable *self);
const char         *zifu_table_get_encoding (ZifuTable *self);
char                zifu_table_get_separator (ZifuTable *self);
const char *const  *zifu_table_get_sheets (ZifuTable *self);
const char         *zifu_table_get_sheet (ZifuTable *self);
const char         *zifu_table_get_hash (ZifuTable *self);
void                zifu_table_get_progress (ZifuTable *self, gint64 *done, gint64 *total);
void                zifu_table_free (ZifuTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuTable, zifu_table_free)

G_END_DECLS
