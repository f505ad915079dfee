/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a batch of cases costs, as a ratio to merely parsing the same file with json-glib, line by line.  Prints; asserts nothing
 * about time.
 *
 *     bench-batch ZIFU-CLI [COUNT]
 */
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

static double
wall_time (void)
{
  return g_get_monotonic_time () / 1e6;
}

static double
cpu_time (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* Visits of one city as a clinic's computer might send them: each with its own person, day and amounts. */
static void
write_cases (const char *path, guint count)
{
  static const char *const classes[] = { "1", "2", "3", "community" };
  FILE *file = g_fopen (path, "w");

  for (guint i = 0; i < count; i++)
    fprintf (file,
             "{\"id\": \"batch-%u\", \"policy\": \"110000\", \"person\": {\"insurance\": \"310\", \"status\": \"%s\", \"age\": %u, "
             "\"account\": {\"balance\": \"%u.%02u\"}, \"counters\": {\"op_ded\": \"%u.00\"}}, \"visit\": {\"date\": \"2025-%02u-%02u\", "
             "\"care\": \"outpatient\", \"class\": \"%s\", \"remote\": \"local\", \"designated\": true, \"connected\": true, "
             "\"bill\": {\"total\": \"%u.%02u\", \"out\": \"%u.00\", \"prior\": \"%u.50\"}}}\n",
             i, i % 3 == 0 ? "retired" : "active", 30 + i % 60, i % 5000, i % 100, i % 1900, 1 + i % 12, 1 + i % 28, classes[i % 4],
             200 + i * 7 % 4000, i * 13 % 100, i % 90, i % 40);
  fclose (file);
}

static guint
parse_lines (const char *path)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  FILE *file = g_fopen (path, "r");
  size_t size = 0;
  ssize_t length;
  char *text = NULL;
  guint n = 0;

  while ((length = getline (&text, &size, file)) >= 0)
    n += json_parser_load_from_data (parser, text, length, NULL);
  g_free (text);
  fclose (file);
  return n;
}

int
main (int argc, char *argv[])
{
  guint count = argc > 2 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 100000, n;
  g_autofree char *folder = g_dir_make_tmp ("zifu-batch-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "cases.jsonl", NULL);
  const char *command[] = { argv[1], "settle", "--batch", path, "--no-trace", NULL };
  g_autoptr (GError) error = NULL;
  double wall, cpu, parse_wall, parse_cpu;
  int status = 0;

  if (argc < 2)
    return 2;
  write_cases (path, count);
  wall = wall_time ();
  cpu = cpu_time (RUSAGE_SELF);
  n = parse_lines (path);
  parse_wall = wall_time () - wall;
  parse_cpu = cpu_time (RUSAGE_SELF) - cpu;
  printf ("parsing %u cases with json-glib      %8.3f s %8.3f s of processor\n", n, parse_wall, parse_cpu);
  wall = wall_time ();
  cpu = cpu_time (RUSAGE_CHILDREN);
  if (!g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, &error) || status != 0)
    {
      fprintf (stderr, "%s: %s (status %d)\n", argv[1], error != NULL ? error->message : "failed", status);
      return 1;
    }
  wall = wall_time () - wall;
  cpu = cpu_time (RUSAGE_CHILDREN) - cpu;
  printf ("zifu-cli settle --batch --no-trace     %8.3f s %8.3f s of processor\n", wall, cpu);
  printf ("ratio                                  %8.2f   %8.2f\n", wall / parse_wall, cpu / parse_cpu);
  g_unlink (path);
  g_rmdir (folder);
  return n == count ? 0 : 1;
}
