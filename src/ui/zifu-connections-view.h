/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-sync-center.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_CONNECTIONS_VIEW (zifu_connections_view_get_type ())
G_DECLARE_FINAL_TYPE (ZifuConnectionsView, zifu_connections_view, ZIFU, CONNECTIONS_VIEW, GtkWidget)

/*
 * The connections of the household: how each is doing, when it is fetched from, and how to end it.
 *
 * Signals: "connect" (gint64 connection): the person wants to sign in again, or with 0 to connect another account.
 */
GtkWidget *zifu_connections_view_new (ZifuSession *session, ZifuSyncCenter *center);
void       zifu_connections_view_remove (ZifuConnectionsView *self, gint64 connection_id, gboolean with_entries);

G_END_DECLS
