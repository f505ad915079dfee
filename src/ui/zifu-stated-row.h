/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_STATED_ROW (zifu_stated_row_get_type ())
G_DECLARE_FINAL_TYPE (ZifuStatedRow, zifu_stated_row, ZIFU, STATED_ROW, AdwExpanderRow)

/*
 * "What do you know?": what the person on screen may state of a payment that was refused.  Each choice is told to the session at once.
 */
GtkWidget *zifu_stated_row_new (ZifuSession *session);

G_END_DECLS
