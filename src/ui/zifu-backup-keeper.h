/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_BACKUP_KEEPER (zifu_backup_keeper_get_type ())
G_DECLARE_FINAL_TYPE (ZifuBackupKeeper, zifu_backup_keeper, ZIFU, BACKUP_KEEPER, GObject)

/*
 * Writes the backup of the day, in a thread: when the household was opened, and on every day on which the program goes on running.  A
 * household of nobody, or of invented people only, has none.
 *
 * Signals: "changed" (): a backup was written, or could not be.
 */
ZifuBackupKeeper *zifu_backup_keeper_new (ZifuSession *session);
void              zifu_backup_keeper_look (ZifuBackupKeeper *self);
gboolean          zifu_backup_keeper_is_busy (ZifuBackupKeeper *self);
const GError     *zifu_backup_keeper_get_error (ZifuBackupKeeper *self);

G_END_DECLS
