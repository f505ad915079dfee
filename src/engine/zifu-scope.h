/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-context.h"
#include "zifu-private.h"
#include "zifu-trace.h"

G_BEGIN_DECLS

/*
 * Where a line of the bill falls, in fen: amount = out + over_limit + prior + in_scope.
 */
typedef struct {
  ZifuMoney   out, over_limit, prior, in_scope;
  const char *group; /* owned by the settlement */
} ZifuScoped;

/*
 * What a fixed rule does with an amount, in fen: amount = lines + left + hospital.
 */
typedef struct {
  GArray   *lines; /* of ZifuFundLine */
  ZifuMoney left, hospital;
} ZifuFixedResult;

gboolean zifu_scope_bill (const ZifuVisit *visit, ZifuVisit *one_line, const ZifuVisit **bill, GError **error);
gboolean zifu_scope_line (const ZifuContext *context, ZifuSettlement *settlement, const ZifuVisit *visit, guint i, ZifuScoped *out,
                          GError **error);
gboolean zifu_fixed_pay (const ZifuContext *context, ZifuSettlement *settlement, const ZifuRule *rule, ZifuMoney amount,
                         ZifuRational quantity, ZifuRational gate, int line, ZifuFixedResult *out, GError **error);
void     zifu_fixed_result_clear (ZifuFixedResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZifuFixedResult, zifu_fixed_result_clear)

G_END_DECLS
