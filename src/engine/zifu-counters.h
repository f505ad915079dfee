/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-pack.h"
#include "zifu-person.h"

G_BEGIN_DECLS

/*
 * Where the counters stand: they run from visit to visit, start at 0 and become 0 again when their period is over.
 */
typedef struct {
  const ZifuPack *pack;
  ZifuDate        on;
  GArray         *values; /* of ZifuCounterValue */
} ZifuCounters;

ZifuCounters *zifu_counters_new (const ZifuPack *pack, const ZifuPerson *person, ZifuDate first_day);
ZifuCounters *zifu_counters_copy (const ZifuCounters *self);
void          zifu_counters_free (ZifuCounters *self);
void          zifu_counters_start_visit (ZifuCounters *self, ZifuDate on);
ZifuRational  zifu_counters_get (const ZifuCounters *self, const char *name);
gboolean      zifu_counters_add (ZifuCounters *self, const char *name, ZifuRational amount, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCounters, zifu_counters_free)

G_END_DECLS
