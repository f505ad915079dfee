/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-table-private.h"

#include <glib/gi18n-lib.h>

struct _ZifuTable {
  ZifuInput *source;   /* owned */
  ZifuCsv    *csv;      /* owned, nullable: one of the two */
  ZifuXlsx   *xlsx;     /* owned, nullable */
  GPtrArray  *head;     /* of ZifuTableRow: the first rows as they are */
  GPtrArray  *titles;   /* of ZifuTableRow: the same, with merged cells filled */
  guint       n_told;   /* how many of the head were read */
  gboolean    ended;
};

static void
row_free (ZifuTableRow *row)
{
  g_strfreev ((char **) row->cells);
  g_free (row);
}

static ZifuTableRow *
row_copy (const ZifuTableRow *row, guint n_cells)
{
  ZifuTableRow *copy = g_memdup2 (row, sizeof *row);
  char **cells = g_new0 (char *, MAX (n_cells, row->n_cells) + 1);

  copy->n_cells = MAX (n_cells, row->n_cells);
  for (guint i = 0; i < copy->n_cells; i++)
    cells[i] = g_strdup (i < row->n_cells ? row->cells[i] : "");
  copy->cells = (const char *const *) cells;
  return copy;
}

static gboolean
read_next (ZifuTable *self, const ZifuTableRow **row, GError **error)
{
  *row = NULL;
  if (self->ended)
    return TRUE;
  if (self->csv != NULL ? !_zifu_csv_read (self->csv, row, error) : !_zifu_xlsx_read (self->xlsx, row, error))
    return FALSE;
  self->ended = *row == NULL;
  return TRUE;
}

/* A title over several columns is the title of each of them. */
static void
fill_merges (ZifuTable *self)
{
  const GArray *merges = _zifu_xlsx_get_merges (self->xlsx);

  for (guint m = 0; m < merges->len; m++)
    for (guint i = 0; i < self->titles->len; i++)
      {
        const ZifuMerge *merge = &g_array_index (merges, ZifuMerge, m);
        ZifuTableRow *row = g_ptr_array_index (self->titles, i), *wide;
        char **cells;

        if (row->line != merge->row || merge->first >= row->n_cells)
          continue;
        wide = row_copy (row, merge->last + 1);
        cells = (char **) wide->cells;
        for (guint c = merge->first + 1; c <= merge->last; c++)
          if (*cells[c] == '\0')
            {
              g_free (cells[c]);
              cells[c] = g_strdup (cells[merge->first]);
            }
        row_free (row);
        g_ptr_array_index (self->titles, i) = wide;
      }
}

static gboolean
read_head (ZifuTable *self, GError **error)
{
  const ZifuTableRow *row;

  while (self->head->len < ZIFU_TABLE_HEAD_ROWS)
    {
      if (!read_next (self, &row, error))
        return FALSE;
      if (row == NULL)
        break;
      g_ptr_array_add (self->head, row_copy (row, 0));
      g_ptr_array_add (self->titles, row_copy (row, 0));
    }
  if (self->head->len == 0)
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FORMAT, _("“{1}” holds no rows."), _zifu_input_get_name (self->source), NULL);
      return FALSE;
    }
  if (self->xlsx != NULL)
    fill_merges (self);
  return TRUE;
}

/**
 * zifu_table_open:
 * @path: a file
 * @options: (nullable): what is known about it beforehand
 * @cancellable: (nullable): also ends reading the rows later on
 * @error: return location for an error of #ZifuExchangeError, or %G_IO_ERROR_CANCELLED
 *
 * Opens a file of rows and looks through it once, which takes time with a large file.  Text may be in UTF-8 with and without a mark, in
 * GB18030, in UTF-16, or in what @options say; workbooks are .xlsx.  What is no table is told apart by what it is.
 *
 * Returns: (transfer full) (nullable): the table at its first row, or %NULL with an error
 */
