/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "zifu-path.h"

/**
 * zifu_path_root:
 * @file: (nullable): the file, as messages name it
 * @pointer: JSON pointer of the document inside its file; "" for the whole file
 *
 * Returns: the place at which a document begins
 */
ZifuPath
zifu_path_root (const char *file, const char *pointer)
{
  return (ZifuPath){ .file = file, .name = pointer, .index = -1 };
}

/**
 * zifu_path_member:
 * @parent: place of an object; must outlive the result
 * @name: name of one of its members; must outlive the result
 *
 * Returns: the place of the member
 */
ZifuPath
zifu_path_member (const ZifuPath *parent, const char *name)
{
  return (ZifuPath){ .parent = parent, .name = name, .index = -1 };
}

/**
 * zifu_path_item:
 * @parent: place of a list; must outlive the result
 * @index: position of an element, from 0
 *
 * Returns: the place of the element
 */
ZifuPath
zifu_path_item (const ZifuPath *parent, guint index)
{
  return (ZifuPath){ .parent = parent, .index = (int) index };
}

static void
append_path (GString *into, const ZifuPath *path)
{
  if (!path->parent)
    {
      g_string_append (into, path->name ? path->name : "");
      return;
    }
  append_path (into, path->parent);
  g_string_append_c (into, '/');
  if (path->index >= 0)
    {
      g_string_append_printf (into, "%d", path->index);
      return;
    }
  for (const char *p = path->name; *p; p++)
    {
      if (*p == '~')
        g_string_append (into, "~0");
      else if (*p == '/')
        g_string_append (into, "~1");
      else
        g_string_append_c (into, *p);
    }
}

/**
 * zifu_path_format:
 * @path: a place
 * @with_file: whether the file stands before the pointer, as in "file.json#/rules/3"
 *
 * Returns: (transfer full): the JSON pointer (RFC 6901)
 */
char *
zifu_path_format (const ZifuPath *path, gboolean with_file)
{
  g_autoptr (GString) into = g_string_new (NULL);
  const ZifuPath *root = path;

  while (root->parent)
    root = root->parent;
  append_path (into, path);
  if (with_file && root->file)
    {
      if (into->len > 0)
        g_string_prepend_c (into, '#');
      g_string_prepend (into, root->file);
    }
  return g_string_free (g_steal_pointer (&into), FALSE);
}

/**
 * zifu_path_error:
 * @path: where something is wrong
 * @error: return location for a #GError
 * @code: what kind of error
 * @template_: message marked with N_(), with {1} and {2} for the arguments
 * @arg1: (nullable): first argument
 * @arg2: (nullable): second argument
 *
 * Sets an error that names file and pointer.
 */
void
zifu_path_error (const ZifuPath *path, GError **error, ZifuError code, const char *template_, const char *arg1, const char *arg2)
{
  g_autofree char *where = zifu_path_format (path, TRUE);

  zifu_error_set (error, code, where, template_, arg1, arg2, NULL);
}
