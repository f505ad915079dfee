/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-history-model-private.h"

#include "zifu-entry-words.h"
#include "zifu-history-item-private.h"

/* The rows of the model: how they come one page after the other, and how new ones take the place of old ones. */

static gint64 *
key_of (gint64 id)
{
  gint64 *key = g_new (gint64, 1);

  *key = id;
  return key;
}

static void
append_place (ZifuHistoryModel *self, const ZifuEntryPlace *place)
{
  const ZifuHistoryHead head = { self->ids->len, zifu_month_of (place->date) };

  if (self->heads->len == 0 || g_array_index (self->heads, ZifuHistoryHead, self->heads->len - 1).month != head.month)
    g_array_append_val (self->heads, head);
  g_array_append_val (self->ids, place->id);
  self->oldest = place->date;
}

/*
 * _zifu_history_model_append_page:
 * @page: (element-type ZifuEntryPlace): where its rows stand
 *
 * Adds a page to the rows.
 */
void
_zifu_history_model_append_page (ZifuHistoryModel *self, GArray *page)
{
  guint old = self->ids->len, index = old / ZIFU_HISTORY_MODEL_PAGE_SIZE;

  self->complete = page->len < ZIFU_HISTORY_MODEL_PAGE_SIZE;
  for (guint i = 0; i < page->len; i++)
    append_place (self, &g_array_index (page, ZifuEntryPlace, i));
  if (page->len == 0)
    return;
  /* The new rows may continue the page, and the month, of the last old row. */
  if (_zifu_history_model_find_leaf (self->leaves, index) != NULL)
    _zifu_history_model_fill_leaf (self, index, NULL);
  if (old > 0)
    _zifu_history_model_place_item (self, old - 1);
  g_list_model_items_changed (G_LIST_MODEL (self), old, 0, page->len);
}

/* What was there before other rows took its place. */
typedef struct {
  GArray     *ids;    /* owned */
  GPtrArray  *leaves; /* owned */
  GHashTable *by_id;  /* owned, gint64* in the entry -> ZifuHistoryItem, not owned; what nobody shows is missing */
} Before;

static void
before_clear (Before *before)
{
  g_clear_pointer (&before->by_id, g_hash_table_unref);
  g_clear_pointer (&before->leaves, g_ptr_array_unref);
  g_clear_pointer (&before->ids, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Before, before_clear)

static void
put_aside (ZifuHistoryModel *self, Before *before)
{
  before->ids = g_steal_pointer (&self->ids);
  before->leaves = g_steal_pointer (&self->leaves);
  before->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = before->leaves->len; i > 0; i--)
    {
      const ZifuHistoryLeaf *leaf = g_ptr_array_index (before->leaves, i - 1);

      if (!_zifu_history_leaf_is_shown (leaf))
        {
          g_ptr_array_remove_index_fast (before->leaves, i - 1);
          continue;
        }
      for (guint k = 0; k < leaf->items->len; k++)
        {
          ZifuHistoryItem *item = g_ptr_array_index (leaf->items, k);

          g_hash_table_insert (before->by_id, (gpointer) &zifu_history_item_get_entry (item)->id, item);
        }
    }
  g_clear_pointer (&self->heads, g_array_unref);
  _zifu_history_model_init_rows (self);
}

/* Of a row that is not in memory nobody has seen what may have changed. */
static gboolean
stayed (ZifuHistoryModel *self, const Before *before, guint old, guint now)
{
  ZifuHistoryItem *item;

  if (g_array_index (before->ids, gint64, old) != g_array_index (self->ids, gint64, now))
    return FALSE;
  item = _zifu_history_model_peek_item (before->leaves, old);
  return item == NULL || item == _zifu_history_model_peek_item (self->leaves, now);
}

static void
tell_replaced (ZifuHistoryModel *self, const Before *before)
{
  guint old = before->ids->len, now = self->ids->len, prefix = 0, suffix = 0;

  while (prefix < old && prefix < now && stayed (self, before, prefix, prefix))
    prefix++;
  while (suffix < old - prefix && suffix < now - prefix && stayed (self, before, old - 1 - suffix, now - 1 - suffix))
    suffix++;
  if (old > prefix + suffix || now > prefix + suffix)
    g_list_model_items_changed (G_LIST_MODEL (self), prefix, old - prefix - suffix, now - prefix - suffix);
}

/* Where rows are read again, the last one stays the last one: what follows comes when it is scrolled to. */
static guint
count_again (ZifuHistoryModel *self, GArray *page)
{
  gint64 last;

  if (self->wanted == ZIFU_HISTORY_MODEL_PAGE_SIZE || self->complete || self->ids->len == 0)
    return page->len;
  last = g_array_index (self->ids, gint64, self->ids->len - 1);
  for (guint i = page->len; i > 0; i--)
    if (g_array_index (page, ZifuEntryPlace, i - 1).id == last)
      return i;
  return page->len;
}

/* The pages of which a row was shown: what is on screen must be right, and the same object. */
static void
read_shown (ZifuHistoryModel *self, GHashTable *shown)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_hash_table_contains (shown, &g_array_index (self->ids, gint64, i)))
      {
        guint index = i / ZIFU_HISTORY_MODEL_PAGE_SIZE;

        _zifu_history_model_fill_leaf (self, index, shown);
        i = (index + 1) * ZIFU_HISTORY_MODEL_PAGE_SIZE - 1;
      }
}

/*
 * _zifu_history_model_replace_rows:
 * @page: (element-type ZifuEntryPlace): where all rows stand
 * @keep: whether what was there may be there again
 *
 * Rows that were there stay the same objects, so that neither the selection nor the place in the list is lost.
 */
void
_zifu_history_model_replace_rows (ZifuHistoryModel *self, GArray *page, gboolean keep)
{
  g_auto (Before) before = { NULL };
  guint n = keep ? count_again (self, page) : page->len;

  self->complete = page->len < self->wanted && n == page->len;
  self->fresh = FALSE;
  put_aside (self, &before);
  for (guint i = 0; i < n; i++)
    append_place (self, &g_array_index (page, ZifuEntryPlace, i));
  if (keep)
    read_shown (self, before.by_id);
  tell_replaced (self, &before);
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
  for (guint i = 0; i < self->heads->len; i++)
    _zifu_history_model_place_item (self, g_array_index (self->heads, ZifuHistoryHead, i).position);
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
