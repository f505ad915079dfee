/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-layer.h"

static ZifuStep *
add (const ZifuTeller *self, ZifuStepKind kind, const ZifuRule *rule)
{
  ZifuStep *step = zifu_trace_add (self->settlement, kind, rule);

  step->layer = self->layer;
  step->flag = self->later;
  return step;
}

/**
 * zifu_tell_deductible:
 * @self: a teller
 * @rule: the deductible rule
 * @input: cost of the layer
 * @need: what the rule asks
 * @met: of it before this visit
 * @applied: of it now
 *
 * Writes down what the deductible takes.
 */
void
zifu_tell_deductible (const ZifuTeller *self, const ZifuRule *rule, ZifuMoney input, const ZifuNeed *need, ZifuMoney met,
                      ZifuMoney applied)
{
  ZifuStep *step = add (self, ZIFU_STEP_DEDUCTIBLE, rule);

  step->input = input;
  step->need = need->need;
  step->met = met;
  step->result = applied;
  zifu_trace_set_adjusts (self->settlement, step, &need->adjusts);
}

/**
 * zifu_tell_share:
 * @self: a teller
 * @share: the share rule that won
 * @group: the group of cost
 * @cost: its cost after the deductible
 * @adjusts: the rules that changed the ratios
 *
 * Writes down which rule shares the cost.
 */
void
zifu_tell_share (const ZifuTeller *self, const ZifuRule *share, const char *group, ZifuMoney cost, const ZifuRules *adjusts)
{
  ZifuStep *step = add (self, ZIFU_STEP_SHARE, share);

  step->group = group;
  step->input = cost;
  zifu_trace_set_adjusts (self->settlement, step, adjusts);
}

/**
 * zifu_tell_band:
 * @self: a teller
 * @payers: names of the payers, by number
 * @share: the share rule
 * @group: the group of cost
 * @table: its bands
 * @i: which band
 * @cost: the cost that lies in it, in yuan
 *
 * Writes a step of the walk down.
 */
void
zifu_tell_band (const ZifuTeller *self, const char **payers, const ZifuRule *share, const char *group, const ZifuBandTable *table,
                guint i, ZifuRational cost)
{
  const ZifuBandRates *band = &table->bands[i];
  ZifuArith arith = { FALSE }; /* whoever pays has found the same amounts, and whether they fit */
  ZifuStep *step = add (self, ZIFU_STEP_BAND, share);

  step->group = group;
  step->band = (int) i;
  step->has_upto = band->has_upto;
  step->upto = band->upto;
  step->from = i > 0 ? table->bands[i - 1].upto : ZIFU_RATIONAL_ZERO;
  step->cost = zifu_rational_reduce (cost);
  step->measure = share->measure;
  for (guint j = 0; j < band->n_parts; j++)
    zifu_trace_add_part (self->settlement, step, payers[band->payers[j]], band->ratios[j], zifu_arith_mul (&arith, band->ratios[j], cost));
}

/**
 * zifu_tell_closed:
 * @self: a teller
 * @cap: the cap rule
 * @group: the group of cost
 * @limit: its limit
 * @before: where it stood before this layer
 * @left: the cost that lies over it
 *
 * Writes down that a cap closed.
 */
void
zifu_tell_closed (const ZifuTeller *self, const ZifuRule *cap, const char *group, ZifuMoney limit, ZifuMoney before, ZifuMoney left)
{
  ZifuStep *step = add (self, ZIFU_STEP_CAP, cap);

  step->group = group;
  step->measure = cap->measure;
  step->limit = limit;
  step->before = before;
  step->result = left;
}

/**
 * zifu_tell_limit:
 * @self: a teller
 * @cap: the cap rule
 * @whole: whether it holds over the whole layer
 * @before: where it stood before this layer
 * @used: of it now
 * @limit: its limit
 * @least: whether the limit itself is not known, and @limit is a bound that it is not below
 *
 * Writes down where a cap stands.
 */
void
zifu_tell_limit (const ZifuTeller *self, const ZifuRule *cap, gboolean whole, ZifuMoney before, ZifuMoney used, ZifuMoney limit,
                 gboolean least)
{
  ZifuStep *step = add (self, ZIFU_STEP_LIMIT, cap);

  step->flag = whole;
  step->measure = cap->measure;
  step->before = before;
  step->used = used;
  step->limit = limit;
  step->least = least;
}

/**
 * zifu_tell_layer:
 * @self: a teller
 * @input: cost of the layer
 * @result: what came of it
 *
 * Writes down that a layer is done.
 */
void
zifu_tell_layer (const ZifuTeller *self, ZifuMoney input, const ZifuLayerResult *result)
{
  ZifuStep *step = add (self, ZIFU_STEP_LAYER, NULL);

  step->input = input;
  step->need = result->deductible;
  step->over_cap = result->over_cap;
  for (guint i = 0; i < result->n_lines; i++)
    zifu_trace_add_part (self->settlement, step, result->lines[i].payer, ZIFU_RATIONAL_ZERO,
                         zifu_rational_from_fen (result->lines[i].amount));
}
