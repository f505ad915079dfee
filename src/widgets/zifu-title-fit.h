/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void zifu_title_fit_watch (GtkWidget *window);

G_END_DECLS
