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

/* Whether all that a rule asks holds: its conditions one after the other, as they are written. */
static gboolean
look (const ZifuRule *rule, const ZifuContext *context, gboolean *holds, GError **error)
{
  for (guint i = 0; i < rule->when->len; i++)
    {
      const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, i);
      const ZifuValue *value = zifu_context_axis (context, clause->axis);
      g_autoptr (GError) local = NULL;

      if (!zifu_condition_holds (clause->condition, value, clause->axis, holds, &local))
        {
          g_autofree char *where = g_strconcat (rule->id, "/when/", NULL);

          zifu_error_prefix (&local, where);
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (!*holds)
        return TRUE;
    }
  *holds = TRUE;
  return TRUE;
}

static guint
count_bits (const guint64 *set, guint n_words)
{
  guint n = 0;

  for (guint w = 0; w < n_words; w++)
    n += (guint) __builtin_popcountll (set[w]);
  return n;
}

/* The rules of a contest that fit, in the order of their ids.  @live: conditions had to be looked at. */
static gboolean
find_hits (ZifuContext *context, const ZifuContest *contest, ZifuRules *hits, gboolean *live, GError **error)
{
  const ZifuPlan *plan = context->run->plan;
  const ZifuView *view = context->view;

  *hits = (ZifuRules){ NULL, 0 };
  *live = FALSE;
  for (guint w = 0; w < plan->n_words; w++)
    {
      guint64 found = contest->set[w] & (view->fits[w] | view->careful[w]), look_at = view->direct[w] | view->careful[w];

      for (; found != 0; found &= found - 1)
        {
          guint bit = (guint) __builtin_ctzll (found);
          const ZifuRule *rule = plan->rules[w * 64 + bit];
          gboolean holds = TRUE;

          if ((look_at >> bit & 1) != 0)
            {
              *live = TRUE;
              if (!look (rule, context, &holds, error))
                return FALSE;
            }
          if (!holds)
            continue;
          if (hits->rules == NULL)
            hits->rules = ZIFU_ARENA_NEW (context->run->scratch, const ZifuRule *, count_bits (contest->set, plan->n_words));
          hits->rules[hits->n++] = rule;
        }
    }
  return TRUE;
}

/**
 * zifu_use_begin:
 * @run: a run
 *
 * Begins to note anew which rules are used.
 *
 * Returns: (transfer none): those noted so far, to be given back with zifu_use_again()
 */
guint64 *
zifu_use_begin (ZifuRun *run)
{
  guint64 *before = zifu_use_keep (run, run->scratch);

  memset (run->used, 0, sizeof *run->used * run->plan->n_words);
  return before;
}

/**
 * zifu_use_keep:
 * @run: a run
 * @memory: an arena
 *
 * Returns: (transfer none): the set of the rules noted, in that memory
 */
guint64 *
zifu_use_keep (const ZifuRun *run, ZifuArena *memory)
{
  guint64 *kept = ZIFU_ARENA_NEW (memory, guint64, run->plan->n_words);

  return memcpy (kept, run->used, sizeof *kept * run->plan->n_words);
}

/**
 * zifu_rules_keep:
 * @memory: an arena
 * @list: rules
 *
 * Returns: the same list in that memory
 */
ZifuRules
zifu_rules_keep (ZifuArena *memory, const ZifuRules *list)
{
  ZifuRules kept = { ZIFU_ARENA_NEW (memory, const ZifuRule *, list->n), list->n };

  if (list->n > 0)
    memcpy (kept.rules, list->rules, sizeof *kept.rules * list->n);
  return kept;
}

/* What is known of a contest; NULL = it is to be held. */
static const ZifuAnswer *
known_answer (ZifuContext *context, const ZifuContest *contest)
{
  const ZifuAnswer *answer;

  answer = &zifu_select_view (context)->answers[contest->id];
  if (!answer->known)
    return NULL;
  for (guint i = 0; i < answer->n; i++)
    ZIFU_SET_ADD (context->run->used, answer->rules[i]->plan.index);
  return answer;
}

