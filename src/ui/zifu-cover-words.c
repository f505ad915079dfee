/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-cover-words.h"
#include "zifu-words.h"

static gboolean
is_whole (ZifuRational share)
{
  return zifu_rational_equal (zifu_rational_reduce (share), ZIFU_RATIONAL_ONE);
}

/**
 * zifu_cover_dup_state:
 * @state: a state
 * @share: of the benefits
 *
 * Returns: (transfer full): the state in a word or two
 */
char *
zifu_cover_dup_state (ZifuCoverageState state, ZifuRational share)
{
  const char *name = state == ZIFU_COVERAGE_COVERED     ? C_("coverage", "Covered")
                     : state == ZIFU_COVERAGE_GRACE     ? C_("coverage", "Covered, in grace")
                     : state == ZIFU_COVERAGE_SUSPENDED ? C_("coverage", "Suspended")
                     : state == ZIFU_COVERAGE_WAITING   ? C_("coverage", "Waiting period")
                                                        : C_("coverage", "Not covered");
  g_autofree char *ratio = NULL;

  if (zifu_rational_sign (share) == 0 || is_whole (share))
    return g_strdup (name);
  ratio = zifu_words_ratio (share);
  /* Translators: {1} is a state of the coverage, {2} a share such as 50%. */
  return zifu_words_fill (_("{1}, {2} of the benefits"), name, ratio, NULL);
}

/**
 * zifu_cover_state_icon:
 * @state: a state
 * @css_class: (out) (nullable): class of its colour
 *
 * Returns: (transfer none): its icon
 */
const char *
zifu_cover_state_icon (ZifuCoverageState state, const char **css_class)
{
  switch (state)
    {
    case ZIFU_COVERAGE_COVERED:
      *css_class = "ok";
      return "zifu-ok-symbolic";
    case ZIFU_COVERAGE_GRACE:
    case ZIFU_COVERAGE_WAITING:
      *css_class = "warn";
      return "zifu-clock-symbolic";
    case ZIFU_COVERAGE_SUSPENDED:
    case ZIFU_COVERAGE_NONE:
    default:
      *css_class = "bad";
      return "zifu-bad-symbolic";
    }
}

/**
 * zifu_cover_dup_day:
 * @month: a month
 * @today: today
 *
 * Returns: (transfer full): its first day, with the year when it is another one; the month itself when it has begun
 */
char *
zifu_cover_dup_day (ZifuMonth month, ZifuDate today)
{
  if (month <= zifu_month_of (today))
    return g_strdup (C_("coverage", "this month"));
  return zifu_words_date (zifu_month_first_day (month),
                          month / 12 == zifu_month_of (today) / 12 ? ZIFU_DATE_STYLE_DAY : ZIFU_DATE_STYLE_LONG);
}

/**
 * zifu_cover_dup_period:
 * @interval: an interval of a timeline
 * @last: last month that the timeline looks at
 *
 * Returns: (transfer full): from when to when, open where the timeline ends
 */
char *
zifu_cover_dup_period (const ZifuCoverageInterval *interval, ZifuMonth last)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  g_return_val_if_fail (interval != NULL, NULL);

  from = zifu_words_month (interval->from, TRUE);
  to = zifu_words_month (interval->to, TRUE);
  if (interval->to >= last)
    /* Translators: {1} is a month with its year. */
    return zifu_words_fill (_("From {1} on"), from, NULL);
  if (interval->from == interval->to)
    return g_steal_pointer (&from);
  /* Translators: both are months with their years. */
  return zifu_words_fill (_("{1} – {2}"), from, to, NULL);
}

/**
 * zifu_cover_is_unverified:
 * @plan: (nullable): a plan
 *
 * Returns: whether it rests on a rule that is not verified
 */
gboolean
zifu_cover_is_unverified (const ZifuCoverPlan *plan)
{
  return plan != NULL && plan->coverage != NULL && plan->coverage->rule != NULL
         && plan->coverage->rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
}

/**
 * zifu_cover_find_best:
 * @plan: a plan
 *
 * Returns: (transfer none) (nullable): the way that brings full benefits first, and of those the one that costs least; %NULL when none does
 */
const ZifuCoverOption *
zifu_cover_find_best (const ZifuCoverPlan *plan)
{
  const ZifuCoverOption *best = NULL;

  g_return_val_if_fail (plan != NULL, NULL);

  /* They stand in the order of what is paid: nothing, what is due from now on, more and more of the gap. */
  for (guint i = 0; i < plan->options->len; i++)
    {
      const ZifuCoverOption *option = g_ptr_array_index (plan->options, i);

      if (option->way != ZIFU_COVER_STOP && option->has_back && (best == NULL || option->back < best->back))
        best = option;
    }
  return best;
}

