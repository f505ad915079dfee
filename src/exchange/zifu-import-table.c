/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-cell-private.h"
#include "zifu-export.h"
#include "zifu-mapping-private.h"

/* Lines of a table, by a mapping. */

/* A million rows have some hundred different texts, as a rule. */
#define MAX_KINDS 20000
#define STEP_ROWS 1000

typedef struct {
  ZifuImportPlan     *plan;
  const ZifuMapping  *mapping;
  const ZifuTableRow *row;
  ZifuImportLine      line;
  GHashTable         *kinds; /* words and direction -> ZifuEntryKind */
} Reader;

static const char *
get_cell (const Reader *reader, ZifuField field)
{
  int column = reader->mapping->columns[field];

  return column >= 0 && (guint) column < reader->row->n_cells ? reader->row->cells[column] : "";
}

/* A text without the blanks around it; our own files are taken to the letter. */
static char *
get_text (const Reader *reader, ZifuField field)
{
  const char *cell = get_cell (reader, field), *end;

  if (reader->mapping->own)
    return zifu_export_csv_unguard (cell);
  while (*cell != '\0' && g_unichar_isspace (g_utf8_get_char (cell)))
    cell = g_utf8_next_char (cell);
  for (end = cell + strlen (cell); end > cell;)
    {
      const char *before = g_utf8_prev_char (end);

      if (!g_unichar_isspace (g_utf8_get_char (before)))
        break;
      end = before;
    }
  return g_strndup (cell, end - cell);
}

static gboolean
is_blank (const ZifuTableRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    for (const char *p = row->cells[i]; *p != '\0'; p = g_utf8_next_char (p))
      if (!g_unichar_isspace (g_utf8_get_char (p)))
        return FALSE;
  return TRUE;
}

static gboolean
refuse (Reader *reader, ZifuLineReason reason, ZifuField field, const char *detail)
{
  int column = reader->mapping->columns[field];

  _zifu_import_mark (&reader->line, ZIFU_LINE_WRONG, reason, _zifu_import_intern (reader->plan, detail));
  reader->line.column = column + 1;
  return FALSE;
}

static gboolean
refuse_cell (Reader *reader, ZifuCellFault fault, ZifuField field)
{
  static const ZifuLineReason reasons[] = {
    [ZIFU_CELL_NO_DATE] = ZIFU_REASON_BAD_DATE,           [ZIFU_CELL_NO_SUCH_DAY] = ZIFU_REASON_NO_SUCH_DAY,
    [ZIFU_CELL_DAY_OR_MONTH] = ZIFU_REASON_DAY_OR_MONTH,  [ZIFU_CELL_SHORT_YEAR] = ZIFU_REASON_SHORT_YEAR,
    [ZIFU_CELL_NO_AMOUNT] = ZIFU_REASON_BAD_AMOUNT,       [ZIFU_CELL_DECIMALS] = ZIFU_REASON_DECIMALS,
    [ZIFU_CELL_TOO_LARGE] = ZIFU_REASON_TOO_LARGE,        [ZIFU_CELL_NO_MONTH] = ZIFU_REASON_BAD_MONTH,
    [ZIFU_CELL_EMPTY] = ZIFU_REASON_NO_DATE,
  };

  return refuse (reader, reasons[fault], field, get_cell (reader, field));
}

/* Lines between and behind the entries that are none. */
static ZifuLineReason
recognise_row (const Reader *reader)
{
  const char *title = reader->mapping->titles[ZIFU_FIELD_DATE], *cell = get_cell (reader, ZIFU_FIELD_DATE);

  if (title != NULL && *cell != '\0' && g_str_has_suffix (title, cell))
    return ZIFU_REASON_TITLE_ROW;
  return _zifu_mapping_is_sum (reader->row) ? ZIFU_REASON_SUM_ROW : ZIFU_REASON_NONE;
}

