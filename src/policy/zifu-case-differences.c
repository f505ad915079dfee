/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "zifu-json.h"
#include "zifu-result-json.h"

static void compare (JsonNode *expected, JsonNode *actual, const ZifuPath *path, GPtrArray *differences);

static void
add_difference (JsonNode *expected, JsonNode *actual, const ZifuPath *path, GPtrArray *differences)
{
  g_autofree char *where = zifu_path_format (path, FALSE);
  g_autofree char *want = zifu_json_write (expected, ZIFU_JSON_LINE);
  g_autofree char *got = actual ? zifu_json_write (actual, ZIFU_JSON_LINE) : g_strdup ("nothing");

  g_ptr_array_add (differences, g_strdup_printf ("%s: expected %s, got %s", where, want, got));
}

/* A subset: members that are not expected do not matter. */
static void
compare_objects (JsonNode *expected, JsonNode *actual, const ZifuPath *path, GPtrArray *differences)
{
  JsonObject *want = json_node_get_object (expected);
  g_autoptr (GList) names = json_object_get_members (want);

  if (!actual || !JSON_NODE_HOLDS_OBJECT (actual))
    {
      add_difference (expected, actual, path, differences);
      return;
    }
  for (GList *l = names; l; l = l->next)
    {
      ZifuPath at = zifu_path_member (path, l->data);

      compare (json_object_get_member (want, l->data), json_object_get_member (json_node_get_object (actual), l->data), &at, differences);
    }
}

static void
compare_arrays (JsonNode *expected, JsonNode *actual, const ZifuPath *path, GPtrArray *differences)
{
  JsonArray *want = json_node_get_array (expected);
  guint length = json_array_get_length (want);

  if (!actual || !JSON_NODE_HOLDS_ARRAY (actual) || json_array_get_length (json_node_get_array (actual)) != length)
    {
      add_difference (expected, actual, path, differences);
      return;
    }
  for (guint i = 0; i < length; i++)
    {
      ZifuPath at = zifu_path_item (path, i);

      compare (json_array_get_element (want, i), json_array_get_element (json_node_get_array (actual), i), &at, differences);
    }
}

static void
compare (JsonNode *expected, JsonNode *actual, const ZifuPath *path, GPtrArray *differences)
{
  if (JSON_NODE_HOLDS_OBJECT (expected))
    compare_objects (expected, actual, path, differences);
  else if (JSON_NODE_HOLDS_ARRAY (expected))
    compare_arrays (expected, actual, path, differences);
  else if (JSON_NODE_HOLDS_NULL (expected) ? actual && !JSON_NODE_HOLDS_NULL (actual) : !actual || !json_node_equal (expected, actual))
    add_difference (expected, actual, path, differences);
}

/**
 * zifu_json_differences:
 * @expected: what was expected
 * @actual: what came out
 *
 * Compares two documents: every member that is expected must be there and equal, lists must be as long; what is not
 * expected may be anything.  null is equal to a member that is absent.
 *
 * Returns: (transfer full) (element-type utf8): one line for each difference, beginning with its JSON pointer
 */
GPtrArray *
zifu_json_differences (JsonNode *expected, JsonNode *actual)
{
  GPtrArray *differences = g_ptr_array_new_with_free_func (g_free);
  ZifuPath path = zifu_path_root (NULL, "");

  compare (expected, actual, &path, differences);
  return differences;
}
