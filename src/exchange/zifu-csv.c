/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-table-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Text with separators, as RFC 4180 has it, and as it is found: any end of line, a quotation mark inside a cell that did not begin with
 * one, text behind a closing one.
 */

/* How much is looked at to find the separator. */
#define SAMPLE_BYTES (64 * 1024)
#define SAMPLE_ROWS 60

struct _ZifuCsv {
  ZifuInput    *source;  /* not owned */
  ZifuDecoder   *decoder; /* owned */
  GString       *text;    /* what was decoded and not yet used up */
  gsize          at;
  gint64         base;    /* place of its first byte in the whole text */
  gboolean       more;
  char           separator;
  gint64         line;    /* number of the line at which the next row begins */
  ZifuRowBuilder builder;
};

/*
 * _zifu_row_builder_init:
 *
 * An empty row without a cell.
 */
void
_zifu_row_builder_init (ZifuRowBuilder *self)
{
  self->bytes = g_string_new (NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->cells = g_ptr_array_new ();
}

void
_zifu_row_builder_clear (ZifuRowBuilder *self)
{
  if (self->bytes == NULL)
    return;

  g_string_free (self->bytes, TRUE);
  g_array_unref (self->starts);
  g_ptr_array_unref (self->cells);
}

/* Begins a new row; the last one is no more. */
void
_zifu_row_builder_start (ZifuRowBuilder *self)
{
  const gsize first = 0;

  g_string_truncate (self->bytes, 0);
  g_array_set_size (self->starts, 0);
  g_array_append_val (self->starts, first);
}

static gboolean
refuse_line (GError **error, ZifuExchangeError code, const char *message, gint64 line)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, line);

  zifu_exchange_set_error (error, code, message, number, NULL);
  return FALSE;
}

gboolean
_zifu_row_builder_check_size (ZifuRowBuilder *self, gint64 line, GError **error)
{
  if (self->bytes->len <= ZIFU_TABLE_MAX_ROW_BYTES)
    return TRUE;
  return refuse_line (error, ZIFU_EXCHANGE_ERROR_LIMIT,
                      _("The row that begins in line {1} is longer than a row of a table can be. Nothing was read."), line);
}

/* What was written to the bytes since is a cell. */
gboolean
_zifu_row_builder_end_cell (ZifuRowBuilder *self, gint64 line, GError **error)
{
  gsize next;

  if (self->starts->len > ZIFU_TABLE_MAX_COLUMNS)
    return refuse_line (error, ZIFU_EXCHANGE_ERROR_LIMIT, _("Line {1} has more than 1,000 columns. Nothing was read."), line);
  g_string_append_c (self->bytes, '\0');
  next = self->bytes->len;
  g_array_append_val (self->starts, next);
  return _zifu_row_builder_check_size (self, line, error);
}

/* The row, until the next one is begun. */
const ZifuTableRow *
_zifu_row_builder_finish (ZifuRowBuilder *self, gint64 line, gint64 bad_offset)
{
  g_ptr_array_set_size (self->cells, 0);
  for (guint i = 0; i + 1 < self->starts->len; i++)
    g_ptr_array_add (self->cells, self->bytes->str + g_array_index (self->starts, gsize, i));
  self->row.line = line;
  self->row.n_cells = self->cells->len;
  self->row.cells = (const char *const *) self->cells->pdata;
  self->row.bad_offset = bad_offset;
  return &self->row;
}

/* Forgets what was used up, and decodes more. */
static gboolean
fill (ZifuCsv *self, GError **error)
{
  g_string_erase (self->text, 0, self->at);
  self->base += self->at;
  self->at = 0;
  while (self->more && self->text->len == 0)
    if (!_zifu_decoder_read (self->decoder, self->text, &self->more, error))
      return FALSE;
  return TRUE;
}

