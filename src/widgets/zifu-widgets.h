/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Everything that the pages may use of this room. */
#include "zifu-amount-label.h"
#include "zifu-bill-curve.h"
#include "zifu-choice-row.h"
#include "zifu-line-layout.h"
#include "zifu-meter.h"
#include "zifu-money-row.h"
#include "zifu-month-columns.h"
#include "zifu-notice.h"
#include "zifu-pay-bar.h"
#include "zifu-pay-legend.h"
#include "zifu-range-bar.h"
#include "zifu-step-row.h"
#include "zifu-unverified-mark.h"
#include "zifu-width-bin.h"
#include "zifu-wrap-row.h"

G_BEGIN_DECLS

void zifu_widgets_init (void);
void zifu_widgets_use_style (GdkDisplay *display);
void zifu_widgets_follow_scheme (GtkWidget *window);
void zifu_widgets_keep_focus_in_view (GtkScrolledWindow *scroll);

G_END_DECLS
