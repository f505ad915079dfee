/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-walk.h"

#include "zifu-select.h"

#include <string.h>

static ZifuRational *
zeros (ZifuArena *arena, guint n)
{
  ZifuRational *numbers = ZIFU_ARENA_NEW (arena, ZifuRational, n);

  for (guint i = 0; i < n; i++)
    numbers[i] = ZIFU_RATIONAL_ZERO;
  return numbers;
}

/**
 * zifu_walk_init:
 * @self: a walk
 * @context: context of the layer
 * @teller: where the trace goes
 * @layer: the layer
 * @place: the place of the settlement, for messages
 * @gate: share of the benefits
 * @several: whether more than one group has cost
 *
 * Begins a walk along the cost of a layer.
 */
void
zifu_walk_init (ZifuWalk *self, ZifuContext *context, const ZifuTeller *teller, const ZifuPlanLayer *layer, const ZifuPlace *place,
                ZifuRational gate, gboolean several)
{
  const ZifuPlan *plan = context->run->plan;
  ZifuArena *scratch = context->run->scratch;

  *self = (ZifuWalk){ .context = context, .teller = teller, .layer = layer, .place = place, .gate = gate, .several = several };
  self->payers = ZIFU_ARENA_NEW (scratch, guint, plan->n_payers);
  self->appeared = ZIFU_ARENA_NEW (scratch, gboolean, plan->n_payers);
  memset (self->appeared, 0, sizeof *self->appeared * plan->n_payers);
  self->paid = ZIFU_ARENA_NEW (scratch, ZifuRational, plan->n_payers);
  self->per_band = ZIFU_ARENA_NEW (scratch, ZifuRational, plan->n_bands);
  self->meters = ZIFU_ARENA_NEW (scratch, ZifuMeter, layer->n_meters);
  self->over = self->moved = ZIFU_RATIONAL_ZERO;
  self->rounding = ZIFU_ROUND_FEN;
}

/**
 * zifu_walk_clear:
 * @self: a walk
 *
 * Frees what the walk holds.
 */
void
zifu_walk_clear (ZifuWalk *self)
{
  for (guint i = 0; i < self->n_meters; i++)
    g_clear_error (&self->meters[i].not_known);
  self->n_meters = 0;
}

static void
add_to (ZifuArith *arith, ZifuRational *place, ZifuRational amount)
{
  *place = zifu_arith_add (arith, *place, amount);
}

static void
add_paid (ZifuWalk *self, guint payer, ZifuRational amount)
{
  if (!self->appeared[payer])
    {
      self->appeared[payer] = TRUE;
      self->payers[self->n_payers++] = payer;
      self->paid[payer] = amount;
    }
  else
    add_to (&self->arith, &self->paid[payer], amount);
}

/* The meter of a rule; a rule that wins for several groups has one. */
static ZifuMeter *
ensure_meter (ZifuWalk *self, const ZifuRule *rule, ZifuContext *context, const ZifuRational *limit, GError **error)
{
  ZifuCounterKey counter = { NULL, -1 };
  ZifuMeter *meter;

  for (guint i = 0; i < self->n_meters; i++)
    if (self->meters[i].rule == rule)
      return &self->meters[i];
  if (rule->counter != NULL && !zifu_context_counter (context, rule->counter, rule->plan.counter, &counter, error))
    return NULL;
  meter = &self->meters[self->n_meters++];
  meter->rule = rule;
  meter->has_counter = rule->counter != NULL;
  meter->counter = counter;
  meter->has_limit = limit != NULL;
  meter->before = meter->has_counter ? zifu_counters_get (context->run->counters, counter) : ZIFU_RATIONAL_ZERO;
  meter->at = meter->before;
  meter->limit = limit != NULL ? *limit : ZIFU_RATIONAL_ZERO;
  meter->not_known = NULL;
  meter->n_groups = 0;
  meter->input = meter->deductible = 0;
  meter->over = ZIFU_RATIONAL_ZERO;
  meter->paid = self->several ? zeros (context->run->scratch, context->run->plan->n_payers) : NULL;
  return meter;
}

