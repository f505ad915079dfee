/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first synchronisation of an account with many entries.
 *
 *   ZIFU_PROVIDER=PROGRAM bench-sync CURL SQLITE3 [N]
 *
 * The floor is curl, which downloads the same pages over one connection, and the sqlite3 program, which inserts the rows that came out
 * into the same tables and indexes.  Times are those of the processor; what the provider uses is part of neither side.  Meanwhile a main
 * loop has a turn each 5 ms and reads the balance each 50 ms, as a window does: the longest time between two turns is its longest stall.
 */
#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../provider/provider-support.h"

#define TURN_MS 5

typedef struct {
  const char *curl, *sqlite;
  char       *folder, *path, *base;
  ZifuLedger *ledger; /* of the main loop */
  gint64      connection_id, member_id;
  TestTokens *tokens;
  GMainLoop  *loop;
  GThread    *thread;
  gint64      last_turn, longest, resident, began_with;
  guint       n_turns, n_entries;
  double      took;
} Bench;

static void
check (gboolean success, const GError *error)
{
  if (!success)
    g_error ("%s", error != NULL ? error->message : "failed");
}

static double
used_ms (int whose)
{
  struct rusage usage;

  getrusage (whose, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000.0 +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000.0;
}

/* What the process holds now, in bytes. */
static gint64
resident (void)
{
  g_autofree char *text = NULL;
  const char *second;

  check (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL), NULL);
  second = strchr (text, ' ');
  return second != NULL ? g_ascii_strtoll (second, NULL, 10) * (gint64) sysconf (_SC_PAGESIZE) : 0;
}

static gboolean
on_turn (gpointer data)
{
  Bench *self = data;
  gint64 now = g_get_monotonic_time ();
  ZifuMoney balance;

  self->longest = MAX (self->longest, now - self->last_turn - TURN_MS * 1000);
  self->resident = MAX (self->resident, resident ());
  if (self->n_turns++ % 10 == 0)
    check (zifu_ledger_get_balance (self->ledger, self->member_id, &balance, NULL, NULL), NULL);
  self->last_turn = now;
  return G_SOURCE_CONTINUE;
}

static gboolean
on_finished (gpointer data)
{
  g_main_loop_quit (((Bench *) data)->loop);
  return G_SOURCE_REMOVE;
}

/* As the window does it: a thread with a ledger of its own. */
static gpointer
synchronise (gpointer data)
{
  Bench *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (self->path, &error);
  g_autoptr (ZifuHttp) http = zifu_http_new (NULL);
  g_autoptr (ZifuFeedVerdict) verdict = NULL;
  ZifuSyncOptions options = { .http = http, .tokens = ZIFU_TOKEN_SOURCE (self->tokens), .by_hand = TRUE };
  double begin = used_ms (RUSAGE_SELF);

  check (ledger != NULL, error);
  verdict = zifu_sync_run (ledger, self->connection_id, &options, NULL, &error);
  check (verdict != NULL, error);
  check (verdict->verdict == ZIFU_CONNECTION_VERIFIED, NULL);
  self->took = used_ms (RUSAGE_SELF) - begin;
  self->n_entries = verdict->n_new;
  g_idle_add (on_finished, self);
  return NULL;
}

static double
run_shell (const Bench *self, const char *line)
{
  g_autoptr (GError) error = NULL;
  double begin = used_ms (RUSAGE_CHILDREN);
  const char *const argv[] = { "/bin/sh", "-c", line, NULL };
  int status;

  check (g_spawn_sync (self->folder, (char **) argv, NULL, 0, NULL, NULL, NULL, NULL, &status, &error), error);
  if (status != 0)
    g_error ("%s: %d", line, status);
  return used_ms (RUSAGE_CHILDREN) - begin;
}

