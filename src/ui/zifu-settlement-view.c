/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-settlement-view.h"

#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"
#include "zifu-fee-group.h"
#include "zifu-feed-bill.h"
#include "zifu-ledger-estimates.h"
#include "zifu-ledger-withdraw.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

struct _ZifuSettlementView
{
  GtkWidget parent_instance;

  GPtrArray *rows; /* owned, of GtkWidget in one of the groups; not owned */

  GtkStack            *stack;
  GtkImage            *icon;
  GtkLabel            *title;
  GtkLabel            *when;
  GtkLabel            *what;
  GtkLabel            *amount;
  GtkLabel            *of_bill;
  ZifuPayBar          *bar;
  ZifuPayLegend       *legend;
  AdwPreferencesGroup *doubts;
  AdwPreferencesGroup *bill;
  ZifuFeeGroup        *fees;
  AdwPreferencesGroup *entry_group;
};

G_DEFINE_FINAL_TYPE (ZifuSettlementView, zifu_settlement_view, GTK_TYPE_WIDGET)

static void
add_row (ZifuSettlementView *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
drop_rows (ZifuSettlementView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

/* A relative paid from this account: what it gave is mine, the bill is not. */
static void
show_relative_head (ZifuSettlementView *self, ZifuHistoryItem *item, const ZifuSettlementRecord *record)
{
  const ZifuEntry *entry = zifu_history_item_get_entry (item);
  const char *relative = zifu_history_item_get_relative (item);
  g_autofree char *title = zifu_entry_dup_title (entry, relative);
  g_autofree char *when = zifu_words_date (entry->date, ZIFU_DATE_STYLE_LONG);
  g_autofree char *total = zifu_words_money (record->total, ZIFU_MONEY_STYLE_LIST);
  g_autofree char *fund = zifu_words_money (record->fund_sum, ZIFU_MONEY_STYLE_LIST);
  /* Translators: {1} is the whole bill of a relative, {2} what the funds paid of it. */
  g_autofree char *of_bill = zifu_words_fill (_("The relative's bill was {1}; the funds paid {2}. Who paid it:"), total, fund, NULL);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->when, when);
  gtk_label_set_text (self->what, _("My account gave"));
  gtk_label_set_text (self->of_bill, of_bill);
  zifu_amount_label_set (self->amount, _("My account gave"), -entry->amount, ZIFU_MONEY_STYLE_SYMBOL);
}

static void
show_settlement_head (ZifuSettlementView *self, const ZifuEntry *entry, const ZifuSettlementRecord *record)
{
  g_autofree char *period = zifu_words_period (record->begin != 0 ? record->begin : record->date, record->date);
  g_autofree char *when = NULL;
  g_autofree char *title = NULL;
  g_autofree char *total = zifu_words_money (record->total, ZIFU_MONEY_STYLE_LIST);
  g_autofree char *fund = zifu_words_money (record->fund_sum, ZIFU_MONEY_STYLE_LIST);
  g_autofree char *of_bill = NULL;
  const char *place = record->institution != NULL ? record->institution : entry->institution;

  title = place != NULL ? g_strdup_printf ("%s · %s", place, zifu_words_axis_value ("care", record->care))
                        : g_strdup (zifu_words_axis_value ("care", record->care));
  when = record->institution_class != NULL
           ? g_strdup_printf ("%s · %s", period, zifu_words_axis_value ("class", record->institution_class))
           : g_strdup (period);
  if (record->fund_sum > 0)
    of_bill = zifu_words_fill (_("of a bill of {1}; the funds paid {2}"), total, fund, NULL);
  else
    of_bill = zifu_words_fill (_("of a bill of {1}; the funds paid nothing"), total, NULL);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->when, when);
  gtk_label_set_text (self->what, _("I paid"));
  gtk_label_set_text (self->of_bill, of_bill);
  zifu_amount_label_set (self->amount, _("I paid"), record->person, ZIFU_MONEY_STYLE_SYMBOL);
}

static char *
dup_deductible_note (const ZifuSettlementRecord *record)
{
  g_autofree char *amount = NULL;

  if (record->deductible <= 0)
    return NULL;

  amount = zifu_words_money (record->deductible, ZIFU_MONEY_STYLE_LIST);
  if (record->stay > 0)
    {
      g_autofree char *stay = g_strdup_printf ("%u", record->stay);

      /* Translators: {1} is an amount, {2} the number of the hospital stay in this year. */
      return zifu_words_fill (_("of it deductible {1} (stay no. {2} of the year)"), amount, stay, NULL);
    }

  return zifu_words_fill (_("of it deductible {1}"), amount, NULL);
}

