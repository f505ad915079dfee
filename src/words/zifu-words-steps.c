/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-words-private.h"

/**
 * zifu_step_words_free:
 * @words: (nullable): a step
 *
 * Frees a step.
 */
void
zifu_step_words_free (ZifuStepWords *words)
{
  if (words == NULL)
    return;
  g_free (words->title);
  g_free (words->formula);
  g_free (words->role);
  g_free (words->rule);
  g_free (words->source);
  g_free (words->url);
  g_free (words->confidence);
  g_free (words);
}

/**
 * zifu_words_add_step:
 * @self: the steps
 * @title: (transfer full): what happens
 * @formula: (transfer full) (nullable): how
 *
 * Returns: (transfer none): a new step at the end
 */
ZifuStepWords *
zifu_words_add_step (WordsSteps *self, char *title, char *formula)
{
  ZifuStepWords *words = g_new0 (ZifuStepWords, 1);

  words->title = title;
  words->formula = formula;
  g_ptr_array_add (self->steps, words);
  return words;
}

/**
 * zifu_words_set_figure:
 * @words: a step
 * @amount: the figure at its right, in fen
 * @role: what the figure is
 *
 * Gives a step its figure.
 */
void
zifu_words_set_figure (ZifuStepWords *words, ZifuMoney amount, const char *role)
{
  words->has_amount = TRUE;
  words->amount = amount;
  g_free (words->role);
  words->role = g_strdup (role);
}

/* Adds a line, unless it stands there already. */
static void
add_line (char **text, char *line)
{
  if (line == NULL)
    return;
  g_auto (GStrv) lines = g_strsplit (*text != NULL ? *text : "", "\n", -1);
  g_auto (GStrv) more = g_strsplit (line, "\n", -1);
  for (guint i = 0; more[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) lines, more[i]))
      {
        char *longer = *text != NULL ? g_strconcat (*text, "\n", more[i], NULL) : g_strdup (more[i]);
        g_free (*text);
        *text = longer;
      }
  g_free (line);
}

/**
 * zifu_words_add_rule:
 * @self: the steps
 * @words: a step
 * @rule: (nullable): a rule that it rests on
 *
 * Says which rule a step rests on, from which documents it is, and how sure it is.  A step may rest on several.
 */
void
zifu_words_add_rule (WordsSteps *self, ZifuStepWords *words, const ZifuRule *rule)
{
  if (rule == NULL)
    return;
  add_line (&words->rule, zifu_words_rule (rule));
  add_line (&words->source, zifu_words_rule_sources (rule));
  add_line (&words->confidence, zifu_words_confidence (rule));
  if (words->url == NULL)
    words->url = g_strdup (zifu_words_rule_url (rule));
  words->unverified = words->unverified || rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
  words->outdated = words->outdated || (rule->confirmed_to != 0 && self->settlement->date > rule->confirmed_to);
}

/**
 * zifu_words_add_rules:
 * @self: the steps
 * @words: a step
 * @step: (nullable): its data
 *
 * Says on which rules a step rests, those that changed its figures included.
 */
void
zifu_words_add_rules (WordsSteps *self, ZifuStepWords *words, const ZifuStep *step)
{
  if (step == NULL)
    return;
  zifu_words_add_rule (self, words, step->rule);
  for (guint i = 0; i < step->adjusts.n; i++)
    zifu_words_add_rule (self, words, step->adjusts.rules[i]);
}

static void
gate_step (WordsSteps *self, const ZifuStep *step)
{
  char *title;

  if (step->claim)
    title = g_strdup (_ ("Pay first, claim later"));
  else if (zifu_rational_sign (step->ratio) == 0 && step->flag)
    title = g_strdup (_ ("Neither the funds nor the account pay"));
  else if (zifu_rational_sign (step->ratio) == 0)
    title = g_strdup (_ ("The funds pay nothing this time"));
  else if (zifu_rational_cmp (step->ratio, ZIFU_RATIONAL_ONE) < 0)
    title = zifu_words_fill_take (_ ("Only {1} of the benefits are paid"), zifu_words_ratio (step->ratio), NULL);
  else if (step->flag)
    title = g_strdup (_ ("The personal account is closed here"));
  else
    return;
  zifu_words_add_rules (self, zifu_words_add_step (self, title, zifu_words_gate_step (step)), step);
}

typedef enum
{
  TAKE_OUT,
  TAKE_OVER_LIMIT,
  TAKE_PRIOR
} Take;

