/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-estimator.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_HERO_CARD (zifu_hero_card_get_type ())
G_DECLARE_FINAL_TYPE (ZifuHeroCard, zifu_hero_card, ZIFU, HERO_CARD, GtkWidget)

/* The one loud thing of the estimate: what I will pay, or between what that lies, and who pays the rest. */
GtkWidget *zifu_hero_card_new (void);
void       zifu_hero_card_update (ZifuHeroCard *self, ZifuEstimator *estimator);
void       zifu_hero_card_set_narrow (ZifuHeroCard *self, gboolean narrow);
GtkWidget *zifu_hero_card_get_amount (ZifuHeroCard *self);

G_END_DECLS
