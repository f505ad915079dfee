/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-context.h"
#include "zifu-private.h"
#include "zifu-trace.h"

G_BEGIN_DECLS

/*
 * A group of cost on the axis of a layer: groups lie one after the other.
 */
typedef struct {
  const char *group;
  ZifuMoney   amount; /* fen */
} ZifuSegment;

/*
 * Where a layer writes its steps down.
 */
typedef struct {
  ZifuSettlement *settlement;
  const char     *layer;
  gboolean        later; /* the layer pays after the year */
} ZifuTeller;

/*
 * Where a share or a cap rule stands, over the groups for which it won.  All sums are exact, in yuan.
 */
typedef struct {
  const ZifuRule *rule;
  gboolean        has_counter;
  ZifuCounterKey  counter;
  gboolean        has_limit;
  ZifuRational    before;  /* the counter before this layer */
  ZifuRational    limit;
  GError         *not_known; /* the limit is only a bound below which the unknown one does no harm */
  guint           n_groups;
  ZifuMoney       input, deductible; /* fen */
  ZifuRational    at;      /* before, and what this visit and layer added */
  ZifuRational    over;    /* only in a layer with several groups */
  ZifuRational   *paid;    /* by payer; only in a layer with several groups */
} ZifuMeter;

/*
 * The walk along the cost that a deductible has left: bands, adjustments and caps.
 */
typedef struct {
  ZifuContext         *context;
  const ZifuTeller    *teller;
  const ZifuPlanLayer *layer;
  const ZifuPlace     *place;
  ZifuRational         gate;   /* share of the benefits */
  gboolean             several; /* groups with cost */
  guint               *payers; /* in order of first appearance */
  guint                n_payers;
  gboolean            *appeared; /* by payer */
  ZifuRational        *paid;   /* by payer */
  ZifuRational        *per_band;
  guint                n_bands;
  ZifuMeter           *meters; /* in order of first use */
  guint                n_meters;
  ZifuRational         over, moved;
  gboolean             has_rounding;
  ZifuRound            rounding;
  guint                n_live; /* groups with cost */
  ZifuArith            arith;
} ZifuWalk;

void     zifu_walk_init (ZifuWalk *self, ZifuContext *context, const ZifuTeller *teller, const ZifuPlanLayer *layer,
                         const ZifuPlace *place, ZifuRational gate, gboolean several);
void     zifu_walk_clear (ZifuWalk *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZifuWalk, zifu_walk_clear)
gboolean zifu_walk_group (ZifuWalk *self, const ZifuSegment *segment, ZifuMoney taken, GError **error);

/**
 * zifu_rule_counts:
 * @rule: a share or cap rule
 * @payer: number of a payer
 * @name: its name
 *
 * Returns: whether what this payer pays moves a meter of money paid by funds
 */
static inline gboolean
zifu_rule_counts (const ZifuRule *rule, guint payer, const char *name)
{
  if (rule->payers == NULL)
    return TRUE;
  return payer < 64 ? (rule->plan.payers >> payer & 1) != 0 : g_strv_contains ((const char *const *) rule->payers, name);
}

/**
 * zifu_rule_counts_deductible:
 * @rule: a share or cap rule
 *
 * Returns: whether what a deductible takes moves the meter of the rule; a cap of that kind holds for the deductible, too
 */
static inline gboolean
zifu_rule_counts_deductible (const ZifuRule *rule)
{
  return rule->measure != ZIFU_MEASURE_FUND_PAID && rule->origin == ZIFU_ORIGIN_FROM_ZERO;
}

/*
 * One band with every adjustment applied.
 */
typedef struct {
  gboolean     has_upto;
  ZifuRational upto;
  GError      *unknown;   /* a figure of the band is not known: refused only when the walk gets here */
  guint        n_parts;
  guint        payers[ZIFU_STEP_MAX_PARTS];
  ZifuRational ratios[ZIFU_STEP_MAX_PARTS];
  ZifuRational own;       /* what no ratio covers */
  ZifuRational reduction; /* rate that goes to the bucket "reduction" */
} ZifuBandRates;

typedef struct {
  ZifuBandRates *bands;
  guint          n;
} ZifuBandTable;

gboolean zifu_band_table_fill (ZifuBandTable *self, ZifuContext *context, const ZifuRule *share, const ZifuRules *adjusts,
                               ZifuRational gate, GError **error);
ZifuBandTable zifu_band_table_keep (const ZifuBandTable *self, ZifuArena *memory);
void     zifu_band_table_clear (ZifuBandTable *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZifuBandTable, zifu_band_table_clear)

/*
 * What a share rule comes to for one person and visit.
 */
typedef struct {
  ZifuRules      adjusts;
  const guint64 *used; /* rules */
  ZifuBandTable  table;
} ZifuShareTerms;

/*
 * What the limits of the caps of a layer come to, in their order.
 */
typedef struct {
  ZifuNumber    *limits;
  const guint64 *used; /* rules */
} ZifuLimits;

void zifu_tell_share (const ZifuTeller *self, const ZifuRule *share, const char *group, ZifuMoney cost, const ZifuRules *adjusts);
void zifu_tell_band (const ZifuTeller *self, const char **payers, const ZifuRule *share, const char *group, const ZifuBandTable *table,
                     guint i, ZifuRational cost);
void zifu_tell_closed (const ZifuTeller *self, const ZifuRule *cap, const char *group, ZifuMoney limit, ZifuMoney before, ZifuMoney left);

gboolean zifu_adjusted (ZifuContext *context, const ZifuPlanLayer *layer, ZifuTarget target, const ZifuPlace *place, ZifuNumber *value,
                        ZifuRules *used, GError **error);

G_END_DECLS
