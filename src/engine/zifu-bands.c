/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-select.h"
#include "zifu-walk.h"

#include <string.h>

static const char *
op_name (ZifuOp op)
{
  static const char *const names[] = { "plus", "times", "set", "own_times", "of_rest" };

  return names[op];
}

static gboolean
apply_bounds (ZifuContext *context, const ZifuRule *adjust, ZifuRational *value, GError **error)
{
  ZifuRational bound;

  if (adjust->u.adjust.floor != NULL)
    {
      if (!zifu_context_must (context, adjust->u.adjust.floor, adjust->id, &bound, error))
        return FALSE;
      *value = zifu_rational_max (*value, bound);
    }
  if (adjust->u.adjust.ceiling != NULL)
    {
      if (!zifu_context_must (context, adjust->u.adjust.ceiling, adjust->id, &bound, error))
        return FALSE;
      *value = zifu_rational_min (*value, bound);
    }
  return TRUE;
}

static gboolean
adjust_amount (ZifuContext *context, ZifuArith *arith, const ZifuRule *adjust, ZifuTarget target, ZifuRational *value, GError **error)
{
  ZifuRational v;

  if (!zifu_context_must (context, adjust->value, adjust->id, &v, error))
    return FALSE;
  if (adjust->u.adjust.op == ZIFU_OP_PLUS)
    *value = zifu_arith_add (arith, *value, v);
  else if (adjust->u.adjust.op == ZIFU_OP_TIMES)
    *value = zifu_arith_mul (arith, *value, v);
  else if (adjust->u.adjust.op == ZIFU_OP_SET)
    *value = v;
  else
    {
      zifu_error_set (error, ZIFU_ERROR_POLICY, adjust->id, N_ ("op '{1}' does not suit a {2}"), op_name (adjust->u.adjust.op),
                      target == ZIFU_TARGET_CAP ? "cap" : "deductible", NULL);
      return FALSE;
    }
  return apply_bounds (context, adjust, value, error);
}

/**
 * zifu_adjusted:
 * @context: a context
 * @layer: a layer
 * @target: %ZIFU_TARGET_DEDUCTIBLE or %ZIFU_TARGET_CAP
 * @place: the place of the settlement, for messages
 * @value: (inout): the amount, in yuan; null stays null
 * @used: (out caller-allocates) (optional): the adjustments that acted
 * @error: return location: %ZIFU_ERROR
 *
 * Applies plus, times and set to a deductible or a cap.  The result is never below 0.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_adjusted (ZifuContext *context, const ZifuPlanLayer *layer, ZifuTarget target, const ZifuPlace *place, ZifuNumber *value,
               ZifuRules *used, GError **error)
{
  ZifuArith arith = { FALSE };
  ZifuRules adjusts;

  if (used != NULL)
    *used = (ZifuRules){ NULL, 0 };
  if (value->is_null)
    return TRUE;
  if (!zifu_select_adjusts (context, &layer->adjust[target], place, &adjusts, error))
    return FALSE;
  for (guint i = 0; i < adjusts.n; i++)
    if (!adjust_amount (context, &arith, adjusts.rules[i], target, &value->value, error))
      return FALSE;
  if (arith.overflow)
    return zifu_place_overflow (place, error);
  if (value->value.num < 0)
    value->value = ZIFU_RATIONAL_ZERO;
  if (used != NULL)
    *used = adjusts;
  return TRUE;
}

static ZifuRational
sum_of (ZifuArith *arith, const ZifuBandRates *band)
{
  ZifuRational sum = ZIFU_RATIONAL_ZERO;

  for (guint i = 0; i < band->n_parts; i++)
    sum = zifu_arith_add (arith, sum, band->ratios[i]);
  return sum;
}

static gboolean
add_payer (ZifuBandRates *band, guint payer, ZifuRational ratio, const char *where, GError **error)
{
  if (band->n_parts == ZIFU_STEP_MAX_PARTS)
    {
      zifu_error_set (error, ZIFU_ERROR_POLICY, where, N_ ("too many payers in one band"), NULL, NULL, NULL);
      return FALSE;
    }
  band->payers[band->n_parts] = payer;
  band->ratios[band->n_parts++] = ratio;
  return TRUE;
}

/* Index of the payer on whom an adjustment acts: the one named, else the first of the band; −1 = not in the band. */
static int
find_payer (const ZifuBandRates *band, int payer)
{
  for (guint i = 0; i < band->n_parts; i++)
    if (payer < 0 || (int) band->payers[i] == payer)
      return (int) i;
  return -1;
}

static gboolean
somebody_pays (const ZifuBandRates *band)
{
  for (guint i = 0; i < band->n_parts; i++)
    if (band->ratios[i].num != 0)
      return TRUE;
  return FALSE;
}

