/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R17 to R22: where the money in the account comes from, and what it may still become. */

#include "zifu-answers-parts-private.h"
#include "zifu-base.h"
#include "zifu-retirement.h"

/**
 * zifu_answer_credit_in_words:
 * @credit: what is credited to an account
 *
 * Returns: (transfer full): how much each month, or once a year where the account is fed once a year
 */
char *
zifu_answer_credit_in_words (const ZifuCredit *credit)
{
  if (credit->total > 0)
    /* Translators: {1} is what comes into the account each month */
    return zifu_words_fill_take (_ ("{1} is credited each month."), zifu_words_list (credit->total), NULL);
  if (credit->yearly > 0)
    /* Translators: {1} is what comes into the account once a year */
    return zifu_words_fill_take (_ ("{1} is credited once a year."), zifu_words_list (credit->yearly), NULL);
  return g_strdup (_ ("Nothing is credited each month."));
}

static void
set_credit (ZifuAnswer *answer, const AnswerCase *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuCredit) credit = self->pack != NULL ? zifu_base_credit (self->pack, self->person, self->today, &error) : NULL;

  if (credit == NULL)
    {
      answer->in_your_case = zifu_answer_why_not (error);
      return;
    }
  /* Where no rule fits nothing is known, which is not the same as nothing. */
  if (credit->lines->len == 0)
    return;
  answer->in_your_case = zifu_answer_credit_in_words (credit);
  for (guint i = 0; i < credit->lines->len; i++)
    {
      const ZifuRule *rule = g_array_index (credit->lines, ZifuCreditLine, i).rule;

      if (rule != NULL && rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED)
        answer->unverified = TRUE;
      if (rule != NULL && answer->source == NULL)
        zifu_answer_set_source (answer, rule);
    }
}

static ZifuAnswer *
top_up (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R19", _ ("Where the Money Comes From"), _ ("Can I top up the card myself?"),
                       "充值 充钱 充卡 存钱 往卡里充 转钱进去 打钱 top up topup top-up recharge add money deposit fill load card account");

  if (self->has_account)
    {
      answer->answer = g_strdup (_ ("No. Only credits, transfers, refunds and interest come in."));
      set_credit (answer, self);
    }
  else if (self->is_resident)
    answer->answer = g_strdup (_ ("No. Residents pay a yearly premium and have no personal account to top up."));
  else
    answer->answer = g_strdup (_ ("No. Your plan has no personal account to top up."));
  answer->why = g_strdup (_ ("An account is fed by contributions only; no payment app can put money into it."));
  zifu_answer_add_point (answer,
                         g_strdup (
                             _ ("A spouse, parent, child or other close relative may let you use their account (family mutual aid).")));
  zifu_answer_add_point (answer,
                         g_strdup (_ ("Your part can always be paid in cash, by phone or bank card; the fund's part stays the same.")));
  zifu_answer_add_point (answer, g_strdup (_ ("After a gap in contributions, making up the missed months brings cover back sooner.")));
  if (answer->source == NULL)
    zifu_answer_set_source (answer, zifu_answer_account_rule (self));
  return answer;
}

static char *
premiums_paid (const AnswerCase *self)
{
  ZifuDate since = zifu_date_add_months (self->today, -12), last = 0;
  ZifuMoney sum = 0;

  for (guint i = 0; i < self->record->movements->len; i++)
    {
      const ZifuMovement *movement = &g_array_index (self->record->movements, ZifuMovement, i);

      if (movement->kind == ZIFU_MOVEMENT_PREMIUM && movement->date > since && movement->date <= self->today &&
          zifu_money_add (sum, -movement->amount, &sum))
        last = movement->date;
    }
  if (last == 0)
    return g_strdup (_ ("No premium was paid from your account in the last twelve months."));
  /* Translators: {1} is an amount of money, {2} a day */
  return zifu_words_fill_take (_ ("{1} were paid from your account for premiums in the last twelve months, the last time on {2}."),
                               zifu_words_list (sum), zifu_words_date (last, ZIFU_DATE_STYLE_LONG), NULL);
}

