/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-settle.h"

#include "zifu-face.h"
#include "zifu-select.h"
#include "zifu-till.h"

#include <string.h>

/*
 * The counter at which visits are settled: what one visit after another needs, and whose room is kept between them.
 */
typedef struct {
  ZifuPack     *pack;
  ZifuArena     scratch;
  ZifuViews     views;
  GArray       *funds;  /* of ZifuFundLine */
  GArray       *purses; /* of ZifuPurse: the names are the person's */
  GArray       *mutual; /* of ZifuMutualAccount: the ids are the person's */
  ZifuCounters *counters;
  ZifuUnknownAs unknown_as;
  ZifuEnds     *ends;    /* nullable, not owned */
  gboolean      goes_on; /* other visits of the same person follow: one that is refused must not have moved anything */
  gboolean      twice;   /* for tests: what is remembered of a visit settles it once more */
  /* where they stood before the visit */
  ZifuPurse         *purses_before;
  ZifuMutualAccount *mutual_before;
  ZifuCount         *counts_before;
  guint              n_counts_before;
} Desk;

struct _ZifuCase {
  Desk        desk;
  ZifuPerson *person;
};

struct _ZifuSettler {
  Desk            desk;
  ZifuSettlement *settlement;
};

static void
desk_init (Desk *desk, ZifuPack *pack)
{
  *desk = (Desk){ .pack = zifu_pack_ref (pack) };
  zifu_arena_init (&desk->scratch, 16 * 1024);
  zifu_views_init (&desk->views, pack->plan);
  desk->funds = zifu_room_new (sizeof (ZifuFundLine));
  desk->purses = zifu_room_new (sizeof (ZifuPurse));
  desk->mutual = zifu_room_new (sizeof (ZifuMutualAccount));
  desk->counters = zifu_counters_new (pack);
}

static void
desk_clear (Desk *desk)
{
  zifu_arena_clear (&desk->scratch);
  zifu_views_clear (&desk->views);
  g_array_unref (desk->funds);
  g_array_unref (desk->purses);
  g_array_unref (desk->mutual);
  zifu_counters_free (desk->counters);
  zifu_pack_unref (desk->pack);
}

/* Somebody steps up, with money and counters as they stand before the first visit. */
static void
desk_receive (Desk *desk, const ZifuPerson *person, ZifuDate first_day)
{
  desk->purses->len = desk->mutual->len = 0;
  for (guint i = 0; i < person->purses->len; i++)
    *ZIFU_ROOM_ADD (desk->purses, ZifuPurse) = g_array_index (person->purses, ZifuPurse, i);
  for (guint i = 0; i < person->mutual->len; i++)
    *ZIFU_ROOM_ADD (desk->mutual, ZifuMutualAccount) = g_array_index (person->mutual, ZifuMutualAccount, i);
  zifu_counters_give (desk->counters, person, first_day);
}

static void *
remember (Desk *desk, const GArray *array, gsize size)
{
  return array->len > 0 ? memcpy (zifu_arena_take (&desk->scratch, size * array->len), array->data, size * array->len) : NULL;
}

static void
desk_remember (Desk *desk)
{
  desk->purses_before = remember (desk, desk->purses, sizeof (ZifuPurse));
  desk->mutual_before = remember (desk, desk->mutual, sizeof (ZifuMutualAccount));
  desk->counts_before = remember (desk, desk->counters->values, sizeof (ZifuCount));
  desk->n_counts_before = desk->counters->values->len;
}

/* Nothing has happened. */
static void
desk_restore (Desk *desk)
{
  if (desk->purses->len > 0)
    memcpy (desk->purses->data, desk->purses_before, sizeof (ZifuPurse) * desk->purses->len);
  if (desk->mutual->len > 0)
    memcpy (desk->mutual->data, desk->mutual_before, sizeof (ZifuMutualAccount) * desk->mutual->len);
  zifu_counters_restore (desk->counters, desk->counts_before, desk->n_counts_before);
}

