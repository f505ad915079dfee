/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-goal.h"

#include "zifu-private.h"

/* A part of the bill grows with it; rounding down keeps every part and what is left of the bill from ever falling. */
static ZifuMoney
scale (ZifuMoney part, ZifuMoney total, ZifuMoney whole)
{
  return whole > 0 ? (ZifuMoney) ((__int128) part * total / whole) : 0;
}

/*
 * A bill that grows, in the parts of the visit's own.
 */
typedef struct {
  ZifuSettler *settler;
  ZifuVisit   *bill;
  ZifuMoney    whole, out, over_limit, prior; /* of the visit */
} Growth;

static void
growth_init (Growth *self, ZifuPack *pack, const ZifuVisit *visit)
{
  ZifuMoney known = visit->out + visit->over_limit + visit->prior;

  self->settler = zifu_settler_new (pack);
  self->bill = zifu_visit_copy (visit);
  self->bill->has_in_scope = FALSE;
  self->whole = visit->has_total ? visit->total : known + visit->in_scope;
  self->out = visit->has_in_scope && !visit->has_out ? self->whole - known - visit->in_scope : visit->out;
  self->over_limit = visit->over_limit;
  self->prior = visit->prior;
}

static void
growth_clear (Growth *self)
{
  g_clear_pointer (&self->settler, zifu_settler_free);
  g_clear_pointer (&self->bill, zifu_visit_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Growth, growth_clear)

/* Settles the visit with a bill of @total. */
static const ZifuSettlement *
settle_total (Growth *self, const ZifuPerson *person, ZifuMoney total, GError **error)
{
  zifu_visit_set_total (self->bill, total);
  zifu_visit_set_parts (self->bill, scale (self->out, total, self->whole), scale (self->over_limit, total, self->whole),
                        scale (self->prior, total, self->whole));
  return zifu_settler_settle (self->settler, person, self->bill, error);
}

static gboolean
check_bill (const ZifuVisit *visit, GError **error)
{
  if (visit->lines == NULL && visit->base_paid == NULL)
    return TRUE;

  zifu_error_set (error, ZIFU_ERROR_INPUT, visit->pointer, N_ ("only a bill that is given by its total can grow"), NULL, NULL, NULL);
  return FALSE;
}

static gboolean
is_base (const ZifuStep *step)
{
  return g_strcmp0 (step->layer, "base") == 0;
}

/* Whether the settlement says of a step of the base layer that the goal is reached. */
static gboolean
is_reached (const ZifuSettlement *settlement, ZifuGoal goal)
{
  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (!is_base (step))
        continue;
      if (goal == ZIFU_GOAL_DEDUCTIBLE && step->kind == ZIFU_STEP_DEDUCTIBLE)
        return step->met + step->result >= step->need;
      if (goal == ZIFU_GOAL_CAP && step->kind == ZIFU_STEP_CAP)
        return TRUE;
      if (goal == ZIFU_GOAL_CAP && step->kind == ZIFU_STEP_LIMIT && !step->least && step->before + step->used >= step->limit)
        return TRUE;
    }

  return goal == ZIFU_GOAL_ACCOUNT && settlement->own_account + settlement->account_first > 0 && settlement->balance == 0;
}

static gboolean
reaches (Growth *growth, const ZifuPerson *person, ZifuMoney total, ZifuGoal goal, gboolean *reached, GError **error)
{
  const ZifuSettlement *settlement = settle_total (growth, person, total, error);

  if (settlement == NULL)
    return FALSE;

  *reached = is_reached (settlement, goal);

  return TRUE;
}

/**
 * zifu_find_bill:
 * @pack: (transfer none): the rules
 * @person: who, with balances and counters before the visit
 * @visit: what for; the parts of its bill grow in proportion
 * @goal: what the bill shall be large enough for
 * @total: (out): the smallest bill in fen that reaches the goal (medfee_sumamt)
 * @error: return location: %ZIFU_ERROR, %ZIFU_ERROR_NOT_FOUND when no bill reaches the goal
 *
 * Turns the settlement round: not what a bill costs, but which bill empties the account, meets the deductible or reaches the cap.
 *
 * Returns: whether there is such a bill
 */
gboolean
zifu_find_bill (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, ZifuGoal goal, ZifuMoney *total, GError **error)
{
  g_auto (Growth) growth = { NULL };
  ZifuMoney low = 0, high = 100;
  gboolean reached = FALSE;

  g_return_val_if_fail (pack != NULL && person != NULL && visit != NULL && total != NULL, FALSE);

  if (!check_bill (visit, error))
    return FALSE;
  growth_init (&growth, pack, visit);
  for (;;)
    {
      if (!reaches (&growth, person, high, goal, &reached, error))
        return FALSE;
      if (reached || high >= ZIFU_GOAL_LARGEST_BILL)
        break;
      low = high;
      high = MIN (high * 4, ZIFU_GOAL_LARGEST_BILL);
    }
  if (!reached)
    {
      zifu_error_set (error, ZIFU_ERROR_NOT_FOUND, visit->pointer, N_ ("no bill is large enough for that"), NULL, NULL, NULL);
      return FALSE;
    }
  /* Never reached at @low, always at @high: a bill of nothing reaches nothing. */
  while (high - low > 1)
    {
      ZifuMoney middle = low + (high - low) / 2;

      if (!reaches (&growth, person, middle, goal, &reached, error))
        return FALSE;
      if (reached)
        high = middle;
      else
        low = middle;
    }
  *total = high;

  return TRUE;
}

/**
 * zifu_curve:
 * @pack: (transfer none): the rules
 * @person: who, with balances and counters before the visit
 * @visit: what for; the parts of its bill grow in proportion
 * @from: the smallest bill, in fen
 * @to: the largest bill, in fen
 * @n_points: how many bills, at least 2, evenly from @from to @to
 * @pays: (out) (array length=n_points): what the person pays of each, in fen (psn_part_amt)
 * @error: return location: %ZIFU_ERROR
 *
 * What the person pays of growing bills.
 *
 * Returns: whether every bill could be settled
 */
gboolean
zifu_curve (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, ZifuMoney from, ZifuMoney to, guint n_points,
            ZifuMoney *pays, GError **error)
{
  g_auto (Growth) growth = { NULL };

  g_return_val_if_fail (pack != NULL && person != NULL && visit != NULL && pays != NULL, FALSE);
  g_return_val_if_fail (0 <= from && from <= to && to <= ZIFU_GOAL_LARGEST_BILL && n_points >= 2, FALSE);

  if (!check_bill (visit, error))
    return FALSE;
  growth_init (&growth, pack, visit);
  zifu_settler_set_trace (growth.settler, FALSE);
  for (guint i = 0; i < n_points; i++)
    {
      ZifuMoney total = from + (ZifuMoney) ((__int128) (to - from) * i / (n_points - 1));
      const ZifuSettlement *settlement = settle_total (&growth, person, total, error);

      if (settlement == NULL)
        return FALSE;
      pays[i] = settlement->person;
    }

  return TRUE;
}
