/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-month-columns-private.h"

#include "zifu-block.h"
#include "zifu-rational.h"

/* Where the parts of the chart stand.  Everything is in whole pixels, counted from the start of the line and from the top. */

#define AREA_HEIGHT 112
#define LABEL_SPACE 6
#define VALUE_SPACE 2
#define CELL_MINIMUM 14
#define MARGIN_PERCENT 16

typedef struct {
  int left;  /* where the columns begin */
  int top;   /* y of the uppermost grid line */
  int area;  /* height between the uppermost line and the base */
  int width; /* of all columns */
  guint n;
} Frame;

static int
size_of (GtkWidget *child, GtkOrientation orientation)
{
  int natural = 0;

  if (child != NULL && gtk_widget_get_visible (child))
    gtk_widget_measure (child, orientation, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
width_of (GtkWidget *child)
{
  return size_of (child, GTK_ORIENTATION_HORIZONTAL);
}

static int
height_of (GtkWidget *child)
{
  return size_of (child, GTK_ORIENTATION_VERTICAL);
}

static int
largest (GPtrArray *children, GtkOrientation orientation)
{
  int out = 0;

  for (guint i = 0; i < children->len; i++)
    out = MAX (out, size_of (g_ptr_array_index (children, i), orientation));
  return out;
}

static int
head_height (ZifuMonthColumns *self)
{
  return height_of (self->past) + MAX (height_of (self->now_value), MAX (height_of (self->last_value), height_of (self->focus_value)));
}

static int
foot_height (ZifuMonthColumns *self)
{
  return LABEL_SPACE / 2 + largest (self->months, GTK_ORIENTATION_VERTICAL) + largest (self->years, GTK_ORIENTATION_VERTICAL);
}

static int
scale_width (ZifuMonthColumns *self)
{
  int width = 0;

  for (guint i = 0; i < ZIFU_MONTH_COLUMNS_GRIDLINES; i++)
    width = MAX (width, width_of (self->grid_labels[i]));
  return width + LABEL_SPACE;
}

/**
 * zifu_month_columns_layout_measure:
 * @self: a chart
 * @orientation: which size
 * @minimum: (out): pixels
 * @natural: (out): pixels
 *
 * Measures the chart.
 */
void
zifu_month_columns_layout_measure (ZifuMonthColumns *self, GtkOrientation orientation, int *minimum, int *natural)
{
  int n = (int) self->columns->len;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = scale_width (self) + n * CELL_MINIMUM;
      *natural = scale_width (self) + n * MAX (CELL_MINIMUM, largest (self->months, orientation) + LABEL_SPACE);
      return;
    }
  /* Inside something that scrolls, a widget gets no more than its minimum. */
  *minimum = *natural = head_height (self) + AREA_HEIGHT + foot_height (self);
}

static int
cell_start (const Frame *frame, guint i)
{
  return frame->left + (int) ((guint) frame->width * i / frame->n);
}

static int
cell_middle (const Frame *frame, guint i)
{
  return (cell_start (frame, i) + cell_start (frame, i + 1)) / 2;
}

static int
column_height (ZifuMonthColumns *self, const Frame *frame, guint i)
{
  ZifuMoney balance = CLAMP (g_array_index (self->data, ZifuMonthColumn, i).balance, 0, self->top);

  return (int) ((ZifuInt128) frame->area * balance / self->top);
}

/* Puts a label with its middle at @x, but never outside the chart. */
static void
put_centred (ZifuMonthColumns *self, const Frame *frame, GtkWidget *label, int x, int y)
{
  int width = width_of (label);
  int right = frame->left + frame->width;

  if (width > 0)
    zifu_block_place (GTK_WIDGET (self), label, CLAMP (x - width / 2, 0, MAX (0, right - width)), y, width, height_of (label));
}

static void
place_scale (ZifuMonthColumns *self, const Frame *frame)
{
  for (guint i = 0; i < ZIFU_MONTH_COLUMNS_GRIDLINES; i++)
    {
      GtkWidget *label = self->grid_labels[i];
      int y = frame->top + frame->area - frame->area * (int) i / (ZIFU_MONTH_COLUMNS_GRIDLINES - 1);

      zifu_block_place (GTK_WIDGET (self), self->gridlines[i], frame->left, y, frame->width, 1);
      zifu_block_place (GTK_WIDGET (self), label, frame->left - LABEL_SPACE - width_of (label), MAX (0, y - height_of (label) / 2),
                        width_of (label), height_of (label));
    }
}

static void
place_columns (ZifuMonthColumns *self, const Frame *frame)
{
  int base = frame->top + frame->area;

  for (guint i = 0; i < frame->n; i++)
    {
      int cell = cell_start (frame, i + 1) - cell_start (frame, i);
      int margin = MAX (1, cell * MARGIN_PERCENT / 100);
      /* A column of 0.00 keeps one pixel, so that it can be seen and focused. */
      int tall = MAX (1, column_height (self, frame, i));

      zifu_block_place (GTK_WIDGET (self), g_ptr_array_index (self->columns, i), cell_start (frame, i) + margin, base - tall,
                        cell - 2 * margin, tall);
    }
}

/* Places one row of month labels; only every @step-th is shown, the one of the present month among them. */
static void
place_months (ZifuMonthColumns *self, const Frame *frame, GPtrArray *labels, GPtrArray *hidden, guint step)
{
  guint keep = (guint) MAX (0, self->now) % step;

  for (guint i = 0; i < frame->n; i++)
    {
      GtkWidget *label = g_ptr_array_index (labels, i);

      gtk_widget_set_child_visible (g_ptr_array_index (hidden, i), FALSE);
      gtk_widget_set_child_visible (label, i % step == keep);
      if (i % step == keep)
        put_centred (self, frame, label, cell_middle (frame, i), frame->top + frame->area + LABEL_SPACE / 2);
    }
}

/* Month names are written out when all of them have room, else in their short form; with very large text some are left out. */
static void
place_month_labels (ZifuMonthColumns *self, const Frame *frame)
{
  int cell = frame->width / (int) frame->n;
  int short_width = largest (self->initials, GTK_ORIENTATION_HORIZONTAL);

  if (largest (self->months, GTK_ORIENTATION_HORIZONTAL) + 2 <= cell)
    place_months (self, frame, self->months, self->initials, 1);
  else
    place_months (self, frame, self->initials, self->months, (guint) ((short_width + 1 + cell) / MAX (1, cell)));
}

static void
place_years (ZifuMonthColumns *self, const Frame *frame)
{
  int y = frame->top + frame->area + LABEL_SPACE / 2 + largest (self->months, GTK_ORIENTATION_VERTICAL);
  int free_from = 0;

  for (guint i = 0; i < frame->n; i++)
    {
      GtkWidget *label = g_ptr_array_index (self->years, i);
      int start;

      if (label == NULL)
        continue;
      start = cell_middle (frame, i) - width_of (label) / 2;
      gtk_widget_set_child_visible (label, start >= free_from);
      if (start < free_from)
        continue;
      put_centred (self, frame, label, cell_middle (frame, i), y);
      free_from = MAX (0, start) + width_of (label) + LABEL_SPACE;
    }
}

/* The height of the tallest column between two places, so that a figure never lies upon a neighbour. */
static int
tallest_between (ZifuMonthColumns *self, const Frame *frame, int from, int to)
{
  int tall = 0;

  for (guint i = 0; i < frame->n; i++)
    if (cell_start (frame, i + 1) > from && cell_start (frame, i) < to)
      tall = MAX (tall, column_height (self, frame, i));
  return tall;
}

/* A figure stands above its column and keeps to its side of the divider.  Where a taller neighbour would lift it far off its own column it
 * is left out, because it would be read as the neighbour's; the figure of the focused column is always there. */
static void
place_value (ZifuMonthColumns *self, const Frame *frame, GtkWidget *label, int i)
{
  int width, low = 0, high = frame->left + frame->width, x, y, lift;

  if (i < 0 || !gtk_widget_get_visible (label))
    return;
  width = width_of (label);
  if (gtk_widget_get_visible (self->divider))
    {
      int divider = cell_start (frame, (guint) (self->now + 1));

      if (i <= self->now)
        high = divider - VALUE_SPACE;
      else
        low = divider + 1 + VALUE_SPACE;
    }
  x = CLAMP (cell_middle (frame, (guint) i) - width / 2, low, MAX (low, high - width));
  lift = tallest_between (self, frame, x, x + width) - column_height (self, frame, (guint) i);
  gtk_widget_set_child_visible (label, label == self->focus_value || lift <= height_of (label));
  y = frame->top + frame->area - column_height (self, frame, (guint) i) - lift - height_of (label) - VALUE_SPACE;
  zifu_block_place (GTK_WIDGET (self), label, x, MAX (height_of (self->past), y), width, height_of (label));
}

/* The line between what happened and what is expected, with a word on either side when there is room for it. */
static void
place_divider (ZifuMonthColumns *self, const Frame *frame)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int right = frame->left + frame->width;
  int past = width_of (self->past), future = width_of (self->future);
  int x;

  if (!gtk_widget_get_visible (self->divider))
    return;
  x = cell_start (frame, (guint) (self->now + 1));
  zifu_block_place (widget, self->divider, x, 0, 1, frame->top + frame->area);
  gtk_widget_set_child_visible (self->past, x - LABEL_SPACE - past >= 0);
  zifu_block_place (widget, self->past, MAX (0, x - LABEL_SPACE - past), 0, past, height_of (self->past));
  gtk_widget_set_child_visible (self->future, x + LABEL_SPACE + future <= right);
  zifu_block_place (widget, self->future, x + LABEL_SPACE, 0, future, height_of (self->future));
}

/**
 * zifu_month_columns_layout_allocate:
 * @self: a chart
 * @width: pixels
 * @height: pixels
 *
 * Places all parts of the chart.
 */
void
zifu_month_columns_layout_allocate (ZifuMonthColumns *self, int width, int height)
{
  Frame frame = { 0 };

  frame.n = self->columns->len;
  if (frame.n == 0)
    return;
  frame.left = scale_width (self);
  frame.width = width - frame.left;
  frame.top = head_height (self);
  frame.area = height - frame.top - foot_height (self);
  place_scale (self, &frame);
  place_divider (self, &frame);
  place_columns (self, &frame);
  place_month_labels (self, &frame);
  place_years (self, &frame);
  place_value (self, &frame, self->now_value, self->now);
  place_value (self, &frame, self->last_value, (int) frame.n - 1);
  place_value (self, &frame, self->focus_value, self->focused);
}
