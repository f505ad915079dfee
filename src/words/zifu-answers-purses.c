/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R09 to R16: the two purses, in which order they pay, and what a visit costs. */

#include "zifu-answers-parts-private.h"

/* The stay of the example, in fen. */
#define STAY 3000000
#define STAY_OUT 200000
#define STAY_OVER_LIMIT 50000
#define STAY_PRIOR 150000

static ZifuAnswer *
two_purses (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R09", _ ("Two Purses"), _ ("Is the balance the reimbursement?"),
                       "余额 报销 两个钱包 统筹 统筹基金 个人账户 区别 额度 balance reimbursement two purses pooled fund difference quota");
  char *figures = NULL;

  if (self->has_account)
    answer->answer = g_strdup (_ ("No. The balance is your own money; the reimbursement is what the pooled fund pays of each bill."));
  else
    answer->answer =
        g_strdup (_ ("There is no balance in your case: you have one purse, the pooled fund, and it pays a share of each bill."));
  if (self->example != NULL && self->has_account)
    /* Translators: {1} is the balance, {2} a bill, {3} what the fund pays of it */
    figures =
        zifu_words_fill_take (_ ("Your own money: {1}. Of a bill of {2} the fund pays {3}, and none of that comes from your balance."),
                              zifu_words_list (self->balance), zifu_words_list (self->bill), zifu_words_list (self->example->fund_sum),
                              NULL);
  else if (self->example != NULL)
    /* Translators: {1} is a bill, {2} what the fund pays of it */
    figures = zifu_words_fill_take (_ ("Of a bill of {1} the fund pays {2}."), zifu_words_list (self->bill),
                                    zifu_words_list (self->example->fund_sum), NULL);
  answer->why =
      g_strdup (_ ("The fund's part is counted in percentages, above the deductible and up to the cap. It is no sum that anybody owns, so "
                   "the two are never added up."));
  zifu_answer_set_figures (answer, self, figures);
  zifu_answer_set_source (answer, zifu_answer_account_rule (self));
  return answer;
}

static ZifuAnswer *
outpatient_order (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R10", _ ("Two Purses"), _ ("Who pays first at an outpatient visit?"),
                       "门诊 顺序 先后 先扣 谁先付 扣谁 结算顺序 先用个人账户 outpatient order sequence first pays settled who");

  if ((zifu_answer_may_have_account (self)) && zifu_answer_account_goes_first (self))
    answer->answer = g_strdup (_ ("Here this year's account money goes first, then the deductible, then the fund's share; what is left is "
                                  "paid from the account, from relatives' accounts and in cash, in this order."));
  else if (zifu_answer_may_have_account (self))
    answer->answer = g_strdup (_ ("The fund first, for what is above the deductible; then your account, then the accounts of relatives in "
                                  "the order that was registered, then cash."));
  else
    answer->answer = g_strdup (_ ("The fund first, for what is above the deductible; then the accounts of relatives who allow it, then "
                                  "cash."));
  zifu_answer_set_figures (answer, self, self->example != NULL ? zifu_answer_who_pays (self->example) : NULL);
  if (self->example != NULL)
    {
      zifu_answer_add_balance_note (answer, self);
      zifu_answer_add_steps_of (answer, self->example);
      zifu_answer_add_left_out (answer, self->example);
    }
  answer->why = g_strdup (_ ("The fund's share is worked out from the bill alone. Only then it is asked where your part comes from."));
  zifu_answer_set_source (answer, zifu_answer_account_rule (self));
  return answer;
}

static ZifuSettlement *
settle_stay (const AnswerCase *self, GError **error)
{
  g_autoptr (ZifuVisit) visit = zifu_answer_visit (self, "inpatient", "3", STAY, STAY_OUT);

  zifu_visit_set_parts (visit, STAY_OUT, STAY_OVER_LIMIT, STAY_PRIOR);
  return zifu_answer_settle (self, self->person, visit, error);
}

/* What the words of a hospital bill mean. */
static void
add_glossary (ZifuAnswer *answer, const ZifuSettlement *s)
{
  const ZifuStep *account = zifu_words_find_step (s, ZIFU_STEP_ACCOUNT, NULL);
  gboolean pays_out = account != NULL && zifu_words_account_pays (account->rule, ZIFU_BUCKET_OUT);

  zifu_answer_add_point (answer, g_strdup (s->purses->len > 0 && !pays_out
                                               ? _ ("Out of catalogue: on no list of the insurance. All of it is yours, in cash.")
                                               : _ ("Out of catalogue: on no list of the insurance. All of it is yours.")));
  zifu_answer_add_point (answer, g_strdup (_ ("Over the price limit: what a bed or a device costs above the price that is accepted. It is "
                                              "yours.")));
  zifu_answer_add_point (answer, g_strdup (_ ("Category-B first share: your own share of category-B items, before anything else is "
                                              "reckoned.")));
  zifu_answer_add_point (answer, g_strdup (_ ("Deductible: yours, never the fund's. Above it the fund pays by bands, up to the cap.")));
  zifu_answer_add_point (answer,
                         g_strdup (_ ("Above the cap, or when your own part of the year grows large, the next layer pays, where the "
                                      "region has one.")));
  zifu_answer_add_point (answer, g_strdup (_ ("A deposit at admission cannot come from the account. It is paid in cash, by phone or bank "
                                              "card, and reckoned up at discharge.")));
}

static ZifuAnswer *
inpatient_order (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new ("R11", _ ("Two Purses"), _ ("Who pays what of a stay in hospital?"),
                                        "住院 顺序 押金 预交金 起付线 分段 封顶线 大病 自费 乙类 先行自付 限价 "
                                        "inpatient hospital stay order deposit deductible bands cap admission discharge");
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSettlement) s = settle_stay (self, &error);

  answer->answer =
      g_strdup (zifu_answer_may_have_account (self)
                    ? _ ("What is out of scope and the deductible are yours; of the rest the fund pays its share up to the cap. "
                         "Your part comes from the account, from relatives' accounts, then in cash.")
                    : _ ("What is out of scope and the deductible are yours; of the rest the fund pays its share up to the cap. "
                         "Your part comes from relatives' accounts, then in cash."));
  if (s == NULL)
    answer->in_your_case = zifu_answer_why_not (error);
  else
    {
      /* Translators: {1}, {2} and {3} are parts of a hospital bill, {4} is a sentence that says who pays what of it */
      answer->in_your_case = zifu_answer_note_cover (
          self, zifu_words_fill_take (_ ("A tier-3 hospital, {1} out of catalogue, {2} over price limits, {3} category-B first "
                                         "share. {4}"),
                                      zifu_words_list (s->out), zifu_words_list (s->over_limit), zifu_words_list (s->prior),
                                      zifu_answer_who_pays (s), NULL));
      zifu_answer_add_balance_note (answer, self);
      zifu_answer_add_steps_of (answer, s);
      zifu_answer_add_left_out (answer, s);
      add_glossary (answer, s);
    }
  answer->why = g_strdup (_ ("Only what is in scope counts towards the deductible, the bands and the cap."));
  answer->unverified = answer->unverified || (s != NULL && !zifu_settlement_is_verified (s));
  zifu_answer_set_source (answer, zifu_answer_share_rule (s));
  return answer;
}

const AnswerMaker zifu_answers_purses[] = {
  two_purses,
  outpatient_order,
  inpatient_order,
  zifu_answer_family,
  zifu_answer_plans,
  zifu_answer_both_insurances,
  zifu_answer_operation,
  zifu_answer_how_to_claim,
  NULL,
};
