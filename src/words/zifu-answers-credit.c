/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R17 to R22: where the money in the account comes from. */

#include "zifu-answers-private.h"

static void
set_credit (ZifuAnswer *answer, const AnswerCase *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuCredit) credit = self->pack != NULL ? zifu_credit_compute (self->pack, self->person, self->today, &error) : NULL;

  if (credit == NULL)
    {
      g_autofree char *message = error != NULL ? zifu_words_error_message (error) : g_strdup (_ ("there are no rules for this region yet"));
      answer->in_your_case = zifu_words_fill (_ ("No figures: {1}"), message, NULL);
      return;
    }
  if (credit->total > 0)
    /* Translators: {1} is what comes into the account each month */
    answer->in_your_case = zifu_words_fill_take (_ ("{1} is credited each month."), zifu_words_list (credit->total), NULL);
  else
    answer->in_your_case = g_strdup (_ ("Nothing is credited each month."));
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
  ZifuAnswer *answer = zifu_answer_new ("R19", _ ("Where the Money Comes From"), _ ("Can I top up the card myself?"),
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
                         g_strdup (_ ("A spouse, parent, child or other close relative may let you use their account (family mutual aid).")));
  zifu_answer_add_point (answer,
                         g_strdup (_ ("Your part can always be paid in cash, by phone or bank card; the fund's part stays the same.")));
  zifu_answer_add_point (answer, g_strdup (_ ("After a gap in contributions, making up the missed months brings cover back sooner.")));
  if (answer->source == NULL)
    zifu_answer_set_source (answer, zifu_answer_account_rule (self));
  return answer;
}

const AnswerMaker zifu_answers_credit[] = { top_up, NULL };
