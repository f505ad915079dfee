/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-engine.h"

G_BEGIN_DECLS

/**
 * ZifuCoverWay:
 * @ZIFU_COVER_STOP: nothing more is paid
 * @ZIFU_COVER_GO_ON: contributions are paid from this month on, the gap stays
 * @ZIFU_COVER_MAKE_UP: the gap, or a part of it, is paid this month, and contributions go on
 *
 * What a person may do about a gap.
 */
typedef enum { ZIFU_COVER_STOP, ZIFU_COVER_GO_ON, ZIFU_COVER_MAKE_UP } ZifuCoverWay;

/**
 * ZifuCoverOption:
 *
 * What comes of one way.
 */
typedef struct {
  ZifuCoverWay    way;
  guint           n_months; /* months that are made up */
  gboolean        has_cost; /* whether the rules say what making up costs */
  ZifuMoney       cost;     /* fen */
  const ZifuRule *cost_rule; /* nullable, owned by the pack */
  ZifuCoverage   *coverage; /* owned */
  gboolean        has_back;
  ZifuMonth       back;     /* first month, not before today's, with full benefits; unless @way is to stop they stay */
} ZifuCoverOption;

/**
 * ZifuCoverPlan:
 *
 * Coverage as it stands, and what could be done about a gap (R28–R31).
 */
typedef struct {
  ZifuPack         *pack;     /* owned */
  ZifuDate          today;
  gboolean          lifelong; /* retired: covered without contributions; there is no timeline */
  ZifuCoverage     *coverage; /* owned, nullable: as it stands, two years ahead */
  gboolean          pays;     /* the latest month that was due is paid; it is assumed that contributions go on */
  ZifuCoverageState state;    /* today */
  ZifuRational      share;    /* of the benefits, today */
  gboolean          has_change;
  ZifuMonth         change;   /* next month with another state or share */
  gboolean          has_gap;
  ZifuMonth         gap_from, gap_to; /* the missing months behind the state of today */
  guint             n_unpaid; /* of them not paid at all */
  GPtrArray        *options;  /* owned, of ZifuCoverOption; empty while nothing is wrong */
} ZifuCoverPlan;

/**
 * ZifuCoverVisit:
 *
 * One visit under one option, on the first day with full benefits; or today.
 */
typedef struct {
  const ZifuCoverOption *option; /* nullable: today, as things stand */
  ZifuDate               date;
  ZifuRational           share;
  ZifuSettlement        *settlement; /* owned, nullable */
  GError                *error;      /* owned, nullable: why it is refused */
} ZifuCoverVisit;

ZifuCoverPlan *zifu_cover_plan_new (ZifuPack *pack, const ZifuPerson *person, ZifuDate today, const char *benefit, GError **error);
void           zifu_cover_plan_free (ZifuCoverPlan *plan);
GPtrArray     *zifu_cover_plan_visits (const ZifuCoverPlan *plan, const ZifuPerson *person, const ZifuVisit *visit);
gboolean       zifu_cover_plan_is_new (const ZifuCoverPlan *plan);
ZifuDate       zifu_month_first_day (ZifuMonth month);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCoverPlan, zifu_cover_plan_free)

G_END_DECLS
