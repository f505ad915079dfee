/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-division.h"
#include "zifu-ledger.h"

G_BEGIN_DECLS

/**
 * ZifuSplit:
 *
 * What somebody says of a day (table crtyear_d): so much of the balance was of that benefit year, the rest of earlier ones.
 */
typedef struct {
  gint64         member_id;
  ZifuDate       date;    /* balc_date */
  ZifuMoney      current; /* crtyear_balc, fen */
  ZifuProvenance provenance;
} ZifuSplit;

gboolean zifu_ledger_put_split (ZifuLedger *self, const ZifuSplit *split, ZifuDate today, GError **error);
gboolean zifu_ledger_drop_split (ZifuLedger *self, gint64 member_id, ZifuDate date, GError **error);
gboolean zifu_ledger_find_split (ZifuLedger *self, gint64 member_id, ZifuDate from, ZifuDate to, ZifuSplit *split, GError **error);
gboolean zifu_ledger_get_balance_on (ZifuLedger *self, gint64 member_id, ZifuDate on, ZifuMoney *balance, GError **error);

G_END_DECLS
