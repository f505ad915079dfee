/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-visit-form.h"

/* Where in the form a question of a range is answered. */

/**
 * zifu_visit_form_has_field:
 * @open: something that is not known
 *
 * Returns: whether the form asks for it
 */
gboolean
zifu_visit_form_has_field (const ZifuOpen *open)
{
  g_return_val_if_fail (open != NULL, FALSE);

  return open->kind == ZIFU_OPEN_SPLIT || (open->kind == ZIFU_OPEN_AXIS && g_strcmp0 (open->name, "class") == 0)
         || (open->kind == ZIFU_OPEN_COUNTER && g_strcmp0 (open->name, "stays") == 0);
}

/**
 * zifu_visit_form_answer:
 * @self: a form
 * @open: something that is not known
 *
 * Puts the cursor into the field that answers it.
 */
void
zifu_visit_form_answer (ZifuVisitForm *self, const ZifuOpen *open)
{
  const char *name = NULL;

  g_return_if_fail (ZIFU_IS_VISIT_FORM (self));
  g_return_if_fail (open != NULL);

  if (!zifu_visit_form_has_field (open))
    return;
  if (open->kind == ZIFU_OPEN_SPLIT)
    {
      zifu_bill_group_focus_parts (zifu_visit_form_get_bill (self));
      return;
    }
  name = open->kind == ZIFU_OPEN_AXIS ? "institution" : "stay";
  gtk_widget_grab_focus (GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (self), ZIFU_TYPE_VISIT_FORM, name)));
}

static GtkWidget *
get_part (ZifuVisitForm *self, const char *name)
{
  return GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (self), ZIFU_TYPE_VISIT_FORM, name));
}

/**
 * zifu_visit_form_show_cover:
 * @self: a form
 * @text: (nullable): what another day would change; %NULL = nothing
 * @button: (nullable): label of the button that sets the day
 * @date: the day; the button activates "estimate.date" with it
 *
 * Says below the date what the same visit costs on a day with other benefits.
 */
void
zifu_visit_form_show_cover (ZifuVisitForm *self, const char *text, const char *button, ZifuDate date)
{
  GtkWidget *row, *set;

  g_return_if_fail (ZIFU_IS_VISIT_FORM (self));

  row = get_part (self, "cover_row");
  set = get_part (self, "cover_button");
  gtk_widget_set_visible (row, text != NULL);
  gtk_label_set_text (GTK_LABEL (get_part (self, "cover_text")), text != NULL ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text != NULL ? text : "", -1);
  gtk_widget_set_visible (set, button != NULL);
  gtk_button_set_label (GTK_BUTTON (set), button != NULL ? button : "");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (set), "i", (gint32) date);
}

/**
 * zifu_visit_form_show_filing:
 * @self: a form
 * @text: (nullable): what is on record of the filing that was chosen; %NULL = nothing
 *
 * Says it below the place of care.
 */
void
zifu_visit_form_show_filing (ZifuVisitForm *self, const char *text)
{
  g_return_if_fail (ZIFU_IS_VISIT_FORM (self));

  gtk_widget_set_visible (get_part (self, "filing_row"), text != NULL);
  gtk_label_set_text (GTK_LABEL (get_part (self, "filing_text")), text != NULL ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (get_part (self, "place")), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}

/**
 * zifu_visit_form_use_template:
 * @self: a form
 * @name: cold, specialist or stay
 *
 * Fills the form with example figures and says that they are examples.
 */
void
zifu_visit_form_use_template (ZifuVisitForm *self, const char *name)
{
  static const struct {
    const char *name, *care, *institution;
    ZifuMoney   total, out, prior;
  } templates[] = {
    { "cold", "outpatient", "community", 18000, 0, 1200 },
    { "specialist", "outpatient", "3", 65000, 4000, 3500 },
    { "stay", "inpatient", "3", 1200000, 80000, 60000 },
  };

  ZifuBillGroup *bill;

  g_return_if_fail (ZIFU_IS_VISIT_FORM (self));

  bill = zifu_visit_form_get_bill (self);
  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      if (g_strcmp0 (templates[i].name, name) != 0)
        continue;
      zifu_visit_form_hold (self, TRUE);
      zifu_visit_form_set_kind (self, templates[i].care);
      zifu_visit_form_set_institution (self, templates[i].institution);
      zifu_visit_form_set_place (self, "local");
      zifu_bill_group_set_total (bill, templates[i].total);
      zifu_bill_group_set_parts (bill, templates[i].out, templates[i].prior, -1);
      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (bill), _("Example figures, not yours: change them to your own."));
      zifu_visit_form_hold (self, FALSE);
    }
}
