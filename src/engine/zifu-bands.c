/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-select.h"
#include "zifu-walk.h"

static void
band_clear (gpointer data)
{
  g_clear_error (&((ZifuBandTable *) data)->unknown);
}

static const char *
op_name (ZifuOp op)
{
  static const char *const names[] = { "plus", "times", "set", "own_times", "of_rest" };

  return names[op];
}

static gboolean
apply_bounds (const ZifuContext *context, const ZifuRule *adjust, ZifuRational *value, GError **error)
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

/**
 * zifu_adjusted:
 * @context: a context
 * @layer: a layer
 * @target: %ZIFU_TARGET_DEDUCTIBLE or %ZIFU_TARGET_CAP
 * @where: the place of the settlement, for messages
 * @value: (inout): the amount, in yuan; null stays null
 * @used: (out) (optional) (transfer container) (element-type ZifuRule): the adjustments that acted
 * @error: return location: %ZIFU_ERROR
 *
 * Applies plus, times and set to a deductible or a cap.  The result is never below 0.
 *
 * Returns: %FALSE when an error was set
 */
gboolean
zifu_adjusted (const ZifuContext *context, const char *layer, ZifuTarget target, const char *where, ZifuNumber *value, GPtrArray **used,
               GError **error)
{
  g_autoptr (GPtrArray) adjusts = NULL;
  ZifuArith arith = { FALSE };

  if (value->is_null)
    return TRUE;
  adjusts = zifu_select_adjusts (context, layer, target, where, error);
  if (adjusts == NULL)
    return FALSE;
  for (guint i = 0; i < adjusts->len; i++)
    {
      const ZifuRule *adjust = g_ptr_array_index (adjusts, i);
      ZifuRational v;

      if (!zifu_context_must (context, adjust->value, adjust->id, &v, error))
        return FALSE;
      if (adjust->u.adjust.op == ZIFU_OP_PLUS)
        value->value = zifu_arith_add (&arith, value->value, v);
      else if (adjust->u.adjust.op == ZIFU_OP_TIMES)
        value->value = zifu_arith_mul (&arith, value->value, v);
      else if (adjust->u.adjust.op == ZIFU_OP_SET)
        value->value = v;
      else
        {
          zifu_error_set (error, ZIFU_ERROR_POLICY, adjust->id, N_ ("op '{1}' does not suit a {2}"), op_name (adjust->u.adjust.op),
                          target == ZIFU_TARGET_CAP ? "cap" : "deductible", NULL);
          return FALSE;
        }
      if (!apply_bounds (context, adjust, &value->value, error))
        return FALSE;
    }
  if (arith.overflow)
    return zifu_error_overflow (error, where);
  value->value = zifu_rational_max (value->value, ZIFU_RATIONAL_ZERO);
  if (used != NULL && adjusts->len > 0)
    *used = g_steal_pointer (&adjusts);
  return TRUE;
}

static ZifuRational
sum_of (ZifuArith *arith, const ZifuBandTable *band)
{
  ZifuRational sum = ZIFU_RATIONAL_ZERO;

  for (guint i = 0; i < band->n_parts; i++)
    sum = zifu_arith_add (arith, sum, band->ratios[i]);
  return sum;
}

static gboolean
add_payer (ZifuBandTable *band, const char *payer, ZifuRational ratio, const char *where, GError **error)
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
find_payer (const ZifuBandTable *band, const char *payer)
{
  for (guint i = 0; i < band->n_parts; i++)
    if (payer == NULL || g_str_equal (band->payers[i], payer))
      return (int) i;
  return -1;
}

static gboolean
somebody_pays (const ZifuBandTable *band)
{
  for (guint i = 0; i < band->n_parts; i++)
    if (band->ratios[i].num != 0)
      return TRUE;
  return FALSE;
}

