/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-estimates-view.h"

#include <glib/gi18n-lib.h>

#include "zifu-ledger-estimates.h"
#include "zifu-reality-view.h"
#include "zifu-receipt-actions.h"
#include "zifu-sheet.h"
#include "zifu-ui-rows.h"
#include "zifu-visit-choices.h"
#include "zifu-words.h"

struct _ZifuEstimatesView {
  GtkWidget parent_instance;

  ZifuSession       *session; /* owned */
  AdwToastOverlay   *toasts;
  GtkWidget         *box;
  ZifuSavedEstimate *deleted; /* owned, nullable: the last one, for Undo */
};

G_DEFINE_FINAL_TYPE (ZifuEstimatesView, zifu_estimates_view, GTK_TYPE_WIDGET)

enum { SIGNAL_OPEN, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
set_id (GtkWidget *widget, const char *name, gint64 id)
{
  g_object_set_data_full (G_OBJECT (widget), name, g_memdup2 (&id, sizeof id), g_free);
}

static gint64
get_id (gpointer widget, const char *name)
{
  const gint64 *id = g_object_get_data (G_OBJECT (widget), name);

  return id != NULL ? *id : 0;
}

static void
tell (ZifuEstimatesView *self, const GError *error)
{
  g_autofree char *text = zifu_words_error_message (error);

  adw_toast_overlay_add_toast (self->toasts, zifu_ui_toast (text));
}

static void
open_comparison (GtkWidget *over, ZifuSession *session, gint64 estimate_id, gint64 settlement_id)
{
  zifu_sheet_present (GTK_WINDOW (zifu_sheet_new (_("Estimate and Real Bill"),
                                                  zifu_reality_view_new (session, estimate_id, settlement_id))),
                      over, 640);
}

static void
open_cb (GtkWidget *widget, ZifuEstimatesView *self)
{
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, get_id (widget, "estimate"));
}

static void
compare_cb (GtkWidget *widget, ZifuEstimatesView *self)
{
  open_comparison (GTK_WIDGET (self), self->session, get_id (widget, "estimate"), get_id (widget, "settlement"));
}

static void
set_pair (ZifuEstimatesView *self, GtkWidget *widget, ZifuPairState state)
{
  g_autoptr (GError) error = NULL;

  if (zifu_ledger_set_pair (zifu_session_get_ledger (self->session), get_id (widget, "estimate"), get_id (widget, "settlement"), state,
                            &error))
    zifu_session_emit_changed (self->session);
  else
    tell (self, error);
}

static void
confirm_cb (GtkWidget *widget, ZifuEstimatesView *self)
{
  set_pair (self, widget, ZIFU_PAIR_CONFIRMED);
}

static void
refuse_cb (GtkWidget *widget, ZifuEstimatesView *self)
{
  set_pair (self, widget, ZIFU_PAIR_REFUSED);
}

static void
part_cb (GtkWidget *widget, ZifuEstimatesView *self)
{
  set_pair (self, widget, ZIFU_PAIR_OPEN);
}

static void
undo_cb (AdwToast *toast, ZifuEstimatesView *self)
{
  g_autoptr (GError) error = NULL;

  if (self->deleted == NULL)
    return;
  if (zifu_ledger_save_estimate (zifu_session_get_ledger (self->session), self->deleted, &error) == 0)
    tell (self, error);
  g_clear_pointer (&self->deleted, zifu_saved_estimate_free);
  zifu_session_emit_changed (self->session);
}

