/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-cover-plan.h"

G_BEGIN_DECLS

/**
 * ZifuCoverOther:
 *
 * The visit of an estimate on another day, on which the fund pays another share of the benefits (R32).
 */
typedef struct {
  ZifuCoverPlan         *plan;     /* owned, nullable: nothing changes, and there is nothing to say */
  ZifuDate               date;     /* of the same visit; 0 = the rules name no day */
  gboolean               back;     /* the estimate stands after the change: @date is today */
  gboolean               lost;     /* the change takes benefits away */
  const ZifuCoverOption *option;   /* nullable: what has to be done for full benefits */
  gboolean               has_cost; /* @least and @most: what the person pays then; the same when it is one figure */
  ZifuMoney              least, most;
} ZifuCoverOther;

void  zifu_cover_other_set_person (ZifuCoverOther *other, ZifuPack *pack, const ZifuPerson *person, ZifuDate today);
void  zifu_cover_other_apply (const ZifuCoverOther *other, ZifuPerson *person, ZifuDate date);
void  zifu_cover_other_settle (ZifuCoverOther *other, ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, GPtrArray *open);
char *zifu_cover_other_dup_text (const ZifuCoverOther *other, gboolean resident);
char *zifu_cover_other_dup_button (const ZifuCoverOther *other);
void  zifu_cover_other_clear (ZifuCoverOther *other);

G_END_DECLS
