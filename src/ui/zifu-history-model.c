/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-history-model.h"

#include "zifu-entry-words.h"
#include "zifu-history-item-private.h"

struct _ZifuHistoryModel
{
  GObject parent_instance;

  ZifuSession *session; /* owned */
  GPtrArray   *items;   /* owned, of ZifuHistoryItem */
  GHashTable  *by_id;   /* owned, gint64* of the entry -> ZifuHistoryItem, not owned */
  GHashTable  *waiting; /* owned, gint64* of an original not read yet -> ZifuHistoryItem that reverses it, not owned */
  GHashTable  *months;  /* owned, nullable, ZifuMonth -> ZifuMonthSummary*; only without a filter */
  GHashTable  *titles;  /* owned, gint64* of a member -> name with relation */
  int          kind;    /* -1 = all */
  char        *text;    /* owned, nullable */
  gboolean     complete;
};

static void zifu_history_model_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ZifuHistoryModel, zifu_history_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, zifu_history_model_list_init))

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

/* The sums of a month come from the ledger; under a filter they are those of the rows that fit and were read. */
static void
sum_month (ZifuHistoryModel *self, guint first)
{
  ZifuHistoryItem *head = g_ptr_array_index (self->items, first);
  ZifuMonth month = month_of (head);
  const ZifuMonthSummary *summary = self->months != NULL ? g_hash_table_lookup (self->months, GINT_TO_POINTER (month)) : NULL;
  ZifuMoney income = 0;
  ZifuMoney outlay = 0;

  if (summary != NULL)
    {
      _zifu_history_item_set_sums (head, summary->income, summary->outlay);
      return;
    }

  for (guint i = first; i < self->items->len; i++)
    {
      ZifuHistoryItem *item = g_ptr_array_index (self->items, i);
      const ZifuEntry *entry = zifu_history_item_get_entry (item);
      ZifuMoney amount = entry->kind != ZIFU_ENTRY_OPENING && entry->kind != ZIFU_ENTRY_CORRECTION ? entry->amount : 0;

      if (month_of (item) != month)
        break;
      if (!zifu_money_add (amount > 0 ? income : outlay, amount, amount > 0 ? &income : &outlay))
        break;
    }
  _zifu_history_item_set_sums (head, income, outlay);
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

static void
append_entry (ZifuHistoryModel *self, const ZifuEntry *entry)
{
  ZifuHistoryItem *item = _zifu_history_item_new (entry, g_hash_table_lookup (self->titles, &entry->relative_id));

  g_ptr_array_add (self->items, item);
  g_hash_table_insert (self->by_id, key_of (entry->id), item);
  tie_to_original (self, item);
}

static GPtrArray *
read_page (ZifuHistoryModel *self)
{
  ZifuEntryFilter filter = { 0 };
  g_autoptr (GError) error = NULL;
  GPtrArray *page;

  filter.has_kind = self->kind >= 0;
  filter.kind = self->kind >= 0 ? (ZifuEntryKind) self->kind : ZIFU_ENTRY_CREDIT;
  filter.text = self->text;
  if (self->items->len > 0)
    {
      const ZifuEntry *oldest = zifu_history_item_get_entry (g_ptr_array_index (self->items, self->items->len - 1));

      filter.before_date = oldest->date;
      filter.before_id = oldest->id;
    }

  page = zifu_ledger_list_entries (zifu_session_get_ledger (self->session), zifu_session_get_member_id (self->session), &filter,
                                   ZIFU_HISTORY_MODEL_PAGE_SIZE, &error);
  if (page == NULL)
    g_signal_emit_by_name (self->session, "failed", error);

  return page;
}

static void
read_titles (ZifuHistoryModel *self)
{
  g_autoptr (GPtrArray) members = zifu_session_list_members (self->session);

  g_hash_table_remove_all (self->titles);
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);

      g_hash_table_insert (self->titles, key_of (member->id), zifu_member_dup_title (member));
    }
}

static void
read_months (ZifuHistoryModel *self)
{
  g_autoptr (GArray) months = NULL;

  g_clear_pointer (&self->months, g_hash_table_unref);
  if (zifu_history_model_has_filter (self))
    return;

  months = zifu_ledger_list_months (zifu_session_get_ledger (self->session), zifu_session_get_member_id (self->session), NULL);
  if (months == NULL)
    return;

  self->months = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint i = 0; i < months->len; i++)
    {
      ZifuMonthSummary *summary = g_memdup2 (&g_array_index (months, ZifuMonthSummary, i), sizeof (ZifuMonthSummary));

      g_hash_table_insert (self->months, GINT_TO_POINTER (summary->month), summary);
    }
}

static GType
zifu_history_model_get_item_type (GListModel *list)
{
  return ZIFU_TYPE_HISTORY_ITEM;
}

static guint
zifu_history_model_get_n_items (GListModel *list)
{
  return ZIFU_HISTORY_MODEL (list)->items->len;
}

