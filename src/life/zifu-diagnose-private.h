/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-cover-plan.h"
#include "zifu-diagnose.h"

G_BEGIN_DECLS

/**
 * Diagnosis:
 *
 * A diagnosis while it is made.
 */
typedef struct {
  ZifuPack         *pack;
  const ZifuRecord *record;
  ZifuDate          today;
  ZifuTrouble       troubles;  /* what is asked */
  ZifuCoverPlan    *plan;      /* nullable: no contribution month is known */
  ZifuSettlement   *refused;   /* nullable: the refused visit as the rules see it */
  gboolean          resident;
  gboolean          has_account;
  ZifuMoney         balance;   /* fen; 0 without an account */
  GPtrArray        *causes;    /* of ZifuCause */
} Diagnosis;

ZifuCause *zifu_diagnosis_add (Diagnosis *self, ZifuCauseKind kind, ZifuCauseWeight weight, guint explains);
ZifuCause *zifu_diagnosis_need (Diagnosis *self, ZifuCauseKind kind, ZifuCauseWeight weight, guint explains);
void       zifu_cause_show (ZifuCause *cause, const char *template_, ZifuArg first, ZifuArg second, ZifuArg third);
const ZifuRule *zifu_diagnosis_account_rule (const Diagnosis *self, ZifuDate on);
void       zifu_diagnose_states (Diagnosis *self);
void       zifu_diagnose_cover (Diagnosis *self);
void       zifu_diagnose_money (Diagnosis *self);
void       zifu_diagnose_visit (Diagnosis *self);

#define NO_ARG ((ZifuArg){ ZIFU_ARG_NONE, 0, NULL })
#define TEXT_ARG(text_) ((ZifuArg){ ZIFU_ARG_TEXT, 0, g_strdup (text_) })
#define MONEY_ARG(fen) ((ZifuArg){ ZIFU_ARG_MONEY, (fen), NULL })
#define DATE_ARG(date) ((ZifuArg){ ZIFU_ARG_DATE, (date), NULL })
#define MONTH_ARG(month) ((ZifuArg){ ZIFU_ARG_MONTH, (month), NULL })
#define COUNT_ARG(n) ((ZifuArg){ ZIFU_ARG_COUNT, (n), NULL })

G_END_DECLS
