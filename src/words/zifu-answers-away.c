/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R33 to R36: care in another city.  R37 and R38, moving and taking money out, have a file of their own. */

#include "zifu-answers-parts-private.h"

#include "zifu-elsewhere.h"

#define SECTION _ ("Another City")
#define STAY_BILL 3000000 /* fen */
#define CLAIM_BILL 100000

/* The place of the visit that was refused or is planned; %NULL when it is not known. */
static const char *
place_of_care (const AnswerCase *self)
{
  return self->record->refused != NULL ? zifu_facts_get_string (self->record->refused->facts, "place_region") : NULL;
}

static ZifuFilingFound
find_filing (const AnswerCase *self, ZifuPack *pack)
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

static const char *
filing_state (ZifuFilingState state)
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
                                                      filing_state (found.state), NULL));
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
  ZifuFilingFound filing = find_filing (self, pack);

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

/* The person with all benefits, or with the share of them that the contributions give today. */
static ZifuPerson *
person_with (const AnswerCase *self, gboolean full)
{
  ZifuPerson *person = zifu_person_copy (self->record->person);

  if (person->has_coverage_share || (!full && self->plan == NULL))
    return person;
  person->has_coverage_share = TRUE;
  person->coverage_share = full ? ZIFU_RATIONAL_ONE : self->plan->share;
  return person;
}

/* A figure that is known between two bounds only gives two settlements. */
static gboolean
settle_bounds (const AnswerCase *self, const ZifuVisit *visit, gboolean full, ZifuSettlement **least, ZifuSettlement **most)
{
  g_autoptr (ZifuPerson) person = person_with (self, full);
  ZifuSettlement *ends[2] = { NULL, NULL };

  for (guint i = 0; self->pack != NULL && i < 2; i++)
    {
      ZifuCase *one = zifu_case_new (self->pack, person, visit->date);

      zifu_case_set_unknown_as (one, i == 0 ? ZIFU_UNKNOWN_LOW : ZIFU_UNKNOWN_HIGH);
      ends[i] = zifu_case_settle (one, visit, NULL);
      zifu_case_free (one);
    }
  if (ends[0] == NULL || ends[1] == NULL)
    {
      g_clear_pointer (&ends[0], zifu_settlement_free);
      g_clear_pointer (&ends[1], zifu_settlement_free);
      return FALSE;
    }
  gboolean rising = ends[0]->fund_sum <= ends[1]->fund_sum;
  *least = ends[rising ? 0 : 1];
  *most = ends[rising ? 1 : 0];
  return TRUE;
}

/* The fund's part of one way, exactly or between two bounds. */
typedef struct
{
  gboolean known;
  ZifuMoney least, most;
} Part;

static ZifuVisit *
stay_elsewhere (const AnswerCase *self)
{
  static const char *const axes[] = { "place_region", "place_province" };
  ZifuVisit *visit = zifu_answer_visit (self, "inpatient", "3", STAY_BILL, 0);

  for (guint i = 0; self->record->refused != NULL && i < G_N_ELEMENTS (axes); i++)
    if (zifu_facts_get_string (self->record->refused->facts, axes[i]) != NULL)
      zifu_facts_set_string (visit->facts, axes[i], zifu_facts_get_string (self->record->refused->facts, axes[i]));
  return visit;
}