/* The payer gets a part of what is left to the person, on top; a payer that is not in the band yet joins it. */
static gboolean
adjust_of_rest (ZifuArith *arith, ZifuBandRates *band, const ZifuRule *adjust, ZifuRational v, ZifuRational before, int *hit,
                GError **error)
{
  int payer = adjust->plan.payer;
  ZifuRational rest;

  if (payer < 0)
    {
      zifu_error_set (error, ZIFU_ERROR_POLICY, adjust->id, N_ ("of_rest needs a payer"), NULL, NULL, NULL);
      return FALSE;
    }
  *hit = -1;
  if (adjust->u.adjust.skip_zero && !somebody_pays (band))
    return TRUE;
  *hit = find_payer (band, payer);
  if (*hit < 0)
    {
      if (!add_payer (band, (guint) payer, ZIFU_RATIONAL_ZERO, adjust->id, error))
        return FALSE;
      *hit = (int) band->n_parts - 1;
    }
  rest = zifu_arith_mul (arith, v, zifu_arith_sub (arith, ZIFU_RATIONAL_ONE, before));
  band->ratios[*hit] = zifu_arith_add (arith, band->ratios[*hit], rest);
  return TRUE;
}

static ZifuRational
adjust_ratio (ZifuArith *arith, ZifuOp op, ZifuRational ratio, ZifuRational v, ZifuRational before)
{
  ZifuRational others, own;

  switch (op)
    {
    case ZIFU_OP_PLUS:
      return zifu_arith_add (arith, ratio, v);
    case ZIFU_OP_TIMES:
      return zifu_arith_mul (arith, ratio, v);
    case ZIFU_OP_OWN_TIMES:
      /* The person's share is multiplied, and this payer bears the difference. */
      others = zifu_arith_sub (arith, before, ratio);
      own = zifu_arith_mul (arith, zifu_arith_sub (arith, ZIFU_RATIONAL_ONE, before), v);
      return zifu_arith_sub (arith, zifu_arith_sub (arith, ZIFU_RATIONAL_ONE, others), own);
    case ZIFU_OP_SET:
    case ZIFU_OP_OF_REST:
    default:
      return v;
    }
}

static gboolean
adjust_band (ZifuContext *context, ZifuArith *arith, ZifuBandRates *band, const ZifuRule *adjust, GError **error)
{
  ZifuOp op = adjust->u.adjust.op;
  ZifuRational v, before = sum_of (arith, band), lost;
  int hit;

  if (!zifu_context_must (context, adjust->value, adjust->id, &v, error))
    return FALSE;
  if (op == ZIFU_OP_OF_REST)
    {
      if (!adjust_of_rest (arith, band, adjust, v, before, &hit, error))
        return FALSE;
    }
  else
    {
      hit = find_payer (band, adjust->plan.payer);
      if (hit >= 0 && (op == ZIFU_OP_PLUS || op == ZIFU_OP_OWN_TIMES) && adjust->u.adjust.skip_zero && band->ratios[hit].num == 0)
        hit = -1;
      if (hit >= 0)
        band->ratios[hit] = adjust_ratio (arith, op, band->ratios[hit], v, before);
    }
  if (hit < 0)
    return TRUE;
  if (!apply_bounds (context, adjust, &band->ratios[hit], error))
    return FALSE;
  if (adjust->u.adjust.reduction)
    {
      lost = zifu_arith_sub (arith, before, sum_of (arith, band));
      band->reduction = zifu_arith_add (arith, band->reduction, zifu_rational_max (lost, ZIFU_RATIONAL_ZERO));
    }
  return TRUE;
}

/* Nobody below 0, all together not above 1, earlier payers first; then times the share of the benefits. */
static void
limit_ratios (ZifuArith *arith, ZifuBandRates *band, ZifuRational gate)
{
  gboolean whole = gate.num == gate.den;
  ZifuRational left = ZIFU_RATIONAL_ONE, own = ZIFU_RATIONAL_ONE;

  for (guint i = 0; i < band->n_parts; i++)
    {
      ZifuRational ratio = zifu_rational_sign (band->ratios[i]) > 0 ? zifu_rational_min (band->ratios[i], left) : ZIFU_RATIONAL_ZERO;

      left = zifu_arith_sub (arith, left, ratio);
      band->ratios[i] = whole ? ratio : zifu_arith_mul (arith, ratio, gate);
      own = whole ? left : zifu_arith_sub (arith, own, band->ratios[i]);
    }
  band->own = own;
  if (band->reduction.num != 0)
    band->reduction = zifu_arith_mul (arith, zifu_rational_min (band->reduction, left), gate);
}

