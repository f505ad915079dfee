/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-width-bin.h"

/*
 * ZifuWidthBin:
 *
 * A window can be made as narrow as a telephone only if nothing in it asks for more.  This bin therefore never asks for more than
 * MAX_MINIMUM, clips what does not fit, and tells by its property "narrow" that the wide layout has no room.  Children must not be
 * changed while they are being allocated, so the change is told from an idle that runs before the next frame.
 *
 * The border is measured, not a constant: a longer translation or larger text moves it.  What cannot be measured now (the wide widget
 * is hidden, or the child shows its narrow layout) keeps the last measured width; when the text size changes, that width is forgotten,
 * the bin tries the wide layout and measures again.
 *
 * CSS: node "widthbin", class "narrow".
 */

#define MAX_MINIMUM 320

struct _ZifuWidthBin {
  GtkWidget parent_instance;

  GtkWidget *child;       /* owned as a child */
  GtkWidget *wide_widget; /* weak, nullable */
  int threshold;
  int wide_minimum;       /* last measured minimum of the wide layout; 0 = not yet */
  int width;              /* last allocated */
  gboolean narrow;
  guint idle;
};

typedef enum { PROP_CHILD = 1, PROP_NARROW, PROP_THRESHOLD, PROP_WIDE_WIDGET } ZifuWidthBinProperty;
static GParamSpec *properties[PROP_WIDE_WIDGET + 1];

static void zifu_width_bin_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ZifuWidthBin, zifu_width_bin, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, zifu_width_bin_buildable_init))

static GtkBuildableIface *parent_buildable;

/* The width below which the wide layout has no room. */
static int
measure_border (ZifuWidthBin *self)
{
  int minimum = 0;

  if (self->threshold > 0)
    return self->threshold;
  if (self->wide_widget != NULL)
    gtk_widget_measure (self->wide_widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  else if (self->child != NULL && !self->narrow)
    gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum > 0)
    self->wide_minimum = minimum;
  return self->wide_minimum;
}

static gboolean
tell_narrow_cb (gpointer data)
{
  ZifuWidthBin *self = data;
  gboolean narrow = self->width > 0 && self->width < measure_border (self);

  self->idle = 0;
  if (narrow == self->narrow)
    return G_SOURCE_REMOVE;
  self->narrow = narrow;
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
  return G_SOURCE_REMOVE;
}

static void
look_again (ZifuWidthBin *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_narrow_cb, self, NULL);
}

/* --- GtkWidget --- */

static GtkSizeRequestMode
zifu_width_bin_get_request_mode (GtkWidget *widget)
{
  ZifuWidthBin *self = ZIFU_WIDTH_BIN (widget);

  return self->child != NULL ? gtk_widget_get_request_mode (self->child) : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
zifu_width_bin_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                        int *natural_baseline)
{
  ZifuWidthBin *self = ZIFU_WIDTH_BIN (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (self->child == NULL)
    return;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    {
      int needed = 0;

      gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL, NULL, NULL);
      for_size = MAX (for_size, needed);
    }
  gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, MAX_MINIMUM);
}

static void
zifu_width_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ZifuWidthBin *self = ZIFU_WIDTH_BIN (widget);

  self->width = width;
  if ((width < measure_border (self)) != self->narrow)
    look_again (self);
  if (self->child != NULL)
    {
      int needed = 0, tall = 0;
      GskTransform *transform = NULL;

      gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &needed, NULL, NULL, NULL);
      needed = MAX (width, needed);
      gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, needed, &tall, NULL, NULL, NULL);
      /* What does not fit leaves at the end of the line. */
      if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
        transform = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (width - needed, 0));
      gtk_widget_allocate (self->child, needed, MAX (height, tall), baseline, transform);
    }
}

static void
zifu_width_bin_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  ZifuWidthBin *self = ZIFU_WIDTH_BIN (widget);

  GTK_WIDGET_CLASS (zifu_width_bin_parent_class)->system_setting_changed (widget, setting);
  if (setting == GTK_SYSTEM_SETTING_DPI || setting == GTK_SYSTEM_SETTING_FONT_NAME || setting == GTK_SYSTEM_SETTING_FONT_CONFIG)
    {
      self->wide_minimum = 0;
      look_again (self);
    }
}

/* --- GtkBuildable: the child of the element is the child of the bin --- */