/* The premium of each kind of resident that the region tells apart by one axis, on a day; @known rules were told already. */
static guint
add_premiums_by (ZifuAnswer *answer, const AnswerCase *self, const char *axis, ZifuDate on, GPtrArray *known)
{
  const ZifuAxisDecl *decl = zifu_pack_get_axis (self->pack, axis);
  g_autoptr (ZifuPerson) relative = zifu_person_new ();
  const ZifuRule *rule = NULL;
  guint n = 0;

  zifu_facts_set_string (relative->facts, "insurance", "390");
  zifu_facts_set_string (relative->facts, "status", "resident");
  for (guint i = 0; decl != NULL && i < decl->values->len; i++)
    {
      const char *value = ((const ZifuValue *) g_ptr_array_index (decl->values, i))->string;
      ZifuFigure premium = { ZIFU_FIGURE_ABSENT };
      ZifuMoney amount;

      if (value != NULL)
        premium = zifu_figure_find (self->pack, relative, on, "resident_premium", axis, value);
      if (!zifu_figure_to_money (&premium, &amount) || g_ptr_array_find (known, premium.rule, NULL))
        continue;
      rule = premium.rule;
      /* Translators: {1} is a kind of resident, {2} a yearly premium, {3} the rule that says so, such as “Resident premium of 2026” */
      zifu_answer_add_point (answer, zifu_words_fill_take (C_ ("premium", "{1}: {2} ({3})"), g_strdup (zifu_words_axis_value (axis, value)),
                                                           zifu_words_list (amount), g_strdup (zifu_answer_rule_title (rule)), NULL));
      zifu_answer_mark_figure (answer, self, &premium);
      n++;
    }
  if (rule != NULL)
    g_ptr_array_add (known, (gpointer) rule);
  return n;
}

/* The premiums of this year and, as they are collected in the year before, of the next. */
static void
add_premiums (ZifuAnswer *answer, const AnswerCase *self)
{
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  const char *axis = "resident_class";
  int year, month, day;

  if (self->pack == NULL)
    return;
  if (add_premiums_by (answer, self, axis, self->today, known) == 0)
    {
      axis = "plan";
      if (add_premiums_by (answer, self, axis, self->today, known) == 0)
        zifu_answer_add_point (answer, g_strdup (_ ("What the premium is this year is not known here.")));
    }
  zifu_date_split (self->today, &year, &month, &day);
  if (add_premiums_by (answer, self, axis, zifu_date_new (year + 1, 1, 1), known) == 0 && known->len > 0 &&
      ((const ZifuRule *) g_ptr_array_index (known, 0))->valid_to != 0)
    zifu_answer_add_point (answer, g_strdup (_ ("What the premium of the next year is, is not known here yet.")));
}

static char *
own_premium (const AnswerCase *self, ZifuAnswer *answer)
{
  ZifuFigure premium = zifu_answer_figure (self, "resident_premium", NULL, NULL);
  ZifuMoney amount;

  if (!zifu_figure_to_money (&premium, &amount))
    return g_strdup (_ ("Your yearly premium is not known here: the rules do not say it, or your class of resident is not in your data."));
  zifu_answer_mark_figure (answer, self, &premium);
  /* Translators: {1} is a yearly premium */
  return zifu_words_fill_take (_ ("Your premium: {1} a year."), zifu_words_list (amount), NULL);
}

static const char *
premium_answer (const AnswerCase *self, const ZifuFigure *allowed)
{
  if (allowed->state != ZIFU_FIGURE_KNOWN)
    return _ ("That is for each region to say, and the rules here do not say it.");
  if (!zifu_figure_is_true (allowed))
    return _ ("No, the rules of your region do not allow it.");
  if (self->is_resident)
    return _ ("Yes: a close relative with a personal account may pay your premium from it.");
  if (zifu_answer_may_have_account (self))
    return _ ("Yes: the yearly resident premium of close relatives may be paid from your account.");
  return _ ("From a personal account yes, but you have none: you pay it in cash, by phone or bank card.");
}

