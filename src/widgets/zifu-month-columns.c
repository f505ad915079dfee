/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-month-columns-private.h"

#include <glib/gi18n-lib.h>

#include "zifu-block.h"

/*
 * ZifuMonthColumns:
 *
 * What the account held at the end of each month, and what it will hold if nothing but credits happens.  All parts are child widgets
 * (labels and blocks) that the style sheet paints; zifu-month-columns-layout.c places them.
 *
 * CSS: node "monthcolumns"; "gridline", "divider", and "column" blocks with class "forecast" or "now".
 * Accessible: role list, labelled; each column is a list item that reads month, balance and whether it is recorded; the description holds
 * all of them, so that the chart can be read as a table.
 */

G_DEFINE_FINAL_TYPE (ZifuMonthColumns, zifu_month_columns, GTK_TYPE_WIDGET)

static const char *const month_names[] = {
  /* Translators: months under a chart, as short as can be. */
  NC_ ("month axis", "Jan"), NC_ ("month axis", "Feb"), NC_ ("month axis", "Mar"), NC_ ("month axis", "Apr"),
  NC_ ("month axis", "May"), NC_ ("month axis", "Jun"), NC_ ("month axis", "Jul"), NC_ ("month axis", "Aug"),
  NC_ ("month axis", "Sep"), NC_ ("month axis", "Oct"), NC_ ("month axis", "Nov"), NC_ ("month axis", "Dec"),
};

static const ZifuMonthColumn *
column_at (ZifuMonthColumns *self, guint i)
{
  return &g_array_index (self->data, ZifuMonthColumn, i);
}

static char *
column_text (const ZifuMonthColumn *column)
{
  g_autofree char *month = zifu_words_month (column->month, TRUE);
  g_autofree char *figure = zifu_words_money (column->balance, ZIFU_MONEY_STYLE_SPOKEN);

  /* Translators: a column of the chart, read out. {1}: a month with its year, {2}: an amount with its unit. */
  return zifu_words_fill (column->forecast ? _("{1} {2}, forecast") : _("{1} {2}, recorded"), month, figure, NULL);
}

/* --- the scale --- */

