/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-account.h"
#include "zifu-figure.h"

G_BEGIN_DECLS

/**
 * ZifuBase:
 *
 * The contribution base of a person on a day and what holds it (R18).  Amounts are fen a month.
 */
typedef struct {
  ZifuFigure lower_figure, upper_figure;
  gboolean   has_lower, has_upper, has_base;
  ZifuMoney  lower, upper;
  ZifuMoney  base;   /* as the data have it; 0 when they do not */
  ZifuMoney  counts; /* held between the bounds that are known */
} ZifuBase;

ZifuBase    zifu_base_find (ZifuPack *pack, const ZifuPerson *person, ZifuDate on);
ZifuCredit *zifu_base_credit (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, GError **error);

G_END_DECLS
