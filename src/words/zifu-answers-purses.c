/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R09 to R16: the two purses, and what a visit costs. */

#include "zifu-answers-private.h"

static ZifuAnswer *
two_purses (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new ("R09", _ ("Two Purses"), _ ("Is the balance the reimbursement?"),
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

const AnswerMaker zifu_answers_purses[] = { two_purses, NULL };
