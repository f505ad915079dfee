/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-bill-group.h"
#include "zifu-bill-line-row.h"
#include "zifu-widgets.h"

struct _ZifuBillGroup {
  AdwPreferencesGroup parent_instance;

  ZifuMoneyRow   *total;
  AdwExpanderRow *parts_row;
  ZifuMoneyRow   *out;
  ZifuMoneyRow   *prior;
  ZifuMoneyRow   *over_limit;
  AdwExpanderRow *lines_row;
  GtkWidget      *add_row;
  ZifuMoneyRow   *prepaid;

  GPtrArray *lines; /* owned, of ZifuBillLineRow (not owned) */
  ZifuMoney  typed; /* the total before the first line; -1 = none */
  guint      quiet; /* above 0: changes come from the program and are not told one by one */
};

G_DEFINE_FINAL_TYPE (ZifuBillGroup, zifu_bill_group, ADW_TYPE_PREFERENCES_GROUP)

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
emit_changed (ZifuBillGroup *self)
{
  if (self->quiet == 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static ZifuMoney
known (ZifuMoneyRow *row)
{
  return MAX (zifu_money_row_get_amount (row), 0);
}

static gboolean
has_parts (ZifuBillGroup *self)
{
  return zifu_money_row_get_amount (self->out) >= 0 || zifu_money_row_get_amount (self->prior) >= 0
         || zifu_money_row_get_amount (self->over_limit) >= 0;
}

/* The parts of a bill are at most the bill.  Said under the first part with which they become too many. */
static gboolean
parts_fit (ZifuBillGroup *self)
{
  ZifuMoneyRow *rows[] = { self->out, self->prior, self->over_limit };
  gint64 total = zifu_money_row_get_amount (self->total);
  ZifuMoney sum = 0;
  gboolean fits = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *message = NULL;

      if (fits && total >= 0 && (!zifu_money_add (sum, known (rows[i]), &sum) || sum > total))
        {
          message = _("The parts are more than the bill.");
          fits = FALSE;
        }
      if (zifu_money_row_get_valid (rows[i]) || message != NULL)
        zifu_money_row_set_message (rows[i], message);
    }
  return fits;
}

static ZifuMoney
sum_lines (ZifuBillGroup *self, gboolean *any)
{
  ZifuMoney sum = 0;

  *any = FALSE;
  for (guint i = 0; i < self->lines->len; i++)
    {
      gint64 amount = zifu_bill_line_row_get_amount (g_ptr_array_index (self->lines, i));

      if (amount >= 0 && zifu_money_add (sum, amount, &sum))
        *any = TRUE;
    }
  return sum;
}

/* With lines the total is their sum and their scope decides: what was typed for the whole bill steps back. */
static void
show_lines (ZifuBillGroup *self)
{
  gboolean any = FALSE;
  ZifuMoney sum = sum_lines (self, &any);
  gboolean lines = self->lines->len > 0;

  self->quiet++;
  for (guint i = 0; i < self->lines->len; i++)
    zifu_bill_line_row_set_number (g_ptr_array_index (self->lines, i), i + 1);
  if (lines)
    zifu_money_row_set_amount (self->total, any ? sum : -1);
  gtk_editable_set_editable (GTK_EDITABLE (self->total), !lines);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->total), lines ? _("Bill, sum of the lines (yuan)") : _("Bill, total (yuan)"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->parts_row), !lines);
  self->quiet--;
}

static void
bill_changed_cb (ZifuBillGroup *self)
{
  if (self->quiet > 0)
    return;
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), NULL);
  parts_fit (self);
  emit_changed (self);
}

static void
line_changed_cb (ZifuBillGroup *self)
{
  if (self->quiet > 0)
    return;
  show_lines (self);
  emit_changed (self);
}

static void
line_remove_cb (ZifuBillLineRow *row, ZifuBillGroup *self)
{
  g_ptr_array_remove (self->lines, row);
  adw_expander_row_remove (self->lines_row, GTK_WIDGET (row));
  if (self->lines->len == 0)
    zifu_money_row_set_amount (self->total, self->typed);
  show_lines (self);
  gtk_widget_grab_focus (self->add_row);
  emit_changed (self);
}

