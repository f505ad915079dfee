/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-words.h"

G_BEGIN_DECLS

/**
 * ZifuMonthColumn:
 * @month: the month at whose end the balance stands
 * @balance: fen
 * @forecast: whether the balance is expected, not recorded
 *
 * One column of the chart.
 */
typedef struct {
  ZifuMonth month;
  ZifuMoney balance;
  gboolean  forecast;
} ZifuMonthColumn;

#define ZIFU_TYPE_MONTH_COLUMNS (zifu_month_columns_get_type ())
G_DECLARE_FINAL_TYPE (ZifuMonthColumns, zifu_month_columns, ZIFU, MONTH_COLUMNS, GtkWidget)

/*
 * Balances at month end as columns: recorded ones solid, expected ones hatched behind a divider.
 *
 * The data are an array of ZifuMonthColumn in order of time, recorded before expected; they are copied.
 * Left and Right move between columns, Home and End go to the first and last.
 */
GtkWidget *zifu_month_columns_new (void);
void       zifu_month_columns_set_data (ZifuMonthColumns *self, GArray *data);
char      *zifu_month_columns_dup_text (ZifuMonthColumns *self);

G_END_DECLS
