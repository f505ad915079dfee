/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "zifu-pack-library.h"

#include <string.h>

#include <glib/gi18n.h>

#include "zifu-case-file.h"
#include "zifu-config.h"
#include "zifu-parse.h"
#include "zifu-uninstalled.h"

/* A chain of packs longer than this is a mistake. */
#define MAX_CHAIN 16

typedef struct
{
  char *path;
  gboolean user_installed;
} Folder;

struct _ZifuPackLibrary
{
  gatomicrefcount ref_count;
  GPtrArray *folders;    /* of Folder, in the order of search */
  GHashTable *documents; /* path → ZifuPackDocument */
  GHashTable *packs;     /* id → ZifuPack */
};

static void
folder_free (gpointer data)
{
  Folder *folder = data;

  g_free (folder->path);
  g_free (folder);
}

/**
 * zifu_pack_library_new:
 *
 * Returns: (transfer full): a library without folders
 */
ZifuPackLibrary *
zifu_pack_library_new (void)
{
  ZifuPackLibrary *library = g_new0 (ZifuPackLibrary, 1);

  g_atomic_ref_count_init (&library->ref_count);
  library->folders = g_ptr_array_new_with_free_func (folder_free);
  library->documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) zifu_pack_document_free);
  library->packs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) zifu_pack_unref);
  return library;
}

/* Where the packs that come with the program lie: beside the sources while it is run from where it was built. */
static char *
find_shipped_folder (void)
{
  g_autofree char *sources = zifu_uninstalled_find_sources ();

  if (sources != NULL)
    return g_build_filename (sources, "data", "policies", NULL);
  return g_build_filename (ZIFU_DATA_DIR, "policies", NULL);
}

/**
 * zifu_pack_library_add_default_folders:
 * @library: a library
 *
 * Adds the usual folders.  That of the user comes first, so that a pack of one's own may stand in for one that comes with
 * the program; then $ZIFU_POLICY_DIR, if that is set; then what comes with the program.
 */
void
zifu_pack_library_add_default_folders (ZifuPackLibrary *library)
{
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "zifu", "policies", NULL);
  g_autofree char *shipped = find_shipped_folder ();
  const char *extra = g_getenv ("ZIFU_POLICY_DIR");

  g_return_if_fail (library != NULL);

  zifu_pack_library_add_folder (library, own, TRUE);
  if (extra && *extra)
    zifu_pack_library_add_folder (library, extra, FALSE);
  zifu_pack_library_add_folder (library, shipped, FALSE);
}

/**
 * zifu_pack_library_new_default:
 *
 * Returns: (transfer full): a library with the usual folders; see zifu_pack_library_add_default_folders()
 */
ZifuPackLibrary *
zifu_pack_library_new_default (void)
{
  ZifuPackLibrary *library = zifu_pack_library_new ();

  zifu_pack_library_add_default_folders (library);
  return library;
}

/**
 * zifu_pack_library_ref:
 * @library: a library
 *
 * Returns: (transfer full): @library
 */
ZifuPackLibrary *
zifu_pack_library_ref (ZifuPackLibrary *library)
{
  g_return_val_if_fail (library != NULL, NULL);

  g_atomic_ref_count_inc (&library->ref_count);
  return library;
}

/**
 * zifu_pack_library_unref:
 * @library: (transfer full): a library
 *
 * Gives up a reference; packs that were loaded stay with those who hold them.
 */
void
zifu_pack_library_unref (ZifuPackLibrary *library)
{
  g_return_if_fail (library != NULL);

  if (!g_atomic_ref_count_dec (&library->ref_count))
    return;
  g_ptr_array_unref (library->folders);
  g_hash_table_unref (library->documents);
  g_hash_table_unref (library->packs);
  g_free (library);
}

/**
 * zifu_pack_library_add_folder:
 * @library: a library
 * @path: a folder; it need not exist
 * @user_installed: whether its packs are the user's own
 *
 * Adds a folder that is searched after those that were added before.
 */
void
zifu_pack_library_add_folder (ZifuPackLibrary *library, const char *path, gboolean user_installed)
{
  Folder *folder;

  g_return_if_fail (library != NULL);
  g_return_if_fail (path != NULL);

  folder = g_new0 (Folder, 1);
  folder->path = g_strdup (path);
  folder->user_installed = user_installed;
  g_ptr_array_add (library->folders, folder);
}

/* An id becomes the name of a file: it must not lead out of the folder. */
static gboolean
is_plain_name (const char *id)
{
  return *id && *id != '.' && !strchr (id, '/') && !strchr (id, G_DIR_SEPARATOR) && strlen (id) <= 200;
}

