/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R33 and R36: care in another city.  R34 and R35, and R37 and R38, moving and taking money out, have files of their own. */

#include "zifu-answers-parts-private.h"

#define SECTION _ ("Another City")

/* The place of the visit that was refused or is planned; %NULL when it is not known. */
static const char *
place_of_care (const AnswerCase *self)
{
  return self->record->refused != NULL ? zifu_facts_get_string (self->record->refused->facts, "place_region") : NULL;
}

/*
 * zifu_answer_find_filing:
 * @self: a case
 * @pack: rules
 *
 * Returns: the filing that counts today where care is planned
 */
ZifuFilingFound
zifu_answer_find_filing (const AnswerCase *self, ZifuPack *pack)
{
  return zifu_filing_find (pack, self->record, place_of_care (self), self->today);
}

/*
 * zifu_answer_place:
 * @place: (nullable): the code of a region or its first two digits
 *
 * Returns: (transfer full): the province in words, with the code of a region in it
 */
char *
zifu_answer_place (const char *place)
{
  g_autofree char *province = NULL;
  const char *word;

  if (place == NULL || place[0] == '\0')
    return g_strdup (_ ("any place"));
  province = g_strndup (place, 2);
  word = zifu_words_axis_value ("place_province", province);
  if (word == province)
    return g_strdup (place);
  if (g_utf8_strlen (place, -1) <= 2)
    return g_strdup (word);
  /* Translators: {1} is a province, {2} the code of a region in it */
  return zifu_words_fill (_ ("{1} ({2})"), word, place, NULL);
}

static char *
filing_answer (const ZifuFilingFound *filing)
{
  switch (filing->state)
    {
    case ZIFU_FILING_VALID:
      if (filing->until != 0)
        /* Translators: in the next sentences {1} is a kind of filing, such as “filed, temporary”, {2} a day */
        return zifu_words_fill_take (_ ("Yes: {1}, until {2}. You also need an activated card and a connected institution."),
                                     g_strdup (zifu_words_axis_value ("remote", filing->filing->kind)),
                                     zifu_words_date (filing->until, ZIFU_DATE_STYLE_LONG), NULL);
      if (g_strcmp0 (filing->filing->kind, "filed_long") == 0)
        return zifu_words_fill (_ ("Yes: {1}, until you change it. You also need an activated card and a connected institution."),
                                zifu_words_axis_value ("remote", filing->filing->kind), NULL);
      return zifu_words_fill (_ ("Yes: {1}; its last day is not known here. You also need an activated card and a connected institution."),
                              zifu_words_axis_value ("remote", filing->filing->kind), NULL);
    case ZIFU_FILING_EXPIRED:
      /* Translators: {1} is a day */
      return zifu_words_fill_take (_ ("Not any more: the filing ended on {1}. File again, then it works."),
                                   zifu_words_date (filing->until, ZIFU_DATE_STYLE_LONG), NULL);
    case ZIFU_FILING_NOT_YET:
      return zifu_words_fill_take (_ ("Not yet: the filing begins on {1}."), zifu_words_date (filing->filing->from, ZIFU_DATE_STYLE_LONG),
                                   NULL);
    case ZIFU_FILING_NONE:
    default:
      return g_strdup (_ ("In another province only after filing; no filing is known here. You also need an activated card and a connected "
                          "institution."));
    }
}

/* Provinces in which care counts as filed, by rules in force. */
static char *
free_zones (const AnswerCase *self, const ZifuRule **rule)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GPtrArray *rules = self->pack != NULL ? self->pack->by_kind[ZIFU_RULE_ADJUST] : NULL;

  for (guint i = 0; rules != NULL && i < rules->len; i++)
    {
      const ZifuRule *one = g_ptr_array_index (rules, i);

      if (!zifu_rule_frees_zone (one) || one->valid_from > self->today || (one->valid_to != 0 && one->valid_to < self->today))
        continue;
      *rule = one;
      for (guint k = 0; k < one->when->len; k++)
        {
          const ZifuClause *clause = &g_array_index (one->when, ZifuClause, k);
          GPtrArray *options = g_str_equal (clause->axis, "place_province") ? clause->condition->options : NULL;

          for (guint o = 0; options != NULL && o < options->len; o++)
            {
              const ZifuValue *value = g_ptr_array_index (options, o);
              const char *word = value->string != NULL ? zifu_words_axis_value ("place_province", value->string) : NULL;

              if (word != NULL && !g_ptr_array_find_with_equal_func (names, word, g_str_equal, NULL))
                g_ptr_array_add (names, (char *) word);
            }
        }
    }
  return zifu_words_join (names, C_ ("alternatives", ", "));
}

