/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-record.h"

G_BEGIN_DECLS

/**
 * ZifuCauseKind:
 *
 * Why an account cannot be used, is empty, or the fund does not pay.  In the order in which causes of the same weight are told:
 * what stops everything first.
 */
typedef enum {
  ZIFU_CAUSE_ACCOUNT_FROZEN,
  ZIFU_CAUSE_CARD_LOST,
  ZIFU_CAUSE_CARD_NOT_ACTIVATED,
  ZIFU_CAUSE_CARD_DORMANT,
  ZIFU_CAUSE_IDENTITY_CHANGED,
  ZIFU_CAUSE_ACCOUNT_CLOSED,
  ZIFU_CAUSE_ACCOUNT_MOVED,
  ZIFU_CAUSE_IN_TRANSIT,
  ZIFU_CAUSE_DATA_ARRIVING,
  ZIFU_CAUSE_RESIDENT,
  ZIFU_CAUSE_PLAN_WITHOUT_ACCOUNT,
  ZIFU_CAUSE_NOT_DESIGNATED,
  ZIFU_CAUSE_NOT_CONNECTED,
  ZIFU_CAUSE_UNFILED,
  ZIFU_CAUSE_FILING_EXPIRED,
  ZIFU_CAUSE_NOT_CHOSEN,
  ZIFU_CAUSE_OTHER_PAYER,
  ZIFU_CAUSE_DEPOSIT,
  ZIFU_CAUSE_OUT_OF_SCOPE,
  ZIFU_CAUSE_SPENT_BY_FAMILY,
  ZIFU_CAUSE_QUOTA,
  ZIFU_CAUSE_TIE_ENDED,
  ZIFU_CAUSE_TIE_NOT_ALLOWED,
  ZIFU_CAUSE_DOUBLE,
  ZIFU_CAUSE_ARREARS,
  ZIFU_CAUSE_INTERRUPTED,
  ZIFU_CAUSE_WAITING,
  ZIFU_CAUSE_CREDIT_MISSING,
  ZIFU_CAUSE_CREDIT_PENDING,
  ZIFU_CAUSE_SPENT,
} ZifuCauseKind;
#define ZIFU_N_CAUSES (ZIFU_CAUSE_SPENT + 1)

/**
 * ZifuCauseWeight:
 * @ZIFU_CAUSE_SURE: the data say so
 * @ZIFU_CAUSE_LIKELY: the data speak for it
 * @ZIFU_CAUSE_POSSIBLE: the data do not say; worth a look
 *
 * How sure a cause is.
 */
typedef enum { ZIFU_CAUSE_SURE, ZIFU_CAUSE_LIKELY, ZIFU_CAUSE_POSSIBLE } ZifuCauseWeight;

/**
 * ZifuTrouble:
 * @ZIFU_TROUBLE_ACCOUNT: the account cannot pay
 * @ZIFU_TROUBLE_EMPTY: the account is empty, or emptier than expected
 * @ZIFU_TROUBLE_FUND: the fund does not pay, or pays less
 *
 * What a cause explains.
 */
typedef enum { ZIFU_TROUBLE_ACCOUNT = 1 << 0, ZIFU_TROUBLE_EMPTY = 1 << 1, ZIFU_TROUBLE_FUND = 1 << 2 } ZifuTrouble;

typedef enum { ZIFU_ARG_NONE, ZIFU_ARG_TEXT, ZIFU_ARG_MONEY, ZIFU_ARG_DATE, ZIFU_ARG_MONTH, ZIFU_ARG_COUNT } ZifuArgKind;

/**
 * ZifuArg:
 *
 * An argument of a message: a text, fen, a day, a month or a count.
 */
typedef struct {
  ZifuArgKind kind;
  gint64      number;
  char       *text; /* owned, nullable */
} ZifuArg;

/**
 * ZifuEvidence:
 *
 * What in the data shows a cause: an English message marked with N_(), with {1}, {2} and {3} for the arguments.
 */
typedef struct {
  const char *template_; /* static */
  ZifuArg     args[3];
} ZifuEvidence;

/**
 * ZifuCause:
 *
 * One cause, with what shows it.  Remedy, place to go and papers are words and follow from the kind.
 */
typedef struct {
  ZifuCauseKind   kind;
  ZifuCauseWeight weight;
  ZifuTrouble     explains; /* flags */
  GArray         *evidence; /* owned, of ZifuEvidence */
  const ZifuRule *rule;     /* nullable, owned by the pack */
} ZifuCause;

GPtrArray  *zifu_diagnose (ZifuPack *pack, const ZifuRecord *record, ZifuTrouble troubles, ZifuDate today);
const char *zifu_cause_name (ZifuCauseKind kind);
void        zifu_cause_free (ZifuCause *cause);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCause, zifu_cause_free)

G_END_DECLS
