/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger.h"

G_BEGIN_DECLS

/**
 * ZifuWithdrawal:
 *
 * A refund or a receipt that somebody typed and takes back: what goes, what moves with it, and all that is needed to put it back.
 */
typedef struct {
  ZifuEntry            *entry;        /* the row that goes */
  ZifuEntry            *original;     /* nullable: of a refund: what counts again */
  ZifuSettlementRecord *receipt;      /* nullable: of a receipt: the settlement that goes with the row */
  gint64                estimate_id;  /* the estimate that the receipt was confirmed to be about; 0 = none */
  GArray               *refused;      /* of gint64: the estimates of which somebody said that the receipt is not about them */
  ZifuMoney             before, after; /* what the account holds with the row and without it */
  guint                 n_relatives;  /* accounts of relatives that had got something back by the refund */
  gboolean              moves_totals; /* yearly totals count the settlement again */
  gboolean              is_replaced;  /* what counts again is a receipt that was corrected, and the corrected one stands beside it */
  gboolean              is_correction; /* the receipt that goes took the place of another one, which stays taken back */
} ZifuWithdrawal;

gboolean        zifu_ledger_can_withdraw (ZifuLedger *self, const ZifuEntry *entry);
ZifuWithdrawal *zifu_ledger_find_withdrawal (ZifuLedger *self, gint64 entry_id, GError **error);
gboolean        zifu_ledger_withdraw (ZifuLedger *self, gint64 entry_id, GError **error);
gboolean        zifu_ledger_put_back (ZifuLedger *self, const ZifuWithdrawal *withdrawal, GError **error);

void            zifu_withdrawal_free (ZifuWithdrawal *withdrawal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuWithdrawal, zifu_withdrawal_free)

G_END_DECLS
