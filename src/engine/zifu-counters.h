/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-arena.h"
#include "zifu-person.h"
#include "zifu-plan.h"

G_BEGIN_DECLS

/* Up to this many fen a counter is told as a whole number. */
#define ZIFU_COUNTER_FEN G_GINT64_CONSTANT (1000000000000)

/*
 * The name of a counter, and its number in the plan; −1 = a name that no rule states in full.
 */
typedef struct {
  const char *name;
  int         id;
} ZifuCounterKey;

typedef struct {
  ZifuCounterKey key;
  ZifuRational   value;
  ZifuDate       since;
} ZifuCount;

/*
 * Where the counters stand: they run from visit to visit, start at 0 and become 0 again when their period is over.
 */
typedef struct {
  const ZifuPlan *plan;
  const ZifuPack *pack;
  ZifuDate        on;
  GArray         *values; /* of ZifuCount */
  guint          *places; /* by number of a counter: its place among the values, the first is 1; 0 = nobody has fed it */
  ZifuArena       names;  /* made of axes */
  ZifuValue       stay;   /* the number that the next stay will have */
  gboolean        stay_moved; /* during this visit */
} ZifuCounters;

ZifuCounters *zifu_counters_new (const ZifuPack *pack);
void          zifu_counters_free (ZifuCounters *self);
void          zifu_counters_give (ZifuCounters *self, const ZifuPerson *person, ZifuDate first_day);
void          zifu_counters_start_visit (ZifuCounters *self, ZifuDate on);
void          zifu_counters_restore (ZifuCounters *self, const ZifuCount *values, guint n);
ZifuRational  zifu_counters_get (const ZifuCounters *self, ZifuCounterKey key);
gboolean      zifu_counters_add (ZifuCounters *self, ZifuCounterKey key, ZifuRational amount, GError **error);
gboolean      zifu_count_get_fen (const ZifuCount *count, ZifuMoney *fen);
void          zifu_counters_add_fen (ZifuCounters *self, int id, ZifuMoney amount);

/**
 * zifu_counters_at:
 * @self: counters
 * @id: number of a counter in the plan
 *
 * Returns: (nullable): where it stands; %NULL when nobody has fed it
 */
static inline ZifuCount *
zifu_counters_at (const ZifuCounters *self, int id)
{
  guint place = self->places[id];

  return place != 0 ? (ZifuCount *) self->values->data + place - 1 : NULL;
}

/**
 * zifu_counters_get_fen:
 * @self: counters
 * @id: number of a counter in the plan; −1 = none
 * @fen: (out): where it stands
 *
 * Returns: %FALSE when that is no whole number of fen, below 0, or too large
 */
static inline gboolean
zifu_counters_get_fen (const ZifuCounters *self, int id, ZifuMoney *fen)
{
  const ZifuCount *count = id >= 0 ? zifu_counters_at (self, id) : NULL;

  *fen = 0;
  return count == NULL || zifu_count_get_fen (count, fen);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCounters, zifu_counters_free)

G_END_DECLS
