/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "zifu-lint.h"

#include <string.h>

#include <glib/gi18n.h>

#include "zifu-case-file.h"
#include "zifu-lint-private.h"

/**
 * zifu_remark_free:
 * @remark: (nullable) (transfer full): a remark
 *
 * Frees a remark.
 */
void
zifu_remark_free (ZifuRemark *remark)
{
  if (!remark)
    return;
  g_free (remark->where);
  g_free (remark->rule_id);
  for (guint i = 0; i < G_N_ELEMENTS (remark->args); i++)
    g_free (remark->args[i]);
  g_free (remark);
}

/**
 * zifu_remark_format:
 * @remark: a remark
 *
 * Returns: (transfer full): "FILE#/pointer: message" in English
 */
char *
zifu_remark_format (const ZifuRemark *remark)
{
  g_autofree char *text = zifu_template_fill (remark->template_, (const char *const *) remark->args, G_N_ELEMENTS (remark->args));

  return g_strconcat (remark->where, ": ", text, NULL);
}

/**
 * zifu_lint_add:
 * @lint: the linter
 * @severity: how much it matters
 * @path: the place
 * @rule: (nullable): the rule
 * @template_: message marked with N_()
 * @arg1: (nullable): what {1} stands for
 * @arg2: (nullable): what {2} stands for
 *
 * Adds a remark.
 */
void
zifu_lint_add (ZifuLint *lint, ZifuLintSeverity severity, const ZifuPath *path, const ZifuRule *rule, const char *template_,
               const char *arg1, const char *arg2)
{
  ZifuRemark *remark = g_new0 (ZifuRemark, 1);

  remark->severity = severity;
  remark->where = zifu_path_format (path, TRUE);
  remark->rule_id = rule ? g_strdup (rule->id) : NULL;
  remark->template_ = template_;
  remark->args[0] = g_strdup (arg1);
  remark->args[1] = g_strdup (arg2);
  g_ptr_array_add (lint->remarks, remark);
}

static void
add_errors (ZifuLint *lint, GPtrArray *errors)
{
  for (guint i = 0; i < errors->len; i++)
    {
      const ZifuErrorDetail *detail = zifu_error_detail (g_ptr_array_index (errors, i));
      ZifuRemark *remark;

      if (!detail)
        continue;
      remark = g_new0 (ZifuRemark, 1);
      remark->severity = ZIFU_LINT_ERROR;
      remark->where = g_strdup (detail->where);
      remark->template_ = detail->template_;
      for (guint j = 0; j < G_N_ELEMENTS (remark->args); j++)
        remark->args[j] = g_strdup (detail->args[j]);
      g_ptr_array_add (lint->remarks, remark);
    }
}

/* Rules are the one thing of which a pack holds many: each is looked at by itself, so that all mistakes are named at once. */
static gboolean
check_structure (ZifuLint *lint)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);

  zifu_pack_document_check_all (lint->document, errors);
  add_errors (lint, errors);
  return errors->len == 0;
}

static void
check_rules (ZifuLint *lint)
{
  JsonArray *array = json_object_get_array_member (lint->object, "rules");
  ZifuPath rules = zifu_path_member (&lint->root, "rules");

  for (guint i = 0; i < lint->pack->rules->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (lint->pack->rules, i);
      guint index;
      ZifuPath path;
      JsonNode *node;

      if (rule->depth != lint->depth)
        continue;
      index = (guint) g_ascii_strtoull (strrchr (rule->pointer, '/') + 1, NULL, 10);
      path = zifu_path_item (&rules, index);
      node = json_array_get_element (array, index);
      zifu_lint_rule (lint, rule, node, &path);
      zifu_lint_content (lint, rule, node, &path);
    }
}

static gboolean
build (ZifuLint *lint, ZifuPackLibrary *library, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GPtrArray) errors = g_ptr_array_new ();

  if (!zifu_pack_library_get_chain (library, (ZifuPackDocument *) lint->document, lint->chain, error))
    return FALSE;
  lint->depth = lint->chain->len - 1;
  lint->pack = zifu_pack_build (lint->chain, &local);
  if (local)
    {
      g_ptr_array_add (errors, local);
      add_errors (lint, errors);
    }
  return TRUE;
}

static int
compare_remarks (gconstpointer a, gconstpointer b)
{
  const ZifuRemark *const *first = a;
  const ZifuRemark *const *second = b;

  return (int) (*second)->severity - (int) (*first)->severity;
}

/**
 * zifu_lint_node:
 * @library: where the packs lie that this one extends
 * @node: a pack
 * @file: its file, as remarks shall name it
 * @error: return location for a #GError
 *
 * Looks for what is wrong, what is probably not meant, and what is not verified, before any bill is settled.  Of inherited
 * rules only what concerns this pack is looked at.
 *
 * Returns: (transfer full) (element-type ZifuRemark): the remarks, what matters most first; %NULL when the pack that it
 *   extends cannot be found
 */
GPtrArray *
zifu_lint_node (ZifuPackLibrary *library, JsonNode *node, const char *file, GError **error)
{
  g_autoptr (ZifuPackDocument) document = NULL;
  g_autoptr (GPtrArray) remarks = NULL;
  g_autoptr (GPtrArray) chain = NULL;
  ZifuLint lint = { NULL };

  g_return_val_if_fail (library != NULL, NULL);
  g_return_val_if_fail (node != NULL, NULL);

  document = zifu_pack_document_new (json_node_ref (node), file, "");
  remarks = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_remark_free);
  chain = g_ptr_array_new ();
  lint.document = document;
  lint.root = zifu_path_root (document->file, "");
  lint.remarks = remarks;
  lint.chain = chain;
  if (!check_structure (&lint))
    return g_steal_pointer (&remarks);
  lint.object = json_node_get_object (node);
  if (!build (&lint, library, error))
    return NULL;
  if (lint.pack)
    {
      zifu_lint_head (&lint);
      check_rules (&lint);
      zifu_lint_clashes (&lint);
      zifu_pack_unref (lint.pack);
    }
  g_ptr_array_sort (remarks, compare_remarks);
  return g_steal_pointer (&remarks);
}

/**
 * zifu_lint_file:
 * @library: where the packs lie that this one extends
 * @path: a file
 * @error: return location for a #GError
 *
 * Looks at the pack in a file; see zifu_lint_node().  Its name should be the id of the pack.
 *
 * Returns: (transfer full) (element-type ZifuRemark): the remarks; %NULL when the file is no JSON
 */
GPtrArray *
zifu_lint_file (ZifuPackLibrary *library, const char *path, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *base = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GPtrArray) remarks = NULL;

  g_return_val_if_fail (library != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  name = g_filename_display_name (path);
  node = zifu_json_read_file (path, error);
  remarks = node ? zifu_lint_node (library, node, name, error) : NULL;
  if (!remarks)
    return NULL;
  base = g_path_get_basename (path);
  if (JSON_NODE_HOLDS_OBJECT (node) && g_str_has_suffix (base, ".json"))
    {
      const char *id = zifu_json_peek_string (json_node_get_object (node), "pack");
      ZifuLint lint = { .remarks = remarks, .root = zifu_path_root (name, "") };
      ZifuPath at = zifu_path_member (&lint.root, "pack");

      base[strlen (base) - strlen (".json")] = '\0';
      if (id && !g_str_equal (id, base))
        zifu_lint_add (&lint, ZIFU_LINT_WARNING, &at, NULL,
                       N_ ("the file is called '{1}', the pack '{2}': it is found by the name of the file"), base, id);
    }
  return g_steal_pointer (&remarks);
}
