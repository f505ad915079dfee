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

/* The person with the payments that exist on the day of the question; later ones are planned at best. */
static ZifuPerson *
copy_known (const ZifuPerson *person, ZifuMonth now)
{
  ZifuPerson *copy = zifu_person_copy (person);

  for (guint i = copy->payments->len; i > 0; i--)
    if (g_array_index (copy->payments, ZifuPayment, i - 1).paid_on > now)
      g_array_remove_index (copy->payments, i - 1);
  return copy;
}

/* Whether @month was paid: 2 in time, 1 later, 0 not at all. */
static int
paid (const ZifuPerson *person, ZifuMonth month)
{
  int best = 0;

  for (guint i = 0; i < person->payments->len; i++)
    {
      const ZifuPayment *payment = &g_array_index (person->payments, ZifuPayment, i);

      if (month >= payment->first && month < payment->first + (ZifuMonth) payment->n_months)
        best = MAX (best, payment->paid_on <= month ? 2 : 1);
    }
  return best;
}

static ZifuMonth
first_paid (const ZifuPerson *person)
{
  ZifuMonth first = G_MAXINT;

  for (guint i = 0; i < person->payments->len; i++)
    first = MIN (first, g_array_index (person->payments, ZifuPayment, i).first);
  return first;
}

/* Contributions from @from on, each in its month; what is paid already stays as it is. */
static void
pay_on (ZifuPerson *person, ZifuMonth from, ZifuMonth to)
{
  for (ZifuMonth month = from; month <= to; month++)
    if (paid (person, month) == 0)
      zifu_person_add_payment (person, month, 1, month);
}

static guint
make_up (ZifuPerson *person, ZifuMonth from, ZifuMonth to, guint n_months, ZifuMonth now)
{
  guint n = 0;

  for (ZifuMonth month = from; month <= to && n < n_months; month++)
    if (paid (person, month) == 0)
      {
        zifu_person_add_payment (person, month, 1, now);
        n++;
      }
  return n;
}

static ZifuCoverage *
project (const ZifuCoverPlan *plan, const ZifuPerson *person, const char *benefit, GError **error)
{
  ZifuMonth now = zifu_month_of (plan->today), first = first_paid (person);

  return zifu_coverage_project (plan->pack, person, plan->today, now + AHEAD, MIN (now, MAX (first, now - BEHIND)), now + AHEAD, benefit,
                                error);
}

static gboolean
is_full (const ZifuCoverageInterval *interval)
{
  return interval != NULL && zifu_rational_equal (zifu_rational_reduce (interval->share), ZIFU_RATIONAL_ONE);
}

/* Whether the benefits are full from @from on, as far as one looks ahead. */
static gboolean
stays_full (const ZifuCoverage *coverage, ZifuMonth from)
{
  for (guint i = 0; i < coverage->intervals->len; i++)
    {
      const ZifuCoverageInterval *interval = &g_array_index (coverage->intervals, ZifuCoverageInterval, i);

      if (interval->to >= from && !is_full (interval))
        return FALSE;
    }
  return TRUE;
}

/* Who goes on paying has the full benefits back when they stay; where contributions count for a later month they may stop once more. */
static void
find_back (ZifuCoverOption *option, ZifuMonth now)
{
  gboolean lasting = option->way != ZIFU_COVER_STOP;
  ZifuMonth month = lasting ? now + AHEAD : now;

  while (month >= now && month <= now + AHEAD && is_full (zifu_coverage_at (option->coverage, month)) == lasting)
    month += lasting ? -1 : 1;
  option->has_back = lasting ? month < now + AHEAD : month <= now + AHEAD;
  option->back = !option->has_back ? 0 : lasting ? month + 1 : month;
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
    pay_on (as_if, now, now + AHEAD);
  option->coverage = project (plan, as_if, benefit, error);
  if (option->coverage == NULL)
    return FALSE;
  find_back (option, now);
  if (way == ZIFU_COVER_MAKE_UP)
    price (option, plan->pack, person, plan->today);
  return TRUE;
}

