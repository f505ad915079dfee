/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "zifu-ledger.h"

G_BEGIN_DECLS

/* So much is read while the window waits: a few hundredths of a second. */
#define ZIFU_DOSSIER_FEW_ENTRIES 10000
#define ZIFU_DOSSIER_FEW_BILLS 150

/**
 * ZifuDossier:
 *
 * What ledger and rules say of one person on one day: read once, for every page that shows something of it.
 */
typedef struct {
  gint64           member_id;
  ZifuPerson      *person;       /* owned, nullable: then person_error says why */
  ZifuRecord      *record;       /* owned, nullable: then record_error says why; holds a copy of person */
  GError          *person_error; /* owned, nullable */
  GError          *record_error; /* owned, nullable */
  gboolean         checked;      /* whether all movements could be added up */
  ZifuBalanceBreak broken;       /* what came out */
} ZifuDossier;

ZifuDossier *zifu_dossier_read (ZifuLedger *ledger, ZifuPack *pack, gint64 member_id, ZifuDate today);
void         zifu_dossier_read_async (ZifuLedger *ledger, ZifuPack *pack, gint64 member_id, ZifuDate today, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer user_data);
ZifuDossier *zifu_dossier_read_finish (GAsyncResult *result, GError **error);
void         zifu_dossier_free (ZifuDossier *dossier);
gboolean     zifu_dossier_is_large (ZifuLedger *ledger, gint64 member_id, ZifuDate today);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuDossier, zifu_dossier_free)

G_END_DECLS
