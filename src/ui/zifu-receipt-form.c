/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include "zifu-receipt-form.h"

#include <glib/gi18n-lib.h>

#include "zifu-combo-values.h"
#include "zifu-day-text.h"
#include "zifu-leave-guard.h"
#include "zifu-person-form.h"
#include "zifu-receipt-check.h"
#include "zifu-ui-rows.h"
#include "zifu-visit-choices.h"
#include "zifu-widgets.h"
#include "zifu-words-reality.h"

struct _ZifuReceiptForm {
  AdwWindow parent_instance;

  ZifuSession *session;   /* owned */
  ZifuMember  *member;    /* owned */
  GPtrArray   *kinds;     /* owned, of char* */
  GPtrArray   *estimates; /* owned, of ZifuSavedEstimate: all of the person */
  GPtrArray   *fitting;   /* owned, of ZifuSavedEstimate (not owned): behind the choices after "none" */
  gint64       wanted;    /* an estimate that is offered whatever is typed; 0 = none */
  char        *class_;    /* owned, nullable: level of the institution of the receipt that is corrected */
  gint64       original;  /* row that is corrected; 0 = none */
  ZifuBillFigures *before; /* owned, nullable: what it states */
  gint64       paired;    /* estimate that the row was about; 0 = none */
  gboolean     ready;     /* what the template says while it is made or taken apart does not count */

  AdwWindowTitle    *heading;
  GtkScrolledWindow *scroll;
  ZifuNotice        *problem;
  AdwEntryRow       *date;
  AdwEntryRow       *institution;
  AdwComboRow       *kind;
  ZifuMoneyRow      *total;
  ZifuMoneyRow      *fund;
  ZifuMoneyRow      *account;
  ZifuMoneyRow      *mutual;
  ZifuMoneyRow      *cash;
  AdwExpanderRow    *parts;
  ZifuMoneyRow      *out;
  ZifuMoneyRow      *prior;
  ZifuMoneyRow      *over_limit;
  ZifuMoneyRow      *deductible;
  ZifuMoneyRow      *hospital;
  GtkImage          *sum_icon;
  GtkLabel          *sum_text;
  GtkWidget         *match;
  AdwComboRow       *estimate;
  GtkLabel          *difference;
};

G_DEFINE_FINAL_TYPE (ZifuReceiptForm, zifu_receipt_form, ADW_TYPE_WINDOW)

static guint signal_saved;

#define N_ROWS 10

/* The rows of the form and what each is on a receipt. */
static const ZifuBillPart row_parts[N_ROWS] = {
  ZIFU_BILL_TOTAL, ZIFU_BILL_FUND_SUM, ZIFU_BILL_ACCOUNT,    ZIFU_BILL_MUTUAL,     ZIFU_BILL_CASH,
  ZIFU_BILL_OUT,   ZIFU_BILL_PRIOR,    ZIFU_BILL_OVER_LIMIT, ZIFU_BILL_DEDUCTIBLE, ZIFU_BILL_HOSPITAL,
};

static ZifuMoneyRow *
get_row (ZifuReceiptForm *self, guint i)
{
  ZifuMoneyRow *rows[N_ROWS] = { self->total, self->fund,  self->account,    self->mutual,     self->cash,
                                 self->out,   self->prior, self->over_limit, self->deductible, self->hospital };

  return rows[i];
}

static ZifuBillFigures *
read_figures (ZifuReceiptForm *self)
{
  ZifuBillFigures *figures = zifu_bill_figures_new ();

  for (guint i = 0; i < N_ROWS; i++)
    {
      gint64 amount = zifu_money_row_get_amount (get_row (self, i));

      if (amount >= 0)
        zifu_bill_figures_set (figures, row_parts[i], amount);
    }
  return figures;
}

static ZifuMoneyRow *
find_invalid (ZifuReceiptForm *self)
{
  for (guint i = 0; i < N_ROWS; i++)
    if (!zifu_money_row_get_valid (get_row (self, i)))
      return get_row (self, i);
  return NULL;
}

static ZifuDate
read_date (ZifuReceiptForm *self)
{
  return zifu_day_text_parse (gtk_editable_get_text (GTK_EDITABLE (self->date)));
}

static const char *
read_institution (ZifuReceiptForm *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->institution));
}

/* The estimate that was chosen. */
static const ZifuSavedEstimate *
get_chosen (ZifuReceiptForm *self)
{
  guint i = adw_combo_row_get_selected (self->estimate);

  return self->fitting != NULL && i >= 1 && i <= self->fitting->len ? g_ptr_array_index (self->fitting, i - 1) : NULL;
}

