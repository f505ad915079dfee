/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-account-facts.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_STATUS_CARD (zifu_status_card_get_type ())
G_DECLARE_FINAL_TYPE (ZifuStatusCard, zifu_status_card, ZIFU, STATUS_CARD, GtkWidget)

/*
 * What holds today, until when, and the next thing to do.  Its button activates "account.coverage".
 */
void zifu_status_card_show (ZifuStatusCard *self, const ZifuAccountFacts *facts);

G_END_DECLS