/* The addresses of all pages, for one run of curl: they are known only once the page before is. */
static void
list_pages (const Bench *self)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  g_autofree char *token = zifu_token_source_get_token (ZIFU_TOKEN_SOURCE (self->tokens), NULL, NULL, NULL);
  g_autofree char *path = g_build_filename (self->folder, "pages", NULL), *state = NULL;
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean more = TRUE;

  g_string_append_printf (text, "silent\nfail\ncompressed\nnoproxy = \"*\"\nheader = \"Authorization: %s\"\n", bearer);
  for (guint i = 0; more; i++)
    {
      g_autofree char *quoted = state != NULL ? g_uri_escape_string (state, NULL, FALSE) : NULL;
      g_autofree char *url = g_strdup_printf ("%s/v1/changes?limit=500%s%s", self->base, quoted != NULL ? "&since=" : "",
                                              quoted != NULL ? quoted : "");
      g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GBytes) body = NULL;
      JsonObject *page;

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
      body = soup_session_send_and_read (session, message, NULL, &error);
      check (body != NULL && soup_message_get_status (message) == 200, error);
      check (json_parser_load_from_data (parser, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), &error), error);
      page = json_node_get_object (json_parser_get_root (parser));
      more = json_object_get_boolean_member (page, "has_more");
      g_free (state);
      state = g_strdup (json_object_get_string_member (page, "state"));
      g_string_append_printf (text, "url = \"%s\"\noutput = \"page-%u\"\n", url, i);
    }
  check (g_file_set_contents (path, text->str, -1, &error), error);
}

/* Downloads, then inserts. */
static void
measure_floor (const Bench *self, double *fetch, double *insert)
{
  g_autofree char *path = g_build_filename (self->folder, "floor.db", NULL);
  g_autofree char *dump = g_strdup_printf ("%s household.db '.dump --data-only txt_d sync_row_d setl_d setldetail acct_incexpd_d' > rows",
                                           self->sqlite);
  g_autofree char *get = g_strdup_printf ("%s --config pages", self->curl);
  g_autofree char *put = g_strdup_printf ("(echo 'BEGIN;'; cat rows; echo 'COMMIT;') | %s -bail floor.db > /dev/null", self->sqlite);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, &error);

  check (ledger != NULL, error);
  add_person (ledger, self->base);
  g_clear_object (&ledger);
  list_pages (self);
  run_shell (self, dump);
  *fetch = run_shell (self, get);
  *insert = run_shell (self, put);
}

static void
measure_sync (Bench *self)
{
  self->loop = g_main_loop_new (NULL, FALSE);
  self->began_with = self->resident = resident ();
  self->last_turn = g_get_monotonic_time ();
  g_timeout_add (TURN_MS, on_turn, self);
  self->thread = g_thread_new ("sync", synchronise, self);
  g_main_loop_run (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
}

int
main (int argc, char *argv[])
{
  Bench self = { .curl = argc > 1 ? argv[1] : "curl", .sqlite = argc > 2 ? argv[2] : "sqlite3" };
  g_autofree char *entries = g_strconcat ("--entries=", argc > 3 ? argv[3] : "100000", NULL);
  const char *const options[] = { entries, "--max-limit=500", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuConnection) connection = NULL;
  GSubprocess *provider;
  double fetch, insert;

  setlocale (LC_ALL, "");
  check (g_getenv ("ZIFU_PROVIDER") != NULL, NULL);
  self.folder = g_dir_make_tmp ("zifu-bench-XXXXXX", &error);
  check (self.folder != NULL, error);
  self.path = g_build_filename (self.folder, "household.db", NULL);
  provider = start_provider (self.folder, options, &self.base);
  self.tokens = tokens_new (self.base);
  self.ledger = zifu_ledger_open (self.path, &error);
  check (self.ledger != NULL, error);
  self.connection_id = add_person (self.ledger, self.base);
  connection = zifu_ledger_get_connection (self.ledger, self.connection_id, &error);
  check (connection != NULL, error);
  self.member_id = connection->member_id;

  measure_sync (&self);
  g_clear_object (&self.ledger);
  measure_floor (&self, &fetch, &insert);
  g_print ("%u rows; floor: curl %.0f ms + sqlite3 %.0f ms = %.0f ms\n", self.n_entries, fetch, insert, fetch + insert);
  g_print ("first synchronisation   %9.0f ms  %5.2f x\n", self.took, self.took / (fetch + insert));
  g_print ("longest stall           %9.1f ms\n", (double) self.longest / 1000.0);
  g_print ("memory grew by          %9.1f MB\n", (double) (self.resident - self.began_with) / 1048576.0);

  g_subprocess_force_exit (provider);
  g_subprocess_wait (provider, NULL, NULL);
  g_object_unref (provider);
  g_object_unref (self.tokens);
  g_spawn_sync (NULL, (char *[]){ (char *) "/bin/rm", (char *) "-r", self.folder, NULL }, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (self.folder);
  g_free (self.path);
  g_free (self.base);
  return 0;
}
