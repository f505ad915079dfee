/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-words-private.h"

static gboolean
is_base (const char *layer)
{
  return g_strcmp0 (layer, "base") == 0;
}

static char *
difference (ZifuMoney from, ZifuMoney what)
{
  return zifu_words_fill_take ("{1} " WORDS_MINUS " {2}", zifu_words_list (from), zifu_words_list (what), NULL);
}

/* Which stay of the year this is, when the deductible depends on it. */
static guint
stay_number (const ZifuSettlement *settlement, const ZifuStep *step)
{
  const ZifuExpr *value = step->rule != NULL ? step->rule->value : NULL;

  return zifu_expr_reads (value, "stay") || zifu_expr_reads (value, "stays") ? settlement->stay : 0;
}

static char *
deductible_title (const ZifuSettlement *settlement, const ZifuStep *step)
{
  guint stay = stay_number (settlement, step);

  if (!is_base (step->layer))
    /* Translators: {1} is a fund above the basic insurance */
    return zifu_words_fill (_ ("Take off the deductible: {1}"), zifu_words_layer (settlement, step->layer), NULL);
  if (step->result == 0)
    return g_strdup (_ ("The deductible is met already"));
  if (step->result == step->input)
    return g_strdup (_ ("All of it falls within the deductible"));
  if (step->met > 0)
    return g_strdup (_ ("Take off what is left of the deductible"));
  if (stay > 0)
    /* Translators: {1} is the number of the stay in this year */
    return zifu_words_fill_take (_ ("Take off the deductible (stay {1} of this year)"), g_strdup_printf ("%u", stay), NULL);
  return g_strdup (_ ("Take off the deductible"));
}

static char *
deductible_formula (const ZifuStep *step)
{
  if (step->result == 0)
    /* Translators: {1} was paid, {2} is the deductible */
    return zifu_words_fill_take (_ ("{1} of {2} paid"), zifu_words_list (MIN (step->met, step->need)), zifu_words_short (step->need), NULL);
  if (step->result == step->need - step->met && step->met == 0)
    return difference (step->input, step->result);
  if (step->result == step->need - step->met)
    /* Translators: {1} is the cost, {2} what the deductible takes, {3} the deductible of the year, {4} what was paid of it before */
    return zifu_words_fill_take (_ ("{1} − {2} ({3} − {4} paid)"), zifu_words_list (step->input), zifu_words_list (step->result),
                                 zifu_words_short (step->need), zifu_words_list (step->met), NULL);
  if (step->met == 0)
    /* Translators: the deductible takes less than it could; {1} is the cost, {2} what it takes, {3} the deductible */
    return zifu_words_fill_take (_ ("{1} − {2} (deductible {3})"), zifu_words_list (step->input), zifu_words_list (step->result),
                                 zifu_words_short (step->need), NULL);
  /* Translators: the deductible takes less than it could; {1} cost, {2} what it takes, {3} the deductible, {4} paid of it before */
  return zifu_words_fill_take (_ ("{1} − {2} (deductible {3}, {4} paid before)"), zifu_words_list (step->input),
                               zifu_words_list (step->result), zifu_words_short (step->need), zifu_words_list (step->met), NULL);
}

/* A layer above the basic insurance that pays nothing is told by one step, not by all of its own. */
static gboolean
is_silent (const ZifuSettlement *settlement, const char *layer)
{
  const ZifuStep *done = zifu_words_find_step (settlement, ZIFU_STEP_LAYER, layer);

  return !is_base (layer) && done != NULL && done->n_parts == 0;
}

/**
 * zifu_words_deductible_step:
 * @self: the steps
 * @step: a deductible
 *
 * Tells a deductible.  One that is 0, or has nothing to act on, is left out.
 */
void
zifu_words_deductible_step (WordsSteps *self, const ZifuStep *step)
{
  if (is_silent (self->settlement, step->layer) || step->need <= 0 || step->input <= 0 || (step->result == 0 && step->met < step->need))
    return;
  ZifuStepWords *words = zifu_words_add_step (self, deductible_title (self->settlement, step), deductible_formula (step));

  zifu_words_set_figure (words, step->input - step->result, C_ ("role", "left"));
  zifu_words_add_rules (self, words, step);
}

