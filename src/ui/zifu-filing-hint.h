/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-elsewhere.h"

G_BEGIN_DECLS

char *zifu_filing_hint (ZifuPack *pack, const ZifuRecord *record, const char *remote, ZifuDate on);

G_END_DECLS
