/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger-private.h"

G_BEGIN_DECLS

/* More texts than this are not looked up one by one. */
#define ZIFU_QUERY_MAX_TEXTS 3000

/*
 * Where a row stands in the history.
 */
typedef ZifuEntryPlace ZifuPlace;

/*
 * Which rows of the history are wanted, as SQL needs it.
 */
typedef struct {
  ZifuLedger *ledger;
  GArray     *members;     /* owned, of gint64 */
  guint       kinds;       /* set of kinds; 0 = all */
  ZifuDate    from, to;    /* 0 = open */
  gboolean    has_institution;
  gint64      institution; /* number of the text; 0 = nobody has it */
  gboolean    has_amount;
  ZifuMoney   amount_from, amount_to;
  gboolean    has_search;
  ZifuPlace   before;      /* only rows older than this; date 0 = all */
  guint       limit;       /* 0 = none */
} ZifuQuery;

/* zifu-ledger-query.c */
gboolean _zifu_query_read (ZifuQuery *query, gint64 member_id, const ZifuEntryFilter *filter, GError **error);
gboolean _zifu_query_is_void (const ZifuQuery *query);
void     _zifu_query_append_conditions (GString *sql, const ZifuQuery *query, gboolean kinds, gboolean institution, gboolean amount,
                                        gboolean search);
void     _zifu_query_append_days (GString *sql, const ZifuQuery *query, ZifuDate from, ZifuDate to);
void     _zifu_query_clear (ZifuQuery *query);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZifuQuery, _zifu_query_clear)

G_END_DECLS
