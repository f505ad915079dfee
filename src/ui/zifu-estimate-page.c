/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include <glib/gi18n-lib.h>

#include "zifu-estimate-page.h"
#include "zifu-estimates-view.h"
#include "zifu-filing-hint.h"
#include "zifu-ledger-estimates.h"
#include "zifu-ledger-life.h"
#include "zifu-opened-estimate.h"
#include "zifu-result-view.h"
#include "zifu-sheet.h"
#include "zifu-ui-rows.h"
#include "zifu-visit-form.h"
#include "zifu-widgets.h"

/* Room that the result needs beside the form; below it the form becomes a tab of the result. */
#define RESULT_MIN_WIDTH 420

struct _ZifuEstimatePage {
  GtkWidget parent_instance;

  ZifuNotice     *notice;
  ZifuNotice     *opened_notice;
  ZifuWidthBin   *bin;
  GtkWidget      *side;
  AdwBin         *side_bin;
  GtkWidget      *separator;
  ZifuVisitForm  *form;
  ZifuResultView *result;

  ZifuSession   *session;   /* owned */
  ZifuEstimator *estimator; /* owned */
  ZifuRecord    *filings;   /* owned, nullable: of the person on screen; nothing else is in it */
  ZifuOpenedEstimate *opened; /* owned, nullable: the saved estimate that is on screen, as long as it is as it was saved */
};

G_DEFINE_FINAL_TYPE (ZifuEstimatePage, zifu_estimate_page, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_SESSION, N_PROPS };

static GParamSpec *properties[N_PROPS];

/* What is on record of the filing that was chosen, whether or not the rest of the form can be used already. */
static void
show_filing (ZifuEstimatePage *self)
{
  ZifuPack *pack = zifu_estimator_get_pack (self->estimator);
  const char *remote = zifu_visit_form_get_place (self->form);
  g_autofree char *text =
      pack != NULL && self->filings != NULL ? zifu_filing_hint (pack, self->filings, remote, zifu_visit_form_get_date (self->form)) : NULL;

  zifu_visit_form_show_filing (self->form, text);
}

static void
load_filings (ZifuEstimatePage *self)
{
  const ZifuPerson *person = zifu_estimator_get_person (self->estimator);
  ZifuLedger *ledger = zifu_session_get_ledger (self->session);

  g_clear_pointer (&self->filings, zifu_record_free);
  if (person == NULL)
    return;
  self->filings = zifu_record_new_for_person (person);
  if (!zifu_ledger_load_filings (ledger, zifu_session_get_member_id (self->session), self->filings, NULL))
    g_clear_pointer (&self->filings, zifu_record_free);
}

/* What must be known beside the result of a saved estimate: other rules, or the data of another day. */
static void
show_opened (ZifuEstimatePage *self)
{
  gboolean then = zifu_estimator_is_then (self->estimator), differs = FALSE;
  ZifuPack *pack = zifu_estimator_get_pack (self->estimator);
  g_autofree char *text = NULL;

  if (self->opened != NULL && pack != NULL)
    text = zifu_opened_estimate_dup_notice (self->opened, pack, zifu_estimator_get_settlement (self->estimator), then, &differs);
  else if (then)
    text = g_strdup (_("With the account and the totals of a saved estimate."));
  if (text != NULL)
    zifu_notice_set_title (self->opened_notice, text);
  zifu_notice_set_style (self->opened_notice, differs ? ZIFU_NOTICE_WARN : ZIFU_NOTICE_INFO);
  zifu_notice_set_button_label (self->opened_notice, then ? _("Use Today's") : NULL);
  zifu_notice_set_revealed (self->opened_notice, text != NULL);
}

/* What the form has no field for counts as it was saved, until somebody changes a field. */
static const ZifuVisit *
get_opened_visit (ZifuEstimatePage *self)
{
  if (self->opened == NULL)
    return NULL;
  if (zifu_visit_form_gives (self->form, self->opened->shown != NULL ? self->opened->shown : self->opened->visit))
    return self->opened->visit;
  g_clear_pointer (&self->opened, zifu_opened_estimate_free);
  show_opened (self);
  return NULL;
}

