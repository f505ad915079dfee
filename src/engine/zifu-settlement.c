/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-person.h"
#include "zifu-plan.h"
#include "zifu-private.h"
#include "zifu-trace.h"

#include <string.h>

/**
 * zifu_settlement_new:
 * @pack: (transfer none): the rules
 *
 * Returns: (transfer full): a settlement to be begun
 */
ZifuSettlement *
zifu_settlement_new (ZifuPack *pack)
{
  ZifuSettlement *self = g_new0 (ZifuSettlement, 1);

  self->pack = zifu_pack_ref (pack);
  zifu_arena_init (&self->arena, 1024);
  self->lines = zifu_room_new (sizeof (ZifuFundLine));
  self->later = zifu_room_new (sizeof (ZifuFundLine));
  self->claims = zifu_room_new (sizeof (ZifuFundLine));
  self->bands = zifu_room_new (sizeof (ZifuBandTotals));
  self->mutual = zifu_room_new (sizeof (ZifuPayerAmount));
  self->purses = zifu_room_new (sizeof (ZifuPurse));
  self->purses_before = zifu_room_new (sizeof (ZifuPurse));
  self->counters = zifu_room_new (sizeof (ZifuCounterValue));
  self->rules = g_ptr_array_sized_new (pack->plan->n_rules + 1);
  self->notes = zifu_room_new (sizeof (ZifuNote));
  self->trace = zifu_room_new (sizeof (ZifuStep));
  self->tracing = TRUE;
  return self;
}

/**
 * zifu_settlement_begin:
 * @self: a settlement
 * @date: day of the settlement
 *
 * Forgets what was settled before: nobody pays anything yet.  The room is kept, so that the next settlement takes none.
 */
void
zifu_settlement_begin (ZifuSettlement *self, ZifuDate date)
{
  GArray *const arrays[] = { self->lines, self->later, self->claims, self->bands, self->mutual, self->purses, self->purses_before,
                             self->counters, self->notes, self->trace };

  zifu_arena_reset (&self->arena);
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    arrays[i]->len = 0;
  self->rules->len = 0;
  self->date = date;
  self->benefit = NULL;
  self->stay = 0;
  self->total = self->out = self->over_limit = self->prior = self->in_scope = self->deductible = 0;
  self->fund_sum = self->hospital = self->person = 0;
  memset (self->parts, 0, sizeof self->parts);
  self->account_first = self->own_account = self->mutual_sum = self->cash = self->balance = 0;
  self->has_prepaid = FALSE;
  self->refund = self->still_due = 0;
  self->spare.n_parts = 0;
}

/**
 * zifu_settlement_free:
 * @settlement: (nullable) (transfer full): a settlement
 *
 * Frees a settlement with its trace.
 */
void
zifu_settlement_free (ZifuSettlement *settlement)
{
  if (settlement == NULL)
    return;
  g_array_unref (settlement->lines);
  g_array_unref (settlement->later);
  g_array_unref (settlement->claims);
  g_array_unref (settlement->bands);
  g_array_unref (settlement->mutual);
  g_array_unref (settlement->purses);
  g_array_unref (settlement->purses_before);
  g_array_unref (settlement->counters);
  g_ptr_array_unref (settlement->rules);
  g_array_unref (settlement->notes);
  g_array_unref (settlement->trace);
  zifu_arena_clear (&settlement->arena);
  zifu_pack_unref (settlement->pack);
  g_free (settlement);
}

/**
 * zifu_settlement_get_fund:
 * @settlement: a settlement
 * @payer: a fund, such as "hifp"
 *
 * Returns: what the fund pays now over all layers, in fen
 */
ZifuMoney
zifu_settlement_get_fund (const ZifuSettlement *settlement, const char *payer)
{
  ZifuMoney sum = 0;

  for (guint i = 0; i < settlement->lines->len; i++)
    {
      const ZifuFundLine *line = &g_array_index (settlement->lines, ZifuFundLine, i);

      if (g_str_equal (line->payer, payer))
        sum += line->amount;
    }
  return sum;
}

/* Whether the step moved money, so that it matters how sure its rule is. */
static gboolean
has_effect (const ZifuStep *step)
{
  switch (step->kind)
    {
    case ZIFU_STEP_GATE:
    case ZIFU_STEP_FIXED:
    case ZIFU_STEP_CAP:
      return TRUE;
    case ZIFU_STEP_SCOPE:
      return step->out != 0 || step->over_limit != 0 || step->prior != 0;
    case ZIFU_STEP_SHARE:
      return step->input != 0;
    case ZIFU_STEP_DEDUCTIBLE:
      return step->input != 0;
    case ZIFU_STEP_FIRST_OWN:
    case ZIFU_STEP_ACCOUNT_FIRST:
    case ZIFU_STEP_ACCOUNT:
      return step->result != 0;
    case ZIFU_STEP_ROUTE:
    case ZIFU_STEP_BILL:
    case ZIFU_STEP_BAND:
    case ZIFU_STEP_LIMIT:
    case ZIFU_STEP_LAYER:
    case ZIFU_STEP_NOT_ESTIMATED:
    case ZIFU_STEP_PERSON:
    case ZIFU_STEP_MUTUAL:
    case ZIFU_STEP_CASH:
    default:
      return FALSE;
    }
}

static gboolean
is_unverified (const ZifuRule *rule)
{
  return rule != NULL && rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED;
}

/**
 * zifu_settlement_is_verified:
 * @settlement: a settlement
 *
 * Looks at the trace: a settlement without one cannot be asked.
 *
 * Returns: whether every figure that moved money now rests on an official text or on two sources
 */
gboolean
zifu_settlement_is_verified (const ZifuSettlement *settlement)
{
  g_return_val_if_fail (settlement->tracing, FALSE);

  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step->flag && step->kind != ZIFU_STEP_GATE)
        continue; /* refunds after the year are not counted in any figure */
      if (!has_effect (step))
        continue;
      if (is_unverified (step->rule))
        return FALSE;
      for (guint j = 0; j < step->adjusts.n; j++)
        if (is_unverified (step->adjusts.rules[j]))
          return FALSE;
    }
  return TRUE;
}
