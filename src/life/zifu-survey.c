/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-survey.h"

#include "zifu-figure.h"

/*
 * What a pack knows is not read off its rules but tried out: an invented person asks, and what comes out is looked at.  Where
 * the rules need something that is not stated, such as a plan or the disease, every value that the pack declares is tried.
 */
#define BILL G_GINT64_CONSTANT (2000000) /* 20,000 yuan */
#define MAX_DEPTH 3

static const char *const state_names[] = { "absent", "partly", "unverified", "outdated", "verified", "none" };
static const char *const question_names[ZIFU_N_SURVEY_QUESTIONS] = { "outpatient", "pharmacy", "inpatient", "special", "filed", "unfiled",
                                                                     "credit",     "coverage", "base",      "premium", "retirement" };
static const struct {
  const char *name, *insurance, *status, *resident_class;
  int age;
} people[ZIFU_N_SURVEY_PEOPLE] = {
  { "active", "310", "active", NULL, 40 },        { "flexible", "310", "flexible", NULL, 40 },
  { "retired", "310", "retired", NULL, 68 },      { "working", "390", "resident", "working", 40 },
  { "student", "390", "resident", "student", 12 }, { "elderly", "390", "resident", "elderly", 68 },
};

/**
 * Survey:
 *
 * One question while it is asked.
 */
typedef struct {
  ZifuPack *pack;
  ZifuSurveyQuestion question;
  ZifuDate on;
  const char *institution_class;
} Survey;

/**
 * Mentioned:
 *
 * The values of an axis while they are collected.
 */
typedef struct {
  const char *axis;
  GPtrArray  *values; /* of ZifuValue */
} Mentioned;

/**
 * zifu_survey_state_name:
 * @state: a state
 *
 * Returns: (transfer none): its name in results
 */
const char *
zifu_survey_state_name (ZifuSurveyState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (state_names), NULL);

  return state_names[state];
}

/**
 * zifu_survey_question_name:
 * @question: a question
 *
 * Returns: (transfer none): its name in results
 */
const char *
zifu_survey_question_name (ZifuSurveyQuestion question)
{
  g_return_val_if_fail (question < ZIFU_N_SURVEY_QUESTIONS, NULL);

  return question_names[question];
}

/**
 * zifu_survey_person_name:
 * @person: a kind of person
 *
 * Returns: (transfer none): its name in results
 */
const char *
zifu_survey_person_name (ZifuSurveyPerson person)
{
  g_return_val_if_fail (person < ZIFU_N_SURVEY_PEOPLE, NULL);

  return people[person].name;
}

static ZifuPerson *
invent_person (ZifuSurveyPerson which)
{
  ZifuPerson *person = zifu_person_new ();

  zifu_facts_set_string (person->facts, "insurance", people[which].insurance);
  zifu_facts_set_string (person->facts, "status", people[which].status);
  zifu_facts_set_int (person->facts, "age", people[which].age);
  zifu_facts_set_string (person->facts, "sex", "2");
  zifu_facts_set_string (person->facts, "base", "8000.00");
  zifu_facts_set_int (person->facts, "months_cover", 60);
  if (people[which].resident_class != NULL)
    zifu_facts_set_string (person->facts, "resident_class", people[which].resident_class);
  if (which == ZIFU_SURVEY_RETIRED)
    zifu_facts_set_string (person->facts, "retired_on", "2018-07-01");
  return person;
}

static ZifuVisit *
invent_visit (const Survey *self)
{
  static const char *const cares[] = { "outpatient", "pharmacy", "inpatient", "special", "inpatient", "inpatient" };
  gboolean away = self->question == ZIFU_SURVEY_FILED || self->question == ZIFU_SURVEY_UNFILED;
  ZifuVisit *visit = zifu_visit_new ();

  visit->date = self->on;
  zifu_facts_set_string (visit->facts, "care", cares[self->question]);
  zifu_facts_set_string (visit->facts, "class", self->institution_class);
  zifu_facts_set_string (visit->facts, "place", away ? "other" : "city");
  zifu_facts_set_string (visit->facts, "remote", !away ? "local" : self->question == ZIFU_SURVEY_FILED ? "filed_long" : "unfiled");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  zifu_facts_set_boolean (visit->facts, "connected", TRUE);
  zifu_facts_set_boolean (visit->facts, "chosen", TRUE);
  zifu_facts_set_int (visit->facts, "days", 10);
  zifu_visit_set_total (visit, BILL);
  zifu_visit_set_parts (visit, 0, 0, 0);
  return visit;
}

