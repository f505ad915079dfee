/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-person.h"
#include "zifu-trace.h"

static void
step_clear (gpointer data)
{
  g_clear_pointer (&((ZifuStep *) data)->adjusts, g_ptr_array_unref);
}

static void
band_totals_free (gpointer data)
{
  ZifuBandTotals *totals = data;

  g_array_unref (totals->paid);
  g_free (totals);
}

static void
name_clear (gpointer data)
{
  g_free (*(char **) data);
}

static GArray *
array_new (guint size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, size);

  if (clear != NULL)
    g_array_set_clear_func (array, clear);
  return array;
}

/**
 * zifu_settlement_new:
 * @pack: (transfer none): the rules
 * @date: day of the settlement
 *
 * Returns: (transfer full): a settlement in which nobody pays anything yet
 */
ZifuSettlement *
zifu_settlement_new (ZifuPack *pack, ZifuDate date)
{
  ZifuSettlement *self = g_new0 (ZifuSettlement, 1);

  self->pack = zifu_pack_ref (pack);
  self->strings = g_string_chunk_new (256);
  self->date = date;
  self->lines = array_new (sizeof (ZifuFundLine), NULL);
  self->later = array_new (sizeof (ZifuFundLine), NULL);
  self->claims = array_new (sizeof (ZifuFundLine), NULL);
  self->bands = g_ptr_array_new_with_free_func (band_totals_free);
  /* A payer, a purse and a counter begin with their name: one function frees all three. */
  self->mutual = array_new (sizeof (ZifuPayerAmount), name_clear);
  self->purses = array_new (sizeof (ZifuPurse), name_clear);
  self->counters = array_new (sizeof (ZifuCounterValue), name_clear);
  self->rules = g_ptr_array_new ();
  self->notes = array_new (sizeof (ZifuNote), NULL);
  self->trace = array_new (sizeof (ZifuStep), step_clear);
  return self;
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
  g_ptr_array_unref (settlement->bands);
  g_array_unref (settlement->mutual);
  g_array_unref (settlement->purses);
  g_array_unref (settlement->counters);
  g_ptr_array_unref (settlement->rules);
  g_array_unref (settlement->notes);
  g_array_unref (settlement->trace);
  g_string_chunk_free (settlement->strings);
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
 * Returns: whether every figure that moved money now rests on an official text or on two sources
 */
gboolean
zifu_settlement_is_verified (const ZifuSettlement *settlement)
{
  for (guint i = 0; i < settlement->trace->len; i++)
    {
      const ZifuStep *step = &g_array_index (settlement->trace, ZifuStep, i);

      if (step->flag && step->kind != ZIFU_STEP_GATE)
        continue; /* refunds after the year are not counted in any figure */
      if (!has_effect (step))
        continue;
      if (is_unverified (step->rule))
        return FALSE;
      for (guint j = 0; step->adjusts != NULL && j < step->adjusts->len; j++)
        if (is_unverified (g_ptr_array_index (step->adjusts, j)))
          return FALSE;
    }
  return TRUE;
}
