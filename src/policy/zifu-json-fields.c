/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "zifu-json.h"

#include <string.h>

#include <glib/gi18n.h>

static gboolean
names_contain (const char *names, const char *name)
{
  gsize length = strlen (name);

  if (length == 0 || strchr (name, ' '))
    return FALSE;
  for (const char *p = strstr (names, name); p; p = strstr (p + 1, name))
    {
      if ((p == names || p[-1] == ' ') && (p[length] == ' ' || p[length] == '\0'))
        return TRUE;
    }
  return FALSE;
}

static guint
count_names (const char *names)
{
  guint n = 0;

  for (const char *p = names; *p; p++)
    n += *p != ' ' && (p == names || p[-1] == ' ');
  return n;
}

static gboolean
check_required (JsonObject *object, const ZifuPath *path, const char *required, GError **error)
{
  g_auto (GStrv) must = g_strsplit (required, " ", -1);

  for (guint i = 0; must[i]; i++)
    {
      if (*must[i] && !json_object_has_member (object, must[i]))
        {
          zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("field '{1}' is missing"), must[i], NULL);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * zifu_json_check_fields:
 * @object: an object
 * @path: its place
 * @required: names that must be there, separated by blanks
 * @optional: further names that may be there
 * @error: return location for a #GError
 *
 * A misspelt name is refused, never ignored: it would silently change what is paid.
 *
 * Returns: whether every required field and no other than these is there
 */
gboolean
zifu_json_check_fields (JsonObject *object, const ZifuPath *path, const char *required, const char *optional, GError **error)
{
  guint missing = count_names (required);
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      ZifuPath at = zifu_path_member (path, name);

      if (names_contain (required, name))
        {
          missing--;
        }
      else if (!names_contain (optional, name))
        {
          zifu_path_error (&at, error, ZIFU_ERROR_SCHEMA, N_ ("unknown field '{1}'"), name, NULL);
          return FALSE;
        }
    }
  return missing == 0 || check_required (object, path, required, error);
}

/**
 * zifu_json_peek_string:
 * @object: an object
 * @name: a member
 *
 * Returns: (transfer none) (nullable): the text of the member; %NULL when there is no such member or it is no text
 */
const char *
zifu_json_peek_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

/**
 * zifu_json_get_string:
 * @object: an object
 * @name: a member
 * @path: place of @object
 * @out: (inout): the text; an earlier one is freed, and nothing is changed when there is no such member
 * @error: return location for a #GError
 *
 * Returns: %FALSE when the member is there and is no text
 */
gboolean
zifu_json_get_string (JsonObject *object, const char *name, const ZifuPath *path, char **out, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  ZifuPath at = zifu_path_member (path, name);
  const char *text;

  if (!node)
    return TRUE;
  text = zifu_json_to_string (node, &at, error);
  if (!text)
    return FALSE;
  g_free (*out);
  *out = g_strdup (text);
  return TRUE;
}

/**
 * zifu_json_get_boolean:
 * @object: an object
 * @name: a member
 * @path: place of @object
 * @out: (inout): the truth value; not changed when there is no such member
 * @error: return location for a #GError
 *
 * Returns: %FALSE when the member is there and neither true nor false
 */
gboolean
zifu_json_get_boolean (JsonObject *object, const char *name, const ZifuPath *path, gboolean *out, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  ZifuPath at = zifu_path_member (path, name);

  if (!node)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      zifu_path_error (&at, error, ZIFU_ERROR_SCHEMA, N_ ("true or false is needed here"), NULL, NULL);
      return FALSE;
    }
  *out = json_node_get_boolean (node);
  return TRUE;
}

/**
 * zifu_json_get_date:
 * @object: an object
 * @name: a member
 * @path: place of @object
 * @out: (inout): the day; not changed when there is no such member
 * @error: return location for a #GError
 *
 * Returns: %FALSE when the member is there and no day
 */
gboolean
zifu_json_get_date (JsonObject *object, const char *name, const ZifuPath *path, ZifuDate *out, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  ZifuPath at = zifu_path_member (path, name);

  return !node || zifu_json_to_date (node, &at, out, error);
}

/**
 * zifu_json_get_money:
 * @object: an object
 * @name: a member
 * @path: place of @object
 * @has: (out) (nullable): whether there is such a member
 * @out: (inout): the amount in fen; not changed when there is no such member
 * @error: return location for a #GError
 *
 * Returns: %FALSE when the member is there and no amount
 */
gboolean
zifu_json_get_money (JsonObject *object, const char *name, const ZifuPath *path, gboolean *has, ZifuMoney *out, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  ZifuPath at = zifu_path_member (path, name);

  if (has)
    *has = node != NULL;
  return !node || zifu_json_to_money (node, &at, out, error);
}

/**
 * zifu_json_choose:
 * @node: a node
 * @path: its place
 * @choices: (array zero-terminated=1): the words that may stand here
 * @out: (out): which of them stands here
 * @error: return location for a #GError
 *
 * Returns: whether @node is one of @choices
 */
gboolean
zifu_json_choose (JsonNode *node, const ZifuPath *path, const char *const *choices, int *out, GError **error)
{
  const char *text = zifu_json_to_string (node, path, error);
  g_autofree char *list = NULL;

  if (!text)
    return FALSE;
  for (int i = 0; choices[i]; i++)
    {
      if (g_str_equal (choices[i], text))
        {
          *out = i;
          return TRUE;
        }
    }
  list = g_strjoinv (", ", (char **) choices);
  zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("'{1}' cannot stand here, only one of: {2}"), text, list);
  return FALSE;
}

/**
 * zifu_json_get_choice:
 * @object: an object
 * @name: a member
 * @path: place of @object
 * @choices: (array zero-terminated=1): the words that may stand there
 * @out: (inout): which of them stands there; not changed when there is no such member
 * @error: return location for a #GError
 *
 * Returns: %FALSE when the member is there and none of @choices
 */
gboolean
zifu_json_get_choice (JsonObject *object, const char *name, const ZifuPath *path, const char *const *choices, int *out, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  ZifuPath at = zifu_path_member (path, name);

  return !node || zifu_json_choose (node, &at, choices, out, error);
}
