/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-range-bar.h"

#include <glib/gi18n-lib.h>

#include "zifu-block.h"
#include "zifu-pay-bar.h"
#include "zifu-rational.h"

/*
 * ZifuRangeBar:
 *
 * The whole bar is the bill; solid is what I pay in any case, hatched what I may pay on top, and a tick what is likely.  The words are in
 * whole yuan, the least rounded down and the most up, so that the truth stays inside.  Words below the bar stand at the ends they name as
 * long as they have room beside each other.
 *
 * CSS: node "rangebar", class "compact"; "block" children "certain", "open", "whole", "tick"; labels with class "axis" or "likely".
 * Accessible: role meter; the value text is dup_text(), the numbers are whole percent of the bill.
 */

#define HEIGHT_FULL 20
#define HEIGHT_COMPACT 14
#define TICK_WIDTH 3
#define TICK_OVER 5
#define LEAST_OPEN 2
#define SPACE 2
#define GAP 8
#define NATURAL_WIDTH 300

typedef enum { LABEL_LIKELY, LABEL_LEAST, LABEL_MOST, LABEL_BILL, N_LABELS } Label;
typedef enum { BLOCK_WHOLE, BLOCK_CERTAIN, BLOCK_OPEN, BLOCK_TICK, N_BLOCKS } Block;

struct _ZifuRangeBar {
  GtkWidget parent_instance;

  GtkWidget *blocks[N_BLOCKS]; /* owned as children */
  GtkWidget *labels[N_LABELS]; /* owned as children */
  ZifuMoney  least, likely, most, total;
  gboolean   compact;
};

/* Where the labels stand: x in pixels, row 0 above the bar, 1 and 2 below it, −1 where there is no room. */
typedef struct {
  int x[N_LABELS];
  int row[N_LABELS];
  int n_above, n_below;
} Plan;

typedef enum { PROP_COMPACT = 1 } ZifuRangeBarProperty;
static GParamSpec *properties[PROP_COMPACT + 1];

G_DEFINE_FINAL_TYPE (ZifuRangeBar, zifu_range_bar, GTK_TYPE_WIDGET)

static ZifuMoney
whole_down (ZifuMoney amount)
{
  return amount / 100 * 100;
}

static ZifuMoney
whole_up (ZifuMoney amount)
{
  return (amount + 99) / 100 * 100;
}

/* Half up; never outside the whole yuan of the two ends. */
static ZifuMoney
whole_near (ZifuMoney amount)
{
  return (amount + 50) / 100 * 100;
}

static gboolean
has_likely (ZifuRangeBar *self)
{
  return self->likely != ZIFU_RANGE_BAR_UNKNOWN;
}

/* --- size --- */

