/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What several answers say. */

#include "zifu-answers-parts-private.h"

/**
 * zifu_answer_who_pays:
 * @settlement: a settlement
 *
 * Returns: (transfer full): who pays what of the bill, as one sentence; payers that the person does not have are left out
 */
char *
zifu_answer_who_pays (const ZifuSettlement *settlement)
{
  g_autofree char *bill = zifu_words_list (settlement->total);
  g_autofree char *fund = zifu_words_list (settlement->fund_sum);
  g_autofree char *own = zifu_words_list (settlement->own_account);
  g_autofree char *family = zifu_words_list (settlement->mutual_sum);
  g_autofree char *cash = zifu_words_list (settlement->cash);
  gboolean has_account = settlement->purses->len > 0;

  if (has_account && settlement->mutual_sum > 0)
    /* Translators: {1} is a bill; {2}, {3}, {4} and {5} say who pays what of it */
    return zifu_words_fill (_ ("A bill of {1}: fund {2}, account {3}, family {4}, cash {5}"), bill, fund, own, family, cash, NULL);
  if (has_account)
    return zifu_words_fill (_ ("A bill of {1}: fund {2}, account {3}, cash {4}"), bill, fund, own, cash, NULL);
  if (settlement->mutual_sum > 0)
    return zifu_words_fill (_ ("A bill of {1}: fund {2}, family {3}, cash {4}"), bill, fund, family, cash, NULL);
  return zifu_words_fill (_ ("A bill of {1}: fund {2}, cash {3}"), bill, fund, cash, NULL);
}

/**
 * zifu_answer_payers:
 * @settlement: a settlement
 *
 * Returns: (transfer full): who pays what, to stand inside a sentence; payers that the person does not have are left out
 */
char *
zifu_answer_payers (const ZifuSettlement *settlement)
{
  g_autofree char *fund = zifu_words_list (settlement->fund_sum);
  g_autofree char *own = zifu_words_list (settlement->own_account);
  g_autofree char *family = zifu_words_list (settlement->mutual_sum);
  g_autofree char *cash = zifu_words_list (settlement->cash);
  gboolean has_account = settlement->purses->len > 0;

  if (has_account && settlement->mutual_sum > 0)
    /* Translators: {1}, {2}, {3} and {4} say who pays what of a bill */
    return zifu_words_fill (_ ("fund {1}, account {2}, family {3}, cash {4}"), fund, own, family, cash, NULL);
  if (has_account)
    return zifu_words_fill (_ ("fund {1}, account {2}, cash {3}"), fund, own, cash, NULL);
  if (settlement->mutual_sum > 0)
    return zifu_words_fill (_ ("fund {1}, family {2}, cash {3}"), fund, family, cash, NULL);
  return zifu_words_fill (_ ("fund {1}, cash {2}"), fund, cash, NULL);
}

/**
 * zifu_answer_why_not:
 * @error: (nullable): what the engine refused; %NULL when there are no rules for the region
 *
 * Returns: (transfer full): why there are no figures, as a sentence
 */
char *
zifu_answer_why_not (const GError *error)
{
  g_autofree char *message = error != NULL ? zifu_words_error_plain (error) : g_strdup (_ ("there are no rules for this region yet"));

  /* Translators: {1} says why */
  return zifu_words_fill (_ ("No figures: {1}"), message, NULL);
}

/* One step on one line. */
static char *
step_line (const ZifuStepWords *step)
{
  g_autofree char *figure = step->has_amount ? zifu_words_list (step->amount) : NULL;
  g_autofree char *formula = NULL;

  if (step->formula != NULL)
    {
      g_auto (GStrv) lines = g_strsplit (step->formula, "\n", -1);

      /* Translators: between two calculations that belong to one step of a bill */
      formula = g_strjoinv (C_ ("calculations", "; "), lines);
    }
  if (formula != NULL && figure != NULL)
    /* Translators: a step of a bill: {1} is what is done, {2} the calculation, {3} what comes out, {4} who pays it or what it is */
    return zifu_words_fill (C_ ("step", "{1}: {2} → {3} ({4})"), step->title, formula, figure, step->role, NULL);
  if (figure != NULL)
    /* Translators: a step of a bill: {1} is what is done, {2} what comes out, {3} who pays it or what it is */
    return zifu_words_fill (C_ ("step", "{1}: {2} ({3})"), step->title, figure, step->role, NULL);
  if (formula != NULL)
    /* Translators: a step of a bill: {1} is what is done, {2} the calculation */
    return zifu_words_fill (C_ ("step", "{1}: {2}"), step->title, formula, NULL);
  return g_strdup (step->title);
}

