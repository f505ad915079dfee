/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-sync.h"

#include <glib/gi18n-lib.h>

#include "zifu-feed.h"
#include "zifu-sync-private.h"

/* One synchronisation: what the provider says of itself, whose account it is, what is new; and how it went is kept with the connection. */

/* A clock that was set wrong must not keep an account waiting for years. */
#define MAX_WAIT_S (60 * 60)

static gboolean
check_wait (const ZifuConnection *connection, const ZifuSyncOptions *options, gint64 now, GError **error)
{
  gint64 since = now - connection->tried_at;

  if (now < connection->not_before && connection->not_before - now <= MAX_WAIT_S)
    return _zifu_http_fail (error, ZIFU_SYNC_ERROR_BUSY);
  if (!options->by_hand && connection->tried_at != 0 && since >= 0 && since < (gint64) connection->min_interval_s)
    return _zifu_http_fail (error, ZIFU_SYNC_ERROR_BUSY);
  return TRUE;
}

/* The account must belong to whom it belonged before: nothing is read otherwise. */
static gboolean
check_person (ZifuSyncCall *call, ZifuConnection *connection, GError **error)
{
  g_autoptr (ZifuFeedPerson) person = _zifu_sync_fetch_person (call, connection->api_base, connection->psn_etag, error);
  g_autofree char *digest = NULL;

  if (person == NULL)
    return FALSE;
  if (person->psn_no == NULL)
    return TRUE;
  digest = _zifu_sync_hash_person (person->psn_no);
  if (connection->psn_digest != NULL && !g_str_equal (digest, connection->psn_digest))
    return _zifu_http_fail (error, ZIFU_SYNC_ERROR_OTHER_PERSON);
  g_free (connection->psn_digest);
  connection->psn_digest = g_steal_pointer (&digest);
  g_free (connection->psn_etag);
  connection->psn_etag = g_strdup (person->etag);
  g_free (connection->consent_expires);
  connection->consent_expires = g_strdup (person->consent_expires);
  return TRUE;
}

static ZifuFeedVerdict *
run (ZifuSyncCall *call, ZifuLedger *ledger, ZifuConnection *connection, gint64 now, GError **error)
{
  g_autoptr (ZifuDiscovery) discovery = NULL;

  _zifu_sync_call_tell (call, _("Asking the provider…"));
  discovery = _zifu_sync_discover (call, connection->base_url, error);
  if (discovery == NULL || !_zifu_sync_adopt (connection, discovery, error) || !check_person (call, connection, error) ||
      !zifu_ledger_update_connection (ledger, connection, error))
    return NULL;
  return _zifu_sync_pull (call, ledger, connection, now, error);
}

/* What is said of a failure is its nick only: no text of a server, nothing of a person. */
static const char *
nick_of (const GError *problem)
{
  if (problem == NULL || g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  return zifu_sync_error_get_nick (problem->domain == ZIFU_SYNC_ERROR ? (ZifuSyncError) problem->code : ZIFU_SYNC_ERROR_BROKEN);
}

static gboolean
keep_outcome (ZifuLedger *ledger, gint64 connection_id, const ZifuSyncCall *call, const GError *problem, gint64 now, GError **error)
{
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (ledger, connection_id, error);

  if (connection == NULL)
    return FALSE;
  g_free (connection->problem);
  connection->problem = g_strdup (nick_of (problem));
  connection->tried_at = now;
  connection->clock_skew_s = call->skew_s;
  connection->not_before = problem != NULL && call->wait_s > 0 ? now + MIN (call->wait_s, MAX_WAIT_S) : 0;
  return zifu_ledger_update_connection (ledger, connection, error);
}

/**
 * zifu_sync_run:
 * @ledger: a ledger, used by this thread only
 * @connection_id: a connection
 * @options: how to ask
 * @cancellable: (nullable): stops it; what arrived in whole pages stays
 * @error: return location for an error of #ZifuSyncError, #ZifuLedgerError, or %G_IO_ERROR_CANCELLED
 *
 * Fetches what is new, writes it page by page and checks that it adds up; keeps the outcome with the connection.  Blocks.
 *
 * Returns: (transfer full) (nullable): what the checks found, or %NULL with an error
 */
ZifuFeedVerdict *
zifu_sync_run (ZifuLedger *ledger, gint64 connection_id, const ZifuSyncOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (ZifuConnection) connection = NULL;
  g_autoptr (ZifuFeedVerdict) verdict = NULL;
  g_autoptr (GError) problem = NULL;
  g_auto (ZifuSyncCall) call = { 0 };
  gint64 now;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), NULL);
  g_return_val_if_fail (options != NULL && ZIFU_IS_HTTP (options->http), NULL);

  now = options->now != 0 ? options->now : g_get_real_time () / G_USEC_PER_SEC;
  connection = zifu_ledger_get_connection (ledger, connection_id, error);
  if (connection == NULL || !check_wait (connection, options, now, error))
    return NULL;
  _zifu_sync_call_init (&call, options, cancellable);
  /* Until an answer says something else: a clock that is wrong is also why there may be none. */
  call.skew_s = connection->clock_skew_s;
  verdict = run (&call, ledger, connection, now, &problem);
  if (!keep_outcome (ledger, connection_id, &call, problem, now, problem == NULL ? error : NULL) && problem == NULL)
    return NULL;
  if (verdict == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return g_steal_pointer (&verdict);
}

/**
 * zifu_sync_fetch_fees:
 * @ledger: a ledger, used by this thread only
 * @connection_id: a connection
 * @setl_id: number of a settlement at the source
 * @options: how to ask
 * @cancellable: (nullable): stops it
 * @error: return location for an error of #ZifuSyncError, #ZifuLedgerError, or %G_IO_ERROR_CANCELLED
 *
 * Fetches the lines of one bill, unless those that are known are still good.  Blocks.
 *
 * Returns: whether they are there
 */
gboolean
zifu_sync_fetch_fees (ZifuLedger *ledger, gint64 connection_id, const char *setl_id, const ZifuSyncOptions *options,
                      GCancellable *cancellable, GError **error)
{
  g_autoptr (ZifuConnection) connection = NULL;
  g_autoptr (ZifuReply) reply = NULL;
  g_autofree char *etag = NULL, *known = NULL, *quoted = NULL, *path = NULL, *url = NULL;
  g_auto (ZifuSyncCall) call = { 0 };
  const char *text;
  gsize length;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), FALSE);
  g_return_val_if_fail (setl_id != NULL && options != NULL, FALSE);

  connection = zifu_ledger_get_connection (ledger, connection_id, error);
  if (connection == NULL || !zifu_ledger_get_fees (ledger, connection_id, setl_id, &etag, &known, error))
    return FALSE;
  quoted = g_uri_escape_string (setl_id, NULL, FALSE);
  path = g_strdup_printf ("/v1/settlements/%s/fees", quoted);
  url = _zifu_sync_join (connection->api_base, path);
  _zifu_sync_call_init (&call, options, cancellable);
  reply = _zifu_sync_call_get (&call, url, known != NULL ? etag : NULL, TRUE, error);
  if (reply == NULL)
    return FALSE;
  if (reply->status == 304)
    return TRUE;
  text = g_bytes_get_data (reply->body, &length);
  if (reply->status != 200 || !_zifu_sync_is_json (reply) || !zifu_feed_check_fees (text, length, setl_id, NULL))
    return _zifu_http_fail (error, reply->status == 200 ? ZIFU_SYNC_ERROR_BROKEN : ZIFU_SYNC_ERROR_SERVER);
  return zifu_ledger_put_fees (ledger, connection_id, setl_id, reply->etag, text, error);
}
