/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A program that is run from where it was built finds its build and its sources; the same program elsewhere finds neither. */

#include <glib/gstdio.h>

#include "zifu-uninstalled.h"

#define PROBE "--probe"

static void
test_here (void)
{
  g_autofree char *build = zifu_uninstalled_find_build ();
  g_autofree char *sources = zifu_uninstalled_find_sources ();
  g_autofree char *tests = sources != NULL ? g_build_filename (sources, "tests", NULL) : NULL;
  g_autofree char *packs = sources != NULL ? g_build_filename (sources, "data", "policies", "national.json", NULL) : NULL;

  g_assert_nonnull (build);
  g_assert_cmpstr (tests, ==, g_getenv ("G_TEST_SRCDIR"));
  g_assert_true (g_file_test (packs, G_FILE_TEST_EXISTS));
}

static void
test_elsewhere (void)
{
  g_autofree char *folder = g_dir_make_tmp ("zifu-uninstalled-XXXXXX", NULL);
  g_autofree char *copy = g_build_filename (folder, "probe", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  const char *argv[] = { copy, PROBE, NULL };
  gsize length;
  int status;

  g_assert_true (g_file_get_contents ("/proc/self/exe", &contents, &length, &error));
  g_assert_true (g_file_set_contents_full (copy, contents, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0700, &error));
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_remove (copy);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  if (argc == 2 && g_str_equal (argv[1], PROBE))
    {
      g_autofree char *build = zifu_uninstalled_find_build ();
      g_autofree char *sources = zifu_uninstalled_find_sources ();

      return build == NULL && sources == NULL ? 0 : 1;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/uninstalled/here", test_here);
  g_test_add_func ("/uninstalled/elsewhere", test_elsewhere);
  return g_test_run ();
}
