/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-answers.h"

#include "zifu-account.h"
#include "zifu-words-private.h"

#include <string.h>

/* Bills of the examples, in fen. */
#define EXAMPLE_BILL 500000
#define MIXED_BILL 100000
#define MIXED_OUT 10000

/**
 * Case:
 *
 * What is known of a person before the questions are answered: an example visit, settled by the engine.
 */
typedef struct
{
  ZifuPack *pack;
  const ZifuPerson *person;
  ZifuDate today;
  gboolean has_account;
  gboolean is_resident;
  ZifuMoney balance;
  ZifuMoney bill;
  ZifuSettlement *example; /* owned, nullable: the engine refused */
  char *refusal;           /* owned, nullable */
} Case;

/* Ordinary outpatient care in a tier-3 hospital where the person is insured: what most people mean by a visit. */
static ZifuSettlement *
settle_example (const Case *self, const ZifuPerson *person, ZifuMoney total, ZifuMoney out, GError **error)
{
  g_autoptr (ZifuVisit) visit = zifu_visit_new ();

  if (self->pack == NULL)
    {
      zifu_error_set (error, ZIFU_ERROR_NOT_FOUND, NULL, N_ ("there are no rules for this region yet"), NULL, NULL, NULL);
      return NULL;
    }
  zifu_facts_set_string (visit->facts, "care", "outpatient");
  zifu_facts_set_string (visit->facts, "class", "3");
  zifu_facts_set_string (visit->facts, "place", "city");
  zifu_facts_set_string (visit->facts, "remote", "local");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  zifu_facts_set_boolean (visit->facts, "connected", TRUE);
  visit->date = self->today;
  visit->use_account = TRUE;
  visit->use_mutual_aid = TRUE;
  zifu_visit_set_total (visit, total);
  zifu_visit_set_parts (visit, out, 0, 0);
  return zifu_settle (self->pack, person, visit, error);
}

static void
case_init (Case *self, ZifuPack *pack, const ZifuPerson *person, ZifuDate today)
{
  g_autoptr (GError) error = NULL;
  const char *insurance = zifu_facts_get_string (person->facts, "insurance");

  *self = (Case){ .pack = pack, .person = person, .today = today };
  self->has_account = person->purses->len > 0;
  self->is_resident = g_strcmp0 (insurance, "390") == 0;
  self->balance = zifu_person_get_balance (person);
  /* The question is about a bill that is higher than the balance. */
  self->bill = self->balance < EXAMPLE_BILL ? EXAMPLE_BILL : (self->balance / EXAMPLE_BILL + 1) * EXAMPLE_BILL;
  self->example = settle_example (self, person, self->bill, 0, &error);
  if (self->example == NULL)
    {
      g_autofree char *message = zifu_words_error_message (error);
      /* Translators: {1} says why */
      self->refusal = zifu_words_fill (_ ("No figures: {1}"), message, NULL);
    }
}

static void
case_clear (Case *self)
{
  g_clear_pointer (&self->example, zifu_settlement_free);
  g_clear_pointer (&self->refusal, g_free);
}

static ZifuPerson *
with_empty_account (const ZifuPerson *person)
{
  ZifuPerson *copy = zifu_person_copy (person);

  for (guint i = 0; i < copy->purses->len; i++)
    g_array_index (copy->purses, ZifuPurse, i).amount = 0;
  return copy;
}

/* The account rule that decided, or that would decide on the day when no example could be settled. */
static const ZifuRule *
account_rule (const Case *self)
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

static ZifuAnswer *
answer_new (const char *row, const char *section, const char *question)
{
  ZifuAnswer *answer = g_new0 (ZifuAnswer, 1);

  answer->row = row;
  answer->section = g_strdup (section);
  answer->question = g_strdup (question);
  return answer;
}

static void
set_source (ZifuAnswer *answer, const ZifuRule *rule)
{
  if (rule == NULL)
    return;
  g_free (answer->source);
  g_free (answer->url);
  answer->source = zifu_words_rule_sources (rule);
  answer->url = g_strdup (zifu_words_rule_url (rule));
  answer->unverified = answer->unverified || rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
}

