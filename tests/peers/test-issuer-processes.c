/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "issuer-session.h"

#include <errno.h>
#include <unistd.h>

/* R40: several programs, a keyring that is locked and programs that are killed, with oidc-provider as the judge of what became of the
 * tokens: it takes everything back when it sees one twice. */

static Session *session;

/* ---- another program: this one, with --child */

/* Whether somebody touched a file; who waits too long is ended by the alarm. */
static void
wait_for_file (const char *path)
{
  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_usleep (2000);
}

static gboolean
try_token (ZifuAccountTokens *tokens)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *access = zifu_token_source_get_token (ZIFU_TOKEN_SOURCE (tokens), NULL, NULL, &error);

  if (access != NULL)
    g_print ("token %s\n", access);
  else
    g_print ("%s %s\n", zifu_sync_error_get_nick ((ZifuSyncError) error->code), error->message);
  return access != NULL;
}

/* --child HOW KEY ISSUER FILE */
static int
run_child (char **argv)
{
  g_autoptr (ZifuTokenStore) store = zifu_token_store_new ();
  g_autoptr (ZifuAccountTokens) tokens = zifu_account_tokens_new (store, argv[3], argv[4], ZIFU_CONNECT_CLIENT_ID);

  /* Nothing hangs. */
  alarm (PATIENCE_S);
  if (g_str_equal (argv[2], "together"))
    wait_for_file (argv[5]);
  if (!try_token (tokens) && g_str_equal (argv[2], "again"))
    {
      wait_for_file (argv[5]);
      try_token (tokens);
    }
  if (g_str_equal (argv[2], "die"))
    kill (getpid (), SIGKILL);
  return 0;
}

static GSubprocess *
start_child (House *house, const char *how, const char *file)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self, "--child", how, house->account->key, peers->issuer,
                                         file, NULL);

  g_assert_no_error (error);
  return child;
}

/* Returns: (transfer full): what it said */
static char *
end_child (GSubprocess *child, int signal)
{
  g_autoptr (GError) error = NULL;
  char *said = NULL;

  g_subprocess_communicate_utf8 (child, NULL, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  if (signal != 0)
    {
      g_assert_true (g_subprocess_get_if_signaled (child));
      g_assert_cmpint (g_subprocess_get_term_sig (child), ==, signal);
    }
  else
    g_assert_true (g_subprocess_get_successful (child));
  g_object_unref (child);
  return said;
}

static char *
run_and_end_child (House *house, const char *how, int signal)
{
  return end_child (start_child (house, how, "none"), signal);
}

static void
assert_token (const char *said)
{
  g_autofree char *token = NULL;

  g_assert_true (g_str_has_prefix (said, "token "));
  token = g_strndup (said + 6, strcspn (said + 6, "\n"));
  g_assert_true (issuer_accepts (peers, token));
}

static void
assert_says (const char *said, ZifuSyncError code)
{
  g_autofree char *text = zifu_sync_error_describe (code), *line = NULL;

  line = g_strdup_printf ("%s %s\n", zifu_sync_error_get_nick (code), text);
  g_assert_cmpstr (said, ==, line);
}

static void
assert_nothing_refused (void)
{
  g_autofree char *refusals = issuer_list (peers, "refusals");

  g_assert_cmpstr (refusals, ==, " ");
}

/* ---- killed */

/* The new refresh token is in the keyring, the new access token was used by nobody: the next start goes on. */
static void
test_killed_before_use (House *self, gconstpointer lasting)
{
  enter (self);
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *died = run_and_end_child (self, "die", SIGKILL), *next = NULL;

      g_assert_cmpint (issuer_count (peers, "refreshes"), ==, 2 * i - 1);
      next = run_and_end_child (self, "once", 0);
      assert_token (next);
    }
  assert_nothing_refused ();
}

static void
wait_until_held (void)
{
  for (guint i = 0; i < PATIENCE_S * 100 && issuer_count (peers, "waiting") == 0; i++)
    g_usleep (10000);
  g_assert_cmpint (issuer_count (peers, "waiting"), ==, 1);
}

/* The issuer has changed the token and nobody heard of it: that cannot be mended, but it is said, and no lock stays behind. */
static void
test_killed_before_answer (House *self, gconstpointer lasting)
{
  g_autofree char *died = NULL, *next = NULL, *again = NULL;
  GSubprocess *child;

  enter (self);
  peer_tell (peers->issuer, "want?holdRefresh=60000");
  child = start_child (self, "once", "none");
  wait_until_held ();
  g_subprocess_send_signal (child, SIGKILL);
  died = end_child (child, SIGKILL);
  peer_tell (peers->issuer, "want?holdRefresh=0");
  next = run_and_end_child (self, "once", 0);
  assert_says (next, ZIFU_SYNC_ERROR_SIGN_IN);
  enter (self);
  again = run_and_end_child (self, "once", 0);
  assert_token (again);
}