/* "85% up to 30,000": the stretch is measured in cost, in what the fund has paid, or in what the person has paid. */
static const char *
stretch_template (const ZifuRule *rule, gboolean first, gboolean last)
{
  gboolean above = rule->origin == ZIFU_ORIGIN_FROM_DEDUCTIBLE;

  if (rule->measure == ZIFU_MEASURE_FUND_PAID)
    /* Translators: {1} is a share, {2} and {3} are sums that the fund has paid in this year */
    return first  ? C_ ("band", "{1} until {3} has been paid")
           : last ? C_ ("band", "{1} once {2} has been paid")
                  : C_ ("band", "{1} between {2} and {3} paid");
  if (rule->measure == ZIFU_MEASURE_PERSONAL_PAID)
    /* Translators: {1} is a share, {2} and {3} are sums that I have paid in this year */
    return first  ? C_ ("band", "{1} until I have paid {3}")
           : last ? C_ ("band", "{1} once I have paid {2}")
                  : C_ ("band", "{1} between {2} and {3} paid by me");
  if (above)
    /* Translators: {1} is a share, {2} and {3} are costs counted from the deductible on */
    return first  ? C_ ("band", "{1} of the first {3} above the deductible")
           : last ? C_ ("band", "{1} beyond {2} above the deductible")
                  : C_ ("band", "{1} from {2} to {3} above the deductible");
  /* Translators: {1} is a share, {2} and {3} are costs */
  return first ? C_ ("band", "{1} up to {3}") : last ? C_ ("band", "{1} above {2}") : C_ ("band", "{1} from {2} to {3}");
}

static guint
n_paying (const ZifuStep *step)
{
  guint n = 0;

  for (guint i = 0; i < step->n_parts; i++)
    n += zifu_rational_sign (step->parts[i].ratio) > 0;
  return n;
}

static char *
band_title (WordsSteps *self, const ZifuStep *share, const ZifuStep *step, ZifuRational ratio)
{
  const ZifuRule *rule = share != NULL ? share->rule : NULL;
  guint n_bands = rule != NULL && rule->kind == ZIFU_RULE_SHARE ? rule->u.share.bands->len : 1;
  g_autofree char *percent = zifu_words_ratio (ratio);
  const char *payer = n_paying (step) > 1 ? NULL : zifu_words_payer_name (step->parts[0].payer);

  if (n_bands > 1)
    {
      gboolean first = zifu_rational_sign (step->from) <= 0;
      g_autofree char *from = zifu_words_yuan (step->from, TRUE);
      g_autofree char *upto = zifu_words_yuan (step->upto, TRUE);

      if (!first || step->has_upto)
        return zifu_words_fill (stretch_template (rule, first, !step->has_upto), percent, from, upto, NULL);
    }
  if (zifu_words_takes_over_cap (self->settlement, step->layer))
    return payer == NULL ? zifu_words_fill (_ ("The funds pay {1} above the cap"), percent, NULL)
                         /* Translators: {1} is a fund, {2} its share */
                         : zifu_words_fill (_ ("{1} pays {2} above the cap"), payer, percent, NULL);
  return payer == NULL ? zifu_words_fill (_ ("The funds pay {1}"), percent, NULL)
                       /* Translators: {1} is a fund, {2} its share */
                       : zifu_words_fill (_ ("{1} pays {2}"), payer, percent, NULL);
}

static char *
band_formula (const ZifuStep *step, ZifuRational ratio)
{
  g_autofree char *product = zifu_words_fill_take ("{1} × {2}", zifu_words_yuan (step->cost, FALSE), zifu_words_ratio (ratio), NULL);
  g_autoptr (GPtrArray) payers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < step->n_parts; i++)
    if (zifu_rational_sign (step->parts[i].ratio) > 0)
      /* Translators: {1} is a fund, {2} its share */
      g_ptr_array_add (payers, zifu_words_fill_take (C_ ("payer", "{1} {2}"), g_strdup (zifu_words_payer_name (step->parts[i].payer)),
                                                     zifu_words_ratio (step->parts[i].ratio), NULL));
  if (payers->len < 2)
    return g_steal_pointer (&product);
  /* Translators: {1} is a product, {2} a list of funds with their shares */
  return zifu_words_fill_take (C_ ("product", "{1} ({2})"), g_steal_pointer (&product), zifu_words_join (payers, C_ ("alternatives", ", ")),
                               NULL);
}

/* A layer with one stretch is told by that stretch alone, so that its figure is the one that was rounded. */
static gboolean
stands_alone (const ZifuSettlement *settlement, const char *layer)
{
  const ZifuStep *done = zifu_words_find_step (settlement, ZIFU_STEP_LAYER, layer);

  return done != NULL && done->n_parts <= 1 && zifu_words_count_bands (settlement, layer, NULL) == 1;
}

