/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-exchange.h"

G_BEGIN_DECLS

/*
 * What is done with each entry.  @member is whose account it is.
 */
typedef gboolean (*ZifuEntryFunc) (const ZifuMember *member, const ZifuEntry *entry, gpointer user_data, GError **error);

/* zifu-entries.c */
gboolean _zifu_reading_begin (ZifuLedger *ledger, GError **error);
void     _zifu_reading_end (ZifuLedger *ledger);
gboolean _zifu_entries_walk (ZifuLedger *ledger, gint64 member_id, const ZifuEntryFilter *filter, ZifuEntryFunc func,
                             gpointer user_data, const ZifuJob *job, GError **error);
const char *_zifu_kind_words (ZifuEntryKind kind);

G_END_DECLS
