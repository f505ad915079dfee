/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_ESTIMATE_PAGE (zifu_estimate_page_get_type ())
G_DECLARE_FINAL_TYPE (ZifuEstimatePage, zifu_estimate_page, ZIFU, ESTIMATE_PAGE, GtkWidget)

/*
 * The main job: choose a visit, type its bill, read what it will cost and why.
 *
 * Actions: "estimate.copy" copies the result as text (Ctrl+Shift+C); "estimate.template" (string) fills the form with example figures;
 * "estimate.date" (int32) estimates for another day.
 */
GtkWidget *zifu_estimate_page_new (ZifuSession *session);
void       zifu_estimate_page_set_bill (ZifuEstimatePage *self, ZifuMoney total);
void       zifu_estimate_page_focus_bill (ZifuEstimatePage *self);
void       zifu_estimate_page_show_tab (ZifuEstimatePage *self, const char *name);

G_END_DECLS