/* How fast a meter moves for each yuan of cost. */
static ZifuRational
meter_rate (ZifuWalk *self, const ZifuMeter *meter, const ZifuBandRates *band)
{
  ZifuRational rate = ZIFU_RATIONAL_ZERO;

  if (meter->rule->measure == ZIFU_MEASURE_ELIGIBLE_COST)
    return ZIFU_RATIONAL_ONE;
  if (meter->rule->measure == ZIFU_MEASURE_PERSONAL_PAID)
    return band->own;
  for (guint i = 0; i < band->n_parts; i++)
    if (zifu_rule_counts (meter->rule, band->payers[i], self->context->run->plan->payers[band->payers[i]]))
      rate = zifu_arith_add (&self->arith, rate, band->ratios[i]);
  return rate;
}

/* The limit of a cap rule for one group.  An unknown limit may still have a bound below which it does no harm. */
static gboolean
cap_limit (ZifuWalk *self, ZifuContext *context, const ZifuRule *cap, ZifuNumber *limit, GError **not_known, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!zifu_context_eval (context, cap->value, cap->id, limit, &local))
    {
      const ZifuExpr *unknown = context->run->unknown;

      if (!g_error_matches (local, ZIFU_ERROR, ZIFU_ERROR_UNKNOWN_FIGURE) || unknown == NULL || unknown->at_least == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      limit->is_null = FALSE;
      if (!zifu_context_must (context, unknown->at_least, cap->id, &limit->value, error))
        return FALSE;
      *not_known = g_steal_pointer (&local);
    }
  if (!zifu_adjusted (context, self->layer, ZIFU_TARGET_CAP, self->place, limit, NULL, error))
    return FALSE;
  if (!limit->is_null)
    limit->value = zifu_rational_from_fen (zifu_arith_round (&self->arith, limit->value, ZIFU_ROUND_FEN));
  return TRUE;
}

static void
remember_limits (ZifuRun *run, ZifuAnswer *answer, const ZifuNumber *limits, guint n)
{
  ZifuLimits *kept = ZIFU_ARENA_NEW (&run->views->memory, ZifuLimits, 1);

  kept->limits = ZIFU_ARENA_NEW (&run->views->memory, ZifuNumber, n);
  memcpy (kept->limits, limits, sizeof *limits * n);
  kept->used = zifu_use_keep (run, &run->views->memory);
  answer->terms = kept;
}

/* The limits of caps, in their order: remembered when nothing in them is live. */
static gboolean
find_limits (ZifuWalk *self, ZifuContext *context, const ZifuRules *caps, ZifuNumber **limits, GError ***not_known, GError **error)
{
  ZifuAnswer *answer = zifu_select_answer (context, &self->layer->cap);
  ZifuRun *run = context->run;
  guint64 *before;

  *not_known = NULL;
  if (answer != NULL && answer->terms != NULL)
    {
      const ZifuLimits *known = answer->terms;

      *limits = known->limits;
      zifu_use_again (run, known->used);
      return TRUE;
    }
  *limits = ZIFU_ARENA_NEW (run->scratch, ZifuNumber, caps->n);
  *not_known = ZIFU_ARENA_NEW (run->scratch, GError *, caps->n);
  run->live = FALSE;
  before = zifu_use_begin (run);
  for (guint i = 0; i < caps->n; i++)
    {
      (*not_known)[i] = NULL;
      if (!cap_limit (self, context, caps->rules[i], &(*limits)[i], &(*not_known)[i], error))
        {
          while (i-- > 0)
            g_clear_error (&(*not_known)[i]);
          return FALSE;
        }
    }
  if (answer != NULL && !run->live && !self->arith.overflow)
    remember_limits (run, answer, *limits, caps->n);
  zifu_use_again (run, before);
  return TRUE;
}

