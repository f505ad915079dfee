/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-layer-terms.h"

#include "zifu-select.h"

#define MOST_STEPS 16
#define MOST_SCALE 1000000

typedef struct {
  guint  band;
  gint64 cost;
} Step;

/*
 * A layer while it runs in whole numbers.  Nothing outside changes until all has come out.
 */
typedef struct {
  const ZifuLayerTerms *terms;
  const ZifuCounters   *counters;
  ZifuMoney             input;  /* fen */
  ZifuMoney             met;    /* of the deductible, before */
  ZifuMoney             before[ZIFU_WHOLE_METERS];
  gint64                at[ZIFU_WHOLE_METERS]; /* parts */
  gint64                most;   /* no number of fen is larger */
  gint64                scale;  /* from here on costs are numbers of such parts of a fen, and parts are smaller by as much */
  Step                  steps[MOST_STEPS];
  guint                 n_steps;
  gint64                left;
  const ZifuWholeMeter *closed; /* nullable */
  gint64                paid[ZIFU_WHOLE_PAYERS]; /* parts */
  guint8                order[ZIFU_WHOLE_PAYERS]; /* of first appearance */
  guint                 n_payers;
  ZifuMoney             used[ZIFU_WHOLE_METERS];
} Whole;

/* A cap on cost or on the person's payments that counts from zero holds for the deductible, too. */
static gboolean
start (Whole *self, ZifuMoney *deductible)
{
  const ZifuLayerTerms *terms = self->terms;
  const ZifuRule *rule = terms->deductible;

  *deductible = 0;
  self->most = MAX (terms->most, self->input);
  if (rule != NULL)
    {
      if (!zifu_counters_get_fen (self->counters, rule->plan.counter, &self->met))
        return FALSE;
      *deductible = MIN (self->input, MAX (0, terms->need->need - self->met));
    }
  for (guint m = 0; m < terms->n_meters; m++)
    {
      const ZifuWholeMeter *meter = &terms->meters[m];

      if (!zifu_counters_get_fen (self->counters, meter->counter, &self->before[m]))
        return FALSE;
      if (rule != NULL && meter->has_limit && meter->counts_deductible)
        *deductible = MIN (*deductible, MAX (0, meter->limit - self->before[m]));
      self->most = MAX (self->most, self->before[m]);
      self->at[m] = self->before[m] * terms->den;
    }
  for (guint m = 0; terms->counts_deductible && m < terms->n_meters; m++)
    if (terms->meters[m].counts_deductible)
      self->at[m] += *deductible * terms->den;
  self->scale = 1;
  self->left = self->input - *deductible;
  return TRUE;
}

/* Counts in parts that are smaller by a factor; %FALSE when numbers would become too large. */
static gboolean
refine (Whole *self, gint64 factor)
{
  const ZifuLayerTerms *terms = self->terms;
  gint64 scale, largest;

  /* A position is at most what stood there, the cost, and the limit of a band, which is a number of fen like the limits. */
  if (__builtin_mul_overflow (self->scale, factor, &scale) || scale > MOST_SCALE ||
      __builtin_mul_overflow (self->most, 4 * scale * terms->den, &largest))
    return FALSE;
  for (guint m = 0; m < terms->n_meters; m++)
    self->at[m] *= factor;
  for (guint p = 0; p < self->n_payers; p++)
    self->paid[self->order[p]] *= factor;
  for (guint s = 0; s < self->n_steps; s++)
    self->steps[s].cost *= factor;
  self->left *= factor;
  self->scale = scale;
  return TRUE;
}

/* Shortens a step so that it ends where a meter has come to @bound; %FALSE when that would take too small parts. */
static gboolean
shorten (Whole *self, guint m, gint64 bound, gint64 rate, gint64 *step)
{
  gint64 room = bound * self->scale - self->at[m], factor;

  if (room >= *step * rate)
    return TRUE;
  factor = rate / zifu_whole_divisor (room, rate);
  if (factor > 1)
    {
      if (!refine (self, factor))
        return FALSE;
      room *= factor;
    }
  *step = room / rate;
  return TRUE;
}

/* How far the walk may go in one band. */
static gboolean
next_step (Whole *self, const ZifuWholeBand *band, gint64 *step)
{
  const ZifuLayerTerms *terms = self->terms;

  *step = self->left;
  if (band->has_upto && band->rates[0] != 0 && !shorten (self, 0, band->upto, band->rates[0], step))
    return FALSE;
  for (guint m = 1; m < terms->n_meters; m++)
    {
      const ZifuWholeMeter *meter = &terms->meters[m];
      gint64 bound = meter->limit * terms->den;

      if (!meter->has_limit || band->rates[m] == 0)
        continue;
      if (bound * self->scale <= self->at[m])
        self->closed = meter;
      else if (!shorten (self, m, bound, band->rates[m], step))
        return FALSE;
    }
  return TRUE;
}