static void
note_unconfirmed (ZifuSettlement *s, const ZifuRule *rule)
{
  if (rule->confirmed_to < s->date)
    *ZIFU_ROOM_ADD (s->notes, ZifuNote) = (ZifuNote){ "not-confirmed", rule, NULL, rule->confirmed_to };
}

/* The rules that were used, by id, and a note for each that is used past the day to which it is confirmed. */
static void
report_rules (ZifuTill *till)
{
  const ZifuPlan *plan = till->run.plan;
  ZifuSettlement *s = till->settlement;
  gpointer *end = s->rules->pdata;

  /* The list has room for every rule of the pack. */
  for (guint w = 0; w < plan->n_words; w++)
    {
      guint64 used = till->run.used[w];

      for (guint64 left = used & plan->to_confirm[w]; left != 0; left &= left - 1)
        note_unconfirmed (s, plan->rules[w * 64 + (guint) __builtin_ctzll (left)]);
      for (; used != 0; used &= used - 1)
        *end++ = (gpointer) plan->rules[w * 64 + (guint) __builtin_ctzll (used)];
    }
  s->rules->len = (guint) (end - s->rules->pdata);
}

/* By name. */
static inline gboolean
counts_before (const ZifuPlan *plan, const ZifuCounterKey *a, const ZifuCounterKey *b)
{
  if (a->id >= 0 && b->id >= 0)
    return plan->counter_ranks[a->id] < plan->counter_ranks[b->id];
  return strcmp (a->name, b->name) < 0;
}

/* Where the counters stand, by name.  Few are out of order. */
static void
report_counters (ZifuTill *till)
{
  const ZifuPlan *plan = till->run.plan;
  ZifuSettlement *s = till->settlement;
  GArray *values = till->run.counters->values;
  const ZifuCount *counts = (const ZifuCount *) values->data;
  guint n = values->len, *order = ZIFU_ARENA_NEW (till->run.scratch, guint, n);

  for (guint i = 0; i < n; i++)
    {
      guint at = i;

      for (; at > 0 && counts_before (plan, &counts[i].key, &counts[order[at - 1]].key); at--)
        order[at] = order[at - 1];
      order[at] = i;
    }
  for (guint i = 0; i < n; i++)
    {
      const ZifuCount *count = &counts[order[i]];
      ZifuCounterValue *counter = ZIFU_ROOM_ADD (s->counters, ZifuCounterValue);

      counter->name = (char *) (count->key.id >= 0 ? plan->counters[count->key.id] : zifu_settlement_keep (s, count->key.name));
      counter->value = count->value;
      counter->since = count->since;
    }
}

static void
report_state (ZifuTill *till)
{
  ZifuSettlement *s = till->settlement;

  for (guint i = 0; i < till->purses->len; i++)
    {
      ZifuPurse purse = g_array_index (till->purses, ZifuPurse, i);

      s->balance += purse.amount;
      purse.name = g_array_index (s->purses_before, ZifuPurse, i).name;
      *ZIFU_ROOM_ADD (s->purses, ZifuPurse) = purse;
    }
  report_counters (till);
  if (till->visit->has_prepaid)
    {
      s->has_prepaid = TRUE;
      s->refund = MAX (0, till->visit->prepaid - s->cash);
      s->still_due = MAX (0, s->cash - till->visit->prepaid);
    }
}

/* An end that stands for a figure which is known only between two bounds is of this one settlement: it is nothing to remember. */
static gboolean
takes_figures_as_they_are (const ZifuTill *till)
{
  return till->run.ends == NULL && till->run.unknown_as == ZIFU_UNKNOWN_REFUSED;
}

static gboolean
settle (ZifuTill *till, GError **error)
{
  if (!zifu_till_gates (till, error) || !zifu_till_scope (till, error) || !zifu_till_first_own (till, error) ||
      !zifu_till_account_first (till, error) || !zifu_till_layers (till, error) || !zifu_till_person (till, error))
    return FALSE;
  if (takes_figures_as_they_are (till))
    zifu_till_learn (till);
  return TRUE;
}

