/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-reality-private.h"

/*
 * Why a real bill came out otherwise than its estimate: one fact after the other is changed, and the engine settles again.  A fact is named
 * only when with it every figure of the receipt comes out to the fen; a guess is never told as an explanation.
 */

/* More than that nobody reads, and the likeliest stand first. */
#define MAX_CHANGES 12

/*
 * _zifu_change_new:
 *
 * Returns: (transfer full): a change about which nothing is said yet
 */
ZifuChange *
_zifu_change_new (ZifuChangeKind kind)
{
  ZifuChange *change = g_new0 (ZifuChange, 1);

  change->kind = kind;
  change->number_was = change->number_is = zifu_rational_from_int (0);
  return change;
}

/* Frees a change. */
void
_zifu_change_free (ZifuChange *change)
{
  if (change == NULL)
    return;
  g_free (change->axis);
  g_free (change->counter);
  g_clear_pointer (&change->was, zifu_value_free);
  g_clear_pointer (&change->is, zifu_value_free);
  g_free (change);
}

/*
 * _zifu_searching_settle:
 *
 * Returns: (transfer full) (nullable): the figures; %NULL when the rules refuse
 */
ZifuBillFigures *
_zifu_searching_settle (ZifuSearching *self, const ZifuPerson *person, const ZifuVisit *visit)
{
  const ZifuSettlement *settlement = zifu_settler_settle (self->settler, person, visit, NULL);

  return settlement != NULL ? zifu_bill_figures_new_from_settlement (settlement) : NULL;
}

/*
 * _zifu_searching_fits:
 *
 * Whether what was charged comes out, in the parts that are looked at.
 */
gboolean
_zifu_searching_fits (ZifuSearching *self, const ZifuPerson *person, const ZifuVisit *visit)
{
  g_autoptr (ZifuBillFigures) figures = _zifu_searching_settle (self, person, visit);

  return figures != NULL && zifu_bill_figures_agree (figures, self->charged, self->from, self->to);
}

/*
 * _zifu_searching_try:
 *
 * Returns: (transfer full) (nullable): the figures with @change; %NULL when they cannot be had
 */
ZifuBillFigures *
_zifu_searching_try (ZifuSearching *self, const ZifuChange *change)
{
  g_autoptr (ZifuPerson) person = zifu_person_copy (self->person);
  g_autoptr (ZifuVisit) visit = zifu_visit_copy (self->visit);

  return _zifu_change_apply (self, change, person, visit) ? _zifu_searching_settle (self, person, visit) : NULL;
}

/*
 * _zifu_searching_offer:
 * @change: (transfer full): a change
 *
 * Keeps @change when with it everything comes out.
 */
gboolean
_zifu_searching_offer (ZifuSearching *self, ZifuChange *change)
{
  g_autoptr (ZifuChange) owned = change;
  g_autoptr (ZifuBillFigures) figures = NULL;

  if (self->changes->len >= MAX_CHANGES)
    return FALSE;
  figures = _zifu_searching_try (self, change);
  if (figures == NULL || !zifu_bill_figures_agree (figures, self->charged, self->from, self->to))
    return FALSE;
  g_ptr_array_add (self->changes, g_steal_pointer (&owned));
  return TRUE;
}

/* ---- the step at which both part */

static gboolean
has_part (const ZifuStep *step, const char *payer)
{
  for (guint i = 0; i < step->n_parts; i++)
    if (payer == NULL || g_str_equal (step->parts[i].payer, payer))
      return TRUE;
  return FALSE;
}

static const ZifuStep *
find_step (const ZifuSettlement *settlement, ZifuStepKind kind, const char *layer, const char *payer)
{
  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step->kind == kind && (layer == NULL || g_strcmp0 (step->layer, layer) == 0) && (payer == NULL || has_part (step, payer)))
        return step;
    }
  return NULL;
}

/* The share rule of the layer in which the fund pays; a fund that the estimate does not know is one of a layer that is not estimated. */
static const ZifuStep *
find_fund_step (const ZifuSettlement *settlement, const char *payer)
{
  const ZifuStep *layer = find_step (settlement, ZIFU_STEP_LAYER, NULL, payer), *step = NULL;

  if (layer != NULL)
    step = find_step (settlement, ZIFU_STEP_SHARE, layer->layer, NULL);
  if (step == NULL && layer == NULL)
    step = find_step (settlement, ZIFU_STEP_NOT_ESTIMATED, NULL, NULL);
  if (step == NULL)
    step = layer != NULL ? layer : find_step (settlement, ZIFU_STEP_GATE, NULL, NULL);
  return step != NULL ? step : find_step (settlement, ZIFU_STEP_SHARE, NULL, NULL);
}

