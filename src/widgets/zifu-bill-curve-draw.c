/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-bill-curve-private.h"

#include "zifu-block.h"
#include "zifu-rational.h"

/* Where the parts of the curve stand, and its lines.  Money becomes pixels here, and never money again. */

#define AREA_HEIGHT 200
#define AREA_WIDTH 140
#define NATURAL_WIDTH 420
#define SPACE 6
#define SUBPIXELS 16
#define LINE_WIDTH 3
#define DOT 6
#define PI 3.14159265358979

typedef struct {
  int left, top, width, height; /* of the area between the axes */
} Frame;

typedef struct {
  int   x[ZIFU_N_CURVE_WORDS], y[ZIFU_N_CURVE_WORDS], w[ZIFU_N_CURVE_WORDS], h[ZIFU_N_CURVE_WORDS];
  guint n;
} Placed;

static int
size_of (GtkWidget *child, GtkOrientation orientation, int for_size)
{
  int natural = 0;

  if (gtk_widget_get_visible (child))
    gtk_widget_measure (child, orientation, for_size, NULL, &natural, NULL, NULL);
  return natural;
}

static int
width_of (GtkWidget *child)
{
  return size_of (child, GTK_ORIENTATION_HORIZONTAL, -1);
}

static int
height_of (GtkWidget *child)
{
  return size_of (child, GTK_ORIENTATION_VERTICAL, -1);
}

static int
minimum_width (GtkWidget *child)
{
  int minimum = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static int
widest (GtkWidget *const *labels)
{
  int width = 0;

  for (guint i = 0; i < ZIFU_BILL_CURVE_MAX_TICKS; i++)
    width = MAX (width, width_of (labels[i]));
  return width;
}

/* The height of everything but the area, for a width of the whole. */
static int
margins (ZifuBillCurve *self, int width, int *above)
{
  int axis = height_of (self->scale[0]);

  *above = size_of (self->readout, GTK_ORIENTATION_VERTICAL, width) + SPACE + axis / 2;
  return *above + SPACE / 2 + axis + SPACE / 2 + size_of (self->caption, GTK_ORIENTATION_VERTICAL, width);
}

static Frame
make_frame (ZifuBillCurve *self, int width, int height)
{
  Frame frame = { 0 };

  frame.left = widest (self->scale) + SPACE;
  frame.width = MAX (1, width - frame.left);
  frame.height = MAX (1, height - margins (self, width, &frame.top));
  return frame;
}

/**
 * zifu_bill_curve_draw_measure:
 * @self: a curve
 * @orientation: which size
 * @for_size: pixels of the other size, −1 = unknown
 * @minimum: (out): pixels
 * @natural: (out): pixels
 *
 * Measures the curve.
 */
void
zifu_bill_curve_draw_measure (ZifuBillCurve *self, GtkOrientation orientation, int for_size, int *minimum, int *natural)
{
  int above = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MAX (widest (self->scale) + SPACE + AREA_WIDTH, MAX (minimum_width (self->readout), minimum_width (self->caption)));
      *natural = MAX (*minimum, NATURAL_WIDTH);
      return;
    }
  *minimum = *natural = AREA_HEIGHT + margins (self, for_size, &above);
}

/* --- money to pixels --- */

static double
pixels (const ZifuBillCurve *self, int length, ZifuMoney amount)
{
  return (double) (int) ((ZifuInt128) length * SUBPIXELS * CLAMP (amount, 0, self->data->top) / self->data->top) / SUBPIXELS;
}

static double
x_of (const ZifuBillCurve *self, const Frame *frame, ZifuMoney bill)
{
  return frame->left + pixels (self, frame->width, bill);
}

static double
y_of (const ZifuBillCurve *self, const Frame *frame, ZifuMoney pay)
{
  return frame->top + frame->height - pixels (self, frame->height, pay);
}

static ZifuMoney
bill_at (const ZifuBillCurve *self, const Frame *frame, int x)
{
  return (ZifuMoney) ((ZifuInt128) self->data->top * CLAMP (x - frame->left, 0, frame->width) / frame->width);
}

