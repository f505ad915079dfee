/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-figure.h"
#include "zifu-record.h"

G_BEGIN_DECLS

/**
 * ZifuFilingState:
 * @ZIFU_FILING_NONE: there is no filing for the place
 * @ZIFU_FILING_VALID: there is one
 * @ZIFU_FILING_EXPIRED: the last one is over
 * @ZIFU_FILING_NOT_YET: it begins later
 *
 * State of a filing for care elsewhere.
 */
typedef enum { ZIFU_FILING_NONE, ZIFU_FILING_VALID, ZIFU_FILING_EXPIRED, ZIFU_FILING_NOT_YET } ZifuFilingState;

/**
 * ZifuFilingFound:
 *
 * The filing that counts for a place on a day (R33).
 */
typedef struct {
  ZifuFilingState   state;
  const ZifuFiling *filing; /* nullable, owned by the record */
  ZifuDate          until;  /* last day; 0 = until it is changed */
  const ZifuRule   *rule;   /* nullable, owned by the pack: how long it is valid */
} ZifuFilingFound;

/**
 * ZifuElsewhere:
 *
 * The same visit under one way of being away from home (R34).
 */
typedef struct {
  const char     *remote;     /* value of the axis remote */
  gboolean        is_yours;   /* what the filings of the record give today */
  ZifuSettlement *settlement; /* owned, nullable */
  GError         *error;      /* owned, nullable */
} ZifuElsewhere;

ZifuFilingFound zifu_filing_find (ZifuPack *pack, const ZifuRecord *record, const char *place, ZifuDate on);
gboolean        zifu_rule_frees_zone (const ZifuRule *rule);
GPtrArray      *zifu_elsewhere_compare (ZifuPack *pack, const ZifuRecord *record, const ZifuVisit *visit);

/**
 * ZifuMoveReview:
 *
 * How far a transfer of the insurance relation is, and when it should be done (R37).
 */
typedef struct {
  ZifuMoveState   state;
  ZifuDate        due;         /* last day by the terms of the rules, weekends left out; 0 = cannot be said */
  gboolean        overdue;
  int             days_out, days_in; /* working days of the sending and the receiving side; −1 = not known */
  const ZifuRule *rule;        /* nullable */
  gboolean        paid_out;    /* the destination keeps no accounts: the balance is paid out */
  const ZifuRule *paid_out_rule; /* nullable */
} ZifuMoveReview;

ZifuMoveReview zifu_move_review (ZifuPack *pack, const ZifuRecord *record, ZifuDate today);
ZifuFigure     zifu_withdrawal_find (ZifuPack *pack, const ZifuPerson *person, const char *reason, ZifuDate on);

G_END_DECLS
