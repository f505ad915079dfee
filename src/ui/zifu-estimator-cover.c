/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-cover-words.h"
#include "zifu-estimator-cover.h"
#include "zifu-words.h"

/* A change that lies further ahead is not spoken of. */
#define AHEAD_MONTHS 12

static gboolean
is_whole (ZifuRational share)
{
  return zifu_rational_equal (zifu_rational_reduce (share), ZIFU_RATIONAL_ONE);
}

/**
 * zifu_cover_other_clear:
 * @other: what was said of another day
 *
 * Forgets everything.
 */
void
zifu_cover_other_clear (ZifuCoverOther *other)
{
  g_return_if_fail (other != NULL);

  zifu_cover_plan_free (other->plan);
  *other = (ZifuCoverOther){ 0 };
}

/**
 * zifu_cover_other_set_person:
 * @other: what is said of another day
 * @pack: (nullable): the rules
 * @person: (nullable): who
 * @today: today
 *
 * Works out whether the coverage is interrupted, or changes within twelve months.  Of somebody whose contributions are not known nothing
 * is said, as before.
 */
void
zifu_cover_other_set_person (ZifuCoverOther *other, ZifuPack *pack, const ZifuPerson *person, ZifuDate today)
{
  g_autoptr (ZifuCoverPlan) plan = NULL;

  g_return_if_fail (other != NULL);

  zifu_cover_other_clear (other);
  if (pack == NULL || person == NULL)
    return;
  plan = zifu_cover_plan_new (pack, person, today, NULL, NULL);
  if (plan == NULL || plan->lifelong)
    return;
  other->lost = is_whole (plan->share);
  if (other->lost && (!plan->has_change || plan->change > zifu_month_of (today) + AHEAD_MONTHS))
    return;
  other->option = other->lost ? NULL : zifu_cover_find_best (plan);
  other->plan = g_steal_pointer (&plan);
}

/* Whether a day lies after the change.  What would be back this month is not back before it was paid: today is as it is. */
static gboolean
is_after (const ZifuCoverOther *other, ZifuDate date)
{
  ZifuMonth month = zifu_month_of (date);

  if (month <= zifu_month_of (other->plan->today))
    return FALSE;
  return other->lost ? month >= other->plan->change : other->option != NULL && month >= other->option->back;
}

static ZifuRational
share_on (const ZifuCoverOther *other, ZifuDate date)
{
  ZifuMonth month = zifu_month_of (date);
  const ZifuCoverageInterval *interval;

  if (!other->lost && is_after (other, date))
    return ZIFU_RATIONAL_ONE;
  interval = zifu_coverage_at (other->plan->coverage, month);
  return interval != NULL ? interval->share : other->plan->share;
}

/**
 * zifu_cover_other_apply:
 * @other: what is said of another day
 * @person: who
 * @date: day of a visit
 *
 * Gives the person the share of the benefits of that day: as things stand, and full once the way out has brought them back.
 */
void
zifu_cover_other_apply (const ZifuCoverOther *other, ZifuPerson *person, ZifuDate date)
{
  g_return_if_fail (other != NULL && person != NULL);

  person->has_coverage_share = other->plan != NULL;
  if (other->plan != NULL)
    person->coverage_share = share_on (other, date);
}

static ZifuDate
first_day_after (const ZifuCoverOther *other)
{
  if (other->lost)
    return zifu_month_first_day (other->plan->change);
  return other->option != NULL ? MAX (other->plan->today, zifu_month_first_day (other->option->back)) : 0;
}

/**
 * zifu_cover_other_settle:
 * @other: what is said of another day
 * @pack: (nullable): the rules
 * @person: (nullable): who
 * @visit: (nullable): the visit of the estimate; %NULL = none yet
 * @open: (nullable): what is not known of it
 *
 * Settles the same visit on the first day after the change; when the visit itself is after it, today.
 */
