/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_ESTIMATES_VIEW (zifu_estimates_view_get_type ())
G_DECLARE_FINAL_TYPE (ZifuEstimatesView, zifu_estimates_view, ZIFU, ESTIMATES_VIEW, GtkWidget)

/*
 * The saved estimates of the person on screen, each with the settlement that it may have been about (R42).
 *
 * Signals: "open" (gint64): the estimate of this number is to be looked at again.
 */
GtkWidget *zifu_estimates_view_new (ZifuSession *session);
void       zifu_estimates_add_actions (GtkWidget *page, ZifuSession *session);
char      *zifu_estimates_dup_notice (ZifuSession *session);

G_END_DECLS
