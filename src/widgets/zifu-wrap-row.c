/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-wrap-row.h"

/*
 * ZifuWrapRow:
 *
 * A label and its figure.  Beside each other while both have their natural width; one above the other when they do not.  No ellipsis, so
 * that a figure is always whole.  Where the words may wrap, they stay beside the figure as long as they have at least as much room as it.
 *
 * CSS: node "wraprow".
 */

#define SPACING 12

struct _ZifuWrapRow {
  GtkWidget parent_instance;

  GtkWidget *start; /* owned as a child, nullable */
  GtkWidget *end;   /* owned as a child, nullable */
  int spacing;
  gboolean end_first;
  gboolean start_wraps;
};

typedef enum { PROP_START_CHILD = 1, PROP_END_CHILD, PROP_SPACING, PROP_END_FIRST, PROP_START_WRAPS } ZifuWrapRowProperty;
static GParamSpec *properties[PROP_START_WRAPS + 1];

G_DEFINE_FINAL_TYPE (ZifuWrapRow, zifu_wrap_row, GTK_TYPE_WIDGET)

static gboolean
is_shown (GtkWidget *child)
{
  return child != NULL && gtk_widget_should_layout (child);
}

static void
measure_child (GtkWidget *child, GtkOrientation orientation, int for_size, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  if (is_shown (child))
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

static gboolean
is_stacked (ZifuWrapRow *self, int width)
{
  int minimum, start, end;

  if (width < 0 || !is_shown (self->start) || !is_shown (self->end))
    return FALSE;
  measure_child (self->end, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &end);
  measure_child (self->start, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &start);
  if (self->start_wraps)
    start = MIN (start, MAX (minimum, end));
  return start + self->spacing + end > width;
}

static GtkSizeRequestMode
zifu_wrap_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
zifu_wrap_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                       int *natural_baseline)
{
  ZifuWrapRow *self = ZIFU_WRAP_ROW (widget);
  int min_a, nat_a, min_b, nat_b;

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_child (self->start, orientation, -1, &min_a, &nat_a);
      measure_child (self->end, orientation, -1, &min_b, &nat_b);
      *minimum = MAX (min_a, min_b);
      *natural = nat_a + nat_b + (nat_a > 0 && nat_b > 0 ? self->spacing : 0);
      return;
    }
  if (is_stacked (self, for_size))
    {
      measure_child (self->start, orientation, for_size, &min_a, &nat_a);
      measure_child (self->end, orientation, for_size, &min_b, &nat_b);
      *minimum = min_a + min_b;
      *natural = nat_a + nat_b;
      return;
    }
  if (for_size >= 0 && is_shown (self->end) && is_shown (self->start))
    {
      int end_width;

      measure_child (self->end, GTK_ORIENTATION_HORIZONTAL, -1, &min_b, &end_width);
      measure_child (self->start, orientation, for_size - end_width - self->spacing, &min_a, &nat_a);
      measure_child (self->end, orientation, end_width, &min_b, &nat_b);
    }
  else
    {
      measure_child (self->start, orientation, for_size, &min_a, &nat_a);
      measure_child (self->end, orientation, for_size, &min_b, &nat_b);
    }
  *minimum = MAX (min_a, min_b);
  *natural = MAX (nat_a, nat_b);
}

static void
put (GtkWidget *child, int x, int y, int width, int height)
{
  if (is_shown (child))
    gtk_widget_allocate (child, width, height, -1, gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, y)));
}

static void
zifu_wrap_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ZifuWrapRow *self = ZIFU_WRAP_ROW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int minimum, first, last;

  if (is_stacked (self, width))
    {
      GtkWidget *above = self->end_first ? self->end : self->start;
      GtkWidget *below = self->end_first ? self->start : self->end;

      measure_child (above, GTK_ORIENTATION_VERTICAL, width, &minimum, &first);
      measure_child (below, GTK_ORIENTATION_VERTICAL, width, &last, &minimum);
      first = MAX (0, MIN (first, height - last));
      put (above, 0, 0, width, first);
      put (below, 0, first, width, height - first);
      return;
    }
  measure_child (self->end, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &last);
  last = is_shown (self->start) ? MIN (last, width) : width;
  first = is_shown (self->end) ? MAX (0, width - last - self->spacing) : width;
  put (self->start, rtl ? width - first : 0, 0, first, height);
  put (self->end, rtl ? 0 : width - last, 0, last, height);
}

