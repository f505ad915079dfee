/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-record.h"

G_BEGIN_DECLS

/**
 * ZifuCreditFault:
 * @ZIFU_CREDIT_MISSING: nothing was credited for the month
 * @ZIFU_CREDIT_PENDING: nothing yet, but the month is not long over
 * @ZIFU_CREDIT_WRONG: another amount than by the rules
 * @ZIFU_CREDIT_TWICE: credited more than once, and too much in all
 * @ZIFU_CREDIT_UNPAID: credited for a month for which no contribution is known
 *
 * What is wrong with the credit of a month.
 */
typedef enum {
  ZIFU_CREDIT_MISSING,
  ZIFU_CREDIT_PENDING,
  ZIFU_CREDIT_WRONG,
  ZIFU_CREDIT_TWICE,
  ZIFU_CREDIT_UNPAID,
} ZifuCreditFault;

/**
 * ZifuCreditFinding:
 *
 * A month whose credit is not what the rules say.
 */
typedef struct {
  ZifuMonth       month;
  ZifuCreditFault fault;
  ZifuMoney       expected, found; /* fen */
  const ZifuRule *rule;            /* nullable, owned by the pack */
  gboolean        unverified;
  gboolean        assumed;         /* the base of that month, or since when somebody is retired, is not known */
} ZifuCreditFinding;

/**
 * ZifuCreditCheck:
 *
 * A history of credits held against the rules (R20).
 */
typedef struct {
  GArray   *findings;  /* of ZifuCreditFinding, oldest first */
  guint     n_checked; /* months that were held against the rules */
  guint     n_skipped; /* months of which the rules or the record say nothing */
  ZifuMonth first, last; /* of those that were looked at; 0 when there are none */
} ZifuCreditCheck;

ZifuCreditCheck *zifu_credit_check_new (ZifuPack *pack, const ZifuRecord *record, ZifuDate today);
void             zifu_credit_check_free (ZifuCreditCheck *check);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCreditCheck, zifu_credit_check_free)

G_END_DECLS
