/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R28 to R32: interrupted contributions. */

#include "zifu-answers-parts-private.h"
#include "zifu-enrolments.h"

#define SECTION _ ("Interrupted Contributions")
#define MAX_INTERVALS 8

static gboolean
is_full (ZifuRational share)
{
  return zifu_rational_cmp (share, ZIFU_RATIONAL_ONE) >= 0;
}

/* From the beginning of the gap, or from today when there is none. */
static void
add_timeline (ZifuAnswer *answer, const ZifuCoverPlan *plan)
{
  const GArray *intervals = plan->coverage->intervals;
  ZifuMonth since = plan->has_gap ? plan->gap_from - 1 : zifu_month_of (plan->today);
  guint told = 0;

  for (guint i = 0; i < intervals->len && told < MAX_INTERVALS; i++)
    {
      const ZifuCoverageInterval *interval = &g_array_index (intervals, ZifuCoverageInterval, i);

      if (interval->to < since)
        continue;
      /* Translators: {1} is a time, such as “From October 2026 on”, {2} what holds in it, such as “covered” */
      zifu_answer_add_point (answer, zifu_words_fill_take (C_ ("time and state", "{1}: {2}"),
                                                           zifu_words_cover_months (interval, told == 0 && i + 1 < intervals->len,
                                                                                    i + 1 == intervals->len),
                                                           zifu_words_cover_state (interval->state, interval->share), NULL));
      told++;
    }
}

/**
 * zifu_answer_rule_template:
 * @self: a case
 * @rule: a rule about cover
 *
 * How far the rule carries: a national one leaves the exact terms to the region, so a day that follows from it may move.
 *
 * Returns: (transfer none): a sentence with {1} for the title of the rule
 */
const char *
zifu_answer_rule_template (const AnswerCase *self, const ZifuRule *rule)
{
  if (g_strcmp0 (rule->pack_id, self->pack->id) != 0)
    /* Translators: in the next sentences {1} is the title of a rule */
    return _ ("By this national rule; your region may set other terms, so ask there for the day: {1}.");
  if (rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED)
    return _ ("By this rule, which is not verified: {1}.");
  return _ ("By this rule: {1}.");
}

static void
set_rule (ZifuAnswer *answer, const AnswerCase *self)
{
  const ZifuRule *rule = self->plan != NULL && self->plan->coverage != NULL ? self->plan->coverage->rule : NULL;
  const char *title = rule != NULL ? zifu_words_text (&rule->title) : NULL;

  if (rule == NULL)
    return;
  zifu_answer_set_source (answer, rule);
  answer->unverified |= g_strcmp0 (rule->pack_id, self->pack->id) != 0 && !is_full (self->plan->share);
  if (title != NULL && answer->why == NULL)
    answer->why = zifu_words_fill (zifu_answer_rule_template (self, rule), title, NULL);
}

/* There is no plan: what is missing, and where it is found. */
static void
set_unknown (ZifuAnswer *answer, const AnswerCase *self)
{
  g_autoptr (GError) error = NULL;

  answer->why = answer->why != NULL
                    ? answer->why
                    : g_strdup (_ ("Everything about a gap follows from the months that are paid and when they were paid."));
  if (self->pack == NULL)
    {
      answer->in_your_case = g_strdup (_ ("There are no rules for your region yet."));
      return;
    }
  if (self->person->payments->len == 0)
    answer->in_your_case = g_strdup (_ ("Missing: the months for which contributions were paid, and the months in which they were paid."));
  else
    {
      g_autoptr (ZifuCoverPlan) plan = zifu_cover_plan_new (self->pack, self->person, self->today, NULL, &error);

      if (error != NULL)
        answer->in_your_case = zifu_words_fill_take (_ ("No figures: {1}"), zifu_words_error_plain (error), NULL);
    }
  zifu_answer_add_step (answer, _ ("Open the statement of contributions (缴费记录) in the app."));
  zifu_answer_add_step (answer, _ ("Enter the paid months with the person's data here, or import them."));
  answer->where = g_strdup (zifu_words_app ());
}

static char *
state_today (const ZifuCoverPlan *plan)
{
  /* Translators: {1} is a state, such as “suspended, the fund pays nothing” */
  return zifu_words_fill_take (_ ("Today: {1}."), zifu_words_cover_state (plan->state, plan->share), NULL);
}

