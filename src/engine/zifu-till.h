/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-layer.h"
#include "zifu-scope.h"

G_BEGIN_DECLS

/*
 * An axis that a line of the bill states.
 */
typedef struct {
  guint     axis;
  ZifuBound bound;
} ZifuLineBound;

typedef struct {
  ZifuLineBound   *bounds;
  guint            n;
  gboolean         has_item, has_group, has_price;
  const ZifuValue *category; /* nullable */
  guint64          key;      /* of what they hold */
} ZifuLineBounds;

/*
 * What a tally adds to its counter.
 */
typedef struct {
  ZifuCounterKey key;
  int            result; /* see zifu_till_result(); −1 = @add */
  ZifuRational   add;
} ZifuTallyTerms;

/*
 * How visits are settled that are seen alike.
 */
typedef struct _ZifuRoutine ZifuRoutine;
struct _ZifuRoutine {
  gboolean        takes_sums; /* a bill that is given by its parts */
  const ZifuRule *account;    /* nullable */
  ZifuRules       layers;     /* above the base, in their order */
  ZifuTallyTerms *tallies;
  guint           n_tallies;
  guint64        *used; /* rules, beyond those of lines and layers */
};

/*
 * The till: one visit while it is settled.  The steps of the policy guide's section on settlement are its functions, in
 * their order; each reads what the earlier ones left here.
 */
typedef struct {
  ZifuRun          run;
  ZifuContext      context;
  ZifuView        *view;  /* as what the visit is seen under its benefit */
  const ZifuRoute *route; /* nullable: how that was found, if it is remembered */
  ZifuSettlement  *settlement;
  const ZifuVisit *visit;
  GArray          *purses; /* of ZifuPurse: taken from as the account pays */
  GArray          *mutual; /* of ZifuMutualAccount */

  ZifuRational gate; /* share of the benefits */
  gboolean     account_open, claim;
  ZifuBillLine    one_line; /* of a bill that is given by its parts */
  const ZifuBillLine *lines;
  guint            n_lines;
  ZifuLineBounds  *line_bounds; /* nullable: no line states an axis that a rule reads */
  ZifuSegment     *groups; /* in-scope cost */
  guint            n_groups;
  ZifuMoney    part[ZIFU_N_BUCKETS]; /* what the person bears now */
  ZifuMoney    net[ZIFU_N_BUCKETS];  /* the same, after refunds that come after the year; from the base layer on */
  const ZifuRule *fixed_visit; /* nullable */
  const ZifuRule *account;     /* nullable */
  GArray      *funds; /* of ZifuFundLine, the hospital's part among them */
} ZifuTill;

/**
 * zifu_till_init:
 * @self: a till
 *
 * Nothing has happened yet; run and context are to be begun.
 */
static inline void
zifu_till_init (ZifuTill *self)
{
  self->account_open = self->claim = FALSE;
  self->lines = NULL;
  self->n_lines = 0;
  self->line_bounds = NULL;
  self->groups = NULL;
  self->n_groups = 0;
  for (guint i = 0; i < ZIFU_N_BUCKETS; i++)
    self->part[i] = 0;
  self->fixed_visit = self->account = NULL;
  self->view = NULL;
  self->route = NULL;
}

/**
 * zifu_line_letter:
 * @bounds: what a line states
 *
 * Returns: zifu_text_key() of its category; 0 = it is no text
 */
static inline guint64
zifu_line_letter (const ZifuLineBounds *bounds)
{
  return bounds->category != NULL && bounds->category->kind == ZIFU_VALUE_STRING ? bounds->category->key : 0;
}

#define ZIFU_TILL_CONTEST(till, kind) (&(till)->run.plan->kinds[(kind)])

void     zifu_till_take_lines (ZifuTill *self);
void     zifu_till_bind_line (ZifuTill *self, guint i);
void     zifu_till_bind_lines (ZifuTill *self);
ZifuLineKind *zifu_till_line_kind (ZifuTill *self, ZifuView *view, guint i, ZifuLineKind *kind);
gboolean zifu_till_enter (ZifuTill *self, GError **error);
void     zifu_till_take_route (ZifuTill *self, const ZifuRoute *known);
gboolean zifu_till_check_axes (ZifuTill *self, GError **error);
gboolean zifu_till_gates (ZifuTill *self, GError **error);
gboolean zifu_till_scope (ZifuTill *self, GError **error);
gboolean zifu_till_first_own (ZifuTill *self, GError **error);
gboolean zifu_till_account_first (ZifuTill *self, GError **error);
gboolean zifu_till_layers (ZifuTill *self, GError **error);
gboolean zifu_till_person (ZifuTill *self, GError **error);
gboolean zifu_till_stack (ZifuTill *self, GError **error);

void        zifu_till_scope_sums (ZifuTill *self);
void        zifu_till_bear (ZifuTill *self);
const char *zifu_till_strange_purse (const ZifuTill *self);
void        zifu_till_pay_first (ZifuTill *self);
void        zifu_till_pay (ZifuTill *self);
void        zifu_till_sort_layers (ZifuRules *layers);
gboolean    zifu_till_layers_again (ZifuTill *self, const ZifuRules *layers);
int         zifu_till_result (const char *name);
gboolean    zifu_till_tally_again (ZifuTill *self, const ZifuTallyTerms *tallies, guint n);
gboolean    zifu_till_scope_again (ZifuTill *self);
void        zifu_till_learn (ZifuTill *self);
gboolean    zifu_till_again (ZifuTill *self);

G_END_DECLS
