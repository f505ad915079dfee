/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-account-facts.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_PURSE_CARD (zifu_purse_card_get_type ())
G_DECLARE_FINAL_TYPE (ZifuPurseCard, zifu_purse_card, ZIFU, PURSE_CARD, GtkWidget)

/*
 * The personal account: money.  Headed by the balance.
 */
void zifu_purse_card_show (ZifuPurseCard *self, const ZifuAccountFacts *facts);

G_END_DECLS
