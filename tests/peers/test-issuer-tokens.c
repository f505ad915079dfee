/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "issuer-house.h"

/* R40: tokens of oidc-provider over their whole life: whatever becomes of them there, nothing that came is lost here, and signing in again
 * mends it. */

/* Everything that came, and what people see of it. */
static char *
describe (House *self)
{
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (self->ledger, self->connection_id, NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  ZifuMoney balance = 0;
  char *text;

  g_assert_true (zifu_ledger_get_balance (self->ledger, connection->member_id, &balance, NULL, NULL));
  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT count(*), sum(ver), sum(length(json)) FROM sync_row_d", -1, &statement, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  text = g_strdup_printf ("%d rows, %d, %d, %" G_GINT64_FORMAT ", %d, %" G_GINT64_FORMAT, sqlite3_column_int (statement, 0),
                          sqlite3_column_int (statement, 1), sqlite3_column_int (statement, 2), balance, connection->verdict,
                          connection->verified_balance);
  g_assert_cmpint (sqlite3_column_int (statement, 0), >=, 300);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return text;
}

/* What the issuer no longer accepts: the person is told to sign in again, all that came stays, and signing in again mends it. */
static void
lose_and_sign_in_again (House *self, ZifuAccountTokens *tokens, const char *before)
{
  g_autofree char *after = NULL, *words = NULL, *text = zifu_sync_error_describe (ZIFU_SYNC_ERROR_SIGN_IN);
  g_autoptr (ZifuConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (fetch_with (self, tokens, NULL, NULL, &error));
  g_assert_cmpstr (error->message, ==, text);
  assert_sync_error (error, ZIFU_SYNC_ERROR_SIGN_IN);
  after = describe (self);
  g_assert_cmpstr (after, ==, before);
  connection = zifu_ledger_get_connection (self->ledger, self->connection_id, NULL);
  g_assert_cmpstr (connection->problem, ==, "sign-in");
  enter (self);
  fetch_well (self);
  words = describe (self);
  g_assert_cmpstr (words, ==, before);
}

/* ---- tokens */

/* The new refresh token is kept before anybody was shown the new access token. */
static void
test_rotation (House *self, gconstpointer unused)
{
  g_autofree char *first = NULL;
  g_autoptr (GError) error = NULL;

  enter (self);
  fetch_well (self);
  first = zifu_token_store_load (self->store, self->account->key, NULL, NULL);
  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (ZifuAccountTokens) again = zifu_account_tokens_new (self->store, self->account->key, peers->issuer,
                                                                     ZIFU_CONNECT_CLIENT_ID);
      gint64 shown = issuer_count (peers, "introspections");
      g_autofree char *access = zifu_token_source_get_token (ZIFU_TOKEN_SOURCE (again), NULL, NULL, &error);
      g_autofree char *kept = zifu_token_store_load (self->store, self->account->key, NULL, NULL);

      g_assert_no_error (error);
      g_assert_cmpint (issuer_count (peers, "introspections"), ==, shown);
      g_assert_cmpint (issuer_count (peers, "refreshes"), ==, i);
      g_assert_cmpstr (kept, !=, first);
      g_assert_true (issuer_accepts (peers, kept));
      g_assert_true (fetch_with (self, again, NULL, NULL, &error));
    }
  g_assert_false (issuer_accepts (peers, first));
}

/* What a backup of the keyring brings back: the issuer takes a token that it sees twice for stolen. */
static void
test_used_twice (House *self, gconstpointer unused)
{
  g_autofree char *first = NULL, *second = NULL, *before = NULL;
  g_autoptr (ZifuAccountTokens) rotated = NULL, old = NULL;
  g_autoptr (GError) error = NULL;

  enter (self);
  fetch_well (self);
  before = describe (self);
  first = zifu_token_store_load (self->store, self->account->key, NULL, NULL);
  rotated = zifu_account_tokens_new (self->store, self->account->key, peers->issuer, ZIFU_CONNECT_CLIENT_ID);
  g_assert_true (fetch_with (self, rotated, NULL, NULL, &error));
  second = zifu_token_store_load (self->store, self->account->key, NULL, NULL);
  g_assert_true (zifu_token_store_save (self->store, self->account->key, first, NULL, NULL));
  old = zifu_account_tokens_new (self->store, self->account->key, peers->issuer, ZIFU_CONNECT_CLIENT_ID);
  lose_and_sign_in_again (self, old, before);
  g_assert_true (issuer_refused (peers, "refresh_token:invalid_grant"));
  g_assert_false (issuer_accepts (peers, second));
}

/* The person withdraws it at the issuer. */
static void
test_withdrawn (House *self, gconstpointer unused)
{
  g_autofree char *before = NULL;

  enter (self);
  fetch_well (self);
  before = describe (self);
  peer_tell (peers->issuer, "withdraw");
  lose_and_sign_in_again (self, self->account->tokens, before);
}