static char *
find_file (ZifuPackLibrary *library, const char *id, gboolean *user_installed)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);

  for (guint i = 0; i < library->folders->len; i++)
    {
      const Folder *folder = g_ptr_array_index (library->folders, i);
      g_autofree char *path = g_build_filename (folder->path, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      *user_installed = folder->user_installed;
      return g_steal_pointer (&path);
    }
  return NULL;
}

/* The document stays with the library. */
static ZifuPackDocument *
read_document (ZifuPackLibrary *library, const char *path, GError **error)
{
  ZifuPackDocument *found = g_hash_table_lookup (library->documents, path);
  g_autoptr (ZifuPackDocument) document = NULL;
  g_autofree char *name = g_filename_display_name (path);
  JsonNode *node;

  if (found)
    return found;
  node = zifu_json_read_file (path, error);
  if (!node)
    return NULL;
  document = zifu_pack_document_new (node, name, "");
  if (!zifu_pack_document_check (document, error))
    return NULL;
  found = g_steal_pointer (&document);
  g_hash_table_insert (library->documents, g_strdup (path), found);
  return found;
}

static ZifuPackDocument *
find_document (ZifuPackLibrary *library, const char *id, const ZifuPath *path, gboolean *user_installed, GError **error)
{
  g_autofree char *file = NULL;

  if (!is_plain_name (id))
    {
      zifu_path_error (path, error, ZIFU_ERROR_NOT_FOUND, N_ ("'{1}' cannot be the id of a pack"), id, NULL);
      return NULL;
    }
  file = find_file (library, id, user_installed);
  if (!file)
    {
      zifu_path_error (path, error, ZIFU_ERROR_NOT_FOUND, N_ ("no pack '{1}'"), id, NULL);
      return NULL;
    }
  return read_document (library, file, error);
}

/**
 * zifu_pack_library_get_chain:
 * @library: a library
 * @leaf: a checked document; must outlive @chain
 * @chain: (element-type ZifuPackDocument): filled with the documents that @leaf extends and @leaf itself, the root first; the
 *   array does not own them
 * @error: return location for a #GError
 *
 * Finds what a pack inherits.
 *
 * Returns: whether every parent was found and no pack extends itself
 */
gboolean
zifu_pack_library_get_chain (ZifuPackLibrary *library, ZifuPackDocument *leaf, GPtrArray *chain, GError **error)
{
  for (ZifuPackDocument *document = leaf; document;)
    {
      const char *parent = zifu_pack_document_get_parent (document);
      const char *id = zifu_pack_document_get_id (document);
      ZifuPath root = zifu_path_root (document->file, document->pointer);
      ZifuPath path = zifu_path_member (&root, "extends");
      gboolean user_installed = FALSE;

      for (guint i = 0; i < chain->len; i++)
        {
          if (g_str_equal (zifu_pack_document_get_id (g_ptr_array_index (chain, i)), id) || chain->len > MAX_CHAIN)
            {
              zifu_path_error (&path, error, ZIFU_ERROR_POLICY, N_ ("pack '{1}' extends itself"), id, NULL);
              return FALSE;
            }
        }
      g_ptr_array_insert (chain, 0, document);
      if (!parent)
        return TRUE;
      document = find_document (library, parent, &path, &user_installed, error);
    }
  return FALSE;
}

static ZifuPack *
build (ZifuPackLibrary *library, ZifuPackDocument *leaf, GError **error)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new ();

  if (!zifu_pack_library_get_chain (library, leaf, chain, error))
    return NULL;
  return zifu_pack_build (chain, error);
}

/**
 * zifu_pack_library_load:
 * @library: a library
 * @id: id of a pack: the name of its file without ".json"
 * @error: return location for a #GError
 *
 * Loads a pack with everything that it inherits, from the first folder that has it.
 *
 * Returns: (transfer full): the pack, or %NULL
 */
