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

gboolean zifu_layer_run (ZifuContext *context, ZifuSettlement *settlement, const ZifuPlanLayer *layer, const ZifuSegment *segments,
                         guint n_segments, ZifuRational gate, gboolean later, ZifuLayerResult *result, GError **error);

G_END_DECLS
