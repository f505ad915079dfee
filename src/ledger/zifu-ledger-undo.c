/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <glib/gi18n-lib.h>

/* What was imported, and taking an import back. */

static ZifuImport *
read_import (sqlite3_stmt *statement)
{
  ZifuImport *import = zifu_import_new ();

  import->id = sqlite3_column_int64 (statement, 0);
  import->member_id = sqlite3_column_int64 (statement, 1);
  import->time = _zifu_column_text (statement, 2);
  import->file_name = _zifu_column_text (statement, 3);
  import->file_hash = _zifu_column_text (statement, 4);
  import->mapping = _zifu_column_text (statement, 5);
  import->n_new = sqlite3_column_int (statement, 6);
  import->n_dup = sqlite3_column_int (statement, 7);
  import->n_doubt = sqlite3_column_int (statement, 8);
  import->n_bad = sqlite3_column_int (statement, 9);
  import->undone = sqlite3_column_int (statement, 10);
  return import;
}

/**
 * zifu_ledger_list_imports:
 * @self: a ledger
 * @member_id: whose; 0 = all imports of the household
 * @error: return location for an error
 *
 * What was imported, newest first, also what was undone since.  Imports of several people are among those of each person.
 *
 * Returns: (transfer full) (element-type ZifuImport) (nullable): the imports, or %NULL with an error
 */
GPtrArray *
zifu_ledger_list_imports (ZifuLedger *self, gint64 member_id, GError **error)
{
  g_autoptr (GPtrArray) imports = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_import_free);
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  statement = _zifu_ledger_prepare (self, error,
                                    "SELECT impt_id, psn_no, impt_time, file_name, file_hash, mapping, n_new, n_dup, n_doubt, n_bad, undone"
                                    " FROM impt_d WHERE ?1 = 0 OR psn_no = ?1 OR psn_no IS NULL ORDER BY impt_id DESC",
                                    "i", member_id);
  if (statement == NULL)
    return NULL;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&imports);
      g_ptr_array_add (imports, read_import (statement));
    }
  return NULL;
}

/**
 * zifu_ledger_get_import:
 * @self: a ledger
 * @import_id: which import
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the import, or %NULL with an error (%ZIFU_LEDGER_ERROR_NOT_FOUND when there is none)
 */
ZifuImport *
zifu_ledger_get_import (ZifuLedger *self, gint64 import_id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  statement = _zifu_ledger_prepare (self, error,
                                    "SELECT impt_id, psn_no, impt_time, file_name, file_hash, mapping, n_new, n_dup, n_doubt, n_bad, undone"
                                    " FROM impt_d WHERE impt_id = ?",
                                    "i", import_id);
  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return NULL;
  if (row)
    return read_import (statement);

  g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND, _("There is no such import."));
  return NULL;
}

/* What a later row is, such as "the refund of 3.00 on 2026-02-08 (赵一)". */
static char *
describe_refund (sqlite3_stmt *statement)
{
  g_autofree char *date = zifu_date_format (_zifu_column_date (statement, 0));
  ZifuMoney amount = sqlite3_column_int64 (statement, 1);
  g_autofree char *sum = zifu_money_format (ABS (amount), ZIFU_MONEY_PLAIN);

  /* Translators: an amount, a day and the name of the person whose account it is; a part of a sentence. */
  return g_strdup_printf (_("the refund of %s on %s (%s)"), sum, date, (const char *) sqlite3_column_text (statement, 2));
}

/* What stands in the way, and what to do about it. */
static char *
describe_way_out (sqlite3_stmt *statement)
{
  ZifuProvenance provenance = _zifu_provenance_parse ((const char *) sqlite3_column_text (statement, 3));
  const char *file_name = (const char *) sqlite3_column_text (statement, 4);
  g_autofree char *refund = describe_refund (statement);

  if (file_name != NULL)
    /* Translators: the name of a file, and such as "the refund of 3.00 on 2026-02-08 (赵一)". */
    return g_strdup_printf (_("Undo the import of “%s” first: %s came with it, and refers to an entry of this import."), file_name,
                            refund);
  if (provenance == ZIFU_PROVENANCE_TYPED && !sqlite3_column_int (statement, 5))
    /* Translators: %s is such as "the refund of 3.00 on 2026-02-08 (赵一)". */
    return g_strdup_printf (_("In the history, take back %s first: it refers to an entry of this import."), refund);
  /* Translators: %s is such as "the refund of 3.00 on 2026-02-08 (赵一)". */
  return g_strdup_printf (_("The provider has sent %s, which refers to an entry of this import; that goes only when the account is"
                            " disconnected."), refund);
}

