/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R13 and R14: plans, and two insurances at once. */

#include "zifu-answers-parts-private.h"
#include "zifu-enrolments.h"

#define PLAN_STAY 1000000 /* fen */
#define PLAN_VISIT 100000

/* Whether an expression asks for a value of an axis. */
typedef struct
{
  const char *axis, *value;
  gboolean found;
} Search;

static void
look_for_key (ZifuExpr *expr, gpointer data)
{
  Search *search = data;

  if (expr->kind != ZIFU_EXPR_TABLE || g_strcmp0 (expr->name, search->axis) != 0)
    return;
  for (guint i = 0; i < expr->entries->len; i++)
    {
      const ZifuTableEntry *entry = g_ptr_array_index (expr->entries, i);

      for (guint k = 0; k < entry->alternatives->len; k++)
        search->found |= g_strcmp0 (g_array_index (entry->alternatives, ZifuTableKey, k).text, search->value) == 0;
    }
}

/* Whether a rule names a value of an axis in its conditions. */
static gboolean
rule_selects (const ZifuRule *rule, const char *axis, const char *value)
{
  for (guint i = 0; i < rule->when->len; i++)
    {
      const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, i);
      GPtrArray *options = clause->condition->options;

      for (guint k = 0; g_str_equal (clause->axis, axis) && options != NULL && k < options->len; k++)
        if (g_strcmp0 (((const ZifuValue *) g_ptr_array_index (options, k))->string, value) == 0)
          return TRUE;
    }
  return FALSE;
}

/* Whether a rule in force for this insurance names the plan. */
static gboolean
is_plan_named (const AnswerCase *self, const char *plan, const char *insurance)
{
  for (guint i = 0; i < self->pack->rules->len; i++)
    {
      ZifuRule *rule = g_ptr_array_index (self->pack->rules, i);
      Search search = { "plan", plan, FALSE };

      if (rule->valid_from > self->today || (rule->valid_to != 0 && rule->valid_to < self->today) ||
          !rule_selects (rule, "insurance", insurance))
        continue;
      zifu_rule_foreach_expr (rule, look_for_key, &search);
      if (search.found || rule_selects (rule, "plan", plan))
        return TRUE;
    }
  return FALSE;
}

/* A region may have plans for residents and others for employees. */
static gboolean
is_plan_of_others (const AnswerCase *self, const char *plan)
{
  const char *insurance = zifu_facts_get_string (self->person->facts, "insurance");
  const char *other = self->is_resident ? "310" : "390";

  return is_plan_named (self, plan, other) && !is_plan_named (self, plan, insurance);
}

static char *
plan_premium (const AnswerCase *self, const ZifuPerson *person, ZifuAnswer *answer)
{
  ZifuFigure premium = zifu_figure_find (self->pack, person, self->today, "resident_premium", NULL, NULL);
  ZifuMoney amount;

  if (!self->is_resident || !zifu_figure_to_money (&premium, &amount))
    return NULL;
  zifu_answer_mark_figure (answer, self, &premium);
  /* Translators: {1} is a yearly premium */
  return zifu_words_fill_take (_ ("premium {1} a year"), zifu_words_list (amount), NULL);
}

/* Adds what the fund pays of a bill of one kind; %FALSE when the rules refuse it. */
static gboolean
add_plan_bill (GPtrArray *parts, ZifuAnswer *answer, const AnswerCase *self, const ZifuPerson *person, gboolean stay)
{
  g_autoptr (ZifuVisit) visit = zifu_answer_visit (self, stay ? "inpatient" : "outpatient", "2", stay ? PLAN_STAY : PLAN_VISIT, 0);
  g_autoptr (ZifuSettlement) s = zifu_answer_settle (self, person, visit, NULL);

  if (s == NULL)
    return FALSE;
  zifu_answer_mark_settlement (answer, s);
  if (answer->source == NULL)
    zifu_answer_set_source (answer, zifu_answer_share_rule (s));
  g_ptr_array_add (parts, zifu_words_fill_take (stay
                                                    /* Translators: {1} is the bill of a stay in hospital, {2} what the fund pays of it */
                                                    ? _ ("a stay of {1} in a tier-2 hospital: the fund pays {2}")
                                                    /* Translators: {1} is the bill of an outpatient visit, {2} what the fund pays of it */
                                                    : _ ("an outpatient bill of {1} there: {2}"),
                                                zifu_words_list (s->total), zifu_words_list (s->fund_sum), NULL));
  return TRUE;
}