/**
 * zifu_words_band_step:
 * @self: the steps
 * @share: (nullable): the share rule that it belongs to
 * @step: a stretch of the cost
 *
 * Tells one stretch of the cost and who pays which share of it.
 */
void
zifu_words_band_step (WordsSteps *self, const ZifuStep *share, const ZifuStep *step)
{
  ZifuRational ratio;
  ZifuStepWords *words;
  ZifuMoney amount = zifu_words_parts_sum (step);

  if (zifu_rational_sign (step->cost) <= 0 || is_silent (self->settlement, step->layer))
    return;
  if (!zifu_words_parts_ratio (step, &ratio))
    words = zifu_words_add_step (self, g_strdup (_ ("The funds pay nothing of this")), zifu_words_yuan (step->cost, FALSE));
  else
    {
      char *title = band_title (self, share, step, ratio);

      /* Items of a kind of their own come one after the other. */
      if (step->group != NULL && g_strcmp0 (step->group, "main") != 0)
        /* Translators: {1} is a kind of item, such as implants, {2} says what is paid of it */
        title =
            zifu_words_fill_take (C_ ("kind of item", "{1}: {2}"), g_strdup (zifu_words_axis_value ("group", step->group)), title, NULL);
      words = zifu_words_add_step (self, title, band_formula (step, ratio));
    }
  if (stands_alone (self->settlement, step->layer))
    amount = zifu_words_parts_sum (zifu_words_find_step (self->settlement, ZIFU_STEP_LAYER, step->layer));

  const char *payer = step->n_parts > 0 ? step->parts[0].payer : "hifp";
  zifu_words_set_figure (words, amount, zifu_words_payer_role (payer, zifu_words_payer_kind (step->layer, payer)));
  zifu_words_add_rules (self, words, share);
}

/**
 * zifu_words_cap_step:
 * @self: the steps
 * @step: a cap that closed
 *
 * Tells that a cap was reached and what of the cost lies above it.
 */
void
zifu_words_cap_step (WordsSteps *self, const ZifuStep *step)
{
  gboolean of_year = step->rule == NULL || step->rule->counter != NULL;
  char *formula;

  if (is_silent (self->settlement, step->layer))
    return;
  /* Translators: {1} is a cap */
  formula = zifu_words_fill_take (_ ("Cap {1}; the figure is the cost that lies above it"), zifu_words_short (step->limit), NULL);
  ZifuStepWords *words =
      zifu_words_add_step (self, g_strdup (of_year ? _ ("This year's cap is reached") : _ ("The cap of this visit is reached")), formula);

  /* Translators: under the figure of a step: cost that lies above the cap */
  zifu_words_set_figure (words, step->result, C_ ("role", "above the cap"));
  zifu_words_add_rules (self, words, step);
}

/* The figures of the stretches as a sum, to the fen where that is exact. */
static char *
stretches (WordsSteps *self, const char *layer, ZifuMoney total)
{
  g_autoptr (GPtrArray) rounded = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) exact = g_ptr_array_new_with_free_func (g_free);
  ZifuMoney sum = 0;

  for (guint i = 0; i < self->settlement->trace->len; i++)
    {
      const ZifuStep *band = &g_array_index (self->settlement->trace, ZifuStep, i);
      ZifuRational amount = ZIFU_RATIONAL_ZERO;

      if (band->kind != ZIFU_STEP_BAND || g_strcmp0 (band->layer, layer) != 0)
        continue;
      for (guint j = 0; j < band->n_parts; j++)
        if (!zifu_rational_add (amount, band->parts[j].amount, &amount))
          return NULL;
      if (zifu_rational_sign (amount) <= 0)
        continue;
      sum += zifu_words_parts_sum (band);
      g_ptr_array_add (rounded, zifu_words_yuan (amount, FALSE));
      g_ptr_array_add (exact, zifu_words_yuan_exact (amount));
    }
  if (sum == total)
    return zifu_words_join (rounded, " + ");
  /* Translators: {1} is a sum of exact figures, which are rounded to the fen only when they are added up */
  return zifu_words_fill_take (_ ("{1}, rounded once at the end"), zifu_words_join (exact, " + "), NULL);
}

/* A list of funds with what each pays. */
static void
add_payer (GPtrArray *payers, const char *payer, char *amount)
{
  /* Translators: {1} is a fund, {2} what it pays */
  g_ptr_array_add (payers, zifu_words_fill_take (C_ ("payer", "{1} {2}"), g_strdup (zifu_words_payer_name (payer)), amount, NULL));
}