/* The latest months before @before, one after the other, that were not paid in time; FALSE when there are none. */
static gboolean
find_run (const ZifuPerson *person, ZifuMonth before, ZifuMonth *from, ZifuMonth *to)
{
  ZifuMonth first = first_paid (person), month = before - 1;

  while (month > first && paid (person, month) == 2)
    month--;
  *to = month;
  while (month > first && paid (person, month) != 2)
    month--;
  *from = month + 1;
  return *from <= *to;
}

/* Whether the benefits would be full from today on if the months had been paid in time. */
static gboolean
explains (const ZifuCoverPlan *plan, const ZifuPerson *as_is, ZifuMonth from, ZifuMonth to, const char *benefit)
{
  g_autoptr (ZifuPerson) as_if = zifu_person_copy (as_is);
  g_autoptr (ZifuCoverage) coverage = NULL;

  for (ZifuMonth month = from; month <= to; month++)
    zifu_person_add_payment (as_if, month, 1, month);
  coverage = project (plan, as_if, benefit, NULL);
  return coverage != NULL && stays_full (coverage, zifu_month_of (plan->today));
}

static void
take_gap (ZifuCoverPlan *plan, const ZifuPerson *person, ZifuMonth from, ZifuMonth to)
{
  plan->has_gap = FALSE;
  plan->n_unpaid = 0;
  for (ZifuMonth month = from; month <= to; month++)
    if (paid (person, month) == 0)
      {
        plan->gap_from = plan->has_gap ? plan->gap_from : month;
        plan->gap_to = month;
        plan->has_gap = TRUE;
        plan->n_unpaid++;
      }
}

/* The month from which the benefits are full when everything between the months is made up today; G_MAXINT = never. */
static ZifuMonth
back_after (const ZifuCoverPlan *plan, const ZifuPerson *person, ZifuMonth from, ZifuMonth to, const char *benefit)
{
  g_autoptr (ZifuPerson) as_if = zifu_person_copy (person);
  g_autoptr (ZifuCoverage) coverage = NULL;
  ZifuMonth now = zifu_month_of (plan->today);
  ZifuCoverOption option = { .way = ZIFU_COVER_MAKE_UP };

  make_up (as_if, from, to, G_MAXUINT, now);
  pay_on (as_if, now, now + AHEAD);
  coverage = project (plan, as_if, benefit, NULL);
  if (coverage == NULL)
    return G_MAXINT;
  option.coverage = coverage;
  find_back (&option, now);
  return option.has_back ? option.back : G_MAXINT;
}

/* Earlier gaps belong to it as far as making them up as well brings the benefits back sooner. */
static void
widen_gap (ZifuCoverPlan *plan, const ZifuPerson *person, ZifuMonth before, const char *benefit)
{
  ZifuMonth last = plan->has_gap ? plan->gap_to : 0, from, to;
  ZifuMonth best = back_after (plan, person, plan->has_gap ? plan->gap_from : 1, last, benefit);

  while (find_run (person, before, &from, &to))
    {
      ZifuMonth end = last != 0 ? last : to, back = back_after (plan, person, from, end, benefit);

      if (back < best)
        {
          take_gap (plan, person, from, end);
          best = back;
          last = end;
        }
      before = from;
    }
}

/*
 * The gap behind the state of today: while nobody pays the one that goes on; else the latest without which the benefits would be
 * full.  Where two are needed for that, or more, it is the latest; where none is, such as after a first enrolment, there is no gap.
 */