/* What a step pays; the payers are listed in the order in which they appear. */
static void
pay (Whole *self, const ZifuWholeBand *band, gint64 cost)
{
  for (guint i = 0; i < band->n_parts; i++)
    {
      guint8 payer = band->payers[i];
      guint j = 0;

      while (j < self->n_payers && self->order[j] != payer)
        j++;
      if (j == self->n_payers)
        {
          self->order[self->n_payers++] = payer;
          self->paid[payer] = 0;
        }
      self->paid[payer] += band->ratios[i] * cost;
    }
}

/* Goes on to the nearest of the end of the cost, of a band and of a cap, until the cost is used up or a cap closes. */
static gboolean
walk (Whole *self)
{
  const ZifuLayerTerms *terms = self->terms;
  guint i = 0;

  while (self->left > 0)
    {
      gint64 step;

      while (terms->bands[i].has_upto && self->at[0] >= terms->bands[i].upto * self->scale)
        i++;
      if (self->n_steps == MOST_STEPS || !next_step (self, &terms->bands[i], &step))
        return FALSE;
      if (self->closed != NULL)
        return TRUE;
      self->steps[self->n_steps++] = (Step){ i, step };
      for (guint m = 0; m < terms->n_meters; m++)
        self->at[m] += terms->bands[i].rates[m] * step;
      pay (self, &terms->bands[i], step);
      self->left -= step;
    }
  return TRUE;
}

/* Parts of a fen as an amount in fen. */
static ZifuMoney
round_parts (gint64 parts, gint64 den, ZifuRound mode)
{
  gint64 unit = den * mode.unit, q, r;

  if (parts == 0)
    return 0;
  q = parts / unit;
  r = parts % unit;
  if ((mode.way == ZIFU_ROUND_NEAREST && r > 0 && r >= unit - r) || (mode.way == ZIFU_ROUND_UP && r > 0))
    q++;
  return q * mode.unit;
}

/* Rounds each payer once: never above what is left, never above a cap on fund money. */
static void
round_lines (Whole *self, const char **names, const char *layer, ZifuLayerResult *result)
{
  const ZifuLayerTerms *terms = self->terms;
  ZifuMoney room = self->input - result->deductible - result->over_cap, cap_room[ZIFU_WHOLE_METERS];

  for (guint m = 0; terms->caps_fund && m < terms->n_meters; m++)
    {
      const ZifuWholeMeter *meter = &terms->meters[m];
      gboolean is_cap = meter->has_limit && meter->measure == ZIFU_MEASURE_FUND_PAID;

      cap_room[m] = is_cap ? MAX (0, meter->limit - self->before[m]) : G_MAXINT64;
    }
  for (guint p = 0; p < self->n_payers; p++)
    {
      guint8 payer = self->order[p];
      ZifuMoney amount = MIN (room, round_parts (self->paid[payer], terms->den * self->scale, terms->share->round));

      for (guint m = 0; terms->caps_fund && m < terms->n_meters; m++)
        if (terms->meters[m].counts[payer])
          amount = MIN (amount, cap_room[m]);
      for (guint m = 0; terms->caps_fund && m < terms->n_meters; m++)
        if (terms->meters[m].counts[payer] && cap_room[m] != G_MAXINT64)
          cap_room[m] -= amount;
      self->paid[payer] = amount; /* from here on in fen */
      room -= amount;
      if (amount != 0)
        result->lines[result->n_lines++] = (ZifuFundLine){ layer, names[terms->payers[payer]], amount };
    }
  result->copay = room;
}

/* What rounding leaves above a cap on the person's payments is over the cap. */
static void
trim_copay (Whole *self, ZifuLayerResult *result)
{
  for (guint m = 0; self->terms->caps_personal && m < self->terms->n_meters; m++)
    {
      const ZifuWholeMeter *meter = &self->terms->meters[m];
      ZifuMoney base = meter->from_zero ? result->deductible : 0, room, extra;

      if (!meter->has_limit || meter->measure != ZIFU_MEASURE_PERSONAL_PAID)
        continue;
      room = MAX (0, meter->limit - self->before[m]);
      extra = MIN (result->copay, result->copay + base - room);
      if (extra > 0)
        {
          result->copay -= extra;
          result->over_cap += extra;
        }
    }
}

/* What a meter adds to its counter. */
static ZifuMoney
meter_used (const Whole *self, const ZifuWholeMeter *meter, const ZifuLayerResult *result)
{
  ZifuMoney cost = self->input - result->over_cap - result->deductible, all = 0, counted = 0;

  if (meter->measure == ZIFU_MEASURE_ELIGIBLE_COST)
    return cost + (meter->from_zero ? result->deductible : 0);
  for (guint p = 0; p < self->n_payers; p++)
    {
      all += self->paid[self->order[p]];
      counted += meter->counts[self->order[p]] ? self->paid[self->order[p]] : 0;
    }
  return meter->measure == ZIFU_MEASURE_FUND_PAID ? counted : MAX (0, cost - all) + (meter->from_zero ? result->deductible : 0);
}

