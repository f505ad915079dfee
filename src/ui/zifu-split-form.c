/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-day-text.h"
#include "zifu-entry-words.h"
#include "zifu-form-problem.h"
#include "zifu-leave-guard.h"
#include "zifu-ledger-purses.h"
#include "zifu-split-form.h"
#include "zifu-widgets.h"
#include "zifu-words.h"

struct _ZifuSplitForm {
  AdwWindow parent_instance;

  ZifuSession *session; /* owned */
  ZifuSplit    stored;  /* what counts today; its date is 0 when nothing was stated this year */
  gboolean     ready;   /* what the template says while it is made or taken apart does not count */

  ZifuNotice   *problem;
  AdwEntryRow  *date;
  ZifuMoneyRow *current;
  GtkLabel     *verdict;
  GtkWidget    *drop;
};

G_DEFINE_FINAL_TYPE (ZifuSplitForm, zifu_split_form, ADW_TYPE_WINDOW)

static guint signal_saved;

/* The day that is typed, and what the account held at its end; FALSE while it is no day of the past. */
static gboolean
read_day (ZifuSplitForm *self, ZifuDate *date, ZifuMoney *balance)
{
  *date = zifu_day_text_parse (gtk_editable_get_text (GTK_EDITABLE (self->date)));
  return *date > 0 && *date <= zifu_session_get_today (self->session) &&
         zifu_ledger_get_balance_on (zifu_session_get_ledger (self->session), self->stored.member_id, *date, balance, NULL);
}

/* What follows from what is typed so far. */
static char *
dup_verdict (ZifuSplitForm *self)
{
  ZifuMoney balance, current = zifu_money_row_get_amount (self->current);
  g_autofree char *day = NULL, *whole = NULL, *rest = NULL;
  ZifuDate date;

  if (!read_day (self, &date, &balance))
    return g_strdup (_("Enter a day up to today."));
  balance = MAX (balance, 0);
  day = zifu_words_date (date, ZIFU_DATE_STYLE_LONG);
  whole = zifu_words_money (balance, ZIFU_MONEY_STYLE_SYMBOL);
  if (current < 0)
    /* Translators: {1} is a day, {2} an amount. */
    return zifu_words_fill (_("At the end of {1} the account held {2}."), day, whole, NULL);
  if (current > balance)
    /* Translators: {1} is a day, {2} an amount. */
    return zifu_words_fill (_("At the end of {1} the account held {2}: this year's part cannot be more."), day, whole, NULL);
  rest = zifu_words_money (balance - current, ZIFU_MONEY_STYLE_SYMBOL);
  /* Translators: {1} is a day, {2} and {3} are amounts. */
  return zifu_words_fill (_("At the end of {1} the account held {2}; {3} of it was earlier years' money."), day, whole, rest, NULL);
}

static void
show_verdict (ZifuSplitForm *self)
{
  g_autofree char *text = dup_verdict (self);

  gtk_label_set_text (self->verdict, text);
}

static void
changed_cb (ZifuSplitForm *self)
{
  if (!self->ready)
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self->date), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->current), "error");
  zifu_notice_set_revealed (self->problem, FALSE);
  show_verdict (self);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zifu_split_form_save (ZIFU_SPLIT_FORM (widget));
}

static void
drop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zifu_split_form_drop (ZIFU_SPLIT_FORM (widget));
}

static gboolean
save_window (GtkWindow *form)
{
  return zifu_split_form_save (ZIFU_SPLIT_FORM (form));
}

static void
zifu_split_form_dispose (GObject *object)
{
  ZifuSplitForm *self = ZIFU_SPLIT_FORM (object);

  self->ready = FALSE;
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_SPLIT_FORM);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (zifu_split_form_parent_class)->dispose (object);
}

static void
zifu_split_form_class_init (ZifuSplitFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_split_form_dispose;
  signal_saved = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (ZIFU_TYPE_MONEY_ROW);
  g_type_ensure (ZIFU_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-split-form.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuSplitForm, problem);
  gtk_widget_class_bind_template_child (widget_class, ZifuSplitForm, date);
  gtk_widget_class_bind_template_child (widget_class, ZifuSplitForm, current);
  gtk_widget_class_bind_template_child (widget_class, ZifuSplitForm, verdict);
  gtk_widget_class_bind_template_child (widget_class, ZifuSplitForm, drop);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);

  gtk_widget_class_install_action (widget_class, "split.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "split.drop", NULL, drop_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "split.save", NULL);
}