static gboolean
is_employed (const ZifuAccountFacts *facts)
{
  return g_strcmp0 (facts->member->status, "active") == 0;
}

/**
 * zifu_cover_dup_way:
 * @option: a way out
 * @resident: whether residents are insured by the year
 *
 * Returns: (transfer full): the name of the way
 */
char *
zifu_cover_dup_way (const ZifuCoverOption *option, gboolean resident)
{
  g_autofree char *digits = NULL;
  guint n;

  g_return_val_if_fail (option != NULL, NULL);

  if (option->way == ZIFU_COVER_STOP)
    return g_strdup (_("Pay nothing more"));
  if (option->way == ZIFU_COVER_GO_ON)
    return g_strdup (_("Pay from now on, leave the gap"));
  n = option->n_months;
  if (resident && n % 12 == 0)
    {
      digits = g_strdup_printf ("%u", n / 12);
      /* Translators: {1} is a number of years. */
      return zifu_words_fill (ngettext ("Make up {1} year", "Make up {1} years", n / 12), digits, NULL);
    }
  digits = g_strdup_printf ("%u", n);
  /* Translators: {1} is a number of months. */
  return zifu_words_fill (ngettext ("Make up {1} month", "Make up {1} months", n), digits, NULL);
}

static char *
dup_until (ZifuMonth last, ZifuDate today, const char *template_)
{
  g_autofree char *month = zifu_words_month (last, last / 12 != zifu_month_of (today) / 12);

  return zifu_words_fill (template_, month, NULL);
}

static char *
dup_present_state (const ZifuAccountFacts *facts)
{
  const ZifuCoverPlan *plan = facts->plan;
  ZifuMonth now = zifu_month_of (facts->today);
  const ZifuCoverageInterval *here = zifu_coverage_at (plan->coverage, now);
  const ZifuCoverageInterval *first = &g_array_index (plan->coverage->intervals, ZifuCoverageInterval, 0);

  if (plan->state == ZIFU_COVERAGE_SUSPENDED && here != first)
    /* Translators: {1} is a month: the first one without coverage. */
    return dup_until (here->from, facts->today, _("Suspended since {1}"));
  if (plan->state == ZIFU_COVERAGE_WAITING && plan->has_change)
    /* Translators: {1} is a month: the last one of the waiting period. */
    return dup_until (plan->change - 1, facts->today, _("Waiting until the end of {1}"));
  if (plan->state == ZIFU_COVERAGE_GRACE && plan->has_change)
    /* Translators: {1} is a month: the last one in which the fund still pays though a contribution is missing. */
    return dup_until (plan->change - 1, facts->today, _("Covered, in grace until the end of {1}"));
  if (plan->state == ZIFU_COVERAGE_COVERED && plan->has_change)
    /* Translators: {1} is a month: the last one with coverage. */
    return dup_until (plan->change - 1, facts->today, _("Covered until the end of {1}"));
  return zifu_cover_dup_state (plan->state, plan->share);
}

/**
 * zifu_cover_dup_title:
 * @facts: facts
 *
 * Returns: (transfer full): what holds today, and until when
 */
char *
zifu_cover_dup_title (const ZifuAccountFacts *facts)
{
  g_return_val_if_fail (facts != NULL, NULL);

  if (facts->plan != NULL)
    return facts->plan->lifelong ? g_strdup (_("Retired, no contributions due")) : dup_present_state (facts);
  if (facts->last_paid != 0)
    return dup_until (facts->last_paid, facts->today, _("Paid up to {1}"));
  return g_strdup (_("No contributions in the data"));
}

