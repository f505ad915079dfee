/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger-life.h"
#include "zifu-pack-library.h"

G_BEGIN_DECLS

/* Words for what happens to somebody around the bills: places, days, rows of a list. */
GPtrArray  *zifu_life_list_places (ZifuPackLibrary *library);
char       *zifu_life_dup_place (ZifuPackLibrary *library, const char *code);
char       *zifu_life_dup_days (ZifuDate from, ZifuDate to);
const char *zifu_life_filing_name (const char *kind);
const char *zifu_life_state_name (ZifuMoveState state);
char       *zifu_life_dup_title (const ZifuLifeEvent *event, ZifuPackLibrary *library);
char       *zifu_life_dup_detail (const ZifuLifeEvent *event, ZifuPack *pack, ZifuDate today);
const char *zifu_life_kind_name (ZifuLifeKind kind);

G_END_DECLS
