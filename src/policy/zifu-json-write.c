/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "zifu-json-pen.h"
#include "zifu-json.h"

static void write_node (GString *into, JsonNode *node, ZifuJsonStyle style, guint level);

/* Before the first element (@first), between two, and after the last one (@level is then that of the container). */
static void
write_break (GString *into, ZifuJsonStyle style, gboolean between, guint level)
{
  if (between)
    g_string_append_c (into, ',');
  if (style == ZIFU_JSON_PRETTY)
    {
      g_string_append_c (into, '\n');
      for (guint i = 0; i < level; i++)
        g_string_append_c (into, ' ');
    }
  else if (between && style == ZIFU_JSON_LINE)
    {
      g_string_append_c (into, ' ');
    }
}

static void
write_object (GString *into, JsonObject *object, ZifuJsonStyle style, guint level)
{
  g_autoptr (GList) names = json_object_get_members (object);

  if (style == ZIFU_JSON_CANONICAL)
    names = g_list_sort (g_steal_pointer (&names), (GCompareFunc) strcmp);
  g_string_append_c (into, '{');
  for (GList *l = names; l; l = l->next)
    {
      write_break (into, style, l->prev != NULL, level + 1);
      zifu_json_append_text (into, l->data);
      g_string_append (into, style == ZIFU_JSON_CANONICAL ? ":" : ": ");
      write_node (into, json_object_get_member (object, l->data), style, level + 1);
    }
  if (names)
    write_break (into, style, FALSE, level);
  g_string_append_c (into, '}');
}

static void
write_array (GString *into, JsonArray *array, ZifuJsonStyle style, guint level)
{
  guint n = json_array_get_length (array);

  g_string_append_c (into, '[');
  for (guint i = 0; i < n; i++)
    {
      write_break (into, style, i > 0, level + 1);
      write_node (into, json_array_get_element (array, i), style, level + 1);
    }
  if (n > 0)
    write_break (into, style, FALSE, level);
  g_string_append_c (into, ']');
}

static void
write_node (GString *into, JsonNode *node, ZifuJsonStyle style, guint level)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    write_object (into, json_node_get_object (node), style, level);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    write_array (into, json_node_get_array (node), style, level);
  else if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (into, "null");
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    zifu_json_append_text (into, json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (into, json_node_get_boolean (node) ? "true" : "false");
  else
    g_string_append_printf (into, "%" G_GINT64_FORMAT, json_node_get_int (node));
}

/**
 * zifu_json_write:
 * @node: a document without numbers that have a point
 * @style: how to lay it out
 *
 * Writes a document.  Text stays UTF-8; members keep their order unless @style is %ZIFU_JSON_CANONICAL.
 *
 * Returns: (transfer full): the text, without a line break at its end
 */
char *
zifu_json_write (JsonNode *node, ZifuJsonStyle style)
{
  GString *into;

  g_return_val_if_fail (node != NULL, NULL);

  into = g_string_new (NULL);
  write_node (into, node, style, 0);
  return g_string_free (into, FALSE);
}
