/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Causes that lie in the visit that was refused: the institution, the place, the bill. */

#include "zifu-diagnose-private.h"

#include "zifu-elsewhere.h"
#include "zifu-figure.h"
#include "zifu-line-scope.h"

#include <glib/gi18n.h>

#define SMALL_BILL 10000 /* fen; up to ten thousand times as much is tried */

static gboolean
is_false (const ZifuVisit *visit, const char *axis)
{
  const ZifuValue *value = zifu_facts_get (visit->facts, axis);

  return value != NULL && value->kind == ZIFU_VALUE_BOOLEAN && !value->boolean;
}

static gboolean
asks (const ZifuRule *rule, const char *axis)
{
  for (guint i = 0; i < rule->when->len; i++)
    if (g_str_equal (g_array_index (rule->when, ZifuClause, i).axis, axis))
      return TRUE;
  return FALSE;
}

/* The gate that acted because of @axis; %NULL when none did. */
static const ZifuStep *
find_gate (const ZifuSettlement *settlement, const char *axis)
{
  for (guint i = 0; settlement != NULL && i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step->kind == ZIFU_STEP_GATE && step->rule != NULL && asks (step->rule, axis))
        return step;
    }
  return NULL;
}

/* A gate without a share of its own shows what others left. */
static gboolean
reduces (const ZifuStep *gate)
{
  return gate->rule->value != NULL && zifu_rational_cmp (gate->ratio, ZIFU_RATIONAL_ONE) < 0;
}

static void
diagnose_institution (Diagnosis *self, const ZifuVisit *visit)
{
  static const struct {
    const char *axis;
    ZifuCauseKind kind;
    const char *evidence;
  } places[] = {
    { "designated", ZIFU_CAUSE_NOT_DESIGNATED, N_ ("The institution is not designated for the insurance.") },
    { "connected", ZIFU_CAUSE_NOT_CONNECTED, N_ ("The institution is not connected for direct settlement.") },
    { "chosen", ZIFU_CAUSE_NOT_CHOSEN, N_ ("It is not the institution that you chose.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const ZifuStep *gate = find_gate (self->refused, places[i].axis);
      ZifuCause *cause;
      guint explains = 0;

      if (!is_false (visit, places[i].axis) || (self->refused != NULL && gate == NULL))
        continue;
      explains |= gate == NULL || gate->flag || gate->claim ? ZIFU_TROUBLE_ACCOUNT : 0;
      explains |= gate == NULL || gate->claim || reduces (gate) ? ZIFU_TROUBLE_FUND : 0;
      /* Where the bill could not be settled the rules may as well not care. */
      cause = zifu_diagnosis_add (self, places[i].kind, gate != NULL ? ZIFU_CAUSE_SURE : ZIFU_CAUSE_LIKELY, explains);
      cause->rule = gate != NULL ? gate->rule : NULL;
      zifu_cause_show (cause, places[i].evidence, NO_ARG, NO_ARG, NO_ARG);
    }
}

static gboolean
is_emergency (const ZifuVisit *visit)
{
  const ZifuValue *flag = zifu_facts_get (visit->facts, "emergency");

  return (flag != NULL && flag->kind == ZIFU_VALUE_BOOLEAN && flag->boolean) ||
         g_strcmp0 (zifu_facts_get_string (visit->facts, "remote"), "emergency") == 0 ||
         g_strcmp0 (zifu_facts_get_string (visit->facts, "care"), "emergency") == 0;
}

/* Within the province, and in an emergency, nothing has to be filed. */
static gboolean
is_elsewhere (const ZifuVisit *visit)
{
  const char *place = zifu_facts_get_string (visit->facts, "place");
  const char *remote = zifu_facts_get_string (visit->facts, "remote");

  if (is_emergency (visit))
    return FALSE;
  if (remote != NULL)
    return !g_str_equal (remote, "local") && !g_str_equal (remote, "province");
  return place != NULL && g_str_equal (place, "other");
}

static ZifuMoney
bill_of (const ZifuVisit *visit)
{
  ZifuMoney sum = 0;

  if (visit->lines == NULL)
    return visit->has_total ? visit->total : visit->in_scope;
  for (guint i = 0; i < visit->lines->len; i++)
    zifu_money_add (sum, g_array_index (visit->lines, ZifuBillLine, i).amount, &sum);
  return sum;
}

/* The visit at an institution of which nothing is wrong, with full benefits and a bill of @total, as it is filed or with @remote. */
static ZifuSettlement *
settle_filed (const Diagnosis *self, const ZifuVisit *visit, const char *remote, ZifuMoney total)
{
  static const char *const others[] = { "designated", "connected", "chosen", "cause" };
  g_autoptr (ZifuPerson) person = zifu_person_copy (self->record->person);
  g_autoptr (ZifuVisit) as_if = zifu_visit_new ();

  person->has_coverage_share = TRUE;
  person->coverage_share = ZIFU_RATIONAL_ONE;
  g_array_set_size (person->counters, 0);
  as_if->date = visit->date;
  zifu_facts_free (as_if->facts);
  as_if->facts = zifu_facts_copy (visit->facts);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    zifu_facts_unset (as_if->facts, others[i]);
  if (remote != NULL)
    zifu_facts_set_string (as_if->facts, "remote", remote);
  zifu_visit_set_total (as_if, total);
  return zifu_settle (self->pack, person, as_if, NULL);
}

static gboolean
account_is_open (const ZifuSettlement *settlement)
{
  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step->kind == ZIFU_STEP_ACCOUNT)
        return !step->flag;
    }
  return TRUE;
}

