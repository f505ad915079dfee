/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-division.h"
#include "zifu-reality-private.h"

#include <string.h>

/*
 * Yearly totals: how much of the deductible was met, what the funds paid so far, how many stays there were.  Which value makes the figures
 * come out is found by halving, between points where the figure that differs lies on either side of what was charged.
 */

/* The figure that tells whether a total is too high or too low: the first one that differs. */
typedef struct {
  ZifuBillPart part;
  char        *payer; /* owned, nullable */
  ZifuMoney    target;
} Gauge;

static void
gauge_clear (Gauge *gauge)
{
  g_clear_pointer (&gauge->payer, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Gauge, gauge_clear)

static gboolean
choose_gauge (ZifuSearching *self, Gauge *gauge)
{
  g_autoptr (ZifuBillFigures) figures = _zifu_searching_settle (self, self->person, self->visit);
  g_autoptr (ZifuBillComparison) comparison = figures != NULL ? zifu_bill_comparison_new (figures, self->charged) : NULL;

  for (guint i = 0; comparison != NULL && i < comparison->lines->len; i++)
    {
      const ZifuBillLineDifference *line = &g_array_index (comparison->lines, ZifuBillLineDifference, i);

      if (line->difference == 0 || line->part < ZIFU_BILL_DEDUCTIBLE || line->part > ZIFU_BILL_PERSON)
        continue;
      gauge->part = line->part;
      gauge->payer = g_strdup (line->payer);
      gauge->target = line->charged;
      return TRUE;
    }
  return FALSE;
}

/* The figure with the total at @fen; %FALSE when the rules refuse. */
static gboolean
read_gauge (ZifuSearching *self, const Gauge *gauge, ZifuChange *change, ZifuMoney fen, ZifuMoney *amount)
{
  g_autoptr (ZifuBillFigures) figures = NULL;

  change->number_is = zifu_rational_from_fen (fen);
  figures = _zifu_searching_try (self, change);
  if (figures == NULL)
    return FALSE;
  *amount = gauge->part == ZIFU_BILL_FUND ? zifu_bill_figures_get_fund (figures, gauge->payer) : figures->amount[gauge->part];
  return TRUE;
}

static ZifuChange *
change_copy (const ZifuChange *change)
{
  ZifuChange *copy = _zifu_change_new (change->kind);

  copy->counter = g_strdup (change->counter);
  copy->number_was = change->number_was;
  copy->number_is = change->number_is;
  return copy;
}

static gboolean
offer_at (ZifuSearching *self, ZifuChange *change, ZifuMoney fen)
{
  change->number_is = zifu_rational_from_fen (fen);
  if (zifu_rational_equal (change->number_is, change->number_was))
    return FALSE;
  return _zifu_searching_offer (self, change_copy (change));
}

/* Between @low and @high the figure passes the target: the smallest value at which it is reached. */
static gboolean
halve (ZifuSearching *self, const Gauge *gauge, ZifuChange *change, ZifuMoney low, ZifuMoney high, gboolean rising)
{
  while (high - low > 1)
    {
      ZifuMoney middle = low + (high - low) / 2, amount;

      if (!read_gauge (self, gauge, change, middle, &amount))
        return FALSE;
      if (rising ? amount >= gauge->target : amount <= gauge->target)
        high = middle;
      else
        low = middle;
    }
  return offer_at (self, change, high);
}

/* Yuan; small numbers may be counts. */
static const int points[] = { 0,    1,    2,     3,     4,     5,     6,     10,     20,     50,     100,     200,     500,    1000,
                              1500, 2000, 3000, 5000, 7500, 10000, 20000, 50000, 100000, 200000, 300000, 500000, 1000000, 5000000 };

static gboolean
search_points (ZifuSearching *self, const Gauge *gauge, ZifuChange *change)
{
  ZifuMoney before = 0;
  gboolean has_before = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      ZifuMoney fen = (ZifuMoney) points[i] * 100, amount;

      if (!read_gauge (self, gauge, change, fen, &amount))
        {
          has_before = FALSE;
          continue;
        }
      if (has_before && before != gauge->target && (before < gauge->target) == (amount >= gauge->target) &&
          halve (self, gauge, change, (ZifuMoney) points[i - 1] * 100, fen, before < gauge->target))
        return TRUE;
      if (amount == gauge->target && offer_at (self, change, fen))
        return TRUE;
      before = amount;
      has_before = TRUE;
    }
  return FALSE;
}

static ZifuRational
stored_value (ZifuSearching *self, const char *name)
{
  for (guint i = 0; i < self->person->counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (self->person->counters, ZifuCounterValue, i);

      if (g_str_equal (counter->name, name))
        return counter->value;
    }
  return zifu_rational_from_int (0);
}

