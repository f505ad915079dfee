/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <gio/gio.h>
#include <string.h>

/* Where else household data lie: what was deleted here may still stand there. */

#define HEADER "SQLite format 3"
#define LOOKED_AT 4096

/* A database of ours, also behind a header of a few lines. */
static gboolean
is_household (GFile *file)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autofree char *bytes = g_malloc0 (LOOKED_AT);
  gsize n = 0;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, LOOKED_AT, &n, NULL, NULL))
    return FALSE;

  for (gsize i = 0; i + 72 <= n; i++)
    if (memcmp (bytes + i, HEADER, sizeof HEADER) == 0)
      {
        guint32 id;

        memcpy (&id, bytes + i + 68, sizeof id);
        id = GUINT32_FROM_BE (id);
        return id == ZIFU_LEDGER_APPLICATION_ID || id == ZIFU_BACKUP_APPLICATION_ID;
      }
  return FALSE;
}

/* What SQLite keeps beside the file is the file: it goes with it.  So is what a link leads to; to open it would drop its locks. */
static gboolean
is_own (ZifuLedger *self, GFile *file)
{
  static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
  g_autofree char *name = g_file_get_path (file);

  if (name != NULL && zifu_ledger_is_open_at (name))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (self->path, ends[i], NULL);
      g_autoptr (GFile) own = g_file_new_for_path (path);

      if (g_file_equal (file, own))
        return TRUE;
    }
  return FALSE;
}

/* A damaged file that was put aside, and its log: it may have lost its beginning, and still holds what it held. */
static gboolean
is_aside (ZifuLedger *self, GFile *file)
{
  g_autofree char *start = g_strconcat (self->path, ZIFU_SALVAGE_ASIDE, NULL);
  g_autoptr (GFile) own = g_file_new_for_path (start);
  g_autofree char *path = g_file_get_path (file), *own_path = g_file_get_path (own);

  return path != NULL && own_path != NULL && g_str_has_prefix (path, own_path) && !g_str_has_suffix (path, "-shm");
}

static void
look_in (ZifuLedger *self, GFile *folder, guint depth, GPtrArray *copies)
{
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                                 G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFileInfo *info;
  GFile *file;

  while (files != NULL && g_file_enumerator_iterate (files, &info, &file, NULL, NULL) && info != NULL)
    {
      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY && depth > 0)
        look_in (self, file, depth - 1, copies);
      else if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR && !is_own (self, file) &&
               (is_aside (self, file) || is_household (file)))
        g_ptr_array_add (copies, g_file_get_path (file));
    }
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * zifu_ledger_list_copies:
 * @self: a ledger
 *
 * Looks for other files with household data beside the ledger and in the folders there: backups, and damaged files that were put aside.
 * Who deletes a person should be told of them, since they keep what they had; copies elsewhere, such as on a memory stick, nobody knows of.
 *
 * Returns: (transfer full) (element-type utf8): their paths, in order
 */
GPtrArray *
zifu_ledger_list_copies (ZifuLedger *self)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GFile) own = NULL;
  g_autoptr (GFile) folder = NULL;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  own = g_file_new_for_path (self->path);
  folder = g_file_get_parent (own);
  if (folder != NULL)
    look_in (self, folder, 2, copies);
  g_ptr_array_sort (copies, compare_paths);
  return g_steal_pointer (&copies);
}
