/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-reality.h"

G_BEGIN_DECLS

/* What is looked at while one explanation is sought. */
typedef struct {
  ZifuPack              *pack;
  ZifuSettler           *settler; /* owned */
  const ZifuPerson      *person;
  const ZifuVisit       *visit;   /* with the bill as it was charged, when that is another */
  const ZifuBillFigures *charged;
  ZifuBillPart           from, to; /* the parts that must come out */
  GPtrArray             *changes; /* of ZifuChange: where what is found goes */
} ZifuSearching;

/* zifu-reality.c */
ZifuChange      *_zifu_change_new (ZifuChangeKind kind);
void             _zifu_change_free (ZifuChange *change);
ZifuBillFigures *_zifu_searching_settle (ZifuSearching *self, const ZifuPerson *person, const ZifuVisit *visit);
ZifuBillFigures *_zifu_searching_try (ZifuSearching *self, const ZifuChange *change);
gboolean         _zifu_searching_fits (ZifuSearching *self, const ZifuPerson *person, const ZifuVisit *visit);
gboolean         _zifu_searching_offer (ZifuSearching *self, ZifuChange *change);

/* zifu-reality-facts.c */
gboolean _zifu_change_apply (ZifuSearching *self, const ZifuChange *change, ZifuPerson *person, ZifuVisit *visit);
void     _zifu_search_axes (ZifuSearching *self, gboolean likely);
void     _zifu_search_items (ZifuSearching *self);
void     _zifu_search_cover (ZifuSearching *self);
void     _zifu_search_purses (ZifuSearching *self);

/* zifu-reality-totals.c */
void _zifu_search_totals (ZifuSearching *self);
void _zifu_search_earlier_visit (ZifuSearching *self);
void _zifu_search_current (ZifuSearching *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuChange, _zifu_change_free)

G_END_DECLS
