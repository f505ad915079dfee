/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-combo-values.h"

/**
 * zifu_combo_values_get:
 * @row: a row
 * @values: (nullable) (element-type utf8): what stands behind its choices
 *
 * Returns: (transfer none) (nullable): the value that was chosen
 */
const char *
zifu_combo_values_get (AdwComboRow *row, GPtrArray *values)
{
  guint i;

  g_return_val_if_fail (ADW_IS_COMBO_ROW (row), NULL);

  i = adw_combo_row_get_selected (row);
  return values != NULL && i < values->len ? g_ptr_array_index (values, i) : NULL;
}

/**
 * zifu_combo_values_choose:
 * @row: a row
 * @values: (element-type utf8): what stands behind its choices
 * @value: (nullable): one of them
 *
 * Returns: whether it is among them, and chosen now
 */
gboolean
zifu_combo_values_choose (AdwComboRow *row, GPtrArray *values, const char *value)
{
  g_return_val_if_fail (ADW_IS_COMBO_ROW (row) && values != NULL, FALSE);

  for (guint i = 0; i < values->len; i++)
    if (g_strcmp0 (g_ptr_array_index (values, i), value) == 0)
      {
        adw_combo_row_set_selected (row, i);
        return TRUE;
      }
  return FALSE;
}

/**
 * zifu_combo_values_offer:
 * @row: a row
 * @slot: (inout): what stood behind its choices until now
 * @values: (transfer full) (element-type utf8): what stands behind them from now on
 * @words: their words, in the same order
 * @fallback: (nullable): what is chosen when the value that was chosen before is not there any more
 *
 * Offers other choices and keeps what was chosen where that is possible.
 */
void
zifu_combo_values_offer (AdwComboRow *row, GPtrArray **slot, GPtrArray *values, GtkStringList *words, const char *fallback)
{
  g_autofree char *before = NULL;

  g_return_if_fail (ADW_IS_COMBO_ROW (row) && slot != NULL && values != NULL);

  before = g_strdup (zifu_combo_values_get (row, *slot));
  g_clear_pointer (slot, g_ptr_array_unref);
  *slot = values;
  adw_combo_row_set_model (row, G_LIST_MODEL (words));
  if (!zifu_combo_values_choose (row, values, before) && !zifu_combo_values_choose (row, values, fallback) && values->len > 0)
    adw_combo_row_set_selected (row, 0);
}
