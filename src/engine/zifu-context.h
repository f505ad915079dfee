/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-counters.h"
#include "zifu-settle.h"
#include "zifu-visit.h"

G_BEGIN_DECLS

/*
 * The value of an expression: a number, or null, which stands for "no limit".
 */
typedef struct {
  gboolean     is_null;
  ZifuRational value;
} ZifuNumber;

typedef struct {
  const char *name;
  ZifuMoney   amount; /* fen */
} ZifuResult;

/*
 * What one computation shares: who, when, where the counters stand, and which rules were used.
 */
typedef struct {
  ZifuPack         *pack;
  const ZifuPerson *person;
  const ZifuVisit  *visit; /* nullable */
  ZifuCounters     *counters;
  ZifuDate          on;
  ZifuUnknownAs     unknown_as;
  GPtrArray        *used;         /* of const ZifuRule: every rule that won a slot */
  GPtrArray        *amount_stack; /* of const char*: named amounts that are being evaluated */
  const ZifuResult *results;      /* nullable: only while tallies are evaluated */
  guint             n_results;
  const ZifuExpr   *unknown;      /* the expression behind the last ZIFU_ERROR_UNKNOWN_FIGURE */
  ZifuValue        *derived_age, *derived_stay, *derived_date;
} ZifuRun;

/*
 * Everything that an expression or a selector may read.  A context for a layer, a group or a line of the bill hides
 * nothing of its parent but the axes that it states itself.
 */
typedef struct _ZifuContext ZifuContext;
struct _ZifuContext {
  ZifuRun           *run;
  const ZifuContext *parent; /* nullable */
  const ZifuFacts   *line;   /* nullable: axes of a line of the bill */
  ZifuFacts         *extra;  /* nullable: axes that this step defines */
};

ZifuRun    *zifu_run_new (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, ZifuCounters *counters, ZifuDate on);
void        zifu_run_free (ZifuRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuRun, zifu_run_free)

void        zifu_context_init (ZifuContext *self, ZifuRun *run, const ZifuContext *parent);
void        zifu_context_clear (ZifuContext *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZifuContext, zifu_context_clear)
void        zifu_context_set_string (ZifuContext *self, const char *name, const char *text);
void        zifu_context_set_number (ZifuContext *self, const char *name, ZifuRational number);

const ZifuValue *zifu_context_axis (const ZifuContext *self, const char *name);
const char      *zifu_context_axis_string (const ZifuContext *self, const char *name);
char            *zifu_context_name (const ZifuContext *self, const char *template_, GError **error);
gboolean         zifu_context_eval (const ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error);
gboolean         zifu_context_must (const ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuRational *out, GError **error);
gboolean         zifu_context_named_amount (const ZifuContext *self, const char *name, const char *where, ZifuNumber *out, GError **error);

G_END_DECLS
