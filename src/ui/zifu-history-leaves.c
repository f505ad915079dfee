/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-history-model-private.h"

#include "zifu-feed-bill.h"
#include "zifu-history-item-private.h"

/*
 * Which rows of the model are in memory: a page is read by the numbers of its rows when one of them is wanted, and forgotten again when
 * others were looked at since and nobody shows a row of it.
 */

/* More than are read again at once, and more than a list holds on to around what is on screen. */
#define KEPT 16

static void
leaf_free (gpointer data)
{
  ZifuHistoryLeaf *leaf = data;

  g_ptr_array_unref (leaf->items);
  g_free (leaf);
}

/*
 * _zifu_history_model_init_rows:
 *
 * There are no rows.
 */
void
_zifu_history_model_init_rows (ZifuHistoryModel *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->heads = g_array_new (FALSE, FALSE, sizeof (ZifuHistoryHead));
  self->leaves = g_ptr_array_new_with_free_func (leaf_free);
  self->oldest = 0;
}

/*
 * _zifu_history_model_clear_rows:
 *
 * Frees what is in memory.
 */
void
_zifu_history_model_clear_rows (ZifuHistoryModel *self)
{
  g_clear_pointer (&self->leaves, g_ptr_array_unref);
  g_clear_pointer (&self->heads, g_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
}

/*
 * _zifu_history_model_find_leaf:
 *
 * The page at @index, if it is in memory.
 */
ZifuHistoryLeaf *
_zifu_history_model_find_leaf (GPtrArray *leaves, guint index)
{
  for (guint i = 0; i < leaves->len; i++)
    {
      ZifuHistoryLeaf *leaf = g_ptr_array_index (leaves, i);

      if (leaf->index == index)
        return leaf;
    }
  return NULL;
}

/*
 * _zifu_history_leaf_is_shown:
 *
 * Whoever shows a row, or has chosen it, holds on to it.
 */
gboolean
_zifu_history_leaf_is_shown (const ZifuHistoryLeaf *leaf)
{
  for (guint i = 0; i < leaf->items->len; i++)
    if (g_atomic_int_get (&G_OBJECT (g_ptr_array_index (leaf->items, i))->ref_count) > 1)
      return TRUE;
  return FALSE;
}

static void
forget_far (ZifuHistoryModel *self)
{
  while (self->leaves->len > KEPT)
    {
      ZifuHistoryLeaf *oldest = NULL;

      for (guint i = 0; i < self->leaves->len; i++)
        {
          ZifuHistoryLeaf *leaf = g_ptr_array_index (self->leaves, i);

          if (leaf->used != self->clock && (oldest == NULL || leaf->used < oldest->used) && !_zifu_history_leaf_is_shown (leaf))
            oldest = leaf;
        }
      if (oldest == NULL)
        return;
      g_ptr_array_remove_fast (self->leaves, oldest);
    }
}

static ZifuHistoryLeaf *
add_leaf (ZifuHistoryModel *self, guint index)
{
  ZifuHistoryLeaf *leaf = g_new0 (ZifuHistoryLeaf, 1);

  leaf->index = index;
  leaf->used = ++self->clock;
  leaf->items = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->leaves, leaf);
  forget_far (self);
  return leaf;
}

/*
 * _zifu_history_model_peek_item:
 *
 * The item at @position, if it is in memory.
 */
ZifuHistoryItem *
_zifu_history_model_peek_item (GPtrArray *leaves, guint position)
{
  const ZifuHistoryLeaf *leaf = _zifu_history_model_find_leaf (leaves, position / ZIFU_HISTORY_MODEL_PAGE_SIZE);
  guint at = position % ZIFU_HISTORY_MODEL_PAGE_SIZE;

  return leaf != NULL && at < leaf->items->len ? g_ptr_array_index (leaf->items, at) : NULL;
}

