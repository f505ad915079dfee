/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-settle.h"

G_BEGIN_DECLS

/**
 * ZifuGoal:
 * @ZIFU_GOAL_DEDUCTIBLE: the base layer's deductible is met: from here on the fund pays
 * @ZIFU_GOAL_CAP: a cap of the base layer is reached: from here on it pays nothing more
 * @ZIFU_GOAL_ACCOUNT: the own account is empty afterwards
 *
 * What a bill may be large enough for.
 */
typedef enum {
  ZIFU_GOAL_DEDUCTIBLE,
  ZIFU_GOAL_CAP,
  ZIFU_GOAL_ACCOUNT,
} ZifuGoal;

#define ZIFU_GOAL_LARGEST_BILL G_GINT64_CONSTANT (100000000000) /* fen: 1,000 million yuan */

gboolean zifu_find_bill (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, ZifuGoal goal, ZifuMoney *total,
                         GError **error);
gboolean zifu_curve (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, ZifuMoney from, ZifuMoney to, guint n_points,
                     ZifuMoney *pays, GError **error);

G_END_DECLS
