/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-figure.h"
#include "zifu-record.h"

G_BEGIN_DECLS

/**
 * ZifuTieFault:
 * @ZIFU_TIE_GOOD: it may be used
 * @ZIFU_TIE_RELATION: the rules of that day do not allow this relation
 * @ZIFU_TIE_ENDED: it was ended
 * @ZIFU_TIE_NOT_YET: it has not begun
 * @ZIFU_TIE_PLACE: the rules do not allow it between these places
 *
 * Why a tie of family mutual aid cannot be used.
 */
typedef enum { ZIFU_TIE_GOOD, ZIFU_TIE_RELATION, ZIFU_TIE_ENDED, ZIFU_TIE_NOT_YET, ZIFU_TIE_PLACE } ZifuTieFault;

/**
 * ZifuTieReview:
 *
 * What the rules say of one tie, and what it cost (R12, R24).
 */
typedef struct {
  const ZifuTie  *tie;   /* owned by the record */
  ZifuTieFault    fault;
  const ZifuRule *rule;  /* nullable, owned by the pack: what allows or forbids it */
  gboolean        unsure; /* the rules do not say */
  ZifuMoney       used;   /* fen, paid by this account for the relative in the last twelve months; never negative */
  guint           n_used;
  ZifuDate        last_used; /* 0 = never */
} ZifuTieReview;

/**
 * ZifuShareable:
 *
 * What relatives may use of an account.
 */
typedef struct {
  gboolean        known;   /* FALSE: the balance does not say which part is of earlier years, or the rules do not say what is shared */
  ZifuMoney       least;   /* fen that they may use for certain */
  ZifuMoney       most;    /* fen that they may use at most; the same when it is known */
  ZifuMoney       blocked; /* fen that stand under quotas of relatives elsewhere and that the person cannot use meanwhile */
  const ZifuRule *rule;    /* nullable, owned by the pack: what limits it to earlier years' money, or leaves that open */
} ZifuShareable;

gboolean      zifu_family_may_share (ZifuPack *pack, const ZifuPerson *person, const char *relation, ZifuDate on, ZifuFigure *figure);
GArray       *zifu_family_review (ZifuPack *pack, const ZifuRecord *record, ZifuDate today);
ZifuShareable zifu_family_shareable (ZifuPack *pack, const ZifuRecord *record, ZifuDate today);

G_END_DECLS