static ZifuSurveyState
judge_rule (const ZifuRule *rule, ZifuDate on)
{
  if (rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED)
    return ZIFU_SURVEY_UNVERIFIED;
  return rule->confirmed_to != 0 && rule->confirmed_to < on ? ZIFU_SURVEY_OUTDATED : ZIFU_SURVEY_VERIFIED;
}

static ZifuSurveyState
settle_once (const Survey *self, const ZifuPerson *person, GError **error)
{
  g_autoptr (ZifuVisit) visit = invent_visit (self);
  g_autoptr (ZifuSettlement) settlement = zifu_settle (self->pack, person, visit, error);

  if (settlement == NULL)
    return ZIFU_SURVEY_ABSENT;
  for (guint i = 0; i < settlement->notes->len; i++)
    if (g_str_equal (g_array_index (settlement->notes, ZifuNote, i).note, "layer-not-estimated"))
      return ZIFU_SURVEY_PARTLY;
  if (!zifu_settlement_is_verified (settlement))
    return ZIFU_SURVEY_UNVERIFIED;
  return settlement->notes->len > 0 ? ZIFU_SURVEY_OUTDATED : ZIFU_SURVEY_VERIFIED;
}

static ZifuSurveyState
credit_once (const Survey *self, const ZifuPerson *person, GError **error)
{
  g_autoptr (ZifuCredit) credit = zifu_credit_compute (self->pack, person, self->on, error);
  ZifuSurveyState state = ZIFU_SURVEY_VERIFIED;

  if (credit == NULL || credit->lines->len == 0)
    return ZIFU_SURVEY_ABSENT;
  for (guint i = 0; i < credit->lines->len; i++)
    state = MIN (state, judge_rule (g_array_index (credit->lines, ZifuCreditLine, i).rule, self->on));
  return state;
}

static ZifuSurveyState
cover_once (const Survey *self, const ZifuPerson *person, GError **error)
{
  g_autoptr (ZifuPerson) paid = zifu_person_copy (person);
  ZifuMonth now = zifu_month_of (self->on);
  g_autoptr (ZifuCoverage) coverage = NULL;

  /* Two years paid, then five months missed: a waiting period has to be known. */
  zifu_person_add_payment (paid, now - 36, 24, now - 36);
  zifu_person_add_payment (paid, now - 7, 7, now - 7);
  coverage = zifu_coverage_compute (self->pack, paid, self->on, now - 36, now, NULL, error);
  return coverage != NULL ? judge_rule (coverage->rule, self->on) : ZIFU_SURVEY_ABSENT;
}

static ZifuSurveyState
figure_once (const Survey *self, const ZifuPerson *person, const char *name, GError **error)
{
  g_auto (ZifuNamedAmount) amount = { 0 };

  if (!zifu_amount_compute (self->pack, person, self->on, name, &amount, error) || amount.rule == NULL || amount.is_null)
    return ZIFU_SURVEY_ABSENT;
  return judge_rule (amount.rule, self->on);
}

static ZifuSurveyState
ask_once (const Survey *self, const ZifuPerson *person, GError **error)
{
  gboolean resident = g_strcmp0 (zifu_facts_get_string (person->facts, "insurance"), "390") == 0;

  switch (self->question)
    {
    case ZIFU_SURVEY_CREDIT:
      return credit_once (self, person, error);
    case ZIFU_SURVEY_COVERAGE:
      return cover_once (self, person, error);
    case ZIFU_SURVEY_BASE:
      return figure_once (self, person, "base_lower", error);
    case ZIFU_SURVEY_PREMIUM:
      return figure_once (self, person, resident ? "resident_premium" : "flexible_premium_month", error);
    case ZIFU_SURVEY_RETIREMENT:
      return figure_once (self, person, "retire_years", error);
    case ZIFU_SURVEY_OUTPATIENT:
    case ZIFU_SURVEY_PHARMACY:
    case ZIFU_SURVEY_INPATIENT:
    case ZIFU_SURVEY_SPECIAL:
    case ZIFU_SURVEY_FILED:
    case ZIFU_SURVEY_UNFILED:
    default:
      return settle_once (self, person, error);
    }
}

