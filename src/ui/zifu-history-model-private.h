/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-history-model.h"

G_BEGIN_DECLS

/* Rows of one page that are in memory. */
typedef struct {
  guint      index; /* the first one stands at index × ZIFU_HISTORY_MODEL_PAGE_SIZE */
  gint64     used;  /* the greater, the later */
  GPtrArray *items; /* owned, of ZifuHistoryItem */
} ZifuHistoryLeaf;

/* Where a month begins. */
typedef struct {
  guint     position;
  ZifuMonth month;
} ZifuHistoryHead;

struct _ZifuHistoryModel
{
  GObject parent_instance;

  ZifuSession       *session;     /* owned */
  ZifuHistoryReader *reader;      /* owned */
  GCancellable      *cancellable; /* owned, nullable: of what is being read */
  GArray            *ids;         /* owned, of gint64: every row that was read, newest first */
  GArray            *heads;       /* owned, of ZifuHistoryHead, newest first */
  ZifuDate           oldest;      /* day of the last row */
  GPtrArray         *leaves;      /* owned, of ZifuHistoryLeaf: what of the rows is in memory */
  gint64             clock;       /* of the leaves */
  guint              again_id;    /* a row that should be there is not: all is read anew */
  GHashTable        *months;      /* owned, nullable before they are known, ZifuMonth -> ZifuMonthSummary* */
  GHashTable        *titles;      /* owned, gint64* of a member -> name with relation */
  ZifuHistoryFilter  filter;      /* its texts are owned */
  gint64             on_screen;   /* whose rows were read when nobody else was wanted */
  ZifuHistoryTotals  totals;
  gboolean           has_totals;
  gboolean           loading; /* a page is being read in the thread */
  gboolean           complete;
  gboolean           fresh;  /* the rows are still those of another filter */
  guint              wanted; /* rows of the first page: more than there were, so that nothing moves */
};

/* zifu-history-leaves.c */
void             _zifu_history_model_init_rows (ZifuHistoryModel *self);
void             _zifu_history_model_clear_rows (ZifuHistoryModel *self);
ZifuHistoryItem *_zifu_history_model_peek_item (GPtrArray *leaves, guint position);
void             _zifu_history_model_place_item (ZifuHistoryModel *self, guint position);
ZifuHistoryItem *_zifu_history_model_get_item (ZifuHistoryModel *self, guint position);
void             _zifu_history_model_fill_leaf (ZifuHistoryModel *self, guint index, GHashTable *known);
gboolean         _zifu_history_leaf_is_shown (const ZifuHistoryLeaf *leaf);
ZifuHistoryLeaf *_zifu_history_model_find_leaf (GPtrArray *leaves, guint index);

/* zifu-history-rows.c */
void _zifu_history_model_append_page (ZifuHistoryModel *self, GArray *page);
void _zifu_history_model_replace_rows (ZifuHistoryModel *self, GArray *page, gboolean keep);
void _zifu_history_model_take_months (ZifuHistoryModel *self, GArray *months);
void _zifu_history_model_forget_months (ZifuHistoryModel *self);
void _zifu_history_model_read_titles (ZifuHistoryModel *self);

G_END_DECLS
