/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-credit-check.h"

#include "zifu-cover-plan.h"

/* A credit is posted within this many months after its month; before that it is not missing. */
#define POSTING_MONTHS 1

/* What was credited for one month. */
typedef struct {
  ZifuMoney sum;
  guint     n;
  ZifuMoney base; /* −1 = not known */
} Posted;

/**
 * zifu_credit_check_free:
 * @check: (nullable) (transfer full): a check
 *
 * Frees a check.
 */
void
zifu_credit_check_free (ZifuCreditCheck *check)
{
  if (check == NULL)
    return;
  g_array_unref (check->findings);
  g_free (check);
}

static ZifuMonth
month_of (const ZifuMovement *movement)
{
  return movement->for_month != 0 ? movement->for_month : zifu_month_of (movement->date);
}

static Posted
find_posted (const ZifuRecord *record, ZifuMonth month)
{
  Posted posted = { 0, 0, -1 };

  for (guint i = 0; i < record->movements->len; i++)
    {
      const ZifuMovement *movement = &g_array_index (record->movements, ZifuMovement, i);

      if (movement->kind != ZIFU_MOVEMENT_CREDIT || month_of (movement) != month ||
          !zifu_money_add (posted.sum, movement->amount, &posted.sum))
        continue;
      posted.n++;
      posted.base = movement->base >= 0 ? movement->base : posted.base;
    }
  return posted;
}

static void
find_months (ZifuCreditCheck *check, const ZifuRecord *record, ZifuMonth now)
{
  for (guint i = 0; i < record->movements->len; i++)
    {
      const ZifuMovement *movement = &g_array_index (record->movements, ZifuMovement, i);
      ZifuMonth month = month_of (movement);

      if (movement->kind != ZIFU_MOVEMENT_CREDIT)
        continue;
      check->first = check->first == 0 ? month : MIN (check->first, month);
      check->last = MAX (check->last, month);
    }
  check->last = check->first != 0 ? MAX (check->last, now - 1) : 0;
}

static gboolean
is_retired_in (const ZifuPerson *person, ZifuMonth month)
{
  const char *retired_on = zifu_facts_get_string (person->facts, "retired_on");
  ZifuDate day = retired_on != NULL ? zifu_date_parse (retired_on) : 0;

  return g_strcmp0 (zifu_facts_get_string (person->facts, "status"), "retired") == 0 && (day == 0 || zifu_month_of (day) <= month);
}

/* Retired people are credited without contributions; of others the contributions say, from the first one on that is known: of what was
 * paid before it nothing is concluded. */
static gboolean
is_paid (const ZifuPerson *person, ZifuMonth month)
{
  ZifuMonth first = G_MAXINT;

  if (is_retired_in (person, month))
    return TRUE;
  for (guint i = 0; i < person->payments->len; i++)
    {
      const ZifuPayment *payment = &g_array_index (person->payments, ZifuPayment, i);

      if (month >= payment->first && month < payment->first + (ZifuMonth) payment->n_months)
        return TRUE;
      first = MIN (first, payment->first);
    }
  return month < first;
}

/* One credit of a month whose base nobody stated contradicts nothing by another amount: the base may have been another one then. */
static gboolean
rests_on_guess (const ZifuPerson *person, const Posted *posted)
{
  return posted->n == 1 && posted->base < 0 && zifu_facts_get (person->facts, "base") != NULL;
}

/* The credit by the rules of the month, with what is known of that month: its base, and whether the person was retired. */
static ZifuCredit *
expect (ZifuPack *pack, const ZifuPerson *person, ZifuMonth month, ZifuMoney base)
{
  g_autoptr (ZifuPerson) then = zifu_person_copy (person);

  if (base >= 0)
    {
      g_autofree char *text = zifu_money_format (base, ZIFU_MONEY_PLAIN);

      zifu_facts_set_string (then->facts, "base", text);
    }
  if (g_strcmp0 (zifu_facts_get_string (person->facts, "status"), "retired") == 0 && !is_retired_in (person, month))
    zifu_facts_set_string (then->facts, "status", "active");
  return zifu_credit_compute (pack, then, zifu_month_first_day (month), NULL);
}

static ZifuMoney
sum_of_month (const ZifuCredit *credit, const ZifuPack *pack, ZifuMonth month)
{
  int year, month_of_year;
  ZifuMoney sum = credit->total;

  zifu_month_split (month, &year, &month_of_year);
  if (month_of_year == pack->year_start_month && !zifu_money_add (sum, credit->yearly, &sum))
    return credit->total;
  return sum;
}

static gboolean
judge (const Posted *posted, ZifuMoney expected, gboolean paid, gboolean fresh, ZifuCreditFault *fault)
{
  if (!paid)
    {
      *fault = ZIFU_CREDIT_UNPAID;
      return posted->n > 0;
    }
  if (posted->n == 0)
    {
      *fault = fresh ? ZIFU_CREDIT_PENDING : ZIFU_CREDIT_MISSING;
      return expected != 0;
    }
  *fault = posted->n > 1 && posted->sum > expected ? ZIFU_CREDIT_TWICE : ZIFU_CREDIT_WRONG;
  return posted->sum != expected;
}

static void
check_month (ZifuCreditCheck *check, ZifuPack *pack, const ZifuRecord *record, ZifuMonth month, ZifuMonth now)
{
  Posted posted = find_posted (record, month);
  g_autoptr (ZifuCredit) credit = expect (pack, record->person, month, posted.base);
  ZifuCreditFinding finding = { .month = month, .found = posted.sum };

  if (credit == NULL || credit->lines->len == 0)
    {
      check->n_skipped++;
      return;
    }
  finding.expected = sum_of_month (credit, pack, month);
  if (posted.sum != finding.expected && is_paid (record->person, month) && rests_on_guess (record->person, &posted))
    {
      check->n_skipped++;
      return;
    }
  finding.rule = g_array_index (credit->lines, ZifuCreditLine, 0).rule;
  for (guint i = 0; i < credit->lines->len; i++)
    finding.unverified |= g_array_index (credit->lines, ZifuCreditLine, i).rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
  check->n_checked++;
  if (judge (&posted, finding.expected, is_paid (record->person, month), month >= now - POSTING_MONTHS, &finding.fault))
    g_array_append_val (check->findings, finding);
}

/**
 * zifu_credit_check_new:
 * @pack: the rules
 * @record: whose movements
 * @today: the day on which one looks
 *
 * Holds each month from the first known credit to the last month against the rules of its time: what is missing, wrong, twice or
 * without a contribution.  The base of a credit is taken from its entry where it is stated there; where it is not, an amount that differs
 * is no finding.
 *
 * Returns: (transfer full): what was found
 */
ZifuCreditCheck *
zifu_credit_check_new (ZifuPack *pack, const ZifuRecord *record, ZifuDate today)
{
  ZifuCreditCheck *check = g_new0 (ZifuCreditCheck, 1);
  ZifuMonth now;

  g_return_val_if_fail (pack != NULL && record != NULL && today > 0, check);

  now = zifu_month_of (today);
  check->findings = g_array_new (FALSE, FALSE, sizeof (ZifuCreditFinding));
  find_months (check, record, now);
  for (ZifuMonth month = check->first; check->first != 0 && month <= check->last; month++)
    check_month (check, pack, record, month, now);
  return check;
}