static gboolean
read_date (Reader *reader)
{
  const char *cell = get_cell (reader, ZIFU_FIELD_DATE);
  ZifuLineReason other;
  ZifuCellFault fault;

  if (reader->mapping->own || strlen (cell) == 10)
    {
      reader->line.date = zifu_date_parse (cell);
      if (reader->line.date != 0)
        return TRUE;
    }
  fault = _zifu_cell_parse_date (cell, reader->mapping->date_order, &reader->line.date);
  if (fault == ZIFU_CELL_FINE)
    return TRUE;
  other = recognise_row (reader);
  return other != ZIFU_REASON_NONE ? refuse (reader, other, ZIFU_FIELD_DATE, NULL) : refuse_cell (reader, fault, ZIFU_FIELD_DATE);
}

/* The amount of a cell; @has tells whether there is one. */
static gboolean
read_money (Reader *reader, ZifuField field, gboolean *has, ZifuMoney *amount)
{
  ZifuCellFault fault;

  *has = FALSE;
  *amount = 0;
  if (reader->mapping->columns[field] < 0)
    return TRUE;
  fault = _zifu_cell_parse_money (get_cell (reader, field), reader->mapping->number_form, amount);
  *has = fault == ZIFU_CELL_FINE;
  return *has || fault == ZIFU_CELL_EMPTY || refuse_cell (reader, fault, field);
}

/* One column, with a sign or with words beside it. */
static gboolean
read_signed (Reader *reader, gboolean *has)
{
  ZifuMoney amount;
  int direction = 0;

  if (!read_money (reader, ZIFU_FIELD_AMOUNT, has, &amount))
    return FALSE;
  if (*has && reader->mapping->columns[ZIFU_FIELD_DIRECTION] >= 0)
    {
      direction = _zifu_mapping_find_direction (get_cell (reader, ZIFU_FIELD_DIRECTION));
      if (direction == 0 && amount != 0)
        return refuse (reader, ZIFU_REASON_DIRECTION, ZIFU_FIELD_DIRECTION, get_cell (reader, ZIFU_FIELD_DIRECTION));
      /* Where the word says "out", a minus says it once more; only the opposite is a contradiction that means money coming back. */
      amount = direction < 0 && amount > 0 ? -amount : amount;
    }
  else if (reader->mapping->plus_is_outlay)
    amount = -amount;
  else if (*has && amount > 0 && *get_cell (reader, ZIFU_FIELD_CODE) == '2')
    amount = -amount;
  reader->line.amount = amount;
  return TRUE;
}

static gboolean
read_amount (Reader *reader)
{
  ZifuMoney income, outlay;
  gboolean has_income, has_outlay, has_amount = FALSE;

  if (!read_money (reader, ZIFU_FIELD_INCOME, &has_income, &income) || !read_money (reader, ZIFU_FIELD_OUTLAY, &has_outlay, &outlay))
    return FALSE;
  if (reader->mapping->outlay_is_negative)
    outlay = -outlay;
  if (income != 0 && outlay != 0)
    return refuse (reader, ZIFU_REASON_BOTH, ZIFU_FIELD_OUTLAY, get_cell (reader, ZIFU_FIELD_OUTLAY));
  reader->line.amount = income - outlay;
  if (!has_income && !has_outlay && !read_signed (reader, &has_amount))
    return FALSE;
  return has_income || has_outlay || has_amount ||
         refuse (reader, ZIFU_REASON_NO_AMOUNT,
                 reader->mapping->columns[ZIFU_FIELD_AMOUNT] >= 0 ? ZIFU_FIELD_AMOUNT : ZIFU_FIELD_OUTLAY, NULL);
}

