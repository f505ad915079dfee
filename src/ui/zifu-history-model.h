/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-history-reader.h"
#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_HISTORY_ITEM (zifu_history_item_get_type ())
G_DECLARE_FINAL_TYPE (ZifuHistoryItem, zifu_history_item, ZIFU, HISTORY_ITEM, GObject)

/*
 * One row: an entry, whether it opens or closes its month, and the words that depend on other rows.
 *
 * Signals: "changed" (): the place in the month, the month's sums, the original's date or the mark changed.
 */
const ZifuEntry *zifu_history_item_get_entry (ZifuHistoryItem *self);
const char      *zifu_history_item_get_relative (ZifuHistoryItem *self);
const char      *zifu_history_item_get_owner (ZifuHistoryItem *self);
ZifuDate         zifu_history_item_get_original_date (ZifuHistoryItem *self);
gboolean         zifu_history_item_get_doubtful (ZifuHistoryItem *self);
gboolean         zifu_history_item_get_first (ZifuHistoryItem *self);
gboolean         zifu_history_item_get_last (ZifuHistoryItem *self);
void             zifu_history_item_get_sums (ZifuHistoryItem *self, ZifuMoney *income, ZifuMoney *outlay);

#define ZIFU_TYPE_HISTORY_MODEL (zifu_history_model_get_type ())
G_DECLARE_FINAL_TYPE (ZifuHistoryModel, zifu_history_model, ZIFU, HISTORY_MODEL, GObject)

/*
 * What all rows that fit a filter come to.
 */
typedef struct {
  guint     n_entries;
  ZifuMoney income, outlay; /* outlay <= 0 */
} ZifuHistoryTotals;

/*
 * The history of the person on screen, or of whom the filter names, as a GListModel of ZifuHistoryItem, newest first.
 *
 *   ledger --- pages of 100 rows by (date, id) ---> ZifuHistoryModel ---> GtkSingleSelection ---> GtkListView
 *
 * Of what was scrolled to the numbers are kept; the rows themselves only of the pages that were looked at last, others are read again by
 * their numbers.  Under a filter pages and sums are read in a thread.
 *
 * Signals: "state" (): something is being read, or is not any more; the totals changed.
 */
#define ZIFU_HISTORY_MODEL_PAGE_SIZE 100

ZifuHistoryModel        *zifu_history_model_new (ZifuSession *session);
gboolean                 zifu_history_model_set_filter (ZifuHistoryModel *self, const ZifuHistoryFilter *filter);
const ZifuHistoryFilter *zifu_history_model_get_filter (ZifuHistoryModel *self);
ZifuHistoryReader       *zifu_history_model_get_reader (ZifuHistoryModel *self);
gboolean                 zifu_history_model_has_filter (ZifuHistoryModel *self);
gboolean                 zifu_history_model_get_loading (ZifuHistoryModel *self);
gboolean                 zifu_history_model_get_totals (ZifuHistoryModel *self, ZifuHistoryTotals *totals);
void                     zifu_history_model_reload (ZifuHistoryModel *self);
gboolean                 zifu_history_model_load_more (ZifuHistoryModel *self);
gboolean                 zifu_history_model_get_complete (ZifuHistoryModel *self);
guint                    zifu_history_model_get_n_kept (ZifuHistoryModel *self);
gboolean                 zifu_history_model_find (ZifuHistoryModel *self, gint64 entry_id, guint *position);

G_END_DECLS