/* The line of the bill that makes the part, else the bill as a whole. */
static const ZifuStep *
find_scope_step (const ZifuSettlement *settlement, ZifuBillPart part)
{
  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step->kind == ZIFU_STEP_SCOPE && step->rule != NULL &&
          ((part == ZIFU_BILL_OUT && step->out != 0) || (part == ZIFU_BILL_OVER_LIMIT && step->over_limit != 0) ||
           (part == ZIFU_BILL_PRIOR && step->prior != 0)))
        return step;
    }
  if (part == ZIFU_BILL_PRIOR && find_step (settlement, ZIFU_STEP_FIRST_OWN, NULL, NULL) != NULL)
    return find_step (settlement, ZIFU_STEP_FIRST_OWN, NULL, NULL);
  return find_step (settlement, ZIFU_STEP_BILL, NULL, NULL);
}

static const ZifuStep *
find_own_step (const ZifuSettlement *settlement, const ZifuBillLineDifference *line)
{
  switch (line->part)
    {
    case ZIFU_BILL_DEDUCTIBLE:
      return find_step (settlement, ZIFU_STEP_DEDUCTIBLE, NULL, NULL);
    case ZIFU_BILL_FUND:
      return find_fund_step (settlement, line->payer);
    case ZIFU_BILL_FUND_SUM:
    case ZIFU_BILL_HOSPITAL:
      return find_fund_step (settlement, NULL);
    case ZIFU_BILL_PERSON:
      return find_step (settlement, ZIFU_STEP_PERSON, NULL, NULL);
    case ZIFU_BILL_ACCOUNT:
      return find_step (settlement, ZIFU_STEP_ACCOUNT, NULL, NULL);
    case ZIFU_BILL_MUTUAL:
      return find_step (settlement, ZIFU_STEP_MUTUAL, NULL, NULL);
    case ZIFU_BILL_CASH:
      return find_step (settlement, ZIFU_STEP_CASH, NULL, NULL);
    case ZIFU_BILL_TOTAL:
    case ZIFU_BILL_OUT:
    case ZIFU_BILL_OVER_LIMIT:
    case ZIFU_BILL_PRIOR:
    case ZIFU_BILL_IN_SCOPE:
    default:
      return find_scope_step (settlement, line->part);
    }
}

/* What the estimate has no step for, such as a deductible where there is none, hangs on the way that the visit took. */
static const ZifuStep *
find_first_step (const ZifuSettlement *settlement, const ZifuBillLineDifference *line)
{
  static const ZifuStepKind otherwise[] = { ZIFU_STEP_SHARE, ZIFU_STEP_GATE, ZIFU_STEP_ROUTE, ZIFU_STEP_LAYER, ZIFU_STEP_BILL,
                                            ZIFU_STEP_PERSON };
  const ZifuStep *step = find_own_step (settlement, line);

  for (guint i = 0; step == NULL && i < G_N_ELEMENTS (otherwise); i++)
    step = find_step (settlement, otherwise[i], NULL, NULL);
  return step;
}

/* ---- the bill as it was charged */

static ZifuMoney
charged_or (const ZifuBillFigures *charged, ZifuBillPart part, ZifuMoney otherwise)
{
  return charged->known[part] ? charged->amount[part] : otherwise;
}

/* What the receipt does not state stays as it was estimated, as far as the total goes. */
static ZifuVisit *
with_charged_bill (const ZifuVisit *visit, const ZifuSettlement *settlement, const ZifuBillFigures *charged)
{
  ZifuVisit *real = zifu_visit_copy (visit);
  ZifuMoney total = charged_or (charged, ZIFU_BILL_TOTAL, settlement->total), out, over_limit, prior;

  out = MIN (charged_or (charged, ZIFU_BILL_OUT, settlement->out), total);
  over_limit = MIN (charged_or (charged, ZIFU_BILL_OVER_LIMIT, settlement->over_limit), total - out);
  prior = MIN (charged_or (charged, ZIFU_BILL_PRIOR, settlement->prior), total - out - over_limit);
  g_clear_pointer (&real->lines, g_array_unref);
  real->has_in_scope = FALSE;
  zifu_visit_set_total (real, total);
  zifu_visit_set_parts (real, out, over_limit, prior);
  return real;
}

