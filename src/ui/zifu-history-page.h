/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-history-model.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_HISTORY_PAGE (zifu_history_page_get_type ())
G_DECLARE_FINAL_TYPE (ZifuHistoryPage, zifu_history_page, ZIFU, HISTORY_PAGE, GtkWidget)

/*
 * Every entry of the account by month; details beside the list, or instead of it when narrow.
 *
 * Properties: "narrow" (gboolean), "detail-open" (gboolean, read-only: a detail covers the list).
 * Actions: "history.back" (), "history.clear" () shows everything again, "history.open" (x) opens the entry of an id, "history.export" (s)
 * writes what is shown as csv, json or journal, "history.print" () prints a statement.
 * Signals: "toast" (AdwToast): something to be told.
 */
GtkWidget        *zifu_history_page_new (ZifuSession *session);
ZifuHistoryModel *zifu_history_page_get_model (ZifuHistoryPage *self);
gboolean          zifu_history_page_get_narrow (ZifuHistoryPage *self);
void              zifu_history_page_set_narrow (ZifuHistoryPage *self, gboolean narrow);
const char       *zifu_history_page_get_detail_title (ZifuHistoryPage *self);
gboolean          zifu_history_page_get_detail_open (ZifuHistoryPage *self);
void              zifu_history_page_close_detail (ZifuHistoryPage *self);
void              zifu_history_page_focus_search (ZifuHistoryPage *self);
void              zifu_history_page_set_kind (ZifuHistoryPage *self, int kind);
void              zifu_history_page_set_search (ZifuHistoryPage *self, const char *text);
void              zifu_history_page_set_filter (ZifuHistoryPage *self, const ZifuHistoryFilter *filter);
gint64            zifu_history_page_get_printed (ZifuHistoryPage *self);
gboolean          zifu_history_page_prints_more (ZifuHistoryPage *self);
void              zifu_history_page_get_period (ZifuHistoryPage *self, ZifuDate *first, ZifuDate *last);
gboolean          zifu_history_page_open_entry (ZifuHistoryPage *self, gint64 entry_id);

G_END_DECLS
