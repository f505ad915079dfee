/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sync-words.h"

#include <glib/gi18n-lib.h>

#include "zifu-words.h"

#define DAY_SECONDS (24 * 60 * 60)
#define OLD_DAYS 3

/**
 * zifu_sync_words_when:
 * @time: seconds since 1970
 *
 * Returns: (transfer full): the day and the minute in the time of this computer
 */
char *
zifu_sync_words_when (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *day = NULL;
  g_autofree char *minute = NULL;

  if (local == NULL)
    return g_strdup ("");
  day = zifu_words_date (zifu_date_new (g_date_time_get_year (local), g_date_time_get_month (local), g_date_time_get_day_of_month (local)),
                         ZIFU_DATE_STYLE_LONG);
  minute = g_date_time_format (local, "%H:%M");
  /* Translators: {1} is a day, {2} a time of day. */
  return zifu_words_fill (C_ ("time", "{1}, {2}"), day, minute, NULL);
}

/**
 * zifu_sync_words_state:
 * @connection: a connection
 *
 * Returns: (transfer full): what arrived last, and whether it adds up
 */
char *
zifu_sync_words_state (const ZifuConnection *connection)
{
  g_autofree char *when = NULL;
  g_autofree char *place = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  switch (connection->verdict)
    {
    case ZIFU_CONNECTION_VERIFIED:
      when = zifu_sync_words_when (connection->verified_at);
      /* Translators: {1} is a day and a time. */
      return zifu_words_fill (_("Up to date and verified: {1}"), when, NULL);
    case ZIFU_CONNECTION_UNVERIFIED:
      when = zifu_sync_words_when (connection->arrived_at);
      return zifu_words_fill (_("Arrived {1}; the provider sent no totals to compare with"), when, NULL);
    case ZIFU_CONNECTION_UNRECONCILED:
      place = connection->place != NULL ? zifu_feed_place_describe (connection->place) : NULL;
      return place != NULL ? zifu_words_fill (_("Does not reconcile. {1}"), place, NULL) : g_strdup (_("Does not reconcile"));
    case ZIFU_CONNECTION_UNFINISHED:
      if (connection->arrived_at == 0)
        return g_strdup (_("Not everything has arrived yet"));
      when = zifu_sync_words_when (connection->arrived_at);
      return zifu_words_fill (_("Not everything has arrived yet; complete as of {1}"), when, NULL);
    case ZIFU_CONNECTION_NEVER:
    default:
      return g_strdup (_("Nothing has arrived yet"));
    }
}

/* The day on which the consent ends; NULL = that is not known. */
static char *
dup_consent_day (const ZifuConnection *connection, gboolean *ended)
{
  g_autoptr (GDateTime) end =
    connection->consent_expires != NULL ? g_date_time_new_from_iso8601 (connection->consent_expires, NULL) : NULL;

  if (end == NULL)
    return NULL;
  *ended = g_date_time_to_unix (end) <= connection->tried_at;
  return zifu_words_date (zifu_date_new (g_date_time_get_year (end), g_date_time_get_month (end), g_date_time_get_day_of_month (end)),
                          ZIFU_DATE_STYLE_LONG);
}

/**
 * zifu_sync_words_problem:
 * @connection: a connection
 *
 * Returns: (transfer full) (nullable): why the last attempt failed and what can be done; %NULL when it did not
 */
char *
zifu_sync_words_problem (const ZifuConnection *connection)
{
  g_autofree char *day = NULL;
  gboolean ended = FALSE;
  ZifuSyncError code;

  g_return_val_if_fail (connection != NULL, NULL);

  if (connection->problem == NULL)
    return NULL;
  day = dup_consent_day (connection, &ended);
  /* A provider that lets the sign-in end with the consent says no more than that it is no longer good. */
  if (day != NULL && ended && zifu_sync_words_needs_sign_in (connection))
    /* Translators: {1} is a day. */
    return zifu_words_fill (_("Your consent to read this account ended on {1}. Sign in again to renew it."), day, NULL);
  return zifu_sync_error_describe (zifu_sync_error_parse (connection->problem, &code) ? code : ZIFU_SYNC_ERROR_SERVER);
}

