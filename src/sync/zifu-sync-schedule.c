/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sync-schedule.h"

#include "zifu-sync-error.h"

static gboolean
has_problem (const ZifuConnection *connection, ZifuSyncError code)
{
  return g_strcmp0 (connection->problem, zifu_sync_error_get_nick (code)) == 0;
}

/**
 * zifu_sync_schedule_is_due:
 * @connection: a connection
 * @now: seconds since 1970
 * @interval_s: how often it is fetched from, in seconds; 0 = at once.  The provider may ask for more.
 * @metered: whether data are paid for by volume at the moment
 *
 * Whether it is to be fetched from @connection without anybody asking for it.
 *
 * Returns: whether it is
 */
gboolean
zifu_sync_schedule_is_due (const ZifuConnection *connection, gint64 now, gint64 interval_s, gboolean metered)
{
  gint64 interval;

  g_return_val_if_fail (connection != NULL, FALSE);

  if (!connection->automatic || (metered && !connection->on_metered))
    return FALSE;
  /* Only the person can help with these. */
  if (has_problem (connection, ZIFU_SYNC_ERROR_SIGN_IN) || has_problem (connection, ZIFU_SYNC_ERROR_CONSENT) ||
      has_problem (connection, ZIFU_SYNC_ERROR_OTHER_PERSON))
    return FALSE;
  /* A clock that was set back must not stop it for years. */
  if (now < connection->not_before && connection->not_before - now <= 60 * 60)
    return FALSE;
  interval = has_problem (connection, ZIFU_SYNC_ERROR_OFFLINE) ? ZIFU_SYNC_SCHEDULE_RETRY_S : interval_s;
  interval = MAX (interval, (gint64) connection->min_interval_s);
  return now >= connection->tried_at + interval || now < connection->tried_at;
}
