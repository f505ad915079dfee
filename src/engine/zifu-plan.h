/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-lexicon.h"
#include "zifu-pack.h"

G_BEGIN_DECLS

/*
 * What an axis may hold, as a small number: one of these, or the number of a known text on top of ZIFU_HELD_TEXT, and beyond the texts
 * the classes of numbers: between, at and above the bounds that rules state, in this order; the first class is ZIFU_HELD_NUMBER.
 */
enum {
  ZIFU_HELD_ABSENT, /* not stated, or null */
  ZIFU_HELD_OTHER,  /* a text that no rule names */
  ZIFU_HELD_FALSE,
  ZIFU_HELD_TRUE,
  ZIFU_HELD_NUMBER,
  ZIFU_HELD_LIST,
  ZIFU_HELD_TEXT,
};

/* Axes that every plan has, with these numbers. */
enum { ZIFU_AXIS_BENEFIT, ZIFU_AXIS_LAYER, ZIFU_AXIS_GROUP, ZIFU_AXIS_STAY };

/*
 * An axis that some rule reads.  The sets of rules lie one after the other, one for each thing that the axis may hold.
 */
typedef struct {
  const char  *name;
  ZifuLexicon  texts;
  gboolean     is_read; /* some rule reads it */
  gboolean     decides; /* some rule has a condition or a table on it, or it is the benefit */
  guint        place;   /* among the axes that decide */
  guint        n_held;
  guint        n_texts_held; /* beyond them: the second class of numbers */
  ZifuRational *bounds;      /* rising: every number with which a rule compares the axis */
  gint64       *whole_bounds; /* nullable: the same, when all are whole numbers */
  gint64       *bounds_fen;   /* nullable: the same, when they are in range as amounts of fen */
  guint        n_bounds;
  gboolean     has_classes;  /* else there are too many bounds, and numbers must be looked at */
  guint64     *fits;    /* rules with no condition on this axis, or with one that holds */
  guint64     *direct;  /* nullable: rules whose condition must be looked at */
  guint64     *careful; /* nullable: the same, and it may be refused: all conditions are then looked at in their order */
  const ZifuAxisDecl *decl;  /* nullable */
  gboolean    *known;   /* nullable: what the declaration names; a number or a list must be looked at */
} ZifuPlanAxis;

/*
 * Rules that compete with one another.
 */
typedef struct {
  guint    id;
  gboolean is_empty;
  guint64 *set;
} ZifuContest;

typedef struct {
  guint       id;
  const char *name;
  ZifuContest deductible, share, cap;
  ZifuContest adjust[ZIFU_TARGET_SCOPE + 1];
  guint       n_meters; /* share and cap rules: as many meters at most */
} ZifuPlanLayer;

/*
 * A pack in the form in which it settles: names are small numbers, and whatever a person or a visit states is looked up once and
 * gives the set of the rules that fit.  A set has a bit for each rule, in the order of the rules' ids.
 */
typedef struct _ZifuPlan ZifuPlan;
struct _ZifuPlan {
  guint            n_rules, n_words;
  const ZifuRule **rules;

  ZifuLexicon   axis_names;
  ZifuPlanAxis *axes;
  guint         n_axes;
  guint        *deciding; /* axes that decide which rules fit; the benefit is the first */
  guint         n_deciding;
  guint64       key_care, key_item, key_category, key_group, key_unit_price; /* of these names */
  ZifuBuckets   account_default; /* what an account pays without a rule */
  gboolean      reads[ZIFU_AXIS_STAY + 1]; /* which of the axes that every plan has some rule reads */
  int           age, date, unit_price, amount, out, over_limit, prior; /* −1 = no rule reads it */
  guint64      *of_benefit; /* by what the axis "benefit" holds */

  ZifuDate *days; /* on which a rule or the value of an index begins to hold, or no longer does */
  guint     n_days;
  guint64  *in_force; /* before the first day, from the first day on … */

  guint          n_contests;
  ZifuContest    kinds[ZIFU_N_RULE_KINDS];
  ZifuContest    fixed[ZIFU_FIXED_VISIT + 1];
  ZifuLexicon    layer_names;
  ZifuPlanLayer *layers;
  guint          n_layers;
  ZifuLexicon    amount_names;
  ZifuContest   *amounts;
  guint          n_amounts;

  ZifuLexicon  counter_names; /* those without axes in them */
  const char **counters;
  const ZifuCounterDecl **counter_decls; /* nullable members */
  guint       *counter_ranks; /* by name */
  guint        n_counters;
  int          stays;
  ZifuLexicon  payer_names;
  const char **payers;
  guint        n_payers;
  guint        n_bands; /* of the rule that has most */
  gboolean     has_overrides;
  guint64     *to_confirm; /* rules with a day to which they are confirmed */

  GPtrArray *sets; /* owned memory of all sets */
};

ZifuPlan *zifu_plan_new (const ZifuPack *pack);
void      zifu_plan_free (ZifuPlan *plan);
void      zifu_plan_axes (ZifuPlan *self, const ZifuPack *pack);
guint64  *zifu_plan_sets (ZifuPlan *self, guint n);

const guint64 *zifu_plan_in_force (const ZifuPlan *self, ZifuDate on);

guint zifu_plan_class (const ZifuPlanAxis *axis, ZifuRational number);

/**
 * zifu_plan_held_number:
 * @axis: an axis
 * @number: what it holds
 *
 * Returns: the same as a small number
 */
static inline guint
zifu_plan_held_number (const ZifuPlanAxis *axis, ZifuRational number)
{
  return axis->has_classes && axis->n_bounds > 0 ? zifu_plan_class (axis, number) : ZIFU_HELD_NUMBER;
}

/**
 * zifu_plan_held_fen:
 * @axis: an axis
 * @fen: the amount that it holds
 *
 * Returns: the same as a small number
 */
static inline guint
zifu_plan_held_fen (const ZifuPlanAxis *axis, ZifuMoney fen)
{
  guint class = 0;

  if (axis->bounds_fen == NULL)
    return zifu_plan_held_number (axis, zifu_rational_from_fen (fen));
  while (class < 2 * axis->n_bounds && fen > axis->bounds_fen[class / 2])
    class += 2;
  if (class < 2 * axis->n_bounds && fen == axis->bounds_fen[class / 2])
    class++;
  return class > 0 ? axis->n_texts_held + class - 1 : ZIFU_HELD_NUMBER;
}

/**
 * zifu_plan_held:
 * @axis: an axis
 * @value: what it holds
 *
 * Returns: the same as a small number
 */
static inline guint
zifu_plan_held (const ZifuPlanAxis *axis, const ZifuValue *value)
{
  int text;

  switch (value->kind)
    {
    case ZIFU_VALUE_STRING:
      text = zifu_lexicon_find (&axis->texts, value->string, value->key);
      return text >= 0 ? ZIFU_HELD_TEXT + (guint) text : ZIFU_HELD_OTHER;
    case ZIFU_VALUE_BOOLEAN:
      return value->boolean ? ZIFU_HELD_TRUE : ZIFU_HELD_FALSE;
    case ZIFU_VALUE_NUMBER:
      return zifu_plan_held_number (axis, value->number);
    case ZIFU_VALUE_LIST:
      return ZIFU_HELD_LIST;
    case ZIFU_VALUE_NULL:
    default:
      return ZIFU_HELD_ABSENT;
    }
}

#define ZIFU_SET_ADD(set, i) ((set)[(i) / 64] |= (guint64) 1 << ((i) % 64))
#define ZIFU_SET_HAS(set, i) (((set)[(i) / 64] >> ((i) % 64)) & 1)

G_END_DECLS
