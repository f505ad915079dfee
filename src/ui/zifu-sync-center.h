/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-connect.h"
#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_SYNC_CENTER (zifu_sync_center_get_type ())
G_DECLARE_FINAL_TYPE (ZifuSyncCenter, zifu_sync_center, ZIFU, SYNC_CENTER, GObject)

/*
 * The connections of the household, and who fetches from them when: at the start, every few hours, and by hand; never two times at once
 * for one person, and not where data are paid for by volume unless that was allowed.  Everything runs in threads.
 *
 * Signals: "changed" (): a connection came, went, began or ended; "finished" (gint64 connection): what was fetched by hand ended, look at
 * zifu_sync_center_get_error(); "arrived" (gint64 connection, guint new rows, gboolean troubled): what was fetched by itself ended, and
 * whether it has just begun to ask for a sign-in or not to add up.
 */
ZifuSyncCenter       *zifu_sync_center_new (ZifuSession *session);
ZifuSyncCenter       *zifu_sync_center_new_with (ZifuSession *session, GNetworkMonitor *network, guint interval_s, guint look_s);
ZifuTokenStore       *zifu_sync_center_get_store (ZifuSyncCenter *self);
GPtrArray            *zifu_sync_center_list (ZifuSyncCenter *self);
const ZifuConnection *zifu_sync_center_find (ZifuSyncCenter *self, gint64 member_id);
const ZifuConnection *zifu_sync_center_get (ZifuSyncCenter *self, gint64 connection_id);
void                  zifu_sync_center_run (ZifuSyncCenter *self, gint64 connection_id, gboolean by_hand);
void                  zifu_sync_center_cancel (ZifuSyncCenter *self, gint64 connection_id);
gboolean              zifu_sync_center_is_busy (ZifuSyncCenter *self, gint64 connection_id);
char                 *zifu_sync_center_dup_stage (ZifuSyncCenter *self, gint64 connection_id);
const GError         *zifu_sync_center_get_error (ZifuSyncCenter *self, gint64 connection_id);
void                  zifu_sync_center_set_schedule (ZifuSyncCenter *self, gint64 connection_id, gboolean automatic, gboolean on_metered);
void                  zifu_sync_center_remove (ZifuSyncCenter *self, gint64 connection_id, gboolean with_entries);
void                  zifu_sync_center_reload (ZifuSyncCenter *self);
void                  zifu_sync_center_look (ZifuSyncCenter *self);

G_END_DECLS