/**
 * zifu_answer_add_steps_of:
 * @answer: an answer
 * @settlement: a settlement
 *
 * Adds its steps, in order, to the list of the answer.
 */
void
zifu_answer_add_steps_of (ZifuAnswer *answer, const ZifuSettlement *settlement)
{
  g_autoptr (GPtrArray) steps = zifu_words_steps (settlement);

  for (guint i = 0; i < steps->len; i++)
    zifu_answer_add_point (answer, step_line (g_ptr_array_index (steps, i)));
}

/**
 * zifu_answer_add_left_out:
 * @answer: an answer
 * @settlement: a settlement
 *
 * Adds what its figures do not contain to the list of the answer: what is left out would be read as zero.
 */
void
zifu_answer_add_left_out (ZifuAnswer *answer, const ZifuSettlement *settlement)
{
  g_autoptr (GPtrArray) texts = zifu_words_not_calculated (settlement);

  for (guint i = 0; i < texts->len; i++)
    zifu_answer_add_point (answer, g_strdup (g_ptr_array_index (texts, i)));
}

/**
 * zifu_answer_rule_title:
 * @rule: a rule
 *
 * Returns: its title, or its name in the pack when it has none
 */
const char *
zifu_answer_rule_title (const ZifuRule *rule)
{
  const char *title = zifu_words_text (&rule->title);

  return title != NULL ? title : rule->id;
}

/**
 * zifu_answer_add_rule_amount:
 * @answer: an answer
 * @rule: a rule
 * @amount: what it comes to, fen
 *
 * Adds a rule and what it comes to, to the list of the answer.
 */
void
zifu_answer_add_rule_amount (ZifuAnswer *answer, const ZifuRule *rule, ZifuMoney amount)
{
  /* Translators: {1} is the title of a rule, {2} the amount that it comes to */
  zifu_answer_add_point (answer, zifu_words_fill_take (C_ ("rule", "{1}: {2}"), g_strdup (zifu_answer_rule_title (rule)),
                                                       zifu_words_list (amount), NULL));
}

/* Says once that a figure may have changed since somebody looked. */
static void
note_outdated (ZifuAnswer *answer)
{
  const char *text = _ ("A rule used here is past the day up to which it is confirmed: its figure may have changed.");

  if (!g_ptr_array_find_with_equal_func (answer->points, text, g_str_equal, NULL))
    zifu_answer_add_point (answer, g_strdup (text));
}

/**
 * zifu_answer_mark_figure:
 * @answer: an answer
 * @self: a case
 * @figure: a figure that it uses
 *
 * Marks the answer when the figure is not verified or past the day up to which it is confirmed, and names its source when
 * there is none yet.
 */
void
zifu_answer_mark_figure (ZifuAnswer *answer, const AnswerCase *self, const ZifuFigure *figure)
{
  if (figure->rule == NULL)
    return;
  if (answer->source == NULL)
    zifu_answer_set_source (answer, figure->rule);
  answer->unverified = answer->unverified || figure->rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
  if (figure->rule->confirmed_to != 0 && figure->rule->confirmed_to < self->today)
    note_outdated (answer);
}

/**
 * zifu_answer_mark_settlement:
 * @answer: an answer
 * @settlement: (nullable): a settlement whose figures it uses
 *
 * Marks the answer when one of the figures is not verified, or past the day up to which it is confirmed.
 */
void
zifu_answer_mark_settlement (ZifuAnswer *answer, const ZifuSettlement *settlement)
{
  if (settlement == NULL)
    return;
  answer->unverified = answer->unverified || !zifu_settlement_is_verified (settlement);
  for (guint i = 0; i < settlement->notes->len; i++)
    if (g_str_equal (g_array_index (settlement->notes, ZifuNote, i).note, "not-confirmed"))
      note_outdated (answer);
}

