/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-account-facts.h"

#include "zifu-entry-words.h"
#include "zifu-month-columns.h"
#include "zifu-words.h"

#define RECORDED_MONTHS 6
#define FORECAST_MONTHS 6
#define RECENT_ENTRIES 4
#define MONTH_ENTRIES 500 /* more rows in one month than anybody has */

static char *
find_region_name (ZifuSession *session, const char *region)
{
  g_autoptr (GPtrArray) packs = zifu_pack_library_list (zifu_session_get_library (session), NULL);

  for (guint i = 0; packs != NULL && i < packs->len; i++)
    {
      const ZifuPackInfo *info = g_ptr_array_index (packs, i);

      if (g_strcmp0 (info->id, region) == 0)
        return g_strdup (zifu_words_text (&info->title));
    }

  return g_strdup (region);
}

static gint
compare_months (gconstpointer a, gconstpointer b)
{
  return *(const ZifuMonth *) a - *(const ZifuMonth *) b;
}

static GArray *
list_paid_months (const ZifuPerson *person)
{
  GArray *months = g_array_new (FALSE, FALSE, sizeof (ZifuMonth));

  for (guint i = 0; i < person->payments->len; i++)
    {
      const ZifuPayment *payment = &g_array_index (person->payments, ZifuPayment, i);

      for (guint n = 0; n < payment->n_months; n++)
        {
          ZifuMonth month = payment->first + (ZifuMonth) n;

          g_array_append_val (months, month);
        }
    }
  g_array_sort (months, compare_months);

  return months;
}

static guint
count_run (const GArray *months)
{
  guint run = months->len > 0 ? 1 : 0;

  for (guint i = months->len; i > 1; i--)
    {
      ZifuMonth newer = g_array_index (months, ZifuMonth, i - 1);
      ZifuMonth older = g_array_index (months, ZifuMonth, i - 2);

      if (newer - older > 1)
        break;
      if (newer != older)
        run++;
    }

  return run;
}

static void
read_contributions (ZifuAccountFacts *facts, const ZifuPerson *person)
{
  g_autoptr (GArray) months = list_paid_months (person);
  ZifuMonth now = zifu_month_of (facts->today);

  facts->months_without_gap = count_run (months);
  facts->last_paid = months->len > 0 ? g_array_index (months, ZifuMonth, months->len - 1) : 0;

  if (g_strcmp0 (facts->member->status, "retired") == 0)
    facts->contribution = ZIFU_CONTRIBUTION_NOT_DUE;
  else if (months->len == 0)
    facts->contribution = ZIFU_CONTRIBUTION_NONE;
  else if (facts->last_paid >= now)
    facts->contribution = ZIFU_CONTRIBUTION_PAID;
  else if (facts->last_paid == now - 1)
    facts->contribution = ZIFU_CONTRIBUTION_LATE;
  else
    facts->contribution = ZIFU_CONTRIBUTION_GAP;
}

/* No rule says on which day money arrives: the day of the last credit is the best that is known. */
static void
find_credit_day (ZifuAccountFacts *facts, ZifuLedger *ledger)
{
  ZifuEntryFilter filter = { .has_kind = TRUE, .kind = ZIFU_ENTRY_CREDIT };
  g_autoptr (GPtrArray) credits = zifu_ledger_list_entries (ledger, facts->member->id, &filter, 1, NULL);
  ZifuMonth now = zifu_month_of (facts->today);

  facts->credit_month = now + 1;
  if (credits == NULL || credits->len == 0)
    return;

  facts->credit_on = zifu_date_add_months (((ZifuEntry *) g_ptr_array_index (credits, 0))->date, 1);
  while (facts->credit_on <= facts->today)
    facts->credit_on = zifu_date_add_months (facts->credit_on, 1);
  facts->credit_month = zifu_month_of (facts->credit_on);
}

static ZifuDate
day_of_month (ZifuMonth month)
{
  int year, month_of_year;

  zifu_month_split (month, &year, &month_of_year);
  return zifu_date_new (year, month_of_year, 1);
}

static void
read_credit (ZifuAccountFacts *facts, ZifuPack *pack, const ZifuPerson *person)
{
  ZifuDate on = facts->credit_on != 0 ? facts->credit_on : day_of_month (facts->credit_month);
  g_autoptr (ZifuCredit) credit = zifu_credit_compute (pack, person, on, NULL);

  facts->credit_base = -1;
  if (credit == NULL || credit->lines->len == 0)
    return;

  facts->has_credit = TRUE;
  facts->credit = credit->total;
  if (credit->lines->len == 1)
    facts->credit_base = facts->member->base;
  for (guint i = 0; i < credit->lines->len; i++)
    {
      const ZifuCreditLine *line = &g_array_index (credit->lines, ZifuCreditLine, i);

      if (line->rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED)
        facts->credit_unverified = TRUE;
    }
}

static void
read_months (ZifuAccountFacts *facts, ZifuLedger *ledger)
{
  g_autoptr (GArray) months = zifu_ledger_list_months (ledger, facts->member->id, NULL);
  ZifuMonth now = zifu_month_of (facts->today);
  ZifuMonth first = G_MAXINT32;

  for (guint i = 0; months != NULL && i < months->len; i++)
    {
      const ZifuMonthSummary *summary = &g_array_index (months, ZifuMonthSummary, i);

      first = MIN (first, summary->month);
      if (summary->month == now)
        {
          facts->month_income = summary->income;
          facts->month_outlay = summary->outlay;
        }
    }

  /* A month without entries ends with the balance of the month before it. */
  for (ZifuMonth month = MAX (first, now - RECORDED_MONTHS + 1); months != NULL && months->len > 0 && month <= now; month++)
    {
      ZifuMonthColumn column = { .month = month };
      ZifuMonth best = 0;

      for (guint i = 0; i < months->len; i++)
        {
          const ZifuMonthSummary *summary = &g_array_index (months, ZifuMonthSummary, i);

          if (summary->month <= month && summary->month > best)
            {
              best = summary->month;
              column.balance = summary->end_balance;
            }
        }
      g_array_append_val (facts->columns, column);
    }
}

