/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "issuer-session.h"

#include <string.h>

/* R40: whole sign-ins and synchronisations of the programs that people run, with all that libraries can be made to say; afterwards every
 * file that is there, every word that was said and every address that the issuer was asked at is searched. */

static Session *session;

/* What must not be found, and what it is. */
typedef struct {
  char *kind, *text;
} Secret;

typedef struct {
  GPtrArray *secrets; /* of Secret: nowhere but in the keyring */
  GPtrArray *persons; /* of Secret: in the ledger only, and where a program lists the household */
  char      *certno, *name, *out;
  guint      n_files, n_ledgers_with_name, n_debug_lines;
} Search;

static void
secret_free (gpointer data)
{
  Secret *self = data;

  g_free (self->kind);
  g_free (self->text);
  g_free (self);
}

static void
add_secret (GPtrArray *list, const char *kind, const char *text)
{
  Secret *self = g_new0 (Secret, 1);

  g_assert_cmpuint (strlen (text), >=, 4);
  self->kind = g_strdup (kind);
  self->text = g_strdup (text);
  g_ptr_array_add (list, self);
}

/* Everything that the issuer gave, and what only the program itself knew until it used it. */
static void
add_issued (Search *self)
{
  g_autoptr (JsonNode) node = peer_ask (peers->issuer, "seen");
  JsonObject *given = json_object_get_object_member (json_node_get_object (node), "secrets");
  g_autoptr (GList) names = json_object_get_members (given);
  static const char *const kinds[] = { "access", "refresh", "code", "verifier", "device" };

  for (GList *l = names; l != NULL; l = l->next)
    add_secret (self->secrets, json_object_get_string_member (given, l->data), l->data);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      guint n = 0;

      for (guint j = 0; j < self->secrets->len; j++)
        n += g_str_equal (((Secret *) g_ptr_array_index (self->secrets, j))->kind, kinds[i]);
      g_assert_cmpuint (n, >=, 1);
    }
}

/* Who the person is, as the provider says it to whoever may ask. */
static void
add_person (Search *self, const char *token)
{
  g_autoptr (SoupSession) soup = zifu_http_new_session ();
  g_autoptr (ZifuHttp) http = zifu_http_new (soup);
  g_autofree char *url = g_strconcat (peers->provider, "/v1/person", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuReply) reply = zifu_http_get (http, url, token, NULL, 65536, NULL, &error);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *escaped = NULL;
  JsonObject *person;

  g_assert_no_error (error);
  root = _zifu_reply_read_object (reply);
  person = json_node_get_object (root);
  self->certno = g_strdup (json_object_get_string_member (person, "certno"));
  self->name = g_strdup (json_object_get_string_member (person, "psn_name"));
  escaped = g_uri_escape_string (self->name, NULL, FALSE);
  add_secret (self->secrets, "number of a document", self->certno);
  add_secret (self->persons, "name", self->name);
  add_secret (self->persons, "name in an address", escaped);
  add_secret (self->persons, "number of a person", json_object_get_string_member (person, "psn_no"));
}

static void
assert_without (GPtrArray *list, const char *what, const char *text, gsize length)
{
  for (guint i = 0; i < list->len; i++)
    {
      const Secret *secret = g_ptr_array_index (list, i);

      if (memmem (text, length, secret->text, strlen (secret->text)) != NULL)
        g_error ("%s holds a secret: %s", what, secret->kind);
    }
}

/* A program may list the household to whoever runs it: only so, and in no message of its own. */
static void
search_output (Search *self, const char *what, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      self->n_debug_lines += strstr (lines[i], "DEBUG") != NULL;
      if (!g_regex_match_simple ("^[0-9]+  [^ ]+  http://127\\.0\\.0\\.1:[0-9]+$", lines[i], 0, 0))
        assert_without (self->persons, what, lines[i], strlen (lines[i]));
    }
}