/* ---- at the same time */

/* Access tokens live in memory, so each program asks for its own; but one after the other, each with the token of the one before. */
static void
test_two_processes (House *self, gconstpointer lasting)
{
  g_autofree char *gate = g_build_filename (self->folder, "gate", NULL), *refreshed = NULL;
  g_auto (GStrv) words = NULL;
  GSubprocess *children[2];

  enter (self);
  peer_tell (peers->issuer, "want?holdRefresh=500");
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    children[i] = start_child (self, "together", gate);
  g_assert_true (g_file_set_contents (gate, "", 0, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_autofree char *said = end_child (children[i], 0);

      assert_token (said);
    }
  g_assert_cmpint (issuer_count (peers, "refreshes"), ==, 2);
  g_assert_cmpint (issuer_count (peers, "mostAtOnce"), ==, 1);
  assert_nothing_refused ();
  refreshed = issuer_list (peers, "refreshed");
  words = g_strsplit (g_strstrip (refreshed), " ", -1);
  g_assert_cmpuint (g_strv_length (words), ==, 2);
  g_assert_cmpstr (words[0], !=, words[1]);
}

static gpointer
run_get_token (gpointer tokens)
{
  return zifu_token_source_get_token (tokens, NULL, NULL, NULL);
}

/* In one program they share it: one refresh at the issuer. */
static void
test_threads (House *self, gconstpointer lasting)
{
  g_autoptr (ZifuAccountTokens) tokens = NULL;
  GThread *threads[8];
  char *first = NULL;

  enter (self);
  peer_tell (peers->issuer, "want?holdRefresh=500");
  tokens = zifu_account_tokens_new (self->store, self->account->key, peers->issuer, ZIFU_CONNECT_CLIENT_ID);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("get-token", run_get_token, tokens);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      char *token = g_thread_join (threads[i]);

      g_assert_nonnull (token);
      if (first == NULL)
        first = g_strdup (token);
      g_assert_cmpstr (token, ==, first);
      g_free (token);
    }
  /* Whatever still runs holds a reference. */
  for (guint i = 0; i < PATIENCE_S * 100 && g_atomic_int_get (&G_OBJECT (tokens)->ref_count) > 1; i++)
    g_usleep (10000);
  g_assert_cmpint (issuer_count (peers, "refreshes"), ==, 1);
  assert_nothing_refused ();
  g_free (first);
}

/* ---- a locked keyring, and nobody who could be asked for its password */

static void
test_locked (House *self, gconstpointer lasting)
{
  g_autofree char *said = NULL, *then = NULL;

  enter (self);
  session_lock (session);
  said = run_and_end_child (self, "once", 0);
  assert_says (said, ZIFU_SYNC_ERROR_KEYRING);
  g_assert_cmpint (issuer_count (peers, "refreshes"), ==, 0);
  session_unlock (session);
  then = run_and_end_child (self, "once", 0);
  assert_token (then);
}

/* Locked while the issuer answers: what came is not lost, as long as that program runs. */
static void
test_locked_meanwhile (House *self, gconstpointer lasting)
{
  g_autofree char *gate = g_build_filename (self->folder, "gate", NULL), *first = NULL, *second = NULL, *next = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  GSubprocess *child;

  enter (self);
  peer_tell (peers->issuer, "want?holdRefresh=60000");
  child = start_child (self, "again", gate);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  wait_until_held ();
  session_lock (session);
  peer_tell (peers->issuer, "want?holdRefresh=0");
  first = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_assert_true (g_str_has_prefix (first, "keyring "));
  session_unlock (session);
  g_assert_true (g_file_set_contents (gate, "", 0, NULL));
  second = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  assert_token (second);
  g_assert_true (g_subprocess_wait_check (child, NULL, NULL));
  g_object_unref (child);
  next = run_and_end_child (self, "once", 0);
  assert_token (next);
  assert_nothing_refused ();
}

#define ADD(name, function) \
  g_test_add ("/issuer-processes/R40/" name, House, "lasting", house_set_up, function, house_tear_down)

int
main (int argc, char **argv)
{
  int status;

  if (argc == 6 && g_str_equal (argv[1], "--child"))
    return run_child (argv);
  set_up_test (&argc, &argv);
  session = session_start ();
  ADD ("killed-before-use", test_killed_before_use);
  ADD ("killed-before-answer", test_killed_before_answer);
  ADD ("two-processes", test_two_processes);
  ADD ("threads", test_threads);
  ADD ("locked", test_locked);
  ADD ("locked-meanwhile", test_locked_meanwhile);
  status = run_tests ();
  session_stop (session);
  return status;
}
