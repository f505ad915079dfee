/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-credit-check.h"

#include "zifu-base.h"
#include "zifu-cover-plan.h"

/* A credit is posted within this many months after its month; before that it is not missing. */
#define POSTING_MONTHS 1

/* What was credited for one month. */
typedef struct {
  ZifuMoney sum;
  guint     n;
  ZifuMoney base; /* −1 = not known */
  ZifuMoney first_base, last_base; /* of all entries of the month; −1 = none */
} Posted;

/* Whether the contribution of a month was paid; not known before the first month of which anything is known. */
typedef enum { CONTRIBUTION_UNKNOWN, CONTRIBUTION_UNPAID, CONTRIBUTION_PAID } Contribution;

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

/* A credit that is known on the day of the question. */
static gboolean
is_credit (const ZifuMovement *movement, ZifuDate today)
{
  return movement->kind == ZIFU_MOVEMENT_CREDIT && movement->date <= today;
}

static void
find_months (ZifuCreditCheck *check, const ZifuRecord *record, ZifuDate today)
{
  ZifuMonth now = zifu_month_of (today);

  for (guint i = 0; i < record->movements->len; i++)
    {
      const ZifuMovement *movement = &g_array_index (record->movements, ZifuMovement, i);
      ZifuMonth month;

      if (!is_credit (movement, today))
        continue;
      month = month_of (movement);
      check->first = check->first == 0 ? month : MIN (check->first, month);
      check->last = MAX (check->last, month);
    }
  check->last = check->first != 0 ? MAX (check->last, now - 1) : 0;
}

/* What was posted in each month from the first to the last one: one look at every movement, however many there are. */
static GArray *
collect_months (const ZifuCreditCheck *check, const ZifuRecord *record, ZifuDate today)
{
  guint n = check->first != 0 ? (guint) (check->last - check->first) + 1 : 0;
  GArray *months = g_array_sized_new (FALSE, TRUE, sizeof (Posted), n);

  g_array_set_size (months, n);
  for (guint i = 0; i < n; i++)
    g_array_index (months, Posted, i) = (Posted){ 0, 0, -1, -1, -1 };
  for (guint i = 0; i < record->movements->len; i++)
    {
      const ZifuMovement *movement = &g_array_index (record->movements, ZifuMovement, i);
      Posted *posted;

      if (!is_credit (movement, today))
        continue;
      posted = &g_array_index (months, Posted, month_of (movement) - check->first);
      if (movement->base >= 0)
        {
          posted->first_base = posted->first_base >= 0 ? posted->first_base : movement->base;
          posted->last_base = movement->base;
        }
      if (!zifu_money_add (posted->sum, movement->amount, &posted->sum))
        continue;
      posted->n++;
      posted->base = movement->base >= 0 ? movement->base : posted->base;
    }
  return months;
}

/* The base that stands nearest to the month in an entry, earlier ones first; −1 = in none. */
static ZifuMoney
nearest_base (GArray *months, guint at)
{
  for (guint i = at + 1; i > 0; i--)
    if (g_array_index (months, Posted, i - 1).last_base >= 0)
      return g_array_index (months, Posted, i - 1).last_base;
  for (guint i = at + 1; i < months->len; i++)
    if (g_array_index (months, Posted, i).first_base >= 0)
      return g_array_index (months, Posted, i).first_base;
  return -1;
}

static gboolean
is_retired_in (const ZifuPerson *person, ZifuMonth month)
{
  const char *retired_on = zifu_facts_get_string (person->facts, "retired_on");
  ZifuDate day = retired_on != NULL ? zifu_date_parse (retired_on) : 0;

  return g_strcmp0 (zifu_facts_get_string (person->facts, "status"), "retired") == 0 && (day == 0 || zifu_month_of (day) <= month);
}