static gboolean
refuse_referred (sqlite3_stmt *statement, GError **error)
{
  g_autofree char *way_out = describe_way_out (statement);
  int more = sqlite3_column_int (statement, 6) - 1;
  g_autofree char *others = g_strdup_printf (ngettext ("Then %d more stands in the way.", "Then %d more stand in the way.", (gulong) more),
                                             more);

  g_set_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_REFERRED, "%s %s%s%s", way_out, more > 0 ? others : "", more > 0 ? " " : "",
               _("Nothing was undone."));
  return FALSE;
}

/* Refunds that came later and take back a row of the import. */
static gboolean
check_not_refunded (ZifuLedger *self, gint64 import_id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error,
                          "SELECT e.acct_modi_date, e.inc_sumamt - e.pay_sumamt, p.psn_name, e.provenance, i.file_name,"
                          " e.souc_rid IS NOT NULL, COUNT (*) OVER () FROM acct_incexpd_d o JOIN acct_incexpd_d e ON e.init_rid = o.rid"
                          " JOIN psn_b p ON p.psn_no = e.psn_no LEFT JOIN impt_d i ON i.impt_id = e.impt_id"
                          " WHERE o.impt_id = ?1 AND e.impt_id IS NOT ?1 ORDER BY e.acct_modi_date, e.rid LIMIT 1",
                          "i", import_id);
  gboolean row;

  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return FALSE;
  return !row || refuse_referred (statement, error);
}

/* Rows that came later and belong to a settlement of the import. */
static gboolean
check_not_referred (ZifuLedger *self, gint64 import_id, GError **error)
{
  gint64 n;

  if (!check_not_refunded (self, import_id, error) ||
      !_zifu_ledger_get_int (self, &n, error,
                             "SELECT COUNT (*) FROM setl_d s JOIN acct_incexpd_d e ON e.setl_id = s.setl_id"
                             " WHERE s.impt_id = ?1 AND e.impt_id IS NOT ?1",
                             "i", import_id))
    return FALSE;
  if (n == 0)
    return TRUE;

  g_set_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_REFERRED,
               ngettext ("%d later entry refers to an entry of this import. Nothing was undone.",
                         "%d later entries refer to entries of this import. Nothing was undone.", (gulong) n),
               (int) n);
  return FALSE;
}

typedef struct {
  gint64   member_id;
  ZifuDate from;
} Touched;

/* Whose accounts the import moved, and from which day on. */
static GArray *
list_touched (ZifuLedger *self, gint64 import_id, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Touched));
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (
    self, error, "SELECT psn_no, MIN (acct_modi_date) FROM acct_incexpd_d WHERE impt_id = ? GROUP BY psn_no", "i", import_id);
  gboolean row;

  if (statement == NULL)
    return NULL;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      Touched touched;

      if (!row)
        return g_steal_pointer (&list);
      touched.member_id = sqlite3_column_int64 (statement, 0);
      touched.from = _zifu_column_date (statement, 1);
      g_array_append_val (list, touched);
    }
  return NULL;
}

