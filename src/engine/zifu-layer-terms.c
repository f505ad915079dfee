/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-layer-terms.h"

#include "zifu-select.h"

/* The denominator that all ratios of a table have in common; 0 = there is none that is small enough. */
static gint64
denominator (const ZifuBandTable *table)
{
  gint64 den = 1;

  for (guint i = 0; i < table->n; i++)
    for (guint j = 0; j < table->bands[i].n_parts; j++)
      {
        ZifuRational ratio = zifu_rational_reduce (table->bands[i].ratios[j]);

        if (ratio.den > ZIFU_WHOLE_PARTS)
          return 0;
        den = den / zifu_whole_divisor (den, (gint64) ratio.den) * (gint64) ratio.den;
        if (den > ZIFU_WHOLE_PARTS)
          return 0;
      }
  return den;
}

/* The place of a payer among those of the layer; −1 = there are too many. */
static int
place_of (ZifuLayerTerms *self, guint payer)
{
  for (guint i = 0; i < self->n_payers; i++)
    if (self->payers[i] == payer)
      return (int) i;
  if (self->n_payers == ZIFU_WHOLE_PAYERS)
    return -1;
  self->payers[self->n_payers] = payer;
  return (int) self->n_payers++;
}

static gboolean
make_band (ZifuLayerTerms *self, const ZifuBandRates *rates, ZifuWholeBand *band)
{
  band->has_upto = rates->has_upto;
  band->upto = 0;
  band->n_parts = rates->n_parts;
  band->ratio = 0;
  if (rates->unknown != NULL || rates->reduction.num != 0 || (rates->has_upto && !zifu_whole_fen (rates->upto, &band->upto)))
    return FALSE;
  self->most = MAX (self->most, band->upto);
  band->upto *= self->den;
  for (guint i = 0; i < rates->n_parts; i++)
    {
      int place = place_of (self, rates->payers[i]);

      if (place < 0)
        return FALSE;
      band->payers[i] = (guint8) place;
      band->ratios[i] = (gint64) (rates->ratios[i].num * self->den / rates->ratios[i].den);
      band->ratio += band->ratios[i];
    }
  return TRUE;
}

static gboolean
make_bands (ZifuLayerTerms *self, ZifuArena *memory)
{
  const ZifuBandTable *table = &self->shares->table;

  self->den = denominator (table);
  if (self->den == 0)
    return FALSE;
  self->bands = ZIFU_ARENA_NEW (memory, ZifuWholeBand, table->n);
  for (guint i = 0; i < table->n; i++)
    if (!make_band (self, &table->bands[i], &self->bands[i]))
      return FALSE;
  return TRUE;
}

static gint64
rate_in (const ZifuLayerTerms *self, const ZifuWholeMeter *meter, const ZifuWholeBand *band)
{
  gint64 counted = 0;

  for (guint i = 0; i < band->n_parts; i++)
    counted += meter->counts[band->payers[i]] ? band->ratios[i] : 0;
  switch (meter->rule->measure)
    {
    case ZIFU_MEASURE_ELIGIBLE_COST:
      return self->den;
    case ZIFU_MEASURE_PERSONAL_PAID:
      return self->den - band->ratio;
    case ZIFU_MEASURE_FUND_PAID:
    default:
      return counted;
    }
}

/* Several rules may name one counter: it is fed once, by the first of them. */
static int
feeder_of (const ZifuLayerTerms *self, int counter)
{
  if (counter < 0)
    return -1;
  if (self->deductible != NULL && self->deductible->plan.counter == counter)
    return 0;
  for (guint m = 0; m + 1 < self->n_meters; m++)
    if (self->meters[m].counter == counter)
      return (int) m + 1;
  return -1;
}

static gboolean
add_meter (ZifuLayerTerms *self, const ZifuPlan *plan, const ZifuRule *rule, const ZifuNumber *limit)
{
  ZifuWholeMeter *meter = &self->meters[self->n_meters++];

  meter->rule = rule;
  meter->counter = rule->counter != NULL ? rule->plan.counter : -1;
  meter->same_as = feeder_of (self, meter->counter);
  meter->measure = rule->measure;
  meter->from_zero = rule->origin == ZIFU_ORIGIN_FROM_ZERO;
  meter->counts_deductible = zifu_rule_counts_deductible (rule);
  meter->has_limit = limit != NULL && !limit->is_null;
  self->counts_deductible |= meter->counts_deductible;
  self->caps_fund |= meter->has_limit && rule->measure == ZIFU_MEASURE_FUND_PAID;
  self->caps_personal |= meter->has_limit && rule->measure == ZIFU_MEASURE_PERSONAL_PAID;
  meter->limit = 0;
  if ((rule->counter != NULL && rule->plan.counter < 0) || (meter->has_limit && !zifu_whole_fen (limit->value, &meter->limit)))
    return FALSE;
  self->most = MAX (self->most, meter->limit);
  for (guint i = 0; i < self->n_payers; i++)
    meter->counts[i] = zifu_rule_counts (rule, self->payers[i], plan->payers[self->payers[i]]);
  for (guint i = 0; i < self->shares->table.n; i++)
    self->bands[i].rates[self->n_meters - 1] = rate_in (self, meter, &self->bands[i]);
  return TRUE;
}

