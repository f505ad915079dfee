/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a rule refers to: indexes, amounts, counters, payers, values of axes, keys of tables. */

#include <string.h>

#include <glib/gi18n.h>

#include "zifu-lint-private.h"

static void walk (ZifuLint *lint, const ZifuRule *rule, JsonNode *node, const ZifuPath *path);

static gboolean
has_amount (const ZifuPack *pack, const char *name)
{
  const GPtrArray *rules = pack->by_kind[ZIFU_RULE_AMOUNT];

  for (guint i = 0; i < rules->len; i++)
    {
      if (g_str_equal (((const ZifuRule *) g_ptr_array_index (rules, i))->u.amount.name, name))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_index (const ZifuPack *pack, const char *name)
{
  for (guint i = 0; i < pack->indexes->len; i++)
    {
      if (g_str_equal (((const ZifuIndex *) g_ptr_array_index (pack->indexes, i))->name, name))
        return TRUE;
    }
  return FALSE;
}

/* An expression that is only a name is an object with one member. */
static void
check_reference (ZifuLint *lint, const ZifuRule *rule, JsonObject *object, const ZifuPath *path)
{
  const char *index = zifu_json_peek_string (object, "index");
  const char *amount = zifu_json_peek_string (object, "amount");
  const char *result = zifu_json_peek_string (object, "result");

  if (index && !has_index (lint->pack, index))
    zifu_lint_add (lint, ZIFU_LINT_ERROR, path, rule, N_ ("index '{1}' is not in the pack"), index, NULL);
  if (amount && !has_amount (lint->pack, amount))
    zifu_lint_add (lint, ZIFU_LINT_ERROR, path, rule, N_ ("no amount rule '{1}'"), amount, NULL);
  if (amount && rule->kind == ZIFU_RULE_AMOUNT && g_str_equal (rule->u.amount.name, amount))
    zifu_lint_add (lint, ZIFU_LINT_ERROR, path, rule, N_ ("amount '{1}' refers to itself"), amount, NULL);
  if (result && rule->kind != ZIFU_RULE_TALLY)
    zifu_lint_add (lint, ZIFU_LINT_ERROR, path, rule, N_ ("the result '{1}' of a visit is known in a tally only"), result, NULL);
}

static void
check_payer (ZifuLint *lint, const ZifuRule *rule, const char *payer, const ZifuPath *path)
{
  static const char *const payers[] = {
    "hifp", "hifob", "hifmi", "hifes", "hifdm", "cvlserv", "maf", "oth", "commercial", "hospital", NULL
  };

  /* "maf_tilt" is a second line of "maf". */
  for (guint i = 0; payers[i]; i++)
    {
      gsize length = strlen (payers[i]);

      if (strncmp (payer, payers[i], length) == 0 && (payer[length] == '\0' || payer[length] == '_'))
        return;
    }
  zifu_lint_add (lint, ZIFU_LINT_WARNING, path, rule, N_ ("payer '{1}' is none of the platform's: hifp, hifob, hifmi, hifes …"), payer,
                 NULL);
}

static void
check_payers (ZifuLint *lint, const ZifuRule *rule, JsonObject *object, const ZifuPath *path)
{
  const char *payer = zifu_json_peek_string (object, "payer");
  JsonNode *list = json_object_get_member (object, "payers");
  ZifuPath at = zifu_path_member (path, "payer");
  ZifuPath list_path = zifu_path_member (path, "payers");

  if (payer)
    check_payer (lint, rule, payer, &at);
  for (guint i = 0; list && i < json_array_get_length (json_node_get_array (list)); i++)
    {
      ZifuPath one = zifu_path_item (&list_path, i);

      check_payer (lint, rule, json_array_get_string_element (json_node_get_array (list), i), &one);
    }
}

/* Two ranges of numbers that have a number in common. */
static gboolean
ranges_meet (const ZifuTableKey *a, const ZifuTableKey *b)
{
  for (guint i = 0; i < 2; i++)
    {
      const ZifuTableKey *low = i == 0 ? a : b;
      const ZifuTableKey *high = i == 0 ? b : a;
      int order;

      if (!low->has_low || !high->has_high)
        continue;
      order = zifu_rational_cmp (low->low, high->high);
      if (order > 0 || (order == 0 && !high->high_included))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_empty_range (const ZifuTableKey *key)
{
  int order = key->numeric && key->has_low && key->has_high ? zifu_rational_cmp (key->low, key->high) : -1;

  return !*key->text || order > 0 || (order == 0 && !key->high_included);
}

static gboolean
keys_meet (const ZifuTableKey *a, const ZifuTableKey *b)
{
  return g_str_equal (a->text, b->text) || (a->numeric && b->numeric && ranges_meet (a, b));
}

static gboolean
entries_meet (const ZifuTableEntry *a, const ZifuTableEntry *b)
{
  for (guint i = 0; i < a->alternatives->len; i++)
    {
      for (guint j = 0; j < b->alternatives->len; j++)
        {
          if (keys_meet (&g_array_index (a->alternatives, ZifuTableKey, i), &g_array_index (b->alternatives, ZifuTableKey, j)))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
knows_text (const ZifuAxisDecl *axis, const char *text)
{
  for (guint i = 0; i < axis->values->len; i++)
    {
      g_autofree char *value = zifu_value_format (g_ptr_array_index (axis->values, i));

      if (g_str_equal (value, text))
        return TRUE;
    }
  return FALSE;
}

static void
check_entry (ZifuLint *lint, const ZifuRule *rule, const ZifuExpr *table, const ZifuTableEntry *entry, const ZifuPath *path)
{
  const ZifuAxisDecl *axis = table->name ? zifu_pack_get_axis (lint->pack, table->name) : NULL;

  for (guint i = 0; i < entry->alternatives->len; i++)
    {
      const ZifuTableKey *key = &g_array_index (entry->alternatives, ZifuTableKey, i);

      if (is_empty_range (key))
        zifu_lint_add (lint, ZIFU_LINT_ERROR, path, rule, N_ ("the key '{1}' can never fit"), key->text, NULL);
      else if (axis && !key->numeric && !knows_text (axis, key->text))
        zifu_lint_add (lint, ZIFU_LINT_WARNING, path, rule, N_ ("the pack does not know the value '{1}' of the axis '{2}'"), key->text,
                       table->name);
      else if (!table->name && !key->numeric)
        zifu_lint_add (lint, ZIFU_LINT_ERROR, path, rule, N_ ("the key '{1}' can never fit a number"), key->text, NULL);
    }
}

static void
check_table (ZifuLint *lint, const ZifuRule *rule, JsonNode *node, const ZifuPath *path)
{
  g_autoptr (ZifuExpr) table = zifu_expr_parse (node, path, NULL);
  ZifuPath of = zifu_path_member (path, "of");

  if (!table || !table->entries)
    return;
  for (guint i = 0; i < table->entries->len; i++)
    {
      const ZifuTableEntry *entry = g_ptr_array_index (table->entries, i);
      ZifuPath at = zifu_path_member (&of, entry->text);

      check_entry (lint, rule, table, entry, &at);
      for (guint j = 0; j < i; j++)
        {
          const ZifuTableEntry *other = g_ptr_array_index (table->entries, j);

          if (entries_meet (other, entry))
            zifu_lint_add (lint, ZIFU_LINT_ERROR, &at, rule, N_ ("the keys '{1}' and '{2}' can fit at once"), other->text, entry->text);
        }
    }
}

/* @skip: (nullable): a member that is passed over. */
static void
walk_members (ZifuLint *lint, const ZifuRule *rule, JsonObject *object, const ZifuPath *path, const char *skip)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l; l = l->next)
    {
      ZifuPath at = zifu_path_member (path, l->data);

      if (g_strcmp0 (l->data, skip) != 0)
        walk (lint, rule, json_object_get_member (object, l->data), &at);
    }
}

static void
walk_object (ZifuLint *lint, const ZifuRule *rule, JsonNode *node, const ZifuPath *path)
{
  JsonObject *object = json_node_get_object (node);

  if (json_object_get_size (object) == 1)
    check_reference (lint, rule, object, path);
  if (json_object_has_member (object, "by") && json_object_has_member (object, "of"))
    check_table (lint, rule, node, path);
  check_payers (lint, rule, object, path);
  walk_members (lint, rule, object, path, NULL);
}

static void
walk (ZifuLint *lint, const ZifuRule *rule, JsonNode *node, const ZifuPath *path)
{
  JsonArray *array;

  if (JSON_NODE_HOLDS_OBJECT (node))
    walk_object (lint, rule, node, path);
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      ZifuPath at = zifu_path_item (path, i);

      walk (lint, rule, json_array_get_element (array, i), &at);
    }
}

static void
check_condition (ZifuLint *lint, const ZifuRule *rule, const char *axis_name, const ZifuCondition *condition, const ZifuPath *path)
{
  const ZifuAxisDecl *axis = zifu_pack_get_axis (lint->pack, axis_name);

  if (condition->not_)
    check_condition (lint, rule, axis_name, condition->not_, path);
  if (condition->has_min && condition->has_max && zifu_rational_cmp (condition->min, condition->max) > 0)
    zifu_lint_add (lint, ZIFU_LINT_ERROR, path, rule, N_ ("no number lies between these bounds"), NULL, NULL);
  if (condition->from != 0 && condition->to != 0 && condition->from > condition->to)
    zifu_lint_add (lint, ZIFU_LINT_ERROR, path, rule, N_ ("ends before it begins"), NULL, NULL);
  for (guint i = 0; axis && condition->options && i < condition->options->len; i++)
    {
      const ZifuValue *option = g_ptr_array_index (condition->options, i);
      g_autofree char *text = zifu_value_format (option);

      if (!g_ptr_array_find_with_equal_func (axis->values, option, (GEqualFunc) zifu_value_equal, NULL))
        zifu_lint_add (lint, ZIFU_LINT_WARNING, path, rule, N_ ("the pack does not know the value '{1}' of the axis '{2}'"), text,
                       axis_name);
    }
}

typedef struct {
  const ZifuPack *pack;
  const char     *target;
  GHashTable     *seen; /* names */
  gboolean        found;
} Circle;

static void
follow (ZifuExpr *expr, gpointer data)
{
  Circle *circle = data;

  if (expr->kind != ZIFU_EXPR_AMOUNT || circle->found)
    return;
  circle->found = g_str_equal (expr->name, circle->target);
  if (circle->found || !g_hash_table_add (circle->seen, expr->name))
    return;
  for (guint i = 0; i < circle->pack->by_kind[ZIFU_RULE_AMOUNT]->len; i++)
    {
      ZifuRule *rule = g_ptr_array_index (circle->pack->by_kind[ZIFU_RULE_AMOUNT], i);

      if (g_str_equal (rule->u.amount.name, expr->name))
        zifu_rule_foreach_expr (rule, follow, circle);
    }
}

static void
note_itself (ZifuExpr *expr, gpointer data)
{
  Circle *circle = data;

  circle->found = circle->found || (expr->kind == ZIFU_EXPR_AMOUNT && g_str_equal (expr->name, circle->target));
}

/* An amount that needs itself by way of others.  Whether a person meets all of these rules at once is not known here. */
static void
check_circle (ZifuLint *lint, const ZifuRule *rule, const ZifuPath *path)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  Circle circle = { lint->pack, rule->u.amount.name, seen, FALSE };

  zifu_rule_foreach_expr ((ZifuRule *) rule, note_itself, &circle);
  if (circle.found)
    return; /* an error, said elsewhere */
  zifu_rule_foreach_expr ((ZifuRule *) rule, follow, &circle);
  if (circle.found)
    zifu_lint_add (lint, ZIFU_LINT_WARNING, path, rule, N_ ("amount '{1}' refers to itself by way of others"), rule->u.amount.name, NULL);
}

/**
 * zifu_lint_content:
 * @lint: the linter
 * @rule: a rule of the pack
 * @node: the rule as written
 * @path: its place
 *
 * Looks at everything that a rule refers to.
 */
void
zifu_lint_content (ZifuLint *lint, const ZifuRule *rule, JsonNode *node, const ZifuPath *path)
{
  ZifuPath when = zifu_path_member (path, "when");

  for (guint i = 0; i < rule->when->len; i++)
    {
      const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, i);
      ZifuPath at = zifu_path_member (&when, clause->axis);

      check_condition (lint, rule, clause->axis, clause->condition, &at);
    }
  /* The names of axes in "when" are the pack's own: they may be those of fields. */
  walk_members (lint, rule, json_node_get_object (node), path, "when");
  check_payers (lint, rule, json_node_get_object (node), path);
  if (rule->kind == ZIFU_RULE_AMOUNT)
    check_circle (lint, rule, path);
}
