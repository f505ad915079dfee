/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-history-model.h"

#include "zifu-entry-words.h"
#include "zifu-history-item-private.h"

/* So many rows are read again when the household changed; whoever scrolled further begins there anew. */
#define MOST_ROWS_AGAIN 1000
/* An entry that lies further back is not looked for by reading all that is newer. */
#define MOST_PAGES_TO_FIND 5

struct _ZifuHistoryModel
{
  GObject parent_instance;

  ZifuSession       *session;     /* owned */
  ZifuHistoryReader *reader;      /* owned */
  GCancellable      *cancellable; /* owned, nullable: of what is being read */
  GPtrArray         *items;       /* owned, of ZifuHistoryItem */
  GHashTable        *by_id;       /* owned, gint64* of the entry -> ZifuHistoryItem, not owned */
  GHashTable        *waiting;     /* owned, gint64* of an original not read yet -> ZifuHistoryItem that reverses it, not owned */
  GHashTable        *months;      /* owned, nullable before they are known, ZifuMonth -> ZifuMonthSummary* */
  GHashTable        *titles;      /* owned, gint64* of a member -> name with relation */
  ZifuHistoryFilter  filter;      /* its texts are owned */
  gint64             on_screen;   /* whose rows were read when nobody else was wanted */
  ZifuHistoryTotals  totals;
  gboolean           has_totals;
  gboolean           loading; /* a page is being read in the thread */
  gboolean           complete;
  guint              wanted; /* rows of the first page: so many as there were, so that nothing moves */
};

static guint signal_state;

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

static void
append_page (ZifuHistoryModel *self, GPtrArray *page)
{
  guint old = self->items->len;

  self->complete = page->len < ZIFU_HISTORY_MODEL_PAGE_SIZE;
  for (guint i = 0; i < page->len; i++)
    append_item (self, make_item (self, g_ptr_array_index (page, i)));
  place_rows (self, old);
  if (page->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), old, 0, page->len);
}

/* What is told of a row besides its entry hangs on these. */
static gboolean
is_same (ZifuHistoryItem *item, const ZifuEntry *entry)
{
  const ZifuEntry *old = zifu_history_item_get_entry (item);

  return old->id == entry->id && old->balance == entry->balance && old->reversed_by == entry->reversed_by && old->member_id == entry->member_id;
}

/* Rows that were there stay the same objects, so that neither the selection nor the place in the list is lost. */
static void
replace_rows (ZifuHistoryModel *self, GPtrArray *page, gboolean keep)
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
  place_rows (self, 0);

  while (prefix < old->len && prefix < page->len && g_ptr_array_index (old, prefix) == g_ptr_array_index (self->items, prefix))
    prefix++;
  while (suffix < old->len - prefix && suffix < page->len - prefix
         && g_ptr_array_index (old, old->len - 1 - suffix) == g_ptr_array_index (self->items, page->len - 1 - suffix))
    suffix++;
  if (old->len > prefix + suffix || page->len > prefix + suffix)
    g_list_model_items_changed (G_LIST_MODEL (self), prefix, old->len - prefix - suffix, page->len - prefix - suffix);
}

static void
report (ZifuHistoryModel *self, const GError *error)
{
  g_signal_emit_by_name (self->session, "failed", error);
}

static gint64
get_account (ZifuHistoryModel *self)
{
  return zifu_history_filter_get_account (&self->filter, self->on_screen);
}

