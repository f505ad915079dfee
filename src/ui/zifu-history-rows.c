/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-history-model-private.h"

#include "zifu-entry-words.h"
#include "zifu-feed-bill.h"
#include "zifu-history-item-private.h"

/* The rows of the model: where they stand in their month, what they are tied to, and how new ones take the place of old ones. */

static gint64 *
key_of (gint64 id)
{
  gint64 *key = g_new (gint64, 1);

  *key = id;
  return key;
}

static ZifuMonth
month_of (ZifuHistoryItem *item)
{
  return zifu_month_of (zifu_history_item_get_entry (item)->date);
}

/* The sums of a month come from the ledger, of all its rows that fit: until they are known, none are shown. */
static void
sum_month (ZifuHistoryModel *self, guint first)
{
  ZifuHistoryItem *head = g_ptr_array_index (self->items, first);
  const ZifuMonthSummary *summary = self->months != NULL ? g_hash_table_lookup (self->months, GINT_TO_POINTER (month_of (head))) : NULL;

  _zifu_history_item_set_sums (head, summary != NULL ? summary->income : 0, summary != NULL ? summary->outlay : 0);
}

/* New rows may continue the month of the last old row: its place and sums are set anew. */
static void
place_rows (ZifuHistoryModel *self, guint from)
{
  while (from > 0 && from < self->items->len
         && month_of (g_ptr_array_index (self->items, from - 1)) == month_of (g_ptr_array_index (self->items, from)))
    from--;
  if (from > 0)
    from--;

  for (guint i = from; i < self->items->len; i++)
    {
      ZifuHistoryItem *item = g_ptr_array_index (self->items, i);
      gboolean first = i == 0 || month_of (g_ptr_array_index (self->items, i - 1)) != month_of (item);
      gboolean last = i + 1 == self->items->len || month_of (g_ptr_array_index (self->items, i + 1)) != month_of (item);

      _zifu_history_item_set_place (item, first, last);
      if (first)
        sum_month (self, i);
    }
}

static void
tie_to_original (ZifuHistoryModel *self, ZifuHistoryItem *item)
{
  const ZifuEntry *entry = zifu_history_item_get_entry (item);
  ZifuHistoryItem *reversal = g_hash_table_lookup (self->waiting, &entry->id);

  if (reversal != NULL)
    {
      _zifu_history_item_set_original_date (reversal, entry->date);
      g_hash_table_remove (self->waiting, &entry->id);
    }
  if (entry->original_id != 0)
    g_hash_table_insert (self->waiting, key_of (entry->original_id), item);
}

/* Who the account belongs to is told only where it is not the person on screen. */
static ZifuHistoryItem *
make_item (ZifuHistoryModel *self, const ZifuEntry *entry)
{
  const char *owner = entry->member_id != self->on_screen ? g_hash_table_lookup (self->titles, &entry->member_id) : NULL;

  return _zifu_history_item_new (entry, g_hash_table_lookup (self->titles, &entry->relative_id), owner);
}

static void
append_item (ZifuHistoryModel *self, ZifuHistoryItem *item)
{
  g_ptr_array_add (self->items, item);
  g_hash_table_insert (self->by_id, key_of (zifu_history_item_get_entry (item)->id), item);
  tie_to_original (self, item);
}

/* What a provider sent and does not add up is marked; where that cannot be read, nothing is. */
static void
mark_rows (ZifuHistoryModel *self, GPtrArray *page)
{
  g_autoptr (GHashTable) doubtful = zifu_feed_find_doubtful (zifu_session_get_ledger (self->session), page, NULL);

  for (guint i = 0; doubtful != NULL && i < page->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (page, i);

      _zifu_history_item_set_doubtful (g_hash_table_lookup (self->by_id, &entry->id), g_hash_table_contains (doubtful, &entry->id));
    }
}

/*
 * _zifu_history_model_append_page:
 *
 * Adds a page to the rows.
 */