/* Ratios of one band: what the rule states, and every adjustment in turn. */
static gboolean
fill_ratios (ZifuContext *context, ZifuArith *arith, const ZifuRule *share, const ZifuBand *rule_band, const ZifuRules *adjusts,
             ZifuRational gate, ZifuBandRates *band, GError **error)
{
  for (guint i = 0; i < rule_band->pay->len; i++)
    {
      const ZifuBandPay *pay = &g_array_index (rule_band->pay, ZifuBandPay, i);
      ZifuRational ratio;

      if (!zifu_context_must (context, pay->ratio, share->id, &ratio, error) ||
          !add_payer (band, (guint) pay->payer_id, ratio, share->id, error))
        return FALSE;
    }
  for (guint i = 0; i < adjusts->n; i++)
    if (!adjust_band (context, arith, band, adjusts->rules[i], error))
      return FALSE;
  limit_ratios (arith, band, gate);
  return TRUE;
}

/* Keeps an "unknown figure", so that it is raised only when the figure is needed; another error is passed on. */
static gboolean
keep_unknown (GError *local, ZifuBandRates *band, GError **error)
{
  if (!g_error_matches (local, ZIFU_ERROR, ZIFU_ERROR_UNKNOWN_FIGURE))
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  band->unknown = local;
  return TRUE;
}

static ZifuBandRates *
add_band (ZifuBandTable *self)
{
  ZifuBandRates *band = &self->bands[self->n++];

  band->has_upto = FALSE;
  band->upto = band->reduction = ZIFU_RATIONAL_ZERO;
  band->own = ZIFU_RATIONAL_ONE;
  band->unknown = NULL;
  band->n_parts = 0;
  return band;
}

/**
 * zifu_band_table_clear:
 * @self: a table
 *
 * Frees what the table holds.
 */
void
zifu_band_table_clear (ZifuBandTable *self)
{
  for (guint i = 0; i < self->n; i++)
    g_clear_error (&self->bands[i].unknown);
  self->n = 0;
}

/**
 * zifu_band_table_keep:
 * @self: a table without unknown figures
 * @memory: an arena
 *
 * Returns: the same table in that memory; it need not be cleared
 */
ZifuBandTable
zifu_band_table_keep (const ZifuBandTable *self, ZifuArena *memory)
{
  ZifuBandTable kept = { ZIFU_ARENA_NEW (memory, ZifuBandRates, self->n), self->n };

  memcpy (kept.bands, self->bands, sizeof *kept.bands * self->n);
  return kept;
}

/* One band of the rule; @upto: where the one before ends, and then this one.  @more: whether the next one can be known. */
static gboolean
fill_band (ZifuBandTable *self, ZifuContext *context, ZifuArith *arith, const ZifuRule *share, const ZifuBand *rule_band,
           const ZifuRules *adjusts, ZifuRational gate, ZifuRational *last, gboolean *more, GError **error)
{
  ZifuBandRates *band = add_band (self);
  GError *local = NULL;
  ZifuNumber upto;

  *more = TRUE;
  if (!zifu_context_eval (context, rule_band->upto, share->id, &upto, &local))
    {
      /* Where this band ends is not known: nothing from here on is. */
      *more = FALSE;
      return keep_unknown (local, band, error);
    }
  band->has_upto = !upto.is_null;
  band->upto = upto.value;
  if (band->has_upto && zifu_rational_cmp (band->upto, *last) <= 0)
    {
      zifu_error_set (error, ZIFU_ERROR_POLICY, share->id, N_ ("bands are not rising"), NULL, NULL, NULL);
      return FALSE;
    }
  if (band->has_upto)
    *last = band->upto;
  return fill_ratios (context, arith, share, rule_band, adjusts, gate, band, &local) || keep_unknown (local, band, error);
}

/**
 * zifu_band_table_fill:
 * @self: an empty table
 * @context: context of the group
 * @share: the share rule that won
 * @adjusts: adjustments of its ratios, in order
 * @gate: share of the benefits
 * @error: return location: %ZIFU_ERROR
 *
 * Works the bands of a share rule out for one person and visit.  The last band has no end: beyond the rule's last band
 * nobody pays.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_band_table_fill (ZifuBandTable *self, ZifuContext *context, const ZifuRule *share, const ZifuRules *adjusts, ZifuRational gate,
                      GError **error)
{
  GArray *bands = share->u.share.bands;
  ZifuRational last = ZIFU_RATIONAL_ZERO;
  ZifuArith arith = { FALSE };
  gboolean more = TRUE;

  self->bands = ZIFU_ARENA_NEW (context->run->scratch, ZifuBandRates, bands->len + 1);
  for (guint i = 0; i < bands->len && more; i++)
    if (!fill_band (self, context, &arith, share, &g_array_index (bands, ZifuBand, i), adjusts, gate, &last, &more, error))
      return FALSE;
  if (arith.overflow)
    return zifu_error_overflow (error, share->id);
  if (self->n == 0 || self->bands[self->n - 1].has_upto)
    add_band (self);
  return TRUE;
}
