/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A household whose people sign in with oidc-provider, and a person who does it in a thread. */

#include "issuer-support.h"

#include <locale.h>
#include <sqlite3.h>

#include "zifu-words.h"

static Peers *peers;

/* ---- one household, connected or about to be */

typedef struct {
  char               *folder, *path;
  ZifuHttp           *http;
  ZifuLedger         *ledger;
  ZifuTokenStore     *store;
  ZifuConnectOffer   *offer;
  ZifuConnectAccount *account;       /* nullable: nobody signed in yet */
  gint64              connection_id; /* 0 = not yet */
} House;

/* Somebody at a browser, in a thread: the sign-in does not wait for it. */
typedef struct {
  PersonAnswer answer;
  /* What the person's browser does with the address of the issuer, and with the one that it is sent to; nullable */
  char *(*on_way_out) (const char *url);
  char *(*on_way_back) (const char *url);
  gboolean     strays;  /* first comes an answer with another state */
  const char  *chromium_language; /* nullable: a real browser, in this language */
  char        *url, *stray_page, *page; /* owned */
  guint        stray_status, status;
  GThread     *thread;
} Visitor;

/* @lasting: (nullable): in the keyring of the session; %NULL = in memory */
static inline void
house_set_up (House *self, gconstpointer lasting)
{
  g_autoptr (SoupSession) session = zifu_http_new_session ();
  g_autoptr (GError) error = NULL;

  peer_tell (peers->issuer, "forget");
  self->folder = g_dir_make_tmp ("zifu-house-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "household.db", NULL);
  self->http = zifu_http_new (session);
  self->ledger = zifu_ledger_open (self->path, &error);
  g_assert_no_error (error);
  self->store = lasting != NULL ? zifu_token_store_new () : zifu_token_store_new_in_memory ();
  self->offer = zifu_connect_look (self->http, peers->provider, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->offer->issuer->issuer, ==, peers->issuer);
  g_assert_true (self->offer->issuer->sends_iss);
}

static inline void
house_tear_down (House *self, gconstpointer unused)
{
  g_clear_pointer (&self->account, zifu_connect_account_free);
  zifu_connect_offer_free (self->offer);
  g_object_unref (self->store);
  g_object_unref (self->ledger);
  g_object_unref (self->http);
  remove_all (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static inline void
stray (Visitor *self, const char *back)
{
  g_autofree char *other = change_member (back, "state", "aXbXcXdXeXfXgXhXiXjXkXlXmXnXoXpXqXrXsXtXuXvX");
  g_autofree char *refusals = NULL;

  self->stray_status = open_page (other, &self->stray_page);
  /* The code that came with it was not used. */
  refusals = issuer_list (peers, "refusals");
  g_assert_cmpstr (refusals, ==, " ");
}

static inline gpointer
run_visitor (gpointer data)
{
  Visitor *self = data;
  g_autofree char *out = self->on_way_out != NULL ? self->on_way_out (self->url) : g_strdup (self->url);
  g_autofree char *sent = person_walk (out, self->answer, NULL);
  g_autofree char *back = self->on_way_back != NULL ? self->on_way_back (sent) : g_strdup (sent);

  if (self->strays)
    stray (self, back);
  self->status = open_page (back, &self->page);
  return NULL;
}

/* A real browser is a process of its own (browser.mjs); its last page comes as JSON. */
static inline gpointer
run_chromium (gpointer data)
{
  Visitor *self = data;
  g_autofree char *node = find_peer ("run-node"), *script = find_script ("browser.mjs");
  g_autofree char *profile = g_build_filename (peers->folder, "profile", NULL), *chromium = g_find_program_in_path ("chromium");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (chromium);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, node, script, chromium, profile, self->url,
                              self->answer == PERSON_ALLOWS ? "allow" : "deny", self->chromium_language, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &self->page, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  remove_all (profile);
  return NULL;
}

static inline void
on_browser (const char *url, gpointer data)
{
  Visitor *self = data;

  self->url = g_strdup (url);
  self->thread = g_thread_new ("visitor", self->chromium_language != NULL ? run_chromium : run_visitor, self);
}

static inline void
visitor_clear (Visitor *self)
{
  g_free (self->url);
  g_free (self->page);
  g_free (self->stray_page);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Visitor, visitor_clear)

static inline ZifuTokens *
sign_in (House *self, Visitor *visitor, GError **error)
{
  ZifuTokens *tokens = _zifu_sign_in_with_browser (self->http, self->offer->issuer, ZIFU_CONNECT_CLIENT_ID,
                                                   self->offer->discovery->api_base, on_browser, visitor, PATIENCE_S * 1000, NULL, error);

  g_thread_join (visitor->thread);
  return tokens;
}

static inline ZifuTokens *
sign_in_well (House *self)
{
  g_auto (Visitor) visitor = { .answer = PERSON_ALLOWS };
  g_autoptr (GError) error = NULL;
  ZifuTokens *tokens = sign_in (self, &visitor, &error);

  g_assert_no_error (error);
  g_assert_nonnull (tokens->refresh);
  g_assert_cmpuint (visitor.status, ==, 200);
  return tokens;
}

static inline void
sign_in_badly (House *self, Visitor *visitor, ZifuSyncError wanted)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = zifu_sync_error_describe (wanted);

  g_assert_null (sign_in (self, visitor, &error));
  g_assert_cmpstr (error->message, ==, text);
  assert_sync_error (error, wanted);
  g_assert_null (strstr (text, "127.0.0.1"));
}

/* From a sign-in to a household with all the account's rows. */
static inline void
enter (House *self)
{
  g_autoptr (ZifuTokens) tokens = sign_in_well (self);
  g_autoptr (GPtrArray) members = zifu_ledger_list_members (self->ledger, NULL);
  g_autoptr (ZifuMember) newcomer = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->account, zifu_connect_account_free);
  self->account = zifu_connect_enter (self->http, self->offer, tokens, self->store, NULL, &error);
  g_assert_no_error (error);
  if (self->connection_id != 0)
    {
      g_assert_true (zifu_connect_renew (self->ledger, self->connection_id, self->offer, self->account, &error));
      return;
    }
  newcomer = zifu_connect_account_dup_newcomer (self->account, members, "110000");
  self->connection_id = zifu_connect_store (self->ledger, self->offer, self->account, newcomer, 0, &error);
  g_assert_no_error (error);
}

static inline gboolean
fetch_with (House *self, ZifuAccountTokens *tokens, ZifuSyncProgress progress, gpointer data, GError **error)
{
  ZifuSyncOptions options = {
    .http = self->http, .tokens = ZIFU_TOKEN_SOURCE (tokens), .wait_unit_ms = 1, .by_hand = TRUE, .progress = progress,
    .progress_data = data,
  };
  g_autoptr (ZifuFeedVerdict) verdict = zifu_sync_run (self->ledger, self->connection_id, &options, NULL, error);

  if (verdict != NULL)
    g_assert_cmpint (verdict->verdict, ==, ZIFU_CONNECTION_VERIFIED);
  return verdict != NULL;
}

static inline void
fetch_well (House *self)
{
  g_autoptr (GError) error = NULL;

  fetch_with (self, self->account->tokens, NULL, NULL, &error);
  g_assert_no_error (error);
}

static inline void
set_up_test (int *argc, char ***argv)
{
  setlocale (LC_ALL, "");
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  g_test_init (argc, argv, NULL);
}

static inline int
run_tests (void)
{
  int status;

  peers = peers_start ();
  status = g_test_run ();
  peers_stop (peers);
  return status;
}
