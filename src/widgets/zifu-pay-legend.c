/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-pay-legend.h"

#include <glib/gi18n-lib.h>

#include "zifu-amount-label.h"
#include "zifu-block.h"
#include "zifu-line-layout.h"
#include "zifu-pay-bar.h"
#include "zifu-unverified-mark.h"

/*
 * ZifuPayLegend:
 *
 * The exact figures of a pay bar.  The full form has one row a payer; the compact one lays its items out in as many equal columns as fit,
 * so that with larger text it flows to two or one instead of cutting a figure.
 *
 * CSS: node "paylegend", class "compact"; items box.legend-row with a swatch of class "payer-…".
 * Accessible: role list; every row is a list item that reads name, amount and note.
 */

#define COLUMN_SPACING 12
#define FOLD_CHARS 10
#define ROW_SPACING_FULL 8
#define ROW_SPACING_COMPACT 2

struct _ZifuPayLegend {
  GtkWidget parent_instance;

  GPtrArray *shares; /* owned, nullable, of ZifuShare */
  GPtrArray *items;  /* owned, of GtkWidget that are children */
  gboolean compact;
};

typedef enum { PROP_COMPACT = 1 } ZifuPayLegendProperty;
static GParamSpec *properties[PROP_COMPACT + 1];

G_DEFINE_FINAL_TYPE (ZifuPayLegend, zifu_pay_legend, GTK_TYPE_WIDGET)

/* --- items --- */

static GtkWidget *
new_swatch (const ZifuShare *share)
{
  GtkWidget *swatch = zifu_block_new ("swatch", GTK_ACCESSIBLE_ROLE_PRESENTATION);

  gtk_widget_add_css_class (swatch, "swatch");
  gtk_widget_add_css_class (swatch, zifu_pay_bar_payer_class (share->kind));
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  return swatch;
}

static GtkWidget *
new_words (const char *text, gboolean quiet)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  if (quiet)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "quiet");
      gtk_widget_add_css_class (label, "numeric");
    }
  return label;
}

static GtkWidget *
new_full_row (const ZifuShare *share)
{
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_layout_manager (row, zifu_line_layout_new (12, FOLD_CHARS));
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), new_words (share->name, FALSE));
  if (share->note != NULL)
    gtk_box_append (GTK_BOX (words), new_words (share->note, TRUE));
  gtk_box_append (GTK_BOX (row), new_swatch (share));
  gtk_box_append (GTK_BOX (row), words);
  if (share->unverified)
    {
      GtkWidget *mark = zifu_unverified_mark_new ();

      zifu_unverified_mark_set_compact (ZIFU_UNVERIFIED_MARK (mark), TRUE);
      gtk_box_append (GTK_BOX (row), mark);
    }
  gtk_box_append (GTK_BOX (row), zifu_amount_label_new (share->name, share->amount, ZIFU_MONEY_STYLE_SYMBOL));
  return row;
}

static GtkWidget *
new_compact_item (const ZifuShare *share)
{
  GtkWidget *item = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, "spacing", 6, NULL);
  g_autofree char *figure = zifu_words_money (share->amount, ZIFU_MONEY_STYLE_LIST);
  g_autofree char *text = NULL;
  GtkWidget *label;

  /* Translators: in the one-line legend. {1}: a short payer such as "Funds", {2}: an amount. */
  text = zifu_words_fill (C_ ("legend", "{1} {2}"), share->brief != NULL ? share->brief : share->name, figure, NULL);
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (item), new_swatch (share));
  gtk_box_append (GTK_BOX (item), label);
  return item;
}

static char *
item_text (const ZifuShare *share)
{
  g_autofree char *figure = zifu_words_money (share->amount, ZIFU_MONEY_STYLE_SPOKEN);

  if (share->note == NULL)
    return zifu_words_fill (C_ ("amount read out", "{1} {2}"), share->name, figure, NULL);
  /* Translators: a payer in the legend, read out. {1}: the payer, {2}: an amount with its unit, {3}: a note how it came about. */
  return zifu_words_fill (C_ ("payer read out", "{1} {2}. {3}"), share->name, figure, share->note, NULL);
}