static Part
add_way (ZifuAnswer *answer, const AnswerCase *self, const ZifuVisit *visit, const ZifuElsewhere *way)
{
  g_autoptr (ZifuVisit) there = zifu_visit_copy (visit);
  g_autoptr (ZifuSettlement) least = NULL;
  g_autoptr (ZifuSettlement) most = NULL;
  Part part = { TRUE, 0, 0 };
  g_autofree char *name = way->is_yours
                              /* Translators: {1} is a way of being away from home; the mark says that it is yours today */
                              ? zifu_words_fill (_ ("{1} (yours today)"), zifu_words_axis_value ("remote", way->remote), NULL)
                              : g_strdup (zifu_words_axis_value ("remote", way->remote));

  zifu_facts_set_string (there->facts, "remote", way->remote);
  zifu_facts_set_string (there->facts, "place", g_str_equal (way->remote, "local") ? "city" : "other");
  if (way->settlement != NULL)
    {
      part.least = part.most = way->settlement->fund_sum;
      answer->unverified |= !zifu_settlement_is_verified (way->settlement);
      g_autofree char *fund = zifu_words_list (way->settlement->fund_sum);
      g_autofree char *person = zifu_words_list (way->settlement->person);
      /* Translators: {1} is a way, {2} what the fund pays, {3} what the person pays */
      zifu_answer_add_point (answer, zifu_words_fill (_ ("{1}: fund {2}, you {3}"), name, fund, person, NULL));
    }
  else if (settle_bounds (self, there, TRUE, &least, &most))
    {
      part.least = least->fund_sum;
      part.most = most->fund_sum;
      answer->unverified = TRUE;
      g_autofree char *low = zifu_words_list (part.least);
      g_autofree char *high = zifu_words_list (part.most);
      g_autofree char *why = zifu_words_error_message (way->error);
      /* Translators: {1} is a way, {2} and {3} are bounds of what the fund pays, {4} says why no more is known */
      zifu_answer_add_point (answer, zifu_words_fill (_ ("{1}: fund between {2} and {3} ({4})"), name, low, high, why, NULL));
    }
  else
    {
      g_autofree char *why = zifu_words_error_message (way->error);
      part.known = FALSE;
      zifu_answer_add_point (answer, zifu_words_fill (_ ("{1}: not known ({2})"), name, why, NULL));
    }
  return part;
}

static char *
loss_in_words (const Part *filed, const Part *unfiled)
{
  g_autofree char *bill = zifu_words_list (STAY_BILL);

  if (!filed->known)
    return g_strdup (_ ("That cannot be said in figures; why not stands with each way below."));
  if (!unfiled->known || filed->least != filed->most)
    return g_strdup (_ ("That cannot be said in figures: the rules found here do not name the reduction."));
  if (unfiled->least != unfiled->most)
    /* Translators: {1} is a bill, {2} and {3} are bounds of an amount */
    return zifu_words_fill_take (
        _ ("Of a stay of {1} the fund pays up to {2} less without filing; the reduction of this region was not found."), g_strdup (bill),
        zifu_words_list (filed->most - unfiled->least), NULL);
  if (unfiled->most == filed->most)
    return zifu_words_fill (_ ("By the rules found here nothing: of a stay of {1} the fund pays the same."), bill, NULL);
  /* Translators: {1} is a bill, {2} an amount */
  return zifu_words_fill_take (_ ("Of a stay of {1} the fund pays {2} less without filing."), g_strdup (bill),
                               zifu_words_list (filed->most - unfiled->most), NULL);
}

static char *
bound_in_words (const AnswerCase *self)
{
  ZifuFigure unfiled = { ZIFU_FIGURE_ABSENT }, referred = { ZIFU_FIGURE_ABSENT };

  if (self->pack != NULL)
    {
      unfiled = zifu_figure_find (self->pack, self->person, self->today, "remote_max_reduction_unfiled", NULL, NULL);
      referred = zifu_figure_find (self->pack, self->person, self->today, "remote_max_reduction_referred", NULL, NULL);
    }
  if (unfiled.state != ZIFU_FIGURE_KNOWN || referred.state != ZIFU_FIGURE_KNOWN)
    return g_strdup (_ ("The catalogue is that of the place of care; deductible, ratio and cap are those of home, less a reduction."));
  /* Translators: {1} and {2} are shares, such as 20% and 10% */
  return zifu_words_fill_take (
      _ ("The catalogue is that of the place of care; deductible, ratio and cap are those of home. The ratio may fall by at "
         "most {1} (points) without filing and referral, by at most {2} after a referral or in an emergency."),
      zifu_words_ratio (unfiled.value), zifu_words_ratio (referred.value), NULL);
}

/* What changed the ratio because of the place. */
static const ZifuRule *
remote_rule (const ZifuSettlement *settlement)
{
  for (guint i = 0; i < settlement->rules->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (settlement->rules, i);

      if (rule->kind == ZIFU_RULE_ADJUST && g_strcmp0 (rule->slot, "remote") == 0)
        return rule;
    }
  return NULL;
}

