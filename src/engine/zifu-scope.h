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
  const char *group; /* as long as the settlement */
} ZifuScoped;

/*
 * What a fixed rule does with an amount, in fen: amount = lines + left + hospital.
 */
typedef struct {
  ZifuFundLine *lines; /* as long as the run */
  guint         n_lines;
  ZifuMoney     left, hospital;
} ZifuFixedResult;

/*
 * Where lines fall that are seen alike: a ratio and no limit.
 */
typedef struct _ZifuLineTerms ZifuLineTerms;
struct _ZifuLineTerms {
  gboolean        is_plain; /* else nothing below means anything */
  const ZifuRule *rule;     /* nullable */
  gint64          num, den; /* the first own share */
  const guint64  *used;     /* rules */
};

const ZifuLineTerms *zifu_line_terms_new (ZifuContext *context);
gboolean zifu_line_apply (const ZifuLineTerms *terms, ZifuRun *run, ZifuSettlement *settlement, const ZifuBillLine *line,
                          const ZifuValue *category, guint i, ZifuScoped *out);
void     zifu_tell_scope (ZifuSettlement *settlement, const ZifuRule *rule, const ZifuBillLine *line, guint i, const ZifuScoped *scoped);
gboolean zifu_scope_bill (const ZifuVisit *visit, ZifuBillLine *line, GError **error);
gboolean zifu_scope_line (ZifuContext *context, ZifuSettlement *settlement, const ZifuBillLine *line, guint i, ZifuScoped *out,
                          GError **error);
gboolean zifu_fixed_pay (ZifuContext *context, ZifuSettlement *settlement, const ZifuRule *rule, ZifuMoney amount, ZifuRational quantity,
                         ZifuRational gate, int line, ZifuFixedResult *out, GError **error);

G_END_DECLS
