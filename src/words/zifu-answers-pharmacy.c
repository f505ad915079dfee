/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R05, R07, R08: a pharmacy, money that is saved up, and a fee with a fixed reimbursement. */

#include "zifu-answers-parts-private.h"

#define PHARMACY_BILL 20000 /* fen */
#define PHARMACY_SHORT 8000
#define FEE 6000
#define FEE_LEFT 4000

/* Whether the rules have a class of institution for pharmacies; elsewhere only the kind of visit says what it is. */
static gboolean
knows_pharmacies (const AnswerCase *self)
{
  const ZifuAxisDecl *classes = self->pack != NULL ? zifu_pack_get_axis (self->pack, "class") : NULL;

  for (guint i = 0; classes != NULL && i < classes->values->len; i++)
    if (g_strcmp0 (((const ZifuValue *) g_ptr_array_index (classes->values, i))->string, "pharmacy") == 0)
      return TRUE;
  return classes == NULL;
}

static char *
pharmacy_figures (const AnswerCase *self, const ZifuSettlement *s, const GError *error)
{
  if (s != NULL)
    return zifu_answer_note_cover (self, zifu_answer_who_pays (s));
  if (error == NULL || knows_pharmacies (self))
    return zifu_answer_why_not (error);
  return g_strdup (_ ("No figures: the rules of your region do not say yet how a pharmacy bill is settled."));
}

static ZifuSettlement *
settle_pharmacy (const AnswerCase *self, const ZifuPerson *person, gboolean designated, GError **error)
{
  g_autoptr (ZifuVisit) visit = zifu_answer_visit (self, "pharmacy", "pharmacy", PHARMACY_BILL, 0);

  if (!knows_pharmacies (self))
    zifu_facts_unset (visit->facts, "class");
  zifu_facts_set_boolean (visit->facts, "designated", designated);
  return zifu_answer_settle (self, person, visit, error);
}

/* The same purchase with an account that is full, short and empty. */
static void
add_pharmacy_balances (ZifuAnswer *answer, const AnswerCase *self)
{
  static const ZifuMoney balances[] = { PHARMACY_BILL, PHARMACY_SHORT, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (balances); i++)
    {
      g_autoptr (ZifuPerson) person = zifu_answer_with_balance (self->person, balances[i]);
      g_autoptr (ZifuSettlement) s = settle_pharmacy (self, person, TRUE, NULL);

      if (s != NULL)
        /* Translators: {1} is a balance, {2} says who pays what of a bill */
        zifu_answer_add_point (answer, zifu_words_fill_take (_ ("With a balance of {1}: {2}"), zifu_words_list (balances[i]),
                                                             zifu_answer_payers (s), NULL));
    }
}

/* A fund that may pay, of which the rules do not say how much. */
static gboolean
is_fund_unknown (const ZifuSettlement *s)
{
  return s == NULL || (s->fund_sum == 0 && zifu_words_find_step (s, ZIFU_STEP_NOT_ESTIMATED, NULL) != NULL);
}

static const char *
pharmacy_answer (gboolean account, const ZifuSettlement *s)
{
  gboolean fund = s != NULL && s->fund_sum > 0;

  if (account && is_fund_unknown (s))
    return _ (
        "At a designated pharmacy your account pays what it holds, and the rest is cash; whether the fund pays there too is not known "
        "here. At any other pharmacy all of it is cash.");
  if (is_fund_unknown (s))
    return _ ("You have no account for it: you pay in cash, or from the account of a relative who allows it. Whether the fund pays at "
              "designated pharmacies is not known here.");
  if (account && fund)
    return _ ("At a designated pharmacy the fund pays its share, then your account what it holds, then cash. At any other pharmacy all of "
              "it is cash.");
  if (account)
    return _ ("At a designated pharmacy your account pays what it holds, and the rest is cash. At any other pharmacy all of it is cash.");
  if (fund)
    return _ ("At a designated pharmacy the fund pays its share, and the rest is cash. At any other pharmacy all of it is cash.");
  return _ ("You have no account for it: you pay in cash, or from the account of a relative who allows it.");
}

/**
 * zifu_answer_pharmacy:
 * @self: a case
 *
 * Returns: (transfer full): R05
 */
