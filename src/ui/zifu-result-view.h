/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-estimator.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_RESULT_VIEW (zifu_result_view_get_type ())
G_DECLARE_FINAL_TYPE (ZifuResultView, zifu_result_view, ZIFU, RESULT_VIEW, GtkWidget)

/*
 * What a visit will cost: the amount, who pays it, the steps, and other institutions.
 *
 * Signals: "institution" (const char *): the person wants to look at this class of institutions.
 */
GtkWidget *zifu_result_view_new (void);
void       zifu_result_view_set_estimator (ZifuResultView *self, ZifuEstimator *estimator);
void       zifu_result_view_set_form (ZifuResultView *self, GtkWidget *form);
void       zifu_result_view_show_tab (ZifuResultView *self, const char *name);

G_END_DECLS
