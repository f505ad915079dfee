/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-connect.h"
#include "zifu-date.h"

G_BEGIN_DECLS

/* What people are told of a connection. */
char    *zifu_sync_words_when (gint64 time);
char    *zifu_sync_words_state (const ZifuConnection *connection);
char    *zifu_sync_words_problem (const ZifuConnection *connection);
char    *zifu_sync_words_consent (const ZifuConnection *connection);
char    *zifu_sync_words_clock (gint64 skew_s, gint64 time);
int      zifu_sync_words_count_days (const ZifuConnection *connection, gint64 now);
gboolean zifu_sync_words_is_old (const ZifuConnection *connection, gint64 now);
gboolean zifu_sync_words_needs_sign_in (const ZifuConnection *connection);

G_END_DECLS
