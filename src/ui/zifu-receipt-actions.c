/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-receipt-actions.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "zifu-ledger-estimates.h"
#include "zifu-receipt-form.h"
#include "zifu-refund-view.h"
#include "zifu-sheet.h"
#include "zifu-take-back.h"
#include "zifu-ui-rows.h"
#include "zifu-words.h"

#define WIDTH 460
#define TOAST "zifu-receipt-toast"

/* What Undo takes away again, or puts back. */
typedef struct {
  ZifuSession    *session; /* owned */
  gint64          settlement, reversal, estimate;
  ZifuWithdrawal *withdrawn; /* owned, nullable */
} Written;

static void
written_free (gpointer data, GClosure *closure)
{
  Written *written = data;

  g_object_unref (written->session);
  zifu_withdrawal_free (written->withdrawn);
  g_free (written);
}

/* The page may stand in the overlay of the window, or hold one of its own. */
static void
tell (GtkWidget *page, AdwToast *toast)
{
  GtkWidget *child = gtk_widget_get_first_child (page);
  GtkWidget *toasts = ADW_IS_TOAST_OVERLAY (child) ? child : gtk_widget_get_ancestor (page, ADW_TYPE_TOAST_OVERLAY);

  if (toasts != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (toasts), toast);
  else
    g_object_unref (toast);
}

static void
undo_cb (AdwToast *toast, Written *written)
{
  ZifuLedger *ledger = zifu_session_get_ledger (written->session);
  g_autoptr (GError) error = NULL;
  gboolean undone = written->withdrawn != NULL ? zifu_ledger_put_back (ledger, written->withdrawn, &error)
                                               : zifu_ledger_withdraw_receipt (ledger, written->settlement, written->reversal,
                                                                               written->estimate, &error);

  if (!undone)
    g_signal_emit_by_name (written->session, "failed", error);
  zifu_session_emit_changed (written->session);
}

static Written *
new_written (ZifuSession *session)
{
  Written *written = g_new0 (Written, 1);

  written->session = g_object_ref (session);
  return written;
}

static void
tell_written (GtkWidget *page, const char *text, Written *written)
{
  AdwToast *toast = zifu_ui_toast (text), *before = g_object_get_data (G_OBJECT (page), TOAST);

  adw_toast_set_button_label (toast, _("Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), written, written_free, 0);
  /* Only the last step has a way back: the one before may be what it stands on. */
  if (before != NULL)
    adw_toast_dismiss (before);
  g_object_set_data_full (G_OBJECT (page), TOAST, g_object_ref (toast), g_object_unref);
  tell (page, toast);
}

/* With the page goes the way back: the window may have another household by the time it is taken. */
static void
page_gone_cb (GtkWidget *page)
{
  AdwToast *toast = g_object_get_data (G_OBJECT (page), TOAST);

  if (toast == NULL)
    return;
  g_signal_handlers_disconnect_matched (toast, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, undo_cb, NULL);
  /* Not dismissed: its overlay may be going as well. */
  adw_toast_set_button_label (toast, NULL);
  g_object_set_data (G_OBJECT (page), TOAST, NULL);
}

static ZifuSession *
get_session (gpointer action)
{
  return g_object_get_data (G_OBJECT (action), "session");
}

static void
receipt_saved_cb (GtkWidget *page, gint64 settlement, gint64 reversal, gint64 estimate, GtkWidget *form)
{
  Written *written = new_written (g_object_get_data (G_OBJECT (form), "session"));

  written->settlement = settlement;
  written->reversal = reversal;
  written->estimate = estimate;
  tell_written (page, reversal != 0 ? _("Receipt corrected") : _("Receipt recorded"), written);
}

static void
refunded_cb (GtkWidget *page, gint64 reversal, GtkWidget *view)
{
  Written *written = new_written (g_object_get_data (G_OBJECT (view), "session"));

  written->reversal = reversal;
  tell_written (page, _("Refund recorded"), written);
}

static void
present (GtkWidget *page, GtkWidget *window)
{
  zifu_sheet_present (GTK_WINDOW (window), page, WIDTH);
}

static GtkWidget *
new_form (GtkWidget *page, ZifuSession *session)
{
  GtkWidget *form = zifu_receipt_form_new (session);

  g_object_set_data_full (G_OBJECT (form), "session", g_object_ref (session), g_object_unref);
  g_signal_connect_object (form, "saved", G_CALLBACK (receipt_saved_cb), page, G_CONNECT_SWAPPED);
  return form;
}

/* What cannot be opened is told, and no window stays behind. */
static void
present_if (GtkWidget *page, GtkWidget *form, gboolean found, const GError *error)
{
  if (found)
    {
      present (page, form);
      return;
    }
  g_autofree char *text = zifu_words_error_message (error);
  gtk_window_destroy (GTK_WINDOW (form));
  tell (page, zifu_ui_toast (text));
}

static void
add_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  if (zifu_session_get_member_id (get_session (action)) != 0)
    present (page, new_form (page, get_session (action)));
}

static void
add_for_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  GtkWidget *form = new_form (page, get_session (action));
  g_autoptr (GError) error = NULL;
  gboolean found = zifu_receipt_form_set_estimate (ZIFU_RECEIPT_FORM (form), g_variant_get_int64 (target), &error);

  present_if (page, form, found, error);
}

