/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-household.h"

#include "zifu-entries-private.h"
#include "zifu-household-private.h"
#include "zifu-json-pen.h"
#include "zifu-output-private.h"

/* Rows between two words about progress. */
#define ROWS 1000

/*
 * A document that is being written: one row a line, so that two of them can be compared with any tool.
 */
typedef struct {
  ZifuLedger    *ledger;
  ZifuOutput    *output;
  gint64         member_id; /* 0 = the whole household */
  ZifuDisguise  *disguise;  /* owned, nullable */
  GString       *line;
  const ZifuJob *job;
  gint64         done, total;
} Document;

/* What ties a row to people who are not in the document is left out. */
static const char *
cut_column (const char *table, const char *stored)
{
  if (g_str_equal (table, "impt_d") && g_str_equal (stored, "psn_no"))
    return "IIF (psn_no = ?1, psn_no, NULL)";
  if (g_str_equal (table, "setl_mulaid_d") && g_str_equal (stored, "psn_no"))
    return "NULL";
  if (g_str_equal (table, "acct_incexpd_d") && g_str_equal (stored, "relt_psn_no"))
    return "NULL";
  if (g_str_equal (table, "acct_incexpd_d") && g_str_equal (stored, "setl_id"))
    return "(SELECT s.setl_id FROM setl_d s WHERE s.setl_id = acct_incexpd_d.setl_id AND s.psn_no = ?1)";
  return NULL;
}

static char *
make_query (const Document *document, const ZifuHouseholdTable *table, const GPtrArray *columns)
{
  GString *sql = g_string_new ("SELECT ");
  g_autoptr (GString) order = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    {
      const ZifuHouseholdColumn *column = g_ptr_array_index (columns, i);
      const char *cut = document->member_id != 0 ? cut_column (table->name, column->stored) : NULL;

      if (column->kind == ZIFU_COLUMN_TEXT_ID)
        g_string_append_printf (sql, "%s(SELECT txt FROM txt_d WHERE txt_id = %s)", i > 0 ? ", " : "", column->stored);
      else
        g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", cut != NULL ? cut : column->stored);
    }
  for (int key = 1; key <= (int) columns->len; key++)
    for (guint i = 0; i < columns->len; i++)
      {
        const ZifuHouseholdColumn *column = g_ptr_array_index (columns, i);

        if (column->key == key)
          g_string_append_printf (order, "%s%s", order->len > 0 ? ", " : "", column->stored);
      }

  g_string_append_printf (sql, " FROM %s WHERE ?1 = 0 OR %s", table->name, table->mine != NULL ? table->mine : "FALSE");
  /* Balances are made anew while they are disguised: they need the order of the account. */
  if (document->disguise != NULL && g_str_equal (table->name, "acct_incexpd_d"))
    g_string_append (sql, " ORDER BY psn_no, acct_modi_date, rid");
  else
    g_string_append_printf (sql, " ORDER BY %s", order->str);
  return g_string_free (sql, FALSE);
}

static void
append_cell (GString *line, const ZifuHouseholdCell *cell)
{
  char text[ZIFU_MONEY_LENGTH];

  if (cell->column->is_text)
    {
      zifu_json_append_text (line, cell->text);
    }
  else if (cell->column->kind == ZIFU_COLUMN_MONEY)
    {
      zifu_money_print (cell->number, text);
      g_string_append_printf (line, "\"%s\"", text);
    }
  else
    g_string_append_printf (line, "%" G_GINT64_FORMAT, cell->number);
}

static void
put_row (Document *document, const ZifuHouseholdCell *cells, guint n, gboolean first)
{
  gboolean follows = FALSE;

  g_string_assign (document->line, first ? "\n   {" : ",\n   {");
  for (guint i = 0; i < n; i++)
    {
      if (cells[i].is_null)
        continue;
      if (follows)
        g_string_append (document->line, ", ");
      follows = TRUE;
      g_string_append_printf (document->line, "\"%s\": ", cells[i].column->name);
      append_cell (document->line, &cells[i]);
    }
  g_string_append_c (document->line, '}');
  _zifu_output_write (document->output, document->line->str, document->line->len);
}