static char *
balance_after_stop (const AnswerCase *self)
{
  gboolean lifelong = self->plan != NULL && self->plan->lifelong;

  if (!zifu_answer_may_have_account (self))
    return g_strdup (_ ("There is no balance to lose: you have no personal account. Only the fund's payments stop while contributions are "
                        "missing."));
  if (!self->has_account && lifelong)
    return g_strdup (_ ("No. No balance is recorded here, but whatever it is stays yours, and you are covered without contributions."));
  if (!self->has_account)
    return g_strdup (
        _ ("No. No balance is recorded here, but whatever it is stays yours; only the fund's payments stop while contributions "
           "are missing."));
  g_autofree char *balance = zifu_words_list (self->balance);
  switch (self->record->account)
    {
    case ZIFU_ACCOUNT_FROZEN:
      /* Translators: in this and the next sentences {1} is the balance of the account */
      return zifu_words_fill (_ ("No. {1} stays yours; but the account is frozen, and that has nothing to do with contributions."), balance,
                              NULL);
    case ZIFU_ACCOUNT_CLOSED:
      return zifu_words_fill (_ ("The account is recorded as closed; that does not come from a gap. Ask where the balance of {1} went."),
                              balance, NULL);
    case ZIFU_ACCOUNT_MOVED:
      return zifu_words_fill (_ ("No. The account was moved to another region, and the balance of {1} goes along."), balance, NULL);
    case ZIFU_ACCOUNT_UNKNOWN:
    case ZIFU_ACCOUNT_NORMAL:
    default:
      return zifu_words_fill (
          self->plan != NULL && self->plan->lifelong
              ? _ ("No. {1} stays yours, and you are covered without contributions.")
              : _ ("No. {1} stays yours and stays usable; only the fund's payments stop while contributions are missing."),
          balance, NULL);
    }
}

static ZifuVisit *
visit_of (const AnswerCase *self)
{
  ZifuVisit *visit;

  if (self->record->refused == NULL)
    return zifu_answer_visit (self, "outpatient", "3", self->bill, 0);
  visit = zifu_visit_copy (self->record->refused);
  visit->date = self->today;
  return visit;
}

static char *
visit_in_words (const ZifuCoverVisit *visit)
{
  if (visit->settlement == NULL)
    return zifu_words_fill_take (_ ("No figures: {1}"), zifu_words_error_plain (visit->error), NULL);
  return zifu_answer_payers (visit->settlement);
}

/* Today's visit, when contributions are missing. */
static void
set_visit_today (ZifuAnswer *answer, const AnswerCase *self)
{
  g_autoptr (ZifuVisit) visit = visit_of (self);
  g_autoptr (GPtrArray) visits = zifu_cover_plan_visits (self->plan, self->person, visit);
  const ZifuCoverVisit *today = g_ptr_array_index (visits, 0);
  g_autofree char *state = state_today (self->plan);
  g_autofree char *shares = visit_in_words (today);
  g_autofree char *bill = today->settlement != NULL ? zifu_words_list (today->settlement->total) : NULL;

  if (bill == NULL)
    /* Translators: {1} is the state of the insurance today, as a sentence, {2} why there are no figures */
    answer->in_your_case = zifu_words_fill (C_ ("sentences", "{1} {2}"), state, shares, NULL);
  else
    /* Translators: {1} is the state of the insurance today, as a sentence, {2} a bill, {3} who pays it */
    answer->in_your_case = zifu_words_fill (_ ("{1} A visit of {2} today: {3}."), state, bill, shares, NULL);
  answer->unverified |= today->settlement != NULL && !zifu_settlement_is_verified (today->settlement);
}

static ZifuAnswer *
balance_gone (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R28", SECTION, _ ("I stopped paying: is my balance gone?"),
                       "断缴 停缴 失业 离职 余额清零 还在吗 还能用吗 stopped paying gap balance gone lost still usable quit job");

  answer->answer = balance_after_stop (self);
  answer->why =
      g_strdup (_ ("The money in the account is yours whatever becomes of the insurance: it carries over and is inherited. The fund "
                   "insures only who is paid up."));
  if (self->plan != NULL && !self->plan->lifelong)
    {
      set_visit_today (answer, self);
      zifu_answer_add_step (answer, _ ("Use the account as before at designated hospitals and pharmacies."));
      zifu_answer_add_step (answer, _ ("Pay again soon: the longer the gap, the longer the wait may be."));
      set_rule (answer, self);
    }
  else if (self->plan == NULL)
    set_unknown (answer, self);
  if (answer->source == NULL)
    zifu_answer_set_source (answer, zifu_answer_account_rule (self));
  return answer;
}