/* Compares the ways; says nothing without rules. */
static void
compare_ways (ZifuAnswer *answer, const AnswerCase *self)
{
  g_autoptr (ZifuPerson) person = person_with (self, TRUE);
  g_autoptr (ZifuVisit) visit = stay_elsewhere (self);
  ZifuRecord record = *self->record; /* borrows everything but the person */
  g_autoptr (GPtrArray) ways = NULL;
  Part filed = { FALSE, 0, 0 }, unfiled = { FALSE, 0, 0 };
  gboolean yours = FALSE;

  record.person = person;
  ways = zifu_elsewhere_compare (self->pack, &record, visit);
  for (guint i = 0; i < ways->len; i++)
    {
      const ZifuElsewhere *way = g_ptr_array_index (ways, i);
      Part part = add_way (answer, self, visit, way);

      if (g_str_equal (way->remote, "unfiled"))
        {
          unfiled = part;
          zifu_answer_set_source (answer, way->settlement != NULL ? remote_rule (way->settlement) : NULL);
        }
      else if ((way->is_yours && !yours) || (!yours && g_str_equal (way->remote, "filed_temp")))
        {
          filed = part;
          yours = way->is_yours;
        }
    }
  answer->answer = loss_in_words (&filed, &unfiled);
  answer->bill = filed.known ? STAY_BILL : 0;
}

/* The figures are those of somebody who is covered; who is not should know. */
static char *
filing_today (const AnswerCase *self, ZifuFilingState state)
{
  if (self->plan == NULL || zifu_rational_cmp (self->plan->share, ZIFU_RATIONAL_ONE) >= 0)
    /* Translators: {1} is the state of a filing, such as “valid” */
    return zifu_words_fill (_ ("Your filing today: {1}."), filing_state (state), NULL);
  /* Translators: {1} is the state of a filing, such as “valid”, {2} the state of the insurance, such as “suspended, the fund pays nothing”
   */
  return zifu_words_fill_take (_ ("Your filing today: {1}. Your insurance today: {2}. The figures hold once you are covered in full."),
                               g_strdup (filing_state (state)), zifu_words_cover_state (self->plan->state, self->plan->share), NULL);
}

static ZifuAnswer *
without_filing (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R34", SECTION, _ ("What does it cost me not to file?"),
                       "没备案 不备案 未备案 少报多少 降低 比例 异地 转诊 not filed reduction less remote referral cost difference");
  g_autoptr (ZifuPack) pack = zifu_answer_pack (self);
  ZifuFilingFound filing = find_filing (self, pack);

  answer->why = bound_in_words (self);
  if (self->pack != NULL)
    compare_ways (answer, self);
  else
    {
      answer->answer = g_strdup (_ ("That differs by region, and there are no rules for yours yet."));
      zifu_answer_add_step (answer, _ ("File before you settle: then nothing is lost whatever the reduction is."));
    }
  answer->in_your_case = filing_today (self, filing.state);
  answer->where = g_strdup (zifu_words_app ());
  if (answer->source == NULL && self->pack != NULL)
    zifu_answer_set_source (answer,
                            zifu_figure_find (self->pack, self->person, self->today, "remote_max_reduction_unfiled", NULL, NULL).rule);
  return answer;
}

static ZifuMoney
sum_of_claims (const ZifuSettlement *settlement)
{
  ZifuMoney sum = 0;

  for (guint i = 0; i < settlement->claims->len; i++)
    zifu_money_add (sum, g_array_index (settlement->claims, ZifuFundLine, i).amount, &sum);
  return sum;
}