/* Without a filter a page costs the same wherever it lies: it is read at once. */
static GPtrArray *
read_page (ZifuHistoryModel *self, gboolean first, guint limit)
{
  ZifuEntryFilter filter = { 0 };
  g_autoptr (GError) error = NULL;
  GPtrArray *page;

  if (!first && self->items->len > 0)
    {
      const ZifuEntry *oldest = zifu_history_item_get_entry (g_ptr_array_index (self->items, self->items->len - 1));

      filter.before_date = oldest->date;
      filter.before_id = oldest->id;
    }
  page = zifu_ledger_list_entries (zifu_session_get_ledger (self->session), self->on_screen, &filter, limit, &error);
  if (page == NULL)
    report (self, error);

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
take_months (ZifuHistoryModel *self, GArray *months)
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

static void
forget_months (ZifuHistoryModel *self)
{
  g_clear_pointer (&self->months, g_hash_table_unref);
  self->has_totals = FALSE;
}

static void
emit_state (ZifuHistoryModel *self)
{
  g_signal_emit (self, signal_state, 0);
}

static void
summed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ZifuHistoryModel *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) months = zifu_history_reader_sum_finish (ZIFU_HISTORY_READER (source), result, &error);

  /* Whoever cancelled wants something else, or is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (months != NULL)
    take_months (self, months);
  else
    report (self, error);
  emit_state (self);
}

static void
first_page_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ZifuHistoryModel *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = zifu_history_reader_list_finish (ZIFU_HISTORY_READER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->loading = FALSE;
  if (page == NULL)
    {
      report (self, error);
      self->complete = TRUE;
      page = g_ptr_array_new ();
    }
  else
    {
      self->complete = page->len < self->wanted;
      zifu_history_reader_sum_async (self->reader, get_account (self), &self->filter, self->cancellable, summed_cb, self);
    }
  replace_rows (self, page, TRUE);
  emit_state (self);
}

static void
next_page_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ZifuHistoryModel *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = zifu_history_reader_list_finish (ZIFU_HISTORY_READER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->loading = FALSE;
  if (page != NULL)
    append_page (self, page);
  else
    {
      report (self, error);
      self->complete = TRUE;
    }
  emit_state (self);
}

static void
stop_reading (ZifuHistoryModel *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->loading = FALSE;
}

static void
start_reading (ZifuHistoryModel *self)
{
  forget_months (self);
  self->cancellable = g_cancellable_new ();
  self->loading = TRUE;
  zifu_history_reader_list_async (self->reader, get_account (self), &self->filter, 0, 0, self->wanted, self->cancellable, first_page_cb,
                                  self);
}

static void
read_at_once (ZifuHistoryModel *self)
{
  g_autoptr (GPtrArray) page = read_page (self, TRUE, self->wanted);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) months = NULL;

  self->complete = page == NULL || page->len < self->wanted;
  if (page == NULL)
    page = g_ptr_array_new ();
  months = zifu_ledger_list_months (zifu_session_get_ledger (self->session), self->on_screen, &error);
  if (months != NULL)
    take_months (self, months);
  else
    forget_months (self);
  replace_rows (self, page, TRUE);
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
zifu_history_model_dispose (GObject *object)
{
  stop_reading (ZIFU_HISTORY_MODEL (object));

  G_OBJECT_CLASS (zifu_history_model_parent_class)->dispose (object);
}

static void
zifu_history_model_finalize (GObject *object)
{
  ZifuHistoryModel *self = ZIFU_HISTORY_MODEL (object);

  g_clear_object (&self->session);
  g_clear_object (&self->reader);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->months, g_hash_table_unref);
  g_clear_pointer (&self->titles, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  zifu_history_filter_clear (&self->filter);

  G_OBJECT_CLASS (zifu_history_model_parent_class)->finalize (object);
}

static void
zifu_history_model_class_init (ZifuHistoryModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_history_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = zifu_history_model_finalize;

  signal_state = g_signal_new ("state", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
zifu_history_model_init (ZifuHistoryModel *self)
{
  zifu_history_filter_init (&self->filter);
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
  self->reader = zifu_history_reader_new (zifu_session_get_ledger (session));
  zifu_history_model_reload (self);

  return self;
}

/**
 * zifu_history_model_set_filter:
 * @self: a model
 * @filter: what is wanted; is copied
 *
 * Shows only what fits, from the newest row on.  Until it is read, the rows stay what they were; without a filter they are there at once.
 *
 * Returns: whether that is something else than before
 */
gboolean
zifu_history_model_set_filter (ZifuHistoryModel *self, const ZifuHistoryFilter *filter)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_MODEL (self), FALSE);
  g_return_val_if_fail (filter != NULL && filter->kind < (int) ZIFU_N_ENTRY_KINDS, FALSE);

  if (zifu_history_filter_equal (&self->filter, filter))
    return FALSE;

  zifu_history_filter_clear (&self->filter);
  zifu_history_filter_copy (filter, &self->filter);
  stop_reading (self);
  self->wanted = ZIFU_HISTORY_MODEL_PAGE_SIZE;
  if (zifu_history_filter_is_empty (filter))
    read_at_once (self);
  else
    start_reading (self);
  emit_state (self);

  return TRUE;
}

/**
 * zifu_history_model_get_filter:
 * @self: a model
 *
 * Returns: (transfer none): what is wanted
 */