/* Only where an estimate may have been about this visit. */
static void
show_estimate (ZifuSettlementView *self, ZifuLedger *ledger, const ZifuSettlementRecord *record)
{
  g_autoptr (GPtrArray) pairs = zifu_ledger_list_pairs_of_settlement (ledger, record->id, NULL);
  const ZifuPair *pair = pairs != NULL && pairs->len > 0 ? g_ptr_array_index (pairs, 0) : NULL;
  GtkWidget *row;

  if (pair == NULL || (pair->state != ZIFU_PAIR_CONFIRMED && (pair->state == ZIFU_PAIR_REFUSED || pair->score < ZIFU_PAIR_LIKELY)))
    return;
  row = zifu_ui_link_row (_("Compare with Estimate"),
                          pair->state == ZIFU_PAIR_CONFIRMED ? NULL : _("A saved estimate may have been about this visit."), NULL, NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", record->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "estimates.compare");
  add_row (self, self->bill, row);
}

/* What a receipt does not state is not nothing. */
static void
add_part (ZifuSettlementView *self, const ZifuSettlementRecord *record, ZifuBillPart part, const char *title, const char *note,
          ZifuMoney amount)
{
  gboolean stated = (record->unstated & ((gint64) 1 << part)) == 0;

  add_row (self, self->bill, stated ? zifu_ui_money_row (title, note, amount) : zifu_ui_text_row (title, _("not stated on the receipt")));
}

static void
show_bill (ZifuSettlementView *self, const ZifuSettlementRecord *record)
{
  g_autofree char *note = dup_deductible_note (record);

  add_part (self, record, ZIFU_BILL_IN_SCOPE, _("In scope"), note, record->in_scope);
  add_part (self, record, ZIFU_BILL_PRIOR, _("Category-B first share"), NULL, record->prior);
  add_part (self, record, ZIFU_BILL_OVER_LIMIT, _("Over price limit"), NULL, record->over_limit);
  add_part (self, record, ZIFU_BILL_OUT, _("Out of catalogue"), NULL, record->out);
  add_row (self, self->bill, zifu_ui_money_row (_("Bill, total"), NULL, record->total));
}

static void
show_settlement (ZifuSettlementView *self, ZifuHistoryItem *item, const ZifuSettlementRecord *record)
{
  g_autoptr (GPtrArray) shares = zifu_settlement_record_shares (record);
  const ZifuEntry *entry = zifu_history_item_get_entry (item);

  if (entry->kind == ZIFU_ENTRY_FAMILY)
    show_relative_head (self, item, record);
  else
    show_settlement_head (self, entry, record);
  zifu_pay_bar_set_shares (self->bar, shares);
  zifu_pay_legend_set_shares (self->legend, shares);
  show_bill (self, record);
}

static void
show_plain_head (ZifuSettlementView *self, ZifuHistoryItem *item)
{
  const ZifuEntry *entry = zifu_history_item_get_entry (item);
  g_autofree char *title = zifu_entry_dup_title (entry, zifu_history_item_get_relative (item));
  g_autofree char *when = zifu_words_date (entry->date, ZIFU_DATE_STYLE_LONG);
  const char *what = entry->amount >= 0 ? _("Into the account") : _("Out of the account");

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->when, when);
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->of_bill, zifu_entry_kind_name (entry->kind));
  zifu_amount_label_set (self->amount, what, entry->amount, ZIFU_MONEY_STYLE_SIGNED);
}

static void
add_text_row (ZifuSettlementView *self, const char *title, const char *text)
{
  add_row (self, self->entry_group, zifu_ui_text_row (title, text));
}

