/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-connections.h"

#include <glib/gi18n-lib.h>

#include "zifu-ledger-private.h"

/* Where the accounts of people come from.  No token is kept here. */

#define COLUMNS \
  "sync_id, psn_no, name, base_url, issuer, api_base, client_id, fund_includes_acct, acct_includes_mulaid, hosp_part_within_psn_part," \
  " max_limit, min_interval_s, automatic, on_metered, consent_expires, psn_etag, tried_at, arrived_at, not_before, verdict, place," \
  " verified_at, balc, problem, psn_hash, sign_in, clock_skew_s"

static const char *const verdicts[] = { "never", "unfinished", "unverified", "verified", "unreconciled" };

/**
 * zifu_connection_new:
 *
 * Returns: (transfer full): an empty connection, to be freed with zifu_connection_free()
 */
ZifuConnection *
zifu_connection_new (void)
{
  return g_new0 (ZifuConnection, 1);
}

/**
 * zifu_connection_copy:
 * @self: a connection
 *
 * Returns: (transfer full): a copy with the same id
 */
ZifuConnection *
zifu_connection_copy (const ZifuConnection *self)
{
  ZifuConnection *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  copy->base_url = g_strdup (self->base_url);
  copy->issuer = g_strdup (self->issuer);
  copy->api_base = g_strdup (self->api_base);
  copy->client_id = g_strdup (self->client_id);
  copy->consent_expires = g_strdup (self->consent_expires);
  copy->psn_etag = g_strdup (self->psn_etag);
  copy->psn_digest = g_strdup (self->psn_digest);
  copy->key = g_strdup (self->key);
  copy->place = g_strdup (self->place);
  copy->problem = g_strdup (self->problem);
  return copy;
}

/**
 * zifu_connection_free:
 * @self: (nullable) (transfer full): a connection
 *
 * Frees @self with all its texts.
 */
void
zifu_connection_free (ZifuConnection *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->base_url);
  g_free (self->issuer);
  g_free (self->api_base);
  g_free (self->client_id);
  g_free (self->consent_expires);
  g_free (self->psn_etag);
  g_free (self->psn_digest);
  g_free (self->key);
  g_free (self->place);
  g_free (self->problem);
  g_free (self);
}

static gboolean
set_not_found (GError **error)
{
  g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND, _("This account is not connected to a provider."));
  return FALSE;
}

static gboolean
check_connection (const ZifuConnection *connection, GError **error)
{
  const char *texts[] = { connection->name,            connection->base_url, connection->issuer, connection->api_base,
                         connection->client_id,
                          connection->consent_expires, connection->psn_etag, connection->place,  connection->problem,
                          connection->psn_digest,      connection->key };
  gboolean fine = connection->name != NULL && *connection->name != '\0' && connection->base_url != NULL && *connection->base_url != '\0' &&
                  connection->fund_includes_acct <= ZIFU_PROFILE_YES && connection->acct_includes_mulaid <= ZIFU_PROFILE_YES &&
                  connection->hosp_part_within_psn_part <= ZIFU_PROFILE_YES && connection->verdict <= ZIFU_CONNECTION_UNRECONCILED;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    fine = fine && (texts[i] == NULL || g_utf8_validate (texts[i], -1, NULL));
  if (!fine)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT,
                         _("A connection needs the name and the address of a provider."));
  return fine;
}