/* ---- the search */

/* Another deductible is most often one that was met by visits that are not known here; another share, another level or filing. */
static void
search_all (ZifuSearching *self, gboolean totals_first)
{
  if (!totals_first)
    _zifu_search_axes (self, TRUE);
  _zifu_search_current (self);
  _zifu_search_totals (self);
  _zifu_search_earlier_visit (self);
  if (totals_first)
    _zifu_search_axes (self, TRUE);
  _zifu_search_axes (self, FALSE);
  _zifu_search_cover (self);
}

static void
keep_date (ZifuSearching *self, ZifuDate was)
{
  ZifuChange *change = _zifu_change_new (ZIFU_CHANGE_DATE);

  change->date_was = was;
  change->date_is = self->visit->date;
  g_ptr_array_add (self->changes, change);
}

/* With the bill as it was estimated: a single line, a filing or the day may have made other parts of it. */
static gboolean
search_with_own_bill (ZifuSearching *self, const ZifuVisit *visit, const ZifuVisit *on_day, gboolean totals_first)
{
  self->visit = visit;
  if (_zifu_searching_fits (self, self->person, visit))
    return TRUE;
  self->visit = on_day;
  if (on_day->date != visit->date && _zifu_searching_fits (self, self->person, on_day))
    {
      keep_date (self, visit->date);
      return TRUE;
    }
  _zifu_search_items (self);
  search_all (self, totals_first);
  return self->changes->len > 0;
}

/* Returns the visit from which the purses go on. */
static ZifuVisit *
search_funds (ZifuReality *reality, ZifuSearching *self, const ZifuVisit *visit, ZifuDate charged_on)
{
  g_autoptr (ZifuVisit) on_day = zifu_visit_copy (visit);
  g_autoptr (ZifuVisit) real = NULL;
  g_autoptr (ZifuVisit) real_then = NULL;
  gboolean total_agrees = !self->charged->known[ZIFU_BILL_TOTAL] ||
                          self->charged->amount[ZIFU_BILL_TOTAL] == reality->settlement->total;

  ZifuBillPart first = g_array_index (reality->comparison->lines, ZifuBillLineDifference, reality->comparison->first).part;

  if (charged_on != 0)
    on_day->date = charged_on;
  reality->explained = total_agrees && search_with_own_bill (self, visit, on_day, first == ZIFU_BILL_DEDUCTIBLE);
  if (reality->explained)
    return zifu_visit_copy (self->visit);

  reality->bill_differs = first <= ZIFU_BILL_IN_SCOPE;
  real = reality->bill_differs ? with_charged_bill (on_day, reality->settlement, self->charged) : zifu_visit_copy (on_day);
  real_then = zifu_visit_copy (real);
  real_then->date = visit->date;
  self->visit = real_then;
  if (reality->bill_differs && _zifu_searching_fits (self, self->person, real_then))
    g_ptr_array_add (self->changes, _zifu_change_new (ZIFU_CHANGE_BILL));
  else
    {
      self->visit = real;
      if (real->date != visit->date && _zifu_searching_fits (self, self->person, real))
        keep_date (self, visit->date);
      else if (reality->bill_differs || !total_agrees)
        search_all (self, FALSE);
    }
  reality->explained = self->changes->len > 0;
  return zifu_visit_copy (self->visit);
}

/* Which purse paid is looked at with the likeliest change in place. */
static void
search_purses (ZifuReality *reality, ZifuSearching *self, const ZifuVisit *visit)
{
  g_autoptr (ZifuPerson) person = zifu_person_copy (self->person);
  g_autoptr (ZifuVisit) then = zifu_visit_copy (visit);

  if (!reality->explained)
    return;
  self->visit = visit;
  if (reality->changes->len > 0)
    _zifu_change_apply (self, g_ptr_array_index (reality->changes, 0), person, then);
  self->person = person;
  self->visit = then;
  self->from = ZIFU_BILL_ACCOUNT;
  self->to = ZIFU_BILL_CASH;
  self->changes = reality->purses;
  reality->purses_differ = !_zifu_searching_fits (self, person, then);
  if (reality->purses_differ)
    _zifu_search_purses (self);
}

