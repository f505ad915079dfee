/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-layer.h"

G_BEGIN_DECLS

/*
 * A layer in whole numbers.  What the general way (zifu-layer.c, zifu-walk.c) has worked out for somebody – who wins, what the
 * deductible and the limits come to, the bands after their adjustments – is put together here for all who are seen alike.  Where
 * every ratio is a number of parts in one denominator and every bound a number of fen, what is paid is a number of parts of a fen,
 * and stays exact without fractions.  Whatever does not come out whole is left to the general way.
 */

/* With amounts up to 10^12 fen and denominators up to 10^6 no product leaves 64 bits. */
#define ZIFU_WHOLE_FEN ZIFU_COUNTER_FEN
#define ZIFU_WHOLE_PARTS 1000000
#define ZIFU_WHOLE_METERS 8
#define ZIFU_WHOLE_PAYERS 8

/*
 * One band: ratios and what the person bears in parts, its end in such parts of a fen.
 */
typedef struct {
  gboolean has_upto;
  gint64   upto;
  guint    n_parts;
  guint8   payers[ZIFU_STEP_MAX_PARTS]; /* places among the payers of the layer */
  gint64   ratios[ZIFU_STEP_MAX_PARTS];
  gint64   ratio; /* of all payers together */
  gint64   rates[ZIFU_WHOLE_METERS]; /* how fast each meter moves: parts for each fen */
} ZifuWholeBand;

/*
 * A share or a cap rule: where it stands, and how far it may go.
 */
typedef struct {
  const ZifuRule *rule;
  int             counter; /* number in the plan; −1 = none */
  int             same_as; /* who feeds that counter already: 0 = the deductible, 1 = the first meter …; −1 = nobody */
  ZifuMeasure     measure;
  gboolean        from_zero;
  gboolean        counts_deductible;
  gboolean        has_limit;
  ZifuMoney       limit;
  gboolean        counts[ZIFU_WHOLE_PAYERS]; /* by payer: it moves a meter of money paid by funds */
} ZifuWholeMeter;

struct _ZifuLayerTerms {
  gboolean              is_whole;   /* else nothing below means anything */
  const ZifuRule       *deductible; /* nullable */
  const ZifuNeed       *need;
  const ZifuRule       *share;
  const ZifuShareTerms *shares;
  gint64                den;
  gint64                most; /* fen: no bound is larger */
  ZifuWholeBand        *bands;
  guint                 payers[ZIFU_WHOLE_PAYERS];
  guint                 n_payers;
  ZifuWholeMeter        meters[ZIFU_WHOLE_METERS]; /* of the share rule, then of the caps */
  guint                 n_meters;
  gboolean              counts_deductible; /* some meter does */
  gboolean              caps_fund, caps_personal; /* some cap is on that measure */
  guint64              *used; /* rules */
};

/**
 * zifu_whole_divisor:
 * @a: a number
 * @b: another one, above 0
 *
 * Returns: the largest number of which both are multiples
 */
static inline gint64
zifu_whole_divisor (gint64 a, gint64 b)
{
  while (b != 0)
    {
      gint64 r = a % b;

      a = b;
      b = r;
    }
  return a;
}

/**
 * zifu_whole_fen:
 * @yuan: an amount
 * @fen: (out): the same, in fen
 *
 * Returns: %FALSE when it is not whole, below 0, or too large
 */
static inline gboolean
zifu_whole_fen (ZifuRational yuan, gint64 *fen)
{
  gint64 num = (gint64) yuan.num;

  if (yuan.num < 0 || yuan.num > ZIFU_WHOLE_FEN)
    return FALSE;
  if (yuan.den != 100)
    {
      if (yuan.den > 100 || 100 % (gint64) yuan.den != 0)
        return FALSE;
      num *= 100 / (gint64) yuan.den;
    }
  *fen = num;
  return num <= ZIFU_WHOLE_FEN;
}

G_END_DECLS