/* One plan: what the fund pays of a stay and of a visit, and the premium.  A plan that the rules refuse is not for this person. */
static gboolean
add_plan (ZifuAnswer *answer, const AnswerCase *self, const char *plan)
{
  g_autoptr (ZifuPerson) person = zifu_person_copy (self->person);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  gboolean stay, settled;
  char *premium;

  zifu_facts_set_string (person->facts, "plan", plan);
  person->has_coverage_share = FALSE;
  stay = add_plan_bill (parts, answer, self, person, TRUE);
  /* Of a plan that no rule for this insurance names, an outpatient bill alone says nothing: whatever the plan, it may not be paid. */
  if (!stay && !is_plan_named (self, plan, zifu_facts_get_string (person->facts, "insurance")))
    return FALSE;
  settled = add_plan_bill (parts, answer, self, person, FALSE) || stay;
  premium = settled ? plan_premium (self, person, answer) : NULL;
  if (premium != NULL)
    g_ptr_array_add (parts, premium);
  if (settled)
    /* Translators: {1} is a plan of the insurance, {2} a list of what it pays and costs */
    zifu_answer_add_point (answer, zifu_words_fill_take (C_ ("plan", "{1}: {2}"), g_strdup (zifu_words_axis_value ("plan", plan)),
                                                         zifu_words_join (parts, C_ ("calculations", "; ")), NULL));
  return settled;
}

/* Where there is nothing to choose: what the same bills are paid by. */
static void
add_only_plan (ZifuAnswer *answer, const AnswerCase *self)
{
  g_autoptr (ZifuPerson) person = zifu_person_copy (self->person);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  person->has_coverage_share = FALSE;
  add_plan_bill (parts, answer, self, person, TRUE);
  add_plan_bill (parts, answer, self, person, FALSE);
  if (parts->len > 0)
    /* Translators: {1} is a list of what the insurance pays of example bills */
    zifu_answer_add_point (answer, zifu_words_fill_take (_ ("For you: {1}"),
                                                         zifu_words_join (parts, C_ ("calculations", "; ")), NULL));
}

/* Whether a rule that may fit this person asks for the plan: residents may have plans where employees have none. */
static gboolean
is_plan_asked (const AnswerCase *self)
{
  g_autoptr (ZifuFacts) facts = zifu_facts_copy (self->person->facts);
  g_autoptr (GPtrArray) asked = NULL;

  zifu_facts_unset (facts, "plan");
  asked = zifu_pack_list_asked (self->pack, facts, NULL, self->today);
  return zifu_asked_find (asked, "plan") != NULL;
}

/* The plans between which this person could be. */
static guint
add_plans (ZifuAnswer *answer, const AnswerCase *self)
{
  const ZifuAxisDecl *decl = self->pack != NULL ? zifu_pack_get_axis (self->pack, "plan") : NULL;
  guint n = 0;

  if (decl == NULL || !is_plan_asked (self))
    return 0;
  for (guint i = 0; i < decl->values->len; i++)
    {
      const char *plan = ((const ZifuValue *) g_ptr_array_index (decl->values, i))->string;

      if (plan != NULL && !is_plan_of_others (self, plan) && add_plan (answer, self, plan))
        n++;
    }
  return n;
}

/**
 * zifu_answer_plans:
 * @self: a case
 *
 * Returns: (transfer full): R13
 */
ZifuAnswer *
zifu_answer_plans (const AnswerCase *self)
{
  ZifuAnswer *answer =
      zifu_answer_new ("R13", _ ("What a Visit Costs"), _ ("Which plan pays more, the lower or the higher one?"),
                       "一档 二档 档次 高档 低档 选哪档 缴费档次 缴费标准 plan tier first second higher lower premium choose");
  const char *plan = zifu_facts_get_string (self->person->facts, "plan");
  guint n = add_plans (answer, self);

  if (n == 0 && self->pack != NULL)
    add_only_plan (answer, self);
  if (self->pack == NULL)
    answer->answer = g_strdup (_ ("Some regions offer plans with different premiums: the higher one pays a larger share."));
  else if (n == 0)
    answer->answer = g_strdup (_ ("The rules of your region know no plans for your insurance: there is nothing to choose."));
  else
    answer->answer = g_strdup (_ ("Each plan has its own premium, share and cap: compare them below with the same bills."));
  if (self->pack == NULL)
    answer->in_your_case = zifu_answer_why_not (NULL);
  else if (n > 0 && plan != NULL)
    /* Translators: {1} is a plan of the insurance */
    answer->in_your_case = zifu_words_fill (_ ("Yours: {1}"), zifu_words_axis_value ("plan", plan), NULL);
  else if (n > 0)
    answer->in_your_case = g_strdup (_ ("Which one is yours is not in your data: please fill it in."));
  answer->why = g_strdup (_ ("A plan is chosen when the premium is paid, and as a rule holds for that year."));
  return answer;
}

