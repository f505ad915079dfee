/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include <glib/gi18n.h>

#include "zifu-parse.h"

/* What every rule may state about itself.  It is not part of the content by which rules are compared. */
#define HEADER "id title benefit when valid_from valid_to confirmed_to sources clause confidence note overrides"

static gboolean
is_rule_id (const char *id)
{
  if (!g_ascii_isalnum (*id))
    return FALSE;
  for (const char *p = id; *p; p++)
    {
      if (!g_ascii_isalnum (*p) && !strchr ("._-", *p))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_id (ZifuRule *rule, JsonObject *object, const ZifuPath *path, GError **error)
{
  ZifuPath at = zifu_path_member (path, "id");

  if (!zifu_json_get_string (object, "id", path, &rule->id, error))
    return FALSE;
  if (!is_rule_id (rule->id))
    {
      zifu_path_error (&at, error, ZIFU_ERROR_SCHEMA, N_ ("'{1}' cannot be an id: only letters, digits, dots and dashes"), rule->id, NULL);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_benefits (ZifuRule *rule, JsonNode *node, const ZifuPath *path, GError **error)
{
  g_auto (GStrv) names = NULL;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      names = zifu_json_to_strv (node, path, error);
      if (!names)
        return FALSE;
      if (!*names)
        {
          zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("a list without members"), NULL, NULL);
          return FALSE;
        }
    }
  else
    {
      const char *name = zifu_json_to_string (node, path, error);

      if (!name)
        return FALSE;
      if (g_str_equal (name, "*"))
        return TRUE;
      names = g_new0 (char *, 2);
      names[0] = g_strdup (name);
    }
  rule->benefits = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; names[i]; i++)
    g_ptr_array_add (rule->benefits, g_strdup (names[i]));
  return TRUE;
}

static gboolean
parse_when (ZifuRule *rule, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);
  g_autoptr (GList) axes = NULL;

  if (!object)
    return FALSE;
  axes = json_object_get_members (object);
  for (GList *l = axes; l; l = l->next)
    {
      ZifuPath at = zifu_path_member (path, l->data);
      ZifuClause clause = { NULL, zifu_condition_parse (json_object_get_member (object, l->data), &at, error) };

      if (!clause.condition)
        return FALSE;
      clause.axis = g_strdup (l->data);
      g_array_append_val (rule->when, clause);
    }
  return TRUE;
}

static gboolean
parse_citation (ZifuRule *rule, JsonNode *node, const ZifuPath *path, GError **error)
{
  g_autofree char *id = NULL;
  g_autofree char *clause = NULL;
  ZifuCitation citation = { NULL };

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);

      if (!zifu_json_check_fields (object, path, "id", "clause", error) || !zifu_json_get_string (object, "id", path, &id, error) ||
          !zifu_json_get_string (object, "clause", path, &clause, error))
        return FALSE;
    }
  else
    {
      id = g_strdup (zifu_json_to_string (node, path, error));
      if (!id)
        return FALSE;
    }
  citation.id = g_steal_pointer (&id);
  citation.clause = g_steal_pointer (&clause);
  g_array_append_val (rule->citations, citation);
  return TRUE;
}

