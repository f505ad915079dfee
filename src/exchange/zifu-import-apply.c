/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-ledger-private.h"
#include "zifu-output-private.h"

/* Writes what was planned: one transaction, from the oldest line to the newest.  What stays out goes to a report first. */

#define STEP_LINES 2000

/* ---- the report */

static gboolean
stays_out (const ZifuImportLine *line)
{
  return !line->taken && line->state != ZIFU_LINE_DUPLICATE;
}

static gboolean
needs_report (ZifuImportPlan *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (stays_out (&g_array_index (self->lines, ZifuImportLine, i)))
      return TRUE;
  return FALSE;
}

/* Quoted always, and never a formula to a spreadsheet program. */
static void
put_cell (ZifuOutput *output, const char *text, gboolean last)
{
  _zifu_output_puts (output, "\"");
  if (text != NULL && *text != '\0' && strchr ("=+-@\t\r'", *text) != NULL)
    _zifu_output_puts (output, "'");
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    {
      if (*p == '"')
        _zifu_output_puts (output, "\"");
      _zifu_output_write (output, p, 1);
    }
  _zifu_output_puts (output, last ? "\"\r\n" : "\",");
}

static void
put_line (ZifuOutput *output, const ZifuImportLine *line)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, line->line);
  g_autofree char *reason = _zifu_import_describe (line);
  g_autofree char *date = line->date != 0 ? zifu_date_format (line->date) : NULL;
  char amount[ZIFU_MONEY_LENGTH] = "", balance[ZIFU_MONEY_LENGTH] = "";

  if (line->state != ZIFU_LINE_WRONG)
    zifu_money_print (line->amount, amount);
  if (line->has_balance)
    zifu_money_print (line->balance, balance);
  put_cell (output, number, FALSE);
  put_cell (output, zifu_line_state_get_name (line->state), FALSE);
  put_cell (output, reason, FALSE);
  put_cell (output, date, FALSE);
  /* Amounts are numbers, also those with a minus. */
  _zifu_output_puts (output, amount);
  _zifu_output_puts (output, ",");
  _zifu_output_puts (output, balance);
  _zifu_output_puts (output, ",");
  put_cell (output, line->institution, FALSE);
  put_cell (output, line->note, FALSE);
  put_cell (output, line->raw, TRUE);
}

/**
 * zifu_import_plan_find_report_path:
 * @self: a plan
 *
 * Returns: (transfer full): a file beside the one that is imported, which is not there yet
 */
char *
zifu_import_plan_find_report_path (ZifuImportPlan *self)
{
  char *path;

  g_return_val_if_fail (self != NULL, NULL);

  path = g_strconcat (self->path, ".report.csv", NULL);
  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK); i++)
    {
      g_free (path);
      path = g_strdup_printf ("%s.report-%u.csv", self->path, i);
    }
  return path;
}

/**
 * zifu_import_plan_write_report:
 * @self: a plan
 * @path: where
 * @error: return location for an error of #ZifuExchangeError
 *
 * Writes every line that would not become an entry and is not there already, with the reason, as CSV.  The file has mode 0600.
 *
 * Returns: whether it was written
 */
gboolean
zifu_import_plan_write_report (ZifuImportPlan *self, const char *path, GError **error)
{
  g_autoptr (ZifuOutput) output = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  output = _zifu_output_new (path, error);
  if (output == NULL)
    return FALSE;
  /* With a mark, spreadsheet programs know that it is UTF-8. */
  _zifu_output_puts (output, "\xef\xbb\xbfline,state,reason,acct_modi_date,amount,balc,fixmedins_name,memo,source\r\n");
  for (guint i = 0; i < self->lines->len; i++)
    {
      const ZifuImportLine *line = &g_array_index (self->lines, ZifuImportLine, i);

      if (stays_out (line))
        put_line (output, line);
    }
  return _zifu_output_commit (output, error);
}

/* ---- writing */

static int
compare_numbers (gconstpointer a, gconstpointer b, gpointer data)
{
  const ZifuImportPlan *self = data;
  guint i = *(const guint *) a, k = *(const guint *) b;
  const ZifuImportLine *x = &g_array_index (self->lines, ZifuImportLine, i), *y = &g_array_index (self->lines, ZifuImportLine, k);

  if (x->date != y->date)
    return x->date < y->date ? -1 : 1;
  return (i < k) == !self->falling ? -1 : 1;
}

