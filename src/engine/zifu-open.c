/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-range.h"

#include "zifu-error.h"

#include <string.h>

/* What may be open about a visit: found by settling it and looking at which rules were used. */

#define MAX_STAYS 3

/**
 * zifu_open_free:
 * @open: (nullable) (transfer full): something open
 *
 * Frees a question and its answers.
 */
void
zifu_open_free (ZifuOpen *open)
{
  if (open == NULL)
    return;

  g_free (open->name);
  g_ptr_array_unref (open->answers);
  g_free (open);
}

static ZifuOpen *
open_new (ZifuOpenKind kind, const char *name)
{
  ZifuOpen *open = g_new0 (ZifuOpen, 1);

  open->kind = kind;
  open->name = g_strdup (name);
  open->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_value_free);

  return open;
}

static guint
add_answer (ZifuOpen *open, const ZifuValue *answer)
{
  for (guint i = 0; i < open->answers->len; i++)
    if (zifu_value_equal (g_ptr_array_index (open->answers, i), answer))
      return i;
  g_ptr_array_add (open->answers, zifu_value_copy (answer));

  return open->answers->len - 1;
}

static void
add_word (ZifuOpen *open, const char *word)
{
  g_autoptr (ZifuValue) value = zifu_value_new_string (word);

  add_answer (open, value);
}

static void
add_number (ZifuOpen *open, ZifuRational number)
{
  g_autoptr (ZifuValue) value = NULL;

  if (zifu_rational_sign (number) < 0)
    return;
  value = zifu_value_new_number (number);
  add_answer (open, value);
}

static void
add_money (ZifuOpen *open, ZifuMoney fen)
{
  add_number (open, zifu_rational_from_fen (fen));
}

/**
 * zifu_open_set_likely:
 * @open: something open
 * @answer: (transfer none): the likely answer; it is added when it is not among the answers yet
 *
 * Says which answer is likely, as somebody who knows the person's earlier visits may.
 *
 * Returns: whether the answer is of the right kind: a number, or a word for an axis
 */
gboolean
zifu_open_set_likely (ZifuOpen *open, const ZifuValue *answer)
{
  g_return_val_if_fail (open != NULL && answer != NULL, FALSE);

  if (open->kind != ZIFU_OPEN_AXIS && (answer->kind != ZIFU_VALUE_NUMBER || zifu_rational_sign (answer->number) < 0))
    return FALSE;

  open->likely = add_answer (open, answer);

  return TRUE;
}

static void
add_bound (ZifuOpen *open, const ZifuExpr *bound, const char *word)
{
  g_autoptr (ZifuValue) value = NULL;

  if (bound->kind == ZIFU_EXPR_NUMBER)
    value = zifu_value_new_number (bound->number);
  else
    value = zifu_value_new_string (word);
  g_ptr_array_add (open->answers, g_steal_pointer (&value));
}

/**
 * zifu_open_new_figure:
 * @figure: (transfer none): a figure that is known only between two bounds, owned by the pack
 *
 * Returns: (transfer full): the question what it is; its answers are the two bounds
 */
ZifuOpen *
zifu_open_new_figure (const ZifuExpr *figure)
{
  ZifuOpen *open;

  g_return_val_if_fail (figure != NULL && figure->low != NULL && figure->high != NULL, NULL);

  open = open_new (ZIFU_OPEN_FIGURE, figure->reason);
  open->figure = figure;
  add_bound (open, figure->low, "low");
  add_bound (open, figure->high, "high");

  return open;
}

/**
 * zifu_open_copy:
 * @open: something open
 *
 * Returns: (transfer full): a copy
 */
ZifuOpen *
zifu_open_copy (const ZifuOpen *open)
{
  ZifuOpen *copy = g_new0 (ZifuOpen, 1);

  *copy = *open;
  copy->name = g_strdup (open->name);
  copy->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_value_free);
  for (guint i = 0; i < open->answers->len; i++)
    g_ptr_array_add (copy->answers, zifu_value_copy (g_ptr_array_index (open->answers, i)));

  return copy;
}

/**
 * zifu_open_compare_gains:
 * @a: a pointer to a #ZifuOpen
 * @b: another
 *
 * Returns: their order, what narrows the range most first
 */
int
zifu_open_compare_gains (gconstpointer a, gconstpointer b)
{
  const ZifuOpen *x = *(const ZifuOpen *const *) a, *y = *(const ZifuOpen *const *) b;

  if (x->gain != y->gain)
    return x->gain > y->gain ? -1 : 1;

  return g_strcmp0 (x->name, y->name);
}

/**
 * zifu_open_add_figures:
 * @questions: (element-type ZifuOpen): what is asked
 * @ends: the figures known only between two bounds that were needed
 *
 * Adds those of which nobody asked yet.
 *
 * Returns: whether there were any
 */
