/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-counters.h"

#include "zifu-private.h"

static ZifuCount *
lookup (const ZifuCounters *self, ZifuCounterKey key)
{
  if (G_LIKELY (key.id >= 0))
    return zifu_counters_at (self, key.id);
  for (guint i = 0; i < self->values->len; i++)
    {
      ZifuCount *count = &g_array_index (self->values, ZifuCount, i);

      if (count->key.id < 0 && g_str_equal (count->key.name, key.name))
        return count;
    }
  return NULL;
}

/* Where the values stand; of several of one name the first. */
static void
find_places (ZifuCounters *self)
{
  for (guint i = self->values->len; i > 0; i--)
    {
      int id = g_array_index (self->values, ZifuCount, i - 1).key.id;

      if (id >= 0)
        self->places[id] = i;
    }
}

static void
forget_places (ZifuCounters *self)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      int id = g_array_index (self->values, ZifuCount, i).key.id;

      if (id >= 0)
        self->places[id] = 0;
    }
}

/* The stay that comes next has a number of its own: one more than there were. */
static void
number_stays (ZifuCounters *self)
{
  const ZifuCount *stays = zifu_counters_at (self, self->plan->stays);

  if (stays == NULL)
    self->stay.number = ZIFU_RATIONAL_ONE;
  else if (stays->value.den == 1)
    self->stay.number = zifu_rational_from_int ((gint64) stays->value.num + 1);
  else
    self->stay.number = zifu_rational_from_int ((gint64) (stays->value.num / stays->value.den) + 1);
}

/**
 * zifu_counters_new:
 * @pack: the pack that declares the counters; must outlive them
 *
 * Returns: (transfer full): counters that nobody has fed
 */
ZifuCounters *
zifu_counters_new (const ZifuPack *pack)
{
  ZifuCounters *self = g_new0 (ZifuCounters, 1);

  self->pack = pack;
  self->plan = pack->plan;
  self->values = zifu_room_new (sizeof (ZifuCount));
  self->places = g_new0 (guint, self->plan->n_counters + 1);
  self->stay.kind = ZIFU_VALUE_NUMBER;
  self->stay.number = ZIFU_RATIONAL_ONE;
  return self;
}

/**
 * zifu_counters_free:
 * @self: (nullable) (transfer full): counters
 *
 * Frees the counters.
 */
void
zifu_counters_free (ZifuCounters *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->values);
  g_free (self->places);
  zifu_arena_clear (&self->names);
  g_free (self);
}

/**
 * zifu_counters_give:
 * @self: counters
 * @person: (nullable): whose counters are given; must outlive them
 * @first_day: day of the first visit: a value given without a day belongs to its period
 *
 * Puts the counters where they stand before the first visit.
 */
void
zifu_counters_give (ZifuCounters *self, const ZifuPerson *person, ZifuDate first_day)
{
  forget_places (self);
  self->values->len = 0;
  zifu_arena_reset (&self->names);
  self->on = first_day;
  for (guint i = 0; person != NULL && i < person->counters->len; i++)
    {
      const ZifuCounterValue *given = &g_array_index (person->counters, ZifuCounterValue, i);
      int id = zifu_lexicon_look (&self->plan->counter_names, given->name);
      ZifuCount count = { { given->name, id }, given->value, given->since != 0 ? given->since : first_day };

      *ZIFU_ROOM_ADD (self->values, ZifuCount) = count;
    }
  find_places (self);
}

/**
 * zifu_counters_restore:
 * @self: counters
 * @values: (array length=n) (nullable): where they stood
 * @n: how many
 *
 * Puts the counters back.
 */
void
zifu_counters_restore (ZifuCounters *self, const ZifuCount *values, guint n)
{
  forget_places (self);
  g_array_set_size (self->values, 0);
  if (n > 0)
    g_array_append_vals (self->values, values, n);
  find_places (self);
}

/* Whether a value begun on day @since still counts on day @on. */
static gboolean
still_counts (const ZifuCounters *self, ZifuCounterKey key, ZifuDate since, ZifuDate on)
{
  const ZifuCounterDecl *decl = key.id >= 0 ? self->plan->counter_decls[key.id] : zifu_pack_get_counter (self->pack, key.name);
  int month = self->pack->year_start_month, day = self->pack->year_start_day;

  switch (decl != NULL ? decl->reset : ZIFU_RESET_YEAR)
    {
    case ZIFU_RESET_NEVER:
      return TRUE;
    case ZIFU_RESET_MONTH:
      return zifu_month_of (since) == zifu_month_of (on);
    case ZIFU_RESET_DAYS:
      return on - since < (int) decl->days;
    case ZIFU_RESET_YEAR:
    default:
      if (decl != NULL && decl->start_month != 0)
        {
          month = decl->start_month;
          day = decl->start_day;
        }
      return since == on || zifu_date_benefit_year (since, month, day) == zifu_date_benefit_year (on, month, day);
    }
}

