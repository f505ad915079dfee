/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-estimator.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_RANGE_GROUPS (zifu_range_groups_get_type ())
G_DECLARE_FINAL_TYPE (ZifuRangeGroups, zifu_range_groups, ZIFU, RANGE_GROUPS, GtkWidget)

/*
 * What stands below a range: what would narrow it, by how much, and its three cases.
 *
 * Signals: "fill-in" (guint): somebody wants to answer this question of the range;
 * "case" (guint): somebody wants to see the steps of this ZifuRangeCase.
 */
GtkWidget *zifu_range_groups_new (void);
void       zifu_range_groups_update (ZifuRangeGroups *self, ZifuEstimator *estimator, ZifuRangeCase shown);
void       zifu_range_groups_set_case (ZifuRangeGroups *self, ZifuRangeCase shown);

G_END_DECLS
