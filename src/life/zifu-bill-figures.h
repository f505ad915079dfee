/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-engine.h"

G_BEGIN_DECLS

/**
 * ZifuBillPart:
 *
 * The figures of a settlement, in the order in which one follows from those before it.  Platform names in the comments.
 */
typedef enum {
  ZIFU_BILL_TOTAL,      /* medfee_sumamt */
  ZIFU_BILL_OUT,        /* fulamt_ownpay_amt */
  ZIFU_BILL_OVER_LIMIT, /* overlmt_selfpay */
  ZIFU_BILL_PRIOR,      /* preselfpay_amt */
  ZIFU_BILL_IN_SCOPE,   /* inscp_scp_amt */
  ZIFU_BILL_DEDUCTIBLE, /* act_pay_dedc */
  ZIFU_BILL_FUND,       /* hifp_pay, hifob_pay … : one payer of several */
  ZIFU_BILL_FUND_SUM,   /* fund_pay_sumamt */
  ZIFU_BILL_HOSPITAL,   /* hosp_part_amt */
  ZIFU_BILL_PERSON,     /* psn_part_amt */
  ZIFU_BILL_ACCOUNT,    /* own account: acct_pay less acct_mulaid_pay */
  ZIFU_BILL_MUTUAL,     /* acct_mulaid_pay */
  ZIFU_BILL_CASH,       /* psn_cash_pay */
} ZifuBillPart;
#define ZIFU_N_BILL_PARTS (ZIFU_BILL_CASH + 1)

/**
 * ZifuBillFigures:
 *
 * What an estimate or a receipt states.  A receipt need not state everything: what is not stated is not compared.
 */
typedef struct _ZifuBillFigures ZifuBillFigures;
struct _ZifuBillFigures {
  gboolean  known[ZIFU_N_BILL_PARTS]; /* of ZIFU_BILL_FUND: whether @funds says what each fund paid */
  ZifuMoney amount[ZIFU_N_BILL_PARTS];
  GArray   *funds; /* owned, of ZifuPayerAmount; never NULL */
};

/**
 * ZifuBillLineDifference:
 *
 * One line of a comparison.
 */
typedef struct {
  ZifuBillPart part;
  char        *payer;   /* owned, nullable: of ZIFU_BILL_FUND */
  gboolean     stated;  /* both sides state it; else @difference is 0 */
  gboolean     has_estimated, has_charged;
  ZifuMoney    estimated, charged;
  ZifuMoney    difference; /* charged less estimated */
} ZifuBillLineDifference;

/**
 * ZifuBillComparison:
 *
 * An estimate and what was charged, line by line.
 */
typedef struct {
  GArray *lines; /* of ZifuBillLineDifference, each following from those before it */
  int     first; /* the first line that differs; −1 = none */
  guint   n_different;
} ZifuBillComparison;

ZifuBillFigures    *zifu_bill_figures_new (void);
ZifuBillFigures    *zifu_bill_figures_new_from_settlement (const ZifuSettlement *settlement);
ZifuBillFigures    *zifu_bill_figures_copy (const ZifuBillFigures *figures);
void                zifu_bill_figures_free (ZifuBillFigures *figures);
void                zifu_bill_figures_set (ZifuBillFigures *figures, ZifuBillPart part, ZifuMoney amount);
void                zifu_bill_figures_add_fund (ZifuBillFigures *figures, const char *payer, ZifuMoney amount);
ZifuMoney           zifu_bill_figures_get_fund (const ZifuBillFigures *figures, const char *payer);
gboolean            zifu_bill_figures_complete (ZifuBillFigures *figures, ZifuBillPart *wrong);
gboolean            zifu_bill_figures_agree (const ZifuBillFigures *a, const ZifuBillFigures *b, ZifuBillPart first, ZifuBillPart last);
ZifuBillComparison *zifu_bill_comparison_new (const ZifuBillFigures *estimated, const ZifuBillFigures *charged);
void                zifu_bill_comparison_free (ZifuBillComparison *comparison);
const char         *zifu_bill_part_name (ZifuBillPart part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuBillFigures, zifu_bill_figures_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuBillComparison, zifu_bill_comparison_free)

G_END_DECLS
