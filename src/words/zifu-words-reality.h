/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-reality.h"

G_BEGIN_DECLS

const char *zifu_words_bill_part (ZifuBillPart part, const char *payer);
char       *zifu_words_change (const ZifuPack *pack, const ZifuChange *change);
char       *zifu_words_reality_step (const ZifuReality *reality);
const char *zifu_words_reality_hint (const ZifuReality *reality);
char       *zifu_words_reality_summary (const ZifuReality *reality);

G_END_DECLS
