/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-account-facts.h"

#include "zifu-entry-words.h"
#include "zifu-month-columns.h"
#include "zifu-sync-words.h"
#include "zifu-words.h"

#define RECORDED_MONTHS 6
#define FORECAST_MONTHS 6  /* in the chart */
#define CREDIT_MONTHS 12   /* in the list */
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

/* The newest month that was paid by today. */
static ZifuMonth
find_last_paid (const ZifuPerson *person, ZifuMonth now)
{
  ZifuMonth last = 0;

  for (guint i = 0; i < person->payments->len; i++)
    {
      const ZifuPayment *payment = &g_array_index (person->payments, ZifuPayment, i);

      if (payment->paid_on <= MAX (now, payment->first))
        last = MAX (last, payment->first + (ZifuMonth) payment->n_months - 1);
    }

  return last;
}

/* What the fund pays at the moment is a share of what it pays at other times. */
static void
read_cover (ZifuAccountFacts *facts, ZifuPerson *person)
{
  facts->last_paid = find_last_paid (person, zifu_month_of (facts->today));
  facts->plan = zifu_cover_plan_new (facts->pack, person, facts->today, NULL, NULL);
  if (facts->plan == NULL || facts->plan->lifelong)
    return;

  facts->interrupted = zifu_rational_sign (facts->plan->share) == 0;
  person->has_coverage_share = TRUE;
  person->coverage_share = facts->plan->share;
}

/* No rule says on which day money arrives: the day of the last credit is the best that is known. */
static void
find_credit_day (ZifuAccountFacts *facts, ZifuLedger *ledger)
{
  ZifuEntryFilter filter = { .has_kind = TRUE, .kind = ZIFU_ENTRY_CREDIT };
  g_autoptr (GPtrArray) credits = zifu_ledger_list_entries (ledger, facts->member->id, &filter, 1, NULL);
  ZifuDate last;

  facts->credit_month = zifu_month_of (facts->today) + 1;
  if (credits == NULL || credits->len == 0)
    return;

  last = ((ZifuEntry *) g_ptr_array_index (credits, 0))->date;
  zifu_date_split (last, NULL, NULL, &facts->credit_day);
  /* Counted from the last one, so that a 31st is one again after a short month. */
  for (int n = 1; facts->credit_on <= facts->today; n++)
    facts->credit_on = zifu_date_add_months (last, n);
  facts->credit_month = zifu_month_of (facts->credit_on);
}

/* While nothing is paid in, nothing is credited. */
static gboolean
is_paid_in (const ZifuAccountFacts *facts)
{
  return facts->plan == NULL || facts->plan->lifelong || facts->plan->pays;
}