static void
delete_cb (GtkWidget *widget, ZifuEstimatesView *self)
{
  ZifuLedger *ledger = zifu_session_get_ledger (self->session);
  gint64 id = get_id (widget, "estimate");
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = zifu_ledger_get_estimate (ledger, id, &error);
  AdwToast *toast;

  if (estimate == NULL || !zifu_ledger_delete_estimate (ledger, id, &error))
    {
      tell (self, error);
      return;
    }
  g_clear_pointer (&self->deleted, zifu_saved_estimate_free);
  self->deleted = g_steal_pointer (&estimate);
  toast = zifu_ui_toast (_("Estimate deleted"));
  adw_toast_set_button_label (toast, _("Undo"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
  zifu_session_emit_changed (self->session);
}

static GtkWidget *
new_button (ZifuEstimatesView *self, const char *label, const char *icon, GCallback callback, gint64 estimate_id, gint64 settlement_id)
{
  GtkWidget *button = icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new_with_label (label);

  if (icon != NULL)
    {
      gtk_widget_set_tooltip_text (button, label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      gtk_widget_add_css_class (button, "flat");
    }
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  set_id (button, "estimate", estimate_id);
  set_id (button, "settlement", settlement_id);
  g_signal_connect (button, "clicked", callback, self);
  return button;
}

static char *
dup_bill (const char *institution, ZifuDate date, ZifuMoney total)
{
  g_autofree char *day = zifu_words_date (date, ZIFU_DATE_STYLE_LONG), *amount = zifu_words_money (total, ZIFU_MONEY_STYLE_LIST);

  if (institution != NULL)
    /* Translators: {1} is a day, {2} an institution, {3} an amount */
    return zifu_words_fill (_("{1} · {2} · bill {3}"), day, institution, amount, NULL);
  /* Translators: {1} is a day, {2} an amount */
  return zifu_words_fill (_("{1} · bill {2}"), day, amount, NULL);
}

/* The settlement that is confirmed, or each that is likely: buttons stand below, so that they have room on a telephone. */
static void
add_pair (ZifuEstimatesView *self, AdwPreferencesGroup *group, const ZifuPair *pair)
{
  g_autofree char *bill = dup_bill (pair->institution, pair->date, pair->total);
  gboolean confirmed = pair->state == ZIFU_PAIR_CONFIRMED;
  GtkWidget *row = zifu_ui_link_row (confirmed       ? _("Real bill")
                                     : pair->is_best ? _("Likely the real bill")
                                                     : _("Possibly the real bill"),
                                     bill, NULL, NULL);
  GtkWidget *answers = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE, "column-spacing", 6, "row-spacing", 6,
                                     "margin-top", 6, "margin-bottom", 6, NULL);

  set_id (row, "estimate", pair->estimate_id);
  set_id (row, "settlement", pair->settlement_id);
  g_signal_connect (row, "activated", G_CALLBACK (compare_cb), self);
  adw_preferences_group_add (group, row);
  if (confirmed)
    gtk_flow_box_insert (GTK_FLOW_BOX (answers), new_button (self, _("They Do Not Belong Together"), NULL, G_CALLBACK (part_cb),
                                                             pair->estimate_id, pair->settlement_id), -1);
  else
    {
      gtk_flow_box_insert (GTK_FLOW_BOX (answers), new_button (self, _("This Is It"), NULL, G_CALLBACK (confirm_cb), pair->estimate_id,
                                                               pair->settlement_id), -1);
      gtk_flow_box_insert (GTK_FLOW_BOX (answers), new_button (self, _("Another Visit"), NULL, G_CALLBACK (refuse_cb), pair->estimate_id,
                                                               pair->settlement_id), -1);
    }
  adw_preferences_group_add (group, answers);
}

static gboolean
is_shown (const ZifuPair *pair, gboolean has_confirmed)
{
  return has_confirmed ? pair->state == ZIFU_PAIR_CONFIRMED : pair->state == ZIFU_PAIR_OPEN && pair->score >= ZIFU_PAIR_LIKELY;
}

static void
add_estimate (ZifuEstimatesView *self, const ZifuSavedEstimate *estimate)
{
  const char *care = zifu_words_axis_value ("care", estimate->care);
  g_autofree char *bill = dup_bill (estimate->institution, estimate->date, estimate->figures->amount[ZIFU_BILL_TOTAL]);
  g_autofree char *part = zifu_words_money (estimate->figures->amount[ZIFU_BILL_PERSON], ZIFU_MONEY_STYLE_SYMBOL);
  /* Translators: {1} is a kind of visit, {2} an amount */
  g_autofree char *words = zifu_words_fill (_("{1}: I pay {2}"), care != NULL ? care : estimate->care, part, NULL);
  g_autofree char *title = zifu_choices_sentence (words);
  GtkWidget *group = g_object_new (ADW_TYPE_PREFERENCES_GROUP, NULL), *row = zifu_ui_link_row (title, bill, NULL, NULL);
  g_autoptr (GPtrArray) pairs = zifu_ledger_list_pairs (zifu_session_get_ledger (self->session), estimate, NULL);
  guint n_pairs = 0;

  if (estimate->note != NULL)
    {
      g_autofree char *both = g_strconcat (bill, "\n", estimate->note, NULL);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), both);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             new_button (self, _("Delete Estimate"), "user-trash-symbolic", G_CALLBACK (delete_cb), estimate->id, 0));
  set_id (row, "estimate", estimate->id);
  g_signal_connect (row, "activated", G_CALLBACK (open_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  for (guint i = 0; pairs != NULL && i < pairs->len && n_pairs < 3; i++)
    if (is_shown (g_ptr_array_index (pairs, i), estimate->settlement_id != 0))
      {
        add_pair (self, ADW_PREFERENCES_GROUP (group), g_ptr_array_index (pairs, i));
        n_pairs++;
      }
  if (n_pairs == 0)
    {
      GtkWidget *enter = zifu_ui_link_row (_("Enter the Receipt…"), NULL, NULL, NULL);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (enter), "receipt.add-for");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (enter), "x", estimate->id);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), enter);
    }
  gtk_box_append (GTK_BOX (self->box), group);
}

