/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-line-layout.h"

/*
 * ZifuLineLayout:
 *
 * A horizontal GtkBox asks its children how wide they must be for the height it was given.  For a label of mixed Chinese and Latin text
 * with full-width brackets GTK 4.8 answers with the width of the whole unwrapped line, and the figure behind it leaves the row.  This
 * layout asks for widths without a height, as height-for-width geometry means it, and so keeps every child inside.
 *
 * With very large text the words would be left one character a line.  When less than "fold-chars" characters fit beside the children that
 * follow the words, those go to a second line and stand at its end.
 */

struct _ZifuLineLayout {
  GtkLayoutManager parent_instance;

  int spacing;
  int fold_chars;
};

typedef enum { PROP_SPACING = 1, PROP_FOLD_CHARS } ZifuLineLayoutProperty;
static GParamSpec *properties[PROP_FOLD_CHARS + 1];

G_DEFINE_FINAL_TYPE (ZifuLineLayout, zifu_line_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkRequestedSize *
size_at (GArray *sizes, guint i)
{
  return &g_array_index (sizes, GtkRequestedSize, i);
}

static gboolean
expands (GArray *sizes, guint i)
{
  return gtk_widget_compute_expand (size_at (sizes, i)->data, GTK_ORIENTATION_HORIZONTAL);
}

/* Returns the widths asked for, one for each child that is shown. */
static GArray *
ask_widths (GtkWidget *widget)
{
  GArray *sizes = g_array_new (FALSE, TRUE, sizeof (GtkRequestedSize));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkRequestedSize size = { .data = child };

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &size.minimum_size, &size.natural_size, NULL, NULL);
      g_array_append_val (sizes, size);
    }
  return sizes;
}

/* Gives the children from @first up to, not including, @last their widths, which are written into minimum_size: those that do not expand
 * come first, the others share the rest. */
static void
share_out (ZifuLineLayout *self, GArray *sizes, guint first, guint last, int width)
{
  int left = width - self->spacing * MAX (0, (int) (last - first) - 1);
  int wish = 0;
  guint n_expand = 0;

  for (guint i = first; i < last; i++)
    {
      left -= size_at (sizes, i)->minimum_size;
      if (expands (sizes, i))
        n_expand++;
      else
        wish += size_at (sizes, i)->natural_size - size_at (sizes, i)->minimum_size;
    }
  left = MAX (0, left);
  for (guint i = first; i < last; i++)
    {
      GtkRequestedSize *size = size_at (sizes, i);
      int more = size->natural_size - size->minimum_size;

      if (!expands (sizes, i) && wish > 0)
        size->minimum_size += wish <= left ? more : (int) ((gint64) left * more / wish);
    }
  left = MAX (0, left - wish);
  for (guint i = first; i < last && n_expand > 0; i++)
    if (expands (sizes, i))
      {
        int part = left / (int) n_expand--;

        size_at (sizes, i)->minimum_size += part;
        left -= part;
      }
}

static int
char_width (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics));

  pango_font_metrics_unref (metrics);
  return width;
}

/* The number of children on the first line: all of them, unless the words have too little room beside what follows them. */
static guint
count_first_line (ZifuLineLayout *self, GtkWidget *widget, GArray *sizes, int width)
{
  int left = width, least;
  guint words = sizes->len;

  if (self->fold_chars == 0 || width < 0)
    return sizes->len;
  for (guint i = 0; i < sizes->len; i++)
    {
      left -= i > 0 ? self->spacing : 0;
      if (words == sizes->len && expands (sizes, i))
        words = i;
      else
        left -= size_at (sizes, i)->natural_size;
    }
  if (words == sizes->len)
    return sizes->len;
  least = MIN (size_at (sizes, words)->natural_size, self->fold_chars * char_width (widget));
  return left < least ? words + 1 : sizes->len;
}

static int
line_height (GArray *sizes, guint first, guint last, gboolean known, int *natural)
{
  int minimum = 0;

  *natural = 0;
  for (guint i = first; i < last; i++)
    {
      GtkRequestedSize *size = size_at (sizes, i);
      int least, wish;

      gtk_widget_measure (size->data, GTK_ORIENTATION_VERTICAL, known ? size->minimum_size : -1, &least, &wish, NULL, NULL);
      minimum = MAX (minimum, least);
      *natural = MAX (*natural, wish);
    }
  return minimum;
}

