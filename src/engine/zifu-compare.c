/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-compare.h"

static void
outcome_free (gpointer data)
{
  ZifuOutcome *outcome = data;

  g_clear_pointer (&outcome->settlement, zifu_settlement_free);
  g_clear_error (&outcome->error);
  g_free (outcome);
}

/**
 * zifu_compare:
 * @pack: (transfer none): the rules
 * @alternatives: (array length=n_alternatives): the ways in which the visit could go
 * @n_alternatives: how many
 *
 * Settles the same visit in several ways, each from the same state: nothing carries over from one to the next.
 *
 * Returns: (transfer full) (element-type ZifuOutcome): one outcome for each alternative, in their order
 */
GPtrArray *
zifu_compare (ZifuPack *pack, const ZifuAlternative *alternatives, guint n_alternatives)
{
  GPtrArray *outcomes = g_ptr_array_new_with_free_func (outcome_free);
  ZifuMoney least = G_MAXINT64;

  g_return_val_if_fail (pack != NULL && (alternatives != NULL || n_alternatives == 0), outcomes);

  for (guint i = 0; i < n_alternatives; i++)
    {
      ZifuOutcome *outcome = g_new0 (ZifuOutcome, 1);

      outcome->settlement = zifu_settle (pack, alternatives[i].person, alternatives[i].visit, &outcome->error);
      if (outcome->settlement != NULL)
        least = MIN (least, outcome->settlement->person);
      g_ptr_array_add (outcomes, outcome);
    }
  for (guint i = 0; i < outcomes->len; i++)
    {
      ZifuOutcome *outcome = g_ptr_array_index (outcomes, i);

      if (outcome->settlement != NULL)
        outcome->extra = outcome->settlement->person - least;
    }

  return outcomes;
}