/* What is claimed at home of an outpatient bill elsewhere, with the filing of today. */
static void
set_claim (ZifuAnswer *answer, const AnswerCase *self, const ZifuFilingFound *filing)
{
  g_autoptr (ZifuVisit) visit = zifu_answer_visit (self, "outpatient", "3", CLAIM_BILL * 5, 0);
  g_autoptr (ZifuSettlement) exact = NULL;
  g_autoptr (ZifuSettlement) least = NULL;
  g_autoptr (ZifuSettlement) most = NULL;
  g_autoptr (GError) error = NULL;

  zifu_facts_set_string (visit->facts, "place", "other");
  zifu_facts_set_string (visit->facts, "remote", filing->state == ZIFU_FILING_VALID ? filing->filing->kind : "unfiled");
  zifu_facts_set_boolean (visit->facts, "connected", FALSE);
  exact = zifu_answer_settle (self, self->person, visit, &error);
  if (exact != NULL && sum_of_claims (exact) == 0)
    answer->in_your_case =
        zifu_words_fill_take (_ ("A bill of {1}: as things stand the fund owes nothing of it, so there is nothing to claim."),
                              zifu_words_list (exact->total), NULL);
  else if (exact != NULL)
    {
      answer->unverified |= !zifu_settlement_is_verified (exact);
      /* Translators: {1} is a bill, {2} what is claimed of it */
      answer->in_your_case = zifu_words_fill_take (_ ("Of an outpatient bill of {1} in another province you claim {2} at home."),
                                                   zifu_words_list (exact->total), zifu_words_list (sum_of_claims (exact)), NULL);
    }
  else if (settle_bounds (self, visit, FALSE, &least, &most))
    {
      answer->unverified = TRUE;
      answer->in_your_case =
          zifu_words_fill_take (_ ("Of an outpatient bill of {1} in another province, not filed, you claim between {2} and {3} at "
                                   "home; the reduction of this region was not found."),
                                zifu_words_list (least->total), zifu_words_list (sum_of_claims (least)),
                                zifu_words_list (sum_of_claims (most)), NULL);
    }
  else
    answer->in_your_case = zifu_words_fill_take (_ ("No figures: {1}"), zifu_words_error_message (error), NULL);
}

static ZifuAnswer *
outpatient_elsewhere (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new (
      "R35", SECTION, _ ("Outpatient care where nothing is settled directly: what do I do?"),
      "异地门诊 不能直接结算 垫付 回来报 零星报销 手工报销 材料 outpatient elsewhere pay first claim at home papers reimbursement");
  g_autoptr (ZifuPack) pack = zifu_answer_pack (self);
  ZifuFilingFound filing = find_filing (self, pack);

  answer->answer =
      g_strdup (_ ("Pay there, keep the papers, and claim at home: by the catalogue of the place of care and the benefits of home."));
  set_claim (answer, self, &filing);
  answer->why = g_strdup (_ ("Direct settlement is a way of paying, not the right itself: what the fund owes is owed by claim as well."));
  zifu_answer_add_step (answer, _ ("Ask for an invoice, the list of items and the medical record before you leave."));
  zifu_answer_add_step (answer, _ ("File if you have not: a filing afterwards is taken for a claim, at the rules of home."));
  zifu_answer_add_step (answer, _ ("Hand the claim in where you are insured; ask for the last day for it: it differs by region."));
  answer->where = g_strdup (zifu_words_window ());
  zifu_words_claim_papers (answer->papers);
  if (self->pack != NULL)
    zifu_answer_set_source (answer,
                            zifu_figure_find (self->pack, self->person, self->today, "temporary_filing_months_min", NULL, NULL).rule);
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
  ZifuFilingFound filing = find_filing (self, pack);

  if (zifu_answer_may_have_account (self))
    answer->answer =
        g_strdup (_ ("Yes, where bills are settled directly: the account follows direct settlement. Elsewhere pay first; the account does "
                     "not pay out cash for it."));
  else
    answer->answer = g_strdup (_ ("You have no account of your own; a relative's account may pay your part there as it does at home."));
  if (self->has_account)
    {
      g_autofree char *balance = zifu_words_list (self->balance);
      /* Translators: {1} is the balance, {2} the state of the filing, such as “valid” */
      answer->in_your_case = zifu_words_fill (_ ("Your balance: {1}. Your filing today: {2}."), balance, filing_state (filing.state), NULL);
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

const AnswerMaker zifu_answers_away[] = {
  card_elsewhere, without_filing, outpatient_elsewhere, account_elsewhere, zifu_answer_move, zifu_answer_withdrawal, NULL
};
