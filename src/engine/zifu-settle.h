/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-person.h"
#include "zifu-settlement.h"

G_BEGIN_DECLS

/**
 * ZifuUnknownAs:
 *
 * Which end of a figure known only between two bounds stands for it.
 */
typedef enum { ZIFU_UNKNOWN_REFUSED, ZIFU_UNKNOWN_LOW, ZIFU_UNKNOWN_HIGH } ZifuUnknownAs;

/**
 * ZifuEnds:
 * @seen: (element-type ZifuExpr): the figures known only between two bounds that were needed; owned by the pack
 * @high: bit by bit, which of them takes the second of its bounds; the others take the first
 *
 * Which end stands for each figure that is known only between two bounds; figures that turn up on the way are noted.
 */
typedef struct {
  GPtrArray *seen;
  guint64    high;
} ZifuEnds;

/**
 * ZifuCase:
 *
 * A person on the way through the visits of a time: counters, purses and relatives' accounts move from visit to visit.
 */
typedef struct _ZifuCase ZifuCase;

ZifuCase       *zifu_case_new (ZifuPack *pack, const ZifuPerson *person, ZifuDate first_day);
void            zifu_case_set_unknown_as (ZifuCase *self, ZifuUnknownAs unknown_as);
void            zifu_case_set_ends (ZifuCase *self, ZifuEnds *ends);
void            zifu_case_set_twice (ZifuCase *self, gboolean twice);
ZifuSettlement *zifu_case_settle (ZifuCase *self, const ZifuVisit *visit, GError **error);
void            zifu_case_free (ZifuCase *self);

/**
 * ZifuSettler:
 *
 * Settles many visits, each on its own, without taking memory for each.  One thread at a time.
 */
typedef struct _ZifuSettler ZifuSettler;

ZifuSettler          *zifu_settler_new (ZifuPack *pack);
void                  zifu_settler_set_unknown_as (ZifuSettler *self, ZifuUnknownAs unknown_as);
void                  zifu_settler_set_ends (ZifuSettler *self, ZifuEnds *ends);
void                  zifu_settler_set_trace (ZifuSettler *self, gboolean trace);
const ZifuSettlement *zifu_settler_settle (ZifuSettler *self, const ZifuPerson *person, const ZifuVisit *visit, GError **error);
void                  zifu_settler_free (ZifuSettler *self);

ZifuSettlement *zifu_settle (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, GError **error);
ZifuSettlement *zifu_settle_scope (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCase, zifu_case_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuSettler, zifu_settler_free)

G_END_DECLS
