/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-history-page-private.h"

#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"
#include "zifu-filter-words.h"
#include "zifu-history-print.h"
#include "zifu-kind-chips.h"
#include "zifu-ui-rows.h"
#include "zifu-words.h"

/* What the page does with the rows that it shows: sums them up, opens one of them, prints and exports them. */

/* "37 entries · in 1,200.00 · out −310.50": of all that fit, also those that were not scrolled to. */
void
_zifu_history_page_show_summary (ZifuHistoryPage *self)
{
  ZifuHistoryTotals totals;
  gboolean known = zifu_history_model_get_totals (self->model, &totals);
  g_autofree char *number = NULL;
  g_autofree char *count = NULL;
  g_autofree char *in = NULL;
  g_autofree char *out = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), !known);
  gtk_spinner_set_spinning (self->spinner, !known);
  gtk_widget_set_visible (self->clear, zifu_history_model_has_filter (self->model));
  if (!known)
    {
      gtk_label_set_text (self->summary, _("Counting…"));
      return;
    }
  number = g_strdup_printf ("%'u", totals.n_entries);
  /* Translators: {1} is the number of entries. */
  count = zifu_words_fill (ngettext ("{1} entry", "{1} entries", totals.n_entries), number, NULL);
  in = zifu_words_money (totals.income, totals.income != 0 ? ZIFU_MONEY_STYLE_SIGNED : ZIFU_MONEY_STYLE_LIST);
  out = zifu_words_money (totals.outlay, totals.outlay != 0 ? ZIFU_MONEY_STYLE_SIGNED : ZIFU_MONEY_STYLE_LIST);
  /* Translators: {1} is such as "37 entries", {2} what came in, {3} what went out. */
  text = zifu_words_fill (_("{1} · in {2} · out {3}"), count, in, out, NULL);
  gtk_label_set_text (self->summary, text);
}

/* An entry that somebody wants to see may lie behind pages that are still being read. */
void
_zifu_history_page_open_wanted (ZifuHistoryPage *self)
{
  guint position;

  if (self->wanted_id == 0 || zifu_history_model_get_loading (self->model))
    return;
  if (zifu_history_model_find (self->model, self->wanted_id, &position))
    {
      self->wanted_id = 0;
      gtk_single_selection_set_selected (self->selection, position);
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
      _zifu_history_page_open_detail (self);
    }
  else if (!zifu_history_model_load_more (self->model))
    {
      self->wanted_id = 0;
    }
}

/**
 * zifu_history_page_set_filter:
 * @self: the page
 * @filter: what is wanted; is copied
 *
 * Sets every chip and the search entry.
 */
void
zifu_history_page_set_filter (ZifuHistoryPage *self, const ZifuHistoryFilter *filter)
{
  g_return_if_fail (ZIFU_IS_HISTORY_PAGE (self) && filter != NULL);

  zifu_filter_bar_set_filter (self->filters, filter);
  gtk_editable_set_text (GTK_EDITABLE (self->search), filter->text != NULL ? filter->text : "");
  zifu_kind_chips_set_kind (self->chips, filter->kind);
  _zifu_history_page_apply_filter (self);
}

/* What lies far back is reached by its month, not by reading all that is newer. */
static void
show_month_of (ZifuHistoryPage *self, const ZifuEntry *entry)
{
  ZifuHistoryFilter filter;
  int year, month, day;

  zifu_history_filter_init (&filter);
  zifu_date_split (entry->date, &year, &month, &day);
  filter.from = zifu_date_new (year, month, 1);
  filter.to = zifu_date_new (year, month, zifu_date_days_in_month (year, month));
  if (entry->member_id != zifu_session_get_member_id (self->session))
    filter.member_id = entry->member_id;
  zifu_history_page_set_filter (self, &filter);
}

/**
 * zifu_history_page_open_entry:
 * @self: the page
 * @entry_id: an entry
 *
 * Selects an entry and opens its details.  When filters hide it they are taken off, and when it lies far back its month is shown; it may
 * take a moment then.
 *
 * Returns: whether there is such an entry
 */
gboolean
zifu_history_page_open_entry (ZifuHistoryPage *self, gint64 entry_id)
{
  g_autoptr (ZifuEntry) entry = NULL;
  guint position;

  g_return_val_if_fail (ZIFU_IS_HISTORY_PAGE (self), FALSE);

  entry = zifu_ledger_get_entry (zifu_session_get_ledger (self->session), entry_id, NULL);
  if (entry == NULL)
    return FALSE;

  self->wanted_id = entry_id;
  if (zifu_history_model_get_loading (self->model))
    return TRUE;
  if (!zifu_history_model_find (self->model, entry_id, NULL))
    {
      if (zifu_history_model_has_filter (self->model))
        gtk_widget_activate_action (GTK_WIDGET (self), "history.clear", NULL);
      if (!zifu_history_model_find (self->model, entry_id, &position))
        {
          show_month_of (self, entry);
          return TRUE;
        }
    }
  _zifu_history_page_open_wanted (self);

  return TRUE;
}

