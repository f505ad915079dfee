/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-till.h"

#include "zifu-select.h"

#include <string.h>

/*
 * How visits are settled that are seen alike: all that the general way finds out before it comes to money.  Only visits have one for
 * which no gate, no fixed payment and no first own share is there, whose counters have names without axes in them, and whose layers
 * come out in whole numbers.
 */

/* Who wins a contest for all who are seen alike; NULL when that is not remembered. */
static const ZifuAnswer *
find_answer (const ZifuTill *self, const ZifuContest *contest)
{
  static const ZifuAnswer nobody = { .known = TRUE };
  const ZifuAnswer *answer = contest->is_empty ? &nobody : &self->view->answers[contest->id];

  return answer->known ? answer : NULL;
}

static gboolean
has_none (const ZifuTill *self, const ZifuContest *contest)
{
  const ZifuAnswer *answer = find_answer (self, contest);

  return answer != NULL && answer->n == 0;
}

static gboolean
is_plain (const ZifuTill *self)
{
  const ZifuPlan *plan = self->run.plan;

  return !plan->axes[ZIFU_AXIS_GROUP].is_read && !plan->axes[ZIFU_AXIS_LAYER].is_read &&
         has_none (self, ZIFU_TILL_CONTEST (self, ZIFU_RULE_GATE)) && has_none (self, &plan->fixed[ZIFU_FIXED_VISIT]) &&
         has_none (self, &plan->layers[0].adjust[ZIFU_TARGET_SCOPE]);
}

static gboolean
find_tallies (const ZifuTill *self, const ZifuAnswer *answer, ZifuTallyTerms *out)
{
  for (guint i = 0; i < answer->n; i++)
    {
      const ZifuRule *rule = answer->rules[i];

      out[i] = (ZifuTallyTerms){ { rule->counter, rule->plan.counter }, -1, ZIFU_RATIONAL_ZERO };
      if (rule->plan.counter < 0 || rule->value == NULL)
        return FALSE;
      if (rule->value->kind == ZIFU_EXPR_NUMBER)
        out[i].add = rule->value->number;
      else if (rule->value->kind != ZIFU_EXPR_RESULT || (out[i].result = zifu_till_result (rule->value->name)) < 0)
        return FALSE;
    }
  return TRUE;
}

static void
use (const ZifuTill *self, guint64 *used, const ZifuAnswer *answer)
{
  for (guint i = 0; i < answer->n; i++)
    ZIFU_SET_ADD (used, answer->rules[i]->plan.index);
}

/**
 * zifu_till_learn:
 * @self: a till at which a visit was settled in the general way
 *
 * Remembers how such visits are settled, if they are plain enough.
 */
void
zifu_till_learn (ZifuTill *self)
{
  const ZifuPlan *plan = self->run.plan;
  ZifuArena *memory = &self->run.views->memory;
  const ZifuAnswer *account, *layers, *tallies;
  ZifuTallyTerms *terms;
  ZifuRoutine *routine;

  if (self->view == NULL || self->view->routine != NULL || self->route == NULL || !is_plain (self))
    return;
  account = find_answer (self, ZIFU_TILL_CONTEST (self, ZIFU_RULE_ACCOUNT));
  layers = find_answer (self, ZIFU_TILL_CONTEST (self, ZIFU_RULE_LAYER));
  tallies = find_answer (self, ZIFU_TILL_CONTEST (self, ZIFU_RULE_TALLY));
  if (account == NULL || layers == NULL || tallies == NULL)
    return;
  terms = ZIFU_ARENA_NEW (self->run.scratch, ZifuTallyTerms, tallies->n);
  if (!find_tallies (self, tallies, terms))
    return;
  routine = ZIFU_ARENA_NEW (memory, ZifuRoutine, 1);
  routine->takes_sums = plan->fixed[ZIFU_FIXED_LINE].is_empty && plan->fixed[ZIFU_FIXED_UNIT].is_empty;
  routine->account = account->n > 0 ? account->rules[0] : NULL;
  routine->layers = zifu_rules_keep (memory, &(const ZifuRules){ layers->rules, layers->n });
  zifu_till_sort_layers (&routine->layers);
  routine->tallies = memcpy (ZIFU_ARENA_NEW (memory, ZifuTallyTerms, tallies->n), terms, sizeof *terms * tallies->n);
  routine->n_tallies = tallies->n;
  routine->used = ZIFU_ARENA_NEW (memory, guint64, plan->n_words);
  memset (routine->used, 0, sizeof *routine->used * plan->n_words);
  if (self->route->rule != NULL)
    ZIFU_SET_ADD (routine->used, self->route->rule->plan.index);
  use (self, routine->used, account);
  use (self, routine->used, layers);
  use (self, routine->used, tallies);
  self->view->routine = routine;
}

/* Whether nothing is known of a bill but its total. */
static gboolean
is_total (const ZifuVisit *visit)
{
  return visit->has_total && !visit->has_out && !visit->has_over_limit && !visit->has_prior && !visit->has_in_scope && visit->total >= 0 &&
         visit->total <= ZIFU_MONEY_MAX;
}

static gboolean
scope (ZifuTill *self, const ZifuRoutine *routine)
{
  if (self->lines == NULL)
    zifu_till_take_lines (self);
  if (self->visit->lines != NULL)
    return self->n_lines > 0 && zifu_till_scope_again (self);
  if (!routine->takes_sums)
    return FALSE;
  if (is_total (self->visit))
    {
      self->settlement->total = self->settlement->in_scope = self->visit->total;
      return TRUE;
    }
  if (!zifu_scope_bill (self->visit, &self->one_line, NULL))
    return FALSE;
  zifu_till_scope_sums (self);
  return TRUE;
}

/**
 * zifu_till_again:
 * @self: a till with a run, and with a view that has a routine
 *
 * Settles a visit as those that were seen alike: every step of the general way that has something to do, in its order.
 *
 * Returns: %FALSE when something is to be found out or refused in the general way: money and counters may have moved then, and are to
 * be put back
 */
gboolean
zifu_till_again (ZifuTill *self)
{
  const ZifuRoutine *routine = self->view->routine;
  ZifuSegment main_group = { "main", 0 };

  if (self->run.person->has_coverage_share || self->visit->base_paid != NULL)
    return FALSE;
  self->gate = ZIFU_RATIONAL_ONE;
  self->account_open = TRUE;
  self->account = routine->account;
  zifu_use_again (&self->run, routine->used);
  if (!scope (self, routine) || zifu_till_strange_purse (self) != NULL)
    return FALSE;
  zifu_till_bear (self);
  main_group.amount = self->settlement->in_scope;
  self->groups = &main_group;
  self->n_groups = 1;
  zifu_till_pay_first (self);
  if (!zifu_till_layers_again (self, &routine->layers))
    return FALSE;
  zifu_till_pay (self);
  return zifu_till_tally_again (self, routine->tallies, routine->n_tallies);
}