/* The lines that are taken, the oldest first. */
static GArray *
sort_taken (ZifuImportPlan *self)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean sorted = TRUE;

  for (guint n = 0; n < self->lines->len; n++)
    {
      guint i = self->falling ? self->lines->len - 1 - n : n;

      if (!g_array_index (self->lines, ZifuImportLine, i).taken)
        continue;
      sorted = sorted && (numbers->len == 0 ||
                          compare_numbers (&g_array_index (numbers, guint, numbers->len - 1), &i, self) < 0);
      g_array_append_val (numbers, i);
    }
  if (!sorted)
    g_array_sort_with_data (numbers, compare_numbers, self);
  return numbers;
}

static gboolean
write_entry (ZifuLedger *ledger, ZifuImportLine *line, GError **error)
{
  ZifuEntry entry = {
    .member_id = line->member_id,
    .date = line->date,
    .kind = line->kind,
    .incexpd_type = (char *) line->code,
    .amount = line->amount,
    .institution = (char *) line->institution,
    .note = (char *) line->note,
    .for_month = line->month,
    .base = line->base,
    .relative_id = line->relative_id,
    .provenance = ZIFU_PROVENANCE_IMPORTED,
    .souc_rid = (char *) line->souc_rid,
  };

  line->entry_id = zifu_ledger_add_import_entry (ledger, &entry, error);
  return line->entry_id != 0;
}

static gboolean
write_line (ZifuLedger *ledger, ZifuImportLine *line, GError **error)
{
  return line->is_month ? zifu_ledger_add_import_contribution (ledger, line->member_id, line->month, line->date, line->base, line->amount,
                                                               ZIFU_PROVENANCE_IMPORTED, error)
                        : write_entry (ledger, line, error);
}

static gboolean
write_openings (ZifuImportPlan *self, ZifuLedger *ledger, GError **error)
{
  for (guint i = 0; i < self->openings->len; i++)
    {
      const ZifuImportOpening *opening = &g_array_index (self->openings, ZifuImportOpening, i);
      ZifuImportLine line;
      gboolean unused;

      /* Somebody may have written the first entry since. */
      if (!_zifu_import_read_begin (ledger, opening->member_id, &unused, NULL, error))
        return FALSE;
      if (!unused)
        {
          zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_CHANGED,
                                   _("The household data changed since the file was looked at. Nothing was imported; look again."), NULL,
                                   NULL);
          return FALSE;
        }
      _zifu_import_line_init (self, &line, 0);
      line.member_id = opening->member_id;
      line.date = opening->date;
      line.kind = ZIFU_ENTRY_OPENING;
      line.amount = opening->amount;
      if (!write_entry (ledger, &line, error))
        return FALSE;
    }
  return TRUE;
}

/* Why a line could not be written, with its number: what cannot stand beside the other lines is only seen here. */
static gboolean
refuse_line (const ZifuImportLine *line, const GError *reason, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, line->line);

  /* Translators: {1} is the number of a line, {2} a sentence that says what is wrong with it. */
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _("Line {1}: {2} Nothing was imported."), number, reason->message);
  return FALSE;
}

static gboolean
write_lines (ZifuImportPlan *self, ZifuLedger *ledger, const GArray *numbers, const ZifuJob *job, GError **error)
{
  for (guint n = 0; n < numbers->len; n++)
    {
      ZifuImportLine *line = &g_array_index (self->lines, ZifuImportLine, g_array_index (numbers, guint, n));
      g_autoptr (GError) local = NULL;

      if (n % STEP_LINES == 0 && !zifu_job_step (job, n, numbers->len, error))
        return FALSE;
      if (write_line (ledger, line, &local))
        continue;
      if (g_error_matches (local, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT))
        return refuse_line (line, local, error);
      if (g_error_matches (local, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DUPLICATE))
        zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_CHANGED,
                                 _("The household data changed since the file was looked at. Nothing was imported; look again."), NULL,
                                 NULL);
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return zifu_job_step (job, numbers->len, numbers->len, error);
}

/* Ties a refund to what it takes back, in this file or from an import before.  Where that cannot be - it was taken back already, it was
 * less - the refund stands alone, as it does without a number. */
