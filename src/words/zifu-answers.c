/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-answers-private.h"

#include "zifu-account.h"

/* Bill of the examples, in fen. */
#define EXAMPLE_BILL 500000

/**
 * zifu_answer_visit:
 * @self: a case
 * @care: outpatient, inpatient …
 * @institution_class: 3, 2, 1, community, pharmacy …
 * @total: the bill, fen
 * @out: of it out of catalogue, fen
 *
 * Returns: (transfer full): a visit today in a designated and connected institution where the person is insured
 */
ZifuVisit *
zifu_answer_visit (const AnswerCase *self, const char *care, const char *institution_class, ZifuMoney total, ZifuMoney out)
{
  ZifuVisit *visit = zifu_visit_new ();

  zifu_facts_set_string (visit->facts, "care", care);
  zifu_facts_set_string (visit->facts, "class", institution_class);
  zifu_facts_set_string (visit->facts, "place", "city");
  zifu_facts_set_string (visit->facts, "remote", "local");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  zifu_facts_set_boolean (visit->facts, "connected", TRUE);
  zifu_facts_set_boolean (visit->facts, "chosen", TRUE);
  visit->date = self->today;
  visit->use_account = TRUE;
  visit->use_mutual_aid = TRUE;
  zifu_visit_set_total (visit, total);
  zifu_visit_set_parts (visit, out, 0, 0);
  return visit;
}

/**
 * zifu_answer_settle:
 * @self: a case
 * @person: who
 * @visit: a visit
 * @error: return location: %ZIFU_ERROR
 *
 * Settles a visit by the rules of the case.
 *
 * Returns: (transfer full) (nullable): the settlement; %NULL on error, also when there are no rules for the region
 */
ZifuSettlement *
zifu_answer_settle (const AnswerCase *self, const ZifuPerson *person, const ZifuVisit *visit, GError **error)
{
  if (self->pack == NULL)
    {
      zifu_error_set (error, ZIFU_ERROR_NOT_FOUND, NULL, N_ ("there are no rules for this region yet"), NULL, NULL, NULL);
      return NULL;
    }
  return zifu_settle (self->pack, person, visit, error);
}

/**
 * zifu_answer_settle_refused:
 * @self: a case whose record has a visit that was refused or is planned
 * @error: return location: %ZIFU_ERROR
 *
 * Settles that visit with the share of the benefits that the contributions give on its day.
 *
 * Returns: (transfer full) (nullable): the settlement; %NULL on error
 */
ZifuSettlement *
zifu_answer_settle_refused (const AnswerCase *self, GError **error)
{
  g_autoptr (ZifuPerson) person = zifu_person_copy (self->record->person);
  const ZifuVisit *visit = self->record->refused;
  const ZifuCoverageInterval *then = NULL;

  if (self->plan != NULL && !person->has_coverage_share)
    {
      if (self->plan->coverage != NULL)
        then = zifu_coverage_at (self->plan->coverage, zifu_month_of (visit->date));
      person->has_coverage_share = TRUE;
      person->coverage_share = then != NULL ? then->share : self->plan->share;
    }
  return zifu_answer_settle (self, person, visit, error);
}

/**
 * zifu_answer_example:
 * @self: a case
 * @person: who
 * @total: the bill, fen
 * @out: of it out of catalogue, fen
 * @error: return location: %ZIFU_ERROR
 *
 * Settles ordinary outpatient care in a tier-3 hospital: what most people mean by a visit.
 *
 * Returns: (transfer full) (nullable): the settlement; %NULL on error
 */
ZifuSettlement *
zifu_answer_example (const AnswerCase *self, const ZifuPerson *person, ZifuMoney total, ZifuMoney out, GError **error)
{
  g_autoptr (ZifuVisit) visit = zifu_answer_visit (self, "outpatient", "3", total, out);

  return zifu_answer_settle (self, person, visit, error);
}

/* Contributions decide whether the benefits are paid today, unless the person states it. */
static void
find_cover (AnswerCase *self)
{
  ZifuPerson *person = self->person;

  if (self->pack != NULL)
    self->plan = zifu_cover_plan_new (self->pack, person, self->today, NULL, NULL);
  if (self->plan != NULL && !person->has_coverage_share)
    {
      person->has_coverage_share = TRUE;
      person->coverage_share = self->plan->share;
    }
  self->is_uncovered = person->has_coverage_share && zifu_rational_cmp (person->coverage_share, ZIFU_RATIONAL_ONE) < 0;
}

