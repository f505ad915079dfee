/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-walk.h"

#include "zifu-select.h"

static void
meter_free (gpointer data)
{
  ZifuMeter *meter = data;

  g_free (meter->counter);
  g_clear_error (&meter->not_known);
  g_array_unref (meter->paid);
  g_free (meter);
}

/**
 * zifu_walk_init:
 * @self: a walk
 * @context: context of the layer
 * @settlement: where the trace goes
 * @layer: name of the layer; must live as long as the settlement
 * @where: the place of the settlement, for messages
 * @gate: share of the benefits
 * @later: whether the layer pays after the year
 *
 * Begins a walk along the cost of a layer.
 */
void
zifu_walk_init (ZifuWalk *self, const ZifuContext *context, ZifuSettlement *settlement, const char *layer, const char *where,
                ZifuRational gate, gboolean later)
{
  *self = (ZifuWalk){ .context = context, .settlement = settlement, .layer = layer, .where = where, .gate = gate, .later = later };
  self->payers = g_ptr_array_new ();
  self->paid = g_array_new (FALSE, FALSE, sizeof (ZifuRational));
  self->per_band = g_array_new (FALSE, FALSE, sizeof (ZifuRational));
  self->meters = g_ptr_array_new_with_free_func (meter_free);
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
  g_clear_pointer (&self->payers, g_ptr_array_unref);
  g_clear_pointer (&self->paid, g_array_unref);
  g_clear_pointer (&self->per_band, g_array_unref);
  g_clear_pointer (&self->meters, g_ptr_array_unref);
}

/**
 * zifu_meter_counts:
 * @self: a meter
 * @payer: a payer
 *
 * Returns: whether what this payer pays moves a meter of money paid by funds
 */
gboolean
zifu_meter_counts (const ZifuMeter *self, const char *payer)
{
  return self->rule->payers == NULL || g_strv_contains ((const char *const *) self->rule->payers, payer);
}

static void
add_at (ZifuArith *arith, GArray *array, guint i, ZifuRational amount)
{
  ZifuRational zero = ZIFU_RATIONAL_ZERO, *place;

  while (array->len <= i)
    g_array_append_val (array, zero);
  place = &g_array_index (array, ZifuRational, i);
  *place = zifu_arith_add (arith, *place, amount);
}

static guint
payer_index (ZifuWalk *self, const char *payer)
{
  guint i;

  if (!g_ptr_array_find_with_equal_func (self->payers, payer, g_str_equal, &i))
    {
      i = self->payers->len;
      g_ptr_array_add (self->payers, (gpointer) payer);
    }
  return i;
}

/* The meter of a rule; a rule that wins for several groups has one. */
static ZifuMeter *
ensure_meter (ZifuWalk *self, const ZifuRule *rule, const ZifuContext *context, const ZifuRational *limit, GError **error)
{
  g_autofree char *counter = NULL;
  ZifuMeter *meter;

  for (guint i = 0; i < self->meters->len; i++)
    {
      meter = g_ptr_array_index (self->meters, i);
      if (meter->rule == rule)
        return meter;
    }
  if (rule->counter != NULL && (counter = zifu_context_name (context, rule->counter, error)) == NULL)
    return NULL;
  meter = g_new0 (ZifuMeter, 1);
  meter->rule = rule;
  meter->before = counter != NULL ? zifu_counters_get (context->run->counters, counter) : ZIFU_RATIONAL_ZERO;
  meter->counter = g_steal_pointer (&counter);
  meter->has_limit = limit != NULL;
  meter->limit = limit != NULL ? *limit : ZIFU_RATIONAL_ZERO;
  meter->input = meter->deductible = meter->walked = meter->own = meter->over = ZIFU_RATIONAL_ZERO;
  meter->paid = g_array_new (FALSE, FALSE, sizeof (ZifuRational));
  g_ptr_array_add (self->meters, meter);
  return meter;
}