/* Drops the counters whose period is over; the first @n stay. */
static void
drop_old (ZifuCounters *self, guint n)
{
  forget_places (self);
  for (guint i = n; i < self->values->len; i++)
    {
      ZifuCount count = g_array_index (self->values, ZifuCount, i);

      if (still_counts (self, count.key, count.since, self->on))
        g_array_index (self->values, ZifuCount, n++) = count;
    }
  g_array_set_size (self->values, n);
  find_places (self);
}

/**
 * zifu_counters_start_visit:
 * @self: counters
 * @on: day of the visit
 *
 * Sets the counters whose period is over on that day to 0.
 */
void
zifu_counters_start_visit (ZifuCounters *self, ZifuDate on)
{
  self->on = on;
  for (guint i = 0; i < self->values->len; i++)
    {
      const ZifuCount *count = &g_array_index (self->values, ZifuCount, i);

      if (G_LIKELY (still_counts (self, count->key, count->since, on)))
        continue;
      drop_old (self, i);
      break;
    }
  number_stays (self);
  self->stay_moved = FALSE;
}

/**
 * zifu_counters_get:
 * @self: counters
 * @key: which one, with its axes filled in
 *
 * Returns: where it stands
 */
ZifuRational
zifu_counters_get (const ZifuCounters *self, ZifuCounterKey key)
{
  const ZifuCount *count = lookup (self, key);

  return count != NULL ? count->value : ZIFU_RATIONAL_ZERO;
}

/**
 * zifu_count_get_fen:
 * @count: where a counter stands
 * @fen: (out): the same in fen
 *
 * Returns: %FALSE when that is no whole number of fen, below 0, or too large
 */
gboolean
zifu_count_get_fen (const ZifuCount *count, ZifuMoney *fen)
{
  if (count->value.num < 0 || count->value.num > ZIFU_COUNTER_FEN)
    return FALSE;
  *fen = (gint64) count->value.num;
  if (G_LIKELY (count->value.den == 100))
    return TRUE;
  if (count->value.den > 100 || 100 % (gint64) count->value.den != 0)
    return FALSE;
  *fen *= 100 / (gint64) count->value.den;
  return *fen <= ZIFU_COUNTER_FEN;
}

static inline ZifuCount *
begin_count (ZifuCounters *self, ZifuCounterKey key)
{
  ZifuCount *count = ZIFU_ROOM_ADD (self->values, ZifuCount);

  /* The name was made for this visit; the counter lives longer. */
  count->key = (ZifuCounterKey){ key.id < 0 ? zifu_arena_text (&self->names, key.name) : key.name, key.id };
  count->value = (ZifuRational){ 0, 100 };
  count->since = self->on;
  if (key.id >= 0)
    self->places[key.id] = self->values->len;
  return count;
}

static void
note_feed (ZifuCounters *self, ZifuCounterKey key)
{
  if (G_LIKELY (key.id != self->plan->stays))
    return;
  number_stays (self);
  self->stay_moved = TRUE;
}

/**
 * zifu_counters_add_fen:
 * @self: counters
 * @id: number of a counter that stands at a whole number of fen
 * @amount: what is added, in fen
 *
 * Feeds a counter.
 */
void
zifu_counters_add_fen (ZifuCounters *self, int id, ZifuMoney amount)
{
  const ZifuCounterKey key = { self->plan->counters[id], id };
  ZifuCount *count;

  if (amount == 0)
    return;
  count = zifu_counters_at (self, id);
  if (count == NULL)
    begin_count (self, key)->value.num = amount;
  else if (G_LIKELY (count->value.den == 100))
    count->value.num += amount;
  else
    count->value = (ZifuRational){ (gint64) count->value.num * (100 / (gint64) count->value.den) + amount, 100 };
  note_feed (self, key);
}

/**
 * zifu_counters_add:
 * @self: counters
 * @key: which one, with its axes filled in
 * @amount: what is added: yuan, or a plain count
 * @error: return location: %ZIFU_ERROR with code %ZIFU_ERROR_OVERFLOW
 *
 * Feeds a counter.  A feed of nothing changes nothing, and does not begin a period.
 *
 * Returns: %FALSE when the sum cannot be held exactly
 */
gboolean
zifu_counters_add (ZifuCounters *self, ZifuCounterKey key, ZifuRational amount, GError **error)
{
  ZifuCount *count;

  if (amount.num == 0)
    return TRUE;
  count = lookup (self, key);
  if (count == NULL)
    begin_count (self, key)->value = amount;
  else if (!zifu_rational_add (count->value, amount, &count->value))
    return zifu_error_overflow (error, key.name);
  note_feed (self, key);
  return TRUE;
}