/* What the meters add to their counters; several that feed one must agree. */
static gboolean
find_used (Whole *self, const ZifuLayerResult *result)
{
  const ZifuLayerTerms *terms = self->terms;

  for (guint m = 0; m < terms->n_meters; m++)
    {
      int same_as = terms->meters[m].same_as;

      self->used[m] = meter_used (self, &terms->meters[m], result);
      if (same_as >= 0 && self->used[m] != (same_as == 0 ? result->deductible : self->used[same_as - 1]))
        return FALSE;
    }
  return TRUE;
}

static void
feed (const Whole *self, ZifuCounters *counters, const ZifuLayerResult *result)
{
  const ZifuLayerTerms *terms = self->terms;

  if (terms->deductible != NULL && terms->deductible->plan.counter >= 0)
    zifu_counters_add_fen (counters, terms->deductible->plan.counter, result->deductible);
  for (guint m = 0; m < terms->n_meters; m++)
    if (terms->meters[m].counter >= 0 && terms->meters[m].same_as < 0)
      zifu_counters_add_fen (counters, terms->meters[m].counter, self->used[m]);
}

/* What all payers together paid in each band. */
static void
sum_bands (const Whole *self, ZifuSettlement *settlement, ZifuLayerResult *result)
{
  const ZifuLayerTerms *terms = self->terms;

  result->bands = ZIFU_ARENA_NEW (&settlement->arena, ZifuMoney, terms->shares->table.n);
  for (guint s = 0, next; s < self->n_steps; s = next)
    {
      const ZifuWholeBand *band = &terms->bands[self->steps[s].band];
      gint64 cost = 0;

      for (next = s; next < self->n_steps && self->steps[next].band == self->steps[s].band; next++)
        cost += self->steps[next].cost;
      for (; band->n_parts > 0 && result->n_bands <= self->steps[s].band; result->n_bands++)
        result->bands[result->n_bands] = 0;
      if (band->n_parts > 0)
        result->bands[self->steps[s].band] = round_parts (band->ratio * cost, terms->den * self->scale, ZIFU_ROUND_FEN);
    }
}

static void
trace (const Whole *self, const ZifuTeller *teller, const ZifuPlan *plan, const char *group, const ZifuLayerResult *result)
{
  const ZifuLayerTerms *terms = self->terms;

  if (terms->deductible != NULL)
    zifu_tell_deductible (teller, terms->deductible, self->input, terms->need, self->met, result->deductible);
  zifu_tell_share (teller, terms->share, group, self->input - result->deductible, &terms->shares->adjusts);
  for (guint s = 0; s < self->n_steps; s++)
    zifu_tell_band (teller, plan->payers, terms->share, group, &terms->shares->table, self->steps[s].band,
                    (ZifuRational){ self->steps[s].cost, 100 * self->scale });
  if (self->closed != NULL)
    zifu_tell_closed (teller, self->closed->rule, group, self->closed->limit, self->before[self->closed - terms->meters],
                      round_parts (self->left, self->scale, ZIFU_ROUND_FEN));
  for (guint m = 0; m < terms->n_meters; m++)
    if (terms->meters[m].has_limit)
      zifu_tell_limit (teller, terms->meters[m].rule, TRUE, self->before[m], self->used[m], terms->meters[m].limit, FALSE);
  zifu_tell_layer (teller, self->input, result);
}

/**
 * zifu_layer_run_whole:
 * @terms: terms of the layer for people seen like this one
 * @run: the run
 * @teller: where the trace goes
 * @segment: the only group of cost
 * @result: (out): what comes of it; undefined when %FALSE is returned
 *
 * Settles one layer in whole numbers.
 *
 * Returns: %FALSE when something does not come out whole, or is to be refused; then nothing else has changed
 */
gboolean
zifu_layer_run_whole (const ZifuLayerTerms *terms, ZifuRun *run, const ZifuTeller *teller, const ZifuSegment *segment,
                      ZifuLayerResult *result)
{
  Whole self;

  if (!terms->is_whole || segment->amount > ZIFU_WHOLE_FEN)
    return FALSE;
  result->reduction = 0;
  result->n_lines = result->n_bands = 0;
  self.terms = terms;
  self.counters = run->counters;
  self.input = segment->amount;
  self.met = 0;
  self.n_steps = self.n_payers = 0;
  self.closed = NULL;
  if (!start (&self, &result->deductible) || !walk (&self))
    return FALSE;
  result->over_cap = round_parts (self.left, self.scale, ZIFU_ROUND_FEN);
  result->lines = ZIFU_ARENA_NEW (run->scratch, ZifuFundLine, terms->n_payers);
  round_lines (&self, run->plan->payers, teller->layer, result);
  trim_copay (&self, result);
  if (!find_used (&self, result))
    return FALSE;
  feed (&self, run->counters, result);
  zifu_use_again (run, terms->used);
  sum_bands (&self, teller->settlement, result);
  if (teller->settlement->tracing)
    trace (&self, teller, run->plan, segment->group, result);
  return TRUE;
}