static gboolean
is_settled_alike (const ZifuSettlement *a, const ZifuSettlement *b)
{
  return a != NULL && b != NULL && a->fund_sum == b->fund_sum && a->claims->len == b->claims->len &&
         account_is_open (a) == account_is_open (b);
}

/*
 * Whether rules that ask for the filing count the visit as filed: Beijing does so for its neighbours.  A small bill may lie below
 * the deductible and a large one above the cap, where nothing can be told apart, so several are looked at.
 */
static gboolean
counts_as_filed (const Diagnosis *self, const ZifuVisit *visit)
{
  ZifuMoney total = CLAMP (bill_of (visit), SMALL_BILL, G_MAXINT64 / 1000000);
  gboolean asked = FALSE;

  for (guint i = 0; i < 5; i++, total *= 10)
    {
      g_autoptr (ZifuSettlement) as_is = settle_filed (self, visit, NULL, total), filed = settle_filed (self, visit, "filed_long", total);

      for (guint j = 0; as_is != NULL && j < as_is->rules->len; j++)
        if (zifu_rule_frees_zone (g_ptr_array_index (as_is->rules, j)))
          return TRUE;
      if (!is_settled_alike (as_is, filed))
        return FALSE;
      for (guint j = 0; j < as_is->rules->len; j++)
        asked |= asks (g_ptr_array_index (as_is->rules, j), "remote");
    }
  return asked;
}

static void
diagnose_filing (Diagnosis *self, const ZifuVisit *visit)
{
  const char *remote = zifu_facts_get_string (visit->facts, "remote");
  gboolean said = remote != NULL && !g_str_equal (remote, "unfiled"); /* the visit is said to be filed */
  ZifuFilingFound filing;
  ZifuCause *cause;

  if (!is_elsewhere (visit))
    return;
  filing = zifu_filing_find (self->pack, self->record, zifu_facts_get_string (visit->facts, "place_region"), visit->date);
  if (filing.state == ZIFU_FILING_VALID || (filing.state == ZIFU_FILING_NONE && said) || (!said && counts_as_filed (self, visit)))
    return;
  cause = zifu_diagnosis_add (self, filing.state == ZIFU_FILING_EXPIRED ? ZIFU_CAUSE_FILING_EXPIRED : ZIFU_CAUSE_UNFILED,
                              said ? ZIFU_CAUSE_LIKELY : ZIFU_CAUSE_SURE, ZIFU_TROUBLE_ACCOUNT | ZIFU_TROUBLE_FUND);
  cause->rule = filing.rule;
  if (cause->rule == NULL)
    cause->rule =
        zifu_figure_find (self->pack, self->record->person, visit->date, "remote_max_reduction_unfiled", NULL, NULL).rule;
  if (filing.state == ZIFU_FILING_EXPIRED)
    zifu_cause_show (cause, N_ ("The filing ended on {1}."), DATE_ARG (filing.until), NO_ARG, NO_ARG);
  else if (filing.state == ZIFU_FILING_NOT_YET)
    zifu_cause_show (cause, N_ ("The filing begins on {1} only."), DATE_ARG (filing.filing->from), NO_ARG, NO_ARG);
  else
    zifu_cause_show (cause, N_ ("The visit is in another region and no filing is known."), NO_ARG, NO_ARG, NO_ARG);
}

