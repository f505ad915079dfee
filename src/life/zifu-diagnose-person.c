/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Causes that lie in the person's own data: states of card and account, contributions, money. */

#include "zifu-diagnose-private.h"

#include "zifu-credit-check.h"
#include "zifu-elsewhere.h"
#include "zifu-enrolments.h"
#include "zifu-family.h"
#include "zifu-figure.h"

#include <glib/gi18n.h>

#define ALL (ZIFU_TROUBLE_ACCOUNT | ZIFU_TROUBLE_FUND)
#define MAX_TOLD 6 /* months of missing credits that are told one by one */

static void
diagnose_card (Diagnosis *self)
{
  static const struct {
    ZifuCardState state;
    ZifuCauseKind kind;
    const char *evidence;
  } cards[] = {
    { ZIFU_CARD_NOT_ACTIVATED, ZIFU_CAUSE_CARD_NOT_ACTIVATED, N_ ("The card is recorded as not activated.") },
    { ZIFU_CARD_DORMANT, ZIFU_CAUSE_CARD_DORMANT, N_ ("The card is recorded as dormant: it was not used for long.") },
    { ZIFU_CARD_LOST, ZIFU_CAUSE_CARD_LOST, N_ ("The card is reported lost.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    if (self->record->card == cards[i].state)
      zifu_cause_show (zifu_diagnosis_add (self, cards[i].kind, ZIFU_CAUSE_SURE, ALL), cards[i].evidence, NO_ARG, NO_ARG, NO_ARG);
}

static void
diagnose_account (Diagnosis *self)
{
  static const struct {
    ZifuAccountState state;
    ZifuCauseKind kind;
    guint explains;
    const char *evidence;
  } accounts[] = {
    { ZIFU_ACCOUNT_FROZEN, ZIFU_CAUSE_ACCOUNT_FROZEN, ZIFU_TROUBLE_ACCOUNT, N_ ("The account is recorded as frozen.") },
    { ZIFU_ACCOUNT_CLOSED, ZIFU_CAUSE_ACCOUNT_CLOSED, ZIFU_TROUBLE_ACCOUNT | ZIFU_TROUBLE_EMPTY,
      N_ ("The account is recorded as closed.") },
    { ZIFU_ACCOUNT_MOVED, ZIFU_CAUSE_ACCOUNT_MOVED, ZIFU_TROUBLE_ACCOUNT | ZIFU_TROUBLE_EMPTY,
      N_ ("The account was moved to another region.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    if (self->record->account == accounts[i].state)
      {
        ZifuCause *cause = zifu_diagnosis_add (self, accounts[i].kind, ZIFU_CAUSE_SURE, accounts[i].explains);

        zifu_cause_show (cause, accounts[i].evidence, NO_ARG, NO_ARG, NO_ARG);
        /* That the balance goes along with a transfer is written down; of freezing and closing no document was found. */
        if (accounts[i].state == ZIFU_ACCOUNT_MOVED)
          cause->rule = zifu_figure_find (self->pack, self->record->person, self->today, "transfer_days_in", NULL, NULL).rule;
      }
}

static void
diagnose_transit (Diagnosis *self)
{
  ZifuMoveReview review = zifu_move_review (self->pack, self->record, self->today);
  ZifuCause *cause;

  if (review.state != ZIFU_MOVE_REQUESTED && review.state != ZIFU_MOVE_IN_TRANSIT)
    return;
  cause = zifu_diagnosis_add (self, ZIFU_CAUSE_IN_TRANSIT, ZIFU_CAUSE_SURE, ALL | ZIFU_TROUBLE_EMPTY);
  cause->rule = review.rule;
  if (self->record->move.requested != 0)
    zifu_cause_show (cause, N_ ("The transfer was requested on {1}."), DATE_ARG (self->record->move.requested), NO_ARG, NO_ARG);
  if (review.overdue)
    zifu_cause_show (cause, N_ ("By the terms it should have been done by {1}."), DATE_ARG (review.due), NO_ARG, NO_ARG);
  else if (review.due != 0)
    zifu_cause_show (cause, N_ ("By the terms it is done by {1}."), DATE_ARG (review.due), NO_ARG, NO_ARG);
  if (cause->evidence->len == 0)
    zifu_cause_show (cause, N_ ("A transfer to another region is under way."), NO_ARG, NO_ARG, NO_ARG);
}

/**
 * zifu_diagnose_states:
 * @self: a diagnosis
 *
 * States of card, account, identity, transfer and data.
 */
void
zifu_diagnose_states (Diagnosis *self)
{
  diagnose_card (self);
  diagnose_account (self);
  diagnose_transit (self);
  if (self->record->identity_changed)
    zifu_cause_show (zifu_diagnosis_add (self, ZIFU_CAUSE_IDENTITY_CHANGED, ZIFU_CAUSE_SURE, ALL),
                     N_ ("Name or identity number changed and was not reported yet."), NO_ARG, NO_ARG, NO_ARG);
  if (self->record->data_since != 0 && self->record->data_since <= self->today)
    zifu_cause_show (zifu_diagnosis_add (self, ZIFU_CAUSE_DATA_ARRIVING, ZIFU_CAUSE_SURE, ALL | ZIFU_TROUBLE_EMPTY),
                     N_ ("Data are still arriving since the platform changed on {1}."), DATE_ARG (self->record->data_since), NO_ARG,
                     NO_ARG);
}

static void
diagnose_double (Diagnosis *self)
{
  ZifuDouble found = zifu_double_find (self->pack, self->record, self->today);
  ZifuCause *cause;

  if (found.reason == ZIFU_DOUBLE_NONE)
    return;
  cause = zifu_diagnosis_add (self, ZIFU_CAUSE_DOUBLE, ZIFU_CAUSE_SURE, ALL);
  cause->rule = found.rule;
  if (found.keep->from == 0 || found.end->from == 0)
    zifu_cause_show (cause, N_ ("Two insurances are paid at the same time."), NO_ARG, NO_ARG, NO_ARG);
  else
    zifu_cause_show (cause, N_ ("Two insurances are paid at the same time, since {1} and since {2}."), DATE_ARG (found.keep->from),
                     DATE_ARG (found.end->from), NO_ARG);
  if (found.reason == ZIFU_DOUBLE_EMPLOYEE && found.undecided && found.employee_since != 0)
    zifu_cause_show (cause, N_ ("Employee insurance has run since {1} only, so it is not settled which of the two is kept."),
                     DATE_ARG (found.employee_since), NO_ARG, NO_ARG);
}

static void
show_gap (ZifuCause *cause, const ZifuCoverPlan *plan)
{
  if (plan->has_gap && plan->gap_from == plan->gap_to)
    zifu_cause_show (cause, N_ ("No contribution was paid for {1}."), MONTH_ARG (plan->gap_from), NO_ARG, NO_ARG);
  else if (plan->has_gap)
    zifu_cause_show (cause, N_ ("Months without a contribution from {1} to {2}: {3}."), MONTH_ARG (plan->gap_from),
                     MONTH_ARG (plan->gap_to), COUNT_ARG (plan->n_unpaid));
}

static void
show_arrears (ZifuCause *cause, const Diagnosis *self)
{
  if (self->record->arrears_from != 0)
    zifu_cause_show (cause, N_ ("The employer owes contributions since {1}."), MONTH_ARG (self->record->arrears_from), NO_ARG, NO_ARG);
}

static void
diagnose_waiting (Diagnosis *self)
{
  const ZifuCoverPlan *plan = self->plan;
  ZifuCause *cause = zifu_diagnosis_add (self, ZIFU_CAUSE_WAITING, ZIFU_CAUSE_SURE, ZIFU_TROUBLE_FUND);

  show_gap (cause, plan);
  if (zifu_cover_plan_is_new (plan))
    zifu_cause_show (cause, N_ ("The first contribution is that of {1}; who is newly enrolled then waits."),
                     MONTH_ARG (plan->coverage->first), NO_ARG, NO_ARG);
  if (plan->has_change && plan->state == ZIFU_COVERAGE_NONE)
    zifu_cause_show (cause, N_ ("The insurance begins with {1}."), MONTH_ARG (plan->change), NO_ARG, NO_ARG);
  else if (plan->has_change)
    zifu_cause_show (cause, N_ ("The waiting period ends with {1}."), MONTH_ARG (plan->change - 1), NO_ARG, NO_ARG);
  if (cause->evidence->len == 0)
    zifu_cause_show (cause, N_ ("Benefits are not full while a waiting period runs."), NO_ARG, NO_ARG, NO_ARG);
  cause->rule = plan->coverage->rule;
}

/* Contributions stopped: who is in work has an employer that owes them, as far as nothing else is known. */
static void
diagnose_stopped (Diagnosis *self, guint explains)
{
  const ZifuCoverPlan *plan = self->plan;
  gboolean known = self->record->arrears_from != 0 && !self->resident;
  gboolean at_work = g_strcmp0 (zifu_facts_get_string (self->record->person->facts, "status"), "active") == 0 && !self->resident;
  ZifuCause *cause = zifu_diagnosis_add (self, known || at_work ? ZIFU_CAUSE_ARREARS : ZIFU_CAUSE_INTERRUPTED,
                                         at_work && !known ? ZIFU_CAUSE_LIKELY : ZIFU_CAUSE_SURE, explains);

  if (known)
    show_arrears (cause, self);
  show_gap (cause, plan);
  if (cause->evidence->len == 0)
    zifu_cause_show (cause, N_ ("By the contributions that are known there are no full benefits this month."), NO_ARG, NO_ARG, NO_ARG);
  cause->rule = plan->coverage->rule;
}

/* Whether a month since the first one that the employer owes is still not paid. */
static gboolean
is_owed (const Diagnosis *self)
{
  const GArray *payments = self->record->person->payments;
  ZifuMonth month = self->record->arrears_from, now = zifu_month_of (self->today);
  gboolean paid = TRUE;

  for (; month != 0 && month < now && paid; month++)
    {
      paid = FALSE;
      for (guint i = 0; i < payments->len && !paid; i++)
        {
          const ZifuPayment *payment = &g_array_index (payments, ZifuPayment, i);

          paid = payment->paid_on <= now && month >= payment->first && month < payment->first + (ZifuMonth) payment->n_months;
        }
    }
  return !paid;
}

/* A waiting period or a grace period that leaves all the benefits explains nothing about the fund. */
static void
diagnose_interruption (Diagnosis *self)
{
  const ZifuCoverPlan *plan = self->plan;
  gboolean less = zifu_rational_cmp (plan->share, ZIFU_RATIONAL_ONE) < 0;
  gboolean none = plan->state == ZIFU_COVERAGE_NONE, begins = none && (plan->pays || plan->has_change);
  guint explains = (less ? ZIFU_TROUBLE_FUND : 0) | (self->has_account ? ZIFU_TROUBLE_EMPTY : 0);

  if ((plan->state == ZIFU_COVERAGE_WAITING && less) || begins)
    diagnose_waiting (self);
  if (plan->state == ZIFU_COVERAGE_SUSPENDED || plan->state == ZIFU_COVERAGE_GRACE || (none && !begins))
    diagnose_stopped (self, explains);
  else if (self->has_account && !self->resident && is_owed (self))
    show_arrears (zifu_diagnosis_add (self, ZIFU_CAUSE_ARREARS, ZIFU_CAUSE_SURE, ZIFU_TROUBLE_EMPTY), self);
}

/**
 * zifu_diagnose_cover:
 * @self: a diagnosis
 *
 * Interruptions, waiting periods, arrears, two insurances.  None of them closes the account.
 */
void
zifu_diagnose_cover (Diagnosis *self)
{
  diagnose_double (self);
  if (self->plan != NULL && !self->plan->lifelong)
    diagnose_interruption (self);
  else if (self->plan == NULL && self->record->arrears_from != 0 && !self->resident)
    show_arrears (zifu_diagnosis_add (self, ZIFU_CAUSE_ARREARS, ZIFU_CAUSE_SURE, ZIFU_TROUBLE_FUND | ZIFU_TROUBLE_EMPTY), self);
}

/* No account: residents have none unless the rules credit one; of others the rules must say that nothing is credited. */
static void
diagnose_no_account (Diagnosis *self)
{
  g_autoptr (ZifuCredit) credit = NULL;
  gboolean says;
  ZifuCause *cause;

  if (self->has_account || self->record->account == ZIFU_ACCOUNT_CLOSED || self->record->account == ZIFU_ACCOUNT_MOVED)
    return;
  credit = zifu_credit_compute (self->pack, self->record->person, self->today, NULL);
  says = credit != NULL && credit->lines->len > 0;
  if (says ? credit->year > 0 : !self->resident)
    return;
  cause = zifu_diagnosis_add (self, self->resident ? ZIFU_CAUSE_RESIDENT : ZIFU_CAUSE_PLAN_WITHOUT_ACCOUNT, ZIFU_CAUSE_SURE,
                              ZIFU_TROUBLE_ACCOUNT | ZIFU_TROUBLE_EMPTY);
  zifu_cause_show (cause,
                   self->resident ? N_ ("The insurance is that of residents, which has no personal account.")
                                  : N_ ("Nothing is credited under this plan."),
                   NO_ARG, NO_ARG, NO_ARG);
  if (says)
    cause->rule = g_array_index (credit->lines, ZifuCreditLine, 0).rule;
}

/* Whether another tie lets this person use the account of the same relative: then it did not end. */
static gboolean
is_renewed (const Diagnosis *self, const GArray *reviews, const ZifuTie *ended)
{
  for (guint i = 0; i < reviews->len; i++)
    {
      const ZifuTieReview *other = &g_array_index (reviews, ZifuTieReview, i);

      if (!other->tie->given && other->fault == ZIFU_TIE_GOOD && g_strcmp0 (other->tie->id, ended->id) == 0 &&
          zifu_tie_is_open (other->tie, self->today))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_reviewed (const GArray *reviews, const char *id)
{
  for (guint i = 0; i < reviews->len; i++)
    {
      const ZifuTie *tie = g_array_index (reviews, ZifuTieReview, i).tie;

      if (tie->given && g_strcmp0 (tie->id, id) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Payments for relatives whose tie is not recorded, or without a name, less what came back. */
static void
diagnose_strangers (Diagnosis *self, const GArray *reviews, guint explains)
{
  ZifuDate since = zifu_date_add_months (self->today, -12), last = 0;
  ZifuMoney used = 0;

  for (guint i = 0; i < self->record->movements->len; i++)
    {
      const ZifuMovement *movement = &g_array_index (self->record->movements, ZifuMovement, i);

      gboolean back = movement->kind == ZIFU_MOVEMENT_REFUND && movement->relative != NULL;

      if ((movement->kind != ZIFU_MOVEMENT_FAMILY && movement->kind != ZIFU_MOVEMENT_PREMIUM && !back) || movement->date <= since ||
          movement->date > self->today || is_reviewed (reviews, movement->relative))
        continue;
      zifu_money_add (used, -movement->amount, &used);
      last = movement->amount < 0 ? MAX (last, movement->date) : last;
    }
  if (used > 0 && last != 0)
    zifu_cause_show (zifu_diagnosis_need (self, ZIFU_CAUSE_SPENT_BY_FAMILY, ZIFU_CAUSE_SURE, explains),
                     N_ ("Payments for relatives took {1} in the last twelve months, the last on {2}."), MONEY_ARG (used),
                     DATE_ARG (last), NO_ARG);
}

static void
diagnose_family (Diagnosis *self)
{
  g_autoptr (GArray) reviews = zifu_family_review (self->pack, self->record, self->today);
  guint explains = ZIFU_TROUBLE_EMPTY | (self->has_account && self->balance == 0 ? ZIFU_TROUBLE_ACCOUNT : 0);

  for (guint i = 0; i < reviews->len; i++)
    {
      const ZifuTieReview *review = &g_array_index (reviews, ZifuTieReview, i);
      ZifuCause *cause;

      if (review->tie->given && review->used > 0)
        {
          cause = zifu_diagnosis_need (self, ZIFU_CAUSE_SPENT_BY_FAMILY, ZIFU_CAUSE_SURE, explains);
          zifu_cause_show (cause, N_ ("{1} used {2} of it in the last twelve months, last on {3}."), TEXT_ARG (review->tie->id),
                           MONEY_ARG (review->used), DATE_ARG (review->last_used));
          cause->rule = review->rule;
        }
      if (!review->tie->given && review->fault == ZIFU_TIE_ENDED && !is_renewed (self, reviews, review->tie))
        {
          cause = zifu_diagnosis_need (self, ZIFU_CAUSE_TIE_ENDED, ZIFU_CAUSE_SURE, ZIFU_TROUBLE_ACCOUNT);
          zifu_cause_show (cause, N_ ("The permission to use the account of {1} ended on {2}."), TEXT_ARG (review->tie->id),
                           DATE_ARG (review->tie->to), NO_ARG);
          cause->rule = review->rule;
        }
      else if (review->fault == ZIFU_TIE_RELATION || review->fault == ZIFU_TIE_PLACE)
        {
          /* With the relative's account the own payment fails; with the own account only the relative's does. */
          cause = zifu_diagnosis_need (self, ZIFU_CAUSE_TIE_NOT_ALLOWED, review->tie->given ? ZIFU_CAUSE_LIKELY : ZIFU_CAUSE_SURE,
                                       ZIFU_TROUBLE_ACCOUNT);
          zifu_cause_show (cause, N_ ("The rules do not allow it between you and {1}."), TEXT_ARG (review->tie->id), NO_ARG, NO_ARG);
          cause->rule = review->rule;
        }
    }
  diagnose_strangers (self, reviews, explains);
}

/* What the account still pays when the quotas are set aside is enough: for the refused visit, or as far as anybody knows. */
static ZifuCauseWeight
weigh_quota (const Diagnosis *self, ZifuMoney blocked, gboolean *enough)
{
  ZifuMoney usable = self->balance - blocked;

  *enough = FALSE;
  if (usable <= 0)
    return ZIFU_CAUSE_SURE;
  for (guint i = 0; self->refused != NULL && i < self->refused->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (self->refused->trace, ZifuStep, i);

      if (step->kind != ZIFU_STEP_ACCOUNT)
        continue;
      *enough = step->input <= usable;
      return ZIFU_CAUSE_SURE;
    }
  return ZIFU_CAUSE_LIKELY;
}

static void
diagnose_quota (Diagnosis *self)
{
  ZifuShareable shareable = zifu_family_shareable (self->pack, self->record, self->today);
  ZifuMoney blocked = shareable.blocked;
  ZifuCauseWeight weight;
  ZifuCause *cause;
  gboolean enough;

  if (blocked <= 0)
    return;
  weight = weigh_quota (self, blocked, &enough);
  if (enough)
    return;
  cause = zifu_diagnosis_add (self, ZIFU_CAUSE_QUOTA, weight, ZIFU_TROUBLE_ACCOUNT);
  /* What a quota is says the notice that brought them, which opened the places as well. */
  cause->rule = zifu_figure_find (self->pack, self->record->person, self->today, "mutual_aid_place", "tie_place", "other").rule;
  zifu_cause_show (cause, N_ ("{1} stands under quotas of relatives; you cannot use it meanwhile."), MONEY_ARG (blocked), NO_ARG, NO_ARG);
}

static gboolean
is_short (const ZifuCreditFinding *finding)
{
  return finding->expected > finding->found && finding->fault != ZIFU_CREDIT_UNPAID;
}

/* Too little may also come from a base that is not the one of today; nothing at all cannot. */
static ZifuCauseWeight
weigh_credit (const ZifuCreditFinding *finding)
{
  return finding->unverified || (finding->assumed && finding->found != 0) ? ZIFU_CAUSE_LIKELY : ZIFU_CAUSE_SURE;
}

/* One cause for all months: the latest are told one by one, newest first. */
static void
diagnose_credits (Diagnosis *self)
{
  g_autoptr (ZifuCreditCheck) check = zifu_credit_check_new (self->pack, self->record, self->today);
  guint n = 0;

  for (guint i = check->findings->len; i > 0; i--)
    {
      const ZifuCreditFinding *finding = &g_array_index (check->findings, ZifuCreditFinding, i - 1);
      gboolean pending = finding->fault == ZIFU_CREDIT_PENDING;
      ZifuCause *cause;

      if (!is_short (finding))
        continue;
      cause = zifu_diagnosis_need (self, pending ? ZIFU_CAUSE_CREDIT_PENDING : ZIFU_CAUSE_CREDIT_MISSING, weigh_credit (finding),
                                   ZIFU_TROUBLE_EMPTY);
      n += !pending;
      if (pending || n <= MAX_TOLD)
        zifu_cause_show (cause, N_ ("For {1} {2} was to be credited, {3} came."), MONTH_ARG (finding->month),
                         MONEY_ARG (finding->expected), MONEY_ARG (finding->found));
      cause->rule = finding->rule;
    }
  if (n > MAX_TOLD)
    zifu_cause_show (zifu_diagnosis_need (self, ZIFU_CAUSE_CREDIT_MISSING, ZIFU_CAUSE_LIKELY, 0), N_ ("More such months: {1}."),
                     COUNT_ARG (n - MAX_TOLD), NO_ARG, NO_ARG);
}

/* What the person spent in a year, less what came back of it, when the account is empty. */
static void
diagnose_spent (Diagnosis *self)
{
  ZifuDate since = zifu_date_add_months (self->today, -12);
  ZifuMoney spent = 0;
  ZifuCause *cause;

  for (guint i = 0; i < self->record->movements->len; i++)
    {
      const ZifuMovement *movement = &g_array_index (self->record->movements, ZifuMovement, i);
      gboolean mine = movement->kind == ZIFU_MOVEMENT_VISIT || (movement->kind == ZIFU_MOVEMENT_REFUND && movement->relative == NULL);

      if (!mine || movement->date <= since || movement->date > self->today)
        continue;
      zifu_money_add (spent, -movement->amount, &spent);
    }
  if (self->balance > 0 || spent <= 0)
    return;
  cause = zifu_diagnosis_add (self, ZIFU_CAUSE_SPENT, ZIFU_CAUSE_SURE, ZIFU_TROUBLE_EMPTY | ZIFU_TROUBLE_ACCOUNT);
  cause->rule = zifu_diagnosis_account_rule (self, self->today);
  zifu_cause_show (cause, N_ ("Your own visits used {1} in the last twelve months."), MONEY_ARG (spent), NO_ARG, NO_ARG);
}

static void
add_possible_cause (Diagnosis *self, ZifuCauseKind kind, guint explains, const char *evidence)
{
  if (explains != 0)
    zifu_cause_show (zifu_diagnosis_add (self, kind, ZIFU_CAUSE_POSSIBLE, explains), evidence, NO_ARG, NO_ARG, NO_ARG);
}

/* Only for what nothing sure explains, and never against the data: what is worth a look. */
static void
add_possible (Diagnosis *self)
{
  const char *status = zifu_facts_get_string (self->record->person->facts, "status");
  g_autoptr (ZifuCredit) credit = NULL;
  guint sure = 0;

  for (guint i = 0; i < self->causes->len; i++)
    {
      const ZifuCause *cause = g_ptr_array_index (self->causes, i);

      sure |= cause->weight == ZIFU_CAUSE_SURE ? cause->explains : 0;
    }
  if (self->record->card == ZIFU_CARD_UNKNOWN)
    add_possible_cause (self, ZIFU_CAUSE_CARD_NOT_ACTIVATED, ALL & ~sure, N_ ("The state of the card is not known here."));
  if (self->record->account == ZIFU_ACCOUNT_UNKNOWN && self->has_account)
    add_possible_cause (self, ZIFU_CAUSE_ACCOUNT_FROZEN, ZIFU_TROUBLE_ACCOUNT & ~sure, N_ ("The state of the account is not known here."));
  if (self->has_account || self->resident || g_strcmp0 (status, "flexible") != 0)
    return;
  credit = zifu_credit_compute (self->pack, self->record->person, self->today, NULL);
  if (credit == NULL || credit->lines->len == 0)
    add_possible_cause (self, ZIFU_CAUSE_PLAN_WITHOUT_ACCOUNT, (ZIFU_TROUBLE_ACCOUNT | ZIFU_TROUBLE_EMPTY) & ~sure,
                        N_ ("The rules here do not say whether flexible workers have an account."));
}

/**
 * zifu_diagnose_money:
 * @self: a diagnosis
 *
 * No account, money used by relatives or by oneself, credits that did not come; and what is worth a look.
 */
void
zifu_diagnose_money (Diagnosis *self)
{
  diagnose_no_account (self);
  diagnose_family (self);
  if (self->has_account)
    {
      diagnose_quota (self);
      diagnose_credits (self);
      diagnose_spent (self);
    }
  add_possible (self);
}
