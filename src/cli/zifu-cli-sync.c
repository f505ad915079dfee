/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sync: accounts that arrive from a provider: connect, fetch, list, disconnect. */

#include <json-glib/json-glib.h>
#include <stdio.h>

#include "zifu-cli-ledger.h"
#include "zifu-connect.h"
#include "zifu-provider-list.h"
#include "zifu-sync-words.h"

typedef struct {
  ZifuCliLedgerOptions ledger;
  char    *connect, *region;
  gint64   renew, disconnect;
  gboolean code, list, providers, delete;
} Options;

static void
options_clear (Options *options)
{
  zifu_cli_ledger_options_clear (&options->ledger);
  g_free (options->connect);
  g_free (options->region);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
read_options (Options *options, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    ZIFU_CLI_LEDGER_ENTRY (options->ledger),
    { "person", 'p', 0, G_OPTION_ARG_STRING, &options->ledger.person, N_ ("Number or name of a person; else everybody"), N_ ("PERSON") },
    { "connect", 'c', 0, G_OPTION_ARG_STRING, &options->connect, N_ ("Connect an account with the provider at this address; with --person, "
                                                                    "of that person, else of somebody new"),
      N_ ("ADDRESS") },
    { "region", 'r', 0, G_OPTION_ARG_STRING, &options->region, N_ ("Where somebody new is insured; else as the first person"), N_ ("ID") },
    { "code", 0, 0, G_OPTION_ARG_NONE, &options->code, N_ ("Sign in with a code on another device instead of the browser"), NULL },
    { "sign-in", 0, 0, G_OPTION_ARG_INT64, &options->renew, N_ ("Sign in to a connection again"), N_ ("NUMBER") },
    { "list", 0, 0, G_OPTION_ARG_NONE, &options->list, N_ ("List the connections"), NULL },
    { "providers", 0, 0, G_OPTION_ARG_NONE, &options->providers, N_ ("List the providers that are known on this computer"), NULL },
    { "disconnect", 0, 0, G_OPTION_ARG_INT64, &options->disconnect, N_ ("Sign out and forget a connection"), N_ ("NUMBER") },
    { "delete", 0, 0, G_OPTION_ARG_NONE, &options->delete, N_ ("With --disconnect: delete what came by it as well"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->ledger.json, N_ ("For programs"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  return zifu_cli_parse ("sync", NULL, _ ("Fetches what is new from the providers of the household; connects and disconnects them."),
                         entries,
                         &options->ledger.shared, argc, argv);
}

static char *
name_of (ZifuLedger *ledger, const ZifuConnection *connection)
{
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (ledger, connection->member_id, NULL);

  return g_strdup (member != NULL ? member->name : "?");
}

static void
print_connection (ZifuLedger *ledger, const ZifuConnection *connection)
{
  g_autofree char *person = name_of (ledger, connection);
  g_autofree char *state = zifu_sync_words_state (connection);
  g_autofree char *problem = zifu_sync_words_problem (connection);
  g_autofree char *consent = zifu_sync_words_consent (connection);
  g_autofree char *clock = zifu_sync_words_clock (connection->clock_skew_s, connection->tried_at);

  printf ("%" G_GINT64_FORMAT "  %s  %s\n   %s\n", connection->id, person, connection->base_url, state);
  if (problem != NULL)
    printf ("   %s\n", problem);
  if (consent != NULL)
    printf ("   %s\n", consent);
  if (clock != NULL)
    printf ("   %s\n", clock);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
print_json (ZifuLedger *ledger, GPtrArray *connections, gint64 member_id)
{
  static const char *const verdicts[] = { "never", "unfinished", "unverified", "verified", "unreconciled" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < connections->len; i++)
    {
      const ZifuConnection *connection = g_ptr_array_index (connections, i);
      g_autofree char *person = name_of (ledger, connection);
      g_autofree char *balance = zifu_money_format (connection->verified_balance, ZIFU_MONEY_PLAIN);

      if (member_id != 0 && connection->member_id != member_id)
        continue;
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "connection");
      json_builder_add_int_value (builder, connection->id);
      json_builder_set_member_name (builder, "psn_no");
      json_builder_add_int_value (builder, connection->member_id);
      add_text (builder, "psn_name", person);
      add_text (builder, "address", connection->base_url);
      add_text (builder, "verdict", verdicts[connection->verdict]);
      add_text (builder, "place", connection->place);
      add_text (builder, "problem", connection->problem);
      add_text (builder, "consent_expires", connection->consent_expires);
      json_builder_set_member_name (builder, "clock_skew_s");
      json_builder_add_int_value (builder, connection->clock_skew_s);
      json_builder_set_member_name (builder, "tried_at");
      json_builder_add_int_value (builder, connection->tried_at);
      json_builder_set_member_name (builder, "arrived_at");
      json_builder_add_int_value (builder, connection->arrived_at);
      json_builder_set_member_name (builder, "verified_at");
      json_builder_add_int_value (builder, connection->verified_at);
      add_text (builder, "balc", connection->verified_at != 0 ? balance : NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  zifu_cli_print_node (root, FALSE);
}

static int
list (ZifuLedger *ledger, const Options *options, gint64 member_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) connections = zifu_ledger_list_connections (ledger, &error);
  guint n = 0;

  if (connections == NULL)
    return zifu_cli_fail (error);
  if (options->ledger.json)
    {
      print_json (ledger, connections, member_id);
      return ZIFU_CLI_OK;
    }
  for (guint i = 0; i < connections->len; i++)
    {
      const ZifuConnection *connection = g_ptr_array_index (connections, i);

      if (member_id != 0 && connection->member_id != member_id)
        continue;
      print_connection (ledger, connection);
      n++;
    }
  if (n == 0)
    printf ("%s\n", _ ("No provider is connected."));
  return ZIFU_CLI_OK;
}

static void
add_provider (JsonBuilder *builder, const ZifuProvider *provider)
{
  json_builder_begin_object (builder);
  add_text (builder, "name", zifu_words_text (&provider->name));
  add_text (builder, "address", provider->address);
  add_text (builder, "region", provider->region);
  add_text (builder, "about", zifu_words_text (&provider->about));
  add_text (builder, "source", provider->source);
  add_text (builder, "file", provider->path);
  json_builder_end_object (builder);
}

static void
print_provider (const ZifuProvider *provider)
{
  const char *about = zifu_words_text (&provider->about);

  printf ("%s\n   %s\n", zifu_words_text (&provider->name), provider->address);
  if (about != NULL)
    printf ("   %s\n", about);
  if (provider->source != NULL)
    printf ("   %s\n", provider->source);
}

/* Needs no household.  Entries that cannot be used are named, and the others are listed all the same. */
static int
list_providers (gboolean json)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) folders = zifu_provider_list_folders ();
  g_autoptr (GPtrArray) providers = zifu_provider_list_read ((const char *const *) folders, problems);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < providers->len; i++)
    if (json)
      add_provider (builder, g_ptr_array_index (providers, i));
    else
      print_provider (g_ptr_array_index (providers, i));
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  if (json)
    zifu_cli_print_node (root, FALSE);
  else if (providers->len == 0)
    printf ("%s\n", _ ("No provider is known on this computer."));
  for (guint i = 0; i < problems->len; i++)
    fprintf (stderr, "zifu-cli: %s\n", (const char *) g_ptr_array_index (problems, i));
  return problems->len > 0 ? ZIFU_CLI_BAD_INPUT : ZIFU_CLI_OK;
}

static gboolean
fetch (ZifuLedger *ledger, gint64 connection_id, ZifuTokenStore *store, GError **error)
{
  g_autoptr (SoupSession) soup = zifu_http_new_session ();
  g_autoptr (ZifuHttp) http = zifu_http_new (soup);
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (ledger, connection_id, error);
  g_autoptr (ZifuAccountTokens) tokens = connection != NULL ? zifu_connect_get_tokens (connection, store) : NULL;
  g_autoptr (ZifuFeedVerdict) verdict = NULL;
  ZifuSyncOptions options = { .http = http, .wait_unit_ms = 1000, .by_hand = TRUE };

  if (connection == NULL)
    return FALSE;
  options.tokens = ZIFU_TOKEN_SOURCE (tokens);
  verdict = zifu_sync_run (ledger, connection_id, &options, NULL, error);
  return verdict != NULL;
}

static int
fetch_all (ZifuLedger *ledger, const Options *options, gint64 member_id, ZifuTokenStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) connections = zifu_ledger_list_connections (ledger, &error);
  int status = ZIFU_CLI_OK;

  if (connections == NULL)
    return zifu_cli_fail (error);
  for (guint i = 0; i < connections->len; i++)
    {
      const ZifuConnection *connection = g_ptr_array_index (connections, i);
      g_autoptr (GError) problem = NULL;

      if ((member_id == 0 || connection->member_id == member_id) && !fetch (ledger, connection->id, store, &problem))
        status = zifu_cli_fail (problem);
    }
  list (ledger, options, member_id);
  return status;
}

static void
print_page (const char *url, gpointer data)
{
  fprintf (stderr, "%s\n%s\n", _ ("Open this page in a browser on this computer and allow Zifu to read:"), url);
}

static void
print_code (const char *code, const char *url, const char *whole_url, guint expires_in_s, gpointer data)
{
  /* Translators: {1} is an address, {2} a code. */
  g_autofree char *text = zifu_words_fill (_ ("Open {1} on any device and type the code {2}."), url, code, NULL);

  fprintf (stderr, "%s\n", text);
}

static ZifuConnectAccount *
sign_in (ZifuHttp *http, const ZifuConnectOffer *offer, gboolean by_code, ZifuTokenStore *store, GError **error)
{
  g_autoptr (ZifuTokens) tokens = NULL;

  if (!zifu_token_store_is_lasting (store, NULL))
    fprintf (stderr, "%s\n", _ ("There is no keyring on this computer: the sign-in is good for this once only."));
  tokens = by_code ? zifu_sign_in_with_code (http, offer->issuer, ZIFU_CONNECT_CLIENT_ID, offer->discovery->api_base, print_code, NULL,
                                             NULL,
                                             error)
                   : zifu_sign_in_with_browser (http, offer->issuer, ZIFU_CONNECT_CLIENT_ID, offer->discovery->api_base, print_page, NULL,
                                                NULL, error);
  return tokens != NULL ? zifu_connect_enter (http, offer, tokens, store, NULL, error) : NULL;
}

/* Writes the connection; what was signed in to and cannot be used is signed out of again. */
static gint64
store_connection (ZifuLedger *ledger, const Options *options, const ZifuConnectOffer *offer, ZifuConnectAccount *account, gint64 member_id,
                  GError **error)
{
  g_autoptr (GPtrArray) members = zifu_ledger_list_members (ledger, error);
  g_autoptr (ZifuMember) newcomer = NULL;
  gint64 id = 0;

  if (members != NULL && member_id == 0)
    newcomer = zifu_connect_account_dup_newcomer (account, members, options->region);
  if (members != NULL)
    id = zifu_connect_store (ledger, offer, account, newcomer, member_id, error);
  if (id == 0)
    zifu_account_tokens_sign_out (account->tokens, NULL, NULL);
  return id;
}

static int
connect_account (ZifuLedger *ledger, const Options *options, gint64 member_id, ZifuTokenStore *store)
{
  g_autoptr (SoupSession) soup = zifu_http_new_session ();
  g_autoptr (ZifuHttp) http = zifu_http_new (soup);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuConnectOffer) offer = zifu_connect_look (http, options->connect, NULL, &error);
  g_autoptr (ZifuConnectAccount) account = offer != NULL ? sign_in (http, offer, options->code, store, &error) : NULL;
  gint64 id = account != NULL ? store_connection (ledger, options, offer, account, member_id, &error) : 0;

  if (id == 0 || !fetch (ledger, id, store, &error))
    return zifu_cli_fail (error);
  return list (ledger, options, 0);
}