ZifuAnswer *
zifu_answer_pharmacy (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R05", _ ("When the Money Is Short"), _ ("I buy medicine at a pharmacy: who pays?"),
                       "药店 买药 购药 药房 定点药店 刷卡买药 余额不足 余额为零 pharmacy medicine drugstore chemist buy drugs "
                       "balance full short empty designated");
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSettlement) s = settle_pharmacy (self, self->person, TRUE, &error);
  g_autoptr (ZifuSettlement) elsewhere = settle_pharmacy (self, self->person, FALSE, NULL);
  gboolean account = zifu_answer_may_have_account (self);

  answer->answer = g_strdup (pharmacy_answer (account, s));
  answer->in_your_case = pharmacy_figures (self, s, error);
  zifu_answer_add_balance_note (answer, self);
  if (account)
    add_pharmacy_balances (answer, self);
  if (elsewhere != NULL)
    /* Translators: {1} says who pays what of a bill */
    zifu_answer_add_point (answer,
                           zifu_words_fill_take (_ ("At a pharmacy that is not designated: {1}"), zifu_answer_payers (elsewhere), NULL));
  if (s != NULL)
    zifu_answer_add_left_out (answer, s);
  answer->why =
      g_strdup (_ ("Account money is tied to designated hospitals and pharmacies. It buys drugs, devices and medical supplies, not "
                   "groceries, cosmetics or health products."));
  answer->unverified = answer->unverified || (s != NULL && !zifu_settlement_is_verified (s));
  zifu_answer_set_source (answer, zifu_answer_account_rule (self));
  return answer;
}

/* What came in as interest in the last twelve months, and when last; it is shown as the agency gives it. */
static ZifuMoney
interest_of_the_year (const AnswerCase *self, ZifuDate *last)
{
  ZifuDate since = zifu_date_add_months (self->today, -12);
  ZifuMoney sum = 0;

  *last = 0;
  for (guint i = 0; i < self->record->movements->len; i++)
    {
      const ZifuMovement *movement = &g_array_index (self->record->movements, ZifuMovement, i);

      if (movement->kind == ZIFU_MOVEMENT_INTEREST && movement->date > since && movement->date <= self->today &&
          zifu_money_add (sum, movement->amount, &sum))
        *last = movement->date;
    }
  return sum;
}

static char *
savings (const AnswerCase *self)
{
  ZifuDate last;
  ZifuMoney interest = interest_of_the_year (self, &last);

  if (last == 0)
    /* Translators: {1} is the balance of the account */
    return zifu_words_fill_take (_ ("Your account holds {1}. No interest is recorded for the last twelve months."),
                                 zifu_words_list (self->balance), NULL);
  /* Translators: {1} is the balance of the account, {2} an amount of money, {3} a day */
  return zifu_words_fill_take (_ ("Your account holds {1}. Interest of the last twelve months: {2}, the last on {3}."),
                               zifu_words_list (self->balance), zifu_words_list (interest), zifu_words_date (last, ZIFU_DATE_STYLE_LONG),
                               NULL);
}

/* What the money can do, as far as the rules say it. */
static void
add_savings_points (ZifuAnswer *answer, const AnswerCase *self)
{
  ZifuFigure death = zifu_answer_figure (self, "account_withdrawal", "reason", "death");
  ZifuFigure spouse = zifu_answer_figure (self, "mutual_aid_relation", "relation", "spouse");
  ZifuFigure premium = zifu_answer_figure (self, "mutual_aid_premium", NULL, NULL);

  zifu_answer_add_point (answer, g_strdup (_ ("It is carried over from year to year; it does not expire.")));
  zifu_answer_add_point (answer, g_strdup (_ ("It pays your own part at designated hospitals and pharmacies.")));
  if (zifu_figure_is_true (&spouse))
    zifu_answer_add_point (answer, g_strdup (_ ("Close relatives may use it, if you allow it (family mutual aid).")));
  if (zifu_figure_is_true (&premium))
    zifu_answer_add_point (answer, g_strdup (_ ("It may pay the resident premium of close relatives.")));
  if (zifu_figure_is_true (&death))
    zifu_answer_add_point (answer, g_strdup (_ ("It is inherited: what is left goes to the heirs.")));
  zifu_answer_add_point (answer, g_strdup (_ ("Interest is worked out by the insurance agency; it is shown here as the agency credits it, "
                                              "never guessed.")));
  zifu_answer_add_point (answer,
                         g_strdup (
                             zifu_answer_account_goes_first (self)
                                 ? _ ("Money of this year goes before the deductible here; money of earlier years pays your own part.")
                                 : _ ("It does not raise what the fund pays: that is the same with any balance.")));
  zifu_answer_add_point (
      answer, g_strdup (_ ("It is paid out in the few listed cases only. Turning it into cash or goods, or lending the card, is misuse.")));
}

/**
 * zifu_answer_save_up:
 * @self: a case
 *
 * Returns: (transfer full): R07
 */
ZifuAnswer *
zifu_answer_save_up (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new ("R07", _ ("When the Money Is Short"), _ ("Should I save the balance up?"),
                                        "攒着 存着 攒钱 余额清零 过期 作废 结转 继承 利息 花掉 套现 取现 "
                                        "save up saving keep carry over expire interest inherit spend next year");

  if (!zifu_answer_may_have_account (self))
    {
      answer->answer = g_strdup (_ ("There is nothing to save up: you have no personal account."));
      answer->in_your_case = g_strdup (_ ("What you are entitled to is the fund's share of each bill; it is no sum that could be kept."));
    }
  else
    {
      answer->answer = g_strdup (zifu_answer_account_goes_first (self)
                                     ? _ ("You may, but you need not: nothing expires at the end of the year.")
                                     : _ ("You may, but you need not: nothing expires at the end of the year, and the fund pays its share "
                                          "whether you have saved or not."));
      answer->in_your_case = self->has_account ? savings (self) : g_strdup (_ ("Your balance is not in your data."));
      add_savings_points (answer, self);
    }
  answer->why = g_strdup (_ ("The money is yours, and tied to medical care: for that it can be kept, and for nothing else."));
  zifu_answer_set_source (answer, zifu_answer_account_rule (self));
  return answer;
}

