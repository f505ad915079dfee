/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-engine.h"

G_BEGIN_DECLS

/**
 * ZifuForecastMonth:
 *
 * What is credited in one month, and the balance after it.
 */
typedef struct {
  ZifuMonth   month;
  ZifuDate    date;       /* day of the credit: the usual day of the month, or the first when no day is known */
  ZifuMoney   amount;     /* fen; what comes once a year included */
  ZifuMoney   balance;    /* fen, if nothing is spent */
  gboolean    unverified; /* rests on a rule that is not verified */
  gboolean    outdated;   /* rests on a rule past the day to which it is confirmed */
  ZifuCredit *credit;     /* owned: its lines and their rules */
} ZifuForecastMonth;

/**
 * ZifuForecast:
 *
 * The next credits of an account (R17).
 */
typedef struct {
  GArray *months; /* of ZifuForecastMonth */
  GError *error;  /* owned, nullable: why it ends before the months that were asked for */
} ZifuForecast;

ZifuForecast *zifu_forecast_new (ZifuPack *pack, const ZifuPerson *person, ZifuMonth from, guint n_months, ZifuMoney balance,
                                 int day_of_month);
void          zifu_forecast_free (ZifuForecast *forecast);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuForecast, zifu_forecast_free)

G_END_DECLS
