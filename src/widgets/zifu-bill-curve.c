/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-bill-curve-private.h"

#include <glib/gi18n-lib.h>

#include "zifu-block.h"

/*
 * ZifuBillCurve:
 *
 * A line above the bills from 0 to a round sum: what I pay of each.  Above it what the funds pay, up to the dashed line of paying it all.
 * Words and grid are child widgets; zifu-bill-curve-draw.c places them and draws the lines.
 *
 * CSS: node "billcurve"; "gridline"; "mine", "funds", "whole" and "ruler", whose background colours are those of the lines; labels with
 * class "axis", "word", "funds", "mine" or "readout".
 * Accessible: role slider, whose value text tells the bill and what I pay; its numbers count the places of the cursor, for the numbers of
 * this interface are floating point.  The description tells bill after bill, so that the curve can be read as a table.
 */

#define N_STEPS 100
#define PAGE 10
#define LEAST_STEP 1000 /* 10 yuan */

G_DEFINE_FINAL_TYPE (ZifuBillCurve, zifu_bill_curve, GTK_TYPE_WIDGET)

/* --- the scale --- */

static ZifuMoney
choose_step (ZifuMoney reach)
{
  static const int factors[] = { 1, 2, 5 };
  ZifuMoney power = LEAST_STEP;

  for (;; power *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
      if (power * factors[i] * (ZIFU_BILL_CURVE_MAX_TICKS - 1) >= reach)
        return power * factors[i];
}

/**
 * zifu_bill_curve_choose_top:
 * @bill: the bill as entered, in fen
 * @deductible: the bill that meets the deductible, in fen; 0 when there is none
 *
 * Chooses the end of both axes: a round sum at which the bill stands before the middle, and the deductible is inside.
 *
 * Returns: fen, a multiple of 10 yuan
 */
ZifuMoney
zifu_bill_curve_choose_top (ZifuMoney bill, ZifuMoney deductible)
{
  ZifuMoney reach = 0, step = 0;

  g_return_val_if_fail (0 <= bill && bill <= ZIFU_MONEY_MAX / 10, LEAST_STEP);
  g_return_val_if_fail (0 <= deductible && deductible <= ZIFU_MONEY_MAX / 10, LEAST_STEP);

  reach = MAX (MAX (bill * 5 / 2, deductible * 5 / 4), 100 * LEAST_STEP);
  step = choose_step (reach);
  return (reach + step - 1) / step * step;
}

/* --- words --- */

static char *
point_text (const ZifuBillPoint *point)
{
  g_autofree char *bill = zifu_words_money (point->bill, ZIFU_MONEY_STYLE_SPOKEN);
  g_autofree char *pay = zifu_words_money (point->pay, ZIFU_MONEY_STYLE_SPOKEN);

  /* Translators: a point of the curve, read out. {1}: the bill, {2}: what I pay of it; amounts with their unit. */
  return zifu_words_fill (_("Bill {1}, I pay {2}"), bill, pay, NULL);
}

static void
append_line (GString *out, const char *words, const ZifuBillPoint *point)
{
  g_autofree char *text = point_text (point);

  if (out->len > 0)
    g_string_append_c (out, '\n');
  if (words != NULL)
    {
      /* Translators: {1}: what a point of the curve is, such as "deductible met"; {2}: the point. */
      g_autofree char *line = zifu_words_fill (C_ ("named point", "{1}: {2}"), words, text, NULL);

      g_string_append (out, line);
    }
  else
    g_string_append (out, text);
}

/* --- the cursor --- */

/**
 * zifu_bill_curve_shown:
 * @self: a curve
 *
 * Returns: (nullable) (transfer none): what is read out: the point under the pointer, else the one at the cursor, else the bill as entered
 */
const ZifuBillPoint *
zifu_bill_curve_shown (ZifuBillCurve *self)
{
  if (self->data == NULL)
    return NULL;
  if (self->hover >= 0)
    return &g_array_index (self->stops, ZifuBillPoint, self->hover);
  if (self->at >= 0)
    return &g_array_index (self->stops, ZifuBillPoint, self->at);
  return &self->data->current;
}

static void
update_readout (ZifuBillCurve *self)
{
  const ZifuBillPoint *point = zifu_bill_curve_shown (self);
  g_autofree char *bill = NULL;
  g_autofree char *pay = NULL;
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;

  if (point == NULL)
    return;
  bill = zifu_words_money (point->bill, ZIFU_MONEY_STYLE_LIST);
  pay = zifu_words_money (point->pay, ZIFU_MONEY_STYLE_LIST);
  /* Translators: a point of the curve. {1}: the bill, {2}: what I pay of it. */
  text = zifu_words_fill (_("Bill {1} → I pay {2}"), bill, pay, NULL);
  gtk_label_set_text (GTK_LABEL (self->readout), text);
  spoken = point_text (point);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) MAX (0, self->at),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, spoken, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * zifu_bill_curve_stop_of:
 * @self: a curve
 * @bill: a bill, in fen
 *
 * Returns: the place of the cursor that is nearest to @bill; −1 when there is no curve
 */
int
zifu_bill_curve_stop_of (ZifuBillCurve *self, ZifuMoney bill)
{
  int best = -1;

  for (guint i = 0; i < self->stops->len; i++)
    if (best < 0 || ABS (g_array_index (self->stops, ZifuBillPoint, i).bill - bill)
                        < ABS (g_array_index (self->stops, ZifuBillPoint, best).bill - bill))
      best = (int) i;
  return best;
}

static int
compare_bills (gconstpointer a, gconstpointer b)
{
  const ZifuBillPoint *x = a, *y = b;

  return x->bill < y->bill ? -1 : x->bill > y->bill;
}

/* Every so many points, and the points that mean something. */
static void
collect_stops (ZifuBillCurve *self)
{
  const ZifuBillCurveData *data = self->data;
  guint n = data->points->len, every = MAX (1, (n - 1) / N_STEPS);

  g_array_set_size (self->stops, 0);
  for (guint i = 0; i < n; i += every)
    g_array_append_val (self->stops, g_array_index (data->points, ZifuBillPoint, i));
  g_array_append_val (self->stops, data->current);
  if (data->has_deductible)
    g_array_append_val (self->stops, data->deductible);
  if (data->has_cap)
    g_array_append_val (self->stops, data->cap);
  g_array_sort (self->stops, compare_bills);
  for (guint i = self->stops->len - 1; i > 0; i--)
    if (g_array_index (self->stops, ZifuBillPoint, i).bill == g_array_index (self->stops, ZifuBillPoint, i - 1).bill)
      g_array_remove_index (self->stops, i);
}

static gboolean
move_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  ZifuBillCurve *self = ZIFU_BILL_CURVE (widget);
  int last = (int) self->stops->len - 1;
  int by = g_variant_get_int32 (args);

  if (last < 0)
    return GDK_EVENT_PROPAGATE;
  self->hover = -1;
  self->at = CLAMP ((self->at >= 0 ? self->at : zifu_bill_curve_stop_of (self, self->data->current.bill)) + by, 0, last);
  update_readout (self);
  return GDK_EVENT_STOP;
}

