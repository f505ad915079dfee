/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-session.h"

G_BEGIN_DECLS

/* A statement of one account on paper: the drawing is that of the PDF of the command line. */
void     zifu_history_print_async (GtkWindow *parent, ZifuSession *session, gint64 member_id, ZifuDate first, ZifuDate last,
                                   const char *export_path, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean zifu_history_print_finish (GAsyncResult *result, GError **error);

G_END_DECLS