/* Where the first figure lies that is not as it was estimated. */
static void
show_difference (ZifuReceiptForm *self, const ZifuBillFigures *figures, ZifuReceiptState state)
{
  const ZifuSavedEstimate *estimate = get_chosen (self);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->difference), estimate != NULL && (state == ZIFU_RECEIPT_GOOD || state == ZIFU_RECEIPT_OPEN));
  if (estimate == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->difference)))
    return;
  text = zifu_receipt_dup_difference (figures, estimate->figures);
  gtk_label_set_text (self->difference, text);
}

static ZifuReceiptState
show_sum (ZifuReceiptForm *self)
{
  g_autoptr (ZifuBillFigures) figures = read_figures (self);
  g_autofree char *text = NULL, *remark = NULL, *said = NULL;
  ZifuBillPart wrong = ZIFU_BILL_TOTAL;
  ZifuReceiptState state = find_invalid (self) != NULL ? ZIFU_RECEIPT_BAD
                                                       : zifu_receipt_check (figures, self->member->has_account, &text, &wrong);
  gboolean bad = state == ZIFU_RECEIPT_BAD;

  for (guint i = 0; i < N_ROWS; i++)
    if (zifu_money_row_get_valid (get_row (self, i)) || (bad && text != NULL && row_parts[i] == wrong))
      zifu_money_row_set_message (get_row (self, i), bad && text != NULL && row_parts[i] == wrong ? text : NULL);
  gtk_image_set_from_icon_name (self->sum_icon, bad                          ? "zifu-bad-symbolic"
                                                : state == ZIFU_RECEIPT_GOOD ? "zifu-ok-symbolic"
                                                                             : "zifu-info-symbolic");
  gtk_widget_set_css_classes (GTK_WIDGET (self->sum_icon),
                              (const char *[]){ bad ? "bad" : state == ZIFU_RECEIPT_GOOD ? "ok" : "quiet", NULL });
  remark = bad || self->original != 0 ? NULL
                                      : zifu_receipt_dup_remark (zifu_session_get_ledger (self->session), self->member->id,
                                                                 read_date (self), figures);
  said = g_strjoin ("\n", text != NULL ? text : _("One of the figures is not an amount of money."), remark, NULL);
  gtk_label_set_text (self->sum_text, said);
  show_difference (self, figures, state);
  return state;
}

static gint
compare_scores (gconstpointer a, gconstpointer b, gpointer data)
{
  GHashTable *scores = data;
  guint x = GPOINTER_TO_UINT (g_hash_table_lookup (scores, *(gpointer const *) a));
  guint y = GPOINTER_TO_UINT (g_hash_table_lookup (scores, *(gpointer const *) b));

  return x > y ? -1 : x < y;
}

/* Estimates that may have been about this visit, the likeliest first: offered, never chosen.  The one that somebody chose stays. */
static GPtrArray *
find_fitting (ZifuReceiptForm *self)
{
  GPtrArray *found = g_ptr_array_new ();
  g_autoptr (GHashTable) scores = g_hash_table_new (NULL, NULL);
  const char *institution = read_institution (self), *care = zifu_combo_values_get (self->kind, self->kinds);
  gint64 total = zifu_money_row_get_amount (self->total);
  ZifuDate date = read_date (self);

  for (guint i = 0; i < self->estimates->len; i++)
    {
      ZifuSavedEstimate *estimate = g_ptr_array_index (self->estimates, i);
      gboolean free_ = estimate->settlement_id == 0 || estimate->id == self->paired;
      guint score = 0;

      if (free_ && date != 0 && total >= 0)
        score = zifu_pair_score (estimate, date, care, *institution != '\0' ? institution : NULL, self->class_, total);
      if (estimate->id == self->wanted)
        score = G_MAXINT;
      else if (estimate == get_chosen (self))
        score = MAX (score, ZIFU_PAIR_LIKELY);
      if (score < ZIFU_PAIR_LIKELY)
        continue;
      g_hash_table_insert (scores, estimate, GUINT_TO_POINTER (score));
      g_ptr_array_add (found, estimate);
    }
  g_ptr_array_sort_with_data (found, compare_scores, scores);
  return found;
}