static void
read_credits (ZifuAccountFacts *facts)
{
  const ZifuForecastMonth *next;

  facts->check = zifu_credit_check_new (facts->pack, facts->record, facts->today);
  if (!is_paid_in (facts))
    return;
  facts->forecast = zifu_forecast_new (facts->pack, facts->record->person, facts->credit_month, CREDIT_MONTHS, facts->balance,
                                       facts->credit_day);
  if (facts->forecast->months->len == 0)
    return;

  next = &g_array_index (facts->forecast->months, ZifuForecastMonth, 0);
  if (next->credit->lines->len == 0)
    return;
  facts->has_credit = TRUE;
  facts->credit = next->amount;
  facts->credit_unverified = next->unverified;
  if (next->credit->lines->len == 1)
    facts->credit_base = facts->member->base;
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
add_forecast_columns (ZifuAccountFacts *facts)
{
  ZifuMonth now = zifu_month_of (facts->today);

  if (!facts->has_credit || facts->credit <= 0)
    return;

  for (guint i = 0; i < facts->forecast->months->len; i++)
    {
      const ZifuForecastMonth *month = &g_array_index (facts->forecast->months, ZifuForecastMonth, i);
      ZifuMonthColumn column = { .month = month->month, .forecast = TRUE, .balance = month->balance };

      if (month->month > now && month->month <= now + FORECAST_MONTHS)
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
read_balance (ZifuAccountFacts *facts, ZifuSession *session, ZifuLedger *ledger)
{
  facts->has_balance = facts->member->has_account
                       && zifu_ledger_get_balance (ledger, facts->member->id, &facts->balance, &facts->as_of, NULL);
  facts->checked = facts->has_balance && zifu_session_check_balance (session, &facts->broken);
}

static void
read_division (ZifuAccountFacts *facts)
{
  const ZifuPerson *person = facts->record->person;

  facts->divided = facts->member->has_account && zifu_division_is_wanted (facts->pack, person, facts->today);
  for (guint part = 0; facts->divided && part < ZIFU_N_DIVISION_PARTS; part++)
    facts->parts[part] = zifu_division_in_purse (person, part);
}

/* What follows from rules and record. */
static void
read_life (ZifuAccountFacts *facts, ZifuSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPerson) person = NULL;

  facts->pack = zifu_session_dup_pack (session, &error);
  if (facts->pack != NULL)
    facts->record = zifu_session_dup_record (session, &error);
  if (facts->record == NULL)
    {
      facts->fund_error = zifu_ui_error_text (error);
      return;
    }

  read_division (facts);
  person = zifu_person_copy (facts->record->person);
  read_cover (facts, person);
  read_fund (facts, facts->pack, person);
  facts->reviews = zifu_family_review (facts->pack, facts->record, facts->today);
  if (facts->member->has_account)
    {
      read_credits (facts);
      add_forecast_columns (facts);
    }
}

static void
read_connection (ZifuAccountFacts *facts, ZifuLedger *ledger)
{
  g_autoptr (GPtrArray) connections = zifu_ledger_list_connections (ledger, NULL);

  for (guint i = 0; connections != NULL && i < connections->len; i++)
    {
      const ZifuConnection *connection = g_ptr_array_index (connections, i);

      if (connection->member_id == facts->member->id && facts->connection == NULL)
        facts->connection = zifu_connection_copy (connection);
    }
}

static void
read_age (ZifuAccountFacts *facts, ZifuSession *session)
{
  g_autoptr (GDateTime) now = zifu_session_dup_now (session);
  g_autoptr (GDateTime) then = NULL;

  if (facts->connection == NULL || !zifu_sync_words_is_old (facts->connection, g_date_time_to_unix (now)))
    return;
  then = g_date_time_new_from_unix_local (facts->connection->arrived_at);
  facts->old_since = zifu_date_new (g_date_time_get_year (then), g_date_time_get_month (then), g_date_time_get_day_of_month (then));
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

  read_connection (facts, ledger);
  read_age (facts, session);
  read_balance (facts, session, ledger);
  read_entries (facts, ledger);
  if (facts->member->has_account)
    {
      find_credit_day (facts, ledger);
      read_months (facts, ledger);
    }

  read_life (facts, session);

  return facts;
}

/**
 * zifu_account_facts_is_resident:
 * @facts: facts
 *
 * Returns: whether the person has the insurance of residents
 */
gboolean
zifu_account_facts_is_resident (const ZifuAccountFacts *facts)
{
  g_return_val_if_fail (facts != NULL, FALSE);

  return g_strcmp0 (facts->member->insurance, "390") == 0;
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
  g_clear_pointer (&facts->reviews, g_array_unref);
  g_clear_pointer (&facts->plan, zifu_cover_plan_free);
  g_clear_pointer (&facts->forecast, zifu_forecast_free);
  g_clear_pointer (&facts->check, zifu_credit_check_free);
  g_clear_pointer (&facts->record, zifu_record_free);
  g_clear_pointer (&facts->pack, zifu_pack_unref);
  g_clear_pointer (&facts->columns, g_array_unref);
  g_clear_pointer (&facts->ties, g_array_unref);
  g_clear_pointer (&facts->members, g_ptr_array_unref);
  g_clear_pointer (&facts->recent, g_ptr_array_unref);
  g_clear_pointer (&facts->fund_error, g_free);
  g_clear_pointer (&facts->connection, zifu_connection_free);
  zifu_benefit_sketch_clear (&facts->outpatient);
  zifu_benefit_sketch_clear (&facts->inpatient);
  g_free (facts);
}
