/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-backup.h"

G_BEGIN_DECLS

/* Words for backups and for what a damaged file still held. */
char *zifu_time_dup_text (const char *time);
char *zifu_backup_dup_summary (const ZifuBackupInfo *info);
char *zifu_salvage_dup_text (const ZifuSalvage *report);

G_END_DECLS
