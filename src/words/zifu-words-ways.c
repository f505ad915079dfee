/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ways out of a gap in words: what each costs, and when the fund pays again. */

#include "zifu-answers-private.h"

#include "zifu-figure.h"

static gboolean
is_resident (const ZifuPerson *person)
{
  return g_strcmp0 (zifu_facts_get_string (person->facts, "insurance"), "390") == 0;
}

/**
 * zifu_words_way_counts:
 * @person: whose
 * @option: a way out
 *
 * Residents pay by the year: the months of this year come with its premium, so only whole years can be made up.
 *
 * Returns: whether the way is one of its own
 */
gboolean
zifu_words_way_counts (const ZifuPerson *person, const ZifuCoverOption *option)
{
  return option->way != ZIFU_COVER_MAKE_UP || !is_resident (person) || option->n_months >= 12;
}

/**
 * zifu_words_find_way:
 * @plan: a plan
 * @person: whose
 * @way: what is done
 *
 * Returns: (nullable): the way; of those that make months up the last, which makes up all of them
 */
const ZifuCoverOption *
zifu_words_find_way (const ZifuCoverPlan *plan, const ZifuPerson *person, ZifuCoverWay way)
{
  const ZifuCoverOption *found = NULL;

  for (guint i = 0; i < plan->options->len; i++)
    {
      const ZifuCoverOption *option = g_ptr_array_index (plan->options, i);

      if (option->way == way && zifu_words_way_counts (person, option))
        found = option;
    }
  return found;
}

/**
 * zifu_words_way_cost:
 * @person: whose
 * @option: a way that makes months up
 *
 * Returns: (transfer full): what that costs
 */
char *
zifu_words_way_cost (const ZifuPerson *person, const ZifuCoverOption *option)
{
  if (option->has_cost)
    /* Translators: {1} is an amount */
    return zifu_words_fill_take (_ ("costs {1}"), zifu_words_list (option->cost), NULL);
  if (g_strcmp0 (zifu_facts_get_string (person->facts, "status"), "active") == 0)
    return g_strdup (_ ("the employer declares and pays it with your part"));
  return g_strdup (_ ("cost not known here"));
}

/**
 * zifu_words_way_back:
 * @option: a way out
 * @today: the day on which one looks
 *
 * Returns: (transfer full): when the fund pays again
 */
char *
zifu_words_way_back (const ZifuCoverOption *option, ZifuDate today)
{
  if (!option->has_back)
    return g_strdup (_ ("no day on which the fund pays in full again"));
  /* Translators: {1} is a day or “this month” */
  return zifu_words_fill_take (_ ("full benefits from {1} on"), zifu_words_cover_since (option->back, today), NULL);
}

/* Contributions go on; residents pay the premium of the year for that. */
static char *
go_on_in_words (const ZifuCoverPlan *plan, const ZifuPerson *person, const char *back)
{
  ZifuFigure premium;
  ZifuMoney amount;

  if (plan->pays)
    return zifu_words_fill (_ ("Go on paying, leave the gap: no extra cost, {1}."), back, NULL);
  if (!is_resident (person))
    return zifu_words_fill (_ ("Pay again from this month on, leave the gap: no extra cost, {1}."), back, NULL);
  premium = zifu_figure_find (plan->pack, person, plan->today, "resident_premium", NULL, NULL);
  if (!zifu_figure_to_money (&premium, &amount))
    return zifu_words_fill (_ ("Enrol again this month for the premium of a year: {1}."), back, NULL);
  g_autofree char *text = zifu_words_list (amount);
  /* Translators: {1} is the premium of a year, {2} says when the fund pays again */
  return zifu_words_fill (_ ("Enrol again this month for the premium of a year, {1}: {2}."), text, back, NULL);
}

/**
 * zifu_words_way:
 * @plan: a plan
 * @person: whose
 * @option: one of its ways
 *
 * Returns: (transfer full): what is done, what that costs, and when the fund pays again, as a sentence
 */
char *
zifu_words_way (const ZifuCoverPlan *plan, const ZifuPerson *person, const ZifuCoverOption *option)
{
  g_autofree char *back = zifu_words_way_back (option, plan->today);

  if (option->way == ZIFU_COVER_STOP)
    /* Translators: {1} says when the fund pays again */
    return zifu_words_fill (_ ("Pay nothing more: {1}."), back, NULL);
  if (option->way == ZIFU_COVER_GO_ON)
    return go_on_in_words (plan, person, back);
  g_autofree char *n = g_strdup_printf ("%u", is_resident (person) ? (option->n_months + 11) / 12 : option->n_months);
  if (is_resident (person) && !option->has_cost)
    /* Translators: {1} is a number of years, {2} says when the fund pays again */
    return zifu_words_fill (_ ("Besides, make up missed years ({1}): what that costs on top is not known here; {2}."), n, back, NULL);
  g_autofree char *cost = zifu_words_way_cost (person, option);
  /* Translators: {1} is a number of months or of years, {2} says what they cost, {3} when the fund pays again */
  return zifu_words_fill (is_resident (person) ? _ ("Besides, make up missed years ({1}): {2} more, {3}.")
                                               : _ ("Make up missed months ({1}): {2}, {3}."),
                          n, cost, back, NULL);
}

