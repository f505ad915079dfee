/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-cover-plan.h"

#include "zifu-figure.h"

#include <glib/gi18n.h>

#define AHEAD 24    /* months that are shown ahead of today */
#define BEHIND 60   /* and, at most, behind */
#define MAX_YEARS 10 /* missed years of which the repair is listed one by one */

static void
option_free (gpointer data)
{
  ZifuCoverOption *option = data;

  zifu_coverage_free (option->coverage);
  g_free (option);
}

static void
visit_free (gpointer data)
{
  ZifuCoverVisit *visit = data;

  g_clear_pointer (&visit->settlement, zifu_settlement_free);
  g_clear_error (&visit->error);
  g_free (visit);
}

/**
 * zifu_cover_plan_free:
 * @plan: (nullable) (transfer full): a plan
 *
 * Frees a plan.
 */
void
zifu_cover_plan_free (ZifuCoverPlan *plan)
{
  if (plan == NULL)
    return;
  g_clear_pointer (&plan->coverage, zifu_coverage_free);
  g_ptr_array_unref (plan->options);
  zifu_pack_unref (plan->pack);
  g_free (plan);
}

/**
 * zifu_month_first_day:
 * @month: a month
 *
 * Returns: its first day
 */
ZifuDate
zifu_month_first_day (ZifuMonth month)
{
  int year, month_of_year;

  zifu_month_split (month, &year, &month_of_year);
  return zifu_date_new (year, month_of_year, 1);
}

/* Whether @month was paid by @known: 2 in time, 1 later, 0 not at all. */
static int
paid (const ZifuPerson *person, ZifuMonth month, ZifuMonth known)
{
  int best = 0;

  for (guint i = 0; i < person->payments->len; i++)
    {
      const ZifuPayment *payment = &g_array_index (person->payments, ZifuPayment, i);

      if (payment->paid_on <= known && month >= payment->first && month < payment->first + (ZifuMonth) payment->n_months)
        best = MAX (best, payment->paid_on <= month ? 2 : 1);
    }
  return best;
}

static ZifuMonth
first_paid (const ZifuPerson *person, ZifuMonth now)
{
  ZifuMonth first = G_MAXINT;

  for (guint i = 0; i < person->payments->len; i++)
    {
      const ZifuPayment *payment = &g_array_index (person->payments, ZifuPayment, i);

      if (payment->paid_on <= MAX (now, payment->first))
        first = MIN (first, payment->first);
    }
  return first;
}

/* Contributions from @from on, each in its month; what is paid already stays as it is. */
static void
pay_on (ZifuPerson *person, ZifuMonth from, ZifuMonth to, ZifuMonth known)
{
  for (ZifuMonth month = from; month <= to; month++)
    if (paid (person, month, known) == 0)
      zifu_person_add_payment (person, month, 1, month);
}

static guint
make_up (ZifuPerson *person, ZifuMonth from, ZifuMonth to, guint n_months, ZifuMonth now)
{
  guint n = 0;

  for (ZifuMonth month = from; month <= to && n < n_months; month++)
    if (paid (person, month, now) == 0)
      {
        zifu_person_add_payment (person, month, 1, now);
        n++;
      }
  return n;
}

static ZifuCoverage *
project (const ZifuCoverPlan *plan, const ZifuPerson *person, const char *benefit, GError **error)
{
  ZifuMonth now = zifu_month_of (plan->today), first = first_paid (person, now);

  return zifu_coverage_project (plan->pack, person, plan->today, now + AHEAD, MIN (now, MAX (first, now - BEHIND)), now + AHEAD, benefit,
                                error);
}

static gboolean
is_full (const ZifuCoverageInterval *interval)
{
  return interval != NULL && zifu_rational_equal (zifu_rational_reduce (interval->share), ZIFU_RATIONAL_ONE);
}

static void
find_back (ZifuCoverOption *option, ZifuMonth now)
{
  for (ZifuMonth month = now; month <= now + AHEAD && !option->has_back; month++)
    if (is_full (zifu_coverage_at (option->coverage, month)))
      {
        option->has_back = TRUE;
        option->back = month;
      }
}