/* Cells of each row of @text, if @separator is the separator. */
static guint
count_cells (const GString *text, char separator, guint *counts)
{
  gboolean quoted = FALSE;
  guint n_rows = 0, n = 1;
  gsize length = 0;

  for (gsize i = 0; i < text->len && n_rows < SAMPLE_ROWS; i++)
    {
      char c = text->str[i];

      if (c == '"')
        quoted = !quoted;
      else if (!quoted && (c == '\n' || c == '\r'))
        {
          if (length > 0)
            counts[n_rows++] = n;
          n = 1;
          length = 0;
          continue;
        }
      else if (!quoted && c == separator)
        n++;
      length++;
    }
  if (length > 0 && n_rows == 0)
    counts[n_rows++] = n;
  return n_rows;
}

/* In how many of 1,000 rows there is the number of cells that most rows have; 0 when that is one. */
static guint
rate_separator (const GString *text, char separator)
{
  guint counts[SAMPLE_ROWS], n_rows = count_cells (text, separator, counts), best = 0, best_cells = 1;

  for (guint i = 0; i < n_rows; i++)
    {
      guint same = 0;

      for (guint k = 0; k < n_rows; k++)
        same += counts[k] == counts[i];
      if (counts[i] > 1 && same > best)
        {
          best = same;
          best_cells = counts[i];
        }
    }
  return best_cells > 1 ? best * 1000 / n_rows : 0;
}

/* Spreadsheets may say it themselves, in a first line that is no row. */
static gboolean
take_declaration (ZifuCsv *self)
{
  const char *text = self->text->str;

  if (self->text->len < 6 || g_ascii_strncasecmp (text, "sep=", 4) != 0 || (text[5] != '\n' && text[5] != '\r'))
    return FALSE;
  if (self->separator == 0)
    self->separator = text[4];
  self->at = text[5] == '\r' && text[6] == '\n' ? 7 : 6;
  self->line++;
  return TRUE;
}

static gboolean
find_separator (ZifuCsv *self, GError **error)
{
  /* Of two that fit equally the comma is the less likely one: it stands in amounts and sentences. */
  static const char candidates[] = "\t;|,";
  guint best = 0;

  while (self->more && self->text->len < SAMPLE_BYTES)
    if (!_zifu_decoder_read (self->decoder, self->text, &self->more, error))
      return FALSE;
  if (take_declaration (self) || self->separator != 0)
    return TRUE;

  self->separator = ',';
  for (guint i = 0; candidates[i] != '\0'; i++)
    {
      guint rate = rate_separator (self->text, candidates[i]);

      if (rate > best)
        {
          best = rate;
          self->separator = candidates[i];
        }
    }
  return TRUE;
}

/*
 * _zifu_csv_new:
 * @source: a file of text; must live longer than the reader
 * @encoding: (nullable): %NULL = found out
 * @separator: 0 = found out
 */
ZifuCsv *
_zifu_csv_new (ZifuInput *source, const char *encoding, char separator, GError **error)
{
  g_autoptr (ZifuCsv) self = g_new0 (ZifuCsv, 1);

  self->source = source;
  self->text = g_string_new (NULL);
  self->more = TRUE;
  self->line = 1;
  self->separator = separator;
  _zifu_row_builder_init (&self->builder);
  self->decoder = _zifu_decoder_new (source, encoding, error);
  return self->decoder != NULL && find_separator (self, error) ? g_steal_pointer (&self) : NULL;
}

void
_zifu_csv_free (ZifuCsv *self)
{
  if (self == NULL)
    return;

  _zifu_row_builder_clear (&self->builder);
  g_string_free (self->text, TRUE);
  g_clear_pointer (&self->decoder, _zifu_decoder_free);
  g_free (self);
}

const char *
_zifu_csv_get_encoding (ZifuCsv *self)
{
  return _zifu_decoder_get_encoding (self->decoder);
}

char
_zifu_csv_get_separator (ZifuCsv *self)
{
  return self->separator;
}

/* The next byte without using it up; -1 at the end. */
static gboolean
peek (ZifuCsv *self, int *c, GError **error)
{
  if (self->at == self->text->len && !fill (self, error))
    return FALSE;
  *c = self->at < self->text->len ? (guchar) self->text->str[self->at] : -1;
  return TRUE;
}

