/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger.h"

G_BEGIN_DECLS

/**
 * ZifuHistoryFilter:
 *
 * What is wanted on the page of the history; cleared with zifu_history_filter_clear().
 */
typedef struct {
  gboolean  everybody;   /* the accounts of the whole household */
  gint64    member_id;   /* another person than the one on screen; 0 = that one */
  int       kind;        /* -1 = all */
  ZifuDate  from, to;    /* 0 = open */
  char     *institution; /* owned, nullable: its whole name */
  ZifuMoney amount_from; /* fen, size of the movement; -1 = open */
  ZifuMoney amount_to;   /* fen; -1 = open */
  char     *text;        /* owned, nullable: what was typed into the search entry */
} ZifuHistoryFilter;

void     zifu_history_filter_init (ZifuHistoryFilter *self);
void     zifu_history_filter_clear (ZifuHistoryFilter *self);
void     zifu_history_filter_copy (const ZifuHistoryFilter *self, ZifuHistoryFilter *copy);
gboolean zifu_history_filter_equal (const ZifuHistoryFilter *self, const ZifuHistoryFilter *other);
gboolean zifu_history_filter_is_empty (const ZifuHistoryFilter *self);
void     zifu_history_filter_to_entries (const ZifuHistoryFilter *self, ZifuEntryFilter *entries);
gint64   zifu_history_filter_get_account (const ZifuHistoryFilter *self, gint64 on_screen);

G_END_DECLS
