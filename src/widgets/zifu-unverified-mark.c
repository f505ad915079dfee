/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-unverified-mark.h"

#include <glib/gi18n-lib.h>

/*
 * ZifuUnverifiedMark:
 *
 * Sign and word, never colour alone.  Where there is no room only the sign is drawn; screen readers and the tooltip still have the words.
 *
 * CSS: node "mark", classes "mark" and "warn", and "compact".
 */

struct _ZifuUnverifiedMark {
  GtkWidget parent_instance;

  GtkWidget *image; /* owned as a child */
  GtkWidget *label; /* owned as a child */
  gboolean compact;
};

typedef enum { PROP_COMPACT = 1 } ZifuUnverifiedMarkProperty;
static GParamSpec *properties[PROP_COMPACT + 1];

G_DEFINE_FINAL_TYPE (ZifuUnverifiedMark, zifu_unverified_mark, GTK_TYPE_WIDGET)

static void
zifu_unverified_mark_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((ZifuUnverifiedMarkProperty) id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, ZIFU_UNVERIFIED_MARK (object)->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_unverified_mark_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((ZifuUnverifiedMarkProperty) id)
    {
    case PROP_COMPACT:
      zifu_unverified_mark_set_compact (ZIFU_UNVERIFIED_MARK (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_unverified_mark_dispose (GObject *object)
{
  ZifuUnverifiedMark *self = ZIFU_UNVERIFIED_MARK (object);

  g_clear_pointer (&self->image, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (zifu_unverified_mark_parent_class)->dispose (object);
}

static void
zifu_unverified_mark_class_init (ZifuUnverifiedMarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = zifu_unverified_mark_get_property;
  object_class->set_property = zifu_unverified_mark_set_property;
  object_class->dispose = zifu_unverified_mark_dispose;

  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "mark");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
zifu_unverified_mark_init (ZifuUnverifiedMark *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (widget)), 4);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (widget, GTK_ALIGN_START);
  gtk_widget_add_css_class (widget, "mark");
  gtk_widget_add_css_class (widget, "warn");

  self->image = gtk_image_new_from_icon_name ("zifu-unverified-symbolic");
  gtk_image_set_pixel_size (GTK_IMAGE (self->image), 12);
  gtk_widget_set_parent (self->image, widget);
  self->label = gtk_label_new (_("Unverified"));
  gtk_widget_set_parent (self->label, widget);

  gtk_widget_set_tooltip_text (widget, _("No official text and no second source confirms this figure"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Unverified"), -1);
}

/* --- public --- */

/**
 * zifu_unverified_mark_new:
 *
 * Makes a mark with its word.
 *
 * Returns: (transfer floating): a new mark
 */
GtkWidget *
zifu_unverified_mark_new (void)
{
  return g_object_new (ZIFU_TYPE_UNVERIFIED_MARK, NULL);
}

/**
 * zifu_unverified_mark_get_compact:
 * @self: a mark
 *
 * Returns: %TRUE when only the sign is drawn
 */
gboolean
zifu_unverified_mark_get_compact (ZifuUnverifiedMark *self)
{
  g_return_val_if_fail (ZIFU_IS_UNVERIFIED_MARK (self), FALSE);

  return self->compact;
}

/**
 * zifu_unverified_mark_set_compact:
 * @self: a mark
 * @compact: whether only the sign is drawn
 *
 * Chooses the form.
 */
void
zifu_unverified_mark_set_compact (ZifuUnverifiedMark *self, gboolean compact)
{
  g_return_if_fail (ZIFU_IS_UNVERIFIED_MARK (self));

  compact = !!compact;
  if (self->compact == compact)
    return;
  self->compact = compact;
  gtk_widget_set_visible (self->label, !compact);
  gtk_image_set_pixel_size (GTK_IMAGE (self->image), compact ? 16 : 12);
  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPACT]);
}