/**
 * zifu_answer_relatives_premium:
 * @self: a case
 *
 * Returns: (transfer full): R21
 */
ZifuAnswer *
zifu_answer_relatives_premium (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new ("R21", _ ("Where the Money Comes From"), _ ("May the account pay relatives' resident premium?"),
                                        "代缴 居民医保费 缴费 保费 给孩子缴 给父母缴 新农合缴费 个人账户缴费 "
                                        "pay premium relatives resident yearly contribution child parents from account");
  ZifuFigure allowed = zifu_answer_figure (self, "mutual_aid_premium", NULL, NULL);

  answer->answer = g_strdup (premium_answer (self, &allowed));
  zifu_answer_mark_figure (answer, self, &allowed);
  if (self->pack == NULL)
    answer->in_your_case = zifu_answer_why_not (NULL);
  else if (self->has_account)
    answer->in_your_case = premiums_paid (self);
  else if (self->is_resident)
    answer->in_your_case = own_premium (self, answer);
  else if (zifu_answer_may_have_account (self))
    answer->in_your_case = g_strdup (_ ("Your balance is not in your data."));
  add_premiums (answer, self);
  if (zifu_figure_is_true (&allowed))
    {
      zifu_answer_add_point (answer,
                             g_strdup (_ ("In the owner's history it stands as an entry of its own, with the name of the relative; the "
                                          "balance falls by the premium.")));
      zifu_answer_add_step (answer, _ ("The owner of the account registers the relative for family mutual aid first."));
      zifu_answer_add_step (answer,
                            _ ("When the premium is due, choose the personal account as the means of payment where it is collected."));
    }
  answer->where = g_strdup (zifu_words_app ());
  answer->why = g_strdup (_ ("It is the owner's money, and the premium buys medical insurance: the purpose is kept."));
  return answer;
}

static char *
retirement_answer (const ZifuRetirement *retirement)
{
  int years;
  g_autofree char *number = NULL;

  if (!zifu_figure_to_count (&retirement->need_years, &years))
    return g_strdup (
        _ ("When you reach pension age and have the years of contributions that your region requires. How many these are is not "
           "known here."));
  number = g_strdup_printf ("%d", years);
  if (retirement->missing_months < 0)
    /* Translators: {1} is a number of years */
    return zifu_words_fill (_ ("At pension age, with {1} years of contributions. How many you have is not in your data."), number, NULL);
  if (retirement->missing_months == 0)
    /* Translators: {1} is a number of years */
    return zifu_words_fill (_ ("At pension age: the {1} years of contributions that are required are there."), number, NULL);

  g_autofree char *missing = g_strdup_printf ("%d", retirement->missing_months);
  g_autofree char *ready = zifu_words_month (retirement->ready, TRUE);
  /* Translators: {1} is a number of years, {2} a number of months, {3} a month */
  return zifu_words_fill (
      _ ("At pension age, with {1} years of contributions. Months still missing: {2}; if you go on paying, they are there "
         "in {3}."),
      number, missing, ready, NULL);
}

static void
add_years (ZifuAnswer *answer, const AnswerCase *self, const ZifuRetirement *retirement)
{
  int years;

  if (zifu_figure_to_count (&retirement->need_years, &years))
    /* Translators: {1} is a number of years */
    zifu_answer_add_point (answer, zifu_words_fill_take (_ ("Years required in all: {1}"), g_strdup_printf ("%d", years), NULL));
  else if (retirement->need_years.state == ZIFU_FIGURE_UNKNOWN)
    zifu_answer_add_point (answer, g_strdup (_ ("The rules ask for data that are missing, such as your sex.")));
  if (zifu_figure_to_count (&retirement->need_actual_years, &years))
    /* Translators: {1} is a number of years */
    zifu_answer_add_point (answer, zifu_words_fill_take (_ ("Of them actually paid: {1}"), g_strdup_printf ("%d", years), NULL));
  if (retirement->have_months >= 0)
    /* Translators: {1} is a number of months */
    zifu_answer_add_point (answer, zifu_words_fill_take (_ ("Months of contributions in your data: {1}"),
                                                         g_strdup_printf ("%d", retirement->have_months), NULL));
  zifu_answer_mark_figure (answer, self, &retirement->need_years);
  zifu_answer_mark_figure (answer, self, &retirement->need_actual_years);
}

