/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-value.h"

G_BEGIN_DECLS

/**
 * ZifuExprKind:
 *
 * The forms of an expression (policy guide, section on expressions): each is one member of the grammar.
 */
typedef enum {
  ZIFU_EXPR_NULL,    /* no limit */
  ZIFU_EXPR_NUMBER,  /* literal */
  ZIFU_EXPR_TABLE,   /* by an axis or by an expression */
  ZIFU_EXPR_AXIS,    /* numeric axis */
  ZIFU_EXPR_COUNTER, /* counter now */
  ZIFU_EXPR_INDEX,   /* dated index of the pack */
  ZIFU_EXPR_AMOUNT,  /* named amount rule */
  ZIFU_EXPR_RESULT,  /* result of the visit, in a tally */
  ZIFU_EXPR_SUM,
  ZIFU_EXPR_PRODUCT,
  ZIFU_EXPR_MIN,
  ZIFU_EXPR_MAX,
  ZIFU_EXPR_ROUND,
  ZIFU_EXPR_UNKNOWN, /* a figure that exists but was not found */
} ZifuExprKind;

/**
 * ZifuTableKey:
 *
 * One alternative of a key: "2|community" is two of them.
 */
typedef struct {
  char        *text;    /* owned: the alternative as written */
  gboolean     numeric; /* the range below is usable */
  gboolean     has_low, has_high, high_included;
  ZifuRational low, high;
} ZifuTableKey;

typedef struct _ZifuExpr ZifuExpr;

/**
 * ZifuTableEntry:
 *
 * A key of a table and what stands behind it.
 */
typedef struct {
  char     *text;         /* owned: the whole key as written */
  GArray   *alternatives; /* owned, of ZifuTableKey */
  ZifuExpr *value;        /* owned */
} ZifuTableEntry;

struct _ZifuExpr {
  ZifuExprKind kind;
  ZifuRational number;    /* NUMBER */
  char        *name;      /* AXIS COUNTER INDEX AMOUNT RESULT; TABLE by an axis.  owned, nullable */
  ZifuExpr    *by;        /* TABLE by an expression; ROUND: what is rounded.  owned, nullable */
  GPtrArray   *entries;   /* TABLE: of ZifuTableEntry.  owned, nullable */
  ZifuExpr    *otherwise; /* TABLE: the "else" branch.  owned, nullable */
  GPtrArray   *args;      /* SUM PRODUCT MIN MAX: of ZifuExpr.  owned, nullable */
  ZifuRound    round;     /* ROUND */
  char        *reason;    /* UNKNOWN.  owned */
  char        *reason_zh; /* UNKNOWN: the same in Chinese.  owned, nullable */
  ZifuExpr    *at_least;  /* UNKNOWN.  owned, nullable */
  ZifuExpr    *low, *high; /* UNKNOWN: both or none.  owned, nullable */

  /* Set when the pack is compiled: see zifu-plan.c. */
  int      id;     /* AXIS, TABLE by an axis, COUNTER, AMOUNT: its number; −1 = a name that is yet to be filled in */
  guint16 *branch; /* TABLE by an axis: its entry for everything that the axis may hold.  owned, nullable */
};

/* Members of ZifuExpr.branch that are not the number of an entry. */
#define ZIFU_BRANCH_NONE 0xffff /* no key fits */
#define ZIFU_BRANCH_ASK 0xfffe  /* the keys are to be compared */

typedef void (*ZifuExprFunc) (ZifuExpr *expr, gpointer data);

ZifuExpr *zifu_expr_new (ZifuExprKind kind);
ZifuExpr *zifu_expr_new_number (ZifuRational number);
ZifuExpr *zifu_expr_new_named (ZifuExprKind kind, const char *name);
void      zifu_expr_take_arg (ZifuExpr *expr, ZifuExpr *arg);
void      zifu_expr_take_entry (ZifuExpr *expr, const char *key, ZifuExpr *value);
void      zifu_expr_foreach (ZifuExpr *expr, ZifuExprFunc func, gpointer data);
gboolean  zifu_expr_reads (const ZifuExpr *expr, const char *name);
void      zifu_expr_free (ZifuExpr *expr);
gboolean  zifu_table_entry_fits (const ZifuTableEntry *entry, const ZifuValue *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuExpr, zifu_expr_free)

G_END_DECLS