/* Of two answers to parts of one question. */
static ZifuSurveyState
join (ZifuSurveyState a, ZifuSurveyState b)
{
  if (a == ZIFU_SURVEY_NONE || b == ZIFU_SURVEY_NONE)
    return a == ZIFU_SURVEY_NONE ? b : a;
  if ((a == ZIFU_SURVEY_ABSENT) != (b == ZIFU_SURVEY_ABSENT))
    return ZIFU_SURVEY_PARTLY;
  return MIN (a, b);
}

static void
add_value (Mentioned *self, const ZifuValue *value)
{
  if (value->kind == ZIFU_VALUE_STRING && !g_ptr_array_find_with_equal_func (self->values, value, (GEqualFunc) zifu_value_equal, NULL))
    g_ptr_array_add (self->values, zifu_value_copy (value));
}

static void
note_keys (ZifuExpr *expr, gpointer data)
{
  Mentioned *self = data;

  if (expr->kind != ZIFU_EXPR_TABLE || expr->entries == NULL || g_strcmp0 (expr->name, self->axis) != 0)
    return;
  for (guint i = 0; i < expr->entries->len; i++)
    {
      const ZifuTableEntry *entry = g_ptr_array_index (expr->entries, i);

      for (guint k = 0; k < entry->alternatives->len; k++)
        {
          const ZifuTableKey *key = &g_array_index (entry->alternatives, ZifuTableKey, k);
          g_autoptr (ZifuValue) value = zifu_value_new_string (key->text);

          add_value (self, value);
        }
    }
}

static void
note_options (Mentioned *self, const ZifuRule *rule)
{
  for (guint i = 0; i < rule->when->len; i++)
    {
      const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, i);

      for (guint k = 0; g_str_equal (clause->axis, self->axis) && clause->condition->options != NULL &&
                        k < clause->condition->options->len; k++)
        add_value (self, g_ptr_array_index (clause->condition->options, k));
    }
}

/* The values of an axis that the pack declares; where it declares none, those of which its rules speak. */
static GPtrArray *
list_values (const Survey *self, const char *name)
{
  const ZifuAxisDecl *axis = zifu_pack_get_axis (self->pack, name);
  Mentioned mentioned = { name, g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_value_free) };

  for (guint i = 0; axis != NULL && i < axis->values->len; i++)
    g_ptr_array_add (mentioned.values, zifu_value_copy (g_ptr_array_index (axis->values, i)));
  for (guint i = 0; axis == NULL && i < self->pack->rules->len; i++)
    {
      ZifuRule *rule = g_ptr_array_index (self->pack->rules, i);

      note_options (&mentioned, rule);
      zifu_rule_foreach_expr (rule, note_keys, &mentioned);
    }
  return mentioned.values;
}

static gboolean
asks_whether_known (const ZifuPack *pack, const char *axis)
{
  for (guint i = 0; i < pack->rules->len; i++)
    {
      const GArray *when = ((const ZifuRule *) g_ptr_array_index (pack->rules, i))->when;

      for (guint k = 0; k < when->len; k++)
        {
          const ZifuClause *clause = &g_array_index (when, ZifuClause, k);

          if (clause->condition->known >= 0 && g_str_equal (clause->axis, axis))
            return TRUE;
        }
    }
  return FALSE;
}

/* An axis that is not stated and of which the figure may hang: the disease and what belongs to it, else what the rules ask for. */
static const char *
open_axis (const Survey *self, const ZifuPerson *person)
{
  static const char *const diseases[] = { "disease", "disease_class", "cost_kind", "severity" };
  g_autoptr (ZifuVisit) visit = invent_visit (self);

  for (guint i = 0; self->question == ZIFU_SURVEY_SPECIAL && i < G_N_ELEMENTS (diseases); i++)
    {
      g_autoptr (GPtrArray) values = list_values (self, diseases[i]);

      if (values->len > 0 && zifu_facts_get (person->facts, diseases[i]) == NULL)
        return diseases[i];
    }
  for (guint i = 0; i < self->pack->axes->len; i++)
    {
      const char *name = ((const ZifuAxisDecl *) g_ptr_array_index (self->pack->axes, i))->name;

      if (zifu_facts_get (person->facts, name) == NULL && zifu_facts_get (visit->facts, name) == NULL &&
          asks_whether_known (self->pack, name))
        return name;
    }
  return NULL;
}

