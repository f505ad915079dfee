/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-connect.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * From an address to a connection: look at the provider, sign in (zifu-sign-in.h), see whose account it is, and only then write it into
 * the household.  Nothing is written before the last step, and giving up before leaves nothing but a sign-in to be revoked.
 */

/**
 * zifu_connect_look:
 * @http: for the requests
 * @address: what somebody typed; https:// may be left out
 * @cancellable: (nullable): stops it
 * @error: return location for an error of #ZifuSyncError, or #GIOErrorEnum when cancelled
 *
 * Asks the provider what it is and where one signs in.  Blocks.
 *
 * Returns: (transfer full) (nullable): the offer, or %NULL with an error
 */
ZifuConnectOffer *
zifu_connect_look (ZifuHttp *http, const char *address, GCancellable *cancellable, GError **error)
{
  g_autoptr (ZifuConnectOffer) self = g_new0 (ZifuConnectOffer, 1);
  g_autofree char *plain = NULL;

  g_return_val_if_fail (ZIFU_IS_HTTP (http), NULL);
  g_return_val_if_fail (address != NULL, NULL);

  plain = g_strstrip (g_strdup (address));
  self->address = strstr (plain, "://") != NULL ? g_strdup (plain) : g_strconcat ("https://", plain, NULL);
  while (g_str_has_suffix (self->address, "/"))
    self->address[strlen (self->address) - 1] = '\0';
  if (!zifu_http_check_address (self->address, error))
    return NULL;
  self->discovery = zifu_sync_discover (http, self->address, cancellable, error);
  if (self->discovery == NULL)
    return NULL;
  self->issuer = zifu_issuer_discover (http, self->discovery->issuer, cancellable, error);
  return self->issuer != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * zifu_connect_offer_free:
 * @self: (nullable) (transfer full): an offer
 *
 * Frees @self.
 */
void
zifu_connect_offer_free (ZifuConnectOffer *self)
{
  if (self == NULL)
    return;

  g_free (self->address);
  g_clear_pointer (&self->discovery, zifu_discovery_free);
  g_clear_pointer (&self->issuer, zifu_issuer_free);
  g_free (self);
}

/* The host, with the port when there is one; an address without names stands in brackets, as in the address itself. */
static char *
dup_host (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autofree char *whole = NULL;

  if (host == NULL)
    return g_strdup (address);
  whole = strchr (host, ':') != NULL ? g_strdup_printf ("[%s]", host) : g_strdup (host);
  return g_uri_get_port (uri) > 0 ? g_strdup_printf ("%s:%d", whole, g_uri_get_port (uri)) : g_steal_pointer (&whole);
}

/**
 * zifu_connect_offer_get_host:
 * @self: an offer
 *
 * Returns: (transfer full): the provider as people call it: the host of its address, with the port when there is one
 */
char *
zifu_connect_offer_get_host (const ZifuConnectOffer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return dup_host (self->address);
}

/**
 * zifu_connect_offer_get_issuer_host:
 * @self: an offer
 *
 * Returns: (transfer full): where one signs in, in the same form as the provider: it may be another host, or another port of the same
 */
char *
zifu_connect_offer_get_issuer_host (const ZifuConnectOffer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return dup_host (self->issuer->issuer);
}

/**
 * zifu_connect_enter:
 * @http: for the requests
 * @offer: the provider
 * @tokens: what the sign-in gave
 * @store: where the sign-in is kept
 * @cancellable: (nullable): stops it
 * @error: return location for an error of #ZifuSyncError, or #GIOErrorEnum when cancelled
 *
 * Keeps the sign-in, and asks whose account it is.  When that fails the sign-in is revoked again.  Blocks.
 *
 * Returns: (transfer full) (nullable): the account, or %NULL with an error
 */
ZifuConnectAccount *
zifu_connect_enter (ZifuHttp *http, const ZifuConnectOffer *offer, const ZifuTokens *tokens, ZifuTokenStore *store,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (ZifuConnectAccount) self = g_new0 (ZifuConnectAccount, 1);
  ZifuSyncOptions options = { .http = http, .wait_unit_ms = 1000 };

  g_return_val_if_fail (offer != NULL && tokens != NULL, NULL);

  self->key = g_uuid_string_random ();
  self->tokens = zifu_account_tokens_new (store, self->key, offer->discovery->issuer, ZIFU_CONNECT_CLIENT_ID);
  if (!zifu_account_tokens_keep (self->tokens, tokens, cancellable, error))
    return NULL;
  options.tokens = ZIFU_TOKEN_SOURCE (self->tokens);
  self->person = zifu_sync_get_person (&options, offer->discovery->api_base, NULL, cancellable, error);
  if (self->person != NULL)
    return g_steal_pointer (&self);
  zifu_account_tokens_sign_out (self->tokens, NULL, NULL);
  return NULL;
}

/**
 * zifu_connect_account_free:
 * @self: (nullable) (transfer full): an account
 *
 * Frees @self; the sign-in stays in the keyring.
 */
void
zifu_connect_account_free (ZifuConnectAccount *self)
{
  if (self == NULL)
    return;

  g_free (self->key);
  g_clear_object (&self->tokens);
  g_clear_pointer (&self->person, zifu_feed_person_free);
  g_free (self);
}

static void
set_text (char **field, const char *text)
{
  char *copy = g_strdup (text);

  g_free (*field);
  *field = copy;
}

/**
 * zifu_connect_account_dup_newcomer:
 * @self: an account
 * @members: (element-type ZifuMember): the household
 * @region: (nullable): id of the pack of the region; %NULL = the first one of the household
 *
 * Returns: (transfer full): somebody new for the household, as far as the provider says; the rest is filled by what arrives, and can be
 *   changed by the person
 */
ZifuMember *
zifu_connect_account_dup_newcomer (const ZifuConnectAccount *self, GPtrArray *members, const char *region)
{
  const ZifuFeedPerson *person = self->person;
  ZifuMember *member = zifu_member_new ();
  gboolean first = TRUE;

  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *other = g_ptr_array_index (members, i);

      first = first && other->provenance == ZIFU_PROVENANCE_SAMPLE;
      if (region == NULL)
        region = other->region;
    }
  set_text (&member->name, person->psn_name);
  set_text (&member->relation, first ? "self" : "other");
  set_text (&member->sex, g_strcmp0 (person->gend, "1") == 0 || g_strcmp0 (person->gend, "2") == 0 ? person->gend : "0");
  set_text (&member->region, region != NULL ? region : "");
  set_text (&member->insurance, "310");
  set_text (&member->status, "active");
  member->birth = person->brdy != NULL ? zifu_date_parse (person->brdy) : 0;
  member->base = -1;
  member->has_account = TRUE;
  member->provenance = ZIFU_PROVENANCE_SYNCED;
  return member;
}

