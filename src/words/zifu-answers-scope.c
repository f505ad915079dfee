/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R25: which lines of a bill the fund pays, which the account, and which neither. */

#include "zifu-answers-parts-private.h"

#define EXAMPLE_BILL 100000 /* fen */
#define EXAMPLE_OUT 20000

/*
 * A bill while it is told line by line.
 */
typedef struct
{
  ZifuAnswer *answer;
  const ZifuSettlement *settlement;
  const ZifuVisit *visit;
  const ZifuRule *account;    /* nullable: the rule of the account */
  gboolean fund, may_account; /* as far as gates and the person's plan let them pay at all */
  gboolean has_account;
} Told;

static const char *
payers (gboolean fund, gboolean account, gboolean has_account)
{
  if (fund && account)
    return _ ("the fund above the deductible, your part from the account");
  if (fund)
    return _ ("the fund above the deductible, your part in cash");
  if (account)
    return _ ("not from the fund, but from the account");
  return has_account ? _ ("from neither fund nor account") : _ ("not from the fund");
}

/**
 * zifu_answer_add_part:
 * @answer: an answer
 * @name: a line of a bill
 * @axis: what the part is: in_scope, prior, over_limit or out
 * @amount: how much it is, fen; nothing is added unless it is above 0
 * @who: who pays it, in the current language
 *
 * Adds a part of a line to the list of the answer.
 */
void
zifu_answer_add_part (ZifuAnswer *answer, const char *name, const char *axis, ZifuMoney amount, const char *who)
{
  g_autofree char *text = NULL;

  if (amount <= 0)
    return;
  text = zifu_words_list (amount);
  /* Translators: {1} is a line of a bill, {2} an amount, {3} what it is, such as “out of catalogue”, {4} who pays it */
  zifu_answer_add_point (answer, zifu_words_fill (_ ("{1}, {2} {3}: {4}"), name, text, zifu_words_axis (axis), who, NULL));
}

static void
add_part (const Told *self, const char *name, const char *axis, ZifuMoney amount, gboolean fund, ZifuBucket bucket)
{
  gboolean account = self->may_account && zifu_words_account_pays (self->account, bucket);

  zifu_answer_add_part (self->answer, name, axis, amount, payers (fund && self->fund, account, self->has_account));
}

/**
 * zifu_answer_line_name:
 * @visit: a visit
 * @line: number of a line of its bill, from 0 on
 *
 * Returns: (transfer full): what the line is called: its item, else its kind, and its category
 */
char *
zifu_answer_line_name (const ZifuVisit *visit, int line)
{
  const ZifuBillLine *bill_line = NULL;
  const char *name, *category;

  if (visit->lines != NULL && line >= 0 && line < (int) visit->lines->len)
    bill_line = &g_array_index (visit->lines, ZifuBillLine, line);
  name = bill_line != NULL ? zifu_facts_get_string (bill_line->facts, "item") : NULL;
  if (name != NULL)
    name = zifu_words_axis_value ("item", name);
  else if (bill_line != NULL && zifu_facts_get_string (bill_line->facts, "group") != NULL)
    name = zifu_words_axis_value ("group", zifu_facts_get_string (bill_line->facts, "group"));
  category = bill_line != NULL ? zifu_facts_get_string (bill_line->facts, "category") : NULL;

  g_autofree char *number = g_strdup_printf ("%d", line + 1);
  if (name != NULL && category != NULL)
    /* Translators: a line of a bill: {1} is its number, {2} the item, {3} its category A, B or C */
    return zifu_words_fill (_ ("Line {1} ({2}, category {3})"), number, name, category, NULL);
  if (name != NULL || category != NULL)
    /* Translators: a line of a bill: {1} is its number, {2} the item or the category */
    return zifu_words_fill (_ ("Line {1} ({2})"), number, name != NULL ? name : category, NULL);
  return zifu_words_fill (_ ("Line {1}"), number, NULL);
}

static void
add_scope (const Told *self, const ZifuStep *step, const char *name)
{
  add_part (self, name, "in_scope", step->result, TRUE, ZIFU_BUCKET_COPAY);
  add_part (self, name, "prior", step->prior, FALSE, ZIFU_BUCKET_PRIOR);
  add_part (self, name, "over_limit", step->over_limit, FALSE, ZIFU_BUCKET_OVER_LIMIT);
  add_part (self, name, "out", step->out, FALSE, ZIFU_BUCKET_OUT);
}

