/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why an account cannot be used: never a cause that the data contradict, each sure one derived once more (R20, R23 to R27). */
#include <string.h>

#include "life-support.h"
#include "zifu-cover-plan.h"
#include "zifu-diagnose.h"

#define TODAY "2026-11-20"
#define ALL ((ZifuTrouble) (ZIFU_TROUBLE_ACCOUNT | ZIFU_TROUBLE_EMPTY | ZIFU_TROUBLE_FUND))
#define N_ROUNDS 20000

typedef struct {
  const ZifuRecord *record;
  ZifuDate today;
  ZifuMonth now;
  const char *insurance, *status;
  gboolean has_account;
} Known;

static const char *
fact (const ZifuFacts *facts, const char *name)
{
  const char *text = zifu_facts_get_string (facts, name);

  return text != NULL ? text : "";
}

static gboolean
is (const ZifuFacts *facts, const char *name, const char *value)
{
  return g_str_equal (fact (facts, name), value);
}

static gboolean
says_no (const Known *self, const char *axis)
{
  const ZifuValue *value = self->record->refused != NULL ? zifu_facts_get (self->record->refused->facts, axis) : NULL;

  return value != NULL && value->kind == ZIFU_VALUE_BOOLEAN && !value->boolean;
}

/* 2 in time, 1 late, 0 not. */
static int
paid (const Known *self, ZifuMonth month)
{
  int how = 0;

  for (guint i = 0; i < self->record->person->payments->len; i++)
    {
      const ZifuPayment *payment = &g_array_index (self->record->person->payments, ZifuPayment, i);

      if (payment->first == month && payment->paid_on <= self->now)
        how = MAX (how, payment->paid_on == month ? 2 : 1);
    }
  return how;
}

static gboolean
is_contributing (const Known *self)
{
  return paid (self, self->now) != 0 || paid (self, self->now - 1) != 0;
}

/* Some gap that began after the first month in time was longer than is forgiven. */
static gboolean
had_long_gap (const Known *self, guint forgiven)
{
  guint run = 0;
  gboolean begun = FALSE;

  for (ZifuMonth month = life_month ("2020-01"); month < self->now; month++)
    {
      begun |= paid (self, month) == 2;
      run = begun && paid (self, month) != 2 ? run + 1 : 0;
      if (run > forgiven)
        return TRUE;
    }
  return FALSE;
}

/* A resident whose first month in time is another than January, from 2025 on, waits for three months. */
static gboolean
is_new (const Known *self)
{
  ZifuMonth month = life_month ("2020-01");

  while (month < self->now && paid (self, month) != 2)
    month++;
  return g_str_equal (self->insurance, "390") && month >= life_month ("2025-02") && month % 12 != 0 && self->now < month + 3;
}

static gboolean
owes (const Known *self)
{
  gboolean owed = FALSE;

  for (ZifuMonth month = self->record->arrears_from; month < self->now; month++)
    owed |= paid (self, month) == 0;
  return self->record->arrears_from != 0 && !g_str_equal (self->insurance, "390") && !g_str_equal (self->status, "retired") &&
         (owed || !is_contributing (self));
}