static void
form_changed_cb (ZifuEstimatePage *self)
{
  g_autoptr (ZifuVisit) visit = NULL;
  const ZifuVisit *saved;

  if (self->estimator == NULL)
    return;
  show_filing (self);
  saved = get_opened_visit (self);
  visit = saved != NULL ? zifu_visit_copy (saved) : zifu_visit_form_dup_visit (self->form);
  if (visit != NULL || zifu_bill_group_is_empty (zifu_visit_form_get_bill (self->form)))
    zifu_estimator_set_visit (self->estimator, visit);
  else
    zifu_estimator_set_unusable (self->estimator);
}

/* A settlement that may be the real bill of a saved estimate is told, never taken for it. */
static void
show_notice (ZifuEstimatePage *self)
{
  g_autofree char *text = zifu_estimates_dup_notice (self->session);

  if (text != NULL)
    {
      zifu_notice_set_title (self->notice, text);
      zifu_notice_set_button_label (self->notice, _("Look"));
    }
  zifu_notice_set_revealed (self->notice, text != NULL);
}

static void
show_context (ZifuEstimatePage *self)
{
  load_filings (self);
  zifu_visit_form_set_context (self->form, zifu_session_get_member_id (self->session), zifu_estimator_get_pack (self->estimator),
                               zifu_estimator_get_person (self->estimator), zifu_session_get_today (self->session));
}

/* What the form cannot take of a visit - not even its bill, perhaps - is kept beside it: any field that is changed then ends that. */
static void
show_opened_visit (ZifuEstimatePage *self, ZifuOpenedEstimate *opened)
{
  g_clear_pointer (&opened->shown, zifu_visit_free);
  if (!zifu_visit_form_show_visit (self->form, opened->visit))
    zifu_opened_estimate_take_shown (opened, zifu_visit_form_dup_visit (self->form), zifu_estimator_get_pack (self->estimator),
                                     zifu_estimator_get_person (self->estimator));
  self->opened = opened;
  zifu_estimator_set_visit (self->estimator, opened->visit);
  zifu_estimator_flush (self->estimator);
}

/* Asking anew what the rules ask may change a field: a saved estimate is shown again after it. */
static void
show_context_again (ZifuEstimatePage *self)
{
  ZifuOpenedEstimate *opened = g_steal_pointer (&self->opened);

  show_context (self);
  if (opened != NULL && opened->estimate->member_id == zifu_session_get_member_id (self->session))
    show_opened_visit (self, opened);
  else
    zifu_opened_estimate_free (opened);
  show_opened (self);
}

/* The estimator was connected first: what it holds belongs to the person on screen already. */
static void
session_changed_cb (ZifuEstimatePage *self)
{
  show_context_again (self);
  show_notice (self);
}

static void
institution_cb (ZifuEstimatePage *self, const char *value)
{
  zifu_visit_form_set_institution (self->form, value);
  zifu_estimator_flush (self->estimator);
  zifu_result_view_show_tab (self->result, "steps");
}

static void
fill_in_cb (ZifuEstimatePage *self, guint question)
{
  const ZifuRange *range = zifu_estimator_get_range (self->estimator);

  if (range == NULL || question >= range->open->len)
    return;
  zifu_result_view_show_tab (self->result, "visit");
  zifu_visit_form_answer (self->form, g_ptr_array_index (range->open, question));
}

/* A window that has the focus there already would not tell the new parents of it, and the next Tab would leave the page. */
static void
restore_focus (ZifuEstimatePage *self, GtkWidget *focus)
{
  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->form)))
    return;
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  gtk_widget_grab_focus (focus);
}