static int
renew (ZifuLedger *ledger, const Options *options, ZifuTokenStore *store)
{
  g_autoptr (SoupSession) soup = zifu_http_new_session ();
  g_autoptr (ZifuHttp) http = zifu_http_new (soup);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (ledger, options->renew, &error);
  g_autoptr (ZifuAccountTokens) old = connection != NULL ? zifu_connect_get_tokens (connection, store) : NULL;
  g_autoptr (ZifuConnectOffer) offer = connection != NULL ? zifu_connect_look (http, connection->base_url, NULL, &error) : NULL;
  g_autoptr (ZifuConnectAccount) account = offer != NULL ? sign_in (http, offer, options->code, store, &error) : NULL;

  if (account == NULL)
    return zifu_cli_fail (error);
  if (!zifu_connect_renew (ledger, connection->id, offer, account, &error))
    {
      zifu_account_tokens_sign_out (account->tokens, NULL, NULL);
      return zifu_cli_fail (error);
    }
  zifu_account_tokens_sign_out (old, NULL, NULL);
  return fetch (ledger, connection->id, store, &error) ? list (ledger, options, connection->member_id) : zifu_cli_fail (error);
}

static int
disconnect (ZifuLedger *ledger, const Options *options, ZifuTokenStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (ledger, options->disconnect, &error);
  g_autoptr (ZifuAccountTokens) tokens = connection != NULL ? zifu_connect_get_tokens (connection, store) : NULL;

  if (connection == NULL || !zifu_ledger_delete_connection (ledger, connection->id, options->delete, &error))
    return zifu_cli_fail (error);
  printf ("%s\n", zifu_account_tokens_sign_out (tokens, NULL, NULL)
                    ? _ ("Disconnected.")
                    : _ ("Disconnected here; the provider could not be told, and its consent ends by itself."));
  return ZIFU_CLI_OK;
}