/* A filing of which the last day is not stated holds six months, a long-term one for good. */
static gboolean
is_filed (const Known *self, ZifuDate on)
{
  for (guint i = 0; i < self->record->filings->len; i++)
    {
      const ZifuFiling *filing = &g_array_index (self->record->filings, ZifuFiling, i);
      gboolean lasts = g_str_equal (filing->kind, "filed_long");
      ZifuDate to = filing->to != 0 ? filing->to : lasts ? G_MAXINT : zifu_date_add_months (filing->from, 6);

      if (filing->from <= on && on <= to)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_away_unfiled (const Known *self)
{
  const ZifuVisit *visit = self->record->refused;

  if (visit == NULL)
    return FALSE;
  return (is (visit->facts, "remote", "unfiled") || (is (visit->facts, "remote", "") && is (visit->facts, "place", "other"))) &&
         !is (visit->facts, "place_province", "12") && !is_filed (self, visit->date);
}

static ZifuMoney
spent (const Known *self, ZifuMovementKind kind, const char *relative)
{
  ZifuMoney sum = 0;

  for (guint i = 0; i < self->record->movements->len; i++)
    {
      const ZifuMovement *movement = &g_array_index (self->record->movements, ZifuMovement, i);

      if (movement->date > life_day ("2025-11-20") && movement->date <= self->today &&
          (movement->kind == kind || movement->kind == ZIFU_MOVEMENT_REFUND) && g_strcmp0 (movement->relative, relative) == 0)
        sum -= movement->amount;
    }
  return sum;
}

static gboolean
any_tie (const Known *self, gboolean (*fits) (const Known *self, const ZifuTie *tie))
{
  for (guint i = 0; i < self->record->ties->len; i++)
    if (fits (self, &g_array_index (self->record->ties, ZifuTie, i)))
      return TRUE;
  return FALSE;
}

/* Where a tie was renewed more may come back than was used under one of them. */
static gboolean
relatives_spend (const Known *self)
{
  static const char *const ids[] = { "a", "b", "c" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      guint n_ties = 0;

      for (guint j = 0; j < self->record->ties->len; j++)
        n_ties += g_str_equal (g_array_index (self->record->ties, ZifuTie, j).id, ids[i]);
      if (n_ties > 1 || spent (self, ZIFU_MOVEMENT_FAMILY, ids[i]) > 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
blocks (const Known *self, const ZifuTie *tie)
{
  return tie->given && tie->has_quota && tie->quota > 0 && tie->from <= self->today && (tie->to == 0 || tie->to >= self->today);
}

static gboolean
has_ended (const Known *self, const ZifuTie *tie)
{
  for (guint i = 0; i < self->record->ties->len; i++)
    {
      const ZifuTie *other = &g_array_index (self->record->ties, ZifuTie, i);

      if (!other->given && g_str_equal (other->id, tie->id) && zifu_tie_is_open (other, self->today) &&
          !g_str_equal (other->relation, "other"))
        return FALSE;
    }
  return !tie->given && tie->to != 0 && tie->to < self->today;
}

static gboolean
is_strange (const Known *self, const ZifuTie *tie)
{
  return !tie->given && g_str_equal (tie->relation, "other") && zifu_tie_is_open (tie, self->today);
}

static gboolean
is_double (const Known *self)
{
  const GArray *all = self->record->enrolments;

  for (guint i = 0; i < all->len; i++)
    for (guint j = 0; j < i; j++)
      {
        const ZifuEnrolment *a = &g_array_index (all, ZifuEnrolment, i), *b = &g_array_index (all, ZifuEnrolment, j);
        gboolean open = a->paid && b->paid && (a->to == 0 || a->to >= self->today) && (b->to == 0 || b->to >= self->today);

        if (open && (!g_str_equal (a->insurance, b->insurance) || !g_str_equal (a->region, b->region)))
          return TRUE;
      }
  return FALSE;
}

static ZifuMoney
credited (const Known *self, ZifuMonth month)
{
  ZifuMoney sum = 0;

  for (guint i = 0; i < self->record->movements->len; i++)
    {
      const ZifuMovement *movement = &g_array_index (self->record->movements, ZifuMovement, i);

      if (movement->kind == ZIFU_MOVEMENT_CREDIT && zifu_month_of (movement->date) == month && movement->date <= self->today)
        sum += movement->amount;
    }
  return sum;
}

static gboolean
has_contributed (const Known *self)
{
  for (guint i = 0; i < self->record->person->payments->len; i++)
    if (g_array_index (self->record->person->payments, ZifuPayment, i).paid_on <= self->now)
      return TRUE;
  return FALSE;
}

/* Before the first contribution that is known a credit shows that there was one. */
static gboolean
is_due (const Known *self, ZifuMonth month)
{
  ZifuMonth first = life_month ("2020-01");

  if (g_str_equal (self->status, "retired"))
    return TRUE;
  while (first <= self->now && paid (self, first) == 0)
    first++;
  return first > self->now || paid (self, month) != 0 || (month < first && credited (self, month) > 0);
}

/* What the evidence says of a month is so: that much came, less than is due, and the month was paid as far as that is known. */
static gboolean
lacks_credit (const Known *self, const ZifuEvidence *evidence, gboolean pending)
{
  ZifuMonth month = (ZifuMonth) evidence->args[0].number;
  gboolean retired = g_str_equal (self->status, "retired");
  ZifuMoney due = retired ? 9700 : g_str_equal (self->status, "active") ? 24000 : 0;
  gboolean late = paid (self, month) == 1 || month >= self->now - 1;

  return evidence->args[1].number == due && evidence->args[2].number == credited (self, month) && credited (self, month) < due &&
         is_due (self, month) && month <= self->now && (!pending || late);
}

static gboolean
lacks_credits (const Known *self, const ZifuCause *cause)
{
  for (guint i = 0; i < cause->evidence->len; i++)
    {
      const ZifuEvidence *evidence = &g_array_index (cause->evidence, ZifuEvidence, i);

      if (evidence->args[0].kind == ZIFU_ARG_MONTH && !lacks_credit (self, evidence, cause->kind == ZIFU_CAUSE_CREDIT_PENDING))
        return FALSE; /* else it tells how many more there are */
    }
  return TRUE;
}

static gboolean
is_not_connected (const Known *self)
{
  return says_no (self, "connected") || (says_no (self, "designated") && is (self->record->refused->facts, "care", "emergency"));
}

static gboolean
follows_from_visit (const Known *self, const ZifuCause *cause)
{
  const ZifuVisit *visit = self->record->refused;

  switch ((int) cause->kind)
    {
    case ZIFU_CAUSE_NOT_DESIGNATED:
      return says_no (self, "designated");
    case ZIFU_CAUSE_NOT_CONNECTED:
      return is_not_connected (self);
    case ZIFU_CAUSE_NOT_CHOSEN:
      return says_no (self, "chosen");
    case ZIFU_CAUSE_UNFILED:
    case ZIFU_CAUSE_FILING_EXPIRED:
      return is_away_unfiled (self);
    case ZIFU_CAUSE_OTHER_PAYER:
      return visit != NULL && is (visit->facts, "cause", "work_injury");
    case ZIFU_CAUSE_DEPOSIT:
      return visit != NULL && visit->has_prepaid && visit->prepaid > 0;
    case ZIFU_CAUSE_OUT_OF_SCOPE:
      return visit != NULL && visit->out + visit->over_limit > 0;
    default:
      return FALSE;
    }
}

static gboolean
follows_from_states (const Known *self, const ZifuCause *cause)
{
  const ZifuRecord *record = self->record;
  gboolean gone = record->account == ZIFU_ACCOUNT_CLOSED || record->account == ZIFU_ACCOUNT_MOVED;

  switch ((int) cause->kind)
    {
    case ZIFU_CAUSE_ACCOUNT_FROZEN:
      return record->account == ZIFU_ACCOUNT_FROZEN;
    case ZIFU_CAUSE_CARD_LOST:
      return record->card == ZIFU_CARD_LOST;
    case ZIFU_CAUSE_CARD_NOT_ACTIVATED:
      return record->card == ZIFU_CARD_NOT_ACTIVATED;
    case ZIFU_CAUSE_CARD_DORMANT:
      return record->card == ZIFU_CARD_DORMANT;
    case ZIFU_CAUSE_IDENTITY_CHANGED:
      return record->identity_changed;
    case ZIFU_CAUSE_ACCOUNT_CLOSED:
      return record->account == ZIFU_ACCOUNT_CLOSED;
    case ZIFU_CAUSE_ACCOUNT_MOVED:
      return record->account == ZIFU_ACCOUNT_MOVED;
    case ZIFU_CAUSE_IN_TRANSIT:
      return record->move.state == ZIFU_MOVE_REQUESTED || record->move.state == ZIFU_MOVE_IN_TRANSIT;
    case ZIFU_CAUSE_DATA_ARRIVING:
      return record->data_since != 0 && record->data_since <= self->today;
    case ZIFU_CAUSE_RESIDENT:
      return g_str_equal (self->insurance, "390") && !self->has_account && !gone;
    case ZIFU_CAUSE_PLAN_WITHOUT_ACCOUNT:
      return g_str_equal (self->status, "flexible") && !self->has_account && !gone;
    default:
      return follows_from_visit (self, cause);
    }
}

/* Derived once more, by other means. */
static gboolean
follows (const Known *self, const ZifuCause *cause)
{
  ZifuMoney balance = zifu_person_get_balance (self->record->person);
  gboolean contributes = !g_str_equal (self->status, "retired") && has_contributed (self);

  switch ((int) cause->kind)
    {
    case ZIFU_CAUSE_SPENT_BY_FAMILY:
      return relatives_spend (self);
    case ZIFU_CAUSE_QUOTA:
      return any_tie (self, blocks) && balance > 0;
    case ZIFU_CAUSE_TIE_ENDED:
      return any_tie (self, has_ended);
    case ZIFU_CAUSE_TIE_NOT_ALLOWED:
      return any_tie (self, is_strange);
    case ZIFU_CAUSE_DOUBLE:
      return is_double (self);
    case ZIFU_CAUSE_ARREARS:
      return owes (self);
    case ZIFU_CAUSE_INTERRUPTED:
      return contributes && !is_contributing (self) && (!g_str_equal (self->status, "active") || g_str_equal (self->insurance, "390"));
    case ZIFU_CAUSE_WAITING:
      return contributes && is_contributing (self) &&
             (is_new (self) || had_long_gap (self, g_str_equal (self->insurance, "390") ? 0 : 3));
    case ZIFU_CAUSE_CREDIT_MISSING:
    case ZIFU_CAUSE_CREDIT_PENDING:
      return self->has_account && lacks_credits (self, cause);
    case ZIFU_CAUSE_SPENT:
      return self->has_account && balance == 0 && spent (self, ZIFU_MOVEMENT_VISIT, NULL) > 0;
    default:
      return follows_from_states (self, cause);
    }
}

/* A cause that is only possible: of its state the record says nothing. */
static gboolean
is_open_question (const Known *self, const ZifuCause *cause)
{
  return cause->kind == ZIFU_CAUSE_CARD_NOT_ACTIVATED ? self->record->card == ZIFU_CARD_UNKNOWN
                                                      : cause->kind == ZIFU_CAUSE_ACCOUNT_FROZEN && self->has_account &&
                                                            self->record->account == ZIFU_ACCOUNT_UNKNOWN;
}

static void
assert_causes (const Known *self, const GPtrArray *causes, ZifuTrouble asked, guint round)
{
  guint sure = 0;

  for (guint i = 0; i < causes->len; i++)
    {
      const ZifuCause *cause = g_ptr_array_index (causes, i), *before = i > 0 ? g_ptr_array_index (causes, i - 1) : NULL;

      g_assert_true (before == NULL || before->weight < cause->weight || (before->weight == cause->weight && before->kind <= cause->kind));
      g_assert_cmpuint (cause->explains & asked, !=, 0);
      g_assert_cmpuint (cause->evidence->len, >, 0);
      sure |= cause->weight == ZIFU_CAUSE_SURE ? cause->explains : 0;
      if (cause->weight == ZIFU_CAUSE_SURE && !follows (self, cause))
        g_error ("round %u: '%s' does not follow from the record", round, zifu_cause_name (cause->kind));
      if (cause->weight == ZIFU_CAUSE_POSSIBLE)
        {
          g_assert_true (is_open_question (self, cause));
          g_assert_cmpuint (cause->explains & sure & asked, ==, 0);
        }
    }
}

/* What the record states outright is told. */
static void
assert_told (const Known *self, const GPtrArray *causes)
{
  gboolean told[ZIFU_N_CAUSES] = { FALSE };

  for (guint i = 0; i < causes->len; i++)
    {
      const ZifuCause *cause = g_ptr_array_index (causes, i);

      told[cause->kind] |= cause->weight != ZIFU_CAUSE_POSSIBLE;
    }
  for (guint kind = 0; kind < ZIFU_N_CAUSES; kind++)
    {
      ZifuCause cause = { .kind = (ZifuCauseKind) kind };

      if (kind == ZIFU_CAUSE_CREDIT_MISSING || kind == ZIFU_CAUSE_CREDIT_PENDING || kind == ZIFU_CAUSE_WAITING ||
          (kind >= ZIFU_CAUSE_NOT_DESIGNATED && kind <= ZIFU_CAUSE_OUT_OF_SCOPE && kind != ZIFU_CAUSE_DEPOSIT))
        continue; /* these need the rules as well */
      if (kind == ZIFU_CAUSE_ARREARS && (self->has_account || self->record->person->payments->len > 0))
        continue;
      if (kind == ZIFU_CAUSE_SPENT_BY_FAMILY || kind == ZIFU_CAUSE_QUOTA)
        continue; /* what came back, or what is left beside the quotas, may be enough */
      if (kind == ZIFU_CAUSE_INTERRUPTED && self->record->arrears_from != 0)
        continue; /* then it is the employer */
      if (follows (self, &cause) && !told[kind])
        g_error ("'%s' was not told", zifu_cause_name ((ZifuCauseKind) kind));
    }
}

static void
draw_person (LifeRandom *random, ZifuRecord *record)
{
  static const char *const statuses[] = { "active", "retired", "flexible", "resident" };
  guint status = life_draw (random, 4), n = life_draw (random, 3) == 0 ? 0 : life_draw (random, 30);
  ZifuPerson *person = record->person;

  zifu_facts_set_string (person->facts, "insurance", status == 3 ? "390" : "310");
  zifu_facts_set_string (person->facts, "status", statuses[status]);
  zifu_facts_set_string (person->facts, "resident_class", "elderly");
  zifu_facts_set_int (person->facts, "age", 65);
  if (status == 1)
    zifu_facts_set_string (person->facts, "retired_on", "2019-05-01");
  if (life_draw (random, 5) > 0)
    zifu_facts_set_string (person->facts, "base", "12000.00");
  if (life_draw (random, 3) > 0)
    zifu_person_add_purse (person, "balance", life_draw (random, 2) * life_draw (random, 300000));
  for (guint i = 0, skip = 0; i < n; i++)
    {
      ZifuMonth month = life_month ("2026-11") - (ZifuMonth) i;

      skip = skip > 0 ? skip - 1 : life_draw (random, 6) == 0 ? 1 + life_draw (random, 6) : 0;
      if (skip == 0)
        zifu_person_add_payment (person, month, 1, month + (life_draw (random, 8) == 0 ? (ZifuMonth) life_draw (random, 5) : 0));
    }
}

static ZifuMovement *
last_of (ZifuRecord *record)
{
  return &g_array_index (record->movements, ZifuMovement, record->movements->len - 1);
}

static void
draw_movements (LifeRandom *random, ZifuRecord *record)
{
  static const char *const relatives[] = { "a", "b", "c" };
  gboolean credits = life_draw (random, 2) == 0;

  for (ZifuMonth month = life_month ("2026-11") - (ZifuMonth) life_draw (random, 14); month <= life_month ("2026-12"); month++)
    {
      ZifuMoney amount = life_draw (random, 2) == 0 ? 24000 : 9700;

      if (credits && life_draw (random, 6) > 0)
        {
          zifu_record_add_movement (record, zifu_month_first_day (month) + 9, ZIFU_MOVEMENT_CREDIT, amount);
          if (life_draw (random, 2) == 0)
            last_of (record)->base = 1200000;
        }
      if (life_draw (random, 4) == 0)
        zifu_record_add_movement (record, zifu_month_first_day (month) + 14, ZIFU_MOVEMENT_VISIT, -(ZifuMoney) life_draw (random, 20000));
      if (life_draw (random, 5) == 0)
        {
          gboolean back = life_draw (random, 3) == 0;

          zifu_record_add_movement (record, zifu_month_first_day (month) + 19, back ? ZIFU_MOVEMENT_REFUND : ZIFU_MOVEMENT_FAMILY,
                                    (back ? 1 : -1) * (ZifuMoney) life_draw (random, 20000));
          if (!back || life_draw (random, 2) == 0)
            last_of (record)->relative = g_strdup (relatives[life_draw (random, 3)]);
        }
    }
}

static void
draw_others (LifeRandom *random, ZifuRecord *record, ZifuDate today)
{
  static const char *const relations[] = { "spouse", "parent", "sibling", "other" };
  static const char *const ids[] = { "a", "b", "c" };
  static const char *const kinds[] = { "filed_long", "filed_temp", "referred" };

  record->card = (ZifuCardState) (life_draw (random, 2) * life_draw (random, 5));
  record->account = (ZifuAccountState) (life_draw (random, 2) * life_draw (random, 5));
  record->identity_changed = life_draw (random, 12) == 0;
  record->data_since = life_draw (random, 12) == 0 ? today - 30 + (ZifuDate) life_draw (random, 40) : 0;
  record->move.state = (ZifuMoveState) (life_draw (random, 8) == 0 ? life_draw (random, 4) : 0);
  record->arrears_from = life_draw (random, 6) == 0 ? life_month ("2026-03") + (ZifuMonth) life_draw (random, 8) : 0;
  for (guint n = life_draw (random, 3); n > 0; n--)
    {
      ZifuTie *tie = zifu_record_add_tie (record, ids[life_draw (random, 3)], relations[life_draw (random, 4)], life_draw (random, 2) == 0,
                                          today - 600 + (ZifuDate) life_draw (random, 700));

      tie->to = life_draw (random, 3) == 0 ? tie->from + (ZifuDate) life_draw (random, 400) : 0;
      tie->has_quota = life_draw (random, 3) == 0;
      tie->quota = tie->has_quota ? life_draw (random, 50000) : 0;
    }
  for (guint n = life_draw (random, 3); n > 0; n--)
    {
      zifu_record_add_enrolment (record, life_draw (random, 2) == 0 ? "310" : "390", life_draw (random, 2) == 0 ? "110000" : "310000",
                                 today - 400);
      g_array_index (record->enrolments, ZifuEnrolment, record->enrolments->len - 1).paid = life_draw (random, 3) > 0;
      g_array_index (record->enrolments, ZifuEnrolment, record->enrolments->len - 1).to =
        life_draw (random, 2) == 0 ? today - 3 + (ZifuDate) life_draw (random, 6) : 0;
    }
  for (guint n = life_draw (random, 2); n > 0; n--)
    zifu_record_add_filing (record, kinds[life_draw (random, 3)], NULL, today - 300 + (ZifuDate) life_draw (random, 310), 0);
}

static void
draw_visit (LifeRandom *random, ZifuRecord *record, ZifuDate today)
{
  static const char *const cares[] = { "outpatient", "inpatient", "emergency" };
  static const char *const remotes[] = { "local", "province", "unfiled", "emergency", "filed_long" };
  static const char *const truths[] = { "designated", "connected", "chosen" };
  ZifuVisit *visit = zifu_visit_new ();

  record->refused = visit;
  visit->date = today;
  zifu_facts_set_string (visit->facts, "care", cares[life_draw (random, 3)]);
  zifu_facts_set_string (visit->facts, "class", "3");
  if (life_draw (random, 2) == 0)
    zifu_facts_set_string (visit->facts, "remote", remotes[life_draw (random, 5)]);
  if (life_draw (random, 3) == 0)
    zifu_facts_set_string (visit->facts, "place", life_draw (random, 2) == 0 ? "other" : "city");
  if (life_draw (random, 3) == 0)
    zifu_facts_set_string (visit->facts, "place_province", life_draw (random, 2) == 0 ? "12" : "44");
  for (guint i = 0; i < G_N_ELEMENTS (truths); i++)
    if (life_draw (random, 3) == 0)
      zifu_facts_set_boolean (visit->facts, truths[i], life_draw (random, 2) == 0);
  if (life_draw (random, 10) == 0)
    zifu_facts_set_string (visit->facts, "cause", "work_injury");
  visit->has_prepaid = life_draw (random, 6) == 0;
  visit->prepaid = visit->has_prepaid ? life_draw (random, 500000) : 0;
  zifu_visit_set_total (visit, 100000 + life_draw (random, 3000000));
  zifu_visit_set_parts (visit, life_draw (random, 3) == 0 ? life_draw (random, 100000) : 0, 0, 0);
}

static void
test_follows (void)
{
  LifeRandom random = life_random (51);
  const guint n_rounds = life_rounds (N_ROUNDS);
  g_autoptr (ZifuPack) pack = life_pack ("'110000'");
  ZifuDate today = life_day (TODAY);
  guint n[ZIFU_N_CAUSES] = { 0 };

  for (guint round = 0; round < n_rounds; round++)
    {
      g_autoptr (ZifuRecord) record = zifu_record_new ();
      g_autoptr (GPtrArray) all = NULL, some = NULL;
      ZifuTrouble asked = (ZifuTrouble) (1 << life_draw (&random, 3));
      Known known = { record, today, zifu_month_of (today) };

      draw_person (&random, record);
      draw_movements (&random, record);
      draw_others (&random, record, today);
      if (life_draw (&random, 2) == 0)
        draw_visit (&random, record, today);
      known.insurance = fact (record->person->facts, "insurance");
      known.status = fact (record->person->facts, "status");
      known.has_account = record->person->purses->len > 0;
      all = zifu_diagnose (pack, record, ALL, today);
      assert_causes (&known, all, ALL, round);
      assert_told (&known, all);
      some = zifu_diagnose (pack, record, asked, today);
      assert_causes (&known, some, asked, round);
      for (guint i = 0; i < all->len; i++)
        n[((ZifuCause *) g_ptr_array_index (all, i))->kind]++;
    }
  for (guint kind = 0; kind < ZIFU_N_CAUSES; kind++)
    {
      g_test_message ("%s: %u", zifu_cause_name ((ZifuCauseKind) kind), n[kind]);
      g_assert_true (n[kind] > 0 || kind == ZIFU_CAUSE_NOT_CHOSEN);
    }
}

static void
test_names (void)
{
  for (guint a = 0; a < ZIFU_N_CAUSES; a++)
    for (guint b = 0; b < a; b++)
      g_assert_cmpstr (zifu_cause_name ((ZifuCauseKind) a), !=, zifu_cause_name ((ZifuCauseKind) b));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/life/diagnose/follows", test_follows);
  g_test_add_func ("/life/diagnose/names", test_names);
  return g_test_run ();
}
