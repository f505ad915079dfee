/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <glib/gi18n-lib.h>

/* Looks at everything that must hold in a file. */

/* What must be 0, and what it means when it is not. */
static const struct {
  const char *sql, *message;
} laws[] = {
  { "SELECT COUNT (*) FROM pragma_foreign_key_check", N_("%s rows refer to something that is not there.") },
  { "SELECT COUNT (*) FROM unlock_d", N_("A deletion was left unfinished (%s).") },
  { "SELECT COUNT (*) FROM (SELECT psn_no, ym, inc_sumamt, pay_sumamt, adj_sumamt, cnt FROM acct_mon_d EXCEPT"
    "  SELECT psn_no, substr (acct_modi_date, 1, 7) AS ym, SUM (IIF (kind IN ('opening', 'correction'), 0, inc_sumamt)),"
    "    SUM (IIF (kind IN ('opening', 'correction'), 0, pay_sumamt)),"
    "    SUM (IIF (kind IN ('opening', 'correction'), inc_sumamt - pay_sumamt, 0)), COUNT (*) FROM acct_incexpd_d GROUP BY psn_no, ym)",
    N_("The sums of %s months are not those of their entries.") },
  { "SELECT (SELECT COUNT (*) FROM acct_incexpd_d) - (SELECT IFNULL (SUM (cnt), 0) FROM acct_mon_d)",
    N_("%s entries are missing from the sums of the months.") },
  { "SELECT COUNT (*) FROM acct_incexpd_d WHERE date (acct_modi_date) IS NOT acct_modi_date",
    N_("%s entries lie on a day that is not in the calendar.") },
  { "SELECT COUNT (*) FROM sync_d s JOIN sync_row_d r ON r.sync_id = s.sync_id AND r.gen = s.gen AND r.type = 'acct_detl'"
    "  WHERE r.vali_flag = '1' AND r.fresh = 0"
    "  AND NOT EXISTS (SELECT 1 FROM acct_incexpd_d e WHERE e.psn_no = s.psn_no AND e.souc_rid = r.id)",
    N_("%s movements that a provider sent are missing in the history.") },
};

static gboolean
verify_file (ZifuLedger *self, GPtrArray *problems, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (self, error, "PRAGMA integrity_check (20)", "");
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      const char *text;

      if (!row)
        return TRUE;
      text = (const char *) sqlite3_column_text (statement, 0);
      if (g_strcmp0 (text, "ok") != 0)
        /* Translators: %s is what the database library reports, in English */
        g_ptr_array_add (problems, g_strdup_printf (_("The file is damaged: %s"), text));
    }
  return FALSE;
}

static gboolean
verify_laws (ZifuLedger *self, GPtrArray *problems, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (laws); i++)
    {
      gint64 n;

      if (!_zifu_ledger_get_int (self, &n, error, laws[i].sql, ""))
        return FALSE;
      if (n != 0)
        {
          g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n);
          g_auto (GStrv) parts = g_strsplit (_(laws[i].message), "%s", 2);

          g_ptr_array_add (problems, g_strconcat (parts[0], number, parts[1], NULL));
        }
    }
  return TRUE;
}

static gboolean
verify_balances (ZifuLedger *self, GPtrArray *problems, GError **error)
{
  g_autoptr (GPtrArray) members = zifu_ledger_list_members (self, error);

  for (guint i = 0; members != NULL && i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);
      ZifuBalanceBreak broken;

      if (!zifu_ledger_check_balance (self, member->id, &broken, error))
        return FALSE;
      if (broken.entry_id != 0)
        {
          g_autofree char *date = zifu_date_format (broken.date);
          g_autofree char *recorded = zifu_money_format (broken.recorded, ZIFU_MONEY_PLAIN);
          g_autofree char *expected = zifu_money_format (broken.expected, ZIFU_MONEY_PLAIN);

          /* Translators: name of a person, a day, two amounts */
          g_ptr_array_add (problems, g_strdup_printf (_("%s: on %s the balance is recorded as %s, but the entries give %s."), member->name,
                                                      date, recorded, expected));
        }
    }
  return members != NULL;
}

/**
 * zifu_ledger_check_laws:
 * @self: a ledger
 * @error: return location for an error
 *
 * Looks at what must hold between the rows, besides the balances: what rows refer to, the sums of the months, the days, what a provider
 * sent.  A file of a newer program may have other laws: of it nothing is told.
 *
 * Returns: (transfer full) (element-type utf8) (nullable): what is wrong, each in a sentence for people, empty when all is well; %NULL
 *   with an error when it could not be looked at
 */
GPtrArray *
zifu_ledger_check_laws (ZifuLedger *self, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  return self->version > ZIFU_LEDGER_SCHEMA_VERSION || verify_laws (self, problems, error) ? g_steal_pointer (&problems) : NULL;
}

/**
 * zifu_ledger_verify:
 * @self: a ledger
 * @error: return location for an error
 *
 * Looks at everything that must hold: the file itself, what rows refer to, the sums of the months, and each recorded balance.  With many
 * entries that takes seconds.
 *
 * Returns: (transfer full) (element-type utf8) (nullable): what is wrong, each in a sentence for people, empty when all is well; %NULL
 *   with an error when it could not be looked at
 */
GPtrArray *
zifu_ledger_verify (ZifuLedger *self, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  return verify_file (self, problems, error) && verify_laws (self, problems, error) && verify_balances (self, problems, error)
           ? g_steal_pointer (&problems)
           : NULL;
}
