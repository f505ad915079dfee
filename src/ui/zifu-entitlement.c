/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-entitlement.h"

/*
 * The headline of the fund is not a figure of its own: it is what the engine does with two invented visits of this very person, so
 * that it can never say anything else than an estimate.  A small bill passes the deductible and little more, and shows what is paid
 * now; a large one reaches the cap and what lies above.
 */
#define LARGE_BILL G_GINT64_CONSTANT (200000000) /* two million yuan */
#define LEAST_LARGE_BILL 100000                   /* one thousand */

static ZifuVisit *
invent_visit (const char *care, const char *institution_class, ZifuDate on, ZifuMoney total)
{
  ZifuVisit *visit = zifu_visit_new ();

  visit->date = on;
  visit->use_account = FALSE;
  visit->use_mutual_aid = FALSE;
  zifu_facts_set_string (visit->facts, "care", care);
  zifu_facts_set_string (visit->facts, "class", institution_class);
  zifu_facts_set_string (visit->facts, "place", "city");
  zifu_facts_set_string (visit->facts, "remote", "local");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  zifu_facts_set_boolean (visit->facts, "connected", TRUE);
  zifu_facts_set_boolean (visit->facts, "chosen", TRUE);
  zifu_visit_set_total (visit, total);
  zifu_visit_set_parts (visit, 0, 0, 0);

  return visit;
}

static gboolean
is_unverified (const ZifuRule *rule)
{
  return rule != NULL && rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
}

static gboolean
is_base (const ZifuStep *step)
{
  return step->layer == NULL || g_strcmp0 (step->layer, "base") == 0;
}

static ZifuRational
funds_share (const ZifuStep *step)
{
  ZifuRational sum = ZIFU_RATIONAL_ZERO;

  for (guint i = 0; i < step->n_parts; i++)
    if (g_strcmp0 (step->parts[i].payer, "hospital") != 0)
      zifu_rational_add (sum, step->parts[i].ratio, &sum);

  return sum;
}

static void
read_deductible (ZifuBenefitSketch *sketch, const ZifuStep *step)
{
  sketch->has_deductible = step->need > 0;
  sketch->need = step->need;
  sketch->met = MIN (step->met, step->need);
  sketch->unverified |= is_unverified (step->rule);
  /* A counter whose name depends on axes cannot be typed in by hand. */
  if (step->rule != NULL && step->rule->counter != NULL && strchr (step->rule->counter, '{') == NULL)
    {
      g_free (sketch->counter);
      sketch->counter = g_strdup (step->rule->counter);
    }
}

/* Of several caps the one that closes first is shown. */
static void
read_limit (ZifuBenefitSketch *sketch, const ZifuStep *step)
{
  if (step->measure == ZIFU_MEASURE_PERSONAL_PAID || step->least)
    return;
  if (sketch->has_cap && sketch->limit - sketch->used <= step->limit - step->before)
    return;

  sketch->has_cap = TRUE;
  sketch->cap_on_cost = step->measure == ZIFU_MEASURE_ELIGIBLE_COST;
  sketch->limit = step->limit;
  sketch->used = MIN (step->before, step->limit);
  sketch->cap_unverified = is_unverified (step->rule);
}

static void
read_next_layer (ZifuBenefitSketch *sketch, const ZifuStep *step)
{
  if (sketch->has_next || step->n_parts == 0 || step->cost.num == 0)
    return;

  sketch->has_next = TRUE;
  sketch->next_share = funds_share (step);
  sketch->next_payer = g_strdup (step->parts[0].payer);
  sketch->next_unverified = is_unverified (step->rule);
}

static gboolean
feeds_on_over_cap (const ZifuPack *pack, const char *layer)
{
  for (guint i = 0; i < pack->by_kind[ZIFU_RULE_LAYER]->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (pack->by_kind[ZIFU_RULE_LAYER], i);

      if (g_strcmp0 (rule->layer, layer) == 0)
        return rule->u.layer.input.n == 1 && rule->u.layer.input.bucket[0] == ZIFU_BUCKET_OVER_CAP;
    }

  return FALSE;
}

