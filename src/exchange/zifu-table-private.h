/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-table.h"

G_BEGIN_DECLS

/* A row of entries is some hundred bytes; what is longer than this is no table. */
#define ZIFU_TABLE_MAX_ROW_BYTES (1024 * 1024)

/* zifu-input.c: the file as bytes, looked through once from end to end before anything is read out of it. */

typedef enum {
  ZIFU_INPUT_TEXT,
  ZIFU_INPUT_ZIP,
} ZifuInputForm;

typedef struct _ZifuInput ZifuInput;

ZifuInput    *_zifu_input_open (const char *path, GCancellable *cancellable, GError **error);
void           _zifu_input_free (ZifuInput *self);
ZifuInputForm _zifu_input_get_form (ZifuInput *self);
const char    *_zifu_input_guess_encoding (ZifuInput *self);
const char    *_zifu_input_get_name (ZifuInput *self);
const char    *_zifu_input_get_hash (ZifuInput *self);
int            _zifu_input_get_fd (ZifuInput *self);
gint64         _zifu_input_get_size (ZifuInput *self);
gint64         _zifu_input_get_position (ZifuInput *self);
gboolean       _zifu_input_is_cancelled (ZifuInput *self, GError **error);
gboolean       _zifu_input_rewind (ZifuInput *self, GError **error);
gboolean       _zifu_input_read (ZifuInput *self, char *buffer, gsize size, gsize *n, GError **error);
gboolean       _zifu_input_check_unchanged (ZifuInput *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuInput, _zifu_input_free)

/* zifu-decoder.c: its text as UTF-8. */

typedef struct _ZifuDecoder ZifuDecoder;

ZifuDecoder *_zifu_decoder_new (ZifuInput *source, const char *encoding, GError **error);
void         _zifu_decoder_free (ZifuDecoder *self);
const char  *_zifu_decoder_get_encoding (ZifuDecoder *self);
gboolean     _zifu_decoder_read (ZifuDecoder *self, GString *text, gboolean *more, GError **error);
gint64       _zifu_decoder_take_bad (ZifuDecoder *self, gint64 before);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuDecoder, _zifu_decoder_free)

/* A row that is being put together: the cells lie one behind the other, each with its end. */
typedef struct {
  GString      *bytes;
  GArray       *starts; /* of gsize */
  GPtrArray    *cells;  /* of const char*, into bytes */
  ZifuTableRow  row;
} ZifuRowBuilder;

void     _zifu_row_builder_init (ZifuRowBuilder *self);
void     _zifu_row_builder_clear (ZifuRowBuilder *self);
void     _zifu_row_builder_start (ZifuRowBuilder *self);
gboolean _zifu_row_builder_end_cell (ZifuRowBuilder *self, gint64 line, GError **error);
gboolean _zifu_row_builder_check_size (ZifuRowBuilder *self, gint64 line, GError **error);
const ZifuTableRow *_zifu_row_builder_finish (ZifuRowBuilder *self, gint64 line, gint64 bad_offset);

/* zifu-csv.c: text with separators. */

typedef struct _ZifuCsv ZifuCsv;

ZifuCsv    *_zifu_csv_new (ZifuInput *source, const char *encoding, char separator, GError **error);
void        _zifu_csv_free (ZifuCsv *self);
gboolean    _zifu_csv_read (ZifuCsv *self, const ZifuTableRow **row, GError **error);
const char *_zifu_csv_get_encoding (ZifuCsv *self);
char        _zifu_csv_get_separator (ZifuCsv *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCsv, _zifu_csv_free)

/* zifu-xlsx.c, zifu-xlsx-part.c: a sheet of a workbook. */

typedef struct _ZifuXlsx ZifuXlsx;

ZifuXlsx          *_zifu_xlsx_new (ZifuInput *source, const char *sheet, GError **error);
void               _zifu_xlsx_free (ZifuXlsx *self);
gboolean           _zifu_xlsx_read (ZifuXlsx *self, const ZifuTableRow **row, GError **error);
const char *const *_zifu_xlsx_get_sheets (ZifuXlsx *self);
const char        *_zifu_xlsx_get_sheet (ZifuXlsx *self);
const GArray      *_zifu_xlsx_get_merges (ZifuXlsx *self);
void               _zifu_xlsx_get_progress (ZifuXlsx *self, gint64 *done, gint64 *total);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuXlsx, _zifu_xlsx_free)

/* Cells of one row, from first to last column, that are one on the screen. */
typedef struct {
  gint64 row;
  guint  first, last; /* from 0 */
} ZifuMerge;

/* zifu-xlsx-number.c */
char *_zifu_xlsx_number_text (const char *value);
char *_zifu_xlsx_date_text (const char *value, gboolean from_1904);
gboolean _zifu_xlsx_is_date_format (guint id, const char *code);

G_END_DECLS
