/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-layer.h"

#include "zifu-select.h"

typedef struct {
  ZifuCounterKey key;
  ZifuMoney      amount;
} Feed;

/*
 * A layer while it runs.  Counters are fed at its end only: within a layer every rule sees where they stood before.
 */
typedef struct {
  ZifuContext         *context;
  const ZifuTeller    *teller;
  const ZifuPlanLayer *layer;
  const ZifuPlace     *place;
  const ZifuSegment   *segments;
  guint                n_segments;
  ZifuMoney            input;
  Feed                *feeds;
  guint                n_feeds;
  ZifuArith            arith;
} Layer;

static gboolean
same_counter (ZifuCounterKey a, ZifuCounterKey b)
{
  return a.id == b.id && (a.id >= 0 || g_str_equal (a.name, b.name));
}

/* Several rules may name one counter: it is fed once, and they must agree. */
static gboolean
feed (Layer *self, ZifuCounterKey key, ZifuMoney amount, const char *rule_id, GError **error)
{
  for (guint i = 0; i < self->n_feeds; i++)
    {
      if (!same_counter (self->feeds[i].key, key))
        continue;
      if (self->feeds[i].amount == amount)
        return TRUE;
      zifu_error_set (error, ZIFU_ERROR_POLICY, rule_id, N_ ("counter '{1}' is fed two different amounts in one layer"), key.name, NULL,
                      NULL);
      return FALSE;
    }
  self->feeds[self->n_feeds++] = (Feed){ key, amount };
  return TRUE;
}

static gboolean
is_exempt (const ZifuRule *deductible, const char *group)
{
  return deductible != NULL && deductible->u.deductible.exempt != NULL &&
         g_strv_contains ((const char *const *) deductible->u.deductible.exempt, group);
}

/* What a counter holds, in fen; 0 without one. */
static gboolean
counter_fen (Layer *self, const char *template_, int id, ZifuMoney *out, ZifuCounterKey *key, GError **error)
{
  *out = 0;
  if (template_ == NULL)
    return TRUE;
  if (!zifu_context_counter (self->context, template_, id, key, error))
    return FALSE;
  *out = zifu_arith_round (&self->arith, zifu_counters_get (self->context->run->counters, *key), ZIFU_ROUND_FEN);
  return TRUE;
}

static gboolean
year_cap (Layer *self, const ZifuRule *rule, ZifuMoney *applied, ZifuCounterKey *key, GError **error)
{
  ZifuNumber limit;
  ZifuMoney met;

  if (rule->u.deductible.cap_counter == NULL)
    return TRUE;
  if (!zifu_context_eval (self->context, rule->u.deductible.cap_amount, rule->id, &limit, error) ||
      !counter_fen (self, rule->u.deductible.cap_counter, rule->plan.cap_counter, &met, key, error))
    return FALSE;
  if (!limit.is_null)
    *applied = MIN (*applied, MAX (0, zifu_arith_round (&self->arith, limit.value, ZIFU_ROUND_FEN) - met));
  return TRUE;
}