static void
show_matches (ZifuReceiptForm *self)
{
  const ZifuSavedEstimate *before = get_chosen (self);
  GPtrArray *found = find_fitting (self);
  g_autoptr (GtkStringList) words = NULL;
  guint selected = 0;

  if (zifu_receipt_are_same (self->fitting, found))
    {
      g_ptr_array_unref (found);
      return;
    }
  words = gtk_string_list_new (NULL);
  gtk_string_list_append (words, _("None"));
  for (guint i = 0; i < found->len; i++)
    {
      const ZifuSavedEstimate *estimate = g_ptr_array_index (found, i);

      gtk_string_list_take (words, zifu_receipt_dup_estimate_title (estimate));
      /* Offered from the start; whoever chose none since then is not asked again. */
      if (estimate == before || (before == NULL && estimate->id == self->wanted
                                 && (self->fitting == NULL || !g_ptr_array_find (self->fitting, estimate, NULL))))
        selected = i + 1;
    }
  g_clear_pointer (&self->fitting, g_ptr_array_unref);
  self->fitting = found;
  adw_combo_row_set_model (self->estimate, G_LIST_MODEL (words));
  adw_combo_row_set_selected (self->estimate, selected);
  gtk_widget_set_visible (self->match, found->len > 0);
}

/* What is typed is looked at after every key: nothing of it takes long. */
static void
changed_cb (ZifuReceiptForm *self)
{
  if (!self->ready)
    return;
  self->ready = FALSE;
  zifu_notice_set_revealed (self->problem, FALSE);
  gtk_widget_remove_css_class (GTK_WIDGET (self->date), "error");
  show_matches (self);
  show_sum (self);
  self->ready = TRUE;
}

static gboolean
refuse (ZifuReceiptForm *self, GtkWidget *row, const char *message)
{
  zifu_notice_set_title (self->problem, message);
  zifu_notice_set_button_label (self->problem, NULL);
  zifu_notice_set_revealed (self->problem, TRUE);
  if (row != NULL)
    gtk_widget_grab_focus (row);
  return FALSE;
}

/* The ledger would refuse it as well, but could not say what to do. */
static gboolean
check_account (ZifuReceiptForm *self, const ZifuBillFigures *figures)
{
  g_autofree char *text =
    zifu_receipt_check_account (figures, self->before, zifu_session_get_ledger (self->session), self->member->id);

  if (text == NULL)
    return TRUE;
  refuse (self, GTK_WIDGET (self->account), text);
  zifu_notice_set_button_label (self->problem, _("Correct the Balance"));
  return FALSE;
}

/* Over this window: what was typed of the receipt stays. */
static void
correct_balance_cb (ZifuReceiptForm *self)
{
  GtkWidget *form = zifu_person_form_new (self->session, self->member->id);

  zifu_widgets_follow_scheme (form);
  gtk_window_set_transient_for (GTK_WINDOW (form), GTK_WINDOW (self));
  zifu_notice_set_revealed (self->problem, FALSE);
  gtk_window_present (GTK_WINDOW (form));
}

static gboolean
check (ZifuReceiptForm *self, ZifuBillFigures *figures)
{
  ZifuDate date = read_date (self);
  g_autofree char *text = NULL;
  ZifuBillPart wrong = ZIFU_BILL_TOTAL;
  ZifuReceiptState state;

  if (date == 0 || date > zifu_session_get_today (self->session))
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->date), "error");
      return refuse (self, GTK_WIDGET (self->date),
                     date == 0 ? _("The date is not a day. Write it as 2026-05-21.")
                               : _("A receipt cannot be of a day that is still to come."));
    }
  if (find_invalid (self) != NULL)
    return refuse (self, GTK_WIDGET (find_invalid (self)), _("One of the figures is not an amount of money."));
  state = zifu_receipt_check (figures, self->member->has_account, &text, &wrong);
  if (state == ZIFU_RECEIPT_GOOD || state == ZIFU_RECEIPT_OPEN)
    return check_account (self, figures);
  for (guint i = 0; i < N_ROWS; i++)
    if (row_parts[i] == wrong)
      return refuse (self, GTK_WIDGET (get_row (self, i)), text);
  return refuse (self, GTK_WIDGET (self->total), text);
}

/* Whose visit it was, and of which kind: the estimate it belongs to says more, such as the level of the institution. */
static ZifuSavedEstimate *
new_about (ZifuReceiptForm *self)
{
  const ZifuSavedEstimate *chosen = get_chosen (self);
  ZifuSavedEstimate *about = chosen != NULL ? zifu_saved_estimate_copy (chosen) : g_new0 (ZifuSavedEstimate, 1);

  g_free (about->care);
  about->care = g_strdup (zifu_combo_values_get (self->kind, self->kinds));
  about->member_id = self->member->id;
  if (chosen != NULL)
    return about;
  about->region = g_strdup (self->member->region);
  about->insurance = g_strdup (self->member->insurance);
  about->institution_class = g_strdup (self->class_);
  return about;
}

