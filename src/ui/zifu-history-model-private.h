/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-history-model.h"

G_BEGIN_DECLS

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

/* zifu-history-rows.c */
void _zifu_history_model_append_page (ZifuHistoryModel *self, GPtrArray *page);
void _zifu_history_model_replace_rows (ZifuHistoryModel *self, GPtrArray *page, gboolean keep);
void _zifu_history_model_take_months (ZifuHistoryModel *self, GArray *months);
void _zifu_history_model_forget_months (ZifuHistoryModel *self);
void _zifu_history_model_read_titles (ZifuHistoryModel *self);

G_END_DECLS