/* Where a meter stands: its counter before, plus what this visit and layer added. */
static ZifuRational
position (ZifuWalk *self, const ZifuMeter *meter)
{
  ZifuRational at = meter->before;

  if (meter->rule->measure == ZIFU_MEASURE_FUND_PAID)
    {
      for (guint i = 0; i < meter->paid->len; i++)
        if (zifu_meter_counts (meter, g_ptr_array_index (self->payers, i)))
          at = zifu_arith_add (&self->arith, at, g_array_index (meter->paid, ZifuRational, i));
      return at;
    }
  if (meter->rule->origin == ZIFU_ORIGIN_FROM_ZERO)
    at = zifu_arith_add (&self->arith, at, meter->deductible);
  return zifu_arith_add (&self->arith, at, meter->rule->measure == ZIFU_MEASURE_ELIGIBLE_COST ? meter->walked : meter->own);
}

static ZifuRational
own_rate (ZifuWalk *self, const ZifuBandTable *band)
{
  ZifuRational rate = ZIFU_RATIONAL_ONE;

  for (guint i = 0; i < band->n_parts; i++)
    rate = zifu_arith_sub (&self->arith, rate, band->ratios[i]);
  return rate;
}

/* How fast a meter moves for each yuan of cost. */
static ZifuRational
meter_rate (ZifuWalk *self, const ZifuMeter *meter, const ZifuBandTable *band)
{
  ZifuRational rate = ZIFU_RATIONAL_ZERO;

  if (meter->rule->measure == ZIFU_MEASURE_ELIGIBLE_COST)
    return ZIFU_RATIONAL_ONE;
  if (meter->rule->measure == ZIFU_MEASURE_PERSONAL_PAID)
    return own_rate (self, band);
  for (guint i = 0; i < band->n_parts; i++)
    if (zifu_meter_counts (meter, band->payers[i]))
      rate = zifu_arith_add (&self->arith, rate, band->ratios[i]);
  return rate;
}

/* The limit of a cap rule for one group.  An unknown limit may still have a bound below which it does no harm. */
static gboolean
cap_limit (ZifuWalk *self, const ZifuContext *context, const ZifuRule *cap, ZifuNumber *limit, GError **not_known, GError **error)
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
  if (!zifu_adjusted (context, self->layer, ZIFU_TARGET_CAP, self->where, limit, NULL, error))
    return FALSE;
  if (!limit->is_null)
    limit->value = zifu_rational_from_fen (zifu_arith_round (&self->arith, limit->value, ZIFU_ROUND_FEN));
  return TRUE;
}

/* The meters that count for a group: its share rule first, then its caps. */
static GPtrArray *
active_meters (ZifuWalk *self, const ZifuContext *context, const ZifuRule *share, GError **error)
{
  ZifuQuery query = { .kind = ZIFU_RULE_CAP, .layer = self->layer, .target = -1, .per = -1 };
  g_autoptr (GPtrArray) active = g_ptr_array_new ();
  g_autoptr (GPtrArray) caps = NULL;
  ZifuMeter *meter = ensure_meter (self, share, context, NULL, error);

  if (meter == NULL)
    return NULL;
  g_ptr_array_add (active, meter);
  caps = zifu_select_slots (context, &query, self->where, error);
  if (caps == NULL)
    return NULL;
  for (guint i = 0; i < caps->len; i++)
    {
      const ZifuRule *cap = g_ptr_array_index (caps, i);
      g_autoptr (GError) not_known = NULL;
      ZifuNumber limit;

      if (!cap_limit (self, context, cap, &limit, &not_known, error))
        return NULL;
      meter = ensure_meter (self, cap, context, limit.is_null ? NULL : &limit.value, error);
      if (meter == NULL)
        return NULL;
      g_clear_error (&meter->not_known);
      meter->not_known = g_steal_pointer (&not_known);
      g_ptr_array_add (active, meter);
    }
  return g_steal_pointer (&active);
}