static void
add_fixed (const Told *self, const ZifuStep *step, const char *name)
{
  gboolean account = self->may_account && step->rule != NULL && zifu_words_account_pays (self->account, step->rule->u.fixed.rest);
  g_autofree char *fund = zifu_words_list (step->input - step->result);
  g_autofree char *rest = zifu_words_list (step->result);

  zifu_answer_add_point (self->answer, zifu_words_fill (account
                                                            /* Translators: {1} is a line of a bill, {2} and {3} are amounts */
                                                            ? _ ("{1}: a fixed {2} from the fund, the other {3} from the account")
                                                            : _ ("{1}: a fixed {2} from the fund, the other {3} in cash"),
                                                        name, fund, rest, NULL));
}

static const ZifuStep *
step_of_line (const ZifuSettlement *settlement, int line)
{
  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if ((step->kind == ZIFU_STEP_SCOPE || step->kind == ZIFU_STEP_FIXED) && step->line == line)
        return step;
    }
  return NULL;
}

/* A line of which no rule speaks: what it states itself, the rest is in scope. */
static void
add_plain (const Told *self, const ZifuBillLine *line, const char *name)
{
  ZifuStep step = { .out = line->has_out ? line->out : 0,
                    .over_limit = line->has_over_limit ? line->over_limit : 0,
                    .prior = line->has_prior ? line->prior : 0 };

  step.result = line->amount - step.out - step.over_limit - step.prior;
  add_scope (self, &step, name);
}

static void
add_lines (const Told *self)
{
  const ZifuStep *bill = zifu_words_find_step (self->settlement, ZIFU_STEP_BILL, NULL);

  for (guint i = 0; self->visit->lines != NULL && i < self->visit->lines->len; i++)
    {
      const ZifuStep *step = step_of_line (self->settlement, (int) i);
      g_autofree char *name = zifu_answer_line_name (self->visit, (int) i);

      if (step == NULL)
        add_plain (self, &g_array_index (self->visit->lines, ZifuBillLine, i), name);
      else if (step->kind == ZIFU_STEP_SCOPE)
        add_scope (self, step, name);
      else
        add_fixed (self, step, name);
    }
  if (self->visit->lines == NULL && bill != NULL)
    add_scope (self, bill, _ ("The bill"));
}

static void
add_deposit (ZifuAnswer *answer, const AnswerCase *self)
{
  const ZifuVisit *visit = self->record->refused;

  if (!visit->has_prepaid || visit->prepaid <= 0)
    return;
  g_autofree char *amount = zifu_words_list (visit->prepaid);
  /* Translators: {1} is an amount, {2} says who pays it */
  zifu_answer_add_point (answer, zifu_words_fill (_ ("Deposit of {1}, which is no treatment yet: {2}"), amount,
                                                  payers (FALSE, FALSE, self->has_account), NULL));
}

/* The refused bill, line by line.  Returns whether it could be settled. */
static gboolean
tell_bill (ZifuAnswer *answer, const AnswerCase *self)
{
  const ZifuVisit *visit = self->record->refused;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSettlement) s = zifu_answer_settle_refused (self, &error);
  const ZifuStep *account;
  WordsGate gates;

  if (s == NULL)
    {
      answer->in_your_case = zifu_words_fill_take (_ ("No figures: {1}"), zifu_words_error_plain (error), NULL);
      return FALSE;
    }
  account = zifu_words_find_step (s, ZIFU_STEP_ACCOUNT, NULL);
  gates = zifu_words_gates (s);
  Told told = { answer,
                s,
                visit,
                account != NULL && account->rule != NULL ? account->rule : zifu_answer_account_rule (self),
                zifu_rational_sign (gates.share) > 0 || gates.claim,
                self->has_account && !gates.account_closed,
                self->has_account };
  if (gates.acted)
    zifu_answer_add_point (answer, zifu_words_gate (s));
  add_lines (&told);
  /* Translators: {1} is a bill, {2} says who pays it */
  answer->in_your_case = zifu_words_fill_take (_ ("Your bill of {1}: {2}"), zifu_words_list (s->total), zifu_answer_payers (s), NULL);
  answer->unverified |= !zifu_settlement_is_verified (s);
  answer->bill = s->total;
  zifu_answer_set_source (answer, told.account);
  return TRUE;
}