/*
 * zifu_answer_filing_state:
 * @state: a state of a filing
 *
 * Returns: (transfer none): it in a word, such as “valid”
 */
const char *
zifu_answer_filing_state (ZifuFilingState state)
{
  switch (state)
    {
    case ZIFU_FILING_VALID:
      return C_ ("filing", "valid");
    case ZIFU_FILING_EXPIRED:
      return C_ ("filing", "ended");
    case ZIFU_FILING_NOT_YET:
      return C_ ("filing", "not begun");
    case ZIFU_FILING_NONE:
    default:
      return C_ ("filing", "none");
    }
}

/* Each filing of the record, judged alone. */
static void
add_filings (ZifuAnswer *answer, const AnswerCase *self, ZifuPack *pack)
{
  for (guint i = 0; i < self->record->filings->len; i++)
    {
      const ZifuFiling *filing = &g_array_index (self->record->filings, ZifuFiling, i);
      g_autoptr (ZifuRecord) alone = zifu_record_new_for_person (self->person);
      ZifuFilingFound found;

      zifu_record_add_filing (alone, filing->kind, filing->place, filing->from, filing->to);
      found = zifu_filing_find (pack, alone, filing->place, self->today);
      g_autofree char *place = zifu_answer_place (filing->place);
      g_autofree char *from = zifu_words_date (filing->from, ZIFU_DATE_STYLE_LONG);
      g_autofree char *until = found.until != 0 ? zifu_words_date (found.until, ZIFU_DATE_STYLE_LONG) : g_strdup (_ ("further notice"));
      /* Translators: a filing: {1} is its kind, {2} the place, {3} its first day, {4} its last day or “further notice”, {5} “valid” … */
      zifu_answer_add_point (answer, zifu_words_fill (_ ("Your filing ({1}) for {2}, from {3} until {4}: {5}"),
                                                      zifu_words_axis_value ("remote", filing->kind), place, from, until,
                                                      zifu_answer_filing_state (found.state), NULL));
    }
}

static void
add_needs (ZifuAnswer *answer, const AnswerCase *self)
{
  const ZifuRule *zone = NULL;
  g_autofree char *zones = free_zones (self, &zone);

  zifu_answer_add_point (answer, g_strdup (_ ("Needed: a filing (one for inpatient care opens outpatient care too), an activated card or "
                                              "electronic credential, an institution connected for care from elsewhere")));
  zifu_answer_add_point (answer,
                         g_strdup (_ ("Not needed: in your own province as far as its rules say so, and in an emergency, which counts as "
                                      "filed")));
  if (zones != NULL)
    {
      /* Translators: {1} lists provinces */
      zifu_answer_add_point (answer, zifu_words_fill (_ ("Counts as filed without filing: {1}"), zones, NULL));
      zifu_answer_set_source (answer, zone);
    }
}

static char *
card_abroad (const AnswerCase *self)
{
  if (self->record->card == ZIFU_CARD_ACTIVE)
    return g_strdup (_ ("Your card is active."));
  if (self->record->card == ZIFU_CARD_UNKNOWN)
    return g_strdup (_ ("Whether your card is activated is not known here: look it up before you travel."));
  return g_strdup (_ ("Your card does not work at present: put that right before you travel, or use the electronic credential."));
}

