/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-layer.h"

#include "zifu-select.h"

typedef struct {
  char     *name;
  ZifuMoney amount;
} Feed;

/*
 * A layer while it runs.  Counters are fed at its end only: within a layer every rule sees where they stood before.
 */
typedef struct {
  const ZifuContext *context;
  ZifuSettlement    *settlement;
  const char        *layer;
  const char        *where;
  gboolean           later;
  GArray            *segments;
  ZifuMoney          input;
  GArray            *feeds; /* of Feed */
  ZifuArith          arith;
} Layer;

static void
feed_clear (gpointer data)
{
  g_free (((Feed *) data)->name);
}

static void
layer_clear (Layer *self)
{
  g_clear_pointer (&self->feeds, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layer, layer_clear)

/**
 * zifu_layer_result_clear:
 * @result: a result
 *
 * Frees what the result holds.
 */
void
zifu_layer_result_clear (ZifuLayerResult *result)
{
  g_clear_pointer (&result->lines, g_array_unref);
  g_clear_pointer (&result->bands, g_array_unref);
}

/* Several rules may name one counter: it is fed once, and they must agree. */
static gboolean
feed (Layer *self, const char *name, ZifuMoney amount, const char *rule_id, GError **error)
{
  Feed added = { NULL, amount };

  for (guint i = 0; i < self->feeds->len; i++)
    {
      const Feed *known = &g_array_index (self->feeds, Feed, i);

      if (!g_str_equal (known->name, name))
        continue;
      if (known->amount == amount)
        return TRUE;
      zifu_error_set (error, ZIFU_ERROR_POLICY, rule_id, N_ ("counter '{1}' is fed two different amounts in one layer"), name, NULL, NULL);
      return FALSE;
    }
  added.name = g_strdup (name);
  g_array_append_val (self->feeds, added);
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
counter_fen (Layer *self, const char *template_, ZifuMoney *out, char **name, GError **error)
{
  g_autofree char *resolved = NULL;

  *out = 0;
  if (template_ == NULL)
    return TRUE;
  resolved = zifu_context_name (self->context, template_, error);
  if (resolved == NULL)
    return FALSE;
  *out = zifu_arith_round (&self->arith, zifu_counters_get (self->context->run->counters, resolved), ZIFU_ROUND_FEN);
  if (name != NULL)
    *name = g_steal_pointer (&resolved);
  return TRUE;
}

static gboolean
year_cap (Layer *self, const ZifuRule *rule, ZifuMoney *applied, char **name, GError **error)
{
  ZifuNumber limit;
  ZifuMoney met;

  if (rule->u.deductible.cap_counter == NULL)
    return TRUE;
  if (!zifu_context_eval (self->context, rule->u.deductible.cap_amount, rule->id, &limit, error) ||
      !counter_fen (self, rule->u.deductible.cap_counter, &met, name, error))
    return FALSE;
  if (!limit.is_null)
    *applied = MIN (*applied, MAX (0, zifu_arith_round (&self->arith, limit.value, ZIFU_ROUND_FEN) - met));
  return TRUE;
}

/* A cap on cost or on the person's payments that counts from zero holds for the deductible, too. */
static gboolean
caps_on_deductible (Layer *self, ZifuMoney *applied, GError **error)
{
  ZifuQuery query = { .kind = ZIFU_RULE_CAP, .layer = self->layer, .target = -1, .per = -1 };
  g_autoptr (GPtrArray) caps = zifu_select_slots (self->context, &query, self->where, error);

  if (caps == NULL)
    return FALSE;
  for (guint i = 0; i < caps->len; i++)
    {
      const ZifuRule *cap = g_ptr_array_index (caps, i);
      g_autoptr (GError) local = NULL;
      ZifuNumber limit;
      ZifuMoney used;

      if (!zifu_context_eval (self->context, cap->value, cap->id, &limit, &local) ||
          !zifu_adjusted (self->context, self->layer, ZIFU_TARGET_CAP, self->where, &limit, NULL, &local))
        {
          if (g_error_matches (local, ZIFU_ERROR, ZIFU_ERROR_UNKNOWN_FIGURE))
            continue; /* the walk decides whether it matters */
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (limit.is_null || cap->measure == ZIFU_MEASURE_FUND_PAID || cap->origin != ZIFU_ORIGIN_FROM_ZERO)
        continue;
      if (!counter_fen (self, cap->counter, &used, NULL, error))
        return FALSE;
      *applied = MIN (*applied, MAX (0, zifu_arith_round (&self->arith, limit.value, ZIFU_ROUND_FEN) - used));
    }
  return TRUE;
}

static ZifuMoney
cost_not_exempt (Layer *self, const ZifuRule *deductible)
{
  ZifuMoney sum = 0;

  for (guint i = 0; i < self->segments->len; i++)
    {
      const ZifuSegment *segment = &g_array_index (self->segments, ZifuSegment, i);

      if (!is_exempt (deductible, segment->group))
        sum += segment->amount;
    }
  return sum;
}

static gboolean
take_deductible (Layer *self, const ZifuRule *rule, ZifuMoney *applied, GError **error)
{
  g_autoptr (GPtrArray) adjusts = NULL;
  g_autofree char *counter = NULL;
  g_autofree char *cap_counter = NULL;
  ZifuNumber need = { .is_null = FALSE };
  ZifuMoney need_fen, met;
  ZifuStep *step;

  if (!zifu_context_must (self->context, rule->value, rule->id, &need.value, error) ||
      !zifu_adjusted (self->context, self->layer, ZIFU_TARGET_DEDUCTIBLE, self->where, &need, &adjusts, error))
    return FALSE;
  need_fen = zifu_arith_round (&self->arith, need.value, rule->round);
  if (!counter_fen (self, rule->counter, &met, &counter, error))
    return FALSE;
  *applied = MIN (cost_not_exempt (self, rule), MAX (0, need_fen - met));
  if (!year_cap (self, rule, applied, &cap_counter, error) || !caps_on_deductible (self, applied, error))
    return FALSE;
  if (cap_counter != NULL && !feed (self, cap_counter, *applied, rule->id, error))
    return FALSE;
  if (counter != NULL && !feed (self, counter, *applied, rule->id, error))
    return FALSE;
  step = zifu_trace_add (self->settlement, ZIFU_STEP_DEDUCTIBLE, rule);
  step->layer = self->layer;
  step->flag = self->later;
  step->input = self->input;
  step->need = need_fen;
  step->met = met;
  step->result = *applied;
  step->adjusts = g_steal_pointer (&adjusts);
  return TRUE;
}

/* Rounds each payer once: never above what is left, never above a cap on fund money over the whole layer. */
static void
round_lines (Layer *self, ZifuWalk *walk, ZifuLayerResult *result)
{
  ZifuMoney room = self->input - result->deductible - result->over_cap;
  g_autofree ZifuMoney *cap_room = g_new0 (ZifuMoney, walk->meters->len + 1);

  for (guint i = 0; i < walk->meters->len; i++)
    {
      const ZifuMeter *meter = g_ptr_array_index (walk->meters, i);
      gboolean caps = meter->has_limit && meter->rule->measure == ZIFU_MEASURE_FUND_PAID && meter->n_groups == walk->n_live;
      ZifuRational rest = zifu_arith_sub (&self->arith, meter->limit, meter->before);

      cap_room[i] = caps ? MAX (0, zifu_arith_round (&self->arith, rest, ZIFU_ROUND_FEN)) : G_MAXINT64;
    }
  for (guint p = 0; p < walk->payers->len; p++)
    {
      ZifuFundLine line = { self->layer, g_ptr_array_index (walk->payers, p), 0 };

      line.amount = MIN (room, zifu_arith_round (&self->arith, g_array_index (walk->paid, ZifuRational, p), walk->rounding));
      for (guint i = 0; i < walk->meters->len; i++)
        if (zifu_meter_counts (g_ptr_array_index (walk->meters, i), line.payer))
          line.amount = MIN (line.amount, cap_room[i]);
      line.amount = MAX (line.amount, 0);
      for (guint i = 0; i < walk->meters->len; i++)
        if (cap_room[i] != G_MAXINT64 && zifu_meter_counts (g_ptr_array_index (walk->meters, i), line.payer))
          cap_room[i] -= line.amount;
      room -= line.amount;
      if (line.amount != 0)
        g_array_append_val (result->lines, line);
    }
  result->copay = room;
}

/* What rounding leaves above a cap on the person's payments is over the cap. */
static void
trim_copay (Layer *self, ZifuWalk *walk, ZifuLayerResult *result)
{
  for (guint i = 0; i < walk->meters->len; i++)
    {
      const ZifuMeter *meter = g_ptr_array_index (walk->meters, i);
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

/* What a meter adds to its counter: the rounded lines when its rule won for every group, else its own exact sums, rounded. */
static ZifuMoney
meter_used (Layer *self, ZifuWalk *walk, const ZifuMeter *meter, const ZifuLayerResult *result)
{
  gboolean whole = meter->n_groups == walk->n_live, from_zero = meter->rule->origin == ZIFU_ORIGIN_FROM_ZERO;
  ZifuMoney taken = zifu_arith_round (&self->arith, meter->deductible, ZIFU_ROUND_FEN);
  ZifuMoney cost = zifu_arith_round (&self->arith, meter->input, ZIFU_ROUND_FEN);
  ZifuMoney over = whole ? result->over_cap : zifu_arith_round (&self->arith, meter->over, ZIFU_ROUND_FEN);
  ZifuMoney all = 0, counted = 0;

  for (guint i = 0; whole && i < result->lines->len; i++)
    {
      const ZifuFundLine *line = &g_array_index (result->lines, ZifuFundLine, i);

      all += line->amount;
      counted += zifu_meter_counts (meter, line->payer) ? line->amount : 0;
    }
  for (guint p = 0; !whole && p < meter->paid->len; p++)
    {
      ZifuMoney amount = zifu_arith_round (&self->arith, g_array_index (meter->paid, ZifuRational, p), walk->rounding);

      all += amount;
      counted += zifu_meter_counts (meter, g_ptr_array_index (walk->payers, p)) ? amount : 0;
    }
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

static gboolean
feed_meters (Layer *self, ZifuWalk *walk, const ZifuLayerResult *result, GError **error)
{
  for (guint i = 0; i < walk->meters->len; i++)
    {
      const ZifuMeter *meter = g_ptr_array_index (walk->meters, i);
      ZifuMoney used = meter_used (self, walk, meter, result);
      ZifuStep *step;

      if (meter->counter != NULL && !feed (self, meter->counter, used, meter->rule->id, error))
        return FALSE;
      if (!meter->has_limit)
        continue;
      step = zifu_trace_add (self->settlement, ZIFU_STEP_LIMIT, meter->rule);
      step->layer = self->layer;
      step->flag = meter->n_groups == walk->n_live;
      step->measure = meter->rule->measure;
      step->before = zifu_arith_round (&self->arith, meter->before, ZIFU_ROUND_FEN);
      step->used = used;
      step->limit = zifu_arith_round (&self->arith, meter->limit, ZIFU_ROUND_FEN);
    }
  for (guint i = 0; i < self->feeds->len; i++)
    {
      const Feed *one = &g_array_index (self->feeds, Feed, i);

      if (!zifu_counters_add (self->context->run->counters, one->name, zifu_rational_from_fen (one->amount), error))
        return FALSE;
    }
  return TRUE;
}

static void
finish (Layer *self, ZifuWalk *walk, ZifuLayerResult *result)
{
  ZifuStep *step = zifu_trace_add (self->settlement, ZIFU_STEP_LAYER, NULL);

  step->layer = self->layer;
  step->flag = self->later;
  step->input = self->input;
  step->need = result->deductible;
  step->over_cap = result->over_cap;
  for (guint i = 0; i < result->lines->len; i++)
    {
      const ZifuFundLine *line = &g_array_index (result->lines, ZifuFundLine, i);

      zifu_step_add_part (step, line->payer, ZIFU_RATIONAL_ZERO, zifu_rational_from_fen (line->amount));
    }
  for (guint i = 0; i < walk->per_band->len; i++)
    {
      ZifuMoney paid = zifu_arith_round (&self->arith, g_array_index (walk->per_band, ZifuRational, i), ZIFU_ROUND_FEN);

      g_array_append_val (result->bands, paid);
    }
  result->reduction = MIN (result->copay, zifu_arith_round (&self->arith, walk->moved, ZIFU_ROUND_FEN));
  result->copay -= result->reduction;
}

static gboolean
run (Layer *self, ZifuWalk *walk, ZifuLayerResult *result, GError **error)
{
  ZifuQuery query = { .kind = ZIFU_RULE_DEDUCTIBLE, .layer = self->layer, .target = -1, .per = -1 };
  const ZifuRule *deductible;
  ZifuMoney skip;

  if (!zifu_select_one (self->context, &query, self->where, &deductible, error))
    return FALSE;
  if (deductible != NULL && !take_deductible (self, deductible, &result->deductible, error))
    return FALSE;
  skip = result->deductible;
  for (guint i = 0; i < self->segments->len; i++)
    {
      const ZifuSegment *segment = &g_array_index (self->segments, ZifuSegment, i);
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
  return !(self->arith.overflow || walk->arith.overflow) || zifu_error_overflow (error, self->where);
}

/**
 * zifu_layer_run:
 * @context: context of the visit
 * @settlement: where the trace goes
 * @layer: name of the layer; must live as long as the settlement
 * @segments: (element-type ZifuSegment): the groups of cost, in the order in which they are stacked
 * @gate: share of the benefits
 * @later: whether the layer pays after the year
 * @result: (out): what comes of it
 * @error: return location: %ZIFU_ERROR
 *
 * Settles one layer: deductible, bands and caps, rounding, counters.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_layer_run (const ZifuContext *context, ZifuSettlement *settlement, const char *layer, GArray *segments, ZifuRational gate,
                gboolean later, ZifuLayerResult *result, GError **error)
{
  const char *benefit = zifu_context_axis_string (context, "benefit");
  g_autofree char *where = g_strconcat (benefit != NULL ? benefit : "-", "/", layer, NULL);
  g_auto (Layer) self = { .context = context, .settlement = settlement, .layer = layer, .where = where, .later = later,
                          .segments = segments };
  g_auto (ZifuWalk) walk = { 0 };

  result->lines = g_array_new (FALSE, FALSE, sizeof (ZifuFundLine));
  result->bands = g_array_new (FALSE, FALSE, sizeof (ZifuMoney));
  self.feeds = g_array_new (FALSE, FALSE, sizeof (Feed));
  g_array_set_clear_func (self.feeds, feed_clear);
  for (guint i = 0; i < segments->len; i++)
    self.input = zifu_arith_sum (&self.arith, self.input, g_array_index (segments, ZifuSegment, i).amount);
  zifu_walk_init (&walk, context, settlement, layer, where, gate, later);
  return run (&self, &walk, result, error);
}