static void
report_purses_before (const Desk *desk, ZifuSettlement *s)
{
  for (guint i = 0; i < desk->purses->len; i++)
    {
      ZifuPurse purse = g_array_index (desk->purses, ZifuPurse, i);

      purse.name = (char *) zifu_settlement_keep (s, purse.name);
      *ZIFU_ROOM_ADD (s->purses_before, ZifuPurse) = purse;
    }
}

static void
desk_start (Desk *desk, ZifuTill *till, const ZifuPerson *person, const ZifuVisit *visit, ZifuSettlement *settlement)
{
  zifu_settlement_begin (settlement, visit->date);
  report_purses_before (desk, settlement);
  zifu_counters_start_visit (desk->counters, visit->date);
  desk->funds->len = 0;
  zifu_till_init (till);
  zifu_run_init (&till->run, desk->pack, person, visit, desk->counters, visit->date, &desk->scratch, &desk->views);
  till->run.unknown_as = desk->unknown_as;
  till->run.ends = desk->ends;
  till->settlement = settlement;
  till->visit = visit;
  till->purses = desk->purses;
  till->mutual = desk->mutual;
  till->funds = desk->funds;
}

/* The visit begins once more. */
static void
desk_start_over (Desk *desk, ZifuTill *till)
{
  if (desk->goes_on || desk->twice)
    desk_restore (desk);
  else
    desk_receive (desk, till->run.person, till->run.on);
  desk_start (desk, till, till->run.person, till->visit, till->settlement);
}

/* As others who were seen alike; %FALSE when that cannot be, and nothing has come of it. */
static gboolean
desk_settle_again (Desk *desk, ZifuTill *till)
{
  if (zifu_till_again (till))
    return TRUE;
  desk_start_over (desk, till);
  return FALSE;
}

/* Somebody who states what was stated before; %FALSE when nothing has come of it. */
static gboolean
desk_recognise (Desk *desk, ZifuTill *till, const ZifuFace *face)
{
  till->view = face->view;
  till->settlement->stay = face->stay;
  zifu_till_take_route (till, face->route);
  return desk_settle_again (desk, till);
}

/* Somebody who is new: is seen as others were, or else settled in the general way. */
static gboolean
desk_look_up (Desk *desk, ZifuTill *till, gboolean is_new, GError **error)
{
  if (!zifu_till_enter (till, error))
    return FALSE;
  if (is_new && till->route != NULL && !till->run.suspicious)
    {
      zifu_face_remember (&till->run, till->view, till->route, till->settlement->stay);
      if (till->view->routine != NULL)
        {
          if (desk_settle_again (desk, till))
            return TRUE;
          if (!zifu_till_enter (till, error))
            return FALSE;
        }
    }
  return settle (till, error);
}

static gboolean
desk_try (Desk *desk, const ZifuPerson *person, const ZifuVisit *visit, ZifuSettlement *settlement, GError **error)
{
  const ZifuFace *face;
  ZifuTill till;

  desk_start (desk, &till, person, visit, settlement);
  face = takes_figures_as_they_are (&till) ? zifu_face_find (&till.run) : NULL;
  if ((face == NULL || face->view->routine == NULL || !desk_recognise (desk, &till, face)) &&
      !desk_look_up (desk, &till, face == NULL && takes_figures_as_they_are (&till), error))
    return FALSE;
  report_rules (&till);
  report_state (&till);
  return TRUE;
}

/* Settles the next visit of whoever stands at the desk.  When it is refused and others follow, nothing has moved. */
static gboolean
desk_settle (Desk *desk, const ZifuPerson *person, const ZifuVisit *visit, ZifuSettlement *settlement, GError **error)
{
  gboolean settled;

  zifu_arena_reset (&desk->scratch);
  zifu_views_start_visit (&desk->views);
  if (desk->goes_on || desk->twice)
    desk_remember (desk);
  settled = desk_try (desk, person, visit, settlement, error);
  if (settled && desk->twice)
    {
      desk_restore (desk);
      settled = desk_try (desk, person, visit, settlement, error);
    }
  if (!settled && desk->goes_on)
    desk_restore (desk);
  return settled;
}