static gint64
store (ZifuReceiptForm *self, const ZifuBillFigures *figures, gint64 *reversal, GError **error)
{
  ZifuLedger *ledger = zifu_session_get_ledger (self->session);
  g_autoptr (ZifuSavedEstimate) about = new_about (self);
  const char *institution = read_institution (self);

  *reversal = 0;
  if (self->original != 0)
    return zifu_ledger_correct_receipt (ledger, self->original, about, figures, read_date (self), institution,
                                        _("Typed wrongly, corrected"), reversal, error);
  return zifu_ledger_add_receipt (ledger, about, figures, read_date (self), institution, ZIFU_PROVENANCE_TYPED, error);
}

/**
 * zifu_receipt_form_save:
 * @self: a form
 *
 * Stores the receipt; says what is wrong otherwise.
 *
 * Returns: whether it was stored
 */
gboolean
zifu_receipt_form_save (ZifuReceiptForm *self)
{
  g_autoptr (ZifuBillFigures) figures = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id, reversal;

  g_return_val_if_fail (ZIFU_IS_RECEIPT_FORM (self), FALSE);

  figures = read_figures (self);
  if (!check (self, figures))
    return FALSE;
  zifu_receipt_keep_unasked (figures, self->before);
  id = store (self, figures, &reversal, &error);
  if (id == 0)
    {
      g_autofree char *message = zifu_words_error_message (error);

      return refuse (self, NULL, message);
    }
  zifu_leave_guard_release (GTK_WINDOW (self));
  zifu_session_emit_changed (self->session);
  g_signal_emit (self, signal_saved, 0, id, reversal, self->paired);
  gtk_window_close (GTK_WINDOW (self));
  return TRUE;
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zifu_receipt_form_save (ZIFU_RECEIPT_FORM (widget));
}

static gboolean
save_window (GtkWindow *form)
{
  return zifu_receipt_form_save (ZIFU_RECEIPT_FORM (form));
}

static void
zifu_receipt_form_dispose (GObject *object)
{
  ZifuReceiptForm *self = ZIFU_RECEIPT_FORM (object);

  self->ready = FALSE;
  g_clear_pointer (&self->fitting, g_ptr_array_unref);
  g_clear_pointer (&self->estimates, g_ptr_array_unref);
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  g_clear_pointer (&self->member, zifu_member_free);
  g_clear_pointer (&self->class_, g_free);
  g_clear_pointer (&self->before, zifu_bill_figures_free);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_RECEIPT_FORM);
  G_OBJECT_CLASS (zifu_receipt_form_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, heading);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, scroll);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, problem);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, date);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, institution);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, kind);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, total);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, fund);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, account);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, mutual);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, cash);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, parts);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, out);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, prior);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, over_limit);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, deductible);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, hospital);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, sum_icon);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, sum_text);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, match);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, estimate);
  gtk_widget_class_bind_template_child (widget_class, ZifuReceiptForm, difference);
}

static void
zifu_receipt_form_class_init (ZifuReceiptFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_receipt_form_dispose;
  signal_saved = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT64,
                               G_TYPE_INT64, G_TYPE_INT64);
  g_type_ensure (ZIFU_TYPE_CHOICE_ROW);
  g_type_ensure (ZIFU_TYPE_MONEY_ROW);
  g_type_ensure (ZIFU_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-receipt-form.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, correct_balance_cb);
  gtk_widget_class_install_action (widget_class, "receipt-form.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "receipt-form.save", NULL);
}

static void
zifu_receipt_form_init (ZifuReceiptForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  zifu_ui_wrap_title (GTK_WIDGET (self->heading));
  zifu_widgets_follow_scheme (GTK_WIDGET (self));
  zifu_widgets_keep_focus_in_view (self->scroll);
}

static void
set_date (ZifuReceiptForm *self, ZifuDate date)
{
  g_autofree char *text = zifu_date_format (date);

  gtk_editable_set_text (GTK_EDITABLE (self->date), text);
}

static void
begin (ZifuReceiptForm *self)
{
  self->ready = TRUE;
  changed_cb (self);
  zifu_leave_guard_release (GTK_WINDOW (self));
  zifu_leave_guard_watch (GTK_WINDOW (self), save_window);
}

/**
 * zifu_receipt_form_new:
 * @session: whose person on screen the receipt belongs to
 *
 * Returns: (transfer none): the window with an empty receipt of today, owned by the toolkit like every window
 */
