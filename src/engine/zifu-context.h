/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-arena.h"
#include "zifu-counters.h"
#include "zifu-error.h"
#include "zifu-settle.h"
#include "zifu-view.h"
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
 * What an axis holds.
 */
typedef struct {
  const ZifuValue *value; /* nullable */
  guint            held;  /* the same, see zifu-plan.h */
} ZifuBound;

/*
 * The place of a settlement, for messages: "HEAD", "HEAD/TAIL", "HEAD TAIL", or "line N HEAD".
 */
typedef struct {
  const char *head;
  const char *tail; /* nullable */
  int         line; /* of the bill, the first is 1; 0 = none; −1 = none, and no stroke between head and tail */
} ZifuPlace;

#define ZIFU_PLACE(head_) (&(const ZifuPlace){ (head_), NULL, 0 })

/*
 * What one computation shares: who, when, where the counters stand, and which rules were used.
 */
typedef struct {
  ZifuPack         *pack;
  const ZifuPlan   *plan;
  const ZifuPerson *person;
  const ZifuVisit  *visit; /* nullable */
  ZifuCounters     *counters;
  ZifuDate          on;
  ZifuUnknownAs     unknown_as;
  ZifuEnds         *ends;      /* nullable: the same, figure by figure */
  ZifuArena        *scratch;
  ZifuViews        *views;
  const guint64    *in_force;  /* rules that hold on that day */
  guint64          *used;      /* every rule that won a slot */
  guint8           *busy;      /* nullable: named amounts that are being evaluated */
  const ZifuResult *results;   /* nullable: only while tallies are evaluated */
  guint             n_results;
  gboolean          live;      /* something was read that people seen alike may not share */
  const ZifuExpr   *unknown;   /* the expression behind the last ZIFU_ERROR_UNKNOWN_FIGURE */
  gboolean          suspicious; /* something is stated that the pack may not know */
  ZifuValue         age, date;
  char              date_text[12];
} ZifuRun;

/*
 * Everything that an expression or a selector may read.  A context for a layer, a group or a line of the bill begins as its
 * parent, and states some axes itself.
 */
typedef struct _ZifuContext ZifuContext;
struct _ZifuContext {
  ZifuRun   *run;
  ZifuBound *bound;   /* by axis */
  guint32   *held;    /* by axis that decides */
  guint64    key;     /* the same, mixed */
  ZifuView  *view;    /* nullable: the rules that fit, once they were asked for */
  ZifuValue  own[8];  /* stated here */
  guint      n_own;
};

/*
 * A run without a visit, with all that it needs: credits, amounts and coverage are computed in one.
 */
typedef struct {
  ZifuArena     scratch;
  ZifuViews     views;
  ZifuCounters *counters;
  ZifuRun       run;
} ZifuOffice;

void zifu_office_open (ZifuOffice *self, ZifuPack *pack, const ZifuPerson *person, ZifuDate on);
void zifu_office_clear (ZifuOffice *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZifuOffice, zifu_office_clear)

void zifu_run_init (ZifuRun *self, ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, ZifuCounters *counters, ZifuDate on,
                    ZifuArena *scratch, ZifuViews *views);
void zifu_context_init (ZifuContext *self, ZifuRun *run);
void zifu_context_init_child (ZifuContext *self, const ZifuContext *parent);
void zifu_context_bind (ZifuContext *self, guint axis, ZifuBound bound);
void zifu_context_set_string (ZifuContext *self, guint axis, const char *text);
void zifu_context_set_number (ZifuContext *self, guint axis, ZifuRational number);
void zifu_context_set_count (ZifuContext *self, const char *name, gint64 number);
void zifu_context_restore (ZifuContext *self, const ZifuContext *parent, guint axis);

void zifu_context_bind_stay (ZifuContext *self);
const ZifuValue *zifu_context_axis (const ZifuContext *self, const char *name);
const char      *zifu_context_benefit (const ZifuContext *self);
gboolean         zifu_context_counter (ZifuContext *self, const char *template_, int id, ZifuCounterKey *key, GError **error);
gboolean         zifu_context_eval (ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuNumber *out, GError **error);
gboolean         zifu_context_must (ZifuContext *self, const ZifuExpr *expr, const char *where, ZifuRational *out, GError **error);
gboolean         zifu_context_named_amount (ZifuContext *self, int id, const char *name, const char *where, ZifuNumber *out,
                                            GError **error);

/**
 * zifu_context_follow:
 * @self: a context
 *
 * The number of the stay moves on when its counter is fed; the context follows before somebody looks at it.
 */
static inline void
zifu_context_follow (ZifuContext *self)
{
  const ZifuCounters *counters = self->run->counters;

  if (G_UNLIKELY (counters->stay_moved) && self->bound[ZIFU_AXIS_STAY].value == &counters->stay)
    zifu_context_bind_stay (self);
}

char    *zifu_place_text (const ZifuPlace *place);
gboolean zifu_place_overflow (const ZifuPlace *place, GError **error);
gboolean zifu_place_refuse (const ZifuPlace *place, ZifuError code, const char *template_, GError **error);

G_END_DECLS