ZifuTable *
zifu_table_open (const char *path, const ZifuTableOptions *options, GCancellable *cancellable, GError **error)
{
  static const ZifuTableOptions none = { 0 };
  g_autoptr (ZifuTable) self = g_new0 (ZifuTable, 1);

  g_return_val_if_fail (path != NULL, NULL);

  if (options == NULL)
    options = &none;
  self->head = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  self->titles = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  self->source = _zifu_input_open (path, cancellable, error);
  if (self->source == NULL)
    return NULL;

  if (_zifu_input_get_form (self->source) == ZIFU_INPUT_ZIP)
    self->xlsx = _zifu_xlsx_new (self->source, options->sheet, error);
  else
    self->csv = _zifu_csv_new (self->source, options->encoding, options->separator, error);
  if ((self->xlsx == NULL && self->csv == NULL) || !read_head (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * zifu_table_read:
 * @self: a table
 * @row: (out) (nullable): the next row that is not empty, until the next call; %NULL at the end
 * @error: return location for an error of #ZifuExchangeError, or %G_IO_ERROR_CANCELLED
 *
 * Reads a row.  Bytes that are no text are shown as U+FFFD, and the row says where they are.  At the end it is looked whether the file is
 * still the one that was opened.
 *
 * Returns: %FALSE with an error; the table is of no use afterwards
 */
gboolean
zifu_table_read (ZifuTable *self, const ZifuTableRow **row, GError **error)
{
  g_return_val_if_fail (self != NULL && row != NULL, FALSE);

  if (self->n_told < self->head->len)
    {
      *row = g_ptr_array_index (self->head, self->n_told++);
      return TRUE;
    }
  return read_next (self, row, error);
}

/**
 * zifu_table_get_head:
 * @self: a table
 *
 * The first rows, for finding titles: cells that are merged into one all hold its text.
 *
 * Returns: (transfer none) (element-type ZifuTableRow): at most %ZIFU_TABLE_HEAD_ROWS rows, at least one
 */
const GPtrArray *
zifu_table_get_head (ZifuTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->titles;
}

/**
 * zifu_table_get_encoding:
 * @self: a table
 *
 * Returns: (transfer none) (nullable): name of the encoding, such as GB18030; %NULL for a workbook
 */
const char *
zifu_table_get_encoding (ZifuTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->csv != NULL ? _zifu_csv_get_encoding (self->csv) : NULL;
}

/**
 * zifu_table_get_separator:
 * @self: a table
 *
 * Returns: what stands between two cells; 0 for a workbook
 */
char
zifu_table_get_separator (ZifuTable *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->csv != NULL ? _zifu_csv_get_separator (self->csv) : 0;
}

/**
 * zifu_table_get_sheets:
 * @self: a table
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): names of the sheets; %NULL when it is no workbook
 */
const char *const *
zifu_table_get_sheets (ZifuTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->xlsx != NULL ? _zifu_xlsx_get_sheets (self->xlsx) : NULL;
}

/**
 * zifu_table_get_sheet:
 * @self: a table
 *
 * Returns: (transfer none) (nullable): name of the sheet that is read; %NULL when it is no workbook
 */
const char *
zifu_table_get_sheet (ZifuTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->xlsx != NULL ? _zifu_xlsx_get_sheet (self->xlsx) : NULL;
}

/**
 * zifu_table_get_hash:
 * @self: a table
 *
 * Returns: (transfer none): SHA-256 of the file, in hexadecimal
 */
const char *
zifu_table_get_hash (ZifuTable *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return _zifu_input_get_hash (self->source);
}

/**
 * zifu_table_get_progress:
 * @self: a table
 * @done: (out): how much was read, in bytes or rows
 * @total: (out): how much there is; never 0
 *
 * How far reading is.
 */
void
zifu_table_get_progress (ZifuTable *self, gint64 *done, gint64 *total)
{
  g_return_if_fail (self != NULL && done != NULL && total != NULL);

  if (self->xlsx != NULL)
    {
      _zifu_xlsx_get_progress (self->xlsx, done, total);
      return;
    }
  *done = _zifu_input_get_position (self->source);
  *total = MAX (_zifu_input_get_size (self->source), 1);
}

/**
 * zifu_table_free:
 * @self: (nullable) (transfer full): a table
 *
 * Closes the file.
 */
void
zifu_table_free (ZifuTable *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->csv, _zifu_csv_free);
  g_clear_pointer (&self->xlsx, _zifu_xlsx_free);
  g_clear_pointer (&self->source, _zifu_input_free);
  g_ptr_array_unref (self->head);
  g_ptr_array_unref (self->titles);
  g_free (self);
}