/* A name in a rule may hold axes in braces: what stands before them is the same. */
static gboolean
is_of_deductible (ZifuSearching *self, const char *name)
{
  const GPtrArray *rules = self->pack->by_kind[ZIFU_RULE_DEDUCTIBLE];

  for (guint i = 0; i < rules->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (rules, i);
      const char *brace = rule->counter != NULL ? strchr (rule->counter, '{') : NULL;

      if (rule->counter != NULL && (brace != NULL ? strncmp (rule->counter, name, (gsize) (brace - rule->counter)) == 0
                                                  : g_str_equal (rule->counter, name)))
        return TRUE;
    }
  return FALSE;
}

static void
add_name (GPtrArray *names, const char *name)
{
  if (name != NULL && strchr (name, '{') == NULL && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

/* The totals that such a visit reads or moves. */
static GPtrArray *
list_totals (ZifuSearching *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const ZifuSettlement *settlement = zifu_settler_settle (self->settler, self->person, self->visit, NULL);

  for (guint i = 0; settlement != NULL && i < settlement->counters->len; i++)
    add_name (names, g_array_index (settlement->counters, ZifuCounterValue, i).name);
  for (guint i = 0; i < self->person->counters->len; i++)
    add_name (names, g_array_index (self->person->counters, ZifuCounterValue, i).name);
  for (guint i = 0; i < self->pack->counters->len; i++)
    add_name (names, ((const ZifuCounterDecl *) g_ptr_array_index (self->pack->counters, i))->name);
  return names;
}

/*
 * _zifu_search_totals:
 *
 * Tries each yearly total by itself, those of the deductible first.
 */
void
_zifu_search_totals (ZifuSearching *self)
{
  g_auto (Gauge) gauge = { 0 };
  g_autoptr (GPtrArray) names = NULL;

  if (!choose_gauge (self, &gauge))
    return;
  names = list_totals (self);
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < names->len; i++)
      {
        const char *name = g_ptr_array_index (names, i);
        gboolean deductible = is_of_deductible (self, name);
        g_autoptr (ZifuChange) change = NULL;

        if (deductible != (pass == 0))
          continue;
        change = _zifu_change_new (deductible ? ZIFU_CHANGE_DEDUCTIBLE : ZIFU_CHANGE_COUNTER);
        change->counter = g_strdup (name);
        change->number_was = stored_value (self, name);
        search_points (self, &gauge, change);
      }
}

/*
 * _zifu_search_earlier_visit:
 *
 * Tries a visit of the same kind before this one: it moves several totals at once.
 */
void
_zifu_search_earlier_visit (ZifuSearching *self)
{
  g_auto (Gauge) gauge = { 0 };
  g_autoptr (ZifuChange) change = _zifu_change_new (ZIFU_CHANGE_EARLIER);

  if (choose_gauge (self, &gauge))
    search_points (self, &gauge, change);
}

/* Whether this year's money pays before the deductible of such a visit. */
static gboolean
current_pays_first (ZifuSearching *self)
{
  const char *care = zifu_facts_get_string (self->visit->facts, "care");
  const ZifuRule *rule = care != NULL ? zifu_account_rule_find (self->pack, self->person, self->visit->date, care) : NULL;

  return rule != NULL && rule->u.account.before_deductible &&
         g_strv_contains ((const char *const *) rule->u.account.first_purses, zifu_division_purse (ZIFU_DIVISION_CURRENT));
}

/*
 * _zifu_search_current:
 *
 * Tries how much of the account was this year's money.  The more there is, the less is left for the funds: the smallest amount with which
 * the figures come out is found by halving.
 */
void
_zifu_search_current (ZifuSearching *self)
{
  g_auto (Gauge) gauge = { 0 };
  g_autoptr (ZifuChange) change = _zifu_change_new (ZIFU_CHANGE_CURRENT);
  ZifuMoney balance = zifu_person_get_balance (self->person), none, all;

  if (balance <= 0 || !self->visit->use_account || !current_pays_first (self) || !choose_gauge (self, &gauge))
    return;
  change->number_was = zifu_rational_from_fen (zifu_division_in_purse (self->person, ZIFU_DIVISION_CURRENT));
  if (!read_gauge (self, &gauge, change, 0, &none) || !read_gauge (self, &gauge, change, balance, &all))
    return;
  if (none == gauge.target)
    offer_at (self, change, 0);
  else if (none != all && (none < gauge.target) == (all >= gauge.target))
    halve (self, &gauge, change, 0, balance, none < all);
}