/**
 * zifu_history_page_get_printed:
 * @self: the page
 *
 * Returns: whose account a statement is about: of the person whom the filter names, else of the one on screen
 */
gint64
zifu_history_page_get_printed (ZifuHistoryPage *self)
{
  gint64 on_screen, account;

  g_return_val_if_fail (ZIFU_IS_HISTORY_PAGE (self), 0);

  on_screen = zifu_session_get_member_id (self->session);
  account = zifu_history_filter_get_account (zifu_history_model_get_filter (self->model), on_screen);

  return account != 0 ? account : on_screen;
}

/**
 * zifu_history_page_prints_more:
 * @self: the page
 *
 * Returns: whether a statement lists entries that are not shown, because more than the period is chosen
 */
gboolean
zifu_history_page_prints_more (ZifuHistoryPage *self)
{
  ZifuHistoryFilter filter;
  gboolean more;

  g_return_val_if_fail (ZIFU_IS_HISTORY_PAGE (self), FALSE);

  zifu_history_filter_copy (zifu_history_model_get_filter (self->model), &filter);
  filter.from = filter.to = 0;
  filter.member_id = 0;
  more = !zifu_history_filter_is_empty (&filter);
  zifu_history_filter_clear (&filter);

  return more;
}

/**
 * zifu_history_page_get_period:
 * @self: the page
 * @first: (out): first day
 * @last: (out): last day
 *
 * The period of a statement: the one that was chosen; without one, the year of the newest entry that is shown.  An open end is that
 * of the year at the other end.
 */
void
zifu_history_page_get_period (ZifuHistoryPage *self, ZifuDate *first, ZifuDate *last)
{
  const ZifuHistoryFilter *filter;
  g_autoptr (ZifuHistoryItem) newest = NULL;
  ZifuDate day;
  int year, month, day_of_month;

  g_return_if_fail (ZIFU_IS_HISTORY_PAGE (self) && first != NULL && last != NULL);

  filter = zifu_history_model_get_filter (self->model);
  newest = g_list_model_get_item (G_LIST_MODEL (self->model), 0);
  day = newest != NULL ? zifu_history_item_get_entry (newest)->date : zifu_session_get_today (self->session);
  zifu_date_split (filter->to != 0 ? filter->to : day, &year, &month, &day_of_month);
  *last = filter->to != 0 ? filter->to : zifu_date_new (year, 12, 31);
  *first = filter->from != 0 ? filter->from : zifu_date_new (year, 1, 1);
}

void
_zifu_history_page_export (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuHistoryPage *self = ZIFU_HISTORY_PAGE (widget);
  const char *format = g_variant_get_string (parameter, NULL);

  zifu_export_bar_choose (self->export_bar, self->session, zifu_history_model_get_filter (self->model),
                          g_str_equal (format, "json")      ? ZIFU_EXPORT_JSON
                          : g_str_equal (format, "journal") ? ZIFU_EXPORT_JOURNAL
                                                            : ZIFU_EXPORT_CSV);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuHistoryPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!zifu_history_print_finish (result, &error) && error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (self->session, "failed", error);
}

void
_zifu_history_page_print (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuHistoryPage *self = ZIFU_HISTORY_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  ZifuDate first, last;

  zifu_history_page_get_period (self, &first, &last);
  if (zifu_history_page_prints_more (self))
    {
      g_autofree char *period = zifu_filter_dup_period (first, last);
      /* Translators: {1} is a period, such as 2026. */
      g_autofree char *text = zifu_words_fill (_("The statement lists every entry of {1}; search and other filters do not apply."), period,
                                               NULL);
      g_autoptr (AdwToast) toast = zifu_ui_toast (text);

      g_signal_emit_by_name (self, "toast", toast);
    }
  zifu_history_print_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->session, zifu_history_page_get_printed (self), first,
                            last, NULL, self->cancellable, printed_cb, g_object_ref (self));
}

/**
 * zifu_history_page_get_detail_title:
 * @self: the page
 *
 * Returns: (transfer none): what the row is whose details are shown: a settlement or another entry
 */
const char *
zifu_history_page_get_detail_title (ZifuHistoryPage *self)
{
  ZifuHistoryItem *item;
  const ZifuEntry *entry;

  g_return_val_if_fail (ZIFU_IS_HISTORY_PAGE (self), NULL);

  item = gtk_single_selection_get_selected_item (self->selection);
  entry = item != NULL ? zifu_history_item_get_entry (item) : NULL;
  /* Translators: the heading of the details of a row that is no settlement, such as a credit. */
  return entry != NULL && (entry->settlement_id == 0 || entry->kind == ZIFU_ENTRY_REFUND) ? _("Entry") : _("Settlement");
}