static void
add_action_row (ZifuSettlementView *self, const char *title, const char *text, const char *action, gint64 entry_id)
{
  GtkWidget *row = zifu_ui_link_row (title, text, NULL, NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", entry_id);
  add_row (self, self->entry_group, row);
}

/* What a provider sent it corrects itself; everything else is taken back by a row of its own. */
static void
add_changes (ZifuSettlementView *self, ZifuLedger *ledger, const ZifuEntry *entry)
{
  gboolean family = entry->kind == ZIFU_ENTRY_FAMILY && entry->settlement_id != 0;

  if (entry->provenance == ZIFU_PROVENANCE_SYNCED || entry->reversed_by != 0 || family || entry->kind == ZIFU_ENTRY_REFUND ||
      entry->kind == ZIFU_ENTRY_OPENING)
    return;
  if (entry->provenance == ZIFU_PROVENANCE_TYPED && zifu_ledger_is_receipt (ledger, entry->settlement_id))
    add_action_row (self, _("Correct This Receipt…"), NULL, "receipt.correct", entry->id);
  add_action_row (self, _("It Was Refunded…"), NULL, "receipt.refund", entry->id);
}

/* A refund that never was, of this row or this row itself; and a receipt that never was. */
static void
add_taking_back (ZifuSettlementView *self, ZifuLedger *ledger, const ZifuEntry *entry)
{
  g_autoptr (ZifuEntry) refund = entry->reversed_by != 0 ? zifu_ledger_get_entry (ledger, entry->reversed_by, NULL) : NULL;

  if (refund != NULL && zifu_ledger_can_withdraw (ledger, refund))
    add_action_row (self, _("Take Back Its Refund…"), _("If it was not refunded after all."), "receipt.take-back", refund->id);
  if (zifu_ledger_can_withdraw (ledger, entry))
    add_action_row (self, entry->kind == ZIFU_ENTRY_REFUND ? _("Take Back This Refund…") : _("Take Back This Receipt…"),
                    _("If it was typed by mistake."), "receipt.take-back", entry->id);
}

/* What came out of a file says out of which, and when. */
static void
add_source_row (ZifuSettlementView *self, ZifuLedger *ledger, const ZifuEntry *entry)
{
  g_autoptr (ZifuImport) import = entry->impt_id != 0 ? zifu_ledger_get_import (ledger, entry->impt_id, NULL) : NULL;
  const char *name = zifu_provenance_name (entry->provenance);
  g_autofree char *iso = import != NULL && import->time != NULL ? g_strndup (import->time, 10) : NULL;
  ZifuDate date = iso != NULL ? zifu_date_parse (iso) : 0;
  g_autofree char *day = date != 0 ? zifu_words_date (date, ZIFU_DATE_STYLE_LONG) : NULL;
  g_autofree char *text = NULL;

  if (import == NULL || import->file_name == NULL || *import->file_name == '\0')
    text = g_strdup (name);
  else if (day != NULL)
    /* Translators: {1} is how a row came here, such as "imported", {2} the name of a file, {3} the day on which that was done. */
    text = zifu_words_fill (_("{1}: “{2}”, {3}"), name, import->file_name, day, NULL);
  else
    text = zifu_words_fill (_("{1}: “{2}”"), name, import->file_name, NULL);
  add_text_row (self, _("Where it comes from"), text);
}

static void
show_entry_rows (ZifuSettlementView *self, ZifuLedger *ledger, ZifuHistoryItem *item)
{
  const ZifuEntry *entry = zifu_history_item_get_entry (item);
  g_autofree char *formula = entry->kind == ZIFU_ENTRY_CREDIT ? zifu_credit_dup_formula (entry->base, entry->amount) : NULL;

  if (formula != NULL)
    add_text_row (self, _("Contribution base"), formula);
  if (entry->for_month != 0)
    {
      g_autofree char *month = zifu_words_month (entry->for_month, TRUE);

      add_text_row (self, _("For the month"), month);
    }
  if (entry->kind == ZIFU_ENTRY_FAMILY && entry->institution != NULL)
    add_text_row (self, _("Institution"), entry->institution);
  if (entry->note != NULL)
    add_text_row (self, _("Note"), entry->note);
  add_row (self, self->entry_group, zifu_ui_money_row (_("Change of the account"), NULL, entry->amount));
  add_row (self, self->entry_group, zifu_ui_money_row (_("Balance afterwards"), NULL, entry->balance));
  if (zifu_history_item_get_owner (item) != NULL)
    add_text_row (self, _("Account of"), zifu_history_item_get_owner (item));
  add_source_row (self, ledger, entry);
  if (entry->original_id != 0)
    add_action_row (self, _("The payment that was taken back"), NULL, "history.open", entry->original_id);
  if (entry->reversed_by != 0)
    add_action_row (self, _("The refund of this payment"), NULL, "history.open", entry->reversed_by);
  add_changes (self, ledger, entry);
  add_taking_back (self, ledger, entry);
}

/* Which check found what, with both figures. */
static void
show_doubts (ZifuSettlementView *self, GPtrArray *marks)
{
  gtk_widget_set_visible (GTK_WIDGET (self->doubts), marks != NULL && marks->len > 0);
  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      const ZifuFeedMark *mark = g_ptr_array_index (marks, i);
      g_autofree char *text = zifu_feed_mark_describe (mark);
      GtkWidget *row = zifu_ui_text_row (zifu_feed_check_name (mark->check), text);
      GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "zifu-bad-symbolic", "accessible-role",
                                      GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      gtk_widget_add_css_class (icon, "bad");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
      add_row (self, self->doubts, row);
    }
}