static char *
when_again (const ZifuCoverPlan *plan, const ZifuPerson *person)
{
  const ZifuCoverOption *go_on = zifu_words_find_way (plan, person, ZIFU_COVER_GO_ON);
  const ZifuCoverOption *make_up = zifu_words_find_way (plan, person, ZIFU_COVER_MAKE_UP);
  g_autofree char *late = go_on != NULL && go_on->has_back ? zifu_words_cover_since (go_on->back, plan->today) : NULL;
  g_autofree char *soon = make_up != NULL && make_up->has_back ? zifu_words_cover_since (make_up->back, plan->today) : NULL;

  /* Translators: in these sentences {1} and {2} are days or “this month” */
  if (late != NULL && soon != NULL && make_up->back < go_on->back)
    return zifu_words_fill (plan->pays
                                ? _ ("From {1} on when you just go on paying; from {2} on when you make up what is missing this month.")
                                : _ ("From {1} on when you pay again this month; from {2} on when you also make up what is missing."),
                            late, soon, NULL);
  if (late != NULL)
    return zifu_words_fill (plan->pays ? _ ("From {1} on, when you go on paying.") : _ ("From {1} on, when you pay again this month."),
                            late, NULL);
  if (soon != NULL)
    return zifu_words_fill (_ ("From {1} on, when you make up what is missing this month."), soon, NULL);
  return g_strdup (_ ("The rules name no day within the next two years."));
}

static char *
when_reimbursed (const ZifuCoverPlan *plan, const ZifuPerson *person)
{
  if (plan->lifelong)
    return g_strdup (_ ("You are reimbursed today and stay so: retired people who are covered pay no contributions."));
  if (!is_full (plan->share))
    return when_again (plan, person);
  if (plan->pays || !plan->has_change)
    return g_strdup (_ ("You are reimbursed today, and nothing is missing."));
  /* Translators: {1} is a month */
  return zifu_words_fill_take (_ ("You are still reimbursed until the end of {1}; to stay so, pay before that."),
                               zifu_words_month (plan->change - 1, TRUE), NULL);
}

static ZifuAnswer *
reimbursed_again (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R29", SECTION, _ ("When am I reimbursed again?"),
                       "什么时候恢复 等待期 多久能报 断缴 恢复报销 待遇 新生儿 出生 落户 newborn birth enrol waiting period when reimbursed again restored cover gap");

  if (self->plan == NULL)
    {
      answer->answer = g_strdup (_ ("That cannot be said yet: the data do not say which months are paid."));
      if (self->pack == NULL)
        {
          g_free (answer->answer);
          answer->answer = g_strdup (_ ("That cannot be said here: waiting periods differ by region. Ask where you are insured."));
          answer->where = g_strdup (zifu_words_window ());
        }
      if (!zifu_answer_add_newborn (answer, self))
        set_unknown (answer, self);
      return answer;
    }
  answer->answer = when_reimbursed (self->plan, self->person);
  if (self->plan->lifelong)
    {
      answer->why =
          g_strdup (_ ("Who has the years of contributions at retirement keeps the benefits of the fund without paying further."));
      return answer;
    }
  answer->in_your_case = state_today (self->plan);
  add_timeline (answer, self->plan);
  zifu_answer_add_newborn (answer, self);
  set_rule (answer, self);
  if (answer->why == NULL)
    answer->why = g_strdup (_ ("Everything about a gap follows from the months that are paid and when they were paid."));
  if (zifu_cover_plan_is_new (self->plan))
    zifu_answer_add_step (answer, _ ("Go on paying without a gap until the wait is over."));
  else if (!is_full (self->plan->share))
    zifu_answer_add_step (answer, _ ("Compare what making up the missed months costs and brings, then pay before the month is over."));
  answer->where = g_strdup (zifu_words_app ());
  return answer;
}