/* What making up costs: residents pay this year's premium for each year, flexible workers a month's for each month. */
static void
price (ZifuCoverOption *option, ZifuPack *pack, const ZifuPerson *person, ZifuDate today)
{
  gboolean resident = g_strcmp0 (zifu_facts_get_string (person->facts, "insurance"), "390") == 0;
  gboolean flexible = g_strcmp0 (zifu_facts_get_string (person->facts, "status"), "flexible") == 0;
  guint n = resident ? (option->n_months + 11) / 12 : option->n_months;
  ZifuFigure figure;
  ZifuMoney one;

  if (n == 0 || (!resident && !flexible))
    return;
  figure = zifu_figure_find (pack, person, today, resident ? "resident_premium" : "flexible_premium_month", NULL, NULL);
  if (!zifu_figure_to_money (&figure, &one) || __builtin_mul_overflow (one, n, &option->cost))
    return;
  option->has_cost = TRUE;
  option->cost_rule = figure.rule;
}

static gboolean
add_option (ZifuCoverPlan *plan, const ZifuPerson *person, const char *benefit, ZifuCoverWay way, guint n_months, GError **error)
{
  g_autoptr (ZifuPerson) as_if = zifu_person_copy (person);
  ZifuMonth now = zifu_month_of (plan->today);
  ZifuCoverOption *option = g_new0 (ZifuCoverOption, 1);

  option->way = way;
  g_ptr_array_add (plan->options, option);
  if (way == ZIFU_COVER_MAKE_UP)
    option->n_months = make_up (as_if, plan->gap_from, plan->gap_to, n_months, now);
  if (way != ZIFU_COVER_STOP)
    pay_on (as_if, now, now + AHEAD, now);
  option->coverage = project (plan, as_if, benefit, error);
  if (option->coverage == NULL)
    return FALSE;
  find_back (option, now);
  if (way == ZIFU_COVER_MAKE_UP)
    price (option, plan->pack, person, plan->today);
  return TRUE;
}

/* The latest run of months before this one that were not paid in time and of which some are not paid at all. */
static void
find_gap (ZifuCoverPlan *plan, const ZifuPerson *person)
{
  ZifuMonth now = zifu_month_of (plan->today), first = first_paid (person, now);
  gboolean in_gap = FALSE;

  for (ZifuMonth month = now - 1; month > first; month--)
    {
      int how = paid (person, month, now);

      if (how == 2 && in_gap)
        break;
      in_gap |= how != 2;
      if (how == 0)
        {
          plan->gap_to = plan->has_gap ? plan->gap_to : month;
          plan->gap_from = month;
          plan->has_gap = TRUE;
          plan->n_unpaid++;
        }
    }
}

static gboolean
add_options (ZifuCoverPlan *plan, const ZifuPerson *person, const char *benefit, GError **error)
{
  gboolean resident = g_strcmp0 (zifu_facts_get_string (person->facts, "insurance"), "390") == 0;
  guint years = plan->n_unpaid / 12;

  if (!add_option (plan, person, benefit, ZIFU_COVER_STOP, 0, error) || !add_option (plan, person, benefit, ZIFU_COVER_GO_ON, 0, error))
    return FALSE;
  for (guint year = 1; resident && year < years && year <= MAX_YEARS; year++)
    if (!add_option (plan, person, benefit, ZIFU_COVER_MAKE_UP, year * 12, error))
      return FALSE;
  return plan->n_unpaid == 0 || add_option (plan, person, benefit, ZIFU_COVER_MAKE_UP, plan->n_unpaid, error);
}

static void
read_state (ZifuCoverPlan *plan)
{
  ZifuMonth now = zifu_month_of (plan->today);
  const ZifuCoverageInterval *here = zifu_coverage_at (plan->coverage, now);

  plan->state = here->state;
  plan->share = here->share;
  plan->has_change = here->to < now + AHEAD;
  plan->change = here->to + 1;
}

static gboolean
work_out (ZifuCoverPlan *plan, const ZifuPerson *person, const char *benefit, GError **error)
{
  g_autoptr (ZifuPerson) as_is = zifu_person_copy (person);
  ZifuMonth now = zifu_month_of (plan->today);

  plan->pays = paid (person, now - 1, now) == 2 || paid (person, now, now) == 2;
  if (plan->pays)
    pay_on (as_is, now, now + AHEAD, now);
  plan->coverage = project (plan, as_is, benefit, error);
  if (plan->coverage == NULL)
    return FALSE;
  read_state (plan);
  if (plan->pays && is_full (zifu_coverage_at (plan->coverage, now)))
    return TRUE;
  find_gap (plan, person);
  return add_options (plan, person, benefit, error);
}

