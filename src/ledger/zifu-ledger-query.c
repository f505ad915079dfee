/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-query-private.h"

/* What a filter of the history means in SQL: the same for pages and for sums. */

static gboolean
read_members (ZifuQuery *query, gint64 member_id, const ZifuEntryFilter *filter, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;

  query->members = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (member_id != 0)
    g_array_append_val (query->members, member_id);
  else if (filter != NULL && filter->n_member_ids > 0)
    g_array_append_vals (query->members, filter->member_ids, filter->n_member_ids);
  else
    {
      all = zifu_ledger_list_members (query->ledger, error);
      for (guint i = 0; all != NULL && i < all->len; i++)
        g_array_append_val (query->members, ((ZifuMember *) g_ptr_array_index (all, i))->id);
      return all != NULL;
    }
  return TRUE;
}

/*
 * _zifu_query_read:
 *
 * Makes @query, whose ledger is set, out of what was asked for.
 */
gboolean
_zifu_query_read (ZifuQuery *query, gint64 member_id, const ZifuEntryFilter *filter, GError **error)
{
  if (!read_members (query, member_id, filter, error))
    return FALSE;
  if (filter == NULL)
    return TRUE;

  query->kinds = filter->kinds | (filter->has_kind ? 1u << filter->kind : 0);
  query->from = filter->from;
  query->to = filter->to;
  query->has_amount = filter->has_amount;
  query->amount_from = filter->amount_from;
  query->amount_to = filter->amount_to;
  query->before = (ZifuPlace){ filter->before_date, filter->before_id };
  query->has_institution = filter->institution != NULL && *filter->institution != '\0';
  query->has_search = !_zifu_search_is_blank (filter->text);
  return (!query->has_institution || _zifu_ledger_get_int (query->ledger, &query->institution, error,
                                                           "SELECT txt_id FROM txt_d WHERE txt = ?", "t", filter->institution)) &&
         (!query->has_search || _zifu_ledger_search (query->ledger, filter->text, error));
}

/*
 * _zifu_query_append_conditions:
 *
 * What each row must be besides what the index gives.
 */
void
_zifu_query_append_conditions (GString *sql, const ZifuQuery *query, gboolean kinds, gboolean institution, gboolean amount,
                               gboolean search)
{
  const char *separator = "";

  if (kinds && query->kinds != 0)
    {
      g_string_append (sql, " AND kind IN (");
      for (guint kind = 0; kind < ZIFU_N_ENTRY_KINDS; kind++)
        if (query->kinds & (1u << kind))
          {
            g_string_append_printf (sql, "%s'%s'", separator, _zifu_entry_kind_name (kind));
            separator = ", ";
          }
      g_string_append (sql, ")");
    }
  if (institution && query->has_institution)
    g_string_append_printf (sql, " AND fixmedins_id = %" G_GINT64_FORMAT, query->institution);
  if (amount && query->has_amount)
    g_string_append_printf (sql, " AND inc_sumamt + pay_sumamt BETWEEN %" G_GINT64_FORMAT " AND %" G_GINT64_FORMAT, query->amount_from,
                            query->amount_to);
  if (search && query->has_search)
    g_string_append (sql, " AND zifu_found (fixmedins_id, memo_id, relt_psn_no, inc_sumamt + pay_sumamt, acct_modi_date)");
}

/*
 * _zifu_query_append_days:
 *
 * The days that are wanted, and the place before which the page begins.
 */
void
_zifu_query_append_days (GString *sql, const ZifuQuery *query, ZifuDate from, ZifuDate to)
{
  if (from != 0)
    {
      g_autofree char *text = zifu_date_format (from);

      g_string_append_printf (sql, " AND acct_modi_date >= '%s'", text);
    }
  if (query->before.date != 0 && (to == 0 || query->before.date <= to))
    {
      g_autofree char *text = zifu_date_format (query->before.date);

      g_string_append_printf (sql, " AND (acct_modi_date, rid) < ('%s', %" G_GINT64_FORMAT ")", text, query->before.id);
    }
  else if (to != 0)
    {
      g_autofree char *text = zifu_date_format (to);

      g_string_append_printf (sql, " AND acct_modi_date <= '%s'", text);
    }
}

/*
 * _zifu_query_is_void:
 *
 * Whether it is known before looking that nothing fits.
 */
gboolean
_zifu_query_is_void (const ZifuQuery *query)
{
  const ZifuSearch *search = query->has_search ? query->ledger->search : NULL;

  return (query->has_institution && query->institution == 0) || (query->has_amount && query->amount_from > query->amount_to) ||
         (query->from != 0 && query->to != 0 && query->from > query->to) ||
         (search != NULL && search->texts->len == 0 && search->relatives->len == 0 && search->spans->len == 0 && !search->has_amount);
}

/* Frees what @query owns. */
void
_zifu_query_clear (ZifuQuery *query)
{
  g_clear_pointer (&query->members, g_array_unref);
}