static gboolean
link_refund (ZifuImportPlan *self, ZifuLedger *ledger, const ZifuImportLine *line, GError **error)
{
  const ZifuImportLine *other =
    line->original_line != 0 ? &g_array_index (self->lines, ZifuImportLine, line->original_line - 1) : NULL;
  gint64 original = other != NULL ? other->entry_id : 0;
  g_autoptr (GError) local = NULL;

  if (original == 0 && !zifu_ledger_find_source (ledger, line->member_id, line->original, &original, error))
    return FALSE;
  if (original == 0 || zifu_ledger_link_refund (ledger, line->entry_id, original, &local) ||
      g_error_matches (local, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT) ||
      g_error_matches (local, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
link_refunds (ZifuImportPlan *self, ZifuLedger *ledger, GError **error)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const ZifuImportLine *line = &g_array_index (self->lines, ZifuImportLine, i);

      if (line->original != NULL && line->entry_id != 0 && !link_refund (self, ledger, line, error))
        return FALSE;
    }
  return TRUE;
}

/* Whose import it is: one person's, or the household's. */
static gint64
find_owner (ZifuImportPlan *self, const GArray *numbers)
{
  gint64 owner = self->member_id;

  for (guint n = 0; n < numbers->len; n++)
    {
      gint64 id = g_array_index (self->lines, ZifuImportLine, g_array_index (numbers, guint, n)).member_id;

      if (owner != 0 && id != owner)
        return 0;
      owner = id;
    }
  return owner;
}

static gboolean
write_all (ZifuImportPlan *self, ZifuLedger *ledger, const char *time, const GArray *numbers, const ZifuJob *job, gint64 *import_id,
           GError **error)
{
  ZifuImport import = {
    .member_id = find_owner (self, numbers),
    .time = (char *) time,
    .file_name = self->file_name,
    .file_hash = self->hash,
    .mapping = self->mapping != NULL ? self->mapping->name : NULL,
    .n_dup = zifu_import_plan_count (self, ZIFU_LINE_DUPLICATE),
    .n_doubt = zifu_import_plan_count (self, ZIFU_LINE_DOUBTFUL),
    .n_bad = zifu_import_plan_count (self, ZIFU_LINE_WRONG),
  };
  gint64 id = zifu_ledger_begin_import (ledger, &import, error);

  if (id == 0)
    return FALSE;
  if (!write_openings (self, ledger, error) || !write_lines (self, ledger, numbers, job, error) || !link_refunds (self, ledger, error))
    {
      zifu_ledger_abort_import (ledger);
      return FALSE;
    }
  *import_id = id;
  return zifu_ledger_commit_import (ledger, &import, error);
}

/**
 * zifu_import_apply:
 * @self: a plan
 * @ledger: the ledger that it was made for, used by this thread only
 * @time: now, as yyyy-MM-ddTHH:mm:ssZ: the import is listed with it
 * @report_path: (nullable): where lines that stay out are written to; %NULL when zifu_import_plan_write_report() was called, or all are
 * taken
 * @job: (nullable): progress in lines, and a way to give up
 * @import_id: (out): number of the import, for zifu_ledger_undo_import(); 0 when there was nothing to import
 * @error: return location for an error of #ZifuExchangeError, #ZifuLedgerError or %G_IO_ERROR_CANCELLED
 *
 * Writes the lines that are taken, all of them or none.  Lines that stay out are written to the report before that, so that none is lost;
 * when the report cannot be written, nothing is imported.  Refunds are tied to what they take back, also where one of them came with an
 * import before.  When no line is taken, nothing but that is written.
 *
 * Returns: whether it was done; else nothing was imported
 */
gboolean
zifu_import_apply (ZifuImportPlan *self, ZifuLedger *ledger, const char *time, const char *report_path, const ZifuJob *job,
                   gint64 *import_id, GError **error)
{
  g_autoptr (GArray) numbers = NULL;
  gint64 id = 0;

  g_return_val_if_fail (self != NULL && ZIFU_IS_LEDGER (ledger), FALSE);
  g_return_val_if_fail (time != NULL && import_id != NULL, FALSE);

  *import_id = 0;
  if (report_path != NULL && needs_report (self) && !zifu_import_plan_write_report (self, report_path, error))
    return FALSE;
  numbers = sort_taken (self);
  if (numbers->len > 0 ? !write_all (self, ledger, time, numbers, job, &id, error) : !link_refunds (self, ledger, error))
    return FALSE;
  *import_id = id;
  return TRUE;
}