void
_zifu_history_model_append_page (ZifuHistoryModel *self, GPtrArray *page)
{
  guint old = self->items->len;

  self->complete = page->len < ZIFU_HISTORY_MODEL_PAGE_SIZE;
  for (guint i = 0; i < page->len; i++)
    append_item (self, make_item (self, g_ptr_array_index (page, i)));
  mark_rows (self, page);
  place_rows (self, old);
  if (page->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), old, 0, page->len);
}

/* What is told of a row besides its entry hangs on these. */
static gboolean
is_same (ZifuHistoryItem *item, const ZifuEntry *entry)
{
  const ZifuEntry *old = zifu_history_item_get_entry (item);

  return old->id == entry->id && old->member_id == entry->member_id && old->balance == entry->balance
         && old->reversed_by == entry->reversed_by && old->settlement_id == entry->settlement_id && old->amount == entry->amount;
}

/*
 * _zifu_history_model_replace_rows:
 *
 * Rows that were there stay the same objects, so that neither the selection nor the place in the list is lost.
 */
void
_zifu_history_model_replace_rows (ZifuHistoryModel *self, GPtrArray *page, gboolean keep)
{
  g_autoptr (GPtrArray) old = self->items;
  g_autoptr (GHashTable) known = self->by_id;
  guint prefix = 0, suffix = 0;

  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_hash_table_remove_all (self->waiting);
  for (guint i = 0; i < page->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (page, i);
      ZifuHistoryItem *item = keep ? g_hash_table_lookup (known, &entry->id) : NULL;

      append_item (self, item != NULL && is_same (item, entry) ? g_object_ref (item) : make_item (self, entry));
    }
  mark_rows (self, page);
  place_rows (self, 0);

  while (prefix < old->len && prefix < page->len && g_ptr_array_index (old, prefix) == g_ptr_array_index (self->items, prefix))
    prefix++;
  while (suffix < old->len - prefix && suffix < page->len - prefix
         && g_ptr_array_index (old, old->len - 1 - suffix) == g_ptr_array_index (self->items, page->len - 1 - suffix))
    suffix++;
  if (old->len > prefix + suffix || page->len > prefix + suffix)
    g_list_model_items_changed (G_LIST_MODEL (self), prefix, old->len - prefix - suffix, page->len - prefix - suffix);
}

/*
 * _zifu_history_model_take_months:
 *
 * Takes the sums of all rows that fit, by month.
 */
void
_zifu_history_model_take_months (ZifuHistoryModel *self, GArray *months)
{
  self->totals = (ZifuHistoryTotals){ 0 };
  self->has_totals = TRUE;
  g_clear_pointer (&self->months, g_hash_table_unref);
  self->months = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint i = 0; i < months->len; i++)
    {
      ZifuMonthSummary *summary = g_memdup2 (&g_array_index (months, ZifuMonthSummary, i), sizeof (ZifuMonthSummary));

      g_hash_table_insert (self->months, GINT_TO_POINTER (summary->month), summary);
      self->totals.n_entries += summary->n_entries;
      self->has_totals = self->has_totals && zifu_money_add (self->totals.income, summary->income, &self->totals.income)
                         && zifu_money_add (self->totals.outlay, summary->outlay, &self->totals.outlay);
    }
  for (guint i = 0; i < self->items->len; i++)
    if (zifu_history_item_get_first (g_ptr_array_index (self->items, i)))
      sum_month (self, i);
}

/*
 * _zifu_history_model_forget_months:
 *
 * The sums are not known any more.
 */
void
_zifu_history_model_forget_months (ZifuHistoryModel *self)
{
  g_clear_pointer (&self->months, g_hash_table_unref);
  self->has_totals = FALSE;
}

/*
 * _zifu_history_model_read_titles:
 *
 * Reads what the people of the household are called.
 */
void
_zifu_history_model_read_titles (ZifuHistoryModel *self)
{
  g_autoptr (GPtrArray) members = zifu_session_list_members (self->session);

  g_hash_table_remove_all (self->titles);
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);

      g_hash_table_insert (self->titles, key_of (member->id), zifu_member_dup_title (member));
    }
}