/**
 * zifu_reality_new:
 * @pack: the rules of the estimate's region
 * @person: who, as the estimate saw them
 * @visit: the visit and its bill, as estimated
 * @estimated: (nullable): the figures of the estimate as they were kept; %NULL = as the rules give them today
 * @charged: the figures of the receipt; see zifu_bill_figures_complete()
 * @charged_on: the day of the receipt; 0 = not known, or that of the estimate
 *
 * Compares an estimate with what was charged, names the first step at which they part, and looks for single facts that explain it: each is
 * put to the engine, and named only when every stated figure comes out to the fen.  Pure; takes up to some tenths of a second.
 *
 * Returns: (transfer full): what was found
 */
ZifuReality *
zifu_reality_new (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, const ZifuBillFigures *estimated,
                  const ZifuBillFigures *charged, ZifuDate charged_on)
{
  ZifuReality *self = g_new0 (ZifuReality, 1);
  g_autoptr (ZifuBillFigures) today = NULL;
  g_autoptr (ZifuVisit) base = NULL;
  ZifuSearching searching = { 0 };

  g_return_val_if_fail (pack != NULL && person != NULL && visit != NULL && charged != NULL, self);

  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) _zifu_change_free);
  self->purses = g_ptr_array_new_with_free_func ((GDestroyNotify) _zifu_change_free);
  self->settlement = zifu_settle (pack, person, visit, &self->refusal);
  today = self->settlement != NULL ? zifu_bill_figures_new_from_settlement (self->settlement) : zifu_bill_figures_new ();
  self->comparison = zifu_bill_comparison_new (estimated != NULL ? estimated : today, charged);
  if (self->settlement == NULL)
    return self;

  self->rules_changed = estimated != NULL && !zifu_bill_figures_agree (estimated, today, ZIFU_BILL_TOTAL, ZIFU_BILL_CASH);
  if (self->comparison->first < 0)
    return self;
  self->step = find_first_step (self->settlement,
                                &g_array_index (self->comparison->lines, ZifuBillLineDifference, self->comparison->first));
  self->rule = self->step != NULL ? self->step->rule : NULL;

  searching = (ZifuSearching){ .pack = pack, .settler = zifu_settler_new (pack), .person = person, .visit = visit, .charged = charged,
                               .from = ZIFU_BILL_TOTAL, .to = ZIFU_BILL_PERSON, .changes = self->changes };
  zifu_settler_set_trace (searching.settler, FALSE);
  base = search_funds (self, &searching, visit, charged_on);
  search_purses (self, &searching, base);
  zifu_settler_free (searching.settler);
  return self;
}

/**
 * zifu_reality_free:
 * @reality: (nullable) (transfer full): what was found
 *
 * Frees @reality.
 */
void
zifu_reality_free (ZifuReality *reality)
{
  if (reality == NULL)
    return;
  zifu_bill_comparison_free (reality->comparison);
  g_clear_pointer (&reality->settlement, zifu_settlement_free);
  g_clear_error (&reality->refusal);
  g_clear_pointer (&reality->changes, g_ptr_array_unref);
  g_clear_pointer (&reality->purses, g_ptr_array_unref);
  g_free (reality);
}

/**
 * zifu_change_kind_name:
 * @kind: a kind
 *
 * Returns: (transfer none): its name for programs
 */
const char *
zifu_change_kind_name (ZifuChangeKind kind)
{
  static const char *const names[] = {
    [ZIFU_CHANGE_BILL] = "bill",           [ZIFU_CHANGE_DATE] = "date",       [ZIFU_CHANGE_ITEM] = "item",
    [ZIFU_CHANGE_AXIS] = "axis",           [ZIFU_CHANGE_DEDUCTIBLE] = "deductible", [ZIFU_CHANGE_COUNTER] = "counter",
    [ZIFU_CHANGE_EARLIER] = "earlier",     [ZIFU_CHANGE_CURRENT] = "current",
    [ZIFU_CHANGE_COVER] = "cover",         [ZIFU_CHANGE_ACCOUNT_UNUSED] = "account-unused",
    [ZIFU_CHANGE_BALANCE] = "balance",     [ZIFU_CHANGE_MUTUAL_UNUSED] = "mutual-unused", [ZIFU_CHANGE_MUTUAL] = "mutual",
  };

  g_return_val_if_fail (kind < G_N_ELEMENTS (names), "");

  return names[kind];
}