/* The meters that count for a group: its share rule first, then its caps. */
static gboolean
active_meters (ZifuWalk *self, ZifuContext *context, const ZifuRule *share, ZifuMeter ***active, guint *n_active, GError **error)
{
  ZifuMeter *meter = ensure_meter (self, share, context, NULL, error);
  GError **not_known;
  ZifuNumber *limits;
  ZifuRules caps;

  if (meter == NULL || !zifu_select_slots (context, &self->layer->cap, self->place, &caps, error) ||
      !find_limits (self, context, &caps, &limits, &not_known, error))
    return FALSE;
  *active = ZIFU_ARENA_NEW (context->run->scratch, ZifuMeter *, caps.n + 1);
  (*active)[0] = meter;
  *n_active = caps.n + 1;
  for (guint i = 0; i < caps.n; i++)
    {
      meter = ensure_meter (self, caps.rules[i], context, limits[i].is_null ? NULL : &limits[i].value, error);
      if (meter == NULL)
        {
          for (; not_known != NULL && i < caps.n; i++)
            g_clear_error (&not_known[i]);
          return FALSE;
        }
      g_clear_error (&meter->not_known);
      meter->not_known = not_known != NULL ? not_known[i] : NULL;
      (*active)[i + 1] = meter;
    }
  return TRUE;
}

/* How far the walk may go before something changes.  @closed: the cap that allows no step at all. */
static ZifuRational
next_step (ZifuWalk *self, ZifuMeter **active, guint n_active, const ZifuBandRates *band, ZifuRational left, ZifuMeter **closed)
{
  *closed = NULL;
  if (band->has_upto)
    {
      ZifuRational rate = meter_rate (self, active[0], band);

      if (zifu_rational_sign (rate) > 0)
        left = zifu_rational_min (left, zifu_arith_div (&self->arith, zifu_arith_sub (&self->arith, band->upto, active[0]->at), rate));
    }
  for (guint i = 1; i < n_active; i++)
    {
      ZifuMeter *meter = active[i];
      ZifuRational rate, room;

      if (!meter->has_limit)
        continue;
      rate = meter_rate (self, meter, band);
      if (rate.num == 0)
        continue;
      room = zifu_arith_sub (&self->arith, meter->limit, meter->at);
      if (zifu_rational_sign (room) <= 0)
        *closed = meter;
      else
        left = zifu_rational_min (left, zifu_arith_div (&self->arith, room, rate));
    }
  return left;
}

/* Moves a meter on by what is paid for @cost in a band. */
static void
move_meter (ZifuWalk *self, ZifuMeter *meter, const ZifuBandRates *band, const ZifuRational *amounts, ZifuRational cost)
{
  const char **payers = self->context->run->plan->payers;

  if (meter->rule->measure == ZIFU_MEASURE_ELIGIBLE_COST)
    add_to (&self->arith, &meter->at, cost);
  else if (meter->rule->measure == ZIFU_MEASURE_PERSONAL_PAID)
    add_to (&self->arith, &meter->at, zifu_arith_mul (&self->arith, band->own, cost));
  for (guint i = 0; i < band->n_parts; i++)
    {
      if (meter->rule->measure == ZIFU_MEASURE_FUND_PAID && zifu_rule_counts (meter->rule, band->payers[i], payers[band->payers[i]]))
        add_to (&self->arith, &meter->at, amounts[i]);
      if (self->several)
        add_to (&self->arith, &meter->paid[band->payers[i]], amounts[i]);
    }
}

/* Pays for @cost at the ratios of a band, and moves every meter. */
static void
pay_for (ZifuWalk *self, ZifuMeter **active, guint n_active, const ZifuBandRates *band, guint band_index, ZifuRational cost)
{
  ZifuRational amounts[ZIFU_STEP_MAX_PARTS];

  for (guint i = 0; i < band->n_parts; i++)
    {
      amounts[i] = zifu_arith_mul (&self->arith, band->ratios[i], cost);
      add_paid (self, band->payers[i], amounts[i]);
      for (; self->n_bands <= band_index; self->n_bands++)
        self->per_band[self->n_bands] = ZIFU_RATIONAL_ZERO;
      add_to (&self->arith, &self->per_band[band_index], amounts[i]);
    }
  if (band->reduction.num != 0)
    add_to (&self->arith, &self->moved, zifu_arith_mul (&self->arith, band->reduction, cost));
  for (guint i = 0; i < n_active; i++)
    move_meter (self, active[i], band, amounts, cost);
}

