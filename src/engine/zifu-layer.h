/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-walk.h"

G_BEGIN_DECLS

/*
 * What a layer does with its input: every amount in fen, and always
 * input = deductible + copay + reduction + over_cap + lines.
 */
typedef struct {
  ZifuMoney deductible, copay, reduction, over_cap;
  GArray   *lines; /* of ZifuFundLine */
  GArray   *bands; /* of ZifuMoney: paid in each band */
} ZifuLayerResult;

gboolean zifu_layer_run (const ZifuContext *context, ZifuSettlement *settlement, const char *layer, GArray *segments, ZifuRational gate,
                         gboolean later, ZifuLayerResult *result, GError **error);
void     zifu_layer_result_clear (ZifuLayerResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZifuLayerResult, zifu_layer_result_clear)

G_END_DECLS
