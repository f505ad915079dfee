/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R17 and R18: the next credits, and the base they are reckoned from. */

#include "zifu-answers-parts-private.h"
#include "zifu-base.h"
#include "zifu-forecast.h"

#define MONTHS 12

static int
day_of (ZifuDate date)
{
  int year, month, day;

  zifu_date_split (date, &year, &month, &day);
  return day;
}

/* The day of the month on which most credits of the last year came, of several the latest; 0 = no credit is known. */
static int
usual_day (const ZifuRecord *record, ZifuDate today)
{
  ZifuDate since = zifu_date_add_months (today, -12);
  guint counts[32] = { 0 };
  int best = 0;

  for (guint i = 0; i < record->movements->len; i++)
    {
      const ZifuMovement *movement = &g_array_index (record->movements, ZifuMovement, i);

      if (movement->kind == ZIFU_MOVEMENT_CREDIT && movement->amount > 0 && movement->date > since && movement->date <= today)
        counts[day_of (movement->date)]++;
    }
  for (int day = 1; day <= 31; day++)
    if (counts[day] > 0 && counts[day] >= counts[best])
      best = day;
  return best;
}

static gboolean
is_credited (const ZifuRecord *record, ZifuMonth month)
{
  for (guint i = 0; i < record->movements->len; i++)
    {
      const ZifuMovement *movement = &g_array_index (record->movements, ZifuMovement, i);

      if (movement->kind == ZIFU_MOVEMENT_CREDIT && movement->amount > 0 && zifu_month_of (movement->date) == month)
        return TRUE;
    }
  return FALSE;
}

static char *
when (const ZifuForecastMonth *month, int day)
{
  return day != 0 ? zifu_words_date (month->date, ZIFU_DATE_STYLE_LONG) : zifu_words_month (month->month, TRUE);
}

static void
add_months (ZifuAnswer *answer, const AnswerCase *self, const ZifuForecast *forecast, int day)
{
  for (guint i = 0; i < forecast->months->len; i++)
    {
      const ZifuForecastMonth *month = &g_array_index (forecast->months, ZifuForecastMonth, i);
      char *amount = zifu_words_money (month->amount, ZIFU_MONEY_STYLE_SIGNED);

      answer->unverified = answer->unverified || month->unverified;
      if (self->has_account)
        /* Translators: {1} is a day or a month, {2} what is credited then, {3} the balance after it */
        zifu_answer_add_point (answer, zifu_words_fill_take (_ ("{1}: {2}, balance {3}"), when (month, day), amount,
                                                             zifu_words_list (month->balance), NULL));
      else
        /* Translators: {1} is a day or a month, {2} what is credited then */
        zifu_answer_add_point (answer, zifu_words_fill_take (C_ ("credit", "{1}: {2}"), when (month, day), amount, NULL));
    }
}

/* From which month on the figures rest on rules that nobody confirmed for that time, or that there are none any more. */
static void
add_doubts (ZifuAnswer *answer, const ZifuForecast *forecast)
{
  for (guint i = 0; i < forecast->months->len; i++)
    {
      const ZifuForecastMonth *month = &g_array_index (forecast->months, ZifuForecastMonth, i);

      if (!month->outdated)
        continue;
      /* Translators: {1} is a month */
      zifu_answer_add_point (answer,
                             zifu_words_fill_take (_ ("From {1} on the rule is past the day up to which it is confirmed: the amounts "
                                                      "may change."),
                                                   zifu_words_month (month->month, TRUE), NULL));
      break;
    }
  if (forecast->error != NULL)
    {
      g_autofree char *message = zifu_words_error_plain (forecast->error);

      /* Translators: {1} says why nothing is known of later months */
      zifu_answer_add_point (answer, zifu_words_fill (_ ("Later months are not known: {1}"), message, NULL));
    }
}

static void
add_credit_lines (ZifuAnswer *answer, const ZifuCredit *credit)
{
  for (guint i = 0; i < credit->lines->len; i++)
    {
      const ZifuCreditLine *line = &g_array_index (credit->lines, ZifuCreditLine, i);

      zifu_answer_add_rule_amount (answer, line->rule, line->amount);
      answer->unverified = answer->unverified || line->rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
      if (answer->source == NULL)
        zifu_answer_set_source (answer, line->rule);
    }
}

