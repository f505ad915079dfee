/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-exchange.h"

G_BEGIN_DECLS

/**
 * ZifuHouseholdFlags:
 * @ZIFU_HOUSEHOLD_WHOLE: everything as it is
 * @ZIFU_HOUSEHOLD_ANONYMOUS: nothing by which anybody could be known; see zifu_household_json_write()
 *
 * How a household document is written.
 */
typedef enum { ZIFU_HOUSEHOLD_WHOLE = 0, ZIFU_HOUSEHOLD_ANONYMOUS = 1 << 0 } ZifuHouseholdFlags;

/**
 * ZifuHouseholdSummary:
 *
 * What a household document held.
 */
typedef struct {
  gint64           n_members, n_entries, n_rows;
  gint64           broken_member; /* the first account in which balances and movements do not agree; 0 = none */
  ZifuBalanceBreak broken;        /* and where */
} ZifuHouseholdSummary;

gboolean zifu_household_json_write (ZifuLedger *ledger, gint64 member_id, ZifuHouseholdFlags flags, const char *path,
                                    const ZifuJob *job, GError **error);
gboolean zifu_household_json_read (ZifuLedger *ledger, const char *path, ZifuHouseholdSummary *summary, const ZifuJob *job,
                                   GError **error);

G_END_DECLS
