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
  gboolean        is_main;  /* the group is "main" */
  const ZifuRule *rule;     /* nullable */
  gint64          num, den; /* the first own share */
  const guint64  *used;     /* rules */
};

/* With amounts up to that many fen and such numbers in a ratio no product leaves 64 bits. */
#define ZIFU_LINE_FEN G_GINT64_CONSTANT (1000000000000)
#define ZIFU_LINE_PARTS 1000000

/**
 * zifu_line_prior:
 * @left: what is left of a line, in fen
 * @num: numerator of a ratio
 * @den: its denominator
 *
 * Returns: the first own share: half a fen and more is a fen
 */
static inline ZifuMoney
zifu_line_prior (ZifuMoney left, gint64 num, gint64 den)
{
  return num == 0 ? 0 : MIN (left, (2 * left * num + den) / (2 * den));
}

/**
 * zifu_line_is_out:
 * @terms: terms of a line
 * @letter: zifu_text_key() of its category; 0 = it has none
 *
 * Returns: whether it is out of catalogue, unless the line says how much is
 */
static inline gboolean
zifu_line_is_out (const ZifuLineTerms *terms, guint64 letter)
{
  if (terms->rule != NULL && terms->rule->u.scope.covered >= 0)
    return !terms->rule->u.scope.covered;
  return letter == 'C';
}

/**
 * zifu_line_needs_prior:
 * @terms: terms of a line
 * @letter: zifu_text_key() of its category; 0 = it has none
 *
 * Returns: whether it is refused unless it says what its first own share is
 */
static inline gboolean
zifu_line_needs_prior (const ZifuLineTerms *terms, guint64 letter)
{
  return terms->rule == NULL && letter == 'B';
}

const ZifuLineTerms *zifu_line_terms_new (ZifuContext *context);
gboolean zifu_line_apply (const ZifuLineTerms *terms, ZifuSettlement *settlement, const ZifuBillLine *line, guint64 letter, guint i,
                          ZifuScoped *out);
void     zifu_tell_scope (ZifuSettlement *settlement, const ZifuRule *rule, const ZifuBillLine *line, guint i, const ZifuScoped *scoped);
gboolean zifu_scope_bill (const ZifuVisit *visit, ZifuBillLine *line, GError **error);
gboolean zifu_scope_line (ZifuContext *context, ZifuSettlement *settlement, const ZifuBillLine *line, guint i, ZifuScoped *out,
                          GError **error);
gboolean zifu_fixed_pay (ZifuContext *context, ZifuSettlement *settlement, const ZifuRule *rule, ZifuMoney amount, ZifuRational quantity,
                         ZifuRational gate, int line, ZifuFixedResult *out, GError **error);

G_END_DECLS