static const ZifuCoverVisit *
visit_under (const GPtrArray *visits, const ZifuCoverOption *option)
{
  for (guint i = 0; i < visits->len; i++)
    {
      const ZifuCoverVisit *visit = g_ptr_array_index (visits, i);

      if (visit->option == option)
        return visit;
    }
  return NULL;
}

/* Residents pay the premium of the year to be insured again: that figure is told as well. */
static const ZifuRule *
premium_rule (const AnswerCase *self)
{
  if (!self->is_resident || self->plan->pays)
    return NULL;
  return zifu_figure_find (self->pack, self->person, self->today, "resident_premium", NULL, NULL).rule;
}

/* The ways out, each with the visit on its first day with full benefits. */
static void
add_options (ZifuAnswer *answer, const AnswerCase *self)
{
  g_autoptr (ZifuVisit) example = visit_of (self);
  g_autoptr (GPtrArray) visits = zifu_cover_plan_visits (self->plan, self->person, example);
  const ZifuRule *cost = premium_rule (self);

  for (guint i = 0; i < self->plan->options->len; i++)
    {
      const ZifuCoverOption *option = g_ptr_array_index (self->plan->options, i);
      const ZifuCoverVisit *visit = option->way != ZIFU_COVER_STOP ? visit_under (visits, option) : NULL;
      char *text;

      if (!zifu_words_way_counts (self->person, option))
        continue;
      text = zifu_words_way (self->plan, self->person, option);

      if (visit != NULL && visit->settlement != NULL)
        /* Translators: {1} is a way out as a sentence, {2} a bill, {3} who pays it then */
        text = zifu_words_fill_take (_ ("{1} A visit of {2} then: {3}."), text, zifu_words_list (visit->settlement->total),
                                     zifu_answer_payers (visit->settlement), NULL);
      zifu_answer_add_point (answer, text);
      cost = option->cost_rule != NULL ? option->cost_rule : cost;
    }
  if (cost == NULL)
    return;
  answer->unverified |= cost->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
  if (cost->confirmed_to == 0 || cost->confirmed_to >= self->today)
    return;
  answer->unverified = TRUE;
  /* Translators: {1} is a day */
  zifu_answer_add_point (answer, zifu_words_fill_take (_ ("The cost rests on an amount that is confirmed up to {1} only."),
                                                       zifu_words_date (cost->confirmed_to, ZIFU_DATE_STYLE_LONG), NULL));
}

static ZifuAnswer *
making_up (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new ("R30", SECTION, _ ("What would making up the months cost and bring?"),
                                        "补缴 补交 多少钱 划算吗 断缴 恢复 make up back payment cost months worth it repay arrears gap");
  const ZifuCoverOption *make_up = self->plan != NULL ? zifu_words_find_way (self->plan, self->person, ZIFU_COVER_MAKE_UP) : NULL;

  if (self->plan == NULL)
    {
      if (zifu_answer_tell_unenrolled (answer, self,
                                       _ ("Nothing is missing: the child is not enrolled yet, and pays from its enrolment on.")))
        return answer;
      answer->answer = g_strdup (_ ("That cannot be said yet: the data or the rules do not say which months are missing."));
      set_unknown (answer, self);
      return answer;
    }
  if (self->plan->lifelong)
    answer->answer = g_strdup (_ ("Nothing: retired people who are covered have no months to make up."));
  else if (make_up != NULL)
    answer->answer = zifu_words_way_all (self->plan, self->person, make_up);
  else if (self->plan->options->len > 0 && self->plan->n_unpaid > 0)
    answer->answer =
        g_strdup (_ ("No whole year is missing: the months of this year come with its premium, and nothing else can be made up."));
  else if (zifu_cover_plan_is_new (self->plan))
    answer->answer = g_strdup (_ ("Nothing can be made up: you are newly enrolled, and only the wait has to pass."));
  else if (self->plan->options->len > 0)
    answer->answer = g_strdup (_ ("Every month is paid by now, some of them late: there is nothing left to make up, only the wait."));
  else
    answer->answer = g_strdup (_ ("Nothing is missing, so there is nothing to make up."));
  if (self->plan->options->len > 0)
    {
      set_visit_today (answer, self);
      add_options (answer, self);
      zifu_answer_add_step (answer, _ ("Ask whether the region takes payments for past months, up to when, and at which base."));
      answer->where = g_strdup (zifu_words_window ());
    }
  set_rule (answer, self);
  if (answer->why == NULL)
    answer->why = g_strdup (_ ("Everything about a gap follows from the months that are paid and when they were paid."));
  return answer;
}

