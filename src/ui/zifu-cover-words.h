/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-account-facts.h"

G_BEGIN_DECLS

/* Words for coverage: what holds today, until when, and what to do. */
char                  *zifu_cover_dup_state (ZifuCoverageState state, ZifuRational share);
const char            *zifu_cover_state_icon (ZifuCoverageState state, const char **css_class);
char                  *zifu_cover_dup_title (const ZifuAccountFacts *facts);
char                  *zifu_cover_dup_advice (const ZifuAccountFacts *facts);
char                  *zifu_cover_dup_period (const ZifuCoverageInterval *interval, ZifuMonth last);
char                  *zifu_cover_dup_day (ZifuMonth month, ZifuDate today);
char                  *zifu_cover_dup_way (const ZifuCoverOption *option, gboolean resident);
const ZifuCoverOption *zifu_cover_find_best (const ZifuCoverPlan *plan);
gboolean               zifu_cover_is_unverified (const ZifuCoverPlan *plan);

G_END_DECLS