static void
read_cell (sqlite3_stmt *statement, int i, ZifuHouseholdCell *cell)
{
  g_clear_pointer (&cell->text, g_free);
  cell->is_null = sqlite3_column_type (statement, i) == SQLITE_NULL;
  cell->number = 0;
  if (cell->is_null)
    return;
  if (cell->column->is_text)
    cell->text = g_utf8_make_valid ((const char *) sqlite3_column_text (statement, i), -1);
  else
    cell->number = sqlite3_column_int64 (statement, i);
}

static gboolean
write_rows (Document *document, const ZifuHouseholdTable *table, sqlite3_stmt *statement, ZifuHouseholdCell *cells, guint n,
            GError **error)
{
  gboolean row, first = TRUE;

  while (_zifu_ledger_step (document->ledger, statement, &row, error))
    {
      if (!row)
        return _zifu_output_check (document->output, error);
      for (guint i = 0; i < n; i++)
        read_cell (statement, i, &cells[i]);
      if (document->disguise != NULL && !_zifu_disguise_row (document->disguise, table, cells, n, error))
        return FALSE;
      put_row (document, cells, n, first);
      first = FALSE;
      if (++document->done % ROWS == 0 && (!zifu_job_step (document->job, document->done, document->total, error) ||
                                           !_zifu_output_check (document->output, error)))
        return FALSE;
    }
  return FALSE;
}

static gboolean
write_table (Document *document, const ZifuHouseholdTable *table, gboolean first, GError **error)
{
  g_autoptr (GPtrArray) columns = _zifu_household_columns (document->ledger, table->name, error);
  g_autofree char *sql = columns != NULL ? make_query (document, table, columns) : NULL;
  g_autofree ZifuHouseholdCell *cells = NULL;
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean success;

  if (sql == NULL)
    return FALSE;
  statement = _zifu_ledger_prepare (document->ledger, error, sql, "i", document->member_id);
  if (statement == NULL)
    return FALSE;

  cells = g_new0 (ZifuHouseholdCell, columns->len);
  for (guint i = 0; i < columns->len; i++)
    cells[i].column = g_ptr_array_index (columns, i);
  _zifu_output_puts (document->output, first ? "\n  \"" : ",\n  \"");
  _zifu_output_puts (document->output, table->name);
  _zifu_output_puts (document->output, "\": [");
  success = write_rows (document, table, statement, cells, columns->len, error);
  _zifu_output_puts (document->output, "]");
  for (guint i = 0; i < columns->len; i++)
    g_free (cells[i].text);
  return success;
}

/* How many rows there are, for the progress. */
static gboolean
count_rows (Document *document, GError **error)
{
  const ZifuHouseholdTable *tables;
  guint n;

  tables = _zifu_household_tables (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT COUNT (*) FROM %s WHERE ?1 = 0 OR %s", tables[i].name,
                                              tables[i].mine != NULL ? tables[i].mine : "FALSE");
      gint64 count;

      if (!_zifu_ledger_get_int (document->ledger, &count, error, sql, "i", document->member_id))
        return FALSE;
      document->total += count;
    }
  return TRUE;
}

/* The numbers that were given last: none is given twice, also when the newest rows are gone. */
static gboolean
write_sequences (Document *document, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (document->ledger, error, "SELECT name, seq FROM sqlite_sequence WHERE ?1 = 0 AND seq > 0 ORDER BY name", "i",
                          document->member_id);
  gboolean row, first = TRUE;

  if (statement == NULL)
    return FALSE;

  _zifu_output_puts (document->output, ",\n \"last\": {");
  while (_zifu_ledger_step (document->ledger, statement, &row, error))
    {
      if (!row)
        {
          _zifu_output_puts (document->output, "}");
          return TRUE;
        }
      g_string_printf (document->line, "%s\"%s\": %" G_GINT64_FORMAT, first ? "" : ", ",
                       (const char *) sqlite3_column_text (statement, 0), (gint64) sqlite3_column_int64 (statement, 1));
      _zifu_output_puts (document->output, document->line->str);
      first = FALSE;
    }
  return FALSE;
}

