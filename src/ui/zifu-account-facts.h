/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-entitlement.h"
#include "zifu-session.h"

G_BEGIN_DECLS

/**
 * ZifuContributionState:
 * @ZIFU_CONTRIBUTION_NOT_DUE: retired: nothing is paid any more
 * @ZIFU_CONTRIBUTION_NONE: the data hold no contribution at all
 * @ZIFU_CONTRIBUTION_PAID: this month is paid
 * @ZIFU_CONTRIBUTION_LATE: the month before is paid, this one is not in the data yet
 * @ZIFU_CONTRIBUTION_GAP: the last month that is paid lies further back
 *
 * What the data say about contributions.
 */
typedef enum {
  ZIFU_CONTRIBUTION_NOT_DUE,
  ZIFU_CONTRIBUTION_NONE,
  ZIFU_CONTRIBUTION_PAID,
  ZIFU_CONTRIBUTION_LATE,
  ZIFU_CONTRIBUTION_GAP,
} ZifuContributionState;

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

  ZifuContributionState contribution;
  ZifuMonth             last_paid; /* 0 = none */
  guint                 months_without_gap;

  gboolean  has_credit;
  ZifuMoney credit;
  ZifuDate  credit_on;     /* about; 0 = only the month is known */
  ZifuMonth credit_month;
  ZifuMoney credit_base;   /* −1 = none */
  gboolean  credit_unverified;

  ZifuMoney month_income, month_outlay, month_family;
  GArray   *columns;       /* of ZifuMonthColumn */
  GArray   *ties;          /* of ZifuMutualTie: who may use this account */
  GPtrArray *members;      /* of ZifuMember: the household */
  GPtrArray *recent;       /* of ZifuEntry, at most 4 */

  ZifuBenefitSketch outpatient, inpatient;
  char             *fund_error; /* nullable: why there is no sketch */
} ZifuAccountFacts;

ZifuAccountFacts *zifu_account_facts_read (ZifuSession *session);
void              zifu_account_facts_free (ZifuAccountFacts *facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuAccountFacts, zifu_account_facts_free)

G_END_DECLS