/* The smallest step of 1, 2, 3, 4, 5, 6 or 8 times a power of ten (in yuan) of which two reach the largest balance. */
static ZifuMoney
choose_top (ZifuMonthColumns *self)
{
  static const int factors[] = { 1, 2, 3, 4, 5, 6, 8 };
  ZifuMoney most = 0, power = 100;

  for (guint i = 0; i < self->data->len; i++)
    most = MAX (most, column_at (self, i)->balance);
  most = MIN (most, ZIFU_MONEY_MAX);
  for (;; power *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
      if (power * factors[i] * 2 >= most)
        return power * factors[i] * 2;
}

static char *
whole_yuan (ZifuMoney amount)
{
  return zifu_words_money ((amount + 50) / 100 * 100, ZIFU_MONEY_STYLE_SHORT);
}

static void
set_figure (GtkWidget *label, ZifuMoney amount)
{
  g_autofree char *text = whole_yuan (amount);

  gtk_label_set_text (GTK_LABEL (label), text);
}

/* --- children --- */

static void
clear_array (GPtrArray *children)
{
  for (guint i = 0; i < children->len; i++)
    if (g_ptr_array_index (children, i) != NULL)
      gtk_widget_unparent (g_ptr_array_index (children, i));
  g_ptr_array_set_size (children, 0);
}

static void
clear_columns (ZifuMonthColumns *self)
{
  clear_array (self->columns);
  clear_array (self->months);
  clear_array (self->initials);
  clear_array (self->years);
}

/* A word is cut to its first letter, a number stays. */
static char *
short_month (const char *name)
{
  gunichar first = g_utf8_get_char (name);
  char letter[7] = { 0 };

  if (!g_unichar_isalpha (first))
    return g_strdup (name);
  g_unichar_to_utf8 (first, letter);
  return g_strdup (letter);
}

static GtkWidget *
new_year_label (ZifuMonthColumns *self, int year)
{
  g_autofree char *number = g_strdup_printf ("%d", year);
  /* Translators: a year under a chart. */
  g_autofree char *text = zifu_words_fill (C_ ("year axis", "{1}"), number, NULL);

  return zifu_block_add_label (GTK_WIDGET (self), text, "axis");
}

static void focus_changed_cb (ZifuMonthColumns *self);

static void
add_column (ZifuMonthColumns *self, guint i)
{
  const ZifuMonthColumn *column = column_at (self, i);
  GtkWidget *block = zifu_block_new ("column", GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  g_autofree char *text = column_text (column);
  g_autofree char *initial = NULL;
  const char *name, *axis = (int) i == self->now ? "axis-now" : "axis";
  int year, month;

  zifu_block_set_text (ZIFU_BLOCK (block), text);
  if (column->forecast)
    gtk_widget_add_css_class (block, "forecast");
  else if ((int) i == self->now)
    gtk_widget_add_css_class (block, "now");
  g_signal_connect_object (block, "notify::has-focus", G_CALLBACK (focus_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (block, GTK_WIDGET (self));
  g_ptr_array_add (self->columns, block);

  zifu_month_split (column->month, &year, &month);
  name = g_dpgettext2 (GETTEXT_PACKAGE, "month axis", month_names[month - 1]);
  initial = short_month (name);
  g_ptr_array_add (self->months, zifu_block_add_label (GTK_WIDGET (self), name, axis));
  g_ptr_array_add (self->initials, zifu_block_add_label (GTK_WIDGET (self), initial, axis));
  g_ptr_array_add (self->years, i == 0 || month == 1 ? new_year_label (self, year) : NULL);
}

static void
update_scale (ZifuMonthColumns *self)
{
  self->top = choose_top (self);
  for (int i = 0; i < ZIFU_MONTH_COLUMNS_GRIDLINES; i++)
    {
      g_autofree char *text = zifu_words_money (self->top / (ZIFU_MONTH_COLUMNS_GRIDLINES - 1) * i, ZIFU_MONEY_STYLE_SHORT);

      gtk_label_set_text (GTK_LABEL (self->grid_labels[i]), text);
    }
}

/* While a column has the focus its exact figure stands above it, and the two others make room. */
static void
update_values (ZifuMonthColumns *self)
{
  int last = (int) self->data->len - 1;
  gboolean focused = self->focused >= 0;

  gtk_widget_set_visible (self->now_value, !focused && self->now >= 0);
  gtk_widget_set_visible (self->last_value, !focused && last >= 0 && last != self->now);
  gtk_widget_set_visible (self->focus_value, focused);
  if (self->now >= 0)
    set_figure (self->now_value, column_at (self, (guint) self->now)->balance);
  if (last >= 0)
    set_figure (self->last_value, column_at (self, (guint) last)->balance);
  if (focused)
    {
      g_autofree char *text = zifu_words_money (column_at (self, (guint) self->focused)->balance, ZIFU_MONEY_STYLE_LIST);

      gtk_label_set_text (GTK_LABEL (self->focus_value), text);
    }
}

static void
focus_changed_cb (ZifuMonthColumns *self)
{
  int focused = -1;

  for (guint i = 0; i < self->columns->len; i++)
    if (gtk_widget_has_focus (g_ptr_array_index (self->columns, i)))
      focused = (int) i;
  if (focused == self->focused)
    return;
  self->focused = focused;
  update_values (self);
}

static void
update_accessible (ZifuMonthColumns *self)
{
  guint n = self->data->len;
  g_autofree char *count = g_strdup_printf ("%u", n);
  g_autofree char *label = NULL;
  g_autofree char *all = zifu_month_columns_dup_text (self);

  /* Translators: name of the chart, read out. {1}: how many months. */
  label = zifu_words_fill (g_dngettext (GETTEXT_PACKAGE, "Personal account, balance at month end, {1} month",
                                       "Personal account, balance at month end, {1} months", n),
                           count, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, all,
                                  -1);
}

/* --- GtkWidget --- */

static void
zifu_month_columns_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum_baseline = *natural_baseline = -1;
  zifu_month_columns_layout_measure (ZIFU_MONTH_COLUMNS (widget), orientation, minimum, natural);
}

static void
zifu_month_columns_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  zifu_month_columns_layout_allocate (ZIFU_MONTH_COLUMNS (widget), width, height);
}

static gboolean
zifu_month_columns_focus (GtkWidget *widget, GtkDirectionType direction)
{
  ZifuMonthColumns *self = ZIFU_MONTH_COLUMNS (widget);

  /* Whoever comes in by Tab starts at the present month. */
  if (gtk_widget_get_focus_child (widget) == NULL && self->now >= 0)
    return gtk_widget_grab_focus (g_ptr_array_index (self->columns, (guint) self->now));
  return zifu_block_move_focus (widget, self->columns, direction);
}

static gboolean
zifu_month_columns_grab_focus (GtkWidget *widget)
{
  return zifu_block_focus_first (ZIFU_MONTH_COLUMNS (widget)->columns);
}

static gboolean
home_end_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  ZifuMonthColumns *self = ZIFU_MONTH_COLUMNS (widget);

  return g_variant_get_boolean (args) ? zifu_block_focus_last (self->columns) : zifu_block_focus_first (self->columns);
}

/* --- GObject --- */

static void
zifu_month_columns_dispose (GObject *object)
{
  ZifuMonthColumns *self = ZIFU_MONTH_COLUMNS (object);
  GtkWidget *child;

  clear_columns (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (zifu_month_columns_parent_class)->dispose (object);
}

static void
zifu_month_columns_finalize (GObject *object)
{
  ZifuMonthColumns *self = ZIFU_MONTH_COLUMNS (object);

  g_array_unref (self->data);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->months);
  g_ptr_array_unref (self->initials);
  g_ptr_array_unref (self->years);
  G_OBJECT_CLASS (zifu_month_columns_parent_class)->finalize (object);
}

static void
zifu_month_columns_class_init (ZifuMonthColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zifu_month_columns_dispose;
  object_class->finalize = zifu_month_columns_finalize;
  widget_class->measure = zifu_month_columns_measure;
  widget_class->size_allocate = zifu_month_columns_size_allocate;
  widget_class->focus = zifu_month_columns_focus;
  widget_class->grab_focus = zifu_month_columns_grab_focus;

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, home_end_cb, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, home_end_cb, "b", TRUE);
  gtk_widget_class_set_css_name (widget_class, "monthcolumns");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
}