/* The axis that the rules miss; %NULL when there is none, or nobody says which values it may have. */
static const char *
missing_axis (const Survey *self, const ZifuPerson *person, const GError *error)
{
  const ZifuErrorDetail *detail = g_error_matches (error, ZIFU_ERROR, ZIFU_ERROR_MISSING) ? zifu_error_detail (error) : NULL;

  if (detail != NULL && detail->args[0] != NULL && zifu_facts_get (person->facts, detail->args[0]) == NULL &&
      zifu_pack_get_axis (self->pack, detail->args[0]) != NULL)
    return detail->args[0];
  if (self->question > ZIFU_SURVEY_UNFILED ||
      (detail == NULL && !g_error_matches (error, ZIFU_ERROR, ZIFU_ERROR_UNKNOWN_FIGURE)))
    return NULL;
  return open_axis (self, person);
}

static ZifuSurveyState
ask (const Survey *self, const ZifuPerson *person, guint depth)
{
  g_autoptr (GError) error = NULL;
  ZifuSurveyState state = ask_once (self, person, &error), all = ZIFU_SURVEY_NONE;
  const char *axis = error != NULL && depth < MAX_DEPTH ? missing_axis (self, person, error) : NULL;
  g_autoptr (GPtrArray) values = axis != NULL ? list_values (self, axis) : NULL;

  /* An axis of the person goes to the person; the engine looks there for what the visit does not state. */
  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      g_autoptr (ZifuPerson) stated = zifu_person_copy (person);

      zifu_facts_take (stated->facts, axis, zifu_value_copy (g_ptr_array_index (values, i)));
      all = join (all, ask (self, stated, depth + 1));
    }
  return all != ZIFU_SURVEY_NONE ? all : state;
}

static gboolean
arises (ZifuSurveyPerson person, ZifuSurveyQuestion question)
{
  gboolean resident = people[person].resident_class != NULL;

  switch (question)
    {
    case ZIFU_SURVEY_CREDIT:
      return !resident;
    case ZIFU_SURVEY_COVERAGE:
      return person != ZIFU_SURVEY_RETIRED;
    case ZIFU_SURVEY_BASE:
    case ZIFU_SURVEY_RETIREMENT:
      return person == ZIFU_SURVEY_ACTIVE || person == ZIFU_SURVEY_FLEXIBLE;
    case ZIFU_SURVEY_PREMIUM:
      return resident || person == ZIFU_SURVEY_FLEXIBLE;
    case ZIFU_SURVEY_OUTPATIENT:
    case ZIFU_SURVEY_PHARMACY:
    case ZIFU_SURVEY_INPATIENT:
    case ZIFU_SURVEY_SPECIAL:
    case ZIFU_SURVEY_FILED:
    case ZIFU_SURVEY_UNFILED:
    default:
      return TRUE;
    }
}

/**
 * zifu_survey:
 * @pack: a pack
 * @person: for whom
 * @question: what is asked
 * @on: the day
 *
 * Tries out how well a pack answers a question: hospitals of all three levels, every plan and every disease of which it speaks.
 *
 * Returns: the state
 */
ZifuSurveyState
zifu_survey (ZifuPack *pack, ZifuSurveyPerson person, ZifuSurveyQuestion question, ZifuDate on)
{
  static const char *const classes[] = { "1", "2", "3", NULL };
  static const char *const pharmacies[] = { "pharmacy", NULL };
  const char *const *tried = question == ZIFU_SURVEY_PHARMACY ? pharmacies : classes;
  g_autoptr (ZifuPerson) invented = NULL;
  ZifuSurveyState state = ZIFU_SURVEY_NONE;
  Survey self = { pack, question, on, NULL };

  g_return_val_if_fail (pack != NULL && on > 0, ZIFU_SURVEY_ABSENT);

  if (!arises (person, question))
    return ZIFU_SURVEY_NONE;
  invented = invent_person (person);
  for (guint i = 0; tried[i] != NULL && (i == 0 || question <= ZIFU_SURVEY_UNFILED); i++)
    {
      self.institution_class = tried[i];
      state = join (state, ask (&self, invented, 0));
    }
  return state;
}