static int
size_of (GtkWidget *child, GtkOrientation orientation)
{
  int natural = 0;

  gtk_widget_measure (child, orientation, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
width_of (ZifuRangeBar *self, Label label)
{
  return size_of (self->labels[label], GTK_ORIENTATION_HORIZONTAL);
}

static int
row_height (ZifuRangeBar *self)
{
  int height = 0;

  for (guint i = 0; i < N_LABELS; i++)
    height = MAX (height, size_of (self->labels[i], GTK_ORIENTATION_VERTICAL));
  return height;
}

static int
bar_height (ZifuRangeBar *self)
{
  return self->compact ? HEIGHT_COMPACT : HEIGHT_FULL;
}

static int
place_of (ZifuRangeBar *self, ZifuMoney amount, int width)
{
  if (self->total <= 0)
    return 0;
  return (int) ((ZifuInt128) width * CLAMP (amount, 0, self->total) / self->total);
}

static void
put (Plan *plan, Label label, int x, int row)
{
  plan->x[label] = x;
  plan->row[label] = row;
  if (row == 0)
    plan->n_above = 1;
  else
    plan->n_below = MAX (plan->n_below, row);
}

/* The least ends where the solid part ends, the most begins where the hatched one ends; the bill stands at the end of the bar. */
static Plan
make_plan (ZifuRangeBar *self, int width)
{
  Plan plan = { { 0 }, { -1, -1, -1, -1 }, 0, 0 };
  int least = width_of (self, LABEL_LEAST), most = width_of (self, LABEL_MOST), bill = width_of (self, LABEL_BILL);
  int x = MAX (0, place_of (self, self->least, width) - least), end = x + least, above = 0;

  if (self->total <= 0)
    return plan;
  put (&plan, LABEL_LEAST, x, 1);
  x = MIN (MAX (place_of (self, self->most, width), end + GAP), width - most);
  if (x < end + GAP)
    {
      /* Both ends lie at the end of the bar: the least makes room to the left, or the most goes below it. */
      int moved = width - most - GAP - least;

      if (moved >= 0)
        put (&plan, LABEL_LEAST, moved, 1);
      put (&plan, LABEL_MOST, MAX (0, width - most), moved >= 0 ? 1 : 2);
      end = width;
    }
  else
    {
      put (&plan, LABEL_MOST, x, 1);
      end = x + most;
    }
  if (has_likely (self))
    {
      int likely = width_of (self, LABEL_LIKELY);

      x = CLAMP (place_of (self, self->likely, width) - likely / 2, 0, MAX (0, width - likely));
      put (&plan, LABEL_LIKELY, x, 0);
      above = x + likely + GAP;
    }
  if (end + GAP + bill <= width)
    put (&plan, LABEL_BILL, width - bill, 1);
  else if (above + bill <= width)
    put (&plan, LABEL_BILL, width - bill, 0);
  return plan;
}

static GtkSizeRequestMode
zifu_range_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
zifu_range_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                        int *natural_baseline)
{
  ZifuRangeBar *self = ZIFU_RANGE_BAR (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 0;
      for (guint i = 0; i < LABEL_BILL; i++)
        *minimum = MAX (*minimum, width_of (self, i));
      *natural = MAX (*minimum, NATURAL_WIDTH);
      return;
    }
  {
    Plan plan = make_plan (self, for_size >= 0 ? for_size : NATURAL_WIDTH);
    int row = row_height (self), below = has_likely (self) ? TICK_OVER : 0;

    *minimum = *natural = plan.n_above * (row + TICK_OVER) + bar_height (self) + below + plan.n_below * (row + SPACE);
  }
}

static void
place_block (ZifuRangeBar *self, Block block, int from, int to, int y, int height)
{
  gboolean any = to > from && self->total > 0;

  gtk_widget_set_child_visible (self->blocks[block], any);
  if (any)
    zifu_block_place (GTK_WIDGET (self), self->blocks[block], from, y, to - from, height);
}

static void
zifu_range_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ZifuRangeBar *self = ZIFU_RANGE_BAR (widget);
  Plan plan = make_plan (self, width);
  int row = row_height (self), tall = bar_height (self);
  int y = plan.n_above * (row + TICK_OVER);
  int below = y + tall + (has_likely (self) ? TICK_OVER : 0) + SPACE;
  int least = place_of (self, self->least, width), most = place_of (self, self->most, width);
  int likely = CLAMP (place_of (self, self->likely, width) - TICK_WIDTH / 2, 0, MAX (0, width - TICK_WIDTH));

  /* However small the difference, it can be seen. */
  most = MIN (MAX (most, least + LEAST_OPEN), width);
  least = MIN (least, most - LEAST_OPEN);
  place_block (self, BLOCK_WHOLE, most, width, y, tall);
  place_block (self, BLOCK_CERTAIN, 0, least, y, tall);
  place_block (self, BLOCK_OPEN, MAX (least, 0), most, y, tall);
  place_block (self, BLOCK_TICK, likely, has_likely (self) ? likely + TICK_WIDTH : likely, y - TICK_OVER, tall + 2 * TICK_OVER);
  for (guint i = 0; i < N_LABELS; i++)
    {
      gtk_widget_set_child_visible (self->labels[i], plan.row[i] >= 0);
      if (plan.row[i] >= 0)
        zifu_block_place (widget, self->labels[i], plan.x[i], plan.row[i] == 0 ? 0 : below + (plan.row[i] - 1) * (row + SPACE),
                          width_of (self, i), row);
    }
}

/* --- GObject --- */

