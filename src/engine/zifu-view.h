/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-arena.h"
#include "zifu-facts.h"
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

typedef struct _ZifuView ZifuView;

/*
 * The benefit under which visits are settled that are seen alike.
 */
typedef struct _ZifuRoute {
  const ZifuRule *rule;    /* nullable: it is that of the care */
  ZifuValue       benefit; /* a text of the pack */
  guint           held;
  ZifuView       *next;    /* with that benefit */
  const struct _ZifuRoute *other; /* nullable: of visits of another care, where that is all in which they differ */
} ZifuRoute;

/* More axes than these, more kinds of lines are not remembered. */
#define ZIFU_LINE_AXES 4
#define ZIFU_N_LINE_KINDS 32

typedef struct {
  guint axis, held;
} ZifuHeld;

/*
 * Lines that are seen alike: the axes that they state.
 */
typedef struct {
  const struct _ZifuLineTerms *terms; /* nullable: a free place */
  guint64  key;
  guint    n;
  ZifuHeld held[ZIFU_LINE_AXES];
} ZifuLineKind;

/* Lines that state more than this is long are not recognised by what they state. */
#define ZIFU_LINE_PRINT_WORDS 8
#define ZIFU_N_LINE_FACES 32

/*
 * Lines that state just the same, at prices of one class.
 */
typedef struct {
  const struct _ZifuLineTerms *terms; /* nullable: a free place */
  guint64   hash;
  gsize     n;      /* bytes of the print */
  ZifuMoney from, to; /* amounts, both included */
  gboolean  single; /* only with quantity 1 */
  gboolean  is_out; /* unless stated otherwise */
  gint64    num, den; /* the first own share, unless stated otherwise; −1 = it must be stated */
  guint64   letter; /* zifu_text_key() of the category; 0 = it is no text */
  guint64   words[ZIFU_LINE_PRINT_WORDS];
} ZifuLineFace;

/*
 * The rules that fit one combination of what the deciding axes hold.
 */
struct _ZifuView {
  guint64        key;
  const guint64 *in_force;
  guint32       *held;    /* by deciding axis */
  guint64       *fits;    /* rules whose conditions hold, as far as the sets of the plan can tell */
  guint64       *direct;  /* of these: rules whose conditions must be looked at */
  guint64       *careful; /* rules whose conditions must be looked at in their order */
  ZifuAnswer    *answers; /* by contest */
  const struct _ZifuLayerTerms **layers; /* by layer; nullable members: what a layer comes to, in whole numbers */
  ZifuLineKind   *lines; /* nullable; ZIFU_N_LINE_KINDS of them: lines of a bill that were scoped before */
  ZifuLineFace  *line_faces; /* nullable; ZIFU_N_LINE_FACES of them */
  const ZifuRoute *route; /* nullable; before the benefit is known */
  const struct _ZifuRoutine *routine; /* nullable; after the benefit is known: how such visits are settled */
};

/* People and visits that state more than this is long are not recognised by what they state. */
#define ZIFU_FACE_WORDS 40
#define ZIFU_N_FACES 64

/*
 * A person and a visit that state just the same, while the same rules are in force.
 */
typedef struct {
  ZifuView        *view; /* nullable: a free place; with the benefit */
  const ZifuRoute *route;
  guint64          key;
  const guint64   *in_force;
  ZifuDate         day;   /* 0 = the day says nothing beyond that */
  gint64           stays; /* the number of the next stay */
  guint            stay;  /* of this one, as settlements tell it */
  gsize            n_person, n_visit; /* bytes of the prints, whose words follow one another */
  guint64          words[ZIFU_FACE_WORDS];
} ZifuFace;

/* What a fact means to a line of a bill beyond being an axis. */
typedef enum {
  ZIFU_ROLE_NONE,
  ZIFU_ROLE_ITEM,
  ZIFU_ROLE_CATEGORY,
  ZIFU_ROLE_GROUP,
  ZIFU_ROLE_UNIT_PRICE,
} ZifuRole;

/*
 * A fact that was read before.  The texts are the pack's; short ones are in their keys.
 */
