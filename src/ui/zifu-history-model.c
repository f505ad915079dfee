/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-history-model-private.h"

/* So many rows may have arrived since; so many are counted again at most when the household changed, which takes a few hundredths of a
   second: whoever scrolled further begins there anew. */
#define MAY_HAVE_ARRIVED 1000
#define MOST_ROWS_AGAIN 20000
/* An entry that lies further back is not looked for by reading all that is newer. */
#define MOST_PAGES_TO_FIND 5

static guint signal_state;

static void zifu_history_model_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ZifuHistoryModel, zifu_history_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, zifu_history_model_list_init))

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

static gint64
last_id (ZifuHistoryModel *self)
{
  return g_array_index (self->ids, gint64, self->ids->len - 1);
}

/* Without a filter a page costs the same wherever it lies: it is read at once. */
static GArray *
read_page (ZifuHistoryModel *self, gboolean first, guint limit)
{
  ZifuEntryFilter filter = { 0 };
  g_autoptr (GError) error = NULL;
  GArray *page;

  if (!first && self->ids->len > 0)
    {
      filter.before_date = self->oldest;
      filter.before_id = last_id (self);
    }
  page = zifu_ledger_list_places (zifu_session_get_ledger (self->session), self->on_screen, &filter, limit, &error);
  if (page == NULL)
    report (self, error);

  return page;
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
    _zifu_history_model_take_months (self, months);
  else
    report (self, error);
  emit_state (self);
}

static void
first_page_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ZifuHistoryModel *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) page = zifu_history_reader_list_finish (ZIFU_HISTORY_READER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->loading = FALSE;
  if (page == NULL)
    {
      report (self, error);
      page = g_array_new (FALSE, FALSE, sizeof (ZifuEntryPlace));
    }
  else
    zifu_history_reader_sum_async (self->reader, get_account (self), &self->filter, self->cancellable, summed_cb, self);
  _zifu_history_model_replace_rows (self, page, TRUE);
  emit_state (self);
}

static void
next_page_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ZifuHistoryModel *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) page = zifu_history_reader_list_finish (ZIFU_HISTORY_READER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->loading = FALSE;
  if (page != NULL)
    _zifu_history_model_append_page (self, page);
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
  _zifu_history_model_forget_months (self);
  self->cancellable = g_cancellable_new ();
  self->loading = TRUE;
  zifu_history_reader_list_async (self->reader, get_account (self), &self->filter, 0, 0, self->wanted, self->cancellable, first_page_cb,
                                  self);
}

static void
read_at_once (ZifuHistoryModel *self)
{
  g_autoptr (GArray) page = read_page (self, TRUE, self->wanted);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) months = NULL;

  if (page == NULL)
    page = g_array_new (FALSE, FALSE, sizeof (ZifuEntryPlace));
  months = zifu_ledger_list_months (zifu_session_get_ledger (self->session), self->on_screen, &error);
  if (months != NULL)
    _zifu_history_model_take_months (self, months);
  else
    _zifu_history_model_forget_months (self);
  _zifu_history_model_replace_rows (self, page, TRUE);
}

static GType
zifu_history_model_get_item_type (GListModel *list)
{
  return ZIFU_TYPE_HISTORY_ITEM;
}

static guint
zifu_history_model_get_n_items (GListModel *list)
{
  return ZIFU_HISTORY_MODEL (list)->ids->len;
}

static gpointer
zifu_history_model_get_item (GListModel *list, guint position)
{
  ZifuHistoryModel *self = ZIFU_HISTORY_MODEL (list);

  return position < self->ids->len ? g_object_ref (_zifu_history_model_get_item (self, position)) : NULL;
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
  ZifuHistoryModel *self = ZIFU_HISTORY_MODEL (object);

  stop_reading (self);
  g_clear_handle_id (&self->again_id, g_source_remove);

  G_OBJECT_CLASS (zifu_history_model_parent_class)->dispose (object);
}

static void
zifu_history_model_finalize (GObject *object)
{
  ZifuHistoryModel *self = ZIFU_HISTORY_MODEL (object);

  g_clear_object (&self->session);
  g_clear_object (&self->reader);
  g_clear_pointer (&self->months, g_hash_table_unref);
  g_clear_pointer (&self->titles, g_hash_table_unref);
  _zifu_history_model_clear_rows (self);
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
  _zifu_history_model_init_rows (self);
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
  self->fresh = TRUE;
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
  _zifu_history_model_read_titles (self);
  on_screen = zifu_session_get_member_id (self->session);
  self->wanted = self->fresh || self->ids->len == 0 ? ZIFU_HISTORY_MODEL_PAGE_SIZE
                                                    : MIN (self->ids->len + MAY_HAVE_ARRIVED, MOST_ROWS_AGAIN);
  if (self->on_screen != on_screen)
    {
      g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (ZifuEntryPlace));

      self->on_screen = on_screen;
      self->wanted = ZIFU_HISTORY_MODEL_PAGE_SIZE;
      _zifu_history_model_forget_months (self);
      _zifu_history_model_replace_rows (self, none, FALSE);
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
  g_autoptr (GArray) page = NULL;

  g_return_val_if_fail (ZIFU_IS_HISTORY_MODEL (self), FALSE);

  if (self->complete || self->loading || self->ids->len == 0)
    return FALSE;
  if (!zifu_history_filter_is_empty (&self->filter))
    {
      self->loading = TRUE;
      zifu_history_reader_list_async (self->reader, get_account (self), &self->filter, self->oldest, last_id (self),
                                      ZIFU_HISTORY_MODEL_PAGE_SIZE, self->cancellable, next_page_cb, self);
      return TRUE;
    }

  page = read_page (self, FALSE, ZIFU_HISTORY_MODEL_PAGE_SIZE);
  if (page == NULL)
    {
      self->complete = TRUE;
      return FALSE;
    }
  _zifu_history_model_append_page (self, page);

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
  guint n_pages = 0, i = 0;

  g_return_val_if_fail (ZIFU_IS_HISTORY_MODEL (self), FALSE);

  for (;; i++)
    {
      if (i == self->ids->len && (!zifu_history_filter_is_empty (&self->filter) || n_pages++ == MOST_PAGES_TO_FIND ||
                                  !zifu_history_model_load_more (self)))
        return FALSE;
      if (g_array_index (self->ids, gint64, i) == entry_id)
        break;
    }
  if (position != NULL)
    *position = i;
  return TRUE;
}

/**
 * zifu_history_model_get_n_kept:
 * @self: a model
 *
 * Returns: how many pages of rows are in memory: those that were looked at last, and those of which a row is shown
 */
guint
zifu_history_model_get_n_kept (ZifuHistoryModel *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_MODEL (self), 0);

  return self->leaves->len;
}