/**
 * zifu_case_new:
 * @pack: (transfer none): the rules
 * @person: (transfer none): who; copied
 * @first_day: day of the first visit: counters given without a day belong to its period
 *
 * Returns: (transfer full): the person before the first visit
 */
ZifuCase *
zifu_case_new (ZifuPack *pack, const ZifuPerson *person, ZifuDate first_day)
{
  ZifuCase *self;

  g_return_val_if_fail (pack != NULL && person != NULL && first_day > 0, NULL);
  self = g_new0 (ZifuCase, 1);
  desk_init (&self->desk, pack);
  self->desk.goes_on = TRUE;
  self->person = zifu_person_copy (person);
  desk_receive (&self->desk, self->person, first_day);
  return self;
}

/**
 * zifu_case_set_unknown_as:
 * @self: a case
 * @unknown_as: which end of a figure known only between two bounds stands for it
 *
 * Lets figures that are known between two bounds take one of them; otherwise such a figure is an error when it is needed.
 */
void
zifu_case_set_unknown_as (ZifuCase *self, ZifuUnknownAs unknown_as)
{
  g_return_if_fail (self != NULL);
  self->desk.unknown_as = unknown_as;
}

/**
 * zifu_case_set_ends:
 * @self: a case
 * @ends: (nullable) (transfer none): which end stands for each figure that is known only between two bounds; it outlives the case
 *
 * As zifu_case_set_unknown_as(), figure by figure.
 */
void
zifu_case_set_ends (ZifuCase *self, ZifuEnds *ends)
{
  g_return_if_fail (self != NULL);
  self->desk.ends = ends;
}

/**
 * zifu_case_set_twice:
 * @self: a case
 * @twice: whether every visit is settled twice
 *
 * For tests: what the first time works out, the second time remembers, as for the next one who is seen alike.  Nothing else changes.
 */
void
zifu_case_set_twice (ZifuCase *self, gboolean twice)
{
  g_return_if_fail (self != NULL);
  self->desk.twice = twice;
}

/**
 * zifu_case_free:
 * @self: (nullable) (transfer full): a case
 *
 * Frees a case.
 */
void
zifu_case_free (ZifuCase *self)
{
  if (self == NULL)
    return;
  desk_clear (&self->desk);
  zifu_person_free (self->person);
  g_free (self);
}

/**
 * zifu_case_settle:
 * @self: a case
 * @visit: the next visit, not before the last one
 * @error: return location: %ZIFU_ERROR
 *
 * Settles one visit, and moves counters, purses and relatives' accounts on.  When it is refused, nothing has moved.
 *
 * Returns: (transfer full) (nullable): the settlement; %NULL on error
 */
ZifuSettlement *
zifu_case_settle (ZifuCase *self, const ZifuVisit *visit, GError **error)
{
  g_autoptr (ZifuSettlement) settlement = NULL;

  g_return_val_if_fail (self != NULL && visit != NULL && visit->date > 0, NULL);
  settlement = zifu_settlement_new (self->desk.pack);
  return desk_settle (&self->desk, self->person, visit, settlement, error) ? g_steal_pointer (&settlement) : NULL;
}

/**
 * zifu_settler_new:
 * @pack: (transfer none): the rules
 *
 * Makes a desk at which many visits are settled, each on its own.  After the first few it takes no memory any more.
 *
 * Returns: (transfer full): a settler that keeps a trace
 */
ZifuSettler *
zifu_settler_new (ZifuPack *pack)
{
  ZifuSettler *self;

  g_return_val_if_fail (pack != NULL, NULL);
  self = g_new0 (ZifuSettler, 1);
  desk_init (&self->desk, pack);
  self->settlement = zifu_settlement_new (pack);
  return self;
}

/**
 * zifu_settler_set_unknown_as:
 * @self: a settler
 * @unknown_as: which end of a figure known only between two bounds stands for it
 *
 * As zifu_case_set_unknown_as().
 */