static void
clear_items (ZifuPayLegend *self)
{
  for (guint i = 0; i < self->items->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->items, i));
  g_ptr_array_set_size (self->items, 0);
}

static void
rebuild (ZifuPayLegend *self)
{
  clear_items (self);
  for (guint i = 0; self->shares != NULL && i < self->shares->len; i++)
    {
      const ZifuShare *share = g_ptr_array_index (self->shares, i);
      g_autofree char *text = NULL;
      GtkWidget *item;

      if (share->amount <= 0)
        continue;
      text = item_text (share);
      item = self->compact ? new_compact_item (share) : new_full_row (share);
      gtk_widget_add_css_class (item, "legend-row");
      gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
      gtk_widget_set_parent (item, GTK_WIDGET (self));
      g_ptr_array_add (self->items, item);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* --- size: a grid of equal columns --- */

static void
measure_items (ZifuPayLegend *self, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (guint i = 0; i < self->items->len; i++)
    {
      int least, wish;

      gtk_widget_measure (g_ptr_array_index (self->items, i), GTK_ORIENTATION_HORIZONTAL, -1, &least, &wish, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, wish);
    }
}

/* How many columns fit into @width; rows are filled evenly, so that four items stand two by two and not three and one. */
static int
count_columns (ZifuPayLegend *self, int width)
{
  int n = (int) self->items->len, fit, rows, least, wish;

  if (!self->compact || n == 0)
    return 1;
  if (width < 0)
    return n;
  measure_items (self, &least, &wish);
  fit = CLAMP ((width + COLUMN_SPACING) / MAX (1, wish + COLUMN_SPACING), 1, n);
  rows = (n + fit - 1) / fit;
  return (n + rows - 1) / rows;
}

/* Items of different length fit on one line more often than equal columns do. */
static gboolean
fits_on_one_line (ZifuPayLegend *self, int width)
{
  int sum = 0;

  if (!self->compact || width < 0)
    return FALSE;
  for (guint i = 0; i < self->items->len; i++)
    {
      int wish;

      gtk_widget_measure (g_ptr_array_index (self->items, i), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wish, NULL, NULL);
      sum += wish + (i > 0 ? COLUMN_SPACING : 0);
    }
  return sum <= width;
}

static int
row_height (ZifuPayLegend *self, guint first, int columns, int cell)
{
  int height = 0;

  for (guint i = first; i < self->items->len && i < first + (guint) columns; i++)
    {
      int wish;

      gtk_widget_measure (g_ptr_array_index (self->items, i), GTK_ORIENTATION_VERTICAL, cell, NULL, &wish, NULL, NULL);
      height = MAX (height, wish);
    }
  return height;
}

static int
cell_width (int width, int columns)
{
  return width < 0 ? -1 : (width - (columns - 1) * COLUMN_SPACING) / columns;
}

static GtkSizeRequestMode
zifu_pay_legend_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
zifu_pay_legend_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                         int *natural_baseline)
{
  ZifuPayLegend *self = ZIFU_PAY_LEGEND (widget);
  int spacing = self->compact ? ROW_SPACING_COMPACT : ROW_SPACING_FULL;
  int n = (int) self->items->len, columns, height = 0;

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_items (self, minimum, natural);
      if (self->compact && n > 0)
        *natural = *natural * n + (n - 1) * COLUMN_SPACING;
      return;
    }
  columns = count_columns (self, for_size);
  if (fits_on_one_line (self, for_size))
    height = row_height (self, 0, n, -1);
  else
    for (int i = 0; i < n; i += columns)
      height += row_height (self, (guint) i, columns, cell_width (for_size, columns)) + (i > 0 ? spacing : 0);
  *minimum = *natural = height;
}