static void
take_off (WordsSteps *self, Take take, ZifuMoney amount, char *title)
{
  if (amount <= 0)
    {
      g_free (title);
      return;
    }
  char *formula = zifu_words_fill_take ("{1} " WORDS_MINUS " {2}", zifu_words_list (self->rest), zifu_words_list (amount), NULL);
  ZifuStepWords *words = zifu_words_add_step (self, title, formula);

  self->rest -= amount;
  /* Translators: under the figure of a step: what of the bill is left */
  zifu_words_set_figure (words, self->rest, C_ ("role", "left"));
  for (guint i = 0; i < self->settlement->trace->len; i++)
    {
      const ZifuStep *line = &g_array_index (self->settlement->trace, ZifuStep, i);

      if (line->kind == ZIFU_STEP_SCOPE && (take == TAKE_OUT ? line->out : take == TAKE_OVER_LIMIT ? line->over_limit : line->prior) > 0)
        zifu_words_add_rules (self, words, line);
    }
}

static void
bill_steps (WordsSteps *self, const ZifuStep *step)
{
  self->rest = step->input;
  take_off (self, TAKE_OUT, step->out, g_strdup (_ ("Take off out-of-catalogue")));
  take_off (self, TAKE_OVER_LIMIT, step->over_limit, g_strdup (_ ("Take off what is over the price limit")));
  take_off (self, TAKE_PRIOR, step->prior, g_strdup (_ ("Take off category-B first share")));
}

static void
fixed_step (WordsSteps *self, const ZifuStep *step)
{
  ZifuMoney paid = step->input - step->result - step->used;
  const char *payer = step->n_parts > 0 ? step->parts[0].payer : "hifp";
  char *title = step->line < 0 ? g_strdup (_ ("The whole visit has a fixed price")) : g_strdup (_ ("An item with a fixed price"));
  char *formula;

  if (step->used > 0)
    /* Translators: what is settled apart: {1} is its cost, {2} is paid for it, {3} is left to me, {4} is left to the hospital */
    formula = zifu_words_fill_take (_ ("{2} of {1} is paid, {4} is the hospital's, {3} is mine"), zifu_words_list (step->input),
                                    zifu_words_list (paid), zifu_words_list (step->result), zifu_words_list (step->used), NULL);
  else
    /* Translators: what is settled apart: {1} is its cost, {2} what is paid for it, {3} what is left to me */
    formula = zifu_words_fill_take (_ ("{2} of {1} is paid, {3} is mine"), zifu_words_list (step->input), zifu_words_list (paid),
                                    zifu_words_list (step->result), NULL);
  ZifuStepWords *words = zifu_words_add_step (self, title, formula);

  self->rest -= step->input;
  zifu_words_set_figure (words, paid, zifu_words_payer_role (payer, zifu_words_payer_kind ("fixed", payer)));
  zifu_words_add_rules (self, words, step);
}

/* The engine settles such items while it sorts the bill; people read the bill first. */
static void
fixed_lines (WordsSteps *self)
{
  for (guint i = 0; i < self->settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (self->settlement->trace, ZifuStep, i);

      if (step->kind == ZIFU_STEP_FIXED && step->line >= 0)
        fixed_step (self, step);
    }
}

static void
first_own_step (WordsSteps *self, const ZifuStep *step)
{
  if (step->result <= 0)
    return;
  /* Translators: the share of the cost that is mine before anything else in care elsewhere; {1} is a cost, {2} 10%, {3} an amount */
  char *formula = zifu_words_fill_take ("{1} " WORDS_MINUS " {2}", zifu_words_list (self->rest), zifu_words_list (step->result), NULL);
  ZifuStepWords *words = zifu_words_add_step (self,
                                              zifu_words_fill_take (_ ("Take off the first own share of care elsewhere, {1}"),
                                                                    zifu_words_ratio (step->ratio), NULL),
                                              formula);

  self->rest -= step->result;
  zifu_words_set_figure (words, self->rest, C_ ("role", "left"));
  zifu_words_add_rules (self, words, step);
}

static void
account_first_step (WordsSteps *self, const ZifuStep *step)
{
  if (step->result <= 0)
    return;
  char *formula = zifu_words_fill_take ("{1} " WORDS_MINUS " {2}", zifu_words_list (self->rest), zifu_words_list (step->result), NULL);
  ZifuStepWords *words = zifu_words_add_step (self, g_strdup (_ ("This year's account money goes first")), formula);

  self->rest -= step->result;
  zifu_words_set_figure (words, self->rest, C_ ("role", "left"));
  zifu_words_add_rules (self, words, step);
}

