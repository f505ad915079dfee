/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-xlsx-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Sheets are XML and pack well, to a twentieth and better; an archive that unpacks to hundreds of times its size is meant to do harm. */
#define MAX_RATIO 200
#define FREE_BYTES (G_GINT64_CONSTANT (32) * 1024 * 1024)
#define MAX_BYTES (G_GINT64_CONSTANT (4) * 1024 * 1024 * 1024)

struct _ZifuXlsx {
  ZifuInput     *source; /* not owned */
  ZifuXlsxBudget  budget;
  ZifuXlsxBook   *book;   /* owned */
  char          **names;  /* owned: of the sheets */
  guint           sheet;
  ZifuXlsxPart   *part;   /* owned, nullable: the sheet while it is read */
  GArray         *merges; /* of ZifuMerge */
  gint64          n_rows; /* seen when it was looked through */
  gint64          row;    /* number of the last row */
  GString        *text;   /* of the cell that is read */
  ZifuRowBuilder  builder;
};

/* What a cell is about. */
typedef struct {
  guint    column;
  char     type[12];
  guint    style;
} Cell;

static gboolean
parse_reference (const char *reference, gint64 *row, guint *column)
{
  guint n = 0;

  for (; g_ascii_isalpha (*reference) && n < 100000; reference++)
    n = n * 26 + (guint) (g_ascii_toupper (*reference) - 'A' + 1);
  *column = n - 1;
  *row = g_ascii_strtoll (reference, NULL, 10);
  return n > 0 && n < 100000 && *row > 0;
}

/* Only what lies in one row and near the top can be a header. */
static void
add_merge (ZifuXlsx *self, const char *reference)
{
  g_auto (GStrv) ends = g_strsplit (reference, ":", 2);
  gint64 first_row, last_row;
  ZifuMerge merge;

  if (ends[0] == NULL || ends[1] == NULL || !parse_reference (ends[0], &first_row, &merge.first) ||
      !parse_reference (ends[1], &last_row, &merge.last))
    return;
  if (first_row > ZIFU_TABLE_HEAD_ROWS || merge.last <= merge.first || merge.last >= ZIFU_TABLE_MAX_COLUMNS)
    return;
  merge.row = first_row;
  g_array_append_val (self->merges, merge);
}

static ZifuXlsxPart *
open_sheet (ZifuXlsx *self, GError **error)
{
  gboolean found;
  g_autoptr (GError) local = NULL;
  ZifuXlsxPart *part;

  self->budget.unpacked = 0;
  part = _zifu_xlsx_part_open (self->source, &self->budget, g_ptr_array_index (self->book->paths, self->sheet), &found, &local);
  if (part == NULL && local == NULL)
    zifu_exchange_set_error (&local, ZIFU_EXCHANGE_ERROR_DAMAGED,
                             _("The workbook “{1}” is damaged. Open it in a spreadsheet and save it again."),
                             _zifu_input_get_name (self->source), NULL);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return part;
}

/* Merged cells stand behind the rows: the sheet is gone through once before it is read.  This also tells early that it is whole. */
static gboolean
look_through (ZifuXlsx *self, GError **error)
{
  g_autoptr (ZifuXlsxPart) part = open_sheet (self, error);
  const char *opens;

  if (part == NULL)
    return FALSE;
  do
    {
      if (!_zifu_xlsx_part_next (part, &opens, error))
        return FALSE;
      if (g_strcmp0 (opens, "row") == 0)
        self->n_rows++;
      else if (g_strcmp0 (opens, "mergeCell") == 0 && self->merges->len < 1000)
        {
          g_autofree char *reference = _zifu_xlsx_part_attribute (part, "ref");

          if (reference != NULL)
            add_merge (self, reference);
        }
    }
  while (!_zifu_xlsx_part_at_end (part));
  return TRUE;
}

static gboolean
choose_sheet (ZifuXlsx *self, const char *sheet, GError **error)
{
  guint64 number;

  self->sheet = self->book->first_shown;
  if (sheet == NULL || *sheet == '\0')
    return TRUE;
  for (guint i = 0; self->names[i] != NULL; i++)
    if (g_str_equal (self->names[i], sheet))
      {
        self->sheet = i;
        return TRUE;
      }
  if (g_ascii_string_to_unsigned (sheet, 10, 1, self->book->names->len, &number, NULL))
    {
      self->sheet = number - 1;
      return TRUE;
    }
  {
    g_autofree char *names = g_strjoinv (_(", "), self->names);

    /* Translators: {1} is the name of a sheet, {2} a list of names */
    zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _("The workbook has no sheet “{1}”. It has: {2}"), sheet, names);
  }
  return FALSE;
}