static ZifuBillLineRow *
append_line (ZifuBillGroup *self)
{
  ZifuBillLineRow *row = ZIFU_BILL_LINE_ROW (zifu_bill_line_row_new ());

  g_signal_connect_object (row, "changed", G_CALLBACK (line_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (line_remove_cb), self, 0);
  if (self->lines->len == 0)
    self->typed = zifu_money_row_get_amount (self->total);
  g_ptr_array_add (self->lines, row);
  /* An expander row only appends: the button moves behind the new line. */
  g_object_ref (self->add_row);
  adw_expander_row_remove (self->lines_row, self->add_row);
  adw_expander_row_add_row (self->lines_row, GTK_WIDGET (row));
  adw_expander_row_add_row (self->lines_row, self->add_row);
  g_object_unref (self->add_row);
  return row;
}

static void
add_line_cb (ZifuBillGroup *self)
{
  ZifuBillLineRow *row = append_line (self);

  show_lines (self);
  gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
  emit_changed (self);
}

static void
clear_lines (ZifuBillGroup *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    adw_expander_row_remove (self->lines_row, g_ptr_array_index (self->lines, i));
  g_ptr_array_set_size (self->lines, 0);
  show_lines (self);
}

static void
zifu_bill_group_dispose (GObject *object)
{
  ZifuBillGroup *self = ZIFU_BILL_GROUP (object);

  self->quiet++;
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_BILL_GROUP);
  G_OBJECT_CLASS (zifu_bill_group_parent_class)->dispose (object);
}

static void
zifu_bill_group_class_init (ZifuBillGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_bill_group_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (ZIFU_TYPE_MONEY_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-bill-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuBillGroup, total);
  gtk_widget_class_bind_template_child (widget_class, ZifuBillGroup, parts_row);
  gtk_widget_class_bind_template_child (widget_class, ZifuBillGroup, out);
  gtk_widget_class_bind_template_child (widget_class, ZifuBillGroup, prior);
  gtk_widget_class_bind_template_child (widget_class, ZifuBillGroup, over_limit);
  gtk_widget_class_bind_template_child (widget_class, ZifuBillGroup, lines_row);
  gtk_widget_class_bind_template_child (widget_class, ZifuBillGroup, add_row);
  gtk_widget_class_bind_template_child (widget_class, ZifuBillGroup, prepaid);
  gtk_widget_class_bind_template_callback (widget_class, bill_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_line_cb);
}

