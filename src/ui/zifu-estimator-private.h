/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-estimator.h"
#include "zifu-similar-bills.h"

G_BEGIN_DECLS

struct _ZifuEstimator {
  GObject parent_instance;

  ZifuSession      *session;    /* owned */
  ZifuPack         *pack;       /* owned, nullable */
  ZifuPerson       *person;     /* owned, nullable */
  ZifuPerson       *loaded;     /* owned, nullable: the same with the purses of today */
  char             *trouble;    /* owned, nullable: why there is no pack or no person */
  ZifuVisit        *visit;      /* owned, nullable: what is to be settled; NULL = nothing was typed, or nothing usable */
  gboolean          unusable;   /* something was typed that cannot be used */
  ZifuVisit        *settled;    /* owned, nullable: the visit of the settlement */
  ZifuSettlement   *settlement; /* owned, nullable: there is none when a figure of the rules is known only between bounds */
  ZifuRange        *range;      /* owned, nullable: when what is in the bill, or a figure of the rules, is not known and makes a
                                   difference */
  char             *care;       /* owned, nullable: of the similar bills */
  ZifuSimilarBills  similar;    /* earlier bills of the person for this care */
  ZifuCoverOther    other;      /* the visit on a day with other benefits */
  char             *refusal;    /* owned, nullable */
  char             *advice;     /* owned, nullable */
  ZifuEstimateState state;
  guint             timeout_id;
  gint64            then; /* whose person and rules of a saved estimate are used; 0 = those of today */
};

void _zifu_estimator_forget_result (ZifuEstimator *self);
void _zifu_estimator_load (ZifuEstimator *self);
void _zifu_estimator_turn_purses (ZifuEstimator *self, ZifuDate date);

G_END_DECLS
