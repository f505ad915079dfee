/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-asked.h"

#include "zifu-condition.h"

#include <string.h>

/**
 * Listing:
 *
 * A list of axes while it is made.
 */
typedef struct {
  const ZifuPack *pack;
  GPtrArray *asked; /* of ZifuAsked */
} Listing;

static void
asked_free (gpointer data)
{
  ZifuAsked *asked = data;

  g_free (asked->axis);
  g_ptr_array_unref (asked->values);
  g_free (asked);
}

/**
 * zifu_asked_find:
 * @asked: (element-type ZifuAsked): a list
 * @axis: name of an axis
 *
 * Returns: (transfer none) (nullable): what is asked about it
 */
const ZifuAsked *
zifu_asked_find (const GPtrArray *asked, const char *axis)
{
  for (guint i = 0; i < asked->len; i++)
    {
      const ZifuAsked *one = g_ptr_array_index (asked, i);

      if (g_str_equal (one->axis, axis))
        return one;
    }
  return NULL;
}

static void
add_value (ZifuAsked *asked, const char *text)
{
  if (!g_ptr_array_find_with_equal_func (asked->values, text, g_str_equal, NULL))
    g_ptr_array_add (asked->values, g_strdup (text));
}

/* The axis, with the words that the pack declares for it: they come in the pack's order. */
static ZifuAsked *
want (Listing *self, const char *axis)
{
  ZifuAsked *asked = (ZifuAsked *) zifu_asked_find (self->asked, axis);
  const ZifuAxisDecl *declared = zifu_pack_get_axis (self->pack, axis);

  if (asked != NULL)
    return asked;
  asked = g_new0 (ZifuAsked, 1);
  asked->axis = g_strdup (axis);
  asked->form = declared != NULL ? ZIFU_ASKED_CHOICE : ZIFU_ASKED_NUMBER;
  asked->values = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; declared != NULL && i < declared->values->len; i++)
    {
      const ZifuValue *value = g_ptr_array_index (declared->values, i);

      if (value->kind == ZIFU_VALUE_STRING)
        add_value (asked, value->string);
    }
  g_ptr_array_add (self->asked, asked);
  return asked;
}

static void
read_value (ZifuAsked *asked, const ZifuValue *value)
{
  if (value->kind == ZIFU_VALUE_BOOLEAN)
    asked->form = ZIFU_ASKED_YES_NO;
  else if (value->kind == ZIFU_VALUE_STRING)
    {
      asked->form = ZIFU_ASKED_CHOICE;
      add_value (asked, value->string);
    }
}

static void
read_condition (ZifuAsked *asked, const ZifuCondition *condition)
{
  if (condition->from != 0 || condition->to != 0)
    asked->form = ZIFU_ASKED_DAY;
  for (guint i = 0; condition->options != NULL && i < condition->options->len; i++)
    read_value (asked, g_ptr_array_index (condition->options, i));
  if (condition->not_ != NULL)
    read_condition (asked, condition->not_);
}

static void
read_key (ZifuAsked *asked, const ZifuTableKey *key)
{
  if (g_str_equal (key->text, "true") || g_str_equal (key->text, "false"))
    asked->form = ZIFU_ASKED_YES_NO;
  else if (asked->form == ZIFU_ASKED_CHOICE || !key->numeric)
    {
      asked->form = ZIFU_ASKED_CHOICE;
      add_value (asked, key->text);
    }
}

static void
read_expr (ZifuExpr *expr, gpointer data)
{
  Listing *self = data;
  ZifuAsked *asked;

  if ((expr->kind != ZIFU_EXPR_TABLE && expr->kind != ZIFU_EXPR_AXIS) || expr->name == NULL)
    return;
  asked = want (self, expr->name);
  for (guint i = 0; expr->entries != NULL && i < expr->entries->len; i++)
    {
      const ZifuTableEntry *entry = g_ptr_array_index (expr->entries, i);

      for (guint j = 0; j < entry->alternatives->len; j++)
        read_key (asked, &g_array_index (entry->alternatives, ZifuTableKey, j));
    }
}

/* A counter whose name holds axes in braces. */
static void
read_counter (Listing *self, const char *counter)
{
  const char *open = counter != NULL ? strchr (counter, '{') : NULL;

  while (open != NULL)
    {
      const char *close = strchr (open, '}');
      g_autofree char *axis = close != NULL ? g_strndup (open + 1, (gsize) (close - open - 1)) : NULL;

      if (axis == NULL)
        return;
      want (self, axis);
      open = strchr (close, '{');
    }
}