/* A cap on cost or on the person's payments that counts from zero holds for the deductible, too. */
static gboolean
cap_on_deductible (Layer *self, const ZifuRule *cap, ZifuMoney *applied, GError **error)
{
  g_autoptr (GError) local = NULL;
  ZifuCounterKey key;
  ZifuNumber limit;
  ZifuMoney used;

  if (!zifu_context_eval (self->context, cap->value, cap->id, &limit, &local) ||
      !zifu_adjusted (self->context, self->layer, ZIFU_TARGET_CAP, self->place, &limit, NULL, &local))
    {
      if (g_error_matches (local, ZIFU_ERROR, ZIFU_ERROR_UNKNOWN_FIGURE))
        return TRUE; /* the walk decides whether it matters */
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (limit.is_null || !zifu_rule_counts_deductible (cap))
    return TRUE;
  if (!counter_fen (self, cap->counter, cap->plan.counter, &used, &key, error))
    return FALSE;
  *applied = MIN (*applied, MAX (0, zifu_arith_round (&self->arith, limit.value, ZIFU_ROUND_FEN) - used));
  return TRUE;
}

/* Caps whose limits are remembered were found to be in order: only those that hold for the deductible are looked at. */
static gboolean
caps_on_deductible (Layer *self, ZifuMoney *applied, GError **error)
{
  const ZifuAnswer *answer;
  gboolean known;
  ZifuRules caps;

  if (!zifu_select_slots (self->context, &self->layer->cap, self->place, &caps, error))
    return FALSE;
  answer = zifu_select_answer (self->context, &self->layer->cap);
  known = answer != NULL && answer->terms != NULL;
  if (known)
    zifu_use_again (self->context->run, ((const ZifuLimits *) answer->terms)->used);
  for (guint i = 0; i < caps.n; i++)
    if ((!known || zifu_rule_counts_deductible (caps.rules[i])) && !cap_on_deductible (self, caps.rules[i], applied, error))
      return FALSE;
  return TRUE;
}

static ZifuMoney
cost_not_exempt (Layer *self, const ZifuRule *deductible)
{
  ZifuMoney sum = 0;

  for (guint i = 0; i < self->n_segments; i++)
    if (!is_exempt (deductible, self->segments[i].group))
      sum += self->segments[i].amount;
  return sum;
}

static gboolean
work_out_need (Layer *self, const ZifuRule *rule, ZifuNeed *out, GError **error)
{
  ZifuNumber need = { .is_null = FALSE };

  if (!zifu_context_must (self->context, rule->value, rule->id, &need.value, error) ||
      !zifu_adjusted (self->context, self->layer, ZIFU_TARGET_DEDUCTIBLE, self->place, &need, &out->adjusts, error))
    return FALSE;
  out->need = zifu_arith_round (&self->arith, need.value, rule->round);
  return TRUE;
}

static gboolean
find_need (Layer *self, const ZifuRule *rule, ZifuNeed *out, GError **error)
{
  ZifuAnswer *answer = zifu_select_answer (self->context, &self->layer->deductible);
  ZifuRun *run = self->context->run;
  gboolean worked_out;
  guint64 *before;

  if (answer != NULL && answer->terms != NULL)
    {
      *out = *(const ZifuNeed *) answer->terms;
      zifu_use_again (run, out->used);
      return TRUE;
    }
  run->live = FALSE;
  before = zifu_use_begin (run);
  worked_out = work_out_need (self, rule, out, error);
  if (worked_out && answer != NULL && !run->live && !self->arith.overflow)
    {
      ZifuNeed *kept = ZIFU_ARENA_NEW (&run->views->memory, ZifuNeed, 1);

      *kept = *out;
      kept->adjusts = zifu_rules_keep (&run->views->memory, &out->adjusts);
      kept->used = zifu_use_keep (run, &run->views->memory);
      answer->terms = kept;
    }
  zifu_use_again (run, before);
  return worked_out;
}

static gboolean
take_deductible (Layer *self, const ZifuRule *rule, ZifuMoney *applied, GError **error)
{
  ZifuCounterKey counter, cap_counter;
  ZifuMoney met;
  ZifuNeed need;

  if (!find_need (self, rule, &need, error))
    return FALSE;
  if (!counter_fen (self, rule->counter, rule->plan.counter, &met, &counter, error))
    return FALSE;
  *applied = MIN (cost_not_exempt (self, rule), MAX (0, need.need - met));
  if (!year_cap (self, rule, applied, &cap_counter, error) || !caps_on_deductible (self, applied, error))
    return FALSE;
  if (rule->u.deductible.cap_counter != NULL && !feed (self, cap_counter, *applied, rule->id, error))
    return FALSE;
  if (rule->counter != NULL && !feed (self, counter, *applied, rule->id, error))
    return FALSE;
  if (self->teller->settlement->tracing)
    zifu_tell_deductible (self->teller, rule, self->input, &need, met, *applied);
  return TRUE;
}

static const char *
payer_name (const Layer *self, guint payer)
{
  return self->context->run->plan->payers[payer];
}

/* What a cap on fund money over the whole layer leaves; without limit where there is none. */
static ZifuMoney
room_of (Layer *self, const ZifuWalk *walk, const ZifuMeter *meter)
{
  if (!meter->has_limit || meter->rule->measure != ZIFU_MEASURE_FUND_PAID || meter->n_groups != walk->n_live)
    return G_MAXINT64;
  return MAX (0, zifu_arith_round (&self->arith, zifu_arith_sub (&self->arith, meter->limit, meter->before), ZIFU_ROUND_FEN));
}

/* Rounds each payer once: never above what is left, never above a cap on fund money over the whole layer. */
static void
round_lines (Layer *self, ZifuWalk *walk, ZifuLayerResult *result)
{
  ZifuMoney room = self->input - result->deductible - result->over_cap;
  ZifuMoney *cap_room = ZIFU_ARENA_NEW (self->context->run->scratch, ZifuMoney, walk->n_meters);

  result->lines = ZIFU_ARENA_NEW (self->context->run->scratch, ZifuFundLine, walk->n_payers);
  for (guint i = 0; i < walk->n_meters; i++)
    cap_room[i] = room_of (self, walk, &walk->meters[i]);
  for (guint p = 0; p < walk->n_payers; p++)
    {
      guint payer = walk->payers[p];
      ZifuFundLine line = { self->layer->name, payer_name (self, payer), 0 };

      line.amount = MIN (room, zifu_arith_round (&self->arith, walk->paid[payer], walk->rounding));
      for (guint i = 0; i < walk->n_meters; i++)
        if (cap_room[i] < line.amount && zifu_rule_counts (walk->meters[i].rule, payer, line.payer))
          line.amount = cap_room[i];
      line.amount = MAX (line.amount, 0);
      for (guint i = 0; i < walk->n_meters; i++)
        if (cap_room[i] != G_MAXINT64 && zifu_rule_counts (walk->meters[i].rule, payer, line.payer))
          cap_room[i] -= line.amount;
      room -= line.amount;
      if (line.amount != 0)
        result->lines[result->n_lines++] = line;
    }
  result->copay = room;
}

/* What rounding leaves above a cap on the person's payments is over the cap. */
static void
trim_copay (Layer *self, ZifuWalk *walk, ZifuLayerResult *result)
{
  for (guint i = 0; i < walk->n_meters; i++)
    {
      const ZifuMeter *meter = &walk->meters[i];
      ZifuMoney base = meter->rule->origin == ZIFU_ORIGIN_FROM_ZERO ? result->deductible : 0, room, extra;

      if (!meter->has_limit || meter->rule->measure != ZIFU_MEASURE_PERSONAL_PAID || meter->n_groups != walk->n_live)
        continue;
      room = MAX (0, zifu_arith_round (&self->arith, zifu_arith_sub (&self->arith, meter->limit, meter->before), ZIFU_ROUND_FEN));
      extra = MIN (result->copay, result->copay + base - room);
      if (extra > 0)
        {
          result->copay -= extra;
          result->over_cap += extra;
        }
    }
}

/* What the payers of a meter paid, and what all paid: the rounded lines when its rule won for every group, else its own sums. */
static void
sum_paid (Layer *self, const ZifuWalk *walk, const ZifuMeter *meter, const ZifuLayerResult *result, ZifuMoney *all, ZifuMoney *counted)
{
  gboolean whole = meter->n_groups == walk->n_live;

  *all = *counted = 0;
  for (guint i = 0; whole && i < result->n_lines; i++)
    {
      const char *name = result->lines[i].payer;
      gboolean counts = meter->rule->payers == NULL || g_strv_contains ((const char *const *) meter->rule->payers, name);

      *all += result->lines[i].amount;
      *counted += counts ? result->lines[i].amount : 0;
    }
  for (guint p = 0; !whole && p < walk->n_payers; p++)
    {
      guint payer = walk->payers[p];
      ZifuMoney amount = zifu_arith_round (&self->arith, meter->paid[payer], walk->rounding);

      *all += amount;
      *counted += zifu_rule_counts (meter->rule, payer, payer_name (self, payer)) ? amount : 0;
    }
}

/* What a meter adds to its counter. */
static ZifuMoney
meter_used (Layer *self, ZifuWalk *walk, const ZifuMeter *meter, const ZifuLayerResult *result)
{
  gboolean whole = meter->n_groups == walk->n_live, from_zero = meter->rule->origin == ZIFU_ORIGIN_FROM_ZERO;
  ZifuMoney taken = meter->deductible, cost = meter->input, all, counted;
  ZifuMoney over = whole ? result->over_cap : zifu_arith_round (&self->arith, meter->over, ZIFU_ROUND_FEN);

  sum_paid (self, walk, meter, result, &all, &counted);
  switch (meter->rule->measure)
    {
    case ZIFU_MEASURE_FUND_PAID:
      return counted;
    case ZIFU_MEASURE_ELIGIBLE_COST:
      return cost - over - (from_zero ? 0 : taken);
    case ZIFU_MEASURE_PERSONAL_PAID:
    default:
      return MAX (0, cost - over - taken - all) + (from_zero ? taken : 0);
    }
}

static void
tell_limit (Layer *self, const ZifuWalk *walk, const ZifuMeter *meter, ZifuMoney used)
{
  ZifuMoney before = zifu_arith_round (&self->arith, meter->before, ZIFU_ROUND_FEN);
  ZifuMoney limit = zifu_arith_round (&self->arith, meter->limit, ZIFU_ROUND_FEN);

  zifu_tell_limit (self->teller, meter->rule, meter->n_groups == walk->n_live, before, used, limit, meter->not_known != NULL);
}

static gboolean
feed_meters (Layer *self, ZifuWalk *walk, const ZifuLayerResult *result, GError **error)
{
  for (guint i = 0; i < walk->n_meters; i++)
    {
      const ZifuMeter *meter = &walk->meters[i];
      gboolean trace = meter->has_limit && self->teller->settlement->tracing;
      ZifuMoney used = meter->has_counter || trace ? meter_used (self, walk, meter, result) : 0;

      if (meter->has_counter && !feed (self, meter->counter, used, meter->rule->id, error))
        return FALSE;
      if (trace)
        tell_limit (self, walk, meter, used);
    }
  for (guint i = 0; i < self->n_feeds; i++)
    if (!zifu_counters_add (self->context->run->counters, self->feeds[i].key, zifu_rational_from_fen (self->feeds[i].amount), error))
      return FALSE;
  return TRUE;
}

static void
finish (Layer *self, ZifuWalk *walk, ZifuLayerResult *result)
{
  if (self->teller->settlement->tracing)
    zifu_tell_layer (self->teller, self->input, result);
  result->bands = ZIFU_ARENA_NEW (&self->teller->settlement->arena, ZifuMoney, walk->n_bands);
  result->n_bands = walk->n_bands;
  for (guint i = 0; i < walk->n_bands; i++)
    result->bands[i] = zifu_arith_round (&self->arith, walk->per_band[i], ZIFU_ROUND_FEN);
  result->reduction = MIN (result->copay, zifu_arith_round (&self->arith, walk->moved, ZIFU_ROUND_FEN));
  result->copay -= result->reduction;
}

static gboolean
run (Layer *self, ZifuWalk *walk, ZifuLayerResult *result, GError **error)
{
  const ZifuRule *deductible;
  ZifuMoney skip;

  if (!zifu_select_one (self->context, &self->layer->deductible, self->place, &deductible, error))
    return FALSE;
  if (deductible != NULL && !take_deductible (self, deductible, &result->deductible, error))
    return FALSE;
  skip = result->deductible;
  for (guint i = 0; i < self->n_segments; i++)
    {
      const ZifuSegment *segment = &self->segments[i];
      ZifuMoney taken = is_exempt (deductible, segment->group) ? 0 : MIN (skip, segment->amount);

      skip -= taken;
      if (segment->amount != 0 && !zifu_walk_group (walk, segment, taken, error))
        return FALSE;
    }
  result->over_cap = zifu_arith_round (&self->arith, walk->over, ZIFU_ROUND_FEN);
  round_lines (self, walk, result);
  trim_copay (self, walk, result);
  if (!feed_meters (self, walk, result, error))
    return FALSE;
  finish (self, walk, result);
  return !(self->arith.overflow || walk->arith.overflow) || zifu_place_overflow (self->place, error);
}

/* Whether a layer can come out in whole numbers: one group with cost, under rules that do not ask for its name, and whole benefits. */
static gboolean
may_be_whole (const ZifuContext *context, const ZifuSegment *segments, guint n_segments, ZifuRational gate)
{
  return n_segments == 1 && segments[0].amount > 0 && gate.num == gate.den && !context->run->plan->axes[ZIFU_AXIS_GROUP].is_read;
}

static gboolean
run_in_fractions (ZifuContext *context, const ZifuTeller *teller, const ZifuPlanLayer *layer, const ZifuSegment *segments,
                  guint n_segments, ZifuRational gate, ZifuLayerResult *result, GError **error)
{
  const char *benefit = zifu_context_benefit (context);
  const ZifuPlace place = { benefit != NULL ? benefit : "-", layer->name, 0 };
  Layer self = { .context = context, .teller = teller, .layer = layer, .place = &place, .segments = segments, .n_segments = n_segments };
  g_auto (ZifuWalk) walk = { 0 };
  guint n_live = 0;

  self.feeds = ZIFU_ARENA_NEW (context->run->scratch, Feed, layer->n_meters + 2);
  for (guint i = 0; i < n_segments; i++)
    {
      self.input = zifu_arith_sum (&self.arith, self.input, segments[i].amount);
      n_live += segments[i].amount != 0;
    }
  zifu_walk_init (&walk, context, teller, layer, &place, gate, n_live > 1);
  return run (&self, &walk, result, error);
}

/**
 * zifu_layer_run_empty:
 * @layer: a layer
 * @teller: where the trace goes
 * @result: (out): what comes of it: nothing
 *
 * Settles a layer without cost.
 *
 * Returns: %FALSE when somebody may have something to do all the same; then nothing has changed
 */
gboolean
zifu_layer_run_empty (const ZifuPlanLayer *layer, const ZifuTeller *teller, ZifuLayerResult *result)
{
  if (!layer->deductible.is_empty)
    return FALSE;
  *result = (ZifuLayerResult){ 0 };
  if (teller->settlement->tracing)
    zifu_tell_layer (teller, 0, result);
  return TRUE;
}

/**
 * zifu_layer_run:
 * @context: context of the layer
 * @settlement: where the trace goes
 * @layer: the layer
 * @segments: (array length=n_segments): the groups of cost, in the order in which they are stacked
 * @n_segments: how many
 * @gate: share of the benefits
 * @later: whether the layer pays after the year
 * @result: (out caller-allocates): what comes of it
 * @error: return location: %ZIFU_ERROR
 *
 * Settles one layer: deductible, bands and caps, rounding, counters.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_layer_run (ZifuContext *context, ZifuSettlement *settlement, const ZifuPlanLayer *layer, const ZifuSegment *segments,
                guint n_segments, ZifuRational gate, gboolean later, ZifuLayerResult *result, GError **error)
{
  const ZifuTeller teller = { settlement, layer->name, later };
  gboolean plain = may_be_whole (context, segments, n_segments, gate);
  const ZifuLayerTerms **terms = NULL;

  if (n_segments == 1 && segments[0].amount == 0 && zifu_layer_run_empty (layer, &teller, result))
    return TRUE;
  if (plain)
    {
      terms = &zifu_select_view (context)->layers[layer->id];
      if (*terms != NULL && zifu_layer_run_whole (*terms, context->run, &teller, segments, result))
        return TRUE;
    }
  *result = (ZifuLayerResult){ 0 };
  if (!run_in_fractions (context, &teller, layer, segments, n_segments, gate, result, error))
    return FALSE;
  if (plain && *terms == NULL)
    *terms = zifu_layer_terms_new (context, layer);
  return TRUE;
}