/* Retired people are credited without contributions; of others the contributions say, as far as any is known. */
static Contribution
find_contribution (const ZifuPerson *person, ZifuMonth month, ZifuMonth now, ZifuMonth *paid_on)
{
  ZifuMonth first = G_MAXINT;
  Contribution found = CONTRIBUTION_UNPAID;

  *paid_on = month;
  if (is_retired_in (person, month))
    return CONTRIBUTION_PAID;
  for (guint i = 0; i < person->payments->len; i++)
    {
      const ZifuPayment *payment = &g_array_index (person->payments, ZifuPayment, i);

      if (payment->paid_on > now)
        continue;
      first = MIN (first, payment->first);
      if (month < payment->first || month >= payment->first + (ZifuMonth) payment->n_months)
        continue;
      *paid_on = found == CONTRIBUTION_PAID ? MIN (*paid_on, payment->paid_on) : payment->paid_on;
      found = CONTRIBUTION_PAID;
    }
  if (first == G_MAXINT)
    return CONTRIBUTION_PAID; /* no contributions are kept: the credits themselves show that they go on */
  return month < first ? CONTRIBUTION_UNKNOWN : found;
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
  /* A base that an entry names was held already; that of the data may be a wage. */
  return base >= 0 ? zifu_credit_compute (pack, then, zifu_month_first_day (month), NULL)
                   : zifu_base_credit (pack, then, zifu_month_first_day (month), NULL);
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

/* Whether what is known now stands for what was then: the base, or that somebody was retired already. */
static gboolean
is_assumed (ZifuPack *pack, const ZifuPerson *person, ZifuMonth month, const Posted *posted, ZifuMoney expected)
{
  g_autoptr (ZifuPerson) without = NULL;
  g_autoptr (ZifuCredit) credit = NULL;

  if (g_strcmp0 (zifu_facts_get_string (person->facts, "status"), "retired") == 0 &&
      zifu_facts_get_string (person->facts, "retired_on") == NULL)
    return TRUE;
  if (posted->base >= 0)
    return FALSE;
  without = zifu_person_copy (person);
  zifu_facts_unset (without->facts, "base");
  credit = expect (pack, without, month, -1);
  return credit == NULL || sum_of_month (credit, pack, month) != expected;
}

static gboolean
judge (const Posted *posted, ZifuMoney expected, Contribution contribution, gboolean fresh, ZifuCreditFault *fault)
{
  if (contribution == CONTRIBUTION_UNPAID)
    {
      *fault = ZIFU_CREDIT_UNPAID;
      return posted->sum != 0;
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
check_month (ZifuCreditCheck *check, ZifuPack *pack, const ZifuRecord *record, GArray *months, guint at, ZifuDate today)
{
  ZifuMonth now = zifu_month_of (today), month = check->first + (ZifuMonth) at, paid_on;
  const Posted posted = g_array_index (months, Posted, at);
  Contribution contribution = find_contribution (record->person, month, now, &paid_on);
  g_autoptr (ZifuCredit) credit =
    expect (pack, record->person, month, posted.base >= 0 ? posted.base : nearest_base (months, at));
  ZifuCreditFinding finding = { .month = month, .found = posted.sum };

  if (credit == NULL || credit->lines->len == 0 || (posted.n == 0 && (contribution == CONTRIBUTION_UNKNOWN || month > now)))
    {
      check->n_skipped++;
      return;
    }
  finding.expected = sum_of_month (credit, pack, month);
  finding.rule = g_array_index (credit->lines, ZifuCreditLine, 0).rule;
  for (guint i = 0; i < credit->lines->len; i++)
    finding.unverified |= g_array_index (credit->lines, ZifuCreditLine, i).rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
  check->n_checked++;
  if (!judge (&posted, finding.expected, contribution, MAX (month, paid_on) >= now - POSTING_MONTHS, &finding.fault))
    return;
  finding.assumed = is_assumed (pack, record->person, month, &posted, finding.expected);
  g_array_append_val (check->findings, finding);
}

/**
 * zifu_credit_check_new:
 * @pack: the rules
 * @record: whose movements
 * @today: the day on which one looks
 *
 * Holds each month from the first known credit to the last month against the rules of its time: what is missing, wrong, twice or
 * without a contribution.  The base of a credit is taken from its entry where it is stated there, else from the entry nearest to
 * it.  What comes after a late contribution is due when that was paid.
 *
 * Returns: (transfer full): what was found
 */
ZifuCreditCheck *
zifu_credit_check_new (ZifuPack *pack, const ZifuRecord *record, ZifuDate today)
{
  g_autoptr (GArray) months = NULL;
  ZifuCreditCheck *check;

  g_return_val_if_fail (pack != NULL && record != NULL && today > 0, NULL);

  check = g_new0 (ZifuCreditCheck, 1);
  check->findings = g_array_new (FALSE, FALSE, sizeof (ZifuCreditFinding));
  find_months (check, record, today);
  months = collect_months (check, record, today);
  for (guint i = 0; i < months->len; i++)
    check_month (check, pack, record, months, i, today);
  return check;
}
