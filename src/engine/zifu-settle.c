/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-settle.h"

#include "zifu-select.h"
#include "zifu-till.h"

#include <string.h>

struct _ZifuCase {
  ZifuPack     *pack;
  ZifuPerson   *person; /* purses and mutual accounts move from visit to visit */
  ZifuCounters *counters;
  ZifuUnknownAs unknown_as;
};

/**
 * zifu_case_new:
 * @pack: (transfer none): the rules
 * @person: (transfer none): who; copied
 * @first_day: day of the first visit: counters given without a day belong to its period
 *
 * Returns: (transfer full): the person before the first visit
 */
ZifuCase *
zifu_case_new (ZifuPack *pack, const ZifuPerson *person, ZifuDate first_day)
{
  ZifuCase *self = g_new0 (ZifuCase, 1);

  g_return_val_if_fail (pack != NULL && person != NULL && first_day > 0, self);

  self->pack = zifu_pack_ref (pack);
  self->person = zifu_person_copy (person);
  self->counters = zifu_counters_new (pack, person, first_day);
  return self;
}

/**
 * zifu_case_set_unknown_as:
 * @self: a case
 * @unknown_as: which end of a figure known only between two bounds stands for it
 *
 * Lets figures that are known between two bounds take one of them; otherwise such a figure is an error when it is needed.
 */
void
zifu_case_set_unknown_as (ZifuCase *self, ZifuUnknownAs unknown_as)
{
  g_return_if_fail (self != NULL);

  self->unknown_as = unknown_as;
}

/**
 * zifu_case_free:
 * @self: (nullable) (transfer full): a case
 *
 * Frees a case.
 */
void
zifu_case_free (ZifuCase *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->pack, zifu_pack_unref);
  zifu_person_free (self->person);
  zifu_counters_free (self->counters);
  g_free (self);
}

static gboolean
route (ZifuTill *till, GError **error)
{
  ZifuQuery query = ZIFU_QUERY (ZIFU_RULE_ROUTE);
  const ZifuRule *rule;
  const char *benefit;
  ZifuStep *step;

  if (!zifu_select_one (&till->context, &query, "route", &rule, error))
    return FALSE;
  benefit = rule != NULL ? rule->u.route.to : zifu_facts_get_string (till->visit->facts, "care");
  if (benefit != NULL)
    zifu_context_set_string (&till->context, "benefit", benefit);
  till->settlement->benefit = zifu_settlement_intern (till->settlement, benefit);
  step = zifu_trace_add (till->settlement, ZIFU_STEP_ROUTE, rule);
  step->name = till->settlement->benefit;
  return TRUE;
}

/* The share of the benefits is the least that any gate leaves; each gate may close the account or ask for a claim. */
static gboolean
gates (ZifuTill *till, GError **error)
{
  ZifuQuery query = ZIFU_QUERY (ZIFU_RULE_GATE);
  g_autoptr (GPtrArray) fitting = NULL;

  till->gate = ZIFU_RATIONAL_ONE;
  till->account_open = TRUE;
  if (till->run->person->has_coverage_share && zifu_rational_cmp (till->run->person->coverage_share, till->gate) < 0)
    {
      till->gate = till->run->person->coverage_share;
      zifu_trace_add (till->settlement, ZIFU_STEP_GATE, NULL)->ratio = till->gate;
    }
  fitting = zifu_select_slots (&till->context, &query, "gate", error);
  if (fitting == NULL)
    return FALSE;
  for (guint i = 0; i < fitting->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (fitting, i);
      ZifuStep *step;

      if (rule->value != NULL)
        {
          ZifuRational share;

          if (!zifu_context_must (&till->context, rule->value, rule->id, &share, error))
            return FALSE;
          till->gate = zifu_rational_min (till->gate, share);
        }
      till->account_open = till->account_open && !rule->u.gate.account_closed;
      till->claim = till->claim || rule->u.gate.claim;
      step = zifu_trace_add (till->settlement, ZIFU_STEP_GATE, rule);
      step->ratio = till->gate;
      step->flag = rule->u.gate.account_closed;
      step->claim = rule->u.gate.claim;
      step->reason = rule->u.gate.reason;
    }
  if (zifu_rational_sign (till->gate) >= 0)
    return TRUE;
  zifu_error_set (error, ZIFU_ERROR_POLICY, "gate", N_ ("a share of benefits below 0"), NULL, NULL, NULL);
  return FALSE;
}

static void
note_stay (ZifuTill *till)
{
  const ZifuValue *value = zifu_context_axis (&till->context, "stay");
  ZifuRational number;

  if (value != NULL && zifu_value_to_number (value, &number) && zifu_rational_is_integer (number) && number.num > 0 &&
      number.num / number.den < 10000)
    till->settlement->stay = (guint) (number.num / number.den);
}

static int
compare_rules (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const ZifuRule *const *) a)->id, (*(const ZifuRule *const *) b)->id);
}

static int
compare_counters (gconstpointer a, gconstpointer b)
{
  return strcmp (((const ZifuCounterValue *) a)->name, ((const ZifuCounterValue *) b)->name);
}