static ZifuConnection *
read_connection (sqlite3_stmt *statement)
{
  ZifuConnection *self = zifu_connection_new ();
  const char *verdict = (const char *) sqlite3_column_text (statement, 19);

  self->id = sqlite3_column_int64 (statement, 0);
  self->member_id = sqlite3_column_int64 (statement, 1);
  self->name = _zifu_column_text (statement, 2);
  self->base_url = _zifu_column_text (statement, 3);
  self->issuer = _zifu_column_text (statement, 4);
  self->api_base = _zifu_column_text (statement, 5);
  self->client_id = _zifu_column_text (statement, 6);
  self->fund_includes_acct = sqlite3_column_int (statement, 7);
  self->acct_includes_mulaid = sqlite3_column_int (statement, 8);
  self->hosp_part_within_psn_part = sqlite3_column_int (statement, 9);
  self->max_limit = (guint) sqlite3_column_int64 (statement, 10);
  self->min_interval_s = (guint) sqlite3_column_int64 (statement, 11);
  self->automatic = sqlite3_column_int (statement, 12);
  self->on_metered = sqlite3_column_int (statement, 13);
  self->consent_expires = _zifu_column_text (statement, 14);
  self->psn_etag = _zifu_column_text (statement, 15);
  self->tried_at = sqlite3_column_int64 (statement, 16);
  self->arrived_at = sqlite3_column_int64 (statement, 17);
  self->not_before = sqlite3_column_int64 (statement, 18);
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (g_strcmp0 (verdict, verdicts[i]) == 0)
      self->verdict = i;
  self->place = _zifu_column_text (statement, 20);
  self->verified_at = sqlite3_column_int64 (statement, 21);
  self->verified_balance = sqlite3_column_int64 (statement, 22);
  self->problem = _zifu_column_text (statement, 23);
  self->psn_digest = _zifu_column_text (statement, 24);
  self->key = _zifu_column_text (statement, 25);
  self->clock_skew_s = sqlite3_column_int64 (statement, 26);
  return self;
}

/**
 * zifu_ledger_add_connection:
 * @self: a ledger
 * @connection: whose account comes from where; the id in it does not count
 * @error: return location for a #ZifuLedgerError
 *
 * Connects the account of a person to a provider.  Nothing is fetched by that.
 *
 * Returns: the new id, or 0 with an error (%ZIFU_LEDGER_ERROR_DUPLICATE when the person has a connection, %ZIFU_LEDGER_ERROR_NOT_FOUND when
 *   there is no such person)
 */
gint64
zifu_ledger_add_connection (ZifuLedger *self, const ZifuConnection *c, GError **error)
{
  g_autoptr (ZifuMember) member = NULL;
  gint64 known = 0, id = 0;
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), 0);
  g_return_val_if_fail (c != NULL, 0);

  if (!check_connection (c, error) || !_zifu_ledger_begin (self, error))
    return 0;
  member = zifu_ledger_get_member (self, c->member_id, error);
  success = member != NULL && _zifu_ledger_get_int (self, &known, error, "SELECT COUNT (*) FROM sync_d WHERE psn_no = ?", "i",
                                                    c->member_id);
  if (success && known != 0)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_DUPLICATE, _("This person is connected to a provider already."));
      success = FALSE;
    }
  success = success &&
            _zifu_ledger_run (self, error,
                              "INSERT INTO sync_d (psn_no, name, base_url, issuer, api_base, client_id, fund_includes_acct,"
                              " acct_includes_mulaid, hosp_part_within_psn_part, max_limit, min_interval_s, automatic, on_metered,"
                              " consent_expires, psn_etag, tried_at, arrived_at, not_before, verdict, place, verified_at, balc, problem,"
                              " psn_hash, sign_in, clock_skew_s)"
                              " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                              "itttttiiiiiiittiiittiittti", c->member_id, c->name, c->base_url, c->issuer, c->api_base,
                              c->client_id != NULL ? c->client_id : "", (gint64) c->fund_includes_acct, (gint64) c->acct_includes_mulaid,
                              (gint64) c->hosp_part_within_psn_part, (gint64) c->max_limit, (gint64) c->min_interval_s,
                              (gint64) (c->automatic != FALSE), (gint64) (c->on_metered != FALSE), c->consent_expires, c->psn_etag,
                              c->tried_at, c->arrived_at, c->not_before, verdicts[c->verdict], c->place, c->verified_at,
                              c->verified_balance, c->problem, c->psn_digest, c->key, c->clock_skew_s);
  if (success)
    id = sqlite3_last_insert_rowid (self->db);
  return _zifu_ledger_end (self, success, error) ? id : 0;
}

