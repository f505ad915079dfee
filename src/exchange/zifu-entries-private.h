/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-export.h"

G_BEGIN_DECLS

/*
 * What is done with each entry.  @member is whose account it is.
 */
typedef gboolean (*ZifuEntryFunc) (const ZifuMember *member, const ZifuEntry *entry, gpointer user_data, GError **error);

/* zifu-entries.c */
gboolean _zifu_reading_begin (ZifuLedger *ledger, GError **error);
void     _zifu_reading_end (ZifuLedger *ledger);
gboolean _zifu_entries_walk (ZifuLedger *ledger, const ZifuExportSelection *selection, ZifuEntryFunc func, gpointer user_data,
                             const ZifuJob *job, GError **error);

G_END_DECLS
