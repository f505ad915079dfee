/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-till.h"

#include "zifu-select.h"

/* A visit is settled under the benefit of its care where no rule says otherwise: is it that of those who are seen alike? */
static gboolean
is_same_route (const ZifuTill *self, const ZifuRoute *known)
{
  const ZifuPlan *plan = self->run.plan;
  const ZifuValue *care;

  if (known->rule != NULL)
    return TRUE;
  care = zifu_facts_find (self->visit->facts, "care", plan->key_care);
  return care != NULL && care->kind == ZIFU_VALUE_STRING && care->key == known->benefit.key &&
         zifu_text_same (care->key, care->string, known->benefit.string);
}

static const ZifuRoute *
find_route (const ZifuTill *self, const ZifuView *view)
{
  const ZifuRoute *known = view->route;

  while (known != NULL && !is_same_route (self, known))
    known = known->other;
  return known;
}

/**
 * zifu_till_take_route:
 * @self: a till
 * @known: a route that is remembered
 *
 * Settles the visit under its benefit.
 */
void
zifu_till_take_route (ZifuTill *self, const ZifuRoute *known)
{
  self->route = known;
  self->settlement->benefit = known->benefit.string;
  if (self->settlement->tracing)
    zifu_trace_add (self->settlement, ZIFU_STEP_ROUTE, known->rule)->name = known->benefit.string;
}

/* What follows from the benefit is known as well. */
static void
route_again (ZifuTill *self, const ZifuRoute *known)
{
  ZifuContext *context = &self->context;

  if (known->rule != NULL)
    ZIFU_SET_ADD (self->run.used, known->rule->plan.index);
  context->bound[ZIFU_AXIS_BENEFIT] = (ZifuBound){ &known->benefit, known->held };
  context->held[self->run.plan->axes[ZIFU_AXIS_BENEFIT].place] = known->held;
  context->key = known->next->key;
  context->view = known->next;
  zifu_till_take_route (self, known);
}

/* Remembers the route, if its benefit is a text of the pack and no condition had to be looked at. */
static void
remember_route (ZifuTill *self, ZifuView *view, const ZifuRule *rule)
{
  const ZifuContest *contest = ZIFU_TILL_CONTEST (self, ZIFU_RULE_ROUTE);
  const ZifuBound *bound = &self->context.bound[ZIFU_AXIS_BENEFIT];
  const ZifuLexiconPlace *text;
  ZifuRoute *route;

  if (!contest->is_empty && !view->answers[contest->id].known)
    return;
  text = zifu_lexicon_place (&self->run.plan->axes[ZIFU_AXIS_BENEFIT].texts, bound->value->string, bound->value->key);
  if (text == NULL)
    return;
  route = ZIFU_ARENA_NEW (&self->run.views->memory, ZifuRoute, 1);
  *route = (ZifuRoute){ rule, { .kind = ZIFU_VALUE_STRING, .string = (char *) text->text, .key = text->key }, bound->held, NULL,
                         view->route };
  route->next = zifu_select_view (&self->context);
  view->route = self->route = route;
}

static gboolean
route (ZifuTill *self, GError **error)
{
  ZifuView *view = zifu_select_view (&self->context);
  const ZifuRoute *known = find_route (self, view);
  const ZifuRule *rule;
  const char *benefit;

  if (known != NULL)
    {
      route_again (self, known);
      return TRUE;
    }
  if (!zifu_select_one (&self->context, ZIFU_TILL_CONTEST (self, ZIFU_RULE_ROUTE), ZIFU_PLACE ("route"), &rule, error))
    return FALSE;
  benefit = rule != NULL ? rule->u.route.to
                         : zifu_settlement_keep (self->settlement, zifu_facts_get_string (self->visit->facts, "care"));
  if (benefit != NULL)
    {
      zifu_context_set_string (&self->context, ZIFU_AXIS_BENEFIT, benefit);
      remember_route (self, view, rule);
    }
  self->settlement->benefit = benefit;
  zifu_trace_add (self->settlement, ZIFU_STEP_ROUTE, rule)->name = benefit;
  return TRUE;
}

static gboolean
pass_gate (ZifuTill *self, const ZifuRule *rule, GError **error)
{
  ZifuStep *step;

  if (rule->value != NULL)
    {
      ZifuRational share;

      if (!zifu_context_must (&self->context, rule->value, rule->id, &share, error))
        return FALSE;
      self->gate = zifu_rational_min (self->gate, share);
    }
  self->account_open = self->account_open && !rule->u.gate.account_closed;
  self->claim = self->claim || rule->u.gate.claim;
  step = zifu_trace_add (self->settlement, ZIFU_STEP_GATE, rule);
  step->ratio = self->gate;
  step->flag = rule->u.gate.account_closed;
  step->claim = rule->u.gate.claim;
  step->reason = rule->u.gate.reason;
  return TRUE;
}

/**
 * zifu_till_gates:
 * @self: a till with its benefit
 * @error: return location: %ZIFU_ERROR
 *
 * The share of the benefits is the least that any gate leaves; each gate may close the account or ask for a claim.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_till_gates (ZifuTill *self, GError **error)
{
  const ZifuPerson *person = self->run.person;
  ZifuRules fitting;

  self->gate = ZIFU_RATIONAL_ONE;
  self->account_open = TRUE;
  if (person->has_coverage_share && zifu_rational_cmp (person->coverage_share, self->gate) < 0)
    {
      self->gate = person->coverage_share;
      zifu_trace_add (self->settlement, ZIFU_STEP_GATE, NULL)->ratio = self->gate;
    }
  if (!zifu_select_slots (&self->context, ZIFU_TILL_CONTEST (self, ZIFU_RULE_GATE), ZIFU_PLACE ("gate"), &fitting, error))
    return FALSE;
  for (guint i = 0; i < fitting.n; i++)
    if (!pass_gate (self, fitting.rules[i], error))
      return FALSE;
  return self->gate.num >= 0 ||
         zifu_place_refuse (ZIFU_PLACE ("gate"), ZIFU_ERROR_POLICY, N_ ("a share of benefits below 0"), error);
}

static void
note_stay (ZifuTill *self)
{
  const ZifuValue *value = self->context.bound[ZIFU_AXIS_STAY].value;
  ZifuRational number;

  if (value == NULL || !zifu_value_to_number (value, &number) || number.num <= 0)
    return;
  if (number.den != 1)
    number = zifu_rational_reduce (number);
  if (number.den == 1 && number.num < 10000)
    self->settlement->stay = (guint) number.num;
}

/**
 * zifu_till_enter:
 * @self: a till with a run and a visit
 * @error: return location: %ZIFU_ERROR
 *
 * Finds out who comes, what for, and under which benefit.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_till_enter (ZifuTill *self, GError **error)
{
  zifu_context_init (&self->context, &self->run);
  zifu_till_bind_lines (self);
  note_stay (self);
  if (!zifu_till_check_axes (self, error) || !route (self, error))
    return FALSE;
  self->view = zifu_select_view (&self->context);
  return TRUE;
}