/* The same person under the other insurance: the fund of the one knows nothing of what the other has paid. */
static ZifuPerson *
insured_as (const AnswerCase *self, const char *insurance)
{
  ZifuPerson *person = zifu_person_copy (self->person);

  /* What either pays while it is in force: a gap in the one says nothing of the other. */
  person->has_coverage_share = FALSE;
  if (g_strcmp0 (zifu_facts_get_string (person->facts, "insurance"), insurance) == 0)
    return person;
  zifu_facts_set_string (person->facts, "insurance", insurance);
  zifu_facts_set_string (person->facts, "status", g_str_equal (insurance, "390") ? "resident" : "active");
  zifu_facts_unset (person->facts, "plan");
  g_array_set_size (person->counters, 0);
  g_array_set_size (person->purses, 0);
  return person;
}

static char *
wrong_choice (const AnswerCase *self, ZifuAnswer *answer, gboolean undecided)
{
  g_autoptr (ZifuPerson) employee = insured_as (self, "310");
  g_autoptr (ZifuPerson) resident = insured_as (self, "390");
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSettlement) one = zifu_answer_example (self, employee, self->bill, 0, &error);
  g_autoptr (ZifuSettlement) other = zifu_answer_example (self, resident, self->bill, 0, error == NULL ? &error : NULL);

  if (one == NULL || other == NULL)
    return zifu_answer_why_not (error);
  answer->bill = self->bill;
  zifu_answer_mark_settlement (answer, one);
  zifu_answer_mark_settlement (answer, other);
  if (one->fund_sum > other->fund_sum && !undecided)
    /* Translators: {1} is a bill; {2} and {3} are what the fund pays of it; {4} is the difference */
    return zifu_words_fill_take (_ ("A bill of {1}: the fund pays {2} under employee insurance, {3} under resident insurance. The wrong "
                                    "choice costs {4}."),
                                 zifu_words_list (self->bill), zifu_words_list (one->fund_sum), zifu_words_list (other->fund_sum),
                                 zifu_words_list (one->fund_sum - other->fund_sum), NULL);
  /* Translators: {1} is a bill; {2} and {3} are what the fund pays of it */
  return zifu_words_fill_take (_ ("A bill of {1}: the fund pays {2} under employee insurance, {3} under resident insurance."),
                               zifu_words_list (self->bill), zifu_words_list (one->fund_sum), zifu_words_list (other->fund_sum), NULL);
}

static void
add_enrolment (ZifuAnswer *answer, const AnswerCase *self, const ZifuEnrolment *enrolment, const char *what)
{
  gboolean here = self->pack != NULL && g_strcmp0 (enrolment->region, self->pack->id) == 0;
  const char *title = here ? zifu_words_text (&self->pack->title) : NULL;
  g_autofree char *elsewhere = enrolment->region != NULL ? zifu_answer_place (enrolment->region) : NULL;
  const char *place = title != NULL ? title : elsewhere != NULL ? elsewhere : _ ("place not known");

  /* Translators: {1} is “keep” or “end”, {2} an insurance, {3} a region, {4} a day */
  zifu_answer_add_point (answer, zifu_words_fill_take (_ ("{1}: {2}, {3}, since {4}"), g_strdup (what),
                                                       g_strdup (zifu_words_axis_value ("insurance", enrolment->insurance)),
                                                       g_strdup (place), zifu_words_date (enrolment->from, ZIFU_DATE_STYLE_LONG), NULL));
}