gboolean
zifu_open_add_figures (GPtrArray *questions, const ZifuEnds *ends)
{
  gboolean found = FALSE;

  for (guint i = 0; i < ends->seen->len; i++)
    {
      const ZifuExpr *figure = g_ptr_array_index (ends->seen, i);
      gboolean asked = FALSE;

      for (guint k = 0; k < questions->len && !asked; k++)
        asked = ((ZifuOpen *) g_ptr_array_index (questions, k))->figure == figure;
      if (!asked)
        g_ptr_array_add (questions, zifu_open_new_figure (figure));
      found |= !asked;
    }

  return found;
}

static void
collect_from_expr (ZifuOpen *open, const ZifuExpr *expr)
{
  if (expr == NULL)
    return;
  if (expr->kind == ZIFU_EXPR_TABLE && expr->name != NULL && g_str_equal (expr->name, open->name))
    for (guint i = 0; i < expr->entries->len; i++)
      {
        const ZifuTableEntry *entry = g_ptr_array_index (expr->entries, i);

        for (guint k = 0; k < entry->alternatives->len; k++)
          add_word (open, g_array_index (entry->alternatives, ZifuTableKey, k).text);
      }
  for (guint i = 0; expr->entries != NULL && i < expr->entries->len; i++)
    collect_from_expr (open, ((ZifuTableEntry *) g_ptr_array_index (expr->entries, i))->value);
  for (guint i = 0; expr->args != NULL && i < expr->args->len; i++)
    collect_from_expr (open, g_ptr_array_index (expr->args, i));
  collect_from_expr (open, expr->otherwise);
  collect_from_expr (open, expr->by);
}

static void
collect_from_rule (ZifuOpen *open, const ZifuRule *rule)
{
  for (guint i = 0; i < rule->when->len; i++)
    {
      const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, i);
      const ZifuCondition *condition = clause->condition->not_ != NULL ? clause->condition->not_ : clause->condition;

      if (!g_str_equal (clause->axis, open->name))
        continue;
      for (guint k = 0; condition->options != NULL && k < condition->options->len; k++)
        add_answer (open, g_ptr_array_index (condition->options, k));
    }
  collect_from_expr (open, rule->value);
  if (rule->kind != ZIFU_RULE_SHARE)
    return;
  for (guint b = 0; b < rule->u.share.bands->len; b++)
    {
      const ZifuBand *band = &g_array_index (rule->u.share.bands, ZifuBand, b);

      collect_from_expr (open, band->upto);
      for (guint p = 0; p < band->pay->len; p++)
        collect_from_expr (open, g_array_index (band->pay, ZifuBandPay, p).ratio);
    }
}

/* The words that the pack knows for an axis, else those that its rules tell apart. */
static void
ask_axis (GPtrArray *questions, const ZifuPack *pack, const ZifuVisit *visit, const char *axis)
{
  const ZifuAxisDecl *declared = zifu_pack_get_axis (pack, axis);
  g_autoptr (ZifuOpen) open = open_new (ZIFU_OPEN_AXIS, axis);

  if (zifu_facts_get (visit->facts, axis) != NULL)
    return;
  for (guint i = 0; declared != NULL && i < declared->values->len; i++)
    add_answer (open, g_ptr_array_index (declared->values, i));
  for (guint i = 0; declared == NULL && i < pack->rules->len; i++)
    collect_from_rule (open, g_ptr_array_index (pack->rules, i));
  open->likely = open->answers->len / 2;
  if (open->answers->len > 1)
    g_ptr_array_add (questions, g_steal_pointer (&open));
}

static void
ask_split (GPtrArray *questions, const ZifuVisit *visit)
{
  ZifuMoney rest = visit->total - visit->over_limit - visit->prior;
  ZifuOpen *open;

  if (visit->lines != NULL || !visit->has_total || visit->has_out || visit->has_in_scope || rest <= 0)
    return;
  open = open_new (ZIFU_OPEN_SPLIT, NULL);
  add_money (open, 0);
  add_money (open, rest);
  g_ptr_array_add (questions, open);
}

static gboolean
is_stated (const ZifuPerson *person, const char *counter)
{
  for (guint i = 0; i < person->counters->len; i++)
    if (g_str_equal (g_array_index (person->counters, ZifuCounterValue, i).name, counter))
      return TRUE;

  return FALSE;
}

static gboolean
is_asked (const GPtrArray *questions, const char *counter)
{
  for (guint i = 0; i < questions->len; i++)
    if (g_strcmp0 (((ZifuOpen *) g_ptr_array_index (questions, i))->name, counter) == 0)
      return TRUE;

  return FALSE;
}

/* The name of a counter of a rule may hold axes; what stands before the first of them tells it. */
static gboolean
is_counter (const char *template_, const char *name)
{
  const char *brace = template_ != NULL ? strchr (template_, '{') : NULL;

  if (template_ == NULL)
    return FALSE;

  return brace != NULL ? strncmp (template_, name, (gsize) (brace - template_)) == 0 : g_str_equal (template_, name);
}

