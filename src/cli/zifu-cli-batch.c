/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many cases in one file, one a line.  A line that cannot be used gives a line that says so, and the next one is read. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "zifu-cli.h"
#include "zifu-json.h"

static void
print_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  zifu_cli_print_node (node, TRUE);
}

/* For programs: always in English, so that a result does not depend on the language of the machine. */
static int
print_error (const GError *error, gint64 line)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "error", error->message);
  json_object_set_int_member (object, "line", line);
  print_object (object);
  return ZIFU_CLI_BAD_INPUT;
}

static int
print_check (ZifuCaseFile *file, gint64 line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) differences = zifu_case_file_check (file, &error);
  JsonObject *object;
  JsonArray *array;

  if (differences == NULL)
    return print_error (error, line);
  object = json_object_new ();
  array = json_array_new ();
  json_object_set_string_member (object, "id", zifu_case_file_get_id (file));
  for (guint i = 0; i < differences->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (differences, i));
  json_object_set_array_member (object, "differences", array);
  print_object (object);
  return differences->len > 0 ? ZIFU_CLI_DIFFERENT : ZIFU_CLI_OK;
}

static int
run_line (ZifuPackLibrary *library, const char *text, gssize length, const char *name, gint64 line, gboolean check, gboolean with_trace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuCaseFile) file = zifu_case_file_parse (library, text, length, name, &error);
  g_autoptr (JsonNode) result = NULL;

  if (file == NULL)
    return print_error (error, line);
  if (check)
    return print_check (file, line);
  result = zifu_case_file_run (file, &error);
  if (result == NULL)
    return print_error (error, line);
  if (!with_trace)
    zifu_cli_drop_trace (result);
  zifu_cli_print_node (result, TRUE);
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

static int
run_lines (ZifuPackLibrary *library, FILE *stream, const char *file, gboolean check, gboolean with_trace)
{
  char *text = NULL;
  size_t size = 0;
  gssize length;
  int status = ZIFU_CLI_OK;
  gboolean any = FALSE;

  for (gint64 line = 1; (length = getline (&text, &size, stream)) >= 0; line++)
    {
      g_autofree char *name = g_strdup_printf ("%s:%" G_GINT64_FORMAT, file, line);
      int one;

      if (text[length - 1] == '\n')
        length--;
      if (is_blank (text, length))
        continue;
      any = TRUE;
      one = run_line (library, text, length, name, line, check, with_trace);
      status = MAX (status, one);
    }
  free (text);
  if (!any && !ferror (stream))
    {
      g_autoptr (GError) error = NULL;

      zifu_error_set (&error, ZIFU_ERROR_FILE, file, N_ ("the file is empty"), NULL, NULL, NULL);
      return zifu_cli_fail (error);
    }
  return status;
}

/**
 * zifu_cli_batch:
 * @library: the packs
 * @path: a file with one case a line; "-" is the standard input
 * @check: whether to compare each with what it expects
 * @with_trace: whether to write the steps
 *
 * Runs many cases, and writes one line for each.
 *
 * Returns: the exit status: the worst of all lines
 */
int
zifu_cli_batch (ZifuPackLibrary *library, const char *path, gboolean check, gboolean with_trace)
{
  g_autofree char *name = g_filename_display_name (path);
  gboolean is_stdin = g_str_equal (path, "-");
  FILE *stream = is_stdin ? stdin : g_fopen (path, "rbe");
  int status;

  if (stream == NULL)
    {
      g_autoptr (GError) error = NULL;

      zifu_error_set (&error, ZIFU_ERROR_NOT_FOUND, name, N_ ("cannot be read: {1}"), g_strerror (errno), NULL, NULL);
      return zifu_cli_fail (error);
    }
  status = run_lines (library, stream, name, check, with_trace);
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
