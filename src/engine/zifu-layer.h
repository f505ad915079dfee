/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-walk.h"

G_BEGIN_DECLS

/*
 * What a layer does with its input: every amount in fen, and always
 * input = deductible + copay + reduction + over_cap + lines.  The lists live as long as the run.
 */
typedef struct {
  ZifuMoney     deductible, copay, reduction, over_cap;
  ZifuFundLine *lines;
  guint         n_lines;
  ZifuMoney    *bands; /* paid in each band */
  guint         n_bands;
} ZifuLayerResult;

/*
 * What a deductible rule asks, after its adjustments.
 */
typedef struct {
  ZifuMoney      need; /* fen */
  ZifuRules      adjusts;
  const guint64 *used; /* rules */
} ZifuNeed;

/*
 * All that a layer comes to for people who are seen alike, in whole numbers.
 */
typedef struct _ZifuLayerTerms ZifuLayerTerms;

const ZifuLayerTerms *zifu_layer_terms_new (ZifuContext *context, const ZifuPlanLayer *layer);
gboolean zifu_layer_run_whole (const ZifuLayerTerms *terms, ZifuRun *run, const ZifuTeller *teller, const ZifuSegment *segment,
                               ZifuLayerResult *result);
gboolean zifu_layer_run_empty (const ZifuPlanLayer *layer, const ZifuTeller *teller, ZifuLayerResult *result);

void zifu_tell_deductible (const ZifuTeller *self, const ZifuRule *rule, ZifuMoney input, const ZifuNeed *need, ZifuMoney met,
                           ZifuMoney applied);
void zifu_tell_limit (const ZifuTeller *self, const ZifuRule *cap, gboolean whole, ZifuMoney before, ZifuMoney used, ZifuMoney limit,
                      gboolean least);
void zifu_tell_layer (const ZifuTeller *self, ZifuMoney input, const ZifuLayerResult *result);

gboolean zifu_layer_run (ZifuContext *context, ZifuSettlement *settlement, const ZifuPlanLayer *layer, const ZifuSegment *segments,
                         guint n_segments, ZifuRational gate, gboolean later, ZifuLayerResult *result, GError **error);

G_END_DECLS
