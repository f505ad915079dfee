/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-backup-shelf.h"
#include "zifu-work.h"

G_BEGIN_DECLS

/**
 * ZifuBackupTask:
 *
 * What a thread does with backups, and what it found.
 */
typedef struct {
  char           *ledger_path;
  char           *path;    /* nullable: the backup */
  GDateTime      *now;
  ZifuBackupInfo *info;    /* nullable: what the backup holds, once it was checked */
  ZifuBackupInfo *present; /* nullable: what the household holds; NULL = there is none, or it cannot be read */
  char           *kept;    /* nullable: where the replaced household is */
  ZifuSalvage     salvage;
} ZifuBackupTask;

/*
 * Each runs in a thread and answers on the main loop: finish with zifu_work_run_finish(), then look at zifu_backup_task_get().
 */
void                  zifu_backup_task_write (ZifuWork *work, const char *ledger_path, const char *path, GDateTime *now,
                                              GAsyncReadyCallback callback, gpointer user_data);
void                  zifu_backup_task_look (ZifuWork *work, const char *ledger_path, const char *path, GAsyncReadyCallback callback,
                                             gpointer user_data);
void                  zifu_backup_task_find (ZifuWork *work, const char *ledger_path, GAsyncReadyCallback callback, gpointer user_data);
void                  zifu_backup_task_restore (ZifuWork *work, const char *ledger_path, const char *path, GDateTime *now,
                                                GAsyncReadyCallback callback, gpointer user_data);
void                  zifu_backup_task_salvage (ZifuWork *work, const char *ledger_path, GDateTime *now, GAsyncReadyCallback callback,
                                                gpointer user_data);
const ZifuBackupTask *zifu_backup_task_get (GAsyncResult *result);

G_END_DECLS