/* What is left of a group's cost lies over a cap that allows no step more. */
static gboolean
close_cap (ZifuWalk *self, ZifuMeter **active, guint n_active, const ZifuMeter *closed, const char *group, ZifuRational left,
           GError **error)
{
  if (closed->not_known != NULL)
    {
      g_propagate_error (error, g_error_copy (closed->not_known));
      return FALSE;
    }
  for (guint i = 0; i < n_active; i++)
    add_to (&self->arith, &active[i]->over, left);
  add_to (&self->arith, &self->over, left);
  if (self->teller->settlement->tracing)
    {
      ZifuMoney limit = zifu_arith_round (&self->arith, closed->limit, ZIFU_ROUND_FEN);
      ZifuMoney before = zifu_arith_round (&self->arith, closed->before, ZIFU_ROUND_FEN);

      zifu_tell_closed (self->teller, closed->rule, group, limit, before, zifu_arith_round (&self->arith, left, ZIFU_ROUND_FEN));
    }
  return TRUE;
}

static gboolean
walk (ZifuWalk *self, ZifuMeter **active, guint n_active, const ZifuRule *share, const ZifuBandTable *table, const char *group,
      ZifuRational left, GError **error)
{
  guint i = 0;

  while (zifu_rational_sign (left) > 0)
    {
      const ZifuBandRates *band;
      ZifuMeter *closed;
      ZifuRational step;

      /* A position only grows: the band that is left behind does not come back. */
      while (table->bands[i].has_upto && zifu_rational_cmp (active[0]->at, table->bands[i].upto) >= 0)
        i++;
      band = &table->bands[i];
      if (band->unknown != NULL)
        {
          g_propagate_error (error, g_error_copy (band->unknown));
          return FALSE;
        }
      step = next_step (self, active, n_active, band, left, &closed);
      if (closed != NULL)
        return close_cap (self, active, n_active, closed, group, left, error);
      if (self->teller->settlement->tracing)
        zifu_tell_band (self->teller, self->context->run->plan->payers, share, group, table, i, step);
      pay_for (self, active, n_active, band, i, step);
      left = zifu_arith_sub (&self->arith, left, step);
      if (self->arith.overflow)
        return zifu_place_overflow (self->place, error);
    }
  return TRUE;
}

static gboolean
check_rounding (ZifuWalk *self, const ZifuRule *share, GError **error)
{
  if (self->has_rounding && (self->rounding.unit != share->round.unit || self->rounding.way != share->round.way))
    {
      zifu_error_set (error, ZIFU_ERROR_POLICY, share->id, N_ ("two share rules of one layer round differently"), NULL, NULL, NULL);
      return FALSE;
    }
  self->has_rounding = TRUE;
  self->rounding = share->round;
  return TRUE;
}

/* A group begins: what the deductible took of it may move a meter, too. */
static void
enter_group (ZifuWalk *self, ZifuMeter *meter, const ZifuSegment *segment, ZifuMoney taken)
{
  meter->n_groups++;
  meter->input = zifu_arith_sum (&self->arith, meter->input, segment->amount);
  meter->deductible = zifu_arith_sum (&self->arith, meter->deductible, taken);
  if (taken != 0 && zifu_rule_counts_deductible (meter->rule))
    add_to (&self->arith, &meter->at, zifu_rational_from_fen (taken));
}

