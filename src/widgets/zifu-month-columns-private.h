/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-month-columns.h"

G_BEGIN_DECLS

#define ZIFU_MONTH_COLUMNS_GRIDLINES 3

struct _ZifuMonthColumns {
  GtkWidget parent_instance;

  GArray    *data;        /* owned, of ZifuMonthColumn */
  GPtrArray *columns;     /* owned, of ZifuBlock (children) */
  GPtrArray *months;      /* owned, of GtkLabel (children): under each column */
  GPtrArray *initials;    /* owned, of GtkLabel (children): shorter, for narrow columns */
  GPtrArray *years;       /* owned, of GtkLabel (children), nullable elements: under the first month of a year */
  GtkWidget *gridlines[ZIFU_MONTH_COLUMNS_GRIDLINES];   /* owned as children, from 0 upwards */
  GtkWidget *grid_labels[ZIFU_MONTH_COLUMNS_GRIDLINES]; /* owned as children */
  GtkWidget *divider;     /* owned as a child */
  GtkWidget *past;        /* owned as a child: label before the divider */
  GtkWidget *future;      /* owned as a child: label behind the divider */
  GtkWidget *now_value;   /* owned as a child: figure above the last recorded column */
  GtkWidget *last_value;  /* owned as a child: figure above the last column */
  GtkWidget *focus_value; /* owned as a child: figure above the focused column; the other two make room */
  ZifuMoney  top;         /* fen: the uppermost grid line */
  int        now;         /* index of the last recorded column, −1 = none */
  int        focused;     /* index, −1 = none */
};

void zifu_month_columns_layout_measure (ZifuMonthColumns *self, GtkOrientation orientation, int *minimum, int *natural);
void zifu_month_columns_layout_allocate (ZifuMonthColumns *self, int width, int height);

G_END_DECLS
