/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include "zifu-case-text.h"
#include "zifu-combo-values.h"
#include "zifu-visit-form-private.h"

/* A visit that was entered before goes back into the fields of the form. */

static void
show_place (ZifuVisitForm *self, const ZifuFacts *facts)
{
  const char *remote = zifu_facts_get_string (facts, "remote"), *province = zifu_facts_get_string (facts, "place_province");

  zifu_visit_form_set_place (self, remote != NULL ? remote : "local");
  if (self->provinces != NULL)
    zifu_combo_values_choose (self->province, self->provinces, province != NULL ? province : "");
}

static void
show_disease (ZifuVisitForm *self, const ZifuFacts *facts)
{
  const char *disease = zifu_facts_get_string (facts, _zifu_visit_form_disease_axis (self));

  if (disease != NULL && self->diseases != NULL)
    zifu_combo_values_choose (self->disease, self->diseases, disease);
}

static gboolean
get_count (const ZifuFacts *facts, const char *axis, int *count)
{
  const ZifuValue *value = zifu_facts_get (facts, axis);

  if (value == NULL || value->kind != ZIFU_VALUE_NUMBER || !zifu_rational_is_integer (value->number))
    return FALSE;
  *count = (int) CLAMP (value->number.num / value->number.den, 0, G_MAXINT16);
  return TRUE;
}

static void
show_counts (ZifuVisitForm *self, const ZifuFacts *facts)
{
  int count = 0;

  self->stay_chosen = get_count (facts, "stay", &count);
  if (self->stay_chosen)
    gtk_spin_button_set_value (self->stay, count);
  _zifu_visit_form_show_stay (self);
  if (get_count (facts, "days", &count))
    gtk_spin_button_set_value (self->days, count);
}

static gboolean
is_stated (const ZifuFacts *facts, const char *axis)
{
  const ZifuValue *value = zifu_facts_get (facts, axis);

  return value == NULL || value->kind != ZIFU_VALUE_BOOLEAN || value->boolean;
}

static void
show_switches (ZifuVisitForm *self, const ZifuVisit *visit)
{
  gtk_switch_set_active (self->designated, is_stated (visit->facts, "designated"));
  gtk_switch_set_active (self->connected, is_stated (visit->facts, "connected"));
  gtk_switch_set_active (self->use_account, visit->use_account);
  gtk_switch_set_active (self->use_family, visit->use_mutual_aid);
}

static void
show_bill (ZifuVisitForm *self, const ZifuVisit *visit)
{
  zifu_bill_group_set_total (self->bill, visit->lines == NULL && visit->has_total ? visit->total : -1);
  for (guint i = 0; visit->lines != NULL && i < visit->lines->len; i++)
    {
      const ZifuBillLine *line = &g_array_index (visit->lines, ZifuBillLine, i);

      zifu_bill_group_add_line (self->bill, zifu_facts_get_string (line->facts, "item"), zifu_facts_get_string (line->facts, "category"),
                                line->amount, (guint) MAX (line->quantity.num / line->quantity.den, 1));
    }
  if (visit->lines == NULL && (visit->has_out || visit->has_prior || visit->has_over_limit))
    zifu_bill_group_set_parts (self->bill, visit->has_out ? visit->out : -1, visit->has_prior ? visit->prior : -1,
                               visit->has_over_limit ? visit->over_limit : -1);
  zifu_bill_group_set_prepaid (self->bill, visit->has_prepaid ? visit->prepaid : -1);
}

/**
 * zifu_visit_form_show_visit:
 * @self: a form with the context of the visit
 * @visit: a visit with its bill
 *
 * Shows a visit that was entered before, all of it.  It is told once that something changed.
 *
 * Returns: whether the form gives the very same visit; %FALSE when it holds what the form has no field for, such as a part of a line
 */
gboolean
zifu_visit_form_show_visit (ZifuVisitForm *self, const ZifuVisit *visit)
{
  const char *care, *institution;

  g_return_val_if_fail (ZIFU_IS_VISIT_FORM (self) && visit != NULL, FALSE);

  care = zifu_facts_get_string (visit->facts, "care");
  institution = zifu_facts_get_string (visit->facts, "class");
  zifu_visit_form_hold (self, TRUE);
  zifu_visit_form_reset (self);
  zifu_visit_form_set_kind (self, care);
  if (institution != NULL)
    zifu_visit_form_set_institution (self, institution);
  show_place (self, visit->facts);
  show_disease (self, visit->facts);
  zifu_visit_form_set_date (self, visit->date);
  show_counts (self, visit->facts);
  show_switches (self, visit);
  show_bill (self, visit);
  /* The questions of this kind of visit first, then their answers. */
  _zifu_visit_form_ask_more (self);
  zifu_axis_rows_show (self->more, visit->facts);
  zifu_visit_form_hold (self, FALSE);
  return zifu_visit_form_gives (self, visit);
}

/**
 * zifu_visit_form_gives:
 * @self: a form
 * @visit: a visit with its bill
 *
 * Returns: whether what is entered is the same as @visit
 */
gboolean
zifu_visit_form_gives (ZifuVisitForm *self, const ZifuVisit *visit)
{
  g_autoptr (ZifuVisit) entered = zifu_visit_form_dup_visit (self);
  g_autoptr (ZifuPerson) nobody = zifu_person_new ();
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  g_return_val_if_fail (visit != NULL, FALSE);

  if (entered == NULL)
    return FALSE;
  left = zifu_case_text_new ("", nobody, entered);
  right = zifu_case_text_new ("", nobody, visit);
  return g_str_equal (left, right);
}
