/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-history-item-private.h"

struct _ZifuHistoryItem
{
  GObject parent_instance;

  ZifuEntry *entry;    /* owned */
  char      *relative; /* owned, nullable */
  char      *owner;    /* owned, nullable */
  ZifuDate   original_date;
  gboolean   first, last;
  gboolean   doubtful;
  ZifuMoney  income, outlay; /* of the month; right only where first is set */
};

G_DEFINE_FINAL_TYPE (ZifuHistoryItem, zifu_history_item, G_TYPE_OBJECT)

static guint signal_changed;

static void
zifu_history_item_finalize (GObject *object)
{
  ZifuHistoryItem *self = ZIFU_HISTORY_ITEM (object);

  g_clear_pointer (&self->entry, zifu_entry_free);
  g_clear_pointer (&self->relative, g_free);
  g_clear_pointer (&self->owner, g_free);

  G_OBJECT_CLASS (zifu_history_item_parent_class)->finalize (object);
}

static void
zifu_history_item_class_init (ZifuHistoryItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zifu_history_item_finalize;

  signal_changed = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zifu_history_item_init (ZifuHistoryItem *self)
{
}

/**
 * _zifu_history_item_new:
 * @entry: the entry
 * @relative: (nullable): the relative of the entry with the relation
 * @owner: (nullable): whose account it is, when that is not the person on screen
 *
 * Returns: (transfer full): an item in the middle of a month
 */
ZifuHistoryItem *
_zifu_history_item_new (const ZifuEntry *entry, const char *relative, const char *owner)
{
  ZifuHistoryItem *self = g_object_new (ZIFU_TYPE_HISTORY_ITEM, NULL);

  self->entry = zifu_entry_copy (entry);
  self->relative = g_strdup (relative);
  self->owner = g_strdup (owner);

  return self;
}

/**
 * _zifu_history_item_set_place:
 * @self: an item
 * @first: whether it is the newest of its month
 * @last: whether it is the oldest of its month that was read
 *
 * Sets the place in the month.
 */
void
_zifu_history_item_set_place (ZifuHistoryItem *self, gboolean first, gboolean last)
{
  if (self->first == first && self->last == last)
    return;

  self->first = first;
  self->last = last;
  g_signal_emit (self, signal_changed, 0);
}

/**
 * _zifu_history_item_set_sums:
 * @self: the newest item of a month
 * @income: what came in, fen
 * @outlay: what went out, fen, not above 0
 *
 * Sets the sums of the month.
 */
void
_zifu_history_item_set_sums (ZifuHistoryItem *self, ZifuMoney income, ZifuMoney outlay)
{
  if (self->income == income && self->outlay == outlay)
    return;

  self->income = income;
  self->outlay = outlay;
  g_signal_emit (self, signal_changed, 0);
}

/**
 * _zifu_history_item_set_original_date:
 * @self: an item that reverses another
 * @date: day of the other
 *
 * Sets the day of the entry that this one takes back.
 */
void
_zifu_history_item_set_original_date (ZifuHistoryItem *self, ZifuDate date)
{
  if (self->original_date == date)
    return;

  self->original_date = date;
  g_signal_emit (self, signal_changed, 0);
}

/**
 * _zifu_history_item_set_doubtful:
 * @self: an item
 * @doubtful: whether what its provider sent does not add up
 *
 * Sets whether the row is marked.
 */
void
_zifu_history_item_set_doubtful (ZifuHistoryItem *self, gboolean doubtful)
{
  if (self->doubtful == doubtful)
    return;

  self->doubtful = doubtful;
  g_signal_emit (self, signal_changed, 0);
}

/**
 * zifu_history_item_get_entry:
 * @self: an item
 *
 * Returns: (transfer none): its entry
 */
const ZifuEntry *
zifu_history_item_get_entry (ZifuHistoryItem *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_ITEM (self), NULL);

  return self->entry;
}

/**
 * zifu_history_item_get_relative:
 * @self: an item
 *
 * Returns: (nullable): the relative of the entry, such as "Lin Guodong (father)"
 */
const char *
zifu_history_item_get_relative (ZifuHistoryItem *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_ITEM (self), NULL);

  return self->relative;
}

/**
 * zifu_history_item_get_owner:
 * @self: an item
 *
 * Returns: (nullable): whose account it is, such as "Lin Guodong (father)"; %NULL = of the person on screen
 */
const char *
zifu_history_item_get_owner (ZifuHistoryItem *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_ITEM (self), NULL);

  return self->owner;
}

/**
 * zifu_history_item_get_original_date:
 * @self: an item
 *
 * Returns: day of the entry that this one reverses; 0 = none, or not read yet
 */
ZifuDate
zifu_history_item_get_original_date (ZifuHistoryItem *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_ITEM (self), 0);

  return self->original_date;
}

/**
 * zifu_history_item_get_doubtful:
 * @self: an item
 *
 * Returns: whether the figures that the provider sent with this entry or its bill do not add up
 */
gboolean
zifu_history_item_get_doubtful (ZifuHistoryItem *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_ITEM (self), FALSE);

  return self->doubtful;
}

/**
 * zifu_history_item_get_first:
 * @self: an item
 *
 * Returns: whether it is the newest of its month, above which the month stands
 */
gboolean
zifu_history_item_get_first (ZifuHistoryItem *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_ITEM (self), FALSE);

  return self->first;
}

/**
 * zifu_history_item_get_last:
 * @self: an item
 *
 * Returns: whether it is the oldest of its month
 */
gboolean
zifu_history_item_get_last (ZifuHistoryItem *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_ITEM (self), FALSE);

  return self->last;
}

/**
 * zifu_history_item_get_sums:
 * @self: the newest item of a month
 * @income: (out): what came in that month, fen
 * @outlay: (out): what went out, fen, not above 0
 *
 * Tells the sums of the month: of all its entries, or of those that fit the filter.
 */
void
zifu_history_item_get_sums (ZifuHistoryItem *self, ZifuMoney *income, ZifuMoney *outlay)
{
  g_return_if_fail (ZIFU_IS_HISTORY_ITEM (self));
  g_return_if_fail (income != NULL && outlay != NULL);

  *income = self->income;
  *outlay = self->outlay;
}