const ZifuHistoryFilter *
zifu_history_model_get_filter (ZifuHistoryModel *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_MODEL (self), NULL);

  return &self->filter;
}

/**
 * zifu_history_model_get_reader:
 * @self: a model
 *
 * Returns: (transfer none): what reads for it in a thread
 */
ZifuHistoryReader *
zifu_history_model_get_reader (ZifuHistoryModel *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_MODEL (self), NULL);

  return self->reader;
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

  return !zifu_history_filter_is_empty (&self->filter);
}

/**
 * zifu_history_model_get_loading:
 * @self: a model
 *
 * Returns: whether rows are being read
 */
gboolean
zifu_history_model_get_loading (ZifuHistoryModel *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_MODEL (self), FALSE);

  return self->loading;
}

/**
 * zifu_history_model_get_totals:
 * @self: a model
 * @totals: (out caller-allocates): what all rows that fit come to, read or not
 *
 * Returns: whether that is known
 */
gboolean
zifu_history_model_get_totals (ZifuHistoryModel *self, ZifuHistoryTotals *totals)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_MODEL (self) && totals != NULL, FALSE);

  *totals = self->totals;
  return self->has_totals && !self->loading;
}

/**
 * zifu_history_model_reload:
 * @self: a model
 *
 * Reads anew what was read, because the household changed or another person is on screen.  Rows that are still the same stay where they
 * are; of another person's rows none is left.
 */
void
zifu_history_model_reload (ZifuHistoryModel *self)
{
  gint64 on_screen;

  g_return_if_fail (ZIFU_IS_HISTORY_MODEL (self));

  stop_reading (self);
  read_titles (self);
  on_screen = zifu_session_get_member_id (self->session);
  self->wanted = CLAMP (self->items->len, ZIFU_HISTORY_MODEL_PAGE_SIZE, MOST_ROWS_AGAIN);
  if (self->on_screen != on_screen)
    {
      g_autoptr (GPtrArray) none = g_ptr_array_new ();

      self->on_screen = on_screen;
      self->wanted = ZIFU_HISTORY_MODEL_PAGE_SIZE;
      forget_months (self);
      replace_rows (self, none, FALSE);
    }
  if (on_screen == 0)
    self->complete = TRUE;
  else if (zifu_history_filter_is_empty (&self->filter))
    read_at_once (self);
  else
    start_reading (self);
  emit_state (self);
}

/**
 * zifu_history_model_load_more:
 * @self: a model
 *
 * Reads the next page, if there is one; under a filter in the background.
 *
 * Returns: whether rows were added, or will be
 */
gboolean
zifu_history_model_load_more (ZifuHistoryModel *self)
{
  g_autoptr (GPtrArray) page = NULL;

  g_return_val_if_fail (ZIFU_IS_HISTORY_MODEL (self), FALSE);

  if (self->complete || self->loading || self->items->len == 0)
    return FALSE;
  if (!zifu_history_filter_is_empty (&self->filter))
    {
      const ZifuEntry *oldest = zifu_history_item_get_entry (g_ptr_array_index (self->items, self->items->len - 1));

      self->loading = TRUE;
      zifu_history_reader_list_async (self->reader, get_account (self), &self->filter, oldest->date, oldest->id,
                                      ZIFU_HISTORY_MODEL_PAGE_SIZE, self->cancellable, next_page_cb, self);
      return TRUE;
    }

  page = read_page (self, FALSE, ZIFU_HISTORY_MODEL_PAGE_SIZE);
  if (page == NULL)
    {
      self->complete = TRUE;
      return FALSE;
    }
  append_page (self, page);

  return page->len > 0;
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
 * Looks for an entry among the rows that were read.  Without a filter a few more pages are read for it.
 *
 * Returns: whether it was found
 */
gboolean
zifu_history_model_find (ZifuHistoryModel *self, gint64 entry_id, guint *position)
{
  ZifuHistoryItem *item;
  guint n_pages = 0;

  g_return_val_if_fail (ZIFU_IS_HISTORY_MODEL (self), FALSE);

  while ((item = g_hash_table_lookup (self->by_id, &entry_id)) == NULL)
    if (!zifu_history_filter_is_empty (&self->filter) || n_pages++ == MOST_PAGES_TO_FIND || !zifu_history_model_load_more (self))
      return FALSE;

  return position == NULL || g_ptr_array_find (self->items, item, position);
}
