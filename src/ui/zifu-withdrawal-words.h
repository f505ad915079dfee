/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger-withdraw.h"

G_BEGIN_DECLS

char *zifu_withdrawal_dup_heading (const ZifuWithdrawal *withdrawal);
char *zifu_withdrawal_dup_consequences (const ZifuWithdrawal *withdrawal);

G_END_DECLS
