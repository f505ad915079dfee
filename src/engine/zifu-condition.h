/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-date.h"
#include "zifu-value.h"

G_BEGIN_DECLS

/**
 * ZifuCondition:
 *
 * What one axis must hold for a rule to fit.  Either @options is set (equal to any of them), or all of the other members
 * that are stated must hold.
 */
typedef struct _ZifuCondition ZifuCondition;
struct _ZifuCondition {
  GPtrArray     *options; /* owned, nullable, of ZifuValue */
  gboolean       has_min, has_max;
  ZifuRational   min, max;
  ZifuDate       from, to; /* inclusive; 0 = not stated */
  ZifuCondition *not_;     /* owned, nullable */
  int            known;    /* -1 not stated, else a truth value */
};

ZifuCondition *zifu_condition_new (void);
ZifuCondition *zifu_condition_new_equal (ZifuValue *value);
void           zifu_condition_free (ZifuCondition *condition);
gboolean       zifu_condition_holds (const ZifuCondition *condition, const ZifuValue *value, const char *where, gboolean *holds,
                                     GError **error);
gboolean       zifu_condition_excludes (const ZifuCondition *a, const ZifuCondition *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCondition, zifu_condition_free)

G_END_DECLS