static char *
dup_digest (const ZifuConnectAccount *account)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, account->person->psn_no, -1);
}

static gboolean
fail (GError **error, ZifuSyncError code)
{
  g_autofree char *text = zifu_sync_error_describe (code);

  g_set_error_literal (error, ZIFU_SYNC_ERROR, code, text);
  return FALSE;
}

static void
fill_offer (ZifuConnection *connection, const ZifuConnectOffer *offer)
{
  const ZifuDiscovery *discovery = offer->discovery;

  set_text (&connection->base_url, offer->address);
  set_text (&connection->issuer, discovery->issuer);
  set_text (&connection->api_base, discovery->api_base);
  set_text (&connection->client_id, ZIFU_CONNECT_CLIENT_ID);
  connection->max_limit = discovery->max_limit;
  connection->min_interval_s = discovery->min_interval_s;
  connection->fund_includes_acct = discovery->fund_includes_acct;
  connection->acct_includes_mulaid = discovery->acct_includes_mulaid;
  connection->hosp_part_within_psn_part = discovery->hosp_part_within_psn_part;
}

static void
fill_account (ZifuConnection *connection, const ZifuConnectAccount *account)
{
  set_text (&connection->key, account->key);
  set_text (&connection->consent_expires, account->person->consent_expires);
  g_free (connection->psn_digest);
  connection->psn_digest = dup_digest (account);
}

/**
 * zifu_connect_check_new:
 * @ledger: the household
 * @offer: the provider
 * @account: the account that was signed in to
 * @error: return location for an error of #ZifuLedgerError, or %ZIFU_SYNC_ERROR_CONNECTED
 *
 * Makes sure that no connection of the household brings the same account from the same provider: it would arrive twice.
 *
 * Returns: whether it is new
 */
gboolean
zifu_connect_check_new (ZifuLedger *ledger, const ZifuConnectOffer *offer, const ZifuConnectAccount *account, GError **error)
{
  g_autoptr (GPtrArray) connections = NULL;
  g_autofree char *digest = NULL;

  g_return_val_if_fail (offer != NULL && account != NULL, FALSE);

  connections = zifu_ledger_list_connections (ledger, error);
  if (connections == NULL)
    return FALSE;
  digest = dup_digest (account);
  for (guint i = 0; i < connections->len; i++)
    {
      const ZifuConnection *connection = g_ptr_array_index (connections, i);

      if (g_strcmp0 (connection->psn_digest, digest) == 0 && g_strcmp0 (connection->base_url, offer->address) == 0)
        return fail (error, ZIFU_SYNC_ERROR_CONNECTED);
    }
  return TRUE;
}

/**
 * zifu_connect_store:
 * @ledger: the household
 * @offer: the provider
 * @account: the account that was signed in to
 * @newcomer: (nullable): who is added to the household for it
 * @member_id: otherwise, the person of the household whose account it is
 * @error: return location for an error of #ZifuLedgerError, or %ZIFU_SYNC_ERROR_CONNECTED
 *
 * Writes the connection, and the new person, into the household: both or neither.
 *
 * Returns: number of the connection, or 0 with an error
 */