/* Everything is in order: what was paid, and who pays next. */
static char *
dup_paid_advice (const ZifuAccountFacts *facts)
{
  ZifuMonth now = zifu_month_of (facts->today);
  gboolean late = facts->last_paid < now;
  g_autofree char *last = zifu_words_month (facts->last_paid, facts->last_paid / 12 != now / 12);
  g_autofree char *this_month = zifu_words_month (now, FALSE);
  g_autofree char *next = zifu_words_month (facts->last_paid + 1, (facts->last_paid + 1) / 12 != now / 12);
  g_autofree char *year = g_strdup_printf ("%d", (facts->last_paid + 1) / 12);

  if (zifu_account_facts_is_resident (facts))
    /* Translators: {1} is a month, {2} a year: residents pay once for the whole of it. */
    return zifu_words_fill (_("Paid up to {1}. To stay covered, pay the premium of {2} in time."), last, year, NULL);
  if (late)
    /* Translators: {1} is the present month. */
    return zifu_words_fill (is_employed (facts)
                              ? _("{1} is not in the data yet; it often arrives the month after. Nothing for you to do now.")
                              : _("{1} is not in the data yet. Pay it before the month ends, if you have not."),
                            this_month, NULL);
  /* Translators: {1} is the last month that is paid, {2} the month after it. */
  return zifu_words_fill (is_employed (facts) ? _("Paid up to {1}. Nothing for you to do now; your employer pays {2}.")
                                              : _("Paid up to {1}. Nothing for you to do now; {2} is yours to pay in time."),
                          last, next, NULL);
}

static char *
dup_make_up_advice (const ZifuAccountFacts *facts, const ZifuCoverOption *best, const char *day)
{
  g_autofree char *way = zifu_cover_dup_way (best, zifu_account_facts_is_resident (facts));
  g_autofree char *cost = best->has_cost ? zifu_words_money (best->cost, ZIFU_MONEY_STYLE_LIST) : NULL;
  g_autofree char *digits = g_strdup_printf ("%u", best->n_months);

  if (is_employed (facts))
    /* Translators: {1} is a number of months, {2} a day. */
    return zifu_words_fill (ngettext ("Ask your employer to pay the missing month: you are covered again from {2}.",
                                      "Ask your employer to pay the {1} missing months: you are covered again from {2}.", best->n_months),
                            digits, day, NULL);
  if (cost != NULL && best->cost_rule != NULL && best->cost_rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED)
    /* Translators: {1} is what to do, such as "Make up 3 months"; {2} is an amount, {3} a day. */
    return zifu_words_fill (_("{1} for {2} (unverified) and you are covered again from {3}."), way, cost, day, NULL);
  if (cost != NULL)
    /* Translators: {1} is what to do, such as "Make up 3 months"; {2} is an amount, {3} a day. */
    return zifu_words_fill (_("{1} for {2} and you are covered again from {3}."), way, cost, day, NULL);
  /* Translators: {1} is what to do, such as "Make up 3 months"; {2} is a day. */
  return zifu_words_fill (_("{1} and you are covered again from {2}; the rules do not say what it costs."), way, day, NULL);
}

static char *
dup_way_out (const ZifuAccountFacts *facts)
{
  const ZifuCoverOption *best = zifu_cover_find_best (facts->plan);
  g_autofree char *day = best != NULL ? zifu_cover_dup_day (best->back, facts->today) : NULL;

  if (best == NULL)
    return g_strdup (_("The rules do not say when full benefits come back. Ask the medical insurance bureau."));
  if (best->way == ZIFU_COVER_MAKE_UP)
    return dup_make_up_advice (facts, best, day);
  if (facts->plan->pays)
    /* Translators: {1} is a day. */
    return zifu_words_fill (_("Keep paying: full benefits from {1}."), day, NULL);
  /* Translators: {1} is a day. */
  return zifu_words_fill (is_employed (facts) ? _("When your employer pays again: full benefits from {1}.")
                                              : _("Pay again from now on: full benefits from {1}."),
                          day, NULL);
}

/**
 * zifu_cover_dup_advice:
 * @facts: facts
 *
 * Returns: (transfer full): what comes next, and the next thing to do
 */
char *
zifu_cover_dup_advice (const ZifuAccountFacts *facts)
{
  const ZifuCoverPlan *plan;
  g_autofree char *way_out = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  plan = facts->plan;
  if (plan == NULL)
    return g_strdup (facts->last_paid != 0 ? _("No rule for this person says what follows for cover. Ask the medical insurance bureau.")
                                           : _("Nothing can be said here about cover. Estimates take it that the person is covered."));
  if (plan->lifelong)
    return g_strdup (_("Nothing for you to do; benefits go on for life."));
  if (plan->pays && !plan->has_change && is_whole (plan->share))
    return dup_paid_advice (facts);

  way_out = dup_way_out (facts);
  if (!facts->interrupted || !facts->member->has_account)
    return g_steal_pointer (&way_out);
  /* Translators: {1} is a sentence that says what to do. */
  return zifu_words_fill (_("{1} The balance stays yours, and the account still pays."), way_out, NULL);
}