static void
correct_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  GtkWidget *form = new_form (page, get_session (action));
  g_autoptr (GError) error = NULL;
  gboolean found = zifu_receipt_form_set_original (ZIFU_RECEIPT_FORM (form), g_variant_get_int64 (target), &error);

  present_if (page, form, found, error);
}

static void
refund_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  ZifuSession *session = get_session (action);
  GtkWidget *view = zifu_refund_view_new (session, g_variant_get_int64 (target));

  g_object_set_data_full (G_OBJECT (view), "session", g_object_ref (session), g_object_unref);
  g_signal_connect_object (view, "saved", G_CALLBACK (refunded_cb), page, G_CONNECT_SWAPPED);
  present (page, zifu_sheet_new (_("Refund"), view));
}

/* Who asked may be gone, and with them what the toast would stand in. */
static void
taken_back_cb (GObject *session, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuWithdrawal) withdrawn = zifu_take_back_finish (result, &error);
  Written *written;

  if (!gtk_widget_get_realized (page) || (withdrawn == NULL && error == NULL))
    return;
  if (withdrawn == NULL)
    {
      g_autofree char *text = zifu_words_error_message (error);

      tell (page, zifu_ui_toast (text));
      return;
    }
  written = new_written (ZIFU_SESSION (session));
  written->withdrawn = g_steal_pointer (&withdrawn);
  tell_written (page, written->withdrawn->receipt != NULL ? _("Receipt taken back") : _("Refund taken back"), written);
}

static void
take_back_cb (GSimpleAction *action, GVariant *target, gpointer page)
{
  zifu_take_back_async (page, get_session (action), g_variant_get_int64 (target), taken_back_cb, g_object_ref (page));
}

static gboolean
shortcut_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  /* The shortcut is heard in the whole window: it belongs to the page only while the page is on screen. */
  return gtk_widget_get_mapped (widget) && gtk_widget_activate_action (widget, "receipt.add", NULL);
}

/**
 * zifu_receipt_add_actions:
 * @page: a page
 * @session: what it looks at
 *
 * Gives a page the actions "receipt.add" (Ctrl+N: types a receipt in), "receipt.add-for" (the receipt of an estimate), and
 * "receipt.correct", "receipt.refund" and "receipt.take-back" (of a row of the history).  What was written is told with a way back.
 */
void
zifu_receipt_add_actions (GtkWidget *page, ZifuSession *session)
{
  static const struct {
    const char *name;
    gboolean    with_id;
    void (*callback) (GSimpleAction *action, GVariant *target, gpointer page);
  } entries[] = {
    { "add", FALSE, add_cb },
    { "add-for", TRUE, add_for_cb },
    { "correct", TRUE, correct_cb },
    { "refund", TRUE, refund_cb },
    { "take-back", TRUE, take_back_cb },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkEventController *controller;

  g_return_if_fail (GTK_IS_WIDGET (page) && ZIFU_IS_SESSION (session));

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (entries[i].name, entries[i].with_id ? G_VARIANT_TYPE_INT64 : NULL);

      g_object_set_data_full (G_OBJECT (action), "session", g_object_ref (session), g_object_unref);
      g_simple_action_set_enabled (action, !zifu_ledger_is_read_only (zifu_session_get_ledger (session)));
      g_signal_connect (action, "activate", G_CALLBACK (entries[i].callback), page);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (page, "receipt", G_ACTION_GROUP (group));
  g_signal_connect (page, "unrealize", G_CALLBACK (page_gone_cb), NULL);
  controller = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_n, GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (shortcut_cb, NULL, NULL)));
  gtk_widget_add_controller (page, controller);
}
