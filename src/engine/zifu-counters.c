/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-counters.h"

#include "zifu-private.h"

static void
value_clear (gpointer data)
{
  g_free (((ZifuCounterValue *) data)->name);
}

static ZifuCounterValue *
lookup (const ZifuCounters *self, const char *name)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      ZifuCounterValue *value = &g_array_index (self->values, ZifuCounterValue, i);

      if (g_str_equal (value->name, name))
        return value;
    }
  return NULL;
}

static void
append (ZifuCounters *self, const char *name, ZifuRational value, ZifuDate since)
{
  ZifuCounterValue added = { g_strdup (name), value, since };

  g_array_append_val (self->values, added);
}

/**
 * zifu_counters_new:
 * @pack: the pack that declares the counters; must outlive them
 * @person: whose counters are given
 * @first_day: day of the first visit: a value given without a day belongs to its period
 *
 * Returns: (transfer full): the counters before the first visit
 */
ZifuCounters *
zifu_counters_new (const ZifuPack *pack, const ZifuPerson *person, ZifuDate first_day)
{
  ZifuCounters *self = g_new0 (ZifuCounters, 1);

  self->pack = pack;
  self->on = first_day;
  self->values = g_array_new (FALSE, FALSE, sizeof (ZifuCounterValue));
  g_array_set_clear_func (self->values, value_clear);
  for (guint i = 0; i < person->counters->len; i++)
    {
      const ZifuCounterValue *given = &g_array_index (person->counters, ZifuCounterValue, i);

      append (self, given->name, given->value, given->since != 0 ? given->since : first_day);
    }
  return self;
}

/**
 * zifu_counters_copy:
 * @self: counters
 *
 * Returns: (transfer full): a copy
 */
ZifuCounters *
zifu_counters_copy (const ZifuCounters *self)
{
  ZifuCounters *copy = g_new0 (ZifuCounters, 1);

  *copy = *self;
  copy->values = g_array_new (FALSE, FALSE, sizeof (ZifuCounterValue));
  g_array_set_clear_func (copy->values, value_clear);
  for (guint i = 0; i < self->values->len; i++)
    {
      const ZifuCounterValue *value = &g_array_index (self->values, ZifuCounterValue, i);

      append (copy, value->name, value->value, value->since);
    }
  return copy;
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
  g_free (self);
}

/* Whether a value begun on day @since still counts on day @on. */
static gboolean
still_counts (const ZifuCounters *self, const char *name, ZifuDate since, ZifuDate on)
{
  const ZifuCounterDecl *decl = zifu_pack_get_counter (self->pack, name);
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
      return zifu_date_benefit_year (since, month, day) == zifu_date_benefit_year (on, month, day);
    }
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
      const ZifuCounterValue *value = &g_array_index (self->values, ZifuCounterValue, i);

      if (!still_counts (self, value->name, value->since, on))
        g_array_remove_index (self->values, i--);
    }
}

/**
 * zifu_counters_get:
 * @self: counters
 * @name: name of a counter, with its axes filled in
 *
 * Returns: where it stands
 */
ZifuRational
zifu_counters_get (const ZifuCounters *self, const char *name)
{
  const ZifuCounterValue *value = lookup (self, name);

  return value != NULL ? value->value : ZIFU_RATIONAL_ZERO;
}

/**
 * zifu_counters_add:
 * @self: counters
 * @name: name of a counter, with its axes filled in
 * @amount: what is added: yuan, or a plain count
 * @error: return location: %ZIFU_ERROR with code %ZIFU_ERROR_OVERFLOW
 *
 * Feeds a counter.  A feed of nothing changes nothing, and does not begin a period.
 *
 * Returns: %FALSE when the sum cannot be held exactly
 */
gboolean
zifu_counters_add (ZifuCounters *self, const char *name, ZifuRational amount, GError **error)
{
  ZifuCounterValue *value;

  if (amount.num == 0)
    return TRUE;
  value = lookup (self, name);
  if (value == NULL)
    append (self, name, amount, self->on);
  else if (!zifu_rational_add (value->value, amount, &value->value))
    return zifu_error_overflow (error, name);
  return TRUE;
}