/* What comes next; an account that is fed once a year has to wait for its month. */
static void
set_next (ZifuAnswer *answer, const ZifuForecast *forecast, int day)
{
  const ZifuForecastMonth *next = &g_array_index (forecast->months, ZifuForecastMonth, 0);

  for (guint i = 1; next->amount == 0 && i < forecast->months->len; i++)
    next = &g_array_index (forecast->months, ZifuForecastMonth, i);
  if (next->credit->total == 0)
    /* Translators: {1} is an amount of money, {2} a month */
    answer->answer = zifu_words_fill_take (_ ("{1} once a year. The next credit is expected in {2}."), zifu_words_list (next->amount),
                                           zifu_words_month (next->month, TRUE), NULL);
  else
    answer->answer = zifu_words_fill_take (day != 0
                                               /* Translators: {1} is an amount of money, {2} a day */
                                               ? _ ("{1} a month. The next credit is expected on {2}.")
                                               /* Translators: {1} is an amount of money, {2} a month */
                                               : _ ("{1} a month. The next credit is expected in {2}."),
                                           zifu_words_list (next->credit->total), when (next, day), NULL);
}

static void
set_forecast (ZifuAnswer *answer, const AnswerCase *self)
{
  ZifuMonth now = zifu_month_of (self->today);
  int day = usual_day (self->record, self->today);
  gboolean credited = is_credited (self->record, now), due = !credited && day != 0 && day >= day_of (self->today);
  g_autoptr (ZifuForecast) forecast = zifu_forecast_new (self->pack, self->person, due ? now : now + 1, MONTHS, self->balance, day);
  const ZifuForecastMonth *first, *last;

  if (forecast->months->len == 0)
    {
      answer->answer = g_strdup (_ ("The rules of your region do not say it for the months to come."));
      answer->in_your_case = zifu_answer_why_not (forecast->error);
      return;
    }
  first = &g_array_index (forecast->months, ZifuForecastMonth, 0);
  last = &g_array_index (forecast->months, ZifuForecastMonth, forecast->months->len - 1);
  set_next (answer, forecast, day);
  if (self->has_account)
    /* Translators: {1} is a balance, {2} a day or a month, {3} a balance */
    answer->in_your_case =
        zifu_words_fill_take (_ ("The balance is {1} now, and {3} in {2} if nothing is spent."), zifu_words_list (self->balance),
                              zifu_words_month (last->month, TRUE), zifu_words_list (last->balance), NULL);
  else
    answer->in_your_case = g_strdup (_ ("Your balance is not in your data."));
  add_credit_lines (answer, first->credit);
  add_months (answer, self, forecast, day);
  add_doubts (answer, forecast);
  if (day == 0)
    zifu_answer_add_point (answer, g_strdup (_ ("The day of the month is not known: no earlier credit is in your data.")));
  else if (!credited && !due)
    zifu_answer_add_point (answer, g_strdup (_ ("This month's credit is not in your data yet, although its usual day is past.")));
}

/* Contributions have stopped: as long as nothing is paid nothing is credited.  Who has just made up the last month goes on. */
static gboolean
is_interrupted (const AnswerCase *self)
{
  const ZifuCoverPlan *plan = self->plan;

  return plan != NULL && !plan->lifelong && !plan->pays && plan->has_gap && plan->gap_to >= zifu_month_of (self->today) - 1;
}

static void
set_interrupted (ZifuAnswer *answer, const AnswerCase *self, const ZifuCredit *credit)
{
  answer->answer = zifu_words_fill_take (
      /* Translators: {1} is an amount of money */
      _ ("Nothing while no contribution is paid. Once it is paid again, {1} a month."), zifu_words_list (credit->total), NULL);
  /* Translators: {1} is a month */
  answer->in_your_case =
      zifu_words_fill_take (_ ("No contribution is known for {1} and after."), zifu_words_month (self->plan->gap_from, TRUE), NULL);
  add_credit_lines (answer, credit);
}