static char *
arrears_in_words (const AnswerCase *self)
{
  const char *status = zifu_facts_get_string (self->person->facts, "status");
  ZifuMonth from = self->record->arrears_from;

  if (self->is_resident)
    return g_strdup (_ ("No employer pays for residents: you pay the yearly premium yourself."));
  if (g_strcmp0 (status, "retired") == 0)
    return g_strdup (_ ("Retired people are covered without contributions: what an employer owes does not touch your benefits."));
  if (g_strcmp0 (status, "flexible") == 0)
    return g_strdup (_ ("You pay yourself, without an employer; what is missing only you can make up."));
  if (from != 0)
    /* Translators: {1} is a month */
    return zifu_words_fill_take (
        _ ("Your employer owes contributions since {1}. The fund stops meanwhile; what is paid within the term of the "
           "region is made good."),
        zifu_words_month (from, TRUE), NULL);
  if (self->plan != NULL && self->plan->n_unpaid > 0)
    return g_strdup (
        _ ("Months are missing in your data; ask whether the employer owes them. What is paid within the term of the region is made "
           "good."));
  return g_strdup (_ ("Your data show no arrears. If they came, the fund would stop and be restored when the employer pays."));
}

/* What the rules say of the gap when the employer pays this month. */
static char *
made_good (const AnswerCase *self)
{
  const ZifuCoverOption *make_up = self->plan != NULL ? zifu_words_find_way (self->plan, self->person, ZIFU_COVER_MAKE_UP) : NULL;
  const ZifuCoverageInterval *gap = make_up != NULL ? zifu_coverage_at (make_up->coverage, self->plan->gap_from) : NULL;
  g_autofree char *back = make_up != NULL ? zifu_words_way_back (make_up, self->today) : NULL;

  if (gap == NULL)
    return self->plan != NULL && !self->plan->lifelong ? state_today (self->plan) : NULL;
  if (gap->state == ZIFU_COVERAGE_COVERED)
    /* Translators: {1} says from when on the fund pays again */
    return zifu_words_fill (_ ("If the employer pays everything this month: {1}, and the bills of the gap can be claimed too."), back,
                            NULL);
  return zifu_words_fill (_ ("If the employer pays everything this month: {1}; by the rules found here the gap itself is not made good."),
                          back, NULL);
}

static ZifuAnswer *
employer_in_arrears (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new ("R31", SECTION, _ ("My employer is in arrears: what about me?"),
                                        "单位欠费 公司没交 欠缴 拖欠社保 企业欠费 employer arrears company did not pay owes contributions");
  const char *status = zifu_facts_get_string (self->person->facts, "status");
  gboolean employee = !self->is_resident && g_strcmp0 (status, "retired") != 0 && g_strcmp0 (status, "flexible") != 0;

  answer->answer = arrears_in_words (self);
  answer->why =
      g_strdup (_ ("An employer has to declare and pay the contributions of its people; what it owes is a matter between it and the "
                   "authority, and not their fault."));
  if (!employee)
    return answer;
  answer->in_your_case = made_good (self);
  zifu_answer_add_step (answer, _ ("See in the app up to which month contributions are paid."));
  zifu_answer_add_step (answer, _ ("Ask the employer in writing to pay what is missing, and by when it does."));
  zifu_answer_add_step (answer, _ ("If it does not: have the authority act, or go to labour mediation, arbitration or court."));
  zifu_answer_add_step (answer, _ ("Keep the papers of every bill meanwhile, to claim what is made good."));
  answer->where = g_strdup (zifu_words_window ());
  zifu_answer_add_paper (answer, _ ("Labour contract"));
  zifu_answer_add_paper (answer, _ ("Pay slips that show what was withheld"));
  zifu_words_claim_papers (answer->papers);
  if (self->plan != NULL && self->plan->coverage != NULL)
    zifu_answer_set_source (answer, self->plan->coverage->rule);
  return answer;
}

