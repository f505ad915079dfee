/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-history-row.h"

#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

struct _ZifuHistoryRow
{
  GtkWidget parent_instance;

  ZifuHistoryItem *item; /* owned, nullable */
  gulong           handler;

  GtkWidget *header;
  GtkLabel  *month;
  GtkWidget *sums;
  GtkLabel  *income;
  GtkLabel  *outlay;
  GtkWidget *card;
  GtkImage  *icon;
  GtkLabel  *title;
  GtkLabel  *detail;
  GtkWidget *doubtful;
  GtkWidget *sample;
  GtkLabel  *amount;
  GtkLabel  *balance;
};

G_DEFINE_FINAL_TYPE (ZifuHistoryRow, zifu_history_row, GTK_TYPE_WIDGET)

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_header (ZifuHistoryRow *self, const ZifuEntry *entry)
{
  ZifuMoney income, outlay;
  g_autofree char *month = zifu_words_month (zifu_month_of (entry->date), TRUE);
  g_autofree char *in_text = NULL;
  g_autofree char *out_text = NULL;
  g_autofree char *in = NULL;
  g_autofree char *out = NULL;

  zifu_history_item_get_sums (self->item, &income, &outlay);
  in_text = zifu_words_money (income, income != 0 ? ZIFU_MONEY_STYLE_SIGNED : ZIFU_MONEY_STYLE_LIST);
  out_text = zifu_words_money (outlay, outlay != 0 ? ZIFU_MONEY_STYLE_SIGNED : ZIFU_MONEY_STYLE_LIST);
  /* Translators: what came into the account in a month. */
  in = g_strdup_printf (_("In %s"), in_text);
  /* Translators: what went out of the account in a month. */
  out = g_strdup_printf (_("Out %s"), out_text);

  gtk_label_set_text (self->month, month);
  gtk_widget_set_visible (self->sums, income != 0 || outlay != 0);
  gtk_label_set_text (self->income, in);
  gtk_label_set_text (self->outlay, out);
}

static void
show_cash (ZifuHistoryRow *self, const ZifuEntry *entry)
{
  g_autofree char *amount = zifu_words_money (entry->person_paid, ZIFU_MONEY_STYLE_LIST);

  gtk_label_set_text (self->amount, amount);
  /* Translators: beside an amount that did not come from the account. */
  gtk_label_set_text (self->balance, _("in cash"));
}

static void
show_figures (ZifuHistoryRow *self, const ZifuEntry *entry)
{
  g_autofree char *amount = zifu_words_money (entry->amount, entry->amount != 0 ? ZIFU_MONEY_STYLE_SIGNED : ZIFU_MONEY_STYLE_LIST);
  g_autofree char *balance_text = zifu_words_money (entry->balance, ZIFU_MONEY_STYLE_LIST);
  /* Translators: balance of the account after an entry; as short as possible. */
  g_autofree char *balance = g_strdup_printf (_("bal. %s"), balance_text);

  gtk_label_set_text (self->amount, amount);
  gtk_label_set_text (self->balance, balance);
}

/* Whose it is stands before, that it does not add up behind: neither is told by a colour alone. */
static char *
dup_around (ZifuHistoryItem *item, const char *text, const char *after_owner)
{
  const char *owner = zifu_history_item_get_owner (item);
  gboolean doubtful = zifu_history_item_get_doubtful (item);

  return g_strconcat (owner != NULL ? owner : "", owner != NULL ? after_owner : "", text, doubtful && *text != '\0' ? " · " : "",
                      doubtful ? _("does not add up") : "", NULL);
}

static void
show_item (ZifuHistoryRow *self)
{
  const ZifuEntry *entry = zifu_history_item_get_entry (self->item);
  const char *relative = zifu_history_item_get_relative (self->item);
  gboolean first = zifu_history_item_get_first (self->item);
  g_autofree char *title = zifu_entry_dup_title (entry, relative);
  g_autofree char *own_detail = zifu_entry_dup_detail (entry, zifu_history_item_get_original_date (self->item), FALSE);
  g_autofree char *detail = dup_around (self->item, own_detail, " · ");
  g_autofree char *own_spoken = zifu_entry_dup_accessible (entry, relative);
  g_autofree char *spoken = dup_around (self->item, own_spoken, ": ");

  gtk_widget_set_visible (self->header, first);
  if (first)
    show_header (self, entry);
  set_class (self->card, "first", first);
  set_class (self->card, "last", zifu_history_item_get_last (self->item));

  gtk_image_set_from_icon_name (self->icon, zifu_entry_kind_icon (entry->kind));
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->detail, detail);
  gtk_widget_set_visible (self->doubtful, zifu_history_item_get_doubtful (self->item));
  gtk_widget_set_visible (self->sample, entry->provenance == ZIFU_PROVENANCE_SAMPLE);
  if (zifu_entry_is_cash_only (entry))
    show_cash (self, entry);
  else
    show_figures (self, entry);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  /* The focus stands on the row of the list, which has no words of its own. */
  if (gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (self))), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
drop_item (ZifuHistoryRow *self)
{
  if (self->item != NULL)
    g_clear_signal_handler (&self->handler, self->item);
  g_clear_object (&self->item);
}

static void
zifu_history_row_dispose (GObject *object)
{
  ZifuHistoryRow *self = ZIFU_HISTORY_ROW (object);

  drop_item (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_HISTORY_ROW);
  zifu_ui_drop_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (zifu_history_row_parent_class)->dispose (object);
}

static void
zifu_history_row_class_init (ZifuHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_history_row_dispose;

  g_type_ensure (ZIFU_TYPE_WRAP_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryRow, header);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryRow, month);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryRow, sums);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryRow, income);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryRow, outlay);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryRow, card);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryRow, title);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryRow, detail);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryRow, doubtful);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryRow, sample);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryRow, amount);
  gtk_widget_class_bind_template_child (widget_class, ZifuHistoryRow, balance);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
zifu_history_row_init (ZifuHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * zifu_history_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
zifu_history_row_new (void)
{
  return g_object_new (ZIFU_TYPE_HISTORY_ROW, NULL);
}

/**
 * zifu_history_row_set_item:
 * @self: a row
 * @item: (nullable): what it shows from now on
 *
 * Shows another item, and follows it.
 */
void
zifu_history_row_set_item (ZifuHistoryRow *self, ZifuHistoryItem *item)
{
  g_return_if_fail (ZIFU_IS_HISTORY_ROW (self));
  g_return_if_fail (item == NULL || ZIFU_IS_HISTORY_ITEM (item));

  if (self->item == item)
    return;

  drop_item (self);
  if (item == NULL)
    return;

  self->item = g_object_ref (item);
  self->handler = g_signal_connect_swapped (item, "changed", G_CALLBACK (show_item), self);
  show_item (self);
}

/**
 * zifu_history_row_get_item:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
ZifuHistoryItem *
zifu_history_row_get_item (ZifuHistoryRow *self)
{
  g_return_val_if_fail (ZIFU_IS_HISTORY_ROW (self), NULL);

  return self->item;
}
