/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-export.h"

#include "zifu-entries-private.h"
#include "zifu-json-pen.h"
#include "zifu-ledger-private.h"
#include "zifu-output-private.h"

/* A list of entries for programs: the members are named as the columns of our CSV, one entry a line. */
typedef struct {
  ZifuOutput *output;
  GString    *line; /* owned */
  gboolean    follows;
} List;

static void
put_text (ZifuJsonPen *pen, const char *name, const char *text)
{
  if (text != NULL)
    zifu_json_pen_text (pen, name, text);
}

static void
put_id (ZifuJsonPen *pen, const char *name, gint64 id)
{
  if (id != 0)
    zifu_json_pen_int (pen, name, id);
}

static void
put_month (ZifuJsonPen *pen, const char *name, ZifuMonth month)
{
  char text[16];
  int year, month_of_year;

  if (month == 0)
    return;
  zifu_month_split (month, &year, &month_of_year);
  g_snprintf (text, sizeof text, "%04d%02d", year, month_of_year);
  zifu_json_pen_text (pen, name, text);
}

static void
put_settlement (ZifuJsonPen *pen, const ZifuEntry *entry)
{
  if (entry->settlement_id == 0)
    return;
  zifu_json_pen_int (pen, "setl_id", entry->settlement_id);
  zifu_json_pen_money (pen, "medfee_sumamt", entry->total);
  zifu_json_pen_money (pen, "psn_part_amt", entry->person_paid);
}

static gboolean
write_entry (const ZifuMember *member, const ZifuEntry *entry, gpointer user_data, GError **error)
{
  List *list = user_data;
  ZifuJsonPen pen = { list->line, FALSE };
  g_autofree char *date = zifu_date_format (entry->date);

  g_string_assign (list->line, list->follows ? ",\n  " : "\n  ");
  list->follows = TRUE;
  zifu_json_pen_open (&pen, NULL, '{');
  zifu_json_pen_int (&pen, "psn_no", member->id);
  put_text (&pen, "psn_name", member->name);
  zifu_json_pen_int (&pen, "rid", entry->id);
  zifu_json_pen_text (&pen, "acct_modi_date", date);
  zifu_json_pen_text (&pen, "kind", _zifu_entry_kind_name (entry->kind));
  put_text (&pen, "acct_incexpd_type", entry->incexpd_type);
  zifu_json_pen_money (&pen, "inc_sumamt", MAX (entry->amount, 0));
  zifu_json_pen_money (&pen, "pay_sumamt", MAX (-entry->amount, 0));
  zifu_json_pen_money (&pen, "balc", entry->balance);
  put_text (&pen, "fixmedins_name", entry->institution);
  put_text (&pen, "memo", entry->note);
  put_month (&pen, "cashym", entry->for_month);
  if (entry->base >= 0)
    zifu_json_pen_money (&pen, "psn_clctstd", entry->base);
  put_id (&pen, "relt_psn_no", entry->relative_id);
  put_text (&pen, "relt_psn_name", entry->relative_name);
  put_settlement (&pen, entry);
  put_id (&pen, "init_rid", entry->original_id);
  zifu_json_pen_text (&pen, "provenance", _zifu_provenance_name (entry->provenance));
  put_text (&pen, "souc_rid", entry->souc_rid);
  zifu_json_pen_close (&pen, '}');
  _zifu_output_write (list->output, list->line->str, list->line->len);
  return _zifu_output_check (list->output, error);
}

/**
 * zifu_export_json:
 * @ledger: a ledger, used by this thread only
 * @selection: what to write
 * @path: (nullable): the file; %NULL = the standard output
 * @job: (nullable): progress in entries, and a way to give up
 * @error: return location for a #ZifuExchangeError, a #ZifuLedgerError or %G_IO_ERROR_CANCELLED
 *
 * Writes entries as a JSON document: a list "entries", the oldest one of an account first, whose members have the names of our CSV
 * columns; amounts are texts in yuan, and what an entry has not is left out.  It is for other programs: zifu_household_json_write() writes
 * what can be read back whole.  The file has mode 0600 and is there when it is complete, or not at all.
 *
 * Returns: whether it was written
 */
gboolean
zifu_export_json (ZifuLedger *ledger, const ZifuExportSelection *selection, const char *path, const ZifuJob *job, GError **error)
{
  g_autoptr (ZifuOutput) output = NULL;
  List list = { 0 };
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), FALSE);
  g_return_val_if_fail (selection != NULL, FALSE);

  output = _zifu_output_open (path, error);
  if (output == NULL)
    return FALSE;

  list.output = output;
  list.line = g_string_new (NULL);
  _zifu_output_puts (output, "{\"format\": \"zifu-entries\", \"version\": 1, \"entries\": [");
  success = _zifu_entries_walk (ledger, selection, write_entry, &list, job, error);
  _zifu_output_puts (output, "\n]}\n");
  success = success && _zifu_output_commit (output, error);
  g_string_free (list.line, TRUE);
  return success;
}
