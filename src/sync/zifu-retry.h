/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** ZIFU_RETRY_MAX_TRIES: how often a request is repeated before it is left to the next synchronisation. */
#define ZIFU_RETRY_MAX_TRIES 5

/** ZIFU_RETRY_MAX_AFTER_S: a server that asks to wait longer is asked again after this many seconds. */
#define ZIFU_RETRY_MAX_AFTER_S 3600

gint64   zifu_retry_parse_after (const char *text, gint64 now);
gboolean zifu_retry_get_wait (guint n_repeats, gint64 retry_after_s, GRand *random, gint64 *wait_ms);

G_END_DECLS
