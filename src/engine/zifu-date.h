/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ZifuDate:
 *
 * A day of the Gregorian calendar: the number of days since 0001-01-01, which is 1.  0 stands for "no day".
 */
typedef gint32 ZifuDate;

/**
 * ZifuMonth:
 *
 * A month: year × 12 + month − 1.  Adding n months is adding n.
 */
typedef gint32 ZifuMonth;

ZifuDate  zifu_date_new (int year, int month, int day);
ZifuDate  zifu_date_parse (const char *text);
void      zifu_date_split (ZifuDate date, int *year, int *month, int *day);
char     *zifu_date_format (ZifuDate date);
int       zifu_date_full_years (ZifuDate born, ZifuDate on);
ZifuDate  zifu_date_add_months (ZifuDate date, int months);
int       zifu_date_benefit_year (ZifuDate date, int start_month, int start_day);
int       zifu_date_days_in_month (int year, int month);

ZifuMonth zifu_month_new (int year, int month);
gboolean  zifu_month_parse (const char *text, ZifuMonth *month);
ZifuMonth zifu_month_of (ZifuDate date);
void      zifu_month_split (ZifuMonth month, int *year, int *month_of_year);
char     *zifu_month_format (ZifuMonth month);

G_END_DECLS