static gboolean
parse_citations (ZifuRule *rule, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonArray *array = zifu_json_to_array (node, path, error);

  if (!array)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (path, i);

      if (!parse_citation (rule, json_array_get_element (array, i), &at, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_overrides (ZifuRule *rule, JsonNode *node, const ZifuPath *path, GError **error)
{
  rule->overrides = zifu_json_to_strv (node, path, error);
  return rule->overrides != NULL;
}

static gboolean
parse_title (ZifuRule *rule, JsonNode *node, const ZifuPath *path, GError **error)
{
  return zifu_json_to_text (node, path, &rule->title, error);
}

/* A note may be empty, unlike other texts. */
static gboolean
parse_note (ZifuRule *rule, JsonNode *node, const ZifuPath *path, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return zifu_json_to_string (node, path, error) != NULL;
  rule->note = json_node_dup_string (node);
  return TRUE;
}

/* null = open */
static gboolean
parse_valid_to (ZifuRule *rule, JsonNode *node, const ZifuPath *path, GError **error)
{
  return JSON_NODE_HOLDS_NULL (node) || zifu_json_to_date (node, path, &rule->valid_to, error);
}

static gboolean
parse_header (ZifuRule *rule, JsonObject *object, const ZifuPath *path, GError **error)
{
  static const struct
  {
    const char *name;
    gboolean (*parse) (ZifuRule *rule, JsonNode *node, const ZifuPath *path, GError **error);
  } parts[] = {
    { "title", parse_title },       { "benefit", parse_benefits },    { "when", parse_when }, { "valid_to", parse_valid_to },
    { "sources", parse_citations }, { "overrides", parse_overrides }, { "note", parse_note },
  };

  if (!parse_id (rule, object, path, error) || !zifu_json_get_date (object, "valid_from", path, &rule->valid_from, error) ||
      !zifu_json_get_date (object, "confirmed_to", path, &rule->confirmed_to, error) ||
      !zifu_json_get_string (object, "clause", path, &rule->clause, error) ||
      !zifu_json_get_string (object, "confidence", path, &rule->confidence_text, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      JsonNode *node = json_object_get_member (object, parts[i].name);
      ZifuPath at = zifu_path_member (path, parts[i].name);

      if (node && !parts[i].parse (rule, node, &at, error))
        return FALSE;
    }
  return TRUE;
}

/* Rules with equal content agree, whatever their headers say: so the content is kept as one comparable text. */
static char *
make_payload (JsonObject *object)
{
  static const char *const header[] = { "id",      "title",  "benefit",    "when", "valid_from", "valid_to", "confirmed_to",
                                        "sources", "clause", "confidence", "note", "overrides",  NULL };
  g_autoptr (JsonObject) content = json_object_new ();
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l; l = l->next)
    {
      if (!g_strv_contains (header, l->data))
        json_object_set_member (content, l->data, json_node_copy (json_object_get_member (object, l->data)));
    }
  node = json_node_init_object (json_node_alloc (), content);
  return zifu_json_write (node, ZIFU_JSON_CANONICAL);
}

static gboolean
parse_kind (JsonObject *object, const ZifuPath *path, ZifuRuleKind *kind, GError **error)
{
  g_autofree char *name = NULL;
  ZifuPath at = zifu_path_member (path, "kind");

  if (!json_object_has_member (object, "kind"))
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("field '{1}' is missing"), "kind", NULL);
      return FALSE;
    }
  if (!zifu_json_get_string (object, "kind", path, &name, error))
    return FALSE;
  if (!zifu_rule_kind_parse (name, kind))
    {
      zifu_path_error (&at, error, ZIFU_ERROR_SCHEMA, N_ ("unknown kind '{1}'"), name, NULL);
      return FALSE;
    }
  return TRUE;
}

/**
 * zifu_rule_parse:
 * @node: a rule of a pack
 * @path: its place
 * @error: return location for a #GError
 *
 * Reads one rule with everything that it states; what it leaves out gets its default.
 *
 * Returns: (transfer full): the rule, or %NULL
 */
ZifuRule *
zifu_rule_parse (JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);
  g_autoptr (ZifuRule) rule = NULL;
  g_autofree char *required = NULL;
  g_autofree char *optional = NULL;
  ZifuRuleKind kind;

  if (!object || !parse_kind (object, path, &kind, error))
    return NULL;
  required = g_strconcat ("id kind valid_from ", zifu_rule_fields (kind, TRUE), NULL);
  optional = g_strconcat (HEADER " ", zifu_rule_fields (kind, FALSE), NULL);
  if (!zifu_json_check_fields (object, path, required, optional, error))
    return NULL;
  rule = zifu_rule_new (kind);
  if (!parse_header (rule, object, path, error) || !zifu_rule_parse_content (rule, object, path, error))
    return NULL;
  rule->payload = make_payload (object);
  zifu_rule_set_defaults (rule);
  return g_steal_pointer (&rule);
}
