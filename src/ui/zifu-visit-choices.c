/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-visit-choices.h"
#include "zifu-words.h"

static const char *const kinds[] = { "outpatient", "emergency", "pharmacy", "inpatient", "special" };
static const char *const usual_classes[] = { "community", "1", "2", "3" };
static const char *const usual_places[] = { "local", "filed_long", "filed_temp", "referred", "emergency", "unfiled" };

static GPtrArray *
array_of (const char *const *values, guint n_values)
{
  GPtrArray *array = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_values; i++)
    g_ptr_array_add (array, g_strdup (values[i]));
  return array;
}

/**
 * zifu_choices_kinds:
 *
 * Returns: (transfer full): the kinds of care (axis "care") that can be estimated
 */
GPtrArray *
zifu_choices_kinds (void)
{
  return array_of (kinds, G_N_ELEMENTS (kinds));
}

/**
 * zifu_choices_kind_label:
 * @care: a kind of care
 *
 * Returns: (transfer none): its name in the form
 */
const char *
zifu_choices_kind_label (const char *care)
{
  if (g_strcmp0 (care, "outpatient") == 0)
    return _("Outpatient visit");
  if (g_strcmp0 (care, "emergency") == 0)
    return _("Emergency");
  if (g_strcmp0 (care, "pharmacy") == 0)
    return _("Pharmacy");
  if (g_strcmp0 (care, "inpatient") == 0)
    return _("Inpatient stay");
  if (g_strcmp0 (care, "special") == 0)
    return _("Chronic or special disease");
  return zifu_words_axis_value ("care", care);
}

/**
 * zifu_choices_sentence:
 * @text: words that may stand inside a sentence
 *
 * Returns: (transfer full): the same words at the start of one
 */
char *
zifu_choices_sentence (const char *text)
{
  GString *sentence = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  sentence = g_string_new (NULL);
  if (*text != '\0')
    {
      g_string_append_unichar (sentence, g_unichar_toupper (g_utf8_get_char (text)));
      g_string_append (sentence, g_utf8_next_char (text));
    }
  return g_string_free (sentence, FALSE);
}

/**
 * zifu_choices_label:
 * @axis: name of an axis
 * @value: one of its values
 *
 * Returns: (transfer full): the value in words, as it stands alone in a form
 */
char *
zifu_choices_label (const char *axis, const char *value)
{
  return zifu_choices_sentence (zifu_words_axis_value (axis, value));
}

/**
 * zifu_choices_values:
 * @pack: (nullable): the rules of a region
 * @axis: name of an axis
 *
 * Returns: (transfer full): the texts that the pack lists for the axis; empty when it lists none
 */
GPtrArray *
zifu_choices_values (ZifuPack *pack, const char *axis)
{
  GPtrArray *array = g_ptr_array_new_with_free_func (g_free);
  const ZifuAxisDecl *declared = pack != NULL ? zifu_pack_get_axis (pack, axis) : NULL;

  for (guint i = 0; declared != NULL && i < declared->values->len; i++)
    {
      const ZifuValue *value = g_ptr_array_index (declared->values, i);

      if (value->kind == ZIFU_VALUE_STRING)
        g_ptr_array_add (array, g_strdup (value->string));
    }
  return array;
}

static gboolean
contains (GPtrArray *array, const char *value)
{
  for (guint i = 0; i < array->len; i++)
    if (g_strcmp0 (g_ptr_array_index (array, i), value) == 0)
      return TRUE;
  return FALSE;
}

/**
 * zifu_choices_knows:
 * @pack: (nullable): the rules of a region
 * @axis: name of an axis
 * @value: a text
 *
 * Returns: whether a visit may hold @value: it is listed, or nothing is
 */
gboolean
zifu_choices_knows (ZifuPack *pack, const char *axis, const char *value)
{
  g_autoptr (GPtrArray) values = zifu_choices_values (pack, axis);

  return values->len == 0 || contains (values, value);
}

/**
 * zifu_choices_institutions:
 * @pack: (nullable): the rules of a region
 * @care: the kind of care
 *
 * A pharmacy is no place for a visit, and a bed at home none for outpatient care.
 *
 * Returns: (transfer full): classes of institutions (axis "class")
 */
GPtrArray *
zifu_choices_institutions (ZifuPack *pack, const char *care)
{
  g_autoptr (GPtrArray) all = zifu_choices_values (pack, "class");
  GPtrArray *array = NULL;
  gboolean stay = g_strcmp0 (care, "inpatient") == 0 || g_strcmp0 (care, "special") == 0;

  if (all->len == 0)
    return array_of (usual_classes, G_N_ELEMENTS (usual_classes));
  if (g_strcmp0 (care, "pharmacy") == 0 && contains (all, "pharmacy"))
    {
      const char *const only[] = { "pharmacy" };

      return array_of (only, 1);
    }
  array = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < all->len; i++)
    {
      const char *value = g_ptr_array_index (all, i);

      if (g_str_equal (value, "pharmacy") || (g_str_equal (value, "home") && !stay))
        continue;
      g_ptr_array_add (array, g_strdup (value));
    }
  return array;
}

/**
 * zifu_choices_places:
 * @pack: (nullable): the rules of a region
 *
 * Care elsewhere in the province is asked for only where the rules of a region speak of it and there is such a place: a
 * municipality is a province of its own.
 *
 * Returns: (transfer full): how care elsewhere was filed (axis "remote"); the first is care where one is insured
 */
