/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-refund-view.h"

#include <glib/gi18n-lib.h>

#include "zifu-day-text.h"
#include "zifu-entry-words.h"
#include "zifu-form-problem.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

struct _ZifuRefundView {
  GtkWidget parent_instance;

  ZifuSession  *session; /* owned */
  ZifuEntry    *entry;   /* owned, nullable: what is taken back */
  GtkWidget    *box;
  ZifuNotice   *problem;
  AdwEntryRow  *date;
  ZifuMoneyRow *amount;
  AdwEntryRow  *note;
};

G_DEFINE_FINAL_TYPE (ZifuRefundView, zifu_refund_view, GTK_TYPE_WIDGET)

static guint signal_saved;

static void
changed_cb (ZifuRefundView *self)
{
  zifu_notice_set_revealed (self->problem, FALSE);
  gtk_widget_remove_css_class (GTK_WIDGET (self->date), "error");
}

/**
 * zifu_refund_view_save:
 * @self: a view
 *
 * Writes the row that takes the other one back; says what is wrong otherwise.
 *
 * Returns: whether it was written
 */
gboolean
zifu_refund_view_save (ZifuRefundView *self)
{
  ZifuEntry refund = { .kind = ZIFU_ENTRY_REFUND, .base = -1, .provenance = ZIFU_PROVENANCE_TYPED };
  g_autoptr (GError) error = NULL;
  gint64 id, amount;

  g_return_val_if_fail (ZIFU_IS_REFUND_VIEW (self), FALSE);

  if (self->entry == NULL)
    return FALSE;
  amount = zifu_money_row_get_amount (self->amount);
  refund.date = zifu_day_text_parse (gtk_editable_get_text (GTK_EDITABLE (self->date)));
  if (refund.date == 0)
    return zifu_form_refuse (self->problem, GTK_WIDGET (self->date), _("The date is not a day. Write it as 2026-05-21."));
  if (refund.date > zifu_session_get_today (self->session))
    return zifu_form_refuse (self->problem, GTK_WIDGET (self->date), _("A refund cannot be of a day that is still to come."));
  if (amount < 0)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->amount));
      return zifu_form_refuse (self->problem, NULL, _("Type what came back."));
    }
  refund.member_id = self->entry->member_id;
  refund.amount = self->entry->amount > 0 ? -amount : amount;
  refund.institution = self->entry->institution;
  refund.note = (char *) gtk_editable_get_text (GTK_EDITABLE (self->note));
  refund.original_id = self->entry->id;
  id = zifu_ledger_add_entry (zifu_session_get_ledger (self->session), &refund, &error);
  if (id == 0)
    {
      g_autofree char *text = zifu_words_error_message (error);

      return zifu_form_refuse (self->problem, NULL, text);
    }
  zifu_session_emit_changed (self->session);
  g_signal_emit (self, signal_saved, 0, id);
  gtk_window_close (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  return TRUE;
}

static void
save_cb (ZifuRefundView *self)
{
  zifu_refund_view_save (self);
}

static void
zifu_refund_view_dispose (GObject *object)
{
  ZifuRefundView *self = ZIFU_REFUND_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->entry, zifu_entry_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zifu_refund_view_parent_class)->dispose (object);
}

static void
zifu_refund_view_class_init (ZifuRefundViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_refund_view_dispose;
  signal_saved = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
add_entry_row (ZifuRefundView *self, GtkWidget *group, const char *title)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ENTRY_ROW, "title", title, NULL);

  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static void
zifu_refund_view_init (ZifuRefundView *self)
{
  GtkWidget *group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, NULL);
  GtkWidget *button = gtk_button_new_with_label (_("Record the Refund"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->problem = ZIFU_NOTICE (zifu_notice_new (""));
  zifu_notice_set_style (self->problem, ZIFU_NOTICE_BAD);
  self->date = ADW_ENTRY_ROW (add_entry_row (self, group, _("Date, such as 2026-05-21")));
  self->amount = ZIFU_MONEY_ROW (zifu_money_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->amount), _("Back to the account (yuan)"));
  g_signal_connect_object (self->amount, "notify::amount", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->amount));
  self->note = ADW_ENTRY_ROW (add_entry_row (self, group, _("Note")));
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  g_signal_connect_object (button, "clicked", G_CALLBACK (save_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (self->box), group);
  gtk_box_append (GTK_BOX (self->box), button);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/* What is taken back, in words; a receipt is taken back whole, an entry of a file also in part. */
static void
show_entry (ZifuRefundView *self)
{
  g_autofree char *title = zifu_entry_dup_title (self->entry, self->entry->relative_name);
  g_autofree char *day = zifu_words_date (self->entry->date, ZIFU_DATE_STYLE_LONG);
  g_autofree char *today = zifu_date_format (zifu_session_get_today (self->session));
  g_autofree char *words = g_strdup_printf ("%s\n%s", title, day);
  gboolean whole = self->entry->settlement_id != 0;

  gtk_box_prepend (GTK_BOX (self->box), zifu_ui_wrapping_label (words, NULL));
  gtk_editable_set_text (GTK_EDITABLE (self->date), today);
  if (self->entry->amount > 0)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->amount), _("Out of the account (yuan)"));
  zifu_money_row_set_amount (self->amount, ABS (self->entry->amount));
  gtk_editable_set_editable (GTK_EDITABLE (self->amount), !whole);
  if (whole)
    gtk_box_append (GTK_BOX (self->box),
                    zifu_ui_wrapping_label (_("The whole visit is taken back: the bill, what the funds paid, and what the account paid."),
                                            "quiet"));
}

/**
 * zifu_refund_view_new:
 * @session: the household
 * @entry_id: what is taken back
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
zifu_refund_view_new (ZifuSession *session, gint64 entry_id)
{
  ZifuRefundView *self;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_REFUND_VIEW, NULL);
  self->session = g_object_ref (session);
  self->entry = zifu_ledger_get_entry (zifu_session_get_ledger (session), entry_id, &error);
  if (self->entry != NULL)
    show_entry (self);
  else
    {
      g_autofree char *text = zifu_words_error_message (error);

      zifu_form_refuse (self->problem, NULL, text);
    }
  return GTK_WIDGET (self);
}