static void
fill (ZifuEstimatesView *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) estimates = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  estimates = zifu_ledger_list_estimates (zifu_session_get_ledger (self->session), zifu_session_get_member_id (self->session), &error);
  if (estimates == NULL)
    {
      tell (self, error);
      return;
    }
  for (guint i = 0; i < estimates->len; i++)
    add_estimate (self, g_ptr_array_index (estimates, i));
  if (estimates->len == 0)
    {
      const char *advice = _("Save an estimate before a visit. When the real bill is in the history, both are compared line by line.");

      gtk_box_append (GTK_BOX (self->box), g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "document-save-symbolic", "title",
                                                         _("No Saved Estimates"), "description", advice, NULL));
    }
}

/* The buttons of the list are what was clicked: it is made anew when they are done. */
static gboolean
fill_later (gpointer data)
{
  ZifuEstimatesView *self = data;

  if (self->session != NULL)
    fill (self);
  return G_SOURCE_REMOVE;
}

static void
session_changed_cb (ZifuEstimatesView *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, fill_later, g_object_ref (self), g_object_unref);
}

static void
zifu_estimates_view_dispose (GObject *object)
{
  ZifuEstimatesView *self = ZIFU_ESTIMATES_VIEW (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  if (child != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->deleted, zifu_saved_estimate_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (zifu_estimates_view_parent_class)->dispose (object);
}

static void
zifu_estimates_view_class_init (ZifuEstimatesViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = zifu_estimates_view_dispose;
  signals[SIGNAL_OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                       G_TYPE_INT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
zifu_estimates_view_init (ZifuEstimatesView *self)
{
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  adw_toast_overlay_set_child (self->toasts, self->box);
  gtk_widget_set_parent (GTK_WIDGET (self->toasts), GTK_WIDGET (self));
}

/**
 * zifu_estimates_view_new:
 * @session: whose person on screen it is about
 *
 * Returns: (transfer floating): the list
 */
GtkWidget *
zifu_estimates_view_new (ZifuSession *session)
{
  ZifuEstimatesView *self;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);

  self = g_object_new (ZIFU_TYPE_ESTIMATES_VIEW, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  zifu_receipt_add_actions (GTK_WIDGET (self), session);
  fill (self);
  return GTK_WIDGET (self);
}

static void
compare_action (GSimpleAction *action, GVariant *target, gpointer data)
{
  ZifuSession *session = g_object_get_data (G_OBJECT (action), "session");
  gint64 settlement_id = g_variant_get_int64 (target);
  g_autoptr (GPtrArray) pairs = zifu_ledger_list_pairs_of_settlement (zifu_session_get_ledger (session), settlement_id, NULL);

  if (pairs != NULL && pairs->len > 0)
    open_comparison (GTK_WIDGET (data), session, ((const ZifuPair *) g_ptr_array_index (pairs, 0))->estimate_id, settlement_id);
}

/**
 * zifu_estimates_add_actions:
 * @page: a page
 * @session: what it looks at
 *
 * Gives a page the action "estimates.compare" with the number of a settlement: compares it with its estimate.
 */
void
zifu_estimates_add_actions (GtkWidget *page, ZifuSession *session)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("compare", G_VARIANT_TYPE_INT64);

  g_return_if_fail (GTK_IS_WIDGET (page) && ZIFU_IS_SESSION (session));

  g_object_set_data_full (G_OBJECT (action), "session", g_object_ref (session), g_object_unref);
  g_signal_connect (action, "activate", G_CALLBACK (compare_action), page);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (page, "estimates", G_ACTION_GROUP (group));
}

/**
 * zifu_estimates_dup_notice:
 * @session: whose person on screen it is about
 *
 * Returns: (transfer full) (nullable): that the real bills of saved estimates may have arrived; %NULL when there is nothing to ask
 */
char *
zifu_estimates_dup_notice (ZifuSession *session)
{
  gint64 member_id = zifu_session_get_member_id (session);
  g_autoptr (GPtrArray) offers =
    member_id != 0 ? zifu_ledger_list_offers (zifu_session_get_ledger (session), member_id, NULL) : NULL;
  g_autofree char *number = NULL;

  if (offers == NULL || offers->len == 0)
    return NULL;
  number = g_strdup_printf ("%u", offers->len);
  /* Translators: {1} is a number */
  return zifu_words_fill (g_dngettext (GETTEXT_PACKAGE, "The real bill of {1} saved estimate seems to have arrived.",
                                       "The real bills of {1} saved estimates seem to have arrived.", offers->len),
                          number, NULL);
}
