/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-retry.h"

#include <libsoup/soup.h>
#include <string.h>

/* Long enough for every number of seconds that is meant. */
#define MAX_DIGITS 9

/**
 * zifu_retry_parse_after:
 * @text: (nullable): the value of a Retry-After header: seconds or an HTTP date
 * @now: seconds since 1970 by the clock that wrote the date
 *
 * Knows no clock of its own: a date of the server is compared with the Date that came with it.
 *
 * Returns: for how many seconds to wait, from 0 to %ZIFU_RETRY_MAX_AFTER_S, or -1 when @text says nothing
 */
gint64
zifu_retry_parse_after (const char *text, gint64 now)
{
  g_autofree char *value = NULL;
  g_autoptr (GDateTime) date = NULL;
  gsize n;

  if (text == NULL)
    return -1;
  value = g_strstrip (g_strdup (text));
  n = strspn (value, "0123456789");
  if (n > 0 && value[n] == '\0')
    return n > MAX_DIGITS ? ZIFU_RETRY_MAX_AFTER_S : MIN (g_ascii_strtoll (value, NULL, 10), ZIFU_RETRY_MAX_AFTER_S);
  date = n == 0 && *value != '\0' ? soup_date_time_new_from_http_string (value) : NULL;
  if (date == NULL)
    return -1;
  return CLAMP (g_date_time_to_unix (date) - now, 0, ZIFU_RETRY_MAX_AFTER_S);
}

/**
 * zifu_retry_get_wait:
 * @n_repeats: how often the request was repeated already
 * @retry_after_s: what the server asked for, in seconds; 0 or less = nothing
 * @random: source of the jitter
 * @wait_ms: (out): milliseconds until the next try
 *
 * Without a wish of the server the waits are 1, 2, 4, 8 and 16 seconds, each longer or shorter by up to a half, so that many
 * programs that failed together do not come back together.  A wish of the server is never undercut.
 *
 * Returns: whether to try once more
 */
gboolean
zifu_retry_get_wait (guint n_repeats, gint64 retry_after_s, GRand *random, gint64 *wait_ms)
{
  gint64 base;

  g_return_val_if_fail (random != NULL && wait_ms != NULL, FALSE);

  *wait_ms = 0;
  if (n_repeats >= ZIFU_RETRY_MAX_TRIES)
    return FALSE;
  base = 1000 * (G_GINT64_CONSTANT (1) << n_repeats);
  if (retry_after_s > 0)
    *wait_ms = MIN (retry_after_s, ZIFU_RETRY_MAX_AFTER_S) * 1000;
  else
    *wait_ms = g_rand_int_range (random, (gint32) (base / 2), (gint32) (base + base / 2 + 1));
  return TRUE;
}