/**
 * zifu_sync_words_consent:
 * @connection: a connection
 *
 * Returns: (transfer full) (nullable): until when the account may be read, when that is known
 */
char *
zifu_sync_words_consent (const ZifuConnection *connection)
{
  g_autofree char *day = NULL;
  gboolean ended = FALSE;

  g_return_val_if_fail (connection != NULL, NULL);

  day = dup_consent_day (connection, &ended);
  if (day == NULL)
    return NULL;
  if (ended)
    /* Translators: {1} is a day. */
    return zifu_words_fill (_("Your consent ended on {1}"), day, NULL);
  /* Translators: {1} is a day. */
  return zifu_words_fill (_("Your consent ends on {1}"), day, NULL);
}

/* A span of time in the greatest unit that says it well. */
static char *
dup_span (gint64 seconds)
{
  gint64 minutes = seconds / 60, hours = minutes / 60, days = hours / 24;
  gint64 n = hours < 2 ? minutes : days < 2 ? hours : days;
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  if (hours < 2)
    /* Translators: {1} is a number, five or more */
    return zifu_words_fill (ngettext ("{1} minute", "{1} minutes", (gulong) n), number, NULL);
  if (days < 2)
    return zifu_words_fill (ngettext ("{1} hour", "{1} hours", (gulong) n), number, NULL);
  return zifu_words_fill (ngettext ("{1} day", "{1} days", (gulong) n), number, NULL);
}

/**
 * zifu_sync_words_clock:
 * @skew_s: the provider's clock minus ours in seconds, as #ZifuConnection and #ZifuDiscovery have it; 0 = they agree
 * @time: when that was found, by our clock, in seconds since 1970
 *
 * Returns: (transfer full) (nullable): what both clocks said, how far they were apart and what can be done; %NULL when they agree
 */
char *
zifu_sync_words_clock (gint64 skew_s, gint64 time)
{
  g_autofree char *ours = NULL, *theirs = NULL, *span = NULL;

  if (skew_s == 0)
    return NULL;
  ours = zifu_sync_words_when (time);
  theirs = zifu_sync_words_when (time + skew_s);
  span = dup_span (ABS (skew_s));
  /* Translators: {1} and {2} are a day and a time each, {3} a span of time such as "10 minutes". */
  return zifu_words_fill (_("When this computer's clock said {1}, the provider's said {2}: {3} apart. Let the system set date and time by "
                            "itself, or set them right: with a wrong clock signing in fails. If yours is right, tell the provider."),
                          ours, theirs, span, NULL);
}

/**
 * zifu_sync_words_count_days:
 * @connection: a connection
 * @now: seconds since 1970
 *
 * Returns: for how many whole days nothing arrived; 0 also before anything did
 */
int
zifu_sync_words_count_days (const ZifuConnection *connection, gint64 now)
{
  g_return_val_if_fail (connection != NULL, 0);

  return connection->arrived_at == 0 || now < connection->arrived_at ? 0 : (int) ((now - connection->arrived_at) / DAY_SECONDS);
}

/**
 * zifu_sync_words_is_old:
 * @connection: a connection
 * @now: seconds since 1970
 *
 * Returns: whether so long ago that anything arrived that it must be told
 */
gboolean
zifu_sync_words_is_old (const ZifuConnection *connection, gint64 now)
{
  return zifu_sync_words_count_days (connection, now) >= OLD_DAYS;
}

/**
 * zifu_sync_words_needs_sign_in:
 * @connection: a connection
 *
 * Returns: whether the person has to sign in before anything can arrive
 */
gboolean
zifu_sync_words_needs_sign_in (const ZifuConnection *connection)
{
  ZifuSyncError code;

  g_return_val_if_fail (connection != NULL, FALSE);

  return connection->problem != NULL && zifu_sync_error_parse (connection->problem, &code) &&
         (code == ZIFU_SYNC_ERROR_SIGN_IN || code == ZIFU_SYNC_ERROR_CONSENT);
}
