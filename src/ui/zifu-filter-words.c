/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-filter-words.h"

#include <glib/gi18n-lib.h>

#include "zifu-words.h"

/**
 * zifu_filter_dup_period:
 * @from: first day; 0 = open
 * @to: last day; 0 = open
 *
 * Returns: (transfer full) (nullable): the period as short as it can be said: a year, a month, days; %NULL when both ends are open
 */
char *
zifu_filter_dup_period (ZifuDate from, ZifuDate to)
{
  int year, month, day;
  g_autofree char *text = NULL;

  if (from == 0 && to == 0)
    return NULL;
  if (from != 0 && to != 0)
    {
      zifu_date_split (from, &year, &month, &day);
      text = g_strdup_printf ("%d", year);
      if (from == zifu_date_new (year, 1, 1) && to == zifu_date_new (year, 12, 31))
        /* Translators: {1} is a calendar year, such as 2026. */
        return zifu_words_fill (C_ ("calendar year", "{1}"), text, NULL);
      if (day == 1 && to == zifu_date_new (year, month, zifu_date_days_in_month (year, month)))
        return zifu_words_month (zifu_month_of (from), TRUE);
      return zifu_words_period (from, to);
    }

  g_free (text);
  text = zifu_words_date (from != 0 ? from : to, ZIFU_DATE_STYLE_LONG);
  /* Translators: {1} is a day: a period that has no end, and one that has no beginning. */
  return from != 0 ? zifu_words_fill (_("from {1}"), text, NULL) : zifu_words_fill (_("until {1}"), text, NULL);
}

/**
 * zifu_filter_dup_amounts:
 * @from: the least, fen; -1 = open
 * @to: the most, fen; -1 = open
 *
 * Returns: (transfer full) (nullable): both in words; %NULL when both ends are open
 */
char *
zifu_filter_dup_amounts (ZifuMoney from, ZifuMoney to)
{
  g_autofree char *least = from >= 0 ? zifu_words_money (from, ZIFU_MONEY_STYLE_SHORT) : NULL;
  g_autofree char *most = to >= 0 ? zifu_words_money (to, ZIFU_MONEY_STYLE_SHORT) : NULL;

  if (least != NULL && most != NULL)
    /* Translators: from one amount to another. */
    return zifu_words_fill (_("{1}–{2} yuan"), least, most, NULL);
  if (least != NULL)
    return zifu_words_fill (_("{1} yuan and more"), least, NULL);
  if (most != NULL)
    return zifu_words_fill (_("up to {1} yuan"), most, NULL);

  return NULL;
}
