/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger.h"

G_BEGIN_DECLS

/* The latest bills whose lines are kept here: of so many the lines are read. */
#define ZIFU_FEED_N_BILLS 3

gboolean zifu_feed_load_bills (ZifuLedger *ledger, gint64 member_id, ZifuRecord *record, GError **error);
char    *zifu_feed_stamp_bills (ZifuLedger *ledger, gint64 member_id, gint64 *size, GError **error);

G_END_DECLS
