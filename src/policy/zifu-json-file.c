/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON out of files. */

#include <errno.h>
#include <stdio.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "zifu-case-file.h"
#include "zifu-json.h"

static char *
read_stream (FILE *stream, const ZifuPath *root, gsize *length, GError **error)
{
  g_autoptr (GString) into = g_string_new (NULL);
  char block[16384];
  gsize n;

  while ((n = fread (block, 1, sizeof block, stream)) > 0)
    {
      g_string_append_len (into, block, (gssize) n);
      if (into->len > ZIFU_JSON_MAX_BYTES)
        {
          zifu_path_error (root, error, ZIFU_ERROR_FILE, N_ ("larger than 64 MB"), NULL, NULL);
          return NULL;
        }
    }
  if (ferror (stream))
    {
      zifu_path_error (root, error, ZIFU_ERROR_FILE, N_ ("cannot be read: {1}"), g_strerror (errno), NULL);
      return NULL;
    }
  *length = into->len;
  return g_string_free (g_steal_pointer (&into), FALSE);
}

/**
 * zifu_json_read_bytes:
 * @path: a file, or "-" for the standard input
 * @length: (out): length in bytes
 * @error: return location for a #GError
 *
 * Reads a whole file of at most %ZIFU_JSON_MAX_BYTES.
 *
 * Returns: (transfer full): the bytes, with a NUL behind them, or %NULL
 */
char *
zifu_json_read_bytes (const char *path, gsize *length, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  ZifuPath root = zifu_path_root (name, "");
  FILE *stream;
  char *bytes;
  gboolean is_stdin = g_str_equal (path, "-");

  stream = is_stdin ? stdin : g_fopen (path, "rbe");
  if (!stream)
    {
      int code = errno;

      zifu_path_error (&root, error, code == ENOENT ? ZIFU_ERROR_NOT_FOUND : ZIFU_ERROR_FILE, N_ ("cannot be read: {1}"), g_strerror (code),
                       NULL);
      return NULL;
    }
  bytes = read_stream (stream, &root, length, error);
  if (!is_stdin)
    fclose (stream);
  return bytes;
}

/**
 * zifu_json_read_file:
 * @path: a file, or "-" for the standard input
 * @error: return location for a #GError
 *
 * Reads a JSON file as zifu_json_read_text() does.
 *
 * Returns: (transfer full): the root, or %NULL
 */
JsonNode *
zifu_json_read_file (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *text = NULL;
  gsize length = 0;

  g_return_val_if_fail (path != NULL, NULL);

  text = zifu_json_read_bytes (path, &length, error);
  if (!text)
    return NULL;
  return zifu_json_read_text (text, (gssize) length, name, error);
}
