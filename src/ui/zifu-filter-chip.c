/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-filter-chip.h"

#include <glib/gi18n-lib.h>

#include "zifu-ui-rows.h"
#include "zifu-words.h"

/* Of an institution with a long name, so much is shown; the tooltip has the rest. */
#define MOST_CHARS 24

struct _ZifuFilterChip
{
  GtkWidget parent_instance;

  char       *title; /* owned */
  char       *value; /* owned, nullable: nothing was chosen */
  GtkWidget  *button;
  GtkLabel   *label;
  GtkWidget  *clear;
  GtkPopover *popover;
};

G_DEFINE_FINAL_TYPE (ZifuFilterChip, zifu_filter_chip, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CLEARED,
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuFilterChip *self = ZIFU_FILTER_CHIP (widget);

  if (self->value == NULL)
    return;
  /* The button that was pressed is about to go. */
  gtk_widget_grab_focus (self->button);
  g_signal_emit (self, signals[SIGNAL_CLEARED], 0);
}

static void
popover_shown_cb (ZifuFilterChip *self)
{
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

static void
zifu_filter_chip_dispose (GObject *object)
{
  zifu_ui_drop_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (zifu_filter_chip_parent_class)->dispose (object);
}

static void
zifu_filter_chip_finalize (GObject *object)
{
  ZifuFilterChip *self = ZIFU_FILTER_CHIP (object);

  g_free (self->title);
  g_free (self->value);

  G_OBJECT_CLASS (zifu_filter_chip_parent_class)->finalize (object);
}

static void
zifu_filter_chip_class_init (ZifuFilterChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_filter_chip_dispose;
  G_OBJECT_CLASS (klass)->finalize = zifu_filter_chip_finalize;

  signals[SIGNAL_CLEARED]
    = g_signal_new ("cleared", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_OPENED]
    = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "chip.clear", NULL, clear_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "chip.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "chip.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, 0, "chip.clear", NULL);
}

static void
zifu_filter_chip_init (ZifuFilterChip *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
  gtk_widget_add_css_class (GTK_WIDGET (self), "filterchip");

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (content), g_object_new (GTK_TYPE_IMAGE, "icon-name", "pan-down-symbolic", "accessible-role",
                                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));

  self->popover = GTK_POPOVER (gtk_popover_new ());
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (popover_shown_cb), self);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), content);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), GTK_WIDGET (self->popover));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));

  self->clear = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->clear), "chip.clear");
  gtk_widget_set_visible (self->clear, FALSE);
  gtk_widget_set_parent (self->clear, GTK_WIDGET (self));
}

/* Chips scroll sideways, so a name is not cut where the window is narrow, only where it is long. */
static void
show_text (ZifuFilterChip *self, const char *text)
{
  gboolean is_long = g_utf8_strlen (text, -1) > MOST_CHARS;

  gtk_label_set_text (self->label, text);
  gtk_label_set_ellipsize (self->label, is_long ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (self->label, is_long ? MOST_CHARS : -1);
  gtk_label_set_max_width_chars (self->label, is_long ? MOST_CHARS : -1);
}

static void
show_value (ZifuFilterChip *self)
{
  g_autofree char *spoken = NULL;

  show_text (self, self->value != NULL ? self->value : self->title);
  gtk_widget_set_visible (self->clear, self->value != NULL);
  if (self->value != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "chosen");
      /* Translators: for screen readers: {1} is what a filter is about, such as Period, {2} what was chosen. */
      spoken = zifu_words_fill (_("{1}: {2}"), self->title, self->value, NULL);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "chosen");
      /* Translators: for screen readers: {1} is what a filter is about, such as Period. */
      spoken = zifu_words_fill (_("{1}: not chosen"), self->title, NULL);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_tooltip_text (self->button, self->value);
}

/**
 * zifu_filter_chip_new:
 * @title: what the condition is about
 *
 * Returns: (transfer floating): a chip with nothing chosen
 */
GtkWidget *
zifu_filter_chip_new (const char *title)
{
  ZifuFilterChip *self = g_object_new (ZIFU_TYPE_FILTER_CHIP, NULL);
  /* Translators: {1} is what a filter is about, such as Period. */
  g_autofree char *clear = zifu_words_fill (_("Take off: {1}"), title, NULL);

  self->title = g_strdup (title);
  gtk_widget_set_tooltip_text (self->clear, clear);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->clear), GTK_ACCESSIBLE_PROPERTY_LABEL, clear, -1);
  show_value (self);

  return GTK_WIDGET (self);
}

/**
 * zifu_filter_chip_set_content:
 * @self: a chip
 * @content: (transfer floating): what there is to choose
 *
 * Sets what its button opens.
 */
void
zifu_filter_chip_set_content (ZifuFilterChip *self, GtkWidget *content)
{
  g_return_if_fail (ZIFU_IS_FILTER_CHIP (self));

  gtk_popover_set_child (self->popover, content);
}

/**
 * zifu_filter_chip_set_value:
 * @self: a chip
 * @value: (nullable): what was chosen; %NULL = nothing
 *
 * Tells what was chosen.
 */
void
zifu_filter_chip_set_value (ZifuFilterChip *self, const char *value)
{
  g_return_if_fail (ZIFU_IS_FILTER_CHIP (self));

  if (g_strcmp0 (self->value, value) == 0)
    return;
  g_free (self->value);
  self->value = g_strdup (value);
  show_value (self);
}

/**
 * zifu_filter_chip_get_value:
 * @self: a chip
 *
 * Returns: (nullable): what was chosen
 */
const char *
zifu_filter_chip_get_value (ZifuFilterChip *self)
{
  g_return_val_if_fail (ZIFU_IS_FILTER_CHIP (self), NULL);

  return self->value;
}

/**
 * zifu_filter_chip_popup:
 * @self: a chip
 *
 * Shows what there is to choose.
 */
void
zifu_filter_chip_popup (ZifuFilterChip *self)
{
  g_return_if_fail (ZIFU_IS_FILTER_CHIP (self));

  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}

/**
 * zifu_filter_chip_popdown:
 * @self: a chip
 *
 * Hides what there is to choose.
 */
void
zifu_filter_chip_popdown (ZifuFilterChip *self)
{
  g_return_if_fail (ZIFU_IS_FILTER_CHIP (self));

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
}