/**
 * zifu_select_answer:
 * @context: a context in which a contest was held
 * @contest: the contest
 *
 * Returns: (transfer none) (nullable): what is remembered of it for all who are seen alike; %NULL = nothing
 */
ZifuAnswer *
zifu_select_answer (ZifuContext *context, const ZifuContest *contest)
{
  ZifuAnswer *answer = context->view != NULL ? &context->view->answers[contest->id] : NULL;

  return answer != NULL && answer->known ? answer : NULL;
}

/* Nothing had to be looked at: whoever is seen alike has the same winners. */
static void
keep_answer (ZifuContext *context, const ZifuContest *contest, const ZifuRules *winners)
{
  ZifuAnswer *answer = &context->view->answers[contest->id];

  answer->rules = zifu_rules_keep (&context->run->views->memory, winners).rules;
  answer->n = winners->n;
  answer->known = TRUE;
}

static gboolean
is_overridden (const ZifuRule *rule, const ZifuRules *hits)
{
  for (guint i = 0; i < hits->n; i++)
    if (hits->rules[i]->overrides != NULL && g_strv_contains ((const char *const *) hits->rules[i]->overrides, rule->id))
      return TRUE;
  return FALSE;
}

static gboolean
refuse_both (const ZifuRule *best, const ZifuRule *rule, const ZifuPlace *place, const char *slot, GError **error)
{
  g_autofree char *head = zifu_place_text (place);
  g_autofree char *where = slot != NULL ? g_strconcat (head, "/", slot, NULL) : g_strdup (head);

  zifu_error_set (error, ZIFU_ERROR_CONFLICT, where, N_ ("rules '{1}' and '{2}' both match and disagree"), best->id, rule->id, NULL);
  return FALSE;
}

/* The most specific of the rules that fit; of several with equal content the first by id. */
static gboolean
pick_winner (ZifuContext *context, const ZifuRules *hits, const ZifuPlace *place, const char *slot, const ZifuRule **winner,
             GError **error)
{
  gboolean overrides = context->run->plan->has_overrides && hits->n > 1;
  const ZifuRule *best = NULL;

  for (guint i = 0; i < hits->n; i++)
    if ((best == NULL || hits->rules[i]->plan.specificity > best->plan.specificity) && !(overrides && is_overridden (hits->rules[i], hits)))
      best = hits->rules[i];
  for (guint i = 0; best != NULL && i < hits->n; i++)
    {
      const ZifuRule *rule = hits->rules[i];

      if (rule == best || rule->plan.specificity != best->plan.specificity || (overrides && is_overridden (rule, hits)))
        continue;
      if (rule->payload == NULL || g_strcmp0 (rule->payload, best->payload) != 0)
        return refuse_both (best, rule, place, slot, error);
    }
  if (best != NULL)
    ZIFU_SET_ADD (context->run->used, best->plan.index);
  *winner = best;
  return TRUE;
}

/**
 * zifu_select_one:
 * @context: what the rules may read
 * @contest: the set of the rules that compete
 * @place: the place of the settlement, for messages
 * @winner: (out) (nullable) (transfer none): the rule that wins; %NULL when none fits
 * @error: return location: %ZIFU_ERROR; %ZIFU_ERROR_CONFLICT when two rules fit equally well and disagree
 *
 * Finds the one rule of a slot: in force, fitting, most specific; never "the last one".
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_select_one (ZifuContext *context, const ZifuContest *contest, const ZifuPlace *place, const ZifuRule **winner, GError **error)
{
  const ZifuAnswer *answer;
  gboolean live;
  ZifuRules hits;

  *winner = NULL;
  if (contest->is_empty)
    return TRUE;
  answer = known_answer (context, contest);
  if (answer != NULL)
    {
      *winner = answer->n > 0 ? answer->rules[0] : NULL;
      return TRUE;
    }
  if (!find_hits (context, contest, &hits, &live, error) || (hits.n > 0 && !pick_winner (context, &hits, place, NULL, winner, error)))
    return FALSE;
  if (live)
    context->run->live = TRUE;
  else
    keep_answer (context, contest, &(const ZifuRules){ winner, *winner != NULL ? 1 : 0 });
  return TRUE;
}

/**
 * zifu_rules_sort:
 * @list: a few rules
 * @before: whether one comes before another
 *
 * Sorts rules by something that is seldom out of order; equal ones keep theirs.
 */
