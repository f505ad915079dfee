/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The one runner: every case file below a folder is a test.
 *
 * ZIFU_CASES_DIR names the folder; otherwise it is tests/cases beside this program's sources.  Packs are looked for in its
 * folder "packs", in "packs" of tests/cases, and in $ZIFU_POLICY_DIR, or else data/policies.  Below a folder named "bad"
 * lies what must be refused: a case that expects an error, or any file X with a file X.error beside it that holds a piece of
 * the message.
 */

#include <string.h>

#include "zifu-case-file.h"
#include "zifu-json.h"

typedef struct
{
  ZifuPackLibrary *library;
  char *path;
} Case;

static void
case_free (gpointer data)
{
  Case *one = data;

  zifu_pack_library_unref (one->library);
  g_free (one->path);
  g_free (one);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuCaseFile) file = zifu_case_file_load (one->library, one->path, &error);
  g_autoptr (GPtrArray) differences = NULL;

  g_assert_no_error (error);
  differences = zifu_case_file_check (file, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < differences->len; i++)
    {
      g_test_message ("%s: %s", one->path, (const char *) g_ptr_array_index (differences, i));
      g_test_fail ();
    }
}

/* Every message names the file and the place in it, so that people find what they have to change. */
static void
test_refused (gconstpointer data)
{
  const Case *one = data;
  g_autofree char *beside = g_strconcat (one->path, ".error", NULL);
  g_autofree char *expected = NULL;
  g_autofree char *base = g_path_get_basename (one->path);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuCaseFile) file = NULL;
  g_autoptr (JsonNode) result = NULL;

  if (!g_file_get_contents (beside, &expected, NULL, NULL))
    {
      test_case (data);
      return;
    }
  g_strchomp (expected);
  file = zifu_case_file_load (one->library, one->path, &error);
  result = file ? zifu_case_file_run (file, &error) : NULL;
  g_assert_null (result);
  g_assert_nonnull (error);
  g_assert_true (error->domain == ZIFU_ERROR);
  if (!strstr (error->message, expected) || !strstr (error->message, base))
    {
      g_test_message ("%s: expected '%s', got '%s'", one->path, expected, error->message);
      g_test_fail ();
    }
}

static gboolean
describes_itself (const char *path)
{
  static const char *const fields[] = { "id", "source", "expect" };
  g_autoptr (JsonNode) node = zifu_json_read_file (path, NULL);
  JsonObject *object = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (!object || !json_object_has_member (object, fields[i]))
        return FALSE;
    }
  name = g_strconcat (json_object_get_string_member_with_default (object, "id", ""), ".json", NULL);
  return g_str_equal (name, base);
}

/* What a stored case must say about itself; the program itself asks for less.  Its file is called by its id. */
static void
test_described (gconstpointer data)
{
  const GPtrArray *paths = data;

  g_assert_cmpuint (paths->len, >, 0);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);

      if (describes_itself (path))
        continue;
      g_test_message ("%s: id (the name of the file), source or expect is missing", path);
      g_test_fail ();
    }
}

static char *
get_rows (JsonNode *node)
{
  JsonObject *object = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  GString *rows = g_string_new (NULL);
  JsonNode *list = object ? json_object_get_member (object, "rows") : NULL;

  for (guint i = 0; list && JSON_NODE_HOLDS_ARRAY (list) && i < json_array_get_length (json_node_get_array (list)); i++)
    g_string_append_printf (rows, "%s%s", i > 0 ? "," : "", json_array_get_string_element (json_node_get_array (list), i));
  return g_string_free (rows, FALSE);
}

static void
add_test (ZifuPackLibrary *library, const char *path, const char *relative, gboolean bad)
{
  g_autoptr (JsonNode) node = zifu_json_read_file (path, NULL);
  g_autofree char *rows = get_rows (node);
  g_autofree char *name = g_strndup (relative, strlen (relative) - strlen (".json"));
  g_autofree char *test_path = g_strdup_printf ("/cases/%s%s%s", name, *rows ? "/" : "", rows);
  Case *one = g_new0 (Case, 1);

  one->library = zifu_pack_library_ref (library);
  one->path = g_strdup (path);
  g_test_add_data_func_full (test_path, one, bad ? test_refused : test_case, case_free);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_folder (ZifuPackLibrary *library, const char *root, const char *relative, gboolean bad, GPtrArray *paths)
{
  g_autofree char *folder = g_build_filename (root, relative, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      const char *one = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (folder, one, NULL);
      g_autofree char *inner = *relative ? g_build_filename (relative, one, NULL) : g_strdup (one);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          if (!g_str_equal (one, "packs"))
            add_folder (library, root, inner, bad || g_str_equal (one, "bad"), paths);
        }
      else if (g_str_has_suffix (one, ".json"))
        {
          add_test (library, path, inner, bad);
          if (!bad)
            g_ptr_array_add (paths, g_steal_pointer (&path));
        }
    }
}

/* Only folders of the project: a pack in the home of whoever runs the tests must not change what comes out. */
static void
add_packs (ZifuPackLibrary *library, const char *root, const char *usual)
{
  const char *policies = g_getenv ("ZIFU_POLICY_DIR");
  g_autofree char *own = g_build_filename (root, "packs", NULL);
  g_autofree char *shared = g_build_filename (usual, "packs", NULL);
  g_autofree char *shipped = g_test_build_filename (G_TEST_DIST, "..", "data", "policies", NULL);

  zifu_pack_library_add_folder (library, own, FALSE);
  zifu_pack_library_add_folder (library, shared, FALSE);
  zifu_pack_library_add_folder (library, policies ? policies : shipped, FALSE);
}

int
main (int argc, char **argv)
{
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *usual = NULL;
  const char *root;

  g_test_init (&argc, &argv, NULL);
  usual = g_test_build_filename (G_TEST_DIST, "cases", NULL);
  root = g_getenv ("ZIFU_CASES_DIR") ? g_getenv ("ZIFU_CASES_DIR") : usual;
  add_packs (library, root, usual);
  add_folder (library, root, "", FALSE, paths);
  g_test_add_data_func ("/cases/described", paths, test_described);
  return g_test_run ();
}
