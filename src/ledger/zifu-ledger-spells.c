/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <glib/gi18n-lib.h>

/* Months that were paid (table psn_clct_detl_d), as somebody enters them: from one month to another. */

#define MOST_MONTHS 1200

static ZifuDate
first_day (ZifuMonth month)
{
  int year, month_of_year;

  zifu_month_split (month, &year, &month_of_year);
  return zifu_date_new (year, month_of_year, 1);
}

static gboolean
goes_on (const ZifuLifeEvent *spell, ZifuMonth month, const ZifuLifeEvent *next)
{
  return zifu_month_of (spell->to) + 1 == month && spell->paid_on == next->paid_on && spell->base == next->base &&
         spell->credited == next->credited && spell->provenance == next->provenance;
}

/*
 * _zifu_ledger_list_spells:
 *
 * Appends the spells of a person, oldest first.
 */
gboolean
_zifu_ledger_list_spells (ZifuLedger *self, gint64 member_id, GPtrArray *events, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error,
                          "SELECT cashym, clct_time, psn_clctstd, psn_clct_into_acct_amt, provenance FROM psn_clct_detl_d"
                          " WHERE psn_no = ? AND clct_flag IN ('1', '4') AND revs_flag = 'Z' ORDER BY cashym",
                          "i", member_id);
  ZifuLifeEvent *spell = NULL;
  gboolean row;

  if (statement == NULL)
    return FALSE;
  while (_zifu_ledger_step (self, statement, &row, error))
    {
      g_autoptr (ZifuLifeEvent) next = NULL;
      ZifuMonth month;

      if (!row)
        return TRUE;
      month = _zifu_column_month (statement, 0);
      next = zifu_life_event_new (ZIFU_LIFE_SPELL, member_id);
      next->from = next->to = first_day (month);
      next->paid_on = _zifu_column_date (statement, 1);
      next->base = _zifu_column_int (statement, 2, -1);
      next->credited = _zifu_column_int (statement, 3, -1);
      next->provenance = _zifu_provenance_parse ((const char *) sqlite3_column_text (statement, 4));
      if (spell != NULL && goes_on (spell, month, next))
        spell->to = next->to;
      else
        g_ptr_array_add (events, spell = g_steal_pointer (&next));
    }
  return FALSE;
}

/*
 * _zifu_ledger_drop_spell:
 *
 * Takes the months of a spell away.  What was imported goes with its import only.
 */
gboolean
_zifu_ledger_drop_spell (ZifuLedger *self, const ZifuLifeEvent *spell, GError **error)
{
  if (spell->provenance == ZIFU_PROVENANCE_IMPORTED || spell->provenance == ZIFU_PROVENANCE_SYNCED)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT,
                           _("These months were imported. Undo the import to take them away."));
      return FALSE;
    }
  if (!_zifu_ledger_run (self, error, "DELETE FROM psn_clct_detl_d WHERE psn_no = ? AND cashym BETWEEN ? AND ? AND provenance = ?", "immt",
                         spell->member_id, zifu_month_of (spell->from), zifu_month_of (spell->to),
                         _zifu_provenance_name (spell->provenance)))
    return FALSE;
  if (sqlite3_changes (self->db) == zifu_month_of (spell->to) - zifu_month_of (spell->from) + 1)
    return TRUE;
  g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND, _("This is not there any more."));
  return FALSE;
}

static gboolean
is_entered (ZifuLedger *self, gint64 member_id, ZifuMonth month, gboolean *entered, GError **error)
{
  gint64 found = 0;

  if (!_zifu_ledger_get_int (self, &found, error, "SELECT EXISTS (SELECT 1 FROM psn_clct_detl_d WHERE psn_no = ? AND cashym = ?)", "im",
                             member_id, month))
    return FALSE;
  *entered = found != 0;
  return TRUE;
}

/*
 * _zifu_ledger_insert_spell:
 *
 * Enters the months of a spell.  A month has one contribution: one that is entered already refuses the whole spell.
 */
gboolean
_zifu_ledger_insert_spell (ZifuLedger *self, const ZifuLifeEvent *spell, GError **error)
{
  ZifuMonth first = zifu_month_of (spell->from), last = zifu_month_of (spell->to);

  if (last - first >= MOST_MONTHS)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, _("These are more months than a life has."));
      return FALSE;
    }
  for (ZifuMonth month = first; month <= last; month++)
    {
      gboolean entered = FALSE;

      if (!is_entered (self, spell->member_id, month, &entered, error))
        return FALSE;
      if (entered)
        {
          int year, month_of_year;

          zifu_month_split (month, &year, &month_of_year);
          g_set_error (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, _("%04d-%02d is entered already, and a month counts once."),
                       year, month_of_year);
          return FALSE;
        }
      if (!zifu_ledger_add_contribution (self, spell->member_id, month, spell->paid_on, spell->base, spell->credited, spell->provenance,
                                         error))
        return FALSE;
    }
  return TRUE;
}
