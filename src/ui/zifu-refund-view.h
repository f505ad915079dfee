/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_REFUND_VIEW (zifu_refund_view_get_type ())
G_DECLARE_FINAL_TYPE (ZifuRefundView, zifu_refund_view, ZIFU, REFUND_VIEW, GtkWidget)

/*
 * Takes a row of the history back: on which day, how much, why.
 *
 * Signals: "saved" (gint64 entry): the row was written.
 */
GtkWidget *zifu_refund_view_new (ZifuSession *session, gint64 entry_id);
gboolean   zifu_refund_view_save (ZifuRefundView *self);

G_END_DECLS
