/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_GUIDE_PAGE (zifu_guide_page_get_type ())
G_DECLARE_FINAL_TYPE (ZifuGuidePage, zifu_guide_page, ZIFU, GUIDE_PAGE, GtkWidget)

/*
 * Questions that insured people ask, answered from the data of the person on screen.
 *
 * Signals: "estimate" (gint64 bill): go and estimate with a bill of so many fen.
 */
GtkWidget *zifu_guide_page_new (ZifuSession *session);
void       zifu_guide_page_focus_search (ZifuGuidePage *self);
void       zifu_guide_page_set_search (ZifuGuidePage *self, const char *text);

G_END_DECLS