GPtrArray *
zifu_choices_places (ZifuPack *pack)
{
  static const char *const municipalities[] = { "11", "12", "31", "50", NULL };
  g_autoptr (GPtrArray) all = zifu_choices_values (pack, "remote");
  GPtrArray *array = NULL;

  if (all->len == 0)
    return array_of (usual_places, G_N_ELEMENTS (usual_places));
  array = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (array, g_strdup ("local"));
  for (guint i = 0; i < all->len; i++)
    {
      const char *value = g_ptr_array_index (all, i);
      g_autofree char *province = pack != NULL ? g_strndup (pack->id, 2) : NULL;

      if (g_str_equal (value, "local"))
        continue;
      if (g_str_equal (value, "province") && province != NULL && g_strv_contains (municipalities, province))
        continue;
      g_ptr_array_add (array, g_strdup (value));
    }
  return array;
}

/**
 * zifu_choices_place_label:
 * @remote: how care elsewhere was filed
 * @pack: (nullable): the rules of the region of insurance
 *
 * Returns: (transfer full): its name in the form
 */
char *
zifu_choices_place_label (const char *remote, ZifuPack *pack)
{
  if (g_strcmp0 (remote, "local") == 0)
    /* Translators: {1} is the region, such as Beijing. */
    return pack != NULL ? zifu_words_fill (_("Where insured ({1})"), zifu_words_text (&pack->title), NULL)
                        : g_strdup (C_("place", "Where insured"));
  if (g_strcmp0 (remote, "province") == 0)
    return g_strdup (_("Elsewhere in the province"));
  if (g_strcmp0 (remote, "filed_long") == 0)
    return g_strdup (_("Elsewhere, filed long-term"));
  if (g_strcmp0 (remote, "filed_temp") == 0)
    return g_strdup (_("Elsewhere, filed for a time"));
  if (g_strcmp0 (remote, "referred") == 0)
    return g_strdup (_("Elsewhere, referred"));
  if (g_strcmp0 (remote, "emergency") == 0)
    return g_strdup (_("Elsewhere, emergency"));
  if (g_strcmp0 (remote, "unfiled") == 0)
    return g_strdup (_("Elsewhere, not filed"));
  return g_strdup (zifu_words_axis_value ("remote", remote));
}

/**
 * zifu_choices_provinces:
 * @pack: (nullable): the rules of a region
 *
 * Returns: (transfer full): the provinces (two digits) that the rules treat in a way of their own; often none
 */
GPtrArray *
zifu_choices_provinces (ZifuPack *pack)
{
  GPtrArray *array = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; pack != NULL && i < pack->rules->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (pack->rules, i);

      for (guint j = 0; j < rule->when->len; j++)
        {
          const ZifuClause *clause = &g_array_index (rule->when, ZifuClause, j);
          GPtrArray *options = clause->condition->options;

          for (guint k = 0; g_str_equal (clause->axis, "place_province") && options != NULL && k < options->len; k++)
            {
              const ZifuValue *value = g_ptr_array_index (options, k);

              if (value->kind == ZIFU_VALUE_STRING && !contains (array, value->string))
                g_ptr_array_add (array, g_strdup (value->string));
            }
        }
    }
  return array;
}

static gboolean
expr_uses (const ZifuExpr *expr, const char *axis)
{
  if (expr == NULL)
    return FALSE;
  if ((expr->kind == ZIFU_EXPR_AXIS || expr->kind == ZIFU_EXPR_TABLE) && g_strcmp0 (expr->name, axis) == 0)
    return TRUE;
  for (guint i = 0; expr->args != NULL && i < expr->args->len; i++)
    if (expr_uses (g_ptr_array_index (expr->args, i), axis))
      return TRUE;
  for (guint i = 0; expr->entries != NULL && i < expr->entries->len; i++)
    if (expr_uses (((const ZifuTableEntry *) g_ptr_array_index (expr->entries, i))->value, axis))
      return TRUE;
  return expr_uses (expr->by, axis) || expr_uses (expr->otherwise, axis);
}

/**
 * zifu_choices_uses_axis:
 * @pack: (nullable): the rules of a region
 * @axis: name of an axis
 *
 * Returns: whether an amount or a condition of the rules looks at the axis, so that the form has to ask for it
 */
gboolean
zifu_choices_uses_axis (ZifuPack *pack, const char *axis)
{
  for (guint i = 0; pack != NULL && i < pack->rules->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (pack->rules, i);

      if (expr_uses (rule->value, axis))
        return TRUE;
      for (guint j = 0; j < rule->when->len; j++)
        if (g_str_equal (g_array_index (rule->when, ZifuClause, j).axis, axis))
          return TRUE;
    }
  return FALSE;
}

/**
 * zifu_choices_next_stay:
 * @pack: (nullable): the rules of a region
 * @person: (nullable): whose stays are counted
 * @on: day of the visit
 *
 * Returns: which stay of its benefit year a stay on @on would be, by what is recorded
 */
guint
zifu_choices_next_stay (ZifuPack *pack, const ZifuPerson *person, ZifuDate on)
{
  for (guint i = 0; pack != NULL && person != NULL && i < person->counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (person->counters, ZifuCounterValue, i);
      int month = pack->year_start_month, day = pack->year_start_day;

      if (!g_str_equal (counter->name, "stays") || !zifu_rational_is_integer (counter->value))
        continue;
      if (counter->since != 0 && zifu_date_benefit_year (counter->since, month, day) != zifu_date_benefit_year (on, month, day))
        continue;
      return (guint) CLAMP (counter->value.num / counter->value.den, 0, 98) + 1;
    }
  return 1;
}
