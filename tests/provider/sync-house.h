/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What tests of whole synchronisations share: a provider that runs as a program of its own, a ledger, and whether both hold the same. */

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/prctl.h>

#include "zifu-connect.h"

/* Tokens without a sign-in, as the provider's control gives them. */
#define TEST_TYPE_TOKENS (test_tokens_get_type ())
G_DECLARE_FINAL_TYPE (TestTokens, test_tokens, TEST, TOKENS, GObject)

struct _TestTokens {
  GObject parent_instance;
  char   *base;
  guint   n_asked;
};

typedef struct {
  char        *folder, *path;
  char        *base;   /* of the provider itself */
  char        *front;  /* nullable: of a server before it, which the account is connected with */
  GSubprocess *provider;
  ZifuLedger  *ledger;
  gint64       connection_id, member_id;
  TestTokens  *tokens;
} House;

/* What a plain request to the provider answers. */
static inline char *
control (const char *base, const char *command)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, "timeout", 20, NULL);
  g_autofree char *url = g_strconcat (base, "/control/", command, NULL);
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static inline void
tell (const char *base, const char *command)
{
  g_autofree char *answer = control (base, command);

  g_assert_nonnull (strstr (answer, "\"done\":true"));
}

static inline char *
get_token (ZifuTokenSource *source, const char *refused, GCancellable *cancellable, GError **error)
{
  TestTokens *self = TEST_TOKENS (source);
  g_autofree char *answer = control (self->base, "token?person=owner");
  g_autoptr (JsonParser) parser = json_parser_new ();

  self->n_asked++;
  g_assert_true (json_parser_load_from_data (parser, answer, -1, NULL));
  return g_strdup (json_object_get_string_member (json_node_get_object (json_parser_get_root (parser)), "token"));
}

static inline void
iface_init (ZifuTokenSourceInterface *iface)
{
  iface->get_token = get_token;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestTokens, test_tokens, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (ZIFU_TYPE_TOKEN_SOURCE, iface_init))

static inline void
test_tokens_finalize (GObject *object)
{
  g_free (TEST_TOKENS (object)->base);
  G_OBJECT_CLASS (test_tokens_parent_class)->finalize (object);
}

static inline void
test_tokens_class_init (TestTokensClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_tokens_finalize;
}

static inline void
test_tokens_init (TestTokens *self)
{
}

static inline TestTokens *
tokens_new (const char *base)
{
  TestTokens *self = g_object_new (TEST_TYPE_TOKENS, NULL);

  self->base = g_strdup (base);
  return self;
}

/* A server ends with the test, also when that is ended. */
static inline void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static inline void
start_provider (House *house, const char *const *options)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GPtrArray) args = g_ptr_array_new ();
  g_autofree char *port_file = g_build_filename (house->folder, "port", NULL);
  g_autofree char *port = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const fixed[] = { "--port=0", "--control", "--min-interval=0", "--seed=7", "--today=2026-11-13" };

  g_ptr_array_add (args, (char *) g_getenv ("ZIFU_PROVIDER"));
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (args, (char *) fixed[i]);
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    g_ptr_array_add (args, (char *) options[i]);
  g_ptr_array_add (args, (char *) "--port-file");
  g_ptr_array_add (args, port_file);
  g_ptr_array_add (args, NULL);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  house->provider = g_subprocess_launcher_spawnv (launcher, (const char *const *) args->pdata, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3000 && (port == NULL || *port == '\0'); i++)
    {
      g_clear_pointer (&port, g_free);
      g_usleep (10000);
      g_file_get_contents (port_file, &port, NULL, NULL);
    }
  g_assert_nonnull (port);
  house->base = g_strdup_printf ("http://127.0.0.1:%s", g_strstrip (port));
}

static inline void
add_person (House *house)
{
  g_autoptr (ZifuMember) member = zifu_member_new ();
  g_autoptr (ZifuConnection) connection = zifu_connection_new ();
  g_autoptr (GError) error = NULL;

  member->name = g_strdup ("林晓梅");
  member->relation = g_strdup ("self");
  member->sex = g_strdup ("2");
  member->region = g_strdup ("110000");
  member->insurance = g_strdup ("310");
  member->status = g_strdup ("active");
  member->base = -1;
  member->has_account = TRUE;
  member->provenance = ZIFU_PROVENANCE_SYNCED;
  house->member_id = zifu_ledger_add_member (house->ledger, member, 0, 0, &error);
  g_assert_no_error (error);
  connection->member_id = house->member_id;
  connection->name = g_strdup ("127.0.0.1");
  connection->base_url = g_strdup (house->front != NULL ? house->front : house->base);
  connection->client_id = g_strdup ("zifu");
  house->connection_id = zifu_ledger_add_connection (house->ledger, connection, &error);
  g_assert_no_error (error);
}

