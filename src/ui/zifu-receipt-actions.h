/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-session.h"

G_BEGIN_DECLS

void zifu_receipt_add_actions (GtkWidget *page, ZifuSession *session);

G_END_DECLS