/* Text up to the next byte that may mean something. */
static gboolean
read_plain (ZifuCsv *self, gboolean quoted, gint64 line, GError **error)
{
  const char *start = self->text->str + self->at, *end = self->text->str + self->text->len, *p = start;

  if (quoted)
    while (p < end && *p != '"' && *p != '\n' && *p != '\r')
      p++;
  else
    while (p < end && *p != self->separator && *p != '\n' && *p != '\r')
      p++;
  g_string_append_len (self->builder.bytes, start, p - start);
  self->at += p - start;
  return _zifu_row_builder_check_size (&self->builder, line, error);
}

/* An end of line, of one byte or two; inside a cell it is kept as it is. */
static gboolean
skip_line_end (ZifuCsv *self, GString *keep, GError **error)
{
  int first = (guchar) self->text->str[self->at++], c;

  if (keep != NULL)
    g_string_append_c (keep, (char) first);
  self->line++;
  if (first != '\r')
    return TRUE;
  if (!peek (self, &c, error))
    return FALSE;
  if (c == '\n' && keep != NULL)
    g_string_append_c (keep, '\n');
  self->at += c == '\n';
  return TRUE;
}

/* A cell in quotation marks; the first one is used up. */
static gboolean
read_quoted (ZifuCsv *self, gint64 line, GError **error)
{
  GString *bytes = self->builder.bytes;
  gint64 begin = self->line;
  int c;

  while (peek (self, &c, error))
    {
      if (c == -1)
        return refuse_line (error, ZIFU_EXCHANGE_ERROR_FORMAT, _("A quotation mark in line {1} is never closed. Nothing was read."), begin);
      if (c == '\n' || c == '\r')
        {
          if (!skip_line_end (self, bytes, error) || !_zifu_row_builder_check_size (&self->builder, line, error))
            return FALSE;
        }
      else if (c != '"')
        {
          if (!read_plain (self, TRUE, line, error))
            return FALSE;
        }
      else
        {
          self->at++;
          if (!peek (self, &c, error))
            return FALSE;
          if (c != '"')
            return TRUE;
          self->at++;
          g_string_append_c (bytes, '"');
        }
    }
  return FALSE;
}

/* @end: (out): whether this was the last cell of the row */
static gboolean
read_cell (ZifuCsv *self, gint64 line, gboolean *end, GError **error)
{
  int c;

  if (!peek (self, &c, error))
    return FALSE;
  if (c == '"')
    {
      self->at++;
      if (!read_quoted (self, line, error) || !peek (self, &c, error))
        return FALSE;
    }
  while (c != -1 && c != (guchar) self->separator && c != '\n' && c != '\r')
    if (!read_plain (self, FALSE, line, error) || !peek (self, &c, error))
      return FALSE;

  *end = c != (guchar) self->separator;
  if (!*end)
    self->at++;
  else if (c != -1 && !skip_line_end (self, NULL, error))
    return FALSE;
  return _zifu_row_builder_end_cell (&self->builder, line, error);
}

/*
 * _zifu_csv_read:
 * @row: (out): the next row that is not empty; %NULL at the end
 */
gboolean
_zifu_csv_read (ZifuCsv *self, const ZifuTableRow **row, GError **error)
{
  int c;

  *row = NULL;
  while (peek (self, &c, error))
    {
      gint64 line = self->line;
      gboolean end = FALSE;

      if (c == -1)
        return TRUE;
      _zifu_row_builder_start (&self->builder);
      while (!end)
        if (!read_cell (self, line, &end, error))
          return FALSE;
      *row = _zifu_row_builder_finish (&self->builder, line, _zifu_decoder_take_bad (self->decoder, self->base + (gint64) self->at));
      if ((*row)->n_cells > 1 || *(*row)->cells[0] != '\0')
        return TRUE;
      *row = NULL;
    }
  return FALSE;
}
