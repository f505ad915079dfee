/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-estimator.h"
#include "zifu-visit-choices.h"
#include "zifu-words.h"

/* The same visit at every kind of institution. */

/* Against one end of a range that the rules leave open a difference would say nothing. */
static gboolean
is_exact (ZifuEstimator *self)
{
  const ZifuRange *range = zifu_estimator_get_range (self);

  return range == NULL || zifu_range_is_exact (range);
}

static ZifuComparison *
compare_one (ZifuEstimator *self, const ZifuVisit *entered, const char *value)
{
  const ZifuSettlement *settlement = zifu_estimator_get_settlement (self);
  g_autoptr (ZifuVisit) visit = zifu_visit_copy (entered);
  g_autoptr (GError) error = NULL;
  ZifuComparison *comparison = g_new0 (ZifuComparison, 1);

  comparison->value = g_strdup (value);
  comparison->current = g_strcmp0 (value, zifu_facts_get_string (entered->facts, "class")) == 0;
  zifu_facts_set_string (visit->facts, "class", value);
  comparison->settlement = zifu_settle (zifu_estimator_get_pack (self), zifu_estimator_get_person (self), visit, &error);
  if (comparison->settlement == NULL)
    {
      g_autofree char *text = zifu_words_error_message (error);

      comparison->refusal = zifu_choices_sentence (text);
    }
  comparison->has_difference = comparison->settlement != NULL && settlement != NULL && is_exact (self);
  if (comparison->has_difference)
    comparison->difference = comparison->settlement->person - settlement->person;
  return comparison;
}

/* A pharmacy and a bed at home do not stand beside a hospital: only what fits the kind of the visit is compared. */
static gboolean
class_fits (const char *value, const char *care)
{
  gboolean pharmacy = g_strcmp0 (care, "pharmacy") == 0;
  gboolean stay = g_strcmp0 (care, "inpatient") == 0 || g_strcmp0 (care, "special") == 0;

  if (g_str_equal (value, "pharmacy"))
    return pharmacy;
  if (g_str_equal (value, "home"))
    return stay;
  return TRUE;
}

static void
mark_least (GPtrArray *comparisons)
{
  ZifuMoney least = G_MAXINT64, most = G_MININT64;

  for (guint i = 0; i < comparisons->len; i++)
    {
      const ZifuComparison *one = g_ptr_array_index (comparisons, i);

      if (one->settlement == NULL)
        continue;
      least = MIN (least, one->settlement->person);
      most = MAX (most, one->settlement->person);
    }
  for (guint i = 0; i < comparisons->len; i++)
    {
      ZifuComparison *one = g_ptr_array_index (comparisons, i);

      one->least = one->settlement != NULL && least < most && one->settlement->person == least;
    }
}

/**
 * zifu_estimator_compare:
 * @self: an estimator
 *
 * Settles the visit once for each class of institution that the rules know, in their order.  Where the rules refuse the
 * visit as entered, another institution may still have an answer.
 *
 * Returns: (transfer full) (element-type ZifuComparison): empty when there is no visit or nothing to compare
 */
GPtrArray *
zifu_estimator_compare (ZifuEstimator *self)
{
  GPtrArray *comparisons = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_comparison_free);
  const ZifuAxisDecl *axis = NULL;
  const ZifuVisit *entered = NULL;

  g_return_val_if_fail (ZIFU_IS_ESTIMATOR (self), comparisons);

  entered = zifu_estimator_get_entered (self);
  if (entered == NULL || zifu_estimator_get_pack (self) == NULL || zifu_estimator_get_person (self) == NULL)
    return comparisons;
  axis = zifu_pack_get_axis (zifu_estimator_get_pack (self), "class");
  for (guint i = 0; axis != NULL && i < axis->values->len; i++)
    {
      const ZifuValue *value = g_ptr_array_index (axis->values, i);

      if (value->kind == ZIFU_VALUE_STRING && class_fits (value->string, zifu_facts_get_string (entered->facts, "care")))
        g_ptr_array_add (comparisons, compare_one (self, entered, value->string));
    }
  mark_least (comparisons);
  return comparisons;
}

/**
 * zifu_comparisons_not_calculated:
 * @comparisons: (element-type ZifuComparison): what zifu_estimator_compare() made
 *
 * Returns: (transfer full) (element-type utf8): what the figures of the institutions do not contain, each thing once; what goes for some
 *   of them only names these
 */
GPtrArray *
zifu_comparisons_not_calculated (const GPtrArray *comparisons)
{
  g_autoptr (GPtrArray) settlements = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (comparisons != NULL, NULL);

  for (guint i = 0; i < comparisons->len; i++)
    {
      const ZifuComparison *one = g_ptr_array_index (comparisons, i);

      g_ptr_array_add (settlements, one->settlement);
      g_ptr_array_add (names, zifu_choices_label ("class", one->value));
    }
  return zifu_words_merge_not_calculated ((const ZifuSettlement *const *) settlements->pdata, (const char *const *) names->pdata,
                                          settlements->len);
}

/**
 * zifu_comparison_free:
 * @comparison: (nullable) (transfer full): what zifu_estimator_compare() made
 */
void
zifu_comparison_free (ZifuComparison *comparison)
{
  if (comparison == NULL)
    return;
  g_free (comparison->value);
  g_clear_pointer (&comparison->settlement, zifu_settlement_free);
  g_free (comparison->refusal);
  g_free (comparison);
}
