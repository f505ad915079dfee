/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-cover-plan.h"
#include "zifu-credit-check.h"
#include "zifu-division.h"
#include "zifu-entitlement.h"
#include "zifu-family.h"
#include "zifu-ledger-connections.h"
#include "zifu-forecast.h"
#include "zifu-session.h"

G_BEGIN_DECLS

/**
 * ZifuAccountFacts:
 *
 * Everything that the account page shows of one person, as data.
 */
typedef struct {
  ZifuMember *member;
  ZifuDate    today;
  char       *region; /* in the language of the program */

  gboolean         has_balance;
  ZifuMoney        balance;
  ZifuDate         as_of;   /* 0 = no entry yet */
  gboolean         checked;
  ZifuBalanceBreak broken;  /* entry_id 0 = balance and entries agree */

  gboolean         divided; /* the rules tell this year's money from that of earlier years */
  ZifuMoney        parts[ZIFU_N_DIVISION_PARTS]; /* of the balance, fen */

  ZifuPack        *pack;        /* owned, nullable: there are no rules for the region */
  ZifuRecord      *record;      /* owned, nullable: it could not be read */
  ZifuCoverPlan   *plan;        /* owned, nullable: no contribution is known, or no rule says what follows from them */
  ZifuMonth        last_paid;   /* 0 = none */
  gboolean         interrupted; /* the fund pays nothing today */

  gboolean         has_credit;
  ZifuMoney        credit;
  ZifuDate         credit_on;    /* about; 0 = only the month is known */
  ZifuMonth        credit_month;
  int              credit_day;   /* of the month; 0 = not known */
  ZifuMoney        credit_base;  /* −1 = none */
  gboolean         credit_unverified;
  ZifuForecast    *forecast;     /* owned, nullable: the next twelve credits; there are none while nothing is paid in */
  ZifuCreditCheck *check;        /* owned, nullable: credits held against the rules */
  GArray          *reviews;      /* owned, nullable, of ZifuTieReview: ties of the record */

  ZifuMoney month_income, month_outlay, month_family;
  GArray   *columns;       /* of ZifuMonthColumn */
  GArray   *ties;          /* of ZifuMutualTie: who may use this account */
  GPtrArray *members;      /* of ZifuMember: the household */
  GPtrArray *recent;       /* of ZifuEntry, at most 4 */

  ZifuBenefitSketch outpatient, inpatient;
  char             *fund_error; /* nullable: why there is no sketch */
  ZifuConnection   *connection; /* owned, nullable: where the account comes from by itself */
  ZifuDate          old_since;  /* on which day something arrived last, when that is long ago; 0 = it is not */
} ZifuAccountFacts;

ZifuAccountFacts *zifu_account_facts_read (ZifuSession *session);
void              zifu_account_facts_free (ZifuAccountFacts *facts);
gboolean          zifu_account_facts_is_resident (const ZifuAccountFacts *facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuAccountFacts, zifu_account_facts_free)

G_END_DECLS
