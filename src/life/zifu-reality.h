/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-bill-figures.h"

G_BEGIN_DECLS

/**
 * ZifuChangeKind:
 * @ZIFU_CHANGE_BILL: the bill was another: its total, or how it divides into what is in scope and what is not
 * @ZIFU_CHANGE_DATE: the day was another, and with it the rules
 * @ZIFU_CHANGE_ITEM: an axis of one line of the bill was another, such as its category
 * @ZIFU_CHANGE_AXIS: an axis of the person or the visit was another: level, filing, status, kind of visit
 * @ZIFU_CHANGE_DEDUCTIBLE: more or less of the deductible was met before
 * @ZIFU_CHANGE_COUNTER: another yearly total stood elsewhere: paid by a fund so far, stays
 * @ZIFU_CHANGE_EARLIER: there was an earlier visit of the same kind that is not known
 * @ZIFU_CHANGE_CURRENT: more or less of the own account was this year's money, where that pays before the deductible
 * @ZIFU_CHANGE_COVER: the benefits were suspended, or not
 * @ZIFU_CHANGE_ACCOUNT_UNUSED: the own account was not used
 * @ZIFU_CHANGE_BALANCE: the own account held something else
 * @ZIFU_CHANGE_MUTUAL_UNUSED: no relative's account was used
 * @ZIFU_CHANGE_MUTUAL: the relatives' accounts held something else
 *
 * One fact that was otherwise than the estimate took it to be.
 */
typedef enum {
  ZIFU_CHANGE_BILL,
  ZIFU_CHANGE_DATE,
  ZIFU_CHANGE_ITEM,
  ZIFU_CHANGE_AXIS,
  ZIFU_CHANGE_DEDUCTIBLE,
  ZIFU_CHANGE_COUNTER,
  ZIFU_CHANGE_EARLIER,
  ZIFU_CHANGE_CURRENT,
  ZIFU_CHANGE_COVER,
  ZIFU_CHANGE_ACCOUNT_UNUSED,
  ZIFU_CHANGE_BALANCE,
  ZIFU_CHANGE_MUTUAL_UNUSED,
  ZIFU_CHANGE_MUTUAL,
} ZifuChangeKind;

/**
 * ZifuChange:
 *
 * A fact which, changed by itself, makes the engine come out at what was charged, to the fen.
 */
typedef struct {
  ZifuChangeKind kind;
  char          *axis;    /* owned, nullable: AXIS, ITEM */
  char          *counter; /* owned, nullable: DEDUCTIBLE, COUNTER */
  int            line;    /* ITEM: line of the bill, from 0 */
  ZifuValue     *was;     /* owned, nullable: AXIS, ITEM; NULL = not stated */
  ZifuValue     *is;      /* owned, nullable */
  ZifuRational   number_was, number_is; /* DEDUCTIBLE, COUNTER: yuan, or a plain count; CURRENT: yuan; EARLIER: @number_is = yuan of the
                                           visit */
  ZifuMoney      amount_was, amount_is; /* BALANCE, MUTUAL: fen */
  ZifuDate       date_was, date_is;     /* DATE */
} ZifuChange;

/**
 * ZifuReality:
 *
 * An estimate against what was charged: the lines, the step at which they part, and what may explain it.
 */
typedef struct {
  ZifuBillComparison *comparison;
  ZifuSettlement     *settlement; /* owned, nullable: the estimate settled again by the rules of today; NULL when they refuse */
  GError             *refusal;    /* owned, nullable */
  gboolean            rules_changed; /* the rules of today do not come out at the estimate that was kept */
  const ZifuStep     *step;       /* nullable, of @settlement: the first step whose figure differs */
  const ZifuRule     *rule;       /* nullable: the rule that decides that step */
  gboolean            bill_differs; /* the bill or its parts are others: with it as charged, @changes are on top of it */
  gboolean            explained;  /* what the funds paid comes out, by @changes */
  GPtrArray          *changes;    /* of ZifuChange: each by itself makes the part of the funds come out, the likeliest first */
  gboolean            purses_differ; /* which purse paid the person's part remains to be explained */
  GPtrArray          *purses;     /* of ZifuChange: each by itself makes the purses come out as well */
} ZifuReality;

ZifuReality *zifu_reality_new (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, const ZifuBillFigures *estimated,
                               const ZifuBillFigures *charged, ZifuDate charged_on);
void         zifu_reality_free (ZifuReality *reality);
const char  *zifu_change_kind_name (ZifuChangeKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuReality, zifu_reality_free)

G_END_DECLS
