/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-person-choices.h"

#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"
#include "zifu-visit-choices.h"
#include "zifu-words.h"

const char *const zifu_person_relations[] = { "spouse", "parent", "child", "other", NULL };
const char *const zifu_person_sexes[] = { "0", "1", "2", NULL };
const char *const zifu_person_insurances[] = { "310", "390", NULL };
const char *const zifu_person_statuses[] = { "active", "retired", "flexible", NULL };

/* The order in which groups are offered that a region declares. */
static const char *const usual_classes[] = { "working", "student", "minor", "elderly", "disabled" };

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

/* What stands alone in a form begins as a sentence does. */
static void
fill_words (AdwComboRow *row, const char *axis, const char *const *values)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  for (guint i = 0; values[i] != NULL; i++)
    gtk_string_list_take (model, g_str_equal (axis, "relation") ? zifu_choices_sentence (zifu_relation_name (values[i], NULL))
                                                                : zifu_choices_label (axis, values[i]));
  adw_combo_row_set_model (row, G_LIST_MODEL (model));
}

/**
 * zifu_person_choices_fill:
 * @relation: relation to the owner
 * @sex: sex
 * @insurance: kind of insurance
 * @status: status of an employee
 *
 * Offers what can be chosen everywhere.
 */
void
zifu_person_choices_fill (AdwComboRow *relation, AdwComboRow *sex, AdwComboRow *insurance, AdwComboRow *status)
{
  const char *sexes[] = { _("Not stated"), C_ ("sex", "Male"), C_ ("sex", "Female"), NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (sexes);

  adw_combo_row_set_model (sex, G_LIST_MODEL (model));
  fill_words (relation, "relation", zifu_person_relations);
  fill_words (insurance, "insurance", zifu_person_insurances);
  fill_words (status, "status", zifu_person_statuses);
}

static gboolean
has (const GPtrArray *values, const char *value)
{
  return g_ptr_array_find_with_equal_func ((GPtrArray *) values, value, g_str_equal, NULL);
}

/* The usual order, then words of the region's own. */
static GPtrArray *
list_classes (ZifuPack *pack)
{
  g_autoptr (GPtrArray) declared = zifu_choices_values (pack, "resident_class");
  GPtrArray *classes = g_ptr_array_new_with_free_func (g_free);
  const char *const plain[] = { "working", "student", "elderly" };

  if (declared->len == 0)
    for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
      g_ptr_array_add (classes, g_strdup (plain[i]));
  for (guint i = 0; i < G_N_ELEMENTS (usual_classes); i++)
    if (has (declared, usual_classes[i]))
      g_ptr_array_add (classes, g_strdup (usual_classes[i]));
  for (guint i = 0; i < declared->len; i++)
    if (!has (classes, g_ptr_array_index (declared, i)))
      g_ptr_array_add (classes, g_strdup (g_ptr_array_index (declared, i)));
  return classes;
}

static gboolean
are_alike (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_str_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

/**
 * zifu_person_offer_regions:
 * @row: where insured
 * @library: the policy packs
 * @regions: (element-type utf8): where the ids behind the choices go
 * @wanted: (nullable): what is to be chosen
 *
 * Offers every region whose rules are installed.
 */
void
zifu_person_offer_regions (AdwComboRow *row, ZifuPackLibrary *library, GPtrArray *regions, const char *wanted)
{
  g_autoptr (GPtrArray) packs = zifu_pack_library_list (library, NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  for (guint i = 0; packs != NULL && i < packs->len; i++)
    {
      const ZifuPackInfo *info = g_ptr_array_index (packs, i);

      if (info->base)
        continue;
      g_ptr_array_add (regions, g_strdup (info->id));
      gtk_string_list_append (names, zifu_words_text (&info->title));
      if (g_strcmp0 (info->id, wanted) == 0)
        adw_combo_row_set_selected (row, regions->len - 1);
    }
}

/**
 * zifu_person_offer_classes:
 * @row: group of a resident
 * @pack: (nullable): the rules of the region
 * @wanted: (nullable): what is to be chosen; %NULL = what is chosen now
 *
 * Offers the groups that the region declares.  What was chosen stays chosen where there is such a group.
 */
void
zifu_person_offer_classes (AdwComboRow *row, ZifuPack *pack, const char *wanted)
{
  g_autofree char *before = g_strdup (wanted != NULL ? wanted : zifu_person_chosen_class (row));
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GPtrArray *classes = list_classes (pack);
  const GPtrArray *offered = g_object_get_data (G_OBJECT (row), "classes");

  if (offered != NULL && are_alike (offered, classes))
    {
      g_ptr_array_unref (classes);
      zifu_person_choose_class (row, wanted);
      return;
    }
  /* A minor of one region is a pupil of another that knows no minors. */
  if (before != NULL && !has (classes, before) && g_str_equal (before, "minor"))
    {
      g_free (before);
      before = g_strdup ("student");
    }
  for (guint i = 0; i < classes->len; i++)
    gtk_string_list_take (words, zifu_choices_label ("resident_class", g_ptr_array_index (classes, i)));
  g_object_set_data_full (G_OBJECT (row), "classes", classes, (GDestroyNotify) g_ptr_array_unref);
  adw_combo_row_set_model (row, G_LIST_MODEL (words));
  zifu_person_choose_class (row, before);
}

/**
 * zifu_person_choose_class:
 * @row: group of a resident, with choices
 * @value: (nullable): a group; one that the region does not know changes nothing
 *
 * Returns: whether there is such a group
 */
gboolean
zifu_person_choose_class (AdwComboRow *row, const char *value)
{
  GPtrArray *classes = g_object_get_data (G_OBJECT (row), "classes");
  guint i = 0;

  if (classes == NULL || value == NULL || !g_ptr_array_find_with_equal_func (classes, value, g_str_equal, &i))
    return FALSE;
  adw_combo_row_set_selected (row, i);
  return TRUE;
}

/**
 * zifu_person_chosen_class:
 * @row: group of a resident
 *
 * Returns: (transfer none) (nullable): the group that is chosen
 */
const char *
zifu_person_chosen_class (AdwComboRow *row)
{
  GPtrArray *classes = g_object_get_data (G_OBJECT (row), "classes");
  guint i = adw_combo_row_get_selected (row);

  return classes != NULL && i < classes->len ? g_ptr_array_index (classes, i) : NULL;
}

/**
 * zifu_person_choices_state:
 * @facts: facts of a person
 * @member: what was entered
 *
 * States insurance, status, group and birth of @member as the rules ask for them.
 */
void
zifu_person_choices_state (ZifuFacts *facts, const ZifuMember *member)
{
  zifu_facts_set_string (facts, "insurance", member->insurance);
  zifu_facts_set_string (facts, "status", member->status);
  if (member->resident_class != NULL)
    zifu_facts_set_string (facts, "resident_class", member->resident_class);
  if (member->birth != 0)
    {
      g_autofree char *birth = zifu_date_format (member->birth);

      zifu_facts_set_string (facts, "birth", birth);
    }
}