static void
zifu_bill_group_init (ZifuBillGroup *self)
{
  self->lines = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zifu_bill_group_new:
 *
 * Returns: an empty bill
 */
GtkWidget *
zifu_bill_group_new (void)
{
  return g_object_new (ZIFU_TYPE_BILL_GROUP, NULL);
}

/**
 * zifu_bill_group_is_empty:
 * @self: a bill
 *
 * Returns: whether nothing was typed at all; lines without an amount are no bill either
 */
gboolean
zifu_bill_group_is_empty (ZifuBillGroup *self)
{
  g_return_val_if_fail (ZIFU_IS_BILL_GROUP (self), TRUE);

  for (guint i = 0; i < self->lines->len; i++)
    if (!zifu_bill_line_row_is_valid (g_ptr_array_index (self->lines, i)))
      return FALSE;
  return zifu_money_row_get_valid (self->total) && zifu_money_row_get_amount (self->total) < 0;
}

/**
 * zifu_bill_group_is_usable:
 * @self: a bill
 *
 * Returns: whether there is a bill and every field of it can be used
 */
gboolean
zifu_bill_group_is_usable (ZifuBillGroup *self)
{
  gboolean any = FALSE;

  g_return_val_if_fail (ZIFU_IS_BILL_GROUP (self), FALSE);

  if (gtk_widget_get_visible (GTK_WIDGET (self->prepaid)) && !zifu_money_row_get_valid (self->prepaid))
    return FALSE;
  for (guint i = 0; i < self->lines->len; i++)
    if (!zifu_bill_line_row_is_valid (g_ptr_array_index (self->lines, i)))
      return FALSE;
  if (self->lines->len > 0)
    {
      sum_lines (self, &any);
      return any;
    }
  return zifu_money_row_get_amount (self->total) >= 0 && zifu_money_row_get_valid (self->total) && zifu_money_row_get_valid (self->out)
         && zifu_money_row_get_valid (self->prior) && zifu_money_row_get_valid (self->over_limit) && parts_fit (self);
}

/**
 * zifu_bill_group_add_to:
 * @self: a usable bill
 * @visit: a visit that takes it
 */
void
zifu_bill_group_add_to (ZifuBillGroup *self, ZifuVisit *visit)
{
  g_return_if_fail (ZIFU_IS_BILL_GROUP (self));
  g_return_if_fail (visit != NULL);

  if (self->lines->len > 0)
    for (guint i = 0; i < self->lines->len; i++)
      zifu_bill_line_row_add_to (g_ptr_array_index (self->lines, i), visit);
  else
    zifu_visit_set_total (visit, zifu_money_row_get_amount (self->total));
  if (self->lines->len == 0 && has_parts (self))
    zifu_visit_set_parts (visit, known (self->out), known (self->over_limit), known (self->prior));
  if (gtk_widget_get_visible (GTK_WIDGET (self->prepaid)) && zifu_money_row_get_amount (self->prepaid) >= 0)
    {
      visit->has_prepaid = TRUE;
      visit->prepaid = zifu_money_row_get_amount (self->prepaid);
    }
}

/**
 * zifu_bill_group_set_total:
 * @self: a bill
 * @total: fen
 *
 * Types a bill of which nothing else is known.
 */
void
zifu_bill_group_set_total (ZifuBillGroup *self, ZifuMoney total)
{
  g_return_if_fail (ZIFU_IS_BILL_GROUP (self));

  self->quiet++;
  clear_lines (self);
  zifu_money_row_set_amount (self->out, -1);
  zifu_money_row_set_amount (self->prior, -1);
  zifu_money_row_set_amount (self->over_limit, -1);
  zifu_money_row_set_amount (self->prepaid, -1);
  zifu_money_row_set_amount (self->total, total);
  self->quiet--;
  bill_changed_cb (self);
}

/**
 * zifu_bill_group_set_parts:
 * @self: a bill
 * @out: fen out of catalogue
 * @prior: fen of category-B first share
 * @over_limit: fen over a price limit
 *
 * Types what is known of the bill.
 */
void
zifu_bill_group_set_parts (ZifuBillGroup *self, ZifuMoney out, ZifuMoney prior, ZifuMoney over_limit)
{
  g_return_if_fail (ZIFU_IS_BILL_GROUP (self));

  self->quiet++;
  zifu_money_row_set_amount (self->out, out);
  zifu_money_row_set_amount (self->prior, prior);
  zifu_money_row_set_amount (self->over_limit, over_limit);
  adw_expander_row_set_expanded (self->parts_row, TRUE);
  self->quiet--;
  bill_changed_cb (self);
}

/**
 * zifu_bill_group_set_prepaid:
 * @self: a bill
 * @prepaid: fen; -1 = no deposit was paid
 *
 * Types the deposit of a stay.
 */
void
zifu_bill_group_set_prepaid (ZifuBillGroup *self, ZifuMoney prepaid)
{
  g_return_if_fail (ZIFU_IS_BILL_GROUP (self));

  zifu_money_row_set_amount (self->prepaid, prepaid);
}

/**
 * zifu_bill_group_add_line:
 * @self: a bill
 * @item: what it is
 * @category: A, B or C
 * @amount: fen
 * @quantity: how many the amount stands for
 *
 * Adds a line to the bill, which is entered line by line from then on.
 */
void
zifu_bill_group_add_line (ZifuBillGroup *self, const char *item, const char *category, ZifuMoney amount, guint quantity)
{
  g_return_if_fail (ZIFU_IS_BILL_GROUP (self));

  self->quiet++;
  adw_expander_row_set_expanded (self->lines_row, TRUE);
  zifu_bill_line_row_set (append_line (self), item, category, amount, quantity);
  self->quiet--;
  line_changed_cb (self);
}

/**
 * zifu_bill_group_ask_deposit:
 * @self: a bill
 * @ask: whether a deposit belongs to this kind of visit
 */
void
zifu_bill_group_ask_deposit (ZifuBillGroup *self, gboolean ask)
{
  g_return_if_fail (ZIFU_IS_BILL_GROUP (self));

  gtk_widget_set_visible (GTK_WIDGET (self->prepaid), ask);
}

/**
 * zifu_bill_group_focus:
 * @self: a bill
 *
 * Puts the cursor into the total.
 */
void
zifu_bill_group_focus (ZifuBillGroup *self)
{
  g_return_if_fail (ZIFU_IS_BILL_GROUP (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->total));
}

/**
 * zifu_bill_group_focus_parts:
 * @self: a bill
 *
 * Opens what is known of the bill and puts the cursor into the part that is out of catalogue.
 */
void
zifu_bill_group_focus_parts (ZifuBillGroup *self)
{
  g_return_if_fail (ZIFU_IS_BILL_GROUP (self));

  adw_expander_row_set_expanded (self->parts_row, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->out));
}