static void
find_gap (ZifuCoverPlan *plan, const ZifuPerson *person, const ZifuPerson *as_is, const char *benefit)
{
  ZifuMonth now = zifu_month_of (plan->today), from, to, before = now;
  gboolean found = FALSE;

  while (!found && find_run (person, before, &from, &to))
    {
      found = !plan->pays || explains (plan, as_is, from, to, benefit);
      before = from;
    }
  if (!found && explains (plan, as_is, first_paid (person), now - 1, benefit))
    {
      found = find_run (person, now, &from, &to);
      before = from;
    }
  if (found)
    take_gap (plan, person, from, to);
  widen_gap (plan, person, found ? before : now, benefit);
}

/* Residents make up whole years; a rest of less than a year only where the rules reward it. */
static gboolean
add_years (ZifuCoverPlan *plan, const ZifuPerson *person, const char *benefit, GError **error)
{
  guint years = plan->n_unpaid / 12;
  const ZifuCoverOption *whole, *all;

  for (guint year = 1; year < years && year <= MAX_YEARS; year++)
    if (!add_option (plan, person, benefit, ZIFU_COVER_MAKE_UP, year * 12, error))
      return FALSE;
  if (!add_option (plan, person, benefit, ZIFU_COVER_MAKE_UP, years * 12, error))
    return FALSE;
  if (plan->n_unpaid % 12 == 0)
    return TRUE;
  if (!add_option (plan, person, benefit, ZIFU_COVER_MAKE_UP, plan->n_unpaid, error))
    return FALSE;
  whole = g_ptr_array_index (plan->options, plan->options->len - 2);
  all = g_ptr_array_index (plan->options, plan->options->len - 1);
  if (!all->has_back || (whole->has_back && all->back >= whole->back))
    g_ptr_array_remove_index (plan->options, plan->options->len - 1);
  return TRUE;
}

static gboolean
add_options (ZifuCoverPlan *plan, const ZifuPerson *person, const char *benefit, GError **error)
{
  gboolean resident = g_strcmp0 (zifu_facts_get_string (person->facts, "insurance"), "390") == 0;

  if (!add_option (plan, person, benefit, ZIFU_COVER_STOP, 0, error) || !add_option (plan, person, benefit, ZIFU_COVER_GO_ON, 0, error))
    return FALSE;
  if (resident && plan->n_unpaid >= 12)
    return add_years (plan, person, benefit, error);
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

  plan->pays = paid (person, now - 1) != 0 || paid (person, now) != 0;
  if (plan->pays)
    pay_on (as_is, now, now + AHEAD);
  plan->coverage = project (plan, as_is, benefit, error);
  if (plan->coverage == NULL)
    return FALSE;
  read_state (plan);
  if (plan->pays && stays_full (plan->coverage, now))
    return TRUE;
  find_gap (plan, person, as_is, benefit);
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
  g_autoptr (ZifuPerson) known = NULL;

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
  known = copy_known (person, zifu_month_of (today));
  if (known->payments->len == 0)
    {
      zifu_error_set (error, ZIFU_ERROR_MISSING, "/person/paid", N_ ("no contribution month is known"), NULL, NULL, NULL);
      return NULL;
    }
  return work_out (plan, known, benefit, error) ? g_steal_pointer (&plan) : NULL;
}

/**
 * zifu_cover_plan_is_new:
 * @plan: a plan
 *
 * Returns: whether the wait of today is that of a first enrolment: nothing was missed, and nothing can be made up
 */
gboolean
zifu_cover_plan_is_new (const ZifuCoverPlan *plan)
{
  g_return_val_if_fail (plan != NULL, FALSE);

  return plan->coverage != NULL && plan->state == ZIFU_COVERAGE_WAITING && zifu_month_of (plan->today) <= plan->coverage->first_wait &&
         plan->n_unpaid == 0;
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
  /* What the counters hold without a day is of today, and does not count in another benefit year. */
  for (guint i = 0; i < then->counters->len; i++)
    {
      ZifuCounterValue *counter = &g_array_index (then->counters, ZifuCounterValue, i);

      counter->since = counter->since != 0 ? counter->since : plan->today;
    }
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
