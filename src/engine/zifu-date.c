/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-date.h"

#include <string.h>

static gboolean
is_leap (int year)
{
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days of a year before each month, and of the year as a whole. */
static const int days_before[2][13] = {
  { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 },
  { 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366 },
};

/**
 * zifu_date_days_in_month:
 * @year: a year
 * @month: 1 to 12
 *
 * Returns: the number of days of the month
 */
int
zifu_date_days_in_month (int year, int month)
{
  const int *before = days_before[is_leap (year)];

  g_return_val_if_fail (month >= 1 && month <= 12, 0);

  return before[month] - before[month - 1];
}

/**
 * zifu_date_new:
 * @year: 1 to 9999
 * @month: 1 to 12
 * @day: day of the month
 *
 * Returns: the day, or 0 when there is no such day
 */
ZifuDate
zifu_date_new (int year, int month, int day)
{
  ZifuDate out;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > zifu_date_days_in_month (year, month))
    return 0;
  out = 365 * (year - 1) + (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400;
  return out + days_before[is_leap (year)][month - 1] + day;
}

/* Reads exactly @n digits. */
static gboolean
read_number (const char **p, int n, int *value)
{
  *value = 0;
  for (; n > 0; n--, (*p)++)
    {
      if (!g_ascii_isdigit (**p))
        return FALSE;
      *value = *value * 10 + (**p - '0');
    }
  return TRUE;
}

/**
 * zifu_date_parse:
 * @text: (nullable): "2025-07-01"
 *
 * Returns: the day, or 0 when @text is not a day in this form
 */
ZifuDate
zifu_date_parse (const char *text)
{
  int year, month, day;

  if (text == NULL || !read_number (&text, 4, &year) || *text++ != '-' || !read_number (&text, 2, &month) || *text++ != '-' ||
      !read_number (&text, 2, &day) || *text != '\0')
    return 0;
  return zifu_date_new (year, month, day);
}

/**
 * zifu_date_split:
 * @date: a day
 * @year: (out) (optional): its year
 * @month: (out) (optional): its month, 1 to 12
 * @day: (out) (optional): its day of the month
 *
 * Takes a day apart.
 */
void
zifu_date_split (ZifuDate date, int *year, int *month, int *day)
{
  int y, m, d, rest = date - 1;
  const int *before;
  int n400 = rest / 146097, n100, n4, n1;

  g_return_if_fail (date > 0);

  rest %= 146097;
  n100 = MIN (rest / 36524, 3);
  rest -= n100 * 36524;
  n4 = rest / 1461;
  rest %= 1461;
  n1 = MIN (rest / 365, 3);
  rest -= n1 * 365;
  y = 400 * n400 + 100 * n100 + 4 * n4 + n1 + 1;
  d = rest + 1;
  before = days_before[is_leap (y)];
  /* No month is longer than 31 days: it is this one or the next. */
  m = (d - 1) / 31 + 1;
  if (d > before[m])
    m++;
  d -= before[m - 1];
  if (year != NULL)
    *year = y;
  if (month != NULL)
    *month = m;
  if (day != NULL)
    *day = d;
}

/**
 * zifu_date_format:
 * @date: a day
 *
 * Returns: (transfer full): "2025-07-01"
 */
char *
zifu_date_format (ZifuDate date)
{
  int year, month, day;

  zifu_date_split (date, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

/**
 * zifu_date_full_years:
 * @born: a birthday
 * @on: the day on which the age is wanted
 *
 * Returns: full years of age; somebody born on 29 February becomes a year older on 1 March of a common year
 */
int
zifu_date_full_years (ZifuDate born, ZifuDate on)
{
  int by, bm, bd, y, m, d;

  zifu_date_split (born, &by, &bm, &bd);
  zifu_date_split (on, &y, &m, &d);
  return y - by - (m < bm || (m == bm && d < bd));
}

/**
 * zifu_date_add_months:
 * @date: a day
 * @months: how many months later; may be negative
 *
 * The one rule of month arithmetic: the same day of the month, or the last day of a month that is too short
 * (31 January + 1 month = 28 or 29 February).
 *
 * Returns: the day, or 0 when it would leave the calendar
 */
ZifuDate
zifu_date_add_months (ZifuDate date, int months)
{
  int year, month, day, n;

  zifu_date_split (date, &year, &month, &day);
  n = year * 12 + month - 1 + months;
  if (n < 12)
    return 0;
  year = n / 12;
  month = n % 12 + 1;
  return zifu_date_new (year, month, MIN (day, zifu_date_days_in_month (year, month)));
}

/**
 * zifu_date_benefit_year:
 * @date: a day
 * @start_month: month in which the benefit year begins
 * @start_day: day of that month
 *
 * Returns: the calendar year in which the benefit year of @date began
 */
int
zifu_date_benefit_year (ZifuDate date, int start_month, int start_day)
{
  int year, month, day;

  zifu_date_split (date, &year, &month, &day);
  return month > start_month || (month == start_month && day >= start_day) ? year : year - 1;
}

/**
 * zifu_month_new:
 * @year: a year
 * @month: 1 to 12
 *
 * Returns: the month
 */
ZifuMonth
zifu_month_new (int year, int month)
{
  return year * 12 + month - 1;
}

/**
 * zifu_month_parse:
 * @text: (nullable): "2025-07", or a day of which the month is taken
 * @month: (out): the month
 *
 * Returns: %FALSE when @text is neither
 */
gboolean
zifu_month_parse (const char *text, ZifuMonth *month)
{
  int y, m;

  if (text == NULL)
    return FALSE;
  if (strlen (text) == 10)
    {
      ZifuDate date = zifu_date_parse (text);

      if (date != 0)
        *month = zifu_month_of (date);
      return date != 0;
    }
  if (!read_number (&text, 4, &y) || *text++ != '-' || !read_number (&text, 2, &m) || *text != '\0' || m < 1 || m > 12)
    return FALSE;
  *month = zifu_month_new (y, m);
  return TRUE;
}

/**
 * zifu_month_of:
 * @date: a day
 *
 * Returns: the month in which the day lies
 */
ZifuMonth
zifu_month_of (ZifuDate date)
{
  int year, month;

  zifu_date_split (date, &year, &month, NULL);
  return zifu_month_new (year, month);
}

/**
 * zifu_month_split:
 * @month: a month
 * @year: (out): its year
 * @month_of_year: (out): 1 to 12
 *
 * Takes a month apart.
 */
void
zifu_month_split (ZifuMonth month, int *year, int *month_of_year)
{
  *year = month / 12;
  *month_of_year = month % 12 + 1;
}

/**
 * zifu_month_format:
 * @month: a month
 *
 * Returns: (transfer full): "2025-07"
 */
char *
zifu_month_format (ZifuMonth month)
{
  return g_strdup_printf ("%04d-%02d", month / 12, month % 12 + 1);
}