static GtkSizeRequestMode
zifu_line_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (ZifuLineLayout *self, GArray *sizes, int *minimum, int *natural)
{
  int first = 0, second = 0;
  gboolean words = FALSE;

  *natural = 0;
  for (guint i = 0; i < sizes->len; i++)
    {
      /* What may go to a second line does not add to the width of the first one. */
      int *line = words && self->fold_chars > 0 ? &second : &first;

      *line += size_at (sizes, i)->minimum_size + (*line > 0 ? self->spacing : 0);
      *natural += size_at (sizes, i)->natural_size + (i > 0 ? self->spacing : 0);
      words = words || expands (sizes, i);
    }
  *minimum = MAX (first, second);
}

static void
zifu_line_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  ZifuLineLayout *self = ZIFU_LINE_LAYOUT (manager);
  g_autoptr (GArray) sizes = ask_widths (widget);
  guint first;
  int second_natural;

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, sizes, minimum, natural);
      return;
    }
  first = count_first_line (self, widget, sizes, for_size);
  if (for_size >= 0)
    {
      share_out (self, sizes, 0, first, for_size);
      share_out (self, sizes, first, sizes->len, for_size);
    }
  *minimum = line_height (sizes, 0, first, for_size >= 0, natural);
  *minimum += line_height (sizes, first, sizes->len, for_size >= 0, &second_natural);
  *natural += second_natural;
}

static void
place (GtkWidget *widget, GtkWidget *child, int x, int y, int width, int height)
{
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (widget) - x - width;
  gtk_widget_allocate (child, width, height, -1, gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, y)));
}

static void
zifu_line_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  ZifuLineLayout *self = ZIFU_LINE_LAYOUT (manager);
  g_autoptr (GArray) sizes = ask_widths (widget);
  guint first = count_first_line (self, widget, sizes, width);
  int x = 0, tall = height, second = 0;

  share_out (self, sizes, 0, first, width);
  share_out (self, sizes, first, sizes->len, width);
  if (first < sizes->len)
    {
      line_height (sizes, first, sizes->len, TRUE, &second);
      second = MIN (second, height);
      tall = height - second;
    }
  for (guint i = 0; i < first; i++)
    {
      place (widget, size_at (sizes, i)->data, x, 0, size_at (sizes, i)->minimum_size, tall);
      x += size_at (sizes, i)->minimum_size + self->spacing;
    }
  x = width;
  for (guint i = sizes->len; i > first; i--)
    {
      x -= size_at (sizes, i - 1)->minimum_size;
      place (widget, size_at (sizes, i - 1)->data, x, tall, size_at (sizes, i - 1)->minimum_size, second);
      x -= self->spacing;
    }
}

static void
zifu_line_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((ZifuLineLayoutProperty) id)
    {
    case PROP_SPACING:
      g_value_set_int (value, ZIFU_LINE_LAYOUT (object)->spacing);
      break;
    case PROP_FOLD_CHARS:
      g_value_set_int (value, ZIFU_LINE_LAYOUT (object)->fold_chars);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_line_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZifuLineLayout *self = ZIFU_LINE_LAYOUT (object);
  int *place_of = NULL;

  switch ((ZifuLineLayoutProperty) id)
    {
    case PROP_SPACING:
      place_of = &self->spacing;
      break;
    case PROP_FOLD_CHARS:
      place_of = &self->fold_chars;
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  if (*place_of == g_value_get_int (value))
    return;
  *place_of = g_value_get_int (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
zifu_line_layout_class_init (ZifuLineLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = zifu_line_layout_get_property;
  object_class->set_property = zifu_line_layout_set_property;
  layout_class->get_request_mode = zifu_line_layout_get_request_mode;
  layout_class->measure = zifu_line_layout_measure;
  layout_class->allocate = zifu_line_layout_allocate;

  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, 1000, 0, flags);
  properties[PROP_FOLD_CHARS] = g_param_spec_int ("fold-chars", NULL, NULL, 0, 1000, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
zifu_line_layout_init (ZifuLineLayout *self)
{
}

/**
 * zifu_line_layout_new:
 * @spacing: pixels between children
 * @fold_chars: how many characters of the expanding words must fit beside what follows them; 0 = the line is never folded
 *
 * Makes a layout.
 *
 * Returns: (transfer full): a new layout
 */
GtkLayoutManager *
zifu_line_layout_new (int spacing, int fold_chars)
{
  return g_object_new (ZIFU_TYPE_LINE_LAYOUT, "spacing", spacing, "fold-chars", fold_chars, NULL);
}

/**
 * zifu_line_new:
 * @spacing: pixels between children
 * @fold_chars: as for zifu_line_layout_new()
 *
 * Makes an empty GtkBox that uses this layout; fill it with gtk_box_append().  In a .ui file the same is a GtkBox with
 * the property "layout-manager".
 *
 * Returns: (transfer floating): a new widget
 */
GtkWidget *
zifu_line_new (int spacing, int fold_chars)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (line, zifu_line_layout_new (spacing, fold_chars));
  return line;
}
