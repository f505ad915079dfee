/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-select.h"

#include "zifu-private.h"

#include <string.h>

/**
 * zifu_rule_slot:
 * @rule: a rule
 *
 * Returns: (nullable) (transfer none): the slot in which it competes, where its kind has several
 */
const char *
zifu_rule_slot (const ZifuRule *rule)
{
  switch (rule->kind)
    {
    case ZIFU_RULE_LAYER:
      return rule->layer;
    case ZIFU_RULE_TALLY:
      return rule->counter;
    case ZIFU_RULE_AMOUNT:
      return rule->u.amount.name;
    case ZIFU_RULE_ROUTE:
    case ZIFU_RULE_GATE:
    case ZIFU_RULE_SCOPE:
    case ZIFU_RULE_FIXED:
    case ZIFU_RULE_DEDUCTIBLE:
    case ZIFU_RULE_SHARE:
    case ZIFU_RULE_ADJUST:
    case ZIFU_RULE_CAP:
    case ZIFU_RULE_ACCOUNT:
    case ZIFU_RULE_CREDIT:
    case ZIFU_RULE_COVERAGE:
    default:
      return rule->slot;
    }
}

static gboolean
competes (const ZifuRule *rule, const ZifuQuery *query)
{
  if (query->layer != NULL && g_strcmp0 (rule->layer, query->layer) != 0)
    return FALSE;
  if (query->target >= 0 && (int) rule->u.adjust.target != query->target)
    return FALSE;
  if (query->per >= 0 && (int) rule->u.fixed.per != query->per)
    return FALSE;
  if (query->name != NULL && !g_str_equal (rule->u.amount.name, query->name))
    return FALSE;
  return query->slot == NULL || g_strcmp0 (zifu_rule_slot (rule), query->slot) == 0;
}

static gboolean
in_force (const ZifuRule *rule, ZifuDate on)
{
  return rule->valid_from <= on && (rule->valid_to == 0 || on <= rule->valid_to);
}

static gboolean
fits (const ZifuRule *rule, const ZifuContext *context, gboolean *out, GError **error)
{
  *out = FALSE;
  if (rule->benefits != NULL)
    {
      const char *benefit = zifu_context_axis_string (context, "benefit");
      gboolean found = FALSE;

      for (guint i = 0; benefit != NULL && i < rule->benefits->len && !found; i++)
        found = g_str_equal (g_ptr_array_index (rule->benefits, i), benefit);
      if (!found)
        return TRUE;
    }
  for (guint i = 0; i < rule->when->len; i++)
    {
      const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, i);
      const ZifuValue *value = zifu_context_axis (context, clause->axis);
      g_autoptr (GError) local = NULL;
      gboolean holds;

      if (!zifu_condition_holds (clause->condition, value, clause->axis, &holds, &local))
        {
          g_autofree char *where = g_strconcat (rule->id, "/when/", NULL);

          zifu_error_prefix (&local, where);
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (!holds)
        return TRUE;
    }
  *out = TRUE;
  return TRUE;
}

/* The rules that fit.  A slot seldom has more than a few: they stand on the stack until there are many. */
#define FEW 32

typedef struct {
  const ZifuRule *few[FEW];
  GPtrArray      *many; /* nullable, owned: all of them, when they are more than few */
  guint           n;
} Hits;