void
zifu_settler_set_unknown_as (ZifuSettler *self, ZifuUnknownAs unknown_as)
{
  g_return_if_fail (self != NULL);
  self->desk.unknown_as = unknown_as;
}

/**
 * zifu_settler_set_ends:
 * @self: a settler
 * @ends: (nullable) (transfer none): which end stands for each figure that is known only between two bounds; it outlives the settler
 *
 * As zifu_case_set_ends().
 */
void
zifu_settler_set_ends (ZifuSettler *self, ZifuEnds *ends)
{
  g_return_if_fail (self != NULL);
  self->desk.ends = ends;
}

/**
 * zifu_settler_set_trace:
 * @self: a settler
 * @trace: whether the steps are wanted
 *
 * Without a trace a settlement takes less time; zifu_settlement_is_verified() cannot be asked then.
 */
void
zifu_settler_set_trace (ZifuSettler *self, gboolean trace)
{
  g_return_if_fail (self != NULL);
  self->settlement->tracing = trace;
}

/**
 * zifu_settler_settle:
 * @self: a settler
 * @person: who, with balances and counters before the visit
 * @visit: what for
 * @error: return location: %ZIFU_ERROR
 *
 * Settles one visit.  The person is not changed.
 *
 * Returns: (transfer none) (nullable): the settlement, until the next call; %NULL when it is refused
 */
const ZifuSettlement *
zifu_settler_settle (ZifuSettler *self, const ZifuPerson *person, const ZifuVisit *visit, GError **error)
{
  g_return_val_if_fail (self != NULL && person != NULL && visit != NULL && visit->date > 0, NULL);
  desk_receive (&self->desk, person, visit->date);
  return desk_settle (&self->desk, person, visit, self->settlement, error) ? self->settlement : NULL;
}

/**
 * zifu_settler_free:
 * @self: (nullable) (transfer full): a settler
 *
 * Frees a settler with its settlement.
 */
void
zifu_settler_free (ZifuSettler *self)
{
  if (self == NULL)
    return;
  desk_clear (&self->desk);
  zifu_settlement_free (self->settlement);
  g_free (self);
}

/**
 * zifu_settle:
 * @pack: (transfer none): the rules
 * @person: who, with balances and counters before the visit
 * @visit: what for
 * @error: return location: %ZIFU_ERROR
 *
 * Settles one visit: what the funds pay, what the account pays, what the family's accounts pay, and what remains as cash.
 * The person is not changed.
 *
 * Returns: (transfer full) (nullable): the settlement; %NULL when it is refused
 */
ZifuSettlement *
zifu_settle (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, GError **error)
{
  g_autoptr (ZifuSettler) settler = NULL;

  g_return_val_if_fail (pack != NULL && person != NULL && visit != NULL && visit->date > 0, NULL);
  settler = zifu_settler_new (pack);
  return zifu_settler_settle (settler, person, visit, error) != NULL ? g_steal_pointer (&settler->settlement) : NULL;
}

/**
 * zifu_settle_scope:
 * @pack: (transfer none): the rules
 * @person: who
 * @visit: what for
 * @error: return location: %ZIFU_ERROR
 *
 * Only the first part of a settlement: where the lines of the bill fall.  It asks for no more than the scope rules do, so a bill can be
 * looked at of which nobody knows what the fund would pay.
 *
 * Returns: (transfer full) (nullable): a settlement whose trace ends with the scope of the lines, and whose payers are empty; %NULL when a
 *   scope rule refuses
 */
ZifuSettlement *
zifu_settle_scope (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, GError **error)
{
  g_autoptr (ZifuSettler) settler = NULL;
  ZifuTill till;

  g_return_val_if_fail (pack != NULL && person != NULL && visit != NULL && visit->date > 0, NULL);
  settler = zifu_settler_new (pack);
  desk_receive (&settler->desk, person, visit->date);
  desk_start (&settler->desk, &till, person, visit, settler->settlement);
  if (!zifu_till_enter (&till, error) || !zifu_till_scope (&till, error))
    return NULL;
  return g_steal_pointer (&settler->settlement);
}
