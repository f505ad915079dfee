/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-exchange.h"

G_BEGIN_DECLS

/**
 * ZifuBackupInfo:
 *
 * What a backup says about itself, after it was verified.
 */
typedef struct {
  char    *made_at; /* yyyy-MM-ddTHH:mm:ssZ; NULL of a file that is no backup */
  int      schema;  /* of the ledger that it holds */
  gint64   n_members, n_entries, n_settlements;
  ZifuDate newest;  /* day of the newest entry; 0 = none */
  gint64   bytes;
} ZifuBackupInfo;

/**
 * ZifuBackupFile:
 *
 * One of the automatic backups.
 */
typedef struct {
  char    *path;
  ZifuDate date;
  gint64   bytes;
} ZifuBackupFile;

gboolean        zifu_backup_write (ZifuLedger *ledger, const char *path, GDateTime *now, const ZifuJob *job, GError **error);
ZifuBackupInfo *zifu_backup_verify (const char *path, const ZifuJob *job, GError **error);
gboolean        zifu_backup_check_ledger (ZifuLedger *ledger, GError **error);
void            zifu_backup_info_free (ZifuBackupInfo *info);
gboolean        zifu_backup_restore (const char *path, const char *ledger_path, GDateTime *now, char **kept_path, const ZifuJob *job,
                                     GError **error);
gboolean        zifu_backup_undo_restore (const char *ledger_path, const char *kept_path, GDateTime *now, char **undone_path,
                                          GError **error);

char           *zifu_backup_default_folder (const char *ledger_path);
gboolean        zifu_backup_write_daily (ZifuLedger *ledger, const char *folder, GDateTime *now, char **path, const ZifuJob *job,
                                         GError **error);
GPtrArray      *zifu_backup_list (const char *folder, GError **error);
void            zifu_backup_file_free (ZifuBackupFile *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuBackupInfo, zifu_backup_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuBackupFile, zifu_backup_file_free)

G_END_DECLS