static void
hits_clear (Hits *hits)
{
  g_clear_pointer (&hits->many, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hits, hits_clear)

static void
hits_add (Hits *hits, const ZifuRule *rule)
{
  if (hits->n < FEW)
    hits->few[hits->n] = rule;
  else if (hits->many == NULL)
    {
      hits->many = g_ptr_array_new ();
      for (guint i = 0; i < FEW; i++)
        g_ptr_array_add (hits->many, (gpointer) hits->few[i]);
    }
  if (hits->many != NULL)
    g_ptr_array_add (hits->many, (gpointer) rule);
  hits->n++;
}

static const ZifuRule *
hits_get (const Hits *hits, guint i)
{
  return hits->many != NULL ? g_ptr_array_index (hits->many, i) : hits->few[i];
}

static gboolean
is_overridden (const ZifuRule *rule, const Hits *hits)
{
  for (guint i = 0; i < hits->n; i++)
    {
      const ZifuRule *other = hits_get (hits, i);

      if (other->overrides != NULL && g_strv_contains ((const char *const *) other->overrides, rule->id))
        return TRUE;
    }
  return FALSE;
}

static gboolean
refuse_both (const ZifuRule *best, const ZifuRule *rule, const char *where, const char *slot, GError **error)
{
  g_autofree char *place = slot != NULL ? g_strconcat (where, "/", slot, NULL) : g_strdup (where);

  zifu_error_set (error, ZIFU_ERROR_CONFLICT, place, N_ ("rules '{1}' and '{2}' both match and disagree"), best->id, rule->id, NULL);
  return FALSE;
}

/* The most specific of the rules that fit; of several with equal content the first by id. */
static gboolean
pick_winner (const Hits *hits, const char *where, const char *slot, const ZifuRule **winner, GError **error)
{
  const ZifuRule *best = NULL;
  guint top = 0;

  for (guint i = 0; i < hits->n; i++)
    {
      const ZifuRule *rule = hits_get (hits, i);
      guint specificity = zifu_rule_specificity (rule);

      if (is_overridden (rule, hits) || (best != NULL && specificity < top))
        continue;
      if (best == NULL || specificity > top || strcmp (rule->id, best->id) < 0)
        best = rule;
      top = specificity;
    }
  for (guint i = 0; best != NULL && i < hits->n; i++)
    {
      const ZifuRule *rule = hits_get (hits, i);

      if (rule == best || zifu_rule_specificity (rule) != top || is_overridden (rule, hits))
        continue;
      if (rule->payload == NULL || g_strcmp0 (rule->payload, best->payload) != 0)
        return refuse_both (best, rule, where, slot, error);
    }
  *winner = best;
  return TRUE;
}

/* @slot: (nullable): the slot, for messages. */
static gboolean
select_in (const ZifuContext *context, const ZifuQuery *query, const char *where, const char *slot, const ZifuRule **winner, GError **error)
{
  GPtrArray *candidates = context->run->pack->by_kind[query->kind];
  g_auto (Hits) hits = { .n = 0 };

  *winner = NULL;
  for (guint i = 0; i < candidates->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (candidates, i);
      gboolean fitting;

      if (!in_force (rule, context->run->on) || !competes (rule, query))
        continue;
      if (!fits (rule, context, &fitting, error))
        return FALSE;
      if (fitting)
        hits_add (&hits, rule);
    }
  if (!pick_winner (&hits, where, slot, winner, error))
    return FALSE;
  if (*winner != NULL && !g_ptr_array_find (context->run->used, *winner, NULL))
    g_ptr_array_add (context->run->used, (gpointer) *winner);
  return TRUE;
}

/**
 * zifu_select_one:
 * @context: what the rules may read
 * @query: which rules compete
 * @where: the place of the settlement, for messages
 * @winner: (out) (nullable) (transfer none): the rule that wins; %NULL when none fits
 * @error: return location: %ZIFU_ERROR; %ZIFU_ERROR_CONFLICT when two rules fit equally well and disagree
 *
 * Finds the one rule of a slot: in force, fitting, most specific; never "the last one".
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_select_one (const ZifuContext *context, const ZifuQuery *query, const char *where, const ZifuRule **winner, GError **error)
{
  return select_in (context, query, where, NULL, winner, error);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * zifu_select_slots:
 * @context: what the rules may read
 * @query: which rules compete
 * @where: the place of the settlement, for messages
 * @error: return location: %ZIFU_ERROR
 *
 * Finds the winner of every slot of a kind.
 *
 * Returns: (transfer container) (element-type ZifuRule) (nullable): the winners in the order of their slots; %NULL on error
 */
GPtrArray *
zifu_select_slots (const ZifuContext *context, const ZifuQuery *query, const char *where, GError **error)
{
  GPtrArray *candidates = context->run->pack->by_kind[query->kind];
  g_autoptr (GPtrArray) slots = g_ptr_array_new ();
  g_autoptr (GPtrArray) winners = g_ptr_array_new ();

  for (guint i = 0; i < candidates->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (candidates, i);
      const char *slot = zifu_rule_slot (rule);

      if (in_force (rule, context->run->on) && competes (rule, query) && !g_ptr_array_find_with_equal_func (slots, slot, g_str_equal, NULL))
        g_ptr_array_add (slots, (gpointer) slot);
    }
  g_ptr_array_sort (slots, compare_texts);
  for (guint i = 0; i < slots->len; i++)
    {
      ZifuQuery narrow = *query;
      const ZifuRule *winner;

      narrow.slot = g_ptr_array_index (slots, i);
      if (!select_in (context, &narrow, where, narrow.slot, &winner, error))
        return NULL;
      if (winner != NULL)
        g_ptr_array_add (winners, (gpointer) winner);
    }
  return g_steal_pointer (&winners);
}

static int
compare_sequence (gconstpointer a, gconstpointer b)
{
  const ZifuRule *x = *(const ZifuRule *const *) a, *y = *(const ZifuRule *const *) b;

  if (x->u.adjust.seq != y->u.adjust.seq)
    return x->u.adjust.seq < y->u.adjust.seq ? -1 : 1;
  return strcmp (x->slot, y->slot);
}

/**
 * zifu_select_adjusts:
 * @context: what the rules may read
 * @layer: a layer
 * @target: what is adjusted
 * @where: the place of the settlement, for messages
 * @error: return location: %ZIFU_ERROR
 *
 * Finds the adjustments that act on a target.
 *
 * Returns: (transfer container) (element-type ZifuRule) (nullable): the rules in the order in which they act; %NULL on error
 */
GPtrArray *
zifu_select_adjusts (const ZifuContext *context, const char *layer, ZifuTarget target, const char *where, GError **error)
{
  ZifuQuery query = { .kind = ZIFU_RULE_ADJUST, .layer = layer, .target = (int) target, .per = -1 };
  GPtrArray *adjusts = zifu_select_slots (context, &query, where, error);

  if (adjusts != NULL)
    g_ptr_array_sort (adjusts, compare_sequence);
  return adjusts;
}
