/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-history-filter.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_HISTORY_READER (zifu_history_reader_get_type ())
G_DECLARE_FINAL_TYPE (ZifuHistoryReader, zifu_history_reader, ZIFU, HISTORY_READER, GObject)

/*
 * Reads of the history what may take long, in a thread, one thing after the other, by a connection of its own.
 */
ZifuHistoryReader *zifu_history_reader_new (ZifuLedger *ledger);
void               zifu_history_reader_list_async (ZifuHistoryReader *self, gint64 member_id, const ZifuHistoryFilter *filter,
                                                   ZifuDate before_date, gint64 before_id, guint limit, GCancellable *cancellable,
                                                   GAsyncReadyCallback callback, gpointer user_data);
GArray            *zifu_history_reader_list_finish (ZifuHistoryReader *self, GAsyncResult *result, GError **error);
void               zifu_history_reader_sum_async (ZifuHistoryReader *self, gint64 member_id, const ZifuHistoryFilter *filter,
                                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GArray            *zifu_history_reader_sum_finish (ZifuHistoryReader *self, GAsyncResult *result, GError **error);
void               zifu_history_reader_places_async (ZifuHistoryReader *self, gint64 member_id, GCancellable *cancellable,
                                                     GAsyncReadyCallback callback, gpointer user_data);
GPtrArray         *zifu_history_reader_places_finish (ZifuHistoryReader *self, GAsyncResult *result, GError **error);

G_END_DECLS