/* Expected balances hold credits only: nobody knows what will be spent. */
static void
forecast (ZifuAccountFacts *facts, ZifuPack *pack, const ZifuPerson *person)
{
  ZifuMonth now = zifu_month_of (facts->today);
  ZifuMoney balance = facts->balance;

  if (!facts->has_credit || facts->credit <= 0)
    return;

  for (ZifuMonth month = now + 1; month <= now + FORECAST_MONTHS; month++)
    {
      g_autoptr (ZifuCredit) credit = zifu_credit_compute (pack, person, day_of_month (month), NULL);
      ZifuMonthColumn column = { .month = month, .forecast = TRUE };

      if (credit == NULL || !zifu_money_add (balance, credit->total, &balance))
        return;
      column.balance = balance;
      g_array_append_val (facts->columns, column);
    }
}

static void
read_entries (ZifuAccountFacts *facts, ZifuLedger *ledger)
{
  ZifuEntryFilter filter = { 0 };
  ZifuEntryFilter family = { .has_kind = TRUE, .kind = ZIFU_ENTRY_FAMILY };
  g_autoptr (GPtrArray) used = zifu_ledger_list_entries (ledger, facts->member->id, &family, MONTH_ENTRIES, NULL);

  facts->recent = zifu_ledger_list_entries (ledger, facts->member->id, &filter, RECENT_ENTRIES, NULL);
  for (guint i = 0; used != NULL && i < used->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (used, i);

      if (zifu_month_of (entry->date) == zifu_month_of (facts->today))
        zifu_money_add (facts->month_family, entry->amount, &facts->month_family);
    }
}

static void
read_fund (ZifuAccountFacts *facts, ZifuPack *pack, const ZifuPerson *person)
{
  g_autoptr (GError) error = NULL;

  if (!zifu_benefit_sketch_make (pack, person, "outpatient", "3", facts->today, &facts->outpatient, &error)
      || !zifu_benefit_sketch_make (pack, person, "inpatient", "3", facts->today, &facts->inpatient, &error))
    facts->fund_error = zifu_ui_error_text (error);
}

static void
read_balance (ZifuAccountFacts *facts, ZifuLedger *ledger)
{
  facts->has_balance = facts->member->has_account
                       && zifu_ledger_get_balance (ledger, facts->member->id, &facts->balance, &facts->as_of, NULL);
  facts->checked = facts->has_balance && zifu_ledger_check_balance (ledger, facts->member->id, &facts->broken, NULL);
}

/**
 * zifu_account_facts_read:
 * @session: the session
 *
 * Reads and computes what the account page shows of the person on screen.
 *
 * Returns: (transfer full) (nullable): the facts, %NULL when nobody is on screen
 */
ZifuAccountFacts *
zifu_account_facts_read (ZifuSession *session)
{
  g_autoptr (ZifuMember) member = NULL;
  g_autoptr (ZifuPack) pack = NULL;
  g_autoptr (ZifuPerson) person = NULL;
  g_autoptr (GError) error = NULL;
  ZifuAccountFacts *facts;
  ZifuLedger *ledger;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  member = zifu_session_dup_member (session);
  if (member == NULL)
    return NULL;

  ledger = zifu_session_get_ledger (session);
  facts = g_new0 (ZifuAccountFacts, 1);
  facts->member = g_steal_pointer (&member);
  facts->today = zifu_session_get_today (session);
  facts->region = find_region_name (session, facts->member->region);
  facts->members = zifu_session_list_members (session);
  facts->ties = zifu_ledger_list_ties (ledger, facts->member->id, NULL);
  facts->columns = g_array_new (FALSE, TRUE, sizeof (ZifuMonthColumn));
  facts->credit_base = -1;

  read_balance (facts, ledger);
  read_entries (facts, ledger);
  if (facts->member->has_account)
    {
      find_credit_day (facts, ledger);
      read_months (facts, ledger);
    }

  pack = zifu_session_dup_pack (session, &error);
  person = pack != NULL ? zifu_session_dup_person (session, &error) : NULL;
  if (person == NULL)
    {
      facts->fund_error = zifu_ui_error_text (error);
      facts->contribution = ZIFU_CONTRIBUTION_NONE;
      return facts;
    }

  read_contributions (facts, person);
  read_fund (facts, pack, person);
  if (facts->member->has_account)
    {
      read_credit (facts, pack, person);
      forecast (facts, pack, person);
    }

  return facts;
}

/**
 * zifu_account_facts_free:
 * @facts: (transfer full) (nullable): facts
 *
 * Frees them.
 */
void
zifu_account_facts_free (ZifuAccountFacts *facts)
{
  if (facts == NULL)
    return;

  g_clear_pointer (&facts->member, zifu_member_free);
  g_clear_pointer (&facts->region, g_free);
  g_clear_pointer (&facts->columns, g_array_unref);
  g_clear_pointer (&facts->ties, g_array_unref);
  g_clear_pointer (&facts->members, g_ptr_array_unref);
  g_clear_pointer (&facts->recent, g_ptr_array_unref);
  g_clear_pointer (&facts->fund_error, g_free);
  zifu_benefit_sketch_clear (&facts->outpatient);
  zifu_benefit_sketch_clear (&facts->inpatient);
  g_free (facts);
}
