/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-figure.h"

/**
 * zifu_figure_find:
 * @pack: the rules
 * @person: for whom
 * @on: a day
 * @name: name of an amount rule
 * @axis: (nullable): an axis that is stated for this question only, such as "relation"
 * @value: (nullable): its value
 *
 * Looks a named amount up.
 *
 * Returns: the figure; it never fails: what cannot be computed is %ZIFU_FIGURE_UNKNOWN
 */
ZifuFigure
zifu_figure_find (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, const char *name, const char *axis, const char *value)
{
  g_autoptr (ZifuPerson) stated = NULL;
  g_auto (ZifuNamedAmount) amount = { 0 };
  ZifuFigure figure = { ZIFU_FIGURE_ABSENT };

  g_return_val_if_fail (pack != NULL && person != NULL && name != NULL, figure);

  if (axis != NULL)
    {
      stated = zifu_person_copy (person);
      zifu_facts_set_string (stated->facts, axis, value);
    }
  if (!zifu_amount_compute (pack, stated != NULL ? stated : person, on, name, &amount, NULL))
    figure.state = ZIFU_FIGURE_UNKNOWN;
  else if (amount.rule != NULL)
    figure = (ZifuFigure){ amount.is_null ? ZIFU_FIGURE_NO_LIMIT : ZIFU_FIGURE_KNOWN, amount.value, amount.rule };
  return figure;
}

/**
 * zifu_figure_to_money:
 * @figure: a figure in yuan
 * @money: (out): the amount in fen, half up
 *
 * Returns: %FALSE when there is no such amount
 */
gboolean
zifu_figure_to_money (const ZifuFigure *figure, ZifuMoney *money)
{
  return figure->state == ZIFU_FIGURE_KNOWN && zifu_rational_round (figure->value, ZIFU_ROUND_FEN, money);
}

/**
 * zifu_figure_to_count:
 * @figure: a figure that is a plain count: months, years, days
 * @count: (out): the count
 *
 * Returns: %FALSE when there is none, or when it is not a whole number
 */
gboolean
zifu_figure_to_count (const ZifuFigure *figure, int *count)
{
  ZifuRational value = zifu_rational_reduce (figure->value);

  if (figure->state != ZIFU_FIGURE_KNOWN || !zifu_rational_is_integer (value) || value.num < 0 || value.num > 100000)
    return FALSE;
  *count = (int) value.num;
  return TRUE;
}

/**
 * zifu_figure_is_true:
 * @figure: a figure that is 1 or 0
 *
 * Returns: whether it is known and not 0
 */
gboolean
zifu_figure_is_true (const ZifuFigure *figure)
{
  return figure->state == ZIFU_FIGURE_KNOWN && figure->value.num != 0;
}