/* How far the walk may go before something changes.  @closed: the cap that allows no step at all. */
static ZifuRational
next_step (ZifuWalk *self, GPtrArray *active, const ZifuBandTable *band, ZifuRational at, ZifuRational left, ZifuMeter **closed)
{
  ZifuRational rate = meter_rate (self, g_ptr_array_index (active, 0), band);

  *closed = NULL;
  if (band->has_upto && zifu_rational_sign (rate) > 0)
    left = zifu_rational_min (left, zifu_arith_div (&self->arith, zifu_arith_sub (&self->arith, band->upto, at), rate));
  for (guint i = 1; i < active->len; i++)
    {
      ZifuMeter *meter = g_ptr_array_index (active, i);
      ZifuRational room;

      rate = meter_rate (self, meter, band);
      if (!meter->has_limit || rate.num == 0)
        continue;
      room = zifu_arith_sub (&self->arith, meter->limit, position (self, meter));
      if (zifu_rational_sign (room) <= 0)
        *closed = meter;
      else
        left = zifu_rational_min (left, zifu_arith_div (&self->arith, room, rate));
    }
  return left;
}

static void
trace_band (ZifuWalk *self, const ZifuRule *share, const char *group, GArray *table, guint i, ZifuRational cost)
{
  const ZifuBandTable *band = &g_array_index (table, ZifuBandTable, i);
  ZifuStep *step = zifu_trace_add (self->settlement, ZIFU_STEP_BAND, share);

  step->layer = self->layer;
  step->group = group;
  step->band = (int) i;
  step->flag = self->later;
  step->has_upto = band->has_upto;
  step->upto = band->upto;
  step->from = i > 0 ? g_array_index (table, ZifuBandTable, i - 1).upto : ZIFU_RATIONAL_ZERO;
  step->cost = cost;
  step->measure = share->measure;
  for (guint j = 0; j < band->n_parts; j++)
    zifu_step_add_part (step, band->payers[j], band->ratios[j], zifu_arith_mul (&self->arith, band->ratios[j], cost));
}

/* Pays for @cost at the ratios of a band, and moves every meter. */
static void
pay_for (ZifuWalk *self, GPtrArray *active, const ZifuBandTable *band, guint band_index, ZifuRational cost)
{
  ZifuRational own = zifu_arith_mul (&self->arith, own_rate (self, band), cost);

  for (guint i = 0; i < band->n_parts; i++)
    {
      ZifuRational amount = zifu_arith_mul (&self->arith, band->ratios[i], cost);
      guint payer = payer_index (self, band->payers[i]);

      add_at (&self->arith, self->paid, payer, amount);
      add_at (&self->arith, self->per_band, band_index, amount);
      for (guint j = 0; j < active->len; j++)
        add_at (&self->arith, ((ZifuMeter *) g_ptr_array_index (active, j))->paid, payer, amount);
    }
  self->moved = zifu_arith_add (&self->arith, self->moved, zifu_arith_mul (&self->arith, band->reduction, cost));
  for (guint i = 0; i < active->len; i++)
    {
      ZifuMeter *meter = g_ptr_array_index (active, i);

      meter->own = zifu_arith_add (&self->arith, meter->own, own);
      meter->walked = zifu_arith_add (&self->arith, meter->walked, cost);
    }
}