/**
 * zifu_answer_share_rule:
 * @settlement: (nullable): a settlement
 *
 * Returns: (transfer none) (nullable): the rule that decided which share the fund pays
 */
const ZifuRule *
zifu_answer_share_rule (const ZifuSettlement *settlement)
{
  const ZifuStep *step = settlement != NULL ? zifu_words_find_step (settlement, ZIFU_STEP_SHARE, "base") : NULL;

  return step != NULL ? step->rule : NULL;
}

/**
 * zifu_answer_with_balance:
 * @person: a person
 * @balance: fen
 *
 * Returns: (transfer full): the same person with this balance, in the first purse; an account is made when none is known
 */
ZifuPerson *
zifu_answer_with_balance (const ZifuPerson *person, ZifuMoney balance)
{
  ZifuPerson *copy = zifu_person_copy (person);

  for (guint i = 0; i < copy->purses->len; i++)
    g_array_index (copy->purses, ZifuPurse, i).amount = i == 0 ? balance : 0;
  if (copy->purses->len == 0)
    zifu_person_add_purse (copy, "balance", balance);
  return copy;
}

/**
 * zifu_answer_figure:
 * @self: a case
 * @name: name of an amount rule
 * @axis: (nullable): an axis that is stated for this question only
 * @value: (nullable): its value
 *
 * Returns: what the pack says about it today; absent when there are no rules for the region
 */
ZifuFigure
zifu_answer_figure (const AnswerCase *self, const char *name, const char *axis, const char *value)
{
  if (self->pack == NULL)
    return (ZifuFigure){ ZIFU_FIGURE_ABSENT };
  return zifu_figure_find (self->pack, self->person, self->today, name, axis, value);
}

/**
 * zifu_answer_is_status:
 * @self: a case
 * @status: active, retired, flexible or resident
 *
 * Returns: whether the person is in this status
 */
gboolean
zifu_answer_is_status (const AnswerCase *self, const char *status)
{
  return g_strcmp0 (zifu_facts_get_string (self->person->facts, "status"), status) == 0;
}

/**
 * zifu_answer_gets_credit:
 * @self: a case
 *
 * Returns: whether the rules credit something to an account of this person
 */
gboolean
zifu_answer_gets_credit (const AnswerCase *self)
{
  g_autoptr (ZifuCredit) credit = self->pack != NULL ? zifu_credit_compute (self->pack, self->person, self->today, NULL) : NULL;

  return credit != NULL && credit->year > 0;
}

/**
 * zifu_answer_may_have_account:
 * @self: a case
 *
 * Residents have none unless their region credits one, and some kinds of employee insurance come without; of everybody else it
 * is not known that there is none, even when the data hold no balance.
 *
 * Returns: whether the person has a personal account, or may have one
 */
gboolean
zifu_answer_may_have_account (const AnswerCase *self)
{
  g_autoptr (ZifuCredit) credit = self->pack != NULL ? zifu_credit_compute (self->pack, self->person, self->today, NULL) : NULL;

  if (self->has_account || (credit != NULL && credit->year > 0))
    return TRUE;
  return !self->is_resident && (credit == NULL || credit->lines->len == 0);
}

/**
 * zifu_answer_add_balance_note:
 * @answer: an answer
 * @self: a case
 *
 * Says that there may be an account whose money is not in the figures.
 */
void
zifu_answer_add_balance_note (ZifuAnswer *answer, const AnswerCase *self)
{
  if (!self->has_account && zifu_answer_may_have_account (self))
    zifu_answer_add_point (answer, g_strdup (_ ("The balance of your account is not in your data: these figures do without it.")));
}

/**
 * zifu_answer_account_goes_first:
 * @self: a case
 *
 * Returns: whether this year's account money is taken before the deductible
 */
gboolean
zifu_answer_account_goes_first (const AnswerCase *self)
{
  const ZifuRule *rule = zifu_answer_account_rule (self);

  return rule != NULL && rule->kind == ZIFU_RULE_ACCOUNT && rule->u.account.before_deductible;
}
