/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ZIFU_TYPE_WELCOME_PAGE (zifu_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (ZifuWelcomePage, zifu_welcome_page, ZIFU, WELCOME_PAGE, GtkWidget)

/*
 * First run: what to begin with.  Its rows activate "win.create-sample" and "win.add-person".
 */
GtkWidget *zifu_welcome_page_new (void);

G_END_DECLS
