/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-arena.h"
#include "zifu-pack.h"
#include "zifu-visit.h"

G_BEGIN_DECLS

/**
 * ZifuStepKind:
 *
 * The steps of a settlement, in the order in which they happen.
 */
typedef enum {
  ZIFU_STEP_ROUTE,         /* @name: the benefit under which the visit is settled */
  ZIFU_STEP_GATE,          /* @ratio: share of the benefits left; @flag: account closed; @claim: pay first, claim later; without a rule: the
                              person's own share while suspended or waiting */
  ZIFU_STEP_SCOPE,         /* one line of the bill: @line, @out, @over_limit, @prior, @result = in scope */
  ZIFU_STEP_BILL,          /* the whole bill: @input = total, @out, @over_limit, @prior, @result = in scope */
  ZIFU_STEP_FIXED,         /* @line or −1; @input, @result = left to the person, @parts = payers */
  ZIFU_STEP_FIRST_OWN,     /* first own share of remote care: @group, @input, @ratio, @result */
  ZIFU_STEP_ACCOUNT_FIRST, /* account money before the deductible: @result */
  ZIFU_STEP_DEDUCTIBLE,    /* @layer, @input = cost, @need, @met, @result = applied now */
  ZIFU_STEP_SHARE,         /* @layer, @group: the share rule that won; @adjusts; @input = cost after the deductible */
  ZIFU_STEP_BAND,          /* @layer, @group, @band, @from and @upto (yuan, has_upto), @cost (yuan), @parts with ratio and exact amount */
  ZIFU_STEP_CAP,           /* a cap closed: @layer, @group, @limit, @result = cost left over the cap */
  ZIFU_STEP_LIMIT,         /* where a cap stands: @layer, @before, @used, @limit, @measure, @flag = over the whole layer,
                              @least = the cap itself is not known, @limit is a bound that it is not below */
  ZIFU_STEP_LAYER,         /* @layer done: @input, @need = deductible, @over_cap, @parts = rounded payer lines; @flag = after the year */
  ZIFU_STEP_NOT_ESTIMATED, /* a layer that exists and cannot be computed: @layer, @reason */
  ZIFU_STEP_PERSON,        /* the person's part: @input = total, @used = funds and hospital, @result */
  ZIFU_STEP_ACCOUNT,       /* own account: @input = what it may pay, @before = balance, @result */
  ZIFU_STEP_MUTUAL,        /* one relative's account: @name = id, @result */
  ZIFU_STEP_CASH,          /* what remains: @result */
} ZifuStepKind;

typedef struct {
  const char  *payer;  /* owned by the settlement */
  ZifuRational ratio;  /* after every adjustment */
  ZifuRational amount; /* yuan; exact in a band, whole fen in a layer */
} ZifuStepPart;

#define ZIFU_STEP_MAX_PARTS 8

/**
 * ZifuStep:
 *
 * One step as data.  Which members mean something is written at its ZifuStepKind; the others are 0 or NULL.
 */
typedef struct {
  ZifuStepKind    kind;
  const ZifuRule *rule; /* nullable; owned by the pack */
  const char     *layer, *group, *name, *reason;
  int             line, band;
  ZifuMoney       input, result, out, over_limit, prior, need, met, before, used, limit, over_cap;
  ZifuMeasure     measure;
  gboolean        flag, claim, has_upto, least;
  ZifuRational    ratio, from, upto, cost;
  ZifuStepPart   *parts;   /* owned by the settlement */
  guint           n_parts;
  ZifuRules       adjusts; /* owned by the settlement */
} ZifuStep;

typedef struct {
  const char *layer;
  const char *payer;
  ZifuMoney   amount;
} ZifuFundLine;

typedef struct {
  const char *layer;
  ZifuMoney  *paid; /* owned by the settlement: paid in each band, all payers */
  guint       n_paid;
} ZifuBandTotals;

typedef struct {
  const char     *note; /* "layer-not-estimated" or "not-confirmed" */
  const ZifuRule *rule;
  const char     *reason;       /* nullable */
  ZifuDate        confirmed_to; /* 0 unless not-confirmed */
} ZifuNote;

/**
 * ZifuSettlement:
 *
 * What a visit costs and who pays it.  Amounts in fen; platform names in the comments.
 *
 * Always: total = fund_sum + hospital + person; person = own_account + mutual_sum + cash = sum of the parts and
 * account_first; total = in_scope + prior + over_limit + out.
 */
typedef struct _ZifuSettlement ZifuSettlement;
struct _ZifuSettlement {
  ZifuPack     *pack;     /* owned reference */
  ZifuArena     arena;    /* of whatever the members point to and the pack does not own */
  gboolean      tracing;  /* keeps @trace */
  ZifuStep      spare;    /* filled and forgotten when it does not */
  ZifuDate      date;
  const char   *benefit;  /* nullable */
  guint         stay;     /* n-th stay of the year, as the visit states it or the counters tell it; 0 = not a whole number */
  ZifuMoney total;        /* medfee_sumamt */
  ZifuMoney out;          /* fulamt_ownpay_amt */
  ZifuMoney over_limit;   /* overlmt_selfpay */
  ZifuMoney prior;        /* preselfpay_amt */
  ZifuMoney in_scope;     /* inscp_scp_amt */
  ZifuMoney deductible;   /* act_pay_dedc */
  GArray   *lines;        /* of ZifuFundLine, in order; several lines may name one payer */
  GArray   *later;        /* of ZifuFundLine: refunds after the year */
  GArray   *claims;       /* of ZifuFundLine: paid first by the person, to be claimed */
  GArray    *bands;       /* of ZifuBandTotals */
  ZifuMoney fund_sum;     /* fund_pay_sumamt */
  ZifuMoney hospital;     /* hosp_part_amt */
  ZifuMoney person;       /* psn_part_amt */
  ZifuMoney parts[ZIFU_N_BUCKETS];
  ZifuMoney account_first;
  ZifuMoney own_account;  /* own_acct_pay */
  ZifuMoney mutual_sum;   /* acct_mulaid_pay; at the border acct_pay = own_account + mutual_sum */
  GArray   *mutual;       /* of ZifuPayerAmount: payer = id of the account */
  ZifuMoney cash;         /* psn_cash_pay */
  ZifuMoney balance;      /* balc: after this visit */
  GArray   *purses;       /* of ZifuPurse, after this visit */
  GArray   *purses_before; /* of ZifuPurse: the same ones before it, in the same order */
  GArray   *counters;     /* of ZifuCounterValue, after this visit, by name */
  gboolean  has_prepaid;
  ZifuMoney refund, still_due;
  GPtrArray *rules;       /* of const ZifuRule: used, by id */
  GArray   *notes;        /* of ZifuNote */
  GArray   *trace;        /* of ZifuStep; empty when none was wanted */
};

void      zifu_settlement_free (ZifuSettlement *settlement);
ZifuMoney zifu_settlement_get_fund (const ZifuSettlement *settlement, const char *payer);
gboolean  zifu_settlement_is_verified (const ZifuSettlement *settlement);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuSettlement, zifu_settlement_free)

G_END_DECLS