static void
use_all (ZifuLayerTerms *self, const ZifuPlan *plan, const guint64 *used)
{
  for (guint w = 0; w < plan->n_words; w++)
    self->used[w] |= used[w];
}

/* Who wins a contest; %FALSE when that is not remembered. */
static gboolean
find_answer (ZifuContext *context, const ZifuContest *contest, const ZifuAnswer **answer)
{
  static const ZifuAnswer nobody = { .known = TRUE };

  *answer = contest->is_empty ? &nobody : zifu_select_answer (context, contest);
  return *answer != NULL;
}

static gboolean
make_deductible (ZifuLayerTerms *self, ZifuContext *context, const ZifuPlanLayer *layer)
{
  const ZifuAnswer *answer;

  self->deductible = NULL;
  if (!find_answer (context, &layer->deductible, &answer))
    return FALSE;
  if (answer->n == 0)
    return TRUE;
  self->deductible = answer->rules[0];
  self->need = answer->terms;
  if (self->need == NULL || self->deductible->u.deductible.cap_counter != NULL || self->deductible->u.deductible.exempt != NULL ||
      (self->deductible->counter != NULL && self->deductible->plan.counter < 0))
    return FALSE;
  ZIFU_SET_ADD (self->used, self->deductible->plan.index);
  use_all (self, context->run->plan, self->need->used);
  return TRUE;
}

static gboolean
make_share (ZifuLayerTerms *self, ZifuContext *context, const ZifuPlanLayer *layer)
{
  const ZifuAnswer *answer;

  if (!find_answer (context, &layer->share, &answer) || answer->terms == NULL)
    return FALSE;
  self->share = answer->rules[0];
  self->shares = answer->terms;
  if (!make_bands (self, &context->run->views->memory) || !add_meter (self, context->run->plan, self->share, NULL))
    return FALSE;
  ZIFU_SET_ADD (self->used, self->share->plan.index);
  use_all (self, context->run->plan, self->shares->used);
  return TRUE;
}

static gboolean
make_caps (ZifuLayerTerms *self, ZifuContext *context, const ZifuPlanLayer *layer)
{
  const ZifuAnswer *answer;
  const ZifuLimits *limits;

  if (!find_answer (context, &layer->cap, &answer))
    return FALSE;
  limits = answer->terms;
  if (answer->n >= ZIFU_WHOLE_METERS || (answer->n > 0 && limits == NULL))
    return FALSE;
  for (guint i = 0; i < answer->n; i++)
    {
      if (!add_meter (self, context->run->plan, answer->rules[i], &limits->limits[i]))
        return FALSE;
      ZIFU_SET_ADD (self->used, answer->rules[i]->plan.index);
    }
  if (limits != NULL)
    use_all (self, context->run->plan, limits->used);
  return TRUE;
}

/**
 * zifu_layer_terms_new:
 * @context: context of a layer that has just been settled in the general way
 * @layer: the layer
 *
 * Puts together what is remembered of a layer.  Where something in it is live or not whole, that is what the terms say.
 *
 * Returns: (transfer none): the terms, as long as the view
 */
const ZifuLayerTerms *
zifu_layer_terms_new (ZifuContext *context, const ZifuPlanLayer *layer)
{
  const ZifuPlan *plan = context->run->plan;
  ZifuArena *memory = &context->run->views->memory;
  ZifuLayerTerms *self = ZIFU_ARENA_NEW (memory, ZifuLayerTerms, 1);

  self->n_payers = self->n_meters = 0;
  self->counts_deductible = self->caps_fund = self->caps_personal = FALSE;
  self->most = 0;
  self->used = ZIFU_ARENA_NEW (memory, guint64, plan->n_words);
  for (guint w = 0; w < plan->n_words; w++)
    self->used[w] = 0;
  self->is_whole = make_deductible (self, context, layer) && make_share (self, context, layer) && make_caps (self, context, layer);
  return self;
}
