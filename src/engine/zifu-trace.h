/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-settlement.h"

G_BEGIN_DECLS

ZifuSettlement *zifu_settlement_new (ZifuPack *pack);
void            zifu_settlement_begin (ZifuSettlement *self, ZifuDate date);
const char     *zifu_settlement_keep (ZifuSettlement *self, const char *text);
ZifuStep       *zifu_trace_add (ZifuSettlement *self, ZifuStepKind kind, const ZifuRule *rule);
void            zifu_trace_add_part (ZifuSettlement *self, ZifuStep *step, const char *payer, ZifuRational ratio, ZifuRational amount);
void            zifu_trace_set_adjusts (ZifuSettlement *self, ZifuStep *step, const ZifuRules *adjusts);

G_END_DECLS
