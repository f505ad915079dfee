/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-backup.h"
#include "zifu-ledger-private.h"

G_BEGIN_DECLS

/* zifu-backup-file.c: files of SQLite past the ledger */
ZifuLedger *_zifu_database_open (const char *path, int flags, GError **error);
gboolean    _zifu_database_copy (ZifuLedger *from, ZifuLedger *to, const ZifuJob *job, GError **error);
gboolean    _zifu_database_is_whole (ZifuLedger *database, GError **error);
char       *_zifu_database_hash (ZifuLedger *database, const ZifuJob *job, GError **error);
char       *_zifu_database_text (ZifuLedger *database, const char *sql, GError **error);

/* zifu-backup.c */
gboolean        _zifu_backup_check_schema (ZifuLedger *database, const char *path, GError **error);
ZifuBackupInfo *_zifu_backup_read_info (ZifuLedger *database, GError **error);
void            _zifu_backup_translate_error (const char *path, GError **error);

/* zifu-backup-shelf.c */
gboolean _zifu_backup_is_kept (const char *ledger_path, const char *path);

G_END_DECLS
