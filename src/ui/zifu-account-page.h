/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_ACCOUNT_PAGE (zifu_account_page_get_type ())
G_DECLARE_FINAL_TYPE (ZifuAccountPage, zifu_account_page, ZIFU, ACCOUNT_PAGE, GtkWidget)

/*
 * The two purses of the person on screen, never added up; what comes next; who else may use the account.
 *
 * Properties: "narrow" (gboolean).
 * Signals: "open-entry" (gint64 entry): show it in the history; 0 = the history from its top.
 *          "toast" (AdwToast toast): something was done that can be undone.
 * Actions: "account.open" (x) emits "open-entry"; "account.end-tie" (x) ends the permission of a relative.
 */
GtkWidget *zifu_account_page_new (ZifuSession *session);
void       zifu_account_page_set_narrow (ZifuAccountPage *self, gboolean narrow);

G_END_DECLS