/* The payer gets a part of what is left to the person, on top; a payer that is not in the band yet joins it. */
static gboolean
adjust_of_rest (ZifuArith *arith, ZifuBandTable *band, const ZifuRule *adjust, ZifuRational v, ZifuRational before, int *hit,
                GError **error)
{
  const char *payer = adjust->u.adjust.payer;
  ZifuRational rest;

  if (payer == NULL)
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
      if (!add_payer (band, payer, ZIFU_RATIONAL_ZERO, adjust->id, error))
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
adjust_band (const ZifuContext *context, ZifuArith *arith, ZifuBandTable *band, const ZifuRule *adjust, GError **error)
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
      hit = find_payer (band, adjust->u.adjust.payer);
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

/* Ratios of one band: what the rule states, every adjustment in turn, nobody below 0, all together not above 1, times the gate. */
static gboolean
fill_ratios (const ZifuContext *context, ZifuArith *arith, const ZifuRule *share, const ZifuBand *rule_band, GPtrArray *adjusts,
             ZifuRational gate, ZifuBandTable *band, GError **error)
{
  ZifuRational left = ZIFU_RATIONAL_ONE;

  for (guint i = 0; i < rule_band->pay->len; i++)
    {
      const ZifuBandPay *pay = &g_array_index (rule_band->pay, ZifuBandPay, i);
      ZifuRational ratio;

      if (!zifu_context_must (context, pay->ratio, share->id, &ratio, error) || !add_payer (band, pay->payer, ratio, share->id, error))
        return FALSE;
    }
  for (guint i = 0; i < adjusts->len; i++)
    if (!adjust_band (context, arith, band, g_ptr_array_index (adjusts, i), error))
      return FALSE;
  for (guint i = 0; i < band->n_parts; i++)
    {
      ZifuRational ratio = zifu_rational_max (ZIFU_RATIONAL_ZERO, zifu_rational_min (band->ratios[i], left));

      left = zifu_arith_sub (arith, left, ratio);
      band->ratios[i] = zifu_arith_mul (arith, ratio, gate);
    }
  band->reduction = zifu_arith_mul (arith, zifu_rational_min (band->reduction, left), gate);
  return TRUE;
}

/* Takes an "unknown figure" out of @error, so that it is raised only when the figure is needed. */
static GError *
take_unknown (GError **error)
{
  return g_error_matches (*error, ZIFU_ERROR, ZIFU_ERROR_UNKNOWN_FIGURE) ? g_steal_pointer (error) : NULL;
}

/**
 * zifu_band_table_new:
 * @context: context of the group
 * @share: the share rule that won
 * @adjusts: (element-type ZifuRule): adjustments of its ratios, in order
 * @gate: share of the benefits
 * @error: return location: %ZIFU_ERROR
 *
 * Works the bands of a share rule out for one person and visit.  The last band has no end: beyond the rule's last band
 * nobody pays.
 *
 * Returns: (transfer full) (element-type ZifuBandTable) (nullable): the bands; %NULL on error
 */
GArray *
zifu_band_table_new (const ZifuContext *context, const ZifuRule *share, GPtrArray *adjusts, ZifuRational gate, GError **error)
{
  g_autoptr (GArray) table = g_array_new (FALSE, TRUE, sizeof (ZifuBandTable));
  ZifuRational last = ZIFU_RATIONAL_ZERO;
  ZifuArith arith = { FALSE };
  ZifuBandTable end = { .upto = ZIFU_RATIONAL_ZERO, .reduction = ZIFU_RATIONAL_ZERO };

  g_array_set_clear_func (table, band_clear);
  for (guint i = 0; i < share->u.share.bands->len; i++)
    {
      const ZifuBand *rule_band = &g_array_index (share->u.share.bands, ZifuBand, i);
      ZifuBandTable band = end;
      ZifuNumber upto;
      g_autoptr (GError) local = NULL;

      if (!zifu_context_eval (context, rule_band->upto, share->id, &upto, &local))
        {
          band.unknown = take_unknown (&local);
          if (band.unknown == NULL)
            {
              g_propagate_error (error, g_steal_pointer (&local));
              return NULL;
            }
          /* Where this band ends is not known: nothing from here on is. */
          g_array_append_val (table, band);
          break;
        }
      band.has_upto = !upto.is_null;
      band.upto = upto.value;
      if (band.has_upto && zifu_rational_cmp (band.upto, last) <= 0)
        {
          zifu_error_set (error, ZIFU_ERROR_POLICY, share->id, N_ ("bands are not rising"), NULL, NULL, NULL);
          return NULL;
        }
      if (band.has_upto)
        last = band.upto;
      if (!fill_ratios (context, &arith, share, rule_band, adjusts, gate, &band, &local))
        {
          band.unknown = take_unknown (&local);
          if (band.unknown == NULL)
            {
              g_propagate_error (error, g_steal_pointer (&local));
              return NULL;
            }
        }
      g_array_append_val (table, band);
    }
  if (arith.overflow)
    {
      zifu_error_overflow (error, share->id);
      return NULL;
    }
  if (table->len == 0 || g_array_index (table, ZifuBandTable, table->len - 1).has_upto)
    g_array_append_val (table, end);
  return g_steal_pointer (&table);
}
