/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger-connections.h"

G_BEGIN_DECLS

/* How soon it is tried again after the provider could not be reached. */
#define ZIFU_SYNC_SCHEDULE_RETRY_S (10 * 60)

gboolean zifu_sync_schedule_is_due (const ZifuConnection *connection, gint64 now, gint64 interval_s, gboolean metered);

G_END_DECLS