static char *
double_both (const ZifuDouble *found)
{
  if (!found->undecided)
    return g_strdup (_ ("No, and you are in both: choose employee insurance when you settle, and have the resident one ended."));
  if (found->employee_since == 0)
    return g_strdup (_ ("No, and you are in both. Employee insurance is kept once it has been paid for a year without a gap; your data do "
                        "not say since when yours is paid. Ask the agency which one to end."));
  /* Translators: {1} is a day */
  return zifu_words_fill_take (_ ("No, and you are in both. Employee insurance is kept once it has been paid for a year without a gap; "
                                  "yours is paid since {1} only. Ask the agency which one to end."),
                               zifu_words_date (found->employee_since, ZIFU_DATE_STYLE_LONG), NULL);
}

static char *
double_answer (const ZifuDouble *found)
{
  switch (found->reason)
    {
    case ZIFU_DOUBLE_EMPLOYEE:
      return double_both (found);
    case ZIFU_DOUBLE_WORK:
      return g_strdup (found->undecided
                 ? _ ("No, and you are in two employee insurances: the one at your place of work is kept. Your data do not say "
                      "which that is.")
                 : _ ("No, and you are in two employee insurances: keep the one at your place of work, end the other."));
    case ZIFU_DOUBLE_HOME:
      return g_strdup (found->undecided
                 ? _ ("No, and you are in two resident insurances: the one where you live, or go to school, is kept. Your data "
                      "do not say which that is.")
                 : _ ("No, and you are in two resident insurances: keep the one where you live or go to school, end the other."));
    case ZIFU_DOUBLE_NONE:
    default:
      return g_strdup (_ ("No. A bill is reimbursed once. Where both are found, employee insurance is kept once it has been paid for a "
                          "year."));
    }
}

/**
 * zifu_answer_both_insurances:
 * @self: a case
 *
 * Returns: (transfer full): R14
 */
ZifuAnswer *
zifu_answer_both_insurances (const AnswerCase *self)
{
  ZifuAnswer *answer = zifu_answer_new ("R14", _ ("What a Visit Costs"), _ ("Can I hold employee and resident insurance at once?"),
                                        "重复参保 双重参保 两个医保 职工 居民 新农合 同时 两份 重复报销 "
                                        "double enrolment both insurances twice employee resident at once");
  ZifuDouble found = { ZIFU_DOUBLE_NONE };
  ZifuFigure allowed = zifu_answer_figure (self, "double_enrolment_allowed", NULL, NULL);
  gboolean is_employee = g_strcmp0 (zifu_facts_get_string (self->person->facts, "insurance"), "310") == 0;

  if (self->pack != NULL)
    found = zifu_double_find (self->pack, self->record, self->today);
  answer->answer = double_answer (&found);
  if (found.reason == ZIFU_DOUBLE_EMPLOYEE || (found.reason == ZIFU_DOUBLE_NONE && is_employee))
    answer->in_your_case = wrong_choice (self, answer, found.undecided);
  else if (found.reason == ZIFU_DOUBLE_NONE)
    answer->in_your_case =
        g_strdup (self->is_resident ? _ ("Your data show resident insurance only.") : _ ("Which insurance you have is not in your data."));
  if (found.keep != NULL)
    {
      add_enrolment (answer, self, found.keep, found.undecided ? C_ ("enrolment", "One of two") : C_ ("enrolment", "Keep"));
      add_enrolment (answer, self, found.end, found.undecided ? C_ ("enrolment", "One of two") : C_ ("enrolment", "End"));
      zifu_answer_add_step (answer, _ ("Have the agency of the insurance that ends close that enrolment."));
      zifu_answer_add_step (answer, _ ("Before a visit see which insurance the card shows, and say at the till which one to settle with."));
      zifu_answer_add_paper (answer, _ ("Identity card"));
      zifu_answer_add_paper (answer, _ ("Proof of both enrolments"));
      answer->where = g_strdup (zifu_words_window ());
    }
  zifu_answer_add_point (answer, g_strdup (_ ("Employee insurance is kept once it has been paid without a gap for at least a year.")));
  zifu_answer_add_point (answer,
                         g_strdup (_ ("Of two employee insurances the one at the place of work is kept, of two resident ones the one "
                                      "at home or at school.")));
  answer->why = g_strdup (_ ("The public subsidises one insurance for each person; a second one pays nothing on top."));
  zifu_answer_mark_figure (answer, self, &allowed);
  return answer;
}
