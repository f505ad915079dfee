/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-person-choices.h"

#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"
#include "zifu-words.h"

const char *const zifu_person_relations[] = { "spouse", "parent", "child", "other", NULL };
const char *const zifu_person_sexes[] = { "0", "1", "2", NULL };
const char *const zifu_person_insurances[] = { "310", "390", NULL };
const char *const zifu_person_statuses[] = { "active", "retired", "flexible", NULL };
const char *const zifu_person_resident_classes[] = { "working", "student", "elderly", NULL };

#define MOST 8 /* choices of one row */

/**
 * zifu_person_choose:
 * @row: a choice
 * @values: what stands behind it
 * @value: (nullable): one of them; anything else changes nothing
 *
 * Chooses a value.
 */
void
zifu_person_choose (AdwComboRow *row, const char *const *values, const char *value)
{
  for (guint i = 0; values[i] != NULL; i++)
    if (g_strcmp0 (values[i], value) == 0)
      adw_combo_row_set_selected (row, i);
}

/**
 * zifu_person_chosen:
 * @row: a choice
 * @values: what stands behind it
 *
 * Returns: (transfer none): what is chosen
 */
const char *
zifu_person_chosen (AdwComboRow *row, const char *const *values)
{
  guint i = adw_combo_row_get_selected (row);

  return i < g_strv_length ((char **) values) ? values[i] : values[0];
}

static void
fill (AdwComboRow *row, const char *const *labels)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (labels);

  adw_combo_row_set_model (row, G_LIST_MODEL (model));
}

static void
fill_words (AdwComboRow *row, const char *axis, const char *const *values)
{
  const char *labels[MOST] = { NULL };

  for (guint i = 0; values[i] != NULL && i + 1 < MOST; i++)
    labels[i] = g_str_equal (axis, "relation") ? zifu_relation_name (values[i], NULL) : zifu_words_axis_value (axis, values[i]);
  fill (row, labels);
}

/**
 * zifu_person_choices_fill:
 * @relation: relation to the owner
 * @sex: sex
 * @insurance: kind of insurance
 * @status: status of an employee
 * @resident_class: group of a resident
 *
 * Offers what can be chosen.
 */
void
zifu_person_choices_fill (AdwComboRow *relation, AdwComboRow *sex, AdwComboRow *insurance, AdwComboRow *status,
                          AdwComboRow *resident_class)
{
  const char *sexes[] = { _("Not stated"), C_ ("sex", "Male"), C_ ("sex", "Female"), NULL };

  fill (sex, sexes);
  fill_words (relation, "relation", zifu_person_relations);
  fill_words (insurance, "insurance", zifu_person_insurances);
  fill_words (status, "status", zifu_person_statuses);
  fill_words (resident_class, "resident_class", zifu_person_resident_classes);
}
