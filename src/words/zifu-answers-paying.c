/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R01 to R08: paying when the balance is short. */

#include "zifu-answers-parts-private.h"

#define MIXED_BILL 100000 /* fen */
#define MIXED_OUT 10000

static char *
who_pays_example (const AnswerCase *self)
{
  return self->example != NULL ? zifu_answer_who_pays (self->example) : NULL;
}

/* Whether the account itself cannot be used, whatever stands in it. */
static gboolean
is_locked (const AnswerCase *self)
{
  return self->record->account == ZIFU_ACCOUNT_FROZEN || self->record->account == ZIFU_ACCOUNT_CLOSED ||
         self->record->account == ZIFU_ACCOUNT_MOVED;
}

/* While contributions are missing the account stays usable, and the fund pays nothing or less. */
static const char *
uncovered_answer (const AnswerCase *self)
{
  gboolean nothing = zifu_rational_sign (self->person->coverage_share) == 0;

  if (self->has_account && is_locked (self))
    return nothing ? _ ("The fund pays nothing today, and your account cannot pay at present: the bill is paid in cash.")
                   : _ ("The fund pays only a part of its share today, and your account cannot pay at present: the rest is cash.");
  if (self->has_account)
    return nothing ? _ ("Your account stays usable, but the fund pays nothing today: the rest is cash.")
                   : _ ("Your account stays usable, but the fund pays only a part of its share today: the rest is cash.");
  return nothing ? _ ("The fund pays nothing today: the bill is paid in cash, by phone or bank card.")
                 : _ ("The fund pays only a part of its share today: the rest is paid in cash, by phone or bank card.");
}

static ZifuAnswer *
bill_above_balance (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R01", _ ("When the Money Is Short"), _ ("My balance is too low: can I still use the card?"),
                       "余额不足 余额不够 钱不够 刷卡 刷医保 不够付 balance too low short insufficient card pay bill higher");

  if (self->is_uncovered)
    answer->answer = g_strdup (uncovered_answer (self));
  else if (self->has_account && is_locked (self))
    answer->answer = g_strdup (_ ("The fund pays as usual, but your account cannot pay at present: your part is paid in cash, by phone or "
                                  "bank card."));
  else if (!self->has_account)
    answer->answer =
        g_strdup (_ ("Yes. You have no personal account: the fund pays as usual, you pay the rest in cash, by phone or bank card."));
  else if (self->balance == 0)
    answer->answer = g_strdup (_ ("Yes. The fund pays as usual; your account is empty, so your part is paid in cash."));
  else
    /* Translators: {1} is the balance of the account */
    answer->answer = zifu_words_fill_take (_ ("Yes. The fund pays as usual; your account pays up to {1}, then cash."),
                                           zifu_words_list (self->balance), NULL);
  answer->why = g_strdup (_ ("The fund's share does not depend on the balance; that only decides where my part comes from."));
  zifu_answer_set_figures (answer, self, who_pays_example (self));
  zifu_answer_set_source (answer, zifu_answer_account_rule (self));
  return answer;
}

/* What is left of the deductible before the example visit; −1 when there is none. */
static ZifuMoney
deductible_left (const AnswerCase *self)
{
  const ZifuStep *step = self->example != NULL ? zifu_words_find_step (self->example, ZIFU_STEP_DEDUCTIBLE, "base") : NULL;

  return step == NULL || step->need <= 0 ? -1 : MAX (0, step->need - step->met);
}

static char *
empty_account_answer (const AnswerCase *self)
{
  ZifuMoney left = deductible_left (self);

  if (self->is_uncovered)
    return g_strdup (zifu_rational_sign (self->person->coverage_share) == 0
                         ? _ ("Not today: the fund pays nothing while your cover is suspended or waiting, whatever the balance.")
                         : _ ("Only in part today, because your cover is not complete; the balance makes no difference."));
  if (left > 0)
    {
      g_autofree char *amount = zifu_words_list (left);
      return zifu_words_fill (self->has_account
                                  /* Translators: {1} is what is left of the outpatient deductible */
                                  ? _ ("Just the same. {1} more and you pass the outpatient deductible.")
                                  : _ ("Yes, you need no account for it. {1} more and you pass the outpatient deductible."),
                              amount, NULL);
    }
  if (left == 0)
    return g_strdup (self->has_account ? _ ("Just the same. You are past the outpatient deductible.")
                                       : _ ("Yes, you need no account for it. You are past the outpatient deductible."));
  return g_strdup (self->has_account ? _ ("Just the same: the fund does not look at your balance.")
                                     : _ ("Yes, you need no account for it: the fund pays its share of each bill."));
}

static ZifuAnswer *
balance_zero (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R02", _ ("When the Money Is Short"), _ ("My account is empty: am I still reimbursed?"),
                       "余额为零 余额0 没钱 空了 报销 还给报 起付线 balance zero empty reimbursed nothing left deductible");
  g_autoptr (ZifuPerson) poor = zifu_answer_with_balance (self->person, 0);
  g_autoptr (ZifuSettlement) empty = zifu_answer_example (self, poor, self->bill, 0, NULL);
  char *figures = NULL;

  answer->answer = empty_account_answer (self);
  if (self->example != NULL && empty != NULL && empty->fund_sum == self->example->fund_sum)
    /* Translators: {1} is a bill, {2} what the fund pays of it */
    figures = zifu_words_fill_take (_ ("A bill of {1}: the fund pays {2}, whatever the balance"), zifu_words_list (self->bill),
                                    zifu_words_list (empty->fund_sum), NULL);
  else if (self->example != NULL && empty != NULL)
    /* Translators: {1} is a bill, {2} and {3} what the fund pays of it */
    figures = zifu_words_fill_take (
        _ ("A bill of {1}: the fund pays {2} with an empty account, {3} with yours, because this year's account money goes first here"),
        zifu_words_list (self->bill), zifu_words_list (empty->fund_sum), zifu_words_list (self->example->fund_sum), NULL);
  answer->why = g_strdup (_ ("The fund's part is a right that follows from insurance, not from savings."));
  zifu_answer_set_figures (answer, self, figures);

  const ZifuStep *share = self->example != NULL ? zifu_words_find_step (self->example, ZIFU_STEP_SHARE, "base") : NULL;
  zifu_answer_set_source (answer, share != NULL ? share->rule : zifu_answer_account_rule (self));
  return answer;
}

