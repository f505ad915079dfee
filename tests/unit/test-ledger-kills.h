/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Programs that are killed in the middle of long work, and disks that are full.  Before the first header: _GNU_SOURCE.
 *
 * ZIFU_KILL_COUNT says how often each test program kills; `meson test --setup kills` sets it.
 */

#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test-ledger-common.h"

typedef struct {
  const char *name;
  void     (*prepare) (const char *path);
  gboolean (*act) (const char *path);  /* whether it went well */
  int      (*state) (const char *path); /* 0 = nothing happened, 1 = all of it, −1 = something between */
  void     (*reset) (const char *path); /* nullable: puts what lies beside the file as it was before */
} Action;

static inline void
copy_file (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  g_autofree char *log = g_strconcat (to, "-wal", NULL);
  g_autofree char *index = g_strconcat (to, "-shm", NULL);
  gsize length;

  g_remove (log);
  g_remove (index);
  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (to, bytes, length, NULL));
}

/* The program that is killed; its descriptors are its own. */
static inline void
run_and_kill (const Action *action, const char *path, gint64 after)
{
  int status;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (action->act (path) ? 0 : 1);

  g_usleep (after);
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) || (WIFEXITED (status) && WEXITSTATUS (status) == 0));
}

static inline void
assert_sound (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = open_ledger (path);
  g_autoptr (GPtrArray) problems = zifu_ledger_verify (ledger, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

/* How long it takes, in a program like the one that will be killed: here it goes faster, and who is only killed early never comes far. */
static inline gint64
time_action (const Action *action, const char *path)
{
  gint64 begin = g_get_monotonic_time (), took;
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (action->act (path) ? 0 : 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  took = g_get_monotonic_time () - begin;
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  g_assert_cmpint (action->state (path), ==, 1);
  return CLAMP (took, 2000, 10 * G_USEC_PER_SEC);
}

/* Does @action again and again, is killed in the middle of it, and looks at what is there. */
static inline void
run_action (Fixture *fixture, const Action *action, guint n_actions)
{
  const char *count = g_getenv ("ZIFU_KILL_COUNT");
  guint n = MAX (1, (count != NULL ? (guint) atoi (count) : 50) / n_actions), n_done[2] = { 0 };
  g_autofree char *template_path = g_build_filename (fixture->folder, "own", "template.db", NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (39);
  gint64 pace;

  action->prepare (template_path);
  copy_file (template_path, fixture->path);
  if (action->reset != NULL)
    action->reset (fixture->path);
  pace = time_action (action, fixture->path);

  for (guint round = 0; round < n; round++)
    {
      int state;

      copy_file (template_path, fixture->path);
      if (action->reset != NULL)
        action->reset (fixture->path);
      run_and_kill (action, fixture->path, g_rand_int_range (rand, 0, (gint32) (pace * 3 / 2)));
      state = action->state (fixture->path);
      g_assert_cmpint (state, >=, 0);
      n_done[state]++;
      assert_sound (fixture->path);

      /* What did not happen happens when it is tried again; what happened stays. */
      g_assert_true (action->act (fixture->path));
      g_assert_cmpint (action->state (fixture->path), ==, 1);
      assert_sound (fixture->path);
    }
  g_test_message ("%s: killed %u times, nothing done %u times, all done %u times", action->name, n, n_done[0], n_done[1]);
}

/* Runs @function in a program of its own; it ends well or the test does not. */
static inline void
run_apart (const char *path, void (*function) (const char *path))
{
  int status;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      function (path);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* In a function of its own: what the caller holds at the fork, the other program never gives back. */
static inline void
make_folder_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
}

/* A disk of two megabytes that only this program sees; else files that may not grow. */
static inline void
make_small (const char *folder)
{
  struct rlimit limit = { 700000, 700000 };

  if (geteuid () == 0 && unshare (CLONE_NEWNS) == 0 && mount ("none", "/", "", MS_REC | MS_PRIVATE, "") == 0 &&
      mount ("tmpfs", folder, "tmpfs", 0, "size=2m") == 0)
    return;
  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &limit);
}