/**
 * zifu_words_way_brief:
 * @plan: a plan
 * @person: whose
 * @option: (nullable): one of its ways; %NULL = today, as things stand
 *
 * Returns: (transfer full): what is done, in a few words
 */
char *
zifu_words_way_brief (const ZifuCoverPlan *plan, const ZifuPerson *person, const ZifuCoverOption *option)
{
  if (option == NULL)
    return g_strdup (_ ("today"));
  if (option->way == ZIFU_COVER_MAKE_UP && is_resident (person))
    /* Translators: {1} is a number of years */
    return zifu_words_fill_take (_ ("missed years made up ({1})"), g_strdup_printf ("%u", (option->n_months + 11) / 12), NULL);
  if (option->way == ZIFU_COVER_MAKE_UP)
    /* Translators: {1} is a number of months */
    return zifu_words_fill_take (_ ("missed months made up ({1})"), g_strdup_printf ("%u", option->n_months), NULL);
  return g_strdup (plan->pays ? _ ("contributions go on") : _ ("contributions begin again this month"));
}

/* The least that brings the earliest day: rules may cap what making up is good for. */
static const ZifuCoverOption *
find_enough (const ZifuCoverPlan *plan, const ZifuPerson *person)
{
  const ZifuCoverOption *best = NULL;

  for (guint i = 0; i < plan->options->len; i++)
    {
      const ZifuCoverOption *option = g_ptr_array_index (plan->options, i);

      if (option->way == ZIFU_COVER_MAKE_UP && option->has_back && zifu_words_way_counts (person, option) &&
          (best == NULL || option->back < best->back))
        best = option;
    }
  return best;
}

static char *
enough_in_words (const ZifuCoverPlan *plan, const ZifuPerson *person, const ZifuCoverOption *enough)
{
  gboolean years = is_resident (person);
  g_autofree char *n = g_strdup_printf ("%u", years ? (enough->n_months + 11) / 12 : enough->n_months);
  g_autofree char *cost = zifu_words_way_cost (person, enough);
  g_autofree char *back = zifu_words_way_back (enough, plan->today);

  /* Translators: {1} is a number of years or months, {2} says what they cost, {3} when the fund pays again */
  return zifu_words_fill (
      years ? _ ("It is enough to make up part of the missed years ({1}), besides the premium of this year: {2}; {3}. More of "
                 "them brings no earlier day.")
            : _ ("It is enough to make up part of the missed months ({1}): {2}; {3}. More of them brings no earlier day."),
      n, cost, back, NULL);
}

/**
 * zifu_words_way_all:
 * @plan: a plan
 * @person: whose
 * @make_up: the way that makes up everything
 *
 * Returns: (transfer full): what making up costs and brings, beside going on without it
 */
char *
zifu_words_way_all (const ZifuCoverPlan *plan, const ZifuPerson *person, const ZifuCoverOption *make_up)
{
  const ZifuCoverOption *go_on = zifu_words_find_way (plan, person, ZIFU_COVER_GO_ON);
  const ZifuCoverageInterval *gap = zifu_coverage_at (make_up->coverage, plan->gap_from);
  const ZifuCoverOption *enough = find_enough (plan, person);
  gboolean years = is_resident (person);
  g_autofree char *n = g_strdup_printf ("%u", years ? (make_up->n_months + 11) / 12 : make_up->n_months);
  g_autofree char *cost = zifu_words_way_cost (person, make_up);
  g_autofree char *back = zifu_words_way_back (make_up, plan->today);
  gboolean no_sooner = go_on != NULL && go_on->has_back && (!make_up->has_back || make_up->back >= go_on->back);

  /* Translators: in these sentences {1} is a number of months or years, {2} says what they cost, {3} when the fund pays again */
  if (gap != NULL && gap->state == ZIFU_COVERAGE_COVERED)
    return zifu_words_fill (years ? _ ("All missed years ({1}): {2}; {3}, and the bills of the gap can be claimed too.")
                                  : _ ("All missed months ({1}): {2}; {3}, and the bills of the gap can be claimed too."),
                            n, cost, back, NULL);
  if (!no_sooner && enough != NULL && enough->n_months < make_up->n_months)
    return enough_in_words (plan, person, enough);
  if (no_sooner)
    return zifu_words_fill (years ? _ ("All missed years ({1}): {2}; but it brings no earlier day: {3} either way.")
                                  : _ ("All missed months ({1}): {2}; but it brings no earlier day: {3} either way."),
                            n, cost, back, NULL);
  return zifu_words_fill (years ? _ ("All missed years ({1}), besides the premium of this year: {2}; {3}.")
                                : _ ("All missed months ({1}): {2}; {3}."),
                          n, cost, back, NULL);
}