/* The rules that were used, and a note for each that is used past the day to which it is confirmed. */
static void
report_rules (ZifuTill *till)
{
  ZifuSettlement *s = till->settlement;

  g_ptr_array_sort (till->run->used, compare_rules);
  for (guint i = 0; i < till->run->used->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (till->run->used, i);
      ZifuNote note = { "not-confirmed", rule, NULL, rule->confirmed_to };

      g_ptr_array_add (s->rules, (gpointer) rule);
      if (rule->confirmed_to != 0 && rule->confirmed_to < s->date)
        g_array_append_val (s->notes, note);
    }
}

static void
report_state (ZifuTill *till)
{
  ZifuSettlement *s = till->settlement;

  for (guint i = 0; i < till->purses->len; i++)
    {
      ZifuPurse purse = g_array_index (till->purses, ZifuPurse, i);

      s->balance += purse.amount;
      purse.name = g_strdup (purse.name);
      g_array_append_val (s->purses, purse);
    }
  for (guint i = 0; i < till->run->counters->values->len; i++)
    {
      ZifuCounterValue counter = g_array_index (till->run->counters->values, ZifuCounterValue, i);

      counter.name = g_strdup (counter.name);
      counter.value = zifu_rational_reduce (counter.value);
      g_array_append_val (s->counters, counter);
    }
  g_array_sort (s->counters, compare_counters);
  if (till->visit->has_prepaid)
    {
      s->has_prepaid = TRUE;
      s->refund = MAX (0, till->visit->prepaid - s->cash);
      s->still_due = MAX (0, s->cash - till->visit->prepaid);
    }
}

static gboolean
settle (ZifuTill *till, GError **error)
{
  note_stay (till);
  if (!zifu_till_check_axes (till, error) || !route (till, error) || !gates (till, error) || !zifu_till_scope (till, error) ||
      !zifu_till_first_own (till, error) || !zifu_till_account_first (till, error) || !zifu_till_layers (till, error) ||
      !zifu_till_person (till, error))
    return FALSE;
  report_rules (till);
  report_state (till);
  return TRUE;
}

/* Settles one visit on @person and @counters, which move on even when it is refused. */
static ZifuSettlement *
settle_on (ZifuPack *pack, ZifuPerson *person, ZifuCounters *counters, ZifuUnknownAs unknown_as, const ZifuVisit *visit, GError **error)
{
  g_autoptr (ZifuSettlement) settlement = zifu_settlement_new (pack, visit->date);
  g_autoptr (ZifuRun) run = NULL;
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (ZifuSegment));
  g_autoptr (GArray) funds = g_array_new (FALSE, FALSE, sizeof (ZifuFundLine));
  ZifuTill till = { 0 };
  gboolean done;

  zifu_counters_start_visit (counters, visit->date);
  run = zifu_run_new (pack, person, visit, counters, visit->date);
  run->unknown_as = unknown_as;
  till = (ZifuTill){ .run = run, .settlement = settlement, .visit = visit, .purses = person->purses, .mutual = person->mutual,
                     .groups = groups, .funds = funds };
  zifu_context_init (&till.context, run, NULL);
  done = settle (&till, error);
  zifu_context_clear (&till.context);
  return done ? g_steal_pointer (&settlement) : NULL;
}

/**
 * zifu_case_settle:
 * @self: a case
 * @visit: the next visit, not before the last one
 * @error: return location: %ZIFU_ERROR
 *
 * Settles one visit, and moves counters, purses and relatives' accounts on.  When it is refused, nothing has moved.
 *
 * Returns: (transfer full) (nullable): the settlement; %NULL on error
 */
ZifuSettlement *
zifu_case_settle (ZifuCase *self, const ZifuVisit *visit, GError **error)
{
  g_autoptr (ZifuCounters) counters = NULL;
  g_autoptr (ZifuPerson) person = NULL;
  ZifuSettlement *settlement;

  g_return_val_if_fail (self != NULL && visit != NULL && visit->date > 0, NULL);

  counters = zifu_counters_copy (self->counters);
  person = zifu_person_copy (self->person);
  settlement = settle_on (self->pack, person, counters, self->unknown_as, visit, error);
  if (settlement == NULL)
    return NULL;
  zifu_counters_free (self->counters);
  self->counters = g_steal_pointer (&counters);
  zifu_person_free (self->person);
  self->person = g_steal_pointer (&person);
  return settlement;
}

/**
 * zifu_settle:
 * @pack: (transfer none): the rules
 * @person: who, with balances and counters before the visit
 * @visit: what for
 * @error: return location: %ZIFU_ERROR
 *
 * Settles one visit: what the funds pay, what the account pays, what the family's accounts pay, and what remains as cash.
 * The person is not changed.
 *
 * Returns: (transfer full) (nullable): the settlement; %NULL when it is refused
 */
ZifuSettlement *
zifu_settle (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, GError **error)
{
  g_autoptr (ZifuCase) one = NULL;

  g_return_val_if_fail (pack != NULL && person != NULL && visit != NULL && visit->date > 0, NULL);

  /* The case is ours alone: what it copied may move. */
  one = zifu_case_new (pack, person, visit->date);
  return settle_on (pack, one->person, one->counters, ZIFU_UNKNOWN_REFUSED, visit, error);
}