static void
zifu_wrap_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ZifuWrapRow *self = ZIFU_WRAP_ROW (object);

  switch ((ZifuWrapRowProperty) id)
    {
    case PROP_START_CHILD:
      g_value_set_object (value, self->start);
      break;
    case PROP_END_CHILD:
      g_value_set_object (value, self->end);
      break;
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    case PROP_END_FIRST:
      g_value_set_boolean (value, self->end_first);
      break;
    case PROP_START_WRAPS:
      g_value_set_boolean (value, self->start_wraps);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_wrap_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZifuWrapRow *self = ZIFU_WRAP_ROW (object);

  switch ((ZifuWrapRowProperty) id)
    {
    case PROP_START_CHILD:
      zifu_wrap_row_set_start_child (self, g_value_get_object (value));
      break;
    case PROP_END_CHILD:
      zifu_wrap_row_set_end_child (self, g_value_get_object (value));
      break;
    case PROP_SPACING:
      zifu_wrap_row_set_spacing (self, g_value_get_int (value));
      break;
    case PROP_END_FIRST:
      zifu_wrap_row_set_end_first (self, g_value_get_boolean (value));
      break;
    case PROP_START_WRAPS:
      zifu_wrap_row_set_start_wraps (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_wrap_row_dispose (GObject *object)
{
  ZifuWrapRow *self = ZIFU_WRAP_ROW (object);

  g_clear_pointer (&self->start, gtk_widget_unparent);
  g_clear_pointer (&self->end, gtk_widget_unparent);
  G_OBJECT_CLASS (zifu_wrap_row_parent_class)->dispose (object);
}

static void
zifu_wrap_row_class_init (ZifuWrapRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = zifu_wrap_row_get_property;
  object_class->set_property = zifu_wrap_row_set_property;
  object_class->dispose = zifu_wrap_row_dispose;
  widget_class->get_request_mode = zifu_wrap_row_get_request_mode;
  widget_class->measure = zifu_wrap_row_measure;
  widget_class->size_allocate = zifu_wrap_row_size_allocate;

  properties[PROP_START_CHILD] = g_param_spec_object ("start-child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_END_CHILD] = g_param_spec_object ("end-child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, 1000, SPACING, flags);
  properties[PROP_END_FIRST] = g_param_spec_boolean ("end-first", NULL, NULL, FALSE, flags);
  properties[PROP_START_WRAPS] = g_param_spec_boolean ("start-wraps", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "wraprow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
zifu_wrap_row_init (ZifuWrapRow *self)
{
  self->spacing = SPACING;
}

/* --- public --- */

/**
 * zifu_wrap_row_new:
 * @start: (nullable): the child at the start, usually words
 * @end: (nullable): the child at the end, usually a figure
 *
 * Makes a row of two children.
 *
 * Returns: (transfer floating): a new row
 */
GtkWidget *
zifu_wrap_row_new (GtkWidget *start, GtkWidget *end)
{
  return g_object_new (ZIFU_TYPE_WRAP_ROW, "start-child", start, "end-child", end, NULL);
}

static gboolean
replace_child (ZifuWrapRow *self, GtkWidget **place, GtkWidget *child)
{
  if (*place == child)
    return FALSE;
  g_clear_pointer (place, gtk_widget_unparent);
  *place = child;
  if (child != NULL)
    /* The start child comes first in the order of focus and of reading, whichever was set first. */
    gtk_widget_insert_after (child, GTK_WIDGET (self), place == &self->end ? self->start : NULL);
  return TRUE;
}

/**
 * zifu_wrap_row_get_start_child:
 * @self: a row
 *
 * Returns: (nullable) (transfer none): the child at the start
 */
GtkWidget *
zifu_wrap_row_get_start_child (ZifuWrapRow *self)
{
  g_return_val_if_fail (ZIFU_IS_WRAP_ROW (self), NULL);

  return self->start;
}

/**
 * zifu_wrap_row_set_start_child:
 * @self: a row
 * @child: (nullable): the new child
 *
 * Replaces the child at the start.
 */
void
zifu_wrap_row_set_start_child (ZifuWrapRow *self, GtkWidget *child)
{
  g_return_if_fail (ZIFU_IS_WRAP_ROW (self));

  if (replace_child (self, &self->start, child))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_START_CHILD]);
}

/**
 * zifu_wrap_row_get_end_child:
 * @self: a row
 *
 * Returns: (nullable) (transfer none): the child at the end
 */
GtkWidget *
zifu_wrap_row_get_end_child (ZifuWrapRow *self)
{
  g_return_val_if_fail (ZIFU_IS_WRAP_ROW (self), NULL);

  return self->end;
}

/**
 * zifu_wrap_row_set_end_child:
 * @self: a row
 * @child: (nullable): the new child
 *
 * Replaces the child at the end.
 */
void
zifu_wrap_row_set_end_child (ZifuWrapRow *self, GtkWidget *child)
{
  g_return_if_fail (ZIFU_IS_WRAP_ROW (self));

  if (replace_child (self, &self->end, child))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_END_CHILD]);
}

/**
 * zifu_wrap_row_get_spacing:
 * @self: a row
 *
 * Returns: the least space between children that stand beside each other, in pixels
 */
int
zifu_wrap_row_get_spacing (ZifuWrapRow *self)
{
  g_return_val_if_fail (ZIFU_IS_WRAP_ROW (self), 0);

  return self->spacing;
}

/**
 * zifu_wrap_row_set_spacing:
 * @self: a row
 * @spacing: pixels
 *
 * Sets the least space between children that stand beside each other.
 */
void
zifu_wrap_row_set_spacing (ZifuWrapRow *self, int spacing)
{
  g_return_if_fail (ZIFU_IS_WRAP_ROW (self));
  g_return_if_fail (spacing >= 0);

  if (self->spacing == spacing)
    return;
  self->spacing = spacing;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPACING]);
}