static char *
payers_of (const ZifuStep *step)
{
  g_autoptr (GPtrArray) payers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < step->n_parts; i++)
    add_payer (payers, step->parts[i].payer, zifu_words_yuan (step->parts[i].amount, FALSE));
  return zifu_words_join (payers, C_ ("alternatives", ", "));
}

/**
 * zifu_words_sheet_step:
 * @self: the steps
 *
 * Tells what the basic insurance paid when that was given by a settlement sheet, not calculated.
 */
void
zifu_words_sheet_step (WordsSteps *self)
{
  const ZifuSettlement *settlement = self->settlement;
  g_autoptr (GPtrArray) payers = g_ptr_array_new_with_free_func (g_free);
  ZifuMoney sum = 0;

  if (zifu_words_find_step (settlement, ZIFU_STEP_LAYER, "base") != NULL)
    return;
  for (guint i = 0; i < settlement->lines->len; i++)
    {
      const ZifuFundLine *line = &g_array_index (settlement->lines, ZifuFundLine, i);

      if (!is_base (line->layer) || line->amount <= 0)
        continue;
      sum += line->amount;
      add_payer (payers, line->payer, zifu_words_list (line->amount));
    }
  if (sum > 0)
    zifu_words_set_figure (zifu_words_add_step (self, g_strdup (_ ("Basic insurance paid, as on the sheet")),
                                                zifu_words_join (payers, C_ ("alternatives", ", "))),
                           sum, C_ ("role", "fund"));
}

static void
together_step (WordsSteps *self, const ZifuStep *step)
{
  ZifuMoney total = zifu_words_parts_sum (step);
  const char *payer = step->n_parts > 0 ? step->parts[0].payer : "hifp";
  ZifuStepWords *words;

  if (step->n_parts > 1)
    words = zifu_words_add_step (self, g_strdup (_ ("The funds pay together")), payers_of (step));
  else
    /* Translators: {1} is a fund; the figure is the sum of the stretches above */
    words = zifu_words_add_step (self, zifu_words_fill (_ ("{1}, together"), zifu_words_payer_name (payer), NULL),
                                 stretches (self, step->layer, total));
  zifu_words_set_figure (words, total, zifu_words_payer_role (payer, zifu_words_payer_kind (step->layer, payer)));
}

static void
after_year_step (WordsSteps *self, const ZifuStep *step)
{
  ZifuMoney total = zifu_words_parts_sum (step);
  const ZifuStep *share = zifu_words_find_step (self->settlement, ZIFU_STEP_SHARE, step->layer);
  g_autoptr (GPtrArray) products = g_ptr_array_new_with_free_func (g_free);

  if (total <= 0)
    return;
  for (guint i = 0; i < self->settlement->trace->len; i++)
    {
      const ZifuStep *band = &g_array_index (self->settlement->trace, ZifuStep, i);
      ZifuRational ratio;

      if (band->kind == ZIFU_STEP_BAND && g_strcmp0 (band->layer, step->layer) == 0 && zifu_words_parts_ratio (band, &ratio))
        g_ptr_array_add (products, zifu_words_fill_take ("{1} × {2}", zifu_words_yuan (band->cost, FALSE), zifu_words_ratio (ratio), NULL));
    }
  /* Translators: {1} is a fund that pays when the year is over */
  ZifuStepWords *words =
      zifu_words_add_step (self,
                           zifu_words_fill (_ ("Refunded after the year: {1}"), zifu_words_layer (self->settlement, step->layer), NULL),
                           zifu_words_join (products, " + "));

  /* Translators: under the figure of a step: it is paid after the year, not now */
  zifu_words_set_figure (words, total, C_ ("role", "later"));
  zifu_words_add_rules (self, words, share);
}

static const ZifuStep *
last_of_layer (const ZifuSettlement *settlement, ZifuStepKind kind, const char *layer)
{
  const ZifuStep *last = NULL;

  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step->kind == kind && g_strcmp0 (step->layer, layer) == 0)
        last = step;
    }
  return last;
}