static ZifuAnswer *
resident_without_account (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new ("R03", _ ("When the Money Is Short"), _ ("I have resident insurance and no account: who pays?"),
                                        "居民医保 城乡居民 新农合 没有账户 没有个人账户 学生 孩子 老人 谁付 怎么付 "
                                        "resident insurance without account no account child pupil who pays cash");
  gboolean has_account = self->has_account || zifu_answer_gets_credit (self);

  if (self->is_resident && has_account)
    answer->answer = g_strdup (_ ("Here residents have a small account too: the fund pays its share, then the account what it may, then "
                                  "cash."));
  else if (has_account)
    answer->answer = g_strdup (_ ("The fund pays its share and the resident all the rest, in cash, by phone or bank card. You have "
                                  "employee insurance: your account pays before cash."));
  else
    answer->answer = g_strdup (_ ("The fund pays its share as for everybody; all the rest is yours, in cash, by phone or bank card."));
  answer->why =
      g_strdup (self->is_resident && has_account
                    ? _ ("Most regions give residents no account; the rules of yours do.")
                    : _ ("Accounts are fed by the contributions of employees. The yearly premium of a resident goes to the fund."));
  if (self->person->mutual->len == 0 && !has_account)
    zifu_answer_add_point (answer, g_strdup (_ ("A close relative with an account may open it to you: it then pays before cash (family "
                                                "mutual aid).")));
  zifu_answer_set_figures (answer, self, who_pays_example (self));
  zifu_answer_mark_settlement (answer, self->example);
  zifu_answer_set_source (answer, zifu_answer_share_rule (self->example));
  return answer;
}

static void
add_payable_points (ZifuAnswer *answer, const ZifuRule *rule)
{
  static const ZifuBucket shown[] = { ZIFU_BUCKET_DEDUCTIBLE, ZIFU_BUCKET_COPAY,      ZIFU_BUCKET_OVER_CAP,
                                      ZIFU_BUCKET_PRIOR,      ZIFU_BUCKET_OVER_LIMIT, ZIFU_BUCKET_OUT };

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    /* Translators: whether the account may pay a part of the bill; {1} is the part, such as “Deductible” */
    zifu_answer_add_point (answer, zifu_words_fill (zifu_words_account_pays (rule, shown[i]) ? _ ("{1}: yes") : _ ("{1}: no"),
                                                    zifu_words_bucket (shown[i]), NULL));
}

static char *
mixed_example (const AnswerCase *self)
{
  g_autoptr (ZifuSettlement) s = zifu_answer_example (self, self->person, MIXED_BILL, MIXED_OUT, NULL);

  if (s == NULL)
    return NULL;
  /* Translators: {1} is a bill, {2} a part of it, {3} and {4} say who pays */
  return zifu_words_fill_take (_ ("A bill of {1} with {2} out of catalogue: the account pays {3}, {4} is cash"), zifu_words_list (s->total),
                               zifu_words_list (s->out), zifu_words_list (s->own_account), zifu_words_list (s->cash), NULL);
}

static ZifuAnswer *
what_account_pays (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R04", _ ("When the Money Is Short"), _ ("What may the account pay?"),
                       "个人账户 能付什么 能买什么 药店 自费 用途 范围 account may pay use for pharmacy what drugs allowed");
  const ZifuRule *rule = zifu_answer_account_rule (self);

  if (!self->has_account)
    {
      answer->answer =
          g_strdup (_ ("You have no personal account. Your part is paid in cash, by phone or bank card, or from the account of a relative "
                       "who allows it."));
      zifu_answer_set_figures (answer, self, who_pays_example (self));
    }
  else
    {
      if (zifu_words_account_pays (rule, ZIFU_BUCKET_OUT))
        answer->answer = g_strdup (_ ("Your own part at designated hospitals and pharmacies, what is out of catalogue included."));
      else
        answer->answer = g_strdup (_ ("Your own part at designated hospitals and pharmacies, but nothing that is out of catalogue."));
      add_payable_points (answer, rule);
      zifu_answer_set_figures (answer, self, mixed_example (self));
      answer->bill = self->example != NULL ? MIXED_BILL : 0;
    }
  answer->why =
      g_strdup (_ ("The money is tied to medical care: it does not pay for public health, sport, fitness or wellness, and cannot be "
                   "taken out as cash."));
  zifu_answer_set_source (answer, rule);
  return answer;
}

const AnswerMaker zifu_answers_paying[] = {
  bill_above_balance,   balance_zero,        resident_without_account,     what_account_pays,
  zifu_answer_pharmacy, zifu_answer_save_up, zifu_answer_registration_fee, NULL,
};