static void
person_step (WordsSteps *self, const ZifuStep *step)
{
  char *formula = step->used > 0
                      ? zifu_words_fill_take ("{1} " WORDS_MINUS " {2}", zifu_words_list (step->input), zifu_words_list (step->used), NULL)
                      : NULL;
  const char *title = step->input == 0 ? _ ("There is nothing to pay") : step->used > 0 ? _ ("The rest is mine") : _ ("Everything is mine");
  ZifuStepWords *words = zifu_words_add_step (self, g_strdup (title), formula);

  /* Translators: under the figure of a step: I pay it */
  zifu_words_set_figure (words, step->result, C_ ("role", "mine"));
}

/* The part that the account may pay, and whether its money suffices for it. */
static char *
account_formula (const ZifuSettlement *settlement, const ZifuStep *step, const WordsBorne *borne)
{
  gboolean suffices = step->before >= step->input;
  ZifuMoney mine = step->input + borne->closed;

  if (borne->closed == 0)
    return suffices
               /* Translators: {1} is the balance of the account */
               ? zifu_words_fill_take (_ ("Balance {1} suffices"), zifu_words_list (step->before), NULL)
               : zifu_words_fill_take (_ ("Balance {1} does not suffice"), zifu_words_list (step->before), NULL);
  if (borne->closed_out && suffices)
    /* Translators: {1} is what I have to pay, {2} the part that the account may not pay */
    return zifu_words_fill_take (_ ("{1} − {2} out of catalogue; balance suffices"), zifu_words_list (mine),
                                 zifu_words_list (borne->closed), NULL);
  if (borne->closed_out)
    /* Translators: {1} is what I have to pay, {2} the part that the account may not pay, {3} the balance */
    return zifu_words_fill_take (_ ("{1} − {2} out of catalogue; balance {3} does not suffice"), zifu_words_list (mine),
                                 zifu_words_list (borne->closed), zifu_words_list (step->before), NULL);
  if (suffices)
    return zifu_words_fill_take (_ ("{1} − {2} that it may not pay; balance suffices"), zifu_words_list (mine),
                                 zifu_words_list (borne->closed), NULL);
  return zifu_words_fill_take (_ ("{1} − {2} that it may not pay; balance {3} does not suffice"), zifu_words_list (mine),
                               zifu_words_list (borne->closed), zifu_words_list (step->before), NULL);
}

static void
account_step (WordsSteps *self, const ZifuStep *step)
{
  WordsBorne borne = zifu_words_borne (self->settlement);
  ZifuStepWords *words;

  /* Where nothing is left to pay nothing is asked of the account; a closed one was told by its gate. */
  if (self->settlement->person == 0 || self->settlement->purses->len == 0 || zifu_words_gates (self->settlement).account_closed ||
      (step->before == 0 && self->settlement->own_account > 0))
    return;
  if (step->result == 0 && step->input > 0 && step->before > 0)
    words = zifu_words_add_step (self, g_strdup (_ ("My account is not used this time")),
                                 zifu_words_fill_take (_ ("Balance {1} stays"), zifu_words_list (step->before), NULL));
  else if (step->result == 0 && step->input == 0)
    words = zifu_words_add_step (self, g_strdup (_ ("Nothing here may be paid from my account")), NULL);
  else if (step->result == 0)
    words = zifu_words_add_step (self, g_strdup (_ ("My account is empty")), NULL);
  else
    words = zifu_words_add_step (self, g_strdup (_ ("My account pays what it may")), account_formula (self->settlement, step, &borne));
  /* Translators: under the figure of a step: the personal account pays it */
  zifu_words_set_figure (words, step->result, C_ ("role", "account"));
  zifu_words_add_rules (self, words, step);
}

static void
mutual_step (WordsSteps *self, const ZifuStep *step)
{
  if (step->result <= 0)
    return;
  ZifuStepWords *words =
      zifu_words_add_step (self, g_strdup (_ ("Family account pays")), zifu_words_relative_name (step->name));

  /* Translators: under the figure of a step: the account of a relative pays it */
  zifu_words_set_figure (words, step->result, C_ ("role", "family"));
}

