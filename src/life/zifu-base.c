/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-base.h"

/**
 * zifu_base_find:
 * @pack: the rules
 * @person: whose base
 * @on: a day
 *
 * Holds the contribution base of a person between the floor and the ceiling that the region names for that day.
 *
 * Returns: the base and its bounds
 */
ZifuBase
zifu_base_find (ZifuPack *pack, const ZifuPerson *person, ZifuDate on)
{
  const ZifuValue *value = zifu_facts_get (person->facts, "base");
  ZifuBase base = { .lower_figure = zifu_figure_find (pack, person, on, "base_lower", NULL, NULL),
                    .upper_figure = zifu_figure_find (pack, person, on, "base_upper", NULL, NULL) };
  ZifuRational yuan;

  base.has_lower = zifu_figure_to_money (&base.lower_figure, &base.lower);
  base.has_upper = zifu_figure_to_money (&base.upper_figure, &base.upper);
  base.has_base = value != NULL && zifu_value_to_number (value, &yuan) && zifu_rational_round (yuan, ZIFU_ROUND_FEN, &base.base);
  base.counts = base.base;
  if (base.has_lower)
    base.counts = MAX (base.counts, base.lower);
  if (base.has_upper)
    base.counts = MIN (base.counts, base.upper);
  return base;
}

/**
 * zifu_base_credit:
 * @pack: the rules
 * @person: whose account
 * @on: day of the credit
 * @error: return location: %ZIFU_ERROR
 *
 * As zifu_credit_compute(), from the base that counts: the rules of a region may name floor and ceiling beside the credit, or for a time
 * for which the credit itself does not ask for them.
 *
 * Returns: (transfer full) (nullable): the credit; %NULL on error
 */
ZifuCredit *
zifu_base_credit (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, GError **error)
{
  g_autoptr (ZifuPerson) held = NULL;
  ZifuBase base;

  g_return_val_if_fail (pack != NULL && person != NULL && on > 0, NULL);

  base = zifu_base_find (pack, person, on);
  if (!base.has_base || base.counts == base.base)
    return zifu_credit_compute (pack, person, on, error);
  held = zifu_person_copy (person);
  zifu_facts_take (held->facts, "base", zifu_value_new_number (zifu_rational_from_fen (base.counts)));
  return zifu_credit_compute (pack, held, on, error);
}
