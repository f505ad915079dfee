/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Packs that must be refused: one file of tests/lint each.  It holds the pack (or a text that is no JSON), every remark that is
 * expected, word by word, and who refuses it: the loader, so that no bill can be settled with it, or the linter alone.
 */

#include <string.h>

#include "zifu-case-file.h"
#include "zifu-json.h"
#include "zifu-lint.h"

static const char *
get_string (JsonObject *file, const char *member)
{
  return json_object_has_member (file, member) ? json_object_get_string_member (file, member) : NULL;
}

static const char *
severity_word (ZifuLintSeverity severity)
{
  static const char *const words[] = {
    [ZIFU_LINT_UNVERIFIED] = "unverified",
    [ZIFU_LINT_INFO] = "note",
    [ZIFU_LINT_WARNING] = "warning",
    [ZIFU_LINT_ERROR] = "error",
  };

  return words[severity];
}

static void
add_line (GPtrArray *lines, const char *where, const char *severity, const char *text)
{
  g_ptr_array_add (lines, g_strdup_printf ("%s: %s: %s", where, severity, text));
}

static char *
get_parents_folder (void)
{
  return g_test_build_filename (G_TEST_DIST, "lint", "parents", NULL);
}

/* A parent is named by its whole path, which depends on where the tree lies. */
static void
add_error (GPtrArray *lines, const GError *error)
{
  const ZifuErrorDetail *detail = zifu_error_detail (error);
  g_autofree char *text = zifu_template_fill (detail->template_, (const char *const *) detail->args, G_N_ELEMENTS (detail->args));
  g_autofree char *parents = get_parents_folder ();
  gboolean below = g_str_has_prefix (detail->where, parents);

  add_line (lines, below ? detail->where + strlen (parents) + 1 : detail->where, "error", text);
}

static ZifuPackLibrary *
open_library (void)
{
  g_autofree char *parents = get_parents_folder ();
  ZifuPackLibrary *library = zifu_pack_library_new ();

  zifu_pack_library_add_folder (library, parents, FALSE);
  return library;
}

/* What the linter says, or why it could not even begin. */
static GPtrArray *
lint (ZifuPackLibrary *library, JsonNode *pack)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) remarks = zifu_lint_node (library, pack, "pack.json", &error);

  if (!remarks)
    {
      add_error (lines, error);
      return lines;
    }
  for (guint i = 0; i < remarks->len; i++)
    {
      const ZifuRemark *remark = g_ptr_array_index (remarks, i);
      g_autofree char *text = zifu_template_fill (remark->template_, (const char *const *) remark->args, G_N_ELEMENTS (remark->args));

      add_line (lines, remark->where, severity_word (remark->severity), text);
    }
  return lines;
}

/* What the loader says; an empty list when it takes the pack. */
static GPtrArray *
load (ZifuPackLibrary *library, JsonNode *pack)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPack) loaded = zifu_pack_library_load_inline (library, pack, "pack.json", "", &error);

  g_assert_true ((loaded != NULL) == (error == NULL));
  if (error)
    add_error (lines, error);
  return lines;
}

static void
assert_lines (JsonArray *expected, GPtrArray *found)
{
  gboolean equal = json_array_get_length (expected) == found->len;

  for (guint i = 0; equal && i < found->len; i++)
    equal = g_str_equal (json_array_get_string_element (expected, i), g_ptr_array_index (found, i));
  if (equal)
    return;
  for (guint i = 0; i < json_array_get_length (expected); i++)
    g_test_message ("expected %s", json_array_get_string_element (expected, i));
  for (guint i = 0; i < found->len; i++)
    g_test_message ("got      %s", (const char *) g_ptr_array_index (found, i));
  g_test_fail ();
}

static void
test_text (JsonObject *file)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = zifu_json_read_text (get_string (file, "text"), -1, "pack.json", &error);

  g_assert_null (node);
  g_assert_nonnull (error);
  add_error (lines, error);
  assert_lines (json_object_get_array_member (file, "expect"), lines);
}

static void
test_pack (JsonObject *file)
{
  g_autoptr (ZifuPackLibrary) library = open_library ();
  JsonNode *pack = json_object_get_member (file, "pack");
  JsonArray *expected = json_object_get_array_member (file, "expect");
  g_autoptr (GPtrArray) remarks = lint (library, pack);
  g_autoptr (GPtrArray) refusal = load (library, pack);

  assert_lines (expected, remarks);
  if (g_str_equal (get_string (file, "refused_by"), "loader"))
    assert_lines (expected, refusal);
  else
    g_assert_cmpuint (refusal->len, ==, 0);
}

static void
test_file (gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = zifu_json_read_file (data, &error);
  JsonObject *file;

  g_assert_no_error (error);
  file = json_node_get_object (node);
  if (json_object_has_member (file, "text"))
    test_text (file);
  else
    test_pack (file);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0;

  g_test_init (&argc, &argv, NULL);
  folder = g_test_build_filename (G_TEST_DIST, "lint", NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = NULL;

      if (!g_str_has_suffix (name, ".json"))
        continue;
      path = g_strdup_printf ("/bad-packs/%.*s", (int) (strlen (name) - strlen (".json")), name);
      g_test_add_data_func_full (path, g_build_filename (folder, name, NULL), test_file, g_free);
      n++;
    }
  g_assert_cmpuint (n, >, 0);
  return g_test_run ();
}
