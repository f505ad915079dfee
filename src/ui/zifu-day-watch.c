/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-day-watch.h"

/* Often enough for somebody who sits before it, also after the computer slept or was carried into another time zone. */
#define LOOK_EVERY_S 30

static gboolean
look_cb (gpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  zifu_session_follow_clock (data, now);
  return G_SOURCE_CONTINUE;
}

static void
stop (gpointer data)
{
  g_source_remove (GPOINTER_TO_UINT (data));
}

/**
 * zifu_day_watch_start:
 * @session: a session
 *
 * Looks at the clock now and then as long as @session lives: a window that stays open over night shows the new day in the morning.
 */
void
zifu_day_watch_start (ZifuSession *session)
{
  guint source;

  g_return_if_fail (ZIFU_IS_SESSION (session));

  source = g_timeout_add_seconds (LOOK_EVERY_S, look_cb, session);
  g_object_set_data_full (G_OBJECT (session), "zifu-day-watch", GUINT_TO_POINTER (source), stop);
}