void
zifu_rules_sort (ZifuRules *list, gboolean (*before) (const ZifuRule *a, const ZifuRule *b))
{
  for (guint i = 1; i < list->n; i++)
    {
      const ZifuRule *rule = list->rules[i];
      guint j = i;

      for (; j > 0 && before (rule, list->rules[j - 1]); j--)
        list->rules[j] = list->rules[j - 1];
      list->rules[j] = rule;
    }
}

static gboolean
slot_before (const ZifuRule *a, const ZifuRule *b)
{
  return a->plan.slot < b->plan.slot;
}

/* The winner of every slot; the list of the hits becomes that of the winners. */
static gboolean
pick_winners (ZifuContext *context, ZifuRules *hits, const ZifuPlace *place, ZifuRules *winners, GError **error)
{
  guint n = 0;

  zifu_rules_sort (hits, slot_before);
  for (guint i = 0, end; i < hits->n; i = end)
    {
      const ZifuRule *first = hits->rules[i], *winner;
      ZifuRules slot = { hits->rules + i, 0 };

      for (end = i; end < hits->n && hits->rules[end]->plan.slot == first->plan.slot; end++)
        slot.n++;
      if (!pick_winner (context, &slot, place, zifu_rule_slot (first), &winner, error))
        return FALSE;
      if (winner != NULL)
        hits->rules[n++] = winner;
    }
  *winners = (ZifuRules){ hits->rules, n };
  return TRUE;
}

/**
 * zifu_select_slots:
 * @context: what the rules may read
 * @contest: the set of the rules that compete
 * @place: the place of the settlement, for messages
 * @winners: (out caller-allocates): the winner of every slot, in the order of the slots' names; the list lives as long as the run
 * @error: return location: %ZIFU_ERROR
 *
 * Finds the winner of every slot of a contest.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_select_slots (ZifuContext *context, const ZifuContest *contest, const ZifuPlace *place, ZifuRules *winners, GError **error)
{
  const ZifuAnswer *answer;
  gboolean live;
  ZifuRules hits;

  *winners = (ZifuRules){ NULL, 0 };
  if (contest->is_empty)
    return TRUE;
  answer = known_answer (context, contest);
  if (answer != NULL)
    {
      *winners = (ZifuRules){ answer->rules, answer->n };
      return TRUE;
    }
  if (!find_hits (context, contest, &hits, &live, error) || !pick_winners (context, &hits, place, winners, error))
    return FALSE;
  if (live)
    context->run->live = TRUE;
  else
    keep_answer (context, contest, winners);
  return TRUE;
}

static gboolean
acts_before (const ZifuRule *a, const ZifuRule *b)
{
  return a->u.adjust.seq != b->u.adjust.seq ? a->u.adjust.seq < b->u.adjust.seq : a->plan.slot < b->plan.slot;
}

/**
 * zifu_select_adjusts:
 * @context: what the rules may read
 * @contest: adjustments of one target in one layer
 * @place: the place of the settlement, for messages
 * @winners: (out caller-allocates): the rules in the order in which they act
 * @error: return location: %ZIFU_ERROR
 *
 * Finds the adjustments that act on a target.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_select_adjusts (ZifuContext *context, const ZifuContest *contest, const ZifuPlace *place, ZifuRules *winners, GError **error)
{
  if (!zifu_select_slots (context, contest, place, winners, error))
    return FALSE;
  zifu_rules_sort (winners, acts_before);
  return TRUE;
}