static gboolean
read_person (Reader *reader)
{
  g_autofree char *name = get_text (reader, ZIFU_FIELD_PERSON);
  gint64 id = 0;

  if (reader->mapping->columns[ZIFU_FIELD_PERSON] >= 0 && *name != '\0')
    {
      const ZifuMember *wanted = _zifu_import_find_member (reader->plan, reader->plan->member_id);

      if (wanted != NULL && _zifu_import_is_named (wanted, name))
        return TRUE;
      id = _zifu_import_find_name (reader->plan, name);
      if (wanted != NULL)
        return refuse (reader, ZIFU_REASON_OTHER_PERSON, ZIFU_FIELD_PERSON, name);
      if (id == 0)
        return refuse (reader, ZIFU_REASON_NO_PERSON, ZIFU_FIELD_PERSON, name);
      reader->line.member_id = id;
    }
  return reader->line.member_id != 0 || refuse (reader, ZIFU_REASON_NO_PERSON, ZIFU_FIELD_PERSON, NULL);
}

static ZifuEntryKind
find_kind (Reader *reader, const char *institution, const char *note, const char *code)
{
  const char *kind = get_cell (reader, ZIFU_FIELD_KIND);
  g_autofree char *key = g_strdup_printf ("%c\1%s\1%s\1%s\1%s", reader->line.amount > 0 ? '+' : '-', kind, code, institution, note);
  gpointer known;
  ZifuEntryKind found;

  if (g_hash_table_lookup_extended (reader->kinds, key, NULL, &known))
    return GPOINTER_TO_UINT (known);
  found = _zifu_mapping_find_kind (reader->mapping, kind, code, institution, note, reader->line.amount);
  if (g_hash_table_size (reader->kinds) < MAX_KINDS)
    g_hash_table_insert (reader->kinds, g_steal_pointer (&key), GUINT_TO_POINTER (found));
  return found;
}

/* A relative's payment needs the relative; else the money moved all the same, and somebody should look. */
static void
read_relative (Reader *reader)
{
  ZifuImportLine *line = &reader->line;
  g_autofree char *name = get_text (reader, ZIFU_FIELD_RELATIVE);

  if (line->kind != ZIFU_ENTRY_FAMILY && line->kind != ZIFU_ENTRY_PREMIUM)
    return;
  line->relative_id = *name != '\0' ? _zifu_import_find_name (reader->plan, name) : 0;
  if (line->relative_id != 0 && line->relative_id != line->member_id)
    return;
  line->relative_id = 0;
  line->kind = ZIFU_ENTRY_TRANSFER;
  _zifu_import_mark (line, ZIFU_LINE_DOUBTFUL, ZIFU_REASON_NO_RELATIVE, _zifu_import_intern (reader->plan, name));
}

/* What a refund takes back.  In our own files rows are named by our own number of them. */
static void
read_original (Reader *reader)
{
  int column = reader->mapping->own_number;
  g_autofree char *original = get_text (reader, ZIFU_FIELD_ORIGINAL);

  if (column >= 0 && (guint) column < reader->row->n_cells)
    reader->line.number = _zifu_import_intern (reader->plan, reader->row->cells[column]);
  if (reader->line.kind == ZIFU_ENTRY_REFUND)
    reader->line.original = _zifu_import_intern (reader->plan, original);
}

static gboolean
read_texts (Reader *reader)
{
  g_autofree char *institution = get_text (reader, ZIFU_FIELD_INSTITUTION);
  g_autofree char *note = get_text (reader, ZIFU_FIELD_NOTE);
  g_autofree char *code = get_text (reader, ZIFU_FIELD_CODE);
  g_autofree char *key = get_text (reader, ZIFU_FIELD_KEY);
  ZifuImportLine *line = &reader->line;
  ZifuCellFault fault;
  gboolean has_base;
  ZifuMoney base;

  fault = _zifu_cell_parse_month (get_cell (reader, ZIFU_FIELD_MONTH), &line->month);
  if (fault != ZIFU_CELL_FINE && fault != ZIFU_CELL_EMPTY)
    return refuse_cell (reader, fault, ZIFU_FIELD_MONTH);
  if (!read_money (reader, ZIFU_FIELD_BASE, &has_base, &base))
    return FALSE;
  if (has_base && base < 0)
    return refuse_cell (reader, ZIFU_CELL_NO_AMOUNT, ZIFU_FIELD_BASE);
  line->base = has_base ? base : -1;
  line->institution = _zifu_import_intern (reader->plan, institution);
  line->note = _zifu_import_intern (reader->plan, note);
  line->code = _zifu_import_intern (reader->plan, code);
  line->souc_rid = _zifu_import_intern (reader->plan, key);
  line->own_key = line->souc_rid != NULL && !g_str_has_prefix (line->souc_rid, ZIFU_IMPORT_HASH_MARK);
  line->kind = find_kind (reader, institution, note, code);
  read_relative (reader);
  read_original (reader);
  return TRUE;
}

