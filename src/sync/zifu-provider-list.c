/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-provider-list.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zifu-config.h"
#include "zifu-json.h"
#include "zifu-words.h"

/* An entry is a few lines; a folder that is full of them is not meant. */
#define MAX_BYTES (64 * 1024)
#define MAX_FILES 500

/**
 * zifu_provider_list_folders:
 *
 * Returns: (transfer full): where entries are looked for, the first one that names an address counts: zifu/providers in the folder of the
 *   user's data, in those of the system ($XDG_DATA_DIRS), and in that of this program
 */
char **
zifu_provider_list_folders (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "zifu", "providers", NULL);
  g_autofree char *shipped = g_build_filename (ZIFU_DATA_DIR, "providers", NULL);
  gboolean seen = FALSE;

  g_strv_builder_add (builder, own);
  for (const char *const *dir = g_get_system_data_dirs (); *dir != NULL; dir++)
    {
      g_autofree char *path = g_build_filename (*dir, "zifu", "providers", NULL);

      seen = seen || g_str_equal (path, shipped);
      g_strv_builder_add (builder, path);
    }
  if (!seen)
    g_strv_builder_add (builder, shipped);
  return g_strv_builder_end (builder);
}

static gboolean
fail (GError **error, ZifuError code, const char *path, const char *message, const char *detail)
{
  ZifuPath root = zifu_path_root (path, "");

  zifu_path_error (&root, error, code, message, detail, NULL);
  return FALSE;
}

/* A file of a folder that others may write to: no device, no pipe, and no more than an entry needs. */
static gboolean
read_file (const char *path, char *into, gsize *length, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
  struct stat info;
  gssize n;

  if (fd < 0)
    return fail (error, ZIFU_ERROR_FILE, path, N_("cannot be read: {1}"), g_strerror (errno));
  *length = 0;
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      close (fd);
      return fail (error, ZIFU_ERROR_FILE, path, N_("is not a plain file"), NULL);
    }
  while ((n = read (fd, into + *length, MAX_BYTES + 1 - *length)) > 0 || (n < 0 && errno == EINTR))
    *length += n > 0 ? (gsize) n : 0;
  close (fd);
  if (n < 0)
    return fail (error, ZIFU_ERROR_FILE, path, N_("cannot be read: {1}"), g_strerror (errno));
  return *length <= MAX_BYTES || fail (error, ZIFU_ERROR_FILE, path, N_("is larger than 64 kB"), NULL);
}

static ZifuProvider *
read_entry (const char *path, GError **error)
{
  g_autofree char *text = g_malloc (MAX_BYTES + 1);
  g_autofree char *name = g_filename_display_name (path);
  gsize length;

  return read_file (path, text, &length, error) ? zifu_provider_parse (text, length, name, error) : NULL;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_files (const char *folder)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL && paths->len < MAX_FILES; name = g_dir_read_name (dir))
    if (name[0] != '.' && g_str_has_suffix (name, ".json"))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_paths);
  return g_steal_pointer (&paths);
}

static gboolean
has_address (GPtrArray *providers, const char *address)
{
  for (guint i = 0; i < providers->len; i++)
    if (g_ascii_strcasecmp (((const ZifuProvider *) g_ptr_array_index (providers, i))->address, address) == 0)
      return TRUE;
  return FALSE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const ZifuProvider *one = *(const ZifuProvider *const *) a, *other = *(const ZifuProvider *const *) b;
  int order = g_utf8_collate (zifu_words_text (&one->name), zifu_words_text (&other->name));

  return order != 0 ? order : g_strcmp0 (one->address, other->address);
}

/**
 * zifu_provider_list_read:
 * @folders: (array zero-terminated=1): folders, of which each may be missing
 * @problems: (nullable) (element-type utf8): where it is written, in the language of the user, which files cannot be used and why
 *
 * Reads the entries of all folders.  A file that cannot be used hides no other; of entries with one address the first one counts.
 *
 * Returns: (transfer full) (element-type ZifuProvider): the entries, sorted by name
 */
GPtrArray *
zifu_provider_list_read (const char *const *folders, GPtrArray *problems)
{
  g_autoptr (GPtrArray) providers = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_provider_free);

  g_return_val_if_fail (folders != NULL, NULL);

  for (; *folders != NULL; folders++)
    {
      g_autoptr (GPtrArray) paths = list_files (*folders);

      for (guint i = 0; i < paths->len; i++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (ZifuProvider) provider = read_entry (g_ptr_array_index (paths, i), &error);

          if (provider == NULL && problems != NULL)
            g_ptr_array_add (problems, zifu_words_error (error));
          else if (provider != NULL && !has_address (providers, provider->address))
            g_ptr_array_add (providers, g_steal_pointer (&provider));
        }
    }
  g_ptr_array_sort (providers, compare_names);
  return g_steal_pointer (&providers);
}