static void
search_file (Search *self, const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  self->n_files++;
  assert_without (self->secrets, path, text, length);
  if (strstr (path, "/data/zifu/") != NULL)
    self->n_ledgers_with_name += memmem (text, length, self->name, strlen (self->name)) != NULL;
  else if (g_str_has_suffix (path, ".out"))
    search_output (self, path, text);
  else
    assert_without (self->persons, path, text, length);
}

static void
search_folder (Search *self, const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_str_equal (name, "keyrings") || g_file_test (inner, G_FILE_TEST_IS_SYMLINK))
        continue;
      if (g_file_test (inner, G_FILE_TEST_IS_DIR))
        search_folder (self, inner);
      else if (g_file_test (inner, G_FILE_TEST_IS_REGULAR))
        search_file (self, inner);
    }
}

static void
search_addresses (Search *self)
{
  g_autofree char *at_issuer = issuer_list (peers, "urls"), *at_provider = issuer_list (peers, "feedUrls");
  const char *lists[] = { at_issuer, at_provider };

  /* The search sees what is there. */
  g_assert_nonnull (strstr (at_issuer, "code_challenge="));
  g_assert_nonnull (strstr (at_provider, "/v1/changes?"));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      assert_without (self->secrets, "An address", lists[i], strlen (lists[i]));
      assert_without (self->persons, "An address", lists[i], strlen (lists[i]));
    }
}

/* ---- the programs */

static GSubprocess *
start_program (const char *name, const char *const *argv)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *out = g_strdup_printf ("%s/said/%s.out", session->folder, name);
  g_autofree char *err = g_strdup_printf ("%s/said/%s.err", session->folder, name);
  static const char *const talkative[] = { "G_MESSAGES_DEBUG", "all", "G_DBUS_DEBUG", "all", "SECRET_DEBUG", "all" };
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  for (guint i = 0; i < G_N_ELEMENTS (talkative); i += 2)
    g_subprocess_launcher_setenv (launcher, talkative[i], talkative[i + 1], TRUE);
  g_subprocess_launcher_setenv (launcher, "GSETTINGS_BACKEND", "keyfile", TRUE);
  g_subprocess_launcher_set_stdout_file_path (launcher, out);
  g_subprocess_launcher_set_stderr_file_path (launcher, err);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  return process;
}

/* Waits until a program said something on its standard error. */
static char *
wait_for_words (const char *name, const char *pattern)
{
  g_autofree char *path = g_strdup_printf ("%s/said/%s.err", session->folder, name);

  for (guint i = 0; i < PATIENCE_S * 100; i++)
    {
      g_autofree char *text = NULL;
      char *found = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL))
        found = find_first (text, pattern);
      if (found != NULL)
        return found;
      g_usleep (10000);
    }
  g_error ("%s never said what was waited for", name);
}

static void
end_program (GSubprocess *process, int status)
{
  g_subprocess_wait (process, NULL, NULL);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, status);
  g_object_unref (process);
}

static void
run_cli (const char *name, int status, const char *option, const char *value)
{
  const char *argv[] = { g_getenv ("ZIFU_CLI"), "sync", option, value, NULL };

  end_program (start_program (name, argv), status);
}

static void
connect_with_browser (void)
{
  const char *argv[] = { g_getenv ("ZIFU_CLI"), "sync", "--region", "110000", "--connect", peers->provider, NULL };
  GSubprocess *process = start_program ("connect", argv);
  g_autofree char *url = wait_for_words ("connect", "(http://127[^ \\n]*/auth\\?[^ \\n]*)\\n"), *page = NULL;
  g_autofree char *back = person_walk (url, PERSON_ALLOWS, NULL);

  g_assert_cmpuint (open_page (back, &page), ==, 200);
  end_program (process, 0);
}

static void
sign_in_with_code (void)
{
  const char *argv[] = { g_getenv ("ZIFU_CLI"), "sync", "--code", "--sign-in", "1", NULL };
  GSubprocess *process = start_program ("code", argv);
  g_autofree char *code = wait_for_words ("code", "\\b([A-Z]{4}-[A-Z]{4})\\b");
  g_autofree char *url = wait_for_words ("code", "(http://[^ \\n]*/device)\\b");

  g_assert_null (person_walk (url, PERSON_ALLOWS, code));
  end_program (process, 0);
}