/**
 * zifu_cover_plan_new:
 * @pack: the rules
 * @person: whose contribution months
 * @today: the day on which one looks; later payments do not exist yet
 * @benefit: (nullable): the benefit, where benefits wait differently
 * @error: return location: %ZIFU_ERROR; %ZIFU_ERROR_MISSING when no month is known or no rule fits
 *
 * Works out whether somebody is covered, what is missing, and what each way out costs and brings.  A month counts as missing
 * only when it is over; while the latest of them is paid, contributions are taken to go on.
 *
 * Returns: (transfer full) (nullable): the plan; %NULL on error
 */
ZifuCoverPlan *
zifu_cover_plan_new (ZifuPack *pack, const ZifuPerson *person, ZifuDate today, const char *benefit, GError **error)
{
  g_autoptr (ZifuCoverPlan) plan = NULL;

  g_return_val_if_fail (pack != NULL && person != NULL && today > 0, NULL);

  plan = g_new0 (ZifuCoverPlan, 1);
  plan->pack = zifu_pack_ref (pack);
  plan->today = today;
  plan->options = g_ptr_array_new_with_free_func (option_free);
  if (g_strcmp0 (zifu_facts_get_string (person->facts, "status"), "retired") == 0)
    {
      plan->lifelong = TRUE;
      plan->state = ZIFU_COVERAGE_COVERED;
      plan->share = ZIFU_RATIONAL_ONE;
      return g_steal_pointer (&plan);
    }
  if (first_paid (person, zifu_month_of (today)) == G_MAXINT)
    {
      zifu_error_set (error, ZIFU_ERROR_MISSING, "/person/paid", N_ ("no contribution month is known"), NULL, NULL, NULL);
      return NULL;
    }
  return work_out (plan, person, benefit, error) ? g_steal_pointer (&plan) : NULL;
}

static void
settle_on (GPtrArray *visits, const ZifuCoverPlan *plan, const ZifuCoverOption *option, const ZifuPerson *person, const ZifuVisit *visit,
           ZifuDate date, ZifuRational share)
{
  g_autoptr (ZifuPerson) then = zifu_person_copy (person);
  g_autoptr (ZifuVisit) moved = zifu_visit_copy (visit);
  ZifuCoverVisit *one = g_new0 (ZifuCoverVisit, 1);
  ZifuCase *self;

  then->has_coverage_share = TRUE;
  then->coverage_share = share;
  moved->date = date;
  one->option = option;
  one->date = date;
  one->share = share;
  /* What earlier visits of the year left behind is that of today's year, not of the year of a later visit. */
  self = zifu_case_new (plan->pack, then, plan->today);
  one->settlement = zifu_case_settle (self, moved, &one->error);
  zifu_case_free (self);
  g_ptr_array_add (visits, one);
}

/**
 * zifu_cover_plan_visits:
 * @plan: a plan
 * @person: the person of the plan
 * @visit: a visit
 *
 * What the visit costs today, and on the first day with full benefits of each way out (R30, R32).
 *
 * Returns: (transfer full) (element-type ZifuCoverVisit): today first; ways without an end are left out
 */
GPtrArray *
zifu_cover_plan_visits (const ZifuCoverPlan *plan, const ZifuPerson *person, const ZifuVisit *visit)
{
  GPtrArray *visits = g_ptr_array_new_with_free_func (visit_free);

  g_return_val_if_fail (plan != NULL && person != NULL && visit != NULL, visits);

  settle_on (visits, plan, NULL, person, visit, plan->today, plan->share);
  for (guint i = 0; i < plan->options->len; i++)
    {
      const ZifuCoverOption *option = g_ptr_array_index (plan->options, i);

      if (option->has_back && option->way != ZIFU_COVER_STOP)
        settle_on (visits, plan, option, person, visit, MAX (plan->today, zifu_month_first_day (option->back)), ZIFU_RATIONAL_ONE);
    }
  return visits;
}