static gboolean
read_row (Reader *reader)
{
  ZifuImportLine *line = &reader->line;

  if (reader->row->bad_offset >= 0)
    {
      g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, reader->row->bad_offset);

      return refuse (reader, ZIFU_REASON_BAD_BYTES, ZIFU_FIELD_DATE, offset);
    }
  return read_date (reader) && read_person (reader) && read_amount (reader) &&
         read_money (reader, ZIFU_FIELD_BALANCE, &line->has_balance, &line->balance) && read_texts (reader);
}

/* The line as it stood, for the report. */
static const char *
keep_raw (ZifuImportPlan *plan, const ZifuTableRow *row)
{
  g_autoptr (GString) raw = g_string_new (NULL);

  for (guint i = 0; i < row->n_cells; i++)
    {
      if (i > 0)
        g_string_append (raw, " | ");
      g_string_append (raw, row->cells[i]);
    }
  return g_string_chunk_insert (plan->chunk, raw->str);
}

static gboolean
read_rows (ZifuImportPlan *self, ZifuTable *table, const ZifuJob *job, GError **error)
{
  g_autoptr (GHashTable) kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reader reader = { .plan = self, .mapping = self->mapping, .kinds = kinds };
  gint64 done, total;

  for (gint64 n = 0; zifu_table_read (table, &reader.row, error); n++)
    {
      zifu_table_get_progress (table, &done, &total);
      if (n % STEP_ROWS == 0 && !zifu_job_step (job, done, total, error))
        return FALSE;
      if (reader.row == NULL)
        return TRUE;
      if (reader.row->line <= self->mapping->title_line || is_blank (reader.row))
        continue;
      _zifu_import_line_init (self, &reader.line, reader.row->line);
      if (!read_row (&reader))
        reader.line.raw = keep_raw (self, reader.row);
      if (!_zifu_import_add_line (self, &reader.line, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
find_mapping (ZifuImportPlan *self, const ZifuImportOptions *options, ZifuTable *table, GError **error)
{
  if (options->mapping != NULL)
    {
      self->mapping = zifu_mapping_copy (options->mapping);
      return zifu_mapping_bind (self->mapping, table, error);
    }
  self->mapping = zifu_mapping_guess (table);
  if (self->mapping != NULL)
    return TRUE;
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FORMAT,
                           _("In “{1}” no columns with a day and an amount were found. Say in a mapping which columns they are."),
                           self->file_name, NULL);
  return FALSE;
}

/*
 * _zifu_import_read_table:
 *
 * Reads all rows of a table into the plan.
 */
gboolean
_zifu_import_read_table (ZifuImportPlan *self, const ZifuImportOptions *options, const ZifuJob *job, GError **error)
{
  g_autoptr (ZifuTable) table = zifu_table_open (self->path, &options->table, job != NULL ? job->cancellable : NULL, error);

  if (table == NULL || !find_mapping (self, options, table, error))
    return FALSE;
  if (self->member_id == 0 && self->mapping->columns[ZIFU_FIELD_PERSON] < 0)
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT,
                               _("The file does not say whose account it is. Choose the person."), NULL, NULL);
      return FALSE;
    }
  self->hash = g_strdup (zifu_table_get_hash (table));
  return read_rows (self, table, job, error);
}