GtkWidget *
zifu_receipt_form_new (ZifuSession *session)
{
  ZifuReceiptForm *self;
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GPtrArray *kinds = zifu_choices_kinds ();

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_RECEIPT_FORM, NULL);
  self->session = g_object_ref (session);
  self->member = zifu_session_dup_member (session);
  if (self->member == NULL)
    self->member = zifu_member_new ();
  self->estimates = zifu_ledger_list_estimates (zifu_session_get_ledger (session), self->member->id, NULL);
  if (self->estimates == NULL)
    self->estimates = g_ptr_array_new ();
  for (guint i = 0; i < kinds->len; i++)
    gtk_string_list_append (words, zifu_choices_kind_label (g_ptr_array_index (kinds, i)));
  zifu_combo_values_offer (self->kind, &self->kinds, kinds, words, "outpatient");
  gtk_widget_set_visible (GTK_WIDGET (self->account), self->member->has_account);
  adw_window_title_set_subtitle (self->heading, self->member->name != NULL ? self->member->name : "");
  set_date (self, zifu_session_get_today (session));
  begin (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->date));
  return GTK_WIDGET (self);
}

/**
 * zifu_receipt_form_set_estimate:
 * @self: a form
 * @estimate_id: an estimate of the person
 * @error: return location for an error of #ZifuLedgerError
 *
 * Says which estimate the receipt is about.  Day and kind are taken from it, no figure is.
 *
 * Returns: whether it was found
 */
gboolean
zifu_receipt_form_set_estimate (ZifuReceiptForm *self, gint64 estimate_id, GError **error)
{
  g_autoptr (ZifuSavedEstimate) estimate = NULL;

  g_return_val_if_fail (ZIFU_IS_RECEIPT_FORM (self), FALSE);

  estimate = zifu_ledger_get_estimate (zifu_session_get_ledger (self->session), estimate_id, error);
  if (estimate == NULL)
    return FALSE;
  self->ready = FALSE;
  self->wanted = estimate_id;
  set_date (self, MIN (estimate->date, zifu_session_get_today (self->session)));
  zifu_combo_values_choose (self->kind, self->kinds, estimate->care);
  if (estimate->institution != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->institution), estimate->institution);
  begin (self);
  return TRUE;
}

static void
show_record (ZifuReceiptForm *self, const ZifuSettlementRecord *record)
{
  g_autoptr (ZifuBillFigures) figures = zifu_settlement_record_get_figures (record);

  set_date (self, record->date);
  gtk_editable_set_text (GTK_EDITABLE (self->institution), record->institution != NULL ? record->institution : "");
  zifu_combo_values_choose (self->kind, self->kinds, record->care);
  for (guint i = 0; i < N_ROWS; i++)
    if (figures->known[row_parts[i]])
      zifu_money_row_set_amount (get_row (self, i), figures->amount[row_parts[i]]);
  adw_expander_row_set_expanded (self->parts, TRUE);
  self->class_ = g_strdup (record->institution_class);
}

/**
 * zifu_receipt_form_set_original:
 * @self: a fresh form
 * @entry_id: a row of the history with a receipt behind it
 * @error: return location for an error of #ZifuLedgerError
 *
 * Shows the receipt so that it can be corrected: saving takes the old one back and records the new one.
 *
 * Returns: whether it was found
 */
gboolean
zifu_receipt_form_set_original (ZifuReceiptForm *self, gint64 entry_id, GError **error)
{
  ZifuLedger *ledger;
  g_autoptr (ZifuEntry) entry = NULL;
  g_autoptr (ZifuSettlementRecord) record = NULL;

  g_return_val_if_fail (ZIFU_IS_RECEIPT_FORM (self), FALSE);

  ledger = zifu_session_get_ledger (self->session);
  entry = zifu_ledger_get_entry (ledger, entry_id, error);
  record = entry != NULL ? zifu_ledger_get_settlement (ledger, entry->settlement_id, error) : NULL;
  if (record == NULL)
    return FALSE;
  self->ready = FALSE;
  self->original = entry_id;
  for (guint i = 0; i < self->estimates->len; i++)
    if (((const ZifuSavedEstimate *) g_ptr_array_index (self->estimates, i))->settlement_id == record->id)
      self->wanted = self->paired = ((const ZifuSavedEstimate *) g_ptr_array_index (self->estimates, i))->id;
  g_clear_pointer (&self->before, zifu_bill_figures_free);
  self->before = zifu_settlement_record_get_figures (record);
  show_record (self, record);
  adw_window_title_set_title (self->heading, _("Correct a Receipt"));
  gtk_window_set_title (GTK_WINDOW (self), _("Correct a Receipt"));
  begin (self);
  return TRUE;
}