/* A visit of which one line is the fee. */
static ZifuSettlement *
settle_fee (const AnswerCase *self, GError **error)
{
  g_autoptr (ZifuVisit) visit = zifu_answer_visit (self, "outpatient", "3", 0, 0);
  ZifuBillLine *line;

  visit->has_total = visit->has_out = visit->has_over_limit = visit->has_prior = FALSE;
  line = zifu_visit_add_line (visit, FEE);
  zifu_facts_set_string (line->facts, "item", "registration");
  zifu_facts_set_string (line->facts, "category", "A");
  return zifu_answer_settle (self, self->person, visit, error);
}

/* What is left of the fee, settled as a bill of which the fund pays nothing. */
static ZifuSettlement *
settle_fee_left (const AnswerCase *self)
{
  g_autoptr (ZifuPerson) alone = zifu_person_copy (self->person);

  alone->has_coverage_share = TRUE;
  alone->coverage_share = ZIFU_RATIONAL_ZERO;
  return zifu_answer_example (self, alone, FEE_LEFT, 0, NULL);
}

static char *
who_pays_the_rest (const ZifuSettlement *s)
{
  g_autofree char *rest = zifu_words_list (s->person);
  g_autofree char *own = zifu_words_list (s->own_account);
  g_autofree char *family = zifu_words_list (s->mutual_sum);
  g_autofree char *cash = zifu_words_list (s->cash);

  if (s->purses->len > 0 && s->mutual_sum > 0)
    /* Translators: {1} is what is left of a fee; {2}, {3} and {4} say who pays what of it */
    return zifu_words_fill (_ ("Of the other {1}: account {2}, family {3}, cash {4}."), rest, own, family, cash, NULL);
  if (s->purses->len > 0)
    return zifu_words_fill (_ ("Of the other {1}: account {2}, cash {3}."), rest, own, cash, NULL);
  if (s->mutual_sum > 0)
    return zifu_words_fill (_ ("Of the other {1}: family {2}, cash {3}."), rest, family, cash, NULL);
  return zifu_words_fill (_ ("The other {1} are paid in cash, by phone or bank card."), rest, NULL);
}

static void
set_fee_figures (ZifuAnswer *answer, const AnswerCase *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSettlement) fee = settle_fee (self, &error);
  const ZifuStep *fixed = fee != NULL ? zifu_words_find_step (fee, ZIFU_STEP_FIXED, NULL) : NULL;

  if (fixed != NULL)
    {
      /* Translators: {1} is a fee, {2} what the fund pays of it, {3} a sentence that says who pays the rest */
      answer->in_your_case = zifu_words_fill_take (_ ("Of a fee of {1} the fund pays a fixed {2}. {3}"), zifu_words_list (fee->total),
                                                   zifu_words_list (fee->fund_sum), who_pays_the_rest (fee), NULL);
      zifu_answer_set_source (answer, fixed->rule);
      zifu_answer_mark_settlement (answer, fee);
      return;
    }
  g_autoptr (ZifuSettlement) left = settle_fee_left (self);
  if (left == NULL)
    answer->in_your_case = self->refusal != NULL ? g_strdup (self->refusal) : zifu_answer_why_not (error);
  else
    /* Translators: {1} is a sentence that says who pays the rest of a fee of which 20 are reimbursed */
    answer->in_your_case = zifu_words_fill_take (_ ("The rules of your region name no fixed amount for this fee; suppose that 20 are "
                                                    "reimbursed. {1}"),
                                                 who_pays_the_rest (left), NULL);
  zifu_answer_set_source (answer, zifu_answer_account_rule (self));
}

/**
 * zifu_answer_registration_fee:
 * @self: a case
 *
 * Returns: (transfer full): R08
 */
ZifuAnswer *
zifu_answer_registration_fee (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R08", _ ("When the Money Is Short"),
                       _ ("A registration fee of 60 is reimbursed by a fixed 20: who pays the other 40?"),
                       "挂号费 挂号 医事服务费 诊疗费 诊察费 定额 报销20 剩下40 registration fee consultation fixed amount 60 20 40 rest");

  if (zifu_answer_may_have_account (self))
    answer->answer = g_strdup (_ ("You do: your account first, then the accounts of relatives who allow it, then cash."));
  else
    answer->answer = g_strdup (_ ("You do: the accounts of relatives who allow it first, then cash."));
  answer->why = g_strdup (_ ("A fixed amount is all that the fund pays for such an item. The rest is yours, like any own part of a bill."));
  set_fee_figures (answer, self);
  return answer;
}