static void
narrow_changed_cb (ZifuEstimatePage *self)
{
  gboolean narrow = zifu_width_bin_get_narrow (self->bin);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  g_object_ref (self->form);
  if (narrow)
    {
      adw_bin_set_child (self->side_bin, NULL);
      zifu_result_view_set_form (self->result, GTK_WIDGET (self->form));
    }
  else
    {
      zifu_result_view_set_form (self->result, NULL);
      adw_bin_set_child (self->side_bin, GTK_WIDGET (self->form));
    }
  g_object_unref (self->form);
  gtk_widget_set_visible (self->side, !narrow);
  gtk_widget_set_visible (self->separator, !narrow);
  gtk_widget_set_size_request (GTK_WIDGET (self->result), narrow ? -1 : RESULT_MIN_WIDTH, -1);
  restore_focus (self, focus);
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  ZifuEstimatePage *self = ZIFU_ESTIMATE_PAGE (widget);
  GtkWidget *toasts = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *text = NULL;

  zifu_estimator_flush (self->estimator);
  if (zifu_estimator_get_state (self->estimator) != ZIFU_ESTIMATE_READY)
    return;
  text = zifu_words_settlement (zifu_estimator_get_settlement (self->estimator));
  /* Elsewhere, too, the figure must not pretend to be the only one. */
  if (zifu_estimator_get_range (self->estimator) != NULL)
    {
      const ZifuRange *found = zifu_estimator_get_range (self->estimator);
      g_autofree char *range
        = zifu_estimator_get_n_similar (self->estimator) > 0 ? zifu_words_likely_range (found) : zifu_words_range (found);
      char *both = g_strdup_printf ("%s\n%s", range, text);

      g_free (text);
      text = both;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  if (toasts != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (toasts), zifu_ui_toast (_("Result copied")));
}

static void look_cb (ZifuEstimatePage *self);

static void
tell (GtkWidget *widget, AdwToast *toast)
{
  GtkWidget *toasts = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (toasts != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (toasts), toast);
  else
    g_object_unref (toast);
}

static void
save_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  ZifuEstimatePage *self = ZIFU_ESTIMATE_PAGE (widget);
  g_autoptr (ZifuMember) member = zifu_session_dup_member (self->session);
  g_autoptr (ZifuSavedEstimate) estimate = NULL;
  g_autoptr (GError) error = NULL;
  AdwToast *toast;

  zifu_estimator_flush (self->estimator);
  if (member == NULL || zifu_estimator_get_state (self->estimator) != ZIFU_ESTIMATE_READY)
    return;
  estimate = zifu_saved_estimate_new (member, zifu_estimator_get_person (self->estimator), zifu_estimator_get_visit (self->estimator),
                                      zifu_estimator_get_settlement (self->estimator), NULL, NULL,
                                      zifu_session_get_today (self->session));
  if (zifu_estimator_is_then (self->estimator))
    {
      const char *insurance = zifu_facts_get_string (zifu_estimator_get_person (self->estimator)->facts, "insurance");

      g_free (estimate->region);
      estimate->region = g_strdup (zifu_estimator_get_pack (self->estimator)->id);
      if (insurance != NULL)
        {
          g_free (estimate->insurance);
          estimate->insurance = g_strdup (insurance);
        }
    }
  if (zifu_ledger_save_estimate (zifu_session_get_ledger (self->session), estimate, &error) == 0)
    {
      g_autofree char *text = zifu_words_error_message (error);

      tell (widget, zifu_ui_toast (text));
      return;
    }
  toast = zifu_ui_toast (_("Estimate saved"));
  adw_toast_set_button_label (toast, _("Show"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (look_cb), self, G_CONNECT_SWAPPED);
  tell (widget, toast);
  show_notice (self);
}

static gboolean
open_estimate (ZifuEstimatePage *self, gint64 id, GError **error)
{
  g_autoptr (ZifuOpenedEstimate) opened = zifu_opened_estimate_new (zifu_session_get_ledger (self->session), id, error);

  /* Somebody else may have come on screen since the list was filled. */
  if (opened != NULL)
    zifu_session_set_member_id (self->session, opened->estimate->member_id);
  if (opened == NULL || !zifu_estimator_set_then (self->estimator, opened->policy, opened->person, opened->visit, error))
    return FALSE;
  g_clear_pointer (&self->opened, zifu_opened_estimate_free);
  self->opened = g_steal_pointer (&opened);
  show_context_again (self);
  return TRUE;
}

static void
open_cb (ZifuEstimatePage *self, gint64 id, GtkWidget *view)
{
  g_autoptr (GError) error = NULL;

  if (open_estimate (self, id, &error))
    {
      gtk_window_close (GTK_WINDOW (gtk_widget_get_root (view)));
      return;
    }
  g_autofree char *text = zifu_words_error_message (error);
  tell (GTK_WIDGET (self), zifu_ui_toast (text));
}

/* The same visit, as things stand today: also what of it has no field. */
static void
now_cb (ZifuEstimatePage *self)
{
  zifu_estimator_set_now (self->estimator);
  if (self->opened != NULL && self->opened->shown == NULL)
    g_clear_pointer (&self->opened, zifu_opened_estimate_free);
  show_context_again (self);
  zifu_estimator_flush (self->estimator);
}

static void
look_cb (ZifuEstimatePage *self)
{
  GtkWidget *view = zifu_estimates_view_new (self->session);

  g_signal_connect_object (view, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  zifu_sheet_present (GTK_WINDOW (zifu_sheet_new (_("Saved Estimates"), view)), GTK_WIDGET (self), 560);
}

static void
saved_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  look_cb (ZIFU_ESTIMATE_PAGE (widget));
}

static void
template_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  ZifuEstimatePage *self = ZIFU_ESTIMATE_PAGE (widget);

  zifu_visit_form_use_template (self->form, g_variant_get_string (target, NULL));
  zifu_estimator_flush (self->estimator);
  if (gtk_widget_get_mapped (GTK_WIDGET (self->form)))
    zifu_bill_group_focus (zifu_visit_form_get_bill (self->form));
}

