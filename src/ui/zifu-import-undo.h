/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-session.h"
#include "zifu-work.h"

G_BEGIN_DECLS

/* Taking an import back: in a thread, with a ledger that is opened there. */
void     zifu_import_undo_async (ZifuSession *session, gint64 import_id, ZifuWork *work, GAsyncReadyCallback callback, gpointer user_data);
gboolean zifu_import_undo_finish (ZifuWork *work, GAsyncResult *result, GError **error);

G_END_DECLS