/* Work injury, a third party, public health, care abroad: somebody else pays. */
static void
diagnose_payer (Diagnosis *self, const ZifuVisit *visit)
{
  const ZifuStep *gate = find_gate (self->refused, "cause");
  ZifuCause *cause;

  if (gate == NULL || zifu_facts_get (visit->facts, "cause") == NULL)
    return;
  cause = zifu_diagnosis_add (self, ZIFU_CAUSE_OTHER_PAYER, ZIFU_CAUSE_SURE,
                              ZIFU_TROUBLE_FUND | (gate->flag ? ZIFU_TROUBLE_ACCOUNT : 0));
  cause->rule = gate->rule;
  zifu_cause_show (cause, N_ ("The bill is not one of health insurance: {1}."), TEXT_ARG (zifu_facts_get_string (visit->facts, "cause")),
                   NO_ARG, NO_ARG);
}

static const ZifuRule *
find_account_rule (const ZifuSettlement *settlement)
{
  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step->kind == ZIFU_STEP_ACCOUNT)
        return step->rule;
    }
  return NULL;
}

/**
 * zifu_diagnosis_account_rule:
 * @self: a diagnosis
 * @on: a day
 *
 * Returns: (nullable) (transfer none): the rule that says what the account may pay at an ordinary visit on that day
 */
const ZifuRule *
zifu_diagnosis_account_rule (const Diagnosis *self, ZifuDate on)
{
  g_autoptr (ZifuVisit) visit = zifu_visit_new ();
  g_autoptr (ZifuSettlement) settlement = NULL;

  visit->date = on;
  zifu_facts_set_string (visit->facts, "care", "outpatient");
  zifu_facts_set_string (visit->facts, "class", "3");
  zifu_visit_set_total (visit, SMALL_BILL);
  zifu_visit_set_parts (visit, 0, 0, 0);
  settlement = zifu_settle (self->pack, self->record->person, visit, NULL);
  return settlement != NULL ? find_account_rule (settlement) : NULL;
}

static gboolean
account_pays (const ZifuRule *rule, ZifuBucket bucket)
{
  ZifuBuckets pays = rule != NULL && rule->u.account.has_pays ? rule->u.account.pays : zifu_buckets_account_default ();

  for (guint i = 0; i < pays.n; i++)
    if (pays.bucket[i] == bucket)
      return TRUE;
  return FALSE;
}

/* What such parts of a bill explain: the fund does not pay them, nor does the account unless its rule says so. */
static guint
explained_by (const ZifuRule *account, ZifuMoney out, ZifuMoney over_limit)
{
  gboolean closed = (out > 0 && !account_pays (account, ZIFU_BUCKET_OUT)) ||
                    (over_limit > 0 && !account_pays (account, ZIFU_BUCKET_OVER_LIMIT));

  return ZIFU_TROUBLE_FUND | (closed ? ZIFU_TROUBLE_ACCOUNT : 0);
}

/* The parts of the bill of the refused visit.  Returns whether it says anything about them. */
static gboolean
diagnose_bill (Diagnosis *self)
{
  const ZifuSettlement *settlement = self->refused;
  const ZifuRule *rule;
  ZifuCause *cause;

  if (settlement == NULL || settlement->out + settlement->over_limit <= 0)
    return FALSE;
  rule = find_account_rule (settlement);
  cause = zifu_diagnosis_add (self, ZIFU_CAUSE_OUT_OF_SCOPE, ZIFU_CAUSE_SURE,
                              explained_by (rule, settlement->out, settlement->over_limit));
  if (settlement->out > 0)
    zifu_cause_show (cause, N_ ("{1} of the bill of {2} is out of catalogue."), MONEY_ARG (settlement->out), MONEY_ARG (settlement->total),
                     NO_ARG);
  if (settlement->over_limit > 0)
    zifu_cause_show (cause, N_ ("{1} of the bill of {2} is above a price limit."), MONEY_ARG (settlement->over_limit),
                     MONEY_ARG (settlement->total), NO_ARG);
  cause->rule = rule;
  return TRUE;
}

/* What the lines of a settled bill leave out. */
typedef struct {
  ZifuMoney total, out, over_limit;
  const ZifuRule *rule; /* nullable: by which a line was judged that does not say it itself */
} LeftOut;

/* FALSE: the amounts are too large to be added up. */
static gboolean
read_lines (const Diagnosis *self, const ZifuVisit *bill, LeftOut *left)
{
  for (guint i = 0; i < bill->lines->len; i++)
    {
      g_auto (ZifuLineScope) scope = { ZIFU_LINE_STATED };

      zifu_line_scope_find (self->pack, self->record->person, bill, i, &scope);
      if (!zifu_money_add (left->total, g_array_index (bill->lines, ZifuBillLine, i).amount, &left->total) ||
          !zifu_money_add (left->out, scope.out, &left->out) ||
          !zifu_money_add (left->over_limit, scope.over_limit, &left->over_limit))
        return FALSE;
      if (left->rule == NULL && scope.out + scope.over_limit != 0)
        left->rule = scope.rule;
    }
  return TRUE;
}