/* In another benefit year deductible and caps begin anew. */
static gboolean
in_other_year (const AnswerCase *self, ZifuDate date)
{
  return zifu_date_benefit_year (date, self->pack->year_start_month, self->pack->year_start_day) !=
         zifu_date_benefit_year (self->today, self->pack->year_start_month, self->pack->year_start_day);
}

static void
add_visits (ZifuAnswer *answer, const AnswerCase *self, const GPtrArray *visits)
{
  gboolean other_year = FALSE;

  for (guint i = 0; i < visits->len; i++)
    {
      const ZifuCoverVisit *visit = g_ptr_array_index (visits, i);

      if (visit->option != NULL && !zifu_words_way_counts (self->person, visit->option))
        continue;
      /* Translators: {1} is a day, {2} what was done until then, {3} who pays the bill */
      zifu_answer_add_point (answer, zifu_words_fill_take (_ ("{1}, {2}: {3}"), zifu_words_date (visit->date, ZIFU_DATE_STYLE_LONG),
                                                           zifu_words_way_brief (self->plan, self->person, visit->option),
                                                           visit_in_words (visit), NULL));
      answer->unverified |= visit->settlement != NULL && !zifu_settlement_is_verified (visit->settlement);
      other_year |= in_other_year (self, visit->date);
    }
  if (other_year)
    zifu_answer_add_point (answer, g_strdup (_ ("A day in the next benefit year: deductible and caps begin anew there.")));
}

static ZifuAnswer *
today_and_later (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new ("R32", SECTION, _ ("What would a visit cost me today, and once I am covered again?"),
                                        "现在看病 恢复后 对比 今天 断缴看病 多少钱 visit today later restored compare cost interrupted");

  if (self->plan == NULL)
    {
      if (zifu_answer_tell_unenrolled (answer, self,
                                       _ ("All of it today, because the child is not enrolled yet; once it is, the fund pays its share.")))
        return answer;
      answer->answer = g_strdup (_ ("That cannot be compared yet: the data or the rules do not say whether you are covered."));
      set_unknown (answer, self);
      return answer;
    }
  answer->why =
      g_strdup (_ ("The bill is settled twice by the same rules: with the share of the benefits of today, and with all of them."));
  if (self->plan->lifelong || (self->plan->options->len == 0 && is_full (self->plan->share)))
    {
      answer->answer = g_strdup (_ ("The same: you are covered today, and no change is in sight."));
      zifu_answer_set_figures (answer, self, self->example != NULL ? zifu_answer_payers (self->example) : NULL);
      set_rule (answer, self);
      return answer;
    }
  g_autoptr (ZifuVisit) example = visit_of (self);
  g_autoptr (GPtrArray) visits = zifu_cover_plan_visits (self->plan, self->person, example);
  const ZifuCoverVisit *today = g_ptr_array_index (visits, 0), *then = g_ptr_array_index (visits, visits->len - 1);

  if (today->settlement != NULL && then->settlement != NULL && visits->len > 1 && then->settlement->fund_sum == 0)
    /* Translators: {1} is a bill */
    answer->answer = zifu_words_fill_take (_ ("The same: of a bill of {1} for outpatient care in a tier-3 hospital the fund pays nothing "
                                              "today, nor by the rules here once you are covered again."),
                                           zifu_words_list (today->settlement->total), NULL);
  else if (today->settlement != NULL && then->settlement != NULL && visits->len > 1)
    /* Translators: {1} is a bill, {2} and {3} what the fund pays of it */
    answer->answer = zifu_words_fill_take (_ ("A bill of {1}: the fund pays {2} today and {3} once you are covered again."),
                                           zifu_words_list (today->settlement->total), zifu_words_list (today->settlement->fund_sum),
                                           zifu_words_list (then->settlement->fund_sum), NULL);
  else
    answer->answer =
        g_strdup (_ ("There is no second figure: the rules name no day on which you are covered again, or cannot settle the visit."));
  answer->in_your_case = state_today (self->plan);
  answer->bill = today->settlement != NULL ? today->settlement->total : 0;
  add_visits (answer, self, visits);
  set_rule (answer, self);
  return answer;
}

const AnswerMaker zifu_answers_gaps[] = { balance_gone, reimbursed_again, making_up, employer_in_arrears, today_and_later, NULL };