gint64
zifu_connect_store (ZifuLedger *ledger, const ZifuConnectOffer *offer, const ZifuConnectAccount *account, const ZifuMember *newcomer,
                    gint64 member_id, GError **error)
{
  g_autoptr (ZifuConnection) connection = zifu_connection_new ();
  gint64 id;

  g_return_val_if_fail (offer != NULL && account != NULL, 0);

  if (!zifu_connect_check_new (ledger, offer, account, error))
    return 0;
  if (newcomer != NULL)
    member_id = zifu_ledger_add_member (ledger, newcomer, 0, 0, error);
  if (member_id == 0)
    return 0;
  fill_offer (connection, offer);
  fill_account (connection, account);
  connection->member_id = member_id;
  connection->name = zifu_connect_offer_get_host (offer);
  connection->automatic = TRUE;
  id = zifu_ledger_add_connection (ledger, connection, error);
  if (id == 0 && newcomer != NULL)
    zifu_ledger_delete_member (ledger, member_id, NULL);
  return id;
}

/**
 * zifu_connect_renew:
 * @ledger: the household
 * @connection_id: a connection
 * @offer: the provider, as it says today
 * @account: the account that was signed in to
 * @error: return location for an error of #ZifuLedgerError, or %ZIFU_SYNC_ERROR_OTHER_PERSON
 *
 * Signs in again: the connection stays, with all that came by it.  The earlier sign-in is left to the caller.
 *
 * Returns: whether it was done
 */
gboolean
zifu_connect_renew (ZifuLedger *ledger, gint64 connection_id, const ZifuConnectOffer *offer, const ZifuConnectAccount *account,
                    GError **error)
{
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (ledger, connection_id, error);
  g_autofree char *digest = NULL;

  g_return_val_if_fail (offer != NULL && account != NULL, FALSE);

  if (connection == NULL)
    return FALSE;
  digest = dup_digest (account);
  if (connection->psn_digest != NULL && !g_str_equal (digest, connection->psn_digest))
    return fail (error, ZIFU_SYNC_ERROR_OTHER_PERSON);
  fill_offer (connection, offer);
  fill_account (connection, account);
  connection->not_before = 0;
  g_clear_pointer (&connection->problem, g_free);
  return zifu_ledger_update_connection (ledger, connection, error);
}

/**
 * zifu_connect_get_tokens:
 * @connection: a connection
 * @store: where its sign-in is kept
 *
 * A connection that came with a document may lack what finds its sign-in: then there is none, and the person is asked to sign in.
 *
 * Returns: (transfer full): the tokens of @connection
 */
ZifuAccountTokens *
zifu_connect_get_tokens (const ZifuConnection *connection, ZifuTokenStore *store)
{
  g_autoptr (ZifuTokenStore) empty = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  if (connection->key == NULL || *connection->key == '\0' || connection->issuer == NULL)
    {
      empty = zifu_token_store_new_in_memory ();
      return zifu_account_tokens_new (empty, "none", connection->base_url, connection->client_id);
    }
  return zifu_account_tokens_new (store, connection->key, connection->issuer, connection->client_id);
}

/**
 * zifu_connect_fetch_fees:
 * @ledger: the household, used by this thread only
 * @connection_id: a connection
 * @setl_id: number of a settlement at the source
 * @store: where its sign-in is kept
 * @cancellable: (nullable): stops it
 * @error: return location for an error of #ZifuSyncError, #ZifuLedgerError, or %G_IO_ERROR_CANCELLED
 *
 * Asks the provider for the lines of one bill because somebody wants to see them; they are kept.  Blocks.
 *
 * Returns: whether they are there
 */
gboolean
zifu_connect_fetch_fees (ZifuLedger *ledger, gint64 connection_id, const char *setl_id, ZifuTokenStore *store, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (ledger, connection_id, error);
  g_autoptr (SoupSession) soup = zifu_http_new_session ();
  g_autoptr (ZifuHttp) http = zifu_http_new (soup);
  g_autoptr (ZifuAccountTokens) tokens = NULL;
  ZifuSyncOptions options = { .http = http, .wait_unit_ms = 1000, .by_hand = TRUE };

  if (connection == NULL)
    return FALSE;
  /* A household that came out of a document has no sign-in. */
  if (connection->key == NULL || *connection->key == '\0' || connection->issuer == NULL)
    {
      g_set_error_literal (error, ZIFU_SYNC_ERROR, ZIFU_SYNC_ERROR_SIGN_IN, _("Sign in to the provider first."));
      return FALSE;
    }
  tokens = zifu_connect_get_tokens (connection, store);
  options.tokens = ZIFU_TOKEN_SOURCE (tokens);
  return zifu_sync_fetch_fees (ledger, connection_id, setl_id, &options, cancellable, error);
}
