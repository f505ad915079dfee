/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "zifu-parse.h"

typedef struct
{
  const char *key; /* the member by which the form is known */
  const char *optional;
  ZifuExprKind kind;
} Form;

/* The order decides when an object holds the keys of two forms: the other key is then an unknown field. */
static const Form forms[] = {
  { "by", "of else", ZIFU_EXPR_TABLE }, { "unknown", "at_least between", ZIFU_EXPR_UNKNOWN },
  { "round", "of", ZIFU_EXPR_ROUND },   { "axis", "", ZIFU_EXPR_AXIS },
  { "counter", "", ZIFU_EXPR_COUNTER }, { "index", "", ZIFU_EXPR_INDEX },
  { "amount", "", ZIFU_EXPR_AMOUNT },   { "result", "", ZIFU_EXPR_RESULT },
  { "sum", "", ZIFU_EXPR_SUM },         { "product", "", ZIFU_EXPR_PRODUCT },
  { "min", "", ZIFU_EXPR_MIN },         { "max", "", ZIFU_EXPR_MAX },
};

static const char *const results[] = { "fund_paid",  "in_scope", "personal_in_scope", "person",     "total", "deductible", "prior",
                                       "over_limit", "out",      "own_account",       "mutual_aid", NULL };

static gboolean
parse_entries (ZifuExpr *expr, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonObject *object = zifu_json_to_object (node, path, error);
  g_autoptr (GList) keys = NULL;

  if (!object)
    return FALSE;
  keys = json_object_get_members (object);
  if (!keys)
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("a table without entries"), NULL, NULL);
      return FALSE;
    }
  for (GList *l = keys; l; l = l->next)
    {
      ZifuPath at = zifu_path_member (path, l->data);
      ZifuExpr *value = zifu_expr_parse (json_object_get_member (object, l->data), &at, error);

      if (!value)
        return FALSE;
      zifu_expr_take_entry (expr, l->data, value);
    }
  return TRUE;
}

static gboolean
parse_table (ZifuExpr *expr, JsonObject *object, const ZifuPath *path, GError **error)
{
  JsonNode *by = json_object_get_member (object, "by");
  ZifuPath by_path = zifu_path_member (path, "by");
  ZifuPath of_path = zifu_path_member (path, "of");

  if (!zifu_json_check_fields (object, path, "by of", "else", error))
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (by))
    {
      expr->by = zifu_expr_parse (by, &by_path, error);
      if (!expr->by)
        return FALSE;
    }
  else if (!zifu_json_get_string (object, "by", path, &expr->name, error))
    {
      return FALSE;
    }
  return parse_entries (expr, json_object_get_member (object, "of"), &of_path, error) &&
         zifu_expr_parse_member (object, "else", path, &expr->otherwise, error);
}

static gboolean
parse_between (ZifuExpr *expr, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonArray *array = zifu_json_to_array (node, path, error);
  ZifuPath low = zifu_path_item (path, 0);
  ZifuPath high = zifu_path_item (path, 1);

  if (!array)
    return FALSE;
  if (json_array_get_length (array) != 2)
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("two figures are needed here: the lowest and the highest"), NULL, NULL);
      return FALSE;
    }
  expr->low = zifu_expr_parse (json_array_get_element (array, 0), &low, error);
  if (expr->low)
    expr->high = zifu_expr_parse (json_array_get_element (array, 1), &high, error);
  return expr->high != NULL;
}

static gboolean
parse_unknown (ZifuExpr *expr, JsonObject *object, const ZifuPath *path, GError **error)
{
  JsonNode *between = json_object_get_member (object, "between");
  ZifuPath at = zifu_path_member (path, "between"), unknown = zifu_path_member (path, "unknown");

  return zifu_json_to_reason (json_object_get_member (object, "unknown"), &unknown, &expr->reason, &expr->reason_zh, error) &&
         zifu_expr_parse_member (object, "at_least", path, &expr->at_least, error) &&
         (!between || parse_between (expr, between, &at, error));
}

static gboolean
parse_args (ZifuExpr *expr, JsonNode *node, const ZifuPath *path, GError **error)
{
  JsonArray *array = zifu_json_to_array (node, path, error);

  if (!array)
    return FALSE;
  if (json_array_get_length (array) == 0)
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("a list without members"), NULL, NULL);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (path, i);
      ZifuExpr *arg = zifu_expr_parse (json_array_get_element (array, i), &at, error);

      if (!arg)
        return FALSE;
      zifu_expr_take_arg (expr, arg);
    }
  return TRUE;
}

static gboolean
parse_name (ZifuExpr *expr, const Form *form, JsonObject *object, const ZifuPath *path, GError **error)
{
  int result;

  if (form->kind == ZIFU_EXPR_RESULT && !zifu_json_get_choice (object, "result", path, results, &result, error))
    return FALSE;
  return zifu_json_get_string (object, form->key, path, &expr->name, error);
}

static gboolean
parse_form (ZifuExpr *expr, const Form *form, JsonObject *object, const ZifuPath *path, GError **error)
{
  ZifuPath at = zifu_path_member (path, form->key);

  switch (form->kind)
    {
    case ZIFU_EXPR_TABLE:
      return parse_table (expr, object, path, error);
    case ZIFU_EXPR_UNKNOWN:
      return parse_unknown (expr, object, path, error);
    case ZIFU_EXPR_ROUND:
      return zifu_json_check_fields (object, path, "round of", "", error) &&
             zifu_round_parse_member (object, "round", path, &expr->round, NULL, error) &&
             zifu_expr_parse_member (object, "of", path, &expr->by, error);
    case ZIFU_EXPR_SUM:
    case ZIFU_EXPR_PRODUCT:
    case ZIFU_EXPR_MIN:
    case ZIFU_EXPR_MAX:
      return parse_args (expr, json_object_get_member (object, form->key), &at, error);
    case ZIFU_EXPR_AXIS:
    case ZIFU_EXPR_COUNTER:
    case ZIFU_EXPR_INDEX:
    case ZIFU_EXPR_AMOUNT:
    case ZIFU_EXPR_RESULT:
      return parse_name (expr, form, object, path, error);
    case ZIFU_EXPR_NULL:
    case ZIFU_EXPR_NUMBER:
    default:
      g_return_val_if_reached (FALSE);
    }
}

