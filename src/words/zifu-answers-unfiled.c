/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R34 and R35: care in another city without a filing, and without direct settlement. */

#include "zifu-answers-parts-private.h"

#define SECTION _ ("Another City")
#define STAY_BILL 3000000 /* fen */
#define CLAIM_BILL 100000

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

/* What was settled for the comparison, and under which name. */
typedef struct
{
  GPtrArray *settlements; /* of ZifuSettlement, not owned */
  GPtrArray *names;       /* of strings, owned */
  GPtrArray *ends;        /* of ZifuSettlement, owned: two for a way that is known between two bounds only */
} Settled;

static void
keep_settled (Settled *settled, const ZifuSettlement *settlement, const char *name)
{
  g_ptr_array_add (settled->settlements, (gpointer) settlement);
  g_ptr_array_add (settled->names, g_strdup (name));
}

static void
settled_init (Settled *settled)
{
  settled->settlements = g_ptr_array_new ();
  settled->names = g_ptr_array_new_with_free_func (g_free);
  settled->ends = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_settlement_free);
}

/* Adds what the figures do not contain, and frees what was settled. */
static void
settled_finish (Settled *settled, ZifuAnswer *answer)
{
  g_autoptr (GPtrArray) texts =
      zifu_words_merge_not_calculated ((const ZifuSettlement *const *) settled->settlements->pdata,
                                       (const char *const *) settled->names->pdata, settled->settlements->len);

  for (guint i = 0; i < texts->len; i++)
    zifu_answer_add_point (answer, g_strdup (g_ptr_array_index (texts, i)));
  g_ptr_array_unref (settled->settlements);
  g_ptr_array_unref (settled->names);
  g_ptr_array_unref (settled->ends);
}

static Part
add_way (ZifuAnswer *answer, const AnswerCase *self, const ZifuVisit *visit, const ZifuElsewhere *way, Settled *settled)
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
      keep_settled (settled, way->settlement, name);
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
      keep_settled (settled, least, name);
      keep_settled (settled, most, name);
      answer->unverified = TRUE;
      g_autofree char *low = zifu_words_list (part.least);
      g_autofree char *high = zifu_words_list (part.most);
      g_autofree char *why = zifu_words_error_plain (way->error);
      /* Translators: {1} is a way, {2} and {3} are bounds of what the fund pays, {4} says why no more is known */
      zifu_answer_add_point (answer, zifu_words_fill (_ ("{1}: fund between {2} and {3} ({4})"), name, low, high, why, NULL));
      g_ptr_array_add (settled->ends, g_steal_pointer (&least));
      g_ptr_array_add (settled->ends, g_steal_pointer (&most));
    }
  else
    {
      g_autofree char *why = zifu_words_error_plain (way->error);
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
  Settled settled;

  settled_init (&settled);
  record.person = person;
  ways = zifu_elsewhere_compare (self->pack, &record, visit);
  for (guint i = 0; i < ways->len; i++)
    {
      const ZifuElsewhere *way = g_ptr_array_index (ways, i);
      Part part = add_way (answer, self, visit, way, &settled);

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
  settled_finish (&settled, answer);
  answer->answer = loss_in_words (&filed, &unfiled);
  answer->bill = filed.known ? STAY_BILL : 0;
}

/* The figures are those of somebody who is covered; who is not should know. */
static char *
filing_today (const AnswerCase *self, ZifuFilingState state)
{
  if (self->plan == NULL || zifu_rational_cmp (self->plan->share, ZIFU_RATIONAL_ONE) >= 0)
    /* Translators: {1} is the state of a filing, such as “valid” */
    return zifu_words_fill (_ ("Your filing today: {1}."), zifu_answer_filing_state (state), NULL);
  /* Translators: {1} is the state of a filing, such as “valid”, {2} the state of the insurance, such as “suspended, the fund pays nothing”
   */
  return zifu_words_fill_take (_ ("Your filing today: {1}. Your insurance today: {2}. The figures hold once you are covered in full."),
                               g_strdup (zifu_answer_filing_state (state)), zifu_words_cover_state (self->plan->state, self->plan->share),
                               NULL);
}

/**
 * zifu_answer_without_filing:
 * @self: a case
 *
 * Returns: (transfer full): R34
 */
ZifuAnswer *
zifu_answer_without_filing (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R34", SECTION, _ ("What does it cost me not to file?"),
                       "没备案 不备案 未备案 少报多少 降低 比例 异地 转诊 not filed reduction less remote referral cost difference");
  g_autoptr (ZifuPack) pack = zifu_answer_pack (self);
  ZifuFilingFound filing = zifu_answer_find_filing (self, pack);

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
  Settled ends;

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
      zifu_answer_add_left_out (answer, exact);
    }
  else if (settle_bounds (self, visit, FALSE, &least, &most))
    {
      answer->unverified = TRUE;
      answer->in_your_case =
          zifu_words_fill_take (_ ("Of an outpatient bill of {1} in another province, not filed, you claim between {2} and {3} at "
                                   "home; the reduction of this region was not found."),
                                zifu_words_list (least->total), zifu_words_list (sum_of_claims (least)),
                                zifu_words_list (sum_of_claims (most)), NULL);
      settled_init (&ends);
      keep_settled (&ends, least, _ ("Least"));
      keep_settled (&ends, most, _ ("Most"));
      settled_finish (&ends, answer);
    }
  else
    answer->in_your_case = zifu_words_fill_take (_ ("No figures: {1}"), zifu_words_error_plain (error), NULL);
}

/**
 * zifu_answer_outpatient_elsewhere:
 * @self: a case
 *
 * Returns: (transfer full): R35
 */
ZifuAnswer *
zifu_answer_outpatient_elsewhere (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new (
      "R35", SECTION, _ ("Outpatient care where nothing is settled directly: what do I do?"),
      "异地门诊 不能直接结算 垫付 回来报 零星报销 手工报销 材料 outpatient elsewhere pay first claim at home papers reimbursement");
  g_autoptr (ZifuPack) pack = zifu_answer_pack (self);
  ZifuFilingFound filing = zifu_answer_find_filing (self, pack);

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
