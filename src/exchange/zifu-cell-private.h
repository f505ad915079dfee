/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-mapping.h"

G_BEGIN_DECLS

/* What is wrong with a cell; the words for it are made when it is shown. */
typedef enum {
  ZIFU_CELL_FINE,
  ZIFU_CELL_EMPTY,
  ZIFU_CELL_NO_DATE,        /* not a day in any form that is known */
  ZIFU_CELL_NO_SUCH_DAY,    /* 31 February */
  ZIFU_CELL_DAY_OR_MONTH,   /* 03/04/2026: which comes first is not known */
  ZIFU_CELL_SHORT_YEAR,     /* 24.11.26 */
  ZIFU_CELL_NO_AMOUNT,      /* not an amount in the form that the file has */
  ZIFU_CELL_DECIMALS,       /* more than two */
  ZIFU_CELL_TOO_LARGE,
  ZIFU_CELL_NO_MONTH,
} ZifuCellFault;

char         *_zifu_cell_plain (const char *text);
ZifuCellFault _zifu_cell_parse_date (const char *text, ZifuDateOrder order, ZifuDate *date);
ZifuCellFault _zifu_cell_parse_month (const char *text, ZifuMonth *month);
ZifuCellFault _zifu_cell_parse_money (const char *text, ZifuNumberForm form, ZifuMoney *amount);

G_END_DECLS