/**
 * zifu_wrap_row_get_end_first:
 * @self: a row
 *
 * Returns: %TRUE when the end child stands above the other one, once they are stacked
 */
gboolean
zifu_wrap_row_get_end_first (ZifuWrapRow *self)
{
  g_return_val_if_fail (ZIFU_IS_WRAP_ROW (self), FALSE);

  return self->end_first;
}

/**
 * zifu_wrap_row_set_end_first:
 * @self: a row
 * @end_first: whether the end child stands above when stacked, as a badge does above its title
 *
 * Sets which child stands above.
 */
void
zifu_wrap_row_set_end_first (ZifuWrapRow *self, gboolean end_first)
{
  g_return_if_fail (ZIFU_IS_WRAP_ROW (self));

  end_first = !!end_first;
  if (self->end_first == end_first)
    return;
  self->end_first = end_first;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_END_FIRST]);
}

/**
 * zifu_wrap_row_get_start_wraps:
 * @self: a row
 *
 * Returns: whether the words at the start may wrap before they stand above the figure
 */
gboolean
zifu_wrap_row_get_start_wraps (ZifuWrapRow *self)
{
  g_return_val_if_fail (ZIFU_IS_WRAP_ROW (self), FALSE);

  return self->start_wraps;
}

/**
 * zifu_wrap_row_set_start_wraps:
 * @self: a row
 * @start_wraps: whether the words at the start may wrap
 *
 * Keeps both beside each other as long as the words have at least as much room as the figure.
 */
void
zifu_wrap_row_set_start_wraps (ZifuWrapRow *self, gboolean start_wraps)
{
  g_return_if_fail (ZIFU_IS_WRAP_ROW (self));

  start_wraps = !!start_wraps;
  if (self->start_wraps == start_wraps)
    return;
  self->start_wraps = start_wraps;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_START_WRAPS]);
}
