/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-forecast.h"

#include "zifu-base.h"
#include "zifu-cover-plan.h"

#include <glib/gi18n.h>

static void
month_clear (gpointer data)
{
  zifu_credit_free (((ZifuForecastMonth *) data)->credit);
}

/**
 * zifu_forecast_free:
 * @forecast: (nullable) (transfer full): a forecast
 *
 * Frees a forecast.
 */
void
zifu_forecast_free (ZifuForecast *forecast)
{
  if (forecast == NULL)
    return;
  g_array_unref (forecast->months);
  g_clear_error (&forecast->error);
  g_free (forecast);
}

static ZifuDate
day_in (ZifuMonth month, int day)
{
  int year, month_of_year;

  zifu_month_split (month, &year, &month_of_year);
  return zifu_date_new (year, month_of_year, CLAMP (day, 1, zifu_date_days_in_month (year, month_of_year)));
}

static void
look_at_rules (ZifuForecastMonth *month)
{
  for (guint i = 0; i < month->credit->lines->len; i++)
    {
      const ZifuRule *rule = g_array_index (month->credit->lines, ZifuCreditLine, i).rule;

      month->unverified |= rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
      month->outdated |= rule->confirmed_to != 0 && rule->confirmed_to < month->date;
    }
}

/**
 * zifu_forecast_new:
 * @pack: the rules
 * @person: whose account
 * @from: first month
 * @n_months: how many
 * @balance: fen: balance before the first of them
 * @day_of_month: usual day of the credit, 1 to 31; 0 = not known
 *
 * Forecasts the credits of an account, each by the rules of its own day: age, bounds of the base and rules that end are those of
 * that month.  What comes once a year is credited in the month in which the benefit year begins.  It ends early where the rules
 * do not say what is credited.
 *
 * Returns: (transfer full): the forecast
 */
ZifuForecast *
zifu_forecast_new (ZifuPack *pack, const ZifuPerson *person, ZifuMonth from, guint n_months, ZifuMoney balance, int day_of_month)
{
  ZifuForecast *forecast = g_new0 (ZifuForecast, 1);

  g_return_val_if_fail (pack != NULL && person != NULL, forecast);

  forecast->months = g_array_new (FALSE, TRUE, sizeof (ZifuForecastMonth));
  g_array_set_clear_func (forecast->months, month_clear);
  for (guint i = 0; i < n_months; i++)
    {
      ZifuForecastMonth month = { .month = from + (ZifuMonth) i, .date = day_in (from + (ZifuMonth) i, day_of_month) };
      int year, month_of_year;

      month.credit = zifu_base_credit (pack, person, month.date, &forecast->error);
      if (month.credit == NULL)
        break;
      zifu_month_split (month.month, &year, &month_of_year);
      month.amount = month.credit->total;
      if ((month_of_year == pack->year_start_month && !zifu_money_add (month.amount, month.credit->yearly, &month.amount)) ||
          !zifu_money_add (balance, month.amount, &balance))
        {
          zifu_credit_free (month.credit);
          zifu_error_set (&forecast->error, ZIFU_ERROR_OVERFLOW, "credit",
                          N_ ("a number is too large or too fine to be calculated exactly"), NULL, NULL, NULL);
          break;
        }
      month.balance = balance;
      look_at_rules (&month);
      g_array_append_val (forecast->months, month);
    }
  return forecast;
}
