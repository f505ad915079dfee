/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger-estimates.h"

G_BEGIN_DECLS

/**
 * ZifuOpenedEstimate:
 *
 * A saved estimate that is on screen again.
 */
typedef struct {
  ZifuSavedEstimate *estimate;
  char              *policy; /* id of the rules */
  ZifuPerson        *person; /* as they were then */
  ZifuVisit         *visit;
  ZifuVisit         *shown;  /* nullable: what the form could take of it; NULL = all of it */
} ZifuOpenedEstimate;

ZifuOpenedEstimate *zifu_opened_estimate_new (ZifuLedger *ledger, gint64 id, GError **error);
void                zifu_opened_estimate_free (ZifuOpenedEstimate *self);
void                zifu_opened_estimate_take_shown (ZifuOpenedEstimate *self, ZifuVisit *shown, ZifuPack *pack,
                                                     const ZifuPerson *person);
char               *zifu_opened_estimate_dup_notice (const ZifuOpenedEstimate *self, const ZifuPack *pack, const ZifuSettlement *settlement,
                                                     gboolean then, gboolean *differs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuOpenedEstimate, zifu_opened_estimate_free)

G_END_DECLS