static void
case_init (AnswerCase *self, ZifuPack *pack, const ZifuRecord *record, ZifuDate today)
{
  g_autoptr (GError) error = NULL;
  ZifuPerson *person = zifu_person_copy (record->person);
  const char *insurance = zifu_facts_get_string (person->facts, "insurance");

  *self = (AnswerCase){ .pack = pack, .record = record, .person = person, .today = today };
  self->has_account = person->purses->len > 0;
  self->is_resident = g_strcmp0 (insurance, "390") == 0;
  self->balance = zifu_person_get_balance (person);
  find_cover (self);
  /* The question is about a bill that is higher than the balance. */
  self->bill = self->balance < EXAMPLE_BILL ? EXAMPLE_BILL : (self->balance / EXAMPLE_BILL + 1) * EXAMPLE_BILL;
  self->example = zifu_answer_example (self, person, self->bill, 0, &error);
  if (self->example == NULL)
    {
      g_autofree char *message = zifu_words_error_plain (error);
      /* Translators: {1} says why */
      self->refusal = zifu_words_fill (_ ("No figures: {1}"), message, NULL);
    }
}

static void
case_clear (AnswerCase *self)
{
  g_clear_pointer (&self->person, zifu_person_free);
  g_clear_pointer (&self->example, zifu_settlement_free);
  g_clear_pointer (&self->refusal, g_free);
  g_clear_pointer (&self->plan, zifu_cover_plan_free);
}

/**
 * zifu_answer_account_rule:
 * @self: a case
 *
 * Returns: (transfer none) (nullable): the account rule that decided, or that would decide when no example could be settled
 */
const ZifuRule *
zifu_answer_account_rule (const AnswerCase *self)
{
  const ZifuStep *step = self->example != NULL ? zifu_words_find_step (self->example, ZIFU_STEP_ACCOUNT, NULL) : NULL;
  GPtrArray *rules = self->pack != NULL ? self->pack->by_kind[ZIFU_RULE_ACCOUNT] : NULL;
  const ZifuRule *best = NULL;

  if (step != NULL && step->rule != NULL)
    return step->rule;
  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (rules, i);

      if (rule->valid_from <= self->today && (rule->valid_to == 0 || rule->valid_to >= self->today) &&
          (best == NULL || zifu_rule_specificity (rule) > zifu_rule_specificity (best)))
        best = rule;
    }
  return best;
}

/**
 * zifu_answer_pack:
 * @self: a case
 *
 * Returns: (transfer full): the rules of the region, or rules that say nothing when there are none
 */
ZifuPack *
zifu_answer_pack (const AnswerCase *self)
{
  ZifuPack *pack;

  if (self->pack != NULL)
    return zifu_pack_ref (self->pack);
  pack = zifu_pack_new ("none");
  zifu_pack_finish (pack, NULL);
  return pack;
}

/**
 * zifu_answer_new:
 * @row: row of the requirements
 * @section: heading
 * @question: the question
 * @keywords: words by which search finds it, in both languages
 *
 * Returns: (transfer full): an answer without text
 */
ZifuAnswer *
zifu_answer_new (const char *row, const char *section, const char *question, const char *keywords)
{
  ZifuAnswer *answer = g_new0 (ZifuAnswer, 1);

  answer->row = row;
  answer->section = g_strdup (section);
  answer->question = g_strdup (question);
  answer->keywords = g_strdup (keywords);
  answer->points = g_ptr_array_new_with_free_func (g_free);
  answer->steps = g_ptr_array_new_with_free_func (g_free);
  answer->papers = g_ptr_array_new_with_free_func (g_free);
  answer->causes = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_cause_words_free);
  return answer;
}

/**
 * zifu_answer_add_point:
 * @answer: an answer
 * @point: (transfer full): a line of its list
 *
 * Adds a line.
 */
void
zifu_answer_add_point (ZifuAnswer *answer, char *point)
{
  g_ptr_array_add (answer->points, point);
}

/**
 * zifu_answer_add_step:
 * @answer: an answer
 * @step: something to do, in the current language
 *
 * Adds a step of what to do, in order.
 */
void
zifu_answer_add_step (ZifuAnswer *answer, const char *step)
{
  g_ptr_array_add (answer->steps, g_strdup (step));
}

/**
 * zifu_answer_add_paper:
 * @answer: an answer
 * @paper: a paper to bring or to keep, in the current language
 *
 * Adds a paper.
 */
void
zifu_answer_add_paper (ZifuAnswer *answer, const char *paper)
{
  g_ptr_array_add (answer->papers, g_strdup (paper));
}

/**
 * zifu_answer_set_source:
 * @answer: an answer
 * @rule: (nullable): the rule on which it rests
 *
 * Says where the answer comes from, and marks it when the rule is not verified.
 */
void
zifu_answer_set_source (ZifuAnswer *answer, const ZifuRule *rule)
{
  if (rule == NULL)
    return;
  g_free (answer->source);
  g_free (answer->url);
  answer->source = zifu_words_rule_sources (rule);
  answer->url = g_strdup (zifu_words_rule_url (rule));
  answer->unverified = answer->unverified || rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
}

/**
 * zifu_answer_account_trouble:
 * @self: a case
 *
 * Returns: (transfer none) (nullable): why the account cannot be used today although there is money in it, as a sentence; %NULL when the
 *   data know of nothing
 */
