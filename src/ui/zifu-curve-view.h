/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-estimator.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_CURVE_VIEW (zifu_curve_view_get_type ())
G_DECLARE_FINAL_TYPE (ZifuCurveView, zifu_curve_view, ZIFU, CURVE_VIEW, GtkWidget)

/* What I would pay of smaller and larger bills than the one that was entered; worked out in a thread, and only while it is looked at. */
GtkWidget *zifu_curve_view_new (void);
void       zifu_curve_view_update (ZifuCurveView *self, ZifuEstimator *estimator, gboolean visible);

G_END_DECLS