static void
zifu_pay_legend_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ZifuPayLegend *self = ZIFU_PAY_LEGEND (widget);
  int spacing = self->compact ? ROW_SPACING_COMPACT : ROW_SPACING_FULL;
  int n = (int) self->items->len, columns = count_columns (self, width), cell = cell_width (width, columns);
  gboolean uneven = columns < n && fits_on_one_line (self, width);
  int x = 0, y = 0;

  for (int i = 0; i < n; i++)
    {
      GtkWidget *item = g_ptr_array_index (self->items, (guint) i);
      int tall = uneven ? height : row_height (self, (guint) (i - i % columns), columns, cell);
      int wish = cell;

      if (uneven)
        gtk_widget_measure (item, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &wish, NULL, NULL);
      zifu_block_place (widget, item, x, y, wish, tall);
      x += wish + COLUMN_SPACING;
      if (!uneven && i % columns == columns - 1)
        {
          x = 0;
          y += tall + spacing;
        }
    }
}

/* --- GObject --- */

static void
zifu_pay_legend_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((ZifuPayLegendProperty) id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, ZIFU_PAY_LEGEND (object)->compact);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_pay_legend_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((ZifuPayLegendProperty) id)
    {
    case PROP_COMPACT:
      zifu_pay_legend_set_compact (ZIFU_PAY_LEGEND (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
zifu_pay_legend_dispose (GObject *object)
{
  ZifuPayLegend *self = ZIFU_PAY_LEGEND (object);

  clear_items (self);
  g_clear_pointer (&self->shares, g_ptr_array_unref);
  G_OBJECT_CLASS (zifu_pay_legend_parent_class)->dispose (object);
}

static void
zifu_pay_legend_finalize (GObject *object)
{
  ZifuPayLegend *self = ZIFU_PAY_LEGEND (object);

  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (zifu_pay_legend_parent_class)->finalize (object);
}

static void
zifu_pay_legend_class_init (ZifuPayLegendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = zifu_pay_legend_get_property;
  object_class->set_property = zifu_pay_legend_set_property;
  object_class->dispose = zifu_pay_legend_dispose;
  object_class->finalize = zifu_pay_legend_finalize;
  widget_class->get_request_mode = zifu_pay_legend_get_request_mode;
  widget_class->measure = zifu_pay_legend_measure;
  widget_class->size_allocate = zifu_pay_legend_size_allocate;

  properties[PROP_COMPACT] =
    g_param_spec_boolean ("compact", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "paylegend");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
zifu_pay_legend_init (ZifuPayLegend *self)
{
  self->items = g_ptr_array_new ();
}

/* --- public --- */

/**
 * zifu_pay_legend_new:
 *
 * Makes an empty legend.
 *
 * Returns: (transfer floating): a new legend
 */
GtkWidget *
zifu_pay_legend_new (void)
{
  return g_object_new (ZIFU_TYPE_PAY_LEGEND, NULL);
}

/**
 * zifu_pay_legend_set_shares:
 * @self: a legend
 * @shares: (nullable) (element-type ZifuShare): who pays what; the legend takes a reference
 *
 * Shows other shares.  A payer of 0.00 is left out.
 */
void
zifu_pay_legend_set_shares (ZifuPayLegend *self, GPtrArray *shares)
{
  GPtrArray *old;

  g_return_if_fail (ZIFU_IS_PAY_LEGEND (self));

  old = self->shares;
  self->shares = shares != NULL ? g_ptr_array_ref (shares) : NULL;
  rebuild (self);
  g_clear_pointer (&old, g_ptr_array_unref);
}

/**
 * zifu_pay_legend_get_compact:
 * @self: a legend
 *
 * Returns: %TRUE when the legend is a flow of short items
 */
gboolean
zifu_pay_legend_get_compact (ZifuPayLegend *self)
{
  g_return_val_if_fail (ZIFU_IS_PAY_LEGEND (self), FALSE);

  return self->compact;
}

/**
 * zifu_pay_legend_set_compact:
 * @self: a legend
 * @compact: whether it is a flow of short items
 *
 * Chooses the form.
 */
void
zifu_pay_legend_set_compact (ZifuPayLegend *self, gboolean compact)
{
  g_return_if_fail (ZIFU_IS_PAY_LEGEND (self));

  compact = !!compact;
  if (self->compact == compact)
    return;
  self->compact = compact;
  if (compact)
    gtk_widget_add_css_class (GTK_WIDGET (self), "compact");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "compact");
  rebuild (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPACT]);
}
