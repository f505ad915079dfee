/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-estimator.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_RESULT_STRIP (zifu_result_strip_get_type ())
G_DECLARE_FINAL_TYPE (ZifuResultStrip, zifu_result_strip, ZIFU, RESULT_STRIP, GtkWidget)

/* The result in three lines: what I will pay, a slim bar, who pays. */
GtkWidget *zifu_result_strip_new (void);
void       zifu_result_strip_update (ZifuResultStrip *self, ZifuEstimator *estimator);

G_END_DECLS