static void
read_small (ZifuBenefitSketch *sketch, const ZifuSettlement *settlement)
{
  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (!is_base (step))
        continue;
      if (step->kind == ZIFU_STEP_DEDUCTIBLE)
        {
          read_deductible (sketch, step);
        }
      else if (step->kind == ZIFU_STEP_BAND && step->cost.num > 0 && !sketch->has_share)
        {
          sketch->has_share = TRUE;
          sketch->share = funds_share (step);
          sketch->unverified |= is_unverified (step->rule);
        }
    }
}

static void
read_large (ZifuBenefitSketch *sketch, const ZifuPack *pack, const ZifuSettlement *settlement)
{
  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step->kind == ZIFU_STEP_LIMIT && is_base (step))
        read_limit (sketch, step);
      else if (step->kind == ZIFU_STEP_BAND && is_base (step) && sketch->has_share)
        sketch->rises |= step->cost.num > 0 && zifu_rational_cmp (funds_share (step), sketch->share) > 0;
      else if (step->kind == ZIFU_STEP_BAND && !is_base (step) && feeds_on_over_cap (pack, step->layer))
        read_next_layer (sketch, step);
    }
}

/* Enough to leave every deductible behind and to stay on the first band. */
static ZifuMoney
small_bill (const ZifuSettlement *large)
{
  ZifuMoney left = large->deductible;

  return left + 100000;
}

/* Where it is not known what happens above some amount, a bill that does not get there still shows what is known. */
static ZifuSettlement *
settle_large (ZifuPack *pack, const ZifuPerson *person, const char *care, const char *institution_class, ZifuDate on, GError **above)
{
  for (ZifuMoney total = LARGE_BILL; total >= LEAST_LARGE_BILL; total /= 2)
    {
      g_autoptr (ZifuVisit) visit = invent_visit (care, institution_class, on, total);
      g_autoptr (GError) failure = NULL;
      ZifuSettlement *settlement = zifu_settle (pack, person, visit, &failure);

      if (settlement != NULL)
        return settlement;
      if (*above == NULL)
        *above = g_steal_pointer (&failure);
    }
  return NULL;
}

/**
 * zifu_benefit_sketch_make:
 * @pack: the rules
 * @person: the person, with what earlier visits of the year left behind
 * @care: outpatient or inpatient
 * @institution_class: class of the institution: "3", "2" …
 * @on: day of the invented visits
 * @sketch: (out caller-allocates): what was found; clear it with zifu_benefit_sketch_clear()
 * @error: return location
 *
 * Reads off two invented visits what the funds pay for this kind of care now, and where their limits stand.
 *
 * Returns: whether the engine could settle such a visit
 */
gboolean
zifu_benefit_sketch_make (ZifuPack *pack, const ZifuPerson *person, const char *care, const char *institution_class, ZifuDate on,
                          ZifuBenefitSketch *sketch, GError **error)
{
  g_autoptr (ZifuVisit) small_visit = NULL;
  g_autoptr (ZifuSettlement) large = NULL;
  g_autoptr (ZifuSettlement) small = NULL;
  g_autoptr (GError) above = NULL;

  g_return_val_if_fail (pack != NULL && person != NULL && sketch != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  memset (sketch, 0, sizeof *sketch);
  sketch->share = ZIFU_RATIONAL_ZERO;

  large = settle_large (pack, person, care, institution_class, on, &above);
  if (large == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&above));
      return FALSE;
    }

  small_visit = invent_visit (care, institution_class, on, small_bill (large));
  small = zifu_settle (pack, person, small_visit, error);
  if (small == NULL)
    return FALSE;

  sketch->known = TRUE;
  sketch->above = g_steal_pointer (&above);
  read_small (sketch, small);
  read_large (sketch, pack, large);

  return TRUE;
}

/**
 * zifu_benefit_sketch_clear:
 * @sketch: a sketch
 *
 * Frees what a sketch holds.
 */
void
zifu_benefit_sketch_clear (ZifuBenefitSketch *sketch)
{
  g_clear_pointer (&sketch->counter, g_free);
  g_clear_pointer (&sketch->next_payer, g_free);
  g_clear_error (&sketch->above);
}