const char *
zifu_answer_account_trouble (const AnswerCase *self)
{
  if (!self->has_account)
    return NULL;
  switch (self->record->account)
    {
    case ZIFU_ACCOUNT_FROZEN:
      return _ ("Your account is frozen: until it is freed, the account's part is paid in cash, by phone or bank card.");
    case ZIFU_ACCOUNT_CLOSED:
      return _ ("Your account is closed: the account's part is paid in cash, by phone or bank card.");
    case ZIFU_ACCOUNT_MOVED:
      return _ ("Your account was moved to another region: pay with the card or credential of that region.");
    case ZIFU_ACCOUNT_UNKNOWN:
    case ZIFU_ACCOUNT_NORMAL:
    default:
      break;
    }
  if (self->record->card == ZIFU_CARD_LOST || self->record->card == ZIFU_CARD_NOT_ACTIVATED || self->record->card == ZIFU_CARD_DORMANT)
    return _ ("Your card does not work at present: have that put right, or use the electronic credential.");
  return NULL;
}

/**
 * zifu_answer_note_cover:
 * @self: a case
 * @figures: (transfer full) (nullable): figures of today
 *
 * Says first that the fund does not pay, or does not pay all of its share, or that the account cannot be used, where that is so today.
 *
 * Returns: (transfer full) (nullable): the figures with what explains them
 */
char *
zifu_answer_note_cover (const AnswerCase *self, char *figures)
{
  gboolean waits = self->plan != NULL && self->plan->state == ZIFU_COVERAGE_WAITING;
  const char *trouble = zifu_answer_account_trouble (self);

  if (figures != NULL && trouble != NULL)
    figures = zifu_words_fill_take (C_ ("sentences", "{1} {2}"), g_strdup (trouble), figures, NULL);
  if (figures == NULL || !self->is_uncovered)
    return figures;
  /* Translators: two sentences one after the other; drop the space where your language writes none */
  return zifu_words_fill_take (C_ ("sentences", "{1} {2}"),
                               g_strdup (waits ? _ ("Your waiting period is not over.") : _ ("Your cover is suspended today.")), figures,
                               NULL);
}

/**
 * zifu_answer_set_figures:
 * @answer: an answer
 * @self: a case
 * @figures: (transfer full) (nullable): figures of the example
 *
 * Sets the figures, or why there are none.
 */
void
zifu_answer_set_figures (ZifuAnswer *answer, const AnswerCase *self, char *figures)
{
  if (self->example == NULL)
    {
      g_free (figures);
      answer->in_your_case = g_strdup (self->refusal);
      return;
    }
  answer->in_your_case = zifu_answer_note_cover (self, figures);
  answer->bill = self->bill;
  answer->unverified = answer->unverified || !zifu_settlement_is_verified (self->example);
}

/**
 * zifu_answers:
 * @pack: (nullable): the rules of the person's region; %NULL when there are none
 * @record: who asks, and what is known of that person
 * @today: the day of the question
 *
 * Answers the questions of the requirements.  The figures are those of real settlements of example visits; where the rules do not
 * allow one, the answer says so instead.
 *
 * Returns: (transfer full) (element-type ZifuAnswer): the answers, section by section
 */
GPtrArray *
zifu_answers (ZifuPack *pack, const ZifuRecord *record, ZifuDate today)
{
  static const AnswerMaker *const sections[] = { zifu_answers_paying,  zifu_answers_purses, zifu_answers_credit,
                                                 zifu_answers_trouble, zifu_answers_gaps,   zifu_answers_away };

  g_return_val_if_fail (record != NULL, NULL);
  g_return_val_if_fail (today > 0, NULL);

  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_answer_free);
  AnswerCase self;

  case_init (&self, pack, record, today);
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    for (const AnswerMaker *make = sections[i]; *make != NULL; make++)
      g_ptr_array_add (answers, (*make) (&self));
  case_clear (&self);
  return answers;
}

/**
 * zifu_cause_words_free:
 * @words: (nullable): a cause in words
 *
 * Frees it.
 */
void
zifu_cause_words_free (ZifuCauseWords *words)
{
  if (words == NULL)
    return;
  g_free (words->title);
  g_free (words->weight);
  g_ptr_array_unref (words->evidence);
  g_ptr_array_unref (words->papers);
  g_free (words->remedy);
  g_free (words->where);
  g_free (words->source);
  g_free (words->url);
  g_free (words);
}

/**
 * zifu_answer_free:
 * @answer: (nullable): an answer
 *
 * Frees an answer.
 */
void
zifu_answer_free (ZifuAnswer *answer)
{
  if (answer == NULL)
    return;
  g_free (answer->section);
  g_free (answer->question);
  g_free (answer->answer);
  g_free (answer->in_your_case);
  g_free (answer->why);
  g_ptr_array_unref (answer->points);
  g_ptr_array_unref (answer->steps);
  g_ptr_array_unref (answer->papers);
  g_ptr_array_unref (answer->causes);
  g_free (answer->where);
  g_free (answer->source);
  g_free (answer->url);
  g_free (answer->keywords);
  g_free (answer);
}
