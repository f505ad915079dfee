/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-bill-curve.h"

G_BEGIN_DECLS

/* An axis has at most this many grid lines, the one at 0 included. */
#define ZIFU_BILL_CURVE_MAX_TICKS 6

typedef enum { ZIFU_CURVE_MINE, ZIFU_CURVE_FUNDS, ZIFU_CURVE_WHOLE, ZIFU_CURVE_RULER, ZIFU_N_CURVE_INKS } ZifuCurveInk;
typedef enum {
  ZIFU_CURVE_WORD_WHOLE,
  ZIFU_CURVE_WORD_FUNDS,
  ZIFU_CURVE_WORD_MINE,
  ZIFU_CURVE_WORD_DEDUCTIBLE,
  ZIFU_CURVE_WORD_CAP,
  ZIFU_N_CURVE_WORDS
} ZifuCurveWord;

struct _ZifuBillCurve {
  GtkWidget parent_instance;

  ZifuBillCurveData *data;   /* owned, nullable */
  GArray    *stops;          /* owned, of ZifuBillPoint: where the cursor can stand, by bill */
  int        at;             /* index of the cursor among the stops; −1 = none */
  int        hover;          /* index under the pointer; −1 = none */
  ZifuMoney  step;           /* fen between two grid lines */
  guint      n_ticks;
  GtkWidget *gridlines[ZIFU_BILL_CURVE_MAX_TICKS]; /* owned as children, from 0 upwards */
  GtkWidget *scale[ZIFU_BILL_CURVE_MAX_TICKS];     /* owned as children: what I pay */
  GtkWidget *bills[ZIFU_BILL_CURVE_MAX_TICKS];     /* owned as children: the bill */
  GtkWidget *inks[ZIFU_N_CURVE_INKS];              /* owned as children: their colours are those of the lines; never drawn themselves */
  GtkWidget *words[ZIFU_N_CURVE_WORDS];            /* owned as children: names inside the chart */
  GtkWidget *readout;                              /* owned as a child: the bill at the cursor, and what I pay of it */
  GtkWidget *caption;                              /* owned as a child: what the axis of bills means */
};

const ZifuBillPoint *zifu_bill_curve_shown (ZifuBillCurve *self);
int                  zifu_bill_curve_stop_of (ZifuBillCurve *self, ZifuMoney bill);
int                  zifu_bill_curve_nearest_stop (ZifuBillCurve *self, int x);
void                 zifu_bill_curve_draw_measure (ZifuBillCurve *self, GtkOrientation orientation, int for_size, int *minimum,
                                                   int *natural);
void                 zifu_bill_curve_draw_allocate (ZifuBillCurve *self, int width, int height);
void                 zifu_bill_curve_draw_snapshot (ZifuBillCurve *self, GtkSnapshot *snapshot);

G_END_DECLS
