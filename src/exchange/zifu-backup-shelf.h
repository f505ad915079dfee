/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-backup.h"

G_BEGIN_DECLS

/**
 * ZifuBackupKind:
 * @ZIFU_BACKUP_DAILY: one of the ring
 * @ZIFU_BACKUP_BY_HAND: somebody asked for it, here or elsewhere; it is never taken away
 * @ZIFU_BACKUP_BEFORE_RESTORE: the household that a restored one replaced
 * @ZIFU_BACKUP_BEFORE_UNDO: the household that was there when a replaced one was put back
 *
 * Where something that can be restored comes from.  The last two are ledgers, not backups.
 */
typedef enum {
  ZIFU_BACKUP_DAILY,
  ZIFU_BACKUP_BY_HAND,
  ZIFU_BACKUP_BEFORE_RESTORE,
  ZIFU_BACKUP_BEFORE_UNDO,
} ZifuBackupKind;

/**
 * ZifuBackupItem:
 *
 * Something that can be restored.
 */
typedef struct {
  char          *path;
  ZifuBackupKind kind;
  gint64         time;  /* seconds since 1970: when it was set aside, or written last */
  gint64         bytes;
} ZifuBackupItem;

GPtrArray      *zifu_backup_shelf_list (const char *ledger_path, GError **error);
char           *zifu_backup_shelf_new_path (const char *ledger_path, GDateTime *now);
gboolean        zifu_backup_shelf_note (const char *ledger_path, const char *path, GError **error);
ZifuBackupInfo *zifu_backup_shelf_look (const char *ledger_path, const char *path, const ZifuJob *job, GError **error);
ZifuBackupInfo *zifu_backup_shelf_look_at_present (const char *ledger_path, GError **error);
gboolean        zifu_backup_shelf_restore (const char *ledger_path, const char *path, GDateTime *now, char **kept_path, const ZifuJob *job,
                                           GError **error);
gboolean        zifu_backup_shelf_delete (const char *ledger_path, const char *path, GError **error);
void            zifu_backup_item_free (ZifuBackupItem *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuBackupItem, zifu_backup_item_free)

G_END_DECLS