static ZifuAnswer *
card_elsewhere (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R33", SECTION, _ ("Can I use the card in another city?"),
                       "异地就医 外地 跨省 备案 直接结算 异地能用吗 another city province filing direct settlement travel card elsewhere");
  g_autoptr (ZifuPack) pack = zifu_answer_pack (self);
  ZifuFilingFound filing = zifu_answer_find_filing (self, pack);

  answer->answer = filing_answer (&filing);
  answer->in_your_case = card_abroad (self);
  answer->why =
      g_strdup (_ ("The catalogue is that of the place of care, the benefits are those of the place of insurance; filing tells the "
                   "two places about each other."));
  add_filings (answer, self, pack);
  add_needs (answer, self);
  zifu_answer_add_step (answer, _ ("File in the app: long-term when you live there, temporary for a journey or a referral."));
  zifu_answer_add_step (answer, _ ("Look up there which institutions are connected."));
  zifu_answer_add_step (answer, _ ("Still in hospital without a filing? File before settlement: then the bill is settled directly."));
  answer->where = g_strdup (zifu_words_app ());
  if (filing.rule == NULL && answer->source == NULL)
    filing.rule = zifu_figure_find (pack, self->person, self->today, "temporary_filing_months_min", NULL, NULL).rule;
  zifu_answer_set_source (answer, filing.rule);
  return answer;
}

/* Whether relatives' accounts may be used between places. */
static void
add_tie_places (ZifuAnswer *answer, const AnswerCase *self)
{
  static const char *const places[] = { "city", "province", "other" };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      ZifuFigure figure = zifu_figure_find (self->pack, self->person, self->today, "mutual_aid_place", "tie_place", places[i]);
      const char *said = figure.state != ZIFU_FIGURE_KNOWN ? _ ("the rules do not say")
                         : zifu_figure_is_true (&figure)   ? C_ ("allowed", "yes")
                                                           : C_ ("allowed", "no");

      if (figure.rule != NULL)
        zifu_answer_set_source (answer, figure.rule);
      /* Translators: {1} is a place, seen from where one is insured, {2} says yes, no or that it is not known */
      zifu_answer_add_point (answer, zifu_words_fill (_ ("Family mutual aid with a relative insured {1}: {2}"),
                                                      i == 0   ? C_ ("insured", "in the same region")
                                                      : i == 1 ? C_ ("insured", "elsewhere in the province")
                                                               : C_ ("insured", "in another province"),
                                                      said, NULL));
    }
}

static ZifuAnswer *
account_elsewhere (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new (
      "R36", SECTION, _ ("Does the account money work in another region?"),
      "异地 个人账户 外地药店 跨省共济 外地能刷吗 余额异地 account money another region province pharmacy elsewhere wallet");
  g_autoptr (ZifuPack) pack = zifu_answer_pack (self);
  ZifuFilingFound filing = zifu_answer_find_filing (self, pack);
  const char *trouble = zifu_answer_account_trouble (self);

  if (trouble != NULL)
    answer->answer = g_strdup (trouble);
  else if (zifu_answer_may_have_account (self))
    answer->answer =
        g_strdup (_ ("Yes, where bills are settled directly: the account follows direct settlement. Elsewhere pay first; the account does "
                     "not pay out cash for it."));
  else
    answer->answer = g_strdup (_ ("You have no account of your own; a relative's account may pay your part there as it does at home."));
  if (self->has_account)
    {
      g_autofree char *balance = zifu_words_list (self->balance);
      /* Translators: {1} is the balance, {2} the state of the filing, such as “valid” */
      answer->in_your_case =
          zifu_words_fill (_ ("Your balance: {1}. Your filing today: {2}."), balance, zifu_answer_filing_state (filing.state), NULL);
    }
  answer->why =
      g_strdup (_ ("The money stays in the account at home; the platform charges it when the institution elsewhere is connected. Across "
                   "provinces relatives share by a quota in the wallet (医保钱包) of the national platform."));
  if (zifu_answer_may_have_account (self))
    zifu_answer_add_point (answer,
                           g_strdup (_ ("Your own account elsewhere: at connected hospitals and pharmacies, with an activated card and, in "
                                        "another province, a filing")));
  if (self->pack != NULL)
    add_tie_places (answer, self);
  zifu_answer_add_step (answer, _ ("Look up in the app whether the hospital or pharmacy takes accounts from elsewhere."));
  answer->where = g_strdup (zifu_words_app ());
  return answer;
}

const AnswerMaker zifu_answers_away[] = { card_elsewhere,
                                          zifu_answer_without_filing,
                                          zifu_answer_outpatient_elsewhere,
                                          account_elsewhere,
                                          zifu_answer_move,
                                          zifu_answer_withdrawal,
                                          NULL };
