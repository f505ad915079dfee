/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-kind-chips.h"

#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"

/* Kinds for which there is a chip, in order; what seldom occurs is found by search. */
static const int kinds[] = {
  -1,
  ZIFU_ENTRY_CREDIT,
  ZIFU_ENTRY_OUTPATIENT,
  ZIFU_ENTRY_PHARMACY,
  ZIFU_ENTRY_INPATIENT,
  ZIFU_ENTRY_FAMILY,
  ZIFU_ENTRY_TRANSFER,
  ZIFU_ENTRY_REFUND,
  ZIFU_ENTRY_INTEREST,
  ZIFU_ENTRY_PREMIUM,
};

static GtkWidget *
make_chip (int kind)
{
  GtkWidget *chip = gtk_toggle_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");
  const char *name = kind < 0 ? C_("filter", "All") : zifu_entry_kind_filter ((ZifuEntryKind) kind);

  gtk_box_append (GTK_BOX (content), check);
  gtk_box_append (GTK_BOX (content), gtk_label_new (name));
  gtk_button_set_child (GTK_BUTTON (chip), content);
  gtk_widget_add_css_class (chip, "chip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_bind_property (chip, "active", check, "visible", G_BINDING_SYNC_CREATE);

  return chip;
}

/**
 * zifu_kind_chips_fill:
 * @box: where the chips go
 * @changed: called swapped, with @user_data, whenever a chip was pressed or released
 * @user_data: for @changed; must live as long as @box
 *
 * Makes the chips, with "All" pressed.
 */
void
zifu_kind_chips_fill (GtkBox *box, GCallback changed, gpointer user_data)
{
  GtkToggleButton *group = NULL;

  g_return_if_fail (GTK_IS_BOX (box));

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GtkWidget *chip = make_chip (kinds[i]);

      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), group);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), group == NULL);
      if (group == NULL)
        group = GTK_TOGGLE_BUTTON (chip);
      g_signal_connect_swapped (chip, "toggled", changed, user_data);
      gtk_box_append (box, chip);
    }
}

/**
 * zifu_kind_chips_get_kind:
 * @box: a box that was filled
 *
 * Returns: the kind whose chip is pressed; -1 = all
 */
int
zifu_kind_chips_get_kind (GtkBox *box)
{
  GtkWidget *chip;

  g_return_val_if_fail (GTK_IS_BOX (box), -1);

  chip = gtk_widget_get_first_child (GTK_WIDGET (box));
  for (guint i = 0; chip != NULL && i < G_N_ELEMENTS (kinds); i++, chip = gtk_widget_get_next_sibling (chip))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)))
      return kinds[i];

  return -1;
}

/**
 * zifu_kind_chips_set_kind:
 * @box: a box that was filled
 * @kind: a kind, or -1 for all
 *
 * Presses the chip of a kind.
 */
void
zifu_kind_chips_set_kind (GtkBox *box, int kind)
{
  GtkWidget *chip;

  g_return_if_fail (GTK_IS_BOX (box));

  chip = gtk_widget_get_first_child (GTK_WIDGET (box));
  for (guint i = 0; chip != NULL && i < G_N_ELEMENTS (kinds); i++, chip = gtk_widget_get_next_sibling (chip))
    if (kinds[i] == kind)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
}
