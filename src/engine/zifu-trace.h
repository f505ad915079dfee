/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-settlement.h"

G_BEGIN_DECLS

ZifuSettlement *zifu_settlement_new (ZifuPack *pack, ZifuDate date);
const char     *zifu_settlement_intern (ZifuSettlement *self, const char *text);
ZifuStep       *zifu_trace_add (ZifuSettlement *self, ZifuStepKind kind, const ZifuRule *rule);
void            zifu_step_add_part (ZifuStep *step, const char *payer, ZifuRational ratio, ZifuRational amount);

G_END_DECLS