/* What awaits somebody who works. */
static char *
later_credit (const ZifuCredit *credit)
{
  if (credit->total != 0)
    /* Translators: {1} is an amount of money */
    return zifu_words_fill_take (_ ("A retired person of your age is credited {1} a month at present."), zifu_words_list (credit->total),
                                 NULL);
  if (credit->yearly != 0)
    return zifu_words_fill_take (_ ("A retired person of your age is credited {1} once a year at present."),
                                 zifu_words_list (credit->yearly), NULL);
  return g_strdup (_ ("A retired person of your age is credited nothing at present."));
}

/* What a retired person of this age gets; for somebody who is retired that is what this person gets. */
static void
add_retired_credit (ZifuAnswer *answer, const ZifuRetirement *retirement)
{
  const ZifuCredit *credit = retirement->credit;

  if (credit == NULL)
    {
      answer->in_your_case = zifu_answer_why_not (retirement->credit_error);
      return;
    }
  if (credit->lines->len == 0)
    {
      answer->in_your_case = g_strdup (_ ("What is credited to retired people is not known here."));
      return;
    }
  answer->in_your_case = retirement->retired ? zifu_answer_credit_in_words (credit) : later_credit (credit);
  for (guint i = 0; i < credit->lines->len; i++)
    {
      const ZifuCreditLine *line = &g_array_index (credit->lines, ZifuCreditLine, i);

      zifu_answer_add_rule_amount (answer, line->rule, line->amount);
      answer->unverified = answer->unverified || line->rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
      if (answer->source == NULL)
        zifu_answer_set_source (answer, line->rule);
    }
}

/**
 * zifu_answer_retirement:
 * @self: a case
 *
 * Returns: (transfer full): R22
 */
ZifuAnswer *
zifu_answer_retirement (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new ("R22", _ ("Where the Money Comes From"), _ ("When do I stop paying, and what is credited then?"),
                                        "退休 缴费年限 年限 缴满 25年 30年 15年 20年 停缴 退休后 划入 终身 "
                                        "retirement retire years contributions stop paying lifelong pension credited then");
  g_autoptr (ZifuRetirement) retirement = self->pack != NULL ? zifu_retirement_new (self->pack, self->person, self->today) : NULL;

  answer->where = g_strdup (zifu_words_window ());
  answer->why = g_strdup (_ (
      "In employee insurance whoever has paid long enough by pension age pays no more and stays insured; missing years can be made up."));
  if (self->is_resident)
    {
      answer->answer = g_strdup (_ ("Resident insurance has no such day: it is paid for year by year, as a rule in old age too."));
      answer->in_your_case = self->pack != NULL ? own_premium (self, answer) : zifu_answer_why_not (NULL);
      return answer;
    }
  if (zifu_answer_is_status (self, "retired"))
    answer->answer = g_strdup (_ ("You are retired: you pay no more, and the fund pays by the rules for retired people."));
  else if (retirement != NULL)
    {
      answer->answer = retirement_answer (retirement);
      add_years (answer, self, retirement);
    }
  else
    answer->answer = g_strdup (_ ("At pension age, with the years of contributions that the region requires."));
  if (retirement != NULL)
    add_retired_credit (answer, retirement);
  else
    answer->in_your_case = zifu_answer_why_not (NULL);
  return answer;
}

const AnswerMaker zifu_answers_credit[] = {
  zifu_answer_next_credits, zifu_answer_base_bounds, top_up, zifu_answer_relatives_premium, zifu_answer_retirement, NULL,
};