/* Where the fund pays less after it has paid a certain sum, it is worth knowing that the sum is not reached yet. */
static void
next_stretch_step (WordsSteps *self, const char *layer)
{
  const ZifuStep *share = last_of_layer (self->settlement, ZIFU_STEP_SHARE, layer);
  const ZifuStep *band = last_of_layer (self->settlement, ZIFU_STEP_BAND, layer);
  const ZifuRule *rule = share != NULL ? share->rule : NULL;
  char *formula = NULL;

  if (rule == NULL || band == NULL || !band->has_upto || rule->measure != ZIFU_MEASURE_FUND_PAID ||
      (guint) band->band + 1 >= rule->u.share.bands->len)
    return;
  const ZifuBand *next = &g_array_index (rule->u.share.bands, ZifuBand, band->band + 1);
  if (next->pay->len == 1 && share->adjusts.n == 0)
    {
      const ZifuBandPay *pay = &g_array_index (next->pay, ZifuBandPay, 0);

      if (pay->ratio->kind == ZIFU_EXPR_NUMBER)
        /* Translators: {1} is a sum that the fund has paid, {2} the share from then on */
        formula = zifu_words_fill_take (_ ("Above {1} it is {2}"), zifu_words_yuan (band->upto, TRUE),
                                        zifu_words_ratio (pay->ratio->number), NULL);
    }
  /* Translators: {1} is a sum; the fund has paid less than it in this year */
  ZifuStepWords *words =
      zifu_words_add_step (self, zifu_words_fill_take (_ ("Below {1}: no further band"), zifu_words_yuan (band->upto, TRUE), NULL),
                           formula);

  zifu_words_set_figure (words, 0, C_ ("role", "fund"));
  zifu_words_add_rules (self, words, share);
}

/* Of the caps that still have room, the one that would be reached first. */
static void
room_step (WordsSteps *self, const char *layer)
{
  const ZifuStep *tightest = NULL;

  for (guint i = 0; i < self->settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (self->settlement->trace, ZifuStep, i);

      if (step->kind != ZIFU_STEP_LIMIT || g_strcmp0 (step->layer, layer) != 0 || step->measure != ZIFU_MEASURE_FUND_PAID)
        continue;
      if (tightest == NULL || step->limit - step->before - step->used < tightest->limit - tightest->before - tightest->used)
        tightest = step;
    }
  if (tightest == NULL || tightest->used <= 0 || tightest->before + tightest->used >= tightest->limit)
    return;
  /* Translators: {1} was paid before, {2} now, {3} is the cap */
  const char *known = _ ("{1} before + {2} now, cap {3}");
  /* Translators: {1} was paid before, {2} now, {3} is a bound that the cap is not below */
  const char *bound = _ ("{1} before + {2} now; how high the cap is was not found, but it is not below {3}");
  char *formula = zifu_words_fill_take (tightest->least ? bound : known, zifu_words_list (tightest->before),
                                        zifu_words_list (tightest->used), zifu_words_short (tightest->limit), NULL);

  zifu_words_add_rules (self, zifu_words_add_step (self, g_strdup (_ ("The cap is not reached")), formula), tightest);
}

static void
silent_step (WordsSteps *self, const ZifuStep *step)
{
  const ZifuStep *deductible = zifu_words_find_step (self->settlement, ZIFU_STEP_DEDUCTIBLE, step->layer);

  if (deductible == NULL || deductible->input <= 0 || deductible->met + deductible->input > deductible->need)
    return;
  /* Translators: {1} was paid before, {2} now, {3} is the deductible */
  char *formula = zifu_words_fill_take (_ ("{1} before + {2} now, deductible {3}"), zifu_words_list (deductible->met),
                                        zifu_words_list (deductible->input), zifu_words_short (deductible->need), NULL);
  /* Translators: {1} is a fund above the basic insurance */
  char *title = zifu_words_fill (_ ("{1}: its deductible is not reached"), zifu_words_layer (self->settlement, step->layer), NULL);

  zifu_words_add_rules (self, zifu_words_add_step (self, title, formula), deductible);
}

/**
 * zifu_words_layer_step:
 * @self: the steps
 * @step: a layer that is done
 *
 * Tells what a layer pays, as rounded by the engine, when it does not stand there already.
 */
void
zifu_words_layer_step (WordsSteps *self, const ZifuStep *step)
{
  guint n_bands = zifu_words_count_bands (self->settlement, step->layer, NULL);

  if (step->flag)
    {
      after_year_step (self, step);
      return;
    }
  if (is_silent (self->settlement, step->layer))
    {
      silent_step (self, step);
      return;
    }
  if (step->n_parts > 1 || (n_bands > 1 && step->n_parts > 0))
    together_step (self, step);
  if (is_base (step->layer) && zifu_words_find_step (self->settlement, ZIFU_STEP_CAP, step->layer) == NULL && step->n_parts > 0)
    {
      next_stretch_step (self, step->layer);
      room_step (self, step->layer);
    }
}