/*
 * _zifu_xlsx_new:
 * @source: the file; must live longer than the reader
 * @sheet: (nullable): name of a sheet, or its number from 1; %NULL = the first one that is shown
 */
ZifuXlsx *
_zifu_xlsx_new (ZifuInput *source, const char *sheet, GError **error)
{
  g_autoptr (ZifuXlsx) self = g_new0 (ZifuXlsx, 1);

  self->source = source;
  self->budget.limit = MIN (FREE_BYTES + MAX_RATIO * _zifu_input_get_size (source), MAX_BYTES);
  self->merges = g_array_new (FALSE, FALSE, sizeof (ZifuMerge));
  self->text = g_string_new (NULL);
  _zifu_row_builder_init (&self->builder);
  self->book = _zifu_xlsx_book_read (source, &self->budget, error);
  if (self->book == NULL)
    return NULL;

  self->names = g_new0 (char *, self->book->names->len + 1);
  for (guint i = 0; i < self->book->names->len; i++)
    self->names[i] = g_strdup (g_ptr_array_index (self->book->names, i));
  if (!choose_sheet (self, sheet, error) || !look_through (self, error))
    return NULL;
  self->part = open_sheet (self, error);
  return self->part != NULL ? g_steal_pointer (&self) : NULL;
}

void
_zifu_xlsx_free (ZifuXlsx *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->part, _zifu_xlsx_part_free);
  g_clear_pointer (&self->book, _zifu_xlsx_book_free);
  g_strfreev (self->names);
  g_array_unref (self->merges);
  g_string_free (self->text, TRUE);
  _zifu_row_builder_clear (&self->builder);
  g_free (self);
}

const char *const *
_zifu_xlsx_get_sheets (ZifuXlsx *self)
{
  return (const char *const *) self->names;
}

const char *
_zifu_xlsx_get_sheet (ZifuXlsx *self)
{
  return self->names[self->sheet];
}

const GArray *
_zifu_xlsx_get_merges (ZifuXlsx *self)
{
  return self->merges;
}

void
_zifu_xlsx_get_progress (ZifuXlsx *self, gint64 *done, gint64 *total)
{
  *total = MAX (self->n_rows, 1);
  *done = CLAMP (self->row, 0, *total);
}

/* The attributes of a cell; without a place it stands behind the one before. */
static void
read_cell_attributes (ZifuXlsx *self, guint next, Cell *cell)
{
  g_autofree char *place = _zifu_xlsx_part_attribute (self->part, "r");
  g_autofree char *type = _zifu_xlsx_part_attribute (self->part, "t");
  g_autofree char *style = _zifu_xlsx_part_attribute (self->part, "s");
  gint64 row;

  if (place == NULL || !parse_reference (place, &row, &cell->column))
    cell->column = next;
  g_strlcpy (cell->type, type != NULL ? type : "n", sizeof cell->type);
  cell->style = style != NULL ? (guint) g_ascii_strtoull (style, NULL, 10) : 0;
}

/* What is shown: <v>, or <is> with its pieces; not the formula, nor how characters are read. */
static gboolean
read_cell_text (ZifuXlsx *self, GError **error)
{
  gboolean inside = FALSE, phonetic = FALSE;
  const char *opens;

  g_string_truncate (self->text, 0);
  if (_zifu_xlsx_part_is_empty_element (self->part))
    return TRUE;
  while (_zifu_xlsx_part_next (self->part, &opens, error) && !_zifu_xlsx_part_at_end (self->part))
    {
      const char *closes = _zifu_xlsx_part_closes (self->part), *text = _zifu_xlsx_part_text (self->part);
      gboolean empty = opens != NULL && _zifu_xlsx_part_is_empty_element (self->part);

      if (g_strcmp0 (closes, "c") == 0)
        return TRUE;
      if ((g_strcmp0 (opens, "v") == 0 || g_strcmp0 (opens, "t") == 0) && !empty)
        inside = TRUE;
      else if (g_strcmp0 (closes, "v") == 0 || g_strcmp0 (closes, "t") == 0)
        inside = FALSE;
      else if (g_strcmp0 (opens, "rPh") == 0 && !empty)
        phonetic = TRUE;
      else if (g_strcmp0 (closes, "rPh") == 0)
        phonetic = FALSE;
      else if (text != NULL && inside && !phonetic)
        g_string_append (self->text, text);
      if (self->text->len > ZIFU_TABLE_MAX_ROW_BYTES)
        return TRUE;
    }
  return FALSE;
}

