/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-ledger-withdraw.h"
#include "zifu-session.h"

G_BEGIN_DECLS

/* Taking back what was typed: asked first, and done in a thread with a ledger that is opened there. */
void            zifu_take_back_async (GtkWidget *over, ZifuSession *session, gint64 entry_id, GAsyncReadyCallback callback,
                                      gpointer user_data);
ZifuWithdrawal *zifu_take_back_finish (GAsyncResult *result, GError **error);

G_END_DECLS