static gboolean
write_document (Document *document, ZifuHouseholdFlags flags, GError **error)
{
  const ZifuHouseholdTable *tables;
  guint n;

  g_string_printf (document->line,
                   "{\"format\": \"" ZIFU_HOUSEHOLD_FORMAT "\",\n \"version\": %d,\n \"schema\": %d,\n \"scope\": \"%s\",\n"
                   " \"anonymous\": %s,\n \"tables\": {",
                   ZIFU_HOUSEHOLD_VERSION, zifu_ledger_get_schema_version (document->ledger),
                   document->member_id != 0 ? "person" : "household", flags & ZIFU_HOUSEHOLD_ANONYMOUS ? "true" : "false");
  _zifu_output_puts (document->output, document->line->str);
  tables = _zifu_household_tables (&n);
  for (guint i = 0; i < n; i++)
    if (!(document->disguise != NULL && tables[i].is_mirror) && !write_table (document, &tables[i], i == 0, error))
      return FALSE;
  _zifu_output_puts (document->output, "}");
  if (!write_sequences (document, error))
    return FALSE;
  _zifu_output_puts (document->output, "}\n");
  return TRUE;
}

static gboolean
read_and_write (Document *document, ZifuHouseholdFlags flags, GError **error)
{
  g_autoptr (ZifuMember) member = NULL;

  if (document->member_id != 0)
    {
      member = zifu_ledger_get_member (document->ledger, document->member_id, error);
      if (member == NULL)
        return FALSE;
    }
  if (flags & ZIFU_HOUSEHOLD_ANONYMOUS)
    {
      document->disguise = _zifu_disguise_new (document->ledger, error);
      if (document->disguise == NULL)
        return FALSE;
    }
  return count_rows (document, error) && write_document (document, flags, error);
}

/**
 * zifu_household_json_write:
 * @ledger: a ledger, used by this thread only
 * @member_id: whose records; 0 = the whole household
 * @flags: how
 * @path: (nullable): the file; %NULL = the standard output
 * @job: (nullable): progress in rows, and a way to give up
 * @error: return location for a #ZifuExchangeError, a #ZifuLedgerError or %G_IO_ERROR_CANCELLED
 *
 * Writes a household document: JSON with every row of every table under the platform's names, in a fixed order, amounts in yuan.  Read into
 * an empty ledger by zifu_household_json_read() it gives the same ledger, and written again the same bytes.  The document of one
 * person holds nothing about the others: ties to them are left out.
 *
 * An anonymous document has the same shape for a report of a fault.  Names, institutions, notes, keys and file names are replaced; days are
 * moved by one unknown distance; amounts are made anew, each part of a settlement and each entry by a factor of its own that is kept
 * nowhere, in such a way that every sum still holds, and a balance that was wrong is still wrong.
 *
 * The file has mode 0600 and is there when it is complete, or not at all.
 *
 * Returns: whether it was written
 */
gboolean
zifu_household_json_write (ZifuLedger *ledger, gint64 member_id, ZifuHouseholdFlags flags, const char *path, const ZifuJob *job,
                           GError **error)
{
  g_autoptr (ZifuOutput) output = NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  Document document = { 0 };
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), FALSE);

  output = _zifu_output_open (path, error);
  if (output == NULL || !_zifu_reading_begin (ledger, error))
    return FALSE;

  document = (Document){ .ledger = ledger, .output = output, .member_id = member_id, .line = line, .job = job };
  success = read_and_write (&document, flags, error) && zifu_job_step (job, document.total, document.total, error);
  _zifu_disguise_free (document.disguise);
  _zifu_reading_end (ledger);
  return success && _zifu_output_commit (output, error);
}
