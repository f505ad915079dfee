/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-export.h"

#include <string.h>
#include <unistd.h>

#include "zifu-entries-private.h"
#include "zifu-ledger-private.h"
#include "zifu-output-private.h"

/* The platform's names; what it has none for is ours.  The order is the order of the columns. */
static const char *const columns[] = {
  "psn_no",     "psn_name",       "rid",           "acct_modi_date", "kind",         "acct_incexpd_type", "inc_sumamt",
  "pay_sumamt", "balc",           "fixmedins_name", "memo",           "cashym",       "psn_clctstd",       "relt_psn_no",
  "relt_psn_name", "setl_id",     "medfee_sumamt", "psn_part_amt",   "init_rid",     "provenance",        "souc_rid",
  NULL,
};

/* A cell that begins like this is a formula to a spreadsheet program, the wide forms as well; the quote itself is the mark. */
static gboolean
needs_guard (const char *text)
{
  gunichar first = g_utf8_get_char (text);

  return first != 0 && (strchr ("=+-@\t\r'", (int) MIN (first, 0x7f)) != NULL || first == 0xFF1D || first == 0xFF0B ||
                        first == 0xFF0D || first == 0xFF20);
}

/**
 * zifu_export_csv_unguard:
 * @text: a cell with free text, as it stands in one of our CSV files
 *
 * A text that a spreadsheet program would take for a formula stands behind a quote in our files.
 *
 * Returns: (transfer full): the text itself
 */
char *
zifu_export_csv_unguard (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return g_strdup (*text == '\'' && needs_guard (text + 1) ? text + 1 : text);
}

static void
put_separator (ZifuOutput *output, guint *column)
{
  if ((*column)++ > 0)
    _zifu_output_puts (output, ",");
}

/* RFC 4180: quoted only when it must be. */
static void
put_cell (ZifuOutput *output, guint *column, const char *text)
{
  put_separator (output, column);
  if (text == NULL)
    return;
  if (strpbrk (text, ",\"\r\n") == NULL && *text != ' ' && !g_str_has_suffix (text, " "))
    {
      _zifu_output_puts (output, text);
      return;
    }

  _zifu_output_puts (output, "\"");
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        _zifu_output_puts (output, "\"");
      _zifu_output_write (output, p, 1);
    }
  _zifu_output_puts (output, "\"");
}

static void
put_free_text (ZifuOutput *output, guint *column, const char *text)
{
  g_autofree char *guarded = text != NULL && needs_guard (text) ? g_strconcat ("'", text, NULL) : NULL;

  put_cell (output, column, guarded != NULL ? guarded : text);
}

/* An id; nothing for none. */
static void
put_id (ZifuOutput *output, guint *column, gint64 id)
{
  char text[ZIFU_MONEY_LENGTH];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, id);
  put_cell (output, column, id != 0 ? text : NULL);
}

/* An amount in yuan; nothing for a negative one that stands for "none". */
static void
put_money (ZifuOutput *output, guint *column, ZifuMoney amount, gboolean has)
{
  char text[ZIFU_MONEY_LENGTH];

  zifu_money_print (amount, text);
  put_cell (output, column, has ? text : NULL);
}

static void
put_month (ZifuOutput *output, guint *column, ZifuMonth month)
{
  char text[16] = "";
  int year, month_of_year;

  if (month != 0)
    {
      zifu_month_split (month, &year, &month_of_year);
      g_snprintf (text, sizeof text, "%04d%02d", year, month_of_year);
    }
  put_cell (output, column, text);
}

static gboolean
write_row (const ZifuMember *member, const ZifuEntry *entry, gpointer user_data, GError **error)
{
  ZifuOutput *output = user_data;
  g_autofree char *date = zifu_date_format (entry->date);
  gboolean settled = entry->settlement_id != 0;
  guint column = 0;

  put_id (output, &column, member->id);
  put_free_text (output, &column, member->name);
  put_id (output, &column, entry->id);
  put_cell (output, &column, date);
  put_cell (output, &column, _zifu_entry_kind_name (entry->kind));
  put_free_text (output, &column, entry->incexpd_type);
  put_money (output, &column, MAX (entry->amount, 0), TRUE);
  put_money (output, &column, MAX (-entry->amount, 0), TRUE);
  put_money (output, &column, entry->balance, TRUE);
  put_free_text (output, &column, entry->institution);
  put_free_text (output, &column, entry->note);
  put_month (output, &column, entry->for_month);
  put_money (output, &column, entry->base, entry->base >= 0);
  put_id (output, &column, entry->relative_id);
  put_free_text (output, &column, entry->relative_name);
  put_id (output, &column, entry->settlement_id);
  put_money (output, &column, entry->total, settled);
  put_money (output, &column, entry->person_paid, settled);
  put_id (output, &column, entry->original_id);
  put_cell (output, &column, _zifu_provenance_name (entry->provenance));
  put_free_text (output, &column, entry->souc_rid);
  _zifu_output_puts (output, "\r\n");
  return _zifu_output_check (output, error);
}

/**
 * zifu_export_csv:
 * @ledger: a ledger, used by this thread only
 * @selection: what to write
 * @path: (nullable): the file; %NULL = the standard output
 * @job: (nullable): progress in entries, and a way to give up
 * @error: return location for a #ZifuExchangeError, a #ZifuLedgerError or %G_IO_ERROR_CANCELLED
 *
 * Writes entries as CSV (RFC 4180, UTF-8): one line an entry, the oldest one of an account first, amounts in yuan.  A free text that a
 * spreadsheet program would take for a formula stands behind a quote; see zifu_export_csv_unguard().  The file has mode 0600 and is
 * there when it is complete, or not at all.
 *
 * Returns: whether it was written
 */
gboolean
zifu_export_csv (ZifuLedger *ledger, const ZifuExportSelection *selection, const char *path, const ZifuJob *job, GError **error)
{
  g_autoptr (ZifuOutput) output = NULL;
  guint column = 0;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), FALSE);
  g_return_val_if_fail (selection != NULL, FALSE);

  output = _zifu_output_open (path, error);
  if (output == NULL)
    return FALSE;

  if (selection->bom)
    _zifu_output_puts (output, "\357\273\277");
  for (guint i = 0; columns[i] != NULL; i++)
    put_cell (output, &column, columns[i]);
  _zifu_output_puts (output, "\r\n");
  return _zifu_entries_walk (ledger, selection, write_row, output, job, error) &&
         _zifu_output_commit (output, error);
}