/* Figures of the example, or why there are none. */
static void
set_figures (ZifuAnswer *answer, const Case *self, char *figures)
{
  if (self->example == NULL)
    {
      g_free (figures);
      answer->in_your_case = g_strdup (self->refusal);
      return;
    }
  answer->in_your_case = figures;
  answer->bill = self->bill;
  answer->unverified = answer->unverified || !zifu_settlement_is_verified (self->example);
}

static char *
who_pays_example (const Case *self)
{
  const ZifuSettlement *s = self->example;

  if (s == NULL)
    return NULL;
  g_autofree char *bill = zifu_words_list (s->total);
  g_autofree char *fund = zifu_words_list (s->fund_sum);
  g_autofree char *own = zifu_words_list (s->own_account);
  g_autofree char *family = zifu_words_list (s->mutual_sum);
  g_autofree char *cash = zifu_words_list (s->cash);

  if (self->has_account && s->mutual_sum > 0)
    /* Translators: {1} is a bill; {2}, {3}, {4} and {5} say who pays what of it */
    return zifu_words_fill (_ ("A bill of {1}: fund {2}, account {3}, family {4}, cash {5}"), bill, fund, own, family, cash, NULL);
  if (self->has_account)
    return zifu_words_fill (_ ("A bill of {1}: fund {2}, account {3}, cash {4}"), bill, fund, own, cash, NULL);
  if (s->mutual_sum > 0)
    return zifu_words_fill (_ ("A bill of {1}: fund {2}, family {3}, cash {4}"), bill, fund, family, cash, NULL);
  return zifu_words_fill (_ ("A bill of {1}: fund {2}, cash {3}"), bill, fund, cash, NULL);
}

static ZifuAnswer *
bill_above_balance (const Case *self)
{
  ZifuAnswer *answer = answer_new ("R01", _ ("When the Money Is Short"), _ ("My balance is too low: can I still use the card?"));

  if (!self->has_account)
    answer->answer =
        g_strdup (_ ("Yes. You have no personal account: the fund pays as usual, you pay the rest in cash, by phone or bank card."));
  else if (self->balance == 0)
    answer->answer = g_strdup (_ ("Yes. The fund pays as usual; your account is empty, so your part is paid in cash."));
  else
    /* Translators: {1} is the balance of the account */
    answer->answer = zifu_words_fill_take (_ ("Yes. The fund pays as usual; your account pays up to {1}, then cash."),
                                           zifu_words_list (self->balance), NULL);
  answer->why = g_strdup (_ ("The fund's share does not depend on the balance; that only decides where my part comes from."));
  set_figures (answer, self, who_pays_example (self));
  set_source (answer, account_rule (self));
  answer->keywords = g_strdup ("余额不足 余额不够 钱不够 刷卡 刷医保 不够付 balance too low short insufficient card pay bill higher");
  return answer;
}

/* What is left of the deductible before the example visit; −1 when there is none. */
static ZifuMoney
deductible_left (const Case *self)
{
  const ZifuStep *step = self->example != NULL ? zifu_words_find_step (self->example, ZIFU_STEP_DEDUCTIBLE, "base") : NULL;

  return step == NULL || step->need <= 0 ? -1 : MAX (0, step->need - step->met);
}