static gboolean
work_out_terms (ZifuWalk *self, ZifuContext *context, const ZifuRule *share, ZifuShareTerms *out, GError **error)
{
  if (!zifu_select_adjusts (context, &self->layer->adjust[ZIFU_TARGET_RATIO], self->place, &out->adjusts, error))
    return FALSE;
  return zifu_band_table_fill (&out->table, context, share, &out->adjusts, self->gate, error);
}

static void
remember_terms (ZifuRun *run, ZifuAnswer *answer, ZifuShareTerms *terms)
{
  ZifuArena *memory = &run->views->memory;
  ZifuShareTerms *kept = ZIFU_ARENA_NEW (memory, ZifuShareTerms, 1);

  kept->adjusts = zifu_rules_keep (memory, &terms->adjusts);
  kept->used = zifu_use_keep (run, memory);
  kept->table = zifu_band_table_keep (&terms->table, memory);
  answer->terms = kept;
  *terms = *kept;
}

/* The terms of a share rule: remembered where nothing in them is live and the benefits are whole. */
static gboolean
find_terms (ZifuWalk *self, ZifuContext *context, const ZifuRule *share, ZifuShareTerms *out, GError **error)
{
  gboolean whole_gate = self->gate.num == self->gate.den;
  ZifuAnswer *answer = whole_gate ? zifu_select_answer (context, &self->layer->share) : NULL;
  ZifuRun *run = context->run;
  guint64 *before;

  if (answer != NULL && answer->terms != NULL)
    {
      *out = *(const ZifuShareTerms *) answer->terms;
      zifu_use_again (run, out->used);
      return TRUE;
    }
  run->live = FALSE;
  before = zifu_use_begin (run);
  out->table.n = 0;
  if (!work_out_terms (self, context, share, out, error))
    {
      zifu_band_table_clear (&out->table);
      return FALSE;
    }
  if (answer != NULL && !run->live)
    remember_terms (run, answer, out);
  zifu_use_again (run, before);
  return TRUE;
}

/* Walks along a group under the terms of the rule that won. */
static gboolean
walk_terms (ZifuWalk *self, ZifuContext *context, const ZifuRule *share, const ZifuSegment *segment, ZifuMoney taken, GError **error)
{
  ZifuMoney left = segment->amount - taken;
  ZifuShareTerms terms;
  ZifuMeter **active;
  guint n_active;
  gboolean done;

  if (!find_terms (self, context, share, &terms, error))
    return FALSE;
  done = check_rounding (self, share, error) && active_meters (self, context, share, &active, &n_active, error);
  if (done)
    {
      self->n_live++;
      for (guint i = 0; i < n_active; i++)
        enter_group (self, active[i], segment, taken);
      if (self->teller->settlement->tracing)
        zifu_tell_share (self->teller, share, segment->group, left, &terms.adjusts);
      done = walk (self, active, n_active, share, &terms.table, segment->group, zifu_rational_from_fen (left), error);
    }
  zifu_band_table_clear (&terms.table);
  return done;
}

/**
 * zifu_walk_group:
 * @self: a walk
 * @segment: a group with cost
 * @taken: of it: what the deductible took, in fen
 * @error: return location: %ZIFU_ERROR
 *
 * Walks along the cost of one group: the nearest of the end of the cost, of a band and of a cap decides each step.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_walk_group (ZifuWalk *self, const ZifuSegment *segment, ZifuMoney taken, GError **error)
{
  ZifuContext own, *context = self->context;
  const ZifuRule *share;

  if (self->context->run->plan->axes[ZIFU_AXIS_GROUP].is_read)
    {
      zifu_context_init_child (&own, self->context);
      zifu_context_set_string (&own, ZIFU_AXIS_GROUP, segment->group);
      context = &own;
    }
  if (!zifu_select_one (context, &self->layer->share, self->place, &share, error))
    return FALSE;
  if (share == NULL)
    return zifu_place_refuse (self->place, ZIFU_ERROR_MISSING, N_ ("no share rule matches"), error);
  return walk_terms (self, context, share, segment, taken, error);
}
