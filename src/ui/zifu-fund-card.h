/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-account-facts.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_FUND_CARD (zifu_fund_card_get_type ())
G_DECLARE_FINAL_TYPE (ZifuFundCard, zifu_fund_card, ZIFU, FUND_CARD, GtkWidget)

/*
 * The pooled fund: a right, not a balance.  Headed by percentages; its sums stand only under a gauge.
 */
void zifu_fund_card_show (ZifuFundCard *self, const ZifuAccountFacts *facts);

G_END_DECLS