static inline void
house_set_up (House *house, gconstpointer data)
{
  static const char *const usual[] = { "--entries=400", "--max-limit=50", NULL };
  g_autoptr (GError) error = NULL;

  house->folder = g_dir_make_tmp ("zifu-sync-XXXXXX", &error);
  g_assert_no_error (error);
  house->path = g_build_filename (house->folder, "household.db", NULL);
  start_provider (house, usual);
  house->ledger = zifu_ledger_open (house->path, &error);
  g_assert_no_error (error);
  house->tokens = tokens_new (house->base);
  add_person (house);
}

static inline void
house_tear_down (House *house, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;

  g_clear_object (&house->ledger);
  g_subprocess_force_exit (house->provider);
  g_subprocess_wait (house->provider, NULL, NULL);
  g_object_unref (house->provider);
  g_object_unref (house->tokens);
  dir = g_dir_open (house->folder, 0, NULL);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *inner = g_build_filename (house->folder, name, NULL);

      g_remove (inner);
    }
  g_rmdir (house->folder);
  g_free (house->folder);
  g_free (house->path);
  g_free (house->base);
  g_free (house->front);
}

/* @now: seconds since 1970; 0 = the clock. */
static inline ZifuFeedVerdict *
sync_over (ZifuHttp *http, ZifuLedger *ledger, gint64 connection_id, TestTokens *tokens, gint64 now, GError **error)
{
  ZifuSyncOptions options = { .http = http, .tokens = ZIFU_TOKEN_SOURCE (tokens), .wait_unit_ms = 1, .now = now, .by_hand = TRUE };

  return zifu_sync_run (ledger, connection_id, &options, NULL, error);
}

static inline ZifuFeedVerdict *
sync_once (ZifuLedger *ledger, gint64 connection_id, TestTokens *tokens, guint deadline_ms, GError **error)
{
  g_autoptr (SoupSession) soup = zifu_http_new_session ();
  g_autoptr (ZifuHttp) http = zifu_http_new (soup);

  zifu_http_set_deadline (http, deadline_ms);
  return sync_over (http, ledger, connection_id, tokens, 0, error);
}

static inline int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The truth, as lines type|id|ver of what is in force, sorted. */
static inline char *
list_truth (House *house)
{
  g_autofree char *text = control (house->base, "rows?person=owner");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", 5);

      if (*cells[4] != '\0')
        g_ptr_array_add (rows, g_strjoin ("|", cells[1], cells[2], cells[3], cells[4], NULL));
    }
  g_ptr_array_sort (rows, compare_texts);
  g_ptr_array_add (rows, NULL);
  return g_strjoinv ("\n", (char **) rows->pdata);
}

static inline char *
list_ours (House *house)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_open (house->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db,
                                       "SELECT r.type || '|' || r.id || '|' || r.ver || '|' || r.json FROM sync_row_d r JOIN sync_d s"
                                       " ON s.sync_id = r.sync_id AND s.gen = r.gen WHERE r.vali_flag = '1'",
                                       -1, &statement, NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (rows, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  g_ptr_array_sort (rows, compare_texts);
  g_ptr_array_add (rows, NULL);
  return g_strjoinv ("\n", (char **) rows->pdata);
}

/* Rows, balance and what people see are the provider's. */
static inline void
assert_equal (House *house)
{
  g_autofree char *truth = list_truth (house), *ours = list_ours (house), *info = control (house->base, "info?person=owner");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (ZifuConnection) connection = zifu_ledger_get_connection (house->ledger, house->connection_id, NULL);
  g_autoptr (GError) error = NULL;
  ZifuBalanceBreak broken = { 0 };
  ZifuMoney balance, stated = 0;

  g_assert_cmpstr (ours, ==, truth);
  g_assert_true (json_parser_load_from_data (parser, info, -1, NULL));
  g_assert_true (zifu_money_parse (json_object_get_string_member (json_node_get_object (json_parser_get_root (parser)), "balc"), &stated,
                                   NULL));
  g_assert_true (zifu_ledger_get_balance (house->ledger, house->member_id, &balance, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (balance, ==, stated);
  g_assert_true (zifu_ledger_check_balance (house->ledger, house->member_id, &broken, &error));
  g_assert_cmpint (broken.entry_id, ==, 0);
  g_assert_cmpint (connection->verdict, ==, ZIFU_CONNECTION_VERIFIED);
  g_assert_cmpint (connection->verified_balance, ==, stated);
  g_assert_null (connection->problem);
}

static inline void
sync_well (House *house)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuFeedVerdict) verdict = sync_once (house->ledger, house->connection_id, house->tokens, 20000, &error);

  g_assert_no_error (error);
  g_assert_cmpint (verdict->verdict, ==, ZIFU_CONNECTION_VERIFIED);
  assert_equal (house);
}

/* Some more rows at the provider. */
static inline void
change (House *house, guint i)
{
  g_autofree char *add = g_strdup_printf ("add?person=owner&n=%u", 1 + i % 4);

  tell (house->base, add);
}