static gboolean
shift_accounts (ZifuLedger *self, GArray *list, gint64 import_id, GError **error)
{
  for (guint i = 0; i < list->len; i++)
    {
      const Touched *touched = &g_array_index (list, Touched, i);

      if (!_zifu_ledger_touch (self, touched->member_id, error) ||
          !_zifu_ledger_shift_balances (self, touched->member_id, touched->from, G_MAXINT64, import_id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
count_months (ZifuLedger *self, GArray *list, GError **error)
{
  for (guint i = 0; i < list->len; i++)
    {
      const Touched *touched = &g_array_index (list, Touched, i);

      if (!_zifu_ledger_count_months (self, touched->member_id, zifu_month_of (touched->from), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
delete_rows (ZifuLedger *self, gint64 import_id, GError **error)
{
  static const char *const statements[] = {
    "DELETE FROM acct_incexpd_d WHERE impt_id = ?",
    "DELETE FROM presetl_pair_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE impt_id = ?)",
    "DELETE FROM setl_purse_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE impt_id = ?)",
    "DELETE FROM setl_mulaid_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE impt_id = ?)",
    "DELETE FROM setl_cum_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE impt_id = ?)",
    "DELETE FROM setl_base_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE impt_id = ?)",
    "DELETE FROM setl_axis_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE impt_id = ?)",
    "DELETE FROM setl_input_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE impt_id = ?)",
    "DELETE FROM feedetl_d WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE impt_id = ?)",
    "DELETE FROM setldetail WHERE setl_id IN (SELECT setl_id FROM setl_d WHERE impt_id = ?)",
    "DELETE FROM setl_d WHERE impt_id = ?",
    "DELETE FROM psn_clct_detl_d WHERE impt_id = ?",
    "UPDATE impt_d SET undone = 1 WHERE impt_id = ?",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!_zifu_ledger_run (self, error, statements[i], "i", import_id))
      return FALSE;
  return _zifu_ledger_drop_texts (self, error);
}

static gboolean
check_import_stands (ZifuLedger *self, gint64 import_id, GError **error)
{
  gint64 stands;

  if (!_zifu_ledger_get_int (self, &stands, error, "SELECT COUNT (*) FROM impt_d WHERE impt_id = ? AND undone = 0", "i", import_id))
    return FALSE;
  if (stands == 0)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND, _("There is no such import, or it was undone already."));
  return stands != 0;
}

/**
 * zifu_ledger_undo_import:
 * @self: a ledger
 * @import_id: which import
 * @error: return location for an error
 *
 * Takes away exactly what an import brought, in one transaction.  The balances of later entries move with it.  The import itself stays in
 * the list, as undone; the same file may be imported again.
 *
 * Returns: whether it was undone; %FALSE with %ZIFU_LEDGER_ERROR_NOT_FOUND when there is no such import or it was undone before, and with
 *   %ZIFU_LEDGER_ERROR_REFERRED when later entries, such as a refund, refer to an entry of it
 */
gboolean
zifu_ledger_undo_import (ZifuLedger *self, gint64 import_id, GError **error)
{
  g_autoptr (GArray) list = NULL;
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  if (!_zifu_ledger_begin (self, error))
    return FALSE;

  /* What a source brought as well is the source's alone from now on. */
  success = check_import_stands (self, import_id, error) &&
            _zifu_ledger_exec (self, "INSERT INTO unlock_d (reason) VALUES ('an import is undone')", error) &&
            _zifu_ledger_run (self, error, "UPDATE acct_incexpd_d SET impt_id = NULL WHERE impt_id = ? AND provenance = 'synced'", "i",
                              import_id) &&
            check_not_referred (self, import_id, error) && (list = list_touched (self, import_id, error)) != NULL &&
            shift_accounts (self, list, import_id, error) && delete_rows (self, import_id, error) && count_months (self, list, error) &&
            _zifu_ledger_exec (self, "DELETE FROM unlock_d", error);
  return _zifu_ledger_end (self, success, error);
}

/**
 * zifu_import_new:
 *
 * Returns: (transfer full): an empty import, to be freed with zifu_import_free()
 */
ZifuImport *
zifu_import_new (void)
{
  return g_new0 (ZifuImport, 1);
}

/**
 * zifu_import_free:
 * @import: (nullable) (transfer full): an import
 *
 * Frees @import with all its texts.
 */
void
zifu_import_free (ZifuImport *import)
{
  if (import == NULL)
    return;

  g_free (import->time);
  g_free (import->file_name);
  g_free (import->file_hash);
  g_free (import->mapping);
  g_free (import);
}
