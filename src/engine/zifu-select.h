/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-context.h"

G_BEGIN_DECLS

const char *zifu_rule_slot (const ZifuRule *rule);
gboolean    zifu_select_one (ZifuContext *context, const ZifuContest *contest, const ZifuPlace *place, const ZifuRule **winner,
                             GError **error);
gboolean    zifu_select_slots (ZifuContext *context, const ZifuContest *contest, const ZifuPlace *place, ZifuRules *winners,
                               GError **error);
gboolean    zifu_select_adjusts (ZifuContext *context, const ZifuContest *contest, const ZifuPlace *place, ZifuRules *winners,
                                 GError **error);

ZifuAnswer *zifu_select_answer (ZifuContext *context, const ZifuContest *contest);
guint64    *zifu_use_begin (ZifuRun *run);
guint64    *zifu_use_keep (const ZifuRun *run, ZifuArena *memory);
ZifuRules   zifu_rules_keep (ZifuArena *memory, const ZifuRules *list);
void        zifu_rules_sort (ZifuRules *list, gboolean (*before) (const ZifuRule *a, const ZifuRule *b));

/**
 * zifu_use_again:
 * @run: a run
 * @used: a set of rules
 *
 * Notes that rules were used.
 */
static inline void
zifu_use_again (ZifuRun *run, const guint64 *used)
{
  guint64 *all = run->used;

  for (guint w = 0, n = run->plan->n_words; w < n; w++)
    all[w] |= used[w];
}

/**
 * zifu_select_view:
 * @context: a context
 *
 * Returns: (transfer none): what is known of all who are seen alike
 */
static inline ZifuView *
zifu_select_view (ZifuContext *context)
{
  zifu_context_follow (context);
  if (context->view == NULL)
    context->view = zifu_views_find (context->run->views, context->key, context->run->in_force, context->held);
  return context->view;
}

G_END_DECLS