static void
on_progress_withdraw (const char *stage, guint n_entries, gpointer data)
{
  gboolean *withdrawn = data;

  if (n_entries > 0 && !*withdrawn)
    peer_tell (peers->issuer, "withdraw");
  *withdrawn = *withdrawn || n_entries > 0;
}

/* In the middle of the first run: what is there is not called whole, and after signing in again it is. */
static void
test_withdrawn_in_a_run (House *self, gconstpointer unused)
{
  g_autoptr (ZifuConnection) half = NULL, whole = NULL;
  g_autofree char *all = NULL;
  g_autoptr (GError) error = NULL;
  gboolean withdrawn = FALSE;

  enter (self);
  g_assert_false (fetch_with (self, self->account->tokens, on_progress_withdraw, &withdrawn, &error));
  assert_sync_error (error, ZIFU_SYNC_ERROR_SIGN_IN);
  g_assert_true (withdrawn);
  half = zifu_ledger_get_connection (self->ledger, self->connection_id, NULL);
  g_assert_cmpstr (half->problem, ==, "sign-in");
  g_assert_cmpint (half->verdict, !=, ZIFU_CONNECTION_VERIFIED);
  g_assert_cmpint (half->verified_at, ==, 0);
  enter (self);
  fetch_well (self);
  whole = zifu_ledger_get_connection (self->ledger, self->connection_id, NULL);
  g_assert_null (whole->problem);
  all = describe (self);
}

static void
test_sign_out (House *self, gconstpointer unused)
{
  g_autofree char *refresh = NULL, *access = NULL, *before = NULL, *after = NULL, *left = NULL;
  g_autoptr (GError) error = NULL;

  enter (self);
  fetch_well (self);
  before = describe (self);
  refresh = zifu_token_store_load (self->store, self->account->key, NULL, NULL);
  access = zifu_token_source_get_token (ZIFU_TOKEN_SOURCE (self->account->tokens), NULL, NULL, &error);
  g_assert_true (issuer_accepts (peers, refresh) && issuer_accepts (peers, access));
  g_assert_true (zifu_account_tokens_sign_out (self->account->tokens, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (issuer_count (peers, "revocations"), ==, 1);
  g_assert_false (issuer_accepts (peers, refresh));
  g_assert_false (issuer_accepts (peers, access));
  g_assert_null (zifu_sign_in_refresh (self->http, self->offer->issuer, ZIFU_CONNECT_CLIENT_ID, refresh, NULL, &error));
  assert_sync_error (error, ZIFU_SYNC_ERROR_SIGN_IN);
  left = zifu_token_store_load (self->store, self->account->key, NULL, NULL);
  g_assert_null (left);
  after = describe (self);
  g_assert_cmpstr (after, ==, before);
}

/* The first page is there, and then the token ends, by the issuer's own clock. */
static void
on_progress (const char *stage, guint n_entries, gpointer data)
{
  char **access = data;

  if (n_entries == 0 || *access == NULL)
    return;
  for (guint i = 0; i < PATIENCE_S * 20 && issuer_accepts (peers, *access); i++)
    g_usleep (50000);
  g_assert_false (issuer_accepts (peers, *access));
  g_clear_pointer (access, g_free);
}

static void
test_expires_in_a_run (House *self, gconstpointer unused)
{
  g_autofree char *access = NULL, *whole = NULL;
  g_autoptr (ZifuAccountTokens) tokens = NULL;
  g_autoptr (GError) error = NULL;

  enter (self);
  peer_tell (peers->issuer, "want?accessTtl=8");
  tokens = zifu_account_tokens_new (self->store, self->account->key, peers->issuer, ZIFU_CONNECT_CLIENT_ID);
  access = zifu_token_source_get_token (ZIFU_TOKEN_SOURCE (tokens), NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (fetch_with (self, tokens, on_progress, &access, &error));
  g_assert_no_error (error);
  g_assert_null (access);
  g_assert_cmpint (issuer_count (peers, "refreshes"), >=, 2);
  whole = describe (self);
}

#define ADD(name, function) g_test_add ("/issuer-tokens/R40/" name, House, NULL, house_set_up, function, house_tear_down)

int
main (int argc, char **argv)
{
  set_up_test (&argc, &argv);
  ADD ("rotation", test_rotation);
  ADD ("used-twice", test_used_twice);
  ADD ("withdrawn", test_withdrawn);
  ADD ("withdrawn-in-a-run", test_withdrawn_in_a_run);
  ADD ("sign-out", test_sign_out);
  ADD ("expires-in-a-run", test_expires_in_a_run);
  return run_tests ();
}