static char *
empty_account_answer (const Case *self)
{
  ZifuMoney left = deductible_left (self);

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
balance_zero (const Case *self)
{
  ZifuAnswer *answer = answer_new ("R02", _ ("When the Money Is Short"), _ ("My account is empty: am I still reimbursed?"));
  g_autoptr (ZifuPerson) poor = with_empty_account (self->person);
  g_autoptr (ZifuSettlement) empty = settle_example (self, poor, self->bill, 0, NULL);
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
  set_figures (answer, self, figures);

  const ZifuStep *share = self->example != NULL ? zifu_words_find_step (self->example, ZIFU_STEP_SHARE, "base") : NULL;
  set_source (answer, share != NULL ? share->rule : account_rule (self));
  answer->keywords = g_strdup ("余额为零 余额0 没钱 空了 报销 还给报 起付线 balance zero empty reimbursed nothing left deductible");
  return answer;
}

static GPtrArray *
payable_points (const ZifuRule *rule)
{
  static const ZifuBucket shown[] = { ZIFU_BUCKET_DEDUCTIBLE, ZIFU_BUCKET_COPAY,      ZIFU_BUCKET_OVER_CAP,
                                      ZIFU_BUCKET_PRIOR,      ZIFU_BUCKET_OVER_LIMIT, ZIFU_BUCKET_OUT };
  GPtrArray *points = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    /* Translators: whether the account may pay a part of the bill; {1} is the part, such as “Deductible” */
    g_ptr_array_add (points, zifu_words_fill (zifu_words_account_pays (rule, shown[i]) ? _ ("{1}: yes") : _ ("{1}: no"),
                                              zifu_words_bucket (shown[i]), NULL));
  return points;
}

static char *
mixed_example (const Case *self)
{
  g_autoptr (ZifuSettlement) s = settle_example (self, self->person, MIXED_BILL, MIXED_OUT, NULL);

  if (s == NULL)
    return NULL;
  /* Translators: {1} is a bill, {2} a part of it, {3} and {4} say who pays */
  return zifu_words_fill_take (_ ("A bill of {1} with {2} out of catalogue: the account pays {3}, {4} is cash"), zifu_words_list (s->total),
                               zifu_words_list (s->out), zifu_words_list (s->own_account), zifu_words_list (s->cash), NULL);
}

static ZifuAnswer *
what_account_pays (const Case *self)
{
  ZifuAnswer *answer = answer_new ("R04", _ ("When the Money Is Short"), _ ("What may the account pay?"));
  const ZifuRule *rule = account_rule (self);

  if (!self->has_account)
    {
      answer->answer =
          g_strdup (_ ("You have no personal account. Your part is paid in cash, by phone or bank card, or from the account of a relative "
                       "who allows it."));
      set_figures (answer, self, who_pays_example (self));
    }
  else
    {
      if (zifu_words_account_pays (rule, ZIFU_BUCKET_OUT))
        answer->answer = g_strdup (_ ("Your own part at designated hospitals and pharmacies, what is out of catalogue included."));
      else
        answer->answer = g_strdup (_ ("Your own part at designated hospitals and pharmacies, but nothing that is out of catalogue."));
      answer->points = payable_points (rule);
      set_figures (answer, self, mixed_example (self));
      answer->bill = self->example != NULL ? MIXED_BILL : 0;
    }
  answer->why =
      g_strdup (_ ("The money is tied to medical care: it does not pay for public health, sport, fitness or wellness, and cannot be "
                   "taken out as cash."));
  set_source (answer, rule);
  answer->keywords = g_strdup ("个人账户 能付什么 能买什么 药店 自费 用途 范围 account may pay use for pharmacy what drugs allowed");
  return answer;
}

static ZifuAnswer *
two_purses (const Case *self)
{
  ZifuAnswer *answer = answer_new ("R09", _ ("Two Purses"), _ ("Is the balance the reimbursement?"));
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
  set_figures (answer, self, figures);
  set_source (answer, account_rule (self));
  answer->keywords =
      g_strdup ("余额 报销 两个钱包 统筹 统筹基金 个人账户 区别 额度 balance reimbursement two purses pooled fund difference quota");
  return answer;
}

static void
set_credit (ZifuAnswer *answer, const Case *self)
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
        set_source (answer, rule);
    }
}

