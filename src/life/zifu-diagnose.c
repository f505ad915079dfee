/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-diagnose-private.h"

static const char *const names[ZIFU_N_CAUSES] = {
  [ZIFU_CAUSE_ACCOUNT_FROZEN] = "account-frozen",
  [ZIFU_CAUSE_CARD_LOST] = "card-lost",
  [ZIFU_CAUSE_CARD_NOT_ACTIVATED] = "card-not-activated",
  [ZIFU_CAUSE_CARD_DORMANT] = "card-dormant",
  [ZIFU_CAUSE_IDENTITY_CHANGED] = "identity-changed",
  [ZIFU_CAUSE_ACCOUNT_CLOSED] = "account-closed",
  [ZIFU_CAUSE_ACCOUNT_MOVED] = "account-moved",
  [ZIFU_CAUSE_IN_TRANSIT] = "in-transit",
  [ZIFU_CAUSE_DATA_ARRIVING] = "data-arriving",
  [ZIFU_CAUSE_RESIDENT] = "resident",
  [ZIFU_CAUSE_PLAN_WITHOUT_ACCOUNT] = "plan-without-account",
  [ZIFU_CAUSE_NOT_DESIGNATED] = "not-designated",
  [ZIFU_CAUSE_NOT_CONNECTED] = "not-connected",
  [ZIFU_CAUSE_UNFILED] = "unfiled",
  [ZIFU_CAUSE_FILING_EXPIRED] = "filing-expired",
  [ZIFU_CAUSE_NOT_CHOSEN] = "not-chosen",
  [ZIFU_CAUSE_OTHER_PAYER] = "other-payer",
  [ZIFU_CAUSE_DEPOSIT] = "deposit",
  [ZIFU_CAUSE_OUT_OF_SCOPE] = "out-of-scope",
  [ZIFU_CAUSE_SPENT_BY_FAMILY] = "spent-by-family",
  [ZIFU_CAUSE_QUOTA] = "quota",
  [ZIFU_CAUSE_TIE_ENDED] = "tie-ended",
  [ZIFU_CAUSE_TIE_NOT_ALLOWED] = "tie-not-allowed",
  [ZIFU_CAUSE_DOUBLE] = "double-enrolment",
  [ZIFU_CAUSE_ARREARS] = "arrears",
  [ZIFU_CAUSE_INTERRUPTED] = "interrupted",
  [ZIFU_CAUSE_WAITING] = "waiting",
  [ZIFU_CAUSE_CREDIT_MISSING] = "credit-missing",
  [ZIFU_CAUSE_CREDIT_PENDING] = "credit-pending",
  [ZIFU_CAUSE_SPENT] = "spent",
};

static void
evidence_clear (gpointer data)
{
  ZifuEvidence *evidence = data;

  for (guint i = 0; i < G_N_ELEMENTS (evidence->args); i++)
    g_free (evidence->args[i].text);
}

/**
 * zifu_cause_free:
 * @cause: (nullable) (transfer full): a cause
 *
 * Frees a cause.
 */
void
zifu_cause_free (ZifuCause *cause)
{
  if (cause == NULL)
    return;
  g_array_unref (cause->evidence);
  g_free (cause);
}

/**
 * zifu_cause_name:
 * @kind: a kind of cause
 *
 * Returns: (transfer none): its name in results
 */
const char *
zifu_cause_name (ZifuCauseKind kind)
{
  g_return_val_if_fail (kind < ZIFU_N_CAUSES, NULL);

  return names[kind];
}

/**
 * zifu_diagnosis_add:
 * @self: a diagnosis
 * @kind: the cause
 * @weight: how sure it is
 * @explains: flags of #ZifuTrouble
 *
 * Adds a cause without evidence.
 *
 * Returns: (transfer none): the cause
 */
ZifuCause *
zifu_diagnosis_add (Diagnosis *self, ZifuCauseKind kind, ZifuCauseWeight weight, guint explains)
{
  ZifuCause *cause = g_new0 (ZifuCause, 1);

  cause->kind = kind;
  cause->weight = weight;
  cause->explains = (ZifuTrouble) explains;
  cause->evidence = g_array_new (FALSE, FALSE, sizeof (ZifuEvidence));
  g_array_set_clear_func (cause->evidence, evidence_clear);
  g_ptr_array_add (self->causes, cause);
  return cause;
}

