/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What tests of whole synchronisations share: a provider that runs as a program of its own, a ledger, and whether both hold the same. */

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "provider-support.h"

typedef struct {
  char        *folder, *path;
  char        *base;   /* of the provider itself */
  char        *front;  /* nullable: of a server before it, which the account is connected with */
  GSubprocess *provider;
  ZifuLedger  *ledger;
  gint64       connection_id, member_id;
  TestTokens  *tokens;
} House;

static inline void
house_start_provider (House *house, const char *const *options)
{
  house->provider = start_provider (house->folder, options, &house->base);
}

/* The owner, connected with the provider, or with what stands before it. */
static inline void
house_add_person (House *house)
{
  g_autoptr (ZifuConnection) connection = NULL;

  house->connection_id = add_person (house->ledger, house->front != NULL ? house->front : house->base);
  connection = zifu_ledger_get_connection (house->ledger, house->connection_id, NULL);
  house->member_id = connection->member_id;
}

static inline void
house_set_up (House *house, gconstpointer data)
{
  static const char *const usual[] = { "--entries=400", "--max-limit=50", NULL };
  g_autoptr (GError) error = NULL;

  house->folder = g_dir_make_tmp ("zifu-sync-XXXXXX", &error);
  g_assert_no_error (error);
  house->path = g_build_filename (house->folder, "household.db", NULL);
  house_start_provider (house, usual);
  house->ledger = zifu_ledger_open (house->path, &error);
  g_assert_no_error (error);
  house->tokens = tokens_new (house->base);
  house_add_person (house);
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