static gint64
count_at_provider (const char *what)
{
  g_autoptr (JsonNode) node = peer_ask (peers->provider, "info?person=owner");
  JsonObject *counts = json_object_get_object_member (json_node_get_object (node), "requests");

  return json_object_get_int_member_with_default (counts, what, 0);
}

/* The window fetches when it opens. */
static void
run_window (void)
{
  g_autoptr (GSubprocess) display = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *number = NULL, *name = NULL;
  const char *argv[] = { g_getenv ("ZIFU_WINDOW"), NULL };
  gint64 before = count_at_provider ("changes");
  GSubprocess *process;

  display = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, "Xvfb", "-displayfd", "1",
                              "-screen", "0", "1280x1024x24", "-nolisten", "tcp", NULL);
  g_assert_nonnull (display);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (display));
  number = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  name = g_strconcat (":", number, NULL);
  g_setenv ("DISPLAY", name, TRUE);
  process = start_program ("window", argv);
  for (guint i = 0; i < PATIENCE_S * 20 && count_at_provider ("changes") == before; i++)
    g_usleep (50000);
  g_assert_cmpint (count_at_provider ("changes"), >, before);
  /* And time to show it. */
  g_usleep (3 * G_USEC_PER_SEC);
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, NULL);
  g_object_unref (process);
  g_unsetenv ("DISPLAY");
  g_subprocess_force_exit (display);
  g_subprocess_wait (display, NULL, NULL);
}

static void
search_everything (const char *token)
{
  Search search = { 0 };

  search.secrets = g_ptr_array_new_with_free_func (secret_free);
  search.persons = g_ptr_array_new_with_free_func (secret_free);
  add_issued (&search);
  add_person (&search, token);
  search_folder (&search, session->folder);
  search_addresses (&search);
  /* The search sees what is there. */
  g_assert_cmpuint (search.n_files, >=, 12);
  g_assert_cmpuint (search.n_ledgers_with_name, >=, 1);
  g_assert_cmpuint (search.n_debug_lines, >=, 100);
  g_ptr_array_unref (search.secrets);
  g_ptr_array_unref (search.persons);
  g_free (search.certno);
  g_free (search.name);
}

/* An access token of the same person, not given to any program that is tested. */
static char *
get_token_of_test (void)
{
  House house = { 0 };
  g_autoptr (ZifuTokens) tokens = NULL;
  g_autoptr (GError) error = NULL;
  char *access;

  house_set_up (&house, NULL);
  tokens = sign_in_well (&house);
  g_assert_no_error (error);
  access = g_strdup (tokens->access);
  house_tear_down (&house, NULL);
  return access;
}

static void
test_leaks (void)
{
  g_autofree char *said = g_build_filename (session->folder, "said", NULL), *token = get_token_of_test ();

  g_assert_cmpint (g_mkdir (said, 0700), ==, 0);
  connect_with_browser ();
  run_cli ("again", 0, NULL, NULL);
  sign_in_with_code ();
  if (g_getenv ("ZIFU_WINDOW") != NULL)
    run_window ();
  run_cli ("list", 0, "--list", NULL);
  peer_tell (peers->provider, "fault?fault=consent");
  run_cli ("fault", 2, NULL, NULL);
  peer_tell (peers->provider, "clear");
  search_everything (token);
  peer_tell (peers->issuer, "withdraw");
  run_cli ("withdrawn", 2, NULL, NULL);
  run_cli ("disconnect", 0, "--disconnect", "1");
}

int
main (int argc, char **argv)
{
  int status;

  set_up_test (&argc, &argv);
  session = session_start ();
  g_test_add_func ("/issuer-leaks/R40/leaks", test_leaks);
  status = run_tests ();
  session_stop (session);
  return status;
}
