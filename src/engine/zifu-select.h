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

ZifuView   *zifu_select_view (ZifuContext *context);
ZifuAnswer *zifu_select_answer (ZifuContext *context, const ZifuContest *contest);
guint64    *zifu_use_begin (ZifuRun *run);
guint64    *zifu_use_keep (const ZifuRun *run, ZifuArena *memory);
void        zifu_use_again (ZifuRun *run, const guint64 *used);
ZifuRules   zifu_rules_keep (ZifuArena *memory, const ZifuRules *list);
void        zifu_rules_sort (ZifuRules *list, gboolean (*before) (const ZifuRule *a, const ZifuRule *b));

G_END_DECLS