/* The rule that leaves category C out, and the rule of the account, on the day of a bill. */
static const ZifuRule *
find_scope_rule (const Diagnosis *self, const ZifuVisit *bill, const ZifuRule **account)
{
  g_autoptr (ZifuVisit) alone = zifu_visit_new ();
  g_autoptr (ZifuSettlement) settlement = NULL;
  const ZifuRule *rule = NULL;

  alone->date = bill->date;
  zifu_facts_free (alone->facts);
  alone->facts = zifu_facts_copy (bill->facts);
  zifu_facts_set_string (zifu_visit_add_line (alone, SMALL_BILL)->facts, "category", "C");
  settlement = zifu_settle (self->pack, self->record->person, alone, NULL);
  for (guint i = 0; settlement != NULL && i < settlement->trace->len; i++)
    if (g_array_index (settlement->trace, ZifuStep, i).kind == ZIFU_STEP_SCOPE)
      rule = g_array_index (settlement->trace, ZifuStep, i).rule;
  *account = settlement != NULL ? find_account_rule (settlement) : NULL;
  return rule;
}

/*
 * The bill whose lines speak for what is asked: that of the refused visit when it was settled on the same day for the same total, else,
 * when no visit is named, the latest one of the last twelve months.
 */
static const ZifuVisit *
find_evidence (const Diagnosis *self)
{
  const ZifuVisit *refused = self->record->refused;

  for (guint i = 0; i < self->record->bills->len; i++)
    {
      const ZifuVisit *bill = g_ptr_array_index (self->record->bills, i);

      if (bill->lines == NULL || bill->date > self->today)
        continue;
      if (refused == NULL)
        return zifu_month_of (bill->date) + 12 >= zifu_month_of (self->today) ? bill : NULL;
      if (refused->lines == NULL && bill->date == refused->date && bill_of (bill) == bill_of (refused))
        return bill;
    }
  return NULL;
}

/* Bills that were settled say line by line what of them is outside the scope, whether they were fetched or given. */
static void
diagnose_lines (Diagnosis *self)
{
  const ZifuVisit *bill = find_evidence (self);
  const ZifuRule *account = NULL, *rule;
  LeftOut left = { 0 };
  ZifuCause *cause;

  if (bill == NULL || !read_lines (self, bill, &left) || (left.out <= 0 && left.over_limit <= 0))
    return;
  rule = find_scope_rule (self, bill, &account);
  cause = zifu_diagnosis_add (self, ZIFU_CAUSE_OUT_OF_SCOPE, self->record->refused != NULL ? ZIFU_CAUSE_SURE : ZIFU_CAUSE_LIKELY,
                              explained_by (account, left.out, left.over_limit));
  if (left.out > 0)
    zifu_cause_show (cause, N_ ("By its lines {1} of the bill of {2} of {3} is out of catalogue."), MONEY_ARG (left.out),
                     MONEY_ARG (left.total), DATE_ARG (bill->date));
  if (left.over_limit > 0)
    zifu_cause_show (cause, N_ ("By its lines {1} of the bill of {2} of {3} is above a price limit."), MONEY_ARG (left.over_limit),
                     MONEY_ARG (left.total), DATE_ARG (bill->date));
  cause->rule = left.rule != NULL ? left.rule : rule != NULL ? rule : account;
}

/**
 * zifu_diagnose_visit:
 * @self: a diagnosis
 *
 * What the refused visit itself shows.
 */
void
zifu_diagnose_visit (Diagnosis *self)
{
  const ZifuVisit *visit = self->record->refused;

  if (visit == NULL)
    {
      diagnose_lines (self);
      return;
    }
  diagnose_institution (self, visit);
  diagnose_filing (self, visit);
  diagnose_payer (self, visit);
  if (visit->has_prepaid && visit->prepaid > 0)
    {
      ZifuCause *cause = zifu_diagnosis_add (self, ZIFU_CAUSE_DEPOSIT, ZIFU_CAUSE_SURE, ZIFU_TROUBLE_ACCOUNT);

      cause->rule = self->refused != NULL ? find_account_rule (self->refused) : NULL;
      zifu_cause_show (cause, N_ ("{1} of it is a deposit at admission, which is no treatment yet."), MONEY_ARG (visit->prepaid), NO_ARG,
                       NO_ARG);
    }
  if (!diagnose_bill (self))
    diagnose_lines (self);
}