/* Who had an account before keeps the money. */
static char *
no_credit_in_words (const AnswerCase *self)
{
  if (self->has_account)
    /* Translators: {1} is the balance of the account */
    return zifu_words_fill_take (_ ("Nothing: by the rules of your region nothing is credited for your kind of insurance. The {1} in your "
                                    "account stay yours."),
                                 zifu_words_list (self->balance), NULL);
  return g_strdup (_ ("Nothing. By the rules of your region no account is kept for your kind of insurance."));
}

/* Nothing is credited, or the rules do not say. */
static void
set_no_credit (ZifuAnswer *answer, const AnswerCase *self, const ZifuCredit *credit)
{
  if (credit->lines->len > 0)
    {
      answer->answer = no_credit_in_words (self);
      add_credit_lines (answer, credit);
    }
  else if (self->is_resident)
    answer->answer = g_strdup (_ ("Nothing: residents have no personal account. What you have is the fund's share of each bill."));
  else
    answer->answer = g_strdup (_ ("The rules do not say it: they know of no credit for somebody with your data."));
  if (credit->lines->len == 0 && !self->is_resident)
    answer->in_your_case = g_strdup (_ ("Look whether insurance, status and contribution base are filled in."));
  else if (self->example != NULL)
    {
      answer->in_your_case = zifu_answer_note_cover (self, zifu_answer_who_pays (self->example));
      zifu_answer_mark_settlement (answer, self->example);
    }
  if (!self->has_account)
    zifu_answer_add_point (answer, g_strdup (_ ("A close relative with an account may open it to you (family mutual aid).")));
}

/**
 * zifu_answer_next_credits:
 * @self: a case
 *
 * Returns: (transfer full): R17
 */
ZifuAnswer *
zifu_answer_next_credits (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new ("R17", _ ("Where the Money Comes From"), _ ("How much is credited each month, and when next?"),
                                        "每月 划入 划多少 到账 什么时候到账 返多少 打到账户 个账 下次 几号 预测 "
                                        "credited each month credit next when how much monthly forecast balance");
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuCredit) credit = self->pack != NULL ? zifu_base_credit (self->pack, self->person, self->today, &error) : NULL;

  answer->why =
      g_strdup (self->is_resident && (credit == NULL || credit->year <= 0)
                    ? _ ("Accounts are fed by the contributions of employees. The yearly premium of a resident goes to the fund.")
                    : _ ("It follows from contribution base, age and status by the rules of each month, as long as contributions go on."));
  if (credit == NULL)
    {
      answer->answer = g_strdup (_ ("That follows from your contribution base or your age, by the rules of your region."));
      answer->in_your_case = zifu_answer_why_not (error);
    }
  else if (credit->year <= 0)
    set_no_credit (answer, self, credit);
  else if (is_interrupted (self))
    set_interrupted (answer, self, credit);
  else
    set_forecast (answer, self);
  if (answer->source == NULL)
    zifu_answer_set_source (answer, zifu_answer_account_rule (self));
  return answer;
}

static char *
base_answer (const ZifuBase *bounds)
{
  if (!bounds->has_lower || !bounds->has_upper)
    return g_strdup (
        _ ("The base is held between a floor and a ceiling, as a rule 60 and 300 percent of the average wage. Those of your region are "
           "not known here."));
  if (!bounds->has_base)
    /* Translators: {1} and {2} are amounts of money */
    return zifu_words_fill_take (_ ("At least {1} and at most {2} a month count. Your own base is not in your data."),
                                 zifu_words_list (bounds->lower), zifu_words_list (bounds->upper), NULL);
  if (bounds->base < bounds->lower)
    /* Translators: {1} is the base of the person, {2} the floor, which counts instead */
    return zifu_words_fill_take (_ ("Your base of {1} is below the floor: {2} count instead."), zifu_words_list (bounds->base),
                                 zifu_words_list (bounds->lower), NULL);
  if (bounds->base > bounds->upper)
    /* Translators: {1} is the base of the person, {2} the ceiling, which counts instead */
    return zifu_words_fill_take (_ ("Your base of {1} is above the ceiling: {2} count instead."), zifu_words_list (bounds->base),
                                 zifu_words_list (bounds->upper), NULL);
  /* Translators: {1} is the base of the person, {2} the floor, {3} the ceiling */
  return zifu_words_fill_take (_ ("Your base of {1} lies between the floor of {2} and the ceiling of {3}: it counts as it is."),
                               zifu_words_list (bounds->base), zifu_words_list (bounds->lower), zifu_words_list (bounds->upper), NULL);
}