static void
cash_step (WordsSteps *self, const ZifuStep *step)
{
  const ZifuSettlement *settlement = self->settlement;
  char *formula = NULL;

  if (step->result <= 0)
    return;
  if (settlement->own_account > 0 && settlement->mutual_sum > 0)
    formula = zifu_words_fill_take ("{1} " WORDS_MINUS " {2} " WORDS_MINUS " {3}", zifu_words_list (settlement->person),
                                    zifu_words_list (settlement->own_account), zifu_words_list (settlement->mutual_sum), NULL);
  else if (settlement->own_account + settlement->mutual_sum > 0)
    formula = zifu_words_fill_take ("{1} " WORDS_MINUS " {2}", zifu_words_list (settlement->person),
                                    zifu_words_list (settlement->own_account + settlement->mutual_sum), NULL);
  /* Translators: under the figure of a step: it is paid in cash, by phone or bank card */
  zifu_words_set_figure (zifu_words_add_step (self, g_strdup (_ ("Cash for the remainder")), formula), step->result, C_ ("role", "cash"));
}

static void
claim_step (WordsSteps *self)
{
  ZifuMoney claim = self->settlement->parts[ZIFU_BUCKET_CLAIM];

  if (claim > 0)
    zifu_words_set_figure (zifu_words_add_step (self, g_strdup (_ ("Of it the funds owe me, on a claim")), NULL), claim,
                           /* Translators: under the figure of a step: it comes back on a claim */
                           C_ ("role", "claim"));
}

static void
deposit_step (WordsSteps *self)
{
  const ZifuSettlement *settlement = self->settlement;

  if (!settlement->has_prepaid)
    return;
  if (settlement->refund > 0)
    zifu_words_set_figure (zifu_words_add_step (self, g_strdup (_ ("Part of the deposit comes back")), NULL), settlement->refund,
                           /* Translators: under the figure of a step: it is given back at the till */
                           C_ ("role", "back"));
  else if (settlement->still_due > 0)
    zifu_words_set_figure (zifu_words_add_step (self, g_strdup (_ ("The deposit does not suffice")), NULL), settlement->still_due,
                           /* Translators: under the figure of a step: it is still to be paid */
                           C_ ("role", "still due"));
}

static void
one_step (WordsSteps *self, const ZifuStep *share, const ZifuStep *step)
{
  gboolean later = zifu_words_layer_is_later (self->settlement, step->layer);

  switch (step->kind)
    {
    case ZIFU_STEP_GATE:
      gate_step (self, step);
      break;
    case ZIFU_STEP_BILL:
      bill_steps (self, step);
      fixed_lines (self);
      break;
    case ZIFU_STEP_FIXED:
      if (step->line < 0)
        fixed_step (self, step);
      break;
    case ZIFU_STEP_FIRST_OWN:
      first_own_step (self, step);
      break;
    case ZIFU_STEP_ACCOUNT_FIRST:
      account_first_step (self, step);
      break;
    case ZIFU_STEP_DEDUCTIBLE:
      if (!later)
        zifu_words_deductible_step (self, step);
      break;
    case ZIFU_STEP_BAND:
      if (!later)
        zifu_words_band_step (self, share, step);
      break;
    case ZIFU_STEP_CAP:
      if (!later)
        zifu_words_cap_step (self, step);
      break;
    case ZIFU_STEP_LAYER:
      zifu_words_layer_step (self, step);
      break;
    case ZIFU_STEP_PERSON:
      person_step (self, step);
      claim_step (self);
      break;
    case ZIFU_STEP_ACCOUNT:
      account_step (self, step);
      break;
    case ZIFU_STEP_MUTUAL:
      mutual_step (self, step);
      break;
    case ZIFU_STEP_CASH:
      cash_step (self, step);
      break;
    case ZIFU_STEP_ROUTE:
    case ZIFU_STEP_SCOPE:
    case ZIFU_STEP_SHARE:
    case ZIFU_STEP_LIMIT:
    case ZIFU_STEP_NOT_ESTIMATED:
    default:
      /* Told by other steps, or by what was not calculated. */
      break;
    }
}

/**
 * zifu_words_steps:
 * @settlement: a settlement
 *
 * A person who adds the figures of the steps arrives at the figures of the result: what the engine rounds once per payer is
 * shown once per payer, behind the stretches that it consists of.
 *
 * Returns: (transfer full) (element-type ZifuStepWords): how the result came about, in order
 */
GPtrArray *
zifu_words_steps (const ZifuSettlement *settlement)
{
  g_return_val_if_fail (settlement != NULL, NULL);

  WordsSteps self = { settlement, g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_step_words_free), settlement->total };
  const ZifuStep *share = NULL;
  gboolean sheet_told = FALSE;

  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step->kind == ZIFU_STEP_SHARE)
        share = step;
      if (!sheet_told && (step->layer != NULL || step->kind == ZIFU_STEP_PERSON))
        {
          zifu_words_sheet_step (&self);
          sheet_told = TRUE;
        }
      one_step (&self, share, step);
    }
  deposit_step (&self);
  return self.steps;
}