static void
motion_cb (ZifuBillCurve *self, double x)
{
  int hover = self->data != NULL ? zifu_bill_curve_nearest_stop (self, (int) x) : -1;

  if (hover == self->hover)
    return;
  self->hover = hover;
  update_readout (self);
}

static void
leave_cb (ZifuBillCurve *self)
{
  self->hover = -1;
  update_readout (self);
}

/* Whoever leaves the curve finds the bill as entered again. */
static void
focus_changed_cb (ZifuBillCurve *self)
{
  self->at = gtk_widget_has_focus (GTK_WIDGET (self)) && self->data != NULL ? zifu_bill_curve_stop_of (self, self->data->current.bill) : -1;
  update_readout (self);
}

static void
pressed_cb (ZifuBillCurve *self, int n, double x)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->data == NULL)
    return;
  self->at = zifu_bill_curve_nearest_stop (self, (int) x);
  update_readout (self);
}

/* --- GtkWidget --- */

static GtkSizeRequestMode
zifu_bill_curve_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
zifu_bill_curve_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum_baseline = *natural_baseline = -1;
  zifu_bill_curve_draw_measure (ZIFU_BILL_CURVE (widget), orientation, for_size, minimum, natural);
}

static void
zifu_bill_curve_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  zifu_bill_curve_draw_allocate (ZIFU_BILL_CURVE (widget), width, height);
}

static void
zifu_bill_curve_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  zifu_bill_curve_draw_snapshot (ZIFU_BILL_CURVE (widget), snapshot);
}

/* --- GObject --- */

static void
zifu_bill_curve_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (zifu_bill_curve_parent_class)->dispose (object);
}

static void
zifu_bill_curve_finalize (GObject *object)
{
  ZifuBillCurve *self = ZIFU_BILL_CURVE (object);

  g_clear_pointer (&self->data, zifu_bill_curve_data_free);
  g_array_unref (self->stops);
  G_OBJECT_CLASS (zifu_bill_curve_parent_class)->finalize (object);
}