static void
date_cb (GtkWidget *widget, const char *action, GVariant *target)
{
  ZifuEstimatePage *self = ZIFU_ESTIMATE_PAGE (widget);

  zifu_visit_form_set_date (self->form, g_variant_get_int32 (target));
  zifu_estimator_flush (self->estimator);
}

/* What another day would change, when the benefits of that day are others. */
static void
show_cover (ZifuEstimatePage *self)
{
  const ZifuCoverOther *other = zifu_estimator_get_other (self->estimator);
  const ZifuPerson *person = zifu_estimator_get_person (self->estimator);
  g_autofree char *text = NULL;
  g_autofree char *button = NULL;

  if (other != NULL && person != NULL)
    {
      text = zifu_cover_other_dup_text (other, g_strcmp0 (zifu_facts_get_string (person->facts, "insurance"), "390") == 0);
      button = zifu_cover_other_dup_button (other);
    }
  zifu_visit_form_show_cover (self->form, text, button, other != NULL ? other->date : 0);
}

static void
settlement_changed_cb (ZifuEstimatePage *self)
{
  show_cover (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "estimate.copy", zifu_estimator_get_state (self->estimator) == ZIFU_ESTIMATE_READY);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "estimate.save", zifu_estimator_get_state (self->estimator) == ZIFU_ESTIMATE_READY);
}

static gboolean
copy_shortcut_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  /* The shortcut is heard in the whole window: it belongs to the page only while the page is on screen. */
  if (!gtk_widget_get_mapped (widget))
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_activate_action (widget, "estimate.copy", NULL);
}

static gboolean
save_shortcut_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  return gtk_widget_get_mapped (widget) ? gtk_widget_activate_action (widget, "estimate.save", NULL) : GDK_EVENT_PROPAGATE;
}

