/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-window.h"

G_BEGIN_DECLS

/* What the window asks of its other file: forms and questions above it, and what it remembers. */
void _zifu_window_open_form (ZifuWindow *self, gint64 member_id);
void _zifu_window_delete_sample (ZifuWindow *self);
void _zifu_window_history_action (GtkWidget *widget, const char *name, GVariant *parameter);
void _zifu_window_open_uri_action (GtkWidget *widget, const char *name, GVariant *parameter);
void _zifu_window_restore_state (ZifuWindow *self);

G_END_DECLS