/**
 * zifu_cli_sync:
 * @argc: number of arguments
 * @argv: the command and its arguments
 *
 * The command "sync".
 *
 * Returns: the exit status
 */
int
zifu_cli_sync (int argc, char **argv)
{
  g_auto (Options) options = { { { NULL } } };
  g_autoptr (ZifuTokenStore) store = NULL;
  g_autoptr (ZifuLedger) ledger = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  gint64 member_id = 0;

  if (!read_options (&options, &argc, &argv))
    return ZIFU_CLI_BAD_INPUT;
  if (argc > 1)
    return zifu_cli_fail_usage (_ ("too many arguments"));
  if (options.delete && options.disconnect == 0)
    return zifu_cli_fail_usage (_ ("--delete goes with --disconnect"));
  if (options.providers)
    return list_providers (options.ledger.json);
  /* The first account may be the first thing that there is. */
  path = zifu_cli_ledger_path (&options.ledger);
  ledger = options.connect != NULL ? zifu_ledger_open (path, &error) : zifu_cli_open_ledger (&options.ledger, &error);
  if (ledger == NULL || (options.ledger.person != NULL && !zifu_cli_find_person (ledger, options.ledger.person, &member_id, &error)))
    return zifu_cli_fail (error);
  if (options.list)
    return list (ledger, &options, member_id);

  store = zifu_token_store_new ();
  if (options.connect != NULL)
    return connect_account (ledger, &options, member_id, store);
  if (options.renew != 0)
    return renew (ledger, &options, store);
  if (options.disconnect != 0)
    return disconnect (ledger, &options, store);
  return fetch_all (ledger, &options, member_id, store);
}