/* Where the curve, or the line of paying it all, stands at a pixel. */
static int
curve_at (const ZifuBillCurve *self, const Frame *frame, int x)
{
  guint n = self->data->points->len;
  guint i = (guint) ((ZifuInt128) (n - 1) * bill_at (self, frame, x) / self->data->top);

  return (int) y_of (self, frame, g_array_index (self->data->points, ZifuBillPoint, i).pay);
}

static int
whole_at (const ZifuBillCurve *self, const Frame *frame, int x)
{
  return (int) y_of (self, frame, bill_at (self, frame, x));
}

/**
 * zifu_bill_curve_nearest_stop:
 * @self: a curve
 * @x: pixels from the start of the widget
 *
 * Returns: the place of the cursor that is nearest to @x; −1 when there is no curve
 */
int
zifu_bill_curve_nearest_stop (ZifuBillCurve *self, int x)
{
  Frame frame = make_frame (self, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));

  return self->data != NULL ? zifu_bill_curve_stop_of (self, bill_at (self, &frame, x)) : -1;
}

/* --- places --- */

/* Puts a word where no other one is; returns whether there was room. */
static gboolean
put_word (ZifuBillCurve *self, const Frame *frame, Placed *placed, GtkWidget *word, int x, int y)
{
  int w = width_of (word), h = height_of (word);

  if (x < frame->left + 2 || x + w > frame->left + frame->width || y < frame->top - h || y + h > frame->top + frame->height)
    return FALSE;
  for (guint i = 0; i < placed->n; i++)
    if (x < placed->x[i] + placed->w[i] + SPACE && placed->x[i] < x + w + SPACE && y < placed->y[i] + placed->h[i] && placed->y[i] < y + h)
      return FALSE;
  placed->x[placed->n] = x;
  placed->y[placed->n] = y;
  placed->w[placed->n] = w;
  placed->h[placed->n] = h;
  placed->n++;
  gtk_widget_set_child_visible (word, TRUE);
  zifu_block_place (GTK_WIDGET (self), word, x, y, w, h);
  return TRUE;
}

/* Beside its line and below the curve, at the base or just above another word there. */
static void
put_mark (ZifuBillCurve *self, const Frame *frame, Placed *placed, ZifuCurveWord which, ZifuMoney bill)
{
  GtkWidget *word = self->words[which];
  int line = (int) x_of (self, frame, bill), w = width_of (word), h = height_of (word);

  for (int row = 1; row <= 2; row++)
    {
      int y = frame->top + frame->height - row * (h + 2);

      if (y > curve_at (self, frame, line) + LINE_WIDTH && put_word (self, frame, placed, word, line + SPACE, y))
        return;
      if (y > curve_at (self, frame, line - SPACE - w) + LINE_WIDTH && put_word (self, frame, placed, word, line - SPACE - w, y))
        return;
    }
}

/* Between the curve and the line of paying it all, as far to the right as there is room. */
static void
put_funds (ZifuBillCurve *self, const Frame *frame, Placed *placed)
{
  GtkWidget *word = self->words[ZIFU_CURVE_WORD_FUNDS];
  int w = width_of (word), h = height_of (word);

  for (int percent = 88; percent >= 40; percent -= 4)
    {
      int x = frame->left + frame->width * percent / 100 - w;
      int top = whole_at (self, frame, x) + 2, bottom = curve_at (self, frame, x + w) - LINE_WIDTH;

      if (bottom - top >= h && put_word (self, frame, placed, word, x, (top + bottom - h) / 2))
        return;
    }
}