static void
zifu_range_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((ZifuRangeBarProperty) id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, ZIFU_RANGE_BAR (object)->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_range_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((ZifuRangeBarProperty) id)
    {
    case PROP_COMPACT:
      zifu_range_bar_set_compact (ZIFU_RANGE_BAR (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_range_bar_dispose (GObject *object)
{
  ZifuRangeBar *self = ZIFU_RANGE_BAR (object);

  for (guint i = 0; i < N_BLOCKS; i++)
    g_clear_pointer (&self->blocks[i], gtk_widget_unparent);
  for (guint i = 0; i < N_LABELS; i++)
    g_clear_pointer (&self->labels[i], gtk_widget_unparent);
  G_OBJECT_CLASS (zifu_range_bar_parent_class)->dispose (object);
}

static void
zifu_range_bar_class_init (ZifuRangeBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = zifu_range_bar_get_property;
  object_class->set_property = zifu_range_bar_set_property;
  object_class->dispose = zifu_range_bar_dispose;
  widget_class->get_request_mode = zifu_range_bar_get_request_mode;
  widget_class->measure = zifu_range_bar_measure;
  widget_class->size_allocate = zifu_range_bar_size_allocate;

  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "rangebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
zifu_range_bar_init (ZifuRangeBar *self)
{
  static const char *const names[N_BLOCKS] = { "whole", "certain", "open", "tick" };

  self->likely = ZIFU_RANGE_BAR_UNKNOWN;
  for (guint i = 0; i < N_BLOCKS; i++)
    {
      self->blocks[i] = zifu_block_new (names[i], GTK_ACCESSIBLE_ROLE_PRESENTATION);
      gtk_widget_set_parent (self->blocks[i], GTK_WIDGET (self));
    }
  for (guint i = 0; i < N_LABELS; i++)
    {
      self->labels[i] = g_object_new (GTK_TYPE_LABEL, "can-target", FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_add_css_class (self->labels[i], "numeric");
      gtk_widget_add_css_class (self->labels[i], i == LABEL_LIKELY ? "likely" : i == LABEL_BILL ? "axis" : "end");
      gtk_widget_set_parent (self->labels[i], GTK_WIDGET (self));
    }
}

/* --- public --- */

/**
 * zifu_range_bar_new:
 *
 * Makes an empty bar.
 *
 * Returns: (transfer floating): a new bar
 */
GtkWidget *
zifu_range_bar_new (void)
{
  return g_object_new (ZIFU_TYPE_RANGE_BAR, NULL);
}

static void
set_label (ZifuRangeBar *self, Label label, const char *words, ZifuMoney amount)
{
  g_autofree char *figure = zifu_words_money (amount, ZIFU_MONEY_STYLE_SHORT);
  g_autofree char *text = zifu_words_fill (words, figure, NULL);

  gtk_label_set_text (GTK_LABEL (self->labels[label]), text);
}

static void
tell (ZifuRangeBar *self)
{
  g_autofree char *text = zifu_range_bar_dup_text (self);
  ZifuMoney value = has_likely (self) ? self->likely : self->least;

  if (self->total <= 0)
    return;
  /* The numbers of this interface are floating point: they get whole percent, and the money stands in the text, which is what is read. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("I will pay, about"),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 100.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  (double) zifu_pay_bar_percent (CLAMP (value, 0, self->total), self->total),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
}

/**
 * zifu_range_bar_set:
 * @self: a bar
 * @least: what I pay in any case, in fen
 * @likely: what I likely pay, in fen; %ZIFU_RANGE_BAR_UNKNOWN when nobody knows
 * @most: what I pay at most, in fen
 * @total: the bill, in fen
 *
 * Shows another range.
 */
void
zifu_range_bar_set (ZifuRangeBar *self, ZifuMoney least, ZifuMoney likely, ZifuMoney most, ZifuMoney total)
{
  g_return_if_fail (ZIFU_IS_RANGE_BAR (self));
  g_return_if_fail (0 <= least && least <= most && most <= total);
  g_return_if_fail (likely == ZIFU_RANGE_BAR_UNKNOWN || (least <= likely && likely <= most));

  self->least = least;
  self->likely = likely;
  self->most = most;
  self->total = total;
  /* Translators: at the ends of a bar; {1} is an amount in whole yuan. */
  set_label (self, LABEL_LEAST, _("least {1}"), whole_down (least));
  set_label (self, LABEL_MOST, _("most {1}"), whole_up (most));
  set_label (self, LABEL_LIKELY, _("likely {1}"), whole_near (MAX (0, likely)));
  set_label (self, LABEL_BILL, _("bill {1}"), whole_up (total));
  tell (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * zifu_range_bar_get_compact:
 * @self: a bar
 *
 * Returns: %TRUE when the bar is slim
 */
gboolean
zifu_range_bar_get_compact (ZifuRangeBar *self)
{
  g_return_val_if_fail (ZIFU_IS_RANGE_BAR (self), FALSE);

  return self->compact;
}

/**
 * zifu_range_bar_set_compact:
 * @self: a bar
 * @compact: whether the bar is slim
 *
 * Chooses the form.
 */
void
zifu_range_bar_set_compact (ZifuRangeBar *self, gboolean compact)
{
  g_return_if_fail (ZIFU_IS_RANGE_BAR (self));

  compact = !!compact;
  if (self->compact == compact)
    return;
  self->compact = compact;
  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPACT]);
}

/**
 * zifu_range_bar_dup_text:
 * @self: a bar
 *
 * Tells the bar in words.  This is its accessible value and its tooltip.
 *
 * Returns: (transfer full): the text; "" when there is no bill
 */
char *
zifu_range_bar_dup_text (ZifuRangeBar *self)
{
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;
  g_autofree char *likely = NULL;
  g_autofree char *bill = NULL;

  g_return_val_if_fail (ZIFU_IS_RANGE_BAR (self), NULL);

  if (self->total <= 0)
    return g_strdup ("");
  least = zifu_words_money (whole_down (self->least), ZIFU_MONEY_STYLE_SHORT);
  most = zifu_words_money (whole_up (self->most), ZIFU_MONEY_STYLE_SHORT);
  bill = zifu_words_money (whole_up (self->total), ZIFU_MONEY_STYLE_SHORT);
  if (!has_likely (self))
    /* Translators: a range, read out. {1} least, {2} most, {3} the bill: amounts without their unit. */
    return zifu_words_fill (_("at least {1}, at most {2} yuan, of a bill of {3} yuan"), least, most, bill, NULL);
  likely = zifu_words_money (whole_near (self->likely), ZIFU_MONEY_STYLE_SHORT);
  /* Translators: a range, read out. {1} least, {2} most, {3} the bill, {4} likely: amounts without their unit. */
  return zifu_words_fill (_("at least {1}, at most {2} yuan, likely {4} yuan, of a bill of {3} yuan"), least, most, bill, likely, NULL);
}
