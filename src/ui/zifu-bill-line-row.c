/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-bill-line-row.h"
#include "zifu-visit-choices.h"
#include "zifu-widgets.h"

static const char *const items[] = { "drug", "exam", "material", "bed", "registration", "service", "herbal" };
static const char *const categories[] = { "A", "B", "C" };

struct _ZifuBillLineRow {
  AdwPreferencesRow parent_instance;

  GtkDropDown   *item;
  GtkDropDown   *category;
  GtkEditable   *amount;
  GtkSpinButton *quantity;
  GtkWidget     *remove;
  GtkLabel      *message;
  gint64         fen;   /* −1 = nothing typed, or no amount */
  gboolean       valid;
};

G_DEFINE_FINAL_TYPE (ZifuBillLineRow, zifu_bill_line_row, ADW_TYPE_PREFERENCES_ROW)

enum { SIGNAL_CHANGED, SIGNAL_REMOVE, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
show_message (ZifuBillLineRow *self, const char *message)
{
  gtk_label_set_label (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->amount), GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (message != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->amount), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->amount), "error");
}

static void
read_amount (ZifuBillLineRow *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  const char *text = gtk_editable_get_text (self->amount);
  ZifuMoney amount = 0;

  self->fen = -1;
  self->valid = TRUE;
  if (*text != '\0')
    {
      if (!zifu_money_parse (text, &amount, &error))
        {
          g_autofree char *words = zifu_words_error_message (error);

          message = zifu_choices_sentence (words);
        }
      else if (amount < 0)
        message = g_strdup (_("A line of a bill cannot be negative."));
      else
        self->fen = amount;
      self->valid = message == NULL;
    }
  show_message (self, message);
}

static void
changed_cb (ZifuBillLineRow *self)
{
  read_amount (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
remove_cb (ZifuBillLineRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static void
fill (GtkDropDown *drop_down, const char *axis, const char *const *values, guint n_values)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < n_values; i++)
    gtk_string_list_take (list, zifu_choices_label (axis, values[i]));
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (list));
}

static void
zifu_bill_line_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ZIFU_TYPE_BILL_LINE_ROW);
  G_OBJECT_CLASS (zifu_bill_line_row_parent_class)->dispose (object);
}

static void
zifu_bill_line_row_class_init (ZifuBillLineRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_bill_line_row_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (ZIFU_TYPE_WRAP_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-bill-line-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuBillLineRow, item);
  gtk_widget_class_bind_template_child (widget_class, ZifuBillLineRow, category);
  gtk_widget_class_bind_template_child (widget_class, ZifuBillLineRow, amount);
  gtk_widget_class_bind_template_child (widget_class, ZifuBillLineRow, quantity);
  gtk_widget_class_bind_template_child (widget_class, ZifuBillLineRow, remove);
  gtk_widget_class_bind_template_child (widget_class, ZifuBillLineRow, message);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
zifu_bill_line_row_init (ZifuBillLineRow *self)
{
  self->fen = -1;
  self->valid = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self->item, "item", items, G_N_ELEMENTS (items));
  fill (self->category, "category", categories, G_N_ELEMENTS (categories));
}

/**
 * zifu_bill_line_row_new:
 *
 * Returns: a line without an amount
 */
GtkWidget *
zifu_bill_line_row_new (void)
{
  return g_object_new (ZIFU_TYPE_BILL_LINE_ROW, NULL);
}

/**
 * zifu_bill_line_row_is_valid:
 * @self: a line
 *
 * Returns: whether what is typed is an amount, or nothing is typed
 */
gboolean
zifu_bill_line_row_is_valid (ZifuBillLineRow *self)
{
  g_return_val_if_fail (ZIFU_IS_BILL_LINE_ROW (self), FALSE);

  return self->valid;
}

/**
 * zifu_bill_line_row_get_amount:
 * @self: a line
 *
 * Returns: the amount in fen; −1 when nothing usable is typed
 */
gint64
zifu_bill_line_row_get_amount (ZifuBillLineRow *self)
{
  g_return_val_if_fail (ZIFU_IS_BILL_LINE_ROW (self), -1);

  return self->fen;
}

static guint
index_of (const char *const *values, guint n_values, const char *value)
{
  for (guint i = 0; i < n_values; i++)
    if (g_strcmp0 (values[i], value) == 0)
      return i;
  return 0;
}

/**
 * zifu_bill_line_row_set:
 * @self: a line
 * @item: what it is: drug, exam, material, bed, registration, service or herbal
 * @category: A, B or C
 * @amount: fen
 * @quantity: how many the amount stands for
 *
 * Fills the line in.
 */
void
zifu_bill_line_row_set (ZifuBillLineRow *self, const char *item, const char *category, ZifuMoney amount, guint quantity)
{
  g_autofree char *text = zifu_money_format (amount, ZIFU_MONEY_PLAIN);

  g_return_if_fail (ZIFU_IS_BILL_LINE_ROW (self));

  gtk_drop_down_set_selected (self->item, index_of (items, G_N_ELEMENTS (items), item));
  gtk_drop_down_set_selected (self->category, index_of (categories, G_N_ELEMENTS (categories), category));
  gtk_spin_button_set_value (self->quantity, quantity);
  gtk_editable_set_text (self->amount, text);
}

/**
 * zifu_bill_line_row_set_number:
 * @self: a line
 * @number: its place among the lines, from 1
 *
 * Tells screen readers which line the button removes.
 */
void
zifu_bill_line_row_set_number (ZifuBillLineRow *self, guint number)
{
  g_autofree char *digits = g_strdup_printf ("%u", number);
  g_autofree char *name = zifu_words_fill (_("Remove line {1}"), digits, NULL);
  g_autofree char *title = zifu_words_fill (_("Line {1}"), digits, NULL);

  g_return_if_fail (ZIFU_IS_BILL_LINE_ROW (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
}

/**
 * zifu_bill_line_row_add_to:
 * @self: a line
 * @visit: a visit that takes it; a line without an amount adds nothing
 */
void
zifu_bill_line_row_add_to (ZifuBillLineRow *self, ZifuVisit *visit)
{
  ZifuBillLine *line = NULL;

  g_return_if_fail (ZIFU_IS_BILL_LINE_ROW (self));
  g_return_if_fail (visit != NULL);

  if (self->fen < 0)
    return;
  line = zifu_visit_add_line (visit, self->fen);
  line->quantity = zifu_rational_from_int (gtk_spin_button_get_value_as_int (self->quantity));
  zifu_facts_set_string (line->facts, "item", items[gtk_drop_down_get_selected (self->item)]);
  zifu_facts_set_string (line->facts, "category", categories[gtk_drop_down_get_selected (self->category)]);
}
