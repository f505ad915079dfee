/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-walk.h"

/*
 * The walk in whole numbers.  Where every ratio is a number of parts in one denominator and every bound a number of fen, what is
 * paid is a number of parts of a fen, and stays exact without fractions.  Whatever does not come out whole is left to the walk
 * in fractions.
 */

/* With amounts below 10^12 fen and denominators up to 10^6 no product leaves 64 bits. */
#define MOST_FEN G_GINT64_CONSTANT (1000000000000)
#define MOST_PARTS 1000000
#define MOST_STEPS 16

typedef struct {
  ZifuMeter *meter;
  gint64     at, limit; /* parts */
  gint64     rate;      /* parts for each fen, in the band where the walk is */
} WholeMeter;

typedef struct {
  guint     band;
  ZifuMoney cost;
} Step;

typedef struct {
  const ZifuShareTerms *terms;
  WholeMeter           *meters;
  guint                 n_meters;
  Step                  steps[MOST_STEPS];
  guint                 n_steps;
  ZifuMoney             left;   /* fen */
  ZifuMeter            *closed; /* nullable */
} Whole;

static gboolean
whole_fen (ZifuRational yuan, gint64 *fen)
{
  gint64 num = (gint64) yuan.num;

  if (yuan.num < 0 || yuan.num > MOST_FEN)
    return FALSE;
  if (yuan.den != 100)
    {
      if (yuan.den > 100 || 100 % (gint64) yuan.den != 0)
        return FALSE;
      num *= 100 / (gint64) yuan.den;
    }
  *fen = num;
  return num <= MOST_FEN;
}

static gint64
common (gint64 a, gint64 b)
{
  gint64 x = a, y = b;

  while (y != 0)
    {
      gint64 r = x % y;

      x = y;
      y = r;
    }
  return a / x * b;
}

/* The denominator that all ratios of a table have in common; 0 = there is none that is small enough. */
static gint64
denominator (const ZifuBandTable *table)
{
  gint64 den = 1;

  for (guint i = 0; i < table->n; i++)
    for (guint j = 0; j < table->bands[i].n_parts; j++)
      {
        ZifuRational ratio = zifu_rational_reduce (table->bands[i].ratios[j]);

        if (ratio.den > MOST_PARTS)
          return 0;
        den = common (den, (gint64) ratio.den);
        if (den > MOST_PARTS)
          return 0;
      }
  return den;
}

static gboolean
make_band (const ZifuBandRates *band, gint64 den, ZifuWholeBand *out)
{
  out->has_upto = band->has_upto;
  out->upto = 0;
  out->own = den;
  if (band->unknown != NULL || band->reduction.num != 0 || (band->has_upto && !whole_fen (band->upto, &out->upto)))
    return FALSE;
  out->upto *= den;
  for (guint i = 0; i < band->n_parts; i++)
    {
      out->ratios[i] = (gint64) (band->ratios[i].num * den / band->ratios[i].den);
      out->own -= out->ratios[i];
    }
  return TRUE;
}

/**
 * zifu_share_terms_make_whole:
 * @self: terms whose table is filled
 * @memory: where they take their memory
 *
 * Finds out whether the bands can be walked in whole numbers.
 */
void
zifu_share_terms_make_whole (ZifuShareTerms *self, ZifuArena *memory)
{
  self->den = denominator (&self->table);
  self->whole = NULL;
  if (self->den == 0)
    return;
  self->whole = ZIFU_ARENA_NEW (memory, ZifuWholeBand, self->table.n);
  for (guint i = 0; i < self->table.n; i++)
    if (!make_band (&self->table.bands[i], self->den, &self->whole[i]))
      {
        self->whole = NULL;
        return;
      }
}

static gboolean
start (Whole *self, ZifuWalk *walk, ZifuMeter **active, guint n_active)
{
  self->meters = ZIFU_ARENA_NEW (walk->context->run->scratch, WholeMeter, n_active);
  self->n_meters = n_active;
  for (guint i = 0; i < n_active; i++)
    {
      WholeMeter *meter = &self->meters[i];

      meter->meter = active[i];
      meter->limit = 0;
      if (!whole_fen (active[i]->at, &meter->at) || (active[i]->has_limit && !whole_fen (active[i]->limit, &meter->limit)))
        return FALSE;
      meter->at *= self->terms->den;
      meter->limit *= self->terms->den;
    }
  return TRUE;
}