/* Whether a month begins at @position; past the last row as well. */
static gboolean
is_head (ZifuHistoryModel *self, guint position, ZifuMonth *month)
{
  guint low = 0, high = self->heads->len;

  if (position == self->ids->len)
    return TRUE;
  while (low < high)
    {
      guint middle = (low + high) / 2;
      const ZifuHistoryHead *head = &g_array_index (self->heads, ZifuHistoryHead, middle);

      if (head->position == position)
        {
          *month = head->month;
          return TRUE;
        }
      if (head->position < position)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

/*
 * _zifu_history_model_place_item:
 *
 * Tells the item at @position, if it is in memory, where it stands in its month, and what its month comes to.  The sums come from the
 * ledger, of all its rows that fit: until they are known, none are shown.
 */
void
_zifu_history_model_place_item (ZifuHistoryModel *self, guint position)
{
  ZifuHistoryItem *item = _zifu_history_model_peek_item (self->leaves, position);
  const ZifuMonthSummary *summary = NULL;
  ZifuMonth month = 0, next;
  gboolean first;

  if (item == NULL)
    return;
  first = is_head (self, position, &month);
  _zifu_history_item_set_place (item, first, is_head (self, position + 1, &next));
  if (!first)
    return;
  if (self->months != NULL)
    summary = g_hash_table_lookup (self->months, GINT_TO_POINTER (month));
  _zifu_history_item_set_sums (item, summary != NULL ? summary->income : 0, summary != NULL ? summary->outlay : 0);
}

/* Who the account belongs to is told only where it is not the person on screen. */
static ZifuHistoryItem *
make_item (ZifuHistoryModel *self, const ZifuEntry *entry)
{
  const char *owner = entry->member_id != self->on_screen ? g_hash_table_lookup (self->titles, &entry->member_id) : NULL;
  ZifuHistoryItem *item = _zifu_history_item_new (entry, g_hash_table_lookup (self->titles, &entry->relative_id), owner);
  g_autoptr (ZifuEntry) original = NULL;

  if (entry->original_id != 0)
    original = zifu_ledger_get_entry (zifu_session_get_ledger (self->session), entry->original_id, NULL);
  if (original != NULL)
    _zifu_history_item_set_original_date (item, original->date);
  return item;
}

/* What a provider sent and does not add up is marked; where that cannot be read, nothing is. */
static void
mark_rows (ZifuHistoryModel *self, GPtrArray *page, guint first)
{
  g_autoptr (GHashTable) doubtful = zifu_feed_find_doubtful (zifu_session_get_ledger (self->session), page, NULL);

  for (guint i = 0; doubtful != NULL && i < page->len; i++)
    {
      ZifuHistoryItem *item = _zifu_history_model_peek_item (self->leaves, first + i);

      if (item != NULL)
        _zifu_history_item_set_doubtful (item, g_hash_table_contains (doubtful, &zifu_history_item_get_entry (item)->id));
    }
}

static gboolean
read_again (gpointer data)
{
  ZifuHistoryModel *self = data;

  self->again_id = 0;
  zifu_history_model_reload (self);
  return G_SOURCE_REMOVE;
}

/* Until all is read anew, a row that is gone is an empty one. */
static ZifuEntry *
stand_in (ZifuHistoryModel *self, gint64 id)
{
  ZifuEntry *entry = zifu_entry_new ();

  entry->id = id;
  entry->member_id = self->on_screen;
  entry->date = self->oldest;
  if (self->again_id == 0)
    self->again_id = g_idle_add (read_again, self);
  return entry;
}

/* What is told of a row besides its entry hangs on these. */
static gboolean
is_same (ZifuHistoryItem *item, const ZifuEntry *entry)
{
  const ZifuEntry *old = zifu_history_item_get_entry (item);

  return old->id == entry->id && old->member_id == entry->member_id && old->balance == entry->balance
         && old->reversed_by == entry->reversed_by && old->settlement_id == entry->settlement_id && old->amount == entry->amount;
}

static ZifuHistoryItem *
take_item (ZifuHistoryModel *self, const ZifuEntry *entry, GHashTable *known)
{
  ZifuHistoryItem *item = known != NULL ? g_hash_table_lookup (known, &entry->id) : NULL;

  return item != NULL && is_same (item, entry) ? g_object_ref (item) : make_item (self, entry);
}

/*
 * _zifu_history_model_fill_leaf:
 * @known: (nullable) (element-type gint64 ZifuHistoryItem): rows that stay the same objects when nothing changed
 *
 * Reads what is not in memory of the page at @index.
 */
void
_zifu_history_model_fill_leaf (ZifuHistoryModel *self, guint index, GHashTable *known)
{
  ZifuHistoryLeaf *there = _zifu_history_model_find_leaf (self->leaves, index), *leaf = there != NULL ? there : add_leaf (self, index);
  guint first = index * ZIFU_HISTORY_MODEL_PAGE_SIZE + leaf->items->len, n_read = 0;
  guint n = MIN (ZIFU_HISTORY_MODEL_PAGE_SIZE - leaf->items->len, self->ids->len - first);
  const gint64 *ids = &g_array_index (self->ids, gint64, first);
  g_autoptr (GPtrArray) read = zifu_ledger_read_entries (zifu_session_get_ledger (self->session), ids, n, NULL);
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_entry_free);

  for (guint i = 0; i < n; i++)
    {
      const ZifuEntry *entry = read != NULL && n_read < read->len ? g_ptr_array_index (read, n_read) : NULL;
      gboolean is_there = entry != NULL && entry->id == ids[i];

      n_read += is_there ? 1 : 0;
      g_ptr_array_add (page, is_there ? zifu_entry_copy (entry) : stand_in (self, ids[i]));
      g_ptr_array_add (leaf->items, take_item (self, g_ptr_array_index (page, i), known));
    }
  mark_rows (self, page, first);
  for (guint i = first; i < first + n; i++)
    _zifu_history_model_place_item (self, i);
}

/*
 * _zifu_history_model_get_item:
 *
 * The item at @position, which is a row's; it is read when it is not in memory.
 */
ZifuHistoryItem *
_zifu_history_model_get_item (ZifuHistoryModel *self, guint position)
{
  guint index = position / ZIFU_HISTORY_MODEL_PAGE_SIZE;
  ZifuHistoryLeaf *leaf = _zifu_history_model_find_leaf (self->leaves, index);

  if (leaf == NULL)
    {
      _zifu_history_model_fill_leaf (self, index, NULL);
      leaf = _zifu_history_model_find_leaf (self->leaves, index);
    }
  leaf->used = ++self->clock;
  return g_ptr_array_index (leaf->items, position % ZIFU_HISTORY_MODEL_PAGE_SIZE);
}