typedef struct {
  guint64       name_key, value_key;
  guint         kind;     /* see zifu_reading_key(); 0 = nothing was read yet */
  gboolean      is_short; /* the keys say all */
  const char   *name;
  const char   *text; /* nullable: it is not a text */
  int           axis; /* −1 = no rule reads it */
  ZifuRole      role;
  guint         held;
  gboolean      decides;
  guint         place;      /* of the axis, among those that decide */
  guint64       turn;       /* what the axis turns in the key of a view that did not hold it */
  gboolean      suspicious; /* the pack may not know this value */
} ZifuReading;

#define ZIFU_N_READINGS 256

/*
 * Views that were needed before: people and visits are of few kinds, as far as rules are concerned.
 */
typedef struct {
  const ZifuPlan *plan;
  ZifuArena       memory;
  ZifuView      **places; /* 2^n of them, at most half of them taken */
  guint           mask;
  guint           n;
  ZifuReading    *readings; /* ZIFU_N_READINGS of them: the last one in each place */
  ZifuReading     unkept;
  ZifuFace       *faces; /* nullable; ZIFU_N_FACES of them: the last one in each place */
  ZifuDate        day;   /* 0 = none was asked for yet */
  const guint64  *in_force; /* on that day */
} ZifuViews;

void      zifu_views_init (ZifuViews *self, const ZifuPlan *plan);
void      zifu_views_clear (ZifuViews *self);
void      zifu_views_start_visit (ZifuViews *self);
gboolean           zifu_reading_is_same (const ZifuReading *self, const ZifuFact *fact);
const ZifuReading *zifu_views_read_anew (ZifuViews *self, const ZifuFact *fact, ZifuReading *reading);
ZifuView *zifu_views_find (ZifuViews *self, guint64 key, const guint64 *in_force, const guint32 *held);

/**
 * zifu_views_in_force:
 * @self: views
 * @day: a day, mostly that of the visit before
 *
 * Returns: (transfer none): the rules that hold on that day
 */
static inline const guint64 *
zifu_views_in_force (ZifuViews *self, ZifuDate day)
{
  if (G_UNLIKELY (day != self->day || self->in_force == NULL))
    self->in_force = zifu_plan_in_force (self->plan, day);
  self->day = day;
  return self->in_force;
}

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

/**
 * zifu_reading_key:
 * @value: a value
 * @key: (out): a number for what it is to the rules: its text, its truth, or how many; lists are all alike
 *
 * Returns: of what kind it is; 0 = that does not say all
 */
static inline guint
zifu_reading_key (const ZifuValue *value, guint64 *key)
{
  *key = 0;
  if (value->kind == ZIFU_VALUE_STRING)
    *key = value->key;
  else if (value->kind == ZIFU_VALUE_BOOLEAN)
    *key = (guint64) value->boolean;
  else if (value->kind == ZIFU_VALUE_NUMBER)
    {
      *key = (guint64) value->number.num;
      if (value->number.den != 1 || value->number.num != (gint64) value->number.num)
        return 0;
    }
  return 1 + value->kind;
}

/**
 * zifu_views_read:
 * @self: views
 * @fact: a fact
 *
 * Finds out which axis a fact states, and what that holds.
 *
 * Returns: (transfer none): what was found, until the next fact is read
 */
static inline const ZifuReading *
zifu_views_read (ZifuViews *self, const ZifuFact *fact)
{
  guint64 key, mixed;
  guint kind = zifu_reading_key (fact->value, &key);
  ZifuReading *reading;

  mixed = (fact->key + key * 0x9e3779b97f4a7c15u) * 0xbf58476d1ce4e5b9u;
  reading = &self->readings[(mixed ^ mixed >> 32) >> 24 & (ZIFU_N_READINGS - 1)];
  if (G_LIKELY (reading->name_key == fact->key && reading->value_key == key && reading->kind == kind && kind != 0 &&
                (reading->is_short || zifu_reading_is_same (reading, fact))))
    return reading;
  return zifu_views_read_anew (self, fact, reading);
}

G_END_DECLS
