/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-words.h"

G_BEGIN_DECLS

/**
 * ZifuBillPoint:
 * @bill: a bill, in fen
 * @pay: what I pay of it, in fen
 *
 * One point of a curve.
 */
typedef struct {
  ZifuMoney bill;
  ZifuMoney pay;
} ZifuBillPoint;

/**
 * ZifuBillCurveData:
 * @top: the largest bill, in fen; both axes end there
 * @points: (element-type ZifuBillPoint): from a bill of 0 to @top, by bill
 * @current: the bill as entered
 * @has_deductible: whether the deductible is met inside
 * @deductible: the smallest bill that meets it
 * @has_cap: whether the cap is reached inside
 * @cap: the smallest bill that reaches it
 *
 * What is drawn.
 */
typedef struct {
  ZifuMoney     top;
  GArray       *points;
  ZifuBillPoint current;
  gboolean      has_deductible, has_cap;
  ZifuBillPoint deductible, cap;
} ZifuBillCurveData;

#define ZIFU_TYPE_BILL_CURVE (zifu_bill_curve_get_type ())
G_DECLARE_FINAL_TYPE (ZifuBillCurve, zifu_bill_curve, ZIFU, BILL_CURVE, GtkWidget)

/*
 * What I pay as the bill grows.
 *
 * Left and Right move a cursor along the curve, Page Up and Page Down faster, Home and End to its ends; the pointer does the same.
 */
GtkWidget *zifu_bill_curve_new (void);
void       zifu_bill_curve_set_data (ZifuBillCurve *self, const ZifuBillCurveData *data);
void       zifu_bill_curve_set_caption (ZifuBillCurve *self, const char *caption);
gboolean   zifu_bill_curve_get_cursor (ZifuBillCurve *self, ZifuBillPoint *point);
char      *zifu_bill_curve_dup_text (ZifuBillCurve *self);
ZifuMoney  zifu_bill_curve_choose_top (ZifuMoney bill, ZifuMoney deductible);

ZifuBillCurveData *zifu_bill_curve_data_new (ZifuMoney top);
void               zifu_bill_curve_data_free (ZifuBillCurveData *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuBillCurveData, zifu_bill_curve_data_free)

G_END_DECLS
