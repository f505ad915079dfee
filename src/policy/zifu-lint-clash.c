/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules that may fit together and say different things: the engine refuses to choose, so a bill would be refused. */

#include <glib/gi18n.h>

#include "zifu-lint-private.h"

/* Rules compete inside a slot only. */
static char *
make_slot (const ZifuRule *rule)
{
  const char *name = "";

  switch (rule->kind)
    {
    case ZIFU_RULE_GATE:
    case ZIFU_RULE_CAP:
    case ZIFU_RULE_CREDIT:
      name = rule->slot;
      break;
    case ZIFU_RULE_ADJUST:
      return g_strdup_printf ("adjust %s %d %s", rule->layer, (int) rule->u.adjust.target, rule->slot);
    case ZIFU_RULE_TALLY:
      name = rule->counter;
      break;
    case ZIFU_RULE_AMOUNT:
      name = rule->u.amount.name;
      break;
    case ZIFU_RULE_FIXED:
      return g_strdup_printf ("fixed %d", (int) rule->u.fixed.per);
    case ZIFU_RULE_ROUTE:
    case ZIFU_RULE_SCOPE:
    case ZIFU_RULE_DEDUCTIBLE:
    case ZIFU_RULE_SHARE:
    case ZIFU_RULE_LAYER:
    case ZIFU_RULE_ACCOUNT:
    case ZIFU_RULE_COVERAGE:
    default:
      break;
    }
  return g_strdup_printf ("%s %s %s", zifu_rule_kind_name (rule->kind), rule->layer ? rule->layer : "", name);
}

static gboolean
overrides (const ZifuRule *a, const ZifuRule *b)
{
  return a->overrides && g_strv_contains ((const char *const *) a->overrides, b->id);
}

static gboolean
share_benefit (const ZifuRule *a, const ZifuRule *b)
{
  if (!a->benefits || !b->benefits)
    return TRUE;
  for (guint i = 0; i < a->benefits->len; i++)
    {
      if (g_ptr_array_find_with_equal_func (b->benefits, g_ptr_array_index (a->benefits, i), g_str_equal, NULL))
        return TRUE;
    }
  return FALSE;
}

static gboolean
share_a_day (const ZifuRule *a, const ZifuRule *b)
{
  return (a->valid_to == 0 || a->valid_to >= b->valid_from) && (b->valid_to == 0 || b->valid_to >= a->valid_from);
}

static gboolean
conditions_exclude (const ZifuRule *a, const ZifuRule *b)
{
  for (guint i = 0; i < a->when->len; i++)
    {
      const ZifuClause *one = &g_array_index (a->when, ZifuClause, i);

      for (guint j = 0; j < b->when->len; j++)
        {
          const ZifuClause *other = &g_array_index (b->when, ZifuClause, j);

          if (g_str_equal (one->axis, other->axis) && zifu_condition_excludes (one->condition, other->condition))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
may_clash (const ZifuRule *a, const ZifuRule *b)
{
  return !g_str_equal (a->payload, b->payload) && zifu_rule_specificity (a) == zifu_rule_specificity (b) && !overrides (a, b) &&
         !overrides (b, a) && share_a_day (a, b) && share_benefit (a, b) && !conditions_exclude (a, b);
}

static void
check_slot (ZifuLint *lint, const GPtrArray *rules)
{
  for (guint i = 0; i < rules->len; i++)
    {
      const ZifuRule *a = g_ptr_array_index (rules, i);

      for (guint j = i + 1; j < rules->len; j++)
        {
          const ZifuRule *b = g_ptr_array_index (rules, j);
          ZifuPath path = zifu_path_root (lint->document->file, a->pointer);

          if (may_clash (a, b))
            zifu_lint_add (lint, ZIFU_LINT_ERROR, &path, a, N_ ("'{1}' and '{2}' may both match, are equally specific, and disagree"),
                           a->id, b->id);
        }
    }
}

/**
 * zifu_lint_clashes:
 * @lint: the linter
 *
 * Looks at every pair of rules of the pack that compete for one slot.
 */
void
zifu_lint_clashes (ZifuLint *lint)
{
  g_autoptr (GHashTable) slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  GHashTableIter iter;
  gpointer rules;

  for (guint i = 0; i < lint->pack->rules->len; i++)
    {
      ZifuRule *rule = g_ptr_array_index (lint->pack->rules, i);
      char *slot;

      /* Another depth is another specificity: an inherited rule never competes with an own one. */
      if (rule->depth != lint->depth)
        continue;
      slot = make_slot (rule);
      rules = g_hash_table_lookup (slots, slot);
      if (!rules)
        {
          rules = g_ptr_array_new ();
          g_hash_table_insert (slots, g_strdup (slot), rules);
        }
      g_ptr_array_add (rules, rule);
      g_free (slot);
    }
  g_hash_table_iter_init (&iter, slots);
  while (g_hash_table_iter_next (&iter, NULL, &rules))
    check_slot (lint, rules);
}