/**
 * zifu_ledger_get_connection:
 * @self: a ledger
 * @connection_id: which one
 * @error: return location for a #ZifuLedgerError
 *
 * Returns: (transfer full) (nullable): the connection, or %NULL with an error (%ZIFU_LEDGER_ERROR_NOT_FOUND when there is none)
 */
ZifuConnection *
zifu_ledger_get_connection (ZifuLedger *self, gint64 connection_id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  statement = _zifu_ledger_prepare (self, error, "SELECT " COLUMNS " FROM sync_d WHERE sync_id = ?", "i", connection_id);
  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return NULL;
  if (row)
    return read_connection (statement);
  set_not_found (error);
  return NULL;
}

/**
 * zifu_ledger_list_connections:
 * @self: a ledger
 * @error: return location for a #ZifuLedgerError
 *
 * Returns: (transfer full) (element-type ZifuConnection) (nullable): the connections, in the order in which they were made, or %NULL with
 *   an error
 */
GPtrArray *
zifu_ledger_list_connections (ZifuLedger *self, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_connection_free);
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  statement = _zifu_ledger_prepare (self, error, "SELECT " COLUMNS " FROM sync_d ORDER BY sync_id", "");
  if (statement == NULL)
    return NULL;
  while (_zifu_ledger_step (self, statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&list);
      g_ptr_array_add (list, read_connection (statement));
    }
  return NULL;
}

/**
 * zifu_ledger_update_connection:
 * @self: a ledger
 * @connection: a connection with its id; whose it is cannot be changed
 * @error: return location for a #ZifuLedgerError
 *
 * Changes what is known of a connection.  How far it was read stays as it is.
 *
 * Returns: whether it was stored
 */
gboolean
zifu_ledger_update_connection (ZifuLedger *self, const ZifuConnection *c, GError **error)
{
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);
  g_return_val_if_fail (c != NULL, FALSE);

  if (!check_connection (c, error) || !_zifu_ledger_begin (self, error))
    return FALSE;
  success =
    _zifu_ledger_run (self, error,
                      "UPDATE sync_d SET recheck = recheck OR fund_includes_acct <> ?2 OR acct_includes_mulaid <> ?3"
                      " OR hosp_part_within_psn_part <> ?4 WHERE sync_id = ?1",
                      "iiii", c->id, (gint64) c->fund_includes_acct, (gint64) c->acct_includes_mulaid,
                      (gint64) c->hosp_part_within_psn_part) &&
    _zifu_ledger_run (self, error,
                      "UPDATE sync_d SET name = ?, base_url = ?, issuer = ?, api_base = ?, client_id = ?, fund_includes_acct = ?,"
                      " acct_includes_mulaid = ?, hosp_part_within_psn_part = ?, max_limit = ?, min_interval_s = ?, automatic = ?,"
                      " on_metered = ?, consent_expires = ?, psn_etag = ?, tried_at = ?, arrived_at = ?, not_before = ?, verdict = ?,"
                      " place = ?, verified_at = ?, balc = ?, problem = ?, psn_hash = ?, sign_in = ?, clock_skew_s = ? WHERE"
                      " sync_id = ?",
                      "tttttiiiiiiittiiittiitttii", c->name, c->base_url, c->issuer, c->api_base, c->client_id != NULL ? c->client_id : "",
                      (gint64) c->fund_includes_acct, (gint64) c->acct_includes_mulaid, (gint64) c->hosp_part_within_psn_part,
                      (gint64) c->max_limit, (gint64) c->min_interval_s, (gint64) (c->automatic != FALSE),
                      (gint64) (c->on_metered != FALSE), c->consent_expires, c->psn_etag, c->tried_at, c->arrived_at, c->not_before,
                      verdicts[c->verdict], c->place, c->verified_at, c->verified_balance, c->problem, c->psn_digest, c->key,
                      c->clock_skew_s, c->id);
  if (success && sqlite3_changes (self->db) == 0)
    success = set_not_found (error);
  return _zifu_ledger_end (self, success, error);
}