/* What is credited from the base that counts. */
static char *
credited_from_base (const AnswerCase *self, ZifuAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuCredit) credit = self->pack != NULL ? zifu_base_credit (self->pack, self->person, self->today, &error) : NULL;

  if (credit == NULL)
    return zifu_answer_why_not (error);
  add_credit_lines (answer, credit);
  return credit->lines->len > 0 ? zifu_answer_credit_in_words (credit) : NULL;
}

static void
set_flexible_premium (ZifuAnswer *answer, const AnswerCase *self)
{
  ZifuFigure premium = zifu_answer_figure (self, "flexible_premium_month", NULL, NULL);
  ZifuMoney amount;

  if (!zifu_figure_to_money (&premium, &amount))
    return;
  g_free (answer->in_your_case);
  /* Translators: {1} is an amount of money */
  answer->in_your_case = zifu_words_fill_take (_ ("As a flexible worker you pay {1} a month."), zifu_words_list (amount), NULL);
  zifu_answer_mark_figure (answer, self, &premium);
}

static void
set_resident_premium (ZifuAnswer *answer, const AnswerCase *self)
{
  ZifuFigure premium = zifu_answer_figure (self, "resident_premium", NULL, NULL);
  ZifuMoney amount;

  answer->answer = g_strdup (_ ("None: residents have no contribution base. They pay a yearly premium, whatever they earn."));
  if (!zifu_figure_to_money (&premium, &amount))
    {
      answer->in_your_case =
          g_strdup (_ ("Your yearly premium is not known here: the rules do not say it, or your class of resident is not in "
                       "your data."));
      return;
    }
  /* Translators: {1} is a yearly premium */
  answer->in_your_case = zifu_words_fill_take (_ ("Your premium: {1} a year."), zifu_words_list (amount), NULL);
  zifu_answer_add_rule_amount (answer, premium.rule, amount);
  zifu_answer_mark_figure (answer, self, &premium);
}

static void
set_base (ZifuAnswer *answer, const AnswerCase *self)
{
  ZifuBase bounds = { .lower_figure = { ZIFU_FIGURE_ABSENT } };

  if (self->pack != NULL)
    bounds = zifu_base_find (self->pack, self->person, self->today);

  answer->answer = base_answer (&bounds);
  zifu_answer_mark_figure (answer, self, &bounds.lower_figure);
  zifu_answer_mark_figure (answer, self, &bounds.upper_figure);
  if (bounds.has_lower)
    zifu_answer_add_rule_amount (answer, bounds.lower_figure.rule, bounds.lower);
  if (bounds.has_upper)
    zifu_answer_add_rule_amount (answer, bounds.upper_figure.rule, bounds.upper);
  answer->in_your_case = credited_from_base (self, answer);
  if (zifu_answer_is_status (self, "flexible"))
    set_flexible_premium (answer, self);
}

/**
 * zifu_answer_base_bounds:
 * @self: a case
 *
 * Returns: (transfer full): R18
 */
ZifuAnswer *
zifu_answer_base_bounds (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new ("R18", _ ("Where the Money Comes From"), _ ("My wage is very low or very high: which base counts?"),
                                        "缴费基数 基数 上限 下限 封顶 保底 60% 300% 社平工资 工资低 工资高 "
                                        "contribution base floor ceiling minimum maximum wage salary low high");

  if (self->is_resident)
    set_resident_premium (answer, self);
  else if (zifu_answer_is_status (self, "retired"))
    {
      answer->answer = g_strdup (_ ("None any more: you are retired. What is credited follows the rule for retired people."));
      answer->in_your_case = credited_from_base (self, answer);
    }
  else
    set_base (answer, self);
  answer->why = g_strdup (
      self->is_resident ? _ ("Only the contributions of employees are reckoned from a wage.")
                        : _ ("A floor and a ceiling keep contributions, and with them what is credited, from falling or rising without "
                             "limit."));
  return answer;
}
