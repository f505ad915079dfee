/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many cases in one file, one a line.  A line that cannot be used gives a line that says so, and the next one is read. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "zifu-cli.h"
#include "zifu-json.h"

/* What one thread takes at a time: so many lines, or fewer when they are long. */
#define LINES 1024
#define BYTES (2 * 1024 * 1024)

/*
 * What every line is run with.
 */
typedef struct {
  ZifuPackLibrary *library;
  const char      *file; /* as messages name it */
  gboolean         check, with_trace;
} Batch;

/*
 * Some lines, and what comes of them.  Each thread has packs of its own.
 */
typedef struct {
  const Batch     *batch;
  ZifuPackLibrary *library;
  ZifuCaseDesk    *desk;
  GString         *lines; /* one behind the other */
  gssize           lengths[LINES];
  gint64           first; /* number of the first of them */
  guint            n;
  GString         *results;
  int              status;
} Work;

static void
work_init (Work *work, const Batch *batch, ZifuPackLibrary *library)
{
  *work = (Work){ .batch = batch, .library = library, .desk = zifu_case_desk_new () };
  /* For tests: what is remembered of a visit must settle it like the first time. */
  zifu_case_desk_set_twice (work->desk, g_getenv ("ZIFU_SETTLE_TWICE") != NULL);
  work->lines = g_string_new (NULL);
  work->results = g_string_new (NULL);
}

static void
work_clear (Work *work)
{
  zifu_case_desk_free (work->desk);
  zifu_pack_library_unref (work->library);
  g_string_free (work->lines, TRUE);
  g_string_free (work->results, TRUE);
}

static void
add_object (Work *work, JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  json_node_take_object (node, object);
  text = zifu_json_write (node, ZIFU_JSON_LINE);
  g_string_append (work->results, text);
}

/* For programs: always in English, so that a result does not depend on the language of the machine. */
static int
add_error (Work *work, const GError *error, gint64 line)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "error", error->message);
  json_object_set_int_member (object, "line", line);
  add_object (work, object);
  return ZIFU_CLI_BAD_INPUT;
}

static int
add_check (Work *work, ZifuCaseFile *file, gint64 line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) differences = zifu_case_file_check (file, &error);
  JsonObject *object;
  JsonArray *array;

  if (differences == NULL)
    return add_error (work, error, line);
  object = json_object_new ();
  array = json_array_new ();
  json_object_set_string_member (object, "id", zifu_case_file_get_id (file));
  for (guint i = 0; i < differences->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (differences, i));
  json_object_set_array_member (object, "differences", array);
  add_object (work, object);
  return differences->len > 0 ? ZIFU_CLI_DIFFERENT : ZIFU_CLI_OK;
}

static int
run_line (Work *work, const char *text, gssize length, gint64 line)
{
  g_autofree char *name = g_strdup_printf ("%s:%" G_GINT64_FORMAT, work->batch->file, line);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuCaseFile) file = zifu_case_file_parse (work->library, text, length, name, &error);

  if (file == NULL)
    return add_error (work, error, line);
  if (work->batch->check)
    return add_check (work, file, line);
  if (!zifu_case_file_write (file, work->desk, work->batch->with_trace, work->results, &error))
    return add_error (work, error, line);
  return ZIFU_CLI_OK;
}

static gboolean
is_blank (const char *text, gssize length)
{
  for (gssize i = 0; i < length; i++)
    {
      if (!g_ascii_isspace (text[i]))
        return FALSE;
    }
  return TRUE;
}

static gpointer
run_work (gpointer data)
{
  Work *work = data;
  const char *text = work->lines->str;

  work->status = ZIFU_CLI_OK;
  for (guint i = 0; i < work->n; i++)
    {
      gssize length = work->lengths[i];

      if (!is_blank (text, length))
        {
          int one = run_line (work, text, length, work->first + i);

          g_string_append_c (work->results, '\n');
          work->status = MAX (work->status, one);
        }
      text += length;
    }
  return NULL;
}

