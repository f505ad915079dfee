/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "zifu-statement.h"

G_BEGIN_DECLS

/*
 * A row of the table.  What a row has no room for goes on in rows that hold nothing else.
 */
typedef struct {
  char     *day;     /* nullable: the row before goes on */
  char     *kind;    /* nullable */
  char     *detail;  /* nullable */
  ZifuMoney income;  /* fen, ≥ 0 */
  ZifuMoney outlay;  /* fen, ≥ 0 */
  ZifuMoney balance; /* fen */
  gboolean  unverified;
} ZifuStatementRow;

/*
 * What a kind of entry amounts to in the period.
 */
typedef struct {
  guint     count;
  ZifuMoney income, outlay;
} ZifuKindSum;

/*
 * Rows of one page, and what stood before them.
 */
typedef struct {
  guint     first, n;
  ZifuMoney income, outlay; /* of the pages before */
  gboolean  ends;           /* the sum of all stands below the rows */
} ZifuStatementPage;

/*
 * Where the line of writing is in text of a size.
 */
typedef struct {
  double   size;
  gboolean bold;
  int      baseline; /* units of Pango from the top */
} ZifuBaseline;

struct _ZifuStatement {
  char      *title, *name, *insurance, *region, *period; /* owned; region is nullable */
  char      *footer;  /* owned: where it comes from */
  GPtrArray *notices; /* owned, of char*: what must not be overlooked */
  GPtrArray *rows;    /* owned, of ZifuStatementRow: the oldest first */
  ZifuKindSum kinds[ZIFU_N_ENTRY_KINDS];
  ZifuMoney  opening, income, outlay, adjusted, closing;

  /* While it is printed. */
  PangoContext *context;      /* owned */
  double        width, height;
  double        money_width;  /* of the columns of amounts */
  double        kind_width;
  GArray       *pages;        /* owned, of ZifuStatementPage */
  GArray       *baselines;    /* owned, of ZifuBaseline: what was measured already */
};

G_END_DECLS