ZifuPack *
zifu_pack_library_load (ZifuPackLibrary *library, const char *id, GError **error)
{
  ZifuPath path = zifu_path_root (NULL, "/policy");
  gboolean user_installed = FALSE;
  ZifuPackDocument *document;
  ZifuPack *pack;

  g_return_val_if_fail (library != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  pack = g_hash_table_lookup (library->packs, id);
  if (pack)
    return zifu_pack_ref (pack);
  document = find_document (library, id, &path, &user_installed, error);
  if (!document)
    return NULL;
  pack = build (library, document, error);
  if (!pack)
    return NULL;
  pack->user_installed = user_installed;
  g_hash_table_insert (library->packs, g_strdup (id), zifu_pack_ref (pack));
  return pack;
}

/**
 * zifu_pack_library_load_inline:
 * @library: a library, for the packs that this one extends
 * @document: the pack as written
 * @file: (nullable): the file in which it stands, as messages name it
 * @pointer: where it stands in that file
 * @error: return location for a #GError
 *
 * Loads a pack that stands in another document, such as a case file.
 *
 * Returns: (transfer full): the pack, or %NULL
 */
ZifuPack *
zifu_pack_library_load_inline (ZifuPackLibrary *library, JsonNode *document, const char *file, const char *pointer, GError **error)
{
  g_autoptr (ZifuPackDocument) leaf = NULL;

  g_return_val_if_fail (library != NULL, NULL);
  g_return_val_if_fail (document != NULL, NULL);

  leaf = zifu_pack_document_new (json_node_ref (document), file, pointer);
  return zifu_pack_document_check (leaf, error) ? build (library, leaf, error) : NULL;
}

/**
 * zifu_pack_library_load_file:
 * @library: a library, for the packs that this one extends
 * @path: a file
 * @error: return location for a #GError
 *
 * Loads a pack from a file that need not lie in one of the folders.
 *
 * Returns: (transfer full): the pack, or %NULL
 */
ZifuPack *
zifu_pack_library_load_file (ZifuPackLibrary *library, const char *path, GError **error)
{
  ZifuPackDocument *document;

  g_return_val_if_fail (library != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  document = read_document (library, path, error);
  return document ? build (library, document, error) : NULL;
}

/**
 * zifu_pack_info_free:
 * @info: (nullable) (transfer full): what is known of a pack
 *
 * Frees it.
 */
void
zifu_pack_info_free (ZifuPackInfo *info)
{
  if (!info)
    return;
  g_free (info->id);
  g_free (info->title.zh);
  g_free (info->title.en);
  g_free (info->path);
  g_clear_error (&info->problem);
  g_free (info);
}

static ZifuPackInfo *
describe (ZifuPackLibrary *library, const Folder *folder, const char *id, GHashTable *parents)
{
  ZifuPackInfo *info = g_new0 (ZifuPackInfo, 1);
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  ZifuPackDocument *document;
  JsonNode *title;

  info->id = g_strdup (id);
  info->path = g_build_filename (folder->path, name, NULL);
  info->user_installed = folder->user_installed;
  document = read_document (library, info->path, &info->problem);
  if (!document)
    return info;
  title = json_object_get_member (json_node_get_object (document->node), "title");
  if (title)
    {
      ZifuPath root = zifu_path_root (document->file, "");
      ZifuPath path = zifu_path_member (&root, "title");

      zifu_json_to_text (title, &path, &info->title, &info->problem);
    }
  if (zifu_pack_document_get_parent (document))
    g_hash_table_add (parents, g_strdup (zifu_pack_document_get_parent (document)));
  return info;
}

static gboolean
list_folder (ZifuPackLibrary *library, const Folder *folder, GHashTable *seen, GHashTable *parents, GPtrArray *list, GError **error)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (folder->path, G_FILE_TEST_IS_DIR))
    return TRUE;
  dir = g_dir_open (folder->path, 0, error);
  if (!dir)
    return FALSE;
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *id = NULL;

      if (!g_str_has_suffix (name, ".json"))
        continue;
      id = g_strndup (name, strlen (name) - strlen (".json"));
      if (!is_plain_name (id) || !g_utf8_validate (id, -1, NULL) || !g_hash_table_add (seen, g_strdup (id)))
        continue;
      g_ptr_array_add (list, describe (library, folder, id, parents));
    }
  return TRUE;
}

static gboolean
is_region_code (const char *id)
{
  return strlen (id) == 6 && strspn (id, "0123456789") == 6 && !g_str_equal (id, "100000");
}

static int
compare_infos (gconstpointer a, gconstpointer b)
{
  const ZifuPackInfo *const *first = a;
  const ZifuPackInfo *const *second = b;

  return strcmp ((*first)->id, (*second)->id);
}

/**
 * zifu_pack_library_list:
 * @library: a library
 * @error: return location for a #GError
 *
 * Lists the packs of all folders by id, each from the first folder that has it.  A file that is no pack is listed with its
 * problem: it must not hide the others.
 *
 * Returns: (transfer full) (element-type ZifuPackInfo): the packs, or %NULL when a folder cannot be read
 */
GPtrArray *
zifu_pack_library_list (ZifuPackLibrary *library, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_pack_info_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) parents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_val_if_fail (library != NULL, NULL);

  for (guint i = 0; i < library->folders->len; i++)
    {
      if (!list_folder (library, g_ptr_array_index (library->folders, i), seen, parents, list, error))
        return NULL;
    }
  for (guint i = 0; i < list->len; i++)
    {
      ZifuPackInfo *info = g_ptr_array_index (list, i);

      info->base = !is_region_code (info->id) && (g_hash_table_contains (parents, info->id) || g_str_equal (info->id, "100000"));
    }
  g_ptr_array_sort (list, compare_infos);
  return g_steal_pointer (&list);
}
