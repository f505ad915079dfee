/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-uninstalled.h"

/*
 * A program that is run from where it was built takes what lies there and beside its sources.  A build folder is known by a file that the
 * configuration wrote; no path of it is in the program, so that two builds of one tree are the same.
 */
#define MARK "zifu-sources"
#define MAX_LEVELS 3

/**
 * zifu_uninstalled_find_build:
 *
 * Returns: (transfer full) (nullable): the build folder that this program is run from; %NULL when it is installed
 */
char *
zifu_uninstalled_find_build (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;

  for (guint i = 0; folder != NULL && i < MAX_LEVELS; i++)
    {
      g_autofree char *mark = g_build_filename (folder, MARK, NULL);
      char *parent;

      if (g_file_test (mark, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&folder);
      parent = g_path_get_dirname (folder);
      g_free (folder);
      folder = parent;
    }
  return NULL;
}

/**
 * zifu_uninstalled_find_sources:
 *
 * Returns: (transfer full) (nullable): the folder of the sources of a program that is run from where it was built
 */
char *
zifu_uninstalled_find_sources (void)
{
  g_autofree char *build = zifu_uninstalled_find_build ();
  g_autofree char *mark = build != NULL ? g_build_filename (build, MARK, NULL) : NULL;
  char *sources = NULL;

  if (mark == NULL || !g_file_get_contents (mark, &sources, NULL, NULL))
    return NULL;
  return g_strchomp (sources);
}