/**
 * zifu_ledger_delete_connection:
 * @self: a ledger
 * @connection_id: which one
 * @with_entries: whether all that came from the provider goes as well; else it stays, as a history like any other
 * @error: return location for a #ZifuLedgerError
 *
 * Disconnects an account in one transaction, and overwrites the place where the provider's rows stood.  What people entered or imported
 * from files stays in either case; an opening balance that they typed is again the one that they typed.
 *
 * Returns: whether it was disconnected
 */
gboolean
zifu_ledger_delete_connection (ZifuLedger *self, gint64 connection_id, gboolean with_entries, GError **error)
{
  static const char *const statements[] = {
    "DELETE FROM sync_fee_d WHERE sync_id = ?",
    "DELETE FROM sync_mark_d WHERE sync_id = ?",
    "DELETE FROM sync_row_d WHERE sync_id = ?",
    "DELETE FROM sync_d WHERE sync_id = ?",
  };
  g_autoptr (ZifuConnection) connection = NULL;
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  connection = zifu_ledger_get_connection (self, connection_id, error);
  if (connection == NULL || !_zifu_ledger_begin (self, error))
    return FALSE;
  success = !with_entries || _zifu_ledger_drop_synced (self, connection->member_id, connection_id, error);
  for (guint i = 0; success && i < G_N_ELEMENTS (statements); i++)
    success = _zifu_ledger_run (self, error, statements[i], "i", connection_id);
  if (!_zifu_ledger_end (self, success, error))
    return FALSE;
  _zifu_ledger_compact (self);
  return TRUE;
}

/**
 * zifu_ledger_get_fees:
 * @self: a ledger
 * @connection_id: a connection
 * @source_id: setl_id of the provider
 * @etag: (out) (optional) (nullable) (transfer full): the mark of the copy that is kept
 * @json: (out) (optional) (nullable) (transfer full): the document with the lines of the bill; %NULL when none was fetched yet
 * @error: return location for a #ZifuLedgerError
 *
 * Returns: whether it could be read
 */
gboolean
zifu_ledger_get_fees (ZifuLedger *self, gint64 connection_id, const char *source_id, char **etag, char **json, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self) && source_id != NULL, FALSE);

  statement = _zifu_ledger_prepare (self, error, "SELECT etag, json FROM sync_fee_d WHERE sync_id = ? AND source_id = ?", "it",
                                    connection_id, source_id);
  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return FALSE;
  if (etag != NULL)
    *etag = row ? _zifu_column_text (statement, 0) : NULL;
  if (json != NULL)
    *json = row ? _zifu_column_text (statement, 1) : NULL;
  return TRUE;
}

/**
 * zifu_ledger_put_fees:
 * @self: a ledger
 * @connection_id: a connection
 * @source_id: setl_id of the provider
 * @etag: (nullable): the mark of this copy
 * @json: the document, as the provider sent it; zifu_feed_check_fees() looks at it first
 * @error: return location for a #ZifuLedgerError
 *
 * Keeps the lines of a bill in the place of those that were kept before.  They go when the source corrects or takes back the bill.
 *
 * Returns: whether they were stored
 */
gboolean
zifu_ledger_put_fees (ZifuLedger *self, gint64 connection_id, const char *source_id, const char *etag, const char *json, GError **error)
{
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self) && source_id != NULL && json != NULL, FALSE);

  if (!_zifu_ledger_begin (self, error))
    return FALSE;
  success = _zifu_ledger_run (self, error,
                              "INSERT INTO sync_fee_d (sync_id, source_id, etag, json, ver) VALUES (?1, ?2, ?3, ?4, IFNULL ((SELECT r.ver"
                              " FROM sync_row_d r JOIN sync_d c ON c.sync_id = r.sync_id AND c.gen = r.gen WHERE r.sync_id = ?1"
                              " AND r.type = 'setlinfo' AND r.id = ?2 AND r.vali_flag = '1'), 0)) ON CONFLICT DO UPDATE"
                              " SET etag = excluded.etag, json = excluded.json, ver = excluded.ver",
                              "ittt", connection_id, source_id, etag, json);
  return _zifu_ledger_end (self, success, error);
}