static void
zifu_month_columns_init (ZifuMonthColumns *self)
{
  self->data = g_array_new (FALSE, FALSE, sizeof (ZifuMonthColumn));
  self->columns = g_ptr_array_new ();
  self->months = g_ptr_array_new ();
  self->initials = g_ptr_array_new ();
  self->years = g_ptr_array_new ();
  self->now = self->focused = -1;
  for (guint i = 0; i < ZIFU_MONTH_COLUMNS_GRIDLINES; i++)
    {
      self->gridlines[i] = zifu_block_add (GTK_WIDGET (self), "gridline");
      self->grid_labels[i] = zifu_block_add_label (GTK_WIDGET (self), "", "axis");
    }
  self->divider = zifu_block_add (GTK_WIDGET (self), "divider");
  self->past = zifu_block_add_label (GTK_WIDGET (self), _("← Recorded"), "axis");
  self->future = zifu_block_add_label (GTK_WIDGET (self), _("Forecast →"), "axis");
  self->now_value = zifu_block_add_label (GTK_WIDGET (self), "", "value-now");
  self->last_value = zifu_block_add_label (GTK_WIDGET (self), "", "value");
  self->focus_value = zifu_block_add_label (GTK_WIDGET (self), "", "value-now");
  zifu_month_columns_set_data (self, NULL);
}

/* --- public --- */

/**
 * zifu_month_columns_new:
 *
 * Makes an empty chart.
 *
 * Returns: (transfer floating): a new chart
 */
GtkWidget *
zifu_month_columns_new (void)
{
  return g_object_new (ZIFU_TYPE_MONTH_COLUMNS, NULL);
}

/**
 * zifu_month_columns_set_data:
 * @self: a chart
 * @data: (nullable) (element-type ZifuMonthColumn): in order of time, recorded months before expected ones; copied
 *
 * Shows other balances.
 */
void
zifu_month_columns_set_data (ZifuMonthColumns *self, GArray *data)
{
  gboolean both;

  g_return_if_fail (ZIFU_IS_MONTH_COLUMNS (self));

  clear_columns (self);
  self->focused = -1;
  self->now = -1;
  g_array_set_size (self->data, 0);
  if (data != NULL && data->len > 0)
    g_array_append_vals (self->data, data->data, data->len);
  for (guint i = 0; i < self->data->len; i++)
    if (!column_at (self, i)->forecast)
      self->now = (int) i;
  update_scale (self);
  for (guint i = 0; i < self->data->len; i++)
    add_column (self, i);
  both = self->now >= 0 && self->now < (int) self->data->len - 1;
  gtk_widget_set_visible (self->divider, both);
  gtk_widget_set_visible (self->past, both);
  gtk_widget_set_visible (self->future, both);
  for (guint i = 0; i < ZIFU_MONTH_COLUMNS_GRIDLINES; i++)
    {
      gtk_widget_set_visible (self->gridlines[i], self->data->len > 0);
      gtk_widget_set_visible (self->grid_labels[i], self->data->len > 0);
    }
  update_values (self);
  update_accessible (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * zifu_month_columns_dup_text:
 * @self: a chart
 *
 * Tells the chart as text, one line a month.
 *
 * Returns: (transfer full): the text; "" when there are no data
 */
char *
zifu_month_columns_dup_text (ZifuMonthColumns *self)
{
  GString *out;

  g_return_val_if_fail (ZIFU_IS_MONTH_COLUMNS (self), NULL);

  out = g_string_new (NULL);
  for (guint i = 0; i < self->data->len; i++)
    {
      g_autofree char *text = column_text (column_at (self, i));

      if (i > 0)
        g_string_append_c (out, '\n');
      g_string_append (out, text);
    }
  return g_string_free (out, FALSE);
}