static void
zifu_split_form_init (ZifuSplitForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  zifu_widgets_follow_scheme (GTK_WIDGET (self));
}

/* What was stated in this benefit year, if anything. */
static void
find_stored (ZifuSplitForm *self)
{
  g_autoptr (ZifuPack) pack = zifu_session_dup_pack (self->session, NULL);
  ZifuDate today = zifu_session_get_today (self->session);

  self->stored = (ZifuSplit){ .member_id = zifu_session_get_member_id (self->session) };
  if (pack != NULL)
    zifu_ledger_find_split (zifu_session_get_ledger (self->session), self->stored.member_id, zifu_division_first_day (pack, today), today,
                            &self->stored, NULL);
}

/**
 * zifu_split_form_new:
 * @session: whose person on screen owns the account
 *
 * Returns: (transfer none): the window, owned by the toolkit like every window
 */
GtkWidget *
zifu_split_form_new (ZifuSession *session)
{
  g_autofree char *day = NULL;
  ZifuSplitForm *self;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_SPLIT_FORM, NULL);
  self->session = g_object_ref (session);
  find_stored (self);
  day = zifu_date_format (self->stored.date != 0 ? self->stored.date : zifu_session_get_today (session));
  gtk_editable_set_text (GTK_EDITABLE (self->date), day);
  if (self->stored.date != 0)
    zifu_money_row_set_amount (self->current, self->stored.current);
  gtk_widget_set_visible (self->drop, self->stored.date != 0);
  self->ready = TRUE;
  show_verdict (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->current));
  zifu_leave_guard_watch (GTK_WINDOW (self), save_window);
  return GTK_WIDGET (self);
}

static void
finish (ZifuSplitForm *self, gboolean stated)
{
  zifu_leave_guard_release (GTK_WINDOW (self));
  g_signal_emit (self, signal_saved, 0, stated);
  zifu_session_emit_changed (self->session);
  gtk_window_close (GTK_WINDOW (self));
}

/**
 * zifu_split_form_save:
 * @self: a form
 *
 * Stores what is typed; says what is wrong otherwise.
 *
 * Returns: whether it was stored
 */
gboolean
zifu_split_form_save (ZifuSplitForm *self)
{
  ZifuSplit split = { .provenance = ZIFU_PROVENANCE_TYPED };
  g_autoptr (GError) error = NULL;
  ZifuMoney balance;

  g_return_val_if_fail (ZIFU_IS_SPLIT_FORM (self), FALSE);

  split.member_id = self->stored.member_id;
  split.current = zifu_money_row_get_amount (self->current);
  if (!read_day (self, &split.date, &balance))
    return zifu_form_refuse (self->problem, GTK_WIDGET (self->date), _("The day is not a day up to today, such as 2026-11-24."));
  if (split.current < 0)
    return zifu_form_refuse (self->problem, GTK_WIDGET (self->current),
                   _("Enter this year's part: an amount of money, 0.00 when all of it is earlier years'."));
  if (split.current > MAX (balance, 0))
    return zifu_form_refuse (self->problem, GTK_WIDGET (self->current),
                             _("This year's part cannot be more than the account held on that day."));
  if (!zifu_ledger_put_split (zifu_session_get_ledger (self->session), &split, zifu_session_get_today (self->session), &error))
    {
      g_autofree char *message = zifu_ui_error_text (error);

      return zifu_form_refuse (self->problem, GTK_WIDGET (self->current), message);
    }
  finish (self, TRUE);
  return TRUE;
}

/**
 * zifu_split_form_drop:
 * @self: a form
 *
 * Takes back what was stated before.
 *
 * Returns: whether it is gone
 */
gboolean
zifu_split_form_drop (ZifuSplitForm *self)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (ZIFU_IS_SPLIT_FORM (self), FALSE);

  if (self->stored.date == 0)
    return FALSE;
  if (!zifu_ledger_drop_split (zifu_session_get_ledger (self->session), self->stored.member_id, self->stored.date, &error))
    {
      g_autofree char *message = zifu_ui_error_text (error);

      return zifu_form_refuse (self->problem, NULL, message);
    }
  finish (self, FALSE);
  return TRUE;
}