static void
zifu_bill_curve_class_init (ZifuBillCurveClass *klass)
{
  static const struct {
    guint key;
    int   by;
  } moves[] = {
    { GDK_KEY_Left, -1 },         { GDK_KEY_KP_Left, -1 },         { GDK_KEY_Right, 1 },         { GDK_KEY_KP_Right, 1 },
    { GDK_KEY_Page_Up, PAGE },    { GDK_KEY_KP_Page_Up, PAGE },    { GDK_KEY_Page_Down, -PAGE }, { GDK_KEY_KP_Page_Down, -PAGE },
    { GDK_KEY_Home, -G_MAXINT16 }, { GDK_KEY_KP_Home, -G_MAXINT16 }, { GDK_KEY_End, G_MAXINT16 },  { GDK_KEY_KP_End, G_MAXINT16 },
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zifu_bill_curve_dispose;
  object_class->finalize = zifu_bill_curve_finalize;
  widget_class->get_request_mode = zifu_bill_curve_get_request_mode;
  widget_class->measure = zifu_bill_curve_measure;
  widget_class->size_allocate = zifu_bill_curve_size_allocate;
  widget_class->snapshot = zifu_bill_curve_snapshot;
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_add_binding (widget_class, moves[i].key, 0, move_cb, "i", moves[i].by);
  gtk_widget_class_set_css_name (widget_class, "billcurve");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
add_controllers (ZifuBillCurve *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *press = gtk_gesture_click_new ();

  g_signal_connect_object (motion, "enter", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_object (press, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_changed_cb), NULL);
}

static void
zifu_bill_curve_init (ZifuBillCurve *self)
{
  static const char *const inks[ZIFU_N_CURVE_INKS] = { "mine", "funds", "whole", "ruler" };

  self->stops = g_array_new (FALSE, FALSE, sizeof (ZifuBillPoint));
  self->at = self->hover = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  for (guint i = 0; i < ZIFU_BILL_CURVE_MAX_TICKS; i++)
    {
      self->gridlines[i] = zifu_block_add (GTK_WIDGET (self), "gridline");
      self->scale[i] = zifu_block_add_label (GTK_WIDGET (self), "", "axis");
      self->bills[i] = zifu_block_add_label (GTK_WIDGET (self), "", "axis");
    }
  for (guint i = 0; i < ZIFU_N_CURVE_INKS; i++)
    self->inks[i] = zifu_block_add (GTK_WIDGET (self), inks[i]);
  self->words[ZIFU_CURVE_WORD_WHOLE] = zifu_block_add_label (GTK_WIDGET (self), _("paying it all"), "word");
  self->words[ZIFU_CURVE_WORD_FUNDS] = zifu_block_add_label (GTK_WIDGET (self), _("funds pay"), "funds");
  self->words[ZIFU_CURVE_WORD_MINE] = zifu_block_add_label (GTK_WIDGET (self), C_ ("curve", "I pay"), "mine");
  self->words[ZIFU_CURVE_WORD_DEDUCTIBLE] = zifu_block_add_label (GTK_WIDGET (self), _("deductible met"), "word");
  self->words[ZIFU_CURVE_WORD_CAP] = zifu_block_add_label (GTK_WIDGET (self), _("cap reached"), "word");
  self->readout = zifu_block_add_label (GTK_WIDGET (self), "", "readout");
  self->caption = zifu_block_add_label (GTK_WIDGET (self), "", "axis");
  gtk_label_set_xalign (GTK_LABEL (self->readout), 0);
  gtk_label_set_xalign (GTK_LABEL (self->caption), 1);
  gtk_label_set_wrap (GTK_LABEL (self->readout), TRUE);
  gtk_label_set_wrap (GTK_LABEL (self->caption), TRUE);
  add_controllers (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What I pay as the bill grows"), -1);
}

/* --- public --- */

/**
 * zifu_bill_curve_new:
 *
 * Makes an empty chart.
 *
 * Returns: (transfer floating): a new chart
 */
GtkWidget *
zifu_bill_curve_new (void)
{
  return g_object_new (ZIFU_TYPE_BILL_CURVE, NULL);
}

static void
update_scale (ZifuBillCurve *self)
{
  ZifuMoney top = self->data != NULL ? self->data->top : 0;

  self->step = self->data != NULL ? choose_step (top) : 0;
  self->n_ticks = self->data != NULL ? MIN (ZIFU_BILL_CURVE_MAX_TICKS, (guint) (top / self->step) + 1) : 0;
  for (guint i = 0; i < ZIFU_BILL_CURVE_MAX_TICKS; i++)
    {
      g_autofree char *text = zifu_words_money (self->step * i, ZIFU_MONEY_STYLE_SHORT);

      gtk_label_set_text (GTK_LABEL (self->scale[i]), text);
      gtk_label_set_text (GTK_LABEL (self->bills[i]), text);
      gtk_widget_set_visible (self->gridlines[i], i < self->n_ticks);
      gtk_widget_set_visible (self->scale[i], i < self->n_ticks);
      gtk_widget_set_visible (self->bills[i], i < self->n_ticks);
    }
}

static ZifuBillCurveData *
data_copy (const ZifuBillCurveData *data)
{
  ZifuBillCurveData *copy = g_new (ZifuBillCurveData, 1);

  *copy = *data;
  copy->points = g_array_copy (data->points);
  return copy;
}

/**
 * zifu_bill_curve_set_data:
 * @self: a chart
 * @data: (nullable): what to draw; copied
 *
 * Draws another curve.  The cursor stays as near as can be.
 */
void
zifu_bill_curve_set_data (ZifuBillCurve *self, const ZifuBillCurveData *data)
{
  g_autofree char *all = NULL;
  ZifuMoney before = -1;

  g_return_if_fail (ZIFU_IS_BILL_CURVE (self));
  g_return_if_fail (data == NULL || (data->top > 0 && data->points->len >= 2));

  if (self->at >= 0)
    before = g_array_index (self->stops, ZifuBillPoint, self->at).bill;
  g_clear_pointer (&self->data, zifu_bill_curve_data_free);
  g_array_set_size (self->stops, 0);
  self->at = self->hover = -1;
  if (data != NULL)
    {
      self->data = data_copy (data);
      collect_stops (self);
      self->at = before >= 0 ? zifu_bill_curve_stop_of (self, before) : -1;
    }
  update_scale (self);
  gtk_widget_set_visible (self->words[ZIFU_CURVE_WORD_DEDUCTIBLE], data != NULL && data->has_deductible);
  gtk_widget_set_visible (self->words[ZIFU_CURVE_WORD_CAP], data != NULL && data->has_cap);
  all = zifu_bill_curve_dup_text (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, all, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) MAX (1, self->stops->len) - 1, -1);
  update_readout (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * zifu_bill_curve_set_caption:
 * @self: a chart
 * @caption: what the bills on the axis are
 *
 * Says what grows.
 */
void
zifu_bill_curve_set_caption (ZifuBillCurve *self, const char *caption)
{
  g_return_if_fail (ZIFU_IS_BILL_CURVE (self));
  g_return_if_fail (caption != NULL);

  gtk_label_set_text (GTK_LABEL (self->caption), caption);
}

/**
 * zifu_bill_curve_get_cursor:
 * @self: a chart
 * @point: (out): what is read out at the moment
 *
 * Returns: whether there is a curve
 */
gboolean
zifu_bill_curve_get_cursor (ZifuBillCurve *self, ZifuBillPoint *point)
{
  const ZifuBillPoint *shown = NULL;

  g_return_val_if_fail (ZIFU_IS_BILL_CURVE (self), FALSE);

  shown = zifu_bill_curve_shown (self);
  if (shown != NULL)
    *point = *shown;
  return shown != NULL;
}

/**
 * zifu_bill_curve_dup_text:
 * @self: a chart
 *
 * Tells the curve as text: the bill as entered, the points that mean something, then one line for each grid line.
 *
 * Returns: (transfer full): the text; "" when there is no curve
 */
char *
zifu_bill_curve_dup_text (ZifuBillCurve *self)
{
  GString *out = NULL;

  g_return_val_if_fail (ZIFU_IS_BILL_CURVE (self), NULL);

  out = g_string_new (NULL);
  if (self->data == NULL)
    return g_string_free (out, FALSE);
  append_line (out, _("this bill"), &self->data->current);
  if (self->data->has_deductible)
    append_line (out, _("deductible met"), &self->data->deductible);
  if (self->data->has_cap)
    append_line (out, _("cap reached"), &self->data->cap);
  for (guint i = 0; i < self->data->points->len; i++)
    {
      const ZifuBillPoint *point = &g_array_index (self->data->points, ZifuBillPoint, i);

      if (point->bill > 0 && point->bill % choose_step (self->data->top) == 0)
        append_line (out, NULL, point);
    }
  return g_string_free (out, FALSE);
}

/**
 * zifu_bill_curve_data_new:
 * @top: the largest bill, in fen
 *
 * Returns: (transfer full): a curve without points
 */
ZifuBillCurveData *
zifu_bill_curve_data_new (ZifuMoney top)
{
  ZifuBillCurveData *data = g_new0 (ZifuBillCurveData, 1);

  data->top = top;
  data->points = g_array_new (FALSE, FALSE, sizeof (ZifuBillPoint));
  return data;
}

/**
 * zifu_bill_curve_data_free:
 * @data: (nullable) (transfer full): a curve
 *
 * Frees a curve.
 */
void
zifu_bill_curve_data_free (ZifuBillCurveData *data)
{
  if (data == NULL)
    return;
  g_array_unref (data->points);
  g_free (data);
}