static void
tell_example (ZifuAnswer *answer, const AnswerCase *self)
{
  g_autoptr (ZifuSettlement) s = zifu_answer_example (self, self->person, EXAMPLE_BILL, EXAMPLE_OUT, NULL);
  char *figures = NULL;

  if (s != NULL)
    /* Translators: {1} is a bill, {2} a part of it, {3} says who pays it */
    figures = zifu_words_fill_take (_ ("A bill of {1}, {2} of it out of catalogue: {3}"), zifu_words_list (s->total),
                                    zifu_words_list (s->out), zifu_answer_payers (s), NULL);
  zifu_answer_set_figures (answer, self, figures);
  answer->bill = s != NULL ? EXAMPLE_BILL : 0;
  zifu_answer_set_source (answer, zifu_answer_account_rule (self));
}

/**
 * zifu_answer_bucket_payers:
 * @self: a case
 * @bucket: a part that the fund does not pay
 *
 * Returns: who pays it by the rules of the region, in the current language
 */
const char *
zifu_answer_bucket_payers (const AnswerCase *self, ZifuBucket bucket)
{
  gboolean account = self->has_account && zifu_words_account_pays (zifu_answer_account_rule (self), bucket);

  return payers (FALSE, account, self->has_account);
}

/* What holds of any bill; the account's part by the rule of the region. */
static void
add_kinds (ZifuAnswer *answer, const AnswerCase *self)
{
  const char *nobody = payers (FALSE, FALSE, self->has_account);

  /* Translators: in the next sentences {1} says who pays */
  zifu_answer_add_point (answer, zifu_words_fill (_ ("Category A and services in the catalogue: {1}"),
                                                  payers (TRUE, self->has_account, self->has_account), NULL));
  zifu_answer_add_point (
      answer, zifu_words_fill (_ ("First share of category B: {1}"), zifu_answer_bucket_payers (self, ZIFU_BUCKET_PRIOR), NULL));
  zifu_answer_add_point (
      answer, zifu_words_fill (_ ("Price above a limit: {1}"), zifu_answer_bucket_payers (self, ZIFU_BUCKET_OVER_LIMIT), NULL));
  zifu_answer_add_point (answer, zifu_words_fill (_ ("Category C and items without a national code: {1}"),
                                                  zifu_answer_bucket_payers (self, ZIFU_BUCKET_OUT), NULL));
  zifu_answer_add_point (answer,
                         zifu_words_fill (_ ("Health products, daily goods, public health, sport and wellness: {1}"), nobody, NULL));
  zifu_answer_add_point (answer, zifu_words_fill (_ ("Deposit at admission, which is settled at discharge: {1}"), nobody, NULL));
}

/**
 * zifu_answer_scope:
 * @self: a case
 *
 * Returns: (transfer full): the answer to R25
 */
ZifuAnswer *
zifu_answer_scope (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new (
      "R25", _ ("A Balance That Cannot Be Used"), _ ("Which items of the bill are not paid, and why?"),
      "目录外 丙类 自费 保健品 押金 超限价 没有国家码 不能报 不给报 out of catalogue category C health product deposit limit item scope");
  const ZifuVisit *refused = self->record->refused;
  gboolean has_bill = refused != NULL && (refused->lines != NULL || refused->total > 0 || refused->in_scope > 0);
  gboolean told = has_bill ? tell_bill (answer, self) : zifu_answer_tell_bills (answer, self);

  if (refused != NULL)
    add_deposit (answer, self);
  if (!has_bill && answer->in_your_case == NULL)
    tell_example (answer, self);
  if (!told)
    add_kinds (answer, self);
  if (self->has_account && zifu_words_account_pays (zifu_answer_account_rule (self), ZIFU_BUCKET_OUT))
    answer->answer =
        g_strdup (_ ("What is out of catalogue or above a price limit is never paid by the fund; here the account may pay what is "
                     "out of catalogue."));
  else if (self->has_account)
    answer->answer =
        g_strdup (_ ("What is out of catalogue or above a price limit is paid by neither fund nor account, only in cash, by phone "
                     "or bank card."));
  else
    answer->answer =
        g_strdup (_ ("What is out of catalogue or above a price limit is not paid by the fund; you pay it in cash, by phone or "
                     "bank card."));
  answer->why =
      g_strdup (_ ("The fund pays by the catalogue of the insurance, up to its price limits; the account follows the list of uses that "
                   "the rules name."));
  zifu_answer_add_step (answer, _ ("Ask for the list of items: it shows the category of each."));
  zifu_answer_add_step (answer, _ ("An item in a wrong category: have the hospital look it up, then ask 12393."));
  answer->where = g_strdup (zifu_words_window ());
  return answer;
}