/* Where a counter changes what happens: at 0, where its limit is reached, and where this visit would reach it. */
static void
add_turns (ZifuOpen *open, const ZifuSettlement *settlement)
{
  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);
      ZifuMoney limit = step->kind == ZIFU_STEP_DEDUCTIBLE ? step->need : step->limit;

      if (step->rule == NULL || !is_counter (step->rule->counter, open->name))
        continue;
      if (step->kind == ZIFU_STEP_DEDUCTIBLE || step->kind == ZIFU_STEP_LIMIT || step->kind == ZIFU_STEP_CAP)
        {
          add_money (open, limit);
          add_money (open, limit - settlement->in_scope);
          add_money (open, limit - settlement->fund_sum);
        }
      if (step->kind != ZIFU_STEP_SHARE)
        continue;
      for (guint b = 0; b < step->rule->u.share.bands->len; b++)
        {
          const ZifuExpr *upto = g_array_index (step->rule->u.share.bands, ZifuBand, b).upto;
          ZifuRational before;

          if (upto == NULL || upto->kind != ZIFU_EXPR_NUMBER)
            continue;
          add_number (open, upto->number);
          if (zifu_rational_sub (upto->number, zifu_rational_from_fen (step->input), &before))
            add_number (open, before);
        }
    }
}

static void
ask_counters (GPtrArray *questions, const ZifuPerson *person, const ZifuSettlement *settlement)
{
  for (guint i = 0; i < settlement->counters->len; i++)
    {
      const char *name = g_array_index (settlement->counters, ZifuCounterValue, i).name;
      ZifuOpen *open;

      if (is_stated (person, name))
        continue;
      if (is_asked (questions, name))
        {
          for (guint k = 0; k < questions->len; k++)
            {
              open = g_ptr_array_index (questions, k);
              if (g_strcmp0 (open->name, name) == 0)
                add_turns (open, settlement);
            }
          continue;
        }
      open = open_new (ZIFU_OPEN_COUNTER, name);
      add_money (open, 0);
      add_turns (open, settlement);
      /* A count of stays or the like: nothing limits it, but the first few may differ. */
      for (int n = 1; open->answers->len == 1 && n <= MAX_STAYS; n++)
        add_number (open, zifu_rational_from_int (n));
      g_ptr_array_add (questions, open);
    }
}

/* The visit with each figure of the rules that is known only between two bounds at the one or the other end. */
static void
ask_counters_at_ends (GPtrArray *questions, ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *probe)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();

  for (guint i = 0; i < 2; i++)
    {
      ZifuEnds ends = { seen, i == 0 ? 0 : G_MAXUINT64 };
      g_autoptr (ZifuCase) self = zifu_case_new (pack, person, probe->date);
      g_autoptr (ZifuSettlement) settlement = NULL;

      zifu_case_set_ends (self, &ends);
      settlement = zifu_case_settle (self, probe, NULL);
      if (settlement != NULL)
        ask_counters (questions, person, settlement);
    }
}

/* Settles the visit once for each answer about its axes, to see which counters move. */
static void
ask_all_counters (GPtrArray *questions, ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, const ZifuOpen *axis)
{
  guint n = axis != NULL ? axis->answers->len : 1;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ZifuVisit) probe = zifu_visit_copy (visit);
      g_autoptr (ZifuSettlement) settlement = NULL;
      g_autoptr (GError) error = NULL;

      if (axis != NULL)
        zifu_facts_take (probe->facts, axis->name, zifu_value_copy (g_ptr_array_index (axis->answers, i)));
      settlement = zifu_settle (pack, person, probe, &error);
      if (settlement != NULL)
        ask_counters (questions, person, settlement);
      else if (g_error_matches (error, ZIFU_ERROR, ZIFU_ERROR_UNKNOWN_FIGURE))
        ask_counters_at_ends (questions, pack, person, probe);
    }
}

/**
 * zifu_open_questions:
 * @pack: (transfer none): the rules
 * @person: who; counters that are not stated are open
 * @visit: what for; without a level of the institution, or with a total of which no part is stated, these are open
 *
 * Finds what is not known about a visit, with the answers at which something changes.  Likely is at first: everything in
 * scope, nothing used up this year, and of the levels the one in the middle; who knows better says so with
 * zifu_open_set_likely().
 *
 * Returns: (transfer full) (element-type ZifuOpen): what is open, in no order
 */
GPtrArray *
zifu_open_questions (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit)
{
  GPtrArray *questions = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_open_free);
  const ZifuOpen *axis;

  g_return_val_if_fail (pack != NULL && person != NULL && visit != NULL, questions);

  ask_axis (questions, pack, visit, "class");
  axis = questions->len > 0 ? g_ptr_array_index (questions, 0) : NULL;
  ask_all_counters (questions, pack, person, visit, axis);
  ask_split (questions, visit);

  return questions;
}
