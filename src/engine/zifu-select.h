/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-context.h"

G_BEGIN_DECLS

/*
 * Which rules compete: all of a kind, narrowed by what is stated here.
 */
typedef struct {
  ZifuRuleKind kind;
  const char  *layer;  /* deductible share adjust cap; nullable = any */
  int          target; /* adjust; −1 = any */
  int          per;    /* fixed; −1 = any */
  const char  *name;   /* amount; nullable = any */
  const char  *slot;   /* nullable = any */
} ZifuQuery;

#define ZIFU_QUERY(kind_) { .kind = (kind_), .target = -1, .per = -1 }

const char *zifu_rule_slot (const ZifuRule *rule);
gboolean    zifu_select_one (const ZifuContext *context, const ZifuQuery *query, const char *where, const ZifuRule **winner,
                             GError **error);
GPtrArray  *zifu_select_slots (const ZifuContext *context, const ZifuQuery *query, const char *where, GError **error);
GPtrArray  *zifu_select_adjusts (const ZifuContext *context, const char *layer, ZifuTarget target, const char *where, GError **error);

G_END_DECLS
