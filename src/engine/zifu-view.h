/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-arena.h"
#include "zifu-plan.h"

G_BEGIN_DECLS

/*
 * Who wins a contest: known only when no condition had to be looked at.
 */
typedef struct {
  gboolean         known;
  guint            n;
  const ZifuRule **rules;
  gpointer         terms; /* nullable: what follows from it, of the type that the contest has; as long as the view */
} ZifuAnswer;

/*
 * The rules that fit one combination of what the deciding axes hold.
 */
typedef struct {
  guint64        key;
  const guint64 *in_force;
  guint32       *held;    /* by deciding axis */
  guint64       *fits;    /* rules whose conditions hold, as far as the sets of the plan can tell */
  guint64       *direct;  /* of these: rules whose conditions must be looked at */
  guint64       *careful; /* rules whose conditions must be looked at in their order */
  ZifuAnswer    *answers; /* by contest */
  const struct _ZifuLayerTerms **layers; /* by layer; nullable members: what a layer comes to, in whole numbers */
} ZifuView;

/*
 * Views that were needed before: people and visits are of few kinds, as far as rules are concerned.
 */
typedef struct {
  const ZifuPlan *plan;
  ZifuArena       memory;
  ZifuView      **places; /* 2^n of them, at most half of them taken */
  guint           mask;
  guint           n;
} ZifuViews;

void      zifu_views_init (ZifuViews *self, const ZifuPlan *plan);
void      zifu_views_clear (ZifuViews *self);
void      zifu_views_start_visit (ZifuViews *self);
ZifuView *zifu_views_find (ZifuViews *self, guint64 key, const guint64 *in_force, const guint32 *held);

/**
 * zifu_view_mix:
 * @axis: number of an axis
 * @held: what it holds, as a small number
 *
 * Returns: a number for that; those of all axes together, each exclusive-or the next, are the key of a view
 */
static inline guint64
zifu_view_mix (guint axis, guint held)
{
  guint64 x = ((guint64) (axis + 1) << 32 | held) * 0x9e3779b97f4a7c15u;

  x ^= x >> 29;
  return x * 0xbf58476d1ce4e5b9u;
}

G_END_DECLS