static void
add_shortcut (ZifuEstimatePage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK),
                                                          gtk_callback_action_new (copy_shortcut_cb, NULL, NULL)));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_s, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (save_shortcut_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
zifu_estimate_page_constructed (GObject *object)
{
  ZifuEstimatePage *self = ZIFU_ESTIMATE_PAGE (object);

  G_OBJECT_CLASS (zifu_estimate_page_parent_class)->constructed (object);
  self->estimator = zifu_estimator_new (self->session);
  zifu_result_view_set_estimator (self->result, self->estimator);
  g_signal_connect_object (self->estimator, "notify::settlement", G_CALLBACK (settlement_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  settlement_changed_cb (self);
  session_changed_cb (self);
}

static void
zifu_estimate_page_dispose (GObject *object)
{
  ZifuEstimatePage *self = ZIFU_ESTIMATE_PAGE (object);

  g_clear_pointer (&self->filings, zifu_record_free);
  g_clear_pointer (&self->opened, zifu_opened_estimate_free);
  g_clear_object (&self->estimator);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_ESTIMATE_PAGE);
  zifu_ui_drop_children (GTK_WIDGET (self));
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zifu_estimate_page_parent_class)->dispose (object);
}

static void
zifu_estimate_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ZifuEstimatePage *self = ZIFU_ESTIMATE_PAGE (object);

  if (id == PROP_SESSION)
    self->session = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
zifu_estimate_page_class_init (ZifuEstimatePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = zifu_estimate_page_constructed;
  object_class->dispose = zifu_estimate_page_dispose;
  object_class->set_property = zifu_estimate_page_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, ZIFU_TYPE_SESSION,
                                                  G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_type_ensure (ZIFU_TYPE_NOTICE);
  g_type_ensure (ZIFU_TYPE_WIDTH_BIN);
  g_type_ensure (ZIFU_TYPE_VISIT_FORM);
  g_type_ensure (ZIFU_TYPE_RESULT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-estimate-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ZifuEstimatePage, notice);
  gtk_widget_class_bind_template_child (widget_class, ZifuEstimatePage, opened_notice);
  gtk_widget_class_bind_template_child (widget_class, ZifuEstimatePage, bin);
  gtk_widget_class_bind_template_child (widget_class, ZifuEstimatePage, side);
  gtk_widget_class_bind_template_child (widget_class, ZifuEstimatePage, side_bin);
  gtk_widget_class_bind_template_child (widget_class, ZifuEstimatePage, separator);
  gtk_widget_class_bind_template_child (widget_class, ZifuEstimatePage, form);
  gtk_widget_class_bind_template_child (widget_class, ZifuEstimatePage, result);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, narrow_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, institution_cb);
  gtk_widget_class_bind_template_callback (widget_class, fill_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, look_cb);
  gtk_widget_class_bind_template_callback (widget_class, now_cb);
  gtk_widget_class_install_action (widget_class, "estimate.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "estimate.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "estimate.saved", NULL, saved_cb);
  gtk_widget_class_install_action (widget_class, "estimate.template", "s", template_cb);
  gtk_widget_class_install_action (widget_class, "estimate.date", "i", date_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
zifu_estimate_page_init (ZifuEstimatePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_shortcut (self);
}

/**
 * zifu_estimate_page_new:
 * @session: whose person on screen is estimated for
 *
 * Returns: the page
 */
GtkWidget *
zifu_estimate_page_new (ZifuSession *session)
{
  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  return g_object_new (ZIFU_TYPE_ESTIMATE_PAGE, "session", session, NULL);
}

/**
 * zifu_estimate_page_set_bill:
 * @self: the page
 * @total: fen
 *
 * Types a bill of the usual visit, of which nothing but its total is known: an answer of the Guide has settled the same.
 */
void
zifu_estimate_page_set_bill (ZifuEstimatePage *self, ZifuMoney total)
{
  g_return_if_fail (ZIFU_IS_ESTIMATE_PAGE (self));

  if (zifu_estimator_is_then (self->estimator))
    now_cb (self);
  zifu_visit_form_reset (self->form);
  zifu_bill_group_set_total (zifu_visit_form_get_bill (self->form), total);
  zifu_estimator_flush (self->estimator);
}

/**
 * zifu_estimate_page_focus_bill:
 * @self: the page
 *
 * Puts the cursor into the bill.
 */
void
zifu_estimate_page_focus_bill (ZifuEstimatePage *self)
{
  g_return_if_fail (ZIFU_IS_ESTIMATE_PAGE (self));

  zifu_result_view_show_tab (self->result, "visit");
  zifu_bill_group_focus (zifu_visit_form_get_bill (self->form));
}

/**
 * zifu_estimate_page_show_tab:
 * @self: the page
 * @name: visit, steps, compare or curve
 *
 * Shows a tab of the result.
 */
void
zifu_estimate_page_show_tab (ZifuEstimatePage *self, const char *name)
{
  g_return_if_fail (ZIFU_IS_ESTIMATE_PAGE (self));

  zifu_result_view_show_tab (self->result, name);
}