static void
zifu_width_bin_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (GTK_IS_WIDGET (child))
    zifu_width_bin_set_child (ZIFU_WIDTH_BIN (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
zifu_width_bin_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = zifu_width_bin_add_child;
}

/* --- GObject --- */

static void
zifu_width_bin_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZifuWidthBin *self = ZIFU_WIDTH_BIN (object);

  switch ((ZifuWidthBinProperty) id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_THRESHOLD:
      g_value_set_int (value, self->threshold);
      break;
    case PROP_WIDE_WIDGET:
      g_value_set_object (value, self->wide_widget);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_width_bin_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZifuWidthBin *self = ZIFU_WIDTH_BIN (object);

  switch ((ZifuWidthBinProperty) id)
    {
    case PROP_CHILD:
      zifu_width_bin_set_child (self, g_value_get_object (value));
      break;
    case PROP_THRESHOLD:
      zifu_width_bin_set_threshold (self, g_value_get_int (value));
      break;
    case PROP_WIDE_WIDGET:
      zifu_width_bin_set_wide_widget (self, g_value_get_object (value));
      break;
    case PROP_NARROW:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_width_bin_dispose (GObject *object)
{
  ZifuWidthBin *self = ZIFU_WIDTH_BIN (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_weak_pointer (&self->wide_widget);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  G_OBJECT_CLASS (zifu_width_bin_parent_class)->dispose (object);
}

static void
zifu_width_bin_class_init (ZifuWidthBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = zifu_width_bin_get_property;
  object_class->set_property = zifu_width_bin_set_property;
  object_class->dispose = zifu_width_bin_dispose;
  widget_class->get_request_mode = zifu_width_bin_get_request_mode;
  widget_class->measure = zifu_width_bin_measure;
  widget_class->size_allocate = zifu_width_bin_size_allocate;
  widget_class->system_setting_changed = zifu_width_bin_system_setting_changed;

  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_THRESHOLD] = g_param_spec_int ("threshold", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_WIDE_WIDGET] = g_param_spec_object ("wide-widget", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "widthbin");
}

static void
zifu_width_bin_init (ZifuWidthBin *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/* --- public --- */

/**
 * zifu_width_bin_new:
 *
 * Makes a bin without a child.
 *
 * Returns: (transfer floating): a new bin
 */
GtkWidget *
zifu_width_bin_new (void)
{
  return g_object_new (ZIFU_TYPE_WIDTH_BIN, NULL);
}

/**
 * zifu_width_bin_get_child:
 * @self: a bin
 *
 * Returns: (nullable) (transfer none): the child
 */
GtkWidget *
zifu_width_bin_get_child (ZifuWidthBin *self)
{
  g_return_val_if_fail (ZIFU_IS_WIDTH_BIN (self), NULL);

  return self->child;
}

/**
 * zifu_width_bin_set_child:
 * @self: a bin
 * @child: (nullable): the new child
 *
 * Replaces the child.
 */
void
zifu_width_bin_set_child (ZifuWidthBin *self, GtkWidget *child)
{
  g_return_if_fail (ZIFU_IS_WIDTH_BIN (self));
  g_return_if_fail (child == NULL || GTK_IS_WIDGET (child));

  if (self->child == child)
    return;
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  self->wide_minimum = 0;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

/**
 * zifu_width_bin_get_narrow:
 * @self: a bin
 *
 * Returns: %TRUE when the wide layout has no room
 */
gboolean
zifu_width_bin_get_narrow (ZifuWidthBin *self)
{
  g_return_val_if_fail (ZIFU_IS_WIDTH_BIN (self), FALSE);

  return self->narrow;
}

/**
 * zifu_width_bin_get_threshold:
 * @self: a bin
 *
 * Returns: the width in pixels below which the bin is narrow; 0 = it is measured
 */
int
zifu_width_bin_get_threshold (ZifuWidthBin *self)
{
  g_return_val_if_fail (ZIFU_IS_WIDTH_BIN (self), 0);

  return self->threshold;
}

/**
 * zifu_width_bin_set_threshold:
 * @self: a bin
 * @threshold: a width in pixels; 0 = measure the wide layout
 *
 * Fixes the width below which the bin is narrow.
 */
void
zifu_width_bin_set_threshold (ZifuWidthBin *self, int threshold)
{
  g_return_if_fail (ZIFU_IS_WIDTH_BIN (self));
  g_return_if_fail (threshold >= 0);

  if (self->threshold == threshold)
    return;
  self->threshold = threshold;
  look_again (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_THRESHOLD]);
}

/**
 * zifu_width_bin_get_wide_widget:
 * @self: a bin
 *
 * Returns: (nullable) (transfer none): the widget whose minimum width is the border
 */
GtkWidget *
zifu_width_bin_get_wide_widget (ZifuWidthBin *self)
{
  g_return_val_if_fail (ZIFU_IS_WIDTH_BIN (self), NULL);

  return self->wide_widget;
}

/**
 * zifu_width_bin_set_wide_widget:
 * @self: a bin
 * @widget: (nullable): a widget somewhere below the bin that needs the room; %NULL = the child, as long as it is wide
 *
 * Chooses what is measured when the threshold is 0.  The bin keeps no reference.
 */
void
zifu_width_bin_set_wide_widget (ZifuWidthBin *self, GtkWidget *widget)
{
  g_return_if_fail (ZIFU_IS_WIDTH_BIN (self));
  g_return_if_fail (widget == NULL || GTK_IS_WIDGET (widget));

  if (!g_set_weak_pointer (&self->wide_widget, widget))
    return;
  self->wide_minimum = 0;
  look_again (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDE_WIDGET]);
}

/**
 * zifu_width_bin_find:
 * @widget: a widget in a window
 *
 * Returns: (nullable) (transfer none): the nearest bin around @widget
 */
ZifuWidthBin *
zifu_width_bin_find (GtkWidget *widget)
{
  GtkWidget *parent, *bin = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  /* A widget is its own ancestor in the eyes of GTK. */
  parent = gtk_widget_get_parent (widget);
  if (parent != NULL)
    bin = gtk_widget_get_ancestor (parent, ZIFU_TYPE_WIDTH_BIN);
  return bin != NULL ? ZIFU_WIDTH_BIN (bin) : NULL;
}