static ZifuAnswer *
top_up (const Case *self)
{
  ZifuAnswer *answer = answer_new ("R19", _ ("Where the Money Comes From"), _ ("Can I top up the card myself?"));

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
  answer->points = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (answer->points,
                   g_strdup (_ ("A spouse, parent, child or other close relative may let you use their account (family mutual aid).")));
  g_ptr_array_add (answer->points,
                   g_strdup (_ ("Your part can always be paid in cash, by phone or bank card; the fund's part stays the same.")));
  g_ptr_array_add (answer->points, g_strdup (_ ("After a gap in contributions, making up the missed months brings cover back sooner.")));
  if (answer->source == NULL)
    set_source (answer, account_rule (self));
  answer->keywords =
      g_strdup ("充值 充钱 充卡 存钱 往卡里充 转钱进去 打钱 top up topup top-up recharge add money deposit fill load card account");
  return answer;
}

/**
 * zifu_answers:
 * @pack: (nullable): the rules of the person's region; %NULL when there are none
 * @person: who asks
 * @today: the day of the question
 *
 * Answers the most asked questions.  The figures are those of a real settlement of an example visit; where the rules do not
 * allow one, the answer says so instead.
 *
 * Returns: (transfer full) (element-type ZifuAnswer): the answers, section by section
 */
GPtrArray *
zifu_answers (ZifuPack *pack, const ZifuPerson *person, ZifuDate today)
{
  g_return_val_if_fail (person != NULL, NULL);
  g_return_val_if_fail (today > 0, NULL);

  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_answer_free);
  Case self;

  case_init (&self, pack, person, today);
  g_ptr_array_add (answers, bill_above_balance (&self));
  g_ptr_array_add (answers, balance_zero (&self));
  g_ptr_array_add (answers, what_account_pays (&self));
  g_ptr_array_add (answers, two_purses (&self));
  g_ptr_array_add (answers, top_up (&self));
  case_clear (&self);
  return answers;
}

/* Chinese is written without spaces: a long question fits when two fifths of its pairs of characters are found. */
static gboolean
pairs_match (const char *word, const char *text)
{
  guint n_pairs = 0, n_found = 0;

  for (const char *p = word; *p != '\0' && *g_utf8_next_char (p) != '\0'; p = g_utf8_next_char (p))
    {
      const char *end = g_utf8_next_char (g_utf8_next_char (p));
      g_autofree char *pair = g_strndup (p, end - p);

      n_pairs++;
      if (strstr (text, pair) != NULL)
        n_found++;
    }
  return n_pairs > 0 && n_found * 5 >= n_pairs * 2;
}

static gboolean
word_matches (const char *word, const char *text)
{
  /* Words that stand in every question say nothing about it. */
  static const char *const common[] = { "a",  "am",  "an",   "and",  "are", "can",  "do",  "does", "for", "from", "how",
                                        "i",  "if",  "in",   "is",   "it",  "me",   "my",  "of",   "on",  "that", "the",
                                        "to", "was", "what", "when", "why", "with", "you", "your", NULL };

  if (g_strv_contains (common, word) || strstr (text, word) != NULL)
    return TRUE;
  return g_unichar_iswide (g_utf8_get_char (word)) && g_utf8_strlen (word, -1) > 2 && pairs_match (word, text);
}

/**
 * zifu_answer_matches:
 * @answer: an answer
 * @text: (nullable): what somebody searches, in own words and either language
 *
 * Returns: whether the answer has all the words of @text; every answer has those of an empty text
 */
gboolean
zifu_answer_matches (const ZifuAnswer *answer, const char *text)
{
  g_return_val_if_fail (answer != NULL, FALSE);

  if (text == NULL)
    return TRUE;
  g_autofree char *all = g_strjoin (" ", answer->question, answer->answer, answer->keywords, answer->section, NULL);
  g_autofree char *haystack = g_utf8_casefold (all, -1);
  g_autofree char *needle = g_utf8_casefold (text, -1);
  g_auto (GStrv) words = g_regex_split_simple ("[\\s?,.;:!，。？！；：、]+", needle, 0, 0);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && !word_matches (words[i], haystack))
      return FALSE;
  return TRUE;
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
  g_clear_pointer (&answer->points, g_ptr_array_unref);
  g_free (answer->source);
  g_free (answer->url);
  g_free (answer->keywords);
  g_free (answer);
}
