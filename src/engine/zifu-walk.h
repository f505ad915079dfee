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
 * Where a share or a cap rule stands, over the groups for which it won.  All sums are exact, in yuan.
 */
typedef struct {
  const ZifuRule *rule;
  char           *counter; /* nullable: with its axes filled in */
  gboolean        has_limit;
  ZifuRational    before;  /* the counter before this layer */
  ZifuRational    limit;
  GError         *not_known; /* the limit is only a bound below which the unknown one does no harm */
  guint           n_groups;
  ZifuRational    input, deductible, walked, own, over;
  GArray         *paid;    /* of ZifuRational, by payer of the walk */
} ZifuMeter;

/*
 * The walk along the cost that a deductible has left: bands, adjustments and caps.
 */
typedef struct {
  const ZifuContext *context;
  ZifuSettlement    *settlement;
  const char        *layer;
  const char        *where;
  ZifuRational       gate;   /* share of the benefits */
  gboolean           later;  /* the layer pays after the year */
  GPtrArray         *payers; /* of const char*, in order of first appearance */
  GArray            *paid;   /* of ZifuRational, by payer */
  GArray            *per_band; /* of ZifuRational */
  GPtrArray         *meters; /* of ZifuMeter, in order of first use */
  ZifuRational       over, moved;
  gboolean           has_rounding;
  ZifuRound          rounding;
  guint              n_live; /* groups with cost */
  ZifuArith          arith;
} ZifuWalk;

void     zifu_walk_init (ZifuWalk *self, const ZifuContext *context, ZifuSettlement *settlement, const char *layer, const char *where,
                         ZifuRational gate, gboolean later);
void     zifu_walk_clear (ZifuWalk *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZifuWalk, zifu_walk_clear)
gboolean zifu_walk_group (ZifuWalk *self, const ZifuSegment *segment, ZifuMoney taken, GError **error);
gboolean zifu_meter_counts (const ZifuMeter *self, const char *payer);

/*
 * One band with every adjustment applied.
 */
typedef struct {
  gboolean     has_upto;
  ZifuRational upto;
  GError      *unknown;   /* a figure of the band is not known: refused only when the walk gets here */
  guint        n_parts;
  const char  *payers[ZIFU_STEP_MAX_PARTS];
  ZifuRational ratios[ZIFU_STEP_MAX_PARTS];
  ZifuRational reduction; /* rate that goes to the bucket "reduction" */
} ZifuBandTable;

GArray  *zifu_band_table_new (const ZifuContext *context, const ZifuRule *share, GPtrArray *adjusts, ZifuRational gate, GError **error);

gboolean zifu_adjusted (const ZifuContext *context, const char *layer, ZifuTarget target, const char *where, ZifuNumber *value,
                        GPtrArray **used, GError **error);

G_END_DECLS