static gboolean
close_cap (ZifuWalk *self, GPtrArray *active, const ZifuMeter *closed, const char *group, ZifuRational left, GError **error)
{
  ZifuStep *step;

  if (closed->not_known != NULL)
    {
      g_propagate_error (error, g_error_copy (closed->not_known));
      return FALSE;
    }
  self->over = zifu_arith_add (&self->arith, self->over, left);
  for (guint i = 0; i < active->len; i++)
    {
      ZifuMeter *meter = g_ptr_array_index (active, i);

      meter->over = zifu_arith_add (&self->arith, meter->over, left);
    }
  step = zifu_trace_add (self->settlement, ZIFU_STEP_CAP, closed->rule);
  step->layer = self->layer;
  step->group = group;
  step->flag = self->later;
  step->measure = closed->rule->measure;
  step->limit = zifu_arith_round (&self->arith, closed->limit, ZIFU_ROUND_FEN);
  step->before = zifu_arith_round (&self->arith, closed->before, ZIFU_ROUND_FEN);
  step->result = zifu_arith_round (&self->arith, left, ZIFU_ROUND_FEN);
  return TRUE;
}

static gboolean
walk (ZifuWalk *self, GPtrArray *active, const ZifuRule *share, GArray *table, const char *group, ZifuRational left, GError **error)
{
  while (zifu_rational_sign (left) > 0)
    {
      ZifuRational at = position (self, g_ptr_array_index (active, 0)), step;
      const ZifuBandTable *band;
      ZifuMeter *closed;
      guint i = 0;

      while (g_array_index (table, ZifuBandTable, i).has_upto && zifu_rational_cmp (at, g_array_index (table, ZifuBandTable, i).upto) >= 0)
        i++;
      band = &g_array_index (table, ZifuBandTable, i);
      if (band->unknown != NULL)
        {
          g_propagate_error (error, g_error_copy (band->unknown));
          return FALSE;
        }
      step = next_step (self, active, band, at, left, &closed);
      if (closed != NULL)
        return close_cap (self, active, closed, group, left, error);
      trace_band (self, share, group, table, i, step);
      pay_for (self, active, band, i, step);
      left = zifu_arith_sub (&self->arith, left, step);
      if (self->arith.overflow)
        return zifu_error_overflow (error, self->where);
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
  ZifuQuery query = { .kind = ZIFU_RULE_SHARE, .layer = self->layer, .target = -1, .per = -1 };
  g_auto (ZifuContext) context = { 0 };
  g_autoptr (GPtrArray) adjusts = NULL;
  g_autoptr (GPtrArray) active = NULL;
  g_autoptr (GArray) table = NULL;
  const ZifuRule *share;
  ZifuStep *step;

  zifu_context_init (&context, self->context->run, self->context);
  zifu_context_set_string (&context, "group", segment->group);
  if (!zifu_select_one (&context, &query, self->where, &share, error))
    return FALSE;
  if (share == NULL)
    {
      zifu_error_set (error, ZIFU_ERROR_MISSING, self->where, N_ ("no share rule matches"), NULL, NULL, NULL);
      return FALSE;
    }
  adjusts = zifu_select_adjusts (&context, self->layer, ZIFU_TARGET_RATIO, self->where, error);
  if (adjusts == NULL)
    return FALSE;
  table = zifu_band_table_new (&context, share, adjusts, self->gate, error);
  if (table == NULL || !check_rounding (self, share, error))
    return FALSE;
  active = active_meters (self, &context, share, error);
  if (active == NULL)
    return FALSE;
  self->n_live++;
  for (guint i = 0; i < active->len; i++)
    {
      ZifuMeter *meter = g_ptr_array_index (active, i);

      meter->n_groups++;
      meter->input = zifu_arith_add (&self->arith, meter->input, zifu_rational_from_fen (segment->amount));
      meter->deductible = zifu_arith_add (&self->arith, meter->deductible, zifu_rational_from_fen (taken));
    }
  step = zifu_trace_add (self->settlement, ZIFU_STEP_SHARE, share);
  step->layer = self->layer;
  step->group = segment->group;
  step->flag = self->later;
  step->input = segment->amount - taken;
  if (adjusts->len > 0)
    step->adjusts = g_ptr_array_ref (adjusts);
  return walk (self, active, share, table, segment->group, zifu_rational_from_fen (segment->amount - taken), error);
}
