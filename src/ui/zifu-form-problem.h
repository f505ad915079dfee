/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-notice.h"

G_BEGIN_DECLS

gboolean zifu_form_refuse (ZifuNotice *problem, GtkWidget *row, const char *message);

G_END_DECLS
