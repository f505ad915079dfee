/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-backup-task.h"

G_BEGIN_DECLS

/* What is said of backups. */
const char *zifu_backup_kind_name (ZifuBackupKind kind);
char       *zifu_backup_dup_holds (const ZifuBackupInfo *info);
char       *zifu_backup_dup_question (const ZifuBackupTask *task);
char       *zifu_backup_dup_time (gint64 time);
GtkWidget  *zifu_backup_new_report (const ZifuSalvage *report);

G_END_DECLS
