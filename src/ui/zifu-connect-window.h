/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-sync-center.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_CONNECT_WINDOW (zifu_connect_window_get_type ())
G_DECLARE_FINAL_TYPE (ZifuConnectWindow, zifu_connect_window, ZIFU, CONNECT_WINDOW, AdwWindow)

/*
 * Connects an account with a provider, step by step: "address", "offer" (what is read), "browser" or "device" (the sign-in), "who" (whose
 * account it is), "sync" (the first time), "done"; "work" while something is asked for, "error" when it does not go on.
 *
 * Signals: "open-uri" (const char *uri): to be shown in a browser; the default handler does.
 */
GtkWidget  *zifu_connect_window_new (ZifuSession *session, ZifuSyncCenter *center, gint64 connection_id);
void        zifu_connect_window_look (ZifuConnectWindow *self, const char *address);
gboolean    zifu_connect_window_next (ZifuConnectWindow *self);
const char *zifu_connect_window_get_step (ZifuConnectWindow *self);

G_END_DECLS