static void
place_words (ZifuBillCurve *self, const Frame *frame)
{
  Placed placed = { { 0 }, { 0 }, { 0 }, { 0 }, 0 };
  GtkWidget *whole = self->words[ZIFU_CURVE_WORD_WHOLE], *mine = self->words[ZIFU_CURVE_WORD_MINE];
  int right = frame->left + frame->width, x = 0;

  for (guint i = 0; i < ZIFU_N_CURVE_WORDS; i++)
    gtk_widget_set_child_visible (self->words[i], FALSE);
  if (self->data->has_deductible)
    put_mark (self, frame, &placed, ZIFU_CURVE_WORD_DEDUCTIBLE, self->data->deductible.bill);
  if (self->data->has_cap)
    put_mark (self, frame, &placed, ZIFU_CURVE_WORD_CAP, self->data->cap.bill);
  x = right - width_of (mine);
  put_word (self, frame, &placed, mine, x, curve_at (self, frame, x) + LINE_WIDTH);
  put_funds (self, frame, &placed);
  x = frame->left + frame->width * 55 / 100;
  put_word (self, frame, &placed, whole, x - SPACE - width_of (whole), whole_at (self, frame, x) - height_of (whole));
}

static void
place_scales (ZifuBillCurve *self, const Frame *frame)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int cell = frame->width / (int) (self->n_ticks - 1), bill = widest (self->bills) + SPACE;
  guint every = (guint) (bill + cell - 1) / (guint) MAX (1, cell);

  for (guint i = 0; i < self->n_ticks; i++)
    {
      int x = (int) x_of (self, frame, self->step * i), y = (int) y_of (self, frame, self->step * i);
      int w = width_of (self->scale[i]), h = height_of (self->scale[i]);

      zifu_block_place (widget, self->gridlines[i], frame->left, y, frame->width, 1);
      zifu_block_place (widget, self->scale[i], frame->left - SPACE - w, y - h / 2, w, h);
      w = width_of (self->bills[i]);
      gtk_widget_set_child_visible (self->bills[i], i % every == 0);
      if (i % every == 0)
        zifu_block_place (widget, self->bills[i], CLAMP (x - w / 2, 0, frame->left + frame->width - w),
                          frame->top + frame->height + SPACE / 2, w, h);
    }
}

/**
 * zifu_bill_curve_draw_allocate:
 * @self: a curve
 * @width: pixels
 * @height: pixels
 *
 * Places all parts.
 */
void
zifu_bill_curve_draw_allocate (ZifuBillCurve *self, int width, int height)
{
  GtkWidget *widget = GTK_WIDGET (self);
  Frame frame = make_frame (self, width, height);
  int caption = size_of (self->caption, GTK_ORIENTATION_VERTICAL, width);

  for (guint i = 0; i < ZIFU_N_CURVE_INKS; i++)
    zifu_block_place (widget, self->inks[i], 0, 0, 1, 1);
  zifu_block_place (widget, self->readout, 0, 0, width, size_of (self->readout, GTK_ORIENTATION_VERTICAL, width));
  zifu_block_place (widget, self->caption, 0, height - caption, width, caption);
  for (guint i = 0; i < ZIFU_N_CURVE_WORDS && self->data == NULL; i++)
    gtk_widget_set_child_visible (self->words[i], FALSE);
  if (self->data == NULL)
    return;
  place_scales (self, &frame);
  place_words (self, &frame);
}

/* --- lines --- */

/* The first colour in what a child paints; the toolkit wraps it in as little as there is to say. */
static gboolean
find_color (GskRenderNode *node, GdkRGBA *color)
{
  GskRenderNodeType type = gsk_render_node_get_node_type (node);

  if (type == GSK_COLOR_NODE)
    {
      *color = *gsk_color_node_get_color (node);
      return TRUE;
    }
  if (type == GSK_TRANSFORM_NODE)
    return find_color (gsk_transform_node_get_child (node), color);
  if (type == GSK_CLIP_NODE)
    return find_color (gsk_clip_node_get_child (node), color);
  if (type == GSK_DEBUG_NODE)
    return find_color (gsk_debug_node_get_child (node), color);
  for (guint i = 0; type == GSK_CONTAINER_NODE && i < gsk_container_node_get_n_children (node); i++)
    if (find_color (gsk_container_node_get_child (node, i), color))
      return TRUE;
  return FALSE;
}

/* Colours live in the style sheet alone: the ink is what the sheet paints a child with that is never shown. */
static void
use_ink (ZifuBillCurve *self, cairo_t *cr, ZifuCurveInk ink)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node = NULL;
  GdkRGBA color = { 0.5, 0.5, 0.5, 1 };

  gtk_widget_snapshot_child (GTK_WIDGET (self), self->inks[ink], snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node != NULL)
    find_color (node, &color);
  g_clear_pointer (&node, gsk_render_node_unref);
  gdk_cairo_set_source_rgba (cr, &color);
}

