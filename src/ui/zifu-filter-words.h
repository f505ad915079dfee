/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-date.h"
#include "zifu-money.h"

G_BEGIN_DECLS

/* What a filter wants, as short as it can be said. */
char *zifu_filter_dup_period (ZifuDate from, ZifuDate to);
char *zifu_filter_dup_amounts (ZifuMoney from, ZifuMoney to);

G_END_DECLS
