/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-choice-row.h"

struct _ZifuChoiceRow {
  AdwComboRow parent_instance;
};

G_DEFINE_FINAL_TYPE (ZifuChoiceRow, zifu_choice_row, ADW_TYPE_COMBO_ROW)

static void
show_check (ZifuChoiceRow *self, GParamSpec *pspec, GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);

  if (box != NULL)
    gtk_widget_set_opacity (gtk_widget_get_last_child (box),
                            adw_combo_row_get_selected (ADW_COMBO_ROW (self)) == gtk_list_item_get_position (item));
}

static void
setup_cb (ZifuChoiceRow *self, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  GtkWidget *check = g_object_new (GTK_TYPE_IMAGE, "icon-name", "object-select-symbolic", "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_item_set_child (item, box);
}

/* The same factory makes the line in the row and those in its list: only these have a check. */
static void
bind_cb (ZifuChoiceRow *self, GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *label = gtk_widget_get_first_child (box);
  gboolean listed = gtk_widget_get_ancestor (box, GTK_TYPE_POPOVER) != NULL;

  gtk_label_set_text (GTK_LABEL (label), gtk_string_object_get_string (gtk_list_item_get_item (item)));
  gtk_label_set_ellipsize (GTK_LABEL (label), listed ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_widget_set_visible (gtk_widget_get_last_child (box), listed);
  g_signal_connect_object (self, "notify::selected", G_CALLBACK (show_check), item, 0);
  show_check (self, NULL, item);
}

static void
unbind_cb (ZifuChoiceRow *self, GtkListItem *item)
{
  g_signal_handlers_disconnect_by_func (self, show_check, item);
}

static void
zifu_choice_row_class_init (ZifuChoiceRowClass *klass)
{
}

static void
zifu_choice_row_init (ZifuChoiceRow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  adw_combo_row_set_factory (ADW_COMBO_ROW (self), factory);
}

/**
 * zifu_choice_row_new:
 *
 * Returns: (transfer floating): a row without choices
 */
GtkWidget *
zifu_choice_row_new (void)
{
  return g_object_new (ZIFU_TYPE_CHOICE_ROW, NULL);
}