static void
trace_curve (ZifuBillCurve *self, const Frame *frame, cairo_t *cr)
{
  for (guint i = 0; i < self->data->points->len; i++)
    {
      const ZifuBillPoint *point = &g_array_index (self->data->points, ZifuBillPoint, i);

      cairo_line_to (cr, x_of (self, frame, point->bill), y_of (self, frame, point->pay));
    }
}

static void
draw_ruler (ZifuBillCurve *self, const Frame *frame, cairo_t *cr, const ZifuBillPoint *point)
{
  double x = (int) x_of (self, frame, point->bill) + .5;

  cairo_move_to (cr, x, y_of (self, frame, point->pay));
  cairo_line_to (cr, x, frame->top + frame->height);
  cairo_stroke (cr);
}

static void
draw_dot (ZifuBillCurve *self, const Frame *frame, cairo_t *cr, const ZifuBillPoint *point, gboolean filled)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x_of (self, frame, point->bill), y_of (self, frame, point->pay), filled ? DOT : DOT + 2, 0, 2 * PI);
  if (filled)
    cairo_fill (cr);
  else
    cairo_stroke (cr);
}

static void
draw_lines (ZifuBillCurve *self, const Frame *frame, cairo_t *cr)
{
  static const double dashes[] = { 4, 4 };
  const ZifuBillCurveData *data = self->data;
  const ZifuBillPoint *shown = zifu_bill_curve_shown (self);

  use_ink (self, cr, ZIFU_CURVE_FUNDS);
  trace_curve (self, frame, cr);
  cairo_line_to (cr, x_of (self, frame, data->top), y_of (self, frame, data->top));
  cairo_close_path (cr);
  cairo_fill (cr);
  use_ink (self, cr, ZIFU_CURVE_WHOLE);
  cairo_set_line_width (cr, 1.5);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, x_of (self, frame, 0), y_of (self, frame, 0));
  cairo_line_to (cr, x_of (self, frame, data->top), y_of (self, frame, data->top));
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  use_ink (self, cr, ZIFU_CURVE_RULER);
  cairo_set_line_width (cr, 1);
  if (data->has_deductible)
    draw_ruler (self, frame, cr, &data->deductible);
  if (data->has_cap)
    draw_ruler (self, frame, cr, &data->cap);
  use_ink (self, cr, ZIFU_CURVE_MINE);
  if (shown != &data->current)
    draw_ruler (self, frame, cr, shown);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  trace_curve (self, frame, cr);
  cairo_stroke (cr);
  draw_dot (self, frame, cr, &data->current, TRUE);
  cairo_set_line_width (cr, 2);
  if (shown != &data->current)
    draw_dot (self, frame, cr, shown, FALSE);
}

/**
 * zifu_bill_curve_draw_snapshot:
 * @self: a curve
 * @snapshot: where to draw
 *
 * Draws the grid, the lines upon it, and the words upon both.
 */
void
zifu_bill_curve_draw_snapshot (ZifuBillCurve *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  Frame frame = make_frame (self, width, height);
  cairo_t *cr = NULL;

  for (guint i = 0; i < self->n_ticks; i++)
    gtk_widget_snapshot_child (widget, self->gridlines[i], snapshot);
  if (self->data != NULL)
    {
      cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
      draw_lines (self, &frame, cr);
      cairo_destroy (cr);
    }
  for (guint i = 0; i < self->n_ticks; i++)
    {
      gtk_widget_snapshot_child (widget, self->scale[i], snapshot);
      gtk_widget_snapshot_child (widget, self->bills[i], snapshot);
    }
  for (guint i = 0; i < ZIFU_N_CURVE_WORDS; i++)
    gtk_widget_snapshot_child (widget, self->words[i], snapshot);
  gtk_widget_snapshot_child (widget, self->readout, snapshot);
  gtk_widget_snapshot_child (widget, self->caption, snapshot);
}