static gpointer
zifu_history_model_get_item (GListModel *list, guint position)
{
  ZifuHistoryModel *self = ZIFU_HISTORY_MODEL (list);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
zifu_history_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = zifu_history_model_get_item_type;
  iface->get_n_items = zifu_history_model_get_n_items;
  iface->get_item = zifu_history_model_get_item;
}

static void
zifu_history_model_finalize (GObject *object)
{
  ZifuHistoryModel *self = ZIFU_HISTORY_MODEL (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->months, g_hash_table_unref);
  g_clear_pointer (&self->titles, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (zifu_history_model_parent_class)->finalize (object);
}

static void
zifu_history_model_class_init (ZifuHistoryModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = zifu_history_model_finalize;
}

static void
zifu_history_model_init (ZifuHistoryModel *self)
{
  self->kind = -1;
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->waiting = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->titles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

/**
 * zifu_history_model_new:
 * @session: the session whose person on screen is shown
 *
 * Returns: (transfer full): the model with its first page
 */
ZifuHistoryModel *
zifu_history_model_new (ZifuSession *session)
{
  ZifuHistoryModel *self;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_HISTORY_MODEL, NULL);
  self->session = g_object_ref (session);
  zifu_history_model_reload (self);

  return self;
}

/**
 * zifu_history_model_set_filter:
 * @self: a model
 * @kind: the kind that is wanted, or -1 for all
 * @text: (nullable): what institution, note or relative must contain
 *
 * Shows only what fits, from the newest row on.
 *
 * Returns: whether that is something else than before; the rows are new then
 */
gboolean
zifu_history_model_set_filter (ZifuHistoryModel *self, int kind, const char *text)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_MODEL (self), FALSE);
  g_return_val_if_fail (kind < (int) ZIFU_N_ENTRY_KINDS, FALSE);

  if (text != NULL && *text == '\0')
    text = NULL;
  if (self->kind == kind && g_strcmp0 (self->text, text) == 0)
    return FALSE;

  self->kind = kind;
  g_free (self->text);
  self->text = g_strdup (text);
  zifu_history_model_reload (self);

  return TRUE;
}

/**
 * zifu_history_model_has_filter:
 * @self: a model
 *
 * Returns: whether some rows may be left out
 */
gboolean
zifu_history_model_has_filter (ZifuHistoryModel *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_MODEL (self), FALSE);

  return self->kind >= 0 || self->text != NULL;
}

/**
 * zifu_history_model_reload:
 * @self: a model
 *
 * Forgets every row and reads the first page anew.
 */
void
zifu_history_model_reload (ZifuHistoryModel *self)
{
  guint removed;

  g_return_if_fail (ZIFU_IS_HISTORY_MODEL (self));

  removed = self->items->len;
  g_hash_table_remove_all (self->by_id);
  g_hash_table_remove_all (self->waiting);
  g_ptr_array_set_size (self->items, 0);
  self->complete = FALSE;
  if (removed > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, 0);

  read_titles (self);
  read_months (self);
  zifu_history_model_load_more (self);
}

/**
 * zifu_history_model_load_more:
 * @self: a model
 *
 * Reads the next page, if there is one.
 *
 * Returns: whether rows were added
 */
gboolean
zifu_history_model_load_more (ZifuHistoryModel *self)
{
  g_autoptr (GPtrArray) page = NULL;
  guint old;

  g_return_val_if_fail (ZIFU_IS_HISTORY_MODEL (self), FALSE);

  if (self->complete)
    return FALSE;
  if (zifu_session_get_member_id (self->session) == 0)
    {
      self->complete = TRUE;
      return FALSE;
    }

  page = read_page (self);
  self->complete = page == NULL || page->len < ZIFU_HISTORY_MODEL_PAGE_SIZE;
  if (page == NULL || page->len == 0)
    return FALSE;

  old = self->items->len;
  for (guint i = 0; i < page->len; i++)
    append_entry (self, g_ptr_array_index (page, i));
  place_rows (self, old);
  g_list_model_items_changed (G_LIST_MODEL (self), old, 0, page->len);

  return TRUE;
}

/**
 * zifu_history_model_get_complete:
 * @self: a model
 *
 * Returns: whether every row that fits was read
 */
gboolean
zifu_history_model_get_complete (ZifuHistoryModel *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_MODEL (self), TRUE);

  return self->complete;
}

/**
 * zifu_history_model_find:
 * @self: a model
 * @entry_id: id of an entry
 * @position: (out) (optional): where it stands
 *
 * Looks for an entry among what fits the filter, reading older pages as needed.
 *
 * Returns: whether it was found
 */
gboolean
zifu_history_model_find (ZifuHistoryModel *self, gint64 entry_id, guint *position)
{
  ZifuHistoryItem *item;

  g_return_val_if_fail (ZIFU_IS_HISTORY_MODEL (self), FALSE);

  while ((item = g_hash_table_lookup (self->by_id, &entry_id)) == NULL)
    if (!zifu_history_model_load_more (self))
      return FALSE;

  return position == NULL || g_ptr_array_find (self->items, item, position);
}