/* Takes up to @most lines; FALSE = there are none any more. */
static gboolean
fill (Work *work, FILE *stream, gint64 *line, guint most)
{
  char *text = NULL;
  size_t size = 0;
  gssize length;

  g_string_truncate (work->lines, 0);
  g_string_truncate (work->results, 0);
  work->first = *line;
  work->n = 0;
  while (work->n < most && work->lines->len < BYTES && (length = getline (&text, &size, stream)) >= 0)
    {
      if (length > 0 && text[length - 1] == '\n')
        length--;
      g_string_append_len (work->lines, text, length);
      work->lengths[work->n++] = length;
    }
  free (text);
  *line += work->n;
  return work->n > 0;
}

/* Every worker takes some lines; the first one's are done here.  The results come in the order of the lines. */
static gboolean
run_round (Work *works, guint n_works, FILE *stream, gint64 *line, guint most)
{
  g_autofree GThread **threads = g_new0 (GThread *, n_works);
  guint n = 0;

  while (n < n_works && fill (&works[n], stream, line, most))
    n++;
  for (guint i = 1; i < n; i++)
    threads[i] = g_thread_new ("batch", run_work, &works[i]);
  if (n > 0)
    run_work (&works[0]);
  for (guint i = 0; i < n; i++)
    {
      if (threads[i] != NULL)
        g_thread_join (threads[i]);
      fwrite (works[i].results->str, 1, works[i].results->len, stdout);
    }
  fflush (stdout);
  for (guint i = n; i < n_works; i++)
    works[i].n = 0;
  return n == n_works;
}

/* @one_by_one: each line is answered before the next one is read. */
static int
run_lines (const Batch *batch, const ZifuCliOptions *options, FILE *stream, gboolean one_by_one)
{
  guint n_works = one_by_one ? 1 : CLAMP (g_get_num_processors (), 1, 16);
  g_autofree Work *works = g_new0 (Work, n_works);
  int status = ZIFU_CLI_OK;
  gint64 line = 1;
  gboolean more = TRUE, any = FALSE;

  for (guint i = 0; i < n_works; i++)
    work_init (&works[i], batch, i == 0 ? zifu_pack_library_ref (batch->library) : zifu_cli_open_library (options));
  while (more)
    {
      more = run_round (works, n_works, stream, &line, one_by_one ? 1 : LINES);
      for (guint i = 0; i < n_works; i++)
        if (works[i].n > 0)
          {
            any = any || works[i].results->len > 0;
            status = MAX (status, works[i].status);
          }
    }
  for (guint i = 0; i < n_works; i++)
    work_clear (&works[i]);
  if (!any && !ferror (stream))
    {
      g_autoptr (GError) error = NULL;

      zifu_error_set (&error, ZIFU_ERROR_FILE, batch->file, N_ ("the file is empty"), NULL, NULL, NULL);
      return zifu_cli_fail (error);
    }
  return status;
}

/* Whether all lines are there already; somebody at the other end of a pipe may wait for each answer. */
static gboolean
is_file (FILE *stream)
{
  struct stat status;

  return fstat (fileno (stream), &status) == 0 && S_ISREG (status.st_mode);
}

/**
 * zifu_cli_batch:
 * @library: the packs
 * @options: from which the library was made
 * @path: a file with one case a line; "-" is the standard input
 * @check: whether to compare each with what it expects
 * @with_trace: whether to write the steps
 *
 * Runs many cases, and writes one line for each.
 *
 * Returns: the exit status: the worst of all lines
 */
int
zifu_cli_batch (ZifuPackLibrary *library, const ZifuCliOptions *options, const char *path, gboolean check, gboolean with_trace)
{
  g_autofree char *name = g_filename_display_name (path);
  gboolean is_stdin = g_str_equal (path, "-");
  const Batch batch = { library, name, check, with_trace };
  FILE *stream = is_stdin ? stdin : g_fopen (path, "rbe");
  int status;

  if (stream == NULL)
    {
      g_autoptr (GError) error = NULL;

      zifu_error_set (&error, ZIFU_ERROR_NOT_FOUND, name, N_ ("cannot be read: {1}"), g_strerror (errno), NULL, NULL);
      return zifu_cli_fail (error);
    }
  status = run_lines (&batch, options, stream, !is_file (stream));
  if (ferror (stream))
    {
      g_autoptr (GError) error = NULL;

      zifu_error_set (&error, ZIFU_ERROR_FILE, name, N_ ("cannot be read: {1}"), g_strerror (errno), NULL, NULL);
      status = zifu_cli_fail (error);
    }
  if (!is_stdin)
    fclose (stream);
  return status;
}