/* What the provider says of the visit beyond the receipt. */
static void
show_source (ZifuSettlementView *self, ZifuLedger *ledger, const ZifuEntry *entry)
{
  g_autoptr (ZifuFeedBill) bill = zifu_feed_find_bill (ledger, entry->id, NULL);

  show_doubts (self, bill != NULL ? bill->marks : NULL);
  zifu_fee_group_set_bill (self->fees, ledger, bill != NULL ? bill->connection_id : 0, bill != NULL ? bill->setl_id : NULL);
}

static void
zifu_settlement_view_dispose (GObject *object)
{
  ZifuSettlementView *self = ZIFU_SETTLEMENT_VIEW (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_SETTLEMENT_VIEW);
  zifu_ui_drop_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (zifu_settlement_view_parent_class)->dispose (object);
}

static void
zifu_settlement_view_class_init (ZifuSettlementViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_settlement_view_dispose;

  g_type_ensure (ZIFU_TYPE_FEE_GROUP);
  g_type_ensure (ZIFU_TYPE_PAY_BAR);
  g_type_ensure (ZIFU_TYPE_PAY_LEGEND);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-settlement-view.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_bind_template_child (widget_class, ZifuSettlementView, stack);
  gtk_widget_class_bind_template_child (widget_class, ZifuSettlementView, icon);
  gtk_widget_class_bind_template_child (widget_class, ZifuSettlementView, title);
  gtk_widget_class_bind_template_child (widget_class, ZifuSettlementView, when);
  gtk_widget_class_bind_template_child (widget_class, ZifuSettlementView, what);
  gtk_widget_class_bind_template_child (widget_class, ZifuSettlementView, amount);
  gtk_widget_class_bind_template_child (widget_class, ZifuSettlementView, of_bill);
  gtk_widget_class_bind_template_child (widget_class, ZifuSettlementView, bar);
  gtk_widget_class_bind_template_child (widget_class, ZifuSettlementView, legend);
  gtk_widget_class_bind_template_child (widget_class, ZifuSettlementView, doubts);
  gtk_widget_class_bind_template_child (widget_class, ZifuSettlementView, bill);
  gtk_widget_class_bind_template_child (widget_class, ZifuSettlementView, fees);
  gtk_widget_class_bind_template_child (widget_class, ZifuSettlementView, entry_group);
}

static void
zifu_settlement_view_init (ZifuSettlementView *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zifu_settlement_view_new:
 *
 * Returns: (transfer floating): a view that asks to choose an entry
 */
GtkWidget *
zifu_settlement_view_new (void)
{
  return g_object_new (ZIFU_TYPE_SETTLEMENT_VIEW, NULL);
}

/**
 * zifu_settlement_view_set_item:
 * @self: a view
 * @ledger: where the settlement of the entry is stored
 * @item: (nullable): the entry, %NULL to ask for one
 *
 * Shows another entry.
 */
void
zifu_settlement_view_set_item (ZifuSettlementView *self, ZifuLedger *ledger, ZifuHistoryItem *item)
{
  g_autoptr (ZifuSettlementRecord) record = NULL;
  const ZifuEntry *entry;

  g_return_if_fail (ZIFU_IS_SETTLEMENT_VIEW (self));
  g_return_if_fail (item == NULL || ZIFU_IS_HISTORY_ITEM (item));

  drop_rows (self);
  gtk_stack_set_visible_child_name (self->stack, item != NULL ? "entry" : "none");
  if (item == NULL)
    {
      zifu_fee_group_set_bill (self->fees, NULL, 0, NULL);
      return;
    }

  entry = zifu_history_item_get_entry (item);
  gtk_image_set_from_icon_name (self->icon, zifu_entry_kind_icon (entry->kind));
  if (entry->settlement_id != 0 && entry->kind != ZIFU_ENTRY_REFUND)
    record = zifu_ledger_get_settlement (ledger, entry->settlement_id, NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->bar), record != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->legend), record != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->bill), record != NULL);
  if (record != NULL)
    {
      show_settlement (self, item, record);
      if (entry->kind != ZIFU_ENTRY_FAMILY)
        show_estimate (self, ledger, record);
    }
  else
    show_plain_head (self, item);
  show_source (self, ledger, entry);
  show_entry_rows (self, ledger, item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_text (self->title), -1);
}

/**
 * zifu_settlement_view_focus:
 * @self: a view
 *
 * Puts the focus on the view, whose name is its heading, so that a screen reader begins there.
 */
void
zifu_settlement_view_focus (ZifuSettlementView *self)
{
  g_return_if_fail (ZIFU_IS_SETTLEMENT_VIEW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self));
}