/* What XML cannot hold stands as _xHHHH_ in the texts of workbooks, such as _x000D_ at the end of a line; _x005F_ is the stroke itself. */
static char *
unescape (const char *text)
{
  GString *plain = g_string_new (NULL);

  while (*text != '\0')
    {
      gboolean escaped = text[0] == '_' && text[1] == 'x';
      gunichar c = 0;

      for (guint i = 2; i < 6 && escaped; i++)
        {
          escaped = g_ascii_isxdigit (text[i]);
          c = c * 16 + (gunichar) MAX (g_ascii_xdigit_value (text[i]), 0);
        }
      escaped = escaped && text[6] == '_' && c != 0 && g_unichar_validate (c);
      if (escaped)
        g_string_append_unichar (plain, c);
      else
        g_string_append_c (plain, *text);
      text += escaped ? 7 : 1;
    }
  return g_string_free (plain, FALSE);
}

/* What the cell shows. */
static char *
make_text (ZifuXlsx *self, const Cell *cell)
{
  const char *value = self->text->str;

  if (g_str_equal (cell->type, "s"))
    {
      guint64 i;

      if (!g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT, &i, NULL) || i >= self->book->strings->len)
        return g_strdup ("");
      return unescape (g_ptr_array_index (self->book->strings, i));
    }
  if (g_str_equal (cell->type, "b"))
    return g_strdup (g_str_equal (value, "1") ? "TRUE" : "FALSE");
  if (!g_str_equal (cell->type, "n"))
    return unescape (value);
  if (cell->style < self->book->is_date->len && g_array_index (self->book->is_date, gboolean, cell->style))
    return _zifu_xlsx_date_text (value, self->book->from_1904);
  return _zifu_xlsx_number_text (value);
}

/* Puts the cell into its column; cells that are missing before it are empty. */
static gboolean
put_cell (ZifuXlsx *self, const Cell *cell, GError **error)
{
  g_autofree char *text = NULL;

  if (self->text->len == 0)
    return TRUE;
  if (cell->column >= ZIFU_TABLE_MAX_COLUMNS)
    {
      g_autofree char *row = g_strdup_printf ("%" G_GINT64_FORMAT, self->row);

      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_LIMIT, _("Line {1} has more than 1,000 columns. Nothing was read."), row, NULL);
      return FALSE;
    }
  while (self->builder.starts->len - 1 < cell->column)
    if (!_zifu_row_builder_end_cell (&self->builder, self->row, error))
      return FALSE;
  /* A column that comes twice is a fault of the file; the first one counts, and nothing moves to the next column. */
  if (self->builder.starts->len - 1 > cell->column)
    return TRUE;
  text = make_text (self, cell);
  g_string_append (self->builder.bytes, text);
  return _zifu_row_builder_end_cell (&self->builder, self->row, error);
}

static gboolean
read_row (ZifuXlsx *self, GError **error)
{
  g_autofree char *number = _zifu_xlsx_part_attribute (self->part, "r");
  const char *opens;
  guint next = 0;

  self->row = number != NULL ? g_ascii_strtoll (number, NULL, 10) : self->row + 1;
  _zifu_row_builder_start (&self->builder);
  if (_zifu_xlsx_part_is_empty_element (self->part))
    return TRUE;
  while (_zifu_xlsx_part_next (self->part, &opens, error) && !_zifu_xlsx_part_at_end (self->part))
    {
      Cell cell;

      if (g_strcmp0 (_zifu_xlsx_part_closes (self->part), "row") == 0)
        return TRUE;
      if (g_strcmp0 (opens, "c") != 0)
        continue;
      read_cell_attributes (self, next, &cell);
      if (!read_cell_text (self, error) || !put_cell (self, &cell, error))
        return FALSE;
      next = cell.column + 1;
    }
  return FALSE;
}

/*
 * _zifu_xlsx_read:
 * @row: (out): the next row that holds something; %NULL at the end
 */
gboolean
_zifu_xlsx_read (ZifuXlsx *self, const ZifuTableRow **row, GError **error)
{
  const char *opens;

  *row = NULL;
  while (!_zifu_xlsx_part_at_end (self->part))
    {
      if (!_zifu_xlsx_part_next (self->part, &opens, error))
        return FALSE;
      if (g_strcmp0 (opens, "row") != 0)
        continue;
      if (!read_row (self, error))
        return FALSE;
      *row = _zifu_row_builder_finish (&self->builder, self->row, -1);
      if ((*row)->n_cells > 0)
        return TRUE;
      *row = NULL;
    }
  return _zifu_input_check_unchanged (self->source, error);
}
