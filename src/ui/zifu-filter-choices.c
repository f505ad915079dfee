/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-filter-choices.h"

#include <glib/gi18n-lib.h>

#define LIST_WIDTH 240
#define LIST_HEIGHT 320

/**
 * zifu_filter_list_new:
 * @label: what is chosen here, for screen readers
 *
 * Returns: (transfer floating): an empty list whose rows are activated
 */
GtkWidget *
zifu_filter_list_new (const char *label)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return list;
}

/**
 * zifu_filter_list_add:
 * @list: a list
 * @title: what can be chosen
 * @chosen: whether it is chosen now
 *
 * Returns: (transfer none): the new row
 */
GtkWidget *
zifu_filter_list_add (GtkListBox *list, const char *title, gboolean chosen)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box
    = g_object_new (GTK_TYPE_BOX, "spacing", 12, "margin-start", 6, "margin-end", 6, "margin-top", 6, "margin-bottom", 6, NULL);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_opacity (check, chosen ? 1 : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, chosen ? _("chosen") : "", -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_append (list, row);

  return row;
}

/**
 * zifu_filter_list_frame:
 * @list: (transfer floating): a list
 *
 * Returns: (transfer floating): the list, never taller than a small window
 */
GtkWidget *
zifu_filter_list_frame (GtkListBox *list)
{
  return g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                       "max-content-height", LIST_HEIGHT, "width-request", LIST_WIDTH, "child", list, NULL);
}

/**
 * zifu_filter_pair_new:
 * @from: (transfer floating): a row for the lower end
 * @to: (transfer floating): a row for the upper end
 * @apply: (out) (transfer none): the button that takes over what was entered
 *
 * Returns: (transfer floating): both rows with the button below
 */
GtkWidget *
zifu_filter_pair_new (GtkWidget *from, GtkWidget *to, GtkWidget **apply)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, "margin-top", 6, "margin-bottom", 6,
                                 "margin-start", 6, "margin-end", 6, "width-request", LIST_WIDTH, NULL);
  GtkWidget *rows = adw_preferences_group_new ();

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (rows), from);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (rows), to);
  *apply = gtk_button_new_with_label (_("Apply"));
  gtk_widget_add_css_class (*apply, "suggested-action");
  gtk_box_append (GTK_BOX (box), rows);
  gtk_box_append (GTK_BOX (box), *apply);

  return box;
}
