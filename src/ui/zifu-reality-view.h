/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_REALITY_VIEW (zifu_reality_view_get_type ())
G_DECLARE_FINAL_TYPE (ZifuRealityView, zifu_reality_view, ZIFU, REALITY_VIEW, GtkWidget)

/*
 * An estimate against the settlement that it was about, line by line, the step at which they part, and what explains it (R42).
 */
GtkWidget *zifu_reality_view_new (ZifuSession *session, gint64 estimate_id, gint64 settlement_id);
gboolean   zifu_reality_view_is_ready (ZifuRealityView *self);

G_END_DECLS