static ZifuExpr *
parse_object (JsonObject *object, const ZifuPath *path, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (ZifuExpr) expr = NULL;

      if (!json_object_has_member (object, forms[i].key))
        continue;
      if (!zifu_json_check_fields (object, path, forms[i].key, forms[i].optional, error))
        return NULL;
      expr = zifu_expr_new (forms[i].kind);
      if (!parse_form (expr, &forms[i], object, path, error))
        return NULL;
      return g_steal_pointer (&expr);
    }
  zifu_path_error (path, error, ZIFU_ERROR_SCHEMA,
                   N_ ("unknown expression: it needs by, axis, counter, index, amount, result, sum, product, min, max, round or unknown"),
                   NULL, NULL);
  return NULL;
}

/**
 * zifu_expr_parse:
 * @node: a literal, null or one of the forms of the grammar
 * @path: its place
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the expression, or %NULL
 */
ZifuExpr *
zifu_expr_parse (JsonNode *node, const ZifuPath *path, GError **error)
{
  ZifuRational number;

  if (JSON_NODE_HOLDS_NULL (node))
    return zifu_expr_new (ZIFU_EXPR_NULL);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return parse_object (json_node_get_object (node), path, error);
  if (!zifu_json_to_number (node, path, &number, error))
    return NULL;
  return zifu_expr_new_number (number);
}

/**
 * zifu_expr_parse_member:
 * @object: an object
 * @name: a member
 * @path: place of @object
 * @out: (inout): the expression; not changed when there is no such member
 * @error: return location for a #GError
 *
 * Returns: %FALSE when the member is there and no expression
 */
gboolean
zifu_expr_parse_member (JsonObject *object, const char *name, const ZifuPath *path, ZifuExpr **out, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  ZifuPath at = zifu_path_member (path, name);
  ZifuExpr *expr;

  if (!node)
    return TRUE;
  expr = zifu_expr_parse (node, &at, error);
  if (!expr)
    return FALSE;
  g_clear_pointer (out, zifu_expr_free);
  *out = expr;
  return TRUE;
}

/**
 * zifu_round_parse_member:
 * @object: an object
 * @name: a member
 * @path: place of @object
 * @out: (inout): the mode; not changed when there is no such member
 * @has: (out) (nullable): whether there is such a member
 * @error: return location for a #GError
 *
 * Returns: %FALSE when the member is there and no rounding mode
 */
gboolean
zifu_round_parse_member (JsonObject *object, const char *name, const ZifuPath *path, ZifuRound *out, gboolean *has, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  ZifuPath at = zifu_path_member (path, name);
  const char *text;

  if (has)
    *has = node != NULL;
  if (!node)
    return TRUE;
  text = zifu_json_to_string (node, &at, error);
  if (!text)
    return FALSE;
  if (!zifu_round_parse (text, out))
    {
      zifu_path_error (&at, error, ZIFU_ERROR_SCHEMA,
                       N_ ("unknown rounding mode '{1}': fen, jiao, yuan, ten, hundred or thousand, each also with _down or _up"), text,
                       NULL);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_bound (JsonObject *object, const char *name, const ZifuPath *path, gboolean *has, ZifuRational *out, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  ZifuPath at = zifu_path_member (path, name);

  *has = node != NULL;
  return !node || zifu_json_to_number (node, &at, out, error);
}

static ZifuCondition *
parse_condition_object (JsonObject *object, const ZifuPath *path, GError **error)
{
  g_autoptr (ZifuCondition) condition = zifu_condition_new ();
  JsonNode *inner = json_object_get_member (object, "not");
  ZifuPath at = zifu_path_member (path, "not");

  if (json_object_get_size (object) == 0)
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("a condition that states nothing"), NULL, NULL);
      return NULL;
    }
  if (!zifu_json_check_fields (object, path, "", "min max from to not known", error) ||
      !parse_bound (object, "min", path, &condition->has_min, &condition->min, error) ||
      !parse_bound (object, "max", path, &condition->has_max, &condition->max, error) ||
      !zifu_json_get_date (object, "from", path, &condition->from, error) ||
      !zifu_json_get_date (object, "to", path, &condition->to, error) ||
      !zifu_json_get_boolean (object, "known", path, &condition->known, error))
    return NULL;
  if (inner)
    {
      condition->not_ = zifu_condition_parse (inner, &at, error);
      if (!condition->not_)
        return NULL;
    }
  return g_steal_pointer (&condition);
}

/**
 * zifu_condition_parse:
 * @node: a value, a list of values, or an object with min, max, from, to, not, known
 * @path: its place
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the condition, or %NULL
 */
ZifuCondition *
zifu_condition_parse (JsonNode *node, const ZifuPath *path, GError **error)
{
  ZifuValue *value;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return parse_condition_object (json_node_get_object (node), path, error);
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0)
    {
      zifu_path_error (path, error, ZIFU_ERROR_SCHEMA, N_ ("a list without members"), NULL, NULL);
      return NULL;
    }
  value = zifu_json_to_value (node, path, TRUE, error);
  return value ? zifu_condition_new_equal (value) : NULL;
}
