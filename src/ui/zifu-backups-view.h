/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_BACKUPS_VIEW (zifu_backups_view_get_type ())
G_DECLARE_FINAL_TYPE (ZifuBackupsView, zifu_backups_view, ZIFU, BACKUPS_VIEW, GtkWidget)

/*
 * What can be restored, each checked and told what it holds; and ways to make one now, to write one elsewhere, to open one from elsewhere.
 *
 * Actions: "backups.now", "backups.file", "backups.open", "backups.restore", "backups.delete" (u: which of the
 * list).
 * Signals: "restore" (GVariant path, a byte string): somebody was asked and agreed; whoever has the household open lets go of it and
 * restores.
 */
GtkWidget  *zifu_backups_view_new (const char *ledger_path, ZifuSession *session);
void        zifu_backups_view_reload (ZifuBackupsView *self);
void        zifu_backups_view_write (ZifuBackupsView *self, const char *path);
void        zifu_backups_view_choose (ZifuBackupsView *self, const char *path);
const char *zifu_backups_view_get_state (ZifuBackupsView *self);

G_END_DECLS