void
zifu_cover_other_settle (ZifuCoverOther *other, ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, GPtrArray *open)
{
  g_autoptr (ZifuPerson) then = NULL;
  g_autoptr (ZifuVisit) moved = NULL;
  g_autoptr (ZifuRange) range = NULL;
  g_autoptr (ZifuSettlement) settlement = NULL;

  g_return_if_fail (other != NULL);

  other->has_cost = FALSE;
  if (other->plan == NULL)
    return;
  other->date = first_day_after (other);
  other->back = visit != NULL && is_after (other, visit->date);
  if (other->back)
    other->date = other->plan->today;
  if (visit == NULL || pack == NULL || person == NULL || other->date == 0)
    return;

  then = zifu_person_copy (person);
  then->has_coverage_share = TRUE;
  then->coverage_share = !other->lost && !other->back ? ZIFU_RATIONAL_ONE : share_on (other, other->date);
  moved = zifu_visit_copy (visit);
  moved->date = other->date;
  range = open != NULL ? zifu_range_new (pack, then, moved, open, NULL) : NULL;
  settlement = range == NULL ? zifu_settle (pack, then, moved, NULL) : NULL;
  other->has_cost = range != NULL || settlement != NULL;
  if (other->has_cost)
    {
      other->least = range != NULL ? range->least->person : settlement->person;
      other->most = range != NULL ? range->most->person : settlement->person;
    }
}

static char *
dup_cost (const ZifuCoverOther *other)
{
  return other->least == other->most ? zifu_words_money (other->least, ZIFU_MONEY_STYLE_LIST)
                                     : zifu_words_whole_range (other->least, other->most);
}

static const char *
choose_template (const ZifuCoverOther *other)
{
  if (other->lost && other->back)
    /* Translators: {1} is a day, {2} what the person pays. */
    return other->has_cost ? _("After cover has ended, if nothing more is paid. Today I would pay {2}.")
                           : _("After cover has ended, if nothing more is paid.");
  if (other->lost)
    /* Translators: {1} is a day, {2} what the person pays. */
    return other->has_cost ? _("From {1} cover ends if nothing more is paid: I would pay {2} then.")
                           : _("From {1} cover ends if nothing more is paid.");
  if (other->back)
    /* Translators: {2} is what the person pays, {3} a state of the coverage, {4} what has to be done. */
    return other->has_cost ? _("With full benefits again ({4}). Today I would pay {2}.") : _("With full benefits again ({4}).");
  if (other->date == 0)
    /* Translators: {3} is a state of the coverage. */
    return _("{3}. The rules do not say when full benefits come back.");
  /* Translators: {1} is a day, {2} what the person pays, {3} a state of the coverage, {4} what has to be done. */
  return other->has_cost ? _("{3}. Full benefits from {1} ({4}): I would pay {2} then.") : _("{3}. Full benefits from {1} ({4}).");
}

/**
 * zifu_cover_other_dup_text:
 * @other: what is said of another day; it has a plan
 * @resident: whether residents are insured by the year
 *
 * Returns: (transfer full): what the same visit costs on the other day, and why
 */
char *
zifu_cover_other_dup_text (const ZifuCoverOther *other, gboolean resident)
{
  g_autofree char *day = NULL;
  g_autofree char *cost = NULL;
  g_autofree char *state = NULL;
  g_autofree char *way = NULL;

  g_return_val_if_fail (other != NULL && other->plan != NULL, NULL);

  day = zifu_cover_dup_day (zifu_month_of (other->date != 0 ? other->date : other->plan->today), other->plan->today);
  cost = dup_cost (other);
  state = zifu_cover_dup_state (other->plan->state, other->plan->share);
  way = other->option != NULL ? zifu_cover_dup_way (other->option, resident) : g_strdup ("");
  return zifu_words_fill (choose_template (other), day, cost, state, way, NULL);
}

/**
 * zifu_cover_other_dup_button:
 * @other: what is said of another day; it has a plan
 *
 * Returns: (transfer full) (nullable): label of the button that sets the day; %NULL when there is none to set
 */
char *
zifu_cover_other_dup_button (const ZifuCoverOther *other)
{
  g_autofree char *day = NULL;

  g_return_val_if_fail (other != NULL && other->plan != NULL, NULL);

  if (other->date == 0 || (other->date == other->plan->today && !other->back))
    return NULL;
  if (other->back)
    return g_strdup (_("Set Today"));
  day = zifu_cover_dup_day (zifu_month_of (other->date), other->plan->today);
  /* Translators: {1} is a day: the estimate is made for it. */
  return zifu_words_fill (_("Set {1}"), day, NULL);
}