/**
 * zifu_diagnosis_need:
 * @self: a diagnosis
 * @kind: the cause
 * @weight: how sure it is
 * @explains: flags of #ZifuTrouble
 *
 * Like zifu_diagnosis_add(), but several findings of one kind make one cause: it is as sure as the surest of them.
 *
 * Returns: (transfer none): the cause
 */
ZifuCause *
zifu_diagnosis_need (Diagnosis *self, ZifuCauseKind kind, ZifuCauseWeight weight, guint explains)
{
  for (guint i = 0; i < self->causes->len; i++)
    {
      ZifuCause *cause = g_ptr_array_index (self->causes, i);

      if (cause->kind != kind)
        continue;
      cause->weight = MIN (cause->weight, weight);
      cause->explains |= (ZifuTrouble) explains;
      return cause;
    }
  return zifu_diagnosis_add (self, kind, weight, explains);
}

/**
 * zifu_cause_show:
 * @cause: a cause
 * @template_: what shows it, in English, marked with N_()
 * @first: first argument; its text is taken
 * @second: second argument
 * @third: third argument
 *
 * Adds evidence.
 */
void
zifu_cause_show (ZifuCause *cause, const char *template_, ZifuArg first, ZifuArg second, ZifuArg third)
{
  ZifuEvidence evidence = { template_, { first, second, third } };

  g_array_append_val (cause->evidence, evidence);
}

static int
compare_causes (gconstpointer a, gconstpointer b)
{
  const ZifuCause *first = *(const ZifuCause *const *) a, *second = *(const ZifuCause *const *) b;

  return first->weight != second->weight ? (int) first->weight - (int) second->weight : (int) first->kind - (int) second->kind;
}

static void
keep_asked (GPtrArray *causes, ZifuTrouble troubles)
{
  for (guint i = causes->len; i > 0; i--)
    {
      const ZifuCause *cause = g_ptr_array_index (causes, i - 1);

      if ((cause->explains & troubles) == 0)
        g_ptr_array_remove_index (causes, i - 1);
    }
}

/* The refused visit is settled with the share of the benefits that the contributions give on its day. */
static void
settle_refused (Diagnosis *self)
{
  const ZifuCoverageInterval *then = NULL;
  g_autoptr (ZifuPerson) person = NULL;

  if (self->record->refused == NULL)
    return;
  person = zifu_person_copy (self->record->person);
  if (self->plan != NULL && !person->has_coverage_share)
    {
      if (self->plan->coverage != NULL)
        then = zifu_coverage_at (self->plan->coverage, zifu_month_of (self->record->refused->date));
      person->has_coverage_share = TRUE;
      person->coverage_share = then != NULL ? then->share : self->plan->share;
    }
  self->refused = zifu_settle (self->pack, person, self->record->refused, NULL);
}

/**
 * zifu_diagnose:
 * @pack: (nullable): the rules of the person's region; without them the states of card and account still speak
 * @record: what is known
 * @troubles: what is to be explained
 * @today: the day of the question
 *
 * Finds every cause that the data show or allow, most likely first (R06, R20, R23–R27).  A cause that the data contradict is never
 * named; one of which the data say nothing is named as possible only while nothing sure was found.
 *
 * Returns: (transfer full) (element-type ZifuCause): the causes
 */
GPtrArray *
zifu_diagnose (ZifuPack *pack, const ZifuRecord *record, ZifuTrouble troubles, ZifuDate today)
{
  Diagnosis self = { .record = record, .today = today, .troubles = troubles };
  g_autoptr (ZifuPack) rules = pack != NULL ? zifu_pack_ref (pack) : zifu_pack_new ("none");

  g_return_val_if_fail (record != NULL && today > 0, NULL);

  if (pack == NULL && !zifu_pack_finish (rules, NULL))
    return NULL;
  self.pack = rules;
  self.causes = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_cause_free);
  self.resident = g_strcmp0 (zifu_facts_get_string (record->person->facts, "insurance"), "390") == 0;
  self.has_account = record->person->purses->len > 0;
  self.balance = zifu_person_get_balance (record->person);
  self.plan = zifu_cover_plan_new (rules, record->person, today, NULL, NULL);
  settle_refused (&self);
  zifu_diagnose_states (&self);
  zifu_diagnose_visit (&self);
  zifu_diagnose_cover (&self);
  zifu_diagnose_money (&self);
  keep_asked (self.causes, troubles);
  g_ptr_array_sort (self.causes, compare_causes);
  zifu_cover_plan_free (self.plan);
  zifu_settlement_free (self.refused);
  return self.causes;
}
