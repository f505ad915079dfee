/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-work.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_WORK_VIEW (zifu_work_view_get_type ())
G_DECLARE_FINAL_TYPE (ZifuWorkView, zifu_work_view, ZIFU, WORK_VIEW, GtkWidget)

/*
 * How far something is, with a button that gives it up.
 */
GtkWidget *zifu_work_view_new (void);
void       zifu_work_view_watch (ZifuWorkView *self, ZifuWork *work, const char *title, const char *note);
void       zifu_work_view_forget (ZifuWorkView *self);

G_END_DECLS