static gint64
rate_in (const ZifuWalk *walk, const ZifuMeter *meter, const ZifuBandRates *band, const ZifuWholeBand *whole, gint64 den)
{
  const char **payers = walk->context->run->plan->payers;
  gint64 rate = 0;

  if (meter->rule->measure == ZIFU_MEASURE_ELIGIBLE_COST)
    return den;
  if (meter->rule->measure == ZIFU_MEASURE_PERSONAL_PAID)
    return whole->own;
  for (guint i = 0; i < band->n_parts; i++)
    if (zifu_rule_counts (meter->rule, band->payers[i], payers[band->payers[i]]))
      rate += whole->ratios[i];
  return rate;
}

/* Shortens a step so that it ends where @room is used up; %FALSE when that is not a whole number of fen. */
static gboolean
shorten (gint64 room, gint64 rate, ZifuMoney *step)
{
  if (room >= *step * rate)
    return TRUE;
  if (room % rate != 0)
    return FALSE;
  *step = room / rate;
  return TRUE;
}

/* How far the walk may go in one band. */
static gboolean
next_step (Whole *self, const ZifuWalk *walk, guint i, ZifuMoney *step)
{
  const ZifuBandRates *band = &self->terms->table.bands[i];
  const ZifuWholeBand *whole = &self->terms->whole[i];

  *step = self->left;
  for (guint m = 0; m < self->n_meters; m++)
    {
      WholeMeter *meter = &self->meters[m];

      meter->rate = rate_in (walk, meter->meter, band, whole, self->terms->den);
      if (meter->rate == 0)
        continue;
      if (m == 0)
        {
          if (whole->has_upto && !shorten (whole->upto - meter->at, meter->rate, step))
            return FALSE;
        }
      else if (meter->meter->has_limit)
        {
          if (meter->limit <= meter->at)
            self->closed = meter->meter;
          else if (!shorten (meter->limit - meter->at, meter->rate, step))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
go (Whole *self, const ZifuWalk *walk)
{
  guint i = 0;

  while (self->left > 0)
    {
      ZifuMoney step;

      while (self->terms->whole[i].has_upto && self->meters[0].at >= self->terms->whole[i].upto)
        i++;
      if (self->n_steps == MOST_STEPS || !next_step (self, walk, i, &step))
        return FALSE;
      if (self->closed != NULL)
        return self->closed->not_known == NULL;
      self->steps[self->n_steps++] = (Step){ i, step };
      for (guint m = 0; m < self->n_meters; m++)
        self->meters[m].at += self->meters[m].rate * step;
      self->left -= step;
    }
  return TRUE;
}

/* What the steps pay, in the order in which the payers appear. */
static void
pay (const Whole *self, ZifuWalk *walk)
{
  gint64 parts = 100 * self->terms->den;

  for (guint s = 0; s < self->n_steps; s++)
    {
      const Step *step = &self->steps[s];
      const ZifuBandRates *band = &self->terms->table.bands[step->band];
      gint64 sum = 0;

      for (guint i = 0; i < band->n_parts; i++)
        {
          gint64 amount = self->terms->whole[step->band].ratios[i] * step->cost;

          zifu_walk_add_paid (walk, band->payers[i], (ZifuRational){ amount, parts });
          sum += amount;
        }
      for (; band->n_parts > 0 && walk->n_bands <= step->band; walk->n_bands++)
        walk->per_band[walk->n_bands] = ZIFU_RATIONAL_ZERO;
      if (band->n_parts > 0)
        walk->per_band[step->band] = zifu_arith_add (&walk->arith, walk->per_band[step->band], (ZifuRational){ sum, parts });
    }
}

/**
 * zifu_walk_whole:
 * @walk: a walk along the only group that has cost
 * @active: (array length=n_active): the meters that count, the one of the share rule first
 * @n_active: how many
 * @share: the share rule
 * @terms: its terms
 * @group: the group
 * @left: its cost after the deductible, in fen
 *
 * Walks in whole numbers.
 *
 * Returns: %FALSE when something does not come out whole; then nothing has changed
 */
gboolean
zifu_walk_whole (ZifuWalk *walk, ZifuMeter **active, guint n_active, const ZifuRule *share, const ZifuShareTerms *terms,
                 const char *group, ZifuMoney left)
{
  Whole self;

  if (terms->whole == NULL || left > MOST_FEN)
    return FALSE;
  self.terms = terms;
  self.n_steps = 0;
  self.left = left;
  self.closed = NULL;
  if (!start (&self, walk, active, n_active) || !go (&self, walk))
    return FALSE;
  pay (&self, walk);
  for (guint i = 0; walk->settlement->tracing && i < self.n_steps; i++)
    zifu_walk_trace_band (walk, share, group, &terms->table, self.steps[i].band, zifu_rational_from_fen (self.steps[i].cost));
  if (self.closed != NULL)
    zifu_walk_close (walk, self.closed, group, zifu_rational_from_fen (self.left));
  return TRUE;
}