/* Whether what is stated lets the rule fit; what is not stated yet might. */
static gboolean
may_fit (const ZifuRule *rule, const ZifuFacts *person, const ZifuFacts *visit)
{
  for (guint i = 0; i < rule->when->len; i++)
    {
      const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, i);
      const ZifuValue *value = visit != NULL ? zifu_facts_get (visit, clause->axis) : NULL;
      gboolean holds = TRUE;

      if (value == NULL)
        value = zifu_facts_get (person, clause->axis);
      if (value != NULL && zifu_condition_holds (clause->condition, value, rule->id, &holds, NULL) && !holds)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_in_force (const ZifuRule *rule, ZifuDate on)
{
  return rule->valid_from <= on && (rule->valid_to == 0 || rule->valid_to >= on);
}

static gboolean
fits (const ZifuRule *rule, const ZifuFacts *person, const ZifuFacts *visit)
{
  for (guint i = 0; i < rule->when->len; i++)
    {
      const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, i);
      const ZifuValue *value = zifu_facts_get (visit, clause->axis);
      gboolean holds = FALSE;

      if (value == NULL)
        value = zifu_facts_get (person, clause->axis);
      if (!zifu_condition_holds (clause->condition, value, rule->id, &holds, NULL) || !holds)
        return FALSE;
    }
  return TRUE;
}

/* The benefit under which a visit of this kind is settled, as far as what is stated tells. */
static const char *
guess_benefit (const ZifuPack *pack, const ZifuFacts *person, const ZifuFacts *visit, ZifuDate on)
{
  const GPtrArray *routes = pack->by_kind[ZIFU_RULE_ROUTE];
  const ZifuRule *best = NULL;

  for (guint i = 0; i < routes->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (routes, i);

      if (is_in_force (rule, on) && fits (rule, person, visit) &&
          (best == NULL || rule->depth > best->depth ||
           (rule->depth == best->depth && zifu_rule_specificity (rule) > zifu_rule_specificity (best))))
        best = rule;
    }
  return best != NULL ? best->u.route.to : zifu_facts_get_string (visit, "care");
}

static gboolean
is_about (const ZifuRule *rule, const char *benefit, gboolean with_visit)
{
  if (!with_visit)
    return TRUE;
  if (rule->kind == ZIFU_RULE_CREDIT || rule->kind == ZIFU_RULE_COVERAGE)
    return FALSE;
  if (rule->kind == ZIFU_RULE_AMOUNT || rule->benefits == NULL || benefit == NULL)
    return rule->kind != ZIFU_RULE_AMOUNT;
  return g_ptr_array_find_with_equal_func (rule->benefits, benefit, g_str_equal, NULL);
}

/**
 * zifu_pack_list_asked:
 * @pack: the rules
 * @person: axes of a person that are stated
 * @visit: (nullable): axes of a visit that are stated; %NULL asks about the person only, that is about every rule
 * @on: a day
 *
 * Lists the axes that rules read which may fit: what a form for this region has to ask.  Derived axes and those of bill lines are
 * listed, too; whoever asks leaves out what is asked elsewhere.
 *
 * Returns: (transfer full) (element-type ZifuAsked): the axes, in the order in which the rules name them
 */
GPtrArray *
zifu_pack_list_asked (ZifuPack *pack, const ZifuFacts *person, const ZifuFacts *visit, ZifuDate on)
{
  Listing self = { pack, g_ptr_array_new_with_free_func (asked_free) };

  const char *benefit;

  g_return_val_if_fail (pack != NULL && person != NULL && on > 0, self.asked);

  benefit = visit != NULL ? guess_benefit (pack, person, visit, on) : NULL;
  for (guint i = 0; i < pack->rules->len; i++)
    {
      ZifuRule *rule = g_ptr_array_index (pack->rules, i);

      if (!is_in_force (rule, on) || !is_about (rule, benefit, visit != NULL) || !may_fit (rule, person, visit))
        continue;
      for (guint j = 0; j < rule->when->len; j++)
        {
          const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, j);

          read_condition (want (&self, clause->axis), clause->condition);
        }
      zifu_rule_foreach_expr (rule, read_expr, &self);
      read_counter (&self, rule->counter);
    }
  return self.asked;
}
